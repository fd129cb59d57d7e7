"""The picture-grounded reward: what of each picture's annotations the right part names. Offline.

For each picture R is what its part of the narrative names of it: the mean over the kinds of
annotation that the picture has (people, actions, place, emotions) of the share that is named. P is
how much of what the part names is there: of the words in it that the set's annotations use as a
person, an action, a place or an emotion, the share that this picture's annotations or its own true
part use as well. The picture's reward is 2 P R / (P + R), and the narrative's the mean over the
pictures, from 0 to 1. So a wrong naming costs, but less than everything: were it taken off from R,
the best of a model that sees badly would be to say nothing.

What a picture's actions are is annotated twice: by clauses (``climbs the tree``) and, where there
is one, by the event that they make (``the kite hangs in the tree``). A narrative tells one or the
other; the larger share counts.

It compares words without their endings (:mod:`.stems`) and knows no synonyms: what it wants is the
set's own words. The grounding of the evaluation is another module that reads otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Many
from typing import Any, Literal

from storypainter.sequence import Character, Depiction, Frame, Sequence
from storypainter.sequences.tasks.parts import read_parts
from storypainter.sequences.training.rewards.contract import Target
from storypainter.sequences.training.rewards.stems import stems

#: Raise it when equal texts get another number.
VERSION = "1"
Kind = Literal["people", "actions", "place", "emotions"]
KINDS: tuple[Kind, ...] = ("people", "actions", "place", "emotions")
#: One annotation: alternatives, any of whose words names it (people), or words that all belong to
#: it, each for its share (an action: its verb and what it is done with).
Things = Mapping[Kind, tuple[tuple[str, ...], ...]]


class GroundedReward:
    """Scores narratives by the annotations of their sequences.

    Args:
        sequences: the whole set, whose annotations are the vocabulary of wrong namings.
    """

    name = "grounded"

    def __init__(self, sequences: Iterable[Sequence]) -> None:
        self._vocabulary: dict[Kind, set[str]] = {kind: set() for kind in KINDS}
        for sequence in sequences:
            for frame in sequence.frames:
                for kind, things in things_of(frame, sequence).items():
                    # Of an action its verb alone: what it is done with is no deed.
                    for words in things:
                        self._vocabulary[kind].update(words[:1] if kind == "actions" else words)

    @property
    def identity(self) -> dict[str, Any]:
        """The version; its vocabulary comes from the data, which is part of the question anyway."""
        return {"version": VERSION}

    def scores(self, narratives: Many[str], targets: Many[Target]) -> list[float | None]:
        """One for each narrative; None where its pictures have no annotations at all."""
        return [self.score(text, target) for text, target in zip(narratives, targets, strict=True)]

    def score(self, narrative: str, target: Target) -> float | None:
        """From 0 to 1; an empty narrative names nothing and gets 0."""
        if target.sequence is None:
            return None
        frames = [
            target.sequence.frames[at]
            for at in target.row.frames
            if at is not None and at < len(target.sequence.frames)
        ]
        shown = [things_of(frame, target.sequence) for frame in frames]
        if not any(any(things.values()) for things in shown) or len(frames) < len(
            target.row.frames
        ):
            return None
        told = self._parts(narrative, target)
        events = [[frame.event] for frame in frames]
        if len(told) != len(frames):  # told in one piece: all pictures are one
            shown, events = [_together(shown)], [[frame.event for frame in frames]]
            true = [" ".join(_texts(frame) for frame in frames) + " " + target.row.text]
        else:
            true = [_texts(frame) for frame in frames]
        found = [
            self._picture(stems(part), things, happened, set(stems(text)))
            for part, things, happened, text in zip(told, shown, events, true, strict=True)
            if any(things.values())
        ]
        return sum(found) / len(found)

    def _parts(self, narrative: str, target: Target) -> list[str]:
        """The narrative's part for each picture, or all of it where none was to have its own."""
        pictures = len(target.row.images)
        if pictures == 1:
            return [" ".join((read_parts(narrative, 1).parts[0] or narrative).split())]
        if read_parts(target.row.text, pictures).missing:
            return [narrative]
        return [part or "" for part in read_parts(narrative, pictures).parts]

    def _picture(self, part: Many[str], things: Things, events: Many[str], true: set[str]) -> float:
        said = set(part)
        shares = {kind: _named(kind, things[kind], said) for kind in KINDS if things[kind]}
        if "actions" in shares and (happened := set(stems(" ".join(events)))):
            shares["actions"] = max(shares["actions"], len(said & happened) / len(happened))
        right: set[str] = set()
        wrong: set[str] = set()
        for kind in KINDS:
            here = {word for words in things[kind] for word in words}
            for word in said & self._vocabulary[kind]:
                (right if word in here or word in true else wrong).add(word)
        wrong -= right  # a word may be of two kinds
        named = sum(shares.values()) / len(shares)
        if not named:
            return 0.0
        # What is named may be no vocabulary (what an action is done with), and then nothing is wrong.
        there = len(right) / (len(right) + len(wrong)) if right or wrong else 1.0
        return 2 * there * named / (there + named)


def things_of(frame: Frame, sequence: Sequence) -> dict[Kind, tuple[tuple[str, ...], ...]]:
    """What is annotated of a picture, as stems."""
    characters = {each.id: each for each in sequence.characters}
    found: dict[Kind, tuple[tuple[str, ...], ...]] = {
        "people": _some(_person(characters[each.character]) for each in frame.shown),
        "actions": _some(_action(each) for each in frame.shown),
        "place": _some([tuple(stems(frame.place))]),
        "emotions": _some({tuple(stems(each.emotion)): None for each in frame.shown}),
    }
    return found


def _person(character: Character) -> tuple[str, ...]:
    """Their name's words and their role; not their look, which others may share."""
    return tuple(dict.fromkeys([*stems(character.name), *stems(character.role)]))


def _action(depiction: Depiction) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stems(depiction.action)))


def _some(words: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(each for each in words if each)


def _named(kind: Kind, things: tuple[tuple[str, ...], ...], said: set[str]) -> float:
    """The share of these annotations that is said; an action counts by the share of its words."""
    if kind == "actions":
        return sum(len(said.intersection(words)) / len(words) for words in things) / len(things)
    return sum(not said.isdisjoint(words) for words in things) / len(things)


def _together(shown: Iterable[Things]) -> dict[Kind, tuple[tuple[str, ...], ...]]:
    found: dict[Kind, dict[tuple[str, ...], None]] = defaultdict(dict)
    for things in shown:
        for kind in KINDS:
            found[kind].update(dict.fromkeys(things[kind]))
    return {kind: tuple(found[kind]) for kind in KINDS}


def _texts(frame: Frame) -> str:
    return f"{frame.part} {frame.caption} {frame.event} {frame.place}"
