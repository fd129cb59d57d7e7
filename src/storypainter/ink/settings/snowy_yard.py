"""The setting kit ``snowy yard``: before a farmhouse in deep snow, bare trees and a sledging hill."""

from __future__ import annotations

from collections.abc import Callable

from shapely.geometry import Polygon

from storypainter.ink.drawing.forms import blob, join, oval, path, poly
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Kit, Loose, Scenery
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH
from storypainter.ink.scenery.sky import paint_sky
from storypainter.ink.scenery.snow import (
    SNOW,
    paint_bare_tree,
    paint_drift,
    paint_snowfield,
    paint_snowy_fence,
    paint_tracks,
)
from storypainter.ink.scenery.woods import fir_hue, paint_far_wood, paint_fir

SHAPE = Shape(
    far_line=0.60,
    back=(0.655, 0.715),
    middle=(0.765, 0.84),
    front=(0.885, 0.95),
    far_scale=0.72,
    zoom=1.08,
    horizon=0.55,
)


def paint(scenery: Scenery) -> None:
    """A hill with firs, a snowed-in house at one side, trees and a fence at the other."""
    paint_sky(scenery)
    right = scenery.seed % 2 == 0
    _hills(scenery, right)
    paint_snowfield(scenery)
    _house(scenery, right)
    stage = scenery.stage
    door = (0.20 if right else 0.80) * stage.width
    goal = (0.44 if right else 0.56) * stage.width
    paint_tracks(scenery, (door, 0.665 * stage.height), (goal, 1.02 * stage.height))


def _hills(scenery: Scenery, right: bool) -> None:
    """A wood, a sledging hill with tracks, the fence."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    width, line = stage.width, stage.far_line

    def at(share: float, high: float) -> tuple[float, float]:
        return (share if right else 1 - share) * width, line - high * unit

    snow = mix(SNOW, scenery.light.far, 0.16)
    with canvas.layer("far", FAR_DEPTH, kind="scenery", ink_width=0.62, ink_colour=FAR_INK):
        paint_far_wood(scenery, line - 46 * unit, 96 * unit, 0.2, 81)
        back = path(at(-0.1, 64), at(0.2, 52), at(0.55, 70), at(0.9, 128), at(1.1, 138))
        canvas.shape(Polygon([*back.tolist(), at(1.1, -9), at(-0.1, -9)]).buffer(0), mix(snow, "#c3d3e0", 0.3), ink_width=0.8, shade=0)  # fmt: skip
        for share, high, tall in (
            (0.62, 74, 92),
            (0.68, 84, 74),
            (0.93, 128, 118),
            (0.985, 130, 96),
        ):
            x, foot = at(share, high)
            paint_fir(scenery, x, foot + 6 * unit, tall * unit, mix(fir_hue(scenery, 0.4), SNOW, 0.1), tiers=4)  # fmt: skip
        for start, end in ((0.86, 0.66), (0.885, 0.7)):
            run = path(at(start, 116), at((start + end) / 2, 74), at(end, 22))
            canvas.ink(run, 0.9, "#a9bccb", taper=0.5)
        front = path(at(-0.1, 30), at(0.25, 34), at(0.6, 18), at(1.1, 34))
        canvas.shape(Polygon([*front.tolist(), at(1.1, -9), at(-0.1, -9)]).buffer(0), snow, ink_width=0.7, shade=0)  # fmt: skip
        bark = mix("#8b7a6c", scenery.light.far, 0.25)
        for share, tall in ((0.78, 250), (0.955, 300)):
            x, foot = at(share, -8)
            paint_bare_tree(scenery, x, foot, tall * unit, bark)
        left, end = sorted((at(0.42, 0)[0], at(1.02, 0)[0]))
        paint_snowy_fence(scenery, left, end, line + 8 * unit)


def _house(scenery: Scenery, right: bool) -> None:
    """A wooden house with snow on its roof, icicles at the eaves and lit windows."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    width, foot = stage.width, 0.652 * stage.height
    far = scenery.light.far

    def at(x: float, high: float) -> tuple[float, float]:
        """Pixels of a 1,024 pixel picture from its left edge and above the foot."""
        px = x * unit
        return (px if right else width - px), foot - high * unit

    wall = mix("#b5654f", far, 0.1)
    lit = scenery.light.dark or scenery.setting.time_of_day in ("evening", "dawn")
    with canvas.layer("snowed house", -26.0, kind="scenery", ink_width=0.7, ink_colour=FAR_INK):
        canvas.shape(poly(at(-30, -4), at(318, -4), at(318, 232), at(-30, 232)), wall, ink_width=0.9, shade=0.5)  # fmt: skip
        for high in range(14, 230, 18):
            canvas.ink([at(-30, high), at(317, high)], 0.5, mix(wall, "#4d342d", 0.3))
        _opening(
            scenery,
            [at(166, -4), at(236, -4), at(236, 144), at(166, 144)],
            mix("#5f7f78", far, 0.1),
        )
        canvas.fill(oval(*at(177, 66), 4 * unit), "#e9c46a")
        pane = "#f7d77a" if lit else "#cfe0e6"
        for x in (34, 256):
            with canvas.lit():
                _opening(scenery, [at(x, 62), at(x + (84 if x < 100 else 44), 62), at(x + (84 if x < 100 else 44), 148), at(x, 148)], pane)  # fmt: skip
        canvas.ink([at(76, 62), at(76, 148)], 1.4, "#fdf9ee")
        canvas.ink([at(34, 106), at(118, 106)], 1.4, "#fdf9ee")
        sill = blob(at(26, 58), at(40, 70), at(76, 68), at(112, 70), at(126, 58), at(76, 55))
        canvas.shape(sill, "#ffffff", ink_width=0.7, shade=0.4)
        _roof(scenery, at)
        for x, half, high in ((310, 46, 26), (122, 44, 16), (6, 60, 24)):
            px, py = at(x, -6)
            paint_drift(scenery, px, py, half * unit, high * unit)


def _opening(scenery: Scenery, corners: list[tuple[float, float]], hue: str) -> None:
    area = poly(*corners)
    scenery.canvas.shape(area.buffer(5 * scenery.canvas.unit, join_style=2), "#f3eee2", ink_width=0.7, shade=0)  # fmt: skip
    scenery.canvas.shape(area, hue, ink_width=0.7, shade=0.4)


def _roof(scenery: Scenery, at: Callable[[float, float], Point]) -> None:
    """Snow on the roof, icicles along the eaves, a smoking chimney."""
    canvas, unit = scenery.canvas, scenery.canvas.unit
    chimney = poly(at(92, 320), at(136, 320), at(136, 420), at(92, 420))
    canvas.shape(chimney, mix("#a98374", scenery.light.far, 0.2), ink_width=0.8, shade=0.5)
    cap = blob(at(86, 416), at(94, 434), at(116, 438), at(136, 432), at(144, 416), at(116, 412))
    canvas.shape(cap, "#ffffff", ink_width=0.8, shade=0.4)
    spots = ((117, 444, 8), (119, 456, 11), (127, 470, 14), (142, 482, 16))
    puffs = join(*(oval(*at(x, high), size * unit, size * 0.8 * unit) for x, high, size in spots))
    canvas.shape(puffs, mix("#ffffff", scenery.light.sky[0], 0.35), ink_width=0.6, shade=0.3)
    snow = poly(*path(at(-40, 232), at(10, 222), at(70, 230), at(130, 221), at(200, 230), at(262, 221), at(330, 228), at(352, 240)).tolist(), *path(at(352, 240), at(330, 262), at(272, 352), at(240, 366), at(-40, 372)).tolist())  # fmt: skip
    canvas.shape(snow, SNOW, ink_width=0.9, shade=0.9)
    for index, x in enumerate(range(4, 340, 24)):
        long = (16, 30, 22, 38, 18)[index % 5]
        top = at(x, 228)
        icicle = poly(
            (top[0] - 5 * unit, top[1]), (top[0] + 5 * unit, top[1]), (top[0], top[1] + long * unit)
        )
        canvas.shape(icicle, "#dcecf4", ink_width=0.6, shade=0.3)


def paint_front(scenery: Scenery) -> None:
    """Mounds of snow in the lower corners, and the weather."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    with canvas.layer("foreground", 1e6 - 1, kind="scenery", ink_width=0.7, ink_colour=FAR_INK):
        for x in (0.0, float(stage.width)):
            paint_drift(scenery, x, stage.height + 8 * unit, 120 * unit, 44 * unit)
    paint_weather(scenery)


KIT = Kit(
    "snowy yard",
    paint,
    shape=SHAPE,
    loose=(
        Loose("snowman", x=(0.12, 0.88), y=(0.70, 0.84)),
        Loose("sledge", y=(0.74, 0.93)),
        Loose("snow heap", y=(0.70, 0.84)),
        Loose("ice hole", x=(0.3, 0.7), y=(0.80, 0.88)),
        Loose("bird table", y=(0.69, 0.76)),
        Loose("park bench", x=(0.1, 0.9), y=(0.70, 0.80), anchor="bench"),
        Loose("tree stump", y=(0.70, 0.86)),
        Loose("log", y=(0.72, 0.86)),
        Loose("car", x=(0.3, 0.7), y=(0.70, 0.74)),
    ),
    areas={"snow": Area(), "hill": Area(y=(0.655, 0.68)), "path": Area()},
    paint_front=paint_front,
)
