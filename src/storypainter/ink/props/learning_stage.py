"""What is on a stage: curtain, scenery flats, throne, costumes, masks, lights, instruments."""

from __future__ import annotations

from shapely import affinity

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame, Geometry, Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import fire
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    PINK,
    RED,
    SHADOW,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
)

GOLD = "#d2a648"
VELVET = "#a23b3f"
BRASS = "#d9ae4a"


def _turned(pen: Pen, degrees: float, x: float = 0.0, y: float = 0.0) -> Pen:
    """A pen turned clockwise by ``degrees``, its origin at (x, y)."""
    frame = pen.frame
    left, top = frame.point(x, y)
    moved = Frame(left, top, frame.scale, frame.degrees + degrees, frame.mirror)
    return Pen(pen.canvas, moved, pen.weight)


def draw_mask(pen: Pen, look: Look) -> None:
    """A theatre mask that laughs, or one that weeps."""
    hue = look.tint("#f4e3b8")
    face = blob((-16, -36), (-17, -20), (-11, -6), (0, 0), (11, -6), (17, -20), (16, -36), (0, -39))
    pen.shape(face, hue)
    sad = look.state == "sad"
    for side in (-1, 1):
        turn = (24 if sad else -20) * side
        pen.shape(oval(side * 7, -25, 4.4, 2.6, turn), DARK, ink_width=0.5, shade=0)
        inner, outer = (-33.5, -29) if sad else (-30, -33.5)
        pen.ink(path((side * 3, inner), (side * 8, -33), (side * 12, outer)), 1.0)
    pen.ink(path((0, -23), (1.6, -17), (-0.6, -16)), 0.7)
    if sad:
        mouth = blob((-8, -5), (-6, -10.5), (0, -12.5), (6, -10.5), (8, -5), (4, -8), (-4, -8))
        pen.shape(oval(9.4, -17, 1.6, 2.6), BLUE, ink_width=0.5, shade=0)
    else:
        mouth = blob((-9.6, -13), (-4, -11), (4, -11), (9.6, -13), (6, -6), (0, -4), (-6, -6))
    pen.shape(mouth, "#6d2f35", ink_width=0.7, shade=0)
    for side in (-1, 1):
        pen.ink(
            path((side * 16.4, -27), (side * 22, -22), (side * 19, -12), (side * 23, -3)), 1.1, RED
        )


def draw_crown(pen: Pen, look: Look) -> None:
    """A golden crown with red stones."""
    hue = look.tint(YELLOW)
    points = ((-19, -4), (-22, -25), (-11, -14), (0, -29), (11, -14), (22, -25), (19, -4))
    pen.shape(poly(*points, corner=0.4), hue)
    pen.shape(poly((-19.6, -7), (19.6, -7), (18.6, 0), (-18.6, 0), corner=0.8), mix(hue, WHITE, 0.25), ink_width=0.8)  # fmt: skip
    for x, y in ((-22, -26), (0, -30), (22, -26)):
        pen.shape(oval(x, y, 2.8), RED, ink_width=0.6, shade=0)
    for x, gem in ((-11, BLUE), (0, RED), (11, BLUE)):
        pen.shape(oval(x, -3.6, 2.0), gem, ink_width=0.45, shade=0)


def draw_microphone(pen: Pen, look: Look) -> None:
    """A microphone for the hand; ``stand`` it is on a stand with a round foot."""
    if look.state == "stand":
        pen.shape(poly((-17, 0), (17, 0), (11, -5), (-11, -5), corner=1), DARK, ink_width=0.8)
        pen.shape(limb([(0, -4), (0, -128)], 1.7, 1.5), IRON, ink_width=0.7, shade=0)
        pen.shape(limb([(0, -126), (8, -134)], 2.0, 2.2), DARK, ink_width=0.6, shade=0)
        _microphone(_turned(pen, 28, 5, -128), 15.0, 5.6)
        return
    _microphone(pen, 18.0, 5.6)


def _microphone(pen: Pen, long: float, head: float) -> None:
    pen.shape(
        poly((-2.8, 0), (2.8, 0), (4.2, -long), (-4.2, -long), corner=0.8), DARK, ink_width=0.8
    )
    pen.shape(oval(0, -long - 5, head, head * 1.06), STEEL, ink_width=0.9)
    for shift in (-3, 0, 3):
        pen.ink([(shift - 3, -long - 8), (shift + 3, -long - 2)], 0.4)
    pen.shape(rect(-5.4, -long - 1.6, 5.4, -long + 2, 0.8), mix(DARK, WHITE, 0.25), ink_width=0.6)


def draw_spotlight(pen: Pen, look: Look) -> None:
    """A stage lamp on a bar, off or lit with a cone of light below it."""
    if look.state == "lit":
        with pen.canvas.lit():
            pen.fill(poly((-6, -28), (16, -18), (74, 130), (-58, 130)), "#fdeeb0", 0.34)
    pen.ink([(0, -80), (0, -56)], 1.6)
    pen.shape(rect(-8, -60, 8, -54, 1), IRON, ink_width=0.7)
    pen.ink(arc(0, -40, 13, 15, 180, 360), 1.5)
    lamp = _turned(pen, -18, 0, -40)
    body = poly((-9, -16), (9, -16), (13, 12), (-13, 12), corner=2)
    lamp.shape(body, look.tint("#4d4a55"))
    for y in (-9, -3):
        lamp.ink([(-8, y), (8, y)], 0.6, mix(DARK, WHITE, 0.4))
    lens = "#fff0b0" if look.state == "lit" else "#b9c6ca"
    lamp.shape(oval(0, 12, 13, 4.4), lens, ink_width=0.8, shade=0)


def draw_stage_curtain(pen: Pen, look: Look) -> None:
    """A closed velvet curtain from the rail to the boards; ``parted``, or ``burning``."""
    hue = look.tint(VELVET)
    dark = mix(hue, "#2e1a2a", 0.42)
    gap = 34.0 if look.state == "parted" else 0.0
    for side in (-1, 1):
        inner = [(side * 2.0, -252.0), (side * (2 + gap * 0.5), -150.0), (side * (1 + gap), -2.0)]
        edge = path(*inner)
        cloth = poly((side * 116, -252), *edge.tolist(), (side * 118, -2), corner=0.6)
        pen.shape(cloth, hue)
        for index in range(1, 8):
            share = index / 8
            top, foot = side * (2 + 114 * share), side * (1 + gap + (117 - gap) * share)
            pen.ink(path((top, -250), ((top + foot) / 2 + side, -130), (foot, -4)), 0.7, dark)
        pen.shape(poly((side * (gap + 1), -9), (side * 118, -9), (side * 118, 0), (side * (gap + 1), 0)), GOLD, ink_width=0.7)  # fmt: skip
    pen.shape(rect(-122, -258, 122, -248, 2), GOLD, ink_width=0.9)
    if look.state == "burning":
        fire(pen, 66, 0, 70, 96)


def draw_tree_flat(pen: Pen, look: Look) -> None:
    """A tree of painted board with a strut behind, as in a play."""
    pen.shape(limb([(4, -78), (40, -2)], 1.8, 1.8), WOOD, ink_width=0.7, shade=0)
    pen.shape(poly((-13, 0), (-8, -96), (8, -96), (13, 0), corner=1), "#9a6f47")
    pen.ink(path((-3, -20), (-2, -50), (-4, -84)), 0.6)
    crown = join(*(oval(x, y, r) for x, y, r in ((0, -142, 34), (-32, -122, 27), (33, -124, 28), (-16, -158, 25), (20, -160, 24), (0, -112, 30))))  # fmt: skip
    pen.shape(crown, look.tint(GREEN))
    for x, y in ((-26, -130), (4, -152), (26, -128), (-4, -118)):
        pen.ink(arc(x, y, 9, 7, 200, 340), 0.8)
    for x, y in ((-14, -146), (18, -138), (-34, -112), (34, -112)):
        pen.shape(oval(x, y, 4.4), RED, ink_width=0.6, shade=0)


def draw_castle_flat(pen: Pen, look: Look) -> None:
    """A castle of painted board: two towers, a gate."""
    stone = look.tint("#b9b3c2")
    line = mix(stone, "#4f4660", 0.5)
    for side in (-1, 1):
        pen.shape(rect(side * 60 - 24, -168, side * 60 + 24, 0), stone)
        pen.shape(
            poly((side * 60 - 29, -166), (side * 60 + 29, -166), (side * 60, -224)), "#8f6f9c"
        )
        pen.ink([(side * 60, -224), (side * 60, -242)], 0.9)
        pen.shape(poly((side * 60, -242), (side * 60 + 20, -236), (side * 60, -230)), RED, ink_width=0.7, shade=0)  # fmt: skip
        pen.shape(join(rect(side * 60 - 7, -132, side * 60 + 7, -112), oval(side * 60, -132, 7)), "#5d5470", ink_width=0.6, shade=0)  # fmt: skip
    merlons = [rect(x, -122, x + 11, -106) for x in (-35, -15, 5, 25)]
    pen.shape(join(rect(-37, -110, 37, 0), *merlons), stone)
    pen.shape(join(rect(-20, -46, 20, 0), oval(0, -46, 20)), "#7a553d", ink_width=0.8)
    for x in (-10, 0, 10):
        pen.ink([(x, -62), (x, -1)], 0.5)
    for x, y in ((-78, -80), (-52, -40), (48, -70), (70, -28), (-30, -88), (22, -84), (44, -150)):
        pen.ink([(x, y), (x + 12, y), (x + 12, y + 6)], 0.5, line)


def draw_throne(pen: Pen, look: Look) -> None:
    """A golden throne with red velvet, seen from the front."""
    gold = look.tint(GOLD)
    back = join(rect(-30, -140, 30, -40), oval(0, -140, 30, 16))
    pen.shape(back, gold)
    pen.shape(join(rect(-22, -136, 22, -46), oval(0, -136, 22, 10)), VELVET, ink_width=0.7)
    for x, y in ((-10, -120), (10, -120), (0, -102), (-10, -84), (10, -84)):
        pen.fill(oval(x, y, 1.6), GOLD)
    pen.shape(oval(0, -158, 5), RED, ink_width=0.7)
    for x in (-30, 30):
        pen.shape(oval(x, -146, 5), gold, ink_width=0.7)
    for x in (-32, 32):
        pen.shape(poly((x - 4, -44), (x + 4, -44), (x + 3, 0), (x - 3, 0)), gold, ink_width=0.8)
    pen.shape(rect(-36, -48, 36, -40, 1.4), gold, ink_width=0.9)
    pen.shape(rect(-30, -54, 30, -46, 3), mix(VELVET, WHITE, 0.12), ink_width=0.8)


def draw_throne_front(pen: Pen, look: Look) -> None:
    """The arms of the throne."""
    gold = look.tint(GOLD)
    for x in (-37, 37):
        pen.shape(rect(x - 4, -72, x + 4, -42, 1.4), gold, ink_width=0.8)
        pen.shape(rect(x - 6.4, -78, x + 6.4, -70, 2.6), mix(gold, WHITE, 0.2), ink_width=0.8)


def draw_costume_rail(pen: Pen, look: Look) -> None:
    """A rail on wheels with costumes on it: a cape, a star dress, a striped coat."""
    for x in (-66, 66):
        pen.shape(limb([(x, -6), (x, -166)], 2.0, 2.0), STEEL, ink_width=0.8)
        pen.shape(limb([(x - 13, -5), (x + 13, -5)], 1.8, 1.8), STEEL, ink_width=0.7)
        for dx in (-12, 12):
            pen.shape(oval(x + dx, -2.6, 2.8), DARK, ink_width=0.5, shade=0)
    pen.shape(limb([(-68, -166), (68, -166)], 2.0, 2.0), STEEL, ink_width=0.8)
    for x, hue, wide, foot in (
        (-44, "#7d64a0", 22, -40),
        (-6, BLUE, 20, -34),
        (36, YELLOW, 18, -56),
    ):
        pen.ink(path((x, -158), (x + 3, -165), (x, -171), (x - 3, -168)), 0.8)
        robe = poly((x - 6, -158), (x + 6, -158), (x + 13, -150), (x + wide, foot), (x - wide, foot), (x - 13, -150), corner=1.4)  # fmt: skip
        pen.shape(robe, hue)
        with pen.clip(robe.buffer(-0.5)):
            _costume(pen, x, hue, foot)
    pen.shape(blob((20, -158), (29, -162), (36, -158), (44, -162), (52, -158), (44, -150), (36, -153), (28, -150)), PINK, ink_width=0.7)  # fmt: skip


def _costume(pen: Pen, x: float, hue: str, foot: float) -> None:
    if hue == YELLOW:
        for dx in (-16, -8, 0, 8, 16):
            pen.fill(rect(x + dx - 2, -170, x + dx + 2, foot + 4), RED)
    elif hue == BLUE:
        for dx, y in ((-6, -132), (6, -112), (-8, -92), (8, -70), (-4, -52)):
            pen.fill(oval(x + dx, y, 2.6), "#f4e3a0")
        pen.ink([(x - 16, -104), (x + 16, -104)], 1.4, YELLOW)
    else:
        for dx in (-9, 0, 9):
            pen.ink(path((x + dx * 0.6, -148), (x + dx * 1.6, foot)), 0.6)


def draw_guitar(pen: Pen, look: Look) -> None:
    """An acoustic guitar, its head up; ``broken`` a string has sprung."""
    wood = look.tint("#c98a4b")
    pen.shape(limb([(0, -46), (0, -94)], 2.6, 2.4), DARK_WOOD, ink_width=0.7)
    pen.shape(poly((-4.4, -92), (4.4, -92), (5.4, -106), (-5.4, -106), corner=1.2), DARK_WOOD, ink_width=0.8)  # fmt: skip
    for y in (-95, -101):
        for side in (-1, 1):
            pen.shape(oval(side * 6.6, y, 1.6), CREAM, ink_width=0.4, shade=0)
    body = join(oval(0, -15, 19, 15.4), oval(0, -38, 14.6, 12.4), rect(-11, -36, 11, -16))
    pen.shape(body.buffer(2).buffer(-2), wood)
    pen.shape(oval(0, -30, 6.4), "#5c4030", ink_width=0.7, shade=0)
    pen.shape(rect(-8, -13, 8, -10, 0.8), DARK_WOOD, ink_width=0.5, shade=0)
    for x in (-1.4, 0, 1.4):
        pen.ink([(x, -104), (x, -12)], 0.3, CREAM)
    if look.state == "broken":
        pen.ink(path((2, -94), (14, -84), (20, -70), (12, -66), (16, -56)), 0.8)
        pen.ink(path((2, -12), (14, -22), (24, -20), (26, -30)), 0.8)


def draw_trumpet(pen: Pen, look: Look) -> None:
    """A brass trumpet that points ahead."""
    brass = look.tint(BRASS)
    pen.shape(limb([(-26, -10), (14, -10)], 1.5, 1.7), brass, ink_width=0.8)
    loop = join(limb(arc(-12, -5, 5, 5, 90, 270), 1.4, 1.4), limb([(-12, 0), (8, 0)], 1.4, 1.4), limb(arc(8, -5, 5, 5, -90, 90), 1.4, 1.4))  # fmt: skip
    pen.shape(loop, brass, ink_width=0.7)
    bell = poly((10, -11.6), (22, -13), (31, -20), (33, -20), (33, 0), (31, 0), (22, -7), (10, -8.4), corner=0.4)  # fmt: skip
    pen.shape(bell, brass, ink_width=0.9)
    pen.shape(oval(33, -10, 2.6, 10.4), mix(brass, DARK, 0.3), ink_width=0.8, shade=0)
    for x in (-7, -2, 3):
        pen.shape(rect(x - 1.6, -13, x + 1.6, 0.6, 0.6), brass, ink_width=0.6)
        pen.shape(rect(x - 1.8, -17, x + 1.8, -14.6, 0.6), STEEL, ink_width=0.5, shade=0)
    pen.shape(poly((-31, -12.4), (-26, -11.2), (-26, -8.8), (-31, -7.6)), STEEL, ink_width=0.7)


def _torn_skin(pen: Pen, hue: str) -> None:
    """A star-shaped tear in a drum's skin: the far wall inside it, and flaps bent up at its edge."""
    rim = [(-17, -41), (-8, -42.4), (-4, -45.6), (2, -43.4), (9, -45.4), (11, -42), (18, -40.6), (9, -39), (5, -36), (-2, -38.4), (-9, -36.4), (-10, -39.4)]  # fmt: skip
    hole = poly(*((float(x), float(y)) for x, y in rim))
    pen.shape(hole, mix(hue, DARK, 0.62), ink_width=0.7, shade=0)
    with pen.clip(hole):
        pen.fill(oval(2, -46, 20, 5), mix(hue, DARK, 0.3))
    skin = mix(CREAM, DARK, 0.12)
    for root, tip, end in (
        ((-8, -42.4), (-12, -49), (-4, -45.6)),
        ((2, -43.4), (6, -51), (9, -45.4)),
        ((11, -42), (20, -46), (18, -40.6)),
        ((-9, -36.4), (-18, -36), (-10, -39.4)),
        ((5, -36), (14, -34.6), (9, -39)),
    ):
        pen.shape(poly(root, tip, end, corner=0.3), skin, ink_width=0.6, shade=0)
    for line in (((-17, -41), (-22, -41.6)), ((18, -40.6), (22, -40)), ((-2, -38.4), (-3, -35.4))):
        pen.ink(line, 0.5)


def draw_drum(pen: Pen, look: Look) -> None:
    """A drum with its sticks on it; ``torn`` its skin has a hole."""
    hue = look.tint(RED)
    side = join(rect(-26, -40, 26, -6), oval(0, -6, 26, 6))
    pen.shape(side, hue)
    with pen.clip(side.buffer(-0.5)):
        steps = [(-26 + k * 8.7, -36 if k % 2 else -4 + 2 * (k in (2, 4))) for k in range(7)]
        pen.ink(steps, 1.2, CREAM)
    rim = join(rect(-27, -8, 27, -4), oval(0, -4, 27, 6)).difference(oval(0, -8, 26, 6))
    pen.shape(rim, YELLOW, ink_width=0.7)
    pen.shape(oval(0, -40, 27, 8), YELLOW, ink_width=0.9)
    pen.shape(oval(0, -41, 24, 6.4), CREAM, ink_width=0.7, shade=0)
    if look.state == "torn":
        _torn_skin(pen, hue)
        return
    for a, b in (((-16, -43), (20, -48)), ((14, -41), (-14, -50))):
        pen.shape(limb([a, b], 1.4, 1.2), WOOD, ink_width=0.7, shade=0)
        pen.shape(oval(a[0], a[1], 2.4), WOOD, ink_width=0.6, shade=0)


def draw_flute(pen: Pen, look: Look) -> None:
    """A recorder, its mouthpiece up."""
    wood = look.tint("#e4c690")
    pen.shape(poly((-2.6, -6), (2.6, -6), (3.2, -42), (-3.2, -42)), wood, ink_width=0.8)
    pen.shape(poly((-3.8, 0), (3.8, 0), (2.8, -7), (-2.8, -7), corner=0.6), wood, ink_width=0.8)
    pen.shape(poly((-3.6, -40), (3.6, -40), (2, -52), (-1, -52), corner=0.6), CREAM, ink_width=0.8)
    for y in (-34, -29, -24, -19, -14, -10):
        pen.fill(oval(0, y, 1.1), DARK)


def draw_baton(pen: Pen, look: Look) -> None:
    """A conductor's baton; ``broken`` it has snapped."""
    pen.shape(
        blob((-3, -1), (-3.4, -9), (0, -13), (3.4, -9), (3, -1), (0, 0)), "#b9814f", ink_width=0.8
    )
    if look.state == "broken":
        pen.shape(limb([(0, -12), (0, -28)], 1.1, 1.0), WHITE, ink_width=0.7, shade=0)
        pen.shape(limb([(2, -29), (20, -36)], 1.0, 0.6), WHITE, ink_width=0.7, shade=0)
        return
    pen.shape(limb([(0, -12), (0, -58)], 1.2, 0.6), WHITE, ink_width=0.7, shade=0)


def draw_music_stand(pen: Pen, look: Look) -> None:
    """A music stand with sheets on it; ``empty``, or ``fallen`` with the sheets about."""
    if look.state == "fallen":
        _music_stand(_turned(pen, 84, -40, -4), sheets=False)
        for x, y, lean in ((-46, 1, 0.5), (-4, 5, -0.35), (40, 2, 0.2)):
            _lying_sheet(pen, x, y, lean)
        return
    _music_stand(pen, sheets=look.state == "plain")


def _music_stand(pen: Pen, *, sheets: bool) -> None:
    for x in (-17, 3, 17):
        pen.shape(limb([(0, -16), (x, 0)], 1.3, 1.2), DARK, ink_width=0.6, shade=0)
    pen.shape(limb([(0, -10), (0, -92)], 1.5, 1.4), DARK, ink_width=0.6, shade=0)
    pen.shape(
        poly((-25, -86), (25, -86), (28, -116), (-28, -116), corner=1), "#5a5560", ink_width=0.9
    )
    if sheets:
        for side in (-1, 1):
            _sheet(_turned(pen, 0, side * 11, -89), 20.0, 27.0)
    pen.shape(rect(-27, -89, 27, -85, 0.8), DARK, ink_width=0.7, shade=0)


def _sheet(pen: Pen, wide: float, tall: float) -> None:
    """A page of music: staves of lines, notes with stems on them."""
    half = wide / 2
    page: Geometry = rect(-half, -tall, half, 0, 0.4)
    pen.shape(page, "#fdf8ea", ink_width=0.7, shade=0)
    for row in range(max(1, int(tall / 9))):
        y = -tall + 5 + row * 8
        for line in range(3):
            pen.ink([(-half + 1.6, y + 1.7 * line), (half - 1.6, y + 1.7 * line)], 0.26, taper=1)
        for k in range(4):
            _note(pen, -half + 3.4 + k * (wide - 6) / 3, y + 3.0 - (k + row) % 3 * 1.4)


def _note(pen: Pen, x: float, y: float) -> None:
    pen.fill(oval(x, y, 1.2, 0.95, -20), DARK)
    pen.ink([(x + 1.05, y - 0.2), (x + 1.05, y - 4.2)], 0.34, DARK, taper=1)


def _lying_sheet(pen: Pen, x: float, y: float, lean: float) -> None:
    """A sheet of music flat on the floor around (x, y), its rows aslant by ``lean``."""

    def at(across: float, away: float) -> Point:
        return x + across * 13 + away * 15 * lean, y - away * 7.5 + across * 3 * lean

    page = poly(at(-1, -1), at(1, -1), at(1, 1), at(-1, 1))
    pen.fill(affinity.translate(page, 1.4, 1.6), SHADOW, 0.26)
    pen.shape(page, "#fdf8ea", ink_width=0.7, shade=0)
    for away in (0.55, -0.02, -0.6):
        for line in (-0.13, 0.0, 0.13):
            pen.ink([at(-0.84, away + line), at(0.84, away + line)], 0.26, taper=1)
        for k in range(4):
            spot = at(-0.66 + 0.42 * k, away + (k % 3 - 1) * 0.12)
            pen.fill(oval(*spot, 1.4, 1.0), DARK)
            pen.ink([(spot[0] + 1.2, spot[1]), (spot[0] + 1.2, spot[1] - 3.4)], 0.36, DARK, taper=1)


def draw_palette(pen: Pen, look: Look) -> None:
    """A painter's palette with blots of colour."""
    board = blob((-24, -12), (-18, -24), (2, -29), (22, -22), (25, -9), (12, -3), (2, -7), (-8, -1), (-20, -3))  # fmt: skip
    hole = oval(-14, -9, 3.4, 2.8)
    pen.shape(board.difference(hole), look.tint("#d7b07c"))
    blots = ((-14, -19, RED), (-3, -23, YELLOW), (9, -22, BLUE), (18, -15, GREEN), (13, -8, WHITE))
    for x, y, hue in blots:
        pen.shape(oval(x, y, 4, 3), hue, ink_width=0.6, shade=0)


def draw_rose(pen: Pen, look: Look) -> None:
    """A single red rose, such as is thrown on a stage."""
    pen.shape(limb(path((0, 0), (1, -14), (0, -28)), 0.9, 1.0), "#6b8a4f", ink_width=0.6, shade=0)
    for side, y in ((-1, -12), (1, -18)):
        pen.shape(oval(side * 5, y, 4.6, 2.2, side * -28), "#7d9a5b", ink_width=0.6, shade=0)
    pen.shape(blob((-7, -34), (-5, -28), (0, -26), (5, -28), (7, -34), (3, -39), (-3, -39)), look.tint("#c23b45"), ink_width=0.8)  # fmt: skip
    pen.ink(path((-3, -33), (0, -36), (3, -33), (1, -30), (-2, -31)), 0.6)


def draw_thrown_tomato(pen: Pen, look: Look) -> None:
    """A thrown tomato; ``splashed`` it has burst."""
    if look.state == "splashed":
        red = look.tint("#c8452f")
        juice = blob((-26, 0), (-17, -4), (-4, -3), (10, -5), (24, -3), (29, 1), (14, 4), (-8, 4))
        pen.shape(juice, mix(red, "#ffb59a", 0.3), ink_width=0.7, shade=0)
        squashed = blob((-15, -2), (-13, -10), (-4, -14), (8, -12), (15, -6), (13, 0), (0, 2))
        pen.shape(squashed, red)
        pen.shape(
            blob((-4, -3), (0, -9), (8, -9), (11, -3), (4, 0)), "#e9805f", ink_width=0.6, shade=0
        )
        for x, y in ((1, -4), (5, -6), (8, -3), (-20, -1), (20, 0)):
            pen.fill(oval(x, y, 1.3, 0.9), "#f4d77a")
        leaf = poly((-9, -12), (-16, -14), (-10, -16), (-9, -20), (-5, -15), (1, -16), (-4, -12))
        pen.shape(leaf, "#6b8a4f", ink_width=0.6, shade=0)
        for x, y in ((-27, -14), (24, -16), (-20, -24), (18, -26)):
            pen.shape(oval(x, y, 1.8, 2.4), red, ink_width=0.6, shade=0)
        return
    pen.shape(oval(0, -9, 10.4, 9), look.tint("#c8452f"))
    leaf = poly((0, -15), (-7, -18), (-2, -19), (0, -23), (2, -19), (7, -18), corner=0.3)
    pen.shape(leaf, "#6b8a4f", ink_width=0.6, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "mask",
        (44, 40),
        draw_mask,
        ("happy", "sad"),
        grips=((0, -3),),
        carry="front",
        scale=0.68,
        flattens=("happy", "sad"),
    ),
    PropKind("crown", (46, 33), draw_crown, grips=((-16, -3), (16, -3)), carry="two", scale=0.62),
    PropKind(
        "microphone",
        (12, 29),
        draw_microphone,
        ("plain", "stand"),
        sizes={"stand": (36, 158)},
        grips=((0, -8),),
        carry="raised",
        approach=Approach(0, 12, ahead=(-0.02, 0.0)),
        flattens=("plain",),
    ),
    PropKind(
        "spotlight",
        (32, 80),
        draw_spotlight,
        ("off", "lit"),
        hangs=210,
        weight=0.9,
    ),
    PropKind(
        "stage curtain",
        (240, 258),
        draw_stage_curtain,
        ("closed", "parted", "burning"),
        far=True,
        weight=0.95,
    ),
    PropKind("tree flat", (120, 186), draw_tree_flat, solid=(60, 110)),
    PropKind("castle flat", (172, 242), draw_castle_flat, weight=0.95, scale=0.86),
    PropKind(
        "throne",
        (88, 163),
        draw_throne,
        seats=Surface(52, (0,)),
        surface=Surface(53, (0,)),
        front=draw_throne_front,
    ),
    PropKind(
        "costume rail",
        (160, 172),
        draw_costume_rail,
        grips=((-66, -110), (-66, -90)),
        carry="push",
    ),
    PropKind(
        "guitar",
        (40, 106),
        draw_guitar,
        ("plain", "broken"),
        sizes={"broken": (54, 106)},
        grips=((0, -48),),
        carry="play",
        lies=True,
    ),
    PropKind(
        "trumpet", (68, 22), draw_trumpet, grips=((-9, -5), (9, -5)), carry="mouth", scale=0.88
    ),
    PropKind(
        "drum",
        (56, 52),
        draw_drum,
        ("plain", "torn"),
        grips=((-24, -24), (24, -24)),
        carry="two",
    ),
    PropKind("flute", (9, 52), draw_flute, grips=((0, -26),), carry="front", lies=True, scale=0.96),
    PropKind(
        "baton",
        (8, 58),
        draw_baton,
        ("plain", "broken"),
        sizes={"broken": (28, 40)},
        grips=((0, -6),),
        carry="raised",
        lies=True,
        scale=0.8,
    ),
    PropKind(
        "music stand",
        (58, 118),
        draw_music_stand,
        ("plain", "empty", "fallen"),
        sizes={"fallen": (150, 44)},
    ),
    PropKind(
        "palette",
        (50, 29),
        draw_palette,
        grips=((-14, -9),),
        carry="front",
        scale=0.85,
        flattens=("plain",),
        thick=1.0,
    ),
    PropKind("rose", (14, 40), draw_rose, grips=((0, -6),), carry="front", lies=True),
    PropKind(
        "thrown tomato",
        (22, 24),
        draw_thrown_tomato,
        ("whole", "splashed"),
        sizes={"splashed": (58, 28)},
        grips=((0, -8),),
        carry="raised",
        scale=0.52,
        weight=0.66,
    ),
)
