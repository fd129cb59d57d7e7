"""What a world is made of: settings, casts, situations, bonds, facts. Pure values.

The format of the files is explained in ``docs/planner.md``; reading and checking them across
files is the work of ``reading.py`` and ``checking.py``.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from storypainter.scene import Age, RelationKind
from storypainter.story import Dimension
from storypainter.value import Value

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Gender = Literal["female", "male"]
Kind = Literal[
    "temptation", "mishap", "distraction", "contest", "secret", "surprise", "kindness",
    "deadline", "mix-up", "danger", "onlooker", "rescue", "farewell", "work", "play", "romance",
]  # fmt: skip
Mood = Literal["gentle", "comic", "tender", "tense", "festive"]
Tension = Literal["unaware", "imminent", "torn"]
OfDay = Literal["dawn", "morning", "noon", "afternoon", "evening", "night"]
Weather = Literal["clear", "cloudy", "rain", "snow", "fog", "wind"]
Season = Literal["spring", "summer", "autumn", "winter"]

AGES: tuple[str, ...] = get_args(Age)
GENDERS: tuple[str, ...] = get_args(Gender)


def _listed(value: Any) -> Any:
    """A string as the list of its words: ``clues = "reach crumbs"`` is two clues."""
    return tuple(value.split()) if isinstance(value, str) else value


Names = Annotated[tuple[Name, ...], BeforeValidator(_listed)]
#: Situations, or single images of them: ``laces bench.asleep``.
Excluded = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")], ...],
    BeforeValidator(_listed),
]
Ages = Annotated[tuple[Age, ...], BeforeValidator(_listed)]


class Row(Value):
    """How somebody or something is drawn: the fields of a Scene's element, under short names.

    Of ``prop``, ``animal`` and ``sign`` a thing has one and a person none. Other elements are
    named by their keys in the same ``draw`` table, by roles and by slots.
    """

    prop: str = ""
    animal: str = ""
    sign: str = ""
    pose: str = ""
    face: str = ""
    gaze: str = ""
    facing: Literal["", "left", "right", "away"] = ""
    holds: Names = ()
    hand: Literal["left", "right", "both", "either"] = "either"
    sits_on: str = ""
    stands_on: str = ""
    lies_on: str = ""
    does: dict[RelationKind, Name] = Field(default_factory=dict)
    wear: tuple[str, ...] = ()
    near: str = ""
    side: Literal["", "left", "right", "front", "behind", "above"] = ""
    on: str = ""
    anchor: str = ""
    depth: Literal["", "front", "middle", "back"] = ""
    state: str = ""
    colour: str = ""
    text: str = ""
    time: str = ""
    date: str = ""
    count: Annotated[int, Field(ge=1, le=8)] = 1
    clues: Names = ()
    importance: Annotated[float, Field(ge=0, le=1)] | None = None

    @property
    def is_thing(self) -> bool:
        """Whether this is a prop, an animal or a sign, and no person."""
        return bool(self.prop or self.animal or self.sign)

    @model_validator(mode="after")
    def _one_kind(self) -> Row:
        if sum(map(bool, (self.prop, self.animal, self.sign))) > 1:
            raise ValueError("is a prop, an animal or a sign, not two of them")
        if self.sign and not (self.text or self.time or self.date):
            raise ValueError("a sign needs a text, a time or a date")
        return self


Draw = dict[Name, Row]


class Noun(Value):
    """A noun with its number. ``(spotted) terrier``: what is in brackets is told once only."""

    text: Line
    plural: bool = False

    @property
    def first(self) -> str:
        """The noun at its first mention."""
        return " ".join(self.text.replace("(", "").replace(")", "").split())

    @property
    def later(self) -> str:
        """The noun at later mentions."""
        return " ".join(re.sub(r"\([^)]*\)", " ", self.text).split())


def _noun(value: Any) -> Any:
    """``"terrier"``, or ``"ducks*"`` with the star of a plural, as a Noun."""
    if isinstance(value, str):
        return {"text": value.rstrip("*"), "plural": value.endswith("*")}
    return value


NounText = Annotated[Noun, BeforeValidator(_noun)]


class Who(Value):
    """Who may take a part: ages, gender, and marks of the cast that are asked for or excluded."""

    ages: Ages = ()
    genders: Annotated[tuple[Gender, ...], BeforeValidator(_listed)] = ()
    marks: Names = ()
    without: Names = ()

    def admits(self, age: str, marks: frozenset[str]) -> bool:
        """Whether somebody of this age and with these marks may take the part."""
        return (
            (not self.ages or age in self.ages)
            and marks.issuperset(self.marks)
            and marks.isdisjoint(self.without)
        )


class Role(Who):
    """A part in a situation. Who ``bears`` it does nothing here and acts in another situation."""

    bears: bool = False


class Fact(Value):
    """What one situation can give and another need; ``of`` names what it is about."""

    id: Name
    of: Names = ()
    says: Line
    wider: Names = ()


class Feeling(Value):
    """A mental state and the expressions of the painter that may show it."""

    id: Name
    faces: tuple[str, ...] = ()


class Give(Value):
    """A fact that a situation brings about, and the conclusions whose clues let it be seen."""

    fact: Name
    of: Names = ()
    shown: Names = ("doing",)


class Need(Value):
    """A fact that a situation needs from another one, and the cause that this makes.

    With ``optional`` the situation does without, and the cause is told if the fact is there.
    """

    fact: Name
    of: Names = ()
    so: Line
    shown: Names = ("doing",)
    optional: bool = False


class Conclusion(Value):
    """What a viewer concludes; ``feels`` is the Feeling of a mental state."""

    dimension: Dimension
    says: Line
    feels: str = ""


class WantedBond(Value):
    """A relationship that a situation asks for between two of its roles, by its ``bond``."""

    bond: Name
    a: Name
    b: Name


class When(Value):
    """When an image can be: empty means any time."""

    of_day: Annotated[tuple[OfDay, ...], BeforeValidator(_listed)] = ()
    weather: Annotated[tuple[Weather, ...], BeforeValidator(_listed)] = ()
    season: Annotated[tuple[Season, ...], BeforeValidator(_listed)] = ()


class Image(Value):
    """One way in which a situation is seen: its telling, its clues, and how it is drawn.

    ``evidence`` maps each conclusion to the clues that imply it; a clue with a question mark
    only adds to them. ``clues`` rewords a clue that doesn't read by itself. ``settings`` empty:
    every setting that has the slots which the image mentions. ``excludes``: situations that
    make no sense with it. ``where``: marks that its setting must have, ``unless``: must not have.
    """

    id: Name
    settings: Names = ()
    tell: Line
    clues: dict[Name, Line] = Field(default_factory=dict)
    evidence: dict[Name, Annotated[tuple[str, ...], BeforeValidator(_listed)]]
    things: dict[Name, NounText] = Field(default_factory=dict)
    draw: Draw
    when: When = When()
    excludes: Excluded = ()
    where: Names = ()
    unless: Names = ()


class Situation(Value):
    """A matter that people are in: who takes part, what it needs and brings about, how it looks.

    ``main``: it can carry a story. ``excludes``: situations that never share a story with it.
    ``where`` and ``unless``: marks that the setting of each of its images must, or must not, have.
    ``strangers``: roles whose people are in no relationship with each other.
    """

    id: Name
    kind: Kind
    mood: Mood = "gentle"
    main: bool = False
    tension: Literal["", "unaware", "imminent", "torn"] = ""
    themes: Names = ()
    settings: Names = ()
    where: Names = ()
    unless: Names = ()
    roles: dict[Name, Role]
    strangers: Names = ()
    gives: tuple[Give, ...] = ()
    needs: tuple[Need, ...] = ()
    bonds: tuple[WantedBond, ...] = ()
    conclusions: dict[Name, Conclusion]
    excludes: Excluded = ()
    things: dict[Name, NounText] = Field(default_factory=dict)
    image: Annotated[tuple[Image, ...], Field(min_length=1)]

    @property
    def acting(self) -> tuple[str, ...]:
        """The roles that act in it."""
        return tuple(name for name, role in self.roles.items() if not role.bears)


class Look(Value):
    """What somebody wears, as it is said after the noun and as it is drawn.

    ``say`` may hold clues and ``{colour}``, which is one of ``colours``. ``where`` and
    ``unless``: marks that the setting must, or must not, have.
    """

    say: Line
    wear: tuple[str, ...] = ()
    hair: str = ""
    colours: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    who: Who = Who()
    when: When = When()
    where: Names = ()
    unless: Names = ()
    locales: tuple[str, ...] = ()


class Member(Value):
    """Somebody who can be met in a setting.

    ``noun`` and ``role`` are one word for both genders or one for each (female, then male).
    ``says`` is the conclusion in the Dimension ``character_role`` that the clues of the looks
    imply; without it no role is concluded.
    """

    id: Name
    noun: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)]
    role: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)]
    age: Age = "adult"
    genders: Annotated[tuple[Gender, ...], BeforeValidator(_listed)] = ("female", "male")
    marks: Names = ()
    looks: tuple[Look, ...] = ()
    says: str = ""
    build: Literal["slim", "medium", "stout"] = "medium"

    def noun_of(self, gender: str) -> str:
        """The noun for somebody of this gender."""
        return self.noun[-1 if gender == "male" else 0]

    def role_of(self, gender: str) -> str:
        """The painter's role for somebody of this gender."""
        return self.role[-1 if gender == "male" else 0]


class Thing(Value):
    """Something that a setting offers for a slot: its noun and how it is drawn."""

    id: Name
    noun: NounText
    draw: Row
    shared: bool = False
    locales: tuple[str, ...] = ()


class Scenery(Value):
    """Something that is seen and nobody does: its sentence, its clues, how it is drawn."""

    id: Name
    tell: Line
    clues: dict[Name, Line] = Field(default_factory=dict)
    draw: Draw
    things: dict[Name, NounText] = Field(default_factory=dict)
    locales: tuple[str, ...] = ()


class Time(Scenery):
    """A time that can be seen, the conclusion about it, what it gives (facts about nobody)."""

    says: Line
    gives: Names = ()
    of_day: OfDay = "afternoon"
    weather: Weather = "clear"
    season: Season = "summer"
    themes: Names = ()


class Detail(Scenery):
    """Something of the setting that lets the place be recognised.

    ``excludes``: situations, or images of them, that it would contradict.
    """

    when: When = When()
    excludes: Excluded = ()


class Setting(Value):
    """A place with its people, times, details and slots. ``ink`` is the painter's setting.

    ``marks`` say what kind of place it is (``outdoors``, ``quiet`` …): situations ask for them.
    """

    id: Name
    ink: str
    noun: Line
    location: Line
    themes: Names = ()
    marks: Names = ()
    of_day: OfDay = "afternoon"
    season: Season = "summer"
    cast: Annotated[tuple[Member, ...], Field(min_length=3)]
    time: tuple[Time, ...] = ()
    detail: Annotated[tuple[Detail, ...], Field(min_length=1)]
    slot: dict[Name, tuple[Thing, ...]] = Field(default_factory=dict)


class Evidence(Value):
    """How a bond between two people is seen: what both wear, or their hair.

    ``tell`` is a sentence about ``{a}`` and ``{b}``; or ``first`` is said after the noun of whoever
    is mentioned first and ``second`` after the other's. ``shows`` is the clue that either of them, ``{self}``, carries. ``{colour}`` is one of ``colours``.
    """

    id: Name
    tell: Line
    first: str = ""
    second: str = ""
    shows: Line
    wear: tuple[str, ...] = ()
    hair: str = ""
    colours: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    when: When = When()
    where: Names = ()
    unless: Names = ()
    locales: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_told(self) -> Evidence:
        if bool(self.first) != bool(self.second):
            raise ValueError("needs both 'first' and 'second', or neither")
        if not (self.wear or self.hair):
            raise ValueError("needs 'wear' or 'hair', so that it can be drawn")
        return self


class Relationship(Value):
    """A relationship of the class ``bond`` between ``a`` and ``b`` and the evidence for it.

    ``kin``: the two look alike, and are drawn with the same skin and hair.
    """

    id: Name
    bond: Name
    kin: bool = False
    a: Who
    b: Who
    says: Line
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]


class LocalTime(Time):
    """A time of a culture, for the settings that it names (all if it names none)."""

    settings: Names = ()


class Locale(Value):
    """A culture that a Brief may ask for, by its ``id`` or one of its ``names``.

    ``ink`` is what the painter calls it. What belongs to it says so by ``locales``; what names no
    locale belongs to all.
    """

    id: Name
    names: tuple[str, ...] = ()
    ink: str

    def is_called(self, name: str) -> bool:
        """Whether a user means this locale."""
        asked = name.strip().casefold().replace("_", "-")
        return asked in {self.id.replace("_", "-"), *(each.casefold() for each in self.names)}
