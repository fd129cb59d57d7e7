"""What a painted Scene shows, read by kind, attributes and relations, never by an id.

Whether an element is in the picture is decided by its Region: at least :data:`SEEN` of its area
must be free (:data:`SEEN_BELOW` of what carries something seen). An element's id joins it to its Region and to what refers to it, and is then
forgotten; its Clue ids are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from storypainter.evaluators.scene_reading_lexicon import lexicon, names_of, singulars
from storypainter.picture import Region
from storypainter.scene import GAZE_WORDS, Animal, Element, Person, Prop, Scene, Sign

#: The free share of its area from which an element counts as seen; the painter's own threshold
#: for what carries a Clue.
SEEN = 0.60
#: The same of what carries something that is seen: whoever sits on a bench covers most of it.
SEEN_BELOW = 0.20
_OFF_THE_FEET = frozenset({"sit", "lie", "sitting", "sleep", "crawl", "kneel", "fall", "swim"})
_LETTERS = re.compile(r"[^\W_]+")
#: Relations of a Scene by the kinds of the lexicon.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "looks_at": ("looks",),
    "points_at": ("points", "looks"),
    "reaches_for": ("reaches", "holds"),
    "hands_to": ("holds", "reaches"),
    "touches": ("holds",),
    "hugs": ("hugs", "holds"),
    "hides_from": ("hides",),
    "hides_behind": ("hides",),
    "carries": ("holds",),
    "pushes": ("pushes", "holds"),
    "pulls": ("pulls", "holds"),
    "leads": ("pulls", "holds"),
    "whispers_to": ("whispers",),
    "photographs": ("photographs", "looks"),
    "walks_towards": ("walks",),
    "runs_from": ("runs",),
    "faces": ("looks",),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something seen: a person, an animal, a thing, a sign, or a garment of a person.

    ``names`` are what it may be called, word by word; ``gender`` and ``age`` are a person's;
    ``colours`` are families of colours; ``looks`` the words for its pose, expression, state,
    hair and size of age; ``says`` what is written on it, in capitals. ``links`` are (kind of
    relation, place of the other in the reading).
    """

    names: tuple[tuple[str, ...], ...]
    gender: str = ""
    age: str = ""
    is_person: bool = False
    is_animal: bool = False
    wearer: int | None = None
    colours: frozenset[str] = frozenset()
    looks: frozenset[str] = frozenset()
    says: str = ""
    links: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SceneReading:
    """All that is seen, and the words of where and when."""

    things: tuple[Thing, ...]
    around: frozenset[str]


def read_scene(scene: Scene, regions: Sequence[Region]) -> SceneReading:
    """What is seen of a painted Scene.

    Args:
        scene: what was painted.
        regions: the Regions of its picture; an element without one is not seen.
    """
    free = {region.element: region.visible for region in regions}
    clear = {each.id for each in scene.elements if free.get(each.id, 0.0) >= SEEN}
    below = {
        other
        for each in scene.elements
        if each.id in clear
        for kind, other in _links(each)
        if kind == "rests" and free.get(other, 0.0) >= SEEN_BELOW
    }
    seen = [each for each in scene.elements if each.id in clear | below]
    place = {each.id: at for at, each in enumerate(seen)}
    things = [_thing(each, place) for each in seen]
    for at, each in enumerate(seen):
        if isinstance(each, Person):
            things += _garments(each, at)
    return SceneReading(tuple(things), _around(scene))


# -------------------------------------------------------------------------- elements


def _thing(element: Element, place: Mapping[str, int]) -> Thing:
    links = tuple((kind, place[other]) for kind, other in _links(element) if other in place)
    if isinstance(element, Person):
        return Thing(
            names_of(element.role),
            gender=element.gender,
            age=element.age,
            is_person=True,
            looks=_of_person(element),
            links=links,
        )
    if isinstance(element, Animal):
        looks = _described(element.pose)
        return Thing(
            names_of(element.species),
            is_animal=True,
            colours=_colour(element.colour),
            looks=looks,
            links=links,
        )
    if isinstance(element, Sign):
        says = " ".join(filter(None, (element.text, element.time or "", element.date or "")))
        return Thing(
            names_of(element.kind), looks=_described(element.state), says=letters(says), links=links
        )
    assert isinstance(element, Prop)
    return Thing(
        names_of(element.kind),
        colours=_colour(element.colour),
        looks=_described(element.state),
        says=letters(element.text),
        links=links,
    )


def _of_person(person: Person) -> frozenset[str]:
    looks = _described(person.pose) | _described(person.expression) | {person.age}
    hair = {*person.hair.style.split(), *_colour(person.hair.colour), "hair", person.hair.colour}
    if person.hair.style.startswith("curly"):
        hair.add("curl")
    if person.hair.beard:
        hair |= {"beard", person.hair.beard}
    gaze = {person.gaze} if person.gaze in GAZE_WORDS else set()
    if gaze & {"up", "down", "away"}:
        gaze |= {"look", "stare", f"{person.gaze}ward", f"{person.gaze}wards"}
    seated = person.sits_on is not None
    carried = {"sit"} if seated else {"lie"} if person.lies_on is not None else set()
    if not (carried or set(person.pose.split()) & _OFF_THE_FEET):
        carried = {"stand"}
    return looks | hair | {word for word in gaze if word} | carried


def _garments(person: Person, wearer: int) -> Iterator[Thing]:
    for garment in person.attire:
        yield Thing(names_of(garment.kind), wearer=wearer, colours=_colour(garment.colour))


def _links(element: Element) -> Iterator[tuple[str, str]]:
    """(kind of relation, id) of all that an element refers to."""
    if element.place.on is not None:
        yield "rests", element.place.on
    if isinstance(element, Person):
        for carrier in (element.sits_on, element.stands_on, element.lies_on):
            if carrier is not None:
                yield "rests", carrier
    if isinstance(element, Person | Animal):
        if element.gaze is not None and element.gaze not in GAZE_WORDS:
            yield "looks", element.gaze
        for hold in element.holds:
            yield "holds", hold.what
        for relation in element.relations:
            for kind in _KINDS[relation.kind]:
                yield kind, relation.target


# -------------------------------------------------------------------------- attributes


def _described(word: str | None) -> frozenset[str]:
    """The words for a pose, an expression or a state."""
    if word is None or word in ("plain", "neutral"):
        return frozenset()
    return lexicon().looks.get(word, frozenset()) | frozenset(singulars(word.split()))


def _colour(colour: str | None) -> frozenset[str]:
    """The families of a colour; none of one that is written as a number."""
    families = lexicon().colours
    return frozenset(families[word] for word in (colour or "").split() if word in families)


def _around(scene: Scene) -> frozenset[str]:
    setting = scene.setting
    words = {*singulars(setting.kind.split()), setting.locale.casefold()} - {""}
    for word in (setting.time_of_day, setting.weather, setting.season):
        words |= lexicon().times.get(word, frozenset())
    return frozenset(words)


def letters(text: str) -> str:
    """A text's words and numbers in capitals with single spaces, as they are compared."""
    return " ".join(_LETTERS.findall(text.upper()))
