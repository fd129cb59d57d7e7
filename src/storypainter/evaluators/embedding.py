"""Texts to unit vectors: by an embedded model at once, by any other through the calling path."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, Embedder, EmbedRequest, Verdict

#: Texts in one call to a server; more make the replies to store larger, not the work faster.
BATCH = 32


@runtime_checkable
class EmbeddedEmbedder(Protocol):
    """An embedder inside this process: free, repeatable, nothing to store."""

    def embed_array(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, d)."""
        ...


async def embed_texts(
    embedder: Embedder, texts: Sequence[str], caller: Caller, *, step: str
) -> NDArray[np.float64]:
    """One unit vector a text, shape (n, d); equal texts are embedded once.

    Raises:
        CallFailed: the embedder failed; MALFORMED when a vector has no direction or the lengths
            differ between calls.
    """
    distinct = list(dict.fromkeys(texts))
    if not distinct:
        return np.zeros((0, 1))
    if isinstance(embedder, EmbeddedEmbedder):
        vectors: NDArray[Any] = await asyncio.to_thread(embedder.embed_array, distinct)
    else:
        parts = [tuple(distinct[at : at + BATCH]) for at in range(0, len(distinct), BATCH)]
        replies = await asyncio.gather(
            *(caller.embed(embedder, EmbedRequest(part), step=step) for part in parts)
        )
        rows = [vector for reply in replies for vector in reply.vectors]
        if len({len(row) for row in rows}) > 1:
            raise CallFailed(
                Verdict.MALFORMED, f"{embedder.address} gave vectors of different lengths"
            )
        vectors = np.asarray(rows)
    unit = vectors.astype(np.float64)
    lengths = np.linalg.norm(unit, axis=1, keepdims=True)
    if not np.all(np.isfinite(lengths) & (lengths > 0)):
        at = int(np.flatnonzero(~(np.isfinite(lengths) & (lengths > 0)))[0])
        raise CallFailed(
            Verdict.MALFORMED,
            f"{embedder.address} gave no direction for the text {distinct[at][:60]!r}",
        )
    unit /= lengths
    where = {text: row for row, text in enumerate(distinct)}
    return unit[[where[text] for text in texts]]
