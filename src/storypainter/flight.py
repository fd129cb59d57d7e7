"""Items in flight: so many at once, what stops them, and that nothing is left behind.

The pipeline, the evaluation and whatever else works through items send them through here, so that
all stop in the same way (``WorkingThrough``). A failure that costs one item is kept by its step
(``steps``) and never seen here. Whatever an item does raise ends the flight: nothing new starts,
calls in flight finish and are stored, unless they would fail the same way. In the end no task runs
on and every model is closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import TypeVar

from storypainter.errors import AuthFailed, RunFolderError, StorypainterError
from storypainter.models.calling import Caller, Limits, Stopping
from storypainter.models.pricing import Price
from storypainter.runs.folder import RunFolder
from storypainter.runs.replies import Replies
from storypainter.settings import CallingSpec
from storypainter.steps import StageCount, Steps

T = TypeVar("T")


class Flight:
    """The items that are being worked on, as a context: ``async with flight: await flight.each``.

    Leaving the context cancels what still runs, closes the models, and raises what stopped the
    flight. ``Stopping`` from inside it is no error: somebody asked for it.

    Args:
        steps: whose steps are to start no new work after a stop.
        caller: what is closed to new calls by a stop.
        closers: called once each when the context is left; their own failures are ignored.
    """

    def __init__(
        self, steps: Steps, caller: Caller, closers: Iterable[Callable[[], Awaitable[None]]] = ()
    ) -> None:
        self._steps = steps
        self._caller = caller
        self._closers = tuple(closers)
        self._tasks: set[asyncio.Task[None]] = set()
        self._fatal: StorypainterError | None = None

    @property
    def stopping(self) -> bool:
        """Whether nothing new is started."""
        return self._steps.stopping

    def stop(self) -> None:
        """Start nothing new; calls in flight finish and are stored."""
        self._steps.stopping = True
        self._caller.close_to_new_calls()

    async def each(
        self,
        items: Iterable[T],
        work: Callable[[T], Awaitable[None]],
        *,
        window: int,
        name: Callable[[T], str],
    ) -> None:
        """Work on every item, in order, and wait until the last one has ended.

        Args:
            items: read one by one; the next is in hand while it waits for room.
            work: all of one item. What it raises stops the flight, ``Stopping`` only the item.
            window: items in flight at most.
            name: what an item is called in a message.
        """
        room = asyncio.Semaphore(window)
        for item in items:
            await room.acquire()
            if self.stopping:
                break
            task = asyncio.create_task(self._work_on(item, work, name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            task.add_done_callback(lambda _: room.release())
            await asyncio.sleep(0)  # the first call goes out before the last item is begun
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def __aenter__(self) -> Flight:
        return self

    async def __aexit__(
        self,
        _: type[BaseException] | None,
        error: BaseException | None,
        __: TracebackType | None,
    ) -> bool:
        self._cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for close in self._closers:
            with suppress(Exception):
                await close()
        asked_for = isinstance(error, Stopping)
        if self._fatal is not None and (error is None or asked_for):
            raise self._fatal
        return asked_for

    async def _work_on(
        self, item: T, work: Callable[[T], Awaitable[None]], name: Callable[[T], str]
    ) -> None:
        try:
            await work(item)
        except Stopping:
            return
        except StorypainterError as error:
            self._stop_for(error)
            if isinstance(error, AuthFailed | RunFolderError):
                self._cancel()  # calls in flight would fail the same way, or can't be stored
        except Exception as error:  # a defect: stop cleanly, keep what is paid, say what it was
            defect = StorypainterError(
                f"internal error in {name(item)}: {error!r}",
                "run again with STORYPAINTER_TRACEBACK=1 to see where, and report it",
            )
            defect.__cause__ = error
            self._stop_for(defect)

    def _stop_for(self, error: StorypainterError) -> None:
        if self._fatal is None:
            self._fatal = error
        self.stop()

    def _cancel(self) -> None:
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()


class WorkingThrough:
    """What every working-through in a run folder has: one caller, its steps, and a flight.

    Whoever works through something (a run, an evaluation, a telling) sets ``total`` and adds what
    is done with an item. ``caller``, ``total`` and ``stages`` may be watched.

    Args:
        folder: where replies and results are kept.
        names: the steps to count.
        limits: calls at once, and what they may cost.
        prices: the user's own.
        closers: called once each at the end.
        failures: exceptions with a ``kind`` that fail an item and nothing else.
    """

    total: int

    def __init__(
        self,
        folder: RunFolder,
        names: tuple[str, ...],
        limits: Limits | None = None,
        prices: Mapping[str, Price] | None = None,
        closers: Iterable[Callable[[], Awaitable[None]]] = (),
        failures: tuple[type[StorypainterError], ...] = (),
    ) -> None:
        self.folder = folder
        self.caller = Caller(Replies(folder), limits, prices)
        self._steps = Steps(folder, names, failures)
        self._flight = Flight(self._steps, self.caller, closers)

    @property
    def stages(self) -> Mapping[str, StageCount]:
        """What became of each step so far."""
        return self._steps.stages

    @property
    def stopping(self) -> bool:
        """Whether nothing new is started."""
        return self._flight.stopping

    def stop(self) -> None:
        """Start nothing new; calls in flight finish and are stored."""
        self._flight.stop()


def limits_of(spec: CallingSpec) -> Limits:
    """A spec's limits, as the calling path wants them."""
    return Limits(
        max_concurrency=spec.max_concurrency,
        start_concurrency=min(spec.start_concurrency, spec.max_concurrency),
        rpm=spec.rpm,
        max_cost=spec.max_cost,
    )
