"""The page that all sheets share: its frame, a part of its own, and nothing that breaks out."""

from __future__ import annotations

import json
import re

import pytest

from storypainter.errors import BadInput
from storypainter.ratings.page import (
    SheetPart,
    belongs_to,
    check_page_name,
    keyed_digest,
    page_there,
    rating_page,
    write_page,
)
from storypainter.value import Value

PART = SheetPart(
    title="Cat ratings", heading="How loud?", lead='Hear <span id="how-many"></span>.',
    things="cats", package="storypainter.ratings", files="picture",
)  # fmt: skip


class Key(Value):
    sheet: str


def test_the_words_of_the_part_stand_in_the_frame():
    page = rating_page(PART, {"low": 1}).decode()
    for words in (
        "<title>Cat ratings</title>", "<h1>How loud?</h1>", "your order\n    of cats.",
        'aria-label="Cats rated"', '<p class="lead">Hear <span id="how-many"></span>.</p>',
    ):  # fmt: skip
        assert words in page
    assert page.count('<p class="brand">Cat ratings</p>') == 2


def test_the_shared_script_stands_before_the_part_that_calls_it():
    page = rating_page(PART, {}).decode()
    assert page.index("function ratingSheet(") < page.index("ratingSheet({")
    assert len(re.findall("<script", page)) == 2


def test_data_comes_back_as_it_was_and_ends_no_element():
    data = {"text": "</script><!-- & \u2028 $title"}
    page = rating_page(PART, data).decode()
    found = re.search(r'id="data">(.*?)</script>', page, re.S)[1]
    assert json.loads(found) == data
    assert not set("<>&\u2028") & set(found)


@pytest.mark.parametrize("name", ["page.pdf", "page", "folder.html"])
def test_what_is_no_name_for_a_page(tmp_path, name):
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(BadInput, match="no name for an HTML page"):
        check_page_name(tmp_path / name)


def test_the_key_lies_beside_the_page(tmp_path):
    out = tmp_path / "deep" / "cats.html"
    key = write_page(out, b"<html>", Key(sheet="abc"))
    assert key == tmp_path / "deep" / "cats.key.json"
    assert json.loads(key.read_text()) == {"sheet": "abc"}
    assert out.read_bytes() == b"<html>"


def test_neither_page_nor_key_is_ever_written_over(tmp_path):
    out = tmp_path / "cats.html"
    assert not page_there(out)
    key = write_page(out, b"<html>", Key(sheet="abc"))
    assert page_there(out)
    with pytest.raises(BadInput, match=r"cats\.html is there already"):
        write_page(out, b"<html>again", Key(sheet="def"))
    assert out.read_bytes() == b"<html>"
    assert json.loads(key.read_text()) == {"sheet": "abc"}


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ("cats.html", r"its key cats\.key\.json isn't beside it"),
        ("cats.key.json", r"cats\.key\.json is there already: the marks of its page need it"),
    ],
)
def test_half_of_a_sheet_is_left_alone(tmp_path, left, said):
    (tmp_path / left).write_text("old")
    with pytest.raises(BadInput, match=said):
        write_page(tmp_path / "cats.html", b"<html>", Key(sheet="abc"))
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]


def test_a_page_says_which_sheet_it_is(tmp_path):
    out = tmp_path / "cats.html"
    out.write_bytes(rating_page(PART, {"low": 1, "sheet": "abc"}))
    assert belongs_to(out, "abc")
    assert not belongs_to(out, "ab")


def test_digests_need_the_salt():
    assert keyed_digest("a", "text") == keyed_digest("a", "text")
    assert keyed_digest("a", "text") != keyed_digest("b", "text")
    assert re.fullmatch("[0-9a-f]{32}", keyed_digest("a", "text"))
