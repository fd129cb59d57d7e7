"""The setting kit ``playground``: swings and a slide on bark chips, between blocks of flats."""

from __future__ import annotations

import math
import random

from shapely.geometry import Polygon

from storypainter.ink.drawing.forms import join, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Geometry
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Bay, Kit, Loose, Piece, Scenery
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH
from storypainter.ink.scenery.grass import PATH_DEPTH, paint_grass, paint_lawn
from storypainter.ink.scenery.sky import paint_sky

#: Mostly children: they are drawn larger, and the frames stand close behind them.
PLAYGROUND = Shape(
    far_line=0.62,
    back=(0.665, 0.725),
    middle=(0.765, 0.84),
    front=(0.885, 0.95),
    far_scale=0.74,
    zoom=1.12,
)
_WALLS = ("#dcc2a4", "#c9cfc4", "#d9b6a4", "#cdc6d2", "#e0d3b4")
_PICKETS = ("#c98a7a", "#d9bd7a", "#9db89a", "#93b0c0")
_CHIPS = "#d8b48a"


def paint(scenery: Scenery) -> None:
    """Flats and trees behind a low coloured fence, grass, and a wide patch of bark chips."""
    paint_sky(scenery)
    rng = random.Random(scenery.seed + 16)
    with scenery.canvas.layer("far", FAR_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        _flats(scenery, rng)
        _trees(scenery, rng)
        _pickets(scenery, rng)
    paint_lawn(scenery)
    _chips(scenery, rng)


def _flats(scenery: Scenery, rng: random.Random) -> None:
    """Blocks of flats of different heights, with rows of windows; some are lit at night."""
    stage, far = scenery.stage, scenery.light.far
    unit = scenery.canvas.unit
    x = -rng.uniform(20, 90) * unit
    index = rng.randrange(len(_WALLS))
    while x < stage.width:
        wide, storeys = rng.uniform(120, 190) * unit, rng.randrange(3, 6)
        wall = mix(_WALLS[index % len(_WALLS)], far, 0.42)
        _block(scenery, rng, x, wide, storeys, wall)
        x += wide + rng.choice((0, 0, 70, 110)) * unit
        index += 1


def _block(
    scenery: Scenery, rng: random.Random, left: float, wide: float, storeys: int, wall: str
) -> None:
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    line, storey = stage.far_line, 47 * unit
    top = line - (storeys + 0.9) * storey
    canvas.shape(rect(left, top, left + wide, line), wall, ink_width=0.7, shade=0.4)
    cornice = rect(left - 4 * unit, top - 5 * unit, left + wide + 4 * unit, top + 3 * unit)
    canvas.shape(cornice, mix(wall, "#6d6472", 0.2), ink_width=0.7, shade=0)
    evening = scenery.light.dark or scenery.setting.time_of_day == "evening"
    columns = max(2, int(wide / (44 * unit)))
    for row in range(storeys):
        for column in range(columns):
            x = left + wide * (column + 0.5) / columns - 9 * unit
            y = top + 14 * unit + row * storey
            lit = evening and rng.random() < 0.55
            pane = "#f6d67c" if lit else mix("#e6eeec", wall, 0.25)
            canvas.shape(rect(x, y, x + 18 * unit, y + 25 * unit), pane, ink_width=0.5, shade=0)
            if (row + column) % 3 == 0:
                balcony = rect(x - 6 * unit, y + 20 * unit, x + 24 * unit, y + 31 * unit)
                canvas.shape(balcony, mix(wall, "#ffffff", 0.4), ink_width=0.5, shade=0)


def _trees(scenery: Scenery, rng: random.Random) -> None:
    """Round town trees before the flats."""
    canvas, stage, season, unit = scenery.canvas, scenery.stage, scenery.season, scenery.canvas.unit
    line = stage.far_line
    x = rng.uniform(0.02, 0.1) * stage.width
    while x < stage.width:
        h = rng.uniform(120, 165) * unit
        bark = mix("#8f7355", scenery.light.far, 0.25)
        canvas.shape(rect(x - 4.4 * unit, line - h * 0.6, x + 4.4 * unit, line), bark, ink_width=0.6, shade=0)  # fmt: skip
        if season.bare:
            for tip in (-0.22, -0.08, 0.1, 0.22):
                canvas.ink(path((x, line - h * 0.4), (x + tip * h * 0.5, line - h * 0.74), (x + tip * h, line - h)), 1.2, bark)  # fmt: skip
        else:
            hue = mix(rng.choice(season.leaves), scenery.light.far, 0.26)
            lobes: list[Geometry] = [oval(x, line - 0.72 * h, 0.25 * h)]
            for k in range(7):
                turn = k * 2 * math.pi / 7 + rng.uniform(-0.2, 0.2)
                lobes.append(oval(x + 0.2 * h * math.cos(turn), line - 0.72 * h + 0.2 * h * math.sin(turn), 0.11 * h))  # fmt: skip
            canvas.shape(join(*lobes), hue, ink_width=0.7, shade=0.8)
        x += rng.uniform(0.17, 0.3) * stage.width


def _pickets(scenery: Scenery, rng: random.Random) -> None:
    """A low fence whose pickets are painted in four quiet colours."""
    canvas, stage = scenery.canvas, scenery.stage
    line, cm = stage.far_line, stage.cm(stage.far_line)
    for y in (-46, -18):
        rail = rect(-8, line + (y - 3) * cm, stage.width + 8, line + (y + 3) * cm)
        canvas.shape(rail, mix("#d9cfc0", scenery.light.far, 0.2), ink_width=0.6, shade=0)
    x, index = -rng.uniform(0, 14) * cm, rng.randrange(4)
    while x < stage.width:
        top = line - (62 + 2 * (index % 2)) * cm
        picket = poly((x, line + 4), (x, top + 5 * cm), (x + 4.5 * cm, top), (x + 9 * cm, top + 5 * cm), (x + 9 * cm, line + 4))  # fmt: skip
        hue = mix(_PICKETS[index % 4], scenery.light.far, 0.3)
        canvas.shape(picket, hue, ink_width=0.6, shade=0)
        if scenery.setting.weather == "snow":
            canvas.fill(oval(x + 4.5 * cm, top + 2 * cm, 4.6 * cm, 2.4 * cm), "#fbfcfb")
        x += 15 * cm
        index += 1


def _chips(scenery: Scenery, rng: random.Random) -> None:
    """The soft ground on which the frames stand, edged with logs."""
    canvas, stage = scenery.canvas, scenery.stage
    width, height = stage.width, stage.height
    snow = scenery.setting.weather == "snow"
    hue = mix(_CHIPS, "#ffffff", 0.78) if snow else mix(_CHIPS, scenery.season.lawn, 0.08)
    if scenery.setting.weather == "rain":
        hue = mix(hue, "#7f6a52", 0.25)
    edge = mix(hue, "#6d5a42", 0.45)
    low = [(width * x / 12, height * (0.872 + 0.026 * math.sin(x * 0.62 + scenery.seed * 1.7))) for x in range(13, -2, -1)]  # fmt: skip
    top = stage.far_line + 0.016 * height
    ground = Polygon([(-20, top), (width + 20, top), *path(*low).tolist()]).buffer(0)
    with canvas.layer("chips", PATH_DEPTH, kind="scenery", ink_width=0.6, ink_colour=edge):
        canvas.shape(ground, hue, ink_width=0.9, shade=0)
        for _ in range(int(170 * width / height)):
            x, y = rng.uniform(0, width), rng.uniform(top + 6, height * 0.89)
            if not ground.buffer(-9).covers(oval(x, y, 1)):
                continue
            share = (y - top) / (height - top)
            size = (4 + 5 * share) * canvas.unit
            turn = rng.uniform(-0.5, 0.5)
            canvas.ink([(x, y), (x + size * math.cos(turn), y + 0.5 * size * math.sin(turn))], 0.8)


def paint_front(scenery: Scenery) -> None:
    """Grass in the lower corners, and the weather."""
    paint_grass(scenery)
    paint_weather(scenery)


KIT = Kit(
    "playground",
    paint,
    shape=PLAYGROUND,
    bays=(
        Bay((Piece("swing"),), 246, 3.0),
        Bay((Piece("climbing frame"),), 300, 1.0),
        Bay((Piece("slide"),), 236, 2.0),
        Bay((Piece("tree house"),), 270, 0.0),
        Bay((Piece("kiosk"),), 200, 0.0),
    ),
    loose=(
        Loose("sandpit", x=(0.2, 0.8), y=(0.78, 0.84)),
        Loose("seesaw", x=(0.2, 0.8), y=(0.76, 0.84)),
        Loose("roundabout", x=(0.2, 0.8), y=(0.74, 0.80)),
        Loose("park bench", x=(0.1, 0.9), y=(0.70, 0.76), anchor="bench"),
        Loose("litter bin", x=(0.04, 0.96), y=(0.67, 0.70)),
        Loose("lamp post", x=(0.04, 0.96), y=(0.665, 0.69)),
        Loose("tree", x=(0.08, 0.92), y=(0.665, 0.69)),
        Loose("fountain", x=(0.1, 0.9), y=(0.665, 0.69)),
    ),
    areas={"ground": Area(), "grass": Area(y=(0.90, 0.945))},
    seat="park bench",
    paint_front=paint_front,
)
