"""Near misses: a good story with one fault, which a test can find without the code that made it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from storypainter.evaluators.moment_rules import judge
from storypainter.pools import load_pool
from storypainter.story import Story
from storypainter.training.distilling.drawing import Draw
from storypainter.training.distilling.near_misses import KINDS, near_miss, with_fault

STORIES = load_pool("own_train").stories[:24]


def faulty(kind: str) -> list[tuple[Story, str]]:
    made = [(s, with_fault(kind, s, STORIES, Draw(3, s.id))) for s in STORIES]
    found = [(story, text) for story, text in made if text is not None]
    assert len(found) >= 20
    assert all(text != story.text for story, text in found)
    return found


def parts(text: str) -> list[str]:
    """Sentences, as far as a full stop tells."""
    return re.split(r"(?<=[.!?])[\"”]? +", text)


def test_a_sequence_is_one_sentence_more_that_tells_another_time() -> None:
    for story, text in faulty("sequence"):
        added = [each for each in parts(text) if each not in parts(story.text)]
        assert len(added) == 1
        before, after = judge(story.text), judge(text)
        kinds = Counter(p.kind for p in after.passages) - Counter(p.kind for p in before.passages)
        assert set(kinds) <= {"sequence", "tense"}
        assert kinds


def test_speech_puts_words_between_quotes() -> None:
    for story, text in faulty("speech"):
        assert text.count('"') - story.text.count('"') in (2, 4)
        assert judge(text).count("dialogue") > judge(story.text).count("dialogue")


def test_a_stranger_stands_in_place_of_a_sentence() -> None:
    all_of_them = {part for other in STORIES for part in parts(other.text)}
    for story, text in faulty("stranger"):
        lost = [each for each in parts(story.text) if each not in parts(text)]
        come = [each for each in parts(text) if each not in parts(story.text)]
        assert lost
        assert come
        assert all(any(each in other for other in all_of_them) for each in come)
        assert text.startswith(story.text[:20])


def test_a_conclusion_is_told_in_its_own_words() -> None:
    for story, text in faulty("told"):
        conclusions = [chain.conclusion.rstrip(".") for chain in story.chains]
        assert any(said in text and said not in story.text for said in conclusions)


def test_a_loop_says_a_sentence_three_times_in_a_row() -> None:
    for story, text in faulty("loop"):
        assert judge(text).count("repetition")
        assert not judge(story.text).count("repetition")
        assert sum(one == other for one, other in pairwise(parts(text))) == 2


def test_a_cut_story_breaks_off_in_a_sentence() -> None:
    for story, text in faulty("cut"):
        assert story.text.startswith(text)
        assert text[-1] not in '.!?"”'
        assert story.text[len(text) :].strip(" .!?")


def test_a_list_connects_nothing() -> None:
    forms = set()
    for _, text in faulty("list"):
        things = text.split("\n") if text.startswith("- ") else parts(text)
        pattern = r"- .+" if text.startswith("- ") else r"There (is|are) .+\."
        forms.add(pattern)
        assert len(things) >= 5
        assert all(re.fullmatch(pattern, each) for each in things)
    assert len(forms) == 2


def test_kinds_come_by_turns_and_are_the_same_again() -> None:
    made = [near_miss(s, STORIES, at, Draw(0, s.id)) for at, s in enumerate(STORIES)]
    assert made == [near_miss(s, STORIES, at, Draw(0, s.id)) for at, s in enumerate(STORIES)]
    counts = Counter(each.kind for each in made)
    assert counts.keys() == set(KINDS)
    assert max(counts.values()) - min(counts.values()) <= 3


@pytest.mark.parametrize("kind", ["told", "list", "stranger", "sequence"])
def test_what_does_not_fit_gives_way_to_what_does(kind: str) -> None:
    bare = Story(id="bare", text="Rain falls. It falls on and on and on over the empty hills.")
    assert with_fault(kind, bare, (bare,), Draw(0, "bare")) is None
    found = near_miss(bare, (), KINDS.index(kind), Draw(0, "bare"))
    assert found.kind in ("loop", "cut")
    assert found.text != bare.text
