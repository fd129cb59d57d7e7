"""Example stories for dynamic in-context learning: reading, splitting, sampling and checking."""

from storypainter.pools.checking import Finding, PoolReport, check_pool
from storypainter.pools.loading import (
    COGBENCH_VARIABLE,
    POOL_NAMES,
    ResolvedPool,
    load_pool,
    resolve_pool_name,
)
from storypainter.pools.pool import SPLIT_SEED, Pool, sample, split
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
