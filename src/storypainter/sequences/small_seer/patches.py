"""Which element stands in which patch of a picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: A patch is an element's from this share of it on; an element has to have so many cells to be
#: asked about.
OWNED, FEWEST = 0.25, 2


def covered(owner: NDArray[np.int16], tokens: int, most: int) -> NDArray[np.float32]:
    """How many cells of each patch every element has: (n, tokens squared, most).

    Args:
        owner: (n, grid, grid), the number of the element in each cell, or -1.
        tokens: patches across; a divisor of grid.
        most: elements from 0 to this number are counted.
    """
    n, grid, _ = owner.shape
    step = grid // tokens
    each = owner.reshape(n, tokens, step, tokens, step).transpose(0, 1, 3, 2, 4)
    flat = each.reshape(n, tokens * tokens, step * step)
    found: NDArray[np.float32] = (flat[..., None] == np.arange(most)).sum(2).astype(np.float32)
    return found


def standing(cover: NDArray[np.float32], cells: int) -> NDArray[np.int64]:
    """The element that each patch is of, or -1: the one that covers most of it, from ``OWNED`` on.

    Args:
        cover: as :func:`covered` gives it.
        cells: of a patch.
    """
    return np.where(cover.max(2) >= OWNED * cells, cover.argmax(2), -1)


def pooled(seen: Any, cover: Any) -> Any:
    """The mean features of every element's patches, weighted by its cells: (n, most, width)."""
    share = cover / cover.sum(1, keepdim=True).clamp(min=1.0)
    return share.transpose(1, 2) @ seen
