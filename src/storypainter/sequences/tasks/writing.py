"""The files of a folder of tasks: rows, sequences, pictures, the card, and last the manifest.

Every file is written whole or not at all. ``dataset.json`` names the others with their hashes and
comes last: a folder with one is complete.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from storypainter.errors import BadInput, RunFolderError
from storypainter.picture import Picture
from storypainter.runs.folder import write_atomically
from storypainter.sequences.sets import MANIFEST as SET_MANIFEST
from storypainter.sequences.sets import SequenceSet, picture_file, stored_picture
from storypainter.sequences.tasks.asked import Asked
from storypainter.sequences.tasks.card import card, manifest
from storypainter.sequences.tasks.making import Made
from storypainter.sequences.tasks.rows import (
    MANIFEST,
    PARTS,
    SEQUENCES,
    lines,
    read_manifest,
    read_task_set,
)

_OURS = {"pictures", "README.md", SEQUENCES, ".DS_Store", *map("{}.jsonl".format, PARTS)}
_PICTURE = re.compile(r"[0-9a-f]{64}\.(png|jpg|webp)")


def finished(out: Path, asked: Asked) -> Mapping[str, Any] | None:
    """The manifest of a folder that has these very tasks, whole; ``None`` if they are to be made.

    Raises:
        RunFolderError: it is no folder, or some other folder with files in it.
        BadInput: other tasks are there; the message says what differs.
    """
    if not out.exists():
        return None
    if not out.is_dir():
        raise RunFolderError(f"{out} is not a folder", "choose another --out")
    there = {each.name for each in out.iterdir()}
    if MANIFEST not in there:
        strange = sorted(there - _OURS)
        strange = [each for each in strange if not each.endswith(".part")]
        if SET_MANIFEST in there or strange:
            raise RunFolderError(
                f"{out} is not empty and no folder of tasks (it holds {strange[0]!r:.80})",
                "choose a new folder for --out",
            )
        return None
    plain = read_manifest(out)
    try:
        before = Asked.model_validate(plain.get("asked"))
    except ValidationError:
        raise BadInput(
            f"{out / MANIFEST} doesn't say what was asked", "choose another --out"
        ) from None
    _refuse_other(out, before, asked)
    try:
        read_task_set(out)
    except BadInput:
        return None  # damaged since: made again, the same
    return plain


def _refuse_other(out: Path, before: Asked, asked: Asked) -> None:
    names = {"set": "set of sequences", "n": "-n", "frames_max": "--frames-max",
             "seed": "--seed", "weights": "--weights", "wordings": "version of the wordings",
             "phrases": "version of the phrases"}  # fmt: skip
    for name, called in names.items():
        one, other = getattr(before, name), getattr(asked, name)
        if one != other:
            raise BadInput(
                f"{out} has tasks of another {called} ({_told(one)}, now {_told(other)})",
                "choose another --out, or ask for the same again",
            )


def _told(value: object) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{task}={weight:g}" for task, weight in value.items())
    return str(value)[:12]


def write_tasks(made: Made, source: SequenceSet, out: Path) -> dict[str, Any]:
    """Write the tasks into their folder; returns the manifest.

    Raises:
        BadInput: a picture of the set is missing or another one by now.
        RunFolderError: the folder can't be written.
    """
    used = {key: each for part in PARTS for key, each in made.parts[part].sequences.items()}
    files = {f"{part}.jsonl": lines(made.parts[part].rows) for part in PARTS}
    files[SEQUENCES] = b"".join(each.to_json().encode() + b"\n" for each in used.values())
    plain = manifest(made, source, {name: _hash(data) for name, data in files.items()})
    files["README.md"] = card(made, source, plain).encode()
    plain["files"]["README.md"] = _hash(files["README.md"])
    _place_pictures(made, source, out)
    for name, data in files.items():
        write_atomically(out / name, data)
    write_atomically(out / MANIFEST, orjson.dumps(plain, option=orjson.OPT_INDENT_2) + b"\n")
    return plain


def _place_pictures(made: Made, source: SequenceSet, out: Path) -> None:
    """Link or copy the pictures, each checked against its hash, and remove those of before."""
    try:
        (out / "pictures").mkdir(parents=True, exist_ok=True)
        (out / MANIFEST).unlink(missing_ok=True)
        for old in (out / "pictures").iterdir():
            is_ours = _PICTURE.fullmatch(old.name) or old.name.endswith(".part")
            if is_ours and f"pictures/{old.name}" not in made.pictures:
                old.unlink()
    except OSError as error:
        raise RunFolderError(
            f"{out} can't be written: {(error.strerror or 'no').lower()}", "choose another --out"
        ) from None
    named = {
        picture_file(frame.picture.sha256, frame.picture.media_type): frame.picture
        for part in source.parts
        for each in source.sequences(part)
        for frame in each.frames
    }
    for file in made.pictures:
        _place(source.path, named[file], out / file)


def _place(folder: Path, picture: Picture, target: Path) -> None:
    data = stored_picture(folder, picture)
    try:
        if target.is_symlink() or (target.exists() and target.read_bytes() != data):
            target.unlink()
        if not target.exists():
            os.link((folder / picture.file).resolve(), target)
    except OSError:
        # Another file system, or one without links.
        write_atomically(target, data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
