"""From the worlds to facts for clingo, and from an answer back to a Draft.

A Draft says which situations a story has, in which images, who takes which part, what joins
them, and what is told; the words and the picture follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from storypainter.planner.markup import Sentence, names, telling
from storypainter.planner.reading import Worlds
from storypainter.planner.wardrobe import zone_of
from storypainter.planner.world import (
    GENDERS,
    Draw,
    Image,
    Member,
    Relationship,
    Setting,
    Situation,
    When,
)

RULES = ("cast", "join", "time", "bonds", "evidence", "taste")
_SHOW = ["use/1", "shows/2", "fill/3", "gender/2", "thing/3", "wears/2", "link/4", "timely/3", "now/1", "scene/2", "located/1", "bond/3", "seen/4", "told/2", "chain/2"]  # fmt: skip
#: What two situations may both draw without anybody asking which one is meant.
_COMMON = frozenset(
    {"park bench", "picnic blanket", "chair", "tree", "pond", "white chair", "visitor chair"}
    | {"waiting chairs", "platform bench", "museum bench", "cafe table", "beach towel"}
)
_KEYS = ("of_day", "weather", "season")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a story is: situations, people and words (both ends included)."""

    situations: tuple[int, int] = (3, 3)
    people: tuple[int, int] = (3, 5)
    words: tuple[int, int] = (100, 162)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a solver may choose from in one setting: situations with their images, people.

    ``people`` and ``relationships`` empty: everybody of the cast, every relationship.
    """

    setting: Setting
    situations: tuple[tuple[Situation, tuple[Image, ...]], ...]
    main: str = ""
    people: frozenset[str] = frozenset()
    relationships: frozenset[str] = frozenset()

    @property
    def cast(self) -> tuple[Member, ...]:
        """Who may be in the story."""
        every = self.setting.cast
        return tuple(m for m in every if m.id in self.people) if self.people else every


@dataclass(frozen=True, slots=True)
class Link:
    """Situation ``source`` gives, by its ``give``-th fact, what ``target`` needs, its ``need``-th."""

    source: str
    give: int
    target: str
    need: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A planned story before it is worded. People are members of the setting's cast, by id.

    ``parts`` maps (situation, role) to a person; ``told`` lists (situation, sentence number);
    ``timely`` lists (situation, need number) that the time meets; ``things`` maps (situation,
    slot) to a thing; ``bonds`` (relationship, a, b, evidence); ``looks`` a person's look.
    """

    setting: str
    main: str
    images: Mapping[str, str]
    parts: Mapping[tuple[str, str], str]
    genders: Mapping[str, str]
    things: Mapping[tuple[str, str], str]
    looks: Mapping[str, int]
    links: tuple[Link, ...]
    timely: tuple[tuple[str, int], ...]
    time: str
    scene: Mapping[str, str]
    detail: str
    bonds: tuple[tuple[str, str, str, str], ...]
    told: frozenset[tuple[str, int]]
    chains: frozenset[tuple[str, str]]

    @property
    def people(self) -> tuple[str, ...]:
        """Who is present, in alphabetical order."""
        return tuple(sorted(set(self.parts.values())))


@dataclass(slots=True)
class _Facts:
    lines: list[str] = field(default_factory=list)

    def add(self, name: str, *terms: object) -> None:
        self.lines.append(f"{name}({','.join(map(_term, terms))}).")


@lru_cache(maxsize=65536)
def _term(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if text.isidentifier() and text[0].islower() and text.isascii():
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=1)
def rules() -> str:
    """The rule files, joined."""
    folder = resources.files("storypainter.planner") / "rules"
    return "\n".join((folder / f"{name}.lp").read_text("utf-8") for name in RULES)


def solve(
    worlds: Worlds,
    candidates: Candidates,
    limits: Limits,
    seed: int,
    extra: str = "",
    conflicts: int = 0,
) -> Draft | None:
    """One story from the candidates, or None if there is none.

    The same arguments give the same Draft: the solver is fresh. ``extra`` are further rules.
    ``conflicts``: give up after so many (a count, unlike seconds, is the same on every machine).
    """
    solver = control(seed, 1, *([f"--solve-limit={conflicts}"] if conflicts else []))
    solver.add("base", [], program(worlds, candidates, limits) + extra)
    solver.ground([("base", [])])
    with solver.solve(yield_=True) as handle:
        for model in handle:
            return draft(candidates.setting.id, candidates, model.symbols(shown=True))
    return None


def control(seed: int, models: int, *options: str) -> Any:
    """A fresh solver that answers at random, by ``seed``; ``models`` 0: all answers."""
    import clingo  # on use: it takes 40 ms to load

    usual = [f"--models={models}", f"--seed={seed % 2**31}", "--warn=none"]
    return clingo.Control([*usual, "--rand-freq=1", "--sign-def=rnd", *options])


def program(worlds: Worlds, candidates: Candidates, limits: Limits, *, show: bool = True) -> str:
    """The whole program for a fresh solver: rules, limits and facts."""
    facts = _Facts()
    _cast_facts(facts, candidates.cast)
    _setting_facts(facts, candidates.setting)
    _bond_facts(facts, worlds, candidates)
    for situation, images in candidates.situations:
        _situation_facts(facts, worlds, candidates, situation, images)
    if candidates.main:
        facts.lines.append(f":- not use({candidates.main}).")
        facts.lines += [
            f"main({s.id})." for s, _ in candidates.situations if s.id == candidates.main
        ]
    else:
        facts.lines += [f"main({s.id})." for s, _ in candidates.situations if s.main]
    constants = (
        f"#const fewest_situations={limits.situations[0]}."
        f"#const most_situations={limits.situations[1]}."
        f"#const fewest_people={limits.people[0]}.#const most_people={limits.people[1]}."
        f"#const shortest={limits.words[0]}.#const longest={limits.words[1]}."
    )
    shown = "".join(f"#show {each}." for each in _SHOW) if show else ""
    return "\n".join((rules(), constants, shown, *facts.lines, ""))


def _cast_facts(facts: _Facts, cast: Sequence[Member]) -> None:
    for member in cast:
        for gender in member.genders:
            facts.add("may_be", member.id, gender)
            facts.add("noun", member.id, gender, member.noun_of(gender))
        for number, look in enumerate(member.looks):
            facts.add("look", member.id, number)
            sentence = telling(look.say)[0]
            facts.add("look_words", member.id, number, sentence.length)
            if member.says and sentence.clues:
                facts.add("role_seen", member.id, number)
                facts.add("look_clues", member.id, number, len(sentence.clues))
            _when(facts, "look_allows", (member.id, number), look.when)
            for zone in sorted({zone_of(each) for each in look.wear}):
                facts.add("look_zone", member.id, number, zone)


def _setting_facts(facts: _Facts, setting: Setting) -> None:
    for key in _KEYS:
        usual = "clear" if key == "weather" else getattr(setting, key)
        facts.add("usual", key, usual)
    for slot, things in setting.slot.items():
        for thing in things:
            facts.add("offer", slot, thing.id)
            if thing.shared:
                facts.add("shared", thing.id)
    for time in setting.time:
        facts.add("time", time.id)
        facts.add("time_words", time.id, sum(s.length for s in telling(time.tell)))
        facts.add("time_clues", time.id, len(_clues(telling(time.tell))))
        for key in _KEYS:
            facts.add("time_has", time.id, key, getattr(time, key))
        for kind in sorted(_kinds(time.draw)):
            facts.add("time_shows", time.id, kind)
        for fact in time.gives:
            facts.add("time_gives", time.id, fact)
    for detail in setting.detail:
        facts.add("detail", detail.id)
        facts.add("detail_words", detail.id, sum(s.length for s in telling(detail.tell)))
        facts.add("detail_clues", detail.id, len(_clues(telling(detail.tell))))
        _when(facts, "detail_allows", (detail.id,), detail.when)
        for kind in sorted(_kinds(detail.draw)):
            facts.add("detail_shows", detail.id, kind)


def _kinds(draw: Draw) -> frozenset[str]:
    """What a table draws, without what a picture may well have twice."""
    kinds = {"clock" if row.time else row.prop or row.animal for row in draw.values()}
    return frozenset(kinds - _COMMON - {""})


def _bond_facts(facts: _Facts, worlds: Worlds, candidates: Candidates) -> None:
    for bond in worlds.relationships.values():
        if candidates.relationships and bond.id not in candidates.relationships:
            continue
        pairs = list(_pairs(bond, candidates.cast))
        if not pairs:
            continue
        facts.add("class", bond.id, bond.bond)
        for pair in pairs:
            facts.add("may_bond", bond.id, *pair)
        for evidence in bond.evidence:
            name = f"{bond.id}_{evidence.id}"
            facts.add("evidence", bond.id, name)
            told = f"{evidence.first} {evidence.second}" if evidence.first else evidence.tell
            facts.add("bond_words", name, len(told.split()))
            facts.add("bond_clues", name, 2)
            _when(facts, "bond_allows", (name,), evidence.when)
            for zone in sorted({zone_of(each) for each in evidence.wear}):
                facts.add("bond_zone", name, zone)


def _pairs(bond: Relationship, cast: Sequence[Member]) -> Iterable[tuple[str, str, str, str]]:
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


def _situation_facts(
    facts: _Facts,
    worlds: Worlds,
    candidates: Candidates,
    situation: Situation,
    images: Sequence[Image],
) -> None:
    x = situation.id
    facts.add("sit", x)
    facts.add("kind", x, situation.kind)
    facts.add("mood", x, situation.mood)
    if situation.main:
        facts.add("weighty", x)
    if situation.tension:
        facts.add("tension", x, situation.tension)
    for other in situation.excludes:
        facts.add("excludes", x, other)
    for name, role in situation.roles.items():
        facts.add("bearing" if role.bears else "acting", x, name)
        for gender in role.genders:
            facts.add("part_gender", x, name, gender)
        for member in candidates.cast:
            if role.admits(member.age, frozenset(member.marks)):
                facts.add("fits", x, name, member.id)
    for bond in situation.bonds:
        facts.add("wants_bond", x, bond.bond, bond.a, bond.b)
    for name, conclusion in situation.conclusions.items():
        facts.add("conclusion", x, name)
        facts.add("dimension", x, name, conclusion.dimension.value)
    for number, need in enumerate(situation.needs):
        facts.add("need", x, number, need.fact, "soft" if need.optional else "hard")
        for place, role_name in enumerate(need.of):
            facts.add("need_of", x, number, place, role_name)
        for key in need.shown:
            facts.add("need_shown", x, number, key)
    for number, give in enumerate(situation.gives):
        for fact in wider(worlds, give.fact):
            facts.add("give", x, number, fact)
        for place, role_name in enumerate(give.of):
            facts.add("give_of", x, number, place, role_name)
        for key in give.shown:
            facts.add("give_shown", x, number, key)
    for image in images:
        _image_facts(facts, candidates.setting, x, image)


def _image_facts(facts: _Facts, setting: Setting, x: str, image: Image) -> None:
    i = image.id
    facts.add("image", x, i)
    for other in image.excludes:
        facts.add("image_excludes", x, i, other)
    _when(facts, "allows", (x, i), image.when)
    for name, row in image.draw.items():
        for zone in sorted({zone_of(each) for each in row.wear}):
            facts.add("part_zone", x, i, name, zone)
    for kind in sorted(_kinds(image.draw)):
        facts.add("has", x, i, kind)
    for slot in slots_of(image, setting):
        facts.add("slot", x, i, slot)
    sentences = telling(image.tell)
    facts.add("base", x, i, sum(s.length for s in sentences if s.kind == "core"))
    for number, sentence in enumerate(sentences):
        if sentence.kind != "core":
            facts.add("line", x, i, number, sentence.length)
        for clue in sentence.clues:
            if sentence.kind == "core":
                facts.add("core", x, i, clue)
            else:
                facts.add("in_line", x, i, number, clue)
    for conclusion, clues in image.evidence.items():
        for clue in clues:
            if clue.endswith("?"):
                facts.add("adds", x, i, conclusion, clue[:-1])
            else:
                facts.add("requires", x, i, conclusion, clue)


def slots_of(image: Image, setting: Setting) -> tuple[str, ...]:
    """The slots that an image uses, in its words or in its picture, in alphabetical order."""
    used: set[str] = set()
    for sentence in telling(image.tell):
        for wording in sentence.wordings:
            used |= names(wording)
    for row in image.draw.values():
        used |= {row.sits_on, row.stands_on, row.lies_on, row.near, row.on, row.gaze, *row.holds}
        used |= set(row.does.values())
    return tuple(sorted(used & set(setting.slot)))


def wider(worlds: Worlds, fact: str) -> tuple[str, ...]:
    """A fact and all facts that it implies."""
    found = [fact]
    for each in found:
        found += [more for more in worlds.facts[each].wider if more not in found]
    return tuple(found)


def _when(facts: _Facts, name: str, key: tuple[object, ...], when: When) -> None:
    for what in _KEYS:
        for value in getattr(when, what):
            facts.add(name, *key, what, value)


def _clues(sentences: Iterable[Sentence]) -> list[str]:
    return [clue for sentence in sentences for clue in sentence.clues]


def draft(setting: str, candidates: Candidates, symbols: Iterable[Any]) -> Draft:
    """A Draft of the atoms that a model shows."""
    atoms: dict[str, list[tuple[Any, ...]]] = {each.split("/")[0]: [] for each in _SHOW}
    for symbol in symbols:
        atoms[symbol.name].append(tuple(_plain(each) for each in symbol.arguments))
    for rows in atoms.values():
        rows.sort(key=str)
    used = {x for (x,) in atoms["use"]}
    mains = [
        s.id
        for s, _ in candidates.situations
        if s.id in used and (s.id == candidates.main or (not candidates.main and s.main))
    ]
    return Draft(
        setting=setting,
        main=mains[0],
        images=dict(atoms["shows"]),
        parts={(x, r): p for x, r, p in atoms["fill"]},
        genders=dict(atoms["gender"]),
        things={(x, s): o for x, s, o in atoms["thing"]},
        looks=dict(atoms["wears"]),
        links=tuple(Link(*each) for each in atoms["link"]),
        timely=tuple((x, n) for _, x, n in atoms["timely"]),
        time=next((t for (t,) in atoms["now"]), ""),
        scene=dict(atoms["scene"]),
        detail=atoms["located"][0][0],
        bonds=tuple((b, p, q, dict_of(atoms["seen"])[b, p, q]) for b, p, q in atoms["bond"]),
        told=frozenset(atoms["told"]),
        chains=frozenset(atoms["chain"]),
    )


def dict_of(seen: Iterable[tuple[Any, ...]]) -> dict[tuple[str, str, str], str]:
    """(relationship, a, b) to its evidence, without the relationship's name before it."""
    return {(b, p, q): e.removeprefix(f"{b}_") for b, p, q, e in seen}


def _plain(symbol: Any) -> Any:
    import clingo

    if symbol.type == clingo.SymbolType.Number:
        return symbol.number
    if symbol.type == clingo.SymbolType.String:
        return symbol.string
    return symbol.name
