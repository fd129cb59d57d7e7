"""Clothes on the trunk: tops, skirts, coats, aprons, collars, ties, bags. All cut from the body."""

from __future__ import annotations

import numpy as np
import shapely

from storypainter.ink.attire import Outfit
from storypainter.ink.geometry import (
    Geometry,
    Points,
    beyond,
    blob,
    bow,
    box,
    circle,
    fill_creases,
    hull,
    lines,
    polygon,
    portion,
    star,
    tube,
    union,
    vector,
)
from storypainter.ink.limbs import FINE, Subject
from storypainter.ink.palette import INK, luminance, mix
from storypainter.ink.skeleton import Leg, Skeleton

MEDIUM = 0.75


def trunk(skeleton: Skeleton, bottom: float, grow: float = 0.0) -> Geometry:
    """The trunk from the neck down to ``bottom`` (share of the trunk; negative = below the hips).

    ``grow`` widens it by a share of the height (a coat).
    """
    body = skeleton.body
    middle = (body.hip + body.waist) / 2
    hips = [
        (bottom, body.hip * 0.99),
        (max(bottom + 0.1, 0.02), body.hip),
        (0.24, middle),
        (0.46, body.waist),
        (0.7, body.chest * 0.94),
        (0.87, body.shoulder * 0.99),
        (0.975, body.shoulder * 0.83),
        (1.045, 0.045),
    ]
    belly = {0.24: 1.0, 0.46: 0.75, 0.7: 0.15}
    near = [(along, -(across + grow)) for along, across in hips]
    far = []
    for along, across in reversed(hips):
        front = body.belly * belly.get(along, 0.5 if along < 0.2 else 0.0)
        front += body.bust if along == 0.7 else 0.0
        far.append((along, across * 0.97 + grow + front))
    return blob([skeleton.spine(along, across) for along, across in near + far], steps=5)


def trunk_above(skeleton: Skeleton, along: float) -> Geometry:
    """The trunk from the neck down to a straight waistline, for tops that are tucked in."""
    up = skeleton.spine(along + 0.1, 0) - skeleton.spine(along, 0)
    waist = skeleton.spine(along, 0)
    return trunk(skeleton, -0.1).difference(beyond(waist, -up, skeleton.height))


def _leg_point(leg: Leg, share: float) -> Points:
    """A point of a leg: 0 hip, 1 knee, 2 ankle."""
    if share <= 1:
        return leg.hip + (leg.knee - leg.hip) * share
    return leg.knee + (leg.ankle - leg.knee) * (share - 1)


def skirt_area(subject: Subject, length: float, flare: float = 0.02) -> Geometry:
    """A skirt down to ``length`` of the legs (1 the knees, 2 the ankles)."""
    skeleton, thick, height = subject.skeleton, subject.girth, subject.height
    near, far = skeleton.near_leg, skeleton.far_leg
    body = skeleton.body
    waist = [skeleton.spine(0.36, -body.waist), skeleton.spine(0.36, body.waist + body.belly)]
    pieces: list[Geometry] = [circle(point, 0.006 * height) for point in waist]
    pieces += [circle(near.hip, 0.058 * thick), circle(far.hip, 0.056 * thick)]
    top = hull(*pieces)
    hem_near, hem_far = _leg_point(near, length), _leg_point(far, length)
    sides = np.array([flare * height, 0.0])
    knees = [circle(_leg_point(leg, min(length, 1.0)), 0.056 * thick) for leg in (near, far)]
    made = union([top, hull(*pieces[2:], *knees, *_hem_circles(hem_near, hem_far, sides, thick))])
    if length > 1 and subject.seated:
        hems = _hem_circles(hem_near, hem_far, sides * 0.4, thick)
        made = union([top, hull(*pieces[2:], *knees), hull(*knees, *hems)])
    middle = (hem_near + hem_far) / 2
    down = middle - (near.knee + far.knee) / 2 if length > 1 else middle - skeleton.pelvis
    down = down / (np.hypot(*down) or 1.0)
    return fill_creases(made, 0.02 * height).difference(
        beyond(middle + down * 0.022 * height, down, height)
    )


def dress_area(skirt: Geometry, body: Geometry, height: float) -> Geometry:
    """Skirt and bodice as one shape without a step at the hips."""
    joined = fill_creases(union([skirt, body]), 0.05 * height)
    return joined.buffer(-0.022 * height).buffer(0.022 * height)


def _hem_circles(near: Points, far: Points, sides: Points, thick: float) -> list[Geometry]:
    left, right = (near, far) if near[0] < far[0] else (far, near)
    return [circle(left - sides, 0.046 * thick), circle(right + sides, 0.046 * thick)]


def draw_skirt(subject: Subject, area: Geometry, shade: str) -> None:
    """A skirt with a few folds."""
    pen, skeleton = subject.pen, subject.skeleton
    pen.shape(area, shade, shade=1.2)
    left, _, right, bottom = area.bounds
    start = skeleton.pelvis
    for share in (0.3, 0.54, 0.76):
        end = np.array([left + (right - left) * share, bottom])
        fold = np.array([start + (end - start) * t for t in (0.5, 0.74, 0.93)])
        fold[:, 0] += (end[0] - start[0]) * 0.12
        line = shapely.LineString(fold).intersection(area.buffer(-0.012 * subject.height))
        if not line.is_empty and line.geom_type == "LineString":
            pen.ink(shapely.get_coordinates(line), 0.5)


def is_tucked(outfit: Outfit) -> bool:
    """Whether the trousers reach up over the top: uniforms, overalls, shirts under jackets."""
    return outfit.top.tucked or outfit.bib is not None or outfit.outer is not None


def pelvis_area(subject: Subject) -> Geometry:
    """What joins both trouser legs, up to the waist."""
    body = subject.skeleton.body
    shows = is_tucked(subject.outfit)
    made = trunk(subject.skeleton, -0.07 if subject.seated else -0.13, -0.002 if shows else -0.01)
    spine, cut = subject.skeleton.spine, 0.2 if shows else -0.02
    waist, up = spine(cut, 0), spine(0.4, 0) - spine(0.2, 0)
    return made.difference(beyond(waist, up, body.torso * subject.height * 2)).buffer(
        -0.002 * subject.height
    )


def draw_top(subject: Subject, area: Geometry) -> None:
    """The innermost garment on the trunk, with its stripes, buttons and pocket."""
    top, pen, height = subject.outfit.top, subject.pen, subject.height
    pen.shape(area, top.colour, shade=1.1)
    spine = subject.skeleton.spine
    if top.striped:
        _stripes(subject, area)
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


def _stripes(subject: Subject, area: Geometry) -> None:
    shade = "#fffdf7" if luminance(subject.outfit.top.colour) < 0.8 else "#2c3a5c"
    inside = area.buffer(-0.006 * subject.height)
    for along in np.arange(-0.2, 1.0, 0.155):
        band = shapely.LineString(
            [subject.skeleton.spine(along, across) for across in (-0.2, 0.0, 0.2)]
        ).buffer(0.0115 * subject.height, cap_style="flat")
        subject.pen.fill(band.intersection(inside), shade)


def coat_area(subject: Subject, length: float, closed: bool) -> Geometry:
    """The outline of a jacket or coat whose hem lies ``length`` of the way to the knees."""
    skeleton, thick = subject.skeleton, subject.girth
    body = trunk(skeleton, -0.06 if subject.seated else -0.2, grow=0.006)
    if length <= 0:
        return body
    flare = 0.012 * subject.height
    if subject.seated:
        length = min(length, 0.55)
    near, far = (_leg_point(leg, length) for leg in (skeleton.near_leg, skeleton.far_leg))
    hips = [circle(leg.hip, 0.06 * thick) for leg in (skeleton.near_leg, skeleton.far_leg)]
    tails = [
        circle(near - vector(flare, 0), 0.052 * thick),
        circle(far + vector(flare, 0), 0.05 * thick),
    ]
    made = fill_creases(union([body, hull(*hips, *tails)]), 0.02 * subject.height)
    middle = (near + far) / 2
    down = middle - skeleton.pelvis
    return made.difference(beyond(middle + down / np.hypot(*down) * 0.01, down, subject.height))


def draw_outer(subject: Subject) -> Geometry:
    """Jacket, cardigan, coat or vest over the top; returns its outline."""
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
    depth = 0.86 if outer.closed else 0.52 if outer.lapels else 0.3
    gap = 0.0 if outer.closed or outer.lapels or outer.kind == "waistcoat" else 0.022
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
    inside = area.buffer(-0.005 * subject.height)
    for along in (0.12, 0.42):
        ends = [subject.skeleton.spine(along, across) for across in (-0.2, 0.0, 0.2)]
        band = shapely.LineString(ends).buffer(0.013 * subject.height, cap_style="flat")
        subject.pen.shape(band.intersection(inside), "#e9e6df", ink_width=0.4, shade=0)


def draw_belt(subject: Subject, area: Geometry, shade: str) -> None:
    """A belt at the waist of tucked-in clothes."""
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
    hem_near, hem_far = (_leg_point(leg, 0.72) for leg in legs)
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
    waist = shapely.LineString([spine(0.31, -0.2), spine(0.31, 0.2)]).intersection(made)
    if waist.geom_type == "LineString" and not waist.is_empty:
        pen.ink(shapely.get_coordinates(waist), MEDIUM, taper=0.8)
    if not subject.seated:
        pocket = [spine(0.12, -0.006), spine(-0.1, -0.002), spine(-0.1, 0.056), spine(0.12, 0.06)]
        pen.ink(pocket, FINE)


def draw_neck(subject: Subject) -> None:
    """The neck and the neckline's skin; collars go over it (:func:`draw_collar`)."""
    skeleton, pen, height = subject.skeleton, subject.pen, subject.height
    top = subject.outfit.top
    width = 0.0265 * (0.6 + 0.4 * skeleton.body.girth)
    if skeleton.body.head > 0.22:
        width *= 0.95
    base = skeleton.spine(0.985, 0.004)
    head = skeleton.neck + (skeleton.neck - base) * 0.3
    column = tube([base, head], [(0, width * height * 1.12), (1, width * height)], pieces=3)
    pieces = [column]
    if top.neck == "round" and not subject.away:
        dip = 0.86 if top.kind in ("dress", "vest top") else 0.9
        start, end = skeleton.spine(1.03, -0.036), skeleton.spine(1.03, 0.042)
        edge = bow(start, skeleton.spine(dip - 0.05, 0.003), end)
        pieces.append(polygon(edge))
    if top.neck == "v" and not subject.away:
        corners = [(1.02, -0.036), (0.8, 0.014), (1.02, 0.048)]
        pieces.append(polygon([skeleton.spine(*corner) for corner in corners]))
    skin = fill_creases(union(pieces), 0.012 * height)
    hidden = union([circle(head, width * height * 1.5)])
    pen.shape(
        skin,
        subject.skin,
        ink_width=MEDIUM,
        outline=skin.boundary.difference(hidden),
        shade=0,
    )
    chin = tube([skeleton.neck, head], [(0, width * height), (1, width * height)], pieces=2)
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
    elif top.neck == "collar":
        shade = mix(top.colour, "#ffffff", 0.28)
        if subject.away:
            band = [(1.07, -0.036), (1.07, 0.036), (0.97, 0.045), (0.97, -0.045)]
            pen.shape(polygon([spine(*c) for c in band]), shade, ink_width=MEDIUM, shade=0)
            return
        near = [(1.09, -0.036), (0.985, 0.016), (0.875, -0.012), (0.97, -0.052)]
        far = [(1.085, 0.044), (0.985, 0.018), (0.885, 0.042), (0.97, 0.062)]
        for corners in (far, near):
            flap = polygon([spine(*corner) for corner in corners]).buffer(0.002 * height)
            pen.shape(flap, shade, ink_width=MEDIUM, shade=0)


def draw_tie(subject: Subject) -> None:
    """A tie; it lies under a jacket."""
    pen, spine, shade = subject.pen, subject.skeleton.spine, subject.outfit.tie
    if shade is None or subject.away:
        return
    knot = [(0.99, 0.006), (0.99, 0.032), (0.89, 0.027), (0.89, 0.013)]
    blade = [(0.9, 0.013), (0.9, 0.027), (0.42, 0.043), (0.34, 0.025), (0.42, 0.005)]
    pen.shape(polygon([spine(*c) for c in blade]), shade, ink_width=FINE, shade=0.6)
    pen.shape(polygon([spine(*c) for c in knot]), shade, ink_width=FINE, shade=0)


def draw_bow_tie(subject: Subject) -> None:
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


def draw_backpack(subject: Subject) -> None:
    """The pack behind the trunk (before it is drawn), or on it when seen from behind."""
    shade, spine, height = subject.outfit.backpack, subject.skeleton.spine, subject.height
    assert shade is not None
    if subject.away:
        corners = [(0.1, -0.07), (0.9, -0.06), (0.9, 0.06), (0.1, 0.07)]
    else:
        corners = [(0.12, -0.15), (0.92, -0.13), (0.95, -0.02), (0.12, -0.02)]
    pack = polygon([spine(*c) for c in corners]).buffer(0.026 * height)
    subject.pen.shape(pack, shade, shade=1.2)
    low, high = (-0.06, 0.06) if subject.away else (-0.155, -0.06)
    pocket = polygon([spine(a, c) for a, c in ((0.14, low), (0.4, low), (0.4, high), (0.14, high))])
    subject.pen.shape(pocket.buffer(0.008 * height), mix(shade, INK, 0.12), ink_width=MEDIUM)
    handle = [spine(0.98, (low + high) / 2 - 0.02), spine(1.09, (low + high) / 2 + 0.01)]
    subject.pen.ink([*handle, spine(0.98, (low + high) / 2 + 0.04)], MEDIUM)


def draw_straps(subject: Subject, area: Geometry) -> None:
    """The straps of a backpack and of a shoulder bag, over the clothes on the trunk."""
    outfit, spine, height = subject.outfit, subject.skeleton.spine, subject.height
    body = subject.skeleton.body
    if outfit.backpack and not subject.away:
        inner = body.shoulder * 0.55
        for side in (-1, 1):
            ends = [
                spine(1.06, side * inner * 0.85),
                spine(0.8, side * inner * 1.02),
                spine(0.42, side * body.waist * 0.98),
            ]
            strap = shapely.LineString(ends).buffer(0.0125 * height).intersection(area)
            subject.pen.shape(strap, outfit.backpack, ink_width=MEDIUM, shade=0)
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
