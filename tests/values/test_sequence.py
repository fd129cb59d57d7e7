"""Sequence: frames, characters, causes."""

from __future__ import annotations

import pytest
from hypothesis import given
from json_values import sequences
from pydantic import ValidationError

from storypainter.picture import Picture
from storypainter.sequence import Cause, Character, Depiction, Frame, Sequence

PICTURE = Picture(
    file="pictures/a.png", sha256="0" * 64, media_type="image/png", width=4, height=3, painter=""
)


def sequence(**fields) -> Sequence:
    plain = {"id": "s", "kind": "comic", "source": "book", "frames": (Frame(picture=PICTURE),) * 2}
    return Sequence(**{**plain, **fields})


@given(sequences())
def test_survives_the_trip_through_json(value):
    assert Sequence.model_validate_json(value.model_dump_json()) == value


def test_needs_a_picture():
    with pytest.raises(ValidationError):
        sequence(frames=())


def test_the_narrative_is_the_story_or_the_parts():
    parts = (
        Frame(picture=PICTURE, part="A hat."),
        Frame(picture=PICTURE),
        Frame(picture=PICTURE, part="Gone."),
    )
    assert sequence(frames=parts).narrative == "A hat. Gone."
    assert sequence(frames=parts, story="Once.").narrative == "Once."
    assert sequence().narrative == ""


def test_shows_only_characters_that_it_has():
    frames = (Frame(picture=PICTURE, shown=(Depiction(character="girl"),)),)
    assert sequence(frames=frames, characters=(Character(id="girl", name="a girl"),))
    with pytest.raises(ValidationError, match=r"frames\[0\]: no character 'girl'"):
        sequence(frames=frames)


def test_two_characters_are_two():
    twice = (Character(id="girl", name="a girl"), Character(id="girl", name="another"))
    with pytest.raises(ValidationError, match="the same id"):
        sequence(characters=twice)


@pytest.mark.parametrize(("cause", "effect"), [(0, 2), (1, 1)])
def test_a_cause_comes_before_its_effect(cause, effect):
    assert sequence(causes=(Cause(cause=0, effect=1),))
    with pytest.raises(ValidationError, match="no earlier picture's"):
        sequence(causes=(Cause(cause=cause, effect=effect),))


def test_a_frame_of_a_video_ends_after_it_starts():
    assert Frame(picture=PICTURE, start=1, end=1)
    with pytest.raises(ValidationError, match="before it starts"):
        Frame(picture=PICTURE, start=2, end=1)
