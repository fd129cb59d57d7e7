"""Processes for work that is pure computation: as many as cores, and none that outlives its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor

#: So many at most, each with its own memory.
MOST = 8


def cores() -> int:
    """How many cores this process may use, at most 8 (macOS knows only how many there are)."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, min(MOST, len(os.sched_getaffinity(0))))
    return max(1, min(MOST, os.cpu_count() or 1))


def process_pool(workers: int) -> ProcessPoolExecutor:
    """Processes that leave Ctrl-C to their parent and end when it is gone.

    Args:
        workers: how many, 1 or more; :func:`cores` is what this machine has room for.
    """
    return ProcessPoolExecutor(
        max_workers=workers,
        # A forked copy of a process with threads and sockets may hang.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin_worker,
    )


def _begin_worker() -> None:
    # Ctrl-C goes to the whole process group; the parent decides what is finished first.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when its parent is gone: a killed parent can't tell it to."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
