"""Reading replies: what is cut, what is kept, and what is no story at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_replies import CASES, EMPTY, KEPT, MARKET, PIER, REFUSED, Case

from storypainter.errors import StorypainterError
from storypainter.story import Brief
from storypainter.storytellers import Reading, UnreadableReply, read_reply


def read(reply: str, *, with_chains: bool = False, **brief: object) -> Reading:
    return read_reply(reply, with_chains=with_chains, brief=Brief.model_validate(brief))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_story_alone_is_read_out_of_a_reply(case: Case) -> None:
    reading = read(case.reply)
    assert reading.text == case.text
    assert reading.title == case.title
    for word in case.noted:
        assert any(word in note for note in reading.notes), (word, reading.notes)
    if not case.noted:
        assert reading.notes == ()


@pytest.mark.parametrize("story", KEPT)
@pytest.mark.parametrize("with_chains", [False, True])
def test_a_story_that_resembles_wrapping_is_kept(story: str, with_chains: bool) -> None:
    assert read(story, with_chains=with_chains).text == story


@pytest.mark.parametrize("reply", EMPTY)
def test_a_reply_without_a_story_is_empty(reply: str) -> None:
    with pytest.raises(UnreadableReply) as caught:
        read(reply)
    assert caught.value.kind == "empty"
    assert caught.value.hint


@pytest.mark.parametrize("reply", REFUSED)
def test_a_refusal_is_told_from_a_story(reply: str) -> None:
    with pytest.raises(UnreadableReply) as caught:
        read(reply)
    assert caught.value.kind == "refused"
    assert isinstance(caught.value, StorypainterError)


def test_nothing_written_because_of_the_content_filter_is_a_refusal() -> None:
    with pytest.raises(UnreadableReply) as caught:
        read_reply("", with_chains=False, brief=Brief(), finish="content_filter")
    assert caught.value.kind == "refused"


def test_a_story_cut_at_the_token_limit_is_kept_with_a_note() -> None:
    reading = read_reply(MARKET[:200], with_chains=False, brief=Brief(), finish="length")
    assert reading.text == MARKET[:200]
    assert reading.notes == ("the reply was cut at the token limit",)


def test_thinking_cut_at_the_token_limit_says_so() -> None:
    with pytest.raises(UnreadableReply, match="token limit"):
        read_reply("<think>Let me see", with_chains=False, brief=Brief(), finish="length")


def test_required_and_forbidden_elements_are_noted() -> None:
    reading = read(
        MARKET,
        required=("a crab", "red umbrellas", "coin", "rubber gloves", "barrows"),
        forbidden=("trouts", "cat", "hand bag"),
    )
    assert reading.notes == (
        "required element 'red umbrellas' is not in the text",
        "forbidden element 'trouts' is in the text",
    )


def test_elements_in_another_language_than_the_story_carry_a_caution() -> None:
    reading = read("Ein Hund schläft auf dem Gleis.", required=("dog",), language="German")
    assert len(reading.notes) == 2
    assert "German" in reading.notes[1]


def test_only_the_first_heading_is_the_title_and_the_others_are_noted() -> None:
    reading = read(f"# The Wrong Pier\n{PIER}\n## Second Part\n{MARKET}")
    assert reading.title == "The Wrong Pier"
    assert any("Second Part" in note for note in reading.notes)
    assert reading.text == f"{PIER}\n{MARKET}"


# --- properties -------------------------------------------------------------------------------

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäéßñ'", min_size=1, max_size=9).filter(
    lambda word: word.strip("'")
)
MARKS = st.sampled_from([" ", " ", " ", " ", ", ", "; ", ": ", " – ", ' "x y" ', " (so) ", " 7 "])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    first = draw(st.sampled_from(["Sure", "The", "Here", "Okay", "Under", "Two", "A", "Every"]))
    parts = [first]
    for word in draw(st.lists(WORDS, min_size=2, max_size=14)):
        parts += [draw(MARKS), word]
    return " ".join("".join(parts).split()) + draw(st.sampled_from([".", ".", "!", "…"]))


@st.composite
def plain_stories(draw: st.DrawFn) -> str:
    paragraphs = draw(
        st.lists(st.lists(sentences(), min_size=1, max_size=4), min_size=1, max_size=3)
    )
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


@given(plain_stories(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_plain_story_comes_back_unchanged(story: str, with_chains: bool) -> None:
    reading = read(story, with_chains=with_chains)
    assert reading.text == story
    assert reading.title == ""


FRAGMENTS = st.one_of(
    st.sampled_from(["Sure", "Here is a story", "Okay!", "Let me know if", "Note: ", "(96 words)"]),
    st.sampled_from([":", "\n", "\n\n", "**", "*", "_", "#", " ", '"', "“", "”", "|", "- ", "> "]),
    st.sampled_from(["```", "---", "<think>", "</think>", "{", "}", '{"story": "', "Story:"]),
    st.sampled_from(["[Time]", "CHAINS", " -> ", " + ", "None", "Conclusion: c", "Clues: a; b"]),
    st.sampled_from(["Title: ", "I'm sorry, but I can't help.", "A goat eats the map."]),
)
NOISE = st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=14).map("".join)


@given(NOISE, st.booleans(), st.sampled_from(["stop", "length", "content_filter"]))
@settings(max_examples=600, deadline=None)
def test_reading_is_idempotent_and_fails_only_in_its_own_way(
    reply: str, with_chains: bool, finish: str
) -> None:
    try:
        once = read_reply(reply, with_chains=with_chains, brief=Brief(), finish=finish)
    except UnreadableReply:
        return
    again = read_reply(once.text, with_chains=with_chains, brief=Brief(), finish=finish)
    assert again.text == once.text
    assert again.chains == ()


@st.composite
def wrapped_stories(draw: st.DrawFn) -> tuple[str, str]:
    story = draw(st.sampled_from([MARKET, PIER, f"{MARKET}\n\n{PIER}"]))
    reply = draw(st.sampled_from(["{}", "{}", '"{}"', "“{}”", "**Story:** {}", "*{}*"])).format(
        story
    )
    reply = draw(st.sampled_from(["{}", "# A Title\n\n{}", "**A Title**\n{}"])).format(reply)
    reply = draw(st.sampled_from(["{}", "```\n{}\n```", "---\n{}\n---"])).format(reply)
    reply = draw(
        st.sampled_from(["{}", "{}\n\nLet me know if it fits!", "{}\n\n(90 words)"])
    ).format(reply)
    reply = draw(st.sampled_from(["{}", "Sure!\n\n{}", "Here is the story:\n\n{}"])).format(reply)
    return reply, story


@given(wrapped_stories())
@settings(max_examples=200, deadline=None)
def test_any_nesting_of_wrappings_comes_off_and_nothing_else(case: tuple[str, str]) -> None:
    reply, story = case
    assert read(reply).text == story
