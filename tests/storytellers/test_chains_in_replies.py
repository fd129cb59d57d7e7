"""Chains in a reply: parted from the story, read leniently, unreadable ones noted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_replies import MARKET, PIER

from storypainter.story import Brief, Chain, Clue, Dimension
from storypainter.storytellers import Reading, read_reply

TIME = Chain.from_notation("chalkboard + full aisle -> It is the eve of a holiday.", Dimension.TIME)
EVENT = Chain.from_notation(
    "crab on a string + open handbag -> The girl plays a trick.", Dimension.EVENT
)
MIND = Chain.from_notation("hand over his mouth -> The porter is shocked.", Dimension.MENTAL_STATE)
THREE = (TIME, EVENT, MIND)


def read(reply: str, *, with_chains: bool = True, finish: str = "stop") -> Reading:
    return read_reply(reply, with_chains=with_chains, brief=Brief(), finish=finish)


AS_ASKED = """CHAINS
[Time]
chalkboard + full aisle -> It is the eve of a holiday.
[Location]
None
[Event]
crab on a string + open handbag -> The girl plays a trick.
[Mental State]
hand over his mouth -> The porter is shocked."""

LISTS = {
    "as asked": AS_ASKED,
    "bullets and bold": """**Chains-of-Reasoning:**

**Time:**
- chalkboard + full aisle -> It is the eve of a holiday.

**Location:**
- None

**Event:**
- crab on a string + open handbag -> The girl plays a trick.

**Mental State:**
- hand over his mouth -> The porter is shocked.""",
    "label and chain on one line": """### Chains of Reasoning (CoRs)
1. **Time**: chalkboard + full aisle → It is the eve of a holiday.
2. **Character Role**: None
3. **Event**: crab on a string + open handbag → The girl plays a trick.
4. **Mental State**: hand over his mouth → The porter is shocked.""",
    "no header": """[Time] chalkboard ∧ full aisle ⇒ It is the eve of a holiday.
[Event] crab on a string ∧ open handbag ⇒ The girl plays a trick.
[Mental State] hand over his mouth ⇒ The porter is shocked.""",
    "brackets around the sides": """Chains:
Time: [chalkboard] + [full aisle] => [It is the eve of a holiday.]
Events: (crab on a string) + (open handbag) => (The girl plays a trick.)
Mental States: (hand over his mouth) --> (The porter is shocked.)""",
    "clues and conclusion": """CHAINS
Time
Clues: chalkboard; full aisle
Conclusion: It is the eve of a holiday.
Event
- **Clues:** crab on a string + open handbag
- **Conclusion:** The girl plays a trick.
Mental State
Clues: hand over his mouth
Conclusion: The porter is shocked.""",
    "dimension behind": """CHAINS
- chalkboard + full aisle -> It is the eve of a holiday. [Time]
- crab on a string + open handbag -> The girl plays a trick. (Event)
- hand over his mouth -> The porter is shocked. [Mental State]""",
    "table": """| Dimension | Clues | Conclusion |
|---|---|---|
| Time | chalkboard + full aisle | It is the eve of a holiday. |
| Location | None | None |
| Event | crab on a string + open handbag | The girl plays a trick. |
| **Mental State** | hand over his mouth | The porter is shocked. |""",
    "json objects": """```json
{"chains": [
 {"dimension": "Time", "clues": ["chalkboard", "full aisle"], "conclusion": "It is the eve of a holiday."},
 {"dimension": "event", "clues": ["crab on a string", "open handbag"], "conclusion": "The girl plays a trick."},
 {"dimension": "mental_state", "clues": "hand over his mouth", "conclusion": "The porter is shocked."}
]}
```""",
    "json by dimension": """CHAINS
{"Time": ["chalkboard + full aisle -> It is the eve of a holiday."],
 "Location": "None", "Character Role": null, "Character Relationship": [],
 "Event": "crab on a string + open handbag -> The girl plays a trick.",
 "Mental State": ["hand over his mouth -> The porter is shocked."]}""",
    "named as in CogBench": """CHAINS
[Special Time Reasoning]
chalkboard + full aisle -> It is the eve of a holiday.
[Event Reasoning]
crab on a string + open handbag -> The girl plays a trick.
[Mental State Reasoning]
hand over his mouth -> The porter is shocked.""",
    "doubled": AS_ASKED + "\n[Event]\ncrab on a string + open handbag -> The girl plays a trick.",
}


@pytest.mark.parametrize("name", LISTS)
def test_chains_are_read_in_the_ways_in_which_models_write_them(name: str) -> None:
    reading = read(f"{MARKET}\n\n{LISTS[name]}")
    assert reading.text == MARKET
    assert sorted(map(str, set(reading.chains))) == sorted(map(str, THREE))
    assert len(reading.chains) == 3
    assert not any("unreadable" in note or "no Dimension" in note for note in reading.notes)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_was_not_asked_for_stays_out_of_the_text(name: str) -> None:
    reading = read(f"{MARKET}\n\n{LISTS[name]}", with_chains=False)
    assert reading.text == MARKET
    assert reading.chains == ()
    assert any("not asked for" in note for note in reading.notes)


@pytest.mark.parametrize("name", LISTS)
def test_wrapping_around_story_and_list_comes_off(name: str) -> None:
    reply = (
        f"Sure, here is the story:\n\n**The Crab**\n\n{MARKET}\n\n---\n\n{LISTS[name]}\n\n"
        "Let me know if you'd like more chains!"
    )
    reading = read(reply)
    assert (reading.text, reading.title, len(reading.chains)) == (MARKET, "The Crab", 3)


def test_the_list_may_stand_before_the_story() -> None:
    reading = read(f"{AS_ASKED}\n\n**Story:**\n{PIER}")
    assert reading.text == PIER
    assert len(reading.chains) == 3


def test_a_whole_reply_in_json() -> None:
    reading = read(
        '{"title": "Crab", "story": "A girl waits.", '
        '"chains": {"Event": ["crab + handbag -> A trick is played."]}}'
    )
    assert (reading.text, reading.title) == ("A girl waits.", "Crab")
    assert [chain.notation for chain in reading.chains] == ["crab + handbag -> A trick is played."]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("the girl looks guilty somehow", "unreadable chain"),
        ("crab -> handbag -> trick", "unreadable chain"),
        ("-> A trick is played.", "unreadable chain"),
        ("crab + -> A trick is played.", "unreadable chain"),
    ],
)
def test_a_chain_that_cant_be_read_costs_a_note_only(line: str, words: str) -> None:
    reading = read(
        f"{MARKET}\n\nCHAINS\n[Event]\n{line}\n[Time]\nchalkboard + queue -> It is late."
    )
    assert len(reading.chains) == 1
    assert any(words in note and "Event" in note for note in reading.notes)


def test_a_chain_without_a_dimension_is_noted() -> None:
    reading = read(f"{MARKET}\n\nCHAINS\ncrab + bag -> A trick.\n[Time]\nNone")
    assert reading.chains == ()
    assert any("no Dimension" in note for note in reading.notes)


def test_missing_chains_are_noted_when_they_were_asked_for() -> None:
    assert read(MARKET).notes == ("Chains were asked for, but none could be read",)


def test_what_stands_behind_the_list_is_dropped_and_noted() -> None:
    reading = read(f"{MARKET}\n\n{AS_ASKED}\n\nTogether these chains make a lively picture.")
    assert reading.text == MARKET
    assert any("Together these chains" in note for note in reading.notes)


def test_a_list_cut_at_the_token_limit_keeps_its_whole_lines() -> None:
    reading = read(f"{MARKET}\n\n{AS_ASKED}\n[Location]\nfish stall + awn", finish="length")
    assert reading.chains == THREE
    assert any("token limit" in note for note in reading.notes)
    assert reading.text == MARKET


def test_sections_named_after_dimensions_are_text_where_nothing_is_concluded() -> None:
    reading = read(f"**Time:** {MARKET}\n\n**Location:** {PIER}", with_chains=False)
    assert reading.text == f"{MARKET}\n\n{PIER}"


PHRASES = st.lists(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=8), min_size=2, max_size=5
).map(lambda words: "the " + " ".join(words))


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    clues = tuple(Clue(text=text) for text in draw(st.lists(PHRASES, min_size=1, max_size=4)))
    return Chain(
        dimension=draw(st.sampled_from(Dimension)), clues=clues, conclusion=draw(PHRASES) + "."
    )


@given(st.lists(chains(), min_size=1, max_size=8, unique_by=lambda chain: chain.notation))
@settings(max_examples=100, deadline=None)
def test_what_is_written_in_the_asked_format_is_read_back(written: list[Chain]) -> None:
    lines = ["CHAINS"]
    for dimension in Dimension:
        of_it = [chain.notation for chain in written if chain.dimension is dimension]
        lines += [f"[{dimension.label}]", *(of_it or ["None"])]
    reading = read(f"{MARKET}\n\n" + "\n".join(lines))
    assert reading.text == MARKET
    assert set(reading.chains) == set(written)
    assert reading.notes == ()
