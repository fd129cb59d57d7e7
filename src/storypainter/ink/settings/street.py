"""The setting kit ``street``: house and shop fronts, a pavement, a road where something drives.

Without anything on the road the pavement reaches from the houses to the lower edge. As soon as
a vehicle, a crossing or somebody is on the road, it runs between two pavements.
"""

from __future__ import annotations

from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.sky import paint_sky
from storypainter.ink.scenery.town import paint_pavement, paint_road, paint_skyline

SHAPE = Shape(
    far_line=0.64,
    back=(0.665, 0.705),
    middle=(0.785, 0.85),
    front=(0.89, 0.955),
    far_scale=0.67,
    horizon=0.60,
)
_VEHICLES = ("car", "taxi", "van", "bus", "lorry", "motorcycle", "bicycle", "zebra crossing")
_ON_ROAD = (0.72, 0.745)
_ROAD_TOP, _ROAD_LOW, _LOWEST = 0.682, 0.765, 0.93


def paint(scenery: Scenery) -> None:
    """Sky, roofs far away, pavement, and a road if the story needs it."""
    paint_sky(scenery)
    paint_skyline(scenery)
    height = scenery.stage.height
    low = road_edge(scenery)
    if low is None:
        paint_pavement(scenery, scenery.stage.far_line, 0.972 * height, rows=5)
        paint_road(scenery, 0.972 * height, height + 60, line=False)
        return
    paint_pavement(scenery, scenery.stage.far_line, _ROAD_TOP * height, rows=2)
    paint_road(scenery, _ROAD_TOP * height, low)
    paint_pavement(scenery, low, height + 5, rows=4)


def road_edge(scenery: Scenery) -> float | None:
    """Where the road ends towards the viewer, in pixels; None if nothing needs a road."""
    height = scenery.stage.height
    feet = [y for word in ("road", "zebra crossing") for _, y in scenery.feet.get(word, ())]
    feet += [scenery.places[word][1] for word in _VEHICLES if word in scenery.places]
    if not feet:
        return None
    return min(_LOWEST * height, max(_ROAD_LOW * height, max(feet) + 0.022 * height))


KIT = Kit(
    "street",
    paint,
    shape=SHAPE,
    bays=(
        Bay((Piece("house front", colour="#cbb7a8"),), 192, 0.0, repeat=True),
        Bay((Piece("house front", colour="#d9a98c"),), 192, 2.4),
        Bay((Piece("shop front", colour="#7c9a8e"),), 252, 4.0),
        Bay((Piece("fence"),), 196, 3.0),
        Bay((Piece("house front", colour="#c3cbc0"),), 192, 2.0, repeat=True),
        Bay((Piece("railing"),), 206, 0.0),
        Bay((Piece("shop front", colour="#b5745f"),), 252, 1.6),
        Bay((Piece("house front", colour="#e3cf9f"),), 192, 1.2, repeat=True),
    ),
    loose=(
        Loose("lamp post", x=(0.06, 0.94), y=(0.672, 0.678), always=True),
        Loose("car", x=(0.3, 0.7), y=_ON_ROAD),
        Loose("taxi", x=(0.3, 0.7), y=_ON_ROAD),
        Loose("van", x=(0.3, 0.7), y=_ON_ROAD),
        Loose("bus", x=(0.3, 0.7), y=_ON_ROAD),
        Loose("lorry", x=(0.3, 0.7), y=_ON_ROAD),
        Loose("motorcycle", x=(0.15, 0.85), y=_ON_ROAD),
        Loose("zebra crossing", x=(0.3, 0.7), y=(0.728, 0.732)),
        Loose("post box", x=(0.06, 0.94), y=(0.79, 0.82)),
        Loose("traffic light", x=(0.06, 0.94), y=(0.785, 0.80)),
        Loose("bollard", x=(0.05, 0.95), y=(0.785, 0.80)),
        Loose("drain", x=(0.1, 0.9), y=(0.80, 0.95)),
        Loose("park bench", x=(0.1, 0.9), y=(0.79, 0.82), anchor="bench"),
        Loose("tree", x=(0.05, 0.95), y=(0.672, 0.68)),
        Loose("wheelie bin", x=(0.05, 0.95), y=(0.79, 0.82)),
        Loose("awning"),
    ),
    areas={
        "pavement": Area(y=(0.80, 0.945)),
        "road": Area(y=(0.72, 0.755)),
        "zebra crossing": Area(y=(0.70, 0.755)),
        "house front": Area(y=(0.668, 0.70)),
        "shop front": Area(y=(0.668, 0.70)),
    },
    paint_front=paint_weather,
)
