"""Video clips: a key frame of each scene, with the subtitles that are shown during it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from storypainter.sequences.reading.apart import read_apart
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.pictures import MAX_BYTES, Checked, checked
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.subtitles import aligned, beside, read_subtitles
from storypainter.sequences.reading.texts import clock, file_bytes, plain
from storypainter.sequences.reading.wishes import MAX_VIDEO_BYTES, Wishes

SUFFIXES = (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".ogv", ".mpg", ".mpeg")
#: First bytes of containers, at an offset. A "video" that is text may be a playlist of addresses.
_CONTAINERS = (
    (4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (4, b"wide"), (4, b"free"), (4, b"skip"),
    (0, b"\x1aE\xdf\xa3"), (8, b"AVI "), (0, b"OggS"), (0, b"\x00\x00\x01\xba"),
    (0, b"\x00\x00\x01\xb3"),
)  # fmt: skip


def read_video(
    path: Path, name: str, wishes: Wishes, subtitles: Path | None = None
) -> Iterator[Found]:
    """The sequence of a video: one frame of each scene, in order, with what is said in it.

    A video without a cut gives evenly spaced frames and says so. Broken subtitles are reported,
    and the pictures are read all the same.

    Args:
        path: the file.
        name: what it is called in messages; becomes ``Sequence.source``.
        wishes: what is asked.
        subtitles: SRT or WebVTT; None: what lies beside the video under its name.

    Raises:
        MissingExtra: scenedetect, opencv or pysubs2 isn't installed.
        Refused: no video, too long, too many scenes, or reading took too long; one that breaks off
            early, unless broken pictures are to be skipped.
    """
    _refuse_no_video(path)
    with tempfile.TemporaryDirectory(prefix="storypainter-") as made:
        folder = Path(made)
        told = read_apart("video", path, folder, wishes.seconds, wishes=wishes.to_plain())
        refusals: list[Refusal] = []
        if told["broken"]:
            if not wishes.skip_broken:
                raise Refused(
                    "unreadable", told["broken"],
                    hint="give --skip-broken to take what can be read",
                )  # fmt: skip
            refusals.append(
                Refusal(level="picture", reason="unreadable", where=name, said=told["broken"],
                        done="what can be read was taken")
            )  # fmt: skip
        scenes = [(each["start"], each["end"]) for each in told["frames"]]
        texts, more = _texts(path, name, subtitles, scenes, told["seconds"])
        said = (
            () if told["cuts"] else (f"{name}: no cut found, {len(scenes)} evenly spaced frames",)
        )
        yield Found(
            name=name, source=name, kind="video",
            frames=tuple(
                FoundFrame(
                    at=clock(each["at"]), text=plain(text), start=each["start"], end=each["end"],
                    scene=each["scene"], load=partial(_load, folder, each["file"]),
                )
                for each, text in zip(told["frames"], texts, strict=True)
            ),
            refusals=(*refusals, *more), said=said,
        )  # fmt: skip


def _refuse_no_video(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise Refused("unreadable", (error.strerror or "can't be read").lower()) from None
    if size > MAX_VIDEO_BYTES:
        raise Refused("too large", f"more than {MAX_VIDEO_BYTES >> 30} GB")
    if not any(head[at:].startswith(mark) for at, mark in _CONTAINERS):
        raise Refused("unreadable", "no video by its first bytes")


def _texts(
    path: Path,
    name: str,
    subtitles: Path | None,
    scenes: list[tuple[float, float]],
    seconds: float,
) -> tuple[list[str], list[Refusal]]:
    file = subtitles or beside(path)
    if file is None:
        return [""] * len(scenes), []
    where = f"{name}, {file.name}"
    try:
        return aligned(read_subtitles(file, where), scenes, seconds, where)
    except Refused as fault:
        if subtitles is not None:
            raise
        refusal = Refusal(
            level="text", reason=fault.reason, where=where, said=fault.said,
            done="read without subtitles", hint=fault.hint,
        )  # fmt: skip
        return [""] * len(scenes), [refusal]


def _load(folder: Path, file: str | None) -> Checked:
    if file is None:
        raise Refused("unreadable", "the frame can't be decoded")
    return checked(file_bytes(folder / file, "", MAX_BYTES))
