"""Sentences, words and tags: what the rules that rest on them need to hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.evaluators.tagging import best_tags, is_known, known_tags, sentences


def tags(text: str) -> dict[str, str]:
    return {token.text: token.tag for sentence in sentences(text) for token in sentence.tokens}


def parts(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A dog barks. A cat runs!", ["A dog barks.", "A cat runs!"]),
        ("Mr. Hill waits at St. Ives, no. 4. Rain falls.", 2),
        ('He laughs. "Stop!" she says.', ["He laughs.", '"Stop!" she says.']),
        ("“Go!” Rose is off.", ["“Go!”", "Rose is off."]),
        ("It costs 2.50 at 9:30. Nobody buys.", 2),
        ("A title\n\nA text without end", ["A title", "A text without end"]),
        ("One ends here.\nand goes on there", 2),
        ("- a boat.\n- a bird.", ["- a boat.", "- a bird."]),
        ("…", []),
        ("", []),
    ],
)
def test_sentences(text, found):
    if isinstance(found, int):
        assert len(parts(text)) == found
    else:
        assert parts(text) == found


def test_a_sentence_without_end_is_cut():
    found = sentences("word " * 1000)
    assert len(found) == 4
    assert all(len(sentence.tokens) <= 300 for sentence in found)


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        # Verbs in the -s form that the corpus has mostly as nouns.
        ("A girl named Mia stands at the gate and looks up.", "stands", "VVZ"),
        ("The officer walks along the row with a pencil.", "walks", "VVZ"),
        ("He sits on a bucket and points with his chin.", "points", "VVZ"),
        ("A tourist in a straw hat films the boy.", "films", "VVZ"),
        # Parts of the body stay nouns.
        ("A referee, cheeks round, runs.", "cheeks", "NN2"),
        ("They talk, heads together.", "heads", "NN2"),
        ("Her eyes are shut.", "eyes", "NN2"),
        # Compounds go by their last part, and stand before nouns.
        ("She stands knee-deep in the lake.", "knee-deep", "AJ0"),
        ("His mother-in-law stands there.", "mother-in-law", "NN1"),
        ("On the fourth-floor landing a man kneels.", "fourth-floor", "AJ0"),
        # Typographic marks are marks.
        ("She says “no” to him.", "“", "PUQ"),
        ("It isn’t so.", "n’t", "XX0"),
    ],
)
def test_tags(text, word, tag):
    assert tags(text)[word] == tag


def test_lemmas_and_offsets():
    text = "Two women's hats lay on the children’s chairs."
    tokens = [token for sentence in sentences(text) for token in sentence.tokens]
    assert [t.lemma for t in tokens] == [
        *("two", "woman", "'s", "hat", "lie", "on", "the", "child", "'s", "chair", ".")
    ]
    assert all(text[t.start : t.end] == t.text for t in tokens)
    lay = tokens[4]
    assert lay.is_past
    assert not lay.is_present
    assert lay.is_word
    assert tokens[3].is_noun


def test_known_words():
    assert is_known("window")
    assert not is_known("fenster")
    assert {"NN1", "VVI"} <= known_tags("climb").keys()


def test_endless_words_cost_nothing():
    assert best_tags(["x" * 5000]) == ["UNC"]
    (sentence,) = sentences("A " + "y" * 5000 + " falls.")
    assert sentence.tokens[1].lemma == "y" * 5000


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_has_sentences(text):
    at = 0
    for sentence in sentences(text):
        assert sentence.start >= at
        assert sentence.words
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
            assert token.tag
            assert token.start >= at
            at = token.end


@given(st.lists(st.sampled_from(["the", "lies", "her", "-", "’", "9:30", "mid-air", "Ω", "--a"])))
@settings(max_examples=100, deadline=None)
def test_any_words_are_tagged(words):
    assert len(best_tags(words)) == len(words)
