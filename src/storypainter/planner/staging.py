"""From a Draft to the Scene that shows it, with the ids of its clues on the elements."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from storypainter.planner.prose import Choices, Told
from storypainter.planner.reading import Worlds
from storypainter.planner.solving import Draft
from storypainter.planner.wardrobe import garment
from storypainter.planner.world import Image, Member, Row, Situation
from storypainter.scene import Scene
from storypainter.vocabulary import painter_vocabulary

_HAIR_COLOURS = ("black", "dark brown", "brown", "blonde", "auburn", "light brown")
_SKINS = ("pale", "light", "olive", "tan", "brown", "dark")
#: Hair by gender, and whether somebody is old.
_STYLES: dict[tuple[str, bool], tuple[str, ...]] = {
    ("female", False): ("bob", "ponytail", "long", "wavy", "braids", "bun", "curly bob", "fringe"),
    ("female", True): ("bun", "short", "curly bob", "low bun"),
    ("male", False): ("short", "curly", "side parting", "messy", "crew cut", "undercut"),
    ("male", True): ("balding", "bald", "receding", "short"),
}


@dataclass(slots=True)
class _Stage:
    """A Scene as it grows: plain data by element id."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


class Staging:
    """Stages one Draft, as it was ``told``."""

    def __init__(
        self, worlds: Worlds, plan: Draft, choices: Choices, told: Told, seed: int
    ) -> None:
        self._worlds = worlds
        self._plan = plan
        self._choices = choices
        self._clues = frozenset(told.clues)
        self._marked = told.marked
        self._rng = random.Random(f"stage {seed}")
        self._setting = worlds.settings[plan.setting]
        self._stage = _Stage()
        self._family: dict[str, tuple[str, str]] = {}
        self._hair_taken: set[str] = set()
        self._styles_taken: set[str] = set()

    def scene(self, locale: str = "") -> Scene:
        """The Scene; ``locale`` is passed on to the painter."""
        plan = self._plan
        for x, image_id in plan.images.items():
            situation = self._worlds.situations[x]
            image = next(each for each in situation.image if each.id == image_id)
            self._situation(x, situation, image)
        for detail in self._setting.detail:
            if detail.id == plan.detail:
                self._scenery("place", detail.draw)
        for time in self._setting.time:
            if time.id == plan.time:
                self._scenery("time", time.draw)
        for person in plan.people:
            self._dress(person)
        scene = plan.scene
        stage = self._stage
        return Scene.model_validate(
            {
                "setting": {
                    "kind": self._setting.ink,
                    "time_of_day": scene["of_day"],
                    "weather": scene["weather"],
                    "season": scene["season"],
                    "locale": locale,
                },
                "people": list(stage.people.values()),
                "animals": [v for k, v in stage.things.items() if stage.kinds[k] == "animal"],
                "props": [v for k, v in stage.things.items() if stage.kinds[k] == "prop"],
                "signs": [v for k, v in stage.things.items() if stage.kinds[k] == "sign"],
            }
        )

    # ------------------------------------------------------------------ situations

    def _situation(self, x: str, situation: Situation, image: Image) -> None:
        plan = self._plan
        ids: dict[str, str] = {}
        for role in situation.roles:
            ids[role] = plan.parts[x, role]
        for slot, things in self._setting.slot.items():
            for thing in things:
                if plan.things.get((x, slot)) == thing.id:
                    ids[slot] = self._named(f"thing.{thing.id}", thing.draw)
                    self._thing(ids[slot], thing.draw, "", {})
        shown = {name: row for name, row in image.draw.items() if self._is_shown(x, row)}
        for name, row in shown.items():
            ids.setdefault(name, self._named(f"{x}.{name}", row))
        for name, row in shown.items():
            if name in situation.roles:
                self._part(ids[name], row, x, ids, acting=name in situation.acting)
            elif row.is_thing:
                self._thing(ids[name], row, x, ids)
            else:  # a slot: only what this situation adds to it
                found = self._stage.things[ids[name]]
                found["clues"] = _merged(found.get("clues"), self._carried(x, row))
                self._place(found, row, ids)
        for role in situation.roles:
            self._person(plan.parts[x, role])

    def _is_shown(self, x: str, row: Row) -> bool:
        """Whether something is drawn: it carries no clue, or one that is told."""
        marked = any(f"{x}.{each}" in self._marked for each in row.clues)
        return not row.is_thing or not row.clues or marked

    def _carried(self, x: str, row: Row) -> tuple[str, ...]:
        return tuple(f"{x}.{each}" for each in row.clues if f"{x}.{each}" in self._clues)

    def _person(self, person: str) -> dict[str, Any]:
        if person not in self._stage.people:
            member = self._member(person)
            self._stage.people[person] = {
                "id": person,
                "role": member.role_of(self._plan.genders[person]),
                "age": member.age,
                "gender": self._plan.genders[person],
                "build": member.build,
                "importance": 0.6,
            }
        return self._stage.people[person]

    def _part(self, person: str, row: Row, x: str, ids: Mapping[str, str], *, acting: bool) -> None:
        found = self._person(person)
        found["clues"] = _merged(found.get("clues"), self._carried(x, row))
        if x == self._plan.main:
            found["importance"] = 0.95
        if acting:
            found["pose"] = row.pose or "stand"
            if row.facing:
                found["facing"] = row.facing
            for name in ("sits_on", "stands_on", "lies_on"):
                if getattr(row, name):
                    found[name] = ids[getattr(row, name)]
            if row.holds:
                hands = [row.hand] if len(row.holds) == 1 else ["left", "right"]
                found["holds"] = [
                    {"what": ids[what], "hand": hand}
                    for what, hand in zip(row.holds, hands, strict=False)
                    if what in ids
                ]
        if row.face and (acting or "expression" not in found):
            found["expression"] = row.face
        if row.gaze and (acting or "gaze" not in found):
            found["gaze"] = ids.get(row.gaze, row.gaze)
        relations = [
            {"kind": kind, "target": ids[what]} for kind, what in row.does.items() if what in ids
        ]
        if relations:
            found["relations"] = [*found.get("relations", ()), *relations]
        if row.wear:
            found["extra"] = [*found.get("extra", ()), *row.wear]
        self._place(found, row, ids, keep=not acting)

    def _furniture(self, row: Row) -> str:
        """The id of a piece of furniture that the setting has once, or "": all mean the same."""
        kit = painter_vocabulary().pieces[self._setting.ink]
        return f"place.{row.anchor.replace(' ', '_')}" if kit.get(row.anchor) == row.prop else ""

    def _named(self, name: str, row: Row) -> str:
        return (row.prop and row.anchor and self._furniture(row)) or name

    def _thing(self, name: str, row: Row, x: str, ids: Mapping[str, str]) -> None:
        if name in self._stage.things:
            there = self._stage.things[name]
            there["clues"] = _merged(there.get("clues"), self._carried(x, row))
            if row.state:
                there.setdefault("state", row.state)
            return
        for number in range(row.count):
            id_ = name if number == 0 else f"{name}.{number + 1}"
            found: dict[str, Any] = {"id": id_, "clues": self._carried(x, row)}
            kind = "prop" if row.prop else "animal" if row.animal else "sign"
            found["species" if kind == "animal" else "kind"] = row.prop or row.animal or row.sign
            for source, target in (
                ("state", "state"), ("text", "text"), ("time", "time"), ("date", "date"),
                ("pose", "pose"), ("colour", "colour"), ("importance", "importance"),
            ):  # fmt: skip
                value = getattr(row, source)
                if value not in ("", None):
                    found[target] = value
            if row.gaze:
                found["gaze"] = ids.get(row.gaze, row.gaze)
            if row.facing and kind == "animal":
                found["facing"] = row.facing
            if row.holds:
                found["holds"] = [{"what": ids[w], "hand": "mouth"} for w in row.holds if w in ids]
            relations = [{"kind": k, "target": ids[w]} for k, w in row.does.items() if w in ids]
            if relations:
                found["relations"] = relations
            found.setdefault("importance", 0.7 if found["clues"] else 0.4)
            self._place(found, row, ids)
            if kind == "prop" and row.anchor and self._furniture(row):
                # the piece itself: the painter puts it where the setting has it
                found["place"] = {k: v for k, v in found["place"].items() if k in ("near", "side")}
            if number and not row.on:
                found["place"] = {"near": name, "side": "right" if number % 2 else "left"}
            self._stage.things[id_] = found
            self._stage.kinds[id_] = kind

    def _place(
        self, found: dict[str, Any], row: Row, ids: Mapping[str, str], *, keep: bool = False
    ) -> None:
        place: dict[str, str] = {}
        for name in ("near", "on"):
            value = getattr(row, name)
            if value in ids:
                place[name] = ids[value]
        for name in ("side", "anchor", "depth"):
            if getattr(row, name):
                place[name] = getattr(row, name)
        if "near" not in place:
            place.pop("side", None)
        if place and not (keep and "place" in found):
            found["place"] = place

    def _scenery(self, under: str, draw: Mapping[str, Row]) -> None:
        ids = {name: self._named(f"{under}.{name}", row) for name, row in draw.items()}
        for name, row in draw.items():
            self._thing(ids[name], row, under, ids)

    # ------------------------------------------------------------------ people's looks

    def _member(self, person: str) -> Member:
        return next(each for each in self._setting.cast if each.id == person)

    def _nature(self, person: str, found: dict[str, Any]) -> None:
        """Hair and skin where nothing tells them: relatives share both colours, others differ."""
        kin = next(
            (
                f"{a}+{b}"
                for bond, a, b, _ in self._plan.bonds
                if person in (a, b) and self._worlds.relationships[bond].kin
            ),
            person,
        )
        old = found["age"] == "elder"
        if kin not in self._family:
            free = [each for each in _HAIR_COLOURS if each not in self._hair_taken]
            colour = self._rng.choice(free or list(_HAIR_COLOURS))
            self._hair_taken.add(colour)
            self._family[kin] = colour, self._rng.choice(_SKINS)
        colour, skin = self._family[kin]
        styles = [s for s in _STYLES[found["gender"], old] if s not in self._styles_taken]
        style = self._rng.choice(styles or list(_STYLES[found["gender"], old]))
        self._styles_taken.add(style)
        grey = self._rng.choice(("white", "grey"))
        found["hair"] = {"style": style, "colour": grey if old else colour}
        found["skin"] = skin
        if found["gender"] == "male" and found["age"] in ("adult", "elder"):
            beard = self._rng.choice((None, None, "full", "moustache", "stubble"))
            if beard:
                found["hair"]["beard"] = beard

    def _dress(self, person: str) -> None:
        found = self._person(person)
        clues: list[str] = []
        attire: list[dict[str, str]] = []
        hair = ""  # "curly ginger": a style and a colour, or a colour alone
        for bond, a, b, evidence in self._plan.bonds:
            if person in (a, b):
                seen = next(
                    e for e in self._worlds.relationships[bond].evidence if e.id == evidence
                )
                colour = self._choices.colour.get(f"{a}+{b}", "")
                attire += [garment(each, colour) for each in seen.wear]
                hair = seen.hair.replace("{colour}", colour) or hair
                clues.append(f"{a}-{b}.{'a' if person == a else 'b'}")
        look = self._choices.look.get(person)
        if look is not None:
            colour = self._choices.colour.get(person, "")
            worn = {each["kind"] for each in attire}
            attire += [
                g for g in (garment(each, colour) for each in look.wear) if g["kind"] not in worn
            ]
            hair = hair or look.hair.replace("{colour}", colour)
            clues += [each for each in self._clues if each.rpartition(".")[0] == person]
        attire += [garment(each, "") for each in found.pop("extra", ())]
        found["clues"] = _merged(found.get("clues"), sorted(clues))
        if attire:
            found["attire"] = attire
        style, _, hair_colour = hair.rpartition(" ")
        if hair and not style:
            style = self._rng.choice(_STYLES[found["gender"], found["age"] == "elder"])
        self._nature(person, found)
        if style:
            found["hair"] = {**found["hair"], "style": style, "colour": hair_colour}


def _merged(one: Iterable[str] | None, other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(one or ()), *other]))
