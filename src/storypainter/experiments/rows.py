"""Running rows: each a run folder inside the experiment's, with its stories shared and scored.

    EXPERIMENT/stories/KEY/   one run for all rows with the same storyteller, mode, Pool and seed
    EXPERIMENT/rows/NAME/     one run a row: the same stories, painted by its painter, evaluated
    EXPERIMENT/rows.json      what became of each row, and why

Everything lies under content keys, so that the same command again repeats nothing that is done.
A row that fails is kept with its reason, and the others go on.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

import orjson

from storypainter import assembly, settings
from storypainter.errors import BadInput, Interrupted, RunFolderError, StorypainterError
from storypainter.evaluation import Evaluation, label
from storypainter.experiments.asked import Experiment, Row
from storypainter.experiments.given import (
    PicturesThatAreThere,
    expanded,
    given_stories,
    human_pairs,
)
from storypainter.pipeline import Plan, Run
from storypainter.pools.loading import resolve_pool_name
from storypainter.runs.folder import RunFolder, run_folders, write_atomically
from storypainter.runs.items import failures, items, totals
from storypainter.runs.locking import take_lock
from storypainter.runs.replies import spent_in
from storypainter.settings import Resolved, RunSpec
from storypainter.storytellers.given import Given
from storypainter.value import content_hash

STATES = "rows.json"
Prices = Mapping[str, Mapping[str, float]]


class Works(Protocol):
    """Works a run or an evaluation through; ``what`` says in words what it is."""

    def __call__(self, work: Run | Evaluation, what: str) -> None: ...


@dataclass(slots=True)
class RowState:
    """What became of a row: ``done``, ``failed``, ``partial`` or ``pending``, and why.

    ``judges`` maps each evaluator to the label under which its marks lie; ``unscored`` maps those
    that could not score to the reason. ``digest`` is the hash of what was asked of the row.
    """

    status: str = "pending"
    reason: str = ""
    digest: str = ""
    stories: str = ""
    judges: dict[str, str] = field(default_factory=dict)
    unscored: dict[str, str] = field(default_factory=dict)
    unmarked: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Runner:
    """Runs an experiment in its folder.

    Args:
        experiment: what to run.
        out: the experiment's folder.
        environment: usually ``os.environ``.
        works: works a run or an evaluation through (with signals and progress, say).
        prices: the user's own prices.
        max_cost: US dollars for the whole folder, earlier runs included.
        say: is told what is done, a line at a time.
        command: the command line, for the record.
    """

    def __init__(
        self,
        experiment: Experiment,
        out: Path,
        environment: Mapping[str, str],
        works: Works,
        *,
        prices: Prices | None = None,
        max_cost: float | None = None,
        say: Callable[[str], None] = lambda _: None,
        command: str = "storypainter experiment",
    ) -> None:
        self.experiment = experiment
        self.out = out
        self.states = read_states(out)
        self._environment = environment
        self._works = works
        self._prices = dict(prices or {})
        self._max_cost = max_cost
        self._say = say
        self._command = command
        self._longest: dict[str, int] = {}
        self._told: dict[str, tuple[Given, ...]] = {}

    def run(self, only: Sequence[str] = ()) -> dict[str, RowState]:
        """Run or resume all rows, or only those named.

        Raises:
            Interrupted: somebody asked to stop.
            BadInput: ``only`` names a row that isn't there.
        """
        chosen = chosen_rows(self.experiment, only)
        for row in chosen:
            longest = self._longest.get(row.story_key, 0)
            self._longest[row.story_key] = max(longest, row.n)
        self.out.mkdir(parents=True, exist_ok=True)
        with locked(self.out):
            for number, row in enumerate(chosen, start=1):
                self._say(f"row {number} of {len(chosen)}: {row.name}")
                self._row(row)
        return self.states

    def _row(self, row: Row) -> None:
        state = self.states[row.name] = RowState(digest=row.digest)
        try:
            if row.not_runnable:
                state.status, state.reason = "failed", f"not runnable: {row.not_runnable}"
                return
            self._make(row, state)
            self._evaluate(row, state)
            lacks = state.reason or state.unscored or state.unmarked
            state.status = "partial" if lacks else "done"
        except Interrupted:
            state.status, state.reason = "pending", "interrupted; run the same command again"
            raise
        except StorypainterError as error:
            state.status, state.reason = "failed", str(error)
        except Exception as error:  # a crash in one row must not lose a night of others
            if os.environ.get("STORYPAINTER_TRACEBACK"):
                traceback.print_exc()
            state.status, state.reason = "failed", f"{type(error).__name__}: {error}"[:500]
        finally:
            self._keep_states()
            if state.reason:
                self._say(f"  {state.status}: {state.reason}")

    # -------------------------------------------------------------------- making

    def _make(self, row: Row, state: RowState) -> None:
        """The row's stories, and their pictures, in its own run folder."""
        folder = self.out / "rows" / row.name
        resolved = self._resolved(row, state)
        files: Mapping[str, Path] = {}
        if row.pictures:
            told, files = human_pairs(row, self._environment)
        elif row.stories:
            told = given_stories(row, self._environment)
        else:
            told = self._stories(row, resolved, state)[: row.n]
        if not told:
            raise StorypainterError("no story could be written", state.reason)
        plan = self._painting(row, resolved, told, files, folder)
        digest = content_hash([given.story.to_plain() for given in told])
        state.stories = digest
        asked = {**assembly.recorded(plan.spec), "n": plan.n, "stories": digest}
        asked["storyteller"] = "given"
        asked["painter"] = "" if plan.painter is None else asked["painter"]
        self._work(plan, folder, f"{row.name}: pictures", asked, resolved, state)

    def _painting(
        self,
        row: Row,
        resolved: Resolved[RunSpec],
        told: tuple[Given, ...],
        files: Mapping[str, Path],
        folder: Path,
    ) -> Plan:
        if row.pictures:
            plan = assembly.prepare_stories(resolved, told)
            spec = plan.spec.model_copy(update={"painter": "people"})
            return Plan(spec, plan.n, plan.teller, PicturesThatAreThere(files), {})
        if row.settings.get("painter") == "none":
            return assembly.prepare_stories(resolved, told)
        plan = assembly.prepare_given(self._capped(resolved, folder), self._environment, told)
        assembly.check_ceiling(plan)
        return plan

    def _stories(self, row: Row, resolved: Resolved[RunSpec], state: RowState) -> tuple[Given, ...]:
        """The stories that this row shares with others; written once."""
        if row.story_key in self._told:
            return self._told[row.story_key]
        folder = self.out / "stories" / row.story_key
        n = self._longest.get(row.story_key, row.n)
        spec = resolved.spec.model_copy(update={"n": n})
        shared = Resolved(spec, resolved.origins, resolved.prices)
        plan = assembly.prepare(self._capped(shared, folder), self._environment, paint=False)
        assembly.check_ceiling(plan)
        asked = {**assembly.recorded(spec), "n": n, "painter": ""}
        self._work(plan, folder, f"{row.name}: stories", asked, shared, state)
        with RunFolder(folder, read_only=True) as run:
            told = tuple(
                Given(item.story, plan.teller.scene(item.index))
                for item in items(run)
                if item.story is not None
            )
        if len(told) >= n:
            self._told[row.story_key] = told
        return told

    def _work(
        self,
        plan: Plan,
        folder: Path,
        what: str,
        asked: Mapping[str, Any],
        resolved: Resolved[RunSpec],
        state: RowState,
    ) -> None:
        with RunFolder(folder) as run_folder:
            run_folder.begin(asked, resolved.origins, self._command)
            run = Run(plan, run_folder)
            self._works(run, what)
            if run.stopping:
                raise Interrupted("interrupted", "run the same command again to go on")
            numbers = totals(run_folder)
            failed = numbers.stories_failed + numbers.pictures_failed
            if failed:
                why = "; ".join(reason for _, reason, _ in failures(run_folder, 1))
                state.reason = f"{failed} of {plan.n} items failed: {why}"

    # ---------------------------------------------------------------- evaluating

    def _evaluate(self, row: Row, state: RowState) -> None:
        """Each evaluator by itself: one that can't start costs its own columns only."""
        path = self.out / "rows" / row.name
        unwanted = {c.evaluator for c in self.experiment.columns if c.key in row.not_applicable}
        wanted = {c.evaluator for c in self.experiment.columns if c.key not in row.not_applicable}
        for name in self.experiment.evaluators:
            if name in unwanted - wanted:
                continue
            try:
                self._evaluate_by(name, row, path, state)
            except Interrupted:
                raise
            except (StorypainterError, ImportError) as error:
                state.unscored[name] = str(error)
                self._say(f"  {name}: {error}")

    def _evaluate_by(self, name: str, row: Row, path: Path, state: RowState) -> None:
        flags = {**self.experiment.evaluation, "evaluators": name}
        flags.setdefault("pool", row.settings.get("pool"))
        if flags["pool"]:
            flags["pool"] = resolve_pool_name(str(flags["pool"])).name
        resolved = settings.resolve_evaluation(flags, self._environment)
        resolved = Resolved(resolved.spec, resolved.origins, {**resolved.prices, **self._prices})
        with RunFolder(path) as folder:
            plan = assembly.prepare_evaluation(self._capped(resolved, path), self._environment)
            evaluation = Evaluation(plan, folder)
            self._works(evaluation, f"{row.name}: {name}")
            if evaluation.stopping:
                raise Interrupted("interrupted", "run the same command again to go on")
            found = next(label(each) for each in plan.evaluators if each.name == name)
            state.judges[name] = found
            stage = evaluation.stages[found]
            if stage.failed:
                kinds = ", ".join(f"{count} {kind}" for kind, count in stage.reasons.items())
                state.unmarked[name] = f"{stage.failed} stories could not be scored ({kinds})"
                self._say(f"  {name}: {state.unmarked[name]}")

    # ------------------------------------------------------------------ settings

    def _resolved(self, row: Row, state: RowState) -> Resolved[RunSpec]:
        resolved, notes = resolved_row(row, self._environment, self._prices)
        state.notes += notes
        return resolved

    def _capped(self, resolved: Resolved[settings.S], own: Path) -> Resolved[settings.S]:
        """The settings with what is left of the whole experiment's money."""
        if self._max_cost is None:
            return resolved
        elsewhere = spent_in(
            path for part in ("stories", "rows")
            for path in run_folders(self.out / part) if path != own
        )  # fmt: skip
        left = max(0.0, self._max_cost - elsewhere)
        spec = resolved.spec.model_copy(update={"max_cost": left})
        return Resolved(spec, resolved.origins, resolved.prices)

    def _keep_states(self) -> None:
        plain = {name: asdict(state) for name, state in self.states.items()}
        write_atomically(self.out / STATES, orjson.dumps(plain, option=orjson.OPT_INDENT_2))


# ------------------------------------------------------------------------ parts


def chosen_rows(experiment: Experiment, only: Sequence[str]) -> tuple[Row, ...]:
    """All rows, or those named.

    Raises:
        BadInput: a name that no row has.
    """
    known = {row.name: row for row in experiment.rows}
    for name in only:
        if name not in known:
            raise BadInput(f"--only {name}: no such row", f"there are: {', '.join(known)}")
    return tuple(row for row in experiment.rows if not only or row.name in only)


def resolved_row(
    row: Row, environment: Mapping[str, str], prices: Prices | None = None
) -> tuple[Resolved[RunSpec], list[str]]:
    """A row's settings, and notes where they are not what was asked for.

    Raises:
        BadInput: a value out of range, with the row's name.
    """
    flags = {k: v for k, v in row.settings.items() if v != ""}
    if flags.get("painter") == "none":
        del flags["painter"]
    if "briefs" in flags:
        flags["briefs"] = expanded(str(flags["briefs"]), environment)
    notes = []
    if flags.get("mode") != "naive" and "pool" in flags and row.telling.get("storyteller"):
        pool = resolve_pool_name(str(flags["pool"]))
        flags["pool"], notes = pool.name, [pool.note] if pool.note else []
    try:
        resolved = settings.resolve(flags, environment)
    except BadInput as error:
        raise BadInput(f"row {row.name}, {error.message}", error.hint) from None
    merged = {**resolved.prices, **(prices or {})}
    return Resolved(resolved.spec, resolved.origins, merged), notes


def read_states(out: Path) -> dict[str, RowState]:
    """What became of the rows so far; empty where nothing ran."""
    try:
        plain = orjson.loads((out / STATES).read_bytes())
        return {str(name): RowState(**state) for name, state in plain.items()}
    except FileNotFoundError:
        return {}
    except (OSError, orjson.JSONDecodeError, TypeError, AttributeError):
        raise RunFolderError(
            f"{out / STATES} can't be read", "delete it: the rows themselves are kept"
        ) from None


def locked(out: Path) -> IO[str]:
    """A context in which no other process works in an experiment's folder.

    Raises:
        RunFolderError: another one does.
    """
    return take_lock(out / "experiment.lock", out)
