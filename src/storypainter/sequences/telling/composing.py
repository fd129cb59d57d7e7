"""The messages that ask for a narrative: pictures in order, what their source says, what is asked."""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Literal

from storypainter.models.contract import ImagePart, Message
from storypainter.models.delimiting import inside_tags
from storypainter.sequences.tasks import saying
from storypainter.sequences.tasks.wordings import own_wordings, telling_question
from storypainter.sequences.telling.asked import Asked
from storypainter.sequences.telling.stretches import Stretch
from storypainter.value import content_hash

Answer = Literal["json", "numbered", "trained"]

#: Of one picture's source text, and of the story so far, at most so many characters are sent.
MOST_SOURCE = 4_000
MOST_TOLD = 8_000
_TAGS = ("source", "seen", "told", "wish")
_NAMES = (
    "telling", "telling_wishes", "telling_source", "telling_so_far", "telling_json",
    "telling_numbered", "telling_missing", "telling_look", "telling_seen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """One picture as the model gets it: its pixels, what its source says, what was seen there."""

    picture: ImagePart
    text: str = ""
    seen: str = ""


def compose(
    views: Several[View], stretch: Stretch, asked: Asked, told: Several[str], answer: Answer
) -> tuple[Message, ...]:
    """The question for one stretch, as one message of the user.

    Args:
        views: the pictures that the stretch shows, in order.
        stretch: where they stand in their sequence.
        asked: how the narrative is to be told.
        told: the parts of all pictures before ``stretch.first``.
        answer: how the reply is to be written. ``trained`` is the question of the task
            ``telling`` (``described``, where something was seen in every picture) as models
            trained on it know it: no wishes, no source text, and the pictures of the stretch
            counted from 1.
    """
    if answer == "trained":
        before = saying.sentence(told[stretch.first - 1]) if stretch.first else ""
        pictures = [view.picture for view in views]
        seen = [view.seen for view in views]
        question = telling_question(before, seen if all(seen) else ())
        return (Message("user", (*pictures, question)),)
    numbers = [number + 1 for number in stretch.told]
    which = named(numbers) if len(numbers) == 1 else f"each of {named(numbers)}"
    opening = _prompt(
        "telling",
        pictures=_several(len(views)),
        which=which,
        words=str(asked.words_per_part),
        wishes=_wishes(asked),
    )
    content: list[str | ImagePart] = [opening]
    if any(view.text.strip() for view in views):
        content.append(_prompt("telling_source"))
    if any(view.seen for view in views):
        content.append(_prompt("telling_seen"))
    if stretch.first:
        content.append(_so_far(stretch, told))
    for number, view in enumerate(views, stretch.shown + 1):
        is_told = number <= stretch.first
        content += [f"Picture {number}{' (told already)' if is_told else ''}:", view.picture]
        if view.text.strip():
            said = inside_tags(clipped(view.text.strip(), MOST_SOURCE), *_TAGS)
            content.append(f"<source>\n{said}\n</source>")
        if view.seen:
            content.append(f"<seen>\n{inside_tags(view.seen, *_TAGS)}\n</seen>")
    content.append(_prompt(f"telling_{answer}", first=str(numbers[0]), which=which))
    return (Message("user", tuple(content)),)


def looking_question() -> str:
    """What is asked of one picture by itself (``Asked.look_first``)."""
    return _prompt("telling_look")


def ask_again(missing: Several[int], answer: Answer) -> Message:
    """What is said after a reply that lacks parts; ``missing`` counts pictures from 1."""
    form = (
        "in the same JSON form"
        if answer == "json"
        else "each beginning with its number and a full stop"
    )
    return Message("user", _prompt("telling_missing", missing=named(missing), form=form))


def prompts_hash() -> str:
    """The hash of all templates: part of the key of whatever is told."""
    return content_hash([*map(_template, _NAMES), own_wordings().sha256])


def named(numbers: Several[int]) -> str:
    """``picture 3``, ``pictures 3 to 6``, ``pictures 3, 5 and 9``."""
    if len(numbers) == 1:
        return f"picture {numbers[0]}"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"pictures {numbers[0]} to {numbers[-1]}"
    *most, last = map(str, numbers)
    return f"pictures {', '.join(most)} and {last}"


def clipped(text: str, most: int) -> str:
    """A text without its middle, where it is longer than ``most`` characters."""
    if len(text) <= most:
        return text
    half = (most - 5) // 2
    return f"{text[:half].rstrip()}\n[…]\n{text[-half:].lstrip()}"


def _several(pictures: int) -> str:
    if pictures == 1:
        return "one picture of a sequence"
    return f"{pictures} pictures of one sequence, in their order"


def _wishes(asked: Asked) -> str:
    wishes = {"Language": asked.language, "Style": asked.style, "For": asked.audience}
    lines = [
        f"<wish>{name}: {inside_tags(' '.join(wish.split()), *_TAGS)}</wish>"
        for name, wish in wishes.items()
        if wish.strip()
    ]
    return "\n".join([_prompt("telling_wishes"), *lines]) if lines else ""


def _so_far(stretch: Stretch, told: Several[str]) -> str:
    again = [number + 1 for number in range(stretch.shown, stretch.first)]
    be = "are" if len(again) > 1 else "is"
    note = f"; {named(again)} {be} shown once more" if again else ""
    known = "\n".join(f"{number}. {part}" for number, part in enumerate(told, 1) if part)
    story = inside_tags(clipped(known, MOST_TOLD), *_TAGS)
    return f"{_prompt('telling_so_far', again=note)}\n<told>\n{story}\n</told>"


def _prompt(name: str, **words: str) -> str:
    return Template(_template(name)).substitute(words).strip()


@cache
def _template(name: str) -> str:
    return files("storypainter.sequences").joinpath(f"prompts/{name}.md").read_text("utf-8")
