"""Phrases that show a pose or a state of mind: "hands on her hips", "tears run down his face"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Literal

from storypainter.director.cast import Cast
from storypainter.director.drafts import Draft
from storypainter.director.gazetteer import gazetteer, word_list
from storypainter.director.placing import bearing

Showing = Literal["pose", "expression"]
_POSSESSIVE = r"(?:(?P<who>his|her|their|its)|the|a|one|both) "
_DENIED = re.compile(r"\b(?:not|no|without|never|n't|not to|as if|trying to)\W*(?:\w+\W+)?$", re.I)
_DETERMINED = re.compile(
    r"\b(?:an?|the|his|her|their|its|this|that|two|three|four)\s+(?:[\w-]+,?\s+){0,2}$", re.I
)
#: What follows a phrase that describes a noun: no preposition, article, pronoun or conjunction.
_NOUN_BEHIND = re.compile(
    r"\s+((?!(?:at|with|in|on|and|or|but|to|over|into|from|down|up|out|as|like|for|so|his|her|their|its"
    r"|the|an?|by|of|under|behind|beside|through|across|towards?|back|away|is|are|while|when|he|she"
    r"|they|it|that|who|which|off|along|after|before|softly|broadly)\b)(?:[\w-]+\s?){1,3})"
)
_LED = re.compile(r"\b(his|her|their)\s+$", re.I)
#: What follows a phrase that is set off before its subject: ", a boy".
_FOLLOWED = re.compile(r"[^,.;:!?]{0,50},\s+(?:an?|the|his|her|their|one|two|three)\s", re.I)
_RED = re.compile(r"\b(?:crimson|scarlet|red|purple|puce|beetroot|tears?)\b", re.I)
_OF_A_THING = re.compile(r"\bits (?:own )?$", re.I)
_SINGLE = re.compile(r"\b(?:his|her|he|she)\b", re.I)
_WITH = re.compile(r"\bwith (?:[\w-]+ ){0,2}$", re.I)
_TO_WHOM = re.compile(r"(?:him|her|them)\b[^,.;:]*", re.I)
_SENTENCE_END = re.compile(r"[.!?\n]")
_OPENING = 5  # words of a sentence before a phrase that may still be of the one before
_REACH = 160  # characters between a person and the phrase that tells of them


def gesture(
    cast: Cast,
    spoken: Sequence[tuple[Draft, int]],
    deeds: Sequence[tuple[int, Sequence[Draft]]],
    text: str,
    unreal: Sequence[tuple[int, int]] = (),
    nobody: Collection[int] = (),
) -> None:
    """Give people the poses and expressions that phrases of the text show.

    Args:
        cast: whose people are changed.
        spoken: every person that the text tells of, with the offset.
        deeds: the offset of every verb, with those who do it.
        text: the whole story.
        unreal: pieces of it that tell of what is not there.
        nobody: the offsets of verbs whose doer is told, but not drawn.
    """
    people = sorted(((at, d) for d, at in spoken if d.is_person), key=lambda p: p[0])
    for kind, word, match in _found(text):
        if _DENIED.search(text[max(0, match.start() - 24) : match.start()]):
            continue
        if any(start <= match.start() < end for start, end in unreal):
            continue
        if _OF_A_THING.search(text, max(0, match.start() - 24), match.start()):
            continue
        for who in _whose(people, deeds, match, text, nobody):
            _show(cast, who, kind, word, match, text)


def _cries(match: re.Match[str], text: str) -> bool:
    """Whether a small child's open mouth is that of one that cries: "crimson, mouth open"."""
    around = text[max(0, match.start() - 40) : match.end() + 40]
    return "mouth" in match[0].casefold() and _RED.search(around) is not None


def _show(
    cast: Cast, who: Draft, kind: Showing, word: str, match: re.Match[str], text: str
) -> None:
    if kind == "expression":
        word = "crying" if who.age == "toddler" and _cries(match, text) else word
        group = gazetteer().group(word, "expression")
        drawn = group.drawn_as(word, cast.vocabulary) if group else None
        who.expression = who.expression or drawn
    elif word in ("sit", "lie"):
        upright = set(bearing()["lists"]["upright"])
        if who.posture is None and not upright & set(who.poses):
            who.posture = "sit" if word == "sit" else "lie"
    elif word == "stand":
        who.posture = who.posture or "stand"
    elif word != "sit ground":
        who.poses.insert(0, word)
    elif who.posture in (None, "sit"):
        who.poses.insert(0, word)
        who.posture = "sit"


def _found(text: str) -> Iterator[tuple[Showing, str, re.Match[str]]]:
    for kind, word, pattern in _patterns():
        for match in pattern.finditer(text):
            yield kind, word, match


@cache
def _patterns() -> tuple[tuple[Showing, str, re.Pattern[str]], ...]:
    tables = word_list("gestures")
    kinds: tuple[tuple[Showing, str], ...] = (("pose", "poses"), ("expression", "expressions"))
    return tuple(
        (kind, word, _pattern(phrases))
        for kind, table in kinds
        for word, phrases in tables[table].items()
    )


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    spelled = []
    for number, phrase in enumerate(sorted(phrases, key=len, reverse=True)):
        own = _POSSESSIVE.replace("who", f"who{number}")
        spelled.append(re.escape(phrase).replace(r"\*\ ", f"(?:{own})?"))
    return re.compile(rf"\b(?:{'|'.join(spelled)})\b", re.I)


def _doing(
    deeds: Sequence[tuple[int, Sequence[Draft]]], sentence: int, before: int
) -> Draft | None:
    """The only one who does the last thing told of between two offsets."""
    told = [(at, doers) for at, doers in deeds if sentence < at < before and doers]
    if not told:
        return None
    last = max(at for at, _ in told)
    doers = [d for at, each in told if at == last for d in each if d.is_person]
    return doers[0] if len(doers) == 1 else None


def _told(deeds: Sequence[tuple[int, Sequence[Draft]]], sentence: int, before: int) -> bool:
    """Whether the last verb between two offsets is of nobody that can be drawn."""
    last = max((at for at, _ in deeds if sentence < at < before), default=None)
    return last is not None and not any(doers for at, doers in deeds if at == last)


def _describes(match: re.Match[str], text: str) -> tuple[int, int] | None:
    """Where the noun stands that a word only describes, as in "a laughing boy", or None."""
    if " " in match[0]:
        return None
    before = _DETERMINED.search(text, max(0, match.start() - 40), match.start())
    behind = _NOUN_BEHIND.match(text, match.end())
    return behind.span(1) if before is not None and behind is not None else None


def _whose(
    people: Sequence[tuple[int, Draft]],
    deeds: Sequence[tuple[int, Sequence[Draft]]],
    match: re.Match[str],
    text: str,
    nobody: Collection[int],
) -> list[Draft]:
    """Who a phrase tells of: who does its verb, or the last fitting person before it."""
    noun = _describes(match, text)
    if noun is not None:
        return [d for at, d in people if noun[0] <= at < noun[1]]
    verbs = [doers for at, doers in deeds if match.start() == at]
    set_off = text[: match.start()].rstrip()[-1:] in (*",;.!?\n", "")
    if verbs and verbs[0]:
        return [d for d in verbs[0] if d.is_person]
    if verbs and not set_off:
        known = match.start() in nobody or " " not in match[0]
        return [] if known else _alone(people, match, text)
    who = _owner(people, deeds, match, text)
    if who is None:
        return []
    before = [at for at, d in people if d is who and at < match.start()]
    behind = [at for at, d in people if d is who and at >= match.end()]
    at = max(before, default=min(behind, default=-1))
    if _SINGLE.search(text, max(0, match.start() - 8), match.end()):
        return [who]
    return [d for each, d in people if each == at] or [who]  # "three hold a hand over their mouths"


def _alone(people: Sequence[tuple[int, Draft]], match: re.Match[str], text: str) -> list[Draft]:
    """The only one whom a phrase's sentence tells of before it: "a man, his hat askew, bends over"."""
    sentence = max(text.rfind(mark, 0, match.start()) for mark in ".!?;\n")
    told = {id(d): d for at, d in people if sentence < at < match.start()}
    return list(told.values()) if len(told) == 1 else []


def _borne_by_verb(people: Sequence[tuple[int, Draft]], match: re.Match[str], text: str) -> bool:
    """Whether a phrase behind "with" tells of who acts: "she nods to him with wet eyes"."""
    led = _WITH.search(text, 0, match.start())
    if led is None:
        return False
    last = max((at for at, _ in people if at < led.start()), default=-1)
    return _TO_WHOM.fullmatch(text, last, led.start()) is not None


def _owner(
    people: Sequence[tuple[int, Draft]],
    deeds: Sequence[tuple[int, Sequence[Draft]]],
    match: re.Match[str],
    text: str,
) -> Draft | None:
    """The last fitting person before a phrase, in its own sentence if there is one."""
    led = _LED.search(text, max(0, match.start() - 8), match.start())
    start = match.start() if led is None else led.start()
    told = (*match.groupdict().values(), led and led[1])
    owner = next((v for v in told if v), "").casefold()
    gender = {"his": "male", "her": "female"}.get(owner)
    sentence = max(text.rfind(mark, 0, match.start()) for mark in ".!?\n")
    counts = Counter(at for at, _ in people)
    fitting = [
        (at, d)
        for at, d in people
        if match.start() - _REACH < at < match.start()
        and (gender is None or (d.gender in (gender, "unspecified") and counts[at] == 1))
    ]
    inside = [d for at, d in fitting if at > sentence]
    if _borne_by_verb(people, match, text) and (acting := _doing(deeds, sentence, match.start())):
        return acting
    opens = len(text[sentence + 1 : start].split()) < _OPENING
    doing = _doing(deeds, sentence, match.start())
    behind = text[:start].rstrip(" a").endswith((",", ";"))
    acts = [at for at, _ in deeds if sentence < at < match.start()]
    close = bool(acts and fitting) and max(acts) > fitting[-1][0] and not (behind or owner)
    if close and doing in inside:
        return doing  # "a man in his daughter's hat crawls on all fours"
    if inside and behind and doing is not None and (not owner or doing in inside):
        return doing  # "she waits for him, head bowed"
    new_clause = text[:start].rstrip().endswith(";")  # "; flat along the pole a boy waits"
    if (
        behind
        and not (owner or new_clause)
        and doing is None
        and _told(deeds, sentence, match.start())
    ):
        return None  # of somebody else: "the youngest stands there, ears red"
    if inside and text[fitting[-1][0] : match.start()].count(",") == 1:
        return inside[-1]  # "behind her a boy, knees drawn up"
    if inside:
        return inside[0] if behind and not owner else inside[-1]
    named = any(sentence < at < match.start() for at, _ in people)
    follows = _FOLLOWED.match(text, match.end())
    if follows is not None and not named:
        later = [d for at, d in people if match.end() <= at < follows.end() + 30]
        return later[0] if later else None  # "knees to his chin, a boy waits"
    if fitting and owner and opens:
        return fitting[-1][1]
    if owner or named:
        return None
    ends = _SENTENCE_END.search(text, match.end())
    limit = min(match.end() + 60, ends.start() if ends else len(text))
    return next((d for at, d in people if match.start() < at < limit), None)
