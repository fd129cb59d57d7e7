"""Things to read: all kinds of boards, and the values that say what one of them shows.

How a board is made of a face and a mount is told in :mod:`storypainter.ink.boards.kind`.
"""

from __future__ import annotations

from storypainter.ink.boards import clocks, dates, paper, screens, street
from storypainter.ink.boards.kind import MOUNTS, Board, BoardKind

__all__ = ["KINDS", "MOUNTS", "Board", "BoardKind"]

KINDS: tuple[BoardKind, ...] = (
    *street.KINDS,
    *paper.KINDS,
    *clocks.KINDS,
    *dates.KINDS,
    *screens.KINDS,
)
