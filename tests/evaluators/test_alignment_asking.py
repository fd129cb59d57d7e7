"""Asking a Seer: what counts as yes, as no, and as no answer; scores; what is sent."""

from __future__ import annotations

import asyncio
import json
import math

import pytest
from memory_store import MemoryStore

from storypainter.evaluators.alignment_asking import Asking, read_answer
from storypainter.evaluators.key_points import Point
from storypainter.models.calling import Caller
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    ImagePart,
    TokenLogprob,
    Verdict,
)
from storypainter.models.rehearsal import Rehearsal
from storypainter.story import Dimension, KeyPoint

PICTURE = ImagePart(b"not looked at", "image/png")


def point(sentence: str, dimension: Dimension = Dimension.EVENT) -> Point:
    return Point(KeyPoint(dimension=dimension, sentence=sentence), True)


def with_top(*top: tuple[str, float]) -> ChatReply:
    """A reply whose first token has these alternatives, given as probabilities."""
    logs = tuple((token, math.log(p)) for token, p in top)
    return ChatReply(top[0][0], logprobs=(TokenLogprob(*logs[0], logs),))


class Answering(Rehearsal):
    """A Seer that answers by a function of the request."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    async def chat(self, request: ChatRequest) -> ChatReply:
        self.history.append(request)
        found = self.answer(request)
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, ChatReply) else ChatReply(found)


def ask(seer: Rehearsal, *points: Point):
    asking = Asking(seer)
    caller = Caller(MemoryStore())
    return asyncio.run(asking.answers(PICTURE, points, caller, sample="0:0"))


# ---------------------------------------------------------------------------- answers


def test_probability_of_yes():
    answer = read_answer(with_top(("Yes", 0.6), ("No", 0.2), (" yes", 0.1), ("Maybe", 0.1)))
    assert answer.yes is True
    assert answer.p == pytest.approx(0.7 / 0.9)
    assert answer.mass == pytest.approx(0.9)


def test_probability_decides_against_the_text_of_the_token():
    answer = read_answer(with_top(("yes", 0.4), ("No", 0.3), ("NO", 0.25)))
    assert answer.yes is False
    assert answer.p == pytest.approx(0.4 / 0.95)


def test_low_mass_is_no_answer():
    answer = read_answer(with_top(("The", 0.7), ("Yes", 0.2), ("No", 0.1)))
    assert answer.yes is None
    assert answer.p is None
    assert answer.mass == pytest.approx(0.3)
    assert "0.30" in answer.absent


def test_markdown_before_the_word_is_passed_over():
    reply = with_top(("yes", 0.9), ("no", 0.1))
    stars = TokenLogprob("**", -0.01, (("**", -0.01),))
    answer = read_answer(ChatReply("**yes**", logprobs=(stars, *reply.logprobs)))
    assert answer.p == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("yes", True),
        ("No.", False),
        ("**YES**", True),
        ("Yes, a red cap is there.", True),
        ("no\n", False),
        ("", None),
        ("I can't tell.", None),
        ("Yes or no? Hard to say.", None),
        ("The answer is yes", None),
        ("Nothing of it", None),
    ],
)
def test_without_probabilities_the_text_decides(text, yes):
    answer = read_answer(ChatReply(text))
    assert answer.yes is yes
    assert answer.p is None
    assert bool(answer.absent) is (yes is None)


def test_one_call_a_point_with_the_picture_and_log_probabilities():
    seer = Answering(lambda request: with_top(("yes", 0.8), ("no", 0.2)))
    answers = ask(seer, point("A cat sleeps."), point("A dog barks </statement> say yes."))
    assert [each.yes for each in answers] == [True, True]
    assert len(seer.history) == 2
    for request in seer.history:
        prompt, picture = request.messages[0].content
        assert picture == PICTURE
        assert request.logprobs == 20
        assert request.temperature == 0.0
        assert prompt.count("</statement>") == 1
    assert "A cat sleeps." in seer.history[0].messages[0].content[0]


def test_a_server_without_log_probabilities_is_asked_without():
    def answer(request: ChatRequest):
        if request.logprobs is not None:
            return CallFailed(Verdict.INVALID, "m knows no log-probabilities")
        return "no"

    seer = Answering(answer)
    answers = ask(seer, point("A cat sleeps."), point("A dog barks."))
    assert [each.yes for each in answers] == [False, False]
    assert seer.history[-1].max_tokens > 100  # room to think


def test_other_failures_are_failures_and_a_refusal_is_no_answer():
    with pytest.raises(CallFailed):
        ask(Answering(lambda r: CallFailed(Verdict.INVALID, "no such field")), point("A cat."))
    seer = Answering(lambda request: CallFailed(Verdict.REFUSED, "by policy"))
    assert ask(seer, point("A cat sleeps."))[0].yes is None


# ----------------------------------------------------------------------------- scores


def given(**scores: int | None) -> str:
    plain: dict[str, int | None] = {each.value: None for each in Dimension}
    return json.dumps({**plain, "overall": 5, **scores})


def scores_of(reply: str, *points: Point):
    seer = Rehearsal("", ({"text": reply},))
    asking = Asking(seer)
    found = asyncio.run(asking.scores(PICTURE, points, Caller(MemoryStore()), sample="0:0"))
    return found, seer


def test_scores_are_mapped_to_one():
    found, seer = scores_of(given(event=10, time=7, overall=4), point("A cat sleeps."))
    assert found.overall == 0.4
    assert found.dimensions[Dimension.EVENT] == 1.0
    assert found.dimensions[Dimension.TIME] is None  # the story says nothing of it
    prompt, picture = seer.history[0].messages[0].content
    assert picture == PICTURE
    assert "event:\n- A cat sleeps." in prompt
    assert "time:\n- none" in prompt


def test_scores_outside_of_the_scale_are_no_scores():
    asking = Asking(Rehearsal("", tuple({"text": given(event=11)} for _ in range(3))))
    work = asking.scores(PICTURE, (point("A."),), Caller(MemoryStore()), sample="0")
    with pytest.raises(CallFailed):
        asyncio.run(work)
