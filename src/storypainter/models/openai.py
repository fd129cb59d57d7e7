"""Models behind an OpenAI-compatible server: chat, pictures, embeddings.

A thin client over aiohttp: the wire format is small and stable, and the vendor's own SDK costs
several times the CPU a call and a second of import.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import re
import socket
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
import pybase64
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from storypainter import __version__
from storypainter.models import openai_wire as wire
from storypainter.models.catalog import split_user
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    EmbedReply,
    EmbedRequest,
    ImagePart,
    ImageReply,
    ImageRequest,
    Model,
    ModelOptions,
    Verdict,
)
from storypainter.models.embedding_texts import must_be_embeddable
from storypainter.models.image_bytes import EXTENSIONS

OFFICIAL_URL = "https://api.openai.com/v1"
#: No reply and no picture is read beyond this many bytes.
MAX_BYTES = 96 * 1024 * 1024
#: How often the picture at a URL is asked for: painting it again would be paid again.
DOWNLOAD_TRIES = 3


def create(name: str, options: ModelOptions) -> Model:
    """A model of the official API, or of the server at ``options.base_url``."""
    return OpenAIModel(f"openai/{name}", name, options)


class OpenAIModel:
    """One model of one OpenAI-compatible server; a Writer, Seer, Illustrator and Embedder.

    Args:
        address: as the user wrote it, for messages and records.
        model: the model id that is sent.
        options: where the server is and how to reach it.
        identity: what goes into keys, when it isn't provider, model and base URL (a local
            server's address changes with every start, its weights don't).
    """

    sees = True

    def __init__(
        self,
        address: str,
        model: str,
        options: ModelOptions,
        *,
        identity: Mapping[str, str] | None = None,
    ) -> None:
        self.address = address
        self.model = model
        self.base_url, basic = split_user(options.base_url or OFFICIAL_URL)
        self._basic = options.basic_auth or basic
        host = urlsplit(self.base_url).hostname or ""
        self._dialect: wire.Dialect = "official" if host == "api.openai.com" else "compatible"
        self.identity: Mapping[str, str] = identity or {
            "provider": "openai",
            "model": model,
            "base_url": self.base_url,
        }
        self._options = options
        self._secrets = _secrets(options.api_key, self._basic)
        self._session: aiohttp.ClientSession | None = None
        self._shared = options.sessions

    async def chat(self, request: ChatRequest) -> ChatReply:
        """One chat completion, not streamed."""
        payload = await self._post(
            "/chat/completions", wire.chat_body(self.model, request, self._dialect)
        )
        try:
            return wire.read_chat(payload)
        except CallFailed as failure:
            raise self._without_secrets(failure) from None

    async def illustrate(self, request: ImageRequest) -> ImageReply:
        """One picture; an edit when the request carries pictures."""
        fields = wire.image_body(self.model, request)
        if request.images:
            payload = await self._post("/images/edits", _edit_form(fields, request))
        else:
            payload = await self._post("/images/generations", fields)
        reply = wire.read_image(payload, self.model)
        if isinstance(reply, ImageReply):
            return reply
        try:
            data = await self._download(reply.url)
        except CallFailed as failure:
            failure.usage = reply.usage  # the picture is painted, and so paid
            raise failure from None
        return ImageReply(data, "", reply.revised_prompt, reply.usage, reply.model)

    async def embed(self, request: EmbedRequest) -> EmbedReply:
        """One vector a text, all in one call.

        How many texts and tokens a call may hold is the server's own limit (the official API:
        2048 texts); splitting them is the caller's business. Vectors come as the server scaled
        them: not all have length 1.

        Raises:
            CallFailed: INVALID for an empty text, before anything is sent, and as any call.
        """
        must_be_embeddable(request.texts)
        payload = await self._post("/embeddings", wire.embed_body(self.model, request))
        return wire.read_embeddings(payload, len(request.texts))

    async def list_models(self) -> tuple[str, ...]:
        """The ids that the server lists at GET /models."""
        payload = await self._request("GET", "/models", None)
        rows = payload.get("data") if isinstance(payload, dict) else None
        ids = (row.get("id") for row in rows or () if isinstance(row, dict))
        return tuple(id_ for id_ in ids if isinstance(id_, str))

    async def aclose(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session is None:
            return
        if self._shared is None:
            await session.close()
        else:
            await self._shared.give_back(session)

    # ------------------------------------------------------------------- HTTP

    async def _post(self, path: str, body: dict[str, Any] | aiohttp.FormData) -> Any:
        data = orjson.dumps(body) if isinstance(body, dict) else body
        del body  # a picture in it is large, and would stay until the answer comes
        return await self._request("POST", path, data)

    async def _request(self, method: str, path: str, body: bytes | aiohttp.FormData | None) -> Any:
        """Send, and read the JSON of a 200; everything else becomes a CallFailed."""
        answer = await self._exchange(method, path, body)
        if isinstance(answer, CallFailed):
            raise answer
        status, headers, content = answer
        if status != 200:
            raise self._explained(wire.read_failure(status, headers, content))
        readable, payload = _json(content)
        if not readable:
            start = content[:100].lstrip().lower()
            what = "an HTML page" if start.startswith((b"<!doctype", b"<html")) else "no valid JSON"
            raise CallFailed(Verdict.MALFORMED, f"{self._where} answered {what}")
        failure = wire.read_error(payload)
        if failure is not None:
            raise self._explained(failure)
        return payload

    async def _exchange(
        self, method: str, path: str, body: bytes | aiohttp.FormData | None
    ) -> tuple[int, Mapping[str, str], bytes] | CallFailed:
        """One request: status, headers and body of the answer, or why there is none.

        A failure is returned rather than raised: raised here it would carry the client's own
        error as its context, and that one holds the request's headers, with the key.
        """
        headers = {"Content-Type": "application/json"} if isinstance(body, bytes) else None
        try:
            async with (
                asyncio.timeout(self._options.timeout),
                self._connected().request(
                    method,
                    self.base_url + path,
                    data=body,
                    headers=headers,
                    allow_redirects=False,
                ) as reply,
            ):
                return reply.status, reply.headers, await _read_capped(reply)
        except CallFailed as failure:
            return failure
        except TimeoutError:
            return CallFailed(
                Verdict.TIMEOUT,
                f"no answer from {self._where} within {self._options.timeout:g} s",
                "raise --timeout, or see whether the server is overloaded",
            )
        except aiohttp.ClientConnectorError as error:
            return self._unreachable(error)
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, UnicodeError):
            return CallFailed(
                Verdict.UNREACHABLE, f"{self._where} is no http address", "check --base-url"
            )
        except (aiohttp.ClientError, OSError) as error:
            return CallFailed(
                Verdict.TRANSIENT, f"the connection to {self._where} broke ({_kind(error)})"
            )

    @property
    def _where(self) -> str:
        return self.base_url

    def _explained(self, failure: CallFailed) -> CallFailed:
        """The failure with the server's address, and the key to check where that's the matter."""
        if failure.verdict is Verdict.AUTH:
            name = "OPENAI_API_KEY" if self._dialect == "official" else "the server's key"
            given = "is not accepted" if self._options.api_key else "is not set"
            failure.hint = f"{name} {given}; set OPENAI_API_KEY and run the same command again"
        self._without_secrets(failure)
        failure.message = f"{self._where} ({self.model}): {failure.message}"
        failure.args = (failure.message,)
        return failure

    def _without_secrets(self, failure: CallFailed) -> CallFailed:
        """The failure as it may be printed and stored: servers echo keys back."""
        failure.message = wire.hide(failure.message, self._secrets)
        failure.args = (failure.message,)
        return failure

    def _unreachable(self, error: aiohttp.ClientConnectorError) -> CallFailed:
        cause = error.os_error
        if isinstance(cause, ssl.SSLError):
            why = "its certificate is not accepted"
        elif isinstance(error, aiohttp.ClientConnectorDNSError):
            why = "its name can't be resolved"
        else:
            why = (os.strerror(cause.errno) if cause.errno else _kind(error)).lower()
        hint = "start the server, or correct --base-url"
        if self._dialect == "official":  # nobody can start that one
            key = "" if self._options.api_key else "set OPENAI_API_KEY, and "
            hint = f"{key}check your network, or name a server of your own with --base-url"
        return CallFailed(Verdict.UNREACHABLE, f"no server answers at {self._where}: {why}", hint)

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            headers = {"User-Agent": f"storypainter/{__version__}", **self._authorization()}
            if self._shared is None:
                self._session = _new_session(headers)
            else:
                self._session = self._shared.take(
                    (self.base_url, *headers.items()), lambda: _new_session(headers)
                )
        return self._session

    def _authorization(self) -> dict[str, str]:
        """The user part of the base URL was given for this very server: it goes before a key."""
        key = self._options.api_key
        if self._basic is not None:
            return {"Authorization": "Basic " + _encoded(self._basic)}
        if not key:
            return {}
        if not (key.isascii() and key.isprintable()):
            raise CallFailed(
                Verdict.AUTH, "the key holds characters that no key has", "check OPENAI_API_KEY"
            )
        return {"Authorization": f"Bearer {key}"}

    # --------------------------------------------------------------- downloads

    async def _download(self, url: str) -> bytes:
        """The picture at a URL that a server gave: public http(s), or the server's own host.

        No key, no redirect, no private address: a reply must not make us read the local network.
        """
        try:
            parsed = URL(url)  # read as the client reads it: a second parser could be fooled
        except ValueError:
            parsed = URL()
        if parsed.scheme not in ("http", "https") or not parsed.raw_host:
            raise CallFailed(Verdict.MALFORMED, "the server gave a picture URL that is not http(s)")
        own = URL(self.base_url)
        is_own = (parsed.raw_host, parsed.port) == (own.raw_host, own.port)
        if not is_own and not _may_be_public(parsed.raw_host):
            raise _private()
        for tries in range(1, DOWNLOAD_TRIES + 1):
            try:
                return await self._get_picture(parsed, None if is_own else _PublicOnly())
            except CallFailed as failure:
                if failure.verdict is not Verdict.TRANSIENT or tries == DOWNLOAD_TRIES:
                    raise
            await asyncio.sleep(0.25 * tries)
        raise AssertionError("the last try returns or raises")

    async def _get_picture(self, url: URL, resolver: AbstractResolver | None) -> bytes:
        try:
            async with (
                asyncio.timeout(self._options.timeout),
                aiohttp.ClientSession(
                    connector=aiohttp.TCPConnector(resolver=resolver),
                    cookie_jar=aiohttp.DummyCookieJar(),
                ) as session,
                session.get(url, allow_redirects=False) as reply,
            ):
                if reply.status != 200:
                    raise _no_picture(reply.status)
                return await _read_capped(reply)
        except TimeoutError:
            raise CallFailed(Verdict.TIMEOUT, "the picture's URL did not answer in time") from None
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, _NoPublicAddress):
                raise _private() from None
            raise CallFailed(
                Verdict.TRANSIENT, "the server that the picture's URL names can't be reached"
            ) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise CallFailed(
                Verdict.TRANSIENT, f"the picture's URL can't be read ({_kind(error)})"
            ) from None


def _new_session(headers: Mapping[str, str]) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=300, keepalive_timeout=30),
        timeout=aiohttp.ClientTimeout(total=None),
        headers=headers,
        cookie_jar=aiohttp.DummyCookieJar(),
        read_bufsize=1 << 19,
    )


def _no_picture(status: int) -> CallFailed:
    message = f"the picture's URL answered HTTP {status}"
    if 300 <= status < 400:
        return CallFailed(Verdict.INVALID, f"{message} (a redirect, not followed)")
    passing = status >= 500 or status in (408, 429)
    return CallFailed(Verdict.TRANSIENT if passing else Verdict.MALFORMED, message)


def _private() -> CallFailed:
    return CallFailed(
        Verdict.INVALID,
        "the server gave a picture URL on a private address; not fetched",
        "if it is the server itself, write --base-url with the host that its URLs name",
    )


def _encoded(user: tuple[str, str]) -> str:
    return pybase64.b64encode(":".join(user).encode()).decode("ascii")


def _secrets(key: str | None, user: tuple[str, str] | None) -> tuple[str, ...]:
    """All that a server could echo; shorter words are no secrets, and hiding them garbles."""
    found = [key or ""]
    if user is not None:
        found += [_encoded(user), user[1], user[0]]
    return tuple(secret for secret in found if len(secret) >= 4)


def _edit_form(fields: dict[str, Any], request: ImageRequest) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, str(value))
    several = len(request.images) > 1

    def add(name: str, part: ImagePart, filename: str) -> None:
        suffix = EXTENSIONS.get(part.media_type, "png")
        form.add_field(
            name, part.data, filename=f"{filename}.{suffix}", content_type=part.media_type
        )

    for index, part in enumerate(request.images):
        add("image[]" if several else "image", part, f"image{index}")
    if request.mask is not None:
        add("mask", request.mask, "mask")
    return form


async def _read_capped(reply: aiohttp.ClientResponse) -> bytes:
    if (reply.content_length or 0) > MAX_BYTES:
        raise CallFailed(Verdict.MALFORMED, f"the answer is larger than {MAX_BYTES >> 20} MB")
    chunks: list[bytes] = []
    total = 0
    async for chunk in reply.content.iter_any():
        total += len(chunk)
        if total > MAX_BYTES:
            raise CallFailed(Verdict.MALFORMED, f"the answer is larger than {MAX_BYTES >> 20} MB")
        chunks.append(chunk)
    return b"".join(chunks)


def _json(content: bytes) -> tuple[bool, Any]:
    """Whether it is JSON, and what it says."""
    try:
        return True, wire.parse(content)
    except orjson.JSONDecodeError:
        return False, None


def _kind(error: BaseException) -> str:
    return type(error).__name__


#: Hosts whose last label is a number are addresses, however they are spelt (``127.1``, ``0x7f.1``).
_NUMERIC = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)\.?", re.I)


def _may_be_public(host: str) -> bool:
    """False for private addresses and for numbers that are no plain address."""
    try:
        return _is_public(host)
    except ValueError:
        return ":" not in host and not _NUMERIC.fullmatch(host)


def _is_public(host: str) -> bool:
    """Whether an address is one of the open internet, also inside an IPv6 wrapping of IPv4.

    Raises:
        ValueError: it is no address.
    """
    address = ipaddress.ip_address(host)
    inner: ipaddress.IPv4Address | None = None
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo is not None or address.is_site_local:
            return False
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if inner is not None and not (inner.is_global and not inner.is_multicast):
        return False
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class _NoPublicAddress(OSError):
    """A name that leads nowhere but into the local network."""


class _PublicOnly(AbstractResolver):
    """Resolves names to public addresses only; checked at connection time, so that a name
    can't change its mind between the check and the call.
    """

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        public = [entry for entry in found if _is_public(entry["host"])]
        if not public:
            raise _NoPublicAddress(f"{host} has no public address")
        return public

    async def close(self) -> None:
        await self._inner.close()
