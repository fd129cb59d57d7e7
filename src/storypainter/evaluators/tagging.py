"""Sentences, words, lemmas and parts of speech of English text, offline.

The tagger is HanTa (Wartena 2019, "A Probabilistic Morphology Model for German Lemmatization";
its English model is trained on the British National Corpus), so that tags are those of the CLAWS
C5 tagset: ``VVZ`` a lexical verb in the -s form, ``VVD`` a past, ``NN1`` a singular noun.

The model's probabilities are used as they are, but the search for the best tags is our own: it
is exact, several times as fast, and mends what hurts most in a story in the present tense, where
a word like ``sighs`` or ``points`` is a verb far more often than in the corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

#: Part of the version of every score that rests on tags.
TAGGER = "hanta-en-2"

# A number with its point or colon (9:30, 2.5), a word (ice-cream; an apostrophe inside stays,
# but not a possessive or contracted ending), such an ending, or any other single mark.
_TOKEN = re.compile(
    r"\d+(?:[.:,]\d+)+"
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|[^\W_]+(?:-[^\W_]+)*?(?=n['’]t\b)"
    r"|n['’]t\b"
    r"|[^\W_]+(?:[-'’](?!(?:s|re|ve|ll|d|m)\b)[^\W_]+)*"
    r"|\.{2,}|[^\w\s]|_",
    re.IGNORECASE,
)
_ABBREVIATIONS = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "prof", "sr", "jr", "no", "vs", "etc", "approx", "a.m", "p.m"}
)
_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’)]»*_")
_EITHER = frozenset("\"'*_")  # closes behind a word, opens behind a space
_NOUNS = frozenset({"NN0", "NN1", "NN2"})
_PRESENT = frozenset({"VVZ", "VVB", "VBZ", "VBB", "VHZ", "VHB", "VDZ", "VDB"})
_PAST = frozenset({"VVD", "VBD", "VHD", "VDD"})

_QUOTES = frozenset("“”„«»‹›")
#: How many natural-log units a verb's -s form is worth more than in the corpus.
_VERB_BONUS = 1.5
#: A tag that the model doesn't list for a word but that its base form allows.
_BY_BASE = -2.0
#: The same for a plural noun that the model knows as nothing else (``dabs``, ``films``).
_BY_NOUN = -5.0
#: Parts of the body stand without an article in stories ("eyes shut, cheeks round"): no verbs.
_BODY = re.compile(
    "arms|backs|brows|cheeks|chins|ears|elbows|eyes|faces|feet|fingers|fists|foreheads|hands|heads"
    "|knees|legs|lips|mouths|necks|noses|palms|paws|shoulders|thumbs|toes|wings"
)
_CUTOFF = 5  # as HanTa's own: rarer readings of an unknown word are dropped
_IMPOSSIBLE = -30.0
_HOPELESS = 9.0  # natural-log units behind the best; four tags in 36,000 change by it
_WORST = float("-inf")
_NOWHERE: Mapping[int, float] = {}
#: Longer words and sentences aren't language; they would only cost time.
_LONGEST_WORD = 40
_LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: as written, its lemma (lower case), its C5 tag, where it stands.

    ``start`` and ``end`` are character offsets into the whole text.
    """

    text: str
    lemma: str
    tag: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it holds a letter or digit."""
        return any(map(str.isalnum, self.text))

    @property
    def is_noun(self) -> bool:
        """A common noun."""
        return self.tag in _NOUNS

    @property
    def is_present(self) -> bool:
        """A finite verb in the present tense (an infinitive's base form may pass for one)."""
        return self.tag in _PRESENT

    @property
    def is_past(self) -> bool:
        """A finite verb in the past tense."""
        return self.tag in _PAST


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's tokens, and the offsets of its text."""

    tokens: tuple[Token, ...]
    start: int
    end: int

    @property
    def words(self) -> tuple[Token, ...]:
        """The tokens that aren't marks."""
        return tuple(token for token in self.tokens if token.is_word)


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[Sentence, ...]:
    """A text's sentences with tagged tokens; none for a text without a word.

    A sentence ends at ``. ! ? …`` (and closing quotes behind it) before a space and no lower-case
    letter, not after an abbreviation; or at an empty line, or before a list item's mark; at the
    latest after 300 tokens.
    """
    found = []
    for spans in _sentence_spans(text):
        words = [text[start:end] for start, end in spans]
        plain = ['"' if word in _QUOTES else word.replace("’", "'") for word in words]
        tokens = tuple(
            Token(word, _lemma(as_tagged, tag), tag, start, end)
            for (start, end), word, as_tagged, tag in zip(
                spans, words, plain, best_tags(plain), strict=True
            )
        )
        if any(token.is_word for token in tokens):
            found.append(Sentence(tokens, spans[0][0], spans[-1][1]))
    return tuple(found)


def _sentence_spans(text: str) -> Iterator[list[tuple[int, int]]]:
    spans: list[tuple[int, int]] = []
    ended = False
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        gap = text[spans[-1][1] : start] if spans else ""
        broken = "\n" in gap and (gap.count("\n") > 1 or ended or match[0] in "-*#•")
        opens = match[0] not in _CLOSERS or match[0] in _EITHER
        begins = gap and opens and not match[0][0].islower()
        if spans and (broken or (ended and begins) or len(spans) == _LONGEST_SENTENCE):
            yield spans
            spans, ended = [], False
        if match[0][0] in _STOPS:
            ended = not _is_abbreviation(text, spans, start)
        elif not (ended and match[0] in _CLOSERS):
            ended = False
        spans.append((start, end))
    if spans:
        yield spans


def _is_abbreviation(text: str, spans: list[tuple[int, int]], stop: int) -> bool:
    if text[stop] != "." or not spans or spans[-1][1] != stop:
        return False
    before = text[spans[-1][0] : spans[-1][1]].casefold()
    return before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha() and before != "i")


# ------------------------------------------------------------------------ tags


def best_tags(words: Sequence[str]) -> list[str]:
    """The most probable C5 tags of a sentence's words (Viterbi over pairs of tags)."""
    tagger = _tagger()
    transitions: Mapping[tuple[int, int], Mapping[int, float]] = tagger.LP_trans_word
    names: Mapping[int, str] = tagger.int2tag
    row = {(tagger.tag2int["EMPTY"], 1): 0.0}
    came: list[dict[tuple[int, int], tuple[int, int]]] = []
    for at, word in enumerate(words):
        candidates = _candidates(word, at > 0)
        hopeless = max(row.values()) - _HOPELESS
        following: dict[tuple[int, int], float] = {}
        back: dict[tuple[int, int], tuple[int, int]] = {}
        for state, so_far in row.items():
            if so_far < hopeless:
                continue
            after = transitions.get(state, _NOWHERE)
            for tag, weight in candidates:
                total = so_far + weight + after.get(tag, _IMPOSSIBLE)
                new = (state[1], tag)
                if total > following.get(new, _WORST):
                    following[new] = total
                    back[new] = state
        row = following
        came.append(back)
    end = tagger.tag2int["END"]
    state = max(row, key=lambda s: row[s] + transitions.get(s, _NOWHERE).get(end, _IMPOSSIBLE))
    tags = []
    for back in reversed(came):
        tags.append(names[state[1]])
        state = back[state]
    return tags[::-1]


def is_known(word: str) -> bool:
    """Whether the model has met a lower-case word, so that it is an English one."""
    return word in _tagger().cache


@lru_cache(maxsize=65536)
def known_tags(word: str) -> Mapping[str, float]:
    """The tags that the model gives a lower-case word by itself, with log p(word, tag)."""
    return dict(_readings(word, False))


@lru_cache(maxsize=65536)
def _candidates(word: str, cased: bool) -> tuple[tuple[int, float], ...]:
    """A word's possible tags with log p(word | tag), -s verbs favoured. Never empty."""
    tagger = _tagger()
    numbers: Mapping[str, int] = tagger.tag2int
    known = dict(_readings(word, cased))
    verbal = "NN2" in known and not _BODY.fullmatch(word)
    if verbal and "VVZ" not in known and word.isascii() and word.islower() and word[-1] == "s":
        known["VVZ"] = max(_verb_weight(base, known["NN2"]) for base in _bases(word))
    weights = {numbers[tag]: weight - tagger.LP_wtag[numbers[tag]] for tag, weight in known.items()}
    if verbal and "VVZ" in known:
        weights[numbers["VVZ"]] += _VERB_BONUS
    return tuple(weights.items())


def _readings(word: str, cased: bool) -> list[tuple[str, float]]:
    """Tags with log p(word, tag); a compound with a hyphen is tagged as its last part."""
    tagger = _tagger()
    if len(word) > _LONGEST_WORD:
        return [("UNC", 0.0)]
    if word.casefold() not in tagger.cache and "-" in word.strip("-"):
        last = _readings(word.rpartition("-")[2] or word.strip("-"), cased)
        # "rain-soaked" and "fourth-floor" stand before nouns, whatever their last part is.
        return [*((t, w) for t, w in last if t != "AJ0"), ("AJ0", max(w for _, w in last) + 1.0)]
    found = [
        (str(tag), float(weight))
        for tag, weight in tagger.tag_word(word, cutoff=_CUTOFF, casesensitive=cased)
        if tag in tagger.tag2int and tagger.tag2int[tag] in tagger.LP_wtag and tag != "!!!"
    ]
    return found or [("UNC", 0.0)]


def _bases(word: str) -> Iterator[str]:
    """What a verb in the -s form may be without it: ``watches`` is ``watche`` or ``watch``."""
    yield word[:-1]
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("es"):
        yield word[:-2]


def _verb_weight(base: str, of_noun: float) -> float:
    """Log p(-s form, verb) by what the model knows of the base form."""
    if base not in _tagger().cache:
        return _IMPOSSIBLE
    by_tag = dict(_readings(base, False))
    verb = max(by_tag.get("VVI", _IMPOSSIBLE), by_tag.get("VVB", _IMPOSSIBLE)) + _BY_BASE
    return max(verb, of_noun + _BY_NOUN if "NN1" in by_tag else _IMPOSSIBLE)


@lru_cache(maxsize=65536)
def _lemma(word: str, tag: str) -> str:
    if len(word) > _LONGEST_WORD:
        return word.casefold()
    return str(_tagger().analyze(word, pos=tag)[0]).casefold()


@cache
def _tagger() -> Any:
    from HanTa.HanoverTagger import HanoverTagger

    return HanoverTagger("morphmodel_en.pgz")
