"""How good is a judge of key points? Its answers against people's labels (paper, D.3).

The paper labelled 209 key points by hand and reports an accuracy of 74 %. A row holds the item,
the key point, a person's label (yes or no) and the judge's answer, or its p; where people and
judge stand in two files, item and point join them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from storypainter.errors import BadInput
from storypainter.evaluators.agreement import Agreement, agreement
from storypainter.intervals import wilson
from storypainter.pools.tables import file_rows
from storypainter.score import Score
from storypainter.story import Dimension

Row = Mapping[str, Any]
T = TypeVar("T")

VERSION = "1"
#: The row of a validation over all Dimensions.
ALL = "all"
#: What the paper reports (D.3), to stand beside one's own.
PAPER_ACCURACY, PAPER_N = 0.74, 209
_LARGEST_FILE = 64 * 1024 * 1024
_SHAPE = (
    "each row has item, point, label (yes or no), and answer (yes, no or nothing) or p (0 to 1); "
    "dimension if it is known"
)
_YES = frozenset({"yes", "y", "true", "1", "1.0"})
_NO = frozenset({"no", "n", "false", "0", "0.0"})


@dataclass(frozen=True, slots=True)
class LabelledPoint:
    """A key point with a person's label and the judge's answer (``None``: it gave none)."""

    item: str
    point: str
    label: bool
    answer: bool | None
    dimension: Dimension | None = None


@dataclass(frozen=True, slots=True)
class PointsResult:
    """One Dimension, or :data:`ALL`: counts over answered points, and what follows from them.

    Intervals at 95 %: Wilson's for shares, that of ``evaluators/agreement.py`` for kappa. Yes is
    the positive class. ``unanswered`` points count for nothing else.
    """

    name: str
    unanswered: int
    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int
    accuracy: Score
    precision: Score
    recall: Score
    kappa: Score

    @property
    def n(self) -> int:
        """Answered points."""
        right = self.true_positives + self.true_negatives
        return right + self.false_positives + self.false_negatives

    @property
    def scores(self) -> tuple[Score, ...]:
        """The four Scores, in order."""
        return (self.accuracy, self.precision, self.recall, self.kappa)


def validate_points(
    rows: Sequence[LabelledPoint], *, judge: str = "judge"
) -> tuple[PointsResult, ...]:
    """Hold a judge's answers against labels: over all points, then by Dimension where known.

    Raises:
        BadInput: there are no rows.
    """
    if not rows:
        raise BadInput("no labelled key point is given", _SHAPE)
    groups: dict[str, list[LabelledPoint]] = {ALL: list(rows)}
    for dimension in Dimension:
        own = [row for row in rows if row.dimension is dimension]
        if own:
            groups[dimension.value] = own
    return tuple(_result(name, own, judge) for name, own in groups.items())


def _result(name: str, rows: Sequence[LabelledPoint], judge: str) -> PointsResult:
    pairs = [(row.label, row.answer) for row in rows if row.answer is not None]
    hits = pairs.count((True, True))
    false = pairs.count((False, True))
    missed = pairs.count((True, False))
    right = hits + pairs.count((False, False))
    named: dict[str, Any] = {"judge": judge, "version": VERSION}
    return PointsResult(
        name,
        len(rows) - len(pairs),
        hits,
        false,
        missed,
        right - hits,
        _share("accuracy", right, len(pairs), "the judge answered nothing", named),
        _share("precision", hits, hits + false, "the judge never says yes", named),
        _share("recall", hits, hits + missed, "no answered point is labelled yes", named),
        _kappa(pairs, named),
    )


def _share(name: str, true: int, n: int, reason: str, named: Mapping[str, Any]) -> Score:
    if not n:
        return Score(name=name, absent=reason, n=0, **named)
    return Score(name=name, value=true / n, n=n, interval=wilson(true, n), **named)


def _kappa(pairs: Sequence[tuple[bool, bool]], named: Mapping[str, Any]) -> Score:
    if not pairs:
        return Score(name="kappa", absent="the judge answered nothing", n=0, **named)
    found: Agreement = agreement([label for label, _ in pairs], [answer for _, answer in pairs])
    if found.kappa is None:
        reason = "labels or answers are all the same"
        return Score(name="kappa", absent=reason, n=found.n, **named)
    return Score(name="kappa", value=found.kappa, n=found.n, interval=found.kappa_interval, **named)


# ----------------------------------------------------------------------------- reading


def read_points(labels: Path, answers: Path | None = None) -> tuple[LabelledPoint, ...]:
    """The rows of a CSV or JSONL file, or of two files that item and point join.

    Args:
        labels: rows with a label, and the answers unless these come apart.
        answers: rows with item, point, and answer or p.

    Raises:
        BadInput: a file can't be read, a row is wrong (the message names it), a point comes
            twice, or one that is labelled has no row among the answers.
    """
    told: dict[tuple[str, str], bool | None] = {}
    if answers is not None:
        for where, row in _rows(answers):
            key = _key(where, row)
            _once(where, key, told)
            told[key] = _checked(where, _answer, row)
    found: dict[tuple[str, str], LabelledPoint] = {}
    for where, row in _rows(labels):
        key = _key(where, row)
        _once(where, key, found)
        if answers is not None and key not in told:
            raise BadInput(f"{where}: {answers} has no answer to this point of {key[0]}", _SHAPE)
        answer = told[key] if answers is not None else _checked(where, _answer, row)
        label = _checked(where, _label, row)
        dimension = _checked(where, _dimension, row)
        found[key] = LabelledPoint(*key, label, answer, dimension)
    if not found:
        raise BadInput(f"{labels} holds no labelled key point", _SHAPE)
    return tuple(found.values())


def _checked(where: str, read: Callable[[Row], T], row: Row) -> T:
    try:
        return read(row)
    except ValueError as problem:
        raise BadInput(f"{where}: {problem}", _SHAPE) from None


def _once(where: str, key: tuple[str, str], seen: Mapping[tuple[str, str], Any]) -> None:
    if key in seen:
        raise BadInput(f"{where}: this point of {key[0]} comes twice", "keep one row for each")


def _key(where: str, row: Row) -> tuple[str, str]:
    item, point = (" ".join(str(row.get(name) or "").split()) for name in ("item", "point"))
    if row.get("item") == 0:  # an index
        item = "0"
    for name, value in (("item", item), ("point", point)):
        if not value:
            raise BadInput(f"{where}: {name} is empty", _SHAPE)
    return item, point


def _answer(row: Row) -> bool | None:
    p = row.get("p")
    if row.get("answer") not in (None, ""):
        return _yes_or_no("answer", row["answer"])
    if p in (None, ""):
        if "answer" in row or "p" in row:
            return None
        raise ValueError("there is neither answer nor p")
    try:
        share = float(str(p))
    except ValueError:
        raise ValueError(f"p is {p!r}, no number") from None
    if not 0 <= share <= 1:
        raise ValueError(f"p is {share}, not from 0 to 1")
    return share >= 0.5


def _yes_or_no(name: str, value: Any) -> bool | None:
    said = str(value if value is not None else "").strip().casefold()
    if not said:
        return None
    if said in _YES or said in _NO:
        return said in _YES
    raise ValueError(f"{name} is {str(value)[:40]!r}, neither yes nor no")


def _label(row: Row) -> bool:
    label = _yes_or_no("label", row.get("label"))
    if label is None:
        raise ValueError("label is empty")
    return label


def _dimension(row: Row) -> Dimension | None:
    value = row.get("dimension")
    said = str(value or "").strip().casefold().replace(" ", "_")
    if not said:
        return None
    try:
        return Dimension(said)
    except ValueError:
        known = ", ".join(each.value for each in Dimension)
        raise ValueError(f"unknown dimension {str(value)[:40]!r}; there are: {known}") from None


def _rows(path: Path) -> Iterator[tuple[str, Row]]:
    for where, row in file_rows(path, _SHAPE):
        lacking = {"item", "point"} - row.keys()
        if lacking:
            raise BadInput(f"{where}: no {sorted(lacking)[0]!r}", _SHAPE)
        yield where, row
