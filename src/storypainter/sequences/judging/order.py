"""Order sensitivity: the same pictures in another order must make another narrative.

The same model tells the same pictures shuffled. What it told at position k is then held against
the picture that truly stands at position k: a teller that looks at its pictures and their order
loses by it, one that tells the same story whatever it sees doesn't.
"""

from __future__ import annotations

import random

from storypainter.errors import BadInput
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.judging.same_model import plain_address
from storypainter.sequences.judging.told import ToldFolder, stands_over
from storypainter.sequences.telling.trainings import adapter_digest, places_of
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


# ------------------------------------------------------------------ one teller told both


def refuse_another_telling(told: ToldFolder, other: ToldFolder) -> None:
    """Refuse what can't stand for ``told`` with its pictures shuffled.

    Raises:
        BadInput: another model, adapter, form or way of looking told it, its pictures weren't
            shuffled, or those of ``told`` were.
    """
    one, two = told.recorded, other.recorded
    if one.shuffle_seed is not None:
        raise BadInput(
            f"{told.path} itself was told with its pictures shuffled (--shuffle-seed "
            f"{one.shuffle_seed}): it isn't the true order beside {other.path}",
            "give what was told in true order as TOLD, and the other with --shuffled",
        )
    if two.says_order and two.shuffle_seed is None:
        raise BadInput(
            f"{other.path} wasn't told with its pictures shuffled",
            "tell the same set again with sequences tell --shuffle-seed N",
        )
    if not (one.known and two.known):
        return
    if not _same_model(told, other) or not _same_adapter(told, other):
        by, theirs = _teller(told), _teller(other)
        if by == theirs:  # the path is the same, the weights aren't
            theirs += " as it was at another time (its weights have another hash)"
        raise BadInput(
            f"{other.path} was told by {theirs}, and {told.path} by {by}: order sensitivity "
            "compares a teller with itself",
            "tell both with the same --model and --adapter",
        )
    if one.form and two.form and one.form != two.form:
        raise BadInput(
            f"{other.path} was told in the form {two.form}, and {told.path} in {one.form}",
            "tell both with the same --form",
        )
    if one.look_first != two.look_first:
        looking, not_looking = (told, other) if one.look_first else (other, told)
        raise BadInput(
            f"{looking.path} was told with --look-first, and {not_looking.path} without",
            "tell both in the same way",
        )


def unsaid(told: ToldFolder, other: ToldFolder) -> str:
    """A note where nobody can tell whether the same model told both; else empty."""
    silent = [str(each.path) for each in (told, other) if not each.recorded.known]
    if not silent:
        return ""
    return (
        f"{told.name}: who told {' and '.join(silent)} isn't recorded there: whether one model "
        "told both orders isn't known."
    )


def _teller(told: ToldFolder) -> str:
    model, adapter = told.teller.model or "no model", told.teller.adapter
    return f"{model} with the adapter {adapter}" if adapter else model


def _same_model(told: ToldFolder, other: ToldFolder) -> bool:
    return _address(told) == _address(other)


def _address(told: ToldFolder) -> str:
    """The model's address in one spelling: a folder's by where it lies."""
    provider, _, name = told.teller.model.partition("/")
    lies = next((place for place in places_of(told.path, name) if place.is_dir()), None)
    return f"{provider}/{lies.resolve()}" if lies else plain_address(told.teller.model)


def _same_adapter(told: ToldFolder, other: ToldFolder) -> bool:
    """By the hashes that were kept, else by the paths as typed, else by what lies there now."""
    one, two = told.teller, other.teller
    if one.digest and two.digest:
        return one.digest == two.digest
    if one.adapter == two.adapter:
        return True
    digest = _digest(told)
    return bool(digest) and digest == _digest(other)


def _digest(told: ToldFolder) -> str:
    """The adapter's hash as it was kept, else of the files where it lies; empty where none do."""
    if told.teller.digest:
        return told.teller.digest
    lies = [
        p / inner for p in places_of(told.path, told.teller.adapter) for inner in ("", "adapter")
    ]
    return next(filter(None, map(adapter_digest, lies)), "")
