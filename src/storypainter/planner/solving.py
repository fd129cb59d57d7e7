"""From candidates to a program for clingo, and from its answer back to a Draft.

A Draft says which situations a story has, in which images, who takes which part, what joins
them, and what is told; the words and the picture follow from it.
"""

from __future__ import annotations

import atexit
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from storypainter.planner import facts
from storypainter.planner.reading import Worlds
from storypainter.planner.statements import Statement, add, parsed
from storypainter.planner.world import Detail, Image, Member, Setting, Situation, Time

RULES = ("cast", "join", "time", "bonds", "evidence", "taste")
_SHOW = ["use/1", "shows/2", "fill/3", "gender/2", "thing/3", "wears/2", "link/4", "timely/3", "now/1", "scene/2", "located/1", "bond/3", "seen/4", "told/2", "chain/2"]  # fmt: skip
#: What the rules call the ends of the limits.
LIMIT_NAMES = ("fewest_situations", "most_situations", "fewest_people", "most_people", "shortest", "longest")  # fmt: skip
#: The rules that count for wishes.
_COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a story is: situations, people and words (both ends included)."""

    situations: tuple[int, int] = (3, 3)
    people: tuple[int, int] = (3, 5)
    words: tuple[int, int] = (100, 162)

    @property
    def ends(self) -> tuple[int, ...]:
        """The ends, in the order of ``LIMIT_NAMES``."""
        return (*self.situations, *self.people, *self.words)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a solver may choose from in one setting: situations with their images, people, times.

    ``people``, ``times`` and ``details`` by id; ``evidence`` maps relationships to what may
    show them. None: everything that the setting, or the world, has.
    """

    setting: Setting
    situations: tuple[tuple[Situation, tuple[Image, ...]], ...]
    main: str = ""
    people: frozenset[str] | None = None
    times: frozenset[str] | None = None
    details: frozenset[str] | None = None
    evidence: Mapping[str, frozenset[str]] | None = None

    @property
    def cast(self) -> tuple[Member, ...]:
        """Who may be in the story."""
        return tuple(m for m in self.setting.cast if self.people is None or m.id in self.people)

    @property
    def time(self) -> tuple[Time, ...]:
        """When it may be."""
        return tuple(t for t in self.setting.time if self.times is None or t.id in self.times)

    @property
    def detail(self) -> tuple[Detail, ...]:
        """Where it may be seen to be."""
        every = self.setting.detail
        return tuple(d for d in every if self.details is None or d.id in self.details)


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


@lru_cache(maxsize=32)
def rules(limits: Limits, *, counting: bool, show: bool) -> tuple[Statement, ...]:
    """The statements of the rule files, within limits.

    With ``counting`` those that count clues and conclusions as well; with ``show`` what a Draft is
    read from.
    """
    folder = resources.files("storypainter.planner") / "rules"
    names = (*RULES, _COUNTS) if counting else RULES
    text = "\n".join((folder / f"{name}.lp").read_text("utf-8") for name in names)
    for name, value in zip(LIMIT_NAMES, limits.ends, strict=True):
        text = re.sub(rf"\b{name}\b", str(value), text)
    shown = "".join(f"#show {each}." for each in _SHOW) if show else ""
    return parsed(f"{text}\n{shown}")


#: Let go while clingo, which has to free them, is still there.
atexit.register(rules.cache_clear)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a story beside the rules of all stories.

    ``rules``: further rules, of which ``counting`` says whether they count; ``hopes``: bodies of rules
    that are granted if they can be (``now(_)``: a time is told), the first ones rather than the last.
    """

    rules: str = ""
    hopes: tuple[str, ...] = ()

    @property
    def counting(self) -> bool:
        """Whether the rules speak of numbers of clues or conclusions."""
        return "item(clue" in self.rules or "concludes(" in self.rules


def solve(
    worlds: Worlds,
    candidates: Candidates,
    limits: Limits,
    seed: int,
    asked: Asked | None = None,
    conflicts: int = 0,
) -> Draft | None:
    """One story from the candidates, or None if there is none.

    The same arguments give the same Draft: the solver is fresh. ``conflicts``: give up after so
    many (a count, unlike seconds, is the same on every machine).
    """
    import clingo

    asked = asked or Asked()
    solver = control(seed, 1, *([f"--solve-limit={conflicts}"] if conflicts else []))
    lines = [asked.rules]
    for number, hope in enumerate(asked.hopes):
        lines.append(f"{{ hoped({number}) }}. :- hoped({number}), not {hope}.")
    load(solver, worlds, candidates, limits, "\n".join(lines), counting=asked.counting)
    solver.ground([("base", [])])
    atoms = [clingo.Function("hoped", [clingo.Number(n)]) for n in range(len(asked.hopes))]
    for granted in range(len(atoms), -1, -1):
        assumed = [(atom, number < granted) for number, atom in enumerate(atoms)]
        with solver.solve(assumptions=assumed, yield_=True) as handle:
            for model in handle:
                return draft(candidates.setting.id, candidates, model.symbols(shown=True))
    return None


def control(seed: int, models: int, *options: str) -> Any:
    """A fresh solver that answers at random, by ``seed``; ``models`` 0: all answers."""
    import clingo  # on use: it takes 40 ms to load

    usual = [f"--models={models}", f"--seed={seed % 2**31}", "--warn=none"]
    return clingo.Control([*usual, "--rand-freq=1", "--sign-def=rnd", *options])


def load(
    solver: Any,
    worlds: Worlds,
    candidates: Candidates,
    limits: Limits,
    more: str = "",
    *,
    show: bool = True,
    counting: bool = True,
) -> None:
    """Give a fresh solver the whole program: rules within limits, facts, and ``more`` of its own.

    The order is part of the program: a solver that answers at random answers by it.
    """
    add(solver, rules(limits, counting=counting, show=show))
    solver.add("base", [], f"{_facts(worlds, candidates, counting=counting)}\n{more}")


def _facts(worlds: Worlds, candidates: Candidates, *, counting: bool) -> str:
    setting = candidates.setting.id
    cast = candidates.cast
    people = {member.id for member in cast}
    names = {situation.id for situation, _ in candidates.situations}
    lines = [facts.member_facts(worlds, setting, each.id, counting=counting) for each in cast]
    lines.append(facts.place_facts(worlds, setting))
    lines += [
        facts.time_facts(worlds, setting, each.id, counting=counting) for each in candidates.time
    ]
    lines += [
        facts.detail_facts(worlds, setting, each.id, counting=counting)
        for each in candidates.detail
    ]
    lines += _bonds(worlds, candidates, people, counting=counting)
    for situation, images in candidates.situations:
        x = situation.id
        lines.append(facts.situation_facts(worlds, x))
        lines += [fact for other, fact in facts.excluding_facts(worlds, x) if other in names]
        lines += [
            fact for person, fact in facts.casting_facts(worlds, setting, x) if person in people
        ]
        for image in images:
            lines.append(facts.image_facts(worlds, x, image.id))
            lines.append(facts.image_facts_of_place(worlds, setting, x, image.id))
    if candidates.main:
        lines.append(f"main({candidates.main}). :- not use({candidates.main}).")
    else:
        lines += [f"main({s.id})." for s, _ in candidates.situations if s.main]
    return "\n".join(lines)


def _bonds(
    worlds: Worlds, candidates: Candidates, people: set[str], *, counting: bool
) -> list[str]:
    setting = candidates.setting
    lines = []
    for bond in worlds.relationships.values():
        if candidates.evidence is not None and bond.id not in candidates.evidence:
            continue
        pairs = facts.bond_pairs(worlds, setting.id, bond.id)
        pairs = tuple(pair for pair in pairs if pair[0] in people and pair[2] in people)
        shown = [
            each.id
            for each in bond.evidence
            if facts.suits(each.where, each.unless, setting)
            and (candidates.evidence is None or each.id in candidates.evidence[bond.id])
        ]
        if pairs and shown:
            lines.append(f"class({bond.id},{bond.bond}).")
            lines += [facts.bond_fact(bond.id, pair) for pair in pairs]
            lines += [
                facts.evidence_facts(worlds, bond.id, each, counting=counting) for each in shown
            ]
    return lines


def draft(setting: str, candidates: Candidates, symbols: Iterable[Any]) -> Draft:
    """A Draft of the atoms that a model shows."""
    atoms: dict[str, list[tuple[Any, ...]]] = {each.split("/")[0]: [] for each in _SHOW}
    for symbol in symbols:
        name, terms = _plain(str(symbol))
        atoms[name].append(terms)
    for rows in atoms.values():
        rows.sort(key=str)
    used = {x for (x,) in atoms["use"]}
    mains = [
        s.id
        for s, _ in candidates.situations
        if s.id in used and (s.id == candidates.main or (not candidates.main and s.main))
    ]
    seen = dict_of(atoms["seen"])
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
        bonds=tuple((b, p, q, seen[b, p, q]) for b, p, q in atoms["bond"]),
        told=frozenset(atoms["told"]),
        chains=frozenset(atoms["chain"]),
    )


def dict_of(seen: Iterable[tuple[Any, ...]]) -> dict[tuple[str, str, str], str]:
    """(relationship, a, b) to its evidence, without the relationship's name before it."""
    return {(b, p, q): e.removeprefix(f"{b}_") for b, p, q, e in seen}


@lru_cache(maxsize=65536)
def _plain(atom: str) -> tuple[str, tuple[Any, ...]]:
    """The name and the terms of an atom, all of which are names or numbers."""
    name, _, rest = atom.removesuffix(")").partition("(")
    return name, tuple(int(each) if each.isdecimal() else each for each in rest.split(","))
