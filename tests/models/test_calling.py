"""The one path of every call: keys, stored replies, retries, budget, stopping."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from local_server import png
from memory_store import MemoryStore
from virtual_time import now, run

from storypainter.errors import (
    AuthFailed,
    BadInput,
    OutOfBudget,
    RunFolderError,
    ServerUnreachable,
    StorypainterError,
)
from storypainter.models.calling import TRIES, Caller, Limits, Stopping
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    EmbedReply,
    EmbedRequest,
    ImagePart,
    ImageReply,
    ImageRequest,
    Message,
    ModelOptions,
    TokenLogprob,
    Usage,
    Verdict,
)
from storypainter.models.openai import OpenAIModel
from storypainter.models.pricing import Price

ASK = ChatRequest((Message("user", "Tell."),))
Answer = Any


class Fake:
    """Plays its answers in order and repeats the last; an exception is raised."""

    def __init__(
        self, *answers: Answer, seconds: float = 0.1, address: str = "openai/fake"
    ) -> None:
        self.answers = list(answers)
        self.seconds = seconds
        self.address = address
        self.identity = {"provider": "openai", "model": address.partition("/")[2]}
        self.starts: list[float] = []
        self.open = self.peak = 0

    async def _answer(self, _: object) -> Answer:
        self.starts.append(now())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        self.open += 1
        self.peak = max(self.peak, self.open)
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self.open -= 1
        if isinstance(answer, CallFailed):
            raise CallFailed(
                answer.verdict,
                answer.message,
                answer.hint,
                retry_after=answer.retry_after,
                usage=answer.usage,
            )
        if isinstance(answer, BaseException):
            raise answer
        return answer

    chat = illustrate = embed = _answer

    async def aclose(self) -> None: ...


def chat(caller: Caller, model: Fake, request: ChatRequest = ASK, sample: str = "") -> Any:
    return caller.chat(model, request, step="story", sample=sample)


def failing(verdict: Verdict, **more: Any) -> CallFailed:
    return CallFailed(verdict, f"because {verdict}", **more)


REPLY = ChatReply(
    "Once.", "stop", Usage(10, 5, 2), "served", (TokenLogprob("O", -0.5, (("P", -2.0),)),)
)


# ------------------------------------------------------------------- stored replies


def test_a_stored_reply_is_returned_without_a_call():
    async def story() -> None:
        store, model = MemoryStore(), Fake(REPLY)
        first = Caller(store)
        assert await chat(first, model) == REPLY
        again = Caller(store)
        assert await chat(again, model) == REPLY
        assert len(model.starts) == 1
        assert (again.counts["story"].cached, again.counts["story"].calls) == (1, 0)

    run(story())


def test_a_stored_picture_and_stored_vectors():
    async def story() -> None:
        store = MemoryStore()
        painter = Fake(ImageReply(png(9, 7), "", "better", Usage(1, 2), "served"))
        embedder = Fake(EmbedReply(((1.0, 2.0),), Usage(3, 0), "served"))
        found = []
        for _ in range(2):
            caller = Caller(store)
            found.append(
                (
                    await caller.illustrate(painter, ImageRequest("x"), step="p", sample=""),
                    await caller.embed(embedder, EmbedRequest(("a",)), step="e"),
                )
            )
        assert found[0] == found[1]
        (reply, digest), vectors = found[0]
        assert (reply.media_type, reply.width, reply.height) == ("image/png", 9, 7)
        assert (reply.data, reply.revised_prompt) == (b"", "better")
        assert store.blobs[digest] == png(9, 7)
        assert vectors.vectors == ((1.0, 2.0),)
        assert len(painter.starts) == len(embedder.starts) == 1

    run(story())


def test_two_equal_calls_at_once_are_paid_once():
    async def story() -> None:
        model = Fake(REPLY)
        caller = Caller(MemoryStore())
        replies = await asyncio.gather(*(chat(caller, model) for _ in range(5)))
        assert replies == [REPLY] * 5
        assert len(model.starts) == 1

    run(story())


def test_a_reply_is_durable_before_anyone_sees_it():
    class Slow(MemoryStore):
        async def keep(self, record):  # type: ignore[no-untyped-def]
            await asyncio.sleep(5)
            return await super().keep(record)

    async def story() -> float:
        begun = now()
        await chat(Caller(Slow()), Fake(REPLY))
        return now() - begun

    assert run(story()) >= 5


def test_a_store_that_fails_fails_the_call_and_frees_its_place():
    async def story() -> None:
        store = MemoryStore(fails=RunFolderError("the disk is full"))
        caller = Caller(store, Limits(1, 1, max_cost=1.0), {"openai/fake": Price(1, 1)})
        for _ in range(3):
            with pytest.raises(RunFolderError, match="disk is full"):
                await chat(caller, Fake(REPLY))
        assert caller.in_flight == 0
        assert caller.counts["story"].in_flight == 0
        store.fails = None
        assert await chat(caller, Fake(REPLY)) == REPLY

    run(story())


# ------------------------------------------------------------------------------ keys


class Keyed(Exception):
    pass


class KeySpy(MemoryStore):
    def find(self, key: str) -> Any:
        raise Keyed(key)


def key_of(send: Callable[[Caller], Awaitable[Any]]) -> str:
    async def ask() -> str:
        with pytest.raises(Keyed) as caught:
            await send(Caller(KeySpy()))
        return str(caught.value)

    return asyncio.run(ask())


def chat_key(request: ChatRequest, sample: str = "0", **options: Any) -> str:
    model = OpenAIModel("openai/m", options.pop("model", "m"), ModelOptions(**options))
    return key_of(lambda caller: caller.chat(model, request, step="s", sample=sample))


part = ImagePart(b"abc", "image/png")
CHAT_CHANGES: dict[str, list[Any]] = {
    "messages": [
        (Message("user", "Tell!"),),
        (Message("system", "Tell."),),
        (Message("user", "Tell."), Message("user", "")),
        (Message("user", ("Tell.",)),),
        (Message("user", ("Tell.", part)),),
        (Message("user", ("Tell.", replace(part, data=b"abd"))),),
        (Message("user", ("Tell.", replace(part, detail="low"))),),
    ],
    "temperature": [0.5, 0.0],
    "top_p": [0.9],
    "max_tokens": [1023],
    "frequency_penalty": [0.1],
    "presence_penalty": [0.1],
    "seed": [0, 1],
    "stop": [("a",), ("a", "b"), ("ab",)],
    "schema": [{}, {"type": "object"}],
    "schema_name": ["other"],
    "logprobs": [0, 5],
}
IMAGE_CHANGES: dict[str, list[Any]] = {
    "prompt": ["y"],
    "size": ["auto"],
    "quality": ["hd"],
    "background": ["opaque"],
    "output_format": ["png"],
    "images": [(part,), (part, part), (replace(part, media_type="image/webp"),)],
    "mask": [part],
    "settings": [{"steps": 4}, {"steps": 5}, {"seed": 4}],
}


def test_every_field_of_a_chat_request_is_in_its_key():
    assert CHAT_CHANGES.keys() == {field.name for field in fields(ChatRequest)}
    requests = [ASK] + [
        replace(ASK, **{name: value}) for name, values in CHAT_CHANGES.items() for value in values
    ]
    assert len({chat_key(request) for request in requests}) == len(requests)


def test_every_field_of_an_image_request_is_in_its_key():
    assert IMAGE_CHANGES.keys() == {field.name for field in fields(ImageRequest)}
    base = ImageRequest("x")
    requests = [base] + [
        replace(base, **{name: value}) for name, values in IMAGE_CHANGES.items() for value in values
    ]
    model = OpenAIModel("openai/m", "m", ModelOptions())
    keys = {
        key_of(lambda caller, r=r: caller.illustrate(model, r, step="s", sample=""))
        for r in requests
    }
    assert len(keys) == len(requests)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["m", "m2"]),
            st.sampled_from(["http://a/v1", "http://b/v1", "http://a/v2"]),
            st.sampled_from(["0", "1"]),
            st.sampled_from([ASK, replace(ASK, temperature=0.5)]),
        ),
        min_size=2,
        max_size=2,
    ),
    st.sampled_from(["key-1", "key-2", None]),
    st.floats(1, 100),
)
def test_keys_tell_apart_model_server_sample_and_request_and_nothing_else(calls, key, timeout):
    found = [
        chat_key(request, sample, model=model, base_url=url, api_key=key_, timeout=timeout_)
        for (model, url, sample, request), key_, timeout_ in zip(
            calls, [key, "another"], [timeout, 300.0], strict=True
        )
    ]
    assert (found[0] == found[1]) == (calls[0] == calls[1])


def test_a_user_part_and_the_step_are_not_in_the_key_but_a_revision_is():
    assert chat_key(ASK, base_url="http://a/v1") == chat_key(ASK, base_url="http://me:pw@a/v1/")
    old, new = Fake(REPLY), Fake(REPLY)
    old.identity = {**old.identity, "revision": "1"}
    new.identity = {**new.identity, "revision": "2"}
    keys = [
        key_of(lambda c, m=m, s=s: c.chat(m, ASK, step=s, sample=""))
        for m, s in ((old, "a"), (old, "b"), (new, "a"))
    ]
    assert keys[0] == keys[1] != keys[2]


# --------------------------------------------------------------------------- retries


@pytest.mark.parametrize("verdict", list(Verdict))
def test_how_often_each_verdict_is_tried(verdict):
    async def story() -> None:
        model, caller = Fake(failing(verdict)), Caller(MemoryStore())
        with pytest.raises(StorypainterError) as caught:
            await chat(caller, model)
        assert len(model.starts) == TRIES.get(verdict, 1)
        assert caller.counts["story"].retries == len(model.starts) - 1
        why = caller.counts["story"].retried
        assert f"because {verdict}" in why if len(model.starts) > 1 else why == ""
        assert caller.in_flight == 0
        kinds = {
            Verdict.AUTH: AuthFailed,
            Verdict.OUT_OF_BUDGET: OutOfBudget,
            Verdict.UNREACHABLE: ServerUnreachable,
            Verdict.NOT_FOUND: BadInput,
        }
        assert type(caught.value) is kinds.get(verdict, CallFailed)
        assert f"because {verdict}" in caught.value.message
        if len(model.starts) > 1 and isinstance(caught.value, CallFailed):
            assert f"tried {len(model.starts)} times" in str(caught.value)

    run(story())


def test_whether_calls_cost_money_goes_by_the_models_called():
    async def story() -> None:
        caller = Caller(MemoryStore())
        assert not caller.costs_money
        free = Fake(REPLY)
        free.identity = {"provider": "transformers", "model": "small"}
        await chat(caller, free)
        assert not caller.costs_money
        await chat(caller, Fake(REPLY))  # at a price that nobody knows
        assert caller.costs_money

    run(story())


@pytest.mark.parametrize("verdict", [v for v in TRIES if v is not Verdict.UNREACHABLE])
def test_a_failure_that_passes_costs_one_more_try(verdict):
    async def story() -> None:
        model, store = Fake(failing(verdict), REPLY), MemoryStore()
        assert await chat(Caller(store), model) == REPLY
        (record,) = store.kept.values()
        assert record.tries == 2
        assert record.seconds == pytest.approx(0.1)

    run(story())


def test_delays_grow_and_stay_bounded():
    async def story() -> list[float]:
        model = Fake(failing(Verdict.RATE_LIMIT), seconds=0)
        with pytest.raises(CallFailed):
            await chat(Caller(MemoryStore()), model)
        return [
            later - earlier for earlier, later in zip(model.starts, model.starts[1:], strict=False)
        ]

    gaps = run(story())
    for index, gap in enumerate(gaps):
        most = min(60.0, 0.25 * 2**index)
        assert most / 2 <= gap <= most + 0.01


@pytest.mark.parametrize(
    ("asked", "low", "high"), [(20.0, 20, 22.1), (1e9, 600, 661), (0.0, 0, 0.3)]
)
def test_retry_after_is_honoured(asked, low, high):
    async def story() -> float:
        model = Fake(failing(Verdict.RATE_LIMIT, retry_after=asked), REPLY, seconds=0)
        await chat(Caller(MemoryStore()), model)
        return model.starts[1] - model.starts[0]

    assert low <= run(story()) <= high


def test_a_server_that_answered_before_gets_more_time_to_come_back():
    async def story() -> int:
        model = Fake(REPLY, failing(Verdict.UNREACHABLE))
        caller = Caller(MemoryStore())
        await chat(caller, model, sample="a")
        with pytest.raises(ServerUnreachable):
            await chat(caller, model, sample="b")
        return len(model.starts) - 1

    assert run(story()) == TRIES[Verdict.TRANSIENT]


def test_bytes_that_are_no_picture_are_malformed():
    async def story() -> None:
        store = MemoryStore()
        model = Fake(ImageReply(b"<html>", usage=Usage(5, 6)), ImageReply(b""), ImageReply(png()))
        caller = Caller(store, prices={"openai/fake": Price(each=0.04)})
        reply, _ = await caller.illustrate(model, ImageRequest("x"), step="p", sample="")
        assert (reply.width, len(model.starts)) == (8, 3)
        assert caller.counts["p"].cost == pytest.approx(0.12)
        assert [cost for *_, cost in store.charges] == [0.04, 0.04]

    run(story())


# ----------------------------------------------------------------------------- money

PRICE = {"openai/fake": Price(input=1.0, output=10.0)}


def test_tokens_and_money_are_counted_by_step():
    async def story() -> None:
        store = MemoryStore(before=1.0)
        caller = Caller(store, prices=PRICE)
        await chat(caller, Fake(replace(REPLY, usage=Usage(1000, 100))))
        count = caller.counts["story"]
        assert (count.input_tokens, count.output_tokens, count.unpriced) == (1000, 100, 0)
        assert count.cost == pytest.approx(0.002)
        assert store.spent() == pytest.approx(1.002)

    run(story())


def test_unknown_prices_and_counts_are_unknown_not_nothing():
    async def story() -> None:
        store = MemoryStore()
        caller = Caller(store)
        await chat(caller, Fake(REPLY))
        assert caller.price(Fake(REPLY)) is None
        priced = Caller(store, prices=PRICE)
        await chat(priced, Fake(replace(REPLY, usage=Usage())), sample="1")
        assert [record.cost for record in store.kept.values()] == [None, None]
        assert caller.counts["story"].unpriced == priced.counts["story"].unpriced == 1

    run(story())


def test_paid_but_useless_replies_are_charged():
    async def story() -> None:
        store = MemoryStore()
        model = Fake(
            failing(Verdict.MALFORMED, usage=Usage(1000, 100)),
            failing(Verdict.TRANSIENT),
            failing(Verdict.REFUSED, usage=Usage(500, 0)),
        )
        caller = Caller(store, prices=PRICE)
        with pytest.raises(CallFailed):
            await chat(caller, model)
        assert store.charges == [
            ("story", "openai/fake", Usage(1000, 100), pytest.approx(0.002)),
            ("story", "openai/fake", Usage(500, 0), pytest.approx(0.0005)),
        ]
        assert caller.counts["story"].cost == pytest.approx(0.0025)

    run(story())


def test_a_ceiling_needs_a_price():
    async def story() -> None:
        model = Fake(REPLY)
        for prices in ({}, {"openai/fake": Price(input=1.0)}):
            caller = Caller(MemoryStore(), Limits(max_cost=10), prices)
            with pytest.raises(OutOfBudget, match="price of openai/fake is unknown"):
                await chat(caller, model)
        assert model.starts == []

    run(story())


def test_the_ceiling_holds_over_earlier_runs():
    async def story() -> None:
        caller = Caller(MemoryStore(before=0.995), Limits(max_cost=1.0), PRICE)
        with pytest.raises(OutOfBudget, match=r"\$0.9950 of \$1.0000") as caught:
            await chat(caller, Fake(REPLY))
        assert "raise --max-cost" in caught.value.hint

    run(story())


def test_stored_replies_come_back_even_with_an_empty_purse():
    async def story() -> None:
        store, model = MemoryStore(), Fake(REPLY)
        await chat(Caller(store, prices=PRICE), model)
        assert await chat(Caller(store, Limits(max_cost=0.0), PRICE), model) == REPLY

    run(story())


def test_calls_in_flight_never_break_the_ceiling_and_do_not_stop_the_run_early():
    async def story() -> tuple[float, int, int, int]:
        # A call may cost 1.0 + some at most, and really costs 0.1.
        usage = Usage(0, 10_000)
        model = Fake(replace(REPLY, usage=usage))
        store = MemoryStore()
        caller = Caller(store, Limits(64, 64, max_cost=4.0), PRICE)
        request = replace(ASK, max_tokens=100_000)
        found = await asyncio.gather(
            *(chat(caller, model, request, str(i)) for i in range(64)), return_exceptions=True
        )
        done = sum(isinstance(each, ChatReply) for each in found)
        stopped = sum(isinstance(each, OutOfBudget) for each in found)
        assert done + stopped == 64
        return store.spent(), done, model.peak, caller.in_flight

    spent, done, peak, in_flight = run(story())
    assert spent <= 4.0
    assert done >= 28  # 2.8 spent: one more might cost 1.0 more
    assert 1 < peak <= 3  # 4.0 holds at most three calls of 1.0 and some
    assert in_flight == 0


def test_useless_tries_do_not_break_the_ceiling():
    async def story() -> tuple[float, int]:
        store = MemoryStore()
        model = Fake(failing(Verdict.MALFORMED, usage=Usage(0, 100_000)))
        caller = Caller(store, Limits(max_cost=2.5), PRICE)
        with pytest.raises(OutOfBudget, match="another try"):
            await chat(caller, model, replace(ASK, max_tokens=100_000))
        return store.spent(), len(model.starts)

    spent, tries = run(story())
    assert (spent, tries) == (2.0, 2)


def test_replies_without_counts_use_up_the_ceiling_too():
    async def story() -> int:
        model = Fake(replace(REPLY, usage=Usage()))
        caller = Caller(MemoryStore(), Limits(max_cost=3.5), PRICE)
        request = replace(ASK, max_tokens=100_000)
        for index in range(3):
            await chat(caller, model, request, str(index))
        with pytest.raises(OutOfBudget):
            await chat(caller, model, request, "one more")
        return len(model.starts)

    assert run(story()) == 3


def test_pictures_and_schemas_in_a_request_count_for_the_ceiling():
    async def story() -> None:
        prices = {"openai/fake": Price(input=1000.0, output=0.0, seen=1000)}
        big = {"enum": ["x" * 30_000]}
        for request in (
            ChatRequest((Message("user", ("What?", part)),)),
            ChatRequest((Message("user", "What?"),), schema=big),
            ChatRequest((Message("user", "语" * 1000),)),
        ):
            caller = Caller(MemoryStore(), Limits(max_cost=1.0), prices)
            with pytest.raises(OutOfBudget):
                await chat(caller, Fake(REPLY), request)
        await chat(Caller(MemoryStore(), Limits(max_cost=1.0), prices), Fake(REPLY))

    run(story())


def test_two_servers_with_one_model_id_have_a_level_and_a_price_each():
    async def story() -> None:
        caller = Caller(MemoryStore(), Limits(16, 4))
        one = OpenAIModel("openai/gpt-4o", "gpt-4o", ModelOptions())
        two = OpenAIModel("openai/gpt-4o", "gpt-4o", ModelOptions(base_url="http://h/v1"))
        assert caller.price(one) is not None
        assert caller.price(two) is None
        assert caller.level(one) == caller.level(two) == 4

    run(story())


# -------------------------------------------------------------------------- stopping


def test_closing_lets_calls_in_flight_finish_and_starts_no_others():
    async def story() -> None:
        store, model = MemoryStore(), Fake(REPLY, seconds=5)
        caller = Caller(store, Limits(2, 2))
        tasks = [asyncio.create_task(chat(caller, model, sample=str(i))) for i in range(6)]
        await asyncio.sleep(1)
        begun = now()
        caller.close_to_new_calls()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(each) for each in found] == [ChatReply] * 2 + [Stopping] * 4
        assert now() - begun == pytest.approx(4)
        assert len(store.kept) == 2
        with pytest.raises(Stopping):
            await chat(caller, model, sample="later")
        assert await chat(caller, model, sample="0") == REPLY  # stored ones need no call
        assert caller.in_flight == 0

    run(story())


@pytest.mark.parametrize("cause", ["retry", "pace", "budget"])
def test_closing_wakes_whoever_waits_for_long(cause):
    async def story() -> float:
        limits = Limits(4, 4)
        model = Fake(REPLY, seconds=3)
        if cause == "retry":
            model = Fake(failing(Verdict.RATE_LIMIT, retry_after=500), seconds=0)
        elif cause == "pace":
            limits.rpm = 0.1
        else:
            limits.max_cost = 1.2
        caller = Caller(MemoryStore(), limits, PRICE)
        request = replace(ASK, max_tokens=100_000)
        tasks = [asyncio.create_task(chat(caller, model, request, str(i))) for i in range(3)]
        await asyncio.sleep(1)
        begun = now()
        caller.close_to_new_calls()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(each, Stopping) for each in found) >= 2
        return now() - begun

    assert run(story()) <= 3


def test_cancelled_calls_leave_the_counters_right():
    async def story() -> None:
        model = Fake(REPLY, seconds=10)
        caller = Caller(MemoryStore(), Limits(2, 2, max_cost=100.0), PRICE)
        tasks = [asyncio.create_task(chat(caller, model, sample=str(i))) for i in range(6)]
        await asyncio.sleep(1)
        for task in (tasks[0], tasks[3]):  # one in flight, one that waits
            task.cancel()
        await asyncio.sleep(1)
        assert caller.in_flight == caller.counts["story"].in_flight == 2
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert caller.in_flight == caller.counts["story"].in_flight == 0
        assert caller._budget.reserved == pytest.approx(0)
        model.seconds = 0.1
        assert await chat(caller, model, sample="after") == REPLY

    run(story())


def test_the_cap_holds_over_all_models_together():
    async def story() -> int:
        most = 0
        models = [Fake(REPLY, address=f"openai/{name}") for name in "abc"]
        caller = Caller(MemoryStore(), Limits(5, 5))

        async def watch() -> None:
            nonlocal most
            while True:
                most = max(most, sum(model.open for model in models))
                await asyncio.sleep(0.01)

        watching = asyncio.create_task(watch())
        await asyncio.gather(*(chat(caller, models[i % 3], sample=str(i)) for i in range(60)))
        watching.cancel()
        return most

    assert run(story()) == 5


def test_calls_a_minute():
    async def story() -> float:
        model = Fake(REPLY, seconds=0)
        caller = Caller(MemoryStore(), Limits(8, 8, rpm=30))
        await asyncio.gather(*(chat(caller, model, sample=str(i)) for i in range(10)))
        return model.starts[-1] - model.starts[0]

    assert run(story()) == pytest.approx(18, abs=0.1)


def test_a_provider_with_a_bug_leaves_the_counters_right():
    async def story() -> None:
        caller = Caller(MemoryStore(), Limits(1, 1))
        with pytest.raises(ZeroDivisionError):
            await chat(caller, Fake(ZeroDivisionError()))
        assert caller.in_flight == 0
        assert await chat(caller, Fake(REPLY)) == REPLY

    run(story())
