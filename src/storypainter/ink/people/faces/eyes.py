"""Eyes, lids, lashes and brows, in head units."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import Geometry, Point, Points, bow, circle, ellipse, polygon
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.people.faces.ink import fill_dark
from storypainter.ink.people.faces.state import Expression

_WHITE = "#fffefa"


@dataclass(slots=True)
class Eyes:
    """The eyes of one face; ``places`` are (x, y, rx, ry), the near eye first.

    Args:
        half: half-length of a brow; ``brow`` its thickness, ``lift`` its height over the eye.
        lashes: 0 for none, 1 for long ones.
    """

    pen: Pen
    look: Expression
    skin: str
    brow_colour: str
    gaze: Point
    places: list[tuple[float, float, float, float]]
    side_on: bool
    fine: float
    half: float
    brow: float
    lift: float
    lashes: float
    pupils: list[Point] = field(default_factory=list)

    def draw(self) -> None:
        """Whites, pupils and lids; ``pupils`` then holds the pupils' canvas points."""
        for index, place in enumerate(self.places):
            self._eye(index, *place)

    def draw_brows(self) -> None:
        """The brows, painted over the hair."""
        for index, place in enumerate(self.places):
            self._brow(index, *place)

    def _inward(self, index: int) -> float:
        """The inner corner lies forward for the near eye and backward for the far one."""
        return 1.0 if index == 0 else -1.0

    def _eye(self, index: int, x: float, y: float, rx: float, ry: float) -> None:
        look, pen = self.look, self.pen
        if look.closed is not None:
            self._closed(index, x, y, rx, ry)
            return
        upper, lower = look.upper[index], look.lower[index]
        lid = y - ry + 2 * ry * upper
        ground = y + ry - 2 * ry * lower
        slope = look.slant * ry * 1.1 * self._inward(index) * min(1.0, upper * 3)
        opening = polygon(
            [
                (x - 2 * rx, lid + slope),
                (x + 2 * rx, lid - slope),
                (x + 2 * rx, ground),
                (x - 2 * rx, ground),
            ]
        )
        white = self._ball(x, y, rx, ry).intersection(opening)
        if white.is_empty or white.geom_type != "Polygon":
            self._closed(index, x, y, rx, ry)
            return
        pen.fill(white, _WHITE)
        self._pupil(index, white, (x, y, rx, ry), lid, ground)
        self._lids(index, white, x, y, rx, ry)

    def _ball(self, x: float, y: float, rx: float, ry: float) -> Geometry:
        if not self.side_on:
            return ellipse(x, y, rx, ry)
        return polygon(
            np.vstack(
                [
                    bow((x - rx * 1.25, y + ry * 0.12), (x - rx * 0.2, y - ry * 1.5), (x + rx, y - ry * 0.62)),
                    bow((x + rx, y - ry * 0.62), (x + rx * 0.62, y), (x + rx * 0.86, y + ry * 0.72)),
                    bow((x + rx * 0.86, y + ry * 0.72), (x - rx * 0.1, y + ry * 1.2), (x - rx * 1.25, y + ry * 0.12)),
                ]
            )
        )  # fmt: skip

    def _pupil(
        self,
        index: int,
        white: Geometry,
        place: tuple[float, float, float, float],
        lid: float,
        ground: float,
    ) -> None:
        x, y, rx, ry = place
        pen, size = self.pen, ry * 0.62 * self.look.pupil
        travel_x, travel_y = max(0.0, rx - size * 0.6), max(0.0, ry - size * 0.7)
        px = x + self.gaze[0] * travel_x
        if self.side_on:
            px = x + rx * 0.38 + self.gaze[0] * rx * 0.34
        middle = y + (lid - y + ry) * 0.42 - (y + ry - ground) * 0.4
        py = middle + self.gaze[1] * travel_y * 0.95
        py = min(max(py, lid + size * 0.2), ground - size * 0.35)
        self.pupils.append(pen.frame.point(px, py))
        slim = 0.62 if self.side_on else 0.86 if index else 0.94
        fill_dark(pen, ellipse(px, py, size * slim, size).intersection(white), INK)
        glint = circle((px + size * 0.3, py - size * 0.36), size * 0.28)
        pen.fill(glint.intersection(white), _WHITE)
        if self.look.shine:
            other = circle((px - size * 0.34, py + size * 0.36), size * 0.2)
            pen.fill(other.intersection(white), _WHITE)

    def _lids(self, index: int, white: Geometry, x: float, y: float, rx: float, ry: float) -> None:
        pen, look = self.pen, self.look
        ring = np.asarray(white.exterior.coords)
        left, right = ring[np.argmin(ring[:, 0])], ring[np.argmax(ring[:, 0])]
        upper = _side_of(ring, left, right, above=True)
        lower = _side_of(ring, left, right, above=False)
        pen.ink(upper, 0.95 + 0.2 * self.fine + 0.15 * self.lashes, taper=0.55)
        cut = max(1, len(lower) // 6)
        firm = look.lower[index] > 0.15
        if len(lower) > 2 * cut + 2:
            tone = INK if firm else mix(self.skin, INK, 0.72)
            pen.ink(lower[cut:-cut], 0.6 if firm else 0.4, tone)
        self._lashes(index, left if self._inward(index) > 0 else right)
        if look.upper[index] > 0.24 and self.fine < 0.8:
            top = y - ry * (1.0 if look.upper[index] > 0.4 else 1.12)
            fold = bow(
                (x - rx * 0.95, top + ry * 0.4),
                (x, top - ry * 0.22),
                (x + rx * 0.9, top + ry * 0.36),
            )
            pen.ink(fold, 0.36, mix(self.skin, INK, 0.62))  # fmt: skip
        if look.bags:
            for drop in (0.5, 0.86) if self.fine < 0.5 else (0.6,):
                low = y + ry * (0.6 + drop)
                bag = bow(
                    (x - rx * 0.75, low - ry * 0.3),
                    (x, low + ry * 0.3),
                    (x + rx * 0.75, low - ry * 0.3),
                )
                pen.ink(bag, 0.5, mix(self.skin, INK, 0.62))  # fmt: skip

    def _lashes(self, index: int, corner: Points) -> None:
        if self.lashes <= 0:
            return
        side = -self._inward(index)
        reach = 3.6 * self.lashes
        for lift, along in ((2.4, 1.0), (0.5, 0.9)) if self.fine < 0.6 else ((1.7, 1.1),):
            tip = (corner[0] + side * reach * along, corner[1] - lift - 0.5)
            start = (corner[0] - side * 0.8, corner[1] - lift * 0.25)
            self.pen.ink([start, tip], 0.65, taper=0.5)

    def _closed(self, index: int, x: float, y: float, rx: float, ry: float) -> None:
        pen, kind = self.pen, self.look.closed or "rest"
        heavy = 1.05 + 0.15 * self.fine
        if kind == "squeeze":
            inward = self._inward(index)
            apex = (x + inward * rx * 0.75, y + ry * 0.1)
            for rise in (-0.75, 0.6):
                outer = (x - inward * rx * 0.95, y + rise * ry)
                pen.ink(bow(outer, (x, y + rise * ry * 0.3), apex), heavy, taper=0.5)
            return
        if kind == "smile":
            ends, middle = 0.3, -1.1
        else:
            ends, middle = 0.02, 1.05
        line = bow(
            (x - rx * 1.08, y + ry * ends), (x, y + ry * middle), (x + rx * 1.08, y + ry * ends)
        )
        pen.ink(line, heavy, taper=0.5)
        if kind == "rest":
            self._lashes(index, line[0] if self._inward(index) > 0 else line[-1])

    def _brow(self, index: int, x: float, y: float, rx: float, ry: float) -> None:
        look = self.look
        tilt = look.brow_tilt[index] * (1 + 0.25 * self.fine) * 2.7
        height = y - self.lift - look.brow[index] * (0.8 + 0.12 * self.fine)
        inward = self._inward(index)
        half = self.half * (0.76 if self.side_on else min(1.0, rx / ry * 1.09))
        inner = (x + inward * half * 0.9, height - tilt)
        outer = (x - inward * half * 1.05, height + tilt * 0.8 + 1.2)
        arch = (x - inward * half * 0.15, height - look.brow_arch * 4.2 + 0.5)
        line = bow(outer, arch, inner, 10)
        across = np.linspace(0.5, 1.0, len(line)) * 1.75 * self.brow
        top, bottom = line.copy(), line.copy()
        top[:, 1] -= across
        bottom[:, 1] += across * 0.55
        brow = polygon(np.vstack([top, bottom[::-1]])).buffer(0.5, 3)
        fill_dark(self.pen, brow, self.brow_colour)


def _side_of(ring: Points, left: Points, right: Points, *, above: bool) -> Points:
    """The upper or lower run of a closed ring between its leftmost and rightmost points."""
    body = ring[:-1]
    start = int(np.argmin(np.hypot(*(body - left).T)))
    rolled = np.roll(body, -start, axis=0)
    split = int(np.argmin(np.hypot(*(rolled - right).T)))
    one = rolled[: split + 1]
    other = np.vstack([rolled[split:], rolled[:1]])[::-1]
    higher, lower = (one, other) if one[:, 1].mean() < other[:, 1].mean() else (other, one)
    return higher if above else lower
