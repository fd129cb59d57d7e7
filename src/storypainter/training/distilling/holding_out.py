"""What is held out: a tenth of the rows, by prompt, so that equal prompts are never parted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storypainter.training.distilling.rows import Row

#: The share of the rows that is held out (paper, section 3.2).
HELD_OUT = 0.10


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows to learn from and those held out, each in the order of the rows.

    ``by`` is ``prompt``; or ``story``, where all rows have the same prompt.
    """

    train: tuple[Row, ...]
    heldout: tuple[Row, ...]
    by: Literal["prompt", "story"]


def hold_out(rows: Sequence[Row], seed: int, share: float = HELD_OUT) -> Parts:
    """Part the rows; the held-out part has at most ``share`` of them, and close to it.

    Small sets hold out the smallest part that can be: one row, where it stands alone.

    Rows with the same prompt stay together, and so do rows with the same story, which is asked for
    in several ways. What stays together is taken whole, in an order that a hash decides, and left
    where it is too large for what is still to be held out: the prompt that asks for nothing has
    hundreds of rows. Where there is only one prompt (``naive``), only stories stay together.
    """
    by: Literal["prompt", "story"] = "story" if len({row.group for row in rows}) == 1 else "prompt"
    together = _together(rows, by)
    smallest = min((len(rows_of) for rows_of in together.values()), default=0)
    room = max(int(len(rows) * share), smallest) if len(together) > 1 else 0
    held: set[int] = set()
    for name in sorted(together, key=lambda each: _rank(seed, each)):
        if len(held) + len(together[name]) <= room:
            held.update(together[name])
    return Parts(
        tuple(row for at, row in enumerate(rows) if at not in held),
        tuple(row for at, row in enumerate(rows) if at in held),
        by,
    )


def _together(rows: Sequence[Row], by: str) -> dict[str, list[int]]:
    """Rows that can't be parted, by the smallest name that they share."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for row in rows:
        one = root(f"story {row.text}")
        other = root(f"prompt {row.group}") if by == "prompt" else one
        parent[max(one, other)] = min(one, other)
    found: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        found.setdefault(root(f"story {row.text}"), []).append(at)
    return found


def _rank(seed: int, name: str) -> bytes:
    return hashlib.blake2b(f"heldout\n{seed}\n{name}".encode(), digest_size=16).digest()
