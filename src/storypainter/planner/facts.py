"""From the worlds to facts for clingo, one function for each thing that a world holds.

What is known of a situation, an image or a person in a setting never changes, so its facts are
made once; a program is facts put together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from storypainter.planner.markup import names, telling
from storypainter.planner.reading import Worlds
from storypainter.planner.wardrobe import zone_of
from storypainter.planner.world import (
    GENDERS,
    Draw,
    Image,
    Member,
    Relationship,
    Scenery,
    Setting,
    When,
)

#: What two situations may both draw without anybody asking which one is meant.
_COMMON = frozenset(
    {"park bench", "picnic blanket", "chair", "tree", "pond", "white chair", "visitor chair"}
    | {"waiting chairs", "platform bench", "museum bench", "cafe table", "beach towel"}
)
#: Signs that are things of somebody's, so that two of them would be mixed up. Notices and
#: price boards belong to places and may well hang there twice.
_OWN_SIGNS = frozenset({"placard", "poster", "letter", "note", "blackboard", "whiteboard"})
_KEYS = ("of_day", "weather", "season")
#: Postures that nobody takes on wet ground or on snow, and what people sit on there.
_LOW = frozenset({"sit ground", "lie", "lie reading", "sleep", "crawl"})
_RUGS = frozenset({"picnic blanket", "beach towel"})
#: The kinds and moods of situations that a rule asks for.
_KINDS, _MOODS = frozenset({"onlooker", "rescue"}), frozenset({"tender", "comic"})


@lru_cache(maxsize=65536)
def _term(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if text.isidentifier() and text[0].islower() and text.isascii():
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fact(name: str, *terms: object) -> str:
    return f"{name}({','.join(map(_term, terms))})."


def _when(name: str, key: tuple[str | int, ...], when: When) -> list[str]:
    return [_fact(name, *key, what, value) for what in _KEYS for value in getattr(when, what)]


# ---------------------------------------------------------------------- a setting


@lru_cache(maxsize=8192)
def member_facts(worlds: Worlds, setting: str, person: str, *, counting: bool) -> str:
    """Somebody of a setting's cast: genders, nouns, looks that show a trade."""
    member = next(each for each in worlds.settings[setting].cast if each.id == person)
    lines: list[str] = []
    for gender in member.genders:
        lines.append(_fact("may_be", person, gender))
        lines.append(_fact("noun", person, gender, member.noun_of(gender)))
    for number, look in enumerate(member.looks):
        lines.append(_fact("look", person, number))
        sentence = telling(look.say)[0]
        lines.append(_fact("look_words", person, number, sentence.length))
        if counting and member.says and sentence.clues:
            lines.append(_fact("role_seen", person, number))
            lines.append(_fact("look_clues", person, number, len(sentence.clues)))
        lines += _when("look_allows", (person, number), look.when)
        lines += [_fact("look_zone", person, number, z) for z in _zones(look.wear)]
    return "\n".join(lines)


@lru_cache(maxsize=1024)
def place_facts(worlds: Worlds, setting: str) -> str:
    """What a setting has at no time told, and what it offers for slots."""
    place = worlds.settings[setting]
    lines = [
        _fact("usual", key, "clear" if key == "weather" else getattr(place, key)) for key in _KEYS
    ]
    for slot, things in place.slot.items():
        for thing in things:
            lines.append(_fact("offer", slot, thing.id))
            kinds = sorted(_kinds({slot: thing.draw}))
            lines += [_fact("thing_shows", thing.id, kind) for kind in kinds]
            if thing.shared:
                lines.append(_fact("shared", thing.id))
    return "\n".join(lines)


@lru_cache(maxsize=8192)
def time_facts(worlds: Worlds, setting: str, name: str, *, counting: bool) -> str:
    """A time of a setting: when it is, what it gives, how much it tells, what it draws."""
    time = next(each for each in worlds.settings[setting].time if each.id == name)
    lines = _scenery("time", time, counting=counting)
    lines += [_fact("time_has", name, key, getattr(time, key)) for key in _KEYS]
    lines += [_fact("time_gives", name, given) for given in time.gives]
    return "\n".join(lines)


@lru_cache(maxsize=8192)
def detail_facts(worlds: Worlds, setting: str, name: str, *, counting: bool) -> str:
    """A detail of a setting: how much it tells, when it can be, what it draws and excludes."""
    detail = next(each for each in worlds.settings[setting].detail if each.id == name)
    lines = _scenery("detail", detail, counting=counting)
    lines += _when("detail_allows", (name,), detail.when)
    lines += [_fact("detail_excludes", name, *_pair(other)) for other in detail.excludes]
    return "\n".join(lines)


def _scenery(what: str, seen: Scenery, *, counting: bool) -> list[str]:
    """What times and details have in common: how much they tell and what they draw."""
    sentences = telling(seen.tell)
    clues = sum(len(each.clues) for each in sentences)
    return [
        _fact(what, seen.id),
        _fact(f"{what}_words", seen.id, sum(each.length for each in sentences)),
        *((_fact(f"{what}_clues", seen.id, clues),) if counting else ()),
        *(_fact(f"{what}_shows", seen.id, kind) for kind in sorted(_kinds(seen.draw))),
    ]


def _pair(name: str) -> tuple[str, str]:
    """``laces.ribbon`` as (laces, ribbon); ``laces`` as (laces, any)."""
    situation, _, image = name.partition(".")
    return situation, image or "any"


def _kinds(draw: Draw) -> frozenset[str]:
    """What a table draws, without what a picture may well have twice."""
    kinds = {"clock" if row.time else row.prop or row.animal for row in draw.values()}
    kinds |= {row.sign for row in draw.values() if row.sign in _OWN_SIGNS}
    return frozenset(kinds - _COMMON - {""})


def _zones(wear: Iterable[str]) -> list[str]:
    return sorted({zone_of(each) for each in wear})


# ---------------------------------------------------------------------- relationships


def suits(where: Iterable[str], unless: Iterable[str], setting: Setting) -> bool:
    """Whether a setting has all marks of ``where`` and none of ``unless``."""
    marks = set(setting.marks)
    return marks.issuperset(where) and marks.isdisjoint(unless)


@lru_cache(maxsize=8192)
def bond_pairs(worlds: Worlds, setting: str, bond: str) -> tuple[tuple[str, str, str, str], ...]:
    """Who of a cast may stand in a relationship: (a, gender of a, b, gender of b)."""
    return tuple(_pairs(worlds.relationships[bond], worlds.settings[setting].cast))


def _pairs(bond: Relationship, cast: tuple[Member, ...]) -> Iterable[tuple[str, str, str, str]]:
    for a in cast:
        if not bond.a.admits(a.age, frozenset(a.marks)):
            continue
        for b in cast:
            if a.id == b.id or not bond.b.admits(b.age, frozenset(b.marks)):
                continue
            # in a fixed order: the solver's answer depends on the order of facts
            for g in (each for each in a.genders if each in (bond.a.genders or GENDERS)):
                for h in (each for each in b.genders if each in (bond.b.genders or GENDERS)):
                    yield a.id, g, b.id, h


@lru_cache(maxsize=8192)
def bond_fact(bond: str, pair: tuple[str, str, str, str]) -> str:
    """That these two of these genders may stand in the relationship."""
    return _fact("may_bond", bond, *pair)


@lru_cache(maxsize=8192)
def evidence_facts(worlds: Worlds, bond: str, evidence: str, *, counting: bool) -> str:
    """One way to see a relationship."""
    seen = next(each for each in worlds.relationships[bond].evidence if each.id == evidence)
    name = evidence_name(bond, evidence)
    told = f"{seen.first} {seen.second}" if seen.first else seen.tell
    lines = [
        _fact("evidence", bond, name),
        _fact("bond_words", name, len(told.split())),
    ]
    if counting:
        lines.append(_fact("bond_clues", name, 2))
    lines += _when("bond_allows", (name,), seen.when)
    lines += [_fact("bond_zone", name, zone) for zone in _zones(seen.wear)]
    return "\n".join(lines)


def evidence_name(bond: str, evidence: str) -> str:
    """What a program calls a piece of evidence."""
    return f"{bond}_{evidence}"


# ---------------------------------------------------------------------- situations


@lru_cache(maxsize=4096)
def situation_facts(worlds: Worlds, name: str) -> str:
    """A situation by itself: parts, needs, conclusions; ``kind`` and ``mood`` where rules ask."""
    situation = worlds.situations[name]
    lines = [_fact("sit", name)]
    if situation.kind in _KINDS:
        lines.append(_fact("kind", name, situation.kind))
    if situation.mood in _MOODS:
        lines.append(_fact("mood", name, situation.mood))
    if situation.main:
        lines.append(_fact("weighty", name))
    if situation.tension:
        lines.append(_fact("tension", name, situation.tension))
    for key, role in situation.roles.items():
        lines.append(_fact("bearing" if role.bears else "acting", name, key))
        lines += [_fact("part_gender", name, key, gender) for gender in role.genders]
    lines += [_fact("wants_bond", name, each.bond, each.a, each.b) for each in situation.bonds]
    lines += [
        _fact("strangers", name, a, b)
        for a in situation.strangers
        for b in situation.strangers
        if a != b
    ]
    for key, conclusion in situation.conclusions.items():
        lines.append(_fact("dimension", name, key, conclusion.dimension.value))
    for number, need in enumerate(situation.needs):
        lines.append(_fact("need", name, number, need.fact, "soft" if need.optional else "hard"))
        lines += [_fact("need_of", name, number, at, role) for at, role in enumerate(need.of)]
        lines += [_fact("need_shown", name, number, key) for key in need.shown]
    for number, give in enumerate(situation.gives):
        lines += [_fact("give", name, number, each) for each in wider(worlds, give.fact)]
        lines += [_fact("give_of", name, number, at, role) for at, role in enumerate(give.of)]
        lines += [_fact("give_shown", name, number, key) for key in give.shown]
    return "\n".join(lines)


@lru_cache(maxsize=4096)
def excluding_facts(worlds: Worlds, name: str) -> tuple[tuple[str, str], ...]:
    """What a situation excludes: (the other situation, the fact)."""
    pairs = map(_pair, worlds.situations[name].excludes)
    return tuple((x, _fact("excludes", name, x, image)) for x, image in pairs)


@lru_cache(maxsize=16384)
def casting(worlds: Worlds, setting: str, name: str) -> tuple[tuple[str, str], ...]:
    """Who of a setting's cast may take which part of a situation: (role, person)."""
    return tuple(
        (key, member.id)
        for key, role in worlds.situations[name].roles.items()
        for member in worlds.settings[setting].cast
        if role.admits(member.age, frozenset(member.marks))
    )


@lru_cache(maxsize=16384)
def casting_facts(worlds: Worlds, setting: str, name: str) -> tuple[tuple[str, str], ...]:
    """Who of a setting's cast may take which part of a situation: (person, the fact)."""
    return tuple(
        (person, _fact("fits", name, role, person))
        for role, person in casting(worlds, setting, name)
    )


@lru_cache(maxsize=4096)
def image_facts(worlds: Worlds, x: str, i: str) -> str:
    """An image: when it can be, what it draws, its sentences and clues."""
    image = _image(worlds, x, i)
    lines = [_fact("image", x, i)]
    lines += [_fact("image_excludes", x, i, *_pair(other)) for other in image.excludes]
    lines += _when("allows", (x, i), image.when)
    for name, row in image.draw.items():
        lines += [_fact("part_zone", x, i, name, zone) for zone in _zones(row.wear)]
    lines += [_fact("has", x, i, kind) for kind in sorted(_kinds(image.draw))]
    sentences = telling(image.tell)
    lines.append(_fact("base", x, i, sum(s.length for s in sentences if s.kind == "core")))
    for number, sentence in enumerate(sentences):
        core = sentence.kind == "core"
        if not core:
            lines.append(_fact("line", x, i, number, sentence.length))
        for clue in sentence.clues:
            lines.append(
                _fact("core", x, i, clue) if core else _fact("in_line", x, i, number, clue)
            )
    for conclusion, clues in image.evidence.items():
        for clue in clues:
            kind = "adds" if clue.endswith("?") else "requires"
            lines.append(_fact(kind, x, i, conclusion, clue.rstrip("?")))
    return "\n".join(lines)


@lru_cache(maxsize=32768)
def image_facts_of_place(worlds: Worlds, setting: str, x: str, i: str) -> str:
    """What an image is in one setting: whether it has somebody on bare ground, which slots it uses."""
    place = worlds.settings[setting]
    low = "outdoors" in place.marks and _is_low(worlds, x, i)
    slots = sorted(_mentioned(worlds, x, i).intersection(place.slot))
    lines = [_fact("low", x, i)] if low else []
    return "\n".join([*lines, *(_fact("slot", x, i, each) for each in slots)])


def _image(worlds: Worlds, x: str, i: str) -> Image:
    return next(each for each in worlds.situations[x].image if each.id == i)


@lru_cache(maxsize=4096)
def _is_low(worlds: Worlds, x: str, i: str) -> bool:
    return any(
        (row.pose in _LOW and not (row.sits_on or row.lies_on)) or row.prop in _RUGS
        for row in _image(worlds, x, i).draw.values()
    )


@lru_cache(maxsize=4096)
def _mentioned(worlds: Worlds, x: str, i: str) -> frozenset[str]:
    """All names that an image uses, in its words or in its picture."""
    image = _image(worlds, x, i)
    used: set[str] = set()
    for sentence in telling(image.tell):
        for wording in sentence.wordings:
            used |= names(wording)
    for row in image.draw.values():
        used |= {row.sits_on, row.stands_on, row.lies_on, row.near, row.on, row.gaze, *row.holds}
        used |= set(row.does.values())
    return frozenset(used)


@lru_cache(maxsize=1024)
def wider(worlds: Worlds, fact: str) -> tuple[str, ...]:
    """A fact and all facts that it implies."""
    found = [fact]
    for each in found:
        found += [more for more in worlds.facts[each].wider if more not in found]
    return tuple(found)
