"""What a run shows while it works: a table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from time import monotonic
from types import TracebackType
from typing import Protocol

import click

from storypainter.models.calling import Caller
from storypainter.steps import StageCount

_EVERY = 10.0  # seconds between plain lines


class Working(Protocol):
    """What can be watched and stopped: a run or an evaluation."""

    caller: Caller
    total: int

    @property
    def stages(self) -> Mapping[str, StageCount]: ...

    @property
    def stopping(self) -> bool: ...

    def stop(self) -> None: ...

    async def work(self) -> None: ...


class Progress:
    """Watches a run from a thread of its own; writes to standard error only.

    A terminal gets a table that is redrawn; anything else a plain line every ten seconds.
    """

    def __init__(self, run: Working, *, quiet: bool) -> None:
        self._run = run
        self._quiet = quiet
        self._started = monotonic()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Progress:
        if not self._quiet:
            target = self._table if sys.stderr.isatty() else self._lines
            self._thread = threading.Thread(target=target, name="progress", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _lines(self) -> None:
        while not self._ended.wait(_EVERY):
            click.echo(" | ".join(self.rows()), err=True)

    def _table(self) -> None:
        # A run that is over in a moment should not pay for drawing a table.
        if self._ended.wait(0.4):
            return
        from rich.console import Console
        from rich.live import Live
        from rich.text import Text

        with Live(console=Console(stderr=True), refresh_per_second=4, transient=True) as live:
            while not self._ended.wait(0.25):
                live.update(Text("\n".join(self.rows())))

    def rows(self) -> list[str]:
        """One line a stage: done, failed, in flight, rate, money, time left."""
        run, seconds = self._run, max(1e-6, monotonic() - self._started)
        found: list[str] = []
        for name, stage in run.stages.items():
            count = run.caller.counts.get(name)
            ready = stage.done + stage.reused
            left = run.total - ready - stage.failed
            parts = [f"{name}: {ready}/{run.total} done"]
            if stage.failed:
                parts.append(f"{stage.failed} failed")
            if count is not None:
                parts.append(f"{count.in_flight} in flight")
                if count.retries:
                    why = f", the last as {count.retried[:100]}" if count.retried else ""
                    parts.append(f"{count.retries} retries{why}")
            rate = (stage.done + stage.failed) / seconds
            if rate > 0:
                parts.append(f"{rate:.1f}/s" if rate >= 1 else f"{60 * rate:.1f}/min")
            if count is not None and (count.cost or count.unpriced):
                parts.append(money(count.cost, count.unpriced))
            if rate > 0 and left > 0:
                parts.append(f"{duration(left / rate)} left")
            found.append(", ".join(parts))
        return found


def money(dollars: float, unpriced: int) -> str:
    """``$1.23``, with a note on calls whose price is unknown; never a silent 0."""
    if unpriced and not dollars:
        return "cost unknown"
    shown = f"${dollars:.2f}" if dollars >= 0.1 or not dollars else f"${dollars:.4f}"
    return f"{shown} and {unpriced} calls of unknown price" if unpriced else shown


def duration(seconds: float) -> str:
    """``45 s``, ``3 min``, ``1 h 20 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
