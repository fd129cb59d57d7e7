"""A narrative in numbered parts: written, read back, and read where it is not as asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.sequences.tasks.parts import MOST, read_parts, write_parts

texts = st.text(max_size=60).filter(lambda text: text.strip())


@given(st.lists(texts, min_size=1, max_size=8))
def test_what_is_written_is_read_back(parts):
    read = read_parts(write_parts(parts), len(parts))
    assert read.parts == tuple(" ".join(part.split()) for part in parts)
    assert (read.extra, read.problems, read.missing) == ((), (), ())


@given(st.text(max_size=400), st.integers(1, 6))
def test_any_text_gives_a_part_or_none_for_each_picture_and_says_which_is_missing(text, pictures):
    read = read_parts(text, pictures)
    assert len(read.parts) == pictures
    assert all(part is None or part.strip() for part in read.parts)
    assert not read.missing or read.problems
    # Nothing is invented: every word was in the text.
    words = [word for part in (*read.parts, *read.extra) if part for word in part.split()]
    assert all(word in text for word in words)


def test_writes_a_numbered_paragraph_for_each_picture():
    assert write_parts(["A dog\n\ncame. ", "It barked."]) == "1. A dog came.\n\n2. It barked."


@pytest.mark.parametrize(("parts", "message"), [
    ([], "narrative of 0 parts"), (["One.", " \n"], "part 2 of the narrative is empty"),
    (["x"] * (MOST + 1), f"narrative of {MOST + 1} parts"),
])  # fmt: skip
def test_a_part_that_is_not_there_cannot_be_written(parts, message):
    with pytest.raises(BadInput, match=message):
        write_parts(parts)


@pytest.mark.parametrize("text", [
    "1. One.\n2. Two.", "1) One.\n\n2) Two.", "**1.** One.\n\n**2.** Two.", "1: One.\r\n2: Two.",
    "Picture 1: One.\n\nPicture 2: Two.", "### Part 1. One.\n### Part 2. Two.", "1.One.\n2.Two.",
    "**Picture 1:** One.\n\n**Picture 2:** Two.", "1.\nOne.\n\n2.\nTwo.",
])  # fmt: skip
def test_numbers_are_known_in_the_ways_that_models_write_them(text):
    read = read_parts(text, 2)
    assert (read.parts, read.problems) == (("One.", "Two."), ())


def test_a_paragraph_has_several_lines():
    assert read_parts("1. One\nand more.\n2. Two.", 2).parts == ("One and more.", "Two.")


def test_a_missing_number_is_said_and_nothing_moves_up():
    read = read_parts("1. One.\n3. Three.", 3)
    assert read.parts == ("One.", None, "Three.")
    assert read.missing == (2,)
    assert read.problems == ("no part for picture 2",)


def test_texts_without_a_number_belong_to_no_picture():
    read = read_parts("Here is the story:\n\n1. One.\n\n2. Two.\n\nI hope that you like it.", 2)
    assert read.parts == ("One.", "Two.")
    assert read.extra == ("Here is the story:", "I hope that you like it.")
    assert read.problems == ("2 paragraphs without a number",)


def test_a_story_without_numbers_is_not_parted():
    read = read_parts("One.\n\nTwo.", 2)
    assert read.parts == (None, None)
    assert read.problems == ("no part has a number", "2 paragraphs without a number")


def test_a_number_that_comes_twice_and_one_too_many_are_said():
    read = read_parts("1. One.\n2. Two.\n2. Two again.\n3. Three.", 2)
    assert read.parts == ("One.", "Two.")
    assert read.extra == ("Two again.", "Three.")
    assert read.problems == (
        "part 2 is there twice: the first was taken", "there is a part 3, but no such picture",
    )  # fmt: skip


def test_another_order_is_said():
    read = read_parts("2. Two.\n1. One.", 2)
    assert read.parts == ("One.", "Two.")
    assert read.problems == ("the parts come in the order 2, 1",)


@pytest.mark.parametrize("text", ["1.5 metres of snow fell.", "1900. What a year.", "1 dog came."])
def test_other_numbers_are_text(text):
    read = read_parts(text, 2)
    assert read.parts == (None, None)
    assert read.extra == (text,)


def test_a_number_without_a_text_is_a_missing_part():
    assert read_parts("1. One.\n2.", 2).missing == (2,)
