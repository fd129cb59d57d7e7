"""What stands on a playground: swing, slide, seesaw, sandpit, climbing frame, roundabout, tree house."""

from __future__ import annotations

import math
import random

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.prop import (
    BLUE,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    PALE_WOOD,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
)

SAND = "#e6d3a3"
BARK = "#8f7355"


def draw_swing(pen: Pen, look: Look) -> None:
    """A frame with two swings; ``broken``, one seat hangs by a single chain."""
    frame = look.tint(RED)
    back = mix(frame, DARK, 0.25)
    for side in (-1, 1):
        pen.shape(limb([(side * 98, -206), (side * 88, -8)], 3.6), back, ink_width=0.9)
    for x in (-42, 42):
        if look.state == "broken" and x > 0:
            _broken_seat(pen, x)
        else:
            _swing_seat(pen, x)
    for side in (-1, 1):
        pen.shape(limb([(side * 98, -206), (side * 116, 0)], 4.2), frame)
    pen.shape(rect(-108, -212, 108, -202, 4), frame)
    for side in (-1, 1):
        pen.shape(oval(side * 99, -207, 8), YELLOW)


def _swing_seat(pen: Pen, x: float) -> None:
    for dx in (-19, 19):
        pen.ink([(x + dx, -203), (x + dx, -46)], 1.2, IRON)
        pen.fill(oval(x + dx, -200, 2.6), DARK)
    pen.shape(rect(x - 23, -49, x + 23, -42, 2.5), WOOD)


def _broken_seat(pen: Pen, x: float) -> None:
    pen.ink(path((x - 19, -203), (x - 20, -120), (x - 16, -62)), 1.2, IRON)
    pen.ink(path((x + 19, -203), (x + 20, -186), (x + 17, -170), (x + 22, -160)), 1.2, IRON)
    pen.shape(band([(x - 17, -62), (x - 2, -18)], 7), WOOD)
    pen.ink(path((x - 2, -18), (x + 6, -8), (x + 18, -2)), 1.2, IRON)
    for x in (-19, 19):
        pen.fill(oval(42 + x, -200, 2.6), DARK)


_CHUTE = (
    (-40.0, -122.0),
    (-20.0, -118.0),
    (10.0, -86.0),
    (52.0, -44.0),
    (78.0, -26.0),
    (106.0, -22.0),
)


def draw_slide(pen: Pen, look: Look) -> None:
    """A slide: steps up at the left, a chute down to the right."""
    frame, chute = look.tint(BLUE), YELLOW
    back = mix(frame, DARK, 0.25)
    pen.shape(limb([(-44, -122), (-28, 0)], 3), back, ink_width=0.9)
    pen.shape(limb([(52, -44), (54, 0)], 3), back, ink_width=0.9)
    pen.shape(band([(-96, -8), (-58, -126)], 5), back, ink_width=0.8)
    for k in range(6):
        x, y = -96 + 7 * k, -14 - 21.5 * k
        pen.shape(rect(x - 6, y - 3, x + 12, y + 3, 1.5), PALE_WOOD, ink_width=0.8)
    pen.shape(band([(-90, 0), (-50, -126)], 5), frame)
    pen.shape(rect(-66, -128, -30, -120, 2), frame)
    for x in (-62, -36):
        pen.shape(limb(path((x - 3, -124), (x - 3, -160), (x + 5, -168), (x + 12, -160), (x + 10, -124)), 2.4), frame, ink_width=0.9)  # fmt: skip
    bed = [(x, y + 1) for x, y in _CHUTE]
    pen.shape(band(path(*bed), 13), mix(chute, DARK, 0.12))
    pen.shape(
        band(path(*((x + 3, y - 6) for x, y in _CHUTE)), 5),
        mix(chute, WHITE, 0.4),
        ink_width=0.5,
        shade=0,
    )
    _front_of_slide(pen, look)


def _front_of_slide(pen: Pen, look: Look) -> None:
    upper = [(float(x) - 3, float(y)) for x, y in path(*_CHUTE)]
    lower = [(x - 5, min(y + 27, -13.0)) for x, y in reversed(upper)]
    pen.shape(poly(*upper, *lower, corner=3), YELLOW)
    pen.ink(path(*((x - 3, y + 7) for x, y in _CHUTE)), 0.6, mix(YELLOW, DARK, 0.4))
    pen.shape(limb([(46, -40), (46, 2)], 3.2), look.tint(BLUE), ink_width=0.9)


def draw_seesaw(pen: Pen, look: Look) -> None:
    """A seesaw of one long board, level or with one end down."""
    tilt = 15.0 if look.state == "tilted" else 0.0
    rise = math.tan(math.radians(tilt))

    def at(x: float, y: float) -> tuple[float, float]:
        return x, y + x * rise

    pen.shape(poly((-8, -42), (8, -42), (22, 0), (-22, 0), corner=2), look.tint(GREEN))
    pen.shape(poly(at(-122, -50), at(122, -50), at(122, -41), at(-122, -41), corner=2), RED)
    pen.shape(oval(0, -44, 6), YELLOW, ink_width=0.9)
    for side in (-1, 1):
        seat = poly(at(side * 116, -56), at(side * 80, -56), at(side * 80, -50), at(side * 116, -50), corner=2)  # fmt: skip
        pen.shape(seat, YELLOW, ink_width=0.9)
        x, y = at(side * 72, -50)
        pen.shape(limb([(x, y), (x, y - 19)], 1.7), IRON, ink_width=0.7)
        pen.shape(limb([(x - 9, y - 18), (x + 9, y - 18)], 2.2), DARK, ink_width=0.7)


def draw_sandpit(pen: Pen, look: Look) -> None:
    """A sandpit in a frame of logs with a mould or two; ``castle``, one has been built in it."""
    rim = look.tint("#c99b66")
    outer = poly((-88, -34), (88, -34), (112, 16), (-112, 16), corner=6)
    inner = poly((-80, -27), (80, -27), (98, 7), (-98, 7), corner=4)
    pen.shape(outer, rim)
    sand = mix(SAND, WHITE, 0.7) if look.ground.weather == "snow" else SAND
    pen.shape(inner, sand, ink_width=0.8, shade=0)
    for x, y in ((-60, -12), (-20, -20), (30, -2), (64, -16), (-40, 2)):
        pen.ink(path((x - 8, y), (x, y - 3), (x + 8, y)), 0.5, mix(sand, DARK, 0.4))
    for x in (-34, 34):
        pen.ink([(x, 8), (x * 1.06, 15)], 0.6, DARK_WOOD)
    if look.state == "castle":
        _sandcastle(pen)
        return
    pen.shape(poly((44, -18), (64, -18), (60, -2), (48, -2), corner=1), RED, ink_width=0.8)
    pen.shape(blob((-66, -2), (-54, -16), (-38, -2)), mix(SAND, "#b08f55", 0.25), ink_width=0.8)


def _sandcastle(pen: Pen) -> None:
    heap = mix(SAND, "#b08f55", 0.2)
    pen.shape(
        blob((-40, -2), (-26, -11), (0, -14), (26, -11), (40, -2), (0, 3)), heap, ink_width=0.8
    )
    pen.shape(rect(-18, -23, 18, -7), heap, ink_width=0.8)
    for x, top in ((-20, -31), (0, -42), (20, -31)):
        teeth = (rect(x + dx - 2.4, top - 4, x + dx + 2.4, top + 1) for dx in (-6, 0, 6))
        pen.shape(join(rect(x - 8.4, top, x + 8.4, -6), *teeth), heap, ink_width=0.85)
        pen.shape(rect(x - 2, top + 8, x + 2, top + 15, 1.6), mix(heap, DARK, 0.4), ink_width=0.5, shade=0)  # fmt: skip
    pen.ink([(0, -46), (0, -60)], 0.9)
    pen.shape(poly((0, -60), (12, -56), (0, -52)), RED, ink_width=0.7, shade=0)


def draw_climbing_frame(pen: Pen, look: Look) -> None:
    """Bars like a tower with a roof, a net to climb on the left and a fireman's pole on the right."""
    wood, roof = look.tint(WOOD), GREEN
    for x in (-34, 34):
        pen.shape(rect(x - 4, -186, x + 4, -4), mix(wood, DARK, 0.3), ink_width=0.8)
    for k in range(5):
        x = -108 + 12 * k
        pen.ink([(x, 0), (-50 + 3 * k, -94)], 0.9, "#b08a55")
    for k in range(5):
        share = 0.14 + 0.18 * k
        pen.ink([(-108 + 58 * share, -94 * share), (-56 + 18 * share, -94 * share)], 0.9, "#b08a55")
    pen.shape(rect(-52, -102, 52, -94, 2), PALE_WOOD)
    for x in (-46, 46):
        pen.shape(rect(x - 5, -190, x + 5, 0, 1.5), wood)
    pen.shape(poly((-64, -186), (64, -186), (0, -236), corner=3), roof)
    for a, b in (((-44, -198), (44, -198)), ((-26, -212), (26, -212))):
        pen.ink([a, b], 0.6)
    pole = path((46, -168), (78, -172), (91, -164), (92, -120), (92, 0))
    pen.shape(band(pole, 5), STEEL, ink_width=0.8)
    pen.shape(poly((-110, -2), (-104, -2), (-50, -100), (-56, -100)), wood, ink_width=0.8)


def _front_of_frame(pen: Pen, look: Look) -> None:
    """The railing before those who stand up there."""
    wood = look.tint(WOOD)
    pen.shape(rect(-46, -128, 46, -122, 1.5), wood, ink_width=0.9)
    for x in (-28, -9, 9, 28):
        pen.shape(rect(x - 2.4, -124, x + 2.4, -98), wood, ink_width=0.7, shade=0.4)


def draw_roundabout(pen: Pen, look: Look) -> None:
    """A round platform with rails to hold; ``spinning`` it turns."""
    pen.shape(oval(0, -12, 92, 15), look.tint(BLUE))
    pen.shape(oval(0, -19, 92, 15), mix(look.tint(BLUE), WHITE, 0.25))
    pen.shape(oval(0, -19, 60, 9), mix(look.tint(BLUE), WHITE, 0.5), ink_width=0.6, shade=0)
    pen.shape(limb([(0, -20), (0, -72)], 4), YELLOW)
    for x, foot in ((-60, -25), (58, -25)):
        pen.shape(
            band(path((0, -70), (x * 0.6, -72), (x, -64), (x, foot)), 4.4), RED, ink_width=0.9
        )
    pen.shape(oval(0, -74, 8, 6), RED)
    if look.state == "spinning":
        motion(
            pen, *((tuple(arc(0, -14, 104, 24, a, a + 34).tolist())) for a in (20, 140, 200, 320))
        )


def _front_of_roundabout(pen: Pen, look: Look) -> None:
    for x, foot in ((-30, -8), (34, -8)):
        pen.shape(
            band(path((0, -70), (x * 0.6, -70), (x, -60), (x, foot)), 4.4), RED, ink_width=0.9
        )


def draw_tree_house(pen: Pen, look: Look) -> None:
    """A cabin of boards in a broad tree, with a ladder of rope and planks."""
    rng = random.Random(look.ground.seed + 5)
    season = look.ground.season
    trunk = join(
        limb(path((-30, 2), (-36, -80), (-26, -170), (-34, -250)), 22, 17, 15, 9),
        limb([(-44, -2), (-66, 2)], 7, 2),
        limb([(-20, -2), (6, 2)], 7, 2),
        limb(path((-30, -130), (14, -160), (66, -190), (96, -250)), 12, 10, 8, 4),
        limb(path((-30, -190), (-70, -220), (-98, -262)), 8, 6, 3),
    )
    if not season.bare:
        pen.shape(_leafage(rng, ((-90, -262, 50), (100, -268, 52), (8, -316, 60))), mix(season.leaves[2], "#2d3a3a", 0.14), shade=0.6)  # fmt: skip
    pen.shape(trunk, BARK if not season.bare else mix(BARK, "#6d6472", 0.2))
    for x, y, length in ((-38.0, -30.0, 26), (-28, -70, 30), (-36, -112, 20)):
        pen.ink(path((x, y), (x + 2, y - length / 2), (x, y - length)), 0.5)
    _cabin(pen, look)
    for x in (30, 62):
        pen.ink([(x, -152), (x + 2, 0)], 1.3, "#b08a55")
    for k in range(6):
        pen.shape(rect(26, -20 - 24 * k, 68, -14 - 24 * k, 1.5), PALE_WOOD, ink_width=0.8)
    if not season.bare:
        pen.shape(
            _leafage(rng, ((-72, -290, 40), (52, -312, 44), (-10, -336, 40))), season.leaves[0]
        )


def _leafage(rng: random.Random, masses: tuple[tuple[float, float, float], ...]) -> Form:
    lobes = []
    for x, y, radius in masses:
        lobes.append(oval(x, y, radius * 0.86, radius * 0.74))
        for index in range(8):
            turn = 2 * math.pi * (index + rng.uniform(-0.2, 0.2)) / 8
            spot = (x + 0.72 * radius * math.cos(turn), y + 0.62 * radius * math.sin(turn))
            lobes.append(oval(*spot, radius * rng.uniform(0.32, 0.4)))
    return join(*lobes)


def _cabin(pen: Pen, look: Look) -> None:
    wall = look.tint("#c9a06c")
    pen.shape(rect(-64, -262, 92, -160, 1), wall)
    for y in (-246, -230, -214, -198, -182, -168):
        pen.ink([(-62, y), (90, y)], 0.45, mix(wall, DARK, 0.45))
    pen.shape(rect(22, -238, 74, -160, 1), "#5a4640" if not look.ground.dark else "#f6d67c")
    pen.shape(rect(-46, -236, -10, -204, 1), "#5a4640" if not look.ground.dark else "#f6d67c")
    pen.shape(rect(-50, -206, -6, -200, 1), PALE_WOOD, ink_width=0.8)
    pen.shape(poly((-82, -256), (14, -316), (110, -256), (100, -246), (14, -300), (-72, -246), corner=2), RED)  # fmt: skip
    pen.shape(poly((-66, -258), (14, -304), (94, -258)), mix(wall, WHITE, 0.12), ink_width=0.8)
    pen.shape(rect(-84, -162, 112, -150, 2), PALE_WOOD)
    for x in (-70, 96):
        pen.shape(limb([(x * 0.3 - 20, -112), (x, -150)], 3.4), WOOD, ink_width=0.8)


def _front_of_tree_house(pen: Pen, look: Look) -> None:
    """The railing before those who are up there."""
    pen.shape(rect(-84, -188, 22, -182, 1.5), PALE_WOOD, ink_width=0.9)
    for x in (-80, -58, -36, -14, 8):
        pen.shape(rect(x - 2.6, -184, x + 2.6, -158), PALE_WOOD, ink_width=0.7, shade=0.4)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "swing",
        (236, 214),
        draw_swing,
        ("plain", "broken"),
        feet=(-104, 104),
        surface=Surface(46, (-42, 42)),
        seats=Surface(46, (-42, 42)),
        solid=(150, 80),
        approach=Approach(0, 130, (-0.02, 0.12)),
        weight=0.8,
    ),
    PropKind(
        "slide",
        (222, 168),
        draw_slide,
        seats=Surface(88, (14,)),
        surface=Surface(126, (-48,)),
        front=_front_of_slide,
        approach=Approach(10, 80, (0.0, 0.1)),
        weight=0.8,
    ),
    PropKind(
        "seesaw",
        (248, 78),
        draw_seesaw,
        ("level", "tilted"),
        seats=Surface(55, (-98, 98)),
        sizes={"tilted": (248, 112)},
        solid=(240, 50),
    ),
    PropKind(
        "sandpit",
        (226, 56),
        draw_sandpit,
        ("plain", "castle"),
        flat=True,
        sizes={"castle": (226, 76)},
        approach=Approach(0, 96, (-0.03, 0.03), 2.0),
    ),
    PropKind(
        "climbing frame",
        (220, 238),
        draw_climbing_frame,
        surface=Surface(102, (0, -24, 24)),
        front=_front_of_frame,
        solid=(110, 60),
        approach=Approach(0, 110, (0.0, 0.12)),
        weight=0.8,
    ),
    PropKind(
        "roundabout",
        (190, 84),
        draw_roundabout,
        ("still", "spinning"),
        surface=Surface(22, (-44, 44, 0)),
        front=_front_of_roundabout,
        sizes={"spinning": (216, 86)},
        weight=0.9,
    ),
    PropKind(
        "tree house",
        (260, 372),
        draw_tree_house,
        surface=Surface(160, (-30, 48)),
        front=_front_of_tree_house,
        solid=(60, 150),
        perch=(-92, -262),
        approach=Approach(20, 120, (0.0, 0.2), 2.5),
        weight=0.85,
    ),
)
