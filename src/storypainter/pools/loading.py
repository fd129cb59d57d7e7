"""From a pool's name or path to the Pool."""

from __future__ import annotations

import os
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

from storypainter.errors import BadInput
from storypainter.pools.pool import SPLIT_SEED, Pool, split
from storypainter.pools.problem import Problem
from storypainter.pools.reading import read_story_rows
from storypainter.story import Story

#: The environment variable that points at a user's copy of CogBench.
COGBENCH_VARIABLE = "STORYPAINTER_COGBENCH"
POOL_NAMES = (
    "own",
    "own_train",
    "own_test",
    "cogbench",
    "cogbench_train",
    "cogbench_test",
)


class ResolvedPool(NamedTuple):
    """The name to load, and a note where it is not the name that was asked for."""

    name: str
    note: str


def load_pool(name_or_path: str, *, cogbench_path: str | Path | None = None) -> Pool:
    """Load a pool by name (:data:`POOL_NAMES`) or from a file.

    Names win over files; write ``./own`` for a file called ``own``. The ``cogbench`` names read
    ``cogbench_path`` or, where that is None, the file that ``STORYPAINTER_COGBENCH`` names:
    CogBench's description JSON or a CSV with ``img_id,story``. The names that end in ``_train``
    and ``_test`` are the two sides of :func:`split` with :data:`SPLIT_SEED`.

    Raises:
        BadInput: an unknown name, CogBench that isn't configured, a file that can't be read, a
            bad row (the first one, with its line), or no story at all.
    """
    if name_or_path not in POOL_NAMES:
        return _from_file(_path_of(name_or_path), Path(name_or_path).stem)
    family, _, side = name_or_path.partition("_")
    if family == "own":
        with as_file(files("storypainter.pools") / "own.jsonl") as path:
            pool = Pool.of("own", _stories(path), "built-in")
    else:
        configured = _cogbench(cogbench_path)
        if configured is None:
            raise BadInput(
                f"pool {name_or_path!r} needs your copy of CogBench, which is not configured",
                f"set {COGBENCH_VARIABLE} to its description JSON or CSV, or use the pool 'own'",
            )
        pool = _from_file(Path(configured), "cogbench")
    if not side:
        return pool
    train, test = split(pool, SPLIT_SEED)
    return train if side == "train" else test


def resolve_pool_name(name: str, *, cogbench_path: str | Path | None = None) -> ResolvedPool:
    """The pool to use where a ``cogbench`` name is asked for but CogBench isn't configured.

    Returns our own pool of the same side, with a note that says so; any other name, or a
    configured CogBench, comes back as it is with an empty note. Reads no file.
    """
    if name not in POOL_NAMES or not name.startswith("cogbench"):
        return ResolvedPool(name, "")
    if _cogbench(cogbench_path) is not None:
        return ResolvedPool(name, "")
    ours = name.replace("cogbench", "own", 1)
    note = (
        f"CogBench is not configured ({COGBENCH_VARIABLE}): examples come from the built-in pool "
        f"'{ours}' instead of '{name}'"
    )
    return ResolvedPool(ours, note)


def _cogbench(path: str | Path | None) -> str | Path | None:
    return path or os.environ.get(COGBENCH_VARIABLE) or None


def _path_of(name_or_path: str) -> Path:
    path = Path(name_or_path)
    if path.suffix or path.parent != Path():
        return path
    raise BadInput(
        f"unknown pool {name_or_path[:60]!r}",
        f"use one of {', '.join(POOL_NAMES)}, or the path of a .jsonl, .csv or .json file",
    )


def _from_file(path: Path, name: str) -> Pool:
    return Pool.of(name, _stories(path), str(path))


def _stories(path: Path) -> tuple[Story, ...]:
    stories: list[Story] = []
    for row in read_story_rows(path):
        if isinstance(row.content, Problem):
            raise BadInput(f"{path.name}, {row.where}: {row.content.message}", row.content.hint)
        stories.append(row.content)
    if not stories:
        raise BadInput(f"{path.name}: holds no story", "put at least one story into it")
    return tuple(stories)
