"""People: every pose of every age stands on the ground, reaches its target, bends its joints."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import box, circle
from storypainter.ink.drawing.palette import Style, colour
from storypainter.ink.people.attire import ATTIRE, ROLE_ATTIRE, dress
from storypainter.ink.people.bodies.contact import contact_errors
from storypainter.ink.people.bodies.plan import plan_person
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.bodies.skeleton import body_height, proportions
from storypainter.ink.people.figure import (
    FigureResult,
    Held,
    Placement,
    Seat,
    draw_person,
    far_hand,
    measure_person,
    near_hand,
)
from storypainter.ink.people.garments.cut import trunk
from storypainter.ink.people.garments.digits import number_shape
from storypainter.ink.people.garments.patterns import fitted
from storypainter.ink.people.vocabulary import FIGURE_VOCABULARY
from storypainter.scene import Age, Build, Garment, Hair, Person

AGES = get_args(Age)
CM = 2.5
GROUND = 900.0


def person(**fields: object) -> Person:
    return Person.model_validate({"id": "p1", "role": "woman", **fields})


def draw(
    who: Person, style: str = "flat", held: dict[str, Held] | None = None, **place: object
) -> tuple[FigureResult, Canvas]:
    canvas = Canvas(1024, 1024, Style(style), 3)  # type: ignore[arg-type]
    at = Placement(500.0, GROUND, CM, **place)  # type: ignore[arg-type]
    with canvas.layer(who.id, 1, kind="person"):
        result = draw_person(canvas, who, at, held)
    return result, canvas


@pytest.mark.parametrize("pose", sorted(POSES))
def test_every_pose_is_drawn_above_the_ground(pose: str) -> None:
    age: Age = "toddler" if len(pose) % 2 else "adult"
    result, canvas = draw(person(pose=pose, age=age), facing="left" if len(pose) % 3 else "right")
    height = body_height(age, "unspecified") * CM
    assert all(y < GROUND + 0.01 * height for _, y in result.feet)
    assert result.box[3] < GROUND + 0.04 * height
    ET.fromstring(canvas.to_svg())


@settings(max_examples=40, deadline=None)
@given(
    angle=st.floats(-80, 85),
    share=st.floats(0.55, 1.1),
    age=st.sampled_from(AGES),
    facing=st.sampled_from(["left", "right"]),
)
def test_hands_reach_their_targets(angle: float, share: float, age: Age, facing: str) -> None:
    who = person(age=age, pose="hold")
    size = measure_person(who, CM)
    sign = 1 if facing == "right" else -1
    turn = np.radians(angle)
    reach = size.reach * share
    x = 500 + sign * (size.shoulder[0] + reach * np.cos(turn))
    y = GROUND + size.shoulder[1] + reach * np.sin(turn)
    side = far_hand(facing)
    result, _ = draw(who, facing=facing, hand_targets={side: (x, y)})
    distance = np.hypot(result.hands[side][0] - x, result.hands[side][1] - y)
    assert distance < 0.01 * body_height(age, "unspecified") * CM


def test_pointing_aims_without_stretching() -> None:
    result, _ = draw(person(pose="point"), hand_targets={"left": (2000.0, 300.0)})
    near, _ = draw(person(pose="point"))
    x, y, degrees = result.hands["left"]
    assert x < near.hands["left"][0] + 40
    wanted = np.degrees(np.arctan2(300 - y, 2000 - x))
    assert degrees == pytest.approx(wanted, abs=6)


def test_a_hanging_hand_takes_over_the_gesture() -> None:
    plain, _ = draw(person(pose="point"))
    swapped, _ = draw(person(pose="point"), hand_targets={"right": (900.0, 500.0)})
    assert swapped.hands["right"][0] > plain.hands["right"][0] + 80
    assert swapped.hands["left"][1] > plain.hands["left"][1] + 80


def test_pupils_follow_the_target() -> None:
    who = person()
    up, _ = draw(who, gaze_target=(700.0, 100.0))
    down, _ = draw(who, gaze_target=(700.0, 890.0))
    assert up.pupils[0][1] < down.pupils[0][1] - 1.5
    ahead, _ = draw(who, gaze_target=(1000.0, 500.0))
    back, _ = draw(person(gaze="viewer"))
    assert ahead.pupils[0][0] - ahead.head_box[0] > back.pupils[0][0] - back.head_box[0] + 1


def test_head_turns_to_what_lies_behind() -> None:
    ahead, _ = draw(person(), gaze_target=(900.0, 500.0))
    behind, _ = draw(person(), gaze_target=(100.0, 500.0))
    middle = (behind.head_box[0] + behind.head_box[2]) / 2
    assert ahead.eyes[0] > middle > behind.eyes[0]


def test_facing_left_mirrors_facing_right() -> None:
    right, _ = draw(person(pose="walk"), facing="right")
    left, _ = draw(person(pose="walk"), facing="left")
    for one, other in zip(right.feet, left.feet, strict=True):
        assert one[0] - 500 == pytest.approx(500 - other[0], abs=0.01)
    assert near_hand("right") == "right"
    assert near_hand("left") == "left"


def test_seen_from_behind_there_is_no_face() -> None:
    away, _ = draw(person(), facing="away")
    assert away.face.is_empty
    assert away.pupils == []
    assert not draw(person())[0].face.is_empty


def test_held_thing_lies_between_palm_and_fingers() -> None:
    def ball(canvas: Canvas, x: float, y: float, degrees: float, cm: float) -> None:
        with canvas.part("held", element="ball"):
            canvas.shape(circle((x, y), 6 * cm), colour("red"))

    result, canvas = draw(person(pose="hold"), held={"right": ball})
    layer = canvas.layers[0]
    held = [i for i, part in enumerate(layer.parts) if part.element == "ball"]
    arms = [i for i, part in enumerate(layer.parts) if part.label == "arm"]
    assert len(held) == 1
    fingers = [i for i, part in enumerate(layer.parts) if part.label == "grip"]
    assert min(arms) < held[0] < min(fingers)
    middle = layer.parts[held[0]].geometry.centroid
    assert (middle.x, middle.y) == pytest.approx(result.hands["right"][:2], abs=0.5)
    fingers = layer.parts[held[0] + 1].geometry
    assert fingers.intersects(layer.parts[held[0]].geometry)


def test_both_hands_and_mouth_are_called_once() -> None:
    seen: list[str] = []

    def note(word: str) -> Held:
        return lambda canvas, x, y, degrees, cm: seen.append(word)

    draw(person(pose="read"), held={"both": note("paper"), "mouth": note("whistle")})
    assert seen == ["whistle", "paper"]


def test_a_large_thing_in_both_hands_is_held_from_its_near_side() -> None:
    def crate(canvas: Canvas, x: float, y: float, degrees: float, cm: float) -> None:
        with canvas.part("held", element="crate"):
            canvas.shape(circle((x, y), 40 * cm), colour("red"))

    _, canvas = draw(person(pose="carry"), held={"both": crate})
    parts = canvas.layers[0].parts
    (at,) = (i for i, part in enumerate(parts) if part.element == "crate")
    over = [part.geometry.area for part in parts[at + 1 :] if part.label == "arm"]
    assert max(over) > 4 * min(over), "an arm, not fingers alone"


def test_the_result_tells_how_well_the_body_touches_the_world() -> None:
    result, _ = draw(person(pose="hold"), hand_targets={"left": (600.0, 600.0)})
    assert result.plan is not None
    found = contact_errors(result.plan)
    assert found.hands["far"] < 0.01
    assert found.feet < 0.01


def test_a_seat_carries_the_hips() -> None:
    low, _ = draw(person(pose="sit"), seat=Seat(90.0, 500.0))
    high, _ = draw(person(pose="sit"), seat=Seat(150.0, 500.0))
    assert low.eyes[1] - high.eyes[1] == pytest.approx(60, abs=8)
    standing, _ = draw(person(pose="read"))
    reading, _ = draw(person(pose="read"), seat=Seat(110.0, 500.0))
    assert reading.eyes[1] > standing.eyes[1] + 40


def test_short_legs_dangle_from_a_high_seat() -> None:
    result, _ = draw(person(pose="sit", age="toddler"), seat=Seat(45 * CM, 500.0))
    assert max(y for _, y in result.feet) < GROUND - 8 * CM


@pytest.mark.parametrize("age", ["toddler", "adult", "elder"])
@pytest.mark.parametrize("pose", ["stand", "point", "sit", "crouch"])
def test_measure_tells_the_room_that_drawing_takes(pose: str, age: Age) -> None:
    who = person(pose=pose, age=age)
    size = measure_person(who, CM)
    result, _ = draw(who)
    left, top, right, _ = result.box
    assert size.width >= 1.9 * max(500 - left, right - 500) * 0.95
    assert size.height == pytest.approx(GROUND - top, rel=0.08)
    assert -size.eye_height == pytest.approx(result.eyes[1] - GROUND, abs=2)


def test_children_are_smaller_with_larger_heads() -> None:
    heads = {}
    for age in AGES:
        skeleton = proportions(age, "unspecified", "medium")
        heads[age] = skeleton.head
    heights = [body_height(age, "unspecified") for age in ("toddler", "child", "teen", "adult")]
    assert heights == sorted(heights)
    assert heads["toddler"] > heads["child"] > heads["teen"] > heads["adult"]


@pytest.mark.parametrize("raised", ["wave", "jump", "cheer", "hands up"])
@pytest.mark.parametrize("age", ["toddler", "adult"])
def test_raised_arms_leave_the_eyes_free(raised: str, age: Age) -> None:
    result, canvas = draw(person(pose=raised, age=age))
    arms = canvas.layers[0].silhouette(label="arm")
    for x, y in result.pupils:
        assert arms.distance(circle((x, y), 0.5)) > 0


def test_same_person_same_bytes() -> None:
    who = person(pose="run", hair=Hair(style="curly"), expression="laughing")
    digests = {hashlib.sha256(draw(who)[1].to_svg().encode()).hexdigest() for _ in range(2)}
    assert len(digests) == 1


def test_unknown_words_are_errors() -> None:
    with pytest.raises(BadInput, match="no pose 'levitate'"):
        draw(person(pose="levitate"))
    with pytest.raises(BadInput, match="no expression 'zen'"):
        draw(person(expression="zen"))
    with pytest.raises(BadInput, match="knows no colour"):
        draw(person(attire=(Garment(kind="coat", colour="blurple"),)))


def test_attire_of_the_scene_comes_first_then_the_roles() -> None:
    given_attire = dress(person(role="baker", attire=(Garment(kind="hoodie", colour="teal"),)))
    assert given_attire.top.kind == "hoodie"
    assert given_attire.top.colour == colour("teal")
    assert given_attire.hat is None
    baker = dress(person(role="baker"))
    assert baker.hat is not None
    assert baker.hat[0] == "chef hat"
    assert baker.apron is not None
    assert dress(person(role="nobody known")) == dress(person(role="nobody known"))


@pytest.mark.parametrize("role", sorted(ROLE_ATTIRE))
def test_roles_wear_known_garments(role: str) -> None:
    assert {garment.kind for garment in ROLE_ATTIRE[role]} <= set(ATTIRE)
    outfit = dress(person(role=role))
    assert outfit.top.colour.startswith("#")
    assert outfit.bottom.colour.startswith("#")


@pytest.mark.parametrize("kind", ATTIRE)
def test_every_garment_has_a_colour_of_its_own(kind: str) -> None:
    for i in range(24):
        assert kind in dress(person(id=f"p{i}", attire=(Garment(kind=kind),))).worn
    worn = dress(person(attire=(Garment(kind=kind, colour="#123456"),)))
    bare = dress(person(attire=(Garment(kind="shirt"), Garment(kind="trousers"))))
    assert worn != bare


people = st.builds(
    Person,
    id=st.sampled_from(["anna", "ben", "cho", "dina"]),
    role=st.sampled_from(FIGURE_VOCABULARY["roles"]),
    age=st.sampled_from(AGES),
    gender=st.sampled_from(["female", "male", "unspecified"]),
    build=st.sampled_from(get_args(Build)),
    skin=st.sampled_from(FIGURE_VOCABULARY["skins"]),
    hair=st.builds(
        Hair,
        style=st.sampled_from(FIGURE_VOCABULARY["hair"]),
        colour=st.sampled_from(FIGURE_VOCABULARY["hair_colours"]),
        beard=st.none() | st.sampled_from(FIGURE_VOCABULARY["beards"]),
    ),
    attire=st.lists(
        st.builds(Garment, kind=st.sampled_from(FIGURE_VOCABULARY["attire"])), max_size=4
    ).map(tuple),
    pose=st.sampled_from(FIGURE_VOCABULARY["poses"]),
    expression=st.sampled_from(FIGURE_VOCABULARY["expressions"]),
)
spots = st.tuples(st.floats(0, 1024), st.floats(0, 1024))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    who=people,
    facing=st.sampled_from(["left", "right", "away"]),
    style=st.sampled_from(["flat", "mono", "line"]),
    gaze=st.none() | spots,
    hand=st.none() | spots,
    seat=st.none() | st.floats(40, 140),
    profile=st.booleans(),
)
def test_anyone_can_be_drawn_anywhere(
    who: Person,
    facing: str,
    style: str,
    gaze: tuple[float, float] | None,
    hand: tuple[float, float] | None,
    seat: float | None,
    profile: bool,
) -> None:
    result, canvas = draw(
        who,
        style,
        facing=facing,
        gaze_target=gaze,
        hand_targets={"left": hand},
        seat=Seat(seat, 500.0) if seat else None,
        profile=profile,
    )
    ET.fromstring(canvas.to_svg())
    left, top, right, bottom = result.box
    assert left < right
    assert top < bottom
    assert all(np.isfinite(result.box))
    assert canvas.layers[0].parts


@pytest.mark.parametrize(("pose", "trace"), [("wash", "foam"), ("stir", "swirl")])
def test_deeds_leave_a_trace_at_the_hands_that_hides_nothing(pose: str, trace: str) -> None:
    assert POSES[pose].trace == trace
    shown, canvas = draw(person(pose=pose, role="visitor"))
    bare = replace(POSES[pose], trace=None)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(POSES, pose, bare)
        without, plain = draw(person(pose=pose, role="visitor"))
    assert canvas.to_svg() != plain.to_svg()
    assert shown.silhouette.symmetric_difference(without.silhouette).area < 1.0
    _, behind = draw(person(pose=pose, role="visitor"), facing="away")
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(POSES, pose, bare)
        _, same = draw(person(pose=pose, role="visitor"), facing="away")
    assert behind.to_svg() == same.to_svg()


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_woman_with_child_is_rounder_in_front(facing: str) -> None:
    def reach(kind: str) -> float:
        who = person(attire=[{"kind": kind}, {"kind": "sandals"}], gender="female")
        result, _ = draw(who, facing=facing)
        band = box(0, GROUND - 0.6 * 165 * CM, 1024, GROUND - 0.52 * 165 * CM)
        largest = max(result.parts, key=lambda part: part.area)
        left, _, right, _ = largest.intersection(band).bounds
        return right - 500 if facing == "right" else 500 - left

    assert reach("maternity dress") > reach("summer dress") + 0.03 * 165 * CM


def test_the_far_hand_reaches_around_the_edge_of_what_hides_it() -> None:
    def parcel(canvas: Canvas, x: float, y: float, degrees: float, cm: float) -> None:
        with canvas.part("held", element="parcel"):
            canvas.shape(box(x - 18 * cm, y - 30 * cm, x + 18 * cm, y + 5 * cm), colour("red"))

    for facing in ("left", "right"):
        result, canvas = draw(person(pose="carry"), held={"both": parcel}, facing=facing)
        parts = canvas.layers[0].parts
        (at,) = (i for i, part in enumerate(parts) if part.element == "parcel")
        edge, far = parts[at].geometry.boundary, result.hands[far_hand(facing)]
        over = [part.geometry for part in parts[at + 1 :] if part.label in ("arm", "grip")]
        fingers = [area for area in over if area.intersects(edge)]
        assert any(area.distance(box(*far[:2], *far[:2])) < 16 * CM for area in fingers)


def test_whoever_runs_in_a_robe_shows_both_legs() -> None:
    robe = [Garment(kind="thawb", colour="white")]
    ran, canvas = draw(person(pose="run", attire=robe))
    area = max(
        (p.geometry for p in canvas.layers[0].parts if p.label != "foot"), key=lambda g: g.area
    )
    feet = [part.geometry for part in canvas.layers[0].parts if part.label == "foot"]
    assert len(feet) == 2
    assert all(foot.difference(area).area > 0.9 * foot.area for foot in feet)
    assert ran.plan is not None


@pytest.mark.parametrize("pose", ["stand", "kick", "run", "sit"])
@pytest.mark.parametrize("build", get_args(Build))
@pytest.mark.parametrize("age", AGES)
def test_a_number_is_whole_on_its_shirt(pose: str, build: Build, age: Age) -> None:
    skeleton = plan_person(
        person(pose=pose, age=age, build=build), Placement(500.0, GROUND, CM)
    ).skeleton
    shirt, half = trunk(skeleton, -0.17), float(number_shape(52).bounds[2])
    x, y = map(float, skeleton.spine(0.52, 0.016))
    x, size = fitted(shirt, (x, y), 0.052 * skeleton.height, half)
    rows = box(x - half * size, y - 0.9 * size, x + half * size, y + 0.9 * size)
    assert shirt.contains(rows)
    assert size > 0.02 * skeleton.height
