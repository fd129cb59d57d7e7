"""Raters' agreement against published answers, and a rater's own consistency."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from storypainter.errors import MissingExtra
from storypainter.ratings.raters import (
    FORMS,
    agreement_of,
    alpha,
    consistency,
    grid,
    intraclass,
    mean_ratings,
)
from storypainter.ratings.scale import Imported, Scale
from storypainter.score import Rating

# Shrout and Fleiss 1979, table 2: 6 targets, 4 judges; table 4 has the six coefficients.
SHROUT_FLEISS = [
    [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
]  # fmt: skip
PUBLISHED = dict(zip(FORMS, (0.17, 0.29, 0.71, 0.44, 0.62, 0.91), strict=True))

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C: 4 observers, 12
# units, gaps; nominal .743, ordinal .815, interval .849.
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr("storypainter.ratings.raters._DRAWS", 200)


def imported(
    item: str, rater: str, value: float, *, occasion: int = 1, low: float = 1, high: float = 10
) -> Imported:
    rating = Rating(
        item=item, rater=rater, name="semantic", value=value, scale_min=low, scale_max=high
    )
    return Imported(rating=rating, occasion=occasion, source="test.csv")


def table(rows: list[list[float]]) -> list[Imported]:
    return [
        imported(f"i{at}", f"r{who}", value)
        for at, row in enumerate(rows)
        for who, value in enumerate(row)
    ]


def krippendorff() -> list[Imported]:
    return [
        imported(f"u{unit}", f"o{observer}", value, high=5)
        for observer, row in enumerate(KRIPPENDORFF)
        for unit, value in enumerate(row)
        if value is not None
    ]


def test_the_six_forms_of_shrout_and_fleiss():
    scores = intraclass(grid(table(SHROUT_FLEISS)))
    assert {s.name: round(s.value, 2) for s in scores} == PUBLISHED
    assert all(s.n == 6 and s.judge == "people" for s in scores)
    by_name = {s.name: s.interval for s in scores}
    # Their text, page 425: ICC(1,1) −.13 to .72, (2,1) .02 to .76, (3,1) .34 to .95.
    assert by_name["ICC(1,1)"] == pytest.approx((-0.13, 0.72), abs=0.006)
    assert by_name["ICC(2,1)"] == pytest.approx((0.02, 0.76), abs=0.006)
    assert by_name["ICC(3,1)"] == pytest.approx((0.34, 0.95), abs=0.006)
    assert round(by_name["ICC(3,1)"][0], 2) != by_name["ICC(3,1)"][0]  # not rounded


def test_intraclass_takes_complete_rows_only_and_says_so():
    with_gap = [each for each in table(SHROUT_FLEISS) if each.slot[:2] != ("i0", "r0")]
    ratings = grid(with_gap)
    assert {s.n for s in intraclass(ratings)} == {5}
    assert alpha(ratings).n == 6
    found = agreement_of("semantic", with_gap)
    assert found.tables[0].rows[0] == (6, 4, 23, 1, 5, 6)


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_with_gaps(level, published):
    score = alpha(grid(krippendorff()), level)
    assert score.value == pytest.approx(published, abs=0.0006)
    assert score.n == 11  # one unit has a single value, which pairs with nothing
    assert score.interval[0] < published < score.interval[1]


def test_where_agreement_is_perfect_the_interval_is_the_bootstraps():
    perfect = grid(table([[v, v, v] for v in (1, 3, 5, 7, 9)]))
    score = alpha(perfect)
    assert score.value == 1
    assert "bootstrap" in score.reason
    assert score.interval == (1, 1)
    nearly = grid(table([[1, 1, 1], [3, 3, 3], [5, 5, 5], [7, 7, 7], [9, 9, 2]]))
    assert "bootstrap" in alpha(nearly).reason  # without the last item agreement is perfect
    assert alpha(nearly, seed=3).interval == alpha(nearly, seed=3).interval
    assert "jackknife" in alpha(grid(table(SHROUT_FLEISS))).reason


@pytest.mark.slow
def test_the_interval_of_alpha_holds_the_truth():
    """200 draws of 14 items and 3 raters whose ratings share 60 % of their variance."""
    random = np.random.default_rng(7)
    held = 0
    for _ in range(200):
        shared, own = random.normal(size=(14, 1)), random.normal(size=(14, 3))
        values = np.clip(5.5 + np.sqrt(0.6) * shared + np.sqrt(0.4) * own, 1, 10)
        low, high = alpha(grid(table(values.tolist()))).interval
        held += low <= 0.6 <= high
    assert held / 200 >= 0.87  # 0.91 is expected, 95 % is nominal


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[3, 3, 3]] * 5, "all ratings are the same"),
        ([[1, 2], [3, 4]], "needs 3 items"),
        ([[1], [2], [3], [4]], "needs 2 raters"),
    ],
)
def test_what_has_no_agreement_is_absent_with_a_reason(rows, why):
    for score in intraclass(grid(table(rows))):
        assert score.value is None
        assert why in score.absent


def test_what_cannot_be_a_correlation_is_absent():
    """Two raters at odds over four items: the formula gives 16, and bounds in the wrong order."""
    seen = set()
    for seed in range(60):
        marks = np.random.default_rng(seed).integers(1, 11, (4, 2)).tolist()
        for score in intraclass(grid(table(marks))):
            if score.value is None:
                seen.add(score.absent)
                continue
            assert score.value <= 1
            assert score.value >= -1 or score.name.endswith(",k)")
            if score.interval is not None:
                assert score.interval[0] <= score.value <= score.interval[1]
    assert any("raters differ more on the same item" in each for each in seen)


def test_disjoint_raters_have_alpha_but_no_icc():
    ratings = [
        imported(f"i{n}", f"r{who}", 1 + (n * 7 + who) % 9)
        for n in range(8)
        for who in ((0, 1) if n < 4 else (2, 3))
    ]
    assert "there are 0" in intraclass(grid(ratings))[0].absent
    assert alpha(grid(ratings)).value is not None


def test_fewer_than_three_raters_warn():
    found = agreement_of("semantic", table([[1, 2], [3, 4], [5, 5], [7, 9]]))
    assert "fewer than 3" in found.warnings[0]
    assert not agreement_of("semantic", table(SHROUT_FLEISS)).warnings


def test_scales_are_mapped_before_they_are_compared():
    ten = table(SHROUT_FLEISS)
    mixed = [
        each
        if each.rating.rater != "r1"
        else imported(each.rating.item, "r1", 1 + (each.rating.value - 1) * 4 / 9, high=5)
        for each in ten
    ]
    assert [s.value for s in intraclass(grid(mixed))] == pytest.approx(
        [s.value for s in intraclass(grid(ten))]
    )


def test_repeats_are_kept_apart_for_the_raters_own_consistency():
    ratings = [
        imported("a", "anna", 3), imported("a", "anna", 4, occasion=2),
        imported("b", "anna", 5), imported("b", "anna", 5, occasion=2), imported("a", "ben", 1),
    ]  # fmt: skip
    rows = consistency(ratings).rows
    assert [row[:4] for row in rows] == [("anna", 2, 0.5, 0.5)]
    assert grid(ratings).values[0].tolist() == pytest.approx([2 / 9, 0.0])  # the first ones
    # Anna's two ratings of a count as one person's: (mean(3, 4) + 1) / 2 on 1 to 10.
    assert mean_ratings(ratings)["a"] == (pytest.approx((2.5 / 9 + 0) / 2), 2)


@pytest.mark.parametrize("library", ["pingouin", "krippendorff"])
def test_a_missing_library_names_its_extra(monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    call = intraclass if library == "pingouin" else alpha
    with pytest.raises(MissingExtra, match=r"\[analysis\]"):
        call(grid(table(SHROUT_FLEISS)))


def test_scales():
    halves = Scale.parse("1:5:0.5")
    assert halves.refusal(3.5) == ""
    assert "off the scale" in halves.refusal(3.3)
    assert "outside" in halves.refusal(5.5)
    assert Scale.parse("0:1").refusal(0.123) == ""
    assert Scale.parse("1:10:1").refusal(2.5)
