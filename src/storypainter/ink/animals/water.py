"""Animals of water, woods and snow. Drawn in centimetres, facing right, feet on y = 0."""

from __future__ import annotations

from storypainter.ink.animals.animal import BEAK, DARK, WHITE, AnimalKind, placed
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, drop, join, limb, oval, path, poly
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.props.prop import WATER

#: Crabs and frogs are drawn large and then made as small as this.
_CRAB, _FROG = 0.7, 0.66


def _eye(pen: Pen, x: float, y: float, size: float) -> None:
    pen.fill(oval(x, y, size, size * 1.2), INK)
    pen.fill(oval(x + size * 0.32, y - size * 0.4, size * 0.36), WHITE)


def _smaller(pen: Pen, share: float) -> Pen:
    frame = pen.frame
    small = Frame(frame.x, frame.y, frame.scale * share, frame.degrees, frame.mirror)
    return Pen(pen.canvas, small, pen.weight)


def _gull(pen: Pen, pose: str, feathers: str) -> None:
    grey, tip = "#a9b4bd", "#4a4a55"
    if pose == "fly":
        pen.shape(blob((-4, -30), (-30, -56), (-62, -58), (-40, -42), (-14, -24)), grey)
        pen.shape(blob((-62, -58), (-48, -52), (-44, -46), (-58, -52)), tip, ink_width=0.6, shade=0)
        pen.shape(
            poly((-32, -26), (-14, -30), (-12, -22), (-32, -19), corner=1), WHITE, ink_width=0.9
        )
        pen.shape(blob((-22, -26), (0, -33), (22, -31), (26, -24), (8, -17), (-12, -18)), feathers)
        pen.shape(
            blob((2, -30), (22, -62), (54, -74), (40, -52), (18, -26)), mix(grey, WHITE, 0.25)
        )
        pen.shape(blob((54, -74), (41, -66), (36, -58), (48, -64)), tip, ink_width=0.6, shade=0)
        x, y = 27.0, -31.0
    else:
        for dx in (-2.0, 5.0):
            pen.ink([(dx, -10), (dx, -1)], 1.0, BEAK)
            pen.shape(poly((dx - 1, -2), (dx + 7, 0), (dx - 3, 0.4)), BEAK, ink_width=0.5, shade=0)
        pen.shape(poly((-20, -16), (-40, -13), (-36, -9), (-18, -10), corner=1), tip, ink_width=0.8)
        pen.shape(blob((-24, -16), (-8, -27), (12, -31), (17, -20), (8, -10), (-8, -8)), feathers)
        pen.shape(blob((-34, -14), (-16, -26), (4, -26), (8, -17), (-8, -12)), grey, ink_width=0.9)
        pen.shape(limb([(12, -24), (13, -36)], 6.4, 5), feathers)
        x, y = 14.0, -39.0
    pen.shape(oval(x, y, 8, 7), feathers)
    if pose == "scream":
        pen.shape(
            poly((x + 5, y - 3), (x + 19, y - 9), (x + 8, y + 0.5), corner=0.4), BEAK, ink_width=0.8
        )
        pen.shape(
            poly((x + 5, y + 4), (x + 17, y + 6), (x + 7, y), corner=0.4), BEAK, ink_width=0.8
        )
        pen.ink([(x + 1, y - 6), (x + 6, y - 4)], 0.8)
    else:
        pen.shape(poly((x + 6, y - 2.4), (x + 18, y + 1), (x + 16, y + 4), (x + 6, y + 3), corner=0.5), BEAK, ink_width=0.8)  # fmt: skip
        pen.fill(oval(x + 14, y + 2.4, 1.2), "#c8553d")
    _eye(pen, x + 2.6, y - 1.4, 1.3)


def _crab(pen: Pen, pose: str, shell: str) -> None:
    pen = _smaller(pen, _CRAB)
    dark = mix(shell, DARK, 0.22)
    for side in (-1, 1):
        for reach, low in ((30, 0), (27, -3), (22, -6)):
            leg = path(
                (side * 12, -11), (side * reach * 0.85, -17 + low), (side * reach, -1 + low * 0.3)
            )
            pen.shape(limb(leg, 2.4, 1.9, 1.0), dark, ink_width=0.7)
        up = 10 if pose == "pinch" else 0
        arm = path((side * 15, -15), (side * 27, -19 - up * 0.5), (side * 26, -27 - up))
        pen.shape(limb(arm, 2.8, 2.4, 2.8), shell, ink_width=0.8)
        x, y = side * 26, -32 - up
        claw = oval(x, y, 8, 7).difference(
            poly((x, y), (x - side * 12, y - 10), (x - side * 2, y - 13))
        )
        pen.shape(claw, shell)
    pen.shape(
        blob((-21, -13), (-14, -22), (0, -25), (14, -22), (21, -13), (13, -4), (-13, -4)), shell
    )
    pen.ink(path((-8, -7), (0, -5), (8, -7)), 0.7)
    for x, y in ((-11, -17), (0, -20), (11, -17)):
        pen.fill(oval(x, y, 1.5), mix(shell, WHITE, 0.5))
    for side in (-1, 1):
        pen.ink([(side * 5, -23), (side * 6, -29)], 1.2, dark)
        pen.shape(oval(side * 6, -31, 3.6), WHITE, ink_width=0.7, shade=0)
        pen.fill(oval(side * 6 + 0.8, -30.8, 1.6), INK)


def _dolphin(pen: Pen, pose: str, skin: str) -> None:
    belly = mix(skin, WHITE, 0.74)
    if pose == "swim":
        back = blob((-84, 0), (-60, -12), (-24, -30), (14, -40), (44, -34), (62, -26), (84, -22), (86, -16), (62, -10), (40, 1), (-20, 1))  # fmt: skip
        pen.shape(poly((-14, -32), (-26, -56), (12, -38), corner=2), mix(skin, DARK, 0.1))
        pen.shape(back, skin)
        with pen.clip(back):
            pen.fill(blob((36, 6), (44, -12), (88, -16), (92, 0), (60, 10)), belly)
        pen.ink(path((58, -17), (72, -15), (84, -17)), 0.7)
        _eye(pen, 50, -24, 2.2)
        _wash(pen, 92)
        return
    _splash_ring(pen, -62)
    tail = join(blob((-72, -18), (-96, -14), (-108, -28), (-84, -36)), blob((-72, -18), (-80, -4), (-72, 1), (-60, -10)))  # fmt: skip
    pen.shape(tail, mix(skin, DARK, 0.1))
    pen.shape(poly((-22, -92), (-38, -122), (4, -104), corner=2), mix(skin, DARK, 0.1))
    body = blob((-80, -22), (-62, -54), (-26, -88), (18, -104), (52, -100), (72, -86), (92, -72), (90, -65), (66, -68), (30, -66), (-14, -54), (-50, -28), (-68, -14))  # fmt: skip
    pen.shape(body, skin)
    with pen.clip(body):
        pen.fill(blob((96, -70), (70, -76), (34, -76), (-10, -62), (-44, -36), (-30, -24), (30, -50), (96, -52)), belly)  # fmt: skip
    pen.ink(path((64, -76), (78, -70), (89, -68)), 0.7)
    pen.shape(blob((20, -72), (30, -66), (20, -40), (6, -32), (10, -56)), mix(skin, DARK, 0.1))
    _eye(pen, 54, -86, 2.4)
    for x, y in ((-92, -52), (-40, -24), (-24, -34)):
        pen.shape(drop(x, y, 3.6), WATER, ink_width=0.5, shade=0)


def _splash_ring(pen: Pen, x: float) -> None:
    crown = blob((x - 46, 2), (x - 38, -12), (x - 34, -30), (x - 24, -12), (x - 8, -24), (x + 6, -11), (x + 22, -26), (x + 30, -10), (x + 46, 2), (x, 2))  # fmt: skip
    pen.shape(crown, mix(WATER, WHITE, 0.6), ink_width=0.8, shade=0.4)


def _wash(pen: Pen, half: float) -> None:
    """White water along a body that lies in it."""
    pen.ink(path((-half, 1), (-half * 0.4, 4), (half * 0.3, 1.6), (half, 3)), 1.8, WHITE, taper=0.2)
    pen.ink(path((-half * 0.5, 8), (half * 0.2, 10.4), (half * 0.9, 7.6)), 1.0, WHITE, taper=0.15)


def _seal(pen: Pen, pose: str, fur: str) -> None:
    body = blob((-62, -6), (-44, -22), (-8, -36), (16, -52), (30, -62), (40, -50), (34, -26), (26, -6), (4, 1), (-40, 1))  # fmt: skip
    pen.shape(
        blob((-56, -8), (-82, -20), (-88, -10), (-76, -2), (-86, 2), (-56, 0)), mix(fur, DARK, 0.14)
    )
    pen.shape(body, fur)
    pen.fill(
        blob((28, -44), (37, -42), (33, -20), (24, -4), (10, -2), (22, -20)), mix(fur, WHITE, 0.3)
    )
    pen.shape(oval(34, -60, 16, 14), fur)
    pen.shape(oval(44, -56, 8.4, 6.6), mix(fur, WHITE, 0.35), ink_width=0.8)
    pen.fill(oval(50, -59, 2.8, 2.2), INK)
    for dy in (-2, 1, 4):
        pen.ink([(44, -55 + dy), (58, -54 + dy * 2)], 0.4)
    _eye(pen, 36, -64, 2.6)
    pen.shape(blob((8, -16), (26, -10), (36, 0), (22, 3), (4, -4)), mix(fur, DARK, 0.14))
    for x, y in ((-30, -20), (-14, -26), (-38, -12), (0, -30)):
        pen.fill(oval(x, y, 2.2, 1.6), mix(fur, DARK, 0.3))


def _penguin(pen: Pen, pose: str, feathers: str) -> None:
    if pose == "slide":
        body = blob((-58, -10), (-30, -30), (14, -34), (36, -26), (34, -8), (0, 0), (-40, 0))
        pen.shape(body, feathers)
        with pen.clip(body):
            pen.fill(blob((-50, -2), (0, -14), (40, -16), (36, 4), (-30, 6)), WHITE)
        pen.shape(blob((-8, -24), (-34, -40), (-40, -34), (-18, -16)), feathers)
        pen.shape(poly((-54, -12), (-72, -16), (-70, -4), (-54, -4), corner=1), BEAK, ink_width=0.8)
        _penguin_head(pen, 38, -32, feathers)
        pen.ink(path((-76, -10), (-88, -10)), 0.8)
        pen.ink(path((-72, -22), (-88, -24)), 0.8)
        return
    for x in (-9, 11):
        pen.shape(
            blob((x - 8, 1), (x - 4, -5), (x + 6, -4), (x + 13, 0), (x, 2)), BEAK, ink_width=0.9
        )
    pen.shape(poly((-20, -10), (-34, -2), (-16, -3), corner=1), feathers)
    body = blob((-22, -6), (-27, -34), (-18, -62), (0, -72), (18, -62), (27, -34), (22, -6), (0, 0))
    pen.shape(body, feathers)
    with pen.clip(body):
        pen.fill(blob((-8, -2), (-12, -32), (-2, -58), (14, -60), (26, -36), (20, -4)), WHITE)
    lift = -22 if pose == "wave" else 0
    pen.shape(
        blob((20, -56), (32, -38 + lift), (38, -22 + lift * 1.6), (30, -24 + lift), (18, -40)),
        feathers,
    )
    pen.shape(
        blob((-18, -56), (-31, -34), (-32, -18), (-24, -22), (-14, -42)), mix(feathers, WHITE, 0.12)
    )
    _penguin_head(pen, 4, -80, feathers)


def _penguin_head(pen: Pen, x: float, y: float, feathers: str) -> None:
    pen.shape(
        poly((x + 10, y - 4), (x + 27, y + 2), (x + 10, y + 5), corner=0.6), BEAK, ink_width=0.9
    )
    head = oval(x, y, 16, 15)
    pen.shape(head, feathers)
    with pen.clip(head):
        pen.fill(oval(x + 9, y + 5, 11, 10), WHITE)
        pen.fill(oval(x - 4, y + 10, 5, 7), "#f2c25a")
    pen.ink(arc(x, y, 16, 15, -20, 100), 0.8)
    _eye(pen, x + 5, y - 4, 2)


def _frog(pen: Pen, pose: str, skin: str) -> None:
    pen, pale = _smaller(pen, _FROG), mix(skin, "#f4f0b8", 0.62)
    if pose == "jump":
        pen.shape(limb(path((-14, -26), (-36, -24), (-30, -8), (-52, -4)), 5, 4, 3.2, 2.2), mix(skin, DARK, 0.12))  # fmt: skip
        pen.shape(blob((-54, -6), (-66, 0), (-60, 4), (-48, 0)), skin, ink_width=0.8)
        pen.shape(blob((-20, -26), (-6, -42), (16, -48), (28, -42), (20, -28), (-4, -20)), skin)
        pen.shape(limb(path((14, -32), (26, -24), (34, -14)), 3.2, 2.6, 2.2), skin, ink_width=0.9)
        x, y = 16.0, -46.0
    else:
        pen.shape(
            blob((-24, -2), (-28, -14), (-12, -24), (2, -14), (-4, -1)), mix(skin, DARK, 0.12)
        )
        pen.shape(
            blob((-20, -3), (-16, -20), (-2, -30), (16, -30), (24, -18), (18, -3), (0, 0)), skin
        )
        pen.fill(blob((6, -3), (8, -14), (22, -17), (19, -4)), pale)
        pen.shape(limb(path((8, -14), (12, -6), (10, -1)), 3, 2.6, 2.4), skin, ink_width=0.8)
        pen.shape(blob((6, 1), (10, -3), (22, 0), (14, 2)), skin, ink_width=0.8)
        pen.shape(blob((-24, 1), (-14, -4), (0, -1), (-6, 2)), skin, ink_width=0.8)
        x, y = 10.0, -30.0
    for dx in (-5.0, 8.0):
        pen.shape(oval(x + dx, y - 5, 5.6), skin, ink_width=0.9, shade=0.4)
        pen.fill(oval(x + dx + 1, y - 5.4, 3.2), WHITE)
        pen.fill(oval(x + dx + 1.6, y - 5.2, 1.7), INK)
    pen.ink(path((x - 6, y + 6), (x + 4, y + 9), (x + 14, y + 5)), 0.9)
    for dx, dy in ((-16, 10), (-10, 4), (-20, 16)):
        pen.fill(oval(x + dx, y + dy, 1.8), mix(skin, DARK, 0.35))


_DRAWN: tuple[AnimalKind, ...] = (
    AnimalKind(
        "gull", {"stand": (72, 48), "fly": (118, 76), "scream": (72, 48)}, _gull, WHITE,
        middle={"stand": -4, "fly": -4, "scream": -4}, head={"stand": (14, -38), "fly": (27, -31), "scream": (14, -38)},
        mouth={"stand": (29, -36), "fly": (42, -28), "scream": (29, -38)}, bite=28,
    ),
    AnimalKind(
        "crab", {"stand": (49, 29), "pinch": (49, 36)}, _crab, "#cf5f42",
        middle={"stand": 0, "pinch": 0}, head={"stand": (1, -16), "pinch": (1, -16)},
        mouth={"stand": (18, -24), "pinch": (18, -31)}, bite=18,
    ),
    AnimalKind(
        "dolphin", {"leap": (205, 121), "swim": (185, 55)}, _dolphin, "#7f9cb4",
        middle={"leap": -8, "swim": 0}, head={"leap": (58, -82), "swim": (54, -22)}, mouth={"leap": (89, -68), "swim": (85, -18)},
        bite=46,
        swims=True,
    ),
    AnimalKind(
        "seal", {"lie": (148, 76)}, _seal, "#8d8f98", middle={"lie": -16}, head={"lie": (38, -60)},
        mouth={"lie": (49, -52)}, swims=True, bite=36,
    ),
    AnimalKind(
        "penguin", {"stand": (73, 97), "wave": (73, 97), "slide": (152, 49)}, _penguin, "#3c4150",
        middle={"stand": 2, "wave": 2, "slide": -12}, head={"stand": (8, -80), "wave": (8, -80), "slide": (42, -32)},
        mouth={"stand": (28, -77), "wave": (28, -77), "slide": (62, -29)}, bite=28,
    ),
    AnimalKind(
        "frog", {"sit": (37, 28), "jump": (69, 39)}, _frog, "#7fa653",
        middle={"sit": -2, "jump": -10}, head={"sit": (9, -21), "jump": (13, -30)}, mouth={"sit": (14, -16), "jump": (18, -26)}, bite=14,
        swims=True,
    ),
)  # fmt: skip
#: What is drawn larger than it is beside people, and by how much it is made smaller.
_SHARES = {"crab": 0.85, "frog": 0.7, "gull": 0.92}
KINDS = tuple(placed(kind, _SHARES.get(kind.word, 1.0)) for kind in _DRAWN)
