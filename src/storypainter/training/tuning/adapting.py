"""Which weights learn: LoRA on every linear layer but the head, new or from an adapter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import orjson

from storypainter.errors import BadInput
from storypainter.models.transformers import adapter_misfit, recorded_base
from storypainter.training.tuning.settings import TuningSettings

S = TypeVar("S", bound=TuningSettings)


def lora_config(settings: TuningSettings, model: Any) -> Any:
    """LoRA (arXiv 2106.09685) on every linear layer but the head that gives the logits."""
    import torch

    head = model.get_output_embeddings()
    layers = {
        name.rsplit(".", 1)[-1]
        for name, module in model.named_modules()
        if isinstance(module, torch.nn.Linear) and module is not head
    }
    return lora_on(sorted(layers), settings)


def lora_on(
    layers: Sequence[str] | str, settings: TuningSettings, whole: Sequence[str] = ()
) -> Any:
    """The config for peft.

    Args:
        layers: names of linear layers, or a regular expression for them.
        settings: rank, α and dropout.
        whole: modules that learn with all their weights and are saved with the adapter.
    """
    import peft

    return peft.LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha if settings.alpha % 1 else int(settings.alpha),
        lora_dropout=settings.dropout,
        target_modules=layers,
        modules_to_save=list(whole) or None,
        bias="none",
        task_type="CAUSAL_LM",
    )


def with_adapter(model: Any, folder: Path) -> Any:
    """The model with an adapter that is there already, ready to go on learning.

    Raises:
        BadInput: it is no adapter for this base.
    """
    import peft

    wrong = adapter_misfit(model, folder)
    if wrong:
        raise BadInput(
            f"the adapter {folder} does not fit this base: {wrong}",
            f"give the base that it was trained on{recorded_base(folder)}",
        )
    try:
        adapted = peft.PeftModel.from_pretrained(model, str(folder), is_trainable=True)
    except Exception as error:  # whatever peft raises on an adapter of another model
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise BadInput(
            f"the adapter {folder} does not fit this base: {why[:200]}",
            "give the base that it was trained on",
        ) from None
    # The adapter names its base as its card does; peft would look for that name on the hub.
    adapted.peft_config["default"].base_model_name_or_path = model.name_or_path
    return adapted


def lora_shape(adapter: Path) -> dict[str, Any]:
    """Rank, α and dropout of an adapter, as settings name them."""
    config = orjson.loads((adapter / "adapter_config.json").read_bytes())
    names = {"rank": "r", "alpha": "lora_alpha", "dropout": "lora_dropout"}
    return {name: config[key] for name, key in names.items() if key in config}


def as_in_adapter(
    settings: S, adapter: Path, its: Mapping[str, Any], said: Callable[[Any], str] = str
) -> S:
    """The settings with the shape of an adapter that is there already.

    Args:
        settings: as asked for.
        adapter: its folder.
        its: the settings that it decides, as :func:`lora_shape` finds them.
        said: how a value of its is written.

    Raises:
        BadInput: another shape was asked for.
    """
    for name in settings.model_fields_set & its.keys():
        asked = getattr(settings, name)
        if asked != its[name]:
            flag = "--" + name.replace("_", "-")
            raise BadInput(
                f"{flag} {written(asked)}: the adapter {adapter.name} has {said(its[name])}",
                f"leave out {flag}: training goes on with the adapter's own",
            )
    return settings.model_copy(update=dict(its))


def written(value: Any) -> str:
    """A setting's value as its flag takes it."""
    if isinstance(value, tuple):
        return ",".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def adapter_identity(folder: Path) -> str:
    """The hash of an adapter's config and weights."""
    from storypainter.models.local_files import folder_sha256

    files = [folder / "adapter_config.json", folder / "adapter_model.safetensors"]
    return folder_sha256(folder, files)
