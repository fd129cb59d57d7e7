"""Annotations as sentences: who, how they look, what they do and feel, where and when."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from storypainter.planner.mentions import with_article
from storypainter.sequence import Character, Depiction, Frame
from storypainter.sequence import Sequence as PictureSequence

_ARTICLE = re.compile(r"(?:the|an?|his|her|their|its|my|our|your|some|one) ", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?:in|on|at|by|near|under|inside|outside|beside|behind|before|after|above|over|along|aboard|"
    r"between|among|around|across|beneath|below|during|with|without|wearing|who|whose|"
    r"next to|in front of|out of|down|up|from|towards?|into|onto|through|holding|carrying|dressed)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r".* and .*|(?:.* )?(?:children|people|men|women|twins|parents|friends|police)|"
    r"(?:the|some|all|his|her|their) .*[^suio']s",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?:(?:the|all) )?(?:two|three|four|five|six|seven|eight|nine|ten|both|several|many)\b",
    re.IGNORECASE,
)
#: What a look begins with, after a name.
_LOOK = re.compile(r" \(|, | (?:in|with|wearing|under|who|whose|holding|carrying|dressed|on|of)\b")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an the and or of in on at by to with his her their its is are be while who that this it "
        "he she they as for from into near some",
    )
)


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(_phrases_file().decode())


def _phrases_file() -> bytes:
    return (files("storypainter.sequences.tasks") / "phrases.toml").read_bytes()


def phrases_sha256() -> str:
    """The hash of the file that says how places, times and feelings are said."""
    return hashlib.sha256(_phrases_file()).hexdigest()


def sentence(text: str) -> str:
    """A text as one that begins with a capital and ends with a stop, on one line."""
    text = " ".join(text.split())
    if text and text[-1] not in ".!?…\"”'’)":
        text = f"{text.rstrip(',;:')}."
    return text[:1].upper() + text[1:]


def clause(text: str) -> str:
    """A sentence without its last stop, on one line."""
    return " ".join(text.split()).rstrip(".;, ")


def listed(texts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


@lru_cache(maxsize=1 << 16)
def words(text: str) -> frozenset[str]:
    """The words of a text that say something, in lower case, without endings of number and tense."""
    found = (each.lower() for each in _WORD.findall(text))
    return frozenset(_stem(each) for each in found if each not in _SMALL)


def said_in(phrase: str, text: str) -> bool:
    """Whether a text has all words of a phrase."""
    return words(phrase) <= words(text)


def called(who: Character) -> str:
    """What a character is called: ``the girl in a red coat``, ``Mia (in a red coat)``."""
    name, look = clause(who.name), clause(who.look)
    if not look or said_in(look, name):
        return name
    article = _ARTICLE.match(name)
    return _with_look(name, article[0] if article else "", look)


def described(who: Character) -> str:
    """A character by role and look, without a name: ``a girl in a red coat``, ``a brown dog``.

    Empty where no look is known.
    """
    look = clause(who.look)
    if not look:
        return ""
    noun, name = clause(who.role), clause(who.name)
    if not noun and _ARTICLE.match(name):
        noun = _ARTICLE.sub("", name, count=1)
    noun = noun or "somebody"
    if noun == "somebody" or is_many(noun) or is_many(name) or _ARTICLE.match(noun):
        return _with_look(noun, "", look)
    said = f"the {noun}" if said_in(look, noun) else _with_look(f"the {noun}", "the ", look)
    return with_article(said.removeprefix("the "))


def _with_look(name: str, article: str, look: str) -> str:
    """A name with a look: after it, before its noun (colours, ages), or in brackets."""
    if _PREPOSITION.match(look) and (article or not name[:1].isupper()):
        return f"{name} {look}"
    adjectives = _phrases()["look"]["before"]
    assert isinstance(adjectives, list)
    if article and {*look.lower().replace(" and ", " ").split()} <= {*adjectives}:
        return f"{article}{look} {name.removeprefix(article)}"
    return f"{name} ({look})"


def role(who: Character) -> str:
    """Who a character is in a word, for counting: role, or the name without its article."""
    return clause(who.role or _ARTICLE.sub("", who.name, count=1)).lower()


def is_many(name: str) -> bool:
    """Whether a name, with a look after it or not, is a plural: ``the children in red``."""
    noun = _LOOK.split(clause(name), maxsplit=1)[0]
    return bool(_MANY.fullmatch(noun) or _COUNT.match(noun))


def be(name: str) -> str:
    """``is`` or ``are``, after a name."""
    return "are" if is_many(name) else "is"


def doing(name: str, each: Depiction) -> str:
    """What somebody does, after their name: ``climbs the tree``, ``is climbing``; may be empty."""
    action = clause(each.action)
    first = action.partition(" ")[0].lower()
    if len(first) > 4 and first.endswith("ing"):
        return f"{be(name)} {action}"
    return action


def doing_and_feeling(name: str, doing: str, feeling: str) -> str:
    """A sentence of what somebody does and feels; one of the two may be empty, not both."""
    if not feeling:
        return sentence(f"{name} {doing}")
    if not doing:
        return sentence(f"{name} {be(name)} {feeling}")
    if " and " in doing:
        return sentence(f"{name}, who {be(name)} {feeling}, {doing}")
    return sentence(f"{name} {doing} and {be(name)} {feeling}")


def feeling(each: Depiction) -> str:
    """What somebody feels, after ``is``: ``proud``, ``full of love``; empty where it is nothing."""
    known = _phrases()["feeling"]
    text = clause(each.emotion).lower()
    return str(known.get(text, text))


def alike(one: str, other: str) -> bool:
    """Whether two feelings are too near for a face to tell them apart."""
    groups = _phrases()["alike"].values()
    return one == other or any(
        isinstance(each, list) and one in each and other in each for each in groups
    )


def where(place: str) -> str:
    """A place after a verb: ``in the park``, ``on the beach``."""
    place = clause(place)
    if not place or _PREPOSITION.match(place):
        return _small(place)
    named = place if _ARTICLE.match(place) or place[0].isupper() else f"the {place}"
    # The last words of the noun decide, before anything that comes after "of", "with" and so on.
    noun = re.split(r" (?:of|with|in|on|at|by|near|behind|beside) ", place.lower())[0]
    for preposition, nouns in _phrases()["place"].items():
        assert isinstance(nouns, list)
        if any(noun == each or noun.endswith(f" {each}") for each in nouns):
            return f"{preposition} {_small_article(named)}"
    return f"in {_small_article(named)}"


def when(time: str) -> str:
    """A time after a verb: ``in the morning``, ``at night``; else ``time: golden hour``."""
    time = clause(time)
    if not time or _PREPOSITION.match(time):
        return _small(time)
    head, within, season = time.partition(" in ")
    if within and not when(head).startswith("time:"):
        return f"{when(head)} in {season}"
    bare = _ARTICLE.sub("", time, count=1)
    lower = bare.lower()
    for before, times in _phrases()["time"].items():
        assert isinstance(times, list)
        if lower in times:
            return f"{before} {lower}"
    if _ARTICLE.match(time):
        return f"on {_small_article(time)}"
    last = lower.rpartition(" ")[2]
    if last in ("morning", "afternoon", "evening", "night", "day"):
        return f"on {with_article(lower)}"
    if last in ("spring", "summer", "autumn", "winter") or time.isdigit():
        return f"in {lower}"
    return f"on {time}" if time.endswith("day") else f"time: {time}"


def setting(frame: Frame) -> str:
    """Place and time of a frame after a verb: ``in the park, in the morning``; may be empty."""
    return ", ".join(each for each in (where(frame.place), when(frame.time)) if each)


def people(sequence: PictureSequence) -> dict[str, Character]:
    """The characters by id."""
    return {each.id: each for each in sequence.characters}


def told_apart(sequence: PictureSequence) -> dict[str, str]:
    """What each character is called, by id, without those whom the words don't tell apart."""
    names = {each.id: called(each) for each in sequence.characters}
    lower = [each.lower() for each in names.values()]
    return {key: name for key, name in names.items() if lower.count(name.lower()) == 1}


def shown_in(frame: Frame) -> frozenset[str]:
    """The ids of those whom a frame shows."""
    return frozenset(each.character for each in frame.shown)


def shown_once(frame: Frame) -> tuple[Depiction, ...]:
    """What a frame shows of each character, without those of whom it says two things."""
    ids = [each.character for each in frame.shown]
    return tuple(each for each in frame.shown if ids.count(each.character) == 1)


def paragraphs(texts: Iterable[str]) -> str:
    """Texts as paragraphs with an empty line between them, each on one line."""
    return "\n\n".join(" ".join(each.split()) for each in texts)


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ing", "ies", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > 3 else word


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _small_article(text: str) -> str:
    return _small(text) if _ARTICLE.match(text) else text
