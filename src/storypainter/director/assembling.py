"""From drafts to a Scene: only words that the painter has, only references that hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from storypainter.director.drafts import Draft
from storypainter.director.gazetteer import gazetteer, word_list
from storypainter.director.inscriptions import writable
from storypainter.director.placing import bearing
from storypainter.scene import (
    Animal,
    Garment,
    Hair,
    Hold,
    Person,
    Place,
    Prop,
    Relation,
    Scene,
    Setting,
    Sign,
)
from storypainter.vocabulary import Vocabulary

_MOST_ANIMALS = 8
_MOST_PROPS = 24
_MOST_SIGNS = 6
_MOST_GARMENTS = 6
_CLOCK_TIMES = {
    "dawn": "6:10", "morning": "9:20", "noon": "12:05", "afternoon": "15:25", "evening": "19:10",
    "night": "23:15",
}  # fmt: skip
_CALENDAR_DATES = {
    "spring": "12 April", "summer": "12 July", "autumn": "12 October", "winter": "12 January",
}  # fmt: skip
#: Poses that say more than others, first; the rest are equal and the first told is taken.
_STRONG = ("lie", "sit", "kneel", "crouch", "climb", "crawl", "cycle", "swim", "fall", "hang")
_WEAK = ("stand", "hold", "look", "walk", "open", "put on", "talk", "think", "listen")
_ANIMAL_POSES = {
    "sit": ("sit", "stand"), "lie": ("lie", "sit"), "run": ("run",), "jump": ("jump", "leap", "run", "fly"),
    "walk": ("walk", "stand"), "swim": ("swim",), "eat": ("peck", "eat", "graze"),
    "fly": ("fly", "swim"), "pull": ("pull",), "climb": ("climb",), "sneak": ("run",),
    "hang": ("fly",), "sleep": ("lie", "sit"), "crouch": ("sit", "lie"), "dance": ("stand",),
}  # fmt: skip


@dataclass
class Assembly:
    """The finished Scene, and the element id of every draft that is in it."""

    scene: Scene
    ids: dict[int, str] = field(default_factory=dict)

    def id_of(self, draft: Draft) -> str | None:
        """The element id of a draft, or None if it is not in the Scene."""
        return self.ids.get(id(draft))


@cache
def _fallbacks() -> Mapping[str, list[str]]:
    table: Mapping[str, list[str]] = word_list("poses")["fallbacks"]
    return table


def assemble(drafts: Iterable[Draft], setting: Setting, vocabulary: Vocabulary) -> Assembly:
    """Make a Scene of drafts. Who does not fit in is left out, the least told of first."""
    return _Assembler(list(drafts), setting, vocabulary).run()


class _Assembler:
    def __init__(self, drafts: list[Draft], setting: Setting, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.setting = setting
        for draft in drafts:
            _lay_down(draft)
        self.drafts = self._roomy([d for d in drafts if d.there and self._can_be(d)])
        self.ids = {id(draft): name for draft, name in self._named()}
        self.taken: dict[int, int] = {}

    def _can_be(self, draft: Draft) -> bool:
        if draft.kind != "sign":
            return True
        draft.text = writable(draft.text)
        if draft.word == "clock":
            draft.time = draft.time or _CLOCK_TIMES[self.setting.time_of_day]
            return True
        draft.date = writable(draft.date or "") or None
        if draft.word == "calendar" and not draft.text:
            draft.date = draft.date or _CALENDAR_DATES[self.setting.season]
        draft.text = draft.text or draft.date or (draft.time or "")
        return bool(draft.text)

    def _roomy(self, drafts: list[Draft]) -> list[Draft]:
        limits = {
            "person": self.vocabulary.most_people, "animal": _MOST_ANIMALS, "prop": _MOST_PROPS,
            "sign": _MOST_SIGNS,
        }  # fmt: skip
        kept: list[Draft] = []
        for kind, limit in limits.items():
            ours = [d for d in drafts if d.kind == kind]
            ranked = sorted(ours, key=lambda d: -self._weight(d))
            best = {id(d) for d in ranked[:limit]}
            kept += [d for d in ours if id(d) in best]
        return kept

    @staticmethod
    def _weight(draft: Draft) -> float:
        doings = len(draft.holds) + len(draft.relations) + len(draft.poses) + bool(draft.held_by)
        return len(draft.spans) + 0.5 * doings + 0.3 * len(draft.garments)

    def _named(self) -> list[tuple[Draft, str]]:
        """Every draft with its id: its word, numbered where there are several."""
        counts: dict[str, int] = {}
        named = []
        for draft in self.drafts:
            stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in draft.word).strip("-")
            stem = stem or draft.kind
            counts[stem] = counts.get(stem, 0) + 1
            named.append((draft, stem if counts[stem] == 1 else f"{stem}-{counts[stem]}"))
        return named

    def run(self) -> Assembly:
        of_kind = {
            kind: [d for d in self.drafts if d.kind == kind]
            for kind in ("person", "animal", "prop", "sign")
        }
        scene = Scene(
            setting=self.setting,
            people=tuple(map(self._person, of_kind["person"])),
            animals=tuple(map(self._animal, of_kind["animal"])),
            props=tuple(map(self._prop, of_kind["prop"])),
            signs=tuple(map(self._sign, of_kind["sign"])),
        )
        return Assembly(scene, self.ids)

    # ------------------------------------------------------------------ elements

    def _common(self, draft: Draft, placed: bool = True) -> dict[str, Any]:
        importance = min(1.0, 0.35 + 0.1 * self._weight(draft))
        place = self._place(draft) if placed else Place()
        return {"id": self.ids[id(draft)], "importance": round(importance, 2), "place": place}

    def _place(self, draft: Draft) -> Place:
        if draft.held_by is not None and self._holds(draft.held_by, draft):
            return Place()
        if draft.on is not None and id(draft.on) in self.ids:
            if self._carries(draft.on, self.vocabulary.surfaces):
                return Place(on=self.ids[id(draft.on)])
            return Place(near=self.ids[id(draft.on)])
        if draft.near is not None and id(draft.near) in self.ids:
            near = self.ids[id(draft.near)]
            return Place.model_validate({"near": near, "side": draft.side})
        return Place()

    def _carries(self, carrier: Draft, places: Mapping[str, int]) -> bool:
        """Take one of the places on a prop, if there is one left."""
        if carrier.kind != "prop" or carrier.held_by is not None:
            return False
        used = self.taken.get(id(carrier), 0)
        if used >= places.get(carrier.word, 0):
            return False
        self.taken[id(carrier)] = used + 1
        return True

    def _holds(self, holder: Draft, thing: Draft) -> bool:
        if id(holder) not in self.ids or id(thing) not in self.ids:
            return False
        if holder.kind == "animal":
            poses = self.vocabulary.in_mouth.get(holder.word, frozenset())
            return bool(poses) and thing.kind == "prop" and thing.word in self.vocabulary.holdable
        if thing.kind == "sign":
            return thing.word in self.vocabulary.hand_signs
        return thing.kind == "animal" or thing.word in self.vocabulary.holdable

    def _hold_list(self, draft: Draft) -> tuple[Hold, ...]:
        return tuple(
            Hold(what=self.ids[id(thing)], hand="mouth" if thing.in_mouth else "either")
            for thing in draft.holds
            if self._holds(draft, thing)
        )

    def _relations(self, draft: Draft) -> tuple[Relation, ...]:
        return tuple(
            Relation.model_validate({"kind": kind, "target": self.ids[id(target)]})
            for kind, target in draft.relations
            if id(target) in self.ids and target is not draft
        )[:3]

    def _gaze(self, draft: Draft) -> str | None:
        aims = sorted(draft.relations, key=lambda relation: relation[0] != "looks_at")
        looked = (t for k, t in aims if k in ("looks_at", "points_at", "reaches_for"))
        told = next((self.ids[id(t)] for t in looked if id(t) in self.ids), None)
        return told or (self.ids.get(id(draft.gaze)) if draft.gaze is not draft else None)

    def _person(self, draft: Draft) -> Person:
        holds = self._hold_list(draft)
        carried = self._support(draft)
        garments = tuple(
            Garment.model_validate({"kind": kind, "colour": colour})
            for kind, colour in draft.garments[:_MOST_GARMENTS]
        )
        fields: dict[str, Any] = {
            **self._common(draft, placed=not carried),
            **carried,
            "role": draft.word,
            "age": draft.age,
            "gender": draft.gender,
            "build": draft.build,
            "hair": self._hair(draft),
            "attire": garments,
            "pose": self._pose(draft, bool(holds), carried),
            "expression": draft.expression or "neutral",
            "gaze": self._gaze(draft),
            "holds": holds,
            "relations": self._relations(draft),
        }
        if draft.skin in self.vocabulary.skins:
            fields["skin"] = draft.skin
        return Person.model_validate(fields)

    def _hair(self, draft: Draft) -> Hair:
        words = self.vocabulary
        style = draft.hair_style
        if not (style or draft.hair_colour or draft.beard):
            return Hair()  # nothing is told
        if style not in words.hair:
            style = _default_hair(draft)
        grey = "white" if draft.age == "elder" else "brown"
        colour = draft.hair_colour if draft.hair_colour in words.hair_colours else grey
        beard = draft.beard if draft.beard in words.beards and draft.gender != "female" else None
        return Hair.model_validate({"style": style, "colour": colour, "beard": beard})

    def _support(self, draft: Draft) -> dict[str, str]:
        """What carries a person, by the field of the Scene."""
        carrier = draft.on
        if carrier is None or id(carrier) not in self.ids:
            return {}
        asleep = "sleep" in draft.poses and carrier.word in bearing()["lists"]["lain_on"]
        posture = draft.posture or ("lie" if asleep else self._posture_on(carrier))
        if posture == "stand" and carrier.word not in bearing()["lists"]["stood_on"]:
            return {}
        field_name, places = {
            "sit": ("sits_on", self.vocabulary.seats),
            "lie": ("lies_on", self.vocabulary.berths),
            "stand": ("stands_on", self.vocabulary.surfaces),
        }[posture]
        return {field_name: self.ids[id(carrier)]} if self._carries(carrier, places) else {}

    def _posture_on(self, carrier: Draft) -> str:
        """How one is on a thing of which no more is told: in a chair one sits."""
        low = bearing()["lists"]["sat_on"]
        return "sit" if carrier.word in low and carrier.word in self.vocabulary.seats else "stand"

    def _pose(self, draft: Draft, holding: bool, carried: dict[str, str]) -> str:
        poses = draft.poses
        known = self.vocabulary.poses
        asleep = "sleep" in poses or draft.expression in ("asleep", "sleeping")
        if asleep and "lies_on" not in carried and draft.posture != "stand":
            sits = "sits_on" in carried or draft.posture == "sit"
            return "sleep sitting" if sits and "sleep sitting" in known else "sleep"
        if "sits_on" in carried or draft.posture == "sit":
            reading = "read" in poses and "sit reading" in known
            raised = "sits_on" in carried or self._has_seat(draft)
            sitting = "sit reading" if reading else "sit" if raised else "sit ground"
            return sitting if sitting in known else "stand"
        if "lies_on" in carried or draft.posture == "lie":
            poses = ["lie", *poses]
        strong = [p for p in poses if p in _STRONG]
        plain = [p for p in poses if p not in _STRONG and p not in _WEAK]
        weak = [p for p in poses if p in _WEAK and p != "hold"]
        for pose in [*strong, *plain, *(["hold"] if holding else []), *weak]:
            drawn = self._drawn_pose(pose)
            if drawn is not None and (drawn not in ("hold", "carry", "hand over") or holding):
                return drawn
        return "stand"

    def _has_seat(self, draft: Draft) -> bool:
        """Whether a sitter who is not on the floor gets a seat of the setting's."""
        return "sit ground" not in draft.poses and self.setting.kind in self.vocabulary.own_seats

    def _drawn_pose(self, pose: str) -> str | None:
        group = gazetteer().group(pose, "pose")
        if group is not None and (drawn := group.drawn_as(pose, self.vocabulary)):
            return drawn
        return next((p for p in _fallbacks().get(pose, ()) if p in self.vocabulary.poses), None)

    def _animal(self, draft: Draft) -> Animal:
        holds = self._hold_list(draft)
        poses = self.vocabulary.animals[draft.word]
        wanted = [p for pose in draft.poses for p in (*_ANIMAL_POSES.get(pose, ()), pose)]
        wanted += [draft.posture] if draft.posture else []
        pose = next((p for p in wanted if p in poses), "stand" if "stand" in poses else min(poses))
        allowed = self.vocabulary.in_mouth.get(draft.word, frozenset())
        if holds and pose not in allowed:
            pose = "stand" if "stand" in allowed else min(allowed)
        held = draft.held_by is not None and self._holds(draft.held_by, draft)
        return Animal.model_validate(
            {
                **self._common(draft),
                "species": draft.word,
                "pose": pose if not held or "sit" not in poses else "sit",
                "colour": draft.colour,
                "gaze": self._gaze(draft),
                "holds": tuple(h.model_copy(update={"hand": "mouth"}) for h in holds),
                "relations": self._relations(draft),
            }
        )

    def _prop(self, draft: Draft) -> Prop:
        return Prop.model_validate(
            {
                **self._common(draft),
                "kind": draft.word,
                "state": self._state(draft, self.vocabulary.props[draft.word]),
                "colour": draft.colour,
                "text": writable(draft.text),
            }
        )

    def _sign(self, draft: Draft) -> Sign:
        state = self._state(draft, self.vocabulary.signs[draft.word])
        fields = {"kind": draft.word, "text": draft.text, "time": draft.time, "state": state}
        return Sign.model_validate({**self._common(draft), **fields, "date": draft.date})

    @staticmethod
    def _state(draft: Draft, states: tuple[str, ...]) -> str | None:
        """The first of a thing's states that the story tells; None lets the painter choose."""
        table: Mapping[str, list[str]] = word_list("conditions")["states"]
        said = f" {' '.join(draft.conditions)} "
        for state in states:
            if state == "standing":
                continue  # "the clock stands at ten" tells no kind of clock
            if any(f" {word} " in said for word in (state, *table.get(state, ()))):
                return state
        return None


def _lay_down(draft: Draft) -> None:
    """A baby in a pram or a cot is a part of it, as the painter draws them with one inside."""
    if draft.word == "baby" and draft.on is not None and draft.on.word in ("pram", "cot"):
        draft.on.spans += draft.spans
        draft.spans = []
        for thing in draft.holds:
            thing.held_by = None
            thing.near = draft.on


def _default_hair(draft: Draft) -> str:
    young = draft.age in ("child", "teen")
    if draft.gender == "female":
        return "ponytail" if young else "bun" if draft.age == "elder" else "shoulder length"
    return "short"
