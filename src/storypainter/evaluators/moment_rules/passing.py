"""``sequence``: the text tells a passage of time, by an explicit mark of time or order."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from storypainter.evaluators.contract import Passage
from storypainter.evaluators.moment_rules.clauses import Reading, Verb
from storypainter.evaluators.moment_rules.lexicon import is_abstract, words
from storypainter.evaluators.moment_rules.text import Telling

_NOUNISH = frozenset({"NN0", "NN1", "NN2", "NP0", "AJ0", "AJC", "AJS", "ORD", "CRD", "POS"})
_TIME_NOUNS = frozenset(
    {"time", "hour", "day", "moment", "minute", "night", "year", "age", "instant", "point"}
)
_BREAKS = frozenset(",;:—–-(")
_CLOCK = re.compile(
    r"at (?:half past |(?:a )?quarter (?:to|past) |exactly )?(?P<part>one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|noon|midnight|\d{1,2}(?:[:.]\d\d)?)\b(?! (?:feet|metres|points))",
    re.I,
)
_FRAME = re.compile(
    r"\b(?:in the|at|by|before|towards?|around) (?:early |late |the |mid-?)?"
    r"(?P<part>morning|noon|midday|afternoon|evening|night|dusk|dawn|sunset|sunrise|midnight"
    r"|nightfall)\b",
    re.I,
)
_HEADING = re.compile(
    r"(?<![\w-])(?:scene|step|panel|frame|act|day|chapter|shot|phase|stage|part|beat)"
    r" ?(?:\d+|[ivx]+|one|two|three|four|five|six)\b(?=[*_]*(?: ?[:.)–—-]|[ \t]*$|,? \())",
    re.I | re.M,
)

Guard = Callable[[Telling, int, int], bool]


def find(telling: Telling) -> Iterator[Passage]:
    """The marks of passing time in a text."""
    for guard, pattern in _marks():
        for match in pattern.finditer(telling.own):
            if guard(telling, match.start(), match.end()):
                yield telling.passage("sequence", match.start(), match.end())
    for reading in telling.readings:
        for start, end in (*_then(reading), *_clauses(reading)):
            yield telling.passage("sequence", start, end)
    for start, end in (*_frames(telling), *_headings(telling)):
        yield telling.passage("sequence", start, end)


@cache
def _marks() -> tuple[tuple[Guard, re.Pattern[str]], ...]:
    guards: Mapping[str, Guard] = {
        "anywhere": lambda telling, start, end: True,
        "no_noun": _no_noun,
        "clause_start": _clause_start,
        "moves_on": _moves_on,
        "adverb_of_time": _adverb_of_time,
        "some_day": _some_day,
        "until": _until,
    }
    plain = tomllib.loads(marks_text())
    lists = {name: f"(?:{listed})" for name, listed in plain["lists"].items()}
    found = []
    for row in plain["mark"]:
        pattern = "|".join(row["patterns"])
        for name, listed in lists.items():
            pattern = pattern.replace(f"{{{name}}}", listed)
        whole = re.compile(rf"(?<![\w'’-])(?:{pattern})(?![\w-])", re.I)
        found.append((guards[row["guard"]], whole))
    return tuple(found)


def marks_text() -> str:
    """The marks as they lie in the package; part of the rules' identity."""
    return files("storypainter.evaluators").joinpath("moment_rules/marks.toml").read_text("utf-8")


# ------------------------------------------------------------------------------ guards


def _place(telling: Telling, start: int) -> tuple[Reading, int] | None:
    """The sentence that a mark stands in, and its first token there."""
    at = bisect_right(telling.readings, start, key=lambda each: each.sentence.start) - 1
    if at < 0 or start >= telling.readings[at].sentence.end:
        return None
    reading = telling.readings[at]
    return reading, next(at for at, token in enumerate(reading.tokens) if token.end > start)


def _behind(reading: Reading, end: int) -> int:
    """The first token behind a mark (the number of tokens where there is none)."""
    tokens = reading.tokens
    return next((at for at, token in enumerate(tokens) if token.start >= end), len(tokens))


def _no_noun(telling: Telling, start: int, end: int) -> bool:
    place = _place(telling, start)
    if place is None:
        return False
    reading, _ = place
    behind = _behind(reading, end)
    return behind == len(reading.tags) or reading.tags[behind] not in _NOUNISH


def _clause_start(telling: Telling, start: int, end: int) -> bool:
    """At the beginning of a sentence, or behind a comma or conjunction that begins a clause."""
    place = _place(telling, start)
    if place is None:
        return False
    reading, at = place
    if not _begins(reading, at):
        return False
    behind = _behind(reading, end)
    # "Next to her", "later editions" and a verbless fragment tell no time.
    if reading.tags[behind : behind + 1] in (("PRP",), ("NN1",), ("NN2",)):
        return False
    return any(verb.at >= behind for verb in reading.verbs) or _imperative(reading, behind)


def _begins(reading: Reading, at: int) -> bool:
    before = reading.tokens[at - 1] if at else None
    return before is None or before.text in _BREAKS or before.tag in ("CJC", "PUQ", "UNC", "PUL")


def _imperative(reading: Reading, behind: int) -> bool:
    tags = [tag for tag in reading.tags[behind : behind + 2] if tag != "PUN"]
    return bool(tags) and tags[0] in ("VVB", "VVI")


def _moves_on(telling: Telling, start: int, end: int) -> bool:
    """Beside a finite verb that tells an event, or at the beginning of its clause."""
    place = _place(telling, start)
    if place is None:
        return False
    reading, at = place
    behind = _behind(reading, end)
    if reading.tags[behind : behind + 1] in (("AJ0",), ("PRP",), ("VVN",)):
        return False  # "the finally finished model"
    if _begins(reading, at):
        verb = next((each for each in reading.verbs if each.at >= behind), None)
        return (verb is not None and _tells(reading, verb)) or _imperative(reading, behind)
    near = [v for v in reading.verbs if v.at == behind or v.head == at - 1 or v.at == at - 1]
    return any(_tells(reading, verb) for verb in near)


def _tells(reading: Reading, verb: Verb) -> bool:
    """A verb that may tell an event: "has finally stopped" is a trace, "love is all" a maxim."""
    subject = reading.subject(verb)
    truth = verb.lemma == "be" and subject is not None and is_abstract(subject)
    return verb.aspect != "perfect" and not truth


def _adverb_of_time(telling: Telling, start: int, end: int) -> bool:
    """By itself, not before a noun, nor behind ``of`` or ``for``: "the next day's bread"."""
    place = _place(telling, start)
    if place is None or not _no_noun(telling, start, end):
        return False
    reading, at = place
    before = reading.tokens[at - 1] if at else None
    if before is not None and before.tag in ("PRF", "PRP", "AJ0"):
        return False
    return bool(reading.verbs) and (_begins(reading, at) or _ends(reading, end))


def _ends(reading: Reading, end: int) -> bool:
    behind = _behind(reading, end)
    return behind == len(reading.tags) or reading.tags[behind] in ("PUN", "CJC")


def _some_day(telling: Telling, start: int, end: int) -> bool:
    """``one day``; with another time of day only if it doesn't merely set the first scene."""
    place = _place(telling, start)
    if place is None or not _adverb_of_time(telling, start, end):
        return False
    reading, _ = place
    if telling.own[start:end].casefold().endswith("day"):
        return True
    first = reading is telling.readings[0]
    return not first or any(verb.tense == "past" for verb in reading.verbs)


def _until(telling: Telling, start: int, end: int) -> bool:
    """Behind an event, before a clause: "they dance until the sun comes up".

    "rubbed until it shines" and "bends till her nose touches it" say how far, not how long.
    """
    place = _place(telling, start)
    if place is None:
        return False
    reading, at = place
    limit = next((each for each in reading.verbs if each.at > at), None)
    before = [v for v in range(at) if reading.tags[v].startswith("VV")]
    told = next((each for each in reading.verbs if before and each.head == before[-1]), None)
    return limit is not None and told is not None and _event(told)


# ------------------------------------------------------------------------- by the words


def _then(reading: Reading) -> Iterator[tuple[int, int]]:
    """``then`` as an adverb of order; not ``back then``, ``now and then``, ``if … then``."""
    tokens, tags = reading.tokens, reading.tags
    for at, token in enumerate(tokens):
        if token.lemma != "then" or not reading.visible(at):
            continue
        before = [each.lemma for each in tokens[max(0, at - 2) : at]]
        if before[-1:] in (["back"], ["since"], ["until"], ["by"], ["till"]):
            continue
        if before[-2:] == ["now", "and"] or any(each.lemma == "if" for each in tokens[:at]):
            continue
        if [each.lemma for each in tokens[at + 1 : at + 3]] == ["and", "now"]:
            continue
        if tags[at - 1 : at] in (("AT0",), ("PRP",)):
            continue
        # "three strands, then two": a verbless list is no story.
        if not any(tag[:2] in ("VV", "VB", "VH", "VM") for tag in tags[at:]):
            continue
        yield token.start, token.end


def _clauses(reading: Reading) -> Iterator[tuple[int, int]]:
    """``when``, ``once``, ``after`` and ``before`` as an order of events."""
    for verb in reading.verbs:
        if verb.main or verb.opener < 0:
            continue
        word = reading.tokens[verb.opener].lemma
        main = [each for each in reading.verbs if each.main]
        told = any(each.aspect == "simple" and each.lemma != "be" for each in main)
        ordered = (
            (word == "when" and _orders(reading, verb, main))
            or (word in ("after", "once", "whereupon") and told)
            or (word == "before" and _same_actor(reading, verb, main))
        )
        if ordered:
            yield reading.tokens[verb.opener].start, reading.tokens[verb.head].end
    for at, tag in enumerate(reading.tags[:-1]):
        word = reading.tokens[at].lemma
        opens = word in ("after", "before") and tag in ("PRP", "CJS")
        doing = reading.tags[at + 1] in ("VVG", "VHG")
        if opens and doing and any(_event(verb) for verb in reading.verbs if verb.main):
            yield reading.tokens[at].start, reading.tokens[at + 1].end


def _orders(reading: Reading, verb: Verb, main: list[Verb]) -> bool:
    """Whether a when-clause and its main clause are two events."""
    opener = verb.opener
    before = reading.tokens[opener - 1] if opener else None
    if (before is not None and before.lemma in _TIME_NOUNS) or verb.lemma in ("rain", "snow"):
        return False
    past = any(each.tense == "past" and each.at < verb.at for each in main)
    return _event(verb) and (past or any(_event(each) for each in main))


def _event(verb: Verb) -> bool:
    """An action that is told as a whole, not a state, a pose or what is going on."""
    if verb.aspect != "simple" or verb.tense == "modal" or verb.negated:
        return False
    if verb.lemma in ("say", "call"):
        return True
    still = ("posture", "state", "hold")
    return not any(verb.lemma in words("pose", name) for name in still)


def _same_actor(reading: Reading, verb: Verb, main: list[Verb]) -> bool:
    """``checks his watch before he boards``; not ``catches the cup before it falls``."""
    own = reading.subject(verb)
    if own is None or own.lemma not in ("he", "she", "they", "we", "i") or not _event(verb):
        return False
    return any(_event(each) and each.at < verb.at for each in main)


def _frames(telling: Telling) -> Iterator[tuple[int, int]]:
    """Two sentences that begin at different times of day."""
    found: dict[str, tuple[int, int]] = {}
    for reading in telling.readings:
        own = telling.own[reading.sentence.start : reading.sentence.end]
        lead = own.lstrip("\"'*_ ")
        match = _FRAME.match(lead) or _CLOCK.match(lead)
        if match and reading.verbs:
            at = reading.sentence.start + len(own) - len(lead)
            found.setdefault(match["part"].casefold(), (at + match.start(), at + match.end()))
    if len(found) > 1:
        yield from list(found.values())[1:]


def _headings(telling: Telling) -> Iterator[tuple[int, int]]:
    """``Scene 1: … Scene 2: …``."""
    found = [match.span() for match in _HEADING.finditer(telling.own)]
    if len(found) > 1:
        yield from found
