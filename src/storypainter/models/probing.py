"""What can a model at an address do? One small request for each ability."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import orjson

from storypainter.models.contract import (
    CallFailed,
    ChatRequest,
    Embedder,
    EmbedRequest,
    Illustrator,
    ImagePart,
    ImageRequest,
    Message,
    Model,
    Seer,
    Verdict,
    Writer,
)
from storypainter.models.image_bytes import NotAPicture, recognise

#: Verdicts that say nothing about an ability: the probe stops with them.
_STOP = frozenset({Verdict.AUTH, Verdict.UNREACHABLE, Verdict.OUT_OF_BUDGET})
#: An overloaded or squeamish server, or one that ran out of tokens, says nothing about what it
#: could do.
_UNCLEAR = frozenset(
    {
        Verdict.RATE_LIMIT,
        Verdict.TIMEOUT,
        Verdict.TRANSIENT,
        Verdict.TOO_LONG,
        Verdict.REFUSED,
    }
)

_SCHEMA = {
    "type": "object",
    "properties": {"count": {"type": "integer"}},
    "required": ["count"],
    "additionalProperties": False,
}
#: A 32 by 32 red PNG.
_RED = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000020000000200802000000fc18ed"
    "a30000002849444154789cedcdb10d00000cc230fe7fba7d02364b99e35c326d"
    "7b07000000000000000000c51e32c3fc2e3cbe90900000000049454e44ae4260"
    "82"
)


@dataclass(frozen=True, slots=True)
class Ability:
    """One ability: whether it works (``None``: can't be told), and what the answer showed."""

    name: str
    works: bool | None
    detail: str


async def probe(model: Model) -> tuple[Ability, ...]:
    """Try every ability of a model, in a fixed order.

    Raises:
        CallFailed: AUTH, UNREACHABLE or OUT_OF_BUDGET, which no ability is to blame for.
    """
    tests: list[tuple[str, Callable[[], Awaitable[tuple[bool | None, str]]]]] = []
    if isinstance(model, Writer):
        writer = model
        tests += [
            ("chat", lambda: _chat(writer)),
            ("JSON schema", lambda: _schema(writer)),
            ("log-probabilities", lambda: _logprobs(writer)),
        ]
        if isinstance(model, Seer) and model.sees:
            tests.append(("picture input", lambda: _sees(writer)))
    if isinstance(model, Illustrator):
        illustrator = model
        tests.append(("pictures", lambda: _paints(illustrator)))
    if isinstance(model, Embedder):
        embedder = model
        tests.append(("embeddings", lambda: _embeds(embedder)))
    found: list[Ability] = []
    for name, test in tests:
        try:
            works, detail = await test()
        except CallFailed as failure:
            if failure.verdict in _STOP:
                raise
            works, detail = (None if failure.verdict in _UNCLEAR else False), failure.message
        found.append(Ability(name, works, detail))
    known = {ability.name for ability in found}
    found += [
        Ability(name, False, "this provider has no such call")
        for name in (
            "chat",
            "JSON schema",
            "log-probabilities",
            "picture input",
            "pictures",
            "embeddings",
        )
        if name not in known
    ]
    return tuple(found)


def _ask(*content: str | ImagePart, **fields: object) -> ChatRequest:
    plain = content[0] if len(content) == 1 and isinstance(content[0], str) else content
    return ChatRequest((Message("user", plain),), max_tokens=2000, **fields)  # type: ignore[arg-type]


async def _chat(model: Writer) -> tuple[bool, str]:
    reply = await model.chat(_ask("Answer with one word: what colour is grass?"))
    return bool(reply.text.strip()), _short(reply.text)


async def _schema(model: Writer) -> tuple[bool, str]:
    reply = await model.chat(
        _ask("How many legs has a dog? Answer as JSON.", schema=_SCHEMA, schema_name="legs")
    )
    try:
        plain = orjson.loads(reply.text)
    except orjson.JSONDecodeError:
        return False, f"accepted, but the reply is no JSON: {_short(reply.text)}"
    keeps = isinstance(plain, dict) and type(plain.get("count")) is int and len(plain) == 1
    return keeps, _short(reply.text) if keeps else f"ignored: {_short(reply.text)}"


async def _logprobs(model: Writer) -> tuple[bool, str]:
    reply = await model.chat(_ask("Is water wet? Answer yes or no.", logprobs=5))
    if not reply.logprobs:
        return False, "asked for, but none came back"
    return True, f"{len(reply.logprobs[0].top)} alternatives a token"


async def _sees(model: Writer) -> tuple[bool | None, str]:
    picture = ImagePart(_RED, "image/png")
    reply = await model.chat(_ask("Which colour is this picture? One word.", picture))
    if re.search(r"\bred\b", reply.text.casefold()):
        return True, _short(reply.text)
    return None, f"accepted, but the answer to a red square was: {_short(reply.text)}"


async def _paints(model: Illustrator) -> tuple[bool, str]:
    reply = await model.illustrate(ImageRequest("A red ball on grass.", size="1024x1024"))
    try:
        facts = recognise(reply.data)
    except NotAPicture as error:
        return False, str(error)
    return True, f"{facts.media_type}, {facts.width}x{facts.height}"


async def _embeds(model: Embedder) -> tuple[bool, str]:
    reply = await model.embed(EmbedRequest(("a dog", "a cat")))
    return True, f"{len(reply.vectors[0])} dimensions"


def _short(text: str) -> str:
    line = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    return line if len(line) <= 60 else line[:59] + "…"
