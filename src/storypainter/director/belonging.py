"""What belongs where: no staircase on the water, no lit lamp in the sun, no car in a kitchen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from storypainter.director.drafts import Draft
from storypainter.director.gazetteer import word_list
from storypainter.scene import Setting
from storypainter.vocabulary import Vocabulary

_WORD = re.compile(r"[a-z]+")
_IS_SOMEBODY = re.compile(
    r"(?:: | \(|, really | is (?:really |only |just )?)(?:an?|the|her|his|their) (?:[\w-]+ ){0,2}"
    r"(?:boy|girl|man|woman|child|toddler|lady|person|pupil|daughter|son|actor|actress|dancer"
    r"|puppet|toy|costume|statue|balloon|drawing|kite|shadow|picture|teacher|baby|student)\b"
)
SOMEBODY = "only somebody or something made up as it"
UNTOLD = "as it may be"  # a condition that is no state: whether a light is on is left open
ANYWHERE = "anywhere"  # the setting that says nothing of where it is
ELSEWHERE = "belongs elsewhere than where it plays"


@cache
def _lists() -> dict[str, Any]:
    return word_list("belonging")


def belong(drafts: list[Draft], setting: Setting, vocabulary: Vocabulary) -> None:
    """Leave out what can't stand in a setting; doors and windows in the open become a house's.

    Furniture of the setting itself always belongs; so does what somebody holds.
    """
    outdoors = setting.kind not in vocabulary.indoors and setting.kind != ANYWHERE
    own = vocabulary.furniture.get(setting.kind, frozenset())
    _unite(drafts)
    for draft in [d for d in drafts if d.kind == "prop"]:
        other = _lists()["at"].get(setting.kind, {}).get(draft.word, draft.word)
        if setting.kind in vocabulary.indoors:
            other = _lists()["indoors"].get(draft.word, other)
        if outdoors and other == draft.word:
            other = _lists()["outdoors"].get(draft.word, draft.word)
        draft.word = other if other in vocabulary.props else draft.word
        if setting.time_of_day not in _lists()["dark"]:
            _switch_off(draft, vocabulary)
        if draft.word in own or draft.held_by is not None or not draft.there:
            continue
        wheeled = setting.kind == ANYWHERE and _vehicle_in(drafts) is not None
        if (outdoors or wheeled) and draft.word in _lists()["house_parts"]:
            _belong_to_house(draft, drafts, own)
        elif _is_elsewhere(draft.word, setting.kind, outdoors) or (
            _lists()["only_when"].get(draft.word, setting.season) != setting.season
        ):
            draft.left_out = ELSEWHERE


def _unite(drafts: list[Draft]) -> None:
    """Make one of what a place has only one of."""
    firsts: dict[str, Draft] = {}
    for draft in drafts:
        if draft.kind != "prop" or draft.word not in _lists()["unique"] or not draft.there:
            continue
        first = firsts.setdefault(draft.word, draft)
        if first is not draft and not (draft.text and first.text):
            first.text = first.text or draft.text
            _become(draft, first, drafts)


def _become(part: Draft, whole: Draft, drafts: list[Draft], apart: bool = False) -> None:
    """Draw one draft as another, which takes over all that refers to it.

    What is near a mere part (``apart``) need not be near the whole.
    """
    whole.spans += [span for span in part.spans if span not in whole.spans]
    part.spans = []
    for draft in drafts:
        if draft.near is part and draft is not whole:
            draft.near = None if apart else whole
        draft.near = None if draft.near is draft else draft.near
        draft.on = whole if draft.on is part and draft is not whole else draft.on
        draft.about = [whole if each is part else each for each in draft.about]
        draft.acted_on = [(verb, whole if t is part else t) for verb, t in draft.acted_on]
        draft.relations = [(k, whole if t is part else t) for k, t in draft.relations]


def _is_elsewhere(word: str, kind: str, outdoors: bool) -> bool:
    if kind == ANYWHERE:
        return False  # nothing is told of the place
    only = _lists()["only_in"].get(word)
    if only is not None and kind not in only:
        return True
    return word in _lists()["indoor_only" if outdoors else "outdoor_only"]


def kindle(light: Draft, sentences: Iterable[str]) -> None:
    """Give a light the state that its sentences tell: "shines a torch", "its candle burnt out"."""
    if light.word not in {*_lists()["lights"], *_lists()["flames"]}:
        return
    said = [set(_WORD.findall(sentence.casefold())) for sentence in sentences]
    on = any(words & set(_lists()["shining"]) for words in said)
    out = any(words & set(_lists()["unlit"]) for words in said)
    if out and light.word in _lists()["flames"]:
        light.conditions = [UNTOLD]
    elif on and out:
        light.conditions.append(UNTOLD)
    elif on:
        light.conditions.append("lit")


def unmask(drafts: Iterable[Draft], text: str) -> None:
    """Leave out an animal that turns out to be somebody: "in the door stands a bee: a boy of six"."""
    for draft in drafts:
        if draft.kind == "animal" and any(_IS_SOMEBODY.match(text, s.end) for s in draft.spans):
            draft.left_out = SOMEBODY


def _switch_off(draft: Draft, vocabulary: Vocabulary) -> None:
    """By day a light is off, unless the text says that it is lit, or what is written on it."""
    told = bool(set(draft.conditions) & {*_lists()["lit"], UNTOLD}) or bool(draft.text)
    told = told or (draft.held_by is not None and draft.word == "torch")  # who takes one uses it
    off = "off" in vocabulary.props.get(draft.word, ()) and not told
    if draft.word in _lists()["lights"] and off:
        draft.conditions = ["off"]


def _vehicle_in(drafts: Iterable[Draft]) -> Draft | None:
    return next((d for d in drafts if d.word in _lists()["vehicles"] and d.there), None)


def _belong_to_house(part: Draft, drafts: list[Draft], own: Iterable[str]) -> None:
    """A door or a window in the open is one of a vehicle's or a house's, if there are such.

    One that bears words becomes a sign with them.
    """
    if part.text:
        part.kind, part.word, part.on = "sign", "sign", None
        return
    wholes = (*_lists()["vehicles"], *_lists()["houses"])
    house = next((d for d in drafts if d.word in wholes and d.there), None)
    word = next((w for w in (*_lists()["houses"], "train") if w in own), None)
    if house is None and word is None:
        part.left_out = ELSEWHERE
        return
    if house is None:
        house = Draft("prop", str(word), str(word), implied=True)
        drafts.append(house)
    _become(part, house, drafts, apart=True)
    for draft in drafts:
        if draft.on is house:
            draft.on, draft.near = None, house
