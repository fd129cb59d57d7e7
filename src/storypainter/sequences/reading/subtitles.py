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
    """One subtitle: when it is shown, in seconds, and what it says, without markup.

    ``end`` is before ``start`` where the file has it so, and ``text`` may be empty.
    """

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
    """All subtitles of a file in the order of their times.

    Raises:
        MissingExtra: pysubs2 isn't installed.
        Refused: neither SRT nor WebVTT, not UTF-8, too large, or not one that says something.
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
        Line(each.start / 1000, each.end / 1000, plain(each.plaintext, 2000)) for each in events
    ]
    if not any(line.text for line in lines):
        raise Refused("unreadable", f"not one {form.upper()} subtitle in it", where)
    return sorted(lines, key=lambda line: (line.start, line.end))


def aligned(
    lines: list[Line], scenes: list[tuple[float, float]], seconds: float, where: str
) -> tuple[list[str], list[Refusal]]:
    """What is said in each scene.

    A line belongs to the scene that it overlaps longest, the earlier of two equal ones; a line of
    no length, or between scenes, to the scene that is nearest to its start. Lines that end before
    they begin, or begin after the video's end, are left out and reported.

    Args:
        lines: subtitles, in the order of their times; those that say nothing are passed over.
        scenes: start and end of each scene, in seconds, in order.
        seconds: how long the video is.
        where: what the report calls the subtitles.
    """
    told = [line for line in lines if line.text]
    backwards = [line for line in told if line.end < line.start]
    late = [line for line in told if line.end >= line.start >= seconds]
    texts: list[list[str]] = [[] for _ in scenes]
    for line in told:
        if line.end < line.start or line.start >= seconds or not scenes:
            continue
        best = max(
            range(len(scenes)),
            key=lambda at: (*_fit(line, scenes[at]), -at),
        )
        texts[best].append(line.text)
    refusals = [
        Refusal(
            level="text", reason="annotation", where=where, done="left out",
            said=f"{len(found)} of {len(lines)} subtitles {does[len(found) > 1]}, "
            f"the first at {clock(found[0].start)}",
        )
        for found, does in (
            (backwards, ("ends before it begins", "end before they begin")),
            (late, (f"comes after the video's end ({clock(seconds)})",
                    f"come after the video's end ({clock(seconds)})")),
        )
        if found
    ]  # fmt: skip
    return [" ".join(each) for each in texts], refusals


def _fit(line: Line, scene: tuple[float, float]) -> tuple[float, float]:
    """Seconds of overlap, then how near the line's start is."""
    overlap = max(0.0, min(line.end, scene[1]) - max(line.start, scene[0]))
    away = max(scene[0] - line.start, line.start - scene[1], 0.0)
    return overlap, -away
