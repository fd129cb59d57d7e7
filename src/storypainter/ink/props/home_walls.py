"""What hangs on the walls of a home or stands at them: windows, curtains, mirrors, frames, plants."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.kitchen_room import turned
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
    moved_pen,
)
from storypainter.ink.props.views import draw_view, sky_of

BRASS = "#c39a4e"
PAINT = "#f6f1e3"
GLASS = "#cfe0e2"
LEAF = "#6f9465"


def draw_window(pen: Pen, look: Look) -> None:
    """A tall sash window that shows what is outside: closed, open, or with a broken pane."""
    pen.shape(rect(-55, -136, 55, -2, 1), PAINT)
    draw_view(pen, look.ground, -47, -128, 47, -8)
    if look.state == "open":
        _sash(pen, -128, -70)
        _sash(pen, -112, -58)
        pen.ink([(-47, -58), (-47, -8), (47, -8), (47, -58)], 0.6)
    else:
        _sash(pen, -128, -66)
        _sash(pen, -70, -8)
        glare = mix(sky_of(look.ground), WHITE, 0.6)
        for x in (-30, -24):
            pen.ink([(x, -92), (x + 10, -106)], 0.7, glare)
    if look.state == "broken":
        _star_of_glass(pen, look)
    pen.shape(rect(-61, -8, 61, 0, 1), PAINT)


def _sash(pen: Pen, top: float, bottom: float) -> None:
    outer = rect(-47, top, 47, bottom)
    panes = join(
        rect(-42.5, top + 4.5, -1.6, bottom - 4.5), rect(1.6, top + 4.5, 42.5, bottom - 4.5)
    )
    pen.fill(panes, WHITE, 0.1)
    pen.shape(outer.difference(panes), PAINT, ink_width=0.55, shade=0)


def _star_of_glass(pen: Pen, look: Look) -> None:
    hole = poly(
        (13, -48), (20, -44), (24, -55), (29, -43), (40, -46), (33, -36), (41, -28), (31, -29), (27, -17), (21, -28), (8, -26), (16, -36),
    )  # fmt: skip
    pen.shape(hole, mix(sky_of(look.ground), DARK, 0.55), ink_width=0.8, shade=0)
    for line in (
        ((24, -55), (20, -61), (22, -65)),
        ((8, -26), (4, -20), (5, -13)),
        ((41, -28), (43, -20), (40, -13)),
        ((13, -48), (7, -54), (3, -62)),
        ((40, -46), (43, -54), (40, -63)),
    ):
        pen.ink(line, 0.6)
    for x, y in ((10, 0), (24, 1)):
        pen.shape(
            poly((x - 4, y - 8), (x + 2, y - 13), (x + 5, y - 8)), GLASS, ink_width=0.5, shade=0
        )


def draw_curtain(pen: Pen, look: Look) -> None:
    """Long curtains on a pole: open at both sides, closed, or blown by the wind."""
    cloth = look.tint("#b9705f")
    if look.state == "closed":
        _drawn_curtains(pen, cloth)
    else:
        for side in (-1, 1):
            _open_curtain(pen, cloth, side, blown=look.state == "blowing")
    pen.shape(limb([(-90, -232), (90, -232)], 2.2, 2.2), WOOD, ink_width=0.8)
    for x in (-92, 92):
        pen.shape(oval(x, -232, 4.4), WOOD, ink_width=0.8)


def _open_curtain(pen: Pen, cloth: str, side: int, *, blown: bool) -> None:
    swing = 26 if blown else 0
    inner = path((44, -226), (55, -180), (68, -122), (62 - swing * 0.4, -64), (54 - swing, 0))
    outer = path((86 - swing * 0.2, 0), (86, -64), (85, -122), (86, -180), (86, -226))
    shape = poly(*((side * x, y) for x, y in (*inner.tolist(), *outer.tolist())))
    pen.shape(shape, cloth)
    fold = mix(cloth, "#3a2a3a", 0.42)
    for top, waist, foot in (
        (54, 72, 60 - swing * 0.9),
        (65, 76, 67 - swing * 0.7),
        (76, 81, 77 - swing * 0.4),
    ):
        line = path(
            (top, -222),
            ((top + waist) / 2 + 2, -170),
            (waist, -124),
            ((waist + foot) / 2, -70),
            (foot, -4),
        )
        pen.ink([(side * x, y) for x, y in line], 0.5, fold)
    tie = poly(
        *((side * x, y) for x, y in ((65, -128), (88, -126), (88, -116), (66, -116))), corner=1
    )
    pen.shape(tie, mix(cloth, YELLOW, 0.6), ink_width=0.7, shade=0)


def _drawn_curtains(pen: Pen, cloth: str) -> None:
    fold = mix(cloth, "#3a2a3a", 0.42)
    for side in (-1, 1):
        hem = path((0.6, -1), (14, 1), (28, -2), (44, 1), (60, -2), (76, 1), (88, -1))
        shape = poly(
            (side * 0.6, -226), *((side * x, y) for x, y in hem.tolist()), (side * 88, -226)
        )
        pen.shape(shape, cloth)
        for x in (10, 22, 35, 48, 61, 75):
            line = path((x, -220), (x + 1.6, -150), (x - 1.4, -80), (x + 0.6, -5))
            pen.ink([(side * a, b) for a, b in line], 0.5, fold)


def draw_mirror(pen: Pen, look: Look) -> None:
    """A mirror in a frame with a rounded top; clean, steamed up or cracked."""
    frame = join(rect(-30, -64, 30, 0, 2), oval(0, -62, 30, 24))
    pen.shape(frame, look.tint("#c39a5e"))
    glass = join(rect(-25, -63, 25, -5, 1), oval(0, -62, 25, 19))
    pen.shape(glass, "#e4ebe9" if look.state == "steamed" else GLASS, ink_width=0.7, shade=0)
    with pen.clip(glass.buffer(-0.8)):
        if look.state == "steamed":
            _steamed(pen)
        else:
            for x, wide in ((-34, 12), (-12, 5)):
                pen.fill(
                    poly((x, 0), (x + wide, 0), (x + wide + 44, -86), (x + 44, -86)), WHITE, 0.5
                )
    if look.state == "cracked":
        for line in (
            ((6, -44), (14, -58), (12, -70), (18, -78)),
            ((6, -44), (-8, -52), (-24, -50)),
            ((6, -44), (0, -28), (4, -16), (-2, -5)),
            ((6, -44), (18, -38), (25, -40)),
            ((-8, -52), (-12, -66), (-8, -80)),
            ((0, -28), (-14, -22), (-24, -26)),
        ):
            pen.ink(line, 0.7)


def _steamed(pen: Pen) -> None:
    """Wiped clear by a hand in one place, a face drawn by a finger."""
    for x, y, size in ((-14, -20, 16), (16, -64, 14), (-18, -70, 12)):
        pen.fill(oval(x, y, size, size * 0.7), WHITE, 0.6)
    clear = "#9fb9be"
    pen.ink(arc(2, -44, 13, 13, 0, 360), 1.5, clear, closed=True)
    for x in (-3, 7):
        pen.ink([(x, -50), (x, -46)], 1.5, clear)
    pen.ink(arc(2, -42, 7, 6, 20, 160), 1.5, clear)
    for x, y in ((-10, -30), (12, -31)):
        pen.ink([(x, y), (x, y + 12)], 0.8, clear)


def draw_photo_frame(pen: Pen, look: Look) -> None:
    """A framed photograph of two people that stands on furniture; broken, its glass is cracked."""
    if look.state == "broken":
        pen = turned(pen, 9, 2, -1)
    pen.shape(poly((8, -26), (15, 0), (11, 0), (4, -22)), DARK_WOOD, ink_width=0.5, shade=0)
    pen.shape(rect(-14, -34, 14, 0, 1.2), look.tint("#c39a4e"))
    area = rect(-10.5, -30.5, 10.5, -3.5)
    pen.shape(area, "#dfe6d8", ink_width=0.5, shade=0)
    with pen.clip(area.buffer(-0.4)):
        for x, skin, hair, cloth, tall in ((-4.4, "#e8b48c", "#5a4238", "#8ea2b8", 0.0), (4.6, "#d49a72", "#9a8f86", "#c98a7a", 2.4)):  # fmt: skip
            pen.shape(oval(x, -4 + tall, 6.4, 8.6), cloth, ink_width=0.4, shade=0)
            pen.shape(oval(x, -18.6 + tall, 4.8, 5), hair, ink_width=0.4, shade=0)
            pen.shape(oval(x, -16.6 + tall, 4, 4.4), skin, ink_width=0.4, shade=0)
            for eye in (-1.4, 1.4):
                pen.fill(oval(x + eye, -17 + tall, 0.6), DARK)
            pen.ink(arc(x, -15.8 + tall, 1.7, 1.5, 20, 160), 0.4)
    if look.state == "broken":
        for line in (((3, -20), (9, -30)), ((3, -20), (-10, -26)), ((3, -20), (-4, -11), (-3, -4)), ((3, -20), (10, -12))):  # fmt: skip
            pen.ink(line, 0.7, WHITE)
            pen.ink([(x + 0.5, y + 0.5) for x, y in line], 0.4)
        for x, y in ((-20, -2), (-16, 1), (20, 0)):
            pen.shape(
                poly((x - 3, y), (x + 1, y - 4), (x + 3, y + 1)), GLASS, ink_width=0.5, shade=0
            )


def draw_house_plant(pen: Pen, look: Look) -> None:
    """A rubber plant in a pot: fresh, wilted, or fallen over with its soil on the floor."""
    if look.state == "fallen":
        for x, y, size in ((16, 0, 9), (0, 3, 6), (28, 3, 8), (-14, 1, 4)):
            pen.shape(oval(x, y, size, size * 0.45), "#6d4f3c", ink_width=0.5, shade=0)
        _plant(turned(pen, -82, 44, -14), look)
        return
    _plant(pen, look)


def _plant(pen: Pen, look: Look) -> None:
    limp = look.state == "wilted"
    hue = "#a8a266" if limp else LEAF
    pen.ink(path((0, -26), (2, -60), (-1, -96)), 1.6, "#7a6248")
    for y, side, length, rise in (
        (-40, -1, 30, 10), (-44, 1, 32, 12), (-58, -1, 34, 18), (-62, 1, 34, 20), (-76, -1, 30, 22), (-80, 1, 30, 24), (-92, -1, 20, 26), (-95, 1, 16, 30),
    ):  # fmt: skip
        lift = -rise * 0.7 if limp else rise
        tip = (side * length * (0.7 if limp else 1.0), y - lift)
        middle = (side * length * 0.55, y - (4 if limp else lift * 0.75) - 3)
        leaf = limb(path((0, y), middle, tip), 1.0, 6.4, 7.4, 0.8)
        pen.shape(leaf, hue if side > 0 else mix(hue, WHITE, 0.1), ink_width=0.8)
        pen.ink(
            path((side * 3, y - 0.6), middle, ((tip[0] + middle[0]) / 2, (tip[1] + middle[1]) / 2)),
            0.4,
            mix(hue, DARK, 0.4),
        )
    pot = poly((-20, -30), (20, -30), (15, 0), (-15, 0), corner=1)
    pen.shape(pot, look.tint("#c98a6a"))
    pen.shape(rect(-22, -33, 22, -25, 1.4), mix(look.tint("#c98a6a"), WHITE, 0.2), ink_width=0.8)
    if limp:
        for x, y in ((-26, -1), (28, 0)):
            pen.shape(oval(x, y, 6, 2.4, 10), hue, ink_width=0.6, shade=0)


def draw_telephone(pen: Pen, look: Look) -> None:
    """A telephone with a receiver on a coiled cord: at rest, ringing, or off the hook."""
    hue = look.tint("#b8574a")
    if look.state == "off the hook":
        base = moved_pen(pen, -13)
        _telephone_body(base, hue)
        _coil(base, (17, -4), (22, 1))
        _receiver(moved_pen(pen, 15, 3, 8, 0.9), hue, 0.0)
        return
    _telephone_body(pen, hue)
    _receiver(pen, hue, -22.0 if look.state != "ringing" else -24.5)
    _coil(pen, (-17, -4), (-21, -19))
    if look.state == "ringing":
        for side in (-1, 1):
            for radius in (6, 11):
                start, stop = (-40, 30) if side > 0 else (150, 220)
                pen.ink(arc(side * 22, -26, radius, radius, start, stop), 0.8)


def _telephone_body(pen: Pen, hue: str) -> None:
    body = poly((-15, -12), (-9, -19), (9, -19), (15, -12), (18, 0), (-18, 0), corner=2)
    pen.shape(body, hue)
    pen.shape(oval(0, -7.6, 7.4, 6.4), CREAM, ink_width=0.6, shade=0)
    for degrees in range(-60, 250, 44):
        x, y = arc(0, -7.6, 5, 4.3, degrees, degrees + 1)[0]
        pen.fill(oval(float(x), float(y), 0.95), DARK)
    for x in (-8, 8):
        pen.shape(rect(x - 2, -23, x + 2, -17, 0.8), mix(hue, DARK, 0.2), ink_width=0.6, shade=0)


def _receiver(pen: Pen, hue: str, y: float) -> None:
    grip = limb(path((-18, y - 1), (-8, y - 6), (8, y - 6), (18, y - 1)), 3.2, 2.8, 2.8, 3.2)
    ends = (rect(-24, y - 4, -13, y + 3.4, 2.4), rect(13, y - 4, 24, y + 3.4, 2.4))
    pen.shape(join(grip, *ends), mix(hue, WHITE, 0.1), ink_width=0.9)


def _coil(pen: Pen, start: tuple[float, float], end: tuple[float, float]) -> None:
    points = []
    for step in range(7):
        share = step / 6
        x = start[0] + (end[0] - start[0]) * share + (2.4 if step % 2 else -2.4)
        points.append((x, start[1] + (end[1] - start[1]) * share))
    pen.ink(path(start, *points, end), 0.8)


def draw_fan(pen: Pen, look: Look) -> None:
    """A table fan; off, or whirling."""
    hue = look.tint("#7f9fa8")
    pen.shape(blob((-13, 0), (-10, -5), (0, -7), (10, -5), (13, 0)), hue, ink_width=0.8)
    pen.shape(limb([(0, -6), (0, -20)], 2.4, 2.0), STEEL, ink_width=0.6)
    on = look.state == "on"
    pen.shape(oval(0, -34, 19), mix(hue, WHITE, 0.7), ink_width=0.9, shade=0)
    if on:
        for start in (0, 120, 240):
            pen.ink(arc(0, -34, 12, 12, start, start + 70), 0.8, hue)
            pen.ink(arc(0, -34, 7, 7, start + 40, start + 110), 0.8, hue)
        for y in (-46, -34, -22):
            pen.ink(path((23, y), (31, y - 2), (38, y + 1)), 0.7, "#6d6472")
    else:
        for turn in (0, 120, 240):
            blade = blob((0, -34), *((0 + x, -34 + y) for x, y in _blade(turn)))
            pen.shape(blade, hue, ink_width=0.6)
    for degrees in range(0, 180, 30):
        a, b = (
            arc(0, -34, 18.4, 18.4, degrees, degrees + 1)[0],
            arc(0, -34, 18.4, 18.4, degrees + 180, degrees + 181)[0],
        )
        pen.ink([tuple(a), tuple(b)], 0.3, STEEL)
    pen.ink(arc(0, -34, 19, 19, 0, 360), 0.8, closed=True)
    pen.shape(oval(0, -34, 3.6), hue, ink_width=0.6)


def _blade(turn: float) -> list[tuple[float, float]]:
    points = [
        arc(0, 0, radius, radius, degrees + turn, degrees + turn + 1)[0]
        for radius, degrees in ((9, -30), (15, -16), (14, 22), (7, 30))
    ]
    return [(float(x), float(y)) for x, y in points]


def draw_goldfish_bowl(pen: Pen, look: Look) -> None:
    """A round bowl with a goldfish; empty of fish, or broken with the fish on the ground."""
    if look.state == "broken":
        pen.shape(
            blob((-34, 0), (-20, -5), (8, -4), (34, -2), (40, 3), (6, 6), (-26, 5)),
            "#a9d3e0",
            ink_width=0.6,
            shade=0,
        )
        pen.shape(
            poly(
                (-22, 0), (-20, -14), (-12, -7), (-5, -16), (2, -6), (12, -12), (14, 0), corner=0.6
            ),
            GLASS,
            ink_width=0.8,
            shade=0,
        )
        for x, y in ((-40, 2), (26, -2), (46, 0)):
            pen.shape(poly((x - 5, y), (x, y - 7), (x + 4, y + 1)), GLASS, ink_width=0.6, shade=0)
        _goldfish(turned(pen, -20, 30, 0), 0, -4)
        return
    bowl = (
        join(oval(0, -17, 21, 17), rect(-12, -36, 12, -24))
        .difference(rect(-40, -60, 40, -36))
        .intersection(rect(-40, -60, 40, -1.5))
    )
    pen.shape(bowl, "#e4f0f1", ink_width=0.9, shade=0)
    water = oval(0, -17, 19.6, 15.6).intersection(rect(-40, -25, 40, -2.5))
    pen.shape(water, "#b3dbe6", ink_width=0.4, shade=0)
    with pen.clip(water):
        pen.fill(oval(0, 0, 22, 7), "#d9c08f")
        pen.ink(path((-9, -3), (-11, -10), (-8, -16)), 0.9, GREEN)
        pen.ink(path((-7, -3), (-6, -8), (-8, -12)), 0.9, GREEN)
    if look.state != "empty":
        _goldfish(pen, 3, -14)
        for bubble in ((14.0, -20.0), (13.0, -23.6)):
            pen.ink(arc(*bubble, 1.2, 1.2, 0, 360), 0.4, WHITE, closed=True)
    pen.shape(oval(0, -36.4, 13, 2.4), mix(GLASS, WHITE, 0.5), ink_width=0.7, shade=0)
    pen.ink(path((-15, -22), (-16.6, -16), (-14, -9)), 0.8, WHITE)


def _goldfish(pen: Pen, x: float, y: float) -> None:
    body = join(
        oval(x, y, 7.4, 4.8), poly((x - 5, y), (x - 13, y - 5), (x - 11, y), (x - 13, y + 5))
    )
    pen.shape(body, "#e88a3c", ink_width=0.7)
    pen.shape(
        poly((x - 2, y - 4), (x + 2, y - 8), (x + 3, y - 4)), "#e88a3c", ink_width=0.5, shade=0
    )
    pen.fill(oval(x + 4, y - 1, 1.1), DARK)


def draw_cage(pen: Pen, look: Look) -> None:
    """A wire cage for a hamster or a bird, with its wheel; its door closed or open."""
    hue = look.tint("#b7705c")
    pen.shape(join(rect(-26, -36, 26, -6), oval(0, -36, 26, 18)), "#f3efe2", ink_width=0.7, shade=0)
    pen.ink(arc(-8, -22, 11, 11, 0, 360), 1.0, STEEL, closed=True)
    for turn in (0, 60, 120):
        a, b = (
            arc(-8, -22, 11, 11, turn, turn + 1)[0],
            arc(-8, -22, 11, 11, turn + 180, turn + 181)[0],
        )
        pen.ink([tuple(a), tuple(b)], 0.5, STEEL)
    pen.fill(rect(-25, -11, 25, -6), "#e0c48d")
    for x in range(-24, 25, 6):
        top = -36 - 18 * (1 - (x / 26) ** 2) ** 0.5
        if look.state != "open" or not 5 < x < 23:
            pen.ink([(x, top), (x, -7)], 0.6, "#6d6f75")
    pen.ink([(-26, -36), (26, -36)], 0.6, "#6d6f75")
    if look.state == "open":
        pen.ink([(4, -32), (24, -32), (24, -10), (4, -10)], 0.8, "#6d6f75", closed=True)
        leaf = [(24, -32), (40, -36), (40, -8), (24, -10)]
        pen.ink(leaf, 0.9, closed=True)
        for x in (29, 34):
            pen.ink([(x, -33.6), (x, -9)], 0.5, "#6d6f75")
    pen.shape(rect(-29, -9, 29, 0, 2), hue)
    pen.ink(arc(0, -56, 4, 4, 150, 390), 0.9, solid=True)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "window",
        (122, 137),
        draw_window,
        ("closed", "open", "broken"),
        weight=0.9,
        hangs=76,
        far=True,
    ),
    PropKind(
        "curtain",
        (194, 236),
        draw_curtain,
        ("open", "closed", "blowing"),
        weight=0.95,
        far=True,
    ),
    PropKind(
        "mirror",
        (60, 86),
        draw_mirror,
        ("plain", "steamed", "cracked"),
        hangs=118,
        far=True,
    ),
    PropKind(
        "photo frame",
        (32, 34),
        draw_photo_frame,
        ("plain", "broken"),
        sizes={"broken": (46, 38)},
        grips=((-12, -14), (12, -14)),
        carry="front",
        scale=0.8,
        flattens=("plain",),
        thick=2.0,
        props_up=True,
    ),
    PropKind(
        "house plant",
        (76, 128),
        draw_house_plant,
        ("plain", "wilted", "fallen"),
        sizes={"fallen": (150, 60)},
    ),
    PropKind(
        "telephone",
        (52, 32),
        draw_telephone,
        ("plain", "ringing", "off the hook"),
        sizes={"ringing": (60, 36), "off the hook": (66, 24)},
        grips=((0, -8),),
        carry="front",
        scale=0.8,
    ),
    PropKind("fan", (40, 54), draw_fan, ("off", "on"), sizes={"on": (62, 54)}),
    PropKind(
        "goldfish bowl",
        (44, 39),
        draw_goldfish_bowl,
        ("plain", "empty", "broken"),
        sizes={"broken": (94, 22)},
        grips=((-14, -6), (14, -6)),
        carry="two",
        scale=0.82,
    ),
    PropKind(
        "cage",
        (58, 62),
        draw_cage,
        ("closed", "open"),
        sizes={"open": (84, 62)},
        grips=((0, -58),),
        carry="low",
        surface=Surface(8, (8,)),
    ),
)
