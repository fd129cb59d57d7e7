"""An event loop whose clock jumps: hours of waiting and retrying pass in milliseconds."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Stuck(Exception):
    """Nothing is left to happen, and the test still waits: a lost wake-up."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """Time stands still while anything can run, and then jumps to the next timer."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 1000.0

    def time(self) -> float:
        return self._seconds

    def _run_once(self) -> None:
        ready, timers = self._ready, self._scheduled
        while timers and timers[0]._cancelled:
            import heapq

            self._timer_cancelled_count -= 1
            heapq.heappop(timers)._scheduled = False
        if not ready:
            if not timers:
                raise Stuck
            self._seconds = max(self._seconds, timers[0]._when)
        super()._run_once()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run on a virtual clock to the end."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def now() -> float:
    """Virtual seconds."""
    return asyncio.get_running_loop().time()
