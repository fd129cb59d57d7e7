"""Near duplicates against a plain double loop."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.evaluators import repeats
from storypainter.evaluators.repeats import near_duplicates


def plain(rows, threshold):
    """The pairs by the definition, and the groups by walking from item to item."""
    unit = [np.array(row) / math.sqrt(sum(x * x for x in row)) for row in rows]
    n = len(rows)
    pairs = {
        (i, j): float(unit[i] @ unit[j])
        for j in range(n)
        for i in range(j)
        if unit[i] @ unit[j] >= threshold
    }
    groups, seen = [], set()
    for first in range(n):
        group, waiting = set(), [first]
        while waiting:
            item = waiting.pop()
            if item not in group:
                group.add(item)
                waiting += [sum(pair) - item for pair in pairs if item in pair]
        if first not in seen and len(group) > 1:
            groups.append(tuple(sorted(group)))
        seen |= group
    return pairs, sorted(groups, key=lambda group: (-len(group), group[0]))


def clustered(n, d=8, seed=0, clusters=12, within=0.15):
    generator = np.random.default_rng(seed)
    centres = generator.standard_normal((clusters, d))
    return centres[generator.integers(0, clusters, n)] + within * generator.standard_normal((n, d))


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.integers(-3, 3), min_size=3, max_size=3).filter(any), min_size=0, max_size=15
    ),
    st.sampled_from([-0.9013, -0.2017, 0.3019, 0.8011, 0.9007, 0.9991]),
)
def test_as_the_plain_loop(rows, threshold):
    found = near_duplicates(rows, threshold)
    pairs, groups = plain(rows, threshold)
    assert {(each.one, each.other) for each in found.pairs} == set(pairs)
    for each in found.pairs:
        assert each.cosine == pytest.approx(pairs[each.one, each.other], abs=1e-12)
    cosines = [each.cosine for each in found.pairs]
    assert cosines == sorted(cosines, reverse=True)
    assert found.count == len(pairs)
    assert list(found.groups) == groups
    assert found.group_count == len(groups)
    assert found.items == sum(map(len, groups))


@pytest.mark.parametrize("budget", [1_000, 50_000, 10_000_000])
@pytest.mark.parametrize("double", [True, False])
def test_blocks_of_any_size(monkeypatch, budget, double):
    monkeypatch.setattr(repeats, "DOUBLE_UP_TO", 10_000 if double else 0)
    monkeypatch.setattr(repeats, "_CHUNK", 500)
    rows = clustered(150)
    rows[100:110] = rows[5]
    found = near_duplicates(rows, 0.95, byte_budget=budget)
    pairs, groups = plain(rows, 0.95)
    assert {(each.one, each.other) for each in found.pairs} == set(pairs)
    assert found.count == len(pairs) == len(found.pairs)
    assert list(found.groups) == groups


def test_what_float32_cannot_tell_is_decided_in_float64(monkeypatch):
    monkeypatch.setattr(repeats, "DOUBLE_UP_TO", 0)
    angle = math.acos(0.9)
    turned = [angle + step * 1e-9 for step in (-2, -1, 1, 2)]
    rows = [[1.0, 0], *([math.cos(each), math.sin(each)] for each in turned)]
    found = near_duplicates(rows, 0.9)
    assert [(p.one, p.other) for p in found.pairs if p.one == 0] == [(0, 1), (0, 2)]
    assert found.count == 2 + 6  # the four turned ones are alike among themselves


def test_copies_reach_a_threshold_of_one():
    rows = clustered(20)
    rows[4] = rows[17] = rows[9]
    found = near_duplicates(rows, 1.0)
    assert [(p.one, p.other, p.cosine) for p in found.pairs] == [(4, 9, 1), (4, 17, 1), (9, 17, 1)]
    assert found.groups == ((4, 9, 17),)


def test_a_chain_is_one_group():
    rows = [[math.cos(0.1 * step), math.sin(0.1 * step)] for step in range(9)]
    found = near_duplicates(rows, math.cos(0.15))
    assert found.count == 8
    assert found.groups == (tuple(range(9)),)


@pytest.mark.parametrize("chunk", [10, 2**21])
def test_a_cut_list_keeps_the_most_alike_and_all_numbers(monkeypatch, chunk):
    monkeypatch.setattr(repeats, "_CHUNK", chunk)
    rows = clustered(200)
    whole = near_duplicates(rows, 0.9)
    cut = near_duplicates(rows, 0.9, most_pairs=7, most_groups=2)
    assert whole.count == len(whole.pairs) > 7
    assert whole.group_count == len(whole.groups) > 2
    assert cut.pairs == whole.pairs[:7]
    assert cut.groups == whole.groups[:2]
    assert (cut.count, cut.group_count, cut.items) == (
        whole.count,
        whole.group_count,
        whole.items,
    )
    none = near_duplicates(rows, 0.9, most_pairs=0, most_groups=0)
    assert (none.pairs, none.groups, none.count) == ((), (), whole.count)


def test_nothing_to_find():
    for rows in ([], [[1.0, 2]], np.eye(5)):
        found = near_duplicates(rows, 0.5)
        assert (found.count, found.pairs, found.group_count, found.items) == (0, (), 0, 0)
        assert found.groups == ()


def test_progress_reaches_its_end():
    steps = []
    near_duplicates(
        clustered(100), 0.9, byte_budget=5_000, progress=lambda *step: steps.append(step)
    )
    assert len(steps) > 3
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize("threshold", [-1.01, 1.01, math.nan, math.inf])
def test_a_threshold_that_is_no_cosine(threshold):
    with pytest.raises(BadInput, match="not a cosine"):
        near_duplicates(clustered(5), threshold)


def test_a_row_without_direction():
    rows = clustered(9)
    rows[6] = 0
    with pytest.raises(BadInput, match=r"row 6 .* is zero"):
        near_duplicates(rows, 0.9)
