"""SVG to pixels with resvg; nothing from outside the SVG is read, save the project's own font."""

from __future__ import annotations

import functools
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storypainter.errors import BadInput, MissingExtra


@functools.lru_cache(maxsize=1)
def _font() -> dict[str, Any]:
    """What draws ``<text>`` that people add: always the same letters, on every machine."""
    from font_fredoka_one import FredokaOne

    family = "Fredoka One"
    return {"font_files": [str(FredokaOne)], "font_family": family, "serif_family": family}


def to_png(svg: str, *, width: int | None = None, crisp: bool = False) -> bytes:
    """Render an SVG. Same SVG, same bytes.

    Args:
        svg: the SVG's text.
        width: in pixels; its own by default. The height follows.
        crisp: whether a pixel is of one colour only, with no smoothing at edges.

    Raises:
        BadInput: the renderer can't read the SVG.
    """
    import resvg_py

    more: dict[str, Any] = _font() if "<text" in svg else {}
    if crisp:
        more = {**more, "shape_rendering": "crisp_edges", "text_rendering": "optimize_speed"}
    try:
        made = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, width=width, **more)
    except ValueError as error:
        raise BadInput(
            f"the SVG can't be drawn: {error}", "check it in a drawing program"
        ) from None
    return bytes(made)


def to_pixels(svg: str, *, width: int | None = None, crisp: bool = False) -> NDArray[np.uint8]:
    """Render an SVG to an array of shape (height, width, 3), red, green, blue; see :func:`to_png`.

    Raises:
        MissingExtra: Pillow is not installed.
    """
    try:
        from PIL import Image
    except ImportError:
        raise MissingExtra("reading pixels", "print") from None
    with Image.open(io.BytesIO(to_png(svg, width=width, crisp=crisp))) as image:
        return np.asarray(image.convert("RGB"))
