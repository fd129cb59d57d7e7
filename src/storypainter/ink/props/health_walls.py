"""What stands and hangs along the walls of hospitals and waiting rooms."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.health_ward import CLINIC, LINEN
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    GREEN,
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
from storypainter.ink.props.views import draw_view, sky_of

_FRAME = "#eef0ec"


def draw_ward_window(pen: Pen, look: Look) -> None:
    """A wide window in a metal frame over a radiator; ``blind down`` it hides the view."""
    _radiator(pen)
    pen.shape(rect(-82, -208, 82, -92, 1), _FRAME)
    draw_view(pen, look.ground, -76, -202, 76, -98)
    for x in (-76.0, -2.0, 72.0):
        pen.shape(rect(x, -202, x + 4, -98), _FRAME, ink_width=0.5, shade=0)
    pen.ink([(-76, -202), (76, -202), (76, -98), (-76, -98)], 0.6, closed=True)
    glare = mix(sky_of(look.ground), WHITE, 0.6)
    for x in (-56, -48, 22):
        pen.ink([(x, -146), (x + 14, -164)], 0.7, glare)
    pen.shape(rect(-90, -94, 90, -87, 1), _FRAME)
    bottom = -110 if look.state == "blind down" else -180
    cloth = look.tint("#d9dfd2")
    pen.shape(rect(-77, -206, 77, bottom), cloth, ink_width=0.7)
    for y in range(-198, bottom, 8):
        pen.ink([(-76, y), (76, y)], 0.3, mix(cloth, DARK, 0.3))
    pen.shape(rect(-78, bottom - 2, 78, bottom + 2, 1), mix(cloth, DARK, 0.2), ink_width=0.5, shade=0)  # fmt: skip
    pen.shape(rect(-84, -212, 84, -203, 3), _FRAME, ink_width=0.8)
    pen.ink([(74, -203), (74.6, -142)], 0.5)
    pen.shape(oval(74.6, -140, 2), WHITE, ink_width=0.4, shade=0)


def _radiator(pen: Pen) -> None:
    pen.shape(rect(-66, -70, 66, -16, 3), "#f1efe6", ink_width=0.7, shade=0.6)
    for k in range(12):
        x = -60.0 + 10.9 * k
        pen.ink([(x, -66), (x, -20)], 0.4, "#a9a6a4")
    for x in (-52, 52):
        pen.shape(rect(x - 2, -16, x + 2, 0), "#e2dfd5", ink_width=0.5, shade=0)
    pen.shape(oval(71, -24, 4.4), WHITE, ink_width=0.6, shade=0)


def draw_ward_curtain(pen: Pen, look: Look) -> None:
    """A curtain that hangs from a rail below the ceiling: drawn around a bed, or ``open``."""
    cloth = look.tint("#8fb3b8")
    half = 20.0 if look.state == "open" else 56.0
    pen.shape(limb([(-64, -246), (64, -246)], 1.8, 1.8), STEEL, ink_width=0.6)
    folds = 4 if look.state == "open" else 9
    step = 2 * half / folds
    hem = [
        (half - step * (k + 0.5 * odd), -14.0 + (3.0 if odd else 0.0))
        for k in range(folds)
        for odd in (0, 1)
    ]
    net = poly((-half, -240), (half, -240), (half, -206), (-half, -206))
    pen.shape(net, mix(cloth, WHITE, 0.72), ink_width=0.6, shade=0)
    body = poly((-half, -208), (half, -208), *hem, (-half, -14), corner=0.6)
    pen.shape(body, cloth, ink_width=0.9)
    for k in range(folds + 1):
        x = -half + k * step
        pen.ink([(x, -246), (x, -240)], 0.6)
        if 0 < k < folds:
            fold = path((x, -206), (x + 1.6, -120), (x - 0.6, -18))
            pen.ink(fold, 0.5, mix(cloth, DARK, 0.45))
            pen.ink([(x, -239), (x, -208)], 0.3, mix(cloth, DARK, 0.3))
    with pen.clip(body):
        for x in (-half + step * 0.3, step * 0.2):
            pen.fill(rect(x, -208, x + step * 0.34, -10), mix(cloth, WHITE, 0.24))


def draw_head_panel(pen: Pen, look: Look) -> None:
    """The panel over a hospital bed: lamp, sockets, oxygen, the call button on its cord."""
    pen.shape(rect(-80, -34, 80, -4, 3), "#e7dfcc", ink_width=0.9)
    pen.shape(rect(-77, -16, 77, -7, 1.4), mix(CLINIC, WHITE, 0.25), ink_width=0.5, shade=0)
    for x in (-60, -46):
        pen.shape(rect(x - 5, -30, x + 5, -20, 1.4), WHITE, ink_width=0.6, shade=0)
        for dx in (-1.8, 1.8):
            pen.shape(oval(x + dx, -25, 0.9), DARK, ink_width=0, shade=0)
    for x, hue in ((38, GREEN), (56, BLUE)):
        pen.shape(oval(x, -25, 5.4), WHITE, ink_width=0.7, shade=0)
        pen.ink([(x, -25), (x + 2.4, -28)], 0.6, RED)
        pen.shape(rect(x - 3, -19, x + 3, -11, 1), hue, ink_width=0.6)
    pen.ink(path((-14, -16), (-18, 0), (-8, 8), (-12, 17)), 0.9)
    pen.shape(rect(-16, 16, -7, 29, 3), WHITE, ink_width=0.7)
    pen.shape(oval(-11.5, 21, 2.6), RED, ink_width=0.5, shade=0)
    pen.shape(limb(path((6, -32), (4, -50), (-8, -62)), 1.6, 1.4), STEEL, ink_width=0.6)
    shade = poly((-26, -58), (-8, -70), (-2, -60), (-18, -48), corner=2)
    if look.state == "lit":
        pen.fill(poly((-25, -57), (-17, -48), (-40, 4), (-92, 0)), "#f8e2a0", 0.34)
    pen.shape(shade, look.tint(CLINIC), ink_width=0.8)


def draw_light_box(pen: Pen, look: Look) -> None:
    """A lit box on the wall with two x-ray pictures; dark when ``off``."""
    pen.shape(rect(-50, -66, 50, 0, 3), STEEL)
    lit = look.state == "lit"
    with pen.canvas.lit():
        pen.shape(
            rect(-45, -61, 45, -8, 1), "#eef4f2" if lit else "#8e979b", ink_width=0.6, shade=0
        )
    film, bone = ("#33424c", "#dbe6e6") if lit else ("#3a4148", "#6d777c")
    for left in (-40, 4):
        pen.shape(rect(left, -57, left + 36, -12), film, ink_width=0.5, shade=0)
    for side in (-1, 1):
        for k in range(4):
            pen.ink(arc(-22, -42 + 7 * k, 12, 6, *((190, 262) if side < 0 else (278, 350))), 0.9, bone)  # fmt: skip
    pen.ink([(-22, -54), (-22, -16)], 1.3, bone)
    pen.shape(limb([(22, -53), (20, -36)], 3, 2.2), bone, ink_width=0, shade=0)
    pen.shape(limb([(22, -33), (24, -16)], 2.2, 3), bone, ink_width=0, shade=0)
    pen.ink([(16, -36), (22, -33.6), (27, -36)], 0.6, RED)
    pen.shape(oval(40, -4, 1.6), GREEN if lit else DARK, ink_width=0.4, shade=0)


def draw_hand_basin(pen: Pen, look: Look) -> None:
    """A basin on the wall with a tap, soap, and paper towels above it."""
    pen.shape(rect(-34, -92, 34, -14, 1), mix(WHITE, BLUE, 0.1), ink_width=0.6, shade=0)
    for y in (-72, -52, -33):
        pen.ink([(-34, y), (34, y)], 0.35, "#b9c6c6")
    for x in (-12, 11):
        pen.ink([(x, -92), (x, -14)], 0.35, "#b9c6c6")
    pen.shape(rect(-30, -88, -8, -62, 2), STEEL, ink_width=0.7)
    pen.shape(poly((-24, -64), (-12, -64), (-13, -55), (-23, -54)), WHITE, ink_width=0.5, shade=0)
    pen.shape(rect(12, -84, 26, -58, 3), WHITE, ink_width=0.7)
    pen.shape(rect(14, -72, 24, -62, 1), "#e8a7a0", ink_width=0.4, shade=0)
    pen.shape(rect(17, -58, 21, -54, 1), STEEL, ink_width=0.5, shade=0)
    pen.ink(path((0, -22), (0, -38), (6, -42), (12, -36)), 1.8, "#8e979b")
    bowl = poly((-32, -22), (32, -22), (26, -6), (12, 0), (-12, 0), (-26, -6), corner=2)
    pen.shape(bowl, LINEN)
    pen.shape(rect(-35, -25, 35, -19, 3), LINEN, ink_width=0.8)
    pen.shape(rect(-5, 0, 5, 22, 2), mix(LINEN, DARK, 0.12), ink_width=0.7)


def draw_reception_desk(pen: Pen, look: Look) -> None:
    """A reception desk with a glass pane, a bell and a file tray; people stand behind it."""
    wood = look.tint(PALE_WOOD)
    pen.shape(rect(-86, -104, 86, 0, 2), wood)
    for left, right in ((-80, -30), (-26, 26), (30, 80)):
        pen.shape(rect(left, -92, right, -12, 2), mix(wood, WHITE, 0.24), ink_width=0.6)
    cross = join(rect(-4, -68, 4, -36, 1), rect(-16, -56, 16, -48, 1))
    pen.shape(cross, CLINIC, ink_width=0.6, shade=0)
    pen.shape(rect(-84, -9, 84, 0), mix(wood, DARK, 0.3), ink_width=0.6, shade=0)
    pen.shape(rect(-92, -111, 92, -103, 2), mix(wood, WHITE, 0.4), ink_width=0.9)
    pen.shape(oval(48, -112, 7, 5).intersection(rect(30, -120, 60, -111)), YELLOW, ink_width=0.7)
    pen.shape(oval(48, -118, 1.6), YELLOW, ink_width=0.5, shade=0)
    for k in range(3):
        pen.shape(rect(-78, -114 - 3 * k, -46, -111.4 - 3 * k, 0.5), (WHITE, CREAM, "#cfe0dc")[k], ink_width=0.5, shade=0)  # fmt: skip


def draw_leaflet_rack(pen: Pen, look: Look) -> None:
    """A rack with leaflets in rows."""
    pen.shape(rect(-28, -96, 28, 0, 2), look.tint("#e2ddd0"), ink_width=0.9)
    hues = (CLINIC, "#d9a07a", "#c9b8d6", YELLOW, "#9db8d2", "#d98f8f")
    for row in range(3):
        y = -66 + 30 * row
        for column in range(3):
            x = -18 + 18 * column
            hue = mix(hues[(row * 2 + column) % 6], WHITE, 0.25)
            pen.shape(rect(x - 7, y - 22, x + 7, y, 0.6), hue, ink_width=0.6, shade=0)
            pen.ink([(x - 4, y - 17), (x + 4, y - 17)], 0.6, WHITE)
        pen.shape(rect(-28, y - 8, 28, y + 2, 1), "#d5cebd", ink_width=0.6)


def draw_fish_tank(pen: Pen, look: Look) -> None:
    """A fish tank on a cabinet, three fish and weed in it; ``empty`` it has lost its fish."""
    wood = look.tint("#a97f58")
    pen.shape(rect(-62, -62, 62, 0, 1), wood)
    for left, right in ((-57, -2), (2, 57)):
        pen.shape(rect(left, -56, right, -8, 1), mix(wood, WHITE, 0.12), ink_width=0.6)
        pen.shape(oval(right - 6 if right < 0 else left + 6, -34, 1.8), STEEL, ink_width=0.4, shade=0)  # fmt: skip
    pen.shape(rect(-58, -132, 58, -62, 1), "#dcecee", ink_width=0.9)
    with pen.clip(rect(-57, -131, 57, -63)):
        pen.fill(rect(-58, -122, 58, -62), mix(WATER, BLUE, 0.2))
        pen.ink([(-58, -122), (58, -122)], 0.5, WHITE)
        pen.shape(blob((-60, -60), (-56, -68), (-20, -71), (24, -67), (60, -70), (62, -60)), "#dcc79a", ink_width=0.6, shade=0)  # fmt: skip
        for x, tall in ((-44, 38), (-36, 26), (40, 44), (47, 30)):
            weed = path((x, -66), (x + 4, -66 - tall * 0.4), (x - 3, -66 - tall * 0.7), (x + 2, -66 - tall))  # fmt: skip
            pen.shape(limb(weed, 1.6, 2.4, 0.8), GREEN, ink_width=0.5, shade=0)
        pen.shape(
            blob((4, -64), (8, -80), (18, -86), (28, -76), (30, -64)), "#a9a29a", ink_width=0.6
        )
        for x, y, size in ((-52, -92, 1.6), (-50, -102, 2), (-53, -112, 1.4)):
            pen.shape(oval(x, y, size), WHITE, ink_width=0.4, shade=0)
        if look.state != "empty":
            for x, y, side, hue in ((-18, -104, 1, "#e8893f"), (18, -98, -1, YELLOW), (-6, -82, -1, RED)):  # fmt: skip
                _fish(pen, x, y, side, hue)
    pen.shape(rect(-61, -140, 61, -131, 2), mix(wood, DARK, 0.25), ink_width=0.8)
    pen.ink([(44, -116), (50, -124)], 0.7, WHITE)


def _fish(pen: Pen, x: float, y: float, side: int, hue: str) -> None:
    tail = poly((x - side * 7, y), (x - side * 15, y - 6), (x - side * 15, y + 6))
    pen.shape(join(oval(x, y, 9, 5.4), tail), hue, ink_width=0.7)
    pen.shape(oval(x + side * 5, y - 1, 1), DARK, ink_width=0, shade=0)


def draw_eye_chart(pen: Pen, look: Look) -> None:
    """A chart of letters that grow smaller from row to row, to test eyes with."""
    pen.shape(rect(-26, -84, 26, 0, 1), WHITE, ink_width=0.8)
    for row, (y, size) in enumerate(((-68, 11.0), (-48, 7.4), (-33, 5.2), (-21, 3.8), (-11, 2.8))):
        for column in range(row + 1):
            _letter(pen, (column - row / 2) * size * 1.75, y, size, (row * 2 + column) % 4)
    pen.ink([(-20, -26.6), (20, -26.6)], 0.6, RED)


def _letter(pen: Pen, x: float, y: float, size: float, which: int) -> None:
    """A letter that reads the same in a mirror: H, T, O or A, ``size`` high around (x, y)."""
    left, right, top, bottom = x - size * 0.4, x + size * 0.4, y - size / 2, y + size / 2
    width = 0.13 * size
    if which == 2:
        pen.ink(oval(x, y, size * 0.42, size * 0.48).exterior.coords, width, DARK, closed=True)
        return
    strokes = (
        (((left, top), (left, bottom)), ((right, top), (right, bottom)), ((left, y), (right, y))),
        (((left, top), (right, top)), ((x, top), (x, bottom))),
        (),
        (((left, bottom), (x, top), (right, bottom)), ((x - size * 0.2, y + size * 0.16), (x + size * 0.2, y + size * 0.16))),
    )[which]  # fmt: skip
    for line in strokes:
        pen.ink(line, width, DARK, taper=1)


def draw_skeleton_poster(pen: Pen, look: Look) -> None:
    """A doctor's wall chart: a small friendly skeleton."""
    pen.shape(rect(-28, -88, 28, 0, 1), look.tint("#dfe9e2"), ink_width=0.8)
    for y in (-89, -1):
        pen.shape(rect(-30, y - 2, 30, y + 2, 1.6), PALE_WOOD, ink_width=0.6, shade=0)
    bone = "#fdfaf0"
    pen.shape(join(oval(0, -73, 8, 8.4), rect(-4.6, -69, 4.6, -62, 1.4)), bone, ink_width=0.6)
    for x in (-3.2, 3.2):
        pen.shape(oval(x, -73, 2.2, 2.6), DARK, ink_width=0, shade=0)
    pen.ink([(-3, -65.4), (3, -65.4)], 0.5)
    pen.ink([(0, -62), (0, -36)], 1.2, mix(bone, DARK, 0.45))
    for k in range(4):
        pen.ink(arc(0, -53 + 4.6 * k, 9 - k * 0.6, 3, 190, 350), 0.9, mix(bone, DARK, 0.45))
    pen.shape(
        blob((-8, -36), (0, -38), (8, -36), (4, -29), (0, -31), (-4, -29)), bone, ink_width=0.6
    )
    for side in (-1, 1):
        limbs = (
            ((side * 9, -57), (side * 15, -47), (side * 13, -36)),
            ((side * 5, -31), (side * 6, -19), (side * 6, -7)),
        )
        for line in limbs:
            pen.shape(limb(line, 1.4, 1.4), bone, ink_width=0.5, shade=0)
        pen.shape(oval(side * 8, -6, 4, 1.8), bone, ink_width=0.5, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "ward window",
        (180, 212),
        draw_ward_window,
        ("plain", "blind down"),
        surface=Surface(90, (30, -36)),
        weight=0.85,
    ),
    PropKind("ward curtain", (128, 250), draw_ward_curtain, ("drawn", "open"), weight=0.8),
    PropKind("bed head panel", (160, 72), draw_head_panel, ("plain", "lit"), hangs=116),
    PropKind("light box", (100, 66), draw_light_box, ("lit", "off"), hangs=112),
    PropKind("eye chart", (52, 84), draw_eye_chart, hangs=134, weight=0.8),
    PropKind("skeleton poster", (60, 92), draw_skeleton_poster, hangs=130, weight=0.8),
    PropKind("hand basin", (70, 92), draw_hand_basin, hangs=76),
    PropKind(
        "reception desk",
        (184, 118),
        draw_reception_desk,
        surface=Surface(109, (-10, 24)),
        approach=Approach(-30, 60, ahead=(-0.05, -0.005)),
        solid=(180, 106),
    ),
    PropKind("leaflet rack", (58, 98), draw_leaflet_rack),
    PropKind("fish tank", (124, 140), draw_fish_tank, ("plain", "empty")),
)
