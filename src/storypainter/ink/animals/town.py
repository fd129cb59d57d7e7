"""Birds of the town. Drawn in centimetres, facing right, feet on y = 0."""

from __future__ import annotations

from storypainter.ink.animals.animal import BEAK, DARK, WHITE, AnimalKind, placed
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import blob, limb, oval, path, poly
from storypainter.ink.drawing.palette import INK, mix

_LEG = "#8a6a4a"


def _eye(pen: Pen, x: float, y: float, size: float) -> None:
    pen.fill(oval(x, y, size), INK)
    pen.fill(oval(x + size * 0.3, y - size * 0.35, size * 0.36), WHITE)


def _legs(pen: Pen, size: float, hue: str) -> None:
    for x in (-1.5, 2.5):
        x *= size
        pen.ink([(x, -5 * size), (x, -0.6)], 0.8, hue)
        for toe in (-2.4, 3.4):
            pen.ink([(x, -0.7), (x + toe * size * 0.8, -0.4)], 0.7, hue)


def _small_bird(pen: Pen, pose: str, feathers: str, breast: str, size: float, beak: str) -> None:
    """A round small bird; ``size`` 1 is about 26 cm long."""
    s = size
    dark = mix(feathers, DARK, 0.35)

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * s, y * s) for x, y in points]

    if pose == "fly":
        pen.shape(blob(*at((-4, -14), (-12, -30), (-3, -36), (6, -18))), dark, ink_width=0.9)
        pen.shape(
            poly(*at((-22, -17), (-10, -14), (-10, -10), (-24, -10)), corner=0.6),
            dark,
            ink_width=0.8,
        )
        pen.shape(
            blob(*at((-12, -12), (-2, -18), (12, -17), (14, -11), (4, -6), (-6, -7))), feathers
        )
        pen.shape(blob(*at((2, -8), (13, -13), (13, -9), (7, -6))), breast, ink_width=0, shade=0)
        pen.shape(
            blob(*at((-2, -14), (2, -34), (12, -36), (8, -14))),
            mix(feathers, WHITE, 0.1),
            ink_width=0.9,
        )
        x, y = 15.0, -17.0
    else:
        bowed = pose == "peck"
        pen.shape(
            poly(
                *at((-23, -17 if bowed else -8), (-9, -14), (-8, -8), (-24, -12 if bowed else -3)),
                corner=0.6,
            ),
            dark,
            ink_width=0.8,
        )
        _legs(pen, s, _LEG)
        pen.shape(
            blob(*at((-11, -12), (-2, -19), (9, -17), (13, -10), (8, -5), (-2, -4), (-9, -7))),
            feathers,
        )
        pen.shape(
            blob(*at((2, -5.4), (11, -13), (12, -9), (8, -5.4))), breast, ink_width=0, shade=0
        )
        pen.shape(blob(*at((-13, -9), (-4, -15), (4, -12), (0, -8))), dark, ink_width=0.7)
        x, y = (15.0, -8.0) if bowed else (9.0, -21.0)
    pen.shape(oval(x * s, y * s, 6.4 * s, 5.8 * s), feathers)
    pen.fill(oval((x + 2.4) * s, (y + 2.2) * s, 3.2 * s, 2.6 * s), breast)
    tip = (x + 5, y + 9) if pose == "peck" else (x + 12.4, y + 1)
    base = (
        ((x + 2, y + 4.6), (x + 6, y + 2.4))
        if pose == "peck"
        else ((x + 5.4, y - 2), (x + 5.4, y + 2.6))
    )
    if pose == "sing":
        for end in ((x + 12, y - 4), (x + 11, y + 4)):
            pen.shape(poly(*at(base[0], end, base[1]), corner=0.2), beak, ink_width=0.6, shade=0)
        for dx, dy in ((12, -9), (18, -13)):
            pen.shape(oval((x + dx) * s, (y + dy) * s, 2.4, 1.9, -18), INK, ink_width=0, shade=0)
            pen.ink([((x + dx + 2) * s, (y + dy) * s), ((x + dx + 2.4) * s, (y + dy - 8) * s)], 0.7)
    else:
        pen.shape(poly(*at(base[0], tip, base[1]), corner=0.2), beak, ink_width=0.7, shade=0)
    _eye(pen, (x + 2) * s, (y - 1.2) * s, 1.15 * s)


def _bird(pen: Pen, pose: str, feathers: str) -> None:
    """A songbird with a red breast."""
    _small_bird(pen, pose, feathers, "#dd7f4e", 1.15, BEAK)


def _sparrow(pen: Pen, pose: str, feathers: str) -> None:
    """A sparrow: brown, with a pale breast and a dark bib."""
    _small_bird(pen, pose, feathers, "#e9dcc4", 0.92, "#6a5a4a")


def _crow(pen: Pen, pose: str, feathers: str) -> None:
    """A crow with a strong beak."""
    sheen = mix(feathers, "#8fa0c0", 0.32)
    if pose == "fly":
        pen.shape(blob((-4, -18), (-26, -48), (-8, -54), (-2, -46), (10, -22)), feathers)
        pen.shape(poly((-40, -22), (-16, -20), (-16, -12), (-42, -10), corner=1), feathers)
        pen.shape(blob((-18, -16), (0, -25), (20, -24), (22, -15), (4, -9)), feathers)
        pen.shape(blob((0, -19), (8, -52), (24, -56), (22, -44), (14, -18)), sheen)
        for fold in (12, 17):
            pen.ink([(fold, -46), (fold - 2, -28)], 0.5, feathers)
        x, y = 26.0, -25.0
    else:
        for foot in (-2.0, 5.0):
            pen.ink([(foot, -12), (foot, -1)], 1.2, "#4a4650")
            pen.ink([(foot - 3, -0.6), (foot + 6, -0.6)], 1.0, "#4a4650")
        low = pose == "peck"
        pen.shape(
            poly(
                (-42, -20 if low else -8),
                (-18, -22),
                (-16, -12),
                (-40, -12 if low else -2),
                corner=1,
            ),
            feathers,
        )
        pen.shape(
            blob((-22, -18), (-8, -30), (12, -32), (19, -22), (10, -11), (-10, -10)), feathers
        )
        pen.shape(blob((-26, -14), (-10, -26), (6, -24), (0, -14)), sheen, ink_width=0.7)
        pen.ink(path((-18, -15), (-8, -19), (0, -20)), 0.5, feathers)
        x, y = (26.0, -15.0) if low else (16.0, -40.0)
        pen.shape(limb([(9, -25), (x - 1, y + 1)], 8.6, 6.4), feathers)
    pen.shape(oval(x, y, 8.8, 7.8), feathers)
    beak = mix(feathers, "#8d8a92", 0.4)
    if pose == "peck":
        pen.shape(
            poly((x, y + 6), (x + 8, y + 3), (x + 10, y + 15), corner=0.4), beak, ink_width=0.7
        )
    elif pose == "call":
        pen.shape(
            poly((x + 7, y - 4), (x + 21, y - 7), (x + 7, y), corner=0.4), beak, ink_width=0.7
        )
        pen.shape(
            poly((x + 7, y + 1), (x + 18, y + 7), (x + 6, y + 5), corner=0.4), beak, ink_width=0.7
        )
    else:
        pen.shape(
            poly((x + 7, y - 4), (x + 22, y + 2), (x + 7, y + 4), corner=0.4), beak, ink_width=0.7
        )
    pen.fill(oval(x + 2.6, y - 1.6, 2.3), WHITE)
    pen.fill(oval(x + 3, y - 1.4, 1.3), INK)


_DRAWN: tuple[AnimalKind, ...] = (
    AnimalKind(
        "bird",
        {"stand": (53, 32), "peck": (54, 24), "fly": (60, 45), "sing": (63, 49)},
        _bird,
        "#a58a6c",
        middle={"stand": -2, "peck": -1, "fly": 2, "sing": 3},
        head={"stand": (10, -24), "peck": (17, -9), "fly": (17, -19), "sing": (10, -24)},
        mouth={"stand": (22, -23), "peck": (23, 0), "fly": (29, -18), "sing": (22, -24)},
        bite=18,
        jaw={"peck": 60},
    ),
    AnimalKind(
        "sparrow",
        {"stand": (42, 26), "peck": (43, 19), "fly": (48, 36), "sing": (51, 40)},
        _sparrow,
        "#a07d5a",
        middle={"stand": -2, "peck": -1, "fly": 2, "sing": 3},
        head={"stand": (8, -19), "peck": (14, -7), "fly": (14, -15), "sing": (8, -19)},
        mouth={"stand": (18, -18), "peck": (18, 0), "fly": (23, -14), "sing": (18, -19)},
        bite=16,
        jaw={"peck": 60},
    ),
    AnimalKind(
        "crow",
        {"stand": (80, 49), "peck": (79, 35), "fly": (90, 59), "call": (78, 49)},
        _crow,
        "#3f3d4a",
        middle={"stand": -2, "peck": -3, "fly": 2, "call": -4},
        head={"stand": (16, -40), "peck": (26, -15), "fly": (26, -25), "call": (16, -40)},
        mouth={"stand": (35, -38), "peck": (36, -2), "fly": (45, -23), "call": (34, -40)},
        bite=32,
        jaw={"peck": 60},
    ),
)
#: What is drawn larger than it is beside people, and by how much it is made smaller.
_SHARES = {"bird": 0.6, "sparrow": 0.62, "crow": 0.68}
KINDS = tuple(placed(kind, _SHARES.get(kind.word, 1.0)) for kind in _DRAWN)
