"""Mini-Storytellers that come with storypainter: a small base model and an adapter trained here.

The adapter is a file of this package; the base is a known model that is pulled once. llama.cpp
puts one on the other, so that neither torch nor a GPU is needed.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from storypainter.errors import BadInput, MissingExtra
from storypainter.models import llama
from storypainter.models.contract import ModelOptions
from storypainter.models.gguf_metadata import read_metadata
from storypainter.models.local_files import PulledModel, file_sha256, pulled

FILES = Path(__file__).with_name("mini_files")


@dataclass(frozen=True, slots=True)
class Mini:
    """A Mini-Storyteller: its name, and the known model that its adapter was trained on.

    ``sampling`` is how it is asked where nobody says how, by the names of the run's settings: a
    small model needs a cooler head than the 1.0 that is asked of large ones.
    """

    name: str
    base: str
    sampling: Mapping[str, float]

    @property
    def adapter(self) -> Path:
        """The adapter's GGUF file."""
        return FILES / f"{self.name}.gguf"

    @property
    def card(self) -> Path:
        """The model card: data, settings, scores, limits, licence."""
        return FILES / f"{self.name}.md"


SHIPPED: dict[str, Mini] = {
    mini.name: mini
    for mini in (Mini("smollm2-135m", "smollm2-135m", {"temperature": 0.7, "top_p": 0.95}),)
}
#: What the bare ``mini`` means.
DEFAULT = "smollm2-135m"


def create(name: str, options: ModelOptions) -> llama.LlamaModel:
    """A Mini-Storyteller by its name; an empty one means :data:`DEFAULT`.

    ``NAME@SCALE`` says how much of the adapter counts: ``smollm2-135m@0`` is the base, answered
    by the same server.

    Raises:
        BadInput: no such name, an adapter beside its own, its files are not here, or its base
            is not pulled yet.
        MissingExtra: xllamacpp is not installed.
    """
    front, at, back = (name or DEFAULT).partition("@")
    scale = llama.read_scale(back) if at else 1.0
    mini = shipped(front)
    address = f"mini/{name or DEFAULT}"
    if options.adapter:
        raise BadInput(
            f"{address} has an adapter of its own",
            f"drop --adapter, or use it with --storyteller llama/{mini.base}",
        )
    if importlib.util.find_spec("xllamacpp") is None:
        raise MissingExtra(address, "local")
    _must_be_here(mini)
    on_it = replace(options, adapter=f"{mini.adapter}@{scale:g}")
    return llama.create(mini.base, on_it, address=address)


def shipped(name: str) -> Mini:
    """The Mini-Storyteller of that name.

    Raises:
        BadInput: there is none.
    """
    try:
        return SHIPPED[name]
    except KeyError:
        raise BadInput(
            f"there is no Mini-Storyteller {name!r}", f"known: {', '.join(sorted(SHIPPED))}"
        ) from None


def sampling_of(name: str) -> Mapping[str, float]:
    """How the Mini-Storyteller ``name`` (``smollm2-135m@0`` or empty, too) is asked by default.

    Raises:
        BadInput: there is none.
    """
    return shipped(name.partition("@")[0] or DEFAULT).sampling


def _must_be_here(mini: Mini) -> None:
    for path in (mini.adapter, mini.card):
        if not path.is_file():
            raise BadInput(
                f"mini/{mini.name} is not part of this installation: {path} is missing",
                "install a release of storypainter, or train your own: docs/mini_storyteller.md",
            )


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to say of a Mini-Storyteller: its files, and its card in Markdown.

    ``size`` is the adapter's, in bytes; ``licence`` is the adapter's own, and empty if its file
    doesn't say.
    """

    base: PulledModel
    adapter: Path
    size: int
    sha256: str
    licence: str
    card: str


def show(name: str) -> Shown:
    """What is known of the Mini-Storyteller ``name`` (empty: :data:`DEFAULT`).

    Raises:
        BadInput: there is none, or its files are missing or damaged.
    """
    mini = shipped(name or DEFAULT)
    _must_be_here(mini)
    return Shown(
        base=pulled(mini.base),
        adapter=mini.adapter,
        size=mini.adapter.stat().st_size,
        sha256=file_sha256(mini.adapter),
        licence=str(read_metadata(mini.adapter).get("general.license", "")),
        card=mini.card.read_text("utf-8"),
    )
