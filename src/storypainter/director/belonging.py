"""What belongs where: no staircase on the water, no lit lamp in the sun, no car in a kitchen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from storypainter.director.drafts import Draft
from storypainter.director.gazetteer import word_list
from storypainter.director.vocabulary import Vocabulary
from storypainter.scene import Setting

PLAIN = "plain"  # the setting that says nothing of where it is
ELSEWHERE = "belongs elsewhere than where it plays"


@cache
def _lists() -> dict[str, Any]:
    return word_list("belonging")


def belong(drafts: list[Draft], setting: Setting, vocabulary: Vocabulary) -> None:
    """Leave out what can't stand in a setting; doors and windows in the open become a house's.

    Furniture of the setting itself always belongs; so does what somebody holds.
    """
    outdoors = setting.kind not in vocabulary.indoors and setting.kind != PLAIN
    own = vocabulary.furniture.get(setting.kind, frozenset())
    _unite(drafts)
    for draft in [d for d in drafts if d.kind == "prop"]:
        other = _lists()["at"].get(setting.kind, {}).get(draft.word, draft.word)
        if outdoors and other == draft.word:
            other = _lists()["outdoors"].get(draft.word, draft.word)
        draft.word = other if other in vocabulary.props else draft.word
        if setting.time_of_day not in _lists()["dark"]:
            _switch_off(draft, vocabulary)
        if draft.word in own or draft.held_by is not None or not draft.there:
            continue
        if outdoors and draft.word in _lists()["house_parts"]:
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


def _become(part: Draft, whole: Draft, drafts: list[Draft]) -> None:
    """Draw one draft as another, which takes over all that refers to it."""
    whole.spans += [span for span in part.spans if span not in whole.spans]
    part.spans = []
    for draft in drafts:
        draft.near = whole if draft.near is part and draft is not whole else draft.near
        draft.near = None if draft.near is draft else draft.near
        draft.on = whole if draft.on is part and draft is not whole else draft.on
        draft.about = [whole if each is part else each for each in draft.about]
        draft.acted_on = [(verb, whole if t is part else t) for verb, t in draft.acted_on]
        draft.relations = [(k, whole if t is part else t) for k, t in draft.relations]


def _is_elsewhere(word: str, kind: str, outdoors: bool) -> bool:
    if kind == PLAIN:
        return False  # nothing is told of the place
    only = _lists()["only_in"].get(word)
    if only is not None and kind not in only:
        return True
    return word in _lists()["indoor_only" if outdoors else "outdoor_only"]


def _switch_off(draft: Draft, vocabulary: Vocabulary) -> None:
    """By day a light is off, unless the text says that it is lit."""
    told = set(draft.conditions) & set(_lists()["lit"])
    off = "off" in vocabulary.props.get(draft.word, ()) and not told
    if draft.word in _lists()["lights"] and off:
        draft.conditions = ["off"]


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
    _become(part, house, drafts)
    for draft in drafts:
        if draft.on is house:
            draft.on, draft.near = None, house
