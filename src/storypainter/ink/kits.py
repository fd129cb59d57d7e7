"""Setting kits: what a setting has by itself, and how its scenery is drawn.

A kit is data and one drawing function. Its *bays* fill the back wall (or the far side of a
street) from edge to edge: each is a column of furniture such as a sink with a window above it.
Its *loose* furniture stands in the room and is moved by the layout. Its *areas* are named parts
of the ground (``path``, ``pavement``). A Scene names furniture and areas as anchors. A prop of
the Scene whose kind is a piece of the kit takes that piece's place, with its own state.

How to write a kit
------------------
``paint(scenery)`` draws all that lies behind: walls and floor, or sky and ground, with the
functions of :mod:`storypainter.ink.scenery`. Every layer there has ``kind="scenery"``, a depth
below 0 (small = far), thinner and greyer ink than things (``ink_width=0.6``, ``FAR_INK``).
``paint_front`` draws what is nearer than everybody (grass in the corners); it must not hide
anybody. Furniture is drawn from its prop kinds; a kit holds no coordinates but shares of the
picture and centimetres.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from storypainter.ink.drawing.canvas import Canvas, Pen
from storypainter.ink.drawing.geometry import Geometry, Point
from storypainter.ink.drawing.stage import (
    OUTDOORS,
    Light,
    Season,
    Shape,
    Span,
    Stage,
    light_of,
    season_of,
)
from storypainter.ink.props.prop import Ground
from storypainter.scene import Setting

FAR_INK = "#6d6472"
#: How :attr:`Scenery.places` names what hangs by itself, before its id.
ON_WALL, ON_CORDS, ON_POST = "on the wall: ", "on cords: ", "on a post: "


Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of furniture of a bay: a prop kind, ``dx`` cm from the bay's middle."""

    word: str
    dx: float = 0.0
    state: str | None = None
    colour: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Bay:
    """A column of furniture at the back wall.

    Args:
        pieces: what stands and hangs there.
        width: cm of wall that it takes.
        priority: bays of higher priority stay when the wall is short; 0 comes only on demand.
        repeat: may come again and again to fill the wall (shelves, house fronts).
    """

    pieces: tuple[Piece, ...]
    width: float
    priority: float = 1.0
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Loose:
    """Furniture that the layout moves: where its middle and its foot may be (shares)."""

    word: str
    x: Span = (0.05, 0.95)
    y: Span = (0.70, 0.90)
    always: bool = False
    anchor: str = ""
    state: str | None = None
    colour: str | None = None

    @property
    def name(self) -> str:
        """The anchor word: the prop kind unless another is given."""
        return self.anchor or self.word


@dataclass(frozen=True, slots=True)
class Area:
    """A named part of the ground, in shares of the picture.

    ``wade`` draws, with a pen at somebody's ground point, what covers their legs there: water,
    high grass, snow. It fills and inks without ``solid``, so that nobody counts as covered.
    """

    x: Span = (0.0, 1.0)
    y: Span | None = None
    wade: Callable[[Pen, Ground], None] | None = None


@dataclass(frozen=True, slots=True)
class Scenery:
    """What the drawing functions of a kit get to see: the finished layout, and what surrounds it.

    Args:
        canvas: to draw on.
        stage: maps ground points to scale.
        setting: the Scene's.
        seed: varies the drawing.
        busy: boxes in pixels that clouds, birds and boughs keep clear of.
        feet: ground points, in pixels, of all elements that name an area, by its name.
        places: the ground point of each piece of furniture, by its anchor word.
        faces: what weather keeps clear of: heads and lettering; known to ``paint_front`` only.
    """

    canvas: Canvas
    stage: Stage
    setting: Setting
    seed: int
    busy: list[Geometry] = field(default_factory=list)
    feet: Mapping[str, list[Point]] = field(default_factory=dict)
    places: Mapping[str, Point] = field(default_factory=dict)
    faces: list[Geometry] = field(default_factory=list)

    @property
    def light(self) -> Light:
        """The colours of the hour and the weather."""
        return light_of(self.setting)

    @property
    def season(self) -> Season:
        """The colours of leaves and lawns."""
        return season_of(self.setting)

    @property
    def ground(self) -> Ground:
        """What props need to know of their surroundings."""
        return ground_of(self.setting, self.seed)

    def hung(self, way: str) -> list[Bounds]:
        """(left, top, right, bottom) in pixels of what hangs by itself in one way, such as ``ON_CORDS``."""
        found = []
        for word, (x, y) in self.places.items():
            if not word.startswith(way):
                continue
            for area in self.busy:
                left, top, right, bottom = area.bounds
                if abs((left + right) / 2 - x) < 2 and abs(bottom - y) < 3 * self.stage.front_cm:
                    found.append((left, top, right, y))
                    break
        return found


def ground_of(setting: Setting, seed: int) -> Ground:
    """What props need to know of a Setting."""
    light = light_of(setting)
    return Ground(
        season=season_of(setting),
        dark=light.dark,
        windy=setting.weather == "wind",
        weather=setting.weather,
        seed=seed,
        sky=light.sky[0],
        locale=setting.locale,
    )


def _nothing(scenery: Scenery) -> None:
    """Nothing stands in front."""


@dataclass(frozen=True, slots=True)
class Kit:
    """One setting.

    Args:
        word: its kind, as a Scene names it.
        paint: draws the scenery behind everything.
        shape: how it lies in the picture.
        bays: what fills the back wall, from left to right (a seed may mirror it).
        loose: furniture that the layout moves.
        areas: named parts of the ground.
        indoors: under a roof: no weather falls, signs hang on the wall.
        usual: the area in which people are who name no place.
        seat: the prop kind on which people sit who sit on nothing; "" for the ground.
        paint_front: draws what is nearer than everybody.
        hung: whether what hangs by itself does so on the ``wall``, or on cords from the ``ceiling``
            where the wall is of glass, full of goods, or a painted cloth.
        gate: a prop of the kit and where it stands (shares), with banners of the Scene above it.
        lamplight: how much darker a room's corners are at night: 1 in a home, 0 on a lit stage.
        ceiling: the share of the height from the top that what hangs keeps clear of.
        bare: between which shares of the width something can hang: not on curtains at the sides.
    """

    word: str
    paint: Callable[[Scenery], None]
    shape: Shape = OUTDOORS
    bays: tuple[Bay, ...] = ()
    loose: tuple[Loose, ...] = ()
    areas: Mapping[str, Area] = field(default_factory=dict)
    indoors: bool = False
    seat: str = ""
    usual: str = ""
    paint_front: Callable[[Scenery], None] = _nothing
    hung: Literal["wall", "ceiling"] = "wall"
    gate: tuple[str, float, float] | None = None
    lamplight: float = 1.0
    ceiling: float = 0.03
    bare: Span = (0.0, 1.0)

    @property
    def furniture(self) -> dict[str, str]:
        """Anchor word to prop kind, of all that the kit can have."""
        found = {piece.word: piece.word for bay in self.bays for piece in bay.pieces}
        return found | {loose.name: loose.word for loose in self.loose}

    @property
    def anchors(self) -> tuple[str, ...]:
        """All words that ``place.anchor`` may name."""
        return tuple(dict.fromkeys((*self.areas, *self.furniture)))
