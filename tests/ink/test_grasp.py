"""Things held at the head: the face stays free, lips meet mouthpieces, hands hold what they hold."""

import numpy as np
import pytest
from shapely import LineString, Point

from storypainter.ink import paint_scene
from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition.cords import cords_of, draw_cord
from storypainter.ink.composition.grasp import box_at_head, grasp_of, is_at_head
from storypainter.ink.composition.layout import solve
from storypainter.ink.composition.planning import plan_scene
from storypainter.ink.composition.staging import Staging
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import union
from storypainter.ink.drawing.palette import Style
from storypainter.ink.people.bodies.arms import face_area
from storypainter.ink.people.bodies.plan import Placement, plan_person
from storypainter.ink.people.figure import draw_person
from storypainter.ink.props.prop import look_of
from storypainter.ink.settings import KITS
from storypainter.scene import Person, Scene

AT_HEAD = (
    ("photograph", "camera"), ("photograph", "phone"), ("photograph", "binoculars"),
    ("phone", "phone"), ("blow", "trumpet"), ("blow", "flute"), ("blow", "party horn"),
    ("blow", "megaphone"), ("blow", "whistle"),
)  # fmt: skip
AGES = ("toddler", "child", "teen", "adult", "elder")


def _body(pose, age, facing="right", gaze=None):
    person = Person(id="p", role="woman", gender="female", age=age, pose=pose)
    at = Placement(300.0, 600.0, 2.0, facing, gaze_target=gaze)
    return plan_person(person, at)


def _shape(grasp, kind):
    canvas = Canvas(640, 640, Style("flat"))
    with canvas.layer("thing", 1):
        grasp.draw(canvas.pen(grasp.frame), look_of(kind, None, None, "", 0, where="held"))
    return union(part.geometry for part in canvas.layers_drawn[0].parts)


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize(("pose", "word"), AT_HEAD)
def test_the_eyes_stay_free_and_hands_are_on_the_thing(pose, word, facing, age):
    kind, body = PROPS[word], _body(pose, age, facing)
    assert is_at_head(pose, kind)
    grasp = grasp_of(body, kind)
    shape = _shape(grasp, kind)
    face = body.frame.geometry(face_area(body.head))
    assert shape.intersection(face).area < 0.25 * face.area
    assert shape.distance(Point(*body.frame.point(*body.head.eyes))) > 2
    holding = grasp.targets.values() if grasp.side == "both" else [grasp.targets[grasp.side]]
    for target in holding:
        assert shape.distance(Point(*target)) < 4 * body.frame.scale


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("gaze", [(0.0, 300.0), (600.0, 300.0)], ids=["left", "right"])
@pytest.mark.parametrize("word", ["trumpet", "flute", "party horn", "megaphone", "whistle"])
def test_a_mouthpiece_is_at_the_lips_whichever_way_the_head_looks(word, gaze, age):
    body = _body("blow", age, gaze=gaze)
    grasp = grasp_of(body, PROPS[word])
    lips = Point(*body.frame.point(*body.head.mouth))
    assert _shape(grasp, PROPS[word]).distance(lips) < 2.0 * body.frame.scale


@pytest.mark.parametrize(("pose", "word"), AT_HEAD)
def test_the_layout_box_holds_what_is_held_at_the_head(pose, word):
    kind, body = PROPS[word], _body(pose, "adult")
    look = look_of(kind, None, None, "", 0, where="held")
    left, top, right, bottom = box_at_head(body, kind, look)
    shape = _shape(grasp_of(body, kind), kind).bounds
    slack = 4 * body.frame.scale
    assert left - slack <= shape[0]
    assert top - slack <= shape[1]
    assert shape[2] <= right + slack
    assert shape[3] <= bottom + slack


def test_other_things_and_poses_are_not_held_at_the_head():
    assert not is_at_head("stand", PROPS["camera"])
    assert not is_at_head("photograph", PROPS["trumpet"])
    assert not is_at_head("phone", PROPS["newspaper"])


def _staging(scene):
    scene = Scene.model_validate(scene)
    plan = plan_scene(scene, KITS[scene.setting.kind], 1024, 1024)
    return Staging(plan, solve(plan, plan.stage, 3), plan.stage, 3)


def _figure(staging, person):
    canvas = Canvas(1024, 1024, Style("flat"))
    with canvas.layer(person.id, 1):
        return draw_person(canvas, person, staging.placement(person), staging.held_draws(person))


def test_a_sledge_hangs_on_one_straight_rope():
    staging = _staging(
        {
            "setting": {"kind": "snowy yard"},
            "people": [{"id": "m", "role": "woman", "pose": "pull", "holds": [{"what": "s"}]}],
            "props": [{"id": "s", "kind": "sledge"}],
        }
    )
    person = staging.scene.people[0]
    assert staging.look(staging.props["s"]).tied
    hands = _figure(staging, person).hands
    (cord,) = cords_of(staging, person, hands)
    assert cord.name == "s"
    first, second, end = (np.array(point) for point in cord.points)
    for hand in hands.values():
        assert min(np.hypot(*(np.array(hand[:2]) - p)) for p in (first, second)) < 1
    away = np.hypot(*(end - first))
    (ax, ay), (bx, by) = second - first, end - first
    turn = (ax * by - ay * bx) / away
    assert abs(turn) < 8 * cord.cm
    sledge, tie = staging.standing["s"], PROPS["sledge"].tie
    share = PROPS["sledge"].scale
    assert tuple(end) == pytest.approx(sledge.at(tie[0] * share, tie[1] * share))


def test_a_line_runs_from_the_rod_to_the_fish_that_is_looked_at():
    scene = {
        "setting": {"kind": "pier"},
        "people": [
            {"id": "g", "role": "girl", "age": "child", "pose": "pull", "holds": [{"what": "r"}]}
        ],
        "props": [{"id": "r", "kind": "fishing rod"}, {"id": "f", "kind": "leaping fish"}],
    }
    scene["people"][0]["gaze"] = "up"
    loose = _staging(scene)
    assert not loose.look(loose.props["r"]).tied
    scene["people"][0]["gaze"] = "f"
    staging = _staging(scene)
    person = staging.scene.people[0]
    assert staging.look(staging.props["r"]).tied
    (cord,) = cords_of(staging, person, _figure(staging, person).hands)
    assert cord.width == 0
    assert cord.points[-1] == pytest.approx(staging.looks.line_end(person))


def test_a_kneeling_suitor_offers_a_small_box_on_one_hand():
    staging = _staging(
        {
            "setting": {"kind": "plain"},
            "people": [{"id": "m", "role": "man", "pose": "kneel", "holds": [{"what": "b"}]}],
            "props": [{"id": "b", "kind": "gift box"}],
        }
    )
    person = staging.scene.people[0]
    assert staging.side_of(person, person.holds[0], 0) in ("left", "right")


def test_things_know_where_they_are():
    staging = _staging(
        {
            "setting": {"kind": "plain"},
            "people": [{"id": "m", "role": "man", "holds": [{"what": "held"}]}],
            "props": [
                {"id": "held", "kind": "book"},
                {"id": "ground", "kind": "book"},
                {"id": "table", "kind": "kitchen table"},
                {"id": "top", "kind": "book", "place": {"on": "table"}},
            ],
        }
    )
    found = {name: staging.look(staging.props[name]).where for name in ("held", "ground", "top")}
    assert found == {"held": "held", "ground": "ground", "top": "top"}


def test_two_who_pull_at_one_rope_have_it_in_all_four_fists():
    rope = {"what": "r"}
    staging = _staging(
        {
            "setting": {"kind": "plain"},
            "people": [
                {"id": "a", "role": "boy", "age": "child", "pose": "pull", "holds": [rope],
                 "relations": [{"kind": "faces", "target": "b"}]},
                {"id": "b", "role": "woman", "pose": "pull", "holds": [rope],
                 "relations": [{"kind": "faces", "target": "a"}]},
            ],
            "props": [{"id": "r", "kind": "rope"}],
        }
    )  # fmt: skip
    first, second = staging.scene.people
    figures = {person.id: _figure(staging, person) for person in (first, second)}
    (cord,) = cords_of(staging, first, figures["a"].hands)
    assert cords_of(staging, second, figures["b"].hands) == []
    line = LineString(cord.points)
    for figure in figures.values():
        for x, y, _ in figure.hands.values():
            assert line.distance(Point(x, y)) < 4 * cord.cm
    canvas = Canvas(1024, 1024, Style("flat"))
    with canvas.layer("_r-cord", 1, kind="scenery"):
        draw_cord(canvas, cord)
    (part,) = canvas.layers_drawn[0].parts
    assert part.element == "r"


@pytest.mark.parametrize("age", ["teen", "adult", "elder"])
@pytest.mark.parametrize(
    ("kind", "setting", "pose"),
    [
        ("car", "street", "sit"), ("taxi", "street", "talk"), ("driver seat", "bus", "drive"),
        ("motorcycle", "street", "ride"), ("motorcycle", "street", "sit"),
    ],
)  # fmt: skip
def test_both_hands_of_who_drives_are_on_the_wheel_or_the_handlebar(kind, setting, pose, age):
    staging = _staging(
        {
            "setting": {"kind": setting},
            "people": [{"id": "d", "role": "man", "age": age, "pose": pose, "sits_on": "v"}],
            "props": [{"id": "v", "kind": kind}],
        }
    )
    person, thing = staging.scene.people[0], staging.standing["v"]
    hands = [hand[:2] for hand in _figure(staging, person).hands.values()]
    helm = [thing.at(*point) for point in PROPS[kind].helm]
    on = [min(np.hypot(x - a, y - b) for x, y in hands) < 2.5 * thing.cm for a, b in helm]
    assert on == ([True, True] if pose != "talk" else [True, False])


@pytest.mark.parametrize("age", ["teen", "adult", "elder"])
def test_an_idle_hand_is_on_the_pram_that_stands_beside_one(age):
    scene = {
        "setting": {"kind": "park"},
        "people": [{"id": "w", "role": "woman", "age": age, "gaze": "left"}],
        "props": [{"id": "p", "kind": "pram", "place": {"near": "w", "side": "right"}}],
    }
    staging = _staging(scene)
    person, thing = staging.scene.people[0], staging.standing["p"]
    handle = thing.at(*PROPS["pram"].grip())
    gaps = [
        np.hypot(x - handle[0], y - handle[1])
        for x, y, _ in _figure(staging, person).hands.values()
    ]
    assert min(gaps) < 2 * thing.cm
    scene["people"][0]["pose"] = "arms crossed"
    assert _staging(scene).placement(_staging(scene).scene.people[0]).hand_targets == {}


def test_who_pushes_a_pram_stands_behind_it_with_both_hands_on_its_handle():
    staging = _staging(
        {
            "setting": {"kind": "park"},
            "people": [{"id": "w", "role": "woman", "pose": "push",
                        "relations": [{"kind": "pushes", "target": "p"}]}],
            "props": [{"id": "p", "kind": "pram"}],
        }
    )  # fmt: skip
    person, thing = staging.scene.people[0], staging.standing["p"]
    grips = [thing.at(*PROPS["pram"].grip(i)) for i in (0, 1)]
    for x, y, _ in _figure(staging, person).hands.values():
        assert min(np.hypot(x - a, y - b) for a, b in grips) < 3 * thing.cm
    own = staging.standing["w"]
    assert abs(grips[0][0] - own.x) < abs(thing.x - own.x)


def test_a_ring_box_stands_on_the_palm():
    staging = _staging(
        {
            "setting": {"kind": "plain"},
            "people": [{"id": "m", "role": "man", "pose": "kneel", "holds": [{"what": "b"}]}],
            "props": [{"id": "b", "kind": "ring box"}],
        }
    )
    person = staging.scene.people[0]
    (side,) = staging.placement(person).palms
    assert side == staging.side_of(person, person.holds[0], 0)


def test_a_hand_that_reaches_past_the_own_head_is_ahead_of_it():
    staging = _staging(
        {
            "setting": {"kind": "living room"},
            "people": [
                {"id": "g", "role": "girl", "age": "child", "pose": "paint",
                 "holds": [{"what": "b"}], "relations": [{"kind": "reaches_for", "target": "f"}]},
                {"id": "f", "role": "man", "pose": "sleep sitting", "sits_on": "s"},
            ],
            "props": [{"id": "b", "kind": "paint brush"}, {"id": "s", "kind": "sofa"}],
        }
    )  # fmt: skip
    girl = staging.scene.people[0]
    figure, facing = _figure(staging, girl), staging.standing["g"].facing
    held = figure.hands[staging.side_of(girl, girl.holds[0], 0)]
    left, top, right, bottom = figure.head_box
    level = top < held[1] < bottom
    assert not level or (held[0] - (right if facing > 0 else left)) * facing > 0


def test_what_has_no_hands_and_what_no_hand_holds_is_painted_all_the_same():
    given = Scene.model_validate(
        {
            "setting": {"kind": "park"},
            "people": [
                {"id": "w", "role": "woman", "holds": [{"what": "sledge", "hand": "mouth"}]}
            ],
            "animals": [
                {
                    "id": "dog",
                    "species": "dog",
                    "holds": [{"what": "pram", "hand": "mouth"}],
                    "relations": [{"kind": "pulls", "target": "pram"}],
                }
            ],
            "props": [{"id": "pram", "kind": "pram"}, {"id": "sledge", "kind": "sledge"}],
        }
    )
    drawing = paint_scene(given, width=320, height=320)
    assert {"w", "dog"} <= {region.element for region in drawing.regions}
