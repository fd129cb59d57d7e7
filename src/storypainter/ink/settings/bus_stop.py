"""The setting kit ``bus stop``: a shelter with a bench and a pole on a pavement by the park.

The road runs behind the shelter, along a railing with trees and the roofs of the town.
"""

from __future__ import annotations

from storypainter.ink.drawing.forms import rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.far import paint_hills
from storypainter.ink.scenery.sky import paint_sky
from storypainter.ink.scenery.town import (
    ROAD_DEPTH,
    ground_hue,
    paint_pavement,
    paint_road,
    paint_skyline,
)

SHAPE = Shape(
    far_line=0.615,
    back=(0.64, 0.70),
    middle=(0.795, 0.855),
    front=(0.89, 0.955),
    far_scale=0.68,
    horizon=0.575,
)
_VERGE, _ROAD_LOW = 0.635, 0.745


def paint(scenery: Scenery) -> None:
    """Sky, the town's roofs behind a park, a verge, the road with its bus lane, the pavement."""
    paint_sky(scenery)
    paint_skyline(scenery, low=0.13, high=0.26)
    canvas, stage, season = scenery.canvas, scenery.stage, scenery.season
    height, unit = stage.height, canvas.unit
    with canvas.layer("park", -41.0, kind="scenery", ink_width=0.62, ink_colour=FAR_INK):
        paint_hills(scenery)
    with canvas.layer("verge", -35.0, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, stage.far_line, stage.width + 5, _VERGE * height + 2), season.lawn)
    paint_road(scenery, _VERGE * height, _ROAD_LOW * height, line=False)
    with canvas.layer("bus-lane", ROAD_DEPTH + 1, kind="scenery", ink_width=0.5):
        mark = mix(ground_hue(scenery, "#aaa5aa"), "#eac65a", 0.7)
        for share in (0.70, 0.727):
            canvas.fill(
                rect(-5, share * height - 1.6 * unit, stage.width + 5, share * height + 1.6 * unit),
                mark,
            )
    paint_pavement(scenery, _ROAD_LOW * height, height + 5, rows=4)


_ON_ROAD = (0.69, 0.705)

KIT = Kit(
    "bus stop",
    paint,
    shape=SHAPE,
    bays=(
        Bay((Piece("tree"), Piece("railing")), 204, 3.0),
        Bay((Piece("railing"),), 204, 2.5, repeat=True),
        Bay((Piece("tree"), Piece("railing")), 204, 2.0),
        Bay((Piece("house front"),), 192, 0.0),
        Bay((Piece("shop front"),), 252, 0.0),
        Bay((Piece("fence"),), 198, 0.0),
    ),
    loose=(
        Loose("bus shelter", x=(0.3, 0.7), y=(0.782, 0.79), always=True),
        Loose("bus stop sign", x=(0.07, 0.93), y=(0.775, 0.785), always=True),
        Loose("bus", x=(0.4, 0.6), y=_ON_ROAD),
        Loose("car", x=(0.25, 0.75), y=_ON_ROAD),
        Loose("taxi", x=(0.25, 0.75), y=_ON_ROAD),
        Loose("van", x=(0.3, 0.7), y=_ON_ROAD),
        Loose("lorry", x=(0.4, 0.6), y=_ON_ROAD),
        Loose("motorcycle", x=(0.15, 0.85), y=_ON_ROAD),
        Loose("post box", x=(0.06, 0.94), y=(0.79, 0.80)),
        Loose("litter bin", x=(0.06, 0.94), y=(0.79, 0.80)),
        Loose("lamp post", x=(0.05, 0.95), y=(0.77, 0.78)),
        Loose("park bench", x=(0.1, 0.9), y=(0.80, 0.83), anchor="bench"),
        Loose("drain", x=(0.1, 0.9), y=(0.82, 0.94)),
    ),
    areas={
        "pavement": Area(y=(0.80, 0.945)),
        "road": Area(y=(0.69, 0.735)),
    },
    paint_front=paint_weather,
)
