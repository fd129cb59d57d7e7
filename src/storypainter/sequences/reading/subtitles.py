"""Subtitles (SRT, WebVTT): their lines, and which picture of a video each belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storypainter.errors import MissingExtra
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.texts import clock, file_text, plain

SUFFIXES = (".srt", ".vtt")
_MAX_LINES = 50_000


@dataclass(frozen=True, slots=True)
class Line:
    """One subtitle: when it is shown, in seconds, and what it says, without markup."""

    start: float
    end: float
    text: str


def beside(video: Path) -> Path | None:
    """The subtitles that lie beside a video under its name: ``tale.srt``, ``tale.en.vtt``."""
    for suffix in SUFFIXES:
        exact = video.with_suffix(suffix)
        if exact.is_file() and not exact.is_symlink():
            return exact
    several = sorted(
        each
        for each in video.parent.iterdir()
        if each.suffix.lower() in SUFFIXES
        and each.name.startswith(f"{video.stem}.")
        and each.is_file()
        and not each.is_symlink()
    )
    return several[0] if several else None


def read_subtitles(path: Path, where: str) -> list[Line]:
    """The lines of a subtitle file in the order of their times; empty ones are left out.

    Raises:
        MissingExtra: pysubs2 isn't installed.
        Refused: neither SRT nor WebVTT, not UTF-8, too large, or without one line.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise Refused("unsupported", "subtitles are read from .srt and .vtt", where)
    text = file_text(path, where)
    try:
        import pysubs2
    except ImportError:
        raise MissingExtra("reading subtitles", "sequences") from None
    form = "vtt" if path.suffix.lower() == ".vtt" else "srt"
    try:
        events = pysubs2.SSAFile.from_string(text, format_=form).events
    except Exception:  # a parser of hostile text may fail in any way
        raise Refused("unreadable", f"not {form.upper()} subtitles", where) from None
    if len(events) > _MAX_LINES:
        raise Refused("too large", f"more than {_MAX_LINES:,} subtitles", where)
    lines = [
        Line(each.start / 1000, each.end / 1000, said)
        for each in events
        if each.end >= each.start >= 0 and (said := plain(each.plaintext, 2000))
    ]
    if not lines:
        raise Refused("unreadable", f"not one {form.upper()} subtitle in it", where)
    return sorted(lines, key=lambda line: (line.start, line.end))


def aligned(
    lines: list[Line], scenes: list[tuple[float, float]], seconds: float, where: str
) -> tuple[list[str], list[Refusal]]:
    """What is said in each scene.

    A line belongs to the scene that it overlaps longest, the earlier of two equal ones; a line of
    no length, or between scenes, to the scene that is nearest to its start.

    Args:
        lines: subtitles.
        scenes: start and end of each scene, in seconds, in order.
        seconds: how long the video is; lines that start later are left out and reported.
        where: what the report calls the subtitles.
    """
    texts: list[list[str]] = [[] for _ in scenes]
    late = [line for line in lines if line.start >= seconds]
    for line in lines:
        if line.start >= seconds or not scenes:
            continue
        best = max(
            range(len(scenes)),
            key=lambda at: (*_fit(line, scenes[at]), -at),
        )
        texts[best].append(line.text)
    refusals = []
    if late:
        refusals.append(
            Refusal(
                level="text", reason="annotation", where=where, done="left out",
                said=f"{len(late)} of {len(lines)} subtitles come after the video's end "
                f"({clock(seconds)}), the first at {clock(late[0].start)}",
            )
        )  # fmt: skip
    return [" ".join(each) for each in texts], refusals


def _fit(line: Line, scene: tuple[float, float]) -> tuple[float, float]:
    """Seconds of overlap, then how near the line's start is."""
    overlap = max(0.0, min(line.end, scene[1]) - max(line.start, scene[0]))
    away = max(scene[0] - line.start, line.start - scene[1], 0.0)
    return overlap, -away
