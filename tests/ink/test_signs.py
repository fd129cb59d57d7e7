from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.ink.boards.script_breaks import balanced, hyphenated, pieces_of
from storypainter.ink.boards.signs import letter, set_text


def test_a_capital_is_one_unit_high():
    _, top, _, bottom = letter("H").outline.bounds
    assert bottom - top == pytest.approx(1.0, abs=0.03)


def test_letters_with_holes_have_holes():
    assert any(part.interiors for part in letter("O").outline.geoms)
    assert not any(part.interiors for part in letter("T").outline.geoms)


def test_a_character_that_no_typeface_has_is_named_with_its_script():
    with pytest.raises(BadInput, match=r"no character 'ᚠ' \(U\+16A0, Runic\) in the text 'NO ᚠ'"):
        letter("NO ᚠ")


def test_long_texts_are_broken_between_words_and_given_breaks_are_kept():
    assert len(set_text("KEEP OFF THE GRASS UNTIL MAY", aspect=2.0).lines) == 3
    assert len(set_text("CONE 2\nTUB 3", aspect=20.0).lines) == 2


def test_an_empty_text_is_refused():
    with pytest.raises(BadInput, match="visible character"):
        set_text("   ")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789", min_size=1, max_size=40))
def test_a_block_is_centred_and_as_large_as_it_says(text):
    if not text.strip():
        return
    block = set_text(text)
    left, top, right, bottom = block.outlines(10.0).bounds
    assert right - left <= block.width * 10 + 2
    assert bottom - top <= block.height * 10 + 2
    assert abs(left + right) < 6


def test_a_given_line_that_is_too_long_is_broken_as_well():
    block = set_text("OPEN\nevery day but Monday from nine in the morning until noon")
    assert len(block.lines) > 3


def test_a_word_is_broken_by_a_hyphen_only_as_a_last_resort():
    whole = set_text("CONGRATULATIONS", aspect=6.0)
    assert len(whole.lines) == 1
    broken = set_text("Donaudampfschifffahrtsgesellschaft", aspect=1.2)
    assert len(broken.lines) > 1
    assert broken.width < 0.6 * set_text("Donaudampfschifffahrtsgesellschaft", aspect=90).width


def test_what_hangs_down_and_stands_up_counts_as_height():
    assert set_text("HA").height == pytest.approx(1.0, abs=0.03)
    assert set_text("gy").height > 1.15
    assert set_text("É").height > 1.15


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("abcdefghijklm", min_size=1, max_size=18), min_size=1, max_size=14))
def test_no_letter_is_lost_or_moved_by_breaking_lines(words):
    pieces = pieces_of(" ".join(words))
    for count in range(1, len(pieces) + 1):
        lines = balanced(pieces, count)
        assert len(lines) == count
        assert " ".join(lines).split() == words


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("abcdefghijklm", min_size=1, max_size=30), min_size=1, max_size=5))
def test_hyphens_stay_only_at_the_ends_of_lines(words):
    pieces = hyphenated(pieces_of(" ".join(words)))
    if pieces is None:
        assert all(len(word) <= 12 for word in words)
        return
    for count in range(1, len(pieces) + 1):
        lines = balanced(pieces, count)
        assert all("-" not in line[:-1] for line in lines)
        joined = "".join(line.removesuffix("-") if line.endswith("-") else line for line in lines)
        assert joined.replace(" ", "") == "".join(words)
