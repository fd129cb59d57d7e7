"""The setting kit ``beach``: open sea with a headland, surf along the sand, dune grass in front."""

from __future__ import annotations

import math
import random

from shapely.geometry import LineString, Polygon

from storypainter.ink.drawing.forms import blob, limb, oval, path, poly
from storypainter.ink.drawing.geometry import star
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Kit, Loose, Scenery
from storypainter.ink.props.on_water import wade, wade_deep
from storypainter.ink.scenery.air import FRONT_DEPTH, paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH
from storypainter.ink.scenery.sky import paint_sky
from storypainter.ink.scenery.water import paint_shore, paint_water, shoreline

SHAPE = Shape(
    far_line=0.505,
    back=(0.69, 0.735),
    middle=(0.77, 0.845),
    front=(0.89, 0.955),
    far_scale=0.72,
    zoom=1.06,
    horizon=0.44,
)
SAND = "#eedcae"
_SEA = (0.605, 0.635)
_AFLOAT = (0.565, 0.60)
_EDGE = 0.662


def paint(scenery: Scenery) -> None:
    """Sky, headland, sea, surf and sand."""
    paint_sky(scenery)
    stage = scenery.stage
    edge = shoreline(scenery, _EDGE * stage.height, lean=0.012 * stage.height)
    hues = paint_water(scenery, stage.horizon, _EDGE * stage.height + 20, calm=0.3, shallows=0.4)
    _headland(scenery)
    _far_sails(scenery)
    sand = mix(SAND, "#ffffff", 0.62) if scenery.setting.weather == "snow" else SAND
    paint_shore(scenery, edge, sand, hues)
    _strand(scenery, sand)


def _headland(scenery: Scenery) -> None:
    """Two wooded capes that run out into the sea, on one side."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    right = scenery.seed % 2 == 0
    line, width = stage.horizon, stage.width

    def at(share: float, high: float) -> tuple[float, float]:
        x = share * width
        return (width - x if right else x), line - high * unit

    green, far = scenery.season.hedge, scenery.light.far
    with canvas.layer("headland", FAR_DEPTH, kind="scenery", ink_width=0.62, ink_colour=FAR_INK):
        for tops, hue, low in (
            (((-0.1, 60), (0.1, 66), (0.22, 44), (0.36, 34), (0.47, 8)), far, 0),
            (((-0.1, 46), (0.06, 50), (0.15, 26), (0.24, 20), (0.3, 4)), mix(far, green, 0.5), -5),
        ):
            crest = path(*(at(share, high) for share, high in tops))
            foot = [at(tops[-1][0] + 0.008, low), at(-0.1, low)]
            canvas.shape(Polygon([*crest.tolist(), *foot]).buffer(0), hue, ink_width=0.8, shade=0)
        cliff = path(at(0.2, 8), at(0.24, 10), at(0.285, 4))
        canvas.ink(cliff, 0.8, mix(far, "#5d5348", 0.4))
        edge = path(at(-0.05, -6), at(0.12, -7.5), at(0.31, -5.5))
        canvas.ink(edge, 1.3, "#fdfefb", taper=0.2)


def _far_sails(scenery: Scenery) -> None:
    """Sails near the horizon, away from the headland."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    if scenery.setting.weather in ("fog", "snow"):
        return
    rng = random.Random(scenery.seed + 31)
    with canvas.layer("sails", FAR_DEPTH + 1, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        for low, high in ((0.12, 0.22), (0.26, 0.4)):
            share = rng.uniform(low, high)
            x = stage.width * (share if scenery.seed % 2 == 0 else 1 - share)
            s = rng.uniform(0.8, 1.15) * unit
            y = stage.horizon + 7 * s
            sail = poly((x, y - 5 * s), (x, y - 40 * s), (x + 19 * s, y - 5 * s))
            canvas.shape(sail, mix("#fffaf0", scenery.light.sky[0], 0.16), ink_width=0.7, shade=0)
            jib = poly((x - 3 * s, y - 5 * s), (x - 3 * s, y - 33 * s), (x - 15 * s, y - 5 * s))
            canvas.shape(jib, mix("#dba06a", scenery.light.sky[0], 0.3), ink_width=0.7, shade=0)
            hull = poly((x - 18 * s, y - 4 * s), (x + 22 * s, y - 4 * s), (x + 15 * s, y + 3 * s), (x - 12 * s, y + 3 * s))  # fmt: skip
            canvas.shape(hull, mix("#8f6741", scenery.light.far, 0.3), ink_width=0.7, shade=0)


def _strand(scenery: Scenery, sand: str) -> None:
    """What the tide left: ripple marks, pebbles, small shells, a starfish, a line of weed."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 32)
    mark = mix(sand, "#8f7348", 0.38)
    top, width, height = (_EDGE + 0.045) * stage.height, stage.width, stage.height
    with canvas.layer("strand", -24.0, kind="scenery", ink_width=0.6, ink_colour=mark):
        low = [
            (x * width / 12, height * 0.87 + 9 * unit * ((x * 7) % 5 - 2)) for x in range(-1, 14)
        ]
        near = Polygon([*path(*low).tolist(), (width + 90, height + 9), (-90, height + 9)])
        canvas.fill(near, mix(sand, "#d3b57d", 0.22))
        for _ in range(int(34 * width / height)):
            x, y = rng.uniform(0, width), rng.uniform(top, height - 8)
            size = (0.5 + (y - top) / (height - top)) * unit
            long = rng.uniform(16, 38) * size
            dip = rng.choice((-2.2, 2.2)) * size
            canvas.ink(path((x, y), (x + long / 2, y + dip), (x + long, y)), 0.9, mark, taper=0.15)
        for _ in range(int(60 * width / height)):
            x, y = rng.uniform(0, width), rng.uniform(top, height - 6)
            canvas.fill(oval(x, y, rng.uniform(0.9, 1.9) * unit), mix(sand, "#7d6440", 0.5), 0.9)
        for index in range(6):
            x, y = rng.uniform(0.03, 0.97) * width, rng.uniform(top + 10 * unit, height - 14)
            _find(scenery, index, x, y, (0.7 + 0.5 * (y - top) / (height - top)) * unit)
        _footprints(scenery, mark)
        _wrack(scenery)


def _footprints(scenery: Scenery, mark: str) -> None:
    """The prints of two bare feet that went to the sea, one after the other."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    right = scenery.seed % 3 != 1
    low, turn, high = (0.70, 0.83, 0.80) if right else (0.30, 0.17, 0.20)
    trail = path(
        (low * stage.width, 1.02 * stage.height),
        (turn * stage.width, 0.87 * stage.height),
        (high * stage.width, (_EDGE + 0.05) * stage.height),
    )
    line = LineString(trail)
    count = int(line.length / (27 * unit))
    for step in range(count):
        at, ahead = (
            line.interpolate(step / count, normalized=True),
            line.interpolate((step + 0.4) / count, normalized=True),
        )
        near = 0.55 + 0.6 * (at.y / stage.height - _EDGE) / (1 - _EDGE)
        dx, dy = ahead.x - at.x, ahead.y - at.y
        size, side = near * unit, (1 if step % 2 else -1)
        degrees = math.degrees(math.atan2(dy, dx))
        x, y = (
            at.x - side * 6.5 * size * dy / math.hypot(dx, dy),
            at.y + side * 3 * size * dx / math.hypot(dx, dy),
        )
        hue = mix(mark, "#6d5a42", 0.1)
        canvas.fill(oval(x, y, 6.4 * size, 3.2 * size, degrees), hue, 0.6)
        heel = math.radians(degrees)
        canvas.fill(oval(x - 8.6 * size * math.cos(heel), y - 8.6 * size * math.sin(heel), 3.4 * size, 2.5 * size), hue, 0.6)  # fmt: skip


def _wrack(scenery: Scenery) -> None:
    """What the last tide left in the lower corners: a line of seaweed, with shells in it."""
    stage, unit = scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 34)
    for side in (0, 1):
        reach = rng.uniform(0.2, 0.26) if side == scenery.seed % 2 else rng.uniform(0.32, 0.4)
        count = round(reach * stage.width / (19 * unit))
        for index in range(count):
            share = index / count
            x = share * reach * stage.width + 8 * unit
            y = (0.912 + 0.016 * math.sin(5 * share + side) + 0.02 * share) * stage.height
            y += rng.uniform(-4, 4) * unit
            x = stage.width - x if side else x
            thin = rng.uniform(0.5, 0.62) if share > 0.75 else rng.uniform(0.75, 1.15)
            _tuft(scenery, rng, x, y, thin * unit)
            if index % 4 == 2:
                _find(scenery, rng.choice((1, 3, 5, 2)), x, y + 14 * unit, 1.5 * unit)


def _tuft(scenery: Scenery, rng: random.Random, x: float, y: float, size: float) -> None:
    """A tangle of weed on the sand."""
    hue = rng.choice(("#6f7a4a", "#7d6f45", "#5d6b47"))
    for _ in range(rng.choice((2, 3))):
        long, lift = rng.uniform(12, 20) * size, rng.uniform(-6, 6) * size
        strand = path(
            (x - long, y + rng.uniform(-2, 3) * size),
            (x - 0.3 * long, y - lift),
            (x + 0.4 * long, y + 0.7 * lift),
            (x + long, y - rng.uniform(-1, 4) * size),
        )
        weed = limb(strand, 1.1 * size, 2.4 * size, 0.8 * size)
        scenery.canvas.shape(weed, hue, ink_width=0.5, shade=0)


def _find(scenery: Scenery, index: int, x: float, y: float, size: float) -> None:
    """One small thing on the sand."""
    canvas = scenery.canvas
    if index == 0:
        canvas.shape(star(x, y, 9 * size).buffer(1.6 * size), "#dd9a6c", ink_width=0.8, shade=0.6)
    elif index % 2:
        shell = blob((x - 6 * size, y), (x - 5 * size, y - 6 * size), (x, y - 8.5 * size), (x + 5 * size, y - 6 * size), (x + 6 * size, y))  # fmt: skip
        canvas.shape(shell, ("#f6e3d4", "#e9c3b4", "#fbf3e0")[index % 3], ink_width=0.8, shade=0.4)
        for tip in (-3, 0, 3):
            canvas.ink([(x, y), (x + tip * size, y - 6 * size)], 0.5)
    else:
        canvas.shape(oval(x, y, 7 * size, 3.6 * size), "#cfc6b6", ink_width=0.8, shade=0.6)


def paint_front(scenery: Scenery) -> None:
    """Dune grass in the lower corners, and the weather."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 33)
    hue = mix(scenery.season.lawn, "#a89a5c", 0.5)
    with canvas.layer("foreground", FRONT_DEPTH - 1, kind="scenery", ink_width=0.8):
        for side in (0, 1):
            for index in range(8):
                x = index * 15 * unit + 2
                tall, lean = (
                    (66 - index * 7) * unit * rng.uniform(0.7, 1.0),
                    rng.uniform(4, 26) * unit,
                )
                base = stage.height + 4
                blade = [(x, base), (x + lean * 0.35, base - tall * 0.62), (x + lean, base - tall)]
                if side:
                    blade = [(stage.width - px, py) for px, py in blade]
                canvas.shape(limb(path(*blade), 3.6 * unit, 2.6 * unit, 0.5 * unit), hue, ink_width=0.7, shade=0)  # fmt: skip
    paint_weather(scenery)


KIT = Kit(
    "beach",
    paint,
    shape=SHAPE,
    loose=(
        Loose("parasol", y=(0.71, 0.84)),
        Loose("deckchair", y=(0.74, 0.92)),
        Loose("beach towel", y=(0.76, 0.93)),
        Loose("sandcastle", y=(0.78, 0.94)),
        Loose("lifeguard chair", y=(0.695, 0.71)),
        Loose("rock", y=(0.655, 0.69)),
        Loose("rowing boat", x=(0.2, 0.8), y=(0.625, 0.655)),
        Loose("sailing boat", y=(0.475, 0.51)),
        Loose("ship", y=(0.47, 0.485)),
        Loose("lighthouse", x=(0.1, 0.9), y=(0.45, 0.456)),
        Loose("leaping fish", y=(0.58, 0.62)),
        Loose("buoy", y=(0.50, 0.59)),
        Loose("wave", y=_AFLOAT),
    ),
    areas={
        "sea": Area(y=_SEA, wade=wade),
        "water": Area(y=_SEA, wade=wade),
        "deep water": Area(y=(0.632, 0.645), wade=wade_deep),
        "shore": Area(y=(0.70, 0.73)),
        "sand": Area(),
    },
    paint_front=paint_front,
)
