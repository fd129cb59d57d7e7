"""One call as a job: what decides its reply, hashed into its key, and what the budget must know."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storypainter.models.contract import ChatRequest, ImagePart, ImageRequest, Message, Model
from storypainter.value import canonical_json, content_hash


@dataclass(slots=True)
class Job:
    """One call's place in the run, and what the budget needs to know of it."""

    kind: str
    model: Model
    request: Mapping[str, Any]
    step: str
    sample: str
    priority: int
    characters: int = 0
    pictures: int = 0
    max_tokens: int = 0
    quality: str = ""
    size: str = ""
    reserved: float = 0.0
    _key: str = field(default="", repr=False)

    def key(self) -> str:
        """The hash of everything that decides the reply: the model's identity (with its base
        URL and revision), every field of the request, and the sample.

        Left out on purpose: the key, time-outs and concurrency, which change no reply.
        """
        if not self._key:
            self._key = content_hash(
                {
                    "kind": self.kind,
                    "model": dict(self.model.identity),
                    "request": dict(self.request),
                    "sample": self.sample,
                }
            )
        return self._key


def plain_chat(request: ChatRequest) -> dict[str, Any]:
    """A request to write, as its key is made of it; pictures by their hash."""
    return {
        "messages": [_plain_message(message) for message in request.messages],
        "temperature": request.temperature,
        "top_p": request.top_p,
        "max_tokens": request.max_tokens,
        "frequency_penalty": request.frequency_penalty,
        "presence_penalty": request.presence_penalty,
        "seed": request.seed,
        "stop": list(request.stop),
        "schema": dict(request.schema) if request.schema is not None else None,
        "schema_name": request.schema_name,
        "logprobs": request.logprobs,
    }


def _plain_message(message: Message) -> dict[str, Any]:
    if isinstance(message.content, str):
        return {"role": message.role, "content": message.content}
    return {
        "role": message.role,
        "content": [p if isinstance(p, str) else _plain_part(p) for p in message.content],
    }


def _plain_part(part: ImagePart) -> dict[str, str]:
    digest = part.sha256 or hashlib.sha256(part.data).hexdigest()
    return {"sha256": digest, "media_type": part.media_type, "detail": part.detail}


def plain_image(request: ImageRequest) -> dict[str, Any]:
    """A request to paint, as its key is made of it; pictures by their hash."""
    return {
        "prompt": request.prompt,
        "size": request.size,
        "quality": request.quality,
        "background": request.background,
        "output_format": request.output_format,
        "images": [_plain_part(part) for part in request.images],
        "mask": _plain_part(request.mask) if request.mask is not None else None,
        "settings": dict(request.settings),
    }


def measure(request: ChatRequest) -> tuple[int, int]:
    """(characters, pictures) that a request makes the model read."""
    characters = len(canonical_json(dict(request.schema))) if request.schema else 0
    pictures = 0
    for message in request.messages:
        for part in (message.content,) if isinstance(message.content, str) else message.content:
            if isinstance(part, str):
                characters += weight(part)
            else:
                pictures += 1
    return characters, pictures


def weight(text: str) -> int:
    """Characters as the budget counts them: outside ASCII, every byte may be a token."""
    return len(text) if text.isascii() else len(text.encode()) * 3 // 2
