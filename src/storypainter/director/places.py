"""Which places a text tells of: named as where it plays, or told by what belongs to them.

Read from the words themselves, as a noun phrase ends where the place does: "in the small Hanoi
kitchen", "at the kitchen sink", "on the edge of the beach". A place that is only seen, left,
gone to or likened to says nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from storypainter.director.gazetteer import gazetteer, word_list
from storypainter.director.language import Token

STRONG = 3.0  # "in the kitchen"
PLAIN_SUBJECT = 2.5  # "The platform is white with heat" opens the text
BY_PART = 2.0  # "the floor of the museum"
_BESIDE = 1.5
WEAK = 0.5  # told of, but not as where it plays
_FAINT = 0.2
_OPENING = 1.0  # more for what the first sentence tells
_INSIDE = frozenset(
    {"in", "inside", "at", "on", "along", "across", "through", "down", "amid", "up"}
)
_THROUGH = frozenset({"across", "through"})
_ABOARD = frozenset({"in", "inside", "aboard"})
_NEAR = frozenset({"by", "beside", "near", "around", "between", "among", "under", "into", "onto"})
_AWAY_BEHIND = frozenset({"outside", "opposite", "below", "above", "beyond", "beneath"})
_PLACING = _INSIDE | _NEAR | _AWAY_BEHIND | {"of", "from", "to", "over", "past", "behind"}
_FAR = frozenset({"far", "deep", "just", "right", "directly", "down", "high", "up"})
_PANES = frozenset(
    {"window", "windows", "pane", "panes", "glass", "porthole", "windscreen", "blind"}
)
_WINDOWS = _PANES - {"glass", "blind"}
#: What is done to a place by somebody or something that is there.
_COVERS = frozenset({"cover", "fill", "crowd", "line", "light", "flood", "divide", "cross"}) | {
    *("sweep", "mow", "scrub", "mop", "rake", "weed", "swamp")
}
_VIEWED = frozenset({"through", "outside", "beyond", "behind", "past", "of"})
#: Nouns that begin a clause of their own behind a place: "in the garden snow falls".
_APART = frozenset({"people", "children", "men", "women", "somebody", "nobody", "everybody"}) | {
    *("snow", "rain", "fog", "mist", "night", "dusk", "dawn", "smoke", "water", "mother", "father")
}
_ENDS = frozenset(".;:!?")
_BEFORE_NOUNS = frozenset({"AT0", "DPS", "AJ0", "CRD", "PRP", "PRF"})
_BEHIND_VERBS = frozenset({"at", "from", "down", "off", "onto", "up", "back", "out", "away"})
_NOT_IN = frozenset({"front", "out", "outside", "ahead", "sight", "instead", "north", "south"})
_LONGEST = 4


@dataclass(slots=True)
class Told:
    """What a text tells of one place: how clearly at best, how often, by which names and clues."""

    place: str = ""
    clearly: float = 0.0
    mentions: int = 0
    clues: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @property
    def is_told(self) -> bool:
        """Whether it is named as where it plays, or two independent clues tell it."""
        other = len(self.clues - self.names)
        if self.clearly >= WEAK and (other > 0 or len(self.names) > 1):
            return True
        return self.clearly >= BY_PART or (other > 1 and self._has_thing)

    @property
    def score(self) -> float:
        """How much speaks for it: 3 and more for a place named as such, 0.8 for each clue."""
        more = 0.3 * min(max(self.mentions - 1, 0), 3)
        return self.clearly + more + 0.8 * min(len(self.clues - self.names), 4)

    @property
    def _has_thing(self) -> bool:
        """Whether a clue is a thing: a teacher and a pupil may meet anywhere."""
        if self.place in _lists()["played_by"]["places"]:
            return True
        return any(gazetteer().group(c, "role") is None for c in self.clues - self.names)


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase of a sentence that is known: tokens ``start`` to ``end`` (not included)."""

    phrase: str
    start: int
    end: int
    plural: bool


def places_told(
    tagged: Sequence[Sequence[Token]], barred: Sequence[tuple[int, int]]
) -> dict[str, Told]:
    """The places that a text tells of, by the word of their setting in the gazetteer.

    ``barred`` are the offsets of what is only compared, pictured or written somewhere.
    """
    here = _words_of(tagged, barred)
    found: dict[str, Told] = {}
    for number, tokens in enumerate(tagged):
        elsewhere = _elsewhere(tokens)
        for each in _phrases(tokens):
            token = tokens[each.start]
            if any(start <= token.start < end for start, end in barred):
                continue
            if elsewhere[each.start] or _denied(tokens, each.start):
                continue
            _note(found, tokens, each, here, first=number == 0)
    for place, told in found.items():
        if told.clearly < BY_PART and here & _against().get(place, frozenset()):
            told.clues.clear()  # what belongs to it is found elsewhere too
    return found


def imagined(tagged: Sequence[Sequence[Token]]) -> list[tuple[int, int]]:
    """The offsets of what somebody only remembers, plans or dreams of, up to the next mark."""
    found: list[tuple[int, int]] = []
    for tokens in tagged:
        for at, token in enumerate(tokens):
            if token.tag[:2] == "VV" and token.lemma in _lists()["thinking"]["verbs"]:
                end = next((t for t in tokens[at:] if t.text in ".,;:!?—–"), tokens[-1])
                found.append((token.start, end.end))
    return found


def signs_told(
    tagged: Sequence[Sequence[Token]], barred: Sequence[tuple[int, int]]
) -> tuple[bool, bool]:
    """Whether a text tells of what is only indoors, and of what is only in the open."""
    signs = _lists()["signs"]
    seen: set[str] = set()
    for tokens in tagged:
        elsewhere = _elsewhere(tokens)
        pane = next((at for at, t in enumerate(tokens) if t.lower in _PANES), len(tokens))
        for at, token in enumerate(tokens[:pane]):
            told_of = any(start <= token.start < end for start, end in barred)
            if not (told_of or elsewhere[at] or _denied(tokens, at) or _modifies(tokens, at + 1)):
                seen |= {token.lower, token.lemma}
    return bool(seen & set(signs["indoors"])), bool(seen & set(signs["outdoors"]))


@cache
def _lists() -> dict[str, Any]:
    return word_list("surroundings")


@cache
def _against() -> dict[str, frozenset[str]]:
    return {place: frozenset(words) for place, words in _lists()["against"].items()}


@cache
def _lexicon() -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """Each known phrase with the setting that it names, and the places that it is a clue of."""
    clues: dict[str, list[str]] = {}
    for place, phrases in _lists()["clues"].items():
        for phrase in phrases:
            clues.setdefault(phrase, []).append(place)
    named = {word: group.word for word, group in gazetteer().words("setting")}
    return {
        phrase: (named.get(phrase), tuple(clues.get(phrase, ())))
        for phrase in sorted({*named, *clues})
    }


def _words_of(
    tagged: Sequence[Sequence[Token]], barred: Sequence[tuple[int, int]]
) -> frozenset[str]:
    """All words of a text and all pairs of them, in lower case, but for what is barred."""
    words: set[str] = set()
    for tokens in tagged:
        real = [t for t in tokens if not any(s <= t.start < e for s, e in barred)]
        words |= {t.lower for t in real} | {t.lemma for t in real}
        words |= {f"{a.lower} {b.lower}" for a, b in itertools.pairwise(real)}
    return frozenset(words)


def _phrases(tokens: Sequence[Token]) -> Iterator[_Found]:
    """The longest known phrases of a sentence that end in a noun, from left to right."""
    at = 0
    while at < len(tokens):
        found = _longest(tokens, at)
        if found is None:
            at += 1
        else:
            yield found
            at = found.end


def _longest(tokens: Sequence[Token], at: int) -> _Found | None:
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        part = tokens[at : at + length]
        last = part[-1]
        if last.tag[:2] not in ("NN", "NP", "UN") and length == 1:
            return None
        before = " ".join(t.lower for t in part[:-1])
        for ending in (last.lower, last.lemma):
            phrase = f"{before} {ending}".strip().replace(" 's", "'s").replace(" ’s", "'s")
            if phrase in _lexicon():
                return _Found(phrase, at, at + length, last.tag == "NN2" and ending != last.lower)
    return None


def _elsewhere(tokens: Sequence[Token]) -> list[bool]:
    """For each word, whether it tells of what is outside of where it plays, as behind a window."""
    found = [False] * len(tokens)
    away = False
    begins = len(tokens)
    for at, token in enumerate(tokens):
        if token.text in _ENDS:
            away, begins = False, len(tokens)
        if token.lower == "outside" and _is_adverb(tokens, at):
            away = True
        if token.lower in _VIEWED and (pane := _pane_ahead(tokens, at)):
            begins = min(begins, _end_of_whole(tokens, pane))
        found[at] = away or at >= begins
    return found


def _end_of_whole(tokens: Sequence[Token], pane: int) -> int:
    """Where the view begins: behind "the window", or behind "the window of the sleeping car"."""
    at = pane + 1
    if at < len(tokens) and tokens[at].lower == "of":
        while at + 1 < len(tokens) and tokens[at + 1].tag[:2] not in ("VV", "VB", "PU", "PR", "CJ"):
            at += 1
        return at + 1
    return at


def _is_adverb(tokens: Sequence[Token], at: int) -> bool:
    behind = tokens[at + 1 : at + 2]
    return not behind or behind[0].tag[:2] not in ("AT", "DP", "NN", "AJ", "NP")


def _pane_ahead(tokens: Sequence[Token], at: int) -> int | None:
    """Where the window is that one looks or leans out of: "through the blind"."""
    if tokens[at].lower == "of" and (at == 0 or tokens[at - 1].lower != "out"):
        return None
    for ahead in range(at + 1, min(at + 6, len(tokens))):
        if tokens[ahead].lower in _PANES:
            return ahead
        if tokens[ahead].tag[:2] in ("VV", "VB", "CJ", "PR", "PU"):
            return None
    return None


def _denied(tokens: Sequence[Token], at: int) -> bool:
    before = {t.lower for t in tokens[max(0, at - 3) : at]}
    return bool(before & {"no", "without", "never"})


def _modifies(tokens: Sequence[Token], end: int) -> bool:
    """Whether a noun only modifies the next one: "oven glove", "beach ball"."""
    behind = tokens[end : end + 1]
    return bool(behind) and behind[0].is_noun and behind[0].lower not in _APART


def _is_deed(tokens: Sequence[Token], each: _Found) -> bool:
    """Whether a plural is a verb by what follows: "waves at a pupil", "drips from the roof"."""
    behind = tokens[each.end : each.end + 1]
    before = tokens[each.start - 1].tag if each.start else ""
    if tokens[each.end - 1].tag != "NN2" or not behind or before in _BEFORE_NOUNS:
        return False
    return behind[0].tag in ("AT0", "DPS") or behind[0].lower in _BEHIND_VERBS


def _note(
    found: dict[str, Told],
    tokens: Sequence[Token],
    each: _Found,
    here: frozenset[str],
    *,
    first: bool,
) -> None:
    place, clues = _lexicon()[each.phrase]
    needed = _lists()["only_with"].get(each.phrase)
    if needed and (not here & set(needed["with"]) or here & set(needed["not"])):
        other = _lists()["other_sense"].get(each.phrase)
        if other and here & set(other["with"]):
            found.setdefault(other["place"], Told(other["place"])).clues.add(each.phrase)
        return
    if place is not None and (clearly := _clearly(tokens, each, first=first)) > 0:
        told = found.setdefault(place, Told(place))
        told.clearly = max(told.clearly, clearly)
        told.mentions += 1
        told.names.add(each.phrase.removesuffix("s"))
    part_of = tokens[each.end : each.end + 1]
    if _modifies(tokens, each.end) or (part_of and part_of[0].lower == "of"):
        return
    if _is_deed(tokens, each):
        return
    for name in clues:
        found.setdefault(name, Told(name)).clues.add(each.phrase.removesuffix("s"))


def _clearly(tokens: Sequence[Token], each: _Found, *, first: bool) -> float:
    """How clearly a mention tells that it plays there: 0 (not at all) to 4."""
    behind = tokens[each.end : each.end + 2]
    part = behind[-1] if behind and behind[0].tag == "POS" else (behind[0] if behind else None)
    owns = bool(behind) and (behind[0].tag == "POS" or behind[0].lower in ("'s", "’s"))
    if part is not None and (
        owns or (_modifies(tokens, each.end) and not _ends_phrase(tokens, each))
    ):
        return _by_part(tokens, each.start, part.lower, first=first)
    if _is_away(tokens, each.end) or _is_metaphor(tokens, each):
        return 0.0
    at, before = _leading(tokens, each.start)
    plural = 0.3 if each.plural else 1.0
    more = _OPENING if first else 0.0
    if before == "of" and at > 0 and tokens[at - 1].lower in _NOT_IN:
        return 0.0
    if before == "of":
        whole = _part_before(tokens, at)
        if whole is not None:
            return _by_part(tokens, at - 1, whole, first=first) * plural
        return WEAK + 0.5 * more
    fixed = each.phrase in _lists()["boarded"]["fixed"]
    mobile = not fixed and gazetteer().group(each.phrase, "prop") is not None
    if before in _THROUGH and not mobile:
        left = any(t.lower == "from" for t in tokens[: each.start])
        return (BY_PART + more) * plural if first and not left else _FAINT
    aboard = _ABOARD | {"on"} if each.phrase in _lists()["boarded"]["words"] else _ABOARD
    if before in (aboard if mobile else _INSIDE):
        seen = any(t.lower in _WINDOWS for t in tokens[: each.start])
        return _FAINT if seen else (STRONG + more) * plural  # "at the window …, and in the street"
    if before == "" and first and at < 0 and not mobile:
        return PLAIN_SUBJECT * plural
    if at >= 0 and tokens[at].lemma in _COVERS:
        return (BY_PART + more) * plural  # "Snow covers the courtyard"
    if mobile:
        return 0.0
    if before in _NEAR:
        return (_BESIDE if before not in ("into", "onto") else WEAK) * plural + 0.5 * more
    return (WEAK if before == "" else _FAINT) * plural


def _ends_phrase(tokens: Sequence[Token], each: _Found) -> bool:
    """Whether a plural behind a place begins a clause: "in the harbour boats rock"."""
    behind = tokens[each.end]
    determined = each.start > 1 and tokens[each.start - 1].tag == "AT0"
    worn = gazetteer().group(behind.lemma, "garment") is not None
    inside = determined and tokens[each.start - 2].lower in _INSIDE
    return inside and behind.tag == "NN2" and not worn


def _by_part(tokens: Sequence[Token], start: int, part: str, *, first: bool) -> float:
    """How clearly a part of a place tells it: "at the kitchen sink", "from the school window"."""
    lists = _lists()
    _, before = _leading(tokens, start)
    if part in lists["parts"]["openings"]:
        if before in ("from", "through", "beyond", "to", "towards"):
            return _FAINT
        return BY_PART if first or before in ("in", "at") else _BESIDE
    if part not in lists["parts"]["words"]:
        return 0.0
    if before in _INSIDE:
        return STRONG + (_OPENING if first else 0.0)
    return BY_PART + (0.5 if first else 0.0)


def _is_away(tokens: Sequence[Token], end: int) -> bool:
    """Whether a place is elsewhere: "the street outside", "the alley far below"."""
    behind = tokens[end : end + 2]
    if behind and behind[0].lower in _FAR:
        behind = behind[1:]
    else:
        behind = behind[:1]
    if behind and behind[0].lower == "across":
        return True
    return bool(behind) and behind[0].lower in _AWAY_BEHIND


def _is_metaphor(tokens: Sequence[Token], each: _Found) -> bool:
    """Whether "of" makes a picture of speech of a place: "a forest of spikes"."""
    behind = tokens[each.end : each.end + 2]
    if len(behind) < 2 or behind[0].lower != "of" or behind[1].tag[:2] not in ("NN", "AJ", "VV"):
        return False
    return each.phrase in _lists()["metaphors"]["words"]


def _leading(tokens: Sequence[Token], start: int) -> tuple[int, str]:
    """Where the word stands that governs a noun phrase (-1: nowhere), and the preposition."""
    at = start - 1
    while (
        at >= 0
        and tokens[at].lower not in _PLACING
        and (
            tokens[at].tag[:2] in ("AT", "AJ", "DP", "DT", "OR", "CR", "NN", "NP", "AV", "PO", "UN")
            or tokens[at].tag in ("VVN", "VVG")
            or tokens[at].lower in ("'s", "’s")
        )
    ):
        at -= 1
    if at < 0:
        return -1, ""
    word = tokens[at].lower
    return at, word if tokens[at].tag[:2] == "PR" or word in _PLACING else ""


def _part_before(tokens: Sequence[Token], of: int) -> str | None:
    """The noun before "of", if it is a part of a place: "the edge of"."""
    lists = _lists()
    known = {*lists["parts"]["words"], *lists["parts"]["openings"]}
    before = (tokens[of - 1].lower, tokens[of - 1].lemma) if of > 0 else ()
    return next((word for word in before if word in known), None)
