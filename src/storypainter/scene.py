"""Scene: the picture before it is painted. Pure values.

A Scene says *what* is to be seen and how things relate, never where on the canvas: no field
holds a coordinate. Words for kinds, poses, expressions, attire and states are checked against
a painter's vocabulary (``ink/vocabulary.json``) by that painter, not here.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from storypainter.story import Id, Text
from storypainter.value import Value

Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([ -][a-z0-9]+)*$", max_length=60)]
Colour = Annotated[str, Field(pattern=r"^([a-z]+( [a-z]+)?|#[0-9a-f]{6})$", max_length=30)]
Importance = Annotated[float, Field(ge=0, le=1)]

Age = Literal["toddler", "child", "teen", "adult", "elder"]
Build = Literal["slim", "medium", "stout"]
Hand = Literal["left", "right", "both", "either", "mouth"]
RelationKind = Literal[
    "looks_at",
    "points_at",
    "reaches_for",
    "hands_to",
    "touches",
    "hugs",
    "hides_from",
    "hides_behind",
    "carries",
    "pushes",
    "pulls",
    "leads",
    "whispers_to",
    "photographs",
    "walks_towards",
    "runs_from",
    "faces",
]


class Setting(Value):
    """Where and when: the kind is a setting kit of the painter, such as ``park``."""

    kind: Word
    time_of_day: Literal["dawn", "morning", "noon", "afternoon", "evening", "night"] = "afternoon"
    weather: Literal["clear", "cloudy", "rain", "snow", "fog", "wind"] = "clear"
    season: Literal["spring", "summer", "autumn", "winter"] = "summer"
    locale: str = ""


class Place(Value):
    """Where an element stands, told by relations; every field is a wish the layout keeps.

    ``anchor`` is a named place of the setting (``bench``, ``pond edge``); ``near`` another
    element's id, with ``side`` of it; ``on`` an element that carries this one; ``depth`` a band.
    """

    anchor: Word | None = None
    near: Id | None = None
    side: Literal["left", "right", "front", "behind", "above"] | None = None
    on: Id | None = None
    depth: Literal["front", "middle", "back"] | None = None


class Element(Value):
    """What all elements of a Scene share: an id, the Clues it carries, and its importance."""

    id: Id
    clues: tuple[Id, ...] = ()
    importance: Importance = 0.5
    place: Place = Place()


class Garment(Value):
    """One piece of attire, such as ``apron`` in ``white``."""

    kind: Word
    colour: Colour | None = None


class Hair(Value):
    """A hair style of the painter's vocabulary, its colour, and a beard if there is one."""

    style: Word = "short"
    colour: Colour = "brown"
    beard: Word | None = None


class Hold(Value):
    """What a hand holds: the id of a prop (or of an animal), and which hand."""

    what: Id
    hand: Hand = "either"


class Relation(Value):
    """A relation from the element that carries it to ``target``, the id of another element."""

    kind: RelationKind
    target: Id


class Person(Element):
    """A person: who they are, what they do, feel, hold and look at.

    ``gaze`` is an element's id, ``viewer``, or a direction; ``facing`` the way the body points.
    ``sits_on``, ``stands_on`` and ``lies_on`` (an id) say what carries them; otherwise it is the
    ground. No ``attire`` means what the role wears where the Scene is set.
    """

    role: Word
    age: Age = "adult"
    gender: Literal["female", "male", "unspecified"] = "unspecified"
    build: Build = "medium"
    skin: Word = "light"
    hair: Hair = Hair()
    attire: tuple[Garment, ...] = ()
    pose: Word = "stand"
    expression: Word = "neutral"
    gaze: str | None = None
    facing: Literal["left", "right", "away"] | None = None
    sits_on: Id | None = None
    stands_on: Id | None = None
    lies_on: Id | None = None
    holds: tuple[Hold, ...] = ()
    relations: tuple[Relation, ...] = ()


class Animal(Element):
    """An animal with a pose (``sit``, ``run``) of the painter's vocabulary."""

    species: Word
    pose: Word = "stand"
    colour: Colour | None = None
    gaze: str | None = None
    facing: Literal["left", "right"] | None = None
    holds: tuple[Hold, ...] = ()
    relations: tuple[Relation, ...] = ()


class Prop(Element):
    """A thing, with its state (``tipping``, ``melting``, ``open``) where it has one."""

    kind: Word
    state: Word | None = None
    colour: Colour | None = None
    text: str = ""


class Sign(Element):
    """Something to read: a sign with ``text``, a clock with a ``time``, a calendar with a date."""

    kind: Word = "sign"
    text: str = ""
    time: Annotated[str, Field(pattern=r"^([01]?\d|2[0-3]):[0-5]\d$")] | None = None
    date: Text | None = None
    state: Word | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.text.strip() or self.time or self.date):
            raise ValueError("a sign needs a text, a time or a date")
        return self


class Scene(Value):
    """What is to be painted. Ids are unique, and every reference names an element of the Scene.

    ``left_out`` says, one line each, what of the story is not in it.
    """

    setting: Setting
    people: tuple[Person, ...] = ()
    animals: tuple[Animal, ...] = ()
    props: tuple[Prop, ...] = ()
    signs: tuple[Sign, ...] = ()
    left_out: tuple[Annotated[str, Field(max_length=300)], ...] = ()

    @property
    def elements(self) -> tuple[Person | Animal | Prop | Sign, ...]:
        """All elements in drawing-independent order: people, animals, props, signs."""
        return (*self.people, *self.animals, *self.props, *self.signs)

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        ids: set[str] = set()
        for each in self.elements:
            if each.id in ids:
                raise ValueError(f"the id {each.id!r} is used twice")
            ids.add(each.id)
        groups: dict[str, tuple[Element, ...]] = {
            "people": self.people,
            "animals": self.animals,
            "props": self.props,
            "signs": self.signs,
        }
        for field, group in groups.items():
            for index, element in enumerate(group):
                for name, target in _references(element):
                    if target == element.id:
                        raise ValueError(f"{field}[{index}].{name}: {target!r} refers to itself")
                    if target not in ids:
                        raise ValueError(f"{field}[{index}].{name}: no element {target!r}")
        return self


GAZE_WORDS = frozenset({"viewer", "left", "right", "up", "down", "away"})


def _references(element: Element) -> list[tuple[str, str]]:
    """Every (field, element id) that an element refers to."""
    found = [("place.near", element.place.near), ("place.on", element.place.on)]
    if isinstance(element, Person):
        found += [("sits_on", element.sits_on), ("stands_on", element.stands_on)]
        found.append(("lies_on", element.lies_on))
    if isinstance(element, Person | Animal):
        if element.gaze not in GAZE_WORDS:
            found.append(("gaze", element.gaze))
        found += [(f"holds[{i}]", hold.what) for i, hold in enumerate(element.holds)]
        found += [(f"relations[{i}]", r.target) for i, r in enumerate(element.relations)]
    return [(name, target) for name, target in found if target is not None]
