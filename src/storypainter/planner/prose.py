"""From a Draft to text and Chains: the order of telling, the words, the clues and conclusions."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storypainter.planner.markup import Node, Seen, Sentence, phrase, telling
from storypainter.planner.mentions import Memory, Pair, Referent, sentence, stated, told
from storypainter.planner.reading import Worlds
from storypainter.planner.solving import Draft
from storypainter.planner.world import Evidence, Image, Look, Noun, Scenery, Setting, Situation
from storypainter.story import Chain, Clue, Dimension


@dataclass(frozen=True, slots=True)
class Choices:
    """What the rules leave open and a seed decides: looks, colours, forms, order.

    ``look`` maps a person to the look that is told and drawn (None: nothing is said), ``colour``
    a person or a bond to a colour, ``form`` a bond to ``mention`` or ``tell``; ``silent`` people's looks
    are drawn and not told.
    """

    order: tuple[str, ...]
    look: Mapping[str, Look | None]
    colour: Mapping[str, str]
    form: Mapping[tuple[str, str], str]
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """A worded Draft: its text, the Chains, and the words of each clue that a Chain has, by its id.

    ``marked`` are the ids of all that the text marks, with what no Chain of this story needs.
    """

    text: str
    chains: tuple[Chain, ...]
    clues: Mapping[str, str]
    marked: frozenset[str]


@dataclass(slots=True)
class _Writing:
    memory: Memory
    sentences: list[str] = field(default_factory=list)
    closing: list[tuple[Sentence, str]] = field(default_factory=list)
    bonds: list[tuple[str, str, str, str]] = field(default_factory=list)


class Prose:
    """Words one Draft. ``cast`` gives, for a part of the story, the Referents of its names."""

    def __init__(self, worlds: Worlds, plan: Draft, choices: Choices, seed: int) -> None:
        self._worlds = worlds
        self._plan = plan
        self._choices = choices
        self._seed = seed
        self._setting: Setting = worlds.settings[plan.setting]
        self._people = {person: self._person(person) for person in plan.people}

    # ------------------------------------------------------------------ who is called what

    def _person(self, person: str) -> Referent:
        member = next(each for each in self._setting.cast if each.id == person)
        gender = self._plan.genders[person]
        noun = member.noun_of(gender)
        return Referent(person, noun, noun, gender, self._look_of(person))

    def _look_of(self, person: str) -> tuple[Node, ...]:
        look = self._choices.look.get(person) if person not in self._choices.silent else None
        return _coloured(look.say, self._choices.colour.get(person, "")) if look else ()

    def _pairs(self) -> dict[str, Pair]:
        """What is said after the nouns of people who are joined."""
        found: dict[str, Pair] = {}
        for bond, a, b, evidence in self._plan.bonds:
            if self._choices.form[a, b] == "mention":
                seen = evidence_of(self._worlds, bond, evidence)
                colour = self._choices.colour.get(f"{a}+{b}", "")
                pair = Pair(_coloured(seen.first, colour), _coloured(seen.second, colour))
                found |= {a: pair, b: pair}
        return found

    def cast(self, situation: Situation, image: Image) -> dict[str, Referent]:
        """The Referents of the names in a situation's texts."""
        plan = self._plan
        found: dict[str, Referent] = {}
        for slot, things in self._setting.slot.items():
            for thing in things:
                if thing.id == plan.things.get((situation.id, slot)):
                    found[slot] = _thing(f"thing.{thing.id}", thing.noun)
        found |= thing_referents({**situation.things, **image.things}, situation.id)
        for role in situation.roles:
            found[role] = self._people[plan.parts[situation.id, role]]
        return found

    def _scenery(self) -> dict[str, Scenery]:
        """What is told of the time and of the place, by the name of its block."""
        times = [each for each in self._setting.time if each.id == self._plan.time]
        places = [each for each in self._setting.detail if each.id == self._plan.detail]
        found: dict[str, Scenery] = {"place": places[0]}
        return {"time": times[0], **found} if times else found

    # ------------------------------------------------------------------ telling

    def told(self) -> Told:
        """The text with its Chains."""
        marked = self.clues()
        chains = self.chains(marked)
        used = {clue.id for chain in chains for clue in chain.clues}
        clues = {name: text for name, text in marked.items() if name in used}
        return Told(self.text(), chains, clues, frozenset(marked))

    def text(self) -> str:
        """The words, in the worlds' own sentences."""
        rng = random.Random(f"words {self._seed}")
        writing = _Writing(Memory(rng, pairs=self._pairs()))
        writing.bonds = [
            each for each in self._plan.bonds if self._choices.form[each[1], each[2]] == "tell"
        ]
        last = [each for each in self._choices.order if each in self._plan.images][-1]
        for block in self._choices.order:
            self._block(writing, block, last=block == last)
        for each, block in writing.closing:
            self._sentence(writing, each, self.cast(*self._seen(block)))
        return " ".join(writing.sentences)

    def _block(self, writing: _Writing, block: str, *, last: bool) -> None:
        if block not in self._plan.images:
            seen = self._scenery()[block]
            for each in telling(seen.tell):
                self._sentence(writing, each, thing_referents(seen.things, block))
            return
        situation, image = self._seen(block)
        cast = self.cast(situation, image)
        for each in self._sentences_told(block):
            if each.kind == "closing" and last:
                writing.closing.append((each, block))
            else:
                self._sentence(writing, each, cast)
        self._bonds(writing)

    def _bonds(self, writing: _Writing) -> None:
        """Tell what joins two people as soon as both have been mentioned."""
        for each in list(writing.bonds):
            bond, a, b, evidence = each
            if {a, b} <= writing.memory.known:
                writing.bonds.remove(each)
                seen = evidence_of(self._worlds, bond, evidence)
                cast = {"a": self._people[a], "b": self._people[b]}
                colour = self._choices.colour.get(f"{a}+{b}", "")
                text = stated(phrase(seen.tell.replace("{colour}", colour)), cast)
                writing.sentences.append(sentence(text))
                writing.memory.next_sentence()
                writing.memory.now += [self._people[a], self._people[b]]

    def _sentence(self, writing: _Writing, each: Sentence, cast: Mapping[str, Referent]) -> None:
        memory = writing.memory
        wording = each.wordings[memory.rng.randrange(len(each.wordings))]
        writing.sentences.append(sentence(told(wording, cast, memory)))
        memory.next_sentence()

    def _seen(self, situation: str) -> tuple[Situation, Image]:
        found = self._worlds.situations[situation]
        return found, next(i for i in found.image if i.id == self._plan.images[situation])

    def _sentences_told(self, situation: str) -> tuple[Sentence, ...]:
        """The sentences of a situation's image that this story tells."""
        _, image = self._seen(situation)
        return tuple(
            each
            for number, each in enumerate(telling(image.tell))
            if each.kind == "core" or (situation, number) in self._plan.told
        )

    # ------------------------------------------------------------------ clues and chains

    def clues(self) -> dict[str, str]:
        """Every clue that is told, by its id, in words that read by themselves."""
        found: dict[str, str] = {}
        plan, pairs = self._plan, self._pairs()
        for block, scenery in self._scenery().items():
            cast = thing_referents(scenery.things, block)
            _collect(found, block, telling(scenery.tell), scenery.clues, cast)
        for person in plan.people:
            look = self._choices.look.get(person)
            if look is not None and person not in pairs:
                text = look.say.replace("{colour}", self._choices.colour.get(person, ""))
                cast = {"self": self._people[person]}
                _collect(found, person, telling(text), {}, cast)
        for bond, a, b, evidence in plan.bonds:
            seen = evidence_of(self._worlds, bond, evidence)
            text = seen.shows.replace("{colour}", self._choices.colour.get(f"{a}+{b}", ""))
            for name, me in (("a", a), ("b", b)):
                found[f"{a}-{b}.{name}"] = stated(phrase(text), {"self": self._people[me]})
        for x in plan.images:
            situation, image = self._seen(x)
            _collect(found, x, self._sentences_told(x), image.clues, self.cast(situation, image))
        return found

    def chains(self, clues: Mapping[str, str]) -> tuple[Chain, ...]:
        """The Chains: time and place, roles, relationships, then each situation and its causes."""
        return tuple(self._chains(clues))

    def _chains(self, clues: Mapping[str, str]) -> Iterator[Chain]:
        plan, setting = self._plan, self._setting
        for time in setting.time:
            if time.id == plan.time:
                yield _chain(clues, Dimension.TIME, "time", _under(clues, "time"), time.says)
        yield _chain(clues, Dimension.LOCATION, "place", _under(clues, "place"), setting.location)
        for person in plan.people:
            member = next(each for each in setting.cast if each.id == person)
            ids = _under(clues, person)
            if member.says and ids:
                text = _say(member.says, {"self": self._people[person]})
                yield _chain(clues, Dimension.CHARACTER_ROLE, f"role.{person}", ids, text)
        for bond, a, b, _ in plan.bonds:
            says = self._worlds.relationships[bond].says
            text = _say(says, {"a": self._people[a], "b": self._people[b]})
            ids = _under(clues, f"{a}-{b}")
            yield _chain(clues, Dimension.CHARACTER_RELATIONSHIP, f"bond.{a}-{b}", ids, text)
        for x in plan.images:
            situation, image = self._seen(x)
            cast = self.cast(situation, image)
            for name, conclusion in situation.conclusions.items():
                if (x, name) in plan.chains:
                    ids = self.evidence(clues, x, name)
                    text = _say(conclusion.says, cast)
                    yield _chain(clues, conclusion.dimension, f"{x}.{name}", ids, text)
            yield from self._causes(clues, x, situation, cast)

    def _causes(
        self, clues: Mapping[str, str], x: str, situation: Situation, cast: Mapping[str, Referent]
    ) -> Iterator[Chain]:
        plan = self._plan
        for number, need in enumerate(situation.needs):
            because: list[str] = []
            for link in plan.links:
                if (link.target, link.need) == (x, number) and not because:
                    give = self._worlds.situations[link.source].gives[link.give]
                    for key in give.shown:
                        because += self.evidence(clues, link.source, key)
            if not because and (x, number) in plan.timely:
                because += _under(clues, "time")
            if not because:
                continue
            effect = [each for key in need.shown for each in self.evidence(clues, x, key)]
            ids = list(dict.fromkeys([*because, *effect]))
            name = f"cause.{x}.{number}-{need.fact}"  # two needs may be for the same fact
            text = _say(need.so, cast)
            yield _chain(clues, Dimension.EVENT_CAUSAL_RELATIONSHIP, name, ids, text)

    def evidence(self, clues: Mapping[str, str], x: str, conclusion: str) -> list[str]:
        """The ids of the told clues of a situation that imply one of its conclusions."""
        _, image = self._seen(x)
        listed = [f"{x}.{each.rstrip('?')}" for each in image.evidence[conclusion]]
        return [each for each in listed if each in clues]


def _thing(name: str, noun: Noun) -> Referent:
    return Referent(name, noun.first, noun.later, "things" if noun.plural else "thing")


def thing_referents(nouns: Mapping[str, Noun], under: str) -> dict[str, Referent]:
    """The Referents of things, by their names; ``under`` keeps those of a block apart."""
    return {name: _thing(f"{under}.{name}", noun) for name, noun in nouns.items()}


def evidence_of(worlds: Worlds, bond: str, evidence: str) -> Evidence:
    """How a bond is seen, by the ids of the bond and of its evidence."""
    return next(each for each in worlds.relationships[bond].evidence if each.id == evidence)


def _coloured(text: str, colour: str) -> tuple[Node, ...]:
    return phrase(text.replace("{colour}", colour)) if text else ()


def _collect(
    found: dict[str, str],
    under: str,
    sentences: Sequence[Sentence],
    reworded: Mapping[str, str],
    cast: Mapping[str, Referent],
) -> None:
    for each in sentences:
        for node in each.wordings[0]:
            if isinstance(node, Seen):
                again = reworded.get(node.clue)
                nodes = phrase(again) if again else node.parts
                found[f"{under}.{node.clue}"] = stated(nodes, cast)


def _under(clues: Mapping[str, str], under: str) -> list[str]:
    return [each for each in clues if each.rpartition(".")[0] == under]


def _say(text: str, cast: Mapping[str, Referent]) -> str:
    return sentence(stated(phrase(text), cast))


def _chain(
    clues: Mapping[str, str], dimension: Dimension, name: str, ids: Sequence[str], says: str
) -> Chain:
    return Chain(
        dimension=dimension,
        id=name,
        clues=tuple(Clue(text=clues[each], id=each) for each in ids),
        conclusion=says,
    )
