"""The base: a vision-language model with its processor, from a folder or the hub."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from storypainter.errors import BadInput
from storypainter.models.transformers import quieten_transformers
from storypainter.sequences.training.families import Family, family_of
from storypainter.training.tuning.base_files import (
    BaseFiles,
    fetched_base,
    licence_of,
    must_be_trainable_here,
    part_of_base,
)
from storypainter.training.tuning.templates import chosen_template, rendered

_WANTED = "give a vision-language model: a folder with config.json, a processor and safetensors"
#: As the text models' plain template, with a placeholder for every picture.
PLAIN_TEMPLATE = (
    "{{ bos_token if bos_token else '' }}"
    "{% for message in messages %}"
    "{% if message['role'] == 'assistant' %}### Answer\n"
    "{% elif message['role'] == 'system' %}### Task\n{% else %}### Request\n{% endif %}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}PLACEHOLDER\n{% else %}{{ part['text'] | trim }}{% endif %}"
    "{% endfor %}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}\n\n"
    "{% endfor %}"
    "{% if add_generation_prompt %}### Answer\n{% endif %}"
)


@dataclass(frozen=True, slots=True)
class VisionBase(BaseFiles):
    """A vision-language model whose files are on this machine.

    Attributes:
        family: where its parts are.
    """

    auto_class: ClassVar[str] = "AutoModelForImageTextToText"
    wanted: ClassVar[str] = _WANTED
    family: Family

    @property
    def processor(self) -> Any:
        """With its chat template; its tokenizer has a token for padding."""
        return self.processing_class


def open_vision_base(name: str, chat_template: str = "", *, stated: str = "") -> VisionBase:
    """The base model of that name.

    Args:
        name: a folder of safetensors, or a hub id (``owner/model``, ``owner/model@revision``),
            downloaded if it is not here.
        chat_template: for a processor that has none: ``plain`` (ours) or a Jinja file.
        stated: the template to take where the base has none and none is chosen.

    Raises:
        BadInput: no such model, one of a family that isn't known, or one that can't be trained.
        MissingExtra: trl, peft or what they need is not installed.
    """
    must_be_trainable_here("training a vision-language model")
    quieten_transformers()
    where, folder = fetched_base(name)
    family = family_of(part_of_base("AutoConfig", folder, _WANTED).model_type)
    processor = _processor(folder)
    template = _set_template(processor, chat_template, stated)
    if processor.tokenizer.pad_token_id is None:
        processor.tokenizer.pad_token = processor.tokenizer.eos_token
    return VisionBase(
        where.label, where.identity(), folder, processor, template, licence_of(folder), family
    )


def _processor(folder: Path) -> Any:
    processor = part_of_base("AutoProcessor", folder, _WANTED)
    if not hasattr(processor, "image_processor") or not hasattr(processor, "tokenizer"):
        raise BadInput(
            f"{folder} has no processor for pictures and text",
            "copy its processor_config.json and preprocessor_config.json as well",
        )
    return processor


def _set_template(processor: Any, chosen: str, stated: str) -> str:
    """As :func:`storypainter.training.tuning.templates.set_template`; a picture needs its place."""
    name, text = chosen_template(
        processor.chat_template,
        processor.tokenizer.eos_token,
        chosen,
        stated,
        PLAIN_TEMPLATE.replace("PLACEHOLDER", processor.image_token),
    )
    if name != "own":
        processor.chat_template = processor.tokenizer.chat_template = text
    if not chosen:
        return name
    asked = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "a"}]}]
    said = rendered(processor, name, asked, add_generation_prompt=True)
    if said.count(processor.image_token) != 1:
        raise BadInput(
            f"{name} gives a picture no place ({processor.image_token})",
            "write it where a part's type is image",
        )
    return name
