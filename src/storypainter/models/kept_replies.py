"""Replies as the store keeps them: JSON, and a picture's bytes beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storypainter.models.contract import ChatReply, EmbedReply, ImageReply, TokenLogprob
from storypainter.reply import Usage

#: What is kept of a reply: its JSON, the bytes beside it, and their media type.
Dumped = tuple[dict[str, Any], bytes | None, str]


def _dump_usage(usage: Usage) -> list[int | None]:
    return [usage.input_tokens, usage.output_tokens, usage.cached_tokens]


def dump_chat(reply: ChatReply) -> Dumped:
    """What is kept of a text."""
    plain: dict[str, Any] = {
        "text": reply.text,
        "finish": reply.finish,
        "model": reply.model,
        "usage": _dump_usage(reply.usage),
    }
    if reply.logprobs:
        plain["logprobs"] = [[t.token, t.logprob, list(t.top)] for t in reply.logprobs]
    return plain, None, ""


def load_chat(plain: Mapping[str, Any]) -> ChatReply:
    """The reply of what :func:`dump_chat` gave."""
    return ChatReply(
        plain["text"],
        plain["finish"],
        Usage(*plain["usage"]),
        plain["model"],
        tuple(
            TokenLogprob(token, logprob, tuple((t, p) for t, p in top))
            for token, logprob, top in plain.get("logprobs", ())
        ),
    )


def dump_image(reply: ImageReply) -> Dumped:
    """What is kept of a picture."""
    plain = {
        "media_type": reply.media_type,
        "revised_prompt": reply.revised_prompt,
        "model": reply.model,
        "usage": _dump_usage(reply.usage),
        "size": [reply.width, reply.height],
    }
    return plain, reply.data, reply.media_type


def load_image(plain: Mapping[str, Any]) -> ImageReply:
    """The reply of what :func:`dump_image` gave; its bytes are the store's."""
    return ImageReply(
        b"",
        plain["media_type"],
        plain["revised_prompt"],
        Usage(*plain["usage"]),
        plain["model"],
        *plain["size"],
    )


def dump_embed(reply: EmbedReply) -> Dumped:
    """What is kept of vectors."""
    plain = {
        "vectors": [list(vector) for vector in reply.vectors],
        "model": reply.model,
        "usage": _dump_usage(reply.usage),
    }
    return plain, None, ""


def load_embed(plain: Mapping[str, Any]) -> EmbedReply:
    """The reply of what :func:`dump_embed` gave."""
    vectors = tuple(tuple(vector) for vector in plain["vectors"])
    return EmbedReply(vectors, Usage(*plain["usage"]), plain["model"])
