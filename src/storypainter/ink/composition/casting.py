"""Casting: what a Scene leaves open about its people follows their role and their locale.

A person whose attire, hair or skin are the usual ones (a Scene says nothing of them) gets those of
the role or the place;
one who holds nothing gets what tells the role (a thermometer, a tray). Whoever has a phone at the
ear takes the pose for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition.units import SWEPT, free_id
from storypainter.ink.people.attire import attire_of
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.locales import Locale, locale_of
from storypainter.ink.people.roles import hair_of, holds_of
from storypainter.scene import Hair, Hold, Person, Prop, Scene

#: Poses in which a person may take up what tells the role: the others need their hands.
_IDLE = frozenset({"stand", "walk"})

#: Deeds that mean nothing with empty hands, and what they are done with.
_TOOLS = {
    "photograph": "camera",
    "phone": "phone",
    "text": "phone",
    "read": "book",
    "sit reading": "book",
    "lie reading": "book",
    "sweep": "broom",
    "play violin": "violin",
    "play guitar": "guitar",
    "write": "pencil",
    "drink": "cup",
    "paint": "paint brush",
    "dig": "spade",
}


@dataclass(frozen=True, slots=True)
class Cast:
    """A Scene with its people complete; ``added`` are ids of what their roles made them hold."""

    scene: Scene
    added: frozenset[str]


def cast(scene: Scene) -> Cast:
    """Completes the people of a Scene."""
    locale = locale_of(scene.setting.locale)
    props: list[Prop] = list(scene.props)
    kinds = {prop.id: prop.kind for prop in scene.props}
    people = []
    for person in scene.people:
        person = _looking(person, locale)
        word = next((word for word in holds_of(person) if _can_be_held(word)), None)
        free = person.pose in _IDLE and not person.relations and person.sits_on is None
        if not person.holds and _TOOLS.get(person.pose) in PROPS:
            word, free = _TOOLS[person.pose], True
        if word is not None and free:
            name = free_id(f"held-by-{person.id}", (*scene.elements, *props))
            thing = Prop(id=name, kind=word, importance=0)
            props.append(thing)
            person = person.model_copy(update={"holds": (Hold(what=thing.id),)})
        people.append(_posed(person, kinds))
    full = scene.model_copy(update={"people": tuple(people), "props": tuple(props)})
    return Cast(full, frozenset(prop.id for prop in props[len(scene.props) :]))


def _can_be_held(word: str) -> bool:
    kind = PROPS.get(word)
    if kind is None or not kind.grips:
        return False
    return word in SWEPT or kind.carry not in ("push", "fly")


def _looking(person: Person, locale: Locale | None) -> Person:
    """A person with the clothes, the hair and the skin that the Scene leaves open."""
    hair = hair_of(person)
    found: dict[str, object] = {"attire": attire_of(person, locale)}
    if locale is not None and person.skin == Person.model_fields["skin"].default:
        found["skin"] = locale.skin_of(person.id)
    if locale is not None and person.hair == Hair():
        hair = hair.model_copy(update={"colour": locale.hair_colour_of(person.id)})
    if person.age == "elder" and person.hair == Hair():
        hair = hair.model_copy(update={"colour": "grey"})
    return person.model_copy(update={**found, "hair": hair})


def _posed(person: Person, kinds: dict[str, str]) -> Person:
    """Whoever only stands with a thing at the ear takes the pose that holds it there."""
    if person.pose not in ("stand", "hold") or len(person.holds) != 1:
        return person
    kind = PROPS.get(kinds.get(person.holds[0].what, ""))
    if kind is None or kind.carry != "ear" or "phone" not in POSES:
        return person
    return person.model_copy(update={"pose": "phone"})
