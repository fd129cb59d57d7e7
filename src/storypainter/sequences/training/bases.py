"""The base: a vision-language model with its processor, from a folder or the hub."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.local_files import source
from storypainter.models.transformers import fetched, quieten_transformers
from storypainter.models.worker import not_loadable
from storypainter.pools.reading import read_text
from storypainter.sequences.training.families import Family, family_of

_NEEDED = ("torch", "transformers", "trl", "peft", "accelerate", "datasets", "matplotlib")
#: The name of our own template, as ``--chat-template`` takes it.
PLAIN = "plain"
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
class VisionBase:
    """A vision-language model whose files are on this machine.

    Attributes:
        label: how records name it: a hub id, or the folder's own name.
        identity: what tells its weights apart: a SHA-256 or a hub revision.
        folder: where config, weights and processor are.
        processor: with its chat template; its tokenizer has a token for padding.
        template: ``own``, ``plain`` or a file's name.
        licence: as the model says it, or empty.
        family: where its parts are.
    """

    label: str
    identity: Mapping[str, str]
    folder: Path
    processor: Any
    template: str
    licence: str
    family: Family

    def model(self, *, bf16: bool) -> Any:
        """The weights, in single precision or bfloat16, on the processor.

        Raises:
            BadInput: they can't be loaded, or some are missing.
        """
        import torch
        import transformers

        try:
            model, report = transformers.AutoModelForImageTextToText.from_pretrained(
                self.folder,
                dtype=torch.bfloat16 if bf16 else torch.float32,
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=True,
                output_loading_info=True,
            )
        except Exception as error:  # whatever damaged or foreign files make the library raise
            raise _not_a_base(self.folder, error) from None
        if report["missing_keys"]:
            lost = sorted(report["missing_keys"])
            raise BadInput(
                f"the weights of {self.label} lack {len(lost)} tensors, as {lost[0]}",
                "copy the whole folder again",
            )
        return model


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
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        raise MissingExtra("training a vision-language model", "train")
    import transformers

    quieten_transformers()
    where = source(name, "config.json")
    try:
        folder = fetched(where, where.revision)
    except Exception as error:  # the hub's many errors, and the network's
        found = not_loadable(where, error)
        raise BadInput(found.message, found.hint) from None
    try:
        config = transformers.AutoConfig.from_pretrained(
            folder, trust_remote_code=False, local_files_only=True
        )
    except Exception as error:
        raise _not_a_base(folder, error) from None
    family = family_of(config.model_type)
    try:
        processor = transformers.AutoProcessor.from_pretrained(
            folder, trust_remote_code=False, local_files_only=True
        )
    except Exception as error:
        raise _not_a_base(folder, error) from None
    if not hasattr(processor, "image_processor") or not hasattr(processor, "tokenizer"):
        raise BadInput(
            f"{folder} has no processor for pictures and text",
            "copy its processor_config.json and preprocessor_config.json as well",
        )
    template = _set_template(processor, chat_template, stated)
    if processor.tokenizer.pad_token_id is None:
        processor.tokenizer.pad_token = processor.tokenizer.eos_token
    return VisionBase(
        where.label, where.identity(), folder, processor, template, _licence(folder), family
    )


def _set_template(processor: Any, chosen: str, stated: str) -> str:
    if not chosen:
        if processor.chat_template:
            return "own"
        if stated:
            processor.chat_template = processor.tokenizer.chat_template = stated
            return "stated"
        raise BadInput(
            "the base has no chat template, so nothing says how a request looks to it",
            "give --chat-template plain (ours), or a Jinja file",
        )
    if chosen == PLAIN:
        if processor.tokenizer.eos_token is None:
            raise BadInput(
                "the base's tokenizer names no end token, which the plain template ends answers by",
                "give --chat-template FILE",
            )
        text, name = PLAIN_TEMPLATE.replace("PLACEHOLDER", processor.image_token), PLAIN
    else:
        path = Path(chosen).expanduser()
        text, name = read_text(path), path.name
    processor.chat_template = processor.tokenizer.chat_template = text
    asked = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "a"}]}]
    try:
        said = processor.apply_chat_template(asked, add_generation_prompt=True)
    except Exception as error:  # whatever a template may raise
        why = " ".join(str(error).split())
        raise BadInput(
            f"{name} is no chat template: {why[:160]}", "give a Jinja file, or plain"
        ) from None
    if said.count(processor.image_token) != 1:
        raise BadInput(
            f"{name} gives a picture no place ({processor.image_token})",
            "write it where a part's type is image",
        )
    return name


def _licence(folder: Path) -> str:
    """What the front matter of the model's own card says."""
    try:
        head = (folder / "README.md").read_text("utf-8")[:4000]
    except (OSError, UnicodeDecodeError):
        return ""
    found = re.search(r"^license:\s*['\"]?([\w.+-]+)", head, re.M) if head[:3] == "---" else None
    return found.group(1) if found else ""


def _not_a_base(where: Path, error: BaseException) -> BadInput:
    why = " ".join(f"{type(error).__name__}: {error}".split()).replace(str(where), where.name)
    return BadInput(
        f"the base {where} can't be loaded: {why[:200]}",
        "give a vision-language model: a folder with config.json, a processor and safetensors",
    )
