"""Clocks: on a post, on a wall, on a bedside table; with hands or with figures."""

from __future__ import annotations

import math

from storypainter.ink.boards.kind import (
    GREEN,
    IRON,
    RED,
    WHITE,
    YELLOW,
    Board,
    BoardKind,
)
from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import around, band, limb, oval, poly, rect
from storypainter.ink.drawing.palette import INK, mix


def hand_angles(hour: int, minute: int) -> tuple[float, float]:
    """(hour hand, minute hand) in degrees clockwise from twelve; the hour hand moves on evenly."""
    return (hour % 12 + minute / 60) * 30.0, minute % 60 * 6.0


def _face(
    pen: Pen, board: Board, y: float, radius: float, *, figures: tuple[int, ...], cap: float
) -> None:
    """A dial of ``radius`` around (0, y): marks, figures, two hands."""
    hour, minute = board.time or (12, 0)
    pen.shape(oval(0, y, radius), WHITE, ink_width=0.7, shade=0)
    for mark in range(1, 13):
        if mark not in figures:
            if mark % 3:
                pen.fill(oval(*around(0, y, radius * 0.86, mark * 30), radius * 0.038), INK)
            else:
                ends = (around(0, y, radius * r, mark * 30) for r in (0.76, 0.93))
                pen.fill(band(list(ends), radius * 0.08), INK)
    for figure in figures:
        spot = around(0, y, radius * (0.77 if len(figures) < 12 else 0.79), figure * 30)
        write(pen, str(figure), spot, cap * 1.7, cap, INK, WHITE, cap=cap)
    turn, minute_turn = hand_angles(hour, minute)
    reach = radius * (0.80 if len(figures) < 12 else 0.68)
    with pen.canvas.part("text"):
        _hand(pen, y, reach * 0.64, turn, radius * 0.068)
        _hand(pen, y, reach, minute_turn, radius * 0.045)
        pen.fill(oval(0, y, radius * 0.085), INK, solid=True)


def _hand(pen: Pen, y: float, length: float, degrees: float, half_width: float) -> None:
    turn = math.radians(degrees)
    side = math.cos(turn) * half_width, math.sin(turn) * half_width
    tip, tail = around(0, y, length, degrees), around(0, y, -length * 0.12, degrees)
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


_QUARTERS = (12, 3, 6, 9)


def _clock(pen: Pen, board: Board, width: float, height: float) -> None:
    """The dial of a public clock in a green iron rim."""
    radius = height / 2
    pen.shape(oval(0, -radius, radius), GREEN)
    _face(pen, board, -radius, radius * 0.84, figures=_QUARTERS, cap=8.0)


def _clock_post(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    pen.shape(poly((-4, -lift - 6), (4, -lift - 6), (6, -10), (-6, -10)), GREEN)
    pen.shape(rect(-14, -12, 14, 0, 2), GREEN)
    pen.shape(rect(-8, -60, 8, -54, 1), GREEN, ink_width=0.8)


def _clock_arm(pen: Pen, board: Board, width: float, height: float, lift: float) -> None:
    pen.shape(rect(-2.2, -height - board.cord, 2.2, -height + 4), IRON)
    pen.shape(rect(-9, -height - board.cord, 9, -height - board.cord + 3, 1), IRON)


def _wall_clock(pen: Pen, board: Board, width: float, height: float) -> None:
    """A kitchen clock: a wooden or coloured rim, all twelve figures."""
    radius = height / 2
    rim = RED if (board.time or (0, 0))[1] % 2 else "#6f9fb8"
    pen.shape(oval(0, -radius, radius), rim)
    pen.shape(oval(0, -radius, radius * 0.90), mix(rim, "#000000", 0.18), ink_width=0, shade=0)
    _face(pen, board, -radius, radius * 0.86, figures=tuple(range(1, 13)), cap=radius * 0.17)


def _alarm_clock(pen: Pen, board: Board, width: float, height: float) -> None:
    """Two bells, a hammer, a round case on two feet; ringing, it has lines beside its bells."""
    radius = width * 0.43
    y = -radius - 4
    for side in (-1, 1):
        foot = limb(
            [(side * radius * 0.55, y + radius * 0.75), (side * radius * 0.78, -1.4)], 2, 1.6
        )
        pen.shape(foot, IRON, ink_width=0.8)
    pen.ink([(0, y - radius), (0, y - radius - 7)], 1.4, taper=1.0)
    pen.shape(rect(-3.4, y - radius - 9.5, 3.4, y - radius - 6, 1.2), IRON, ink_width=0.7)
    for side in (-1, 1):
        spot = around(0, y, radius * 1.16, side * 33)
        bell = oval(*spot, radius * 0.36, radius * 0.27, side * 33)
        pen.shape(bell, YELLOW, ink_width=0.9)
    pen.shape(oval(0, y, radius), RED)
    _face(pen, board, y, radius * 0.82, figures=_QUARTERS, cap=radius * 0.24)
    if board.state == "ringing":
        for side in (-1, 1):
            for turn in (52, 66, 80):
                ends = [around(0, y, radius * r, side * turn) for r in (1.22, 1.5)]
                pen.ink(ends, 0.8)


def _digital_clock(pen: Pen, board: Board, width: float, height: float) -> None:
    """A low case with a dark window and glowing figures."""
    half = width / 2
    for side in (-1, 1):
        pen.shape(
            rect(side * half * 0.62 - 4, -3, side * half * 0.62 + 4, 0, 1), IRON, ink_width=0.7
        )
    pen.shape(rect(-half, -height, half, -1.6, 4), "#8fa3a5")
    window = rect(-half + 4, -height + 4, half - 4, -6, 2)
    pen.shape(window, "#26303a", ink_width=0.6, shade=0)
    middle = -(height + 2) / 2
    text = "{}:{:02d}".format(*(board.time or (12, 0)))
    write(pen, text, (0, middle), width - 15, height - 17, "#ffd27a", "#26303a")
    if board.state == "ringing":
        for side in (-1, 1):
            for dy in (-6, 0, 6):
                reach = side * (half + 4), side * (half + 10 - abs(dy) * 0.3)
                pen.ink([(reach[0], middle + dy * 0.8), (reach[1], middle + dy * 1.3)], 0.8)


def _radius(radius: float) -> tuple[float, float]:
    return 2 * radius, 2 * radius


KINDS = (
    BoardKind(
        "clock",
        _clock,
        lambda board: _radius(33),
        ("post", "wall", "hanging"),
        lifts={"post": 200},
        supports={"post": _clock_post, "hanging": _clock_arm},
        hangs=185,
    ),
    BoardKind(
        "wall clock", _wall_clock, lambda board: _radius(25), ("wall",), ("plain",), hangs=172
    ),
    BoardKind(
        "alarm clock",
        _alarm_clock,
        lambda board: (40, 51),
        ("table", "held"),
        ("plain", "ringing"),
    ),
    BoardKind(
        "digital clock",
        _digital_clock,
        lambda board: (56, 29),
        ("table", "wall", "hanging"),
        ("plain", "ringing"),
        hangs=185,
    ),
)
