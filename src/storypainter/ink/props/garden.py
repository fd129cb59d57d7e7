"""Props of the park itself: furniture, paint, tools and what lies on the ground."""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, drop, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK_WOOD,
    GREEN,
    IRON,
    PALE_WOOD,
    RED,
    STEEL,
    WATER,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
    strip,
)

FRESH_PAINT = "#5f9f8b"
_LEAST_DROP = 24.0  # cm from a hand to the ground below


def draw_bench(pen: Pen, look: Look) -> None:
    """A slatted bench on iron feet; fresh paint shines and drips."""
    fresh = look.state == "fresh-painted"
    wood = look.tint(FRESH_PAINT if fresh else WOOD)
    for side in (-1, 1):
        foot = limb(path((side * 74, -86), (side * 72, -44), (side * 78, -2)), 3.2, 3.0, 3.6)
        pen.shape(foot, IRON)
        pen.shape(limb([(side * 69, -34), (side * 65, 0)], 3.2, 3.6), IRON)
    for top in (-84, -70, -56):
        pen.shape(rect(-86, top, 86, top + 10.5, 2.5), wood)
    pen.shape(
        poly((-83, -43), (83, -43), (90, -35), (-90, -35), corner=1.5), mix(wood, WHITE, 0.14)
    )
    pen.shape(rect(-90, -36, 90, -29.5, 1.5), wood)
    for side in (-1, 1):
        pen.shape(band(path((side * 84, -60), (side * 93, -59), (side * 90, -38)), 4.6), IRON)
    if not fresh:
        for x, top in ((-40, -79), (18, -65), (52, -51), (-64, -51)):
            pen.ink([(x, top), (x + 16, top + 0.5)], 0.45, DARK_WOOD)
        return
    for x, top, length in (
        (-62, -74, 9),
        (-20, -60, 8),
        (34, -74, 11),
        (66, -30, 10),
        (-36, -30, 12),
    ):
        pen.shape(limb([(x, top - 2), (x, top + length)], 1.7, 2.4), wood, ink_width=0.5, shade=0)
    for x, top in ((-70, -81), (10, -81), (-30, -67), (50, -67), (-60, -53), (30, -53), (-10, -40)):
        pen.ink([(x, top), (x + 22, top)], 1.0, WHITE)


def draw_wet_paint_sign(pen: Pen, look: Look) -> None:
    """A small board on two legs, standing or fallen on its back."""
    text = look.text or "WET PAINT"
    if look.state == "fallen":
        pen.shape(poly((-34, -13), (28, -15), (38, -1), (-30, 1), corner=2), CREAM)
        write(pen, text, (2, -7), 56, 9, RED, CREAM, degrees=-1)
        strip(pen, band([(30, -5), (48, -1)], 3.4), fill=WOOD)
        return
    strip(pen, rect(-22, -22, -18, 0), rect(18, -22, 22, 0), fill=WOOD)
    pen.shape(rect(-31, -60, 31, -18, 3), CREAM)
    pen.shape(rect(-28, -57, 28, -21, 2), CREAM, ink_width=0.5, ink_colour=RED, shade=0)
    write(pen, text, (0, -39), 50, 30, RED, CREAM)


def draw_paint_can(pen: Pen, look: Look) -> None:
    """A tin of paint: open, or tipped over with its paint on the ground."""
    paint = look.tint(FRESH_PAINT)
    if look.state == "spilled":
        pen.shape(blob((-4, -3), (14, -5), (38, -4), (50, 1), (34, 6), (8, 6), (-10, 3)), paint)
        pen.ink(path((14, -1), (26, 0), (36, 1)), 0.7, mix(paint, WHITE, 0.5))
        pen.shape(join(rect(-30, -21, -4, 0), oval(-30, -10.5, 4, 10.5)), STEEL)
        pen.shape(oval(-4, -10.5, 4.4, 10.5), paint)
        pen.shape(
            poly((-24, -21), (-12, -21), (-12, 0), (-24, 0)), mix(paint, WHITE, 0.25), shade=0
        )
        return
    pen.ink(arc(0, -22, 13, 15, 180, 360), 0.9, IRON)
    pen.shape(rect(-12, -24, 12, 0, 1.5), STEEL)
    pen.shape(rect(-12, -18, 12, -6), mix(paint, WHITE, 0.25), ink_width=0.7)
    pen.shape(oval(0, -24, 12, 3.6), paint, shade=0)
    if look.state != "closed":
        pen.shape(limb([(8, -23), (8, -12)], 1.8, 2.6), paint, ink_width=0.6, shade=0)
        return
    pen.shape(oval(0, -25, 12.4, 3.6), STEEL)


def draw_paint_brush(pen: Pen, look: Look) -> None:
    """A broad brush, its bristles up, full of paint."""
    paint = look.tint(FRESH_PAINT)
    pen.shape(limb([(0, -1), (0, -16)], 2.6, 1.9), PALE_WOOD)
    pen.shape(rect(-5.5, -22, 5.5, -15, 1), STEEL)
    pen.shape(poly((-5.5, -22), (5.5, -22), (6.5, -34), (0, -37), (-6, -33), corner=1), paint)
    pen.ink([(-2, -24), (-2.4, -31)], 0.5)
    pen.ink([(2, -24), (2.4, -32)], 0.5)


def draw_litter_bin(pen: Pen, look: Look) -> None:
    """A park bin; ``full`` ones overflow."""
    body = look.tint("#5d7a6c")
    if look.state == "full":
        pen.shape(blob((-16, -62), (-8, -78), (4, -70), (14, -80), (20, -62)), CREAM)
        pen.shape(poly((-6, -60), (-12, -84), (2, -86), (6, -62), corner=1.5), RED, ink_width=0.8)
    pen.shape(poly((-21, -62), (21, -62), (17, 0), (-17, 0), corner=2), body)
    for x in (-10, 0, 10):
        pen.ink([(x * 1.05, -54), (x * 0.9, -7)], 0.7)
    pen.shape(rect(-24, -67, 24, -59, 3), mix(body, WHITE, 0.15))


def draw_watering_can(pen: Pen, look: Look) -> None:
    """A watering can, its spout to the right; pouring it is tilted by whoever holds it."""
    metal = look.tint(BLUE)
    pen.shape(limb([(12, -8), (30, -24), (37, -31)], 3.4, 2.2), metal)
    pen.shape(poly((32, -32), (38, -38), (43, -28), (38, -25), corner=1), metal)
    pen.ink(path((-13, -6), (-29, -16), (-22, -33), (-6, -31)), 1.8)
    pen.ink(arc(0, -27, 11, 13, 185, 355), 1.6)
    pen.shape(poly((-15, 0), (-13, -27), (13, -27), (15, 0), corner=2), metal)
    pen.ink([(-12, -20), (12, -20)], 0.6)
    if look.state == "pouring":
        for dx, dy in ((8, 5), (14, 12), (11, 19), (19, 22), (6, 15), (16, 31), (22, 35)):
            pen.shape(drop(38 + dx, -26 + dy, 2.2), WATER, ink_width=0.5, shade=0)


def draw_garden_hose(pen: Pen, look: Look) -> None:
    """A hose coiled on the ground, its nozzle up, or in a hand; ``spraying`` it throws water."""
    rubber = look.tint(GREEN)
    if look.where == "held":
        _hose_from_hand(pen, rubber)
    else:
        _hose_coil(pen, -14, 0, rubber)
        neck = path((10, -12), (30, -8), (38, -22), (44, -38))
        pen.shape(band(neck, 5), rubber)
    pen.shape(limb([(43, -36), (48, -48)], 3.2, 4.2), YELLOW)
    if look.state == "spraying":
        spray(pen, (49, -50), 28)


def _hose_coil(pen: Pen, x: float, y: float, rubber: str, size: float = 1.0) -> None:
    """Three rounds of a hose that lies around (x, y)."""
    for rx, lift in ((30, 4), (27, 9), (29, 14)):
        outer = oval(x, y - lift * size, rx * size, 8.5 * size)
        inner = oval(x, y - lift * size, rx * size - 5, 8.5 * size - 4.1)
        pen.shape(outer.difference(inner), rubber, ink_width=0.8)


def _hose_from_hand(pen: Pen, rubber: str) -> None:
    """The hose hangs from the nozzle to the ground and lies there in a coil.

    The ground is where the figure that holds it ends, as far as that is drawn by now; where it is
    not, the hose goes back behind that figure.
    """
    own = pen.frame
    x, y = own.point(44, -38)
    hand = Pen(pen.canvas, Frame(x, y, own.scale, 0.0, own.mirror), pen.weight)
    lowest = max((part.geometry.bounds[3] for part in pen.canvas.open_parts), default=y)
    drop = (lowest - y) / own.scale
    if drop < _LEAST_DROP:
        pen.shape(band(path((44, -36), (38, -22), (22, -14), (-4, -18)), 5), rubber)
        return
    _hose_coil(hand, 24, drop + 2, rubber, 0.8)
    line = path((0, 2), (-4, 0.3 * drop), (0, 0.7 * drop), (8, drop - 6), (20, drop - 2))
    hand.shape(band(line, 5), rubber, ink_width=0.8)


def spray(pen: Pen, start: tuple[float, float], degrees: float) -> None:
    """A fan of water from ``start``; 0 degrees is up, to the right when positive."""
    x, y = start
    lean = degrees / 45
    for spread in (-0.6, -0.15, 0.3, 0.75):
        across = (lean + spread) * 44
        jet = path(
            start, (x + across * 0.5, y - 40), (x + across, y - 46), (x + across * 1.5, y - 22)
        )
        pen.shape(limb(jet, 1.2, 2.2, 1.0), WATER, ink_width=0.4, shade=0)
        for step, size in ((1.62, 3.0), (1.75, 2.2)):
            pen.shape(
                drop(x + across * step, y - 16 + 9 * step, size), WATER, ink_width=0.5, shade=0
            )


def draw_bucket(pen: Pen, look: Look) -> None:
    """A bucket with its handle up; ``full`` of water."""
    tin = look.tint(BLUE)
    pen.ink(arc(0, -26, 14, 15, 182, 358), 1.1)
    pen.shape(poly((-15, -28), (15, -28), (11, 0), (-11, 0), corner=1.5), tin)
    pen.shape(
        oval(0, -28, 15, 3.8), WATER if look.state == "full" else mix(tin, "#22223a", 0.35), shade=0
    )
    pen.ink([(-12.5, -9), (12.5, -9)], 0.6)


def draw_rake(pen: Pen, look: Look) -> None:
    """A leaf rake, its tines on the ground."""
    pen.shape(limb([(0, -14), (0, -138)], 2.2, 1.9), look.tint(PALE_WOOD))
    for x in (-20, -12, -4, 4, 12, 20):
        pen.ink(path((0, -18), (x * 0.75, -10), (x, 0)), 1.0, IRON)
    pen.shape(rect(-14, -12, 14, -8.5, 1), RED, ink_width=0.7)


def draw_leaves_pile(pen: Pen, look: Look) -> None:
    """A heap of fallen leaves; ``scattered`` when somebody jumped into it."""
    hues = (look.tint("#d98a3d"), "#c8553d", "#e9b44c", "#b5733c", "#d9a24c")
    if look.state == "scattered":
        spots = [((i * 47) % 113 - 56.0, -((i * 31) % 47.0)) for i in range(24)]
    else:
        pen.shape(
            blob((-48, 0), (-38, -16), (-16, -30), (8, -34), (30, -22), (48, 0), (0, 4)), hues[0]
        )
        spots = [((i * 37) % 83 - 41.0, -1 - (i * 19) % 31.0) for i in range(34)]
        spots = [(x, y * (1 - (x / 46) ** 2 * 0.8)) for x, y in spots]
    for index, (x, y) in enumerate(spots):
        leaf(pen, x, y, 5.5, (index * 53) % 360, hues[index % len(hues)])


def leaf(pen: Pen, x: float, y: float, size: float, degrees: float, hue: str) -> None:
    """One fallen leaf."""
    pen.shape(oval(x, y, size, size * 0.5, degrees), hue, ink_width=0.5, shade=0)


def draw_puddle(pen: Pen, look: Look) -> None:
    """A puddle with rings of light; ``splash`` throws drops."""
    pen.shape(
        blob((-44, -1), (-26, -8), (4, -7), (34, -9), (48, -2), (30, 6), (-4, 5), (-30, 7)),
        look.tint(WATER),
        ink_width=0.8,
    )
    pen.ink(path((-24, -2), (-10, -4), (4, -3)), 0.6, WHITE)
    pen.ink(path((8, 1), (20, 0), (30, 1)), 0.6, WHITE)
    if look.state == "splash":
        for x, y in ((-30, -20), (-18, -34), (0, -42), (18, -33), (32, -19)):
            pen.shape(drop(x, y, 4), WATER, ink_width=0.6, shade=0)


def draw_ladder(pen: Pen, look: Look) -> None:
    """A pair of steps that stands by itself, wider at its foot."""
    wood = look.tint(PALE_WOOD)
    back = mix(wood, DARK_WOOD, 0.45)
    strip(
        pen,
        limb([(-30, -4), (-14, -150)], 2.6),
        limb([(36, -4), (16, -150)], 2.6),
        fill=back,
        ink_width=0.8,
    )
    pen.shape(band([(-24, -52), (29, -52)], 3.6), back, ink_width=0.8)
    for y in (-24, -52, -80, -108, -134):
        half = 30 + y * 0.09
        pen.shape(rect(-half, y - 3, half, y + 3, 1), wood, ink_width=0.8)
    strip(
        pen, limb([(-34, 0), (-17, -152)], 3.4, 3), limb([(34, 0), (17, -152)], 3.4, 3), fill=wood
    )
    pen.shape(rect(-22, -157, 22, -149, 2), wood)


def draw_rope(pen: Pen, look: Look) -> None:
    """A coil of rope: on the ground, or hanging from a hand."""
    hemp = look.tint("#d8bd85")
    if look.where == "held":
        for x, high in ((-5, 30), (5, 33), (0, 36)):
            loop = oval(x, high / 2 - 14, 10, high / 2)
            pen.shape(loop.difference(oval(x, high / 2 - 14, 6.4, high / 2 - 3.6)), hemp, ink_width=0.7)  # fmt: skip
        tail = path((8, -6), (13, 8), (10, 24), (14, 34))
        pen.shape(band(tail, 4.2), hemp, ink_width=0.7)
        return
    for rx, y in ((20, -4), (18, -9), (19, -14)):
        ring = oval(0, y, rx, 7).difference(oval(0, y, rx - 5, 3))
        pen.shape(ring, hemp, ink_width=0.7)
    pen.shape(band(path((16, -6), (28, -2), (36, -6), (46, -2)), 4.4), hemp, ink_width=0.7)


def draw_stick(pen: Pen, look: Look) -> None:
    """A crooked stick with a stub."""
    pen.shape(
        limb(path((0, 0), (2, -22), (-1, -44), (3, -62)), 2.6, 2.0),
        look.tint(DARK_WOOD),
        ink_width=0.8,
    )
    pen.shape(limb([(1, -38), (9, -48)], 1.7, 1.2), look.tint(DARK_WOOD), ink_width=0.7)


def draw_net(pen: Pen, look: Look) -> None:
    """A landing net, its bag up."""
    pen.shape(limb([(0, 0), (0, -62)], 2, 1.7), PALE_WOOD, ink_width=0.8)
    bag = blob((-17, -80), (17, -80), (13, -56), (0, -46), (-13, -56))
    pen.fill(bag, WHITE, 0.35, solid=True)
    for x in (-10, -3, 4, 11):
        pen.ink(path((x, -83), (x * 0.8, -62), (x * 0.4, -49)), 0.4)
    for y in (-74, -66, -58):
        pen.ink(path((-15, y), (0, y + 3), (15, y)), 0.4)
    rim = oval(0, -80, 18, 6)
    pen.shape(rim.difference(oval(0, -80, 14.5, 3.6)), look.tint(IRON), ink_width=0.6)


KINDS = (
    PropKind(
        "park bench",
        (182, 88),
        draw_bench,
        ("plain", "fresh-painted"),
        surface=Surface(36, (-52, 48, 0)),
        weight=1.0,
    ),
    PropKind(
        "wet paint sign",
        (64, 62),
        draw_wet_paint_sign,
        ("standing", "fallen"),
        grips=((0, -60),),
        carry="two",
        sizes={"fallen": (84, 18)},
        shifts={"fallen": -8.0},
    ),
    PropKind(
        "paint can",
        (28, 38),
        draw_paint_can,
        ("open", "closed", "spilled"),
        grips=((0, -37),),
        carry="low",
        sizes={"spilled": (84, 24)},
        scale=0.74,
        shifts={"spilled": -8.0},
    ),
    PropKind(
        "paint brush",
        (14, 38),
        draw_paint_brush,
        grips=((0, -8),),
        carry="front",
        lies=True,
        scale=0.76,
    ),
    PropKind("litter bin", (50, 70), draw_litter_bin, ("plain", "full"), sizes={"full": (50, 88)}),
    PropKind(
        "watering can",
        (72, 42),
        draw_watering_can,
        ("plain", "pouring"),
        grips=((0, -39),),
        carry="low",
        scale=0.72,
        sizes={"pouring": (77, 42)},
        shifts={"plain": -14.0, "pouring": -23.0},
    ),
    PropKind(
        "garden hose",
        (96, 56),
        draw_garden_hose,
        ("plain", "spraying"),
        grips=((45, -41),),
        carry="front",
        sizes={"spraying": (201, 110)},
        shifts={"spraying": -56.0},
    ),
    PropKind(
        "bucket",
        (32, 42),
        draw_bucket,
        ("plain", "full"),
        grips=((0, -40),),
        carry="low",
        scale=0.86,
    ),
    PropKind("rake", (42, 140), draw_rake, grips=((0, -96), (0, -66)), carry="push", lies=True),
    PropKind(
        "leaves pile",
        (100, 38),
        draw_leaves_pile,
        ("plain", "scattered"),
        flat=True,
        sizes={"scattered": (120, 52)},
    ),
    PropKind(
        "puddle", (94, 14), draw_puddle, ("plain", "splash"), flat=True, sizes={"splash": (94, 48)}
    ),
    PropKind(
        "ladder",
        (74, 158),
        draw_ladder,
        grips=((24, -92), (26, -76)),
        carry="push",
        surface=Surface(83, (0,)),
    ),
    PropKind(
        "rope",
        (69, 22),
        draw_rope,
        grips=((0, -12),),
        carry="front",
        scale=0.76,
        shifts={"plain": -14.0},
    ),
    PropKind("stick", (14, 64), draw_stick, grips=((0, -10),), carry="front", lies=True),
    PropKind("net", (38, 88), draw_net, grips=((0, -12),), carry="front", lies=True),
)
