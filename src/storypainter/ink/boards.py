"""Things to read: signs, banners, posters, notices, clocks and price boards."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from storypainter.ink.canvas import Pen
from storypainter.ink.forms import around, oval, poly, rect
from storypainter.ink.geometry import Points
from storypainter.ink.lettering import write
from storypainter.ink.palette import INK, mix
from storypainter.ink.signs import set_text

CREAM = "#fff6e0"
WHITE = "#fffdf7"
WOOD = "#a5805c"
SIGN_RED = "#9c3f31"
BLUE = "#3f5f8c"
GREEN = "#46614f"
CAP = 11.0  # the height of capitals on signs, in cm, when the text is short
BANNER_TOP = 258.0  # cm: cloth hangs above open umbrellas


@dataclass(frozen=True, slots=True)
class Board:
    """What a sign says and how: ``time`` is (hour, minute) of a clock."""

    text: str = ""
    time: tuple[int, int] | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class BoardKind:
    """One kind of sign.

    ``measure`` gives (width, height) in cm for a text and a state, ``foot`` the height in cm of
    the lower edge of the part with the text.
    """

    word: str
    draw: Callable[[Pen, Board], None]
    measure: Callable[[Board], tuple[float, float]]
    foot: Callable[[Board], float]
    states: tuple[str, ...] = ("standing",)

    def text_box(self, board: Board) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) in cm of the part that must stay readable."""
        width, height = self.measure(board)
        return -width / 2, -height, width / 2, -self.foot(board)


def _panel(text: str, aspect: float, widest: float, cap: float) -> tuple[float, float]:
    """The size in cm of a panel for ``text`` with margins."""
    block = set_text(text, aspect=aspect)
    cap = min(cap, (widest - 18) / block.width)
    return block.width * cap + 18, block.height * cap + 17


def _sign_size(board: Board) -> tuple[float, float]:
    width, height = _panel(board.text, 3.0, 150, CAP)
    if board.state == "fallen":
        return width + 18, 44
    return width, height + 74


def _draw_sign(pen: Pen, board: Board) -> None:
    width, height = _panel(board.text, 3.0, 150, CAP)
    half = width / 2
    if board.state == "fallen":
        _draw_fallen(pen, board, half)
        return
    posts = (0.0,) if width < 76 else (-half * 0.62, half * 0.62)
    for x in posts:
        pen.shape(rect(x - 3.6, -74 - height * 0.4, x + 3.6, 0, 1), WOOD)
    top = -70 - height
    pen.shape(rect(-half, top, half, -70, 3), CREAM)
    pen.shape(
        rect(-half + 3.4, top + 3.4, half - 3.4, -73.4, 2),
        CREAM,
        ink_width=0.5,
        ink_colour=SIGN_RED,
        shade=0,
    )
    write(pen, board.text, (0, top + height / 2), width - 16, height - 15, SIGN_RED, CREAM)


def _draw_fallen(pen: Pen, board: Board, half: float) -> None:
    """The board lies on its back, seen in perspective, its stakes pointing away."""
    for x in (-half * 0.5, half * 0.5):
        pen.shape(
            poly((x - 2.5, -33), (x + 3, -33), (x + 11, -44), (x + 5, -44)), WOOD, ink_width=0.8
        )
    pen.shape(
        poly((-half - 9, 3), (half + 9, 3), (half + 9, 0), (-half - 9, 0)), WOOD, ink_width=0.8
    )
    area = poly((-half + 3, -35), (half - 3, -35), (half + 9, 0), (-half - 9, 0), corner=1.5)
    pen.shape(area, CREAM)
    inner = area.buffer(-3.2)
    pen.shape(inner, CREAM, ink_width=0.5, ink_colour=SIGN_RED, shade=0)
    write(pen, board.text, (0, -17), half * 2 - 12, 24, SIGN_RED, CREAM)


def _banner_cloth(board: Board) -> tuple[float, float]:
    """(width, height) of the cloth in cm."""
    block = set_text(board.text, aspect=7.0, most_lines=2)
    cap = min(17.0, 205 / block.width)
    return block.width * cap + 34, block.height * cap + 19


def _banner_size(board: Board) -> tuple[float, float]:
    return _banner_cloth(board)[0] + 16, BANNER_TOP + 13


def _draw_banner(pen: Pen, board: Board) -> None:
    """Cloth between two poles, hanging in a slight bow, with pennant ends."""
    width, drop = _banner_cloth(board)
    half, sag = width / 2, 8.0

    def bow(x: Points) -> Points:
        return sag * (1 - (x / half) ** 2)

    for x in (-half - 4, half + 4):
        pen.shape(rect(x - 3, -BANNER_TOP - 6, x + 3, 0, 1), WOOD)
        pen.shape(oval(x, -BANNER_TOP - 8, 5), "#e9b44c")
    xs = np.linspace(-half, half, 24)
    upper = np.column_stack([xs, -BANNER_TOP + bow(xs)])
    lower = np.column_stack([xs[::-1], -BANNER_TOP + drop + bow(xs[::-1])])
    pen.shape(poly(*map(tuple, np.vstack([upper, lower]).tolist())), CREAM)
    for points in (upper, lower):
        inset = points * (0.985, 1) + (0, 4 if points is upper else -4)
        pen.ink(inset, 0.5, SIGN_RED)
    write(
        pen,
        board.text,
        (0, -BANNER_TOP + drop / 2),
        half * 2 - 18,
        drop - 12,
        BLUE,
        CREAM,
        curve=bow,
    )


def _notice_size(board: Board) -> tuple[float, float]:
    width, height = _panel(board.text, 1.5, 96, 9.5)
    return width + 6, height + 82


def _draw_notice(pen: Pen, board: Board) -> None:
    """A paper notice: pinned as it is, or on a small green board on a post."""
    width, height = _panel(board.text, 1.5, 96, 9.5)
    half, top = width / 2, -76 - height
    if board.state != "pinned":
        pen.shape(rect(-3.4, -80, 3.4, 0, 1), GREEN)
        pen.shape(rect(-half - 3, top - 3, half + 3, -73, 3), GREEN)
    pen.shape(rect(-half + 1, top + 1, half - 1, -77, 1), WHITE, ink_width=0.6)
    write(pen, board.text, (0, top + height / 2), width - 15, height - 14, INK, WHITE)
    for x in (-half + 4, half - 4):
        pen.fill(oval(x, top + 4, 1.6), "#c8553d")


def _poster_size(board: Board) -> tuple[float, float]:
    width, height = _panel(board.text, 1.1, 90, 11)
    return width + 10, height + 100


def _draw_poster(pen: Pen, board: Board) -> None:
    """A poster on a board with two legs."""
    width, height = _panel(board.text, 1.1, 90, 11)
    half, top = width / 2, -78 - height
    for x in (-half + 3, half - 3):
        pen.shape(rect(x - 3, -90, x + 3, 0, 1), WOOD)
    pen.shape(rect(-half - 4, top - 18, half + 4, -70, 3), WOOD)
    pen.shape(rect(-half, top - 14, half, -74, 1), "#f3d98b", ink_width=0.7)
    for index in range(5):
        x = -half + width * (index + 0.5) / 5
        pen.shape(
            poly((x - 6, top - 14), (x + 6, top - 14), (x, top - 5)),
            ("#c8553d", "#6f9fb8")[index % 2],
            ink_width=0.5,
            shade=0,
        )
    write(pen, board.text, (0, top + height / 2 + 2), width - 14, height - 12, SIGN_RED, "#f3d98b")


def _clock_size(board: Board) -> tuple[float, float]:
    return 66, 268


def _draw_clock(pen: Pen, board: Board) -> None:
    """A park clock on an iron post: twelve marks, four figures, two hands."""
    hour, minute = board.time or (12, 0)
    pen.shape(poly((-4, -206), (4, -206), (6, -10), (-6, -10)), GREEN)
    pen.shape(rect(-14, -12, 14, 0, 2), GREEN)
    pen.shape(rect(-8, -60, 8, -54, 1), GREEN, ink_width=0.8)
    centre, radius = -233.0, 33.0
    pen.shape(oval(0, centre, radius), GREEN)
    pen.shape(oval(0, centre, radius * 0.84), WHITE, ink_width=0.7, shade=0)
    for mark in range(12):
        if mark % 3:
            pen.fill(oval(*around(0, centre, radius * 0.72, mark * 30), 1.1), INK)
    for figure in (12, 3, 6, 9):
        write(
            pen,
            str(figure),
            around(0, centre, radius * 0.64, figure * 30),
            12,
            8.4,
            INK,
            WHITE,
            cap=8.2,
        )
    with pen.canvas.part("text"):
        _hand(pen, centre, radius * 0.40, (hour % 12 + minute / 60) * 30, 2.1)
        _hand(pen, centre, radius * 0.62, minute * 6, 1.4)
        pen.fill(oval(0, centre, 2.4), INK, solid=True)


def _hand(pen: Pen, centre: float, length: float, degrees: float, half_width: float) -> None:
    turn = math.radians(degrees)
    side = (math.cos(turn) * half_width, math.sin(turn) * half_width)
    tip, tail = around(0, centre, length, degrees), around(0, centre, -3, degrees)
    pen.fill(
        poly(
            (tail[0] - side[0], tail[1] - side[1]),
            (tail[0] + side[0], tail[1] + side[1]),
            (tip[0] + side[0] * 0.5, tip[1] + side[1] * 0.5),
            (tip[0] - side[0] * 0.5, tip[1] - side[1] * 0.5),
        ),
        INK,
        solid=True,
    )


def _price_size(board: Board) -> tuple[float, float]:
    width, height = _panel(board.text, 1.3, 84, 11)
    return width + 10, height + 46


def _draw_price_board(pen: Pen, board: Board) -> None:
    """A chalk board on the ground; every line of the text is written large."""
    slate = "#3f4f4a"
    width, height = _panel(board.text, 1.3, 84, 11)
    half, top = width / 2, -height - 36
    for side in (-1, 1):
        pen.shape(
            poly(
                (side * (half - 2), -24),
                (side * (half + 3), -24),
                (side * (half + 5), 0),
                (side * half, 0),
            ),
            WOOD,
        )
    pen.shape(rect(-half - 4, top - 6, half + 4, -14, 3), WOOD)
    pen.shape(rect(-half, top - 2, half, -18, 1), slate, ink_width=0.7)
    write(pen, board.text, (0, top + height / 2 + 6), width - 12, height - 8, WHITE, slate)
    pen.ink([(-half + 10, -24), (half - 10, -24)], 0.7, mix(WHITE, slate, 0.3))


def _banner_foot(board: Board) -> float:
    return BANNER_TOP - _banner_cloth(board)[1] - 10


KINDS = (
    BoardKind(
        "sign",
        _draw_sign,
        _sign_size,
        lambda b: 0 if b.state == "fallen" else 70,
        ("standing", "fallen"),
    ),
    BoardKind("banner", _draw_banner, _banner_size, _banner_foot, ("hanging",)),
    BoardKind("notice", _draw_notice, _notice_size, lambda b: 73),
    BoardKind("poster", _draw_poster, _poster_size, lambda b: 70),
    BoardKind("clock", _draw_clock, _clock_size, lambda b: 200),
    BoardKind("price board", _draw_price_board, _price_size, lambda b: 14),
)
