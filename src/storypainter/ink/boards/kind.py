"""What a board is: its kind, what it says, what it is mounted on, and how text fits it.

A kind of board has a *face*, the part with the text, drawn over its lower edge (y = 0, the
middle at x = 0, y points down, centimetres), and mounts that carry the face: a post or a stand
on the ground, a wall, two cords from the ceiling, a table, a hand. The face is the same on all
of them; :class:`BoardKind` lifts it to where the mount holds it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from storypainter.errors import BadInput
from storypainter.ink.boards.signs import set_text
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import oval, poly, rect
from storypainter.ink.drawing.geometry import Frame, Point
from storypainter.ink.drawing.palette import mix

CREAM = "#fff6e0"
WHITE = "#fffdf7"
WOOD = "#a5805c"
DARK_WOOD = "#7f5d41"
SIGN_RED = "#9c3f31"
RED = "#c8553d"
BLUE = "#3f5f8c"
GREEN = "#46614f"
IRON = "#56605f"
YELLOW = "#e9b44c"
SLATE = "#36433f"

#: The least height of capitals in cm: at the back of a usual picture of 1,024 pixels about
#: eleven of them.
LEAST_CAP = 5.5
MOUNTS = ("post", "stand", "wall", "hanging", "table", "held")
_CORD = 42.0  # cm of cord above a hanging board, when the board does not say how long it is

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Board:
    """What a sign says and how.

    Args:
        text: what is written on it.
        time: (hour, minute) of a clock, or of a screen that shows one.
        state: a word of its kind's states; empty for the first.
        mount: a word of its kind's mounts; empty for the first.
        date: of a calendar, in any words; what cannot be read as a day is lettered.
        locale: where it is read, a language tag or the name of a country.
        cord: how long the cords of a hanging board are, in cm.
    """

    text: str = ""
    time: tuple[int, int] | None = None
    state: str = ""
    mount: str = ""
    date: str = ""
    locale: str = ""
    cord: float = _CORD


@dataclass(frozen=True, slots=True)
class BoardKind:
    """One kind of board.

    Args:
        word: its name in a Scene.
        face: draws the part with the text, (width, height) cm large, over its lower edge.
        fit: (width, height) in cm of that part for what it says.
        mounts: what it can be mounted on, the usual one first.
        states: the words a Scene may use.
        hangs: the usual height in cm of its lower edge above the floor, on a wall or on cords.
        lifts: by mount, the height in cm of the face's lower edge above the drawing's foot.
        supports: by mount, what carries the face, drawn before it: given the pen, the board
            and (width, height, lift). Post, stand, cords and strut have usual ones.
        stick: cm of the stick below a held board; 0 for what is held by its own edge.
        most_cord: how far in cm a hanging board can be below what holds it.
        whole: draws states in which it has another form (a fallen sign), with their sizes.
    """

    word: str
    face: Callable[[Pen, Board, float, float], None]
    fit: Callable[[Board], tuple[float, float]]
    mounts: tuple[str, ...] = ("post", "wall")
    states: tuple[str, ...] = ("standing",)
    hangs: float = 120.0
    lifts: Mapping[str, float] = field(default_factory=dict)
    supports: Mapping[str, Support] = field(default_factory=dict)
    stick: float = 0.0
    most_cord: float = 1e3
    whole: Mapping[str, Whole] = field(default_factory=dict)

    def mount(self, board: Board) -> str:
        """What carries this board.

        Raises:
            BadInput: this kind cannot be mounted so.
        """
        if board.mount and board.mount not in self.mounts:
            raise BadInput(
                f'a {self.word} has no mount "{board.mount}"',
                f"use one of: {', '.join(self.mounts)}",
            )
        return board.mount or self.mounts[0]

    def foot(self, board: Board) -> float:
        """The height in cm of the face's lower edge above the drawing's foot.

        Zero on a wall and on cords, where ``hangs`` is the height above the floor.
        """
        if board.state in self.whole:
            return 0.0
        mount = self.mount(board)
        return self.stick if mount == "held" else self.lifts.get(mount, _LIFTS[mount])

    def measure(self, board: Board) -> tuple[float, float]:
        """(width, height) in cm of the drawing, supports and cords included.

        The ornament on top of a pole reaches up to 12 cm higher.
        """
        if board.state in self.whole:
            return self.whole[board.state].fit(board)
        width, height = self.fit(board)
        mount = self.mount(board)
        cords = min(board.cord, self.most_cord) if mount == "hanging" else 0.0
        return width, height + self.foot(board) + cords

    def text_box(self, board: Board) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) in cm of the part that must stay readable."""
        foot = self.foot(board)
        width, height = self.measure(board) if board.state in self.whole else self.fit(board)
        return -width / 2, -foot - height, width / 2, -foot

    def grip(self, board: Board) -> Point:
        """Where a hand takes hold of a held board, in cm from the drawing's foot."""
        if self.stick:
            return 0.0, -0.3 * self.stick
        return 0.0, -min(5.0, 0.12 * self.fit(board)[1])

    def draw(self, pen: Pen, board: Board) -> None:
        """Draw it, its foot at the pen's origin."""
        if board.state in self.whole:
            self.whole[board.state].draw(pen, board)
            return
        mount = self.mount(board)
        board = replace(board, mount=mount)
        width, height = self.fit(board)
        lift = self.foot(board)
        if board.state != "pinned":
            support = self.supports.get(mount, _SUPPORTS.get(mount))
            if support is not None and (mount != "held" or self.stick):
                support(pen, board, width, height, lift)
        self.face(raised(pen, lift), board, width, height)


@dataclass(frozen=True, slots=True)
class Whole:
    """A form of its own, without a mount: how large it is, and how it is drawn."""

    fit: Callable[[Board], tuple[float, float]]
    draw: Callable[[Pen, Board], None]


#: How wide a board is, in cm, that stands on two posts.
TWO_POSTS_FROM = 76.0

Support = Callable[[Pen, Board, float, float, float], None]


def raised(pen: Pen, lift: float, x: float = 0.0) -> Pen:
    """A pen whose origin is ``lift`` cm higher and ``x`` cm to the right."""
    frame = pen.frame
    left, top = frame.point(x, -lift)
    return pen.canvas.pen(Frame(left, top, frame.scale, frame.degrees, frame.mirror), pen.weight)


def panel(
    board: Board,
    *,
    aspect: float,
    widest: float,
    cap: float,
    pad: tuple[float, float],
    least: float = LEAST_CAP,
) -> tuple[float, float]:
    """(width, height) in cm of a panel for the board's text with margins.

    Args:
        board: whose text is fitted.
        aspect: of the lines of text, width : height.
        widest: the width in cm that the panel should not exceed; letters shrink for it, but
            never below ``least``.
        cap: the usual height of capitals in cm.
        pad: the margins of both sides together, in cm: horizontal, vertical.
        least: the least height of capitals in cm.
    """
    block = set_text(board.text, aspect=aspect, locale=board.locale)
    cap = max(least, min(cap, (widest - pad[0]) / block.width))
    return block.width * cap + pad[0], block.height * cap + pad[1]


def one_of(options: tuple[_T, ...], text: str) -> _T:
    """Always the same option for the same text: two shops have two colours."""
    return options[zlib.crc32(text.encode()) % len(options)]


def post_places(width: float) -> tuple[float, ...]:
    """Where the posts under a board of this width stand, in cm from its middle: one or two."""
    return (0.0,) if width < TWO_POSTS_FROM else (-width * 0.31, width * 0.31)


def posts(colour: str = WOOD, thick: float = 3.6) -> Support:
    """A post of wood, or two under a wide board."""

    def draw(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
        for x in post_places(width):
            pen.shape(rect(x - thick, -lift - height * 0.4, x + thick, 0, 1), colour)

    return draw


def pole(colour: str = IRON, over: float = 6.0) -> Support:
    """A slim iron pole that ends ``over`` cm above the board."""

    def draw(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
        pen.shape(rect(-2.8, -lift - height - over, 2.8, 0, 1), colour)
        pen.shape(rect(-8, -4, 8, 0, 1.5), colour)

    return draw


def easel(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    """Two wooden legs that part towards the ground, a third one behind, and a ledge."""
    top = -lift - height - 7
    third = poly((-1.8, top + 4), (1.8, top + 4), (3.0, -5), (-1.0, -5))
    pen.shape(third, mix(WOOD, "#000000", 0.25))
    half = min(width * 0.36, 34)
    for side in (-1, 1):
        leg = poly(
            (side * (half * 0.3 - 2.2), top),
            (side * (half * 0.3 + 2.2), top),
            (side * (half + 8), 0),
            (side * (half + 3.2), 0),
        )
        pen.shape(leg, WOOD)
    ledge = min(width * 0.5 + 2, half + 18)
    pen.shape(rect(-ledge, -lift - 2, ledge, -lift + 4, 1), WOOD)


def cords(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    """Two cords to the ceiling."""
    for x in (-width * 0.36, width * 0.36):
        pen.ink([(x, -height - board.cord), (x, -height + 2)], 0.7, taper=1.0)
        pen.fill(oval(x, -height - board.cord + 1, 1.6), "#3d3842")


def strut(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    """The foot of a frame that stands on a table."""
    half = width * 0.32
    pen.shape(poly((-half + 5, -6), (half - 5, -6), (half, 0), (-half, 0), corner=0.8), DARK_WOOD)


def stick(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    """The stick of a placard."""
    pen.shape(rect(-2.0, -lift - height * 0.5, 2.0, 0, 1), WOOD)


_LIFTS = {"post": 140.0, "stand": 34.0, "wall": 0.0, "hanging": 0.0, "table": 0.0, "held": 0.0}
_SUPPORTS: dict[str, Support] = {
    "post": posts(),
    "stand": easel,
    "hanging": cords,
    "held": stick,
}
