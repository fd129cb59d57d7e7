"""Ratings in a run folder: ``ratings.jsonl``, one imported Rating a line, written whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storypainter.errors import BadInput, RunFolderError
from storypainter.ratings.scale import Imported
from storypainter.runs.folder import RunFolder, write_atomically

FILE_NAME = "ratings.jsonl"


@dataclass(frozen=True, slots=True)
class Added:
    """What an import did: ratings that were new, that were there already, that replaced others."""

    new: int
    known: int
    replaced: int
    total: int


def stored_ratings(folder: RunFolder) -> tuple[Imported, ...]:
    """The ratings of a run, in the order in which they were imported.

    Raises:
        RunFolderError: the file is damaged.
    """
    path = folder.path / FILE_NAME
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found.append(Imported.from_json(line))
        except BadInput as error:
            raise RunFolderError(
                f"{path}, line {number}: {error.message}", "import the ratings again"
            ) from None
    return tuple(found)


def store_ratings(
    folder: RunFolder, ratings: Sequence[Imported], items: set[str], *, replace: bool = False
) -> Added:
    """Add ratings to a run; what is there already is not added again.

    A slot (item, rater, name, occasion) holds one rating: the same value once more is nothing
    new, another value is an error unless ``replace``.

    Args:
        folder: the run, open for writing.
        ratings: what to add.
        items: the ids of the run's items.
        replace: let a later value take the place of an earlier one.

    Raises:
        BadInput: a rating of an item that the run doesn't have, or a contradiction.
    """
    kept = {each.slot: each for each in stored_ratings(folder)}
    new = known = replaced = 0
    for each in ratings:
        if each.rating.item not in items:
            raise BadInput(
                f"{each.source}: {each.rating.item!r} is no item of {folder.path}",
                "see the items: storypainter runs show RUN; ratings of a sheet need its --key",
            )
        before = kept.get(each.slot)
        if before is None:
            new += 1
        elif before.rating == each.rating:
            known += 1
            continue
        elif replace:
            replaced += 1
        else:
            raise BadInput(
                f"{each.source}: {each.rating.rater!r} gave {each.rating.item!r} "
                f"{each.rating.value:g}, but {before.rating.value:g} in {before.source}",
                "let the new values count with --replace, or number repeats in a column occasion",
            )
        kept[each.slot] = each
    if new or replaced:
        lines = b"".join(each.to_json().encode() + b"\n" for each in kept.values())
        write_atomically(folder.path / FILE_NAME, lines)
    return Added(new, known, replaced, len(kept))
