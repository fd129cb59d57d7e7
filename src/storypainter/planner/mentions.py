"""How people and things are referred to: "a boy in a red cap", "the boy", "he".

A pronoun is chosen where it can't be misread: whoever it means was mentioned in this sentence or
in the one before, and nobody else there takes the same pronoun (a cautious form of centring;
Grosz, Joshi and Weinstein 1995, doi 10.3115/981311.981320 for the idea).
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from storypainter.planner.markup import (
    PRONOUNS,
    Either,
    Gendered,
    Mention,
    Node,
    Seen,
    Words,
)

_SETS = {
    "female": ("she", "her", "her", "herself", "hers"),
    "male": ("he", "him", "his", "himself", "his"),
    "thing": ("it", "it", "its", "itself", "its"),
    "things": ("they", "them", "their", "themselves", "theirs"),
}
_GENDERED = re.compile(
    r"(?i)(?:man|boy|girl|lady|lord|mother|father|bride|groom|bridegroom|nun|monk|waiter|waitress|"
    r"actress|son|daughter|aunt|uncle|king|queen|prince|princess|grandmother|grandfather|widow)$"
)
_PLACE = {"he": 0, "": 0, "him": 1, "o": 1, "his": 2, "s": 2, "himself": 3, "hers": 4}
#: After these words a mention is an object: "looks at him".
_PREPOSITIONS = frozenset(
    {"about", "above", "across", "against", "along", "among", "around", "at", "behind"}
    | {"below", "beneath", "beside", "between", "beyond", "by", "down", "for", "from", "in"}
    | {"inside", "into", "like", "near", "of", "off", "on", "onto", "opposite", "outside"}
    | {"over", "past", "round", "through", "to", "toward", "towards", "under", "underneath"}
    | {"up", "upon", "with", "without"}
)
_AN = re.compile(r"(?i)[aeiou]|hour|honest|heir")
_A = re.compile(r"(?i)one\b|uni[^m]|use|euro|once|ewe")

#: After these words a clause may begin, so that a mention is its subject.
_OPENERS = frozenset(
    {"and", "but", "or", "while", "as", "when", "where", "that", "which", "who", "because"}
    | {"so", "if", "than", "whom", "what", "how", "until", "since", "though", "yet", "nor"}
    | {"whether"}
)
#: Where "of him" is English: "in front of him".
_BEFORE_OF = frozenset(
    {"front", "ahead", "hold", "side", "sight", "behalf", "both", "because", "left", "right"}
    | {"two"}
)
_BETWEEN = re.compile(r"(?i)\bbetween\s[^,.;]*\sand\s$")


def with_article(noun: str) -> str:
    """``a`` or ``an`` before a noun, by its sound.

    >>> with_article("old man"), with_article("uniform"), with_article("hour")
    ('an old man', 'a uniform', 'an hour')
    """
    an = _AN.match(noun) and not _A.match(noun)
    return f"{'an' if an else 'a'} {noun}"


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something: nouns without article, which pronouns it takes, how it looks.

    ``sort`` is ``female``, ``male``, ``thing`` or ``things``; ``look`` follows the noun at the
    first mention.
    """

    id: str
    first: str
    later: str
    sort: str
    look: tuple[Node, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether the noun says which pronoun it takes: "a boy", not "a jogger"."""
        return not self.person or bool(_GENDERED.search(self.later))

    @property
    def person(self) -> bool:
        """Whether this is a person."""
        return self.sort in ("female", "male")

    def pronoun(self, form: str) -> str:
        """The pronoun in one of the forms of ``markup.FORMS``."""
        return _SETS[self.sort][_PLACE[form]]

    def indefinite(self) -> str:
        """``a boy``, ``ducks``."""
        return self.first if self.sort == "things" else with_article(self.first)


@dataclass(frozen=True, slots=True)
class Pair:
    """What is said of two people who are joined: ``first`` of whoever is mentioned first."""

    first: tuple[Node, ...]
    second: tuple[Node, ...]


@dataclass(slots=True)
class Memory:
    """Who has been mentioned in a text so far, and who in its last two sentences."""

    rng: random.Random
    known: set[str] = field(default_factory=set)
    long_before: list[Referent] = field(default_factory=list)
    before: list[Referent] = field(default_factory=list)
    now: list[Referent] = field(default_factory=list)
    pairs: Mapping[str, Pair] = field(default_factory=dict)
    opened: set[Pair] = field(default_factory=set)
    pending: set[str] = field(default_factory=set)

    def look(self, who: Referent) -> tuple[Node, ...]:
        """What is said after the noun of somebody who is mentioned for the first time."""
        pair = self.pairs.get(who.id)
        if pair is None:
            return who.look
        if pair in self.opened:
            return pair.second
        self.opened.add(pair)
        return pair.first

    def next_sentence(self) -> None:
        """A sentence ends."""
        self.long_before, self.before, self.now = self.before, self.now, []

    def clear(self, referent: Referent) -> bool:
        """Whether a pronoun would be understood as ``referent``.

        It was mentioned in this sentence or in the one before, and nobody else who could be meant
        was, nor in the one before that. A jogger could be a man or a woman.
        """
        near = {each.id for each in (*self.before, *self.now)}
        rivals = {
            each.id
            for each in (*self.long_before, *self.before, *self.now)
            if each.person == referent.person and each.id != referent.id
            and (each.sort == referent.sort or not (each.plain and referent.plain))
        }  # fmt: skip
        return referent.id in near and not rivals


def told(nodes: tuple[Node, ...], cast: Mapping[str, Referent], memory: Memory) -> str:
    """The words of a sentence, without capital and full stop."""
    words: list[str] = []
    for at, node in enumerate(nodes):
        if isinstance(node, Words):
            words.append(node.text)
        elif isinstance(node, Mention):
            cased = _cased(node, words)
            if not cased.form and _joined(nodes[max(0, at - 2) : at], words):
                cased = Mention(node.name, "noun")
            words.append(_mention(cased, cast, memory))
        elif isinstance(node, Gendered):
            words.append(node.male if cast[node.name].sort == "male" else node.female)
        elif isinstance(node, Seen):
            words.append(told(node.parts, cast, memory))
        else:
            option = node.options[memory.rng.randrange(len(node.options))]
            words.append(told(option, cast, memory))
    return "".join(words)


def _joined(before: tuple[Node, ...], words: list[str]) -> bool:
    """Whether "and" alone ties a mention to the one before, which isn't a subject's pronoun.

    Such a one is the noun: "flew at him and the nurse" and "the boy and the girl sulked", for
    "at him and she" is no English and "the boy and she" is poor. "He and she" may stay.
    """
    match before:
        case (Mention(), Words(text=text)):
            return text.strip() == "and" and words[-2] not in ("he", "she")
    return False


def _cased(node: Mention, before: list[str]) -> Mention:
    """A plain mention by its place: subject, object after a preposition, or else the noun.

    "he" is a subject only where a clause begins; "on the bench sits {who}" takes the noun.
    """
    text = "".join(before)
    if node.form or not text.strip():
        return node
    words = text.split()
    last = words[-1].casefold() if text[-1:].isspace() else ""
    if last == "of" and not (len(words) > 1 and words[-2].casefold() in _BEFORE_OF):
        return Mention(node.name, "noun")  # "the chair of the boy", not "of him"
    if last in _PREPOSITIONS or (last == "and" and _BETWEEN.search(text)):
        return Mention(node.name, "o")
    begins = last in _OPENERS or last[-1:] in ",;:—–"
    return node if begins else Mention(node.name, "noun")


def _mention(node: Mention, cast: Mapping[str, Referent], memory: Memory) -> str:
    who = cast[node.name]
    form = node.form
    first = who.id not in memory.known
    short = form in PRONOUNS or (
        not first
        and who.id not in memory.pending
        and who.person
        and form in ("", "o", "s", "hers")
        and memory.clear(who)
    )
    if short:
        text = who.pronoun(form)
    elif form == "a" or (first and form != "the"):
        text = who.indefinite()
        if form in ("s", "hers"):
            text = possessive(text, plural=who.sort == "things")
            if who.id in memory.pairs or any(isinstance(each, Seen) for each in who.look):
                memory.pending.add(who.id)  # what has to be said of them is said later
        elif look := memory.look(who):
            memory.known.add(who.id)
            said = told(look, {**cast, "self": who}, memory)
            text += f" {said}," if "," in said else f" {said}"
    else:
        text = f"the {who.later}"
        if form in ("s", "hers"):
            text = possessive(text, plural=who.sort == "things")
        elif who.id in memory.pending:
            memory.pending.discard(who.id)
            look = memory.look(who)
            text += f", {told(look, {**cast, 'self': who}, memory)},"
    memory.known.add(who.id)
    memory.now.append(who)
    return text


def stated(nodes: tuple[Node, ...], cast: Mapping[str, Referent]) -> str:
    """A clue or a conclusion that reads by itself: everybody by a definite noun at first."""
    known: set[str] = set()
    return articles(_stated(nodes, cast, known))


def _stated(nodes: tuple[Node, ...], cast: Mapping[str, Referent], known: set[str]) -> str:
    words = []
    for node in nodes:
        if isinstance(node, Words):
            words.append(node.text)
        elif isinstance(node, Gendered):
            words.append(node.male if cast[node.name].sort == "male" else node.female)
        elif isinstance(node, Seen):
            words.append(_stated(node.parts, cast, known))
        elif isinstance(node, Either):
            words.append(_stated(node.options[0], cast, known))
        else:
            words.append(_stated_mention(node, cast[node.name], known))
    return "".join(words)


def _stated_mention(node: Mention, who: Referent, known: set[str]) -> str:
    form = node.form
    if form in PRONOUNS and (who.id in known or form == "himself"):
        return who.pronoun(form)
    if form in ("s", "hers") and who.id in known:
        return who.pronoun(form)
    known.add(who.id)
    if form == "a":
        return who.indefinite()
    text = f"the {who.later}"
    if form in ("s", "his", "hers"):
        return possessive(text, plural=who.sort == "things")
    return text


def possessive(noun: str, *, plural: bool = False) -> str:
    """``the boy's``, ``the boss's``, ``the ducks'``."""
    return f"{noun}'" if plural and noun.endswith("s") else f"{noun}'s"


def sentence(text: str) -> str:
    """With capitals, single spaces, the right articles, and a stop unless it ends in a mark."""
    text = " ".join(text.split())
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r",+(?=[,.;:!?])", "", text)
    text = articles(text)
    text = re.sub(r"(?<=[a-z]\. )[a-z]", lambda found: found[0].upper(), text)
    for place, char in enumerate(text):
        if char.isalpha() or char.isdigit():
            text = text[:place] + char.upper() + text[place + 1 :]
            break
    return text if text[-1] in ".!?" else text + "."


def articles(text: str) -> str:
    """``a orange cap`` as ``an orange cap``: colours are filled in after the article."""
    return re.sub(
        r"\b([Aa])n? (?=([a-z][\w'-]*))",
        lambda found: (
            ("an" if with_article(found[2])[1] == "n" else "a").replace("a", found[1], 1) + " "
        ),
        text,
    )
