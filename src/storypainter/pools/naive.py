"""The one example that every naive prompt shows (paper, section 2.2: the classic kitchen)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

#: The id under which a naive story's origin names it.
NAIVE_EXAMPLE_ID = "naive-example"


@cache
def naive_example() -> str:
    """Its text: part of the prompt, and what a naive story or a pool's story may be a copy of."""
    path = files("storypainter.pools") / "naive_example.txt"
    return path.read_text(encoding="utf-8").strip()
