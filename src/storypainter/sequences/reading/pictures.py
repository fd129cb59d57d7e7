"""One picture's bytes, checked: really a picture, not too large, decodable to its end."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storypainter.sequences.reading.refusals import Refused

if TYPE_CHECKING:
    from PIL import Image

MediaType = Literal["image/png", "image/jpeg", "image/webp"]

#: What is decoded at all: no format here runs a program or opens another file.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
SUFFIXES = (".png", ".jpg", ".jpeg", ".jpe", ".webp", ".gif", ".bmp", ".tif", ".tiff")
MAX_BYTES = 64 * 1024 * 1024
#: A page of 60 cm at 300 dots an inch has 50 million.
MAX_PIXELS = 64_000_000
MAX_SIDE = 32_767
MIN_SIDE = 8
_KEPT: dict[str, MediaType] = {
    "PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "WEBP": "image/webp",
}  # fmt: skip
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Checked:
    """A picture that can be shown: the file's bytes and what its pixels are.

    Attributes:
        data: the file, PNG, JPEG or WebP.
        media_type: which of these.
        size: width and height in pixels.
        pixels: a hash of the pixels (SHA-256, shortened), the same for the same picture in any file.
        plain: one colour all over; such pictures look alike wherever they come from.
    """

    data: bytes
    media_type: MediaType
    size: tuple[int, int]
    pixels: str
    plain: bool


def checked(data: bytes) -> Checked:
    """Decode a picture to its end. PNG, JPEG and WebP keep their bytes, others become PNG.

    A JPEG that its camera marked as turned is turned upright and becomes a PNG: not every reader
    heeds that mark. Of an animated file the first frame counts.

    Args:
        data: the file.

    Raises:
        Refused: too large (bytes or pixels), too small to be a picture, no picture, damaged.
    """
    if len(data) > MAX_BYTES:
        raise Refused("too large", f"more than {MAX_BYTES >> 20} MB")
    if not data:
        raise Refused("unreadable", "the file is empty")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a warning of Pillow's is no message of ours
        return _decoded(data)


def _decoded(data: bytes) -> Checked:
    from PIL import Image, ImageOps

    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise Refused("too large", f"more than {MAX_PIXELS:,} pixels") from None
    except Exception:  # a decoder of hostile bytes may fail in any way
        raise Refused("unreadable", "not a picture that can be decoded") from None
    with opened:
        check_size(opened.size)
        form = opened.format or ""
        try:
            opened.load()
            turned = form in ("JPEG", "MPO", "TIFF") and opened.getexif().get(_ORIENTATION, 1) != 1
            upright = ImageOps.exif_transpose(opened) if turned else opened
            pixels, plain = _pixels(upright)
        except Exception:
            raise Refused("unreadable", f"the {form} is damaged or cut short") from None
        if form in _KEPT and not turned:
            return Checked(data, _KEPT[form], opened.size, pixels, plain)
        return Checked(as_png(upright), "image/png", upright.size, pixels, plain)


def of_image(image: Image.Image) -> Checked:
    """A picture that was decoded here (a frame of an animation), as PNG."""
    pixels, plain = _pixels(image)
    return Checked(as_png(image), "image/png", image.size, pixels, plain)


def check_size(size: tuple[int, int]) -> None:
    """Refuse a picture by its size, before it is decoded.

    Raises:
        Refused: too large or too small.
    """
    width, height = size
    if width * height > MAX_PIXELS or max(size) > MAX_SIDE:
        raise Refused("too large", f"{width} x {height} pixels, and {MAX_PIXELS:,} are the limit")
    if min(size) < MIN_SIDE:
        raise Refused("ornament", f"{width} x {height} pixels is too small for a picture")


def as_png(image: Image.Image) -> bytes:
    """PNG bytes of a decoded picture, without what its file says beside the pixels."""
    if image.mode not in ("RGB", "RGBA", "L", "LA", "1"):
        alpha = "A" in image.mode or "transparency" in image.info
        image = image.convert("RGBA" if alpha else "RGB")
    kept = io.BytesIO()
    image.save(kept, "PNG", compress_level=3)
    return kept.getvalue()


def digest(image: Image.Image) -> str:
    """A hash of a decoded picture's pixels: equal for the same pixels in any mode and format."""
    return _pixels(image)[0]


def _pixels(image: Image.Image) -> tuple[str, bool]:
    from PIL import Image

    same = _plainest(image)
    hashed = hashlib.sha256(f"{same.size}".encode())
    hashed.update(same.tobytes())
    # Looking at every pixel costs ten times as much as decoding them, and few pictures need it.
    probe = same.resize((8, 8), Image.Resampling.NEAREST).getcolors()
    plain = len(probe or ()) == 1 and same.getcolors(1) is not None
    return hashed.hexdigest()[:32], plain


def _plainest(image: Image.Image) -> Image.Image:
    """RGB where nothing can be seen through, or else RGBA: one form for the same pixels."""
    if image.mode == "RGB":
        return image
    if "A" not in image.mode and "a" not in image.mode and "transparency" not in image.info:
        return image.convert("RGB")
    whole = image.convert("RGBA")
    return whole.convert("RGB") if whole.getchannel("A").getextrema() == (255, 255) else whole
