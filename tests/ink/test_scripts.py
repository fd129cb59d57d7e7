"""Scripts of the world: what is written, in which order, and what is said if it cannot be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.ink.boards import scripts
from storypainter.ink.boards.script_breaks import balanced, pieces_of
from storypainter.ink.boards.script_order import levels, runs_right_to_left, visual_order
from storypainter.ink.boards.script_runs import visual_runs
from storypainter.ink.boards.scripts import BALOO, FREDOKA, SCRIPTS
from storypainter.ink.boards.signs import letter, set_text

SAMPLES = {
    "Latin": "Zażółć gęślą jaźń, ÇAĞRI Șapte Đừng",
    "Greek": "Απαγορεύεται η είσοδος",
    "Cyrillic": "Парк закрыт, Їжак Ђак",
    "Hebrew": "הפארק סגור",
    "Arabic": "الحديقة مغلقة پارک بند ہے",
    "Devanagari": "पार्क बंद है ₹50",
    "Thai": "สวนสาธารณะปิด ๑๒",
    "Korean": "잔디를 밟지 마세요",
    "Chinese or Japanese": "芝生に入らないでください、请勿踐踏",
}


def _need(name: str) -> None:
    script = next(each for each in SCRIPTS if each.name == name)
    absent = [face.package for face in script.typefaces if not face.installed]
    if absent:
        pytest.skip(f"the extra [scripts] is not installed: no {', '.join(absent)}")


def _runs(text: str, **options: str):
    return visual_runs(
        text,
        right_to_left=runs_right_to_left(text),
        locale=options.get("locale", ""),
        whole=options.get("whole", text),
    )


@pytest.mark.parametrize(("name", "text"), SAMPLES.items())
def test_every_script_is_lettered(name, text):
    _need(name)
    line = letter(text)
    assert line.width > 4
    assert 1.0 <= line.rise < 2.2
    assert line.fall < 1.2
    assert len(line.outline.geoms) >= len(text.replace(" ", "")) / 3


def test_all_scripts_have_a_sample():
    assert set(SAMPLES) == {script.name for script in SCRIPTS}


def test_accents_need_no_extra_and_all_letters_of_a_text_are_from_one_typeface():
    assert {run.typeface for run in _runs("KEEP OFF")} == {FREDOKA}
    assert {run.typeface for run in _runs("Łódź KEEP OFF")} == {BALOO}
    assert {run.typeface for run in _runs("KEEP OFF", whole="Łódź\nKEEP OFF")} == {BALOO}


def test_capitals_of_all_typefaces_are_one_unit_high():
    for text in ("H", "Ł", "Н", "Η"):
        name = scripts.script_of(text).name
        if all(face.installed for face in scripts.script_of(text).typefaces):
            _, top, _, bottom = letter(text).outline.bounds
            assert bottom - top == pytest.approx(1.0, abs=0.09), name


def test_a_script_without_its_package_names_the_extra(monkeypatch):
    monkeypatch.setattr(scripts, "_folder", lambda package: None)
    face = scripts.CHINESE.typefaces[0]
    assert not face.installed
    with pytest.raises(
        BadInput, match=r"no character '凹' \(U\+51F9, Chinese or Japanese\)"
    ) as error:
        letter("凹凸")
    assert error.value.hint == "run: pip install 'storypainter[scripts]'"


def test_a_script_that_nobody_brings_lists_those_that_are_there():
    with pytest.raises(BadInput, match="U\\+0BAA, Tamil") as error:
        letter("பூங்கா")
    assert "Devanagari" in error.value.hint


def test_a_picture_sign_is_refused_by_its_name():
    with pytest.raises(BadInput, match="U\\+1F600, grinning face"):
        letter("\U0001f600")


def test_arabic_letters_join():
    _need("Arabic")
    apart = sum(letter(each).width for each in "حديقة")
    assert letter("حديقة").width < 0.85 * apart


def test_hebrew_runs_from_right_to_left():
    _need("Hebrew")
    word = letter("אב").outline
    first, last = (sum(part.area for part in letter(each).outline.geoms) for each in "אב")
    left = min(word.geoms, key=lambda part: part.bounds[0])
    assert left.area == pytest.approx(last, rel=0.02)
    assert left.area != pytest.approx(first, rel=0.02)


def test_digits_and_latin_words_keep_their_order_inside_arabic():
    _need("Arabic")
    shown = [run.text.strip() for run in _runs("الحديقة OPEN 24 غدا")]
    assert [word for word in shown if word] == ["غدا", "OPEN 24", "الحديقة"]


@pytest.mark.parametrize(
    ("text", "right_to_left", "expected"),
    [
        ("abc", False, [0, 0, 0]),
        ("אב 12", True, [1, 1, 1, 2, 2]),
        ("a אב b", False, [0, 0, 1, 1, 0, 0]),
        ("אב ab", True, [1, 1, 1, 2, 2]),
        ("אב (ab)", True, [1, 1, 1, 1, 2, 2, 1]),
        ("עד 10:30", True, [1, 1, 1, 2, 2, 2, 2, 2]),
        ("אב ", False, [1, 1, 0]),
    ],
)
def test_levels_follow_the_bidirectional_algorithm(text, right_to_left, expected):
    assert levels(text, right_to_left=right_to_left) == expected


def test_runs_are_reversed_level_by_level():
    assert visual_order([1, 2, 1]) == [2, 1, 0]
    assert visual_order([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert visual_order([]) == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abאבجد12 .,:()+-%€!", min_size=1, max_size=14))
def test_the_order_is_that_of_an_independent_implementation(text):
    bidi = pytest.importorskip("bidi", reason="python-bidi is not installed")
    base = runs_right_to_left(text)
    depth = levels(text, right_to_left=base)
    order = visual_order(depth)
    shown = "".join(text[i] for i in order)
    assert shown == bidi.get_display(text, base_dir="R" if base else "L")


def test_han_characters_have_the_forms_of_the_place():
    _need("Chinese or Japanese")
    forms = {
        place: letter("直骨", locale=place).outline.wkb for place in ("ja", "zh-CN", "zh-TW", "ko")
    }
    assert len(set(forms.values())) >= 3
    assert letter("直骨", locale="Japan").outline.wkb == forms["ja"]
    assert letter("直骨", whole="直骨です").outline.wkb == forms["ja"]
    assert (
        letter("直", whole="請勿踐踏 直").outline.wkb == letter("直", locale="Taiwan").outline.wkb
    )


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    text = "「芝生」に、入らないで、ください。犬は（小さい）のも、だめです。"
    pieces = pieces_of(text)
    assert len(pieces) > 4
    for before, after in pairwise(piece.text for piece in pieces):
        assert after[0] not in "、。」）ーっ"
        assert before[-1] not in "「（"


def test_chinese_breaks_between_characters_and_thai_before_syllables():
    assert balanced(pieces_of("请勿踩踏草坪"), 2) == ["请勿踩", "踏草坪"]
    lines = balanced(pieces_of("สวนสาธารณะปิดแล้วห้ามเข้า"), 2)
    assert "".join(lines) == "สวนสาธารณะปิดแล้วห้ามเข้า"
    assert lines[1][0] in "เแโใไ"


def test_an_invisible_control_of_direction_is_no_missing_character():
    assert letter("\u202aAB\u202c").width == pytest.approx(letter("AB").width)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_lettered_or_refused_with_a_reason(text):
    try:
        block = set_text(text)
    except BadInput as error:
        reason = error.hint
    else:
        reason = "" if block.width < 0 else "it fits"
    assert reason
