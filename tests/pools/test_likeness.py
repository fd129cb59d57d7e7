"""Near duplicates and closeness, by embedding and by common words in a row."""

from __future__ import annotations

from storypainter.pools import load_pool
from storypainter.pools.checking import check_pool
from storypainter.pools.likeness import ALIKE, alike_pairs, closest_to
from storypainter.pools.naive import naive_example
from storypainter.pools.pool import Pool
from storypainter.story import Story

OTHER = "Two goats stand on the roof of a bus while the driver waves a cabbage at them."
COPY = "By the pond a heron swallows the last goldfish, and a girl drops her net into the reeds."
RETOLD = "By the pond a heron gulps the last goldfish, and a girl lets her net fall in the reeds."


def stories(*texts: str) -> list[Story]:
    return [Story(id=f"s{number}", text=text) for number, text in enumerate(texts)]


def test_a_reworded_story_is_found_and_another_is_not() -> None:
    (pair,) = alike_pairs(stories(COPY, OTHER, RETOLD))
    assert (pair.one, pair.other) == ("s0", "s2")
    assert pair.cosine > ALIKE
    assert pair.run < 8


def test_a_common_run_counts_by_itself() -> None:
    run = "on the roof of a bus while the driver waves"
    one = f"A choir in red gowns sings {run} from the station, and snow covers the hymn books."
    (pair,) = alike_pairs(stories(OTHER, one))
    assert pair.run == 10
    assert pair.is_alike


def test_fewer_than_two_stories_have_no_pair() -> None:
    assert alike_pairs(stories(COPY)) == []
    assert closest_to([], "x", COPY) == []


def test_the_naive_example_is_close_to_itself() -> None:
    (first, second) = closest_to(stories(OTHER, naive_example()), "naive", naive_example())
    assert (first.one, round(first.cosine, 5), first.is_alike) == ("s1", 1.0, True)
    assert first.run == len(naive_example().split())
    assert not second.is_alike


def test_check_pool_names_copies_of_the_naive_example_and_near_duplicates() -> None:
    pool = Pool.of("p", tuple(stories(COPY, OTHER, RETOLD, naive_example())), "test")
    report = check_pool(pool)
    messages = [f"{f.story_id}: {f.message}" for f in report.findings]
    assert any(m.startswith("s0: is close to 's2'") for m in messages)
    assert any(m.startswith("s3: is close to the naive example") for m in messages)
    assert report.closest[0].one == "s3"


def test_balance_counts_themes_by_value() -> None:
    themes = [{"mood": "warm"}, {"mood": "grave", "place": "pier"}, {"mood": "warm"}]
    pool = Pool.of(
        "p",
        tuple(
            Story(id=f"s{number}", text=text, themes=theme)
            for number, (text, theme) in enumerate(zip((COPY, OTHER, RETOLD), themes, strict=True))
        ),
        "test",
    )
    assert check_pool(pool).balance == {"mood": {"warm": 2, "grave": 1}, "place": {"pier": 1}}


def test_no_two_stories_of_our_own_pool_are_alike_nor_close_to_the_naive_example() -> None:
    report = check_pool(load_pool("own"))
    assert report.alike == ()
    assert not any(pair.is_alike for pair in report.closest)
