"""The setting kit ``park``: lawn, path, hedge, trees and houses far away, a bough above."""

from __future__ import annotations

from dataclasses import replace

from storypainter.ink.drawing.stage import OUTDOORS
from storypainter.ink.kits import Area, Kit, Loose, Scenery
from storypainter.ink.scenery.air import bough_room, paint_bough, paint_weather
from storypainter.ink.scenery.far import paint_countryside
from storypainter.ink.scenery.grass import paint_grass, paint_lawn, paint_path
from storypainter.ink.scenery.sky import paint_sky


def paint(scenery: Scenery) -> None:
    """Sky, far land, lawn, and a path under the feet of those who are on it."""
    room = bough_room(scenery)
    if room is not None:
        scenery = replace(scenery, busy=[*scenery.busy, room])
        paint_bough(scenery, room)
    paint_sky(scenery)
    paint_countryside(scenery)
    paint_lawn(scenery)
    paint_path(scenery, list(scenery.feet.get("path", ())), scenery.places.get("gate"))


def paint_front(scenery: Scenery) -> None:
    """Grass in the lower corners, and the weather."""
    paint_grass(scenery)
    paint_weather(scenery)


KIT = Kit(
    "park",
    paint,
    shape=OUTDOORS,
    loose=(
        Loose("gate", y=(0.615, 0.617)),
        Loose("kiosk", y=(0.615, 0.617)),
        Loose("tree", y=(0.675, 0.715)),
        Loose("lamp post", y=(0.66, 0.70)),
        Loose("fountain", y=(0.665, 0.70)),
        Loose("flower bed", y=(0.67, 0.80)),
        Loose("pond", x=(0.08, 0.12), y=(0.775, 0.82), anchor="pond edge"),
        Loose("park bench", anchor="bench"),
    ),
    areas={"path": Area(), "lawn": Area()},
    paint_front=paint_front,
)
