"""A judge against people: rank and product correlation, ordering of pairs, bias of each source.

Automatic scores and people's means are both on [0, 1]; a bias is also told in points of 100.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storypainter.evaluators.contract import Findings, Table
from storypainter.evaluators.correlation import Correlation, pearson, ranks, spearman
from storypainter.intervals import t_interval
from storypainter.ratings.bias import bias_findings
from storypainter.ratings.judged import Judged, rated
from storypainter.score import Score

VERSION = "1"
#: Above this many items the bootstrap's matrices would not fit.
MOST_BOOTSTRAPPED = 3000
_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Ordering:
    """How a judge orders the pairs of items, beside people. ``n`` pairs of different items.

    ``accuracy`` counts a pair right when both order it alike or both tie it: acc_eq of Deutsch,
    Foster and Freitag (EMNLP 2023, arXiv 2305.14324, section 5), (C + T_both) / all pairs.
    ``calibrated`` is the same after differences of the automatic score up to ``epsilon`` are
    made ties, ``epsilon`` chosen on these very pairs to make it largest, which flatters it.
    ``tau_b`` is Kendall's, ``None`` where one side is constant.
    """

    n: int
    accuracy: float
    calibrated: float
    epsilon: float
    tau_b: float | None
    ties: tuple[int, int]


def ordering(automatic: Sequence[float], human: Sequence[float]) -> Ordering:
    """Compare all pairs of two sequences of equal length, at least 2."""
    x, y = np.asarray(automatic, dtype=np.float64), np.asarray(human, dtype=np.float64)
    upper = np.triu_indices(len(x), 1)
    dx, dy = (x[:, None] - x)[upper], (y[:, None] - y)[upper]
    # Means of the same ratings differ by rounding where they are equal.
    sx, sy = _signs(dx), _signs(dy)
    below = math.sqrt(float((sx != 0).sum()) * float((sy != 0).sum()))
    epsilon, calibrated = _calibrated(np.abs(dx), sx, sy)
    return Ordering(
        n=len(dx),
        accuracy=float(np.mean(sx == sy)),
        calibrated=calibrated,
        epsilon=epsilon,
        tau_b=float(sx @ sy) / below if below else None,
        ties=(int((sx == 0).sum()), int((sy == 0).sum())),
    )


def _signs(differences: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.abs(differences) < 1e-9, 0.0, np.sign(differences))


def _calibrated(
    sizes: NDArray[np.float64], sx: NDArray[np.float64], sy: NDArray[np.float64]
) -> tuple[float, float]:
    """The threshold below which a difference had best be a tie, and the accuracy then."""
    order = np.argsort(sizes, kind="stable")
    sizes, sx, sy = sizes[order], sx[order], sy[order]
    tied = np.concatenate([[0], np.cumsum(sy == 0)])  # right among the first k, made ties
    kept = (sx == sy)[::-1].cumsum()[::-1]
    right = tied + np.concatenate([kept, [0]])
    # A threshold takes all pairs of one size or none: only the ends of equal sizes count.
    ends = np.concatenate([[True], np.diff(sizes) > 1e-12, [True]])
    right = np.where(ends, right, -1)
    best = int(np.argmax(right))
    return (float(sizes[best - 1]) if best else 0.0), float(right[best]) / len(sizes)


def _bootstrap(
    automatic: NDArray[np.float64], human: NDArray[np.float64], seed: int
) -> dict[str, tuple[float, float] | None]:
    """Percentile intervals over items; a pair of an item with itself never counts."""
    n = len(automatic)
    if n < 4 or n > MOST_BOOTSTRAPPED:
        return {}
    random = np.random.default_rng(seed)
    picks = random.integers(0, n, (_DRAWS, n))
    weights = np.zeros((_DRAWS, n), dtype=np.float32)
    np.add.at(weights, (np.arange(_DRAWS)[:, None], picks), 1)
    sx = _signs(automatic[:, None] - automatic).astype(np.float32)
    sy = _signs(human[:, None] - human).astype(np.float32)

    def pairs(table: NDArray[np.float32]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = np.einsum(
            "ij,ij->i", (weights @ table).astype(np.float64), weights
        )
        return found

    alike = (sx == sy).astype(np.float32)
    np.fill_diagonal(alike, 0)
    others = np.ones((n, n), dtype=np.float32)
    np.fill_diagonal(others, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        accuracy = pairs(alike) / pairs(others)
        tau = pairs(sx * sy) / np.sqrt(pairs(sx * sx) * pairs(sy * sy))
        product = _correlations(automatic[picks], human[picks])
        rank = np.array([_one_correlation(ranks(automatic[p]), ranks(human[p])) for p in picks])
    return {
        "accuracy": _middle(accuracy),
        "tau": _middle(tau),
        "pearson": _middle(product),
        "spearman": _middle(rank),
    }


def _correlations(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    a, b = x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True)
    found: NDArray[np.float64] = (a * b).sum(axis=1) / np.sqrt(
        (a * a).sum(axis=1) * (b * b).sum(axis=1)
    )
    return found


def _one_correlation(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    return float(_correlations(x[None], y[None])[0])


def _middle(draws: NDArray[np.float64]) -> tuple[float, float] | None:
    """The middle 95 %; ``None`` when a tenth of the draws or more have no value."""
    values = draws[np.isfinite(draws)]
    if len(values) <= 0.9 * len(draws):
        return None
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def correlations_with_people(
    judged: Sequence[Judged], *, judge: str, seed: int = 0
) -> tuple[Score, ...]:
    """Spearman, Pearson, Kendall's tau-b and pairwise accuracy over the items that people rated.

    Spearman's and Pearson's intervals are those of :mod:`correlation`, with the bootstrap's in
    ``parts``; the other two are the percentile bootstrap over items (1,000 draws).
    """
    both = rated(judged)
    automatic = np.array([each.automatic for each in both])
    human = np.array([each.human for each in both])
    resampled = _bootstrap(automatic, human, seed)
    scores = [
        _of_correlation(found, resampled.get(found.kind), judge)
        for found in (
            spearman(list(automatic), list(human), seed=seed),
            pearson(list(automatic), list(human), seed=seed),
        )
    ]
    n = len(both)
    if n < 3:
        why = f"needs 3 items with a score and a rating: {n} given"
        names = ("Kendall tau-b", "pairwise accuracy")
        scores += [
            Score(name=name, judge=judge, version=VERSION, absent=why, n=n) for name in names
        ]
        return tuple(scores)
    pairs = ordering(list(automatic), list(human))
    tau = pairs.tau_b
    scores.append(
        Score(
            name="Kendall tau-b", judge=judge, version=VERSION, value=tau, n=n,
            absent=None if tau is not None else "one of the two is constant",
            interval=None if tau is None else resampled.get("tau"),
        )
    )  # fmt: skip
    scores.append(
        Score(
            name="pairwise accuracy", judge=judge, version=VERSION, value=pairs.accuracy, n=n,
            interval=resampled.get("accuracy"),
            reason=f"{pairs.n} pairs, tied by the judge {pairs.ties[0]}, by people "
            f"{pairs.ties[1]}; {pairs.calibrated:.3f} with differences up to "
            f"{pairs.epsilon:.3g} as ties, chosen on these pairs",
            parts={"calibrated": pairs.calibrated, "epsilon": pairs.epsilon},
        )
    )  # fmt: skip
    return tuple(scores)


def _of_correlation(found: Correlation, resampled: tuple[float, float] | None, judge: str) -> Score:
    name = found.kind.capitalize()
    if found.value is None:
        return Score(name=name, judge=judge, version=VERSION, absent=found.absent, n=found.n)
    parts = {} if found.p is None else {"p": found.p}
    reason = "" if found.p is None else f"p = {found.p:.2g}"
    if resampled is not None:
        parts |= {"bootstrap_low": resampled[0], "bootstrap_high": resampled[1]}
        reason += f"; bootstrap {resampled[0]:.3f} to {resampled[1]:.3f}"
    return Score(
        name=name, judge=judge, version=VERSION, value=found.value, n=found.n,
        interval=found.interval, reason=reason, parts=parts,
    )  # fmt: skip


def against_people(judged: Sequence[Judged], *, judge: str, seed: int = 0) -> Findings:
    """All of a judge's agreement with people: correlations, pairs, and the bias of each source."""
    both = rated(judged)
    scores = correlations_with_people(judged, judge=judge, seed=seed)
    gaps = [each.automatic - each.human for each in both]
    n = len(gaps)
    scores += (
        Score(
            name="mean automatic − people", judge=judge, version=VERSION, n=n,
            value=math.fsum(gaps) / n if n else None,
            absent=None if n else "no item has both a score and a rating",
            interval=t_interval(gaps),
        ),
    )  # fmt: skip
    sources = bias_findings(judged, judge=judge, seed=seed)
    counts = Table(
        title="items",
        columns=("with both", "without a rating", "fewest raters", "most raters"),
        rows=(
            (
                n, len(judged) - n, min((each.raters for each in both), default=0),
                max((each.raters for each in both), default=0),
            ),
        ),
    )  # fmt: skip
    return Findings(
        scores=(*scores, *sources.scores),
        tables=(counts, *sources.tables),
        warnings=sources.warnings,
    )
