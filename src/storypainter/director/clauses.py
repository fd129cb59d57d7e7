"""What a clause says: a verb with who does it to what, and what stands where."""

from __future__ import annotations

from dataclasses import dataclass, field

from storypainter.director.drafts import Draft
from storypainter.director.phrases import Item

#: Words before a verb that is only intended or possible.
MEANT = frozenset(
    {"to", "can", "could", "would", "will", "must", "may", "might", "should", "cannot"}
)


@dataclass(slots=True)
class Action:
    """A verb with those who do it, what it is done to, and the prepositions behind it.

    ``meant`` is what is only intended or possible: "to pull", "could sit"; ``limb`` is what a part
    of a body does: "his hand lies on the table"; ``taken`` is a verb of something that is told, but
    not drawn; ``draws`` is one of what is only drawn: "he draws a horse".
    """

    verb: str
    form: str
    subjects: list[Draft]
    negated: bool = False
    unreal: bool = False
    objects: list[Draft] = field(default_factory=list)
    recipients: list[Draft] = field(default_factory=list)
    particles: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    said: str = ""
    start: int = 0
    has_object: bool = False
    self_part: bool = False
    inverted: bool = False
    meant: bool = False
    limb: bool = False
    taken: bool = False
    draws: bool = False


@dataclass(slots=True)
class Link:
    """A preposition between what stands before it and a noun: "a cup | on | the table"."""

    word: str
    anchors: list[Draft]
    targets: list[Draft]
    item: Item
    owners: list[Draft] = field(default_factory=list)
