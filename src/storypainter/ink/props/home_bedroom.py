"""Furniture of a bedroom: bed, cot, wardrobe, chest of drawers, bedside table, and its bedding."""

from __future__ import annotations

import itertools

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    PALE_WOOD,
    PINK,
    RED,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

BRASS = "#c39a4e"
LINEN = "#faf6ea"
_QUILT = "#7f9bb5"
_PATCHES = ("#e3b25f", "#c9766a", "#f3ead3", "#93b09a")


def draw_bed(pen: Pen, look: Look) -> None:
    """A wooden bed from its side, the pillow at the left; ``made`` under its quilt, or unmade.

    ``occupied``: the quilt is drawn over whoever lies there, by :func:`draw_bed_front`.
    """
    wood = "#b1835a"
    pen.shape(rect(-98, -32, 98, -16, 1), mix(wood, DARK, 0.08), ink_width=0.9)
    pen.shape(poly((-97, -46), (-93, -58), (93, -58), (97, -46)), LINEN, ink_width=0.8, shade=0)
    pen.shape(rect(-97, -47, 97, -31, 2.5), mix(LINEN, BLUE, 0.12), ink_width=0.8)
    _headboard(pen, wood)
    _bed_pillow(pen)
    if look.state == "made":
        _quilt(pen, look.tint(_QUILT))
    elif look.state == "unmade":
        _tossed_quilt(pen, look.tint(_QUILT))
    _footboard(pen, wood)


def draw_bed_front(pen: Pen, look: Look) -> None:
    """The quilt over whoever lies in the bed; nothing unless ``occupied``."""
    if look.state != "occupied":
        return
    top = path(
        (-22, -52), (-14, -74), (2, -78), (26, -73), (56, -70), (77, -77), (88, -72), (95, -56)
    )
    hem = path((97, -26), (78, -21), (56, -25), (34, -20), (10, -25), (-8, -21), (-22, -24))
    quilt = poly(*top.tolist(), *hem.tolist())
    # Not solid: whoever is tucked up in bed still counts as seen.
    _patchwork(pen, quilt, look.tint(_QUILT), (-82, -62, -43, -18), solid=False)
    fold = poly(
        (-27, -50), (-22, -74), (-6, -80), (2, -79), (-10, -66), (-13, -24), (-27, -23), corner=1
    )
    pen.shape(fold, LINEN, ink_width=0.8)
    _footboard(pen, "#b1835a")


def _headboard(pen: Pen, wood: str) -> None:
    board = poly((-97, -96), (-84, -104), (-82, -60), (-97, -48), corner=1)
    pen.shape(board, mix(wood, WHITE, 0.16), ink_width=0.8)
    pen.shape(rect(-107, -104, -96, 0, 2), wood)
    pen.shape(oval(-101.5, -106, 7, 6), wood, ink_width=0.8)
    pen.shape(rect(-106, -4, -97, 0, 1), mix(wood, DARK, 0.3), ink_width=0.5, shade=0)


def _footboard(pen: Pen, wood: str) -> None:
    pen.shape(rect(96, -68, 107, 0, 2), wood)
    pen.shape(oval(101.5, -70, 7, 6), wood, ink_width=0.8)
    pen.shape(rect(97, -4, 106, 0, 1), mix(wood, DARK, 0.3), ink_width=0.5, shade=0)


def _bed_pillow(pen: Pen) -> None:
    back = blob((-94, -54), (-93, -76), (-74, -80), (-52, -74), (-50, -56), (-70, -51))
    pen.shape(back, mix(LINEN, PINK, 0.25), ink_width=0.8)
    front = blob((-95, -48), (-95, -63), (-76, -67), (-50, -63), (-44, -52), (-58, -46), (-80, -46))
    pen.shape(front, LINEN)
    for line in (((-90, -52), (-84, -56), (-76, -57)), ((-50, -54), (-56, -57), (-62, -57))):
        pen.ink(path(*line), 0.45)


def _patchwork(
    pen: Pen, area: Form, hue: str, rows: tuple[float, ...], *, solid: bool = True
) -> None:
    """A quilt of squares between the heights ``rows``."""
    pen.shape(area, hue, solid=solid)
    seam = mix(hue, DARK, 0.35)
    with pen.clip(area.buffer(-0.8)):
        for index, (top, bottom) in enumerate(itertools.pairwise(rows)):
            for column in range(9):
                x = -54 + column * 17.5
                if (column + index) % 2:
                    continue
                tone = _PATCHES[(column // 2 + 2 * index) % 4]
                pen.fill(rect(x, top, x + 17.5, bottom), mix(tone, hue, 0.12))
                inset = rect(x + 2.6, top + 2.2, x + 14.9, bottom - 2.2, 1)
                pen.ink(inset.exterior.coords, 0.26, mix(tone, DARK, 0.4), closed=True)
            pen.ink([(-60, bottom), (110, bottom)], 0.4, seam)
        for column in range(10):
            x = -54 + column * 17.5
            pen.ink([(x, rows[0]), (x, rows[-1])], 0.4, seam)


def _quilt(pen: Pen, hue: str) -> None:
    hem = path((97, -20), (78, -16), (52, -20), (26, -15), (0, -20), (-22, -16), (-42, -19))
    area = poly((-42, -50), (-36, -62), (94, -62), (98, -50), *hem.tolist(), corner=1)
    _patchwork(pen, area, hue, (-62, -48, -32, -14))
    fold = poly((-50, -49), (-43, -63), (-32, -63), (-36, -49), (-37, -18), (-50, -20), corner=1)
    pen.shape(fold, LINEN, ink_width=0.8)


def _tossed_quilt(pen: Pen, hue: str) -> None:
    heap = blob(
        (14, -46), (10, -58), (24, -70), (42, -66), (58, -76), (80, -70), (95, -62), (97, -40), (96, -14), (78, -2), (60, -12), (48, -2), (34, -16), (22, -30),
    )  # fmt: skip
    _patchwork(pen, heap, hue, (-80, -59, -40, -20, 0))
    dark = mix(hue, DARK, 0.5)
    for line in (((24, -60), (34, -52), (36, -40)), ((58, -70), (56, -56), (62, -44)), ((80, -62), (74, -48), (78, -30)), ((44, -30), (50, -20), (48, -10))):  # fmt: skip
        pen.ink(path(*line), 0.6, dark)
    for line in (((-30, -52), (-20, -54), (-8, -52)), ((-26, -42), (-18, -40), (-8, -42))):
        pen.ink(path(*line), 0.45)


def draw_cot(pen: Pen, look: Look) -> None:
    """A baby's cot: the far bars, the mattress; its near bars are :func:`draw_cot_front`."""
    wood = look.tint("#e3cda6")
    for x in range(-48, 49, 12):
        pen.shape(rect(x - 1.3, -92, x + 1.3, -42), mix(wood, DARK, 0.2), ink_width=0.5, shade=0)
    pen.shape(limb([(-56, -93), (56, -93)], 2.6, 2.6), mix(wood, DARK, 0.12), ink_width=0.7)
    pen.shape(poly((-60, -38), (-55, -48), (55, -48), (60, -38)), LINEN, ink_width=0.7, shade=0)
    pen.shape(
        blob((-52, -42), (-51, -51), (-36, -53), (-22, -50), (-22, -42), (-36, -39)),
        WHITE,
        ink_width=0.8,
    )
    if look.state != "empty":
        pen.shape(
            blob((-6, -40), (-4, -50), (20, -53), (46, -51), (54, -42), (50, -37), (4, -37)),
            PINK,
            ink_width=0.8,
        )
        for x, y in ((8, -46), (24, -48), (38, -45)):
            pen.shape(oval(x, y, 2.2, 1.6), WHITE, ink_width=0.3, shade=0)


def draw_cot_front(pen: Pen, look: Look) -> None:
    """The near side of the cot."""
    wood = look.tint("#e3cda6")
    for x in range(-48, 49, 12):
        pen.shape(rect(x - 1.5, -76, x + 1.5, -24), wood, ink_width=0.6, shade=0.5)
    pen.shape(rect(-62, -28, 62, -20, 1.4), wood, ink_width=0.8)
    pen.shape(limb([(-60, -77), (60, -77)], 3, 3), mix(wood, WHITE, 0.2), ink_width=0.8)
    for side in (-1, 1):
        post = rect(side * 61 - 4.4, -100, side * 61 + 4.4, -4, 2)
        pen.shape(join(post, oval(side * 61, -101, 5.4, 4.6)), wood)
        pen.shape(oval(side * 61, -3.4, 4, 3.4), DARK, ink_width=0.6, shade=0)


def draw_wardrobe(pen: Pen, look: Look) -> None:
    """A tall wardrobe with two doors and a drawer; open, it shows clothes on their hangers."""
    wood = look.tint("#b88f63")
    for x in (-46, 46):
        pen.shape(rect(x - 6, -8, x + 6, 0, 1), DARK_WOOD, ink_width=0.7, shade=0)
    pen.shape(rect(-56, -196, 56, -6, 1), wood)
    cornice = poly((-62, -196), (-58, -206), (58, -206), (62, -196), corner=1)
    pen.shape(cornice, mix(wood, WHITE, 0.16), ink_width=0.9)
    pen.shape(rect(-52, -34, 52, -11, 1), mix(wood, WHITE, 0.1), ink_width=0.6)
    for x in (-22, 22):
        pen.shape(oval(x, -22, 2.2), BRASS, ink_width=0.5, shade=0)
    if look.state == "open":
        _clothes_inside(pen, wood)
        return
    for side in (-1, 1):
        left, right = sorted((side * 1, side * 52))
        pen.shape(rect(left, -190, right, -38, 1), mix(wood, WHITE, 0.06), ink_width=0.7)
        for top, bottom in ((-182, -116), (-108, -46)):
            pen.shape(
                rect(left + 7, top, right - 7, bottom, 1),
                mix(wood, WHITE, 0.2),
                ink_width=0.5,
                shade=0.5,
            )
        pen.shape(
            rect(side * 6 - 1.4, -120, side * 6 + 1.4, -104, 1), BRASS, ink_width=0.5, shade=0
        )


def _clothes_inside(pen: Pen, wood: str) -> None:
    pen.shape(rect(-52, -190, 52, -38, 1), mix(wood, DARK, 0.5), ink_width=0.7, shade=0)
    pen.shape(limb([(-50, -176), (50, -176)], 1.5, 1.5), BRASS, ink_width=0.5, shade=0)
    for x, hue, length, half in ((-40, "#8e9db5", 84, 10), (-22, "#c98a7a", 104, 11), (-3, "#e3c98f", 70, 9), (16, "#8fae98", 98, 11), (36, "#a58aa0", 78, 11)):  # fmt: skip
        pen.ink(arc(x, -177, 2.4, 3, 120, 360), 0.6)
        gown = poly(
            (x - half, -166),
            (x, -173),
            (x + half, -166),
            (x + half * 1.25, -168 + length),
            (x - half * 1.2, -168 + length),
            corner=1.4,
        )
        pen.shape(gown, hue, ink_width=0.7)
        for dx in (-0.3, 0.35):
            pen.ink([(x + dx * half, -150), (x + dx * half * 1.5, -172 + length)], 0.4)
    for x, hue in ((-36, RED), (-24, RED), (10, DARK), (22, DARK)):
        pen.shape(
            blob((x - 5, -38), (x - 5, -43), (x, -46), (x + 6, -41), (x + 6, -38)),
            hue,
            ink_width=0.6,
        )
    for side in (-1, 1):
        leaf = poly(
            (side * 54, -191), (side * 88, -201), (side * 88, -28), (side * 54, -37), corner=1
        )
        pen.shape(leaf, mix(wood, WHITE, 0.12), ink_width=0.9)
        field = poly((side * 60, -180), (side * 82, -187), (side * 82, -42), (side * 60, -48))
        pen.shape(field, mix(wood, WHITE, 0.26), ink_width=0.5, shade=0)


def draw_chest_of_drawers(pen: Pen, look: Look) -> None:
    """A chest with three drawers; open, clothes hang out of them."""
    wood = look.tint("#c19a6c")
    for x in (-42, 42):
        pen.shape(poly((x - 5, -8), (x + 5, -8), (x + 3, 0), (x - 3, 0)), DARK_WOOD, ink_width=0.7)
    pen.shape(rect(-50, -84, 50, -7, 1), wood)
    pen.shape(
        poly((-53, -84), (-49, -92), (49, -92), (53, -84)),
        mix(wood, WHITE, 0.26),
        ink_width=0.8,
        shade=0,
    )
    pen.shape(rect(-53.5, -85, 53.5, -80, 0.8), wood, ink_width=0.8)
    for index, top in enumerate((-77, -54, -31)):
        open_ = look.state == "open" and index < 2
        shift = (7.0, 4.0, 0.0)[index] if open_ else 0.0
        if open_:
            pen.shape(rect(-46, top, 46, top + 20), mix(wood, DARK, 0.55), ink_width=0.6, shade=0)
            _drawer_clothes(pen, top + shift, index)
        grow = shift * 0.4
        pen.shape(
            rect(-46 - grow, top + shift, 46 + grow, top + 20 + shift, 1),
            mix(wood, WHITE, 0.12),
            ink_width=0.7,
        )
        for x in (-24, 24):
            pen.shape(oval(x, top + 10 + shift, 2.6), BRASS, ink_width=0.5, shade=0)
        if open_:
            sock = ((-30, PINK), (20, "#8fae98"))[index]
            pen.shape(
                limb(
                    path(
                        (sock[0], top + shift - 1),
                        (sock[0] + 2, top + 12 + shift),
                        (sock[0] + 9, top + 18 + shift),
                    ),
                    3.4,
                    3.2,
                    3.6,
                ),
                sock[1],
                ink_width=0.7,
            )


def _drawer_clothes(pen: Pen, y: float, index: int) -> None:
    for x, hue, tall in (
        (-34, "#8e9db5", 6),
        (-12, "#e3c98f", 10),
        (14, "#c98a7a", 7),
        (33, LINEN, 9),
    ):
        lift = tall + index
        fold = poly(
            (x - 13, y + 3),
            (x - 10, y - lift),
            (x - 2, y - lift - 3),
            (x + 3, y - lift + 2),
            (x + 11, y - lift),
            (x + 13, y + 3),
            corner=1.6,
        )
        pen.shape(fold, hue, ink_width=0.6)
        pen.ink([(x - 5, y - lift + 1), (x - 6, y)], 0.4)


def draw_bedside_table(pen: Pen, look: Look) -> None:
    """A small table beside a bed, with a drawer and a shelf for a book."""
    wood = look.tint("#b88f63")
    for x in (-20, 20):
        pen.shape(rect(x - 2.4, -52, x + 2.4, 0), mix(wood, DARK, 0.1), ink_width=0.7)
    pen.shape(rect(-22, -18, 22, -14), mix(wood, WHITE, 0.1), ink_width=0.6)
    pen.shape(rect(-12, -22, 10, -18, 0.5), RED, ink_width=0.5, shade=0)
    pen.shape(rect(-9, -25.6, 12, -22, 0.5), BLUE, ink_width=0.5, shade=0)
    pen.shape(rect(-22, -54, 22, -34, 1), wood, ink_width=0.9)
    pen.shape(rect(-18, -51, 18, -37, 1), mix(wood, WHITE, 0.14), ink_width=0.5)
    pen.shape(oval(0, -44, 2), BRASS, ink_width=0.5, shade=0)
    pen.shape(
        poly((-25, -54), (-22, -61), (22, -61), (25, -54)),
        mix(wood, WHITE, 0.28),
        ink_width=0.8,
        shade=0,
    )
    pen.shape(rect(-25.5, -55, 25.5, -51.6, 0.8), wood, ink_width=0.8)


def draw_blanket(pen: Pen, look: Look) -> None:
    """A woollen blanket with a fringe: folded, or in a heap."""
    cloth = look.tint("#b3694f")
    if look.state == "heap":
        heap = blob(
            (-42, -2),
            (-38, -14),
            (-22, -24),
            (-4, -20),
            (10, -30),
            (28, -22),
            (42, -8),
            (40, -1),
            (10, 1),
            (-20, 1),
        )
        pen.shape(heap, cloth)
        with pen.clip(heap.buffer(-0.8)):
            for shift in (-24, 0, 24):
                pen.ink(path((shift - 10, 2), (shift - 4, -14), (shift + 6, -34)), 3.2, CREAM)
        for line in (
            ((-22, -22), (-16, -10), (-20, -2)),
            ((10, -28), (8, -14), (16, -4)),
            ((28, -20), (26, -10), (32, -4)),
        ):
            pen.ink(path(*line), 0.6)
        return
    for index in range(3):
        top = -9.0 - index * 9
        pen.shape(rect(-26, top, 26, top + 9, 4), mix(cloth, WHITE, 0.08 * index), ink_width=0.8)
        for x in (-14, -9):
            pen.fill(rect(x, top + 0.8, x + 2.6, top + 8.2), CREAM)
    for y in (-22, -13, -4):
        pen.ink(arc(24, y, 2.6, 3.4, -80, 80), 0.5)
    for x in range(-24, 26, 5):
        pen.ink([(x, 0), (x - 0.6, 4)], 0.7, mix(cloth, CREAM, 0.4))


def draw_pillow(pen: Pen, look: Look) -> None:
    """A plump white pillow; burst, its feathers fly."""
    shape = blob(
        (-27, -3), (-29, -18), (-26, -33), (0, -30), (26, -33), (29, -18), (27, -3), (0, -6)
    )
    pen.shape(shape, look.tint(LINEN))
    for line in (((-26, -31), (-18, -26), (-14, -20)), ((26, -31), (18, -26), (14, -21)), ((-25, -5), (-18, -10), (-14, -11)), ((25, -5), (18, -10), (13, -11))):  # fmt: skip
        pen.ink(path(*line), 0.5)
    if look.state == "burst":
        pen.shape(
            poly((6, -31), (14, -22), (18, -28), (26, -20), (29, -33), (18, -36)),
            mix(LINEN, DARK, 0.35),
            ink_width=0.7,
            shade=0,
        )
        for x, y, turn in ((16, -40, 20), (30, -42, -30), (40, -30, 60), (8, -52, -10), (28, -58, 40), (46, -52, 10), (-14, -44, -40), (38, -10, 80)):  # fmt: skip
            _feather(pen, x, y, turn)


def _feather(pen: Pen, x: float, y: float, degrees: float) -> None:
    pen.shape(oval(x, y, 2.4, 6, degrees), WHITE, ink_width=0.6, shade=0)


def draw_cushion(pen: Pen, look: Look) -> None:
    """A square cushion with a button and tassels."""
    hue = look.tint("#d9a441")
    shape = blob(
        (-20, -2), (-22, -20), (-20, -39), (0, -36), (20, -39), (22, -20), (20, -2), (0, -5)
    )
    pen.shape(shape, hue)
    for a, b in (
        ((-18, -36), (-4, -24)),
        ((18, -36), (4, -24)),
        ((-18, -5), (-4, -17)),
        ((18, -5), (4, -17)),
    ):
        pen.ink([a, b], 0.4, mix(hue, DARK, 0.4))
    pen.shape(oval(0, -20.4, 2.6), mix(hue, WHITE, 0.5), ink_width=0.5, shade=0)
    for x, y in ((-20, -39), (20, -39), (-20, -2), (20, -2)):
        pen.shape(oval(x, y, 2.4), RED, ink_width=0.5, shade=0)


def draw_hot_water_bottle(pen: Pen, look: Look) -> None:
    """A rubber hot-water bottle in a knitted cover; leaking, it drips."""
    hue = look.tint("#c9655a")
    pen.shape(rect(-5, -44, 5, -32, 1.5), mix(hue, DARK, 0.15), ink_width=0.8)
    pen.shape(rect(-7, -48, 7, -42, 1.6), DARK, ink_width=0.7, shade=0)
    pen.shape(rect(-15, -35, 15, 0, 7), hue)
    for row in range(4):
        y = -28 + row * 7.4
        pen.ink(
            [(x, y + (1.8 if k % 2 else -1.8)) for k, x in enumerate(range(-12, 13, 4))], 0.7, CREAM
        )
    if look.state == "leaking":
        pen.shape(
            blob((-26, 1), (-12, -3), (14, -3), (30, 1), (18, 6), (-14, 6)),
            "#a9d3e0",
            ink_width=0.6,
            shade=0,
        )


def draw_slippers(pen: Pen, look: Look) -> None:
    """A pair of slippers with bobbles."""
    hue = look.tint("#8b6fa0")
    for x, y in ((-12, -2.4), (13, 0)):
        sole = blob(
            (x - 16, y), (x - 15, y - 7), (x, y - 8), (x + 14, y - 7), (x + 16, y - 1), (x, y + 1)
        )
        pen.shape(sole, mix(hue, CREAM, 0.55), ink_width=0.8)
        pen.shape(
            blob(
                (x - 3, y),
                (x - 2, y - 12),
                (x + 8, y - 12),
                (x + 16, y - 6),
                (x + 16, y),
                (x + 6, y + 1),
            ),
            hue,
            ink_width=0.8,
        )
        pen.shape(oval(x + 7, y - 12, 3.4), YELLOW, ink_width=0.6, shade=0)


def draw_toy_chest(pen: Pen, look: Look) -> None:
    """A box for toys: closed, or open and full."""
    wood = look.tint("#8fb0a4")
    if look.state == "open":
        lid = poly((-38, -44), (-42, -76), (42, -76), (38, -44), corner=1)
        pen.shape(lid, mix(wood, DARK, 0.15), ink_width=0.9)
        pen.shape(rect(-36, -48, 36, -36), mix(wood, DARK, 0.55), ink_width=0.6, shade=0)
        pen.shape(oval(-18, -48, 12), RED)
        pen.ink(arc(-18, -48, 12, 5, 180, 360), 0.7, CREAM)
        pen.shape(rect(0, -62, 16, -40, 1), YELLOW, ink_width=0.8)
        pen.shape(poly((0, -62), (16, -62), (8, -74)), BLUE, ink_width=0.7)
        pen.shape(
            join(oval(27, -52, 9), oval(20, -60, 4), oval(34, -60, 4)), PALE_WOOD, ink_width=0.8
        )
        for x in (24, 30):
            pen.fill(oval(x, -53, 1.2), DARK)
    pen.shape(rect(-38, -40, 38, -2, 1.4), wood)
    for x in (-24, 0, 24):
        pen.shape(oval(x, -21, 7.5), (YELLOW, CREAM, PINK)[(x + 24) // 24], ink_width=0.5, shade=0)
    pen.shape(band([(-38, -3), (38, -3)], 4, flat=True), mix(wood, DARK, 0.25), ink_width=0.6)
    if look.state != "open":
        pen.shape(rect(-41, -46, 41, -38, 2), mix(wood, WHITE, 0.2), ink_width=0.9)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "bed",
        (214, 112),
        draw_bed,
        ("made", "unmade", "occupied"),
        surface=Surface(55, (0, 50, -30)),
        seats=Surface(47, (18, 68, -30)),
        berth=Surface(52, (0,)),
        front=draw_bed_front,
        solid=(200, 62),
        weight=1.0,
    ),
    PropKind(
        "cot",
        (132, 106),
        draw_cot,
        ("plain", "empty"),
        surface=Surface(43, (0, 34)),
        seats=Surface(44, (0,)),
        berth=Surface(44, (0,)),
        front=draw_cot_front,
    ),
    PropKind(
        "wardrobe",
        (124, 206),
        draw_wardrobe,
        ("closed", "open"),
        sizes={"open": (178, 208)},
        weight=0.9,
        far=True,
    ),
    PropKind(
        "chest of drawers",
        (107, 92),
        draw_chest_of_drawers,
        ("closed", "open"),
        surface=Surface(88, (-32, 32, 0)),
        weight=0.9,
        far=True,
    ),
    PropKind(
        "bedside table",
        (52, 61),
        draw_bedside_table,
        surface=Surface(57, (-4, 14)),
        weight=0.9,
    ),
    PropKind(
        "blanket",
        (54, 30),
        draw_blanket,
        ("folded", "heap"),
        sizes={"heap": (86, 30)},
        grips=((-22, -6), (22, -6)),
        carry="two",
    ),
    PropKind(
        "pillow",
        (58, 36),
        draw_pillow,
        ("plain", "burst"),
        sizes={"burst": (84, 66)},
        grips=((-26, -17), (26, -17)),
        carry="two",
        shifts={"burst": -9.0},
    ),
    PropKind(
        "cushion",
        (46, 42),
        draw_cushion,
        grips=((-20, -19), (20, -19)),
        carry="two",
    ),
    PropKind(
        "hot-water bottle",
        (32, 48),
        draw_hot_water_bottle,
        ("plain", "leaking"),
        sizes={"leaking": (58, 50)},
        grips=((-13, -18), (13, -18)),
        carry="two",
        scale=0.8,
        flattens=("plain",),
        thick=2.0,
    ),
    PropKind("slippers", (58, 18), draw_slippers, grips=((-25, -5),), carry="low", scale=0.72),
    PropKind(
        "toy chest",
        (84, 48),
        draw_toy_chest,
        ("closed", "open"),
        sizes={"open": (86, 78)},
        surface=Surface(42, (-14, 16)),
    ),
)
