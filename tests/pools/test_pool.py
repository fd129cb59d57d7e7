"""Pools: the split and the sample are pure functions of content and seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.pools import Pool, load_pool, sample, split
from storypainter.story import Story


def pool_of(*ids: str) -> Pool:
    return Pool.of("p", tuple(Story(id=one, text=f"Story {one}.") for one in ids), "here")


IDS = st.lists(
    st.from_regex(r"[a-z][a-z0-9]{0,5}(:[2-4])?", fullmatch=True),
    min_size=2,
    max_size=40,
    unique=True,
).filter(lambda ids: len({one.partition(":")[0] for one in ids}) > 1)


def test_a_pool_does_not_depend_on_file_order() -> None:
    assert pool_of("b", "a", "c") == pool_of("c", "b", "a")
    assert [story.id for story in pool_of("b", "a").stories] == ["a", "b"]


def test_the_hash_covers_content_only() -> None:
    one = pool_of("a", "b")
    renamed = Pool.of("other", one.stories, "elsewhere")
    assert renamed.hash == one.hash
    changed = Pool.of("p", (one.stories[0], Story(id="b", text="Another.")), "here")
    assert changed.hash != one.hash


def test_two_stories_with_one_id_are_refused() -> None:
    with pytest.raises(BadInput, match="'a'"):
        pool_of("a", "b", "a")


@given(IDS, st.integers())
def test_a_split_is_disjoint_complete_and_three_to_two_in_pictures(
    ids: list[str], seed: int
) -> None:
    pool = pool_of(*ids)
    train, test = split(pool, seed)
    assert sorted((*train.stories, *test.stories), key=lambda s: s.id) == list(pool.stories)
    pictures = [{s.id.partition(":")[0] for s in side.stories} for side in (train, test)]
    assert not pictures[0] & pictures[1]
    total = len(pictures[0]) + len(pictures[1])
    assert abs(len(pictures[0]) - 0.6 * total) <= 0.6
    assert pictures[1]
    assert split(pool_of(*reversed(ids)), seed) == (train, test)


def test_another_seed_splits_otherwise() -> None:
    pool = pool_of(*(f"s{i}" for i in range(30)))
    assert split(pool, 0) != split(pool, 1)
    assert [len(side.stories) for side in split(pool, 0)] == [18, 12]


def test_the_split_is_pinned() -> None:
    """A change here would change what 'own_train' means in published runs."""
    train, _ = split(pool_of(*"abcdefghij"), 0)
    assert "".join(story.id for story in train.stories) == "bcdfij"


@given(IDS, st.integers(0, 3), st.integers())
def test_a_sample_is_distinct_and_repeatable(ids: list[str], k: int, seed: int) -> None:
    pool = pool_of(*ids)
    pictures = {one.partition(":")[0] for one in ids}
    if len(pictures) < k:
        with pytest.raises(BadInput, match=f"{len(pictures)} picture"):
            sample(pool, k, seed)
        return
    drawn = sample(pool, k, seed)
    assert len({story.id.partition(":")[0] for story in drawn}) == k
    assert sample(pool_of(*reversed(ids)), k, seed) == drawn


def test_samples_reach_every_story_about_equally_often() -> None:
    pool = pool_of(*(f"s{i}" for i in range(10)))
    counts = dict.fromkeys((story.id for story in pool.stories), 0)
    for seed in range(1000):
        for story in sample(pool, 3, seed):
            counts[story.id] += 1
    # Binomial(1000, 0.3): a deviation of 75 is more than five standard deviations.
    assert all(abs(count - 300) < 75 for count in counts.values())


def test_the_order_within_a_sample_varies() -> None:
    pool = pool_of("a", "b", "c")
    orders = {"".join(story.id for story in sample(pool, 3, seed)) for seed in range(60)}
    assert len(orders) == 6


def test_too_few_stories_and_negative_counts_are_refused() -> None:
    with pytest.raises(BadInput, match="2 picture"):
        sample(pool_of("a", "b"), 3, 0)
    with pytest.raises(BadInput, match="-1"):
        sample(pool_of("a", "b"), -1, 0)
    with pytest.raises(BadInput, match="split"):
        split(pool_of("a", "a:2"), 0)


def test_the_named_splits_of_our_pool() -> None:
    own, train, test = (load_pool(name) for name in ("own", "own_train", "own_test"))
    assert {s.id for s in train.stories} | {s.id for s in test.stories} == {
        s.id for s in own.stories
    }
    assert not {s.id for s in train.stories} & {s.id for s in test.stories}
    assert (train.name, test.name, train.source) == ("own_train", "own_test", "built-in")
