"""Order sensitivity: the same pictures in another order must make another narrative.

The same model tells the same pictures shuffled. What it told at position k is then held against
the picture that truly stands at position k: a teller that looks at its pictures and their order
loses by it, one that tells the same story whatever it sees doesn't.
"""

from __future__ import annotations

import random

from storypainter.errors import BadInput
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.judging.told import ToldFolder, stands_over
from storypainter.value import content_hash

_TRIES = 100


def shuffled(sequence: Sequence, seed: int) -> Sequence:
    """A sequence with its frames in another order, the same for the same seed.

    As many frames as possible stand elsewhere: all of them from two frames on, where the pictures
    differ. Causes are left out, since they lead from earlier to later pictures.
    """
    count = len(sequence.frames)
    chance = random.Random(content_hash([seed, sequence.id]))
    best = list(range(count))
    fixed = count
    for _ in range(_TRIES):
        order = chance.sample(range(count), count)
        same = sum(at == place for place, at in enumerate(order))
        if same < fixed:
            best, fixed = order, same
        if not fixed:
            break
    return sequence.model_copy(
        update={"frames": tuple(sequence.frames[at] for at in best), "causes": ()}
    )


def told_in_disorder(told: ToldFolder, other: ToldFolder) -> dict[str, Sequence]:
    """What ``other`` told over shuffled pictures, part by part over the pictures in true order.

    Returns:
        by id, for each sequence that both told over the same pictures in another order.

    Raises:
        BadInput: they share none, or ``other`` wasn't shuffled.
    """
    found: dict[str, Sequence] = {}
    same_order = 0
    for key, one in told.sequences.items():
        two = other.sequences.get(key)
        if two is None or not stands_over(one, two):
            continue
        if [f.picture.sha256 for f in one.frames] == [f.picture.sha256 for f in two.frames]:
            same_order += 1
            continue
        frames: list[Frame] = [
            frame.model_copy(update={"part": there.part})
            for frame, there in zip(one.frames, two.frames, strict=True)
        ]
        found[key] = one.model_copy(update={"frames": tuple(frames), "story": ""})
    if not found:
        why = (
            f"its {same_order} shared sequences have their pictures in the same order"
            if same_order
            else "they share no sequence of the same pictures"
        )
        raise BadInput(
            f"{other.path} doesn't tell {told.name}'s pictures shuffled: {why}",
            "tell the same set again with sequences tell --shuffle-seed N",
        )
    return found
