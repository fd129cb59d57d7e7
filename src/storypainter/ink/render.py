"""SVG to PNG with resvg; nothing from outside the SVG is read."""

from __future__ import annotations


def to_png(svg: str) -> bytes:
    """Render an SVG at its own size. Same SVG, same bytes."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
