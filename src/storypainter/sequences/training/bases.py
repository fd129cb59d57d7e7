"""The base: a vision-language model with its processor, from a folder or the hub."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from storypainter.errors import BadInput, MissingExtra
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

T = TypeVar("T")

_WANTED = "give a vision-language model: a folder with config.json, a processor and safetensors"
#: What many processors need besides transformers, Qwen-VL's and SmolVLM's for one (they read videos
#: as well); the extra that brings it.
_FOR_PROCESSORS, _EXTRA = ("torchvision", "num2words"), "vision-models"
#: How transformers names a library that it misses.
_LIBRARY = re.compile(r"requires the (\S+) library|[Pp]ackage `(\S+)` is required")
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
        BadInput: no such model, one whose parts aren't found, or one that can't be trained.
        MissingExtra: trl, peft or what they need is not installed, or what its processor needs.
    """
    must_be_trainable_here("training a vision-language model")
    quieten_transformers()
    where, folder = fetched_base(name)
    config = part_of_base("AutoConfig", folder, _WANTED)
    family = _with_its_libraries(where.label, lambda: family_of(config))
    processor = _with_its_libraries(where.label, lambda: _processor(folder))
    template = _set_template(processor, chat_template, stated)
    _must_read(processor, where.label)
    if processor.tokenizer.pad_token_id is None:
        processor.tokenizer.pad_token = processor.tokenizer.eos_token
    return VisionBase(
        where.label, where.identity(), folder, processor, template, licence_of(folder), family
    )


def _with_its_libraries(label: str, work: Callable[[], T]) -> T:
    """Do some work with a base; where a library is missing for it, say which and how to get it.

    Raises:
        MissingExtra: one of ours brings it.
        BadInput: none does.
    """
    try:
        return work()
    except (BadInput, ImportError) as error:
        # What made a file unreadable stands as the context of the line about it.
        cause = error if isinstance(error, ImportError) else error.__context__
        said = " ".join(str(cause).split())
        absent = [each for each in _FOR_PROCESSORS if importlib.util.find_spec(each) is None]
        if any(each in said.lower() for each in absent):
            needing = f"the processor of {label} ({', '.join(absent)})"
            raise MissingExtra(needing, _EXTRA) from None
        if not isinstance(cause, ImportError):
            raise
    found = _LIBRARY.search(said)
    library = (found[1] or found[2]).lower() if found else ""
    raise BadInput(
        f"{label} needs a library that is not installed: {library or said[:160]}",
        f"run: pip install {library}" if library else "install it, or choose another base",
    )


def _processor(folder: Path) -> Any:
    processor = part_of_base("AutoProcessor", folder, _WANTED)
    if not hasattr(processor, "image_processor") or not hasattr(processor, "tokenizer"):
        raise BadInput(
            f"{folder} has no processor for pictures and text",
            "copy its processor_config.json and preprocessor_config.json as well",
        )
    if not isinstance(getattr(processor, "image_token", None), str):
        raise BadInput(
            f"the processor of {folder} names no token that stands for a picture in a text",
            "choose a base whose pictures have places in the text, as LLaVA or Qwen2.5-VL",
        )
    _as_trl_samples(processor)
    return processor


def _as_trl_samples(processor: Any) -> None:
    """Set what trl's trainers for rewards take for granted and don't ask for.

    Prompts are filled up on the left: trl does so by itself with their tokens, but takes what goes
    with them (which of them are a picture's: Qwen's and Gemma's token types) as it comes, and on
    the right it would lie beside other tokens. And tokens come as a list for each text: some
    (Pixtral's) would make one tensor, which texts of several lengths don't fit into. What a call
    asks for they do all the same.
    """
    processor.tokenizer.padding_side = "left"
    own = getattr(processor, "text_kwargs", None)
    if isinstance(own, dict) and own.keys() & {"return_tensors", "padding"}:
        kept = {key: own[key] for key in own if key not in ("return_tensors", "padding")}
        processor.text_kwargs = kept


def _must_read(processor: Any, label: str) -> None:
    """Try what training asks of a processor: a picture in a text, and an answer without any.

    Raises:
        BadInput: it can't.
    """
    import PIL.Image

    blank = PIL.Image.new("RGB", (64, 64))
    made = {}
    for what, given in (
        ("an answer without a picture", {"text": ["a"]}),
        ("a picture in a text", {"text": [processor.image_token], "images": [[blank]]}),
    ):
        try:
            # As trl's collator calls it.
            made = processor(**given, add_special_tokens=False, return_tensors="pt")
        except Exception as error:  # whatever a processor may raise
            why = " ".join(f"{type(error).__name__}: {error}".split())
            raise BadInput(
                f"the processor of {label} can't read {what}: {why[:160]}", "choose another base"
            ) from None
    if "cross_attention_mask" in made:
        # Mllama: trl's collator would join the answer to the text and not to this mask over it.
        raise BadInput(
            f"{label} sees pictures beside its text, not in it, which trl doesn't train",
            "choose a base whose pictures have places in the text, as LLaVA or Qwen2.5-VL",
        )


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
