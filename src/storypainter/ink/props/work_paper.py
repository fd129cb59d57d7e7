"""Small things of a desk: paper, envelopes, stamps, clipboard, briefcase, headphones, cables."""

from __future__ import annotations

from shapely import affinity

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.inscription import inscribe
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    GREEN,
    IRON,
    PALE_WOOD,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    moved_pen,
)

_LINES = "#8b8591"
_LEATHER = "#8a5a3b"
_MANILA = "#ecdcb4"


def _turn(area: Form, degrees: float, x: float = 0.0, y: float = 0.0) -> Form:
    turned: Form = affinity.rotate(area, degrees, origin=(x, y))
    return turned


def draw_paper(pen: Pen, look: Look) -> None:
    """A sheet of paper: written, blank, torn in two, crumpled to a ball, a pile, or flying."""
    hue = look.tint(WHITE)
    if look.state == "crumpled":
        pen = moved_pen(pen, size=0.62)
        ball = blob((-12, -3), (-13, -12), (-6, -20), (3, -22), (12, -16), (13, -6), (6, 0), (-6, 0))  # fmt: skip
        pen.shape(ball, hue)
        for line in (((-8, -6), (-2, -12), (-6, -17)), ((1, -19), (3, -12), (9, -9)), ((-2, -3), (3, -7), (8, -4))):  # fmt: skip
            pen.ink(line, 0.5, _LINES)
        return
    if look.state == "pile":
        for level in range(9):
            slip = (1.8, -1.2, 0.6)[level % 3]
            pen.shape(rect(-20 + slip, -3 - level * 2.6, 20 + slip, -level * 2.6, 0.4), hue, ink_width=0.5, shade=0)  # fmt: skip
        return
    if look.state == "flying":
        for x, y, turn in ((-46, -40, -24), (-12, -64, 12), (24, -34, -10), (48, -70, 30), (2, -8, 6)):  # fmt: skip
            sheet = _turn(poly((x - 11, y - 13), (x + 9, y - 15), (x + 11, y + 12), (x - 9, y + 14)), turn, x, y)  # fmt: skip
            pen.shape(sheet, hue, ink_width=0.8)
            for step in (-6, 0, 6):
                line = _turn(rect(x - 6, y + step, x + 6, y + step + 0.7), turn, x, y)
                pen.fill(line, _LINES)
        motion(pen, [(-64, -20), (-56, -14), (-58, -4)], [(60, -30), (66, -24), (64, -14)])
        return
    if look.state == "torn":
        left = poly((-18, -38), (-3, -40), (-6, -32), (-2, -24), (-7, -15), (-3, -7), (-6, 0), (-20, -1))  # fmt: skip
        right = poly((4, -39), (19, -37), (21, 0), (3, 1), (5, -7), (1, -15), (5, -24), (1, -31))
        pen.shape(left, hue)
        pen.shape(right, hue)
        for y in (-32, -25, -18, -11):
            pen.ink([(-16, y), (-8, y)], 0.5, _LINES)
            pen.ink([(8, y), (17, y)], 0.5, _LINES)
        return
    pen.shape(poly((-15, -40), (9, -40), (15, -34), (15, 0), (-15, 0)), hue)
    pen.shape(poly((9, -40), (9, -34), (15, -34)), mix(hue, DARK, 0.12), ink_width=0.6, shade=0)
    if look.state == "blank":
        return
    if look.text:
        inscribe(pen, look.text, (0, -18), 26, 28)
        return
    for y in (-33, -28, -23, -18, -13):
        pen.ink([(-11, y), (10 if y > -33 else 4, y)], 0.55, _LINES)
    pen.ink(path((1, -6), (4, -9), (6, -5), (9, -8), (11, -6)), 0.7, "#3f659c")


def draw_envelope(pen: Pen, look: Look) -> None:
    """An envelope with a stamp: shut, opened with its letter, torn open, or sealed with a heart."""
    hue = look.tint(CREAM)
    flap = mix(hue, DARK, 0.08)
    if look.state == "open":
        pen.shape(poly((-21, -28), (0, -46), (21, -28)), mix(hue, DARK, 0.2), ink_width=0.8, shade=0)  # fmt: skip
        pen.shape(rect(-17, -50, 17, -12), WHITE, ink_width=0.8)
        for y in (-45, -40, -35):
            pen.ink([(-12, y), (12, y)], 0.55, _LINES)
        pen.shape(poly((-21, -28), (0, -13), (21, -28), (21, 0), (-21, 0)), hue)
        pen.ink([(-21, 0), (-4, -14)], 0.5)
        pen.ink([(21, 0), (4, -14)], 0.5)
        return
    pen.shape(rect(-21, -29, 21, 0, 1), hue)
    if look.state == "sealed":
        pen.shape(poly((-21, -29), (21, -29), (0, -11)), flap, ink_width=0.7, shade=0)
        pen.ink([(-21, 0), (-6, -14)], 0.5)
        pen.ink([(21, 0), (6, -14)], 0.5)
        heart = join(oval(-2.4, -13.6, 3.2), oval(2.4, -13.6, 3.2), poly((-5.4, -12.4), (5.4, -12.4), (0, -6)))  # fmt: skip
        pen.shape(heart, RED, ink_width=0.6)
        return
    if look.state == "torn":
        edge = poly((-21, -29), (-15, -25), (-9, -30), (-2, -25), (5, -30), (12, -25), (21, -30), (21, -22), (-21, -22))  # fmt: skip
        pen.shape(edge, mix(hue, DARK, 0.25), ink_width=0.6, shade=0)
    pen.shape(rect(10, -26, 18, -16), RED, ink_width=0.5, shade=0)
    pen.fill(oval(14, -21, 2.4), CREAM)
    for radius in (4.6, 3.0):
        pen.ink(arc(7, -21, radius, radius, 80, 290), 0.4, IRON)
    if look.text:
        inscribe(pen, look.text, (-2, -8.5), 32, 11, DARK, hue)
        return
    for y, end in ((-13, 7), (-9, 10), (-5, 3)):
        pen.ink([(-14, y), (end, y)], 0.6, _LINES)


def draw_stamp(pen: Pen, look: Look) -> None:
    """A postage stamp, larger than life, with its toothed edge; or postmarked."""
    hue = look.tint(BLUE)
    teeth = [oval(x, y, 1.5) for x in (-13, 13) for y in range(-33, 1, 4)]
    teeth += [oval(x, y, 1.5) for y in (-33.5, -0.5) for x in range(-13, 14, 4)]
    pen.shape(rect(-13, -33, 13, -1).difference(join(*teeth)), WHITE)
    pen.shape(rect(-10, -30, 10, -4), hue, ink_width=0.5, shade=0)
    pen.fill(oval(4, -24, 3.6), YELLOW)
    pen.shape(poly((-10, -4), (-10, -10), (-3, -18), (3, -11), (7, -15), (10, -11), (10, -4)), GREEN, ink_width=0.4, shade=0)  # fmt: skip
    if look.state == "postmarked":
        for radius in (10, 7.4):
            pen.ink(arc(9, -9, radius, radius, 0, 360), 0.7, DARK)
        for y in (-11, -8, -5):
            pen.ink(path((-16, y), (-9, y - 2), (-2, y), (4, y - 2)), 0.6, DARK)


def draw_rubber_stamp(pen: Pen, look: Look) -> None:
    """A rubber stamp with a wooden handle; used, it has left its red mark."""
    wood = look.tint(PALE_WOOD)
    if look.state == "used":
        mark = rect(-26, -3, 26, 3, 1.5)
        pen.fill(mark.difference(rect(-23, -1.6, 23, 1.6, 1)), RED)
        pen.ink([(-17, 0), (17, 0)], 0.8, RED)
    lift = -9 if look.state == "used" else 0
    pen.shape(rect(-15, -7 + lift, 15, -1 + lift, 1), RED, ink_width=0.7)
    pen.shape(rect(-15, -12 + lift, 15, -6 + lift, 1), IRON, ink_width=0.7)
    pen.shape(limb([(0, -12 + lift), (0, -22 + lift)], 4.4, 3.2), wood, ink_width=0.8)
    pen.shape(oval(0, -29 + lift, 7.4, 8.4), wood)


def draw_clipboard(pen: Pen, look: Look) -> None:
    """A clipboard: with a list that is ticked off, blank, or with a red cross on it."""
    board = look.tint("#b07d4f")
    pen.shape(rect(-17, -46, 17, 0, 2.5), board)
    pen.shape(rect(-14, -41, 14, -3), WHITE, ink_width=0.6, shade=0)
    pen.shape(rect(-8, -48, 8, -41, 1.5), STEEL, ink_width=0.7)
    pen.shape(oval(0, -48, 3.2), STEEL, ink_width=0.6)
    if look.state == "blank":
        return
    if look.state == "refused":
        for line in ([(-10, -36), (10, -10)], [(10, -36), (-10, -10)]):
            pen.shape(limb(line, 1.8, 1.8), RED, ink_width=0.4, shade=0)
        return
    if look.text:
        inscribe(pen, look.text, (0, -22), 25, 30)
        return
    for y in (-34, -26, -18, -10):
        pen.ink([(-3, y), (11, y)], 0.6, _LINES)
        pen.ink([(-11, y - 1), (-9, y + 2), (-5, y - 4)], 0.9, "#5f8a4c")


def draw_briefcase(pen: Pen, look: Look) -> None:
    """A leather briefcase: shut, open with papers or money in it, or fallen with all spilled."""
    hue = look.tint(_LEATHER)
    if look.state in ("closed", "plain"):
        handle = arc(0, -37, 10, 9, 180, 360)
        pen.shape(band(handle, 3.4), mix(hue, DARK, 0.4), ink_width=0.6, shade=0)
        pen.shape(rect(-30, -38, 30, 0, 4), hue)
        pen.ink([(-29, -22), (29, -22)], 0.7)
        for x in (-17, 17):
            pen.shape(rect(x - 4, -26, x + 4, -16, 1), YELLOW, ink_width=0.55, shade=0)
        for x in (-27, 27):
            pen.ink([(x, -35), (x, -3)], 0.5, mix(hue, WHITE, 0.35))
        return
    inside = mix(hue, WHITE, 0.45)
    pen.shape(poly((-27, -22), (-24, -56), (24, -56), (27, -22), corner=2), hue)
    pen.shape(poly((-23, -24), (-21, -52), (21, -52), (23, -24)), inside, ink_width=0.5, shade=0)
    if look.state == "money":
        for x in (-17, 0, 17):
            for level in (0, 4.4):
                pen.shape(rect(x - 8, -27 - level, x + 8, -22 - level, 0.6), "#a3bf93", ink_width=0.5)  # fmt: skip
            pen.fill(rect(x - 2, -31.4, x + 2, -22), CREAM)
    else:
        for x, turn in ((-12, -12), (2, 6), (13, 16)):
            pen.shape(_turn(rect(x - 9, -44, x + 8, -20), turn, x, -22), WHITE, ink_width=0.6)
    if look.state == "spilled":
        for x, y, turn in ((-46, -6, 14), (-62, 0, -10), (44, -5, -16), (62, 0, 8)):
            pen.shape(_turn(poly((x - 12, y), (x - 8, y - 8), (x + 13, y - 8), (x + 9, y)), turn, x, y), WHITE, ink_width=0.7)  # fmt: skip
    pen.shape(rect(-29, -23, 29, 0, 3), hue)
    for x in (-17, 17):
        pen.shape(rect(x - 3.4, -25, x + 3.4, -17, 1), YELLOW, ink_width=0.55, shade=0)


def draw_headphones(pen: Pen, look: Look) -> None:
    """Headphones with padded cups; with music notes around them when playing."""
    hue = look.tint(RED)
    bow = arc(0, -16, 16, 19, 180, 360)
    pen.shape(band(bow, 4.4), DARK, ink_width=0.7, shade=0)
    pen.shape(band(arc(0, -16, 16, 19, 222, 318), 6.4), hue, ink_width=0.7)
    for side in (-1, 1):
        pen.shape(rect(side * 16 - 5.5, -19, side * 16 + 5.5, 0, 4), hue)
        pen.shape(rect(side * 10.5 - 2.6, -17, side * 10.5 + 2.6, -2, 2.4), DARK, ink_width=0.6, shade=0)  # fmt: skip
    if look.state == "playing":
        for x, y in ((-31, -22), (29, -32)):
            pen.shape(oval(x, y, 3.6, 2.8, -18), DARK, ink_width=0.3, shade=0)
            pen.ink(path((x + 3, y), (x + 3, y - 13), (x + 8, y - 9)), 1.0, DARK)


def draw_cable(pen: Pen, look: Look) -> None:
    """An electric lead with its plug: lying about, or torn with sparks at its ends."""
    hue = look.tint(DARK)
    if look.state == "torn":
        for side in (-1, 1):
            end = path((side * 46, -2), (side * 30, -8), (side * 22, -1), (side * 9, -7))
            pen.shape(band(end, 2.8), hue, ink_width=0.4, shade=0)
            pen.ink([(side * 9, -7), (side * 4, -10)], 0.8, "#b8703f")
            pen.ink([(side * 9, -7), (side * 4, -5)], 0.8, "#b8703f")
        spark = poly((0, -20), (2, -13), (8, -14), (3, -9), (6, -3), (0, -6), (-6, -3), (-3, -9), (-8, -14), (-2, -13))  # fmt: skip
        pen.shape(spark, YELLOW, ink_width=0.6, shade=0)
        return
    line = path((-44, -2), (-26, -12), (-8, -2), (2, -9), (-8, -13), (-16, -6), (6, 0), (26, -6), (34, -7))  # fmt: skip
    pen.shape(band(line, 2.8), hue, ink_width=0.4, shade=0)
    pen.shape(rect(33, -13, 45, -1, 2.5), mix(hue, WHITE, 0.2), ink_width=0.7)
    for y in (-10, -4):
        pen.shape(rect(45, y - 1, 52, y + 1), STEEL, ink_width=0.5, shade=0)


def draw_stapler(pen: Pen, look: Look) -> None:
    """A stapler."""
    hue = look.tint(RED)
    pen.shape(rect(-21, -5, 21, 0, 2), IRON)
    pen.shape(rect(-19, -9, 15, -5, 1), STEEL, ink_width=0.6)
    pen.shape(blob((-20, -9), (-19, -15), (-4, -19), (14, -19), (21, -15), (20, -9)), hue)
    pen.ink(path((-12, -15), (2, -16.4), (13, -16)), 0.5, mix(hue, WHITE, 0.6))


def draw_folder(pen: Pen, look: Look) -> None:
    """A manila folder: shut, or with its papers slipping out."""
    hue = look.tint(_MANILA)
    if look.state == "slipping":
        for x, y, turn in ((-12, -20, -24), (2, -26, 12), (14, -18, 34)):
            pen.shape(_turn(rect(x - 12, y - 16, x + 12, y + 14), turn, x, y), WHITE, ink_width=0.7)
    else:
        pen.shape(rect(-19, -34, 18, -4), WHITE, ink_width=0.6)
    pen.shape(join(rect(-22, -30, 22, 0, 1.5), rect(2, -34, 18, -28, 1.5)), hue)
    if look.text:
        inscribe(pen, look.text, (0, -14), 38, 14, DARK, hue)
    else:
        pen.shape(rect(-12, -19, 10, -10), WHITE, ink_width=0.4, shade=0)
        pen.ink([(-8, -14.6), (6, -14.6)], 0.6, _LINES)


def draw_sticky_tape(pen: Pen, look: Look) -> None:
    """A roll of sticky tape with its end loose."""
    hue = look.tint("#e3c88a")
    pen.shape(poly((10, -3), (38, -2), (38, 1), (10, 1)), mix(hue, WHITE, 0.3), ink_width=0.6)
    ring = oval(0, -15, 16).difference(oval(0, -15, 8))
    pen.shape(ring, hue)
    pen.shape(oval(0, -15, 9.6).difference(oval(0, -15, 7)), "#b98a58", ink_width=0.5, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "paper",
        (32, 41),
        draw_paper,
        ("plain", "blank", "torn", "crumpled", "pile", "flying"),
        grips=((-10, -4), (10, -4)),
        carry="front",
        sizes={
            "torn": (44, 42),
            "crumpled": (18, 15),
            "pile": (44, 25),
            "flying": (136, 92),
        },
        scale=0.84,
        flattens=("plain", "blank", "torn"),
    ),
    PropKind(
        "envelope",
        (44, 30),
        draw_envelope,
        ("plain", "open", "sealed", "torn"),
        grips=((-14, -4), (14, -4)),
        carry="front",
        scale=0.66,
        sizes={"open": (44, 51)},
        flattens=("plain", "open", "sealed", "torn"),
    ),
    PropKind(
        "stamp",
        (28, 35),
        draw_stamp,
        ("plain", "postmarked"),
        grips=((0, -3),),
        carry="front",
        scale=0.36,
        weight=0.5,
        sizes={"postmarked": (38, 35)},
        flattens=("plain", "postmarked"),
    ),
    PropKind(
        "rubber stamp",
        (32, 38),
        draw_rubber_stamp,
        ("plain", "used"),
        grips=((0, -28),),
        carry="front",
        scale=0.36,
        weight=0.6,
        sizes={"used": (54, 47)},
    ),
    PropKind(
        "clipboard",
        (36, 52),
        draw_clipboard,
        ("plain", "blank", "refused"),
        grips=((-10, -6), (10, -6)),
        carry="front",
        scale=0.76,
        flattens=("plain", "blank", "refused"),
        thick=1.5,
    ),
    PropKind(
        "briefcase",
        (62, 48),
        draw_briefcase,
        ("closed", "open", "money", "spilled"),
        grips=((0, -45),),
        carry="low",
        scale=0.82,
        sizes={"open": (60, 58), "money": (60, 58), "spilled": (148, 58)},
    ),
    PropKind(
        "headphones",
        (44, 38),
        draw_headphones,
        ("plain", "playing"),
        grips=((0, -36),),
        carry="front",
        scale=0.66,
        sizes={"playing": (74, 48)},
    ),
    PropKind(
        "cable",
        (98, 16),
        draw_cable,
        ("plain", "torn"),
        grips=((36, -7),),
        carry="front",
        sizes={"torn": (94, 22)},
    ),
    PropKind("stapler", (43, 20), draw_stapler, grips=((0, -10),), carry="front", scale=0.52),
    PropKind(
        "folder",
        (45, 36),
        draw_folder,
        ("plain", "slipping"),
        grips=((-14, -4), (14, -4)),
        carry="front",
        sizes={"slipping": (62, 42)},
        scale=0.8,
        flattens=("plain",),
        thick=2.0,
    ),
    PropKind(
        "sticky tape",
        (54, 31),
        draw_sticky_tape,
        grips=((0, -6),),
        carry="front",
        scale=0.35,
        weight=0.62,
        shifts={"plain": -11.0},
    ),
)
