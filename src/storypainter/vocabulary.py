"""What the embedded painter can draw, read as data from ``ink/vocabulary.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from storypainter.scene import RelationKind

_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The painter's words.

    ``props`` maps a prop to its states, ``animals`` a species to its poses, ``signs`` a sign to
    its states, ``settings`` a setting to its anchors. ``holdable`` props have a grip;
    ``pieces`` names, for each setting, the furniture that stands at each anchor;
    ``surfaces``, ``seats`` and ``berths`` map a prop to how many can stand, sit or lie on it.
    ``own_seats`` names the seat that a
    setting adds for who sits on nothing told. ``sizes`` are a prop's width and height in its first state, in cm; ``pushed`` props are held by
    a handle and stand on the ground, ``one_handed`` ones leave a hand free; ``hung`` ones hang on a wall; ``hand_signs`` can be held.
    """

    settings: Mapping[str, frozenset[str]]
    furniture: Mapping[str, frozenset[str]]
    pieces: Mapping[str, Mapping[str, str]]
    indoors: frozenset[str]
    own_seats: Mapping[str, str]
    props: Mapping[str, tuple[str, ...]]
    holdable: frozenset[str]
    pushed: frozenset[str]
    one_handed: frozenset[str]
    hung: frozenset[str]
    sizes: Mapping[str, tuple[float, float]]
    surfaces: Mapping[str, int]
    seats: Mapping[str, int]
    berths: Mapping[str, int]
    animals: Mapping[str, frozenset[str]]
    in_mouth: Mapping[str, frozenset[str]]
    signs: Mapping[str, tuple[str, ...]]
    hand_signs: frozenset[str]
    poses: frozenset[str]
    expressions: frozenset[str]
    attire: frozenset[str]
    hair: frozenset[str]
    hair_colours: frozenset[str]
    beards: frozenset[str]
    skins: frozenset[str]
    roles: frozenset[str]
    everyday: frozenset[str]
    colours: frozenset[str]
    most_people: int

    def words(self, kind: str) -> frozenset[str]:
        """The words of a kind: ``setting``, ``prop``, ``animal``, ``sign``, ``role``, ``garment``,
        ``pose``, ``relation`` or ``expression``.
        """
        return {
            "setting": frozenset(self.settings),
            "prop": frozenset(self.props),
            "animal": frozenset(self.animals),
            "sign": frozenset(self.signs),
            "role": self.roles,
            "garment": self.attire,
            "pose": self.poses,
            "relation": frozenset(get_args(RelationKind)),
            "expression": self.expressions,
        }[kind]


@cache
def painter_vocabulary() -> Vocabulary:
    """The vocabulary of the embedded painter, read once."""
    text = (resources.files("storypainter") / "ink" / "vocabulary.json").read_text("utf-8")
    return vocabulary_of(json.loads(text))


def vocabulary_of(data: Mapping[str, Any]) -> Vocabulary:
    """A Vocabulary from the plain data of ``vocabulary.json``."""
    props, figures, settings = data["props"], data["figures"], data["settings"]
    return Vocabulary(
        settings=_frozen({k: frozenset(v["anchors"]) for k, v in settings.items()}),
        furniture=_frozen(
            {k: frozenset(v.get("furniture", {}).values()) for k, v in settings.items()}
        ),
        pieces=_frozen({k: _frozen(v.get("furniture", {})) for k, v in settings.items()}),
        own_seats=_frozen({k: v["seat"] for k, v in settings.items() if v.get("seat")}),
        # a room has furniture: where signs hang on mere colour is neither indoors nor outdoors
        indoors=frozenset(k for k, v in settings.items() if v.get("indoors") and v["furniture"]),
        props=_frozen({k: tuple(v["states"]) for k, v in props.items()}),
        holdable=frozenset(k for k, v in props.items() if v.get("grips")),
        pushed=frozenset(k for k, v in props.items() if v.get("held") in ("push", "lead")),
        one_handed=frozenset(
            k for k, v in props.items() if v.get("held") in ("front", "low", "raised")
        ),
        hung=frozenset(k for k, v in props.items() if "hangs" in v),
        sizes=_frozen({k: _size(v) for k, v in props.items()}),
        surfaces=_places(props, "carries"),
        seats=_places(props, "carries", "seats"),
        berths=_places(props, "carries", "berth"),
        animals=_frozen({k: frozenset(v["poses"]) for k, v in data["animals"].items()}),
        in_mouth=_frozen({k: frozenset(v["holds_in_mouth"]) for k, v in data["animals"].items()}),
        signs=_frozen({k: tuple(v["states"]) for k, v in data["signs"].items()}),
        hand_signs=frozenset(k for k, v in data["signs"].items() if "held" in v["mounts"]),
        poses=frozenset(figures["poses"]),
        expressions=frozenset(figures["expressions"]),
        attire=frozenset(figures["attire"]),
        hair=frozenset(figures["hair"]),
        hair_colours=frozenset(figures["hair_colours"]),
        beards=frozenset(figures["beards"]),
        skins=frozenset(figures["skins"]),
        roles=frozenset(figures["roles"]),
        everyday=frozenset(figures["everyday_roles"]),
        colours=frozenset(figures["colours"]),
        most_people=min((v["most_people"] for v in settings.values()), default=12),
    )


def _places(props: Mapping[str, Any], *ways: str) -> Mapping[str, int]:
    """How many fit on each prop in one of some ways."""
    return _frozen(
        {k: max(v[w]["places"] for w in ways if w in v) for k, v in props.items() if {*ways} & {*v}}
    )


def _size(prop: Mapping[str, Any]) -> tuple[float, float]:
    width, height = prop["size"][prop["states"][0]]
    return float(width), float(height)


def _frozen(mapping: dict[str, _V]) -> Mapping[str, _V]:
    return MappingProxyType(mapping)
