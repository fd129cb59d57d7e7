"""The embedded Embedder: word vectors that come inside the package ``wordllama``.

A text's vector is the mean of its tokens' vectors, 256 numbers: no network, no GPU, some
thousand stories a second. Only the package's two data files are read, its own code is not
imported: that sets up the root logger of the process, looks for missing files on the hub, and
pads each text to the longest beside it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storypainter.errors import BadInput
from storypainter.models.contract import CallFailed, ModelOptions, Verdict
from storypainter.models.local_embedding import LocalEmbedder, Reading
from storypainter.models.local_files import file_sha256
from storypainter.models.openai_wire import one_line

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from storypainter.models.local_embedding import Vectors

#: The weights' name in their package: llama-2 tokens, 256 numbers each.
MODEL = "l2_supercat_256"
DIMENSIONS = 256
_WEIGHTS = f"weights/{MODEL}.safetensors"
_TENSOR = "embedding.weight"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_SPECIAL = ("<unk>", "<s>", "</s>")
#: Tokens whose vectors are held at once: 4 MB.
_SLICE = 4096
_AGAIN = "run: pip install --force-reinstall --no-deps 'wordllama>=0.4,<0.5'"


def create(name: str, options: ModelOptions) -> WordLlama:
    """The embedded Embedder; ``name`` must be empty.

    Raises:
        BadInput: a name, an adapter, or the package or one of its files is missing.
    """
    if name:
        raise BadInput(f"there is only one wordllama, none called {name!r}", "write wordllama")
    return WordLlama(_package_folder(), options)


def _package_folder() -> Path:
    spec = importlib.util.find_spec("wordllama")
    if spec is None or not spec.submodule_search_locations:
        raise BadInput("the package wordllama is not installed", _AGAIN)
    folder = Path(spec.submodule_search_locations[0])
    for file in (_WEIGHTS, _TOKENIZER):
        if not (folder / file).is_file():
            raise BadInput(f"the package wordllama lacks its file {file}", _AGAIN)
    return folder


class WordLlama(LocalEmbedder):
    """An Embedder of 256 dimensions; ``folder`` is where the package's data lies."""

    def __init__(self, folder: Path, options: ModelOptions) -> None:
        super().__init__("wordllama", options)
        self._folder = folder

    @cached_property
    def identity(self) -> dict[str, str]:
        """Provider, the weights' name, and the hashes of weights and tokenizer."""
        return {
            "provider": "wordllama",
            "model": MODEL,
            "sha256": file_sha256(self._folder / _WEIGHTS),
            "tokenizer_sha256": file_sha256(self._folder / _TOKENIZER),
        }

    def _load(self) -> WordVectors:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / _TOKENIZER))
            weights = load_file(self._folder / _WEIGHTS)[_TENSOR]
            if weights.shape != (tokenizer.get_vocab_size(), DIMENSIONS):
                raise ValueError(f"its weights have the shape {weights.shape}")
        except Exception as error:  # both libraries raise kinds of their own
            raise CallFailed(
                Verdict.NOT_FOUND,
                f"wordllama can't be loaded: {type(error).__name__}: {one_line(error)}",
                _AGAIN,
            ) from None
        return WordVectors(tokenizer, weights)


class WordVectors:
    """A tokenizer and a vector for each of its tokens; an Encoder without a length limit."""

    dimensions = DIMENSIONS
    context: int | None = None

    def __init__(self, tokenizer: Tokenizer, weights: Any) -> None:
        import numpy as np

        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._weights = weights.astype(np.float32)
        self._special = {tokenizer.token_to_id(token) for token in _SPECIAL}

    def read(self, text: str) -> Reading:
        """The text's token ids, without marks for its beginning or end."""
        ids = self._tokenizer.encode(text, add_special_tokens=False).ids
        return Reading(0 if self._special.issuperset(ids) else len(ids), ids)

    def encode(self, contents: Sequence[Any]) -> Vectors:
        """The mean of each text's token vectors, each text by itself."""
        import numpy as np

        rows = np.empty((len(contents), DIMENSIONS), np.float32)
        for row, ids in zip(rows, contents, strict=True):
            total = np.zeros(DIMENSIONS)
            for start in range(0, len(ids), _SLICE):
                total += self._weights[ids[start : start + _SLICE]].sum(axis=0, dtype=np.float64)
            row[:] = total / len(ids)
        return rows
