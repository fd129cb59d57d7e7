"""What is asked of every reader, and the limits that no file may break."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from storypainter.errors import BadInput
from storypainter.sequence import SequenceKind
from storypainter.sequences.reading.refusals import Refused
from storypainter.value import Value

TooMany = Literal["refuse", "cut", "spread"]

MAX_ARCHIVE_BYTES = 2 * 1024**3
MAX_ARCHIVE_MEMBERS = 20_000
#: Pictures barely shrink in a zip; text shrinks by ten. A bomb shrinks by a thousand.
MAX_RATIO = 200
#: Below this many unpacked bytes a ratio says nothing.
RATIO_FROM = 4 * 1024 * 1024
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_TEXT_BYTES = 8 * 1024 * 1024
MAX_ANNOTATION_BYTES = 512 * 1024 * 1024
MAX_TEXT_CHARACTERS = 20_000
MAX_PAGES = 5_000
MAX_ANIMATION_FRAMES = 5_000
MAX_ANIMATION_BYTES = 512 * 1024 * 1024
MAX_VIDEO_SECONDS = 4 * 3600
MAX_VIDEO_BYTES = 8 * 1024**3
MAX_ENTRIES = 500_000
MAX_DEPTH = 16


class Wishes(Value):
    """What is asked of every source.

    Attributes:
        kind: what the sequences are; empty where each reader decides (a CBZ is a comic).
        licence: of sources that name none themselves.
        language: of sources that name none themselves.
        frames_min: a sequence with fewer pictures is refused.
        frames_max: one with more is refused, cut or thinned out, as ``too_many`` says.
        too_many: ``refuse`` it, ``cut`` it into consecutive sequences of one source, or keep
            pictures that are ``spread`` evenly.
        skip_broken: leave out a broken picture instead of its whole sequence.
        side: the longer side of pages and key frames, in pixels; pictures that are there already
            keep their size.
        seconds: how long reading one PDF or one video may take.
    """

    kind: SequenceKind | Literal[""] = ""
    licence: str = ""
    language: str = ""
    frames_min: Annotated[int, Field(ge=1, le=1000)] = 2
    frames_max: Annotated[int, Field(ge=1, le=1000)] = 50
    too_many: TooMany = "refuse"
    skip_broken: bool = False
    side: Annotated[int, Field(ge=64, le=8192)] = 1024
    seconds: Annotated[int, Field(ge=1, le=86400)] = 600


def chosen(count: int, wishes: Wishes) -> list[int]:
    """Which of ``count`` pictures, in order (from 0), a reader should make.

    Raises:
        Refused: too many, and nothing else was asked for.
    """
    if count <= wishes.frames_max or wishes.too_many == "cut":
        return list(range(count))
    if wishes.too_many == "refuse":
        raise Refused(
            "too many pictures",
            f"{count} pictures, and a sequence may have {wishes.frames_max}",
            hint="raise --frames-max, or give --too-many cut or spread",
        )
    return spread(count, wishes.frames_max)


def spread(count: int, wanted: int) -> list[int]:
    """``wanted`` of ``count`` positions, evenly spaced: the middle of as many equal stretches."""
    return [((2 * each + 1) * count) // (2 * wanted) for each in range(wanted)]


def check_order(wishes: Wishes) -> None:
    """Refuse a maximum below the minimum.

    Raises:
        BadInput: no sequence could be long enough and short enough.
    """
    if wishes.frames_max < wishes.frames_min:
        raise BadInput(
            f"--frames-max {wishes.frames_max} is less than --frames-min {wishes.frames_min}",
            "raise the one or lower the other",
        )
