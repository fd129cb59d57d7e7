"""From an address to a model: ``provider/model`` -> a lazy factory.

Providers come from two places and through one door: the built-in table below, and the entry
point group ``storypainter.providers`` of installed packages. Either way the value is
``module:callable``, a :data:`~storypainter.models.contract.Factory`, imported on first use.
"""

from __future__ import annotations

import difflib
import importlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit, urlunsplit

from storypainter.errors import BadInput, StorypainterError
from storypainter.models import local_files
from storypainter.models.contract import (
    Embedder,
    Factory,
    Illustrator,
    Model,
    ModelOptions,
    Seer,
    Writer,
)

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "storypainter.providers"

BUILT_IN: Mapping[str, str] = {
    "openai": "storypainter.models.openai:create",
    "llama": "storypainter.models.llama:create",
    "mini": "storypainter.models.mini:create",
    "transformers": "storypainter.models.transformers:create",
    "diffusers": "storypainter.models.diffusers:create",
    "sentence-transformers": "storypainter.models.sentence_transformers:create",
    "wordllama": "storypainter.models.wordllama:create",
    "rehearsal": "storypainter.models.rehearsal:create",
}

#: Providers whose addresses name a chat model or an embedding model: the factory of the latter.
EMBEDDERS: Mapping[str, str] = {"transformers": "storypainter.models.transformers_embedding:create"}

#: Providers that are one model, or have one that is meant: their bare name is an address.
BARE = frozenset({"mini", "rehearsal", "wordllama"})

#: Addresses that are no models: the embedded storyteller and painter.
EMBEDDED = frozenset({"planner", "ink"})

#: Providers whose models run in this process: they can be slow, and can't hang as servers do.
IN_PROCESS = frozenset({"diffusers", "sentence-transformers", "transformers"})

#: Providers that take no LoRA adapter; the others refuse by themselves what they can't load.
WITHOUT_ADAPTERS = frozenset({"openai", "rehearsal"})

#: Other spellings of model ids, as people and papers write them.
ALIASES: Mapping[str, str] = {"dalle3": "dall-e-3", "dalle-3": "dall-e-3", "dalle2": "dall-e-2"}

#: The default time-out, in seconds.
_TIMEOUT = ModelOptions().timeout

_OPENAI_NAME = re.compile(r"(gpt-|chatgpt-|o\d|dall-e-|text-embedding-)[\w.:-]*")


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A well-known address with what it does and, where the vendor ended it, since when."""

    address: str
    does: tuple[str, ...]
    note: str = ""
    retired: str = ""

    def ending(self, today: date) -> str:
        """What is to be said of the vendor's ending it; empty where nothing is known of one."""
        if not self.retired:
            return ""
        ends = "ended it" if date.fromisoformat(self.retired) <= today else "ends it"
        return f"OpenAI {ends} on {self.retired}; other servers may have it"


#: The models of the paper and their successors. Data: vendors retire models; a retired id may
#: still be served by a compatible server. Dates are those of the vendor's API schema.
KNOWN: tuple[KnownModel, ...] = (
    KnownModel("openai/gpt-4o", ("write", "see"), "the paper's", "2027-01-14"),
    KnownModel("openai/gpt-4.1", ("write", "see"), "the paper's", "2027-01-14"),
    KnownModel("openai/gpt-4.1-mini", ("write", "see"), "the paper's", "2027-01-14"),
    KnownModel("openai/gpt-5.5", ("write", "see")),
    KnownModel("openai/gpt-5.4-mini", ("write", "see")),
    KnownModel("openai/dall-e-3", ("paint",), "the paper's", "2026-05-12"),
    KnownModel("openai/gpt-image-1", ("paint", "edit"), "the paper's", "2026-10-23"),
    KnownModel("openai/gpt-image-1.5", ("paint", "edit")),
    KnownModel("openai/gpt-image-2", ("paint", "edit")),
    KnownModel("openai/gpt-image-2.5-sunburst", ("paint", "edit")),
    KnownModel("openai/gpt-image-2.5-flare", ("paint", "edit")),
    KnownModel("openai/text-embedding-3-small", ("embed",)),
    KnownModel("transformers/Qwen/Qwen3-Embedding-0.6B", ("embed",), "the paper's"),
    KnownModel("wordllama", ("embed",), "embedded: no network"),
    KnownModel("mini", ("write",), "trained here; storypainter models pull smollm2-135m"),
    *(
        KnownModel(f"llama/{name}", ("write",), f"storypainter models pull {name}")
        for name in local_files.KNOWN
    ),
    KnownModel("rehearsal", ("write", "see", "paint", "embed"), "scripted, for tests and docs"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """``provider/name``; the embedded ones have an empty name."""

    provider: str
    name: str

    @property
    def is_embedded(self) -> bool:
        return self.provider in EMBEDDED

    def __str__(self) -> str:
        return f"{self.provider}/{self.name}" if self.name else self.provider


def parse_address(text: str) -> Address:
    """Read a model address; a bare well-known name means ``openai/…``.

    Raises:
        BadInput: no such provider, or a bare name that nobody knows.
    """
    text = text.strip()
    if text in EMBEDDED or text in BARE:
        return Address(text, "")
    text = ALIASES.get(text, text)
    provider, slash, name = text.partition("/")
    if not slash:
        if _OPENAI_NAME.fullmatch(text):
            return Address("openai", text)
        if text in local_files.KNOWN:
            return Address("llama", text)
        raise BadInput(f"unknown model {text!r}", _nearest(text))
    if provider not in providers():
        raise BadInput(
            f"unknown provider {provider!r} in {text!r}",
            f"providers: {', '.join(sorted(providers()))}; a server's own model ids with a "
            f"slash need openai/ in front",
        )
    if not name:
        raise BadInput(f"{text!r} names no model", f"write {provider}/MODEL")
    return Address(provider, ALIASES.get(name, name) if provider == "openai" else name)


def _nearest(text: str) -> str:
    names = [known.address for known in KNOWN] + [
        known.address.split("/", 1)[-1] for known in KNOWN
    ]
    close = difflib.get_close_matches(text, [*names, *EMBEDDED], n=1, cutoff=0.6)
    guess = f"did you mean {close[0]}? " if close else ""
    return guess + "write provider/model, for example openai/gpt-4o; see: storypainter models list"


_plugins: dict[str, EntryPoint] | None = None


def providers() -> dict[str, str]:
    """All providers: name -> ``module:callable``, built-in first, then installed plug-ins."""
    global _plugins
    if _plugins is None:
        from importlib.metadata import entry_points  # on use: it takes a while to import

        _plugins = {point.name: point for point in entry_points(group=GROUP)}
    return {**{name: point.value for name, point in _plugins.items()}, **BUILT_IN}


def forget_plugins() -> None:
    """Look for installed plug-ins again at the next call (after an installation)."""
    global _plugins
    _plugins = None


def factory(provider: str) -> Factory:
    """The factory of a provider, imported now.

    Raises:
        BadInput: there is none, or its package is broken.
        MissingExtra: from the provider, when it needs an extra that is not installed.
    """
    try:
        target = providers()[provider]
    except KeyError:
        raise BadInput(f"unknown provider {provider!r}", "see: storypainter models list") from None
    if provider in BUILT_IN:
        return _load(target)
    try:
        return _load(target)
    except StorypainterError:
        raise
    except Exception as error:  # a plug-in may fail in any way; name it instead of crashing
        raise BadInput(
            f"the plug-in for {provider!r} ({target}) can't be loaded: "
            f"{type(error).__name__}: {error}",
            "update or uninstall that package",
        ) from None


def _load(target: str) -> Factory:
    """The object at ``module:attribute``, as an entry point's ``load`` would find it."""
    module, _, attribute = target.partition(":")
    return cast(Factory, attrgetter(attribute)(importlib.import_module(module)))


def connect(address: str, options: ModelOptions) -> Model:
    """The model at an address. Nothing is loaded or opened yet.

    ``options.base_url`` counts for ``openai/…`` only and may hold a user part, which is taken
    out of it here, before anything can print it.
    """
    parsed = parse_address(address)
    if parsed.is_embedded:
        raise BadInput(f"{address!r} is embedded and not called as a model")
    if options.adapter and parsed.provider in WITHOUT_ADAPTERS:
        raise BadInput(
            f"{parsed} takes no adapter",
            "drop --adapter, or name its base as transformers/… or llama/…; a server loads its own",
        )
    return factory(parsed.provider)(parsed.name, _own_options(parsed, options))


def _own_options(parsed: Address, options: ModelOptions) -> ModelOptions:
    """The options as this provider may see them.

    Servers and keys are for ``openai/…`` only. The default time-out is meant for servers, which
    hang: a model in this process has none, unless another than the default is asked for.
    """
    if parsed.provider in IN_PROCESS and options.timeout == _TIMEOUT:
        options = replace(options, timeout=math.inf)
    if parsed.provider == "openai" and options.base_url:
        url, basic = split_user(options.base_url)
        return replace(options, base_url=url, basic_auth=basic)
    if parsed.provider != "openai":
        return replace(options, base_url=None, api_key=None)
    return options


def split_user(url: str) -> tuple[str, tuple[str, str] | None]:
    """A base URL without its user part, and the user part.

    Raises:
        BadInput: no http(s) address. The message never repeats the address.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise BadInput("the base URL is not a valid address", "write http://host:port/v1") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput(
            "the base URL is no http(s) address", "write http://host:port/v1 for --base-url"
        )
    if parts.query or parts.fragment:
        raise BadInput("the base URL has a query or a fragment", "write http://host:port/v1")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port is None else f"{host}:{port}"
    clean = urlunsplit((parts.scheme, netloc, parts.path.rstrip("/"), "", ""))
    if parts.username is None:
        return clean, None
    return clean, (unquote(parts.username), unquote(parts.password or ""))


def connect_writer(address: str, options: ModelOptions) -> Writer:
    """A model that writes.

    Raises:
        BadInput: the provider has no such ability.
    """
    model = connect(address, options)
    if not isinstance(model, Writer):
        raise BadInput(f"{address} can't write stories", "choose a chat model as --storyteller")
    return model


def connect_seer(address: str, options: ModelOptions) -> Seer:
    """A Writer that also reads pictures.

    Raises:
        BadInput: it can't.
    """
    model = connect(address, options)
    if not isinstance(model, Seer) or not model.sees:
        raise BadInput(f"{address} can't look at pictures", "choose a model with vision as --seer")
    return model


def connect_illustrator(address: str, options: ModelOptions) -> Illustrator:
    """A model that paints (BadInput if it can't)."""
    model = connect(address, options)
    if not isinstance(model, Illustrator):
        raise BadInput(f"{address} can't paint", "choose a text-to-image model as --painter")
    return model


def connect_embedder(address: str, options: ModelOptions) -> Embedder:
    """A model that embeds; ``transformers/…`` names an embedding model here.

    Raises:
        BadInput: the model or its provider has no such ability.
    """
    parsed = parse_address(address)
    known = next((known for known in KNOWN if known.address == str(parsed)), None)
    elsewhere = parsed.provider == "openai" and options.base_url  # may serve anything as that id
    if parsed.is_embedded or (known and "embed" not in known.does and not elsewhere):
        raise _no_embedder(address)
    if parsed.provider in EMBEDDERS:
        create = _load(EMBEDDERS[parsed.provider])
        model = create(parsed.name, _own_options(parsed, options))
    else:
        model = connect(address, options)
    if not isinstance(model, Embedder):
        raise _no_embedder(address)
    return model


def _no_embedder(address: str) -> BadInput:
    return BadInput(
        f"{address} can't embed texts",
        "choose an embedding model: wordllama needs nothing, others see docs/providers.md",
    )
