"""What was told: folders of ``sequences tell``, who told them, and whom their training rewarded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storypainter.errors import BadInput
from storypainter.models.contract import Model
from storypainter.picture import Picture
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.bounded import file_bytes
from storypainter.sequences.judging.recorded import Recorded, recorded
from storypainter.sequences.judging.same_model import is_judge, plain_address
from storypainter.sequences.sets import SequenceSet, stored_picture
from storypainter.sequences.telling.rewarded import (
    FACTS,
    Provenance,
    Teller,
    provenance_of,
)
from storypainter.sequences.telling.trainings import Rewarded, chain
from storypainter.value import content_hash

__all__ = [
    "BOOK", "BOOKS", "FACTS", "MOST_SEQUENCES", "Provenance", "Rewarded", "Teller", "ToldFolder",
    "narrative_hash", "of_set", "order_of", "over", "provenance", "read_told",
    "refuse_reward_judges", "stands_over",
]  # fmt: skip

BOOKS, BOOK = "told.jsonl", "book.json"
MOST_SEQUENCES = 100_000
_MOST_BYTES = 512 * 1024 * 1024
_MOST_LINE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ToldFolder:
    """A folder of told sequences: one system of an evaluation.

    Attributes:
        name: what tables call it.
        path: where its pictures are.
        sequences: told sequences by what they were told over (see :func:`over`), in order.
        recorded: who told them, and how.
        missing: sequences that were asked for and not told.
    """

    name: str
    path: Path
    sequences: Mapping[str, Sequence]
    recorded: Recorded = field(default_factory=Recorded)
    missing: int = 0

    @property
    def teller(self) -> Teller:
        """Who told them."""
        return self.recorded.teller

    @property
    def hardly_any(self) -> bool:
        """Whether less than half of what was asked for has been told."""
        return self.missing > len(self.sequences)

    def picture_bytes(self, frame: Frame) -> bytes:
        """The file of a frame's picture, checked against its hash (BadInput where it isn't it)."""
        return stored_picture(self.path, frame.picture)


def over(sequence: Sequence) -> str:
    """What a narrative was told over: the sequence's id."""
    return sequence.id


def read_told(path: Path, name: str = "") -> ToldFolder:
    """A folder that ``sequences tell`` has written, or a ``book.json``.

    Args:
        path: the folder, or a ``book.json`` in it.
        name: what tables are to call it; else the folder's own name.

    Raises:
        BadInput: nothing was told there, a row that is no Sequence (file and line), one twice.
    """
    folder = path.parent if path.is_file() else path
    books = folder / BOOKS
    rows: dict[str, Sequence] = {}
    if path.is_file() or (not books.is_file() and (folder / BOOK).is_file()):
        file = path if path.is_file() else folder / BOOK
        one = _sequence(file_bytes(file, _MOST_LINE), str(file))
        rows[over(one)] = one
    elif books.is_file():
        for where, line in _lines(books):
            one = _sequence(line, where)
            if over(one) in rows:
                raise BadInput(f"{where}: {one.id!r} was told before in this file", "tell it once")
            rows[over(one)] = one
    else:
        raise BadInput(
            f"{str(path)[:200]} holds nothing told: no {BOOKS} and no {BOOK}",
            "give a folder made by storypainter sequences tell",
        )
    if not rows:
        raise BadInput(f"{folder} holds no told sequence", "tell some first")
    how = recorded(folder)
    return ToldFolder(
        name or folder.resolve().name, folder, rows, how, missing=max(0, how.asked - len(rows))
    )


def of_set(found: SequenceSet, part: str, name: str) -> ToldFolder:
    """The narratives that a set has already, as a system (people's, or the planner's).

    Raises:
        BadInput: there is none.
    """
    rows = {over(each): each for each in found.sequences(part) if each.narrative.strip()}
    if not rows:
        raise BadInput(
            f"no sequence of {found.path} has a narrative of its own in the part {part}",
            "leave --reference out, or name another --part",
        )
    return ToldFolder(name, found.path, rows)


def _lines(path: Path) -> Iterable[tuple[str, bytes]]:
    if path.stat().st_size > _MOST_BYTES:
        raise BadInput(f"{path} is larger than {_MOST_BYTES >> 20} MB", "evaluate fewer at once")
    with path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(_MOST_LINE + 1), b""), 1):
            if len(line) > _MOST_LINE or number > MOST_SEQUENCES:
                raise BadInput(f"{path}, line {number}: beyond the limit", "evaluate fewer at once")
            if line.strip():
                yield f"{path}, line {number}", line


def _sequence(data: bytes, where: str) -> Sequence:
    try:
        return Sequence.from_json(data)
    except BadInput as error:
        raise BadInput(f"{where}: {error.message}", "tell it again") from None


# ------------------------------------------------------------------------ whom it pleased


def provenance(told: ToldFolder, trainings: Iterable[Path] = ()) -> Provenance:
    """Whom the training of a folder's teller rewarded.

    As ``told.json`` keeps it; else as the training says that is found by the adapter's path (see
    ``telling.rewarded.provenance_of``); and those named besides, with those before them.

    Raises:
        BadInput: a ``config.toml`` that can't be read.
    """
    named = [*trainings]
    found = provenance_of(told.path, told.teller)
    rewarded = [judge for place in named for judge in chain(place)[0]]
    unknown = "" if named else found.unknown
    return Provenance(tuple(dict.fromkeys((*rewarded, *found.rewarded))), unknown)


def refuse_reward_judges(judges: Iterable[Model], told: Mapping[str, Provenance]) -> None:
    """Refuse a judge whose judgement was what the training rewarded.

    The same address, however it is written, or the same model behind another address (see
    ``same_model.py`` for what counts as the same).

    Raises:
        BadInput: which judge, and which training.
    """
    for judge in judges:
        for name, known in told.items():
            for each in known.rewarded:
                if not is_judge(judge, each):
                    continue
                other = plain_address(judge.address) != plain_address(each.address)
                raise BadInput(
                    f"{judge.address} rewarded the training of {name!r}"
                    f"{f' as {each.address}' if other else ''} "
                    f"({each.training.name}/config.toml): it can't judge what came of it",
                    "choose another --judge",
                )


# --------------------------------------------------------------------------- shuffled ones


def order_of(pictures: Iterable[Picture]) -> tuple[str, ...]:
    """The pictures' hashes, in order."""
    return tuple(each.sha256 for each in pictures)


def stands_over(sequence: Sequence, other: Sequence) -> bool:
    """Whether two told sequences have the same pictures, in whatever order."""
    one, two = (sorted(order_of(f.picture for f in each.frames)) for each in (sequence, other))
    return one == two


def narrative_hash(sequence: Sequence) -> str:
    """The hash of a narrative over its pictures: what a judge's points belong to."""
    return content_hash(
        [
            [[frame.part, frame.picture.sha256, frame.caption] for frame in sequence.frames],
            sequence.story,
            json.dumps([[each.id, each.name, each.look] for each in sequence.characters]),
        ]
    )
