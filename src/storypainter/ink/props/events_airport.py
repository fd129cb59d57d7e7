"""What an airport has: an aeroplane, check-in desk, security gate, scanner and baggage belt."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
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
    Approach,
    Look,
    PropKind,
    Surface,
)

_GLASS = "#8fa9b8"
_RUBBER = "#4a4750"


def draw_plane(pen: Pen, look: Look) -> None:
    """An aeroplane from its side, nose to the right; ``parked``, ``flying`` or ``taking off``."""
    if look.state == "parked":
        _wheels(pen)
        _airliner(pen, look)
        return
    tilt = -16 if look.state == "taking off" else -5
    x, y = pen.frame.point(0, -12)
    frame = Frame(x, y, pen.frame.scale * 0.5, tilt, pen.frame.mirror)
    _airliner(Pen(pen.canvas, frame, pen.weight), look)
    for k, lift in enumerate((-58, -44, -30)):
        motion(pen, [(-108, lift + 32), (-124 - 8 * k, lift + 35), (-142, lift + 40)])


def _wheels(pen: Pen) -> None:
    for x in (-34, -12, 118):
        pen.shape(rect(x - 2.4, -40, x + 2.4, -8), IRON, ink_width=0.6)
        pen.shape(oval(x, -8, 8), _RUBBER)
        pen.shape(oval(x, -8, 3), STEEL, ink_width=0.5, shade=0)


def _airliner(pen: Pen, look: Look) -> None:
    stripe = look.tint("#c8665a")
    far_wing = poly((-14, -70), (34, -72), (6, -104), (-12, -104), corner=2)
    pen.shape(far_wing, mix(STEEL, WHITE, 0.4), ink_width=0.7, shade=0)
    tail = poly((-182, -78), (-138, -74), (-160, -150), (-184, -152), corner=3)
    pen.shape(tail, stripe)
    body = blob(
        (-196, -80), (-150, -88), (-60, -92), (80, -92), (140, -88), (176, -72), (186, -58),
        (172, -46), (120, -38), (-60, -38), (-120, -46), (-176, -68),
    )  # fmt: skip
    pen.shape(body, WHITE)
    with pen.clip(body.buffer(-0.8)):
        pen.fill(band(path((-200, -78), (-120, -60), (40, -54), (200, -54)), 6), stripe)
    for k in range(15):
        x = -112 + k * 16.4
        pen.shape(rect(x - 3.6, -79, x + 3.6, -69, 3), _GLASS, ink_width=0.5, shade=0)
    pen.shape(poly((150, -82), (166, -76), (160, -69), (146, -72), corner=1), _GLASS, ink_width=0.7)
    pen.shape(rect(132, -82, 141, -56, 2), mix(WHITE, STEEL, 0.4), ink_width=0.6, shade=0)
    pen.shape(poly((-196, -80), (-150, -80), (-168, -62), (-206, -66), corner=3), mix(stripe, WHITE, 0.2), ink_width=0.8)  # fmt: skip
    wing = poly((-30, -57), (50, -53), (-52, -4), (-86, -6), corner=3)
    pen.shape(wing, mix(STEEL, WHITE, 0.25))
    engine = join(rect(-2, -44, 34, -24, 8), oval(34, -34, 6, 10))
    pen.shape(engine, stripe)
    pen.shape(oval(35, -34, 4.6, 8.6), DARK, ink_width=0.5, shade=0)


def draw_check_in_desk(pen: Pen, look: Look) -> None:
    """A check-in desk with its screen, and beside it the scale for cases, on which things stand."""
    front = look.tint("#5f8a9c")
    pen.shape(poly((26, -26), (100, -26), (92, -36), (34, -36)), _RUBBER, ink_width=0.7, shade=0)
    pen.shape(rect(24, -26, 102, 0, 1), STEEL)
    for x in (40, 63, 86):
        pen.ink([(x, -35), (x + (x - 63) * 0.12, -27)], 0.5, "#8b8791")
    pen.shape(rect(84, -18, 98, -9, 1), DARK, ink_width=0.5, shade=0)
    pen.ink([(87, -13.5), (95, -13.5)], 0.8, "#9be08a")
    pen.shape(rect(-100, -104, 22, 0, 2), front)
    pen.shape(rect(-92, -88, 14, -10, 1), mix(front, WHITE, 0.16), ink_width=0.5, shade=0)
    plane = poly((-58, -46), (-30, -50), (-24, -62), (-20, -50), (-12, -51), (-20, -45), (-27, -34), (-30, -44))  # fmt: skip
    pen.shape(plane, mix(front, WHITE, 0.75), ink_width=0.5, shade=0)
    pen.shape(poly((-104, -104), (-96, -114), (18, -114), (26, -104)), mix(PALE_WOOD, WHITE, 0.3), ink_width=0.7, shade=0)  # fmt: skip
    pen.shape(rect(-104, -107, 26, -102, 1), PALE_WOOD, ink_width=0.8)
    pen.shape(rect(-86, -113, -70, -109, 1), DARK, ink_width=0.6)
    pen.shape(rect(-80, -122, -76, -112), DARK, ink_width=0.6)
    pen.shape(rect(-100, -144, -56, -119, 2), DARK)
    pen.ink([(-90, -132), (-66, -132)], 0.5, "#6d6875")


def draw_security_gate(pen: Pen, look: Look) -> None:
    """A metal detector to walk through; ``alarm`` its lamp flashes."""
    frame = look.tint("#c9ced2")
    for side in (-1, 1):
        pen.shape(rect(side * 56 - 9, -206, side * 56 + 9, 0, 2), frame)
        pen.shape(rect(side * 56 - 4, -190, side * 56 + 4, -18, 2), mix(frame, WHITE, 0.5), ink_width=0.5, shade=0)  # fmt: skip
        pen.shape(rect(side * 56 - 17, -7, side * 56 + 17, 0, 2), IRON)
    pen.shape(rect(-66, -226, 66, -200, 4), mix(frame, DARK, 0.2))
    alarm = look.state == "alarm"
    with pen.canvas.lit():
        pen.shape(oval(0, -213, 7), RED if alarm else GREEN, ink_width=0.7, shade=0)
        if alarm:
            for k in range(3):
                pen.ink(arc(0, -216, 16 + 9 * k, 15 + 9 * k, 208, 332), 0.9, RED)
            for side in (-1, 1):
                for y in (-150, -110, -70):
                    pen.shape(oval(side * 56, y, 3), RED, ink_width=0.5, shade=0)
    for x in (-34, -22, 22, 34):
        pen.fill(oval(x, -213, 2.2), "#e9ecee")


def draw_baggage_belt(pen: Pen, look: Look) -> None:
    """A baggage belt that comes out of a hatch at its left; things ride on it."""
    pen.shape(rect(-150, -118, -96, 0, 2), "#b9bfc4")
    pen.shape(rect(-110, -104, -94, -36), DARK, ink_width=0.6, shade=0)
    pen.shape(poly((-104, -40), (-96, -52), (138, -52), (150, -40)), _RUBBER, ink_width=0.8, shade=0)  # fmt: skip
    for k in range(10):
        x = -86 + k * 24
        pen.ink([(x, -51.4), (x - 7, -46), (x, -40.6)], 0.6, "#85808c")
    pen.shape(join(rect(-104, -41, 150, -28, 2), oval(146, -36, 8, 9)), look.tint(STEEL))
    pen.shape(rect(-100, -28, 142, 0, 1), mix(look.tint(STEEL), DARK, 0.25))
    for x in (-60, -2, 56, 114):
        pen.ink([(x, -27), (x, -2)], 0.5)
    for k in range(6):
        strip = -112 + k * 3.6
        pen.shape(rect(strip, -104, strip + 3.6, -50 - (k % 2) * 2), mix(_RUBBER, WHITE, 0.2), ink_width=0.5, shade=0)  # fmt: skip
    with pen.canvas.lit():
        pen.shape(oval(-123, -124, 7, 6), YELLOW, ink_width=0.7)
    pen.shape(rect(-131, -120, -115, -116), IRON, ink_width=0.6)


def draw_scanner(pen: Pen, look: Look) -> None:
    """A tunnel that looks into bags, with its belt; ``alarm`` its lamp flashes."""
    shell = look.tint("#a9b6bd")
    pen.shape(poly((-118, -62), (-112, -72), (112, -72), (118, -62)), _RUBBER, ink_width=0.7, shade=0)  # fmt: skip
    pen.shape(rect(-120, -64, 120, -54, 3), STEEL)
    for x in (-106, 106):
        pen.shape(rect(x - 4, -54, x + 4, 0), IRON, ink_width=0.7)
    pen.shape(rect(-58, -138, 58, 0, 4), shell)
    pen.shape(rect(-58, -54, 58, 0, 3), mix(shell, DARK, 0.25), ink_width=0.7)
    pen.shape(rect(-40, -130, 40, -82, 3), DARK)
    bag = join(rect(-20, -114, 20, -90, 3), band(arc(0, -114, 8, 8, 180, 360), 2))
    with pen.canvas.lit():
        pen.shape(bag, "#a9d3e0", ink_width=0.5, shade=0)
        pen.fill(limb([(-12, -96), (8, -108)], 2.4, 2.4), "#d98a4e")
        lamp = RED if look.state == "alarm" else GREEN
        pen.shape(oval(0, -143, 6, 5), lamp, ink_width=0.7, shade=0)
        if look.state == "alarm":
            for k in range(2):
                pen.ink(arc(0, -146, 13 + 8 * k, 12 + 8 * k, 205, 335), 0.9, RED)
    for side in (-1, 1):
        for k in range(3):
            x = side * (60 + k * 4)
            pen.shape(rect(x - 2, -106, x + 2, -66 + k), mix(_RUBBER, WHITE, 0.2), ink_width=0.5, shade=0)  # fmt: skip


def draw_boarding_pass(pen: Pen, look: Look) -> None:
    """A boarding pass with a little aeroplane."""
    paper = look.tint(CREAM)
    pen.shape(rect(-17, -17, 17, 0, 1.5), paper)
    pen.shape(rect(-17, -17, 17, -12.6, 1), BLUE, ink_width=0.6, shade=0)
    pen.ink([(8, -12), (8, -1)], 0.5)
    pen.shape(poly((-13, -6), (-5, -7), (-2, -11), (-1, -7), (3, -7), (-1, -5), (-3, -2), (-5, -5.4)), DARK, ink_width=0.3, shade=0)  # fmt: skip
    for x in (10.5, 12.2, 14.6):
        pen.ink([(x, -10), (x, -3)], 0.6)


KINDS = (
    PropKind(
        "plane", (404, 154), draw_plane, ("parked", "flying", "taking off"), far=True,
        airs={"flying": 200, "taking off": 150}, weight=0.8,
        sizes={"flying": (210, 76), "taking off": (210, 90)},
    ),
    PropKind(
        "check-in desk", (208, 146), draw_check_in_desk, surface=Surface(32, (63,)), weight=0.9,
        approach=Approach(0, 110, ahead=(-0.05, 0.06)),
    ),
    PropKind(
        "security gate", (132, 228), draw_security_gate, ("plain", "alarm"), solid=(20, 190),
        feet=(-56, 56), approach=Approach(0, 40, ahead=(0.006, 0.05)),
    ),
    PropKind(
        "baggage belt", (304, 130), draw_baggage_belt, surface=Surface(46, (-40, 20, 80, 125)),
        weight=0.9,
    ),
    PropKind("baggage scanner", (242, 150), draw_scanner, ("plain", "alarm"), weight=0.9),
    PropKind("boarding pass", (35, 18), draw_boarding_pass, grips=((0, -3),), carry="front", scale=0.68, weight=0.62, flattens=('plain',)),
)  # fmt: skip
