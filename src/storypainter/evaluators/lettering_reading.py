"""What is written in a picture, read by optical character recognition (extra ``[ocr]``).

The picture is read as a whole; small ones are enlarged first, because recognisers trained on
photographs miss letters of a few pixels. Nothing but the picture is known here: where a painter
meant to put its signs plays no part.
"""

from __future__ import annotations

import asyncio
import importlib
import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from storypainter.errors import MissingExtra, StorypainterError

#: Part of the version of the score: raise it when the same picture may be read otherwise.
READING = "1"
_PACKAGE = "rapidocr-onnxruntime"
#: The longer side of what is read, in pixels: smaller pictures are enlarged (4 times at most),
#: larger ones made smaller.
SMALLEST_SIDE, LONGEST_SIDE = 1024, 2048
_MOST_ENLARGED = 4.0
#: Lines of which the recogniser is less sure (0 to 1) are dropped.
LEAST_SURE = 0.5
_THREADS = 1

_engine_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of lettering: its text, its box (left, top, right, bottom) in pixels, how sure."""

    text: str
    box: tuple[float, float, float, float]
    sure: float = 1.0

    @property
    def height(self) -> float:
        """Of the box, in pixels."""
        return self.box[3] - self.box[1]


def reader() -> Mapping[str, Any]:
    """Who reads, with everything that decides what is read.

    Raises:
        MissingExtra: the recogniser is not installed.
    """
    try:
        installed = version(_PACKAGE)
    except PackageNotFoundError:
        raise MissingExtra("reading lettering in pictures", "ocr") from None
    return {
        "reading": READING,
        "reader": f"{_PACKAGE} {installed}",
        "sides": [SMALLEST_SIDE, LONGEST_SIDE],
        "least_sure": LEAST_SURE,
    }


async def read_lines(data: bytes) -> tuple[Line, ...]:
    """The lines of lettering in an encoded picture, read in a thread of its own.

    Raises:
        MissingExtra: the recogniser is not installed.
        StorypainterError: the bytes are no picture.
    """
    return await asyncio.to_thread(lines_in, data)


def lines_in(data: bytes) -> tuple[Line, ...]:
    """As :func:`read_lines`, at once, from top to bottom, then from left to right.

    All share one engine, which reads one picture at a time.
    """
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as opened:
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise StorypainterError(f"no picture that can be read: {type(error).__name__}") from None
    ground = Image.new("RGBA", picture.size, "white")
    picture = Image.alpha_composite(ground, picture).convert("RGB")
    scale = _scale(max(picture.size))
    if scale != 1.0:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.BICUBIC)
    engine = _engine()
    with _engine_lock:
        # The engine expects the channels in the order blue, green, red.
        rows, _ = engine(np.asarray(picture)[:, :, ::-1].copy())
    lines = []
    for corners, text, sure in rows or ():
        if str(text).strip():
            xs, ys = zip(*corners, strict=True)
            box = tuple(float(edge) / scale for edge in (min(xs), min(ys), max(xs), max(ys)))
            lines.append(Line(str(text), (box[0], box[1], box[2], box[3]), float(sure)))
    return tuple(sorted(lines, key=lambda each: (each.box[1], each.box[0])))


def _scale(side: int) -> float:
    """How much a picture whose longer side has so many pixels is enlarged (below 1: shrunk)."""
    if side > LONGEST_SIDE:
        return LONGEST_SIDE / side
    return min(max(1.0, SMALLEST_SIDE / side), _MOST_ENLARGED)


@cache
def _engine() -> Any:
    try:
        library = importlib.import_module("rapidocr_onnxruntime")
    except ImportError:
        raise MissingExtra("reading lettering in pictures", "ocr") from None
    return library.RapidOCR(
        intra_op_num_threads=_THREADS,
        inter_op_num_threads=_THREADS,
        max_side_len=LONGEST_SIDE,
        text_score=LEAST_SURE,
    )
