"""Skulls and faces: eyes that look, brows, nose, mouth, cheeks, tears.

Head units: the crown at y = -50, the chin at y = 50, x forward, the origin in the middle of the
skull. All shapes are our own.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from storypainter.ink.canvas import Pen
from storypainter.ink.expressions import Expression
from storypainter.ink.geometry import (
    Geometry,
    Point,
    Points,
    blob,
    bow,
    circle,
    curve,
    ellipse,
    polygon,
    union,
)
from storypainter.ink.mouth import Mouth
from storypainter.ink.palette import INK, luminance, mix

View = Literal["three-quarter", "profile", "back"]

#: Skin words, from light to dark.
SKINS: dict[str, str] = {
    "pale": "#f8dfcb",
    "light": "#f2cba8",
    "olive": "#d3a574",
    "tan": "#dcae80",
    "brown": "#a8734b",
    "dark": "#7a5039",
}
_WHITE = "#fffefa"
_TEAR = "#9fd0e6"


@dataclass(frozen=True, slots=True)
class FaceShape:
    """Where the features of an age lie, in head units; ``full`` rounds the cheeks (0 to 1)."""

    eye_y: float
    eye: float
    mouth_y: float
    nose_y: float
    nose: float
    ear: float
    full: float
    brow: float


_SHAPES: dict[str, FaceShape] = {
    "adult": FaceShape(-1.0, 7.1, 28.0, 10.0, 1.0, 1.0, 0.1, 1.0),
    "teen": FaceShape(1.0, 7.4, 28.5, 11.0, 0.85, 1.0, 0.3, 0.9),
    "elder": FaceShape(0.0, 6.4, 29.0, 11.0, 1.22, 1.18, 0.3, 1.1),
    "child": FaceShape(6.0, 7.9, 31.0, 15.0, 0.62, 0.95, 0.75, 0.85),
    "toddler": FaceShape(9.5, 8.1, 33.0, 18.0, 0.5, 0.88, 1.0, 0.7),
}


def face_shape(age: str) -> FaceShape:
    """The feature positions of an age."""
    return _SHAPES[age]


_SKULLS: dict[View, tuple[list[Point], list[Point]]] = {
    "three-quarter": (
        [
            (-3, -50), (17, -48), (32, -37), (38, -20), (36.5, -5), (36, 3), (38, 13), (35, 27),
            (28, 41), (17, 49), (6, 50), (-8, 45), (-21, 35), (-30, 21), (-36, 6), (-41, -10),
            (-39, -31), (-24, -46),
        ],
        [
            (-3, -50), (18, -48), (34, -37), (41, -18), (39.5, -3), (39, 6), (42.5, 18), (39, 33),
            (29, 44), (16, 49.5), (4, 50), (-12, 46), (-27, 38), (-37, 24), (-41, 7), (-44, -10),
            (-41, -31), (-25, -46),
        ],
    ),
    "profile": (
        [
            (-8, -50), (13, -48), (29, -39), (36.5, -23), (37, -9), (34.5, 0), (35.5, 12),
            (36, 22), (35.5, 30), (34.5, 37), (33, 45), (24, 50), (11, 48), (-3, 41), (-15, 31),
            (-27, 25), (-40, 15), (-46, -6), (-44, -28), (-30, -45),
        ],
        [
            (-8, -50), (14, -48), (31, -38), (40, -20), (40, -5), (37, 6), (38, 17), (38, 26),
            (36.5, 33), (34, 39), (30, 46), (20, 50), (7, 48.5), (-8, 43), (-20, 35), (-31, 28),
            (-42, 17), (-48, -6), (-45, -28), (-30, -45),
        ],
    ),
    "back": (
        [
            (0, -50), (22, -46), (37, -30), (41, -9), (38, 11), (32, 28), (21, 42), (0, 46),
            (-21, 42), (-32, 28), (-38, 11), (-41, -9), (-37, -30), (-22, -46),
        ],
        [
            (0, -50), (22, -46), (38, -30), (43, -7), (42, 15), (35, 33), (22, 45), (0, 48),
            (-22, 45), (-35, 33), (-42, 15), (-43, -7), (-38, -30), (-22, -46),
        ],
    ),
}  # fmt: skip
#: The point of the head that sits on the skeleton's neck joint.
NECK_ANCHORS: dict[View, Point] = {
    "three-quarter": (-6.0, 42.0),
    "profile": (-13.0, 39.0),
    "back": (0.0, 41.0),
}


@functools.lru_cache(maxsize=256)
def skull(view: View, full: float, jaw: float, drop: float) -> Geometry:
    """The outline of a head.

    Args:
        view: where it is seen from.
        full: 0 for a grown-up's cheeks, 1 for a toddler's.
        jaw: widens (positive) or narrows the jaw, a share.
        drop: lowers the chin (an open mouth), in head units.
    """
    lean, round_ = (np.array(points, dtype=np.float64) for points in _SKULLS[view])
    knots = lean * (1 - full) + round_ * full
    low = np.clip((knots[:, 1] - 12) / 26, 0.0, 1.0)
    middle = 9.0 if view == "three-quarter" else 0.0
    strength = 0.25 if view == "profile" else 1.0
    knots[:, 0] = middle + (knots[:, 0] - middle) * (1 + jaw * strength * low)
    knots[:, 1] += drop * np.clip((knots[:, 1] - 20) / 22, 0.0, 1.0)
    return blob(knots, steps=5)


def profile_features(shape: FaceShape, expression: Expression) -> Geometry:
    """Nose and lips of a head seen from the side, to be joined with its skull."""
    size, y = shape.nose, shape.nose_y - expression.pitch * 2
    nose = blob(
        [
            (32, y - 13 * size),
            (37 + 1.2 * size, y - 7 * size),
            (37 + 7.5 * size, y + 0.8 * size),
            (37 + 8.8 * size, y + 4.2 * size),
            (37 + 4.6 * size, y + 6.6 * size),
            (32, y + 6.8 * size),
        ]
    )
    lip = shape.mouth_y - expression.pitch * 3
    lips = union(
        [ellipse(34.6, lip - 2.2, 2.3, 2.4), ellipse(34.0, lip + 2.6 + expression.jaw, 2.3, 2.4)]
    )
    return union([nose, lips])


class Face:
    """Draws the features of one head with a pen in head units.

    Args:
        fine: 0 for large heads, 1 below about 70 pixels: bigger eyes and mouth, fewer lines.
        gaze: where the pupils look; x forward, y down, each -1 to 1.
    """

    def __init__(
        self,
        pen: Pen,
        view: View,
        shape: FaceShape,
        expression: Expression,
        skin: str,
        brow_colour: str,
        gaze: Point,
        fine: float,
        *,
        feminine: bool,
        masculine: bool,
        elder: bool,
    ) -> None:
        self.pen = pen
        self.view = view
        self.shape = shape
        self.look = expression
        self.skin = skin
        self.brow_colour = brow_colour
        self.gaze = gaze
        self.fine = fine
        self.feminine = feminine
        self.masculine = masculine
        self.elder = elder
        self.down = -expression.pitch * 4 + gaze[1] * 1.0
        self.ahead = gaze[0] * 1.2 if view == "three-quarter" else 0.0
        self.pupils: list[Point] = []

    @property
    def side_on(self) -> bool:
        """Whether the head is seen from the side."""
        return self.view == "profile"

    def eyes(self) -> list[tuple[float, float, float, float]]:
        """(x, y, rx, ry) of each visible eye, the near one first."""
        y = self.shape.eye_y + self.down
        size = self.shape.eye * (1 + 0.16 * self.fine) * self.look.eye
        if self.side_on:
            return [(25.5, y, size * 0.6, size * 1.02)]
        spread = 1 + 0.05 * self.shape.full
        return [
            (-2.5 * spread + self.ahead, y, size * 0.92, size * 1.02),
            (24.5 * spread + self.ahead * 0.7, y, size * 0.76, size * 1.0),
        ]

    def draw(self) -> None:
        """Everything but the brows, which go over the hair."""
        self._cheeks()
        self._wrinkles()
        self._nose()
        for index, eye in enumerate(self.eyes()):
            self._eye(index, *eye)
        self._mouth()

    def draw_over_hair(self) -> None:
        """Brows, sweat and tears."""
        for index, eye in enumerate(self.eyes()):
            self._brow(index, *eye)
        self._drops()

    def _eye(self, index: int, x: float, y: float, rx: float, ry: float) -> None:
        look, pen = self.look, self.pen
        if look.closed is not None:
            self._closed_eye(index, x, y, rx, ry)
            return
        upper, lower = look.upper[index], look.lower[index]
        # the inner corner lies forward for the near eye and backward for the far one
        inner = 1.0 if index == 0 and not self.side_on else -1.0
        tilt = look.slant * ry * 0.55 * inner * (1 if not self.side_on else -1)
        lid = y - ry + 2 * ry * upper
        ground = y + ry - 2 * ry * lower
        ball = ellipse(x, y, rx, ry)
        opening = polygon(
            [
                (x - 2 * rx, lid + tilt * 2 * min(1.0, upper * 3)),
                (x + 2 * rx, lid - tilt * 2 * min(1.0, upper * 3)),
                (x + 2 * rx, ground),
                (x - 2 * rx, ground),
            ]
        )
        white = ball.intersection(opening)
        if white.is_empty:
            self._closed_eye(index, x, y, rx, ry)
            return
        pen.fill(white, _WHITE)
        pupil = ry * 0.63 * look.pupil
        travel_x = max(0.0, rx - pupil * 0.62)
        travel_y = max(0.0, ry - pupil * 0.72)
        px = x + self.gaze[0] * travel_x * 0.95
        middle = y + (lid - y + ry) * 0.42 - (y + ry - ground) * 0.4
        py = middle + self.gaze[1] * travel_y * 0.9
        py = min(max(py, lid + pupil * 0.25), ground - pupil * 0.35)
        self.pupils.append(pen.frame.point(px, py))
        disc = ellipse(px, py, pupil * (0.86 if index or self.side_on else 0.94), pupil)
        pen.fill(disc.intersection(white), INK)
        glint = circle((px + pupil * 0.3, py - pupil * 0.36), pupil * 0.26)
        pen.fill(glint.intersection(white), _WHITE)
        self._lids(index, white, x, y, rx, ry)

    def _lids(self, index: int, white: Geometry, x: float, y: float, rx: float, ry: float) -> None:
        pen = self.pen
        ring = shapely.get_coordinates(white.exterior)
        left, right = ring[np.argmin(ring[:, 0])], ring[np.argmax(ring[:, 0])]
        chord = shapely.LineString([left, right])
        upper = _side_of(ring, left, right, above=True)
        lower = _side_of(ring, left, right, above=False)
        pen.ink(upper, 1.0 + 0.2 * self.fine, taper=0.6)
        middle = lower[len(lower) // 5 : -max(1, len(lower) // 5)]
        if len(middle) > 2 and chord.length > 0:
            pen.ink(middle, 0.42, mix(self.skin, INK, 0.72))
        if self.feminine:
            self._lashes(index, left if index == 0 else right)
        look = self.look
        if look.upper[index] > 0.25 and self.fine < 0.7:
            fold = bow(
                (x - rx * 0.95, y - ry * 0.75), (x, y - ry * 1.3), (x + rx * 0.95, y - ry * 0.75)
            )
            pen.ink(fold, 0.35, mix(self.skin, INK, 0.6))
        if look.bags:
            bag = bow(
                (x - rx * 0.8, y + ry * 1.2), (x, y + ry * 1.65), (x + rx * 0.8, y + ry * 1.2)
            )
            pen.ink(bag, 0.45, mix(self.skin, INK, 0.55))

    def _lashes(self, index: int, corner: Points) -> None:
        side = -1.0 if index == 0 and not self.side_on else 1.0
        for lift, reach in ((2.6, 3.8), (0.4, 3.9)):
            tip = (corner[0] + side * reach, corner[1] - lift - 0.6)
            self.pen.ink([(corner[0] - side * 0.8, corner[1] - lift * 0.3), tip], 0.7, taper=0.5)

    def _closed_eye(self, index: int, x: float, y: float, rx: float, ry: float) -> None:
        pen, kind = self.pen, self.look.closed or "rest"
        if kind == "smile":
            line = bow(
                (x - rx * 1.1, y + ry * 0.35), (x, y - ry * 1.1), (x + rx * 1.1, y + ry * 0.35)
            )
            pen.ink(line, 1.1, taper=0.5)
        elif kind == "rest":
            line = bow(
                (x - rx * 1.1, y - ry * 0.05), (x, y + ry * 0.95), (x + rx * 1.1, y - ry * 0.05)
            )
            pen.ink(line, 1.1, taper=0.5)
            if self.feminine:
                self._lashes(index, line[0] if index == 0 and not self.side_on else line[-1])
        else:
            inward = 1.0 if index == 0 and not self.side_on else -1.0
            apex = (x + inward * rx * 0.75, y + ry * 0.1)
            for rise in (-0.75, 0.6):
                outer = (x - inward * rx * 0.95, y + rise * ry)
                pen.ink(bow(outer, (x, y + rise * ry * 0.3), apex), 1.0, taper=0.5)

    def _brow(self, index: int, x: float, y: float, rx: float, ry: float) -> None:
        look = self.look
        size = self.shape.brow * (1 + 0.14 * self.fine)
        thick = size * (0.82 if self.feminine else 1.3 if self.masculine else 1.05)
        tilt = look.brow_tilt[index] * (1 + 0.15 * self.fine) * 2.7
        height = y / 1.0 - self.shape.eye * 1.85 - look.brow[index] * 0.8
        inward = 1.0 if index == 0 and not self.side_on else -1.0
        if self.side_on:
            inward = 1.0
        half = self.shape.eye * (1.12 if index == 0 else 0.95) * (0.8 if self.side_on else 1.0)
        inner = (x + inward * half * 0.9, height - tilt)
        outer = (x - inward * half * 1.05, height + tilt * 0.8 + 1.2)
        arch = (x - inward * half * 0.15, height - look.brow_arch * 4.2 + 0.5)
        line = bow(outer, arch, inner, 10)
        across = np.linspace(0.55, 1.0, len(line)) * 1.75 * thick
        top, bottom = line.copy(), line.copy()
        top[:, 1] -= across
        bottom[:, 1] += across * 0.55
        self.pen.fill(polygon(np.vstack([top, bottom[::-1]])).buffer(0.5, 3), self.brow_colour)

    def _nose(self) -> None:
        if self.side_on:
            y = self.shape.nose_y - self.look.pitch * 2
            size = self.shape.nose
            wing = bow((33 + 1.5 * size, y + 1 * size), (30.5, y + 3 * size), (33, y + 6 * size))
            self.pen.ink(wing, 0.55)
            self._nose_wrinkles(30.0, y - 9)
            return
        size = self.shape.nose
        x, y = 16.0 + self.ahead * 1.1, self.shape.nose_y + self.down
        if self.shape.full > 0.6:
            self.pen.ink(bow((x - 2, y - 1), (x + 5, y + 1), (x - 0.5, y + 3.4)), 0.75, taper=0.5)
        else:
            ridge = curve(
                [
                    (x - 2.5 * size, y - 8.5 * size),
                    (x + 1.0 * size, y - 3.0 * size),
                    (x + 4.6 * size, y + 2.2 * size),
                    (x + 2.2 * size, y + 5.0 * size),
                    (x - 2.6 * size, y + 4.4 * size),
                ]
            )
            self.pen.ink(ridge, 0.85, taper=0.45)
        self._nose_wrinkles(x - 1, y - 11)

    def _nose_wrinkles(self, x: float, y: float) -> None:
        if not self.look.nose_wrinkle or self.fine > 0.85:
            return
        for step in (0.0, 3.0):
            self.pen.ink(bow((x - 3, y + step), (x, y + step + 1.6), (x + 3, y + step)), 0.4)

    def _cheeks(self) -> None:
        look = self.look
        strength = look.blush + (0.25 if self.shape.full > 0.6 else 0.0)
        if strength <= 0:
            return
        tone = mix(self.skin, "#d8503f", min(0.5, 0.17 + 0.14 * strength))
        y = self.shape.eye_y + self.shape.eye * 2.05 + self.down
        spots = [(22.0, 4.6)] if self.side_on else [(-10.0, 6.6), (30.0, 4.6)]
        for x, rx in spots:
            self.pen.fill(ellipse(x + self.ahead, y, rx, 4.1), tone, 0.85)
            if look.blush > 1.5 and self.fine < 0.8:
                for step in (-3.0, 0.0, 3.0):
                    stroke = [(x + step + 1.2, y - 1.8), (x + step - 0.8, y + 1.8)]
                    self.pen.ink(stroke, 0.4, mix(self.skin, "#a83226", 0.7))

    def _wrinkles(self) -> None:
        pen, look = self.pen, self.look
        tone = mix(self.skin, INK, 0.6)
        y = self.shape.eye_y + self.down
        if self.side_on:
            if self.elder and self.fine < 0.8:
                pen.ink(bow((27, 19), (23, 24), (25, 31)), 0.45, tone)
            return
        middle = 12.0 + self.ahead
        if look.furrow:
            for x in (-1.8, 1.8):
                pen.ink([(middle + x, y - 12.5), (middle + x * 0.6, y - 6.5)], 0.55, tone)
        if look.forehead and self.fine < 0.85:
            for rise in (20.0, 24.0):
                line = bow((2, y - rise), (14, y - rise - 2), (26, y - rise))
                pen.ink(line, 0.4, tone)
        if self.elder and self.fine < 0.9:
            top = (5.5 + self.ahead, self.shape.nose_y + 6 + self.down)
            low = (0.0 + self.ahead, self.shape.mouth_y - 1)
            pen.ink(bow(top, (0.5 + self.ahead, low[1] - 8), low), 0.45, tone)
            for rise in (-1.0, 2.0):
                pen.ink([(-12.5, y + rise), (-16.5, y + rise * 2.2 - 0.5)], 0.4, tone)

    def _mouth_frame(self) -> tuple[float, float, float, float]:
        """(x, y, half width to the back, half width to the front) of the mouth."""
        wide = self.look.wide * (1 + 0.12 * self.fine) * (0.9 if self.shape.full > 0.6 else 1.0)
        if self.side_on:
            return 35.5, self.shape.mouth_y - self.look.pitch * 3, wide * 1.05, 0.0
        return 16.0 + self.ahead * 1.1, self.shape.mouth_y + self.down * 0.9, wide, wide * 0.82

    def _mouth(self) -> None:
        x, y, back, front = self._mouth_frame()
        Mouth(
            self.pen, self.look, self.skin, x, y, back, front, side_on=self.side_on, fine=self.fine
        ).draw()

    def _drops(self) -> None:
        look, pen = self.look, self.pen
        eyes = self.eyes()
        if look.tears == 1:
            x, y, rx, ry = eyes[0]
            pen.shape(_drop(x - rx * 0.35, y + ry * 2.0, 3.0), _TEAR, ink_width=0.5, shade=0)
        elif look.tears >= 2:
            for x, y, rx, ry in eyes:
                stream = union(
                    [
                        polygon(
                            [
                                (x - rx * 0.32, y + ry * 0.55),
                                (x + rx * 0.32, y + ry * 0.55),
                                (x + rx * 0.42, y + ry * 3.1),
                                (x - rx * 0.46, y + ry * 3.1),
                            ]
                        ),
                        ellipse(x, y + ry * 3.1, rx * 0.46, rx * 0.5),
                    ]
                )
                pen.shape(stream, _TEAR, ink_width=0.5, shade=0)
        spots = [(-17.0, -14.0), (-21.0, 3.0)][: look.sweat]
        if self.side_on:
            spots = [(12.0, -14.0), (6.0, 2.0)][: look.sweat]
        for x, y in spots:
            pen.shape(_drop(x, y + self.shape.eye_y, 2.9), _TEAR, ink_width=0.5, shade=0)


def _drop(x: float, y: float, size: float) -> Geometry:
    return blob(
        [
            (x, y - size * 1.7),
            (x + size * 0.75, y - size * 0.1),
            (x + size * 0.55, y + size * 0.85),
            (x - size * 0.55, y + size * 0.85),
            (x - size * 0.75, y - size * 0.1),
        ]
    )


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


def brow_colour(hair: str) -> str:
    """Brows a little darker than the hair, and never lost on the skin."""
    return mix(hair, INK, 0.5 if luminance(hair) < 0.68 else 0.38)
