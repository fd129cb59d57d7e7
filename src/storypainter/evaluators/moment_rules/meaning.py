"""``summary``: a sentence that sums up, judges, gives a moral or says what the picture means."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from storypainter.evaluators.contract import Passage
from storypainter.evaluators.moment_rules.clauses import Group, Reading, Verb
from storypainter.evaluators.moment_rules.lexicon import is_abstract, words
from storypainter.evaluators.moment_rules.maxims import is_abstract_throughout, is_maxim
from storypainter.evaluators.moment_rules.text import BLANK, Telling

_NEAR = 3  # words between a verb and what it says that something is
_STORY = frozenset({"story", "tale", "narrative"})


def find(telling: Telling) -> Iterator[Passage]:
    """The sentences of a text that give it a meaning."""
    last = max(
        (at for at, reading in enumerate(telling.readings) if _narrated(telling, reading)),
        default=-1,
    )
    for at, reading in enumerate(telling.readings):
        sentence = reading.sentence
        if not _narrated(telling, reading):
            continue
        own = telling.own[sentence.start : sentence.end]
        place = _phrase(own) or _about_picture(reading, own)
        if place is not None:
            yield telling.passage("summary", sentence.start + place[0], sentence.start + place[1])
        elif is_maxim(reading, last=at == last) or is_abstract_throughout(reading):
            yield telling.passage("summary", sentence.start, sentence.end)


def _narrated(telling: Telling, reading: Reading) -> bool:
    """Whether the sentence has words of the narrator's own."""
    own = telling.own[reading.sentence.start : reading.sentence.end]
    return any(letter.isalpha() for letter in own.replace(BLANK, ""))


# ------------------------------------------------------------------------------ phrases


def _phrase(own: str) -> tuple[int, int] | None:
    match = _pattern("anywhere").search(own)
    return match.span() if match else None


def _about_picture(reading: Reading, own: str) -> tuple[int, int] | None:
    """A statement about the picture or story as such that isn't "the picture shows a kitchen"."""
    offset = reading.sentence.start
    for verb in reading.verbs:
        if verb.main and reading.subject(verb) is not None:
            start = _meant_from(reading, verb, own)
            if start is not None:
                return start - offset, len(own)
    if _pattern("picture_first").search(own):
        return 0, len(own.rstrip())
    head = reading.groups[0] if reading.groups else None
    verbless = head is not None and not any(verb.main for verb in reading.verbs)
    if head is None or not verbless or reading.tokens[head.head].lemma not in _STORY:
        return None
    # "A story of love and loss."
    start = reading.tokens[head.start].start - offset
    return (start, len(own)) if _followed_by_of(reading, head) else None


def _meant_from(reading: Reading, verb: Verb, own: str) -> int | None:
    """Where the words begin in which a verb gives the picture a meaning, or ``None``."""
    told = reading.tokens[verb.at].start
    subject = reading.tokens[verb.subject]
    if _is_picture(reading, verb):
        if _pattern("meaning").match(own[told - reading.sentence.start :]):
            return told
        if verb.tense in ("modal", "future"):
            return None
        if verb.lemma in words("picture", "renders") and _renders_idea(reading, verb):
            return told
        if subject.lemma in _STORY and verb.lemma in ("be", "contain", "have", "tell"):
            return subject.start
    is_story = verb.lemma == "be" and verb.tense not in ("modal", "future")
    return told if is_story and _is_story(reading, verb) else None


def _renders_idea(reading: Reading, verb: Verb) -> bool:
    """``captures both the heartbreak and the sweetness``: what is shown can't be seen."""
    behind = [group for group in reading.groups if group.start > verb.head][:2]
    heads = [reading.tokens[group.head] for group in behind]
    ideas = [is_abstract(head) and head.lemma not in words("generic", "nouns") for head in heads]
    return bool(heads) and (ideas[0] or (heads[0].tag == "DT0" and ideas[-1]))


def _is_picture(reading: Reading, verb: Verb) -> bool:
    """Whether the subject is the picture as such: ``this image``, not the photograph in a hand."""
    subject = reading.tokens[verb.subject]
    if subject.lemma not in words("picture", "nouns") or not 0 <= verb.subject < verb.at:
        return False
    group = reading.group_of(verb.subject)
    first = reading.tokens[group.start] if group is not None else subject
    if "PRP" in reading.tags[verb.subject + 1 : verb.at]:
        return False  # "the story in the newspaper"
    if subject.lemma in words("picture", "props"):
        return first.lemma in ("this", "the")
    return first.lemma in ("the", "this", "each", "every", "that", "a", "an", "overall", "it")


def _is_story(reading: Reading, verb: Verb) -> bool:
    """``It is a story of …``, ``this is a tale about …``."""
    group = next((g for g in reading.groups if g.start > verb.at), None)
    if group is None or group.start - verb.head > _NEAR:
        return False
    if reading.tokens[group.head].lemma not in _STORY:
        return False
    return _followed_by_of(reading, group) or reading.tokens[group.start].lemma == "the"


def _followed_by_of(reading: Reading, group: Group) -> bool:
    following = reading.tokens[group.end : group.end + 1]
    return any(
        t.lemma in ("of", "about", "that", "which", "in", "from", "where") for t in following
    )


# ----------------------------------------------------------------------------- patterns


@cache
def _pattern(name: str) -> re.Pattern[str]:
    plain = tomllib.loads(phrases_text())
    lists = {
        "abstract": _any(words("abstract", "nouns")),
        "we": _any(words("generic", "us")),
        "picture": _any(words("picture", "nouns")),
    }
    pattern = "|".join(plain[name])
    for each, listed in lists.items():
        pattern = pattern.replace(f"{{{each}}}", listed)
    return re.compile(rf"(?<![\w'’-])(?:{pattern})", re.I)


def _any(listed: frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(listed))})"


def phrases_text() -> str:
    """The phrases as they lie in the package; part of the rules' identity."""
    return files("storypainter.evaluators").joinpath("moment_rules/phrases.toml").read_text("utf-8")
