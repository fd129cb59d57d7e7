"""Screens and boards for chalk and pen: monitors, departures, blackboards, menus and prices."""

from __future__ import annotations

import math

from storypainter.ink.boards.kind import (
    DARK_WOOD,
    IRON,
    LEAST_CAP,
    SLATE,
    WHITE,
    WOOD,
    YELLOW,
    Board,
    BoardKind,
    easel,
    one_of,
    panel,
)
from storypainter.ink.boards.lettering import write
from storypainter.ink.boards.script_breaks import balanced, pieces_of
from storypainter.ink.boards.script_order import runs_right_to_left
from storypainter.ink.boards.signs import Lettering, letter
from storypainter.ink.boards.street import inscribe
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Geometry
from storypainter.ink.drawing.palette import mix

_GLASS = "#1d2e45"
_CASE = "#5f6370"
_SCREEN_PADS = 26.0, 25.0
_ROW_MARGIN = 30.0  # cm: both margins of a departures board
_LONGEST_ROW = 26  # characters
_ROW_STEP = 1.85  # capital heights from row to row


def _says(board: Board) -> Board:
    """The board with its time as its text, if it has no other."""
    if board.text or board.time is None:
        return board
    return Board("{}:{:02d}".format(*board.time), locale=board.locale)


def _departures(board: Board) -> bool:
    return board.state == "departures"


def _fit_screen(board: Board) -> tuple[float, float]:
    said = _says(board)
    if _departures(board):
        rows = _rows_of(said)
        cap = _row_cap(rows)
        return _row_width(rows) * cap + _ROW_MARGIN, len(rows) * cap * _ROW_STEP + 17.0
    width, height = panel(said, aspect=1.7, widest=130, cap=9.5, pad=_SCREEN_PADS)
    return max(width, 62.0, 1.25 * height), max(height, 40.0, 0.5 * width)


def _screen(pen: Pen, board: Board, width: float, height: float) -> None:
    """A flat dark case; a glossy window with light letters, or rows of amber ones."""
    half, said = width / 2, _says(board)
    pen.shape(rect(-half, -height, half, 0, 3.5), _CASE)
    glass = rect(-half + 4, -height + 4, half - 4, -6.5, 1.5)
    if _departures(board):
        pen.shape(glass, "#20232b", ink_width=0.5, shade=0)
        _departure_rows(pen, said, width, height)
        return
    pen.shape(glass, _GLASS, ink_width=0.5, shade=0)
    with pen.clip(glass):
        gloss = poly(
            (half - 34, -height),
            (half - 20, -height),
            (half - 20 - height, 0),
            (half - 34 - height, 0),
        )
        pen.fill(gloss, mix(_GLASS, WHITE, 0.08))
    pen.fill(oval(half - 7, -3.3, 1.1), "#8fd18a")
    middle = 0.0, -height / 2 - 1.2
    inscribe(pen, said, (width, height), _SCREEN_PADS, "#eaf4f2", _GLASS, middle)


def _rows_of(board: Board) -> list[tuple[str, Lettering]]:
    """The rows of a departures board: the lines of its text, long ones broken."""
    lines: list[str] = []
    for line in filter(None, map(str.strip, board.text.splitlines())):
        pieces = pieces_of(line)
        lines += balanced(pieces, min(len(pieces), math.ceil(len(line) / _LONGEST_ROW)))
    return [(line, letter(line, locale=board.locale, whole=board.text)) for line in lines]


def _row_width(rows: list[tuple[str, Lettering]]) -> float:
    return max(row.width for _, row in rows)


def _row_cap(rows: list[tuple[str, Lettering]]) -> float:
    return max(LEAST_CAP, min(9.5, (190 - _ROW_MARGIN) / _row_width(rows)))


def _departure_rows(pen: Pen, board: Board, width: float, height: float) -> None:
    """Rows of letters that begin on one line, a thin line between them."""
    rows = _rows_of(board)
    cap = _row_cap(rows)
    half, step = width / 2, (height - 17.0) / len(rows)
    for index, (line, shaped) in enumerate(rows):
        y = -height + 7.5 + step * (index + 0.5)
        if index:
            edge = [(-half + 8, y - step / 2), (half - 8, y - step / 2)]
            pen.ink(edge, 0.45, "#6b707c", taper=1.0)
        side = 1 if runs_right_to_left(board.text) else -1
        x = side * (half - _ROW_MARGIN / 2 - shaped.width * cap / 2)
        size = shaped.width * cap + 1, step
        write(pen, line, (x, y), *size, "#ffcf70", "#20232b", cap=cap, locale=board.locale)


def _screen_foot(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    pen.shape(poly((-4, -lift - 4), (4, -lift - 4), (5, -2), (-5, -2)), _CASE)
    pen.shape(rect(-width * 0.22, -3, width * 0.22, 0, 1.4), _CASE)


def _screen_arms(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    for x in (-width * 0.3, width * 0.3):
        pen.shape(rect(x - 1.7, -height - board.cord, x + 1.7, -height + 4), IRON, ink_width=0.8)


def _fit_white(board: Board) -> tuple[float, float]:
    width, height = panel(board, aspect=2.0, widest=170, cap=11, pad=(34, 32))
    return max(width, 84.0), max(height, 56.0)


def _whiteboard(pen: Pen, board: Board, width: float, height: float) -> None:
    """A white surface in an aluminium frame; pens and a sponge on the tray."""
    half = width / 2
    pen.shape(rect(-half, -height, half, -2, 3), "#b9c0c2")
    pen.shape(rect(-half + 4, -height + 4, half - 4, -7, 1), WHITE, ink_width=0.6)
    pen.shape(rect(-half * 0.62, -4.5, half * 0.62, 0, 1), "#98a1a4", ink_width=0.8)
    for x, hue in ((-half * 0.44, "#3f659c"), (-half * 0.44 + 12, "#c44a37")):
        pen.shape(rect(x, -7.2, x + 10, -4.6, 1.1), hue, ink_width=0.5, shade=0)
    pen.shape(rect(half * 0.3, -8.6, half * 0.3 + 12, -4.4, 1), "#e6c35c", ink_width=0.5)
    ink = one_of(("#2f4f86", "#a23a2c", "#2f5d48"), board.text)
    inscribe(pen, board, (width, height), (34, 32), ink, WHITE, (0, -height / 2 - 2.5))
    tail = [(-half + 16, -14.0), (-4.0, -15.2), (half - 18, -13.4)]
    pen.ink(path(*tail), 0.7, mix(ink, WHITE, 0.25))


def _fit_black(board: Board) -> tuple[float, float]:
    width, height = panel(board, aspect=2.0, widest=170, cap=11, pad=(36, 34))
    return max(width, 84.0), max(height, 56.0)


def _blackboard(pen: Pen, board: Board, width: float, height: float) -> None:
    """A green slate in a wooden frame, a cloud of wiped chalk, chalks and a sponge."""
    half, slate = width / 2, "#27403a"
    pen.shape(rect(-half, -height, half, -1, 2), WOOD)
    pen.shape(rect(-half + 5, -height + 5, half - 5, -7, 0.8), slate, ink_width=0.7, shade=0.6)
    for x, y, size in ((-half * 0.5, -height * 0.28, 0.3), (half * 0.46, -height * 0.74, 0.24)):
        smear = oval(x, y, width * size * 0.55, height * size * 0.42, -8)
        pen.fill(smear, mix(slate, WHITE, 0.04))
    pen.shape(rect(-half * 0.7, -4.5, half * 0.7, 0, 1), DARK_WOOD, ink_width=0.8)
    for x in (-half * 0.5, -half * 0.5 + 9):
        pen.shape(rect(x, -6.6, x + 7, -4.4, 0.8), WHITE, ink_width=0.4, shade=0)
    pen.shape(rect(half * 0.32, -8.4, half * 0.32 + 12, -4.4, 1), YELLOW, ink_width=0.5)
    inscribe(pen, board, (width, height), (36, 34), WHITE, slate, (0, -height / 2 - 2))


def _fit_menu(board: Board) -> tuple[float, float]:
    return panel(board, aspect=0.95, widest=84, cap=8, pad=(28, 44))


def _menu(pen: Pen, board: Board, width: float, height: float) -> None:
    """A board with an arched top: a cup over the list, a flourish under it."""
    half = width / 2
    wood, ground, letters = one_of(
        ((DARK_WOOD, "#2f3b43", "#fdf3dc"), ("#8a4636", "#fbf1da", "#5a2f26")), board.text
    )
    pen.shape(_arched(half, height, 0), wood)
    pen.shape(_arched(half, height, 4), ground, ink_width=0.6, shade=0)
    _cup(pen, -height + 13.5, letters)
    curl = [(-9.0, -9.0), (-4.5, -11.0), (0.0, -8.6), (4.5, -11.0), (9.0, -9.0)]
    pen.ink(path(*curl), 0.8, letters)
    inscribe(pen, board, (width, height), (28, 44), letters, ground, (0, -height / 2 + 3.5))


def _arched(half: float, height: float, inset: float) -> Geometry:
    side, top = half - inset, -height + inset
    bow = [(float(x), float(y)) for x, y in arc(0, top + 9, side, 9, 180, 360)]
    return poly((-side, -inset), *bow, (side, -inset), corner=1.2)


def _cup(pen: Pen, y: float, colour: str) -> None:
    """A cup with steam, in one line weight."""
    pen.fill(poly((-6, y - 1), (6, y - 1), (4, y + 6), (-4, y + 6), corner=1.2), colour)
    pen.ink(arc(6, y + 1.6, 3.2, 2.4, -80, 95), 0.7, colour, taper=1.0)
    for x in (-2.4, 2.0):
        pen.ink(path((x, y - 2.6), (x + 1.2, y - 4.4), (x - 0.2, y - 6.2)), 0.6, colour)


def _fit_price(board: Board) -> tuple[float, float]:
    return panel(board, aspect=1.3, widest=88, cap=11, pad=(24, 34))


def _price_board(pen: Pen, board: Board, width: float, height: float) -> None:
    """A chalk board in a wooden frame; every line of the text is written large."""
    half = width / 2
    pen.shape(rect(-half, -height, half, 0, 3), WOOD)
    pen.shape(rect(-half + 4, -height + 4, half - 4, -4, 1), SLATE, ink_width=0.7)
    inscribe(pen, board, (width, height), (24, 34), WHITE, SLATE, (0, -height / 2 - 3))
    pen.ink([(-half + 14, -11), (half - 14, -11)], 0.7, mix(WHITE, SLATE, 0.3))


def _feet(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    """The legs of a board that folds out like a tent."""
    half = width / 2
    for side in (-1, 1):
        pen.shape(
            poly(
                (side * (half - 6), -lift - 10),
                (side * (half - 1), -lift - 10),
                (side * (half + 3), 0),
                (side * (half - 3), 0),
            ),
            DARK_WOOD,
        )


KINDS = (
    BoardKind(
        "screen",
        _screen,
        _fit_screen,
        ("wall", "hanging", "table", "stand"),
        ("plain", "departures"),
        hangs=150,
        lifts={"table": 9, "stand": 96},
        supports={"hanging": _screen_arms, "table": _screen_foot, "stand": _screen_foot},
    ),
    BoardKind(
        "whiteboard",
        _whiteboard,
        _fit_white,
        ("wall", "stand"),
        ("plain",),
        hangs=95,
        lifts={"stand": 78},
        supports={"stand": easel},
    ),
    BoardKind(
        "blackboard",
        _blackboard,
        _fit_black,
        ("wall", "stand"),
        ("plain",),
        hangs=95,
        lifts={"stand": 70},
        supports={"stand": easel},
    ),
    BoardKind(
        "menu",
        _menu,
        _fit_menu,
        ("stand", "wall", "held"),
        ("plain",),
        hangs=112,
        lifts={"stand": 18},
        supports={"stand": _feet},
    ),
    BoardKind(
        "price board",
        _price_board,
        _fit_price,
        ("stand", "wall", "hanging", "held"),
        hangs=118,
        lifts={"stand": 14},
        supports={"stand": _feet},
    ),
)
