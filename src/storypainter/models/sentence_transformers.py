"""Embedding models by the library sentence-transformers, in this process.

For models with steps that ``transformers/`` doesn't know (a Dense layer, a rarer pooling), and
for the same vectors as elsewhere in the field. The library imports the classes that a model's
files name, falls back to pickled weights, and cuts long texts without a word: what it is given
is checked before, and a text too long is refused.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storypainter.errors import MissingExtra
from storypainter.models import embedding_files
from storypainter.models.contract import ModelOptions
from storypainter.models.embedding_files import Module
from storypainter.models.local_embedding import LocalEmbedder, Reading
from storypainter.models.local_files import Source, source, user_path
from storypainter.models.transformers import quieten_transformers
from storypainter.models.transformers_embedding import computing, context, fetched, loading
from storypainter.models.worker import torch_device

if TYPE_CHECKING:
    from storypainter.models.local_embedding import Vectors

_NEEDED = ("torch", "transformers", "sentence_transformers")
_MODULES = frozenset({"Transformer", "Pooling", "Normalize", "Dense", "LayerNorm", "Dropout"})
#: Whose models are meant by a bare name, as in the library itself.
_OWNER = "sentence-transformers"


def create(name: str, options: ModelOptions, *, prefix: str | None = None) -> SentenceEmbedder:
    """A model by its folder, hub id, or bare name (``all-MiniLM-L6-v2``).

    Args:
        name: the folder, ``owner/model``, ``owner/model@revision``, or one of the library's own.
        options: ``device`` and ``timeout`` count.
        prefix: what goes before each text; ``None`` is the model's own default.

    Raises:
        BadInput: no such folder, no model in it, or one that can't be loaded safely.
        MissingExtra: sentence-transformers is not installed.
    """
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        raise MissingExtra(f"sentence-transformers/{name}", "embeddings")
    is_bare = "/" not in name and not name.startswith((".", "~")) and not user_path(name).is_dir()
    where = source(f"{_OWNER}/{name}" if is_bare else name, embedding_files.MODULES)
    if where.folder is not None:
        _steps(where.folder)
    return SentenceEmbedder(name, where, options, prefix)


def _steps(folder: Path) -> tuple[Module, ...]:
    """The model's steps, all safe to load."""
    steps = embedding_files.modules(folder, _MODULES)
    embedding_files.must_be_safe(steps)
    return steps


class SentenceEmbedder(LocalEmbedder):
    """One model of sentence-transformers; an Embedder. It is loaded at the first call."""

    def __init__(
        self, name: str, where: Source, options: ModelOptions, prefix: str | None = None
    ) -> None:
        super().__init__(f"sentence-transformers/{name}", options)
        self._source = where
        self._prefix = prefix

    @cached_property
    def identity(self) -> dict[str, str]:
        """Provider, model, the hash of its files or its hub revision, and a prefix of ours."""
        found = {"provider": "sentence-transformers", "model": self._source.label}
        found |= embedding_files.folder_identity(self._source)
        if self._prefix is not None:
            found["prefix"] = self._prefix
        return found

    def _load(self) -> LibraryModel:
        quieten_transformers()
        device = torch_device(self._options.device)
        with loading(self._source):
            import torch
            from sentence_transformers import SentenceTransformer

            folder = fetched(self._source, self.identity.get("revision", "main"))
            steps = _steps(folder)
            model = SentenceTransformer(
                str(folder),
                device=device,
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"use_safetensors": True, "dtype": torch.float32},
            )
            settings = embedding_files.text_settings(folder, steps[0].folder)
            return LibraryModel(
                model.eval(),
                context(settings.longest, model.tokenizer, model[0].auto_model.config),
                settings.prefix if self._prefix is None else self._prefix,
                self.address,
            )


class LibraryModel:
    """A loaded model of the library; an Encoder."""

    def __init__(self, model: Any, context: int, prefix: str, address: str) -> None:
        self.dimensions = int(model.get_embedding_dimension())
        self.context = context
        self._special = frozenset(model.tokenizer.all_special_ids)
        self._model = model
        self._prefix = prefix
        self._address = address

    def read(self, text: str) -> Reading:
        """The text itself, and its length in the tokens of the model, uncut."""
        with computing(self._address):
            ids = self._model.tokenizer(self._prefix + text, truncation=False)["input_ids"]
        return Reading(0 if self._special.issuperset(ids) else len(ids), text)

    def encode(self, contents: Sequence[Any]) -> Vectors:
        """One vector a text."""
        with computing(self._address):
            found: Vectors = self._model.encode(
                list(contents),
                prompt=self._prefix,
                batch_size=len(contents),
                show_progress_bar=False,
            )
        return found
