"""Household things: cleaning, linen, light, flowers, books, and what goes wrong (smoke, shards)."""

from __future__ import annotations

from dataclasses import replace

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import lines
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.carried import draw_cover
from storypainter.ink.props.effects import SMOKE, flame
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    PALE_WOOD,
    PINK,
    RED,
    STEEL,
    WATER,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    strip,
)


def draw_tea_towel(pen: Pen, look: Look) -> None:
    """A checked towel that hangs from its upper edge; ``burning`` its hem has caught fire."""
    hue = look.tint(RED)
    cloth = poly(
        (-11, -36), (0, -37), (11, -36), (13, -4), (7, -1), (1, -3), (-6, 0), (-13, -3), corner=1
    )
    pen.shape(cloth, WHITE)
    with pen.clip(cloth.buffer(-0.6)):
        for x in (-8, 8):
            pen.fill(rect(x - 1.2, -40, x + 1.2, 2), hue, 0.7)
            pen.ink([(x, -38), (x, 0)], 0.35, hue)
        for y in (-31, -8):
            pen.fill(rect(-15, y - 1.4, 15, y + 1.4), hue, 0.7)
            pen.ink([(-14, y), (14, y)], 0.35, hue)
    for x, top in ((-3, -30), (4, -26)):
        pen.ink(path((x, top), (x + 1, top + 10), (x, top + 20)), 0.45, "#a9a6ad")
    if look.state == "burning":
        pen.shape(
            blob((-14, -2), (-8, -7), (0, -5), (8, -8), (14, -3), (6, 1), (-6, 1)),
            DARK,
            ink_width=0.5,
            shade=0,
        )
        for x, size in ((-9, 14), (10, 16), (0, 22)):
            flame(pen, x, -1, size)


def draw_oven_glove(pen: Pen, look: Look) -> None:
    """A padded mitten, its fingers up."""
    hue = look.tint("#d98a5f")
    hand = join(limb([(0, -8), (0, -25)], 8.6, 8), limb([(5, -13), (13, -21)], 4.0, 4.0))
    pen.shape(hand, hue)
    with pen.clip(hand.buffer(-1)):
        for index in range(-5, 6):
            for lean in (-16, 16):
                x = index * 7
                pen.ink([(x - lean, 0), (x + lean, -34)], 0.35, mix(hue, DARK, 0.35))
    pen.shape(rect(-9.4, -6, 9.4, 0, 2), CREAM, ink_width=0.8)
    pen.ink(path((8, 0), (11, 3), (12, -1), (9.4, -2)), 0.6, mix(hue, DARK, 0.3))


def draw_dustpan(pen: Pen, look: Look) -> None:
    """A dustpan, its handle to the left; ``full`` of shards and dust."""
    hue = look.tint("#6f9fb8")
    pen.shape(limb([(-34, -9), (-10, -7)], 2.2, 2.6), hue, ink_width=0.8)
    pen.shape(
        poly((-12, -14), (12, -12), (24, -1), (-12, -1), corner=1),
        mix(hue, DARK, 0.24),
        ink_width=0.8,
        shade=0,
    )
    if look.state == "full":
        pen.shape(blob((-10, -3), (-4, -12), (6, -10), (16, -4), (4, -1)), "#a29d98", ink_width=0.6)
        pen.shape(poly((-2, -8), (4, -17), (9, -8)), WHITE, ink_width=0.6, shade=0)
        pen.shape(poly((6, -5), (14, -10), (14, -3)), WHITE, ink_width=0.6, shade=0)
    pen.shape(poly((-13, -15), (-9, -14), (-9, -5), (25, -2.6), (25, 0), (-13, 0), corner=0.6), hue)


def draw_broom(pen: Pen, look: Look) -> None:
    """A broom, its bristles on the floor."""
    pen.shape(limb([(0, -18), (0, -142)], 2.1, 1.9), look.tint(PALE_WOOD))
    straw = poly((-9, -22), (9, -22), (21, -2), (14, 0), (-13, 0), (-21, -2), corner=1)
    pen.shape(straw, "#dcb865")
    for x in (-12, -6, 0, 6, 12):
        pen.ink([(x * 0.55, -19), (x * 1.1, -2.6)], 0.45, "#96702f")
    pen.shape(
        poly((-9.6, -27), (9.6, -27), (10.4, -20), (-10.4, -20), corner=1), RED, ink_width=0.7
    )


def draw_mop(pen: Pen, look: Look) -> None:
    """A mop with a head of strands."""
    pen.shape(limb([(0, -20), (0, -142)], 2.1, 1.9), look.tint(BLUE))
    strands = [
        limb(path((x * 0.3, -22), (x * 0.8, -12), (x, -2)), 2.6, 3.2, 2.6)
        for x in (-20, -13, -6, 0, 6, 13, 20)
    ]
    pen.shape(join(*strands), "#ece6d6")
    for x in (-16, -9, -3, 3, 9, 16):
        pen.ink(path((x * 0.32, -20), (x * 0.8, -11), (x * 0.98, -2)), 0.5, "#a59c88")
    pen.shape(poly((-6, -27), (6, -27), (8.4, -19), (-8.4, -19), corner=1), STEEL, ink_width=0.7)


def draw_broken_plate(pen: Pen, look: Look) -> None:
    """A round plate in pieces on the floor, its blue rim still to be seen."""
    china = look.tint(WHITE)
    disc = oval(0, -6, 27, 10.5)
    rim = disc.buffer(-1.6).difference(disc.buffer(-2.8))
    hub = oval(0, -6, 15, 5).boundary
    middle = (1.0, -5.0)
    corners = ((-40, -10), (-14, -30), (18, -28), (42, -8), (20, 16), (-22, 14))
    cracks = ((-13, -9), (-5, -11), (9, -12), (13, -5), (8, -1), (-8, 0))
    moves = ((-6, -3), (0, -6), (7, -3), (7, 2), (-1, 4), (-8, 1))
    for index, (dx, dy) in enumerate(moves):
        after = (index + 1) % len(corners)
        wedge = poly(middle, cracks[index], corners[index], corners[after], cracks[after])
        pen_ = pen.frame.point(dx, dy)
        moved = Pen(pen.canvas, replace(pen.frame, x=pen_[0], y=pen_[1]), pen.weight)
        piece = disc.intersection(wedge)
        moved.shape(piece, china, ink_width=0.8, shade=0.7)
        moved.fill(rim.intersection(wedge), BLUE)
        for line in lines(hub.intersection(piece.buffer(-0.4))):
            moved.ink(line.coords, 0.4, "#8fa0aa")
    for x, y in ((-38, 2), (-22, 8), (30, 8), (41, 0), (14, -22)):
        pen.shape(
            poly((x - 2, y), (x + 0.4, y - 2.6), (x + 2.2, y + 0.8)),
            china,
            ink_width=0.6,
            shade=0,
        )


def draw_recipe_book(pen: Pen, look: Look) -> None:
    """A recipe book that stands open, a picture of a cake on one page."""
    cover = look.tint("#8f5d78")
    if look.where == "held":
        draw_cover(pen, cover, 25, 31)
        pen.shape(oval(13, -16, 6), CREAM, ink_width=0.6, shade=0)
        return
    pen.shape(poly((-25, -31), (0, -28), (25, -31), (26, -1), (0, 1), (-26, -1), corner=0.6), cover)
    for side in (-1, 1):
        pen.shape(
            poly((0, -29), (side * 23, -32), (side * 23.4, -4), (0, -1), corner=0.5),
            WHITE,
            ink_width=0.7,
            shade=0.6,
        )
    for row in range(5):
        pen.ink([(4, -23 + row * 4), (19 - (row % 2) * 4, -25 + row * 4)], 0.45)
    pen.shape(
        poly((-20, -27), (-4, -25), (-4, -12), (-20, -13.6)), "#f2dfc0", ink_width=0.4, shade=0
    )
    pen.shape(rect(-16, -19, -8, -14.6, 0.6), "#c98a5a", ink_width=0.4, shade=0)
    pen.shape(
        blob((-16.6, -18), (-14, -21), (-10, -21), (-7.4, -18), (-12, -17)),
        PINK,
        ink_width=0.4,
        shade=0,
    )
    pen.shape(oval(-12, -22, 1.4), RED, ink_width=0.4, shade=0)
    for row in range(2):
        pen.ink([(-20, -9.4 + row * 3.4), (-6, -8 + row * 3.4)], 0.4)


def draw_fire_extinguisher(pen: Pen, look: Look) -> None:
    """A red extinguisher, its hose to the right; ``spraying`` a white cloud."""
    hue = look.tint("#c23b2e")
    if look.state == "spraying":
        puffs = (
            (30, -26, 5),
            (40, -28, 8),
            (53, -26, 11),
            (66, -33, 12),
            (66, -18, 11),
            (82, -26, 14),
        )
        pen.shape(
            join(*(oval(x, y, r, r * 0.88) for x, y, r in puffs)),
            WHITE,
            ink_width=0.6,
            ink_colour="#8c8890",
            shade=0,
        )
        for x, y, r in ((53, -26, 6), (68, -32, 7), (82, -25, 8)):
            pen.ink(arc(x, y, r, r * 0.8, 190, 310), 0.5, "#b3b0b6")
    pen.ink(path((2, -46), (12, -48), (17, -40), (20, -30), (25, -27)), 2.0, DARK)
    pen.shape(
        poly((23, -30), (30, -29), (30, -23), (23, -25), corner=0.6), DARK, ink_width=0.5, shade=0
    )
    pen.shape(join(rect(-11, -36, 11, 0, 3), oval(0, -35, 11, 8)), hue)
    pen.shape(rect(-4, -47, 4, -41, 0.8), STEEL, ink_width=0.6)
    pen.shape(limb([(-12, -51), (4, -48)], 1.7, 1.9), DARK, ink_width=0.5, shade=0)
    pen.shape(limb([(-12, -45), (3, -46)], 1.4, 1.6), DARK, ink_width=0.5, shade=0)
    pen.shape(rect(-8, -27, 8, -12, 1), CREAM, ink_width=0.5, shade=0)
    flame(pen, 0, -13.4, 11)


def draw_smoke_cloud(pen: Pen, look: Look) -> None:
    """A cloud of smoke that hangs in the air, thin or thick."""
    thick = look.state == "thick"
    hue = look.tint("#77737d" if thick else SMOKE)
    puffs = (
        (-44, -24, 20),
        (-20, -40, 26),
        (12, -46, 28),
        (42, -34, 24),
        (58, -18, 16),
        (10, -18, 30),
        (-26, -14, 20),
    )
    cloud = join(*(oval(x, y, r, r * 0.8) for x, y, r in puffs))
    pen.fill(cloud, mix(hue, WHITE, 0.16), 0.86 if thick else 0.5, solid=True)
    dark = mix(hue, DARK, 0.4)
    pen.ink(cloud.exterior.coords, 0.6 if thick else 0.4, dark, closed=True)
    for x, y, r in ((-34, -26, 13), (-6, -38, 15), (26, -38, 15), (44, -22, 11), (4, -16, 14)):
        pen.ink(arc(x, y, r, r * 0.8, 170, 330), 0.6 if thick else 0.4, dark)


def draw_cat_bowl(pen: Pen, look: Look) -> None:
    """A pet's bowl with a fish on it: full or empty."""
    hue = look.tint("#c8705a")
    pen.shape(poly((-11, -9), (11, -9), (16, 0), (-16, 0), corner=1.4), hue)
    pen.shape(oval(0, -9, 11.4, 2.6), mix(hue, DARK, 0.4), ink_width=0.7, shade=0)
    if look.state != "empty":
        pen.shape(
            blob((-9, -9), (-5, -13.4), (0, -14.4), (5, -13), (9, -9), (0, -7.6)),
            "#8a5d42",
            ink_width=0.6,
        )
        for x, y in ((-4, -11), (1, -12.4), (4.6, -10.4)):
            pen.fill(oval(x, y, 1.1), "#c79f6c")
    fish = join(oval(-1, -4.2, 4.4, 1.9), poly((2.4, -4.2), (6, -6.2), (6, -2.2)))
    pen.shape(fish, CREAM, ink_width=0.4, shade=0)
    pen.fill(oval(-3.4, -4.6, 0.5), DARK)


def draw_lunch_box(pen: Pen, look: Look) -> None:
    """A lunch box with a handle; open it shows a sandwich, an apple and grapes."""
    hue = look.tint(YELLOW)
    if look.state == "open":
        pen.shape(
            poly((-16, -16), (-17, -32), (17, -32), (16, -16), corner=2), mix(hue, DARK, 0.12)
        )
        pen.shape(poly((-14, -13), (-3, -25), (3, -13), corner=1), CREAM, ink_width=0.6)
        pen.ink([(-11, -14.6), (-3, -22.6)], 0.8, GREEN)
        pen.shape(oval(9, -18, 5.4), RED, ink_width=0.6)
        pen.ink([(9, -22), (10, -25)], 0.7, DARK_WOOD)
    else:
        pen.shape(band(arc(0, -22, 7, 6, 180, 360), 2.6), mix(hue, DARK, 0.35), ink_width=0.6)
        pen.shape(rect(-17, -22, 17, -12, 2.4), mix(hue, WHITE, 0.25))
    pen.shape(rect(-18, -15, 18, 0, 3), hue)
    for x in (-9, 9):
        pen.shape(
            rect(x - 2, -15.6, x + 2, -10.4, 0.8), mix(hue, DARK, 0.4), ink_width=0.5, shade=0
        )


def draw_candle(pen: Pen, look: Look) -> None:
    """A candle in a saucer with a ring: lit, or blown out."""
    if look.state == "lit":
        pen.fill(oval(0, -31, 15), "#ffe7a3", 0.35)
    brass = "#c39a4e"
    pen.shape(
        oval(11, -4, 4.4, 3.6).difference(oval(11, -4, 2.6, 2)), brass, ink_width=0.5, shade=0
    )
    pen.shape(poly((-12, -4), (12, -4), (8, 0), (-8, 0), corner=1), brass, ink_width=0.8)
    pen.shape(rect(-3.6, -23, 3.6, -3, 0.8), look.tint(CREAM))
    pen.shape(limb([(-3, -22), (-3.2, -15)], 1.2, 1.7), look.tint(CREAM), ink_width=0.5, shade=0)
    pen.ink([(0, -23), (0.4, -26)], 0.8)
    if look.state == "lit":
        flame(pen, 0.4, -25, 10)
    else:
        pen.ink(path((0.4, -28), (3, -32), (-1, -36), (3, -41)), 0.6, "#8c8890")


def draw_vase(pen: Pen, look: Look) -> None:
    """A vase: with flowers, empty, or broken in its water."""
    hue = look.tint("#7f9fb0")
    if look.state == "broken":
        _broken_vase(pen, hue)
        return
    if look.state == "flowers":
        for x, y, bloom in ((-11, -44, PINK), (1, -52, YELLOW), (12, -45, "#d98a5f")):
            pen.ink(path((0, -26), (x * 0.5, -36), (x, y)), 1.1, "#6f8f5c")
            pen.shape(oval(x * 0.8 + 3, y + 11, 4.6, 1.9, -30), GREEN, ink_width=0.5, shade=0)
            _flower(pen, x, y, bloom)
    body = blob((-5, -28), (-4.4, -23), (-10, -14), (-9, -4), (-6, 0), (6, 0), (9, -4), (10, -14), (4.4, -23), (5, -28), (0, -27))  # fmt: skip
    pen.shape(body, hue)
    pen.shape(oval(0, -28, 6, 1.6), mix(hue, DARK, 0.3), ink_width=0.6, shade=0)
    pen.ink(path((-9, -12), (0, -9.6), (9, -12)), 0.8, WHITE)


def _flower(pen: Pen, x: float, y: float, hue: str) -> None:
    petals = join(
        *(
            oval(x + a, y + b, 3.4)
            for a, b in ((0, -4), (3.8, -1.2), (2.4, 3.2), (-2.4, 3.2), (-3.8, -1.2))
        )
    )
    pen.shape(petals, hue, ink_width=0.6, shade=0.6)
    pen.fill(oval(x, y, 2.2), "#d08a2c" if hue != YELLOW else "#a9692c")


def _broken_vase(pen: Pen, hue: str) -> None:
    pen.shape(
        blob((-34, 0), (-20, -5), (4, -4), (28, -5), (38, 1), (18, 5), (-14, 5)),
        WATER,
        ink_width=0.7,
        shade=0,
    )
    for a, b, bloom in (((-8, -3), (-30, -9), PINK), ((4, -2), (26, 2), YELLOW)):
        pen.ink(path(a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - 3), b), 1.1, "#6f8f5c")
        _flower(pen, b[0], b[1], bloom)
    base = poly(
        (-9, 0), (-11, -11), (-5, -7), (-1, -13), (4, -8), (9, -12), (9, -3), (6, 1), corner=0.4
    )
    pen.shape(base, hue)
    for x, y in ((18, -6), (-20, 1), (12, 3)):
        pen.shape(
            poly((x - 4, y), (x, y - 6), (x + 5, y - 1), corner=0.3), hue, ink_width=0.7, shade=0
        )


def draw_sponge(pen: Pen, look: Look) -> None:
    """A washing-up sponge with suds."""
    pen.shape(rect(-10, -8, 10, -2.4, 1.6), look.tint(YELLOW))
    pen.shape(rect(-10, -3.4, 10, 0, 1), GREEN, ink_width=0.6)
    strip(
        pen,
        oval(-6, -9, 3),
        oval(-1, -10, 3.6),
        oval(4, -9, 2.6),
        fill=WHITE,
        ink_width=0.4,
        shade=0,
    )


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "tea towel",
        (26, 37),
        draw_tea_towel,
        ("plain", "burning"),
        grips=((0, -35),),
        carry="front",
        flattens=("plain",),
    ),
    PropKind(
        "oven glove",
        (27, 34),
        draw_oven_glove,
        grips=((0, -4),),
        carry="front",
        scale=0.88,
        flattens=("plain",),
    ),
    PropKind(
        "dustpan",
        (60, 16),
        draw_dustpan,
        ("plain", "full"),
        grips=((-30, -9),),
        carry="low",
        scale=0.68,
        shifts={"plain": 6.0, "full": 6.0},
    ),
    PropKind("broom", (44, 144), draw_broom, grips=((0, -98), (0, -70)), carry="push", lies=True),
    PropKind("mop", (46, 144), draw_mop, grips=((0, -98), (0, -70)), carry="push", lies=True),
    PropKind("broken plate", (86, 34), draw_broken_plate, flat=True),
    PropKind(
        "recipe book",
        (52, 33),
        draw_recipe_book,
        grips=((-24, -8), (24, -8)),
        carry="read",
        scale=0.84,
        flattens=("plain",),
        thick=3.0,
        props_up=True,
    ),
    PropKind(
        "fire extinguisher",
        (42, 53),
        draw_fire_extinguisher,
        ("plain", "spraying"),
        grips=((-4, -48), (24, -28)),
        carry="two",
        sizes={"spraying": (112, 53), "plain": (44, 53)},
        shifts={"plain": -8.0, "spraying": -41.0},
    ),
    PropKind(
        "smoke cloud",
        (140, 72),
        draw_smoke_cloud,
        ("thin", "thick"),
        airs={"thin": 150, "thick": 150},
    ),
    PropKind(
        "cat bowl",
        (33, 15),
        draw_cat_bowl,
        ("full", "empty"),
        grips=((-10, -3),),
        carry="front",
        scale=0.68,
    ),
    PropKind(
        "lunch box",
        (37, 29),
        draw_lunch_box,
        ("closed", "open"),
        grips=((0, -27),),
        carry="low",
        sizes={"open": (37, 33)},
        scale=0.8,
    ),
    PropKind(
        "candle",
        (28, 36),
        draw_candle,
        ("lit", "blown out"),
        grips=((11, -4),),
        carry="front",
        sizes={"blown out": (28, 42)},
        scale=0.7,
        weight=0.7,
    ),
    PropKind(
        "vase",
        (34, 60),
        draw_vase,
        ("flowers", "empty", "broken"),
        grips=((-8, -8), (8, -8)),
        carry="two",
        sizes={"empty": (22, 30), "broken": (76, 20)},
        scale=0.8,
    ),
    PropKind("sponge", (21, 14), draw_sponge, grips=((0, -3),), carry="front", scale=0.74),
)
