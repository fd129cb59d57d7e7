"""The cap, the level that finds itself, and the pace, on a virtual clock."""

from __future__ import annotations

import asyncio
import random
from itertools import pairwise
from statistics import mean

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from memory_store import MemoryStore
from virtual_time import Stuck, VirtualLoop, now, run

from storypainter.models.calling import Caller, Limits
from storypainter.models.contract import CallFailed, ChatReply, ChatRequest, Message, Verdict
from storypainter.models.limiter import Cap, Level, Pace


class HiddenCapacity:
    """A server that serves so many calls at once, and answers 429 to the others."""

    def __init__(self, capacity: int = 10**9, noise: float = 0.0, bounce: float = 0.02) -> None:
        self.address = "openai/simulated"
        self.identity = {"provider": "openai", "model": "simulated"}
        self.capacity, self.noise, self.bounce = capacity, noise, bounce
        self.open = self.busy = self.peak = 0
        self._random = random.Random(7)

    async def chat(self, request: ChatRequest) -> ChatReply:
        self.open += 1
        self.peak = max(self.peak, self.open)
        try:
            if self.busy >= self.capacity or self._random.random() < self.noise:
                await asyncio.sleep(self.bounce)
                raise CallFailed(Verdict.RATE_LIMIT, "slow down")
            self.busy += 1
            try:
                await asyncio.sleep(self._random.uniform(0.7, 1.3))
            finally:
                self.busy -= 1
            return ChatReply("x")
        finally:
            self.open -= 1

    async def aclose(self) -> None: ...


async def work(
    server: HiddenCapacity, calls: int, limits: Limits, change: tuple[int, int] | None = None
) -> list[int]:
    """Send calls, as many at a time as the pipeline would; the level every half second."""
    caller = Caller(MemoryStore(), limits)
    levels: list[int] = []

    async def watch() -> None:
        while True:
            levels.append(caller.level(server))
            await asyncio.sleep(0.5)

    async def one(index: int) -> None:
        request = ChatRequest((Message("user", "x"),))
        await caller.chat(server, request, step="story", sample=str(index))
        window.release()

    window = asyncio.Semaphore(limits.max_concurrency)
    watching = asyncio.create_task(watch())
    async with asyncio.TaskGroup() as group:
        for index in range(calls):
            if change is not None and index == change[0]:
                server.capacity = change[1]
            await window.acquire()
            group.create_task(one(index))
    watching.cancel()
    assert caller.in_flight == 0
    return levels


@pytest.mark.parametrize("capacity", [8, 30])
def test_the_level_finds_a_hidden_capacity(capacity):
    server = HiddenCapacity(capacity)
    levels = run(work(server, capacity * 25, Limits(64, 8)))
    settled = levels[len(levels) // 2 : -6]
    assert 0.75 * capacity <= mean(settled) <= 1.25 * capacity
    assert max(settled) <= 1.5 * capacity


def test_the_level_finds_a_server_that_takes_one_call_at_a_time():
    levels = run(work(HiddenCapacity(1), 60, Limits(32, 8)))
    assert mean(levels[len(levels) // 2 :]) < 2.5


def test_the_level_follows_a_capacity_that_shrinks_and_recovers():
    shrinking = run(work(HiddenCapacity(40), 1200, Limits(64, 8), change=(800, 10)))
    assert 7.5 <= mean(shrinking[-30:-6]) <= 12.5
    growing = run(work(HiddenCapacity(10), 2400, Limits(64, 8), change=(150, 40)))
    assert 30 <= mean(growing[-20:-6]) <= 50


@pytest.mark.parametrize("start", [8, 64])
def test_occasional_429s_cost_little_concurrency(start):
    levels = run(work(HiddenCapacity(noise=0.05), 1500, Limits(64, start)))
    settled = levels[len(levels) // 2 : -6]
    assert mean(settled) >= 0.7 * 64


def test_the_cap_is_never_exceeded():
    server = HiddenCapacity()
    run(work(server, 300, Limits(16, 16)))
    assert server.peak == 16


def test_a_server_that_queues_stops_the_growth():
    level = Level(8, 64, clock=lambda: 0.0)
    level.succeeded(1.0)
    for calls in range(300):
        level.in_flight = level.allowed
        level.succeeded(9.0 if calls > 20 else 1.0)
    assert level.allowed < 40


def test_an_unused_level_does_not_grow():
    level = Level(8, 64, clock=lambda: 0.0)
    level.in_flight = 1
    for _ in range(100):
        level.succeeded(1.0)
    assert level.allowed == 8


@pytest.mark.parametrize(("start", "ceiling"), [(0, 5), (9, 3), (1, 0)])
def test_a_level_is_at_least_one_and_at_most_its_ceiling(start, ceiling):
    level = Level(start, ceiling, clock=lambda: 0.0)
    assert 1 <= level.allowed <= max(1, ceiling)
    for _ in range(50):
        level.refused(1.0)
    assert level.allowed == 1


def test_many_429s_pause_everybody_for_as_long_as_the_server_asks():
    async def story() -> list[float]:
        level, cap = Level(8, 8, now), Cap(8)
        starts: list[float] = []

        async def call(fails: bool) -> None:
            await cap.acquire(level, 0)
            starts.append(now())
            await asyncio.sleep(0.1)
            if fails:
                level.refused(30.0)
            cap.release(level)

        begun = now()
        await asyncio.gather(*(call(index < 8) for index in range(16)))
        return [start - begun for start in starts]

    starts = run(story())
    assert starts[7] == 0
    slipped = 3  # fewer than four 429s prove nothing yet
    assert all(start >= 30 for start in starts[8 + slipped :])


def test_the_pace_spaces_calls_even_when_they_wait_for_a_place_first():
    async def story() -> list[float]:
        level, cap = Level(4, 4, now, Pace(60)), Cap(4)
        starts: list[float] = []

        async def call() -> None:
            await cap.acquire(level, 0)
            starts.append(now())
            await asyncio.sleep(20 if len(starts) <= 4 else 0.1)
            cap.release(level)

        await asyncio.gather(*(call() for _ in range(20)))
        return starts

    starts = run(story())
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.999
    assert starts[-1] - starts[0] < 60


def test_no_pace_no_waiting():
    async def story() -> float:
        level, cap = Level(4, 4, now, Pace(None)), Cap(4)
        begun = now()
        for _ in range(100):
            await cap.acquire(level, 0)
            cap.release(level)
        return now() - begun

    assert run(story()) == 0


def test_later_stages_go_first_and_equals_by_arrival():
    async def story() -> list[str]:
        level, cap = Level(1, 1, now), Cap(1)
        order: list[str] = []

        async def call(name: str, priority: int) -> None:
            await cap.acquire(level, priority)
            order.append(name)
            await asyncio.sleep(1)
            cap.release(level)

        await asyncio.gather(
            call("first", 10), call("story 1", 10), call("story 2", 10), call("picture", 0)
        )
        return order

    assert run(story()) == ["first", "picture", "story 1", "story 2"]


def test_a_full_model_keeps_no_other_waiting():
    async def story() -> float:
        full, free, cap = Level(1, 1, now), Level(1, 1, now), Cap(8)
        await cap.acquire(full, 0)
        waiter = asyncio.create_task(cap.acquire(full, 0))
        await asyncio.sleep(0)
        begun = now()
        await asyncio.wait_for(cap.acquire(free, 10), 5)
        waiter.cancel()
        return now() - begun

    assert run(story()) == 0


def test_dismissed_waiters_leave_and_open_calls_stay():
    async def story() -> tuple[list[object], int]:
        level, cap = Level(1, 1, now), Cap(1)
        await cap.acquire(level, 0)
        waiters = [asyncio.create_task(cap.acquire(level, 0)) for _ in range(3)]
        await asyncio.sleep(0)
        cap.dismiss(lambda: CallFailed(Verdict.TRANSIENT, "over"))
        found = await asyncio.gather(*waiters, return_exceptions=True)
        return list(found), cap.in_flight

    found, in_flight = run(story())
    assert all(isinstance(each, CallFailed) for each in found)
    assert in_flight == 1


def test_a_lost_wake_up_would_be_noticed():
    async def story() -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(Stuck):
        run(story())


class Places(RuleBasedStateMachine):
    """Callers of two models come, are served, give up and go away, in any order.

    After every step nobody waits who could be served, nobody is served beyond a limit, and
    cancelled waiters leave no trace.
    """

    @initialize(limit=st.integers(1, 4), first=st.integers(1, 3), second=st.integers(1, 3))
    def begin(self, limit: int, first: int, second: int) -> None:
        self.loop = VirtualLoop()
        self.cap = Cap(limit)
        self.levels = [Level(first, first, self.loop.time), Level(second, second, self.loop.time)]
        self.waiting: list[tuple[int, int, asyncio.Task[None]]] = []
        self.holding: list[int] = []
        self.arrivals = 0

    def settle(self) -> None:
        async def turns() -> None:
            for _ in range(4):
                await asyncio.sleep(0)

        self.loop.run_until_complete(turns())
        for entry in [e for e in self.waiting if e[2].done()]:
            self.waiting.remove(entry)
            if not entry[2].cancelled():
                entry[2].result()
                self.holding.append(entry[1])

    @rule(which=st.integers(0, 1), priority=st.integers(0, 2))
    def come(self, which: int, priority: int) -> None:
        task = self.loop.create_task(self.cap.acquire(self.levels[which], priority))
        self.waiting.append((priority, which, task))
        self.settle()

    @rule(data=st.data())
    def go(self, data: st.DataObject) -> None:
        if self.holding:
            which = self.holding.pop(data.draw(st.integers(0, len(self.holding) - 1)))

            async def release() -> None:
                self.cap.release(self.levels[which])

            self.loop.run_until_complete(release())
            self.settle()

    @rule(data=st.data(), release_too=st.booleans())
    def give_up(self, data: st.DataObject, release_too: bool) -> None:
        if not self.waiting:
            return
        entry = self.waiting[data.draw(st.integers(0, len(self.waiting) - 1))]

        async def cancel() -> None:
            if release_too and self.holding:  # served and cancelled in the same turn
                self.cap.release(self.levels[self.holding.pop()])
            entry[2].cancel()

        self.loop.run_until_complete(cancel())
        self.settle()

    @invariant()
    def nothing_is_wrong(self) -> None:
        if not hasattr(self, "cap"):
            return
        assert self.cap.in_flight == len(self.holding) <= self.cap.limit
        for which, level in enumerate(self.levels):
            assert level.in_flight == self.holding.count(which) <= level.allowed
            could = self.cap.in_flight < self.cap.limit and level.in_flight < level.allowed
            assert not (could and any(w == which for _, w, _ in self.waiting)), "a lost wake-up"

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            for _, _, task in self.waiting:
                task.cancel()
            self.settle()
            self.loop.close()


TestPlaces = Places.TestCase
TestPlaces.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
