"""Food of a kitchen: what is baked, poured, broken and eaten there."""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import spill, splashes, steam
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    WHITE,
    YELLOW,
    Look,
    PropKind,
)

CRUST = "#d39a55"
SHELL = "#e8cda8"
YOLK = "#f0b43a"
FLOUR = "#fbf8ee"
PANCAKE = "#e2ae62"
LEAF = "#7d9a5b"
CARROT = "#dd8a3e"
TOMATO = "#c8553d"


def draw_milk_carton(pen: Pen, look: Look) -> None:
    """A gabled carton of milk; ``spilled`` it lies in a white pool."""
    hue = look.tint(BLUE)
    if look.state == "spilled":
        spill(pen, 26, 1, 34, WHITE)
        pen.shape(rect(-32, -17, -2, 0, 1), WHITE)
        pen.shape(rect(-25, -17, -14, 0), hue, ink_width=0.6, shade=0)
        pen.shape(
            poly((-2, -17), (9, -11), (9, -6), (-2, 0), corner=0.5),
            mix(WHITE, DARK, 0.08),
            ink_width=0.8,
        )
        pen.shape(rect(8, -12, 12, -5, 0.6), WHITE, ink_width=0.7, shade=0)
        pen.shape(
            limb(path((11, -7), (16, -5), (20, -1)), 2.2, 2.6, 3.4), WHITE, ink_width=0.6, shade=0
        )
        return
    pen.shape(
        poly((8, -25), (13, -27), (13, -2), (8, 0)), mix(WHITE, DARK, 0.14), ink_width=0.7, shade=0
    )
    pen.shape(rect(-9, -25, 8, 0, 0.6), WHITE, ink_width=0.9)
    pen.shape(rect(-9, -19, 8, -9), hue, ink_width=0.5, shade=0)
    write(pen, "MILK", (-0.5, -14), 14, 6, WHITE, hue)
    pen.shape(
        poly((8, -25), (13, -27), (9, -34), (6, -34)), mix(WHITE, DARK, 0.1), ink_width=0.7, shade=0
    )
    pen.shape(poly((-9, -25), (8, -25), (7, -33.4), (-7, -33.4)), WHITE, ink_width=0.8, shade=0)
    pen.shape(rect(-7.4, -37, 9, -33, 0.6), hue, ink_width=0.7, shade=0)


def draw_egg_carton(pen: Pen, look: Look) -> None:
    """An open carton of eggs; ``dropped`` it lies among broken ones."""
    hue = look.tint("#b9ab97")
    if look.state == "dropped":
        for x, half in ((-26, 15), (22, 18)):
            _broken_egg(pen, x, half)
        pen.shape(poly((-20, -8), (14, -26), (20, -16), (-14, 0), corner=2), hue)
        for x, y in ((-10, -8), (-1, -12.6), (8, -17.4)):
            pen.shape(oval(x, y, 3.6, 3, -28), mix(hue, DARK, 0.2), ink_width=0.5, shade=0)
        return
    lid = poly((-24, -12), (-21, -27), (21, -27), (24, -12), corner=1.6)
    pen.shape(lid, mix(hue, WHITE, 0.2))
    for x in (-12, 0, 12):
        pen.ink(arc(x, -19, 5, 4, 180, 360), 0.4, mix(hue, DARK, 0.4))
    for row, y in ((0, -13.0), (1, -9.4)):
        for x in (-18, -9, 0, 9, 18):
            pen.shape(
                oval(x + row * 0.5, y, 4.0, 5.4),
                SHELL if (x + row) % 2 == 0 else mix(SHELL, WHITE, 0.5),
                ink_width=0.6,
            )
    cups = join(
        *(limb([(x, -7), (x * 0.96, -3)], 5.4, 4) for x in (-18, -9, 0, 9, 18)),
        rect(-24, -8, 24, -4, 1.4),
    )
    pen.shape(cups, hue)


def draw_egg(pen: Pen, look: Look) -> None:
    """An egg; ``broken`` it is a splash of yolk between shells."""
    if look.state == "broken":
        _broken_egg(pen, 0, 20)
        return
    pen.shape(
        blob(
            (-5.4, -5.4),
            (-4.2, -10.6),
            (0, -14),
            (4.2, -10.6),
            (5.4, -5.4),
            (3.4, -1),
            (0, 0),
            (-3.4, -1),
        ),
        look.tint(SHELL),
        ink_width=0.8,
    )


def _broken_egg(pen: Pen, x: float, half: float) -> None:
    s = half / 20
    outline = (
        (-20, -1),
        (-12, -4),
        (-2, -3),
        (8, -5),
        (19, -2),
        (20, 2),
        (9, 3),
        (-2, 5),
        (-14, 3),
    )
    pen.shape(blob(*((x + a * s, b * s) for a, b in outline)), "#fbf3d9", ink_width=0.6, shade=0)
    pen.shape(oval(x + 1 * s, -1.6 * s, 6.4 * s, 4 * s), YOLK, ink_width=0.6)
    pen.fill(oval(x - 1 * s, -3 * s, 1.8 * s, 0.8 * s), WHITE)
    for dx, lean in ((-14, -14.0), (13, 18.0)):
        a, b = x + dx * s, -2 * s
        shell = poly((a - 5 * s, b - 5 * s), (a - 2.6 * s, b - 3 * s), (a - 0.6 * s, b - 6 * s), (a + 1.8 * s, b - 3 * s), (a + 4.6 * s, b - 5.4 * s + lean * 0.04), (a + 3.4 * s, b + 1.2 * s), (a, b + 2.6 * s), (a - 3.6 * s, b + 1.2 * s), corner=0.4)  # fmt: skip
        pen.shape(shell, SHELL, ink_width=0.6)


def draw_pie(pen: Pen, look: Look) -> None:
    """A pie with a lattice; steaming, or burnt."""
    crust = "#5a423a" if look.state == "burnt" else look.tint(CRUST)
    pen.shape(
        poly((-24, -8), (24, -8), (18, 0), (-18, 0), corner=1.6),
        mix("#8fb0b8", DARK, 0.3 if look.state == "burnt" else 0),
    )
    filling = "#3b2d2b" if look.state == "burnt" else "#b5503f"
    dome = blob((-25, -9), (-18, -15), (0, -18), (18, -15), (25, -9), (0, -6))
    pen.shape(dome, filling, shade=0.5)
    with pen.clip(dome.buffer(-0.8)):
        for index in range(-3, 4):
            x = index * 8.4
            for lean in (-9, 9):
                strip_ = poly(
                    (x - lean - 1.7, -4),
                    (x - lean + 1.7, -4),
                    (x + lean + 1.7, -20),
                    (x + lean - 1.7, -20),
                )
                pen.shape(strip_, crust, ink_width=0.4, shade=0)
    rim = join(
        *(
            oval(x, -8.4 + (x / 26) ** 2 * -1.2 + 1.2, 4, 3)
            for x in (-23, -17.4, -11.6, -5.8, 0, 5.8, 11.6, 17.4, 23)
        )
    )
    pen.shape(rim, mix(crust, WHITE, 0.1), ink_width=0.7)
    if look.state == "steaming":
        steam(pen, 0, -22, 20)
    if look.state == "burnt":
        for x in (-10, 4, 14):
            pen.ink(path((x, -20), (x + 3, -26), (x - 3, -33), (x + 3, -40)), 0.8, "#8c8890")


def draw_pizza(pen: Pen, look: Look) -> None:
    """A pizza; a slice may be missing."""
    disc, cheese = oval(0, -8, 30, 8), oval(0, -8.4, 26, 6.4)
    edge = join(disc, rect(-30, -8, 30, -6), oval(0, -6, 30, 8))
    if look.state == "eaten":
        gap = poly((0, -8), (34, -8), (30, 4), (12, 4))
        disc, cheese, edge = (each.difference(gap) for each in (disc, cheese, edge))
    pen.shape(edge, mix(CRUST, DARK, 0.14))
    pen.shape(disc, CRUST, ink_width=0.7)
    pen.shape(cheese, "#f0cd6c", ink_width=0.6, shade=0)
    for x, y in ((-17, -7), (-8, -10.6), (-6, -4.6), (5, -11.4), (4, -4), (15, -9.4), (16, -5)):
        if cheese.buffer(-2).contains(oval(x, y, 1)):
            pen.shape(oval(x, y, 4.2, 1.9), TOMATO, ink_width=0.5, shade=0)
    for x, y in ((-12, -4.4), (-1, -7.8), (-14, -10), (10, -7)):
        if cheese.contains(oval(x, y, 1)):
            pen.shape(oval(x, y, 2.8, 1.1, 20), LEAF, ink_width=0.4, shade=0)


def draw_pancake(pen: Pen, look: Look) -> None:
    """A pancake: lying, flying with turned-up edges, hanging limp where it is stuck, or a pile."""
    hue = look.tint(PANCAKE)
    brown = mix(hue, "#8a5228", 0.5)
    if look.state == "stuck":
        _limp_pancake(pen, hue, brown)
        return
    if look.state == "stack":
        for index in range(5):
            y = -4 - index * 4.6
            pen.shape(
                oval((index * 5) % 3 - 1, y, 19, 4),
                hue if index % 2 else mix(hue, CREAM, 0.25),
                ink_width=0.7,
            )
        syrup = blob(
            (-11, -24),
            (0, -26),
            (11, -24),
            (13, -17),
            (10, -11),
            (8, -18),
            (0, -20),
            (-5, -15),
            (-9, -19),
        )
        pen.shape(syrup, "#a8602f", ink_width=0.5)
        pen.shape(
            poly((-4, -29), (3, -30), (5, -25), (-3, -24), corner=0.6), "#f4dd74", ink_width=0.5
        )
        return
    if look.state == "flying":
        body = blob((-20, -12), (-10, -8), (4, -9), (20, -16), (14, -5), (0, 0), (-12, -2))
        pen.shape(body, hue)
        pen.shape(
            blob((-17, -11), (-8, -7.4), (4, -8.4), (17, -14), (8, -5), (-8, -4.6)),
            brown,
            ink_width=0.4,
            shade=0,
        )
        for line in (((-13, 6), (-14, 13)), ((0, 6), (0, 15)), ((12, 3), (13, 10))):
            pen.ink(line, 0.7, "#6d6472")
        return
    pen.shape(oval(0, -3.4, 19, 4), hue)
    pen.fill(oval(-1, -4, 13, 2.2), brown, 0.5)


def _limp_pancake(pen: Pen, hue: str, brown: str) -> None:
    """A pancake that hangs over an edge: its far half lies, its near half droops."""
    pen.shape(oval(1, -26, 18.4, 4.6, -3), mix(hue, "#8a5228", 0.22), ink_width=0.8)
    droop = blob(
        (-19.4, -25), (-19, -15), (-13, -5), (-2, 0), (10, -3.6), (18, -12), (19.6, -25),
        (10, -27.6), (-10, -27.4),
    )  # fmt: skip
    pen.shape(droop, hue)
    baked = blob(
        (-15.4, -24.4), (-15, -15), (-10, -8), (-2, -4.2), (7.6, -7), (14, -13), (15.4, -24.4),
        (8, -26), (-8, -26),
    )  # fmt: skip
    pen.fill(baked, brown, 0.6)
    for x, y, size in ((-8, -16, 2.4), (2, -19, 1.8), (8, -13, 2.6), (-2, -9, 1.8)):
        pen.fill(oval(x, y, size, size * 0.8), hue, 0.8)
    for x, length in ((-11, 8), (5, 6), (13, 9)):
        pen.ink(
            path((x, -26), (x - 0.6, -26 + length / 2), (x + 0.4, -26 + length)), 0.5, "#8a5228"
        )


def draw_flour_bag(pen: Pen, look: Look) -> None:
    """A paper bag of flour; ``burst`` it lies in a heap under a white cloud."""
    paper = look.tint("#e8d5b0")
    if look.state == "burst":
        _flour_cloud(pen)
        pen.shape(
            blob(
                (-46, 0),
                (-30, -6),
                (-8, -10),
                (18, -12),
                (40, -4),
                (54, 1),
                (30, 5),
                (-10, 6),
                (-36, 4),
            ),
            FLOUR,
            ink_width=0.7,
        )
        body = poly(
            (-26, -2),
            (-30, -20),
            (-24, -26),
            (2, -28),
            (9, -22),
            (6, -17),
            (12, -13),
            (5, -9),
            (9, -3),
            (0, 0),
            corner=1,
        )
        pen.shape(body, paper)
        write(pen, "FLOUR", (-11, -13), 25, 8, TOMATO, paper, degrees=-5)
        for x, y in ((24, -6), (34, -2), (-38, -1)):
            pen.ink(arc(x, y, 4, 1.6, 190, 330), 0.4, "#b9b2a2")
        return
    pen.shape(
        poly((-13, -30), (13, -30), (15, -2), (13, 0), (-13, 0), (-15, -2), corner=1.4), paper
    )
    pen.shape(
        poly((-13, -36), (13, -36), (13.6, -28), (-13.6, -28), corner=1),
        mix(paper, WHITE, 0.3),
        ink_width=0.8,
    )
    pen.ink([(-12, -32), (12, -32)], 0.4, DARK_WOOD)
    pen.shape(rect(-12, -22, 12, -8, 1), FLOUR, ink_width=0.5, shade=0)
    write(pen, "FLOUR", (0, -15), 20, 9, TOMATO, FLOUR)


def _flour_cloud(pen: Pen) -> None:
    puffs = (
        (-30, -26, 15),
        (-16, -44, 17),
        (6, -54, 18),
        (28, -42, 16),
        (40, -24, 13),
        (8, -30, 24),
    )
    cloud = join(*(oval(x, y, r, r * 0.86) for x, y, r in puffs))
    pen.shape(cloud, FLOUR, ink_width=0.5, ink_colour="#a9a396", shade=0)
    for x, y, r in ((-16, -44, 9), (8, -52, 10), (28, -40, 8), (-30, -26, 7)):
        pen.ink(arc(x, y, r, r * 0.8, 190, 300), 0.5, "#c4bdae")
    for x, y in ((-46, -40), (-36, -58), (-8, -70), (26, -66), (48, -50), (56, -30)):
        pen.shape(oval(x, y, 1.8), FLOUR, ink_width=0.4, ink_colour="#a9a396", shade=0)


def draw_fruit_bowl(pen: Pen, look: Look) -> None:
    """A bowl of apples, a pear, grapes and bananas."""
    hue = look.tint("#8fb0c4")
    pen.shape(
        limb(path((-18, -16), (-10, -26), (4, -30), (14, -27)), 2.4, 4.2, 4.0, 1.4),
        YELLOW,
        ink_width=0.7,
    )
    pen.shape(limb([(13, -20), (15, -32)], 7, 3.6), "#b7c75c", ink_width=0.7)
    pen.ink([(15, -35), (16, -38.4)], 0.8, DARK_WOOD)
    _apple(pen, -11, -13, 8.6, TOMATO)
    _apple(pen, 4, -12, 8.8, "#a9b95a")
    for x, y in ((17, -16), (21, -17), (19, -12), (23, -12.6)):
        pen.shape(oval(x, y, 3), "#7d64a0", ink_width=0.5)
    pen.shape(
        blob((-25, -13), (-20, -5), (-9, -0.6), (9, -0.6), (20, -5), (25, -13), (0, -10)), hue
    )
    pen.ink(path((-22, -9), (0, -5.6), (22, -9)), 0.7, WHITE)
    pen.shape(rect(-9, -2, 9, 0, 0.8), mix(hue, DARK, 0.2), ink_width=0.6, shade=0)


def _apple(pen: Pen, x: float, y: float, r: float, hue: str) -> None:
    body = blob((x - r, y - 1), (x - r * 0.7, y - r * 0.86), (x, y - r * 0.66), (x + r * 0.7, y - r * 0.86), (x + r, y - 1), (x + r * 0.6, y + r * 0.84), (x, y + r * 0.76), (x - r * 0.6, y + r * 0.84))  # fmt: skip
    pen.shape(body, hue, ink_width=0.8)
    pen.ink(path((x, y - r * 0.62), (x + 0.6, y - r * 1.1), (x + 1.6, y - r * 1.3)), 0.9, DARK_WOOD)
    pen.shape(oval(x + r * 0.5, y - r * 1.1, r * 0.34, r * 0.16, -24), LEAF, ink_width=0.5, shade=0)
    pen.fill(oval(x - r * 0.45, y - r * 0.28, r * 0.16, r * 0.26, 20), WHITE, 0.7)


def draw_apple(pen: Pen, look: Look) -> None:
    """An apple, whole or bitten."""
    hue = look.tint(TOMATO)
    _apple(pen, 0, -7, 8, hue)
    if look.state == "bitten":
        pen.shape(join(oval(7.4, -8.4, 3.2), oval(6.4, -4.4, 2.8)), CREAM, ink_width=0.6, shade=0)


def draw_banana(pen: Pen, look: Look) -> None:
    """A banana; ``peel`` is what somebody may slip on."""
    hue = look.tint("#efc94c")
    if look.state == "peel":
        for tip in ((-17, -1), (17, -1), (-8, 2), (9, 2.4)):
            pen.shape(
                limb(path((0, -9), (tip[0] * 0.6, -6), tip), 3.0, 3.4, 1.6), hue, ink_width=0.7
            )
        pen.shape(limb([(0, -7), (1, -14)], 3.2, 1.6), hue, ink_width=0.7)
        pen.shape(oval(1, -15, 1.5), DARK_WOOD, ink_width=0.5, shade=0)
        return
    pen.shape(
        limb(path((-16, -13), (-10, -5), (2, -3), (13, -9), (17, -15)), 1.6, 4.0, 4.8, 3.8, 1.4),
        hue,
    )
    pen.ink(path((-11, -7), (1, -4), (11, -9)), 0.4, "#a97f2c")
    pen.shape(oval(17.4, -16, 1.5), DARK_WOOD, ink_width=0.5, shade=0)


def draw_carrot(pen: Pen, look: Look) -> None:
    """A carrot, its leaves up."""
    for x, top in ((-5, -31), (0, -35), (5, -31)):
        pen.shape(
            limb(path((0, -21), (x * 0.5, -26), (x, top)), 1.2, 2.2, 1.2),
            LEAF,
            ink_width=0.5,
            shade=0,
        )
    pen.shape(limb([(0, 0), (0, -10), (0, -20)], 0.9, 3.6, 4.6), look.tint(CARROT), ink_width=0.8)
    for left, y in ((-3, -17), (0.6, -12), (-2, -8)):
        pen.ink([(left, y), (left + 2.8, y - 0.4)], 0.4, "#9a5524")


def draw_biscuits(pen: Pen, look: Look) -> None:
    """A plate of biscuits, or crumbs alone."""
    hue = look.tint("#d3a05c")
    pen.shape(oval(0, -2.4, 19, 3.4), WHITE)
    if look.state == "crumbs":
        for x, y in ((-9, -3), (-3, -2), (2, -3.6), (8, -2.4), (12, -3.2), (-13, -2)):
            pen.shape(oval(x, y, 1.2, 0.9), hue, ink_width=0.4, shade=0)
        return
    for x, y in ((-9, -5), (9, -5), (0, -6), (-5, -10), (5, -10), (0, -14)):
        pen.shape(oval(x, y, 7, 3.2), hue, ink_width=0.6)
        for a, b in ((-3, 0.2), (0, -1), (3, 0.4)):
            pen.fill(oval(x + a, y + b, 0.8, 0.6), DARK_WOOD)


def draw_cheese(pen: Pen, look: Look) -> None:
    """A wedge of cheese with holes."""
    hue = look.tint("#eec862")
    pen.shape(
        poly((-18, -9), (18, -9), (10, -19), corner=0.6),
        mix(hue, WHITE, 0.3),
        ink_width=0.8,
        shade=0,
    )
    pen.shape(poly((-18, -9), (18, -9), (18, 0), (-18, 0), corner=0.6), hue)
    for x, y, r in ((-9, -4.6, 2.4), (2, -5.6, 1.8), (11, -3.6, 2.6), (6, -13, 1.6)):
        pen.shape(oval(x, y, r, r * 0.86), mix(hue, DARK_WOOD, 0.35), ink_width=0.4, shade=0)


def draw_spaghetti(pen: Pen, look: Look) -> None:
    """A plate of spaghetti with sauce; ``dropped`` it lies on the floor."""
    pasta = look.tint("#ecd086")
    spread = look.state == "dropped"
    if spread:
        pen.shape(oval(-26, -10, 5, 16, 38), WHITE)
    else:
        pen.shape(oval(0, -3, 24, 4.2), WHITE)
    half, top = (32.0, 9.0) if spread else (17.0, 14.0)
    _strands(pen, pasta, half, top)
    sauce = (
        (-half * 0.44, -top * 0.94),
        (-half * 0.2, -top - 2.6),
        (half * 0.2, -top - 2.6),
        (half * 0.44, -top * 0.94),
        (half * 0.36, -top * 0.56),
        (half * 0.12, -top * 0.7),
        (-half * 0.14, -top * 0.5),
    )
    pen.shape(blob(*sauce), TOMATO, ink_width=0.6)
    for x, y in ((-0.16, 1.06), (0.14, 0.94)):
        pen.shape(oval(x * half, -y * top, 2.6, 2.2), "#8a4a35", ink_width=0.5)
    if spread:
        splashes(pen, ((-46, -6, 2), (42, -7, 2.2), (36, -13, 1.8)), TOMATO)
    else:
        steam(pen, 0, -21, 12, 2)


def _strands(pen: Pen, pasta: str, half: float, top: float) -> None:
    heap = blob(
        (-half, -2), (-half * 0.74, -top * 0.68), (0, -top), (half * 0.74, -top * 0.68),
        (half, -2.4), (half * 0.4, -1), (-half * 0.4, -1),
    )  # fmt: skip
    loops = [
        limb(path((x * half, -4), ((x + 0.1) * half, -1.4), ((x + 0.24) * half, -3.6)), 1.2, 1.2)
        for x in (-0.98, -0.5, 0.1, 0.66)
    ]
    pen.shape(join(heap, *loops), pasta)
    for index in range(9):
        x = (index / 4 - 1) * half * 0.66
        y = -top * (0.3 if index % 2 else 0.52)
        pen.ink(arc(x, y, half * 0.24, top * 0.34, 180 + index * 13, 350), 0.45, "#a9823c")


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "milk carton",
        (24, 38),
        draw_milk_carton,
        ("plain", "spilled"),
        grips=((0, -12),),
        carry="front",
        sizes={"spilled": (96, 20)},
        scale=0.72,
        shifts={"spilled": -14.0},
    ),
    PropKind(
        "egg carton",
        (48, 28),
        draw_egg_carton,
        ("plain", "dropped"),
        grips=((-20, -5), (20, -5)),
        carry="two",
        sizes={"dropped": (82, 30)},
        scale=0.68,
    ),
    PropKind(
        "egg",
        (11, 14),
        draw_egg,
        ("plain", "broken"),
        grips=((0, -4),),
        carry="front",
        sizes={"broken": (42, 14)},
        scale=0.62,
        weight=0.66,
    ),
    PropKind(
        "pie",
        (52, 19),
        draw_pie,
        ("plain", "steaming", "burnt"),
        grips=((-19, -5), (19, -5)),
        carry="two",
        sizes={"steaming": (52, 43), "burnt": (52, 41)},
        scale=0.7,
    ),
    PropKind(
        "pizza",
        (62, 17),
        draw_pizza,
        ("plain", "eaten"),
        grips=((-26, -6), (26, -6)),
        carry="two",
        scale=0.72,
    ),
    PropKind(
        "pancake",
        (39, 9),
        draw_pancake,
        ("plain", "flying", "stuck", "stack"),
        grips=((0, -3),),
        carry="front",
        airs={"flying": 130},
        sizes={"flying": (42, 32), "stuck": (41, 31), "stack": (40, 31)},
        scale=0.7,
    ),
    PropKind(
        "flour bag",
        (31, 37),
        draw_flour_bag,
        ("plain", "burst"),
        grips=((-12, -8), (12, -8)),
        carry="two",
        sizes={"burst": (108, 76)},
        scale=0.78,
    ),
    PropKind(
        "fruit bowl", (51, 39), draw_fruit_bowl, grips=((-22, -8), (22, -8)), carry="two", scale=0.8
    ),
    PropKind(
        "apple",
        (17, 18),
        draw_apple,
        ("plain", "bitten"),
        grips=((-3, -5),),
        carry="front",
        scale=0.66,
        weight=0.66,
    ),
    PropKind(
        "banana",
        (36, 18),
        draw_banana,
        ("plain", "peel"),
        grips=((-6, -5),),
        carry="front",
        scale=0.64,
    ),
    PropKind(
        "carrot", (13, 36), draw_carrot, grips=((0, -12),), carry="front", lies=True, scale=0.7
    ),
    PropKind(
        "biscuits",
        (39, 18),
        draw_biscuits,
        ("plain", "crumbs"),
        grips=((-15, -3), (15, -3)),
        carry="front",
        sizes={"crumbs": (39, 7)},
        scale=0.72,
    ),
    PropKind("cheese", (37, 20), draw_cheese, grips=((-4, -4),), carry="front", scale=0.62),
    PropKind(
        "spaghetti",
        (49, 33),
        draw_spaghetti,
        ("plain", "dropped"),
        grips=((-19, -3), (19, -3)),
        carry="two",
        sizes={"dropped": (86, 26)},
        scale=0.72,
    ),
)
