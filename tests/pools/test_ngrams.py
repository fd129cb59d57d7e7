"""Runs of words in common: worked answers, a slow oracle, and what must not matter."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.pools.ngrams import (
    NGRAM,
    NgramIndex,
    Run,
    copied_share,
    longest_common_ngram,
    spelled,
)

SOURCE = "A red fox jumps over the lazy dog that sleeps beside the old stone well."


def test_the_longest_run_is_counted_in_words_and_placed_in_the_text():
    text = "Look: a cat jumps over the lazy dog, and runs."
    run = longest_common_ngram(text, SOURCE)
    assert run.length == 5
    assert text[run.start : run.end] == "jumps over the lazy dog"


def test_case_punctuation_and_possessive_endings_do_not_count():
    text = "“A RED fox’s – jumps; OVER the: lazy"
    assert longest_common_ngram(text, SOURCE).length == 7


def test_an_apostrophe_inside_a_word_does_count():
    assert longest_common_ngram("they don’t go", "they don't go").length == 3
    assert longest_common_ngram("they dont go", "they don't go").length == 1


def test_composed_and_decomposed_letters_are_the_same():
    text = "der Bäcker läuft über die Brücke"
    assert longest_common_ngram(unicodedata.normalize("NFD", text), text).length == 6


def test_offsets_are_those_of_a_decomposed_text():
    text = unicodedata.normalize("NFD", "Ö, ä und über die Brücke")
    run = longest_common_ngram(text, "über die brücke")
    assert unicodedata.normalize("NFC", text[run.start : run.end]) == "über die Brücke"


def test_one_word_in_common_is_a_run_of_one():
    run = longest_common_ngram("Green is the fox.", "A fox runs")
    assert run == Run(1, 13, 16)


def test_nothing_in_common_is_no_run_and_no_share():
    text = "one two three four five six seven eight"
    assert longest_common_ngram(text, SOURCE) == Run()
    assert copied_share(text, SOURCE) == 0


def test_the_share_counts_the_texts_own_8_grams():
    # Ten words have three 8-grams; the first nine words, and so two of them, are in the source.
    text = "a red fox jumps over the lazy dog that barks"
    assert copied_share(text, SOURCE) == pytest.approx(2 / 3)


def test_an_8_gram_that_stands_twice_counts_twice():
    eight = "one two three four five six seven eight"
    # 16 words, nine 8-grams, of which the first and the last are in the source.
    assert copied_share(f"{eight} {eight}", f"{eight} nine") == pytest.approx(2 / 9)


@pytest.mark.parametrize("text", ["", "!", "one two three four five six seven"])
def test_fewer_than_eight_words_have_no_share(text):
    assert copied_share(text, SOURCE) is None
    assert copied_share(text, text) is None


def test_a_short_source_holds_no_8_gram():
    assert copied_share(SOURCE, "a red fox") == 0


def test_no_run_goes_from_one_source_into_the_next():
    index = NgramIndex(["one two three", "four five six"])
    shared = index.compare("one two three four five six")
    assert [shared.run(row).length for row in (0, 1)] == [3, 3]
    assert shared.longest().length == 3


def test_a_text_patched_together_from_two_sources_is_copied_from_both():
    one = "one two three four five six seven eight"
    two = "alpha beta gamma delta epsilon zeta eta theta"
    shared = NgramIndex([one, two, "nothing of it"]).compare(f"{one} {two}")
    assert shared.copied(0) == shared.copied(1) == pytest.approx(1 / 9)
    assert shared.copied_anywhere() == pytest.approx(2 / 9)
    assert shared.copied_rows == {0, 1}
    assert shared.most_copied(5) == (0, 1)
    assert shared.most_copied(1) == (0,)


def test_a_skipped_row_is_not_compared():
    index = NgramIndex([SOURCE, "the red fox"])
    shared = index.compare(SOURCE, skip={0})
    assert shared.rows == {1}
    assert shared.run(0) == Run()
    assert shared.copied_anywhere() == 0
    assert shared.longest_row() == 1
    assert shared.longest().length == 2
    assert index.compare(SOURCE, skip={0, 1}).longest_row() is None
    assert index.compare(SOURCE, skip={0, 1}).longest() == Run()


def test_an_empty_index_finds_nothing():
    shared = NgramIndex([]).compare(SOURCE)
    assert shared.longest() == Run()
    assert shared.copied_anywhere() == 0


# ---------------------------------------------------------------------- properties

words = st.lists(st.sampled_from(["the", "fox", "ran", "down", "a", "hill"]), max_size=24)


def slow(one: list[str], other: list[str]) -> int:
    """The longest run in common by trying everything."""
    best = 0
    for i, j in product(range(len(one)), range(len(other))):
        length = 0
        while one[i + length : i + length + 1] and (
            one[i + length] == (other[j + length] if j + length < len(other) else None)
        ):
            length += 1
        best = max(best, length)
    return best


def slow_share(one: list[str], other: list[str]) -> float | None:
    def ngrams(of: list[str]) -> list[tuple[str, ...]]:
        return [tuple(of[i : i + NGRAM]) for i in range(len(of) - NGRAM + 1)]

    own, there = ngrams(one), set(ngrams(other))
    return sum(each in there for each in own) / len(own) if own else None


@given(words, words)
def test_run_and_share_are_those_of_the_slow_way(one, other):
    run = longest_common_ngram(" ".join(one), " ".join(other))
    assert run.length == slow(one, other)
    assert copied_share(" ".join(one), " ".join(other)) == slow_share(one, other)
    found = " ".join(one)[run.start : run.end].split()
    assert len(found) == run.length
    assert f" {' '.join(found)} " in f" {' '.join(other)} " or not found


@given(words, words)
def test_the_longest_run_is_as_long_the_other_way_round(one, other):
    there = longest_common_ngram(" ".join(one), " ".join(other)).length
    assert longest_common_ngram(" ".join(other), " ".join(one)).length == there


@given(words, st.lists(words, max_size=5))
def test_an_index_finds_what_each_pair_has(one, others):
    text, sources = " ".join(one), [" ".join(other) for other in others]
    shared = NgramIndex(sources).compare(text)
    for row, source in enumerate(sources):
        assert shared.run(row) == longest_common_ngram(text, source)
        assert shared.copied(row) == copied_share(text, source)


@given(words, words, st.sampled_from([", ", " – ", "… ", '" ', "\n\n"]))
def test_case_and_punctuation_change_nothing(one, other, mark):
    text, source = " ".join(one), " ".join(other)
    loud = mark.join(word.upper() for word in one)
    assert longest_common_ngram(loud, source).length == longest_common_ngram(text, source).length
    assert copied_share(loud, source) == copied_share(text, source)


@given(st.text(max_size=200))
def test_a_text_against_itself_is_all_copied(text):
    count = len(spelled(text))
    assert longest_common_ngram(text, text).length == count
    assert copied_share(text, text) == (1 if count >= NGRAM else None)


@given(st.text(max_size=200))
def test_offsets_lie_within_the_text_and_ascend(text):
    end = 0
    for word in spelled(text):
        assert end <= word.start < word.end <= len(text)
        end = word.end
