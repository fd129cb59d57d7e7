"""Models behind an OpenAI-compatible server: chat, pictures, embeddings.

A thin client over aiohttp: the wire format is small and stable, and the vendor's own SDK costs
several times the CPU a call and a second of import.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from storypainter import __version__
from storypainter.models import openai_wire as wire
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
from storypainter.models.image_bytes import EXTENSIONS

OFFICIAL_URL = "https://api.openai.com/v1"
#: No reply and no picture is read beyond this many bytes.
MAX_BYTES = 96 * 1024 * 1024


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
        self.base_url = (options.base_url or OFFICIAL_URL).rstrip("/")
        host = urlsplit(self.base_url).hostname or ""
        self._dialect: wire.Dialect = "official" if host == "api.openai.com" else "compatible"
        self.identity: Mapping[str, str] = identity or {
            "provider": "openai",
            "model": model,
            "base_url": self.base_url,
        }
        self._options = options
        self._session: aiohttp.ClientSession | None = None

    async def chat(self, request: ChatRequest) -> ChatReply:
        """One chat completion, not streamed."""
        body = wire.chat_body(self.model, request, self._dialect)
        return wire.read_chat(await self._post("/chat/completions", body))

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
        data = await self._download(reply.url)
        return ImageReply(data, "", reply.revised_prompt, reply.usage, reply.model)

    async def embed(self, request: EmbedRequest) -> EmbedReply:
        """One vector a text."""
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
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    # ------------------------------------------------------------------- HTTP

    async def _post(self, path: str, body: dict[str, Any] | aiohttp.FormData) -> Any:
        return await self._request("POST", path, body)

    async def _request(
        self, method: str, path: str, body: dict[str, Any] | aiohttp.FormData | None
    ) -> Any:
        """Send, and read the JSON of a 200; everything else becomes a CallFailed."""
        headers = {"Content-Type": "application/json"} if isinstance(body, dict) else None
        data = orjson.dumps(body) if isinstance(body, dict) else body
        try:
            async with (
                asyncio.timeout(self._options.timeout),
                self._connected().request(
                    method,
                    self.base_url + path,
                    data=data,
                    headers=headers,
                    allow_redirects=False,
                ) as reply,
            ):
                content = await _read_capped(reply)
        except TimeoutError:
            raise CallFailed(
                Verdict.TIMEOUT,
                f"no answer from {self._where} within {self._options.timeout:g} s",
                "raise --timeout, or see whether the server is overloaded",
            ) from None
        except aiohttp.ClientConnectorError as error:
            raise self._unreachable(error) from None
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise CallFailed(
                Verdict.UNREACHABLE, f"{self._where} is no http address", "check --base-url"
            ) from None
        except (aiohttp.ClientError, ConnectionError) as error:
            raise CallFailed(
                Verdict.TRANSIENT, f"the connection to {self._where} broke ({_kind(error)})"
            ) from None
        if reply.status != 200:
            raise self._explained(wire.read_failure(reply.status, reply.headers, content))
        try:
            return orjson.loads(content)
        except orjson.JSONDecodeError:
            start = content[:100].lstrip().lower()
            what = "an HTML page" if start.startswith((b"<!doctype", b"<html")) else "no valid JSON"
            raise CallFailed(Verdict.MALFORMED, f"{self._where} answered {what}") from None

    @property
    def _where(self) -> str:
        return self.base_url

    def _explained(self, failure: CallFailed) -> CallFailed:
        """The failure with the server's address, and the key to check where that's the matter."""
        if failure.verdict is Verdict.AUTH:
            name = "OPENAI_API_KEY" if self._dialect == "official" else "the server's key"
            given = "is not accepted" if self._options.api_key else "is not set"
            failure.hint = f"{name} {given}; set OPENAI_API_KEY and run the same command again"
        secret = self._options.api_key
        message = failure.message.replace(secret, "[hidden]") if secret else failure.message
        failure.message = f"{self._where} ({self.model}): {message}"
        failure.args = (failure.message,)
        return failure

    def _unreachable(self, error: aiohttp.ClientConnectorError) -> CallFailed:
        cause = error.os_error
        if isinstance(cause, ssl.SSLError):
            why = "its certificate is not accepted"
        elif isinstance(error, aiohttp.ClientConnectorDNSError):
            why = "its name can't be resolved"
        else:
            why = (cause.strerror or _kind(error)).lower()
        return CallFailed(
            Verdict.UNREACHABLE,
            f"no server answers at {self._where}: {why}",
            "start the server, or correct --base-url",
        )

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            headers = {"User-Agent": f"storypainter/{__version__}"}
            auth = None
            if self._options.api_key:
                headers["Authorization"] = f"Bearer {self._options.api_key}"
            elif self._options.basic_auth:
                auth = aiohttp.BasicAuth(*self._options.basic_auth)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=300, keepalive_timeout=30),
                timeout=aiohttp.ClientTimeout(total=None),
                headers=headers,
                auth=auth,
                cookie_jar=aiohttp.DummyCookieJar(),
                read_bufsize=1 << 19,
            )
        return self._session

    # --------------------------------------------------------------- downloads

    async def _download(self, url: str) -> bytes:
        """The picture at a URL that a server gave: public http(s), or the server's own host.

        No key, no redirect, no private address: a reply must not make us read the local network.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CallFailed(Verdict.MALFORMED, "the server gave a picture URL that is not http(s)")
        own = urlsplit(self.base_url)
        is_own = (parts.hostname, parts.port) == (own.hostname, own.port)
        if not is_own and _is_private_literal(parts.hostname):
            raise CallFailed(
                Verdict.INVALID, "the server gave a picture URL on a private address; not fetched"
            )
        resolver = None if is_own else _PublicOnly()
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
                    raise CallFailed(
                        Verdict.TRANSIENT, f"the picture's URL answered HTTP {reply.status}"
                    )
                return await _read_capped(reply)
        except TimeoutError:
            raise CallFailed(Verdict.TIMEOUT, "the picture's URL did not answer in time") from None
        except (aiohttp.ClientError, OSError) as error:
            raise CallFailed(
                Verdict.TRANSIENT, f"the picture's URL can't be read ({_kind(error)})"
            ) from None


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


def _kind(error: BaseException) -> str:
    return type(error).__name__


def _is_private_literal(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


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
        public = [entry for entry in found if ipaddress.ip_address(entry["host"]).is_global]
        if not public:
            raise OSError(f"{host} has no public address")
        return public

    async def close(self) -> None:
        await self._inner.close()
