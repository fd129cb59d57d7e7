"""What Alignment says of a whole set: the mean of each Score over Pairs, and what fails most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from storypainter.evaluators.alignment_means import Labelled
from storypainter.evaluators.contract import Findings, Table
from storypainter.evaluators.means import Marked, mean_score
from storypainter.intervals import wilson
from storypainter.story import Dimension

_MOST_REASONS = 12
_LONGEST_REASON = 100


def findings(marked: Marked, missing: int, names: Sequence[str], who: Labelled) -> Findings:
    """Findings over all marked Pairs.

    Args:
        marked: Pairs with their marks.
        missing: how many could not be marked.
        names: the Scores of a Pair.
        who: the judge.
    """
    scores = tuple(
        mean_score(marked, missing, name, who.judge, who.version, told="mean over Pairs")
        for name in names
    )
    tables = [_points_table(marked), _reasons_table(marked), _dropped_table(marked)]
    return Findings(scores=scores, tables=tuple(table for table in tables if table.rows))


def _points(marked: Marked) -> Iterator[Mapping[str, Any]]:
    for _, marks in marked:
        yield from marks.data.get("points", ())


def _points_table(marked: Marked) -> Table:
    """Of each Dimension and kind: how many key points, how many hold, with Wilson's interval."""
    columns = ("Dimension", "kind", "points", "answered", "hold", "share", "from", "to")
    counts: Counter[tuple[str, str, str]] = Counter()
    for point in _points(marked):
        counts[point["dimension"], point["kind"], point.get("answer", "")] += 1
    rows: list[tuple[str | float | int | None, ...]] = []
    for dimension in Dimension:
        for kind in ("clue", "conclusion"):
            yes = counts[dimension.value, kind, "yes"]
            answered = yes + counts[dimension.value, kind, "no"]
            points = answered + counts[dimension.value, kind, ""]
            if not points:
                continue
            low, high = wilson(yes, answered) if answered else (None, None)
            share = yes / answered if answered else None
            shown = (_rounded(share), _rounded(low), _rounded(high))
            rows.append((dimension.label, kind, points, answered, yes, *shown))
    note = (
        "points of one Pair are no independent sample: the intervals are too narrow where Pairs "
        "differ"
    )
    return Table(title="Key points", columns=columns, rows=tuple(rows), note=note)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _reasons_table(marked: Marked) -> Table:
    """Why key points have no answer; what a Seer said instead is left to the marks."""
    reasons = Counter(
        point["absent"].partition(": '")[0] for point in _points(marked) if point.get("absent")
    )
    return _counted("Key points without an answer", "reason", reasons)


def _dropped_table(marked: Marked) -> Table:
    """Sentences that could be no key points."""
    reasons = Counter(
        f"{why}: {sentence}"
        for _, marks in marked
        for sentence, why in marks.data.get("dropped", ())
    )
    return _counted("Dropped key points", "why and which", reasons)


def _counted(title: str, column: str, counts: Counter[str]) -> Table:
    top = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = tuple((_short(text), count) for text, count in top[:_MOST_REASONS])
    note = f"{len(top)} in all" if len(top) > len(rows) else ""
    return Table(title=title, columns=(column, "points"), rows=rows, note=note)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_REASON else text[: _LONGEST_REASON - 1] + "…"
