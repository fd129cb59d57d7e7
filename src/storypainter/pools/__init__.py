"""Example stories for dynamic in-context learning: reading, splitting, sampling and checking."""

from typing import TYPE_CHECKING, Any

from storypainter.pools.loading import (
    COGBENCH_VARIABLE,
    POOL_NAMES,
    ResolvedPool,
    load_pool,
    resolve_pool_name,
)
from storypainter.pools.pool import SPLIT_SEED, Pool, sample, split

if TYPE_CHECKING:
    from storypainter.pools.checking import Finding, PoolReport, check_pool
    from storypainter.pools.wording import mentions

__all__ = [
    "COGBENCH_VARIABLE",
    "POOL_NAMES",
    "SPLIT_SEED",
    "Finding",
    "Pool",
    "PoolReport",
    "ResolvedPool",
    "check_pool",
    "load_pool",
    "mentions",
    "resolve_pool_name",
    "sample",
    "split",
]

_ON_USE = {"Finding": "checking", "PoolReport": "checking", "check_pool": "checking"}
_ON_USE["mentions"] = "wording"


def __getattr__(name: str) -> Any:
    # Checking compiles many patterns, and most runs check nothing.
    if name in _ON_USE:
        import importlib

        return getattr(importlib.import_module(f"{__name__}.{_ON_USE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
