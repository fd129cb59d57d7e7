"""One path for every model call: key, stored reply, budget, concurrency, retries, durability.

    key -> stored? return it : place -> (wait, send, judge the failure)* -> store -> return

A reply is durable in the store before anyone sees it. Failures are typed; what is worth another
try is tried again with exponential back-off and jitter, honouring ``Retry-After``. The store is
injected: this module knows no run folder.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from storypainter.errors import (
    AuthFailed,
    BadInput,
    OutOfBudget,
    ServerUnreachable,
    StorypainterError,
)
from storypainter.models.contract import (
    FATAL,
    RETRIED,
    CallFailed,
    ChatReply,
    ChatRequest,
    Embedder,
    EmbedReply,
    EmbedRequest,
    Illustrator,
    ImagePart,
    ImageReply,
    ImageRequest,
    Message,
    Model,
    TokenLogprob,
    Verdict,
    Writer,
)
from storypainter.models.image_bytes import NotAPicture, recognise
from storypainter.models.limiter import Cap, Level, Pace
from storypainter.models.pricing import FREE, Price, price_of
from storypainter.reply import CallRecord, ReplyStore, Usage
from storypainter.value import canonical_json, content_hash

Reply = TypeVar("Reply", ChatReply, ImageReply, EmbedReply)

#: How often one call is sent at most, by the verdict of its latest failure.
TRIES: Mapping[Verdict, int] = {
    Verdict.RATE_LIMIT: 10,
    Verdict.TRANSIENT: 6,
    Verdict.TIMEOUT: 3,
    Verdict.MALFORMED: 4,
    Verdict.UNREACHABLE: 3,
}
_RAISE_CEILING = "raise --max-cost and run the same command again to go on"
_FIRST_DELAY = 0.25
_LONGEST_DELAY = 60.0
#: Output tokens that a picture may cost where pictures are sold by the token.
_PICTURE_TOKENS = 16_384


@dataclass(slots=True)
class StepCount:
    """What happened in one step so far; read by progress displays."""

    in_flight: int = 0
    calls: int = 0
    cached: int = 0
    retries: int = 0
    #: Why a call was sent again the last time.
    retried: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    unpriced: int = 0


@dataclass(slots=True)
class Limits:
    """What a run may do at once and in all.

    Args:
        max_concurrency: calls in flight, chat and pictures together.
        start_concurrency: where each model's level starts; equal to the maximum = fixed.
        rpm: calls a minute to one model.
        max_cost: US dollars for the whole run folder, earlier runs included.
    """

    max_concurrency: int = 64
    start_concurrency: int = 8
    rpm: float | None = None
    max_cost: float | None = None


@dataclass(slots=True)
class _Line:
    """What the caller keeps about one model."""

    level: Level
    price: Price | None
    answered: bool = False


class Caller:
    """Sends calls. One for a run; all steps share its cap, budget and store."""

    def __init__(
        self,
        store: ReplyStore,
        limits: Limits | None = None,
        prices: Mapping[str, Price] | None = None,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.limits = limits or Limits()
        self.counts: dict[str, StepCount] = {}
        self._store = store
        self._prices = dict(prices or {})
        self._cap = Cap(self.limits.max_concurrency)
        self._lines: dict[tuple[object, ...], _Line] = {}
        self._open: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._reserved = 0.0
        self._spent = store.spent()
        self._turn = asyncio.Lock()
        self._settled = asyncio.Event()
        self._sleep = sleep
        self._jitter = random.Random()
        self._closing = asyncio.Event()

    # -------------------------------------------------------------- the calls

    async def chat(
        self, writer: Writer, request: ChatRequest, *, step: str, sample: str, priority: int = 10
    ) -> ChatReply:
        """Write. ``sample`` tells apart equal requests that should give different replies."""
        job = _Job("chat", writer, _plain_chat(request), step, sample, priority)
        job.characters, job.pictures = _measure(request)
        job.max_tokens = request.max_tokens
        reply, _ = await self._call(job, lambda: writer.chat(request), _dump_chat, _load_chat)
        return reply

    async def illustrate(
        self,
        illustrator: Illustrator,
        request: ImageRequest,
        *,
        step: str,
        sample: str,
        priority: int = 10,
    ) -> tuple[ImageReply, str]:
        """Paint. Returns the reply without its bytes, and the content hash they lie under."""
        job = _Job("image", illustrator, _plain_image(request), step, sample, priority)
        job.characters, job.pictures = _weight(request.prompt), len(request.images)
        job.max_tokens, job.quality, job.size = _PICTURE_TOKENS, request.quality, request.size

        async def send() -> ImageReply:
            return _recognised(await illustrator.illustrate(request))

        reply, blob = await self._call(job, send, _dump_image, _load_image)
        assert blob is not None  # the store keeps the bytes of every picture
        return reply, blob

    async def embed(
        self, embedder: Embedder, request: EmbedRequest, *, step: str, sample: str = ""
    ) -> EmbedReply:
        """Embed texts."""
        plain = {"texts": list(request.texts)}
        job = _Job("embed", embedder, plain, step, sample, 5)
        job.characters = sum(map(_weight, request.texts))
        reply, _ = await self._call(job, lambda: embedder.embed(request), _dump_embed, _load_embed)
        return reply

    def price(self, model: Model) -> Price | None:
        """The price of a model, or ``None`` when it is unknown."""
        return self._line(model).price

    def level(self, model: Model) -> int:
        """How many calls to this model may be open now."""
        return self._line(model).level.allowed

    @property
    def in_flight(self) -> int:
        """Calls that are open now."""
        return self._cap.in_flight

    @property
    def costs_money(self) -> bool:
        """Whether a call to one of the models so far may cost something."""
        return any(line.price != FREE for line in self._lines.values())

    def close_to_new_calls(self) -> None:
        """Let calls in flight finish, start no others: the next one raises ``Stopping``."""
        self._closing.set()
        self._settled.set()
        self._cap.dismiss(Stopping)

    # ------------------------------------------------------------ the one path

    async def _call(
        self,
        job: _Job,
        send: Callable[[], Awaitable[Reply]],
        dump: Callable[[Reply], tuple[dict[str, Any], bytes | None, str]],
        load: Callable[[Mapping[str, Any]], Reply],
    ) -> tuple[Reply, str | None]:
        count = self.counts.setdefault(job.step, StepCount())
        key = job.key()
        # Two equal calls at once: the second waits, and finds the reply of the first.
        lock = self._open.setdefault(key, asyncio.Lock())
        async with lock:
            stored = self._store.find(key)
            if stored is not None:
                count.cached += 1
                return load(stored.reply), stored.blob
            line = self._line(job.model)
            job.reserved = await self._reserve(job, line)
            try:
                reply, seconds, tries = await self._send(job, line, count, send)
                cost = self._cost(job, line, reply.usage, count)
                plain, blob, media_type = dump(reply)
                kept = await self._store.keep(
                    CallRecord(
                        key, job.step, job.model.address, job.kind, plain, blob, media_type,
                        reply.usage, cost, seconds, tries,
                    )
                )  # fmt: skip
            finally:
                self._reserved -= job.reserved
                self._settled.set()
        if isinstance(reply, ImageReply):
            reply = replace(reply, data=b"")  # the store has the bytes; don't hold them here
        return reply, kept

    async def _send(
        self,
        job: _Job,
        line: _Line,
        count: StepCount,
        send: Callable[[], Awaitable[Reply]],
    ) -> tuple[Reply, float, int]:
        """Send until it works or is not worth another try. Returns (reply, seconds, tries)."""
        tries = 0
        while True:
            tries += 1
            try:
                reply, seconds = await self._send_once(job, line, count, send)
                return reply, seconds, tries
            except CallFailed as failure:
                await self._charge_failure(job, line, count, failure)
                allowed = TRIES.get(failure.verdict, 1)
                if failure.verdict is Verdict.UNREACHABLE and line.answered:
                    allowed = TRIES[Verdict.TRANSIENT]
                if failure.verdict not in RETRIED or tries >= allowed:
                    raise _final(failure, tries) from None
                delay = self._delay(tries, failure.retry_after)
                count.retried = failure.message
            self._check_retry(job)
            count.retries += 1
            await self._wait(delay)

    async def _send_once(
        self,
        job: _Job,
        line: _Line,
        count: StepCount,
        send: Callable[[], Awaitable[Reply]],
    ) -> tuple[Reply, float]:
        if self._closing.is_set():
            raise Stopping
        await self._cap.acquire(line.level, job.priority)
        count.in_flight += 1
        count.calls += 1
        try:
            started = _now()
            reply = await send()
            seconds = _now() - started
            line.answered = True
            line.level.succeeded(seconds)
            return reply, seconds
        except CallFailed as failure:
            if failure.verdict is Verdict.RATE_LIMIT:
                line.level.refused(failure.retry_after)
            raise
        finally:
            count.in_flight -= 1
            self._cap.release(line.level)

    async def _wait(self, delay: float) -> None:
        """Sleep, unless the run is stopping: nobody should wait minutes for a Ctrl-C."""
        sleeping = asyncio.ensure_future(self._sleep(delay))
        stopping = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait((sleeping, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            stopping.cancel()
        if self._closing.is_set():
            raise Stopping

    def _delay(self, tries: int, retry_after: float | None) -> float:
        """Exponential back-off with full jitter; never sooner than the server asked."""
        longest = min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** (tries - 1))
        delay = self._jitter.uniform(longest / 2, longest)
        if retry_after is not None:
            delay = max(delay, min(retry_after, 10 * _LONGEST_DELAY) * self._jitter.uniform(1, 1.1))
        return delay

    # ----------------------------------------------------------------- money

    def _line(self, model: Model) -> _Line:
        # Two servers may serve the same model id: each has its own level and price.
        which = (model.address, *sorted(model.identity.items()))
        line = self._lines.get(which)
        if line is None:
            limits = self.limits
            line = self._lines[which] = _Line(
                Level(limits.start_concurrency, limits.max_concurrency, _now, Pace(limits.rpm)),
                price_of(model.identity, self._prices, model.address),
            )
        return line

    async def _reserve(self, job: _Job, line: _Line) -> float:
        """Set aside what the call may cost at most, so that the ceiling holds in flight too.

        When calls in flight have set aside the rest of the budget, wait for what they really
        cost: it is usually much less.
        """
        ceiling = self.limits.max_cost
        if ceiling is None:
            return 0.0
        most = (
            None
            if line.price is None
            else line.price.ceiling(
                job.characters, job.max_tokens, job.quality, job.size, job.pictures
            )
        )
        if most is None:
            raise OutOfBudget(
                f"the price of {job.model.address} is unknown, so --max-cost can't be kept",
                "give its price with --price, or drop --max-cost",
            )
        async with self._turn:
            while self._spent + self._reserved + most > ceiling:
                if self._closing.is_set():
                    raise Stopping
                if self._spent + most > ceiling:
                    raise OutOfBudget(
                        f"the next call may cost ${most:.4f}; ${self._spent:.4f} of "
                        f"${ceiling:.4f} are spent",
                        _RAISE_CEILING,
                    )
                self._settled.clear()
                await self._settled.wait()
            self._reserved += most
        return most

    def _check_retry(self, job: _Job) -> None:
        """Whether a call may be sent again: a useless reply may have eaten its money.

        Raises:
            OutOfBudget: the ceiling leaves no room for another try.
        """
        ceiling = self.limits.max_cost
        if ceiling is not None and self._spent + job.reserved > ceiling:
            raise OutOfBudget(
                f"another try may cost ${job.reserved:.4f}; ${self._spent:.4f} of "
                f"${ceiling:.4f} are spent",
                _RAISE_CEILING,
            )

    def _cost(self, job: _Job, line: _Line, usage: Usage, count: StepCount) -> float | None:
        cost = None if line.price is None else line.price.cost(usage, job.quality, job.size)
        count.input_tokens += usage.input_tokens or 0
        count.output_tokens += usage.output_tokens or 0
        if cost is None:
            count.unpriced += 1
            self._spent += job.reserved  # the ceiling must hold for what nobody counted, too
        else:
            count.cost += cost
            self._spent += cost
        return cost

    async def _charge_failure(
        self, job: _Job, line: _Line, count: StepCount, failure: CallFailed
    ) -> None:
        """Note what a useless reply cost. ``usage`` is ``None`` when nothing was worked out."""
        if failure.usage is None:
            return
        cost = self._cost(job, line, failure.usage, count)
        await self._store.charge(job.step, job.model.address, failure.usage, cost)


def _now() -> float:
    return asyncio.get_running_loop().time()


class Stopping(StorypainterError):
    """Raised by a call that was not sent because the run is stopping."""

    def __init__(self) -> None:
        super().__init__("the run is stopping")


def _final(failure: CallFailed, tries: int) -> StorypainterError:
    """The failure as the steps see it: fatal verdicts become errors that stop the run."""
    if failure.verdict not in FATAL:
        if tries > 1:
            failure.message += f" (tried {tries} times)"
            failure.args = (failure.message,)
        return failure
    kind = {
        Verdict.AUTH: AuthFailed,
        Verdict.OUT_OF_BUDGET: OutOfBudget,
        Verdict.UNREACHABLE: ServerUnreachable,
        Verdict.NOT_FOUND: BadInput,
    }[failure.verdict]
    return kind(failure.message, failure.hint)


# ---------------------------------------------------------------------- keys


@dataclass(slots=True)
class _Job:
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


def _plain_chat(request: ChatRequest) -> dict[str, Any]:
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


def _plain_image(request: ImageRequest) -> dict[str, Any]:
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


def _measure(request: ChatRequest) -> tuple[int, int]:
    """(characters, pictures) that a request makes the model read."""
    characters = len(canonical_json(dict(request.schema))) if request.schema else 0
    pictures = 0
    for message in request.messages:
        for part in (message.content,) if isinstance(message.content, str) else message.content:
            if isinstance(part, str):
                characters += _weight(part)
            else:
                pictures += 1
    return characters, pictures


def _weight(text: str) -> int:
    """Characters as the budget counts them: outside ASCII, every byte may be a token."""
    return len(text) if text.isascii() else len(text.encode()) * 3 // 2


# -------------------------------------------------------------- replies as JSON


def _dump_usage(usage: Usage) -> list[int | None]:
    return [usage.input_tokens, usage.output_tokens, usage.cached_tokens]


def _dump_chat(reply: ChatReply) -> tuple[dict[str, Any], bytes | None, str]:
    plain: dict[str, Any] = {
        "text": reply.text,
        "finish": reply.finish,
        "model": reply.model,
        "usage": _dump_usage(reply.usage),
    }
    if reply.logprobs:
        plain["logprobs"] = [[t.token, t.logprob, list(t.top)] for t in reply.logprobs]
    return plain, None, ""


def _load_chat(plain: Mapping[str, Any]) -> ChatReply:
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


def _dump_image(reply: ImageReply) -> tuple[dict[str, Any], bytes | None, str]:
    plain = {
        "media_type": reply.media_type,
        "revised_prompt": reply.revised_prompt,
        "model": reply.model,
        "usage": _dump_usage(reply.usage),
        "size": [reply.width, reply.height],
    }
    return plain, reply.data, reply.media_type


def _load_image(plain: Mapping[str, Any]) -> ImageReply:
    return ImageReply(
        b"",
        plain["media_type"],
        plain["revised_prompt"],
        Usage(*plain["usage"]),
        plain["model"],
        *plain["size"],
    )


def _recognised(reply: ImageReply) -> ImageReply:
    """The reply with its picture's true type and size; no picture is a malformed reply."""
    try:
        facts = recognise(reply.data)
    except NotAPicture as error:
        raise CallFailed(Verdict.MALFORMED, str(error), usage=reply.usage) from None
    return replace(reply, media_type=facts.media_type, width=facts.width, height=facts.height)


def _dump_embed(reply: EmbedReply) -> tuple[dict[str, Any], bytes | None, str]:
    plain = {
        "vectors": [list(vector) for vector in reply.vectors],
        "model": reply.model,
        "usage": _dump_usage(reply.usage),
    }
    return plain, None, ""


def _load_embed(plain: Mapping[str, Any]) -> EmbedReply:
    vectors = tuple(tuple(vector) for vector in plain["vectors"])
    return EmbedReply(vectors, Usage(*plain["usage"]), plain["model"])
