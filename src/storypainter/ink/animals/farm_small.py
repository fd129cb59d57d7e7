"""Small animals of the farm: sheep, goat, pig, chicken, chicks, bee. Facing right, feet on y = 0."""

from __future__ import annotations

import math
from dataclasses import replace

from storypainter.ink.animals.animal import AnimalKind, placed
from storypainter.ink.animals.farm_large import eye, hoofed_leg
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, drop, join, limb, oval, path, poly
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import INK, mix

WHITE = "#fffdf7"
DARK = "#3d3842"
WOOL = "#f4ecd9"
BEAK = "#e0953a"
COMB = "#c8463d"
_HEN = 0.76  # hens are drawn at three quarters of their drawing's centimetres
_STANDING_LEGS = ((-24.0, 16.0), (-16.0, 24.0))


def _sheep(pen: Pen, pose: str, wool: str) -> None:
    face = "#4f4647"
    low = 14.0 if pose == "lie" else 0.0
    if pose != "lie":
        for pair, hue in ((_STANDING_LEGS[0], mix(face, DARK, 0.3)), (_STANDING_LEGS[1], face)):
            for x in pair:
                step = 9 if pose == "run" and x > 0 else -9 if pose == "run" else 0
                pen.shape(limb([(x, -26), (x + step, -3)], 4.6, 4), hue, ink_width=0.9)
    y = -40.0 + low
    curls = [oval(34 * math.cos(t) - 2, y + 17 * math.sin(t), 11.5, 11) for t in (k * math.pi / 6 for k in range(12))]  # fmt: skip
    pen.shape(join(oval(-2, y, 34, 19), *curls), wool)
    for x, dy in ((-24, -6), (-8, 4), (-10, -14), (10, -8), (-26, 9), (8, 10), (22, -1)):
        pen.ink(arc(x, y + dy, 5, 4.4, 200, 380), 0.5, mix(wool, DARK, 0.45))
    if pose == "lie":
        for x in (-8, 22):
            pen.shape(limb([(x, -3), (x + 15, -3)], 4.2, 3.6), face, ink_width=0.9)
    hx, hy = _SHEEP_HEADS[pose]
    pen.shape(blob((hx - 12, hy - 4), (hx - 24, hy - 6), (hx - 25, hy + 2), (hx - 12, hy + 3)), face, ink_width=0.9)  # fmt: skip
    pen.shape(blob((hx - 11, hy - 8), (hx, hy - 12), (hx + 13, hy - 4), (hx + 20, hy + 7), (hx + 15, hy + 13), (hx + 2, hy + 12), (hx - 9, hy + 6)), face)  # fmt: skip
    pen.fill(oval(hx + 3, hy - 2, 3.4, 3.2), WHITE)
    pen.fill(oval(hx + 4, hy - 2, 1.7, 2.1), INK)
    pen.fill(oval(hx + 17, hy + 5.5, 1.3, 1), mix(face, WHITE, 0.6))
    if pose == "bleat":
        pen.shape(blob((hx + 9, hy + 10), (hx + 17, hy + 9), (hx + 14, hy + 18), (hx + 9, hy + 16)), "#c9736f", ink_width=0.7, shade=0)  # fmt: skip
    else:
        pen.ink(path((hx + 18, hy + 9), (hx + 13, hy + 10), (hx + 9, hy + 8)), 0.6, mix(face, WHITE, 0.5))  # fmt: skip
    tuft = join(*(oval(hx + dx, hy - 11 + dy, 6) for dx, dy in ((-9, 2), (-2, -2), (4, 0))))
    pen.shape(tuft, wool, ink_width=0.9)


_SHEEP_HEADS: dict[str, tuple[float, float]] = {
    "stand": (38, -52),
    "run": (42, -54),
    "eat": (42, -16),
    "bleat": (38, -54),
    "lie": (36, -36),
}


def _goat(pen: Pen, pose: str, coat: str) -> None:
    far, pale = mix(coat, DARK, 0.2), mix(coat, WHITE, 0.6)
    if pose == "rear":
        _rearing_goat(pen, coat, far)
        return
    run = pose == "run"
    pen.shape(blob((-38, -56), (-48, -66), (-46, -74), (-36, -64)), coat, ink_width=0.9)
    spread = 15 if run else 0
    for x, s in ((-31, -1), (24, 1)):
        hoofed_leg(pen, far, ((x, -40), (x - 2 + s * spread * 0.5, -24), (x + s * spread * 1.5, -4 - spread * 0.5)), (6.4, 4, 3.6))  # fmt: skip
    pen.shape(blob((-40, -50), (-34, -62), (-6, -60), (22, -64), (34, -54), (30, -38), (6, -33), (-30, -35)), coat)  # fmt: skip
    pen.fill(blob((-24, -36), (0, -39), (24, -38), (4, -34)), pale)
    for x, s in ((-24, -1), (17, 1)):
        hoofed_leg(pen, coat, ((x, -42), (x - 1 + s * spread * 0.4, -24), (x + s * spread, -4)), (7, 4.2, 3.6))  # fmt: skip
        pen.fill(oval(x, -44, 7, 7), coat)
    hx, hy = _GOAT_HEADS[pose]
    pen.shape(
        limb([(24, -54), ((26 + hx) / 2 + 2, (-54 + hy) / 2 - 2), (hx - 3, hy + 2)], 11, 9, 8), coat
    )
    pen.fill(oval(19, -52, 10, 9), coat)
    _goat_head(pen, hx, hy, coat, pale)


_GOAT_HEADS: dict[str, tuple[float, float]] = {
    "stand": (42, -80),
    "eat": (50, -26),
    "run": (48, -80),
    "rear": (34, -122),
}


def _rearing_goat(pen: Pen, coat: str, far: str) -> None:
    """Up on its hind legs, forelegs on a trunk or a line: it wants what hangs there."""
    pen.shape(blob((-30, -30), (-42, -34), (-44, -44), (-30, -40)), coat, ink_width=0.9)
    hoofed_leg(pen, far, ((-18, -32), (-24, -18), (-16, -4)), (8, 4.6, 3.6))
    hoofed_leg(pen, far, ((14, -86), (34, -92), (44, -78)), (6.4, 4, 3.6))
    pen.shape(blob((-34, -34), (-30, -52), (-6, -82), (12, -100), (26, -94), (24, -78), (6, -54), (-14, -28)), coat)  # fmt: skip
    hoofed_leg(pen, coat, ((-22, -38), (-34, -22), (-30, -4)), (9, 5, 3.6))
    hoofed_leg(pen, coat, ((10, -82), (28, -78), (40, -62)), (6.8, 4, 3.6))
    pen.fill(oval(-20, -40, 8, 8), coat)
    hx, hy = _GOAT_HEADS["rear"]
    pen.shape(limb([(16, -94), (24, -108), (hx - 3, hy + 2)], 11, 9, 8), coat)
    pen.fill(oval(13, -91, 9, 9), coat)
    _goat_head(pen, hx, hy, coat, mix(coat, WHITE, 0.6))


def _goat_head(pen: Pen, x: float, y: float, coat: str, pale: str) -> None:
    for dx in (3, -3):
        horn = path((x + dx, y - 9), (x + dx - 6, y - 22), (x + dx - 18, y - 27))
        pen.shape(limb(horn, 3.0, 2.4, 0.7), "#8f7d6a", ink_width=0.85)
    pen.shape(limb(path((x + 15, y + 10), (x + 15, y + 18), (x + 12, y + 24)), 3, 2.4, 0.6), pale, ink_width=0.8)  # fmt: skip
    pen.shape(blob((x - 9, y - 4), (x - 2, y - 11), (x + 8, y - 8), (x + 22, y + 2), (x + 22, y + 10), (x + 10, y + 12), (x - 5, y + 8)), coat)  # fmt: skip
    pen.shape(blob((x + 14, y), (x + 22, y + 2), (x + 22, y + 10), (x + 13, y + 10)), pale, ink_width=0, shade=0)  # fmt: skip
    pen.fill(oval(x + 20.5, y + 3.6, 1.3, 1), INK)
    pen.ink(path((x + 21, y + 8), (x + 16, y + 8.4), (x + 12, y + 6)), 0.6)
    pen.fill(oval(x + 5, y - 3, 3, 2.8), "#e6cf7a")
    pen.fill(oval(x + 5.4, y - 3, 2.2, 1.2), INK)
    pen.shape(blob((x - 4, y - 5), (x - 17, y - 6), (x - 20, y + 1), (x - 8, y + 1)), mix(coat, DARK, 0.24), ink_width=0.9)  # fmt: skip


def _pig(pen: Pen, pose: str, skin: str) -> None:
    far = mix(skin, DARK, 0.16)
    if pose == "lie":
        pen.shape(
            blob((-46, -6), (-42, -28), (-10, -36), (24, -32), (36, -14), (28, 0), (-30, 1)), skin
        )
        for x in (-20, 16):
            pen.shape(limb([(x, -4), (x + 15, -3)], 5, 3.8), skin, ink_width=0.9)
        _pig_head(pen, 34, -22, skin)
        return
    spread = 10 if pose == "run" else 0
    tail = path((-42, -42), (-50, -48), (-54, -42), (-48, -40), (-52, -50))
    pen.ink(tail, 1.5, mix(skin, DARK, 0.5))
    for x, s in ((-28, -1), (22, 1)):
        hoofed_leg(pen, far, ((x, -22), (x + s * spread, -4)), (7, 4.4))
    pen.shape(blob((-44, -36), (-34, -54), (0, -58), (30, -50), (36, -34), (26, -16), (-6, -12), (-34, -18)), skin)  # fmt: skip
    for x, s in ((-20, -1), (14, 1)):
        hoofed_leg(pen, skin, ((x, -22), (x + s * spread * 1.2, -4)), (7.4, 4.4))
        pen.fill(oval(x, -24, 7.6, 6), skin)
    if pose == "muddy":
        for a, b, r in ((-24, -24, 9), (-4, -18, 10), (10, -34, 6), (-32, -40, 5)):
            pen.shape(oval(a, b, r, r * 0.66), "#7d5f47", ink_width=0.5, shade=0)
    _pig_head(pen, 36, -42, skin)


def _pig_head(pen: Pen, x: float, y: float, skin: str) -> None:
    pen.shape(oval(x, y, 18, 16.5), skin)
    for dx, turn in ((-11, -24), (7, 16)):
        ear = blob((x + dx - 5, y - 10), (x + dx - 1 + turn * 0.2, y - 25), (x + dx + 7, y - 19), (x + dx + 6, y - 10))  # fmt: skip
        pen.shape(ear, mix(skin, "#c9736f", 0.3), ink_width=0.9)
    pen.shape(oval(x + 15, y + 3, 8.4, 7.6), mix(skin, "#c9736f", 0.22), ink_width=0.95)
    for aside in (-2.5, 3.5):
        pen.fill(oval(x + 15 + aside, y + 3, 1.5, 2.2), mix(skin, DARK, 0.75))
    pen.ink(path((x + 2, y + 10), (x + 7, y + 12), (x + 12, y + 11)), 0.7)
    eye(pen, x + 3, y - 4, 1.8)
    eye(pen, x + 15, y - 7, 1.6)


def _smaller(pen: Pen, share: float) -> Pen:
    """A pen that draws everything at a share of its size."""
    return pen.canvas.pen(replace(pen.frame, scale=pen.frame.scale * share), pen.weight)


def _chicken(pen: Pen, pose: str, feathers: str) -> None:
    pen = _smaller(pen, _HEN)
    dark = mix(feathers, DARK, 0.25)
    if pose == "fly":
        _flapping_chicken(pen, feathers, dark)
        return
    sits = pose == "sit"
    low = 10.0 if sits else 0.0
    if not sits:
        step = 8 if pose == "run" else 0
        for x, s in ((-3, -1), (5, 1)):
            foot = x + s * step
            pen.shape(limb([(x, -14), (foot, -1)], 1.3), BEAK, ink_width=0.5, shade=0)
            for dx in (-4, 2, 6):
                pen.ink([(foot, -1.4), (foot + dx, -0.3)], 0.9, BEAK)
    y = low
    for turn in (-46, -26, -8):
        a = math.radians(turn)
        pen.shape(limb([(-18, -24 + y), (-18 - 24 * math.cos(a) * 0.8, -32 + y + 24 * math.sin(a))], 6, 3.4), dark, ink_width=0.9)  # fmt: skip
    pen.shape(blob((-26, -30 + y), (-14, -36 + y), (2, -32 + y), (16, -38 + y), (20, -24 + y), (10, -12 + y), (-8, -11 + y), (-22, -18 + y)), feathers)  # fmt: skip
    pen.shape(blob((-17, -29 + y), (-2, -30 + y), (7, -24 + y), (-2, -17 + y), (-14, -19 + y)), mix(feathers, DARK, 0.1), ink_width=0.85)  # fmt: skip
    pen.ink(path((-12, -22 + y), (-6, -21 + y), (0, -23 + y)), 0.5)
    hx, hy = (27.0, -9.0) if pose == "peck" else (17.0, -49.0 + y)
    pen.shape(
        limb([(12, -30 + y), ((13 + hx) / 2, (-30 + y + hy) / 2), (hx, hy)], 9, 7, 6.4), feathers
    )
    pen.fill(oval(9, -28 + y, 8, 8), feathers)
    _hen_head(pen, hx, hy, feathers, down=pose == "peck")


def _hen_head(pen: Pen, x: float, y: float, feathers: str, *, down: bool = False) -> None:
    comb = join(*(oval(x - 5 + 5 * k, y - 7.5 - (2 if k == 1 else 0), 3.4, 3.8) for k in range(3)))
    pen.shape(comb, COMB, ink_width=0.8)
    pen.shape(oval(x, y, 7.4, 7), feathers, ink_width=0.9)
    tip = (x + 11, y + 8) if down else (x + 15, y + 1)
    pen.shape(poly((x + 4, y - 3.4), tip, (x + 4, y + 3.4), corner=0.5), BEAK, ink_width=0.8)
    pen.shape(drop(x + 5, y + 7, 3.4), COMB, ink_width=0.6, shade=0)
    eye(pen, x + 2, y - 1.6, 1.4)


def _flapping_chicken(pen: Pen, feathers: str, dark: str) -> None:
    for a, b in (((-4, -12), (-14, -2)), ((6, -12), (2, 0))):
        pen.shape(limb([a, b], 1.3), BEAK, ink_width=0.5, shade=0)
        for dx in (-3, 4):
            pen.ink([b, (b[0] + dx, b[1] + 2)], 0.8, BEAK)
    pen.shape(blob((2, -30), (-2, -52), (10, -66), (18, -50), (14, -32)), dark, ink_width=0.9)
    for turn in (-10, 12, 30):
        fan = math.radians(turn)
        pen.shape(limb([(-16, -22), (-18 - 22 * math.cos(fan), -24 + 22 * math.sin(fan))], 5, 3), dark, ink_width=0.9)  # fmt: skip
    pen.shape(blob((-24, -26), (-8, -33), (12, -34), (18, -24), (8, -12), (-12, -12)), feathers)
    pen.shape(limb([(12, -28), (20, -38), (25, -46)], 8.4, 7, 6), feathers)
    pen.fill(oval(10, -26, 8, 7), feathers)
    pen.shape(blob((-10, -28), (-26, -50), (-24, -64), (-8, -58), (8, -30), (0, -22)), mix(feathers, DARK, 0.1))  # fmt: skip
    for a, b in (((-22, -58), (-6, -34)), ((-14, -58), (0, -32))):
        pen.ink([a, b], 0.5)
    _hen_head(pen, 26, -48, feathers)
    for x, y in ((-38, -48), (36, -22), (-34, -6)):
        pen.shape(oval(x, y, 5, 2, 40), feathers, ink_width=0.5, shade=0)


def _chick(pen: Pen, pose: str, down: str) -> None:
    for foot in (-2, 4):
        pen.ink([(foot, -5), (foot, -0.8), (foot + 4, -0.4)], 0.9, BEAK)
    pen.shape(blob((-11, -13), (-2, -16), (8, -14), (9, -6), (0, -3), (-8, -5)), down)
    pen.shape(blob((-6, -12), (2, -12), (2, -7), (-5, -8)), mix(down, DARK, 0.12), ink_width=0.7)
    y = -8.0 if pose == "peck" else -19.0
    x = 12.0 if pose == "peck" else 7.0
    pen.shape(oval(x, y, 6.6, 6.2), down, ink_width=0.9)
    pen.shape(poly((x + 5, y - 2), (x + 11, y + 1), (x + 5, y + 2.6), corner=0.3), BEAK, ink_width=0.6, shade=0)  # fmt: skip
    eye(pen, x + 2, y - 1.4, 1.2)


def _bee(pen: Pen, pose: str, stripes: str) -> None:
    """One bee; ``swarm`` a cloud of them. Drawn high above the ground, where they fly."""
    if pose == "swarm":
        for index in range(13):
            turn = 2.4 * index
            r = 10.5 * math.sqrt(index)
            _one_bee(pen, 0.8 * r * math.cos(turn), -128 + r * math.sin(turn), 0.36, stripes)
        for x, y in ((-34, -114), (22, -156)):
            pen.ink(path((x, y), (x + 5, y - 4), (x + 10, y - 1), (x + 5, y + 3)), 0.4)
        return
    pen.ink(path((-4, -106), (-6, -108), (-5, -110), (-3, -109)), 0.4)
    _one_bee(pen, 3, -110, 0.5, stripes)
    pen.fill(oval(3, -1, 4, 1), "#3a2a5a", 0.16)


def _one_bee(pen: Pen, x: float, y: float, s: float, stripes: str) -> None:
    for dx, turn in ((-2, -24), (3, 16)):
        pen.shape(
            oval(x + dx * s, y - 8 * s, 3.8 * s, 7 * s, turn), "#e6f1f2", ink_width=0.6, shade=0
        )
    body = oval(x, y, 10.5 * s, 6.6 * s)
    pen.shape(body, stripes, ink_width=0.8)
    with pen.clip(body):
        for dx in (-6, 0):
            pen.fill(band([(x + dx * s, y - 8 * s), (x + dx * s - 1, y + 8 * s)], 3.2 * s), INK)
    pen.shape(
        oval(x + 8.5 * s, y - 0.6 * s, 4.6 * s), mix(stripes, DARK, 0.12), ink_width=0.7, shade=0
    )
    pen.fill(oval(x + 10 * s, y - 1.6 * s, 1.1 * s), INK)
    for feeler in (9, 11.5):
        pen.ink([(x + feeler * s, y - 4 * s), (x + (feeler + 2) * s, y - 8 * s)], 0.5)


def _heads(**poses: Point) -> dict[str, Point]:
    return poses


_DRAWN: tuple[AnimalKind, ...] = (
    AnimalKind(
        "sheep",
        {
            "stand": (108, 72),
            "eat": (112, 70),
            "run": (112, 74),
            "bleat": (108, 74),
            "lie": (106, 57),
        },
        _sheep,
        WOOL,
        middle={"stand": 5, "eat": 7, "run": 7, "bleat": 5, "lie": 4},
        head=_heads(stand=(42, -51), eat=(46, -15), run=(46, -53), bleat=(42, -53), lie=(40, -35)),
        mouth=_heads(stand=(54, -42), eat=(58, -6), run=(58, -44), bleat=(54, -42), lie=(52, -26)),
        bite=34,
        collar=_heads(
            stand=(30, -44), eat=(34, -20), run=(34, -46), bleat=(30, -44), lie=(28, -26)
        ),
    ),
    AnimalKind(
        "goat",
        {"stand": (116, 109), "eat": (124, 75), "run": (134, 109), "rear": (105, 151)},
        _goat,
        "#cfc4b4",
        middle={"stand": 8, "eat": 12, "run": 6, "rear": 6},
        head=_heads(stand=(47, -78), eat=(55, -24), run=(53, -78), rear=(39, -120)),
        mouth=_heads(stand=(62, -72), eat=(70, -18), run=(68, -72), rear=(54, -114)),
        bite=36,
        collar=_heads(stand=(34, -68), eat=(40, -38), run=(38, -68), rear=(24, -108)),
    ),
    AnimalKind(
        "pig",
        {"stand": (116, 69), "run": (116, 69), "muddy": (116, 69), "lie": (107, 49)},
        _pig,
        "#eab9ab",
        middle={"stand": 3, "run": 3, "muddy": 3, "lie": 5},
        head=_heads(stand=(38, -42), run=(38, -42), muddy=(38, -42), lie=(36, -22)),
        mouth=_heads(stand=(48, -31), run=(48, -31), muddy=(48, -31), lie=(46, -11)),
        bite=36,
        collar=_heads(stand=(22, -34), run=(22, -34), muddy=(22, -34), lie=(20, -16)),
    ),
    AnimalKind(
        "chicken",
        {"stand": (56, 49), "peck": (60, 42), "sit": (56, 41), "run": (56, 49), "fly": (64, 52)},
        _chicken,
        "#c98a55",
        middle={"stand": -4, "peck": -2, "sit": -4, "run": -4, "fly": -1},
        head=_heads(stand=(14, -37), peck=(21, -7), sit=(14, -30), run=(14, -37), fly=(20, -36)),
        mouth=_heads(stand=(23, -36), peck=(28, -2), sit=(23, -29), run=(23, -36), fly=(30, -36)),
        bite=18,
        jaw={"peck": 40},
    ),
    AnimalKind(
        "chick",
        {"stand": (30, 27), "peck": (35, 18)},
        _chick,
        "#f0cf62",
        middle={"stand": 3, "peck": 6},
        head=_heads(stand=(8, -19), peck=(13, -8)),
    ),
    AnimalKind(
        "bee",
        {"fly": (16, 119), "swarm": (67, 165)},
        _bee,
        "#ecbf4a",
        middle={"fly": 2, "swarm": -1},
        head=_heads(fly=(10, -111), swarm=(4, -128)),
    ),
)
#: What is drawn larger than it is beside people, and by how much it is made smaller.
_SHARES = {"chick": 0.62}
KINDS = tuple(placed(kind, _SHARES.get(kind.word, 1.0)) for kind in _DRAWN)
