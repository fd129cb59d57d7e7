"""Pictures as a model is shown them: of bounded size, without transparency, nothing but pixels."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from storypainter.errors import BadInput
from storypainter.models.contract import ImagePart

if TYPE_CHECKING:
    from PIL import Image

#: What is decoded at most; a larger picture is refused.
MAX_PIXELS = 64_000_000
#: Formats that are decoded; the others of Pillow's stay shut for files of others.
_FORMATS = ("PNG", "JPEG", "WEBP")
_QUALITY = 90
#: A larger PNG is a photograph or a scan, and sent as JPEG.
_MAX_PNG = 512 * 1024


def shown(data: bytes, side: int, name: str = "the picture") -> ImagePart:
    """A picture for a message: its longest side at most ``side`` pixels, in RGB on white.

    A drawing stays a PNG, everything else becomes a JPEG. Metadata is left behind; the
    orientation that a camera noted is applied.

    Args:
        data: a PNG, JPEG or WebP.
        side: the longest side in pixels; a smaller picture keeps its size.
        name: what it is called in a message.

    Raises:
        BadInput: it can't be decoded, or is larger than :data:`MAX_PIXELS`.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its size is checked below
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise BadInput(
                        f"{name} has {opened.width} by {opened.height} pixels",
                        f"make it smaller: {MAX_PIXELS:,} pixels are read at most",
                    )
                is_drawn = opened.format == "PNG"
                picture = ImageOps.exif_transpose(opened)
                picture.thumbnail((side, side), Image.Resampling.LANCZOS)
                picture = _on_white(picture)
    except BadInput:
        raise
    except Exception as error:  # a decoder may fail in many ways on a damaged file
        raise BadInput(
            f"{name} can't be read as a picture ({type(error).__name__})",
            "save it again as PNG or JPEG",
        ) from None
    written = io.BytesIO()
    if is_drawn:
        picture.save(written, "PNG")
        if written.tell() <= _MAX_PNG:
            return ImagePart(written.getvalue(), "image/png")
        written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY)
    return ImagePart(written.getvalue(), "image/jpeg")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    from PIL import Image

    clear = picture.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    paper.alpha_composite(clear)
    return paper.convert("RGB")
