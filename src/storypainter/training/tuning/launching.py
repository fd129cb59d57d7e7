"""Where a training runs: the processes of a launch, the processor or a GPU, and how it is stopped."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from storypainter.errors import BadInput
from storypainter.training.tuning.settings import TuningSettings


@dataclass(frozen=True, slots=True)
class Launch:
    """Which of the processes that share a training this is.

    Attributes:
        main: whether it is the one that writes and speaks.
        processes: how many there are.
    """

    main: bool
    processes: int

    def told_to(self, say: Callable[[str], None]) -> Callable[[str], None]:
        """``say`` in the process that speaks; the others are silent."""
        return say if self.main else (lambda line: None)


def this_launch() -> Launch:
    """As ``accelerate launch`` tells its processes; one that was begun without it is alone."""
    return Launch(int(os.environ.get("RANK", "0")) == 0, int(os.environ.get("WORLD_SIZE", "1")))


def processor_and_precision(wanted: str) -> tuple[bool, bool]:
    """Whether the processor is used, and whether bfloat16 is the machine's better choice."""
    import torch

    there = torch.cuda.is_available()
    if wanted == "cuda" and not there:
        raise BadInput("torch finds no CUDA device here", "use --device auto or cpu")
    on_cpu = wanted == "cpu" or not there
    return on_cpu, not on_cpu and torch.cuda.is_bf16_supported(including_emulation=False)


def bf16_weights(settings: TuningSettings, *, on_cpu: bool) -> bool:
    """Whether the base's weights are held in half precision; ``settings`` must be resolved.

    On processors bfloat16 is for multiplying alone (autocast): memory isn't short there, and what
    learns whole would lose the small steps of an update.
    """
    return settings.precision == "bf16" and not on_cpu


@contextlib.contextmanager
def stopping(
    say: Callable[[str], None], *, twice: bool, takes: Callable[[], str] = lambda: ""
) -> Iterator[Callable[[], bool]]:
    """Ctrl-C ends training after the update that is under way; a second one at once.

    ``takes`` says how long an update takes. Not at once (``twice`` false) under a launcher: it
    passes a Ctrl-C on that its processes have got already.
    """
    asked = threading.Event()

    def ask(number: int, _: object) -> None:
        if asked.is_set() and twice:
            raise KeyboardInterrupt
        if not asked.is_set():
            say(
                f"stopping after this update{takes()}, with a checkpoint"
                + ("; once more stops at once" if twice else "")
            )
        asked.set()

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
