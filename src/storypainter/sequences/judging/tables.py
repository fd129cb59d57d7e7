"""The tables of an evaluation in the paper's layouts, as data: our rows, then the published ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from storypainter.score import Score
from storypainter.sequences.judging.criteria import HIGHEST, LOWEST, criterion
from storypainter.sequences.judging.means import Difference, difference, mean_of
from storypainter.sequences.judging.published import PublishedTable, published

#: More pairs of systems than this aren't listed: the first systems' come first.
MOST_DIFFERENCES = 400
#: The name of the table of order sensitivity.
ORDER = "order"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name of its Scores, its head, its scale, its digits, and a factor for print."""

    key: str
    label: str
    least: float = 0.0
    most: float = 1.0
    digits: int = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A row of ours: a system's means by column."""

    system: str
    cells: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it is called, who judged, its rows, the published ones, and differences."""

    name: str
    title: str
    judge: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    printed: PublishedTable | None = None
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = field(default=())


#: By system, by name of the Score, by sequence.
Scores = Mapping[str, Mapping[str, Mapping[str, Score]]]

#: The paper's Tables 1, 3 and 4, and what section 4.2 speaks of without a table. Narrative
#: consistency is a criterion of section 3.1 that its tables leave out.
TABLE1 = ("coherence", "relevance", "emotional_depth", "narrative_consistency", "overall_quality")
TABLE2 = ("coherence", "relevance", "emotional_depth", "overall_quality")
TABLE3 = TABLE2
TABLE4 = ("character_development", "plot_progression", "emotional_engagement", "overall_quality")
CONSISTENCY = ("character_consistency", "scene_consistency")

GROUNDING = (
    Column("grounding", "Grounding (mean F1)"),
    Column("people_recall", "People: recall"),
    Column("people_precision", "People: precision"),
    Column("people_by_role_f1", "People by role: F1"),
    Column("actions_recall", "Actions: recall"),
    Column("actions_precision", "Actions: precision"),
    Column("places_recall", "Places: recall"),
    Column("places_precision", "Places: precision"),
    Column("emotions_recall", "Emotions: recall"),
)
SURFACE = (
    Column("repetition", "Repetition"),
    Column("repeated_4grams", "Repeated 4-grams"),
    Column("words", "Words", 0.0, math.inf, 0),
    Column("bleu", "BLEU", 0.0, 100.0, 1),
    Column("meteor", "METEOR"),
    Column("cider", "CIDEr", 0.0, 10.0),
)


def of_criteria(keys: Sequence[str]) -> tuple[Column, ...]:
    """Columns of judged criteria, 1 to 10."""
    return tuple(
        Column(key, criterion(key).label, float(LOWEST), float(HIGHEST), 1) for key in keys
    )


def judged_tables(
    judge: str, scores: Scores, missing: Mapping[str, int], **titles: str
) -> list[Table]:
    """Tables 1 and 4 and that of consistency, as one judge fills them.

    Args:
        judge: its name.
        scores: its Scores.
        missing: how many sequences each system was to tell and didn't.
        titles: other titles, by name of the table.
    """
    layouts = (
        ("table1", "Quality of narratives", TABLE1),
        ("table4", "Detailed analysis of narrative quality", TABLE4),
        ("consistency", "Consistency over pictures", CONSISTENCY),
    )
    return [
        table_of(name, titles.get(name, title), judge, of_criteria(keys), scores, missing)
        for name, title, keys in layouts
    ]


def table_of(
    name: str,
    title: str,
    judge: str,
    columns: tuple[Column, ...],
    scores: Scores,
    missing: Mapping[str, int],
    *,
    whole: Mapping[str, Mapping[str, Score]] | None = None,
    notes: Sequence[str] = (),
) -> Table:
    """A table of means with all paired differences.

    Args:
        name: of its files; a published table of that name stands below our rows.
        title: of the table.
        judge: who judged all of it; empty where columns have judges of their own.
        columns: what is shown.
        scores: by system, name and sequence.
        missing: how many sequences each system was to tell and didn't.
        whole: Scores of whole sets, which take the place of a mean (corpus BLEU), by system.
        notes: what must stand below.
    """
    rows = []
    for system, named in scores.items():
        cells = {}
        for column in columns:
            of_set = (whole or {}).get(system, {}).get(column.key)
            cells[column.key] = of_set if of_set is not None else mean_of(
                named.get(column.key, {}), column.key, least=column.least, most=column.most,
                missing=missing.get(system, 0),
            )  # fmt: skip
        rows.append(Row(system, cells))
    printed = published(name)
    differences = tuple(
        difference(
            column.key,
            one,
            other,
            scores[one].get(column.key, {}),
            scores[other].get(column.key, {}),
        )
        for one, other in combinations(scores, 2)
        for column in columns
        if scores[one].get(column.key) and scores[other].get(column.key)
    )[:MOST_DIFFERENCES]
    told = (*notes, *(printed.notes if printed else ()))
    return Table(name, title, judge, columns, tuple(rows), printed, differences, told)


def order_table(
    pairs: Mapping[
        str, tuple[Mapping[str, Mapping[str, Score]], Mapping[str, Mapping[str, Score]]]
    ],
    columns: Sequence[Column],
) -> tuple[Difference, ...]:
    """How much each system loses by shuffled pictures: true order less shuffled, column by column.

    ``pairs`` holds, by system, its Scores by name and sequence told in true order and shuffled.
    """
    return tuple(
        difference(
            column.key,
            system,
            f"{system}, shuffled",
            told.get(column.key, {}),
            lost.get(column.key, {}),
        )
        for system, (told, lost) in pairs.items()
        for column in columns
        if told.get(column.key) and lost.get(column.key)
    )


def order_verdicts(differences: Sequence[Difference], columns: Sequence[Column]) -> list[str]:
    """What the differences of an order table say, in words: a line a system and outcome.

    A difference is shown where its interval at 95 % leaves 0 out.
    """
    labels = {column.key: column.label for column in columns}
    lines = []
    for system in dict.fromkeys(each.one for each in differences):
        by_verdict: dict[str, list[str]] = {verdict: [] for verdict in _VERDICTS}
        for each in differences:
            if each.one == system:
                by_verdict[_verdict(each)].append(labels[each.column])
        lines += [
            f"{system}: {verdict}: {', '.join(heads)}."
            for verdict, heads in by_verdict.items()
            if heads
        ]
    return lines


_LOWER, _HIGHER = "shuffled pictures scored lower", "shuffled pictures scored higher"
_NONE, _FEW = "no difference shown", "too few sequences to say"
#: Each shared sequence lost, or won, exactly as much: a difference without an interval.
_BY_THE_SAME = " (by the same in every sequence, so without an interval)"
_VERDICTS = (_LOWER, _LOWER + _BY_THE_SAME, _HIGHER, _HIGHER + _BY_THE_SAME, _NONE, _FEW)


def _verdict(each: Difference) -> str:
    if each.value is None:
        return _FEW
    if each.low is None or each.high is None:
        if not each.value:
            return _NONE
        return (_LOWER if each.value > 0 else _HIGHER) + _BY_THE_SAME
    if each.low > 0:
        return _LOWER
    return _HIGHER if each.high < 0 else _NONE
