"""Real servers inside the test's own process, and pictures for them to send."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Server:
    """Answers every request with ``handler``; keeps what came (path, headers, body)."""

    handler: Handler
    root: str = ""
    seen: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return self.root + "/v1"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append((request.path, dict(request.headers), await request.read()))
        return await self.handler(request)

    def body(self, index: int = -1) -> Any:
        return orjson.loads(self.seen[index][2])


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[Server]:
    """An HTTP server on a free loopback port."""
    server = Server(handler)
    app = web.Application(client_max_size=1 << 26)
    app.router.add_route("*", "/{tail:.*}", server.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    server.root = f"http://127.0.0.1:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw_serving(answer: bytes, *, reset: bool = False) -> AsyncIterator[str]:
    """A TCP server that answers every request with these bytes and hangs up (or resets)."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (
                int(line.split(b":")[1])
                for line in head.lower().split(b"\r\n")
                if b"content-l" in line
            ),
            0,
        )
        await reader.readexactly(length)
        writer.write(answer)
        await writer.drain()
        if reset:
            raw = writer.get_extra_info("socket")
            raw.setsockopt(1, 13, struct.pack("ii", 1, 0))  # SO_LINGER 0: close with RST
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()
        await server.wait_closed()


def replying(payload: Any, status: int = 200, **fields: Any) -> Handler:
    """A handler that always sends this JSON (or these bytes)."""
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    fields.setdefault("content_type", "application/json")

    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=body, status=status, **fields)

    return handler


def in_turn(*handlers: Handler) -> Handler:
    """A handler that plays these one after the other, and repeats the last."""
    left = list(handlers)

    async def handler(request: web.Request) -> web.StreamResponse:
        return await (left.pop(0) if len(left) > 1 else left[0])(request)

    return handler


def chat_payload(text: str = "A story.", **message: Any) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": "served-model",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": text, **message},
            }
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def png(width: int = 8, height: int = 8, colour: bytes = b"\x10\x20\x30") -> bytes:
    """A whole PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress((b"\0" + colour * width) * height))
        + chunk(b"IEND", b"")
    )
