"""Picture, Region, Pair, Score and Rating."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from json_values import pairs, pictures, ratings, regions, scores
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.picture import Picture, Region
from storypainter.score import Rating, Score


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.one_of(regions, pictures, pairs, scores(), ratings()))
def test_a_value_comes_back_from_its_json(value):
    again = type(value).from_json(value.to_json())
    assert again == value
    assert type(value).model_validate(value.to_plain()) == value


def picture(**fields: object) -> Picture:
    plain = {
        "file": "pictures/a.png",
        "sha256": "0" * 64,
        "media_type": "image/png",
        "width": 8,
        "height": 8,
        "painter": "ink",
    }
    return Picture(**{**plain, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [
        {"file": ""},
        {"sha256": "0" * 63},
        {"sha256": "G" * 64},
        {"sha256": "0" * 64 + "\n"},
        {"media_type": "image/gif"},
        {"width": 0},
        {"height": 65536},
        {"width": 1.5},
        {"size": 3},
    ],
)
def test_bad_pictures(fields):
    with pytest.raises(ValidationError):
        picture(**fields)
    assert picture().width == 8


@pytest.mark.parametrize(
    "fields",
    [
        {"box": (5, 0, 4, 1)},
        {"box": (0, 5, 1, 4)},
        {"box": (0, 0, float("inf"), 1)},
        {"box": (0, 0, 1)},
        {"visible": 1.01},
        {"visible": -0.01},
        {"area": -1},
        {"side": "top"},
        {"polygons": (((1, 2, 3),),)},
    ],
)
def test_bad_regions(fields):
    plain = {
        "element": "boy",
        "kind": "person",
        "box": (0, 0, 1, 1),
        "visible": 1,
        "side": "left",
        "quadrant": "top left",
    }
    assert Region(**plain)
    with pytest.raises(ValidationError):
        Region(**{**plain, **fields})


@pytest.mark.parametrize("fields", [{}, {"value": 0.0, "absent": "no"}, {"absent": ""}])
def test_a_score_has_a_value_or_a_reason(fields):
    with pytest.raises(ValidationError, match="either a value or the reason"):
        Score(name="n", judge="j", version="1", **fields)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_score_is_a_number(value):
    with pytest.raises(ValidationError):
        Score(name="n", judge="j", version="1", value=value)


def test_a_zero_is_a_value_and_stays_one():
    score = Score(name="n", judge="j", version="1", value=0.0)
    assert Score.from_json(score.to_json()).value == 0.0


@given(ratings())
def test_ratings_are_normalised_to_a_share(rating):
    assert 0 <= rating.normalised <= 1


def rating(value: float, low: float = 1, high: float = 5) -> Rating:
    return Rating(item="i", rater="r", name="n", value=value, scale_min=low, scale_max=high)


def test_the_papers_scale():
    assert [rating(value).normalised for value in (1, 2, 3, 4, 5)] == [0, 0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize(("value", "low", "high"), [(0, 1, 5), (6, 1, 5), (1, 1, 1), (3, 5, 1)])
def test_ratings_off_their_scale(value, low, high):
    with pytest.raises(ValidationError):
        rating(value, low, high)


def test_bad_json():
    with pytest.raises(BadInput, match="either a value or the reason"):
        Score.from_json('{"name": "n", "judge": "j", "version": "1"}')
