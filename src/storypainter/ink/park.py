"""The setting kit ``park``: sky, far trees and houses, hedge, lawn, path, weather, foreground.

The scenery is drawn around a finished layout: the path runs beneath the feet of those who are
to be on it, and passes through the gate if there is one.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import numpy as np
from shapely.geometry import Polygon

from storypainter.ink.canvas import Canvas
from storypainter.ink.fixtures import FIXTURES, Ground
from storypainter.ink.forms import arc, join, oval, path, poly, rect
from storypainter.ink.geometry import Frame, Geometry, Point, Points
from storypainter.ink.palette import mix
from storypainter.ink.stage import FAR_LINE, Light, Season, Stage, light_of, season_of
from storypainter.scene import Setting

#: The anchors that a Scene may name; those that are not fixtures are places of the ground.
ANCHORS = ("bench", "path", "lawn", *FIXTURES)
FAR_INK = "#6d6472"
SAND = "#e9dcb8"
SKY_DEPTH, FAR_DEPTH, LAWN_DEPTH, PATH_DEPTH, FLAT_DEPTH = -50.0, -40.0, -30.0, -20.0, -10.0


@dataclass(frozen=True, slots=True)
class Backdrop:
    """The scenery of one picture."""

    canvas: Canvas
    stage: Stage
    setting: Setting
    seed: int

    @property
    def light(self) -> Light:
        """The colours of the hour and the weather."""
        return light_of(self.setting)

    @property
    def season(self) -> Season:
        """The colours of the leaves and the lawn."""
        return season_of(self.setting)

    @property
    def ground(self) -> Ground:
        """What fixtures need to know."""
        return Ground(self.season, self.light.dark, self.setting.weather == "wind", self.seed)

    def paint(self, way: list[Point], gate: Point | None, busy_sky: list[Geometry]) -> None:
        """Everything behind the elements.

        Args:
            way: ground points that the path must pass, in pixels.
            gate: the ground point of the gate.
            busy_sky: boxes that clouds and the sun keep clear of.
        """
        self._sky(busy_sky)
        self._far()
        self._lawn()
        self._path(way, gate)

    def _sky(self, busy: list[Geometry]) -> None:
        canvas, stage, light = self.canvas, self.stage, self.light
        width, horizon = stage.width, stage.height * (FAR_LINE - 0.05)
        rng = random.Random(self.seed + 1)
        with canvas.layer("sky", SKY_DEPTH, kind="scenery", ink_width=0.6, ink_colour=FAR_INK):
            bands = len(light.sky)
            edges = (
                [0.0] + [horizon * (0.42 + 0.58 * i / bands) for i in range(1, bands)] + [horizon]
            )
            for index, hue in enumerate(light.sky):
                canvas.fill(
                    rect(-5, edges[index] - 1 if index else -5, width + 5, edges[index + 1] + 2),
                    hue,
                )
            if light.dark:
                self._stars(rng, busy)
            elif light.sun:
                busy = [*busy, *self._sun(rng, busy)]
            if not light.dark or self.setting.weather in ("rain", "cloudy"):
                busy = [*busy, *self._clouds(rng, busy)]
            if not light.dark and self.setting.weather in ("clear", "cloudy", "wind"):
                self._birds(rng, busy)

    def _stars(self, rng: random.Random, busy: list[Geometry]) -> None:
        canvas, stage, unit = self.canvas, self.stage, self.canvas.unit
        for _ in range(46):
            x, y = rng.uniform(0, stage.width), rng.uniform(0, stage.height * 0.42)
            canvas.fill(oval(x, y, rng.uniform(1.0, 2.3) * unit), "#fff6dc", rng.uniform(0.6, 0.99))
        y, r = stage.height * 0.12, 34 * unit
        for share in (0.84, 0.14, 0.66, 0.34, 0.5):
            x = stage.width * share
            if any(oval(x, y, 3 * r).intersects(each) for each in busy):
                continue
            moon = oval(x, y, r).difference(oval(x + r * 0.45, y - r * 0.2, r * 0.86))
            canvas.fill(moon, "#f7e6ab")
            return

    def _sun(self, rng: random.Random, busy: list[Geometry]) -> list[Geometry]:
        canvas, stage, unit = self.canvas, self.stage, self.canvas.unit
        low = self.setting.time_of_day in ("evening", "dawn")
        radius = 46 * unit
        height = stage.height * (0.30 if low else 0.11)
        spots = [
            oval(stage.width * share, height, radius * 1.7) for share in (0.87, 0.13, 0.7, 0.3, 0.5)
        ]
        free = [spot for spot in spots if not any(spot.intersects(box) for box in busy)]
        if not free:
            return []
        x, y = free[0].centroid.x, free[0].centroid.y
        canvas.shape(oval(x, y, radius), self.light.sun, ink_colour="#c9933f", shade=0)
        for index in range(12):
            turn = index * math.pi / 6
            a, b = radius * 1.28, radius * rng.uniform(1.5, 1.62)
            canvas.ink(
                [(x + a * math.cos(turn), y + a * math.sin(turn)), (x + b * math.cos(turn), y + b * math.sin(turn))],
                0.8, "#c9933f",
            )  # fmt: skip
        return [free[0]]

    def _birds(self, rng: random.Random, busy: list[Geometry]) -> None:
        canvas, stage, unit = self.canvas, self.stage, self.canvas.unit
        for _ in range(12):
            x, y = rng.uniform(0.12, 0.88) * stage.width, rng.uniform(0.08, 0.34) * stage.height
            flock = rect(x - 60 * unit, y - 40 * unit, x + 100 * unit, y + 40 * unit)
            if any(flock.intersects(box) for box in busy):
                continue
            for dx, dy, size in ((0, 0, 15), (44, -20, 11), (66, 16, 9)):
                cx, cy, r = x + dx * unit, y + dy * unit, size * unit
                wings = path(
                    (cx - 2 * r, cy - 0.3 * r),
                    (cx - r, cy - 0.8 * r),
                    (cx, cy),
                    (cx + r, cy - 0.8 * r),
                    (cx + 2 * r, cy - 0.3 * r),
                )
                canvas.ink(wings, 1.0, FAR_INK)
            return

    def _clouds(self, rng: random.Random, busy: list[Geometry]) -> list[Geometry]:
        canvas, stage, unit = self.canvas, self.stage, self.canvas.unit
        grey = self.setting.weather in ("rain", "cloudy", "snow")
        count = (5 if grey else 3) + (stage.width > 1.3 * stage.height)
        hue = mix("#ffffff", self.light.sky[0], 0.35 if grey else 0.05)
        if self.setting.time_of_day == "evening":
            hue = mix(hue, "#f0b9a4", 0.5)
        drawn: list[Geometry] = []
        for _ in range(40):
            if len(drawn) == count:
                break
            size = rng.uniform(46, 72) * unit * (1.35 if grey else 1)
            x, y = rng.uniform(0.04, 0.96) * stage.width, rng.uniform(0.05, 0.30) * stage.height
            puffs = join(
                oval(x - size, y, size * 0.62, size * 0.36), oval(x - size * 0.3, y - size * 0.28, size * 0.6, size * 0.5),
                oval(x + size * 0.45, y - size * 0.14, size * 0.56, size * 0.42), oval(x + size * 1.05, y, size * 0.55, size * 0.3),
            )  # fmt: skip
            cloud = puffs.intersection(
                rect(x - 3 * size, y - 2 * size, x + 3 * size, y + size * 0.2)
            )
            around = cloud.buffer(26 * unit)
            if any(around.intersects(box) for box in busy) and not grey:
                continue
            if any(around.intersects(other) for other in drawn):
                continue
            drawn.append(cloud)
            canvas.shape(cloud, hue, shade=0.7)
        return drawn

    def _far(self) -> None:
        canvas, stage, season = self.canvas, self.stage, self.season
        width, line = stage.width, stage.height * FAR_LINE
        rng = random.Random(self.seed + 2)
        with canvas.layer(
            "far park", FAR_DEPTH, kind="scenery", ink_width=0.62, ink_colour=FAR_INK
        ):
            for height, waves, hue in (
                (0.105, 1.6, self.light.far),
                (0.07, 2.3, mix(self.light.far, season.lawn, 0.45)),
            ):
                xs = np.linspace(-20, width + 20, 36)
                ys = line - stage.height * height * (
                    0.72 + 0.28 * np.sin(xs / width * waves * math.pi * 2 + rng.uniform(0, 6))
                )
                hill = Polygon(
                    [
                        *zip(xs.tolist(), ys.tolist(), strict=True),
                        (width + 20, line + 20),
                        (-20, line + 20),
                    ]
                )
                canvas.shape(hill, hue, ink_width=0.7, shade=0)
            self._houses(rng, line)
            self._far_trees(rng, line)
            self._hedge(rng, line)

    def _houses(self, rng: random.Random, line: float) -> None:
        canvas, unit, width = self.canvas, self.canvas.unit, self.stage.width
        x = rng.uniform(0.05, 0.2) * width
        while x < width:
            w, h = rng.uniform(52, 78) * unit, rng.uniform(44, 62) * unit
            wall = rng.choice(("#d9b79a", "#cfc3b0", "#c79d86", "#dccfae"))
            top = line - 42 * unit - h
            canvas.shape(
                rect(x, top, x + w, line), mix(wall, self.light.far, 0.25), ink_width=0.7, shade=0.5
            )
            roof = poly((x - 6 * unit, top), (x + w + 6 * unit, top), (x + w / 2, top - 30 * unit))
            canvas.shape(roof, mix("#9c5a49", self.light.far, 0.3), ink_width=0.7, shade=0.5)
            pane = (
                "#f6d67c" if self.light.dark or self.setting.time_of_day == "evening" else "#e8efe9"
            )
            for share in (0.25, 0.62):
                canvas.shape(
                    rect(
                        x + w * share, top + 12 * unit, x + w * share + 11 * unit, top + 26 * unit
                    ),
                    pane,
                    ink_width=0.5,
                    shade=0,
                )
            x += w + rng.uniform(150, 330) * unit

    def _far_trees(self, rng: random.Random, line: float) -> None:
        canvas, season, unit, width = self.canvas, self.season, self.canvas.unit, self.stage.width
        x = rng.uniform(-30, 30) * unit
        while x < width + 40 * unit:
            h = rng.uniform(78, 132) * unit
            hue = mix(rng.choice(season.leaves), self.light.far, 0.32)
            canvas.shape(
                rect(x - h * 0.035, line - h * 0.55, x + h * 0.035, line),
                mix("#8f7355", self.light.far, 0.25),
                ink_width=0.7,
                shade=0,
            )
            if season.bare:
                for tip in (-0.24, -0.1, 0.08, 0.22):
                    canvas.ink(
                        path(
                            (x, line - h * 0.45),
                            (x + tip * h * 0.6, line - h * 0.75),
                            (x + tip * h, line - h),
                        ),
                        1.2,
                        mix("#8f7355", self.light.far, 0.3),
                    )
            else:
                lobes = [
                    oval(
                        x + rng.uniform(-0.2, 0.2) * h,
                        line - h * 0.68 + rng.uniform(-0.2, 0.16) * h,
                        h * rng.uniform(0.14, 0.21),
                    )
                    for _ in range(7)
                ]
                canvas.shape(
                    join(oval(x, line - h * 0.66, h * 0.2), *lobes), hue, ink_width=0.8, shade=0.9
                )
            x += rng.uniform(64, 150) * unit

    def _hedge(self, rng: random.Random, line: float) -> None:
        canvas, season, unit, width = self.canvas, self.season, self.canvas.unit, self.stage.width
        top = line - 34 * unit
        bumps: list[Point] = []
        x = -20.0
        while x < width + 20:
            bumps.append((x, top + rng.uniform(-4, 4) * unit))
            x += rng.uniform(24, 40) * unit
        hedge = Polygon([*path(*bumps).tolist(), (width + 30, line + 4), (-30, line + 4)])
        canvas.shape(hedge, mix(season.hedge, self.light.far, 0.2), ink_width=0.8, shade=0)
        for _ in range(int(width / (34 * unit))):
            x, y = rng.uniform(0, width), rng.uniform(top + 8 * unit, line - 4 * unit)
            canvas.ink(
                arc(x, y, 7 * unit, 5 * unit, 200, 330), 0.6, mix(season.hedge, "#2d3a3a", 0.35)
            )

    def _lawn(self) -> None:
        canvas, stage, season = self.canvas, self.stage, self.season
        width, height, line = stage.width, stage.height, stage.height * FAR_LINE
        rng = random.Random(self.seed + 3)
        with canvas.layer(
            "lawn",
            LAWN_DEPTH,
            kind="scenery",
            ink_width=0.6,
            ink_colour=mix(season.lawn, "#3d4a30", 0.55),
        ):
            canvas.fill(rect(-5, line - 2, width + 5, height + 5), season.far_lawn)
            edge = [
                (x, height * 0.70 + height * 0.012 * math.sin(x / width * 7 + self.seed))
                for x in np.linspace(-10, width + 10, 30)
            ]
            canvas.fill(
                Polygon([*edge, (width + 10, height + 10), (-10, height + 10)]), season.lawn
            )
            low = [
                (x, height * 0.905 + height * 0.014 * math.sin(x / width * 5 + 2 + self.seed))
                for x in np.linspace(-10, width + 10, 30)
            ]
            canvas.fill(
                Polygon([*low, (width + 10, height + 10), (-10, height + 10)]),
                mix(season.lawn, "#5f7a45", 0.12),
            )
            canvas.ink([(-5, line), (width + 5, line)], 0.7)
            for _ in range(int(54 * width / height)):
                x, y = rng.uniform(0, width), line + 14 + rng.random() ** 0.8 * (height - line - 20)
                self._tuft(x, y, (0.5 + 0.6 * (y - line) / (height - line)) * canvas.unit)
            if season.blossom:
                for _ in range(int(18 * width / height)):
                    x, y = rng.uniform(0, width), line + 30 + rng.random() * (height - line - 40)
                    canvas.fill(oval(x, y, 3.0 * canvas.unit), rng.choice(season.blossom), 0.9)
            if self.setting.season == "autumn":
                self._fallen_leaves(rng, line)

    def _fallen_leaves(self, rng: random.Random, line: float) -> None:
        canvas, stage = self.canvas, self.stage
        for _ in range(int(38 * stage.width / stage.height)):
            x, y = (
                rng.uniform(0, stage.width),
                line + 24 + rng.random() * (stage.height - line - 30),
            )
            size = (4 + 4 * (y - line) / (stage.height - line)) * canvas.unit
            canvas.shape(
                oval(x, y, size, size * 0.45, rng.uniform(0, 180)),
                rng.choice(self.season.leaves),
                ink_width=0.7,
                shade=0,
            )

    def _tuft(self, x: float, y: float, size: float) -> None:
        for lean in (-5, 0, 5):
            self.canvas.ink(
                path(
                    (x + lean * 0.5 * size, y),
                    (x + lean * 0.8 * size, y - 6 * size),
                    (x + lean * 1.5 * size, y - 11 * size),
                ),
                0.7,
            )

    def _path(self, way: list[Point], gate: Point | None) -> None:
        """A band of sand through ``way``; a narrower branch leads on to the gate."""
        canvas, stage = self.canvas, self.stage
        spine = path_spine(way, stage, self.seed)
        sand = mix(SAND, "#ffffff", 0.55) if self.setting.weather == "snow" else SAND
        edge = mix(sand, "#7a6a48", 0.5)
        half = np.array([0.5 * 88 * 0.36 * stage.cm(y) for y in spine[:, 1]])
        band = np.vstack(
            [
                spine - np.column_stack([0 * half, half]),
                (spine + np.column_stack([0 * half, half * 1.1]))[::-1],
            ]
        )
        area: Geometry = Polygon(band).buffer(0)
        if gate is not None:
            area = join(area, _branch(gate, spine, stage))
        area = area.buffer(80 * canvas.unit, 6).buffer(-80 * canvas.unit, 6)
        rng = random.Random(self.seed + 4)
        with canvas.layer("path", PATH_DEPTH, kind="scenery", ink_width=0.6, ink_colour=edge):
            canvas.shape(area, sand, shade=0)
            for _ in range(int(30 * stage.width / stage.height)):
                k = rng.randrange(len(spine))
                x = spine[k, 0] + rng.uniform(-20, 20)
                y = spine[k, 1] + rng.uniform(-0.7, 0.7) * half[k]
                canvas.ink(
                    [(x, y), (x + rng.uniform(5, 13) * canvas.unit, y)],
                    0.7,
                    mix(sand, "#7a6a48", 0.35),
                )

    def paint_fixture(self, word: str, x: float, y: float, mirror: bool) -> None:
        """One fixture of the kit, in its own layer, with its shadow."""
        canvas, fixture = self.canvas, FIXTURES[word]
        cm = self.stage.cm(y)
        depth = FLAT_DEPTH if fixture.flat else y
        light = 0.78 if fixture.far else 0.9
        with canvas.layer(f"park:{word}", depth, kind="scenery", ink_width=light):
            pen = canvas.pen(Frame(x, y, cm, mirror=mirror))
            if not fixture.flat:
                wide = fixture.solid[0] * (0.9 if word == "tree" else 0.55)
                pen.fill(oval(6, 1, max(wide, 20), 6 + wide * 0.05), "#3a2a5a", 0.16)
            fixture.draw(pen, self.ground)


def path_spine(way: list[Point], stage: Stage, seed: int) -> Points:
    """The middle line of the path, from edge to edge, through the points it must pass."""
    rng = random.Random(seed + 8)
    usual = stage.height * rng.uniform(0.80, 0.86)
    points = sorted(way)
    if not points:
        swing = stage.height * 0.045 * rng.choice((-1, 1))
        points = [(stage.width * 0.28, usual + swing), (stage.width * 0.72, usual - swing)]
    kept: list[Point] = []
    for x, y in points:
        if kept and x - kept[-1][0] < 0.12 * stage.width:
            kept[-1] = ((kept[-1][0] + x) / 2, (kept[-1][1] + y) / 2)
        else:
            kept.append((x, y))
    first, last = kept[0], kept[-1]
    left = (
        -0.12 * stage.width,
        first[1] * 0.55 + usual * 0.45 if first[0] > 0.2 * stage.width else first[1],
    )
    right = (
        1.12 * stage.width,
        last[1] * 0.55 + usual * 0.45 if last[0] < 0.8 * stage.width else last[1],
    )
    return path(left, *kept, right)


def _branch(gate: Point, spine: Points, stage: Stage) -> Geometry:
    """From the gate down to the path, widening as it comes nearer."""
    goal_x = gate[0] + (stage.width / 2 - gate[0]) * 0.35
    k = int(np.argmin(np.abs(spine[:, 0] - goal_x)))
    end = spine[k]
    middle = (gate[0] * 0.75 + end[0] * 0.25, (gate[1] + end[1]) / 2)
    line = path(gate, middle, (float(end[0]), float(end[1])))
    far, near = 42 * stage.cm(gate[1]), 70 * stage.cm(float(end[1]))
    half = np.linspace(far, near, len(line))[:, None] * (1, 0)
    return Polygon(np.vstack([line - half, (line + half)[::-1]])).buffer(0)


def shadow(canvas: Canvas, x: float, y: float, half: float, cm: float) -> None:
    """A soft contact shadow on the ground, ``half`` wide to each side."""
    canvas.fill(oval(x + 2 * cm, y + 0.5 * cm, half, max(3.2 * cm, half * 0.16)), "#3a2a5a", 0.17)


__all__ = ["ANCHORS", "Backdrop", "path_spine", "shadow"]
