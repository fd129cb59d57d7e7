"""Who and what a plot's texts can name, and the small language's extensions for plots.

On top of ``planner/markup.py``: ``{toy.n}`` is the bare noun ("kite"), ``{toy.c}`` the same with its
colour ("red kite"), ``{toy.word}`` one of the kind's own words, ``{at}`` where it happens ("in the
park").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from storypainter.planner.markup import FORMS, Mention, Node, phrase
from storypainter.planner.mentions import Memory, Referent, articles, stated
from storypainter.planner.mentions import sentence as one_sentence
from storypainter.planner.plots.draft import Draft, Person, Thing
from storypainter.planner.plots.event import Kind

_OWN = re.compile(r"\{([a-z][a-z0-9_]*)\.([a-z_]+)\}")
_AFTER_MARK = re.compile(r"(?<=[!?] )[a-z]")
#: Forms of things that are words and no mentions.
BARE = frozenset({"n", "c"})


@dataclass(slots=True)
class Nouns(Memory):
    """A Memory in which nobody is clear enough for a pronoun: captions name people by nouns."""

    def clear(self, referent: Referent) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of one moment: their Referents, and the kinds of things among them."""

    cast: Mapping[str, Referent]
    kinds: Mapping[str, Thing] = field(default_factory=dict)
    at: str = ""

    def text(self, text: str) -> str:
        """A text without the extensions, ready for :func:`storypainter.planner.markup.phrase`."""

        def word(match: re.Match[str]) -> str:
            thing = self.kinds.get(match[1])
            if thing is None or match[2] in FORMS:
                return match[0]
            noun = thing.kind.noun
            if match[2] == "n":
                return noun.later
            if match[2] == "c":
                return f"{thing.colour} {noun.first}".strip()
            return thing.kind.words[match[2]]

        return _OWN.sub(word, text.replace("{at}", self.at))

    def nodes(self, text: str) -> tuple[Node, ...]:
        """A text as the tree that is worded."""
        return phrase(self.text(text))

    def said(self, text: str) -> str:
        """A sentence in which everybody and everything is "the"."""
        return sentence(stated(self.nodes(text), self.cast))

    def clause(self, text: str) -> str:
        """A clause within a sentence: "the kite is stuck in the tree"."""
        return stated(self.nodes(text), self.cast)

    def action(self, name: str, text: str) -> str:
        """A clause without its subject, of whom ``{name.his}`` is said."""
        nodes = (Mention(name), *self.nodes(f" {text}"))
        whole = articles(stated(nodes, self.cast))
        return whole.removeprefix(f"the {self.cast[name].later}").strip()


def sentence(text: str) -> str:
    """One or more sentences with capitals, single spaces, the right articles and a stop."""
    return _AFTER_MARK.sub(lambda found: found[0].upper(), one_sentence(text))


def naming_of(draft: Draft, moment: int) -> Naming:
    """The names that a moment's texts may use: its people, things and pieces, and the place."""
    cast: dict[str, Referent] = {}
    kinds: dict[str, Thing] = {}
    for name, who in draft.names(moment).items():
        cast[name] = referent_of(draft, who)
        if who in draft.things:
            kinds[name] = draft.things[who]
    place = draft.stock.places[draft.cell.setting]
    for name in draft.events[moment].pieces:
        piece = draft.stock.pieces[name][draft.cell.setting]
        cast[name] = _thing(f"piece.{name}", piece.noun.first, piece.noun.later, piece.noun.plural)
    cast["place"] = _thing("place", place.noun, place.noun, False)
    return Naming(cast, kinds, place.at)


def referent_of(draft: Draft, who: str) -> Referent:
    """The Referent of somebody (``p1``) or something (``o1``) in a plot."""
    if who in draft.people:
        person = draft.people[who]
        return Referent(who, person.noun, person.noun, person.gender, look_of(person))
    thing = draft.things[who]
    noun = thing.kind.noun
    first = f"{thing.colour} {noun.first}".strip()
    return _thing(who, first, noun.later, noun.plural)


def look_of(person: Person) -> tuple[Node, ...]:
    """What is said after the noun of somebody at the first mention: "in a red coat"."""
    if person.look is None:
        return ()
    return phrase(person.look.say.replace("{colour}", person.colour))


def _thing(name: str, first: str, later: str, plural: bool) -> Referent:
    return Referent(name, first, later, "things" if plural else "thing")


def known_from_the_start(draft: Draft) -> set[str]:
    """What is "the" at once: the place and its pieces."""
    return {"place", *(f"piece.{name}" for name in draft.stock.pieces)}


def words_missing(kind: Kind, words: set[str]) -> set[str]:
    """The words that texts ask for and a kind does not have."""
    return words - FORMS - BARE - set(kind.words)


def words_asked(text: str) -> list[tuple[str, str]]:
    """Each (name, word) of a text that may be one of a kind's own words."""
    return [(m[1], m[2]) for m in _OWN.finditer(text) if m[2] not in FORMS | BARE]
