"""The plain wording of a plan: a sentence for each clue, the subject first, grouped by situation.

The worlds word every clue as a sentence of its own ("the boy leaps up at the paper plane"), for
Chains and key points. Told in order, with articles and pronouns, they make a text that is easy to
read and easy to check: for learners, for lists of content units, and as what small models learn
from. It has no wit, and says of each thing just what a Chain needs of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storypainter.planner.markup import Either, Mention, Node, Seen, Sentence, phrase, telling
from storypainter.planner.mentions import Memory, Referent, sentence, stated, told
from storypainter.planner.prose import Prose, evidence_of, thing_referents

#: Two sentences about the same person become one while they have no more words than this.
_JOINED = 18
_WEARS = re.compile(r"\{self\} (wears|has) (.+)")
_BOTH = {"wears": "wear", "has": "have"}


@dataclass(frozen=True, slots=True)
class _Clue:
    """A clue's sentence, unworded, and the Referents of its names."""

    nodes: tuple[Node, ...]
    cast: Mapping[str, Referent]

    @property
    def subject(self) -> str:
        """Whom it is about: the id of the person it begins with, or nothing."""
        first = self.nodes[0]
        if isinstance(first, Mention) and first.form == "" and self.cast[first.name].person:
            return self.cast[first.name].id
        return ""


class PlainProse(Prose):
    """Words one Draft plainly; its Chains and clues are those of :class:`Prose`."""

    def text(self) -> str:
        """The words, a sentence for each clue."""
        memory = Memory(random.Random(f"plain {self._seed}"))
        sentences: list[str] = []
        before = ""
        for clue in self._in_order():
            if clue.subject and clue.subject == before:
                both = f"{sentences[-1]} {stated(clue.nodes, clue.cast)}"
                if len(both.split()) <= _JOINED and "," not in both:
                    rest = told(clue.nodes[1:], clue.cast, memory).strip()
                    sentences[-1] = f"{sentences[-1]} and {rest}"
                    before = ""  # three in one are too many
                    continue
            memory.next_sentence()
            sentences.append(told(clue.nodes, clue.cast, memory))
            before = clue.subject
        sentences += self._alike()
        return " ".join(sentence(each) for each in sentences)

    def _in_order(self) -> Iterator[_Clue]:
        """The clues: place and time, then each situation's, as the story tells them."""
        for block, seen in reversed(self._scenery().items()):
            cast = thing_referents(seen.things, block)
            yield from _clues(telling(seen.tell), seen.clues, cast)
        for x in (each for each in self._choices.order if each in self._plan.images):
            situation, image = self._seen(x)
            lines = self._sentences_told(x)
            yield from _clues(lines, image.clues, self.cast(situation, image))

    def _alike(self) -> Iterator[str]:
        """What joins two people, when everybody has been told."""
        for bond, a, b, evidence in self._plan.bonds:
            seen = evidence_of(self._worlds, bond, evidence)
            shows = seen.shows.replace("{colour}", self._choices.colour.get(f"{a}+{b}", ""))
            cast = {"a": self._people[a], "b": self._people[b]}
            match = _WEARS.fullmatch(shows)
            if match is not None:
                yield stated(phrase(f"{{a}} and {{b}} both {_BOTH[match[1]]} {match[2]}"), cast)
            else:
                for who in (a, b):
                    yield stated(phrase(shows), {"self": self._people[who]})


def _clues(
    lines: Iterable[Sentence], reworded: Mapping[str, str], cast: Mapping[str, Referent]
) -> Iterator[_Clue]:
    for each in lines:
        for node in each.wordings[0]:
            if isinstance(node, Seen):
                again = reworded.get(node.clue)
                yield _Clue(_unforced(phrase(again) if again else node.parts), cast)


#: What a forced pronoun or article becomes where nobody before it in the clue carries it: whoever
#: has not come in yet does so with "a".
_FREE = {"he": "", "him": "o", "his": "s", "the": ""}


def _unforced(nodes: tuple[Node, ...], known: set[str] | None = None) -> tuple[Node, ...]:
    """Pronouns that a clue's wording forces are kept only behind their noun in the same clue.

    Of several wordings the first one counts.
    """
    known = set() if known is None else known
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, Mention):
            form = node.form if node.name in known else _FREE.get(node.form, node.form)
            known.add(node.name)
            found.append(Mention(node.name, form))
        elif isinstance(node, Either):
            found += _unforced(node.options[0], known)
        else:
            found.append(node)
    return tuple(found)
