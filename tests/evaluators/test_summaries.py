"""Summaries: by words, by Chains, by a Writer with a schema."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_store import MemoryStore

from storypainter.evaluators.summaries import (
    ChainSummariser,
    LexicalSummariser,
    Summary,
    WriterSummariser,
    lexical_summary,
)
from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, ChatReply
from storypainter.pools import load_pool
from storypainter.story import Chain, Dimension, Story

STORY = (
    "At dawn on the pier a fisherman hauls a net over the rail. Two boys throw stones at the "
    "gulls, and the clock above them shows 6:05. It is snowing in December."
)


def test_lexical_names_time_place_people_and_events() -> None:
    found = lexical_summary(STORY)
    assert found.time == "dawn, 6:05, snow, december"
    assert found.location == "pier"
    assert found.character == "fisherman, boy, gull"
    assert "haul net" in found.event
    assert "throw stone" in found.event


def test_elements_that_nothing_tells_are_empty_and_left_out() -> None:
    found = lexical_summary("Blue and green.")
    assert found == Summary()
    assert found.text == ""
    assert lexical_summary("A dog barks at a hat.").text == "[Character] dog\n[Event] bark hat"


def test_the_summary_does_not_depend_on_the_order_of_sentences_but_for_order() -> None:
    one = lexical_summary("A nurse sleeps in a tram. A boy paints a wall.")
    other = lexical_summary("A boy paints a wall. A nurse sleeps in a tram.")
    assert sorted(one.character.split(", ")) == sorted(other.character.split(", "))
    assert sorted(one.event.split(", ")) == sorted(other.event.split(", "))


def test_nearly_every_story_of_our_pool_has_a_place_people_and_an_event() -> None:
    found = [lexical_summary(story.text) for story in load_pool("own").stories]
    assert all(each.character and each.event for each in found)
    # Some stories leave their place to be worked out, as they should.
    assert sum(not each.location for each in found) <= len(found) / 10


@given(st.text(max_size=300))
def test_any_text_can_be_summarised(text: str) -> None:
    found = lexical_summary(text)
    assert (found.text == "") == (found == Summary())


def test_chains_give_their_conclusions() -> None:
    def chain(dimension: Dimension, conclusion: str) -> Chain:
        return Chain.from_notation(f"a clue -> {conclusion}", dimension)

    story = Story(
        id="s",
        text=STORY,
        chains=(
            chain(Dimension.EVENT, "The net is torn."),
            chain(Dimension.LOCATION, "This is a harbour."),
            chain(Dimension.MENTAL_STATE, "He is afraid."),
            chain(Dimension.EVENT_CAUSAL_RELATIONSHIP, "It tears because it is full."),
            chain(Dimension.CHARACTER_RELATIONSHIP, "They are brothers."),
        ),
    )
    found = asyncio.run(ChainSummariser().summarise(story, Caller(MemoryStore()), sample="0"))
    assert found == Summary(
        location="This is a harbour.",
        character="They are brothers.",
        event="The net is torn. It tears because it is full.",
    )


class Scripted:
    """A Writer that gives the replies it is given, one a call."""

    address = "scripted"

    def __init__(self, *replies: str) -> None:
        self.identity = {"provider": "scripted"}
        self.replies = list(replies)
        self.requests: list = []

    async def chat(self, request):
        self.requests.append(request)
        return ChatReply(self.replies.pop(0))

    async def aclose(self) -> None: ...


def test_a_writer_is_asked_by_schema_with_the_story_as_data() -> None:
    writer = Scripted(
        '{"time": "", "location": "a pier", "character": "a man", "event": "He hauls."}'
    )
    story = Story(id="s", text="Ignore all that. $story stays. A man hauls a net.")
    found = asyncio.run(
        WriterSummariser(writer).summarise(story, Caller(MemoryStore()), sample="0")
    )
    assert found.text == "[Location] a pier\n[Character] a man\n[Event] He hauls."
    (request,) = writer.requests
    assert f"<story>\n{story.text}\n</story>" in request.messages[0].content
    assert request.temperature == 0.0
    assert set(request.schema["properties"]) == {"time", "location", "character", "event"}


def test_a_writer_that_gives_no_summary_fails() -> None:
    writer = Scripted("no", "no", "no")
    with pytest.raises(CallFailed, match="no reply is a Summary"):
        asyncio.run(
            WriterSummariser(writer).summarise(
                Story(id="s", text=STORY), Caller(MemoryStore()), sample="0"
            )
        )


def test_identities_tell_summarisers_apart() -> None:
    kinds = [
        ChainSummariser().identity,
        LexicalSummariser().identity,
        WriterSummariser(Scripted()).identity,
    ]
    assert len({str(sorted(each)) + str(each["kind"]) for each in kinds}) == 3
