"""CogBench's description JSON, as its authors hand it out.

CogBench (Song et al., NAACL 2025) is under an agreement and never shipped; users who have it
point at their copy. Its kind "Next Moment Event Reasoning" is outside our seven Dimensions and
is left out. A reasoning that can't be read costs a note on the story, not the whole file: the
annotations are typed by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.pools.problem import Problem, problem_of
from storypainter.story import Chain, Dimension, Story

REASONINGS = {
    "Special Time Reasoning": Dimension.TIME,
    "Location Reasoning": Dimension.LOCATION,
    "Character Reasoning": Dimension.CHARACTER_ROLE,
    "Character Relationship Reasoning": Dimension.CHARACTER_RELATIONSHIP,
    "Event Reasoning": Dimension.EVENT,
    "Event Relationship Reasoning": Dimension.EVENT_CAUSAL_RELATIONSHIP,
    "Mental State Reasoning": Dimension.MENTAL_STATE,
}
_HINT = 'expected {"<id>": {"Description": ["..."], "Entities": [...], ...}, ...}'


def read_cogbench(text: str, name: str) -> Iterator[tuple[str, Story | Problem]]:
    """Each description as ``(where, Story or Problem)``.

    The first description of picture ``12`` gets the id ``12``, the second ``12:2``; all of
    them carry the picture's chains and entities.

    Raises:
        BadInput: not JSON, not an object of objects, or an id that occurs twice.
    """
    plain = _parsed(text, name)
    if not isinstance(plain, dict):
        raise BadInput(f"{name}: holds a JSON {_kind(plain)}, not an object", _HINT)
    for picture, entry in plain.items():
        where = f"entry {picture[:40]!r}"
        if not isinstance(entry, dict):
            yield where, Problem("", f"is a JSON {_kind(entry)}, not an object", _HINT)
            continue
        yield from ((where, content) for content in _stories(picture, entry))


def _stories(picture: str, entry: dict[str, Any]) -> Iterator[Story | Problem]:
    descriptions = entry.get("Description")
    if isinstance(descriptions, str):
        descriptions = [descriptions]
    if not isinstance(descriptions, list) or not descriptions:
        found = ", ".join(list(entry)[:12]) or "nothing"
        yield Problem(picture, f"no 'Description'; found: {found}"[:300], _HINT)
        return
    chains, notes = _chains(entry)
    entities = tuple(_strings(entry.get("Entities")))
    for number, description in enumerate(descriptions, start=1):
        story_id = picture if number == 1 else f"{picture}:{number}"
        if not isinstance(description, str):
            yield Problem(story_id, f"a description is a JSON {_kind(description)}", _HINT)
            continue
        try:
            yield Story(
                id=story_id, text=description, chains=chains, entities=entities, notes=notes
            )
        except ValidationError as error:
            yield problem_of(error, story_id)


def _chains(entry: dict[str, Any]) -> tuple[tuple[Chain, ...], tuple[str, ...]]:
    chains: list[Chain] = []
    notes: list[str] = []
    for key, dimension in REASONINGS.items():
        for notation in _strings(entry.get(key)):
            try:
                chains.append(Chain.from_notation(notation, dimension))
            except (BadInput, ValidationError) as error:
                reason = error.message if isinstance(error, BadInput) else "an unreadable chain"
                notes.append(f"{key}: {reason}; left out")
    return tuple(chains), tuple(notes)


def _strings(plain: Any) -> list[str]:
    """The real entries of a CogBench list: strings, without blanks and ``None``."""
    if isinstance(plain, str):
        plain = [plain]
    if not isinstance(plain, list):
        return []
    texts = [item.strip() for item in plain if isinstance(item, str)]
    return [text for text in texts if text and text.rstrip(".").casefold() != "none"]


def _parsed(text: str, name: str) -> Any:
    def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise BadInput(f"{name}: the id or key {twice[:40]!r} occurs twice", "rename one")
        return found

    try:
        return json.loads(text, object_pairs_hook=distinct)
    except json.JSONDecodeError as error:
        raise BadInput(f"{name}, line {error.lineno}: not valid JSON: {error.msg}", _HINT) from None
    except (RecursionError, ValueError):
        raise BadInput(f"{name}: nested too deeply, or a number that is too long", _HINT) from None


def _kind(plain: Any) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(plain), "number")
