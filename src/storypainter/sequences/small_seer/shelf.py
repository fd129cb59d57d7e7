"""Labelled pictures on disk: made once, in pieces, by several processes, and gone on with.

    SHELF/asked.json         what was asked, written first: other wishes need another folder
    SHELF/piece-00000.npz    some pictures; each file is whole
    SHELF/pictures.json      the manifest, written last: how many, and what was left out

One plot or plan of eleven (for a set of sequences its validation part) is held out: it is measured
on and never learnt from. A set's test part is not read at all.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from storypainter.errors import BadInput, RunFolderError
from storypainter.processes import cores, process_pool
from storypainter.runs.folder import write_atomically
from storypainter.sequences.sets import read_set
from storypainter.sequences.small_seer.labels import Words
from storypainter.sequences.small_seer.pieces import (
    LEARNT,
    PLOTS,
    VERSION,
    Asked,
    Piece,
    Source,
    make_piece,
    piece_file,
    piece_of,
    read_piece,
)

ASKED, MANIFEST = "asked.json", "pictures.json"
MOST_ITEMS = 1_000_000


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
    missing = [number for number in range(count) if not piece_file(folder, number).is_file()]
    jobs = [(str(folder), asked, str(sequences) if sequences else "", each) for each in missing]
    made = count - len(missing)
    if jobs and workers == 1:
        for job in jobs:
            make_piece(job)
            made += 1
            say(f"{min(made * asked.piece, asked.items)} of {asked.items}")
    elif jobs:
        with process_pool(min(workers or cores(), len(jobs))) as pool:
            try:
                for _ in pool.map(make_piece, jobs):
                    made += 1
                    say(f"{min(made * asked.piece, asked.items)} of {asked.items}")
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    left_out: Counter[str] = Counter()
    kept = held = 0
    for number in range(count):
        found = read_piece(piece_file(folder, number))
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
    read: list[Piece] = []
    for folder in folders:
        manifest = read_manifest(folder)
        count = math.ceil(manifest["items"] / piece_of(manifest["source"]))
        read += [read_piece(piece_file(folder, number)) for number in range(count)]
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
        there = sum(len(each.frames) for part in LEARNT for each in given.parts[part])
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
