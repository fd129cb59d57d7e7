"""Small things of a kitchen: vessels, pans and tools. Food and household things are next door."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props import household, kitchen_food
from storypainter.ink.props.effects import fire, smoke, spill, splashes, steam
from storypainter.ink.props.kitchen_jar import draw_jar
from storypainter.ink.props.kitchen_tools import (
    draw_fork,
    draw_knife,
    draw_ladle,
    draw_spatula,
    draw_spoon,
    draw_whisk,
)
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    PALE_WOOD,
    RED,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

CHINA = "#fffdf7"
BATTER = "#f0dca4"
GLASS = "#d7e9ea"


def ring(x: float, y: float, rx: float, ry: float, thick: float) -> Form:
    """A ring, for handles."""
    return oval(x, y, rx, ry).difference(oval(x, y, rx - thick, ry - thick))


def draw_pot(pen: Pen, look: Look) -> None:
    """A cooking pot with two handles: lidded, boiling, boiling over, or burning."""
    hue = look.tint("#c8654d")
    for side in (-1, 1):
        pen.shape(ring(side * 18, -16, 5.4, 3.4, 2.2), DARK, ink_width=0.5, shade=0)
    pen.shape(poly((-17, -23), (17, -23), (15.6, 0), (-15.6, 0), corner=2.5), hue)
    pen.ink(path((-12, -18), (-12.4, -10), (-11.6, -5)), 0.7, mix(hue, WHITE, 0.5))
    if look.state == "plain":
        _lid(pen, 0, -23, hue)
        return
    inside = {"boiling": "#e9c98c", "boiling over": CREAM, "burning": "#4a3a38"}[look.state]
    pen.shape(oval(0, -23, 17, 3.6), inside, ink_width=0.8, shade=0)
    if look.state == "boiling":
        for x, y, size in ((-8, -23.4, 2.4), (0, -24.4, 3), (7, -23, 2.2), (3, -22.4, 1.6)):
            pen.shape(oval(x, y, size), WHITE, ink_width=0.4, shade=0)
        steam(pen, 0, -29, 20)
    elif look.state == "boiling over":
        _boil_over(pen, hue)
    else:
        fire(pen, 0, -21, 28, 34)
        smoke(pen, 4, -52, 52, 34)


def _lid(pen: Pen, x: float, y: float, hue: str) -> None:
    pen.shape(
        poly(*((x + a, b) for a, b in arc(0, y, 17.5, 7, 180, 360).tolist())), mix(hue, WHITE, 0.12)
    )
    pen.shape(rect(x - 18.5, y - 1.6, x + 18.5, y + 1.6, 1.4), hue, ink_width=0.7)
    pen.shape(oval(x, y - 8.6, 3.4, 2.6), DARK, ink_width=0.6)


def _boil_over(pen: Pen, hue: str) -> None:
    froth = join(
        oval(-11, -26, 7, 5), oval(0, -28, 9, 6), oval(11, -26, 7, 5), rect(-17, -25, 17, -20, 2),
        limb(path((-16, -22), (-19, -14), (-18, -4)), 3.4, 2.6, 3.4),
        limb([(-5, -22), (-5, -9)], 2.8, 3.4),
        limb(path((15, -22), (19, -16), (18, -1)), 3.4, 2.4, 4.2),
        limb([(6, -22), (6, -15)], 2.2, 2.8),
        oval(19, -0.6, 9, 2.2), oval(-19, -1, 6, 1.8),
    )  # fmt: skip
    pen.shape(froth, CREAM, ink_width=0.7)
    for x, y in ((-9, -26), (2, -28), (10, -25), (-3, -23)):
        pen.ink(arc(x, y, 2.6, 2.2, 180, 330), 0.4, "#b3a58c")
    turned_lid = limb([(-13, -35), (15, -42)], 1.9, 1.9)
    pen.shape(
        poly((-12, -36.5), (-6, -43), (6, -46), (13, -43), corner=1.5),
        mix(hue, WHITE, 0.12),
        ink_width=0.8,
    )
    pen.shape(turned_lid, hue, ink_width=0.7)
    pen.shape(oval(-0.4, -47, 3.2, 2.4, -14), DARK, ink_width=0.6)
    steam(pen, -18, -34, 14, 2)
    steam(pen, 20, -34, 16, 2)


def draw_frying_pan(pen: Pen, look: Look) -> None:
    """A frying pan, its handle to the left: empty, with a pancake, an egg, or burning."""
    hue = look.tint("#4b4a50")
    pen.shape(limb([(-42, -11), (-14, -7)], 2.6, 2.0), DARK_WOOD, ink_width=0.8)
    pen.fill(oval(-40, -10.8, 1.0), CREAM)
    pen.shape(poly((-17, -8.5), (21, -8.5), (16, 0), (-12, 0), corner=2), mix(hue, WHITE, 0.08))
    pen.shape(oval(2, -8.5, 19.5, 4.4), mix(hue, WHITE, 0.22), ink_width=0.8, shade=0)
    pen.shape(oval(2, -8, 16.4, 3.2), mix(hue, "#000000", 0.1), ink_width=0.4, shade=0)
    if look.state == "pancake":
        pen.shape(oval(2, -9, 13.5, 2.8), "#e2ae62", ink_width=0.6)
        pen.fill(oval(0, -9.2, 8, 1.4), "#c98a42", 0.7)
        steam(pen, 3, -14, 14)
    elif look.state == "fried egg":
        white = blob((-11, -9), (-5, -11.6), (4, -11), (13, -10), (12, -7.4), (3, -6.8), (-8, -7))
        pen.shape(white, WHITE, ink_width=0.6, shade=0)
        pen.shape(oval(1, -10, 4.6, 2.8), "#f0b43a", ink_width=0.5)
        pen.fill(oval(-0.4, -11, 1.4, 0.7), WHITE)
    elif look.state == "burning":
        pen.shape(oval(2, -9, 12, 2.6), "#38302f", ink_width=0.5, shade=0)
        fire(pen, 2, -7, 30, 28)
        smoke(pen, 6, -32, 46, 32)


def draw_kettle(pen: Pen, look: Look) -> None:
    """A kettle, its spout to the right; it may steam."""
    hue = look.tint("#7fa5a0")
    pen.shape(limb(path((12, -9), (20, -15), (24, -23)), 4.4, 3.0, 2.3), hue)
    pen.ink(path((-12, -20), (-12, -34), (0, -38), (12, -34), (11, -20)), 1.9, DARK, solid=True)
    pen.shape(
        blob((-18, -3), (-16, -14), (-9, -22), (9, -22), (16, -14), (18, -3), (14, 0), (-14, 0)),
        hue,
    )
    pen.shape(oval(0, -22, 8.6, 2.4), mix(hue, WHITE, 0.3), ink_width=0.6, shade=0)
    pen.shape(oval(0, -25, 2.6), DARK, ink_width=0.6, shade=0)
    pen.ink(path((-12, -14), (-13.4, -8), (-12, -4)), 0.8, mix(hue, WHITE, 0.6))
    if look.state == "steaming":
        for line in (
            ((27, -26), (33, -31), (32, -37), (39, -42)),
            ((25, -28), (27, -35), (25, -41), (29, -47)),
        ):
            pen.ink(path(*line), 0.7, "#a9a6ad")
        pen.shape(
            join(oval(33, -36, 4), oval(37, -41, 5), oval(31, -43, 4)),
            WHITE,
            ink_width=0.5,
            ink_colour="#a9a6ad",
            shade=0,
        )


def draw_toaster(pen: Pen, look: Look) -> None:
    """A toaster: plain, throwing its slices up, or smoking with black toast."""
    hue = look.tint("#c9d2cf")
    toast = "#3f3533" if look.state == "smoking" else "#d9a257"
    rise = {"plain": 0.0, "popping": 22.0, "smoking": 3.0}[look.state]
    if look.state != "plain":
        for x, lift, lean in ((-7, rise, -8.0), (8, rise * 1.35, 9.0)):
            _slice(pen, x, -24 - lift, toast, lean if rise > 5 else 0)
    body = poly((-19, -24), (19, -24), (21, -4), (21, -2), (-21, -2), (-21, -4), corner=4)
    pen.shape(rect(-17, -3, 17, 0, 1), DARK, ink_width=0.6, shade=0)
    pen.shape(body, hue)
    for x in (-8, 8):
        pen.shape(rect(x - 6.4, -24.6, x + 6.4, -22.6, 0.8), DARK, ink_width=0.4, shade=0)
    pen.ink(path((-15, -18), (-16.4, -11), (-16, -6)), 0.8, WHITE)
    pen.shape(oval(0, -10, 4), mix(hue, WHITE, 0.5), ink_width=0.5)
    pen.ink([(0, -10), (1.8, -12.4)], 0.6)
    lever = -18 if look.state != "plain" else -14
    pen.shape(rect(20, lever - 2.2, 25, lever + 2.2, 1), RED, ink_width=0.6, shade=0)
    if look.state == "popping":
        for line in (((-14, -29), (-16, -34)), ((15, -29), (18, -35)), ((0, -30), (0, -36))):
            pen.ink(line, 0.7, "#6d6472")
    if look.state == "smoking":
        smoke(pen, 2, -40, 58, 36)


def _slice(pen: Pen, x: float, y: float, hue: str, lean: float) -> None:
    slice_ = join(
        rect(x - 6, y - 12, x + 6, y + 4, 1.2),
        oval(x - 2.6, y - 12, 4.6, 3.8),
        oval(x + 2.6, y - 12, 4.6, 3.8),
    )
    crumb = slice_.buffer(-1.5)
    if lean:
        from_x = x + lean * 0.4
        pen.ink([(from_x, y + 7), (x, y + 12)], 0.5, "#6d6472")
    pen.shape(slice_, mix(hue, DARK_WOOD, 0.35), ink_width=0.7)
    pen.shape(crumb, mix(hue, CREAM, 0.28), ink_width=0, shade=0)


def draw_stack_of_plates(pen: Pen, look: Look) -> None:
    """A pile of plates; ``toppling`` it leans and slides."""
    hue = look.tint(CHINA)
    for index in range(8):
        x = 0.0 if look.state != "toppling" else (index * index) * 0.34
        x += ((index * 7) % 3 - 1) * 0.5
        lean = 0.0 if look.state != "toppling" else index * 1.6
        y = -2.2 - index * 3.1
        pen.shape(
            oval(x, y, 17, 2.6, lean),
            hue if index % 3 else mix(hue, BLUE, 0.35),
            ink_width=0.6,
            shade=0.6,
        )
    if look.state == "toppling":
        pen.shape(oval(35, -24, 16, 3, 52), hue, ink_width=0.6)
        for line in (((-18, -14), (-22, -22), (-20, -30)), ((48, -34), (54, -28), (55, -20))):
            pen.ink(path(*line), 0.6, "#6d6472")


def draw_bowl(pen: Pen, look: Look) -> None:
    """A bowl, empty, of soup or of cereal."""
    hue = look.tint("#6f9fb8")
    pen.shape(poly((-6, -2), (6, -2), (7, 0), (-7, 0)), mix(hue, DARK, 0.2), ink_width=0.7, shade=0)
    pen.shape(blob((-16, -13), (-13, -5), (-6, -1), (6, -1), (13, -5), (16, -13), (0, -12)), hue)
    pen.shape(oval(0, -13, 16, 3.6), mix(hue, WHITE, 0.5), ink_width=0.7, shade=0)
    pen.ink(path((-13, -9), (0, -6.4), (13, -9)), 0.6, WHITE)
    if look.state == "soup":
        pen.shape(oval(0, -12.6, 13, 2.5), "#d9853f", ink_width=0.5, shade=0)
        steam(pen, 0, -18, 14)
    elif look.state == "cereal":
        pen.shape(oval(0, -13, 13, 2.6), WHITE, ink_width=0.5, shade=0)
        for x, y in ((-8, -13.6), (-3, -12.4), (2, -14), (7, -12.8), (-1, -14.6), (9.4, -14)):
            pen.shape(oval(x, y, 2.2, 1.6), "#d99a4a", ink_width=0.4, shade=0)


def draw_mixing_bowl(pen: Pen, look: Look) -> None:
    """A large bowl with a whisk: batter, or dough that rises; ``tipped`` it has poured out."""
    hue = look.tint("#efe3c6")
    if look.state == "tipped":
        pen.shape(
            blob((4, -4), (18, -6), (38, -4), (48, 1), (34, 5), (14, 5), (0, 2)),
            BATTER,
            ink_width=0.7,
        )
        body = blob((-22, -14), (-18, -26), (0, -31), (12, -26), (14, -6), (6, 0), (-10, -2))
        pen.shape(body, hue)
        pen.shape(oval(10, -14, 7, 15.5, 14), BATTER, ink_width=0.8, shade=0)
        _whisk(pen, (50, -3), (24, -1))
        return
    _whisk(pen, (14, -46), (-4, -20))
    if look.state == "dough":
        pen.shape(blob((-17, -22), (-15, -33), (0, -38), (15, -33), (17, -22), (0, -18)), "#f3e3bb")
        pen.ink(path((-6, -33), (0, -35), (6, -33)), 0.5, "#b3955c")
    pen.shape(
        poly((-9, -2), (9, -2), (10, 0), (-10, 0)), mix(hue, DARK, 0.2), ink_width=0.6, shade=0
    )
    body = blob((-22, -22), (-19, -9), (-9, -1), (9, -1), (19, -9), (22, -22), (0, -21))
    if look.state != "dough":
        pen.shape(oval(0, -22, 22, 5), BATTER, ink_width=0.8, shade=0)
        pen.ink(arc(-3, -22, 10, 2.4, 150, 420), 0.5, "#b3955c")
        body = body.difference(oval(0, -23, 21.4, 5))
    pen.shape(body, hue)
    for y, half in ((-14, 19.6), (-10.6, 18)):
        pen.ink(path((-half, y - 1), (0, y + 3), (half, y - 1)), 0.6, BLUE)


def _whisk(pen: Pen, hand: tuple[float, float], tip: tuple[float, float]) -> None:
    (x0, y0), (x1, y1) = hand, tip
    dx, dy = x1 - x0, y1 - y0
    middle = (x0 + dx * 0.46, y0 + dy * 0.46)
    for bulge in (-0.2, -0.08, 0.08, 0.2):
        bow = path(middle, (x0 + dx * 0.8 - dy * bulge, y0 + dy * 0.8 + dx * bulge), (x1, y1))
        pen.ink(bow, 0.6, IRON)
    pen.shape(limb([hand, middle], 1.9, 1.5), WOOD, ink_width=0.6)


def draw_cup(pen: Pen, look: Look) -> None:
    """A mug: plain, steaming, or spilled."""
    hue = look.tint("#d98a5f")
    if look.state == "spilled":
        spill(pen, 18, 0, 24, "#8d6040")
        pen.shape(ring(-10, -16, 5, 4, 1.9), hue, ink_width=0.6, shade=0)
        pen.shape(poly((-18, -13), (3, -14.5), (3, 0), (-18, -1), corner=2), hue)
        pen.shape(oval(3, -7.2, 3, 7.3), mix(hue, DARK, 0.4), ink_width=0.7, shade=0)
        return
    pen.shape(ring(10.5, -9, 5.6, 5.4, 2.2), hue, ink_width=0.6, shade=0)
    pen.shape(poly((-9, -17), (9, -17), (8, 0), (-8, 0), corner=1.8), hue)
    pen.shape(oval(0, -17, 9, 2.2), "#6d4630", ink_width=0.7, shade=0)
    pen.ink([(-8.6, -11), (8.6, -11)], 0.8, mix(hue, WHITE, 0.6))
    if look.state == "steaming":
        steam(pen, 0, -21, 15, 2)


def draw_glass(pen: Pen, look: Look) -> None:
    """A drinking glass: empty, full, or knocked over."""
    drink = look.tint("#e59a3c")
    if look.state == "spilled":
        spill(pen, 22, 0, 26, drink)
        pen.shape(poly((-16, -11), (6, -13.5), (6, 0), (-16, -2), corner=1), GLASS, ink_width=0.8)
        pen.shape(oval(6, -6.8, 3, 6.8), mix(GLASS, WHITE, 0.6), ink_width=0.6, shade=0)
        pen.fill(poly((-6, -3), (5, -4), (5, -0.6), (-6, -1.4)), drink, 0.8)
        return
    body = poly((-7.4, -21), (7.4, -21), (5.8, 0), (-5.8, 0), corner=0.8)
    pen.shape(body, GLASS, ink_width=0.8, shade=0.5)
    if look.state == "full":
        pen.shape(
            poly((-6.8, -17), (6.8, -17), (5.4, -1.4), (-5.4, -1.4), corner=0.8),
            drink,
            ink_width=0,
            shade=0.6,
        )
        pen.shape(oval(0, -17, 6.8, 1.6), mix(drink, WHITE, 0.35), ink_width=0.4, shade=0)
    pen.shape(
        oval(0, -21, 7.4, 1.8).difference(oval(0, -21, 6.6, 1.2)), WHITE, ink_width=0.4, shade=0
    )
    pen.ink([(-4.4, -15), (-3.8, -5)], 0.6, WHITE)


def draw_bottle(pen: Pen, look: Look) -> None:
    """A bottle of oil with a label; ``spilled`` it lies in a pool."""
    hue = look.tint("#7f8f4e")
    if look.state == "spilled":
        spill(pen, 28, 0, 26, mix(hue, YELLOW, 0.45))
        pen.shape(
            join(rect(-28, -13, 2, 0, 3), limb([(0, -6.6), (10, -6.4), (18, -6)], 5.6, 2.6, 2.6)),
            hue,
        )
        pen.shape(rect(-22, -13, -8, 0), CREAM, ink_width=0.5, shade=0)
        return
    pen.shape(
        join(rect(-6.6, -24, 6.6, 0, 2), limb([(0, -22), (0, -28), (0, -37)], 6.2, 2.8, 2.4)), hue
    )
    pen.shape(rect(-3.2, -41, 3.2, -36, 0.8), DARK_WOOD, ink_width=0.6, shade=0)
    pen.shape(rect(-6.6, -18, 6.6, -6), CREAM, ink_width=0.5, shade=0)
    pen.shape(oval(0, -12, 3, 3.4), GREEN, ink_width=0.4, shade=0)
    pen.ink([(-4.6, -22), (-4.4, -19.6)], 0.6, mix(hue, WHITE, 0.6))


def draw_jug(pen: Pen, look: Look) -> None:
    """A jug of milk, its lip to the right; pouring it is tilted by whoever holds it."""
    hue = look.tint("#8fb0c4")
    pen.shape(band(path((-9, -24), (-19, -23), (-19, -10), (-10, -7)), 3.0), hue, ink_width=0.6)
    body = poly(
        (-9, -29),
        (15, -30),
        (8.6, -22),
        (12, -10),
        (10, -1),
        (8, 0),
        (-9, 0),
        (-11, -1),
        (-13, -10),
        (-8.4, -22),
        corner=1.2,
    )
    pen.shape(body, hue)
    pen.shape(
        poly((-9, -29), (15, -30), (10, -26.6), (-6, -26.4), corner=0.6),
        WHITE,
        ink_width=0.6,
        shade=0,
    )
    pen.ink(path((-11.6, -13), (0, -10.6), (11.4, -13)), 0.8, WHITE)
    if look.state == "pouring":
        milk = limb(path((13, -29), (22, -26), (25, -12), (25, 4)), 1.8, 2.2, 2.0)
        pen.shape(milk, WHITE, ink_width=0.6, shade=0)
        splashes(pen, ((31, 0, 2.2), (20, -2, 1.8)), WHITE)


def draw_rolling_pin(pen: Pen, look: Look) -> None:
    """A rolling pin that lies across."""
    wood = look.tint(PALE_WOOD)
    for side in (-1, 1):
        pen.shape(
            limb([(side * 15, -5), (side * 25, -5)], 1.9, 2.6), look.tint("#b5654a"), ink_width=0.7
        )
    pen.shape(rect(-17, -10, 17, 0, 3), wood)
    for y, x in ((-7, -8), (-4, 2)):
        pen.ink([(x, y), (x + 12, y)], 0.4, DARK_WOOD)


def draw_chopping_board(pen: Pen, look: Look) -> None:
    """A board; with vegetables, a knife lies beside them."""
    wood = look.tint("#d2a56c")
    top = poly((-28, -3), (-23, -12), (27, -12), (24, -3), corner=1.2)
    pen.shape(top, mix(wood, WHITE, 0.22), ink_width=0.8, shade=0)
    pen.shape(rect(-28.4, -3.8, 24.4, 0, 1), wood, ink_width=0.8)
    pen.fill(oval(23, -9.6, 1.3, 0.8), DARK_WOOD)
    if look.state == "plain":
        return
    pen.shape(limb([(-18, -9), (-2, -8)], 3.6, 2.0), "#dd8a3e", ink_width=0.6)
    for x in (2, 6, 10):
        pen.shape(oval(x, -6.4, 2.6, 2.0), "#e59a52", ink_width=0.5, shade=0)
    pen.shape(
        join(oval(-19, -12.6, 2.4, 3.4, -40), oval(-22, -11, 3.2, 2.0)),
        GREEN,
        ink_width=0.5,
        shade=0,
    )
    pen.shape(oval(14, -13, 5.4, 5), RED, ink_width=0.6)
    pen.shape(blob((11, -17), (14, -19.4), (17, -17), (14, -16)), GREEN, ink_width=0.5, shade=0)
    pen.shape(
        poly((-12, -5.4), (4, -3.2), (-12, -2.4), corner=0.3), "#dfe4e3", ink_width=0.5, shade=0
    )
    pen.shape(limb([(-22, -4.2), (-12, -4)], 1.4, 1.4), DARK_WOOD, ink_width=0.5, shade=0)


_TOOLS = (
    PropKind(
        "knife", (9, 38), draw_knife, grips=((-0.3, -6),), carry="front", lies=True, scale=0.82
    ),
    PropKind("fork", (9, 28), draw_fork, grips=((0, -6),), carry="front", lies=True, scale=0.84),
    PropKind(
        "wooden spoon", (10, 37), draw_spoon, grips=((0, -8),), carry="front", lies=True, scale=0.88
    ),
    PropKind("ladle", (20, 36), draw_ladle, grips=((0, -8),), carry="front", lies=True),
    PropKind(
        "spatula", (13, 37), draw_spatula, grips=((0, -6),), carry="front", lies=True, scale=0.88
    ),
    PropKind("whisk", (15, 38), draw_whisk, grips=((0, -7),), carry="front", lies=True, scale=0.86),
    PropKind(
        "rolling pin",
        (56, 11),
        draw_rolling_pin,
        grips=((-22, -5), (22, -5)),
        carry="two",
        scale=0.86,
    ),
    PropKind(
        "chopping board",
        (56, 14),
        draw_chopping_board,
        ("plain", "vegetables"),
        grips=((-26, -3), (24, -3)),
        carry="two",
        sizes={"vegetables": (56, 20)},
        scale=0.82,
    ),
)

_VESSELS = (
    PropKind(
        "pot",
        (48, 34),
        draw_pot,
        ("plain", "boiling", "boiling over", "burning"),
        grips=((-20, -16), (20, -16)),
        carry="two",
        sizes={"boiling": (48, 49), "boiling over": (58, 50), "burning": (48, 104)},
        scale=0.86,
    ),
    PropKind(
        "frying pan",
        (66, 14),
        draw_frying_pan,
        ("plain", "pancake", "fried egg", "burning"),
        grips=((-36, -10),),
        carry="front",
        sizes={"pancake": (66, 28), "burning": (66, 80)},
        scale=0.82,
        shifts={"plain": 12.0, "pancake": 12.0, "fried egg": 12.0, "burning": 12.0},
    ),
    PropKind(
        "kettle",
        (46, 39),
        draw_kettle,
        ("plain", "steaming"),
        grips=((0, -37),),
        carry="low",
        sizes={"steaming": (62, 48)},
        scale=0.78,
        shifts={"steaming": -12.0},
    ),
    PropKind(
        "toaster",
        (48, 26),
        draw_toaster,
        ("plain", "popping", "smoking"),
        grips=((-20, -10), (20, -10)),
        carry="two",
        sizes={"popping": (50, 74), "smoking": (50, 98)},
        scale=0.78,
    ),
    PropKind(
        "stack of plates",
        (36, 27),
        draw_stack_of_plates,
        ("plain", "toppling"),
        grips=((-16, -2), (16, -2)),
        carry="two",
        surface=Surface(26, (0,)),
        sizes={"toppling": (80, 44)},
    ),
    PropKind(
        "bowl",
        (33, 17),
        draw_bowl,
        ("plain", "soup", "cereal"),
        grips=((-13, -6), (13, -6)),
        carry="front",
        sizes={"soup": (33, 32)},
        scale=0.76,
    ),
    PropKind(
        "mixing bowl",
        (46, 48),
        draw_mixing_bowl,
        ("plain", "dough", "tipped"),
        grips=((-19, -10), (19, -10)),
        carry="two",
        sizes={"tipped": (74, 34)},
        scale=0.86,
        shifts={"tipped": -15.0},
    ),
    PropKind(
        "cup",
        (26, 19),
        draw_cup,
        ("plain", "steaming", "spilled"),
        grips=((12, -9),),
        carry="front",
        sizes={"steaming": (26, 36), "spilled": (62, 22)},
        scale=0.64,
        weight=0.7,
        shifts={"spilled": -12.0},
    ),
    PropKind(
        "glass",
        (16, 23),
        draw_glass,
        ("plain", "full", "spilled"),
        grips=((0, -9),),
        carry="front",
        sizes={"spilled": (64, 16)},
        scale=0.7,
        weight=0.7,
        shifts={"spilled": -16.0},
    ),
    PropKind(
        "bottle",
        (14, 41),
        draw_bottle,
        ("plain", "spilled"),
        grips=((0, -26),),
        carry="front",
        sizes={"spilled": (84, 16)},
        scale=0.86,
        shifts={"spilled": -13.0},
    ),
    PropKind(
        "jug",
        (38, 31),
        draw_jug,
        ("plain", "pouring"),
        grips=((-18, -16),),
        carry="front",
        sizes={"pouring": (54, 36)},
        scale=0.8,
        shifts={"pouring": -5.0},
    ),
    PropKind(
        "jar",
        (21, 25),
        draw_jar,
        ("plain", "open", "honey"),
        grips=((0, -9),),
        carry="front",
        sizes={"open": (24, 34)},
        scale=0.76,
        weight=0.7,
    ),
)

KINDS: tuple[PropKind, ...] = (
    *_VESSELS,
    *_TOOLS,
    *kitchen_food.KINDS,
    *household.KINDS,
)
