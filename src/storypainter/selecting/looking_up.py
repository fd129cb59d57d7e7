"""From a name in an expression to the score that it means in this run."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storypainter.evaluators.catalog import BUILT_IN
from storypainter.selecting.reading import Candidate, Key, Unknown
from storypainter.selecting.tokens import BadExpression, Source, is_plain, is_plain_judge, list_of
from storypainter.selecting.tree import TEXT_FIELDS, Name, Rank, Where, names_in

#: Words that stand for scores; of several the first one that the run has, for the whole run.
#: A score of the very name comes before its alias.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "copied": ("copying",),
    "one_moment": ("moment",),
    "complexity": ("semantic_score", "rubric"),
}
#: Which evaluator gives the score that an alias means.
_GIVEN_BY = {"copied": "copying", "one_moment": "moment", "complexity": "complexity"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What each name of the expressions means in a run."""

    keys: Mapping[Name, Key]

    def value(self, candidate: Candidate, name: Name) -> float | Unknown:
        """The score of an item, or why it isn't known."""
        key = self.keys[name]
        found = candidate.scores.get(key)
        if found is not None:
            return found
        whole, dot, part = key.name.rpartition(".")
        of_whole = candidate.scores.get(key._replace(name=whole)) if dot else None
        if isinstance(of_whole, Unknown):
            return of_whole
        if of_whole is not None:
            return Unknown(f"{whole} has no part {part!r} here")
        failure = candidate.failed.get(key.evaluator)
        if failure is not None:
            return Unknown(f"{key.name} is missing: {key.evaluator} failed: {failure}")
        return Unknown(f"{key.name} is missing: {key.evaluator} ({key.judge}) did not score it")

    def shown(self, name: Name) -> str:
        """The name as it is shown; an alias with what it stands for."""
        key = self.keys[name]
        return str(name) if key.name == name.name else f"{name} ({key.name})"

    def said(self) -> tuple[str, ...]:
        """One line for each name: what it means, and who judged."""
        lines = {
            f"{name}{'' if name.name == key.name else f' is {key.name}'}, by {key.judge}"
            + ("" if key.judge == key.evaluator else f" ({key.evaluator})")
            for name, key in self.keys.items()
        }
        return tuple(sorted(lines))


def meaning(
    candidates: Sequence[Candidate], expressions: Iterable[tuple[Source, Where | Rank]]
) -> Meaning:
    """What the names of the expressions mean.

    A judge who could give a score to no story at all doesn't count, unless nobody else did.

    Raises:
        BadExpression: no item has such a score, or several judges gave it and none is named.
    """
    given: dict[str, dict[Key, bool]] = {}
    for candidate in candidates:
        for key, value in candidate.scores.items():
            by_key = given.setdefault(key.name, {})
            # what was given to an earlier picture counts here: a name must not change its meaning
            by_key[key] = by_key.get(key, False) or not isinstance(value, Unknown) or value.outdated
    keys: dict[Name, Key] = {}
    for source, tree in expressions:
        for name in names_in(tree):
            if name not in keys:
                keys[name] = _key_of(name, given, source)
    return Meaning(keys)


def _key_of(name: Name, given: Mapping[str, Mapping[Key, bool]], source: Source) -> Key:
    """The key that a name means; ``given`` says of each key whether any story has a value."""
    known = [each for each in (name.name, *ALIASES.get(name.name, ())) if each in given]
    if not known:
        raise _unknown(name, given, source)
    for each, with_value in [*((e, True) for e in known), *((e, False) for e in known)]:
        matching = [
            key
            for key, has_value in given[each].items()
            if has_value >= with_value and _is_by(key, name.judge)
        ]
        if len(matching) == 1:
            return matching[0]
        if matching:
            raise source.wrong(
                name.at,
                f"several judges gave {each}: {list_of(key.judge for key in matching)}",
                f"say whose: {' or '.join(_whose(name, key, matching) for key in matching[:4])}",
            )
    judges = list_of(dict.fromkeys(key.judge for each in known for key in given[each]))
    raise source.wrong(
        name.at, f"no {known[0]} by {name.judge!r} in this run", f"it was judged by: {judges}"
    )


def _is_by(key: Key, judge: str) -> bool:
    return not judge or judge in (key.judge, key.evaluator, f"{key.evaluator}:{key.judge}")


def _whose(name: Name, key: Key, among: Sequence[Key]) -> str:
    """How to say that this judge is meant; with the evaluator where the judge isn't enough."""
    alone = sum(_is_by(other, key.judge) for other in among) == 1
    judge = key.judge if alone else f"{key.evaluator}:{key.judge}"
    if not is_plain_judge(judge) and '"' in judge and "'" in judge:
        return judge
    return str(Name(name.name, judge))


def _unknown(name: Name, given: Mapping[str, Mapping[Key, bool]], source: Source) -> BadExpression:
    whole = sorted(each for each in given if "." not in each)  # their parts would fill a screen
    there = f"there are: {list_of(whole)}" if whole else "the run has no scores yet"
    meant = ALIASES.get(name.name)
    if meant is not None:
        return source.wrong(
            name.at,
            f"{name.name} means {' or '.join(meant)}, which no story of this run has",
            f"score it: storypainter evaluate RUN --evaluators {_GIVEN_BY[name.name]}; {there}",
        )
    message = f"no story of this run has a score {name.name!r}"
    if name.name in TEXT_FIELDS:
        return source.wrong(name.at, f"{message}; {name.name} is text", f"{name.name} = …")
    close = difflib.get_close_matches(name.name, [*given, *ALIASES, *TEXT_FIELDS], n=1)
    if close:
        near = close[0] if is_plain(close[0]) else repr(close[0])
        return source.wrong(name.at, message, f"did you mean {near}?")
    if name.name in BUILT_IN:
        return source.wrong(
            name.at, message, f"score it: storypainter evaluate RUN --evaluators {name.name}"
        )
    return source.wrong(name.at, message, there)
