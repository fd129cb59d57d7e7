"""The inside of a bus: its windows, seats, doors, poles, the driver's place."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Look,
    PropKind,
    Surface,
)
from storypainter.ink.props.views import draw_view, sky_of

_FRAME = "#5b666c"
_CLOTH = "#4f7da0"
_SHELL = "#8f9aa0"
_POLE = "#e3b23c"


def draw_bus_window(pen: Pen, look: Look) -> None:
    """A large rounded window of a bus; what is outside shows, or its panes are ``misted``."""
    draw_bus_pane(pen, look, 79.0)


def draw_bus_pane(pen: Pen, look: Look, half: float) -> None:
    """A window of a bus, ``half`` its width in cm (at least 20)."""
    pen.shape(rect(-half, -122, half, 0, 13), _FRAME)
    glass = half - 6
    pane = rect(-glass, -116, glass, -6, 9)
    with pen.clip(pane):
        draw_view(pen, look.ground, -glass, -116, glass, -6)
        if look.state == "misted":
            pen.fill(pane, "#eef2f2", 0.72)
            _drawn_on_mist(pen, sky_of(look.ground))
        else:
            glare = mix(sky_of(look.ground), WHITE, 0.6)
            for x, y, size in ((-0.8, -40, 20), (-0.66, -40, 12), (0.6, -54, 14)):
                left = x * glass
                pen.ink([(left, y), (left + size * 0.7, y - size)], 0.8, glare)
    pen.ink(pane.exterior.coords, 0.6, closed=True)
    pen.shape(rect(-glass, -88, glass, -84), _FRAME, ink_width=0.5, shade=0)
    pen.shape(rect(-8, -97, 8, -91, 2), mix(_FRAME, WHITE, 0.4), ink_width=0.5, shade=0)


def _drawn_on_mist(pen: Pen, hue: str) -> None:
    """A face that somebody drew with a finger."""
    dark = mix(hue, DARK, 0.25)
    pen.ink(oval(0, -46, 17).exterior.coords, 1.2, dark, closed=True)
    for x in (-6, 6):
        pen.ink([(x, -53), (x, -48)], 1.2, dark)
    pen.ink(path((-8, -41), (0, -35), (8, -41)), 1.2, dark)
    for x in (-40, 30, 52):
        pen.ink(path((x, -80), (x + 1, -60), (x - 1, -30)), 0.6, dark)


def draw_bus_seat(pen: Pen, look: Look) -> None:
    """A seat of a bus from its side, facing right, its cloth patterned."""
    cloth = look.tint(_CLOTH)
    pen.shape(limb([(0, -38), (-4, -4)], 4.4, 4.4), mix(_SHELL, DARK, 0.3), ink_width=0.7)
    pen.shape(rect(-18, -6, 14, 0, 2), mix(_SHELL, DARK, 0.4), ink_width=0.7, shade=0)
    shell = poly((-30, -38), (-22, -50), (-28, -104), (-38, -106), (-41, -98), (-34, -40), corner=3)
    pen.shape(shell, _SHELL)
    back = poly((-29, -46), (-13, -52), (-20, -104), (-29, -110), (-36, -102), corner=5)
    pen.shape(back, cloth)
    pen.shape(poly((-31, -94), (-17, -92), (-20, -105), (-29, -110), (-36, -103), corner=4), mix(cloth, CREAM, 0.55), ink_width=0.7)  # fmt: skip
    tube = band(path((-34, -106), (-34, -116), (-22, -116), (-21, -106)), 4)
    pen.shape(tube, _POLE, ink_width=0.7, shade=0)
    pad = poly((-30, -48), (-16, -55), (30, -55), (26, -46), corner=2)
    pen.shape(pad, mix(cloth, WHITE, 0.16), ink_width=0.8, shade=0)
    _pattern(pen, ((-25, -82), (-22, -70), (-20, -60)), mix(cloth, YELLOW, 0.6))


def draw_bus_seat_front(pen: Pen, look: Look) -> None:
    """The near side of the cushion and an arm rest."""
    cloth = look.tint(_CLOTH)
    pen.shape(rect(-31, -49, 27, -37, 4), cloth)
    _pattern(pen, ((-20, -43), (-6, -43), (8, -43), (20, -43)), mix(cloth, YELLOW, 0.6))
    pen.shape(rect(-32, -39, 22, -35, 2), mix(_SHELL, DARK, 0.25), ink_width=0.6, shade=0)


def _pattern(pen: Pen, spots: tuple[Point, ...], hue: str) -> None:
    for x, y in spots:
        pen.shape(rect(x - 2.6, y - 1.6, x + 2.6, y + 1.6, 1), hue, ink_width=0, shade=0)


def draw_bus_pole(pen: Pen, look: Look) -> None:
    """A yellow pole from floor to roof to hold on to, with a stop button."""
    pen.shape(rect(-2.6, -300, 2.6, -2, 1), look.tint(_POLE), ink_width=0.7)
    pen.shape(rect(-7, -4, 7, 0, 2), _FRAME, ink_width=0.6, shade=0)
    pen.shape(rect(-6, -142, 6, -124, 3), RED, ink_width=0.8)
    pressed = look.state == "pressed"
    with pen.canvas.lit():
        pen.shape(oval(0, -133, 3.6), YELLOW if pressed else CREAM, ink_width=0.5, shade=0)
    if pressed:
        for start, end in (((8, -143), (13, -148)), ((9, -133), (16, -133)), ((8, -123), (13, -118))):  # fmt: skip
            pen.ink([start, end], 0.9, RED)


def draw_bus_door(pen: Pen, look: Look) -> None:
    """The folding doors of a bus, closed, or ``open`` on the street."""
    pen.shape(rect(-60, -214, 60, 0, 4), _FRAME)
    is_open = look.state == "open"
    opening = rect(-53, -207, 53, -2)
    with pen.clip(opening):
        draw_view(pen, look.ground, -53, -207, 53, -40)
        pen.shape(rect(-54, -42, 54, 0), "#b9b2aa", ink_width=0.6, shade=0)
        pen.shape(rect(-54, -46, 54, -38), "#e2dccf", ink_width=0.6, shade=0)
    for side in (-1, 1):
        for inner, outer in ((38, 53),) if is_open else ((1, 26), (27, 53)):
            left, right = sorted((side * inner, side * outer))
            leaf = rect(left, -206, right, -3, 2)
            pane = rect(left + 4, -198, right - 4, -46, 3)
            pen.shape(leaf.difference(pane), mix(_FRAME, YELLOW, 0.12), ink_width=0.7, shade=0.5)
            if not is_open:
                pen.fill(pane, "#dfe9ea", 0.35)
            pen.ink(pane.exterior.coords, 0.5, closed=True)
        rail = band([(side * 34, -130), (side * 34, -84)], 4)
        pen.shape(rail, _POLE, ink_width=0.6, shade=0)
    pen.shape(rect(-16, -213, 16, -206, 2), DARK, ink_width=0.4, shade=0)


def draw_driver_seat(pen: Pen, look: Look) -> None:
    """A bus driver's place facing right: windscreen, dashboard, seat, the wheel below the hands."""
    glass = poly((46, -64), (80, -64), (80, -218), (64, -218), corner=2)
    pen.shape(glass, mix(sky_of(look.ground), WHITE, 0.25), ink_width=0.8, shade=0)
    pen.ink([(66, -120), (74, -150)], 0.7, WHITE)
    pen.shape(band([(46, -62), (64, -220)], 5), _FRAME, ink_width=0.7)
    pen.shape(rect(40, -206, 60, -180, 3), mix(sky_of(look.ground), WHITE, 0.5), ink_width=0.8)
    pen.shape(poly((34, 0), (40, -62), (48, -78), (84, -78), (84, 0)), mix(_FRAME, DARK, 0.2))
    cloth = look.tint("#3f5566")
    pen.shape(rect(-26, -34, 12, 0, 3), mix(_SHELL, DARK, 0.35), ink_width=0.8)
    back = poly((-27, -46), (-10, -50), (-16, -118), (-28, -120), (-34, -112), corner=6)
    pen.shape(back, cloth)
    pen.shape(rect(-30, -138, -15, -120, 4), cloth, ink_width=0.8)
    pen.shape(rect(-28, -50, 22, -36, 5), mix(cloth, WHITE, 0.12), ink_width=0.9)
    pen.shape(limb([(60, -62), (47, -84)], 3.4, 2.6), DARK, ink_width=0.7, shade=0)
    wheel = oval(44, -87, 22, 7.5, -24)
    pen.shape(wheel.difference(oval(44, -87, 18.4, 4.4, -24)), DARK, ink_width=0.7, shade=0)
    pen.shape(oval(45, -86, 5, 3, -24), _FRAME, ink_width=0.5, shade=0)


def draw_driver_seat_front(pen: Pen, look: Look) -> None:
    """The lit dials and the low wall behind the driver."""
    for x in (60, 72):
        pen.shape(oval(x, -68, 5), CREAM, ink_width=0.6, shade=0)
        pen.ink([(x, -68), (x + 2.4, -71)], 0.5, RED)
    pen.shape(rect(-44, -96, -36, 0, 2), mix(_SHELL, WHITE, 0.2), ink_width=0.8)
    pen.shape(rect(-47, -100, -33, -94, 3), _POLE, ink_width=0.7)


def draw_steering_wheel(pen: Pen, look: Look) -> None:
    """A steering wheel by itself."""
    ring = oval(0, -22, 22)
    pen.shape(ring.difference(oval(0, -22, 17.4)), DARK, shade=0)
    spokes = join(rect(-18, -24, 18, -20), rect(-2, -22, 2, -4))
    pen.shape(spokes, _FRAME, ink_width=0.6, shade=0)
    pen.shape(oval(0, -22, 6.4), mix(_FRAME, WHITE, 0.2), ink_width=0.7)
    pen.ink(arc(0, -22, 19.6, 19.6, 200, 250), 0.6, STEEL)


def draw_ticket_reader(pen: Pen, look: Look) -> None:
    """A card reader on a pole: it shows green, or ``refused`` red."""
    pen.shape(rect(-2.6, -300, 2.6, 0, 1), _POLE, ink_width=0.7)
    pen.shape(rect(-14, -132, 14, -94, 4), look.tint(BLUE))
    good = look.state != "refused"
    with pen.canvas.lit():
        pen.shape(rect(-10, -128, 10, -114, 2), "#cfeccb" if good else "#f3b8ac", ink_width=0.6, shade=0)  # fmt: skip
        if good:
            pen.ink([(-5, -121), (-1, -117), (6, -126)], 1.4, "#4f8a4a")
        else:
            pen.ink([(-4, -125), (4, -117)], 1.4, RED)
            pen.ink([(4, -125), (-4, -117)], 1.4, RED)
    for size in (3, 6):
        pen.ink(arc(-4, -104, size, size, -50, 50), 0.8, WHITE)


KINDS: tuple[PropKind, ...] = (
    PropKind("bus window", (158, 122), draw_bus_window, ("plain", "misted"), hangs=80, weight=0.9),
    PropKind(
        "bus seat",
        (82, 118),
        draw_bus_seat,
        surface=Surface(52, (0,)),
        seats=Surface(50, (0,)),
        front=draw_bus_seat_front,
        solid=(66, 108),
        weight=0.95,
    ),
    PropKind("handrail", (14, 300), draw_bus_pole, ("plain", "pressed"), solid=(8, 300)),
    PropKind("bus door", (120, 214), draw_bus_door, ("closed", "open"), hangs=1.0),
    PropKind(
        "driver seat",
        (170, 220),
        draw_driver_seat,
        seats=Surface(48, (-6,)),
        front=draw_driver_seat_front,
        solid=(120, 100),
        helm=((30, -80), (50, -96)),
    ),
    PropKind(
        "steering wheel",
        (46, 44),
        draw_steering_wheel,
        grips=((-20, -22), (20, -22)),
        carry="two",
    ),
    PropKind(
        "ticket reader",
        (30, 300),
        draw_ticket_reader,
        ("plain", "refused"),
        solid=(28, 132),
    ),
)
