"""The setting kit ``sports ground``: a pitch or a court before a grandstand full of people.

What is played follows from the things of the Scene: a tennis net makes it a hard court, a basket
a yard with a painted key, hurdles, starting blocks or a finish a running track; else it is a
football pitch, mown in stripes.
"""

from __future__ import annotations

import random

import numpy as np

from storypainter.ink.drawing.forms import arc, band, join, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame, Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.drawing.stage import Shape
from storypainter.ink.kits import FAR_INK, Area, Kit, Loose, Scenery
from storypainter.ink.props.events_sport import draw_floodlight
from storypainter.ink.props.prop import Look
from storypainter.ink.scenery.air import paint_weather
from storypainter.ink.scenery.far import FAR_DEPTH, paint_far_trees, paint_hills
from storypainter.ink.scenery.grass import LAWN_DEPTH
from storypainter.ink.scenery.sky import paint_sky

SHAPE = Shape(
    far_line=0.60,
    back=(0.655, 0.715),
    middle=(0.755, 0.835),
    front=(0.885, 0.95),
    far_scale=0.68,
    zoom=1.08,
    horizon=0.56,
)
_TRACK_THINGS = ("hurdle", "starting blocks", "finish ribbon")
_CLAY, _COURT, _YARD = "#cf8f74", "#8fb3ae", "#d3a582"
_SEATS, _ROOF, _WALL = "#9db4c4", "#b3584a", "#d9d2c6"
_BOARDS = ("#b86a58", "#d9b566", "#7f9fae", "#8aa07a", "#cfc6b8")
_SKINS = ("#e9c3a4", "#d8a683", "#b98261", "#8a5f48", "#f0d2ba")
_SHIRTS = ("#c98a7c", "#d9c08a", "#8fa9b8", "#9bb08c", "#e6dfd0", "#a295b0", "#c9b2a2")
_ROWS = 5
_GATE = ("finish ribbon", 0.44, 0.785)


def paint(scenery: Scenery) -> None:
    """Sky, trees, the grandstand, boards around the ground, and the ground itself."""
    stand_right = _mirrored(scenery)
    share, scale = (0.12 if stand_right else 0.88), 0.40 * scenery.stage.height / 304
    mast = Frame(share * scenery.stage.width, scenery.stage.far_line - 4, scale)
    paint_sky(scenery, [*scenery.busy, mast.geometry(rect(-46, -304, 46, 0))])
    rng = random.Random(scenery.seed + 41)
    canvas, line = scenery.canvas, scenery.stage.far_line
    with canvas.layer("far", FAR_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
        paint_hills(scenery)
        paint_far_trees(scenery, rng, line - 14 * canvas.unit)
        draw_floodlight(canvas.pen(mast, 0.75), Look("plain", ground=scenery.ground))
        _grandstand(scenery, rng, right=stand_right)
        _boards(scenery, rng)
    _ground(scenery)


def _mirrored(scenery: Scenery) -> bool:
    """Whether the grandstand stands at the right: away from the goal, else as the seed says."""
    goal = scenery.places.get("goal") or scenery.places.get("basketball hoop")
    if goal is not None:
        return goal[0] < scenery.stage.width / 2
    return scenery.seed % 2 == 0


def _grandstand(scenery: Scenery, rng: random.Random, *, right: bool) -> None:
    """A covered stand that comes nearer towards one edge of the picture."""
    stage, far = scenery.stage, scenery.light.far
    width, height, line = stage.width, stage.height, stage.far_line
    ends = (0.30, 1.04) if right else (0.70, -0.04)
    away, near = (share * width for share in ends)
    low = (0.035 * height, 0.045 * height)
    high = (0.135 * height, 0.225 * height)

    def at(along: float, up: float) -> Point:
        """A point of the terraces: ``along`` from the far end to the near one, ``up`` from 0 to 1."""
        foot = low[0] + (low[1] - low[0]) * along
        top = high[0] + (high[1] - high[0]) * along
        return away + (near - away) * along, line - foot - (top - foot) * up

    canvas = scenery.canvas
    canvas.shape(poly(at(0, 1.34), at(1, 1.4), (near, line), (away, line)), mix("#aab0b4", far, 0.4), ink_width=0.7, shade=0)  # fmt: skip
    snow = scenery.setting.weather == "snow"
    seats = mix(_SEATS, far, 0.3)
    for row in range(_ROWS - 1, -1, -1):
        tier = poly(at(0, row / _ROWS), at(1, row / _ROWS), at(1, (row + 1) / _ROWS), at(0, (row + 1) / _ROWS))  # fmt: skip
        canvas.shape(tier, mix(seats, "#ffffff", 0.07 * row), ink_width=0.5, shade=0)
        _spectators(scenery, rng, at, row)
    wall = poly(at(0, 0.02), at(1, 0.02), (near, line), (away, line))
    canvas.shape(wall, mix(_WALL, far, 0.3), ink_width=0.7, shade=0)
    for along in (0.0, 0.24, 0.5, 0.77):
        a, b = at(along, 0.0), at(along, 1.42)
        canvas.shape(band([a, b], 5 * canvas.unit, flat=True), mix("#8d9499", far, 0.3), ink_width=0.5, shade=0)  # fmt: skip
    roof = mix("#fbfcfb" if snow else _ROOF, far, 0.22)
    edge = poly(at(-0.05, 1.36), at(1.05, 1.34), at(1.05, 1.56), at(-0.05, 1.62))
    canvas.shape(edge, roof, ink_width=0.8, shade=0)
    fascia = poly(at(-0.05, 1.36), at(1.05, 1.34), at(1.05, 1.43), at(-0.05, 1.46))
    canvas.shape(fascia, mix("#f3ecdd", far, 0.2), ink_width=0.6, shade=0)
    for along in (0.06, 0.34, 0.62, 0.88):
        _pennant(scenery, at(along, 1.60), rng.choice(_SHIRTS[:4]))


def _pennant(scenery: Scenery, foot: Point, hue: str) -> None:
    """A small flag on the roof."""
    canvas, unit = scenery.canvas, scenery.canvas.unit
    x, y = foot
    canvas.ink([(x, y), (x, y - 34 * unit)], 0.9)
    droop = 0 if scenery.setting.weather == "wind" else 4 * unit
    cloth = poly((x, y - 34 * unit), (x + 24 * unit, y - 27 * unit + droop), (x, y - 19 * unit))
    canvas.shape(cloth, mix(hue, scenery.light.far, 0.1), ink_width=0.7, shade=0)


def _spectators(scenery: Scenery, rng: random.Random, at: object, row: int) -> None:
    """One row of small, pale people."""
    canvas, far = scenery.canvas, scenery.light.far
    assert callable(at)
    along = rng.uniform(0, 0.03)
    shoulders: dict[str, list[Geometry]] = {}
    heads: dict[str, list[Geometry]] = {}
    while along < 1.0:
        x, y = at(along, (row + 0.1) / _ROWS)
        _, top = at(along, (row + 1.1) / _ROWS)
        size = (y - top) * 0.30
        if rng.random() < 0.78:
            shirt = mix(rng.choice(_SHIRTS), far, 0.34)
            body = oval(x, y - size * 0.35, size * 0.92, size * 0.95)
            shoulders.setdefault(shirt, []).append(body.intersection(rect(x - 99, 0, x + 99, y)))
            skin = mix(rng.choice(_SKINS), far, 0.3)
            heads.setdefault(skin, []).append(oval(x, y - size * 1.72, size * 0.62))
            if rng.random() < 0.14:
                arm = band([(x + size * 0.7, y - size), (x + size * 1.2, y - size * 2.4)], size * 0.42)  # fmt: skip
                shoulders[shirt].append(arm)
        along += (0.036 + 0.012 * along) * rng.uniform(0.85, 1.3)
    for areas in (shoulders, heads):
        for hue, forms in areas.items():
            canvas.shape(join(*forms), hue, ink_width=0.42, shade=0)


def _boards(scenery: Scenery, rng: random.Random) -> None:
    """Coloured boards along the edge of the ground."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    line, far = stage.far_line, scenery.light.far
    high = 32 * stage.cm(line)
    x = -rng.uniform(0, 60) * unit
    turn = rng.randrange(5)
    while x < stage.width:
        wide = rng.uniform(120, 170) * unit
        hue = mix(_BOARDS[turn % len(_BOARDS)], far, 0.34)
        canvas.shape(rect(x, line - high, x + wide, line + 2), hue, ink_width=0.8, shade=0)
        pale = mix(hue, "#ffffff", 0.4)
        for share in (0.3, 0.5, 0.7):
            mark = x + wide * share
            slash = poly((mark - 6 * unit, line - 5 * unit), (mark + 4 * unit, line - high + 5 * unit), (mark + 12 * unit, line - high + 5 * unit), (mark + 2 * unit, line - 5 * unit))  # fmt: skip
            canvas.fill(slash, pale)
        x += wide
        turn += 1
    if scenery.setting.weather == "snow":
        canvas.fill(rect(-5, line - high - 3 * unit, stage.width + 5, line - high + 3 * unit), "#fbfcfb")  # fmt: skip


def _ground(scenery: Scenery) -> None:
    """The pitch, court or track under everybody's feet."""
    canvas, season = scenery.canvas, scenery.season
    places = scenery.places
    mark = mix(season.lawn, "#3d4a30", 0.4)
    with canvas.layer("lawn", LAWN_DEPTH, kind="scenery", ink_width=0.6, ink_colour=mark):
        if "tennis net" in places:
            _court(scenery, _COURT)
            _tennis_lines(scenery, places["tennis net"])
        elif "basketball hoop" in places:
            _court(scenery, _YARD)
            _key(scenery, places["basketball hoop"])
        else:
            _stripes(scenery)
            if "track" in scenery.feet or any(word in places for word in _TRACK_THINGS):
                _track(scenery)
            elif "goal" in places:
                _goal_lines(scenery, places["goal"])
            else:
                _centre_circle(scenery)
        _wet(scenery)


def _weathered(scenery: Scenery, hue: str) -> str:
    weather = scenery.setting.weather
    if weather == "snow":
        return mix(hue, "#fbfcfb", 0.72)
    return mix(hue, "#5b6b80", 0.18) if weather == "rain" else hue


def _chalk(scenery: Scenery) -> str:
    return "#c9d2d6" if scenery.setting.weather == "snow" else "#fbfaf2"


def _vanish(scenery: Scenery, x: float, y: float) -> Point:
    """The point at height ``y`` of a line that meets the lower edge at ``x``."""
    stage = scenery.stage
    eye = stage.far_line - 0.34 * stage.height
    share = (y - eye) / (stage.height - eye)
    return stage.width / 2 + (x - stage.width / 2) * share, y


def _stripes(scenery: Scenery) -> None:
    """Grass mown in stripes that run away from the viewer."""
    canvas, stage, season = scenery.canvas, scenery.stage, scenery.season
    line, low = stage.far_line, stage.height + 6
    canvas.fill(rect(-5, line - 2, stage.width + 5, low), season.lawn)
    pale = mix(season.lawn, season.far_lawn, 0.8)
    wide = 0.2 * stage.height
    count = int(stage.width / wide) + 3
    for k in range(-count, count, 2):
        a, b = stage.width / 2 + k * wide, stage.width / 2 + (k + 1) * wide
        canvas.fill(poly(_vanish(scenery, a, line), _vanish(scenery, b, line), _vanish(scenery, b, low), _vanish(scenery, a, low)), pale)  # fmt: skip
    canvas.ink([(-5, line), (stage.width + 5, line)], 0.9)
    y = line + 0.022 * stage.height
    _chalked(scenery, [(-5, y), (stage.width + 5, y)], 0.5)


def _chalked(scenery: Scenery, points: object, share: float = 1.0) -> None:
    """A chalk line, ``share`` as wide as at the front."""
    canvas = scenery.canvas
    thick = 8.0 * share * canvas.unit
    canvas.fill(band(np.asarray(points), thick, flat=True), _chalk(scenery))


def _goal_lines(scenery: Scenery, goal: Point) -> None:
    """The goal line, and the goal area before it."""
    stage = scenery.stage
    x, y = goal
    cm = stage.cm(y)
    _chalked(scenery, [(-5, y), (stage.width + 5, y)], 0.75)
    near = y + 0.105 * stage.height
    corners = []
    for side in (-1, 1):
        away = x + side * 196 * cm
        spread = (away - stage.width / 2) * (near - y) / (0.34 * stage.height + y - stage.far_line)
        corners.append((away + spread, near))
        _chalked(scenery, [(away, y), corners[-1]], 0.85)
    _chalked(scenery, corners, 0.95)
    spot_y = near + 0.065 * stage.height
    scenery.canvas.fill(oval(x, spot_y, 11 * scenery.canvas.unit, 4 * scenery.canvas.unit), _chalk(scenery))  # fmt: skip


def _centre_circle(scenery: Scenery) -> None:
    """The halfway line and the circle around the middle."""
    stage = scenery.stage
    middle = stage.width * (0.38 if _mirrored(scenery) else 0.62)
    y = 0.80 * stage.height
    ring = oval(middle, y, 0.36 * stage.height, 0.085 * stage.height)
    _chalked(scenery, path(*ring.exterior.coords), 0.8)
    foot = stage.width / 2 + (middle - stage.width / 2) * 1.5
    _chalked(scenery, [_vanish(scenery, foot, stage.far_line + 0.02 * stage.height), _vanish(scenery, foot, stage.height + 6)], 0.85)  # fmt: skip


def _track(scenery: Scenery) -> None:
    """A running track with its lanes across the lower half, or towards the viewer at a finish."""
    ribbon = scenery.places.get(_GATE[0])
    if ribbon is not None:
        _home_straight(scenery, ribbon)
        return
    canvas, stage = scenery.canvas, scenery.stage
    clay = _weathered(scenery, _CLAY)
    top = 0.685 * stage.height
    canvas.fill(rect(-5, top, stage.width + 5, stage.height + 6), clay)
    for share in (0.0, 0.17, 0.38, 0.64, 0.95):
        y = top + share * (stage.height - top)
        _chalked(scenery, [(-5, y), (stage.width + 5, y)], 0.45 + 0.5 * share)


def _home_straight(scenery: Scenery, ribbon: Point) -> None:
    """Lanes that come from far away through the finish, and a chequered line on the ground there."""
    canvas, stage = scenery.canvas, scenery.stage
    (x, y), low, line = ribbon, stage.height + 6.0, stage.far_line
    near = _vanish(scenery, stage.width / 2 + 100, y)[0] - stage.width / 2  # pixels there for 100
    middle = stage.width / 2 + (x - stage.width / 2) * 100 / near
    lane = 96 * stage.cm(y) * 100 / near

    def at(lanes: float, along: float) -> Point:
        return _vanish(scenery, middle + lanes * lane, along)

    clay = poly(at(-2, line), at(2, line), at(2, low), at(-2, low))
    canvas.fill(clay, _weathered(scenery, _CLAY))
    for lanes in (-2, -1, 0, 1, 2):
        _chalked(scenery, [at(lanes, line), at(lanes, low)], 0.75)
    deep = 0.011 * stage.height
    for row in range(2):
        top = y + row * deep
        for k in range(24):
            left, right = -2 + k / 6, -2 + (k + 1) / 6
            square = poly(
                at(left, top), at(right, top), at(right, top + deep), at(left, top + deep)
            )
            canvas.fill(square, _chalk(scenery) if (k + row) % 2 else "#4a4450")


def _court(scenery: Scenery, hue: str) -> None:
    canvas, stage = scenery.canvas, scenery.stage
    rim = mix(_weathered(scenery, hue), scenery.season.lawn, 0.45)
    canvas.fill(rect(-5, stage.far_line - 2, stage.width + 5, stage.height + 6), rim)
    top = stage.far_line + 0.05 * stage.height
    canvas.fill(rect(-5, top, stage.width + 5, stage.height + 6), _weathered(scenery, hue))
    canvas.ink([(-5, stage.far_line), (stage.width + 5, stage.far_line)], 0.9)


def _tennis_lines(scenery: Scenery, net: Point) -> None:
    stage = scenery.stage
    for share in (-0.25, 1.25):
        foot = stage.width * share
        _chalked(scenery, [_vanish(scenery, foot, stage.far_line + 0.05 * stage.height), _vanish(scenery, foot, stage.height + 6)], 0.85)  # fmt: skip
    middle = _vanish(scenery, net[0], net[1])[0]
    for y in (stage.far_line + 0.05 * stage.height, net[1] + 0.14 * stage.height):
        _chalked(scenery, [(-5, y), (stage.width + 5, y)], 0.8)
    _chalked(scenery, [(middle, stage.far_line + 0.05 * stage.height), (net[0], net[1] + 0.14 * stage.height)], 0.8)  # fmt: skip


def _key(scenery: Scenery, hoop: Point) -> None:
    """The painted key below a basket."""
    stage, canvas = scenery.stage, scenery.canvas
    x, y = hoop
    cm = stage.cm(y)
    near = y + 0.13 * stage.height
    area = poly(
        (x - 95 * cm, y + 4), (x + 95 * cm, y + 4), (x + 130 * cm, near), (x - 130 * cm, near)
    )
    paint_hue = _weathered(scenery, mix(_YARD, "#b0563f", 0.4))
    canvas.fill(area, paint_hue)
    _chalked(scenery, [(x - 95 * cm, y + 4), (x - 130 * cm, near), (x + 130 * cm, near), (x + 95 * cm, y + 4)], 0.8)  # fmt: skip
    _chalked(scenery, path(*arc(x, near, 105 * cm, 0.05 * stage.height, 0, 180).tolist()), 0.85)


def _wet(scenery: Scenery) -> None:
    """Puddles after rain, ripples in the snow."""
    canvas, stage, unit = scenery.canvas, scenery.stage, scenery.canvas.unit
    rng = random.Random(scenery.seed + 44)
    weather = scenery.setting.weather
    if weather not in ("rain", "snow"):
        return
    for _ in range(int(11 * stage.width / stage.height)):
        x = rng.uniform(0, stage.width)
        y = stage.height * rng.uniform(0.66, 0.97)
        half = rng.uniform(24, 54) * unit
        if weather == "rain":
            canvas.fill(oval(x, y, half, half * 0.13), "#dbe9f2", 0.85)
        else:
            canvas.ink(arc(x, y, half, half * 0.2, 195, 345), 0.7, "#c3ccd6")


KIT = Kit(
    "sports ground",
    paint,
    shape=SHAPE,
    loose=(
        Loose("goal", x=(0.31, 0.69), y=(0.662, 0.68)),
        Loose("tennis net", x=(0.36, 0.64), y=(0.72, 0.74)),
        Loose("basketball hoop", x=(0.16, 0.84), y=(0.665, 0.68)),
        Loose("grandstand", x=(0.2, 0.8), y=(0.64, 0.65)),
        Loose("dugout", x=(0.16, 0.84), y=(0.655, 0.68), anchor="bench"),
        Loose("podium", x=(0.3, 0.7), y=(0.74, 0.80)),
        Loose("finish ribbon", x=(0.35, 0.65), y=(0.77, 0.80)),
        Loose("hurdle", y=(0.76, 0.90)),
        Loose("corner flag", x=(0.04, 0.96), y=(0.67, 0.70)),
        Loose("floodlight", x=(0.05, 0.95), y=(0.625, 0.63)),
        Loose("starting blocks", y=(0.80, 0.92)),
    ),
    areas={"pitch": Area(), "track": Area(y=(0.72, 0.95)), "court": Area()},
    paint_front=paint_weather,
    gate=_GATE,
)
