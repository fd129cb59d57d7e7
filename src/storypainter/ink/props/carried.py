"""Props that people carry, wear, read, push or ride."""

from __future__ import annotations

import itertools

import numpy as np

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import (
    arc,
    around,
    band,
    blob,
    join,
    limb,
    oval,
    path,
    poly,
    rect,
)
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    PINK,
    PURPLE,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    moved_pen,
)

LEATHER = "#8a5d42"


def draw_newspaper(pen: Pen, look: Look) -> None:
    """An open newspaper, its lower edge at the foot; headlines are lines, not letters.

    Held, it shows its front page, to the right of its fold, and its back page.
    """
    paper = look.tint("#efece2")
    pen.shape(poly((-28, -36), (0, -39), (0, -2), (-28, 1), corner=0.6), paper)
    pen.shape(poly((28, -36), (0, -39), (0, -2), (28, 1), corner=0.6), mix(paper, "#8c8890", 0.12))
    if look.where == "held":
        _newspaper_outside(pen)
        return
    for side in (-1, 1):
        pen.ink([(side * 24, -31), (side * 4, -33.4)], 1.3)
        pen.shape(
            poly((side * 24, -27), (side * 13, -28), (side * 13, -17), (side * 24, -16)),
            "#c9c6bf",
            ink_width=0.4,
            shade=0,
        )
        for row in range(3):
            pen.ink([(side * 11, -27 + row * 4), (side * 3, -28 + row * 4)], 0.4)
        for row in range(3):
            pen.ink([(side * 24, -12 + row * 4), (side * 3, -13.4 + row * 4)], 0.4)


def _newspaper_outside(pen: Pen) -> None:
    """A front page with its title and one large picture; a back page of small notices."""
    pen.shape(poly((4, -35.6), (24, -33.6), (24, -29.4), (4, -31.2)), DARK, ink_width=0.3, shade=0)
    pen.shape(poly((4, -28), (24, -26.4), (24, -13), (4, -14.4)), "#c9c6bf", ink_width=0.4, shade=0)
    for row in range(3):
        pen.ink([(4, -10.6 + row * 3.4), (24, -9.4 + row * 3.4)], 0.4)
    for left, top in ((-24, -32), (-13, -33), (-24, -19), (-13, -20)):
        box = poly((left, top), (left + 9, top - 0.8), (left + 9, top + 9.2), (left, top + 10))
        pen.shape(box, "#dedbd2", ink_width=0.4, shade=0)
        pen.ink([(left + 2, top + 4.6), (left + 7, top + 4.2)], 0.4)


def draw_book(pen: Pen, look: Look) -> None:
    """A closed book held upright; ``open`` it shows its pages, or its cover where it is read."""
    cover = look.tint("#a34a4a")
    if look.state == "open" and look.where == "held":
        draw_cover(pen, cover, 22, 27)
        pen.shape(poly((6, -21), (17, -22), (17, -16), (6, -15)), CREAM, ink_width=0.5, shade=0)
        return
    if look.state == "open":
        pen.shape(
            poly((-22, -25), (0, -22), (22, -25), (22, -1), (0, 2), (-22, -1), corner=0.6), cover
        )
        for side in (-1, 1):
            pen.shape(
                poly((0, -23), (side * 20, -27), (side * 20, -3), (0, 0), corner=0.5),
                WHITE,
                ink_width=0.7,
            )
            for row in range(3):
                pen.ink([(side * 4, -17 + row * 5), (side * 16, -19 + row * 5)], 0.4)
        return
    pen.shape(rect(-10, -27, 11, 0, 1), WHITE, ink_width=0.8)
    pen.shape(rect(-12, -28, 9, 0, 1.2), cover)
    pen.ink([(-8, -27), (-8, -1)], 0.6)
    pen.shape(rect(-5, -23, 6, -17, 0.6), CREAM, ink_width=0.5, shade=0)


def draw_cover(pen: Pen, cover: str, half: float, height: float) -> None:
    """What others see of an open book that is read: both boards, the spine, a rim of pages.

    ``half`` its width and its ``height`` are in cm; the lower edge of the spine is at the foot.
    """
    rim = poly((2 - half, -height - 2), (0, 1.5 - height), (half - 2, -height - 2), (half - 2, 5 - height), (2 - half, 5 - height))  # fmt: skip
    pen.shape(rim, WHITE, ink_width=0.7, shade=0)
    for side in (-1, 1):
        board = poly((0, 3 - height), (side * half, -height), (side * half, -1), (0, 2), corner=0.5)
        pen.shape(board, cover if side < 0 else mix(cover, DARK, 0.1))
    pen.shape(rect(-1.8, 2.6 - height, 1.8, 2.4, 0.8), mix(cover, DARK, 0.25), ink_width=0.6)


def draw_bag(pen: Pen, look: Look) -> None:
    """A handbag with a flap."""
    skin = look.tint(LEATHER)
    pen.ink(arc(0, -26, 13, 20, 180, 360), 1.5, mix(skin, DARK, 0.4))
    pen.shape(poly((-19, -28), (19, -28), (21, 0), (-21, 0), corner=3), skin)
    pen.shape(
        poly((-20, -29), (20, -29), (16, -13), (-16, -13), corner=2),
        mix(skin, WHITE, 0.12),
        ink_width=0.8,
    )
    pen.shape(oval(0, -13, 2.6), YELLOW, ink_width=0.6, shade=0)


def draw_shopping_bag(pen: Pen, look: Look) -> None:
    """A paper bag with shopping that looks out of it."""
    paper = look.tint("#d9b98a")
    pen.shape(limb([(-6, -36), (-11, -56)], 3.2, 2.4), "#d39a55", ink_width=0.8)
    pen.shape(blob((3, -38), (2, -50), (9, -56), (16, -50), (15, -38)), GREEN, ink_width=0.8)
    pen.shape(oval(1, -40, 5), RED, ink_width=0.7)
    pen.shape(poly((-18, -40), (18, -40), (16, 0), (-16, 0), corner=1), paper)
    pen.ink(arc(0, -40, 8, 11, 180, 360), 1.0, DARK_WOOD)
    pen.ink([(11, -39), (9, -2)], 0.5)


def draw_suitcase(pen: Pen, look: Look) -> None:
    """A suitcase with corners and a label."""
    hide = look.tint(BLUE)
    pen.ink(arc(0, -46, 9, 9, 180, 360), 1.9)
    pen.shape(rect(-32, -47, 32, 0, 5), hide)
    for x in (-19, 19):
        pen.shape(rect(x - 3, -47, x + 3, 0), mix(hide, DARK, 0.35), ink_width=0.6, shade=0)
    pen.shape(rect(-9, -30, 9, -18, 1), CREAM, ink_width=0.6, shade=0)


def draw_umbrella(pen: Pen, look: Look) -> None:
    """An umbrella over its handle: open, closed, or turned inside out by the wind."""
    cloth = look.tint(PURPLE)
    pen.shape(limb([(0, 0), (0, -72)], 1.4, 1.2), DARK_WOOD, ink_width=0.6)
    pen.ink(path((0, 0), (1, 6), (6, 7), (8, 2)), 1.6, DARK_WOOD)
    if look.state == "closed":
        pen.shape(poly((-5, -66), (5, -66), (2.2, -14), (-2.2, -14), corner=1), cloth)
        pen.ink([(-1, -64), (0, -18)], 0.5)
        return
    if look.state == "inside out":
        _blown_umbrella(pen, cloth)
        return
    xs = np.linspace(-54, 54, 5)
    lower = [(54.0, -66.0)]
    for left, right in zip(xs[::-1][:-1], xs[::-1][1:], strict=True):
        lower += [((left + right) / 2, -72.0), (float(right), -66.0)]
    dome = [tuple(p) for p in arc(0, -66, 54, 42, 180, 360).tolist()]
    pen.shape(poly(*dome, *lower), cloth)
    for x in (-27, 0, 27):
        pen.ink(path((0, -108), (x * 0.75, -92), (x, -67)), 0.6)
    pen.ink([(0, -108), (0, -114)], 1.3)


def _blown_umbrella(pen: Pen, cloth: str) -> None:
    tips = ((-44, -104), (-22, -116), (2, -120), (26, -114), (46, -100))
    edge: list[tuple[float, float]] = []
    for a, b in itertools.pairwise(tips):
        edge += [a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 9)]
    pen.shape(poly((0, -68), *edge, tips[-1], corner=0.3), cloth)
    for tip in tips:
        pen.ink([(0, -68), tip], 0.6, mix(cloth, WHITE, 0.55))
        pen.ink([tip, (tip[0] * 1.08, tip[1] - 5)], 0.8)


def draw_hat(pen: Pen, look: Look) -> None:
    """A brimmed hat; ``blown off`` it flies, tilted, with lines of wind behind it."""
    felt = look.tint("#8a7350")
    if look.state == "blown off":
        for x, y, length in ((-52, -20, 26), (-58, -10, 30), (-50, 0, 24)):
            pen.ink(path((x, y), (x + length / 2, y - 2), (x + length, y)), 0.7, "#6d6472")
        crown = poly((-13, -12), (-10, -29), (2, -32), (14, -25), (18, -10), corner=3)
        pen.shape(crown, felt)
        pen.shape(poly((-13, -14), (18, -12), (17, -7), (-13, -9)), DARK, ink_width=0.5, shade=0)
        pen.shape(oval(3, -8, 29, 6.5, 8), felt)
        return
    pen.shape(
        poly((-15, -5), (-13, -23), (-4, -26), (0, -23), (5, -26), (13, -23), (15, -5), corner=3),
        felt,
    )
    pen.shape(rect(-15, -10, 15, -5), DARK, ink_width=0.5, shade=0)
    pen.shape(oval(0, -4, 27, 5), felt)


def draw_bouquet(pen: Pen, look: Look) -> None:
    """Flowers in paper."""
    bloom = look.tint(PINK)
    for x, y in ((-15, -30), (15, -31), (0, -42)):
        pen.shape(
            blob((x * 0.3, -18), (x - 4, y + 4), (x, y - 5), (x + 5, y + 3)), GREEN, ink_width=0.6
        )
    pen.shape(poly((-13, -26), (13, -26), (4, 0), (-4, 0), corner=1), CREAM)
    pen.shape(
        poly((-5, -10), (5, -10), (6, -6), (-6, -6)), mix(bloom, WHITE, 0.2), ink_width=0.6, shade=0
    )
    spots = ((-11, -29), (0, -26), (11, -30), (-6, -37), (6, -38), (0, -32))
    for index, (x, y) in enumerate(spots):
        hue = bloom if index % 3 else mix(bloom, WHITE, 0.45)
        flower = join(*(oval(*around(x, y, 3.4, k * 72), 3.1) for k in range(5)))
        pen.shape(flower, hue, ink_width=0.6, shade=0.5)
        pen.fill(oval(x, y, 1.9), "#d08a2c" if hue != YELLOW else "#a9692c")


def draw_camera(pen: Pen, look: Look) -> None:
    """A camera from its side, the lens to the right."""
    body = look.tint(DARK)
    pen.shape(rect(-7, -24, 6, -18, 1.5), body)
    pen.shape(rect(-13, -20, 11, 0, 3), body)
    pen.shape(rect(10, -17, 24, -3, 1.5), mix(body, WHITE, 0.18))
    pen.shape(rect(22, -18.5, 27, -1.5, 1), mix(body, "#000000", 0.3))
    pen.fill(rect(-11, -14, 9, -11), STEEL)
    pen.shape(rect(-11, -23, -8, -20, 0.5), RED, ink_width=0.5, shade=0)


def draw_phone(pen: Pen, look: Look) -> None:
    """A mobile phone: its screen, or its back with the lens where somebody holds it."""
    case = look.tint(DARK)
    pen.shape(rect(-5.5, -20, 5.5, 0, 1.6), case)
    if look.where == "held":
        pen.shape(
            rect(-4.2, -18.6, 0.4, -13.6, 1.2), mix(case, WHITE, 0.22), ink_width=0.4, shade=0
        )
        for y in (-17.2, -15):
            pen.shape(oval(-1.9, y, 0.95), "#bfe0e6", ink_width=0.4, shade=0)
        return
    pen.shape(rect(-4.2, -17.6, 4.2, -3, 0.5), "#bfe0e6", ink_width=0.4, shade=0)


def draw_map(pen: Pen, look: Look) -> None:
    """A folded-out map; who reads it shows its back to the viewer: folds and a title."""
    paper = look.tint("#e6e3bd")
    folds = ((-30, -34), (-15, -30), (0, -34), (15, -30), (30, -34))
    for (left, left_top), (right, right_top) in itertools.pairwise(folds):
        pen.shape(
            poly(
                (left, left_top), (right, right_top), (right, right_top + 33), (left, left_top + 33)
            ),
            paper,
            ink_width=0.8,
            shade=0.4,
        )
    if look.where == "held":
        title = poly((2.5, -30), (12.5, -27.4), (12.5, -6.4), (2.5, -9))
        pen.shape(title, "#8fb3a3", ink_width=0.5, shade=0)
        pen.shape(oval(7.5, -21, 3), paper, ink_width=0.4, shade=0)
        pen.ink([(4.6, -13), (10.4, -11.6)], 0.6)
        return
    pen.fill(oval(-16, -12, 9, 6), "#b7cf97")
    pen.fill(band(path((8, -32), (12, -20), (22, -14), (24, -3)), 3), WATER_BLUE)
    pen.ink(path((-26, -26), (-12, -20), (4, -18), (14, -8)), 0.8, RED)
    pen.ink([(12, -11), (18, -5)], 1.0, RED)
    pen.ink([(18, -11), (12, -5)], 1.0, RED)


WATER_BLUE = "#9ccbd8"


def draw_magnifying_glass(pen: Pen, look: Look) -> None:
    """A magnifying glass, its lens up."""
    pen.shape(limb([(0, 0), (0, -18)], 2.4, 2), look.tint(DARK_WOOD), ink_width=0.8)
    pen.fill(oval(0, -29, 10), "#d6ecef", 0.75, solid=True)
    pen.shape(oval(0, -29, 12).difference(oval(0, -29, 9.4)), IRON, ink_width=0.6)
    pen.ink(arc(0, -29, 6, 6, 195, 255), 0.8, WHITE)


def draw_pram(pen: Pen, look: Look) -> None:
    """A pram, pushed from its left; the hood is up."""
    cloth = look.tint("#5d7f95")
    pen.shape(
        limb(path((-30, -58), (-48, -82), (-60, -90)), 1.3, 1.3), IRON, ink_width=0.6, shade=0
    )
    pen.shape(limb([(-56, -88), (-68, -93)], 2.4, 2.4), DARK, ink_width=0.6, shade=0)
    pen.ink([(-24, -34), (30, -14)], 1.3, IRON)
    pen.ink([(26, -34), (-28, -14)], 1.3, IRON)
    pen.shape(blob((-38, -60), (40, -60), (38, -40), (20, -28), (-18, -28), (-34, -40)), cloth)
    _sleeping_baby(moved_pen(pen, 0, -3))
    hood = [tuple(p) for p in arc(14, -60, 28, 36, 270, 360).tolist()]
    pen.shape(poly((14, -60), *hood, corner=0.5), mix(cloth, DARK, 0.18))
    for x, top in ((24, -93), (34, -84)):
        pen.ink([(16, -61), (x, top)], 0.7)
    pen.shape(rect(-39, -63, 41, -57, 2), mix(cloth, WHITE, 0.25))
    for x in (-28, 30):
        _spoked(pen, x, -14, 14)


def _sleeping_baby(pen: Pen) -> None:
    """A baby asleep on its pillow, its face to the viewer, a blanket up to the chin."""
    skin, blush = "#efc29b", "#e59a86"
    pen.shape(blob((-20, -60), (-18, -80), (0, -86), (17, -80), (20, -60)), WHITE, ink_width=0.7)
    pen.shape(oval(-12, -71, 2.6), skin, ink_width=0.7, shade=0)
    pen.shape(oval(12, -71, 2.6), skin, ink_width=0.7, shade=0)
    pen.shape(oval(0, -71, 12, 11), skin, ink_width=0.9, shade=0.6)
    for x in (-8, 8):
        pen.fill(oval(x, -67, 2.4, 1.7), blush, 0.7)
    for x in (-5, 5):
        pen.ink(path((x - 2.8, -71.5), (x, -69.8), (x + 2.8, -71.5)), 0.9)
    pen.ink(path((-2.4, -65.6), (0, -64.6), (2.4, -65.6)), 0.8)
    tuft = path((-3, -80), (-1, -86), (4, -87), (5.4, -83.4), (2.6, -82.6))
    pen.ink(tuft, 1.5, "#5b4030")
    pen.ink(path((0, -81), (-4, -85), (-7, -84)), 1.3, "#5b4030")
    quilt = blob((-32, -57), (-26, -63), (-10, -61.5), (0, -60), (10, -61.5), (26, -63), (34, -57))
    pen.shape(quilt, "#f3dfa2", ink_width=0.8)


def _spoked(pen: Pen, x: float, y: float, radius: float) -> None:
    tyre = oval(x, y, radius).difference(oval(x, y, radius * 0.82))
    pen.fill(oval(x, y, radius * 0.84), WHITE, 0.35)
    for turn in range(5):
        a, b = around(x, y, radius * 0.84, turn * 36), around(x, y, radius * 0.84, turn * 36 + 180)
        pen.ink([a, b], 0.35)
    pen.shape(tyre, DARK, ink_width=0.5, shade=0)
    pen.shape(oval(x, y, radius * 0.16), STEEL, ink_width=0.5, shade=0)


def draw_bicycle(pen: Pen, look: Look) -> None:
    """A bicycle that faces right; ``lying`` is for one that fell."""
    frame = look.tint(RED)
    squash = 0.45 if look.state == "lying" else 1.0

    def at(x: float, y: float) -> tuple[float, float]:
        return x, y * squash

    for x in (-50, 50):
        tyre = oval(x, -33 * squash, 33, 33 * squash)
        for turn in range(8):
            dx, dy = around(0, 0, 30, turn * 22.5)
            pen.ink([(x - dx, (-33 - dy) * squash), (x + dx, (-33 + dy) * squash)], 0.3)
        pen.shape(
            tyre.difference(oval(x, -33 * squash, 29.5, 29.5 * squash)),
            DARK,
            ink_width=0.4,
            shade=0,
        )
    for a, b in (
        ((-50, -33), (-20, -74)),
        ((-50, -33), (-6, -32)),
        ((-6, -32), (-22, -80)),
        ((-20, -72), (32, -76)),
        ((-6, -32), (34, -70)),
        ((50, -33), (32, -86)),
    ):
        pen.shape(limb([at(*a), at(*b)], 2, 2), frame, ink_width=0.7)
    pen.shape(oval(-6, -32 * squash, 7, 7 * squash), STEEL, ink_width=0.7)
    pen.shape(
        poly(at(-34, -86), at(-10, -85), at(-14, -79), at(-30, -80), corner=1), DARK, ink_width=0.6
    )
    pen.ink([at(32, -86), at(30, -96), at(18, -98)], 1.5)


def draw_leash(pen: Pen, look: Look) -> None:
    """A leash with no dog on it: a strap that hangs from the hand to its empty collar."""
    strap = look.tint(RED)
    loop = path((0, -69), (6, -81), (-2, -89), (-6, -79), (0, -69))
    pen.shape(band(loop, 1.8), strap, ink_width=0.5)
    line = path((0, -69), (4, -47), (-2, -29), (10, -11))
    pen.shape(band(line, 2.4), strap, ink_width=0.5, shade=0)
    ring = oval(16, -6, 10, 6).difference(oval(16, -6, 7, 3.4))
    pen.shape(ring, strap, ink_width=0.6, shade=0)
    pen.shape(oval(11, -11, 2), STEEL, ink_width=0.5, shade=0)


KINDS = (
    PropKind(
        "newspaper",
        (56, 40),
        draw_newspaper,
        grips=((-26, -12), (26, -12)),
        carry="read",
        flattens=("plain",),
        thick=1.5,
    ),
    PropKind(
        "book",
        (24, 28),
        draw_book,
        ("closed", "open"),
        grips=((-2, -8), (14, -4)),
        carry="front",
        sizes={"open": (44, 28)},
        scale=0.88,
        flattens=("closed", "open"),
        thick=5.0,
    ),
    PropKind("bag", (42, 46), draw_bag, grips=((0, -45),), carry="low", scale=0.86),
    PropKind("shopping bag", (36, 57), draw_shopping_bag, grips=((0, -50),), carry="low"),
    PropKind("suitcase", (64, 56), draw_suitcase, grips=((0, -54),), carry="low", scale=0.88),
    PropKind(
        "umbrella",
        (108, 116),
        draw_umbrella,
        ("open", "closed", "inside out"),
        grips=((0, -4),),
        carry="raised",
        sizes={"closed": (14, 76), "inside out": (92, 124)},
        scale=0.94,
        flattens=("closed",),
    ),
    PropKind(
        "hat",
        (56, 28),
        draw_hat,
        ("plain", "blown off"),
        grips=((22, -5),),
        carry="front",
        sizes={"blown off": (92, 34)},
        airs={"blown off": 150},
        scale=0.8,
    ),
    PropKind(
        "bouquet", (36, 46), draw_bouquet, grips=((0, -8),), carry="front", flattens=("plain",)
    ),
    PropKind(
        "camera",
        (40, 25),
        draw_camera,
        grips=((-6, -3), (15, -4)),
        carry="eyes",
        scale=0.74,
        shifts={"plain": -7.0},
    ),
    PropKind(
        "phone",
        (12, 21),
        draw_phone,
        grips=((0, -7),),
        carry="ear",
        scale=0.86,
        weight=0.7,
        flattens=("plain",),
        thick=1.5,
    ),
    PropKind(
        "map", (60, 36), draw_map, grips=((-28, -12), (28, -12)), carry="read", flattens=("plain",)
    ),
    PropKind(
        "magnifying glass",
        (24, 42),
        draw_magnifying_glass,
        grips=((0, -7),),
        carry="front",
        scale=0.74,
        flattens=("plain",),
    ),
    PropKind(
        "pram", (122, 96), draw_pram, grips=((-64, -91), (-58, -88)), carry="push", weight=0.95
    ),
    PropKind(
        "bicycle",
        (166, 100),
        draw_bicycle,
        ("plain", "lying"),
        grips=((20, -98), (30, -96)),
        carry="push",
        weight=0.9,
        sizes={"lying": (166, 46)},
    ),
    PropKind(
        "dog leash", (32, 92), draw_leash, grips=((0, -72),), carry="lead", flattens=("plain",)
    ),
)
