"""The setting kit ``market``: stalls under striped awnings on a cobbled square of old gables."""

from __future__ import annotations

from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import Area, Kit, Loose, Scenery
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.sky import paint_sky
from storypainter.ink.scenery.town import (
    paint_bunting,
    paint_cobbles,
    paint_far_stalls,
    paint_gables,
)

SHAPE = Shape(
    far_line=0.60,
    back=(0.645, 0.69),
    middle=(0.70, 0.845),
    front=(0.885, 0.955),
    far_scale=0.68,
    horizon=0.56,
)
_ROW = (0.725, 0.745)


def paint(scenery: Scenery) -> None:
    """Sky, a row of gabled houses, flags from house to house, cobbles."""
    paint_sky(scenery)
    paint_gables(scenery)
    paint_cobbles(scenery, scenery.stage.far_line)
    paint_far_stalls(scenery)
    paint_bunting(scenery)


KIT = Kit(
    "market",
    paint,
    shape=SHAPE,
    loose=(
        Loose("market stall", x=(0.25, 0.32), y=_ROW, always=True, anchor="stall"),
        Loose("flower stall", x=(0.78, 0.84), y=(0.70, 0.72), always=True),
        Loose("cart", x=(0.1, 0.9), y=(0.76, 0.84)),
        Loose("crate", x=(0.06, 0.94), y=(0.76, 0.90)),
        Loose("sack", x=(0.06, 0.94), y=(0.76, 0.88)),
        Loose("lamp post", x=(0.04, 0.96), y=(0.65, 0.67)),
        Loose("fountain", x=(0.4, 0.6), y=(0.665, 0.69)),
        Loose("park bench", x=(0.1, 0.9), y=(0.74, 0.82), anchor="bench"),
        Loose("wheelie bin", x=(0.04, 0.96), y=(0.68, 0.74)),
        Loose("van", x=(0.3, 0.7), y=(0.655, 0.665)),
    ),
    areas={"square": Area(y=(0.76, 0.945))},
    paint_front=paint_weather,
)
