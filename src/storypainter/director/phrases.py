"""The items of a sentence: noun phrases, verbs, pronouns, prepositions, marks, written words.

No grammar in the full sense: a noun phrase is a determiner, modifiers and nouns in a row, as far
as tags and the gazetteer agree; everything else is a single word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from storypainter.director.gazetteer import Gazetteer, Group, Kind, gazetteer, word_list
from storypainter.director.language import Token

Type = Literal[
    "noun", "verb", "pronoun", "preposition", "conjunction", "adjective", "adverb", "not", "mark",
    "written", "possessive",
]  # fmt: skip
NOUN_KINDS: tuple[Kind, ...] = ("role", "garment", "prop", "sign", "animal", "setting")
_VERBAL: tuple[Kind, ...] = ("pose", "relation", "expression")
_SUBORDINATE = frozenset(
    {"while", "as", "when", "because", "until", "where", "whereas", "so", "since", "although"}
)
_ALONE = frozenset(
    {"both", "all", "each", "some", "many", "few", "one", "another", "that", "those", "either"}
)
_BEFORE = frozenset({"before", "after"})
_ADVERBIAL = frozenset({"past", "outside", "inside", "home", "upside", "right", "left", "flat"})
_TOWARDS = frozenset({"at", "out", "away", "off", "towards"})
#: Prepositions behind a verb of motion rather than behind a plural: "water drips from".
_MOTIONS = frozenset({"from", "down", "over", "across", "through", "onto", "into", "off", "up"})
_LONGEST_PHRASE = 4
_ONE = frozenset({"a", "an", "this", "that", "each", "every", "another", "one"})
_PLURALS = frozenset(
    {"people", "children", "men", "women", "police", "cattle", "sheep", "fish", "mice", "geese"}
    | {"policemen", "policewomen", "firemen", "fishermen", "teeth", "oxen", "grandchildren"}
    | {"schoolchildren", "salesmen", "postmen", "workmen", "gentlemen", "calves", "feet"}
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item; ``word`` is the gazetteer's phrase of a noun, else the lemma.

    ``start`` and ``end`` are character offsets of the head (of a noun: of its phrase without
    determiner and adjectives); ``form`` is a verb's: finite, ing, past, base; or ``be``, ``have``.
    """

    type: Type
    word: str
    start: int
    end: int
    text: str = ""
    form: str = ""
    determiner: str = ""
    adjectives: tuple[str, ...] = ()
    count: int = 1
    plural: bool = False
    named: bool = False
    name: str = ""
    groups: dict[Kind, Group] = field(default_factory=dict)
    unseen: str | None = None

    def has(self, kind: Kind) -> bool:
        """Whether the noun stands for something of a kind."""
        return kind in self.groups


@cache
def grammar() -> dict[str, Any]:
    """The closed word classes of ``gazetteer/grammar.toml``."""
    data = word_list("grammar")
    return {k: frozenset(v) if isinstance(v, list) else v for k, v in data.items()}


@cache
def _names() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in word_list("names").items()}


def gender_of_name(name: str) -> str:
    """``female``, ``male`` or ``unspecified`` for a given name."""
    return next((g for g, names in _names().items() if name.casefold() in names), "unspecified")


def items_of(tokens: Sequence[Token], written: Sequence[tuple[int, int, str]]) -> list[Item]:
    """The items of a sentence; ``written`` holds (start, end, text) of its inscriptions."""
    return _joined(_Chunker(tokens, written).run())


def meant(items: Sequence[Item], words: frozenset[str]) -> list[Item]:
    """The items with homonyms as what they mean beside a text's ``words`` (lower case)."""
    table = word_list("homonyms")
    named = [(i, i.word if i.word in table else i.word.removesuffix("s")) for i in items]
    return [_meant(i, table[name], words) if name in table else i for i, name in named]


def _meant(item: Item, senses: Sequence[dict[str, Any]], words: frozenset[str]) -> Item:
    sense = next((each for each in senses if words & frozenset(each["with"])), None)
    if item.type != "noun" or sense is None:
        return item
    means = sense["means"]
    if not means:
        return replace(item, groups={}, unseen="thing_part")
    kinds: tuple[Kind, ...] = ("prop", "setting")
    found = {kind: gazetteer().group(means, kind) for kind in kinds}
    groups = {kind: group for kind, group in found.items() if group is not None}
    return replace(item, word=means, determiner="the", adjectives=(), groups=groups, unseen=None)


def _joined(items: list[Item]) -> list[Item]:
    """Noun phrases with "of" as one item where they mean one thing: a row of boys, a cup of tea."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        behind = items[at + 1 : at + 3]
        linked = item.type == "noun" and [i.type for i in behind] == ["preposition", "noun"]
        whole = _whole(item, behind[1]) if linked and behind[0].word == "of" else None
        if whole is not None:
            items[at + 2] = whole
            at += 2
            continue
        if linked and behind[0].word == "of" and _is_part(item, behind[1]):
            item = replace(item, groups={}, unseen="thing_part")
        found.append(item)
        at += 1
    return found


def _is_part(head: Item, inner: Item) -> bool:
    """Whether "X of Y" names a pile or a part: a roll of felt, the crook of her arm."""
    words = grammar()
    if head.word in words["piles"]:
        return True
    worn = inner.unseen in ("body", "wear_part") or inner.has("garment")
    return worn and head.word not in words["containers"] and not head.has("role")


def _whole(head: Item, inner: Item) -> Item | None:
    names, words = gazetteer(), grammar()
    for phrase in (f"{head.word} of {inner.text.casefold()}", f"{head.word} of {inner.word}"):
        groups: dict[Kind, Group] = {
            k: g for k in NOUN_KINDS if (g := names.group(phrase, k)) is not None
        }
        if groups:
            return replace(head, word=phrase, end=inner.end, groups=groups, unseen=None)
    if head.word in words["plural_piles"] and inner.plural and inner.groups:
        counted = inner.count if inner.determiner else 4
        return replace(inner, determiner=head.determiner, count=counted)
    if head.word in words["piles"] and inner.groups and head.word not in words["pictures"]:
        return replace(inner, determiner=head.determiner or inner.determiner)
    if head.word in words["containers"] and head.groups:
        adjectives = (*head.adjectives, "full", *inner.adjectives)
        return replace(head, adjectives=adjectives, end=inner.end)
    return None


class _Chunker:
    def __init__(self, tokens: Sequence[Token], written: Sequence[tuple[int, int, str]]) -> None:
        self.written = list(written)
        self.names: Gazetteer = gazetteer()
        self.tokens = [t for t in tokens if not self._inscribed(t)]
        self._join_known()
        self.tokens = [self._mended(at) for at in range(len(self.tokens))]
        self.items: list[Item] = []

    def _join_known(self) -> None:
        """Words that are a known thing only together are nouns: "watering can", "hat stand"."""
        for at in range(len(self.tokens) - 1):
            first, second = self.tokens[at : at + 2]
            if (second.is_noun and first.is_noun) or first.tag[:2] in ("AT", "AJ", "PR"):
                continue
            phrase = f"{first.lower} {second.lower}"
            if self._groups(phrase) or self._groups(f"{first.lower} {second.lemma}"):
                self.tokens[at] = replace(first, tag="NN1")
                self.tokens[at + 1] = replace(second, tag="NN2" if second.tag == "NN2" else "NN1")

    def _mended(self, at: int) -> Token:
        """A verb in the -s form that the tagger took for a plural noun: "and points at"."""
        token = self.tokens[at]
        if token.tag != "NN2" or at == 0:
            return token
        before = self.tokens[at - 1]
        behind = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if self.names.unseen(token.lemma) != "body" and self._acts_out(at, before, behind):
            return replace(token, tag="VVZ")
        if before.tag[:2] in ("AT", "AJ", "DP", "CR", "DT", "PO", "OR"):
            return token
        taking = behind is not None and behind.tag in ("AT0", "DPS")
        known = self._groups(token.lemma) or self.names.unseen(token.lemma)
        actor = self._groups(before.lemma).keys() & {"role", "animal"} or before.tag == "PNP"
        relative = before.lower in ("who", "which") or before.tag == "CJT"
        joined = before.lower in ("and", ",") or relative or bool(actor)
        opens = behind is None or behind.tag[:2] in ("AV", "PR", "PU", "CJ")
        thing = known and not self.names.unseen(token.lemma)
        if relative and not thing:
            return replace(token, tag="VVZ")
        body = self.names.unseen(token.lemma) == "body"
        if taking and (before.is_noun or joined) and not (before.text == "," and body):
            return replace(token, tag="VVZ")
        leads = behind is not None and behind.tag == "PRP"
        if self._verbal(token.lemma) and joined and opens and (bool(actor) or leads or not thing):
            return replace(token, tag="VVZ")
        if (
            before.tag == "NN1"
            and not self._groups(f"{before.lower} {token.lemma}")
            and (behind is not None and behind.lower in _MOTIONS)
        ):
            return replace(token, tag="VVZ")
        return token

    def _acts_out(self, at: int, before: Token, behind: Token | None) -> bool:
        """Whether a bare plural is a verb by its neighbours: ", and beams", "cranes out"."""
        token = self.tokens[at]
        if before.lower == "that" and behind is not None and behind.tag == "AT0":
            return True
        linked = before.lower in ("and", ",") or before.tag in ("CRD", "NN1", "NP0", "PNP")
        if linked and behind is not None and behind.lower in _TOWARDS:
            return not self._groups(f"{before.lower} {token.lemma}")
        listed = before.lower == "and" and at > 1 and self.tokens[at - 2].text == ","
        return listed and self._verbal(token.lemma)

    def _verbal(self, lemma: str) -> bool:
        known = any(self.names.group(lemma, kind) for kind in _VERBAL)
        return known or lemma in grammar()["unreal_verbs"]

    def _inscribed(self, token: Token) -> bool:
        return any(start <= token.start < end for start, end, _ in self.written)

    def run(self) -> list[Item]:
        at = 0
        pending = list(self.written)
        while at < len(self.tokens):
            while pending and pending[0][0] < self.tokens[at].start:
                self._write(pending.pop(0))
            at = self._noun_phrase(at) or self._word(at)
        for each in pending:
            self._write(each)
        return self.items

    def _write(self, inscription: tuple[int, int, str]) -> None:
        start, end, text = inscription
        self.items.append(Item("written", text, start, end, text))

    # -------------------------------------------------------------- noun phrases

    def _noun_phrase(self, at: int) -> int | None:
        """Add the noun phrase that begins at a token; where it ends, or None."""
        first = at
        determiner = ""
        count = 0
        words = grammar()
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.lower in words["determiners"] and token.tag[:2] not in ("PN", "CJ"):
                determiner = determiner or token.lower
                count = count or int(words["numbers"].get(token.lower, 0))
            elif token.tag == "CRD" or token.lower in words["numbers"]:
                count = _number(token.lower) or count
                determiner = determiner or "some"
            else:
                break
            at += 1
        ahead = self.tokens[at] if at < len(self.tokens) else None
        if (
            ahead is not None
            and ahead.tag in ("VVB", "VVI", "VVZ", "VVD")
            and (determiner in _ALONE or (count and determiner == "some"))
        ):
            return None  # "both throw", "three hold": the determiner stands for somebody
        body = self._body(at, bool(determiner))
        if body is None:
            return None
        adjectives, nouns, end = body
        self._add_noun(determiner, count, adjectives, nouns)
        return end if end > first else None

    def _body(self, at: int, determined: bool) -> tuple[list[Token], list[Token], int] | None:
        """The modifiers and the nouns from a token on, and where they end."""
        start = at
        while at < len(self.tokens) and self._modifies(at, at > start or determined):
            at += 1
        last = at
        while last < len(self.tokens) and self._is_noun(
            last, last == at and at + determined > start
        ):
            last += 1
        ends = last >= len(self.tokens) or self.tokens[last].lower not in ("one", "ones")
        while ends and last == at and at > start and self._can_be_noun(at - 1):
            at -= 1  # "the young and the old": an adjective in the noun's place, if it is known
        if last == at:
            return None
        nouns = self.tokens[at:last]
        if self._ends_in_verb(nouns) or self._plural_acts(nouns, last):
            nouns = nouns[:-1]
            last -= 1
            self.tokens[last] = replace(self.tokens[last], tag="VVZ")
        return self.tokens[start:at], nouns, last

    def _modifies(self, at: int, inside: bool) -> bool:
        token = self.tokens[at]
        if token.tag[:2] == "AJ" or token.tag == "ORD":
            return self._leads_to_noun(at)
        if token.lower in ("very", "too", "rather", "quite", "brightly", "freshly") and inside:
            return self._leads_to_noun(at)
        if token.tag in ("VVN", "VVD", "VVG") and inside:
            return self._leads_to_noun(at) and not self._is_noun(at, inside)
        return token.text == "," and inside and self._between_adjectives(at)

    def _leads_to_noun(self, at: int) -> bool:
        for token in self.tokens[at + 1 : at + 5]:
            if token.is_noun or token.tag in ("NP0", "UNC"):
                return True
            if token.tag[:2] not in ("AJ", "OR", "CR") and token.tag not in ("VVN", "VVG"):
                return False
        return False

    def _between_adjectives(self, at: int) -> bool:
        around = self.tokens[at - 1].tag[:2], *(t.tag[:2] for t in self.tokens[at + 1 : at + 2])
        return around == ("AJ", "AJ") and self._leads_to_noun(at + 1)

    def _is_noun(self, at: int, inside: bool) -> bool:
        token = self.tokens[at]
        if token.lower in _ADVERBIAL and at and self.tokens[at - 1].is_noun:
            return False
        if token.is_noun or token.tag in ("NP0", "UNC"):
            return token.text[0].isalpha()
        if token.tag[:2] in ("VV", "AJ") and inside and self._can_be_noun(at):
            follows = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            return follows is None or not (follows.is_noun or follows.tag[:2] == "AJ")
        return False

    def _can_be_noun(self, at: int) -> bool:
        return (
            self._groups(self.tokens[at].lower) != {} or self._groups(self.tokens[at].lemma) != {}
        )

    def _ends_in_verb(self, nouns: list[Token]) -> bool:
        """Whether the last noun is a verb that the tagger took for one: "a girl in a coat waves"."""
        if len(nouns) < 2:
            return False
        last, before = nouns[-1], nouns[-2]
        actor = self._groups(before.lemma).keys() & {"role", "animal"}
        if not self._verbal(last.lemma) and not (
            actor and last.tag == "NN2" and not self._groups(last.lemma)
        ):
            return False
        known = self._groups(last.lemma) or self.names.unseen(last.lemma)
        if last.tag != "NN2" and before.tag != "NN2" and known:
            return False
        whole = f"{before.lower} {last.lower}", f"{before.lower} {last.lemma}"
        told = self._groups(before.lemma) or self.names.unseen(before.lemma)
        return bool(told) and not any(self._groups(w) for w in whole)

    def _plural_acts(self, nouns: list[Token], end: int) -> bool:
        """Whether a verb in its base form ends the nouns: "a boy and a girl plant a tree"."""
        if len(nouns) < 2 or end >= len(self.tokens) or nouns[-1].tag != "NN1":
            return False
        taking = self.tokens[end].tag in ("AT0", "DPS") and self._verbal(nouns[-1].lemma)
        return taking and bool(self._groups(nouns[-2].lemma).keys() & {"role", "animal"})

    def _add_noun(
        self, determiner: str, count: int, adjectives: list[Token], nouns: list[Token]
    ) -> None:
        name = ""
        if len(nouns) > 1 and nouns[-1].tag == "NP0" and "role" in self._groups(nouns[-2].lemma):
            name = nouns[-1].lemma
            nouns = nouns[:-1]
        known = self._longest([*adjectives, *nouns], len(nouns))
        head = known[1] if known else nouns[-1:]
        word = known[0] if known else nouns[-1].lemma
        groups = self._groups(word)
        last = nouns[-1]
        alone = not determiner and not adjectives
        named = not groups and last.tag == "NP0" and alone and self._acts(last)
        plural = _is_plural(last, determiner)
        others = [t for t in (*adjectives, *nouns) if t not in head]
        described = [t.lower for t in others if t.text[0].isalnum()]
        self.items.append(
            Item(
                "noun",
                word,
                head[0].start,
                head[-1].end,
                " ".join(t.text for t in head),
                determiner=determiner,
                adjectives=tuple(described),
                count=count or (3 if plural and count == 0 else 1),
                plural=plural or count > 1,
                named=named,
                name=name,
                groups=groups,
                unseen=self.names.unseen(word),
            )
        )

    def _acts(self, token: Token) -> bool:
        """Whether a name is a known given name, or that of somebody who does something."""
        if gender_of_name(token.lower) != "unspecified":
            return True
        behind = [t for t in self.tokens if t.start > token.end][:1]
        before = [t for t in self.tokens if t.end <= token.start][-1:]
        if not before or before[0].tag in ("PRP", "PRF"):
            return False  # any word is written large at first; "from Cardiff" is a place
        return bool(behind) and behind[0].tag[:2] == "VV" and self._verbal(behind[0].lemma)

    def _longest(self, tokens: list[Token], nouns: int) -> tuple[str, list[Token]] | None:
        """The longest ending of a phrase that the gazetteer knows, with its tokens."""
        most = min(len(tokens), _LONGEST_PHRASE)
        for length in range(most, 0, -1):
            part = tokens[-length:]
            before = " ".join(t.lower for t in part[:-1])
            for ending in (part[-1].lower, part[-1].lemma):
                phrase = f"{before} {ending}".strip()
                if self._groups(phrase) or self.names.unseen(phrase):
                    return phrase, part
        return None

    def _groups(self, word: str) -> dict[Kind, Group]:
        return {k: g for k in NOUN_KINDS if (g := self.names.group(word, k)) is not None}

    def _places_first(self, at: int) -> bool:
        """Whether a clause begins with its place: "before it kneels a woman"."""
        behind = self.tokens[at + 1 : at + 4]
        tags = [token.tag for token in behind]
        inverted = len(tags) == 3 and tags[0] == "PNP" and tags[1][:2] == "VV"
        return inverted and tags[2] == "AT0" and self.tokens[at].lower in _BEFORE

    # -------------------------------------------------------------- other words

    def _word(self, at: int) -> int:
        token = self.tokens[at]
        words = grammar()
        lower, tag = token.lower, token.tag
        kind: Type
        form = ""
        if lower in words["not"] or lower in words["none"]:
            kind = "not"
        elif tag == "POS" or (lower in ("'s", "’s") and tag[:1] != "V"):
            kind = "possessive"
        elif (
            lower in words["he"] | words["she"] | words["they"] | words["relative"] | {"it"}
            or lower in words["outside"]
        ):
            kind = "pronoun"
        elif tag[:1] == "V":
            kind, form = "verb", _form(tag)
        elif (lower in _SUBORDINATE or tag[:2] == "CJ") and not self._places_first(at):
            kind = "conjunction"
        elif lower in words["places"] or tag in ("PRP", "PRF"):
            kind = "preposition"
        elif tag[:2] in ("AJ", "OR"):
            kind = "adjective"
        elif not token.text[0].isalnum():
            kind = "mark"
        else:
            kind = "adverb"
        word = lower if kind in ("preposition", "pronoun", "not") else token.lemma
        self.items.append(Item(kind, word, token.start, token.end, token.text, form=form))
        return at + 1


def _form(tag: str) -> str:
    if tag[:2] in ("VB", "VH"):
        return ("be" if tag[:2] == "VB" else "have") + ("-ing" if tag[2] == "G" else "")
    if tag[:2] in ("VM", "VD"):
        return "auxiliary"
    return {"G": "ing", "N": "past", "I": "base"}.get(tag[2:3], "finite")


def _is_plural(noun: Token, determiner: str) -> bool:
    """Whether a noun is a plural: the tagger takes many a "sweeper" for one."""
    if noun.tag != "NN2" or determiner in _ONE or noun.lower.endswith("ss"):
        return False
    return noun.lower.endswith("s") or noun.lower in _PLURALS


def _number(word: str) -> int:
    if word.isdecimal() and len(word) < 4:
        return int(word)
    return int(grammar()["numbers"].get(word, 0))
