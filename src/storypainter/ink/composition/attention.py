"""Attention: whoever is told to look at nothing looks at what matters in the Scene.

People who stare past what happens make a picture look empty. Those whom a Scene leaves without a
gaze, without a deed that aims at something and without a task of their own turn to the most
striking of the other elements: somebody who falls, shouts or cries, an animal, a thing in an
unusual state, what others look at already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition.wishes import turned_to
from storypainter.ink.people.bodies.poses import POSES
from storypainter.scene import Animal, Element, Person, Prop, Scene

#: Poses that draw everybody's eyes.
_STRIKING = frozenset(
    {
        *("balance", "beg", "cheer", "climb", "crawl", "dance", "faint", "fall", "hand over"),
        *("hands up", "hug", "jump", "kick", "kneel", "limp", "march", "play guitar"),
        *("play violin", "point", "run", "salute", "slip", "sneak", "stop", "talk", "throw"),
        *("tiptoe", "wave"),
    }
)
#: Faces that draw them.
_MOVED = frozenset(
    {
        *("afraid", "angry", "crying", "enraged", "frightened", "furious", "horrified"),
        *("in pain", "laughing", "scared", "shocked"),
    }
)
#: Poses whose eyes are shut, covered or on the person's own work.
_ABSORBED = frozenset(
    {
        *("cook", "cover eyes", "cry", "dig", "drink", "eat", "faint", "fall", "lie reading"),
        *(
            "look out",
            "paint",
            "peek",
            "phone",
            "photograph",
            "pray",
            "read",
            "shield",
            "sit reading",
        ),
        *("sleep", "sleep sitting", "slip", "stir", "sweep", "text", "think", "tie shoes", "wash"),
        *("write", "yawn"),
    }
)
#: Faces of people whose thoughts are elsewhere, or whose eyes are shut.
_ELSEWHERE = frozenset({"asleep", "sleeping", "bored", "daydreaming", "lonely", "nostalgic"})
#: Below this nothing happens, and people look at each other.
_LEAST = 1.6


def attend(scene: Scene) -> Scene:
    """The Scene with a gaze for everybody who is free to look and is told to look at nothing."""
    actors: list[Person | Animal] = [*scene.people, *scene.animals]
    aims = Counter(turned_to(actor)[0] for actor in actors)
    weights = {
        each.id: _weight(each) + 0.7 * min(3, aims[each.id])
        for each in scene.elements
        if not _in_busy_hands(each, scene)
    }
    people = tuple(
        person.model_copy(update={"gaze": _chosen(person, scene, weights)})
        if _is_free(person)
        else person
        for person in scene.people
    )
    return scene.model_copy(update={"people": people})


def _is_free(person: Person) -> bool:
    if turned_to(person)[0] is not None or person.facing == "away":
        return False
    pose = POSES.get(person.pose)
    busy = person.pose in _ABSORBED or (pose is not None and pose.watches)
    return not busy and person.expression not in _ELSEWHERE


def _in_busy_hands(element: Element, scene: Scene) -> bool:
    """Whether nobody would look at an element: what the person's own hands use in passing."""
    return isinstance(element, Prop) and any(
        hold.what == element.id and person.pose in _ABSORBED
        for person in scene.people
        for hold in person.holds
    )


def _weight(element: Element) -> float:
    """How much an element draws the eyes, about 0 to 4."""
    weight = element.importance + (0.3 if element.clues else 0.0)
    if isinstance(element, Person):
        weight += 0.5 + 1.2 * (element.pose in _STRIKING) + 1.0 * (element.expression in _MOVED)
        return weight + 0.4 * any(relation.kind == "hands_to" for relation in element.relations)
    if isinstance(element, Animal):
        return weight + 0.7 + 0.5 * bool(element.holds or element.relations)
    if not isinstance(element, Prop):
        return weight
    usual = PROPS[element.kind].states if element.kind in PROPS else ()
    odd = element.state is not None and element.state not in tuple(usual)[:1]
    return weight + 0.9 * odd


def _chosen(person: Person, scene: Scene, weights: Mapping[str, float]) -> str | None:
    """What a person looks at: the most striking of the others, else the person beside them."""
    own = {person.id, *(hold.what for hold in person.holds)}
    own |= {each for each in (person.sits_on, person.stands_on, person.lies_on) if each}
    others = {name: weight for name, weight in weights.items() if name not in own}
    if not others:
        return None
    best = max(others, key=lambda name: others[name])  # the first told of several
    if others[best] >= _LEAST:
        return best
    order = [each.id for each in scene.people]
    at = order.index(person.id)
    beside = [*order[at + 1 : at + 2], *order[max(0, at - 1) : at]]
    return beside[0] if beside else best
