"""Animals of the park. Drawn in centimetres, facing right, feet on y = 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from storypainter.ink.animals.cats import cat_head
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import blob, limb, oval, path, poly
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import INK, mix

WHITE = "#fffdf7"
DARK = "#3d3842"
BEAK = "#e0953a"


@dataclass(frozen=True, slots=True)
class AnimalKind:
    """One species: its poses, its drawn size in cm for each, and the points others refer to.

    A size is (width, height) of a box that stands on the ground, its middle at x = 0 (at
    ``middle`` as long as a species is not :func:`placed`), and holds the whole drawing. ``head`` is where a gaze goes, ``mouth`` where the jaws close on a thing,
    ``collar`` where a leash ends; all in pen coordinates (facing right), by pose. ``bite`` is how
    long in cm a thing in its mouth may be, ``jaw`` the slope of its lips in degrees where they
    are not level (90 points down).
    """

    word: str
    sizes: dict[str, tuple[float, float]]
    draw: Callable[[Pen, str, str], None]
    colour: str
    head: dict[str, Point]
    mouth: dict[str, Point] = field(default_factory=dict)
    collar: dict[str, Point] = field(default_factory=dict)
    swims: bool = False
    bite: float = 0.0
    jaw: dict[str, float] = field(default_factory=dict)
    middle: dict[str, float] = field(default_factory=dict)

    @property
    def poses(self) -> tuple[str, ...]:
        """The words for poses; the first is the usual one."""
        return tuple(self.sizes)


def placed(kind: AnimalKind, share: float = 1.0) -> AnimalKind:
    """The species at a share of its drawn size, every pose moved so that its box is at x = 0."""

    def draw(pen: Pen, pose: str, colour: str) -> None:
        x, y = pen.frame.point(-kind.middle[pose] * share, 0.0)
        frame = replace(pen.frame, x=x, y=y, scale=pen.frame.scale * share)
        kind.draw(pen.canvas.pen(frame, pen.weight * max(0.7, share**0.5)), pose, colour)

    def moved(points: dict[str, Point]) -> dict[str, Point]:
        return {
            pose: (round((x - kind.middle[pose]) * share, 1), round(y * share, 1))
            for pose, (x, y) in points.items()
        }

    return replace(
        kind,
        sizes={
            pose: (round(wide * share, 1), round(tall * share, 1))
            for pose, (wide, tall) in kind.sizes.items()
        },
        draw=draw,
        head=moved(kind.head),
        mouth=moved(kind.mouth),
        collar=moved(kind.collar),
        bite=kind.bite * share,
        middle=dict.fromkeys(kind.middle, 0.0),
    )


def _eye(pen: Pen, x: float, y: float, size: float = 1.5) -> None:
    pen.fill(oval(x, y, size, size * 1.25), INK)
    pen.fill(oval(x + size * 0.35, y - size * 0.45, size * 0.35), WHITE)


def _dog_head(pen: Pen, x: float, y: float, fur: str, *, mouth_open: bool = False) -> None:
    """A dog's head around (x, y): muzzle to the right, one hanging ear."""
    pen.shape(
        blob(
            (x - 11, y - 2),
            (x - 7, y - 12),
            (x + 3, y - 13),
            (x + 10, y - 6),
            (x + 20, y - 3),
            (x + 22, y + 3),
            (x + 14, y + 7),
            (x + 2, y + 9),
            (x - 8, y + 7),
        ),
        fur,
    )
    pen.shape(
        blob(
            (x + 10, y - 1), (x + 19, y - 2.5), (x + 21, y + 3), (x + 14, y + 6.4), (x + 8, y + 5)
        ),
        mix(fur, WHITE, 0.5),
        ink_width=0,
        shade=0,
    )
    pen.shape(oval(x + 20.5, y - 2.5, 3.1, 2.5), INK, ink_width=0, shade=0)
    if mouth_open:
        pen.shape(
            blob((x + 9, y + 5), (x + 18, y + 4), (x + 15, y + 11), (x + 10, y + 10)),
            "#cf6a68",
            ink_width=0.7,
            shade=0,
        )
    else:
        pen.ink(path((x + 20, y + 0.5), (x + 16, y + 4), (x + 9, y + 4)), 0.6)
    _eye(pen, x + 4.5, y - 4.5, 1.6)
    pen.shape(
        blob((x - 4, y - 11), (x - 11, y - 8), (x - 13, y + 4), (x - 8, y + 9), (x - 3, y - 1)),
        mix(fur, DARK, 0.28),
    )


def _collar(pen: Pen, a: Point, b: Point) -> None:
    pen.shape(limb([a, b], 2.2, 2.2), "#b8433a", ink_width=0.6, shade=0)
    pen.shape(oval(b[0], b[1] + 3, 2.2), "#e9b44c", ink_width=0.5, shade=0)


def _dog(pen: Pen, pose: str, fur: str) -> None:
    far = mix(fur, DARK, 0.16)
    if pose in ("sit", "beg"):
        _dog_upright(pen, pose, fur, far)
        return
    if pose == "lie":
        pen.shape(limb(path((-30, -8), (-42, -6), (-50, -12)), 3, 1.8), fur)
        pen.shape(
            blob((-34, -2), (-32, -16), (-10, -22), (14, -21), (24, -10), (18, 0), (-16, 1)), fur
        )
        pen.shape(limb([(14, -6), (36, -3)], 5, 4.2), fur)
        pen.ink(path((-26, -3), (-20, -13), (-10, -11)), 0.6)
        _collar(pen, (16, -22), (24, -14))
        _dog_head(pen, 27, -25, fur)
        return
    if pose == "run":
        pen.shape(limb(path((-16, -26), (-32, -16), (-46, -17)), 5.6, 3.6, 2.9), far)
        pen.shape(limb(path((22, -26), (38, -20), (50, -22)), 5, 3.4, 2.9), far)
        pen.shape(limb(path((-28, -34), (-42, -44), (-56, -45)), 3.2, 2.4, 1.6), fur)
        pen.shape(
            blob(
                (-32, -30),
                (-22, -42),
                (2, -41),
                (24, -46),
                (34, -36),
                (28, -24),
                (6, -24),
                (-20, -21),
            ),
            fur,
        )
        pen.shape(limb(path((-20, -26), (-36, -18), (-40, -4), (-48, -3)), 7, 4.2, 3.4, 3), fur)
        pen.shape(limb(path((24, -28), (40, -16), (54, -10)), 6, 3.8, 3.1), fur)
        _collar(pen, (25, -47), (36, -38))
        _dog_head(pen, 40, -52, fur, mouth_open=False)
        return
    pull = 5 if pose == "pull" else 0
    pen.shape(limb(path((-28, -38), (-40, -50), (-40, -62)), 3.2, 2.6, 1.6), fur)
    pen.shape(
        limb(path((-16, -24), (-13, -12), (-16 - pull, -2.6), (-11 - pull, -2.2)), 6, 3.8, 3, 2.6),
        far,
    )
    pen.shape(
        limb(
            path((26, -26), (29 + pull, -12), (28 + pull, -2.6), (33 + pull, -2.2)),
            5.4,
            3.6,
            3,
            2.6,
        ),
        far,
    )
    pen.shape(
        blob(
            (-31, -30), (-27, -43), (0, -43), (22, -47), (31, -38), (28, -23), (8, -20), (-18, -22)
        ),
        fur,
    )
    pen.shape(
        limb(
            path((-24, -26), (-27, -14), (-29 - pull, -2.6), (-23 - pull, -2.2)), 7.5, 4.4, 3.3, 2.8
        ),
        fur,
    )
    pen.shape(
        limb(
            path((20, -28), (19 + pull, -13), (19 + pull, -2.6), (25 + pull, -2.2)),
            6,
            3.9,
            3.2,
            2.8,
        ),
        fur,
    )
    _collar(pen, (22, -49), (33, -41))
    _dog_head(pen, 36 + pull / 2, -56 + pull / 2, fur)


def _dog_upright(pen: Pen, pose: str, fur: str, far: str) -> None:
    pen.shape(limb(path((-20, -6), (-34, -6), (-42, -16)), 3.2, 2.4, 1.6), fur)
    if pose == "beg":
        pen.shape(limb(path((12, -40), (24, -38), (27, -30)), 4.6, 3.4, 3.2), far)
    else:
        pen.shape(limb(path((14, -30), (17, -14), (18, -2.6), (23, -2.2)), 5, 3.5, 3, 2.7), far)
    pen.shape(
        blob((-22, -6), (-21, -22), (-8, -40), (6, -52), (17, -44), (16, -24), (8, -6), (-8, 0)),
        fur,
    )
    pen.shape(
        blob((-22, -4), (-18, -20), (-4, -22), (4, -10), (8, -3), (14, -1), (0, 1), (-16, 1)), fur
    )
    if pose == "beg":
        pen.shape(limb(path((8, -38), (20, -33), (22, -25)), 5, 3.6, 3.3), fur)
    else:
        pen.shape(limb(path((9, -32), (9, -14), (9, -2.6), (15, -2.2)), 5.4, 3.8, 3.1, 2.8), fur)
    _collar(pen, (3, -52), (17, -46))
    _dog_head(pen, 12, -61, fur)


def _cat(pen: Pen, pose: str, fur: str) -> None:
    stripe = mix(fur, DARK, 0.35)
    if pose in ("sit", "lie"):
        low = pose == "lie"
        tall = 0.55 if low else 1.0
        pen.shape(limb(path((-12, -4), (-24, -2), (-28, -12), (-22, -18)), 3, 2.8, 2.2), fur)
        pen.shape(
            blob(
                (-15, -2),
                (-15, -16 * tall),
                (-4, -30 * tall),
                (7, -28 * tall),
                (10, -12 * tall),
                (10, -1),
                (-2, 0),
            ),
            fur,
        )
        if not low:
            pen.ink(path((-3, -1.4), (-2.4, -9), (-8, -13), (-13, -10)), 0.7)
            pen.ink(path((4.4, -17), (3.6, -8), (4, -2)), 0.7)
        for x in (-1.0, 8.4):
            pen.shape(oval(x + (4 if low else 0), -1.9, 4.4, 2.3), fur, ink_width=0.8)
        head = (6.0, -34 * tall - (4 if low else 0))
    else:
        _walking_cat(pen, fur, stripe)
        head = (24.0, -31.0)
    cat_head(pen, *head, fur, stripe)


def _walking_cat(pen: Pen, fur: str, stripe: str) -> None:
    """A cat that strolls: one fore paw lifted, the back in a soft wave, the tail up."""
    far = mix(fur, DARK, 0.2)
    tail = path((-19, -21), (-29, -22), (-34, -31), (-31, -41), (-34, -46))
    pen.shape(limb(tail, 3, 2.6, 2.3, 1.9), fur)
    pen.shape(limb(path((-10, -16), (-11, -9), (-6, -5), (-8, -2), (-3.6, -1.8)), 5, 3, 2.2, 2), far, ink_width=0.9)  # fmt: skip
    pen.shape(limb(path((18, -17), (25, -12), (24, -6), (28, -5)), 4, 2.8, 2.2, 2.1), far, ink_width=0.9)  # fmt: skip
    body = blob((-23, -16), (-20, -24), (-9, -26.5), (5, -23.5), (17, -27), (25, -24), (22, -13), (10, -11), (-4, -11.5), (-18, -10))  # fmt: skip
    pen.shape(body, fur)
    with pen.clip(body.buffer(-0.5)):
        for x, deep in ((-13, 7), (-6, 8), (1, 7), (8, 6)):
            pen.ink(path((x, -28), (x + 1.4, -24), (x + 0.4, -26 + deep)), 1.2, stripe)
    pen.shape(limb(path((-16, -17), (-19, -10), (-23, -6), (-22, -2.2), (-17, -1.8)), 7, 4, 2.4, 2.2), fur, ink_width=0.9)  # fmt: skip
    pen.shape(limb(path((14, -17), (13, -9), (12, -2.2), (16.4, -1.8)), 5, 3, 2.4, 2.2), fur, ink_width=0.9)  # fmt: skip
    # the shoulders and the haunch go over into the body
    pen.fill(oval(-14.6, -18.6, 6.2, 5.4), fur)
    pen.fill(oval(14.6, -18.6, 4.9, 4.6), fur)


def _duck(pen: Pen, pose: str, feathers: str) -> None:
    drake = mix("#4d7a5a", feathers, 0.1)
    if pose != "swim":
        for x in (-2, 5):
            pen.ink([(x, -7), (x + 1, -1), (x + 6, -0.6)], 1.0, BEAK)
    pen.shape(
        blob((-23, -17), (-14, -20), (2, -21), (13, -17), (14, -8), (2, -4), (-12, -6)), feathers
    )
    pen.shape(
        blob((-15, -17), (-4, -19), (7, -15), (2, -9), (-9, -9)),
        mix(feathers, WHITE, 0.25),
        ink_width=0.8,
    )
    pen.shape(limb(path((10, -14), (13, -24), (14, -29)), 5, 4, 4.2), drake)
    pen.shape(oval(15, -31, 7.4, 6.6), drake)
    pen.shape(poly((20, -32), (30, -29.5), (21, -27.5), corner=0.6), BEAK, ink_width=0.8)
    pen.ink([(9, -22), (17, -22.5)], 1.2, WHITE)
    _eye(pen, 16.5, -32.5, 1.1)
    if pose == "swim":
        _ripples(pen, 24)


def _ducklings(pen: Pen, pose: str, down: str) -> None:
    for x in (-24, 0, 24):
        pen.shape(blob((x - 10, -8), (x - 4, -10), (x + 6, -9), (x + 6, -3), (x - 4, -2)), down)
        pen.shape(oval(x + 5, -13, 4.8), down)
        pen.shape(
            poly((x + 9, -14), (x + 14, -12.4), (x + 9, -11), corner=0.3),
            BEAK,
            ink_width=0.6,
            shade=0,
        )
        pen.fill(oval(x + 6, -14, 0.9), INK)
        if pose != "swim":
            pen.ink([(x, -3), (x, -0.5), (x + 3, -0.3)], 0.7, BEAK)
    if pose == "swim":
        _ripples(pen, 38)


def _ripples(pen: Pen, half: float) -> None:
    pen.ink(path((-half, -4), (-half * 0.4, -1), (half * 0.3, -2.5)), 0.7, WHITE)
    pen.ink(path((-half * 0.5, 2), (half * 0.2, 3.4), (half, 1)), 0.7, WHITE)


def _pigeon(pen: Pen, pose: str, feathers: str) -> None:
    dark = mix(feathers, DARK, 0.35)
    if pose == "fly":
        pen.shape(blob((-18, -16), (-4, -20), (12, -18), (14, -12), (-4, -10)), feathers)
        pen.shape(blob((-4, -17), (-14, -36), (-4, -38), (8, -20)), dark)
        pen.shape(blob((-2, -15), (4, -34), (12, -30), (8, -15)), feathers)
        x, y = 16.0, -19.0
    else:
        peck = pose == "peck"
        for x in (-1.0, 4.0):
            pen.ink([(x, -6), (x, -1), (x + 4, -0.5)], 0.8, "#c9736f")
        pen.shape(blob((-20, -10), (-8, -16), (8, -17), (11, -9), (2, -4), (-10, -6)), feathers)
        pen.shape(blob((-18, -10), (-4, -14), (4, -10), (-6, -7)), dark, ink_width=0.7)
        x, y = (15.0, -7.0) if peck else (11.0, -22.0)
        pen.shape(limb([(8, -13), (x - 1, y + 1)], 4.6, 3.6), mix(feathers, "#5d8a7a", 0.45))
    pen.shape(oval(x, y, 4.8, 4.4), mix(feathers, DARK, 0.15))
    pen.shape(
        poly((x + 4, y - 1), (x + 9, y + 0.8), (x + 4, y + 1.6)), DARK, ink_width=0.5, shade=0
    )
    pen.fill(oval(x + 1.4, y - 1, 1), "#d2722f")


def _squirrel(pen: Pen, pose: str, fur: str) -> None:
    pen.shape(
        blob(
            (-6, -2),
            (-17, -6),
            (-23, -20),
            (-19, -34),
            (-10, -36),
            (-7, -29),
            (-12, -24),
            (-8, -14),
        ),
        fur,
    )
    pen.shape(blob((-9, -1), (-9, -12), (0, -21), (7, -17), (7, -6), (5, 0)), fur)
    pen.shape(
        blob((2, -3), (3, -12), (7, -14), (7, -5)), mix(fur, WHITE, 0.55), ink_width=0, shade=0
    )
    pen.shape(poly((1, -27), (1, -34), (5, -29), corner=0.5), fur, ink_width=0.8)
    pen.shape(blob((-1, -22), (2, -28), (8, -28), (13, -22), (8, -18), (2, -18)), fur)
    _eye(pen, 7, -24, 1.1)
    pen.shape(limb(path((4, -13), (10, -12), (11, -15)), 1.9, 1.5), fur, ink_width=0.7)
    pen.shape(oval(12, -16, 2.6, 3.1), "#8f6741", ink_width=0.6)
    pen.shape(limb([(-2, -1.6), (7, -1.6)], 1.9, 1.6), fur, ink_width=0.7)


def _swan(pen: Pen, pose: str, feathers: str) -> None:
    if pose == "peck":
        neck = path((18, -28), (36, -44), (52, -36), (55, -16))
        head, tilt = (55.0, -13.0), "down"
    else:
        neck = path((18, -26), (31, -40), (21, -58), (26, -72))
        head, tilt = (29.0, -74.0), "ahead"
    if pose != "swim":
        for x in (-4, 7):
            pen.ink([(x, -9), (x, -1.5), (x + 8, -1)], 1.4, DARK)
    pen.shape(
        blob(
            (-42, -27), (-28, -34), (0, -34), (22, -30), (26, -16), (10, -6), (-18, -7), (-34, -16)
        ),
        feathers,
    )
    pen.shape(limb(neck, 6.4, 4.8, 4.2, 4.4), feathers)
    pen.fill(oval(17, -24, 7.5, 6.5), feathers)
    pen.shape(
        blob((-38, -34), (-20, -41), (6, -36), (10, -22), (-10, -14), (-26, -20)),
        mix(feathers, "#9fb1c4", 0.14),
    )
    for a, b in (((-28, -24), (-8, -19)), ((-30, -29), (-4, -25))):
        pen.ink([a, b], 0.6)
    _swan_head(pen, *head, feathers, tilt)
    if pose == "swim":
        _ripples(pen, 42)


def _swan_head(pen: Pen, x: float, y: float, feathers: str, tilt: str) -> None:
    pen.shape(oval(x, y, 6.4, 5.4) if tilt == "ahead" else oval(x, y, 5.4, 6.4), feathers)
    if tilt == "ahead":
        pen.shape(
            poly((x + 5, y - 2.4), (x + 17, y + 2.6), (x + 5, y + 3), corner=0.5),
            BEAK,
            ink_width=0.8,
        )
        pen.fill(oval(x + 5.6, y - 2.2, 2), INK)
        _eye(pen, x + 1, y - 1.2, 1.1)
    else:
        pen.shape(
            poly((x - 2.6, y + 5), (x + 3, y + 5), (x + 3.4, y + 15), corner=0.5),
            BEAK,
            ink_width=0.8,
        )
        pen.fill(oval(x + 2.6, y + 5, 2), INK)
        _eye(pen, x + 1.6, y, 1.1)


_DRAWN: tuple[AnimalKind, ...] = (
    AnimalKind(
        "dog",
        {
            "stand": (104, 71),
            "sit": (81, 76),
            "run": (123, 67),
            "beg": (81, 76),
            "lie": (104, 40),
            "pull": (107, 69),
        },
        _dog,
        "#b98a58",
        middle={"stand": 8, "sit": -4, "run": 3, "beg": -4, "lie": -1, "pull": 9},
        head={
            "stand": (40, -56),
            "sit": (16, -62),
            "run": (44, -52),
            "beg": (16, -62),
            "lie": (31, -26),
            "pull": (42, -54),
        },
        mouth={
            "stand": (52, -52),
            "sit": (28, -57),
            "run": (56, -48),
            "beg": (28, -57),
            "lie": (43, -21),
            "pull": (54, -49),
        },
        bite=32,
        collar={
            "stand": (24, -48),
            "sit": (6, -51),
            "run": (28, -46),
            "beg": (6, -51),
            "lie": (18, -21),
            "pull": (24, -48),
        },
    ),
    AnimalKind(
        "cat",
        {"stand": (78, 49), "sit": (56, 49), "lie": (56, 38)},
        _cat,
        "#d59a5c",
        middle={"stand": 2, "sit": -4, "lie": -4},
        head={"stand": (23, -30), "sit": (6, -34), "lie": (6, -22)},
        mouth={"stand": (32, -25), "sit": (15, -29), "lie": (15, -18)},
        bite=22,
    ),
    AnimalKind(
        "duck",
        {"stand": (52, 39), "swim": (53, 39)},
        _duck,
        "#b08a66",
        middle={"stand": 2, "swim": 2},
        head={"stand": (16, -31), "swim": (16, -31)},
        mouth={"stand": (27, -29), "swim": (27, -29)},
        bite=18,
        swims=True,
    ),
    AnimalKind(
        "ducklings",
        {"stand": (73, 19), "swim": (77, 19)},
        _ducklings,
        "#edc95f",
        middle={"stand": 2, "swim": 0},
        head={"stand": (5, -13), "swim": (5, -13)},
        swims=True,
    ),
    AnimalKind(
        "pigeon",
        {"stand": (41, 28), "peck": (45, 19), "fly": (44, 41)},
        _pigeon,
        "#a3a9b5",
        middle={"stand": 0, "peck": 2, "fly": 4},
        head={"stand": (11, -22), "peck": (15, -7), "fly": (16, -19)},
        mouth={"stand": (18, -21), "peck": (22, -6), "fly": (23, -18)},
        bite=14,
    ),
    AnimalKind(
        "squirrel",
        {"sit": (40, 38), "stand": (40, 38)},
        _squirrel,
        "#b5693c",
        middle={"sit": -4, "stand": -4},
        head={"sit": (6, -24), "stand": (6, -24)},
        mouth={"sit": (11, -20), "stand": (11, -20)},
        bite=14,
    ),
    AnimalKind(
        "swan",
        {"stand": (88, 81), "swim": (88, 81), "peck": (105, 50)},
        _swan,
        WHITE,
        middle={"stand": 1, "swim": 1, "peck": 9},
        head={"stand": (30, -74), "swim": (30, -74), "peck": (55, -13)},
        mouth={"stand": (42, -72), "swim": (42, -72), "peck": (57, -3)},
        bite=22,
        jaw={"peck": 80},
        swims=True,
    ),
)
#: What is drawn larger than it is beside people, and by how much it is made smaller.
_SHARES = {"pigeon": 0.85, "squirrel": 0.85}
KINDS = tuple(placed(kind, _SHARES.get(kind.word, 1.0)) for kind in _DRAWN)
