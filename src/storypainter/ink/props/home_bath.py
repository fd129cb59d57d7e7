"""Furniture of a bathroom: bath, washbasin, toilet, shower, towels, laundry, and what lies there."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import foam, spill, splashes, steam
from storypainter.ink.props.kitchen_room import turned
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
    IRON,
    PINK,
    RED,
    STEEL,
    WATER,
    WHITE,
    WOOD,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

BRASS = "#c39a4e"
ENAMEL = "#fbfaf4"


def draw_bath(pen: Pen, look: Look) -> None:
    """The inside and the far rim of a bath on feet; :func:`draw_bath_front` is its near side."""
    pen.shape(oval(0, -60, 86, 9), mix(ENAMEL, DARK, 0.07), ink_width=0.9, shade=0)
    inside = oval(0, -59, 79, 6.4)
    pen.shape(inside, mix(ENAMEL, DARK, 0.16), ink_width=0.6, shade=0)
    if look.state != "empty":
        pen.shape(oval(0, -57.6, 76, 5), WATER, ink_width=0.5, shade=0)
        for x, y in ((-40, -58), (24, -57)):
            pen.ink([(x, y), (x + 20, y)], 0.5, WHITE)
    _bath_taps(pen, look.state == "running")


def _bath_taps(pen: Pen, runs: bool) -> None:
    """Two pipes on the far rim carry a block with its spout, a cross handle above each pipe."""
    for x in (46.0, 66.0):
        pen.shape(rect(x - 2.2, -76, x + 2.2, -64.4, 0.6), BRASS, ink_width=0.6)
        pen.shape(oval(x, -64.6, 5, 1.9), BRASS, ink_width=0.6, shade=0)
        pen.shape(rect(x - 1.6, -86, x + 1.6, -78, 0.8), BRASS, ink_width=0.5)
        pen.shape(rect(x - 4.6, -89, x + 4.6, -85.4, 1.7), WHITE, ink_width=0.6, shade=0)
    pipe = path((56, -78), (56, -90), (50, -94), (43, -91.5), (41.5, -84), (41, -80))
    pen.shape(band(pipe, 4.4), BRASS, ink_width=0.7)
    pen.shape(rect(41, -80.5, 71, -74.6, 2.4), BRASS, ink_width=0.7)
    if runs:
        pen.shape(limb([(41, -79), (40, -58)], 1.7, 2.4), WATER, ink_width=0.5, shade=0)


def draw_bath_front(pen: Pen, look: Look) -> None:
    """The near side of the bath, before whoever sits in it, with the foam above its rim."""
    hue = look.tint("#9fb9bd")
    if look.state in ("foamy", "overflowing"):
        foam(pen, -30, -55, 42, 19)
        foam(pen, 36, -55, 34, 15)
    # Not solid: whoever sits in the bath still counts as seen.
    pen.shape(rect(-77, -16, 77, 4, 2), ENAMEL, solid=False)
    pen.shape(rect(-80, -3, 80, 6, 2), mix(ENAMEL, DARK, 0.06), ink_width=0.8, solid=False)
    body = poly(
        (-85, -60), (-83, -38), (-76, -20), (-62, -12), (62, -12), (76, -20), (83, -38), (85, -60),
        corner=3,
    )  # fmt: skip
    pen.shape(body, hue, solid=False)
    rim = poly(*arc(0, -60, 88, 10, 180, 0).tolist(), *arc(0, -60, 79, 6.4, 0, 180).tolist())
    pen.shape(rim, ENAMEL, ink_width=0.9, shade=0, solid=False)
    pen.ink(path((-68, -38), (-62, -26), (-50, -20)), 0.6, mix(hue, WHITE, 0.7))
    if look.state == "overflowing":
        _overflow(pen)


def _overflow(pen: Pen) -> None:
    """Water and foam run over the rim to the floor."""
    falls: list[Form] = [_lip(-58, 46)]
    for x, foot, half in ((-48, 0, 8), (-4, 2, 11), (34, 1, 7)):
        line = path((x, -52), (x - 2, -34), (x + 1, -14), (x, foot))
        falls.append(limb(line, half * 1.3, half * 0.85, half))
    spill(pen, -4, 3, 92)
    pen.shape(join(*falls), WATER, ink_width=0.7, shade=0)
    for x in (-50, -8, 32):
        pen.ink(path((x, -48), (x - 1.4, -28), (x, -8)), 0.6, WHITE)
    foam(pen, -58, 4, 15, 9)
    foam(pen, 24, 6, 20, 9)
    foam(pen, -26, -57, 44, 20)
    splashes(pen, ((-78, -14, 3), (74, -12, 3.4), (-28, -16, 2.6), (16, -18, 3)))


def _lip(left: float, right: float) -> Form:
    """Water that comes over the near rim between two places, in cm."""
    rim = [(x, -53.6 + 4.4 * (x / 88) ** 2) for x in range(int(left), int(right) + 1, 6)]
    return band(rim, 7)


def draw_washbasin(pen: Pen, look: Look) -> None:
    """A pedestal washbasin with a tap; its water may run."""
    hue = look.tint(ENAMEL)
    pen.shape(poly((-11, -66), (11, -66), (9, -8), (15, 0), (-15, 0), (-9, -8), corner=1), hue)
    runs = look.state == "running"
    neck = path((0, -86), (0, -102), (-4, -107), (-11, -103), (-11, -97))
    pen.shape(band(neck, 4, flat=True), STEEL, ink_width=0.7)
    for x, mark in ((-17, BLUE), (17, RED)):
        pen.shape(rect(x - 2, -96, x + 2, -86), STEEL, ink_width=0.6)
        pen.shape(limb([(x - 5, -97), (x + 5, -97)], 1.8, 1.8), STEEL, ink_width=0.6)
        pen.fill(oval(x, -97, 1.4), mark)
    pen.shape(
        poly((-34, -84), (-30, -92), (30, -92), (34, -84), corner=1),
        mix(hue, DARK, 0.05),
        ink_width=0.8,
        shade=0,
    )
    pen.shape(oval(0, -87, 24, 2.8), WATER if runs else mix(hue, DARK, 0.2), ink_width=0.6, shade=0)
    if runs:
        pen.shape(limb([(-11, -97), (-11, -87)], 1.5, 1.8), WATER, ink_width=0.5, shade=0)
    bowl = poly((-37, -85), (37, -85), (33, -72), (20, -63), (-20, -63), (-33, -72), corner=2)
    pen.shape(bowl, hue)
    pen.ink(path((-28, -80), (-25, -72), (-17, -67)), 0.5, mix(hue, DARK, 0.2))


def draw_toilet(pen: Pen, look: Look) -> None:
    """A toilet from its side, facing right, with its cistern: its lid closed or open."""
    hue = look.tint(ENAMEL)
    pen.shape(rect(-34, -80, -12, -40, 3), hue)
    pen.shape(rect(-36, -85, -10, -78, 2), mix(hue, WHITE, 0.5), ink_width=0.9)
    pen.shape(limb([(-16, -72), (-9, -72)], 1.6, 1.8), STEEL, ink_width=0.6)
    bowl = poly(
        (-30, -41),
        (30, -41),
        (24, -26),
        (10, -18),
        (12, 0),
        (-22, 0),
        (-20, -16),
        (-28, -28),
        corner=3,
    )
    pen.shape(bowl, hue)
    pen.ink(path((2, -20), (4, -10), (4, -3)), 0.5)
    if look.state == "open":
        pen.shape(
            poly((-14, -43), (-9, -44), (-6, -80), (-11, -82), corner=1.4), WOOD, ink_width=0.9
        )
        pen.shape(rect(-18, -45, 32, -40.6, 2), mix(hue, WHITE, 0.5), ink_width=0.8)
    else:
        pen.shape(rect(-18, -48, 32, -40.6, 3), WOOD, ink_width=0.9)


def draw_shower(pen: Pen, look: Look) -> None:
    """A shower corner: tray, tiles, head and rail, its curtain pushed aside; water off or running."""
    tile = "#c9dcdc"
    pen.shape(rect(-50, -206, 50, -8), mix(tile, WHITE, 0.4), ink_width=0.8, shade=0)
    with pen.clip(rect(-49.5, -205.5, 49.5, -8)):
        for y in range(-200, -8, 14):
            pen.ink([(-50, y), (50, y)], 0.3, "#8fa9ab")
        for x in range(-44, 50, 14):
            pen.ink([(x, -206), (x, -8)], 0.3, "#8fa9ab")
    pen.shape(limb([(24, -70), (24, -192)], 1.7, 1.7), STEEL, ink_width=0.6)
    pen.shape(band(path((24, -190), (22, -199), (8, -198), (3, -190)), 3.6), STEEL, ink_width=0.6)
    pen.shape(poly((-10, -180), (14, -184), (9, -191), (-2, -190), corner=1), STEEL, ink_width=0.8)
    pen.shape(rect(16, -88, 32, -78, 2), STEEL, ink_width=0.7)
    for x, hue in ((19, BLUE), (29, RED)):
        pen.shape(oval(x, -83, 2.4), hue, ink_width=0.4, shade=0)
    if look.state == "running":
        for x in range(-14, 17, 5):
            pen.ink([(x * 0.7 + 2, -178), (x * 1.5, -110), (x * 1.7, -14)], 0.8, "#7fb4c6")
        steam(pen, -16, -60, 40, 3)
    pen.shape(poly((-54, -8), (-48, -16), (48, -16), (54, -8)), ENAMEL, ink_width=0.8, shade=0)
    pen.shape(rect(-54.5, -9, 54.5, 0, 2), ENAMEL, ink_width=0.9)
    pen.shape(limb([(-56, -212), (56, -212)], 1.8, 1.8), STEEL, ink_width=0.7)
    cloth = look.tint("#e0a9a0")
    hem = path((-54, -18), (-46, -15), (-38, -19), (-31, -15), (-24, -18))
    pen.shape(poly((-54, -209), (-30, -209), *reversed(hem.tolist())), cloth)
    for top, foot in ((-48, -47), (-42, -39), (-36, -31)):
        pen.ink(path((top, -206), (top + 1, -110), (foot, -20)), 0.5, mix(cloth, DARK, 0.4))
    for x in (-52, -45, -38, -32):
        pen.ink(arc(x, -211, 2, 2.6, 0, 360), 0.5, closed=True)


def draw_towel_rail(pen: Pen, look: Look) -> None:
    """A rail on the wall with two towels."""
    pen.shape(limb([(-38, -56), (38, -56)], 1.8, 1.8), STEEL, ink_width=0.7)
    for x in (-40, 40):
        pen.shape(oval(x, -56, 4), STEEL, ink_width=0.7)
    for left, right, foot, hue in ((-32, -3, -4, look.tint("#d9907f")), (3, 32, -14, "#f2e3b8")):
        _hung_cloth(pen, left, right, -58, foot, hue)


def _hung_cloth(pen: Pen, left: float, right: float, top: float, foot: float, hue: str) -> None:
    pen.shape(rect(left, top, right, foot, 2), hue, ink_width=0.9)
    for y in (foot - 12, foot - 8.6):
        pen.fill(rect(left + 0.8, y, right - 0.8, y + 1.8), mix(hue, WHITE, 0.65))
    for share in (0.3, 0.66):
        x = left + (right - left) * share
        pen.ink([(x, top + 5), (x + 0.6, foot - 16)], 0.35, mix(hue, DARK, 0.4))
    for step in range(int((right - left) / 3.4)):
        x = left + 2 + step * 3.4
        pen.ink([(x, foot), (x, foot + 2.6)], 0.5, mix(hue, DARK, 0.2))


def draw_towel(pen: Pen, look: Look) -> None:
    """A towel: hung from the hands, folded, or wet in a heap."""
    hue = look.tint("#7fa9b5")
    if look.state == "folded":
        for index in range(3):
            top = -8.4 - index * 8
            pen.shape(
                rect(-22, top, 22, top + 8.4, 3.6), mix(hue, WHITE, 0.1 * index), ink_width=0.8
            )
            pen.fill(rect(-15, top + 1, -11, top + 7.4), WHITE)
        return
    if look.state == "wet":
        spill(pen, 0, 2, 36)
        heap = blob((-28, 0), (-26, -9), (-12, -14), (2, -11), (14, -18), (26, -9), (30, 0), (4, 2))
        pen.shape(heap, mix(hue, DARK, 0.14))
        for line in (((-12, -13), (-8, -6), (-12, 0)), ((14, -16), (12, -8), (18, -1))):
            pen.ink(path(*line), 0.6)
        return
    shape = poly(
        (-22, -58),
        (-8, -55),
        (8, -55),
        (22, -58),
        (23, -3),
        (8, 0),
        (-8, -2),
        (-23, -1),
        corner=1.4,
    )
    pen.shape(shape, hue)
    with pen.clip(shape.buffer(-0.8)):
        for y in (-14, -9):
            pen.fill(rect(-26, y, 26, y + 2.4), WHITE)
    for x in (-11, 2, 13):
        pen.ink(path((x, -52), (x + 1.4, -36), (x - 0.6, -18)), 0.4, mix(hue, DARK, 0.45))


def draw_laundry(pen: Pen, look: Look) -> None:
    """Clothes and sheets in a heap; ``clean`` they lie folded in a pile."""
    if look.state == "clean":
        for index, hue in enumerate(("#8e9db5", CREAM, "#c98a7a")):
            top = -7.6 - index * 7.2
            half = 23 - (index % 2) * 2
            pen.shape(rect(-half, top, half, top + 7.6, 3), hue, ink_width=0.8)
            pen.ink(arc(half - 4, top + 3.8, 2.2, 2.6, -80, 80), 0.4)
        return
    pen.shape(
        blob(
            (-40, 0),
            (-38, -12),
            (-22, -24),
            (-4, -30),
            (14, -27),
            (32, -16),
            (41, -3),
            (36, 1),
            (-20, 2),
        ),
        look.tint(CREAM),
    )
    pen.shape(blob((-42, 1), (-40, -9), (-24, -14), (-10, -8), (-12, 2)), "#8e9db5", ink_width=0.8)
    pen.shape(blob((2, 1), (6, -12), (22, -18), (38, -10), (42, 1)), "#c98a7a", ink_width=0.8)
    pen.shape(
        limb(path((-8, -28), (-18, -18), (-16, -6), (-24, -1)), 4.4, 4, 4.6),
        "#8fae98",
        ink_width=0.8,
    )
    pen.shape(limb(path((24, -24), (14, -12), (4, -8)), 3.4, 3.2, 3.6), YELLOW, ink_width=0.8)
    for line in (
        ((0, -24), (4, -16), (1, -9)),
        ((-32, -8), (-28, -4), (-30, 0)),
        ((24, -12), (26, -6), (24, -1)),
    ):
        pen.ink(path(*line), 0.5)


def draw_laundry_basket(pen: Pen, look: Look) -> None:
    """A wicker basket for washing: full, empty, or tipped over."""
    if look.state == "tipped":
        draw_laundry(turned(pen, 0, 44, 0), Look())
        _wicker(turned(pen, 78, -26, -24), look, rim=True)
        return
    if look.state == "full":
        pen.shape(
            blob((-24, -52), (-24, -64), (-8, -70), (8, -66), (22, -68), (26, -52)),
            CREAM,
            ink_width=0.9,
        )
        pen.shape(blob((-26, -50), (-28, -58), (-14, -62), (-4, -52)), "#8e9db5", ink_width=0.8)
        pen.shape(blob((4, -52), (10, -63), (24, -60), (28, -50)), "#c98a7a", ink_width=0.8)
    _wicker(pen, look, rim=look.state == "empty")
    if look.state == "full":
        pen.shape(
            limb(path((16, -54), (24, -48), (25, -36)), 3.4, 3.2, 3.8), "#8fae98", ink_width=0.8
        )


def _wicker(pen: Pen, look: Look, *, rim: bool) -> None:
    hue = look.tint("#cba670")
    if rim:
        pen.shape(oval(0, -52, 29, 5.6), mix(hue, DARK, 0.45), ink_width=0.8, shade=0)
    body = poly((-29, -52), (29, -52), (23, -1), (-23, -1), corner=2)
    body = body.difference(oval(0, -53, 27, 3.6)) if rim else body
    pen.shape(body, hue)
    for row in range(5):
        y = -44 + row * 9
        half = 28 - row * 1.1
        points = [(-half + k * half / 6, y + (1.6 if k % 2 else -1.6)) for k in range(13)]
        pen.ink(path(*points), 0.4, DARK_WOOD)
    if not rim:
        pen.shape(band([(-30, -52), (30, -52)], 4.4), mix(hue, WHITE, 0.2), ink_width=0.8)
    for side in (-1, 1):
        pen.ink(arc(side * 29, -42, 4, 6, -90 if side > 0 else 90, 90 if side > 0 else 270), 1.1)


def draw_soap(pen: Pen, look: Look) -> None:
    """A bar of soap with bubbles."""
    pen.shape(rect(-13, -11, 13, 0, 4.6), look.tint(PINK))
    pen.ink(path((-7, -7), (0, -8), (7, -7)), 0.5, WHITE)
    for x, y, size in ((-9, -15, 3.4), (-2, -18, 5), (7, -15, 4), (12, -21, 2.6), (2, -26, 2.2)):
        pen.shape(oval(x, y, size), "#eaf5f7", ink_width=0.5, shade=0)
        pen.ink(arc(x, y, size * 0.55, size * 0.55, 190, 270), 0.4, WHITE)


def draw_toothbrush(pen: Pen, look: Look) -> None:
    """A toothbrush with toothpaste on it, upright; or two of them in a glass."""
    if look.state != "in a glass":
        _brush(pen, look.tint("#4f93a8"), paste=True)
        return
    _brush(turned(pen, -13, -1, -4), look.tint("#4f93a8"), paste=False)
    _brush(turned(pen, 15, 2, -4), RED, paste=False)
    pen.shape(poly((-9, -21), (9, -21), (7.4, 0), (-7.4, 0), corner=1), "#d7e8ea", ink_width=0.8)
    pen.ink([(-5.4, -17), (-4.6, -4)], 0.6, WHITE)


def _brush(pen: Pen, hue: str, *, paste: bool) -> None:
    pen.shape(limb([(0, 0), (0.6, -18), (0, -36)], 2.0, 1.5, 1.8), hue, ink_width=0.8)
    pen.shape(rect(1.2, -37, 6, -27, 0.8), WHITE, ink_width=0.7, shade=0)
    for y in (-34.5, -32, -29.5):
        pen.ink([(1.4, y), (6, y)], 0.3)
    if paste:
        blob_ = limb(path((7, -36), (8.4, -32), (7, -28)), 1.6, 2, 1.6)
        pen.shape(blob_, "#bfe0d4", ink_width=0.6, shade=0)


def draw_comb(pen: Pen, look: Look) -> None:
    """A comb with its teeth to the right."""
    hue = look.tint("#7a4a3a")
    pen.shape(rect(-5, -36, 2, 0, 2), hue, ink_width=0.8)
    for step in range(9):
        y = -33 + step * 3.8
        pen.shape(rect(1.6, y - 0.9, 9, y + 0.9, 0.6), hue, ink_width=0.5, shade=0)


def draw_hair_dryer(pen: Pen, look: Look) -> None:
    """A hair dryer with its cable; off, or blowing."""
    hue = look.tint("#c9655a")
    pen.ink(path((-2, -2), (-6, 6), (-16, 4), (-20, 10)), 0.9)
    pen.shape(
        poly((-6, -20), (4, -20), (2, 0), (-5, 0), corner=1.6), mix(hue, DARK, 0.14), ink_width=0.9
    )
    pen.shape(
        join(oval(-4, -26, 12, 10), poly((-2, -34), (22, -31), (22, -21), (-2, -18), corner=1)), hue
    )
    pen.shape(rect(20, -33, 25, -19, 1), DARK, ink_width=0.7, shade=0)
    pen.shape(oval(-6, -26, 5), mix(hue, WHITE, 0.4), ink_width=0.5, shade=0)
    if look.state == "blowing":
        for y in (-32, -26, -20):
            pen.ink(path((29, y), (36, y - 1.6), (43, y + 1.6), (50, y)), 0.8, "#6d6472")


def draw_toilet_roll(pen: Pen, look: Look) -> None:
    """A toilet roll; ``unrolled`` its paper runs far across the floor."""
    if look.state == "unrolled":
        strip = path((4, -1), (26, -3), (46, 3), (66, -2), (90, 3), (108, 0))
        pen.shape(band(strip, 8, flat=True), WHITE, ink_width=0.7, shade=0)
        for x, y in ((26, -3), (46, 3), (66, -1), (88, 2)):
            pen.ink([(x, y - 4), (x + 1, y + 4)], 0.35, IRON)
    pen.shape(rect(-11, -22, 11, 0, 1.4), WHITE)
    pen.shape(oval(0, -22, 11, 3.6), mix(WHITE, DARK, 0.05), ink_width=0.7, shade=0)
    pen.shape(oval(0, -22, 4, 1.5), "#b08a62", ink_width=0.5, shade=0)
    if look.state != "unrolled":
        pen.shape(_tail(), WHITE, ink_width=0.6, shade=0)


def _tail() -> Form:
    return poly((6, -18), (11, -18), (13, 2), (6.6, 3), corner=0.6)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "bath",
        (184, 92),
        draw_bath,
        ("full", "empty", "running", "foamy", "overflowing"),
        surface=Surface(40, (-26, 30)),
        seats=Surface(34, (-44, 20)),
        sizes={"overflowing": (196, 98)},
        front=draw_bath_front,
        solid=(172, 60),
        weight=1.0,
    ),
    PropKind(
        "washbasin",
        (76, 106),
        draw_washbasin,
        ("plain", "running"),
        surface=Surface(89, (-27, 27)),
        weight=0.9,
        far=True,
    ),
    PropKind(
        "toilet",
        (70, 86),
        draw_toilet,
        ("closed", "open"),
        seats=Surface(46, (8,)),
        surface=Surface(47, (10,)),
        weight=0.9,
    ),
    PropKind(
        "shower",
        (114, 214),
        draw_shower,
        ("off", "running"),
        surface=Surface(10, (10,)),
        weight=0.85,
        far=True,
    ),
    PropKind("towel rail", (86, 62), draw_towel_rail, hangs=84, weight=0.9, far=True),
    PropKind(
        "towel",
        (46, 58),
        draw_towel,
        ("plain", "folded", "wet"),
        sizes={"folded": (46, 26), "wet": (74, 22)},
        grips=((-17, -54), (17, -54)),
        carry="two",
        flattens=("plain",),
    ),
    PropKind(
        "laundry",
        (84, 32),
        draw_laundry,
        ("plain", "clean"),
        sizes={"clean": (48, 24)},
        grips=((-22, -4), (22, -4)),
        carry="two",
    ),
    PropKind(
        "laundry basket",
        (64, 56),
        draw_laundry_basket,
        ("full", "empty", "tipped"),
        sizes={"full": (64, 70), "tipped": (142, 62)},
        grips=((-30, -40), (30, -40)),
        carry="two",
        shifts={"tipped": -29.0},
    ),
    PropKind("soap", (28, 28), draw_soap, grips=((0, -5),), carry="front", scale=0.72),
    PropKind(
        "toothbrush",
        (14, 38),
        draw_toothbrush,
        ("plain", "in a glass"),
        sizes={"in a glass": (34, 40)},
        grips=((0, -10),),
        carry="front",
        scale=0.68,
        weight=0.68,
        flattens=("plain",),
    ),
    PropKind("comb", (16, 37), draw_comb, grips=((-2, -6),), carry="raised", lies=True, scale=0.66),
    PropKind(
        "hair dryer",
        (50, 46),
        draw_hair_dryer,
        ("off", "blowing"),
        sizes={"blowing": (74, 46)},
        grips=((-1, -9),),
        carry="raised",
        scale=0.74,
    ),
    PropKind(
        "toilet roll",
        (26, 27),
        draw_toilet_roll,
        ("plain", "unrolled"),
        sizes={"unrolled": (124, 28)},
        grips=((0, -10),),
        carry="front",
        scale=0.6,
        shifts={"unrolled": -49.0},
    ),
)
