"""What a part of a narrative names: nouns for people, deeds with who does them, places, feelings.

No parser: the noun and verb groups of the Moment rules, from C5 tags (see
``evaluators/moment_rules/clauses.py``). What a text denies, wishes or compares isn't named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storypainter.director.unreal import unreal_spans
from storypainter.evaluators.moment_rules.clauses import Reading, read
from storypainter.evaluators.tagging import Token, sentences
from storypainter.sequences.grounding_words import (
    action_groups,
    action_phrases,
    doubtful_place,
    emotion_families,
    emotion_words,
    is_action,
    person_groups,
    place_groups,
    verbs,
)

#: Longer parts aren't parts: what is behind this many characters isn't read.
MOST_CHARACTERS = 20_000
_LONGEST_PHRASE = 3
_NOUNS = frozenset({"NN0", "NN1", "NN2", "NP0", "UNC"})
_NAMES = frozenset({"NP0", "UNC"})
_BETWEEN = frozenset({"AV0", "XX0", "AVP", "CJC"})
_NO = frozenset(
    {"no", "not", "n't", "n’t", "never", "without", "nor", "neither", "nobody", "hardly"}
)
_IN = frozenset(
    [
        "in",
        "at",
        "on",
        "into",
        "onto",
        "inside",
        "outside",
        "through",
        "across",
        "along",
        "near",
        "to",
        "towards",
        "from",
        "down",
        "up",
        "by",
        "around",
        "beside",
        "behind",
        "within",
        "over",
        "under",
        "past",
    ]
)
_SURFACES = frozenset(
    ["floor", "wall", "window", "door", "table", "ground", "bench", "gate", "corner", "counter"]
)
_FACES = frozenset({"face", "eye", "cheek", "lip", "voice", "heart", "brow", "mouth"})
_CLAUSE = frozenset({"PUN", "PUQ", "CJS", "CJT"})
_POSSESSIVE = re.compile(r"\b(?:his|her|their|its)\b")
_NEAR = 4  # tokens behind a denial that it reaches
_LONGEST_TOLD = 8  # tokens of a deed that is told by other words
BEHIND = 3  # tokens behind a verb that its particle may stand


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for a person or an animal: as a phrase of lemmas, where, and what stands with it."""

    phrase: str
    head: str  # the lemma of its last word
    sentence: int
    at: int
    plural: bool
    beside: frozenset[str]  # lemmas of its noun group and of what tells its looks
    other: bool  # "the other girl"
    named: bool  # as a character is called


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done: its verb's groups, its lemma, where, and who does it.

    ``subject`` is the token of the doer (-1 where the sentence doesn't say), ``pronoun`` what that
    is where it is a pronoun; ``thing`` when the doer is surely nobody.
    """

    groups: frozenset[str]
    lemma: str
    sentence: int
    at: int
    subject: int = -1
    pronoun: str = ""
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is named; ``told`` where the text says that something is or goes there."""

    words: str
    groups: frozenset[str]
    told: bool


@dataclass(frozen=True, slots=True)
class Feeling:
    """A feeling: its families, and the token of whose it is (-1 where the sentence doesn't say)."""

    families: frozenset[str]
    word: str
    sentence: int
    at: int
    subject: int = -1
    pronoun: str = ""


@dataclass(frozen=True, slots=True)
class PartReading:
    """All that a part names, in order."""

    nouns: tuple[Noun, ...]
    deeds: tuple[Deed, ...]
    places: tuple[Place, ...]
    feelings: tuple[Feeling, ...]
    lemmas: frozenset[str]


@lru_cache(maxsize=4096)
def read_part(
    text: str, names: frozenset[str] = frozenset(), *, annotation: bool = False
) -> PartReading:
    """What a text names.

    Args:
        text: a part of a narrative; behind 20,000 characters nothing is read.
        names: words that are names here, lower case ("tom", "mr ito", "the old mill").
        annotation: the text says what there is to tell: nothing in it is denied or wished.
    """
    text = text[:MOST_CHARACTERS]
    unreal = unreal_spans(text)
    nouns: list[Noun] = []
    deeds: list[Deed] = []
    places: list[Place] = []
    feelings: list[Feeling] = []
    lemmas: set[str] = set()
    for number, sentence in enumerate(sentences(text)):
        one = _Sentence(number, read(sentence), names, [] if annotation else unreal)
        if annotation:
            one.hidden = one.unfelt = set()
        nouns += one.nouns()
        deeds += one.deeds()
        places += one.places()
        feelings += one.feelings()
        lemmas |= {token.lemma for token in sentence.tokens if token.is_word}
    return PartReading(
        tuple(nouns), tuple(deeds), tuple(places), tuple(feelings), frozenset(lemmas)
    )


class _Sentence:
    """One sentence, with which of its tokens are verbs and which count at all."""

    def __init__(
        self, number: int, reading: Reading, names: frozenset[str], unreal: list[tuple[int, int]]
    ) -> None:
        self.number = number
        self.reading = reading
        self.tokens: Sequence[Token] = reading.tokens
        self.tags = reading.tags
        self.names = names
        self.hidden = {
            at
            for at, token in enumerate(self.tokens)
            if any(start <= token.start < end for start, end in unreal)
        }
        #: What the text itself denies or imagines; the spans before also hold "full of hope".
        self.unfelt = set(self._denied()) | set(self._imagined())
        self.hidden |= self.unfelt
        self.people = dict(self._people())
        self.heads = {verb.head: verb for verb in reading.verbs}
        self.as_verbs = set(self._nouns_as_verbs())
        if self.as_verbs:  # a person before such a verb is a head now
            self.people = dict(self._people())

    # ------------------------------------------------------------------ what doesn't count

    def _denied(self) -> Iterator[int]:
        for at, token in enumerate(self.tokens):
            if token.text.casefold() in _NO and token.text.casefold() != "nobody":
                for behind in range(at + 1, min(at + 1 + _NEAR, len(self.tokens))):
                    if self.tags[behind] in _CLAUSE:
                        break
                    yield behind

    def _imagined(self) -> Iterator[int]:
        """What stands behind "dreams of", "if only", up to the end of the clause."""
        unreal = verbs("unreal")
        for at, token in enumerate(self.tokens):
            only = (
                token.lemma == "if"
                and at + 1 < len(self.tokens)
                and (self.tokens[at + 1].lemma == "only")
            )
            lemma = verb_lemma(token)
            verb = self.tags[at].startswith("V") or self._whom(at - 1)
            if only or (lemma in unreal and verb):
                for behind in range(at + 1, len(self.tokens)):
                    word = self.tokens[behind].text.casefold()
                    if word in ",;:.!?" or word in ("and", "but", "while", "as"):
                        break
                    yield behind

    # -------------------------------------------------------------------------------- people

    def _people(self) -> Iterator[tuple[int, tuple[int, str]]]:
        """Head token -> (first token, phrase) of each noun for a person; the longest phrase wins."""
        at = len(self.tokens) - 1
        while at >= 0:
            found = self._person_at(at)
            if found is None:
                at -= 1
                continue
            yield at, found
            at = found[0] - 1

    def _person_at(self, at: int) -> tuple[int, str] | None:
        known = self.tags[at] in _NOUNS or self.tokens[at].text.casefold() in self.names
        if not known and self.tags[at] not in ("CRD", "AJ0", "PNI"):
            return None
        for size in range(min(_LONGEST_PHRASE, at + 1), 0, -1):
            for phrase in self._phrases(at - size + 1, at):
                named = phrase in self.names
                if named or person_groups(phrase) is not None or phrase == "little one":
                    if not named and (not known and phrase != "little one"):
                        continue
                    return (at - size + 1, phrase) if self._is_head(at) else None
        return None

    def _phrases(self, start: int, end: int) -> Iterable[str]:
        words = [token.text.casefold() for token in self.tokens[start : end + 1]]
        yield " ".join(words)
        lemma = self.tokens[end].lemma
        if lemma != words[-1]:
            yield " ".join([*words[:-1], lemma])

    def _is_head(self, at: int) -> bool:
        """Not the first half of a compound: "the dog basket", "a baby bottle"."""
        if at + 1 >= len(self.tokens) or at + 1 in getattr(self, "as_verbs", ()):
            return True
        return self.tags[at + 1] not in ("NN0", "NN1", "NN2") or at + 1 in self._verb_heads()

    def _verb_heads(self) -> set[int]:
        return {verb.head for verb in self.reading.verbs}

    def nouns(self) -> Iterator[Noun]:
        """The nouns for people, in order."""
        for at in sorted(self.people):
            if at in self.hidden:
                continue
            start, phrase = self.people[at]
            token = self.tokens[at]
            group = next(
                (each for each in self.reading.groups if each.start <= at < each.end), None
            )
            first = min(group.start, start) if group else start
            beside = [self.tokens[each] for each in range(first, at + 1)]
            beside += self._looks_behind(at)
            yield Noun(
                phrase=phrase,
                head=token.lemma,
                sentence=self.number,
                at=at,
                plural=self.tags[at] == "NN2" or token.lemma in ("people",),
                beside=frozenset(each.lemma for each in beside if each.is_word),
                other=any(each.lemma in ("other", "another") for each in beside),
                named=phrase in self.names,
            )

    def _looks_behind(self, at: int) -> list[Token]:
        """What tells somebody's looks ("in the yellow scarf", "with a sledge"): up to the next verb or mark."""
        if at + 1 >= len(self.tokens) or self.tokens[at + 1].lemma not in ("in", "with", "wearing"):
            return []
        found = []
        for behind in range(at + 1, min(at + 9, len(self.tokens))):
            if behind in self.heads or self.tags[behind] in ("PUN", "CJC", "CJS"):
                break
            found.append(self.tokens[behind])
        return found

    # --------------------------------------------------------------------------------- deeds

    def _nouns_as_verbs(self) -> Iterator[int]:
        """Verbs that the tagger took for nouns: "his wife dance", "his niece tugs at"."""
        for at, token in enumerate(self.tokens):
            if self.tags[at] not in ("NN0", "NN1", "NN2") or at in self.heads:
                continue
            lemma = verb_lemma(token)
            if (
                not (is_action(lemma) or lemma in verbs("unreal"))
                or person_groups(lemma) is not None
            ):
                continue
            before = at - 1
            while before >= 0 and self.tags[before] == "AV0":
                before -= 1
            behind = self.tags[at + 1] if at + 1 < len(self.tokens) else "PUN"
            if lemma in verbs("unreal") and behind == "PRF":
                behind = ""  # "the boy dreams of"
            if before >= 0 and self._whom(before) and behind not in ("NN1", "NN2", "PRF", "POS"):
                yield at

    def _whom(self, at: int) -> bool:
        """Whether a token is somebody, as a noun or a name."""
        if at < 0:
            return False
        token = self.tokens[at]
        known = person_groups(token.lemma) is not None or token.text.casefold() in self.names
        return known or self.tokens[at].lemma == "one" or self.tags[at] == "NP0"

    def deeds(self) -> Iterator[Deed]:
        """What is done: finite verbs, infinitives and participles, in order."""
        otherwise = tuple(self._told_otherwise())
        parts = {
            at
            for deed in otherwise
            for at in range(deed.at - BEHIND, deed.at + _LONGEST_TOLD)
            if 0 <= at < len(self.tokens) and verb_lemma(self.tokens[at]) in verbs("parts")
        }
        for at, token in enumerate(self.tokens):
            if at in self.hidden or at in parts:
                continue
            verb = self.heads.get(at)
            if verb is not None:
                if verb.negated:
                    continue
                subject = -1 if verb.aspect == "passive" else verb.subject
                if subject > at and not self._somebody(subject):
                    subject = self._somebody_before(at)
                yield self._deed(at, token.lemma, subject)
            elif at in self.as_verbs:
                yield self._deed(at, verb_lemma(token), self._somebody_before(at))
            elif self._participle(at) or self.tags[at] in ("VVI", "VVB", "VVG"):
                yield self._deed(at, verb_lemma(token), self._implied(at))
        yield from otherwise

    def _participle(self, at: int) -> bool:
        token = self.tokens[at]
        lemma = verb_lemma(token)
        return (
            self.tags[at] in ("AJ0", "NN1")
            and token.text.casefold().endswith("ing")
            and lemma != token.text.casefold()
            and is_action(lemma)
        )

    def _deed(self, at: int, lemma: str, subject: int) -> Deed:
        if 0 <= subject < at and not self._somebody(subject):
            subject = self._dressed(subject)
        behind = [
            token.lemma
            for token in self.tokens[at + 1 : at + 1 + BEHIND]
            if token.text.casefold() in verbs("particles")
        ]
        behind += [token.lemma for token in self.tokens[at + 1 : at + 1 + BEHIND] if token.is_noun]
        return Deed(
            action_groups(lemma, behind), lemma, self.number, at, subject, self._pronoun(subject)
        )

    def _dressed(self, subject: int) -> int:
        """The person whose look was taken for the subject: "a scout in a broad hat ran"."""
        for before in range(subject - 1, -1, -1):
            if before in self.heads or self.tags[before] in ("PUN", "CJS"):
                break
            if before in self.people:
                behind = self.tokens[before + 1].lemma
                return before if behind in ("in", "with", "wearing") else subject
        return subject

    def _told_otherwise(self) -> Iterator[Deed]:
        if not self.tokens:
            return
        start = self.tokens[0].start
        text = self._plain()
        for name, pattern in action_phrases():
            for match in pattern.finditer(text):
                at = next(
                    (
                        index
                        for index, token in enumerate(self.tokens)
                        if token.start - start >= match.start()
                    ),
                    -1,
                )
                if at >= 0 and at not in self.hidden:
                    whose = _POSSESSIVE.search(match[0] + text[match.end() : match.end() + 12])
                    subject = self._implied(at)
                    if subject >= 0 and not self._somebody(subject):
                        subject = -1
                    pronoun = self._pronoun(subject)
                    if whose is not None and (
                        subject < 0 or (pronoun and not _same(pronoun, whose[0]))
                    ):
                        subject, pronoun = at, whose[0]
                    yield Deed(
                        frozenset({name}), name, self.number, at, subject, pronoun, phrase=True
                    )

    def _plain(self) -> str:
        start = self.tokens[0].start
        letters = [" "] * (self.tokens[-1].end - start)
        for token in self.tokens:
            low = token.text.lower()
            letters[token.start - start : token.start - start + len(low)] = low
        return "".join(letters)[: self.tokens[-1].end - start]

    def _pronoun(self, at: int) -> str:
        if at < 0:
            return ""
        word = self.tokens[at].text.casefold()
        return word if self.tags[at] in ("PNP", "DPS", "PNI", "PNX") else ""

    def _somebody(self, at: int) -> bool:
        return at in self.people or self.tags[at] in ("PNP", "PNI") or self._in_person(at)

    def _in_person(self, at: int) -> bool:
        return any(start <= at <= head for head, (start, _) in self.people.items())

    def _somebody_before(self, at: int) -> int:
        for before in range(at - 1, -1, -1):
            if before in self.people or self.tags[before] == "PNP":
                return before
            if self.tags[before] in ("PUN", "CJS") and self.tokens[before].text in ".;:":
                break
        return -1

    def _implied(self, at: int) -> int:
        """Whose a verb without a subject is: the noun that it describes, or the verb's before."""
        for group in self.reading.groups:
            if group.start <= at < group.head and group.head in self.people:
                return group.head
        for behind in range(at + 1, min(at + 3, len(self.tokens))):
            if behind in self.people and self.tags[at] == "AJ0":
                return behind
        if at and at - 1 in self.people and self.tags[at] in ("VVG", "AJ0"):
            return at - 1
        if at and self.tags[at] in ("VVI", "VVB") and self.tags[at - 1] in _NOUNS:
            return at - 1  # "tears of joy run": it has a subject, whatever that is
        before = [verb for verb in self.reading.verbs if verb.head < at]
        if before:
            last = before[-1]
            return -1 if last.aspect == "passive" else last.subject
        return self._somebody_before(at)

    # -------------------------------------------------------------------------------- places

    def places(self) -> Iterator[Place]:
        """Nouns for places; the longest phrase wins."""
        at = len(self.tokens) - 1
        while at >= 0:
            size, place = self._place_at(at)
            if place is not None:
                yield place
            at -= size

    def _place_at(self, at: int) -> tuple[int, Place | None]:
        if at in self.hidden or at in self.heads:
            return 1, None
        if self.tags[at] not in _NOUNS:
            return 1, None
        for size in range(min(_LONGEST_PHRASE, at + 1), 0, -1):
            for phrase in self._phrases(at - size + 1, at):
                groups = place_groups(phrase)
                if groups is not None:
                    first = at - size + 1
                    told = self._is_there(first, at) and not doubtful_place(phrase)
                    return size, Place(phrase, groups, told)
        return 1, None

    def _is_there(self, first: int, last: int) -> bool:
        """Behind a preposition of place, or what a floor or a wall belongs to."""
        if last + 1 < len(self.tokens) and self.tokens[last + 1].lemma in _SURFACES:
            return True
        if last + 1 < len(self.tokens) and self.tokens[last + 1].is_noun:
            return False
        for before in range(first - 1, max(-1, first - 6), -1):
            if self.tokens[before].lemma in _IN and self.tags[before] in ("PRP", "AVP"):
                return True
            if self.tags[before] not in ("AT0", "DPS", "AJ0", "DT0", "NN1", "POS", "CRD", "ORD"):
                return False
        return False

    # ------------------------------------------------------------------------------ feelings

    def feelings(self) -> Iterator[Feeling]:
        """Words for feelings."""
        words = emotion_words()
        at = 0
        while at < len(self.tokens):
            found = ""
            size = 1
            for size in (3, 2, 1):
                for phrase in (
                    self._phrases(at, at + size - 1) if at + size <= len(self.tokens) else ()
                ):
                    if phrase in words:
                        found = phrase
                        break
                if found:
                    break
            if found and at not in self.unfelt:
                subject = self._whose(at)
                pronoun = self._pronoun(subject)
                face = self._face(at)
                if face and (subject < 0 or (pronoun and not _same(pronoun, face))):
                    subject, pronoun = at, face
                yield Feeling(emotion_families(found), found, self.number, at, subject, pronoun)
            at += size if found else 1

    def _face(self, at: int) -> str:
        """Whose face is told of behind a feeling: "tears of joy run down her face"."""
        for behind in range(at + 1, min(at + 9, len(self.tokens) - 1)):
            if self.tokens[behind].text in ",;:.":
                break
            if self.tags[behind] == "DPS" and self.tokens[behind + 1].lemma in _FACES:
                return self.tokens[behind].text.casefold()
        return ""

    def _whose(self, at: int) -> int:
        for group in self.reading.groups:
            if group.start <= at <= group.head and group.head in self.people:
                return group.head
        for behind in (at + 1, at + 2):  # "the terrified father", whatever the groups
            if behind in self.people and not set(self.tags[at + 1 : behind]) - {"AJ0", "NN1"}:
                return behind
        doers = [(verb.head, verb.subject) for verb in self.reading.verbs]
        doers += [(head, self._somebody_before(head)) for head in self.as_verbs]
        if not doers:
            return self._somebody_before(at)
        head, subject = min(
            doers, key=lambda each: abs(each[0] - at) + (2 if self._parted(each[0], at) else 0)
        )
        if subject < 0 or not self._somebody(subject):
            return self._somebody_before(at) if subject < 0 or subject > head else -1
        return subject

    def _parted(self, one: int, other: int) -> bool:
        low, high = sorted((one, other))
        return any(token.text in ",;" for token in self.tokens[low:high])


def verb_lemma(token: Token) -> str:
    """The base form of a word as a verb, whatever the tagger took it for."""
    word = token.text.casefold()
    if token.tag.startswith("V") or token.tag.startswith("NN"):
        lemma = token.lemma
        if is_action(lemma) or not word.endswith("ing"):
            return lemma
    if word.endswith("ing") and len(word) > 5:
        stem = word[:-3]
        for base in (stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem, _ie(stem)):
            if is_action(base):
                return base
    return token.lemma


def _same(pronoun: str, possessive: str) -> bool:
    return {"he": "his", "she": "her", "they": "their", "it": "its"}.get(pronoun) == possessive


def _ie(stem: str) -> str:
    return re.sub("y$", "ie", stem)
