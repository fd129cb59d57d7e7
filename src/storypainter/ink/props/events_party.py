"""What makes a party: the laid table, bunting, lanterns, streamers, presents, a piñata, games."""

from __future__ import annotations

import math
import random

import numpy as np

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import (
    arc,
    around,
    band,
    blob,
    join,
    limb,
    oval,
    path,
    poly,
    rect,
)
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    GREEN,
    PALE_WOOD,
    PINK,
    PURPLE,
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

_BRIGHT = (RED, YELLOW, BLUE, GREEN, PINK)


def draw_party_table(pen: Pen, look: Look) -> None:
    """A long table under a spotted cloth; ``messy`` it has crumbs, a smear of cream, a napkin."""
    cloth = look.tint("#8fbcc4")
    top = poly((-118, -70), (-104, -86), (104, -86), (118, -70))
    pen.shape(top, mix(cloth, WHITE, 0.45), ink_width=0.8, shade=0)
    hem: list[Point] = [(119, -70)]
    for k in range(12):
        x = 119 - k * 19.84
        hem += [(x + 0.4, -12), (x - 5, -5), (x - 10, -3), (x - 15, -5), (x - 19.5, -12)]
    pen.shape(poly(*hem, (-119, -70), corner=0.4), cloth)
    for row in range(3):
        for k in range(12):
            x = -108 + k * 19.4 + (row % 2) * 9.7
            if abs(x) < 113:
                pen.fill(oval(x, -58 + row * 17, 3.6), mix(cloth, WHITE, 0.75))
    pen.ink([(-119, -70), (119, -70)], 0.7)
    for x in (-96, -58, -20, 20, 58, 96):
        pen.ink(path((x, -42), (x * 1.02, -26), (x * 1.02, -9)), 0.4, mix(cloth, DARK, 0.35))
    if look.state == "messy":
        for x, y in (
            (-60, -77),
            (-52, -80),
            (-44, -75),
            (-22, -79),
            (38, -76),
            (78, -78),
            (86, -74),
        ):
            pen.shape(oval(x, y, 2.6, 1.6), "#c99a66", ink_width=0.4, shade=0)
        smear = blob((50, -79), (58, -82), (68, -80), (66, -76), (56, -75))
        pen.shape(smear, "#e8a0a4", ink_width=0.5, shade=0)
        napkin = blob((-4, -72), (-7, -80), (0, -85), (6, -81), (14, -84), (17, -76), (12, -71), (4, -73))  # fmt: skip
        pen.shape(napkin, WHITE, ink_width=0.6, shade=0.5)
        pen.ink(path((-2, -77), (3, -79), (7, -75), (11, -79)), 0.4)


def draw_bunting(pen: Pen, look: Look) -> None:
    """A string of coloured triangles; ``fallen`` one end hangs down."""
    if look.state == "fallen":
        line = path(
            (-110, -60), (-86, -51), (-62, -46), (-44, -34), (-38, -14), (-39, 8), (-35, 26)
        )
    else:
        line = path((-110, -60), (-56, -38), (0, -30), (56, -38), (110, -60))
    pen.ink(line, 0.9)
    count = 10
    step = (len(line) - 1) / count
    for index in range(count):
        a, b = line[int(index * step + 0.15 * step)], line[int((index + 0.85) * step)]
        dx, dy = float(b[0] - a[0]), float(b[1] - a[1])
        long = math.hypot(dx, dy) or 1.0
        down = (-dy / long, dx / long) if abs(dx) >= abs(dy) else (-1.0, 0.3)
        middle = ((a[0] + b[0]) / 2 + down[0] * 27, (a[1] + b[1]) / 2 + down[1] * 27)
        hue = _BRIGHT[index % 5] if look.colour is None or index % 2 else look.colour
        pen.shape(poly(tuple(a), tuple(b), middle, corner=0.6), hue, ink_width=0.8, shade=0.6)
    for x in (-110, 110):
        if look.state != "fallen" or x < 0:
            pen.shape(oval(x, -60, 2.4), CREAM, ink_width=0.6, shade=0)


def draw_paper_lantern(pen: Pen, look: Look) -> None:
    """A round paper lantern; ``lit`` or by night it glows."""
    hue = look.tint("#e08a5c")
    lit = look.state == "lit" or look.ground.dark
    pen.ink([(0, -80), (0, -56)], 0.7)
    with pen.canvas.lit():
        if lit:
            pen.fill(oval(0, -30, 40), "#ffe2a0", 0.3)
        pen.shape(oval(0, -30, 27, 25), mix(hue, "#ffe9a8", 0.4) if lit else hue)
    for y in (-46, -38, -30, -22, -14):
        half = 27 * math.sqrt(max(0.0, 1 - ((y + 30) / 25) ** 2))
        pen.ink(arc(0, y - 1.6, half, 3.4, 8, 172), 0.4, mix(hue, DARK, 0.3))
    pen.shape(rect(-9, -57, 9, -52.5, 1.5), DARK, ink_width=0.7)
    pen.shape(rect(-9, -8, 9, -3.6, 1.5), DARK, ink_width=0.7)
    for x in (-4, 0, 4):
        pen.ink([(x, -4), (x, 8)], 0.8, RED)


def draw_streamers(pen: Pen, look: Look) -> None:
    """Curled paper streamers: they hang from above or fly through the air."""
    lines = (
        ((-44, -96), (-52, -74), (-36, -54), (-50, -32), (-38, -8)),
        ((-14, -98), (-4, -78), (-22, -56), (-6, -36), (-18, -2)),
        ((18, -98), (8, -76), (26, -52), (10, -30), (24, -10)),
        ((48, -96), (38, -72), (54, -50), (40, -28), (50, -2)),
    )
    for index, points in enumerate(lines):
        hue = _BRIGHT[(index * 2) % 5] if look.colour is None or index % 2 else look.colour
        curl: list[Point] = [(x, y) for x, y in points]
        if look.state == "flying":
            curl = [(y * 0.9 + 46, x * 0.55 - 46) for x, y in points]
        pen.shape(band(path(*curl), 5.4, flat=True), hue, ink_width=0.7, shade=0)


def draw_present_pile(pen: Pen, look: Look) -> None:
    """A heap of wrapped presents; ``unwrapped`` only torn paper and open boxes are left."""
    if look.state == "unwrapped":
        _torn_paper(pen)
        return
    _present(pen, -50, 0, 54, 44, look.tint(BLUE), YELLOW)
    _present(pen, 8, 0, 58, 32, GREEN, CREAM)
    _present(pen, 52, 0, 28, 62, PURPLE, PINK)
    _present(pen, -26, -44, 40, 30, PINK, RED)
    _present(pen, 16, -32, 34, 40, YELLOW, BLUE)


def _present(
    pen: Pen, x: float, foot: float, wide: float, tall: float, paper: str, ribbon: str
) -> None:
    half = wide / 2
    pen.shape(rect(x - half, foot - tall, x + half, foot, 1), paper)
    for row in range(int(tall / 13)):
        for k in range(int(wide / 13)):
            spot = (x - half + 8 + k * 13, foot - tall + 8 + row * 13)
            pen.fill(oval(*spot, 1.7), mix(paper, WHITE, 0.6))
    pen.shape(rect(x - 3, foot - tall, x + 3, foot), ribbon, ink_width=0.6, shade=0)
    middle = foot - tall * 0.56
    pen.shape(rect(x - half, middle - 3, x + half, middle + 3), ribbon, ink_width=0.6, shade=0)
    for side in (-1, 1):
        loop = blob((x, foot - tall), (x + side * 5, foot - tall - 9), (x + side * 13, foot - tall - 8), (x + side * 11, foot - tall - 1))  # fmt: skip
        pen.shape(loop, ribbon, ink_width=0.7)
    pen.shape(oval(x, foot - tall - 1.5, 2.8), ribbon, ink_width=0.6, shade=0)


def _torn_paper(pen: Pen) -> None:
    rng = random.Random(4)
    for x, hue in ((-42, BLUE), (26, GREEN)):
        pen.shape(rect(x - 22, -28, x + 22, 0, 1), mix(hue, WHITE, 0.3))
        pen.shape(poly((x - 22, -28), (x - 34, -40), (x - 12, -42), (x, -28)), hue, ink_width=0.8)
        pen.shape(
            poly((x + 22, -28), (x + 36, -36), (x + 16, -42), (x + 2, -28)), hue, ink_width=0.8
        )
    for index in range(9):
        x, y = -70 + index * 17, -rng.uniform(2, 12)
        scrap = blob((x - 9, y), (x - 3, y - 8), (x + 6, y - 5), (x + 11, y + 2), (x, y + 4))
        pen.shape(scrap, _BRIGHT[index % 5], ink_width=0.7)
    pen.shape(band(path((-20, -4), (-6, -14), (6, -3), (16, -12)), 4, flat=True), YELLOW, ink_width=0.6)  # fmt: skip


def draw_pinata(pen: Pen, look: Look) -> None:
    """A paper donkey on a rope; ``broken`` sweets rain from its belly."""
    pen.ink([(-2, -140), (-2, -62)], 1.0, WOOD)
    broken = look.state == "broken"
    for x, lean in ((-24, -5), (-12, 0), (14, 0), (26, 5)):
        leg = poly((x - 5.5, -30), (x + 5.5, -30), (x + 5 + lean, 0), (x - 5 + lean, 0), corner=1)
        pen.shape(leg, (BLUE, PINK, YELLOW, GREEN)[(x + 24) // 13 % 4], ink_width=0.8)
    neck = poly((16, -52), (34, -82), (46, -74), (34, -36))
    body = join(oval(0, -43, 36, 19), neck)
    pen.shape(body, look.tint(PINK))
    pen.shape(blob((30, -84), (44, -92), (62, -76), (66, -66), (56, -62), (38, -70)), YELLOW)
    for tip in ((28, -106), (40, -107)):
        ear = blob((tip[0] + 6, -86), (tip[0] - 2, -96), tip, (tip[0] + 9, -97), (tip[0] + 12, -88))
        pen.shape(ear, GREEN, ink_width=0.8)
    pen.shape(oval(47, -79, 2.4), DARK, ink_width=0.3, shade=0)
    pen.ink(path((57, -65), (61, -67), (64, -66)), 0.7)
    with pen.clip(body.buffer(-0.8)):
        for index, x in enumerate(range(-34, 42, 13)):
            stripe = poly((x, -70), (x + 7, -70), (x + 5, -20), (x - 2, -20))
            pen.fill(stripe, (YELLOW, BLUE, GREEN)[index % 3])
        for y in (-54, -44, -34):
            for x in range(-36, 44, 8):
                pen.ink([(x, y), (x + 3, y + 5), (x + 6, y)], 0.4)
    for k in range(3):
        pen.shape(
            band(path((-35, -46), (-46, -44 + 5 * k), (-50, -30 + 7 * k)), 4),
            _BRIGHT[k],
            ink_width=0.6,
        )
    if broken:
        _burst(pen)


def _burst(pen: Pen) -> None:
    """A hole in the belly, and what falls out of it."""
    hole = poly(
        (-14, -34), (-6, -42), (2, -36), (12, -43), (16, -30), (8, -24), (-2, -29), (-10, -24)
    )
    pen.shape(hole, DARK, ink_width=0.8, shade=0)
    for index, (x, y) in enumerate(((-16, -12), (-4, -16), (8, -10), (18, -16), (-10, 4), (4, 8), (16, 2), (-22, 10), (26, 12), (-2, 22), (12, 24), (-14, 24))):  # fmt: skip
        hue = _BRIGHT[index % 5]
        for side in (-1, 1):
            pen.shape(poly((x, y), (x + side * 7, y - 3.4), (x + side * 7, y + 3.4)), hue, ink_width=0.5, shade=0)  # fmt: skip
        pen.shape(oval(x, y, 3.6, 3), mix(hue, WHITE, 0.25), ink_width=0.6, shade=0)


def draw_party_popper(pen: Pen, look: Look) -> None:
    """A party popper, its mouth up to the right; ``popping`` paper shoots out."""
    pen.shape(poly((-12, -2), (-7, 1), (14, -16), (4, -26), corner=1), look.tint(RED))
    pen.ink([(-4, -8), (2, -3)], 1.2, YELLOW)
    pen.ink([(1, -14), (8, -8)], 1.2, YELLOW)
    pen.shape(oval(9, -21, 8.4, 3.4, 45), CREAM, ink_width=0.7, shade=0)
    pen.ink(path((-10, 0), (-15, 5), (-12, 10)), 0.6)
    if look.state != "popping":
        return
    for index, (x, y, turn) in enumerate(((18, -34, 20), (28, -30, 60), (24, -46, 100), (38, -40, 30), (34, -56, 80), (14, -48, 140), (48, -50, 10), (44, -28, 50))):  # fmt: skip
        pen.shape(oval(x, y, 4, 2.2, turn), _BRIGHT[index % 5], ink_width=0.4, shade=0)
    curls = (
        ((12, -26), (18, -40), (12, -52), (22, -64)),
        ((15, -23), (30, -30), (36, -44), (52, -40)),
    )
    for index, points in enumerate(curls):
        pen.shape(band(path(*points), 2.6, flat=True), (BLUE, PINK)[index], ink_width=0.5, shade=0)


def draw_party_horn(pen: Pen, look: Look) -> None:
    """A paper blower, its mouthpiece to the left: ``blown`` it is rolled out."""
    pen.shape(poly((-16, -9), (-2, -10.4), (-2, -3.6), (-16, -5)), look.tint(YELLOW), ink_width=0.8)
    if look.state == "rolled up":
        roll = oval(6, -9, 8)
        pen.shape(roll, RED)
        pen.ink(arc(6, -9, 5, 5, 0, 300), 0.6, CREAM)
        return
    tube = rect(-3, -10, 38, -4, 1)
    pen.shape(tube, RED, ink_width=0.8)
    for x in (4, 14, 24, 33):
        pen.fill(poly((x, -9.6), (x + 4, -9.6), (x + 2, -4.4), (x - 2, -4.4)), YELLOW)
    pen.shape(oval(40, -7, 3, 4), RED, ink_width=0.7)


def draw_disco_ball(pen: Pen, look: Look) -> None:
    """A ball of small mirrors that throws spots of light."""
    pen.ink([(0, -90), (0, -44)], 0.8)
    pen.shape(rect(-4, -48, 4, -42, 1), DARK, ink_width=0.6)
    ball = oval(0, -22, 22)
    pen.shape(ball, look.tint(STEEL))
    rng = random.Random(3)
    with pen.clip(ball.buffer(-0.6)):
        for row in range(-3, 4):
            for column in range(-4, 5):
                if rng.random() < 0.5:
                    x, y = column * 6.2, -22 + row * 6.2
                    hue = rng.choice((WHITE, BLUE, PINK, YELLOW, "#9aa2a8"))
                    pen.fill(rect(x - 2.8, y - 2.8, x + 2.8, y + 2.8), hue, 0.9)
        for step in (-13, -5, 5, 13):
            pen.ink(path((step * 0.4, -45), (step, -22), (step * 0.4, 1)), 0.35)
            pen.ink(arc(0, -22 + step - 2, 22, 4, 10, 170), 0.35)
    with pen.canvas.lit():
        for turn in (-70, -35, 35, 70, 120, -120):
            pen.ink([around(0, -22, 26, turn), around(0, -22, 34, turn)], 0.8, YELLOW)


def draw_balloon_arch(pen: Pen, look: Look) -> None:
    """A garland of balloons, large and small, from the floor over a wall or a door to the floor."""
    rng = random.Random(7)
    hues = ("#e3a39a", "#f0cf8e", "#a9c3cc", "#c3cfa8", "#c4b1cf")
    if look.colour:
        hues = (look.colour, mix(look.colour, WHITE, 0.35), mix(look.colour, WHITE, 0.65), CREAM, mix(look.colour, DARK, 0.15))  # fmt: skip
    line = path(
        (-126, -14), (-130, -80), (-112, -154), (-60, -200), (0, -214), (60, -200), (112, -154),
        (130, -80), (126, -14),
    )  # fmt: skip
    steps = np.linspace(0, len(line) - 1, 58).astype(int)
    spots = [
        (x + rng.uniform(-8, 8), y + rng.uniform(-6, 6), (19.0, 11.0, 15.0, 17.0, 9.0)[index % 5])
        for index, (x, y) in enumerate(line[steps].tolist())
    ]
    for index, (x, y, r) in enumerate(sorted(spots, key=lambda spot: -spot[2])):
        hue = hues[index % 5]
        pen.shape(oval(x, y, r * 0.94, r), hue, ink_width=0.7)
        pen.ink(
            arc(x - r * 0.1, y - r * 0.1, r * 0.55, r * 0.6, 195, 255), 0.8, mix(hue, WHITE, 0.7)
        )


def draw_drinks_table(pen: Pen, look: Look) -> None:
    """A sideboard with doors, for drinks and music."""
    wood = look.tint("#b48a62")
    for x in (-66, 66):
        pen.shape(
            poly((x - 4, -16), (x + 4, -16), (x + 2, 0), (x - 2, 0)),
            mix(wood, DARK, 0.3),
            ink_width=0.7,
        )
    pen.shape(rect(-78, -82, 78, -12, 2), wood, ink_width=0.8)
    for x in (-52, 0, 52):
        pen.shape(rect(x - 23, -74, x + 23, -19, 1), mix(wood, WHITE, 0.16), ink_width=0.6, shade=0)
        pen.shape(oval(x + 16, -46, 2.4), YELLOW, ink_width=0.5, shade=0)
    pen.shape(poly((-84, -82), (-78, -92), (78, -92), (84, -82)), mix(wood, WHITE, 0.34), ink_width=0.7, shade=0)  # fmt: skip
    pen.shape(rect(-84, -84, 84, -79, 1), mix(wood, WHITE, 0.1), ink_width=0.8)


def draw_top_hat(pen: Pen, look: Look) -> None:
    """A magician's top hat, its opening up; with ``rabbit`` a rabbit looks out."""
    felt = look.tint(DARK)
    if look.state == "rabbit":
        for side in (-1, 1):
            ear = blob(
                (side * 3, -42), (side * 3, -58), (side * 8, -72), (side * 11, -58), (side * 8, -44)
            )
            pen.shape(ear, WHITE, ink_width=0.8)
            pen.fill(oval(side * 7, -57, 1.9, 8, side * 6), PINK)
        pen.shape(oval(0, -37, 12, 11), WHITE, ink_width=0.9)
        for side in (-1, 1):
            pen.shape(oval(side * 4.6, -39, 1.5, 2), DARK, ink_width=0.3, shade=0)
            pen.ink([(side * 3, -33), (side * 11, -32)], 0.35)
        pen.shape(oval(0, -34.6, 1.8, 1.3), PINK, ink_width=0.4, shade=0)
    pen.shape(poly((-15, -27), (15, -27), (13, 0), (-13, 0), corner=1.5), felt)
    pen.shape(rect(-15, -22, 15, -16), RED, ink_width=0.6, shade=0)
    pen.shape(oval(0, -28, 23, 4.4), felt)
    if look.state != "rabbit":
        pen.shape(oval(0, -29, 14.4, 2.6), mix(felt, "#000000", 0.3), ink_width=0.4, shade=0)


def draw_paper_cup(pen: Pen, look: Look) -> None:
    """A paper cup with a straw; ``tipped`` its drink runs out."""
    paper = look.tint(YELLOW)
    if look.state == "tipped":
        pool = blob((8, -1), (16, -5), (30, -4), (42, -1), (30, 3), (12, 2))
        pen.shape(pool, "#e0954e", ink_width=0.6, shade=0)
        pen.shape(poly((-14, -13), (10, -15), (10, 0), (-14, -2), corner=1), paper)
        pen.shape(oval(10, -7.5, 3, 7.5), "#e0954e", ink_width=0.7, shade=0)
        return
    pen.ink([(2, -18), (7, -32), (12, -34)], 1.5, RED)
    pen.shape(poly((-8, -20), (8, -20), (6, 0), (-6, 0), corner=0.8), paper)
    for y in (-14, -8):
        pen.ink([(-7 - y * 0.02, y), (7 + y * 0.02, y)], 0.7, WHITE)
    pen.shape(oval(0, -20, 8.2, 2), WHITE, ink_width=0.7, shade=0)


def draw_pinata_stick(pen: Pen, look: Look) -> None:
    """A striped stick to hit a piñata with."""
    pen.shape(limb([(0, 0), (0, -78)], 2.6, 3.2), look.tint(PALE_WOOD))
    for index, y in enumerate((-18, -34, -50, -66)):
        pen.shape(
            poly((-3, y), (3, y - 5), (3, y - 11), (-3, y - 6)),
            _BRIGHT[index],
            ink_width=0.4,
            shade=0,
        )


KINDS = (
    PropKind(
        "party table", (244, 90), draw_party_table, ("plain", "messy"),
        surface=Surface(77, (0, -66, 66, -34, 34, -96, 96)), weight=0.9,
        approach=Approach(0, 84, ahead=(-0.06, -0.004), weight=2.0),
    ),
    PropKind(
        "bunting", (224, 60), draw_bunting, ("plain", "fallen"), hangs=188, far=True, weight=0.75,
        sizes={"fallen": (110, 90)},shifts={"fallen": 75.0}),
    PropKind(
        "paper lantern", (56, 90), draw_paper_lantern, ("plain", "lit"), hangs=206, weight=0.8,
        grips=((0, -80),), carry="raised",
    ),
    PropKind(
        "streamers", (112, 100), draw_streamers, ("hanging", "flying"), hangs=176, weight=0.8,
        solid=(20, 90), grips=((0, -90),), carry="raised",
    ),
    PropKind(
        "pile of presents", (150, 84), draw_present_pile, ("wrapped", "unwrapped"), scale=0.84,
    ),
    PropKind(
        "pinata", (120, 142), draw_pinata, ("plain", "broken"), hangs=112,
        grips=((-2, -64),), carry="raised",
    ),
    PropKind("pinata stick", (8, 82), draw_pinata_stick, grips=((0, -10),), carry="front", lies=True),
    PropKind(
        "party popper", (28, 30), draw_party_popper, ("plain", "popping"),
        grips=((-6, -4),), carry="front", sizes={"popping": (66, 66)},
     scale=0.56, shifts={"popping": -20.0}),
    PropKind(
        "party horn", (60, 13), draw_party_horn, ("blown", "rolled up"),
        grips=((-12, -7),), carry="mouth", scale=0.7, weight=0.7,
    ),
    PropKind("disco ball", (60, 92), draw_disco_ball, hangs=196, weight=0.85),
    PropKind(
        "balloon arch", (284, 234), draw_balloon_arch, hangs=3, far=True, scale=0.84, weight=0.75,
    ),
    PropKind(
        "sideboard", (170, 94), draw_drinks_table, surface=Surface(86, (-50, 0, 50)), far=True,
        weight=0.85,
    ),
    PropKind(
        "top hat", (48, 36), draw_top_hat, ("empty", "rabbit"), grips=((-12, -6), (12, -6)),
        carry="two", sizes={"rabbit": (48, 74)},
     scale=0.84),
    PropKind(
        "paper cup", (18, 36), draw_paper_cup, ("plain", "tipped"), grips=((0, -8),),
        carry="front", sizes={"tipped": (60, 17)}, scale=0.6, weight=0.66,shifts={"tipped": -14.0}),
)  # fmt: skip
