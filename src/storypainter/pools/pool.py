"""The Pool: example stories, split 3:2 and sampled by a seed.

Both the split and the sample rank stories by a hash of the seed and the story's id rather than
by ``random``: the result depends on nothing but pool content and seed, in every Python version,
and a story added to a pool disturbs only the samples that it enters.
"""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import Self

from storypainter.errors import BadInput
from storypainter.story import Story
from storypainter.value import Value, content_hash

#: The seed behind the names that end in ``_train`` and ``_test``.
SPLIT_SEED = 0


class Pool(Value):
    """Example stories, sorted by id, with distinct ids.

    ``source`` says where they come from (``built-in`` or a path); ``hash`` covers every story's
    content and nothing else. Make one with :meth:`of`.

    Ids of the form ``12:2`` mean another story about picture ``12``: such stories always fall
    on the same side of a split, and at most one of them enters a sample.
    """

    name: str
    stories: tuple[Story, ...]
    source: str
    hash: str

    @classmethod
    def of(cls, name: str, stories: tuple[Story, ...], source: str) -> Self:
        """A Pool of these stories, whatever their order.

        Raises:
            BadInput: two stories have the same id.
        """
        ordered = tuple(sorted(stories, key=lambda story: story.id))
        for one, next_one in pairwise(ordered):
            if one.id == next_one.id:
                raise BadInput(
                    f"pool {name} has two stories with the id {one.id!r}",
                    "give every story its own id",
                )
        digest = content_hash([story.to_plain() for story in ordered])
        return cls(name=name, stories=ordered, source=source, hash=digest)


def split(pool: Pool, seed: int = SPLIT_SEED) -> tuple[Pool, Pool]:
    """Split a pool 3:2 into training and test stories (the paper's ratio, section 2.4.1).

    Deterministic, disjoint and independent of file order. Counted in pictures: stories about
    the same picture stay together.

    Raises:
        BadInput: the pool has fewer than two pictures, so that one side would be empty.
    """
    groups = sorted({_picture(story.id) for story in pool.stories})
    if len(groups) < 2:
        raise BadInput(
            f"pool {pool.name} can't be split: it holds stories of {len(groups)} picture(s)",
            "a split needs stories of two or more pictures",
        )
    ranked = sorted(groups, key=lambda group: _rank("split", seed, group))
    train = frozenset(ranked[: min(len(ranked) - 1, max(1, round(len(ranked) * 3 / 5)))])

    def side(suffix: str, inside: bool) -> Pool:
        chosen = tuple(s for s in pool.stories if (_picture(s.id) in train) is inside)
        return Pool.of(f"{pool.name}_{suffix}", chosen, pool.source)

    return side("train", True), side("test", False)


def sample(pool: Pool, k: int, seed: int) -> tuple[Story, ...]:
    """Draw ``k`` different stories, about ``k`` different pictures, in random order.

    A pure function of pool content, ``k`` and ``seed``: give every item of a run its own seed.

    Raises:
        BadInput: ``k`` is negative, or the pool holds fewer than ``k`` pictures.
    """
    if k < 0:
        raise BadInput(f"can't draw {k} stories", "ask for 0 or more")
    chosen: dict[str, Story] = {}
    for story in sorted(pool.stories, key=lambda story: _rank("sample", seed, story.id)):
        if len(chosen) == k:
            break
        chosen.setdefault(_picture(story.id), story)
    if len(chosen) < k:
        raise BadInput(
            f"pool {pool.name} holds stories of {len(chosen)} picture(s), but {k} are to be drawn",
            f"use a pool with at least {k}, for example 'own'",
        )
    return tuple(chosen.values())


def _picture(story_id: str) -> str:
    return story_id.partition(":")[0]


def _rank(purpose: str, seed: int, key: str) -> bytes:
    return hashlib.blake2b(f"{purpose}\n{seed}\n{key}".encode(), digest_size=16).digest()
