"""What is nearest: the weather in the air, the grass in the lower corners, a bough above."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from shapely.geometry import LineString, box

from storypainter.ink.canvas import Canvas
from storypainter.ink.forms import arc, blob, limb, oval, path, poly, rect
from storypainter.ink.geometry import Geometry, Point
from storypainter.ink.palette import mix
from storypainter.ink.stage import Light, Season, Stage, light_of, season_of
from storypainter.scene import Setting

FRONT_DEPTH = 1e6
BOUGH_DEPTH = -39.0


@dataclass(frozen=True, slots=True)
class Foreground:
    """The nearest things of one picture; see :class:`storypainter.ink.park.Backdrop`."""

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

    def paint_weather(self, faces: list[Geometry]) -> None:
        """What is in the air in front of everything: rain, snow, leaves in the wind, fog."""
        weather = self.setting.weather
        if weather in ("clear", "cloudy"):
            return
        if weather == "fog":
            self._fog()
            return
        rng = random.Random(self.seed + 6)
        clear_of = [face.buffer(4) for face in faces]
        with self.canvas.layer("weather", FRONT_DEPTH, kind="weather"):
            if weather == "rain":
                self._rain(rng, clear_of)
            elif weather == "snow":
                self._snow(rng, clear_of)
            elif weather == "wind":
                self._wind(rng, clear_of)

    def _fog(self) -> None:
        stage = self.stage
        with self.canvas.layer("fog", 0.0, kind="weather"):
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
                self.canvas.fill(bank, "#ffffff", 0.4)

    def _rain(self, rng: random.Random, clear_of: list[Geometry]) -> None:
        canvas, stage, unit = self.canvas, self.stage, self.canvas.unit
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

    def _snow(self, rng: random.Random, clear_of: list[Geometry]) -> None:
        stage, unit = self.stage, self.canvas.unit
        for _ in range(int(110 * stage.width / stage.height)):
            flake = oval(
                rng.uniform(0, stage.width),
                rng.uniform(0, stage.height),
                rng.uniform(2, 4.4) * unit,
            )
            if not any(flake.intersects(face) for face in clear_of):
                self.canvas.fill(flake, "#ffffff", 0.95)

    def _wind(self, rng: random.Random, clear_of: list[Geometry]) -> None:
        canvas, stage, unit = self.canvas, self.stage, self.canvas.unit
        hue = mix("#ffffff", self.light.sky[0], 0.12)
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
                canvas.shape(leaf, rng.choice(self.season.leaves), ink_width=0.5, shade=0)

    def bough_room(self, busy: list[Geometry]) -> Geometry | None:
        """A free upper corner for a leafy bough, or None; clouds are to keep clear of it."""
        if self.season.bare:
            return None
        for right in random.Random(self.seed + 9).sample((True, False), 2):
            room = box(*self._corner(-20, -20, right), *self._corner(280, 185, right))
            if not any(room.intersects(each) for each in busy):
                return room
        return None

    def _corner(self, x: float, y: float, right: bool) -> Point:
        """A point given from an upper corner, in pixels of a 1,024 pixel picture."""
        unit = self.canvas.unit
        return (self.stage.width - x * unit if right else x * unit), y * unit

    def paint_bough(self, room: Geometry) -> None:
        """A leafy bough that hangs into a free upper corner and frames the view."""
        canvas, season, unit = self.canvas, self.season, self.canvas.unit
        rng = random.Random(self.seed + 10)
        right = room.centroid.x > self.stage.width / 2

        def at(x: float, y: float) -> Point:
            return self._corner(x, y, right)

        with canvas.layer("bough", BOUGH_DEPTH, kind="scenery", ink_width=0.75):
            wood = path(at(-20, 26), at(60, 46), at(130, 50), at(206, 84))
            canvas.shape(limb(wood, 9 * unit, 6 * unit, 2.4 * unit), "#8f7355", shade=0.6)
            for index in range(46):
                along = rng.uniform(0.04, 1.0)
                k = int(along * (len(wood) - 1))
                turn = rng.uniform(25, 155) * (1 if rng.random() < 0.5 else -1)
                stem = (float(wood[k][0]), float(wood[k][1]))
                hue = season.leaves[index % len(season.leaves)]
                self._leaf(stem, turn + (180 if right else 0), rng.uniform(34, 50) * unit, hue)
            if self.setting.season == "spring":
                for _ in range(9):
                    x, y = wood[rng.randrange(4, len(wood))]
                    x, y = x + rng.uniform(-24, 24) * unit, y + rng.uniform(-26, 30) * unit
                    canvas.shape(oval(x, y, 7 * unit), season.blossom[0], ink_width=0.7, shade=0)

    def _leaf(self, stem: Point, degrees: float, length: float, hue: str) -> None:
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
        self.canvas.shape(poly(*edge).buffer(0.05 * length), hue, ink_width=0.8, shade=0.4)
        self.canvas.ink([at(0.1, 0.0), at(0.8, 0.0)], 0.45)

    def paint_grass(self) -> None:
        """Grass and flowers that frame the lower corners, lower than any foot."""
        canvas, stage, season, unit = self.canvas, self.stage, self.season, self.canvas.unit
        rng = random.Random(self.seed + 7)
        hue = mix(season.lawn, "#4f6a3d", 0.45)
        with canvas.layer("foreground", FRONT_DEPTH - 1, kind="scenery", ink_width=0.8):
            for side in (0, 1):
                for index in range(7):
                    x = (stage.width - index * 17 * unit - 4) if side else index * 17 * unit + 4
                    tall = (52 - index * 6) * unit * rng.uniform(0.75, 1.0)
                    lean = rng.uniform(-7, 9) * unit * (-1 if side else 1)
                    base = stage.height + 4
                    canvas.shape(
                        limb(
                            [
                                (x, base),
                                (x + lean * 0.4, base - tall * 0.6),
                                (x + lean, base - tall),
                            ],
                            4.6 * unit,
                            3.4 * unit,
                            0.6 * unit,
                        ),
                        hue,
                        ink_width=0.7,
                        shade=0,
                    )
                    if season.blossom and index % 3 == 1:
                        petal = season.blossom[index % len(season.blossom)]
                        canvas.shape(
                            oval(x + lean, base - tall, 6.5 * unit), petal, ink_width=0.7, shade=0
                        )
                        canvas.fill(oval(x + lean, base - tall, 2.2 * unit), "#c98a2c")
