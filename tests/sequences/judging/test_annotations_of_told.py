"""What a narrative is held against: the annotations of the pictures that its parts were told with."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_sequences import looking, sequence, told_folder

from storypainter.sequence import Frame
from storypainter.sequences.judging.measuring import (
    annotations_of,
    grounding_report,
    matching,
    measure,
)
from storypainter.sequences.judging.order import shuffled
from storypainter.sequences.judging.told import ToldFolder, read_told


def bare(one):
    """The told sequence with pictures and parts alone: whatever is known comes from the set."""
    frames = tuple(Frame(picture=f.picture, part=f.part) for f in one.frames)
    return one.model_copy(update={"frames": frames})


def told_shuffled(path, true, seed=1, **facts):
    return read_told(told_folder(path, [bare(looking(shuffled(true, seed)))], **facts))


def grounding(told, true):
    return measure(told, matching(told, [true]), ["grounding"]).each


def test_parts_told_shuffled_stand_at_the_pictures_that_they_were_told_with(tmp_path):
    true = sequence()
    found = grounding(told_shuffled(tmp_path / "told", true), true)
    assert found["grounding"]["s1"].value == 1.0
    assert found["actions_recall"]["s1"].value == 1.0


def test_the_report_says_what_the_table_says(tmp_path):
    true = sequence()
    told = told_shuffled(tmp_path / "told", true)
    (line,) = grounding_report(told, matching(told, [true]))
    pictures = orjson.loads(line)["pictures"]
    # Nothing is known in the told file itself: what is named here, the set's annotations say.
    assert all(each["named"] and not each["made_up"] for each in pictures)
    assert not any(kind == "actions" for each in pictures for kind, *_ in each["not_named"])


@given(order=st.permutations(range(3)))
def test_any_order_is_laid_by_the_pictures(tmp_path_factory, order):
    true = sequence()
    mixed = true.model_copy(update={"frames": tuple(true.frames[at] for at in order)})
    told = ToldFolder("t", tmp_path_factory.getbasetemp(), {"s1": bare(mixed)})
    laid = annotations_of(told, {"s1": true})["s1"]
    assert laid.frames == mixed.frames


@pytest.mark.parametrize("seed", range(4))
def test_a_picture_that_is_there_twice_is_told_apart_by_the_draw(tmp_path, seed):
    true = sequence()
    twice = true.frames[2].model_copy(update={"picture": true.frames[0].picture})
    true = true.model_copy(update={"frames": (*true.frames[:2], twice)})
    told = read_told(
        told_folder(tmp_path / "told", [bare(shuffled(true, seed))], shuffle_seed=seed)
    )
    laid = annotations_of(told, {"s1": true})["s1"]
    assert [f.caption for f in laid.frames] == [f.caption for f in shuffled(true, seed).frames]


def test_causes_of_the_true_order_are_not_kept_in_another(tmp_path):
    from storypainter.sequence import Cause

    true = sequence().model_copy(update={"causes": (Cause(cause=0, effect=1),)})
    told = told_shuffled(tmp_path / "told", true)
    assert annotations_of(told, {"s1": true})["s1"].causes == ()


def test_the_reference_stays_in_true_order(tmp_path):
    true = sequence()
    told = told_shuffled(tmp_path / "told", true)
    assert matching(told, [true])["s1"].narrative == true.narrative


def test_what_the_set_does_not_have_is_held_against_its_own_annotations(tmp_path):
    told = read_told(told_folder(tmp_path / "told", [sequence("s1"), sequence("s2")]))
    found = grounding(told, sequence("s1"))
    assert found["grounding"].keys() == {"s1", "s2"}
