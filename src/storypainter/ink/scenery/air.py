"""What is nearest: the weather in the air, a leafy bough above."""

from __future__ import annotations

import math
import random

from shapely.geometry import LineString, box

from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.kits import Scenery

FRONT_DEPTH = 1e6
BOUGH_DEPTH = -39.0
_BEHIND = 34  # of 48 leaves


def paint_weather(scenery: Scenery) -> None:
    """What is in the air in front of everything: rain, snow, leaves in the wind, fog."""
    weather = scenery.setting.weather
    if weather in ("clear", "cloudy"):
        return
    if weather == "fog":
        _fog(scenery)
        return
    rng = random.Random(scenery.seed + 6)
    clear_of = [face.buffer(4) for face in scenery.faces]
    with scenery.canvas.layer("weather", FRONT_DEPTH, kind="weather"):
        if weather == "rain":
            _rain(scenery, rng, clear_of)
        elif weather == "snow":
            _snow(scenery, rng, clear_of)
        elif weather == "wind":
            _wind(scenery, rng, clear_of)


def _fog(scenery: Scenery) -> None:
    stage = scenery.stage
    with scenery.canvas.layer("fog", 0.0, kind="weather"):
        for share in (0.58, 0.68):
            y = stage.height * share
            bank = blob(
                (-60, y),
                (stage.width * 0.3, y - 30),
                (stage.width * 0.7, y - 6),
                (stage.width + 60, y - 24),
                (stage.width + 60, y + 40),
                (stage.width * 0.5, y + 22),
                (-60, y + 44),
            )
            scenery.canvas.fill(bank, "#ffffff", 0.4)


def _rain(scenery: Scenery, rng: random.Random, clear_of: list[Geometry]) -> None:
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    for _ in range(int(150 * stage.width / stage.height)):
        x, y = rng.uniform(0, stage.width), rng.uniform(0, stage.height * 0.95)
        length = rng.uniform(18, 32) * unit
        streak = rect(x - 10 * unit, y, x, y + length)
        if not any(streak.intersects(face) for face in clear_of):
            canvas.ink([(x, y), (x - 7 * unit, y + length)], 0.5, "#f2f8fa")
    for _ in range(int(16 * stage.width / stage.height)):
        x, y = (
            rng.uniform(0, stage.width),
            rng.uniform(stage.height * 0.72, stage.height * 0.97),
        )
        canvas.ink(arc(x, y, 9 * unit, 3 * unit, 190, 350), 0.5, "#f2f8fa")


def _snow(scenery: Scenery, rng: random.Random, clear_of: list[Geometry]) -> None:
    stage, unit = scenery.stage, scenery.canvas.unit
    for _ in range(int(110 * stage.width / stage.height)):
        flake = oval(
            rng.uniform(0, stage.width),
            rng.uniform(0, stage.height),
            rng.uniform(2, 4.4) * unit,
        )
        if not any(flake.intersects(face) for face in clear_of):
            scenery.canvas.fill(flake, "#ffffff", 0.95)


def _wind(scenery: Scenery, rng: random.Random, clear_of: list[Geometry]) -> None:
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    hue = mix("#ffffff", scenery.light.sky[0], 0.12)
    for index in range(5):
        x, y = (
            stage.width * (0.06 + 0.19 * index + rng.uniform(-0.03, 0.03)),
            stage.height * rng.uniform(0.08, 0.42),
        )
        size = rng.uniform(0.8, 1.2) * unit
        curl = path(
            (x, y),
            (x + 60 * size, y - 10 * size),
            (x + 118 * size, y),
            (x + 134 * size, y - 17 * size),
            (x + 116 * size, y - 24 * size),
            (x + 108 * size, y - 13 * size),
        )
        if any(LineString(curl).intersects(area) for area in clear_of):
            continue
        canvas.ink(curl, 0.9, hue)
        canvas.ink(
            path(
                (x + 14 * size, y + 13 * size),
                (x + 60 * size, y + 6 * size),
                (x + 96 * size, y + 11 * size),
            ),
            0.8,
            hue,
        )
    for _ in range(9):
        x, y = rng.uniform(0, stage.width), rng.uniform(0.12, 0.85) * stage.height
        leaf = oval(x, y, 7 * unit, 3.4 * unit, rng.uniform(0, 180))
        if not any(leaf.buffer(6).intersects(face) for face in clear_of):
            canvas.shape(leaf, rng.choice(scenery.season.leaves), ink_width=0.5, shade=0)


def bough_room(scenery: Scenery) -> Geometry | None:
    """A free upper corner for a leafy bough, or None; clouds are to keep clear of it."""
    if scenery.season.bare:
        return None
    for right in random.Random(scenery.seed + 9).sample((True, False), 2):
        room = box(*_corner(scenery, -20, -20, right), *_corner(scenery, 280, 185, right))
        if not any(room.intersects(each) for each in scenery.busy):
            return room
    return None


def _corner(scenery: Scenery, x: float, y: float, right: bool) -> Point:
    """A point given from an upper corner, in pixels of a 1,024 pixel picture."""
    unit = scenery.canvas.unit
    return (scenery.stage.width - x * unit if right else x * unit), y * unit


def paint_bough(scenery: Scenery, room: Geometry) -> None:
    """A leafy bough that hangs into a free upper corner and frames the view."""
    canvas, season, unit = scenery.canvas, scenery.season, scenery.canvas.unit
    rng = random.Random(scenery.seed + 10)
    right = room.centroid.x > scenery.stage.width / 2

    def at(x: float, y: float) -> Point:
        return _corner(scenery, x, y, right)

    with canvas.layer("bough", BOUGH_DEPTH, kind="scenery", ink_width=0.75):
        wood = path(at(-20, 26), at(60, 46), at(130, 50), at(206, 84))
        twigs = (path(at(52, 44), at(84, 66), at(100, 104)), path(at(118, 49), at(146, 34), at(186, 28)))  # fmt: skip
        bark = join(limb(wood, 12 * unit, 8 * unit, 2.6 * unit), *(limb(twig, 4 * unit, 1.8 * unit) for twig in twigs))  # fmt: skip
        for index in range(48):
            if index == _BEHIND:
                # most leaves are behind the wood: the bough itself is to be seen, from the edge on
                canvas.shape(bark, "#8f7355", shade=0.6)
            along = rng.uniform(0.04, 1.0) if index < _BEHIND else rng.uniform(0.62, 1.0)
            k = int(along * (len(wood) - 1))
            turn = rng.uniform(25, 155) * (1 if rng.random() < 0.5 else -1)
            stem = (float(wood[k][0]), float(wood[k][1]))
            if index % 5 == 4:
                twig = twigs[index % 2]
                k = min(len(twig) - 1, int(along * len(twig)))
                stem = (float(twig[k][0]), float(twig[k][1]))
            hue = season.leaves[index % len(season.leaves)]
            _leaf(scenery, stem, turn + (180 if right else 0), rng.uniform(34, 50) * unit, hue)
        if scenery.setting.season == "spring":
            for _ in range(9):
                x, y = wood[rng.randrange(4, len(wood))]
                x, y = x + rng.uniform(-24, 24) * unit, y + rng.uniform(-26, 30) * unit
                canvas.shape(oval(x, y, 7 * unit), season.blossom[0], ink_width=0.7, shade=0)


def _leaf(scenery: Scenery, stem: Point, degrees: float, length: float, hue: str) -> None:
    """A pointed leaf that grows from ``stem``; 0 degrees is to the right."""
    turn = math.radians(degrees)
    ahead, side = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))

    def at(along: float, across: float) -> Point:
        return (
            stem[0] + (ahead[0] * along + side[0] * across) * length,
            stem[1] + (ahead[1] * along + side[1] * across) * length,
        )

    edge = [
        at(0.0, 0.0),
        at(0.3, 0.17),
        at(0.62, 0.17),
        at(1.0, 0.0),
        at(0.62, -0.17),
        at(0.3, -0.17),
    ]
    scenery.canvas.shape(poly(*edge).buffer(0.05 * length), hue, ink_width=0.8, shade=0.4)
    scenery.canvas.ink([at(0.1, 0.0), at(0.8, 0.0)], 0.45)
