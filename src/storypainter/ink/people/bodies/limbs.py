"""Arms, hands, legs and feet of a posed person, with the sleeves and trousers on them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.geometry import (
    Geometry,
    Points,
    blob,
    circle,
    fill_creases,
    joint_curve,
    lines,
    polygon,
    portion,
    tube,
    union,
)
from storypainter.ink.drawing.palette import luminance, mix
from storypainter.ink.people.attire import Outfit
from storypainter.ink.people.bodies.hands import HAND_SIZE, HandPlace, HandShape, hand_shape
from storypainter.ink.people.bodies.skeleton import BALL, Arm, Leg, Skeleton, foot_size

FINE = 0.55
_SOCK = "#f3ecdf"
#: How light a colour may be that line style paints black.
_BLACK = 0.26
#: The cosine of the angle at the elbow beyond which an arm counts as folded (about 70 degrees).
_FOLD = 0.34


@dataclass(slots=True)
class Subject:
    """A person while being drawn: the pen draws in the body's local centimetres."""

    pen: Pen
    skeleton: Skeleton
    outfit: Outfit
    skin: str
    away: bool = False
    seated: bool = False

    @property
    def height(self) -> float:
        """Body height in centimetres."""
        return self.skeleton.height

    @property
    def girth(self) -> float:
        """Body height times girth: the unit of limb thickness."""
        return self.skeleton.height * self.skeleton.body.girth


def hand_place(subject: Subject, arm: Arm) -> HandPlace:
    """Where the hand of an arm sits."""
    size = subject.skeleton.body.hand * subject.height * HAND_SIZE
    return HandPlace(arm.wrist, arm.direction, size, arm.thumb)


def hand_contact(subject: Subject, arm: Arm) -> Points:
    """The point of the hand that touches or holds, in local centimetres."""
    contact = hand_shape(arm.shape).contact
    found: Points = hand_place(subject, arm).points(np.array([[contact, 0.0]]))[0]
    return found


def sleeve_of(outfit: Outfit) -> tuple[str, str]:
    """The visible sleeve: its length and its colour."""
    if outfit.outer is not None and outfit.outer.sleeve != "none":
        return outfit.outer.sleeve, outfit.outer.colour
    return outfit.top.sleeve, outfit.top.colour


def draw_arm(subject: Subject, arm: Arm, trunk: Geometry | None) -> None:
    """Arm, sleeve and the back of the hand; a grip's fingers come later (:func:`draw_fingers`).

    The ink is left out where the sleeve runs into ``trunk`` at the shoulder.
    """
    pen, thick = subject.pen, subject.girth
    if is_folded(arm):
        _draw_folded_arm(subject, arm, trunk)
        return
    line = arm_line(arm)
    slim = 1 / math.sqrt(arm.stretch)
    bare = tube(line, [(0, 0.031 * thick), (0.5, 0.0265 * thick * slim), (1, 0.0205 * thick)])
    shape, place = hand_shape(arm.shape), hand_place(subject, arm)
    hand = place.geometry(shape.back)
    sleeve, cloth = sleeve_of(subject.outfit)
    if sleeve == "long":
        _draw_hand(subject, hand, shape, place)
        covered = tube(
            line,
            [
                (0, 0.0375 * thick),
                (0.45, 0.0365 * thick * slim),
                (0.9, 0.029 * thick),
                (1, 0.0315 * thick),
            ],
            flat_end=True,
        ).difference(_armhole(subject, arm, trunk))
        pen.shape(covered, cloth, outline=_open_seam(subject, covered, arm, trunk))
        _white_seam(subject, covered, cloth, trunk)
        _cuff(subject, line, thick, cloth)
        _elbow_creases(subject, arm, thick)
        return
    skin = union([bare, hand]).difference(_armhole(subject, arm, trunk))
    seam = _open_seam(subject, skin, arm, trunk if sleeve == "none" else None)
    pen.shape(skin, subject.skin, outline=seam)
    for crease in shape.creases:
        pen.ink(place.points(np.array(crease)), FINE)
    if sleeve == "short":
        upper = portion(line, 0.0, 0.36)
        covered = tube(upper, [(0, 0.0385 * thick), (1, 0.044 * thick)], flat_end=True, pieces=6)
        covered = covered.difference(_armhole(subject, arm, trunk))
        pen.shape(covered, cloth, outline=_open_seam(subject, covered, arm, trunk))


def arm_line(arm: Arm) -> Points:
    """The centre line of an arm, round at the elbow unless it is folded."""
    if is_folded(arm):
        return np.array([arm.shoulder, arm.elbow, arm.wrist])
    return joint_curve(arm.shoulder, arm.elbow, arm.wrist, 0.34)


def is_folded(arm: Arm) -> bool:
    """Whether the forearm lies along the upper arm, so that one outline would hide it."""
    upper, fore = arm.shoulder - arm.elbow, arm.wrist - arm.elbow
    return float(np.dot(upper, fore)) > _FOLD * float(np.hypot(*upper)) * float(np.hypot(*fore))


def _draw_folded_arm(subject: Subject, arm: Arm, trunk: Geometry | None) -> None:
    """Upper arm, then the forearm and hand over it, each with its own outline."""
    pen, thick = subject.pen, subject.girth
    shape, place = hand_shape(arm.shape), hand_place(subject, arm)
    hand = place.geometry(shape.back)
    sleeve, cloth = sleeve_of(subject.outfit)
    top, bend, end = (0.0375, 0.0365, 0.0315) if sleeve == "long" else (0.031, 0.0275, 0.0205)
    upper = tube(
        np.array([arm.shoulder, arm.elbow]), [(0, top * thick), (1, bend * thick)], pieces=6
    )
    upper = upper.difference(_armhole(subject, arm, trunk))
    line = np.array([arm.elbow, arm.wrist])
    fore = tube(
        line,
        [(0, bend * thick), (0.75, (bend * 0.3 + end * 0.7) * thick), (1, end * thick)],
        flat_end=sleeve == "long",
        pieces=6,
    )
    elbow = circle(arm.elbow, (bend - 0.002) * thick)
    inside = upper.buffer(0.004 * thick).intersection(elbow)
    if sleeve == "long":
        pen.shape(upper, cloth, outline=_open_seam(subject, upper, arm, trunk))
        _draw_hand(subject, hand, shape, place)
        pen.shape(fore, cloth, outline=fore.boundary.difference(inside))
        _white_seam(subject, fore, cloth, None if trunk is None else union([trunk, upper]))
        _cuff(subject, line, thick, cloth)
        return
    seam = _open_seam(subject, upper, arm, trunk if sleeve == "none" else None)
    pen.shape(upper, subject.skin, outline=seam)
    if sleeve == "short":
        covered = tube(
            portion(np.array([arm.shoulder, arm.elbow]), 0.0, 0.72),
            [(0, 0.0385 * thick), (1, 0.044 * thick)],
            flat_end=True,
            pieces=6,
        ).difference(_armhole(subject, arm, trunk))
        pen.shape(covered, cloth, outline=_open_seam(subject, covered, arm, trunk))
    skin = union([fore, hand])
    pen.shape(skin, subject.skin, outline=skin.boundary.difference(inside))
    for crease in shape.creases:
        pen.ink(place.points(np.array(crease)), FINE)


def _draw_hand(subject: Subject, hand: Geometry, shape: HandShape, place: HandPlace) -> None:
    subject.pen.shape(hand, subject.skin, ink_width=0.9)
    for crease in shape.creases:
        subject.pen.ink(place.points(np.array(crease)), FINE)


def draw_fingers(subject: Subject, arm: Arm) -> None:
    """The fingers of a grip, over whatever it holds."""
    shape = hand_shape(arm.shape)
    if shape.fingers is None:
        return
    place = hand_place(subject, arm)
    subject.pen.shape(place.geometry(shape.fingers), subject.skin, ink_width=0.85, shade=0.6)
    for crease in shape.finger_creases:
        subject.pen.ink(place.points(np.array(crease)), FINE)


def _open_seam(subject: Subject, area: Geometry, arm: Arm, trunk: Geometry | None) -> Geometry:
    """The outline of a sleeve, left open where it runs into the trunk at the shoulder."""
    if trunk is None:
        return area.boundary
    thick = subject.girth
    reach = 0.062
    if not _armhole(subject, arm, trunk).is_empty:  # a cut beside a lapel is inked
        reach = 0.042 if subject.outfit.outer is None else 0.02
    shoulder = circle(arm.shoulder, reach * thick).intersection(trunk.buffer(-0.004 * thick))
    return area.boundary.difference(shoulder)


def _white_seam(subject: Subject, sleeve: Geometry, cloth: str, behind: Geometry | None) -> None:
    """The edge of a sleeve over a trunk that line style paints as black as itself."""
    pen = subject.pen
    if behind is None or pen.canvas.style.name != "line" or luminance(cloth) > _BLACK:
        return
    inner = sleeve.buffer(-0.003 * subject.girth).boundary
    for line in lines(inner.intersection(behind.buffer(-0.012 * subject.girth))):
        if line.length > 0.03 * subject.girth:
            pen.ink(shapely.get_coordinates(line), 0.65, "#ffffff", taper=0.3)


def _armhole(subject: Subject, arm: Arm, trunk: Geometry | None) -> Geometry:
    """The part of a hanging far sleeve's round end that would lie over neckline and lapel."""
    if trunk is None or arm is not subject.skeleton.far_arm:
        return shapely.Polygon()
    spine, radius = subject.skeleton.spine, 0.05 * subject.girth
    up = spine(1.0, 0.0) - spine(0.8, 0.0)
    up = up / (np.hypot(*up) or 1.0)
    inwards = np.array([up[1], -up[0]])
    along = arm.elbow - arm.shoulder
    towards_neck = float(np.dot(along, inwards)) / (float(np.hypot(*along)) or 1.0)
    if np.dot(along, up) > 0 or not -0.92 < towards_neck < 0.6:
        return shapely.Polygon()
    top = arm.shoulder + (up + inwards * 0.1) * radius
    below = arm.shoulder + (inwards * 0.78 - up * 1.3) * radius
    corner = polygon([top, below, below + inwards * radius, top + (inwards * 2 + up) * radius])
    return corner.intersection(trunk.buffer(-0.006 * subject.girth))


def _cuff(subject: Subject, line: Points, thick: float, cloth: str) -> None:
    outfit = subject.outfit
    knitted = outfit.outer is None and outfit.top.kind in ("jumper", "hoodie", "turtleneck")
    if outfit.outer is not None and outfit.outer.lapels and outfit.top.sleeve == "long":
        end = portion(line, 0.985, 1.06, 3)
        band = tube(end, [(0, 0.029 * thick), (1, 0.029 * thick)], flat_start=True, flat_end=True)
        subject.pen.shape(band, outfit.top.colour, ink_width=FINE, shade=0)
    elif knitted:
        across = portion(line, 0.93, 1.0, 2)
        along = across[1] - across[0]
        side = np.array([-along[1], along[0]]) / (np.hypot(*along) or 1.0) * 0.03 * thick
        subject.pen.ink([across[0] - side, across[0] + side], FINE, taper=0.7)
    elif outfit.top.neck == "collar" and outfit.outer is None:
        across = portion(line, 0.9, 1.0, 2)
        along = across[1] - across[0]
        side = np.array([-along[1], along[0]]) / (np.hypot(*along) or 1.0) * 0.029 * thick
        subject.pen.ink([across[0] - side, across[0] + side], FINE, taper=0.7)


def _elbow_creases(subject: Subject, arm: Arm, thick: float) -> None:
    upper = (arm.shoulder - arm.elbow) / (np.hypot(*(arm.shoulder - arm.elbow)) or 1.0)
    fore = (arm.wrist - arm.elbow) / (np.hypot(*(arm.wrist - arm.elbow)) or 1.0)
    inner = upper + fore
    bend = float(np.hypot(*inner))
    if bend < 0.5:
        return
    inner = inner / bend
    side = np.array([inner[1], -inner[0]])
    start = arm.elbow + inner * (0.026 * thick)
    subject.pen.ink([start - side * 0.002 * thick, start - inner * 0.024 * thick], FINE)
    subject.pen.ink(
        [start + side * 0.012 * thick, start - inner * 0.016 * thick + side * 0.018 * thick], 0.45
    )


def leg_line(leg: Leg) -> Points:
    """The centre line of a leg."""
    return joint_curve(leg.hip, leg.knee, leg.ankle, 0.26)


def trouser_leg(subject: Subject, leg: Leg) -> Geometry:
    """A trouser leg down to the ankle."""
    thick = subject.girth
    radii = [
        (0, 0.049 * thick),
        (0.12, 0.052 * thick),
        (0.45, 0.0445 * thick),
        (0.56, 0.0415 * thick),
        (1, 0.036 * thick),
    ]
    return tube(leg_line(leg), radii, flat_end=True, pieces=12)


def leg_cloth(subject: Subject, leg: Leg) -> Geometry:
    """The trouser leg or the leg of the shorts; empty under a skirt."""
    thick, kind = subject.girth, subject.outfit.bottom.kind
    if kind == "trousers":
        return trouser_leg(subject, leg)
    if kind != "shorts":
        return shapely.Polygon()
    radii = [(0, 0.05 * thick), (0.3, 0.053 * thick), (1, 0.054 * thick)]
    return tube(portion(leg_line(leg), 0, 0.45), radii, flat_end=True)


def draw_legs(subject: Subject, pelvis: Geometry | None) -> None:
    """Both legs with their shoes, joined by ``pelvis`` (none under a skirt)."""
    skeleton, shade = subject.skeleton, subject.outfit.bottom.colour
    far, near = (leg_cloth(subject, leg) for leg in (skeleton.far_leg, skeleton.near_leg))
    _draw_leg(subject, skeleton.far_leg, far, far.boundary)
    if pelvis is None:
        _draw_leg(subject, skeleton.near_leg, near, near.boundary)
        return
    legs = union([far, near]).buffer(-0.003 * subject.height)
    subject.pen.shape(pelvis, shade, shade=0, outline=pelvis.boundary.difference(legs))
    hidden = pelvis.buffer(-0.004 * subject.height)
    _draw_leg(subject, skeleton.near_leg, near, near.boundary.difference(hidden))


def _draw_leg(subject: Subject, leg: Leg, cloth: Geometry, outline: Geometry) -> None:
    pen, thick, bottom = subject.pen, subject.girth, subject.outfit.bottom
    line = leg_line(leg)
    boots = subject.outfit.shoes[0] == "boots"
    if bottom.kind == "trousers":
        if not boots:
            _draw_foot(subject, leg)
        pen.shape(cloth, bottom.colour, outline=outline)
        if boots:
            _draw_boot(subject, leg, line)
        else:
            _hem_line(subject, line)
        _knee_creases(subject, leg)
        if subject.seated:
            _lap_creases(subject, leg)
        return
    radii = [(0, 0.046 * thick), (0.48, 0.0345 * thick), (0.72, 0.034 * thick), (1, 0.0215 * thick)]
    pen.shape(tube(line, radii, pieces=12), subject.skin)
    if boots:
        _draw_boot(subject, leg, line)
    else:
        if subject.outfit.shoes[0] != "sandals":
            _draw_sock(subject, line)
        _draw_foot(subject, leg)
    if not cloth.is_empty:
        pen.shape(cloth, bottom.colour, outline=outline)


def _draw_sock(subject: Subject, line: Points) -> None:
    thick = subject.girth
    radii = [(0, 0.0265 * thick), (1, 0.0235 * thick)]
    sock = tube(portion(line, 0.88, 1.0), radii, flat_start=True, pieces=4)
    subject.pen.shape(sock, _SOCK, ink_width=0.85, shade=0.5)


def _hem_line(subject: Subject, line: Points) -> None:
    thick = subject.girth
    ends = portion(line, 0.955, 1.0, 2)
    along = ends[1] - ends[0]
    side = np.array([-along[1], along[0]]) / (np.hypot(*along) or 1.0) * 0.034 * thick
    subject.pen.ink([ends[0] - side, ends[0] + side], 0.4, taper=0.8)


def _lap_creases(subject: Subject, leg: Leg) -> None:
    """Folds at the hip of who sits, so that a thigh of any colour reads as one."""
    thick = subject.girth
    along = leg.knee - leg.hip
    along = along / (float(np.hypot(*along)) or 1.0)
    up = np.array([along[1], -along[0]])
    for start, long in ((0.052, 0.05), (0.082, 0.03)):
        foot = leg.hip + along * start * thick + up * 0.036 * thick
        subject.pen.ink([foot, foot + (along * 0.3 - up) * long * thick], FINE)


def _knee_creases(subject: Subject, leg: Leg) -> None:
    thick = subject.girth
    upper = (leg.hip - leg.knee) / (np.hypot(*(leg.hip - leg.knee)) or 1.0)
    lower = (leg.ankle - leg.knee) / (np.hypot(*(leg.ankle - leg.knee)) or 1.0)
    inner = upper + lower
    bend = float(np.hypot(*inner))
    if bend < 0.42:
        return
    inner = inner / bend
    side = np.array([inner[1], -inner[0]])
    start = leg.knee + inner * (0.036 * thick)
    subject.pen.ink([start, start - inner * 0.03 * thick + side * 0.01 * thick], FINE)


def foot_points(skeleton: Skeleton, leg: Leg, local: Points) -> Points:
    """Points of a foot (x towards the toes, y down from the ankle, in heights) in centimetres."""
    angle = math.radians(-leg.toes)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    placed: Points = (local * skeleton.height) @ turn.T
    if leg.planted:
        ball = np.array([BALL * foot_size(skeleton.body), skeleton.body.ankle])
        flat = (turn @ ball + local - ball) * skeleton.height
        placed = np.where(local[:, :1] > ball[0], flat, placed)
    return leg.ankle + placed


def shoe_outline(skeleton: Skeleton, leg: Leg, away: bool = False) -> Geometry:
    """A shoe around the ankle; its sole lies one ankle height below the joint.

    Seen from behind (``away``) a foot that stands flat points away and is foreshortened.
    """
    sole = skeleton.body.ankle
    knots = np.array(
        [
            (-0.028, -0.004),
            (-0.002, -0.02),
            (0.024, -0.008),
            *([] if leg.planted else [(0.048, 0.002)]),
            (0.076, 0.008),
            (0.09, sole * 0.72),
            (0.082, sole),
            *([(BALL, sole)] if leg.planted else []),
            (0.03, sole),
            (-0.03, sole),
            (-0.037, sole * 0.5),
        ]
    ) * (foot_size(skeleton.body), 1.0)
    if away and abs(leg.toes) < 8:
        knots[:, 0] = np.where(knots[:, 0] > 0, knots[:, 0] * 0.46, knots[:, 0])
    return blob(foot_points(skeleton, leg, knots), steps=5)


def _draw_foot(subject: Subject, leg: Leg) -> None:
    kind, shade = subject.outfit.shoes
    pen, height = subject.pen, subject.height
    sole = subject.skeleton.body.ankle
    outline = shoe_outline(subject.skeleton, leg, subject.away)

    def at(*pairs: tuple[float, float]) -> Points:
        return foot_points(subject.skeleton, leg, np.array(pairs))

    with subject.pen.canvas.part("foot"):
        if kind == "sandals":
            pen.shape(outline, subject.skin)
            strap = union(
                [
                    shapely.LineString(at((-0.004, -0.03), (0.036, sole))).buffer(0.007 * height),
                    shapely.LineString(at((0.052, -0.02), (0.056, sole))).buffer(0.009 * height),
                    shapely.LineString(at((-0.05, sole), (0.1, sole))).buffer(0.0055 * height),
                ]
            ).intersection(outline)
            pen.shape(strap, shade, ink_width=FINE, shade=0)
            return
        pen.shape(outline, shade)
        light = luminance(shade) > 0.3
        stroke = mix(shade, "#ffffff", 0.35) if not light else None
        if kind == "trainers":
            edge = ((-0.06, sole * 0.68), (BALL, sole * 0.71), (0.12, sole * 0.74))
            below = ((0.12, 0.06), (BALL, 0.06), (-0.06, 0.06))
            rubber = outline.intersection(shapely.Polygon(at(*edge, *below)).buffer(0))
            white = "#fffdf7" if luminance(shade) < 0.8 else "#d9d4cb"
            pen.shape(rubber, white, ink_width=FINE, shade=0.5)
            for x in (0.026, 0.038):
                pen.ink(at((x, -0.006), (x + 0.012, 0.012)), FINE, stroke)
        else:
            tip = 0.08 if leg.planted else 0.088
            pen.ink(at((-0.034, sole * 0.76), (BALL, sole * 0.78), (tip, sole * 0.8)), FINE, stroke)
            if kind == "shoes" and not leg.planted:
                pen.ink(at((0.02, -0.004), (0.034, 0.01), (0.032, 0.022)), 0.45, stroke)


def _draw_boot(subject: Subject, leg: Leg, line: Points) -> None:
    thick = subject.girth
    shade = subject.outfit.shoes[1]
    radii = [(0, 0.0405 * thick), (0.6, 0.035 * thick), (1, 0.031 * thick)]
    shaft = tube(portion(line, 0.8, 0.99), radii, flat_start=True, pieces=5)
    boot = fill_creases(
        union([shaft, shoe_outline(subject.skeleton, leg, subject.away)]), 0.012 * subject.height
    )
    light = mix(shade, "#ffffff", 0.35) if luminance(shade) < 0.3 else None
    with subject.pen.canvas.part("foot"):
        subject.pen.shape(boot, shade)
        rim = portion(line, 0.82, 0.87, 2)
        along = rim[1] - rim[0]
        side = np.array([-along[1], along[0]]) / (np.hypot(*along) or 1.0) * 0.038 * thick
        subject.pen.ink([rim[1] - side, rim[1] + side], FINE, light, taper=0.8)
        sole = subject.skeleton.body.ankle
        heel = np.array([(-0.034, sole * 0.76), (0.088, sole * 0.8)])
        subject.pen.ink(foot_points(subject.skeleton, leg, heel), FINE, light)
