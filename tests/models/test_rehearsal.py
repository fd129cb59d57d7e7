"""The scripted provider."""

from __future__ import annotations

import asyncio
import math

import pytest
from virtual_time import now, run

from storypainter.errors import BadInput
from storypainter.models.catalog import connect
from storypainter.models.contract import (
    CallFailed,
    ChatRequest,
    Embedder,
    EmbedRequest,
    Illustrator,
    ImageRequest,
    Message,
    ModelOptions,
    Seer,
    Verdict,
)
from storypainter.models.image_bytes import recognise
from storypainter.models.rehearsal import Rehearsal

ASK = ChatRequest((Message("user", "Tell."),))


def scripted(tmp_path, *lines: str) -> Rehearsal:
    path = tmp_path / "script.jsonl"
    path.write_text("\n".join(lines))
    model = connect(f"rehearsal/{path}", ModelOptions())
    assert isinstance(model, Rehearsal)
    return model


def test_without_a_script_everything_is_answered():
    model = Rehearsal()
    assert isinstance(model, Seer)
    assert isinstance(model, Illustrator)
    assert isinstance(model, Embedder)

    async def story():
        first, second = await model.chat(ASK), await model.chat(ASK)
        picture = await model.illustrate(ImageRequest("a", size="40x30"))
        other = await model.illustrate(ImageRequest("b", size="auto"))
        vectors = (await model.embed(EmbedRequest(("a dog", "a dog", "a cat", "")))).vectors
        await model.aclose()
        return first, second, picture, other, vectors

    first, second, picture, other, vectors = asyncio.run(story())
    assert first.text != second.text
    assert first.usage.output_tokens
    facts = recognise(picture.data)
    assert (facts.width, facts.height) == (40, 30)
    assert recognise(other.data).width == 256
    assert picture.data != other.data
    assert vectors[0] == vectors[1] != vectors[2]
    assert math.isclose(sum(x * x for x in vectors[0]), 1)
    assert len(model.history) == 5


def test_a_script_is_played_line_by_line(tmp_path):
    model = scripted(
        tmp_path,
        '{"text": "One.", "finish": "length"}',
        "",
        '{"text": ""}',
        '{"picture": "#ff0000"}',
        '{"fail": "rate_limit", "message": "slow down", "retry_after": 2}',
        '{"fail": "auth"}',
        '{"seconds": 5, "text": "Late."}',
    )

    async def story():
        one, empty = await model.chat(ASK), await model.chat(ASK)
        red = await model.illustrate(ImageRequest("x", size="8x8"))
        failures = []
        for _ in range(2):
            with pytest.raises(CallFailed) as caught:
                await model.chat(ASK)
            failures.append(caught.value)
        begun = now()
        late = await model.chat(ASK)
        after = await model.chat(ASK)
        return one, empty, red, failures, late, now() - begun, after

    one, empty, red, failures, late, seconds, after = run(story())
    assert (one.text, one.finish, empty.text, late.text) == ("One.", "length", "", "Late.")
    assert red.data != Rehearsal().history
    assert (failures[0].verdict, failures[0].retry_after) == (Verdict.RATE_LIMIT, 2)
    assert "slow down" in str(failures[0])
    assert failures[1].verdict is Verdict.AUTH
    assert seconds == 5
    assert after.text


@pytest.mark.parametrize(
    "line",
    ["nonsense", "[]", "{}", '{"colour": "red"}', '{"fail": "sulk"}', '{"picture": "#12"}',
     '{"picture": 5}', '{"text": 5}', '{"text": "x", "finish": 3}', '{"text": "x", "seconds": "s"}',
     '{"text": "x", "seconds": -1}', '{"fail": "auth", "retry_after": true}'],
)  # fmt: skip
def test_a_bad_line_is_named(tmp_path, line):
    with pytest.raises(BadInput, match="line 2: not a script line"):
        scripted(tmp_path, '{"text": "good"}', line)


def test_no_script_there(tmp_path):
    with pytest.raises(BadInput, match="No such file"):
        connect(f"rehearsal/{tmp_path}/none.jsonl", ModelOptions())


def test_a_changed_script_is_another_model(tmp_path):
    one = scripted(tmp_path, '{"text": "One."}')
    two = scripted(tmp_path, '{"text": "Two."}')
    assert one.address == two.address
    assert one.identity != two.identity


def test_nobody_rehearses_a_picture_that_fills_the_memory():
    async def story():
        await Rehearsal().illustrate(ImageRequest("x", size="99999x99999"))

    with pytest.raises(CallFailed, match="no larger than"):
        asyncio.run(story())
