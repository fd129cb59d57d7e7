"""A Seer's raw answer cut into lines by category, whatever its markup: text, tables, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from storypainter.evaluators.feature_words import ARROW, Heading, flat, heading_of, says_nothing
from storypainter.story import Dimension

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^\s*(?:```|~~~)[\w-]*\s*$", re.MULTILINE)
_BREAK = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_HTML_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
#: Bullets, numbers and letters before a line; not the minus of an arrow.
_BULLET = re.compile(
    r"\s*(?:(?:[-–—](?![-–—]{0,9}>)|[•‣▪◦●○·⁃∙]|\*(?!\*)|>|#{1,6})\s*"
    r"|\(?(?:\d{1,2}|[a-hA-H]|[ivx]{1,4})[.)](?=[\s*_]|$)\s*|\[\d{1,2}\]\s*)"
)
#: A bullet that lists things; behind it, a bare name such as "time" is a clue and no heading.
_DASHED = re.compile(r"\s*(?:[-–—•‣▪◦●○·⁃∙]|\*(?!\*))")
_BOLD_NUMBER = re.compile(r"(\*\*|__)\s*\(?\d{1,2}[.)]\s*")
_BOLD_START = re.compile(r"\s*(?:\*\*|__)(.{1,70}?)(?:\*\*|__)(?!\w)\s*[::]?\s*(.*)$")
_LABELLED = re.compile(r"(.{1,70}?)(?:\s*[::]\s*|\s+[-–—|]\s+)(.*)$")
_RULE = re.compile(r"[\s|:+=_*–—-]*$")
_CLUE_KEYS = re.compile(r"(?:visual[ _]?)?(?:clues?|evidence|observations?|cues?)$", re.IGNORECASE)
_CONCLUSION_KEYS = re.compile(r"(?:conclusions?|inferences?|reasoning|result)$", re.IGNORECASE)
_DEEPEST = 6


@dataclass(slots=True)
class Line:
    """A line of a section, without its bullet; ``bulleted`` says that it had one."""

    text: str
    bulleted: bool = False


@dataclass(slots=True)
class Sections:
    """What stands under each heading, and before the first one."""

    before: list[str] = field(default_factory=list)
    dimensions: dict[Dimension, list[Line]] = field(default_factory=dict)
    description: list[str] = field(default_factory=list)
    described: bool = False  # whether there is a heading for it


def cut(answer: str) -> Sections:
    """The lines of an answer by category."""
    found = Sections()
    at: Heading | None = None
    for raw in _lines(answer):
        if _RULE.match(flat(raw)):
            continue
        heading, text = _heading(raw)
        if at == "description" and isinstance(heading, Dimension) and heading in found.dimensions:
            heading, text = None, raw  # part of the description, once the category was given
        if heading is not None:
            at = heading
            if heading == "description":
                found.described = True
            elif isinstance(heading, Dimension):
                found.dimensions.setdefault(heading, [])
        else:
            text = raw
        _put(found, at, raw, text)
    return found


def _put(found: Sections, at: Heading | None, raw: str, text: str) -> None:
    bare, bulleted = without_bullets(text)
    if not flat(bare):
        return
    if at is None:
        found.before.append(flat(bare))
    elif at == "description":
        found.description.append(flat(bare))
    elif isinstance(at, Dimension):
        found.dimensions[at].append(Line(flat(bare), bulleted or text is not raw))


def whole(answer: str) -> str:
    """An answer as one description, whatever it holds: one line, without a heading for it."""
    text = _THOUGHTS.sub("\n", answer)
    lines = _HTML_BREAK.sub("\n", _BREAK.sub("\n", _FENCE.sub("", text))).split("\n")
    done = " ".join(flat(without_bullets(line)[0]) for line in lines if not _RULE.match(flat(line)))
    while True:
        text, done = flat(done), flat(without_bullets(done)[0])
        heading, rest = _heading(done)
        done = rest if heading == "description" and rest else done
        if done == text:
            return done


def without_bullets(line: str) -> tuple[str, bool]:
    """A line without what numbers or marks it, and whether there was anything."""
    text = _BOLD_NUMBER.sub(r"\1", line, count=1) if _BOLD_NUMBER.match(line.strip()) else line
    bulleted = text is not line
    while (match := _BULLET.match(text)) and match.end():
        text, bulleted = text[match.end() :], True
    return text.strip(), bulleted


def _heading(raw: str) -> tuple[Heading | None, str]:
    """Which category a line opens, and what stands behind the heading in that line."""
    line, _ = without_bullets(raw)
    bold = _BOLD_START.match(line)
    if bold and (heading := heading_of(bold[1])) is not None:
        return heading, bold[2].lstrip(" :-–—")
    bare = flat(line)
    if (heading := heading_of(bare)) not in (None, "other") and not _DASHED.match(raw):
        return heading, ""
    labelled = _LABELLED.match(bare)
    if labelled and (heading := heading_of(labelled[1])) is not None:
        return heading, labelled[2]
    arrow = ARROW.search(bare)
    if arrow and (heading := heading_of(bare[: arrow.start()])) is not None:
        return heading, bare[arrow.end() :]
    return None, raw


# ------------------------------------------------------------------- tables and JSON


def _lines(answer: str) -> Iterator[str]:
    text = _THOUGHTS.sub("\n", answer)
    text = _BREAK.sub("\n", _FENCE.sub("", text))
    plain = _json(text)
    if plain is not None:
        yield from _of_json(plain, 0)
        return
    for line in text.split("\n"):
        if line.lstrip().startswith("|"):
            row = _HTML_BREAK.sub(" + ", line).strip().strip("|")
            yield from _of_row([cell.strip() for cell in row.split("|")])
        else:
            yield from _HTML_BREAK.sub("\n", line).split("\n")


def _json(text: str) -> dict[str, Any] | None:
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        found = json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


def _of_json(plain: Any, depth: int) -> Iterator[str]:
    """JSON as the lines that it would be in text."""
    if depth > _DEEPEST:
        return
    if isinstance(plain, dict):
        chain = _chain_of(plain)
        if chain is not None:
            yield chain
            return
        for key, each in plain.items():
            if heading_of(str(key)) is not None:
                yield f"{key}:"
            yield from _of_json(each, depth + 1)
    elif isinstance(plain, list):
        for each in plain:
            yield from _of_json(each, depth + 1)
    elif plain is not None:
        yield from (f"- {line}" for line in str(plain).split("\n"))


def _chain_of(plain: dict[str, Any]) -> str | None:
    """``- clue + clue -> conclusion`` from an object that has such keys."""
    clues = next((each for key, each in plain.items() if _CLUE_KEYS.match(key)), None)
    conclusion = next((each for key, each in plain.items() if _CONCLUSION_KEYS.match(key)), None)
    if clues is None and conclusion is None:
        return None
    listed = clues if isinstance(clues, list) else [clues]
    parts = [flat(str(each)) for each in listed if each is not None and not says_nothing(str(each))]
    return f"- {' + '.join(parts)} -> {flat(str(conclusion or ''))}"


def _of_row(cells: list[str]) -> Iterator[str]:
    """A row of a table: category, clues, conclusion; or category and text."""
    if len(cells) < 2 or heading_of(cells[0]) in (None, "other"):
        return
    yield f"{flat(cells[0])}:"
    if len(cells) == 2:
        yield cells[1]
    else:
        clues = "" if says_nothing(cells[1]) else cells[1]
        yield f"{clues} -> {' '.join(cells[2:])}"
