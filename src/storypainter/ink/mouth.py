"""Mouths, in head units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.ink.canvas import Pen
from storypainter.ink.expressions import Expression
from storypainter.ink.geometry import bow, box, curve, ellipse, lines, polygon, vector
from storypainter.ink.palette import INK, mix

_WHITE = "#fffefa"
_MOUTH = "#6e2530"
_TONGUE = "#d9737a"


@dataclass(frozen=True, slots=True)
class Mouth:
    """One mouth: its middle (x, y) and its half-widths backwards and forwards."""

    pen: Pen
    look: Expression
    skin: str
    x: float
    y: float
    back: float
    front: float
    side_on: bool
    fine: float

    def draw(self) -> None:
        """The mouth of the expression's kind."""
        look, x, y, back, front = self.look, self.x, self.y, self.back, self.front
        if look.mouth in ("open", "snarl"):
            self._open_mouth()
        elif look.mouth == "o":
            self._round_mouth()
        elif look.mouth in ("grit", "yuck"):
            self._grit()
        elif look.mouth == "wavy":
            t = np.linspace(0.0, 1.0, 22)
            wave = np.sin(t * 2 * np.pi * 1.75) * 1.7
            curl = -look.corners * 2.2 * (2 * t - 1) ** 2
            points = np.column_stack([x - back + (back + front) * t, y + wave + curl + 0.8])
            self.pen.ink(points, 0.95, taper=0.6)
        else:
            self._line_mouth()

    def _line_mouth(self) -> None:
        look, pen = self.look, self.pen
        x, y, back, front = self.x, self.y, self.back, self.front
        rise = look.corners * 3.4
        near = (x - back, y - rise + look.skew * 0.7)
        far = (x + front, y - rise - look.skew * 1.2)
        low = (x - back * 0.02, y + look.corners * 4.6)
        line = bow(near, low, far)
        pen.ink(line, 1.0, taper=0.6)
        if look.mouth == "tongue" and not self.side_on:
            tip = ellipse(x + front * 0.42, y + 1.6, 3.1, 3.8).intersection(
                box(x - 20, y - 0.2, x + 30, y + 20)
            )
            pen.shape(tip, _TONGUE, ink_width=0.6, shade=0)
        if abs(look.corners) > 0.75 and self.fine < 0.9:
            for (cx, cy), side in ((near, -1.0), (far, 1.0)):
                if self.side_on and side > 0:
                    continue
                turn = -np.sign(look.corners) * 1.6
                tick = bow(
                    (cx + side * 0.4, cy + turn),
                    (cx + side * 1.4, cy),
                    (cx - side * 0.4, cy - turn),
                )
                pen.ink(tick, 0.5)
        if look.mouth == "smirk" and not self.side_on:
            pen.ink(
                bow((far[0] + 2.5, far[1] - 3.6), (far[0] + 4, far[1]), (far[0] + 2, far[1] + 3)),
                0.5,
            )
        elif self.fine < 0.5 and not self.side_on:
            pen.ink(
                [(x - 2.5, y + 7.2 + look.jaw), (x + 2.5, y + 7.3 + look.jaw)],
                0.35,
                mix(self.skin, INK, 0.5),
            )

    def _open_mouth(self) -> None:
        look, pen = self.look, self.pen
        x, y, back, front = self.x, self.y, self.back, self.front
        depth = 4.5 + look.open * 11.5
        rise = look.corners * 3.6
        if self.side_on:
            front = 2.5
        near = np.array((x - back, y - rise))
        far = np.array((x + front, y - rise - look.skew))
        if look.mouth == "snarl":
            outline = curve(
                [
                    near + vector(0, 5.5),
                    near + vector(3.5, -3.0),
                    np.array((x - back * 0.2, y - 2.5)),
                    far + vector(-2.5, -3.5),
                    far + vector(0.5, 5.0),
                    np.array((x + front * 0.55, y + depth * 0.82)),
                    np.array((x - back * 0.5, y + depth * 0.85)),
                ],
                closed=True,
            )
        elif look.corners >= 0:
            upper = bow(near, (x, y - rise + 3.4 * look.corners + 1.0), far)
            lower = bow(far, (x + front * 0.9, y + depth * 0.98), (x, y + depth * 0.94), 8)
            lower2 = bow((x, y + depth * 0.94), (x - back * 0.9, y + depth * 0.98), near, 8)
            outline = np.vstack([upper, lower[1:], lower2[1:-1]])
        else:
            upper = bow(near + vector(0, 2), (x, y - 7.5), far + vector(0, 2))
            lower = bow(far + vector(0, 2), (x, y + depth * 1.15), near + vector(0, 2))
            outline = np.vstack([upper, lower[1:-1]])
        cavity = polygon(outline)
        pen.fill(cavity, _MOUTH)
        if look.open > 0.5 or look.mouth == "snarl":
            tongue = ellipse(x - back * 0.05, y + depth * 0.92, back * 0.62, depth * 0.42)
            pen.fill(tongue.intersection(cavity.buffer(-0.6)), _TONGUE)
        if look.teeth:
            band = box(x - 40, -99, x + 40, float(np.min(outline[:, 1])) + 3.6 + depth * 0.2)
            pen.fill(cavity.buffer(-0.5).intersection(band), _WHITE)
            if look.mouth == "snarl":
                low = box(x - 40, float(np.max(outline[:, 1])) - 3.0, x + 40, 99)
                pen.fill(cavity.buffer(-0.7).intersection(low), _WHITE)
        pen.ink(shapely.get_coordinates(cavity.exterior), 0.85, closed=True)

    def _round_mouth(self) -> None:
        look, pen, x, y = self.look, self.pen, self.x, self.y
        rx, ry = look.wide * 0.86, look.wide * (0.62 + 0.62 * look.open)
        centre = (x if not self.side_on else 34.0, y + ry * 0.55 - 1.5)
        mouth = ellipse(*centre, rx * (0.6 if self.side_on else 1.0), ry)
        pen.fill(mouth, _MOUTH)
        if look.open > 0.9:
            tongue = ellipse(centre[0], centre[1] + ry * 0.72, rx * 0.7, ry * 0.42)
            pen.fill(tongue.intersection(mouth.buffer(-0.5)), _TONGUE)
        pen.ink(shapely.get_coordinates(mouth.exterior), 0.85, closed=True)

    def _grit(self) -> None:
        look, pen = self.look, self.pen
        x, y, back, front = self.x, self.y, self.back, self.front
        half = 2.4 + look.open * 5.0
        curl = -look.corners * 3.0
        if self.side_on:
            front = 1.0
        t = np.linspace(0.0, 1.0, 12)
        xs = x - back + (back + front) * t
        middle = y + curl * (2 * t - 1) ** 2 - look.skew * (t - 0.5) * 1.6 + 1
        swell = half * np.sqrt(np.clip(1 - (2 * t - 1) ** 4, 0.06, 1.0))
        upper = np.column_stack([xs, middle - swell])
        lower = np.column_stack([xs, middle + swell])[::-1]
        mouth = polygon(np.vstack([upper, lower]))
        if look.mouth == "yuck":
            pen.fill(mouth, _MOUTH)
            tongue = ellipse(x + 1.0, y + half * 1.35, back * 0.5, half * 1.5)
            pen.ink(shapely.get_coordinates(mouth.exterior), 0.85, closed=True)
            pen.shape(tongue, _TONGUE, ink_width=0.6, shade=0)
            return
        pen.fill(mouth, _WHITE)
        pen.ink(np.column_stack([xs, middle])[1:-1], 0.45, taper=0.8)
        if self.fine < 0.9:
            for share in (0.2, 0.4, 0.6, 0.8):
                column = shapely.LineString(
                    [
                        (x - back + (back + front) * share, y - 20),
                        (x - back + (back + front) * share, y + 20),
                    ]
                ).intersection(mouth)
                for line in lines(column):
                    pen.ink(shapely.get_coordinates(line), 0.4, taper=1.0)
        pen.ink(shapely.get_coordinates(mouth.exterior), 0.85, closed=True)
