"""Where the runs of a training set are worked through: their folders, their money, who may write.

    DATA/runs/teacher, DATA/runs/student, DATA/runs/smaller

Each is a run folder like any other, and the only store: the same command again repeats nothing
that is done. ``--max-cost`` holds for all of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Protocol

from storypainter import assembly
from storypainter.errors import Interrupted, RunFolderError
from storypainter.pipeline import Plan, Run
from storypainter.runs.folder import RunFolder, run_folders
from storypainter.runs.locking import take_lock
from storypainter.runs.replies import spent_in
from storypainter.settings import Resolved, RunSpec


class Works(Protocol):
    """Works a run through; ``what`` says in words what it is."""

    def __call__(self, run: Run, what: str) -> None: ...


class Workshop:
    """Prepares runs and works them through below a training set's folder.

    Args:
        out: the training set's folder.
        environment: usually ``os.environ``.
        works: works a run through (with signals and progress, say).
        max_cost: US dollars for all runs together, earlier ones included.
        command: the command line, for the record.
    """

    def __init__(
        self,
        out: Path,
        environment: Mapping[str, str],
        works: Works,
        *,
        max_cost: float | None = None,
        command: str = "storypainter distill",
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.out = out
        self.runs = out / "runs"
        self.pool_file = self.runs / "pool_train.jsonl"
        self.environment = environment
        self.say = say
        self._works = works
        self._max_cost = max_cost
        self._command = command

    def prepared(self, resolved: Resolved[RunSpec], n: int, name: str) -> Plan:
        """A plan for ``n`` stories, with what is left of the money.

        Raises:
            BadInput: what can be known to be wrong (see ``assembly.prepare``).
        """
        spec = resolved.spec.model_copy(update={"n": n, "max_cost": self._left(name)})
        asked = Resolved(spec, resolved.origins, resolved.prices)
        plan = assembly.prepare(asked, self.environment, paint=False)
        assembly.check_ceiling(plan)
        return plan

    def work(
        self,
        plan: Plan,
        resolved: Resolved[RunSpec],
        name: str,
        what: str,
        extra: Mapping[str, Any] | None = None,
    ) -> RunFolder:
        """Work a plan through in its folder, and open that for reading.

        Args:
            plan: what to do.
            resolved: where its settings came from, for the record.
            name: the folder's name.
            what: what is shown of it.
            extra: what else belongs to the question.

        Raises:
            Interrupted: somebody asked to stop.
            StorypainterError: what stopped the run.
        """
        # What is left of the money differs from one call to the next: it is no part of the question.
        spec = plan.spec.model_copy(update={"max_cost": self._max_cost})
        asked = {**assembly.recorded(spec), "n": plan.n, "painter": "", **(extra or {})}
        with RunFolder(self.runs / name) as folder:
            folder.begin(asked, resolved.origins, self._command)
            run = Run(plan, folder)
            self._works(run, what)
            if run.stopping:
                raise Interrupted("interrupted", "run the same command again to go on")
        return RunFolder(self.runs / name, read_only=True)

    def spent(self, but: str = "") -> float:
        """US dollars that the runs have cost so far, except the one named."""
        return spent_in(path for path in run_folders(self.runs) if path.name != but)

    def _left(self, name: str) -> float | None:
        if self._max_cost is None:
            return None
        return max(0.0, self._max_cost - self.spent(but=name))

    def locked(self) -> IO[str]:
        """A context in which no other process works in the training set's folder.

        Raises:
            RunFolderError: another one does, or the folder can't be written.
        """
        try:
            self.runs.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunFolderError(
                f"{self.out} can't be written: {(error.strerror or 'no').lower()}",
                "choose another --out",
            ) from None
        return take_lock(self.runs / "distill.lock", self.out)
