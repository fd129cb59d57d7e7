"""Large things of a hospital: the bed, the drip stand, the wheelchair, screens and monitors."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    DARK,
    GREEN,
    RED,
    STEEL,
    WATER,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

LINEN = "#f8f6ee"
CLINIC = "#7fb0ac"
_PLASTIC = "#e9e4d6"
_RUBBER = "#565a62"
_SCREEN = "#2f4148"
_PULSE = "#8fd694"


def castor(pen: Pen, x: float, y: float = 0.0, size: float = 5.0) -> None:
    """A small wheel that stands at (x, y)."""
    pen.shape(rect(x - 2, y - size * 2.6, x + 2, y - size), STEEL, ink_width=0.5, shade=0)
    pen.shape(oval(x, y - size, size), _RUBBER, ink_width=0.7, shade=0)
    pen.shape(oval(x, y - size, size * 0.36), STEEL, ink_width=0.4, shade=0)


def tube(pen: Pen, *points: Point, thick: float = 1.8, hue: str = STEEL) -> None:
    """A bent steel tube."""
    pen.shape(band(path(*points), thick * 2), hue, ink_width=0.7, shade=0.6)


def draw_hospital_bed(pen: Pen, look: Look) -> None:
    """A bed on wheels from its side, the pillow at the left.

    ``made``; ``unmade``; ``occupied``: the blanket is drawn over whoever lies there, by
    :func:`draw_hospital_bed_front`.
    """
    _bed_frame(pen)
    _end_panel(pen, -1, 112)
    top = poly((-100, -62), (-95, -74), (95, -74), (100, -62))
    pen.shape(top, LINEN, ink_width=0.8, shade=0)
    pen.shape(rect(-100, -63, 100, -47, 3), mix(LINEN, BLUE, 0.14), ink_width=0.8)
    _pillows(pen)
    cloth = look.tint(CLINIC)
    if look.state == "made":
        hem = path((97, -38), (70, -35), (40, -38), (10, -35), (-20, -38), (-36, -36))
        _blanket(pen, poly((-36, -66), (-32, -78), (94, -78), (99, -66), *hem.tolist()), cloth)
        _turned_sheet(pen, -36, -79)
    elif look.state == "unmade":
        _pushed_back(pen, cloth)
    _end_panel(pen, 1, 92)
    _chart(pen)


def draw_hospital_bed_front(pen: Pen, look: Look) -> None:
    """The blanket over whoever lies in the bed; nothing unless ``occupied``."""
    if look.state != "occupied":
        return
    top = path(
        (-16, -66), (-14, -92), (0, -106), (20, -114), (40, -107), (60, -93), (82, -93), (93, -88), (98, -70),
    )  # fmt: skip
    hem = path((98, -38), (74, -35), (48, -39), (22, -35), (0, -38), (-16, -36))
    _blanket(pen, poly(*top.tolist(), *hem.tolist()), look.tint(CLINIC))
    _turned_sheet(pen, -16, -97)
    _end_panel(pen, 1, 92)
    _chart(pen)


def _bed_frame(pen: Pen) -> None:
    for x in (-84, 84):
        castor(pen, x, 0, 6.5)
    pen.shape(rect(-92, -22, 92, -15, 2), STEEL, ink_width=0.8)
    for start, end in (((-58, -18), (8, -42)), ((58, -18), (-8, -42))):
        pen.shape(limb([start, end], 2.6, 2.6), mix(STEEL, DARK, 0.2), ink_width=0.7, shade=0)
    pen.shape(oval(0, -39, 3.4), _RUBBER, ink_width=0.6, shade=0)
    pen.shape(rect(-103, -48, 103, -39, 2), mix(STEEL, WHITE, 0.3), ink_width=0.9)
    for left, right in ((-62, -8), (4, 58)):
        rail = band([(left, -41), (left, -30), (right, -30), (right, -41)], 3.4)
        pen.shape(rail, mix(STEEL, WHITE, 0.45), ink_width=0.6, shade=0.5)


def _end_panel(pen: Pen, side: int, height: float) -> None:
    """A moulded panel at the head (-1) or the foot (1)."""
    left, right = sorted((side * 101.0, side * 112.0))
    panel = rect(left, -height, right, -34, 5)
    pen.shape(panel, _PLASTIC)
    pen.shape(rect(left + 2.6, -height + 5, right - 2.6, -height + 20, 2.4), CLINIC, ink_width=0.6)
    pen.ink([(left + 5.5, -height + 26), (left + 5.5, -40)], 0.4)


def _pillows(pen: Pen) -> None:
    back = blob((-99, -70), (-98, -92), (-82, -96), (-62, -90), (-58, -74), (-78, -68))
    pen.shape(back, mix(LINEN, BLUE, 0.18), ink_width=0.8)
    front = blob((-99, -63), (-99, -79), (-80, -83), (-56, -79), (-50, -69), (-64, -62), (-84, -61))
    pen.shape(front, LINEN)
    for line in (((-94, -67), (-88, -71), (-80, -72)), ((-56, -70), (-62, -73), (-67, -73))):
        pen.ink(path(*line), 0.45)


def _blanket(pen: Pen, area: Form, cloth: str) -> None:
    """A woven hospital blanket with a pale stripe along its hem."""
    pen.shape(area, cloth)
    seam = mix(cloth, DARK, 0.28)
    left, top, right, bottom = area.bounds
    with pen.clip(area.buffer(-0.7)):
        pen.fill(rect(left, bottom - 11, right, bottom - 6.4), mix(cloth, WHITE, 0.6))
        y = float(top) + 7
        while y < bottom - 14:
            pen.ink([(left, y), (right, y - 1)], 0.28, seam)
            y += 7.4
        x = left + 9
        while x < right:
            pen.ink([(x, top - 4), (x, bottom - 13)], 0.24, seam)
            x += 9


def _turned_sheet(pen: Pen, x: float, top: float) -> None:
    fold = poly(
        (x - 7, -66), (x - 2, top + 3), (x + 4, top), (x + 13, top - 5), (x + 9, -66),
        (x + 10, -37), (x - 7, -36), corner=1,
    )  # fmt: skip
    pen.shape(fold, LINEN, ink_width=0.8)
    pen.ink([(x + 2, top + 6), (x - 1, -60), (x, -42)], 0.4)


def _pushed_back(pen: Pen, cloth: str) -> None:
    heap = blob(
        (26, -62), (22, -72), (36, -84), (54, -80), (72, -90), (92, -82), (98, -62), (97, -30), (84, -18), (66, -26), (52, -20), (40, -38),
    )  # fmt: skip
    _blanket(pen, heap, cloth)
    dark = mix(cloth, DARK, 0.5)
    for line in (((36, -74), (46, -66), (46, -52)), ((70, -84), (66, -66), (74, -50)), ((56, -40), (62, -32), (58, -26))):  # fmt: skip
        pen.ink(path(*line), 0.6, dark)
    for line in (((-34, -70), (-22, -68), (-8, -70)), ((-30, -57), (-18, -55), (-4, -57))):
        pen.ink(path(*line), 0.45)


def _chart(pen: Pen) -> None:
    """The patient's chart, hooked to the foot of the bed."""
    pen.shape(rect(97, -78, 117, -50, 1), "#8f6741", ink_width=0.8, shade=0)
    pen.shape(rect(99, -74, 115, -52), WHITE, ink_width=0.4, shade=0)
    pen.shape(rect(103, -80, 111, -75, 1), STEEL, ink_width=0.6, shade=0)
    curve = path((101, -58), (104, -64), (107, -60), (110, -68), (113, -66))
    pen.ink(curve, 0.6, RED)


def draw_drip_stand(pen: Pen, look: Look) -> None:
    """A pole on wheels with a bag of fluid, full or ``empty``, its tube and a small pump."""
    for x, y in ((-18, -3), (16, -4)):
        tube(pen, (0, -13), (x, y - 8), thick=1.6)
        castor(pen, x, y, 3.4)
    for x in (-26, 0, 26):
        tube(pen, (0, -14), (x, -7), thick=1.7)
        castor(pen, x, 0, 3.6)
    pen.shape(rect(-1.7, -190, 1.7, -12, 1), STEEL, ink_width=0.7)
    for side in (-1, 1):
        tube(pen, (0, -188), (side * 10, -193), (side * 15, -187), thick=1.0)
    _drip_bag(pen, 0.0 if look.state == "empty" else 1.0)
    pen.shape(rect(-9, -122, 10, -96, 2), _PLASTIC, ink_width=0.9)
    pen.shape(rect(-6, -118, 7, -109, 0.8), _SCREEN, ink_width=0.5, shade=0)
    pen.ink([(-4, -113), (-1, -113), (0, -116), (1.6, -111), (2.6, -113), (5, -113)], 0.5, _PULSE)
    for dx, hue in ((-4.0, RED), (0.5, YELLOW), (5.0, GREEN)):
        pen.shape(oval(dx, -102, 1.5), hue, ink_width=0.35, shade=0)


def _drip_bag(pen: Pen, share: float) -> None:
    tubing = path((-15, -131), (-16, -112), (-18, -86), (-9, -64), (4, -72), (8, -88))
    pen.ink(tubing, 0.9, "#7ba7b8")
    pen.shape(rect(6, -92, 10, -87, 1), RED, ink_width=0.5, shade=0)
    bag = join(
        rect(-27, -178, -3, -142, 4), poly((-23, -146), (-7, -146), (-13, -136), (-17, -136))
    )
    pen.shape(bag, "#eef4f2", ink_width=0.9)
    if share:
        with pen.clip(bag.buffer(-0.8)):
            pen.fill(rect(-28, -172, -2, -134), WATER)
            pen.ink([(-26, -172), (-4, -172)], 0.5, "#6f9fb8")
    pen.ink([(-27, -178), (-3, -178)], 0.8)
    pen.ink([(-15, -178), (-15, -187)], 0.6)
    pen.shape(rect(-21, -166, -9, -156, 0.8), WHITE, ink_width=0.4, shade=0)
    for y in (-163, -159.6):
        pen.ink([(-19, y), (-11, y)], 0.3)
    pen.shape(rect(-17.4, -137, -12.6, -129, 1.4), WHITE, ink_width=0.5, shade=0)


def draw_wheelchair(pen: Pen, look: Look) -> None:
    """A wheelchair facing right: far wheel, back and seat; the rest is drawn before the sitter."""
    cloth = look.tint("#5f7f9c")
    far = mix(_RUBBER, WHITE, 0.18)
    pen.shape(oval(0, -33, 29).difference(oval(0, -33, 26)), far, ink_width=0.6, shade=0)
    pen.shape(oval(36, -8, 6).difference(oval(36, -8, 3)), far, ink_width=0.6, shade=0)
    tube(pen, (-12, -96), (-21, -98), thick=1.8, hue=mix(STEEL, DARK, 0.2))
    back = poly((-21, -52), (-8, -56), (-14, -100), (-27, -95), corner=2)
    pen.shape(back, mix(cloth, DARK, 0.14), ink_width=0.8)
    tube(pen, (-6, -74), (26, -74), thick=1.6, hue=mix(STEEL, DARK, 0.2))
    seat = poly((-22, -50), (-10, -57), (36, -57), (31, -50), corner=1)
    pen.shape(seat, cloth, ink_width=0.8, shade=0)
    pen.shape(rect(-23, -51, 32, -45, 2), mix(cloth, DARK, 0.16), ink_width=0.8)
    tube(pen, (32, -48), (42, -30), (48, -5), thick=1.7)


def draw_wheelchair_front(pen: Pen, look: Look) -> None:
    """The near side of a wheelchair: handle, arm rest, the large wheel."""
    cloth = look.tint("#5f7f9c")
    tube(pen, (-22, -48), (-27, -76), (-30, -99), (-36, -103), (-48, -102), thick=2.0)
    pen.shape(band([(-37, -103), (-49, -102)], 5), _RUBBER, ink_width=0.7, shade=0)
    tube(pen, (26, -47), (26, -68), (20, -73), (-24, -73), thick=1.7)
    pen.shape(rect(-22, -77, 22, -72, 2.4), mix(cloth, DARK, 0.45), ink_width=0.8)
    tube(pen, (-14, -46), (26, -46), thick=1.7)
    tube(pen, (28, -46), (40, -26), (46, -4), thick=1.7)
    pen.shape(poly((30, 0), (34, -4), (62, -4), (60, 0), corner=1), _RUBBER, ink_width=0.7)
    castor(pen, 25, 0, 6)
    wheel = oval(-11, -31, 31)
    pen.shape(wheel.difference(oval(-11, -31, 27.6)), _RUBBER, ink_width=0.8, shade=0)
    pen.ink(oval(-11, -31, 24).exterior.coords, 0.7, STEEL, closed=True)
    for turn in range(8):
        dx, dy = arc(0, 0, 26.5, 26.5, turn * 45, turn * 45 + 9)[0]
        pen.ink([(-11, -31), (-11 + dx, -31 + dy)], 0.4, "#8d9398")
    pen.shape(oval(-11, -31, 4), STEEL, ink_width=0.6, shade=0)


def draw_walking_frame(pen: Pen, look: Look) -> None:
    """A light frame to lean on, with two wheels in front."""
    hue = look.tint(STEEL)
    far = mix(hue, DARK, 0.25)
    tube(pen, (-14, -78), (-10, -84), (14, -84), (20, -76), (22, -12), thick=1.6, hue=far)
    tube(pen, (-13, -80), (-18, -4), thick=1.6, hue=far)
    castor(pen, 22, -3, 4.4)
    tube(pen, (6, -50), (18, -54), thick=1.4, hue=far)
    tube(pen, (-26, -2), (-22, -78), (-16, -86), (12, -86), (18, -78), (21, -14), thick=2, hue=hue)
    tube(pen, (-24, -44), (19, -44), thick=1.6, hue=hue)
    pen.shape(limb([(-16, -87), (6, -87)], 3.2, 3.2), _RUBBER, ink_width=0.7, shade=0)
    pen.shape(rect(-29, -6, -23, 0, 1.6), _RUBBER, ink_width=0.6, shade=0)
    castor(pen, 21, 0, 5.4)


def draw_medical_screen(pen: Pen, look: Look) -> None:
    """A folding screen of gathered cloth on wheels."""
    cloth = look.tint("#a9c9b8")
    for index, (left, right) in enumerate(((-84, -30), (-28, 26), (28, 82))):
        tone = mix(cloth, DARK, 0.07 * (index % 2))
        lift = -4 if index == 1 else 0
        panel = rect(left + 3, -156 + lift, right - 3, -22 + lift)
        pen.shape(panel, tone, ink_width=0.7)
        x = left + 9
        while x < right - 4:
            fold = path((x, -155 + lift), (x + 1.4, -90 + lift), (x, -24 + lift))
            pen.ink(fold, 0.4, mix(tone, DARK, 0.4))
            x += 8
        for y in (-158, -20):
            pen.shape(rect(left, y + lift - 2, right, y + lift + 2, 1.6), STEEL, ink_width=0.6)
        for x in (left + 1, right - 1):
            pen.shape(rect(x - 2, -162 + lift, x + 2, -8 + lift, 1.6), STEEL, ink_width=0.7)
            castor(pen, x, lift, 4)


def draw_monitor(pen: Pen, look: Look) -> None:
    """A monitor on a stand that shows a heartbeat, a flat line, an alarm, or nothing."""
    for x in (-22, 22):
        tube(pen, (0, -14), (x, -8), thick=2)
        castor(pen, x, 0, 4)
    pen.shape(rect(-3, -104, 3, -10, 1), STEEL, ink_width=0.7)
    pen.shape(rect(-18, -74, 18, -68, 1), mix(STEEL, WHITE, 0.4), ink_width=0.7)
    pen.shape(rect(-18, -84, -4, -74, 1), mix(_PLASTIC, BLUE, 0.3), ink_width=0.6)
    pen.ink(path((18, -72), (30, -66), (24, -48), (34, -40)), 0.8, _RUBBER)
    pen.shape(rect(-34, -156, 34, -104, 4), _PLASTIC)
    with pen.canvas.lit():
        pen.shape(rect(-29, -151, 29, -112, 2), _SCREEN, ink_width=0.7, shade=0)
        _trace(pen, look.state)
    for x, hue in ((-24, GREEN), (-17, YELLOW), (24, RED)):
        pen.shape(oval(x, -108, 2), hue, ink_width=0.35, shade=0)


def _trace(pen: Pen, state: str) -> None:
    if state == "off":
        return
    hue = "#f08a6f" if state == "alarm" else _PULSE
    if state == "flat line":
        pen.ink([(-27, -134), (14, -134)], 1.1, hue)
    else:
        beat: list[Point] = [(-27, -134)]
        for x in (-22, -8, 6):
            beat += [(x, -134), (x + 2, -138), (x + 4, -129), (x + 6, -147), (x + 8, -124), (x + 10, -134)]  # fmt: skip
        pen.ink(beat[:-6] if state == "beating" else beat, 1.0, hue)
    wave = path((-27, -118), (-20, -121), (-13, -117), (-6, -121), (1, -117), (8, -121), (14, -118))
    pen.ink(wave, 0.8, "#7fb8d8")
    for y, size in ((-144, 5.5), (-131, 4.5), (-119, 4)):
        pen.shape(rect(18, y - size / 2, 26, y + size / 2, 1), hue, ink_width=0, shade=0)
    if state == "alarm":
        for line in (((36, -158), (43, -166)), ((38, -148), (47, -151)), ((28, -160), (31, -170))):
            pen.ink(line, 1.0, RED)


def draw_overbed_table(pen: Pen, look: Look) -> None:
    """A table on one leg that reaches over a bed."""
    castor(pen, -34, 0, 4)
    castor(pen, 20, 0, 4)
    pen.shape(rect(-40, -12, 26, -7, 2), STEEL, ink_width=0.8)
    pen.shape(rect(-36, -88, -28, -8, 2), STEEL, ink_width=0.9)
    pen.shape(poly((-44, -88), (-38, -97), (38, -97), (46, -88)), "#ead9b8", ink_width=0.8, shade=0)
    pen.shape(rect(-45, -89, 47, -84, 1.6), "#d9b98a", ink_width=0.9)


def draw_medicine_trolley(pen: Pen, look: Look) -> None:
    """A steel trolley with a drawer and bottles on its lower shelf."""
    for x in (-32, 32):
        castor(pen, x, 0, 5)
        pen.shape(rect(x - 2, -84, x + 2, -12, 1), STEEL, ink_width=0.7)
    pen.shape(rect(-36, -20, 36, -14, 1), mix(STEEL, WHITE, 0.3), ink_width=0.8)
    for x, wide, tall, hue in ((-24, 6, 22, "#b8794a"), (-10, 5, 16, WHITE), (4, 7, 19, "#86a9bb"), (20, 8, 12, "#e0d3a8")):  # fmt: skip
        pen.shape(rect(x - wide, -20 - tall, x + wide, -20, 2), hue, ink_width=0.7)
        pen.shape(rect(x - wide * 0.6, -25 - tall, x + wide * 0.6, -20 - tall, 1), DARK, ink_width=0.5, shade=0)  # fmt: skip
        pen.shape(rect(x - wide * 0.7, -20 - tall * 0.66, x + wide * 0.7, -20 - tall * 0.3), LINEN, ink_width=0.4, shade=0)  # fmt: skip
    pen.shape(rect(-35, -80, 35, -58, 2), look.tint("#d5dfdc"), ink_width=0.9)
    pen.shape(rect(-12, -72, 12, -67, 2), STEEL, ink_width=0.6, shade=0)
    pen.shape(poly((-38, -80), (-33, -89), (33, -89), (38, -80)), mix(STEEL, WHITE, 0.5), ink_width=0.8, shade=0)  # fmt: skip
    pen.shape(rect(-39, -82, 39, -78, 1), STEEL, ink_width=0.8)
    tube(pen, (36, -84), (46, -92), (47, -98), thick=1.6)


def draw_visitor_chair(pen: Pen, look: Look) -> None:
    """A padded chair on steel tubes, facing right."""
    cloth = look.tint("#c9956b")
    for points in (((-12, -46), (-16, -6)), ((22, -46), (25, -6))):
        tube(pen, *points, thick=1.5, hue=mix(STEEL, DARK, 0.3))
    back = poly((-19, -54), (-8, -58), (-14, -94), (-25, -90), corner=3)
    pen.shape(back, mix(cloth, WHITE, 0.1), ink_width=0.9)
    pen.shape(poly((-22, -46), (-10, -52), (28, -52), (22, -46), corner=1), mix(cloth, WHITE, 0.2), ink_width=0.7, shade=0)  # fmt: skip
    pen.shape(rect(-23, -47, 23, -40, 3), cloth, ink_width=0.9)
    tube(pen, (-18, -40), (-22, -1), thick=2)
    tube(pen, (17, -40), (19, -1), thick=2)
    tube(pen, (-20, -48), (-27, -92), thick=1.8)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "hospital bed",
        (228, 112),
        draw_hospital_bed,
        ("made", "unmade", "occupied"),
        surface=Surface(72, (10, 60, -24)),
        seats=Surface(62, (24, 70, -24)),
        berth=Surface(68, (-8,)),
        front=draw_hospital_bed_front,
        solid=(210, 76),
        weight=1.0,
    ),
    PropKind(
        "drip stand",
        (58, 194),
        draw_drip_stand,
        ("full", "empty"),
        grips=((0, -134),),
        carry="push",
        solid=(26, 190),
    ),
    PropKind(
        "wheelchair",
        (124, 106),
        draw_wheelchair,
        grips=((-44, -102), (-40, -102)),
        carry="push",
        seats=Surface(52, (8,)),
        front=draw_wheelchair_front,
        solid=(76, 76),
    ),
    PropKind(
        "walking frame",
        (62, 90),
        draw_walking_frame,
        grips=((-10, -87), (-4, -87)),
        carry="push",
        solid=(30, 60),
    ),
    PropKind("medical screen", (172, 168), draw_medical_screen, weight=0.8),
    PropKind(
        "heart monitor",
        (74, 156),
        draw_monitor,
        ("beating", "flat line", "alarm", "off"),
        sizes={"alarm": (90, 170)},
    ),
    PropKind(
        "overbed table",
        (94, 97),
        draw_overbed_table,
        surface=Surface(92, (0, -24, 24)),
        solid=(90, 20),
    ),
    PropKind(
        "medicine trolley",
        (92, 100),
        draw_medicine_trolley,
        surface=Surface(85, (-18, 14)),
    ),
    PropKind(
        "visitor chair",
        (58, 96),
        draw_visitor_chair,
        surface=Surface(47, (0,)),
        seats=Surface(46, (0,)),
    ),
)
