"""Animals of woods and cold lands. Drawn in centimetres, facing right, feet on y = 0."""

from __future__ import annotations

from storypainter.ink.animals.animal import BEAK, DARK, WHITE, AnimalKind, placed
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly
from storypainter.ink.drawing.palette import INK, mix


def _eye(pen: Pen, x: float, y: float, size: float) -> None:
    pen.fill(oval(x, y, size, size * 1.2), INK)
    pen.fill(oval(x + size * 0.32, y - size * 0.4, size * 0.36), WHITE)


def _bear(pen: Pen, pose: str, fur: str) -> None:
    dark = mix(fur, DARK, 0.2)
    if pose == "stand":
        _bear_on_four(pen, fur, dark)
        return
    if pose == "sit":
        for x in (-30, 34):
            pen.shape(limb(path((x * 0.5, -30), (x * 1.1, -22), (x * 1.5, -8)), 17, 15, 12), dark)
            pen.shape(oval(x * 1.62, -12, 10, 12), mix(fur, WHITE, 0.2), ink_width=0.9)
        body = blob(
            (-36, -6), (-42, -44), (-28, -88), (0, -98), (28, -88), (42, -44), (36, -6), (0, 0)
        )
        pen.shape(body, fur)
        pen.fill(oval(2, -40, 24, 30), mix(fur, WHITE, 0.22))
        for x in (-26, 30):
            pen.shape(limb(path((x, -76), (x * 1.2, -56), (x * 0.7, -34)), 11, 11, 10), fur)
        _bear_head(pen, 4, -112, fur, snarl=False)
        return
    for x in (-20, 22):
        pen.shape(limb([(x, -44), (x * 1.1, -13)], 19, 13), dark)
        pen.shape(blob((x - 18, 1), (x - 12, -12), (x + 12, -12), (x + 26, -2), (x + 20, 2)), fur)
    body = blob(
        (-40, -22), (-46, -70), (-38, -120), (-6, -146), (30, -132), (44, -76), (40, -24), (0, -14)
    )
    left = join(
        limb(path((-26, -118), (-56, -128), (-62, -162)), 17, 14, 11), oval(-62, -168, 14, 13)
    )
    right = join(limb(path((24, -116), (58, -122), (70, -154)), 17, 14, 11), oval(71, -160, 14, 13))
    pen.shape(join(body, left, right), fur)
    pen.fill(blob((-14, -30), (-16, -80), (4, -112), (26, -84), (26, -34)), mix(fur, WHITE, 0.2))
    for x, y in ((-62, -168), (71, -160)):
        for dx in (-8, -1, 6):
            pen.ink([(x + dx, y - 9), (x + dx + 1, y - 18)], 1.2, "#f3ead8")
    _bear_head(pen, 4, -160, fur, snarl=True)


def _bear_on_four(pen: Pen, fur: str, dark: str) -> None:
    for x in (-38, 50):
        pen.shape(limb([(x + 8, -44), (x + 10, -8)], 15, 12), dark)
    body = blob((-84, -36), (-76, -80), (-30, -92), (20, -84), (52, -100), (82, -80), (74, -46), (30, -34), (-40, -30))  # fmt: skip
    pen.shape(oval(-84, -62, 9, 8), fur, ink_width=0.9)
    legs = [limb([(x, -56), (x - 2, -10)], 20, 14) for x in (-58, 40)]
    feet = [
        blob((x - 16, 1), (x - 12, -12), (x + 10, -13), (x + 22, -3), (x + 16, 2))
        for x in (-58, 40)
    ]
    pen.shape(join(body, *legs, *feet), fur)
    pen.ink(path((-38, -58), (-36, -44), (-38, -34)), 0.7)
    pen.ink(path((60, -60), (61, -46), (58, -36)), 0.7)
    _bear_head(pen, 84, -86, fur, snarl=False)


def _bear_head(pen: Pen, x: float, y: float, fur: str, *, snarl: bool) -> None:
    pale = mix(fur, WHITE, 0.36)
    for side in (-1, 1):
        pen.shape(oval(x + side * 22 - 2, y - 22, 11, 10), fur)
        pen.fill(oval(x + side * 22 - 2, y - 21, 5.6, 5), pale)
    pen.shape(blob((x - 32, y + 2), (x - 24, y - 24), (x, y - 32), (x + 24, y - 24), (x + 32, y + 4), (x + 18, y + 24), (x - 16, y + 24)), fur)  # fmt: skip
    pen.shape(oval(x + 16, y + 9, 19, 14), pale, ink_width=0.9)
    pen.fill(oval(x + 24, y + 1.6, 7, 5), INK)
    for dx, size in ((-3, 2.8), (20, 2.5)):
        _eye(pen, x + dx, y - 9, size)
    if snarl:
        pen.shape(blob((x + 8, y + 11), (x + 30, y + 11), (x + 26, y + 20), (x + 14, y + 21)), "#8d3f3c", ink_width=0.8, shade=0)  # fmt: skip
        for dx in (11, 25):
            pen.shape(poly((x + dx, y + 11), (x + dx + 4, y + 11), (x + dx + 2, y + 17)), WHITE, ink_width=0.4, shade=0)  # fmt: skip
        for dx, lean in ((-9, 4), (15, -4)):
            pen.ink([(x + dx, y - 16 - lean), (x + dx + 11, y - 16 + lean)], 1.2)
        return
    pen.ink([(x + 24, y + 6), (x + 23, y + 12)], 0.8)
    pen.ink(path((x + 9, y + 15), (x + 20, y + 14), (x + 31, y + 12)), 0.8)


def _fox(pen: Pen, pose: str, fur: str) -> None:
    dark = "#4a3a38"
    tail = blob((-30, -22), (-52, -34), (-76, -30), (-86, -18), (-66, -14), (-44, -12))
    if pose == "sit":
        pen.shape(blob((-14, -4), (-40, -2), (-58, -12), (-66, -4), (-46, 2), (-14, 1)), fur)
        pen.shape(blob((-58, -11), (-72, -8), (-66, 0), (-54, -2)), WHITE, ink_width=0.7)
        pen.shape(blob((-20, -2), (-22, -22), (-8, -44), (10, -46), (16, -22), (14, -1)), fur)
        pen.fill(blob((6, -40), (14, -40), (15, -20), (8, -16)), WHITE)
        for x in (4, 12):
            pen.shape(limb([(x, -22), (x + 1, -2)], 3.4, 2.8), dark, ink_width=0.8)
        _fox_head(pen, 12, -56, fur)
        return
    pen.shape(tail, fur)
    pen.shape(blob((-72, -30), (-86, -20), (-82, -14), (-66, -16)), WHITE, ink_width=0.7)
    for x in (-20, 22):
        pen.shape(limb([(x + 6, -18), (x + 8, -2)], 3.2, 2.6), mix(dark, fur, 0.25), ink_width=0.8)
    for x in (-24, 20):
        pen.shape(limb([(x, -14), (x + 1, -2)], 3.4, 2.8), dark, ink_width=0.8)
    thighs = [limb([(x, -24), (x + 0.5, -11)], 7, 3.6) for x in (-24, 20)]
    body = blob((-34, -20), (-26, -36), (6, -38), (34, -42), (38, -24), (16, -15), (-18, -14))
    pen.shape(join(body, *thighs), fur)
    pen.fill(blob((-12, -16), (10, -17), (30, -24), (22, -15.5), (0, -14)), WHITE)
    _fox_head(pen, 38, -46, fur)


def _fox_head(pen: Pen, x: float, y: float, fur: str) -> None:
    for dx in (-9, 4):
        pen.shape(
            poly((x + dx - 3, y - 6), (x + dx - 1, y - 23), (x + dx + 8, y - 8), corner=0.8), fur
        )
        pen.fill(
            poly((x + dx - 0.5, y - 15), (x + dx - 1, y - 22), (x + dx + 2.5, y - 15)), "#4a3a38"
        )
    pen.shape(blob((x - 14, y + 1), (x - 8, y - 11), (x + 6, y - 11), (x + 16, y - 1), (x + 28, y + 4), (x + 14, y + 10), (x - 4, y + 11)), fur)  # fmt: skip
    pen.fill(
        blob((x - 10, y + 4), (x + 6, y + 4), (x + 24, y + 4), (x + 13, y + 9), (x - 3, y + 10)),
        WHITE,
    )
    pen.fill(oval(x + 27, y + 3.4, 2.8, 2.2), INK)
    _eye(pen, x + 7, y - 2, 1.9)
    pen.ink(path((x + 14, y + 8), (x + 20, y + 6.4), (x + 25, y + 6)), 0.6)


def _owl(pen: Pen, pose: str, feathers: str) -> None:
    dark, pale = mix(feathers, DARK, 0.25), mix(feathers, WHITE, 0.5)
    y = -30.0
    if pose == "fly":
        for side in (-1, 1):
            wing = blob((side * 8, -34), (side * 34, -52), (side * 60, -46), (side * 54, -34), (side * 46, -36), (side * 40, -26), (side * 32, -30), (side * 12, -20))  # fmt: skip
            pen.shape(wing, dark)
    pen.shape(poly((-8, -6), (8, -6), (5, 2), (-5, 2), corner=1) if pose == "fly" else poly((-9, -8), (4, -8), (-6, 2), (-14, 1), corner=1), dark, ink_width=0.9)  # fmt: skip
    pen.shape(
        blob((-16, -8), (-18, -26), (-10, -40), (10, -40), (18, -26), (15, -8), (0, -1)), feathers
    )
    pen.fill(oval(2, -14, 10, 11), pale)
    for x, low in ((-3, -18), (4, -18), (0, -12), (7, -12)):
        pen.ink(arc(x, low, 3, 3, 20, 160), 0.6, dark)
    if pose != "fly":
        pen.shape(blob((-17, -28), (-19, -14), (-11, -3), (-8, -16)), dark, ink_width=0.9)
        for x in (-3, 6):
            pen.ink([(x, -2), (x + 3, 0)], 1.6, BEAK)
    for side in (-1, 1):
        pen.shape(
            poly((side * 12, y - 8), (side * 16, y - 20), (side * 4, y - 12), corner=0.6),
            feathers,
            ink_width=0.9,
        )
    for dx, wide in ((-2.4, 7.6), (10.4, 6)):
        pen.shape(oval(dx, y - 2, wide, 7.6), "#f8e6b0", ink_width=0.8, shade=0)
        pen.fill(oval(dx + 0.32 * wide, y - 2, 0.48 * wide, 3.8), INK)
        pen.fill(oval(dx + 0.5 * wide, y - 3.4, 1.2), WHITE)
    pen.shape(poly((3, y + 1), (9, y + 1), (8, y + 8.4), corner=0.3), BEAK, ink_width=0.7, shade=0)


def _deer(pen: Pen, pose: str, fur: str) -> None:
    dark = mix(fur, DARK, 0.28)
    leap = pose == "run"
    for x, dx in ((-34, -14 if leap else 2), (32, 26 if leap else 2)):
        knee = (x + dx * 0.5 + 4, -34)
        pen.shape(
            limb(path((x + 6, -62), knee, (x + dx + 8, -2 if not leap else -12)), 7, 3.8, 3), dark
        )
    pen.shape(poly((-54, -84), (-66, -76), (-56, -68), corner=2), WHITE, ink_width=0.8)
    body = blob(
        (-54, -66), (-48, -90), (-10, -92), (30, -96), (44, -78), (34, -58), (-10, -54), (-42, -54)
    )
    neck = limb(path((32, -80), (48, -104), (54, -122)), 16, 10, 8)
    legs = []
    for x, dx in ((-44, -22 if leap else 0), (26, 34 if leap else 0)):
        knee = (x + dx * 0.5, -34)
        legs.append(limb(path((x + 2, -68), knee, (x + dx, -2 if not leap else -16)), 11, 4.2, 3.4))
    pen.shape(join(body, neck, *legs), fur)
    pen.fill(blob((-28, -56), (0, -59), (20, -60), (14, -55), (-10, -54)), mix(fur, WHITE, 0.6))
    for x, y in ((-30, -82), (-14, -76), (-2, -84), (12, -78), (-22, -70)):
        pen.fill(oval(x, y, 2.8, 2.2), mix(fur, WHITE, 0.6))
    for tip in (((50, -134), (42, -158), (52, -178)), ((58, -134), (70, -156), (66, -178))):
        pen.shape(limb(path(*tip), 2.6, 2.2, 1.2), "#b79a74", ink_width=0.8)
    for branch in (((44, -154), (32, -164)), ((69, -156), (82, -164)), ((47, -168), (38, -180)), ((68, -168), (78, -178))):  # fmt: skip
        pen.shape(limb(list(branch), 2, 1), "#b79a74", ink_width=0.7)
    pen.shape(blob((46, -132), (30, -142), (34, -130), (44, -124)), fur, ink_width=0.9)
    pen.shape(
        blob((44, -122), (48, -138), (62, -138), (78, -126), (86, -118), (78, -112), (60, -112)),
        fur,
    )
    pen.fill(oval(84, -118, 3.4, 3), INK)
    _eye(pen, 63, -128, 2.4)


_DRAWN: tuple[AnimalKind, ...] = (
    AnimalKind(
        "bear", {"stand": (214, 120), "upright": (163, 194), "sit": (126, 146)}, _bear, "#86603f",
        middle={"stand": 13, "upright": 4, "sit": 3}, head={"stand": (88, -82), "upright": (8, -156), "sit": (8, -108)},
        mouth={"stand": (108, -73), "upright": (24, -143), "sit": (28, -98)}, bite=50,
    ),
    AnimalKind(
        "fox", {"stand": (156, 69), "sit": (116, 79)}, _fox, "#cf7438",
        middle={"stand": -9, "sit": -15}, head={"stand": (46, -44), "sit": (20, -54)}, mouth={"stand": (62, -40), "sit": (36, -50)},
        bite=32,
    ),
    AnimalKind(
        "owl", {"sit": (40, 51), "fly": (124, 54)}, _owl, "#a07d58",
        middle={"sit": 0, "fly": 0}, head={"sit": (4, -32), "fly": (4, -32)}, mouth={"sit": (8, -24), "fly": (8, -24)}, bite=26,
    ),
    AnimalKind(
        "deer", {"stand": (153, 183), "run": (159, 183)}, _deer, "#b58254",
        middle={"stand": 11, "run": 9}, head={"stand": (64, -124), "run": (64, -124)},
        mouth={"stand": (80, -114), "run": (80, -114)}, bite=44,
    ),
)  # fmt: skip
#: What is drawn larger than it is beside people, and by how much it is made smaller.
_SHARES = {"owl": 0.64}
KINDS = tuple(placed(kind, _SHARES.get(kind.word, 1.0)) for kind in _DRAWN)
