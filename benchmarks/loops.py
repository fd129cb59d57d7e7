"""What storypainter is compared with: the loops that people write by hand, and curator.

Each runs as a process of its own, so that its CPU time and memory are its own:

    python benchmarks/loops.py aiohttp --base-url URL -n 1000 --cap 64 --out DIR
    python benchmarks/loops.py sdk     --base-url URL -n 1000 --cap 64 --out DIR
    python benchmarks/loops.py one-by-one --base-url URL -n 20 --out DIR
    benchmarks/.venv-curator/bin/python benchmarks/loops.py curator --base-url URL -n 1000 ...

None of them retries, resumes, checks a picture or counts money: they are the floor, not a rival.
Only ``curator`` is a finished tool; it writes stories only, and needs a venv of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

#: As long as a CoR-guided prompt: instructions, seven Dimensions and three examples.
PROMPT = (
    "Imagine one image that tells a rich story in a single moment, and describe its content. "
    "Let every clue that can be seen lead to a conclusion that can't. "
) * 30


def chat_request(number: int) -> dict[str, Any]:
    return {
        "model": "gpt-4o",
        "messages": [{"role": "user", "content": f"{PROMPT}\nThis is story {number}."}],
        "temperature": 1.0,
        "max_tokens": 1024,
    }


def image_request(story: str) -> dict[str, Any]:
    return {"model": "gpt-image-1", "prompt": story, "size": "1024x1024", "n": 1}


def story_of(answer: Any) -> str:
    return str(answer["choices"][0]["message"]["content"])


def keep(folder: Path, number: int, story: str, picture: str | None) -> None:
    """Write one Pair as a script would: a text file and a picture."""
    (folder / f"{number}.txt").write_text(story)
    if picture is not None:
        (folder / f"{number}.png").write_bytes(base64.b64decode(picture))


async def aiohttp_loop(options: argparse.Namespace) -> None:
    """A semaphore of ``cap`` calls, one task a Pair."""
    import aiohttp

    gate = asyncio.Semaphore(options.cap)
    headers = {"Authorization": f"Bearer {options.key}"}
    connector = aiohttp.TCPConnector(limit=options.cap)
    async with aiohttp.ClientSession(headers=headers, connector=connector) as session:

        async def call(path: str, body: dict[str, Any]) -> Any:
            async with gate, session.post(options.base_url + path, json=body) as answer:
                answer.raise_for_status()
                return await answer.json()

        async def pair(number: int) -> None:
            story = story_of(await call("/chat/completions", chat_request(number)))
            picture = None
            if not options.stories_only:
                answer = await call("/images/generations", image_request(story))
                picture = answer["data"][0]["b64_json"]
            keep(options.out, number, story, picture)

        await asyncio.gather(*(pair(number) for number in range(options.n)))


async def sdk_loop(options: argparse.Namespace) -> None:
    """The same with the vendor's own client."""
    from openai import AsyncOpenAI

    gate = asyncio.Semaphore(options.cap)
    client: Any = AsyncOpenAI(base_url=options.base_url, api_key=options.key, max_retries=0)

    async def pair(number: int) -> None:
        async with gate:
            reply = await client.chat.completions.create(**chat_request(number))
        story, picture = reply.choices[0].message.content, None
        if not options.stories_only:
            async with gate:
                painted = await client.images.generate(**image_request(story))
            picture = painted.data[0].b64_json
        keep(options.out, number, story, picture)

    await asyncio.gather(*(pair(number) for number in range(options.n)))
    await client.close()


def one_by_one(options: argparse.Namespace) -> None:
    """One call after the other on one connection, as the paper's script does."""
    target = urlsplit(options.base_url)
    connection = HTTPConnection(target.hostname or "127.0.0.1", target.port)
    headers = {"Authorization": f"Bearer {options.key}", "Content-Type": "application/json"}

    def call(path: str, body: dict[str, Any]) -> Any:
        connection.request("POST", target.path + path, json.dumps(body), headers)
        return json.loads(connection.getresponse().read())

    for number in range(options.n):
        story = story_of(call("/chat/completions", chat_request(number)))
        picture = None
        if not options.stories_only:
            answer = call("/images/generations", image_request(story))
            picture = answer["data"][0]["b64_json"]
        keep(options.out, number, story, picture)


def curator_loop(options: argparse.Namespace) -> None:
    """bespokelabs-curator, stories only: it has no pictures to generate.

    It counts tokens with a table that it would download; litellm, which it installs, has it.
    """
    litellm = find_spec("litellm")
    if litellm is None or litellm.origin is None:
        raise SystemExit("curator is not installed here; run pairs.py with --install-curator")
    tokenizers = Path(litellm.origin).parent / "litellm_core_utils" / "tokenizers"
    os.environ.update(
        TELEMETRY_ENABLED="false",
        LITELLM_LOCAL_MODEL_COST_MAP="True",
        CURATOR_DISABLE_RICH_DISPLAY="1",
        CURATOR_CACHE_DIR=str(options.out / "cache"),
        HF_HUB_OFFLINE="1",
        HF_HOME=str(options.out / "hf"),
        OPENAI_API_KEY=options.key,
        TIKTOKEN_CACHE_DIR=str(tokenizers),
    )
    from bespokelabs import curator  # type: ignore[import-not-found]
    from datasets import Dataset  # type: ignore[import-not-found]

    class Storyteller(curator.LLM):  # type: ignore[misc]
        def prompt(self, row: dict[str, Any]) -> Any:
            return chat_request(row["number"])["messages"]

        def parse(self, row: dict[str, Any], response: str) -> dict[str, Any]:
            return {"number": row["number"], "story": response}

    storyteller = Storyteller(
        model_name="gpt-4o",
        backend="openai",
        generation_params={"temperature": 1.0, "max_tokens": 1024},
        backend_params={
            "base_url": options.base_url,
            "api_key": options.key,
            "max_concurrent_requests": options.cap,
            "max_requests_per_minute": 10_000_000,
            "max_tokens_per_minute": 1_000_000_000_000,
            "max_retries": 0,
        },
    )
    rows = Dataset.from_list([{"number": number} for number in range(options.n)])
    told = storyteller(rows).dataset
    if len(told) != options.n:
        raise SystemExit(f"curator returned {len(told)} stories instead of {options.n}")


LOOPS = {
    "aiohttp": aiohttp_loop,
    "sdk": sdk_loop,
    "one-by-one": one_by_one,
    "curator": curator_loop,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("loop", choices=LOOPS)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--cap", type=int, default=64)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--key", default="sk-no-key")
    parser.add_argument("--stories-only", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    loop = LOOPS[options.loop]
    if asyncio.iscoroutinefunction(loop):
        asyncio.run(loop(options))
    else:
        loop(options)


if __name__ == "__main__":
    main()
