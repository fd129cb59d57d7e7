"""Models in GGUF files, answered by llama.cpp on this machine.

llama.cpp's own server (package ``xllamacpp``) runs in a child process on a free loopback port
behind a random token, and the OpenAI client talks to it. A child, because a damaged file or too
little memory can end the process that loads it, because its log goes to the process's own
stderr, and because the child ends with us, even when we are killed: it lives as long as its
standard input is open.

A LoRA adapter is loaded beside its base, and each request says how much of it counts: one server
is both the base (``FILE.gguf@0``) and the model with its adapter (``FILE.gguf``).
"""

from __future__ import annotations

import asyncio
import contextlib
import glob
import hashlib
import importlib.util
import json
import math
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import IO, Any

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    ImagePart,
    ModelOptions,
    Verdict,
)
from storypainter.models.gguf_metadata import CHAT_TEMPLATE, MAGIC, read_metadata
from storypainter.models.llama_child import serve
from storypainter.models.local_files import KNOWN, file_sha256, pulled, pulled_file, user_path
from storypainter.models.openai import OpenAIModel
from storypainter.models.openai_wire import one_line

#: Tokens that one call may use, prompt and reply together.
CONTEXT = 4096
#: Calls that llama.cpp answers at once; on two cores eight are only a fourth faster than four.
SLOTS = 4
#: Beyond this an adapter's weight is a slip of the pen.
_MOST_SCALE = 10.0
_LAST_LINES = 12
_CLOSING_SECONDS = 5.0
#: A broken connection is known a little before the process behind it is gone.
_MOMENT_SECONDS = 0.5


def create(name: str, options: ModelOptions, *, address: str = "") -> LlamaModel:
    """A model by its well-known name (``smollm2-135m``) or by the path of a GGUF file.

    ``options.adapter`` is the path of a LoRA adapter's GGUF file, and ``PATH@SCALE`` says how
    much of it counts: 1 is the adapter as it was trained, 0 is the base alone. ``address`` is how
    records name the model, if not ``llama/NAME``.

    Raises:
        BadInput: no such name, file or device, a name not pulled yet, a file that is no GGUF, or
            a scale that is none.
        MissingExtra: xllamacpp is not installed.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        raise MissingExtra(f"llama/{name}", "local")
    if not re.fullmatch(r"auto|cpu|cuda(:\d{1,3})?", options.device):
        raise BadInput(
            f"llama/ knows no device {options.device!r}", "use auto, cpu, cuda or cuda:1"
        )
    path = _model_path(name)
    _must_be_gguf(path)
    adapter, scale = _adapter(options.adapter) if options.adapter else (None, 1.0)
    return LlamaModel(name, path, adapter, options, scale=scale, address=address)


def _model_path(name: str) -> Path:
    if name in KNOWN:
        return pulled_file(name)
    path = user_path(name)
    if path.is_dir():
        raise BadInput(
            f"{path} is a folder, not a GGUF file",
            "give the path of a .gguf file in it, or use transformers/ for a folder of weights",
        )
    if path.is_file():
        return path.absolute()
    known = ", ".join(sorted(KNOWN))
    raise BadInput(
        f"there is no GGUF file {path}", f"give the path of a .gguf file, or a known name: {known}"
    )


def _adapter(given: str) -> tuple[Path, float]:
    """The adapter's GGUF file and how much of it counts, from ``PATH`` or ``PATH@SCALE``."""
    front, at, back = given.rpartition("@")
    if at and front and "/" not in back and not user_path(given).exists():
        return _adapter_path(front), read_scale(back)
    return _adapter_path(given), 1.0


def read_scale(text: str) -> float:
    """How much of an adapter counts, as it stands behind ``@``.

    Raises:
        BadInput: no number from -10 to 10.
    """
    try:
        scale = float(text)
    except ValueError:
        scale = math.nan
    if not -_MOST_SCALE <= scale <= _MOST_SCALE:
        raise BadInput(
            f"{text!r} is no scale for an adapter",
            "write @0 for the base alone, @1 for the adapter as it was trained, or between",
        )
    return scale + 0.0  # -0 is 0


def _adapter_path(adapter: str) -> Path:
    """The adapter's GGUF file; a folder must hold exactly one."""
    path = user_path(adapter)
    if path.is_dir():
        files = sorted(path.glob("*.gguf"))
        if len(files) != 1:
            raise BadInput(
                f"the adapter folder {path} holds {len(files)} .gguf files, not one",
                "give the adapter's .gguf file; a folder of peft's becomes one by: "
                "storypainter models adapter FOLDER --out FILE.gguf",
            )
        path = files[0]
    if not path.is_file():
        raise BadInput(f"there is no adapter file {path}", "check the path")
    _must_be_gguf(path)
    return path.absolute()


def _must_be_gguf(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            magic = stream.read(len(MAGIC))
    except OSError as error:
        raise BadInput(f"can't read {path}: {error.strerror}", "check its permissions") from None
    if magic != MAGIC:
        raise BadInput(
            f"{path} is no GGUF file (it does not begin with GGUF)",
            "llama/ reads GGUF files only; transformers/ reads folders of safetensors",
        )


class LlamaModel:
    """One GGUF model and the server that answers for it; a Writer.

    Sampling is exactly what the request says: llama.cpp's own defaults (top-k 40, min-p 0.05)
    and those that a GGUF file may carry are switched off. Close it with :meth:`aclose`; a later
    call starts the server again. Models of one run with the same files (``options.sessions``)
    share a server, whatever their adapter's scales; the last one to be closed ends it.

    Args:
        name: the part of the address behind ``llama/``.
        path: the base's GGUF file.
        adapter: the GGUF file of a LoRA adapter of that base.
        options: device, timeout, how many calls at once, a seed.
        scale: how much of the adapter counts, 1 as it was trained, 0 not at all.
        address: how records name it, if not ``llama/NAME``.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        adapter: Path | None,
        options: ModelOptions,
        *,
        scale: float = 1.0,
        address: str = "",
    ) -> None:
        self.address = address or f"llama/{name}"
        self._name = name
        self._path = path
        self._adapter = adapter
        self._scale = scale
        self._options = options
        self._label = name if name in KNOWN else path.stem
        self._host: _Host | None = None
        self._client: OpenAIModel | None = None

    @cached_property
    def identity(self) -> dict[str, str]:
        """Provider, model and the hashes of its files; the adapter's scale where it isn't 1.

        Raises:
            BadInput: a pulled file is not the one that we know.
        """
        if self._name in KNOWN and pulled(self._name).state != "ready":
            raise BadInput(
                f"the file of {self._name} is damaged: {self._path}",
                f"run: storypainter models pull {self._name}",
            )
        found = {
            "provider": "llama",
            "model": self._label,
            "sha256": _model_sha256(self._path),
        }
        if self._adapter is not None:
            found["adapter_sha256"] = file_sha256(self._adapter)
            if self._scale != 1.0:
                found["adapter_scale"] = f"{self._scale:g}"
        stated = self._stated_template
        if stated:
            found["template_sha256"] = hashlib.sha256(stated.encode()).hexdigest()
        if self._options.seed is not None:
            found["seed"] = str(self._options.seed)
        return found

    @property
    def _stated_template(self) -> str:
        """Our own chat template for a known base model, which has none."""
        return KNOWN[self._name].chat_template if self._name in KNOWN else ""

    async def chat(self, request: ChatRequest) -> ChatReply:
        """One chat completion.

        The option's timeout counts from when a slot is free. Without a seed in the request, the
        option's seed counts, and without that each call is new.

        Raises:
            CallFailed: as any server's; NOT_FOUND when the model can't be loaded.
        """
        _must_be_text(request)
        if request.seed is None and self._options.seed is not None:
            request = replace(request, seed=self._options.seed)
        wanted, request = request, _at_least_one_alternative(request)
        host = self._connected()
        async with host.turns:
            server = await host.ready()
            client = await self._client_of(server)
            try:
                reply = await client.chat(request)
            except CallFailed as failure:
                if failure.verdict in (Verdict.UNREACHABLE, Verdict.TRANSIENT):
                    end = await asyncio.to_thread(server.ending)
                    if end:
                        raise CallFailed(
                            Verdict.TRANSIENT, f"llama.cpp {end} while {self._label} answered"
                        ) from None
                raise
        if wanted.logprobs == 0:
            bare = tuple(replace(token, top=()) for token in reply.logprobs)
            reply = replace(reply, logprobs=bare)
        return reply

    async def aclose(self) -> None:
        """Close the connections and stop the server, unless another model of the run uses it."""
        client, self._client = self._client, None
        host, self._host = self._host, None
        if client is not None:
            await client.aclose()
        if host is None:
            return
        if self._options.sessions is None:
            await host.close()
        else:
            await self._options.sessions.give_back(host)

    def _connected(self) -> _Host:
        if self._host is None:
            slots = max(1, min(SLOTS, self._options.connections))
            files = (self._path, self._adapter, self._stated_template)
            key = (*files, self._options.device, slots)

            def make() -> _Host:
                return _Host(partial(self._settings, slots), slots)

            shared = self._options.sessions
            self._host = make() if shared is None else shared.take(key, make)
        return self._host

    async def _client_of(self, server: _Server) -> OpenAIModel:
        if self._client is None or self._client.base_url != server.base_url:
            if self._client is not None:
                await self._client.aclose()
            reach = replace(
                self._options, base_url=server.base_url, api_key=server.key, basic_auth=None
            )
            self._client = _Client(self.address, self._label, reach, identity=self.identity)
            if self._adapter is not None:
                self._client.scale = self._scale
        return self._client

    def _settings(self, slots: int) -> _Settings:
        """What the server is started with; reads and checks the files.

        Raises:
            BadInput: a pulled file is not the one that we know.
            CallFailed: NOT_FOUND, for a damaged file or a model without a chat template.
        """
        template = self.identity and _chat_template(
            self._path, self._adapter, self._stated_template
        )
        return _Settings(
            model=str(self._path),
            alias=self._label,
            adapter=str(self._adapter) if self._adapter else "",
            template=template or "",
            slots=slots,
            context=CONTEXT * slots,
            threads=_threads(),
            device=self._options.device,
        )


class _Client(OpenAIModel):
    """Talks to our server, and says with each request how much of the adapter counts."""

    scale: float | None = None

    async def _post(self, path: str, body: Any) -> Any:
        if self.scale is not None and isinstance(body, dict):
            body["lora"] = [{"id": 0, "scale": self.scale}]
        return await super()._post(path, body)


class _Host:
    """A server for the models that share it: started at the first call and after a crash."""

    def __init__(self, settings: Callable[[], _Settings], slots: int) -> None:
        self.turns = asyncio.Semaphore(slots)
        self.server: _Server | None = None
        self._settings = settings
        self._starter = ThreadPoolExecutor(1, "llama.cpp")

    async def ready(self) -> _Server:
        """A running server. One thread starts servers, so there is only one.

        Raises:
            CallFailed: NOT_FOUND when the model can't be loaded.
        """
        return await asyncio.get_running_loop().run_in_executor(self._starter, self._started)

    async def close(self) -> None:
        """Stop the server; a load in progress ends here."""
        if self.server is not None:
            await asyncio.to_thread(self.server.stop)
        await asyncio.get_running_loop().run_in_executor(self._starter, self._stopped)
        self._starter.shutdown(wait=False)

    def _started(self) -> _Server:
        if self.server is not None and self.server.is_running:
            return self.server
        self.server = _Server(self._settings())
        self.server.wait_until_loaded()
        return self.server

    def _stopped(self) -> None:
        """Stop what was started last; in the starting thread, so that nothing starts after it."""
        server, self.server = self.server, None
        if server is not None:
            server.stop()


def _at_least_one_alternative(request: ChatRequest) -> ChatRequest:
    """llama.cpp takes "no alternatives" for "no log-probabilities"."""
    return replace(request, logprobs=1) if request.logprobs == 0 else request


def _must_be_text(request: ChatRequest) -> None:
    for message in request.messages:
        if isinstance(message.content, str):
            continue
        if any(isinstance(part, ImagePart) for part in message.content):
            raise CallFailed(
                Verdict.INVALID,
                "a llama/ model reads no pictures",
                "choose a model that sees",
            )


def _threads() -> int:
    """All cores that this process may use but one.

    llama.cpp's threads wait for each other in busy loops: when anything else runs, one thread
    too many costs far more than it brings (measured on two busy cores: 1 to 4 tokens a second
    with two threads, 16 to 23 with one; on idle ones 75 and 42).
    """
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, cores - 1)


def _parts(path: Path) -> list[Path]:
    """The file, or all the files of a model that is split into several."""
    split = re.fullmatch(r"(.+-)00001(-of-\d{5}\.gguf)", path.name)
    if split is None:
        return [path]
    return sorted(path.parent.glob(f"{glob.escape(split[1])}?????{split[2]}"))


def _model_sha256(path: Path) -> str:
    hashes = [file_sha256(part) for part in _parts(path)]
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("".join(hashes).encode("ascii")).hexdigest()


def _chat_template(path: Path, adapter: Path | None, stated: str) -> str | None:
    """The chat template to use instead of the file's own; None for the file's own.

    An adapter's goes first: it is what the adapter was trained with.

    Raises:
        CallFailed: NOT_FOUND: there is none at all, or a file is damaged.
    """
    try:
        own = read_metadata(path).get(CHAT_TEMPLATE)
        trained = read_metadata(adapter).get(CHAT_TEMPLATE) if adapter else None
    except BadInput as damage:
        raise CallFailed(Verdict.NOT_FOUND, damage.message, damage.hint) from None
    chosen = trained or own or stated
    if not chosen:
        raise CallFailed(
            Verdict.NOT_FOUND,
            f"{path} has no chat template: it is no instruct model",
            "choose an instruct or chat model",
        )
    return None if chosen == own else str(chosen)


# ----------------------------------------------------------------- the child process


@dataclass(frozen=True, slots=True)
class _Settings:
    """What the child needs to know; everything but the token, which it is told beside."""

    model: str
    alias: str
    adapter: str
    template: str
    slots: int
    context: int
    threads: int
    device: str


class _Server:
    """A child process with llama.cpp's server in it."""

    def __init__(self, settings: _Settings) -> None:
        self.key = secrets.token_urlsafe(32)
        self.base_url = ""
        self._settings = settings
        self._log: deque[str] = deque(maxlen=_LAST_LINES)
        # -P: nothing in the current folder is imported in the child. Its own session: Ctrl-C
        # at the terminal is for us, who let running calls finish.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-P", "-c", f"from {serve.__module__} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self._reader = threading.Thread(
            target=_keep_last_lines, args=(self._process.stderr, self._log), daemon=True
        )
        self._reader.start()
        self._finalizer = weakref.finalize(self, _end, self._process)

    def wait_until_loaded(self) -> None:
        """Send the settings, and wait for the address.

        Raises:
            CallFailed: NOT_FOUND when the model can't be loaded, with llama.cpp's last words.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        fields = {name: getattr(self._settings, name) for name in self._settings.__slots__}
        try:
            self._process.stdin.write(json.dumps(fields | {"key": self.key}) + "\n")
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline() or "{}")
        except (BrokenPipeError, ValueError):
            answer = {}
        if isinstance(answer.get("base_url"), str):
            self.base_url = answer["base_url"]
            return
        self.ending()  # let it tell its own end before we end it
        self.stop()
        self._reader.join(_CLOSING_SECONDS)
        why = self._complaint() or answer.get("error") or "it gave no reason"
        if "error" not in answer:
            why = f"llama.cpp {_how_it_ended(self._process)} ({why})"
        raise CallFailed(
            Verdict.NOT_FOUND,
            f"{self._settings.model} can't be loaded: {one_line(why)}",
            answer.get("hint") or "check the file, the free memory and the adapter's base model",
        )

    def _complaint(self) -> str:
        """llama.cpp's first error line; what follows it only says that loading has failed."""
        errors = [line for line in self._log if " E " in line]
        return errors[0].split(" E ", 1)[1] if errors else ""

    @property
    def is_running(self) -> bool:
        """Whether it can be asked."""
        return bool(self.base_url) and self._process.poll() is None

    def ending(self) -> str:
        """How the child ended, or nothing if it still runs after a moment."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_MOMENT_SECONDS)
            return _how_it_ended(self._process)
        return ""

    def stop(self) -> None:
        """End the child and wait for it."""
        if not self.base_url:  # still loading: it would not hear us let go
            self._process.kill()
        self._finalizer()


def _keep_last_lines(stream: IO[str], log: deque[str]) -> None:
    """Drain the child's stderr, so that it never blocks on it."""
    with stream:
        for line in stream:
            if line.strip():
                log.append(line.strip())


def _how_it_ended(process: subprocess.Popen[str]) -> str:
    code = process.wait()
    if code >= 0:
        return f"ended with exit code {code}"
    if -code == signal.SIGKILL:
        return "was killed (out of memory?)"
    return f"crashed with {signal.Signals(-code).name}"


def _end(process: subprocess.Popen[str]) -> None:
    """Let the child go; kill it if it stays."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(BrokenPipeError):  # it is gone, with settings unread
        process.stdin.close()
    try:
        process.wait(_CLOSING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
