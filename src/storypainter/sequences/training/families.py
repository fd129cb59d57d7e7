"""Where the parts of a vision-language model are: its language model, connector and encoder.

They are looked for on the model itself, by transformers' own accessors (``get_decoder``,
``get_encoder``; 5.23) and by what connectors are called there, so that a new family needs no line
here. A model without weights (torch's meta device) is enough for it. Tests build many of them
small; docs/visual_storytelling.md says which of them were also trained.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from storypainter.errors import BadInput


@dataclass(frozen=True, slots=True)
class Family:
    """Where the three parts of a model are, as prefixes of its modules' names.

    Attributes:
        name: transformers' ``model_type``.
        language: the language model.
        connector: what maps pictures' features into the language model's space (the paper's
            learned modules); each is a module that can learn whole.
        vision: the vision encoder; where a connector lies inside it, the connector is not meant.
    """

    name: str
    language: str
    connector: tuple[str, ...]
    vision: str

    @property
    def connector_inside(self) -> tuple[str, ...]:
        """The connectors that lie inside the encoder, as Qwen-VL's merger does."""
        return tuple(name for name in self.connector if within(name, self.vision))


#: What a module is called that connects; of its last name. LLaVA's multi_modal_projector,
#: Idefics' connector, Qwen's merger, Janus' aligner, BLIP-2's qformer, Gemma 4's embed_vision.
_CONNECTING = re.compile(
    r"projector|projection|connector|merger|aligner|resampler|qformer|vision_adapter|embed_vision"
)
#: What is called so and has nothing to do with what is seen: sounds, and pictures that are made.
_OTHER_SENSES = re.compile(r"audio|speech|generation")
#: Connectors that have other names, by ``model_type``.
_CALLED_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "deepseek_vl_hybrid": (
        "model.high_res_vision_neck",
        "model.high_res_vision_proj",
        "model.aligner",
    ),
    "ovis2": ("model.visual_embeddings_table",),
}
_LOOKED_FOR = {
    "language model": "language_model, text_model, decoder or text_decoder",
    "vision encoder": "vision_tower, visual, vision_model, vision_encoder or image_tower",
    "connector": "a module named projector, projection, connector, merger, aligner, resampler,"
    " qformer, vision_adapter or embed_vision",
}
_CHOOSE = "choose another base, as one of SmolVLM, LLaVA or Qwen2.5-VL"


def family_of(config: Any) -> Family:
    """The family of the model that a config describes.

    Raises:
        BadInput: it is no vision-language model, one that writes by an encoder and a decoder, or
            one of whose parts isn't found (what was looked for).
        ImportError: it needs a library that isn't installed, as timm.
    """
    import transformers

    if type(config) not in transformers.MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING:
        raise BadInput(
            f"{config.model_type} is no vision-language model that transformers knows", _CHOOSE
        )
    if config.is_encoder_decoder or config.get_text_config().is_encoder_decoder:
        raise BadInput(
            f"{config.model_type} reads by a text encoder and writes by a decoder; only models"
            " that go on from their prompt are trained here",
            _CHOOSE,
        )
    return found_on(_without_weights(config))


def found_on(model: Any) -> Family:
    """The family of a model, by its modules.

    Args:
        model: with weights or without, and without an adapter.

    Raises:
        BadInput: one of its parts isn't found (what was looked for).
    """
    kind = model.config.model_type
    names = {id(module): name for name, module in model.named_modules()}
    # Both accessors answer with the model itself, a wider module or None where there is no part.
    language = names.get(id(model.get_decoder()), "")
    vision = names.get(id(model.get_encoder(modality="image")), "")
    if not vision or within(language, vision):
        raise _not_found(kind, "vision encoder")
    if not language or within(vision, language):
        raise _not_found(kind, "language model")
    connector = _CALLED_OTHERWISE.get(kind) or _connectors(model, language, vision)
    if not connector:
        raise _not_found(kind, "connector")
    return Family(kind, language, connector, vision)


def belongs(family: Family, name: str) -> str:
    """The part that a module or weight belongs to: language, connector, vision, or empty.

    Args:
        family: see above.
        name: as the bare model has it, without an adapter's wrapping.
    """
    # The connector first: Qwen's lies inside the vision encoder.
    if any(within(name, each) for each in family.connector):
        return "connector"
    if within(name, family.vision):
        return "vision"
    return "language" if within(name, family.language) else ""


def within(name: str, module: str) -> bool:
    """Whether a name is that of a module, or of something in it."""
    return name == module or name.startswith(module + ".")


def _without_weights(config: Any) -> Any:
    """The model as transformers builds it, on torch's meta device: names and no numbers.

    Raises:
        BadInput: it can't be built.
        ImportError: a library is not installed.
    """
    import torch
    import transformers

    try:
        with torch.device("meta"):
            # A copy: building a model writes into its config.
            return transformers.AutoModelForImageTextToText.from_config(copy.deepcopy(config))
    except ImportError:
        raise
    except Exception as error:  # whatever a config of other sizes makes the library raise
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise BadInput(
            f"no {config.model_type} can be built from this config.json: {why[:160]}",
            "copy the whole folder again, or choose another base",
        ) from None


def _connectors(model: Any, language: str, vision: str) -> tuple[str, ...]:
    """Modules that connect, beside both parts; or inside the encoder where none is beside them."""
    outside = [name for name, _ in _beside(model, "", (language, vision)) if _connects(name)]
    if not outside:
        inside = model.get_submodule(vision).named_children()
        outside = [f"{vision}.{name}" for name, _ in inside if _connects(name)]
    return tuple(each for name in outside for each in _that_learn(model, name))


def _connects(name: str) -> bool:
    last = name.rpartition(".")[2]
    return bool(_CONNECTING.search(last)) and not _OTHER_SENSES.search(last)


def _beside(module: Any, name: str, parts: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The outermost modules that neither are one of these parts nor hold one."""
    for child, its in module.named_children():
        full = f"{name}.{child}" if name else child
        if full in parts:
            continue
        if any(within(part, full) for part in parts):
            yield from _beside(its, full, parts)
        else:
            yield full, its


def _that_learn(model: Any, name: str) -> list[str]:
    """A module by itself, a list by its entries (peft takes none); nothing where no weight is."""
    import torch

    module = model.get_submodule(name)
    if isinstance(module, torch.nn.ModuleList):
        return [f"{name}.{at}" for at in range(len(module))]
    return [name] if any(True for _ in module.parameters()) else []


def _not_found(kind: str, part: str) -> BadInput:
    return BadInput(f"no {part} was found in {kind}: looked for {_LOOKED_FOR[part]}", _CHOOSE)
