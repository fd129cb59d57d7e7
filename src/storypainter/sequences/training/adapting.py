"""Which weights learn: LoRA on the language model, the connector whole, the encoder by choice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import orjson

from storypainter.errors import BadInput
from storypainter.models.transformers import adapter_misfit, recorded_base
from storypainter.sequences.training.families import Family, belongs
from storypainter.sequences.training.settings import VisionSettings, in_order

S = TypeVar("S", bound=VisionSettings)
_WRAPPING = "base_model.model."
#: What peft takes for no layer at all, where parts learn whole and nothing through LoRA.
_NONE = "dummy-target-modules"


def adapter_config(settings: VisionSettings, model: Any, family: Family) -> Any:
    """The config for peft: LoRA (arXiv 2106.09685) on the linear layers of some parts, others whole.

    Weights that are learnt whole are saved with the adapter (``modules_to_save``).

    Raises:
        BadInput: a part that shall learn through LoRA has no linear layer.
    """
    import peft
    import torch

    through = {part for part in settings.train if part != "connector"}
    whole = [family.connector] if "connector" in settings.train else []
    if "vision" in through and settings.vision_weights == "full":
        through.discard("vision")
        # Where the connector lies inside the encoder, one can't be kept still without the other.
        whole = [family.vision]
        if family.connector.startswith(family.vision) and "connector" not in settings.train:
            raise BadInput(
                f"{family.name}'s connector lies inside its encoder and learns with it",
                "name connector as well in --train, or leave --vision-weights at lora",
            )
        if not family.connector.startswith(family.vision) and "connector" in settings.train:
            whole = [family.connector, family.vision]
    layers = [
        name
        for name, module in model.named_modules()
        # Exactly: a subclass computes something else, as the one inside torch's own attention.
        if type(module) is torch.nn.Linear and belongs(family, name) in through
    ]
    for part in sorted(through):
        if not any(belongs(family, name) == part for name in layers):
            raise BadInput(f"this model's {part} part has no linear layer", "choose another base")
    return peft.LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha if settings.alpha % 1 else int(settings.alpha),
        lora_dropout=settings.dropout,
        target_modules=_pattern(layers),
        modules_to_save=whole or None,
        bias="none",
        task_type="CAUSAL_LM",
    )


def adapted(model: Any, settings: VisionSettings, family: Family, start: Path | None) -> Any:
    """The model with its adapter, ready to learn.

    Args:
        model: the base's weights; they are frozen.
        settings: which parts learn.
        family: where they are.
        start: an adapter to go on from, instead of a new one.

    Raises:
        BadInput: it is no adapter for this base.
    """
    import peft

    if start is None:
        return peft.get_peft_model(model, adapter_config(settings, model, family))
    wrong = adapter_misfit(model, start)
    if wrong:
        raise BadInput(
            f"the adapter {start} does not fit this base: {wrong}",
            f"give the base that it was trained on{recorded_base(start)}",
        )
    try:
        found = peft.PeftModel.from_pretrained(model, str(start), is_trainable=True)
    except Exception as error:  # whatever peft raises on an adapter of another model
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise BadInput(
            f"the adapter {start} does not fit this base: {why[:200]}",
            "give the base that it was trained on",
        ) from None
    # The adapter names its base as its card does; peft would look for that name on the hub.
    found.peft_config["default"].base_model_name_or_path = model.name_or_path
    return found


def as_in_adapter(settings: S, adapter: Path, family: Family) -> S:
    """The settings with the shape of an adapter that is there already.

    Raises:
        BadInput: another shape was asked for, or the adapter changes no part that is known.
    """
    its = _shape(adapter, family)
    for name in settings.model_fields_set & its.keys():
        if getattr(settings, name) != its[name]:
            flag = "--" + name.replace("_", "-")
            raise BadInput(
                f"{flag} {_said(getattr(settings, name))}: the adapter {adapter.name} has"
                f" {_said(its[name])}",
                f"leave out {flag}: training goes on with the adapter's own",
            )
    return settings.model_copy(update=its)


def _shape(adapter: Path, family: Family) -> dict[str, Any]:
    import safetensors

    config = orjson.loads((adapter / "adapter_config.json").read_bytes())
    names = {"rank": "r", "alpha": "lora_alpha", "dropout": "lora_dropout"}
    shape = {name: config[key] for name, key in names.items() if key in config}
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
    return {**shape, "train": train, "vision_weights": "full" if full else "lora"}


def _pattern(layers: Iterable[str]) -> str:
    """A regular expression for exactly these names, whatever the number of their block."""
    found = {re.sub(r"(?<=\\.)\d+(?=\\.)", r"\\d+", re.escape(name)) for name in layers}
    return "|".join(f"(?:{name})" for name in sorted(found)) or _NONE


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
