"""Boards of paper: notices, posters, letters, notes and labels."""

from __future__ import annotations

from storypainter.ink.boards.kind import (
    DARK_WOOD,
    GREEN,
    RED,
    WHITE,
    WOOD,
    YELLOW,
    Board,
    BoardKind,
    one_of,
    panel,
)
from storypainter.ink.boards.street import inscribe
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, oval, path, poly, rect
from storypainter.ink.drawing.palette import INK, mix

_NOTICE_PADS = 19.0, 21.0
_POSTER_PADS = 22.0, 48.0
_LETTER_PADS = 18.0, 37.0
_NOTE_PADS = 17.0, 19.0
_LABEL_PADS = 18.0, 9.0


def _fit_notice(board: Board) -> tuple[float, float]:
    return panel(board, aspect=1.5, widest=96, cap=9.5, pad=_NOTICE_PADS)


def _notice(pen: Pen, board: Board, width: float, height: float) -> None:
    """White paper, two pins; on a green board if it has a post of its own."""
    half = width / 2
    if board.state != "pinned" and board.mount == "post":
        pen.shape(rect(-half - 1, -height - 1, half + 1, 1, 3), GREEN)
    sheet = poly((-half + 3, -height + 3), (half - 3, -height + 3), (half - 3, -3), (-half + 3, -3))
    pen.shape(sheet, WHITE, ink_width=0.6)
    inscribe(pen, board, (width, height), _NOTICE_PADS, INK, WHITE, (0, -height / 2 + 1))
    for x in (-half + 8, half - 8):
        pen.shape(oval(x, -height + 7, 1.9), RED, ink_width=0.4, shade=0)


def _post(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    places = (0.0,) if width < 66 else (-width * 0.3, width * 0.3)
    for x in places:
        pen.shape(rect(x - 3.4, -lift - 8, x + 3.4, 0, 1), GREEN)


_POSTERS = (
    ("#f3d98b", "#9c3f31", ("#c8553d", "#6f9fb8")),
    ("#f4e6d2", "#35527d", ("#35527d", "#e0a13c")),
    ("#cfe0d2", "#6b2f4a", ("#6b2f4a", "#e6b64c")),
    ("#f0c3ac", "#4a3358", ("#4a3358", "#fdf3dc")),
)


def _fit_poster(board: Board) -> tuple[float, float]:
    return panel(board, aspect=1.1, widest=92, cap=11, pad=_POSTER_PADS)


def _poster(pen: Pen, board: Board, width: float, height: float) -> None:
    """Coloured paper with a row of pennants over its text and two bands below."""
    ground, letters, flags = one_of(_POSTERS, board.text)
    half = width / 2
    if board.state != "pinned" and board.mount == "stand":
        pen.shape(rect(-half, -height, half, 0, 2.5), WOOD)
    left, right, top = -half + 4, half - 4, -height + 4
    pen.shape(rect(left, top, right, -4, 0.8), ground, ink_width=0.7)
    count = max(5, round((right - left) / 13) | 1)
    step = (right - left) / count
    for index in range(count):
        x = left + step * (index + 0.5)
        flag = poly((x - step / 2, top + 1), (x + step / 2, top + 1), (x, top + 11))
        pen.shape(flag, flags[index % 2], ink_width=0.5, shade=0)
    for y, thick in ((-13.0, 2.6), (-8.6, 1.2)):
        pen.fill(rect(left + 6, y, right - 6, y + thick), flags[0])
    inscribe(pen, board, (width, height), _POSTER_PADS, letters, ground, (0, -height / 2 + 0.5))
    if board.state == "pinned" or board.mount in ("wall", "held"):
        for x in (left + 4, right - 4):
            pen.shape(oval(x, top + 3.4, 1.7), "#e9e4da", ink_width=0.4, shade=0)


def _legs(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    for side in (-1, 1):
        x = side * (width / 2 - 6)
        pen.shape(rect(x - 3, -lift - 12, x + 3, 0, 1), DARK_WOOD)


def _fit_letter(board: Board) -> tuple[float, float]:
    return panel(board, aspect=1.15, widest=78, cap=7, pad=_LETTER_PADS)


def _letter(pen: Pen, board: Board, width: float, height: float) -> None:
    """A folded sheet of writing paper: sender and stamp above the words, a name below."""
    half = width / 2
    pen.shape(
        poly((-half, -height + 1), (half, -height), (half - 0.6, 0), (-half + 0.8, -0.6)), "#fdf4df"
    )
    fold = "#d8c7a4"
    for share in (0.36, 0.68):
        pen.ink([(-half + 1.5, -height * share), (half - 1.5, -height * share - 0.4)], 0.35, fold)
    scribble = "#7a86a6"
    for row, share in ((0, 0.34), (1, 0.24)):
        pen.ink(_flourish(-half + 7, -height + 8 + 5 * row, width * share), 0.5, scribble)
    _stamp(pen, half - 11.5, -height + 10.5)
    length = min(26.0, width * 0.4)
    pen.ink(_flourish(half - 8 - length, -7.5, length), 0.5, scribble)
    middle = 0.0, -height / 2 + 3.5
    inscribe(pen, board, (width, height), _LETTER_PADS, "#2f3f66", "#fdf4df", middle)


def _stamp(pen: Pen, x: float, y: float) -> None:
    """A postage stamp with a sun on it, and half of a postmark."""
    pen.shape(rect(x - 5.5, y - 6.5, x + 5.5, y + 6.5), "#7fa9a0", ink_width=0.5, shade=0)
    pen.shape(oval(x, y, 2.8), YELLOW, ink_width=0.35, shade=0)
    for radius in (5.0, 3.4):
        pen.ink(arc(x - 7.5, y + 2.5, radius, radius, 70, 290), 0.4, "#55506a", taper=1.0)


def _flourish(left: float, y: float, length: float) -> list[tuple[float, float]]:
    """Handwriting too small to read."""
    count = max(3, round(length / 3))
    points = [(left + length * i / count, y + (-1.5 if i % 2 else 1.2)) for i in range(count + 1)]
    return [tuple(each) for each in path(*points).tolist()]


_NOTES = ("#f7e27e", "#f6c3b7", "#c9e0c2", "#cfdff0")


def _fit_note(board: Board) -> tuple[float, float]:
    width, height = panel(board, aspect=1.2, widest=64, cap=6.5, pad=_NOTE_PADS)
    return max(width, 0.9 * height), max(height, 0.7 * width)


def _note(pen: Pen, board: Board, width: float, height: float) -> None:
    """A square of coloured paper; its lower corner curls up."""
    ground = one_of(_NOTES, board.text)
    half, curl = width / 2, 6.0
    pen.shape(
        poly(
            (-half, -height), (half, -height), (half, -curl), (half - curl, 0), (-half + 0.6, -0.4)
        ),
        ground,
        ink_width=0.8,
    )
    corner = poly((half, -curl), (half - curl, 0), (half - curl + 0.6, -curl + 0.6))
    pen.shape(corner, mix(ground, "#000000", 0.16), ink_width=0.6, shade=0)
    if board.mount == "wall":
        tape = poly(
            (-8, -height - 2.6), (8, -height - 3.4), (8.4, -height + 3), (-7.6, -height + 3.6)
        )
        pen.shape(tape, "#f1ead8", ink_width=0.4, shade=0)
    inscribe(pen, board, (width, height), _NOTE_PADS, "#3a3550", ground)


def _fit_label(board: Board) -> tuple[float, float]:
    return panel(board, aspect=2.6, widest=72, cap=6.5, pad=_LABEL_PADS)


def _label(pen: Pen, board: Board, width: float, height: float) -> None:
    """A tag with two cut corners, an eyelet and its thread."""
    half, cut = width / 2, min(7.0, height * 0.3)
    pen.shape(
        poly(
            (-half, -height + cut),
            (-half + cut, -height),
            (half, -height),
            (half, 0),
            (-half + cut, 0),
            (-half, -cut),
            corner=0.8,
        ),
        "#ead3a6",
    )
    eye = -half + 6.0, -height / 2
    pen.shape(oval(*eye, 2.5), RED, ink_width=0.5, shade=0)
    pen.fill(oval(*eye, 1.0), INK)
    if board.mount == "wall":
        pen.ink([eye, (eye[0] - 4, eye[1] - 8), (eye[0] - 1, -height - 7)], 0.6, taper=1.0)
        pen.fill(oval(eye[0] - 1, -height - 7, 1.2), INK)
    inscribe(pen, board, (width, height), _LABEL_PADS, "#5a3322", "#ead3a6", (4.0, -height / 2))


KINDS = (
    BoardKind(
        "notice",
        _notice,
        _fit_notice,
        ("post", "wall", "held"),
        hangs=118,
        lifts={"post": 76},
        supports={"post": _post},
    ),
    BoardKind(
        "poster",
        _poster,
        _fit_poster,
        ("stand", "wall", "held"),
        hangs=108,
        lifts={"stand": 70},
        supports={"stand": _legs},
    ),
    BoardKind(
        "letter",
        _letter,
        _fit_letter,
        ("held", "table", "wall"),
        ("plain",),
        hangs=120,
    ),
    BoardKind("note", _note, _fit_note, ("wall", "held", "table"), ("plain",), hangs=128),
    BoardKind("label", _label, _fit_label, ("wall", "table", "held"), ("plain",), hangs=125),
)
