"""Props: what they are called, how large they are, where a hand takes hold, how they are drawn.

Every prop is drawn in centimetres by a pen whose origin is the middle of its foot; y points
down, so a thing 30 cm high reaches up to -30. Sizes are drawn sizes beside people of 170 cm: small
things are drawn up to about one and a half times as large as life, as in any picture book, or
nobody would see the sandwich; the tiniest (a ring, a coin) as large as it takes to know them.

A thing is drawn as it is held or stands. Flat things (``flattens``) lie, foreshortened, where
nobody holds them, and what is read turns its back to the viewer where somebody reads it: both
follow from ``Look.where``, which whoever stages a Scene fills in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import shapely
from shapely import affinity

from storypainter.ink.drawing.canvas import Canvas, Pen
from storypainter.ink.drawing.geometry import Frame, Geometry, Point, Points, polygons, union
from storypainter.ink.drawing.palette import Style
from storypainter.ink.drawing.palette import colour as colour_of
from storypainter.ink.drawing.stage import SEASONS, Season

WOOD = "#b98a58"
DARK_WOOD = "#8f6741"
PALE_WOOD = "#d9b07c"
IRON = "#4f5a5c"
STEEL = "#c3c9c9"
RED = "#c8553d"
YELLOW = "#e9b44c"
BLUE = "#6f9fb8"
GREEN = "#7d9a5b"
CREAM = "#fbf3e0"
PINK = "#e58f8f"
PURPLE = "#8b7aa0"
WHITE = "#fffdf7"
DARK = "#3d3842"
WATER = "#a9d3e0"
SHADOW = "#3a2a5a"

Carry = Literal[
    "front",
    "low",
    "raised",
    "eyes",
    "ear",
    "mouth",
    "two",
    "read",
    "push",
    "fly",
    "lead",
    "play",
]

#: Where a thing is: in a hand or a mouth, on the ground or the floor, on top of something else;
#: empty where that makes no difference (it hangs, it flies, it is caught in a tree).
Where = Literal["", "held", "ground", "top"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What surrounds a prop: the season, the light outside, the weather, a seed."""

    season: Season = SEASONS["summer"]
    dark: bool = False
    windy: bool = False
    weather: str = "clear"
    seed: int = 0
    sky: str = "#cde4ea"
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How one prop is to look: its state, its colour (``#rrggbb`` or None), text and variant.

    ``ground`` is what surrounds it: leaves follow the season, a window shows the sky. ``where``
    is where it is: nobody reads a newspaper through its back, and no letter stands on a floor.
    ``tied`` says that a cord, drawn by whoever stages the Scene, runs from its ``tie`` to a hand
    or to something else: it leaves out its own loose one.
    """

    state: str = ""
    colour: str | None = None
    text: str = ""
    variant: int = 0
    ground: Ground = Ground()
    where: Where = ""
    tied: bool = False

    def tint(self, usual: str) -> str:
        """The asked colour, or ``usual``."""
        return self.colour or usual


@dataclass(frozen=True, slots=True)
class Surface:
    """Where something can stand or sit on a prop: its height and the x of its places, in cm."""

    height: float
    places: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Approach:
    """Where those who are at a prop stand.

    Their nearer side is ``near`` to ``far`` cm to a side of its middle; ``ahead`` says how much
    nearer to the viewer they are, in shares of the canvas height (negative: behind it).
    """

    near: float
    far: float
    ahead: tuple[float, float] = (0.01, 0.35)
    weight: float = 1.6


@dataclass(frozen=True, slots=True)
class PropKind:
    """One kind of prop: a thing in a hand or on a table, or a piece of furniture of a setting.

    ``size`` is (width, height) in cm. ``grips`` are the points where hands take hold (the first
    is the main one), for a prop that can be held; ``carry`` is how it is held. ``states`` are the
    words a Scene may use; no state means the first one. ``scale`` shrinks the whole drawing
    (sizes, grips and surfaces included); ``lies`` things, which are long, lie down when nobody
    holds them: along the ground, aslant on top of something. In the states that it ``flattens`` in, a thing lies on its back where nobody holds
    it, drawn foreshortened and ``thick`` cm high; ``props_up`` says that it stands all the same
    on top of something, as a card does. ``flat`` props lie on the ground and cast no shadow. ``airs`` gives, by state, how high above the ground in cm a thing flies.

    For furniture: ``surface`` is where things stand on it (and people), ``seats`` where people
    sit (the surface if left out), ``berth`` where somebody lies. ``hangs`` is the height in cm
    of its lower edge above the floor for what hangs on a wall. ``front`` is drawn after whoever
    sits or lies in it: a car's door, a bed's blanket, the near side of a bathtub. ``solid``
    (width, height) is the part that hides what is behind it (all, if left out). ``basin`` (half
    width, half depth in cm) is ground on which nobody stands. ``far`` things stand at the back
    wall or the hedge. ``perch`` is where something is caught up in it, ``pin`` where a notice is
    fixed to it, ``approach`` where those stand who are at it. ``tie`` is where a cord is tied to it: the
    tip of a rod, the front of a sledge, the mouth of a fish. ``feet`` are the x of the feet of
    what is open in the middle, as a gate is: its shadow lies below them. ``shifts`` moves, by
    state, a drawing that is not held to the right (in cm), so that what leans or spills to one
    side lies about its middle all the same: layouts know no more of it than its size. ``helm`` is
    where who drives it has the near and the far hand: its wheel or its handlebar. ``floor`` is
    how high in cm the feet of who sits in it stand.
    """

    word: str
    size: tuple[float, float]
    draw: Callable[[Pen, Look], None]
    states: tuple[str, ...] = ("plain",)
    grips: tuple[Point, ...] = ()
    carry: Carry | None = None
    surface: Surface | None = None
    flat: bool = False
    airs: Mapping[str, float] = field(default_factory=dict)
    weight: float = 0.85
    scale: float = 1.0
    lies: bool = False
    sizes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    seats: Surface | None = None
    berth: Surface | None = None
    hangs: float | None = None
    front: Callable[[Pen, Look], None] | None = None
    solid: tuple[float, float] | None = None
    basin: tuple[float, float] | None = None
    far: bool = False
    perch: Point | None = None
    pin: Point | None = None
    approach: Approach | None = None
    flattens: tuple[str, ...] = ()
    thick: float = 0.0
    props_up: bool = False
    tie: Point | None = None
    feet: tuple[float, ...] = ()
    shifts: Mapping[str, float] = field(default_factory=dict)
    helm: tuple[Point, ...] = ()
    floor: float = 0.0

    def __post_init__(self) -> None:
        if self.shifts:
            object.__setattr__(self, "draw", _shifted(self.shifts, self.draw))
        if self.flattens or self.lies:
            object.__setattr__(self, "draw", _laid(self, self.draw))
        if not self.feet and self._always_lies and self.extent("", lying=True)[0] > _BROAD:
            # a shadow as wide as a thing that is thin would be a pool below it
            object.__setattr__(self, "feet", (0.0,))

    @property
    def _always_lies(self) -> bool:
        """Whether it never stands where nobody holds it."""
        return self.lies or set(self.flattens) == set(self.states)

    def extent(self, state: str, *, lying: bool = False) -> tuple[float, float]:
        """(width, height) in cm in this state; ``lying`` as it is where nobody holds it."""
        width, height = self.sizes.get(state, self.size)
        if lying and self.lies:
            width, height = height, width
        elif lying and state in self.flattens:
            left, top, right, bottom = _laid_bounds(width, height)
            width, height = right - left, bottom - top + self.thick
        return width * self.scale, height * self.scale

    def grip(self, index: int = 0) -> Point:
        """Where a hand takes hold, in cm from the foot; the last grip serves further hands."""
        if not self.grips:
            return 0.0, 0.0
        x, y = self.grips[min(index, len(self.grips) - 1)]
        return x * self.scale, y * self.scale


def _shifted(
    shifts: Mapping[str, float], draw: Callable[[Pen, Look], None]
) -> Callable[[Pen, Look], None]:
    """``draw``, moved aside in some states where nobody holds the thing."""

    def drawn(pen: Pen, look: Look) -> None:
        aside = 0.0 if look.where == "held" else shifts.get(look.state, 0.0)
        draw(moved_pen(pen, aside) if aside else pen, look)

    return drawn


#: What lies on the ground and is wider than this (cm) has a small shadow, and that of its outline.
_BROAD = 33.0
#: How far what lies flat is foreshortened, and how far it is turned: a long thing more.
_FORESHORTENED = 0.44
_TURNED, _TURNED_LONG, _LONG = 22.0, 64.0, 1.7
#: How far before its ground point a thing that lies may reach, in cm. The frame of what lies along
#: the ground is above that point by a share of its width, and half its length to one side of it.
_SUNK, _SUNK_ALONG, _RAISED = 12.0, 26.0, 0.2
_ASLANT, _LINE = 18.0, 0.6
#: From this thickness in cm on it is pages that are seen from the side.
_PAGED, _EDGE = 3.0, "#a89880"


@dataclass(frozen=True, slots=True)
class _LyingFrame(Frame):
    """A frame that turns a drawing by ``turned`` degrees and lays it down, its top away."""

    turned: float = 0.0

    @property
    def matrix(self) -> Points:
        upright: Points = Frame.matrix.__get__(self)
        return upright @ _laying(self.turned)


def _laying(turned: float) -> Points:
    """The linear map that lays an upright drawing on its back."""
    cosine, sine = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    return np.array([[1.0, 0.0], [0.0, _FORESHORTENED]]) @ [[cosine, -sine], [sine, cosine]]


def plane_of(pen: Pen) -> Points | None:
    """The linear map (2, 2) that lays letters into the plane of a thing that lies; else None."""
    own = pen.frame
    if not isinstance(own, _LyingFrame):
        return None
    plane = _laying(own.turned)
    # a mirrored plane, but letters that can be read
    return plane * np.array([[1.0, -1.0], [-1.0, 1.0]]) if own.mirror else plane


def _turn_of(width: float, height: float) -> float:
    return _TURNED_LONG if height > _LONG * width else _TURNED


def _laid_bounds(width: float, height: float) -> tuple[float, float, float, float]:
    """Where a thing of this size would lie if it turned about the middle of its foot, in cm."""
    half = width / 2
    corners = np.array([(-half, 0.0), (half, 0.0), (half, -height), (-half, -height)])
    placed = corners @ _laying(_turn_of(width, height)).T
    (left, top), (right, bottom) = placed.min(axis=0).tolist(), placed.max(axis=0).tolist()
    return left, top, right, bottom


def _is_flat(kind: PropKind, look: Look) -> bool:
    """Whether a thing is drawn foreshortened; what ``lies`` on the ground is turned by its frame."""
    if kind.lies:
        return look.where == "top"
    on_top = look.where == "top" and not kind.props_up
    return look.state in kind.flattens and (on_top or look.where == "ground")


def _laid(kind: PropKind, draw: Callable[[Pen, Look], None]) -> Callable[[Pen, Look], None]:
    """``draw``, which also knows how the thing lies where nobody holds it."""

    def drawn(pen: Pen, look: Look) -> None:
        if _is_flat(kind, look):
            _draw_flat(kind, draw, pen, look)
        elif kind.lies and look.where == "ground":
            _draw_along(kind, draw, pen, look)
        else:
            draw(pen, look)

    return drawn


def _draw_flat(kind: PropKind, draw: Callable[[Pen, Look], None], pen: Pen, look: Look) -> None:
    """A thing on its back: on the ground its middle is at the ground point, on a table its edge."""
    width, height = kind.sizes.get(look.state, kind.size)
    left, top, right, bottom = _laid_bounds(width, height)
    own, turned = pen.frame, _turn_of(width, height)
    sunk = min(0.5 * (bottom - top), _SUNK / kind.scale) if look.where == "ground" else 0.0

    def plane(raised: float) -> Pen:
        x, y = own.point(-(left + right) / 2, sunk - bottom - raised)
        frame = _LyingFrame(x, y, own.scale, own.degrees, own.mirror, turned)
        return Pen(pen.canvas, frame, pen.weight)

    laid = plane(kind.thick)
    look_down = replace(look, where="")
    flat = plane(0.0)
    outline = _outline(flat, draw, look_down)
    if look.where == "ground":
        _contact_shadow(flat, outline)
    if kind.thick:
        _side(kind, look, flat, laid, outline)
    draw(laid, look_down)


def _side(kind: PropKind, look: Look, low: Pen, high: Pen, outline: Geometry) -> None:
    """The thickness of a thing that lies, below its upper side: pages, or a plain edge."""
    rise = (high.frame.x - low.frame.x, high.frame.y - low.frame.y)
    steps = (0.0, 0.25, 0.5, 0.75, 1.0)
    block = union(affinity.translate(outline, rise[0] * k, rise[1] * k) for k in steps)
    paged = kind.thick >= _PAGED
    low.canvas.shape(block, CREAM if paged else _EDGE, ink_width=0.8 * low.weight, shade=0.5)
    if not paged:
        return
    width, height = kind.sizes.get(look.state, kind.size)
    for share in (0.34, 0.67):
        x, y = low.frame.x + rise[0] * share, low.frame.y + rise[1] * share
        corners = [(-0.45 * width, -0.9 * height), (-0.45 * width, 0.0), (0.45 * width, 0.0)]
        Pen(low.canvas, replace(low.frame, x=x, y=y), low.weight).ink(corners, 0.3)


def _draw_along(kind: PropKind, draw: Callable[[Pen, Look], None], pen: Pen, look: Look) -> None:
    """A long thing along the ground, which rests there however far its handles reach."""
    own = pen.frame
    outline = _outline(pen, draw, look)
    if outline.is_empty:
        draw(pen, look)
        return
    aslant = _slope(outline)
    main = outline
    if abs(aslant) > _ASLANT:
        # a rod is drawn as it is held, aslant: it needs less of a turn to lie, and is longer then
        degrees = own.degrees + (aslant if own.mirror else -aslant)
        left, _, right, _ = _outline(_turned(pen, degrees, 1.0), draw, look).bounds
        share = min(1.0, kind.size[1] * own.scale / (right - left))
        own = _turned(pen, degrees, share).frame
        outline = _outline(_turned(pen, degrees, share), draw, look)
        # what dangles from it lies on the ground as well
        thick = polygons(outline.buffer(-_LINE * own.scale))
        main = max(thick, key=lambda part: float(part.bounds[2] - part.bounds[0]), default=main)
    left, _, right, lowest = outline.bounds
    _, top, _, bottom = main.bounds
    sunk = min(0.5 * (bottom - top), _SUNK_ALONG * own.scale / kind.scale)
    ahead = 0.5 * kind.size[1] * pen.frame.scale * (-1 if own.mirror else 1)
    dx = own.x + ahead - (left + right) / 2
    dy = pen.frame.y + _RAISED * kind.size[0] * pen.frame.scale + sunk - bottom
    # at the front it stays inside the picture
    edge = max(own.y, pen.canvas.height - 8 * pen.canvas.unit)
    dy = min(dy, edge - lowest)
    laid = Pen(pen.canvas, replace(own, x=own.x + dx, y=own.y + dy), pen.weight)
    _contact_shadow(laid, affinity.translate(outline, dx, dy))
    draw(laid, look)


def _turned(pen: Pen, degrees: float, size: float) -> Pen:
    """A pen at the same place, turned to ``degrees``, ``size`` times as large."""
    frame = replace(pen.frame, degrees=degrees, scale=pen.frame.scale * size)
    return Pen(pen.canvas, frame, pen.weight)


def _slope(outline: Geometry) -> float:
    """How many degrees the long axis of an outline falls to the right, -90 to 90."""
    ring = shapely.get_coordinates(outline.minimum_rotated_rectangle)
    dx, dy = max(np.diff(ring, axis=0)[:2].tolist(), key=lambda side: math.hypot(*side))
    slope = math.degrees(math.atan2(dy, dx))
    return slope - 180 if slope > 90 else slope + 180 if slope <= -90 else slope


def _contact_shadow(pen: Pen, outline: Geometry) -> None:
    """What lies touches its shadow: its own outline, a little below it and to the right."""
    cm = pen.frame.scale
    cast = affinity.translate(outline, 1.3 * cm, 1.6 * cm)
    pen.canvas.fill(cast, SHADOW, 0.24)


def _outline(pen: Pen, draw: Callable[[Pen, Look], None], look: Look) -> Geometry:
    """The outline, in pixels, of what ``draw`` would draw with this pen."""
    scratch = Canvas(256, 256, Style("flat"))
    with scratch.layer("thing", 0.0):
        draw(Pen(scratch, pen.frame, pen.weight), look)
    return union(part.geometry for layer in scratch.layers_drawn for part in layer.parts)


def moved_pen(
    pen: Pen, x: float = 0.0, y: float = 0.0, degrees: float = 0.0, size: float = 1.0
) -> Pen:
    """A pen with its origin at (x, y) cm, turned clockwise by ``degrees``, ``size`` times as large.

    It stays in the plane of ``pen``: what is part of a thing that lies flat lies as well.
    """
    own = pen.frame
    left, top = own.point(x, y)
    scale = own.scale * size
    if isinstance(own, _LyingFrame):
        turned = own.turned + degrees
        return Pen(
            pen.canvas,
            _LyingFrame(left, top, scale, own.degrees, own.mirror, turned),
            pen.weight,
        )
    frame = Frame(left, top, scale, own.degrees + degrees, own.mirror)
    return Pen(pen.canvas, frame, pen.weight)


def look_of(
    kind: PropKind,
    state: str | None,
    colour: str | None,
    text: str,
    variant: int,
    ground: Ground | None = None,
    where: Where = "",
) -> Look:
    """A Look whose state is the kind's first one when the Scene says none."""
    hue = colour_of(colour) if colour else None
    return Look(state or kind.states[0], hue, text, variant, ground or Ground(), where)


def strip(
    pen: Pen, *areas: Geometry, fill: str, ink_width: float = 1.0, shade: float = 1.0
) -> None:
    """Draw several areas alike."""
    for area in areas:
        pen.shape(area, fill, ink_width=ink_width, shade=shade)
