"""A style in words: ``line``, or ``flat, safe, ink 1.4``, as users write it."""

from __future__ import annotations

import difflib
import re
from typing import Any

from storypainter.errors import BadInput
from storypainter.ink.drawing.palette import STYLE_NAMES, Style

_SWITCHES: dict[str, tuple[str, Any]] = {
    "safe": ("palette", "safe"),
    "hatching": ("hatching", True),
    "comic": ("comic", True),
}
_MEASURES = {"ink": "ink_width", "wobble": "wobble"}
_MEASURE = re.compile(r"(ink|wobble)[ =:]+(\d+(?:\.\d+)?)")


def read_style(words: str) -> Style:
    """The Style that ``words`` name, separated by commas; none means ``flat``.

    Args:
        words: a style name (``flat``, ``mono``, ``line``) and any of ``safe`` (colours that tell
            red from green for everybody), ``hatching``, ``comic``, ``ink 0.5`` to ``ink 2`` (how
            bold lines are) and ``wobble 0`` to ``wobble 2``.

    Raises:
        BadInput: a word is none of these, or a number is out of range.
    """
    told: dict[str, Any] = {}
    for part in filter(None, (each.strip().lower() for each in words.split(","))):
        measure = _MEASURE.fullmatch(part)
        if measure:
            told[_MEASURES[measure[1]]] = float(measure[2])
        elif part in _SWITCHES:
            name, value = _SWITCHES[part]
            told[name] = value
        elif part in STYLE_NAMES:
            told["name"] = part
        else:
            known = (*STYLE_NAMES, *_SWITCHES, "ink 1.4", "wobble 0.5")
            near = difflib.get_close_matches(part, known, n=1)
            guess = f'; did you mean "{near[0]}"?' if near else ""
            raise BadInput(f"ink has no style {part!r}{guess}", f"use some of: {', '.join(known)}")
    return Style(**told)
