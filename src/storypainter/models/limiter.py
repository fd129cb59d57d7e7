"""How many calls are open at once: a cap for the run, and a level for each model that finds itself.

The level of a model starts low and doubles a round (one more for every success) until the first
429. From then on it behaves like a careful driver: a 429 takes a tenth off, at most once a
round; many 429s take half off and pause all calls for as long as the server asks; successes win
back lost ground quickly and probe beyond it slowly. A server that answers more and more slowly
without ever refusing (a queue behind it) stops the growth, because more calls would only wait
there instead of here.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Callable
from time import monotonic

_WINDOW = 24  # outcomes that tell an occasional 429 from a server that is full
_HEAVY = 0.3  # this share of 429s in the window means full
_QUEUEING = 4.0  # a latency this many times the best one means that calls queue at the server


class Cap:
    """At most ``limit`` calls at once over all models; later stages go first.

    Waiters are served by (priority, arrival), lowest first, so that a picture does not wait
    behind stories that were asked for earlier but started later.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.in_flight = 0
        self._arrivals = 0
        self._waiting: list[tuple[int, int, asyncio.Future[None], Level]] = []

    async def acquire(self, level: Level, priority: int) -> None:
        """Wait for a free place under the cap and under the model's own level."""
        if not self._waiting and self._free(level):
            self._take(level)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrivals += 1
        heapq.heappush(self._waiting, (priority, self._arrivals, future, level))
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.release(level)  # the place was given and can't be used
            raise

    def release(self, level: Level) -> None:
        """Give the place back and wake whoever fits now."""
        self.in_flight -= 1
        level.in_flight -= 1
        self.wake()

    def wake(self) -> None:
        """Serve waiters, in order, whose model has room."""
        passed: list[tuple[int, int, asyncio.Future[None], Level]] = []
        full: set[int] = set()
        while self._waiting and self.in_flight < self.limit:
            entry = heapq.heappop(self._waiting)
            _, _, future, level = entry
            if future.cancelled():
                continue
            if id(level) in full or not self._free(level):
                full.add(id(level))
                passed.append(entry)
                continue
            self._take(level)
            future.set_result(None)
        for entry in passed:
            heapq.heappush(self._waiting, entry)

    def _free(self, level: Level) -> bool:
        return self.in_flight < self.limit and level.in_flight < level.allowed

    def _take(self, level: Level) -> None:
        self.in_flight += 1
        level.in_flight += 1


class Level:
    """How many calls to one model are open at once.

    Args:
        start: the first level, at least 1.
        ceiling: never more than this.
        clock: seconds, monotonic.
    """

    def __init__(self, start: int, ceiling: int, clock: Callable[[], float] = monotonic) -> None:
        self.in_flight = 0
        self.paused_until = 0.0
        self._value = float(min(start, ceiling))
        self._ceiling = float(ceiling)
        self._known_good = float(ceiling)
        self._slow_start = True
        self._outcomes: deque[bool] = deque(maxlen=_WINDOW)
        self._best: float | None = None
        self._recent: float | None = None
        self._last_cut = float("-inf")
        self._clock = clock

    @property
    def allowed(self) -> int:
        """The level now, a whole number of calls."""
        return max(1, int(self._value + 1e-9))

    def succeeded(self, seconds: float) -> None:
        """A call came back well after ``seconds``."""
        self._outcomes.append(True)
        self._best = seconds if self._best is None else min(self._best * 1.01, seconds)
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
        else:
            step = 1.0 / self._value
        self._value = min(self._ceiling, self._value + step)

    def refused(self, retry_after: float | None) -> None:
        """The server answered 429."""
        self._outcomes.append(False)
        now = self._clock()
        share = self._outcomes.count(False) / len(self._outcomes)
        heavy = share >= _HEAVY and len(self._outcomes) >= 4
        if heavy and retry_after:
            self.paused_until = max(self.paused_until, now + min(retry_after, 120.0))
        if now - self._last_cut < (self._recent or 1.0):
            return
        self._last_cut = now
        if self._slow_start or heavy:
            self._known_good = max(1.0, self._value * 0.9)
        self._slow_start = False
        self._value = max(1.0, self._value * (0.5 if heavy else 0.9))


class Pace:
    """At most ``per_minute`` calls a minute, evenly spaced; no limit when ``None``."""

    def __init__(self, per_minute: float | None) -> None:
        self._gap = 60.0 / per_minute if per_minute else 0.0
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for the next slot."""
        if not self._gap:
            return
        now = monotonic()
        slot = max(now, self._next)
        self._next = slot + self._gap
        if slot > now:
            await asyncio.sleep(slot - now)
