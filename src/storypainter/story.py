"""Stories and what they are made of: Dimension, Clue, Chain, Story, Brief, KeyPoint.

Pure values; nothing here reads a file or calls a model. The definitions follow "Generating
Storytelling Images with Rich Chains-of-Reasoning" (arXiv 2512.07198), sections 2.1 and 2.2.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from storypainter.errors import BadInput
from storypainter.value import Seed, Value

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$")]

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SEPARATOR = re.compile(r"\s\+\s|->|[\r\n]")


class Dimension(StrEnum):
    """The seven dimensions of meaning in a Storytelling Image (paper, section 2.2)."""

    TIME = "time"
    LOCATION = "location"
    CHARACTER_ROLE = "character_role"
    CHARACTER_RELATIONSHIP = "character_relationship"
    EVENT = "event"
    EVENT_CAUSAL_RELATIONSHIP = "event_causal_relationship"
    MENTAL_STATE = "mental_state"

    @property
    def label(self) -> str:
        """The name that the paper prints, for example ``Event Causal Relationship``."""
        return self.value.replace("_", " ").title()


class Clue(Value):
    """Something that can be seen.

    ``text`` can't hold a line break, ``->`` or a free-standing ``+``: those are the separators
    of the chain notation. ``id`` is set where scene elements and regions refer to the clue.
    """

    text: Text
    id: Id | None = None

    @field_validator("text")
    @classmethod
    def _no_separator(cls, text: str) -> str:
        return _without_separator(text)


class Chain(Value):
    """A Chain-of-Reasoning: clue ∧ clue ∧ … ⇒ conclusion, in one Dimension (paper, equation 1)."""

    dimension: Dimension
    clues: Annotated[tuple[Clue, ...], Field(min_length=1)]
    conclusion: Text
    id: Id | None = None

    @field_validator("conclusion")
    @classmethod
    def _no_separator(cls, conclusion: str) -> str:
        return _without_separator(conclusion)

    @property
    def notation(self) -> str:
        """CogBench's notation, ``clue + clue -> conclusion`` (ids are not part of it)."""
        return " + ".join(clue.text for clue in self.clues) + " -> " + self.conclusion

    @classmethod
    def from_notation(cls, text: str, dimension: Dimension) -> Self:
        """Read ``clue + clue -> conclusion``.

        Raises:
            BadInput: no arrow or more than one, or an empty clue or conclusion.
        """
        sides = text.split("->")
        if len(sides) != 2:
            found = "no '->'" if len(sides) == 1 else "more than one '->'"
            raise BadInput(
                f"chain {_short(text)!r} has {found}", "write it as: clue + clue -> conclusion"
            )
        clues = [part.strip() for part in re.split(r"(?:^|\s)\+(?=\s|$)", sides[0].strip())]
        conclusion = sides[1].strip()
        if not all(clues) or not conclusion:
            raise BadInput(
                f"chain {_short(text)!r} has an empty clue or conclusion",
                "write it as: clue + clue -> conclusion",
            )
        return cls(
            dimension=dimension,
            clues=tuple(Clue(text=clue) for clue in clues),
            conclusion=conclusion,
        )


class ExampleUsed(Value):
    """An in-context example as it was shown to the Storyteller."""

    id: str
    text: str


class StoryOrigin(Value):
    """How a Story was made; enough to make it again.

    ``parameters`` holds every sampling field that was sent; ``prompt`` is the hash of the
    template, ``seed`` the seed of the item's example sampling.
    """

    storyteller: str
    mode: Literal["naive", "cor_guided", "planned", "mini", "written"]
    prompt: str | None = None
    pool: str | None = None
    seed: Seed | None = None
    examples: tuple[ExampleUsed, ...] = ()
    parameters: dict[str, Any] = Field(default_factory=dict)


class Story(Value):
    """A single-moment story, with its Chains where they are known, and how it was made.

    ``notes`` says what was changed or found while the reply was read (a heading dropped, a
    required element missing); ``entities`` are the concrete things that could be seen;
    ``themes`` what a collection is balanced by (``place``, ``season``, ``mood``: any names).
    """

    id: Id
    text: Text
    chains: tuple[Chain, ...] = ()
    entities: tuple[Text, ...] = ()
    gist: str = ""
    title: str = ""
    themes: dict[Id, Text] = Field(default_factory=dict)
    origin: StoryOrigin | None = None
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """The number of whitespace-separated words (the paper's # Word)."""
        return len(self.text.split())


class Brief(Value):
    """What the user asks for. Every field is optional; an empty Brief asks for anything.

    A number among ``people`` is how many there are. ``clues``, ``chains`` and ``causal`` are exact
    numbers of Clues, Chains and causal Chains; ``at_least`` holds minima such as ``mental_state=2``.
    ``tension``: somebody is unaware, something is imminent, or somebody is torn.
    """

    theme: str = ""
    setting: str = ""
    people: tuple[Text, ...] = ()
    required: tuple[Text, ...] = ()
    forbidden: tuple[Text, ...] = ()
    language: str = ""
    locale: str = ""
    audience: str = ""
    style: str = ""
    richness: Literal["", "sparse", "medium", "rich"] = ""
    clues: Annotated[int, Field(ge=1, le=60)] | None = None
    chains: Annotated[int, Field(ge=1, le=60)] | None = None
    causal: Annotated[int, Field(ge=0, le=20)] | None = None
    at_least: tuple[Text, ...] = ()
    tension: Literal["", "unaware", "imminent", "torn"] = ""

    @model_validator(mode="after")
    def _no_contradiction(self) -> Self:
        both = {item.casefold() for item in self.required} & {
            item.casefold() for item in self.forbidden
        }
        if both:
            raise ValueError(f"{sorted(both)[0]!r} is both required and forbidden")
        return self


class KeyPoint(Value):
    """One checkable sentence of a Story, in one Dimension."""

    dimension: Dimension
    sentence: Text
    chain: Id | None = None


def _without_separator(text: str) -> str:
    """One line with single spaces, as the notation reads it back."""
    if _SEPARATOR.search(f" {text} "):
        raise ValueError("must not hold a line break, '->' or a free-standing '+'")
    if _CONTROL.search(text):
        raise ValueError("must not hold a control character")
    return " ".join(text.split())


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
