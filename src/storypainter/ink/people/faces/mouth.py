"""Mouths, in head units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import (
    Points,
    bow,
    box,
    curve,
    ellipse,
    lines,
    polygon,
    vector,
)
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.people.faces.ink import fill_dark
from storypainter.ink.people.faces.state import Expression

_WHITE = "#fffefa"
_MOUTH = "#6e2530"
_TONGUE = "#d9737a"


@dataclass(frozen=True, slots=True)
class Mouth:
    """One mouth: its middle (x, y) and its half-widths backwards and forwards.

    Seen from the side, (x, y) is where the lips meet in front. ``lips`` colours the lower lip.
    """

    pen: Pen
    look: Expression
    skin: str
    x: float
    y: float
    back: float
    front: float
    side_on: bool
    fine: float
    lips: str | None = None

    def draw(self) -> None:
        """The mouth of the expression's kind."""
        look = self.look
        if look.mouth in ("open", "snarl"):
            self._open_mouth()
        elif look.mouth == "o":
            self._round_mouth()
        elif look.mouth == "yuck":
            self._tongue_out()
        elif look.mouth == "grit":
            self._grit()
        elif look.mouth == "wavy":
            self._wavy()
        else:
            self._line_mouth()

    @property
    def _bend(self) -> float:
        """Curves grow at small sizes, where they would be lost."""
        return 1 + 0.3 * self.fine

    def _line(self) -> Points:
        """The closed mouth's line, from the back corner to the front one."""
        look, x, y = self.look, self.x, self.y
        pressed = look.mouth == "press"
        rise = look.corners * (2.6 if pressed else 4.0) * self._bend
        low = look.corners * (3.4 if pressed else 5.6) * self._bend
        if self.side_on:
            back = (x - self.back * 0.92, y - rise * 1.5 - look.skew * 0.4)
            return bow(back, (x - self.back * 0.3, y + low * 0.45), (x + 0.9, y))
        near = (x - self.back, y - rise + look.skew * 0.7)
        far = (x + self.front, y - rise - look.skew * 1.2)
        return bow(near, (x, y + low), far)

    def _line_mouth(self) -> None:
        look, pen = self.look, self.pen
        line = self._line()
        if self.lips and look.mouth != "press":
            self._lower_lip(line)
        pen.ink(line, 1.0 + 0.15 * self.fine, taper=0.6)
        if look.mouth == "tongue":
            self._tongue_tip(line)
        if look.mouth == "press":
            self._pressed_corners(line)
        elif abs(look.corners) > 0.6 and self.fine < 0.9:
            self._dimples(line)
        if look.mouth == "smirk" and not self.side_on:
            x, y = line[-1]
            pen.ink(bow((x + 2.5, y - 4.6), (x + 4.6, y - 0.6), (x + 2.2, y + 3.6)), 0.6)
        elif self.fine < 0.5 and not self.side_on and not self.lips:
            low = max(line[:, 1].max(), self.y) + 5.6
            pen.ink(
                [(self.x - 2.5, low), (self.x + 2.5, low + 0.1)], 0.35, mix(self.skin, INK, 0.5)
            )

    def _lower_lip(self, line: Points) -> None:
        inner = line[2:-2]
        depth = np.sqrt(np.sin(np.linspace(0, np.pi, len(inner)))) * 3.0
        low = inner + np.column_stack([np.zeros(len(inner)), depth])
        self.pen.fill(polygon(np.vstack([inner, low[::-1]])), self.lips or self.skin)

    def _tongue_tip(self, line: Points) -> None:
        x, y = (self.x - 0.5, self.y) if self.side_on else line[int(len(line) * 0.68)]
        tip = ellipse(x, y + 1.8, 3.7, 4.6).intersection(box(x - 20, y - 0.2, x + 30, y + 20))
        self.pen.shape(tip, _TONGUE, ink_width=0.6, shade=0)

    def _pressed_corners(self, line: Points) -> None:
        pen = self.pen
        for (x, y), side in ((line[0], -1.0), (line[-1], 1.0)):
            if self.side_on and side > 0:
                continue
            pen.ink(
                bow((x + side * 0.3, y - 2.4), (x + side * 1.7, y), (x + side * 0.3, y + 2.4)), 0.6
            )
        if self.fine < 0.8 and not self.side_on:
            x, y = self.x, line[:, 1].max() + 4.2
            pen.ink(
                bow((x - 4, y + 0.6), (x, y - 0.7), (x + 4, y + 0.6)), 0.4, mix(self.skin, INK, 0.6)
            )

    def _dimples(self, line: Points) -> None:
        turn = -np.sign(self.look.corners) * 1.7
        for (x, y), side in ((line[0], -1.0), (line[-1], 1.0)):
            if self.side_on and side > 0:
                continue
            tick = bow((x + side * 0.4, y + turn), (x + side * 1.5, y), (x - side * 0.4, y - turn))
            self.pen.ink(tick, 0.5)

    def _wavy(self) -> None:
        look, x = self.look, self.x
        t = np.linspace(0.0, 1.0, 22)
        wave = np.sin(t * 2 * np.pi * 1.75) * 1.9 * self._bend
        curl = -look.corners * 3.0 * (2 * t - 1) ** 2 - look.skew * (t - 0.5)
        front = self.front if not self.side_on else 0.8
        width = self.back * (1.0 if not self.side_on else 0.95) + front
        points = np.column_stack([x + front - width * (1 - t), self.y + wave + curl + 0.8])
        self.pen.ink(points, 1.0, taper=0.6)

    def _open_mouth(self) -> None:
        look, pen = self.look, self.pen
        cavity = polygon(self._snarl() if look.mouth == "snarl" else self._opened())
        x, back, depth = self.x, self.back, 4.5 + look.open * 11.5
        fill_dark(pen, cavity, _MOUTH)
        _, top, _, bottom = cavity.bounds
        if look.open > 0.5 or look.mouth == "snarl":
            tongue = ellipse(x - back * 0.05, self.y + depth * 0.92, back * 0.62, depth * 0.42)
            pen.fill(tongue.intersection(cavity.buffer(-0.6)), _TONGUE)
        if look.teeth:
            band = box(x - 40, -99, x + 40, top + 3.8 + depth * 0.24)
            pen.fill(cavity.buffer(-0.5).intersection(band), _WHITE)
            if look.mouth == "snarl":
                low = box(x - 40, bottom - 3.0, x + 40, 99)
                pen.fill(cavity.buffer(-0.7).intersection(low), _WHITE)
        pen.ink(shapely.get_coordinates(cavity.exterior), 0.85, closed=True)
        if look.corners > 0.6 and self.fine < 0.9 and not self.side_on:
            rise = look.corners * 3.6
            self._dimples(
                np.array(
                    [
                        (x - back, self.y - rise),
                        (x + self.front, self.y - rise - look.skew),
                    ]
                )
            )

    def _opened(self) -> Points:
        look, x, y, back, front = self.look, self.x, self.y, self.back, self.front
        depth, rise = 4.5 + look.open * 11.5, look.corners * 3.6
        if self.side_on:
            corner = (x - back * 0.9, y - rise * 1.2)
            lip, chin = (
                (x + 1.6, y - 2.5 - look.open),
                (x - 0.4 - look.open * 1.6, y + depth * 0.86),
            )
            upper = bow(corner, (x - back * 0.3, y - 0.5 + rise * 0.2), lip)
            lower = bow(chin, (x - back * 0.7, y + depth * 0.8), corner)
            return np.vstack([upper, lower[:-1]])
        near = np.array((x - back, y - rise))
        far = np.array((x + front, y - rise - look.skew))
        if look.corners >= 0:
            upper = bow(near, (x, y - rise + 3.4 * look.corners + 1.0), far)
            lower = bow(far, (x + front * 0.9, y + depth * 0.98), (x, y + depth * 0.94), 8)
            other = bow((x, y + depth * 0.94), (x - back * 0.9, y + depth * 0.98), near, 8)
            return np.vstack([upper, lower[1:], other[1:-1]])
        upper = bow(near + vector(0, 2), (x, y - 7.5), far + vector(0, 2))
        lower = bow(far + vector(0, 2), (x, y + depth * 1.15), near + vector(0, 2))
        return np.vstack([upper, lower[1:-1]])

    def _snarl(self) -> Points:
        look, x, y, back, front = self.look, self.x, self.y, self.back, self.front
        depth, rise = 4.5 + look.open * 11.5, look.corners * 3.6
        if self.side_on:
            return curve(
                [
                    (x - back * 0.9, y - rise + 4.5),
                    (x - back * 0.75, y - 3.0),
                    (x + 1.6, y - 4.2),
                    (x - 1.0, y + depth * 0.3),
                    (x - 1.4, y + depth * 0.85),
                    (x - back * 0.6, y + depth * 0.8),
                ],
                closed=True,
            )
        near, far = np.array((x - back, y - rise)), np.array((x + front, y - rise - look.skew))
        return curve(
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

    def _round_mouth(self) -> None:
        look, pen, x, y = self.look, self.pen, self.x, self.y
        rx, ry = look.wide * 0.86, look.wide * (0.62 + 0.62 * look.open)
        centre = (x if not self.side_on else 33.6, y + ry * 0.55 - 1.5)
        mouth = ellipse(*centre, rx * (0.55 if self.side_on else 1.0), ry)
        fill_dark(pen, mouth, _MOUTH)
        if look.open > 0.9:
            tongue = ellipse(centre[0], centre[1] + ry * 0.72, rx * 0.7, ry * 0.42)
            pen.fill(tongue.intersection(mouth.buffer(-0.5)), _TONGUE)
        pen.ink(shapely.get_coordinates(mouth.exterior), 0.85, closed=True)

    def _tongue_out(self) -> None:
        """A mouth pulled down, its lip raised on one side, the tongue hanging over it."""
        look, pen, x, y = self.look, self.pen, self.x, self.y
        back, front = self.back, self.front if not self.side_on else 0.8
        near, far = (x - back, y + 4.2 + look.skew * 0.5), (x + front, y + 3.6 - look.skew)
        top = (x + (front - back) * 0.4, y - 7.0)
        mouth = polygon(np.vstack([bow(near, top, far), bow(far, (x, y + 6.5), near)[1:-1]]))
        fill_dark(pen, mouth, _MOUTH)
        pen.ink(shapely.get_coordinates(mouth.exterior), 0.85, closed=True)
        tip = x - back * 0.2 if not self.side_on else x - 3.0
        tongue = polygon(
            curve(
                [(tip - 4.6, y + 1.6), (tip + 4.6, y + 1.6), (tip + 5.0, y + 9), (tip, y + 13), (tip - 5.0, y + 9)],
                closed=True,
            )
        )  # fmt: skip
        pen.shape(tongue, _TONGUE, ink_width=0.65, shade=0)
        if self.fine < 0.7:
            pen.ink([(tip, y + 4), (tip, y + 9)], 0.4, mix(_TONGUE, INK, 0.5))

    def _grit(self) -> None:
        look, pen = self.look, self.pen
        x, y, back = self.x, self.y, self.back
        front = self.front if not self.side_on else 0.9
        half = 2.4 + look.open * 5.0
        curl = -look.corners * 3.4
        t = np.linspace(0.0, 1.0, 12)
        xs = x - back + (back + front) * t
        middle = y + curl * (2 * t - 1) ** 2 - look.skew * (t - 0.5) * 1.6 + 1
        if self.side_on:
            middle = y + curl * (1 - t) ** 2 + 1
        swell = half * np.sqrt(np.clip(1 - (2 * t - 1) ** 4, 0.06, 1.0))
        upper = np.column_stack([xs, middle - swell])
        lower = np.column_stack([xs, middle + swell])[::-1]
        mouth = polygon(np.vstack([upper, lower]))
        pen.fill(mouth, _WHITE)
        pen.ink(np.column_stack([xs, middle])[1:-1], 0.5, taper=0.8)
        shares = (0.2, 0.4, 0.6, 0.8) if self.fine < 0.7 else (0.33, 0.66)
        for share in shares:
            place = x - back + (back + front) * share
            column = shapely.LineString([(place, y - 20), (place, y + 20)]).intersection(mouth)
            for line in lines(column):
                pen.ink(shapely.get_coordinates(line), 0.4, taper=1.0)
        pen.ink(shapely.get_coordinates(mouth.exterior), 0.85, closed=True)
