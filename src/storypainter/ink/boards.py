"""Things to read: all kinds of boards, and the values that say what one of them shows.

How a board is made of a face and a mount is told in :mod:`storypainter.ink.boards_kind`.
"""

from __future__ import annotations

from storypainter.ink import (
    boards_clocks,
    boards_dates,
    boards_paper,
    boards_screens,
    boards_street,
)
from storypainter.ink.boards_kind import MOUNTS, Board, BoardKind

__all__ = ["KINDS", "MOUNTS", "Board", "BoardKind"]

KINDS: tuple[BoardKind, ...] = (
    *boards_street.KINDS,
    *boards_paper.KINDS,
    *boards_clocks.KINDS,
    *boards_dates.KINDS,
    *boards_screens.KINDS,
)
