"""Animated GIF and WebP: their frames in order, without repetitions of the one before."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.pictures import Checked, check_size, digest, of_image
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.wishes import MAX_ANIMATION_BYTES, MAX_ANIMATION_FRAMES, Wishes

if TYPE_CHECKING:
    from PIL import Image

SUFFIXES = (".gif", ".webp")
#: All frames together: five minutes of decoding at least.
_MAX_PIXELS = 8_000_000_000


def is_animated(path: Path) -> bool:
    """Whether a GIF or WebP has more than one frame; False for what can't be opened."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=("GIF", "WEBP")) as opened:
                return bool(getattr(opened, "is_animated", False))
    except Exception:  # a decoder of hostile bytes may fail in any way; who reads it says why
        return False


def read_animation(path: Path, name: str, wishes: Wishes) -> Iterator[Found]:
    """The sequence of an animation; ``start`` and ``end`` are the seconds a frame is shown.

    Args:
        path: the file.
        name: what it is called in messages; becomes ``Sequence.source``.
        wishes: what is asked.

    Raises:
        Refused: no animation, too large or too many frames. A frame that is damaged is one
            picture that can't be read.
    """
    from PIL import Image

    if path.stat().st_size > MAX_ANIMATION_BYTES:
        raise Refused("too large", f"more than {MAX_ANIMATION_BYTES >> 20} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(path, formats=("GIF", "WEBP"))
    except Image.DecompressionBombError:
        raise Refused("too large", "too many pixels") from None
    except Exception:
        raise Refused("unreadable", "not a GIF or WebP, or a damaged one") from None
    with opened:
        check_size(opened.size)
        frames, equal = _frames(opened)
        refusals = (
            (
                Refusal(
                    level="picture", reason="duplicate", where=name, done="left out",
                    said=f"{equal} of {equal + len(frames)} frames equal the one before",
                ),
            )
            if equal
            else ()
        )  # fmt: skip
        yield Found(name=name, source=name, kind="video", frames=frames, refusals=refusals)


def _frames(opened: Image.Image) -> tuple[tuple[FoundFrame, ...], int]:
    """The frames that differ from the one before, and how many don't.

    What a file says of its number of frames is not believed: they are counted while they are read.
    """
    frames: list[FoundFrame] = []
    before, at, equal = "", 0.0, 0
    width, height = opened.size
    for number in count():
        if number >= min(MAX_ANIMATION_FRAMES, 1 + _MAX_PIXELS // (width * height)):
            raise Refused("too large", f"more than {number:,} frames of {width} x {height} pixels")
        load = partial(_load, opened, number)
        try:
            opened.seek(number)
            opened.load()
            now = digest(opened)
            shown = float(opened.info.get("duration", 0) or 0) / 1000
        except EOFError:
            break
        except Exception:  # damaged: loading it says so, and nothing behind it can be read
            frames.append(FoundFrame(at=f"frame {number + 1}", load=load, start=at, end=at))
            break
        shown = shown if 0 <= shown < 86_400 else 0.0
        if now == before:
            equal += 1
            frames[-1] = _longer(frames[-1], shown)
        else:
            frames.append(FoundFrame(at=f"frame {number + 1}", load=load, start=at, end=at + shown))
        before, at = now, at + shown
    return tuple(frames), equal


def _longer(frame: FoundFrame, seconds: float) -> FoundFrame:
    return replace(frame, end=(frame.end or 0.0) + seconds)


def _load(opened: Image.Image, number: int) -> Checked:
    try:
        opened.seek(number)
        opened.load()
        return of_image(opened.convert("RGBA" if _see_through(opened) else "RGB"))
    except Exception:
        raise Refused("unreadable", "the frame is damaged") from None


def _see_through(image: Image.Image) -> bool:
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return False
    low, _ = image.convert("RGBA").getchannel("A").getextrema()
    return bool(low < 255)  # type: ignore[operator]
