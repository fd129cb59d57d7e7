"""What a folder holds already: another set, this one, or part of it, which is gone on with."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson

from storypainter.errors import BadInput, RunFolderError
from storypainter.runs.folder import write_atomically
from storypainter.sequences.building.asked import Asked, differences
from storypainter.sequences.building.assembling import Built
from storypainter.sequences.building.sources import fingerprint_of, look, name_hash
from storypainter.sequences.building.units import Read
from storypainter.sequences.building.writing import REFUSED
from storypainter.sequences.reading.choosing import Beside
from storypainter.sequences.reading.refusals import Refusal
from storypainter.sequences.sets import MANIFEST, read_set

#: What was read so far; gone when the set is complete.
WORK = "building"


def check_folder(out: Path, asked: Asked) -> None:
    """Refuse a folder that holds something else, or a set that answers another question.

    Raises:
        RunFolderError: it is no folder, or some other folder with files in it.
        BadInput: another set is there; the message says what differs.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise RunFolderError(f"{out} is not a folder", "choose another --out")
    manifest, begun = out / MANIFEST, out / WORK / "asked.json"
    there = sorted(each.name for each in out.iterdir() if each.name != ".DS_Store")
    if not manifest.is_file() and not begun.is_file():
        if there and there != [WORK]:
            raise RunFolderError(
                f"{out} is not empty and no set of sequences (it holds {there[0]!r})",
                "choose a new folder for --out",
            )
        return
    file = manifest if manifest.is_file() else begun
    try:
        told = orjson.loads(file.read_bytes())
        before = Asked.model_validate_json(
            orjson.dumps(told["asked"] if file == manifest else told)
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(
            f"{out} holds a set that sequences build did not make, or its {file.name} is damaged",
            "choose another --out",
        ) from None
    for name, one, other in differences(before, asked):
        raise BadInput(
            f"{out} was made with another {name} ({one}, now {other})",
            "choose another --out, or ask for the same again",
        )


def stored_read(out: Path, unit: str, fingerprint: str) -> Read | None:
    """What was read before a kill, if its files have not changed since."""
    path = _kept(out, unit)
    if not path.is_file():
        return None
    try:
        told = orjson.loads(path.read_bytes())
        if told["fingerprint"] != fingerprint:
            return None
        return Read.model_validate_json(orjson.dumps(told["read"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_read(out: Path, unit: str, fingerprint: str, read: Read) -> None:
    """Store what was read of a unit, so that it need not be read again after a kill."""
    answer = {"fingerprint": fingerprint, "read": read.to_plain()}
    write_atomically(_kept(out, unit), orjson.dumps(answer))


def has_read(out: Path) -> bool:
    """Whether anything was read that the same command would go on with."""
    return any(each.name not in ("asked.json", "lock") for each in (out / WORK).iterdir())


def _kept(out: Path, unit: str) -> Path:
    return out / WORK / f"{name_hash(unit)}.json"


def finished(out: Path, sources: list[Path], beside: Beside) -> Built | None:
    """The set that is there already, if it is whole and its sources have not changed."""
    if not (out / MANIFEST).is_file():
        return None
    try:
        there = read_set(out)
        looked = look(sources)
        if there.manifest.get("fingerprint") != fingerprint_of(looked.units, beside):
            return None
        if not all((out / one.picture.file).is_file() for each in there for one in each.frames):
            return None
        lines = (out / REFUSED).read_bytes().splitlines()
        refusals = tuple(Refusal.from_json(line) for line in lines)
    except (BadInput, OSError):
        return None
    return Built(there.parts, refusals, (), looked.passed_over, manifest=there.manifest)


def forget(out: Path, fresh: bool) -> None:
    """Remove what was begun, since nothing came of it."""
    shutil.rmtree(out if fresh else out / WORK, ignore_errors=True)
    if not fresh and not (out / MANIFEST).exists():
        shutil.rmtree(out / "pictures", ignore_errors=True)
