"""The JSON schema of a Scene that ink can draw: its form, and the words for every field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from storypainter.ink.words import vocabulary
from storypainter.scene import Scene

FILE = Path(__file__).with_name("scene.schema.json")


def scene_schema() -> dict[str, Any]:
    """A JSON schema (draft 2020-12) for Scenes, for editors that complete and check words.

    It is stricter than :class:`storypainter.scene.Scene`, which knows no painter's words. What
    depends on other elements (whether an id exists, whether a thing can be held) only
    :func:`storypainter.ink.check_scene` can tell.
    """
    schema: dict[str, Any] = Scene.model_json_schema()
    words = vocabulary()
    figures = words["figures"]
    for definition, field, known in (
        ("Setting", "kind", words["settings"]),
        ("Person", "pose", figures["poses"]),
        ("Person", "expression", figures["expressions"]),
        ("Hair", "style", figures["hair"]),
        ("Hair", "beard", figures["beards"]),
        ("Garment", "kind", figures["attire"]),
        ("Prop", "kind", words["props"]),
        ("Animal", "species", words["animals"]),
        ("Sign", "kind", words["signs"]),
    ):
        _limit(schema["$defs"][definition]["properties"][field], sorted(known))
    schema["$defs"]["Prop"]["allOf"] = [_states(words["props"])]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Scene"
    return schema


def _limit(field: dict[str, Any], known: list[str]) -> None:
    """Turns a text field into a choice; what may be left empty still may."""
    for choice in field.get("anyOf", [field]):
        if choice.get("type") == "string":
            for name in ("pattern", "maxLength", "minLength"):
                choice.pop(name, None)
            choice["enum"] = known


def _states(props: dict[str, Any]) -> dict[str, Any]:
    """A state must be one of any prop; which prop has which stands in the vocabulary."""
    states = sorted({state for each in props.values() for state in each["states"]})
    return {"properties": {"state": {"enum": [*states, None]}}}


def as_text() -> str:
    """The schema as the text of ``scene.schema.json``."""
    return json.dumps(scene_schema(), indent=1, ensure_ascii=False) + "\n"
