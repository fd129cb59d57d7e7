"""Pictures of rows, opened when they are needed; the ones used last stay in memory."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from storypainter.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image

#: A picture with more pixels than this is refused before it is unpacked.
MOST_PIXELS = 40_000_000
#: Bytes of unpacked pictures that stay in memory.
KEPT = 256 << 20


class Pictures:
    """Opens files as RGB.

    Args:
        kept: bytes that stay unpacked in memory, those used last.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._most = kept
        self._held = 0
        self._open: OrderedDict[Path, Image] = OrderedDict()

    def size(self, path: Path) -> tuple[int, int]:
        """Width and height in pixels, without unpacking it.

        Raises:
            BadInput: it is no picture, or too large.
        """
        return _header(path).size

    def open(self, path: Path) -> Image:
        """The picture.

        Raises:
            BadInput: it is no picture, too large, or damaged (which file).
        """
        if path in self._open:
            self._open.move_to_end(path)
            return self._open[path]
        picture = _header(path)
        try:
            unpacked = picture.convert("RGB")
        except Exception as error:  # a decoder may raise anything on damaged data
            raise BadInput(
                f"the picture {path} is damaged: {type(error).__name__}", "copy it again"
            ) from None
        self._held += _bytes(unpacked)
        self._open[path] = unpacked
        while self._held > self._most and len(self._open) > 1:
            _, oldest = self._open.popitem(last=False)
            self._held -= _bytes(oldest)
        return unpacked


def _header(path: Path) -> Image:
    import warnings

    import PIL.Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)
            picture = PIL.Image.open(path, formats=("PNG", "JPEG", "WEBP"))
    except Exception as error:  # missing, unreadable, another kind of file, a bomb
        raise BadInput(
            f"{path} can't be read as a picture: {type(error).__name__}",
            "give PNG, JPEG or WebP files",
        ) from None
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise BadInput(
            f"the picture {path} has {width} x {height} pixels, more than {MOST_PIXELS:,}",
            "make it smaller",
        )
    return picture


def _bytes(picture: Image) -> int:
    return picture.width * picture.height * 3
