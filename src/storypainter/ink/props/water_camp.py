"""Things of a campsite: tent, campfire, sleeping bag, lights, logs, axe, cooking tripod."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import beam, fire, smoke, steam
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    DARK_WOOD,
    IRON,
    PALE_WOOD,
    RED,
    STEEL,
    WHITE,
    WOOD,
    Approach,
    Look,
    PropKind,
    Surface,
    strip,
)

_CANVAS = "#d99a4e"
_GLOW = "#f9e08e"
_STONE = "#a8a196"


def draw_tent(pen: Pen, look: Look) -> None:
    """A ridge tent seen from its front; open, zipped, or in a heap."""
    cloth = look.tint(_CANVAS)
    if look.state == "collapsed":
        heap = blob((-128, 3), (-112, -20), (-70, -34), (-40, -22), (0, -40), (36, -24), (80, -34), (116, -14), (130, 3), (0, 6))  # fmt: skip
        pen.shape(heap, cloth)
        for points in (((-86, -6), (-60, -20), (-44, -8)), ((-10, -4), (6, -24), (30, -8)), ((60, -6), (80, -20), (96, -4))):  # fmt: skip
            pen.ink(path(*points), 0.7)
        pen.shape(limb([(-30, -2), (24, -62)], 2, 2), STEEL, ink_width=0.8)
        pen.shape(limb([(96, -2), (136, -40)], 2, 2), STEEL, ink_width=0.8)
        return
    dark = mix(cloth, DARK, 0.3)
    for side in (-1, 1):
        pen.ink([(side * 20, -152), (side * 156, 0)], 0.7, "#b9a887")
        pen.shape(rect(side * 156 - 2, -8, side * 156 + 2, 2), DARK_WOOD, ink_width=0.6, shade=0)
    pen.shape(poly((30, -162), (152, -26), (136, 0), (100, 0), corner=2), dark)
    body = poly((0, -166), (30, -163), (118, 2), (-118, 2), corner=2)
    pen.shape(body, cloth)
    if look.ground.weather == "snow":
        cap = blob((-30, -124), (-6, -168), (32, -167), (66, -118), (44, -128), (24, -116), (2, -130), (-14, -118))  # fmt: skip
        pen.shape(cap, WHITE, ink_width=0.8, shade=0.5)
    lit = look.state == "lit" or (look.state == "open" and look.ground.dark)
    if look.state in ("open", "lit"):
        inside = _GLOW if lit else mix(DARK, cloth, 0.22)
        with pen.canvas.lit() if lit else pen.clip(body):
            pen.shape(poly((2, -140), (58, 1), (-54, 1)), inside, ink_width=0.8, shade=0)
        pen.shape(
            blob((-44, 1), (-34, -16), (0, -21), (34, -16), (46, 1)), "#5f8aa5", ink_width=0.8
        )
        pen.shape(oval(-22, -16, 14, 7), CREAM, ink_width=0.7, shade=0.4)
        for side in (-1, 1):
            flap = blob((2, -141), (side * 30, -84), (side * 62, -10), (side * 78, -6), (side * 66, -44), (side * 34, -104))  # fmt: skip
            pen.shape(flap, mix(cloth, CREAM, 0.3), ink_width=0.9)
            pen.shape(oval(side * 60, -34, 4, 6), RED, ink_width=0.6, shade=0)
        return
    pen.ink([(2, -150), (2, 0)], 0.9)
    for y in (-24, -60, -96):
        pen.ink([(-4, y), (8, y)], 0.7)
    for side in (-1, 1):
        pen.ink(path((side * 8, -120), (side * 36, -60), (side * 58, -4)), 0.5)


def draw_campfire(pen: Pen, look: Look) -> None:
    """A ring of stones with logs and flames; out, it smokes a little."""
    burning = look.state in ("burning", "blazing")
    if look.state in ("out", "smoking"):
        smoke(pen, 0, -24, 96 if look.state == "smoking" else 60, 40, strength=0.8)
    for x, y in ((-36, -8), (-18, -13), (4, -14), (24, -12), (40, -7)):
        pen.shape(oval(x, y, 11, 8), mix(_STONE, DARK, 0.18), ink_width=0.8)
    wood = DARK_WOOD if burning else "#5c4a40"
    strip(pen, limb([(-34, -5), (16, -24)], 5.4, 4.6), limb([(34, -5), (-16, -24)], 5.4, 4.6), limb([(-4, -2), (6, -26)], 5, 4.4), fill=wood)  # fmt: skip
    if burning:
        with pen.canvas.lit():
            size = 1.5 if look.state == "blazing" else 1.0
            fire(pen, 0, -10, 54 * size, 72 * size)
            for x, y in ((-20, -84), (12, -98), (26, -76), (-4, -112)):
                pen.fill(oval(x * size, y * size, 1.9), "#f5b04a")
    for x, y in ((-46, -2), (-26, 3), (-2, 5), (22, 3), (44, -2)):
        pen.shape(oval(x, y, 12, 8.4), look.tint(_STONE), ink_width=0.9)


def draw_sleeping_bag(pen: Pen, look: Look) -> None:
    """A sleeping bag spread on the ground, its hood to the left, or rolled up."""
    cloth = look.tint("#5f8aa5")
    if look.state == "rolled":
        pen.shape(rect(-30, -34, 30, 0, 15), cloth)
        pen.shape(oval(28, -17, 12, 17), mix(cloth, WHITE, 0.2))
        pen.ink(arc(28, -17, 6, 9, 0, 320), 0.7)
        for x in (-16, 6):
            pen.shape(rect(x - 3, -36, x + 3, 1, 1), DARK, ink_width=0.6, shade=0)
        return
    pen.shape(blob((-112, -2), (-108, -14), (-70, -20), (0, -18), (80, -16), (108, -12), (112, 0), (60, 6), (-60, 7)), cloth)  # fmt: skip
    pen.shape(blob((-108, -4), (-100, -16), (-70, -18), (-60, -10), (-66, 0), (-96, 2)), mix(cloth, CREAM, 0.6), ink_width=0.8)  # fmt: skip
    if look.state != "occupied":
        for x in (-30, 4, 38, 72):
            pen.ink(path((x, -17), (x + 5, -6), (x, 5)), 0.6)


def front_sleeping_bag(pen: Pen, look: Look) -> None:
    """The upper side over whoever lies in it."""
    if look.state != "occupied":
        return
    cloth = look.tint("#5f8aa5")
    cover = poly(*path((-34, -4), (-34, -26), (-16, -38), (16, -52), (46, -50), (80, -36), (104, -30), (115, -14), (112, 2)).tolist(), *path((112, 2), (60, 8), (0, 8), (-34, 6)).tolist())  # fmt: skip
    pen.shape(cover, cloth, solid=False)
    for x, top in ((-8, -40), (24, -50), (56, -45), (86, -32)):
        pen.ink(path((x, top), (x + 6, -16), (x, 5)), 0.7)
    pen.shape(limb(path((-34, -27), (-30, -12), (-35, 5)), 4, 5, 4), mix(cloth, CREAM, 0.6), ink_width=0.8, solid=False)  # fmt: skip


def draw_lantern(pen: Pen, look: Look) -> None:
    """A storm lantern with a wire handle; lit or not."""
    lit = look.state == "lit"
    tin = look.tint("#7d4f43")
    if lit:
        with pen.canvas.lit():
            pen.fill(oval(0, -19, 34), _GLOW, 0.2)
            pen.fill(oval(0, -19, 23), _GLOW, 0.28)
    pen.ink(arc(0, -32, 12, 15, 182, 358), 1.0)
    glass = blob((-7, -8), (-10, -18), (-7, -29), (7, -29), (10, -18), (7, -8))
    with pen.canvas.lit():
        pen.shape(glass, "#f8dc7a" if lit else "#dbe6e4", shade=0)
    if lit:
        pen.shape(
            blob((-3, -11), (-4, -17), (0, -25), (4, -17), (3, -11)),
            "#f0953a",
            ink_width=0.5,
            shade=0,
        )
    for side in (-1, 1):
        pen.ink(path((side * 10, -6), (side * 13, -20), (side * 8, -33)), 1.0, tin)
    pen.shape(rect(-12, -8, 12, 0, 2), tin)
    pen.shape(poly((-9, -28), (9, -28), (5, -37), (-5, -37), corner=1), tin)


def draw_torch(pen: Pen, look: Look) -> None:
    """An electric torch that points to the right; lit, it throws a beam."""
    body = look.tint("#c8553d")
    if look.state == "lit":
        with pen.canvas.lit():
            beam(pen, (20, -7.5), (150, -7.5), 12, 66, 0.7)
        for ray in (((25, -15), (33, -19)), ((26, -7.5), (36, -7.5)), ((25, 0), (33, 4))):
            pen.ink(ray, 0.7, "#d9a83c")
    pen.shape(rect(-22, -12, 10, -3, 2.5), body)
    pen.shape(poly((8, -12), (19, -16), (19, 1), (8, -3), corner=1), mix(body, DARK, 0.25))
    with pen.canvas.lit():
        pen.shape(oval(19.5, -7.5, 2.8, 8.4), _GLOW if look.state == "lit" else "#dbe6e4", ink_width=0.8, shade=0)  # fmt: skip
    pen.shape(rect(-8, -14.4, -1, -11.6, 1), DARK, ink_width=0.5, shade=0)


def draw_log(pen: Pen, look: Look) -> None:
    """A felled trunk to sit on, its cut end to the right."""
    bark = look.tint("#957355")
    pen.shape(limb([(-60, -30), (-70, -48)], 5, 4), bark)
    body = join(rect(-104, -40, 92, 0, 9), oval(-98, -20, 12, 20))
    pen.shape(body, bark)
    for x, y, long in (
        (-82, -30, 38),
        (-30, -14, 44),
        (-10, -31, 34),
        (34, -22, 38),
        (-72, -10, 26),
    ):
        pen.ink(path((x, y), (x + long / 2, y - 1.6), (x + long, y)), 0.6, mix(bark, DARK, 0.5))
    pen.shape(oval(92, -20, 13, 20), PALE_WOOD)
    for size in (0.68, 0.36):
        pen.ink(arc(92, -20, 13 * size, 20 * size, 0, 350), 0.5, DARK_WOOD)
    if look.ground.weather == "snow":
        pen.shape(blob((-104, -36), (-60, -46), (0, -42), (50, -47), (92, -38), (40, -34), (-40, -35)), WHITE, ink_width=0.7, shade=0)  # fmt: skip


def draw_tree_stump(pen: Pen, look: Look) -> None:
    """A stump with rings; an axe may be stuck in it."""
    bark = look.tint("#957355")
    pen.shape(blob((-34, 2), (-26, -10), (-24, -40), (24, -40), (26, -12), (36, 2), (14, 0), (0, 4), (-14, 0)), bark)  # fmt: skip
    for x in (-14, 2, 15):
        pen.ink(path((x, -32), (x + 1, -20), (x, -9)), 0.6, mix(bark, DARK, 0.5))
    pen.shape(oval(0, -40, 24, 8), PALE_WOOD, shade=0)
    for size in (0.66, 0.34):
        pen.ink(arc(0, -40, 24 * size, 8 * size, 0, 350), 0.5, DARK_WOOD)
    if look.state == "with axe":
        pen.shape(poly((-8, -38), (-14, -54), (4, -60), (8, -42), corner=1), STEEL)
        pen.shape(limb([(-2, -52), (38, -84)], 2.8, 2.4), WOOD)


def draw_axe(pen: Pen, look: Look) -> None:
    """An axe, its head up and its edge to the right."""
    pen.shape(limb(path((-2, 0), (0, -36), (0, -76)), 2.8, 2.4), WOOD)
    pen.shape(
        poly((-6, -62), (-6, -76), (6, -77), (20, -84), (22, -56), (6, -62), corner=1),
        look.tint(STEEL),
    )
    pen.shape(poly((17, -82), (22, -85), (25, -70), (23, -55), (18, -58)), mix(STEEL, WHITE, 0.5), ink_width=0.7, shade=0)  # fmt: skip


def draw_cooking_tripod(pen: Pen, look: Look) -> None:
    """A pot on a chain over a fire, between three poles; it may boil over."""
    strip(pen, limb([(0, -132), (8, -8)], 2.4, 2.6), fill=mix(WOOD, DARK, 0.3))
    for x, y in ((-24, -4), (-8, -1), (10, -1), (26, -4)):
        pen.shape(oval(x, y, 10, 6.4), _STONE, ink_width=0.8)
    strip(
        pen,
        limb([(-22, -5), (14, -17)], 4.4, 3.8),
        limb([(22, -5), (-14, -17)], 4.4, 3.8),
        fill=DARK_WOOD,
    )
    if look.state != "out":
        with pen.canvas.lit():
            fire(pen, 0, -9, 42, 34)
    strip(
        pen, limb([(2, -134), (-58, 0)], 2.6, 2.8), limb([(-2, -134), (58, 0)], 2.6, 2.8), fill=WOOD
    )
    pen.shape(band([(-8, -128), (8, -126)], 7), "#cdb787", ink_width=0.7)
    pen.ink([(0, -124), (0, -84)], 1.2, IRON)
    pen.ink(arc(0, -66, 22, 20, 184, 356), 1.1, IRON)
    pen.shape(
        blob((-25, -66), (25, -66), (27, -50), (16, -36), (-16, -36), (-27, -50)),
        look.tint("#4d4a52"),
    )
    pen.shape(oval(0, -66, 25, 5.6), "#b5713f", ink_width=0.9, shade=0)
    if look.state == "boiling over":
        for x, low in ((-20, -40), (18, -36), (2, -44)):
            pen.shape(limb([(x, -64), (x, low)], 3.4, 2.2), "#d99a5c", ink_width=0.6, shade=0)
        for x, y in ((-14, -72), (0, -75), (12, -72)):
            pen.shape(oval(x, y, 7, 5), CREAM, ink_width=0.6, shade=0)
    if look.state != "out":
        steam(pen, 0, -74, 26)


def draw_camp_chair(pen: Pen, look: Look) -> None:
    """A folding chair of tubes and cloth, its back to the left."""
    cloth = look.tint("#6f8f6a")
    strip(pen, limb([(-24, -44), (24, 0)], 2, 2), limb([(24, -44), (-24, 0)], 2, 2), limb([(-26, -44), (-34, -92)], 2.2, 2.2), fill=IRON)  # fmt: skip
    pen.shape(poly((-28, -52), (-36, -94), (-28, -96), (-20, -54), corner=2), cloth)
    pen.shape(poly((-28, -47), (28, -50), (28, -42), (-26, -40), corner=2), cloth)
    pen.shape(band(path((-31, -66), (-4, -68), (22, -67)), 5), IRON, ink_width=0.8)
    pen.shape(limb([(23, -66), (24, -46)], 2, 2), IRON, ink_width=0.8)


def draw_binoculars(pen: Pen, look: Look) -> None:
    """Field glasses, as seen from behind the eyes."""
    body = look.tint("#4a4750")
    for side in (-1, 1):
        pen.shape(
            poly((side * 4, -18), (side * 14, -18), (side * 17, 0), (side * 3, 0), corner=1.5), body
        )
        pen.shape(
            rect(side * 9 - 5, -24, side * 9 + 5, -17, 1.5), mix(body, WHITE, 0.2), ink_width=0.8
        )
        pen.fill(oval(side * 10, -3, 5, 1.8), "#9fc2cf")
    pen.shape(rect(-5, -16, 5, -8, 1.5), mix(body, WHITE, 0.3), ink_width=0.7)


def draw_marshmallow_stick(pen: Pen, look: Look) -> None:
    """A long twig with two marshmallows at its end, white, toasted or on fire."""
    hue = {"toasted": "#d9a566", "burning": "#5c4238"}.get(look.state, WHITE)
    pen.shape(limb(path((0, 0), (12, -26), (32, -62)), 1.7, 1.3), DARK_WOOD, ink_width=0.7)
    if look.state == "burning":
        with pen.canvas.lit():
            fire(pen, 31, -58, 22, 30)
    for x, y in ((27, -54), (32.5, -64)):
        pen.shape(oval(x, y, 6.4, 5.6, 30), hue, ink_width=0.8, shade=0.4)


KINDS = (
    PropKind("tent", (312, 170), draw_tent, ("open", "closed", "lit", "collapsed"), sizes={"collapsed": (264, 66)}, solid=(230, 150), perch=(14, -166), approach=Approach(20, 90, (0.005, 0.06)), weight=0.95),
    PropKind("campfire", (106, 96), draw_campfire, ("burning", "blazing", "smoking", "out"), sizes={"blazing": (116, 150), "smoking": (106, 122), "out": (106, 86)}, solid=(96, 40), approach=Approach(0, 46, (-0.05, 0.03), weight=3.0)),
    PropKind("sleeping bag", (226, 32), draw_sleeping_bag, ("plain", "occupied", "rolled"), berth=Surface(9, (-4,)), seats=Surface(8, (0, 48)), front=front_sleeping_bag, sizes={"rolled": (72, 36)}),
    PropKind("lantern", (28, 48), draw_lantern, ("lit", "off"), grips=((0, -46),), carry="low", scale=0.74),
    PropKind("torch", (46, 18), draw_torch, ("lit", "off"), grips=((-8, -7.5),), carry="front", sizes={"lit": (110, 48)}, scale=0.62, feet=(0,)),
    PropKind("log", (212, 50), draw_log, surface=Surface(40, (-56, 20, 66)), seats=Surface(38, (-50, 44, -2))),
    PropKind("tree stump", (72, 48), draw_tree_stump, ("plain", "with axe"), surface=Surface(42, (0,)), seats=Surface(40, (0,)), sizes={"with axe": (80, 88)}),
    PropKind("axe", (34, 86), draw_axe, grips=((-1, -22), (0, -44)), carry="front", lies=True),
    PropKind("cooking tripod", (122, 138), draw_cooking_tripod, ("cooking", "boiling over", "out"), solid=(70, 70), approach=Approach(10, 50, (-0.03, 0.03), weight=3.0)),
    PropKind("camp chair", (70, 98), draw_camp_chair, surface=Surface(45, (0,)), seats=Surface(45, (0,))),
    PropKind("binoculars", (36, 26), draw_binoculars, grips=((-9, -10), (9, -10)), carry="eyes", scale=0.7),
    PropKind("marshmallow stick", (44, 72), draw_marshmallow_stick, ("plain", "toasted", "burning"), sizes={"burning": (44, 88)}, grips=((3, -8),), carry="front", lies=True),
)  # fmt: skip
