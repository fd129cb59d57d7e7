"""A reply as a value: JSON by the server's schema support where it has any, by asking otherwise.

A server that refuses ``response_format`` is remembered for the run and gets the schema in the
prompt from then on. Whatever comes back is read leniently (code fences, text around it) and
validated strictly; a reply that doesn't fit goes back to the model with what is wrong with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from pydantic import BaseModel, ValidationError

from storypainter.errors import BadInput
from storypainter.models.calling import Caller
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    Message,
    Verdict,
    Writer,
)
from storypainter.value import canonical_json

T = TypeVar("T", bound=BaseModel)

#: Words with which servers refuse a schema, rather than something else in the request.
_REFUSAL = re.compile(
    r"response_format|response format|json_?schema|schema|grammar|structured", re.I
)
_FENCE = re.compile(r"```[A-Za-z]*\s*\n(.*?)```", re.S)
_MOST_OBJECTS = 20  # places in a reply where an object is looked for
_MOST_PROBLEMS = 5  # that the model is told at once

#: Models that refused a schema, by the caller of a run.
_without_schema: WeakKeyDictionary[Caller, set[tuple[object, ...]]] = WeakKeyDictionary()


async def chat_json(
    caller: Caller,
    writer: Writer,
    request: ChatRequest,
    *,
    kind: type[T],
    step: str,
    sample: str,
    priority: int = 10,
    repairs: int = 2,
) -> T:
    """Ask for a value of a pydantic model. Every attempt is a stored call of its own.

    Args:
        caller: sends and stores the calls.
        writer: whom to ask.
        request: the question; its ``schema`` and ``schema_name`` are set here.
        kind: what the reply must be; see :func:`strict_schema` for what it may hold.
        step: the step that the calls count for.
        sample: tells apart equal requests that should give different replies.
        priority: as for ``Caller.chat``.
        repairs: how often the model is asked again after a reply that doesn't fit.

    Raises:
        CallFailed: MALFORMED when no reply fits, TOO_LONG when one was cut off, or as
            ``Caller.chat`` raises it.
    """
    schema = strict_schema(kind)
    with_schema = _with_schema(request.messages, schema)
    turns: tuple[Message, ...] = ()
    problem = ""

    async def send(messages: tuple[Message, ...], by_schema: bool) -> ChatReply:
        attempt = replace(
            request,
            messages=messages + turns,
            schema=schema if by_schema else None,
            schema_name=_plain_name(kind.__name__),
        )
        return await caller.chat(writer, attempt, step=step, sample=sample, priority=priority)

    for tries in range(repairs + 1):
        # A server may take a schema and ignore it: the second time the prompt says it, too.
        asked = with_schema if tries else request.messages
        reply = await _by_schema(caller, writer, partial(send, asked, True))
        if reply is None:
            reply = await send(with_schema, False)
        try:
            return read_json(reply.text, kind)
        except ValueError as error:
            problem = str(error)
        _check_finish(reply, kind)
        turns += (Message("assistant", reply.text), Message("user", _complaint(problem)))
    raise CallFailed(
        Verdict.MALFORMED,
        f"no reply is a {kind.__name__} (asked {repairs + 1} times): {problem}",
    )


async def _by_schema(
    caller: Caller, writer: Writer, send: Callable[[], Awaitable[ChatReply]]
) -> ChatReply | None:
    """The reply, or ``None`` from a model that refuses schemas, now or earlier in the run."""
    refusing = _without_schema.setdefault(caller, set())
    which = (writer.address, *sorted(writer.identity.items()))
    if which in refusing:
        return None
    try:
        return await send()
    except (CallFailed, BadInput) as failure:
        if not _refuses_schema(failure, writer):
            raise
    refusing.add(which)
    return None


def _refuses_schema(failure: CallFailed | BadInput, writer: Writer) -> bool:
    """Whether a refusal is about the schema. ``BadInput`` is how NOT_FOUND arrives here."""
    if isinstance(failure, CallFailed):
        if failure.verdict is not Verdict.INVALID:
            return False
        if writer.identity.get("provider") != "openai":
            return True
    return _REFUSAL.search(failure.message) is not None


def _with_schema(messages: tuple[Message, ...], schema: Mapping[str, Any]) -> tuple[Message, ...]:
    """The messages with the schema described at the end of the first question."""
    demand = (
        "Answer with one JSON object and nothing else: no code fence, no comment, every field "
        "present. It must satisfy this JSON schema:\n" + canonical_json(dict(schema)).decode()
    )
    index = next((i for i, message in enumerate(messages) if message.role == "user"), None)
    if index is None:
        return (*messages, Message("user", demand))
    asked = messages[index]
    if isinstance(asked.content, str):
        told = replace(asked, content=f"{asked.content}\n\n{demand}")
    else:
        told = replace(asked, content=(*asked.content, demand))
    return (*messages[:index], told, *messages[index + 1 :])


def _complaint(problem: str) -> str:
    return (
        f"That reply can't be used. {problem}\n"
        "Send the whole JSON object again, corrected, and nothing else."
    )


def _check_finish(reply: ChatReply, kind: type[BaseModel]) -> None:
    """A cut reply would be cut again: asking is no use."""
    if reply.finish == "length":
        raise CallFailed(
            Verdict.TOO_LONG,
            f"the reply was cut off inside its {kind.__name__}",
            "raise --max-tokens",
        )
    if reply.finish == "content_filter":
        raise CallFailed(Verdict.REFUSED, "the server's content filter cut the reply off")


# -------------------------------------------------------------------- reading replies


def read_json(text: str, kind: type[T]) -> T:
    """The first JSON object in a text that is such a value.

    A code fence and text around the object are fine; inside it, JSON is JSON: no comments, no
    trailing commas.

    Raises:
        ValueError: there is no object, or none that fits; the message says why in plain words
            and never repeats the text.
    """
    problem = "It holds no JSON object."
    for index, candidate in enumerate(_candidates(text)):
        try:
            return kind.model_validate_json(candidate)
        except ValidationError as error:
            if index == 0 or error.errors()[0]["type"] != "json_invalid":
                problem = _problems(error)
    raise ValueError(problem)


def _candidates(text: str) -> Iterator[str]:
    """What may be the object: the whole text, what stands in a code fence, and each object."""
    whole = text.strip()
    if whole.startswith("{"):
        yield whole
    for found in _FENCE.finditer(text):
        yield found[1].strip()
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(_MOST_OBJECTS):
        if at < 0:
            return
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield text[at:end]
        at = text.find("{", end)


def _problems(error: ValidationError) -> str:
    """The first problems of a validation, each as ``where: what``."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    if found[0]["type"] == "json_invalid":
        return f"It is no valid JSON: {found[0]['msg'].removeprefix('Invalid JSON: ')}."
    lines = [
        f"{'.'.join(map(str, each['loc'])) or 'the object'}: {each['msg']}"
        for each in found[:_MOST_PROBLEMS]
    ]
    more = len(found) - len(lines)
    return "; ".join(lines) + (f"; and {more} more" if more > 0 else "") + "."


# ---------------------------------------------------------------------- strict schemas

#: What servers with schema support understand everywhere. Limits that they may not know are
#: left out: the reply is validated against the model all the same.
_KEYWORDS = ("type", "description", "enum", "const", "pattern", "minimum", "maximum")


@lru_cache(maxsize=256)
def strict_schema(kind: type[BaseModel]) -> dict[str, Any]:
    """A model's JSON schema in the strict form: every field required, no others allowed.

    Raises:
        TypeError: the model holds something that the strict form can't say, such as a dict
            with free keys.
    """
    plain = kind.model_json_schema()
    schema = _strict(plain)
    definitions = {name: _strict(each) for name, each in plain.get("$defs", {}).items()}
    return {**schema, "$defs": definitions} if definitions else schema


def _strict(node: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return {"$ref": node["$ref"]}  # a reference stands alone
    for several in ("anyOf", "oneOf"):
        if several in node:
            return {"anyOf": [_strict(each) for each in node[several]]}
    found = {name: node[name] for name in _KEYWORDS if name in node}
    if node.get("type") == "object":
        if node.get("additionalProperties", False) is not False and "properties" not in node:
            raise TypeError("an object with free keys has no strict schema; use a list of pairs")
        properties = node.get("properties", {})
        found["properties"] = {name: _strict(each) for name, each in properties.items()}
        found["required"] = list(properties)
        found["additionalProperties"] = False
    elif node.get("type") == "array":
        kinds = [_strict(each) for each in node.get("prefixItems", ())]
        items = _strict(node["items"]) if "items" in node else _one_of(kinds)
        found["items"] = items
        for name in ("minItems", "maxItems"):
            if name in node:
                found[name] = node[name]
    elif not found.keys() & {"type", "enum", "const"}:
        raise TypeError("a field of any type has no strict schema; say what it may be")
    return found


def _one_of(kinds: list[dict[str, Any]]) -> dict[str, Any]:
    different = [kind for index, kind in enumerate(kinds) if kind not in kinds[:index]]
    if not different:
        raise TypeError("a list of anything has no strict schema; say what it holds")
    return different[0] if len(different) == 1 else {"anyOf": different}


def _plain_name(name: str) -> str:
    """A schema name as servers take it: letters, digits, underscores and hyphens."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)[:64]
