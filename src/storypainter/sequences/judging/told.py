"""What was told: folders of ``sequences tell``, who told them, and whom their training rewarded."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import BadInput, RunFolderError
from storypainter.models.catalog import parse_address
from storypainter.models.contract import Model
from storypainter.models.local_files import folder_sha256
from storypainter.picture import Picture
from storypainter.runs.folder import RunFolder
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.sets import SequenceSet, stored_picture
from storypainter.value import content_hash

BOOKS, BOOK, FACTS = "told.jsonl", "book.json", "told.json"
MOST_SEQUENCES = 100_000
_MOST_BYTES = 512 * 1024 * 1024
_MOST_LINE = 16 * 1024 * 1024
_LONGEST_CHAIN = 16  # trainings that went on from one another
_MOST_NEIGHBOURS = 1_000
_MOST_FACTS = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Teller:
    """Who told: the model's address, its adapter's folder, and what the folder of a set says.

    ``model`` is empty for narratives that the sequences had already (people's, the planner's).
    """

    model: str = ""
    adapter: str = ""


@dataclass(frozen=True, slots=True)
class ToldFolder:
    """A folder of told sequences: one system of an evaluation.

    Attributes:
        name: what tables call it.
        path: where its pictures are.
        sequences: told sequences by what they were told over (see :func:`over`), in order.
        teller: who told them.
        missing: sequences that were asked for and not told.
    """

    name: str
    path: Path
    sequences: Mapping[str, Sequence]
    teller: Teller = field(default_factory=Teller)
    missing: int = 0

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
        one = _sequence(_bytes(file, _MOST_LINE), str(file))
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
    return ToldFolder(
        name or folder.resolve().name, folder, rows, _teller(folder), _missing(folder, len(rows))
    )


def of_set(found: SequenceSet, part: str, name: str) -> ToldFolder:
    """The narratives that a set has already, as a system (people's, or the planner's)."""
    rows = {over(each): each for each in found.sequences(part) if each.narrative.strip()}
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


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "the path is not valid").lower()
        raise BadInput(f"{path} can't be read: {reason}", "check the path") from None
    if len(data) > most:
        raise BadInput(f"{path} is larger than {most >> 20} MB", "give another file")
    return data


def _sequence(data: bytes, where: str) -> Sequence:
    try:
        return Sequence.from_json(data)
    except BadInput as error:
        raise BadInput(f"{where}: {error.message}", "tell it again") from None


def _teller(folder: Path) -> Teller:
    """Who told: from the run's question, else from ``told.json``."""
    try:
        with RunFolder(folder, read_only=True) as run:
            asked = run.spec()
        if asked:
            return Teller(str(asked.get("model") or ""), str(asked.get("adapter") or ""))
    except (RunFolderError, OSError):
        pass
    facts = _facts(folder)
    return Teller(str(facts.get("model") or ""), str(facts.get("adapter") or ""))


def _facts(folder: Path) -> Mapping[str, Any]:
    path = folder / FACTS
    if not path.is_file():
        return {}
    try:
        plain = orjson.loads(_bytes(path, _MOST_FACTS))
    except orjson.JSONDecodeError:
        raise BadInput(f"{path} is not valid JSON", "tell the sequences again") from None
    return plain if isinstance(plain, dict) else {}


def _missing(folder: Path, told: int) -> int:
    """How many were asked for and are not there."""
    try:
        with RunFolder(folder, read_only=True) as run:
            asked = run.spec().get("n")
    except (RunFolderError, OSError):
        return 0
    return max(0, asked - told) if isinstance(asked, int) else 0


# ------------------------------------------------------------------------ whom it pleased


@dataclass(frozen=True, slots=True)
class Rewarded:
    """A training that rewarded by a judge: its folder, the judge's address and what it is."""

    training: Path
    address: str
    model: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The reward judges behind a told folder, and what couldn't be found out."""

    rewarded: tuple[Rewarded, ...] = ()
    unknown: str = ""


def provenance(told: ToldFolder, trainings: Iterable[Path] = ()) -> Provenance:
    """Whom the training of a folder's teller rewarded.

    Looked for in the ``config.toml`` of the training whose ``adapter/`` told (or, without an
    adapter, of the folder that the address names), of those that it went on from, found among
    its neighbours by their adapter's hash, and of those named besides.

    Raises:
        BadInput: a ``config.toml`` that can't be read.
    """
    named = [*trainings]
    rewarded = [judge for place in named for judge in _reward_judges(place, _config(place))]
    unknown = ""
    adapter = told.teller.adapter or _folder_named(told.teller.model)
    start = (
        next((each for each in _around(Path(adapter)) if _is_training(each)), None)
        if adapter
        else None
    )
    if start is not None:
        found, whole = _chain(start)
        rewarded += found
        if not whole and not named:
            unknown = (
                f"the training {start.name!r} went on from an adapter whose own training isn't "
                "beside it: whether one of these judges rewarded that one isn't known (name it "
                "with --training)"
            )
    elif told.teller.adapter and not named:
        unknown = (
            f"the training of the adapter {Path(told.teller.adapter).name!r} isn't there any "
            "more: whether it was rewarded by one of these judges isn't known (name it with "
            "--training)"
        )
    return Provenance(tuple(dict.fromkeys(rewarded)), unknown)


def _folder_named(address: str) -> str:
    """The folder that an address such as ``transformers/runs/merged`` names; empty if none."""
    name = address.partition("/")[2]
    return name if name and Path(name).is_dir() else ""


def _around(adapter: Path) -> tuple[Path, ...]:
    """Where the training's folder may be: the adapter's own, or the one that it lies in."""
    whole = adapter.absolute()
    return (whole, whole.parent, whole.parent.parent)


def _is_training(folder: Path) -> bool:
    return (folder / "config.toml").is_file()


def _chain(start: Path) -> tuple[list[Rewarded], bool]:
    """The reward judges of a training and of those before it; whether all were found."""
    found: list[Rewarded] = []
    place: Path | None = start
    for _ in range(_LONGEST_CHAIN):
        if place is None:
            return found, False
        config = _config(place)
        found += _reward_judges(place, config)
        asked = config.get("asked")
        before = asked.get("from_adapter") if isinstance(asked, Mapping) else None
        if not before:
            return found, True
        place = _training_of(str(before), place.parent)
    return found, False


def _training_of(digest: str, folder: Path) -> Path | None:
    """The training in a folder whose adapter has this hash (see ``local_files.folder_sha256``)."""
    for neighbour in sorted(folder.iterdir())[:_MOST_NEIGHBOURS]:
        adapter = neighbour / "adapter"
        files = [adapter / "adapter_config.json", adapter / "adapter_model.safetensors"]
        if not _is_training(neighbour) or not all(file.is_file() for file in files):
            continue
        if folder_sha256(adapter, files) == digest:
            return neighbour
    return None


def _config(training: Path) -> Mapping[str, Any]:
    path = training / "config.toml" if training.is_dir() else training
    try:
        return tomllib.loads(_bytes(path, 4 * 1024 * 1024).decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise BadInput(f"{path} is no training's config.toml", "check --training") from None


def _reward_judges(training: Path, config: Mapping[str, Any]) -> list[Rewarded]:
    said = config.get("reward_judge")
    folder = training if training.is_dir() else training.parent
    if isinstance(said, str):
        return [Rewarded(folder, said)] if said else []
    if isinstance(said, Mapping) and isinstance(said.get("address"), str):
        earlier = said.get("earlier", ())
        return [
            Rewarded(folder, said["address"], str(said.get("model_model") or "")),
            *(Rewarded(folder, each) for each in earlier if isinstance(each, str)),
        ]
    return []


def refuse_reward_judges(judges: Iterable[Model], told: Mapping[str, Provenance]) -> None:
    """Refuse a judge whose judgement was what the training rewarded.

    The same address, however it is written, or the same model behind another address.

    Raises:
        BadInput: which judge, and which training.
    """
    for judge in judges:
        address, model = _plain(judge.address), str(judge.identity.get("model", "")).casefold()
        for name, known in told.items():
            for each in known.rewarded:
                same = model and each.model and model == each.model.casefold()
                if address == _plain(each.address) or same:
                    raise BadInput(
                        f"{judge.address} rewarded the training of {name!r} "
                        f"({each.training.name}/config.toml): it can't judge what came of it",
                        "choose another --judge",
                    )


def _plain(address: str) -> str:
    try:
        return str(parse_address(address)).casefold()
    except BadInput:
        return address.strip().casefold()


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
