from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.ink.signs import letter, set_text


def test_a_capital_is_one_unit_high():
    _, top, _, bottom = letter("H").outline.bounds
    assert bottom - top == pytest.approx(1.0, abs=0.03)


def test_letters_with_holes_have_holes():
    assert any(part.interiors for part in letter("O").outline.geoms)
    assert not any(part.interiors for part in letter("T").outline.geoms)


def test_a_character_that_the_font_lacks_is_named():
    with pytest.raises(BadInput, match=r"no character '犬' \(U\+72AC\) in the text 'NO 犬'"):
        letter("NO 犬")


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
