"""Embeddings behind a server: bad replies, the fault server, and a real llama.cpp."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from local_server import in_turn, replying, serving
from memory_store import MemoryStore

from storypainter.errors import AuthFailed, BadInput, OutOfBudget
from storypainter.models import openai_wire as wire
from storypainter.models.calling import TRIES, Caller
from storypainter.models.catalog import connect_embedder
from storypainter.models.contract import (
    CallFailed,
    EmbedReply,
    EmbedRequest,
    ModelOptions,
    Verdict,
)
from storypainter.models.pull import pull

TEXTS = (
    "A girl finds a kitten in the rain.",
    "A child comes upon a small cat during a shower.",
    "The committee approved the annual budget of the ministry.",
)
GOOD = {"data": [{"index": 0, "embedding": [3.0, 4.0]}, {"index": 1, "embedding": [1, 0]}]}


async def embed(base_url: str, *texts: str, timeout: float = 20.0) -> EmbedReply:
    model = connect_embedder("openai/any", ModelOptions(base_url=base_url, timeout=timeout))
    try:
        return await model.embed(EmbedRequest(texts))
    finally:
        await model.aclose()


async def through_the_caller(base_url: str, *texts: str) -> tuple[EmbedReply, Caller, MemoryStore]:
    """As a step calls it: tried again, counted, stored."""
    store = MemoryStore()

    async def at_once(_: float) -> None: ...

    caller = Caller(store, sleep=at_once)
    model = connect_embedder("openai/any", ModelOptions(base_url=base_url, timeout=20.0))
    try:
        return await caller.embed(model, EmbedRequest(texts), step="e"), caller, store
    finally:
        await model.aclose()


# -------------------------------------------------------------------- what is sent


async def test_all_texts_go_out_in_one_call_for_plain_numbers() -> None:
    async with serving(replying(GOOD)) as server:
        reply = await embed(server.base_url, "one", "two")
        assert reply.vectors == ((3.0, 4.0), (1.0, 0.0))  # as the server scaled them
        assert [path for path, *_ in server.seen] == ["/v1/embeddings"]
        assert server.body() == {
            "model": "any",
            "input": ["one", "two"],
            "encoding_format": "float",
        }


@pytest.mark.parametrize(
    ("text", "says", "verdict"),
    [
        ("", "text 2 of 2 is empty", Verdict.INVALID),
        (" \n", "text 2 of 2 is empty", Verdict.INVALID),
        ("\udc80", "text 2 of 2 is no valid Unicode", Verdict.INVALID),
        ("x" * 1_000_001, "text 2 of 2 has 1000001 characters", Verdict.TOO_LONG),
    ],
    ids=["empty", "space", "half", "long"],
)
async def test_a_text_that_can_have_no_vector_is_not_paid_for(
    text: str, says: str, verdict: Verdict
) -> None:
    async with serving(replying(GOOD)) as server:
        with pytest.raises(CallFailed, match=says) as caught:
            await embed(server.base_url, "one", text)
        assert caught.value.verdict is verdict
        assert server.seen == []


# --------------------------------------------------------------------- bad replies


def rows(*vectors: Any, indices: tuple[Any, ...] = (0, 1, 2)) -> dict[str, Any]:
    pairs = zip(indices, vectors, strict=False)
    return {"data": [{"index": index, "embedding": vector} for index, vector in pairs]}


@pytest.mark.parametrize(
    "payload",
    [
        rows([1, 2]),
        rows([1, 2], [1, 2], [1, 2]),
        rows([1, 2], [1, 2], indices=(0, 0)),
        rows([1, 2], [3, 4], [5, 6], indices=(0, 0, 1)),
        rows([1, 2], [3, 4], indices=(True, False)),
        rows([1, 2], [3, 4], indices=("0", "1")),
        rows([1, 2], [1, 2, 3]),
        rows([], []),
        rows([1, 2], None),
        rows([1, 2], {"0": 1, "1": 2}),
        rows([1, 2], "12"),
        rows("AACAPwAAAEA=", "AACAPwAAAEA="),
        rows([1, 2], ["1", "2"]),
        rows([1, 2], [True, False]),
        rows([1, 2], [None, 1]),
        rows([[1, 2]], [[1, 2]]),
        rows([1, 2], [10**400, 1]),
        {"data": {"0": [1, 2], "1": [1, 2]}},
        {"embedding": [1, 2]},
        [[1, 2], [1, 2]],
    ],
)
async def test_a_reply_without_one_equal_vector_a_text_is_malformed(payload: Any) -> None:
    body = json.dumps(payload).encode()
    async with serving(replying(body)) as server:
        with pytest.raises(CallFailed) as caught:
            await embed(server.base_url, "one", "two")
    assert caught.value.verdict is Verdict.MALFORMED
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("vector", [[0, 0], [0.0, -0.0], [1e-200, 0], [1e200, 1]])
async def test_a_vector_without_direction_is_malformed_and_named(vector: list[float]) -> None:
    payload = rows([1, 2], vector) | {"usage": {"prompt_tokens": 7}}
    async with serving(replying(payload)) as server:
        with pytest.raises(CallFailed, match="the vector of text 2 of 2") as caught:
            await embed(server.base_url, "one", "two")
    assert caught.value.verdict is Verdict.MALFORMED
    assert caught.value.usage
    assert caught.value.usage.input_tokens == 7  # paid all the same


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999"])
async def test_no_number_is_no_json_or_malformed(word: str) -> None:
    body = b'{"data": [{"index": 0, "embedding": [1, %s]}]}' % word.encode()
    async with serving(replying(body)) as server:
        with pytest.raises(CallFailed) as caught:
            await embed(server.base_url, "one")
    assert caught.value.verdict is Verdict.MALFORMED


vectors = st.lists(
    st.lists(st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-6), min_size=3, max_size=3),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(vectors, st.randoms(use_true_random=False), st.booleans())
def test_vectors_come_in_the_order_of_the_texts(found: Any, random: Any, named: bool) -> None:
    """By the index, whatever the order of the reply; by the order, where no index is given."""
    data = [{"index": place, "embedding": vector} for place, vector in enumerate(found)]
    if named:
        random.shuffle(data)
    else:
        data = [{"embedding": row["embedding"]} for row in data]
    reply = wire.read_embeddings(orjson.loads(orjson.dumps({"data": data})), len(found))
    assert reply.vectors == tuple(map(tuple, found))


async def test_a_bad_reply_is_asked_for_again_and_the_good_one_kept() -> None:
    handler = in_turn(replying(rows([1, 2])), replying(rows([0, 0], [1, 1])), replying(GOOD))
    async with serving(handler) as server:
        reply, caller, store = await through_the_caller(server.base_url, "one", "two")
        assert reply.vectors == ((3.0, 4.0), (1.0, 0.0))
        assert (len(server.seen), caller.counts["e"].retries) == (3, 2)
        assert [record.reply["vectors"] for record in store.kept.values()] == [[[3, 4], [1, 0]]]


async def test_a_reply_that_stays_bad_fails_the_call() -> None:
    async with serving(replying(rows([0, 0], [1, 1]))) as server:
        with pytest.raises(CallFailed, match=r"text 1 of 2 .*tried"):
            await through_the_caller(server.base_url, "one", "two")
        assert len(server.seen) == TRIES[Verdict.MALFORMED]


async def test_a_server_without_embeddings_stops_the_run() -> None:
    async with serving(replying({"error": {"message": "no such route"}}, 404)) as server:
        with pytest.raises(BadInput, match="no such route"):
            await through_the_caller(server.base_url, "one")


# ----------------------------------------------------------------- the fault server


async def test_the_fault_server_gives_a_vector_a_text(fault_server: Any) -> None:
    server = fault_server()
    reply = await embed(server.base_url, "one", "two", "one")
    assert [len(vector) for vector in reply.vectors] == [64] * 3
    assert reply.vectors[0] == reply.vectors[2] != reply.vectors[1]
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (3, 0)


async def test_passing_faults_cost_tries_only(fault_server: Any) -> None:
    # One after the other: faults are drawn by order of arrival, and side by side it was a matter
    # of the machine's load whether one call met four of them.
    flags = ("429=0.1", "500=0.1", "reset=0.1", "truncate=0.1", "html200=0.1", "malformed=0.1")
    server = fault_server(*(f"--fault={flag}" for flag in flags), "--seed=6")
    found = [await through_the_caller(server.base_url, f"text {n}", "beside it") for n in range(30)]
    assert all(len(reply.vectors) == 2 for reply, *_ in found)
    assert len({reply.vectors[0] for reply, *_ in found}) == 30
    assert len({reply.vectors[1] for reply, *_ in found}) == 1
    assert len(server.stats()["faults"]) > 3


@pytest.mark.parametrize(
    ("fault", "kind", "verdict"),
    [
        ("too_long", CallFailed, Verdict.TOO_LONG),
        ("invalid", CallFailed, Verdict.INVALID),
        ("auth", AuthFailed, None),
        ("quota", OutOfBudget, None),
    ],
)
async def test_lasting_faults_are_not_tried_again(
    fault_server: Any, fault: str, kind: type[Exception], verdict: Verdict | None
) -> None:
    server = fault_server(f"--fault={fault}=1.0")
    with pytest.raises(kind) as caught:
        await through_the_caller(server.base_url, "one")
    assert getattr(caught.value, "verdict", None) is verdict
    assert server.count() == 1


async def test_a_server_that_hangs_is_a_timeout(fault_server: Any) -> None:
    server = fault_server("--fault=hang=1.0")
    with pytest.raises(CallFailed) as caught:
        await embed(server.base_url, "one", timeout=0.3)
    assert caught.value.verdict is Verdict.TIMEOUT


# ----------------------------------------------------------------- a real llama.cpp

SERVE = """
import os, sys, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.hostnames, parameters.port = ["127.0.0.1"], 0
parameters.ui, parameters.verbosity = False, 1
parameters.embedding = True
parameters.pooling_type = getattr(xllamacpp.llama_pooling_type, sys.argv[2])
parameters.n_parallel, parameters.n_ctx = 2, 1024
parameters.kv_unified = True  # else it mixes up the means of texts that it works on at once
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
sys.stdin.read()
os._exit(0)
"""


def llama_serving(pooling: str) -> Iterator[str]:
    """llama.cpp's own server with SmolLM2 as an embedding model, in a child process."""
    command = [sys.executable, "-P", "-c", SERVE, str(pull("smollm2-135m")), pooling]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    address = child.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    yield f"{address}/v1"
    child.stdin.close()
    child.wait(20)
    child.stdout.close()


@pytest.fixture(scope="module")
def llama_url() -> Iterator[str]:
    yield from llama_serving("LLAMA_POOLING_TYPE_MEAN")


@pytest.fixture
def llama_unpooled_url() -> Iterator[str]:
    yield from llama_serving("LLAMA_POOLING_TYPE_NONE")


def cosine(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dot = sum(a * b for a, b in zip(one, other, strict=True))
    return dot / math.hypot(*one) / math.hypot(*other)


async def test_llama_cpp_embeds_each_text_by_itself(llama_url: str) -> None:
    together = await embed(llama_url, *TEXTS)
    assert [len(vector) for vector in together.vectors] == [576] * 3
    assert (together.usage.input_tokens or 0) > 20
    assert together.usage.output_tokens == 0
    for text, vector in zip(TEXTS, together.vectors, strict=True):
        (alone,) = (await embed(llama_url, text)).vectors
        assert cosine(alone, vector) > 0.9999
    turned = await embed(llama_url, *TEXTS[::-1])
    for one, other in zip(together.vectors, turned.vectors[::-1], strict=True):
        assert cosine(one, other) > 0.9999
    kitten, cat, budget = together.vectors
    assert cosine(kitten, cat) > cosine(kitten, budget) + 0.05


async def test_llama_cpp_takes_no_text_beyond_its_batch(llama_url: str) -> None:
    reply, _, _ = await through_the_caller(llama_url, "word " * 200)
    assert reply.vectors
    with pytest.raises(CallFailed) as caught:
        await through_the_caller(llama_url, "word " * 3000)
    assert caught.value.verdict is Verdict.TOO_LONG  # at once: llama.cpp says it with a 500
    assert "tried" not in caught.value.message


async def test_llama_cpp_without_pooling_says_so(llama_unpooled_url: str) -> None:
    with pytest.raises(CallFailed, match="Pooling type 'none'") as caught:
        await embed(llama_unpooled_url, *TEXTS)
    assert caught.value.verdict is Verdict.INVALID


async def test_an_error_of_500_that_is_none_of_length_is_tried_again() -> None:
    async def broken(_: web.Request) -> web.Response:
        return web.json_response({"error": {"message": "slot is busy"}}, status=500)

    async with serving(broken) as server:
        with pytest.raises(CallFailed) as caught:
            await through_the_caller(server.base_url, "one")
        assert caught.value.verdict is Verdict.TRANSIENT
        assert len(server.seen) == TRIES[Verdict.TRANSIENT]
