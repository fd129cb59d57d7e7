"""Replies as values: by schema, by asking, by asking again."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

import jsonschema
import orjson
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from local_server import chat_payload, replying, serving
from memory_store import MemoryStore
from pydantic import BaseModel, Field

from storypainter.errors import AuthFailed, BadInput
from storypainter.models.calling import Caller, Limits
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    ImagePart,
    Message,
    ModelOptions,
    Verdict,
)
from storypainter.models.openai import OpenAIModel
from storypainter.models.openai_wire import chat_body
from storypainter.models.structured import chat_json, read_json, strict_schema
from storypainter.scene import Scene
from storypainter.story import Chain, Story
from storypainter.value import Value


class Animal(BaseModel):
    name: str
    legs: int = Field(ge=0, le=1000)
    sound: str | None = None


class Zoo(Value):
    animals: tuple[Animal, ...] = Field(min_length=1)
    kind: Literal["city", "safari"] = "city"
    at: tuple[float, float] = (0.0, 0.0)


GOOD = '{"name": "dog", "legs": 4, "sound": null}'
ASK = ChatRequest((Message("system", "Be brief."), Message("user", "Which animal?")))


class Told:
    """Replies in turn; keeps the requests."""

    def __init__(self, *answers: Any, provider: str = "openai") -> None:
        self.address = f"{provider}/told"
        self.identity = {"provider": provider, "model": "told"}
        self.answers = list(answers)
        self.requests: list[ChatRequest] = []

    async def chat(self, request: ChatRequest) -> ChatReply:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, CallFailed):
            raise CallFailed(answer.verdict, answer.message)
        return answer if isinstance(answer, ChatReply) else ChatReply(answer)

    async def aclose(self) -> None: ...


def ask(model: Any, caller: Caller | None = None, **more: Any) -> Animal:
    caller = caller or Caller(MemoryStore())
    return asyncio.run(
        chat_json(caller, model, ASK, kind=Animal, step="s", sample=more.pop("sample", ""), **more)
    )


def text_of(request: ChatRequest) -> str:
    return "\n".join(str(message.content) for message in request.messages)


# -------------------------------------------------------------------------- asking


def test_a_server_with_schemas_is_asked_by_schema():
    model = Told(GOOD)
    assert ask(model) == Animal(name="dog", legs=4)
    (request,) = model.requests
    assert request.schema == strict_schema(Animal)
    assert request.schema_name == "Animal"
    assert request.messages == ASK.messages


@pytest.mark.parametrize(
    "refusal",
    [
        CallFailed(Verdict.INVALID, "HTTP 400: 'response_format' of type json_schema unsupported"),
        CallFailed(Verdict.INVALID, "HTTP 400: Invalid schema for response_format"),
        CallFailed(Verdict.INVALID, "HTTP 400: failed to parse grammar"),
        CallFailed(Verdict.NOT_FOUND, "HTTP 404: json_schema is not available"),
    ],
)
def test_a_server_without_schemas_is_asked_in_the_prompt_and_remembered(refusal):
    caller = Caller(MemoryStore())
    model = Told(refusal, GOOD)
    assert ask(model, caller).name == "dog"
    first, second = model.requests
    assert first.schema is not None
    assert second.schema is None
    assert '"legs"' in text_of(second)
    assert second.messages[0] == ASK.messages[0]
    ask(model, caller, sample="another")
    assert len(model.requests) == 3
    assert model.requests[2].schema is None
    # Another run asks afresh: the server may have learnt it.
    ask(Told(GOOD), Caller(MemoryStore()))


def test_a_local_provider_that_refuses_is_asked_in_the_prompt():
    model = Told(CallFailed(Verdict.INVALID, "not supported"), GOOD, provider="transformers")
    assert ask(model).legs == 4
    assert model.requests[1].schema is None


@pytest.mark.parametrize(
    ("failure", "raised"),
    [
        (CallFailed(Verdict.INVALID, "HTTP 400: unknown parameter temperature"), CallFailed),
        (CallFailed(Verdict.NOT_FOUND, "HTTP 404: no such model"), BadInput),
        (CallFailed(Verdict.REFUSED, "HTTP 400: about the schema of a bomb"), CallFailed),
        (CallFailed(Verdict.AUTH, "HTTP 401: schema"), AuthFailed),
    ],
)
def test_other_failures_are_raised(failure, raised):
    model = Told(failure)
    with pytest.raises(raised):
        ask(model)
    assert len(model.requests) == 1


def test_the_schema_joins_pictures_and_lonely_system_messages():
    refusal = CallFailed(Verdict.INVALID, "no response_format here")
    part = ImagePart(b"x", "image/png")
    for messages in ((Message("user", ("See?", part)),), (Message("system", "Only this."),)):
        model = Told(refusal, GOOD)
        request = ChatRequest(messages)
        asyncio.run(
            chat_json(Caller(MemoryStore()), model, request, kind=Animal, step="s", sample="")
        )
        last = model.requests[1].messages[-1]
        assert last.role == "user"
        assert "JSON schema" in (
            last.content if isinstance(last.content, str) else last.content[-1]
        )


def test_a_reply_that_does_not_fit_goes_back_with_the_error():
    model = Told('{"name": "dog", "legs": -4}', "Sorry!", f"```json\n{GOOD}\n```")
    store = MemoryStore()
    assert ask(model, Caller(store)).legs == 4
    assert len(store.kept) == 3  # every attempt is a stored call
    second, third = model.requests[1:]
    assert [m.role for m in second.messages] == ["system", "user", "assistant", "user"]
    assert "legs" in str(second.messages[-1].content)
    assert "greater than or equal to 0" in str(second.messages[-1].content)
    assert "holds no JSON object" in str(third.messages[-1].content)
    again = Told("never asked")
    assert ask(again, Caller(store)).legs == 4
    assert again.requests == []


def test_a_server_that_takes_a_schema_and_ignores_it_is_told_in_the_prompt():
    model = Told("A dog has four legs.", GOOD)
    assert ask(model).legs == 4
    first, second = model.requests
    assert "JSON schema" not in text_of(first)
    assert "JSON schema" in text_of(second)
    assert first.schema == second.schema == strict_schema(Animal)


@pytest.mark.parametrize("repairs", [0, 1, 3])
def test_no_reply_fits(repairs):
    model = Told('{"name": "dog"}')
    with pytest.raises(CallFailed) as caught:
        ask(model, repairs=repairs)
    assert caught.value.verdict is Verdict.MALFORMED
    assert len(model.requests) == repairs + 1
    assert f"asked {repairs + 1} times" in caught.value.message
    assert "legs: Field required" in caught.value.message


@pytest.mark.parametrize(
    ("finish", "verdict"), [("length", Verdict.TOO_LONG), ("content_filter", Verdict.REFUSED)]
)
def test_a_cut_reply_is_not_asked_for_again(finish, verdict):
    model = Told(ChatReply('{"name": "do', finish))
    with pytest.raises(CallFailed) as caught:
        ask(model)
    assert caught.value.verdict is verdict
    assert len(model.requests) == 1
    assert ask(Told(ChatReply(GOOD, finish))).name == "dog"  # whole all the same


async def test_over_http_with_a_server_that_knows_no_schema():
    async def handler(request: web.Request) -> web.Response:
        if "response_format" in await request.json():
            body = {"error": {"message": "Unrecognized request argument: response_format"}}
            return web.json_response(body, status=400)
        return await replying(chat_payload(f"Here it is: {GOOD} Enjoy!"))(request)

    async with serving(handler) as server:
        model = OpenAIModel("openai/m", "m", ModelOptions(base_url=server.base_url))
        caller = Caller(MemoryStore(), Limits(4, 4))
        found = await asyncio.gather(
            *(chat_json(caller, model, ASK, kind=Animal, step="s", sample=str(i)) for i in range(5))
        )
        assert {animal.name for animal in found} == {"dog"}
        before = len(server.seen)
        await chat_json(caller, model, ASK, kind=Animal, step="s", sample="late")
        await model.aclose()
        assert len(server.seen) == before + 1
        assert "response_format" not in server.body()


# ------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"  \n{GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}```",
        f"Sure! Here is the animal:\n{GOOD}\nAnything else?",
        f'First I thought of {{this}} and {{"name": 3}}. But: {GOOD}',
        f'```json\n{{"oops": 1}}\n```\nbetter:\n```json\n{GOOD}\n```',
        f"{{ {GOOD}",
        f"{GOOD} {GOOD}",
    ],
)
def test_an_object_is_found(text):
    assert read_json(text, Animal) == Animal(name="dog", legs=4)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no JSON object"),
        ("A dog has four legs.", "no JSON object"),
        ('{"name": "dog", "legs": 4,}', "no valid JSON: trailing comma"),
        ('{"name": "dog", // comment\n"legs": 4}', "no valid JSON"),
        ('{"name": "dog", "legs": 4', "no valid JSON"),
        ('{"name": "dog", "legs": "four"}', "legs: Input should be a valid integer"),
        ('["dog", 4]', "no JSON object"),
        ('{"name": "dog", "legs": NaN}', ""),
        ("{" * 5000, "no valid JSON"),
        ('{"a":' * 5000, "no valid JSON"),
    ],
)
def test_why_there_is_none(text, says):
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        read_json(text, Animal)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 500


def test_many_problems_are_summed_up():
    animals = ", ".join(['{"legs": 1}'] * 9)
    with pytest.raises(ValueError, match=r"animals.0.name.*and \d more"):
        read_json(f'{{"animals": [{animals}]}}', Zoo)


@given(st.text(alphabet='{}[]",:ab1`\n ', max_size=60))
def test_any_text_is_a_value_or_a_reason(text):
    try:
        found: object = read_json(text, Animal)
    except ValueError as error:
        found = str(error)
    assert found


# ------------------------------------------------------------------------- schemas


def objects(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        inner = [o for value in node.values() for o in objects(value)]
        return [node, *inner] if node.get("type") == "object" else inner
    return [o for value in node for o in objects(value)] if isinstance(node, list) else []


@pytest.mark.parametrize("kind", [Animal, Zoo, Chain, Scene])
def test_strict_schemas_are_strict(kind):
    schema = strict_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    for each in objects(schema):
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])
    text = orjson.dumps(schema).decode()
    for word in ('"default"', '"title"', '"oneOf"', '"allOf"', '"prefixItems"', '"maxLength"'):
        assert word not in text.replace('"title":{', "")
    body = chat_body("gpt-4o", ChatRequest(ASK.messages, schema=schema), "official")
    assert body["response_format"]["json_schema"]["strict"] is True


def test_what_fits_the_schema_fits_the_model():
    good = {"animals": [{"name": "a", "legs": 2, "sound": None}], "kind": "safari", "at": [1, 2]}
    jsonschema.validate(good, strict_schema(Zoo))
    assert read_json(orjson.dumps(good).decode(), Zoo).kind == "safari"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, "more": 1}, strict_schema(Zoo))


def test_what_no_strict_schema_can_say():
    class Anything(BaseModel):
        field: Any

    class List(BaseModel):
        field: list

    for kind in (Story, Anything, List):  # a Story's origin has free parameters
        with pytest.raises(TypeError, match="no strict schema"):
            strict_schema(kind)
