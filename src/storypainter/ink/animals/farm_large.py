"""Large animals of the farm: horse, donkey, cow. Drawn in centimetres, facing right, feet on y = 0.

They are drawn somewhat smaller than life, or there would be no room beside them.
"""

from __future__ import annotations

import math

from storypainter.ink.animals.animal import AnimalKind, placed
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, blob, join, limb, oval, path, poly
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import INK, mix

WHITE = "#fffdf7"
DARK = "#3d3842"
PINK = "#e9b6a8"
HOOF = "#4a423f"


def eye(pen: Pen, x: float, y: float, size: float = 2.2) -> None:
    """A dark eye with a light in it."""
    pen.fill(oval(x, y, size, size * 1.3), INK)
    pen.fill(oval(x + size * 0.35, y - size * 0.5, size * 0.36), WHITE)


def hoofed_leg(pen: Pen, fur: str, spine: tuple[Point, ...], radii: tuple[float, ...]) -> None:
    """A leg along ``spine`` that ends in a hoof."""
    x, y = spine[-1]
    above = spine[-2]
    pen.shape(limb(path(*spine), *radii), fur, ink_width=0.95)
    r = radii[-1]
    tilt = (x - above[0]) * 0.25
    hoof = poly((x - r * 0.9, y - r), (x + r * 0.9, y - r), (x + r * 1.5 + tilt, y + r), (x - r * 1.2 + tilt, y + r), corner=0.8)  # fmt: skip
    pen.shape(hoof, HOOF, ink_width=0.8, shade=0.4)


def _mane(pen: Pen, line: tuple[Point, ...], width: float, hair: str) -> None:
    pen.shape(limb(path(*line), width * 0.7, width, width * 0.8, width * 0.4), hair, ink_width=0.9)
    for x, y in line[1:-1]:
        pen.ink([(x + width * 0.4, y - width * 0.4), (x - width * 0.5, y + width * 0.7)], 0.5)


_HORSE_LEGS = {
    "stand": (
        ((-48, -78), (-54, -56), (-46, -38), (-50, -6)),
        ((44, -76), (46, -46), (43, -28), (44, -6)),
        ((-36, -80), (-40, -56), (-31, -38), (-33, -6)),
        ((32, -78), (31, -46), (29, -28), (30, -6)),
    ),
    "run": (
        ((-44, -82), (-66, -62), (-74, -40), (-98, -34)),
        ((42, -82), (66, -62), (84, -64), (92, -44)),
        ((-36, -82), (-52, -56), (-72, -50), (-88, -22)),
        ((34, -82), (52, -54), (78, -44), (100, -52)),
    ),
    "rear": (
        ((-40, -70), (-54, -50), (-42, -34), (-46, -6)),
        ((30, -118), (56, -120), (60, -98), (74, -94)),
        ((-24, -66), (-34, -48), (-20, -34), (-22, -6)),
        ((22, -112), (48, -104), (48, -82), (64, -74)),
    ),
}


def _horse(pen: Pen, pose: str, fur: str) -> None:
    hair = mix(fur, DARK, 0.62)
    far = mix(fur, DARK, 0.2)
    if pose == "lie":
        _lying_horse(pen, fur, hair)
        return
    legs = _HORSE_LEGS["stand" if pose == "eat" else pose]
    radii = (9.5, 6.4, 4.6, 4.8)
    tail = {
        "run": ((-58, -104), (-82, -112), (-104, -98), (-116, -102)),
        "rear": ((-44, -74), (-66, -66), (-76, -44), (-86, -34)),
    }.get(pose, ((-58, -102), (-72, -94), (-74, -66), (-69, -44)))
    pen.shape(limb(path(*tail), 5, 8, 7, 2), hair)
    for leg in legs[:2]:
        hoofed_leg(pen, far, leg, radii)
    pen.shape(_horse_body(pose), fur)
    for leg in legs[2:]:
        hoofed_leg(pen, fur, leg, radii)
        pen.fill(oval(leg[0][0], leg[0][1] - 2, 10, 9), fur)
    _horse_head(pen, pose, fur, hair)


def _horse_body(pose: str) -> Form:
    if pose == "rear":
        trunk = blob((-52, -62), (-48, -88), (-26, -112), (14, -142), (38, -140), (42, -116), (20, -92), (-8, -70), (-30, -54))  # fmt: skip
        neck = limb([(24, -128), (36, -148), (46, -170)], 21, 15, 11)
    else:
        trunk = blob((-62, -94), (-50, -112), (-24, -112), (4, -106), (34, -114), (52, -104), (54, -86), (40, -70), (6, -66), (-34, -68), (-56, -78))  # fmt: skip
        tip = {"run": (82, -138), "eat": (78, -62)}.get(pose, (62, -148))
        middle = {"run": (62, -116), "eat": (66, -84)}.get(pose, (52, -122))
        neck = limb([(36, -96), middle, tip], 22, 16, 11.5)
    return join(trunk, neck)


_HORSE_HEADS: dict[str, tuple[Point, float]] = {
    "stand": ((66, -150), 34),
    "run": ((86, -142), 18),
    "rear": ((50, -174), 12),
    "eat": ((80, -56), 78),
    "lie": ((62, -78), 36),
}


def _horse_head(pen: Pen, pose: str, fur: str, hair: str) -> None:
    (x, y), turn = _HORSE_HEADS[pose]
    angle = math.radians(turn)
    cos, sin = math.cos(angle), math.sin(angle)

    def at(a: float, b: float) -> Point:
        """``a`` along the nose, ``b`` below it."""
        return x + a * cos - b * sin, y + a * sin + b * cos

    pen.shape(
        blob(at(-5, -8), at(0, -24), at(7, -30), at(6, -8)), mix(fur, DARK, 0.2), ink_width=0.9
    )
    head = blob(at(-13, 2), at(-8, -11), at(10, -12), at(30, -8), at(40, -5), at(43, 4), at(36, 10), at(22, 8), at(6, 14), at(-8, 13))  # fmt: skip
    pen.shape(head, fur)
    muzzle = blob(at(30, -7), at(40, -5), at(43, 4), at(36, 10), at(29, 7))
    pen.shape(muzzle, mix(fur, "#6d5a55", 0.35), ink_width=0, shade=0)
    pen.fill(oval(*at(38.5, -1), 1.8, 1.4), INK)
    pen.ink(path(at(41, 5), at(35, 6), at(30, 4.5)), 0.6)
    blaze = blob(at(12, -11), at(22, -9.5), at(27, -7), at(20, -5), at(12, -8))
    pen.shape(blaze, mix(fur, WHITE, 0.8), ink_width=0, shade=0)
    eye(pen, *at(8, -4), 2.4)
    pen.shape(blob(at(-11, -7), at(-11, -24), at(-3, -32), at(0, -10)), fur, ink_width=0.9)
    crest = {
        "stand": ((68, -170), (56, -160), (46, -138), (32, -114)),
        "run": ((84, -160), (66, -144), (46, -130), (30, -118)),
        "rear": ((50, -194), (36, -180), (26, -160), (12, -142)),
        "eat": ((90, -74), (76, -92), (60, -108), (40, -115)),
        "lie": ((62, -98), (48, -92), (38, -76), (26, -60)),
    }[pose]
    _mane(pen, crest, 8.5, hair)
    pen.shape(blob(at(-6, -10), at(2, -15), at(13, -9), at(4, -6)), hair, ink_width=0.8)


def _lying_horse(pen: Pen, fur: str, hair: str) -> None:
    far = mix(fur, DARK, 0.2)
    pen.shape(limb(path((-66, -30), (-88, -22), (-96, -4)), 5, 7, 2.5), hair)
    hoofed_leg(pen, far, ((38, -20), (62, -14), (80, -5)), (8, 5.5, 4.6))
    trunk = blob((-72, -16), (-66, -42), (-34, -50), (10, -44), (42, -48), (50, -22), (36, -2), (-20, 0), (-60, -2))  # fmt: skip
    pen.shape(join(trunk, limb([(32, -36), (48, -58), (58, -76)], 20, 14, 11)), fur)
    hoofed_leg(pen, fur, ((26, -16), (52, -10), (60, -4), (44, -4)), (9, 6, 5, 4.8))
    hoofed_leg(pen, fur, ((-44, -18), (-26, -8), (-34, -4), (-52, -4)), (11, 7, 5, 4.8))
    pen.ink(path((-58, -30), (-44, -36), (-32, -28)), 0.6)
    _horse_head(pen, "lie", fur, hair)


def _donkey(pen: Pen, pose: str, fur: str) -> None:
    hair, far = mix(fur, DARK, 0.62), mix(fur, DARK, 0.2)
    pale = mix(fur, WHITE, 0.75)
    sits = pose == "sit"
    if sits:
        pen.shape(limb(path((-44, -8), (-62, -6), (-70, -2)), 3.4, 2.6, 4.6), hair)
        body = blob((-48, -6), (-46, -34), (-26, -58), (4, -86), (26, -90), (36, -72), (28, -44), (10, -18), (-10, -2))  # fmt: skip
        hoofed_leg(pen, far, ((26, -60), (32, -34), (34, -5)), (7, 5, 4.4))
        pen.shape(body, fur)
        hoofed_leg(pen, fur, ((16, -58), (20, -32), (20, -5)), (8, 5.2, 4.4))
        hoofed_leg(pen, fur, ((-26, -20), (2, -14), (-2, -4), (14, -4)), (15, 8, 5, 4.4))
        neck, tip = ((22, -76), (38, -98)), (46.0, -108.0)
    else:
        pen.shape(limb(path((-44, -70), (-56, -58), (-55, -34)), 3, 2.4, 5), hair)
        for leg in (
            ((-36, -58), (-40, -40), (-36, -26), (-39, -5)),
            ((32, -56), (34, -30), (33, -5)),
        ):
            hoofed_leg(pen, far, leg, (7.4, 5, 4, 4.2))
        pen.shape(blob((-48, -64), (-40, -80), (-14, -82), (14, -78), (36, -82), (44, -66), (36, -52), (6, -45), (-30, -48)), fur)  # fmt: skip
        pen.fill(blob((-28, -50), (0, -54), (26, -53), (6, -46)), pale)
        for leg in (
            ((-27, -60), (-30, -40), (-25, -26), (-27, -5)),
            ((23, -58), (22, -30), (21, -5)),
        ):
            hoofed_leg(pen, fur, leg, (8, 5, 4, 4.2))
            pen.fill(oval(leg[0][0], leg[0][1] - 2, 8, 8), fur)
        neck, tip = ((34, -70), (48, -92)), (56.0, -102.0)
    pen.shape(limb([*neck, tip], 15, 11, 9), fur)
    pen.fill(oval(neck[0][0] - 5, neck[0][1] + 4, 14, 13), fur)
    if pose == "bray":
        _braying_head(pen, *tip, fur, hair, pale)
    else:
        _donkey_head(pen, *tip, fur, hair, pale)


def _donkey_head(pen: Pen, x: float, y: float, fur: str, hair: str, pale: str) -> None:
    for dx, hue in ((2, mix(fur, DARK, 0.2)), (-7, fur)):
        pen.shape(blob((x + dx - 4, y - 6), (x + dx - 12, y - 32), (x + dx - 4, y - 38), (x + dx + 3, y - 24), (x + dx + 4, y - 6)), hue, ink_width=0.9)  # fmt: skip
    pen.ink(path((x - 8, y - 10), (x - 13, y - 26), (x - 11, y - 32)), 0.8, hair)
    pen.shape(blob((x - 11, y), (x - 6, y - 11), (x + 8, y - 11), (x + 26, y - 2), (x + 35, y + 3), (x + 35, y + 12), (x + 24, y + 14), (x + 4, y + 13), (x - 8, y + 10)), fur)  # fmt: skip
    pen.shape(blob((x + 23, y - 1), (x + 35, y + 3), (x + 35, y + 12), (x + 24, y + 13)), pale, ink_width=0, shade=0)  # fmt: skip
    pen.fill(oval(x + 31, y + 4, 1.7, 1.3), INK)
    pen.ink(path((x + 35, y + 9), (x + 29, y + 10), (x + 24, y + 8)), 0.6)
    pen.fill(oval(x + 8, y - 3, 5, 4.6), pale)
    eye(pen, x + 8, y - 3, 2)
    pen.shape(limb(path((x - 2, y - 16), (x - 14, y - 6), (x - 20, y + 10)), 3, 5, 3.4), hair, ink_width=0.8)  # fmt: skip


def _braying_head(pen: Pen, x: float, y: float, fur: str, hair: str, pale: str) -> None:
    """The head raised, the jaws wide open from one hinge: lips, teeth and a tongue between them."""
    cos, sin = math.cos(math.radians(-20)), math.sin(math.radians(-20))

    def at(a: float, b: float) -> Point:
        """``a`` along the nose, ``b`` below it."""
        return x + a * cos - b * sin, y + a * sin + b * cos

    for dx, hue in ((3, mix(fur, DARK, 0.2)), (-5, fur)):
        ear = blob(at(dx - 2, -6), at(dx - 13, -26), at(dx - 10, -35), at(dx - 1, -26), at(dx + 5, -8))  # fmt: skip
        pen.shape(ear, hue, ink_width=0.9)
    pen.ink(path(at(-5, -11), at(-13, -24), at(-13, -30)), 0.8, hair)
    pen.shape(poly(at(6, 4), at(34, 0), at(30, 19), at(22, 21), at(8, 13)), "#84393c", ink_width=0.7, shade=0)  # fmt: skip
    pen.shape(blob(at(9, 11), at(18, 9.5), at(26, 12), at(28, 17), at(20, 17)), "#d58079", ink_width=0.6, shade=0)  # fmt: skip
    pen.shape(poly(at(26, 1), at(35, -0.5), at(34.4, 5.4), at(27, 5.8), corner=0.6), WHITE, ink_width=0.5, shade=0)  # fmt: skip
    pen.shape(poly(at(23.5, 13), at(29, 12.2), at(30.6, 18), at(25, 19), corner=0.6), WHITE, ink_width=0.5, shade=0)  # fmt: skip
    upper = blob(at(-11, 1), at(-7, -10), at(6, -12.5), at(25, -8.5), at(36, -8), at(40, -2), at(35, 2.6), at(24, 2.4), at(12, 4.6), at(4, 11), at(-7, 11))  # fmt: skip
    chin = limb([at(19, 18), at(27, 21)], 4.8, 4.6)
    lower = limb([at(-2, 5), at(9, 15), at(19, 19), at(27, 21)], 9, 6.4, 4.8, 4.4)
    pen.shape(join(upper, lower), fur)
    pen.shape(blob(at(27, -8), at(36, -7.4), at(39.4, -2), at(35, 2), at(27, 1.8)), pale, ink_width=0, shade=0)  # fmt: skip
    pen.shape(chin.buffer(-0.6), pale, ink_width=0, shade=0)
    pen.fill(oval(*at(34.5, -4), 1.7, 1.4), INK)
    pen.fill(oval(*at(8, -4), 5, 4.6), pale)
    eye(pen, *at(8, -4), 2)
    pen.shape(limb(path(at(-1, -15), at(-12, -8), at(-20, 6)), 3, 5, 3.4), hair, ink_width=0.8)


def _cow(pen: Pen, pose: str, hide: str) -> None:
    far = mix(hide, DARK, 0.16)
    patch = "#5b4a44" if hide == WHITE else mix(hide, WHITE, 0.82)
    if pose == "lie":
        _lying_cow(pen, hide, patch)
        return
    tail = path((-70, -98), (-82, -88), (-80, -58), (-84, -42))
    if pose == "run":
        tail = path((-70, -98), (-92, -112), (-106, -104), (-114, -118))
    pen.shape(limb(tail, 3.2, 2.4, 2.2), hide, ink_width=0.9)
    end = tail[-1]
    pen.shape(oval(float(end[0]), float(end[1]) + 4, 5, 9, 8), mix(patch, DARK, 0.2), ink_width=0.9)
    legs = _COW_LEGS["run" if pose == "run" else "stand"]
    for leg in legs[:2]:
        hoofed_leg(pen, far, leg, (10, 6.6, 5.2, 5.6))
    body = blob((-74, -90), (-66, -108), (-30, -110), (10, -106), (42, -112), (60, -102), (62, -74), (46, -54), (8, -48), (-40, -50), (-68, -62))  # fmt: skip
    pen.shape(body, hide)
    with pen.clip(body):
        for spot in _PATCHES:
            pen.shape(blob(*spot), patch, ink_width=0, shade=0)
    pen.shape(blob((-42, -54), (-36, -60), (-18, -60), (-12, -54), (-18, -42), (-34, -42)), PINK, ink_width=0.9)  # fmt: skip
    for x in (-32, -22):
        pen.shape(limb([(x, -43), (x, -38)], 2.2), PINK, ink_width=0.7)
    for leg in legs[2:]:
        hoofed_leg(pen, hide, leg, (11, 7, 5.2, 5.6))
        pen.fill(oval(leg[0][0], leg[0][1] - 3, 10, 10), hide)
    foot = (56.0, -82.0) if pose == "eat" else (54.0, -92.0)
    _cow_head(pen, foot, _COW_HEADS[pose], hide, patch)
    if pose == "eat":
        for lean in (-9, -3, 4, 10):
            pen.ink(path((82 + lean * 0.4, -6), (82 + lean, 0)), 1.0, "#6b8a45")


_COW_LEGS = {
    "stand": (
        ((-60, -64), (-64, -44), (-58, -28), (-61, -6)),
        ((50, -62), (51, -36), (49, -22), (50, -6)),
        ((-46, -64), (-50, -44), (-43, -28), (-45, -6)),
        ((36, -60), (35, -36), (33, -22), (34, -6)),
    ),
    "run": (
        ((-58, -64), (-74, -48), (-80, -34), (-98, -26)),
        ((48, -62), (66, -50), (82, -48), (90, -30)),
        ((-46, -62), (-58, -42), (-74, -32), (-84, -8)),
        ((36, -58), (54, -40), (70, -28), (90, -34)),
    ),
}
_COW_HEADS: dict[str, tuple[float, float]] = {
    "stand": (80, -112),
    "run": (82, -118),
    "eat": (80, -34),
    "lie": (60, -64),
}
_PATCHES: tuple[tuple[Point, ...], ...] = (
    ((-60, -116), (-36, -116), (-28, -92), (-44, -76), (-62, -88)),
    ((-8, -76), (12, -88), (28, -72), (20, -52), (-2, -54)),
    ((26, -118), (56, -116), (52, -96), (34, -96)),
)


def _cow_head(pen: Pen, foot: Point, at: Point, hide: str, patch: str) -> None:
    """A broad face turned a little to the viewer, on a neck that grows from ``foot``."""
    x, y = at
    bend = ((foot[0] + x) / 2, (foot[1] + y) / 2 - 4)
    pen.shape(limb([foot, bend, (x - 4, y + 2)], 19, 16, 13), hide)
    pen.fill(oval(foot[0] - 8, foot[1] + 4, 15, 17), hide)
    for side in (-1, 1):
        horn = path((x + side * 10, y - 14), (x + side * 19, y - 19), (x + side * 19, y - 29))
        pen.shape(limb(horn, 3.2, 2.6, 0.8), "#efe4c8", ink_width=0.9)
        ear = blob((x + side * 13, y - 9), (x + side * 25, y - 13), (x + side * 30, y - 6), (x + side * 22, y - 1))  # fmt: skip
        pen.shape(ear, patch, ink_width=0.9)
    face = blob((x - 15, y - 10), (x - 8, y - 18), (x + 8, y - 18), (x + 16, y - 10), (x + 13, y + 8), (x + 14, y + 22), (x + 2, y + 29), (x - 9, y + 22), (x - 12, y + 8))  # fmt: skip
    pen.shape(face, hide)
    with pen.clip(face):
        pen.shape(blob((x - 20, y - 18), (x - 3, y - 20), (x - 1, y - 2), (x - 10, y + 8), (x - 20, y)), patch, ink_width=0, shade=0)  # fmt: skip
    pen.shape(blob((x - 9, y + 16), (x + 6, y + 11), (x + 20, y + 16), (x + 17, y + 27), (x + 6, y + 31), (x - 6, y + 27)), PINK, ink_width=0.95)  # fmt: skip
    for dx in (2, 13):
        pen.fill(oval(x + dx, y + 18, 2, 1.6), mix(PINK, DARK, 0.6))
    pen.ink(path((x - 1, y + 25), (x + 7, y + 27), (x + 14, y + 25)), 0.7)
    for dx, size in ((-3, 2.4), (10, 2.2)):
        eye(pen, x + dx, y - 3, size)


def _lying_cow(pen: Pen, hide: str, patch: str) -> None:
    pen.shape(limb(path((-74, -22), (-88, -10), (-76, -3)), 3, 2.4, 4), hide, ink_width=0.9)
    body = blob((-78, -10), (-74, -40), (-40, -56), (8, -52), (40, -56), (52, -30), (44, -4), (-10, 0), (-60, 0))  # fmt: skip
    pen.shape(body, hide)
    with pen.clip(body):
        for spot in _PATCHES:
            pen.shape(blob(*((a, b + 56) for a, b in spot)), patch, ink_width=0, shade=0)
    hoofed_leg(pen, hide, ((26, -14), (50, -8), (58, -5), (42, -5)), (10, 7, 5.6, 5.4))
    hoofed_leg(pen, hide, ((-52, -16), (-30, -8), (-40, -5), (-56, -5)), (12, 8, 5.6, 5.4))
    _cow_head(pen, (36, -36), _COW_HEADS["lie"], hide, patch)


_DRAWN: tuple[AnimalKind, ...] = (
    AnimalKind(
        "horse",
        {
            "stand": (187, 181),
            "eat": (195, 120),
            "run": (247, 176),
            "rear": (183, 209),
            "lie": (198, 109),
        },
        _horse,
        "#a8744c",
        middle={"stand": 10, "eat": 14, "run": 5, "rear": 2, "lie": 0},
        head={
            "stand": (72, -148),
            "eat": (84, -48),
            "run": (93, -142),
            "rear": (58, -172),
            "lie": (68, -76),
        },
        mouth={
            "stand": (96, -126),
            "eat": (86, -20),
            "run": (122, -128),
            "rear": (86, -162),
            "lie": (92, -54),
        },
        bite=58,
        jaw={"stand": 34, "eat": 78, "run": 18, "rear": 12, "lie": 36},
        collar={
            "stand": (56, -132),
            "eat": (70, -78),
            "run": (68, -120),
            "rear": (42, -152),
            "lie": (52, -64),
        },
    ),
    AnimalKind(
        "donkey",
        {"stand": (155, 142), "sit": (159, 148), "bray": (155, 142)},
        _donkey,
        "#9a928c",
        middle={"stand": 16, "sit": 4, "bray": 16},
        head={"stand": (64, -104), "sit": (54, -110), "bray": (64, -104)},
        mouth={"stand": (88, -92), "sit": (78, -98), "bray": (84, -92)},
        bite=50,
        collar={"stand": (48, -90), "sit": (38, -96), "bray": (48, -90)},
    ),
    AnimalKind(
        "cow",
        {"stand": (201, 143), "eat": (201, 114), "run": (233, 149), "lie": (183, 95)},
        _cow,
        WHITE,
        middle={"stand": 11, "eat": 11, "run": -3, "lie": 0},
        head={"stand": (80, -112), "eat": (80, -34), "run": (82, -118), "lie": (60, -64)},
        mouth={"stand": (90, -87), "eat": (90, -9), "run": (92, -93), "lie": (70, -39)},
        bite=56,
        collar={"stand": (66, -94), "eat": (66, -60), "run": (66, -96), "lie": (48, -42)},
    ),
)
KINDS = tuple(placed(kind) for kind in _DRAWN)
