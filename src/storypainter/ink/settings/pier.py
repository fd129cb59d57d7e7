"""The setting kit ``pier``: planks over the water of a harbour or a lake, and a far shore."""

from __future__ import annotations

import itertools
import random

from storypainter.ink.drawing.forms import band, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Kit, Loose, Scenery
from storypainter.ink.props.on_water import hues_of, wade, wade_deep
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH, paint_far_trees, paint_hills
from storypainter.ink.scenery.sky import paint_sky
from storypainter.ink.scenery.water import WATER_DEPTH, paint_reflection, paint_water

SHAPE = Shape(
    far_line=0.47,
    back=(0.715, 0.75),
    middle=(0.775, 0.845),
    front=(0.885, 0.95),
    far_scale=0.76,
    zoom=1.06,
    horizon=0.46,
)
_WATER = (0.615, 0.65)
_DECK, _FRONT = 0.695, 0.972
_SHORE = 0.455
#: Where the far edge of the deck ends over the water (a share of the width), and how near to the
#: sides anybody stands on it, whichever side that is: with both feet on planks at every depth.
_END, _STAND = 0.97, 0.075
_WOOD = "#d9b787"


def paint(scenery: Scenery) -> None:
    """Sky, the far shore with its houses, water, a second jetty, and the deck."""
    paint_sky(scenery)
    stage = scenery.stage
    line = _SHORE * stage.height
    paint_water(scenery, line, stage.height, calm=0.8, shallows=0.14)
    _far_shore(scenery, line)
    _jetty(scenery)
    _deck(scenery)


def _far_shore(scenery: Scenery, line: float) -> None:
    """Hills, trees and boathouses beyond the water, and their reflection."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 41)
    with canvas.layer("far", FAR_DEPTH, kind="scenery", ink_width=0.62, ink_colour=FAR_INK):
        lift = stage.far_line - line
        far = scenery.light.far
        with canvas.clip(rect(-20, -20, stage.width + 20, line)):
            paint_hills(scenery)
            paint_far_trees(scenery, rng, line - 6 * unit + 0.0 * lift)
        bank = mix(scenery.season.hedge, far, 0.35)
        top = [(x * stage.width / 9, line - (6 + (x * 5) % 4) * unit) for x in range(-1, 11)]
        canvas.shape(poly(*path(*top).tolist(), (stage.width + 90, line + 3), (-90, line + 3)), bank, ink_width=0.7, shade=0)  # fmt: skip
        for index in range(5):
            _boathouse(scenery, rng, (0.03 + 0.2 * index + rng.uniform(0, 0.1)) * stage.width, line)
    with canvas.layer("mirrored shore", WATER_DEPTH + 1, kind="scenery"):
        paint_reflection(scenery, mix(bank, hues_of(scenery.ground).dark, 0.45), line, 26 * unit)


def _boathouse(scenery: Scenery, rng: random.Random, x: float, line: float) -> None:
    canvas, unit, far = scenery.canvas, scenery.canvas.unit, scenery.light.far
    wide, high = rng.uniform(44, 62) * unit, rng.uniform(28, 40) * unit
    wall = mix(rng.choice(("#b9604c", "#e0cfae", "#7f9bab", "#d6a463", "#f0e8d8")), far, 0.26)
    foot = line - 1 * unit
    canvas.shape(rect(x, foot - high, x + wide, foot), wall, ink_width=0.7, shade=0.5)
    roof = poly((x - 5 * unit, foot - high), (x + wide + 5 * unit, foot - high), (x + wide / 2, foot - high - 24 * unit))  # fmt: skip
    canvas.shape(roof, mix("#7d5a4c", far, 0.3), ink_width=0.7, shade=0.4)
    lit = scenery.light.dark or scenery.setting.time_of_day == "evening"
    pane = "#f6d67c" if lit else mix("#eef2ec", far, 0.15)
    canvas.shape(rect(x + wide * 0.38, foot - high * 0.62, x + wide * 0.62, foot), mix("#5d4a44", far, 0.3), ink_width=0.6, shade=0)  # fmt: skip
    for share in (0.12, 0.74):
        left = x + wide * share
        canvas.shape(rect(left, foot - high * 0.72, left + 8 * unit, foot - high * 0.42), pane, ink_width=0.5, shade=0)  # fmt: skip
    if scenery.setting.weather == "snow":
        canvas.fill(roof.intersection(roof.buffer(-2 * unit)), "#fbfcfb", 0.9)


def _jetty(scenery: Scenery) -> None:
    """Another jetty farther out, at one side, with posts and a small moored boat."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    right = scenery.seed % 2 == 0
    hues = hues_of(scenery.ground)
    wood = mix("#a98a68", scenery.light.far, 0.3)

    def at(share: float, high: float) -> Point:
        x = share * stage.width
        return (stage.width - x if right else x), 0.53 * stage.height + high * unit

    with canvas.layer("jetty", FAR_DEPTH + 2, kind="scenery", ink_width=0.62, ink_colour=FAR_INK):
        for share in (0.02, 0.1, 0.18, 0.25):
            (x, y), low = at(share, -17), 20 * unit
            canvas.shape(rect(x - 3.6 * unit, y, x + 3.6 * unit, y + low + 8 * unit), mix(wood, "#4d4038", 0.3), ink_width=0.7, shade=0.4)  # fmt: skip
            for dip in (11, 16):
                canvas.ink([(x - 6 * unit, y + low + dip * unit), (x + 6 * unit, y + low + dip * unit)], 0.7, hues.dark)  # fmt: skip
        deck = poly(at(-0.02, -12), at(0.265, -12), at(0.265, -5), at(-0.02, -5))
        canvas.shape(deck, wood, ink_width=0.8, shade=0.3)
        hull = poly(at(0.29, 4), at(0.39, 4), at(0.38, 17), at(0.30, 17), corner=3 * unit)
        canvas.shape(hull, mix("#7a94a8", scenery.light.far, 0.25), ink_width=0.8, shade=0.5)
        mast = at(0.335, 4)
        canvas.ink([mast, (mast[0], mast[1] - 72 * unit)], 1.0)
        canvas.ink([(mast[0], mast[1] - 70 * unit), at(0.385, 3)], 0.5)
        canvas.ink(path(at(0.265, -9), at(0.277, -1), at(0.293, 4)), 0.6)
        for drop in (24, 31):
            canvas.ink([at(0.31, drop), at(0.372, drop)], 0.8, hues.light)


def _deck(scenery: Scenery) -> None:
    """Planks from edge to edge, one end over the water, on stout posts."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    width, height = stage.width, stage.height
    rng = random.Random(scenery.seed + 42)
    right = scenery.seed % 4 < 2
    snow = scenery.setting.weather == "snow"
    wood = mix(_WOOD, "#fbfcfb", 0.72) if snow else _WOOD
    if scenery.setting.weather == "rain":
        wood = mix(wood, "#6d6a6a", 0.2)
    hues = hues_of(scenery.ground)
    top, low = _DECK * height, _FRONT * height

    def at(share: float, y: float) -> Point:
        x = share * width
        return (x if right else width - x), y

    deck = poly(at(-0.04, top), at(_END, top), at(1.05, low), at(-0.04, low))
    with canvas.layer("deck", -30.0, kind="scenery", ink_width=0.62, ink_colour="#6d5a48"):
        shade = poly(at(-0.04, top - 9 * unit), at(_END - 0.005, top - 9 * unit), at(_END + 0.01, top + 6 * unit), at(-0.04, top + 6 * unit))  # fmt: skip
        canvas.fill(shade, hues.dark, 0.35)
        end = poly(
            at(_END, top), at(1.05, low), at(1.05, low + 26 * unit), at(_END, top + 17 * unit)
        )
        canvas.shape(end, mix(wood, "#5d4a3c", 0.5), ink_width=0.8, shade=0)
        canvas.shape(deck, wood, ink_width=1.0, shade=0)
        _planks(scenery, rng, deck, wood, (top, low))
        canvas.shape(rect(-9, low, width + 9, low + 44 * unit), mix(wood, "#7a5c40", 0.42), ink_width=1.0, shade=0)  # fmt: skip
        canvas.ink(
            [(-5, low + 4 * unit), (width + 5, low + 4 * unit)], 0.6, mix(wood, "#ffffff", 0.4)
        )
    # nearer than whoever swims behind the deck, farther than whoever stands on it
    with canvas.layer("kerb", top + 2, kind="scenery", ink_width=0.62, ink_colour="#6d5a48"):
        _posts(scenery, [at(share, top) for share in (0.06, 0.35, 0.65, 0.945)], hues.dark)
        kerb = poly(at(-0.04, top - 5 * unit), at(_END + 0.002, top - 5 * unit), at(_END + 0.005, top + 5 * unit), at(-0.04, top + 5 * unit))  # fmt: skip
        canvas.shape(kerb, mix(wood, "#8f6741", 0.22), ink_width=0.9, shade=0.3)


def _posts(scenery: Scenery, feet: list[Point], dark: str) -> None:
    """Short thick posts along the far edge, with a rope slung between them."""
    canvas, unit = scenery.canvas, scenery.canvas.unit
    for x, y in feet:
        canvas.fill(oval(x + 3 * unit, y + 4 * unit, 22 * unit, 6 * unit), dark, 0.3)
    tops = sorted((x, y - 40 * unit) for x, y in feet)
    for (x0, y0), (x1, y1) in itertools.pairwise(tops):
        rope = path((x0, y0), ((x0 + x1) / 2, y0 + 25 * unit), (x1, y1))
        canvas.shape(band(rope, 4.2 * unit), "#cdb787", ink_width=0.6, shade=0)
    for x, y in feet:
        post = rect(x - 11 * unit, y - 56 * unit, x + 11 * unit, y + 8 * unit, 3 * unit)
        canvas.shape(post, "#8f7359", ink_width=0.9, shade=0.8)
        cap = oval(x, y - 56 * unit, 11.5 * unit, 4 * unit)
        canvas.shape(cap, "#fbfcfb" if scenery.setting.weather == "snow" else "#b09472", ink_width=0.8, shade=0)  # fmt: skip
        for lift in (42, 36):
            wrap = rect(
                x - 12 * unit, y - lift * unit, x + 12 * unit, y - (lift - 5) * unit, 2 * unit
            )
            canvas.shape(wrap, "#cdb787", ink_width=0.6, shade=0)


def _planks(
    scenery: Scenery, rng: random.Random, deck: Geometry, wood: str, span: tuple[float, float]
) -> None:
    """Boards that run from left to right, wider towards the viewer, with joints and nails."""
    canvas, width, unit = scenery.canvas, scenery.stage.width, scenery.canvas.unit
    top, low = span
    mark = mix(wood, "#6d4f36", 0.42)
    rows = 8
    edges = [top + (low - top) * (index / rows) ** 1.18 for index in range(rows + 1)]
    with canvas.clip(deck):
        for index in range(rows):
            y, after = edges[index], edges[index + 1]
            x = rng.uniform(-0.5, 0.0) * width
            while x < width:
                long = rng.uniform(0.34, 0.62) * width
                tone = mix(
                    wood, rng.choice(("#c49a66", "#e6cda4", "#cfa876")), rng.uniform(0.08, 0.4)
                )
                canvas.fill(rect(x, y, x + long, after), tone)
                canvas.ink([(x, y), (x - 2 * unit, after)], 0.7, mark)
                for lift in (0.28, 0.72):
                    canvas.fill(oval(x + 9 * unit, y + (after - y) * lift, 1.6 * unit), mark)
                grain = y + (after - y) * rng.uniform(0.3, 0.7)
                start = x + long * rng.uniform(0.2, 0.6)
                canvas.ink(path((start, grain), (start + 34 * unit, grain - 2 * unit), (start + 80 * unit, grain)), 0.5, mark, taper=0.1)  # fmt: skip
                x += long
            canvas.ink([(-5, after), (width + 5, after)], 0.8, mark)
        if scenery.setting.weather == "rain":
            for _ in range(7):
                x, y = rng.uniform(0, width), rng.uniform(top + 16 * unit, low)
                canvas.fill(
                    oval(x, y, rng.uniform(40, 90) * unit, 7 * unit), scenery.light.sky[0], 0.5
                )


KIT = Kit(
    "pier",
    paint,
    shape=SHAPE,
    loose=(
        Loose("rowing boat", x=(0.2, 0.8), y=(0.645, 0.67)),
        Loose("sailing boat", y=(0.50, 0.55)),
        Loose("ship", y=(0.49, 0.52)),
        Loose("lighthouse", x=(0.1, 0.9), y=(0.462, 0.468)),
        Loose("leaping fish", y=(0.62, 0.66)),
        Loose("buoy", y=(0.54, 0.62)),
        Loose("wave", y=(0.62, 0.65)),
        Loose("jetty post", y=(0.683, 0.687)),
        Loose("lamp post", y=(0.715, 0.725)),
        Loose("park bench", x=(0.1, 0.9), y=(0.74, 0.80), anchor="bench"),
        Loose("lobster pot", y=(0.73, 0.94)),
        Loose("lifebuoy", y=(0.715, 0.73)),
        Loose("anchor", y=(0.73, 0.9)),
    ),
    areas={
        "water": Area(y=_WATER, wade=wade),
        "deep water": Area(y=(0.668, 0.682), wade=wade_deep),
        "deck": Area(x=(_STAND, 1 - _STAND)),
        "edge": Area(x=(_STAND, 1 - _STAND), y=(0.725, 0.75)),
    },
    usual="deck",
    paint_front=paint_weather,
)
