"""Making a set of sequences: plots planned and drawn, unlimited, free, and true to their pictures.

Sequence ``k`` of a seed is the same however many are asked for. Finished ones are kept line by line in
``making.jsonl``, so the same command goes on where it was stopped; a set that is done is extended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from storypainter.errors import BadInput, RunFolderError
from storypainter.processes import cores, process_pool
from storypainter.runs.folder import write_atomically
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.making_card import card
from storypainter.sequences.sets import (
    MANIFEST,
    keep_picture,
    lock_set,
    read_set,
    split_by_source,
    write_set,
)

if TYPE_CHECKING:
    from storypainter.planner.plots import Plot, Wishes

#: Part of what a set is made with: raised whenever the same command would make other sequences.
VERSION = "1"
LICENCE = "CC0-1.0"
#: What is done so far, beside the set that is being made.
LOG = "making.jsonl"
LOCK = "making.lock"
SMALLEST, LARGEST = 32, 4096
#: Of what identifies a set, the versions of what makes it; the rest are options.
_VERSIONS = {"version": "version of making", "plots": "version of plots", "ink": "version of ink"}
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a set: seed, wishes for its plots, size of its pictures, style of the drawing."""

    seed: int = 0
    settings: tuple[str, ...] = ()
    moments: tuple[int, int] = (3, 6)
    people: tuple[int, int] = (2, 4)
    size: int = 512
    style: str = "flat"

    @property
    def wishes(self) -> Wishes:
        """The wishes for its plots."""
        from storypainter.planner.plots import Wishes

        return Wishes(self.settings, self.moments, self.people)

    def to_plain(self) -> dict[str, Any]:
        """What identifies the set, with the versions of all that makes it."""
        from storypainter import ink
        from storypainter.planner.plots import version

        return {
            "version": VERSION,
            "plots": version(),
            "ink": ink.VERSION,
            "seed": self.seed,
            "settings": list(self.settings),
            "moments": list(self.moments),
            "people": list(self.people),
            "size": self.size,
            "style": self.style,
        }


@dataclass(frozen=True, slots=True)
class Made:
    """A finished set: its manifest, how many sequences are new, and what the painter reported."""

    manifest: dict[str, Any]
    new: int
    reported: int


def make(
    out: Path,
    count: int,
    asked: Asked,
    *,
    workers: int = 0,
    done: Callable[[int, int], object] = lambda finished, of: None,
) -> Made:
    """Make a set of ``count`` sequences in a folder, or go on with one.

    Args:
        out: the set's folder.
        count: how many sequences the set is to have, 1 to 1,000,000.
        asked: what they are to be like.
        workers: drawing processes; 0: one for each core, at most 8.
        done: is told how many of how many are finished, as they finish.

    Raises:
        BadInput: wishes that no plot grants, a size or a style that can't be drawn; the folder
            holds another set, or more sequences than are asked for.
        RunFolderError: the folder is in use or can't be written, or a drawing process died.
    """
    _check(count, asked)
    plain = asked.to_plain()
    have = _finished(out, plain)
    if any(index >= count for index in have) and (out / MANIFEST).exists():
        raise BadInput(
            f"{out} has {len(have)} sequences already, more than {count}",
            "ask for as many or more, or choose another --out",
        )
    if all(index in have for index in range(count)) and (out / MANIFEST).exists():
        manifest = dict(read_set(out).manifest)
        return Made(manifest, 0, manifest.get("reported", 0))
    with lock_set(out / LOCK, out):  # two processes would write one log
        return _go_on(out, count, asked, workers, done)


def _go_on(
    out: Path, count: int, asked: Asked, workers: int, done: Callable[[int, int], object]
) -> Made:
    """Make what isn't there yet, and the set of all."""
    plain = asked.to_plain()
    have = _finished(out, plain)
    left = [index for index in range(count) if index not in have]
    _begin(out, plain)
    done(count - len(left), count)
    for index, sequence, reported in _made(out, left, asked, workers):
        have[index] = (sequence, reported)
        _append(out, {"index": index, "reported": reported, "row": sequence.to_plain()})
        done(sum(each < count for each in have), count)
    rows = [have[index][0] for index in range(count)]
    reported = sum(have[index][1] for index in range(count))
    manifest = write_set(
        out,
        split_by_source(rows, asked.seed),
        seed=asked.seed,
        licence=LICENCE,
        more={
            "making": plain,
            "reported": reported,
            "indices": {r.id: i for i, r in enumerate(rows)},
        },
        card=card,
    )
    (out / LOG).unlink(missing_ok=True)
    return Made(manifest, len(left), reported)


def sequence_of(plot: Plot, asked: Asked, seed: int, out: Path) -> tuple[Sequence, int]:
    """A plot drawn into a set's folder, as a Sequence; and how much the painter reported."""
    from storypainter.ink.series import draw_story

    drawn = draw_story(
        [m.scene for m in plot.moments], size=asked.size, seed=seed, style=asked.style
    )
    frames = []
    for moment, each in zip(plot.moments, drawn, strict=True):
        picture = keep_picture(out, each.png, "image/png", (asked.size, asked.size), "ink")
        frames.append(
            Frame(
                picture=picture.model_copy(update={"reports": each.reports}),
                caption=moment.caption,
                part=moment.part,
                event=moment.event,
                place=moment.place,
                time=moment.time,
                shown=moment.shown,
            )
        )
    sequence = Sequence(
        id=plot.id,
        kind="generated",
        source=plot.id,
        title=plot.title,
        licence=LICENCE,
        characters=plot.characters,
        frames=tuple(frames),
        causes=plot.causes,
    )
    return sequence, sum(len(each.reports) for each in drawn)


def _check(count: int, asked: Asked) -> None:
    from storypainter.ink.style_words import read_style
    from storypainter.planner.plots import plan_plot

    if not 1 <= count <= MOST:
        raise BadInput(f"{count} sequences can't be made", f"ask for 1 to {MOST:,}")
    if not SMALLEST <= asked.size <= LARGEST:
        raise BadInput(
            f"pictures of {asked.size} pixels can't be drawn", f"use {SMALLEST} to {LARGEST}"
        )
    read_style(asked.style)
    plan_plot(asked.seed, 0, asked.wishes)


# ---------------------------------------------------------------------- what is done already


def _finished(out: Path, plain: dict[str, Any]) -> dict[int, tuple[Sequence, int]]:
    """The sequences of a folder that this command has made so far, by index."""
    if (out / LOG).exists():
        return dict(_logged(out, plain))
    if not (out / MANIFEST).exists():
        if out.exists() and (not out.is_dir() or any(p.name != LOCK for p in out.iterdir())):
            raise BadInput(f"{out} is no empty folder", "choose another --out")
        return {}
    known = read_set(out)
    _check_same(known.manifest.get("making"), plain, f"{out} holds a set that was made otherwise")
    indices = known.manifest.get("indices", {})
    return {
        indices[each.id]: (each, sum(len(frame.picture.reports) for frame in each.frames))
        for each in known
    }


def _logged(out: Path, plain: dict[str, Any]) -> Iterator[tuple[int, tuple[Sequence, int]]]:
    """What ``making.jsonl`` holds; a last line that a kill tore is left out."""
    try:
        lines = (out / LOG).read_bytes().split(b"\n")[:-1]
    except OSError as error:
        raise RunFolderError(f"{out / LOG} can't be read: {error.strerror}", "check it") from None
    for number, line in enumerate(lines, 1):
        try:
            row = orjson.loads(line)
            if number == 1:
                otherwise = f"{out} is a set that is being made otherwise"
                _check_same(row["making"], plain, otherwise)
                continue
            sequence = Sequence.model_validate(row["row"])
            if all((out / frame.picture.file).is_file() for frame in sequence.frames):
                yield row["index"], (sequence, row["reported"])
        except (ValueError, KeyError, TypeError):
            raise BadInput(
                f"{LOG}, line {number}: no sequence", "remove the folder and make the set again"
            ) from None


def _check_same(before: object, now: Mapping[str, Any], otherwise: str) -> None:
    """Refuse to go on with a set that another command, or another version, makes.

    Raises:
        BadInput: naming each difference, as ``seed: was 0, now 1``.
    """
    if not isinstance(before, dict):
        raise BadInput(f"{otherwise}: not by sequences make", "choose another --out")
    differ = [key for key in {**before, **now} if before.get(key) != now.get(key)]
    if not differ:
        return
    told = "; ".join(
        f"{_VERSIONS.get(key, key)}: was {_shown(before.get(key))}, now {_shown(now.get(key))}"
        for key in differ
    )
    hint = "choose another --out"
    if not _VERSIONS.keys() & set(differ):  # else no options make the same set again
        hint = f"give the same options as then, or {hint}"
    raise BadInput(f"{otherwise}: {told}", hint)


def _shown(value: object) -> str:
    """What was asked, as options have it: ``3-6``, ``park, beach``."""
    if isinstance(value, list) and value and all(isinstance(each, int) for each in value):
        return "-".join(map(str, dict.fromkeys(value)))
    if isinstance(value, list):
        return ", ".join(map(str, value))[:100] or "any"
    return "none" if value is None else str(value)[:80]


def _begin(out: Path, plain: dict[str, Any]) -> None:
    """The log with its first line; of a finished set that is extended, with all of its rows."""
    if (out / LOG).exists():
        data = (out / LOG).read_bytes()
        if not data.endswith(b"\n"):  # torn by a kill
            write_atomically(out / LOG, data[: data.rfind(b"\n") + 1])
        return
    lines = [orjson.dumps({"making": plain})]
    for index, (sequence, reported) in sorted(_finished(out, plain).items()):
        row = {"index": index, "reported": reported, "row": sequence.to_plain()}
        lines.append(orjson.dumps(row))
    write_atomically(out / LOG, b"\n".join(lines) + b"\n")


def _append(out: Path, row: dict[str, Any]) -> None:
    try:
        with (out / LOG).open("ab", buffering=0) as file:
            file.write(orjson.dumps(row) + b"\n")
    except OSError as error:
        raise RunFolderError(
            f"{out / LOG} can't be written: {(error.strerror or 'no').lower()}",
            "make room, then run the same command again",
        ) from None


# ---------------------------------------------------------------------- drawing in processes


def _made(
    out: Path, indices: list[int], asked: Asked, workers: int
) -> Iterator[tuple[int, Sequence, int]]:
    """The sequences of some indices, as they are finished."""
    if workers == 1 or len(indices) == 1:
        for index in indices:
            yield (index, *_make_one(index, asked, out))
        return
    workers = workers or cores()
    pool = process_pool(workers)
    waiting: dict[Future[tuple[Sequence, int]], int] = {}
    rest = iter(indices)
    try:
        while True:
            for index in rest:
                waiting[pool.submit(_make_one, index, asked, out)] = index
                if len(waiting) >= 2 * workers:
                    break
            if not waiting:
                return
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                yield (waiting.pop(future), *future.result())
    except BrokenProcessPool:
        raise RunFolderError(
            "a drawing process died", "see whether memory ran out, then run the same command again"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _make_one(index: int, asked: Asked, out: Path) -> tuple[Sequence, int]:
    from storypainter.planner.plots import plan_plot

    plot = plan_plot(asked.seed, index, asked.wishes)
    return sequence_of(plot, asked, asked.seed * 7919 + index, out)
