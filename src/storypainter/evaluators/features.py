"""What a picture shows, in words: chains by Dimension and a description, as a scorer reads them.

The features of the image semantic assessment task (ISA, arXiv 2501.01982): for each of seven
Dimensions the clues and what follows from them, then a description; or a description alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Self

from pydantic import field_validator, model_validator

from storypainter.evaluators.feature_words import ARROW, flat, plain, says_nothing
from storypainter.story import Clue, Dimension, Story
from storypainter.value import Value

#: Where features come from: a Seer's answer with chains, one without, the story's own Chains.
Source = Literal["cot", "naive", "chains"]

_DESCRIPTION = "Description"
_NONE = "None"


class Inference(Value):
    """What follows in one Dimension, and the clues it follows from.

    Looser than a Chain, since real answers are: ``clues`` may be empty (a conclusion without its
    reasons), or ``conclusion`` (clues from which nothing was concluded), never both. Texts are one
    line without markdown and without the separators of the notation.
    """

    dimension: Dimension
    clues: tuple[Clue, ...] = ()
    conclusion: str = ""

    @field_validator("conclusion")
    @classmethod
    def _plain(cls, conclusion: str) -> str:
        return plain(conclusion)

    @field_validator("clues")
    @classmethod
    def _plain_clues(cls, clues: tuple[Clue, ...]) -> tuple[Clue, ...]:
        return tuple(Clue(text=plain(clue.text), id=clue.id) for clue in clues)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.clues and not self.conclusion:
            raise ValueError("neither clues nor a conclusion")
        if self.conclusion and says_nothing(self.conclusion):
            raise ValueError("the conclusion says that there is nothing")
        return self

    @property
    def is_chain(self) -> bool:
        """Whether it has both clues and a conclusion."""
        return bool(self.clues and self.conclusion)

    @property
    def line(self) -> str:
        """``clue + clue -> conclusion``; a missing side is left empty, the arrow stays."""
        return f"{' + '.join(clue.text for clue in self.clues)} -> {self.conclusion}".strip()

    @classmethod
    def from_line(cls, line: str, dimension: Dimension) -> Self:
        """Read a :attr:`line` back.

        Raises:
            ValueError: it is none.
        """
        left, arrow, right = f" {line} ".partition(" -> ")
        if not arrow or ARROW.search(left) or ARROW.search(right):
            raise ValueError("not one arrow")
        clues = [clue.strip() for clue in left.split(" + ")] if left.strip() else []
        found = cls(
            dimension=dimension,
            clues=tuple(Clue(text=clue) for clue in clues),
            conclusion=right.strip(),
        )
        if found.line != line:
            raise ValueError("not the notation")
        return found


class Features(Value):
    """Inferences in the order of the Dimensions, and a description (one line, may be empty).

    ``notes`` says what was amiss with the answer (a category left out, a cut description).
    """

    source: Source
    inferences: tuple[Inference, ...] = ()
    description: str = ""
    notes: tuple[str, ...] = ()

    @field_validator("inferences")
    @classmethod
    def _in_order(cls, inferences: tuple[Inference, ...]) -> tuple[Inference, ...]:
        order = {dimension: at for at, dimension in enumerate(Dimension)}
        return tuple(sorted(inferences, key=lambda each: order[each.dimension]))

    @field_validator("description")
    @classmethod
    def _one_line(cls, description: str) -> str:
        return flat(description)

    def of(self, dimension: Dimension) -> tuple[Inference, ...]:
        """The inferences of one Dimension, in the order in which they were given."""
        return tuple(each for each in self.inferences if each.dimension is dimension)

    @property
    def text(self) -> str:
        """What a scorer reads: see :meth:`text_of`."""
        return self.text_of()

    def text_of(self, *, chains: bool = True, description: bool = True) -> str:
        """The features as text, with or without a part (for ablations).

        One line an inference, ``Time: clue + clue -> conclusion``, in the order of the Dimensions
        (time, location, role, relationship, event, cause, mental state); ``Time: None`` where a
        Dimension has none; then ``Description: …``. A ``naive`` source has its description alone.
        """
        if self.source == "naive":
            return self.description if description else ""
        lines = list(self._lines()) if chains else []
        if description and self.description:
            lines.append(f"{_DESCRIPTION}: {self.description}")
        return "\n".join(lines)

    def _lines(self) -> Iterator[str]:
        for dimension in Dimension:
            for each in self.of(dimension) or (None,):
                yield f"{dimension.label}: {each.line if each is not None else _NONE}"


def as_printed(text: str) -> Features | None:
    """Features read from a text in exactly the form of :attr:`Features.text`, else ``None``.

    Where an answer keeps the form that it was asked for, only ``+`` separates clues.
    """
    labels = {dimension.label: dimension for dimension in Dimension}
    lines = text.split("\n")
    description = ""
    if lines[-1].startswith(f"{_DESCRIPTION}: "):
        description = lines.pop().removeprefix(f"{_DESCRIPTION}: ")
    seen: dict[Dimension, list[Inference]] = {}
    try:
        for line in lines:
            label, _, rest = line.partition(": ")
            found = seen.setdefault(labels[label], [])
            if rest != _NONE:
                found.append(Inference.from_line(rest, labels[label]))
    except (KeyError, ValueError):
        return None
    inferences = tuple(each for found in seen.values() for each in found)
    read = Features(source="cot", inferences=inferences, description=description)
    return read if read.text == text and list(seen) == list(Dimension) else None


def of_chains(story: Story) -> Features | None:
    """The features that a story's own Chains are; ``None`` where it has none.

    The description is the story itself. They say what the story holds, not what a picture shows.
    """
    inferences = tuple(
        Inference(dimension=chain.dimension, clues=chain.clues, conclusion=chain.conclusion)
        for chain in story.chains
        if not says_nothing(chain.conclusion)
    )
    if not inferences:
        return None
    return Features(source="chains", inferences=inferences, description=story.text)


def distinct(inferences: Iterable[Inference]) -> tuple[Inference, ...]:
    """Without those that were given word for word before."""
    return tuple({(each.dimension, each.line): each for each in inferences}.values())
