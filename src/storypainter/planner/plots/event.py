"""What plots are made of: events, facts, things, pieces of places. Pure values, as files hold them.

``docs/plots.md`` explains the format. Reading the files is the work of ``reading.py``, checking them
against each other that of ``checking.py``.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from storypainter.planner.world import Draw, Line, Name, Names, NounText, Row, When, Who
from storypainter.value import Value

Beat = Literal["opening", "trouble", "attempt", "turn", "ending"]
BEATS: tuple[str, ...] = get_args(Beat)
#: What a fact can be about.
Sort = Literal["person", "thing"]

_LITERAL = re.compile(r"([a-z][a-z0-9_]*)(?:\(\s*([a-z0-9_]+(?:\s*,\s*[a-z0-9_]+)?)\s*\))?")


class Truth(Value):
    """A fact about named ones: ``holds(owner, toy)``. At most two; none: about the whole scene."""

    fact: Name
    of: tuple[Name, ...] = ()

    def __str__(self) -> str:
        return f"{self.fact}({', '.join(self.of)})" if self.of else self.fact


def _literal(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _LITERAL.fullmatch(value.strip())
    if match is None:
        raise ValueError(
            f"{value[:60]!r} is no fact; write holds(owner, toy), sad(owner) or raining"
        )
    return {"fact": match[1], "of": re.split(r"\s*,\s*", match[2]) if match[2] else []}


FactOf = Annotated[Truth, BeforeValidator(_literal)]
Facts = tuple[FactOf, ...]


def _texts(value: Any) -> Any:
    """Wordings separated by ``||``, as a tuple."""
    if isinstance(value, str):
        return tuple(each.strip() for each in value.split("||"))
    return value


Wordings = Annotated[
    tuple[
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)], ...
    ],
    Field(min_length=1),
    BeforeValidator(_texts),
]


class Fact(Value):
    """Something that can be true of people and things, or of the whole scene.

    ``of`` names what it is about, in order: ``person`` or ``thing``. ``group``: of the facts of one
    group only one is true of its ``key`` (an index into ``of``) at a time; so a thing is in one place,
    and who is happy is no longer sad. ``open``: a trouble; at the end it is over, or the
    ending accepts it. ``gone``: what it is about is no longer seen. ``quiet``: it is no cause (whose a thing is). ``weather``: what the sky does
    while it is true. ``feels`` with ``face``: what it makes its person feel, and how that looks.
    ``draw``: how a thing is placed while it is true, where an event doesn't say it.
    ``now`` and ``was`` say it in a clause, present and past.
    """

    id: Name
    of: tuple[Sort, ...] = ()
    group: str = ""
    key: Annotated[int, Field(ge=0, le=1)] = 0
    open: bool = False
    gone: bool = False
    quiet: bool = False
    reason: bool = False
    weather: str = ""
    feels: str = ""
    face: str = ""
    draw: Row | None = None
    now: Line
    was: Line

    @model_validator(mode="after")
    def _makes_sense(self) -> Fact:
        if len(self.of) > 2:
            raise ValueError("is about two at most")
        if self.group and self.key >= len(self.of):
            raise ValueError("'key' is the place in 'of', from 0")
        return self


class Kind(Value):
    """A kind of thing that events can be about: its noun, its classes, how it is drawn.

    ``state`` maps facts to the painter's states, and ``pose`` (of animals) to poses: the first fact
    that is true counts, ``""`` is the usual one. ``words`` are what texts ask for by
    ``{toy.word}``. ``alive``: an animal, a character of the story.
    """

    id: Name
    classes: Names = ()
    noun: NounText
    draw: Row
    colours: Annotated[
        tuple[str, ...], BeforeValidator(lambda v: v.split() if isinstance(v, str) else v)
    ] = ()
    state: dict[str, str] = Field(default_factory=dict)
    pose: dict[str, str] = Field(default_factory=dict)
    words: dict[Name, str] = Field(default_factory=dict)
    where: Names = ()
    unless: Names = ()
    when: When = When()

    @property
    def alive(self) -> bool:
        """Whether it is an animal."""
        return bool(self.draw.animal)

    @property
    def names(self) -> frozenset[str]:
        """What an event can ask for it by: itself and its classes."""
        return frozenset((self.id, *self.classes))


class Piece(Value):
    """A piece of the place that events ask for (``tree``), and what each setting has for it."""

    id: Name
    noun: NounText
    draw: Row
    settings: Names


class Place(Value):
    """How a setting is dressed in every picture of a plot: pieces that let it be recognised.

    ``noun`` is what captions call it, ``at`` the words for where it happens ("in the park").
    """

    setting: Name
    noun: Line
    at: Line
    draw: Draw = Field(default_factory=dict)
    seasons: Annotated[
        tuple[str, ...], BeforeValidator(lambda v: v.split() if isinstance(v, str) else v)
    ] = ("summer",)


class Part(Who):
    """Somebody in an event. ``comes``: ``no`` (has to be there), ``yes`` (arrives now), ``may``.

    Who ``leaves`` is not in later pictures.
    """

    comes: Literal["no", "yes", "may"] = "no"
    leaves: bool = False


def _part(value: Any) -> Any:
    """``"child teen"``: somebody of one of these ages."""
    if isinstance(value, str):
        return {"ages": value} if value != "any" else {}
    return value


class Event(Value):
    """Something that happens in one picture: who and what takes part, what it needs and brings about.

    ``things`` maps names to the kinds or classes that fit. ``pieces`` are parts of the place that it
    needs. ``needs`` holds before, ``gives`` afterwards; ``ends`` no longer. ``without`` must not hold.
    ``accepts`` (of an ending): troubles that stay. A ``vain`` attempt need not lead to anything. ``look``: what those look at who stand by.
    """

    id: Name
    beat: Beat
    settings: Names = ()
    where: Names = ()
    unless: Names = ()
    when: When = When()
    people: dict[Name, Annotated[Part, BeforeValidator(_part)]] = Field(default_factory=dict)
    things: dict[Name, Names] = Field(default_factory=dict)
    pieces: Names = ()
    needs: Facts = ()
    also: Facts = ()
    without: Facts = ()
    gives: Facts = ()
    ends: Facts = ()
    accepts: Facts = ()
    vain: bool = False
    tell: Line
    caption: Wordings
    event: Wordings
    does: dict[Name, Wordings]
    feels: dict[Name, str] = Field(default_factory=dict)
    draw: Draw
    look: str = ""

    @property
    def new_things(self) -> tuple[str, ...]:
        """The things that come up here for the first time: no need is about them."""
        needed = {name for need in self.needs for name in need.of}
        return tuple(name for name in self.things if name not in needed)
