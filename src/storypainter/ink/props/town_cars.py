"""Cars, taxis and vans, seen from the side, facing right, with people behind their windows.

What is drawn first is the inside; ``front`` is the body with its doors, drawn over whoever sits
in it, so that heads and shoulders show in the windows.
"""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import (
    Form,
    arc,
    around,
    blob,
    join,
    limb,
    oval,
    path,
    poly,
    rect,
)
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.props.effects import motion, smoke
from storypainter.ink.props.prop import DARK, STEEL, WHITE, Look, PropKind, Surface

RUBBER = "#3b3842"
CHROME = "#cfd0d2"
_INSIDE = "#b9ab92"
_SEAT = "#7d6f78"
_LAMP = "#fbe9a6"
_BRAKE = "#d8473a"
STATES = ("parked", "driving", "open bonnet", "smoking", "flat tyre", "dented", "lights on")
_WHEELS = (-100.0, 102.0)
_BODY: tuple[tuple[float, float], ...] = (
    (-168, -30), (-170, -84), (-160, -92), (-134, -97), (-104, -142), (-92, -152), (-60, -157),
    (16, -157), (36, -154), (52, -145), (94, -101), (146, -92), (166, -82), (171, -66), (171, -30),
)  # fmt: skip
_PANES = (
    ((-115, -94), (-92, -138), (-80, -146), (-20, -147), (-20, -94)),
    ((-8, -94), (-8, -147), (22, -147), (36, -142), (79, -94)),
)


def wheel(pen: Pen, x: float, radius: float, *, spokes: int = 5, flat: bool = False) -> None:
    """A wheel that stands on the ground at ``x``; a flat one sags."""
    y = -radius * (0.86 if flat else 1.0)
    tyre = oval(x, y, radius)
    if flat:
        tyre = join(
            tyre.intersection(rect(x - 99, -200, x + 99, 0)), oval(x, -3.4, radius * 0.86, 3.4)
        )
    pen.shape(tyre, RUBBER, shade=0.5)
    pen.shape(oval(x, y, radius * 0.56), CHROME, ink_width=0.8)
    for k in range(spokes):
        a = around(x, y, radius * 0.22, 360 / spokes * k + 12)
        b = around(x, y, radius * 0.46, 360 / spokes * k + 12)
        pen.ink([a, b], 1.1, "#6a6770")
    pen.shape(oval(x, y, radius * 0.15), "#8d8a92", ink_width=0.6, shade=0)


def underside(pen: Pen, left: float, right: float, y: float) -> None:
    """The dark beneath a vehicle, which hides the feet of those who sit in it, and its shadow."""
    middle, half = (left + right) / 2, (right - left) / 2
    pen.fill(oval(middle, 2, half + 60, 11), "#3d3842", 0.2)
    # its lower edge is round, or the dark between the wheels would look like a box
    hollow = join(rect(left, y, right, -14), oval(middle, -14, half, 20))
    pen.shape(hollow, "#55505c", ink_width=0, shade=0)


def _panes() -> list[Form]:
    return [poly(*pane, corner=4) for pane in _PANES]


def _cabin(pen: Pen, inside: str = _INSIDE) -> None:
    """What is seen through the windows: seats, head-rests and the far side."""
    pen.shape(poly((-122, -90), (-94, -150), (30, -153), (88, -90)), inside, ink_width=0.6, shade=0)
    far = mix(inside, WHITE, 0.32)
    pen.fill(poly((-96, -100), (-84, -140), (-26, -141), (-26, -100)), far)
    pen.fill(poly((0, -100), (0, -141), (22, -141), (58, -100)), far)
    for x in (-88.0, -12.0):
        seat = blob(
            (x - 8, -70),
            (x - 12, -104),
            (x - 8, -118),
            (x + 4, -118),
            (x + 10, -104),
            (x + 12, -70),
        )
        pen.shape(seat, _SEAT, ink_width=0.7)
        pen.shape(rect(x - 9, -134, x + 4, -119, 4), _SEAT, ink_width=0.7)


def draw_car(pen: Pen, look: Look) -> None:
    """The inside of a car; see :func:`draw_car_front` for its body."""
    if look.state == "driving":
        motion(
            pen,
            ((-182, -118), (-206, -118), (-226, -116)),
            ((-186, -74), (-210, -74), (-238, -72)),
            ((-184, -36), (-206, -36), (-224, -34)),
        )
    _lights(pen, look)
    _cabin(pen)
    _steering_wheel(pen, 57, -104)


def _lights(pen: Pen, look: Look) -> None:
    if look.ground.dark and look.state in ("lights on", "driving"):
        pen.fill(poly((168, -80), (290, -110), (290, 0), (168, -58)), "#fff0b8", 0.3)


def draw_car_front(pen: Pen, look: Look) -> None:
    """Body, doors, wheels and glass of a car."""
    hue = look.tint("#6d9bb0")
    _car_body(pen, look, hue)
    if look.state in ("open bonnet", "smoking"):
        _open_bonnet(pen, look, hue)


def _car_body(pen: Pen, look: Look, hue: str) -> None:
    underside(pen, _WHEELS[0], _WHEELS[1], -36)
    body = poly(*_BODY, corner=5)
    for pane in _panes():
        body = body.difference(pane)
    arches = [oval(x, -31, 40) for x in _WHEELS]
    pen.shape(body.difference(join(*arches)), hue)
    for arch, x in zip(arches, _WHEELS, strict=True):
        pen.shape(
            arch.intersection(rect(x - 40, -72, x + 40, -26)),
            mix(hue, DARK, 0.72),
            ink_width=0.8,
            shade=0,
        )
    _glass(pen)
    _doors(pen, hue)
    _bumpers(pen, look, hue)
    if look.state == "dented":
        _dents(pen, hue)
    for index, x in enumerate(_WHEELS):
        wheel(pen, x, 31, flat=look.state == "flat tyre" and index == 1)
    if look.state == "flat tyre":
        pen.ink(path((74, -10), (66, -6), (60, -8)), 0.6)
        pen.ink(path((138, -10), (146, -6), (152, -8)), 0.6)


def _steering_wheel(pen: Pen, x: float, y: float) -> None:
    """A steering wheel seen from its side, under the hands of whoever drives."""
    rim = oval(x, y, 5.4, 14, 22)
    pen.shape(limb([(x, y), (x + 15, y + 9)], 1.6), RUBBER, ink_width=0.5, shade=0)
    pen.shape(rim.difference(rim.buffer(-2.4)), RUBBER, ink_width=0.5, shade=0)


def _glass(pen: Pen) -> None:
    for (x, y), long in (((-84, -106), 30), ((-72, -106), 18), ((22, -104), 32), ((36, -108), 20)):
        pen.ink([(x, y), (x + long * 0.66, y - long)], 0.7, WHITE)


def draw_tinted_glass(pen: Pen, *, van: bool = False) -> None:
    """Dark panes of a car or a van in which nobody is to be seen: its driver is no blank."""
    for pane in [poly(*_VAN_PANE, corner=4)] if van else _panes():
        pen.shape(pane, "#7d93a1", ink_width=0.6, shade=0)
        left, _, right, low = pane.bounds
        for share, long in ((0.3, 26), (0.44, 16)):
            x = left + share * (right - left)
            pen.ink([(x, low - 9), (x + 0.66 * long, low - 9 - long)], 0.7, "#dbe7ea")


def _doors(pen: Pen, hue: str) -> None:
    pen.ink(path((-14, -147), (-14, -96), (-14, -56), (-18, -34)), 0.6)
    pen.ink(path((-120, -94), (-112, -74), (-78, -54)), 0.6)
    pen.ink(path((84, -97), (88, -72), (84, -58)), 0.6)
    pen.ink([(-162, -58), (-142, -58)], 0.5)
    pen.ink([(-58, -57), (60, -57)], 0.5)
    pen.ink([(144, -58), (168, -58)], 0.5)
    for x in (-36.0, 62.0):
        pen.shape(rect(x - 9, -83, x + 6, -77, 2.4), mix(hue, WHITE, 0.7), ink_width=0.6, shade=0)
    mirror = poly((64, -108), (82, -108), (84, -92), (68, -92), corner=3)
    pen.shape(mirror, mix(hue, DARK, 0.12), ink_width=0.8)


def _bumpers(pen: Pen, look: Look, hue: str) -> None:
    pen.shape(
        poly((-176, -50), (-146, -50), (-143, -30), (-172, -30), corner=3), CHROME, ink_width=0.8
    )
    pen.shape(poly((150, -50), (178, -50), (176, -30), (146, -30), corner=3), CHROME, ink_width=0.8)
    brake = _BRAKE if look.state != "parked" else mix(_BRAKE, DARK, 0.12)
    pen.shape(
        poly((-170, -84), (-158, -88), (-156, -62), (-170, -60), corner=2), brake, ink_width=0.7
    )
    lamp = _LAMP if look.ground.dark or look.state == "lights on" else "#f3e6b4"
    with pen.canvas.lit():
        pen.shape(
            poly((154, -84), (166, -79), (171, -62), (150, -64), corner=2), lamp, ink_width=0.7
        )
    if look.ground.weather == "snow":
        snow = blob((-92, -154), (-60, -164), (0, -165), (34, -158), (18, -155), (-60, -155))
        pen.shape(snow, "#fdfdfd", ink_width=0.6, shade=0.5)


def _dents(pen: Pen, hue: str) -> None:
    dent = blob((112, -84), (134, -78), (150, -64), (138, -52), (120, -62))
    pen.shape(dent, mix(hue, DARK, 0.22), ink_width=0.7, shade=0)
    for a, b in (((122, -76), (138, -66)), ((130, -80), (128, -62)), ((140, -72), (132, -58))):
        pen.ink([a, b], 0.6)
    pen.shape(poly((152, -44), (186, -34), (182, -20), (150, -30), corner=2), CHROME, ink_width=0.7)


def _open_bonnet(pen: Pen, look: Look, hue: str) -> None:
    """The bonnet stands up; steam or smoke comes out."""
    if look.state == "smoking":
        smoke(pen, 126, -94, 110, 74)
    pen.shape(
        poly((94, -100), (150, -94), (158, -88), (96, -92)), "#45414d", ink_width=0.7, shade=0
    )
    pen.ink([(146, -92), (126, -140)], 0.8)
    lid = poly((88, -102), (98, -108), (136, -160), (128, -168), (120, -166), corner=2)
    pen.shape(lid, mix(hue, WHITE, 0.16))


def draw_taxi(pen: Pen, look: Look) -> None:
    """The inside of a taxi."""
    draw_car(pen, look)


def draw_taxi_front(pen: Pen, look: Look) -> None:
    """The yellow body of a taxi with its chequered band and the lamp on its roof."""
    hue = look.tint("#e9bd4c")
    _car_body(pen, look, hue)
    for row, y in enumerate((-72, -66)):
        for k in range(10):
            x = -54 + k * 11.6 + (row % 2) * 5.8
            pen.fill(rect(x, y, x + 5.8, y + 6), INK)
    pen.shape(rect(-34, -177, 14, -155, 4), "#fff3c4", ink_width=0.8)
    lamp = look.text or "TAXI"
    write(pen, lamp, (-10, -166), 42, 14, INK, "#fff3c4", locale=look.ground.locale)
    if look.state in ("open bonnet", "smoking"):
        _open_bonnet(pen, look, hue)


_VAN_PANE = ((38, -112), (38, -186), (76, -186), (110, -122), (108, -112))
_VAN_BODY: tuple[tuple[float, float], ...] = (
    (-190, -34), (-190, -196), (-182, -206), (60, -206), (84, -200), (128, -122), (176, -108),
    (190, -94), (192, -34),
)  # fmt: skip


def draw_van(pen: Pen, look: Look) -> None:
    """The inside of a delivery van; ``open`` its load shows in the side door."""
    if look.state == "driving":
        motion(
            pen, ((-202, -150), (-226, -150), (-250, -148)), ((-204, -70), (-230, -70), (-256, -68))
        )
    pen.shape(
        poly((30, -100), (30, -192), (84, -194), (126, -100)), _INSIDE, ink_width=0.6, shade=0
    )
    pen.shape(blob((30, -60), (28, -120), (36, -134), (48, -130), (52, -60)), _SEAT, ink_width=0.7)


def draw_van_front(pen: Pen, look: Look) -> None:
    """Body, door and wheels of a van."""
    hue = look.tint("#f1ece0")
    underside(pen, -112, 118, -38)
    pane = poly(*_VAN_PANE, corner=4)
    arches = [oval(x, -33, 43) for x in (-112, 118)]
    pen.shape(poly(*_VAN_BODY, corner=5).difference(join(pane, *arches)), hue)
    for arch, x in zip(arches, (-112.0, 118.0), strict=True):
        pen.shape(
            arch.intersection(rect(x - 43, -78, x + 43, -28)),
            mix(hue, DARK, 0.75),
            ink_width=0.8,
            shade=0,
        )
    for x in (50.0, 62.0):
        pen.ink([(x, -120), (x + 22, -154)], 0.7, WHITE)
    pen.ink(path((30, -204), (30, -120), (30, -60), (28, -40)), 0.6)
    pen.ink(path((116, -110), (120, -92), (112, -78)), 0.6)
    pen.shape(rect(40, -98, 58, -91, 3), mix(hue, DARK, 0.25), ink_width=0.6, shade=0)
    pen.shape(
        poly((98, -126), (114, -128), (118, -108), (104, -108), corner=3),
        mix(hue, DARK, 0.3),
        ink_width=0.8,
    )
    _van_side(pen, look, hue)
    for x in (-112.0, 118.0):
        wheel(pen, x, 33)
    pen.shape(rect(-198, -52, -176, -34, 3), STEEL, ink_width=0.8)
    pen.shape(rect(170, -54, 198, -34, 4), STEEL, ink_width=0.8)
    pen.shape(rect(-192, -118, -184, -84, 2), _BRAKE, ink_width=0.7)
    with pen.canvas.lit():
        pen.shape(
            poly((170, -104), (184, -96), (190, -76), (168, -80), corner=2),
            "#f3e6b4",
            ink_width=0.7,
        )


def _van_side(pen: Pen, look: Look, hue: str) -> None:
    stripe = mix("#c8755f", hue, 0.1)
    if look.state == "open":
        pen.shape(rect(-120, -188, -16, -48, 2), "#5b545e", ink_width=0.9, shade=0)
        for left, top, right, low in (
            (-114, -96, -66, -50),
            (-62, -84, -24, -50),
            (-104, -134, -70, -98),
            (-60, -120, -30, -86),
        ):
            pen.shape(rect(left, top, right, low, 1), "#c99e6b", ink_width=0.7)
            pen.ink([((left + right) / 2, top + 1), ((left + right) / 2, low - 1)], 0.9, "#e5cfa4")
        pen.shape(rect(-188, -188, -122, -48, 2), mix(hue, DARK, 0.1), ink_width=0.8)
        return
    pen.shape(rect(-189, -84, 28, -70), stripe, ink_width=0.5, shade=0)
    pen.ink([(-122, -196), (-122, -46)], 0.5)
    pen.shape(rect(-112, -112, -98, -106, 2), mix(hue, DARK, 0.3), ink_width=0.5, shade=0)
    if look.text:
        write(pen, look.text, (-80, -142), 190, 60, "#7a3f34", hue, locale=look.ground.locale)
        return
    pen.shape(rect(-102, -170, -52, -118, 3), stripe, ink_width=0.6, shade=0)
    pen.shape(rect(-90, -158, -64, -132, 1), "#f6e3c0", ink_width=0.6, shade=0)
    pen.ink([(-77, -158), (-77, -132)], 0.8, stripe)


def draw_tyre(pen: Pen, look: Look) -> None:
    """A tyre: it stands (``plain``), lies ``flat`` on the ground, or is ``burst``."""
    if look.state == "flat":
        for y in (-3, -11):
            pen.shape(
                join(rect(-32, y - 10, 32, y), oval(0, y - 10, 32, 8), oval(0, y, 32, 8)), RUBBER
            )
        pen.shape(oval(0, -21, 18, 4.4), "#6a6770", ink_width=0.8, shade=0)
        return
    tyre = oval(0, -32, 32)
    if look.state == "burst":
        tyre = tyre.difference(poly((8, -70), (20, -50), (16, -44), (30, -36), (40, -60)))
    pen.shape(tyre.difference(oval(0, -32, 16)), RUBBER)
    pen.ink(arc(0, -32, 25, 25, 190, 330), 0.6, "#8d8a92")
    for k in range(14):
        a, b = around(0, -32, 28, k * 25.7), around(0, -32, 31.4, k * 25.7 + 5)
        pen.ink([a, b], 0.7, "#77747e")
    pen.ink(arc(0, -32, 20, 20, 110, 240), 0.5, "#77747e")


_IN_CAR = Surface(53, (18, -60, -94, -4))
_AT_WHEEL = ((50, -103), (59, -115))

KINDS = (
    PropKind(
        "car", (346, 158), draw_car, states=STATES, seats=_IN_CAR, surface=Surface(156, (-30,)),
        helm=_AT_WHEEL, front=draw_car_front, sizes={"smoking": (346, 204), "open bonnet": (346, 160)},
    ),
    PropKind(
        "taxi", (346, 176), draw_taxi, states=STATES, seats=_IN_CAR, surface=Surface(156, (-30,)),
        helm=_AT_WHEEL, front=draw_taxi_front, sizes={"smoking": (346, 204)}),
    PropKind(
        "van", (390, 206), draw_van, states=("parked", "driving", "open"),
        seats=Surface(62, (62,)), surface=Surface(206, (-60,)), front=draw_van_front,
    ),
    PropKind(
        "tyre", (66, 64), draw_tyre, states=("plain", "flat", "burst"), grips=((0, -60),),
        carry="low", sizes={"flat": (66, 30)}, surface=Surface(26, (0,)), scale=0.9,
    ),
)  # fmt: skip
