"""What Moment says of a whole set: lengths, shares, agreement of two judges, frequent words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from storypainter.evaluators.agreement import agreement
from storypainter.evaluators.contract import Findings, Marks, Passage, Subject, Table
from storypainter.evaluators.moment_rules import KINDS
from storypainter.intervals import t_interval, wilson
from storypainter.score import Score

Marked = Sequence[tuple[Subject, Marks]]

#: The judge that asks no model.
OFFLINE = "offline"

_MOST_WORDS = 20  # rows of the table of offending words
_LONGEST_WORDS = 5  # words of a passage that counts as the same elsewhere
_MOST_DISAGREEMENTS = 20


def findings(marked: Marked, missing: int, *, judges: tuple[str, ...], version: str) -> Findings:
    """Findings over all marked stories.

    Args:
        marked: stories with their marks.
        missing: how many could not be marked.
        judges: ``offline``, and the Writer's address where one judged along.
        version: the evaluator's.
    """
    scores = [_mean_words(marked, judges[0], version)]
    for judge in judges:
        scores += [_share(marked, name, judge, version) for name in ("moment", *KINDS)]
    tables = [*_words_table(marked)]
    if len(judges) == 2:
        scores += _agreement(marked, judges, version)
        tables += _disagreements(marked, judges)
    warnings = tuple(_warnings(marked, missing, judges))
    doubts = ("moment",) if warnings else ()
    return Findings(scores=tuple(scores), tables=tuple(tables), warnings=warnings, doubts=doubts)


def score_by(marks: Marks, name: str, judge: str) -> Score | None:
    """The Score of that name by that judge."""
    return next((s for s in marks.scores if s.name == name and s.judge == judge), None)


# ----------------------------------------------------------------------------- scores


def _values(marked: Marked, name: str, judge: str) -> list[float]:
    found = (score_by(marks, name, judge) for _, marks in marked)
    return [score.value for score in found if score is not None and score.value is not None]


def _mean_words(marked: Marked, judge: str, version: str) -> Score:
    values = _values(marked, "words", judge)
    if not values:
        return Score(name="words", judge=judge, version=version, absent="no story was marked", n=0)
    return Score(
        name="words",
        judge=judge,
        version=version,
        value=sum(values) / len(values),
        n=len(values),
        interval=t_interval(values),
        reason="mean number of words",
    )


def _share(marked: Marked, name: str, judge: str, version: str) -> Score:
    """The share of stories that are one moment, or that have a kind of fault."""
    values = _values(marked, name, judge)
    if not values:
        reason = "no story could be judged" if marked else "no story was marked"
        return Score(name=name, judge=judge, version=version, absent=reason, n=0)
    true = sum(value > 0 for value in values)
    told = "share of stories that are one moment" if name == "moment" else "share with this fault"
    by = "the rules" if judge == OFFLINE else judge
    return Score(
        name=name,
        judge=judge,
        version=version,
        value=true / len(values),
        n=len(values),
        interval=wilson(true, len(values)),
        reason=f"{told}, by {by}",
    )


def _both(marked: Marked, judges: tuple[str, ...]) -> list[tuple[Subject, Marks, bool, bool]]:
    """The stories that both judges judged, with their verdicts."""
    found = []
    for subject, marks in marked:
        verdicts = [score_by(marks, "moment", judge) for judge in judges]
        known = [each.value > 0 for each in verdicts if each is not None and each.value is not None]
        if len(known) == 2:
            found.append((subject, marks, known[0], known[1]))
    return found


def _agreement(marked: Marked, judges: tuple[str, ...], version: str) -> list[Score]:
    judge = " and ".join(judges)
    pairs = _both(marked, judges)
    if not pairs:
        reason = "no story was judged by both"
        return [
            Score(name=name, judge=judge, version=version, absent=reason, n=0)
            for name in ("agreement", "kappa")
        ]
    found = agreement([a for *_, a, _ in pairs], [b for *_, b in pairs])
    raw = Score(
        name="agreement",
        judge=judge,
        version=version,
        value=found.raw,
        n=found.n,
        interval=found.raw_interval,
        reason=f"share of stories with the same verdict by {judge}",
    )
    kappa = Score(
        name="kappa",
        judge=judge,
        version=version,
        value=found.kappa,
        absent=found.absent or None,
        n=found.n,
        interval=found.kappa_interval,
        reason="Cohen's kappa" if found.kappa is not None else "",
    )
    return [raw, kappa]


# ----------------------------------------------------------------------------- tables


def _of_rules(marks: Marks) -> tuple[Passage, ...]:
    return marks.passages[: len(marks.passages) - int(marks.data.get("writer", 0))]


def _of_writer(marks: Marks) -> tuple[Passage, ...]:
    return marks.passages[len(_of_rules(marks)) :]


def _words_table(marked: Marked) -> Iterator[Table]:
    """The words that most often make a fault, by the rules; long passages are one of a kind."""
    stories: dict[tuple[str, str], set[str]] = defaultdict(set)
    for subject, marks in marked:
        for passage in _of_rules(marks):
            words = passage.text.casefold().split()
            if len(words) <= _LONGEST_WORDS:
                stories[passage.kind, " ".join(words)].add(subject.story.id)
    ranked = sorted(stories.items(), key=lambda row: (-len(row[1]), row[0]))
    rows = tuple((kind, words, len(ids)) for (kind, words), ids in ranked[:_MOST_WORDS])
    if rows:
        cut = len(ranked) - len(rows)
        yield Table(
            title="words that make a fault, by the rules",
            columns=("kind", "words", "stories"),
            rows=rows,
            note=f"and {cut} more" if cut else "",
        )


def _disagreements(marked: Marked, judges: tuple[str, ...]) -> Iterator[Table]:
    differing = [row for row in _both(marked, judges) if row[2] != row[3]]
    rows = tuple(
        (
            subject.story.id,
            "one moment" if first else "faults",
            "one moment" if second else "faults",
            "; ".join(
                f"{each.kind}: {' '.join(each.text.split())}"
                for each in (_of_writer(marks) if first else _of_rules(marks))
            ),
        )
        for subject, marks, first, second in differing[:_MOST_DISAGREEMENTS]
    )
    if rows:
        cut = len(differing) - len(rows)
        yield Table(
            title="stories that the judges see differently",
            columns=("story", judges[0], judges[1], "words"),
            rows=rows,
            note=f"and {cut} more" if cut else "",
        )


# --------------------------------------------------------------------------- warnings


def _warnings(marked: Marked, missing: int, judges: tuple[str, ...]) -> Iterator[str]:
    if missing:
        yield f"{missing} of {missing + len(marked)} stories could not be marked"
    for judge in judges:
        scores = [score_by(marks, "moment", judge) for _, marks in marked]
        reasons = [each.absent for each in scores if each is not None and each.absent]
        if reasons:
            yield (
                f"{len(reasons)} of {len(marked)} stories have no verdict by {judge}; "
                f"the first: {reasons[0]}"
            )
