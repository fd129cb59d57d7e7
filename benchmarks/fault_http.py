"""HTTP/1.1 for the fault server: as little of it, and as cheap, as clients need."""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from collections.abc import Callable
from typing import Any, Protocol

import fault_replies as replies

MAX_HEAD = 64 * 1024
MAX_BODY = 64 * 1024 * 1024
JSON = b"application/json"
REASONS = {200: b"OK", 400: b"Bad Request", 401: b"Unauthorized", 404: b"Not Found"}
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked", re.IGNORECASE)
_EXPECT = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


class Record:
    """One call: when it came, what it was, how it ended."""

    __slots__ = (
        "arrival",
        "body_digest",
        "completion",
        "endpoint",
        "fault",
        "in_flight",
        "number",
        "prompt_digest",
        "status",
        "tale",
    )

    def __init__(self, number: int, endpoint: str, arrival: float, in_flight: int) -> None:
        self.number = number
        self.endpoint = endpoint
        self.arrival = arrival
        self.in_flight = in_flight
        self.completion: float | None = None
        self.status: int | str = "open"
        self.fault = ""
        self.body_digest = b""
        self.prompt_digest = ""
        self.tale = ""

    def as_row(self) -> dict[str, Any]:
        row = {name: getattr(self, name) for name in self.__slots__}
        return {**row, "body_digest": self.body_digest.hex()}


class Server(Protocol):
    """What a connection tells its server."""

    connections: int

    def receive(self, connection: Connection, head: bytes, body: bytes) -> None: ...

    def end(self, connection: Connection, status: int | str) -> None: ...


class Connection(asyncio.Protocol):
    """One client connection: requests one after the other, bodies by content length."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._buffer = bytearray()
        self._busy = False
        self._on_flushed: Callable[[], None] | None = None
        self._transport: asyncio.Transport
        self.record: Record | None = None
        self.timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(high=0)
        self._server.connections += 1

    def connection_lost(self, exc: Exception | None) -> None:
        if self.timer is not None:
            self.timer.cancel()
        if self.record is not None:
            self._server.end(self, "hang" if self.record.fault == "hang" else "client left")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._busy:
            self._next()

    def resume_writing(self) -> None:
        flushed, self._on_flushed = self._on_flushed, None
        if flushed is not None:
            flushed()

    def _next(self) -> None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > MAX_HEAD:
                self._transport.abort()
            return
        head = bytes(self._buffer[:end])
        found = _LENGTH.search(head)
        length = int(found[1]) if found else 0
        if length > MAX_BODY or _CHUNKED.search(head):
            self.send(411 if length <= MAX_BODY else 413, replies.error_body("Send a length."))
            self._transport.close()
            return
        if len(self._buffer) < end + 4 + length:
            if _EXPECT.search(head) and len(self._buffer) == end + 4:
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            return
        body = bytes(self._buffer[end + 4 : end + 4 + length])
        del self._buffer[: end + 4 + length]
        self._busy = True
        self._server.receive(self, head, body)

    def send(
        self,
        status: int,
        body: bytes,
        content_type: bytes = JSON,
        extra: bytes = b"",
        flushed: Callable[[], None] | None = None,
    ) -> None:
        """Write a whole answer; ``flushed`` runs when the kernel has taken its last byte."""
        self._transport.write(_head(status, len(body), content_type, extra) + body)
        if self._transport.get_write_buffer_size():
            self._on_flushed = lambda: self._ready(flushed)
        else:
            self._ready(flushed)

    def _ready(self, flushed: Callable[[], None] | None) -> None:
        if flushed is not None:
            flushed()
        self._busy = False
        if self._buffer:
            self._next()

    def send_cut(self, body: bytes) -> None:
        """Promise the whole body, send half of it, and close."""
        self._transport.write(_head(200, len(body), JSON, b"") + body[: len(body) // 2])
        self._transport.close()

    def reset(self) -> None:
        """Break the connection so that the client sees a reset, not an end."""
        sock = self._transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()


def _head(status: int, length: int, content_type: bytes, extra: bytes) -> bytes:
    return b"HTTP/1.1 %d %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n%b\r\n" % (
        status,
        REASONS.get(status, b"Error"),
        content_type,
        length,
        extra,
    )
