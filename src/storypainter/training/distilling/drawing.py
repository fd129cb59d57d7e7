"""Draws by a hash: the same for the same seed and key, in every order and every Python version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Draws for one key, each told apart by its purpose.

    Args:
        seed: the seed of the whole set.
        key: what the draws are for, such as a row's id.
    """

    def __init__(self, seed: int, key: str) -> None:
        self._seed = seed
        self._key = key

    def number(self, purpose: str) -> int:
        """A whole number of 64 bits."""
        text = f"distill\n{purpose}\n{self._seed}\n{self._key}"
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")

    def share(self, purpose: str) -> float:
        """A number in [0, 1)."""
        return (self.number(purpose) >> 11) / 2**53

    def one(self, purpose: str, among: Sequence[T]) -> T:
        """One of several; ``among`` is never empty."""
        return among[self.number(purpose) % len(among)]

    def order(self, purpose: str, among: Iterable[T]) -> list[T]:
        """All of them, in a drawn order; equal ones by their text stay beside each other."""
        return sorted(among, key=lambda each: self.number(f"{purpose}\n{each}"))
