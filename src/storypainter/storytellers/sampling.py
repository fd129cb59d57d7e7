"""What decides a sample: the seed of each item, and the sampling fields."""

from __future__ import annotations

import hashlib
from typing import Any

from storypainter.models.contract import ChatRequest

#: Providers whose models run here and sample by a seed.
SEEDED = frozenset({"llama", "transformers"})


def item_seed(*parts: int) -> int:
    """A seed for an item: independent of its neighbours and of the run's length."""
    text = ":".join(map(str, parts))
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def parameters_of(request: ChatRequest) -> dict[str, Any]:
    """Every sampling field as it is sent."""
    return {
        "temperature": request.temperature,
        "top_p": request.top_p,
        "max_tokens": request.max_tokens,
        "frequency_penalty": request.frequency_penalty,
        "presence_penalty": request.presence_penalty,
    }
