"""Does a picture show what a sentence says? Answered from the reading of its Scene, by rules.

A sentence holds when everything that it names is there (with its colour, where it has one, and
with its letters, where it is to be read) and at least half of what it says of looks, poses and
relations is told by those very elements. A sentence of which no word is known, or that would
hold but names something unknown, gets no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from storypainter.evaluators.scene_reading import SceneReading, Thing
from storypainter.evaluators.scene_reading_lexicon import lexicon
from storypainter.evaluators.scene_reading_sentence import Asked, Naming, ask

#: How alike (difflib's ratio) a text and what is asked for must be.
SAME_LETTERS = 0.85
#: The share of known words about looks from which a sentence holds.
ENOUGH = 0.5
#: What things do as well, wherever they are: it says nothing then.
_POSTURES = frozenset({"stand", "lie", "sit", "rest", "hang", "lean"})
_AGES = {"old": "elder", "elderly": "elder", "young": "teen child toddler adult"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: ``degree`` (0 to 1; at least 0.75 where the sentence holds), or why there is none.

    ``missing`` are the words that nothing in the picture answers to.
    """

    holds: bool | None
    degree: float | None = None
    missing: tuple[str, ...] = ()
    absent: str = ""


def shows(reading: SceneReading, sentence: str) -> Shown:
    """Whether what is seen shows what an English sentence says."""
    asked = ask(sentence)
    if asked.is_empty:
        return Shown(None, absent="no word of it is known")
    missing = [text for text in asked.read if not _is_read(reading, text)]
    found = [_found(reading, naming) for naming in asked.named]
    parts = {word for places in found for at in places for word in _words_in(reading.things[at])}
    missing += [
        " ".join((*naming.colours, naming.noun))
        for naming, places in zip(asked.named, found, strict=True)
        if not places and naming.noun not in parts
    ]
    wanted = len(asked.read) + len(asked.named)
    if missing:
        return Shown(False, 0.5 * (1 - len(missing) / wanted), tuple(missing))
    told, untold = _looks(reading, asked, found)
    if told + len(untold) == 0:
        share = 1.0
    else:
        share = told / (told + len(untold))
    holds = share >= ENOUGH
    if holds and asked.unknown:
        return Shown(None, absent=f"unknown: {', '.join(asked.unknown)}")
    return Shown(holds, 0.5 + 0.5 * share, tuple(untold))


def _words_in(thing: Thing) -> Iterator[str]:
    """What belongs to a thing: a skeleton poster has a skeleton, a bird that flies has wings."""
    yield from thing.looks
    for name in thing.names:
        yield from name


def _is_read(reading: SceneReading, text: str) -> bool:
    """Whether something says a text, up to a letter, or holds it among more words."""
    for thing in reading.things:
        if not thing.says:
            continue
        if f" {text} " in f" {thing.says} ":
            return True
        matcher = SequenceMatcher(None, text, thing.says, autojunk=False)
        if matcher.real_quick_ratio() >= SAME_LETTERS and matcher.ratio() >= SAME_LETTERS:
            return True
    return False


# ------------------------------------------------------------------------------ things


def _found(reading: SceneReading, naming: Naming) -> list[int]:
    """The places of all that is seen and may be meant by a naming."""
    fit = [at for at, thing in enumerate(reading.things) if _is_called(thing, naming)]
    coloured = [at for at in fit if _has_colour(reading.things[at], naming)]
    return _closest(reading, coloured, naming)


def _is_called(thing: Thing, naming: Naming) -> bool:
    noun = naming.noun
    if any(name[-1] == noun or (thing.wearer is not None and noun in name) for name in thing.names):
        return not thing.is_person or _of_age(thing, naming)
    if not thing.is_person or noun not in lexicon().people:
        return False
    gender, ages = lexicon().people[noun]
    if gender and thing.gender not in (gender, "unspecified"):
        return False
    return (not ages or thing.age in ages) and _of_age(thing, naming)


def _of_age(thing: Thing, naming: Naming) -> bool:
    """``old`` before somebody is an age; before a thing it says nothing that a Scene knows."""
    return all(thing.age in _AGES[word].split() for word in naming.before if word in _AGES)


def _has_colour(thing: Thing, naming: Naming) -> bool:
    """Whether a colour is right; a thing whose colour nobody chose may have any."""
    return thing.is_person or not thing.colours or naming.colours <= thing.colours


def _closest(reading: SceneReading, places: list[int], naming: Naming) -> list[int]:
    """Those whose names answer to most of the words before the noun."""
    if not naming.before or not places:
        return places
    known = {word for thing in reading.things for name in thing.names for word in name}
    before = set(naming.before) & (known | lexicon().things)
    answers = {at: max(len(before & set(n)) for n in reading.things[at].names) for at in places}
    most = max(answers.values())
    return [at for at in places if answers[at] == most]


# ------------------------------------------------------------------------------- looks


def _looks(reading: SceneReading, asked: Asked, found: list[list[int]]) -> tuple[int, list[str]]:
    """How many words about looks the named elements answer to, and the words that they don't.

    Of several elements that a name may mean, the one that answers to most is meant.
    """
    if not asked.looks:
        return _worn(reading, asked, found)
    best: tuple[int, list[str]] = (-1, [])
    for chosen in _choices(reading, found):
        told = _words_of(reading, chosen) | reading.around
        bodies = bool(chosen) and _has_body(
            reading.things[chosen[0]]
        )  # whom the sentence names first
        wanted = [word for word in asked.looks if bodies or word not in _POSTURES]
        untold = [word for word in wanted if word not in told]
        hits = len(wanted) - len(untold)
        if hits > best[0]:
            best = (hits, untold)
    worn, unworn = _worn(reading, asked, found)
    return best[0] + worn, best[1] + unworn


def _worn(reading: SceneReading, asked: Asked, found: list[list[int]]) -> tuple[int, list[str]]:
    """A garment that is named beside a person must be on such a person."""
    people = {at for places in found for at in places if reading.things[at].is_person}
    hits, lacking = 0, []
    for naming, places in zip(asked.named, found, strict=True):
        wearers = {reading.things[at].wearer for at in places} - {None}
        if not wearers or not people or any(reading.things[at].wearer is None for at in places):
            continue
        if wearers & people:
            hits += 1
        else:
            lacking += [naming.noun, f"worn {naming.noun}"]
    return hits, lacking


def _choices(reading: SceneReading, found: list[list[int]]) -> Iterator[list[int]]:
    """One who is meant first (or anybody, where nobody is named), with all other candidates."""
    if not found:
        yield from ([at] for at in range(len(reading.things)))
        if not reading.things:
            yield []
        return
    rest = [at for places in found[1:] for at in places]
    for first in found[0]:
        yield [first, *rest]


def _has_body(thing: Thing) -> bool:
    """Whether postures are told of it: of people and animals."""
    return thing.is_person or thing.is_animal


def _words_of(reading: SceneReading, chosen: list[int]) -> frozenset[str]:
    """The words for how elements look, and for the relations that join two of them.

    A relation counts from the element that is named first, and from any to a thing that is named
    first ("a parcel in the girl's hand"): who looks at whom is not the same both ways.
    """
    places = set(chosen)
    words: set[str] = set()
    for at in places:
        thing = reading.things[at]
        words |= thing.looks | thing.colours
        for kind, other in thing.links:
            if _counts(reading, at, other, chosen):
                words |= lexicon().relations[kind]
    return frozenset(words)


def _counts(reading: SceneReading, at: int, other: int, chosen: list[int]) -> bool:
    first = chosen[0]
    if at == first:
        return other in chosen or len(chosen) == 1
    return other in chosen and not reading.things[first].is_person
