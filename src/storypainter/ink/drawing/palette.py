"""Colour: the named palette, and the :class:`Style` that every colour passes through.

The named colours are muted and differ in lightness as well as in hue, so that garments and props
stay apart for readers who see red and green alike (a test simulates that). The ``safe`` palette
goes further: reds become darker, greens lighter and bluer, purples lighter.
"""

from __future__ import annotations

import colorsys
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
STYLE_NAMES: tuple[str, ...] = ("flat", "mono", "line")
PALETTES: tuple[str, ...] = ("standard", "safe")
_BLACK_BELOW = 0.285  # luminance at or below which an area is black in line
_HATCHED_BELOW = 0.46
_WHITE_INK_ABOVE = 0.78
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


#: Hues (degrees) that the safe palette moves: centre, half width, towards which colour, how far.
_SAFE_MOVES = (
    (0.0, 24.0, "#6a1420", 0.55),
    (345.0, 28.0, "#6a1420", 0.35),
    (105.0, 55.0, "#a8e0d2", 0.55),
    (150.0, 40.0, "#a8e0d2", 0.45),
    (268.0, 40.0, "#cdbcf0", 0.4),
)


@functools.lru_cache(maxsize=4096)
def safe_colour(hex_colour: str) -> str:
    """The colour that the ``safe`` palette paints in place of ``hex_colour``.

    Hues around red are darkened and hues around green lightened, each the more the purer the
    colour is, so that what differs in hue only for most eyes differs in lightness for all. A test
    simulates protanopia and deuteranopia by Machado, Oliveira and Fernandes 2009
    (doi:10.1109/TVCG.2009.113) and by Viénot, Brettel and Mollon 1999
    (doi:10.1002/(SICI)1520-6378(199908)24:4<243::AID-COL5>3.0.CO;2-3). Skin, wood and straw, whose
    hues lie between, stay.
    """
    red, green, blue = (channel / 255 for channel in _channels(hex_colour))
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    purity = min(1.0, max(0.0, (saturation - 0.12) / 0.3))
    purity *= min(1.0, max(0.0, (luminance(hex_colour) - 0.13) / 0.08))  # ink stays ink
    pale = min(1.0, max(0.0, (luminance(hex_colour) - 0.44) / 0.12))
    moved = hex_colour
    for centre, width, target, strength in _SAFE_MOVES:
        apart = abs((hue * 360 - centre + 180) % 360 - 180)
        share = strength * purity * max(0.0, 1 - (apart / width) ** 4)
        if luminance(target) < 0.2:
            share *= 1 - pale  # pink stays pink
        if share > 0:
            moved = mix(moved, target, share)
    return moved


def _glow(hex_colour: str) -> float:
    """How much a colour looks like a light of its own, 0 to 1: lamps, flames, lit windows."""
    red, green, blue = (channel / 255 for channel in _channels(hex_colour))
    bright = min(1.0, max(0.0, (luminance(hex_colour) - 0.68) / 0.08))
    warm = min(1.0, max(0.0, (min(red, green + 0.15) - blue - 0.22) / 0.12))
    return bright * warm


@functools.lru_cache(maxsize=4096)
def _fill_grey(hex_colour: str) -> str:
    """The grey of a fill: its luminance spread over nearly the whole scale.

    Warm colours become a little lighter and cool ones darker than their luminance says, as the
    eye has it too, so that a red scarf shows on a blue coat and a face before the sky.
    """
    red, _, blue = _channels(hex_colour)
    level = luminance(hex_colour) + 0.13 * (red - blue) / 255
    return _grey(min(1.0, max(0.0, 0.2 + (level - 0.14) * 0.95)))


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise BadInput(f"ink has no {name} {value!r}", f"use one of: {', '.join(choices)}")


def _check_range(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise BadInput(f"{name} is {value}", f"use {least:g} to {most:g}")


@dataclass(frozen=True, slots=True)
class Style:
    """How a picture is inked and coloured. Every colour of a picture passes through it.

    Args:
        name: ``flat`` (colour), ``mono`` (greys), or ``line`` (black ink on white).
        ink_width: how bold lines are, 0.5 to 2; 1 is as usual.
        wobble: how far lines stray from their geometry, 0 (ruled) to 2; 1 is as usual.
        hatching: in ``line``, dark fills are hatched in place of solid black, and middling ones
            lightly; no change to the other styles.
        palette: ``standard``, or ``safe`` for readers who see red and green alike
            (:func:`safe_colour`).
        tint: a colour mixed into all fills by ``tint_strength`` (dusk, night); not in ``line``.
        tint_strength: 0 to 1. Under a dark tint, colours that look lit stay bright.
        comic: draws marks outside the head (hearts, steam) and strong tints of the skin.

    Raises:
        BadInput: a value is none of these.
    """

    name: Literal["line", "flat", "mono"] = "flat"
    ink_width: float = 1.0
    wobble: float = 1.0
    hatching: bool = False
    palette: Literal["standard", "safe"] = "standard"
    tint: str = "#22305c"
    tint_strength: float = 0.0
    comic: bool = False

    def __post_init__(self) -> None:
        _check_choice("style", self.name, STYLE_NAMES)
        _check_choice("palette", self.palette, PALETTES)
        _check_range("ink width", self.ink_width, 0.5, 2.0)
        _check_range("wobble", self.wobble, 0.0, 2.0)
        _check_range("tint strength", self.tint_strength, 0.0, 1.0)
        if not _HEX.fullmatch(self.tint):
            raise BadInput(f"tint is {self.tint!r}", "use #rrggbb in lower case")

    @property
    def shaded(self) -> bool:
        """Whether shapes carry a crescent of shade."""
        return self.name != "line"

    def fill(self, hex_colour: str, *, lit: bool = False) -> str:
        """The colour in which an area of ``hex_colour`` is filled; what is ``lit`` has no tint."""
        if self.name == "line":
            dark = luminance(hex_colour) <= _BLACK_BELOW
            return INK if dark and not self.hatching else "#ffffff"
        tinted = self._palette(hex_colour if lit else self._tinted(hex_colour))
        return tinted if self.name == "flat" else _fill_grey(tinted)

    def hatch(self, hex_colour: str) -> int:
        """How an area of ``hex_colour`` is hatched: 0 not, 1 lightly, 2 crosswise."""
        if self.name != "line" or not self.hatching:
            return 0
        level = luminance(hex_colour)
        return 2 if level <= _BLACK_BELOW else 1 if level <= _HATCHED_BELOW else 0

    def ink(self, hex_colour: str) -> str:
        """The colour in which a line of ``hex_colour`` is drawn."""
        level = luminance(hex_colour)
        if self.name == "line":
            return INK if level < _WHITE_INK_ABOVE else "#ffffff"
        return self._palette(hex_colour) if self.name == "flat" else _grey(level)

    def ink_weight(self, hex_colour: str) -> float:
        """What a line's width is multiplied by: pale lines get thin where they turn black."""
        return 0.6 if self.name == "line" and luminance(hex_colour) >= 0.5 else 1.0

    def text(self, hex_colour: str, on: str = WHITE, *, lit: bool = False) -> str:
        """The colour of letters of ``hex_colour`` that stand on a fill of colour ``on``.

        Letters always differ from their ground by at least 0.35 in luminance; where the wished
        colour would not, they are ink or white.
        """
        ground = luminance(self.fill(on, lit=lit))
        wished = self.fill(hex_colour, lit=lit)
        if self.name == "flat" and abs(luminance(wished) - ground) >= 0.35:
            return wished
        return INK if ground > 0.5 else "#ffffff"

    def _palette(self, hex_colour: str) -> str:
        return safe_colour(hex_colour) if self.palette == "safe" else hex_colour

    def _tinted(self, hex_colour: str) -> str:
        if not self.tint_strength:
            return hex_colour
        kept = _glow(hex_colour) if luminance(self.tint) < 0.3 else 0.0
        return mix(hex_colour, self.tint, self.tint_strength * (1 - kept))
