"""The setting kit ``car in traffic``: one large car at a red light, a queue in the other lane.

The car stands so near that those who sit in it are as large as people on a pavement elsewhere.
"""

from __future__ import annotations

import random

from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Kit, Loose, Scenery
from storypainter.ink.props.prop import Look
from storypainter.ink.props.town_cars import (
    draw_car,
    draw_car_front,
    draw_tinted_glass,
    draw_van,
    draw_van_front,
)
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.shade import paint_shadow
from storypainter.ink.scenery.sky import paint_sky
from storypainter.ink.scenery.town import paint_pavement, paint_road, paint_skyline

SHAPE = Shape(
    far_line=0.575,
    back=(0.60, 0.64),
    middle=(0.80, 0.87),
    front=(0.925, 0.96),
    far_scale=0.60,
    zoom=0.97,
    horizon=0.54,
)
_ROAD_TOP, _ROAD_LOW, _FAR_LANE = 0.64, 0.945, 0.685
_LANE = (0.885, 0.90)
_VEHICLES = ("car", "taxi", "van", "lorry", "bus")
_PAINTS = ("#a9b7a2", "#c3a896", "#9fa8ba", "#cdbf97", "#b79a98")


def paint(scenery: Scenery) -> None:
    """Sky, the roofs of the town, a pavement, the road, and the queue in its far lane."""
    paint_sky(scenery)
    paint_skyline(scenery, low=0.16, high=0.34)
    height = scenery.stage.height
    paint_pavement(scenery, scenery.stage.far_line, _ROAD_TOP * height, rows=2)
    paint_road(scenery, _ROAD_TOP * height, _ROAD_LOW * height)
    paint_pavement(scenery, _ROAD_LOW * height, height + 5, rows=1)
    _queue(scenery)
    if not any(word in scenery.places for word in _VEHICLES):
        _own_car(scenery)


def _own_car(scenery: Scenery) -> None:
    """The large car, where a Scene names no vehicle of its own."""
    stage, canvas = scenery.stage, scenery.canvas
    x, y = stage.width / 2, _LANE[0] * stage.height
    look, cm = Look("parked", ground=scenery.ground), stage.cm(y)
    with canvas.layer("own-car", -3.0, kind="scenery"):
        paint_shadow(canvas, x, y, 180 * cm, cm)
        pen = canvas.pen(Frame(x, y, cm))
        draw_car(pen, look)
        draw_car_front(pen, look)
        draw_tinted_glass(pen)


def _queue(scenery: Scenery) -> None:
    """Cars and a van that wait in the far lane, pale, all facing the same way.

    They hide the feet of what stands on the pavement beyond, and leave a gap for people there.
    """
    canvas, stage = scenery.canvas, scenery.stage
    rng = random.Random(scenery.seed + 51)
    y = _FAR_LANE * stage.height
    cm = stage.cm(y) * 0.76
    mirror = rng.random() < 0.5
    x, index = rng.uniform(-120, 20) * cm, 0
    beyond = [foot for foot, _ in scenery.feet.get("far pavement", ())]
    while x < stage.width + 160 * cm:
        if any(abs(x - foot) < 210 * cm for foot in beyond):
            x += 396 * cm
            index += 1
            continue
        van = index % 3 == 1
        hue = mix(_PAINTS[(index + scenery.seed) % len(_PAINTS)], scenery.light.far, 0.25)
        look = Look("parked", hue, ground=scenery.ground)
        name = f"queue-{index}"
        with canvas.layer(name, y, kind="scenery", ink_width=0.7, ink_colour=FAR_INK):
            paint_shadow(canvas, x, y, 170 * cm, cm)
            pen = canvas.pen(Frame(x, y, cm, mirror=mirror), 0.8)
            (draw_van if van else draw_car)(pen, look)
            (draw_van_front if van else draw_car_front)(pen, look)
            draw_tinted_glass(pen, van=van)
        x += (420 if van else 396) * cm
        index += 1


KIT = Kit(
    "car in traffic",
    paint,
    shape=SHAPE,
    loose=(
        Loose("car", x=(0.42, 0.58), y=_LANE),
        Loose("taxi", x=(0.42, 0.58), y=_LANE),
        Loose("van", x=(0.45, 0.55), y=_LANE),
        Loose("lorry", x=(0.4, 0.6), y=_LANE),
        Loose("motorcycle", x=(0.1, 0.9), y=(0.91, 0.935)),
        Loose("traffic light", x=(0.05, 0.95), y=(0.612, 0.622), always=True),
        Loose("lamp post", x=(0.05, 0.95), y=(0.61, 0.62)),
        Loose("tree", x=(0.05, 0.95), y=(0.585, 0.60)),
        Loose("road cone", x=(0.05, 0.95), y=(0.91, 0.94)),
        Loose("barrier", x=(0.1, 0.9), y=(0.60, 0.63)),
    ),
    areas={
        "pavement": Area(y=(0.93, 0.96)),
        "far pavement": Area(y=(0.60, 0.635)),
        "road": Area(y=(0.76, 0.90)),
    },
    paint_front=paint_weather,
)
