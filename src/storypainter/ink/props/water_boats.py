"""Boats, ships and what belongs to them: oar, anchor, lifebuoy, buoy, lobster pot, lighthouse."""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, drop, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import beam
from storypainter.ink.props.on_water import hues_of, ripples
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    IRON,
    PALE_WOOD,
    RED,
    WATER,
    WHITE,
    WOOD,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
)

_ROPE = "#d8bd85"
_PINE = "#cdb48c"


def _hull(look: Look) -> str:
    return look.tint("#c8694d")


def draw_rowing_boat(pen: Pen, look: Look) -> None:
    """The far side and the inside of a boat, its bow to the right; or one keel up."""
    if look.state == "capsized":
        _capsized(pen, look)
        return
    wood = mix(PALE_WOOD, DARK_WOOD, 0.18)
    inside = blob((-138, -47), (-60, -55), (40, -56), (118, -58), (158, -64), (120, -36), (0, -26), (-120, -28))  # fmt: skip
    pen.shape(inside, mix(wood, DARK_WOOD, 0.45), shade=0)
    pen.ink(path((-136, -49), (-60, -56), (40, -57), (118, -60), (160, -66)), 1.6, DARK_WOOD)
    for x in (-86, -6, 70):
        pen.shape(rect(x - 15, -50, x + 15, -42, 2), wood, ink_width=0.8)
    if look.state == "leaking":
        pen.shape(oval(-6, -38, 96, 7), WATER, ink_width=0.6, shade=0)
        _spring(pen, -58)


def _spring(pen: Pen, x: float) -> None:
    """Water that springs up through the bottom of a boat and falls back to both sides."""
    for side, high, wide in ((-1, 34, 15), (1, 42, 18), (-1, 46, 6)):
        way = path((x, -38), (x + side * 0.3 * wide, -38 - high), (x + side * wide, -40 - 0.45 * high))  # fmt: skip
        pen.shape(limb(way, 2.6, 2.4, 1.4), WATER, ink_width=0.6, shade=0)
    pen.shape(oval(x, -38, 13, 4), mix(WATER, WHITE, 0.5), ink_width=0.5, shade=0)


def _capsized(pen: Pen, look: Look) -> None:
    body = blob((-150, -6), (-128, -34), (-60, -54), (30, -56), (110, -40), (154, -8), (100, 2), (-100, 2))  # fmt: skip
    pen.shape(body, _hull(look))
    pen.ink(path((-142, -16), (-50, -36), (40, -38), (144, -16)), 0.8)
    pen.shape(limb(path((-100, -44), (0, -60), (112, -42)), 3, 3.4, 2.6), mix(_hull(look), DARK, 0.3))  # fmt: skip
    ripples(pen, 150, look.ground, 0)


def front_rowing_boat(pen: Pen, look: Look) -> None:
    """The near side of the boat with its gunwale, and the water at it."""
    if look.state == "capsized":
        return
    side = blob(
        (-143, -50), (-70, -43), (20, -41), (100, -48), (164, -68), (150, -34), (120, -3),
        (50, 9), (-60, 9), (-122, -1), (-139, -26),
    )  # fmt: skip
    hull = _hull(look)
    pen.shape(side, hull)
    with pen.clip(side):
        stripe = band(path((-160, -36), (-70, -29), (20, -27), (100, -34), (170, -54)), 7)
        pen.fill(stripe, mix(hull, WHITE, 0.78))
        pen.ink(path((-150, -18), (-40, -12), (60, -13), (150, -30)), 0.6, mix(hull, DARK, 0.45))
    gunwale = band(path((-145, -50), (-70, -44), (20, -42), (100, -49), (167, -69)), 6.5)
    pen.shape(gunwale, PALE_WOOD, ink_width=0.9, shade=0.4)
    pen.shape(rect(12, -54, 17, -44, 1), IRON, ink_width=0.7, shade=0)
    if look.text:
        write(pen, look.text, (-86, -22), 80, 13, WHITE, hull, degrees=4)
    if look.state in ("floating", "leaking"):
        ripples(pen, 136, look.ground, 6)
    if look.state == "beached":
        pen.ink(path((-120, 6), (-40, 12), (60, 12), (120, 5)), 0.8, "#a98b5a")


def draw_sailing_boat(pen: Pen, look: Look) -> None:
    """A small yacht under sail, some way off."""
    hull, sail = look.tint("#fbf3e0"), "#fffaf0"
    pen.shape(limb([(4, -18), (4, -196)], 2.2, 1.6), DARK_WOOD, ink_width=0.8)
    if look.state == "wrecked":
        pen.shape(poly((8, -190), (50, -120), (12, -128), (40, -60), (8, -70), corner=2), sail)
    else:
        belly = blob((9, -190), (44, -110), (78, -32), (40, -27), (9, -30), (13, -110))
        pen.shape(belly, sail)
        pen.ink(path((12, -88), (34, -82), (50, -84)), 0.5)
        pen.ink(path((12, -54), (44, -48), (66, -50)), 0.5)
        jib = blob((0, -178), (-30, -100), (-66, -26), (-28, -28), (-3, -34), (-6, -100))
        pen.shape(jib, "#d98a5c")
    pen.shape(poly((4, -196), (22, -202), (4, -207)), RED, ink_width=0.6, shade=0)
    body = blob(
        (-80, -24), (-20, -20), (60, -20), (94, -26), (76, -3), (40, 2), (-50, 2), (-70, -6)
    )
    pen.shape(body, hull)
    with pen.clip(body):
        pen.fill(rect(-100, -10, 110, 6), "#5c87a3")
    pen.shape(poly((-34, -21), (-28, -31), (24, -31), (32, -21), corner=2), PALE_WOOD)
    ripples(pen, 80, look.ground, 1)


def draw_ship(pen: Pen, look: Look) -> None:
    """A steamer with two decks and a funnel, far away."""
    hull = look.tint("#44506b")
    if look.state != "sinking":
        _ship(pen, hull, smoking=look.state == "plain")
        ripples(pen, 150, look.ground, 1)
        return
    body = poly((-40, 2), (-96, -74), (-66, -92), (60, -22), (84, 2), corner=4)
    pen.shape(body, hull)
    pen.shape(poly((-52, -82), (-20, -130), (20, -104), (0, -56), corner=3), CREAM)
    pen.shape(poly((-14, -124), (4, -152), (22, -140), (8, -112), corner=2), RED)
    for x, y in ((-34, -92), (-16, -82), (2, -70)):
        pen.shape(oval(x, y, 4.5), BLUE, ink_width=0.6, shade=0)
    ripples(pen, 96, look.ground, 2)


def _ship(pen: Pen, hull: str, *, smoking: bool) -> None:
    if smoking:
        puffs = join(oval(18, -148, 13, 9), oval(-4, -158, 17, 11), oval(-34, -166, 20, 12), oval(-66, -170, 16, 9))  # fmt: skip
        pen.shape(puffs, "#dcdad6", ink_width=0.6, shade=0.5)
    for x in (-16, 34):
        pen.shape(poly((x - 12, -92), (x - 9, -138), (x + 15, -138), (x + 14, -92)), RED)
        pen.shape(rect(x - 9, -138, x + 15, -128), DARK, ink_width=0.7, shade=0)
    pen.ink([(104, -60), (104, -132)], 1.0)
    pen.shape(rect(-82, -94, 78, -70, 3), CREAM)
    pen.shape(rect(-112, -72, 104, -46, 3), WHITE)
    for x in range(-98, 100, 20):
        pen.shape(rect(x - 5, -64, x + 5, -54, 2), "#8fb4c4", ink_width=0.5, shade=0)
    for x in range(-68, 74, 22):
        pen.shape(oval(x, -82, 4.4), "#8fb4c4", ink_width=0.5, shade=0)
    body = poly((-150, -48), (162, -56), (136, 2), (-134, 2), corner=4)
    pen.shape(body, hull)
    with pen.clip(body):
        pen.fill(rect(-160, -10, 170, 4), "#a9503f")
    pen.ink([(-146, -38), (156, -45)], 0.9, WHITE)


def draw_oar(pen: Pen, look: Look) -> None:
    """An oar, its blade up; broken, the blade hangs off."""
    wood = look.tint(PALE_WOOD)
    if look.state == "broken":
        pen.shape(poly((-2, 0), (2, 0), (3, -78), (0, -84), (-1, -77), (-3, -82)), wood)
        pen.shape(limb(path((8, -84), (24, -112), (34, -132)), 2.4, 5, 7.5), wood)
        return
    pen.shape(limb([(0, 0), (0, -120)], 2.2, 2.6), wood, ink_width=0.9)
    pen.shape(
        blob((-2, -116), (-8, -132), (-8, -158), (0, -166), (8, -158), (8, -132), (2, -116)), wood
    )
    pen.fill(rect(-6.5, -152, 6.5, -144), RED)
    pen.ink([(0, -122), (0, -140)], 0.5, DARK_WOOD)
    pen.shape(rect(-3.4, -64, 3.4, -56, 1), DARK_WOOD, ink_width=0.6, shade=0)


def draw_anchor(pen: Pen, look: Look) -> None:
    """An anchor leaning on the ground, with a length of rope."""
    iron = look.tint("#4d5768")
    ring = oval(0, -92, 9).difference(oval(0, -92, 5))
    pen.shape(ring, iron, ink_width=0.8)
    pen.shape(limb([(0, -84), (0, -8)], 4, 5), iron)
    pen.shape(limb([(-22, -72), (22, -72)], 3.4, 3.4), iron)
    arms = limb(path((-38, -36), (-30, -14), (0, -4), (30, -14), (38, -36)), 3, 5, 6, 5, 3)
    pen.shape(arms, iron)
    for side in (-1, 1):
        pen.shape(poly((side * 30, -30), (side * 40, -48), (side * 48, -28), corner=1), iron)
    pen.shape(
        band(path((6, -92), (26, -84), (30, -50), (52, -10), (66, -3)), 4), _ROPE, ink_width=0.7
    )


def draw_lifebuoy(pen: Pen, look: Look) -> None:
    """A red and white ring with its line."""
    ring = oval(0, -34, 34).difference(oval(0, -34, 18))
    pen.shape(ring, look.tint(RED))
    with pen.clip(ring):
        for tip in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            corner = poly(
                (0, -34), (tip[0] * 26, -34 + tip[1] * 44), (tip[0] * 44, -34 + tip[1] * 26)
            )
            pen.fill(corner, WHITE)
    pen.ink(arc(0, -34, 34, 34, 0, 360), 1.0)
    pen.ink(arc(0, -34, 18, 18, 0, 360), 0.9)
    for start in (20, 110, 200, 290):
        pen.ink(arc(0, -34, 38.5, 38.5, start, start + 50), 1.1, "#b99a5c")


def draw_buoy(pen: Pen, look: Look) -> None:
    """A channel buoy in the water with a lamp on top."""
    body = look.tint(RED)
    pen.shape(poly((-14, -34), (14, -34), (6, -78), (-6, -78)), body)
    pen.fill(poly((-11, -46), (11, -46), (9, -58), (-9, -58)), WHITE)
    pen.shape(rect(-4, -90, 4, -78, 2), YELLOW, shade=0)
    pen.shape(blob((-30, -32), (0, -36), (30, -32), (26, -2), (0, 2), (-26, -2)), body)
    ripples(pen, 30, look.ground, -1)


def draw_lobster_pot(pen: Pen, look: Look) -> None:
    """A basket of laths and netting with a rounded top."""
    frame = join(rect(-38, -22, 38, 0), oval(0, -22, 38, 24).intersection(rect(-40, -50, 40, -20)))
    pen.shape(frame, mix(_PINE, DARK_WOOD, 0.55), ink_width=0)
    with pen.clip(frame):
        for k in range(-8, 9):
            pen.ink([(k * 9 - 26, 2), (k * 9 + 26, -50)], 0.5, _ROPE)
            pen.ink([(k * 9 + 26, 2), (k * 9 - 26, -50)], 0.5, _ROPE)
    for x in (-34, 0, 34):
        high = -44 if x == 0 else -28
        pen.shape(rect(x - 3, high, x + 3, 0, 1), look.tint(WOOD), ink_width=0.8, shade=0.5)
    pen.shape(band(path((-38, -20), (-30, -38), (0, -46), (30, -38), (38, -20)), 5), look.tint(WOOD), ink_width=0.8)  # fmt: skip
    pen.shape(rect(-42, -5, 42, 1, 1), look.tint(WOOD), ink_width=0.8)
    if look.state == "full":
        pen.shape(
            blob((-20, -14), (-4, -22), (14, -16), (10, -8), (-12, -7)), "#c8553d", ink_width=0.7
        )
        pen.shape(blob((10, -20), (24, -28), (26, -18), (16, -14)), "#c8553d", ink_width=0.7)


def draw_jetty_post(pen: Pen, look: Look) -> None:
    """Three mooring posts of different height, a rope around them, a gull's favourite place."""
    wood = look.tint("#94745a")
    for x, high, wide in ((-15, 78, 9), (14, 92, 9.5), (0, 110, 10.5)):
        pen.shape(rect(x - wide, -high, x + wide, 2, 3), wood)
        pen.shape(oval(x, -high, wide, 3.6), mix(wood, CREAM, 0.35), ink_width=0.8, shade=0)
        pen.ink([(x - wide * 0.4, -high + 14), (x - wide * 0.45, -high + 42)], 0.5)
    pen.shape(band(path((-25, -60), (0, -55), (25, -60)), 6), _ROPE, ink_width=0.7, shade=0)
    pen.shape(band(path((-25, -53), (0, -48), (25, -53)), 6), _ROPE, ink_width=0.7, shade=0)


def draw_lighthouse(pen: Pen, look: Look) -> None:
    """A striped tower on its rock, far away; lit, it throws a beam."""
    paint = look.tint(RED)
    lit = look.state == "lit" or (look.state == "plain" and look.ground.dark)
    if lit:
        for side, reach in ((-1, 330), (1, 250)):
            beam(pen, (0, -224), (side * reach, -236), 10, 78, 0.8)
    pen.shape(blob((-92, 3), (-70, -20), (-36, -32), (20, -30), (64, -22), (96, 3)), "#a59c8f")
    pen.ink(path((-50, -20), (-40, -8), (-46, 0)), 0.6)
    pen.ink(path((40, -22), (48, -10), (40, 0)), 0.6)
    tower = poly((-30, -26), (30, -26), (19, -200), (-19, -200))
    pen.shape(tower, WHITE)
    with pen.clip(tower):
        for low, high in ((-70, -36), (-136, -104), (-200, -168)):
            pen.shape(rect(-40, low, 40, high), paint, ink_width=0.7, shade=0)
        pen.fill(poly((12, -26), (32, -26), (22, -200), (9, -200)), "#3a2a5a", 0.14)
    pen.ink([(-30, -26), (-19, -200)], 0.9)
    pen.ink([(30, -26), (19, -200)], 1.2)
    pen.shape(rect(-5, -92, 5, -78, 2), DARK, ink_width=0.6, shade=0)
    pen.shape(poly((-9, -26), (-9, -50), (0, -56), (9, -50), (9, -26)), DARK_WOOD, ink_width=0.8)
    pen.shape(rect(-27, -207, 27, -200, 1), IRON, ink_width=0.8)
    with pen.canvas.lit():
        pen.shape(rect(-14, -240, 14, -207, 1), "#f8dc7a" if lit else "#d7e6e8", shade=0)
    for x in (-5, 5):
        pen.ink([(x, -240), (x, -207)], 0.6)
    pen.shape(poly((-19, -239), (19, -239), (8, -256), (-8, -256), corner=1.5), paint)
    pen.ink([(0, -256), (0, -268)], 1.0)


def draw_wave(pen: Pen, look: Look) -> None:
    """A breaking wave that curls over to the right."""
    hues = hues_of(look.ground)
    size = 1.6 if look.state == "huge" else 1.0

    def s(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * size, y * size) for x, y in points]

    body = blob(*s((-150, 4), (-96, -22), (-46, -58), (6, -80), (52, -78), (82, -56), (88, -34), (76, -28), (66, -44), (46, -50), (30, -38), (32, -18), (60, -4), (120, 4), (0, 8)))  # fmt: skip
    pen.shape(body, hues.bands[1] if not look.colour else look.tint(hues.bands[1]), ink_width=0.9, shade=0)  # fmt: skip
    inner = blob(*s((-60, -28), (-10, -62), (34, -62), (20, -44), (10, -22), (30, 0), (-20, 2)))
    pen.fill(inner, hues.shallow)
    for points in (((-104, -8), (-60, -30), (-14, -64)), ((-66, -6), (-34, -26), (-4, -54)), ((-26, -2), (-8, -22), (8, -42))):  # fmt: skip
        pen.ink(path(*s(*points)), 0.9, hues.light, taper=0.15)
    crest = join(*(oval(x * size, y * size, r * size) for x, y, r in ((-4, -80, 9), (14, -84, 11), (34, -85, 12), (54, -81, 13), (72, -70, 13), (86, -54, 12), (90, -38, 10), (78, -30, 8))))  # fmt: skip
    pen.shape(crest, "#fdfefb", ink_width=0.8, shade=0.6)
    foam = join(*(oval(x * size, -3 * size, r * size, 0.6 * r * size) for x, r in ((-120, 9), (-96, 12), (-66, 9), (30, 12), (54, 14), (80, 12), (104, 14), (124, 8))))  # fmt: skip
    pen.shape(foam, "#fdfefb", ink_width=0.6, shade=0)
    for x, y in ((104, -64), (112, -46), (98, -80)):
        pen.shape(drop(x * size, y * size, 4 * size), hues.shallow, ink_width=0.5, shade=0)


KINDS = (
    PropKind(
        "rowing boat",
        (316, 70),
        draw_rowing_boat,
        ("floating", "beached", "leaking", "capsized"),
        seats=Surface(44, (-6, -86, 68)),
        floor=26,
        surface=Surface(30, (-46, 34)),
        front=front_rowing_boat,
        approach=Approach(-40, 40, (0.005, 0.05)),
        sizes={"capsized": (316, 62), "leaking": (316, 84)}, scale=0.84,
    ),
    PropKind("sailing boat", (176, 208), draw_sailing_boat, ("plain", "wrecked"), far=True, weight=0.7),
    PropKind("ship", (316, 176), draw_ship, ("plain", "anchored", "sinking"), far=True, weight=0.7, scale=0.66),
    PropKind(
        "oar", (18, 168), draw_oar, ("plain", "broken"),
        grips=((0, -44), (0, -66)), carry="front", lies=True, sizes={"broken": (46, 136)},
    ),
    PropKind("anchor", (118, 104), draw_anchor, scale=0.62, shifts={"plain": -10.0}),
    PropKind("lifebuoy", (78, 74), draw_lifebuoy, grips=((-26, -34), (26, -34)), carry="two", scale=0.9, flattens=('plain',)),
    PropKind("buoy", (62, 92), draw_buoy, solid=(56, 80)),
    PropKind("lobster pot", (86, 50), draw_lobster_pot, ("plain", "full"), surface=Surface(44, (0,))),
    PropKind("jetty post", (54, 114), draw_jetty_post, surface=Surface(112, (0,)), perch=(0, -112)),
    PropKind("lighthouse", (190, 270), draw_lighthouse, ("plain", "lit", "off"), far=True, weight=0.75, solid=(70, 256), scale=0.85),
    PropKind("wave", (300, 100), draw_wave, ("plain", "huge"), flat=True, sizes={"huge": (470, 160)}),
)  # fmt: skip
