"""Which rewards a training asks for, and what must be open while they are given."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

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
#: Rewards that judge a narrative by themselves.
_JUDGING = ("grounded",)
#: What of a model's identity tells that another address is the same model.
_TELLING = ("model", "sha256")


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
    def reward_judges(self) -> tuple[str, ...]:
        """Whose judgement is rewarded: the judge's address, and the name of what else judges.

        ``length`` judges nothing; it is named where there is nothing else.
        """
        judge = (self.judge.address,) if self.judge is not None else ()
        grounded = tuple(name for name in _JUDGING if name in self.weights)
        return (*judge, *grounded) or tuple(sorted(self.weights))


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

    ``address`` is the judge's, with its identity as ``model_…``; ``also`` names the rewards that
    judged beside it. ``earlier`` are those of the training whose adapter this one goes on from,
    and of those before it; ``earlier_models`` says by address which models they were. Empty where
    nobody's judgement was rewarded.
    """
    before = _record_before(start)
    if rewarding is None:
        return before
    now = rewarding.reward_judges
    record: dict[str, Any] = {"address": now[0]}
    if rewarding.judge is not None:
        record |= {f"model_{key}": value for key, value in rewarding.judge.identity.items()}
    if now[1:]:
        record["also"] = list(now[1:])
    if not before:
        return record
    judges = dict.fromkeys((before["address"], *_names(before, "also"), *_names(before, "earlier")))
    others = [address for address in judges if address not in now]
    models = {address: model for address, model in _models(before).items() if address in others}
    if others:
        record["earlier"] = others
    if models:
        record["earlier_models"] = models
    return record


def _models(record: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Which models a record's judges were, by address: the name, and the hash of local weights."""
    found = record.get("earlier_models")
    models = dict(found) if isinstance(found, Mapping) else {}
    its = {key: record[f"model_{key}"] for key in _TELLING if record.get(f"model_{key}")}
    return {**models, record["address"]: its} if its else models


def _names(record: Mapping[str, Any], key: str) -> list[str]:
    names = record.get(key)
    return [each for each in names if isinstance(each, str)] if isinstance(names, list) else []


def _record_before(start: Path | None) -> dict[str, Any]:
    """The record of the training that an adapter comes from; a checkpoint lies a folder deeper."""
    for training in (start.parent, start.parent.parent) if start is not None else ():
        if (training / CONFIG).is_file():
            return _record_in(TuningFolder(training).read_config())
    return {}


def _record_in(config: Mapping[str, Any]) -> dict[str, Any]:
    """What a ``config.toml`` says, in today's form.

    Older ones name the judge alone where ``grounded`` was rewarded as well: it is in what was
    asked for.
    """
    found = config.get("reward_judge", {})
    if isinstance(found, str):
        found = {"address": found} if found else {}
    if not isinstance(found, dict) or not isinstance(found.get("address"), str):
        return {}
    asked = config.get("asked", {})
    rewards = orjson.loads(asked.get("rewards", "{}"))
    beside = [name for name in _JUDGING if name in rewards and name != found["address"]]
    also = [*dict.fromkeys((*_names(found, "also"), *beside))]
    return {**found, "also": also} if also else found
