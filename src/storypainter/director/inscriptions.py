"""What is written in a picture: quoted words, capitals, other scripts; times and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storypainter.director.phrases import grammar

_QUOTED = re.compile(
    r"“([^”\n]{1,200})”|\"([^\"\n]{1,200})\"|«([^»\n]{1,200})»|„([^“”\n]{1,200})[“”]"
)
_SINGLE = re.compile(r"(?<![\w’'])[‘']([^’'\n]{2,60})[’'](?!\w)")
_WORDS = re.compile(r"[^\W_]+(?:['’.&/-][^\W_]+)*[!?.]?|[:,–-]")
_ORDINARY = frozenset(
    {"I", "A", "TV", "OK", "UK", "USA", "US", "EU", "PE", "AM", "PM", "ID", "DVD", "CD", "DJ", "X"}
)
_MOSTLY = 0.5
_DIGITAL = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b(?! ?(?:kg|km|cm|m|%|€|£))")
_COUNT = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|a|quarter|a quarter|half|twenty-(?:one|two|three|four|five|six"
    r"|seven|eight|nine)|\d{1,2}"
)
_TO_PAST = re.compile(
    rf"\b({_COUNT})(?:[ -]?minutes?)? (to|before|past|after|of) (\w+)(?! (?:minutes|years|o’clock's))",
    re.I,
)
_PAST_ALONE = re.compile(
    rf"\b({_COUNT})(?:[ -]minutes?)? (past|after|to|before)\b(?! \w*[a-z])", re.I
)
_HALF_DAY = re.compile(r"\b(\d{1,2})(?:[:.]([0-5]\d))? ?([ap])\.?m\b", re.I)
_STANDS_AT = re.compile(
    r"\b(?:clock|watch|dial|hands)\b[^.!?;]{0,40}?\b(?:shows?|reads?|says?|at|strikes?|striking|to|on)"
    r" (?:exactly |nearly |almost |just )?(\w+)(?=[,.;:!?]| (?:sharp|exactly|and|while|as)\b|$)",
    re.I,
)
_AT_THE_TOP = {"midnight": "0:00", "noon": "12:00", "midday": "12:00"}
_BY_CLOCK = re.compile(
    r"\b(?:clock|watch|shows?|reads?|at|is|says?|display)\W+(?:\w+ ){0,2}$", re.I
)
_O_CLOCK = re.compile(r"\b(\w+) o['’]clock\b", re.I)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})(?: \d{{4}})?|(?:{_MONTH}) \d{{1,2}}\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:,? (?:the )?\d{1,2}(?:st|nd|rd|th)?)?)"
)
_DATED = re.compile(rf"\d|\b[A-Z]{{3,}}\b|\b(?:{_MONTH}|year|month|page|leaf|days?)\b")
_DIALS = re.compile(r"\b(?:dials?|clock faces?|clocks?|hands of)\b[^.!?]*", re.I)
#: Letters of scripts that the painter's pens surely know: Latin, Greek, Cyrillic.
_SAFE = re.compile(r"[ -~ -ſȘ-țΆ-ώЀ-я‘’“”–—…€№ёЁіІїЇєЄґҐ•]")


def inscriptions(text: str) -> list[tuple[int, int, str]]:
    """(start, end, words) of all that seems to be written: quoted, or in capitals."""
    found = [*_quoted(text)]
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) < _MOSTLY * len(letters):
        taken = [(start, end) for start, end, _ in found]
        found += [i for i in _capitals(text) if not any(s < i[1] and i[0] < e for s, e in taken)]
    return sorted(found)


def _quoted(text: str) -> Iterator[tuple[int, int, str]]:
    ends = 0
    for match in sorted(
        [*_QUOTED.finditer(text), *_SINGLE.finditer(text)], key=lambda m: (m.start(), -m.end())
    ):
        if match.start() >= ends:
            ends = match.end()
            words = next(g for g in match.groups() if g is not None)
            yield match.start(), match.end(), words.strip(" ,.")


def _capitals(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of words in capitals, or in letters without case, with numbers between."""
    run: list[re.Match[str]] = []
    before: re.Match[str] | None = None
    for match in _WORDS.finditer(text):
        gap = text[run[-1].end() : match.start()] if run else ""
        if run and (gap not in ("", " ") or not _continues(match[0])):
            yield from _run(run, text)
            run = []
        if run or _begins(match[0]):
            if not run and before is not None and text[before.end() : match.start()] == " ":
                run.append(before)  # "I WAS BRAVE"
            run.append(match)
        before = match if match[0] == "I" else None
        if run and match[0][-1] in ".!?":
            yield from _run(run, text)
            run = []
    yield from _run(run, text)


def _run(run: list[re.Match[str]], text: str) -> Iterator[tuple[int, int, str]]:
    while run and not any(c.isalnum() for c in run[-1][0]):
        run = run[:-1]
    loud = [m[0].strip(".!?") for m in run if _loud(m[0])]
    if loud and not all(word in _ORDINARY for word in loud):
        start, end = run[0].start(), run[-1].end()
        yield start, end, text[start:end].rstrip(".,;:")


def _begins(word: str) -> bool:
    return _loud(word) or word[0].isdecimal()


def _continues(word: str) -> bool:
    return _begins(word) or word in ":,–-" or (len(word.strip(".!?")) == 1 and word[0].isupper())


def _loud(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    caseless = bool(letters) and all(c.lower() == c.upper() and c > "ʯ" for c in letters)
    return caseless or (len(letters) > 1 and all(c.isupper() for c in letters))


def time_in(text: str) -> str | None:
    """The first time of day in a text as ``H:MM``: 9:55, five to ten, half past two, six o'clock."""
    if (halved := _HALF_DAY.search(text)) is not None and 1 <= int(halved[1]) <= 12:
        hour = int(halved[1]) % 12 + (12 if halved[3].casefold() == "p" else 0)
        return f"{hour}:{halved[2] or '00'}"
    if (digital := _DIGITAL.search(text)) is not None:
        return f"{int(digital[1])}:{digital[2]}"
    for spoken in _TO_PAST.finditer(text):
        found = _spoken(spoken[1], spoken[2], spoken[3])
        if found is not None:
            return found
    if (whole := _O_CLOCK.search(text)) is not None and (hour := _hour(whole[1])):
        return f"{hour}:00"
    if (bare := _STANDS_AT.search(text)) is not None:
        named = _AT_THE_TOP.get(bare[1].casefold())
        hour = _hour(bare[1])
        return named or (f"{hour}:00" if hour else None)
    return None


def _spoken(count: str, way: str, name: str) -> str | None:
    hour = {"midnight": 12, "noon": 12, "midday": 12}.get(name.casefold()) or _hour(name)
    minutes = _minutes(count)
    later = way.casefold() in ("past", "after")
    if not hour or not minutes or (count.casefold() == "half" and not later):
        return None
    if way.casefold() == "of" and count.casefold() not in ("quarter", "a quarter"):
        return None
    return f"{hour}:{minutes:02d}" if later else f"{hour - 1 or 12}:{60 - minutes:02d}"


def _minutes(count: str) -> int:
    """Minutes in words or digits; a quarter is 15, half an hour 30; 0 for what is none."""
    word = count.casefold()
    if word in ("quarter", "a quarter", "half"):
        return 30 if word == "half" else 15
    if word == "a":
        return 1
    if word.isdecimal():
        return int(word) if int(word) < 60 else 0
    return sum(int(grammar()["numbers"].get(each, 0)) for each in word.split("-"))


def minutes_past(before: str, sentence: str) -> str | None:
    """The time of "one minute past", whose hour is the last one that the text told before."""
    alone = _PAST_ALONE.search(sentence)
    hours = [*_DIGITAL.finditer(before)]
    if alone is None or not hours:
        return None
    total = int(hours[-1][1]) * 60 + int(hours[-1][2])
    later = alone[2].casefold() in ("past", "after")
    total = (total + (1 if later else -1) * _minutes(alone[1])) % (24 * 60)
    return f"{total // 60}:{total % 60:02d}"


def late(text: str) -> str | None:
    """``night`` where a digital clock of a text shows such an hour; else None."""
    digital = _DIGITAL.search(text)
    if digital is None or not _BY_CLOCK.search(
        text[max(0, digital.start() - 40) : digital.start()]
    ):
        return None
    hour = int(digital[1])
    return "night" if hour >= 21 or hour < 5 else None


def _hour(word: str) -> int:
    number = int(word) if word.isdecimal() else int(grammar()["numbers"].get(word.casefold(), 0))
    return number if 1 <= number <= 12 else 0


def dial_time(text: str) -> str | None:
    """The time of day in a sentence on dials or hands: "forty dials, each telling five to three"."""
    told = (time_in(match[0]) for match in _DIALS.finditer(text))
    return next((time for time in told if time is not None), None)


def tells_a_date(sentence: str) -> bool:
    """Whether a sentence on a calendar tells in any way what it shows."""
    return _DATED.search(sentence) is not None


def date_in(text: str) -> str | None:
    """The first date or weekday in a text, as written."""
    match = _DATE.search(text)
    return match[0] if match else None


def writable(text: str) -> str:
    """A text with the characters that every pen of the painter has, at most 80 of them."""
    return " ".join("".join(c for c in text if _SAFE.fullmatch(c)).split())[:80].strip()
