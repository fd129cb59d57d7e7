"""Clothes on the trunk: tops, skirts, coats, robes, aprons, bibs, collars. All cut from the body.

The drawing of a person calls this module in the order of dressing. What is worn on single parts
of the body lies in the ``garments_*`` modules, and is passed on from here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import (
    Geometry,
    Points,
    beyond,
    bow,
    circle,
    fill_creases,
    hull,
    lines,
    polygon,
    portion,
    tube,
    union,
    vector,
)
from storypainter.ink.drawing.palette import INK, colour, luminance, mix
from storypainter.ink.people.bodies.limbs import FINE, Subject
from storypainter.ink.people.bodies.skeleton import Skeleton
from storypainter.ink.people.garments.back import draw_backpack
from storypainter.ink.people.garments.chest import (
    draw_badge,
    draw_bow_tie,
    draw_sash,
    draw_scarf,
    draw_straps,
    draw_tie,
)
from storypainter.ink.people.garments.cut import (
    MEDIUM,
    coat_area,
    dress_area,
    is_tucked,
    leg_point,
    pelvis_area,
    robe_area,
    skirt_area,
    trunk,
    trunk_above,
)
from storypainter.ink.people.garments.limbs import draw_arm_wear, draw_fingers, draw_leg_wear
from storypainter.ink.people.garments.pattern_base import cross_band
from storypainter.ink.people.garments.patterns import draw_pattern

__all__ = [
    "coat_area",
    "draw_apron",
    "draw_arm_wear",
    "draw_backpack",
    "draw_badge",
    "draw_belt",
    "draw_bib",
    "draw_bow_tie",
    "draw_collar",
    "draw_fingers",
    "draw_neck",
    "draw_outer",
    "draw_sash",
    "draw_scarf",
    "draw_skirt",
    "draw_straps",
    "draw_tie",
    "draw_top",
    "dress_area",
    "is_tucked",
    "pelvis_area",
    "skirt_area",
    "trunk",
    "trunk_above",
]
#: From this turn of the head on (degrees) the neck has no shadow of the chin.
_BOWED = 25.0
#: The lean in degrees from which on an open cardigan is held shut.
_DOUBLED_UP = 15.0


def draw_skirt(subject: Subject, area: Geometry, shade: str) -> None:
    """A skirt or dress with a few folds and what is on its cloth."""
    draw_leg_wear(subject)
    bottom = subject.outfit.bottom
    if bottom.cut in ("tutu", "petals"):
        _tulle(subject, area, shade)
        return
    subject.pen.shape(area, shade, shade=1.2)
    if bottom.cut == "belly":
        _belly_lines(subject)
    if bottom.pattern != "fringe":
        _skirt_folds(subject, area)
    draw_pattern(subject, area, bottom.pattern, shade)


def _belly_lines(subject: Subject) -> None:
    """A seam below the bust, gathers that fan out of it, and the round of the belly."""
    if subject.away:
        return
    spine, pen, body = subject.skeleton.spine, subject.pen, subject.skeleton.body
    seam = bow(spine(0.68, -body.chest * 0.9), spine(0.6, 0.02), spine(0.68, body.chest * 0.9))
    pen.ink(seam, 0.6, taper=0.8)
    for across in (-0.02, 0.024, 0.056):
        pen.ink([spine(0.61, across), spine(0.5, across * 1.25 + 0.004)], 0.45, taper=1.0)
    round_of_it = bow(spine(0.2, -0.05), spine(-0.06, 0.03), spine(0.16, 0.122))
    pen.ink(round_of_it, 0.7, taper=0.9)


def _skirt_folds(subject: Subject, area: Geometry) -> None:
    left, _, right, bottom = area.bounds
    start = subject.skeleton.pelvis
    for share in (0.3, 0.54, 0.76):
        end = np.array([left + (right - left) * share, bottom])
        fold = np.array([start + (end - start) * t for t in (0.5, 0.74, 0.93)])
        fold[:, 0] += (end[0] - start[0]) * 0.12
        line = shapely.LineString(fold).intersection(area.buffer(-0.012 * subject.height))
        if not line.is_empty and line.geom_type == "LineString":
            subject.pen.ink(shapely.get_coordinates(line), 0.5)


def _tulle(subject: Subject, area: Geometry, shade: str) -> None:
    """Layers of net that stand off the hips, scalloped at the hem."""
    skeleton, height, pen = subject.skeleton, subject.height, subject.pen
    bottom = subject.outfit.bottom
    bodice = trunk(skeleton, 0.0) if bottom.kind == "dress" else shapely.Polygon()
    flat = bottom.cut == "tutu"
    centre = skeleton.spine(0.08, 0.01)
    for step, tone in enumerate((0.45, 0.2, 0.0)):
        half = (0.17 - 0.022 * step) * height
        drop = (0.05 if flat else 0.17 - 0.035 * step) * height
        hem = [
            (centre[0] + half * turn, centre[1] + drop * (1.0 - 0.35 * turn * turn))
            for turn in np.linspace(-1, 1, 9)
        ]
        scallops = union([circle(spot, 0.024 * height) for spot in hem])
        waist = (skeleton.spine(0.3, -0.06), skeleton.spine(0.3, 0.066))
        body = polygon(np.vstack([waist[0], hem, waist[1]]))
        skirt = fill_creases(union([scallops, body]), 0.006 * height)
        pen.shape(skirt, mix(shade, "#fffdf7", tone), ink_width=0.8, shade=0.8)
    for spot in hem[1:-1:2]:
        pen.ink([centre + vector(0, -0.02 * height), np.array(spot)], 0.4)
    if not bodice.is_empty:
        pen.shape(bodice, shade, shade=1.1)


def draw_top(subject: Subject, area: Geometry) -> None:
    """The innermost garment on the trunk, with its stripes, buttons, pocket and pattern."""
    outfit, pen, height = subject.outfit, subject.pen, subject.height
    top, spine = outfit.top, subject.skeleton.spine
    if outfit.bottom.kind not in ("skirt", "dress"):
        draw_leg_wear(subject)
    if outfit.bottom.kind == "briefs":
        area = _briefs(subject, area)
    pen.shape(area, top.colour, shade=1.1)
    if top.striped:
        _stripes(subject, area)
    draw_pattern(subject, area, top.pattern, top.colour)
    if top.buttoned and not subject.away:
        front = [spine(along, 0.022) for along in (0.97, 0.6, 0.2, -0.1)]
        pen.ink(front, 0.5)
        for along in (0.84, 0.62, 0.4, 0.18):
            pen.fill(circle(spine(along, 0.032), 0.0042 * height), INK)
    if top.kind == "hoodie" and not subject.away:
        pocket = [spine(0.06, -0.045), spine(0.26, -0.025), spine(0.26, 0.055), spine(0.06, 0.075)]
        pen.ink(pocket, FINE)
        for across in (0.004, 0.036):
            pen.ink([spine(0.97, across), spine(0.76, across + 0.003)], FINE, taper=0.8)


def _briefs(subject: Subject, area: Geometry) -> Geometry:
    """The area of a swimsuit or leotard: cut high at the legs."""
    skeleton, thick = subject.skeleton, subject.girth
    legs = (skeleton.near_leg, skeleton.far_leg)
    low = union([trunk(skeleton, -0.08), *(circle(leg.hip, 0.05 * thick) for leg in legs)])
    whole = union([area, fill_creases(low, 0.01 * subject.height)])
    for leg in legs:
        out = leg.knee - leg.hip
        side = leg.hip + out * 0.24
        whole = whole.difference(beyond(side, out, 0.3 * subject.height))
    return whole


def _stripes(subject: Subject, area: Geometry) -> None:
    shade = "#fffdf7" if luminance(subject.outfit.top.colour) < 0.8 else "#2c3a5c"
    inside = area.buffer(-0.006 * subject.height)
    for along in np.arange(-0.2, 1.0, 0.155):
        band = shapely.LineString(
            [subject.skeleton.spine(along, across) for across in (-0.2, 0.0, 0.2)]
        ).buffer(0.0115 * subject.height, cap_style="flat")
        subject.pen.fill(band.intersection(inside), shade)


def draw_outer(subject: Subject) -> Geometry:
    """What is worn over the top: jackets, coats, vests, tunics, robes; returns its outline."""
    outer = subject.outfit.outer
    assert outer is not None
    draw: dict[str, Callable[[Subject], Geometry]] = {"tunic": _draw_tunic, "robe": _draw_robe}
    area = draw.get(outer.cut, _draw_coat)(subject)
    draw_pattern(subject, area, outer.pattern, outer.colour)
    return area


def _draw_tunic(subject: Subject) -> Geometry:
    """A closed piece that falls from the shoulders over the hips."""
    outer = subject.outfit.outer
    assert outer is not None
    area = robe_area(subject, min(outer.length, 1.0), 0.014)
    subject.pen.shape(area, outer.colour, shade=1.2)
    return area


def _draw_robe(subject: Subject) -> Geometry:
    """A long, wide piece; a poncho is a short one with a point."""
    outer, pen, height = subject.outfit.outer, subject.pen, subject.height
    assert outer is not None
    if outer.kind == "poncho":
        spine = subject.skeleton.spine
        shoulder = subject.skeleton.body.shoulder
        knots = [
            (1.06, -0.045),
            (0.94, -shoulder),
            (0.2, -shoulder * 1.75),
            (-0.16, 0.01),
            (0.2, shoulder * 1.75),
            (0.94, shoulder),
            (1.06, 0.05),
        ]
        cloth = polygon([spine(*knot) for knot in knots])
        area = cloth.buffer(-0.01 * height).buffer(0.014 * height)
    else:
        area = robe_area(subject, outer.length, 0.055 if outer.wide else 0.03)
    pen.shape(area, outer.colour, shade=1.2)
    if outer.kind != "poncho":
        _skirt_folds(subject, area)
    return area


def _draw_coat(subject: Subject) -> Geometry:
    """Jacket, cardigan, coat or vest: it opens in front."""
    outer = subject.outfit.outer
    assert outer is not None
    pen, height, spine = subject.pen, subject.height, subject.skeleton.spine
    whole = coat_area(subject, outer.length, outer.closed)
    if subject.away:
        pen.shape(whole, outer.colour, shade=1.1)
        pen.ink([spine(0.02, 0.0), spine(-0.18, 0.0)], FINE)
        if outer.bands:
            _reflective_bands(subject, whole)
        return whole
    low = -0.25 - outer.length * 1.3
    # bent over, one holds it shut: its far edge would hang off the body by itself
    closed = outer.closed or (subject.skeleton.lean > _DOUBLED_UP and not outer.lapels)
    depth = 0.86 if closed else 0.52 if outer.lapels else 0.3
    gap = 0.0 if closed or outer.lapels or outer.kind == "waistcoat" else 0.022
    edge = 0.026
    corners = [(1.15, -0.03), (0.95, -0.026), (depth, edge - gap / 2 - 0.004)]
    if gap:
        corners += [(low, edge - gap), (low, edge + gap)]
    corners += [(depth, edge + gap / 2 + 0.004), (0.95, 0.052), (1.15, 0.05)]
    opening = polygon([spine(*corner) for corner in corners])
    cut = whole.difference(opening)
    pen.shape(cut, outer.colour, shade=1.1)
    if gap == 0.0:
        hem_line = _front_line(subject, whole, depth, edge)
        pen.ink(hem_line, MEDIUM)
        dark = INK if luminance(outer.colour) > 0.25 else "#c9c7c8"
        beside = spine(0.5, 0.011) - spine(0.5, 0.0)
        for share in (0.08, 0.38, 0.68):
            spot = portion(hem_line, share, share + 0.01, 2)[0]
            pen.fill(circle(spot + beside, 0.0055 * height), dark)
    if outer.lapels:
        _lapels(subject, depth, edge)
    if outer.sleeve == "long" and outer.length < 1.2:
        for side in (-1, 1):
            start = spine(0.1, 0.03 + side * 0.03 - 0.03 + (0.04 if side > 0 else -0.02))
            end = spine(0.115, 0.03 + side * 0.05 - 0.03 + (0.04 if side > 0 else -0.03))
            if whole.buffer(-0.012 * height).contains(shapely.LineString([start, end])):
                pen.ink([start, end], FINE, taper=0.7)
    if outer.bands:
        _reflective_bands(subject, cut)
    return whole


def _front_line(subject: Subject, area: Geometry, depth: float, edge: float) -> Points:
    """Where a closed coat meets in front: down the trunk, then between the legs to the hem."""
    skeleton = subject.skeleton
    legs = (skeleton.near_leg, skeleton.far_leg)
    knees = (legs[0].knee + legs[1].knee) / 2
    top, waist = skeleton.spine(depth, edge), skeleton.spine(0.0, edge)
    down = knees + vector(edge * subject.height * 0.6, 0.0)
    line = shapely.LineString([top, skeleton.spine(depth / 2, edge), waist, down])
    inside = line.intersection(area)
    longest = max(lines(inside), key=lambda part: float(part.length), default=None)
    if longest is None:
        return np.array([top, waist])
    found: Points = shapely.get_coordinates(longest)
    return found


def _lapels(subject: Subject, depth: float, edge: float) -> None:
    outer, spine = subject.outfit.outer, subject.skeleton.spine
    assert outer is not None
    shade = mix(outer.colour, "#ffffff", 0.1)
    middle = (0.98 + depth) / 2
    near = [
        spine(1.04, -0.04),
        spine(0.98, -0.024),
        spine(depth, edge),
        spine(middle + 0.05, -0.032),
        spine(middle + 0.11, -0.018),
        spine(0.93, -0.05),
    ]
    far = [
        spine(1.04, 0.052),
        spine(0.98, 0.048),
        spine(depth, edge),
        spine(middle + 0.05, 0.07),
        spine(middle + 0.11, 0.06),
        spine(0.94, 0.072),
    ]
    for corners in (near, far):
        subject.pen.shape(polygon(corners), shade, ink_width=MEDIUM, shade=0)


def _reflective_bands(subject: Subject, area: Geometry) -> None:
    outer = subject.outfit.outer
    inside = area.buffer(-0.005 * subject.height)
    tone = colour(outer.trim) if outer is not None and outer.trim else "#e9e6df"
    for along in (0.12, 0.42):
        ends = [subject.skeleton.spine(along, across) for across in (-0.2, 0.0, 0.2)]
        band = shapely.LineString(ends).buffer(0.013 * subject.height, cap_style="flat")
        subject.pen.shape(band.intersection(inside), tone, ink_width=0.4, shade=0)


def draw_belt(subject: Subject, area: Geometry, shade: str) -> None:
    """A belt at the waist of tucked-in clothes; the waistband of shorts on a bare chest."""
    if subject.outfit.top.pattern == "bare":
        band = cross_band(subject, 0.16, 0.03).intersection(area)
        white = subject.outfit.bottom.pattern == "waistband"
        tone = "#fffdf7" if white else subject.outfit.bottom.colour
        subject.pen.shape(band, tone, ink_width=FINE, shade=0)
        return
    ends = [subject.skeleton.spine(0.16, across) for across in (-0.2, 0.0, 0.2)]
    band = shapely.LineString(ends).buffer(0.0135 * subject.height, cap_style="flat")
    subject.pen.shape(band.intersection(area), shade, ink_width=FINE, shade=0)
    if not subject.away:
        buckle = circle(subject.skeleton.spine(0.16, 0.022), 0.011 * subject.height)
        subject.pen.shape(buckle, "#d9a83a", ink_width=0.5, shade=0)


def draw_bib(subject: Subject, area: Geometry) -> None:
    """The bib and straps of overalls."""
    shade = subject.outfit.bib
    assert shade is not None
    pen, spine, height = subject.pen, subject.skeleton.spine, subject.height
    up = spine(0.5, 0) - spine(0.34, 0)
    low = trunk(subject.skeleton, -0.05 if subject.seated else -0.1)
    low = low.difference(beyond(spine(0.34, 0), up, height))
    hips = beyond(spine(0.06, 0), -up, height)  # the trousers go on: no hem there
    if subject.away:
        straps = [(-0.03, 0.05), (0.03, -0.05)]
        for low_end, high_end in straps:
            strap = shapely.LineString([spine(0.3, low_end), spine(1.04, high_end)])
            pen.shape(strap.buffer(0.012 * height).intersection(area), shade, ink_width=MEDIUM)
        low = low.intersection(area.buffer(1))
        pen.shape(low, shade, shade=0, outline=low.boundary.difference(hips))
        return
    bib = polygon([spine(0.2, -0.03), spine(0.72, -0.018), spine(0.72, 0.062), spine(0.2, 0.078)])
    for bottom, top in (((0.7, -0.008), (1.04, -0.05)), ((0.7, 0.05), (1.04, 0.058))):
        strap = shapely.LineString([spine(*bottom), spine(*top)]).buffer(0.0105 * height)
        pen.shape(strap.intersection(area.buffer(0.3)), shade, ink_width=MEDIUM, shade=0)
    whole = fill_creases(union([low, bib]), 0.008 * height).intersection(area.buffer(0.2))
    pen.shape(whole, shade, shade=0, outline=whole.boundary.difference(hips))
    for bottom in ((0.67, -0.006), (0.67, 0.049)):
        pen.shape(circle(spine(*bottom), 0.009 * height), "#d9a83a", ink_width=0.5, shade=0)
    pocket = [spine(0.6, 0.0), spine(0.44, 0.003), spine(0.44, 0.046), spine(0.6, 0.044)]
    pen.ink(pocket, FINE, closed=True)


def draw_apron(subject: Subject, worn_over: Geometry) -> None:
    """An apron with bib, strings and pocket; from behind only its strings."""
    shade = subject.outfit.apron
    assert shade is not None
    pen, spine, height = subject.pen, subject.skeleton.spine, subject.height
    if subject.away:
        pen.ink([spine(0.3, -0.08), spine(0.28, 0.0), spine(0.3, 0.08)], 1.6, shade)
        for side in (-1, 1):
            loop = [spine(0.28, 0), spine(0.36, side * 0.03), spine(0.24, side * 0.04)]
            pen.ink([*loop, spine(0.28, 0)], MEDIUM)
            pen.ink([spine(0.28, 0), spine(0.1, side * 0.02)], MEDIUM)
        return
    legs = (subject.skeleton.near_leg, subject.skeleton.far_leg)
    hem_near, hem_far = (leg_point(leg, 0.72) for leg in legs)
    bib = [spine(0.3, -0.05), spine(0.78, -0.026), spine(0.78, 0.06), spine(0.3, 0.1)]
    lower = hull(
        *(circle(spine(0.32, across), 0.5) for across in (-0.052, 0.1)),
        circle(hem_near - vector(0.005 * height, 0), 0.5),
        circle(hem_far + vector(0.035 * height, 0), 0.5),
        circle(subject.skeleton.pelvis + vector(0.05 * height, 0), 0.5),
    )
    made = union([polygon(bib), lower]).intersection(worn_over.buffer(0.004 * height))
    made = made.buffer(-0.008 * height).buffer(0.008 * height)
    for across, top in ((-0.02, -0.036), (0.052, 0.05)):
        pen.ink([spine(0.77, across), spine(1.02, top)], 1.5, mix(shade, INK, 0.75), taper=0.9)
    pen.shape(made, shade)
    draw_pattern(subject, made, subject.outfit.apron_pattern, shade)
    waist = shapely.LineString([spine(0.31, -0.2), spine(0.31, 0.2)]).intersection(made)
    if waist.geom_type == "LineString" and not waist.is_empty:
        pen.ink(shapely.get_coordinates(waist), MEDIUM, taper=0.8)
    if not subject.seated:
        pocket = [spine(0.12, -0.006), spine(-0.1, -0.002), spine(-0.1, 0.056), spine(0.12, 0.06)]
        pen.ink(pocket, FINE)


def neck_column(skeleton: Skeleton) -> Geometry:
    """The neck from inside the collar to inside the skull, in local centimetres."""
    foot, tip, width = _neck_line(skeleton)
    return tube([foot, tip], [(0, width * 1.12), (1, width)], pieces=3)


def _neck_line(skeleton: Skeleton) -> tuple[Points, Points, float]:
    """Where the neck starts, where it ends, and its half-width."""
    width = 0.0265 * (0.6 + 0.4 * skeleton.body.girth) * skeleton.height
    if skeleton.body.head > 0.22:
        width *= 0.95
    foot = skeleton.spine(0.985, 0.004)
    return foot, skeleton.neck + (skeleton.neck - foot) * 0.3, width


def draw_neck(subject: Subject) -> None:
    """The neck and the neckline's skin; collars go over it (:func:`draw_collar`)."""
    skeleton, pen, height = subject.skeleton, subject.pen, subject.height
    top = subject.outfit.top
    _, head, width = _neck_line(skeleton)
    column = neck_column(skeleton)
    pieces = [column]
    if top.neck == "round" and not subject.away:
        dip = 0.86 if top.kind in ("dress", "vest top") else 0.9
        start, end = skeleton.spine(1.03, -0.036), skeleton.spine(1.03, 0.042)
        edge = bow(start, skeleton.spine(dip - 0.05, 0.003), end)
        pieces.append(polygon(edge))
    if top.neck == "low" and not subject.away:
        start, end = skeleton.spine(0.99, -0.058), skeleton.spine(0.99, 0.07)
        across = [
            start,
            skeleton.spine(0.78, -0.052),
            skeleton.spine(0.74, 0.014),
            skeleton.spine(0.78, 0.07),
            end,
        ]
        pieces.append(polygon([skeleton.spine(1.06, -0.036), *across, skeleton.spine(1.06, 0.042)]))
    if top.neck == "v" and not subject.away:
        corners = [(1.02, -0.036), (0.8, 0.014), (1.02, 0.048)]
        pieces.append(polygon([skeleton.spine(*corner) for corner in corners]))
    skin = fill_creases(union(pieces), 0.012 * height)
    bowed = skeleton.head_turn > _BOWED
    hidden = circle(head, width * (0.9 if bowed else 1.5))
    pen.shape(
        skin,
        subject.skin,
        ink_width=MEDIUM,
        outline=skin.boundary.difference(hidden),
        shade=0,
    )
    if bowed:  # the nape faces the light
        return
    chin = tube([skeleton.neck, head], [(0, width), (1, width)], pieces=2)
    pen.fill(chin.intersection(skin), mix(subject.skin, "#3a2a5a", 0.14))


def draw_collar(subject: Subject) -> None:
    """Collar, hood ring, roll neck or round neckband of the top."""
    top, pen, spine = subject.outfit.top, subject.pen, subject.skeleton.spine
    height, outer = subject.height, subject.outfit.outer
    hooded = outer is not None and outer.hood
    if hooded or top.neck == "hood":
        ring = tube(
            [spine(1.06, -0.05), spine(1.0, 0.0), spine(1.06, 0.05)],
            [(0, 0.022 * height), (0.5, 0.024 * height), (1, 0.022 * height)],
            pieces=6,
        )
        pen.shape(ring, outer.colour if outer is not None and outer.hood else top.colour)
    elif top.neck == "high":
        neck = tube(
            [spine(0.99, 0.002), spine(1.13, 0.006)], [(0, 0.037 * height), (1, 0.034 * height)]
        )
        pen.shape(neck, top.colour, ink_width=MEDIUM)
        if top.pattern == "clerical" and not subject.away:
            tab = polygon(
                [spine(*c) for c in ((1.1, 0.008), (1.1, 0.036), (0.99, 0.036), (0.99, 0.006))]
            )
            pen.shape(tab, "#fffdf7", ink_width=FINE, shade=0)
    elif top.neck == "sailor":
        _sailor_collar(subject)
    elif top.neck == "collar":
        shade = mix(top.colour, "#ffffff", 0.28)
        if subject.away:
            band = [(1.07, -0.036), (1.07, 0.036), (0.97, 0.045), (0.97, -0.045)]
            pen.shape(polygon([spine(*c) for c in band]), shade, ink_width=MEDIUM, shade=0)
            return
        near = [(1.09, -0.036), (0.985, 0.016), (0.875, -0.012), (0.97, -0.052)]
        far = [(1.085, 0.044), (0.985, 0.018), (0.885, 0.042), (0.97, 0.062)]
        body = [trunk(subject.skeleton, 0.4), neck_column(subject.skeleton)]
        worn_on = union(body).buffer(0.008 * height)  # flaps don't stand off a bent neck
        for corners in (far, near):
            flap = polygon([spine(*corner) for corner in corners]).buffer(0.002 * height)
            flap = flap.intersection(worn_on)
            pen.shape(flap, shade, ink_width=MEDIUM, shade=0)


def _sailor_collar(subject: Subject) -> None:
    """A square navy collar with white lines, and a knotted silk."""
    pen, spine = subject.pen, subject.skeleton.spine
    if subject.away:
        square = polygon(
            [spine(*c) for c in ((1.06, -0.05), (1.06, 0.05), (0.66, 0.062), (0.66, -0.062))]
        )
        pen.shape(square, "#2c3a5c", ink_width=MEDIUM)
        pen.ink([spine(0.7, -0.054), spine(0.7, 0.054)], 0.7, "#fffdf7", taper=1)
        return
    for inner, outer in (((1.08, -0.036), (0.9, -0.085)), ((1.08, 0.044), (0.9, 0.09))):
        flap = polygon(
            [spine(*inner), spine(*outer), spine(0.8, outer[1] * 0.8), spine(0.64, 0.016)]
        )
        pen.shape(flap, "#2c3a5c", ink_width=MEDIUM, shade=0)
        pen.ink(
            [
                spine(0.88, outer[1] * 0.86),
                spine(0.82, outer[1] * 0.7),
                spine(0.69, 0.018 + outer[1] * 0.1),
            ],
            0.7,
            "#fffdf7",
            taper=1,
        )
    for end in ((0.44, 0.0), (0.44, 0.036)):
        tail = shapely.LineString([spine(0.64, 0.018), spine(*end)]).buffer(0.009 * subject.height)
        pen.shape(tail, "#2e2a33", ink_width=FINE, shade=0)
