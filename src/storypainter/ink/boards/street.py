"""Boards of streets and parks: signs, banners, arrows, street, shop, door and traffic signs."""

from __future__ import annotations

import numpy as np

from storypainter.ink.boards.kind import (
    BLUE,
    CREAM,
    DARK_WOOD,
    GREEN,
    IRON,
    RED,
    SIGN_RED,
    WHITE,
    WOOD,
    YELLOW,
    Board,
    BoardKind,
    Whole,
    one_of,
    panel,
    pole,
)
from storypainter.ink.boards.lettering import write
from storypainter.ink.boards.signs import set_text
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import around, oval, poly, rect
from storypainter.ink.drawing.geometry import Geometry, Points
from storypainter.ink.drawing.palette import mix

_BANNER_TOP = 258.0  # cm: cloth hangs above open umbrellas
_SAG = 5.0  # cm by which a banner hangs through in its middle
_PADS = 19.0, 18.0  # cm: margins of a sign, both sides together


def inscribe(
    pen: Pen,
    board: Board,
    size: tuple[float, float],
    pads: tuple[float, float],
    colour: str,
    on: str,
    centre: tuple[float, float] | None = None,
) -> None:
    """The board's text in the middle of a face of ``size``, inside its margins ``pads``."""
    middle = centre or (0.0, -size[1] / 2)
    width, height = size[0] - pads[0] + 1.5, size[1] - pads[1] + 1.5
    write(pen, board.text, middle, width, height, colour, on, locale=board.locale)


def _fit_sign(board: Board) -> tuple[float, float]:
    return panel(board, aspect=3.0, widest=150, cap=11, pad=_PADS)


def _sign(pen: Pen, board: Board, width: float, height: float) -> None:
    half = width / 2
    pen.shape(rect(-half, -height, half, 0, 3), CREAM)
    inner = rect(-half + 3.4, -height + 3.4, half - 3.4, -3.4, 2)
    pen.shape(inner, CREAM, ink_width=0.5, ink_colour=SIGN_RED, shade=0)
    inscribe(pen, board, (width, height), _PADS, SIGN_RED, CREAM)


def _fit_fallen(board: Board) -> tuple[float, float]:
    width, height = _fit_sign(board)
    return width + 18, max(44.0, 0.62 * height + 18)


def _fallen(pen: Pen, board: Board) -> None:
    """The board lies on its back, seen in perspective, its stakes pointing away."""
    wide, deep = _fit_fallen(board)
    half, far = (wide - 18) / 2, 9 - deep
    for x in (-half * 0.5, half * 0.5):
        stake = poly((x - 2.5, far + 2), (x + 3, far + 2), (x + 11, -deep), (x + 5, -deep))
        pen.shape(stake, WOOD, ink_width=0.8)
    edge = poly((-half - 9, 3), (half + 9, 3), (half + 9, 0), (-half - 9, 0))
    pen.shape(edge, WOOD, ink_width=0.8)
    area = poly((-half + 3, far), (half - 3, far), (half + 9, 0), (-half - 9, 0), corner=1.5)
    pen.shape(area, CREAM)
    pen.shape(area.buffer(-3.2), CREAM, ink_width=0.5, ink_colour=SIGN_RED, shade=0)
    size = half * 2 - 10, -far - 11
    write(pen, board.text, (0, far / 2), *size, SIGN_RED, CREAM, locale=board.locale)


def _cloth(board: Board) -> tuple[float, float]:
    """(width, height) of the banner's cloth in cm, its sag not counted."""
    block = set_text(board.text, aspect=7.0, most_lines=3, locale=board.locale)
    cap = max(8.0, min(17.0, 205 / block.width))
    return block.width * cap + 34, block.height * cap + 20


def _fit_banner(board: Board) -> tuple[float, float]:
    width, drop = _cloth(board)
    return width + 16, drop + _SAG


def _banner_foot(board: Board) -> float:
    return _BANNER_TOP - _fit_banner(board)[1]


def _banner(pen: Pen, board: Board, width: float, height: float) -> None:
    """Cloth that hangs in a slight bow, with a line along both hems."""
    half, drop = width / 2 - 8, height - _SAG

    def bow(x: Points) -> Points:
        return _SAG * (1 - (x / half) ** 2)

    for side in (-1, 1):
        pen.ink([(side * (half + 8), -height), (side * half, -height + 1)], 0.7, taper=1.0)
        pen.ink([(side * (half + 8), -_SAG + 2), (side * half, -_SAG)], 0.7, taper=1.0)
    xs = np.linspace(-half, half, 24)
    upper = np.column_stack([xs, -height + bow(xs)])
    lower = np.column_stack([xs[::-1], -height + drop + bow(xs[::-1])])
    pen.shape(poly(*map(tuple, np.vstack([upper, lower]).tolist())), CREAM)
    for points, down in ((upper, 4), (lower, -4)):
        pen.ink(points * (0.985, 1) + (0, down), 0.5, SIGN_RED)
    for side in (-1, 1):
        pen.fill(oval(side * (half - 4), -height + drop / 2 + 1.5, 1.5), mix(CREAM, "#000000", 0.4))
    write(
        pen,
        board.text,
        (0, -height + drop / 2),
        half * 2 - 22,
        drop - 16,
        BLUE,
        CREAM,
        curve=bow,
        locale=board.locale,
    )


def _banner_poles(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    for x in (-width / 2 + 3, width / 2 - 3):
        pen.shape(rect(x - 3, -_BANNER_TOP - 6, x + 3, 0, 1), WOOD)
        pen.shape(oval(x, -_BANNER_TOP - 8, 5), YELLOW)


def _banner_cords(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    for x in (8 - width / 2, width / 2 - 8):
        pen.ink([(x, -height - board.cord), (x, -height + 1)], 0.7, taper=1.0)


class _BannerKind(BoardKind):
    """A banner hangs from a height of its own: its foot depends on how deep its cloth is."""

    def foot(self, board: Board) -> float:
        return _banner_foot(board) if self.mount(board) == "post" else 0.0

    def measure(self, board: Board) -> tuple[float, float]:
        width, height = BoardKind.measure(self, board)
        return width, height + (13 if self.mount(board) == "post" else 0)


def _fit_street(board: Board) -> tuple[float, float]:
    return panel(board, aspect=6.0, widest=130, cap=10.5, pad=(24, 15))


def _street(pen: Pen, board: Board, width: float, height: float) -> None:
    """A blue plate with a white rim, held by two screws."""
    half = width / 2
    pen.shape(rect(-half, -height, half, 0, 4), WHITE)
    pen.shape(rect(-half + 2.4, -height + 2.4, half - 2.4, -2.4, 3), BLUE, ink_width=0.4, shade=0)
    for side in (-1, 1):
        pen.fill(oval(side * (half - 6.5), -height / 2, 1.3), WHITE)
    inscribe(pen, board, (width, height), (24, 15), WHITE, BLUE)


_FASCIAS = (
    ("#7a3b46", "#fbe8c8"),
    ("#2f5a57", "#fdf1d6"),
    ("#e3b04b", "#5a2f26"),
    ("#38476b", "#fdf1d6"),
    ("#b8563c", "#fff3dc"),
    ("#57703f", "#fdf6dd"),
)


def _fit_shop(board: Board) -> tuple[float, float]:
    return panel(board, aspect=7.0, widest=230, cap=17, pad=(52, 27))


def _shop(pen: Pen, board: Board, width: float, height: float) -> None:
    """A fascia: a long board with a cornice, end brackets and raised lettering."""
    ground, letters = one_of(_FASCIAS, board.text)
    half = width / 2
    pen.shape(rect(-half, -height + 6, half, -2, 1), ground)
    inner = rect(-half + 11, -height + 11, half - 11, -6, 1.5)
    pen.shape(inner, ground, ink_width=0.5, ink_colour=letters, shade=0)
    for side in (-1, 1):
        bracket = rect(side * (half - 4) - 4, -height + 1, side * (half - 4) + 4, 0, 1.5)
        pen.shape(bracket, mix(ground, "#000000", 0.2))
    pen.shape(rect(-half, -height, half, -height + 6, 1.5), mix(ground, WHITE, 0.25))
    inscribe(pen, board, (width, height), (52, 27), letters, ground, (0, 2.5 - height / 2))


_DOOR_PLATES = (("#f6e3b4", "#5a3b2a"), ("#f7f1e4", "#3f5f8c"), ("#e7b9a4", "#55302a"))


def _fit_door(board: Board) -> tuple[float, float]:
    return panel(board, aspect=2.0, widest=80, cap=8.5, pad=(20, 17))


def _door(pen: Pen, board: Board, width: float, height: float) -> None:
    """A small plate with rounded ends, on the door or on a cord from its nail."""
    ground, letters = one_of(_DOOR_PLATES, board.text)
    half = width / 2
    pen.shape(rect(-half, -height, half, 0, 7), ground)
    inner = rect(-half + 2.8, -height + 2.8, half - 2.8, -2.8, 5)
    pen.shape(inner, ground, ink_width=0.5, ink_colour=letters, shade=0)
    inscribe(pen, board, (width, height), (20, 17), letters, ground)


_NAIL = 16.0  # cm from the plate to the nail


def _nail(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    """A cord in a peak over a nail."""
    top = -height - min(board.cord, _NAIL)
    pen.ink([(-width * 0.34, -height + 2), (0, top)], 0.7, taper=1.0)
    pen.ink([(0, top), (width * 0.34, -height + 2)], 0.7, taper=1.0)
    pen.shape(oval(0, top, 2.2), IRON, ink_width=0.6)


_ARROW_GROUNDS = ((GREEN, WHITE), ("#fbe3a0", "#4b3524"), ("#f4ead2", "#9c3f31"))


def _fit_arrow(board: Board) -> tuple[float, float]:
    width, height = panel(board, aspect=4.0, widest=140, cap=10.5, pad=(26, 16))
    return width + 0.55 * height, height


def _arrow(pen: Pen, board: Board, width: float, height: float) -> None:
    """A plank that ends in a point."""
    ground, letters = one_of(_ARROW_GROUNDS, board.text)
    turn = -1 if board.state == "left" else 1
    half, point = width / 2, 0.55 * height
    outline = _pointed(half, height, point, turn)
    pen.shape(outline, ground)
    rim = outline.buffer(-3, join_style="mitre")
    pen.shape(rim, ground, ink_width=0.5, ink_colour=letters, shade=0)
    middle = -turn * point * 0.36, -height / 2
    inscribe(pen, board, (width - point, height), (26, 16), letters, ground, middle)


def _pointed(half: float, height: float, point: float, turn: int) -> Geometry:
    return poly(
        (-turn * half, -height),
        (turn * (half - point), -height),
        (turn * half, -height / 2),
        (turn * (half - point), 0),
        (-turn * half, 0),
        corner=1.5,
    )


def _traffic_box(board: Board) -> tuple[float, float]:
    """The shares of a traffic sign's side that its text may fill: (width, height)."""
    return (0.62, 0.40) if board.state == "diamond" else (0.70, 0.46)


def _fit_traffic(board: Board) -> tuple[float, float]:
    width, height = panel(board, aspect=1.6, widest=72, cap=12, pad=(0, 0))
    share = _traffic_box(board)
    side = max(56.0, width / share[0], height / share[1])
    return side, side


def _traffic(pen: Pen, board: Board, width: float, height: float) -> None:
    """A plain shape that is read before its word: an octagon, or a round or pointed plate."""
    radius, middle = width / 2, -height / 2
    ground, ink = WHITE, "#3a2f38"
    if board.state == "round":
        pen.shape(oval(0, middle, radius), RED)
        pen.shape(oval(0, middle, radius * 0.84), WHITE, ink_width=0.5, shade=0)
    elif board.state == "diamond":
        ground = YELLOW
        pen.shape(_regular(4, radius * 1.06, middle, 0, 5), "#3d3842")
        pen.shape(_regular(4, radius * 0.95, middle, 0, 5), YELLOW, ink_width=0.4, shade=0)
    else:
        ground, ink = "#b9402f", WHITE
        pen.shape(_regular(8, radius * 1.06, middle, 22.5, 2), WHITE)
        pen.shape(_regular(8, radius * 0.97, middle, 22.5, 2), ground, ink_width=0.4, shade=0)
    share = _traffic_box(board)
    size = width * share[0] + 1, height * share[1] + 1
    write(pen, board.text, (0, middle), *size, ink, ground, cap=14, locale=board.locale)


def _regular(sides: int, radius: float, y: float, turn: float, corner: float) -> Geometry:
    corners = (around(0, y, radius, turn + 360 * i / sides) for i in range(sides))
    return poly(*corners, corner=corner)


def _fit_placard(board: Board) -> tuple[float, float]:
    return panel(board, aspect=1.6, widest=88, cap=11, pad=(17, 16))


def _placard(pen: Pen, board: Board, width: float, height: float) -> None:
    """Cardboard on a stick, its letters in a bold marker."""
    ground, letters = one_of((("#fffdf7", "#b8432f"), ("#f6e3b4", "#35527d")), board.text)
    half = width / 2
    pen.shape(poly((-half, -height), (half, -height + 1.4), (half - 1, 0), (-half + 1, -1)), ground)
    inscribe(pen, board, (width, height), (17, 16), letters, ground)


KINDS = (
    BoardKind(
        "sign",
        _sign,
        _fit_sign,
        ("post", "wall", "hanging", "held"),
        ("standing", "fallen"),
        stick=58,
        whole={"fallen": Whole(_fit_fallen, _fallen)},
    ),
    _BannerKind(
        "banner",
        _banner,
        _fit_banner,
        ("post", "wall", "hanging"),
        ("hanging",),
        hangs=205,
        supports={"post": _banner_poles, "hanging": _banner_cords},
    ),
    BoardKind(
        "street sign",
        _street,
        _fit_street,
        ("post", "wall"),
        hangs=215,
        lifts={"post": 205},
        supports={"post": pole()},
    ),
    BoardKind(
        "shop sign",
        _shop,
        _fit_shop,
        ("wall", "hanging"),
        ("plain",),
        hangs=225,
    ),
    BoardKind(
        "door sign",
        _door,
        _fit_door,
        ("hanging", "wall"),
        ("plain",),
        hangs=132,
        supports={"hanging": _nail},
        most_cord=_NAIL,
    ),
    BoardKind(
        "arrow sign",
        _arrow,
        _fit_arrow,
        ("post", "wall", "hanging"),
        ("right", "left"),
        lifts={"post": 132},
        supports={"post": pole(DARK_WOOD, 9)},
        hangs=150,
    ),
    BoardKind(
        "traffic sign",
        _traffic,
        _fit_traffic,
        ("post", "wall", "held"),
        ("stop", "round", "diamond"),
        lifts={"post": 168},
        supports={"post": pole("#8b9396", 3)},
        stick=34,
        hangs=150,
    ),
    BoardKind(
        "placard",
        _placard,
        _fit_placard,
        ("held", "wall"),
        ("plain",),
        stick=62,
    ),
)
