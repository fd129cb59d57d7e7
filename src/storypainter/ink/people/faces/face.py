"""Skulls and faces: eyes that look, brows, nose, mouth, cheeks, tears.

Head units: the crown at y = -50, the chin at y = 50, x forward, the origin in the middle of the
skull. All shapes are our own.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

import numpy as np

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import (
    Geometry,
    Point,
    blob,
    bow,
    curve,
    ellipse,
    polygon,
    union,
    vector,
)
from storypainter.ink.drawing.palette import INK, luminance, mix
from storypainter.ink.people.faces.eyes import Eyes
from storypainter.ink.people.faces.mouth import Mouth
from storypainter.ink.people.faces.state import Expression

View = Literal["three-quarter", "profile", "back", "front"]

#: Skin words, from light to dark.
SKINS: dict[str, str] = {
    "pale": "#f8dfcb",
    "light": "#f2cba8",
    "olive": "#d3a574",
    "tan": "#dcae80",
    "brown": "#a8734b",
    "dark": "#7a5039",
}
_TEAR = "#9fd0e6"
#: Head units that a full pitch moves the eyes by; the nose moves further, the mouth less.
PITCH = 6.0


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
    "front": (
        [
            (0, -50), (20, -47), (34, -36), (39.5, -18), (38, 0), (36, 14), (31, 29), (21, 42), (9, 49),
            (0, 50), (-9, 49), (-21, 42), (-31, 29), (-36, 14), (-38, 0), (-39.5, -18), (-34, -36), (-20, -47),
        ],
        [
            (0, -50), (21, -47), (36, -36), (42, -16), (42, 2), (43, 18), (38, 33), (25, 45), (10, 49.5),
            (0, 50), (-10, 49.5), (-25, 45), (-38, 33), (-43, 18), (-42, 2), (-42, -16), (-36, -36), (-21, -47),
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
    "front": (0.0, 42.0),
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


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where features lie across a face, in head units.

    ``eyes`` are (x, width) of the near and the far eye; ``middle`` is where nose and mouth lie,
    ``bridge`` the nose's root; ``ahead`` the mouth's share of width that lies forward.
    """

    eyes: tuple[tuple[float, float], tuple[float, float]]
    middle: float
    bridge: float
    ahead: float
    cheeks: tuple[tuple[float, float], ...]
    sweat: tuple[Point, ...]


_LAYOUTS: dict[View, _Layout] = {
    "three-quarter": _Layout(
        ((-2.5, 0.92), (24.5, 0.76)),
        16.0,
        12.0,
        0.82,
        ((-10.0, 6.6), (30.5, 4.4)),
        ((-17.0, -16.0), (-22.0, 3.0)),
    ),
    "front": _Layout(
        ((-14.0, 0.9), (14.0, 0.9)),
        0.0,
        0.0,
        1.0,
        ((-21.5, 5.8), (21.5, 5.8)),
        ((-27.0, -17.0), (-31.0, 2.0)),
    ),
    "profile": _Layout(
        ((25.0, 0.66), (25.0, 0.66)),
        35.5,
        31.0,
        0.0,
        ((20.0, 5.2),),
        ((12.0, -15.0), (6.0, 2.0)),
    ),
}


class Face:
    """Draws the features of one head with a pen in head units.

    Args:
        fine: 0 for large heads, 1 below about 70 pixels: bigger eyes and mouth, fewer lines.
        gaze: where the pupils look; x forward, y down, each -1 to 1.
        bearded: shows lips, for a line would be lost between whiskers.
        hatched: marks a blush by strokes, where colour cannot show it.
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
        bearded: bool = False,
        hatched: bool = False,
    ) -> None:
        self.pen = pen
        self.view = view
        self.layout = _LAYOUTS[view]
        self.shape = shape
        self.look = expression
        self.skin = skin
        self.fine = fine
        self.feminine = feminine
        self.elder = elder
        self.bearded = bearded
        self.hatched = hatched
        self.down = -expression.pitch * PITCH + gaze[1]
        self.ahead = 0.0 if view == "profile" else gaze[0] * 1.2
        young = shape.full > 0.6
        thick = 0.8 if feminine else 1.3 if masculine else 1.05
        self._eyes = Eyes(
            pen,
            expression,
            skin,
            brow_colour,
            gaze,
            self.eyes(),
            self.side_on,
            fine,
            half=shape.eye * 1.12,
            brow=shape.brow * (1 + 0.14 * fine) * thick,
            lift=shape.eye * (1.95 if feminine else 1.85),
            lashes=(0.7 if young else 1.0) if feminine else 0.0,
        )

    @property
    def pupils(self) -> list[Point]:
        """The pupils drawn, on the canvas."""
        return self._eyes.pupils

    @property
    def side_on(self) -> bool:
        """Whether the head is seen from the side."""
        return self.view == "profile"

    def eyes(self) -> list[tuple[float, float, float, float]]:
        """(x, y, rx, ry) of each visible eye, the near one first."""
        y = self.shape.eye_y + self.down
        own = 1.06 if self.feminine else 1.0
        size = self.shape.eye * own * (1 + 0.18 * self.fine) * self.look.eye
        if self.side_on:
            (x, wide), _ = self.layout.eyes
            return [(x, y, size * wide, size * 0.98)]
        spread = 1 + 0.05 * self.shape.full
        (near, wide), (far, narrow) = self.layout.eyes
        return [
            (near * spread + self.ahead, y, size * wide, size),
            (far * spread + self.ahead * 0.7, y, size * narrow, size * 0.98),
        ]

    def draw(self) -> None:
        """Everything but the brows, which go over the hair."""
        self._cheeks()
        self._wrinkles()
        self._nose()
        self._eyes.draw()
        self._mouth()

    def draw_over_hair(self) -> None:
        """Brows, sweat and tears."""
        self._eyes.draw_brows()
        self._drops()

    def _nose(self) -> None:
        size = self.shape.nose
        y = self.shape.nose_y + self.down * 1.3
        if self.side_on:
            y = self.shape.nose_y - self.look.pitch * 2
            wing = bow((33 + 1.5 * size, y + 1 * size), (30.5, y + 3 * size), (33, y + 6 * size))
            self.pen.ink(wing, 0.55)
            self._nose_wrinkles(31.0, y - 9)
            return
        x = self.layout.middle + self.ahead * 1.1
        if self.view == "front":
            wide = 3.2 + 1.6 * size
            low = (x, y + 4.0 * size + 3.0)
            self.pen.ink(bow((x - wide, y + 2), low, (x + wide, y + 2)), 0.8, taper=0.45)
        elif self.shape.full > 0.6:
            self.pen.ink(bow((x - 2, y - 1), (x + 5, y + 1), (x - 0.5, y + 3.4)), 0.75, taper=0.5)
        else:
            slim = 0.88 if self.feminine else 1.0
            ridge = curve(
                [
                    (x - 2.5 * size, y - 8.5 * size * slim),
                    (x + 1.0 * size, y - 3.0 * size),
                    (x + 4.6 * size * slim, y + 2.2 * size),
                    (x + 2.2 * size, y + 5.0 * size),
                    (x - 2.6 * size * slim, y + 4.4 * size),
                ]
            )
            self.pen.ink(ridge, 0.85, taper=0.45)
        self._nose_wrinkles(x - 1.5, y - 11)

    def _nose_wrinkles(self, x: float, y: float) -> None:
        if not self.look.nose_wrinkle:
            return
        for step in (-1.0, 2.6) if self.fine < 0.85 else (1.5,):
            line = bow((x - 3.2, y + step + 1), (x, y + step - 1.4), (x + 3.4, y + step + 1))
            self.pen.ink(line, 0.55)
        if not self.side_on:  # from the wings down to the mouth
            fold = bow((x - 6.5, y + 12.5), (x - 11, y + 15), (x - 12.5, y + 20))
            self.pen.ink(fold, 0.6)

    def _cheeks(self) -> None:
        look = self.look
        strength = look.blush + (0.25 if self.shape.full > 0.6 else 0.0)
        if strength <= 0:
            return
        tone = mix(self.skin, "#d8503f", min(0.5, 0.13 + 0.15 * strength))
        y = self.shape.eye_y + self.shape.eye * 2.05 + self.down
        swell = 1 + 0.16 * max(0.0, look.blush - 0.6)
        spots = self.layout.cheeks
        for x, rx in spots:
            self.pen.fill(ellipse(x + self.ahead, y, rx * swell, 4.1 * swell), tone, 0.85)
        if look.blush > 1.7 and not self.side_on:
            self.pen.fill(
                ellipse((spots[0][0] + spots[1][0]) / 2 + self.ahead, y - 0.5, 22, 3.0), tone, 0.6
            )
        if look.blush < 0.9 or not (look.blush > 1.2 or self.hatched):
            return
        ink = mix(self.skin, "#8c2018", 0.75)
        for x, _ in spots:
            for step in (-3.4, 0.0, 3.4):
                stroke = [(x + step + 1.4, y - 2.3), (x + step - 1.0, y + 2.3)]
                self.pen.ink(np.array(stroke) + vector(self.ahead, 0.0), 0.45, ink)

    def _wrinkles(self) -> None:
        pen, look = self.pen, self.look
        tone = mix(self.skin, INK, 0.6)
        y = self.shape.eye_y + self.down
        if self.side_on:
            if look.furrow:
                pen.ink(bow((32.5, y - 11), (31, y - 8), (31.5, y - 5)), 0.55, tone)
            if self.elder and self.fine < 0.8:
                pen.ink(bow((27, 19), (23, 24), (25, 31)), 0.45, tone)
                for rise in (-1.0, 2.5):
                    pen.ink([(14.5, y + rise), (10.5, y + rise * 2.2 - 0.5)], 0.4, tone)
            return
        middle = self.layout.bridge + self.ahead
        shift = self.layout.bridge - 12.0
        if look.furrow:
            for x in (-1.8, 1.8):
                pen.ink([(middle + x, y - 12.5), (middle + x * 0.6, y - 6.5)], 0.6, INK)
        if look.forehead and self.fine < 0.85:
            rise = self.shape.eye * 1.85 + max(look.brow) * 0.8 + 7.5
            for step in (0.0, 3.6):
                line = bow(
                    (3 + shift, y - rise - step),
                    (14 + shift, y - rise - step - 1.6),
                    (25 + shift, y - rise - step),
                )
                pen.ink(line, 0.4, tone)
        if self.elder and self.fine < 0.9:
            top = (self.layout.middle - 10.5 + self.ahead, self.shape.nose_y + 6 + self.down)
            low = (self.layout.middle - 16 + self.ahead, self.shape.mouth_y - 1 + self.down * 0.9)
            pen.ink(bow(top, (low[0] + 0.5, low[1] - 8), low), 0.45, tone)
            for step in (-1.0, 2.0):
                x = self.layout.eyes[0][0] - 10
                pen.ink([(x, y + step), (x - 4, y + step * 2.2 - 0.5)], 0.4, tone)

    def _mouth(self) -> None:
        wide = self.look.wide * (1 + 0.16 * self.fine) * (0.88 if self.shape.full > 0.6 else 1.0)
        y = self.shape.mouth_y + self.down * 0.9
        x, front = self.layout.middle + self.ahead * 1.1, wide * self.layout.ahead
        if self.side_on:
            y = self.shape.mouth_y - self.look.pitch * 3
        Mouth(
            self.pen,
            self.look,
            self.skin,
            x,
            y,
            wide,
            front,
            side_on=self.side_on,
            fine=self.fine,
            lips=self._lip_colour(),
        ).draw()

    def _lip_colour(self) -> str | None:
        """Lips show on women, and where a line alone would be hard to see."""
        if luminance(self.skin) < 0.5:
            return mix(self.skin, "#d9786a", 0.42)
        shown = self.bearded or (self.shape.full < 0.6 and self.feminine)
        return mix(self.skin, "#b8403f", 0.36) if shown else None

    def _drops(self) -> None:
        look, pen = self.look, self.pen
        eyes, grow = self.eyes(), 1 + 0.4 * self.fine
        if look.tears == 1:
            x, y, rx, ry = eyes[0]
            pen.shape(_drop(x - rx * 0.35, y + ry * 2.0, 3.0 * grow), _TEAR, ink_width=0.5, shade=0)
        elif look.tears >= 2:
            for x, y, rx, ry in eyes:
                pen.shape(_stream(x, y, rx, ry), _TEAR, ink_width=0.55, shade=0)
        for x, y in self.layout.sweat[: look.sweat]:
            place = (x, y + self.shape.eye_y)
            pen.shape(_drop(*place, 3.4 * grow), _TEAR, ink_width=0.55, shade=0)


def _stream(x: float, y: float, rx: float, ry: float) -> Geometry:
    sides = [
        (x - rx * 0.32, y + ry * 0.55),
        (x + rx * 0.32, y + ry * 0.55),
        (x + rx * 0.44, y + ry * 3.1),
        (x - rx * 0.48, y + ry * 3.1),
    ]
    return union([polygon(sides), ellipse(x, y + ry * 3.1, rx * 0.48, rx * 0.52)])


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


def brow_colour(hair: str) -> str:
    """Brows a little darker than the hair, and never lost on the skin."""
    return mix(hair, INK, 0.5 if luminance(hair) < 0.68 else 0.38)
