"""Details that belong to one kind of garment: buttons, belts, facings, fur, plates, emblems."""

from __future__ import annotations

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import (
    Geometry,
    bow,
    circle,
    curve,
    ellipse,
    polygon,
    union,
    vector,
)
from storypainter.ink.drawing.palette import INK, luminance, mix
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.garments.cut import MEDIUM
from storypainter.ink.people.garments.pattern_base import (
    Draw,
    cross_band,
    grid_over,
    inside_of,
    sash_at,
)

_WHITE = "#fffdf7"
_GOLD = "#d9a83a"


def _quilted(subject: Subject, area: Geometry, shade: str) -> None:
    for along in np.arange(-0.15, 1.0, 0.18):
        line = shapely.LineString([subject.skeleton.spine(along, a) for a in (-0.2, 0.0, 0.2)])
        cut = line.intersection(inside_of(subject, area))
        if cut.geom_type == "LineString" and not cut.is_empty:
            subject.pen.ink(shapely.get_coordinates(cut), 0.7)


def _wetsuit(subject: Subject, area: Geometry, shade: str) -> None:
    pen, inside = subject.pen, inside_of(subject, area)
    for side in (-1, 1):
        ends = [subject.skeleton.spine(a, side * 0.066) for a in (-0.2, 0.3, 0.9)]
        band = shapely.LineString(ends).buffer(0.014 * subject.height)
        pen.fill(band.intersection(inside), "#6fa5cf")


def _buttons(
    subject: Subject, places: list[tuple[float, float]], shade: str, size: float = 0.0065
) -> None:
    for along, across in places:
        spot = circle(subject.skeleton.spine(along, across), size * subject.height)
        subject.pen.shape(spot, shade, ink_width=0.45, shade=0)


def _double_breasted(subject: Subject, area: Geometry, shade: str) -> None:
    spine = subject.skeleton.spine
    edge = [spine(a, c) for a, c in ((0.98, -0.02), (0.8, -0.03), (0.4, -0.03), (-0.15, -0.03))]
    subject.pen.ink(edge, 0.6)
    _buttons(subject, [(a, c) for a in (0.8, 0.58, 0.36) for c in (-0.012, 0.05)], "#2e2a33", 0.006)


def _brass(subject: Subject, area: Geometry, shade: str) -> None:
    _buttons(subject, [(a, c) for a in (0.66, 0.46, 0.26) for c in (-0.006, 0.058)], _GOLD, 0.0075)


def _zip(subject: Subject, area: Geometry, shade: str) -> None:
    spine = subject.skeleton.spine
    subject.pen.ink(
        [spine(1.0, 0.022), spine(0.5, 0.026), spine(-0.05, 0.03)], 1.0, mix(shade, INK, 0.65)
    )
    pocket = [spine(0.74, 0.045), spine(0.74, 0.07), spine(0.62, 0.068), spine(0.62, 0.045)]
    subject.pen.ink(pocket, FINE, closed=True)


def _pocket(subject: Subject, area: Geometry, shade: str) -> None:
    spine = subject.skeleton.spine
    pocket = [spine(0.72, 0.04), spine(0.72, 0.072), spine(0.57, 0.07), spine(0.57, 0.04)]
    subject.pen.ink(pocket, FINE, closed=True)
    subject.pen.ink([spine(0.68, 0.05), spine(0.78, 0.05)], 1.2, "#2c3a5c")


def _belted(subject: Subject, area: Geometry, shade: str) -> None:
    sash_at(subject, area, mix(shade, INK, 0.22), 0.2, 0.03, knot=False)
    spine = subject.skeleton.spine
    buckle = polygon(
        [spine(*c) for c in ((0.26, 0.006), (0.26, 0.044), (0.14, 0.044), (0.14, 0.006))]
    )
    subject.pen.shape(
        buckle.difference(buckle.buffer(-0.007 * subject.height)), "#553628", ink_width=0.5, shade=0
    )
    for side in (-1, 1):
        flap = [spine(0.92, side * 0.03 + 0.02), spine(0.66, side * 0.045 + 0.016)]
        subject.pen.ink(flap, FINE)


def _tied(subject: Subject, area: Geometry, shade: str) -> None:
    spine = subject.skeleton.spine
    for pair in (((1.0, -0.045), (0.62, 0.014)), ((1.0, 0.055), (0.62, 0.014))):
        band = shapely.LineString([spine(*pair[0]), spine(*pair[1])]).buffer(0.014 * subject.height)
        subject.pen.shape(
            band.intersection(area), mix(shade, _WHITE, 0.25), ink_width=FINE, shade=0
        )
    subject.pen.ink([spine(0.62, 0.014), spine(-0.4, 0.0)], 0.8)
    sash_at(subject, area, mix(shade, _WHITE, 0.25), 0.22, 0.034, knot=True)


def _judge(subject: Subject, area: Geometry, shade: str) -> None:
    """The scarlet facings of a judge's robe and the white bands at the neck."""
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    low = (subject.skeleton.near_leg.ankle + subject.skeleton.far_leg.ankle) / 2
    knee = (subject.skeleton.near_leg.knee + subject.skeleton.far_leg.knee) / 2
    inside = inside_of(subject, area)
    for side in (-1, 1):
        line = [spine(1.03, 0.005 + side * 0.046), spine(0.6, 0.016 + side * 0.022), spine(0.1, 0.018 + side * 0.02),
                knee + vector(side * 0.02 * height, 0), low + vector(side * 0.022 * height, 0)]  # fmt: skip
        band = shapely.LineString(line).buffer(0.0125 * height, cap_style="flat")
        pen.shape(band.intersection(inside), "#a93143", ink_width=FINE, shade=0)
    for side in (-1, 1):
        tab = polygon(
            [
                spine(1.0, 0.016),
                spine(0.72, 0.014 + side * 0.026),
                spine(0.72, 0.014 + side * 0.004),
            ]
        )
        pen.shape(tab, _WHITE, ink_width=FINE, shade=0)


def _hood(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    for pair in (((1.04, -0.06), (0.55, 0.008)), ((1.04, 0.068), (0.55, 0.022))):
        band = shapely.LineString([spine(*c) for c in pair]).buffer(0.015 * subject.height)
        pen.shape(band.intersection(area), "#3f658c", ink_width=FINE, shade=0)
        pen.ink([spine(*pair[0]), spine(*pair[1])], 0.9, _GOLD, taper=1)
    pen.ink([spine(0.55, 0.015), spine(-0.6, 0.01)], 0.8, mix(shade, _WHITE, 0.35))


def _button_row(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    knee = (subject.skeleton.near_leg.knee + subject.skeleton.far_leg.knee) / 2
    tone = mix(shade, _WHITE, 0.4)
    line = np.vstack([spine(0.9, 0.022), spine(0.4, 0.024), spine(0.0, 0.026), knee])
    pen.ink(line, 0.7, tone)
    for share in np.linspace(0.02, 0.98, 11):
        spot = shapely.LineString(line).interpolate(share, normalized=True)
        pen.fill(circle((spot.x, spot.y), 0.0052 * subject.height).intersection(area), tone)


def _rope(subject: Subject, area: Geometry, shade: str) -> None:
    sash_at(subject, area, "#e3d2b2", 0.18, 0.018, knot=False)
    spine = subject.skeleton.spine
    for end in (-0.006, 0.026):
        subject.pen.ink([spine(0.17, 0.03), spine(-0.5, 0.03 + end)], 2.2, INK, taper=1)
        subject.pen.ink([spine(0.17, 0.03), spine(-0.5, 0.03 + end)], 1.3, "#e3d2b2", taper=1)


def _fur(subject: Subject, area: Geometry, shade: str) -> None:
    """White fur down the front and round the hem, and a broad belt."""
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    bottom = area.bounds[3]
    hem = area.intersection(shapely.box(-9e3, bottom - 0.034 * height, 9e3, bottom + 1))
    pen.shape(hem.buffer(0.004 * height), _WHITE, ink_width=MEDIUM)
    if not subject.away:
        line = shapely.LineString([spine(0.98, 0.02), spine(0.4, 0.024), spine(-0.25, 0.03)])
        pen.shape(
            line.buffer(0.017 * height, cap_style="flat").intersection(area),
            _WHITE,
            ink_width=MEDIUM,
            shade=0,
        )
    belt = subject.outfit.belt or "#2e2a33"
    pen.shape(
        cross_band(subject, 0.2, 0.036).intersection(area.buffer(0.002 * height)),
        belt,
        ink_width=MEDIUM,
        shade=0,
    )
    if not subject.away:
        buckle = polygon(
            [spine(*c) for c in ((0.29, 0.0), (0.29, 0.05), (0.11, 0.05), (0.11, 0.0))]
        )
        pen.shape(buckle.difference(buckle.buffer(-0.009 * height)), _GOLD, ink_width=0.5, shade=0)


def _ermine(subject: Subject, area: Geometry, shade: str) -> None:
    """Spotted fur along the edges of an open robe."""
    pen, height = subject.pen, subject.height
    inside = area.buffer(-0.016 * height)
    edge = area.difference(inside)
    low = edge.intersection(shapely.box(-9e3, float(subject.skeleton.chest[1]), 9e3, 9e3))
    bottom = area.bounds[3]
    keep = low.intersection(
        union([shapely.box(-9e3, bottom - 0.04 * height, 9e3, bottom + 9), _front_strip(subject)])
    )
    pen.shape(keep, _WHITE, ink_width=FINE, shade=0)
    for x, y, _ in grid_over(subject, area, 0.034):
        spot = ellipse(x, y, 0.0035 * height, 0.007 * height).intersection(
            keep.buffer(-0.002 * height)
        )
        pen.fill(spot, INK)


def _front_strip(subject: Subject) -> Geometry:
    spine = subject.skeleton.spine
    knee = (subject.skeleton.near_leg.ankle + subject.skeleton.far_leg.ankle) / 2
    line = shapely.LineString([spine(1.0, 0.02), spine(0.3, 0.026), spine(0, 0.026), knee])
    return line.buffer(0.075 * subject.height)


def _lace(subject: Subject, area: Geometry, shade: str) -> None:
    pen, height, spine = subject.pen, subject.height, subject.skeleton.spine
    bottom = area.bounds[3]
    grey = mix(shade, "#8f8a98", 0.45)
    left, _, right, _ = area.bounds
    for x in np.arange(left + 0.02 * height, right, 0.03 * height):
        scallop = curve(
            [
                (x - 0.015 * height, bottom - 0.03 * height),
                (x, bottom - 0.016 * height),
                (x + 0.015 * height, bottom - 0.03 * height),
            ]
        )
        if area.buffer(-1).contains(shapely.Point(x, bottom - 0.03 * height)):
            pen.ink(scallop, 0.6, grey)
    sash_at(subject, area, mix(shade, "#e3d2b2", 0.4), 0.36, 0.026, knot=False)
    if not subject.away:
        for along, across in ((0.62, -0.02), (0.66, 0.02), (0.6, 0.05), (0.5, 0.0), (0.5, 0.036)):
            pen.ink(
                shapely.get_coordinates(circle(spine(along, across), 0.008 * height).exterior),
                0.5,
                grey,
                closed=True,
            )


def _waist_sash(subject: Subject, area: Geometry, shade: str) -> None:
    tone = mix(shade, "#6b2b4a", 0.35) if luminance(shade) > 0.4 else mix(shade, _WHITE, 0.3)
    sash_at(subject, area, tone, 0.36, 0.032, knot=False)


def _ragged(subject: Subject, area: Geometry, shade: str) -> None:
    sash_at(subject, area, "#7d64a0", 0.34, 0.03, knot=False)
    spine = subject.skeleton.spine
    if not subject.away:
        for along in (0.9, 0.78, 0.66, 0.54):
            subject.pen.ink([spine(along, 0.0), spine(along - 0.06, 0.04)], 0.9, "#8b76b5")


def _pinafore(subject: Subject, area: Geometry, shade: str) -> None:
    """A white shirt shows beside a pinafore's bib and straps."""
    spine, pen, _height = subject.skeleton.spine, subject.pen, subject.height
    from_above = shapely.box(-9e3, -9e3, 9e3, float(spine(0.44, 0.0)[1]))
    bib = polygon(
        [
            spine(*c)
            for c in (
                (1.1, -0.06),
                (1.1, -0.03),
                (0.74, -0.03),
                (0.74, 0.055),
                (1.1, 0.055),
                (1.1, 0.08),
                (0.44, 0.085),
                (0.44, -0.07),
            )
        ]
    )
    if subject.away:
        bib = polygon(
            [
                spine(*c)
                for c in ((1.1, -0.06), (0.44, -0.07), (0.44, 0.07), (1.1, 0.06), (0.6, 0.0))
            ]
        )
    shirt = area.intersection(from_above).difference(bib)
    pen.shape(shirt, _WHITE, ink_width=MEDIUM, shade=0.6)


def _space(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    panel = polygon(
        [spine(*c) for c in ((0.68, -0.03), (0.68, 0.06), (0.36, 0.062), (0.36, -0.03))]
    )
    pen.shape(panel.buffer(0.004 * subject.height), "#c9c7c8", ink_width=MEDIUM)
    for across, tone in ((-0.012, "#c44a37"), (0.014, "#3f658c"), (0.04, "#6f9a5d")):
        pen.shape(circle(spine(0.58, across), 0.009 * subject.height), tone, ink_width=0.5, shade=0)
    for across in (-0.012, 0.014, 0.04):
        pen.ink([spine(0.48, across), spine(0.42, across)], 1.1)
    hose = curve([spine(0.46, -0.03), spine(0.3, -0.06), spine(0.1, -0.05), spine(0.08, -0.08)])
    pen.ink(hose, 2.6, INK, taper=1)
    pen.ink(hose, 1.5, "#a29d98", taper=1)
    pen.shape(cross_band(subject, 0.1, 0.02).intersection(area), "#c44a37", ink_width=FINE, shade=0)


def _armour(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    dark = mix(shade, INK, 0.3)
    for along in (0.3, 0.16, 0.02):
        line = [spine(along - 0.03, -0.2), spine(along, 0.02), spine(along - 0.03, 0.2)]
        cut = shapely.LineString(line).intersection(inside_of(subject, area))
        if cut.geom_type == "LineString" and not cut.is_empty:
            pen.ink(shapely.get_coordinates(cut), 0.8)
    if subject.away:
        return
    pen.ink([spine(0.98, 0.02), spine(0.4, 0.032)], 0.8, dark)
    shield = polygon(
        [
            spine(*c)
            for c in ((0.84, -0.026), (0.84, 0.056), (0.6, 0.05), (0.46, 0.018), (0.6, -0.026))
        ]
    )
    pen.shape(shield, "#c44a37", ink_width=FINE, shade=0)
    pen.ink([spine(0.82, 0.015), spine(0.5, 0.018)], 2.0, _WHITE, taper=1)
    pen.ink([spine(0.7, -0.02), spine(0.7, 0.048)], 2.0, _WHITE, taper=1)
    for side in (-1, 1):
        x, y = spine(0.93, side * subject.skeleton.body.shoulder * 0.8)
        pen.shape(
            ellipse(x, y, 0.03 * subject.height, 0.022 * subject.height),
            mix(shade, _WHITE, 0.3),
            ink_width=MEDIUM,
        )


def _emblem(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    pen.shape(
        cross_band(subject, 0.12, 0.03).intersection(area), "#edc04f", ink_width=MEDIUM, shade=0
    )
    if subject.away:
        return
    x, y = map(float, spine(0.66, 0.016))
    pen.shape(ellipse(x, y, 0.046 * height, 0.04 * height), "#edc04f", ink_width=MEDIUM, shade=0)
    bolt = polygon(
        [
            (x + 0.006 * height, y - 0.034 * height),
            (x - 0.02 * height, y + 0.006 * height),
            (x - 0.003 * height, y + 0.004 * height),
            (x - 0.008 * height, y + 0.033 * height),
            (x + 0.02 * height, y - 0.008 * height),
            (x + 0.003 * height, y - 0.006 * height),
        ]
    )
    pen.shape(bolt, "#c44a37", ink_width=0.5, shade=0)


def _bones(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    middle = 0.0 if subject.away else 0.016
    pen.ink([spine(0.95, middle), spine(0.05, middle)], 3.0, _WHITE, taper=1)
    for along, half in ((0.84, 0.05), (0.72, 0.056), (0.6, 0.054), (0.48, 0.044)):
        for side in (-1, 1):
            pen.ink(
                bow(
                    spine(along, middle),
                    spine(along + 0.02, middle + side * half),
                    spine(along - 0.1, middle + side * half),
                ),
                2.4,
                _WHITE,
                taper=0.7,
            )
    x, y = map(float, spine(0.06, middle))
    hips = ellipse(x, y, 0.05 * subject.height, 0.022 * subject.height)
    pen.fill(hips.intersection(area), _WHITE)


def _pompoms(subject: Subject, area: Geometry, shade: str) -> None:
    if not subject.away:
        for along in (0.76, 0.5, 0.24):
            pompom = circle(subject.skeleton.spine(along, 0.022), 0.02 * subject.height)
            subject.pen.shape(pompom, "#c44a37", ink_width=MEDIUM)


def _poppers(subject: Subject, area: Geometry, shade: str) -> None:
    _buttons(subject, [(a, 0.024) for a in (0.84, 0.6, 0.36, 0.12)], _WHITE, 0.011)


def _ski(subject: Subject, area: Geometry, shade: str) -> None:
    pen, inside = subject.pen, inside_of(subject, area)
    pen.fill(cross_band(subject, 0.76, 0.05).intersection(inside), "#2c3a5c")
    pen.fill(cross_band(subject, 0.64, 0.014).intersection(inside), _WHITE)
    if not subject.away:
        _zip(subject, area, shade)


def _pockets(subject: Subject, area: Geometry, shade: str) -> None:
    spine = subject.skeleton.spine
    for along, left, right in (
        (0.68, -0.052, -0.012),
        (0.68, 0.048, 0.078),
        (0.24, -0.056, -0.012),
        (0.24, 0.05, 0.082),
    ):
        form = polygon(
            [
                spine(along, left),
                spine(along, right),
                spine(along - 0.2, right),
                spine(along - 0.2, left),
            ]
        )
        subject.pen.shape(
            form.intersection(area.buffer(0.004 * subject.height)),
            mix(shade, INK, 0.1),
            ink_width=FINE,
            shade=0,
        )
        subject.pen.ink([spine(along - 0.06, left), spine(along - 0.06, right)], FINE)


def _buckles(subject: Subject, area: Geometry, shade: str) -> None:
    for along in (0.66, 0.3):
        strap = cross_band(subject, along, 0.022).intersection(area.buffer(0.002))
        subject.pen.shape(strap, "#46424a", ink_width=FINE, shade=0)
        if not subject.away:
            clasp = circle(subject.skeleton.spine(along, 0.024), 0.014 * subject.height)
            subject.pen.shape(clasp, "#c9c7c8", ink_width=0.5, shade=0)


def _fob(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    pen.ink([spine(0.76, -0.03), spine(0.68, -0.03)], 1.0)
    pen.shape(circle(spine(0.62, -0.03), 0.012 * subject.height), _WHITE, ink_width=0.6, shade=0)
    pen.ink([spine(-0.02, 0.022), spine(0.97, 0.022)], 0.6)
    edge = mix(shade, _WHITE, 0.8)
    pen.ink([spine(0.5, 0.05), spine(0.5, 0.082)], 1.4, edge)


ALL_OVER: dict[str, Draw] = {
    "quilted": _quilted,
    "wetsuit": _wetsuit,
    "fur": _fur,
    "lace": _lace,
    "sash": _waist_sash,
    "ragged": _ragged,
    "pinafore": _pinafore,
    "armour": _armour,
    "emblem": _emblem,
    "bones": _bones,
    "ski": _ski,
    "buckles": _buckles,
    "ermine": _ermine,
}

IN_FRONT: dict[str, Draw] = {
    "pompoms": _pompoms,
    "double-breasted": _double_breasted,
    "brass buttons": _brass,
    "zip": _zip,
    "pocket": _pocket,
    "belted": _belted,
    "tied": _tied,
    "judge": _judge,
    "hood": _hood,
    "buttons": _button_row,
    "rope": _rope,
    "space": _space,
    "poppers": _poppers,
    "pockets": _pockets,
    "fob watch": _fob,
}
