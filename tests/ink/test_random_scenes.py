"""Whatever Scene ink accepts, it paints, and what it says of its picture holds."""

from __future__ import annotations

import json
import random

import pytest
from drawing_rules import faults
from hypothesis import HealthCheck, Phase, given, settings
from scenes_strategy import Commission, commissions, make_commission

from storypainter.ink import check_scene, paint_scene, vocabulary


# The same each time. A failure is told as it is: making it smaller would paint for
# minutes; benchmarks/soak_scenes.py does that, and looks further.
def examples(count: int) -> settings:
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def is_painted_and_what_is_said_of_it_holds(commission):
    width, height = commission.width, commission.height
    drawing = paint_scene(
        commission.scene,
        width=width,
        height=height,
        style=commission.style,
        seed=commission.seed,
    )
    assert faults(commission.scene, drawing, width, height) == []


@pytest.mark.slow
@examples(8)
@given(commission=commissions())
def test_a_random_scene_is_painted_and_what_is_said_of_it_holds(commission):
    is_painted_and_what_is_said_of_it_holds(commission)


@pytest.mark.soak
@examples(15)
@given(commission=commissions())
def test_more_random_scenes_are_painted_and_what_is_said_of_them_holds(commission):
    is_painted_and_what_is_said_of_it_holds(commission)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(commission=commissions())
def test_ink_accepts_every_scene_that_the_strategy_makes(commission):
    check_scene(commission.scene)


def test_a_number_names_a_commission_and_a_log_gives_it_back():
    first, second, other = (make_commission(random.Random(name)) for name in ("1", "1", "2"))
    assert first == second != other
    plain = json.loads(json.dumps(first.to_plain()))
    assert Commission.from_plain(plain) == first


def test_the_strategy_reaches_all_of_the_vocabulary():
    words = vocabulary()
    scenes = [make_commission(random.Random(str(number))).scene for number in range(2000)]
    people = [person for scene in scenes for person in scene.people]
    assert {prop.kind for scene in scenes for prop in scene.props} == set(words["props"])
    assert {each.species for scene in scenes for each in scene.animals} == set(words["animals"])
    assert {sign.kind for scene in scenes for sign in scene.signs} == set(words["signs"])
    assert {scene.setting.kind for scene in scenes} == set(words["settings"])
    assert {person.pose for person in people} == set(words["figures"]["poses"])
    assert {person.expression for person in people} == set(words["figures"]["expressions"])
    assert any(person.holds for person in people)
    assert any(person.sits_on for person in people)
    assert any(person.relations for person in people)
    assert max(len(scene.people) for scene in scenes) > 5
