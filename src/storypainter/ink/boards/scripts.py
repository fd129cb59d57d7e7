"""Scripts of the world: which typeface writes which characters, and where its file comes from.

Latin, with all its accents, and Devanagari come with storypainter; the other scripts come with
the extra ``[scripts]``. Every typeface is under the SIL Open Font License, and its file is
found in the installed package that carries it, when a text first needs it.

All are made to look like one hand: bold, the ends of their strokes rounded, their capitals (or
what stands for them) one unit high.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz

from storypainter.errors import BadInput

EXTRA = "scripts"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file in an installed package.

    Args:
        package: the module that carries the file.
        file: its path inside the package.
        cap: what is drawn one unit high, as a share of an em: the capitals, or the height that
            looks as large beside them.
        weight: of a variable font, on its axis ``wght``.
        swell: by how much strokes are thickened, as a share of an em.
        soften: the radius that rounds the corners of strokes, as a share of an em.
        drop: how far glyphs are moved down so that they stand in the middle of capitals, in em.
    """

    package: str
    file: str
    cap: float
    weight: float | None = None
    swell: float = 0.0
    soften: float = 0.0
    drop: float = 0.0

    @property
    def installed(self) -> bool:
        """Whether its package is there."""
        return _folder(self.package) is not None

    @property
    def font(self) -> uharfbuzz.Font:
        """The font at its weight."""
        return _font(self.package, self.file, self.weight)

    def has(self, character: str) -> bool:
        """Whether it has a glyph for ``character``."""
        return self.installed and bool(self.font.get_nominal_glyph(ord(character)))


@dataclass(frozen=True, slots=True)
class Script:
    """A script: its name, its tag (ISO 15924), its characters, and what writes them, best first."""

    name: str
    tag: str
    ranges: tuple[tuple[int, int], ...]
    typefaces: tuple[Typeface, ...]


FREDOKA = Typeface("font_fredoka_one", "files/FredokaOne-Regular.ttf", 0.733)
BALOO = Typeface("fontpkg_baloo_2", "files/Baloo2[wght].ttf", 0.624, 800)
_NUNITO = Typeface("fontpkg_nunito", "files/Nunito[wght].ttf", 0.705, 950)
_COMFORTAA = Typeface("fontpkg_comfortaa", "files/Comfortaa[wght].ttf", 0.82, 700, swell=0.04)
_HEBREW = Typeface("fontpkg_fredoka", "files/Fredoka[wdth,wght].ttf", 0.64, 700, swell=0.006)
_ARABIC = Typeface(
    "fontpkg_noto_sans_arabic",
    "files/NotoSansArabic[wdth,wght].ttf",
    0.62,
    800,
    swell=0.004,
    soften=0.028,
)
_THAI = Typeface(
    "fontpkg_noto_sans_thai", "files/NotoSansThai[wdth,wght].ttf", 0.62, 800, soften=0.03
)
_CJK = Typeface(
    "noto_cjk_sans_jp_bold",
    "NotoSansCJKjp-Bold.otf",
    0.80,
    swell=0.006,
    soften=0.020,
    drop=0.035,
)

LATIN = Script(
    "Latin",
    "Latn",
    ((0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0x24F), (0x1E00, 0x1EFF)),
    (FREDOKA, BALOO),
)
CHINESE = Script(
    "Chinese or Japanese",
    "Hani",
    (
        (0x2E80, 0x312F),
        (0x31A0, 0x4DBF),
        (0x4E00, 0x9FFF),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE4F),
        (0xFF00, 0xFFEF),
        (0x20000, 0x323AF),
    ),
    (_CJK,),
)
SCRIPTS: tuple[Script, ...] = (
    LATIN,
    Script("Greek", "Grek", ((0x370, 0x3FF), (0x1F00, 0x1FFF)), (_COMFORTAA,)),
    Script("Cyrillic", "Cyrl", ((0x400, 0x52F),), (_NUNITO,)),
    Script("Hebrew", "Hebr", ((0x590, 0x5FF), (0xFB1D, 0xFB4F)), (_HEBREW,)),
    Script(
        "Arabic",
        "Arab",
        ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
        (_ARABIC,),
    ),
    Script("Devanagari", "Deva", ((0x900, 0x97F), (0xA8E0, 0xA8FF)), (BALOO,)),
    Script("Thai", "Thai", ((0xE00, 0xE7F),), (_THAI,)),
    Script(
        "Korean",
        "Hang",
        ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
        (_CJK,),
    ),
    CHINESE,
)
#: Joiners and direction marks: they shape their neighbours and have no glyph of their own.
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f")


@cache
def script_of(character: str) -> Script | None:
    """The script of a character; None for what all share: digits, spaces, punctuation, marks."""
    code = ord(character)
    for script in SCRIPTS:
        if any(low <= code <= high for low, high in script.ranges):
            return script
    return None


def typefaces_of(characters: str, script: Script, text: str) -> list[Typeface]:
    """The typeface of every one of the ``characters`` in which ``text`` uses ``script``.

    One typeface writes them all if it can. What it lacks comes from the script's others,
    and signs that all scripts share from the Latin ones.

    Raises:
        BadInput: no typeface has a character; the message names it and its script, the hint
            says what to install or which scripts there are.
    """
    chosen = [*script.typefaces, *LATIN.typefaces]
    whole = next((face for face in chosen if all(_writes(face, each) for each in characters)), None)
    if whole is not None:
        return [whole] * len(characters)
    found: list[Typeface] = []
    for each in characters:
        face = next((face for face in chosen if _writes(face, each)), None)
        if face is None:
            raise missing(each, text)
        found.append(face)
    return found


def missing(character: str, text: str) -> BadInput:
    """The error for a character that no installed typeface has."""
    script = script_of(character)
    named = script.name if script else _name_of_script(character)
    what = f"the lettering has no character {character!r} (U+{ord(character):04X}, {named})"
    message = f"{what} in the text {text!r}"
    if script is not None and not all(face.installed for face in script.typefaces):
        return BadInput(message, f"run: pip install 'storypainter[{EXTRA}]'")
    known = ", ".join(each.name for each in SCRIPTS)
    return BadInput(message, f"use characters of one of these scripts: {known}")


def _writes(face: Typeface, character: str) -> bool:
    return character in _INVISIBLE or character.isspace() or face.has(character)


def _name_of_script(character: str) -> str:
    name = unicodedata.name(character, "a character without a name")
    letter_of, separator, _ = name.partition(" LETTER ")
    return letter_of.title() if separator else name.lower()


@cache
def _folder(package: str) -> Path | None:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0])


@cache
def _font(package: str, file: str, weight: float | None) -> uharfbuzz.Font:
    folder = _folder(package)
    if folder is None or not (folder / file).is_file():
        raise BadInput(
            f"the package {package} of a lettering font lacks its file {file}",
            f"reinstall it: pip install --force-reinstall {package.replace('_', '-')}",
        )
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(folder / file))))
    if weight is not None:
        font.set_variations({"wght": weight})
    return font
