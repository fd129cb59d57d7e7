"""How the families of vision-language models differ: where their parts are, and tokens a picture.

Read from transformers' code (5.23), and held against it by a test that builds each of them small.
Only LLaVA-style models were trained here; the others are untried beyond that test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from storypainter.errors import BadInput


@dataclass(frozen=True, slots=True)
class Family:
    """Where the three parts of a model are, as prefixes of its modules' names.

    Attributes:
        name: as people call it.
        language: the language model; the head that gives the logits is no part of it.
        connector: what maps pictures' features into the language model's space (the paper's
            learned modules).
        vision: the vision encoder; where the connector's name begins with it, the connector is
            not meant.
        tokens: placeholders that one picture stands for, from the model's config; of one tile
            where the family cuts pictures into tiles.
        tiles: whether it cuts them.
    """

    name: str
    language: str
    connector: str
    vision: str
    tokens: Callable[[Any, int, int], int]
    tiles: bool = False


def _patches(config: Any, height: int, width: int) -> int:
    """LLaVA: a token for every patch of the encoder's own square; CLIP's class token by choice.

    Swin merges its patches on the way; the config says what is left of them.
    """
    vision = config.vision_config
    if vision.model_type == "swin":
        return int(config.image_seq_length)
    patches = (vision.image_size // vision.patch_size) ** 2
    has_class = vision.model_type == "clip_vision_model"
    full = config.vision_feature_select_strategy == "full"
    return int(patches + (1 if has_class and full else 0) - (0 if has_class or full else 1))


def _shuffled(config: Any, height: int, width: int) -> int:
    """Idefics3 and SmolVLM: a tile's patches, ``scale_factor`` squared of them in one token."""
    vision = config.vision_config
    return int((vision.image_size // vision.patch_size) ** 2 // config.scale_factor**2)


def _merged(config: Any, height: int, width: int) -> int:
    """Qwen: by the picture's own size, ``spatial_merge_size`` squared patches in one token."""
    vision = config.vision_config
    side = vision.patch_size * vision.spatial_merge_size
    return int((height // side) * (width // side))


_LLAVA = Family(
    "LLaVA", "model.language_model", "model.multi_modal_projector", "model.vision_tower", _patches
)
_QWEN = Family("Qwen-VL", "model.language_model", "model.visual.merger", "model.visual", _merged)
_IDEFICS = Family(
    "Idefics3", "model.text_model", "model.connector", "model.vision_model", _shuffled, tiles=True
)
#: By ``model_type`` of a model's config.
FAMILIES: Mapping[str, Family] = {
    "llava": _LLAVA,
    "qwen2_vl": _QWEN,
    "qwen2_5_vl": _QWEN,
    "idefics3": _IDEFICS,
    "smolvlm": _IDEFICS,
}


def family_of(model_type: str) -> Family:
    """The family of a model.

    Raises:
        BadInput: nothing is known of it.
    """
    try:
        return FAMILIES[model_type]
    except KeyError:
        raise BadInput(
            f"{model_type} is no family of vision-language models that is known here",
            f"known are: {', '.join(sorted(FAMILIES))}",
        ) from None


def belongs(family: Family, name: str) -> str:
    """The part that a module or weight belongs to: language, connector, vision, or empty.

    Args:
        family: see above.
        name: as the bare model has it, without an adapter's wrapping.
    """
    # The connector first: Qwen's lies inside the vision encoder.
    for part in ("connector", "vision", "language"):
        prefix: str = getattr(family, part)
        if name == prefix or name.startswith(prefix + "."):
            return part
    return ""
