"""People's marks of narratives: read, tied to systems by the sheet's key, and Table 2 made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from storypainter.errors import BadInput, MissingExtra
from storypainter.ratings.raters import agreement_of, mean_ratings
from storypainter.ratings.reading import Asked, read_ratings
from storypainter.ratings.scale import Imported
from storypainter.ratings.sheet import Key
from storypainter.score import Score
from storypainter.sequences.judging.criteria import HIGHEST, LOWEST, PEOPLES, criterion
from storypainter.sequences.judging.sharing import sharing_note
from storypainter.sequences.judging.sheet import SCALE
from storypainter.sequences.judging.tables import TABLE2, Table, of_criteria, table_of

VERSION = "1"
_PARTS = "\n"  # between a system's name and a sequence's id; neither holds one


def read_marks(paths: Iterable[Path], key: Key) -> tuple[Imported, ...]:
    """The marks of several files, their items named ``system``, newline, ``sequence``.

    Raises:
        BadInput: no such file, a mark off the ten points, an item that the key doesn't have, a
            criterion that the sheet doesn't ask for, two different marks for one slot.
    """
    found: dict[tuple[str, str, str, int], Imported] = {}
    for path in paths:
        for each in read_ratings(path, Asked(scale=SCALE, name="overall_quality")):
            entry = key.items.get(each.rating.item)
            if entry is None:
                raise BadInput(
                    f"{path.name}: {each.rating.item!r:.60} is not on the sheet {key.sheet}",
                    "give the key that was written with that sheet",
                )
            if each.rating.name not in PEOPLES:
                raise BadInput(
                    f"{path.name}: the sheet asks for no {each.rating.name!r:.60}",
                    f"it asks for {', '.join(PEOPLES)}",
                )
            if (each.rating.scale_min, each.rating.scale_max) != (LOWEST, HIGHEST):
                raise BadInput(
                    f"{path.name}: marks are from {LOWEST} to {HIGHEST}", "correct the scale"
                )
            rating = each.rating.model_copy(update={"item": f"{entry.run}{_PARTS}{entry.item}"})
            named = each.model_copy(update={"rating": rating})
            before = found.get(named.slot)
            if before is not None and before.rating != named.rating:
                raise BadInput(
                    f"{path.name}: {each.rating.rater!r:.60} marked a story otherwise in {before.source}",
                    "give one of the two files",
                )
            found[named.slot] = named
    if not found:
        raise BadInput("the files hold no marks", "give the files that raters saved")
    return tuple(found.values())


def people_table(marks: Sequence[Imported]) -> tuple[Table, tuple[Score, ...]]:
    """Table 2 of people's means, and how far they agree, by criterion.

    A narrative's value is the mean of its raters, each with the mean of their own repeats. Several
    systems are compared on the sequences of which people marked everybody's narrative; a note says
    how many each has. Agreement is over all marks; it needs the extra [analysis], and is absent
    without it.
    """
    raters = len({each.rating.rater for each in marks})
    judge = f"people ({raters} rater{'s' if raters > 1 else ''})"
    scores: dict[str, dict[str, dict[str, Score]]] = {}
    for name in PEOPLES:
        named = [each for each in marks if each.rating.name == name]
        for item, (mean, count) in mean_ratings(named).items():
            system, _, key = item.partition(_PARTS)
            scores.setdefault(system, {}).setdefault(name, {})[key] = Score(
                name=name, judge=judge, version=VERSION, n=count,
                value=LOWEST + mean * (HIGHEST - LOWEST), reason=f"mean of {count} raters",
            )  # fmt: skip
    # By name: marks come in the order that each rater was shown.
    scores = dict(sorted(scores.items()))
    agreement = tuple(_agreement(name, marks) for name in PEOPLES)
    notes = [
        f"{criterion(each.name).label}: agreement of raters: "
        + (each.reason if each.value is not None else f"absent: {each.absent}")
        for each in agreement
    ]
    marked = {
        system: frozenset(key for each in named.values() for key in each)
        for system, named in scores.items()
    }
    shared = frozenset.intersection(*marked.values())
    counts = {name: len(keys) for name, keys in marked.items()}
    note = sharing_note(counts, len(shared), had="marked for")
    table = table_of(
        "table2", "People's ratings", judge, of_criteria(TABLE2),
        _only(scores, shared) if shared else scores, {}, notes=[note, *notes] if note else notes,
    )  # fmt: skip
    return table, agreement


def _only(
    scores: Mapping[str, Mapping[str, Mapping[str, Score]]], keys: frozenset[str]
) -> dict[str, Mapping[str, Mapping[str, Score]]]:
    return {
        system: {
            name: {key: score for key, score in each.items() if key in keys}
            for name, each in named.items()
        }
        for system, named in scores.items()
    }


def _agreement(name: str, marks: Sequence[Imported]) -> Score:
    """ICC(2,k) over the narratives that all raters marked, else Krippendorff's alpha."""
    named = [each for each in marks if each.rating.name == name]
    try:
        found = agreement_of(name, named)
    except MissingExtra as missing:
        return Score(name=name, judge="people", version=VERSION, absent=str(missing), n=0)
    parts = []
    value: float | None = None
    for wanted in ("ICC(2,1)", "ICC(2,k)", "alpha, interval"):
        score = next((each for each in found.scores if each.name.endswith(wanted)), None)
        if score is None or score.value is None:
            continue
        value = score.value if value is None else value
        between = f" ({score.interval[0]:.2f} to {score.interval[1]:.2f})" if score.interval else ""
        parts.append(f"{wanted} {score.value:.2f}{between}, n = {score.n}")
    if value is None:
        why = next((each.absent for each in found.scores if each.absent), "no agreement known")
        return Score(name=name, judge="people", version=VERSION, absent=why, n=0)
    return Score(
        name=name,
        judge="people",
        version=VERSION,
        value=value,
        reason="; ".join(parts),
        n=len(named),
    )
