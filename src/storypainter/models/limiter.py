"""How many calls are open at once: a cap for the run, and a level for each model that finds itself.

The level of a model starts low and doubles a round (one more for every success) until the server
is full. A single 429 says little, because servers also throw some at random: full means that a
good share of the latest answers were 429s. Then the number of calls that the server still holds
is the best guess of what it can take; the level goes just below it, wins back lost ground quickly
and probes beyond it slowly. Many 429s also pause all calls for as long as the server asks. A
server that answers more and more slowly without ever refusing (a queue behind it) stops the
growth, because more calls would only wait there instead of here.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Callable
from time import monotonic

_WINDOW = 40  # outcomes that tell occasional 429s from a server that is full
_FULL = 0.2  # this share of 429s in the window means full
_HEAVY = 0.3  # this share means so full that it is better to wait than to try
_FEWEST = 4  # fewer 429s than this prove nothing
_QUEUEING = 4.0  # a latency this many times the best one means that calls queue at the server
_LONGEST_PAUSE = 120.0


class Cap:
    """At most ``limit`` calls at once over all models.

    Waiters are served by (priority, arrival), lowest first; a run's calls have one priority. A
    waiter whose own model is full, paused or paced keeps nobody else waiting.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.in_flight = 0
        self._arrivals = 0
        self._waiting: dict[Level, list[tuple[int, int, asyncio.Future[None]]]] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def acquire(self, level: Level, priority: int) -> None:
        """Wait for a free place under the cap and under the model's own level."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrivals += 1
        heapq.heappush(self._waiting.setdefault(level, []), (priority, self._arrivals, future))
        self.wake()
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self.release(level)  # the place was given and can't be used
            raise

    def release(self, level: Level) -> None:
        """Give the place back and wake whoever fits now."""
        self.in_flight -= 1
        level.in_flight -= 1
        self.wake()

    def wake(self) -> None:
        """Serve waiters, in order, whose model has room."""
        while self.in_flight < self.limit and (level := self._next()) is not None:
            _, _, future = heapq.heappop(self._waiting[level])
            self.in_flight += 1
            level.take()
            future.set_result(None)
        self._set_timer()

    def dismiss(self, error: Callable[[], Exception]) -> None:
        """Send all waiters away with an error; calls in flight go on."""
        for queue in self._waiting.values():
            for _, _, future in queue:
                if not future.done():
                    future.set_exception(error())
            queue.clear()
        self._set_timer()

    def _next(self) -> Level | None:
        """The model of the first waiter that may go now."""
        first: tuple[int, int] | None = None
        found: Level | None = None
        for level, queue in self._waiting.items():
            while queue and queue[0][2].cancelled():
                heapq.heappop(queue)
            if queue and level.has_room and (first is None or queue[0][:2] < first):
                first, found = queue[0][:2], level
        return found

    def _set_timer(self) -> None:
        """Wake again when the first paused or paced model with waiters opens."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        delays = [level.opens_in for level, queue in self._waiting.items() if queue]
        later = [delay for delay in delays if delay > 0]
        if later and self.in_flight < self.limit:
            self._timer = asyncio.get_running_loop().call_later(min(later), self.wake)


class Pace:
    """At most ``per_minute`` calls a minute, evenly spaced; no limit when ``None``."""

    def __init__(self, per_minute: float | None) -> None:
        self._gap = 60.0 / per_minute if per_minute else 0.0
        self.next_slot = float("-inf")

    def take(self, now: float) -> None:
        """Use the slot that is open now."""
        if self._gap:
            self.next_slot = max(now, self.next_slot) + self._gap


class Level:
    """How many calls to one model are open at once.

    Args:
        start: the first level, at least 1.
        ceiling: never more than this.
        clock: seconds, monotonic.
        pace: how many calls a minute; no limit if not given.
    """

    def __init__(
        self,
        start: int,
        ceiling: int,
        clock: Callable[[], float] = monotonic,
        pace: Pace | None = None,
    ) -> None:
        self.in_flight = 0
        self.paused_until = float("-inf")
        self._value = float(max(1, min(start, ceiling)))
        self._ceiling = float(max(1, ceiling))
        self._known_good = self._ceiling
        self._slow_start = True
        self._outcomes: deque[bool] = deque(maxlen=_WINDOW)
        self._successes = 0  # since the last cut
        self._best: float | None = None
        self._recent: float | None = None
        self._last_cut = float("-inf")
        self._clock = clock
        self._pace = pace or Pace(None)

    @property
    def allowed(self) -> int:
        """The level now, a whole number of calls."""
        return max(1, int(self._value + 1e-9))

    @property
    def opens_in(self) -> float:
        """Seconds until the pause ends and the next slot of the pace opens; 0 if they have."""
        return max(0.0, max(self.paused_until, self._pace.next_slot) - self._clock())

    @property
    def has_room(self) -> bool:
        """Whether one more call may be opened now."""
        return self.in_flight < self.allowed and self.opens_in == 0

    def take(self) -> None:
        """Open a call."""
        self.in_flight += 1
        self._pace.take(self._clock())

    def succeeded(self, seconds: float) -> None:
        """A call came back well after ``seconds``; it still counts as in flight."""
        self._outcomes.append(True)
        self._successes += 1
        self._best = seconds if self._best is None else min(self._best * 1.001, seconds)
        self._recent = (
            seconds if self._recent is None else self._recent + 0.2 * (seconds - self._recent)
        )
        if self._recent > _QUEUEING * self._best and self.allowed > 8:
            return
        if self.in_flight < self.allowed * 0.8:
            return  # not limited by the level: nothing was learnt about a higher one
        if self._slow_start:
            step = 1.0
        elif self._value < self._known_good:
            step = 0.25
        else:  # one more a round, and faster the longer it goes well
            step = min(0.25, (1 + self._successes / (4 * self._value)) / self._value)
        self._value = min(self._ceiling, self._value + step)

    def refused(self, retry_after: float | None) -> None:
        """The server answered 429; the call still counts as in flight."""
        self._outcomes.append(False)
        now = self._clock()
        refusals = self._outcomes.count(False)
        share = refusals / len(self._outcomes)
        if refusals < _FEWEST or share < _FULL:
            return
        if retry_after and share >= _HEAVY:
            self.paused_until = max(self.paused_until, now + min(retry_after, _LONGEST_PAUSE))
        if now - self._last_cut < (self._recent or 1.0):
            return  # calls sent before the last cut still come back
        self._last_cut = now
        self._slow_start = False
        self._successes = 0
        self._outcomes.clear()
        self._known_good = max(
            1.0, min(0.95 * self._value, max(0.5 * self._value, self.in_flight - 1))
        )
        self._value = max(1.0, 0.9 * self._known_good)
