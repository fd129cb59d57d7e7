"""The list of Chains in a reply: where it stands, and what its lines say.

The format that was asked for is ``[Dimension]`` lines with ``clue + clue -> conclusion`` under
them. Models vary it: bullets, bold, numbers, other arrows, label and chain on one line, tables,
"Clues: … / Conclusion: …" pairs, JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.story import Chain, Dimension
from storypainter.storytellers.cuts import quoted

_DIMENSIONS = {
    "time": Dimension.TIME,
    "special time": Dimension.TIME,
    "location": Dimension.LOCATION,
    "place": Dimension.LOCATION,
    "setting": Dimension.LOCATION,
    "character": Dimension.CHARACTER_ROLE,
    "character role": Dimension.CHARACTER_ROLE,
    "role": Dimension.CHARACTER_ROLE,
    "character relationship": Dimension.CHARACTER_RELATIONSHIP,
    "relationship": Dimension.CHARACTER_RELATIONSHIP,
    "event": Dimension.EVENT,
    "event causal relationship": Dimension.EVENT_CAUSAL_RELATIONSHIP,
    "event relationship": Dimension.EVENT_CAUSAL_RELATIONSHIP,
    "causal relationship": Dimension.EVENT_CAUSAL_RELATIONSHIP,
    "cause": Dimension.EVENT_CAUSAL_RELATIONSHIP,
    "mental state": Dimension.MENTAL_STATE,
    "emotion": Dimension.MENTAL_STATE,
    "feeling": Dimension.MENTAL_STATE,
}
_ARROW = re.compile(r"[-–—=]{1,3}>|→|⇒|⟹|⟶|➔|➜|➡️?")
_HEADER = re.compile(
    r"\W*(?:(?:list of |the |my |visual )*(?:chains?(?:[ -]of[ -]reasoning)?|reasoning chains?|"
    r"cors?))(?:\s*\(cors?\))?\W*",
    re.IGNORECASE,
)
_BULLET = r"[ \t>]{0,8}(?:(?:[-*•–]|\d{1,2}[.)]|\(\d{1,2}\)|#{1,6})[ \t]{1,4}){0,3}"
_LABEL = re.compile(
    rf"{_BULLET}[\[*_]*[ \t]*(?P<name>[A-Za-z][A-Za-z /_-]{{2,38}}?)[ \t]*"
    r"(?:[\]*_:：]+|(?=\Z))[ \t]*(?P<rest>[^\n]*)"
)
_NONE = re.compile(rf"{_BULLET}[\W_]*(?:none|n/a|not applicable)\b[\W_]*", re.IGNORECASE)
_CLUES = re.compile(rf"{_BULLET}[*_]*clues?[*_]*[:：][*_]*[ \t]*(?P<rest>.+)", re.IGNORECASE)
_CONCLUSION = re.compile(
    rf"{_BULLET}[*_]*(?:conclusion|inference)[*_]*[:：][*_]*[ \t]*(?P<rest>.+)", re.IGNORECASE
)
_CLUE_JOIN = re.compile(r"\s+(?:\+|∧|AND|&)\s+|(?<=[^\W\d])\+(?=[^\W\d])|(?<=\.)\s*\+\s*")
_DIMENSION_BEHIND = re.compile(r"[ \t]*[\[(](?P<name>[A-Za-z _-]{4,40})[\])][ \t]*\Z")
_LONGEST_LINE = 600


def part_chains(text: str) -> tuple[str, str, str] | None:
    """Part a reply into ``(story, chain list, what stands behind)``; None without a list.

    A list begins at a header ("CHAINS") or at a Dimension's label with a chain or "None" behind
    or below it, and ends at its last line of such a kind. Where the list comes first, the story
    is what stands behind it.
    """
    at_json = _json_list(text)
    if at_json:
        return at_json
    lines = text.split("\n")
    start = next((i for i in range(len(lines)) if _begins_list(lines, i)), None)
    if start is None:
        return None
    while start and _is_table_row(lines[start - 1]):
        start -= 1
    end = max(i for i in range(start, len(lines)) if i == start or _is_list_line(lines[i]))
    before = "\n".join(lines[:start]).strip()
    behind = "\n".join(lines[end + 1 :]).strip()
    block = "\n".join(lines[start : end + 1])
    if len(before.split()) < 25 and len(behind.split()) >= 25:
        return f"{before}\n\n{behind}".strip(), block, ""
    return before, block, behind


def read_chains(block: str) -> tuple[tuple[Chain, ...], tuple[str, ...]]:
    """The Chains of a list and a note about every line that can't be read."""
    chains: list[Chain] = []
    notes: list[str] = []
    for dimension, notation in _notations(block):
        if dimension is None:
            notes.append(f"chain {quoted(notation)} belongs to no Dimension; left out")
            continue
        try:
            chain = _chain(notation, dimension)
        except (BadInput, ValidationError):
            notes.append(f"unreadable chain {quoted(notation)} under {dimension.label}; left out")
            continue
        if chain not in chains:
            chains.append(chain)
    return tuple(chains), tuple(notes)


def dimension_named(name: str) -> Dimension | None:
    """The Dimension that a label means, case, plural and "reasoning" aside."""
    words = re.sub(r"[^a-z]+", " ", name.casefold()).split()
    while words and words[-1] in {"reasoning", "chain", "chains", "clue", "clues", "cor", "cors"}:
        words.pop()
    singular = [word[:-1] if word.endswith("s") else word for word in words]
    return _DIMENSIONS.get(" ".join(singular))


def _notations(block: str) -> Iterator[tuple[Dimension | None, str]]:
    plain = _json_value(block)
    if plain is not None:
        yield from chains_in_json(plain)
        return
    dimension: Dimension | None = None
    clues = ""
    for line in block.split("\n"):
        if not line.strip() or _HEADER.fullmatch(line) or _NONE.fullmatch(line):
            continue
        line = _from_table_row(line)
        label = _label(line)
        if label:
            dimension, line = label
            if not line.strip(" *_-") or _NONE.fullmatch(line):
                continue
        if found := _CLUES.fullmatch(line):
            clues = re.sub(r"\s*;\s*", " + ", found["rest"])
            continue
        if (found := _CONCLUSION.fullmatch(line)) and clues:
            line, clues = f"{clues} -> {found['rest']}", ""
        if set(line) <= set("|-: \t`"):
            continue
        behind = _DIMENSION_BEHIND.search(line)
        own = dimension_named(behind["name"]) if behind else None
        yield own or dimension, line[: behind.start()] if behind and own else line


def _chain(notation: str, dimension: Dimension) -> Chain:
    text = re.sub(rf"\A{_BULLET}", "", notation)
    text = re.sub(r"\*\*|__|`|(?<!\w)\*|\*(?!\w)", "", text)
    text = " ".join(_ARROW.sub(" -> ", text).split())
    left, arrow, conclusion = text.partition(" -> ")
    clues = [_bare(clue) for clue in _CLUE_JOIN.split(_bare(left))]
    return Chain.from_notation(" + ".join(clues) + arrow + _bare(conclusion), dimension)


def _bare(text: str) -> str:
    text = text.strip()
    for opening, closing in ("[]", "()"):
        wrapped = text.startswith(opening) and text.rstrip(".").endswith(closing)
        if wrapped and text.count(opening) == 1:
            text = text[1:].rstrip(".").removesuffix(closing).strip()
    return text


def _label(line: str) -> tuple[Dimension, str] | None:
    """A Dimension's label at the beginning of a line, and the rest of the line."""
    found = _LABEL.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    if not found:
        return None
    dimension = dimension_named(found["name"])
    return (dimension, found["rest"]) if dimension else None


def _begins_list(lines: list[str], at: int) -> bool:
    following = [line for line in lines[at + 1 : at + 8] if line.strip()]
    if _HEADER.fullmatch(lines[at]):
        return any(_is_list_line(line) for line in following[:3])
    if _is_table_row(lines[at]):
        return bool(_ARROW.search(_from_table_row(lines[at])))
    label = _label(lines[at])
    if not label:
        return False
    rest = label[1]
    below = following[0] if following and not rest.strip(" *_-") else ""
    return any(
        _is_chain(line) or bool(_NONE.fullmatch(line)) or bool(_CLUES.fullmatch(line))
        for line in (rest, below)
    )


def _is_list_line(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and bool(
        _label(line)
        or _NONE.fullmatch(line)
        or _CLUES.fullmatch(line)
        or _CONCLUSION.fullmatch(line)
        or _is_chain(line)
        or _is_table_row(line)
    )


def _is_chain(line: str) -> bool:
    sides = _ARROW.split(line)
    return len(line) <= _LONGEST_LINE and len(sides) > 1 and all(side.strip() for side in sides)


def _is_table_row(line: str) -> bool:
    return line.strip().startswith("|") and line.count("|") >= 4


def _from_table_row(line: str) -> str:
    """``| Time | a + b | c |`` as ``Time: a + b -> c``; any other line as it is."""
    if not _is_table_row(line):
        return line
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    name = cells[0].strip("*_ ")
    if len(cells) != 3 or dimension_named(name) is None:
        return "" if len(cells) == 3 else line
    if _NONE.fullmatch(cells[1]) or not cells[1]:
        return f"{name}: None"
    return f"{name}: {cells[1]} -> {cells[2]}"


# --- JSON -------------------------------------------------------------------------------------


def chains_in_json(plain: Any) -> Iterator[tuple[Dimension | None, str]]:
    """Chain notations, with their Dimensions, in the shapes in which models write them as JSON."""
    if isinstance(plain, dict) and len(plain) == 1 and _HEADER.fullmatch(next(iter(plain))):
        plain = next(iter(plain.values()))
    if isinstance(plain, dict):
        for name, entries in plain.items():
            dimension = dimension_named(str(name))
            for entry in entries if isinstance(entries, list) else [entries]:
                notation = _json_notation(entry)
                if notation:
                    yield dimension, notation
    elif isinstance(plain, list):
        for entry in plain:
            named = entry.get("dimension", entry.get("type")) if isinstance(entry, dict) else None
            notation = _json_notation(entry)
            if notation:
                yield dimension_named(str(named)) if named else None, notation


def _json_notation(entry: Any) -> str:
    if isinstance(entry, dict):
        clues = entry.get("clues", entry.get("chain", entry.get("clue", "")))
        joined = " + ".join(map(str, clues)) if isinstance(clues, list) else str(clues)
        conclusion = entry.get("conclusion", entry.get("inference", ""))
        return f"{joined} -> {conclusion}" if conclusion else joined
    text = entry if isinstance(entry, str) else ""
    return "" if _NONE.fullmatch(text) else " ".join(text.split())


def _json_list(text: str) -> tuple[str, str, str] | None:
    """A JSON value behind the story that holds chains."""
    for opening in re.finditer(r"^[ \t]*[\[{](?=\s*[\[{\"])", text, re.MULTILINE):
        if opening.start() == 0:
            continue
        try:
            plain, end = json.JSONDecoder().raw_decode(text, opening.end() - 1)
        except (ValueError, RecursionError):
            continue
        if any(dimension for dimension, _ in chains_in_json(plain)):
            before = _without_header(text[: opening.start()])
            return before, text[opening.end() - 1 : end], text[end:].strip()
    return None


def _without_header(text: str) -> str:
    lines = text.rstrip().split("\n")
    return "\n".join(lines[:-1] if _HEADER.fullmatch(lines[-1]) else lines).rstrip()


def _json_value(block: str) -> Any:
    if not block.lstrip().startswith(("{", '["', "[{", "[\n", "[ ")):
        return None
    try:
        return json.loads(block)
    except (ValueError, RecursionError):
        return None
