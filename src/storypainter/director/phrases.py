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
from storypainter.director.mending import (
    FINITE,
    NOUN_KINDS,
    Mender,
    compounds,
    groups_of,
    is_verbal,
)

Type = Literal[
    "noun", "verb", "pronoun", "preposition", "conjunction", "adjective", "adverb", "not", "mark",
    "written", "possessive",
]  # fmt: skip
_SUBORDINATE = frozenset(
    {"while", "as", "when", "because", "until", "where", "whereas", "so", "since", "although"}
)
_ALONE = frozenset(
    {"both", "all", "each", "some", "many", "few", "one", "another", "that", "those", "either"}
)
_BEFORE = frozenset({"before", "after"})
_ADVERBIAL = frozenset({"past", "outside", "inside", "home", "upside", "right", "left", "flat"})
_LONGEST_PHRASE = 4
_AWAY = frozenset(
    {"away", "off", "from", "further", "ahead", "behind", "back", "apart", "before", "in"}
)
_EMPTIED = frozenset(
    {
        "fallen",
        "overturned",
        "upset",
        "empty",
        "emptied",
        "tipped",
        "dropped",
        "spilled",
        "spilt",
        "last",
    }
)
#: Participles that look like their verb: "a book shut", "her eyes shut".
SAME_FORM = frozenset(
    {"shut", "put", "set", "cut", "hit", "spread", "cast", "split", "let", "hurt", "burst", "shed"}
    | {"thrust", "slit", "knit", "wed", "quit", "rid", "bet", "upset", "read", "spit", "cost"}
    | {"come"}
)
#: The same, and those that only the tagger takes for one.
_ALIKE = SAME_FORM | (
    {"run", "become", "overcome", "wet", "beset", "inset", "reset", "bid", "bred", "fed", "led"}
)
_ONE = frozenset({"a", "an", "this", "that", "each", "every", "another", "one"})
#: What "of" makes a part of something, whose own article tells whether it is known.
_PARTIAL = frozenset({"half", "end", "edge", "top", "corner", "middle", "side", "rest", "piece"})
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


def is_only_made(item: Item) -> bool:
    """Whether a noun's adjectives make it a likeness or deny it: "a painted stork"."""
    lists, told = compounds(), set(item.adjectives)
    if item.word in grammar()["drawn_out"] or item.text.casefold() in grammar()["drawn_out"]:
        told -= {"drawn"}  # a drawn curtain
    return bool(told & lists["absent"]) or (item.has("animal") and bool(told & lists["made"]))


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
        if behind and _is_distance(item, behind[0]):
            item = items[at] = replace(item, groups={}, unseen="abstract")
        if at > 1 and items[at - 1].type == "possessive" and _is_owned_part(items[at - 2], item):
            item = items[at] = replace(item, groups={}, unseen="thing_part")
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
    if {head.word, head.word.removesuffix("s")} & words["piles"]:
        return True
    if _is_formed(head, inner):
        return True
    worn = inner.unseen in ("body", "wear_part") or inner.has("garment")
    return worn and head.word not in words["containers"] and not head.has("role")


def _is_distance(item: Item, behind: Item) -> bool:
    """Whether steps are a measure: "ten steps away", "two steps from the door"."""
    stairs = item.type == "noun" and item.text.casefold() in ("step", "steps", "stairs")
    counted = item.determiner in ("some", "a", "one", "several", "few", "")
    return stairs and counted and behind.text.casefold() in _AWAY


def _is_owned_part(owner: Item, part: Item) -> bool:
    """Whether "X's Y" names a part of a thing: the mirror's frame, the bus's door."""
    thing = bool(owner.groups) and not owner.groups.keys() & {"role", "setting"}
    parts = compounds()["parts"] | {"frame", "shelf", "handle", "string"}
    return thing and part.type == "noun" and part.word in parts


def _is_formed(head: Item, inner: Item) -> bool:
    """Whether "of" makes a part or a form of a thing's name: a fork of a tree, rings of dough."""
    lists = compounds()
    if inner.has("role") or inner.named or not head.groups.keys() & {"prop", "sign", "animal"}:
        return False
    names = {head.word, head.word.rpartition(" ")[2]}
    if names & lists["parts"] and inner.word in lists["wholes"]:
        return True
    if _is_of_matter(head, inner):
        return True
    shaped = bool(names & lists["formed"]) and inner.word not in grammar()["containers"]
    return shaped and not {inner.word, inner.text.casefold()} & lists["owned"]


def _is_of_matter(head: Item, inner: Item) -> bool:
    """Whether "of" with a bare noun makes a figure of a thing: a jet of milk, a door of light."""
    words = grammar()
    vessel = head.word in words["containers"] | words["pictures"] | words["piles"]
    material = {inner.word, inner.text.casefold()} & (
        compounds()["harmless"] | compounds()["owned"]
    )
    bare = not inner.determiner and (inner.unseen in ("matter", "abstract") or not inner.groups)
    return bare and head.has("prop") and not vessel and not material and not inner.named


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
        if head.word.removesuffix("s") in _PARTIAL and inner.determiner:
            return inner  # "one edge of the quilt"
        return replace(inner, determiner=head.determiner or inner.determiner)
    owned = inner.determiner in words["definite"] | words["possessive"] and bool(inner.groups)
    if head.word in words["containers"] and head.groups and not owned:
        upset = _EMPTIED.intersection(head.adjectives)
        adjectives = (*head.adjectives, *(() if upset else ("full",)))
        return replace(head, adjectives=adjectives, end=inner.end)
    return None


class _Chunker:
    def __init__(self, tokens: Sequence[Token], written: Sequence[tuple[int, int, str]]) -> None:
        self.written = list(written)
        self.names: Gazetteer = gazetteer()
        self.tokens = [t for t in tokens if not self._inscribed(t)]
        self._join_known()
        mender = Mender(self.tokens)
        self.tokens = mender.run()
        self.surely_verbs = mender.surely_verbs
        self.items: list[Item] = []

    def _join_known(self) -> None:
        """Words that are a known thing only together are nouns: "watering can", "hat stand"."""
        for at in range(len(self.tokens) - 1):
            first, second = self.tokens[at : at + 2]
            if (second.is_noun and first.is_noun) or first.tag[:2] in ("AT", "AJ", "PR"):
                continue
            if second.tag == "VVZ" and self._singled(at):
                continue  # "a woman in a coat stands"
            phrase = f"{first.lower} {second.lower}"
            if self._groups(phrase) or self._groups(f"{first.lower} {second.lemma}"):
                self.tokens[at] = replace(first, tag="NN1")
                self.tokens[at + 1] = replace(second, tag="NN2" if second.tag == "NN2" else "NN1")

    def _singled(self, at: int) -> bool:
        """Whether a noun is told as one: "a quilted coat"; no plural can follow it."""
        while at and self.tokens[at - 1].tag in ("AJ0", "VVN", "VVG", "NN1"):
            at -= 1
        return bool(at) and self.tokens[at - 1].lower in _ONE

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
            numbered = at == first + 1 and self.tokens[first].tag == "CRD"
            if numbered and token.lower in _ONE and token.tag[:2] not in ("PN", "CJ"):
                return None  # "at pump 4 another man": the number belongs to the noun before
            if determiner == "her" and token.tag == "AT0":
                return None  # "below her the man kneels"
            if token.lower in words["determiners"] and token.tag[:2] not in ("PN", "CJ"):
                others = determiner == "some" and token.lower == "other"  # "two other boys"
                determiner = token.lower if others else determiner or token.lower
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
        if self._ends_in_people(nouns, start):
            nouns = nouns[:-1]
            last -= 1
        acts = last < len(self.tokens) and self.tokens[last].tag in FINITE
        if (self._ends_in_verb(nouns) and not acts) or self._plural_acts(nouns, last):
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
        if token.start in self.surely_verbs:
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

    def _ends_in_people(self, nouns: list[Token], start: int) -> bool:
        """Whether people without an article begin behind a place: "along the wall men wait"."""
        if len(nouns) != 2 or not nouns[1].is_noun or not _is_plural(nouns[1], ""):
            return False
        leads = (
            start > 1
            and self.tokens[start - 2].tag == "PRP"
            and self.tokens[start - 1].tag == "AT0"
        )
        place = self.names.unseen(nouns[0].lemma) in ("matter", "place", "thing_part")
        whole = f"{nouns[0].lower} {nouns[1].lemma}"
        return (
            leads and place and "role" in self._groups(nouns[1].lemma) and not self._groups(whole)
        )

    def _ends_in_verb(self, nouns: list[Token]) -> bool:
        """Whether the last noun is a verb that the tagger took for one: "a girl in a coat waves"."""
        if len(nouns) < 2:
            return False
        last, before = nouns[-1], nouns[-2]
        actor = self._groups(before.lemma).keys() & {"role", "animal"}
        if not is_verbal(last.lemma) and not (
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
        taking = self.tokens[end].tag in ("AT0", "DPS") and is_verbal(nouns[-1].lemma)
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
        unseen = self.names.unseen(word)
        if self._changed(nouns, head, groups) or (
            determiner == "its" and nouns[-1].lemma in compounds()["parts"]
        ):
            groups, unseen = {}, "thing_part"
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
                unseen=unseen,
            )
        )

    def _changed(self, nouns: list[Token], head: list[Token], groups: dict[Kind, Group]) -> bool:
        """Whether a noun before a thing's name makes something else of it: a satellite dish."""
        before = nouns[: max(0, len(nouns) - len(head))]
        if not before or not groups.keys() & {"prop", "sign", "animal"} or "role" in groups:
            return False
        lists, last = compounds(), before[-1]
        name = head[-1].lemma
        if name in lists["parts"] and last.lemma in lists["wholes"]:
            return True
        if "animal" in groups:
            return last.lemma in lists["made"] | lists["strange"]
        if last.tag == "NP0" and last.text[0].isupper():
            return False
        harmless = last.lemma in lists["harmless"] or last.lower in lists["harmless"]
        owner = bool(self._groups(last.lemma).keys() & {"role", "setting"})
        return not (harmless or owner or {name, head[-1].lower} & lists["sturdy"])

    def _acts(self, token: Token) -> bool:
        """Whether a name is a known given name, or that of somebody who does something."""
        if gender_of_name(token.lower) != "unspecified":
            return True
        behind = [t for t in self.tokens if t.start > token.end][:1]
        before = [t for t in self.tokens if t.end <= token.start][-1:]
        if not before or before[0].tag in ("PRP", "PRF"):
            return False  # any word is written large at first; "from Cardiff" is a place
        return bool(behind) and behind[0].tag[:2] == "VV" and is_verbal(behind[0].lemma)

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
        return groups_of(word)

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
            bare = tag == "VVN" and lower == token.lemma and lower not in _ALIKE
            kind, form = "verb", "finite" if bare else _form(tag)
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
