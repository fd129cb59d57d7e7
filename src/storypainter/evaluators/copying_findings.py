"""What Copying says of a whole set: how many copy, the worst of them, and whom to warn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from storypainter.evaluators.contract import Findings, Marks, Subject, Table
from storypainter.evaluators.copying_verdict import (
    COPIED_RUN,
    COPIED_SHARE,
    RETOLD,
    RETOLD_OF_POOL,
    Level,
)
from storypainter.intervals import wilson
from storypainter.score import Score

#: A warning is due from this share of the stories on, or from this number of them.
WARN_COPIES = 0.05
WARN_COPIES_COUNT = 10
#: For stories that retell, from this share and from this number on: a story of its own that shares
#: its people or its place with an example may pass for a retelling, so one alone says little.
WARN_RETELLS = 0.10
WARN_RETELLS_COUNT = 2
#: The scores that copies put in doubt.
DOUBTS = ("diversity", "complexity", "structure")

_WORST = 10
_RESAMPLES = 2000
_KINDS = {"example": "their examples", "pool": "stories of the pool"}
_ONE = {"example": "its examples", "pool": "stories of the pool"}


@dataclass(frozen=True, slots=True)
class _Counted:
    """Stories of which something was asked, and those of which it is true."""

    true: int
    n: int
    longest: int = 0

    @property
    def share(self) -> float:
        return self.true / self.n if self.n else 0.0


def findings(
    marked: Sequence[tuple[Subject, Marks]], missing: int, *, judge: str, version: str
) -> Findings:
    """Shares of copies and retellings, mean copied 8-grams, the worst stories, warnings."""
    named: dict[str, Any] = {"judge": judge, "version": version}
    warnings = tuple(_warnings(marked))
    return Findings(
        scores=(
            _share("copying_share", marked, _copies, named),
            _share("retelling_share", marked, _retells, named),
            _mean("copied_8grams", marked, named),
            _mean("example_similarity", marked, named),
            _mean("pool_similarity", marked, named),
        ),
        tables=tuple(_worst(marked, missing)),
        warnings=warnings,
        doubts=DOUBTS if warnings else (),
    )


def mean_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % percentile bootstrap interval of a mean (2,000 resamples, a fixed seed).

    Most stories copy nothing and a few copy all: an interval that leans on the normal
    distribution would reach below 0. ``None`` below two values, and where all are equal: then
    resampling can't say how sure the mean is.
    """
    if len(values) < 2 or min(values) == max(values):
        return None
    given = np.asarray(values)
    chosen = np.random.default_rng(0).integers(len(given), size=(_RESAMPLES, len(given)))
    low, high = np.quantile(given[chosen].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


# ----------------------------------------------------------------------- scores


def _copies(side: dict[str, Any]) -> bool | None:
    found: bool | None = side["copies"]
    return found


def _retells(side: dict[str, Any]) -> bool | None:
    return None if side["level"] is None else side["level"] == Level.RETELLS


def _share(
    name: str, marked: Sequence[tuple[Subject, Marks]], of: Any, named: dict[str, Any]
) -> Score:
    """The share of stories of which it is true beside any kind of source, and beside each."""
    answers = []
    for _, marks in marked:
        told = [of(marks.data[kind]) for kind in _KINDS if kind in marks.data]
        known = [each for each in told if each is not None]
        if known:
            answers.append(any(known))
    if not answers:
        return Score(name=name, absent="no story could be judged", n=0, **named)
    parts = {kind: _count(marked, kind, of) for kind in _KINDS}
    return Score(
        name=name,
        value=sum(answers) / len(answers),
        n=len(answers),
        interval=wilson(sum(answers), len(answers)),
        parts={kind: counted.share for kind, counted in parts.items() if counted.n},
        **named,
    )


def _mean(name: str, marked: Sequence[tuple[Subject, Marks]], named: dict[str, Any]) -> Score:
    scores = [marks.score(name) for _, marks in marked]
    values = [each.value for each in scores if each is not None and each.value is not None]
    if not values:
        reasons = [each.absent for each in scores if each is not None and each.absent]
        return Score(name=name, absent=(reasons or ["no story was marked"])[0], n=0, **named)
    return Score(
        name=name,
        value=float(np.mean(values)),
        n=len(values),
        interval=mean_interval(values),
        **named,
    )


def _count(marked: Sequence[tuple[Subject, Marks]], kind: str, of: Any) -> _Counted:
    true = n = longest = 0
    for _, marks in marked:
        side = marks.data.get(kind)
        answer = of(side) if side else None
        if answer is not None:
            n += 1
            true += answer
            longest = max(longest, side["longest_common_ngram"] if answer and side else 0)
    return _Counted(true, n, longest)


# --------------------------------------------------------------- table, warnings


def _worst(marked: Sequence[tuple[Subject, Marks]], missing: int) -> list[Table]:
    rows = []
    for subject, marks in marked:
        score, nearest = marks.score("copying"), marks.data.get("nearest")
        if score is None or score.value is None or nearest is None:
            continue
        rows.append(
            (
                subject.story.id,
                nearest["level"],
                score.value,
                nearest["longest_common_ngram"],
                nearest["copied_8grams"],
                nearest["kind"],
                nearest["id"],
                next((passage.text for passage in marks.passages), ""),
            )
        )
    if not rows:
        return []
    rows.sort(key=lambda row: (-row[2], row[0]))
    notes = [
        f"{min(_WORST, len(rows))} of {len(rows)} stories",
        f"copies: {COPIED_RUN} words in a row or {COPIED_SHARE:.0%} of the 8-grams in common",
        f"retells: {RETOLD:.2f} or more on sentences and events, {RETOLD_OF_POOL:.2f} of a pool",
    ]
    if missing:
        notes.append(f"{missing} stories could not be marked")
    return [
        Table(
            title="stories closest to a source",
            columns=(
                "story",
                "verdict",
                "copying",
                "longest run",
                "8-grams",
                "kind",
                "source",
                "copied passage",
            ),
            rows=tuple(rows[:_WORST]),
            note="; ".join(notes),
        )
    ]


def _warnings(marked: Sequence[tuple[Subject, Marks]]) -> list[str]:
    lines = []
    for kind in _KINDS:
        copied = _count(marked, kind, _copies)
        if copied.true and (copied.share >= WARN_COPIES or copied.true >= WARN_COPIES_COUNT):
            what = f"(longest run {copied.longest} words)"
            lines.append(_line(copied, "copy", "copies", kind, what, "are inflated"))
        retold = _count(marked, kind, _retells)
        if retold.true >= WARN_RETELLS_COUNT and retold.share >= WARN_RETELLS:
            # Less certain than a copy (docs/evaluators.md has its precision), and said so.
            many, one = "seem to retell", "seems to retell"
            lines.append(_line(retold, many, one, kind, "in other words", "may be inflated"))
    return lines


def _line(counted: _Counted, many: str, one: str, kind: str, what: str, consequence: str) -> str:
    stories = f"{counted.true} of {counted.n} {'story' if counted.n == 1 else 'stories'}"
    said = f"{one} {_ONE[kind]}" if counted.true == 1 else f"{many} {_KINDS[kind]}"
    return f"{stories} {said} {what}: diversity and complexity {consequence}"
