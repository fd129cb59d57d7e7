"""How long a training has taken, over all its calls, and how long it may still take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

#: The log's own column for the time; the curves leave it out, so that they don't depend on it.
_SECONDS = "seconds"


class Pace:
    """Counts the seconds of a training that may be resumed, and the updates of this call.

    Args:
        clock: seconds from any beginning; it never goes back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._before = 0.0
        self._from: tuple[int, float] = (0, self._began)
        self._last: tuple[int, float] = self._from

    def earlier(self, history: Sequence[Mapping[str, Any]]) -> None:
        """Count on from the log of earlier calls."""
        if history:
            step = int(history[-1].get("step", 0))
            self._before = float(history[-1].get(_SECONDS, 0.0))
            self._from = self._last = (step, self._clock())

    def start(self) -> None:
        """The updates begin now; loading is no part of their pace."""
        self._from = self._last = (self._from[0], self._clock())

    def note(self, entry: dict[str, Any]) -> None:
        """Take the log's newest entry, and write the time into it for calls to come."""
        entry[_SECONDS] = round(self.seconds, 1)
        step, now = int(entry.get("step", 0)), self._clock()
        if step == self._from[0]:
            self._from = (step, now)  # the base's own score comes before the first update
        self._last = (step, now)

    @property
    def seconds(self) -> float:
        """Since the beginning, over all calls."""
        return self._before + self._clock() - self._began

    @property
    def of_an_update(self) -> float | None:
        """Seconds that an update took in this call on average; None before the first."""
        done = self._last[0] - self._from[0]
        return (self._last[1] - self._from[1]) / done if done > 0 else None

    def left(self, updates: int) -> float | None:
        """Seconds that so many updates may take; None while nothing is known, or none is left."""
        one = self.of_an_update
        return one * updates if one is not None and updates > 0 else None

    def said(self) -> str:
        """`` (about 14 s each)``, or nothing before the first update."""
        one = self.of_an_update
        return f" (about {rounded(one)} each)" if one is not None else ""


def rounded(seconds: float) -> str:
    """``45 s``, ``3 min``, ``2 h 5 min``."""
    if seconds < 90:
        return f"{max(1.0, seconds):.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
