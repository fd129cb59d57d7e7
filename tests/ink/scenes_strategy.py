"""Random Scenes that ``check_scene`` accepts, and how they are to be painted.

Any word of ink's vocabulary goes with any other, sensible or not: a swan with a ladder, twelve
people on one bench. The same maker serves hypothesis, whose choices shrink, and a
seeded ``random.Random``, which a long run can name by a number.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st

from storypainter.ink import vocabulary
from storypainter.scene import (
    GAZE_WORDS,
    Age,
    Build,
    Hand,
    Person,
    Place,
    RelationKind,
    Scene,
    Setting,
)

T = TypeVar("T")

MODIFIERS = ("dark", "light", "pale", "bright")
STYLES = ("flat", "mono", "line")
TEXTS = (
    "",
    " ",
    "OPEN",
    "Please do not feed the ducks after five o'clock in the afternoon",
    "50% <off> & more",
    "two\nlines",
    "\nfirst line blank",
    "Grüße, 7 €",
    "I",
    "a-very-long-word-without-a-break-in-it",
)


@dataclass(frozen=True, slots=True)
class Commission:
    """A Scene, and how it is to be painted."""

    scene: Scene
    width: int
    height: int
    style: str
    seed: int

    def to_plain(self) -> dict[str, Any]:
        """Plain JSON, for a log."""
        return {**asdict(self), "scene": self.scene.to_plain()}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Commission:
        """The Commission that ``to_plain`` told."""
        return cls(**{**plain, "scene": Scene.model_validate(plain["scene"])})


def commissions() -> st.SearchStrategy[Commission]:
    """Random Commissions for hypothesis; simpler ones come with smaller choices."""
    return st.randoms(use_true_random=False).map(make_commission)


def make_commission(draw: random.Random) -> Commission:
    """A random Commission; the same ``draw`` gives the same one."""
    scene = _Maker(draw, _words()).scene()
    return Commission(
        scene,
        width=draw.choice((400, 256, 320, 512, 640)),
        height=draw.choice((400, 256, 320, 512, 640)),
        style=draw.choice(STYLES),
        seed=draw.choice((0, 1, 7, 2**31)),
    )


def _put_down(groups: dict[str, list[dict[str, Any]]]) -> None:
    """Nothing is on what is in a hand."""
    elements = [element for group in groups.values() for element in group]
    held = {hold["what"] for element in elements for hold in element.get("holds", ())}
    for element in elements:
        if element["place"].get("on") in held:
            del element["place"]["on"]
        for way in ("sits_on", "stands_on", "lies_on"):
            if element.get(way) in held:
                del element[way]


@cache
def _words() -> dict[str, Any]:
    return vocabulary()


class _Maker:
    """Makes one Scene: first who and what there is, then how they relate."""

    def __init__(self, draw: random.Random, words: dict[str, Any]) -> None:
        self.draw = draw
        self.words = words
        self.figures = words["figures"]
        self.ids: list[str] = []
        self.holdable: list[str] = []

    def scene(self) -> Scene:
        kind = self._one(self.words["settings"])
        self.anchors = self.words["settings"][kind]["anchors"]
        most = self.words["settings"][kind]["most_people"]
        groups = {
            "props": self._several(self._prop, 6),
            "animals": self._several(self._animal, 2),
            "signs": self._several(self._sign, 2),
            "people": self._several(self._person, most if self._chance(0.05) else 4),
        }
        for name, group in groups.items():
            for element in group:
                self.ids.append(element["id"])
                facts = self._facts(element)
                if name == "animals" or "grips" in facts or "held" in facts.get("mounts", ()):
                    self.holdable.append(element["id"])
        for group in groups.values():
            for element in group:
                self._place(element, groups["props"])
        for actor in (*groups["animals"], *groups["people"]):
            self._relate(actor)
        for person in groups["people"]:
            self._hold(person)
            self._rest(person, groups["props"])
        _put_down(groups)
        return Scene.model_validate({"setting": self._setting(kind), **groups})

    # ------------------------------------------------------------ who and what

    def _setting(self, kind: str) -> dict[str, Any]:
        found = {"kind": kind, "locale": self._one(("", "de-DE", "ja-JP", "ar"))}
        for name in ("time_of_day", "weather", "season"):
            found[name] = self._one(get_args(Setting.model_fields[name].annotation))
        return found

    def _prop(self, name: str) -> dict[str, Any]:
        kind = self._one(self.words["props"])
        found = {"id": name, "kind": kind, **self._clue(name)}
        found["state"] = self._perhaps(lambda: self._one(self.words["props"][kind]["states"]))
        found["colour"] = self._perhaps(self._colour)
        found["text"] = self._one(TEXTS) if self._chance(0.2) else ""
        return found

    def _animal(self, name: str) -> dict[str, Any]:
        species = self._one(self.words["animals"])
        poses = ("stand", *self.words["animals"][species]["poses"])
        found = {"id": name, "species": species, "pose": self._one(poses), **self._clue(name)}
        found["colour"] = self._perhaps(self._colour)
        found["facing"] = self._perhaps(lambda: self._one(("left", "right")))
        return found

    def _sign(self, name: str) -> dict[str, Any]:
        kind = self._one(self.words["signs"])
        found = {"id": name, "kind": kind, "text": self._one(TEXTS), **self._clue(name)}
        found["state"] = self._perhaps(lambda: self._one(self.words["signs"][kind]["states"]))
        if "clock" in kind or self._chance(0.2):
            found["time"] = f"{self.draw.randint(0, 23)}:{self.draw.randint(0, 59):02d}"
        if self._chance(0.2) or not (found["text"].strip() or found.get("time")):
            found["date"] = "24 December"
        return found

    def _person(self, name: str) -> dict[str, Any]:
        figures = self.figures
        hair = {"style": self._one(figures["hair"]), "colour": self._hue(figures["hair_colours"])}
        hair["beard"] = self._one(figures["beards"]) if self._chance(0.2) else None
        found = {"id": name, "hair": hair, **self._clue(name)}
        found["skin"] = self._one((*figures["skins"], *figures["colours"]))
        found["role"] = self._one(figures["roles"])
        found["pose"] = self._one(figures["poses"])
        found["expression"] = self._one(figures["expressions"])
        found["age"], found["build"] = self._one(get_args(Age)), self._one(get_args(Build))
        found["gender"] = self._one(get_args(Person.model_fields["gender"].annotation))
        found["facing"] = self._perhaps(lambda: self._one(("left", "right", "away")))
        found["attire"] = [
            {"kind": self._one(figures["attire"]), "colour": self._perhaps(self._colour)}
            for _ in range(self.draw.randint(0, 4))
        ]
        return found

    # -------------------------------------------------------------- relations

    def _place(self, element: dict[str, Any], props: Sequence[dict[str, Any]]) -> None:
        place: dict[str, Any] = {}
        if self._chance(0.4):
            place["anchor"] = self._one(self.anchors)
        if self._chance(0.3):
            place["near"] = self._other(element)
        if self._chance(0.4):
            place["side"] = self._one(_choices(Place, "side"))
        if self._chance(0.3):
            place["depth"] = self._one(_choices(Place, "depth"))
        # A prop lies on one with a smaller id, so that no two of them carry each other.
        below = [
            prop["id"]
            for prop in self._that_bear(props, "carries")
            if element not in props or prop["id"] < element["id"]
        ]
        if below and self._chance(0.4):
            place["on"] = self._one(below)
        element["place"] = {name: value for name, value in place.items() if value is not None}

    def _relate(self, actor: dict[str, Any]) -> None:
        if self._chance(0.5):
            actor["gaze"] = self._one((*sorted(GAZE_WORDS), self._other(actor) or "viewer"))
        relations = [
            {"kind": self._one(get_args(RelationKind)), "target": self._other(actor)}
            for _ in range(self.draw.randint(0, 2))
        ]
        actor["relations"] = [each for each in relations if each["target"] is not None]
        if "species" in actor and self._chance(0.3):
            actor["holds"] = [{"what": what, "hand": "mouth"} for what in self._taken(1, actor)]

    def _hold(self, person: dict[str, Any]) -> None:
        taken = self._taken(self.draw.choice((0, 0, 1, 1, 2, 3)), person)
        person["holds"] = [{"what": what, "hand": self._one(get_args(Hand))} for what in taken]

    def _taken(self, most: int, holder: dict[str, Any]) -> list[str]:
        """Things that nobody holds yet: one thing is in one hand."""
        free = [each for each in self.holdable if each != holder["id"]]
        taken = self.draw.sample(free, min(most, len(free)))
        self.holdable = [each for each in self.holdable if each not in taken]
        return taken

    def _rest(self, person: dict[str, Any], props: Sequence[dict[str, Any]]) -> None:
        ways = {
            "sits_on": self._that_bear(props, "seats", "carries"),
            "stands_on": self._that_bear(props, "carries"),
            "lies_on": self._that_bear(props, "berth", "carries"),
        }
        way = self._one(ways)
        if ways[way] and self._chance(0.4):
            person[way] = self._one(ways[way])["id"]

    def _that_bear(self, props: Sequence[dict[str, Any]], *ways: str) -> list[dict[str, Any]]:
        return [prop for prop in props if any(way in self._facts(prop) for way in ways)]

    # ---------------------------------------------------------------- choices

    def _several(self, make: Callable[[str], T], most: int) -> list[T]:
        letter = make.__name__.strip("_")
        return [make(f"{letter}{i}") for i in range(self.draw.randint(0, most))]

    def _one(self, choices: Any) -> Any:
        return self.draw.choice(list(choices))

    def _chance(self, share: float) -> bool:
        return self.draw.random() < share

    def _perhaps(self, make: Callable[[], Any]) -> Any:
        return make() if self._chance(0.6) else None

    def _other(self, element: dict[str, Any]) -> str | None:
        others = [each for each in self.ids if each != element["id"]]
        return self.draw.choice(others) if others else None

    def _clue(self, name: str) -> dict[str, Any]:
        return {"clues": [f"clue-{name}"] if self._chance(0.5) else []}

    def _colour(self) -> str:
        word = self._one(self.figures["colours"])
        shade = self.draw.randint(0, 9)
        if shade == 0:
            return f"#{self.draw.randint(0, 0xFFFFFF):06x}"
        return f"{self._one(MODIFIERS)} {word}" if shade < 3 else str(word)

    def _hue(self, own: Sequence[str]) -> str:
        return self._one(own) if self._chance(0.7) else self._colour()

    def _facts(self, element: dict[str, Any]) -> dict[str, Any]:
        kinds: dict[str, Any] = {**self.words["props"], **self.words["signs"]}
        return kinds.get(element.get("kind"), {}) if "species" not in element else {}


def _choices(value: type[Place], field: str) -> tuple[str, ...]:
    """The words of a field that may be one of some words, or nothing."""
    literal, _ = get_args(value.model_fields[field].annotation)
    return get_args(literal)
