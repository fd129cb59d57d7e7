"""The plots of a run's page: clues by Dimension, alignment by Dimension, how Scores spread.

They show the Scores of single stories, each with its judge, and no mean without its interval.
Scores that were given to an earlier story or picture of an item are left out; the page says so.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storypainter.evaluation import Found, doubts, read_marks
from storypainter.evaluators.contract import Marks
from storypainter.intervals import bounded_t_interval
from storypainter.report.markup import Html, drawing, el
from storypainter.report.numbers import Numbers
from storypainter.report.plot_axes import MAX_SERIES
from storypainter.report.plots import Triple, dimension_bars
from storypainter.report.plots_points import distribution
from storypainter.report.words import counted, shortened
from storypainter.runs.folder import RunFolder
from storypainter.selecting.outdated import outdated
from storypainter.story import Dimension

#: Scores from 0 to 1 that say most of a story or Pair, by evaluator; tables hold the others.
_SHARES: Mapping[str, tuple[str, ...]] = {
    "alignment": ("alignment", "alignment_clues", "alignment_conclusions", "alignment_holistic"),
    "complexity": ("semantic_score", "rubric"),
    "lettering": ("lettering",),
    "retelling": ("recognition", "cognition"),
    "copying": ("copying",),
}
_COUNTS: Mapping[str, tuple[str, ...]] = {
    "structure": ("clues", "chains", "causal_links"),
    "complexity": ("visual_clues", "visual_chains"),
}
_WORDS: Mapping[str, tuple[str, ...]] = {"moment": ("words",)}
#: Title, axis, the ends that the axis has at least, Scores.
_PLOTS: tuple[tuple[str, str, tuple[float, ...], Mapping[str, tuple[str, ...]]], ...] = (
    ("Scores of the stories", "score, 0 to 1", (0.0, 1.0), _SHARES),
    ("Counts of the stories", "how many in a story or picture", (0.0,), _COUNTS),
    ("Length of the stories", "words", (), _WORDS),
)
_KNOWN = frozenset({*_SHARES, *_COUNTS, *_WORDS, "diversity"})
_BY_DIMENSION = {f"alignment_{dimension.value}": dimension for dimension in Dimension}
_SEEN = "complexity", "visual_clues"
_WANTED = frozenset(
    {
        *(
            (name, each)
            for *_, names in _PLOTS
            for name, wanted in names.items()
            for each in wanted
        ),
        *(("alignment", name) for name in _BY_DIMENSION),
    }
)

#: Evaluator, Score, judge.
_Key = tuple[str, str, str]


@dataclass(slots=True)
class _Gathered:
    """What plots need of the stories' Scores, and no more: a long run has many.

    ``values`` are by item, NaN where a Score is absent; ``seen`` by judge and item, the clues of a
    picture by Dimension; ``old`` counts outdated marks by evaluator and judge.
    """

    values: dict[_Key, dict[int, float]] = field(default_factory=dict)
    seen: dict[str, dict[int, dict[Dimension, float]]] = field(default_factory=dict)
    old: Counter[tuple[str, str]] = field(default_factory=Counter)


def run_plots(folder: RunFolder, found: Sequence[Found], numbers: Numbers) -> Html | None:
    """The section of plots; ``None`` where there is nothing to plot."""
    gathered = _gather(folder, found)
    drawn = [*_clues(gathered, numbers), *_alignment(gathered), *_spreads(gathered)]
    if not drawn and not gathered.old:
        return None
    return el(
        "section",
        el("h2", "Plots", id="plots"),
        [_left_out(name, judge, n) for (name, judge), n in gathered.old.items()],
        [_doubt(name, line) for name, line in _doubted(found)],
        [el("div", drawing(svg), cls="plot") for svg in drawn],
        aria_labelledby="plots",
    )


def _left_out(name: str, judge: str, n: int) -> Html:
    told = f"{name}, by {shortened(judge, 120)}: {counted(n, 'story is', 'stories are')} left out, "
    told += "scored before the story or picture changed. Evaluate again."
    return el("p", told, cls="warning", role="note", dir="auto")


def _doubted(found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """(evaluator, warning) for each warning that puts an evaluator's plots in doubt."""
    told = doubts(tuple(found))
    for name in dict.fromkeys(each.name for each in found):
        for line in dict.fromkeys(told.get(name, ())):
            yield name, line


def _doubt(name: str, line: str) -> Html:
    return el("p", f"{_words(name)}: {line}", cls="warning", role="note", dir="auto")


# ------------------------------------------------------------------------- gathering


def _gather(folder: RunFolder, found: Sequence[Found]) -> _Gathered:
    gathered = _Gathered()
    old = outdated(folder) if found else {}
    for each in found:
        for item, marks in read_marks(folder, each.name, each.judge):
            if (item, f"{each.name}:{each.judge}") in old:
                gathered.old[each.name, each.judge] += 1
            else:
                _take(gathered, item, each, marks)
    return gathered


def _take(gathered: _Gathered, item: int, found: Found, marks: Marks) -> None:
    for place, score in enumerate(marks.scores):
        plug_in = found.name not in _KNOWN and not place  # of a plug-in, the first Score
        if (found.name, score.name) not in _WANTED and not plug_in:
            continue
        by_item = gathered.values.setdefault((found.name, score.name, score.judge), {})
        # an evaluation by a second judge repeats the first one's Scores
        if item in by_item and score.judge != found.judge:
            continue
        value = math.nan if score.value is None else score.value
        by_item[item] = value if math.isfinite(value) else math.nan
        # counts of a judge "chains" are those of the stories' own Chains
        if (found.name, score.name) == _SEEN and score.parts and score.judge != "chains":
            gathered.seen.setdefault(score.judge, {})[item] = {
                each: score.parts.get(each.value, 0.0) for each in Dimension
            }


def _of(gathered: _Gathered, evaluator: str, name: str) -> Iterator[tuple[str, list[float]]]:
    """(judge, values) of all who gave a Score."""
    for (by, each, judge), values in gathered.values.items():
        if (by, each) == (evaluator, name):
            yield judge, list(values.values())


# ---------------------------------------------------------------------- by Dimension


def _clues(gathered: _Gathered, numbers: Numbers) -> Iterator[str]:
    """Clues of a story or picture by Dimension (the paper's Figure 5), whoever counted them."""
    series: dict[str, Mapping[Dimension, Triple]] = {}
    told = []
    if numbers.with_chains:
        series["Clues in the stories' own Chains"] = _means(numbers.clues_of_stories)
        series["Chains"] = _means(numbers.chains_of_stories)
        told.append(f"n = {counted(numbers.with_chains, 'story', 'stories')} with Chains")
    for judge, counts in gathered.seen.items():
        series[f"Clues seen by {judge}"] = _means(
            {each: [count[each] for count in counts.values()] for each in Dimension}
        )
        told.append(f"n = {len(counts):,} pictures seen by {judge}")
    if series:
        yield from _bars(
            "Clues by Dimension",
            series,
            y_label="how many in a story, mean",
            note=f"{'; '.join(told)}.",
        )


def _alignment(gathered: _Gathered) -> Iterator[str]:
    series: dict[str, dict[Dimension, Triple]] = {}
    for score, dimension in _BY_DIMENSION.items():
        for judge, values in _of(gathered, "alignment", score):
            known = [value for value in values if not math.isnan(value)]
            name = f"by {judge} (n = {len(values):,})"
            if known:
                series.setdefault(name, {})[dimension] = _mean(known, most=1.0)
    if series:
        yield from _bars(
            "Alignment by Dimension",
            series,
            y_label="share of key points that the picture bears out, mean over Pairs",
            y_max=1.0,
            note="A Dimension counts in the Pairs whose stories have key points in it.",
        )


def _bars(
    title: str,
    series: Mapping[str, Mapping[Dimension, Triple]],
    *,
    y_label: str,
    note: str,
    y_max: float | None = None,
) -> Iterator[str]:
    for part in _parts(series):
        chosen = {name: series[name] for name in part}
        yield dimension_bars(title, chosen, y_label=y_label, y_max=y_max, note=note)


def _means(values: Mapping[Dimension, Sequence[float]]) -> dict[Dimension, Triple]:
    return {each: _mean(row, most=math.inf) for each, row in values.items() if row}


def _mean(values: Sequence[float], *, most: float) -> Triple:
    low, high = bounded_t_interval(values, most=most) or (math.nan, math.nan)
    return math.fsum(values) / len(values), low, high


# --------------------------------------------------------------------------- spreads


def _spreads(gathered: _Gathered) -> Iterator[str]:
    """How the Scores of single stories spread; a plug-in's first Score has a plot of its own."""
    for title, axis, ends, names in _PLOTS:
        series = {
            f"{_words(name)}, by {judge}": values
            for evaluator, wanted in names.items()
            for name in wanted
            for judge, values in _of(gathered, evaluator, name)
            if not all(map(math.isnan, values))
        }
        for part in _parts(series):
            chosen = {name: series[name] for name in part}
            yield distribution(title, axis, chosen, ends=ends)
    for (evaluator, name, judge), by_item in gathered.values.items():
        values = list(by_item.values())
        if evaluator not in _KNOWN and not all(map(math.isnan, values)):
            yield distribution(
                _words(evaluator), _words(name), {f"{_words(name)}, by {judge}": values}
            )


def _words(name: str) -> str:
    return shortened(name.replace("_", " "), 60).capitalize()


def _parts(series: Mapping[str, object]) -> Iterator[list[str]]:
    """Names of series, as many as one plot may hold."""
    names = list(series)
    for start in range(0, len(names), MAX_SERIES):
        yield names[start : start + MAX_SERIES]
