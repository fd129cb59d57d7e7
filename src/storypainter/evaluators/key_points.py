"""Key points of a story: sentences that can be checked against its picture, one by one.

The first of the two stages of alignment (paper, section 2.3.3). They come from the story's own
Chains, where it has any: one point for each clue and one for each conclusion. Or a Writer takes
them from the text. A causal point depends on others: see :attr:`Point.ancestors`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storypainter.evaluators.moment_rules.language import not_english
from storypainter.evaluators.scene_reading_lexicon import lexicon, singular
from storypainter.evaluators.tagging import Token, is_known, known_tags, sentences
from storypainter.story import Chain, Clue, Dimension, KeyPoint, Story

#: Raise it when the same Chains may give other key points.
VERSION = "1"
FROM_CHAINS = "chains"

_PRONOUN = re.compile(
    r"^\W*(?:(?:he|she|they|we|i|you|him|her|them|his|hers|their|theirs|its|our|my|your)\b"
    r"|(?:it|this|that|these|those)\b(?!\s*(?:['’]s\b|(?:is|are|was|must|may|can|looks?|rains|snows)\b"
    r"|\s+has\s+(?:just\s+)?(?:begun|been|rained|snowed|stopped)\b)))",
    re.IGNORECASE,
)
_NOUNS = frozenset({"NN0", "NN1", "NN2"})
_BEHIND_VERBS = ("AT0", "DPS", "PRP", "VBG", "PNP", "DT0")
_FEWEST_WORDS, _MOST_WORDS = 3, 60


@dataclass(frozen=True, slots=True)
class Point:
    """A key point in a list of them.

    Args:
        key: the sentence, its Dimension, and the Chain that it comes from.
        is_clue: whether it is seen as such; otherwise it is concluded from what is seen.
        rests_on: places in the list of the clues that it is concluded from.
        ancestors: places of all points that must hold before it can: for a causal point, its
            clues, the conclusions of the Chains that it joins, and their clues.
        clue: the id of the Clue that it comes from, where it has one; no judge looks at it.
    """

    key: KeyPoint
    is_clue: bool
    rests_on: tuple[int, ...] = ()
    ancestors: tuple[int, ...] = ()
    clue: str | None = None

    def to_plain(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "dimension": str(self.key.dimension),
            "sentence": self.key.sentence,
            "chain": self.key.chain,
            "kind": "clue" if self.is_clue else "conclusion",
            "rests_on": list(self.rests_on),
            "ancestors": list(self.ancestors),
            "clue": self.clue,
        }


@dataclass(frozen=True, slots=True)
class Points:
    """A story's key points, and (sentence, reason) of what could not be one.

    ``absent`` says why there is none at all.
    """

    points: tuple[Point, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    absent: str = ""


def problem_of(sentence: str) -> str:
    """Why an English text is no key point; empty where it is one.

    It must be one whole sentence with a finite verb, and must not begin with a pronoun whose
    meaning stands outside of it ("It is winter" and "This is a park" are fine).
    """
    if _PRONOUN.search(sentence):
        return "begins with a pronoun"
    words = len(sentence.split())
    if words < _FEWEST_WORDS or not _is_finite(sentence):
        return "no whole sentence"
    if words > _MOST_WORDS:
        return f"longer than {_MOST_WORDS} words"
    return ""


def _is_finite(text: str) -> bool:
    """Whether an English text has a finite verb, as far as its tags tell."""
    tokens = [token for each in sentences(text) for token in each.tokens]
    return any(_is_verb(tokens, at) for at in range(len(tokens)))


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    before = tokens[at - 1].tag if at else ""
    if token.tag in ("VVZ", "VVB", "VVI"):
        # A base form is an infinitive only behind "to".
        return before != "TO0" and not _names_things(token.text.casefold())
    if token.is_present or token.is_past or token.tag == "VM0":
        return True
    after = tokens[at + 1].tag if at + 1 < len(tokens) else ""
    # "The boy and the girl play in a team": tagged as a noun behind a noun, it may be the verb.
    return (
        token.is_noun
        and tokens[0].text.casefold() == "the"
        and before in _NOUNS
        and after.startswith(_BEHIND_VERBS)
        and bool({"VVZ", "VVB", "VVI"} & set(known_tags(token.text.casefold())))
    )


def _names_things(word: str) -> bool:
    """Whether a word that the tagger doesn't know is a plural of the lexicon ("wellingtons")."""
    return word.endswith("s") and not is_known(word) and singular(word) in lexicon().things


# ------------------------------------------------------------------------ from Chains


def from_chains(story: Story) -> Points:
    """The key points of a story's own Chains.

    A clue that several Chains share is one point, in the Dimension of the first Chain that isn't
    causal. A clue without a verb ("a grey suit") becomes "The picture shows a grey suit."
    """
    if not story.chains:
        return Points(absent="the story has no Chains to take key points from")
    english = not_english(story.text) is None
    made = _FromChains(story.chains, english)
    points = made.points()
    absent = "" if points else "none of its Chains gives a key point"
    return Points(tuple(points), tuple(made.dropped), absent)


class _FromChains:
    """The work of :func:`from_chains`: ``dropped`` fills up while the points are made."""

    def __init__(self, chains: Sequence[Chain], english: bool) -> None:
        self.dropped: list[tuple[str, str]] = []
        self._chains = chains
        self._english = english
        self._places: dict[str, int] = {}

    def points(self) -> list[Point]:
        found = [Point(key, True, clue=clue.id) for key, clue in self._clues()]
        kept: dict[int, int] = {}  # from the place of a Chain to that of its conclusion
        for at, chain in enumerate(self._chains):
            if self._fits(chain.conclusion):
                kept[at] = len(found)
                key = KeyPoint(dimension=chain.dimension, sentence=chain.conclusion, chain=chain.id)
                found.append(Point(key, False, rests_on=self._of(chain)))
        for at, place in kept.items():
            ancestors = self._ancestors(at, kept)
            point = found[place]
            found[place] = Point(point.key, False, point.rests_on, ancestors)
        return found

    def _clues(self) -> Iterator[tuple[KeyPoint, Clue]]:
        causal = Dimension.EVENT_CAUSAL_RELATIONSHIP
        for chain in sorted(self._chains, key=lambda each: each.dimension is causal):
            for clue in chain.clues:
                name = _name(clue)
                sentence = _sentence(clue.text, self._english)
                if name not in self._places and self._fits(sentence):
                    self._places[name] = len(self._places)
                    key = KeyPoint(dimension=chain.dimension, sentence=sentence, chain=chain.id)
                    yield key, clue

    def _fits(self, sentence: str) -> bool:
        problem = problem_of(sentence) if self._english else ""
        if problem and (sentence, problem) not in self.dropped:
            self.dropped.append((sentence, problem))
        return not problem

    def _of(self, chain: Chain) -> tuple[int, ...]:
        names = dict.fromkeys(map(_name, chain.clues))
        return tuple(self._places[name] for name in names if name in self._places)

    def _ancestors(self, at: int, kept: Mapping[int, int]) -> tuple[int, ...]:
        chain = self._chains[at]
        if chain.dimension is not Dimension.EVENT_CAUSAL_RELATIONSHIP:
            return ()
        joined = joins(self._chains, at)
        own = [*self._of(chain), *(place for each in joined for place in self._of(each[1]))]
        return tuple(sorted({*own, *(kept[place] for place, _ in joined if place in kept)}))


def joins(chains: Sequence[Chain], at: int) -> list[tuple[int, Chain]]:
    """The Chains that a causal Chain joins, with their places, found by their clues.

    A Chain that isn't causal and whose clues are all among those of the causal one is joined;
    where there is none, every event Chain that shares a clue with it is.
    """
    causal = Dimension.EVENT_CAUSAL_RELATIONSHIP
    clues = set(map(_name, chains[at].clues))
    others = [(i, each) for i, each in enumerate(chains) if each.dimension is not causal]
    within = [(i, each) for i, each in others if set(map(_name, each.clues)) <= clues]
    if within:
        return within
    return [
        (i, each)
        for i, each in others
        if each.dimension is Dimension.EVENT and set(map(_name, each.clues)) & clues
    ]


def _name(clue: Clue) -> str:
    """What makes two clues the same one: the id, or else the words."""
    return clue.id or " ".join(clue.text.casefold().split())


def _sentence(text: str, english: bool) -> str:
    text = " ".join(text.split())
    if english and not _is_finite(text[:1].upper() + text[1:]):
        text = f"The picture shows {text}"
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
