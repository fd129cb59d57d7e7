"""Groups of known repetition, ratings, and Table 3's layout."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from memory_store import MemoryStore

from storypainter.errors import BadInput
from storypainter.evaluators.diversity_validation import (
    MEASURES,
    generate_groups,
    group_rows,
    read_groups,
    read_ratings,
    validate_diversity,
)
from storypainter.evaluators.summaries import LexicalSummariser
from storypainter.models.calling import Caller
from storypainter.models.contract import ModelOptions
from storypainter.models.wordllama import create
from storypainter.pools import load_pool
from storypainter.score import Rating

POOL = load_pool("own")
ORIGINALS = {story.text for story in POOL.stories}


def validated(groups, ratings=()):
    return asyncio.run(
        validate_diversity(
            groups,
            ratings,
            summariser=LexicalSummariser(),
            embedder=create("", ModelOptions()),
            caller=Caller(MemoryStore()),
        )
    )


def test_a_group_holds_as_many_distinct_stories_as_its_level_says():
    groups = generate_groups(POOL, levels=5, size=10, repetition="verbatim")
    assert [group.level for group in groups] == [0.2, 0.4, 0.6, 0.8, 1.0]
    for group in groups:
        assert len(group.stories) == 10
        assert len(set(group.stories)) == round(10 * group.level)


def test_paraphrased_repetition_is_no_copy():
    (first, *_) = generate_groups(POOL, levels=3, size=9, repetition="paraphrased")
    assert sum(text in ORIGINALS for text in first.stories) == 3
    assert generate_groups(POOL, seed=4) == generate_groups(POOL, seed=4)
    assert generate_groups(POOL, seed=4) != generate_groups(POOL, seed=5)


def test_groups_survive_a_file(tmp_path: Path):
    groups = generate_groups(POOL, levels=3, size=8)
    path = tmp_path / "groups.jsonl"
    path.write_bytes(group_rows(groups))
    assert read_groups(path) == groups


def test_diversity_follows_the_true_level_and_people_who_see_it():
    groups = generate_groups(POOL, levels=6, size=14)
    ratings = [
        Rating(
            item=g.name,
            rater=f"r{r}",
            name="diversity",
            value=1 + 4 * g.level,
            scale_min=1,
            scale_max=5,
        )
        for g in groups
        for r in range(2)
    ]
    found = validated(groups, ratings)
    assert tuple(found.with_level) == tuple(name for name, _, _ in MEASURES)
    rank, product = found.with_level["KNN Distance (w/ summarizer)"]
    assert rank.n == 6
    assert rank.value >= 0.94
    assert product.value > 0.8
    assert found.human[0] == (pytest.approx(groups[0].level), 2)
    assert found.with_human["KNN Distance (w/ summarizer)"][0].value >= 0.94


def test_rows_without_a_level_have_no_correlation_with_it(tmp_path: Path):
    path = tmp_path / "groups.csv"
    rows = [f'g{g},"{story.text[:60]}"' for g in range(3) for story in POOL.stories[g : g + 7]]
    path.write_text("group,story\n" + "\n".join(rows) + "\n")
    found = validated(read_groups(path))
    assert found.with_level == {}
    assert len(found.values) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"group": "a"}\n', "line 1: no story"),
        ('{"story": "a"}\n', "line 1: no group"),
        ('{"group": "a", "story": "x", "level": 2}\n', "the level 2 is no number from 0 to 1"),
        (
            '{"group": "a", "story": "x", "level": 1}\n{"group": "a", "story": "y"}\n',
            "another level",
        ),
        ('{"group": "a", "story": "x"}\n', "1 groups: too few"),
        ("[]\n", "line 1: not a JSON object"),
        ("{\n", "line 1: not valid JSON"),
    ],
)
def test_broken_groups_are_one_line(tmp_path: Path, text: str, message: str):
    path = tmp_path / "groups.jsonl"
    path.write_text(text)
    with pytest.raises(BadInput, match=message):
        read_groups(path)


def test_groups_that_cannot_be_made_say_why():
    with pytest.raises(BadInput, match="a group needs 500"):
        generate_groups(POOL, size=500)
    with pytest.raises(BadInput, match="can't be correlated"):
        generate_groups(POOL, levels=2)
    small = generate_groups(POOL, levels=3, size=5)
    with pytest.raises(BadInput, match="needs K \\+ 1 stories"):
        validated(small)


def test_ratings_are_read_and_checked(tmp_path: Path):
    path = tmp_path / "r.csv"
    head = "item,rater,value,scale_min,scale_max\n"
    path.write_text(head + "a,x,3,1,5\na,y,4,1,5\n")
    assert [rating.normalised for rating in read_ratings(path)] == [0.5, 0.75]
    path.write_text(head + "a,x,3,1,5\na,x,4,1,5\n")
    with pytest.raises(BadInput, match="line 3: 'x' rated 'a' before"):
        read_ratings(path)
    path.write_text("item,rater\na,x\n")
    with pytest.raises(BadInput, match="no column 'value'"):
        read_ratings(path)
    path.write_text(head)
    with pytest.raises(BadInput, match="holds no rating"):
        read_ratings(path)


def test_written_repetition_tells_sources_again_by_hand():
    groups = generate_groups(POOL, levels=4, size=20, repetition="written")
    assert [group.level for group in groups] == [0.25, 0.5, 0.75, 1.0]
    assert all(len(set(group.stories)) == 20 for group in groups)  # no text comes twice
    with pytest.raises(BadInput, match="told again by hand"):
        generate_groups(POOL, levels=4, size=100, repetition="written")
