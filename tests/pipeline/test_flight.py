"""A flight: its window, what stops it, what is cancelled, what is closed."""

from __future__ import annotations

import asyncio

import pytest
from memory_store import MemoryStore

from storypainter.errors import AuthFailed, OutOfBudget, RunFolderError, StorypainterError
from storypainter.flight import Flight, WorkingThrough, limits_of
from storypainter.models.calling import Caller, Limits, Stopping
from storypainter.models.contract import ChatRequest, Message
from storypainter.models.rehearsal import Rehearsal
from storypainter.runs.folder import RunFolder
from storypainter.settings import EvaluationSpec, RunSpec
from storypainter.steps import Steps


@pytest.fixture
def steps(tmp_path):
    with RunFolder(tmp_path / "run") as folder:
        yield Steps(folder, ("story",))


class Closing:
    """Closers that count, the first of which fails."""

    def __init__(self):
        self.closed: list[str] = []

    async def first(self):
        self.closed.append("first")
        raise OSError("already gone")

    async def second(self):
        self.closed.append("second")

    @property
    def closers(self):
        return (self.first, self.second)


def ready(steps, closing=None) -> Flight:
    return Flight(steps, Caller(MemoryStore()), closing.closers if closing else ())


async def flown(flight, items, work, window=3):
    async with flight:
        await flight.each(items, work, window=window, name=lambda item: f"item {item}")


def nobody_left():
    """Whether the test is the only task of its loop."""
    return asyncio.all_tasks() == {asyncio.current_task()}


async def test_every_item_once_in_order_and_no_more_than_the_window(steps):
    closing, begun, together, most = Closing(), [], 0, 0

    async def work(item):
        nonlocal together, most
        begun.append(item)
        together += 1
        most = max(most, together)
        await asyncio.sleep(0.001 * (item % 4))
        together -= 1

    flight = ready(steps, closing)
    await flown(flight, range(40), work)
    assert begun == list(range(40))
    assert (most, together) == (3, 0)
    assert not flight.stopping
    assert closing.closed == ["first", "second"]


async def test_items_are_read_as_there_is_room(steps):
    read, release = [], asyncio.Event()

    def items():
        for item in range(10):
            read.append(item)
            yield item

    async def work(item):
        await release.wait()

    running = asyncio.create_task(flown(ready(steps), items(), work))
    await asyncio.sleep(0.01)
    assert read == [0, 1, 2, 3]  # three in flight, one in hand
    release.set()
    await running
    assert read == list(range(10))


async def test_the_first_item_begins_before_the_second_is_read(steps):
    log = []

    def items():
        for item in range(3):
            log.append(f"read {item}")
            yield item

    async def work(item):
        log.append(f"begin {item}")

    await flown(ready(steps), items(), work)
    assert log == [f"{what} {item}" for item in range(3) for what in ("read", "begin")]


async def test_a_stop_lets_items_in_flight_finish_and_begins_no_other(steps):
    closing, begun, finished = Closing(), [], []
    flight = ready(steps, closing)

    async def work(item):
        begun.append(item)
        await asyncio.sleep(0.01)
        finished.append(item)
        flight.stop()

    await flown(flight, range(10), work)
    assert begun == finished == [0, 1, 2]
    assert flight.stopping
    assert steps.stopping
    assert closing.closed == ["first", "second"]


async def test_a_stop_closes_the_caller_to_new_calls(steps):
    caller = Caller(MemoryStore())
    flight = Flight(steps, caller)
    writer = Rehearsal()
    request = ChatRequest((Message("user", "A cat?"),))
    await caller.chat(writer, request, step="story", sample="before")
    flight.stop()
    with pytest.raises(Stopping):
        await caller.chat(writer, request, step="story", sample="after")


async def test_an_item_that_is_stopping_is_no_error(steps):
    done = []

    async def work(item):
        if item == 1:
            raise Stopping
        done.append(item)

    flight = ready(steps)
    await flown(flight, range(4), work)
    assert done == [0, 2, 3]
    assert not flight.stopping


async def test_stopping_from_inside_the_context_is_no_error_and_closes(steps):
    closing = Closing()
    async with ready(steps, closing):
        raise Stopping
    assert closing.closed == ["first", "second"]


async def test_the_first_error_stops_the_flight_and_the_rest_finishes(steps):
    closing, finished = Closing(), []

    async def work(item):
        await asyncio.sleep(0.01 if item == 1 else 0.02)
        if item in (1, 2):
            raise OutOfBudget(f"item {item} is too dear")
        finished.append(item)

    flight = ready(steps, closing)
    with pytest.raises(OutOfBudget, match="item 1 is too dear"):
        await flown(flight, range(10), work)
    assert finished == [0]
    assert flight.stopping
    assert closing.closed == ["first", "second"]
    assert nobody_left()


@pytest.mark.parametrize("error", [AuthFailed("refused"), RunFolderError("the disk is full")])
async def test_what_would_hit_every_call_cancels_those_in_flight(steps, error):
    cancelled = []

    async def work(item):
        if item == 2:
            raise error
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(item)
            raise

    closing = Closing()
    with pytest.raises(type(error), match=error.message):
        await flown(ready(steps, closing), range(10), work)
    assert sorted(cancelled) == [0, 1]
    assert closing.closed == ["first", "second"]
    assert nobody_left()


async def test_a_defect_names_its_item_and_keeps_its_cause(steps):
    finished = []

    async def work(item):
        if item == 1:
            raise ZeroDivisionError("x")
        await asyncio.sleep(0.01)
        finished.append(item)

    with pytest.raises(StorypainterError, match="internal error in item 1: Zero") as caught:
        await flown(ready(steps), range(9), work)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert finished == [0]


async def test_cancelling_the_flight_cancels_its_items_and_closes_once(steps):
    closing, cancelled = Closing(), []

    async def work(item):
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0.01)  # an item may need a moment to let go
            cancelled.append(item)
            raise

    running = asyncio.create_task(flown(ready(steps, closing), range(10), work))
    await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert sorted(cancelled) == [0, 1, 2]
    assert closing.closed == ["first", "second"]
    assert nobody_left()


async def test_a_cancelled_flight_is_cancelled_even_after_an_error(steps):
    closing = Closing()

    async def work(item):
        if item == 1:
            raise OutOfBudget("no money")
        await asyncio.Event().wait()

    running = asyncio.create_task(flown(ready(steps, closing), range(10), work))
    await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert closing.closed == ["first", "second"]
    assert nobody_left()


async def test_items_that_cannot_be_read_end_the_flight(steps):
    closing, cancelled = Closing(), []

    def items():
        yield 0
        raise RunFolderError("the database is damaged")

    async def work(item):
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(item)
            raise

    with pytest.raises(RunFolderError, match="damaged"):
        await flown(ready(steps, closing), items(), work)
    assert cancelled == [0]
    assert closing.closed == ["first", "second"]
    assert nobody_left()


async def test_an_error_after_the_items_is_raised_as_it_is(steps):
    closing = Closing()

    async def work(item):
        return

    async def findings():
        async with ready(steps, closing) as flight:
            await flight.each(range(3), work, window=2, name=str)
            raise OutOfBudget("no money for findings")

    with pytest.raises(OutOfBudget, match="findings"):
        await findings()
    assert closing.closed == ["first", "second"]


async def test_no_items_still_close(steps):
    closing = Closing()

    async def work(item):
        raise AssertionError("nothing to work on")

    await flown(ready(steps, closing), (), work)
    assert closing.closed == ["first", "second"]


async def test_a_working_through_counts_its_steps_and_stops_them_with_its_calls(tmp_path):
    closing, request = Closing(), ChatRequest((Message("user", "Write."),))
    with RunFolder(tmp_path / "run") as folder:
        work = WorkingThrough(folder, ("story", "picture"), closers=closing.closers)
        assert list(work.stages) == ["story", "picture"]
        assert not work.stopping
        work.stop()
        assert work.stopping
        with pytest.raises(Stopping):
            await work.caller.chat(Rehearsal(), request, step="story", sample="0")
        async with work._flight:
            pass
    assert closing.closed == ["first", "second"]


@pytest.mark.parametrize("kind", [RunSpec, EvaluationSpec])
def test_limits_are_the_specs_and_never_start_above_the_most(kind):
    spec = kind(max_concurrency=4, start_concurrency=9, rpm=30, max_cost=1.5)
    assert limits_of(spec) == Limits(4, 4, 30, 1.5)
    assert limits_of(kind(max_concurrency=9, start_concurrency=4)) == Limits(9, 4)
