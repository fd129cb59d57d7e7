"""Drafts: what a story has told so far of its people, animals and things, before it's a Scene."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from storypainter.director.phrases import Item


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text: its characters and its offsets."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, item: Item) -> Span:
        """The span of an item's head."""
        return cls(item.text, item.start, item.end)


@dataclass(eq=False, slots=True)
class Draft:
    """An element in the making; ``word`` is the painter's word, ``said`` the story's.

    ``near``, ``side`` and ``on`` tell its place by another draft; ``spans`` where it is told of;
    ``about`` what its own clauses are about, ``acted_on`` its verbs with what they are done to; ``idle`` is
    somebody whose pose is not told, ``spare`` one of many whose number is not, ``leads`` whom
    the first clause is about. ``implied`` furniture is the setting's own;
    ``left_out`` says why something told of is not drawn. ``owner`` is whose it is by a possessive,
    ``told`` whether a clause says where it is or what it does or suffers, ``eyes_told`` whether the
    text says, in any way, where somebody looks, ``anonymous`` one of some people of whom only the
    number is told, ``text_in`` the sentence that tells of the lettering,
    ``unworn`` something to wear that nobody is told to have on.
    """

    kind: Literal["person", "animal", "prop", "sign"]
    word: str
    said: str
    spans: list[Span] = field(default_factory=list)
    colour: str | None = None
    conditions: list[str] = field(default_factory=list)
    near: Draft | None = None
    side: str | None = None
    on: Draft | None = None
    holds: list[Draft] = field(default_factory=list)
    held_by: Draft | None = None
    in_mouth: bool = False
    relations: list[tuple[str, Draft]] = field(default_factory=list)
    poses: list[str] = field(default_factory=list)
    text: str = ""
    text_in: str = ""
    time: str | None = None
    date: str | None = None
    age: str = "adult"
    gender: str = "unspecified"
    build: str = "medium"
    skin: str | None = None
    hair_style: str | None = None
    hair_colour: str | None = None
    beard: str | None = None
    garments: list[tuple[str, str | None]] = field(default_factory=list)
    expression: str | None = None
    posture: Literal["sit", "stand", "lie"] | None = None
    name: str = ""
    adjectives: set[str] = field(default_factory=set)
    about: list[Draft] = field(default_factory=list)
    acted_on: list[tuple[str, Draft]] = field(default_factory=list)
    idle: bool = False
    spare: bool = False
    leads: bool = False
    gaze: Draft | None = None
    implied: bool = False
    left_out: str = ""
    owner: Draft | None = None
    told: bool = False
    eyes_told: bool = False
    busy: bool = False
    anonymous: bool = False
    unworn: bool = False

    @property
    def is_person(self) -> bool:
        """Whether it's a person."""
        return self.kind == "person"

    @property
    def there(self) -> bool:
        """Whether it is to be drawn: told of or implied, and not left out."""
        return (bool(self.spans) or self.implied) and not self.left_out

    @property
    def acts(self) -> bool:
        """Whether it can be the subject of an action: a person or an animal."""
        return self.kind in ("person", "animal")

    def hold(self, thing: Draft, mouth: bool = False) -> None:
        """Take a thing into a hand, or into the mouth, unless somebody has it already."""
        if thing is self or thing.held_by is not None or thing.kind in ("person", "sign"):
            return
        if len(self.holds) >= (2 if self.is_person else 1) or thing.holds:
            return
        self.holds.append(thing)
        thing.held_by = self
        thing.in_mouth = mouth
        thing.on = thing.near = None

    def relate(self, kind: str, target: Draft) -> None:
        """Add a relation to another draft, once."""
        if target is not self and all(target is not t or kind != k for k, t in self.relations):
            self.relations.append((kind, target))

    def put(self, way: str, target: Draft) -> None:
        """Place it ``on``, ``near``, ``behind``, in ``front`` of or ``above`` another draft."""
        if target is self or self.on is not None or self.held_by is not None:
            return
        if way in ("on", "in"):
            if not _leads_to(target, self):
                self.on = target
        elif self.near is None and not _leads_to(target, self):
            self.near = target
            self.side = None if way == "near" or (way == "above" and self.acts) else way


def _leads_to(draft: Draft | None, goal: Draft) -> bool:
    """Whether the chain of places from a draft comes to another one."""
    for _ in range(50):
        if draft is None:
            return False
        if draft is goal:
            return True
        draft = draft.on or draft.near
    return True
