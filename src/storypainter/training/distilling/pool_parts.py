"""The Pool's two parts: examples and targets come from the training part, never from the test part.

Everything that a Mini-Storyteller is later measured with has to be unseen. So the test part of the
Pool (and that of our own and of CogBench, where they are there) is held against all that could get
into a training set, and what is too close to it is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from storypainter.errors import BadInput
from storypainter.evaluators.copying_verdict import copies
from storypainter.models.contract import ModelOptions
from storypainter.models.wordllama import create
from storypainter.pools import POOL_NAMES, Pool, load_pool, split
from storypainter.pools.loading import resolve_pool_name
from storypainter.pools.ngrams import NgramIndex
from storypainter.story import Story
from storypainter.training.distilling.near_duplicates import SAME_MEANING


@dataclass(frozen=True, slots=True)
class PoolParts:
    """A Pool, split. ``named`` says whether the training part has a name of its own.

    ``held_back`` are the stories of all test parts that are there: they enter nothing.
    """

    train: Pool
    test: Pool
    named: bool
    held_back: tuple[Story, ...]


def pool_parts(name_or_path: str) -> PoolParts:
    """The parts of a Pool: a name stands for its training part, a file is split 3:2.

    Raises:
        BadInput: a Pool that can't be loaded or split, a test part, a training part with stories
            that are near duplicates of test stories (which ones).
    """
    if name_or_path.endswith("_test") and name_or_path in POOL_NAMES:
        raise BadInput(
            f"the pool {name_or_path!r} is for measuring: nothing is learnt from it",
            f"use {name_or_path.removesuffix('_test')!r}, whose training part is then taken",
        )
    if name_or_path in POOL_NAMES:
        family = name_or_path.removesuffix("_train")
        train, test = load_pool(f"{family}_train"), load_pool(f"{family}_test")
    else:
        train, test = split(load_pool(name_or_path))
    held_back = _held_back(test)
    refuse_held_back(train.stories, held_back, train.name)
    return PoolParts(train, test, name_or_path in POOL_NAMES, held_back)


def _held_back(test: Pool) -> tuple[Story, ...]:
    found = {story.text: story for story in test.stories}
    for name in ("own_test", "cogbench_test"):
        if resolve_pool_name(name).name == name:
            found |= {story.text: story for story in load_pool(name).stories}
    return tuple(found.values())


def refuse_held_back(stories: Sequence[Story], held_back: Sequence[Story], name: str) -> None:
    """Refuse stories of which one is nearly the same as a story that is held back.

    Nearly the same: it copies it by words (as ``copying`` says), or the two mean the same (cosine
    of their word vectors).

    Raises:
        BadInput: the first two that are too close, and how many are.
    """
    close = too_close(stories, held_back)
    if close:
        one, other = close[0]
        more = f" (and {len(close) - 1} more like that)" if len(close) > 1 else ""
        raise BadInput(
            f"{name}: the story {one!r} is nearly the same as the test story {other!r}{more}",
            "take it out: nothing that is tested with may be learnt from",
        )


def too_close(stories: Sequence[Story], held_back: Sequence[Story]) -> list[tuple[str, str]]:
    """The ids of stories that are nearly the same as one held back, each with that one's."""
    if not stories or not held_back:
        return []
    index = NgramIndex([story.text for story in held_back])
    embedder = create("", ModelOptions())
    wholes = embedder.embed_array([story.text for story in held_back])
    vectors = embedder.embed_array([story.text for story in stories])
    found = []
    for story, vector in zip(stories, vectors, strict=True):
        shared = index.compare(story.text)
        row = shared.longest_row()
        nearest = int(np.argmax(wholes @ vector))
        if row is not None and copies(shared.run(row).length, shared.copied(row)):
            found.append((story.id, held_back[row].id))
        elif float(wholes[nearest] @ vector) >= SAME_MEANING:
            found.append((story.id, held_back[nearest].id))
    return found


def keep_train(parts: PoolParts, path: Path) -> None:
    """Write the training part to a file, for a run that is to draw its examples from it."""
    from storypainter.runs.folder import write_atomically

    rows = "".join(story.to_json() + "\n" for story in parts.train.stories)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, rows.encode())
