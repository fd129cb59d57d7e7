"""How old people are, by what stands behind their mention: in years, by a relative, by their work."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storypainter.director.cast import Cast
from storypainter.director.drafts import Draft
from storypainter.director.phrases import grammar

_ABOUT = (
    r"(?:about|nearly|almost|around|over|past|well past|just|only|barely|hardly|scarcely|perhaps|maybe|"
    r"some|close to|not quite|at most|at least|no more than|no older than|not older than|under|"
    r"approximately|roughly|more than|all of|not much over|just over|just under)"
)
_YEARS = r"(?P<years>\d\d?|[a-z]+(?:-[a-z]+)?)"
_BEHIND = r"(?=\s*(?:[,.;:!?)—–]|$)|\s+(?:or|and|at most|with|in|on|years?)\b)"
_OF = re.compile(
    rf"\s+of (?:(?P<near>{_ABOUT}) )?{_YEARS}\b(?! (?:them|the|these|those|his|her|their|its|us|hundred|thousand|people))",
    re.I,
)
_ASIDE = re.compile(
    rf"\s*,?\s+(?:the (?:eldest|oldest) )?(?:(?P<near>{_ABOUT}|not yet) |aged? (?:{_ABOUT} )?){_YEARS}{_BEHIND}"
    r"|\s+not yet (?P<under>[a-z]+)\b"
    rf"|\s*,\s+(?P<plain>\d\d?|[a-z]+(?:-[a-z]+)?)(?=,| years| at most| or so)",
    re.I,
)
_IS = re.compile(
    rf"\S+ (?:is|was|looks|turns|must be|may be|might be|can be|cannot be|can't be|could be|'s|’s)"
    rf" (?:(?P<near>{_ABOUT}|not yet|older than|more than) )?{_YEARS}{_BEHIND}",
    re.I,
)
_DECADE = re.compile(
    r"\s*,?\s+in (?:his|her|their) (?:early |mid-|mid |late )?"
    r"(?P<decade>teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
    re.I,
)
_SAME = re.compile(r"\s+of (?P<whose>his|her|their|the same) (?:own )?age\b", re.I)
_DECADES = {"teens": 15, "twenties": 25, "thirties": 35, "forties": 45, "fifties": 55}
_GROUPS = frozenset(
    {"class", "crowd", "team", "family", "group", "crew", "choir", "band", "audience", "couple"}
    | {"people", "twins", "parents", "grandparents", "jury", "party"}
)
_GROWN_KIN = frozenset({"son", "daughter", "grandchild", "niece", "nephew"})
_ADULT = frozenset({"grown-up", "grown", "adult", "married", "pregnant", "bearded", "middle-aged"})
#: Who is a child where children play.
_PLAYING = frozenset(
    {"captain", "player", "goalkeeper", "friend", "rival", "classmate", "actor", "skater", "dancer"}
    | {"musician", "swimmer", "jogger", "best man"}
)
_AT_SCHOOL = re.compile(
    r"\b(?:schoolyard|school|playground|kindergarten|nursery|pupils?|schoolchildren|classmates?"
    r"|classroom|class|break time|school play|nativity play|juniors?|under-?\d+s)\b",
    re.I,
)
_AT_SEA = re.compile(r"\b(?:ship|boat|ferry|vessel|harbour|deck|sea|sailors?)\b", re.I)
_MARRYING = {
    "daughter": re.compile(r"\b(?:the|a) bride's (?:father|mother|parents|family)\b", re.I),
    "son": re.compile(r"\b(?:the|a) (?:bride)?groom's (?:father|mother|parents|family)\b", re.I),
}
_BRIDAL = frozenset({"wedding dress", "veil", "tailcoat", "tuxedo", "wedding veil", "long dress"})
_STUDYING = re.compile(
    r"\b(?:professor|lectur\w+|universit\w+|seminar|campus|college|faculty)s?\b", re.I
)


def tell_ages(cast: Cast, spoken: Sequence[tuple[Draft, int]], text: str) -> None:
    """Give people the ages that the text tells.

    Args:
        cast: whose people are changed.
        spoken: every person that the text tells of, by a noun or a pronoun, with the offset.
        text: the whole story.
    """
    people = [d for d in cast.drafts if d.is_person]
    for person in people:
        for span in person.spans:
            if span.text.casefold() not in _GROUPS:
                _tell(cast, person, span.end, text)
    for person, at in spoken:
        told = _IS.match(text, at) if person.is_person else None
        if told is not None:
            _set(cast, person, told["years"], told["near"])
    for person in people:
        _grow_up(person, text)
        _grow_down(person, people, text)
    _tell_same(people, text)


def _tell(cast: Cast, person: Draft, end: int, text: str) -> None:
    if (aged := _OF.match(text, end)) is not None:
        _set(cast, person, aged["years"], aged["near"])
    elif (aside := _ASIDE.match(text, end)) is not None:
        if aside["under"]:
            _set(cast, person, aside["under"], "not yet")
        elif aside["years"] or person.age in ("child", "toddler", "teen"):
            _set(cast, person, aside["years"] or aside["plain"], aside["near"])
    elif (decade := _DECADE.match(text, end)) is not None:
        cast.set_years(person, str(_DECADES.get(decade["decade"].casefold(), 70)))


def _set(cast: Cast, person: Draft, years: str, near: str | None) -> None:
    """Give an age in years; "not yet three" is two."""
    word = years.casefold()
    number = int(word) if word.isdecimal() else int(grammar()["numbers"].get(word.split("-")[0], 0))
    if near and near.casefold() in ("not yet", "under", "not quite", "barely", "just under"):
        number -= 1
    if number > 0:
        cast.set_years(person, str(number))
        young = {"man": "boy", "woman": "girl"}
        if person.age in ("child", "toddler") and person.word in young:
            person.word = young[person.word]


def _grow_up(person: Draft, text: str) -> None:
    """Make grown-up whom kinship alone made a child, and students of whom a professor teaches."""
    told = _MARRYING.get(person.said)
    marries = told is not None and told.search(text) is not None
    marries = marries or any(kind in _BRIDAL for kind, _ in person.garments)
    grown = marries or person.adjectives & _ADULT
    if person.said in _GROWN_KIN and person.age == "child" and grown:
        person.age = "adult"
        person.word = {"girl": "woman", "boy": "man"}.get(person.word, person.word)
    if person.said == "pupil" and person.age == "child" and _STUDYING.search(text):
        person.age, person.word = "teen", "student"


def _grow_down(person: Draft, people: Sequence[Draft], text: str) -> None:
    """Make a child of who plays with children at a school: a captain, a goalkeeper."""
    grown = person.adjectives & (_ADULT | {"grey-haired", "bald", "old", "white-haired"})
    if person.said not in _PLAYING or person.age != "adult" or grown:
        return
    young = any(d.age == "child" for d in people if d is not person)
    if young and _AT_SCHOOL.search(text) and not _AT_SEA.search(text):
        person.age = "child"
        person.word = {"female": "girl", "male": "boy"}.get(person.gender, "child")


def _tell_same(people: Sequence[Draft], text: str) -> None:
    """Give somebody "of her age" the age of whom the text told of before."""
    for person in people:
        for span in person.spans:
            same = _SAME.match(text, span.end)
            if same is None:
                continue
            gender = {"his": "male", "her": "female"}.get(same["whose"].casefold())
            others = [
                (s.start, d)
                for d in people
                for s in d.spans
                if d is not person and s.start < span.start and gender in (None, d.gender)
            ]
            if others:
                person.age = max(others, key=lambda pair: pair[0])[1].age
