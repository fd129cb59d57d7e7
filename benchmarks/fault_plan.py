"""What goes wrong and when: the faults, the poison, the rate limit and the flags for them."""

from __future__ import annotations

import argparse
import random
from collections import deque
from pathlib import Path

PICTURES = ("image", "edit")
EVERYWHERE = ("chat", "image", "edit", "embedding")

#: Every fault and the endpoints where it can happen.
FAULTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("429", "500", "503", "quota", "auth", "invalid", "model"), EVERYWHERE),
    **dict.fromkeys(("reset", "truncate", "hang", "html", "html200"), EVERYWHERE),
    **dict.fromkeys(("malformed_json", "too_long"), EVERYWHERE),
    **dict.fromkeys(("empty_choices", "refused"), ("chat", *PICTURES)),
    **dict.fromkeys(("content_filter", "cut_short", "empty_text"), ("chat",)),
    **dict.fromkeys(("bad_png", "cut_png", "not_a_picture", "empty_b64"), PICTURES),
}
ALIASES = {"malformed": "malformed_json"}
CAPABILITIES = ("chat", "images", "edits", "embeddings", "schema", "vision", "logprobs")


class Faults:
    """Draws the fault of each call, and knows the poisoned texts."""

    def __init__(self, rates: dict[str, float], poison: dict[bytes, str], seed: int) -> None:
        self._tables = {
            endpoint: [(kind, rate) for kind, rate in rates.items() if endpoint in FAULTS[kind]]
            for endpoint in EVERYWHERE
        }
        self._poison = poison
        self._seed = seed
        self.reset()

    def reset(self) -> None:
        self._random = random.Random(self._seed)

    def of(self, endpoint: str, body: bytes) -> str:
        """The fault of this call, or "". One draw a call, whatever the outcome."""
        draw = self._random.random()
        for text, kind in self._poison.items():
            if text in body:
                return kind
        for kind, rate in self._tables[endpoint]:
            draw -= rate
            if draw < 0:
                return kind
        return ""


class RateLimit:
    """At most ``limit`` calls in any ``window`` seconds."""

    def __init__(self, limit: int, window: float) -> None:
        self._limit = limit
        self._window = window
        self._admitted: deque[float] = deque()

    def reset(self) -> None:
        self._admitted.clear()

    def wait(self, now: float) -> float:
        """Seconds until a call would be admitted; 0 admits this one."""
        if not self._limit:
            return 0.0
        while self._admitted and self._admitted[0] <= now - self._window:
            self._admitted.popleft()
        if len(self._admitted) < self._limit:
            self._admitted.append(now)
            return 0.0
        return self._admitted[0] + self._window - now


# --- the command line --------------------------------------------------------------------------


def _fault(text: str) -> tuple[str, float]:
    name, _, rate = text.partition("=")
    name = ALIASES.get(name, name)
    if name not in FAULTS:
        raise argparse.ArgumentTypeError(f"no such fault: {name}; there are {', '.join(FAULTS)}")
    share = float(rate or 1.0)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"the rate of {name} must be 0 to 1")
    return name, share


def _poisoned(text: str) -> tuple[bytes, str]:
    needle, _, kind = text.rpartition("=")
    kind = ALIASES.get(kind, kind)
    if not needle or kind not in FAULTS:
        raise argparse.ArgumentTypeError(f"poison is TEXT=FAULT, not {text!r}")
    return needle.encode(), kind


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--port", type=int, default=0, help="0 takes a free one")
    add("--chat-latency", type=float, default=0.0, metavar="S")
    add("--image-latency", type=float, default=0.0, metavar="S")
    add("--embedding-latency", type=float, default=0.0, metavar="S")
    add("--fault", type=_fault, action="append", default=[], metavar="NAME[=RATE]")
    add("--poison", type=_poisoned, action="append", default=[], metavar="TEXT=FAULT")
    add("--rpm", type=int, default=0, help="calls admitted in --rpm-window; 0 is no limit")
    add("--rpm-window", type=float, default=60.0, metavar="S")
    add("--max-inflight", type=int, default=0, help="429 above this many calls at once")
    add("--retry-after", type=int, default=0, help="seconds that an injected 429 asks for")
    add("--seed", type=int, default=0)
    add("--require-key", default="")
    add("--echo-key", action="store_true", help="a 401 repeats the whole wrong key")
    add("--url-pictures", action="store_true", help="pictures as addresses, not base64")
    add("--without", action="append", default=[], choices=CAPABILITIES)
    add("--no-json-schema", dest="without", action="append_const", const="schema")
    add("--model", action="append", default=[], help="serve these models only")
    add("--log", type=Path, help="write one JSON line a call here at exit")
    options = parser.parse_args(arguments)
    options.faults = dict(options.fault)
    options.poison = dict(options.poison)
    if sum(options.faults.values()) > 1 + 1e-9:
        parser.error("the rates of all faults together must be at most 1")
    return options
