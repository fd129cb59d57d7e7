"""What a told folder records of its telling, beside who told: in which form, in which order.

``sequences tell`` writes it into ``told.json``, beside the narratives that it belongs to, and into
the run's question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput, RunFolderError
from storypainter.runs.folder import RunFolder
from storypainter.sequences.judging.same_model import plain_address
from storypainter.sequences.judging.told import ToldFolder
from storypainter.sequences.telling.rewarded import read_facts
from storypainter.sequences.telling.trainings import adapter_digest, places_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """How a folder was told.

    Attributes:
        known: whether anything is recorded; nothing is in a folder with a ``book.json`` alone.
        form: that the parts came back in; empty where it isn't recorded.
        shuffle_seed: that the pictures' order was drawn by; None for their true order.
        says_order: whether it is recorded in which order they were shown.
    """

    known: bool = False
    form: str = ""
    shuffle_seed: int | None = None
    says_order: bool = False


def recorded(folder: Path) -> Recorded:
    """What a told folder records; what ``told.json`` says goes before the run's question.

    A run that has been asked something else since has another question, and the old narratives.

    Raises:
        BadInput: a ``told.json`` that can't be read.
    """
    facts = read_facts(folder)
    wishes = facts.get("asked")
    plain = {**_question(folder), **(wishes if isinstance(wishes, Mapping) else {}), **facts}
    form, seed = plain.get("form"), plain.get("shuffle_seed")
    return Recorded(
        known=bool(plain),
        form=form if isinstance(form, str) else "",
        shuffle_seed=seed if isinstance(seed, int) else None,
        says_order="shuffle_seed" in plain,
    )


def refuse_another_telling(told: ToldFolder, other: ToldFolder) -> None:
    """Refuse what can't stand for ``told`` with its pictures shuffled.

    Raises:
        BadInput: another model, adapter or form told it, its pictures weren't shuffled, or those
            of ``told`` were.
    """
    one, two = recorded(told.path), recorded(other.path)
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


def unsaid(told: ToldFolder, other: ToldFolder) -> str:
    """A note where nobody can tell whether the same model told both; else empty."""
    silent = [str(each.path) for each in (told, other) if not recorded(each.path).known]
    if not silent:
        return ""
    return (
        f"{told.name}: who told {' and '.join(silent)} isn't recorded there: whether one model "
        "told both orders isn't known."
    )


def _question(folder: Path) -> Mapping[str, Any]:
    """The run's question; empty where there is no run."""
    try:
        with RunFolder(folder, read_only=True) as run:
            return run.spec()
    except (RunFolderError, OSError):
        return {}


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
