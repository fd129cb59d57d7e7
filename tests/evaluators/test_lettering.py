"""Lettering: quoted strings and signs against lines of lettering, and real reading of a picture."""

from __future__ import annotations

import asyncio
import hashlib
import io
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_store import MemoryStore
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from storypainter.errors import MissingExtra, StorypainterError
from storypainter.evaluators import lettering, lettering_reading
from storypainter.evaluators.catalog import BUILT_IN
from storypainter.evaluators.contract import Marks, Subject
from storypainter.evaluators.lettering import (
    NO_PICTURE,
    NO_STRINGS,
    Lettering,
    create,
    lettering_of,
    quoted_strings,
    sign_texts,
    spoken_strings,
)
from storypainter.evaluators.lettering_matching import (
    bare,
    edit_distance,
    match_signs,
    similarity,
)
from storypainter.evaluators.lettering_reading import Line, read_lines
from storypainter.intervals import wilson
from storypainter.models.calling import Caller
from storypainter.picture import Picture
from storypainter.scene import Prop, Scene, Setting, Sign
from storypainter.story import Story


def line(text: str, left: float, top: float, right: float, bottom: float) -> Line:
    return Line(text, (left, top, right, bottom), 0.9)


# ------------------------------------------------------------------------ edit distance


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("kitten", "sitting", 3),
        ("saturday", "sunday", 3),
        ("", "abc", 3),
        ("abc", "", 3),
        ("", "", 0),
        ("flaw", "lawn", 2),
        ("intention", "execution", 5),
        ("same", "same", 0),
    ],
)
def test_edit_distances_that_textbooks_give(one, other, distance):
    assert edit_distance(one, other) == distance


@settings(max_examples=40)
@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_the_edit_distance_is_a_metric(a, b, c):
    assert edit_distance(a, b) == edit_distance(b, a)
    assert (edit_distance(a, b) == 0) == (a == b)
    assert edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c)


def test_similarity_is_normalised_by_the_longer_text():
    assert similarity("OPEN", "Open!") == 1.0
    assert similarity("GATE 12", "gate12") == 1.0
    assert similarity("SALE", "SOLE") == 0.75
    assert similarity("AB", "ABCDEFGH") == 0.25
    assert similarity("CAFÉ", "CAFE") == 0.75
    assert similarity("ＳＡＬＥ", "sale") == 1.0
    assert similarity("ABC", "") == 0.0
    assert similarity("?!", "?!") == 1.0
    assert similarity("?!", "--") == 0.0


@given(st.text(max_size=20), st.text(max_size=20))
def test_similarity_stays_within_its_range(a, b):
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, a) == 1.0


# ----------------------------------------------------------------------------- matching


def test_a_sign_is_found_in_several_lines_below_each_other():
    lines = [
        line("CAMP", 100, 100, 200, 130),
        line("BY THE", 95, 135, 205, 165),
        line("LAKE", 110, 170, 190, 200),
        line("MILK", 700, 700, 800, 730),
    ]
    (match,) = match_signs(["CAMP BY THE LAKE"], lines)
    assert match.read == "CAMP BY THE LAKE"
    assert match.similarity == 1.0
    assert len(match.lines) == 3


def test_words_beside_each_other_are_read_from_left_to_right():
    lines = [line("12", 160, 100, 200, 131), line("GATE", 60, 101, 150, 130)]
    (match,) = match_signs(["GATE 12"], lines)
    assert match.read == "GATE 12"


def test_lines_far_apart_are_not_one_sign():
    lines = [line("CAMP", 0, 0, 100, 30), line("LAKE", 0, 600, 100, 630)]
    (match,) = match_signs(["CAMP LAKE"], lines)
    assert match.similarity == 0.5


def test_no_line_belongs_to_two_signs():
    lines = [line("OPEN FROM 7", 0, 0, 200, 30)]
    first, second = match_signs(["OPEN FROM 8", "OPEN FROM 7"], lines)
    assert (first.similarity, first.lines) == (0.0, ())
    assert second.similarity == 1.0


def test_two_equal_signs_need_two_lines():
    once = [line("SALE", 0, 0, 100, 30)]
    assert sorted(m.similarity for m in match_signs(["SALE", "SALE"], once)) == [0.0, 1.0]
    twice = [*once, line("SALE", 500, 0, 600, 30)]
    assert [m.similarity for m in match_signs(["SALE", "SALE"], twice)] == [1.0, 1.0]


def test_a_sign_that_nothing_resembles_is_not_read():
    assert match_signs(["SALE"], []) == match_signs(["SALE"], [line("!!", 0, 0, 9, 9)])
    (match,) = match_signs(["SALE"], [])
    assert (match.read, match.similarity) == ("", 0.0)
    assert match_signs([], [line("SALE", 0, 0, 9, 9)]) == ()


# -------------------------------------------------------------------- what is written


@pytest.mark.parametrize(
    "text",
    [
        'A sign says "OPEN ALL DAY" here.',
        "A sign says “OPEN ALL DAY” here.",
        "A sign says ‘OPEN ALL DAY’ here.",
        "A sign says 'OPEN ALL DAY' here.",
        "A sign says «OPEN ALL DAY» here.",
        "A sign says «\u00a0OPEN ALL DAY\u00a0» here.",
        "A sign says »OPEN ALL DAY« here.",
        "A sign says ‹OPEN ALL DAY› here.",
        "A sign says „OPEN ALL DAY“ here.",
        "A sign says ‚OPEN ALL DAY‘ here.",
        "A sign says 「OPEN ALL DAY」 here.",
        "A sign says 『OPEN ALL DAY』 here.",
        "A sign says “OPEN ALL DAY,” it seems.",
    ],
)
def test_strings_in_all_kinds_of_quotation_marks(text):
    ((start, end, words),) = quoted_strings(text)
    assert words == "OPEN ALL DAY"
    assert "OPEN ALL DAY" in text[start:end]


@pytest.mark.parametrize(
    "text",
    [
        "The boy's kite and the girls' hats: it's theirs, isn't it?",
        "A sign without quotation marks says OPEN.",
        'An inch is written 1" on the ruler.',
        '""  “ ”',
    ],
)
def test_what_is_no_quotation(text):
    assert quoted_strings(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        'The policeman says "Stop!" and lifts a hand.',
        '"One more time!" the juggler calls, and a club drops.',
        '"Do you have a ticket?" asks the conductor.',
        'A girl whispers "not a word" to her brother.',
        "‘Don’t look down,’ she tells her brother on the rope.",
        "“We are lost,” admits the guide, the map upside down in her hands.",
        "An old man shouts «Fire!» from the balcony.",
        'The boy under the sign says "I am hungry" to his mother.',
    ],
)
def test_what_somebody_says_is_no_lettering(text):
    ((_, _, words),) = quoted_strings(text)
    assert [each for _, _, each in spoken_strings(text)] == [words]
    assert lettering_of(Story(id="a", text=text), None) == ()


@pytest.mark.parametrize(
    "text",
    [
        '"Back at two," says the card in the window.',
        'The note on the fridge reads, "Gone to fetch your father."',
        'A woman holds up a board on which it says "Welcome home".',
        'The box in the arms of the girl is labelled "CHRISTMAS LIGHTS".',
        'On the shirt of the boy: "KEEP CALM".',
        "A man points at a sign, “No swimming”, and shakes his head.",
        'Over the door hangs a banner with the words "Forty years".',
        '"Closed for lunch" hangs on the door, and a cat waits.',
        "A woman waits beside a “Hot tea!” sign.",
        "A label on the wall reads ‘Please don’t touch’.",
    ],
)
def test_inscriptions_are_lettering(text):
    assert spoken_strings(text) == ()
    assert len(lettering_of(Story(id="a", text=text), None)) == 1


def test_speech_and_lettering_in_one_story():
    text = (
        'Under a sign that reads "BACK SOON" a boy tugs at a sleeve. "Can we go now?" he asks. '
        'His father looks at a card: "Fresh bread at noon".'
    )
    found = lettering_of(Story(id="a", text=text), None)
    assert [each.text for each in found] == ["BACK SOON", "Fresh bread at noon"]
    assert [words for _, _, words in spoken_strings(text)] == ["Can we go now?"]


def test_what_is_said_and_written_on_a_sign_is_lettering():
    story = Story(id="a", text='"Happy birthday!" everybody shouts at the girl with the cake.')
    assert [w.text for w in lettering_of(story, scene("HAPPY BIRTHDAY"))] == ["HAPPY BIRTHDAY"]


def test_quotations_of_other_languages_all_count():
    text = "Der Mann sagt „Halt“ und hebt die Hand, und das Kind bleibt vor dem Tor stehen."
    assert spoken_strings(text) == ()
    assert [each.text for each in lettering_of(Story(id="a", text=text), None)] == ["Halt"]


@given(st.text(max_size=200))
def test_spoken_strings_are_some_of_the_quoted(text):
    assert set(spoken_strings(text)) <= set(quoted_strings(text))


def scene(*signs: str) -> Scene:
    return Scene(
        setting=Setting(kind="park"),
        signs=tuple(Sign(id=f"s{n}", text=text) for n, text in enumerate(signs)),
    )


def test_signs_of_the_scene_and_the_story_are_one_list():
    story = Story(
        id="a",
        text="CAMP BY THE LAKE, says the board. A cup with “BEST DAD” and a “Hot tea!” sign.",
    )
    found = lettering_of(story, scene("CAMP BY THE LAKE", "HOT TEA", "GATE 3"))
    assert [(each.text, each.source) for each in found] == [
        ("BEST DAD", "story"),
        ("Hot tea!", "both"),
        ("CAMP BY THE LAKE", "scene"),
        ("GATE 3", "scene"),
    ]
    board, gate = found[2], found[3]
    assert story.text[board.start : board.end] == "CAMP BY THE LAKE"
    assert (gate.start, gate.end) == (0, 0)
    assert [each.text for each in lettering_of(story, None)] == ["BEST DAD", "Hot tea!"]


def test_clocks_and_dates_are_no_lettering_but_lettered_things_are():
    told = Scene(
        setting=Setting(kind="park"),
        props=(Prop(id="cup", kind="cup", text="BEST\nDAD"), Prop(id="ball", kind="ball")),
        signs=(Sign(id="c", kind="clock", time="9:55"), Sign(id="d", kind="calendar", date="May")),
    )
    assert sign_texts(told) == (("cup", "BEST DAD"),)


# ---------------------------------------------------------------------------- the scores


class Pictures:
    """Files in memory."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read_file(self, relative: str) -> bytes:
        return self.data


def subject(text: str, data: bytes | None, shown: Scene | None = None) -> Subject:
    picture = None
    if data is not None:
        picture = Picture(
            file="p.png",
            sha256=hashlib.sha256(data).hexdigest(),
            media_type="image/png",
            width=600,
            height=400,
            painter="test",
        )
    files = Pictures(data) if data is not None else None
    return Subject(0, Story(id="s", text=text), shown, picture, files)


def mark(each: Subject) -> Marks:
    return asyncio.run(Lettering().mark(each, Caller(MemoryStore()), sample="0:0"))


def read_as(monkeypatch, *lines: Line) -> None:
    async def read(data: bytes) -> tuple[Line, ...]:
        return lines

    monkeypatch.setattr(lettering, "read_lines", read)


def test_it_is_made_by_the_catalogue_s_name():
    assert BUILT_IN["lettering"] == "storypainter.evaluators.lettering:create"
    assert create(SimpleNamespace()).name == "lettering"


def test_scores_are_the_mean_and_the_legible_share(monkeypatch):
    read_as(monkeypatch, line("OPEN", 0, 0, 90, 20), line("SOLE", 0, 300, 90, 320))
    marks = mark(subject("“OPEN”, says the door; “SALE”, the window; “TEA”, a card.", b"png"))
    assert marks.score("lettering").value == pytest.approx((1 + 0.75 + 0) / 3)
    assert marks.score("legible").value == pytest.approx(1 / 3)
    assert marks.score("legible").n == 3
    assert "1 of 3 signs can be read" in marks.score("legible").reason
    assert [sign["read"] for sign in marks.data["signs"]] == ["OPEN", "SOLE", ""]
    assert marks.data["signs"][0]["boxes"] == [[0, 0, 90, 20]]
    assert marks.data["spoken"] == []
    assert (marks.passages[0].kind, marks.passages[0].text) == ("story sign", "OPEN")
    assert Marks.from_json(marks.to_json()) == marks


def test_what_is_missing_is_absent_and_never_zero(monkeypatch):
    read_as(monkeypatch)
    for each, reason in (
        (subject("A boy flies a kite.", b"png"), NO_STRINGS),
        (subject("A board says “OPEN”.", None), NO_PICTURE),
        (
            subject("“Stop!” calls the guard at the gate.", b"png"),
            f"{NO_STRINGS}; its quotations are spoken",
        ),
    ):
        marks = mark(each)
        assert [score.value for score in marks.scores] == [None, None]
        assert {score.absent for score in marks.scores} == {reason}


def test_without_the_recogniser_it_is_absent_with_the_command(monkeypatch):
    async def missing(data: bytes):
        raise MissingExtra("reading lettering in pictures", "ocr")

    monkeypatch.setattr(lettering, "read_lines", missing)
    marks = mark(subject("A board says “OPEN”.", b"png"))
    assert "pip install 'storypainter[ocr]'" in marks.score("lettering").absent


def test_a_package_that_is_not_there_is_named(monkeypatch):
    def gone(name: str):
        raise ImportError(name)

    lettering_reading._engine.cache_clear()
    with monkeypatch.context() as without:
        without.setattr(lettering_reading.importlib, "import_module", gone)
        with pytest.raises(MissingExtra, match=r"\[ocr\]"):
            asyncio.run(read_lines(board("OPEN")))
    monkeypatch.setattr(lettering_reading, "_PACKAGE", "no-such-package-at-all")
    assert Lettering().identity["reader"] is None


def test_findings_count_what_is_absent(monkeypatch):
    read_as(monkeypatch, line("OPEN", 0, 0, 90, 20))
    told = [
        subject("“OPEN”, says the door.", b"png"),
        subject("“SALE”, says the door.", b"png"),
        subject("Nothing to read.", b"png"),
    ]
    marked = [(each, mark(each)) for each in told]
    found = asyncio.run(Lettering().summarise(marked, 2, Caller(MemoryStore())))
    overall = found.score("legible")
    assert (overall.value, overall.n) == (0.5, 2)
    assert "2 absent: could not be marked" in overall.reason
    assert NO_STRINGS in overall.reason
    assert found.score("legible_signs").interval == pytest.approx(wilson(1, 2))
    same = asyncio.run(Lettering().summarise(marked[:1] * 2, 0, Caller(MemoryStore())))
    assert (same.score("lettering").value, same.score("lettering").interval) == (1.0, None)
    nothing = asyncio.run(Lettering().summarise([], 0, Caller(MemoryStore())))
    assert all(score.absent for score in nothing.scores)


# ------------------------------------------------------------------------------ reading


def board(*texts: str, blur: bool = False) -> bytes:
    picture = Image.new("RGB", (600, 400), "#dfe8d0")
    pen = ImageDraw.Draw(picture)
    for row, text in enumerate(texts):
        pen.text((80, 60 + 70 * row), text, fill="#203040", font=ImageFont.load_default(48))
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(30))
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


@pytest.mark.slow
def test_a_real_picture_is_read_and_a_blurred_one_is_not():
    pytest.importorskip("rapidocr_onnxruntime")
    text = "“Camp by the lake”, says the board."
    marks = mark(subject(text, board("CAMP BY", "THE LAKE")))
    assert marks.score("lettering").value == 1.0
    (sign,) = marks.data["signs"]
    left, top, right, bottom = sign["boxes"][0]
    assert 40 < left < 120 and 40 < top < 120 and right < 400 and bottom < 140  # noqa: PT018
    blurred = mark(subject(text, board("CAMP BY", "THE LAKE", blur=True)))
    assert blurred.score("lettering").value < 0.3
    assert blurred.score("legible").value == 0.0


def test_bytes_that_are_no_picture_are_an_error_and_make_the_scores_absent():
    for data in (b"no picture", board("OPEN")[:400]):
        with pytest.raises(StorypainterError, match="no picture that can be read"):
            asyncio.run(read_lines(data))
    marks = mark(subject("A board says “OPEN”.", b"no picture"))
    assert "no picture that can be read" in marks.score("lettering").absent


def test_small_pictures_are_enlarged_and_large_ones_made_smaller():
    scale = lettering_reading._scale
    assert scale(1024) == 1.0
    assert scale(512) == 2.0
    assert scale(100) == 4.0
    assert scale(4096) == 0.5
    assert bare("A-1 é!") == "a1é"
