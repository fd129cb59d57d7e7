"""Training and test Pools never mix: parts by name and by file, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from storypainter.errors import BadInput
from storypainter.pools import load_pool, split
from storypainter.story import Story
from storypainter.training.distilling.pool_parts import pool_parts, refuse_held_back, too_close
from storypainter.training.distilling.telling import read_source, uses

OWN_TEST = load_pool("own_test").stories


def pool_file(path: Path, stories: tuple[Story, ...]) -> Path:
    path.write_text("".join(story.to_json() + "\n" for story in stories), "utf-8")
    return path


@pytest.mark.parametrize("name", ["own", "own_train"])
def test_a_name_stands_for_its_training_part(name: str) -> None:
    parts = pool_parts(name)
    assert (parts.train, parts.test) == split(load_pool("own"))
    assert [each.id for each in parts.held_back] == [each.id for each in parts.test.stories]


def test_a_test_part_teaches_nothing() -> None:
    with pytest.raises(BadInput, match="'own_test' is for measuring"):
        pool_parts("own_test")
    with pytest.raises(BadInput, match="is for measuring"):
        read_source("own_test", pool_parts("own"))


def test_a_file_is_split_and_our_own_test_part_held_back_too(tmp_path: Path) -> None:
    stories = tuple(load_pool("own_train").stories[:20])
    parts = pool_parts(str(pool_file(tmp_path / "mine.jsonl", stories)))
    assert not {s.id for s in parts.train.stories} & {s.id for s in parts.test.stories}
    held_back = {each.id for each in parts.held_back}
    assert held_back == {each.id for each in (*parts.test.stories, *OWN_TEST)}


def changed(story: Story) -> Story:
    words = story.text.split()
    words[20:20] = ["quite", "suddenly"]
    return Story(id="zz-mine", text=" ".join(words))


def test_a_pool_with_a_near_duplicate_of_a_test_story_is_refused(tmp_path: Path) -> None:
    # Among many files, one where the altered story falls into the training part.
    stories = (*load_pool("own_train").stories[:12], changed(OWN_TEST[3]))
    ids = [f"m{number}" for number in range(30)]
    for name in ids:
        renamed = (*stories[:-1], stories[-1].model_copy(update={"id": name}))
        path = pool_file(tmp_path / "mine.jsonl", renamed)
        if name in {s.id for s in split(load_pool(str(path)))[0].stories}:
            break
    with pytest.raises(BadInput, match=f"'{name}' is nearly the same as the test story"):
        pool_parts(str(path))


def test_a_file_of_stories_with_a_test_story_is_refused(tmp_path: Path) -> None:
    path = pool_file(tmp_path / "more.jsonl", (*load_pool("own_train").stories[:3], OWN_TEST[0]))
    with pytest.raises(BadInput, match=r"more\.jsonl: the story .* is nearly the same as the test"):
        read_source(str(path), pool_parts("own"))


def test_how_close_is_too_close() -> None:
    test = OWN_TEST[0]
    assert too_close([changed(test)], OWN_TEST) == [("zz-mine", test.id)]
    assert too_close(load_pool("own_train").stories, OWN_TEST) == []
    assert too_close([], OWN_TEST) == []
    refuse_held_back([Story(id="a", text="Rain.")], OWN_TEST, "x")


@pytest.mark.parametrize(("asked", "times"), [("own", 1), ("own:3", 3)])
def test_a_source_is_used_so_often(asked: str, times: int) -> None:
    source = read_source(asked, pool_parts("own"))
    assert (source.name, source.times, len(source.stories)) == ("own_train", times, 79)
    rows = uses(source, source.stories, 0)
    assert len(rows) == 79 * times
    assert len({each.key for each in rows}) == len(rows)
    assert {each.story.id for each in rows[:79]} == {each.story.id for each in source.stories}


def test_a_source_a_thousand_times_or_none_is_refused(tmp_path: Path) -> None:
    parts = pool_parts("own")
    for asked in ("own:0", "own:1000"):
        with pytest.raises(BadInput, match="out of range"):
            read_source(asked, parts)
    with pytest.raises(BadInput, match=r"none\.jsonl does not exist"):
        read_source(str(tmp_path / "none.jsonl"), parts)
