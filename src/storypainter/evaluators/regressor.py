"""A trained scorer: a text encoder of the BERT family that reads features and gives scores.

The scheme is ISA's (arXiv 2501.01982, VLISA's text discriminator): the features that a Seer
wrote of a picture go in, one number in [0, 1] a head comes out. ``storypainter train scorer``
makes the folder that is read here: ``config.json`` (the encoder's own configuration included),
``model.safetensors`` and ``tokenizer.json``. Nothing else in it is read, and no code from it is
run.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from storypainter.errors import BadInput, MissingExtra
from storypainter.models.local_files import file_sha256

VERSION = "1"
#: What ``config.json`` says of itself.
KIND = "storypainter-scorer"
#: What a scorer can have learnt: ISA's Semantic Score and Entity Score.
HEADS = ("semantic", "entity")
CONFIG, WEIGHTS, TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"
_MOST_CONFIG_BYTES = 1024 * 1024
_NEEDED = ("torch", "transformers", "safetensors")


@dataclass(frozen=True, slots=True)
class Reading:
    """A score in [0, 1], how many tokens were read for it, and whether the text went on."""

    value: float
    tokens: int
    cut: bool


@dataclass(frozen=True, slots=True)
class ScorerFile:
    """What a scorer's ``config.json`` says that loading needs.

    ``encoder`` is the configuration of the encoder as transformers writes it; ``max_tokens``
    counts the marks at both ends; ``pad`` is the token that fills a batch; ``reads`` is the form
    of the texts it learnt from: a Seer's answers ``as_given``, or ``features`` (Features.text).
    """

    base: str
    heads: tuple[str, ...]
    max_tokens: int
    pad: int
    reads: str
    encoder: Mapping[str, Any]


def load_scorer(folder: Path, *, head: str = "semantic", device: str = "cpu") -> Scorer:
    """The scorer in ``folder``; torch is loaded at its first score.

    Args:
        folder: as ``storypainter train scorer --out`` left it.
        head: ``semantic`` or ``entity``.
        device: torch's name of a device. The same text may score differently in the sixth digit
            on another kind of device.

    Raises:
        BadInput: no such folder, no scorer in it, an unfinished one, or one without this head.
        MissingExtra: torch or transformers is not installed.
    """
    file = read_config(folder)
    if head not in file.heads:
        raise BadInput(
            f"the scorer {folder} has learnt no {head} score",
            f"it has: {', '.join(file.heads)}; train one with --head {head}",
        )
    if any(importlib.util.find_spec(package) is None for package in _NEEDED):
        raise MissingExtra("a trained scorer", "torch")
    return Scorer(folder.absolute(), file, head, device)


class Scorer:
    """A trained scorer with one of its heads. Calls may come from any thread; they take turns.

    ``reads`` says what it should be given: ``as_given``, a Seer's answer as it is, or
    ``features``, the text that Features make of it.
    """

    def __init__(self, folder: Path, file: ScorerFile, head: str, device: str) -> None:
        self.head = head
        self.max_tokens = file.max_tokens
        self.reads = file.reads
        self._folder = folder
        self._file = file
        self._device = device
        self._lock = Lock()
        self._loaded: tuple[Any, Any] | None = None

    @property
    def name(self) -> str:
        """The folder's name with the head: ``isa-bert:semantic``."""
        return f"{self._folder.name}:{self.head}"

    @cached_property
    def identity(self) -> Mapping[str, Any]:
        """All that decides its numbers: version, head, tokens, hashes of weights and tokenizer.

        Raises:
            BadInput: the files can't be read any more.
        """
        return {
            "version": VERSION,
            "head": self.head,
            "base": self._file.base,
            "max_tokens": self.max_tokens,
            "reads": self.reads,
            "weights_sha256": file_sha256(self._folder / WEIGHTS),
            "tokenizer_sha256": file_sha256(self._folder / TOKENIZER),
        }

    def score(self, text: str) -> float:
        """The score of a features text, in [0, 1]; see :meth:`read` for texts that are cut.

        Raises:
            BadInput: the text is empty, or the folder's files are damaged.
        """
        return self.read(text).value

    def read(self, text: str) -> Reading:
        """The score, and whether the text was cut at ``max_tokens``: its end was not read then.

        Raises:
            BadInput: the text is empty, or the folder's files are damaged.
        """
        if not text.strip():
            raise BadInput("there is no text to score", "give the features of a picture")
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._folder, self._file, self._device)
            network, tokenizer = self._loaded
            encoded = tokenizer.encode(text)
            values = predict(network, [encoded.ids], self._file.pad)[0]
        value = values[self._file.heads.index(self.head)]
        return Reading(value, len(encoded.ids), bool(encoded.overflowing))


def read_config(folder: Path) -> ScorerFile:
    """What the scorer's folder says of itself, checked.

    Raises:
        BadInput: no folder, no scorer, or an unfinished or damaged one.
    """
    if not folder.is_dir():
        raise BadInput(f"there is no scorer folder {folder}", "check the path")
    path = folder / CONFIG
    try:
        with path.open("rb") as stream:
            plain = json.loads(stream.read(_MOST_CONFIG_BYTES))
    except (OSError, ValueError):
        plain = None
    if not isinstance(plain, dict) or plain.get("kind") != KIND:
        hint = "give a folder that storypainter train scorer has made"
        if (folder / "training.json").is_file():
            hint = "its training is not finished: run the same train command again"
        raise BadInput(f"{folder} holds no scorer (its {CONFIG} does not say so)", hint)
    for name in (WEIGHTS, TOKENIZER):
        if not (folder / name).is_file():
            raise BadInput(f"the scorer {folder} lacks {name}", "copy the whole folder again")
    try:
        file = ScorerFile(
            base=str(plain["base"]["name"]),
            heads=tuple(plain["heads"]),
            max_tokens=int(plain["max_tokens"]),
            pad=int(plain["pad"]),
            reads=str(plain["reads"]),
            encoder=dict(plain["encoder"]),
        )
    except (KeyError, TypeError, ValueError):
        raise BadInput(f"{path} is damaged", "copy the whole folder again") from None
    known = bool(file.heads) and set(file.heads) <= set(HEADS)
    if not known or file.max_tokens < 3 or file.reads not in ("as_given", "features"):
        raise BadInput(
            f"{path} is damaged: heads, max_tokens or reads", "copy the whole folder again"
        )
    return file


# -------------------------------------------------------------------- network


def make_network(encoder: Any, heads: int, dropout: float) -> Any:
    """An encoder with one linear output a head: a ``torch.nn.Module``, token ids to [0, 1].

    The text's vector is the mean of its tokens' states: it works for encoders that were never
    taught to gather a text in their first token, and equally well for those that were. The
    output goes through a sigmoid: it can't leave [0, 1], it always has a gradient, and it has no
    ties at the ends of the scale as a clipped line has, which a rank correlation would feel.
    """
    import torch

    class Network(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.dropout = torch.nn.Dropout(dropout)
            self.head = torch.nn.Linear(encoder.config.hidden_size, heads)

        def forward(self, ids: Any, mask: Any) -> Any:
            states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            weight = mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weight).sum(1) / weight.sum(1)
            return torch.sigmoid(self.head(self.dropout(mean)))

    return Network()


def predict(network: Any, texts: Sequence[Sequence[int]], pad: int) -> list[list[float]]:
    """Scores of token sequences, a list a text with one number a head, as one batch."""
    import torch

    network.eval()
    with torch.inference_mode():
        values = network(*as_batch(texts, pad, next(network.parameters()).device))
    return [[float(value) for value in row] for row in values.tolist()]


def as_batch(texts: Sequence[Sequence[int]], pad: int, device: Any) -> tuple[Any, Any]:
    """Token ids and mask, each of shape (texts, longest)."""
    import torch

    longest = max(len(text) for text in texts)
    ids = torch.full((len(texts), longest), pad, dtype=torch.long)
    mask = torch.zeros((len(texts), longest), dtype=torch.long)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = torch.tensor(text, dtype=torch.long)
        mask[row, : len(text)] = 1
    return ids.to(device), mask.to(device)


def _load(folder: Path, file: ScorerFile, device: str) -> tuple[Any, Any]:
    import torch
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from transformers import AutoConfig, AutoModel

    try:
        plain = {key: value for key, value in file.encoder.items() if key != "auto_map"}
        config = AutoConfig.for_model(plain.pop("model_type"), **plain)
        # Its random weights are replaced at once: they must not move the caller's generator.
        with torch.random.fork_rng(devices=[]):
            encoder = AutoModel.from_config(config, trust_remote_code=False, dtype=torch.float32)
            network = make_network(encoder, len(file.heads), 0.0)
        network.load_state_dict(load_file(folder / WEIGHTS))
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        tokenizer.no_padding()
        tokenizer.enable_truncation(file.max_tokens)
        return network.to(device).eval(), tokenizer
    except Exception as error:  # whatever a damaged file makes the libraries raise
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise BadInput(
            f"the scorer {folder} can't be loaded: {why[:200]}", "copy the whole folder again"
        ) from None
