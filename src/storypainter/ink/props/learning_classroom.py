"""What stands and hangs in a classroom: desks, board, window, wall map, coat rail, globe, easel."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import star
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    PALE_WOOD,
    PINK,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
    strip,
)
from storypainter.ink.props.views import draw_view, sky_of

SLATE = "#48635a"
CHALK = "#e9ece2"
PAINT = "#f6f1e3"
BRASS = "#c39a4e"
_DESK_TOP = 66.0  # cm
_TABLE_TOP = 64.0


def draw_school_desk(pen: Pen, look: Look) -> None:
    """A desk and its bench in one, seen from the side, facing right; ``open`` its lid is up."""
    wood = look.tint(PALE_WOOD)
    dark = mix(IRON, DARK, 0.25)
    for x in (-24, 32):
        pen.shape(limb([(x + 8, -34), (x + 9, -5)], 1.7, 1.7), dark, ink_width=0.6, shade=0)
    pen.shape(limb([(-30, -38), (-37, -72)], 1.8, 1.8), dark, ink_width=0.6, shade=0)
    back = poly((-40, -58), (-30, -62), (-34, -82), (-44, -78), corner=1.6)
    pen.shape(back, mix(wood, WHITE, 0.2), ink_width=0.8)
    seat = poly((-36, -38), (-26, -44), (4, -44), (-4, -38), corner=0.6)
    pen.shape(seat, mix(wood, WHITE, 0.3), ink_width=0.8, shade=0)
    pen.shape(rect(-36.5, -38.6, -3.5, -34.6, 1.4), wood, ink_width=0.8)
    top = poly((6, -_DESK_TOP), (15, -_DESK_TOP - 6), (56, -_DESK_TOP - 10), (52, -_DESK_TOP - 4))
    pen.shape(top, mix(wood, WHITE, 0.34), ink_width=0.8, shade=0)
    if look.state == "open":
        lid = poly((50, -_DESK_TOP - 6), (57, -_DESK_TOP - 10), (48, -104), (41, -100), corner=0.5)
        pen.shape(top.buffer(-1.4), mix(wood, DARK, 0.6), ink_width=0.5, shade=0)
        for x, hue in ((20, RED), (32, BLUE)):
            pen.shape(rect(x, -76, x + 9, -67), hue, ink_width=0.5, shade=0)
        pen.shape(lid, mix(wood, WHITE, 0.1), ink_width=0.8)


def draw_school_desk_front(pen: Pen, look: Look) -> None:
    """The near side of the desk: box, ink well rim, iron legs over the sitter's knees."""
    wood = look.tint(PALE_WOOD)
    iron = mix(IRON, DARK, 0.1)
    box = poly((6, -_DESK_TOP), (52, -_DESK_TOP - 4), (52, -52), (8, -52), corner=0.8)
    pen.shape(limb([(-25, -35), (-27, -4), (-35, -2)], 2.0, 1.9, 1.8), iron, ink_width=0.7, shade=0)
    pen.shape(limb([(32, -52), (33, -4), (46, -2)], 2.0, 1.9, 1.8), iron, ink_width=0.7, shade=0)
    pen.shape(limb([(-27, -6), (33, -6)], 1.6, 1.6), iron, ink_width=0.6, shade=0)
    pen.shape(box, wood, ink_width=0.9)
    pen.ink([(11, -59), (48, -61)], 0.4, mix(wood, DARK, 0.4))


def draw_school_table(pen: Pen, look: Look) -> None:
    """A table for two, and the two chairs behind it."""
    for x in (-43, 43):
        chair = look.tint(BLUE)
        pen.shape(rect(x - 15, -80, x + 15, -60, 4), chair, ink_width=0.8)
        pen.shape(rect(x - 9, -73, x + 9, -70, 1.2), mix(chair, DARK, 0.5), ink_width=0.4, shade=0)
        for side in (-1, 1):
            pen.shape(limb([(x + side * 13, -62), (x + side * 15, -3)], 1.4, 1.4), STEEL, shade=0,
                      ink_width=0.6)  # fmt: skip
        pen.shape(rect(x - 17, -43, x + 17, -39, 1.6), mix(chair, DARK, 0.15), ink_width=0.7)
    for x in (-74, 74):
        pen.shape(
            limb([(x, -60), (x, -5)], 1.6, 1.6), mix(STEEL, DARK, 0.3), ink_width=0.6, shade=0
        )


def draw_school_table_front(pen: Pen, look: Look) -> None:
    """The table's top and its near legs."""
    top = _TABLE_TOP
    for x in (-77, 77):
        pen.shape(limb([(x, -top + 6), (x * 1.02, -1)], 2.0, 1.8), STEEL, ink_width=0.8, shade=0)
        pen.shape(rect(x * 1.02 - 3.4, -3, x * 1.02 + 3.4, 0, 1), DARK, ink_width=0.5, shade=0)
    surface = poly((-84, -top), (-78, -top - 6), (78, -top - 6), (84, -top))
    pen.shape(surface, "#ecd9b2", ink_width=0.9, shade=0)
    pen.shape(rect(-84.5, -top - 0.6, 84.5, -top + 4.4, 1.6), "#d3b27a", ink_width=0.9)


def draw_teacher_desk(pen: Pen, look: Look) -> None:
    """The far side of a big wooden desk; whoever sits or stands at it is behind its front."""
    wood = look.tint(WOOD)
    pen.shape(poly((-84, -72), (-76, -81), (76, -81), (84, -72)), mix(wood, WHITE, 0.24), shade=0)


def draw_teacher_desk_front(pen: Pen, look: Look) -> None:
    """The desk's front with drawers at one side, an open knee hole that a panel closes."""
    wood = look.tint(WOOD)
    dark = mix(wood, DARK, 0.2)
    pen.shape(rect(-79, -70, 79, 0, 1), wood)
    pen.shape(rect(-30, -62, 72, -8, 1), mix(wood, DARK, 0.1), ink_width=0.6)
    for x in (4, 38):
        pen.ink([(x, -60), (x, -10)], 0.45, dark)
    for top in (-63, -44, -25):
        pen.shape(rect(-73, top, -36, top + 16, 1), mix(wood, WHITE, 0.12), ink_width=0.6)
        pen.shape(oval(-54.5, top + 8, 2.6), BRASS, ink_width=0.5, shade=0)
    pen.shape(rect(-85, -75, 85, -68.5, 1.2), mix(wood, WHITE, 0.12))


def draw_chalkboard(pen: Pen, look: Look) -> None:
    """A wide green chalkboard with a ledge for chalk: wiped, or full of sums."""
    pen.shape(rect(-86, -112, 86, 0, 1.4), look.tint(WOOD))
    pen.shape(rect(-80, -106, 80, -6), SLATE, ink_width=0.7, shade=0)
    chalk = mix(SLATE, CHALK, 0.22)
    for x, y, size in ((-40, -48, 30), (44, -66, 26)):
        pen.fill(oval(x, y, size, size * 0.34, -12), chalk, 0.32)
    if look.state == "full":
        _chalk_lesson(pen)
    pen.shape(poly((-84, -3), (84, -3), (88, 4), (-88, 4)), mix(WOOD, WHITE, 0.25), ink_width=0.8)
    for x, hue in ((-70, WHITE), (-60, WHITE), (-48, PINK)):
        pen.shape(rect(x, -5.4, x + 8, -2.6, 1), hue, ink_width=0.45, shade=0)
    pen.shape(rect(52, -9, 72, -2.4, 1.2), DARK_WOOD, ink_width=0.5)
    pen.shape(rect(52, -5, 72, -2.4, 0.6), "#d9d2c2", ink_width=0.4, shade=0)


def _chalk_lesson(pen: Pen) -> None:
    """A geometry lesson in white chalk: triangle, circle, waves of writing."""
    line = CHALK
    pen.ink([(-70, -22), (-26, -22), (-70, -76)], 1.1, line, closed=True)
    pen.ink([(-70, -30), (-62, -30), (-62, -22)], 0.8, line)
    pen.ink(arc(16, -52, 26, 26, 0, 360), 1.1, line, closed=True)
    pen.ink([(16, -52), (16, -78)], 0.9, line)
    pen.ink([(16, -52), (38, -40)], 0.9, line)
    for row, length in enumerate((26, 20, 24, 14)):
        y = -88 + row * 15
        steps = [(50 + k * 2.6, y + (2 if k % 2 else -2)) for k in range(int(length / 2.6))]
        pen.ink(path(*steps), 0.8, line)


def draw_classroom_window(pen: Pen, look: Look) -> None:
    """A tall window of many panes with a deep sill: plants and a paint pot stand on it."""
    pen.shape(rect(-64, -150, 64, 0, 1), PAINT)
    draw_view(pen, look.ground, -58, -144, 58, -6)
    gap = look.state == "open"
    bars = [rect(-58, -144, 58, -140), rect(-58, -10, 58, -6), rect(-58, -104, 58, -100)]
    bars += [rect(x - 2, -144, x + 2, -6) for x in (-58, -20, 20, 58)]
    if gap:
        bars = [each.difference(rect(-18, -100, 18, -10)) for each in bars]
    pen.shape(join(*bars).intersection(rect(-58, -144, 58, -6)), PAINT, ink_width=0.55, shade=0)
    if gap:
        leaf = poly((-20, -100), (-44, -94), (-44, -3), (-20, -10))
        pane = poly((-25, -94), (-41, -89), (-41, -10), (-25, -16))
        pen.shape(leaf.difference(pane), PAINT, ink_width=0.6, shade=0)
        pen.fill(pane, WHITE, 0.35)
    glare = mix(sky_of(look.ground), WHITE, 0.6)
    for x in (-48, 30):
        pen.ink([(x, -112), (x + 10, -126)], 0.7, glare)
    pen.shape(rect(-70, -7, 70, 1, 1), PAINT)
    for x, hue in ((-44, "#c9795a"), (43, "#b98a58")):
        leaves = [oval(x + dx, -27 + dy, 4, 9, turn) for dx, dy, turn in
                  ((-8, 2, -42), (8, 2, 42), (0, -6, 0), (-4, -2, -20), (4, -2, 20))]  # fmt: skip
        pen.shape(join(*leaves), mix(GREEN, "#4f6a3d", 0.2), ink_width=0.6, shade=0.6)
        pot = poly((x - 9, -20), (x + 9, -20), (x + 7, -6), (x - 7, -6), corner=0.6)
        pen.shape(pot, hue, ink_width=0.7)


def draw_wall_map(pen: Pen, look: Look) -> None:
    """A map of the world that hangs from a rod."""
    pen.shape(rect(-62, -84, 62, -3, 0.6), "#f2e6c8", ink_width=0.9)
    sea = rect(-57, -79, 57, -9)
    pen.shape(sea, "#b9d6da", ink_width=0.5, shade=0)
    for x in (-28, 0, 28):
        pen.ink([(x, -79), (x, -9)], 0.3, "#8fb3ba")
    pen.ink([(-57, -44), (57, -44)], 0.3, "#8fb3ba")
    lands = (
        ("#c9b26a", ((-52, -70), (-40, -75), (-24, -72), (-18, -64), (-28, -56), (-32, -48), (-40, -54), (-50, -62))),
        ("#a9b56d", ((-32, -46), (-24, -44), (-18, -36), (-24, -24), (-28, -12), (-33, -28), (-36, -38))),
        ("#d69a72", ((-4, -52), (8, -54), (16, -46), (19, -40), (12, -24), (7, -16), (2, -28), (-8, -42))),
        ("#c98d8d", ((-6, -66), (2, -74), (10, -68), (8, -58), (0, -56), (-6, -58))),
        ("#d2b45f", ((12, -72), (30, -76), (50, -70), (52, -62), (42, -52), (36, -44), (28, -40), (22, -50), (12, -58))),
        ("#a9b56d", ((38, -30), (48, -32), (53, -24), (46, -18), (38, -21))),
        ("#f6f4ea", ((-20, -77), (-12, -78), (-10, -70), (-16, -67))),
    )  # fmt: skip
    for hue, shore in lands:
        pen.shape(blob(*shore).intersection(sea), hue, ink_width=0.4, shade=0)
    for y in (-86, -2):
        pen.shape(limb([(-66, y), (66, y)], 2.2, 2.2), DARK_WOOD, ink_width=0.7)
    pen.ink(path((-30, -87), (0, -99), (30, -87)), 0.7)


def draw_coat_rail(pen: Pen, look: Look) -> None:
    """A rail of pegs with children's coats and a satchel on it."""
    pen.shape(rect(-62, -84, 62, -74, 1), look.tint(PALE_WOOD), ink_width=0.8)
    for x in (-48, -14, 18, 47):
        pen.shape(oval(x, -78, 2.6), BRASS, ink_width=0.5, shade=0)
    for x, hue, foot in ((-48, RED, -12), (-14, YELLOW, -22), (47, BLUE, -8)):
        _hung_coat(pen, x, mix(hue, "#cfc6b4", 0.3), foot)
    for x, slack in ((15, -3), (21, 3)):
        pen.ink(path((18, -78), (x + slack, -62), (x, -52)), 0.9, DARK_WOOD)
    pen.shape(rect(5, -54, 31, -28, 3), "#a9713f", ink_width=0.8)
    pen.shape(poly((5, -53), (31, -53), (30, -39), (6, -39), corner=1.6), "#bd8450", ink_width=0.6)
    pen.shape(rect(15.8, -42, 20.2, -36, 0.8), BRASS, ink_width=0.4, shade=0)


def _hung_coat(pen: Pen, x: float, hue: str, foot: float) -> None:
    """A small coat that hangs by its collar, its sleeves down."""
    for side in (-1, 1):
        sleeve = path((x + side * 7, -67), (x + side * 14, -54), (x + side * 15, foot - 16))
        pen.shape(limb(sleeve, 4.0, 4.4, 4.0), mix(hue, DARK, 0.1), ink_width=0.7)
    shoulders = ((x - 4, -77), (x + 4, -77), (x + 10, -70), (x + 13, foot), (x - 13, foot), (x - 10, -70))  # fmt: skip
    pen.shape(poly(*shoulders, corner=1.6), hue, ink_width=0.8)
    pen.ink([(x, -72), (x + 0.6, foot + 1)], 0.5)
    for y in (-60, -46, -32):
        pen.fill(oval(x + 3, y, 1.3), DARK)
    collar = poly((x - 6, -76), (x + 6, -76), (x + 1, -67), (x, -70), (x - 1, -67), corner=0.4)
    pen.shape(collar, mix(hue, WHITE, 0.3), ink_width=0.6, shade=0)


def draw_school_shelf(pen: Pen, look: Look) -> None:
    """A low shelf with coloured boxes and books."""
    wood = look.tint(PALE_WOOD)
    pen.shape(rect(-58, -76, 58, 0, 1), wood)
    for left in (-53, -15, 23):
        for top, bottom in ((-70, -41), (-36, -6)):
            pen.shape(
                rect(left, top, left + 30, bottom), mix(wood, DARK, 0.32), ink_width=0.5, shade=0
            )
    for left, bottom, hue in ((-53, -41, "#b8695a"), (-15, -6, "#7b9fb0"), (23, -41, "#c7a55a")):
        pen.shape(rect(left + 2, bottom - 20, left + 28, bottom, 1.6), hue, ink_width=0.6)
        pen.shape(oval(left + 15, bottom - 11, 4.6, 2.6), DARK, ink_width=0.4, shade=0)
    for left, bottom in ((-15, -41), (-53, -6), (23, -6)):
        x = left + 2.0
        for index in range(5):
            wide, tall = 4.0 + index % 3, 18.0 + 5 * ((index * 7) % 3) * 0.6
            hue = ("#a86a5c", "#8da27a", "#d3b163", "#7d92a8", "#a58aa6")[index]
            pen.shape(rect(x, bottom - tall, x + wide, bottom), hue, ink_width=0.45, shade=0)
            x += wide
    pen.shape(rect(-60, -79, 60, -75, 0.8), mix(wood, WHITE, 0.2), ink_width=0.8)


def draw_globe(pen: Pen, look: Look) -> None:
    """A globe in its brass meridian on a wooden foot; ``spinning`` with lines of motion."""
    pen.shape(poly((-15, -4), (15, -4), (18, 0), (-18, 0), corner=0.6), DARK_WOOD, ink_width=0.8)
    pen.shape(limb([(0, -4), (0, -14)], 2.6, 2.2), DARK_WOOD, ink_width=0.7)
    ball = oval(0, -36, 20)
    pen.ink(arc(0, -36, 23, 23, 100, 305), 2.0, mix(BRASS, DARK, 0.1))
    pen.shape(ball, look.tint("#7fb0c4"))
    with pen.clip(ball.buffer(-0.5)):
        for hue, shore in (
            ("#a9b56d", ((-17, -48), (-8, -54), (1, -51), (-1, -43), (-6, -40), (-9, -35), (-14, -40))),
            ("#a9b56d", ((-7, -35), (0, -34), (3, -28), (-1, -20), (-4, -17), (-7, -26))),
            ("#d2b45f", ((8, -50), (15, -49), (22, -42), (20, -34), (12, -36), (7, -42))),
            ("#d69a72", ((8, -33), (15, -33), (18, -26), (12, -19), (8, -25))),
        ):  # fmt: skip
            pen.shape(blob(*shore), hue, ink_width=0.5, shade=0)
    pen.ink(path((-14, -42), (-16, -34), (-12, -26)), 0.6, "#d8ebf0")
    for x, y in ((9, -57.5), (-9, -14.5)):
        pen.shape(oval(x, y, 2.2), BRASS, ink_width=0.5, shade=0)
    if look.state == "spinning":
        for side in (-1, 1):
            for reach in (26, 30):
                pen.ink(
                    arc(0, -36, reach, reach * 0.9, 90 - 20 + side * 90, 90 + 20 + side * 90), 0.7
                )


def draw_easel(pen: Pen, look: Look) -> None:
    """An easel with a canvas: empty, painted with a landscape, or spoiled with a splash."""
    wood = look.tint(WOOD)
    pen.shape(limb([(2, -150), (16, -4)], 2.0, 2.0), mix(wood, DARK, 0.3), ink_width=0.7, shade=0)
    for side in (-1, 1):
        pen.shape(limb([(side * 5, -162), (side * 33, -1)], 2.5, 2.5), wood, ink_width=0.8)
    canvas = rect(-36, -142, 36, -62, 0.6)
    pen.shape(canvas, WHITE, ink_width=1.0)
    if look.state != "plain":
        _landscape(pen)
    if look.state == "spoiled":
        splash = blob(
            (-24, -108), (-12, -118), (-6, -134), (2, -119), (18, -124), (16, -110), (31, -102),
            (15, -96), (14, -84), (9, -64), (4, -86), (-6, -88), (-18, -78), (-15, -96),
        )  # fmt: skip
        pen.shape(splash, "#3f659c", ink_width=0.8)
        for x, y, size in ((-28, -126, 3), (26, -128, 2.4), (25, -78, 3.2), (-26, -88, 2)):
            pen.shape(oval(x, y, size), "#3f659c", ink_width=0.6, shade=0)
    pen.shape(rect(-40, -62, 40, -56, 1), wood, ink_width=0.8)
    pen.shape(rect(-4, -150, 4, -140, 1), wood, ink_width=0.7)


def _landscape(pen: Pen) -> None:
    area = rect(-34, -140, 34, -64)
    with pen.clip(area):
        pen.fill(area, "#cfe3ea")
        pen.shape(oval(18, -124, 8), YELLOW, ink_width=0.5, shade=0)
        pen.shape(blob((-50, -60), (-40, -96), (-12, -112), (8, -94), (30, -60)), "#9db58a", ink_width=0.6, shade=0)  # fmt: skip
        pen.shape(blob((-30, -60), (0, -88), (28, -98), (50, -88), (50, -58)), "#c3cf8c", ink_width=0.6, shade=0)  # fmt: skip
        pen.shape(poly((-24, -86), (-8, -86), (-8, -72), (-24, -72)), CREAM, ink_width=0.5, shade=0)
        pen.shape(poly((-27, -85), (-5, -85), (-16, -96)), "#b8604c", ink_width=0.5, shade=0)


def draw_abacus(pen: Pen, look: Look) -> None:
    """A counting frame with rows of beads."""
    strip(pen, rect(-22, -46, -18, 0, 1), rect(18, -46, 22, 0, 1), fill=WOOD, ink_width=0.7)
    for row, (hue, left) in enumerate(((RED, 3), (YELLOW, 6), (BLUE, 2), (GREEN, 5))):
        y = -40 + row * 10.4
        pen.ink([(-18, y), (18, y)], 0.6)
        for index in range(7):
            x = -15 + index * 4.0 if index < left else 17 - (7 - index) * 4.0 + 2
            pen.shape(oval(x, y, 2.0, 3.6), hue, ink_width=0.45, shade=0)
    pen.shape(rect(-24, -3, 24, 0, 1), DARK_WOOD, ink_width=0.7)


def draw_school_bell(pen: Pen, look: Look) -> None:
    """A brass hand bell; ``ringing`` it swings."""
    body = blob((-15, -1), (-12, -8), (-9, -20), (0, -25), (9, -20), (12, -8), (15, -1), (0, 1))
    pen.shape(oval(0, 0, 3.4), DARK, ink_width=0.6, shade=0)
    pen.shape(body, look.tint("#d9a83a"))
    pen.ink(arc(0, -5, 12, 2.6, 20, 160), 0.5)
    pen.ink(path((-6, -18), (-8, -10)), 0.7, "#f5df9c")
    pen.shape(limb([(0, -26), (0, -44)], 2.6, 3.4), DARK_WOOD, ink_width=0.8)
    if look.state == "ringing":
        for side in (-1, 1):
            for reach in (19, 25):
                pen.ink(
                    arc(0, -10, reach, reach * 0.8, 90 + side * 90 - 24, 90 + side * 90 + 24), 0.8
                )


def draw_gold_star(pen: Pen, look: Look) -> None:
    """A gold star of paper, a prize."""
    pen.shape(star(0, -15, 16.5), look.tint("#edc04f"))


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "school desk",
        (106, 82),
        draw_school_desk,
        ("plain", "open"),
        surface=Surface(70, (30,)),
        seats=Surface(43, (-12,)),
        sizes={"open": (106, 106)},
        front=draw_school_desk_front,
        solid=(96, 66),
    ),
    PropKind(
        "school table",
        (170, 82),
        draw_school_table,
        surface=Surface(_TABLE_TOP + 5, (-56, 56, 0, -24, 24)),
        seats=Surface(42, (-43, 43)),
        front=draw_school_table_front,
        solid=(170, 70),
        weight=0.95,
    ),
    PropKind(
        "teacher desk",
        (170, 81),
        draw_teacher_desk,
        surface=Surface(78, (-56, 56, -28, 28, 0)),
        seats=Surface(48, (0,)),
        front=draw_teacher_desk_front,
        approach=Approach(0, 40, ahead=(-0.05, -0.004), weight=4.0),
        weight=0.95,
    ),
    PropKind("chalkboard", (176, 118), draw_chalkboard, ("plain", "full"), hangs=88, far=True),
    PropKind(
        "classroom window",
        (140, 150),
        draw_classroom_window,
        ("closed", "open"),
        hangs=96,
        far=True,
        weight=0.95,
    ),
    PropKind("wall map", (132, 100), draw_wall_map, hangs=118, far=True),
    PropKind("coat rail", (126, 86), draw_coat_rail, hangs=64, far=True),
    PropKind(
        "school shelf",
        (120, 79),
        draw_school_shelf,
        surface=Surface(79, (-36, 36, 0)),
        far=True,
    ),
    PropKind(
        "globe",
        (46, 60),
        draw_globe,
        ("plain", "spinning"),
        sizes={"spinning": (62, 60)},
        grips=((-14, -8), (14, -8)),
        carry="two",
        scale=0.8,
    ),
    PropKind(
        "easel",
        (76, 165),
        draw_easel,
        ("plain", "painted", "spoiled"),
        approach=Approach(8, 46, ahead=(-0.01, 0.03)),
    ),
    PropKind(
        "abacus", (48, 48), draw_abacus, grips=((-20, -10), (20, -10)), carry="two", scale=0.8
    ),
    PropKind(
        "school bell",
        (32, 47),
        draw_school_bell,
        ("plain", "ringing"),
        sizes={"ringing": (56, 47)},
        grips=((0, -36),),
        carry="raised",
        scale=0.72,
    ),
    PropKind(
        "gold star",
        (33, 31),
        draw_gold_star,
        grips=((0, -6),),
        carry="front",
        scale=0.56,
        weight=0.66,
        flattens=("plain",),
    ),
)
