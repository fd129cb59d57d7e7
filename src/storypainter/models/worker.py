"""How a model inside this process runs: on one thread, one call at a time, with a deadline.

asyncio stays alive meanwhile, and a call that is cancelled, out of time or no longer wanted
because the model is closed stops at its next token or step instead of running to its end.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from storypainter.models.contract import CallFailed, Verdict
from storypainter.models.local_files import Source
from storypainter.models.openai_wire import one_line

Result = TypeVar("Result")


class Watch:
    """One call's stop sign; the work looks at ``is_over`` between tokens or steps."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadline = float("inf")
        self._dropped = Event()

    def start(self) -> None:
        """Begin to count; what came before (loading, other calls) is not this call's time."""
        self._deadline = time.monotonic() + self._seconds

    def drop(self) -> None:
        """Nobody wants the result any more."""
        self._dropped.set()

    @property
    def is_over(self) -> bool:
        """Whether to stop."""
        return self._dropped.is_set() or time.monotonic() > self._deadline

    def check(self) -> None:
        """Raise if the work was stopped.

        Raises:
            CallFailed: TIMEOUT.
        """
        if self._dropped.is_set():
            raise CallFailed(Verdict.TIMEOUT, "the call was given up before it ended")
        if time.monotonic() > self._deadline:
            raise CallFailed(
                Verdict.TIMEOUT,
                f"no answer within {self._seconds:g} s",
                "raise --timeout, ask for less, or choose a smaller model",
            )


class Worker:
    """The thread of one model.

    Args:
        name: the thread's name.
        timeout: seconds that one call may take once it has begun.
    """

    def __init__(self, name: str, timeout: float) -> None:
        self._name = name
        self._timeout = timeout
        self._thread: ThreadPoolExecutor | None = None
        self._watches: set[Watch] = set()

    async def run(self, work: Callable[[Watch], Result]) -> Result:
        """Do ``work`` when those before it are done."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, self._name)
        watch = Watch(self._timeout)
        self._watches.add(watch)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work, watch)
        finally:
            watch.drop()
            self._watches.discard(watch)

    async def aclose(self, last: Callable[[], None]) -> None:
        """Stop running calls, then do ``last`` on the thread and end it.

        Does nothing when there was no call; a later call begins anew.
        """
        thread, self._thread = self._thread, None
        if thread is None:
            return
        for watch in tuple(self._watches):
            watch.drop()
        await asyncio.get_running_loop().run_in_executor(thread, last)
        thread.shutdown(wait=False)


def torch_device(wanted: str) -> str:
    """The device's name for torch; ``auto`` is the first CUDA device, else the processor.

    Raises:
        CallFailed: NOT_FOUND, for a device that torch has not got.
    """
    import torch

    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    try:
        device = torch.device(wanted)
    except RuntimeError:
        raise _no_device(wanted, "torch knows no such device") from None
    if device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        raise _no_device(wanted, f"torch sees {torch.cuda.device_count()} CUDA devices here")
    if device.type not in ("cpu", "cuda"):
        raise _no_device(wanted, "only cpu and cuda are supported")
    return wanted


def _no_device(wanted: str, why: str) -> CallFailed:
    return CallFailed(
        Verdict.NOT_FOUND, f"there is no device {wanted!r}: {why}", "use --device auto or cpu"
    )


def not_loadable(source: Source, error: BaseException) -> CallFailed:
    """Why weights can't be loaded, in one line with the next step."""
    from huggingface_hub import errors

    if isinstance(error, CallFailed):
        return error
    hint = "check that the folder is whole and holds safetensors files"
    why = f"{type(error).__name__}: {one_line(error)}"
    if source.folder is None:
        hint = "check the id and the revision"
        if isinstance(error, (errors.GatedRepoError, errors.RepositoryNotFoundError)):
            why = "the hub has no such model, or shows it only to accounts that may see it"
            hint = "check the id, or log in with: hf auth login"
        elif isinstance(error, errors.RevisionNotFoundError):
            why = f"the hub has no revision {source.revision!r} of it"
        elif isinstance(error, (errors.LocalEntryNotFoundError, ConnectionError)):
            why = "it is not on this machine, and the hub can't be reached"
            hint = "go online, or copy the model's folder here and give its path"
    return CallFailed(Verdict.NOT_FOUND, f"{source.where} can't be loaded: {why}", hint)
