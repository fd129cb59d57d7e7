"""What stands at a station: the train, the iron pillars of the roof, a signal, a barrier."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.prop import (
    CREAM,
    DARK,
    GREEN,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    Surface,
)

_LIVERY = "#5d8a86"
_BAND = "#f1e6c8"
_ROOF = "#8d9398"
_IRON = "#5f7a72"
_SEAT = "#a7685f"
#: Wide enough that an arm waved by somebody in the middle of a pane stays in it.
_PANES = ((-300.0, -184.0), (-172.0, -56.0), (56.0, 172.0), (184.0, 300.0))
_TOP, _SILL = -198.0, -122.0
_HALF = 344.0


def draw_train(pen: Pen, look: Look) -> None:
    """The inside of a railway coach at a platform, seen through its windows and doors.

    ``open``: its doors are open; ``leaving``: it moves off. The outer side is drawn by
    :func:`draw_train_front`, so that those who sit in the train look out of its windows.
    """
    dark = look.ground.dark
    inside = "#f6e3ac" if dark else "#e3e8df"
    pen.shape(rect(-_HALF, -244, _HALF, -6, 12), inside, ink_width=0.6, shade=0)
    for left, right in _PANES:
        middle = (left + right) / 2
        for x in (middle - 36, middle + 36):
            back = rect(x - 13, -158, x + 13, -100, 6)
            pen.shape(back, mix(_SEAT, inside, 0.35), ink_width=0.5, shade=0)
            pen.shape(rect(x - 10, -158, x + 10, -148, 4), mix(WHITE, inside, 0.2), ink_width=0.4, shade=0)  # fmt: skip
        pen.ink([(left, -184), (right, -184)], 0.8, STEEL)
    if look.state == "open":
        pen.shape(rect(-46, -204, 46, -6), mix(inside, WHITE, 0.3), ink_width=0.6, shade=0)
        pen.shape(rect(-46, -34, 46, -6), "#a99f94", ink_width=0.5, shade=0)
        pen.shape(rect(-28, -120, 28, -34, 3), mix(_SEAT, inside, 0.45), ink_width=0.5, shade=0)
        pen.shape(rect(-1.6, -204, 1.6, -20), YELLOW, ink_width=0.5, shade=0)


def draw_train_front(pen: Pen, look: Look) -> None:
    """The outer side of the coach, open where its windows are."""
    hue = look.tint(_LIVERY)
    body = rect(-_HALF, -246, _HALF, -5, 12)
    holes = join(*(rect(left, _TOP, right, _SILL, 7) for left, right in _PANES))
    door = rect(-46, -204, 46, -4, 3)
    is_open = look.state == "open"
    whole = body.difference(holes)
    shell = whole.difference(door) if is_open else whole
    pen.shape(shell, hue, ink_width=0.9, shade=0.6)
    stripe = rect(-_HALF + 1, -206, _HALF - 1, -112).difference(holes)
    pen.shape(stripe.difference(door) if is_open else stripe, _BAND, ink_width=0.6, shade=0)
    pen.shape(rect(-_HALF - 2, -252, _HALF + 2, -236, 7), _ROOF, ink_width=0.9)
    for x in (-240, -120, 0, 120, 240):
        pen.shape(rect(x - 16, -258, x + 16, -251, 3), mix(_ROOF, DARK, 0.15), ink_width=0.6, shade=0)  # fmt: skip
    for left, right in _PANES:
        _window(pen, left, right)
    if is_open:
        for side in (-1, 1):
            _folded_leaf(pen, hue, side)
        pen.shape(rect(-52, -10, 52, -2, 2), STEEL, ink_width=0.7, shade=0)
    else:
        for side in (-1, 1):
            _door_leaf(pen, hue, 0, side * 44)
    for y in (-100, -30):
        _rule(pen, y, 60 if is_open else 50, mix(hue, WHITE, 0.5))
    pen.shape(rect(-_HALF, -8, _HALF, 0), "#4a4850", ink_width=0.5, shade=0)
    if look.state == "leaving":
        for y, length in ((-226, 120), (-170, 90), (-84, 140), (-22, 110)):
            for start in (-330, -60, 190):
                motion(pen, [(start, y), (start + length * 0.5, y - 0.6), (start + length, y)], hue=WHITE)  # fmt: skip


def _rule(pen: Pen, y: float, gap: float, hue: str) -> None:
    """A painted line along the side, left out at the doors."""
    for side in (-1, 1):
        left, right = sorted((side * gap, side * (_HALF - 6)))
        pen.fill(rect(left, y, right, y + 4), hue)


def _window(pen: Pen, left: float, right: float) -> None:
    frame: Form = rect(left, _TOP, right, _SILL, 7)
    pen.shape(frame.difference(frame.buffer(-3)), "#dfe2dc", ink_width=0.5, shade=0)
    pen.ink([(left + 10, _SILL - 14), (left + 24, _SILL - 40)], 0.7, WHITE)
    pen.ink([(left + 17, _SILL - 14), (left + 27, _SILL - 33)], 0.5, WHITE)


def _door_leaf(pen: Pen, hue: str, one: float, other: float) -> None:
    left, right = sorted((one, other))
    leaf = rect(left + 0.5, -202, right - 0.5, -8, 2)
    pane = rect(left + 9, -190, right - 9, -116, 5)
    pen.shape(leaf.difference(pane), mix(hue, DARK, 0.16), ink_width=0.8)
    pen.shape(pane, "#d5e3e2", ink_width=0.6, shade=0)
    pen.ink([(left + 14, -140), (left + 24, -164)], 0.7, WHITE)
    pen.shape(rect(left + 6, -104, right - 6, -28, 2), mix(hue, DARK, 0.08), ink_width=0.4, shade=0)
    edge = left + 5 if abs(left) < abs(right) else right - 5
    pen.shape(rect(edge - 1.6, -104, edge + 1.6, -84, 1), YELLOW, ink_width=0.4, shade=0)


def _folded_leaf(pen: Pen, hue: str, side: int) -> None:
    """A leaf of an open door, folded to the side: seen nearly edge on."""
    for near, far, tone in ((40, 47, 0.26), (46, 55, 0.14)):
        left, right = sorted((side * near, side * far))
        pen.shape(rect(left, -203, right, -7, 2), mix(hue, DARK, tone), ink_width=0.8, shade=0.4)
        middle = (left + right) / 2
        pen.shape(rect(middle - 2, -188, middle + 2, -118, 1.6), "#d5e3e2", ink_width=0.4, shade=0)


def draw_iron_pillar(pen: Pen, look: Look) -> None:
    """A cast-iron pillar of a platform roof with curled brackets."""
    hue = look.tint(_IRON)
    pen.shape(rect(-7, -330, 7, -18, 1), hue, ink_width=0.8)
    pen.shape(rect(-12, -26, 12, -8, 2), hue, ink_width=0.8)
    pen.shape(rect(-15, -9, 15, 0, 1), mix(hue, DARK, 0.2), ink_width=0.8)
    for y in (-40, -238):
        pen.shape(rect(-10, y, 10, y + 7, 2), mix(hue, WHITE, 0.2), ink_width=0.7)
    pen.ink([(-2.4, -230), (-2.4, -46)], 0.5, mix(hue, WHITE, 0.4))
    for side in (-1, 1):
        curve = path((side * 6, -244), (side * 14, -286), (side * 48, -312), (side * 82, -318))
        pen.shape(limb(curve, 3.6, 3, 2.6), hue, ink_width=0.7)
        ring = oval(side * 26, -312, 11)
        pen.shape(ring.difference(ring.buffer(-3.4)), hue, ink_width=0.6, shade=0)
    pen.shape(rect(-92, -330, 92, -320, 1), mix(hue, DARK, 0.12), ink_width=0.7)


def draw_signal(pen: Pen, look: Look) -> None:
    """A railway signal with two lamps: red for ``stop``, green for ``go``."""
    pen.shape(rect(-4, -250, 4, 0, 1), STEEL, ink_width=0.8)
    pen.shape(rect(-11, -8, 11, 0, 2), mix(STEEL, DARK, 0.3), ink_width=0.7)
    pen.shape(rect(-16, -262, 16, -196, 8), "#3f4146")
    for y, hue, lit in ((-244, RED, look.state == "stop"), (-214, GREEN, look.state == "go")):
        with pen.canvas.lit():
            if lit:
                pen.fill(oval(0, y, 17), mix(hue, WHITE, 0.4), 0.35)
            lamp = mix(hue, WHITE, 0.18) if lit else mix(hue, "#3f4146", 0.75)
            pen.shape(oval(0, y, 10), lamp, ink_width=0.6, shade=0)
        pen.ink(arc(0, y, 12.5, 12.5, 190, 350), 1.0)


def draw_ticket_barrier(pen: Pen, look: Look) -> None:
    """A ticket barrier with two flaps between its posts, closed or open."""
    for side in (-1, 1):
        post = rect(side * 46 - 14, -100, side * 46 + 14, 0, 4)
        pen.shape(post, look.tint("#b9c0bf"))
        pen.shape(rect(side * 46 - 14, -104, side * 46 + 14, -94, 4), DARK, ink_width=0.7, shade=0)
        hue = "#8fd694" if look.state == "open" else RED
        pen.shape(oval(side * 46, -80, 6), hue, ink_width=0.6, shade=0)
        if look.state == "open":
            pen.shape(rect(side * 30 - 3, -86, side * 30 + 3, -28, 3), "#e58f8f", ink_width=0.7)
        else:
            left, right = sorted((side * 1.0, side * 32.0))
            pen.shape(rect(left, -88, right, -28, 8), "#e58f8f", ink_width=0.8)
            pen.ink([(left + 6, -44), (left + 18, -70)], 0.7, WHITE)


def draw_station_trolley(pen: Pen, look: Look) -> None:
    """A refreshment trolley with an urn, cups and cakes under its striped awning."""
    for x in (-34, 34):
        pen.shape(oval(x, -10, 10), "#4f5a5c", ink_width=0.8, shade=0)
        pen.shape(oval(x, -10, 4), STEEL, ink_width=0.5, shade=0)
    for x in (-42, 42):
        pen.shape(rect(x - 2, -168, x + 2, -80), STEEL, ink_width=0.7)
    pen.shape(rect(-48, -78, 48, -14, 3), look.tint("#8fae98"))
    pen.shape(rect(-40, -66, 40, -28, 3), CREAM, ink_width=0.6, shade=0)
    cup = poly((-11, -54), (11, -54), (8, -36), (-8, -36), corner=1)
    pen.shape(join(cup, band(arc(12, -48, 6, 5, -70, 80), 2.6)), RED, ink_width=0.7)
    for x in (-4, 3):
        pen.ink(path((x, -57), (x + 2, -60), (x, -63)), 0.6)
    pen.shape(rect(-52, -86, 52, -77, 2), "#d9b07c", ink_width=0.9)
    pen.shape(rect(-38, -120, -16, -86, 6), STEEL, ink_width=0.8)
    pen.shape(rect(-30, -126, -24, -119, 2), DARK, ink_width=0.5, shade=0)
    pen.ink(path((-16, -98), (-10, -97), (-10, -92)), 1.4, "#8e979b")
    for x in (0, 12, 24, 36):
        pen.shape(poly((x - 4, -96), (x + 4, -96), (x + 3, -86), (x - 3, -86)), WHITE, ink_width=0.6, shade=0)  # fmt: skip
    for k in range(8):
        left = -56 + 14 * k
        stripe = join(rect(left, -172, left + 14, -154), oval(left + 7, -154, 7, 6))
        pen.shape(stripe, RED if k % 2 else CREAM, ink_width=0.7, shade=0.4)
    roof = blob((-56, -172), (-40, -182), (0, -185), (40, -182), (56, -172), (0, -170))
    pen.shape(roof, mix(RED, DARK, 0.1), ink_width=0.8)


KINDS: tuple[PropKind, ...] = (
    PropKind(
        "train",
        (692, 258),
        draw_train,
        ("waiting", "open", "leaving"),
        seats=Surface(88, (-114, 114, -242, 242)),
        surface=Surface(88, (-114, 114, -242, 242)),
        front=draw_train_front,
        far=True,
    ),
    PropKind("iron pillar", (186, 330), draw_iron_pillar, solid=(20, 300), weight=0.8),
    PropKind("railway signal", (34, 262), draw_signal, ("stop", "go"), far=True),
    PropKind("ticket barrier", (122, 104), draw_ticket_barrier, ("closed", "open")),
    PropKind("tea trolley", (114, 185), draw_station_trolley, surface=Surface(86, (6, 32))),
)
