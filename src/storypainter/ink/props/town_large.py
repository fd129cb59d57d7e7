"""Large vehicles and two-wheelers, seen from the side, facing right: bus, lorry, motorcycle, scooter."""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.prop import DARK, IRON, STEEL, WHITE, Approach, Look, PropKind, Surface
from storypainter.ink.props.town_cars import RUBBER, underside, wheel

_INSIDE = "#c9bda3"
_SEAT = "#7f8ea0"
_LAMP = "#f3e6b4"
_BUS_WHEELS = (-146.0, 70.0)
_PANES = tuple((left, left + 74.0) for left in (-222.0, -140.0, -58.0, 24.0))


def draw_bus(pen: Pen, look: Look) -> None:
    """The inside of a bus; :func:`draw_bus_front` is its body."""
    if look.state == "driving":
        motion(
            pen,
            ((-252, -220), (-276, -220), (-298, -218)),
            ((-254, -90), (-280, -90), (-306, -88)),
        )
    inside = "#f2d98c" if look.ground.dark else _INSIDE
    pen.shape(rect(-234, -256, 230, -60), inside, ink_width=0.6, shade=0)
    pen.fill(rect(-228, -250, 108, -214), mix(inside, WHITE, 0.35))
    for x in (-172.0, -90.0, -8.0, 76.0):
        seat = blob(
            (x - 22, -100), (x - 26, -150), (x - 22, -182), (x - 8, -182), (x - 4, -150), (x, -100)
        )  # fmt: skip
        pen.shape(seat, _SEAT, ink_width=0.7)
        pen.ink(path((x - 20, -172), (x - 15, -177), (x - 9, -172)), 0.5, mix(_SEAT, WHITE, 0.5))
    pen.ink([(-220, -238), (108, -238)], 0.7, "#8d8a92")


def draw_bus_front(pen: Pen, look: Look) -> None:
    """The body of a bus with windows, doors and a board for its number.

    It stands ``stopped``, with its door ``open``, or is ``driving``.
    """
    hue = look.tint("#c8654f")
    underside(pen, _BUS_WHEELS[0], 206, -44)
    body = rect(-242, -286, 242, -34, 14)
    panes = [rect(left, -246, right, -150, 6) for left, right in _PANES]
    door = rect(112, -240, 168, -46, 4)
    shield = poly((178, -246), (230, -246), (236, -150), (178, -142), corner=5)
    arches = [oval(x, -40, 52) for x in _BUS_WHEELS]
    pen.shape(body.difference(join(*panes, door, shield, *arches)), hue)
    for arch, x in zip(arches, _BUS_WHEELS, strict=True):
        well = arch.intersection(rect(x - 52, -94, x + 52, -34))
        pen.shape(well, mix(hue, DARK, 0.72), ink_width=0.8, shade=0)
    _bus_trim(pen, look, hue)
    _bus_door(pen, look, hue)
    for left, _ in _PANES:
        for shift in (10.0, 22.0):
            pen.ink([(left + shift, -176), (left + shift + 28, -226)], 0.6, WHITE)
    for x in _BUS_WHEELS:
        wheel(pen, x, 40, spokes=8)


def _bus_trim(pen: Pen, look: Look, hue: str) -> None:
    pen.shape(rect(-242, -136, 108, -122), "#fbf0d6", ink_width=0.6, shade=0)
    pen.shape(rect(-120, -278, 60, -252, 3), "#2e2a33", ink_width=0.7, shade=0)
    with pen.canvas.lit():
        glow = "#f6d67c"
        write(
            pen, look.text or "12", (-30, -265), 170, 19, glow, "#2e2a33", locale=look.ground.locale
        )
    for x in (-230, 208):
        pen.shape(rect(x - 12, -54, x + 28, -36, 4), STEEL, ink_width=0.7)
    pen.shape(rect(-243, -112, -234, -84, 2), "#d8473a", ink_width=0.7)
    with pen.canvas.lit():
        pen.shape(oval(226, -86, 11, 13), _LAMP, ink_width=0.8)
    mirror = poly((238, -226), (256, -230), (258, -190), (242, -196), corner=3)
    pen.shape(mirror, mix(hue, DARK, 0.4), ink_width=0.8)
    pen.ink([(-242, -104), (110, -104)], 0.5)
    pen.ink([(-66, -104), (-66, -40)], 0.4)
    if look.ground.weather == "snow":
        snow = blob((-238, -284), (-150, -296), (0, -298), (150, -296), (238, -284))
        pen.shape(snow, "#fdfdfd", ink_width=0.6, shade=0.5)


def _bus_door(pen: Pen, look: Look, hue: str) -> None:
    frame = mix(hue, DARK, 0.35)
    if look.state == "open":
        step = poly((112, -46), (168, -46), (172, -34), (108, -34))
        pen.shape(step, STEEL, ink_width=0.7, shade=0)
        for x in (112.0, 161.0):
            pen.shape(rect(x, -240, x + 7, -44, 1), frame, ink_width=0.7, shade=0)
        pen.shape(band([(130, -60), (130, -170)], 4), "#e9bd4c", ink_width=0.6, shade=0)
        return
    for left in (112, 141):
        leaf = rect(left, -240, left + 28, -44, 2)
        glass = rect(left + 4, -232, left + 24, -120, 3)
        pen.shape(leaf.difference(glass), frame, ink_width=0.8, shade=0.4)
        pen.ink([(left + 7, -170), (left + 21, -212)], 0.6, WHITE)


def draw_lorry(pen: Pen, look: Look) -> None:
    """The inside of a lorry's cab."""
    if look.state == "driving":
        motion(
            pen, ((-250, -200), (-276, -200), (-300, -198)), ((-252, -90), (-280, -90), (-308, -88))
        )
    pen.shape(rect(134, -206, 226, -80), _INSIDE, ink_width=0.6, shade=0)
    pen.shape(
        blob((140, -100), (136, -150), (142, -172), (154, -172), (160, -100)), _SEAT, ink_width=0.7
    )


def draw_lorry_front(pen: Pen, look: Look) -> None:
    """Cab, load and wheels of a lorry; ``open`` its side shows the load."""
    hue = look.tint("#5f8a86")
    underside(pen, -150, 178, -60)
    pen.shape(rect(-236, -66, 200, -52), IRON, ink_width=0.8)
    pane = poly((156, -140), (156, -206), (206, -206), (222, -140), corner=4)
    cab = poly((124, -52), (124, -226), (212, -226), (238, -136), (244, -110), (244, -52), corner=6)
    arch = oval(178, -40, 50)
    pen.shape(cab.difference(join(pane, arch)), hue)
    pen.shape(
        arch.intersection(rect(120, -92, 236, -52)), mix(hue, DARK, 0.7), ink_width=0.8, shade=0
    )
    for x in (170.0, 184.0):
        pen.ink([(x, -150), (x + 18, -192)], 0.7, WHITE)
    pen.shape(rect(160, -126, 178, -119, 3), mix(hue, WHITE, 0.6), ink_width=0.6, shade=0)
    pen.shape(
        poly((224, -180), (240, -184), (242, -146), (228, -150), corner=3), DARK, ink_width=0.8
    )
    with pen.canvas.lit():
        pen.shape(rect(232, -100, 245, -80, 3), _LAMP, ink_width=0.7)
    pen.shape(rect(226, -70, 252, -48, 3), STEEL, ink_width=0.8)
    _lorry_load(pen, look)
    for x in (-176.0, -100.0, 178.0):
        wheel(pen, x, 38, spokes=6)


def _lorry_load(pen: Pen, look: Look) -> None:
    box = "#f1ead8"
    if look.state != "open":
        pen.shape(rect(-238, -246, 112, -64, 3), box)
        for x in (-232, 106):
            pen.ink([(x, -240), (x, -70)], 0.5)
        pen.shape(rect(-228, -96, 102, -84), "#c8755f", ink_width=0.5, shade=0)
        if look.text:
            write(pen, look.text, (-63, -166), 290, 88, "#3f6a72", box, locale=look.ground.locale)
        return
    pen.shape(rect(-238, -246, 112, -64, 3), "#5b545e", shade=0)
    pen.shape(rect(-242, -252, 116, -238, 3), box, ink_width=0.8)
    for left, wide, tall, hue in (
        (-226, 70, 60, "#c99e6b"),
        (-216, 50, 44, "#d9b07c"),
        (-146, 46, 120, "#8f7f9a"),
        (-90, 64, 74, "#c99e6b"),
        (-16, 90, 46, "#7fa39a"),
        (-10, 36, 50, "#d9b07c"),
    ):
        base = -66 if tall not in (44, 50) else (-126 if tall == 44 else -112)
        pen.shape(rect(left, base - tall, left + wide, base, 2), hue, ink_width=0.7)
        pen.ink([(left + wide / 2, base - tall + 2), (left + wide / 2, base - 2)], 0.6)
    pen.shape(
        blob((30, -112), (26, -140), (44, -150), (62, -138), (60, -112)), "#c8755f", ink_width=0.7
    )


def _spoked(pen: Pen, x: float, radius: float) -> None:
    pen.shape(
        oval(x, -radius, radius).difference(oval(x, -radius, radius * 0.72)),
        RUBBER,
        ink_width=0.9,
        shade=0.5,
    )
    pen.ink(arc(x, -radius, radius * 0.66, radius * 0.66, 0, 360), 0.8, "#8d8a92")
    for k in range(8):
        ring = arc(x, -radius, radius * 0.64, radius * 0.64, k * 45, k * 45 + 1)
        pen.ink([(x, -radius), (float(ring[0][0]), float(ring[0][1]))], 0.45, "#77747e")
    pen.shape(oval(x, -radius, radius * 0.16), STEEL, ink_width=0.6, shade=0)


def draw_motorcycle(pen: Pen, look: Look) -> None:
    """A motorcycle; ``fallen over`` it lies on its side, ``driving`` it smokes."""
    hue = look.tint("#b8483c")
    if look.state == "fallen over":
        _fallen(pen, hue)
        return
    if look.state == "driving":
        motion(
            pen, ((-112, -70), (-130, -70), (-146, -69)), ((-110, -22), (-126, -22), (-140, -21))
        )
    for x in (-66.0, 70.0):
        _spoked(pen, x, 33)
    pen.shape(limb([(70, -33), (44, -96)], 3.4, 3.4), STEEL, ink_width=0.7)
    pen.shape(limb([(-66, -33), (-6, -38), (30, -70)], 4, 4.4, 4), IRON, ink_width=0.7)
    engine = poly((-26, -62), (22, -62), (26, -26), (-18, -24), corner=4)
    pen.shape(engine, "#8d8a92")
    for y in (-54, -46, -38):
        pen.ink([(-20, y), (20, y)], 0.7)
    pen.shape(limb(path((14, -28), (-30, -20), (-92, -26)), 4.4, 5.2, 6), STEEL, ink_width=0.8)
    pen.shape(blob((-18, -68), (-2, -88), (28, -92), (44, -80), (34, -64), (0, -62)), hue)
    pen.ink(path((2, -82), (22, -86), (36, -80)), 0.6, mix(hue, WHITE, 0.6))
    pen.shape(
        blob((-84, -76), (-66, -84), (-40, -76), (-14, -74), (-8, -64), (-50, -62), (-78, -68)),
        "#4a4048",
    )
    pen.shape(_mudguard(-66, 38), hue, ink_width=0.8)
    pen.shape(_mudguard(70, 38), hue, ink_width=0.8)
    pen.shape(limb(path((44, -96), (34, -108), (18, -106)), 2.6, 2.6, 3.4), DARK, ink_width=0.7)
    with pen.canvas.lit():
        pen.shape(oval(56, -88, 9, 10), _LAMP, ink_width=0.9)
    pen.shape(rect(-96, -72, -86, -62, 2), "#d8473a", ink_width=0.7)
    if look.state == "plain":
        pen.ink([(-6, -24), (-20, -1)], 1.4, IRON)


def _mudguard(x: float, radius: float) -> Form:
    """A mudguard over a wheel of the motorcycle."""
    return band(arc(x, -33, radius, radius, 205, 318), 6)


def _fallen(pen: Pen, hue: str) -> None:
    for x in (-62, 66):
        ring = oval(x, -12, 34, 13).difference(oval(x, -12, 23, 8))
        pen.shape(ring, RUBBER, ink_width=0.9, shade=0.4)
        pen.shape(oval(x, -12, 5, 3), STEEL, ink_width=0.6, shade=0)
    pen.shape(limb([(66, -14), (40, -34), (30, -52)], 3.4, 3.4, 3), STEEL, ink_width=0.7)
    pen.shape(poly((-30, -22), (20, -26), (24, -6), (-24, -4), corner=3), "#8d8a92")
    pen.shape(blob((-16, -26), (2, -42), (30, -42), (42, -28), (22, -18)), hue)
    pen.shape(
        blob((-78, -26), (-60, -38), (-30, -36), (-10, -32), (-20, -20), (-66, -18)), "#4a4048"
    )
    pen.shape(limb([(30, -52), (12, -56)], 2.8, 3.4), DARK, ink_width=0.7)
    pen.shape(oval(46, -44, 8, 9), _LAMP, ink_width=0.8)


def draw_scooter(pen: Pen, look: Look) -> None:
    """A child's scooter to push along with one foot; ``fallen over`` it lies."""
    hue = look.tint("#d0785a")
    if look.state == "fallen over":
        pen.shape(limb([(-40, -6), (30, -8)], 3.4, 3.4), hue)
        pen.shape(limb([(30, -8), (62, -16), (84, -14)], 2.6, 2.4, 2.4), STEEL, ink_width=0.8)
        pen.shape(limb([(80, -28), (88, -2)], 2.8, 2.8), DARK, ink_width=0.7)
        for x in (-44, 34):
            pen.shape(oval(x, -7, 10, 7), RUBBER, ink_width=0.9)
        return
    pen.shape(limb([(-38, -13), (26, -13), (38, -20)], 3.6, 3.6, 3), hue)
    pen.shape(limb([(44, -14), (30, -96)], 2.6, 2.4), STEEL, ink_width=0.8)
    pen.shape(limb([(18, -94), (38, -98)], 3, 3), DARK, ink_width=0.8)
    for x in (-42, 44):
        pen.shape(oval(x, -10, 10), RUBBER, ink_width=0.9)
        pen.shape(oval(x, -10, 4), WHITE, ink_width=0.6, shade=0)


_IN_BUS = Surface(104, (202, -100, -18, 64, -182))

KINDS = (
    PropKind(
        "bus", (500, 292), draw_bus, states=("stopped", "open", "driving"), seats=_IN_BUS,
        front=draw_bus_front, approach=Approach(30, 220, (0.012, 0.2), 3.0), weight=0.9,
    ),
    PropKind(
        "lorry", (490, 252), draw_lorry, states=("parked", "driving", "open"),
        seats=Surface(104, (176,)), surface=Surface(248, (-60,)), front=draw_lorry_front,
        weight=0.9,
    ),
    PropKind(
        "motorcycle", (206, 112), draw_motorcycle, states=("plain", "driving", "fallen over"),
        seats=Surface(74, (-34, -62)), grips=((24, -106), (33, -108)), carry="push",
        sizes={"fallen over": (206, 60)}, helm=((22, -106), (34, -108)),
    ),
    PropKind(
        "scooter", (104, 100), draw_scooter, states=("plain", "fallen over"),
        grips=((22, -95), (34, -97)), carry="push", surface=Surface(16, (-6,)),
        sizes={"fallen over": (182, 32)}, helm=((22, -95), (34, -97)),
    ),
)  # fmt: skip
