"""The plain wording: the same plan, a sentence for each clue, everybody introduced before named."""

from __future__ import annotations

import re

import pytest

from storypainter import assembly
from storypainter.errors import BadInput
from storypainter.evaluators.clue_recall import clue_told
from storypainter.evaluators.moment_rules import judge
from storypainter.planner import plan
from storypainter.planner.mentions import with_article
from storypainter.settings import resolve
from storypainter.story import Brief

SEED = 4711
PLANS = range(24)


@pytest.mark.parametrize("index", PLANS)
def test_only_the_text_differs(index: int) -> None:
    written, plain = plan(SEED, index), plan(SEED, index, None, "plain")
    assert plain.story.chains == written.story.chains
    assert plain.scene == written.scene
    assert plain.story.text != written.story.text
    assert 80 <= plain.story.words <= 180


@pytest.mark.parametrize("index", PLANS)
def test_everybody_comes_in_with_an_indefinite_noun(index: int) -> None:
    made = plan(SEED, index, None, "plain")
    text = made.story.text.casefold()
    for person in made.scene.people:
        first = re.search(rf"\b{re.escape(with_article(person.role))}\b", text)
        later = re.search(rf"\bthe {re.escape(person.role)}\b", text)
        assert first or not later, (person.role, text)
        assert not later or not first or first.start() < later.start(), (person.role, text)


def test_nearly_every_clue_is_found_in_it_by_a_matcher() -> None:
    found = total = 0
    for index in PLANS:
        story = plan(SEED, index, None, "plain").story
        for clue in {clue.text for chain in story.chains for clue in chain.clues}:
            total += 1
            found += clue_told(story.text, clue) >= 0.5
    assert total > 200
    assert found / total > 0.97


def test_nearly_all_are_one_moment() -> None:
    told = [plan(SEED, index, None, "plain").story.text for index in PLANS]
    assert sum(not judge(text).one_moment for text in told) <= 3


def test_what_is_required_is_told_plainly_too() -> None:
    brief = Brief(setting="library", required=("a rope",))
    assert "rope" in plan(SEED, 0, brief, "plain").story.text


def test_who_words_stories_itself_has_no_wording() -> None:
    asked = resolve({"wording": "plain", "storyteller": "rehearsal"}, {})
    with pytest.raises(BadInput, match="words its stories itself"):
        assembly.prepare(asked, {}, paint=False)


def test_a_run_asks_for_it_and_keys_of_others_stay() -> None:
    written, plain = (
        assembly.prepare(resolve(flags, {}), {}, paint=False).teller
        for flags in ({}, {"wording": "plain"})
    )
    assert "wording" not in written.inputs(0)
    assert plain.inputs(0) == {**written.inputs(0), "wording": "plain"}
    assert plain.scene(0) == written.scene(0)
