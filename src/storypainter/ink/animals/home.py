"""Pets and a mouse: rabbit, hamster, parrot, kitten, puppy. They face right; the ground is 0."""

from __future__ import annotations

from storypainter.ink.animals.animal import AnimalKind, placed
from storypainter.ink.animals.cats import cat_head
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import blob, join, limb, oval, path, poly
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.props.prop import DARK, WHITE

_NOSE = "#c9736f"


def _eye(pen: Pen, x: float, y: float, size: float) -> None:
    pen.fill(oval(x, y, size, size * 1.25), INK)
    pen.fill(oval(x + size * 0.35, y - size * 0.45, size * 0.38), WHITE)


def _rabbit(pen: Pen, pose: str, fur: str) -> None:
    pale = mix(fur, WHITE, 0.55)
    if pose == "run":
        _running_rabbit(pen, fur, pale)
        return
    upright = pose == "beg"
    pen.shape(oval(-19, -10, 6, 5.6), WHITE, ink_width=0.8)
    if upright:
        pen.shape(blob((-16, -2), (-17, -20), (-6, -40), (8, -40), (12, -20), (8, -2)), fur)
        pen.shape(oval(2, -20, 7, 13), pale, ink_width=0.4, shade=0)
        for x in (5, 12):
            pen.shape(
                limb(path((x - 2, -32), (x + 4, -27), (x + 5, -22)), 3, 2.6), fur, ink_width=0.8
            )
        _rabbit_head(pen, 6, -48, fur, pale)
    else:
        pen.shape(
            blob((-20, -2), (-21, -16), (-10, -26), (6, -25), (14, -14), (13, -1), (-4, 0)), fur
        )
        pen.ink(path((-8, -2), (-14, -10), (-6, -16), (2, -12)), 0.6)
        _rabbit_head(pen, 13, -29, fur, pale)
    pen.shape(limb([(-12, -3), (6, -2.4)], 3.4, 3), fur, ink_width=0.9)
    if not upright:
        pen.shape(limb([(11, -12), (12, -3), (16, -2)], 3, 2.6, 2.4), fur, ink_width=0.9)


def _running_rabbit(pen: Pen, fur: str, pale: str) -> None:
    pen.shape(oval(-27, -22, 6, 5.6), WHITE, ink_width=0.8)
    far = mix(fur, DARK, 0.16)
    pen.shape(limb(path((-14, -16), (-28, -10), (-38, -3)), 5, 3.4, 2.6), far)
    pen.shape(limb(path((14, -18), (26, -12), (32, -5)), 3.6, 2.8, 2.4), far)
    pen.shape(
        blob((-27, -18), (-20, -32), (0, -34), (18, -28), (20, -16), (0, -12), (-18, -10)), fur
    )
    pen.shape(limb(path((-18, -18), (-30, -8), (-24, -2), (-14, -3)), 7, 4.6, 3.2, 2.6), fur)
    pen.shape(limb(path((14, -18), (22, -8), (29, -2)), 4, 3, 2.6), fur)
    _rabbit_head(pen, 24, -34, fur, pale, swept=True)


def _rabbit_head(pen: Pen, x: float, y: float, fur: str, pale: str, *, swept: bool = False) -> None:
    """A round head, its ears up, or swept back as it runs."""
    tips = ((-24, -10), (-20, -17)) if swept else ((-9, -28), (2, -29))
    for tip, root in zip(tips, ((-5, -5), (-1, -7)), strict=True):
        middle = ((tip[0] + root[0]) / 2 - 1, (tip[1] + root[1]) / 2)
        line = path(
            (x + root[0], y + root[1]), (x + middle[0], y + middle[1]), (x + tip[0], y + tip[1])
        )
        pen.shape(limb(line, 3, 4.4, 2.2), fur, ink_width=0.9)
        pen.shape(limb(line, 1, 2.2, 0.8), "#e3aaa2", ink_width=0, shade=0)
    pen.shape(oval(x, y, 10.4, 9.2), fur)
    pen.shape(oval(x + 6.4, y + 3, 4.6, 3.8), pale, ink_width=0, shade=0)
    _eye(pen, x + 2.4, y - 1.6, 1.7)
    pen.fill(poly((x + 8, y), (x + 11, y), (x + 9.6, y + 2)), _NOSE)
    pen.ink(path((x + 9.6, y + 2), (x + 8, y + 4.6), (x + 5.4, y + 4.6)), 0.5)
    for dy in (1, 3):
        pen.ink([(x + 7, y + dy + 1), (x + 17, y + dy * 1.6)], 0.3)


def _hamster(pen: Pen, pose: str, fur: str) -> None:
    pale = mix(fur, WHITE, 0.75)
    pen.shape(oval(-16, -5, 3, 2.4), "#e3aaa2", ink_width=0.6, shade=0)
    if pose == "beg":
        pen.shape(blob((-12, -1), (-13, -16), (-6, -29), (7, -29), (13, -16), (11, -1)), fur)
        pen.shape(oval(2, -12, 7, 9.6), pale, ink_width=0, shade=0)
        x, y = 3.0, -26.0
    else:
        pen.shape(
            blob((-16, -2), (-17, -12), (-8, -20), (6, -20), (15, -12), (15, -2), (0, 0)), fur
        )
        pen.shape(blob((-8, -1), (-4, -7), (8, -7), (14, -3), (8, 0)), pale, ink_width=0, shade=0)
        x, y = 10.0, -13.0
    for dx in (-6, 3):
        pen.shape(oval(x + dx, y - 8, 3.2), fur, ink_width=0.8)
        pen.shape(oval(x + dx, y - 7.8, 1.6), "#e3aaa2", ink_width=0, shade=0)
    pen.shape(oval(x, y, 9.4, 8.2), fur, ink_width=0.9)
    pen.shape(oval(x + 4.6, y + 3.2, 4.8, 3.6), pale, ink_width=0, shade=0)
    _eye(pen, x + 2.4, y - 1.4, 1.5)
    pen.fill(oval(x + 9, y + 0.6, 1.3, 1), _NOSE)
    pen.ink(path((x + 8.6, y + 1.8), (x + 7, y + 4), (x + 5, y + 3.6)), 0.5)
    paws = ((x + 1, y + 10), (x + 7, y + 9)) if pose == "beg" else ((4, -1.6), (12, -1.6))
    for px, py in paws:
        pen.shape(oval(px, py, 2.8, 1.9), "#e3aaa2", ink_width=0.6, shade=0)


def _parrot(pen: Pen, pose: str, feathers: str) -> None:
    dark = mix(feathers, DARK, 0.2)
    blue, yellow = "#5c86ad", "#e9b44c"
    if pose == "fly":
        tail = poly((-12, -26), (-42, -18), (-46, -24), (-40, -30), (-14, -33), corner=1.4)
        pen.shape(tail, blue)
        pen.shape(blob((-4, -34), (-22, -62), (-8, -64), (4, -54), (12, -36)), dark)
        pen.shape(blob((-18, -28), (-6, -36), (12, -38), (20, -32), (12, -23), (-6, -21)), feathers)
        wing = blob((0, -33), (-4, -56), (8, -72), (20, -66), (18, -48), (12, -33))
        pen.shape(wing, feathers)
        pen.shape(
            blob((-1, -52), (8, -72), (20, -66), (17, -58), (8, -54)), blue, ink_width=0.6, shade=0
        )
        for line in (((2, -52), (6, -66)), ((8, -50), (13, -66)), ((13, -47), (18, -60))):
            pen.ink(line, 0.5)
        _parrot_head(pen, 22, -40, feathers, yellow)
        return
    tail = poly((-8, -16), (-20, 10), (-13, 13), (-2, -10), corner=1.2)
    pen.shape(tail.intersection(poly((-40, -40), (40, -40), (40, 0), (-40, 0))), blue)
    for x in (1, 7):
        pen.ink([(x, -8), (x, -1.4), (x + 4, -1)], 1.1, "#8a7a70")
    pen.shape(
        blob((-9, -8), (-10, -24), (-2, -40), (10, -40), (14, -26), (8, -8), (0, -4)), feathers
    )
    pen.shape(
        blob((-12, -6), (-12, -24), (-5, -34), (4, -28), (2, -14), (-4, -4)), dark, ink_width=0.9
    )
    pen.shape(
        blob((-12, -5), (-12, -16), (-5, -18), (0, -12), (-5, -3)), blue, ink_width=0.6, shade=0
    )
    for line in (((-8, -26), (-9, -18)), ((-3, -28), (-4, -20))):
        pen.ink(line, 0.5)
    _parrot_head(pen, 6, -46, feathers, yellow)


def _parrot_head(pen: Pen, x: float, y: float, feathers: str, yellow: str) -> None:
    pen.shape(oval(x, y, 9.6, 9), feathers)
    pen.shape(
        blob((x + 1, y - 5), (x + 8, y - 5), (x + 10, y + 2), (x + 5, y + 6), (x, y + 2)),
        "#f7f1e2",
        ink_width=0.4,
        shade=0,
    )
    upper = blob(
        (x + 7, y - 5),
        (x + 14, y - 4),
        (x + 17, y + 3),
        (x + 15, y + 8),
        (x + 12.6, y + 3),
        (x + 8, y + 2),
    )
    pen.shape(
        poly((x + 8, y + 1), (x + 13, y + 3), (x + 11.4, y + 7), (x + 7, y + 4), corner=0.5),
        DARK,
        ink_width=0.5,
        shade=0,
    )
    pen.shape(upper, yellow, ink_width=0.8)
    _eye(pen, x + 4, y - 1.6, 1.5)


def _kitten(pen: Pen, pose: str, fur: str) -> None:
    stripe = mix(fur, DARK, 0.3)
    if pose == "play":
        pen.shape(limb(path((-14, -9), (-26, -12), (-30, -24), (-25, -29)), 2.4, 2.2, 1.7), fur)
        pen.shape(blob((-18, -3), (-16, -15), (0, -18), (12, -12), (12, -2), (-4, 0)), fur)
        pen.shape(limb(path((8, -8), (18, -10), (24, -18)), 3, 2.6, 2.8), fur, ink_width=0.9)
        pen.shape(limb([(6, -5), (18, -2.6)], 3, 2.6), fur, ink_width=0.9)
        x, y = 12.0, -20.0
    elif pose == "sit":
        pen.shape(limb(path((-9, -4), (-19, -3), (-21, -10)), 2.6, 2.3, 1.6), fur)
        pen.shape(blob((-11, -1), (-12, -12), (-4, -22), (6, -20), (8, -8), (7, -1)), fur)
        pen.ink(path((-2, -1.2), (-1.6, -7), (-6, -10), (-10, -7.6)), 0.6)
        pen.ink(path((3.4, -12), (2.8, -6), (3, -1.6)), 0.6)
        for paw in (-0.8, 6.4):
            pen.shape(oval(paw, -1.5, 3.5, 1.8), fur, ink_width=0.7)
        x, y = 4.0, -26.0
    else:
        pen.shape(limb(path((-13, -13), (-21, -17), (-20, -25), (-23, -32)), 2.4, 2.2, 1.5), fur)
        dim = mix(fur, DARK, 0.2)
        pen.shape(limb(path((-7, -11), (-6, -6), (-8, -2), (-4.6, -1.7)), 3.4, 2.2, 1.8), dim)
        pen.shape(limb(path((11, -11), (16, -8), (16, -4), (19, -3.6)), 3, 2.2, 1.8), dim)
        pen.shape(blob((-15, -10), (-11, -17), (-2, -18), (7, -16.6), (14, -18), (14, -9), (2, -7), (-10, -7)), fur)  # fmt: skip
        pen.shape(limb(path((-11, -11), (-12, -6), (-15, -2), (-11, -1.7)), 4.4, 2.6, 1.9), fur, ink_width=0.9)  # fmt: skip
        pen.shape(limb(path((9, -11), (8, -5), (7.4, -2), (10.8, -1.7)), 3.4, 2.2, 1.9), fur, ink_width=0.9)  # fmt: skip
        pen.fill(oval(-9.8, -12.4, 3.9, 3.5), fur)
        pen.fill(oval(9.4, -12.4, 3.2, 3.2), fur)
        x, y = 14.0, -22.0
    cat_head(pen, x, y, fur, stripe, young=True)


def _puppy(pen: Pen, pose: str, fur: str) -> None:
    far, patch = mix(fur, DARK, 0.14), "#8a5a3c"
    if pose == "sit":
        pen.shape(limb(path((-12, -4), (-22, -6), (-26, -14)), 2.6, 2.2, 1.4), patch)
        pen.shape(limb([(11, -18), (12, -3), (16, -2.4)], 3.6, 2.8, 2.6), far)
        pen.shape(
            blob((-15, -2), (-14, -16), (-4, -28), (9, -28), (12, -14), (6, -3), (-6, 0)), fur
        )
        pen.shape(blob((-14, -2), (-12, -12), (-3, -13), (2, -6), (5, -1)), fur, ink_width=0.9)
        pen.shape(limb([(6, -20), (6, -3), (10, -2.4)], 3.8, 3, 2.8), fur)
        x, y = 8.0, -36.0
    elif pose == "lie":
        pen.shape(limb(path((-20, -6), (-28, -5), (-32, -10)), 2.6, 2.2, 1.4), patch)
        pen.shape(blob((-22, -1), (-21, -11), (-6, -16), (9, -15), (15, -7), (12, 0), (-8, 1)), fur)
        pen.shape(limb([(9, -4), (23, -2.6)], 3.6, 3.2), fur)
        x, y = 17.0, -17.0
    else:
        pen.shape(limb(path((-17, -20), (-24, -28), (-23, -36)), 2.6, 2.2, 1.4), patch)
        for lx, foot in ((-12.0, -9.0), (15.0, 19.0)):
            pen.shape(limb([(lx, -14), (lx, -3), (foot, -2.4)], 3.8, 2.9, 2.6), far)
        pen.shape(
            blob((-19, -14), (-17, -25), (0, -26), (14, -29), (20, -20), (17, -12), (0, -10)), fur
        )
        pen.shape(
            blob((-12, -25), (-4, -26.6), (2, -26), (-2, -18), (-10, -18)),
            patch,
            ink_width=0,
            shade=0,
        )
        for lx, foot in ((-16.0, -12.0), (11.0, 15.0)):
            pen.shape(limb([(lx, -14), (lx, -3), (foot, -2.4)], 4.2, 3.1, 2.8), fur)
        x, y = 21.0, -35.0
    _puppy_head(pen, x, y, fur, patch)


def _puppy_head(pen: Pen, x: float, y: float, fur: str, patch: str) -> None:
    pen.shape(limb([(x - 6, y + 8), (x + 4, y + 9)], 2, 2), "#4f93a8", ink_width=0.6, shade=0)
    pen.shape(
        join(
            oval(x, y, 10.4, 10),
            blob(
                (x + 4, y - 3), (x + 14, y - 1), (x + 15.4, y + 4), (x + 8, y + 7), (x + 2, y + 6)
            ),
        ),
        fur,
    )
    pen.shape(oval(x + 14.4, y - 0.4, 2.6, 2.1), INK, ink_width=0, shade=0)
    pen.ink(path((x + 14, y + 1.6), (x + 11, y + 4.4), (x + 6, y + 4.2)), 0.6)
    pen.shape(
        blob((x + 7, y + 4.6), (x + 10.4, y + 4.6), (x + 9.6, y + 9), (x + 7.2, y + 8.4)),
        "#d9807c",
        ink_width=0.6,
        shade=0,
    )
    _eye(pen, x + 4, y - 2.4, 1.7)
    ear = blob(
        (x - 3, y - 9),
        (x - 9, y - 8),
        (x - 12.4, y + 2),
        (x - 9, y + 8),
        (x - 4, y + 2),
        (x - 1, y - 5),
    )
    pen.shape(ear, patch)


def _mouse(pen: Pen, pose: str, fur: str) -> None:
    run = pose == "run"
    tail = (
        path((-14, -4), (-24, -2), (-30, -7), (-38, -5))
        if run
        else path((-12, -3), (-22, -1), (-28, -5), (-26, -11))
    )
    pen.ink(tail, 1.2, "#b98a86")
    pen.shape(blob((-16, -2), (-15, -11), (-4, -16), (8, -12), (18, -5), (12, -1), (-4, 0)), fur)
    pen.shape(oval(3, -14, 5.2), fur, ink_width=0.9)
    pen.shape(oval(3, -14, 3), "#e3aaa2", ink_width=0, shade=0)
    _eye(pen, 9.6, -8, 1.3)
    pen.fill(oval(18.4, -5, 1.5), _NOSE)
    for dy in (-2, 1):
        pen.ink([(14, -5), (22, -5 + dy * 1.8)], 0.3)
    feet = ((-12, -18), (8, 15)) if run else ((-8, -4), (6, 10))
    for x, toe in feet:
        pen.ink([(x, -2), (toe, -0.8)], 1.1, "#b98a86")
    if run:
        for y in (-4, -9):
            pen.ink([(-46, y), (-40, y)], 0.6, "#6d6472")


_DRAWN: tuple[AnimalKind, ...] = (
    AnimalKind(
        "rabbit",
        {"sit": (56, 62), "stand": (56, 62), "run": (83, 55), "beg": (49, 81)},
        _rabbit,
        "#b9a18a",
        middle={"sit": 2, "stand": 2, "run": 0, "beg": -2},
        head={"sit": (15, -30), "stand": (15, -30), "run": (27, -34), "beg": (8, -49)},
        mouth={"sit": (22, -25), "stand": (22, -25), "run": (33, -30), "beg": (15, -44)},
        bite=16,
    ),
    AnimalKind(
        "hamster",
        {"stand": (41, 26), "beg": (35, 39)},
        _hamster,
        "#d09a5a",
        middle={"stand": 0, "beg": -2},
        head={"stand": (11, -14), "beg": (4, -27)},
        mouth={"stand": (18, -11), "beg": (11, -24)},
        bite=12,
    ),
    AnimalKind(
        "parrot",
        {"sit": (40, 57), "stand": (40, 57), "fly": (87, 74)},
        _parrot,
        "#c8483c",
        middle={"sit": 4, "stand": 4, "fly": -3},
        head={"sit": (8, -46), "stand": (8, -46), "fly": (24, -40)},
        mouth={"sit": (20, -42), "stand": (20, -42), "fly": (36, -36)},
        bite=24,
    ),
    AnimalKind(
        "kitten",
        {"stand": (56, 37), "sit": (46, 41), "play": (63, 35)},
        _kitten,
        "#c7b8a6",
        middle={"stand": 4, "sit": 0, "play": -1},
        head={"stand": (14, -22), "sit": (4, -26), "play": (12, -20)},
        mouth={"stand": (23, -17), "sit": (13, -21), "play": (21, -15)},
        bite=16,
    ),
    AnimalKind(
        "puppy",
        {"stand": (66, 47), "sit": (54, 48), "lie": (69, 29)},
        _puppy,
        "#ece0cc",
        middle={"stand": 6, "sit": -1, "lie": 0},
        head={"stand": (23, -36), "sit": (10, -37), "lie": (19, -18)},
        mouth={"stand": (33, -31), "sit": (20, -32), "lie": (29, -13)},
        bite=22,
        collar={"stand": (21, -27), "sit": (7, -28), "lie": (16, -9)},
    ),
    AnimalKind(
        "mouse",
        {"stand": (51, 21), "run": (69, 21)},
        _mouse,
        "#a39c98",
        middle={"stand": -4, "run": -12},
        head={"stand": (9, -9), "run": (9, -9)},
        mouth={"stand": (17, -3.6), "run": (17, -3.6)},
        bite=12,
    ),
)
#: What is drawn larger than it is beside people, and by how much it is made smaller.
_SHARES = {
    "rabbit": 0.8,
    "hamster": 0.56,
    "parrot": 0.8,
    "kitten": 0.85,
    "puppy": 0.88,
    "mouse": 0.66,
}
KINDS = tuple(placed(kind, _SHARES.get(kind.word, 1.0)) for kind in _DRAWN)
