"""Things of the beach: parasol, deckchair, towel, sandcastle, rings and boards, rocks and shells."""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, drop, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Frame, star
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    DARK_WOOD,
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
    strip,
)

_SAND = "#e2c78d"
_GREY_STONE = "#aaa398"


def draw_parasol(pen: Pen, look: Look) -> None:
    """A striped sunshade on a pole stuck in the sand."""
    cloth = look.tint(RED)
    mound = blob((-22, 2), (-10, -7), (10, -7), (22, 2))
    if look.state == "closed":
        pen.shape(limb([(0, 0), (0, -206)], 2.6, 2.2), PALE_WOOD)
        pen.shape(blob((-4, -204), (4, -204), (11, -130), (8, -92), (-8, -92), (-11, -130)), cloth)
        pen.ink(path((-9, -120), (0, -116), (9, -120)), 1.2, CREAM)
        pen.shape(mound, _SAND, ink_width=0.7)
        return
    if look.state == "blown over":
        pen.shape(limb([(-104, -6), (8, -44)], 2.4, 2.4), PALE_WOOD)
        _canopy(pen, cloth, (18, -50), 70, 86)
        return
    pen.shape(limb([(0, 0), (6, -196)], 2.8, 2.4), PALE_WOOD)
    _canopy(pen, cloth, (7, -160), 108, 8)
    pen.shape(mound, _SAND, ink_width=0.7)


def _canopy(pen: Pen, cloth: str, middle: tuple[float, float], half: float, degrees: float) -> None:
    """A dome in six gores with a scalloped hem, leaning by ``degrees``."""
    frame = Frame(*middle, 1.0, degrees)
    high = half * 0.5
    shares = (-1.0, -0.64, -0.22, 0.22, 0.64, 1.0)
    for index in range(5):
        left, right = shares[index] * half, shares[index + 1] * half
        top = [(left * (1 - t) ** 0.75, -high * (1 - (1 - t) ** 2.1)) for t in (0, 0.2, 0.4, 0.6, 0.8, 1)]  # fmt: skip
        back = [(right * (1 - t) ** 0.75, -high * (1 - (1 - t) ** 2.1)) for t in (1, 0.8, 0.6, 0.4, 0.2, 0)]  # fmt: skip
        dip = [
            (left + (right - left) * t, 9 * (1 - (2 * t - 1) ** 2)) for t in (0.8, 0.6, 0.4, 0.2)
        ]
        gore = poly(*top, *back, *dip)
        pen.shape(frame.geometry(gore), cloth if index % 2 == 0 else CREAM, shade=0.7)
    pen.shape(
        frame.geometry(limb([(0, -high), (0, -high - 10)], 2.6, 1.6)), PALE_WOOD, ink_width=0.8
    )


def draw_deckchair(pen: Pen, look: Look) -> None:
    """A folding chair of wood and striped cloth, seen from the side, its back to the left."""
    cloth = look.tint(BLUE)
    if look.state == "folded":
        strip(
            pen,
            limb([(-50, -5), (52, -9)], 3, 3),
            limb([(-48, -12), (54, -4)], 3, 3),
            fill=PALE_WOOD,
        )
        return
    if look.state == "collapsed":
        strip(
            pen,
            limb([(-62, -4), (46, -20)], 3, 3),
            limb([(-40, -22), (58, -3)], 3, 3),
            fill=PALE_WOOD,
        )
        sag = band(path((-58, -10), (-20, -4), (20, -12), (44, -20)), 7)
        pen.shape(sag, cloth)
        return
    strip(pen, limb([(50, -50), (-44, -2)], 3, 3), limb([(-58, -96), (36, -2)], 3, 3), fill=mix(PALE_WOOD, DARK_WOOD, 0.3))  # fmt: skip
    sling = path((-58, -96), (-38, -60), (-12, -36), (16, -34), (50, -48))
    shape = band(sling, 9, flat=True)
    pen.shape(shape, cloth)
    for k in range(3, len(sling) - 2, 5):
        x, y = sling[k]
        dx, dy = sling[k + 1] - sling[k - 1]
        length = (dx * dx + dy * dy) ** 0.5 or 1.0
        pen.ink([(x + dy / length * 4, y - dx / length * 4), (x - dy / length * 4, y + dx / length * 4)], 2.2, CREAM, taper=1.0)  # fmt: skip


def front_deckchair(pen: Pen, look: Look) -> None:
    """The nearer legs and arm rest."""
    if look.state != "plain":
        return
    strip(pen, limb([(54, -52), (-30, 0)], 3.2, 3.2), limb([(-62, -98), (46, 0)], 3.2, 3.2), fill=PALE_WOOD)  # fmt: skip
    pen.shape(limb([(-24, -58), (42, -60)], 3, 3), PALE_WOOD)


def draw_beach_towel(pen: Pen, look: Look) -> None:
    """A striped towel spread on the sand."""
    cloth = look.tint(YELLOW)
    area = poly((-88, 4), (-62, -22), (92, -22), (84, 4), corner=2)
    pen.shape(area, cloth, ink_width=0.8)
    with pen.clip(area):
        for x in (-62, -30, 2, 34, 66):
            pen.fill(poly((x - 12, 5), (x, 5), (x + 18, -23), (x + 6, -23)), CREAM)
    for x in range(-86, 84, 8):
        pen.ink([(x, 4), (x - 1, 8)], 0.5, mix(cloth, DARK, 0.3))


def draw_sandcastle(pen: Pen, look: Look) -> None:
    """Three towers, a gate, shells and a flag; trampled, a heap with a footprint."""
    sand = look.tint(_SAND)
    dark = mix(sand, DARK_WOOD, 0.32)
    base = blob((-66, 3), (-56, -12), (-30, -18), (30, -18), (56, -12), (66, 3))
    pen.shape(base, sand)
    if look.state == "trampled":
        pen.shape(blob((-44, -8), (-30, -34), (-14, -30), (-8, -14)), sand)
        pen.shape(
            poly((26, -12), (28, -40), (34, -34), (40, -42), (46, -36), (48, -10), corner=1), sand
        )
        pen.shape(
            blob((-14, -10), (0, -17), (18, -14), (14, -6), (-8, -4)), dark, ink_width=0.7, shade=0
        )
        pen.ink([(30, -4), (52, -12)], 1.0, DARK_WOOD)
        pen.shape(poly((50, -12), (62, -18), (60, -7)), RED, ink_width=0.7, shade=0)
        return
    for x, wide, high in ((-36, 15, 50), (36, 15, 50), (0, 20, 72)):
        pen.shape(poly((x - wide, -10), (x + wide, -10), (x + wide * 0.86, -high), (x - wide * 0.86, -high)), sand)  # fmt: skip
        step = wide * 1.72 / 5
        for k in (0, 2, 4):
            left = x - wide * 0.86 + k * step
            pen.shape(
                rect(left, -high - 8, left + step, -high + 1, 0.5), sand, ink_width=0.9, shade=0.4
            )
    pen.shape(poly((-8, -10), (-8, -28), (0, -36), (8, -28), (8, -10), corner=1), dark, ink_width=0.8, shade=0)  # fmt: skip
    for x, y in ((-36, -32), (36, -32), (0, -54)):
        pen.shape(oval(x, y, 3.4, 4.4), dark, ink_width=0.6, shade=0)
    pen.ink([(0, -78), (0, -104)], 1.1, DARK_WOOD)
    pen.shape(poly((0, -104), (20, -97), (0, -90)), RED, ink_width=0.8, shade=0)
    for x in (-48, -22, 22, 48):
        pen.shape(oval(x, -6, 4.4, 3.2), "#f3d9cf", ink_width=0.6, shade=0)


def draw_toy_spade(pen: Pen, look: Look) -> None:
    """A child's spade, its blade down."""
    plastic = look.tint(RED)
    pen.shape(limb([(0, -22), (0, -56)], 2.2, 2.2), PALE_WOOD, ink_width=0.8)
    pen.shape(limb([(-8, -58), (8, -58)], 2.6, 2.6), plastic, ink_width=0.8)
    pen.shape(blob((-10, -26), (10, -26), (10, -10), (0, 0), (-10, -10)), plastic)
    pen.ink([(0, -22), (0, -10)], 0.5)


def draw_rubber_ring(pen: Pen, look: Look) -> None:
    """A swimming ring with stripes; burst, a limp skin."""
    rubber = look.tint("#f0c04f")
    if look.state == "burst":
        pen.shape(
            blob((-38, -1), (-24, -8), (0, -5), (22, -9), (38, -1), (14, 3), (-16, 3)), rubber
        )
        pen.ink(path((-14, -3), (0, -1), (14, -4)), 0.6)
        return
    ring = oval(-4, -17, 40, 17).difference(oval(-4, -21, 22, 7))
    pen.shape(ring, rubber)
    with pen.clip(ring):
        for x in (-38, -14, 10):
            pen.fill(poly((x, 2), (x + 9, 2), (x + 7, -16), (x - 1, -16)), WHITE)
    pen.ink(path((-38, -22), (-20, -30), (6, -31)), 0.9, mix(rubber, WHITE, 0.7))
    pen.shape(limb(path((30, -18), (34, -34), (30, -48)), 8, 7, 6), rubber)
    pen.shape(oval(31, -54, 13, 12), rubber)
    pen.shape(poly((41, -58), (56, -53), (42, -48), corner=1.5), "#e0743a", ink_width=0.9)
    pen.fill(oval(35, -57, 2.4, 2.9), "#1d1a22")


def draw_surfboard(pen: Pen, look: Look) -> None:
    """A board stuck upright in the sand; broken, its top lies beside it."""
    foam = look.tint("#f4e7c8")
    board = blob((-12, 0), (-24, -50), (-25, -120), (-13, -180), (0, -200), (13, -180), (25, -120), (24, -50), (12, 0))  # fmt: skip
    if look.state == "broken":
        cut = board.intersection(poly((-40, 6), (40, 6), (40, -92), (14, -76), (2, -98), (-14, -80), (-40, -96)))  # fmt: skip
        pen.shape(cut, foam)
        with pen.clip(cut):
            pen.fill(rect(-3, -120, 3, 4), RED)
        pen.shape(blob((34, 0), (50, -13), (90, -15), (122, -2), (90, 5), (50, 5)), foam)
        return
    pen.shape(board, foam)
    with pen.clip(board):
        pen.fill(rect(-3, -206, 3, 4), RED)
        pen.fill(band(path((-30, -136), (0, -120), (30, -136)), 16), BLUE)
        pen.fill(band(path((-30, -50), (0, -36), (30, -50)), 9), BLUE)
    pen.ink(board.exterior.coords, 0.9, closed=True)


def draw_rock(pen: Pen, look: Look) -> None:
    """A boulder with a flat top, and two stones at its foot."""
    stone = look.tint(_GREY_STONE)
    if look.ground.weather == "snow":
        pen.fill(blob((-50, -46), (0, -62), (44, -44), (0, -40)), WHITE)
    pen.shape(
        blob((-62, 2), (-64, -22), (-44, -50), (-6, -58), (36, -48), (60, -22), (64, 2)), stone
    )
    pen.fill(blob((-44, -48), (-8, -56), (30, -47), (10, -40), (-26, -38)), mix(stone, WHITE, 0.35))
    pen.ink(path((8, -42), (16, -26), (8, -10)), 0.7)
    pen.ink(path((-38, -24), (-28, -14), (-34, -4)), 0.6)
    pen.shape(blob((42, 4), (46, -10), (64, -14), (78, -4), (74, 4)), mix(stone, DARK, 0.12))
    pen.shape(blob((-84, 4), (-78, -9), (-62, -10), (-54, 4)), mix(stone, WHITE, 0.12))
    if look.ground.weather == "snow":
        pen.shape(blob((-52, -42), (-30, -58), (-2, -63), (30, -54), (46, -40), (20, -42), (0, -36), (-24, -42)), WHITE, ink_width=0.7, shade=0.4)  # fmt: skip


def draw_shell(pen: Pen, look: Look) -> None:
    """A scallop shell."""
    hue = look.tint("#f2c9b8")
    fan = blob((-4, -1), (-15, -8), (-17, -18), (-9, -27), (0, -29), (9, -27), (17, -18), (15, -8), (4, -1))  # fmt: skip
    pen.shape(poly((-7, 0), (7, 0), (4, -5), (-4, -5), corner=0.8), hue, ink_width=0.8)
    pen.shape(fan, hue)
    for x, y in ((-12, -18), (-6, -24), (0, -26), (6, -24), (12, -18)):
        pen.ink([(x * 0.15, -4), (x, y)], 0.6, mix(hue, DARK, 0.45))


def draw_starfish(pen: Pen, look: Look) -> None:
    """A starfish lying on the ground."""
    hue = look.tint("#dd8d5c")
    arms = star(0, -9, 15, 5, 0.42).buffer(2.2)
    pen.shape(arms, hue)
    for x, y in ((0, -18), (-7, -10), (7, -10), (-4, -3), (4, -3), (0, -10)):
        pen.fill(oval(x, y, 1.1), mix(hue, WHITE, 0.6))


def draw_fish(pen: Pen, look: Look) -> None:
    """A fish, or only its bones."""
    scales = look.tint("#84a59a")
    if look.state == "bones":
        pen.ink([(-20, -8), (14, -8)], 1.2)
        for x in (-14, -7, 0, 7):
            pen.ink([(x, -14), (x + 2, -2)], 0.8)
        pen.shape(blob((12, -14), (24, -8), (12, -2)), CREAM)
        pen.shape(poly((-20, -8), (-32, -16), (-28, -8), (-32, 0)), CREAM)
        return
    _fish(pen, scales, (0, -11), 1.0, 0)


def draw_leaping_fish(pen: Pen, look: Look) -> None:
    """A large fish that leaps out of the water, with a splash."""
    _splash(pen)
    _fish(pen, look.tint("#84a59a"), (4, -62), 1.9, -62)
    for x, y in ((-34, -58), (38, -46), (-26, -84), (34, -78)):
        pen.shape(drop(x, y, 4), WATER, ink_width=0.5, shade=0)


def _splash(pen: Pen) -> None:
    crown = blob((-50, 3), (-44, -10), (-42, -30), (-32, -14), (-24, -36), (-14, -14), (0, -30), (12, -14), (24, -36), (32, -14), (42, -28), (46, -10), (52, 3), (0, 9))  # fmt: skip
    pen.shape(crown, mix(WATER, WHITE, 0.55), ink_width=0.8, shade=0.5)


def _fish(pen: Pen, hue: str, middle: tuple[float, float], size: float, degrees: float) -> None:
    at = Frame(*middle, size, degrees)
    tail = blob((-20, 0), (-34, -11), (-31, 0), (-34, 11))
    pen.shape(at.geometry(tail), mix(hue, DARK, 0.14), ink_width=0.9)
    pen.shape(
        at.geometry(poly((-6, -8), (2, -15), (10, -9), corner=1)),
        mix(hue, DARK, 0.14),
        ink_width=0.8,
    )
    body = blob((-22, 0), (-8, -9), (10, -10), (24, -5), (29, 1), (22, 7), (8, 10), (-8, 8))
    pen.shape(at.geometry(body), hue)
    belly = blob((-16, 3), (0, 4), (16, 3), (24, 5), (8, 9.4), (-8, 7.4))
    pen.fill(at.geometry(belly), mix(hue, CREAM, 0.75))
    pen.ink(at.points(arc(15, 0, 4, 8, 110, 250)), 0.6)
    for x, y in ((-2, -2), (-9, -2), (4, 1), (-5, 2)):
        pen.ink(at.points(arc(x, y, 3, 3, 100, 250)), 0.45)
    pen.shape(
        at.geometry(poly((6, 6), (-3, 12), (0, 5), corner=0.6)), mix(hue, DARK, 0.14), ink_width=0.7
    )
    pen.fill(at.geometry(oval(20, -2.6, 2.3)), WHITE)
    pen.fill(at.geometry(oval(20.5, -2.5, 1.3)), "#1d1a22")
    pen.ink(at.points(path((24, 4), (27, 3), (28.6, 2))), 0.6)


def draw_lifeguard_chair(pen: Pen, look: Look) -> None:
    """A high white chair on four legs with a ladder and a board."""
    wood = look.tint("#f3eee0")
    grey = mix(wood, DARK, 0.22)
    strip(
        pen,
        limb([(-36, -118), (-46, -2)], 3.4, 3.6),
        limb([(36, -118), (46, -2)], 3.4, 3.6),
        fill=grey,
    )
    for y in (-28, -58, -88):
        pen.shape(rect(-42, y - 3, 42, y + 3, 1), grey, ink_width=0.8)
    pen.shape(rect(-36, -196, 36, -146, 4), wood)
    for y in (-180, -163):
        pen.ink([(-34, y), (34, y)], 0.6)
    pen.shape(rect(-44, -126, 44, -116, 2), wood)
    strip(pen, limb([(-40, -150), (-50, 0)], 4, 4), limb([(40, -150), (50, 0)], 4, 4), fill=wood)
    pen.shape(rect(-33, -112, 33, -92, 2), RED)
    write(pen, look.text or "LIFEGUARD", (0, -102), 58, 13, WHITE, RED)


def draw_rock_pool(pen: Pen, look: Look) -> None:
    """A pool among stones that the tide left."""
    water = mix(WATER, "#35507a", 0.45 if look.ground.dark else 0.0)
    rim = blob((-90, -4), (-60, -22), (0, -27), (60, -22), (92, -2), (60, 14), (0, 17), (-60, 13))
    pen.shape(rim, "#b5ab98", ink_width=0.9)
    pen.shape(rim.buffer(-9), water, ink_width=0.7, shade=0)
    for x, y in ((-36, -8), (10, -12), (30, 2)):
        pen.ink(path((x, y), (x + 11, y - 2), (x + 24, y)), 0.7, WHITE)
    for x, y, r in ((-84, 2, 15), (-58, -20, 12), (74, -14, 15), (88, 4, 12), (-20, -27, 9), (-40, 15, 10), (44, 15, 13)):  # fmt: skip
        pen.shape(blob((x - r, y + r * 0.4), (x - r * 0.7, y - r * 0.5), (x, y - r * 0.8), (x + r * 0.8, y - r * 0.4), (x + r, y + r * 0.4)), _GREY_STONE, ink_width=0.8)  # fmt: skip
    pen.shape(star(-8, 2, 8).buffer(1.2), "#dd8d5c", ink_width=0.7, shade=0)


def draw_message_bottle(pen: Pen, look: Look) -> None:
    """A green bottle lying on its side with a rolled paper inside."""
    glass = look.tint("#a9cdb5")
    body = join(rect(-24, -17, 10, -1, 6), poly((8, -16), (20, -12), (30, -12), (30, -6), (20, -6), (8, -2)))  # fmt: skip
    pen.shape(body, glass)
    pen.shape(rect(-18, -13, 6, -5, 2.5), CREAM, ink_width=0.6, shade=0)
    pen.ink([(-6, -13), (-6, -5)], 1.4, RED)
    pen.shape(rect(29, -11.5, 36, -6.5, 1), WOOD, ink_width=0.7, shade=0)
    pen.ink([(-18, -15), (4, -15.2)], 0.8, WHITE)


KINDS = (
    PropKind(
        "parasol", (218, 214), draw_parasol, ("open", "closed", "blown over"),
        sizes={"closed": (47, 208), "blown over": (190, 132)}, solid=(150, 60),
        perch=(8, -214), approach=Approach(-70, 30, (0.0, 0.03)),
    ),
    PropKind(
        "deckchair", (126, 102), draw_deckchair, ("plain", "folded", "collapsed"),
        surface=Surface(38, (4,)), seats=Surface(38, (4,)), front=front_deckchair, sizes={"folded": (112, 18), "collapsed": (126, 28)},
    ),
    PropKind(
        "beach towel", (184, 30), draw_beach_towel, flat=True,
        surface=Surface(0, (0, -46, 46)), berth=Surface(3, (0,)), seats=Surface(0, (-34, 40)),
    ),
    PropKind("sandcastle", (134, 106), draw_sandcastle, ("plain", "trampled"), sizes={"trampled": (134, 46)}, scale=0.64),
    PropKind("toy spade", (24, 62), draw_toy_spade, grips=((0, -46),), carry="front", lies=True),
    PropKind("rubber ring", (100, 68), draw_rubber_ring, ("plain", "burst"), grips=((-40, -17), (28, -14)), carry="two", sizes={"burst": (78, 14)}),
    PropKind("surfboard", (52, 202), draw_surfboard, ("plain", "broken"), grips=((0, -100),), carry="front", sizes={"broken": (150, 98)}, shifts={"broken": -48.0}),
    PropKind("rock", (162, 62), draw_rock, surface=Surface(54, (-4,)), seats=Surface(46, (-18, 20)), perch=(0, -54), scale=0.9),
    PropKind("shell", (36, 31), draw_shell, grips=((0, -12),), carry="front", scale=0.46, weight=0.66),
    PropKind("starfish", (36, 28), draw_starfish, grips=((0, -8),), carry="front", scale=0.64, flattens=('plain',)),
    PropKind("fish", (66, 24), draw_fish, ("plain", "bones"), grips=((-24, -11),), carry="raised", scale=0.78, tie=(29, -10)),
    PropKind("leaping fish", (104, 122), draw_leaping_fish, flat=True, scale=0.9, tie=(31, -110)),
    PropKind("lifeguard chair", (106, 198), draw_lifeguard_chair, seats=Surface(124, (0,)), solid=(100, 190)),
    PropKind("rock pool", (196, 46), draw_rock_pool, flat=True, basin=(98, 22)),
    PropKind("message bottle", (62, 20), draw_message_bottle, grips=((-6, -9),), carry="front", scale=0.64),
)  # fmt: skip
