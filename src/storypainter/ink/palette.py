"""Colour: the named palette, and the :class:`Style` that every colour passes through.

The named colours are muted and differ in lightness as well as in hue, so that garments and props
stay apart for readers who see red and green alike (a test simulates that).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

from storypainter.errors import BadInput

INK = "#1d1a22"
WHITE = "#fffdf7"
PAPER = "#fbf6ea"

#: Plain colour words. Modifiers (``dark``, ``light``, ``pale``, ``bright``) combine with each.
NAMED: dict[str, str] = {
    "black": "#2e2a33",
    "charcoal": "#46424a",
    "grey": "#a29d98",
    "silver": "#c9c7c8",
    "white": WHITE,
    "ivory": "#fbf3e0",
    "cream": "#f4ead2",
    "beige": "#e3d2b2",
    "sand": "#dfc79b",
    "tan": "#c79f6c",
    "khaki": "#b0a06c",
    "brown": "#7a513a",
    "chestnut": "#6e4029",
    "chocolate": "#553628",
    "rust": "#a9502f",
    "copper": "#b8703f",
    "red": "#c44a37",
    "crimson": "#a93143",
    "scarlet": "#d2452f",
    "maroon": "#74303a",
    "burgundy": "#6d2b3f",
    "coral": "#e5856e",
    "salmon": "#e89b85",
    "peach": "#f2bd98",
    "orange": "#dd8a3e",
    "amber": "#e6a33b",
    "gold": "#d9a83a",
    "mustard": "#d3a23c",
    "yellow": "#edc04f",
    "lemon": "#f4dd74",
    "lime": "#b7c75c",
    "olive": "#7d7f45",
    "green": "#6f9a5d",
    "sage": "#a9bc99",
    "mint": "#b5d6bf",
    "emerald": "#3f8a69",
    "teal": "#3c7c80",
    "turquoise": "#5fb0ac",
    "aqua": "#8fcbc9",
    "cyan": "#77c3cf",
    "sky": "#a9d3e2",
    "blue": "#3f659c",
    "azure": "#6fa5cf",
    "denim": "#4a6a92",
    "navy": "#2c3a5c",
    "indigo": "#41427c",
    "slate": "#5f7283",
    "purple": "#7d64a0",
    "violet": "#8b76b5",
    "lavender": "#b9aed4",
    "lilac": "#c7b3d6",
    "mauve": "#a98aa7",
    "plum": "#6b4468",
    "magenta": "#b34d86",
    "pink": "#e39aa1",
    "rose": "#d5738a",
    "blond": "#dcae59",
    "blonde": "#dcae59",
    "ginger": "#bd6a35",
    "auburn": "#85432f",
    "transparent": "#dcebf0",
}
_SYNONYMS = {
    "gray": "grey",
    "off white": "ivory",
    "navy blue": "navy",
    "sky blue": "sky",
    "royal blue": "blue",
    "olive green": "olive",
    "forest green": "dark green",
    "bottle green": "dark green",
    "lime green": "lime",
    "wine": "burgundy",
    "golden": "gold",
    "straw": "sand",
    "wooden": "tan",
    "jet black": "black",
}
_MODIFIERS: dict[str, tuple[str, float]] = {
    "dark": ("#1b1830", 0.38),
    "deep": ("#1b1830", 0.28),
    "light": (WHITE, 0.42),
    "pale": (WHITE, 0.6),
    "soft": (WHITE, 0.3),
    "pastel": (WHITE, 0.5),
    "dusty": ("#a29d98", 0.35),
    "bright": ("#ffd23f", 0.0),
    "warm": ("#e6a33b", 0.15),
}
_HEX = re.compile(r"#[0-9a-f]{6}")


def _channels(hex_colour: str) -> tuple[int, int, int]:
    value = int(hex_colour[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def _to_hex(red: float, green: float, blue: float) -> str:
    parts = (max(0, min(255, round(channel))) for channel in (red, green, blue))
    return "#{:02x}{:02x}{:02x}".format(*parts)


@functools.lru_cache(maxsize=4096)
def colour(name_or_hex: str) -> str:
    """The ``#rrggbb`` of a colour word (``red``, ``dark blue``, ``mustard``) or of a hex colour.

    Raises:
        BadInput: the word is not in the palette.
    """
    word = name_or_hex.strip().lower().replace("-", " ")
    if _HEX.fullmatch(word):
        return word
    word = _SYNONYMS.get(word, word)
    if word in NAMED:
        return NAMED[word]
    modifier, _, base = word.partition(" ")
    if modifier in _MODIFIERS and (base in NAMED or base in _SYNONYMS):
        target, share = _MODIFIERS[modifier]
        plain = colour(base)
        return _vivid(plain) if modifier == "bright" else mix(plain, target, share)
    raise BadInput(
        f"ink knows no colour {name_or_hex!r}",
        f"use #rrggbb or one of: {', '.join(sorted(NAMED))}; dark, light, pale or bright before it",
    )


@functools.lru_cache(maxsize=4096)
def mix(one: str, other: str, share: float) -> str:
    """``one`` with ``share`` (0 to 1) of ``other`` mixed in; both ``#rrggbb``."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    red, green, blue = (a * (1 - share) + b * share for a, b in pairs)
    return _to_hex(red, green, blue)


@functools.lru_cache(maxsize=4096)
def luminance(hex_colour: str) -> float:
    """Perceived lightness (ITU-R BT.601 weights), 0 for black to 1 for white."""
    red, green, blue = _channels(hex_colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def _vivid(hex_colour: str) -> str:
    """The same hue with its channels spread by a quarter around their mean."""
    channels = _channels(hex_colour)
    mean = sum(channels) / 3
    red, green, blue = (mean + (channel - mean) * 1.28 + 8 for channel in channels)
    return _to_hex(red, green, blue)


def _grey(level: float) -> str:
    return _to_hex(255 * level, 255 * level, 255 * level)


@dataclass(frozen=True, slots=True)
class Style:
    """How a picture is inked and coloured. Every colour of a picture passes through it.

    Args:
        name: ``flat`` (colour), ``mono`` (greys), or ``line`` (black ink on white).
        ink_width: the main outline, in pixels of a picture whose short side is 1,024 pixels.
        wobble: how far a line strays from its geometry, in the same pixels.
        tint: a colour mixed into all fills by ``tint_strength`` (dusk, night); not in ``line``.
        comic: draws marks outside the head (hearts, steam) and strong tints of the skin.
    """

    name: Literal["line", "flat", "mono"] = "flat"
    ink_width: float = 3.0
    wobble: float = 0.6
    tint: str = "#22305c"
    tint_strength: float = 0.0
    comic: bool = False

    @property
    def shaded(self) -> bool:
        """Whether shapes carry a crescent of shade."""
        return self.name != "line"

    def fill(self, hex_colour: str) -> str:
        """The colour in which an area of ``hex_colour`` is filled."""
        if self.name == "line":
            return "#ffffff" if luminance(hex_colour) > 0.26 else INK
        tinted = self._tinted(hex_colour)
        return tinted if self.name == "flat" else _grey(min(1.0, luminance(tinted) * 0.8 + 0.22))

    def ink(self, hex_colour: str) -> str:
        """The colour in which a line of ``hex_colour`` is drawn."""
        level = luminance(hex_colour)
        if self.name == "line":
            return INK if level < 0.5 else "#8c8890" if level < 0.78 else "#ffffff"
        return hex_colour if self.name == "flat" else _grey(level)

    def text(self, hex_colour: str, on: str = WHITE) -> str:
        """The colour of letters of ``hex_colour`` that stand on a fill of colour ``on``.

        Letters always differ from their ground by at least 0.35 in luminance; where the wished
        colour would not, they are ink or white.
        """
        ground = luminance(self.fill(on))
        wished = self.fill(hex_colour)
        if self.name == "flat" and abs(luminance(wished) - ground) >= 0.35:
            return wished
        return INK if ground > 0.5 else "#ffffff"

    def _tinted(self, hex_colour: str) -> str:
        if not self.tint_strength:
            return hex_colour
        return mix(hex_colour, self.tint, self.tint_strength)
