"""Which weights learn: LoRA on the language model, the connector whole, the encoder by choice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.sequences.training.families import Family, belongs
from storypainter.sequences.training.settings import RewardSettings, VisionSettings, in_order
from storypainter.training.tuning.adapting import lora_on, lora_shape, with_adapter

_WRAPPING = "base_model.model."
#: Models that learn by sft and not by rewards, by ``model_type``, and why (trl 1.16,
#: transformers 5.23).
NOT_SAMPLED = {
    # Without batch_num_images the model takes every picture for a prompt's only one, and tiles.
    "llava_onevision": "trl doesn't tell it how many pictures a prompt has",
    "ovis2": "its processor makes tensors alone, and trl samples from lists",
}
#: What peft takes for no layer at all, where parts learn whole and nothing through LoRA.
_NONE = "dummy-target-modules"


def adapter_config(settings: VisionSettings, model: Any, family: Family) -> Any:
    """The config for peft: LoRA (arXiv 2106.09685) on the linear layers of some parts, others whole.

    Weights that are learnt whole are saved with the adapter (``modules_to_save``).

    Raises:
        BadInput: a part that shall learn through LoRA has no linear layer.
    """
    import torch

    through = {part for part in settings.train if part != "connector"}
    if "vision" in through and settings.vision_weights == "full":
        through.discard("vision")
    head = model.get_output_embeddings()
    layers = [
        name
        for name, module in model.named_modules()
        # Exactly: a subclass computes something else, as the one inside torch's own attention.
        if type(module) is torch.nn.Linear
        # Some keep the head that gives the logits inside their language model.
        and module is not head
        and belongs(family, name) in through
    ]
    for part in sorted(through):
        if not any(belongs(family, name) == part for name in layers):
            raise BadInput(f"this model's {part} part has no linear layer", "choose another base")
    return lora_on(_pattern(layers), settings, _whole(settings, family))


def _whole(settings: VisionSettings, family: Family) -> tuple[str, ...]:
    """The modules that learn with all their weights.

    Raises:
        BadInput: the encoder shall, and a connector inside it shall not.
    """
    connector = family.connector if "connector" in settings.train else ()
    if "vision" not in settings.train or settings.vision_weights != "full":
        return connector
    # Where a connector lies inside the encoder, one can't be kept still without the other.
    inside = family.connector_inside
    if inside and not connector:
        raise BadInput(
            f"{family.name}'s connector lies inside its encoder and learns with it",
            "name connector as well in --train, or leave --vision-weights at lora",
        )
    return (*(name for name in connector if name not in inside), family.vision)


def adapted(model: Any, settings: VisionSettings, family: Family, start: Path | None) -> Any:
    """The model with its adapter, ready to learn.

    Args:
        model: the base's weights; they are frozen.
        settings: which parts learn.
        family: where they are.
        start: an adapter to go on from, instead of a new one.

    Raises:
        BadInput: it is no adapter for this base; or rewards are asked for on a model that trl
            can't sample from.
    """
    import peft

    if isinstance(settings, RewardSettings) and family.name in NOT_SAMPLED:
        raise BadInput(
            f"{family.name} can't learn by rewards here, only sft: {NOT_SAMPLED[family.name]}",
            "choose another base, or train it by sft alone",
        )
    if start is not None:
        model = with_adapter(model, start)
    else:
        model = peft.get_peft_model(model, adapter_config(settings, model, family))
    _whole_in_single_precision(model)
    return model


def _whole_in_single_precision(model: Any) -> None:
    """Weights that learn whole are held in single precision, whatever the base's are.

    bfloat16 has 8 bits of a number: an update of 2e-5 on a weight of 0.02 would be rounded away,
    and the part would stay as it was. peft does this for LoRA's own weights only. What comes in
    is cast, and what goes out is cast back, so that generation works without autocast, too.
    """
    import torch
    from peft.utils import ModulesToSaveWrapper

    for wrapper in [each for each in model.modules() if isinstance(each, ModulesToSaveWrapper)]:
        for part in wrapper.modules_to_save.values():
            halves = [p for p in part.parameters() if p.dtype in (torch.bfloat16, torch.float16)]
            if not halves:
                continue
            outside = halves[0].dtype
            part.float()
            part.register_forward_pre_hook(
                lambda _, args, named: (_cast(args, torch.float32), _cast(named, torch.float32)),
                with_kwargs=True,
            )
            part.register_forward_hook(lambda _, __, found, kind=outside: _cast(found, kind))


def _cast(given: Any, kind: Any) -> Any:
    """Tensors of floating-point numbers in this precision, wherever they stand in what is given."""
    import torch
    from accelerate.utils import recursively_apply

    def floating(each: Any) -> bool:
        return isinstance(each, torch.Tensor) and each.is_floating_point()

    return recursively_apply(lambda each: each.to(kind), given, test_type=floating)


def shape_of(adapter: Path, family: Family) -> dict[str, Any]:
    """The settings that an adapter decides, by name: LoRA's, and which parts it changes.

    Raises:
        BadInput: it is damaged, or changes no part that is known.
    """
    import safetensors

    path = adapter / "adapter_model.safetensors"
    try:
        with safetensors.safe_open(path, framework="numpy") as weights:
            keys = [key.removeprefix(_WRAPPING) for key in weights.keys()]  # noqa: SIM118
    except Exception as error:
        raise BadInput(f"{path} is damaged: {error}", "copy the whole folder again") from None
    train = in_order(belongs(family, key) for key in keys)
    if not train:
        raise BadInput(
            f"the adapter {adapter} changes no part of a model like this base",
            "give one that was trained by storypainter sequences train, on this base",
        )
    full = any(belongs(family, key) == "vision" and "lora_" not in key for key in keys)
    return {**lora_shape(adapter), "train": train, "vision_weights": "full" if full else "lora"}


def _pattern(layers: Iterable[str]) -> str:
    """A regular expression for exactly these names, whatever the number of their block."""
    found = {re.sub(r"(?<=\\.)\d+(?=\\.)", r"\\d+", re.escape(name)) for name in layers}
    return "|".join(f"(?:{name})" for name in sorted(found)) or _NONE
