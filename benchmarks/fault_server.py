"""An OpenAI-compatible server on the loopback address that fails on purpose.

It answers chat, image, edit and embedding calls after a set latency, injects faults by a seeded
draw, and keeps a log of every call. One process, raw asyncio protocol: it must stay far cheaper
than the client that it measures. ``python benchmarks/fault_server.py --help`` lists the flags;
the first line on standard output is JSON with the address.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import hashlib
import hmac
import itertools
import math
import os
import re
import resource
import signal
import sys
from collections import Counter
from typing import Any

import fault_replies as replies
import orjson
from fault_http import JSON, Connection, Record
from fault_plan import EVERYWHERE, Faults, RateLimit, parse

ENDPOINTS = {
    "/v1/chat/completions": "chat",
    "/v1/images/generations": "image",
    "/v1/images/edits": "edit",
    "/v1/embeddings": "embedding",
}
_BEARER = re.compile(rb"\r\nauthorization:[ \t]*bearer[ \t]+([^\r]*)", re.IGNORECASE)
_BOUNDARY = re.compile(rb'\r\ncontent-type:[^\r]*boundary="?([^";\r]+)', re.IGNORECASE)


class BadRequest(Exception):
    """A request that the server rejects as such."""

    def __init__(
        self, message: str, param: str | None = None, code: str | None = None, status: int = 400
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = replies.error_body(message, param=param, code=code)


class FaultServer:
    """Decides what every call is answered, and counts."""

    def __init__(self, options: argparse.Namespace, loop: asyncio.AbstractEventLoop) -> None:
        self._options = options
        self._loop = loop
        self._faults = Faults(options.faults, options.poison, options.seed)
        self._limit = RateLimit(options.rpm, options.rpm_window)
        self._gallery = replies.Gallery(options.seed)
        self._key = options.require_key.encode() if options.require_key else None
        latencies = {"chat": options.chat_latency, "embedding": options.embedding_latency}
        self._latency = {end: latencies.get(end, options.image_latency) for end in EVERYWHERE}
        self.root = ""
        self.connections = 0
        self._start_afresh()

    def _start_afresh(self) -> None:
        self.connections = 0
        self._records: list[Record] = []
        self._in_flight = 0
        self._max_in_flight = 0
        self._stories = itertools.count(1)
        self._files: dict[str, str] = {}
        self._faults.reset()
        self._limit.reset()

    # --- one call ----------------------------------------------------------------------------

    def receive(self, connection: Connection, head: bytes, body: bytes) -> None:
        method, _, rest = head.partition(b" ")
        path = rest.partition(b" ")[0].partition(b"?")[0].decode("latin-1")
        endpoint = ENDPOINTS.get(path)
        if endpoint is None or method != b"POST":
            self._answer_other(connection, method, path)
            return
        record = self._begin(connection, endpoint, body)
        refusal = self._refusal(record, head)
        if refusal is not None:
            status, answer, extra = refusal
            self._answer(connection, status, answer, extra=extra)
            return
        fault = self._faults.of(endpoint, body)
        if fault:
            self._fail(connection, record, fault, head, body)
            return
        try:
            answer = self._reply(record, head, body)
        except BadRequest as error:
            self._answer(connection, error.status, error.body)
            return
        due = record.arrival + self._latency[endpoint]
        connection.timer = self._loop.call_at(due, self._answer, connection, 200, answer)

    def _begin(self, connection: Connection, endpoint: str, body: bytes) -> Record:
        self._in_flight += 1
        self._max_in_flight = max(self._max_in_flight, self._in_flight)
        record = Record(len(self._records), endpoint, self._loop.time(), self._in_flight)
        record.body_digest = hashlib.blake2b(body, digest_size=12).digest()
        self._records.append(record)
        connection.record = record
        return record

    def _answer(
        self,
        connection: Connection,
        status: int,
        body: bytes,
        content_type: bytes = JSON,
        extra: bytes = b"",
    ) -> None:
        connection.send(status, body, content_type, extra, lambda: self.end(connection, status))

    def end(self, connection: Connection, status: int | str) -> None:
        """The call of this connection is over; a call from before a reset is not counted."""
        record, connection.record, connection.timer = connection.record, None, None
        if record is None or record.completion is not None:
            return
        record.completion = self._loop.time()
        record.status = status
        if record.number < len(self._records) and self._records[record.number] is record:
            self._in_flight -= 1

    def _refusal(self, record: Record, head: bytes) -> tuple[int, bytes, bytes] | None:
        """Why the call is turned away before it is read: the key, or too many calls."""
        if self._key is not None:
            found = _BEARER.search(head + b"\r")
            given = found[1] if found else b""
            if not hmac.compare_digest(given, self._key):
                shown = given if self._options.echo_key else given[:3] + b"***"
                message = f"Incorrect API key provided: {shown.decode('latin-1')}."
                return 401, replies.error_body(message, code="invalid_api_key"), b""
        if self._options.max_inflight and self._in_flight > self._options.max_inflight:
            record.fault = "max_inflight"
            return (*_error("429"), b"")
        wait = self._limit.wait(record.arrival)
        if wait > 0:
            record.fault = "rpm"
            extra = b"Retry-After: %d\r\nretry-after-ms: %d\r\n" % (
                math.ceil(wait),
                math.ceil(wait * 1000),
            )
            return (*_error("429"), extra)
        return None

    # --- faults --------------------------------------------------------------------------------

    def _fail(
        self, connection: Connection, record: Record, kind: str, head: bytes, body: bytes
    ) -> None:
        record.fault = kind
        if kind == "hang":
            return
        if kind == "reset":
            self.end(connection, kind)
            connection.reset()
        elif kind in ("html", "html200"):
            status = 502 if kind == "html" else 200
            self._answer(connection, status, replies.HTML_PAGE, b"text/html")
        elif kind in replies.ERRORS and (kind != "refused" or record.endpoint != "chat"):
            wait = self._options.retry_after
            extra = b"Retry-After: %d\r\n" % wait if kind == "429" and wait else b""
            self._answer(connection, *_error(kind), extra=extra)
        else:
            self._fail_with_body(connection, record, kind, head, body)

    def _fail_with_body(
        self, connection: Connection, record: Record, kind: str, head: bytes, body: bytes
    ) -> None:
        try:
            answer = self._reply(record, head, body, kind)
        except BadRequest as error:
            self._answer(connection, error.status, error.body)
            return
        if kind == "truncate":
            self.end(connection, kind)
            connection.send_cut(answer)
            return
        if kind == "malformed_json":
            answer = answer[: len(answer) * 2 // 3]
        self._answer(connection, 200, answer)

    # --- replies -------------------------------------------------------------------------------

    def _reply(self, record: Record, head: bytes, body: bytes, how: str = "") -> bytes:
        if record.endpoint == "edit":
            request = _form(head, body)
        else:
            try:
                request = orjson.loads(body)
            except orjson.JSONDecodeError as error:
                raise BadRequest(f"We could not parse the JSON body: {error}") from None
        if not isinstance(request, dict):
            raise BadRequest("The body must be a JSON object.")
        self._check_model(request)
        if record.endpoint == "chat":
            return self._chat(record, request, how)
        if record.endpoint == "embedding":
            return self._embedding(record, request)
        return self._picture(record, request, how)

    def _check_model(self, request: dict[str, Any]) -> None:
        model = request.get("model")
        if not model:
            raise BadRequest("You must provide a model parameter.", "model")
        if self._options.model and model not in self._options.model:
            message = f"The model '{model}' does not exist."
            raise BadRequest(message, "model", "model_not_found", 404)

    def _chat(self, record: Record, request: dict[str, Any], how: str) -> bytes:
        messages = request.get("messages")
        if not messages or not isinstance(messages, list):
            raise BadRequest("Missing required parameter: 'messages'.", "messages")
        self._need("chat", "chat")
        if "response_format" in request:
            self._need("schema", "response_format")
        if request.get("logprobs"):
            self._need("logprobs", "logprobs")
        if replies.shows_picture(messages):
            self._need("vision", "messages")
        if "max_tokens" in request and re.match(r"o\d|gpt-5", request["model"]):
            message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
            raise BadRequest(message, "max_tokens", "unsupported_parameter")
        prompt = replies.content_of(messages)
        record.prompt_digest = replies.digest(prompt.encode())
        number = 0 if how else next(self._stories)
        if number:
            record.tale = f"tale {number}-{record.prompt_digest[:12]}"
        return replies.chat_body(number, request, prompt, record.prompt_digest, how)

    def _picture(self, record: Record, request: dict[str, Any], how: str) -> bytes:
        self._need("edits" if record.endpoint == "edit" else "images", "model")
        prompt, model = request.get("prompt"), request["model"]
        if not isinstance(prompt, str) or not prompt:
            raise BadRequest("Missing required parameter: 'prompt'.", "prompt")
        if "response_format" in request and model.startswith("gpt-image"):
            message = "Unknown parameter: 'response_format'."
            raise BadRequest(message, "response_format", "unknown_parameter")
        if int(request.get("n") or 1) != 1:
            raise BadRequest("This server paints one picture a call.", "n")
        record.prompt_digest = replies.digest(prompt.encode())
        mark = replies.MARK.search(prompt)
        record.tale = mark.group(0) if mark else ""
        picture: tuple[bytes, ...] | str | None
        if how == "empty_choices":
            picture = None
        elif how == "empty_b64":
            picture = (b"",)
        elif how in ("bad_png", "cut_png", "not_a_picture"):
            picture = (self._gallery.spoilt_b64(prompt, how),)
        elif self._wants_url(request):
            self._files[record.prompt_digest] = prompt
            picture = f"{self.root}/files/{record.prompt_digest}.png"
        else:
            picture = self._gallery.png_b64(prompt)
        return replies.image_body(model, prompt, picture)

    def _wants_url(self, request: dict[str, Any]) -> bool:
        """DALL-E answers with addresses unless it is asked for base64."""
        default = "url" if request["model"].startswith("dall-e") else "b64_json"
        return bool(self._options.url_pictures or request.get("response_format", default) == "url")

    def _embedding(self, record: Record, request: dict[str, Any]) -> bytes:
        self._need("embeddings", "model")
        texts = request.get("input")
        texts = [texts] if isinstance(texts, str) else texts
        if not texts or not all(isinstance(text, str) and text for text in texts):
            raise BadRequest("'input' must be a string or a list of strings.", "input")
        record.prompt_digest = replies.digest("\n".join(texts).encode())
        as_base64 = request.get("encoding_format") == "base64"
        return replies.embeddings_body(request["model"], texts, as_base64)

    def _need(self, capability: str, param: str) -> None:
        if capability not in self._options.without:
            return
        if capability in ("chat", "images", "edits", "embeddings"):
            raise BadRequest(f"This server has no {capability}.", code="not_found", status=404)
        raise BadRequest(f"Invalid parameter: '{param}' is not supported with this model.", param)

    # --- everything else -----------------------------------------------------------------------

    def _answer_other(self, connection: Connection, method: bytes, path: str) -> None:
        if path.startswith("/files/"):
            prompt = self._files.get(path.removeprefix("/files/").removesuffix(".png"))
            if prompt is not None:
                connection.send(200, self._gallery.png(prompt), b"image/png")
                return
        elif path == "/v1/models" and method == b"GET":
            names = self._options.model or ["gpt-4o", "gpt-image-1", "text-embedding-3-small"]
            data = [{"id": name, "object": "model", "owned_by": "fault-server"} for name in names]
            connection.send(200, orjson.dumps({"object": "list", "data": data}))
            return
        elif path == "/_control/stats":
            connection.send(200, orjson.dumps(self.stats(), option=orjson.OPT_NON_STR_KEYS))
            return
        elif path == "/_control/count":
            connection.send(200, b'{"calls":%d}' % len(self._records))
            return
        elif path == "/_control/log":
            connection.send(200, self.log(), b"application/x-ndjson")
            return
        elif path == "/_control/reset" and method == b"POST":
            self._start_afresh()
            connection.send(200, b"{}")
            return
        message = f"Invalid URL ({method.decode('latin-1')} {path})"
        connection.send(404, replies.error_body(message))

    def stats(self) -> dict[str, Any]:
        """Counts and times; ``repeated`` counts calls whose body had come before, ``repaid``
        those of them that came after a good answer to the same body had been sent in full.
        """
        statuses: dict[str, Counter[str]] = {end: Counter() for end in EVERYWHERE}
        faults: Counter[str] = Counter()
        seen: set[tuple[str, bytes]] = set()
        paid: set[tuple[str, bytes]] = set()
        repeated: Counter[str] = Counter()
        repaid: Counter[str] = Counter()
        for record in self._records:
            statuses[record.endpoint][str(record.status)] += 1
            faults[record.fault] += 1
            key = (record.endpoint, record.body_digest)
            repeated[record.endpoint] += key in seen
            seen.add(key)
            if record.status == 200 and not record.fault:
                repaid[record.endpoint] += key in paid
                paid.add(key)
        del faults[""]
        done = [record.completion for record in self._records if record.completion is not None]
        used = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "calls": len(self._records),
            "by_endpoint": {end: dict(counts) for end, counts in statuses.items() if counts},
            "faults": dict(faults),
            "first_arrival": self._records[0].arrival if self._records else None,
            "last_completion": max(done, default=None),
            "in_flight": self._in_flight,
            "max_in_flight": self._max_in_flight,
            "repeated": dict(repeated),
            "repaid": dict(repaid),
            "connections": self.connections,
            "cpu_seconds": used.ru_utime + used.ru_stime,
            "now": self._loop.time(),
        }

    def log(self) -> bytes:
        """One JSON line a call, in order of arrival; times are the machine's monotonic clock."""
        return b"".join(orjson.dumps(record.as_row()) + b"\n" for record in self._records)


def _error(kind: str) -> tuple[int, bytes]:
    status, message, error_type, param, code = replies.ERRORS[kind]
    return status, replies.error_body(message, error_type, param, code)


def _form(head: bytes, body: bytes) -> dict[str, Any]:
    """The text fields of a multipart form; it must hold a picture named image or image[]."""
    boundary = _BOUNDARY.search(head)
    if boundary is None:
        raise BadRequest("Send a multipart form.")
    fields: dict[str, Any] = {}
    for part in body.split(b"--" + boundary[1]):
        intro, _, value = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]*)"', intro)
        if name is not None:
            is_text = b"filename=" not in intro
            text = value.removesuffix(b"\r\n").decode("utf-8", "replace") if is_text else True
            fields[name[1].decode("latin-1")] = text
    if not (fields.get("image") or fields.get("image[]")):
        raise BadRequest("Missing required parameter: 'image'.", "image")
    return fields


async def serve(options: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT, then write the log."""
    loop = asyncio.get_running_loop()
    server = FaultServer(options, loop)
    listener = await loop.create_server(
        lambda: Connection(server), "127.0.0.1", options.port, backlog=1024
    )
    server.root = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    # Nothing here makes cycles that matter; a pause of the collector would look like latency.
    gc.collect()
    gc.freeze()
    gc.disable()
    ready = {"root": server.root, "base_url": server.root + "/v1", "pid": os.getpid()}
    print(orjson.dumps(ready).decode(), flush=True)
    await stopped.wait()
    listener.close()
    if options.log:
        options.log.write_bytes(server.log())


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(parse(sys.argv[1:])))
