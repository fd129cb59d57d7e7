"""Street furniture: fence, railing, post box, traffic light, bollard, bins, cones, barriers."""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, band, blob, join, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.effects import motion
from storypainter.ink.props.prop import (
    DARK,
    IRON,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
)

_BIN_GREEN = "#5f7f6d"


def draw_fence(pen: Pen, look: Look) -> None:
    """A wooden fence of pickets; ``broken`` one hangs and one is missing; ``painted`` half of it."""
    wood = look.tint("#efe7d6")
    for y in (-74, -30):
        pen.shape(rect(-100, y - 5, 100, y + 4), mix(wood, DARK, 0.16), ink_width=0.7, shade=0.4)
    for k in range(9):
        x = -92 + k * 23
        hue = wood
        if look.state == "painted":
            hue = "#7fa39a" if k < 4 else "#d9c39a"
        if look.state == "broken" and k == 4:
            continue
        tilt = 14 if look.state == "broken" and k == 5 else 0
        picket = poly(
            (x - 7, 0),
            (x - 7 + tilt, -94),
            (x + tilt, -104),
            (x + 7 + tilt, -94),
            (x + 7, 0),
            corner=0.8,
        )
        pen.shape(picket, hue, ink_width=0.9)
        for y in (-74, -30):
            pen.fill(oval(x - tilt * y / 100, y, 1.4), mix(hue, DARK, 0.5))
    if look.state == "broken":
        pen.shape(
            poly((-14, -2), (44, -12), (54, -6), (46, 2), (-12, 10), corner=1), wood, ink_width=0.8
        )
    if look.ground.weather == "snow":
        for k in range(9):
            x = -92 + k * 23
            pen.shape(oval(x, -101, 7, 4), "#fdfdfd", ink_width=0.5, shade=0)


def draw_railing(pen: Pen, look: Look) -> None:
    """An iron railing with a handrail and pointed bars; ``bent`` two bars stand apart."""
    iron = look.tint(IRON)
    for k in range(13):
        x = -96 + k * 16
        bow = {6: -9.0, 7: 9.0}.get(k, 0.0) if look.state == "bent" else 0.0
        bar = band(path((x, -2), (x + bow, -50), (x, -94)), 3.2)
        pen.shape(bar, iron, ink_width=0.45, shade=0)
        pen.shape(
            poly((x - 3.4, -94), (x, -106), (x + 3.4, -94), corner=0.5),
            iron,
            ink_width=0.4,
            shade=0,
        )
    for y in (-88, -14):
        pen.shape(rect(-102, y - 3, 102, y + 2, 1), iron, ink_width=0.6, shade=0.4)
    for x in (-98, 98):
        pen.shape(rect(x - 5, -108, x + 5, 0, 1), mix(iron, DARK, 0.2), ink_width=0.8)
        pen.shape(oval(x, -113, 6.4), mix(iron, DARK, 0.2), ink_width=0.8)


def draw_post_box(pen: Pen, look: Look) -> None:
    """A red pillar box with a slot; ``open`` its door shows the letters, ``overflowing`` they stick out."""
    red = look.tint("#c44a37")
    dark = mix(red, DARK, 0.3)
    pen.shape(rect(-25, -12, 25, 0, 2), DARK)
    pen.shape(rect(-22, -112, 22, -10, 1), red)
    pen.shape(join(rect(-27, -122, 27, -110, 2), oval(0, -122, 27, 11)), red)
    pen.ink(arc(0, -124, 20, 7, 190, 300), 0.5, mix(red, WHITE, 0.5))
    pen.shape(rect(-14, -102, 14, -95, 1), "#2e2a33", ink_width=0.7, shade=0)
    pen.shape(rect(-11, -86, 11, -66, 1), WHITE, ink_width=0.7, shade=0)
    for y in (-81, -76, -71):
        pen.ink([(-8, y), (8, y)], 0.45)
    if look.state == "open":
        pen.shape(rect(-16, -60, 16, -16, 1), "#4d3a3c", ink_width=0.8, shade=0)
        for x, y, tilt in ((-13, -18, 3), (-6, -25, -4), (-12, -33, 2), (-5, -40, 5)):
            pen.shape(
                poly((x, y), (x + 18, y + tilt), (x + 18, y - 9 + tilt), (x, y - 9)),
                WHITE,
                ink_width=0.5,
                shade=0,
            )
        pen.shape(poly((16, -60), (36, -54), (36, -8), (16, -16)), dark, ink_width=0.8)
    else:
        pen.shape(rect(-17, -60, 17, -16, 1), mix(red, DARK, 0.1), ink_width=0.6, shade=0)
        pen.shape(oval(12, -38, 2), YELLOW, ink_width=0.5, shade=0)
    if look.state == "overflowing":
        for x, tilt in ((-8, -6), (0, 3), (7, 8)):
            letter = poly((x - 5, -97), (x + 5, -97), (x + 5 + tilt, -111), (x - 5 + tilt, -112))
            pen.shape(letter, WHITE, ink_width=0.6, shade=0.4)


def draw_traffic_light(pen: Pen, look: Look) -> None:
    """A traffic light on its pole: ``red``, ``amber``, ``green`` or ``off``."""
    pen.shape(rect(-5, -204, 5, -2), IRON)
    pen.shape(rect(-11, -12, 11, 0, 2), IRON)
    pen.shape(rect(-22, -292, 22, -198, 6), DARK)
    lamps = (("red", "#e8503f"), ("amber", "#f2b43c"), ("green", "#5fb070"))
    for index, (word, hue) in enumerate(lamps):
        y = -275 + index * 30
        on = look.state == word
        pen.shape(
            join(oval(0, y, 13.4), rect(-13.4, y - 13.4, 13.4, y)),
            mix(DARK, "#6d6472", 0.4),
            ink_width=0.5,
            shade=0,
        )
        if on:
            with pen.canvas.lit():
                pen.fill(oval(0, y, 30), hue, 0.25)
                pen.shape(oval(0, y, 11.4), hue, ink_width=0.7, shade=0)
                pen.fill(oval(-3.6, y - 4, 3), WHITE, 0.8)
        else:
            pen.shape(oval(0, y, 11.4), mix(hue, DARK, 0.66), ink_width=0.6, shade=0)


def draw_bollard(pen: Pen, look: Look) -> None:
    """A short iron post; ``knocked over`` it lies."""
    iron = look.tint(IRON)
    if look.state == "knocked over":
        pen.shape(rect(-40, -15, 34, 0, 5), iron)
        pen.shape(oval(38, -8, 10, 9), iron)
        pen.shape(rect(16, -15, 23, 0), WHITE, ink_width=0.5, shade=0)
        return
    pen.shape(poly((-9, -72), (9, -72), (11, 0), (-11, 0)), iron)
    pen.shape(rect(-11, -64, 11, -56, 1), WHITE, ink_width=0.6, shade=0)
    pen.shape(join(oval(0, -76, 11, 10), rect(-12, -74, 12, -69, 2)), iron)
    pen.shape(rect(-14, -7, 14, 0, 2), iron)


def draw_zebra_crossing(pen: Pen, look: Look) -> None:
    """White bars on the road, wider towards the viewer."""
    for k in range(5):
        far, near = -21 + k * 8.0, -16.4 + k * 8.0
        half_far, half_near = 84 + (far + 21) * 0.5, 84 + (near + 21) * 0.5
        bar = poly((-half_far, far), (half_far, far), (half_near, near), (-half_near, near))
        pen.shape(bar, "#fbf8ef", ink_width=0.3, ink_colour="#8f8a90", shade=0, solid=False)
    pen.fill(rect(-80, -20, 80, 14), WHITE, 0.0, solid=True)


def draw_wheelie_bin(pen: Pen, look: Look) -> None:
    """A bin on wheels; ``open``, ``overflowing`` with bags, or ``tipped over`` with rubbish spilled."""
    hue = look.tint(_BIN_GREEN)
    if look.state == "tipped over":
        pen.shape(poly((-50, -54), (34, -48), (34, -6), (-50, 0), corner=3), hue)
        pen.shape(oval(34, -27, 8, 22), mix(hue, DARK, 0.5), ink_width=0.8, shade=0)
        pen.shape(oval(-46, -6, 8), DARK, ink_width=0.8)
        pen.shape(
            poly((36, -52), (54, -60), (62, -30), (44, -24), corner=2),
            mix(hue, WHITE, 0.12),
            ink_width=0.8,
        )
        for x, y, tint in ((44, -4, "#e9d9b4"), (58, -7, "#c8755f"), (70, -3, "#9fb7a4")):
            pen.shape(
                blob(
                    (x - 8, y + 3), (x - 6, y - 7), (x + 3, y - 9), (x + 9, y - 1), (x + 4, y + 4)
                ),
                tint,
                ink_width=0.6,
            )
        _peel(pen, 86, 0)
        return
    if look.state == "overflowing":
        for x, y, r in ((-12, -106, 17), (14, -109, 15), (2, -122, 15)):
            _bag_of(pen, x, y + r, r, "#5b5a66")
    if look.state == "open":
        pen.shape(
            poly((-30, -94), (-40, -130), (-32, -132), (-22, -96), corner=2),
            mix(hue, WHITE, 0.1),
            ink_width=0.9,
        )
        pen.shape(
            poly((-28, -96), (28, -96), (24, -88), (-24, -88)),
            mix(hue, DARK, 0.6),
            ink_width=0.7,
            shade=0,
        )
    pen.shape(poly((-28, -92), (28, -92), (22, -6), (-20, -6), corner=2), hue)
    pen.shape(rect(-31, -96, 31, -88, 2), mix(hue, DARK, 0.16), ink_width=0.9)
    if look.state in ("plain", "overflowing"):
        lift = -9 if look.state == "overflowing" else 0
        pen.shape(
            poly((-33, -96), (31, -96 + lift), (30, -103 + lift), (-26, -105), corner=2),
            mix(hue, WHITE, 0.14),
            ink_width=0.9,
        )
    for x in (-9, 9):
        pen.ink([(x, -80), (x * 0.9, -20)], 0.5)
    pen.shape(oval(-18, -8, 8.4), DARK, ink_width=0.8)
    pen.shape(rect(12, -7, 23, 0, 1), DARK, ink_width=0.6, shade=0)


def _peel(pen: Pen, x: float, y: float) -> None:
    for end in (-11, 0, 11):
        pen.shape(
            band(path((x, y - 8), (x + end * 0.6, y - 6), (x + end, y)), 4),
            "#e9c65a",
            ink_width=0.5,
            shade=0,
        )


def _bag_of(pen: Pen, x: float, y: float, r: float, hue: str) -> None:
    """A tied plastic bag that stands on ``y``."""
    sack = blob(
        (x - r, y - r * 0.2), (x - r * 0.9, y - r), (x - r * 0.25, y - r * 1.7),
        (x + r * 0.25, y - r * 1.7), (x + r * 0.95, y - r), (x + r, y - r * 0.15), (x, y),
    )  # fmt: skip
    pen.shape(sack, hue, ink_width=0.8)
    knot = poly(
        (x - r * 0.3, y - r * 2.05),
        (x, y - r * 1.6),
        (x + r * 0.35, y - r * 2.1),
        (x + r * 0.14, y - r * 1.5),
        (x - r * 0.14, y - r * 1.5),
    )
    pen.shape(knot, hue, ink_width=0.6, shade=0)
    pen.ink(
        path((x - r * 0.5, y - r * 1.1), (x - r * 0.3, y - r * 0.7), (x - r * 0.45, y - r * 0.4)),
        0.6,
        mix(hue, WHITE, 0.5),
    )


def draw_rubbish_bag(pen: Pen, look: Look) -> None:
    """A tied bag of rubbish; ``torn`` things fall out."""
    hue = look.tint("#5b5a66")
    _bag_of(pen, 0, 0, 27, hue)
    if look.state == "torn":
        pen.shape(
            blob((4, -22), (16, -28), (24, -14), (18, -4), (8, -6)),
            mix(hue, DARK, 0.5),
            ink_width=0.6,
            shade=0,
        )
        for x, y, tint in ((20, -6, "#e9d9b4"), (32, -3, "#c8755f")):
            pen.shape(rect(x - 6, y - 8, x + 6, y + 3, 2), tint, ink_width=0.6)
        _peel(pen, 46, 1)


def draw_road_cone(pen: Pen, look: Look) -> None:
    """A striped road cone; ``knocked over`` it lies."""
    hue = look.tint("#e07b3f")
    if look.state == "knocked over":
        pen.shape(rect(-34, -34, -26, 0, 2), hue)
        pen.shape(poly((-26, -30), (34, -12), (34, -4), (-26, -4), corner=1), hue)
        pen.shape(poly((-8, -25), (10, -20), (10, -4), (-8, -4)), WHITE, ink_width=0.6, shade=0)
        return
    pen.shape(poly((-14, -8), (-4, -68), (4, -68), (14, -8)), hue)
    pen.shape(
        poly((-11.2, -25), (-7.8, -45), (7.8, -45), (11.2, -25)), WHITE, ink_width=0.6, shade=0
    )
    pen.shape(rect(-22, -8, 22, 0, 2), hue)


def draw_barrier(pen: Pen, look: Look) -> None:
    """A striped barrier on two feet; ``raised`` it is a bar that stands up, ``broken`` it is snapped."""
    for x in (-68, 68):
        if look.state == "raised" and x > 0:
            continue
        pen.shape(poly((x - 20, 0), (x - 16, -6), (x + 16, -6), (x + 20, 0)), IRON, ink_width=0.8)
        pen.shape(rect(x - 4, -104, x + 4, -5, 1), STEEL, ink_width=0.8)
    if look.state == "raised":
        pen.shape(rect(-80, -86, -56, -6, 2), "#8b8f92")
        _striped(pen, [(-68.0, -82.0), (28.0, -226.0)], 7)
        pen.shape(oval(-68, -82, 7), IRON, ink_width=0.8)
        return
    if look.state == "broken":
        _striped(pen, [(-92.0, -92.0), (-4.0, -84.0)], 4)
        _striped(pen, [(92.0, -92.0), (8.0, -46.0)], 4)
        return
    for y in (-92, -54):
        _striped(pen, [(-94.0, y), (94.0, y)], 8)


def _striped(pen: Pen, line: list[tuple[float, float]], count: int) -> None:
    """A bar in red and white stripes."""
    (ax, ay), (bx, by) = line
    pen.shape(band(line, 18, flat=True), "#fbf6ea", ink_width=0.9)
    for k in range(count):
        a, b = (k + 0.12) / count, (k + 0.62) / count
        piece = [(ax + (bx - ax) * a, ay + (by - ay) * a), (ax + (bx - ax) * b, ay + (by - ay) * b)]
        pen.shape(band(piece, 17, flat=True), RED, ink_width=0.4, shade=0)
    pen.ink(band(line, 18, flat=True).exterior.coords, 0.9, closed=True)


def draw_drain(pen: Pen, look: Look) -> None:
    """A grating in the ground; ``open`` its cover lies beside a dark hole."""
    if look.state == "open":
        pen.shape(oval(-12, -4, 34, 11), "#2f2c38", ink_width=0.9, shade=0)
        pen.ink(arc(-12, -2, 30, 9, 190, 350), 0.5, "#77747e")
        pen.shape(join(oval(46, -2, 30, 10), oval(46, 1, 30, 10)), IRON, ink_width=0.9)
        for k in range(4):
            pen.ink([(30 + k * 10, -7), (32 + k * 10, 1)], 0.7, DARK)
        return
    pen.shape(oval(0, -4, 32, 10), IRON, ink_width=0.9, shade=0)
    pen.shape(oval(0, -5, 26, 7.6), mix(IRON, WHITE, 0.16), ink_width=0.6, shade=0)
    for k in range(-2, 3):
        pen.ink([(k * 9, -9), (k * 9, -1)], 1.2, DARK)


def draw_bus_shelter(pen: Pen, look: Look) -> None:
    """A glass shelter with a roof, a bench and a board with the timetable.

    ``broken`` one pane is shattered.
    """
    frame = look.tint("#5f7c82")
    pen.fill(oval(4, 0, 140, 11), "#3a2a5a", 0.15)
    if look.ground.dark:
        with pen.canvas.lit():
            pen.fill(rect(-134, -218, 134, -4), "#ffe9a8", 0.34)
    for left, right in ((-132, -70), (-66, -2), (2, 66), (70, 132)):
        pen.fill(rect(left, -212, right, -22), "#dcebf0", 0.42)
        for x in (left + 12, left + 24):
            pen.ink([(x, -70), (x + 26, -128)], 0.6, WHITE)
    for x in (-134, -68, 0, 68, 134):
        pen.shape(rect(x - 3, -218, x + 3, 0, 1), frame, ink_width=0.7, shade=0.5)
    for y in (-216, -24):
        pen.shape(rect(-134, y - 3, 134, y + 3), frame, ink_width=0.6, shade=0)
    roof = poly(
        (-150, -222), (-138, -238), (138, -238), (150, -222), (150, -216), (-150, -216), corner=1.5
    )
    pen.shape(roof, mix(frame, WHITE, 0.12))
    if look.ground.weather == "snow":
        pen.shape(
            blob((-146, -232), (-100, -246), (0, -249), (110, -246), (146, -232)),
            "#fdfdfd",
            ink_width=0.6,
            shade=0.5,
        )
    _timetable(pen, look)
    if look.state == "broken":
        for end in ((-62, -200), (-6, -190), (-8, -120), (-58, -110), (-34, -208)):
            pen.ink(
                [(-34, -160), ((-34 + end[0]) / 2 + 2, (-160 + end[1]) / 2), end], 0.6, "#6d7f88"
            )
        pen.shape(
            poly((-44, -172), (-30, -178), (-20, -160), (-30, -146), (-46, -152)),
            "#7f9096",
            ink_width=0.7,
            shade=0,
        )
    seat = mix(WOOD, WHITE, 0.1)
    pen.shape(rect(-116, -72, 54, -62, 2), seat, ink_width=0.8)
    for x in (-104, -30, 42):
        pen.shape(rect(x - 3, -46, x + 3, 0), IRON, ink_width=0.7, shade=0)
    pen.shape(
        poly((-118, -40), (-112, -50), (50, -50), (56, -40), (56, -36), (-118, -36), corner=1),
        seat,
        ink_width=0.9,
    )


def _timetable(pen: Pen, look: Look) -> None:
    pen.shape(rect(80, -190, 124, -92, 2), "#fdf9ec", ink_width=0.8)
    pen.shape(rect(80, -190, 124, -172, 2), "#c8553d", ink_width=0.6, shade=0)
    if look.text:
        write(pen, look.text, (102, -181), 38, 13, WHITE, "#c8553d", locale=look.ground.locale)
    for row in range(7):
        for x in (86, 98, 110):
            pen.ink([(x, -164 + row * 9), (x + 8, -164 + row * 9)], 0.5, "#6d6472")
    pen.shape(rect(86, -104, 118, -97, 1), "#9fc0c8", ink_width=0.4, shade=0)


def draw_bus_stop_pole(pen: Pen, look: Look) -> None:
    """A pole with a round flag that shows a bus, and a small timetable."""
    hue = look.tint("#c8553d")
    pen.shape(rect(-4, -248, 4, -2, 1), STEEL)
    pen.shape(rect(-13, -10, 13, 0, 2), IRON)
    pen.shape(oval(0, -268, 33), hue)
    pen.shape(oval(0, -268, 26), WHITE, ink_width=0.6, shade=0)
    pen.shape(rect(-17, -282, 17, -257, 4), hue, ink_width=0.5, shade=0)
    for x in (-13, -4.5, 4):
        pen.fill(rect(x, -278, x + 6.6, -269), WHITE)
    for x in (-9, 9):
        pen.shape(oval(x, -256, 4.2), DARK, ink_width=0.4, shade=0)
    pen.shape(rect(-16, -172, 16, -124, 1.5), "#fdf9ec", ink_width=0.8)
    for row in range(5):
        pen.ink([(-11, -164 + row * 8), (11, -164 + row * 8)], 0.5, "#6d6472")


def draw_skateboard(pen: Pen, look: Look) -> None:
    """A skateboard; ``rolling`` away, or ``broken`` in two."""
    hue = look.tint("#d9854f")
    if look.state == "rolling":
        motion(pen, ((-46, -8), (-58, -8), (-68, -7)), ((-44, -3), (-54, -3), (-62, -2)))
    halves = (
        ((-40.0, 40.0, 0.0),) if look.state != "broken" else ((-44.0, -2.0, 6.0), (4.0, 44.0, -6.0))
    )
    for left, right, sag in halves:
        deck = band(
            path(
                (left, -18 + (left < -20) * -5),
                ((left + right) / 2, -15 + sag),
                (right, -18 - (right > 20) * 5),
            ),
            5.4,
        )
        pen.shape(deck, hue, ink_width=0.9)
    for x in (-24, 24):
        pen.shape(rect(x - 5, -13, x + 5, -8), STEEL, ink_width=0.5, shade=0)
        pen.shape(oval(x, -6, 6), "#f1e7cf", ink_width=0.8)
        pen.shape(oval(x, -6, 2), DARK, ink_width=0.4, shade=0)


KINDS = (
    PropKind("fence", (204, 106), draw_fence, states=("plain", "broken", "painted"), surface=Surface(100, (0, -60, 60)), pin=(0, -20)),
    PropKind("railing", (212, 118), draw_railing, states=("plain", "bent"), solid=(8, 118), surface=Surface(90, (0, -60, 60))),
    PropKind("post box", (56, 134), draw_post_box, states=("closed", "open", "overflowing"), approach=Approach(2, 60, (-0.01, 0.08), 4.0), sizes={"open": (63, 134)}, shifts={"open": -4.0}),
    PropKind("traffic light", (48, 292), draw_traffic_light, states=("red", "amber", "green", "off"), solid=(14, 200), weight=0.9),
    PropKind("bollard", (30, 86), draw_bollard, states=("plain", "knocked over"), surface=Surface(84, (0,)), sizes={"knocked over": (92, 20)}),
    PropKind("zebra crossing", (206, 44), draw_zebra_crossing, flat=True, approach=Approach(-60, 60, (-0.04, 0.05), 5.0)),
    PropKind("wheelie bin", (66, 106), draw_wheelie_bin, states=("plain", "open", "overflowing", "tipped over"), grips=((-28, -96),), carry="push", sizes={"tipped over": (150, 60), "overflowing": (68, 138), "open": (70, 132)}, shifts={"tipped over": -22.0}),
    PropKind("rubbish bag", (56, 58), draw_rubbish_bag, states=("plain", "torn"), grips=((0, -52),), carry="low", sizes={"torn": (88, 58)}, shifts={"torn": -15.0}),
    PropKind("road cone", (46, 70), draw_road_cone, states=("plain", "knocked over"), grips=((0, -66),), carry="low", sizes={"knocked over": (70, 36)}),
    PropKind("barrier", (190, 106), draw_barrier, states=("plain", "raised", "broken"), solid=(180, 20), sizes={"raised": (140, 232)}, shifts={"raised": 26.0}),
    PropKind("drain", (68, 22), draw_drain, states=("closed", "open"), flat=True, sizes={"open": (124, 26)}, shifts={"open": -15.0}),
    PropKind("bus shelter", (302, 250), draw_bus_shelter, states=("plain", "broken"), solid=(280, 40), seats=Surface(48, (-84, -30, 24)), surface=Surface(48, (-84, -30, 24)), approach=Approach(-90, 120, (0.01, 0.16), 3.0)),
    PropKind("bus stop sign", (68, 302), draw_bus_stop_pole, solid=(14, 240), approach=Approach(6, 90, (-0.01, 0.2), 3.0)),
    PropKind("skateboard", (84, 24), draw_skateboard, states=("plain", "rolling", "broken"), grips=((0, -14),), carry="low", surface=Surface(18, (0,))),
)  # fmt: skip
