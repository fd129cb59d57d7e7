from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_runs import GULL, ORIGINS, SPEC, chains

from storypainter.picture import Picture
from storypainter.report.numbers import MAX_REASONS, Numbers
from storypainter.report.reading import Ledger, Question
from storypainter.report.words import (
    description,
    first_sentence,
    language_tag,
    money,
    shortened,
    spread,
    tokens,
)
from storypainter.runs.items import Item
from storypainter.score import Score
from storypainter.story import Dimension, Story

FREE = Ledger(0, 0, 0, 0, 0.0, 0)
PICTURE = Picture(
    file="pictures/a.png", sha256="0" * 64, media_type="image/png", width=2, height=2, painter="x"
)


def numbers(ledger: Ledger = FREE, **spec: object) -> Numbers:
    settings = {**SPEC, **spec}
    started = datetime(2026, 1, 2, tzinfo=UTC)
    return Numbers(Question(settings, ORIGINS, "0", "", started, True, 0), ledger)


def story(text: str = GULL, **more: object) -> Story:
    return Story(id="a", text=text, **more)  # type: ignore[arg-type]


def test_the_success_rate_is_painted_over_written_with_wilson_s_interval():
    found = numbers(n=11)
    for index in range(8):
        found.add(Item(index, story(), None, PICTURE, "done"))
    for index in (8, 9):
        found.add(Item(index, story(), None, None, "failed", "picture", "refused", "no"))
    found.add(Item(10, None, None, None, "failed", "story", "timeout", "hung"))
    rate = found.success_rate
    assert rate.value == 80.0
    assert rate.n == 10
    # 8 of 10: 49.016 to 94.332 (Wilson 1927, by hand)
    assert rate.interval == pytest.approx((49.01625, 94.33178), abs=1e-4)
    assert found.waiting == 0
    assert found.reasons == {("picture", "refused"): 2, ("story", "timeout"): 1}


def test_there_is_no_success_rate_before_every_picture_was_tried():
    found = numbers(n=3)
    found.add(Item(0, story(), None, PICTURE, "done"))
    found.add(Item(1, story(), None, None, "pending"))
    assert found.success_rate.value is None
    assert found.success_rate.absent == "1 picture has not been tried yet"
    assert found.waiting == 2


def test_words_are_counted_at_white_space_with_the_t_interval():
    found = numbers()
    for index, text in enumerate(("one two three", "one\ntwo  three\u3000four", "a b c d e")):
        found.add(Item(index, story(text), None, PICTURE, "done"))
    score = found.mean_words
    assert score.value == 4.0
    assert score.n == 3
    # s = 1, t(2) = 4.302653: 4 ± 4.302653/sqrt(3)
    assert score.interval == pytest.approx((1.515862, 6.484138), abs=1e-6)


def test_one_story_has_a_mean_without_an_interval():
    found = numbers()
    found.add(Item(0, story("one two"), None, PICTURE, "done"))
    score = found.mean_words
    assert (score.value, score.n, score.interval) == (2.0, 1, None)
    assert "two stories or more" in spread(score)


def test_chains_are_counted_by_dimension():
    found = numbers()
    found.add(Item(0, story(chains=chains()[:2]), None, PICTURE, "done"))
    found.add(Item(1, story(), None, PICTURE, "done"))
    assert found.chains == {Dimension.TIME: 1, Dimension.LOCATION: 1}
    assert found.with_chains == 1


def test_reasons_without_end_are_summed_up():
    found = numbers(n=500)
    for index in range(500):
        found.add(Item(index, None, None, None, "failed", "story", f"kind {index}", "why"))
    assert len(found.reasons) == MAX_REASONS + 1
    assert found.reasons["any", "other"] == 500 - MAX_REASONS


@pytest.mark.parametrize(
    ("ledger", "shown", "small"),
    [
        (FREE, "free", "no model was called"),
        (Ledger(2, 10, 5, 0, 0.0, 0), "$0.00", "2 calls"),
        (Ledger(1, 10, 5, 0, 0.0123, 0), "$0.0123", "1 call"),
        (Ledger(9, 10, 5, 0, 1234.5, 0), "$1,234.50", "9 calls"),
        (Ledger(3, 10, 5, 0, 0.5, 1), "$0.50 +", "and 1 of 3 calls at unknown prices"),
        (Ledger(2, 10, 5, 0, 0.0, 2), "unknown", "no price is known for any of 2 calls"),
        (Ledger(2, 10, 5, 0, math.inf, 0), "unknown", "no price is known for any of 2 calls"),
    ],
)
def test_money_is_unknown_where_it_is_unknown(ledger, shown, small):
    assert money(ledger) == (shown, small)
    assert (numbers(ledger).to_plain()["cost_usd"] is None) == (shown == "unknown")


@pytest.mark.parametrize(
    ("ledger", "shown", "small"),
    [
        (FREE, "none", "no model was called"),
        (Ledger(2, 1200, 350, 0, 0, 0), "1,550", "1,200 read, 350 written"),
        (Ledger(2, 9, 1, 1, 0, 0), "10 +", "9 read, 1 written; 1 of 2 calls did not tell"),
        (Ledger(2, 0, 0, 2, 0, 0), "unknown", "none of 2 calls told them"),
    ],
)
def test_tokens_are_unknown_where_no_call_told_them(ledger, shown, small):
    assert tokens(ledger) == (shown, small)
    assert (numbers(ledger).to_plain()["input_tokens"] is None) == (shown == "unknown")


def test_small_print_says_n_and_interval_with_a_true_minus():
    score = Score(name="words", judge="j", version="1", value=1, n=1200, interval=(-2.04, 3))
    assert spread(score) == "n\u00a0=\u00a01,200; 95 % interval −2.0 to 3.0"


@given(st.text(), st.integers(2, 400))
def test_shortened_texts_are_short_and_begin_alike(text, limit):
    short = shortened(text, limit)
    assert len(short) <= limit
    assert "\n" not in short
    whole = " ".join(text.split())
    assert short == whole or whole.startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("A dog runs. A cat waits.", "A dog runs."),
        ('"Stop!" says the sign. He does not.', '"Stop!"'),
        ("犬が走る。猫が待つ。", "犬が走る。"),
        ("No end at all", "No end at all"),
        ("It is 3.5 metres. True.", "It is 3.5 metres."),
    ],
)
def test_the_first_sentence_describes_a_picture(text, sentence):
    assert first_sentence(text) == sentence
    assert description(story(text)) == sentence
    assert description(story(text, gist="A gist.")) == "A gist."


@pytest.mark.parametrize(
    ("language", "tag"),
    [("de", "de"), ("pt-BR", "pt-BR"), ("German", None), ("", None), ('x" y', None)],
)
def test_only_language_tags_become_lang_attributes(language, tag):
    assert language_tag(language) == tag
