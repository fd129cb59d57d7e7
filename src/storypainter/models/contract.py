"""What a model is to storypainter: Writer, Seer, Illustrator, Embedder.

A provider implements one or more of these protocols. It sends one request and returns one
reply, or raises :class:`CallFailed` with a typed verdict; it neither retries nor caches nor
counts money: ``calling.py`` does that once, for all of them. This package never sees a Story.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

from storypainter.errors import StorypainterError
from storypainter.models.sessions import Sessions
from storypainter.reply import Usage

__all__ = ["Usage"]  # part of the contract, defined where the store can see it too


class Verdict(StrEnum):
    """Why a call failed, and so what happens next."""

    RATE_LIMIT = "rate_limit"  # too many calls: wait, shrink concurrency, try again
    TRANSIENT = "transient"  # 5xx, a reset, a cut body: try again
    TIMEOUT = "timeout"  # hung: try again
    MALFORMED = "malformed"  # an answer that can't be read: try again a few times
    REFUSED = "refused"  # by policy: this item fails, the run goes on
    TOO_LONG = "too_long"  # beyond the context: this item fails
    INVALID = "invalid"  # the server rejects the request as such: this item fails
    AUTH = "auth"  # a wrong key: the run stops
    OUT_OF_BUDGET = "out_of_budget"  # quota or ceiling: the run stops
    UNREACHABLE = "unreachable"  # no server: tried again, then the run stops
    NOT_FOUND = "not_found"  # the server lacks that model or endpoint: the run stops


#: Verdicts after which the same call may be sent again.
RETRIED = frozenset(
    {
        Verdict.RATE_LIMIT,
        Verdict.TRANSIENT,
        Verdict.TIMEOUT,
        Verdict.MALFORMED,
        Verdict.UNREACHABLE,
    }
)
#: Verdicts that stop the whole run.
FATAL = frozenset({Verdict.AUTH, Verdict.OUT_OF_BUDGET, Verdict.UNREACHABLE, Verdict.NOT_FOUND})


class CallFailed(StorypainterError):
    """A model call that failed.

    Args:
        verdict: why.
        message: one line, never with a key in it.
        retry_after: seconds that the server asked us to wait, if it did.
        usage: what the failed call is known to have used (a paid but useless reply).
    """

    exit_code: ClassVar[int] = 3

    def __init__(
        self,
        verdict: Verdict,
        message: str,
        hint: str = "",
        *,
        retry_after: float | None = None,
        usage: Usage | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.verdict = verdict
        self.retry_after = retry_after
        self.usage = usage


def empty_reply(finish: str, usage: Usage) -> CallFailed:
    """What an empty reply is: one that ran out of tokens before its first word, or no reply."""
    if finish != "length":
        return CallFailed(Verdict.MALFORMED, "the reply is empty", usage=usage)
    return CallFailed(
        Verdict.TOO_LONG,
        "all tokens were used before the first word of the reply",
        "raise --max-tokens",
        usage=usage,
    )


@dataclass(frozen=True, slots=True)
class ImagePart:
    """A picture inside a message: its bytes and media type (``image/png``).

    ``sha256`` spares hashing the bytes once more, where they have just been checked.
    """

    data: bytes
    media_type: str
    detail: Literal["auto", "low", "high"] = "auto"
    sha256: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message; ``content`` is text and, for a Seer, pictures in order."""

    role: Literal["system", "user", "assistant"]
    content: str | tuple[str | ImagePart, ...]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One chat call. Every sampling field is explicit, so that every field is in the key.

    ``temperature`` 0 to 2, ``top_p`` 0 to 1; ``schema`` is a JSON schema that the reply must
    satisfy (``schema_name`` names it); ``logprobs`` asks for that many alternatives a token.
    """

    messages: tuple[Message, ...]
    temperature: float = 1.0
    top_p: float = 1.0
    max_tokens: int = 1024
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None
    schema_name: str = "reply"
    logprobs: int | None = None


@dataclass(frozen=True, slots=True)
class TokenLogprob:
    """A reply token, its natural-log probability, and the alternatives offered with it."""

    token: str
    logprob: float
    top: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ChatReply:
    """What the model wrote. ``finish`` is ``stop``, ``length`` or ``content_filter``."""

    text: str
    finish: str = "stop"
    usage: Usage = Usage()
    model: str = ""
    logprobs: tuple[TokenLogprob, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One picture to paint, or to edit when ``images`` are given.

    ``size`` is ``1024x1024`` and the like or ``auto``; an empty ``quality``, ``background`` or
    ``output_format`` is not sent. ``settings`` are provider-specific (steps, guidance, seed).
    """

    prompt: str
    size: str = "1024x1024"
    quality: str = ""
    background: str = ""
    output_format: str = ""
    images: tuple[ImagePart, ...] = ()
    mask: ImagePart | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImageReply:
    """The bytes of one picture, undecoded, and the prompt as the server rewrote it.

    A provider may leave ``media_type`` empty and the size at 0: the calling path recognises
    every picture by its bytes, refuses what is none, and fills them in.
    """

    data: bytes
    media_type: str = ""
    revised_prompt: str = ""
    usage: Usage = Usage()
    model: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class EmbedRequest:
    """Texts to embed, in order."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmbedReply:
    """One vector a text, in order; all of the same length."""

    vectors: tuple[tuple[float, ...], ...]
    usage: Usage = Usage()
    model: str = ""


class Model(Protocol):
    """What every provider's model has.

    ``address`` is as the user wrote it (``openai/gpt-4o``); ``identity`` is all that decides
    which model answers (provider, model, base URL without credentials, revision or file hash):
    it goes into every key.
    """

    address: str
    identity: Mapping[str, str]

    async def aclose(self) -> None: ...


@runtime_checkable
class Writer(Model, Protocol):
    """Writes text."""

    async def chat(self, request: ChatRequest) -> ChatReply: ...


@runtime_checkable
class Seer(Writer, Protocol):
    """A Writer that also reads the pictures in a message."""

    sees: bool


@runtime_checkable
class Illustrator(Model, Protocol):
    """Paints a picture from a prompt."""

    async def illustrate(self, request: ImageRequest) -> ImageReply: ...


@runtime_checkable
class Embedder(Model, Protocol):
    """Turns texts into vectors."""

    async def embed(self, request: EmbedRequest) -> EmbedReply: ...


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """What a provider's factory is given beside the model's name.

    Args:
        base_url: an OpenAI-compatible server's address, credentials removed.
        api_key: sent as a bearer token; never part of an identity, a log or an error.
        basic_auth: the user part that stood in the base URL; as secret as a key.
        timeout: seconds after which a call counts as hung.
        connections: how many calls may be open at once.
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:1`` for local models.
        adapter: a LoRA adapter's folder or file for local models.
        seed: for local models that sample with a seed of their own.
        sessions: connections that the models of a run share; each opens its own without.
    """

    base_url: str | None = None
    api_key: str | None = None
    basic_auth: tuple[str, str] | None = None
    timeout: float = 300.0
    connections: int = 64
    device: str = "auto"
    adapter: str | None = None
    seed: int | None = None
    sessions: Sessions[Any] | None = None

    def __repr__(self) -> str:
        return f"ModelOptions(base_url={self.base_url!r}, device={self.device!r})"


#: Makes a model from the part of its address behind ``provider/``. Must be cheap: a provider
#: loads weights and opens connections at its first call, not here.
Factory = Callable[[str, ModelOptions], Model]
