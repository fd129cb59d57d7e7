"""What a Brief asks of a plan, as rules; and which wishes contradict each other.

Every wish is a rule behind an atom ``wish(i)``. To plan, all are facts. When there is no plan,
the atoms become assumptions, and the smallest set of wishes that can't be granted together is
searched: first every wish alone, then every pair, then by deletion.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from storypainter.errors import BadInput
from storypainter.planner.cells import known_in
from storypainter.planner.markup import Either, Gendered, Node, Seen, Words, telling
from storypainter.planner.reading import Worlds
from storypainter.planner.solving import Candidates, Draft, Limits, control, load
from storypainter.planner.world import Draw, Setting
from storypainter.pools.wording import mentions, same_word, words_of
from storypainter.story import Brief, Dimension

_MODEL = "use a language model as storyteller"
_CHILD = frozenset({"child", "children", "kids", "kid", "family", "families", "pupils", "school"})
_ALL = frozenset({"everybody", "everyone", "all", "adults", "adult", "general", "grown", "ups"})

#: Words of a wish that say nothing about a story.
_EMPTY = frozenset(
    {"a", "an", "the", "and", "or", "any", "some", "one", "is", "set", "with", "about", "for"}
    | {"at", "by", "during", "from", "in", "of", "on", "to"}
    | {"picture", "scene", "story", "stories"}
)

LIMITS = {
    "": Limits(),
    "sparse": Limits(situations=(2, 2), people=(2, 3), words=(50, 110)),
    "medium": Limits(),
    "rich": Limits(situations=(4, 5), people=(4, 7), words=(120, 172)),
}
_WIDE = Limits(situations=(2, 5), people=(2, 7), words=(64, 172))


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: how to call it, and its rules in a setting; ``rules`` None: not in this one."""

    label: str
    rules: Callable[[Worlds, Setting], list[str] | None]


def limits_of(brief: Brief) -> Limits:
    """How large a story may be: by richness, or wide where numbers are asked for."""
    if brief.richness:
        return LIMITS[brief.richness]
    exact = (brief.clues, brief.chains, brief.causal)
    counted = brief.at_least or any(each is not None for each in exact)
    return _WIDE if counted or any(each.isdigit() for each in brief.people) else LIMITS[""]


def wishes_of(brief: Brief) -> tuple[Wish, ...]:
    """The wishes of a Brief.

    Raises:
        BadInput: another language than English, an unknown audience, or a wish that names
            nothing.
    """
    _refuse(brief)
    found = []
    if brief.setting.strip():
        found.append(_in_setting(brief.setting))
    if brief.theme.strip():
        found.append(_about(brief.theme))
    for each in brief.people:
        found.append(_people(each))
    for each in brief.required:
        found.append(_required(each))
    for each in brief.forbidden:
        found.append(_forbidden(each))
    for label, amount in (("clue", brief.clues), ("chains", brief.chains)):
        if amount is not None:
            found.append(_counted(label, amount))
    if brief.causal is not None:
        found.append(_in_dimension(Dimension.EVENT_CAUSAL_RELATIONSHIP, brief.causal, exact=True))
    for each in brief.at_least:
        found.append(_at_least(each))
    if brief.tension:
        found.append(_tension(brief.tension))
    if set(words_of(brief.audience)) & _CHILD:
        found.append(Wish(f"the audience {brief.audience!r}", _for_children))
    return tuple(found)


def _refuse(brief: Brief) -> None:
    language = brief.language.strip().casefold().replace("_", "-").split("-")[0]
    if language not in {"", "en", "english"}:
        raise BadInput(
            f"the planner tells stories in English only, not in {brief.language!r}", _MODEL
        )
    audience = set(_telling(brief.audience))
    if audience and not audience & (_CHILD | _ALL):
        raise BadInput(
            f"the planner doesn't know the audience {brief.audience!r}",
            f"say children, adults or everybody, or {_MODEL}",
        )


# ---------------------------------------------------------------------- the wishes


def _in_setting(wish: str) -> Wish:
    words = _named(wish, "setting")

    def rules(worlds: Worlds, setting: Setting) -> list[str] | None:
        place = {*words_of(f"{setting.id} {setting.noun} {setting.ink}")}
        left = [word for word in words if not _among(word, place)]
        if len(left) == len(words):
            return None
        found = []
        for word in left:  # "park by night", "a park in winter"
            key = _SCENE.get(word)
            if key is None:
                return None
            found.append(f"not scene({key[0]},{key[1]})")
        return found

    return Wish(f"the setting {wish!r}", rules)


_SCENE = {
    word: (key, word)
    for key, values in (
        ("of_day", ("dawn", "morning", "noon", "afternoon", "evening", "night")),
        ("weather", ("clear", "cloudy", "rain", "snow", "fog", "wind")),
        ("season", ("spring", "summer", "autumn", "winter")),
    )
    for word in values
}


def _about(wish: str) -> Wish:
    words = _named(wish, "theme")

    def rules(worlds: Worlds, setting: Setting) -> list[str] | None:
        found = []
        here = {*words_of(f"{setting.id} {setting.noun}"), *setting.themes}
        for word in words:
            if _among(word, here):
                continue
            atoms = [
                f"use({s.id})"
                for s, _ in known_in(worlds, setting.id)
                if _among(word, {*s.themes, *words_of(s.id), s.kind, s.mood})
            ]
            atoms += [
                f"now({t.id})"
                for t in setting.time
                if _among(word, {*t.themes, *words_of(t.id), t.of_day, t.season, t.weather})
            ]
            if not atoms:
                return None
            found.append(_none_of(atoms))
        return found

    return Wish(f"the theme {wish!r}", rules)


def _people(wish: str) -> Wish:
    if wish.strip().isdigit():
        number = int(wish)
        return Wish(
            f"{number} people",
            lambda worlds, setting: [f"not {number} #count {{ P : present(P) }} {number}"],
        )
    _need(words_of(wish), wish, "people")

    def rules(worlds: Worlds, setting: Setting) -> list[str] | None:
        atoms = [
            f"gender({m.id},{g})"
            for m in setting.cast
            for g in m.genders
            if mentions(m.noun_of(g), wish) or mentions(m.role_of(g), wish)
        ]
        return [_none_of(atoms)] if atoms else None

    return Wish(f"the person {wish!r}", rules)


def _required(wish: str) -> Wish:
    _need(words_of(wish), wish, "required")

    def rules(worlds: Worlds, setting: Setting) -> list[str] | None:
        atoms = [atom for atom, text in _told(worlds, setting, always=True) if mentions(text, wish)]
        return [_none_of(atoms)] if atoms else None

    return Wish(f"the required {wish!r}", rules)


def _forbidden(wish: str) -> Wish:
    _need(words_of(wish), wish, "forbidden")

    def rules(worlds: Worlds, setting: Setting) -> list[str] | None:
        if mentions(f"{setting.noun} {setting.ink}", wish):
            return None
        told = [atom for atom, text in _told(worlds, setting, always=False) if mentions(text, wish)]
        drawn = [atom for atom, text in _drawn(worlds, setting) if mentions(text, wish)]
        return list(dict.fromkeys([*told, *drawn]))

    return Wish(f"the forbidden {wish!r}", rules)


def _counted(what: str, number: int) -> Wish:
    label = f"{number} {'clues' if what == 'clue' else 'Chains'}"
    if what == "clue":
        body = f"not {number} #sum {{ N,K : item(clue,N,K) }} {number}"
    else:
        body = f"not {number} #count {{ D,K : concludes(D,K) }} {number}"
    return Wish(label, lambda worlds, setting: [body])


def _in_dimension(dimension: Dimension, number: int, *, exact: bool) -> Wish:
    upper = f" {number}" if exact else ""
    body = f"not {number} #count {{ K : concludes({dimension.value},K) }}{upper}"
    what = dimension.label.casefold()
    label = f"{number} causal links" if exact else f"at least {number} in {what}"
    return Wish(label, lambda worlds, setting: [body])


def _at_least(wish: str) -> Wish:
    name, _, number = wish.partition("=")
    known = [each.value for each in Dimension]
    name = name.strip().casefold().replace(" ", "_").replace("-", "_")
    if name not in known or not number.strip().isdigit():
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]}=2? " if near and name not in known else ""
        raise BadInput(
            f"{wish!r} is no minimum of a Dimension",
            f"{hint}write DIMENSION=NUMBER with one of {', '.join(known)}",
        )
    return _in_dimension(Dimension(name), int(number), exact=False)


def _tension(wish: str) -> Wish:
    body = f"not 1 #count {{ X : use(X), tension(X,{wish}) }}"
    return Wish(f"the tension {wish!r}", lambda worlds, setting: [body])


def _for_children(worlds: Worlds, setting: Setting) -> list[str]:
    return [f"use({s.id})" for s, _ in known_in(worlds, setting.id) if s.kind == "romance"]


def _named(wish: str, field: str) -> list[str]:
    words = _telling(wish)
    _need(words, wish, field)
    return words


def _telling(wish: str) -> list[str]:
    """The words of a wish that say something."""
    return [word for word in words_of(wish) if word not in _EMPTY]


def _among(word: str, words: Iterable[str]) -> bool:
    return any(same_word(word, each) for each in words)


def _need(words: Sequence[str], wish: str, field: str) -> None:
    if not words:
        raise BadInput(f"the brief's {field} {wish!r} names nothing", "use a word such as 'dog'")


def _none_of(atoms: Iterable[str]) -> str:
    return ", ".join(f"not {atom}" for atom in dict.fromkeys(atoms))


# ---------------------------------------------------------------------- what tells what


def _told(worlds: Worlds, setting: Setting, *, always: bool) -> Iterator[tuple[str, str]]:
    """Atoms with the words that the text has if they are true, one for each reading.

    With ``always`` only what is told for certain, otherwise also what may be left out.
    """
    for situation, images in known_in(worlds, setting.id):
        for image in images:
            things = {**situation.things, **image.things}
            names = {name: noun.first for name, noun in things.items()}
            for each in telling(image.tell):
                if always and each.kind != "core":
                    continue
                for wording in each.wordings:
                    for text in _plain(wording, names):
                        yield f"shows({situation.id},{image.id})", text
    yield from _told_by_setting(setting)


def surely_told(worlds: Worlds, drafted: Draft, word: str) -> bool:
    """Whether every story of a Draft tells a word: then a wish for it can be granted with it."""
    true = {f"shows({x},{image})" for x, image in drafted.images.items()}
    true |= {f"gender({person},{gender})" for person, gender in drafted.genders.items()}
    true |= {f"wears({person},{look})" for person, look in drafted.looks.items()}
    true |= {f"now({drafted.time})", f"located({drafted.detail})"}
    setting = worlds.settings[drafted.setting]
    return any(
        atom in true and mentions(text, word) for atom, text in _told(worlds, setting, always=True)
    )


def _told_by_setting(setting: Setting) -> Iterator[tuple[str, str]]:
    for member in setting.cast:
        for gender in member.genders:
            yield f"gender({member.id},{gender})", member.noun_of(gender)
        for number, look in enumerate(member.looks):
            yield f"wears({member.id},{number})", _one(look.say)
    for time in setting.time:
        yield f"now({time.id})", _one(time.tell)
    for detail in setting.detail:
        yield f"located({detail.id})", _one(detail.tell)


def _drawn(worlds: Worlds, setting: Setting) -> Iterator[tuple[str, str]]:
    """Atoms with the kinds of things that the picture has if they are true."""
    for situation, images in known_in(worlds, setting.id):
        for image in images:
            for text in _drawn_words(image.draw):
                yield f"shows({situation.id},{image.id})", text
    for time in setting.time:
        for text in _drawn_words(time.draw):
            yield f"now({time.id})", text
    for detail in setting.detail:
        for text in _drawn_words(detail.draw):
            yield f"located({detail.id})", text
    for bond in worlds.relationships.values():
        for evidence in bond.evidence:
            for garment in evidence.wear:
                yield (
                    f"seen(_,_,_,{bond.id}_{evidence.id})",
                    garment.replace("{colour}", ""),
                )


def _drawn_words(draw: Draw) -> Iterator[str]:
    """What a table draws, in the painter's words, and what signs say."""
    for row in draw.values():
        yield row.prop or row.animal or row.sign
        yield from row.wear
        if row.text:
            yield row.text


def _one(text: str) -> str:
    return " . ".join(
        plain
        for each in telling(text.replace("{colour}", ""))
        for wording in each.wordings
        for plain in _plain(wording, {})
    )


def _plain(nodes: Sequence[Node], names: Mapping[str, str]) -> list[str]:
    """The words of a tree, with things by their nouns and people left out; one or more readings."""
    found = [""]
    for node in nodes:
        if isinstance(node, Words):
            options = [node.text]
        elif isinstance(node, Seen):
            options = _plain(node.parts, names)
        elif isinstance(node, Either):
            options = [text for option in node.options for text in _plain(option, names)]
        elif isinstance(node, Gendered):
            options = [node.male, node.female]
        else:
            options = [f" {names.get(node.name, ' , ')} "]
        found = [before + option for before in found for option in options][:24]
    return found


# ---------------------------------------------------------------------- granting them


@lru_cache(maxsize=1024)
def rules_of(worlds: Worlds, setting: str, brief: Brief) -> str | None:
    """The rules of all wishes of a Brief in a setting; None where it never can grant them."""
    lines = []
    for wish in wishes_of(brief):
        bodies = wish.rules(worlds, worlds.settings[setting])
        if bodies is None:
            return None
        lines += [f":- {body}." for body in bodies]
    return "\n".join([*lines, ""])


_NAMED = {"use": "situation", "shows": "situation", "now": "time", "located": "detail",
          "gender": "person"}  # fmt: skip
_ATOM = re.compile(r"not (use|shows|now|located|gender)\((\w+)")


def named_in(rules: str) -> dict[str, frozenset[str]]:
    """What rules ask for by name: situations, times, details and people."""
    found: dict[str, set[str]] = {kind: set() for kind in _NAMED.values()}
    for kind, name in _ATOM.findall(rules):
        found[_NAMED[kind]].add(name)
    return {kind: frozenset(names) for kind, names in found.items()}


@lru_cache(maxsize=1024)
def called_for(rules: str) -> Mapping[str, int]:
    """By how many wishes each situation is named: what is named by many grants many at once."""
    return Counter(
        name
        for line in rules.splitlines()
        for name in {name for kind, name in _ATOM.findall(line) if kind in ("use", "shows")}
    )


def contradiction(
    worlds: Worlds, wishes: Sequence[Wish], limits: Limits
) -> tuple[tuple[Wish, ...], bool]:
    """A smallest set of wishes that no setting can grant together, and whether that is proved.

    A wish that no setting has the knowledge for needs no solver. All else is asked of every
    setting's whole program, up to a number of conflicts: what stays open is taken for granted, and
    if nothing is refuted, all wishes are named, without a proof.
    """
    for wish in wishes:
        if all(wish.rules(worlds, each) is None for each in worlds.settings.values()):
            return (wish,), True
    solvers = [_Assumed(worlds, setting, wishes, limits) for setting in worlds.settings.values()]

    def granted(chosen: Iterable[int]) -> bool:
        numbers = tuple(chosen)
        return any(solver.grants(numbers) is not False for solver in solvers)

    every = range(len(wishes))
    for size in (1, 2):
        for some in itertools.combinations(every, size):
            if not granted(some):
                return tuple(wishes[number] for number in some), True
    if granted(every):
        return tuple(wishes), False
    left = list(every)
    for number in every:
        without = [each for each in left if each != number]
        if not granted(without):
            left = without
    return tuple(wishes[number] for number in left), True


#: After how many conflicts a setting's answer stays open.
_CONFLICTS = 3000


class _Assumed:
    """A setting's program with each wish behind an assumption; grounded when first asked."""

    def __init__(
        self, worlds: Worlds, setting: Setting, wishes: Sequence[Wish], limits: Limits
    ) -> None:
        self._rules = [wish.rules(worlds, setting) for wish in wishes]
        self._source = worlds, setting, limits
        self._solver: Any = None

    def grants(self, numbers: Sequence[int]) -> bool | None:
        """Whether a story of this setting grants these wishes; None if that stays open."""
        if any(self._rules[number] is None for number in numbers):
            return False
        import clingo

        if self._solver is None:
            self._solver = control(0, 1, f"--solve-limit={_CONFLICTS}")
            lines = [f"{{ wish({number}) }}." for number in range(len(self._rules))]
            for number, bodies in enumerate(self._rules):
                lines += [f":- wish({number}), {body}." for body in bodies or ()]
            worlds, setting, limits = self._source
            every = Candidates(setting, known_in(worlds, setting.id))
            load(self._solver, worlds, every, limits, "\n".join(lines), show=False)
            self._solver.ground([("base", [])])
        assumed = [
            (clingo.Function("wish", [clingo.Number(number)]), number in numbers)
            for number in range(len(self._rules))
        ]
        answer: bool | None = self._solver.solve(assumptions=assumed).satisfiable
        return answer


def refusal(worlds: Worlds, brief: Brief, wishes: Sequence[Wish]) -> BadInput:
    """The error for a Brief that no story suits: the smallest set of wishes that clash."""
    clash, proved = contradiction(worlds, wishes, limits_of(brief))
    if not proved:
        return BadInput(
            "no planned story was found that has " + " and ".join(each.label for each in clash),
            f"change a number or drop a wish, or {_MODEL}",
        )
    if len(clash) == 1:
        return BadInput(
            f"no planned story suits the brief: none has {clash[0].label}",
            _hint(worlds, brief, clash),
        )
    labels = [each.label for each in clash]
    return BadInput(
        "no planned story suits the brief: these wishes contradict each other: "
        + ", ".join(labels[:-1]) + f" and {labels[-1]}",
        f"drop or change one of them, or {_MODEL}",
    )  # fmt: skip


def _hint(worlds: Worlds, brief: Brief, clash: Sequence[Wish]) -> str:
    label = clash[0].label
    if label.startswith("the theme"):
        known = {each for s in worlds.situations.values() for each in s.themes}
        near = [
            match
            for word in words_of(brief.theme)
            for match in difflib.get_close_matches(word, sorted(known), 1)
        ]
        broad = ", ".join(sorted(known)[:12])
        guess = f"did you mean {' '.join(near)!r}? " if near else ""
        return f"{guess}some themes are {broad}; or {_MODEL}"
    if label.startswith("the setting"):
        return f"settings are {', '.join(s.noun for s in worlds.settings.values())}; or {_MODEL}"
    return f"leave it out, or {_MODEL}"
