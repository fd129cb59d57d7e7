"""What stands in a restaurant: the hatch to the kitchen, swing door, wine rack, dessert trolley."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import smoke, steam
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

_BRASS = "#c39a4e"
_KITCHEN = "#e9e6d8"
_FRAME = "#8a6550"
_WINES = ("#6d3a48", "#4f6a55", "#7a5a3c", "#5a4a66")


def draw_pass(pen: Pen, look: Look) -> None:
    """The hatch to the kitchen: heat lamps, hanging pans, order slips, dishes that wait."""
    frame = look.tint(_FRAME)
    pen.shape(rect(-98, -212, 98, -82, 2), frame)
    inside = rect(-89, -203, 89, -90)
    with pen.canvas.lit():
        pen.shape(inside, _KITCHEN, ink_width=0.6, shade=0)
    with pen.clip(inside):
        for y in range(-200, -90, 12):
            pen.ink([(-89, y), (89, y)], 0.3, "#c9c4b0")
        for x in range(-84, 90, 12):
            pen.ink([(x, -203), (x, -90)], 0.3, "#c9c4b0")
        pen.shape(rect(-60, -132, 60, -80, 1), "#b9bfbf", ink_width=0.5, shade=0)
        pen.shape(poly((-48, -203), (48, -203), (62, -176), (-62, -176)), "#c9cecd", ink_width=0.5)
        _pans(pen)
        for x, tall in ((-36, 20), (-6, 14), (26, 22)):
            pen.shape(rect(x - 12, -132 - tall, x + 12, -132, 2), "#98a1a3", ink_width=0.5)
            pen.ink([(x - 16, -134 - tall * 0.7), (x + 16, -134 - tall * 0.7)], 0.8, IRON)
        if look.state == "busy":
            steam(pen, -36, -154, 20, 3)
            steam(pen, 26, -156, 20, 3)
    pen.ink([(-89, -203), (89, -203), (89, -90), (-89, -90)], 0.6, closed=True)
    for x in (-58, 0, 58):
        pen.ink([(x, -203), (x, -190)], 0.8)
        pen.shape(poly((x - 4, -190), (x + 4, -190), (x + 11, -178), (x - 11, -178), corner=1), "#c98f72", ink_width=0.6)  # fmt: skip
    _slips(pen, full=look.state != "plain")
    if look.state == "smoking":
        smoke(pen, -6, -132, 92, 96)
    pen.shape(rect(-104, -92, 104, -82, 1.5), STEEL, ink_width=0.8)
    pen.shape(rect(-96, -82, 96, -8), mix(frame, WHITE, 0.14), ink_width=0.8)
    for left in (-90, -29, 32):
        pen.shape(rect(left, -74, left + 58, -16, 1.5), mix(frame, WHITE, 0.26), ink_width=0.45, shade=0.6)  # fmt: skip
    pen.shape(rect(-96, -9, 96, 0), mix(frame, DARK, 0.4), ink_width=0.6, shade=0)
    if look.state == "plain":
        return
    for x, food in ((-58, "#c98a4a"), (52, "#b86a4f")):
        pen.shape(oval(x, -94, 18, 3.4), WHITE, ink_width=0.6, shade=0)
        pen.shape(blob((x - 10, -94), (x - 6, -103), (x + 5, -102), (x + 10, -94)), food, ink_width=0.5)  # fmt: skip
        for side in (-8, 7):
            pen.shape(oval(x + side, -96, 3.6, 2.4), GREEN, ink_width=0.4, shade=0)


def _pans(pen: Pen) -> None:
    """Pans on hooks at both sides of the hatch."""
    for x, hue in ((-78, "#b8703f"), (-66, "#8f8b94"), (68, "#8f8b94"), (80, "#b8703f")):
        pen.shape(band([(x, -200), (x, -172)], 2.2), DARK, ink_width=0.3, shade=0)
        pen.shape(oval(x, -165, 7.4), mix(hue, WHITE, 0.15), ink_width=0.5)


def _slips(pen: Pen, *, full: bool) -> None:
    """Order slips that hang from a rail."""
    pen.shape(rect(-40, -176, 40, -173, 0.6), IRON, ink_width=0.4, shade=0)
    for x in (-32, -16, 0, 16, 32) if full else (-16,):
        pen.shape(rect(x - 5.4, -174, x + 5.4, -158 - (x % 3)), WHITE, ink_width=0.45, shade=0)
        for y in (-170, -166):
            pen.ink([(x - 3.4, y), (x + 3, y)], 0.4, "#8b8591")


def draw_swing_door(pen: Pen, look: Look) -> None:
    """The two leaves to the kitchen with round panes; swinging, one stands open."""
    hue = look.tint("#7f9b8f")
    pen.shape(rect(-58, -210, 58, 0).difference(rect(-50, -202, 50, 1)), _FRAME)
    with pen.canvas.lit():
        pen.shape(rect(-50, -202, 50, 0), "#f4ecd0", ink_width=0.5, shade=0)
    pen.shape(rect(-34, -96, 30, -20), "#cfd2cc", ink_width=0.4, shade=0)
    pen.shape(rect(-20, -120, 4, -96, 2), "#98a1a3", ink_width=0.4)
    _leaf(pen, hue, -50, 0)
    if look.state == "swinging":
        leaf = poly((50, -202), (34, -190), (34, -10), (50, 0))
        pen.shape(leaf, mix(hue, DARK, 0.12), ink_width=0.8)
        pen.shape(oval(42, -148, 4, 13), "#dcebed", ink_width=0.6, shade=0)
        for line in (((20, -120), (14, -112), (14, -102)), ((20, -70), (14, -62), (14, -52))):
            pen.ink(path(*line), 0.7)
        return
    _leaf(pen, hue, 0, 50)


def _leaf(pen: Pen, hue: str, left: float, right: float) -> None:
    middle = (left + right) / 2
    pen.shape(rect(left + 0.6, -201, right - 0.6, -1), hue, ink_width=0.8)
    pen.shape(oval(middle, -148, 15), _BRASS, ink_width=0.6)
    with pen.canvas.lit():
        pen.shape(oval(middle, -148, 12), "#f4ecd0", ink_width=0.5, shade=0)
    pen.ink([(middle - 6, -144), (middle + 4, -154)], 0.7, WHITE)
    pen.shape(rect(left + 6, -112, right - 6, -98, 1), _BRASS, ink_width=0.5, shade=0)
    pen.shape(rect(left + 4, -28, right - 4, -5, 1), STEEL, ink_width=0.5, shade=0)


def draw_wine_rack(pen: Pen, look: Look) -> None:
    """A tall rack of bottles that lie in lozenges, glasses on top; or nearly bare."""
    wood = look.tint(DARK_WOOD)
    pen.shape(rect(-50, -176, 50, 0, 1.5), mix(wood, DARK, 0.35))
    for row in range(6):
        for column in range(4):
            x, y = -34.5 + column * 23, -152 + row * 24
            cell = rect(x - 10.4, y - 11, x + 10.4, y + 11, 1)
            pen.shape(cell, mix(wood, DARK, 0.62), ink_width=0.4, shade=0)
            if look.state == "empty" and (row * 4 + column) % 7:
                continue
            hue = mix(_WINES[(row + column * 2) % 4], WHITE, 0.14)
            pen.shape(oval(x, y + 1.6, 8.4), hue, ink_width=0.5, shade=0.6)
            pen.shape(oval(x, y + 1.6, 3.4), mix(hue, WHITE, 0.35), ink_width=0.4, shade=0)
    for x in (-50, -23, 0, 23, 50):
        pen.shape(rect(x - 1.6, -166, x + 1.6, -6), wood, ink_width=0.45, shade=0)
    for y in (-166, -142, -118, -94, -70, -46, -22):
        pen.shape(rect(-51, y - 1.6, 51, y + 1.6), wood, ink_width=0.45, shade=0)
    pen.shape(rect(-54, -178, 54, -172, 1), wood, ink_width=0.7)
    pen.shape(rect(-53, -12, 53, 0, 1), wood, ink_width=0.7)
    for x in (-36, -18, 18, 36):
        pen.shape(oval(x, -179, 5, 1.2), "#e4eff0", ink_width=0.4, shade=0)
        pen.ink([(x, -180), (x, -188)], 0.7, "#8fa3a6")
        glass = poly((x - 6, -203), (x + 6, -203), (x + 4, -191), (x, -188), (x - 4, -191), corner=0.8)  # fmt: skip
        pen.shape(glass, "#e4eff0", ink_width=0.5, shade=0.4)


def draw_dessert_trolley(pen: Pen, look: Look) -> None:
    """A trolley with two shelves of cakes and a tall jelly; or emptied."""
    wood = look.tint(WOOD)
    for x in (-44, 44):
        pen.shape(rect(x - 2, -84, x + 2, -8), _BRASS, ink_width=0.6)
        pen.shape(oval(x, -6, 6), DARK, ink_width=0.6)
        pen.fill(oval(x, -6, 2.2), STEEL)
    full = look.state != "empty"
    if full:
        pen.shape(rect(-32, -44, -6, -26, 2), "#8a5a3f", ink_width=0.6)
        pen.shape(oval(-19, -44, 13.4, 3), CREAM, ink_width=0.5, shade=0)
        pen.shape(poly((6, -26), (10, -42), (30, -42), (34, -26), corner=2), "#ecd08a", ink_width=0.6)  # fmt: skip
    pen.shape(rect(-48, -28, 48, -22, 1), wood, ink_width=0.8)
    if full:
        jelly = join(poly((-36, -80), (-32, -98), (-12, -98), (-8, -80)), oval(-22, -99, 10, 4))
        pen.shape(jelly, RED, ink_width=0.7)
        pen.ink([(-27, -84), (-26, -96)], 0.6, WHITE)
        pen.shape(rect(2, -100, 38, -80, 2), CREAM, ink_width=0.7)
        pen.shape(blob((2, -98), (4, -104), (20, -106), (36, -104), (38, -98), (30, -93), (20, -97), (10, -92)), "#d9a0a0", ink_width=0.5, shade=0)  # fmt: skip
        for x in (10, 20, 30):
            pen.shape(oval(x, -107, 3), RED, ink_width=0.5)
    pen.shape(rect(-48, -82, 48, -76, 1), wood, ink_width=0.8)
    pen.shape(limb(path((-46, -80), (-56, -92), (-66, -94)), 2.0, 2.0), _BRASS, ink_width=0.6)


def draw_wall_lamp(pen: Pen, look: Look) -> None:
    """A brass wall lamp with two shades, lit or off."""
    lit = look.state != "off"
    if lit:
        with pen.canvas.lit():
            pen.fill(oval(0, -22, 34, 26), "#fbe6a4", 0.3)
    pen.shape(oval(0, -7, 5, 7), _BRASS, ink_width=0.6)
    for side in (-1, 1):
        arm = arc(side * 8, -10, 8, 7, 0 if side < 0 else 180, 180 if side < 0 else 0)
        pen.ink(arm, 1.3, _BRASS)
        x = side * 16
        shade = poly((x - 5, -30), (x + 5, -30), (x + 10, -13), (x - 10, -13), corner=0.8)
        with pen.canvas.lit():
            pen.shape(shade, "#f8e3a8" if lit else "#d8cdb4", ink_width=0.7)
        if lit:
            for end in (-6, 0, 6):
                pen.ink([(x + end * 0.7, -10), (x + end, -5)], 0.6, _BRASS)
    pen.shape(oval(0, 0, 2), YELLOW, ink_width=0.4, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "kitchen hatch",
        (208, 212),
        draw_pass,
        ("busy", "plain", "smoking"),
        weight=0.8,
        scale=0.88,
        sizes={"smoking": (208, 226)},
        far=True,
    ),
    PropKind(
        "swing door",
        (116, 210),
        draw_swing_door,
        ("closed", "swinging"),
        weight=0.85,
        far=True,
    ),
    PropKind("wine rack", (108, 204), draw_wine_rack, ("full", "empty"), weight=0.7, far=True),
    PropKind(
        "dessert trolley",
        (114, 112),
        draw_dessert_trolley,
        ("full", "empty"),
        grips=((-64, -94), (-56, -92)),
        carry="push",
        surface=Surface(79, (0, 26)),
        sizes={"empty": (114, 96)},
    ),
    PropKind("wall lamp", (54, 34), draw_wall_lamp, ("lit", "off"), hangs=152, far=True),
)
