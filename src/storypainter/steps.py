"""A step: look up its key in the run folder, or work and record what came of it.

The pipeline and the evaluation both go through here, so that both resume in the same way: a
step whose key is done is skipped, a failed one is tried again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from storypainter.errors import StorypainterError
from storypainter.models.calling import Stopping
from storypainter.models.contract import CallFailed
from storypainter.runs.folder import RunFolder
from storypainter.value import Value, content_hash

V = TypeVar("V", bound=Value)


@dataclass(slots=True)
class StageCount:
    """What became of one step over all items so far; ``reused`` ones were done before."""

    done: int = 0
    failed: int = 0
    reused: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


class Steps:
    """The steps of one working-through. ``stages`` may be watched.

    Args:
        folder: where results lie.
        names: the steps to count.
        failures: exceptions with a ``kind`` that fail an item and nothing else.
    """

    def __init__(
        self,
        folder: RunFolder,
        names: tuple[str, ...],
        failures: tuple[type[StorypainterError], ...] = (),
    ) -> None:
        self.stages = {name: StageCount() for name in names}
        self.stopping = False
        self._folder = folder
        self._failures = failures

    async def take(
        self,
        step: str,
        version: str,
        item: int,
        inputs: Mapping[str, Any],
        kind: type[V],
        work: Callable[[int], Awaitable[V]],
    ) -> V | None:
        """The step's value, stored or new; ``None`` when it failed for this item.

        Args:
            step: its name; counted under ``stages``.
            version: raised when the meaning of a stored result changes.
            item: the item's index.
            inputs: all that decides the result, as plain JSON.
            kind: what the result is.
            work: makes the result; it is given the number of earlier failures.

        Raises:
            Stopping: nothing new is to be started.
        """
        key = content_hash({"step": step, "version": version, "inputs": dict(inputs)})
        self._folder.link(item, step, key)
        before = self._folder.step(key)
        stage = self.stages.get(step)
        if before is not None and before.done and before.result is not None:
            if stage is not None:
                stage.reused += 1
            return kind.from_json(before.result)
        if self.stopping:
            raise Stopping
        try:
            value = await work(before.failures if before is not None else 0)
        except CallFailed as failure:
            await self._failed(step, key, stage, failure.verdict.value, str(failure))
            return None
        except self._failures as failure:
            reason_kind = str(getattr(failure, "kind", "failed"))
            await self._failed(step, key, stage, reason_kind, str(failure))
            return None
        await self._folder.done(key, step, value.to_json().encode())
        if stage is not None:
            stage.done += 1
        return value

    async def _failed(
        self, step: str, key: str, stage: StageCount | None, kind: str, reason: str
    ) -> None:
        await self._folder.failed(key, step, kind, reason)
        if stage is not None:
            stage.failed += 1
            stage.reasons[kind] = stage.reasons.get(kind, 0) + 1
