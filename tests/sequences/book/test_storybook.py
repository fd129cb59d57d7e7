from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from narrated_sequences import bytes_of, flat, picture_of, sequence_of
from page_reading import read_page

from storypainter.sequence import Character, Sequence
from storypainter.sequences.book import html as book_pages
from storypainter.sequences.book.html import book_html
from storypainter.sequences.book.markdown import book_markdown, escaped
from storypainter.sequences.book.pages import book_of
from storypainter.sequences.book.words import Words
from storypainter.sequences.telling.told import Told, told_already, with_parts

HOSTILE = '"><script src=http://canary.example/x.js></script><img src=x onerror=alert(1)> [a](http://b) `c` *d*'


def told_book(sequence: Sequence, told: Told | None = None):
    told = told or told_already(sequence)
    pictures = tuple(frame.picture for frame in sequence.frames)
    return book_of(with_parts(sequence, told, pictures), told)


def page_of(book, tmp_path: Path):
    path = tmp_path / "book.html"
    path.write_text(book_html(book, lambda p: data_of(p)), encoding="utf-8")
    return read_page(path)


def data_of(picture) -> bytes:
    return next(d for d in map(flat, range(64)) if hashlib.sha256(d).hexdigest() == picture.sha256)


def test_a_page_has_every_picture_with_its_part_in_order(tmp_path):
    seen = page_of(told_book(sequence_of(3)), tmp_path)
    plates = [each for each in seen.all("img") if each["alt"]]
    data = [base64.b64decode(str(each["src"]).partition(",")[2]) for each in plates]
    assert data == [flat(k) for k in range(3)]
    assert [each["alt"] for each in plates] == [f"The girl in scene {k}." for k in (1, 2, 3)]
    assert (
        seen.text.index("Part 1 of") < seen.text.index("Part 2 of") < seen.text.index("Part 3 of")
    )
    for words in ("A Walk", "A story in three pictures", "With the girl in a red coat", "The end"):
        assert words in seen.text
    assert not seen.open


def test_the_page_runs_nothing_and_calls_nobody(tmp_path):
    page_of(told_book(sequence_of(2)), tmp_path)
    text = (tmp_path / "book.html").read_text("utf-8")
    sheet = re.search(r"<style>(.*)</style>", text, re.DOTALL)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    assert read_page(tmp_path / "book.html").policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in sheet[1]
    assert "@import" not in sheet[1]


def hostile_sequence() -> Sequence:
    sequence = sequence_of(2, title=HOSTILE, licence=HOSTILE, source=HOSTILE)
    girl = sequence.characters[0].model_copy(update={"name": HOSTILE, "look": HOSTILE})
    frames = tuple(
        frame.model_copy(
            update={
                "caption": HOSTILE, "part": HOSTILE,
                "picture": frame.picture.model_copy(update={"painter": HOSTILE}),
            }
        )
        for frame in sequence.frames
    )  # fmt: skip
    return sequence.model_copy(update={"frames": frames, "characters": (girl,)})


def test_hostile_texts_are_texts(tmp_path):
    told = Told(title=HOSTILE, parts=(HOSTILE, ""), reasons=(HOSTILE,), model=HOSTILE,
                answered=HOSTILE, at="2026-01-01")  # fmt: skip
    seen = page_of(told_book(hostile_sequence(), told), tmp_path)
    assert not seen.all("script")
    assert not [name for _, found in seen.elements for name in found if name.startswith("on")]
    assert all(str(each["src"]).startswith("data:image/") for each in seen.all("img"))
    assert not [each for each in seen.all("a") if "canary" in str(each.get("href"))]
    assert seen.text.count(HOSTILE) >= 4
    assert [each["alt"] for each in seen.all("img") if each["alt"]] == [HOSTILE] * 2


def test_hostile_texts_are_texts_in_markdown():
    written = book_markdown(told_book(hostile_sequence()))
    assert "<script" not in written.replace("\\<script", "")
    assert "\\[a\\](http://b) \\`c\\` \\*d\\*" in written
    links = re.findall(r"(?<!\\)\]\(([^)]*)\)", written)
    assert all(link.startswith("pictures/") for link in links)
    assert len(links) == 2


@given(st.text(max_size=80))
def test_no_text_of_others_opens_markdown(text):
    line = escaped(text)
    assert "\n" not in line
    assert not re.match(r"(?:#|>|[-+*] |\d+[.)] |```|~~~|===|---)", line)
    plain = re.sub(r"\\([\\`*_\[\]{}<>#|~!&.)+=:-])", r"\1", line)
    assert plain == " ".join(text.split())
    assert not re.search(r"(?<!\\)(?:\\\\)*[<`\[*_]", line)


def test_a_picture_without_words_says_so_and_the_end_says_why(tmp_path):
    reasons = ("picture 2: the model told no part for it, asked twice",)
    told = Told(parts=("One.", ""), reasons=reasons, model="openai/m", at="2026-01-02")
    book = told_book(sequence_of(2), told)
    seen = page_of(book, tmp_path)
    assert seen.text.count("No words were told for this picture.") == 1
    assert f"Not told: {reasons[0]}" in seen.text
    assert "Told from the pictures by openai/m on 2026-01-02." in seen.text
    assert f"Not told: {escaped(reasons[0])}" in book_markdown(book)


def test_a_story_in_one_piece_stands_after_its_pictures(tmp_path):
    frames = tuple(f.model_copy(update={"part": ""}) for f in sequence_of(2).frames)
    sequence = sequence_of(2, frames=frames, story="Once.\n\nAnd then.")
    seen = page_of(told_book(sequence), tmp_path)
    assert "No words" not in seen.text
    assert seen.text.index("Once.") < seen.text.index("And then.") < seen.text.index("The end")


def test_paragraphs_of_a_part_stay_paragraphs(tmp_path):
    told = Told(parts=("One.\n\nTwo\nthree.", "Four."), model="openai/m", at="2026-01-02")
    book = told_book(sequence_of(2), told)
    assert book.pages[0].paragraphs == ("One.", "Two three.")


def test_without_captions_a_picture_is_called_by_its_number():
    bare = {"caption": "", "event": "", "shown": ()}
    frames = tuple(each.model_copy(update=bare) for each in sequence_of(2).frames)
    book = told_book(sequence_of(2, frames=frames, title="", characters=()))
    assert [page.alt for page in book.pages] == ["Picture 1", "Picture 2"]
    assert (book.title, book.subtitle, book.cast) == ("A story in two pictures", "", "")


@pytest.mark.parametrize(
    ("language", "tag", "own", "subtitle"),
    [
        ("de", "de", "de", "Eine Geschichte in zwei Bildern"),
        ("German", "de", "de", "Eine Geschichte in zwei Bildern"),
        ("pt-BR", "pt-BR", "en", "A story in two pictures"),
        ("Klingon, loudly", None, "en", "A story in two pictures"),
    ],
)
def test_the_book_speaks_the_language_of_its_story(language, tag, own, subtitle):
    words = Words(language)
    assert (words.tag, words.own_tag, words.subtitle(2)) == (tag, own, subtitle)


def test_every_language_has_every_phrase():
    english = set(Words("en")._words)
    for language in ("de", "fr", "es"):
        words = Words(language)
        assert set(words._words) == english
        assert words.own_tag == language
        for count in (1, 2, 12, 13):
            assert words.subtitle(count)
    assert Words("en").subtitle(13) == "A story in 13 pictures"


def test_a_large_picture_is_embedded_smaller(tmp_path, monkeypatch):
    monkeypatch.setattr(book_pages, "MAX_EMBEDDED_BYTES", 10)
    monkeypatch.setattr(book_pages, "_LARGEST_SIDE", 16)
    seen = page_of(told_book(sequence_of(1)), tmp_path)
    (plate,) = [each for each in seen.all("img") if each["alt"]]
    data = base64.b64decode(str(plate["src"]).partition(",")[2])
    assert data != flat(0)
    assert int.from_bytes(data[16:20], "big") == 16


def test_the_shape_of_a_picture_decides_where_its_words_stand(tmp_path):
    sizes = ((48, 20), (20, 48), (40, 40))
    frames = tuple(
        f.model_copy(update={"picture": picture_of(flat(k), size)})
        for k, (f, size) in enumerate(zip(sequence_of(3).frames, sizes, strict=True))
    )
    seen = page_of(told_book(sequence_of(3, frames=frames)), tmp_path)
    shapes = [str(a["class"]).split()[2] for a in seen.of_class("spread")]
    assert shapes == ["wide", "tall", "square"]


def test_a_book_is_set_in_one_size_and_only_a_far_longer_part_in_another(tmp_path):
    words = (3, 40, 30, 50, 200, 10)
    parts = tuple("word " * count for count in words)
    told = Told(parts=parts, model="m", at="2026-01-02")
    seen = page_of(told_book(sequence_of(6), told), tmp_path)
    sizes = [str(a["class"]).split()[-1] for a in seen.of_class("spread")]
    assert sizes == ["short"] * 4 + ["verylong", "short"]


def test_the_cast_comes_in_the_order_of_the_story_and_fits_its_page():
    people = tuple(
        Character(id=f"p{k}", name=f"the {role}", look=look, role=role)
        for k, (role, look) in enumerate(
            [("captain", "in a white cap"), ("dog", "white"), ("girl", "in a red coat")]
        )
    )
    told = Told(parts=("A girl had a dog.", "A captain came."), model="m", at="2026-01-02")
    frames = tuple(each.model_copy(update={"shown": ()}) for each in sequence_of(2).frames)
    book = told_book(sequence_of(2, frames=frames, characters=people), told)
    assert book.cast == (
        "With the girl in a red coat, the white dog and the captain in a white cap"
    )
    many = tuple(each.model_copy(update={"look": "in a coat of many colours, and so on"})
                 for each in people)  # fmt: skip
    book = told_book(sequence_of(2, frames=frames, characters=many), told)
    assert book.cast == "With the girl, the dog and the captain"


def test_escaping_is_undone_by_a_browser(tmp_path):
    text = "A “quote” & <b>bold</b> 'single' \u202e turned"
    told = Told(parts=(text,), model="openai/m", at="2026-01-02")
    page_of(told_book(sequence_of(1), told), tmp_path)
    source = (tmp_path / "book.html").read_text("utf-8")
    assert html.escape(text) in source
    assert bytes_of(0, sequence_of(1).frames[0]) == flat(0)
