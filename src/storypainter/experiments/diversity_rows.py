"""Table 3: the validation of diversity as a table, by ``evaluators/diversity_validation``."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storypainter import assembly, settings
from storypainter.errors import BadInput
from storypainter.evaluators.correlation import Correlation
from storypainter.evaluators.diversity_validation import (
    MEASURES,
    generate_groups,
    read_groups,
    read_ratings,
    validate_diversity,
)
from storypainter.experiments.asked import Experiment
from storypainter.experiments.columns import Cell, Column
from storypainter.experiments.rows import Prices, locked
from storypainter.experiments.table import ExperimentTable, OurRow, printed_rows
from storypainter.models.calling import Caller
from storypainter.pools import load_pool
from storypainter.pools.loading import resolve_pool_name
from storypainter.runs.folder import RunFolder
from storypainter.runs.replies import Replies
from storypainter.settings import Resolved

_COLUMNS = (Column("spearman", "Spearman"), Column("pearson", "Pearson"))
_IDS = ("average-whole", "knn-whole", "average-summary", "knn-summary")


def diversity_table(
    experiment: Experiment,
    out: Path,
    environment: Mapping[str, str],
    *,
    prices: Prices | None = None,
    max_cost: float | None = None,
) -> ExperimentTable:
    """Measure groups of known repetition in four ways; correlate with that, or with people.

    Raises:
        BadInput: groups, ratings or a model that can't be used.
        StorypainterError: a model that fails; what was paid is stored in ``out``.
    """
    asked = dict(experiment.validation)
    flags = {**experiment.evaluation, "evaluators": "diversity"}
    pool = resolve_pool_name(str(flags.get("pool") or "own"))
    flags["pool"] = pool.name
    if max_cost is not None:
        flags["max_cost"] = max_cost
    resolved = settings.resolve_evaluation(flags, environment)
    resolved = Resolved(resolved.spec, resolved.origins, {**resolved.prices, **(prices or {})})
    groups_file, ratings_file = asked.get("groups"), asked.get("ratings")
    if ratings_file and not groups_file:
        raise BadInput("[validation]: ratings need the groups that were rated", "name groups")
    groups = (
        read_groups(Path(groups_file))
        if groups_file
        else generate_groups(
            load_pool(pool.name), levels=int(asked.get("levels", 8)),
            size=int(asked.get("size", 30)), seed=resolved.spec.seed,
            repetition=asked.get("repetition", "mixed"),
        )
    )  # fmt: skip
    people = read_ratings(Path(ratings_file)) if ratings_file else ()
    parts = assembly.prepare_diversity_parts(resolved, environment)

    async def measure(caller: Caller) -> Any:
        try:
            return await validate_diversity(
                groups, people, summariser=parts.summariser, embedder=parts.embedder,
                caller=caller, k=resolved.spec.neighbours,
            )  # fmt: skip
        finally:
            for close in parts.closers:
                await close()

    out.mkdir(parents=True, exist_ok=True)
    with locked(out), RunFolder(out / "validation") as folder:
        caller = Caller(Replies(folder), parts.limits, parts.prices)
        found = asyncio.run(measure(caller))
    against = "people's mean ratings" if people else "the known share of distinct stories"
    correlations = found.with_human if people else found.with_level
    judge = f"{parts.summariser.judge}, {parts.embedder.address}, K = {resolved.spec.neighbours}"
    rows = tuple(
        _row(identity, name, correlations.get(name), judge)
        for identity, (name, _, _) in zip(_IDS, MEASURES, strict=True)
    )
    notes = [
        f"Ours: {len(groups)} groups of {len(groups[0].stories)} stories from the pool "
        f"{pool.name}, correlated with {against}; the paper's: 8 groups of 30, with people's "
        "ratings. The two are not the same question." if not people else f"Ours: with {against}.",
        "Printed values stand with p in parentheses.",
    ]  # fmt: skip
    if pool.note:
        notes.append(pool.note)
    return ExperimentTable(
        experiment.title, _COLUMNS, rows, printed_rows(experiment),
        experiment.published.source if experiment.published else "", (), tuple(notes),
        "Values stand with their 95 % interval and n, the number of groups they rest on.",
    )  # fmt: skip


def _row(
    identity: str, name: str, both: tuple[Correlation, Correlation] | None, judge: str
) -> OurRow:
    cells = {
        key: _cell(None if both is None else both[at], judge)
        for at, key in enumerate(("spearman", "pearson"))
    }
    told = zip(("Spearman", "Pearson"), both or (), strict=False)
    p = "; ".join(f"{head} p = {each.p:.4f}" for head, each in told if each.p is not None)
    return OurRow(
        f"{identity}-ours", name, "done", "", cells, notes=(p,) if p else (), published=identity
    )


def _cell(found: Correlation | None, judge: str) -> Cell:
    if found is None or found.value is None:
        return Cell(reason=found.absent or "absent" if found else "nothing to correlate with")
    low, high = found.interval if found.interval is not None else (None, None)
    return Cell(found.value, low, high, found.n, 0, judge)
