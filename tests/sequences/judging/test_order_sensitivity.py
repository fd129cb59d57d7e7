"""Shuffled pictures: another order, and a lower score for whoever looked at them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_sequences import PARTS, sequence, told_folder

from storypainter.errors import BadInput
from storypainter.sequences.judging.measuring import grounding_scores
from storypainter.sequences.judging.order import shuffled, told_in_disorder
from storypainter.sequences.judging.told import read_told


@given(st.integers(0, 10**6))
def test_every_picture_stands_elsewhere(seed):
    one = sequence()
    other = shuffled(one, seed)
    before = [frame.picture.sha256 for frame in one.frames]
    after = [frame.picture.sha256 for frame in other.frames]
    assert sorted(before) == sorted(after)
    assert all(a != b for a, b in zip(before, after, strict=True))
    assert other == shuffled(one, seed)


def test_a_single_picture_stays():
    one = sequence()
    one = one.model_copy(update={"frames": one.frames[:1]})
    assert shuffled(one, 3).frames == one.frames


def looking(frames):
    """A teller that tells what it sees, part by part."""
    told = {
        frame.picture.sha256: part for frame, part in zip(sequence().frames, PARTS, strict=True)
    }
    return tuple(frame.model_copy(update={"part": told[frame.picture.sha256]}) for frame in frames)


def test_a_teller_that_looks_loses_by_shuffled_pictures(tmp_path):
    true = sequence()
    mixed = shuffled(true.model_copy(), 1)
    mixed = mixed.model_copy(update={"frames": looking(mixed.frames)})
    a = read_told(told_folder(tmp_path / "a", [true]))
    b = read_told(told_folder(tmp_path / "b", [mixed]))
    (lost,) = told_in_disorder(a, b).values()
    straight = {score.name: score.value for score in grounding_scores(true)}
    crooked = {score.name: score.value for score in grounding_scores(lost)}
    assert straight["grounding"] == 1.0
    assert crooked["grounding"] < straight["grounding"] - 0.5
    assert crooked["actions_recall"] == 0.0


def test_a_teller_that_looks_at_nothing_loses_nothing(tmp_path):
    blind = ("The girl swims.",) * 3
    true = sequence(parts=blind)
    mixed = shuffled(true, 1)
    mixed = mixed.model_copy(
        update={"frames": tuple(f.model_copy(update={"part": blind[0]}) for f in mixed.frames)}
    )
    a = read_told(told_folder(tmp_path / "a", [true]))
    b = read_told(told_folder(tmp_path / "b", [mixed]))
    (lost,) = told_in_disorder(a, b).values()
    assert grounding_scores(true)[0].value == grounding_scores(lost)[0].value


def test_pictures_in_the_same_order_are_no_shuffle(tmp_path):
    a = read_told(told_folder(tmp_path / "a", [sequence()]))
    b = read_told(told_folder(tmp_path / "b", [sequence()]))
    with pytest.raises(BadInput, match="same order"):
        told_in_disorder(a, b)


def test_other_sequences_are_no_pair(tmp_path):
    a = read_told(told_folder(tmp_path / "a", [sequence("s1")]))
    b = read_told(told_folder(tmp_path / "b", [sequence("s2")]))
    with pytest.raises(BadInput, match="share no sequence"):
        told_in_disorder(a, b)
