"""What is worn over the clothes on the chest, and in which order all of it is drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import (
    Geometry,
    blob,
    bow,
    box,
    circle,
    curve,
    ellipse,
    polygon,
    star,
    tube,
    union,
    vector,
)
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.people.attire_words import CHEST
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.garments import belt_things, neck, waist
from storypainter.ink.people.garments.back import draw_ermine_collar
from storypainter.ink.people.garments.cut import MEDIUM, trunk

_WHITE = "#fffdf7"
_GOLD = "#d9a83a"
STRAPPED = ("backpack", "school bag", "delivery bag", "air tank", "life support")


def draw_chest_wear(subject: Subject) -> None:
    """All that is worn on the chest and round the neck, over coat and collar."""
    extras = subject.outfit.extras
    if "ermine cape" in extras and not subject.away:
        draw_ermine_collar(subject)
    if "cape" in extras and not subject.away:
        _clasp(subject, extras["cape"])
    for word, shade in extras.items():
        if word in CHEST:
            _ALL[word](subject, shade)


def draw_bow_tie(subject: Subject) -> None:
    """A bow tie over the collar, and all else that is worn on the chest."""
    _bow_tie(subject)
    draw_chest_wear(subject)


def draw_tie(subject: Subject) -> None:
    """A tie; it lies under a jacket."""
    pen, spine, shade = subject.pen, subject.skeleton.spine, subject.outfit.tie
    if shade is None or subject.away:
        return
    knot = [(0.99, 0.006), (0.99, 0.032), (0.89, 0.027), (0.89, 0.013)]
    blade = [(0.9, 0.013), (0.9, 0.027), (0.42, 0.043), (0.34, 0.025), (0.42, 0.005)]
    pen.shape(polygon([spine(*c) for c in blade]), shade, ink_width=FINE, shade=0.6)
    pen.shape(polygon([spine(*c) for c in knot]), shade, ink_width=FINE, shade=0)


def _bow_tie(subject: Subject) -> None:
    """A bow tie, over the collar."""
    pen, spine, shade = subject.pen, subject.skeleton.spine, subject.outfit.bow_tie
    if shade is None or subject.away:
        return
    middle, height = 0.925, subject.height
    for side in (-1, 1):
        wing = [(0.0, 0.0), (0.05, 0.042), (0.0, 0.05), (-0.07, 0.042)]
        placed = [spine(middle + up, 0.018 + side * out) for up, out in wing]
        pen.shape(polygon(placed).buffer(0.003 * height), shade, ink_width=MEDIUM, shade=0.6)
    knot = circle(spine(middle - 0.004, 0.018), 0.0105 * height)
    pen.shape(knot, shade, ink_width=MEDIUM, shade=0)


def draw_scarf(subject: Subject) -> None:
    """A scarf wound around the neck with one end hanging."""
    shade, spine = subject.outfit.scarf, subject.skeleton.spine
    assert shade is not None
    height, pen = subject.height, subject.pen
    tail = polygon(
        [spine(1.0, 0.022), spine(0.99, 0.058), spine(0.5, 0.066), spine(0.5, 0.018)]
    ).buffer(0.003 * height)
    pen.shape(tail, shade)
    for across in (0.03, 0.042, 0.054):
        pen.ink([spine(0.55, across), spine(0.47, across)], FINE)
    roll = tube(
        [spine(1.06, -0.046), spine(0.985, 0.004), spine(1.055, 0.052)],
        [(0, 0.025 * height), (0.5, 0.029 * height), (1, 0.025 * height)],
        pieces=6,
    )
    pen.shape(roll, shade)
    pen.ink([spine(1.06, -0.03), spine(1.0, 0.0), spine(1.02, 0.034)], FINE)


def draw_sash(subject: Subject, area: Geometry) -> None:
    """A sash from the near shoulder to the far hip."""
    shade, spine = subject.outfit.sash, subject.skeleton.spine
    assert shade is not None
    ends = [spine(1.02, -0.075), spine(0.5, 0.03), spine(0.1, 0.1)]
    band = shapely.LineString(ends).buffer(0.018 * subject.height).intersection(area.buffer(0.2))
    subject.pen.shape(band, shade, ink_width=MEDIUM)


def draw_badge(subject: Subject) -> None:
    """A star on the chest."""
    if subject.away:
        return
    centre = subject.skeleton.spine(0.72, 0.062)
    shape = star(float(centre[0]), float(centre[1]), 0.018 * subject.height)
    subject.pen.shape(shape, "#d9a83a", ink_width=FINE, shade=0)


def draw_straps(subject: Subject, area: Geometry) -> None:
    """The straps of a backpack and of a shoulder bag, over the clothes on the trunk."""
    outfit, spine, height = subject.outfit, subject.skeleton.spine, subject.height
    body = subject.skeleton.body
    packs = [shade for word, shade in outfit.extras.items() if word in STRAPPED]
    if packs and not subject.away:
        inner = body.shoulder * 0.55
        for side in (-1, 1):
            ends = [
                spine(1.06, side * inner * 0.85),
                spine(0.8, side * inner * 1.02),
                spine(0.42, side * body.waist * 0.98),
            ]
            strap = shapely.LineString(ends).buffer(0.0125 * height).intersection(area)
            subject.pen.shape(strap, packs[0], ink_width=MEDIUM, shade=0)
    if outfit.shoulder_bag:
        ends = [spine(1.04, body.shoulder * 0.55), spine(0.55, 0.0), spine(0.06, -body.hip)]
        strap = shapely.LineString(ends).buffer(0.008 * height).intersection(area.buffer(0.3))
        subject.pen.shape(strap, outfit.shoulder_bag, ink_width=MEDIUM, shade=0)
        corner = spine(-0.06, -body.hip - 0.01)
        bag = box(-0.062, -0.03, 0.05, 0.075, 0.014)
        placed = shapely.transform(bag, lambda p: p * height + corner)
        subject.pen.shape(placed, outfit.shoulder_bag)
        flap = shapely.transform(
            box(-0.062, -0.03, 0.05, 0.022, 0.012), lambda p: p * height + corner
        )
        subject.pen.shape(
            flap, mix(outfit.shoulder_bag, "#ffffff", 0.12), ink_width=MEDIUM, shade=0
        )


def _clasp(subject: Subject, shade: str) -> None:
    """Where a cape closes over the collarbones."""
    spine, pen = subject.skeleton.spine, subject.pen
    shoulder = subject.skeleton.body.shoulder
    for side in (-1, 1):
        knots = [
            spine(1.08, 0.012 + side * 0.03),
            spine(0.95, side * shoulder * 0.96),
            spine(0.82, side * shoulder * 0.9),
            spine(0.93, 0.014 + side * 0.012),
        ]
        pen.shape(polygon(knots).buffer(0.006 * subject.height), shade, ink_width=MEDIUM)
    pen.shape(circle(spine(0.95, 0.014), 0.013 * subject.height), _GOLD, ink_width=FINE, shade=0)


def _rosette(subject: Subject, shade: str) -> None:
    if subject.away:
        return
    pen, h = subject.pen, subject.height
    x, y = map(float, subject.skeleton.spine(0.74, 0.058))
    for side in (-1, 1):
        tail = polygon(
            [
                (x, y),
                (x + side * 0.02 * h, y + 0.07 * h),
                (x + side * 0.008 * h, y + 0.062 * h),
                (x - side * 0.004 * h, y + 0.07 * h),
            ]
        )
        pen.shape(tail, shade, ink_width=0.6, shade=0)
    pen.shape(star(x, y, 0.034 * h, points=12, inner=0.8), shade, ink_width=0.7, shade=0)
    pen.shape(circle((x, y), 0.017 * h), _WHITE, ink_width=0.5, shade=0)


def _name_badge(subject: Subject, shade: str) -> None:
    if subject.away:
        return
    spine, pen = subject.skeleton.spine, subject.pen
    plate = polygon([spine(*c) for c in ((0.76, 0.036), (0.76, 0.08), (0.67, 0.08), (0.67, 0.036))])
    pen.shape(plate, shade, ink_width=0.6, shade=0)
    pen.ink([spine(0.715, 0.044), spine(0.715, 0.072)], 0.8)


def _buttonhole(subject: Subject, shade: str) -> None:
    if subject.away:
        return
    x, y = map(float, subject.skeleton.spine(0.76, 0.06))
    h = subject.height
    subject.pen.ink([(x, y), (x - 0.004 * h, y + 0.03 * h)], 1.2, "#3f8a69")
    petals = union(
        [
            circle((x + 0.01 * h * np.cos(a), y + 0.01 * h * np.sin(a)), 0.01 * h)
            for a in np.arange(5) * 1.257
        ]
    )
    subject.pen.shape(petals, shade, ink_width=0.6, shade=0)
    subject.pen.fill(circle((x, y), 0.005 * h), "#edc04f")


def _shawl(subject: Subject, shade: str) -> None:
    """A triangle of cloth over both shoulders."""
    spine, pen = subject.skeleton.spine, subject.pen
    shoulder = subject.skeleton.body.shoulder
    if subject.away:
        knots = [
            spine(1.06, -0.04),
            spine(0.9, -shoulder * 1.1),
            spine(0.62, -shoulder * 0.8),
            spine(0.25, 0.0),
            spine(0.62, shoulder * 0.8),
            spine(0.9, shoulder * 1.1),
            spine(1.06, 0.04),
        ]
        pen.shape(blob(knots), shade)
        return
    for side in (-1, 1):
        knots = [
            spine(1.08, 0.006 + side * 0.036),
            spine(0.96, side * shoulder * 1.02),
            spine(0.66, side * shoulder * 1.06),
            spine(0.5, side * shoulder * 0.66),
            spine(0.62, 0.018 + side * 0.004),
            spine(0.86, 0.016 + side * 0.02),
        ]
        form = polygon(knots).buffer(-0.004 * subject.height).buffer(0.009 * subject.height)
        pen.shape(form, shade, ink_width=0.9)
        for share in (0.25, 0.5, 0.75):
            low = spine(0.5, side * shoulder * 0.66) * (1 - share) + spine(0.62, 0.018) * share
            pen.ink([low, low + vector(0, 0.02 * subject.height)], 0.8, shade)


def _stole(subject: Subject, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    if subject.away:
        neck.nape(subject, shade, 5.0)
        return
    low = float(subject.skeleton.pelvis[1]) + 0.2 * subject.height
    bottom = min(low, -0.03 * subject.height)
    for top, side in ((-0.05, -1), (0.058, 1)):
        x = float(spine(0.0, 0.016 + side * 0.038)[0])
        line = shapely.LineString(
            [
                spine(1.06, top),
                spine(0.8, 0.014 + side * 0.04),
                spine(0.0, 0.016 + side * 0.038),
                (x, bottom if not subject.seated else float(spine(0.0, 0)[1]) + 1),
            ]
        )
        band = line.buffer(0.017 * subject.height, cap_style="flat")
        pen.shape(band, shade, ink_width=MEDIUM, shade=0.6)
        mx, my = map(float, spine(0.28, 0.016 + side * 0.038))
        h = subject.height
        mark = union(
            [
                box(mx - 0.003 * h, my - 0.015 * h, mx + 0.003 * h, my + 0.015 * h),
                box(mx - 0.009 * h, my - 0.007 * h, mx + 0.009 * h, my - 0.001 * h),
            ]
        )
        pen.fill(mark, _GOLD)


def _dupatta(subject: Subject, shade: str) -> None:
    """A long light scarf with its ends over both shoulders."""
    spine, pen = subject.skeleton.spine, subject.pen
    if subject.away:
        for side in (-1, 1):
            pen.shape(
                shapely.LineString([spine(1.0, side * 0.05), spine(0.2, side * 0.06)]).buffer(
                    0.016 * subject.height
                ),
                shade,
                ink_width=MEDIUM,
            )
        return
    line = curve(
        [
            spine(1.07, -0.07),
            spine(0.84, -0.03),
            spine(0.76, 0.016),
            spine(0.86, 0.06),
            spine(1.06, 0.075),
        ]
    )
    pen.shape(shapely.LineString(line).buffer(0.021 * subject.height), shade, ink_width=0.9)
    pen.ink(line, 0.6, mix(shade, INK, 0.3))


def _kente(subject: Subject, shade: str) -> None:
    """Woven cloth over one shoulder, in blocks of gold, green, and red."""
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    body = trunk(subject.skeleton, -0.17, grow=0.008)
    side = 1 if not subject.away else -1
    cloth = polygon(
        [
            spine(*c)
            for c in (
                (1.1, 0.012 * side),
                (1.1, 0.2 * side),
                (-0.3, 0.2 * side),
                (-0.3, -0.2 * side),
                (0.3, -0.2 * side),
            )
        ]
    )
    area = cloth.intersection(body)
    pen.shape(area, shade, ink_width=0.9)
    inside = area.buffer(-0.004 * h)
    tones = ("#edc04f", "#3f8a69", "#a93143", "#2e2a33")
    for row, along in enumerate(np.arange(-0.2, 1.05, 0.125)):
        for column, across in enumerate(np.arange(-0.1, 0.12, 0.036)):
            if (row + column) % 2:
                x, y = map(float, spine(along, across))
                pen.fill(
                    box(x - 0.014 * h, y - 0.013 * h, x + 0.014 * h, y + 0.013 * h).intersection(
                        inside
                    ),
                    tones[(row * 2 + column) % 4],
                )


def _sling(subject: Subject, shade: str) -> None:
    """A triangular bandage that carries the near forearm."""
    spine, pen = subject.skeleton.spine, subject.pen
    if subject.away:
        pen.ink([spine(1.05, 0.04), spine(0.6, -0.08)], 3.0, shade, taper=1)
        return
    for start in ((1.06, 0.05), (1.05, -0.04)):
        line = shapely.LineString([spine(*start), spine(0.5, 0.06 if start[1] > 0 else -0.07)])
        pen.shape(line.buffer(0.01 * subject.height), shade, ink_width=0.7, shade=0)
    pouch = blob(
        [
            spine(0.52, -0.098),
            spine(0.5, 0.0),
            spine(0.52, 0.085),
            spine(0.4, 0.09),
            spine(0.28, 0.02),
            spine(0.26, -0.08),
            spine(0.4, -0.11),
        ]
    )
    pen.shape(pouch, shade)
    pen.ink([spine(0.44, -0.06), spine(0.38, 0.04)], FINE)


def _baby_carrier(subject: Subject, shade: str) -> None:
    """A baby in a carrier on the chest: its head over the rim, its legs beside it."""
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    for across in (-0.056, 0.062):
        strap = shapely.LineString(
            [spine(1.06, across * 0.8), spine(0.74, across), spine(0.4, across)]
        )
        pen.shape(strap.buffer(0.012 * h), shade, ink_width=MEDIUM, shade=0)
    if subject.away:
        pen.ink([spine(0.6, -0.06), spine(0.6, 0.06)], 2.4, shade, taper=1)
        return
    for side in (-1, 1):
        leg = [
            spine(0.28, 0.022 + side * 0.05),
            spine(0.2, 0.022 + side * 0.074),
            spine(0.02, 0.024 + side * 0.07),
        ]
        pen.shape(tube(leg, [(0, 0.022 * h), (1, 0.018 * h)]), "#edc04f", ink_width=MEDIUM)
        pen.shape(circle(leg[-1], 0.019 * h), _WHITE, ink_width=MEDIUM, shade=0)
    pouch = blob(
        [
            spine(0.66, -0.04),
            spine(0.66, 0.086),
            spine(0.4, 0.1),
            spine(0.14, 0.07),
            spine(0.12, -0.024),
            spine(0.4, -0.056),
        ]
    )
    head = spine(0.8, 0.024)
    pen.shape(circle(head, 0.058 * h), subject.skin, ink_width=0.9)
    hair = circle(head, 0.06 * h).intersection(
        box(head[0] - h, head[1] - h, head[0] + h, head[1] - 0.026 * h)
    )
    pen.shape(hair, "#6f4630", ink_width=MEDIUM, shade=0)
    for dx in (0.0, 0.03):
        pen.ink(
            bow(
                (head[0] + (dx - 0.012) * h, head[1] + 0.006 * h),
                (head[0] + dx * h, head[1] + 0.016 * h),
                (head[0] + (dx + 0.012) * h, head[1] + 0.006 * h),
            ),
            0.9,
        )
    pen.fill(circle((head[0] + 0.014 * h, head[1] + 0.03 * h), 0.006 * h), "#a9502f")
    pen.shape(pouch, shade)
    pen.ink(curve([spine(0.56, -0.03), spine(0.52, 0.03), spine(0.56, 0.08)]), 0.6)
    for side in (-1, 1):
        pen.shape(
            circle(spine(0.64, 0.024 + side * 0.056), 0.017 * h),
            subject.skin,
            ink_width=0.7,
            shade=0,
        )


def _epaulettes(subject: Subject, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    shoulder = subject.skeleton.body.shoulder
    for side in (-1, 1):
        ends = [spine(1.02, side * shoulder * 0.5), spine(0.95, side * shoulder * 0.98)]
        board = shapely.LineString(ends).buffer(0.013 * subject.height, cap_style="flat")
        pen.shape(board, shade, ink_width=0.7, shade=0)
        pen.ink(
            [
                ends[0] * 0.4 + ends[1] * 0.6 - (0, 0.01 * subject.height),
                ends[0] * 0.4 + ends[1] * 0.6 + (0, 0.01 * subject.height),
            ],
            0.8,
        )


def _radio(subject: Subject, shade: str) -> None:
    if subject.away:
        return
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    x, y = map(float, spine(0.84, -0.05))
    pen.ink([(x, y), (x - 0.002 * h, y - 0.035 * h)], 1.2)
    pen.shape(
        box(x - 0.013 * h, y - 0.008 * h, x + 0.013 * h, y + 0.036 * h, 0.004 * h),
        shade,
        ink_width=0.7,
        shade=0,
    )


def _red_cross(subject: Subject, shade: str) -> None:
    spine, pen, h = subject.skeleton.spine, subject.pen, subject.height
    x, y = map(float, spine(0.6, 0.0 if subject.away else 0.018))
    size = 1.4 if subject.away else 1.0
    form = union(
        [
            box(
                x - 0.011 * h * size,
                y - 0.034 * h * size,
                x + 0.011 * h * size,
                y + 0.034 * h * size,
            ),
            box(
                x - 0.034 * h * size,
                y - 0.011 * h * size,
                x + 0.034 * h * size,
                y + 0.011 * h * size,
            ),
        ]
    )
    if shade == "#fffdf7":
        pen.fill(form, shade)
        return
    pen.shape(circle((x, y), 0.046 * h * size), _WHITE, ink_width=0.6, shade=0)
    pen.fill(form.intersection(circle((x, y), 0.042 * h * size)), shade)


def _microphone_badge(subject: Subject, shade: str) -> None:
    if subject.away:
        return
    x, y = map(float, subject.skeleton.spine(0.72, 0.04))
    subject.pen.shape(
        ellipse(x, y, 0.008 * subject.height, 0.014 * subject.height), shade, ink_width=0.6, shade=0
    )


def _sheriff_star(subject: Subject, shade: str) -> None:
    if subject.away:
        return
    x, y = map(float, subject.skeleton.spine(0.7, 0.062))
    subject.pen.shape(star(x, y, 0.026 * subject.height), shade, ink_width=0.7, shade=0)


def _bib(subject: Subject, shade: str) -> None:
    if subject.away:
        return
    spine, pen = subject.skeleton.spine, subject.pen
    form = blob(
        [
            spine(1.04, -0.04),
            spine(0.8, -0.052),
            spine(0.58, 0.016),
            spine(0.8, 0.08),
            spine(1.04, 0.055),
            spine(0.97, 0.01),
        ]
    )
    pen.shape(form, shade, ink_width=0.9)
    x, y = map(float, spine(0.76, 0.016))
    pen.fill(star(x, y, 0.022 * subject.height), "#edc04f")


DRAW: dict[str, Callable[[Subject, str], None]] = {
    "rosette": _rosette,
    "name badge": _name_badge,
    "buttonhole flower": _buttonhole,
    "shawl": _shawl,
    "stole": _stole,
    "dupatta": _dupatta,
    "kente cloth": _kente,
    "sling": _sling,
    "baby carrier": _baby_carrier,
    "epaulettes": _epaulettes,
    "radio": _radio,
    "red cross": _red_cross,
    "microphone badge": _microphone_badge,
    "sheriff star": _sheriff_star,
    "bib": _bib,
}
_ALL: dict[str, Callable[[Subject, str], None]] = {
    **DRAW,
    **neck.DRAW,
    **waist.DRAW,
    **belt_things.DRAW,
}
