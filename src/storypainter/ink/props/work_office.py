"""What stands in an office: desk, swivel chair, computer, printer, cabinet, cooler, window."""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion, smoke, spill
from storypainter.ink.props.prop import (
    BLUE,
    DARK,
    GREEN,
    IRON,
    PALE_WOOD,
    RED,
    STEEL,
    WATER,
    WHITE,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
)
from storypainter.ink.props.views import draw_view

_CASE = "#4d5560"
_SCREEN = "#cfe6ea"
_GREY = "#d5d4cf"


def draw_desk(pen: Pen, look: Look) -> None:
    """A desk with a block of drawers: tidy, or heaped with papers and cups."""
    wood = look.tint(PALE_WOOD)
    pen.shape(rect(-72, -68, -30, -4), mix(wood, DARK, 0.14))
    for y in (-64.0, -44.0, -24.0):
        pen.shape(rect(-69, y, -33, y + 17, 1), mix(wood, WHITE, 0.12), ink_width=0.55)
        pen.shape(rect(-57, y + 6, -45, y + 9, 1), STEEL, ink_width=0.4, shade=0)
    pen.shape(rect(-30, -66, 66, -46), mix(wood, DARK, 0.24), ink_width=0.6, shade=0)
    pen.shape(rect(66, -68, 72, 0), wood, ink_width=0.8)
    top = poly((-77, -68), (-70, -80), (70, -80), (77, -68))
    pen.shape(top, mix(wood, WHITE, 0.35), ink_width=0.8, shade=0)
    pen.shape(rect(-78, -69, 78, -64.5, 0.8), wood, ink_width=0.8)
    if look.state == "cluttered":
        _clutter(pen)
    elif look.state == "in use":
        draw_computer(_at(pen, 22, -74), Look("on"))
        _clutter(pen, tall=3)


def _at(pen: Pen, x: float, y: float) -> Pen:
    """A pen whose origin is at (x, y)."""
    frame = pen.frame
    left, top = frame.point(x, y)
    return Pen(pen.canvas, Frame(left, top, frame.scale, frame.degrees, frame.mirror), pen.weight)


def _clutter(pen: Pen, tall: int = 7) -> None:
    """Heaps of paper, the left one of ``tall`` sheets, and a cup."""
    for side, count in ((-56, tall), (60, tall - 2)):
        for level in range(count):
            slip = 2.6 if level % 2 else -1.8
            y = -72 - level * 3.6
            sheet = rect(side - 13 + slip, y - 3.6, side + 13 + slip, y, 0.5)
            pen.shape(sheet, WHITE if level % 3 else "#ecd9b0", ink_width=0.5, shade=0)
    pen.shape(rect(-31, -87, -21, -73, 2), RED, ink_width=0.6)
    pen.ink(arc(-20.6, -81, 3.4, 3, -80, 80), 0.9)


def draw_office_chair(pen: Pen, look: Look) -> None:
    """A swivel chair facing right, on five castors; or fallen on its back."""
    hue = look.tint("#5d7a86")
    for x in (-24, -12, 12, 24, 0):
        pen.shape(limb([(0, -17), (x, -8)], 2.4, 1.8), DARK, ink_width=0.6, shade=0)
        pen.shape(oval(x, -4.2, 4), DARK, ink_width=0.5, shade=0)
    pen.shape(rect(-3, -40, 3, -14), IRON, ink_width=0.7)
    back = limb(path((-22, -60), (-25, -80), (-31, -102)), 6.4, 7.4, 6.0)
    pen.shape(limb(path((-10, -40), (-22, -46), (-24, -66)), 2.4, 2.2), IRON, ink_width=0.7)
    pen.shape(back, hue)
    pen.shape(rect(-24, -49, 25, -39, 4.5), hue)
    pen.ink([(-18, -46), (20, -46)], 0.5, mix(hue, WHITE, 0.4))
    pen.shape(limb(path((-20, -66), (-4, -67), (10, -66)), 2.4, 2.6), DARK, ink_width=0.7, shade=0)
    pen.shape(limb([(6, -65), (6, -48)], 1.6, 1.6), DARK, ink_width=0.5, shade=0)
    if look.state == "spinning":
        for line in (((-40, -34), (0, -27), (40, -34)), ((-44, -72), (-50, -66), (-44, -60)), ((34, -72), (40, -66), (34, -60))):  # fmt: skip
            motion(pen, line)


def draw_computer(pen: Pen, look: Look) -> None:
    """A computer with a keyboard: on, off, showing an error, broken, or smoking."""
    case = look.tint(_CASE)
    pen.shape(poly((-10, -13), (10, -13), (14, -6), (-14, -6), corner=1), case, ink_width=0.7)
    pen.shape(rect(-4, -18, 4, -10), case, ink_width=0.6, shade=0)
    pen.shape(rect(-29, -56, 29, -15, 3), case)
    face = rect(-25.5, -52.5, 25.5, -20)
    off = look.state in ("off", "broken", "smoking")
    with pen.canvas.lit():
        pen.shape(face, "#3c434c" if off else _SCREEN, ink_width=0.5, shade=0)
    _on_screen(pen, look)
    pen.shape(poly((-25, -1), (25, -1), (21, -8), (-21, -8), corner=1), _GREY, ink_width=0.7)
    for y in (-6.4, -4.6, -2.8):
        pen.ink([(-19, y), (19, y)], 0.5, "#7c7b83")
    if look.state == "smoking":
        smoke(pen, 4, -54, 52, 40)


def _on_screen(pen: Pen, look: Look) -> None:
    if look.state == "broken":
        for line in (((-4, -38), (-20, -49)), ((-4, -38), (4, -51)), ((-4, -38), (20, -33)), ((-4, -38), (-12, -23)), ((8, -36), (14, -46))):  # fmt: skip
            pen.ink(line, 0.6, WHITE)
        return
    if look.state == "error":
        pen.shape(poly((0, -49), (14, -26), (-14, -26), corner=2), YELLOW, ink_width=0.7)
        pen.shape(rect(-1.3, -42, 1.3, -33.4, 1), DARK, ink_width=0.3, shade=0)
        pen.fill(oval(0, -30, 1.6), DARK)
        return
    if look.state != "on":
        return
    if look.text:
        write(pen, look.text, (0, -36), 46, 26, "#2f4a55", _SCREEN)
        return
    pen.fill(rect(-25, -52, 25, -47.5), BLUE)
    for index, height in enumerate((8, 14, 11, 19)):
        pen.fill(rect(-19 + index * 6, -24 - height, -15 + index * 6, -24), (RED, BLUE, YELLOW, GREEN)[index])  # fmt: skip
    for y in (-42, -37, -32):
        pen.ink([(8, y), (21, y)], 0.6, "#7d93a3")


def draw_laptop(pen: Pen, look: Look) -> None:
    """A laptop seen from the front: open, shut, or with a broken screen."""
    case = look.tint("#a7adb3")
    base = poly((-26, 0), (26, 0), (22, -8), (-22, -8), corner=1)
    if look.state == "closed":
        pen.shape(rect(-25, -6, 25, 0, 2), case)
        pen.ink([(-23, -3), (23, -3)], 0.4)
        return
    pen.shape(rect(-23, -40, 23, -7, 2), mix(case, DARK, 0.45))
    with pen.canvas.lit():
        pen.shape(rect(-20, -37, 20, -10), "#3c434c" if look.state == "broken" else _SCREEN, ink_width=0.5, shade=0)  # fmt: skip
    if look.state == "broken":
        for line in (((2, -24), (-14, -35)), ((2, -24), (12, -35)), ((2, -24), (16, -17)), ((2, -24), (-8, -12))):  # fmt: skip
            pen.ink(line, 0.6, WHITE)
    elif look.text:
        write(pen, look.text, (0, -23.5), 36, 22, "#2f4a55", _SCREEN)
    else:
        for y, end in ((-32, 10), (-27, 15), (-22, 6), (-17, 12)):
            pen.ink([(-15, y), (end, y)], 0.6, "#7d93a3")
    pen.shape(base, case)
    for y in (-6, -4):
        pen.ink([(-18, y), (18, y)], 0.45, "#6d6f78")


def draw_printer(pen: Pen, look: Look) -> None:
    """An office printer on its stand: at rest, printing, jammed with paper, or smoking."""
    hue = look.tint(_GREY)
    pen.shape(rect(-31, -60, 31, -2, 2), mix(hue, DARK, 0.1))
    for y in (-56.0, -30.0):
        pen.shape(rect(-27, y, 27, y + 23, 1.5), mix(hue, WHITE, 0.3), ink_width=0.55)
        pen.shape(rect(-8, y + 9, 8, y + 13, 1.5), mix(hue, DARK, 0.45), ink_width=0.4, shade=0)
    pen.shape(poly((-36, -62), (36, -62), (33, -90), (-33, -90), corner=2), hue)
    pen.shape(rect(-37, -98, 37, -88, 2), mix(hue, WHITE, 0.25))
    pen.shape(rect(-26, -80, 22, -72, 1), "#3c434c", ink_width=0.6, shade=0)
    pen.shape(poly((24, -99), (36, -99), (37, -105), (25, -105)), _CASE, ink_width=0.5, shade=0)
    light = {"jammed": RED, "smoking": RED, "printing": "#8fc274"}.get(look.state, "#a9c0bd")
    with pen.canvas.lit():
        pen.shape(oval(28, -84, 2.4), light, ink_width=0.4, shade=0)
    if look.state == "printing":
        pen.shape(poly((-22, -76), (18, -76), (21, -58), (-25, -58)), WHITE, ink_width=0.7, shade=0)
        for y in (-71, -67, -63):
            pen.ink([(-18, y), (12, y)], 0.45, "#8b8591")
    elif look.state != "plain":
        for x, lean in ((-20, -6), (-8, 3), (5, -2), (15, 7)):
            crumple = poly((x - 7, -75), (x + 6, -75), (x + 8 + lean, -62), (x + 2 + lean, -57), (x - 3, -64), (x - 9 + lean, -56))  # fmt: skip
            pen.shape(crumple, WHITE, ink_width=0.6, shade=0)
        for x, y in ((-46, -2), (44, 0), (56, -4)):
            pen.shape(poly((x - 8, y), (x - 5, y - 6), (x + 4, y - 7), (x + 9, y - 2), (x + 2, y + 2)), WHITE, ink_width=0.6, shade=0)  # fmt: skip
    if look.state == "smoking":
        smoke(pen, 0, -98, 62, 50)


def draw_cabinet(pen: Pen, look: Look) -> None:
    """A steel filing cabinet: shut, a drawer open, or with papers bursting out."""
    hue = look.tint("#a3aeb0")
    pen.shape(rect(-27, -130, 27, -2, 1.5), hue)
    opened = look.state != "closed"
    for index, y in enumerate((-126.0, -95.0, -64.0, -33.0)):
        if opened and index == 1:
            continue
        pen.shape(rect(-24, y, 24, y + 28, 1), mix(hue, WHITE, 0.2), ink_width=0.55)
        pen.shape(rect(-9, y + 6, 9, y + 13, 0.8), WHITE, ink_width=0.4, shade=0)
        pen.shape(rect(-7, y + 17, 7, y + 20.5, 1), STEEL, ink_width=0.5, shade=0)
    if not opened:
        return
    pen.shape(rect(-24, -95, 24, -67), mix(hue, DARK, 0.55), ink_width=0.6, shade=0)
    for index, x in enumerate((-18, -10, -2, 6, 14)):
        lift = 3.0 * (index % 2)
        pen.shape(poly((x - 6, -78), (x - 5, -101 - lift), (x + 7, -101 - lift), (x + 8, -78)), ("#ecd9b0", "#d9c294")[index % 2], ink_width=0.5, shade=0)  # fmt: skip
        pen.shape(rect(x - 3, -104 - lift, x + 3, -101 - lift), WHITE, ink_width=0.35, shade=0)
    if look.state == "overflowing":
        for x, y, turn in ((-20, -104, -9), (0, -110, 3), (19, -103, 9), (30, -92, 14)):
            pen.shape(poly((x - 7 + turn, y - 12), (x + 6 + turn, y - 14), (x + 7, y + 8), (x - 7, y + 9)), WHITE, ink_width=0.6, shade=0)  # fmt: skip
        for x, y in ((-44, -1), (40, 2), (54, -2)):
            pen.shape(poly((x - 11, y), (x - 6, y - 5), (x + 11, y - 6), (x + 7, y)), WHITE, ink_width=0.6, shade=0)  # fmt: skip
    pen.shape(rect(-28, -88, 28, -60, 1), mix(hue, WHITE, 0.25), ink_width=0.8)
    pen.shape(rect(-9, -83, 9, -76, 0.8), WHITE, ink_width=0.4, shade=0)
    pen.shape(rect(-7, -71, 7, -67.5, 1), STEEL, ink_width=0.5, shade=0)


def draw_cooler(pen: Pen, look: Look) -> None:
    """A water cooler with its big bottle: full, empty, or leaking on the floor."""
    hue = look.tint("#eceae2")
    if look.state == "leaking":
        spill(pen, 8, 1, 44)
    bottle = join(rect(-17, -140, 17, -106, 8), rect(-6, -108, 6, -98))
    water = "#dfeaec" if look.state == "empty" else WATER
    pen.shape(bottle, "#e6f0f1", ink_width=0.8)
    if look.state != "empty":
        pen.fill(bottle.buffer(-1.2).intersection(rect(-20, -131, 20, -96)), water)
        for x, y, r in ((-6, -112, 2.4), (4, -118, 1.8), (-1, -125, 1.6)):
            pen.shape(oval(x, y, r), WHITE, ink_width=0.35, shade=0)
    for y in (-134, -114):
        pen.ink([(-15, y), (15, y)], 0.4, "#7da3b0")
    pen.shape(rect(-19, -100, 19, -2, 3), hue)
    pen.shape(rect(-13, -88, 13, -54, 2), mix(hue, DARK, 0.18), ink_width=0.55, shade=0)
    for x, tone in ((-6, BLUE), (6, RED)):
        pen.shape(rect(x - 2.6, -86, x + 2.6, -79, 1), tone, ink_width=0.5, shade=0)
        pen.shape(limb([(x, -79), (x, -75)], 1.4, 1.2), STEEL, ink_width=0.4, shade=0)
    pen.shape(rect(-11, -58, 11, -55), STEEL, ink_width=0.45, shade=0)
    pen.ink([(-12, -44), (12, -44)], 0.5)
    if look.state == "leaking":
        pen.shape(limb(path((-6, -74), (-6, -66), (-6, -57)), 1.1, 1.1), WATER, ink_width=0.4, shade=0)  # fmt: skip
        for x in (-10, 5):
            pen.shape(limb(path((x, -56), (x - 1, -30), (x, -1)), 1.8, 1.4, 2.4), WATER, ink_width=0.4, shade=0)  # fmt: skip
    for y in (-92, -84, -76):
        pen.shape(poly((20, y), (28, y), (27, y + 10), (21, y + 10)), WHITE, ink_width=0.45, shade=0)  # fmt: skip


def draw_office_window(pen: Pen, look: Look) -> None:
    """A band of glass high over a town, with a blind: towers by day, lit windows by night."""
    _radiator(pen)
    pen = _at(pen, 0, -84)
    pen.shape(rect(-91, -142, 91, -2, 1), "#e9e6df")
    draw_view(pen, look.ground, -85, -136, 85, -8)
    _towers(pen, look)
    pen.ink([(-85, -136), (85, -136), (85, -8), (-85, -8)], 0.6, closed=True)
    bars = join(*(rect(x - 2.6, -137, x + 2.6, -7) for x in (-28, 28)))
    pen.shape(bars, "#e9e6df", ink_width=0.5, shade=0)
    low = -22.0 if look.state == "blind down" else -112.0
    count = round((low + 138) / 4.4)
    for index in range(count):
        y = -138 + index * 4.4
        pen.shape(rect(-87, y, 87, y + 3.6, 0.8), look.tint("#f3efe4"), ink_width=0.35, shade=0)
    for x in (-66, 0, 66):
        pen.ink([(x, -138), (x, low)], 0.4, "#8b8591")
    pen.shape(rect(-89, -143, 89, -137, 1), "#d8d3c8", ink_width=0.6, shade=0)
    pen.shape(rect(-97, -5, 97, 1, 1), WHITE, ink_width=0.8)


def _radiator(pen: Pen) -> None:
    """The heater under the window."""
    for x in (-52, 52):
        pen.shape(rect(x - 2, -12, x + 2, 0), STEEL, ink_width=0.4, shade=0)
    for x in range(-70, 71, 14):
        pen.shape(rect(x - 6.4, -62, x + 6.4, -10, 3), "#e9e6df", ink_width=0.5, shade=0.6)
    pen.shape(rect(-78, -64, 78, -59, 1), "#e9e6df", ink_width=0.5, shade=0)


def _towers(pen: Pen, look: Look) -> None:
    dark = look.ground.dark
    with pen.clip(rect(-85, -136, 85, -8)):
        for left, right, top, wall in (
            (-84, -60, -66, "#c3b9ad"),
            (-56, -32, -100, "#a9b8be"),
            (-26, 4, -56, "#d2c2ab"),
            (8, 22, -84, "#b4aebb"),
            (24, 60, -98, "#c8bba6"),
            (64, 86, -62, "#a9b8be"),
        ):  # fmt: skip
            tone = mix(wall, "#26345e", 0.62) if dark else mix(wall, look.ground.sky, 0.3)
            pen.shape(rect(left, top, right, -6), tone, ink_width=0.4, shade=0)
            for row in range(int((-12 - top) / 13)):
                for column in range(int((right - left - 6) / 10)):
                    x, y = left + 5 + column * 10, top + 6 + row * 13
                    on = (row * 3 + column * 5 + int(left)) % 4 != 0
                    pane = "#f6d67c" if dark and on else mix(tone, WHITE, 0.1 if dark else 0.4)
                    pen.fill(rect(x, y, x + 5.4, y + 7), pane)


def draw_coat_stand(pen: Pen, look: Look) -> None:
    """A coat stand: bare, or with a coat, a hat and an umbrella on it."""
    wood = look.tint("#8f6741")
    for x in (-22, 22, -8):
        pen.shape(limb(path((0, -26), (x * 0.6, -10), (x, 0)), 2.4, 2.0), wood, ink_width=0.7)
    pen.shape(limb([(0, -172), (0, -14)], 2.8, 3.2), wood)
    pen.shape(oval(0, -176, 4), wood, ink_width=0.7)
    for side in (-1, 1):
        hook = path((0, -160), (side * 12, -162), (side * 18, -170))
        pen.shape(limb(hook, 1.8, 1.6), wood, ink_width=0.6)
    if look.state == "plain":
        return
    coat = poly((6, -158), (18, -166), (30, -154), (36, -74), (22, -70), (6, -74), corner=3)
    pen.shape(coat, "#6d7f93")
    pen.ink([(19, -150), (20, -74)], 0.6)
    pen.shape(poly((24, -148), (33, -146), (37, -104), (29, -102), corner=3), "#647589", ink_width=0.7)  # fmt: skip
    pen.shape(oval(-17, -172, 15, 3.6), "#a9745a", ink_width=0.7)
    pen.shape(rect(-26, -184, -8, -172, 4), "#a9745a", ink_width=0.7)
    pen.shape(band([(-8, -173.6), (-26, -173.6)], 2.4, flat=True), DARK, ink_width=0.3, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "desk",
        (156, 82),
        draw_desk,
        ("plain", "in use", "cluttered"),
        surface=Surface(74, (0, 44, -48)),
        approach=Approach(0.0, 120.0, weight=3.0),
        sizes={"in use": (156, 132), "cluttered": (156, 100)},
        weight=0.95,
    ),
    PropKind(
        "office chair",
        (64, 110),
        draw_office_chair,
        ("plain", "spinning"),
        seats=Surface(47, (2,)),
        surface=Surface(49, (0,)),
        sizes={"spinning": (92, 110)},
    ),
    PropKind(
        "computer",
        (58, 57),
        draw_computer,
        ("on", "off", "error", "broken", "smoking"),
        grips=((-26, -20), (26, -20)),
        carry="two",
        sizes={"smoking": (60, 110)},
    ),
    PropKind(
        "laptop",
        (52, 41),
        draw_laptop,
        ("open", "closed", "broken"),
        grips=((-22, -3), (22, -3)),
        carry="two",
        sizes={"closed": (50, 7)},
        scale=0.86,
    ),
    PropKind(
        "printer",
        (76, 106),
        draw_printer,
        ("plain", "printing", "jammed", "smoking"),
        surface=Surface(97, (-6,)),
        sizes={"jammed": (124, 106), "smoking": (124, 166)},
        weight=0.85,
    ),
    PropKind(
        "filing cabinet",
        (56, 131),
        draw_cabinet,
        ("closed", "open", "overflowing"),
        surface=Surface(130, (0,)),
        sizes={"overflowing": (118, 131)},
        weight=0.85,
        far=True,
    ),
    PropKind(
        "water cooler",
        (50, 141),
        draw_cooler,
        ("plain", "empty", "leaking"),
        sizes={"leaking": (96, 141)},
        weight=0.85,
    ),
    PropKind(
        "office window",
        (194, 228),
        draw_office_window,
        ("plain", "blind down"),
        weight=0.75,
        scale=0.9,
        far=True,
    ),
    PropKind(
        "coat stand",
        (64, 184),
        draw_coat_stand,
        ("full", "plain"),
        weight=0.85,
        solid=(40, 184),
    ),
)
