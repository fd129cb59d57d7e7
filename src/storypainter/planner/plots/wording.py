"""From a Draft to its words: the narrative in parts, captions, events, what each picture shows of whom."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from storypainter.planner.markup import Mention, Node, Sentence, telling
from storypainter.planner.markup import Words as Words_
from storypainter.planner.mentions import Memory, Referent, articles, stated, told
from storypainter.planner.plots.draft import Draft, Known
from storypainter.planner.plots.moods import mood_of
from storypainter.planner.plots.naming import (
    Naming,
    Nouns,
    known_from_the_start,
    look_of,
    naming_of,
    referent_of,
    sentence,
)
from storypainter.sequence import Cause, Character, Depiction

#: How often a sentence that may begin with its cause does so: with "so", with "because …".
_SO, _BECAUSE = 0.3, 0.35
#: How often a caption says at its beginning where it is; otherwise it does at its end.
_PLACE_FIRST = 0.6
_NEARBY = (
    "{who} {was} there, too.",
    "{who} stood nearby.",
    "{who} looked on.",
)


@dataclass(frozen=True, slots=True)
class Worded:
    """What is said of one picture."""

    part: str
    caption: str
    event: str
    shown: tuple[Depiction, ...]


class Words:
    """Words one Draft; all choices follow from its number.

    Args:
        draft: what is told.
        drawn: the ids of the animals in each picture: one that takes no part is said, too.
    """

    def __init__(self, draft: Draft, drawn: Sequence[Collection[str]] = ()) -> None:
        self._draft = draft
        self._drawn = drawn or ((),) * len(draft.events)
        self._rng = random.Random(f"words {draft.number}")
        self._memory = Memory(self._rng, known=known_from_the_start(draft))

    def moments(self) -> tuple[Worded, ...]:
        """The words of every moment, in order: what was told is not introduced again."""
        return tuple(self._moment(index) for index in range(len(self._draft.events)))

    def _moment(self, moment: int) -> Worded:
        draft = self._draft
        naming, event = naming_of(draft, moment), draft.events[moment]
        part = self._part(moment, naming)
        caption = self._caption(moment, naming)
        said = naming.said(self._rng.choice(event.event))
        return Worded(part, caption, said, self._shown(moment, naming))

    # ------------------------------------------------------------------ the narrative

    def _part(self, moment: int, naming: Naming) -> str:
        draft, memory = self._draft, self._memory
        event = draft.events[moment]
        lines: list[str] = []
        for each in telling(naming.text(event.tell)):
            if each.kind != "core" and self._rng.random() < 0.5:
                continue
            lines.append(self._told(moment, each, naming))
            memory.next_sentence()
        unnamed = [who for who in draft.here[moment] if who not in memory.known]
        for who in unnamed:
            text = self._rng.choice(_NEARBY).replace("{was}", "was")
            lines.append(self._sentence(text, {"who": referent_of(draft, who)}))
            memory.next_sentence()
        text = " ".join(lines)
        place = draft.stock.places[draft.cell.setting]
        if moment == 0 and place.noun not in text:
            text = begun(place.at, text)
        return text

    def _told(self, moment: int, each: Sentence, naming: Naming) -> str:
        """A sentence; one that begins with ``~`` says what it is because of, where that reads well."""
        memory = self._memory
        wording = each.wordings[self._rng.randrange(len(each.wordings))]
        first = wording[0]
        if not (isinstance(first, Words_) and first.text.startswith("~")):
            return sentence(told(wording, naming.cast, memory))
        rest: tuple[Node, ...] = (Words_(first.text[1:].lstrip()), *wording[1:])
        way, fact = self._because(moment)
        if way != "because" or fact is None:
            text = told(rest, naming.cast, memory)
            return sentence(f"so {text[:1].lower()}{text[1:]}" if way == "so" else text)
        # by nouns, which what follows may take up again by pronouns
        nouns = Nouns(memory.rng, memory.known, memory.long_before, memory.before, memory.now)
        reason = told(self._nodes_of(fact, fact.fact.was), self._cast_of(fact), nouns)
        text = told(self._after(fact, rest, naming), naming.cast, memory)
        return sentence(f"because {reason}, {text[:1].lower()}{text[1:]}")

    def _after(self, fact: Known, rest: tuple[Node, ...], naming: Naming) -> tuple[Node, ...]:
        """A sentence after its reason: whom alone the reason was about, it calls by the pronoun."""
        people = [who for who in fact.of if who in self._draft.people]
        at = next((n for n, node in enumerate(rest) if isinstance(node, Mention)), None)
        if at is None or any(isinstance(node, Words_) and node.text.strip() for node in rest[:at]):
            return rest
        subject = rest[at]
        if (
            isinstance(subject, Mention)
            and [naming.cast[subject.name].id] == people
            and not subject.form
        ):
            return (*rest[:at], Mention(subject.name, "he"), *rest[at + 1 :])
        return rest

    def _because(self, moment: int) -> tuple[str, Known | None]:
        """How a sentence begins that may tell its cause: ``so``, ``because`` of a fact, or neither."""
        links = list(self._draft.links(moment))
        direct = [fact for fact, _ in links if fact.since == moment - 1]
        way = self._rng.random()
        if direct and way < _SO:
            return "so", None
        reasons = [fact for fact, _ in links if fact.fact.open or fact.fact.reason]
        reasons = [fact for fact in reasons if fact in direct] or reasons
        if reasons and way > 1 - _BECAUSE:
            return "because", self._rng.choice(reasons)
        return "", None

    def _sentence(self, text: str, cast: dict[str, Referent]) -> str:
        wording = telling(text)[0].wordings[0]
        return sentence(told(wording, cast, self._memory))

    # ------------------------------------------------------------------ what each picture shows

    def _caption(self, moment: int, naming: Naming) -> str:
        draft, rng = self._draft, self._rng
        event = draft.events[moment]
        memory = Nouns(rng, known=known_from_the_start(draft))
        text = naming.text(rng.choice(event.caption))
        lines = []
        for each in telling(text):
            lines.append(sentence(told(each.wordings[0], naming.cast, memory)))
            memory.next_sentence()
        by = [who for who in draft.here[moment] if who not in draft.names(moment).values()]
        if by:
            cast = {who: referent_of(draft, who) for who in by}
            names = " and ".join(f"{{{who}}}" for who in by)
            verb = "watches" if len(by) == 1 else "watch"
            nodes = telling(f"{names} {verb}")[0].wordings[0]
            lines.append(sentence(told(nodes, cast, memory)))
        if beside := self._beside(moment, " ".join(lines)):
            cast = {what: referent_of(draft, what) for what in beside}
            names = " and ".join(f"{{{what}}}" for what in beside)
            many = len(beside) > 1 or draft.things[beside[0]].kind.noun.plural
            nodes = telling(f"{names} {'are' if many else 'is'} there, too")[0].wordings[0]
            lines.append(sentence(told(nodes, cast, memory)))
        place = draft.stock.places[draft.cell.setting]
        if any(place.noun in each for each in lines):
            return " ".join(lines)
        if rng.random() < _PLACE_FIRST:
            return begun(place.at, " ".join(lines))
        return " ".join([*lines, f"This is {place.at}."])

    def _shown(self, moment: int, naming: Naming) -> tuple[Depiction, ...]:
        draft, event = self._draft, self._draft.events[moment]
        names = draft.names(moment)
        found: list[Depiction] = []
        for name in chain(event.people, event.things):
            who = names[name]
            if who in draft.things and (not draft.things[who].kind.alive or name not in event.does):
                continue
            action = naming.action(name, self._rng.choice(event.does[name]))
            found.append(
                Depiction(
                    character=id_of(draft, who),
                    action=action,
                    emotion=mood_of(draft, moment, who)[0] if who in draft.people else "",
                )
            )
        for who in draft.here[moment]:
            if who not in names.values():
                found.append(
                    Depiction(
                        character=id_of(draft, who),
                        action=f"watches {self._focus(moment, naming)}",
                        emotion=mood_of(draft, moment, who)[0],
                    )
                )
        said = {each.character for each in found}
        found += [
            Depiction(character=id_of(draft, what), action="is nearby")
            for what in draft.things
            if id_of(draft, what) in self._drawn[moment] and id_of(draft, what) not in said
        ]
        return tuple(found)

    def _beside(self, moment: int, caption: str) -> list[str]:
        """The animals of the story that are drawn in a picture, and that nothing says yet."""
        draft, part = self._draft, self._draft.names(moment).values()
        found = []
        for what, thing in draft.things.items():
            named = what in part and re.search(rf"\b{re.escape(thing.kind.noun.later)}\b", caption)
            if id_of(draft, what) in self._drawn[moment] and not named:
                found.append(what)
        return found

    def _focus(self, moment: int, naming: Naming) -> str:
        name = focus_of(self._draft, moment)
        return f"the {naming.cast[name].later}"

    # ------------------------------------------------------------------ why

    def causes(self) -> tuple[Cause, ...]:
        """The causal links between the pictures, one for each pair of moments and fact."""
        draft = self._draft
        found: dict[tuple[int, int, str], Cause] = {}
        for moment in range(1, len(draft.events)):
            for fact, _ in draft.links(moment):
                because = articles(stated(self._nodes_of(fact, fact.fact.now), self._cast_of(fact)))
                found.setdefault(
                    (fact.since, moment, because),
                    Cause(cause=fact.since, effect=moment, because=because),
                )
        return tuple(found[key] for key in sorted(found))

    def _nodes_of(self, fact: Known, text: str) -> tuple[Node, ...]:
        things = {
            name: self._draft.things[who] for name, who in _roles(fact) if who in self._draft.things
        }
        return Naming({}, things).nodes(text)

    def _cast_of(self, fact: Known) -> dict[str, Referent]:
        return {name: referent_of(self._draft, who) for name, who in _roles(fact)}


def begun(words: str, text: str) -> str:
    """A text that begins with further words: "In the park a girl …"."""
    return f"{words[:1].upper()}{words[1:]} {text[:1].lower()}{text[1:]}"


def _roles(fact: Known) -> list[tuple[str, str]]:
    """A fact's names for what it is about: ``person``, ``thing``; the second of a sort is ``other``."""
    found: list[tuple[str, str]] = []
    for sort, who in zip(fact.fact.of, fact.of, strict=True):
        found.append(("other" if any(name == sort for name, _ in found) else sort, who))
    return found


def focus_of(draft: Draft, moment: int) -> str:
    """What those look at who only watch: what the event says, or whoever comes first in it."""
    event = draft.events[moment]
    return event.look or next(iter((*event.people, *event.things)))


def id_of(draft: Draft, who: str) -> str:
    """The id of a drawn element: of a person or a thing."""
    return draft.people[who].id if who in draft.people else draft.things[who].id


def characters(draft: Draft) -> tuple[Character, ...]:
    """Who comes up in a plot: people in the order in which they do, then animals."""
    found = [
        Character(
            id=person.id,
            name=f"the {person.noun}",
            look=_said_look(draft, who),
            role=person.noun,
        )
        for who, person in draft.people.items()
    ]
    found += [
        Character(
            id=thing.id,
            name=f"the {thing.kind.noun.later}",
            look=thing.colour,
            role=thing.kind.noun.later,
        )
        for thing in draft.things.values()
        if thing.kind.alive
    ]
    return tuple(found)


def _said_look(draft: Draft, who: str) -> str:
    """What somebody looks like, in words: "in a red coat"."""
    nodes = look_of(draft.people[who])
    memory = Memory(random.Random(0), known={who})
    return articles(told(nodes, {"self": referent_of(draft, who)}, memory)) if nodes else ""
