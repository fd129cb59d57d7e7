"""Details of traditional clothes: crossed collars, drapes, ribbons, embroidery."""

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
    star,
    vector,
)
from storypainter.ink.drawing.palette import INK, luminance, mix
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.garments.cut import MEDIUM
from storypainter.ink.people.garments.pattern_base import (
    Draw,
    cross_band,
    inside_of,
    sash_at,
)

_WHITE = "#fffdf7"
_GOLD = "#d9a83a"


def _toggles(subject: Subject, area: Geometry, shade: str) -> None:
    tone = _GOLD if luminance(shade) < 0.5 else "#2c3a5c"
    for along in (0.86, 0.64, 0.42, 0.2):
        spine = subject.skeleton.spine
        subject.pen.ink([spine(along, -0.004), spine(along, 0.056)], 1.7, tone, taper=0.8)
        subject.pen.fill(circle(spine(along, 0.026), 0.006 * subject.height), tone)


def _placket(subject: Subject, area: Geometry, shade: str) -> None:
    spine = subject.skeleton.spine
    for across in (0.014, 0.036):
        subject.pen.ink([spine(0.98, across), spine(0.56, across + 0.002)], FINE, taper=0.8)
    for along in (0.88, 0.75, 0.63):
        subject.pen.fill(circle(spine(along, 0.026), 0.0042 * subject.height), INK)
    band = [spine(1.07, -0.036), spine(0.99, 0.022), spine(1.06, 0.045)]
    subject.pen.ink(curve(band), 1.6, mix(shade, INK, 0.25), taper=1)


def _neckline(subject: Subject, area: Geometry, shade: str) -> None:
    spine = subject.skeleton.spine
    tone = _GOLD if luminance(shade) < 0.55 else "#a93143"
    edge = bow(spine(1.02, -0.042), spine(0.7, 0.006), spine(1.02, 0.05))
    subject.pen.ink(edge, 2.4, tone, taper=1)
    subject.pen.ink([spine(0.84, 0.008), spine(0.55, 0.014)], 2.0, tone, taper=1)


def _embroidery(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    tone = _GOLD if luminance(shade) < 0.6 else "#a93143"
    yoke = polygon(
        [
            spine(*c)
            for c in (
                (1.03, -0.05),
                (0.96, -0.062),
                (0.52, -0.004),
                (0.52, 0.034),
                (0.96, 0.075),
                (1.03, 0.055),
                (0.86, 0.012),
            )
        ]
    )
    pen.fill(yoke.intersection(area.buffer(-0.002 * height)), tone, 0.9)
    for along in (0.9, 0.79, 0.68, 0.58):
        for side in (-1, 1):
            spot = circle(spine(along, 0.014 + side * (along - 0.44) * 0.07), 0.0065 * height)
            pen.fill(spot.intersection(area), "#3f8a69" if side > 0 else "#3f658c")


def _dashiki(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    outer = polygon(
        [
            spine(*c)
            for c in ((1.05, -0.062), (0.4, -0.022), (0.26, 0.016), (0.4, 0.054), (1.05, 0.08))
        ]
    )
    for grow, tone in ((0.0, "#2c3a5c"), (-0.008, "#edc04f"), (-0.015, "#c44a37")):
        pen.fill(outer.buffer(grow * height).intersection(inside_of(subject, area)), tone)
    for along in (-0.12, -0.02):
        band = cross_band(subject, along, 0.018).intersection(inside_of(subject, area))
        pen.fill(band, "#2c3a5c" if along > -0.1 else "#edc04f")


def _karate(subject: Subject, area: Geometry, shade: str) -> None:
    spine = subject.skeleton.spine
    subject.pen.ink([spine(1.0, 0.05), spine(0.7, 0.02), spine(0.2, -0.03)], 0.8)
    subject.pen.ink([spine(1.0, -0.04), spine(0.78, 0.006)], 0.8)
    tone = subject.outfit.belt or INK
    sash_at(subject, area, tone, 0.2, 0.03, knot=True)


def _wrap(subject: Subject, area: Geometry, shade: str) -> None:
    """A kimono's crossed collar, its closing line and a broad sash."""
    spine, pen = subject.skeleton.spine, subject.pen
    collar = mix(shade, _WHITE, 0.72)
    for line in (((1.04, 0.055), (0.8, 0.02), (0.42, -0.05)), ((1.04, -0.044), (0.78, 0.012))):
        band = shapely.LineString([spine(*c) for c in line]).buffer(0.011 * subject.height)
        pen.shape(band.intersection(area), collar, ink_width=FINE, shade=0)
    legs = subject.skeleton
    low = (legs.near_leg.ankle + legs.far_leg.ankle) / 2
    edge = np.vstack([spine(0.1, -0.02), spine(-0.3, -0.01), low - (0.02 * subject.height, 0)])
    cut = shapely.LineString(edge).intersection(inside_of(subject, area))
    if cut.geom_type == "LineString" and not cut.is_empty:
        pen.ink(shapely.get_coordinates(cut), 0.7)


def _draped(subject: Subject, area: Geometry, shade: str) -> None:
    """One shoulder bare; the cloth runs over the other one."""
    spine, pen = subject.skeleton.spine, subject.pen
    bare = polygon(
        [spine(*c) for c in ((1.2, -0.16), (0.62, -0.16), (0.7, -0.05), (0.99, 0.025), (1.2, 0.03))]
    )
    shown = bare.intersection(area)
    pen.shape(shown, subject.skin, ink_width=MEDIUM, shade=0.6)
    for start, end in (
        ((0.9, 0.05), (0.3, -0.06)),
        ((0.8, 0.07), (0.1, -0.05)),
        ((0.6, 0.08), (-0.3, 0.0)),
    ):
        pen.ink(
            curve([spine(*start), spine((start[0] + end[0]) / 2 - 0.05, 0.02), spine(*end)]), FINE
        )


def _dirndl(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    blouse = area.intersection(
        polygon(
            [
                spine(*c)
                for c in ((1.2, -0.12), (0.82, -0.12), (0.72, 0.01), (0.82, 0.14), (1.2, 0.14))
            ]
        )
    )
    pen.shape(blouse, _WHITE, ink_width=MEDIUM, shade=0)
    for along in (0.64, 0.52, 0.4):
        pen.ink([spine(along, -0.01), spine(along - 0.06, 0.04)], 0.9, _WHITE)
        pen.ink([spine(along, 0.04), spine(along - 0.06, -0.01)], 0.9, _WHITE)
    low = subject.skeleton.pelvis
    apron = shapely.box(
        low[0] - 0.06 * subject.height,
        float(spine(0.3, 0)[1]),
        low[0] + 0.1 * subject.height,
        area.bounds[3] - 0.02 * subject.height,
    )
    pen.shape(apron.intersection(area), "#e39aa1", ink_width=MEDIUM)


def _hanbok(subject: Subject, area: Geometry, shade: str) -> None:
    """A short jacket over a high, full skirt, with its long ribbon."""
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    above = polygon(
        [spine(*c) for c in ((1.3, -0.2), (0.56, -0.2), (0.5, 0.0), (0.56, 0.2), (1.3, 0.2))]
    )
    jacket = area.intersection(above)
    pen.shape(jacket, mix(shade, _WHITE, 0.78), ink_width=0.9)
    if subject.away:
        return
    for line in (((1.04, 0.055), (0.7, 0.016)), ((1.04, -0.044), (0.7, 0.016))):
        band = shapely.LineString([spine(*c) for c in line]).buffer(0.01 * height)
        pen.shape(band.intersection(area), _WHITE, ink_width=FINE, shade=0)
    for end in ((-0.35, 0.012), (-0.2, 0.045)):
        tail = shapely.LineString([spine(0.68, 0.02), spine(*end)]).buffer(
            0.0085 * height, cap_style="flat"
        )
        pen.shape(tail, "#a93143", ink_width=FINE, shade=0)
    pen.shape(
        ellipse(
            float(spine(0.69, 0.04)[0]),
            float(spine(0.69, 0.04)[1]),
            0.022 * height,
            0.01 * height,
            20,
        ),
        "#a93143",
        ink_width=FINE,
        shade=0,
    )


def _qipao(subject: Subject, area: Geometry, shade: str) -> None:
    spine, pen = subject.skeleton.spine, subject.pen
    pen.ink(curve([spine(0.99, 0.018), spine(0.84, 0.04), spine(0.74, 0.085)]), 1.8, _GOLD, taper=1)
    for along, across in ((0.93, 0.024), (0.82, 0.05)):
        pen.fill(circle(spine(along, across), 0.008 * subject.height), _GOLD)
    for along, across in ((0.4, -0.02), (0.28, 0.0), (0.12, -0.005), (-0.15, 0.02)):
        x, y = map(float, spine(along, across))
        blossom = star(x, y, 0.018 * subject.height, inner=0.6)
        pen.fill(blossom.intersection(area), _GOLD)
    knee = subject.skeleton.far_leg.knee
    slit = polygon(
        [
            knee + vector(0.02 * subject.height, -0.06 * subject.height),
            knee + vector(0.08 * subject.height, 0.3 * subject.height),
            knee + vector(0.015 * subject.height, 0.3 * subject.height),
        ]
    )
    pen.fill(slit.intersection(area.buffer(-0.004 * subject.height)), subject.skin)


def _sari(subject: Subject, area: Geometry, shade: str) -> None:
    """Blouse, bare waist, pleats, and the end of the cloth over a shoulder."""
    spine, pen, height = subject.skeleton.spine, subject.pen, subject.height
    blouse = area.intersection(
        polygon([spine(*c) for c in ((1.3, -0.2), (0.52, -0.2), (0.52, 0.2), (1.3, 0.2))])
    )
    pen.shape(blouse, mix(shade, "#2c3a5c", 0.45), ink_width=MEDIUM, shade=0.6)
    waist = cross_band(subject, 0.43, 0.05).intersection(area)
    pen.shape(waist, subject.skin, ink_width=FINE, shade=0)
    drape = polygon(
        [
            spine(*c)
            for c in (
                (1.07, -0.07),
                (1.06, -0.01),
                (0.7, 0.06),
                (0.24, 0.12),
                (-0.1, 0.12),
                (0.2, 0.0),
                (0.56, -0.05),
            )
        ]
    )
    bottom = area.bounds[3]
    hem = area.intersection(shapely.box(-9e3, bottom - 0.03 * height, 9e3, bottom + 1))
    pen.fill(hem.buffer(-0.004 * height), _GOLD)
    cloth = drape.buffer(0.004 * height).intersection(area.buffer(0.006 * height))
    pen.shape(cloth, shade, ink_width=MEDIUM)
    pen.ink([spine(1.05, -0.012), spine(0.7, 0.056), spine(0.26, 0.11)], 2.4, _GOLD, taper=1)
    low = (subject.skeleton.near_leg.ankle + subject.skeleton.far_leg.ankle) / 2
    for shift in (-0.012, 0.006, 0.024):
        cut = shapely.LineString(
            [spine(0.2, 0.02 + shift * 0.6), low + vector(shift * height, -0.04 * height)]
        ).intersection(inside_of(subject, area))
        if cut.geom_type == "LineString" and not cut.is_empty:
            pen.ink(shapely.get_coordinates(cut), 0.6)


def _poncho(subject: Subject, area: Geometry, shade: str) -> None:
    for step, tone in ((-0.02, "#edc04f"), (0.14, "#2c3a5c"), (0.3, "#c44a37"), (0.46, "#edc04f")):
        subject.pen.fill(
            cross_band(subject, step, 0.022).intersection(inside_of(subject, area)), tone
        )


ALL_OVER: dict[str, Draw] = {
    "hanbok": _hanbok,
    "poncho": _poncho,
}

IN_FRONT: dict[str, Draw] = {
    "toggles": _toggles,
    "placket": _placket,
    "neckline": _neckline,
    "embroidery": _embroidery,
    "dashiki": _dashiki,
    "karate": _karate,
    "wrap": _wrap,
    "draped": _draped,
    "dirndl": _dirndl,
    "qipao": _qipao,
    "sari": _sari,
}
