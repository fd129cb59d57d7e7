"""Which items are chosen: condition, rank, the best of several tries, the best of all; and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from storypainter.errors import BadInput
from storypainter.selecting.judging import alike, height, judge, number
from storypainter.selecting.looking_up import Meaning, meaning
from storypainter.selecting.reading import Candidate, Unknown
from storypainter.selecting.tokens import Source, list_of
from storypainter.selecting.tree import Rank, Where, names_in, texts_in
from storypainter.selecting.where import read_rank, read_where

Verdict = Literal["chosen", "not chosen", "unknown"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; ``None`` is not asked for.

    Args:
        where: what must hold of an item.
        rank: what it is ranked by, the highest first.
        top: how many are kept at most.
        best_of: how many tries make a group, of which the best is kept.
    """

    where: str | None = None
    rank: str | None = None
    top: int | None = None
    best_of: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of an item.

    ``rank`` is its weighted sum; ``place`` counts the chosen from 1, in order; ``group`` counts
    groups of tries from 1. ``missed`` are the parts of the condition that failed it.
    """

    candidate: Candidate
    verdict: Verdict
    reasons: tuple[str, ...]
    rank: float | None = None
    place: int | None = None
    group: int | None = None
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """All choices (the chosen in order, then the others by index), and what must be said of them.

    ``where`` and ``rank`` are the expressions as they were read; ``scores`` the names of all
    scores that decided.
    """

    choices: tuple[Choice, ...]
    means: tuple[str, ...]
    notes: tuple[str, ...]
    where: str = ""
    rank: str = ""
    scores: tuple[str, ...] = ()

    def having(self, verdict: Verdict) -> tuple[Choice, ...]:
        """The choices with this verdict, in order."""
        return tuple(choice for choice in self.choices if choice.verdict == verdict)

    @property
    def missed(self) -> Counter[str]:
        """How many items each part of the condition kept out; one item may count for several."""
        return Counter(part for choice in self.choices for part in choice.missed)


def choose(candidates: Sequence[Candidate], question: Question) -> Selection:
    """Choose among the items.

    An item is chosen only if the whole condition is true. One whose condition or rank hangs on
    an absent score is unknown, and takes no part in ``top`` and ``best_of``. Equal ranks: the
    first item first.

    Raises:
        BadInput: nothing is asked, or ``top`` or ``best_of`` without a rank.
        BadExpression: an expression can't be read, or asks for a score that nobody gave.
    """
    _check(question)
    where = read_where(question.where) if question.where is not None else None
    rank = read_rank(question.rank) if question.rank is not None else None
    means = _meaning(candidates, question, where, rank)
    choices = [_first(candidate, where, rank, means) for candidate in candidates]
    notes = [*_unseen_texts(candidates, where), *_outdated(candidates, means)]
    if question.best_of is not None:
        groups, said = _groups(candidates, question.best_of)
        choices = _best_of(choices, groups, question.best_of)
        notes += said
    return Selection(
        tuple(_placed(choices, question.top)),
        means.said(),
        tuple(notes),
        str(where) if where is not None else "",
        str(rank) if rank is not None else "",
        tuple(dict.fromkeys(key.name for key in means.keys.values())),
    )


def _check(question: Question) -> None:
    if question.where is None and question.rank is None:
        raise BadInput("nothing is asked for", 'say it with --where "…", --rank "…" or both')
    for flag, count in (("--top", question.top), ("--best-of", question.best_of)):
        if count is not None and question.rank is None:
            raise BadInput(f"{flag} keeps the best, and nothing says by what", 'add --rank "…"')
        least = 1 if flag == "--top" else 2
        if count is not None and count < least:
            raise BadInput(f"{flag} {count} is below {least}", f"give {least} or more")


def _meaning(
    candidates: Sequence[Candidate], question: Question, where: Where | None, rank: Rank | None
) -> Meaning:
    expressions: list[tuple[Source, Where | Rank]] = []
    if where is not None:
        expressions.append((Source("--where", question.where or ""), where))
    if rank is not None:
        expressions.append((Source("--rank", question.rank or ""), rank))
    if not candidates and any(names_in(tree) for _, tree in expressions):
        raise BadInput("the run has no story to choose from", "finish the run first")
    return meaning(candidates, expressions)


def _first(candidate: Candidate, where: Where | None, rank: Rank | None, means: Meaning) -> Choice:
    """What the condition and the item's own rank say of it."""
    because: tuple[str, ...] = ()
    if where is not None:
        found = judge(where, candidate, means)
        if found.holds is None:
            return Choice(candidate, "unknown", found.because)
        if not found.holds:
            return Choice(candidate, "not chosen", found.because, missed=found.atoms)
        because = found.because
    if rank is None:
        return Choice(candidate, "chosen", because)
    at = height(rank, candidate, means)
    if isinstance(at, Unknown):
        return Choice(candidate, "unknown", (f"it can't be ranked: {at.why}",))
    return Choice(candidate, "chosen", because, rank=at)


def _order(choice: Choice) -> tuple[float, int]:
    return (-choice.rank if choice.rank is not None else 0.0, choice.candidate.index)


# --------------------------------------------------------------------- best of N


def _groups(candidates: Sequence[Candidate], size: int) -> tuple[dict[int, int], tuple[str, ...]]:
    """The group (from 1) of each item by its index, and how the groups were found.

    Tries of one thing are pictures of one story, or stories from one prompt with the same
    examples; where no two items share either, ``size`` consecutive items are a group.
    """
    for what, keys in (
        ("the same story", [each.text for each in candidates]),
        ("the same examples in its prompt", [each.asked for each in candidates]),
    ):
        count = Counter(key for key in keys if key)
        if any(n > 1 for n in count.values()):
            blocks: dict[str, list[list[int]]] = {}
            for position, (candidate, key) in enumerate(zip(candidates, keys, strict=True)):
                blocks_of = blocks.setdefault(key or f"alone {position}", [[]])
                if len(blocks_of[-1]) == size:
                    blocks_of.append([])
                blocks_of[-1].append(candidate.index)
            found = sorted(block for each in blocks.values() for block in each)
            groups = {index: at for at, block in enumerate(found, 1) for index in block}
            short = sum(len(block) < size for block in found)
            said = f"groups: items with {what}, {size} in order each; {len(found)} groups"
            return groups, (said + (f", {short} of them smaller" if short else ""),)
    groups = {each.index: each.index // size + 1 for each in candidates}
    short = sum(n < size for n in Counter(groups.values()).values())
    said = (
        f"groups: no two items share a story or the examples of their prompt, so {size} "
        f"consecutive items are a group; {len(set(groups.values()))} groups"
    )
    return groups, (said + (f", {short} of them with fewer stories" if short else ""),)


def _best_of(choices: Sequence[Choice], groups: dict[int, int], size: int) -> list[Choice]:
    best: dict[int, Choice] = {}
    unknown = Counter(groups[each.candidate.index] for each in choices if each.verdict == "unknown")
    for choice in sorted(choices, key=_order):
        if choice.verdict == "chosen":
            best.setdefault(groups[choice.candidate.index], choice)
    return [
        _in_group(choice, group, best.get(group), unknown[group], size)
        for choice in choices
        for group in (groups[choice.candidate.index],)
    ]


def _in_group(choice: Choice, group: int, best: Choice | None, unknown: int, size: int) -> Choice:
    if choice.verdict != "chosen" or best is None:
        return replace(choice, group=group)
    if choice.candidate.index == best.candidate.index:
        why = f"the best of group {group} ({size} tries)"
        if unknown:
            why += f", where {unknown} could not be compared"
        return replace(choice, group=group, reasons=(*choice.reasons, why))
    ours, its = number(choice.rank or 0.0), number(best.rank or 0.0)
    why = f"{best.candidate.id} of group {group} "
    if best.rank == choice.rank:
        why += f"ranks as high ({its}) and comes first"
    else:
        why += f"ranks higher: {its} against {ours}"
    return replace(choice, verdict="not chosen", group=group, reasons=(why,))


# -------------------------------------------------------------------- best of all


def _placed(choices: Sequence[Choice], top: int | None) -> Iterator[Choice]:
    """The chosen in order with their places, then all others by index."""
    chosen = sorted((each for each in choices if each.verdict == "chosen"), key=_order)
    kept = chosen if top is None else chosen[:top]
    for place, choice in enumerate(kept, 1):
        yield replace(choice, place=place)
    beyond = {each.candidate.index: place for place, each in enumerate(chosen, 1)}
    keeps = {each.candidate.index for each in kept}
    for choice in sorted(choices, key=lambda each: each.candidate.index):
        index = choice.candidate.index
        if index in keeps:
            continue
        if index in beyond:
            why = f"place {beyond[index]} of {len(chosen)}, and the first {top} are kept"
            choice = replace(choice, verdict="not chosen", reasons=(why,))
        yield choice


def _unseen_texts(candidates: Sequence[Candidate], where: Where | None) -> Iterator[str]:
    """A text that no item has may be a slip: say what there is."""
    for said in texts_in(where) if where is not None else ():
        there = {each.texts[said.field_] for each in candidates if said.field_ in each.texts}
        if alike(said.text) not in {alike(text) for text in there}:
            known = f"there are: {list_of(sorted(there))}" if there else "none is known"
            yield f"no item has the {said.field_} {said.text!r}; {known}"


def _outdated(candidates: Sequence[Candidate], means: Meaning) -> Iterator[str]:
    """How many items changed since a judge scored them."""
    for key in dict.fromkeys(means.keys.values()):
        values = [each.scores.get(key) for each in candidates]
        count = sum(isinstance(value, Unknown) and value.outdated for value in values)
        if count:
            yield (
                f"{key.name}, by {key.judge}: {count} of {len(candidates)} stories or pictures may "
                f"have changed since; score them: storypainter evaluate RUN --evaluators {key.evaluator}"
            )
