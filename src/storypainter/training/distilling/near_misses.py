"""Near misses: a good story with exactly one fault put in by program, as the worse of a pair.

Against a base model's rambling, preference training has nothing to learn but length. A near miss
differs from the chosen story in one thing, named by its kind:

``sequence``  a sentence tells what happened before or after
``speech``    somebody speaks
``stranger``  a sentence of another story stands in place of one of its own
``told``      the conclusion of a Chain is stated outright
``loop``      a sentence is said three times in a row
``cut``       the story breaks off in mid-sentence
``list``      what can be seen is listed, and nothing connects it
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from storypainter.evaluators.clue_recall import clue_told
from storypainter.evaluators.moment_rules import judge
from storypainter.evaluators.summaries import lexicon_groups
from storypainter.evaluators.tagging import Sentence, sentences
from storypainter.story import Story
from storypainter.training.distilling.drawing import Draw
from storypainter.training.distilling.hindsight import is_plural, setting_of, things_of

#: Part of what identifies a training set: raised whenever the same story would get another fault.
VERSION = "1"
KINDS = ("sequence", "speech", "stranger", "told", "loop", "cut", "list")

#: A loop says its sentence so often; fewer is a figure of speech.
_TIMES = 3
#: Fewer things than these are no list.
_LISTED = 5
#: From this share of its words on, a conclusion counts as said.
_SAID = 0.9
_TRIES = 12


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A story with one fault."""

    kind: str
    text: str


def near_miss(story: Story, others: Sequence[Story], turn: int, draw: Draw) -> NearMiss:
    """The story with the fault whose turn it is, or with the next that fits it.

    Args:
        story: told well.
        others: where a stranger may come from.
        turn: a number that counts on from story to story, so that all kinds come by turns.
        draw: decides the rest.
    """
    for step in range(len(KINDS)):
        kind = KINDS[(turn + step) % len(KINDS)]
        text = with_fault(kind, story, others, draw)
        if text is not None:
            return NearMiss(kind, text)
    raise AssertionError("every story can be cut")  # pragma: no cover


def with_fault(kind: str, story: Story, others: Sequence[Story], draw: Draw) -> str | None:
    """The story with a fault of this kind; ``None`` where that doesn't fit it."""
    if kind == "stranger":
        return _stranger(story, others, draw)
    return _FAULTS[kind](story, draw)


# ------------------------------------------------------------------ put in between


def _sequence(story: Story, draw: Draw) -> str | None:
    # What happened before is told in another tense, and is found as that.
    return _from_bank("sequence", ("sequence", "tense"), story, draw)


def _speech(story: Story, draw: Draw) -> str | None:
    return _from_bank("speech", ("dialogue",), story, draw)


def _from_bank(name: str, found_as: Sequence[str], story: Story, draw: Draw) -> str | None:
    """A sentence of the bank, where the evaluator ``moment`` finds it as what it is, and only that."""
    who, things = _persons(story.text), [_bare(each) for each in things_of(story)]
    if not who or not things:
        return None
    person = draw.one(f"{name} person", list(who))
    values = {
        "person": person,
        "Person": person[0].upper() + person[1:],
        "thing": draw.one(f"{name} thing", things),
    }
    before = _kinds(story.text)
    for template in draw.order(name, _bank()[name])[:_TRIES]:
        text = _put_in(story.text, template.format(**values), draw, after=who[person])
        if text is None:
            return None
        added = _kinds(text) - before
        if added and set(added) <= set(found_as):
            return text
    return None


def _kinds(text: str) -> Counter[str]:
    """How many faults of each kind the evaluator ``moment`` finds."""
    return Counter(passage.kind for passage in judge(text).passages)


def _told(story: Story, draw: Draw) -> str | None:
    conclusions = [
        chain.conclusion
        for chain in story.chains
        if clue_told(story.text, chain.conclusion) < _SAID
    ]
    if not conclusions:
        return None
    said = draw.one("told", conclusions)
    said = said[0].upper() + said[1:]
    return _put_in(story.text, said if said.endswith((".", "!", "?")) else f"{said}.", draw)


def _put_in(text: str, said: str, draw: Draw, after: int = 0) -> str | None:
    """A sentence between two others, or at the end; behind the place ``after``."""
    told = [each for each in sentences(text)[1:] if each.end > after]
    if not told:
        return None
    end = draw.one(f"place {said}", told).end
    return f"{text[:end]} {said}{text[end:]}"


# ------------------------------------------------------------------------- others


def _stranger(story: Story, others: Sequence[Story], draw: Draw) -> str | None:
    told = sentences(story.text)
    if len(told) < 4:
        return None
    own = _nouns(told)
    setting = setting_of(story, None)
    away = [each for each in others if each.text != story.text]
    elsewhere = [each for each in away if not setting or setting_of(each, None) != setting]
    at = 1 + draw.number("stranger place") % (len(told) - 2)
    mine = told[at]
    for turn in range(_TRIES):
        if not elsewhere:
            return None
        other = draw.one(f"stranger story {turn}", elsewhere)
        theirs = draw.one(f"stranger sentence {turn}", sentences(other.text))
        nouns = _nouns((theirs,))
        if len(theirs.words) >= 6 and len(nouns) > 1 and not nouns & own:
            said = other.text[theirs.start : theirs.end]
            return f"{story.text[: mine.start]}{said}{story.text[mine.end :]}"
    return None


def _loop(story: Story, draw: Draw) -> str | None:
    told = [each for each in sentences(story.text) if len(each.words) >= 5]
    if not told:
        return None
    again = draw.one("loop", told[len(told) // 2 :])
    said = story.text[again.start : again.end]
    repeated = " ".join([said] * (_TIMES - 1))
    return f"{story.text[: again.end]} {repeated}{story.text[again.end :]}"


def _cut(story: Story, draw: Draw) -> str | None:
    told = sentences(story.text)
    last = told[-1] if len(told[-1].words) > 3 or len(told) == 1 else told[-2]
    words = last.words
    if len(words) < 4:
        return None
    kept = 2 + draw.number("cut") % (len(words) - 3)
    return story.text[: words[kept - 1].end]


def _list(story: Story, draw: Draw) -> str | None:
    things = things_of(story, draw)
    if len(things) < _LISTED:
        return None
    if draw.number("list") % 2:
        return "\n".join(f"- {each}" for each in things)
    return " ".join(f"There {'are' if is_plural(each) else 'is'} {each}." for each in things)


_FAULTS: Mapping[str, Callable[[Story, Draw], str | None]] = {
    "sequence": _sequence,
    "speech": _speech,
    "told": _told,
    "loop": _loop,
    "cut": _cut,
    "list": _list,
}


# -------------------------------------------------------------------------- parts


def _persons(text: str) -> dict[str, int]:
    """Who is in the text, with the article (``the old woman``), and behind which place."""
    people = lexicon_groups()["people"]
    found: dict[str, int] = {}
    for sentence in sentences(text):
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if token.tag != "NN1" or token.lemma not in people or not token.text.islower():
                continue
            if at + 1 < len(tokens) and (tokens[at + 1].is_noun or tokens[at + 1].text[0] in "'’"):
                continue
            first = at - 1 if at and tokens[at - 1].tag == "AJ0" else at
            name = "the " + " ".join(each.text.lower() for each in tokens[first : at + 1])
            found.setdefault(name, token.end)
    return found


def _nouns(told: Sequence[Sentence]) -> set[str]:
    return {token.lemma for sentence in told for token in sentence.tokens if token.is_noun}


def _bare(thing: str) -> str:
    return re.sub(r"^an? ", "", thing)


@cache
def _bank() -> Mapping[str, tuple[str, ...]]:
    text = (files("storypainter.training.distilling") / "faults.toml").read_text(encoding="utf-8")
    return {name: tuple(told) for name, told in tomllib.loads(text).items()}
