"""One file of a shelf: some pictures, made from plans, plots or a set, written, and read again."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from storypainter.errors import BadInput
from storypainter.runs.folder import write_atomically
from storypainter.sequences.sets import Part, read_set
from storypainter.sequences.small_seer.labelled import LabelledPicture, drawn, drawn_plot, painted
from storypainter.sequences.small_seer.labels import Words, labels_of_frame

#: Raised whenever the same wishes give other pictures or words.
VERSION = 2
Source = Literal["plans", "plots"]
PLANS: Source = "plans"
PLOTS: Source = "plots"
#: Items in one file: a process that is stopped loses at most so many. A plot is several pictures.
PIECE, PIECE_OF_PLOTS = 100, 25
#: Of so many planned items one is held out. The settings take turns, so this has no divisor in
#: common with their number (24): every setting is measured on.
HELD_OUT = 11
#: A set's test part is not read at all.
LEARNT: tuple[Part, ...] = ("train", "validation")
_MAX_PIECE_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be drawn.

    Attributes:
        source: ``plans``, ``plots``, or a set's hashes, which tell it apart from a changed set.
        items: how many plans or plots; of a set, pictures.
        seed: of the plans or plots, and of their layouts.
        size: of a picture in pixels, both ways.
        grid: cells across, in each of which one element is named.
    """

    source: str
    items: int
    seed: int
    size: int
    grid: int
    version: int = VERSION

    @property
    def piece(self) -> int:
        """Items in one file."""
        return piece_of(self.source)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one file holds: as :class:`~storypainter.sequences.small_seer.shelf.Shelf`, and why items were left out."""

    pixels: NDArray[np.uint8]
    owner: NDArray[np.int16]
    whole: tuple[Words, ...]
    elements: tuple[tuple[Words, ...], ...]
    held_out: NDArray[np.bool_]
    left_out: tuple[str, ...]


def piece_of(source: str) -> int:
    """Items in one file, by where they come from."""
    return PIECE_OF_PLOTS if source == PLOTS else PIECE


def piece_file(folder: Path, number: int) -> Path:
    """Where a piece lies in its shelf; numbers begin at 0."""
    return folder / f"piece-{number:05}.npz"


def make_piece(job: tuple[str, Asked, str, int]) -> None:
    """Make one piece and write it.

    Args:
        job: the shelf's folder, what was asked, the set's folder or nothing, the piece's number.

    Raises:
        RunFolderError: the folder can't be written.
    """
    folder, asked, sequences, number = job
    numbers = range(number * asked.piece, min((number + 1) * asked.piece, asked.items))
    if sequences:
        given = _of_set(Path(sequences), asked, numbers)
    else:
        given = (_of_plots if asked.source == PLOTS else _of_plans)(asked, numbers)
    pictures: list[LabelledPicture] = []
    held: list[bool] = []
    left_out: list[str] = []
    for found, apart in given:
        if isinstance(found, str):
            left_out.append(found)
        else:
            pictures.append(found)
            held.append(apart)
    words = {
        "whole": [dict(each.whole) for each in pictures],
        "elements": [[dict(one) for one in each.elements] for each in pictures],
        "left_out": left_out,
    }
    size, grid = asked.size, asked.grid
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        pixels=np.array([each.pixels for each in pictures], np.uint8).reshape(-1, size, size, 3),
        owner=np.array([each.owner for each in pictures], np.int16).reshape(-1, grid, grid),
        held_out=np.array(held, np.bool_),
        words=np.frombuffer(json.dumps(words).encode(), np.uint8),
    )
    write_atomically(piece_file(Path(folder), number), buffer.getvalue())


Found = tuple[LabelledPicture | str, bool]


def _of_plans(asked: Asked, numbers: range) -> Iterator[Found]:
    from storypainter.planner import plan

    for number in numbers:
        held = number % HELD_OUT == HELD_OUT - 1
        try:
            scene = plan(asked.seed, number).scene
            yield drawn(scene, number, asked.size, asked.grid), held
        except BadInput as error:  # what can't be drawn is not learnt from
            yield error.message[:200], held


def _of_plots(asked: Asked, numbers: range) -> Iterator[Found]:
    from storypainter.planner.plots import plan_plot

    for number in numbers:
        held = number % HELD_OUT == HELD_OUT - 1
        try:
            plot = plan_plot(asked.seed, number)
            pictures = drawn_plot(plot, asked.seed * 7919 + number, asked.size, asked.grid)
        except BadInput as error:  # what can't be drawn is not learnt from
            yield error.message[:200], held
            continue
        yield from ((each, held) for each in pictures)


def _of_set(path: Path, asked: Asked, numbers: range) -> Iterator[Found]:
    given = read_set(path)
    # Validation first, so that fewer pictures than there are still have some held out.
    frames = [
        (sequence, frame, part == "validation")
        for part in reversed(LEARNT)
        for sequence in given.parts[part]
        for frame in sequence.frames
    ]
    for number in numbers:
        sequence, frame, held = frames[number]
        try:
            data = given.picture_bytes(frame)
            labels = labels_of_frame(sequence, frame)
            yield painted(data, frame.picture.regions, labels, asked.size, asked.grid), held
        except (BadInput, OSError, ValueError) as error:
            yield f"{frame.picture.file}: {error}"[:600], held


def read_piece(path: Path) -> Piece:
    """The pictures of one file.

    Raises:
        BadInput: it is missing, damaged or too large.
    """
    try:
        if path.stat().st_size > _MAX_PIECE_BYTES:
            raise ValueError("too large")
        with np.load(path, allow_pickle=False) as found:
            words = json.loads(bytes(found["words"]))
            return Piece(
                found["pixels"],
                found["owner"],
                tuple(words["whole"]),
                tuple(tuple(each) for each in words["elements"]),
                found["held_out"],
                tuple(words["left_out"]),
            )
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise BadInput(
            f"{path} can't be read: {str(error)[:100]}", "delete that file and draw again"
        ) from None
