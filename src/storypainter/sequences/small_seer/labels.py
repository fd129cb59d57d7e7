"""What can be seen in a picture, as words: of the whole, and of each element.

Every attribute is a word or a short text under a name. A picture of a planned Scene and one of a
Sequence know different things; what is not known of a picture is absent, and nothing is learnt
from it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storypainter.scene import Animal, Person, Prop, Scene, Sign
from storypainter.sequence import Depiction, Frame, Sequence

if TYPE_CHECKING:
    from storypainter.planner.plots import Moment, Plot

Words = Mapping[str, str]

#: Attributes of a whole picture, and of its elements, in the order in which they are reported.
WHOLE = ("setting", "time of day", "weather", "place", "time", "event")
PARTS = (
    "kind", "what", "age", "gender", "pose", "expression", "look", "verb", "action", "emotion",
)  # fmt: skip
#: An attribute's text is cut here: it is a class, no narrative.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of a picture: ``whole``, and by element id those of its elements."""

    whole: Words
    elements: Mapping[str, Words]


def labels_of_scene(scene: Scene) -> Labels:
    """What a Scene says of its picture."""
    setting = scene.setting
    whole = {
        "setting": setting.kind,
        "time of day": setting.time_of_day,
        "weather": setting.weather,
    }
    return Labels(whole, {each.id: _element(each) for each in scene.elements})


def labels_of_moment(plot: Plot, moment: Moment) -> Labels:
    """What a plot says of one of its pictures: all that its Scene says, and what is done in it."""
    scene = labels_of_scene(moment.scene)
    shown = {each.character: each for each in moment.shown}
    cast = {each.id: each for each in plot.characters}
    elements = {}
    for name, words in scene.elements.items():
        found = dict(words)
        if name in cast:
            found |= _said({"what": cast[name].role, "look": cast[name].look})
        if name in shown:
            found |= _said(_depicted(shown[name]))
        elements[name] = found
    whole = _said({"place": moment.place, "time": moment.time, "event": moment.what})
    return Labels({**scene.whole, **whole}, elements)


def labels_of_frame(sequence: Sequence, frame: Frame) -> Labels:
    """What a Sequence says of one of its pictures.

    Characters are found by the id that their Region has; other Regions give kind and word alone.
    """
    whole = _said({"place": frame.place, "time": frame.time})
    shown = {each.character: each for each in frame.shown}
    roles = {each.id: each for each in sequence.characters}
    elements: dict[str, Words] = {}
    for region in frame.picture.regions:
        found = {"kind": "person" if region.kind == "person" else "thing", "what": region.kind}
        character = roles.get(region.element)
        if character is not None:
            found["what"] = character.role or region.kind
            found["look"] = character.look
        elif region.kind == "person":
            del found["what"]
        if region.element in shown:
            found |= _depicted(shown[region.element])
        elements[region.element] = _said(found)
    return Labels(whole, elements)


def _element(element: Person | Animal | Prop | Sign) -> Words:
    match element:
        case Person():
            found = {
                "kind": "person",
                "what": element.role,
                "age": element.age,
                "gender": element.gender if element.gender != "unspecified" else "",
                "pose": element.pose,
                "expression": element.expression,
                "look": _look(element),
            }
        case Animal():
            found = {"kind": "animal", "what": element.species, "pose": element.pose}
        case Prop() | Sign():
            found = {"kind": "thing", "what": element.kind}
    return _said(found)


def _look(person: Person) -> str:
    """The first garment that has a colour: what tells people of one role apart."""
    garment = next((each for each in person.attire if each.colour), None)
    return f"{garment.colour} {garment.kind}" if garment is not None else ""


def _depicted(shown: Depiction) -> dict[str, str]:
    action = shown.action.lower().strip(" .")
    return {"verb": action.split(" ")[0], "action": action, "emotion": shown.emotion.lower()}


def _said(found: Words) -> dict[str, str]:
    return {name: text[:LONGEST] for name, text in found.items() if text}
