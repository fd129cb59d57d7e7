"""How clothes are cut from a posed body: trunk, skirts, robes, coats. Nothing is drawn here."""

from __future__ import annotations

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import (
    Geometry,
    Points,
    beyond,
    blob,
    bow,
    circle,
    ellipse,
    fill_creases,
    hull,
    polygon,
    union,
    vector,
)
from storypainter.ink.people.attire import Outfit
from storypainter.ink.people.bodies.limbs import Subject
from storypainter.ink.people.bodies.skeleton import Leg, Skeleton

MEDIUM = 0.75
#: From which step on, in body heights between the ankles, a long hem shows both legs, and how far
#: down the legs it is then.
_LONG_STEP, _GATHERED = 0.33, 1.5


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


def leg_point(leg: Leg, share: float) -> Points:
    """A point of a leg: 0 hip, 1 knee, 2 ankle."""
    if share <= 1:
        return leg.hip + (leg.knee - leg.hip) * share
    return leg.knee + (leg.ankle - leg.knee) * (share - 1)


def is_folded(subject: Subject) -> bool:
    """Whether the legs are bent so far that a skirt can't hang straight: sitting, kneeling."""
    skeleton = subject.skeleton
    leg = (skeleton.body.thigh + skeleton.body.shin) * skeleton.height
    low = (
        -float(skeleton.pelvis[1]) < 0.72 * leg
        and max(float(part.ankle[1]) for part in (skeleton.near_leg, skeleton.far_leg))
        > -0.2 * skeleton.height
    )
    return subject.seated or low


def skirt_area(subject: Subject, length: float, flare: float = 0.02) -> Geometry:
    """A skirt down to ``length`` of the legs (1 the knees, 2 the ankles).

    ``flare`` widens its hem on each side, in shares of the height; a dress or skirt of the
    outfit brings its own.
    """
    bottom = subject.outfit.bottom
    if subject.outfit.outer is None or subject.outfit.outer.cut == "coat":
        flare = bottom.flare if bottom.kind in ("skirt", "dress") else flare
    if bottom.cut == "belly":
        return union([_short_skirt(subject, length, flare), belly_area(subject)])
    if length <= 1.05 and bottom.cut not in ("tutu", "petals", "bell"):
        return _short_skirt(subject, length, flare)
    if is_folded(subject):
        return _folded_skirt(subject, length, flare)
    if length > 1.3 and bottom.cut not in ("tutu", "petals", "bell") and _strides(subject):
        return _striding_skirt(subject, length, flare)
    return _hanging_skirt(subject, length, flare, high=bottom.cut == "bell")


def belly_area(subject: Subject) -> Geometry:
    """The round belly of a woman with child; a little of the trunk's front belongs to it."""
    x, y = map(float, subject.skeleton.spine(0.3, 0.046))
    heading = subject.skeleton.spine(0.8, 0.0) - subject.skeleton.spine(0.2, 0.0)
    degrees = float(np.degrees(np.arctan2(heading[0], -heading[1])))
    return ellipse(x, y, 0.094 * subject.height, 0.104 * subject.height, degrees)


def _hanging_skirt(subject: Subject, length: float, flare: float, *, high: bool) -> Geometry:
    """A skirt that falls from the waist to its hem, over both legs wherever they step."""
    skeleton, height = subject.skeleton, subject.height
    body, spine = skeleton.body, skeleton.spine
    feet = [leg_point(leg, min(length, 2.0)) for leg in (skeleton.near_leg, skeleton.far_leg)]
    level = max(float(foot[1]) for foot in feet)
    left = min(float(foot[0]) for foot in feet) - (0.03 * body.girth + flare) * height
    right = max(float(foot[0]) for foot in feet) + (0.035 * body.girth + flare) * height
    waist = 0.4 if high else 0.34
    start, end = spine(waist, -body.waist), spine(waist, body.waist + body.belly)
    near_hip, far_hip = spine(-0.02, -body.hip * 1.06), spine(-0.02, body.hip * 1.04 + body.belly)
    swell = flare * height * (0.5 if high else 0.12)
    middle = (float(near_hip[1]) + level) / 2
    near_edge = bow(
        near_hip, (min(near_hip[0], (near_hip[0] + left) / 2) - swell, middle), (left, level)
    )
    far_edge = bow(
        (right, level), (max(far_hip[0], (far_hip[0] + right) / 2) + swell, middle), far_hip
    )
    hem = bow((left, level), ((left + right) / 2, level + 0.028 * height), (right, level))
    ring = np.vstack([start[None], near_edge, hem, far_edge, end[None]])
    thick = subject.girth
    above = shapely.box(-9 * height, -9 * height, 9 * height, level)
    swinging = [
        hull(circle(leg.hip, 0.056 * thick), circle(leg.knee, 0.052 * thick)).intersection(above)
        for leg in (skeleton.near_leg, skeleton.far_leg)
    ]
    shins = [
        hull(circle(leg.knee, 0.052 * thick), circle(foot, 0.04 * thick)).intersection(above)
        for leg, foot in zip((skeleton.near_leg, skeleton.far_leg), feet, strict=True)
    ]
    made = union([shapely.Polygon(ring).buffer(0), *swinging, *shins])
    return fill_creases(made, 0.02 * height)


def _strides(subject: Subject) -> bool:
    """Whether somebody takes steps so long that a straight hem would be a bell without legs."""
    near, far = subject.skeleton.near_leg.ankle, subject.skeleton.far_leg.ankle
    return abs(float(near[0] - far[0])) > _LONG_STEP * subject.height


def _striding_skirt(subject: Subject, length: float, flare: float) -> Geometry:
    """A long skirt of somebody who runs: it is gathered up, and each leg swings its own part."""
    skeleton, thick, height = subject.skeleton, subject.girth, subject.height
    body, legs = skeleton.body, (skeleton.near_leg, skeleton.far_leg)
    waist = [skeleton.spine(0.36, -body.waist), skeleton.spine(0.36, body.waist + body.belly)]
    hips = [circle(leg.hip, 0.058 * thick) for leg in legs]
    pieces = [hull(*(circle(point, 0.006 * height) for point in waist), *hips)]
    thighs = [circle(leg_point(leg, 0.72), 0.058 * thick) for leg in legs]
    pieces.append(hull(*hips, *thighs))
    for leg in legs:
        knee, end = leg_point(leg, 1.0), leg_point(leg, min(length, _GATHERED))
        wide = (0.05 + 0.8 * abs(flare)) * thick
        pieces.append(hull(circle(leg.hip, 0.058 * thick), circle(knee, 0.06 * thick)))
        along = end - knee
        side = np.array([-along[1], along[0]]) / (float(np.hypot(*along)) or 1.0)
        hem = polygon([end - side * wide, end + side * wide, knee])
        pieces.append(hull(circle(knee, 0.06 * thick), hem))
    return fill_creases(union(pieces), 0.045 * height)


def _folded_skirt(subject: Subject, length: float, flare: float) -> Geometry:
    """A long skirt of someone who sits, kneels or crouches: over the thighs, down from the knees."""
    skeleton, thick, height = subject.skeleton, subject.girth, subject.height
    body = skeleton.body
    legs = (skeleton.near_leg, skeleton.far_leg)
    waist = [skeleton.spine(0.36, -body.waist), skeleton.spine(0.36, body.waist + body.belly)]
    hips = [circle(leg.hip, 0.058 * thick) for leg in legs]
    knees = [circle(leg_point(leg, min(length, 1.0)), 0.058 * thick) for leg in legs]
    pieces = [hull(*(circle(point, 0.006 * height) for point in waist), *hips), hull(*hips, *knees)]
    if length > 1:
        hems = []
        for leg in legs:
            end = leg_point(leg, min(length, 1.96))
            spread = 0.046 * thick + 0.35 * abs(flare) * height
            hems.append(circle(end, spread))
            pieces.append(hull(circle(leg.knee, 0.058 * thick), hems[-1]))
        if subject.seated or skeleton.near_leg.toes > -100:
            pieces.append(hull(*knees, *hems))
    made = fill_creases(union(pieces), 0.03 * height)
    floor = shapely.box(-4 * height, -3 * height, 4 * height, -0.008 * height)
    if subject.seated:
        floor = shapely.box(-4 * height, -3 * height, 4 * height, -0.02 * height)
    return made.intersection(floor)


def robe_area(subject: Subject, length: float, flare: float, grow: float = 0.008) -> Geometry:
    """A robe from the shoulders down to ``length`` of the legs."""
    skirt = skirt_area(subject, length, flare)
    body = trunk(subject.skeleton, -0.05, grow=grow)
    return dress_area(skirt, body, subject.height)


def _short_skirt(subject: Subject, length: float, flare: float) -> Geometry:
    """A skirt that keeps to the legs."""
    skeleton, thick, height = subject.skeleton, subject.girth, subject.height
    near, far = skeleton.near_leg, skeleton.far_leg
    body = skeleton.body
    waist = [skeleton.spine(0.36, -body.waist), skeleton.spine(0.36, body.waist + body.belly)]
    pieces: list[Geometry] = [circle(point, 0.006 * height) for point in waist]
    pieces += [circle(near.hip, 0.058 * thick), circle(far.hip, 0.056 * thick)]
    top = hull(*pieces)
    hem_near, hem_far = leg_point(near, length), leg_point(far, length)
    sides = np.array([flare * height, 0.0])
    knees = [circle(leg_point(leg, min(length, 1.0)), 0.056 * thick) for leg in (near, far)]
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


def _hem_circles(near: Points, far: Points, sides: Points, thick: float) -> list[Geometry]:
    left, right = (near, far) if near[0] < far[0] else (far, near)
    return [circle(left - sides, 0.046 * thick), circle(right + sides, 0.046 * thick)]


def dress_area(skirt: Geometry, body: Geometry, height: float) -> Geometry:
    """Skirt and bodice as one shape without a step at the hips."""
    joined = fill_creases(union([skirt, body]), 0.05 * height)
    return joined.buffer(-0.022 * height).buffer(0.022 * height)


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


def coat_area(subject: Subject, length: float, closed: bool) -> Geometry:
    """The outline of a jacket or coat whose hem lies ``length`` of the way to the knees."""
    skeleton, thick = subject.skeleton, subject.girth
    body = trunk(skeleton, -0.06 if subject.seated else -0.2, grow=0.006)
    if length <= 0:
        return body
    flare = 0.012 * subject.height
    if subject.seated:
        length = min(length, 0.55)
    near, far = (leg_point(leg, length) for leg in (skeleton.near_leg, skeleton.far_leg))
    hips = [circle(leg.hip, 0.06 * thick) for leg in (skeleton.near_leg, skeleton.far_leg)]
    tails = [
        circle(near - vector(flare, 0), 0.052 * thick),
        circle(far + vector(flare, 0), 0.05 * thick),
    ]
    made = fill_creases(union([body, hull(*hips, *tails)]), 0.02 * subject.height)
    middle = (near + far) / 2
    down = middle - skeleton.pelvis
    return made.difference(beyond(middle + down / np.hypot(*down) * 0.01, down, subject.height))
