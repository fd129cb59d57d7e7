"""Labelled pictures on disk: made once, in pieces, by several processes, and gone on with.

    SHELF/asked.json         what was asked, written first: other wishes need another folder
    SHELF/piece-00000.npz    some pictures; each file is whole
    SHELF/pictures.json      the manifest, written last: how many, and what was left out

A tenth of the pictures (for a set of sequences its validation part) is held out: it is measured
on and never learnt from. A set's test part is not read at all.
"""

from __future__ import annotations

import io
import json
import math
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from storypainter.errors import BadInput, RunFolderError
from storypainter.runs.folder import write_atomically
from storypainter.sequences.sets import Part, read_set
from storypainter.sequences.small_seer.labelled import LabelledPicture, drawn, drawn_plot, painted
from storypainter.sequences.small_seer.labels import Words, labels_of_frame

#: Raised whenever the same wishes give other pictures or words.
VERSION = 1
ASKED, MANIFEST = "asked.json", "pictures.json"
Source = Literal["plans", "plots"]
PLANS: Source = "plans"
PLOTS: Source = "plots"
#: Items in one file: a process that is stopped loses at most so many. A plot is several pictures.
PIECE, PIECE_OF_PLOTS = 100, 25
#: Of so many planned items one is held out.
HELD_OUT = 10
MOST_ITEMS = 1_000_000
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
        return _piece_of(self.source)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The pictures of a folder.

    Attributes:
        pixels: uint8, (n, size, size, 3).
        owner: int16, (n, grid, grid), numbers of ``elements[i]`` or -1.
        whole, elements: the words of each picture and of its elements.
        held_out: bool, (n,).
    """

    pixels: NDArray[np.uint8]
    owner: NDArray[np.int16]
    whole: tuple[Words, ...]
    elements: tuple[tuple[Words, ...], ...]
    held_out: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.pixels)

    def part(self, *, held_out: bool) -> Self:
        """The pictures to learn from, or those that are held out."""
        at = np.flatnonzero(self.held_out == held_out)
        return type(self)(
            self.pixels[at],
            self.owner[at],
            tuple(self.whole[i] for i in at),
            tuple(self.elements[i] for i in at),
            self.held_out[at],
        )


def fill(
    folder: Path,
    *,
    items: int = 0,
    seed: int = 0,
    size: int = 196,
    grid: int = 28,
    source: Source = PLOTS,
    sequences: Path | None = None,
    workers: int = 0,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Draw (or read) labelled pictures into a folder; what is there already is kept.

    Args:
        folder: of the pictures; made if it isn't there.
        items: how many plots (of 3 to 6 pictures each) or planned Scenes; of a set, at most so
            many pictures (0: all).
        seed: of the plots or plans.
        size: of a picture in pixels.
        grid: cells across the picture; a multiple of the encoder's tokens across.
        source: the planner's plots, as generated sequences show them, or its single Scenes.
        sequences: a set of sequences, instead of either.
        workers: processes; 0 is one a core.
        say: gets a line a piece.

    Returns:
        The manifest.

    Raises:
        BadInput: sizes out of range, no set there, or a folder that holds other pictures.
        RunFolderError: the folder can't be written.
    """
    if not 32 <= size <= 512 or not 2 <= grid <= 64 or size % grid:
        raise BadInput(
            f"pictures of {size} pixels can't have a grid of {grid} cells",
            "size is 32 to 512 and a multiple of grid, which is 2 to 64",
        )
    asked = _asked(folder, items, seed, size, grid, source, sequences)
    count = math.ceil(asked.items / asked.piece)
    missing = [number for number in range(count) if not _piece(folder, number).is_file()]
    jobs = [(str(folder), asked, str(sequences) if sequences else "", each) for each in missing]
    made = count - len(missing)
    if jobs and workers == 1:
        for job in jobs:
            _make(job)
            made += 1
            say(f"{min(made * asked.piece, asked.items)} of {asked.items}")
    elif jobs:
        several = min(workers or os.cpu_count() or 1, len(jobs))
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(several, mp_context=context) as pool:
            try:
                for _ in pool.map(_make, jobs):
                    made += 1
                    say(f"{min(made * asked.piece, asked.items)} of {asked.items}")
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    left_out: Counter[str] = Counter()
    kept = held = 0
    for number in range(count):
        found = _read(_piece(folder, number))
        left_out.update(found.left_out)
        kept += len(found.pixels)
        held += int(found.held_out.sum())
    manifest = {
        **asdict(asked), "kept": kept, "held_out": held, "left_out": dict(left_out.most_common(20)),
    }  # fmt: skip
    write_atomically(folder / MANIFEST, json.dumps(manifest, indent=1).encode() + b"\n")
    return manifest


def read_shelf(*folders: Path) -> Shelf:
    """The pictures of one or more folders, one after the other.

    Raises:
        BadInput: a folder that isn't complete, a damaged file, or pictures of different sizes.
    """
    read: list[_Piece] = []
    for folder in folders:
        manifest = read_manifest(folder)
        count = math.ceil(manifest["items"] / _piece_of(manifest["source"]))
        read += [_read(_piece(folder, number)) for number in range(count)]
    read = [each for each in read if len(each.pixels)]
    if not read:
        raise BadInput("there is no picture to learn from", "draw more pictures")
    if len({each.pixels.shape[1:] + each.owner.shape[1:] for each in read}) > 1:
        raise BadInput("the pictures have different sizes or grids", "draw them with the same ones")
    return Shelf(
        np.concatenate([each.pixels for each in read]),
        np.concatenate([each.owner for each in read]),
        tuple(whole for each in read for whole in each.whole),
        tuple(elements for each in read for elements in each.elements),
        np.concatenate([each.held_out for each in read]),
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a finished folder of pictures says of itself.

    Raises:
        BadInput: it has no manifest, or a damaged one.
    """
    hint = "draw pictures: storypainter sequences small-seer draw --out FOLDER"
    try:
        plain = json.loads((folder / MANIFEST).read_bytes())
    except OSError:
        raise BadInput(
            f"{folder} has no {MANIFEST}: it is no finished folder of pictures", hint
        ) from None
    except ValueError:
        raise BadInput(f"{folder / MANIFEST} is not valid JSON", hint) from None
    known = isinstance(plain, dict) and isinstance(plain.get("items"), int)
    if not known or plain.get("version") != VERSION:
        raise BadInput(f"{folder / MANIFEST} is of another version, or no manifest", hint)
    return dict(plain)


# ------------------------------------------------------------------ one piece


@dataclass(frozen=True, slots=True)
class _Piece:
    pixels: NDArray[np.uint8]
    owner: NDArray[np.int16]
    whole: tuple[Words, ...]
    elements: tuple[tuple[Words, ...], ...]
    held_out: NDArray[np.bool_]
    left_out: tuple[str, ...]


def _piece_of(source: str) -> int:
    return PIECE_OF_PLOTS if source == PLOTS else PIECE


def _piece(folder: Path, number: int) -> Path:
    return folder / f"piece-{number:05}.npz"


def _asked(
    folder: Path,
    items: int,
    seed: int,
    size: int,
    grid: int,
    planned: Source,
    sequences: Path | None,
) -> Asked:
    if sequences is None:
        if not 1 <= items <= MOST_ITEMS:
            raise BadInput(f"{items} {planned} can't be drawn", f"ask for 1 to {MOST_ITEMS:,}")
        asked = Asked(planned, items, seed, size, grid)
    else:
        given = read_set(sequences)
        hashes = given.manifest["files"]
        source = f"set {hashes['train.jsonl'][:16]} {hashes['validation.jsonl'][:16]}"
        there = sum(len(each.frames) for part in _PARTS for each in given.parts[part])
        if not there:
            raise BadInput(f"{sequences} has no sequence to learn from", "make a larger set")
        asked = Asked(source, min(items or there, there), 0, size, grid)
    text = json.dumps(asdict(asked), indent=1).encode() + b"\n"
    path = folder / ASKED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise RunFolderError(
            f"{folder} can't be written: {(error.strerror or 'no').lower()}", "choose another --out"
        ) from None
    if before and before != text:
        raise BadInput(
            f"{folder} holds pictures of other wishes ({ASKED} says which)", "choose another --out"
        )
    if not before:
        write_atomically(path, text)
    return asked


def _make(job: tuple[str, Asked, str, int]) -> None:
    """Make one piece and write it."""
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
    write_atomically(_piece(Path(folder), number), buffer.getvalue())


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


_PARTS: tuple[Part, ...] = ("train", "validation")


def _of_set(path: Path, asked: Asked, numbers: range) -> Iterator[Found]:
    given = read_set(path)
    # Validation first, so that fewer pictures than there are still have some held out.
    frames = [
        (sequence, frame, part == "validation")
        for part in reversed(_PARTS)
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


def _read(path: Path) -> _Piece:
    try:
        if path.stat().st_size > _MAX_PIECE_BYTES:
            raise ValueError("too large")
        with np.load(path, allow_pickle=False) as found:
            words = json.loads(bytes(found["words"]))
            return _Piece(
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
