"""The vision encoder: a stock architecture, its heads while it learns, and its files.

ENCODER/encoder/            config.json and model.safetensors, as transformers saves them
ENCODER/heads.safetensors   what it was taught with, and how its features are spread
ENCODER/classes.json        the words of the heads
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from storypainter.errors import BadInput
from storypainter.runs.folder import write_atomically
from storypainter.sequences.small_seer.labels import PARTS, WHOLE, Words
from storypainter.value import Value

#: Pixels go in as (value / 255 - MEAN) / SPREAD: from -1 to 1.
MEAN = SPREAD = 0.5
#: A patch in which nothing stands.
NOTHING = "nothing"
#: Architectures, as transformers calls them, that merge patches from stage to stage.
_MERGING = frozenset({"swin", "focalnet"})
#: What :func:`save` leaves, in a folder.
_FILES = ("classes.json", "heads.safetensors", "encoder/config.json", "encoder/model.safetensors")
#: No class: unknown, or too rare to be one. torch's cross entropy passes it over.
UNKNOWN = -100


Architecture = Literal["focal", "swin", "siglip"]


class EncoderSettings(Value):
    """The shape of the encoder.

    Attributes:
        architecture: ``focal`` (FocalNet, arXiv 2203.11926): fine patches that are merged step by
            step, each mixed with its surroundings near and far by convolutions; it learns most in
            the same time. ``swin`` (Swin Transformer, arXiv 2103.14030): the same with attention in
            windows, the last of which is the whole picture. ``siglip``: a plain ViT with one coarse
            patch a token.
        size: of a picture in pixels, both ways.
        tokens: across a picture; their square is what one picture costs the language model.
        width: features of a token.
        layers: of the stages (``focal``, ``swin``: three, the last is the deepest; ``siglip``: one).
    """

    architecture: Architecture = "focal"
    size: Annotated[int, Field(ge=16, le=512)] = 196
    tokens: Annotated[int, Field(ge=2, le=32)] = 7
    width: Annotated[int, Field(ge=16, le=1024)] = 256
    layers: Annotated[tuple[Annotated[int, Field(ge=1, le=48)], ...], Field(max_length=3)] = (
        2,
        2,
        6,
    )


def make_encoder(settings: EncoderSettings) -> Any:
    """A new encoder with random weights.

    Raises:
        BadInput: sizes that do not fit each other.
    """
    import transformers

    size, tokens, width = settings.size, settings.tokens, settings.width
    if settings.architecture == "siglip":
        if size % tokens or width % 32 or len(settings.layers) != 1:
            raise _misfit("size a multiple of tokens, width one of 32, one number of layers")
        config = transformers.SiglipVisionConfig(
            image_size=size,
            patch_size=size // tokens,
            hidden_size=width,
            intermediate_size=4 * width,
            num_hidden_layers=settings.layers[0],
            num_attention_heads=width // 32,
            vision_use_head=False,
        )
        return transformers.SiglipVisionModel(config)
    if size % (4 * tokens) or width % 128 or len(settings.layers) != 3:
        raise _misfit("size a multiple of four times tokens, width one of 128, three of layers")
    if settings.architecture == "focal":
        config = transformers.FocalNetConfig(
            image_size=size,
            patch_size=size // (4 * tokens),
            embed_dim=width // 4,
            hidden_sizes=[width // 4, width // 2, width],
            depths=list(settings.layers),
            focal_levels=[2] * 3,
            focal_windows=[3] * 3,
            drop_path_rate=0.0,
            hidden_size=width,  # LLaVA's connector asks for it under this name
            output_hidden_states=True,  # LLaVA takes them and does not ask for them
        )
        return transformers.FocalNetModel(config, add_pooling_layer=False)
    config = transformers.SwinConfig(
        image_size=size,
        patch_size=size // (4 * tokens),
        embed_dim=width // 4,
        depths=list(settings.layers),
        num_heads=[width // 128, width // 64, width // 32],
        window_size=tokens,
        drop_path_rate=0.0,
    )
    return transformers.SwinModel(config, add_pooling_layer=False)


def _misfit(rule: str) -> BadInput:
    return BadInput("an encoder of these sizes can't be made", rule)


def as_input(pixels: NDArray[np.uint8]) -> Any:
    """Pictures, uint8 (n, size, size, 3), as the encoder takes them: float (n, 3, size, size)."""
    import torch

    given = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2)
    return (given.float() / 255 - MEAN) / SPREAD


def features(encoder: Any, given: Any) -> Any:
    """The features of every token, (n, tokens squared, width): what a connector gets."""
    return encoder(given, output_hidden_states=True).hidden_states[-1]


@dataclass(frozen=True, slots=True)
class Classes:
    """The words that heads tell apart, by attribute: of whole pictures and of elements.

    ``kind`` has :data:`NOTHING` besides.
    """

    whole: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]

    def plain(self) -> dict[str, Any]:
        """As it stands in ``classes.json``."""
        return {
            "whole": {name: list(words) for name, words in self.whole.items()},
            "parts": {name: list(words) for name, words in self.parts.items()},
        }


def classes_of(
    whole: Iterable[Words], elements: Iterable[Iterable[Words]], *, least: int = 8
) -> Classes:
    """The words that come up at least ``least`` times; an attribute with fewer than two has none.

    Raises:
        BadInput: no attribute is left.
    """
    of_whole = _counted(whole, WHOLE, least)
    of_parts = _counted((one for some in elements for one in some), PARTS, least)
    if "kind" in of_parts:
        of_parts["kind"] = (*of_parts["kind"], NOTHING)
    if not of_whole and not of_parts:
        raise BadInput(
            f"no word comes up {least} times in two forms: there is nothing to learn",
            "draw more pictures",
        )
    return Classes(of_whole, of_parts)


def _counted(rows: Iterable[Words], names: Iterable[str], least: int) -> dict[str, tuple[str, ...]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for row in rows:
        for name, word in row.items():
            if name in counts:
                counts[name][word] += 1
    found = {
        name: tuple(
            sorted((w for w, n in count.items() if n >= least), key=lambda w: (-count[w], w))
        )
        for name, count in counts.items()
    }
    # A kind of element is told from nothing, so one is enough.
    return {
        name: words for name, words in found.items() if len(words) > 1 or (words and name == "kind")
    }


def codes(rows: Iterable[Words], classes: Mapping[str, tuple[str, ...]]) -> NDArray[np.int64]:
    """The class of every attribute (columns, in the order of ``classes``) of every row."""
    numbers = {name: {word: at for at, word in enumerate(words)} for name, words in classes.items()}
    found = [[numbers[name].get(row.get(name, ""), UNKNOWN) for name in classes] for row in rows]
    return np.array(found, np.int64).reshape(len(found), len(classes))


def make_heads(classes: Classes, width: int) -> Any:
    """Linear heads on normalised features: ``parts`` for tokens and elements, ``whole`` for all."""
    import torch

    def head(words: Mapping[str, tuple[str, ...]]) -> Any:
        count = sum(len(each) for each in words.values())
        return torch.nn.Sequential(torch.nn.LayerNorm(width), torch.nn.Linear(width, max(1, count)))

    return torch.nn.ModuleDict({"parts": head(classes.parts), "whole": head(classes.whole)})


def by_attribute(logits: Any, words: Mapping[str, tuple[str, ...]]) -> list[Any]:
    """A head's numbers, an array an attribute, along the last axis."""
    import torch

    sizes = [len(each) for each in words.values()]
    return list(torch.split(logits[..., : sum(sizes)], sizes, dim=-1)) if sizes else []


def save(folder: Path, encoder: Any, heads: Any, classes: Classes, spread: tuple[Any, Any]) -> None:
    """Write a trained encoder; ``spread`` is mean and deviation of its features, (width,) each."""
    from safetensors.torch import save as as_bytes

    folder.mkdir(parents=True, exist_ok=True)
    encoder.save_pretrained(folder / "encoder")
    tensors = {name: value.contiguous() for name, value in heads.state_dict().items()}
    tensors |= {
        "features.mean": spread[0].contiguous(),
        "features.deviation": spread[1].contiguous(),
    }
    write_atomically(folder / "heads.safetensors", as_bytes(tensors))
    write_atomically(folder / "classes.json", json.dumps(classes.plain(), indent=1).encode())


@dataclass(frozen=True, slots=True)
class TrainedEncoder:
    """A trained encoder from its folder; ``mean`` and ``deviation`` are of its features."""

    encoder: Any
    heads: Any
    classes: Classes
    mean: Any
    deviation: Any

    @property
    def size(self) -> int:
        """Pixels of a picture, both ways."""
        return int(self.encoder.config.image_size)

    @property
    def width(self) -> int:
        """Features of a token."""
        return int(self.encoder.config.hidden_size)

    @property
    def tokens(self) -> int:
        """Tokens across a picture."""
        config = self.encoder.config
        merged = 2 ** (len(config.depths) - 1) if config.model_type in _MERGING else 1
        return int(config.image_size // config.patch_size // merged)


def read_encoder(folder: Path) -> TrainedEncoder:
    """What :func:`save` wrote.

    Raises:
        BadInput: it isn't there, is damaged, or is no encoder that was trained here.
    """
    import transformers
    from safetensors.torch import load

    hint = "train one: storypainter sequences small-seer encode PICTURES --out ENCODER"
    for name in _FILES:
        if not (folder / name).is_file():
            raise BadInput(f"{folder} is no encoder that was trained here: it has no {name}", hint)
    try:
        plain = json.loads((folder / "classes.json").read_bytes())
        classes = Classes(
            {name: tuple(words) for name, words in plain["whole"].items()},
            {name: tuple(words) for name, words in plain["parts"].items()},
        )
        tensors = load((folder / "heads.safetensors").read_bytes())
        encoder = transformers.AutoModel.from_pretrained(
            folder / "encoder", local_files_only=True, trust_remote_code=False,
            use_safetensors=True,
            **({"add_pooling_layer": False} if _merges(folder) else {}),
        )  # fmt: skip
        mean, deviation = tensors.pop("features.mean"), tensors.pop("features.deviation")
        heads = make_heads(classes, int(encoder.config.hidden_size))
        heads.load_state_dict(tensors)
    except Exception as error:  # whatever damaged or foreign files make the libraries raise
        why = " ".join(f"{type(error).__name__}: {error}".split())[:160]
        raise BadInput(f"{folder} is no encoder that was trained here: {why}", hint) from None
    return TrainedEncoder(encoder.eval(), heads.eval(), classes, mean, deviation)


def _merges(folder: Path) -> bool:
    config = json.loads((folder / "encoder" / "config.json").read_bytes())
    return config.get("model_type") in _MERGING
