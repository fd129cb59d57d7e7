"""What is worn on legs, feet, arms and hands over what the body's limbs are built of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import (
    Geometry,
    Points,
    beyond,
    circle,
    fill_creases,
    portion,
    tube,
    union,
    vector,
)
from storypainter.ink.drawing.palette import INK, luminance, mix
from storypainter.ink.people.bodies import limbs
from storypainter.ink.people.bodies.hands import hand_shape
from storypainter.ink.people.bodies.limbs import (
    FINE,
    Subject,
    arm_line,
    foot_points,
    hand_place,
    leg_cloth,
    leg_line,
    shoe_outline,
    sleeve_of,
)
from storypainter.ink.people.bodies.skeleton import Arm, Leg
from storypainter.ink.people.garments.cut import MEDIUM
from storypainter.ink.people.garments.pattern_base import contrast
from storypainter.ink.people.garments.patterns import draw_pattern

_WHITE = "#fffdf7"
_ON_SLEEVES = ("check", "camouflage", "pinstripes", "clown dots", "flowers", "diamonds")
_PATTERNED = ("check", "camouflage", "pinstripes", "clown", "bones")


def draw_leg_wear(subject: Subject) -> None:
    """Everything on legs and feet that goes over the drawn legs; the far leg first."""
    near = subject.skeleton.near_leg
    hidden = union(
        [
            tube(leg_line(near), [(0, 0.05 * subject.girth), (1, 0.034 * subject.girth)]),
            shoe_outline(subject.skeleton, near, subject.away),
        ]
    )
    for leg, cover in ((subject.skeleton.far_leg, hidden), (near, shapely.Polygon())):
        _on_leg(subject, leg, cover)
        with subject.pen.canvas.part("foot"):
            _on_foot(subject, leg, cover)


def _shown(
    subject: Subject,
    form: Geometry,
    cover: Geometry,
    shade: str,
    width: float = MEDIUM,
    deep: float = 0.8,
) -> None:
    cut = form.difference(cover)
    if not cut.is_empty:
        subject.pen.shape(cut, shade, ink_width=width, shade=deep)


def _sleeve_of_leg(subject: Subject, leg: Leg, start: float, end: float, wide: float) -> Geometry:
    """A tube round a bare leg between two shares of it (0.5 is the knee)."""
    thick = subject.girth
    radii = np.interp(
        [start, (start + end) / 2, end], [0, 0.48, 0.72, 1], [0.046, 0.0345, 0.034, 0.0215]
    )
    line = portion(leg_line(leg), start, end)
    sizes = [
        (share, (radius + wide) * thick) for share, radius in zip((0, 0.5, 1), radii, strict=True)
    ]
    return tube(line, sizes, flat_start=True, flat_end=end < 0.97, pieces=8)


def _on_leg(subject: Subject, leg: Leg, cover: Geometry) -> None:
    outfit, thick = subject.outfit, subject.girth
    extras, bottom = outfit.extras, outfit.bottom
    cloth = leg_cloth(subject, leg)
    if "tights" in extras:
        _shown(
            subject, _sleeve_of_leg(subject, leg, 0.1, 1.0, 0.0006), cover, extras["tights"], 1.0
        )
        _refoot(subject, leg, cover)
    if "long socks" in extras and bottom.kind != "trousers":
        low = 0.8 if outfit.shoes[0] == "boots" else 1.0
        _shown(
            subject, _sleeve_of_leg(subject, leg, 0.6, low, 0.003), cover, extras["long socks"], 1.0
        )
        _refoot(subject, leg, cover)
    if "shin pads" in extras:
        _shown(subject, _sleeve_of_leg(subject, leg, 0.66, 0.84, 0.004), cover, extras["shin pads"])
    if bottom.cut == "baggy" and not cloth.is_empty:
        wide = tube(
            leg_line(leg),
            [(0, 0.056 * thick), (0.5, 0.06 * thick), (0.85, 0.05 * thick), (1, 0.03 * thick)],
            pieces=12,
        )
        _shown(subject, wide, cover, bottom.colour, 1.0)
        _refoot(subject, leg, cover)
    if bottom.pattern in _PATTERNED and not cloth.is_empty:
        _patterned_leg(subject, leg, cloth.difference(cover))
    if not cloth.is_empty:
        _on_trousers(subject, leg, cloth, cover)
    if "knee pads" in extras:
        pad = circle(leg.knee, 0.042 * thick)
        _shown(subject, pad, cover, extras["knee pads"])
    if "leg plaster cast" in extras and leg is subject.skeleton.near_leg:
        _leg_cast(subject, leg, extras["leg plaster cast"])


def _patterned_leg(subject: Subject, leg: Leg, shown: Geometry) -> None:
    pattern = subject.outfit.bottom.pattern
    if pattern == "bones":
        for start, end in ((0.12, 0.46), (0.54, 0.94)):
            subject.pen.ink(portion(leg_line(leg), start, end), 3.0, _WHITE, taper=1)
            for share in (start, end):
                spot = portion(leg_line(leg), share, share + 0.01, 2)[0]
                subject.pen.fill(circle(spot, 0.014 * subject.girth).intersection(shown), _WHITE)
        return
    if subject.outfit.shoes[0] == "boots":
        boot = tube(
            portion(leg_line(leg), 0.78, 1.0),
            [(0, 0.06 * subject.girth), (1, 0.05 * subject.girth)],
        )
        shown = shown.difference(boot)
    draw_pattern(subject, shown, pattern, subject.outfit.bottom.colour)


def _on_trousers(subject: Subject, leg: Leg, cloth: Geometry, cover: Geometry) -> None:
    extras, thick = subject.outfit.extras, subject.girth
    inside = cloth.buffer(-0.003 * subject.height).difference(cover)
    line = leg_line(leg)
    if "reflective bands" in extras:
        for share in (0.66, 0.78):
            band = shapely.LineString(_across(line, share, 0.06 * thick)).buffer(
                0.012 * subject.height, cap_style="flat"
            )
            subject.pen.shape(
                band.intersection(inside), extras["reflective bands"], ink_width=0.4, shade=0
            )
    if "leg stripe" in extras:
        stripe = shapely.LineString(line + np.array([0.024 * thick, 0])).buffer(0.006 * thick)
        subject.pen.fill(stripe.intersection(inside), extras["leg stripe"])
    if "chaps" in extras:
        chap = tube(
            portion(line, 0.12, 0.86),
            [(0, 0.05 * thick), (0.6, 0.05 * thick), (1, 0.054 * thick)],
            flat_start=True,
            flat_end=True,
        )
        _shown(subject, chap, cover, extras["chaps"], 0.9)
        for share in (0.36, 0.52, 0.68):
            start, _ = _across(line, share, 0.03 * thick)
            subject.pen.shape(circle(start, 0.011 * thick), "#d9a83a", ink_width=FINE, shade=0)
    if "space" in subject.outfit.top.pattern or "armour" in subject.outfit.top.pattern:
        tone = (
            "#a29d98"
            if subject.outfit.top.pattern == "space"
            else mix(subject.outfit.bottom.colour, _WHITE, 0.3)
        )
        knee = circle(leg.knee, 0.043 * thick)
        _shown(subject, knee, cover, tone)
    if subject.outfit.top.pattern == "wetsuit":
        band = shapely.LineString(line + np.array([-0.018 * thick, 0])).buffer(0.011 * thick)
        subject.pen.fill(band.intersection(inside), "#6fa5cf")


def _across(line: Points, share: float, half: float) -> Points:
    """The two ends of a line across a limb."""
    ends = portion(line, share, min(1.0, share + 0.04), 2)
    along = ends[1] - ends[0]
    side = np.array([-along[1], along[0]]) / (np.hypot(*along) or 1.0) * half
    return np.array([ends[0] - side, ends[0] + side])


def _leg_cast(subject: Subject, leg: Leg, shade: str) -> None:
    thick, pen = subject.girth, subject.pen
    shaft = tube(
        portion(leg_line(leg), 0.5, 0.99), [(0, 0.046 * thick), (1, 0.036 * thick)], flat_start=True
    )
    foot = shoe_outline(subject.skeleton, leg, subject.away).difference(
        beyond(
            _foot(subject, leg, 0.052, 0.0),
            _foot(subject, leg, 1.0, 0.0) - leg.ankle,
            subject.height,
        )
    )
    cast = fill_creases(union([shaft, foot]), 0.014 * subject.height).buffer(0.004 * subject.height)
    with pen.canvas.part("foot"):
        pen.shape(shoe_outline(subject.skeleton, leg, subject.away), subject.skin)
        pen.shape(cast, shade, shade=1.3)
    for share in (0.6, 0.7, 0.8, 0.9):
        start, end = _across(leg_line(leg), share, 0.036 * thick)
        pen.ink([start, end + vector(0, 0.012 * subject.height)], 0.5)


def _foot(subject: Subject, leg: Leg, x: float, y: float) -> Points:
    """A point of the foot: ``x`` towards the toes, ``y`` down from the ankle, in heights."""
    found: Points = foot_points(subject.skeleton, leg, np.array([[x, y]]))[0]
    return found


def _refoot(subject: Subject, leg: Leg, cover: Geometry) -> None:
    """The shoe again, over hose that has been drawn after it."""
    kind, shade = subject.outfit.shoes
    if kind == "boots":
        return
    outline = shoe_outline(subject.skeleton, leg, subject.away)
    with subject.pen.canvas.part("foot"):
        _shown(subject, outline, cover, shade, 1.0)


def _on_foot(subject: Subject, leg: Leg, cover: Geometry) -> None:
    word, shade = subject.outfit.footwear, subject.outfit.shoes[1]
    draw = {
        "bare feet": _bare_foot,
        "high heels": _high_heel,
        "slippers": _slipper,
        "ballet shoes": _ballet_shoe,
        "clown shoes": _clown_shoe,
        "flippers": _flipper,
        "wellington boots": _long_boot,
        "riding boots": _long_boot,
        "cowboy boots": _long_boot,
        "ski boots": _ski_boot,
        "clogs": _slipper,
        "football boots": _football_boot,
    }.get(word)
    if subject.away and draw in (_clown_shoe, _flipper, _ski_boot) and abs(leg.toes) < 8:
        return  # long shoes point away: nothing of their length is seen
    if draw is not None:
        draw(subject, leg, cover, shade)


def _bare_foot(subject: Subject, leg: Leg, cover: Geometry, shade: str) -> None:
    sole = subject.skeleton.body.ankle
    _shown(subject, shoe_outline(subject.skeleton, leg, subject.away), cover, subject.skin, 0.95)
    if subject.outfit.bottom.kind != "trousers":
        joint = tube(
            portion(leg_line(leg), 0.86, 1.0),
            [(0, 0.0265 * subject.girth), (1, 0.021 * subject.girth)],
            flat_start=True,
        )
        subject.pen.fill(joint.buffer(-0.003 * subject.height).difference(cover), subject.skin)
    if cover.is_empty:
        for x in (0.066, 0.077):
            subject.pen.ink(
                [_foot(subject, leg, x, sole * 0.62), _foot(subject, leg, x + 0.004, sole * 0.9)],
                0.5,
            )


def _high_heel(subject: Subject, leg: Leg, cover: Geometry, shade: str) -> None:
    """A low-cut shoe: the instep stays bare, and the heel is a slim one."""
    sole = subject.skeleton.body.ankle
    hose = subject.outfit.extras.get("tights", subject.skin)
    outline = shoe_outline(subject.skeleton, leg, subject.away)
    _shown(subject, outline, cover, hose, 0.95)
    low = shapely.Polygon(
        [
            _foot(subject, leg, *p)
            for p in (
                (-0.06, sole * 0.15),
                (-0.012, sole * 0.62),
                (0.04, sole * 0.72),
                (0.058, sole * 0.2),
                (0.13, sole * 0.2),
                (0.13, 0.08),
                (-0.06, 0.08),
            )
        ]
    )
    arch = shapely.Polygon(
        [
            _foot(subject, leg, *p)
            for p in (
                (-0.016, sole * 1.1),
                (-0.012, sole * 0.82),
                (0.03, sole * 0.9),
                (0.042, sole * 1.1),
            )
        ]
    )
    _shown(subject, outline.intersection(low).difference(arch), cover, shade, 0.9)


def _slipper(subject: Subject, leg: Leg, cover: Geometry, shade: str) -> None:
    """Open at the heel, with a soft upper."""
    sole = subject.skeleton.body.ankle
    hose = subject.outfit.extras.get("socks", subject.outfit.extras.get("tights", subject.skin))
    outline = shoe_outline(subject.skeleton, leg, subject.away)
    heel = shapely.Polygon(
        [
            _foot(subject, leg, *p)
            for p in ((-0.06, -0.04), (0.02, -0.04), (0.01, sole * 0.8), (-0.06, sole * 0.8))
        ]
    )
    _shown(subject, outline, cover, shade, 1.0)
    _shown(subject, outline.intersection(heel), cover, hose, FINE, 0)
    tuft = circle(_foot(subject, leg, 0.052, 0.0), 0.011 * subject.height)
    if subject.outfit.footwear == "slippers":
        _shown(subject, tuft, cover, mix(shade, _WHITE, 0.6), FINE)


def _ballet_shoe(subject: Subject, leg: Leg, cover: Geometry, shade: str) -> None:
    for start, end in ((0.86, 0.97), (0.97, 0.86)):
        left, _ = _across(leg_line(leg), start, 0.026 * subject.girth)
        other = _across(leg_line(leg), end, 0.026 * subject.girth)
        line = shapely.LineString([left, other[1]]).difference(cover)
        if line.geom_type == "LineString" and not line.is_empty:
            subject.pen.ink(
                shapely.get_coordinates(line), 1.8, mix(shade, "#b34d86", 0.25), taper=1
            )


def _clown_shoe(subject: Subject, leg: Leg, cover: Geometry, shade: str) -> None:
    sole = subject.skeleton.body.ankle
    toe = shapely.Polygon(
        [
            _foot(subject, leg, *p)
            for p in (
                (0.01, -0.012),
                (0.07, -0.02),
                (0.13, -0.008),
                (0.148, sole * 0.6),
                (0.13, sole),
                (-0.035, sole),
                (-0.034, 0.0),
            )
        ]
    )
    shoe = toe.buffer(-0.01 * subject.height).buffer(0.014 * subject.height)
    _shown(subject, shoe, cover, shade, 1.0)
    cap = circle(_foot(subject, leg, 0.115, sole * 0.35), 0.03 * subject.height).intersection(shoe)
    _shown(subject, cap, cover, "#edc04f", FINE, 0)


def _flipper(subject: Subject, leg: Leg, cover: Geometry, shade: str) -> None:
    sole = subject.skeleton.body.ankle
    blade = shapely.Polygon(
        [
            _foot(subject, leg, *p)
            for p in (
                (-0.034, 0.004),
                (0.03, -0.004),
                (0.09, sole * 0.4),
                (0.19, sole * 0.66),
                (0.2, sole),
                (-0.034, sole),
            )
        ]
    )
    fin = blade.buffer(-0.004 * subject.height).buffer(0.006 * subject.height)
    _shown(subject, fin, cover, shade, 1.0)
    if cover.is_empty:
        for y in (0.55, 0.78):
            subject.pen.ink(
                [
                    _foot(subject, leg, 0.07, sole * y),
                    _foot(subject, leg, 0.185, sole * (0.72 + y * 0.2)),
                ],
                0.6,
            )


def _long_boot(subject: Subject, leg: Leg, cover: Geometry, shade: str) -> None:
    """A boot that reaches up to the calf."""
    thick = subject.girth
    high = {"wellington boots": 0.67, "riding boots": 0.62, "cowboy boots": 0.72}[
        subject.outfit.footwear
    ]
    radii = [(0, 0.044 * thick), (0.5, 0.037 * thick), (1, 0.031 * thick)]
    shaft = tube(portion(leg_line(leg), high, 0.99), radii, flat_start=True, pieces=6)
    boot = fill_creases(
        union([shaft, shoe_outline(subject.skeleton, leg, subject.away)]), 0.012 * subject.height
    )
    _shown(subject, boot, cover, shade, 1.0, 1.0)
    if not cover.is_empty:
        return
    light = mix(shade, _WHITE, 0.4)
    if subject.outfit.footwear == "wellington boots":
        subject.pen.ink(_across(leg_line(leg), high + 0.035, 0.04 * thick), 1.0, light)
        sole = subject.skeleton.body.ankle
        subject.pen.ink(
            [_foot(subject, leg, -0.034, sole * 0.76), _foot(subject, leg, 0.088, sole * 0.8)],
            0.9,
            light,
        )
    elif subject.outfit.footwear == "cowboy boots":
        left, right = _across(leg_line(leg), high + 0.03, 0.03 * thick)
        middle = (left + right) / 2
        subject.pen.ink([left, middle + vector(0, 0.03 * subject.height), right], 0.8, light)


def _ski_boot(subject: Subject, leg: Leg, cover: Geometry, shade: str) -> None:
    if cover.is_empty:
        for share in (0.85, 0.92):
            subject.pen.ink(
                _across(leg_line(leg), share, 0.034 * subject.girth), 1.6, "#dd8a3e", taper=1
            )
    sole = subject.skeleton.body.ankle
    ski = shapely.LineString(
        [
            _foot(subject, leg, -0.2, sole * 0.98),
            _foot(subject, leg, 0.22, sole * 0.98),
            _foot(subject, leg, 0.27, sole * 0.3),
        ]
    )
    _shown(subject, ski.buffer(0.0075 * subject.height), cover, "#c44a37", 0.8, 0)


def _football_boot(subject: Subject, leg: Leg, cover: Geometry, shade: str) -> None:
    sole = subject.skeleton.body.ankle
    for x in (-0.02, 0.02, 0.06):
        stud = shapely.box(
            -0.005 * subject.height, 0, 0.005 * subject.height, 0.008 * subject.height
        )
        spot = _foot(subject, leg, x, sole * 0.9)
        _shown(subject, shapely.transform(stud, lambda p, at=spot: p + at), cover, shade, 0.5, 0)


def draw_fingers(subject: Subject, arm: Arm) -> None:
    """The fingers of a grip, in the colour of gloves where they are worn."""
    limbs.draw_fingers(replace(subject, skin=subject.outfit.hands or subject.skin), arm)


def draw_arm_wear(subject: Subject, arm: Arm) -> None:
    """What goes over a drawn arm: wide sleeves, casts, bands, cuffs; call after the arm."""
    extras, thick, pen = subject.outfit.extras, subject.girth, subject.pen
    line = arm_line(arm)
    near = arm is subject.skeleton.near_arm
    outer = subject.outfit.outer
    if outer is not None and outer.wide:
        _wide_sleeve(subject, line, outer.colour, outer.trim)
    if limbs.is_folded(arm):  # the upper arm lies behind the forearm
        line = line[1:]
    if subject.outfit.top.striped and sleeve_of(subject.outfit)[0] == "long" and outer is None:
        _ring_sleeves(subject, line)
    _patterned_sleeve(subject, line)
    if "sleeve rings" in extras:
        for share in (0.8, 0.86, 0.92):
            pen.ink(_across(line, share, 0.03 * thick), 1.3, extras["sleeve rings"], taper=1)
    if "fire coat" in subject.outfit.worn:
        for share in (0.5, 0.84):
            ends = _across(line, share, 0.036 * thick)
            pen.shape(
                shapely.LineString(ends).buffer(0.013 * thick, cap_style="flat"),
                "#f4dd74",
                ink_width=FINE,
                shade=0,
            )
    if "armband" in extras and near:
        band = tube(
            portion(line, 0.22, 0.32, 4),
            [(0, 0.041 * thick), (1, 0.041 * thick)],
            flat_start=True,
            flat_end=True,
        )
        pen.shape(band, extras["armband"], ink_width=MEDIUM)
    if "water wings" in extras:
        band = tube(
            portion(line, 0.16, 0.36, 4),
            [(0, 0.05 * thick), (0.5, 0.058 * thick), (1, 0.05 * thick)],
        )
        pen.shape(band, extras["water wings"], ink_width=0.9)
    if "wristwatch" in extras and not near:
        pen.ink(_across(line, 0.95, 0.024 * thick), 2.4, extras["wristwatch"], taper=1)
    if "bracelets" in extras:
        for share in (0.88, 0.92, 0.96):
            pen.ink(_across(line, share, 0.024 * thick), 1.4, extras["bracelets"], taper=1)
    if "arm plaster cast" in extras and near:
        cast = tube(
            portion(line, 0.5, 0.99),
            [(0, 0.04 * thick), (1, 0.034 * thick)],
            flat_start=True,
            flat_end=True,
        )
        pen.shape(cast, extras["arm plaster cast"], shade=1.2)
        for share in (0.6, 0.72, 0.84):
            pen.ink(_across(line, share, 0.034 * thick), 0.5)
    _on_hand(subject, arm, line)


def _wide_sleeve(subject: Subject, line: Points, shade: str, trim: str) -> None:
    """A sleeve that widens towards the wrist and hangs down."""
    thick, height = subject.girth, subject.height
    end = portion(line, 0.0, 0.93)
    drop = np.array([0.0, 0.075 * height])
    hanging = shapely.convex_hull(
        shapely.MultiPoint([end[3], end[-1], end[-1] + drop, end[4] + drop * 0.35])
    )
    sleeve = union(
        [
            tube(end, [(0, 0.04 * thick), (0.5, 0.04 * thick), (1, 0.04 * thick)], flat_end=True),
            hanging,
        ]
    )
    made = fill_creases(sleeve, 0.02 * height)
    shoulder = circle(line[0], 0.07 * thick)
    subject.pen.shape(made, shade, outline=made.boundary.difference(shoulder))
    if trim:
        subject.pen.ink(
            [end[-1] - drop * 0.2, end[-1] + drop], 2.0, mix(shade, _WHITE, 0.7), taper=1
        )


def _ring_sleeves(subject: Subject, line: Points) -> None:
    shade = contrast(subject.outfit.top.colour)
    forearm_only = len(line) == 2
    for share in (0.12, 0.45, 0.78) if forearm_only else (0.3, 0.46, 0.62, 0.78):
        ends = _across(line, share, 0.031 * subject.girth)
        subject.pen.fill(
            shapely.LineString(ends).buffer(0.0105 * subject.girth, cap_style="flat"), shade
        )


def _patterned_sleeve(subject: Subject, line: Points) -> None:
    """The pattern of what the sleeve belongs to, over the sleeve."""
    outfit = subject.outfit
    covered = outfit.outer is not None and outfit.outer.sleeve != "none"
    pattern = outfit.outer.pattern if covered and outfit.outer is not None else outfit.top.pattern
    pattern = "clown dots" if pattern.startswith("clown") else pattern
    length, shade = sleeve_of(outfit)
    if length == "none" or pattern not in _ON_SLEEVES:
        return
    end = 0.92 if length == "long" else 0.36
    radii = [(0, 0.034 * subject.girth), (1, 0.028 * subject.girth)]
    draw_pattern(subject, tube(portion(line, 0.06, end), radii), pattern, shade)


def _on_hand(subject: Subject, arm: Arm, line: Points) -> None:
    """Gloves: the hand in another colour with a cuff, or a round boxing glove."""
    outfit, thick, pen = subject.outfit, subject.girth, subject.pen
    shade = outfit.hands
    if shade is None:
        return
    place = hand_place(subject, arm)
    if "boxing gloves" in outfit.extras:
        fist = place.points(np.array([[0.55, 0.02]]))[0]
        glove = union(
            [
                circle(fist, 0.052 * thick),
                circle(place.points(np.array([[0.4, 0.5]]))[0], 0.026 * thick),
            ]
        )
        cuff = tube(
            portion(line, 0.86, 1.0, 4), [(0, 0.034 * thick), (1, 0.036 * thick)], flat_start=True
        )
        pen.shape(fill_creases(union([glove, cuff]), 0.008 * subject.height), shade, shade=1.3)
        pen.ink(_across(line, 0.95, 0.034 * thick), 1.6, _WHITE, taper=1)
        return
    back = place.geometry(hand_shape(arm.shape).back)
    if back.is_empty:
        return
    pen.shape(back, shade, shade=0.6)
    seam = mix(shade, _WHITE, 0.45) if luminance(shade) < 0.2 else None  # else lost in the dark
    for crease in hand_shape(arm.shape).creases:
        pen.ink(place.points(np.array(crease)), FINE, seam)
    cuff = tube(
        portion(line, 0.9 if len(line) > 2 else 0.8, 1.0, 4),
        [(0, 0.037 * thick), (1, 0.034 * thick)],
        flat_start=True,
        flat_end=True,
    )
    pen.shape(cuff, mix(shade, INK, 0.1), ink_width=MEDIUM, shade=0)
