"""A narrative in parts, tied to its pictures: ``1. …``, a paragraph a picture, and back again.

What a model writes may lack a number, have one twice or add what nobody asked for. The reader says
so; it never guesses which picture a text belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storypainter.errors import BadInput

#: The most parts of a narrative; a longer number (``1900. ``) is read as text.
MOST = 999

_BOLD = r"(?:\*\*|__)?"
_NUMBER = re.compile(
    rf"\s{{0,3}}(?:\#{{1,6}}[ \t]+)?{_BOLD}(?:(?:picture|part|frame|image|scene)[ \t]+)?"
    rf"([0-9]{{1,3}}){_BOLD}[ \t]*[.):]{_BOLD}(?:[ \t]+|$|(?=[^\W\d_]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReadParts:
    """What was read.

    ``parts`` has a text for each picture, ``None`` where none was found; ``extra`` are the texts
    that belong to no picture; ``problems`` say what was wrong, a sentence each.
    """

    parts: tuple[str | None, ...]
    extra: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[int, ...]:
        """The pictures without a part, counted from 1."""
        return tuple(number for number, part in enumerate(self.parts, 1) if part is None)


def write_parts(parts: Iterable[str]) -> str:
    """The parts as numbered paragraphs with an empty line between them; each stands on one line.

    Raises:
        BadInput: there is no part, one is empty, or there are more than :data:`MOST`.
    """
    paragraphs = []
    for number, part in enumerate(parts, 1):
        text = " ".join(part.split())
        if not text:
            raise BadInput(
                f"part {number} of the narrative is empty", "give every picture its part"
            )
        paragraphs.append(f"{number}. {text}")
    if not 1 <= len(paragraphs) <= MOST:
        raise BadInput(
            f"a narrative of {len(paragraphs)} parts", f"write 1 to {MOST} parts, one a picture"
        )
    return "\n\n".join(paragraphs)


def read_parts(text: str, pictures: int) -> ReadParts:
    """The parts of a narrative that was to have one for each picture.

    A paragraph that begins with a number (``1.``, ``1)``, ``**1.**``, ``Picture 1:``) is the part
    of that picture, together with the lines that follow it without an empty line or another number
    between. A number that comes twice keeps its first text, and one beyond the last picture has
    none; these texts, and those without a number, are ``extra``.

    Args:
        text: what a model wrote.
        pictures: how many there are, at least 1.
    """
    found: dict[int, list[str]] = {}
    extra: list[list[str]] = []
    problems: list[str] = []
    unnumbered = 0
    told: list[str] | None = None
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.strip():
            told = None
            continue
        match = _NUMBER.match(line)
        if match is None and told is not None:
            told.append(line)
            continue
        told = [line if match is None else line[match.end() :]]
        number = int(match[1]) if match else None
        if number is not None and 1 <= number <= pictures and number not in found:
            found[number] = told
            continue
        extra.append(told)
        if number is None:
            unnumbered += 1
        elif number in found:
            problems.append(f"part {number} is there twice: the first was taken")
        else:
            problems.append(f"there is a part {number}, but no such picture")
    texts = {number: _one_line(each) for number, each in found.items()}
    parts = tuple(texts.get(number) or None for number in range(1, pictures + 1))
    missing = [str(number) for number, part in enumerate(parts, 1) if part is None]
    if not found:
        problems.append("no part has a number")
    elif missing:
        problems.append(f"no part for picture {', '.join(missing)}")
    if list(found) != sorted(found):
        problems.append(f"the parts come in the order {', '.join(map(str, found))}")
    if unnumbered:
        problems.append(f"{unnumbered} paragraph{'s' * (unnumbered > 1)} without a number")
    beside = (_one_line(each) for each in extra)
    return ReadParts(parts, tuple(each for each in beside if each), tuple(problems))


def _one_line(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
