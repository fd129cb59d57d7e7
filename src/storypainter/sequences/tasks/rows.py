"""Rows of the instruction-tuning tasks, in TRL's conversational form for vision (section 3.2).

A row shows one or more pictures, asks about them and gives the answer. Its files are read strictly:
they may come from anywhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, Self, TypeVar

import orjson
from pydantic import Field, StringConstraints, ValidationError, field_validator, model_validator

from storypainter.errors import BadInput
from storypainter.sequence import Sequence
from storypainter.story import Text
from storypainter.value import Value, first_problem

Task = Literal["caption", "continuation", "consistency", "emotion", "telling", "described"]
TASKS: tuple[Task, ...] = (
    "caption", "continuation", "consistency", "emotion", "telling", "described",
)  # fmt: skip
Part = Literal["train", "heldout"]
PARTS: tuple[Part, ...] = ("train", "heldout")

#: The manifest of a folder of tasks; a folder that has one is complete.
MANIFEST = "dataset.json"
#: The annotations of the sequences that rows are of.
SEQUENCES = "sequences.jsonl"
FORMAT = 1

#: The largest file of rows, and the longest row, that is read.
MAX_BYTES = 1 << 30
MAX_LINE = 8 << 20
#: The most pictures that one row may show.
MAX_IMAGES = 64

HINT = (
    'write {"id": "…", "task": "caption", "images": ["pictures/….png"], "prompt": [{"role": '
    '"user", "content": [{"type": "image"}, {"type": "text", "text": "…"}]}], "completion": '
    '[{"role": "assistant", "content": [{"type": "text", "text": "…"}]}], "sequence": "…", '
    '"frames": [0]}'
)

Said = Annotated[str, StringConstraints(pattern=r"\S")]
_FILE = re.compile(r"[^\x00-\x1f\x7f\\:]{1,512}\.(png|jpg|jpeg|webp)")


class ImagePart(Value):
    """The place of the row's next picture in a message."""

    type: Literal["image"]


class TextPart(Value):
    """A text in a message."""

    type: Literal["text"]
    text: Said


class Turn(Value):
    """One message of a conversation: pictures and texts in order."""

    role: Literal["system", "user", "assistant"]
    content: Annotated[
        tuple[Annotated[ImagePart | TextPart, Field(discriminator="type")], ...],
        Field(min_length=1),
    ]

    @property
    def images(self) -> int:
        """How many pictures the message shows."""
        return sum(isinstance(each, ImagePart) for each in self.content)

    @property
    def text(self) -> str:
        """The texts of the message, a line each."""
        return "\n".join(each.text for each in self.content if isinstance(each, TextPart))


class TaskRow(Value):
    """What is shown, asked and answered.

    Args:
        images: paths relative to the file of rows, in the order in which the prompt shows them.
        prompt: ends with a message of the user.
        completion: one message of the assistant, of text alone.
        sequence: the id of the Sequence that is asked about.
        frames: for each image the index (from 0) of its Frame in that Sequence; ``None`` for a
            picture of another Sequence that was mixed in.
        form: what the task asks here, such as ``odd one out``.
        answer: for a question with few possible answers the answer in a word, such as ``yes`` or
            ``picture 2``; else empty. The completion says it in a sentence.
    """

    id: Text
    task: Task
    images: Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_IMAGES)]
    prompt: Annotated[tuple[Turn, ...], Field(min_length=1)]
    completion: Annotated[tuple[Turn, ...], Field(min_length=1, max_length=1)]
    sequence: Text
    frames: tuple[Annotated[int, Field(ge=0)] | None, ...]
    form: str = ""
    answer: str = ""

    @field_validator("images")
    @classmethod
    def _inside(cls, images: tuple[str, ...]) -> tuple[str, ...]:
        for each in images:
            if not _FILE.fullmatch(each):
                raise ValueError(f"{each[:80]!r} is no path of a PNG, JPEG or WebP picture")
            path = PurePosixPath(each)
            if path.is_absolute() or ".." in path.parts:
                raise ValueError(f"{each[:80]!r} leads out of the folder")
        return images

    @field_validator("prompt")
    @classmethod
    def _asks(cls, prompt: tuple[Turn, ...]) -> tuple[Turn, ...]:
        if prompt[-1].role != "user":
            raise ValueError("must end with a message of the user")
        if not prompt[-1].text:
            raise ValueError("must end with a message that asks something")
        return prompt

    @field_validator("completion")
    @classmethod
    def _answers(cls, completion: tuple[Turn, ...]) -> tuple[Turn, ...]:
        if completion[0].role != "assistant":
            raise ValueError("must be a message of the assistant")
        if completion[0].images:
            raise ValueError("must be text alone")
        return completion

    @model_validator(mode="after")
    def _pictures_have_places(self) -> Self:
        places = sum(each.images for each in self.prompt)
        if places != len(self.images):
            raise ValueError(
                f"{len(self.images)} images, but {places} image parts in the prompt: "
                "each image needs one"
            )
        if len(self.frames) != len(self.images):
            raise ValueError(f"{len(self.images)} images, but {len(self.frames)} frames")
        return self

    @property
    def question(self) -> str:
        """What the user asks."""
        return self.prompt[-1].text

    @property
    def text(self) -> str:
        """What is answered."""
        return self.completion[0].text

    def plain(self) -> dict[str, Any]:
        """The row as it stands in a file, with every field."""
        return self.model_dump(mode="json")


V = TypeVar("V", TaskRow, Sequence)


@dataclass(frozen=True, slots=True)
class TaskSet:
    """A folder of tasks: rows to learn from, rows held out, and the sequences that they are of.

    A Sequence's ``Picture.file`` is relative to ``folder``, as are the rows' ``images``.
    """

    folder: Path
    manifest: Mapping[str, Any]
    train: tuple[TaskRow, ...]
    heldout: tuple[TaskRow, ...]
    sequences: Mapping[str, Sequence]

    def rows(self, part: Part, *tasks: Task) -> tuple[TaskRow, ...]:
        """The rows of a part; of these tasks alone where any is named."""
        rows = self.train if part == "train" else self.heldout
        return tuple(row for row in rows if not tasks or row.task in tasks)

    def pictures(self, row: TaskRow) -> tuple[Path, ...]:
        """The files of a row's pictures."""
        return tuple(self.folder / each for each in row.images)


def asking(images: int, text: str) -> tuple[Turn, ...]:
    """A prompt that shows so many pictures and then asks."""
    shown = tuple(ImagePart(type="image") for _ in range(images))
    return (Turn(role="user", content=(*shown, TextPart(type="text", text=text))),)


def answering(text: str) -> tuple[Turn, ...]:
    """A text as the assistant's answer."""
    return (Turn(role="assistant", content=(TextPart(type="text", text=text),)),)


def lines(rows: Iterable[TaskRow]) -> bytes:
    """Rows as a JSONL file."""
    return b"".join(orjson.dumps(row.plain()) + b"\n" for row in rows)


def read_task_rows(path: Path) -> list[TaskRow]:
    """The rows of a JSONL file, each checked, its pictures there beside the file.

    Args:
        path: such as ``train.jsonl`` of a folder of tasks.

    Raises:
        BadInput: the file can't be read or holds no row; a row is broken, has an id that was used
            before, or shows a picture that isn't there (which line, and what is wrong with it).
    """
    rows: list[TaskRow] = []
    seen: dict[str, str] = {}
    there: set[str] = set()
    for where, line in _lines(path):
        row = _parsed(TaskRow, line, where)
        if row.id in seen:
            raise BadInput(
                f"{where}: the id {row.id[:80]!r} was used before, at {seen[row.id]}",
                "give every row its own id",
            )
        seen[row.id] = where.rpartition(", ")[2]
        for each in row.images:
            if each not in there:
                _check_picture(path.parent, each, where)
                there.add(each)
        rows.append(row)
    if not rows:
        raise BadInput(f"{path.name} holds no row", HINT)
    return rows


def read_task_set(folder: Path) -> TaskSet:
    """A folder of tasks as ``storypainter sequences tasks`` writes it.

    Raises:
        BadInput: no such folder, one that isn't complete, a file that was changed since, or
            anything that :func:`read_task_rows` refuses.
    """
    manifest = read_manifest(folder)
    for name, known in manifest["files"].items():
        _check_file(folder / name, known)
    # A small set may have nothing to hold out: its file is empty, and no row is missing.
    counts = manifest["rows"]
    parts = {
        part: read_task_rows(folder / f"{part}.jsonl") if counts[part] else [] for part in PARTS
    }
    sequences = {}
    for where, line in _lines(folder / SEQUENCES):
        sequence = _parsed(Sequence, line, where)
        sequences[sequence.id] = sequence
    return TaskSet(folder, manifest, tuple(parts["train"]), tuple(parts["heldout"]), sequences)


def read_manifest(folder: Path) -> dict[str, Any]:
    """``dataset.json`` of a folder of tasks.

    Raises:
        BadInput: it isn't there, or is no such manifest.
    """
    path = folder / MANIFEST
    hint = "make the tasks: storypainter sequences tasks SET --out TASKS"
    try:
        plain = orjson.loads(path.read_bytes())
    except OSError:
        raise BadInput(f"{folder} is no folder of tasks: it has no {MANIFEST}", hint) from None
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{path}: not valid JSON ({error.msg})", hint) from None
    if not isinstance(plain, dict) or plain.get("tasks_of_sequences") != FORMAT:
        raise BadInput(f"{path} is not a manifest of tasks (format {FORMAT})", hint)
    rows, files = plain.get("rows"), plain.get("files")
    if not isinstance(rows, dict) or not all(isinstance(rows.get(each), int) for each in PARTS):
        raise BadInput(f"{path}: rows: must count train and heldout", hint)
    if not isinstance(files, dict) or not set(files) >= {SEQUENCES, *map("{}.jsonl".format, PARTS)}:
        raise BadInput(f"{path}: files: must name the rows and {SEQUENCES}", hint)
    strange = next((each for each in files if "/" in each or each.startswith(".")), None)
    if strange is not None:
        raise BadInput(f"{path}: files: {strange[:80]!r} is no file of this folder", hint)
    return plain


def _parsed(form: type[V], line: bytes, where: str) -> V:
    try:
        return form.model_validate_json(line)
    except ValidationError as error:
        hint = HINT if form is TaskRow else "make the tasks again"
        raise BadInput(f"{where}: {first_problem(error)}", hint) from None


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """The lines of a file as (``train.jsonl, line 3``, bytes); empty ones are passed over."""
    try:
        if not path.is_file():
            kind = "is not a regular file" if path.exists() else "does not exist"
            raise BadInput(f"{path} {kind}", "check the path")
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"{path.name}: larger than 1 GB", "train on a part of it")
        with path.open("rb") as file:
            number = 0
            while line := file.readline(MAX_LINE + 1):
                number += 1
                where = f"{path.name}, line {number}"
                if len(line) > MAX_LINE:
                    raise BadInput(f"{where}: longer than 8 MB", HINT)
                if line.strip():
                    yield where, line
    except OSError as error:
        raise BadInput(
            f"{path}: can't be read: {(error.strerror or 'no').lower()}", "check the path"
        ) from None


def _check_picture(folder: Path, name: str, where: str) -> None:
    path = folder / name
    if not path.is_file():
        raise BadInput(
            f"{where}: no picture {name[:80]!r} in {folder}", "copy the pictures as well"
        )
    if not path.resolve().is_relative_to(folder.resolve()):
        raise BadInput(
            f"{where}: the picture {name[:80]!r} lies outside {folder}", "copy it inside"
        )


def _check_file(path: Path, known: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise BadInput(
            f"{path} is named by {MANIFEST} and not there", "make the tasks again"
        ) from None
    if found != known:
        raise BadInput(
            f"{path} was changed since {MANIFEST} was written",
            "make the tasks again, in a new folder",
        )
