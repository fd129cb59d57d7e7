"""What stands and hangs in a kitchen besides its units: table, chairs, window, doors, lamp, bin."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, drop, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    PALE_WOOD,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
    strip,
)
from storypainter.ink.props.views import draw_view, sky_of

TERRACOTTA = "#d98f78"
PAINT = "#f6f1e3"
BRASS = "#c39a4e"


def turned(pen: Pen, degrees: float, x: float = 0.0, y: float = 0.0) -> Pen:
    """A pen turned clockwise by ``degrees`` around its origin, which moves to (x, y)."""
    frame = pen.frame
    left, top = frame.point(x, y)
    turned_frame = Frame(left, top, frame.scale, frame.degrees + degrees, frame.mirror)
    return Pen(pen.canvas, turned_frame, pen.weight)


def draw_window(pen: Pen, look: Look) -> None:
    """A casement window with curtains; it shows what is outside. Open, its leaves stand out."""
    cloth = look.tint(TERRACOTTA)
    is_open = look.state == "open"
    pen.shape(rect(-57, -112, 57, -2, 1), PAINT)
    draw_view(pen, look.ground, -51, -106, 51, -7)
    pen.ink([(-51, -106), (51, -106), (51, -7), (-51, -7)], 0.6, closed=True)
    if is_open:
        _open_leaves(pen)
    else:
        _glazing(pen, look)
    pen.shape(rect(-63, -6, 63, 0, 1), PAINT)
    _curtain(pen, cloth, -1, blown=is_open)
    _curtain(pen, cloth, 1, blown=is_open)
    pen.shape(limb([(-70, -117), (70, -117)], 1.8, 1.8), WOOD, ink_width=0.7)
    for side in (-1, 1):
        pen.shape(oval(side * 72, -117, 3.2), WOOD, ink_width=0.7)


def _glazing(pen: Pen, look: Look) -> None:
    bars = join(
        rect(-51, -106, -47, -7), rect(47, -106, 51, -7), rect(-51, -106, 51, -102),
        rect(-51, -11, 51, -7), rect(-3.4, -106, 3.4, -7), rect(-51, -60, 51, -57),
    )  # fmt: skip
    pen.shape(bars, PAINT, ink_width=0.55, shade=0)
    pen.ink([(0, -102), (0, -11)], 0.4)
    pen.shape(rect(-1.6, -60, 1.6, -50, 0.8), BRASS, ink_width=0.45, shade=0)
    glare = mix(sky_of(look.ground), WHITE, 0.6)
    for x in (-22, -17):
        pen.ink([(x, -66), (x + 9, -78)], 0.7, glare)


def _open_leaves(pen: Pen) -> None:
    for side in (-1, 1):
        outer = poly((side * 51, -106), (side * 31, -99), (side * 31, -14), (side * 51, -7))
        pane_top = poly((side * 47.5, -101), (side * 34, -96), (side * 34, -60), (side * 47.5, -61))
        pane_low = poly(
            (side * 47.5, -56), (side * 34, -56.6), (side * 34, -19), (side * 47.5, -13)
        )
        pen.shape(outer.difference(join(pane_top, pane_low)), PAINT, ink_width=0.55, shade=0)
        for pane in (pane_top, pane_low):
            pen.fill(pane, WHITE, 0.3)
        pen.shape(oval(side * 32.4, -56, 1.6), BRASS, ink_width=0.4, shade=0)


def _curtain(pen: Pen, cloth: str, side: int, *, blown: bool) -> None:
    swing = 14 if blown else 0
    outline = poly(
        *((side * x, y) for x, y in path((66, -116), (68, -84), (66, -56), (67 + swing, -20), (66 + swing * 1.3, 7)).tolist()),
        *((side * x, y) for x, y in path((40 + swing * 0.7, 9), (42 + swing * 0.4, -20), (52, -50), (44, -70), (30, -96), (26, -116)).tolist()),
        corner=0.6,
    )  # fmt: skip
    pen.shape(outline, cloth, ink_width=0.9)
    fold = mix(cloth, "#3a2a3a", 0.45)
    for start, middle, end in (
        ((36, -113), (44, -84), (56, -58)),
        ((47, -113), (53, -84), (60, -58)),
        ((58, -113), (62, -84), (63, -60)),
    ):
        pen.ink(path(*((side * x, y) for x, y in (start, middle, end))), 0.5, fold)
    for x in (48, 55, 61):
        line = ((x + 4, -44), (x - 1 + swing * 0.5, -20), (x + swing * 0.8, 2))
        pen.ink(path(*((side * a, b) for a, b in line)), 0.5, fold)
    tie = poly((side * 49, -54), (side * 69, -53), (side * 69, -48), (side * 50, -48), corner=1)
    pen.shape(tie, mix(cloth, CREAM, 0.75), ink_width=0.6, shade=0)


def draw_table(pen: Pen, look: Look) -> None:
    """A wooden kitchen table; ``laid`` with a cloth, plates and cutlery."""
    wood = look.tint("#c99a66") if look.state != "laid" else "#c99a66"
    for side in (-1, 1):
        back = poly((side * 44, -70), (side * 49, -70), (side * 48, -12), (side * 45, -12))
        pen.shape(back, mix(wood, DARK, 0.28), ink_width=0.7, shade=0)
    strip(
        pen,
        *(poly((s * 49, -66), (s * 57, -66), (s * 55.4, 0), (s * 50.6, 0)) for s in (-1, 1)),
        fill=wood,
    )
    pen.shape(rect(-53, -67, 53, -57), mix(wood, DARK, 0.14), ink_width=0.7)
    pen.shape(rect(-14, -65, 14, -58.5, 0.6), mix(wood, WHITE, 0.08), ink_width=0.5, shade=0)
    pen.shape(oval(0, -62, 1.8), BRASS, ink_width=0.45, shade=0)
    top = poly((-60, -69), (-52, -81), (52, -81), (60, -69))
    pen.shape(top, mix(wood, WHITE, 0.24), ink_width=0.9, shade=0)
    pen.shape(rect(-60.5, -70, 60.5, -65.5, 0.8), wood, ink_width=0.9)
    if look.state == "laid":
        _cloth(pen, look.tint("#8fb0a4"))
        return
    for x, y, length in ((-40, -77.5, 26), (6, -75, 34), (-20, -72, 22), (28, -78, 14)):
        pen.ink([(x, y), (x + length, y)], 0.35, DARK_WOOD)


def _cloth(pen: Pen, hue: str) -> None:
    hem = [(60.6, -69), (59.5, -50), (50, -48), (38, -50.5), (24, -48), (8, -50), (-8, -48), (-24, -50.4), (-40, -48), (-51, -50), (-59.5, -49), (-60.6, -69)]  # fmt: skip
    cloth = poly((-60.6, -69), (-52, -81), (52, -81), (60.6, -69), *hem, corner=0.5)
    pen.shape(cloth, CREAM, ink_width=0.9)
    with pen.clip(cloth.buffer(-0.6)):
        for index in range(-6, 7):
            x = index * 10
            stripe = poly((x * 0.87 - 1.8, -82), (x * 0.87 + 1.8, -82), (x + 2, -69), (x * 1.01 + 2, -46), (x * 1.01 - 2, -46), (x - 2, -69))  # fmt: skip
            pen.fill(stripe, hue, 0.55)
        for y, thick in ((-79, 1.6), (-74, 2), (-63, 3.4), (-54, 3.4)):
            pen.fill(rect(-62, y, 62, y + thick), hue, 0.55)
        thread = mix(hue, DARK, 0.3)
        for index in range(-6, 7):
            pen.ink([(index * 8.7, -81), (index * 10, -69), (index * 10, -48)], 0.28, thread)
        for seam in (-61.3, -52.3):
            pen.ink([(-60, seam), (60, seam)], 0.28, thread)
    pen.ink([(-60, -69), (60, -69)], 0.5, mix(hue, DARK, 0.4))
    for x in (-28, 28):
        pen.shape(oval(x, -75, 12, 3.3), WHITE, ink_width=0.6, shade=0)
        pen.ink(arc(x, -75, 7.6, 1.9, 0, 360), 0.35, "#a9a6ad")
        for side in (-1, 1):
            pen.ink([(x + side * 14.4, -77.5), (x + side * 16, -72.5)], 0.8, "#5c6366")


def draw_chair(pen: Pen, look: Look) -> None:
    """A wooden chair seen from its side, facing right; it may tip back or lie on the floor."""
    if look.state == "tipping":
        _chair_back(turned(pen, -17, -1, -1), look, 17)
        _chair_front(turned(pen, -17, -1, -1), look, 17)
        for line in (
            [(-46, -70), (-50, -82), (-48, -94)],
            [(-54, -66), (-59, -82), (-56, -98)],
            [(46, -16), (50, -22), (51, -30)],
        ):
            motion(pen, line)
        return
    if look.state == "fallen":
        _chair_back(turned(pen, -87, 42, -7.5), look, 17)
        _chair_front(turned(pen, -87, 42, -7.5), look, 17)
        return
    _chair_back(pen, look, 0)
    _chair_front(pen, look, 0)


def _chair_back(pen: Pen, look: Look, shift: float) -> None:
    wood = look.tint(WOOD)
    dark = mix(wood, DARK, 0.24)
    s = shift
    pen.shape(limb([(-8 + s, -46), (-12 + s, -5)], 2.1, 1.8), dark, ink_width=0.7, shade=0)
    pen.shape(limb([(24 + s, -46), (25 + s, -5)], 2.1, 1.8), dark, ink_width=0.7, shade=0)
    pen.shape(
        limb(path((-10 + s, -46), (-16 + s, -72), (-24 + s, -98)), 2.0, 2.0),
        dark,
        ink_width=0.7,
        shade=0,
    )
    for y, lean in ((-66, 3.0), (-77, 6.0), (-88, 9.6)):
        slat = poly(
            (-22 - lean + s, y + 3.4),
            (-11 - lean + s, y - 2),
            (-11 - lean + s, y - 7.6),
            (-22 - lean + s, y - 2.6),
        )
        pen.shape(slat, mix(wood, WHITE, 0.1), ink_width=0.6, shade=0)


def _chair_front(pen: Pen, look: Look, shift: float) -> None:
    wood = look.tint(WOOD)
    s = shift
    pen.shape(
        limb([(-17 + s, -20), (16 + s, -20)], 1.4, 1.4),
        mix(wood, DARK, 0.1),
        ink_width=0.6,
        shade=0,
    )
    pen.shape(limb([(-19 + s, -44), (-22 + s, 0)], 2.6, 2.1), wood, ink_width=0.8)
    pen.shape(limb([(16 + s, -44), (17.6 + s, 0)], 2.6, 2.1), wood, ink_width=0.8)
    post = path((-20 + s, -42), (-25 + s, -70), (-35 + s, -97))
    seat = poly((-22 + s, -44), (-9 + s, -50), (27 + s, -50), (20 + s, -44), corner=0.6)
    pen.shape(seat, mix(wood, WHITE, 0.26), ink_width=0.8, shade=0)
    pen.shape(rect(-22.5 + s, -44.6, 20.5 + s, -40, 1.4), wood, ink_width=0.8)
    pen.shape(
        poly((20.5 + s, -44.4), (27.4 + s, -50), (27 + s, -46), (20.5 + s, -40.2)),
        mix(wood, DARK, 0.14),
        ink_width=0.6,
        shade=0,
    )
    pen.shape(limb(post, 2.6, 2.3), wood, ink_width=0.8)


def draw_high_chair(pen: Pen, look: Look) -> None:
    """A toddler's high chair facing right: its back, seat, legs and foot rest."""
    wood = look.tint(PALE_WOOD)
    dark = mix(wood, DARK, 0.22)
    for foot, head in ((-14, -6), (27, 16)):
        pen.shape(limb([(head, -50), (foot, -4)], 2.0, 1.8), dark, ink_width=0.7, shade=0)
    back = poly((-20, -54), (-9, -59), (-13, -99), (-24, -95), corner=2)
    pen.shape(back, mix(wood, WHITE, 0.2), ink_width=0.8)
    pen.shape(
        poly((-18, -58), (-11, -61), (-14, -91), (-21, -88), corner=2), "#8fb0a4", ink_width=0.5
    )
    pen.shape(
        poly((-20, -52), (-8, -58), (21, -58), (16, -52), corner=0.6),
        "#8fb0a4",
        ink_width=0.7,
        shade=0,
    )
    pen.shape(rect(-21, -53, 17, -48, 1.4), wood, ink_width=0.8)
    for foot, head in ((-24, -15), (23, 12)):
        pen.shape(limb([(head, -50), (foot, 0)], 2.5, 2.1), wood, ink_width=0.8)
    pen.shape(band([(-18, -20), (19, -20)], 2.8), wood, ink_width=0.6)
    pen.shape(poly((12, -32), (28, -35), (32, -31), (15, -28), corner=0.6), wood, ink_width=0.7)
    if look.state == "plain":
        return
    for x, y in ((-30, -1), (34, -2), (40, 1)):
        pen.shape(oval(x, y, 4, 1.8), TERRACOTTA, ink_width=0.5, shade=0)


def draw_high_chair_front(pen: Pen, look: Look) -> None:
    """The arm and the tray, drawn before whoever sits in the chair; messy with porridge."""
    wood = look.tint(PALE_WOOD)
    pen.shape(limb([(-19, -70), (18, -70)], 1.9, 1.9), wood, ink_width=0.7)
    pen.shape(limb([(10, -69), (10, -52)], 1.7, 1.7), wood, ink_width=0.7)
    tray = poly((6, -68), (12, -75), (38, -75), (34, -68), corner=1)
    pen.shape(tray, WHITE, ink_width=0.8, shade=0)
    pen.shape(rect(5, -69, 35, -65.4, 1.4), mix(WHITE, DARK, 0.1), ink_width=0.7)
    if look.state == "messy":
        pen.shape(
            blob((12, -71), (17, -74), (26, -74), (33, -71), (27, -69), (18, -69)),
            TERRACOTTA,
            ink_width=0.5,
            shade=0,
        )
        for x, length in ((14, 5), (28, 9)):
            pen.shape(
                limb([(x, -68), (x, -68 + length)], 1.4, 2.2), TERRACOTTA, ink_width=0.5, shade=0
            )


def draw_door(pen: Pen, look: Look) -> None:
    """An inner door in its frame: closed, ajar, or open on the room beyond, dark by night."""
    hue = look.tint("#d9c7a2")
    _door_frame(pen)
    if look.state == "closed":
        _leaf_panels(pen, hue)
        return
    beyond = "#38405c" if look.ground.dark else "#f7ecc8"
    pen.shape(rect(-41, -204, 41, 0), beyond, ink_width=0.7, shade=0)
    _beyond(pen, beyond, look.ground.dark)
    inner = -14.0 if look.state == "open" else 22.0
    _swung_leaf(pen, hue, -41.0, inner)


def _door_frame(pen: Pen) -> None:
    pen.shape(rect(-49, -212, 49, 0).difference(rect(-41, -204, 41, 1)), PAINT)


def _leaf_panels(pen: Pen, hue: str) -> None:
    pen.shape(rect(-41, -204, 41, -0.6), hue, ink_width=0.8)
    for left, right in ((-33, -4), (4, 33)):
        for top, bottom in ((-194, -116), (-84, -12)):
            pen.shape(rect(left, top, right, bottom, 1), mix(hue, WHITE, 0.2), ink_width=0.5)
    pen.shape(rect(32, -98, 37, -85, 1.4), BRASS, ink_width=0.5, shade=0)
    pen.shape(limb([(34.5, -94), (28.5, -93.8)], 1.4, 1.5), BRASS, ink_width=0.5)


def _beyond(pen: Pen, hue: str, dark: bool) -> None:
    with pen.clip(rect(-40, -203, 40, -0.6)):
        pen.fill(rect(-42, -26, 42, 0), mix(hue, "#7a513a", 0.4))
        pen.ink([(-41, -26), (41, -26)], 0.5)
        pen.shape(rect(2, -160, 32, -122), mix(hue, "#7a513a", 0.35), ink_width=0.5, shade=0)
        pen.shape(rect(5, -157, 29, -125), mix(hue, BLUE, 0.45), ink_width=0.4, shade=0)
        pen.shape(
            poly((8, -64), (34, -64), (34, -12), (8, -12)),
            mix(hue, "#7a513a", 0.45),
            ink_width=0.5,
            shade=0,
        )
        pen.shape(
            join(oval(21, -82, 9, 12), oval(14, -74, 6, 8), oval(28, -74, 6, 8)),
            mix(hue, GREEN, 0.6),
            ink_width=0.5,
            shade=0,
        )
        pen.shape(
            poly((15, -72), (27, -72), (25, -64), (17, -64)),
            mix(hue, RED, 0.4),
            ink_width=0.5,
            shade=0,
        )
        if not dark:
            pen.fill(poly((-41, -204), (10, -204), (-20, -26), (-41, -26)), WHITE, 0.35)


def _swung_leaf(pen: Pen, hue: str, hinge: float, edge: float) -> None:
    """A leaf that opens into the room beyond: its free edge is farther away, hence smaller."""
    share = 1 - (edge - hinge) / 82

    def at(x_share: float, y_share: float) -> tuple[float, float]:
        x = hinge + (edge - hinge) * x_share
        top, bottom = -204 + 16 * share * x_share, -11 * share * x_share
        return x, top + (bottom - top) * y_share

    leaf = poly(at(0, 0), at(1, 0), at(1, 1), at(0, 1))
    pen.shape(leaf, mix(hue, DARK, 0.1), ink_width=0.8)
    for left, right in ((0.1, 0.45), (0.55, 0.9)):
        for top, bottom in ((0.05, 0.43), (0.59, 0.94)):
            field = poly(at(left, top), at(right, top), at(right, bottom), at(left, bottom))
            pen.shape(field, mix(hue, WHITE, 0.1), ink_width=0.45, shade=0)
    x, y = at(0.92, 0.54)
    pen.shape(limb([(x, y), (x - (edge - hinge) * 0.08, y)], 1.4, 1.5), BRASS, ink_width=0.5)


def draw_back_door(pen: Pen, look: Look) -> None:
    """The door to the garden: a pane in its upper half; open it shows the outside."""
    hue = look.tint("#7f9f8f")
    _door_frame(pen)
    if look.state == "open":
        draw_view(pen, look.ground, -41, -204, 41, 0)
        _garden_path(pen, look)
        pen.ink([(-41, -204), (41, -204), (41, -0.5), (-41, -0.5)], 0.7, closed=True)
        _swung_leaf(pen, hue, -41.0, -18.0)
        return
    pen.shape(rect(-41, -204, 41, -0.6), hue, ink_width=0.8)
    draw_view(pen, look.ground, -30, -192, 30, -104)
    panes = rect(-32, -194, 32, -102).difference(join(rect(-29, -191, -1.5, -150), rect(1.5, -191, 29, -150), rect(-29, -147, -1.5, -105), rect(1.5, -147, 29, -105)))  # fmt: skip
    pen.shape(panes, hue, ink_width=0.5, shade=0)
    pen.shape(rect(-31, -84, 31, -14, 1), mix(hue, WHITE, 0.16), ink_width=0.5)
    pen.shape(limb([(36, -93), (30, -92.8)], 1.4, 1.5), BRASS, ink_width=0.5)


def _garden_path(pen: Pen, look: Look) -> None:
    stone = mix("#dfcfa8", "#1c2748", 0.6 if look.ground.dark else 0.0)
    pen.shape(
        poly((-24, -0.6), (36, -0.6), (16, -24), (8, -34), (3, -34), (2, -24), corner=1),
        stone,
        ink_width=0.5,
        shade=0,
    )


def draw_picture_frame(pen: Pen, look: Look) -> None:
    """A framed picture on the wall: a landscape, a bowl of fruit or a cat; ``crooked`` it leans."""
    if look.state == "crooked":
        pen = turned(pen, 11, 4, -1)
    pen.shape(rect(-22, -34, 22, 0, 1), look.tint(WOOD))
    pen.shape(rect(-18, -30, 18, -4), CREAM, ink_width=0.5, shade=0)
    area = rect(-15, -27, 15, -7)
    with pen.clip(area):
        _little_picture(pen, look.variant % 3)
    pen.ink([(-15, -27), (15, -27), (15, -7), (-15, -7), (-15, -27)], 0.4)


def _little_picture(pen: Pen, variant: int) -> None:
    if variant == 0:
        pen.fill(rect(-15, -27, 15, -7), "#cfe3e6")
        pen.fill(oval(8, -22, 3), YELLOW)
        pen.shape(blob((-20, -4), (-12, -17), (0, -13), (8, -4)), "#8fae6b", ink_width=0.4, shade=0)
        pen.shape(blob((-8, -4), (4, -12), (14, -15), (22, -4)), "#b4cd8b", ink_width=0.4, shade=0)
    elif variant == 1:
        pen.fill(rect(-15, -27, 15, -7), "#e7cfa6")
        for x, hue in ((-5, RED), (4, YELLOW), (0, GREEN)):
            pen.shape(oval(x, -17 if x else -20, 4), hue, ink_width=0.4, shade=0.5)
        pen.shape(blob((-11, -16), (11, -16), (6, -9), (-6, -9)), BLUE, ink_width=0.4)
    else:
        pen.fill(rect(-15, -27, 15, -7), "#b9c9b0")
        pen.shape(join(oval(0, -14, 7, 6), oval(0, -6, 9, 6), poly((-7, -15), (-6, -23), (-1, -19)), poly((7, -15), (6, -23), (1, -19))), "#d0893f", ink_width=0.4, shade=0)  # fmt: skip
        for x in (-3, 3):
            pen.fill(oval(x, -15, 0.9), DARK)
        pen.ink(path((-2, -11.6), (0, -11), (2, -11.6)), 0.35)


def draw_pendant_lamp(pen: Pen, look: Look) -> None:
    """A lamp on a cord from the ceiling; lit it throws a soft light."""
    shade = look.tint(TERRACOTTA)
    lit = look.state == "lit"
    if lit:
        for radius, strength in ((58, 0.16), (40, 0.2), (24, 0.3)):
            pen.fill(oval(0, 2, radius, radius * 0.8), "#ffe9a3", strength)
    pen.ink([(0, -300), (0, -24)], 0.9)
    pen.shape(oval(0, 0, 6, 6.4), "#fff0b0" if lit else "#dfe3e0", ink_width=0.6, shade=0)
    dome = poly((-24, -1), *arc(0, -2, 23, 21, 180, 360).tolist(), (24, -1), corner=1)
    pen.shape(dome, mix(shade, "#ffe39a", 0.25) if lit else shade)
    pen.shape(
        poly((-24.5, -3.4), (24.5, -3.4), (24.5, 0.4), (-24.5, 0.4), corner=1),
        mix(shade, WHITE, 0.4),
        ink_width=0.7,
        shade=0,
    )
    pen.shape(rect(-4, -28, 4, -21, 1), BRASS, ink_width=0.6)


def draw_rug(pen: Pen, look: Look) -> None:
    """A striped rug on the floor."""
    cloth = look.tint("#b86f5a")
    edge = poly((-62, -14), (60, -14), (74, 10), (-74, 11), corner=1)
    pen.shape(edge, cloth, ink_width=0.9, shade=0)
    with pen.clip(edge.buffer(-0.7)):
        for top, bottom, hue in (
            (-11.5, -9, CREAM),
            (-7, -6, CREAM),
            (1, 3, CREAM),
            (5.6, 8.6, CREAM),
            (-4.4, -1, "#8fb0a4"),
        ):
            pen.fill(rect(-78, top, 78, bottom), hue, 0.85)
            for y in (top, bottom):
                pen.ink([(-76, y), (76, y)], 0.3, mix(cloth, DARK, 0.45))
    for side in (-1, 1):
        for step in range(7):
            x, y = 62 + step * 2, -13 + step * 4.0
            pen.ink([(side * x, y), (side * (x + 5), y + 1.4)], 0.9, mix(cloth, DARK, 0.2))


def draw_bin(pen: Pen, look: Look) -> None:
    """A pedal bin: closed, open, or so full that its lid does not shut."""
    hue = look.tint("#9fb3b8")
    body = poly((-17, -58), (17, -58), (15, -2), (-15, -2), corner=2)
    if look.state != "closed":
        pen.shape(oval(0, -74, 18.5, 15), mix(hue, WHITE, 0.2))
        pen.shape(oval(0, -73, 14.5, 11.5), mix(hue, DARK, 0.24), ink_width=0.5, shade=0)
        pen.shape(oval(0, -58, 17, 4), mix(hue, DARK, 0.6), ink_width=0.7, shade=0)
    if look.state == "overflowing":
        _rubbish(pen)
    pen.shape(body.difference(oval(0, -58, 16.4, 3.4)) if look.state != "closed" else body, hue)
    for x in (-8, 8):
        pen.ink([(x, -50), (x * 0.9, -12)], 0.4, mix(hue, WHITE, 0.6))
    pen.shape(rect(-16, -6, 16, 0, 1.4), DARK, ink_width=0.6, shade=0)
    pen.shape(rect(-5, -4, 5, 2, 1), STEEL, ink_width=0.6)
    if look.state == "closed":
        pen.shape(
            join(rect(-18.5, -61, 18.5, -56, 1.6), poly(*arc(0, -60, 17, 10, 180, 360).tolist())),
            mix(hue, WHITE, 0.2),
        )
    if look.state == "overflowing":
        pen.shape(blob((24, -1), (27, -8), (36, -9), (40, -3), (34, 1)), CREAM, ink_width=0.6)
        pen.ink([(28, -5), (33, -3), (36, -6)], 0.4)
        pen.shape(
            limb(path((-38, -2), (-31, -6), (-24, -2)), 1.6, 2.4, 1.4),
            YELLOW,
            ink_width=0.6,
            shade=0,
        )


def _rubbish(pen: Pen) -> None:
    pen.shape(blob((-14, -56), (-12, -70), (-2, -76), (6, -66), (4, -56)), CREAM, ink_width=0.7)
    pen.ink([(-8, -66), (-3, -62), (0, -68)], 0.4)
    pen.shape(poly((0, -56), (4, -80), (15, -77), (13, -56), corner=1), "#c8553d", ink_width=0.7)
    pen.shape(rect(5, -70, 12, -62), CREAM, ink_width=0.4, shade=0)
    peel = path((-15, -57), (-20, -64), (-22, -54), (-20, -46))
    pen.shape(limb(peel, 2.6, 2.2, 1.0), YELLOW, ink_width=0.6, shade=0)
    pen.shape(join(drop(-4, -78, 4), oval(-4, -76, 3.4)), "#7d9a5b", ink_width=0.6, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "kitchen window",
        (152, 121),
        draw_window,
        ("closed", "open"),
        sizes={"open": (168, 121)},
        weight=0.95,
        hangs=112,
        far=True,
    ),
    PropKind(
        "kitchen table",
        (122, 82),
        draw_table,
        ("plain", "laid"),
        surface=Surface(75, (-44, -15, 15, 44)),
        weight=1.0,
    ),
    PropKind(
        "chair",
        (68, 100),
        draw_chair,
        ("plain", "tipping", "fallen"),
        surface=Surface(47, (0,)),
        seats=Surface(46, (7,)),
        sizes={"tipping": (86, 104), "fallen": (104, 54)},
    ),
    PropKind(
        "high chair",
        (60, 100),
        draw_high_chair,
        ("plain", "messy"),
        seats=Surface(54, (-2,)),
        front=draw_high_chair_front,
        sizes={"messy": (84, 100), "plain": (75, 100)},
    ),
    PropKind("door", (98, 212), draw_door, ("closed", "ajar", "open"), weight=0.95, far=True),
    PropKind("back door", (98, 212), draw_back_door, ("closed", "open"), weight=0.95, far=True),
    PropKind(
        "picture frame",
        (44, 36),
        draw_picture_frame,
        ("plain", "crooked"),
        hangs=152,
        far=True,
        sizes={"crooked": (52, 46)},
        shifts={"crooked": -7.0},
    ),
    PropKind(
        "pendant lamp",
        (50, 76),
        draw_pendant_lamp,
        ("off", "lit"),
        hangs=205,
        perch=(17, 4),
    ),
    PropKind("rug", (158, 28), draw_rug, flat=True),
    PropKind(
        "bin",
        (38, 72),
        draw_bin,
        ("closed", "open", "overflowing"),
        sizes={"open": (50, 96), "overflowing": (80, 96)},
    ),
)
