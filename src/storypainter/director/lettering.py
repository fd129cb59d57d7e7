"""Which thing of a sentence bears a piece of lettering: what it is written on by grammar.

The bearer is found only where the words say so: "a box marked FRAGILE", "EXIT, reads the sign",
"on the lid stands SUGAR", "a card: GET WELL", "an EXIT sign", "STOP is painted on the road".
The nearest thing is none: words on a blazer are not on the lorry behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from storypainter.director.gazetteer import word_list
from storypainter.director.phrases import Item

_STRONG_MARKS = frozenset(".;!?")
_ON = frozenset({"on", "onto", "across", "along", "upon", "round", "around", "in", "into", "down"})
_OF = frozenset({"of", "for", "with", "to"})
_NEAR_BY = 5  # items between an apposition and its noun: "a card among them, WELCOME"
_LINKING = frozenset({"stand", "be", "run", "hang", "appear", "shine", "glow", "show", "go"})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word_list("lettering")[name])


def bearer_of(items: Sequence[Item], at: int) -> Item | None:
    """The noun that bears the written item at an index, or None where grammar tells of none."""
    for rule in (_marked, _reads_it, _told_behind, _laid_on, _named_so, _apposed, _announced):
        noun = rule(items, at)
        if noun is not None:
            return noun
    return None


def _said(item: Item) -> str:
    return item.text.casefold()


def _is(item: Item, name: str) -> bool:
    """Whether a noun is on a list of words, by its phrase or the last word of it."""
    words = _words(name)
    return item.type == "noun" and bool({item.word, item.word.rpartition(" ")[2]} & words)


def _bears(item: Item) -> bool:
    return _is(item, "papers") or _is(item, "boards") or _is(item, "surfaces")


def _back(items: Sequence[Item], at: int) -> Iterator[int]:
    yield from range(at - 1, -1, -1)


def _before(items: Sequence[Item], at: int) -> int:
    """The index of what stands before a written item, other lettering and quotes left out."""
    at -= 1
    while at >= 0 and (items[at].type == "written" or items[at].text in "\"'“”‘’«»"):
        at -= 1
    return at


def _clause_start(items: Sequence[Item], at: int, marks: frozenset[str]) -> int:
    for each in _back(items, at):
        if items[each].type == "mark" and items[each].text in marks:
            return each + 1
    return 0


def _subject(items: Sequence[Item], verb: int) -> Item | None:
    """The subject before a verb: the first noun of the clause that stands behind no preposition."""
    led = verb > 1 and items[verb - 2].type == "preposition"
    if verb and items[verb - 1].type == "pronoun" and not led:
        if items[verb - 1].word not in ("that", "which", "who"):
            return None
        return _meant_by_relative(items, verb - 1)
    start = _clause_start(items, verb, _STRONG_MARKS | {",", ":"})
    start = max([start, *(i + 1 for i in range(start, verb) if _opens_clause(items, i, verb))])
    for at in range(start, verb):
        led = at > 0 and items[at - 1].type == "preposition"
        owns = at + 1 < verb and items[at + 1].type == "possessive"
        if items[at].type == "noun" and not led and not owns:
            return items[at]
    return None


def _opens_clause(items: Sequence[Item], at: int, verb: int) -> bool:
    behind = [i.type for i in items[at + 1 : verb]]
    return items[at].type == "conjunction" and "noun" in behind


def _meant_by_relative(items: Sequence[Item], at: int) -> Item | None:
    nouns = [items[i] for i in range(max(0, at - 4), at) if items[i].type == "noun"]
    fitting = [each for each in nouns if _bears(each)]
    return fitting[-1] if fitting else nouns[-1] if nouns else None


def _marked(items: Sequence[Item], at: int) -> Item | None:
    """A noun with a participle: "a box marked FRAGILE", "his cart, which is labelled ICE"."""
    last = _before(items, at)
    while last >= 0 and (_is(items[last], "words") or items[last].word in ("with", "in", "as")):
        last -= 1
    if last < 0 or _said(items[last]) not in _words("participles"):
        return None
    apart = False
    for each in _back(items, last):
        item = items[each]
        if item.type == "noun":
            led = each > 0 and items[each - 1].type == "preposition"
            subject = _subject(items, each) if apart and led else None
            return subject if subject and _bears(subject) else _chosen(items, each)
        apart = item.text == ","
        if item.form in ("be", "have") and each and items[each - 1].type == "noun":
            return _subject(items, each)
        skipped = item.type in ("adverb", "adjective") or item.form in ("be", "have", "be-ing")
        relative = item.type == "pronoun" and item.word in ("which", "that")
        if not (skipped or relative or item.text == "," or _said(item) in _words("participles")):
            return None
    return None


def _chosen(items: Sequence[Item], at: int) -> Item:
    """The noun at an index, or the paper that it only holds: "a note on the door marked"."""
    linked = at >= 2 and items[at - 1].type == "preposition" and items[at - 2].type == "noun"
    if linked and not _bears(items[at]) and _bears(items[at - 2]):
        return items[at - 2]
    return items[at]


def _reads_it(items: Sequence[Item], at: int) -> Item | None:
    """The subject of a verb of showing: "the badge on his coat reads 17"."""
    last = _before(items, at)
    while last >= 0 and (items[last].text in (":", ",") or items[last].type == "adverb"):
        last -= 1
    while last >= 0 and (_is(items[last], "words") or items[last].word == "with"):
        last -= 1
    if last < 0 or items[last].type != "verb":
        return None
    shown = _subject(items, last) if items[last].word in _words("verbs") else None
    return shown or (_fronted(items, last) if items[last].word in _LINKING else None)


def _fronted(items: Sequence[Item], verb: int) -> Item | None:
    """What a clause begins with: "on the lid stands SUGAR"."""
    start = _clause_start(items, verb, _STRONG_MARKS)
    while start < verb and items[start].type == "conjunction":
        start += 1
    if start + 1 >= verb or items[start].word not in ("on", "across", "along"):
        return None
    noun = items[start + 1]
    return noun if noun.type == "noun" else None


def _told_behind(items: Sequence[Item], at: int) -> Item | None:
    """A verb behind the lettering: "EXIT, reads the sign", "STOP is painted on the road"."""
    first = at + 1
    while first < len(items) and (
        items[first].type in ("mark", "written", "adverb") or len(items[first].text) == 1
    ):
        if items[first].text in _STRONG_MARKS | {":"} and items[first].type == "mark":
            return None
        first += 1
    if first >= len(items) or items[first].type not in ("verb", "noun", "adjective"):
        return None
    verb = items[first]
    if verb.type == "verb" and verb.word in _words("verbs") and verb.form != "ing":
        return _noun_at(items, first + 1)
    told = verb.form == "be" or verb.word in _LINKING or _said(verb) in _words("participles")
    if verb.type == "noun" or not told:
        return None
    for each in range(first + 1, min(first + 4, len(items))):
        if items[each].type == "preposition" and items[each].word in _ON:
            return _noun_at(items, each + 1)
        if items[each].type not in ("verb", "adverb", "adjective"):
            return None
    return None


def _noun_at(items: Sequence[Item], at: int) -> Item | None:
    """The noun at an index; of a line or a part of something, what it is a line or part of."""
    if at >= len(items) or items[at].type != "noun":
        return None
    item = items[at]
    ways = ("of", "on", "under") if _is(item, "words") else ("of",)
    part = _is(item, "words") or item.unseen == "thing_part"
    if part and at + 1 < len(items) and items[at + 1].word in ways:
        owners = [i for i in range(at + 2, min(at + 5, len(items))) if items[i].type == "noun"]
        fitting = [i for i in owners if items[min(i + 1, len(items) - 1)].type != "possessive"]
        return items[fitting[0]] if fitting else None
    return item


def _laid_on(items: Sequence[Item], at: int) -> Item | None:
    """What is right behind the lettering: "with WELCOME on her apron", "an EXIT sign"."""
    behind = items[at + 1 : at + 3]
    if len(behind) == 2 and behind[0].type == "preposition" and behind[0].word in _ON - {"in"}:
        return _noun_at(items, at + 2)
    adjoining = behind and behind[0].type == "noun" and behind[0].start - items[at].end == 1
    return behind[0] if adjoining and _bears(behind[0]) else None


def _named_so(items: Sequence[Item], at: int) -> Item | None:
    """A noun right before the lettering: "the form TRANSFER", "a poster for REPTILE DAY"."""
    last = _before(items, at)
    last -= last >= 0 and items[last].word in ("a", "an", "the")
    if last >= 1 and items[last].type == "preposition" and items[last].word in _OF:
        item = items[last - 1]
        vehicle = items[last].word in ("to", "for") and _is(item, "lines")
        paper = _is(item, "papers") or _is(item, "boards")
        return item if vehicle or (paper and items[last].word != "to") else None
    return items[last] if last >= 0 and _bears(items[last]) else None


def _apposed(items: Sequence[Item], at: int) -> Item | None:
    """A noun before a comma: "a board, DANGER, that pictures"."""
    last = _before(items, at)
    if last < 1 or items[last].text not in (",", "(", "–", "—"):
        return None
    for each in range(last - 1, max(-1, last - _NEAR_BY), -1):
        if items[each].type in ("verb", "mark"):
            return None
        if _is(items[each], "papers") or _is(items[each], "boards"):
            return items[each]
    return None


def _announced(items: Sequence[Item], at: int) -> Item | None:
    """What a colon leads on from: the subject if it is a paper or a board, else the nearest one."""
    last = _before(items, at)
    if last < 1 or items[last].text != ":":
        return None
    start = _clause_start(items, last, _STRONG_MARKS)
    nouns = [items[i] for i in range(start, last) if items[i].type == "noun"]
    first = next((i for i in nouns if _is(i, "papers") or _is(i, "boards")), None)
    nearest = next((i for i in reversed(nouns) if _is(i, "papers") or _is(i, "boards")), None)
    if nouns and first is nouns[0]:
        return first
    return nearest or (nouns[-1] if nouns and _bears(nouns[-1]) else None)
