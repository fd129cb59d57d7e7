"""A line of text as runs: stretches of one script, one typeface and one direction, left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from storypainter.ink.boards.script_order import levels, visual_order
from storypainter.ink.boards.scripts import (
    CHINESE,
    LATIN,
    Script,
    Typeface,
    script_of,
    typefaces_of,
)

_KANA = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
#: Words of a place or a language that say how Han characters are written there.
_HAN_WORDS = {
    "japan": "ja",
    "japanese": "ja",
    "korea": "ko",
    "korean": "ko",
    "taiwan": "zh-Hant",
    "hong kong": "zh-Hant",
    "macau": "zh-Hant",
    "traditional": "zh-Hant",
    "china": "zh-Hans",
    "chinese": "zh-Hans",
    "singapore": "zh-Hans",
}
_HAN_TAGS = {"zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-hant": "zh-Hant", "zh": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Run:
    """Text in the order of reading that is shaped as one.

    ``tag`` is the script's (ISO 15924), ``language`` a language tag or empty.
    """

    text: str
    typeface: Typeface
    tag: str
    language: str
    right_to_left: bool


def visual_runs(text: str, *, right_to_left: bool, locale: str, whole: str) -> list[Run]:
    """The runs of one line, from left to right on the page.

    Args:
        text: the line, in the order of reading.
        right_to_left: the direction of the line as a whole.
        locale: where the text is read: a language tag or the name of a country; may be empty.
        whole: the text of which this is a line: all its lines are written alike.

    Raises:
        BadInput: no typeface has one of the characters.
    """
    if not text:
        return []
    scripts = _scripts(text)
    faces = _typefaces(text, scripts, whole)
    depth = levels(text, right_to_left=right_to_left)
    keys = list(zip(scripts, faces, depth, strict=True))
    starts = [0, *(i for i in range(1, len(text)) if keys[i] != keys[i - 1]), len(text)]
    runs = []
    for start, stop in pairwise(starts):
        script, face, level = keys[start]
        language = _language(script, whole, locale)
        runs.append(Run(text[start:stop], face, script.tag, language, level % 2 == 1))
    return [runs[i] for i in visual_order([depth[start] for start in starts[:-1]])]


def _scripts(text: str) -> list[Script]:
    """The script of every character; shared ones take that of the letter before, or after."""
    found = [script_of(each) for each in text]
    last = next((script for script in found if script is not None), LATIN)
    filled: list[Script] = []
    for script in found:
        last = script or last
        filled.append(last)
    return filled


def _typefaces(text: str, scripts: list[Script], whole: str) -> list[Typeface]:
    """The typeface of every character: one for all that the whole text has in a script."""
    faces: dict[int, Typeface] = {}
    whole_scripts = _scripts(whole)
    for script in dict.fromkeys(scripts):
        own = [each for each, of in zip(whole, whole_scripts, strict=True) if of is script]
        places = [i for i, of in enumerate(scripts) if of is script]
        # A line may hold what the whole text does not: a hyphen that breaks a word.
        characters = "".join(dict.fromkeys([*own, *(text[i] for i in places)]))
        found = typefaces_of(characters, script, text if text in whole else whole)
        by_character = dict(zip(characters, found, strict=True))
        faces.update({i: by_character[text[i]] for i in places})
    return [faces[i] for i in range(len(text))]


def _language(script: Script, whole: str, locale: str) -> str:
    """The language tag of a run, which decides between the regional forms of a character."""
    place = locale.strip().lower().replace("_", "-")
    if script.tag == "Hang":
        return "ko"
    if script is not CHINESE:
        return place if _TAG.fullmatch(place) else ""
    if _KANA.search(whole):
        return "ja"
    for tag, language in _HAN_TAGS.items():
        if place == tag or place.startswith(f"{tag}-"):
            return language
    if place.partition("-")[0] in ("ja", "ko"):
        return place.partition("-")[0]
    for word, language in _HAN_WORDS.items():
        if word in place:
            return language
    if _HANGUL.search(whole):
        return "ko"
    return _chinese_of(whole)


def _chinese_of(text: str) -> str:
    """Traditional if a character is outside the simplified standard set, which GB 2312 lists."""
    han = "".join(each for each in text if "\u4e00" <= each <= "\u9fff")
    try:
        han.encode("gb2312")
    except UnicodeEncodeError:
        return "zh-Hant"
    return "zh-Hans"
