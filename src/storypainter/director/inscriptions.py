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
_SAID = re.compile(
    r"\b(?:says?|saying|shouts?|shouting|asks?|asking|whispers?|whispering|cries|calls?|calling|yells?"
    r"|answers?|replies|murmurs?|sings?|exclaims?)\b[^.!?]{0,12}$",
    re.I,
)
_BEARS = re.compile(r"\b(?:that|which) (?:says?|reads?|calls?)\W*$|\bsaying\W*$", re.I)
_SAYS = re.compile(
    r"\W{0,3}(?:(?:he|she|they|the \w+) )?(?:says?|shouts?|asks?|whispers?|cries|calls?|yells?)\b",
    re.I,
)
_ORDINARY = frozenset(
    {"I", "A", "TV", "OK", "UK", "USA", "US", "EU", "PE", "AM", "PM", "ID", "DVD", "CD", "DJ", "X"}
)
_MOSTLY = 0.5
_DIGITAL = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b(?! ?(?:kg|km|cm|m|%|€|£))")
_TO_PAST = re.compile(
    r"\b(one|two|three|four|six|seven|eight|five|ten|quarter|a quarter|twenty|twenty-five|half)(?: minutes)? (to|past) (\w+)",
    re.I,
)
_BY_CLOCK = re.compile(
    r"\b(?:clock|watch|shows?|reads?|at|is|says?|display)\W+(?:\w+ ){0,2}$", re.I
)
_O_CLOCK = re.compile(r"\b(\w+) o['’]clock\b", re.I)
_MINUTES = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "five": 5,
    "ten": 10,
    "quarter": 15,
    "a quarter": 15,
    "twenty": 20,
    "twenty-five": 25,
}
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})(?: \d{{4}})?|(?:{_MONTH}) \d{{1,2}}\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:,? (?:the )?\d{1,2}(?:st|nd|rd|th)?)?)"
)
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
    for match in _WORDS.finditer(text):
        gap = text[run[-1].end() : match.start()] if run else ""
        if run and (gap not in ("", " ") or not _continues(match[0])):
            yield from _run(run, text)
            run = []
        if run or _begins(match[0]):
            run.append(match)
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


def speaks(text: str, start: int, end: int) -> bool:
    """Whether words between two offsets are said by somebody rather than written."""
    before, behind = text[max(0, start - 30) : start], text[end : end + 16]
    if _BEARS.search(before):
        return False
    return _SAID.search(before) is not None or _SAYS.match(behind) is not None


def time_in(text: str) -> str | None:
    """The first time of day in a text as ``H:MM``: 9:55, five to ten, half past two, six o'clock."""
    if (digital := _DIGITAL.search(text)) is not None:
        return f"{int(digital[1])}:{digital[2]}"
    if (spoken := _TO_PAST.search(text)) is not None and (hour := _hour(spoken[3])):
        if spoken[1].casefold() == "half":
            return f"{hour}:30" if spoken[2].casefold() == "past" else None
        minutes = _MINUTES[spoken[1].casefold()]
        if spoken[2].casefold() == "past":
            return f"{hour}:{minutes:02d}"
        return f"{hour - 1 or 12}:{60 - minutes:02d}"
    if (whole := _O_CLOCK.search(text)) is not None and (hour := _hour(whole[1])):
        return f"{hour}:00"
    return None


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


def date_in(text: str) -> str | None:
    """The first date or weekday in a text, as written."""
    match = _DATE.search(text)
    return match[0] if match else None


def writable(text: str) -> str:
    """A text with the characters that every pen of the painter has, at most 80 of them."""
    return " ".join("".join(c for c in text if _SAFE.fullmatch(c)).split())[:80].strip()
