"""The text-only twin's tasks: the same rows, and every picture blank.

A model that is trained on them by the same commands learns all that can be known of the stories
without seeing them; what the seeing one names beyond that, it has seen.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import BadInput, RunFolderError
from storypainter.runs.folder import write_atomically
from storypainter.sequences.tasks.rows import MANIFEST, read_task_set

#: The grey of a blank picture, and its side in pixels; processors make it as large as they need.
GREY, SIDE = 128, 64


def blank_picture() -> bytes:
    """A grey PNG."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (SIDE, SIDE), (GREY, GREY, GREY)).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def blank_tasks(tasks: Path, out: Path) -> dict[str, Any]:
    """Copy a folder of tasks with every picture blank; returns its manifest.

    Rows, annotations and names of files stay, so that both trainings see the same texts in the
    same order.

    Raises:
        BadInput: no complete folder of tasks there, or ``out`` is not empty.
    """
    given = read_task_set(tasks)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(f"{out} is there already", "choose another --out, or delete it")
    grey = blank_picture()
    names = {each for row in (*given.train, *given.heldout) for each in row.images}
    try:
        for folder in {(out / name).parent for name in names}:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunFolderError(
            f"{out} can't be written: {(error.strerror or 'no').lower()}", "choose another --out"
        ) from None
    for name in sorted(names):
        write_atomically(out / name, grey)
    manifest = {**given.manifest, "blank_pictures": True, "files": dict(given.manifest["files"])}
    for name in given.manifest["files"]:
        data = (tasks / name).read_bytes()
        if name == "README.md":
            data += b"\n**Every picture is blank here**: these are the tasks of a text-only twin.\n"
        manifest["files"][name] = hashlib.sha256(data).hexdigest()
        write_atomically(out / name, data)
    write_atomically(out / MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n")
    return manifest
