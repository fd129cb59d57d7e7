"""Small things of doctors and patients: bottles, bandages, needles, sticks, crutches."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.carried import draw_cover
from storypainter.ink.props.effects import spill
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    PINK,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    moved_pen,
)

_AMBER = "#b8703a"
_RUBBER = "#565a62"
_GAUZE = "#f7f1e2"
_SKIN_TONE = "#e6b98f"


def draw_crutch(pen: Pen, look: Look) -> None:
    """An elbow crutch: cuff, grip, shaft, rubber foot."""
    hue = look.tint(STEEL)
    pen.shape(limb([(0, -2), (0, -82)], 1.7, 1.7), hue, ink_width=0.7)
    pen.shape(limb([(0, -80), (-6, -112)], 1.9, 1.9), hue, ink_width=0.7)
    pen.shape(limb([(-1, -78), (13, -79)], 3.0, 2.8), _RUBBER, ink_width=0.8)
    cuff = band(arc(-4, -113, 9, 6, 10, 200), 5)
    pen.shape(cuff, _RUBBER, ink_width=0.8)
    pen.shape(rect(-3.4, -6, 3.4, 0, 1.4), _RUBBER, ink_width=0.7, shade=0)
    for y in (-30, -36, -42):
        pen.shape(oval(0, y, 0.8), DARK, ink_width=0, shade=0)


def draw_walking_stick(pen: Pen, look: Look) -> None:
    """A walking stick with a crook; ``broken`` it ends in splinters beside its lower half."""
    wood = look.tint(DARK_WOOD)
    crook = path((0, -62), (0, -74), (-4, -82), (-13, -82), (-17, -74), (-16, -68))
    low = -36 if look.state == "broken" else -2
    pen.shape(limb([(0, low), (0, -64)], 2.0, 2.2), wood, ink_width=0.8)
    pen.shape(limb(crook, 2.2, 2.5, 2.2), wood, ink_width=0.8)
    if look.state == "broken":
        splinter = poly((-2, -36), (-1, -29), (0.4, -34), (1.6, -27), (2, -36))
        pen.shape(splinter, mix(wood, CREAM, 0.5), ink_width=0.6, shade=0)
        pen.shape(limb([(8, -3), (38, -2)], 2.0, 1.8), wood, ink_width=0.8)
        pen.shape(poly((8, -5), (2, -4), (7, -2), (3, 0), (8, -1)), mix(wood, CREAM, 0.5), ink_width=0.5, shade=0)  # fmt: skip
        return
    pen.shape(rect(-2.8, -6, 2.8, 0, 1.2), DARK, ink_width=0.6, shade=0)


def draw_white_stick(pen: Pen, look: Look) -> None:
    """A blind person's white stick that feels the way ahead, its tip red."""
    pen.shape(limb([(0, -90), (62, -2)], 1.7, 1.5), WHITE, ink_width=0.8)
    pen.shape(limb([(38, -36), (47, -23)], 1.8, 1.8), RED, ink_width=0.6, shade=0)
    pen.shape(limb([(-6, -98), (4, -84)], 2.6, 2.4), DARK, ink_width=0.7, shade=0)
    pen.shape(oval(62, -2, 2.6), RED, ink_width=0.6, shade=0)
    pen.ink(path((-6, -98), (-13, -92), (-8, -84)), 0.6)


def draw_medicine_bottle(pen: Pen, look: Look) -> None:
    """A brown bottle of medicine with a cross on its label; it may be empty, or run out."""
    glass = look.tint(_AMBER)
    if look.state == "spilled":
        spill(pen, 26, -1, 26, mix(glass, PINK, 0.3))
        body = join(rect(-20, -15, 10, -1, 4), rect(8, -11.6, 18, -4.4, 1))
        pen.shape(body, glass)
        pen.shape(rect(-14, -14.6, 2, -1.4), _GAUZE, ink_width=0.5, shade=0)
        _cross(pen, -6, -8, 4)
        pen.shape(oval(-30, -3, 4.4, 3), WHITE, ink_width=0.7)
        return
    tone = mix(glass, WHITE, 0.55) if look.state == "empty" else glass
    pen.shape(
        join(rect(-9, -22, 9, 0, 3), poly((-9, -20), (9, -20), (4.6, -28), (-4.6, -28))), tone
    )
    pen.shape(rect(-5.6, -34, 5.6, -27, 1.6), WHITE, ink_width=0.8)
    pen.shape(rect(-8, -18, 8, -4), _GAUZE, ink_width=0.5, shade=0)
    _cross(pen, 0, -11, 4.4)


def _cross(pen: Pen, x: float, y: float, size: float, hue: str = RED) -> None:
    slim = size * 0.36
    cross = join(rect(x - slim, y - size, x + slim, y + size), rect(x - size, y - slim, x + size, y + slim))  # fmt: skip
    pen.shape(cross, hue, ink_width=0, shade=0)


def draw_pills(pen: Pen, look: Look) -> None:
    """A small jar of pills; ``spilled`` they roll about."""
    if look.state == "spilled":
        pen.shape(rect(-26, -15, -4, -1, 3), mix(_AMBER, YELLOW, 0.3), ink_width=0.8)
        pen.shape(rect(-22, -14.4, -9, -1.6), _GAUZE, ink_width=0.4, shade=0)
        _cross(pen, -15.5, -8, 3.6)
        for x, y in ((2, -3), (9, -6), (12, -1.6), (19, -4), (26, -2), (33, -4)):
            pen.shape(oval(x, y, 3, 2.2), WHITE, ink_width=0.6, shade=0)
            pen.ink([(x - 1.8, y), (x + 1.8, y)], 0.3)
        return
    pen.shape(rect(-8, -18, 8, 0, 2.4), mix(_AMBER, YELLOW, 0.3))
    pen.shape(rect(-9, -24, 9, -17, 2), WHITE, ink_width=0.8)
    pen.shape(rect(-7.4, -14, 7.4, -4), _GAUZE, ink_width=0.4, shade=0)
    _cross(pen, 0, -9, 3.6)


def draw_syringe(pen: Pen, look: Look) -> None:
    """A large syringe, its needle up."""
    pen.ink([(0, -35), (0, -53)], 0.8, "#8e979b")
    pen.shape(rect(-2, -39, 2, -34, 0.8), STEEL, ink_width=0.6, shade=0)
    pen.shape(rect(-4.6, -35, 4.6, -11, 1), WHITE, ink_width=0.8)
    pen.shape(rect(-4.2, -27, 4.2, -11.4, 0.6), look.tint("#9fd0c4"), ink_width=0, shade=0)
    for y in (-30, -25, -20, -15):
        pen.ink([(0.6, y), (4.2, y)], 0.4)
    pen.shape(rect(-8, -11.6, 8, -9.4, 1), STEEL, ink_width=0.6, shade=0)
    pen.shape(rect(-1.4, -10, 1.4, -2), STEEL, ink_width=0.5, shade=0)
    pen.shape(rect(-5.6, -3, 5.6, 0, 1), STEEL, ink_width=0.7, shade=0)
    if look.state == "dripping":
        for x, y in ((1.4, -57), (-2, -62)):
            pen.shape(oval(x, y, 1.5, 2.2), "#9fd0c4", ink_width=0.45, shade=0)


def draw_bandage(pen: Pen, look: Look) -> None:
    """A roll of bandage; ``unrolled`` its end runs over the ground."""
    cloth = look.tint(_GAUZE)
    x = 0
    if look.state == "unrolled":
        x = -34
        ribbon = band(path((x, -3), (-10, -7), (10, -3), (28, -8), (44, -3)), 6)
        pen.shape(ribbon, cloth, ink_width=0.7)
    pen.shape(oval(x, -12, 12), cloth)
    for size in (8.6, 5.4):
        pen.ink(arc(x, -12, size, size, 20, 340), 0.5)
    pen.shape(oval(x, -12, 2.4), mix(cloth, DARK, 0.4), ink_width=0.4, shade=0)
    if look.state != "unrolled":
        pen.shape(poly((9, -16), (22, -13), (23, -6), (10, -6), corner=1), cloth, ink_width=0.7)
        for y in (-12, -9):
            pen.ink([(12, y - 1.5), (20, y)], 0.3)


def draw_plaster(pen: Pen, look: Look) -> None:
    """A sticking plaster."""
    tone = look.tint(_SKIN_TONE)
    pen.shape(rect(-15, -11, 15, -1, 5), tone, ink_width=0.8)
    pen.shape(rect(-5, -10, 5, -2, 1), _GAUZE, ink_width=0.5, shade=0)
    for x in (-11, -8.4, 8.4, 11):
        for y in (-8, -4):
            pen.shape(oval(x, y, 0.6), DARK, ink_width=0, shade=0)


def draw_thermometer(pen: Pen, look: Look) -> None:
    """A fever thermometer, its bulb down; ``fever`` the red line has risen to the top."""
    pen.shape(join(rect(-3.6, -44, 3.6, -8, 3.4), oval(0, -6, 5.6)), WHITE)
    pen.shape(oval(0, -6, 3.8), RED, ink_width=0, shade=0)
    top = -40 if look.state == "fever" else -22
    pen.shape(rect(-1.5, top, 1.5, -6, 1.2), RED, ink_width=0, shade=0)
    for y in range(-38, -10, 5):
        pen.ink([(1.6, y), (3.6, y)], 0.35)


def draw_xray(pen: Pen, look: Look) -> None:
    """A large x-ray picture: ribs, a ``broken bone``, or a belly with a swallowed ``key``."""
    film, bone = "#32424e", "#dbe6e6"
    pen.shape(rect(-23, -56, 23, 0, 1.4), film)
    pen.shape(rect(-9, -55, 9, -51, 0.6), mix(film, WHITE, 0.4), ink_width=0.4, shade=0)
    if look.state == "broken bone":
        pen.shape(join(limb([(-8, -48), (-3, -31)], 3.6, 2.8), oval(-10, -49, 3.6), oval(-5.6, -50.4, 3.4)), bone, ink_width=0, shade=0)  # fmt: skip
        pen.shape(join(limb([(4, -27), (4, -8)], 2.8, 3.6), oval(1.4, -6, 3.4), oval(6.8, -6, 3.4)), bone, ink_width=0, shade=0)  # fmt: skip
        for line in (((8, -36), (14, -40)), ((9, -31), (16, -31)), ((-10, -26), (-16, -24))):
            pen.ink(line, 0.8, RED)
        return
    for k in range(5):
        y = -46 + 6.6 * k
        half = 15 - abs(k - 2) * 1.4
        pen.ink(arc(0, y + 3, half, 5.4, 188, 264), 1.1, bone)
        pen.ink(arc(0, y + 3, half, 5.4, 276, 352), 1.1, bone)
    pen.shape(rect(-1.6, -49, 1.6, -7, 1), bone, ink_width=0, shade=0)
    pen.ink(path((-14, -8), (-9, -13), (0, -9), (9, -13), (14, -8)), 1.2, bone)
    if look.state == "key":
        pen.shape(oval(5, -20, 4.6).difference(oval(5, -20, 2)), YELLOW, ink_width=0.5, shade=0)
        teeth = join(rect(4, -16, 6, -3), rect(6, -9, 9, -7), rect(6, -5.4, 9, -3.4))
        pen.shape(teeth, YELLOW, ink_width=0.5, shade=0)


def draw_stethoscope(pen: Pen, look: Look) -> None:
    """A stethoscope: two ear tubes, one hose, the chest piece."""
    hose = look.tint("#4f5f6c")
    for side in (-1, 1):
        pen.ink(path((side * 9, -44), (side * 11, -34), (side * 7, -26), (0, -20)), 1.3, hose)
        pen.shape(oval(side * 8.4, -45, 2), DARK, ink_width=0.4, shade=0)
    pen.ink(path((0, -21), (0, -8), (8, -3), (16, -8), (16, -15)), 1.6, hose)
    pen.shape(oval(16, -18, 5), STEEL, ink_width=0.8)
    pen.shape(oval(16, -18, 2.6), WHITE, ink_width=0.4, shade=0)


def draw_first_aid_kit(pen: Pen, look: Look) -> None:
    """A case with a white cross; ``open``, bandages look out of it."""
    hue = look.tint(RED)
    if look.state == "open":
        lid = poly((-30, -30), (30, -30), (26, -54), (-26, -54), corner=3)
        pen.shape(lid, mix(hue, DARK, 0.2))
        for x, y, size in ((-16, -36, 8), (2, -38, 9), (18, -34, 7)):
            pen.shape(oval(x, y, size), _GAUZE, ink_width=0.7)
            pen.ink(arc(x, y, size * 0.5, size * 0.5, 20, 330), 0.4)
    else:
        pen.ink(arc(0, -33, 10, 9, 180, 360), 1.8)
    pen.shape(rect(-31, -34, 31, 0, 4), hue)
    pen.shape(oval(0, -17, 12), WHITE, ink_width=0.7, shade=0)
    _cross(pen, 0, -17, 8)


def draw_tissue_box(pen: Pen, look: Look) -> None:
    """A box with a tissue that stands out of its slit."""
    hue = look.tint("#8fb3c9")
    sheet = blob((-8, -15), (-12, -28), (-2, -25), (5, -34), (9, -24), (14, -26), (8, -15))
    pen.shape(sheet, WHITE, ink_width=0.8)
    pen.shape(poly((-20, -15), (-15, -20), (15, -20), (20, -15)), mix(hue, WHITE, 0.35), ink_width=0.7, shade=0)  # fmt: skip
    pen.shape(blob((-9, -16), (-6, -24), (1, -22), (6, -26), (9, -16)), WHITE, ink_width=0.6, shade=0)  # fmt: skip
    pen.shape(rect(-20, -15.6, 20, 0, 1), hue)
    pen.ink(path((-16, -8), (-8, -5), (0, -9), (8, -5), (16, -8)), 0.8, WHITE)


def draw_baby_bottle(pen: Pen, look: Look) -> None:
    """A baby's bottle of milk, full or ``empty``, with its teat."""
    pen.shape(join(rect(-7, -26, 7, 0, 3), poly((-7, -24), (7, -24), (5.6, -28), (-5.6, -28))), "#eef3f1")  # fmt: skip
    if look.state != "empty":
        pen.shape(rect(-6.2, -20, 6.2, -0.9, 2.6), "#fdf6e3", ink_width=0.4, shade=0)
    for y in (-18, -13, -8):
        pen.ink([(1, y), (6, y)], 0.4)
    pen.shape(rect(-7.4, -32, 7.4, -26.6, 1.4), look.tint(BLUE), ink_width=0.8)
    teat = blob((-5, -32), (-3.6, -36), (-2.2, -42), (0, -43.4), (2.2, -42), (3.6, -36), (5, -32))
    pen.shape(teat, "#e7b98a", ink_width=0.7)


def draw_magazine(pen: Pen, look: Look) -> None:
    """A glossy magazine; ``open`` it shows pictures and columns, or its cover where it is read."""
    if look.state == "open" and look.where == "held":
        _magazine_outside(pen, look.tint("#c9657a"))
        return
    if look.state == "open":
        pen.shape(poly((-25, -30), (0, -27), (25, -30), (25, -2), (0, 2), (-25, -2)), look.tint("#c9657a"))  # fmt: skip
        for side in (-1, 1):
            pen.shape(poly((0, -28), (side * 23, -32), (side * 23, -4), (0, 0)), WHITE, ink_width=0.7, shade=0)  # fmt: skip
            for row in range(3):
                pen.ink([(side * 4, -10 + row * 3), (side * 20, -13 + row * 3)], 0.4)
        pen.shape(poly((4, -25), (20, -28), (20, -17), (4, -14)), "#9cc3c9", ink_width=0.4, shade=0)
        pen.shape(poly((-20, -28), (-4, -25), (-4, -14), (-20, -17)), "#e9c46a", ink_width=0.4, shade=0)  # fmt: skip
        return
    pen.shape(rect(-13, -35, 13, 0, 0.8), look.tint("#c9657a"))
    pen.shape(rect(-10, -32, 10, -27, 0.5), YELLOW, ink_width=0.4, shade=0)
    _portrait(pen, 0, 0)


def _magazine_outside(pen: Pen, cover: str) -> None:
    """Cover and back of a magazine that somebody reads."""
    draw_cover(pen, cover, 25, 31)
    pen.shape(poly((4, -27), (22, -29), (22, -24), (4, -22.4)), YELLOW, ink_width=0.4, shade=0)
    _portrait(pen, 13, 0)
    pen.shape(poly((-21, -25), (-6, -23), (-6, -7), (-21, -9)), "#9cc3c9", ink_width=0.4, shade=0)


def _portrait(pen: Pen, x: float, y: float) -> None:
    """A face as it looks out from a cover, its shoulders at (x, y)."""
    at = moved_pen(pen, x, y, 0, 0.86)
    at.shape(oval(0, -15, 6, 7), _SKIN_TONE, ink_width=0.5, shade=0)
    at.shape(blob((-7, -13), (-7, -22), (0, -25), (7, -22), (7, -13), (4, -19), (-3, -20)), DARK_WOOD, ink_width=0.5, shade=0)  # fmt: skip
    at.shape(poly((-9, -1), (-7, -7), (7, -7), (9, -1)), GREEN, ink_width=0.5, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind("crutch", (26, 122), draw_crutch, grips=((8, -79),), carry="low", lies=True),
    PropKind(
        "walking stick",
        (24, 86),
        draw_walking_stick,
        ("plain", "broken"),
        sizes={"broken": (80, 86)},
        grips=((-6, -82),),
        carry="lead",
        lies=True,
    ),
    PropKind("white stick", (76, 100), draw_white_stick, grips=((-1, -91),), carry="lead"),
    PropKind(
        "medicine bottle",
        (20, 34),
        draw_medicine_bottle,
        ("full", "empty", "spilled"),
        sizes={"spilled": (86, 18)},
        grips=((0, -12),),
        carry="front",
        scale=0.62,
        shifts={"spilled": -9.0},
    ),
    PropKind(
        "pills",
        (20, 25),
        draw_pills,
        ("plain", "spilled"),
        sizes={"spilled": (64, 17)},
        grips=((0, -8),),
        carry="front",
        scale=0.62,
        weight=0.62,
    ),
    PropKind(
        "syringe",
        (18, 54),
        draw_syringe,
        ("plain", "dripping"),
        sizes={"dripping": (18, 66)},
        grips=((0, -16),),
        carry="front",
        scale=0.47,
        weight=0.64,
        flattens=("plain",),
    ),
    PropKind(
        "bandage",
        (36, 25),
        draw_bandage,
        ("rolled", "unrolled"),
        sizes={"unrolled": (96, 25)},
        grips=((0, -8),),
        carry="front",
        scale=0.42,
        shifts={"rolled": -5.0},
    ),
    PropKind(
        "plaster",
        (32, 13),
        draw_plaster,
        grips=((-8, -4),),
        carry="front",
        scale=0.43,
        weight=0.6,
        flattens=("plain",),
    ),
    PropKind(
        "thermometer",
        (13, 46),
        draw_thermometer,
        ("plain", "fever"),
        grips=((0, -8),),
        carry="front",
        scale=0.49,
        weight=0.66,
        flattens=("plain", "fever"),
    ),
    PropKind(
        "x-ray",
        (48, 57),
        draw_xray,
        ("ribs", "broken bone", "key"),
        grips=((-18, -4), (18, -4)),
        carry="front",
        scale=0.8,
        flattens=("ribs", "broken bone", "key"),
    ),
    PropKind(
        "stethoscope",
        (32, 48),
        draw_stethoscope,
        grips=((0, -20),),
        carry="front",
        scale=0.86,
        flattens=("plain",),
    ),
    PropKind(
        "first aid kit",
        (64, 44),
        draw_first_aid_kit,
        ("closed", "open"),
        sizes={"open": (64, 56)},
        grips=((0, -41),),
        carry="low",
        scale=0.72,
    ),
    PropKind(
        "tissue box",
        (42, 36),
        draw_tissue_box,
        grips=((-16, -6), (16, -6)),
        carry="front",
        scale=0.64,
    ),
    PropKind(
        "baby bottle",
        (18, 44),
        draw_baby_bottle,
        ("full", "empty"),
        grips=((0, -12),),
        carry="front",
        scale=0.6,
        weight=0.68,
    ),
    PropKind(
        "magazine",
        (28, 36),
        draw_magazine,
        ("closed", "open"),
        sizes={"open": (52, 36)},
        grips=((-12, -6), (12, -6)),
        carry="read",
        scale=0.92,
        flattens=("closed", "open"),
        thick=1.0,
    ),
)
