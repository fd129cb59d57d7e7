"""Props: what they are called, how large they are, where a hand takes hold, how they are drawn.

Every prop is drawn in centimetres by a pen whose origin is the middle of its foot; y points
down, so a thing 30 cm high reaches up to -30. Sizes are drawn sizes: small things are drawn
somewhat larger than life, as in any picture book, or nobody would see the sandwich.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import Geometry, Point
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

    ``ground`` is what surrounds it: leaves follow the season, a window shows the sky.
    """

    state: str = ""
    colour: str | None = None
    text: str = ""
    variant: int = 0
    ground: Ground = Ground()

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
    (sizes, grips and surfaces included); ``lies`` things lie down when nobody holds them. ``flat`` props lie on the ground and
    cast no shadow. ``airs`` gives, by state, how high above the ground in cm a thing flies.

    For furniture: ``surface`` is where things stand on it (and people), ``seats`` where people
    sit (the surface if left out), ``berth`` where somebody lies. ``hangs`` is the height in cm
    of its lower edge above the floor for what hangs on a wall. ``front`` is drawn after whoever
    sits or lies in it: a car's door, a bed's blanket, the near side of a bathtub. ``solid``
    (width, height) is the part that hides what is behind it (all, if left out). ``basin`` (half
    width, half depth in cm) is ground on which nobody stands. ``far`` things stand at the back
    wall or the hedge. ``perch`` is where something is caught up in it, ``pin`` where a notice is
    fixed to it, ``approach`` where those stand who are at it.
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

    def extent(self, state: str, *, lying: bool = False) -> tuple[float, float]:
        """(width, height) in cm in this state."""
        width, height = self.sizes.get(state, self.size)
        if lying and self.lies:
            width, height = height, width
        return width * self.scale, height * self.scale

    def grip(self, index: int = 0) -> Point:
        """Where a hand takes hold, in cm from the foot; the last grip serves further hands."""
        if not self.grips:
            return 0.0, 0.0
        x, y = self.grips[min(index, len(self.grips) - 1)]
        return x * self.scale, y * self.scale


def look_of(
    kind: PropKind,
    state: str | None,
    colour: str | None,
    text: str,
    variant: int,
    ground: Ground | None = None,
) -> Look:
    """A Look whose state is the kind's first one when the Scene says none."""
    hue = colour_of(colour) if colour else None
    return Look(state or kind.states[0], hue, text, variant, ground or Ground())


def strip(
    pen: Pen, *areas: Geometry, fill: str, ink_width: float = 1.0, shade: float = 1.0
) -> None:
    """Draw several areas alike."""
    for area in areas:
        pen.shape(area, fill, ink_width=ink_width, shade=shade)
