"""Things of winter: snowman, sledge, skis, snowball, shovel, icicle, mitten, ice skate, ice hole."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, drop, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    PALE_WOOD,
    RED,
    STEEL,
    WATER,
    WHITE,
    WOOD,
    Look,
    PropKind,
    Surface,
    strip,
)

_SNOW = "#f6f9fa"
_CARROT = "#e0853a"
_ICE = "#d3e8f1"


def draw_snowman(pen: Pen, look: Look) -> None:
    """Three balls with a hat, a scarf, a carrot and stick arms; melting, or without its head."""
    scarf = look.tint(RED)
    if look.state == "melting":
        _melting(pen, scarf)
        return
    pen.shape(blob((-50, 3), (-54, -22), (-40, -52), (0, -64), (40, -52), (54, -22), (50, 3), (0, 6)), _SNOW)  # fmt: skip
    for side in (-1, 1):
        arm = path((side * 28, -92), (side * 58, -106), (side * 74, -122))
        pen.shape(limb(arm, 2.4, 2.0, 1.4), DARK_WOOD, ink_width=0.8)
        pen.ink([(side * 64, -110), (side * 78, -106)], 1.2, DARK_WOOD)
    pen.shape(oval(0, -86, 36, 33), _SNOW)
    for y in (-98, -84, -70):
        pen.fill(oval(4, y, 3.4), DARK)
    if look.state == "headless":
        pen.shape(blob((56, 3), (52, -22), (70, -42), (94, -34), (100, -12), (90, 3)), _SNOW)
        pen.shape(poly((60, -16), (34, -8), (60, -8), corner=1), _CARROT, ink_width=0.9)
        return
    pen.shape(oval(0, -134, 27, 25), _SNOW)
    pen.shape(band(path((-27, -114), (0, -106), (27, -114)), 11), scarf)
    pen.shape(poly((14, -110), (25, -108), (30, -76), (18, -76), corner=1.5), scarf)
    for x in (20, 25, 29):
        pen.ink([(x, -78), (x + 0.6, -71)], 0.7, scarf)
    for dx in (-7, 11):
        pen.fill(oval(dx, -140, 3.2), DARK)
    for x, y in ((-10, -124), (-4, -120), (4, -119), (12, -121)):
        pen.fill(oval(x, y, 1.9), DARK)
    pen.shape(poly((2, -135), (2, -127), (36, -129), corner=1), _CARROT, ink_width=0.9)
    pen.shape(poly((-20, -156), (-17, -186), (19, -186), (21, -156), corner=2), "#4a4450")
    pen.shape(rect(-31, -158, 31, -151, 3), "#4a4450")
    pen.shape(rect(-20, -166, 20, -158), scarf, ink_width=0.6, shade=0)


def _melting(pen: Pen, scarf: str) -> None:
    pen.shape(blob((-78, 2), (-50, -7), (0, -9), (56, -7), (80, 2), (40, 9), (-40, 9)), WATER, ink_width=0.8, shade=0)  # fmt: skip
    pen.shape(blob((-48, 2), (-40, -30), (-14, -48), (18, -46), (42, -26), (50, 2), (0, 6)), _SNOW)
    pen.shape(blob((-20, -42), (-22, -66), (-2, -80), (20, -70), (24, -46), (2, -38)), _SNOW)
    pen.shape(band(path((-24, -46), (2, -38), (26, -48)), 9), scarf)
    for x, y in ((-4, -64), (10, -62)):
        pen.fill(oval(x, y, 3), DARK)
    pen.shape(poly((4, -58), (6, -50), (30, -44), corner=1), _CARROT, ink_width=0.9)
    hat = poly((-22, -76), (-30, -100), (2, -110), (14, -84), corner=2)
    pen.shape(hat, "#4a4450")
    pen.shape(poly((-34, -68), (-36, -76), (24, -94), (26, -86), corner=2), "#4a4450")
    pen.shape(limb([(34, -10), (70, -4)], 2.2, 1.6), DARK_WOOD, ink_width=0.8)
    for x, y in ((-40, -20), (38, -34), (-28, -50)):
        pen.shape(drop(x, y, 3.6), WATER, ink_width=0.5, shade=0)


def draw_sledge(pen: Pen, look: Look) -> None:
    """A wooden sledge, its curled runners to the right, with a rope; broken, a runner is off."""
    wood = look.tint(WOOD)
    far = mix(wood, DARK, 0.25)
    if look.state == "broken":
        pen.shape(limb(path((-70, 2), (20, 1), (52, -6)), 3, 3, 3), far)
        pen.shape(poly((-66, -12), (40, -34), (44, -26), (-62, -4), corner=1.5), wood)
        pen.shape(poly((-54, -18), (-46, -20), (-40, 0), (-48, 0)), far)
        pen.shape(limb(path((40, -1), (80, -4), (104, -22), (92, -38)), 3, 3, 2.6), wood)
        return
    runner = path((-74, -8), (40, -8), (70, -14), (80, -30), (70, -42))
    pen.shape(band(runner, 5), far)
    for x in (-50, 0, 44):
        pen.shape(rect(x - 1, -34, x + 5, -6, 1), far, ink_width=0.8)
    pen.shape(poly((-72, -40), (58, -40), (66, -30), (-78, -30), corner=1.5), mix(wood, CREAM, 0.2))
    for y in (-36.8, -33.4):
        pen.ink([(-74, y), (61, y)], 0.5, DARK_WOOD)
    for x in (-56, -6, 38):
        pen.shape(rect(x - 2, -32, x + 4, 0, 1), wood, ink_width=0.8)
    pen.shape(band(path((-80, -2), (38, -2), (72, -8), (84, -26), (72, -40)), 5.4), wood)
    pen.shape(rect(-80, -33, 62, -27, 1.5), wood, ink_width=0.9)
    if not look.tied:
        rope = path((74, -38), (88, -30), (92, -8), (106, -2), (126, -5), (134, 1), (112, 3))
        pen.shape(band(rope, 2.4), RED, ink_width=0.5, shade=0)


def draw_skis(pen: Pen, look: Look) -> None:
    """A pair of skis with their poles, standing upright."""
    paint = look.tint(BLUE)
    if look.state == "broken":
        pen.shape(poly((-12, 0), (-3, 0), (-3, -84), (-8, -92), (-12, -80)), paint)
        pen.shape(limb(path((8, -2), (60, -8), (84, -20)), 4.4, 4.4, 2), paint)
        return
    for x in (-9, 3):
        ski = blob(
            (x - 3, 0),
            (x - 4, -60),
            (x - 4, -150),
            (x + 1, -176),
            (x + 6, -150),
            (x + 6, -60),
            (x + 5, 0),
        )
        pen.shape(ski, paint)
        pen.fill(rect(x - 3, -132, x + 5, -122), CREAM)
        pen.shape(rect(x - 5, -76, x + 7, -62, 2), DARK, ink_width=0.7, shade=0)
    for x, lean in ((-24, -4), (22, 5)):
        pen.shape(limb([(x, 0), (x + lean, -118)], 1.3, 1.5), STEEL, ink_width=0.7)
        pen.ink(arc(x, -10, 7, 2.4, 0, 350), 0.9)
        pen.shape(rect(x + lean - 3, -130, x + lean + 3, -114, 2), DARK, ink_width=0.6, shade=0)


def draw_snowball(pen: Pen, look: Look) -> None:
    """A snowball, or one that bursts."""
    if look.state == "bursting":
        for x, y, r in ((0, -14, 9), (-16, -8, 5), (15, -6, 5), (-12, -26, 5), (13, -27, 4.4), (0, -36, 4), (25, -17, 3.4), (-26, -18, 3.4)):  # fmt: skip
            pen.shape(oval(x, y, r, r * 0.9), _SNOW, ink_width=0.8, shade=0.6)
        return
    pen.shape(oval(0, -9, 9.6, 9), look.tint(_SNOW))
    pen.ink(path((-3, -6), (1, -4), (5, -6)), 0.5, "#9fb2c0")


def draw_snow_shovel(pen: Pen, look: Look) -> None:
    """A broad shovel, its blade on the ground; loaded with snow."""
    blade = look.tint(RED)
    pen.shape(limb([(0, -34), (0, -128)], 2.4, 2.2), PALE_WOOD)
    pen.shape(limb([(-11, -130), (11, -130)], 3.2, 3.2), blade, ink_width=0.9)
    if look.state == "loaded":
        pen.shape(blob((-26, -20), (-20, -44), (0, -52), (20, -44), (26, -20)), _SNOW)
    pen.shape(poly((-25, -40), (25, -40), (27, -2), (-27, -2), corner=3), blade)
    for x in (-12, 0, 12):
        pen.ink([(x, -34), (x, -9)], 0.6)
    pen.shape(rect(-28, -4, 28, 1, 1), STEEL, ink_width=0.8, shade=0)


def draw_icicle(pen: Pen, look: Look) -> None:
    """A row of three icicles."""
    for x, half, long in ((-13, 6, 38), (12, 6, 34), (0, 8, 58)):
        pen.shape(
            poly((x - half, -60), (x + half, -60), (x + 1, -60 + long), corner=0.6), look.tint(_ICE)
        )
        pen.ink([(x - half * 0.3, -56), (x, -60 + long * 0.6)], 0.6, WHITE)
    pen.shape(
        blob((-24, -58), (-14, -66), (0, -63), (14, -66), (24, -58), (0, -55)), _SNOW, ink_width=0.8
    )


def draw_mitten(pen: Pen, look: Look) -> None:
    """A knitted mitten, lying on its own."""
    wool = look.tint(RED)
    thumb = limb(path((8, -16), (17, -22), (17, -30)), 5, 5, 4.6)
    pen.shape(
        join(blob((-11, -10), (-13, -28), (-5, -40), (7, -38), (12, -26), (11, -10)), thumb), wool
    )
    pen.ink(path((-10, -22), (-4, -18), (2, -22), (8, -18)), 0.9, CREAM)
    pen.shape(rect(-12, -12, 12, 0, 3), CREAM)
    for x in (-7, -2, 3, 8):
        pen.ink([(x, -10), (x, -2)], 0.5)


def draw_snow_heap(pen: Pen, look: Look) -> None:
    """A heap of shovelled snow; somebody's legs may be all that shows of its builder."""
    heap = blob((-92, 4), (-74, -26), (-40, -52), (-6, -64), (34, -54), (68, -30), (94, 4), (0, 8))
    if look.state == "with legs":
        for x, lean in ((-12, -14), (14, 12)):
            pen.shape(limb([(x, -52), (x + lean * 0.5, -92)], 8, 7), look.tint(BLUE))
            pen.shape(blob((x + lean * 0.5 - 8, -90), (x + lean * 0.5 - 8, -102), (x + lean * 0.5 + 8, -110), (x + lean * 0.5 + 18, -104), (x + lean * 0.5 + 8, -92)), DARK_WOOD)  # fmt: skip
    pen.shape(heap, _SNOW)
    for points in (((-46, -24), (-36, -30), (-24, -26)), ((10, -40), (20, -44), (30, -38)), ((34, -12), (46, -16), (58, -10))):  # fmt: skip
        pen.ink(path(*points), 0.6, "#9fb2c0")


def draw_ice_skate(pen: Pen, look: Look) -> None:
    """A boot with a blade, its toe to the right."""
    boot = look.tint(CREAM)
    pen.shape(rect(-15, -4, 20, -1, 1), STEEL, ink_width=0.8, shade=0)
    for x in (-9, 10):
        pen.shape(rect(x - 2, -8, x + 2, -3), STEEL, ink_width=0.6, shade=0)
    pen.shape(blob((-14, -7), (-14, -34), (4, -35), (5, -21), (18, -16), (20, -7)), boot)
    for y in (-30, -25, -20):
        pen.ink([(-1, y), (7, y + 1)], 0.8)


def draw_ice_hole(pen: Pen, look: Look) -> None:
    """A hole in the ice with cracks around it and floes in its water."""
    ice = oval(0, -3, 128, 30)
    pen.shape(ice, mix(_ICE, WHITE, 0.3), ink_width=0.7, shade=0)
    hole = blob((-62, -4), (-40, -18), (6, -22), (48, -16), (66, -2), (40, 12), (-6, 15), (-46, 10))
    pen.shape(hole, look.tint("#5f93ab"), ink_width=1.0, shade=0)
    for points in (((-62, -4), (-84, -8), (-98, -2), (-116, -6)), ((66, -2), (84, 4), (100, 0), (118, 6)), ((6, -22), (16, -27), (10, -31)), ((-20, 14), (-30, 20), (-22, 25))):  # fmt: skip
        pen.ink(list(points), 0.9, "#7d9fb3")
    for x, y in ((-30, -4), (26, 2)):
        pen.shape(poly((x - 16, y), (x - 4, y - 7), (x + 14, y - 4), (x + 10, y + 4), (x - 8, y + 5), corner=1), _ICE, ink_width=0.8, shade=0.5)  # fmt: skip
    pen.ink(path((-6, 6), (6, 8), (18, 6)), 0.8, WHITE)


def draw_bird_table(pen: Pen, look: Look) -> None:
    """A feeding house for birds on a post, with snow on its roof."""
    pen.shape(limb([(0, 0), (0, -104)], 4, 3.6), DARK_WOOD)
    strip(pen, rect(-24, -134, -20, -110), rect(20, -134, 24, -110), fill=WOOD)
    pen.shape(rect(-34, -112, 34, -104, 1.5), look.tint(WOOD))
    pen.shape(poly((-42, -130), (42, -130), (0, -164), corner=2), look.tint(WOOD))
    if look.state == "full":
        pen.shape(blob((-16, -111), (-6, -118), (8, -117), (16, -111)), "#d9a85c", ink_width=0.7)
    if look.ground.weather == "snow" or look.ground.season.bare:
        pen.shape(blob((-44, -132), (-2, -172), (44, -132), (22, -140), (0, -156), (-24, -140)), _SNOW, ink_width=0.8)  # fmt: skip


KINDS = (
    PropKind("snowman", (152, 188), draw_snowman, ("plain", "melting", "headless"), sizes={"melting": (160, 112), "headless": (201, 126)}, solid=(108, 160), perch=(0, -186), scale=0.88),
    PropKind("sledge", (206, 44), draw_sledge, ("plain", "broken"), seats=Surface(38, (-6, -48, 36)), surface=Surface(38, (-10, 36)), grips=((132, -98),), carry="push", scale=0.7, tie=(74, -38)),
    PropKind("skis", (58, 178), draw_skis, ("plain", "broken"), grips=((-2, -100),), carry="front", sizes={"broken": (100, 96)}, shifts={"broken": -37.0}),
    PropKind("snowball", (22, 20), draw_snowball, ("plain", "bursting"), grips=((0, -9),), carry="raised", sizes={"bursting": (60, 44)}, scale=0.66),
    PropKind("snow shovel", (58, 134), draw_snow_shovel, ("plain", "loaded"), grips=((0, -104), (0, -66)), carry="front", lies=True, scale=0.84),
    PropKind("icicle", (50, 66), draw_icicle, grips=((0, -56),), carry="front", scale=0.6),
    PropKind("mitten", (32, 42), draw_mitten, grips=((0, -6),), carry="front", scale=0.6, weight=0.7, flattens=('plain',)),
    PropKind("snow heap", (188, 66), draw_snow_heap, ("plain", "with legs"), sizes={"with legs": (188, 112)}, scale=0.86),
    PropKind("ice skate", (38, 37), draw_ice_skate, grips=((-6, -30),), carry="low", scale=0.86),
    PropKind("ice hole", (258, 62), draw_ice_hole, flat=True, basin=(66, 18)),
    PropKind("bird table", (88, 168), draw_bird_table, ("full", "empty"), surface=Surface(112, (0,)), solid=(14, 124)),
)  # fmt: skip
