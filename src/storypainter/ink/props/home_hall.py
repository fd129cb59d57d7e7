"""What a hallway has: stairs, the front door, coats on hooks, a hall table, keys."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
)
from storypainter.ink.props.views import draw_view, sky_of

BRASS = "#c39a4e"
PAINT = "#f6f1e3"
_STEPS = 10
_HALF, _NARROWS = 61.0, 1.5  # half of the lowest step's width, and how much each further one loses


def _treads() -> list[tuple[float, float, float]]:
    """(half width, lower edge, upper edge of the riser) of every step, in cm above the floor."""
    steps, y, half, riser, tread = [], 0.0, _HALF, 17.0, 6.4
    for _ in range(_STEPS):
        steps.append((half, y, y + riser))
        y += riser + tread
        riser, tread, half = riser * 0.965, tread * 0.92, half - _NARROWS
    return steps


def draw_stairs(pen: Pen, look: Look) -> None:
    """A flight of stairs with a runner and banisters that leads up through an opening in the wall."""
    dark = look.ground.dark
    steps = _treads()
    top = steps[-1][2]
    pen.shape(rect(-70, -246, 70, 0), PAINT, ink_width=0.9)
    beyond = "#3a4160" if dark else "#e6d8bb"
    pen.shape(rect(-63, -239, 63, 0), beyond, ink_width=0.7, shade=0)
    _landing(pen, beyond, top)
    wood = "#c6a071"
    for half, low, high in reversed(steps):
        pen.shape(rect(-half, -high, half, -low), mix(wood, WHITE, 0.34), ink_width=0.6, shade=0)
    for index, (half, _, high) in enumerate(steps):
        above = steps[index + 1] if index + 1 < _STEPS else (half - 1, high + 4, 0.0)
        tread = poly((-half, -high), (half, -high), (above[0], -above[1]), (-above[0], -above[1]))
        pen.shape(tread, wood, ink_width=0.6, shade=0)
    _runner(pen, steps, look.tint("#a9594c"))
    for side in (-1, 1):
        # it goes on up behind the wall over the opening
        with pen.clip(rect(-80, -240, 80, 0)):
            _banister(pen, steps, side)
        _newel(pen, side)
    pen.shape(rect(-70, -246, 70, -239), PAINT, ink_width=0.8, shade=0)


def _landing(pen: Pen, beyond: str, top: float) -> None:
    with pen.clip(rect(-62, -238, 62, 0)):
        pen.fill(rect(-63, -top - 12, 63, 0), mix(beyond, "#7a513a", 0.3))
        pen.ink([(-63, -top - 12), (63, -top - 12)], 0.5)
        pen.shape(
            rect(-14, -236, 14, -top - 22), mix(beyond, DARK_WOOD, 0.4), ink_width=0.6, shade=0
        )
        pen.shape(
            rect(-10.6, -233, 10.6, -top - 25.4), mix(beyond, BLUE, 0.4), ink_width=0.4, shade=0
        )


def _runner(pen: Pen, steps: list[tuple[float, float, float]], hue: str) -> None:
    for index, (half, low, high) in enumerate(steps):
        wide = half * 0.56
        above = steps[index + 1] if index + 1 < len(steps) else (half - 1, high + 4, 0.0)
        pen.shape(rect(-wide, -high, wide, -low), hue, ink_width=0.5, shade=0)
        cover = poly(
            (-wide, -high),
            (wide, -high),
            (above[0] * 0.56, -above[1]),
            (-above[0] * 0.56, -above[1]),
        )
        pen.shape(cover, mix(hue, WHITE, 0.2), ink_width=0.5, shade=0)
        for share in (-0.82, 0.82):
            pen.ink([(wide * share, -high), (wide * share, -low)], 0.7, mix(hue, YELLOW, 0.6))
        pen.ink([(-wide - 3, -low - 1.2), (wide + 3, -low - 1.2)], 0.8, BRASS)


def _banister(pen: Pen, steps: list[tuple[float, float, float]], side: int) -> None:
    wood = WOOD
    foot, head = (side * 65.0, -96.0), (side * 48.0, -steps[-1][2] - 60.0)

    def rail(share: float) -> Point:
        return foot[0] + (head[0] - foot[0]) * share, foot[1] + (head[1] - foot[1]) * share

    for index, (half, _, high) in enumerate(steps[1:], 1):
        x, y = rail(index / (len(steps) - 0.4))
        pen.shape(
            limb([(side * (half - 1), -high - 2), (x, y)], 1.5, 1.3), PAINT, ink_width=0.5, shade=0
        )
    pen.shape(limb([foot, head], 3.4, 2.4), wood, ink_width=0.8)


def _newel(pen: Pen, side: int) -> None:
    """The post at the foot of a banister."""
    wood = WOOD
    pen.shape(rect(side * 67 - 6, -98, side * 67 + 6, 0, 1), wood, ink_width=0.9)
    pen.shape(rect(side * 67 - 8, -14, side * 67 + 8, 0, 1), mix(wood, DARK, 0.1), ink_width=0.7)
    pen.shape(
        rect(side * 67 - 8, -101, side * 67 + 8, -95, 1), mix(wood, WHITE, 0.2), ink_width=0.8
    )
    pen.shape(oval(side * 67, -107, 7.6), wood, ink_width=0.9)
    pen.ink([(side * 67, -86), (side * 67, -24)], 0.5, mix(wood, DARK, 0.4))


def draw_front_door(pen: Pen, look: Look) -> None:
    """The door of a house from within, a fanlight above: closed, ajar, or open on the outside."""
    hue = look.tint("#5f7f8f")
    frame = rect(-56, -226, 56, 0).difference(rect(-46, -216, 46, 1))
    if look.state == "closed":
        pen.shape(rect(-46, -178, 46, -0.6), hue, ink_width=0.8)
        _door_panels(pen, hue)
    else:
        draw_view(pen, look.ground, -46, -178, 46, 0)
        _garden_path(pen, look)
    draw_view(pen, look.ground, -46, -216, 46, -184, land=False)
    for x in (-16, 16):
        pen.shape(rect(x - 1.6, -216, x + 1.6, -184), PAINT, ink_width=0.4, shade=0)
    pen.shape(rect(-50, -185, 50, -177), PAINT, ink_width=0.6, shade=0)
    pen.shape(frame, PAINT)
    pen.shape(rect(-52, -4, 52, 0), DARK_WOOD, ink_width=0.7, shade=0)
    if look.state != "closed":
        _open_leaf(pen, hue, -76.0 if look.state == "open" else 12.0)


def _door_panels(pen: Pen, hue: str) -> None:
    for left, right in ((-38, -5), (5, 38)):
        for top, bottom in ((-168, -104), (-72, -14)):
            pen.shape(rect(left, top, right, bottom, 1), mix(hue, WHITE, 0.18), ink_width=0.5)
    pen.shape(rect(-15, -94, 15, -84, 1), BRASS, ink_width=0.6, shade=0)
    pen.ink([(-11, -89), (11, -89)], 0.6)
    pen.shape(oval(39, -92, 3.6), BRASS, ink_width=0.6)
    pen.shape(rect(36, -112, 42, -103, 1), BRASS, ink_width=0.5, shade=0)
    chain = path((40, -124), (46, -118), (50, -124))
    pen.ink(chain, 0.9, STEEL)


def _garden_path(pen: Pen, look: Look) -> None:
    stone = mix("#dfcfa8", "#1c2748", 0.6 if look.ground.dark else 0.0)
    if look.ground.weather == "snow":
        stone = mix(stone, WHITE, 0.6)
    way = poly((-30, -0.6), (40, -0.6), (18, -30), (12, -40), (5, -40), (2, -30), corner=1)
    pen.shape(way, stone, ink_width=0.5, shade=0)
    post = mix(sky_of(look.ground), WHITE, 0.75 if not look.ground.dark else 0.25)
    for x in (-10, -2, 22, 30, 38):
        pen.shape(rect(x - 2, -54, x + 2, -36, 0.6), post, ink_width=0.4, shade=0)
    for left, right in ((-14, 2), (18, 46)):
        pen.shape(rect(left, -49, right, -46), post, ink_width=0.4, shade=0)


def _open_leaf(pen: Pen, hue: str, edge: float) -> None:
    """The leaf swings into the hall to ``edge`` (x in cm): its free edge is nearer, hence larger."""
    hinge = -46.0

    def at(x: float, y: float) -> Point:
        """Shares of the leaf's width and height."""
        high, low = -178 - 9 * x, 8 * x - 0.6
        return hinge + (edge - hinge) * x, high + (low - high) * y

    leaf = poly(at(0, 0), at(1, 0), at(1, 1), at(0, 1))
    pen.shape(leaf, mix(hue, DARK, 0.08), ink_width=0.9)
    for top, bottom in ((0.06, 0.42), (0.6, 0.93)):
        field = poly(at(0.2, top), at(0.8, top), at(0.8, bottom), at(0.2, bottom))
        pen.shape(field, mix(hue, WHITE, 0.14), ink_width=0.5, shade=0)
    x, y = at(0.88, 0.5)
    pen.shape(oval(x, y, 2.6, 3.4), BRASS, ink_width=0.6)


def draw_coat_hook(pen: Pen, look: Look) -> None:
    """A board of hooks on the wall, with coats, a scarf and a hat; or empty."""
    wood = WOOD
    pen.shape(rect(-54, -98, 54, -86, 1.4), wood)
    if look.state == "full":
        _coat(pen, -32, look.tint("#a9634f"), 78, 16)
        _coat(pen, 6, "#5f7a8c", 66, 15)
        scarf = poly((26, -90), (36, -90), (38, -30), (28, -28), corner=1)
        pen.shape(scarf, YELLOW, ink_width=0.8)
        for y in (-78, -62, -46):
            pen.fill(poly((26.6, y), (37, y), (37.4, y + 6), (27, y + 6)), RED)
        for x in (29, 32, 35):
            pen.ink([(x, -29), (x, -25)], 0.7, YELLOW)
    for x in (-44, -32, -14, 6, 32, 46):
        pen.shape(
            limb(path((x, -92), (x + 4, -87), (x + 6, -92)), 1.2, 1.4, 1.2),
            IRON,
            ink_width=0.6,
            shade=0,
        )
    if look.state == "full":
        crown = join(
            oval(46, -96, 9, 8).intersection(rect(30, -110, 60, -92)), rect(33, -94, 59, -90.6, 1.6)
        )
        pen.shape(crown, "#7d6a55", ink_width=0.8)


def _coat(pen: Pen, x: float, hue: str, long: float, half: float) -> None:
    shape = poly(
        (x - 3, -92), (x + 3, -92), (x + half, -80), (x + half * 1.1, -40), (x + half * 0.72, -40), (x + half * 0.78, -92 + long), (x - half * 0.78, -92 + long), (x - half * 0.72, -40), (x - half * 1.1, -40), (x - half, -80), corner=2,
    )  # fmt: skip
    pen.shape(shape, hue)
    pen.ink([(x, -86), (x, -92 + long)], 0.5)
    for side in (-1, 1):
        pen.ink([(x + side * half * 0.7, -72), (x + side * half * 0.72, -42)], 0.5)
    for y in (-70, -58, -46):
        pen.fill(oval(x + 3, y, 1.3), mix(hue, DARK, 0.5))


def draw_hall_table(pen: Pen, look: Look) -> None:
    """A narrow table with turned legs and a drawer."""
    wood = look.tint("#a97b55")
    for x in (-38, 38):
        leg = join(rect(x - 2.6, -70, x + 2.6, 0), oval(x, -44, 4, 6), oval(x, -16, 3.6, 5))
        pen.shape(leg, wood, ink_width=0.8)
    pen.shape(rect(-42, -74, 42, -58, 1), wood)
    pen.shape(rect(-18, -71.6, 18, -60.4, 1), mix(wood, WHITE, 0.14), ink_width=0.5)
    pen.shape(oval(0, -66, 2), BRASS, ink_width=0.5, shade=0)
    pen.shape(
        poly((-47, -74), (-42, -82), (42, -82), (47, -74)),
        mix(wood, WHITE, 0.28),
        ink_width=0.8,
        shade=0,
    )
    pen.shape(rect(-47.5, -75, 47.5, -71, 0.8), wood, ink_width=0.8)


def draw_umbrella_stand(pen: Pen, look: Look) -> None:
    """A tall pot with umbrellas and a stick."""
    for x, lean, hue in ((-5, -7, "#5f7a8c"), (5, 6, RED)):
        pen.shape(limb([(x, -30), (x + lean, -74)], 4, 1.6), hue, ink_width=0.8)
        pen.ink(
            path(
                (x + lean, -74),
                (x + lean * 1.2, -84),
                (x + lean * 1.2 + 6, -86),
                (x + lean * 1.2 + 7, -80),
            ),
            1.6,
            DARK_WOOD,
        )
    pot = poly((-15, -46), (15, -46), (13, 0), (-13, 0), corner=1.4)
    pen.shape(pot, look.tint("#d7dcd2"))
    for y in (-34, -16):
        pen.ink([(-14, y), (14, y)], 0.7, BLUE)
    for x in (-8, 0, 8):
        pen.shape(oval(x, -25, 3, 4.4), mix(BLUE, WHITE, 0.3), ink_width=0.4, shade=0)


def draw_key(pen: Pen, look: Look) -> None:
    """A key on a ring with a tag; broken, its bit has snapped off."""
    hue = look.tint("#d0a243")
    ring = oval(0, -30, 9).difference(oval(0, -30, 4.6))
    shaft = rect(-2, -23, 2, 0, 0.6)
    bit = join(rect(1, -10, 8, -6.4, 0.6), rect(1, -4, 9, 0, 0.6))
    if look.state == "broken":
        pen.shape(
            join(ring, poly((-2, -23), (2, -23), (2, -10), (0, -13), (-2, -9))), hue, ink_width=0.9
        )
        pen.shape(
            poly((12, -9), (15, -5), (22, -6), (22, -3), (26, -4), (26, 0), (12, 0)),
            hue,
            ink_width=0.8,
        )
    else:
        pen.shape(join(ring, shaft, bit), hue, ink_width=0.9)
    pen.ink(arc(-7, -36, 5, 5, 20, 340), 0.8, STEEL)
    pen.shape(
        poly((-14, -36), (-9, -38), (-10, -22), (-17, -23), corner=1), RED, ink_width=0.7, shade=0
    )


def draw_doormat(pen: Pen, look: Look) -> None:
    """A doormat of coconut fibre; ``muddy``, with footprints."""
    edge = poly((-44, -8), (44, -8), (50, 7), (-50, 7), corner=1)
    pen.shape(edge, look.tint("#b08a5a"), ink_width=0.9, shade=0)
    pen.ink([(-39, -5.6), (39, -5.6), (44, 4.4), (-44, 4.4)], 0.7, DARK_WOOD, closed=True)
    for step in range(22):
        x = -46 + step * 4.4
        pen.ink([(x, 7), (x, 9)], 0.5, DARK_WOOD)
    if look.state == "muddy":
        for x, y in ((-24, -1), (-6, 2), (14, -2), (32, 1)):
            pen.shape(oval(x, y, 6, 2), "#6d4f3c", ink_width=0.4, shade=0)
            pen.shape(oval(x + 9, y, 2.6, 1.5), "#6d4f3c", ink_width=0.4, shade=0)
        return
    for x in (-18, 0, 18):
        pen.shape(blob((x - 5, 0), (x, -3), (x + 5, 0), (x, 2.4)), GREEN, ink_width=0.4, shade=0)


def draw_shoe_rack(pen: Pen, look: Look) -> None:
    """A low rack with pairs of shoes on two shelves."""
    wood = look.tint(WOOD)
    for y, pairs in ((-22, ((-28, "#8a5a3c"), (2, RED), (30, DARK))), (-2, ((-24, BLUE), (10, "#c9a06a"), (34, "#8fae98")))):  # fmt: skip
        pen.shape(rect(-46, y, 46, y + 3), mix(wood, WHITE, 0.2), ink_width=0.6, shade=0)
        for x, hue in pairs:
            for dx in (-5, 3):
                shoe = blob(
                    (x + dx - 7, y),
                    (x + dx - 7, y - 9),
                    (x + dx, y - 9),
                    (x + dx + 4, y - 5),
                    (x + dx + 10, y - 4),
                    (x + dx + 11, y),
                )
                pen.shape(shoe, hue, ink_width=0.7)
    for side in (-1, 1):
        pen.shape(rect(side * 47 - 2.4, -40, side * 47 + 2.4, 0, 0.8), wood, ink_width=0.8)
    pen.shape(
        poly((-50, -40), (-46, -46), (46, -46), (50, -40)),
        mix(wood, WHITE, 0.3),
        ink_width=0.8,
        shade=0,
    )
    pen.shape(rect(-50.5, -41, 50.5, -37, 0.8), wood, ink_width=0.8)


def draw_hanging_lantern(pen: Pen, look: Look) -> None:
    """A hanging lantern of glass; lit, it glows."""
    lit = look.state == "lit"
    if lit:
        for size, strength in ((54, 0.16), (36, 0.2), (22, 0.3)):
            pen.fill(oval(0, -16, size, size * 0.86), "#ffe9a3", strength)
    pen.ink([(0, -200), (0, -42)], 0.9)
    pen.shape(poly((-8, -36), (8, -36), (3, -44), (-3, -44), corner=0.6), BRASS, ink_width=0.7)
    glass = poly((-9, -36), (9, -36), (16, -6), (-16, -6), corner=1)
    with pen.canvas.lit():
        pen.shape(glass, "#ffefb8" if lit else "#e4ecea", ink_width=0.8, shade=0)
    for x in (-4, 4):
        pen.ink([(x * 0.9, -36), (x * 1.5, -6)], 0.5)
    pen.shape(band([(-16, -5), (16, -5)], 3.4), BRASS, ink_width=0.7)
    pen.shape(oval(0, -1, 2.4), BRASS, ink_width=0.6)
    pen.shape(limb([(0, -8), (0, -18)], 1.7, 1.5), CREAM, ink_width=0.5, shade=0)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "stairs",
        (150, 262),
        draw_stairs,
        surface=Surface(62, (-27, 27, 0)),
        seats=Surface(42, (-25, 29, 2)),
        weight=0.85,
        far=True,
        solid=(150, 240),
    ),
    PropKind(
        "front door",
        (114, 226),
        draw_front_door,
        ("closed", "ajar", "open"),
        sizes={"open": (134, 230)},
        weight=0.95,
        far=True,
    ),
    PropKind(
        "coat hook",
        (112, 104),
        draw_coat_hook,
        ("full", "empty"),
        hangs=78,
        weight=0.9,
        far=True,
    ),
    PropKind(
        "hall table",
        (96, 82),
        draw_hall_table,
        surface=Surface(78, (-26, 26, 0)),
        weight=0.9,
        far=True,
    ),
    PropKind("umbrella stand", (38, 88), draw_umbrella_stand),
    PropKind(
        "key",
        (28, 40),
        draw_key,
        ("plain", "broken"),
        sizes={"broken": (46, 42)},
        grips=((0, -30),),
        carry="front",
        lies=True,
        scale=0.41,
        weight=0.56,
    ),
    PropKind("doormat", (100, 18), draw_doormat, ("plain", "muddy"), flat=True),
    PropKind(
        "shoe rack",
        (102, 46),
        draw_shoe_rack,
        surface=Surface(43, (-28, 28)),
        weight=0.9,
    ),
    PropKind("hanging lantern", (34, 80), draw_hanging_lantern, ("off", "lit"), hangs=196),
)
