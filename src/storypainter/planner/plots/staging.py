"""From a Draft to the Scene of each moment: the same people, things and place in all of them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from storypainter.planner.plots.draft import Draft, Known
from storypainter.planner.plots.moods import mood_of
from storypainter.planner.plots.wording import focus_of, id_of
from storypainter.planner.wardrobe import garment
from storypainter.planner.world import Row
from storypainter.scene import GAZE_WORDS, Scene
from storypainter.vocabulary import painter_vocabulary

#: Poses that take both hands: what somebody has and doesn't use lies beside them meanwhile.
_BUSY = frozenset(
    {"carry", "clap", "climb", "comfort", "cover eyes", "cover mouth", "crawl", "cry", "dig", "faint",
     "fall", "gasp", "hands on hips", "hands up", "hug", "huddle", "kneel", "lie", "pray", "pull", "push",
     "reach down", "shield", "sleep", "slip", "stop", "swim", "tie shoes", "arms crossed", "beg", "cheer",
     "catch", "sit ground", "bow", "hold belly"}
)  # fmt: skip
#: From so many pieces on a place is not dressed any more.
_PIECES = 2
_CARRIERS = ("sits_on", "stands_on", "lies_on")


def scene(draft: Draft, moment: int) -> Scene:
    """The Scene of one moment."""
    return _Stage(draft, moment).scene()


class _Stage:
    """The Scene of one moment as it grows: plain data by element id."""

    def __init__(self, draft: Draft, moment: int) -> None:
        self._draft = draft
        self._moment = moment
        self._event = draft.events[moment]
        self._names = draft.names(moment)
        self._setting = draft.worlds.settings[draft.cell.setting]
        self._pieces = _pieces(draft)
        self._people: dict[str, dict[str, Any]] = {}
        self._things: dict[str, dict[str, Any]] = {}
        self._kinds: dict[str, str] = {}
        self._ids = {name: id_of(draft, who) for name, who in self._names.items()}
        self._ids |= {name: _place_id(row) for name, row in self._pieces.items() if row.prop}
        self._ids |= {
            name: f"extra.{name}" for name, row in self._event.draw.items()
            if row.is_thing and name not in self._ids
        }  # fmt: skip

    def scene(self) -> Scene:
        draft = self._draft
        for name, row in self._pieces.items():
            if row.prop:
                self._furniture(name, row)
        for who in draft.here[self._moment]:
            self._person(who)
        for name, row in self._event.draw.items():
            if row.is_thing and name not in self._names and name not in self._pieces:
                self._extra(name, row)
        for what in draft.things:
            if draft.begins(what) <= self._moment:
                self._thing(what)
        self._put_down()
        weather = next(
            (each.fact.weather for each in draft.truths[self._moment] if each.fact.weather),
            draft.weather,
        )
        stage = self._things
        return Scene.model_validate(
            {
                "setting": {
                    "kind": self._setting.ink,
                    "time_of_day": draft.of_day,
                    "weather": weather,
                    "season": draft.cell.season,
                },
                "people": [_without(each, "hands") for each in self._people.values()],
                "animals": [v for k, v in stage.items() if self._kinds[k] == "animal"],
                "props": [v for k, v in stage.items() if self._kinds[k] == "prop"],
                "signs": [v for k, v in stage.items() if self._kinds[k] == "sign"],
            }
        )

    def _put_down(self) -> None:
        """Nothing is on top of what somebody holds: it is beside whoever does."""
        holders = {
            hold["what"]: name for name, each in self._people.items() for hold in each["holds"]
        }
        for found in (*self._things.values(), *self._people.values()):
            holder = holders.get(found.get("place", {}).get("on", ""))
            if holder is not None and holder != found["id"]:
                found["place"] = {"near": holder}

    # ------------------------------------------------------------------ the place

    def _furniture(self, name: str, row: Row) -> None:
        id_ = _place_id(row)
        found: dict[str, Any] = {"id": id_, "kind": row.prop, "importance": 0.3}
        own = self._event.draw.get(name)
        if own is None and id_ in self._things:
            return
        if row.state or (own is not None and own.state):
            found["state"] = own.state if own is not None and own.state else row.state
        if row.colour:
            found["colour"] = row.colour
        kit = painter_vocabulary().pieces[self._setting.ink]
        place = {} if kit.get(row.anchor) == row.prop else _kept(anchor=row.anchor, depth=row.depth)
        if place:
            found["place"] = place
        self._things[id_] = found
        self._kinds[id_] = "prop"

    def _extra(self, name: str, row: Row) -> None:
        """Something that is seen in this picture only: a splash."""
        kind = "prop" if row.prop else "animal" if row.animal else "sign"
        for number in range(row.count):
            id_ = self._ids[name] if number == 0 else f"{self._ids[name]}.{number + 1}"
            found: dict[str, Any] = {"id": id_, "importance": row.importance or 0.4}
            found["species" if kind == "animal" else "kind"] = row.prop or row.animal or row.sign
            found |= _kept(state=row.state, text=row.text, time=row.time, colour=row.colour)
            if kind == "animal":
                found |= _kept(pose=row.pose, facing=row.facing)
            self._place(found, row, self._ids)
            if number:
                found["place"] = {"near": self._ids[name], "side": "right"}
            self._things[id_] = found
            self._kinds[id_] = kind

    # ------------------------------------------------------------------ people

    def _person(self, who: str) -> None:
        person = self._draft.people[who]
        name = next((n for n, each in self._names.items() if each == who), "")
        row = self._event.draw.get(name, Row()) if name else Row()
        found: dict[str, Any] = {
            "id": person.id,
            "role": person.member.role_of(person.gender),
            "age": person.member.age,
            "gender": person.gender,
            "build": person.member.build,
            "skin": person.skin,
            "hair": _kept(style=person.hair[0], colour=person.hair[1], beard=person.hair[2]),
            "attire": _attire(self._draft, who),
            "pose": row.pose or "stand",
            "expression": mood_of(self._draft, self._moment, who)[1],
            "importance": 0.9 if name else 0.3,
        }
        style = (
            person.look.hair.rpartition(" ")
            if person.look is not None and person.look.hair
            else None
        )
        if style is not None:
            found["hair"] |= _kept(
                style=style[0], colour=style[2].replace("{colour}", person.colour)
            )
        if name:
            found["clues"] = [person.id]
        gaze = row.gaze or focus_of(self._draft, self._moment)
        target = self._target(gaze, person.id)
        if target:
            found["gaze"] = target
        found |= _kept(facing=row.facing)
        for each in _CARRIERS:
            if getattr(row, each):
                found[each] = self._ids[getattr(row, each)]
        found["holds"] = self._holds(who, row)
        relations = [
            {"kind": kind, "target": self._ids[what]}
            for kind, what in row.does.items()
            if what in self._ids
        ]
        if not relations and target and target not in GAZE_WORDS:
            relations = [{"kind": "looks_at", "target": target}]
        found["relations"] = relations or self._occupied(found)
        self._place(found, row, self._ids)
        if not name:  # who only watches stands behind those who act
            found["place"] = {"depth": "back"}
        self._people[person.id] = found

    def _occupied(self, found: dict[str, Any]) -> list[dict[str, str]]:
        """Something to do with the place for whoever does nothing with anybody.

        The painter gives who only stands or walks what tells their trade (flowers, a tray), and that
        would be in some pictures of a story and not in others.
        """
        places = [id_ for id_ in self._things if id_.startswith("place.")]
        if found["pose"] not in ("stand", "walk") or found["holds"] or not places:
            return []
        return [
            {"kind": "walks_towards" if found["pose"] == "walk" else "faces", "target": places[0]}
        ]

    def _target(self, gaze: str, own: str) -> str:
        """What a gaze is at: a word of the painter's, or an element that is in the picture."""
        if gaze in GAZE_WORDS:
            return gaze
        found = self._ids.get(gaze, "")
        return "" if found == own or not self._is_drawn(gaze) else found

    def _is_drawn(self, name: str) -> bool:
        what = self._names.get(name, "")
        return what not in self._draft.things or self._placed(what) is not None

    def _holds(self, who: str, row: Row) -> list[dict[str, str]]:
        """What somebody holds: what the event says, then what they have and nobody uses."""
        draft = self._draft
        held = [self._names.get(name, name) for name in row.holds]
        taken = {self._names.get(n, n) for r in self._event.draw.values() for n in r.holds}
        for each in draft.true_of(self._moment, who):
            if each.fact.id == "holds" and each.of[0] == who and each.of[1] not in taken:
                placed = self._event_row(each.of[1])
                if not _is_placed(placed) and row.pose not in _BUSY:
                    held.append(each.of[1])
        ids = [id_of(draft, each) if each in draft.things else self._ids[each] for each in held]
        hands = [row.hand] if len(ids) == 1 else ["left", "right"]
        return [{"what": each, "hand": hand} for each, hand in zip(ids, hands, strict=False)]

    # ------------------------------------------------------------------ things

    def _event_row(self, what: str) -> Row | None:
        name = next((n for n, each in self._names.items() if each == what), "")
        return self._event.draw.get(name) if name else None

    def _placed(self, what: str) -> tuple[Row, Mapping[str, str]] | None:
        """How a thing is drawn, and the ids of what its place is relative to; None: it isn't."""
        row = self._event_row(what)
        draft, facts = self._draft, self._draft.true_of(self._moment, what)
        held = any(what == self._names.get(n) for r in self._event.draw.values() for n in r.holds)
        if draft.is_gone(self._moment, what) and not (held or _is_placed(row)):
            return None
        if held or _is_placed(row):
            return row or Row(), self._ids
        for each in facts:
            if each.fact.id == "holds":
                who = each.of[0]
                if who not in draft.here[self._moment]:
                    return None
                if self._pose(who) in _BUSY:
                    ids = {**self._ids, "person": draft.people[who].id}
                    return (row or Row()).model_copy(update={"near": "person"}), ids
                return row or Row(), self._ids
            if each.fact.draw is not None and each.of[each.fact.key] == what:
                merged = each.fact.draw.model_copy(
                    update={k: v for k, v in (row or Row()) if k in ("state", "pose", "gaze") and v}
                )
                return merged, self._ids_of(each)
        return (row, self._ids) if row is not None else None

    def _pose(self, who: str) -> str:
        name = next((n for n, each in self._names.items() if each == who), "")
        return self._event.draw.get(name, Row()).pose if name else ""

    def _ids_of(self, fact: Known) -> dict[str, str]:
        ids = {name: _place_id(row) for name, row in self._pieces.items() if row.prop}
        for sort, who in zip(fact.fact.of, fact.of, strict=True):
            if who in self._draft.things or who in self._draft.here[self._moment]:
                ids["other" if sort in ids else sort] = id_of(self._draft, who)
        return ids

    def _thing(self, what: str) -> None:
        placed = self._placed(what)
        if placed is None:
            return
        row, ids = placed
        thing, facts = self._draft.things[what], self._draft.true_of(self._moment, what)
        true = {each.fact.id for each in facts}
        true |= {each.fact.id for each in self._draft.truths[self._moment] if not each.of}
        kind = thing.kind
        own = kind.draw
        named = what in self._names.values()
        found: dict[str, Any] = {"id": thing.id, "importance": 0.9 if named else 0.5}
        if named:
            found["clues"] = [thing.id]
        found |= _kept(colour=thing.colour or own.colour, text=own.text)
        if kind.alive:
            found["species"] = own.animal
            pose = row.pose or _first(kind.pose, true)
            found |= _kept(pose=pose, facing=row.facing)
            gaze = self._target(row.gaze, thing.id) if row.gaze else ""
            found |= _kept(gaze=gaze)
            held = [
                {"what": id_of(self._draft, self._names[n]), "hand": "mouth"}
                for n in row.holds if n in self._names
            ]  # fmt: skip
            for each in self._draft.true_of(self._moment, what):
                if each.fact.id == "in_mouth" and each.of[0] == what and not held:
                    held.append({"what": id_of(self._draft, each.of[1]), "hand": "mouth"})
            if held:
                found["holds"] = held
            relations = [{"kind": k, "target": ids[w]} for k, w in row.does.items() if w in ids]
            if relations:
                found["relations"] = relations or self._occupied(found)
        else:
            found["kind"] = own.prop
            found |= _kept(state=row.state or _first(kind.state, true))
        self._place(found, row, ids)
        self._things[thing.id] = found
        self._kinds[thing.id] = "animal" if kind.alive else "prop"

    def _place(self, found: dict[str, Any], row: Row, ids: Mapping[str, str]) -> None:
        place: dict[str, str] = {}
        for name in ("near", "on"):
            value = getattr(row, name)
            if value in ids and ids[value] != found["id"]:
                place[name] = ids[value]
        for name in (row.near, row.on):  # a part of the ground or of the water
            if name in self._pieces and not self._pieces[name].prop:
                place["anchor"] = self._pieces[name].anchor
        place |= _kept(side=row.side, anchor=row.anchor, depth=row.depth)
        if "near" not in place and "anchor" not in place:
            place.pop("side", None)
        if place:
            found["place"] = place


def _pieces(draft: Draft) -> dict[str, Row]:
    """The pieces of the place that are seen in every picture.

    All that some event needs, and one that the place has anyway, unless those are two already: what
    stands side by side makes people smaller.
    """
    found: dict[str, Row] = {}
    for event in draft.events:
        for name in event.pieces:
            found[name] = draft.stock.pieces[name][draft.cell.setting].draw
    there = {row.prop for row in found.values() if row.prop}
    dressing = draft.stock.places[draft.cell.setting].draw
    if dressing and len(there) < _PIECES and not there & {row.prop for row in dressing.values()}:
        name = random.Random(f"place {draft.number}").choice(sorted(dressing))
        found.setdefault(name, dressing[name])
    return found


def _place_id(row: Row) -> str:
    """The id of a piece of the place: one for each, whatever events call it."""
    return f"place.{row.anchor or row.prop}".replace(" ", "-")


def _attire(draft: Draft, who: str) -> list[dict[str, str]]:
    person = draft.people[who]
    if person.look is None:
        return []
    return [garment(each, person.colour) for each in person.look.wear]


def _first(states: Mapping[str, str], true: set[str]) -> str:
    """The state of the first fact that is true; that of ``""`` is the usual one."""
    return next((state for fact, state in states.items() if fact in true), states.get("usual", ""))


def _is_placed(row: Row | None) -> bool:
    return row is not None and bool(row.near or row.on or row.anchor or row.depth)


def _kept(**fields: str) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _without(plain: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in names}
