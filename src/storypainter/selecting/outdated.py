"""Which marks are older than the story, the Scene or the picture that they were made for.

A mark's key holds the hash of all that its evaluator was shown, but a key can't be read backwards.
Two things are known instead. Findings keep the hash of the set that they were made over: where it
is the hash of the set of today, all marks of that evaluator and judge fit. Where it isn't, or where
an evaluation never came to its findings, times decide: a mark that is older than the newest step
of its item was made for another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from storypainter.evaluation import read_findings
from storypainter.runs.folder import RunFolder

#: Evaluators that look at the story's text and at nothing else.
TEXT_ALONE = frozenset({"moment", "copying", "diversity"})
#: What became of an item after its mark, the last one that explains the others first.
_AGAIN: Mapping[str, tuple[str, str]] = {
    "story": ("the story was written again", "writing the story again failed"),
    "scene": ("the Scene was made again", "making the Scene again failed"),
    "picture": ("the picture was painted again", "painting the picture again failed"),
}
_UNTOLD = "it isn't known whether it was scored before the story or picture changed; evaluate again"


@dataclass(slots=True)
class _Times:
    """When an item's steps and marks were made, in seconds; which of the steps failed."""

    made: dict[str, float] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    marked: dict[str, float] = field(default_factory=dict)


def outdated(folder: RunFolder) -> dict[tuple[int, str], str]:
    """Why marks don't belong to what their item is now.

    Returns:
        (item, step of the marks: ``evaluator:judge``) -> why; marks that fit are not in it.
    """
    summed = {
        str(step): float(at)
        for step, at in folder.db.rows(
            "SELECT step, at FROM findings WHERE spec = ?", folder.spec_id
        )
    }
    fitting = {f"{each.name}:{each.judge}": not each.stale for each in read_findings(folder)}
    items = _times(folder)
    newest = max((at for each in items.values() for at in each.made.values()), default=0.0)
    found: dict[tuple[int, str], str] = {}
    for item, times in items.items():
        for step, marked in times.marked.items():
            if fitting.get(step):
                continue
            why = _since(times, step, marked)
            # The set is another one although nothing is newer than its findings: something older
            # was taken up again, and times don't say where.
            if not why and step in fitting and marked <= summed[step] and newest <= summed[step]:
                why = _UNTOLD
            if why:
                found[item, step] = why
    return found


def _times(folder: RunFolder) -> dict[int, _Times]:
    found: dict[int, _Times] = {}
    for item, step, status, at in _rows(folder):
        times = found.setdefault(item, _Times())
        if ":" in step:
            times.marked[step] = at
        elif step in _AGAIN:
            times.made[step] = at
            if status == "failed":
                times.failed.add(step)
    return found


def _rows(folder: RunFolder) -> Iterator[tuple[int, str, str, float]]:
    for item, step, status, at in folder.db.rows(
        "SELECT i.item, i.step, s.status, s.at FROM items i JOIN steps s ON s.key = i.key "
        "WHERE i.spec = ?",
        folder.spec_id,
    ):
        yield int(item), str(step), str(status), float(at)


def _since(times: _Times, step: str, marked: float) -> str:
    """What was made after the mark; empty where nothing was that the evaluator looks at."""
    text_alone = step.partition(":")[0] in TEXT_ALONE
    for name, (made, failed) in _AGAIN.items():
        if times.made.get(name, 0.0) > marked and not (text_alone and name != "story"):
            return f"scored before {failed if name in times.failed else made}"
    return ""
