"""What is served: trays, teapots, wine, croissants, covered dishes, lobster, the laid table."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion, spill, splashes, steam
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

_GLASS = "#e4eff0"
_WINE = "#8f2f45"
_TEA = "#b5773f"
_CRUST = "#d8a052"


def _tilted(pen: Pen, degrees: float, x: float = 0.0, y: float = 0.0) -> Pen:
    """A pen whose origin is at (x, y), turned clockwise by ``degrees``."""
    frame = pen.frame
    left, top = frame.point(x, y)
    turn = -degrees if frame.mirror else degrees
    turned = Frame(left, top, frame.scale, frame.degrees + turn, frame.mirror)
    return Pen(pen.canvas, turned, pen.weight)


def _small(pen: Pen, size: float) -> Pen:
    """A pen that draws ``size`` times as large."""
    frame = pen.frame
    shrunk = Frame(frame.x, frame.y, frame.scale * size, frame.degrees, frame.mirror)
    return Pen(pen.canvas, shrunk, pen.weight)


def draw_tray(pen: Pen, look: Look) -> None:
    """A round tray: bare, with cups and a cake, or tipping so that all slides off."""
    hue = look.tint("#a9745a")
    if look.state == "tipping":
        tilted = _tilted(pen, 24, -4, -12)
        _tray_board(tilted, hue)
        _served_cup(_tilted(pen, 38, 14, -16))
        _served_cup(_tilted(pen, 96, 44, -30))
        pen.shape(limb(path((46, -22), (54, -14), (56, -3)), 1.4, 2.6, 3.4), _TEA, ink_width=0.5, shade=0)  # fmt: skip
        splashes(pen, ((64, -20, 4), (60, -34, 3.4), (70, -6, 4)), _TEA)
        motion(pen, [(24, -48), (34, -46), (42, -40)], [(28, -58), (42, -54), (52, -46)])
        return
    if look.state == "full":
        _served_cup(_tilted(pen, 0, -17, -4))
        _served_cup(_tilted(pen, 0, 18, -4))
        pen.shape(rect(-5, -23, 4, -4, 2), _GLASS, ink_width=0.7)
        pen.fill(rect(-4, -18, 3, -5, 1), "#e39a45")
        pen.shape(oval(-0.4, -23, 4.4, 1.6), WHITE, ink_width=0.5, shade=0)
    _tray_board(pen, hue)


def _tray_board(pen: Pen, hue: str) -> None:
    pen.shape(oval(0, -3.4, 33, 5.2), hue)
    pen.shape(oval(0, -4.6, 29, 3.4), mix(hue, WHITE, 0.28), ink_width=0.5, shade=0)


def _served_cup(pen: Pen) -> None:
    pen.shape(oval(0, -1.4, 11, 2.6), WHITE, ink_width=0.7)
    pen.ink(arc(8, -9, 4.4, 4, -80, 100), 1.1)
    pen.shape(poly((-8, -15), (8, -15), (5.6, -2), (-5.6, -2), corner=1.6), "#a9c0bd", ink_width=0.8)  # fmt: skip
    pen.shape(oval(0, -15, 8, 2.1), "#6e4a35", ink_width=0.5, shade=0)


def draw_teapot(pen: Pen, look: Look) -> None:
    """A round teapot: plain, steaming, pouring, or in pieces on the floor."""
    hue = look.tint("#7fa3b0")
    if look.state == "broken":
        _broken_teapot(pen, hue)
        return
    if look.state == "pouring":
        pen.shape(limb(path((36, -24), (41, -16), (42, -2)), 1.6, 1.3, 1.7), _TEA, ink_width=0.5, shade=0)  # fmt: skip
        pen = _tilted(pen, 24, -2, -4)
    pen.ink(arc(-21, -20, 13, 12, 80, 280), 3.0)
    pen.ink(arc(-21, -20, 13, 12, 84, 276), 1.6, hue)
    spout = limb(path((14, -12), (25, -17), (28, -27), (35, -34)), 5.6, 4.2, 2.6)
    pen.shape(spout, hue)
    pen.shape(poly((-11, -2), (11, -2), (9, 0), (-9, 0)), mix(hue, DARK, 0.25), ink_width=0.6)
    pen.shape(oval(0, -18, 22, 17.4), hue)
    with pen.clip(oval(0, -18, 21.4, 16.8)):
        pen.fill(rect(-30, -20, 30, -13), mix(hue, WHITE, 0.6))
        for x in range(-20, 24, 8):
            pen.fill(oval(x, -16.5, 1.7), RED)
    lid = oval(0, -33, 12, 4.6)
    pen.shape(lid, mix(hue, WHITE, 0.12), ink_width=0.8)
    pen.shape(oval(0, -39, 3), RED, ink_width=0.6)
    if look.state == "steaming":
        steam(pen, 39, -36, 18, 2)


def _broken_teapot(pen: Pen, hue: str) -> None:
    spill(pen, 2, 2, 46, _TEA)
    pen.shape(poly((-30, 0), (-33, -14), (-24, -22), (-17, -12), (-10, -16), (-6, 0)), hue)
    pen.shape(poly((4, 2), (8, -12), (16, -7), (24, -15), (30, -4), (26, 3)), hue)
    pen.shape(limb([(36, 0), (46, -9)], 4.4, 2.4), hue, ink_width=0.8)
    pen.shape(oval(-42, -1, 9, 4), mix(hue, WHITE, 0.12), ink_width=0.7)
    pen.shape(oval(-42, -6, 2.8), RED, ink_width=0.5)
    pen.shape(poly((-4, 5), (2, 0), (6, 6)), hue, ink_width=0.7)


def draw_wine_glass(pen: Pen, look: Look) -> None:
    """A stemmed glass: full, empty, knocked over with its wine spilled, or broken."""
    wine = look.tint(_WINE)
    if look.state == "spilled":
        spill(pen, 26, 0, 34, wine)
        _glass(_tilted(pen, 82, -22, -6), None)
        return
    if look.state == "broken":
        spill(pen, 4, 2, 26, wine)
        pen.shape(oval(-14, -2, 8, 2.4), _GLASS, ink_width=0.7, shade=0)
        pen.shape(poly((-15, -2), (-13, -2), (-12, -14), (-16, -12)), _GLASS, ink_width=0.6)
        for x, y in ((2, -1), (15, 2), (24, -2)):
            pen.shape(poly((x - 5, y), (x - 2, y - 9), (x + 3, y - 5), (x + 6, y)), _GLASS, ink_width=0.6)  # fmt: skip
        return
    _glass(pen, wine if look.state == "full" else None)


def _glass(pen: Pen, wine: str | None) -> None:
    bowl = blob((-9, -38), (-10, -28), (-6, -19), (0, -17), (6, -19), (10, -28), (9, -38))
    bowl = bowl.intersection(rect(-12, -37.6, 12, -10))
    pen.shape(oval(0, -1.4, 8.4, 2.2), _GLASS, ink_width=0.7, shade=0)
    pen.shape(rect(-1, -18, 1, -1), _GLASS, ink_width=0.5, shade=0)
    pen.shape(bowl, _GLASS, ink_width=0.8, shade=0.5)
    if wine:
        pen.fill(bowl.buffer(-1.0).intersection(rect(-12, -31, 12, -10)), wine)
        pen.fill(oval(0, -31, 8.6, 1.6), mix(wine, WHITE, 0.22))
    pen.ink([(-6, -34), (-6.6, -27)], 0.5, WHITE)


def draw_croissant(pen: Pen, look: Look) -> None:
    """A croissant, whole or bitten."""
    body = blob((-25, -3), (-20, -13), (-9, -20), (3, -21), (15, -17), (23, -9), (26, -1), (18, -3), (9, -7), (-2, -8), (-12, -6), (-20, -1))  # fmt: skip
    if look.state == "bitten":
        body = body.difference(join(oval(23, -12, 7), oval(27, -3, 7), oval(18, -18, 4)))
    pen.shape(body, look.tint(_CRUST))
    for line in (((-17, -14), (-15, -8), (-17, -3)), ((-7, -19), (-5, -13), (-6, -8)), ((5, -20), (6, -14), (3, -8))):  # fmt: skip
        pen.ink(path(*line), 0.7, "#9a6a2c")
    if look.state != "bitten":
        pen.ink(path((15, -16), (15, -11), (11, -7)), 0.7, "#9a6a2c")


def draw_napkin(pen: Pen, look: Look) -> None:
    """A cloth napkin, folded to a fan; crumpled; or stained red. In a hand it hangs softly."""
    hue = look.tint(CREAM)
    fold = mix(hue, DARK, 0.35)
    if look.where == "held":
        _hanging_cloth(pen, hue, fold)
        if look.state == "stained":
            pen.fill(blob((-7, -2), (-1, -6), (6, -1), (4, 6), (-4, 7)), _WINE)
        return
    if look.state == "plain":
        fan = poly((-6, 0), (-19, -22), (-11, -29), (0, -32), (11, -29), (19, -22), (6, 0), corner=1)  # fmt: skip
        pen.shape(fan, hue)
        for x in (-12, -6, 0, 6, 12):
            pen.ink([(x * 0.3, -4), (x * 1.15, -27 + abs(x) * 0.2)], 0.5, fold)
        pen.shape(rect(-7.4, -6, 7.4, 0, 1.5), RED, ink_width=0.6)
        return
    heap = blob((-20, 0), (-16, -9), (-8, -12), (-3, -19), (5, -14), (12, -16), (17, -7), (21, 0), (8, 2), (-8, 2))  # fmt: skip
    pen.shape(heap, hue)
    for line in (((-10, -9), (-4, -5), (-8, 0)), ((4, -13), (3, -6), (9, -2)), ((12, -12), (12, -6), (15, -3))):  # fmt: skip
        pen.ink(path(*line), 0.5, fold)
    if look.state == "stained":
        pen.fill(blob((-9, -6), (-3, -12), (4, -9), (3, -3), (-5, -2)), _WINE)


def _hanging_cloth(pen: Pen, hue: str, fold: str) -> None:
    """A cloth pinched near its middle: a tuft above the hand, four soft corners below it."""
    tuft = blob((-5, -6), (-9, -15), (-3, -13), (2, -18), (5, -13), (10, -13), (6, -6))
    pen.shape(tuft, hue, ink_width=0.8)
    drape = poly(
        *path((-4, -9), (-8, 2), (-13, 12), (-15, 22)).tolist(),
        *path((-15, 22), (-9, 18), (-4, 27)).tolist(),
        *path((-4, 27), (1, 19), (7, 24)).tolist(),
        *path((7, 24), (10, 16), (17, 18)).tolist(),
        *path((17, 18), (11, 8), (7, 0), (4, -9)).tolist(),
        corner=0.4,
    )
    pen.shape(drape, hue, ink_width=0.9)
    for line in (((-2, -4), (-5, 6), (-8, 16)), ((1, -4), (0, 8), (-3, 20)), ((4, -3), (6, 8), (9, 14))):  # fmt: skip
        pen.ink(path(*line), 0.5, fold)


def draw_plate_cover(pen: Pen, look: Look) -> None:
    """A silver dome on a dish; open, the dome leans beside a steaming roast."""
    dish = oval(0, -3, 38, 5.4)
    pen.shape(dish, STEEL)
    pen.shape(oval(0, -4.2, 31, 3.4), mix(STEEL, WHITE, 0.5), ink_width=0.5, shade=0)
    if look.state == "closed":
        dome = _dome(0, -4, 30, 28)
        pen.shape(dome, mix(STEEL, WHITE, 0.25))
        pen.ink(arc(-3, -6, 19, 19, 200, 262), 1.1, WHITE)
        pen.shape(rect(-2, -35, 2, -31), STEEL, ink_width=0.5, shade=0)
        pen.shape(oval(0, -37, 4), YELLOW, ink_width=0.7)
        return
    if look.state == "empty":
        for x, y in ((-8, -5), (4, -4), (12, -5.4)):
            pen.fill(oval(x, y, 1.4), "#8a5a3f")
    else:
        roast = blob((-22, -7), (-17, -19), (-3, -24), (13, -21), (22, -11), (18, -5), (-14, -4))
        pen.shape(roast, "#b9743f")
        for side in (-1, 1):
            pen.shape(limb(path((side * 12, -10), (side * 20, -15), (side * 26, -21)), 5.4, 3.6, 1.6), "#b9743f", ink_width=0.8)  # fmt: skip
            pen.shape(oval(side * 27, -22.5, 2.6), CREAM, ink_width=0.5, shade=0)
        for x in (-28, 29, -23, 24):
            pen.shape(oval(x, -5, 4.4, 3), GREEN, ink_width=0.5, shade=0)
        steam(pen, 0, -28, 20, 3)
    lid = _tilted(pen, 62, 42, -22)
    pen_dome = _dome(0, 0, 27, 25)
    lid.shape(pen_dome, mix(STEEL, WHITE, 0.25))
    lid.shape(oval(0, -28, 3.6), YELLOW, ink_width=0.6)


def _dome(x: float, y: float, half: float, height: float) -> Form:
    return poly(*((float(a), float(b)) for a, b in arc(x, y, half, height, 180, 360)))


def draw_lobster(pen: Pen, look: Look) -> None:
    """A lobster: served red on a dish, or alive with its claws up."""
    alive = look.state == "alive"
    hue = look.tint("#5f7283" if alive else "#cf5238")
    dark = mix(hue, DARK, 0.4)
    if not alive:
        pen.shape(oval(0, -3, 46, 6), WHITE)
        for x, tone in ((-34, YELLOW), (33, YELLOW), (-25, GREEN), (26, GREEN)):
            pen.shape(oval(x, -6, 5, 3.4), tone, ink_width=0.5, shade=0)
    for index, x in enumerate((-10, -3, 4)):
        for side in (-1, 1):
            foot = x + side * (15 + index)
            pen.ink(path((x, -12), ((x + foot) / 2, -17 + index), (foot, -3)), 1.1, dark)
    tail = [(8, -13), (17, -12), (25, -10), (32, -8)]
    for index, (x, y) in enumerate(tail):
        pen.shape(oval(x, y, 6.4, 8.4 - index * 1.3), hue, ink_width=0.7)
    pen.shape(join(oval(39, -6, 6, 3, -20), oval(39, -9, 6, 3, 20)), hue, ink_width=0.7)
    pen.shape(oval(-4, -14, 15, 9), hue)
    for reach, up in ((-22.0, -36.0), (-37.0, -17.0)):
        lift = up - 6 if alive else up
        arm = path((-12, -15), ((reach - 12) / 2, (lift - 16) / 2 + 3), (reach, lift + 8))
        pen.shape(limb(arm, 2.8, 2.6), hue, ink_width=0.7)
        claw = join(oval(reach - 4, lift, 6.4, 9, -18), oval(reach + 4, lift + 2, 3.4, 6.4, 24))
        nick = poly((reach - 1, lift - 10), (reach + 3, lift - 10), (reach + 0.6, lift + 2))
        pen.shape(claw.difference(nick), hue, ink_width=0.8)
    for y in (-30, -36):
        pen.ink(path((-17, -19), (-26, y + 4), (-44, y + 8)), 0.6, dark)
    pen.shape(oval(-15, -20, 2.4), WHITE, ink_width=0.5, shade=0)
    pen.fill(oval(-15.6, -20, 1.2), DARK)
    if alive:
        motion(pen, [(-44, -42), (-48, -36), (-47, -30)], [(-10, -44), (-6, -39), (-6, -34)])


def draw_restaurant_table(pen: Pen, look: Look) -> None:
    """A table under a long white cloth: laid for two with a candle, cleared, or in a mess."""
    cloth = look.tint("#f7f1e4")
    hem = [(58, -12), (44, -8), (30, -12), (14, -8), (-2, -12), (-18, -8), (-32, -12), (-46, -8), (-58, -12)]  # fmt: skip
    for side in (-1, 1):
        pen.shape(limb([(side * 44, -20), (side * 44, 0)], 2.6, 2.2), DARK_WOOD, ink_width=0.8)
    body = poly((-60, -71), (60, -71), *hem, corner=0.8)
    pen.shape(body, cloth)
    for x in (-46, -30, -14, 4, 20, 38, 50):
        pen.ink(path((x * 0.97, -66), (x, -40), (x * 1.02, -14)), 0.45, mix(cloth, DARK, 0.3))
    top = poly((-60, -70), (-51, -82), (51, -82), (60, -70), corner=0.6)
    pen.shape(top, mix(cloth, WHITE, 0.5), ink_width=0.9, shade=0)
    if look.state == "plain":
        return
    if look.state == "messy":
        pen.fill(blob((-30, -75), (-14, -79), (4, -77), (2, -71), (-2, -58), (-9, -70), (-24, -71)), _WINE)  # fmt: skip
        _served_plate(pen, 30, -75, "#b9743f")
        _glass(_small(_tilted(pen, 84, -38, -77), 0.62), None)
        return
    for x in (-32, 32):
        _served_plate(pen, x, -76, None)
    pen.shape(rect(-2.2, -98, 2.2, -77, 0.8), CREAM, ink_width=0.6)
    pen.shape(oval(0, -76.6, 6, 1.8), "#c39a4e", ink_width=0.5, shade=0)
    flame = blob((-2.2, -100), (0, -107), (2.2, -100), (0, -98))
    pen.shape(flame, YELLOW, ink_width=0.5, shade=0)


def _served_plate(pen: Pen, x: float, y: float, food: str | None) -> None:
    pen.shape(oval(x, y, 14, 3.6), WHITE, ink_width=0.7, shade=0)
    pen.ink(arc(x, y, 9, 2.1, 0, 360), 0.35, "#a9a6ad")
    for side in (-1, 1):
        pen.ink([(x + side * 17, y - 2.6), (x + side * 18.4, y + 3)], 0.8, "#5c6366")
    if food:
        pen.shape(blob((x - 7, y), (x - 4, y - 6), (x + 4, y - 6), (x + 7, y)), food, ink_width=0.5)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "tray",
        (66, 9),
        draw_tray,
        ("plain", "full", "tipping"),
        grips=((-24, -3), (24, -3)),
        carry="two",
        sizes={"full": (66, 28), "tipping": (112, 62)},
        scale=0.86,
        shifts={"tipping": -20.0},
    ),
    PropKind(
        "teapot",
        (72, 42),
        draw_teapot,
        ("plain", "steaming", "pouring", "broken"),
        grips=((-31, -20),),
        carry="front",
        scale=0.54,
        sizes={"steaming": (88, 56), "pouring": (82, 46), "broken": (104, 26)},
    ),
    PropKind(
        "wine glass",
        (20, 39),
        draw_wine_glass,
        ("full", "empty", "spilled", "broken"),
        grips=((0, -10),),
        carry="front",
        sizes={"spilled": (94, 20), "broken": (58, 20)},
        scale=0.72,
        shifts={"spilled": -19.0},
    ),
    PropKind(
        "croissant",
        (51, 22),
        draw_croissant,
        ("plain", "bitten"),
        grips=((-12, -6),),
        carry="front",
        scale=0.46,
        weight=0.66,
    ),
    PropKind(
        "napkin",
        (39, 33),
        draw_napkin,
        ("plain", "crumpled", "stained"),
        grips=((0, -5),),
        carry="front",
        scale=0.66,
        sizes={"crumpled": (42, 21), "stained": (42, 21)},
        flattens=("plain",),
        props_up=True,
    ),
    PropKind(
        "plate cover",
        (76, 41),
        draw_plate_cover,
        ("closed", "open", "empty"),
        grips=((-26, -3), (26, -3)),
        carry="two",
        scale=0.62,
        sizes={"open": (110, 52), "empty": (110, 52)},
        shifts={"open": -16.0, "empty": -16.0},
    ),
    PropKind(
        "lobster",
        (92, 42),
        draw_lobster,
        ("plain", "alive"),
        grips=((-6, -8), (8, -8)),
        carry="two",
        scale=0.64,
        sizes={"alive": (96, 50)},
    ),
    PropKind(
        "restaurant table",
        (122, 84),
        draw_restaurant_table,
        ("laid", "plain", "messy"),
        surface=Surface(76, (-14, 14, -44, 44)),
        sizes={"laid": (122, 108)},
    ),
)
