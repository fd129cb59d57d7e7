"""One path for every model call: key, stored reply, budget, concurrency, retries, durability.

    key -> stored? return it : place -> (wait, send, judge the failure)* -> store -> return

A reply is durable in the store before anyone sees it. Failures are typed; what is worth another
try is tried again with exponential back-off and jitter, honouring ``Retry-After``. The store is
injected: this module knows no run folder.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from storypainter.errors import (
    AuthFailed,
    BadInput,
    OutOfBudget,
    ServerUnreachable,
    StorypainterError,
)
from storypainter.models.budget import Budget
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
    ImageReply,
    ImageRequest,
    Model,
    Verdict,
    Writer,
)
from storypainter.models.image_bytes import NotAPicture, recognise
from storypainter.models.jobs import Job, measure, plain_chat, plain_image, weight
from storypainter.models.kept_replies import (
    Dumped,
    dump_chat,
    dump_embed,
    dump_image,
    load_chat,
    load_embed,
    load_image,
)
from storypainter.models.limiter import Cap, Level, Pace
from storypainter.models.pricing import FREE, Price, price_of
from storypainter.reply import CallRecord, ReplyStore, Usage

Reply = TypeVar("Reply", ChatReply, ImageReply, EmbedReply)

#: How often one call is sent at most, by the verdict of its latest failure.
TRIES: Mapping[Verdict, int] = {
    Verdict.RATE_LIMIT: 10,
    Verdict.TRANSIENT: 6,
    Verdict.TIMEOUT: 3,
    Verdict.MALFORMED: 4,
    Verdict.UNREACHABLE: 3,
}
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
        self._budget = Budget(self.limits.max_cost, store.spent())
        self._sleep = sleep
        self._jitter = random.Random()
        self._closing = asyncio.Event()

    # -------------------------------------------------------------- the calls

    async def chat(
        self, writer: Writer, request: ChatRequest, *, step: str, sample: str, priority: int = 10
    ) -> ChatReply:
        """Write. ``sample`` tells apart equal requests that should give different replies."""
        job = Job("chat", writer, plain_chat(request), step, sample, priority)
        job.characters, job.pictures = measure(request)
        job.max_tokens = request.max_tokens
        reply, _ = await self._call(job, lambda: writer.chat(request), dump_chat, load_chat)
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
        job = Job("image", illustrator, plain_image(request), step, sample, priority)
        job.characters, job.pictures = weight(request.prompt), len(request.images)
        job.max_tokens, job.quality, job.size = _PICTURE_TOKENS, request.quality, request.size

        async def send() -> ImageReply:
            return _recognised(await illustrator.illustrate(request))

        reply, blob = await self._call(job, send, dump_image, load_image)
        assert blob is not None  # the store keeps the bytes of every picture
        return reply, blob

    async def embed(
        self, embedder: Embedder, request: EmbedRequest, *, step: str, sample: str = ""
    ) -> EmbedReply:
        """Embed texts."""
        plain = {"texts": list(request.texts)}
        job = Job("embed", embedder, plain, step, sample, 5)
        job.characters = sum(map(weight, request.texts))
        reply, _ = await self._call(job, lambda: embedder.embed(request), dump_embed, load_embed)
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
        self._budget.dismiss(Stopping)
        self._cap.dismiss(Stopping)

    # ------------------------------------------------------------ the one path

    async def _call(
        self,
        job: Job,
        send: Callable[[], Awaitable[Reply]],
        dump: Callable[[Reply], Dumped],
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
            job.reserved = await self._budget.reserve(_most(job, line), job.model.address)
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
                self._budget.settle(job.reserved)
        if isinstance(reply, ImageReply):
            reply = replace(reply, data=b"")  # the store has the bytes; don't hold them here
        return reply, kept

    async def _send(
        self,
        job: Job,
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
            self._budget.check_retry(job.reserved)
            count.retries += 1
            await self._wait(delay)

    async def _send_once(
        self,
        job: Job,
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

    # ------------------------------------------------------------ levels and money

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

    def _cost(self, job: Job, line: _Line, usage: Usage, count: StepCount) -> float | None:
        cost = None if line.price is None else line.price.cost(usage, job.quality, job.size)
        count.input_tokens += usage.input_tokens or 0
        count.output_tokens += usage.output_tokens or 0
        if cost is None:
            count.unpriced += 1
            self._budget.spent += job.reserved  # the ceiling must hold for what nobody counted, too
        else:
            count.cost += cost
            self._budget.spent += cost
        return cost

    async def _charge_failure(
        self, job: Job, line: _Line, count: StepCount, failure: CallFailed
    ) -> None:
        """Note what a useless reply cost. ``usage`` is ``None`` when nothing was worked out."""
        if failure.usage is None:
            return
        cost = self._cost(job, line, failure.usage, count)
        await self._store.charge(job.step, job.model.address, failure.usage, cost)


def _most(job: Job, line: _Line) -> float | None:
    """What a call may cost at most; ``None`` where its price is unknown."""
    if line.price is None:
        return None
    return line.price.ceiling(job.characters, job.max_tokens, job.quality, job.size, job.pictures)


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


def _recognised(reply: ImageReply) -> ImageReply:
    """The reply with its picture's true type and size; no picture is a malformed reply."""
    try:
        facts = recognise(reply.data)
    except NotAPicture as error:
        raise CallFailed(Verdict.MALFORMED, str(error), usage=reply.usage) from None
    return replace(reply, media_type=facts.media_type, width=facts.width, height=facts.height)
