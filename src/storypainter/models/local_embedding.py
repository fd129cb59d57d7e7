"""What all embedders inside this process share: which texts they refuse, batches, unit vectors.

A text that can have no vector is refused by its place in the request: a zero vector, or one of
NaN, would pass for a likeness to nothing. Vectors have length 1, so that their dot product is
their cosine, and a text's vector doesn't depend on the texts beside it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from storypainter.errors import BadInput
from storypainter.models.contract import (
    CallFailed,
    EmbedReply,
    EmbedRequest,
    ModelOptions,
    Usage,
    Verdict,
)
from storypainter.models.embedding_texts import must_be_embeddable, which
from storypainter.models.worker import Watch, Worker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

#: Tokens in one batch, padding included; a longer text is a batch of its own.
BATCH_TOKENS = 8192
#: Tokens that are read ahead, to find texts of like length for a batch.
AHEAD_TOKENS = 16 * BATCH_TOKENS


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as its encoder has read it.

    ``tokens`` is its length with all that the model adds, or 0 if the encoder knows none of it.
    """

    tokens: int
    content: Any


class Encoder(Protocol):
    """A loaded model: ``context`` is the most tokens that it takes, ``None`` for any number."""

    @property
    def dimensions(self) -> int: ...

    @property
    def context(self) -> int | None: ...

    def read(self, text: str) -> Reading: ...

    def encode(self, contents: Sequence[Any]) -> Vectors:
        """One row of ``dimensions`` numbers for each content, of any length."""
        ...


class LocalEmbedder(ABC):
    """An Embedder in this process, loaded at its first call.

    Args:
        address: as the user wrote it.
        options: ``timeout`` counts; an adapter is refused.

    Raises:
        BadInput: the options hold an adapter.
    """

    def __init__(self, address: str, options: ModelOptions) -> None:
        if options.adapter is not None:
            raise BadInput(
                f"{address} takes no adapter", "merge it into the weights, or leave it out"
            )
        self.address = address
        self._options = options
        self._worker = Worker("embedder", options.timeout)
        self._turn = Lock()
        self._encoder: Encoder | None = None

    @cached_property
    @abstractmethod
    def identity(self) -> Mapping[str, str]:
        """All that decides the vectors."""

    @abstractmethod
    def _load(self) -> Encoder:
        """Read the weights."""

    async def embed(self, request: EmbedRequest) -> EmbedReply:
        """One vector of length 1 a text, in order; calls wait for each other.

        The option's timeout counts from when the call has its turn and the weights are loaded.

        Raises:
            CallFailed: INVALID or TOO_LONG naming the text, TIMEOUT, or NOT_FOUND when the
                model can't be loaded.
        """
        must_be_embeddable(request.texts)
        if not request.texts:
            return EmbedReply((), Usage(0, 0), self.address)
        rows, tokens = await self._worker.run(lambda watch: self._embedded(request.texts, watch))
        return EmbedReply(tuple(map(tuple, rows.tolist())), Usage(tokens, 0), self.address)

    def embed_array(self, texts: Sequence[str]) -> Vectors:
        """The same vectors at once and as an array: (number of texts, dimensions), float32.

        For many texts: beside the result, no more is held than a batch needs. Blocks its thread,
        has no time limit, and may be called from any thread.

        Raises:
            CallFailed: as :meth:`embed`.
        """
        must_be_embeddable(texts)
        return self._embedded(texts, Watch(float("inf")))[0]

    async def aclose(self) -> None:
        """Stop running calls and free the weights."""
        await self._worker.aclose(lambda: None)
        self._encoder = None

    def _embedded(self, texts: Sequence[str], watch: Watch) -> tuple[Vectors, int]:
        """The vectors, and how many tokens were read for them."""
        import numpy as np

        with self._turn:
            if self._encoder is None:
                self._encoder = self._load()
            encoder = self._encoder
            watch.start()
            rows = np.empty((len(texts), encoder.dimensions), np.float32)
            tokens = 0
            for start, readings in self._readings(encoder, texts, watch):
                tokens += sum(reading.tokens for reading in readings)
                for batch in batches([reading.tokens for reading in readings]):
                    watch.check()
                    found = encoder.encode([readings[i].content for i in batch])
                    places = [start + i for i in batch]
                    rows[places] = _unit(found, places, len(texts), self.address)
        return rows, tokens

    def _readings(
        self, encoder: Encoder, texts: Sequence[str], watch: Watch
    ) -> Iterator[tuple[int, list[Reading]]]:
        """Runs of texts, as long as fits into memory: the place of the first, and all of them."""
        start, tokens = 0, 0
        run: list[Reading] = []
        for place in range(len(texts)):
            watch.check()
            run.append(self._read(encoder, texts, place))
            tokens += run[-1].tokens
            if tokens >= AHEAD_TOKENS or place == len(texts) - 1:
                yield start, run
                start, tokens, run = place + 1, 0, []

    def _read(self, encoder: Encoder, texts: Sequence[str], place: int) -> Reading:
        reading = encoder.read(texts[place])
        name = which(place, len(texts))
        if reading.tokens == 0:
            raise CallFailed(
                Verdict.INVALID,
                f"{name} holds nothing that {self.address} knows",
                "leave it out, or choose a model that knows its language",
            )
        if encoder.context is not None and reading.tokens > encoder.context:
            raise CallFailed(
                Verdict.TOO_LONG,
                f"{name} has {reading.tokens} tokens, and {self.address} holds {encoder.context}",
                "shorten it, or choose a model with a longer context",
            )
        return reading


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts in batches of like length, of at most ``BATCH_TOKENS`` with padding."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[place] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _unit(rows: Vectors, places: Sequence[int], count: int, address: str) -> Vectors:
    """The rows at length 1."""
    import numpy as np

    # In double precision, where the squares of no float32 vanish or overflow.
    exact = rows.astype(np.float64)
    lengths = np.linalg.norm(exact, axis=1, keepdims=True)
    for place, length in zip(places, lengths[:, 0].tolist(), strict=True):
        if not 0.0 < length < float("inf"):
            raise CallFailed(
                Verdict.INVALID,
                f"{address} gives no vector for {which(place, count)} (its length is {length:g})",
                "leave it out, or choose another model",
            )
    unit: Vectors = (exact / lengths).astype(np.float32)
    return unit
