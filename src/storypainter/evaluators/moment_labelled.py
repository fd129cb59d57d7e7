"""The labelled texts that come with storypainter: what the rules were held against.

``labelled/moment.jsonl``: stories and fragments written for it, outputs of SmolLM2-135M labelled by
reading, and stories of the Pool (in ``development`` only). The half ``development`` was open while
the rules were written; ``held_out`` was opened once, when they were done.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

import orjson

from storypainter.evaluators.moment_validation import Labelled

HALVES = ("development", "held_out")


def labelled_halves() -> Mapping[str, tuple[Labelled, ...]]:
    """The shipped texts by half, each sorted by id."""
    path = files("storypainter.evaluators") / "labelled" / "moment.jsonl"
    found: dict[str, list[Labelled]] = {half: [] for half in HALVES}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = orjson.loads(line)
        found[row["half"]].append(Labelled(row["id"], row["text"], frozenset(row["kinds"])))
    return {half: tuple(rows) for half, rows in found.items()}
