"""Splits 6:2:2 for training, validation and test, by a hash: the same in every order of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from storypainter.errors import BadInput

#: ISA's ratio (arXiv 2501.01982).
SHARES = (0.6, 0.2, 0.2)
#: Fewer groups leave a validation or test part that says nothing.
LEAST = 10


@dataclass(frozen=True, slots=True)
class Split:
    """Ids of items, sorted, in three disjoint parts that hold them all."""

    train: tuple[str, ...]
    validation: tuple[str, ...]
    test: tuple[str, ...]


def split(groups: Mapping[str, str], seed: int) -> Split:
    """Split items 6:2:2; items of one group are never parted.

    Args:
        groups: item id -> its group (the hash of its text, so that equal texts stay together).
        seed: which split; another seed makes another one.

    Raises:
        BadInput: fewer than 10 groups.
    """
    names = sorted(set(groups.values()), key=lambda group: _rank(seed, group))
    if len(names) < LEAST:
        raise BadInput(
            f"{len(names)} different texts can't be split 6:2:2", f"give at least {LEAST}"
        )
    held = round(len(names) * SHARES[1])
    tested = round(len(names) * SHARES[2])
    part = {name: 2 if at < tested else 1 if at < tested + held else 0
            for at, name in enumerate(names)}  # fmt: skip
    parts: tuple[list[str], list[str], list[str]] = ([], [], [])
    for item in sorted(groups):
        parts[part[groups[item]]].append(item)
    return Split(*(tuple(ids) for ids in parts))


def _rank(seed: int, group: str) -> bytes:
    return hashlib.blake2b(f"scorer\n{seed}\n{group}".encode(), digest_size=16).digest()
