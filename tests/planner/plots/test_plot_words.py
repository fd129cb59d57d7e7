"""The words of plots: captions by nouns, narratives that introduce everybody, connectives only for causes."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from storypainter.planner.plots import draft_plot, plan_plot
from storypainter.planner.plots.naming import naming_of, words_asked

BROKEN = re.compile(r"[{}\[\]|~]|\s[,.;:]|\s\s|,,|\.\.|\ba [aeio]|\ban [bcdfgjklmnpqrstvwxz]", re.I)


@given(st.integers(0, 2**31 - 1), st.integers(0, 5000))
@settings(max_examples=30, deadline=None)
def test_texts_are_whole_sentences(seed: int, index: int) -> None:
    plot = plan_plot(seed, index)
    for moment in plot.moments:
        for text in (moment.caption, moment.part, moment.event):
            assert not BROKEN.search(text.replace("a one", "")), text
            assert text[0].isupper(), text
            assert text[-1] in ".!?", text
        for each in moment.shown:
            assert not BROKEN.search(each.action), each.action
            assert each.action[0].islower(), each.action
    for cause in plot.causes:
        assert cause.because
        assert not BROKEN.search(cause.because)


@given(st.integers(0, 2**31 - 1), st.integers(0, 5000))
@example(292, 176)  # a cat that the event has, and its caption hasn't
@settings(max_examples=30, deadline=None)
def test_captions_name_everybody_in_the_picture_by_a_noun(seed: int, index: int) -> None:
    plot = plan_plot(seed, index)
    roles = {each.id: each.role for each in plot.characters}
    for moment in plot.moments:
        for each in moment.shown:
            assert re.search(rf"\b{re.escape(roles[each.character])}\b", moment.caption, re.I)


@given(st.integers(0, 2**31 - 1), st.integers(0, 5000))
@settings(max_examples=60, deadline=None)
def test_whoever_is_drawn_is_shown_animals_too(seed: int, index: int) -> None:
    """Training asks whether the dog is in both pictures: a dog that is drawn has to be known."""
    plot = plan_plot(seed, index)
    own = {each.id for each in plot.characters}
    for moment in plot.moments:
        drawn = {each.id for each in (*moment.scene.people, *moment.scene.animals)}
        assert {each.character for each in moment.shown} == drawn & own


def test_an_animal_that_takes_no_part_is_in_the_caption() -> None:
    captions = [m.caption for i in range(80) for m in plan_plot(771, i).moments]
    assert any("A brown puppy is there, too." in each for each in captions)
    assert any("A black cat and a white puppy are there, too." in each for each in captions)


@given(st.integers(0, 2**31 - 1), st.integers(0, 5000))
@settings(max_examples=30, deadline=None)
def test_everybody_is_introduced_with_an_indefinite_article(seed: int, index: int) -> None:
    plot = plan_plot(seed, index)
    for each in plot.characters:
        named = re.search(rf"\b(\w+)(?: \w+)? {re.escape(each.role)}\b", plot.narrative)
        assert re.search(rf"(?i)\ban? (?:\w+ )?{re.escape(each.role)}\b", plot.narrative), (
            each,
            named,
        )


def test_connectives_stand_only_where_an_earlier_picture_is_the_cause() -> None:
    for index in range(60):
        plot = plan_plot(9, index)
        assert not plot.moments[0].part.startswith(("So ", "Because "))
        for number, moment in enumerate(plot.moments):
            if moment.part.startswith("So "):
                assert any((c.cause, c.effect) == (number - 1, number) for c in plot.causes)


def test_words_of_a_kind_are_filled_in() -> None:
    draft = next(
        d for d in (draft_plot(0, i) for i in range(200)) if "wind_takes_it" in d.course.events
    )
    naming = naming_of(draft, 1)
    toy = draft.things["o1"]
    assert naming.text("{toy.n}|{toy.c}|{toy.slipped}|{at}") == "|".join(
        (
            toy.kind.noun.later,
            f"{toy.colour} {toy.kind.noun.first}".strip(),
            toy.kind.words["slipped"],
            naming.at,
        )
    )
    assert naming.action("owner", "lifts {owner.his} arm") in ("lifts his arm", "lifts her arm")
    assert words_asked("{a.n} {a.word} {a.s}") == [("a", "word")]
