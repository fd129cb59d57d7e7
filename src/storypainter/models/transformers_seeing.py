"""Vision-language models from a folder or a hub id, by transformers and torch in this process.

As ``transformers.py``, which reads the weights here, too: the same sampling, limits and errors.
Only the prompt is another one: the model's processor puts the pictures of a message where its
chat template wants them. A hub id that is not on this machine may turn out to be a model of texts
alone when it is downloaded; it is then used as one, and a message with pictures is refused.
"""

from __future__ import annotations

import io
import json
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    ImagePart,
    Message,
    ModelOptions,
    Verdict,
)
from storypainter.models.local_files import Source, source
from storypainter.models.transformers import (
    TransformersModel,
    fetched,
    give_template,
    lora_folder,
    quieten_transformers,
    read_weights,
    ready,
)
from storypainter.models.transformers_writing import Loaded, write
from storypainter.models.worker import Watch, not_loadable, torch_device

if TYPE_CHECKING:
    from PIL import Image

#: A picture of more pixels is refused before it is decoded.
MAX_PIXELS = 64_000_000
_FORMATS = ("PNG", "JPEG", "WEBP")


def may_see(where: Source) -> bool:
    """Whether a model reads pictures, by its config; true where that can't be seen yet."""
    folder = where.folder
    if folder is None:
        from huggingface_hub import try_to_load_from_cache

        found = try_to_load_from_cache(where.hub_id, "config.json", revision=where.revision)
        if not isinstance(found, str):
            return True  # not on this machine: known when it is loaded
        folder = Path(found).parent
    return _has_vision(folder)


def create(name: str, options: ModelOptions) -> TransformersSeer:
    """A vision-language model by its folder or hub id.

    Raises:
        BadInput: no such folder, or an adapter that is no LoRA adapter.
    """
    adapter = lora_folder(options.adapter) if options.adapter else None
    return TransformersSeer(name, source(name, "config.json"), adapter, options)


class TransformersSeer(TransformersModel):
    """One vision-language model in this process; a Seer. It is loaded at the first call."""

    sees = True

    def __init__(
        self, name: str, where: Source, adapter: Path | None, options: ModelOptions
    ) -> None:
        super().__init__(name, where, adapter, options)
        self._processor: Any = None

    def _unload(self) -> None:
        super()._unload()
        self._processor = None

    def _write(self, request: ChatRequest, watch: Watch) -> ChatReply:
        if self._loaded is None:
            revision = self.identity.get("revision", "main")
            folder = _folder(self._source, revision)
            if not _has_vision(folder):
                return super()._write(request, watch)
            self._loaded, self._processor = _load(
                self._source, folder, self._adapter, self._options.device
            )
        if self._processor is None:
            return super()._write(request, watch)
        watch.start()
        # The processor, bound to this request, stands in the tokenizer's place.
        loaded = replace(self._loaded, tokenizer=_Prompting(self._processor, request.messages))
        return write(loaded, _without_pictures(request), self._options.seed, self.address, watch)


def _without_pictures(request: ChatRequest) -> ChatRequest:
    """The same request with the texts of its messages alone."""
    messages = tuple(
        message if isinstance(message.content, str)
        else replace(message, content=tuple(p for p in message.content if isinstance(p, str)))
        for message in request.messages
    )  # fmt: skip
    return replace(request, messages=messages)


@dataclass(frozen=True, slots=True)
class _Prompting:
    """A processor as the tokenizer of one request: it prompts with that request's pictures."""

    processor: Any
    messages: tuple[Message, ...]

    def apply_chat_template(self, _: object, **asked: Any) -> Any:
        turns = [{"role": message.role, "content": _parts(message)} for message in self.messages]
        return self.processor.apply_chat_template(turns, **asked)

    def decode(self, *args: Any, **asked: Any) -> Any:
        return self.processor.tokenizer.decode(*args, **asked)


def _parts(message: Message) -> list[dict[str, Any]]:
    """A message as processors take it. Texts that follow each other become one, a line each."""
    content = (message.content,) if isinstance(message.content, str) else message.content
    found: list[dict[str, Any]] = []
    for part in content:
        if isinstance(part, ImagePart):
            if found and found[-1]["type"] == "text":
                found[-1]["text"] += "\n"
            found.append({"type": "image", "image": _decoded(part)})
        elif found and found[-1]["type"] == "text":
            found[-1]["text"] += f"\n{part}"
        else:
            found.append({"type": "text", "text": part})
    return found


def _decoded(part: ImagePart) -> Image.Image:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its size is checked here
            with Image.open(io.BytesIO(part.data), formats=_FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise ValueError(f"it has {opened.width} by {opened.height} pixels")
                return opened.convert("RGB")
    except Exception as error:  # a decoder may fail in many ways on a damaged file
        why = str(error) if type(error) is ValueError else type(error).__name__
        raise CallFailed(
            Verdict.INVALID, f"messages: a picture can't be read ({why})", "send a PNG or JPEG"
        ) from None


def _has_vision(folder: Path) -> bool:
    try:
        config = json.loads((folder / "config.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and isinstance(config.get("vision_config"), dict)


def _folder(where: Source, revision: str) -> Path:
    try:
        return fetched(where, revision)
    except Exception as error:
        raise not_loadable(where, error) from None


def _load(where: Source, folder: Path, adapter: Path | None, wanted: str) -> tuple[Loaded, Any]:
    """(what writes, with a tokenizer that sees nothing; the processor).

    Raises:
        CallFailed: NOT_FOUND, naming the cause.
    """
    import transformers

    quieten_transformers()
    device = torch_device(wanted)
    try:
        processor = transformers.AutoProcessor.from_pretrained(
            folder, trust_remote_code=False, local_files_only=True
        )
        model = read_weights(transformers.AutoModelForImageTextToText, folder, adapter, device)
    except Exception as error:
        raise not_loadable(where, error) from None
    processor.chat_template = processor.chat_template or processor.tokenizer.chat_template
    give_template(processor, "processor", where, adapter)
    return ready(processor.tokenizer, model), processor
