"""Which rewards a training asks for, and what must be open while they are given."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storypainter.models.calling import Caller, Limits
from storypainter.models.contract import Writer
from storypainter.models.pricing import Price
from storypainter.runs.folder import RunFolder
from storypainter.runs.replies import Replies
from storypainter.sequence import Sequence as Annotated
from storypainter.sequences.tasks.rows import TaskRow
from storypainter.sequences.training.rewards.combined import Reward
from storypainter.sequences.training.rewards.contract import RewardPart, Target
from storypainter.sequences.training.rewards.grounded import GroundedReward
from storypainter.sequences.training.rewards.judge import JudgeReward, judge_identity
from storypainter.sequences.training.rewards.length import LengthReward
from storypainter.training.tuning.folder import CONFIG, TuningFolder

#: Where the judge's replies are kept, in the training's folder.
JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class Rewarding:
    """Which rewards, and how much each counts.

    Attributes:
        weights: by name (``grounded``, ``judge``, ``length``), each above 0.
        judge: a connected model where ``judge`` is among them.
        closers: what to close in the end.
        band: the shortest and the longest narrative without a penalty, as shares of the true one.
        limits: for the judge's calls.
        prices: likewise.
    """

    weights: Mapping[str, float]
    judge: Writer | None = None
    closers: tuple[Callable[[], Any], ...] = ()
    band: tuple[float, float] = (0.6, 1.5)
    limits: Limits = field(default_factory=Limits)
    prices: Mapping[str, Price] = field(default_factory=dict)

    def identity(self) -> dict[str, Any]:
        """All that decides a reward but the data."""
        parts: dict[str, Any] = {}
        for name, weight in sorted(self.weights.items()):
            if name == "judge":
                assert self.judge is not None
                parts[name] = {"weight": weight, **judge_identity(self.judge)}
            elif name == "length":
                parts[name] = {"weight": weight, **LengthReward(*self.band).identity}
            else:
                parts[name] = {"weight": weight, **GroundedReward(()).identity}
        return parts

    @property
    def reward_judge(self) -> str:
        """Whose judgement is rewarded: the judge's address, or the name of the reward that judges."""
        return self.judge.address if self.judge is not None else "grounded"


class OpenRewards:
    """The reward while a training needs it: its judge's store, its loop, and what must be closed.

    Args:
        rewarding: which rewards.
        rows: those that narratives are told of; their place here is their number.
        annotated: the sequences of the set, by id.
        folder: the training's; the judge's replies are kept in it.
    """

    def __init__(
        self,
        rewarding: Rewarding,
        rows: Sequence[TaskRow],
        annotated: Mapping[str, Annotated],
        folder: Path,
    ) -> None:
        self._rewarding, self._rows, self._annotated = rewarding, rows, annotated
        self._folder = folder
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> CountingReward:
        parts: list[tuple[RewardPart, float]] = []
        judge: JudgeReward | None = None
        for name, weight in self._rewarding.weights.items():
            if name == "grounded":
                parts.append((GroundedReward(self._annotated.values()), weight))
            elif name == "length":
                parts.append((LengthReward(*self._rewarding.band), weight))
            else:
                judge = self._judge(self._rewarding)
                parts.append((judge, weight))
        targets = {
            at: Target(row, self._annotated.get(row.sequence)) for at, row in enumerate(self._rows)
        }
        return CountingReward(parts, targets, judge)

    def _judge(self, rewarding: Rewarding) -> JudgeReward:
        assert rewarding.judge is not None
        # Processes of one launch don't share a store: each asks about its own completions.
        rank = os.environ.get("RANK", "0")
        where = self._folder / (JUDGE if rank == "0" else f"{JUDGE}-{rank}")
        kept = self._stack.enter_context(RunFolder(where))
        runner = self._stack.enter_context(asyncio.Runner())

        async def close() -> None:
            for closer in rewarding.closers:
                await closer()

        self._stack.callback(lambda: runner.run(close()))

        async def caller() -> Caller:
            return Caller(Replies(kept), rewarding.limits, rewarding.prices)

        return JudgeReward(rewarding.judge, runner.run(caller()), runner)

    def __exit__(self, *_: object) -> None:
        self._stack.close()


class CountingReward(Reward):
    """A reward that knows what its judge failed at."""

    def __init__(
        self,
        parts: Sequence[tuple[RewardPart, float]],
        targets: Mapping[int, Target],
        judge: JudgeReward | None,
    ) -> None:
        super().__init__(parts, targets)
        self._judge = judge

    @property
    def failures(self) -> Mapping[str, int]:
        """Completions without a reward, by the reason."""
        return self._judge.failures if self._judge is not None else {}


def judge_record(rewarding: Rewarding | None, start: Path | None) -> dict[str, Any]:
    """Whose judgement was rewarded, for those who must not judge the result as well.

    Also earlier, in the training whose adapter this one goes on from; empty where nobody's was.
    """
    before = _reward_judge_of(start.parent) if start is not None else {}
    if rewarding is None:
        return before
    record: dict[str, Any] = {"address": rewarding.reward_judge}
    if rewarding.judge is not None:
        record |= {f"model_{key}": value for key, value in rewarding.judge.identity.items()}
    earlier = [before["address"], *before.get("earlier", [])] if before else []
    others = [address for address in dict.fromkeys(earlier) if address != record["address"]]
    return {**record, "earlier": others} if others else record


def _reward_judge_of(training: Path) -> dict[str, Any]:
    path = training / CONFIG
    if not path.is_file():
        return {}
    found = TuningFolder(training).read_config().get("reward_judge", {})
    return found if isinstance(found, dict) and isinstance(found.get("address"), str) else {}
