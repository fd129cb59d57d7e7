from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from narrated_sequences import narrative, numbered

from storypainter.models.contract import CallFailed, Verdict
from storypainter.sequences.telling.reading import MAX_CHARACTERS, MAX_TITLE, read_reply
from storypainter.sequences.telling.stretches import stretches
from storypainter.sequences.telling.told import Told
from storypainter.storytellers.lead_ins import refuses

THREE = range(1, 4)
WHOLE = {1: "Told part 1.", 2: "Told part 2.", 3: "Told part 3."}


@pytest.mark.parametrize("reply", [narrative(1, 2, 3), numbered(1, 2, 3)])
def test_a_good_reply_has_a_title_and_a_part_for_each_picture(reply):
    found = read_reply(reply, THREE)
    assert (found.title, found.parts, found.notes) == ("Red Coat", WHOLE, [])


@pytest.mark.parametrize(
    "reply",
    [
        f"Here it is:\n```json\n{narrative(1, 2, 3)}\n```\nEnjoy!",
        f"<think>1. What do I see?\n2. A girl.</think>\n{narrative(1, 2, 3)}",
        f"<think>{narrative(1)} no, once more</think>\n\n{numbered(1, 2, 3)}",
        "**Title:** “Red Coat”\n\n**1.** Told part 1.\n\nPicture 2: Told part 2.\n\n3) Told part 3.",
    ],
)
def test_what_surrounds_a_narrative_is_no_part_of_it(reply):
    found = read_reply(reply, THREE)
    assert (found.title, found.parts) == ("Red Coat", WHOLE)


def test_parts_that_are_missing_stay_missing():
    assert read_reply(narrative(1, 3), THREE).parts == {1: WHOLE[1], 3: WHOLE[3]}
    assert read_reply(numbered(2), THREE).parts == {2: WHOLE[2]}


def test_an_empty_part_is_no_part():
    reply = json.dumps({"title": "", "parts": [{"picture": 1, "text": " \n"}]})
    assert read_reply(reply, THREE).parts == {}


def test_parts_of_other_pictures_and_second_ones_are_left_out_and_noted():
    found = read_reply(narrative(1, 1, 2, 3, 9), THREE)
    assert found.parts == WHOLE
    assert found.notes == [
        "left out a second part for picture 1",
        "left out a part for picture 9, which was not asked for",
    ]


def test_of_json_that_was_cut_short_the_whole_entries_are_read():
    reply = narrative(1, 2, 3)
    found = read_reply(reply[: reply.index("Told part 3")], THREE)
    assert found.parts == {1: WHOLE[1], 2: WHOLE[2]}
    assert found.notes == ["the JSON is damaged; its whole entries were read"]


@pytest.mark.parametrize(
    "text", ["a \\ud800 b", "a \\u0000 b", "a \\u001b[31m b", "a \\udfff\\ud800 b"]
)
def test_what_no_file_can_hold_is_replaced(text):
    found = read_reply(
        f'{{"title": "{text}", "parts": [{{"picture": 1, "text": "{text}"}}]}}', THREE
    )
    told = Told(title=found.title, parts=(found.parts[1],))
    assert Told.from_json(told.to_json()) == told
    assert found.parts[1].startswith("a \N{REPLACEMENT CHARACTER}")
    assert not {"\0", "\x1b"} & set(found.title + found.parts[1])


def test_an_unnumbered_text_is_the_part_of_one_picture_and_of_no_other():
    assert read_reply("The wind rose.", range(4, 5)).parts == {4: "The wind rose."}
    assert read_reply("The wind rose.\n\nIt fell.", range(1, 3)).parts == {}


def test_a_refusal_is_a_refusal():
    with pytest.raises(CallFailed, match="can't help") as failure:
        read_reply("I'm sorry, but I can't help with these pictures.", THREE)
    assert failure.value.verdict is Verdict.REFUSED


def test_a_person_in_the_story_may_refuse():
    text = "1. \"I'm sorry, I can't help you,\" said the baker.\n\n2. She left."
    assert len(read_reply(text, range(1, 3)).parts) == 2


def test_a_novel_is_refused():
    with pytest.raises(CallFailed, match="characters"):
        read_reply("x" * (MAX_CHARACTERS + 1), THREE)


def test_a_title_as_long_as_a_story_is_none():
    assert read_reply(narrative(1, title="a" * (MAX_TITLE + 1)), THREE).title == ""


@given(st.text(max_size=400), st.integers(1, 4))
def test_any_reply_can_be_kept(text, count):
    assume(not refuses(text.strip()))
    found = read_reply(text, range(1, count + 1))
    parts = tuple(found.parts.get(number, "") for number in range(1, count + 1))
    told = Told(title=found.title, parts=parts)
    assert Told.from_json(told.to_json()) == told


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=400),
    st.integers(1, 4),
)
def test_any_reply_is_read_and_nothing_is_invented(text, count):
    assume(not refuses(text.strip()))
    found = read_reply(text, range(1, count + 1))
    assert set(found.parts) <= set(range(1, count + 1))
    assert all(part.strip() for part in found.parts.values())
    said = set(text.split())
    assert {word for part in found.parts.values() for word in part.split()[1:]} <= said


@given(
    st.dictionaries(
        st.integers(1, 12),
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60)
        .map(str.strip)
        .filter(bool),
        min_size=1,
    )
)
def test_json_parts_come_back_as_they_were_written(parts):
    rows = [{"picture": number, "text": text} for number, text in parts.items()]
    reply = json.dumps({"title": "T", "parts": rows})
    assert read_reply(reply, range(1, 13)).parts == parts


# -------------------------------------------------------------------------- stretches


def test_stretches_by_hand():
    assert [(s.shown, s.first, s.end) for s in stretches(7, 4, 2)] == [
        (0, 0, 4), (2, 4, 6), (4, 6, 7),
    ]  # fmt: skip
    assert [(s.shown, s.first, s.end) for s in stretches(3, 1, 2)] == [
        (0, 0, 1), (1, 1, 2), (2, 2, 3),
    ]  # fmt: skip


@given(st.integers(1, 200), st.integers(1, 30), st.integers(0, 16))
def test_every_picture_is_told_once_in_order(pictures, at_once, overlap):
    found = stretches(pictures, at_once, min(overlap, at_once - 1))
    assert [number for each in found for number in each.told] == list(range(pictures))
    assert all(0 <= s.shown <= s.first < s.end and s.end - s.shown <= at_once for s in found)
    if at_once > 1 and overlap:
        assert all(s.shown < s.first for s in found[1:])
