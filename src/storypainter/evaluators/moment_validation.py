"""How good is a judge of one moment? Precision, recall and F1 against labelled texts.

A labelled text is a row ``{"id": …, "text": …, "kinds": […]}``; no kinds means that it is one
moment. ``any`` stands for "has at least one fault".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from storypainter.errors import BadInput
from storypainter.evaluators.moment_rules import KINDS, VERSION, judge
from storypainter.intervals import wilson
from storypainter.score import Score

#: The row of a validation that asks for any fault at all.
ANY = "any"
_RESAMPLES = 2000
_LARGEST_FILE = 64 * 1024 * 1024
_SHAPE = 'each line is {"id": "…", "text": "…", "kinds": ["sequence", …]}'


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the kinds of fault that a person sees in it."""

    id: str
    text: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled text, and the kinds that the judge found."""

    row: Labelled
    found: frozenset[str]


@dataclass(frozen=True, slots=True)
class KindResult:
    """One kind, or ``any``: the four counts, and precision, recall and F1 as Scores.

    Intervals at 95 %: Wilson's for precision and recall, a percentile bootstrap over texts
    (2,000 resamples, a fixed seed) for F1.
    """

    kind: str
    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int
    precision: Score
    recall: Score
    f1: Score


@dataclass(frozen=True, slots=True)
class MomentValidation:
    """The result for ``any`` and for each kind, and the texts that were misjudged."""

    n: int
    results: tuple[KindResult, ...]
    wrong: tuple[Judged, ...]

    def result(self, kind: str) -> KindResult:
        """The result of a kind.

        Raises:
            KeyError: there is no such kind.
        """
        found = next((each for each in self.results if each.kind == kind), None)
        if found is None:
            raise KeyError(kind)
        return found


def found_by_rules(text: str) -> frozenset[str]:
    """The kinds of fault that the rules find."""
    return frozenset(passage.kind for passage in judge(text).passages)


def validate_moment(
    rows: Sequence[Labelled],
    find: Callable[[str], Iterable[str]] = found_by_rules,
    *,
    name: str = "offline",
    version: str = VERSION,
) -> MomentValidation:
    """Hold a judge against labelled texts.

    Args:
        rows: at least one text.
        find: the judge: the kinds of fault in a text.
        name: the judge's name, for the Scores.
        version: the judge's version, for the Scores.

    Raises:
        BadInput: there are no texts.
    """
    if not rows:
        raise BadInput("no labelled text is given", _SHAPE)
    judged = [Judged(row, frozenset(find(row.text))) for row in rows]
    named: dict[str, Any] = {"judge": name, "version": version}
    results = tuple(_result(kind, judged, named) for kind in (ANY, *KINDS))
    wrong = tuple(each for each in judged if each.found != each.row.kinds)
    return MomentValidation(len(rows), results, wrong)


# ----------------------------------------------------------------------------- counting


def _result(kind: str, judged: Sequence[Judged], named: dict[str, Any]) -> KindResult:
    wanted = np.array([_has(kind, each.row.kinds) for each in judged])
    found = np.array([_has(kind, each.found) for each in judged])
    hits = int(np.sum(wanted & found))
    false = int(np.sum(~wanted & found))
    missed = int(np.sum(wanted & ~found))
    return KindResult(
        kind,
        hits,
        false,
        missed,
        len(judged) - hits - false - missed,
        _ratio("precision", hits, hits + false, "the judge never finds it", named),
        _ratio("recall", hits, hits + missed, "no text is labelled with it", named),
        _f1(wanted, found, named),
    )


def _has(kind: str, kinds: frozenset[str]) -> bool:
    return bool(kinds) if kind == ANY else kind in kinds


def _ratio(name: str, true: int, n: int, reason: str, named: dict[str, Any]) -> Score:
    if not n:
        return Score(name=name, absent=reason, n=0, **named)
    return Score(name=name, value=true / n, n=n, interval=wilson(true, n), **named)


def _f1(wanted: NDArray[np.bool_], found: NDArray[np.bool_], named: dict[str, Any]) -> Score:
    n = len(wanted)
    if not np.any(wanted | found):
        return Score(name="f1", absent="neither labelled nor found", n=n, **named)
    chosen = np.random.default_rng(0).integers(n, size=(_RESAMPLES, n))
    hits = np.sum((wanted & found)[chosen], axis=1)
    either = np.sum(wanted[chosen], axis=1) + np.sum(found[chosen], axis=1)
    known = either > 0
    drawn = 2 * hits[known] / either[known]
    low, high = np.quantile(drawn, (0.025, 0.975))
    value = 2 * int(np.sum(wanted & found)) / int(np.sum(wanted) + np.sum(found))
    interval = (float(low), float(high)) if low < high else None
    return Score(name="f1", value=value, n=n, interval=interval, **named)


# ------------------------------------------------------------------------------ reading


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """The rows of a JSONL file.

    Raises:
        BadInput: the file can't be read, is empty or too large, or a line is no labelled text;
            the message names the line and the problem.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise BadInput(f"{path} is larger than {_LARGEST_FILE // 2**20} MiB", _SHAPE)
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise BadInput(f"{path} can't be read: {error.strerror}", "check the path") from None
    rows: dict[str, Labelled] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            if row.id in rows:
                raise ValueError(f"the id {row.id!r} comes twice")
        except ValueError as problem:
            raise BadInput(f"{path}, line {number}: {problem}", _SHAPE) from None
        rows[row.id] = row
    if not rows:
        raise BadInput(f"{path} holds no labelled text", _SHAPE)
    return tuple(rows.values())


def _row(line: bytes) -> Labelled:
    try:
        plain = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise ValueError("not JSON") from None
    if not isinstance(plain, dict):
        raise ValueError("not an object")
    for name in ("id", "text"):
        if not isinstance(plain.get(name), str) or not plain[name].strip():
            raise ValueError(f"{name} must be text")
    kinds = plain.get("kinds")
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise ValueError("kinds must be a list, empty for a text that is one moment")
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"unknown kind {kind!r}; there are: {', '.join(KINDS)}")
    return Labelled(plain["id"], plain["text"], frozenset(kinds))
