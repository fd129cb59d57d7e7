"""Towns: skyline, pavements, roads, cobbles, kerbs, wet and snowy ground."""

from __future__ import annotations

import random

from storypainter.ink.drawing.forms import arc, oval, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.kits import FAR_INK, Scenery

SKYLINE_DEPTH, GROUND_DEPTH, ROAD_DEPTH = -42.0, -30.0, -28.0
PAVING = "#ddd5c5"
ASPHALT = "#aaa5aa"
KERB = "#efe9dc"
COBBLE = "#d5c6ad"
_ROOFS = ("#a8705f", "#93786f", "#b08467", "#8a7f8c")
_WALLS = ("#d8bfa6", "#cfc6b8", "#c9b3a6", "#d5cbb0")


def paint_skyline(scenery: Scenery, *, low: float = 0.10, high: float = 0.22) -> None:
    """Roofs, gables and a spire far away, pale by day and with lit windows by night.

    Args:
        scenery: what is drawn on.
        low: the lowest house, as a share of the picture's height.
        high: the highest one.
    """
    canvas, stage, light = scenery.canvas, scenery.stage, scenery.light
    rng = random.Random(scenery.seed + 21)
    line, unit = stage.far_line, canvas.unit
    with canvas.layer("skyline", SKYLINE_DEPTH, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        _spire(scenery, rng.uniform(0.2, 0.8) * stage.width, line)
        x = -30.0 * unit
        while x < stage.width + 20:
            wide = rng.uniform(84, 150) * unit
            tall = rng.uniform(low, high) * stage.height
            wall = mix(rng.choice(_WALLS), light.far, 0.55)
            roof = mix(rng.choice(_ROOFS), light.far, 0.5)
            _far_house(scenery, rng, (x, line - tall, x + wide, line), wall, roof)
            x += wide * rng.uniform(0.92, 1.06)


def _far_house(
    scenery: Scenery,
    rng: random.Random,
    box: tuple[float, float, float, float],
    wall: str,
    roof: str,
) -> None:
    canvas, unit = scenery.canvas, scenery.canvas.unit
    left, top, right, bottom = box
    canvas.shape(rect(left, top, right, bottom), wall, ink_width=0.7, shade=0)
    peak = top - rng.uniform(26, 46) * unit
    inset = rng.choice((0.16, 0.5)) * (right - left)
    tiles = poly(
        (left - 5 * unit, top), (left + inset, peak), (right - inset, peak), (right + 5 * unit, top)
    )
    snowy = scenery.setting.weather == "snow"
    canvas.shape(tiles, mix(roof, "#ffffff", 0.75) if snowy else roof, ink_width=0.7, shade=0)
    glows = scenery.light.dark or scenery.setting.time_of_day == "evening"
    dim = mix(wall, "#3d4a66", 0.4)
    y = top + 16 * unit
    while y < bottom - 24 * unit:
        for share in (0.2, 0.5, 0.8):
            x = left + share * (right - left)
            hue = "#f6d67c" if glows and rng.random() < 0.5 else dim
            canvas.fill(rect(x - 5 * unit, y, x + 5 * unit, y + 14 * unit), hue)
        y += 36 * unit


def _spire(scenery: Scenery, x: float, line: float) -> None:
    canvas, unit, light = scenery.canvas, scenery.canvas.unit, scenery.light
    wall = mix("#cfc6b8", light.far, 0.5)
    top = line - 0.30 * scenery.stage.height
    canvas.shape(rect(x - 22 * unit, top, x + 22 * unit, line), wall, ink_width=0.7, shade=0)
    tip = poly((x - 27 * unit, top), (x, top - 92 * unit), (x + 27 * unit, top))
    canvas.shape(tip, mix("#7d8a8c", light.far, 0.5), ink_width=0.7, shade=0)
    for dy in (18.0, 60.0):
        canvas.fill(
            rect(x - 6 * unit, top + dy * unit, x + 6 * unit, top + (dy + 22) * unit),
            mix(wall, "#3d4a66", 0.35),
        )


def ground_hue(scenery: Scenery, hue: str) -> str:
    """A colour of the ground as the weather leaves it: white under snow, darker in the rain."""
    weather = scenery.setting.weather
    if weather == "snow":
        return mix(hue, "#fafbfc", 0.72)
    return mix(hue, "#5b6b80", 0.22) if weather == "rain" else hue


def paint_pavement(scenery: Scenery, top: float, bottom: float, *, rows: int = 4) -> None:
    """Paving slabs between two heights in pixels; their joints run towards the picture's middle."""
    canvas, stage = scenery.canvas, scenery.stage
    hue = ground_hue(scenery, PAVING)
    mark = mix(hue, "#6b6270", 0.28)
    name = f"pavement-{round(1000 * top / stage.height)}"
    with canvas.layer(name, GROUND_DEPTH, kind="scenery", ink_width=0.5, ink_colour=FAR_INK):
        canvas.fill(rect(-5, top, stage.width + 5, bottom), hue)
        ys = [top + (bottom - top) * ((k / rows) ** 1.35) for k in range(rows + 1)]
        for y in ys[1:-1]:
            canvas.ink([(-5, y), (stage.width + 5, y)], 0.7, mark)
        pitch = 62 * stage.front_cm
        for index in range(rows):
            shift = 0.5 * (index % 2)
            for column in range(-14, 15):
                foot = stage.width / 2 + (column + shift) * pitch
                upper, lower = _meet(scenery, foot, ys[index]), _meet(scenery, foot, ys[index + 1])
                if -20 < lower[0] < stage.width + 20:
                    canvas.ink([upper, lower], 0.7, mark)
        _weathered(scenery, top, bottom, hue)


def _meet(scenery: Scenery, x: float, y: float) -> Point:
    """The point at height ``y`` of a line from the eye's point to (x, bottom edge)."""
    stage = scenery.stage
    eye = stage.far_line - 0.30 * stage.height
    share = (y - eye) / (stage.height - eye)
    return stage.width / 2 + (x - stage.width / 2) * share, y


def _weathered(scenery: Scenery, top: float, bottom: float, hue: str) -> None:
    """Wet gleams after rain, soft heaps of snow."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + round(top))
    weather = scenery.setting.weather
    if weather not in ("rain", "snow"):
        return
    for _ in range(int(10 * stage.width / stage.height)):
        x, y = rng.uniform(0, stage.width), rng.uniform(top + 4 * unit, bottom - 6 * unit)
        if weather == "rain":
            half = rng.uniform(26, 60) * unit
            canvas.fill(oval(x, y, half, half * 0.13), mix(hue, "#dbe9f2", 0.55))
        else:
            canvas.ink(arc(x, y, 22 * unit, 5 * unit, 195, 345), 0.7, mix(hue, "#8fa0b8", 0.4))


def paint_road(
    scenery: Scenery, top: float, bottom: float, *, line: bool = True, name: str = "road"
) -> None:
    """Asphalt between two heights in pixels, with its kerbs and a broken line in the middle."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    hue = ground_hue(scenery, ASPHALT)
    kerb = ground_hue(scenery, KERB)
    with canvas.layer(name, ROAD_DEPTH, kind="scenery", ink_width=0.55, ink_colour=FAR_INK):
        canvas.fill(rect(-5, top, stage.width + 5, bottom), hue)
        for y, thick in ((top, 5.0), (bottom, 9.0)):
            if y < stage.height:
                stone = rect(-8, y - thick * unit, stage.width + 8, y + 0.2 * thick * unit)
                canvas.shape(stone, kerb, ink_width=0.9, shade=0)
                _joints(scenery, y - thick * unit, y)
        if line:
            y = (top + bottom) / 2
            long, gap = 58 * unit, 52 * unit
            x = -20 * unit
            while x < stage.width:
                dash = poly(
                    (x + 4 * unit, y - 3 * unit), (x + long + 4 * unit, y - 3 * unit),
                    (x + long, y + 3 * unit), (x, y + 3 * unit),
                )  # fmt: skip
                canvas.fill(dash, mix(hue, "#fffdf7", 0.75))
                x += long + gap
        if scenery.setting.weather == "snow":
            for share in (0.3, 0.72):
                y = top + share * (bottom - top)
                track = rect(-5, y - 4 * unit, stage.width + 5, y + 4 * unit)
                canvas.fill(track, mix(hue, ASPHALT, 0.4))
        _weathered(scenery, top + 6 * unit, bottom - 6 * unit, hue)


def _joints(scenery: Scenery, top: float, bottom: float) -> None:
    step = 74 * scenery.canvas.unit
    for k in range(int(scenery.stage.width / step) + 1):
        x = (k + 0.4) * step
        scenery.canvas.ink([(x, top), (x - 2, bottom)], 0.6)


def paint_cobbles(scenery: Scenery, top: float) -> None:
    """A square of cobble stones from ``top`` (pixels) down to the lower edge."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    hue = ground_hue(scenery, COBBLE)
    mark = mix(hue, "#6b5a50", 0.32)
    rng = random.Random(scenery.seed + 31)
    with canvas.layer("cobbles", GROUND_DEPTH, kind="scenery", ink_width=0.5, ink_colour=mark):
        canvas.fill(rect(-5, top, stage.width + 5, stage.height + 5), hue)
        canvas.ink([(-5, top), (stage.width + 5, top)], 1.0, FAR_INK)
        y = top + 8 * unit
        while y < stage.height:
            near = (y - top) / (stage.height - top)
            wide, tall = (16 + 26 * near) * unit, (7 + 12 * near) * unit
            x = -rng.uniform(0, 1) * wide
            while x < stage.width:
                if rng.random() < 0.42:
                    canvas.ink(arc(x, y, wide * 0.45, tall * 0.5, 185, 345), 0.8, mark)
                elif rng.random() < 0.16:
                    stone = oval(x, y, wide * 0.44, tall * 0.42)
                    canvas.fill(stone, mix(hue, "#8a7462", 0.16))
                x += wide * 1.1
            y += tall * 1.15
        _weathered(scenery, top + 10 * unit, stage.height, hue)


def paint_gables(scenery: Scenery) -> None:
    """A row of old gabled houses around a square, half-timbered or plastered."""
    canvas, stage = scenery.canvas, scenery.stage
    rng = random.Random(scenery.seed + 41)
    line, cm = stage.far_line, stage.cm(stage.far_line)
    with canvas.layer(
        "gables", SKYLINE_DEPTH + 4, kind="scenery", ink_width=0.6, ink_colour=FAR_INK
    ):
        x, index = -rng.uniform(10, 70) * cm, 0
        while x < stage.width + 10:
            wide = rng.uniform(118, 152) * cm
            tall = rng.uniform(0.26, 0.34) * stage.height
            _gable(scenery, rng, x, line, wide, tall, index)
            x += wide
            index += 1


def _gable(
    scenery: Scenery,
    rng: random.Random,
    left: float,
    line: float,
    wide: float,
    tall: float,
    index: int,
) -> None:
    canvas, unit, light = scenery.canvas, scenery.canvas.unit, scenery.light
    plaster = ("#e8d9bd", "#dcc3ae", "#d3d6c4", "#e6cfae")[(index + scenery.seed) % 4]
    wall = mix(plaster, light.far, 0.3)
    beam = mix("#9a7a62", light.far, 0.35)
    right, top = left + wide, line - tall
    peak = (left + wide / 2, top - 0.46 * wide)
    canvas.shape(
        poly((left, line), (left, top), peak, (right, top), (right, line)), wall, shade=0.4
    )
    roof = mix("#a8705f", light.far, 0.35)
    if scenery.setting.weather == "snow":
        roof = mix(roof, "#ffffff", 0.8)
    for side in (left, right):
        away = -8 * unit if side == left else 8 * unit
        tiles = poly(
            (side + away, top + 5 * unit), (peak[0], peak[1] - 12 * unit), (peak[0], peak[1]), (side, top + 9 * unit)
        )  # fmt: skip
        canvas.shape(tiles, roof, ink_width=0.9, shade=0)
    timber = index % 2 == 0
    if timber:
        for y in (top, top + 0.36 * tall):
            canvas.ink([(left, y), (right, y)], 2.6, beam)
        for share in (0.04, 0.5, 0.96):
            x = left + share * wide
            canvas.ink([(x, top), (x, line)], 2.6, beam)
        canvas.ink(
            [
                (left + 0.08 * wide, top),
                (peak[0], peak[1] + 0.1 * wide),
                (right - 0.08 * wide, top),
            ],
            2.2,
            beam,
        )
    glows = scenery.light.dark or scenery.setting.time_of_day == "evening"
    door = rect(left + 0.41 * wide, line - 0.27 * tall, left + 0.59 * wide, line)
    canvas.shape(door, mix("#7a6a5c", light.far, 0.35), ink_width=0.8, shade=0)
    for share_x, share_y in ((0.27, 0.08), (0.73, 0.08), (0.27, 0.46), (0.73, 0.46), (0.5, -0.24)):
        if share_y < 0 and tall < 0.27 * scenery.stage.height:
            continue
        x, y = left + share_x * wide, top + share_y * tall
        half, high = 0.085 * wide, 0.2 * tall
        hue = "#f6d67c" if glows and rng.random() < 0.6 else mix("#aebfc6", light.far, 0.2)
        canvas.shape(rect(x - half, y, x + half, y + high), hue, ink_width=0.8, shade=0)
        canvas.ink([(x, y), (x, y + high)], 0.7)
        canvas.ink([(x - half, y + high / 2), (x + half, y + high / 2)], 0.7)


def paint_far_stalls(scenery: Scenery) -> None:
    """A few small stalls at the far side of a square, pale and without people."""
    canvas, stage, light = scenery.canvas, scenery.stage, scenery.light
    rng = random.Random(scenery.seed + 43)
    foot, cm = stage.far_line + 0.012 * stage.height, stage.cm(stage.far_line)
    with canvas.layer(
        "far-stalls", GROUND_DEPTH + 1, kind="scenery", ink_width=0.55, ink_colour=FAR_INK
    ):
        x = rng.uniform(20, 60) * cm
        while x < stage.width:
            half, high = rng.uniform(40, 54) * cm, 96 * cm
            hue = mix(rng.choice(("#c8755f", "#7d9a78", "#7f9fb0", "#d3b06d")), light.far, 0.4)
            pale = mix("#fbf3e0", light.far, 0.3)
            canvas.shape(
                rect(x - half, foot - 40 * cm, x + half, foot), mix(hue, pale, 0.6), shade=0.4
            )
            for k in range(-3, 4):
                fruit = oval(x + k * half * 0.26, foot - 42 * cm, 6.4 * cm)
                tint = mix(("#d0503d", "#e79a45", "#a8c069")[k % 3], light.far, 0.35)
                canvas.shape(fruit, tint, ink_width=0.6, shade=0)
            for side in (-1, 1):
                canvas.ink([(x + side * half, foot), (x + side * half, foot - high)], 1.4)
            high_edge, low_edge = foot - high - 16 * cm, foot - high + 4 * cm
            for k in range(6):
                a, b = (-1 + k / 3) * half, (-1 + (k + 1) / 3) * half
                stripe = poly(
                    (x + 0.9 * a, high_edge), (x + 0.9 * b, high_edge),
                    (x + 1.2 * b, low_edge), (x + 0.6 * (a + b), low_edge + 4 * cm),
                    (x + 1.2 * a, low_edge),
                )  # fmt: skip
                canvas.shape(stripe, hue if k % 2 == 0 else pale, ink_width=0.6, shade=0)
            x += rng.uniform(190, 270) * cm


def paint_bunting(scenery: Scenery) -> None:
    """Strings of little flags across the square; lamps hang among them at night."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    hues = ("#c8755f", "#e3c06c", "#7f9fb0", "#93a878", "#e7ddc8")
    lit = scenery.light.dark or scenery.setting.time_of_day == "evening"
    with canvas.layer(
        "bunting", GROUND_DEPTH - 2, kind="scenery", ink_width=0.55, ink_colour=FAR_INK
    ):
        # far enough apart that no flag hangs into the other string
        for start, end, sag in ((0.02, 0.05, 0.055), (0.11, 0.15, 0.06)):
            count = max(9, round(stage.width / (66 * unit)))
            points: list[Point] = []
            for k in range(count + 1):
                share = k / count
                y = start + (end - start) * share + sag * 4 * share * (1 - share)
                points.append(((share * 1.06 - 0.03) * stage.width, y * stage.height))
            canvas.ink(points, 0.9)
            for k in range(count):
                (ax, ay), (bx, by) = points[k], points[k + 1]
                if lit and k % 2:
                    _bulb(scenery, (ax + bx) / 2, (ay + by) / 2)
                    continue
                a = (ax + (bx - ax) * 0.2, ay + (by - ay) * 0.2)
                b = (ax + (bx - ax) * 0.8, ay + (by - ay) * 0.8)
                tip = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 34 * unit)
                canvas.shape(poly(a, b, tip), hues[k % len(hues)], ink_width=0.8, shade=0)


def _bulb(scenery: Scenery, x: float, y: float) -> None:
    canvas, unit = scenery.canvas, scenery.canvas.unit
    with canvas.lit():
        canvas.fill(oval(x, y + 12 * unit, 24 * unit), "#ffe9a8", 0.3)
        canvas.shape(oval(x, y + 12 * unit, 8 * unit), "#fff1b8", ink_width=0.8, shade=0)
