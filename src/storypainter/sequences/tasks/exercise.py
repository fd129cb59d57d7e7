"""What a task can ask of a sequence: an exercise, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storypainter.picture import Picture
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.tasks.rows import Task


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that an exercise shows; ``frame`` is its index, ``None`` for another sequence's."""

    picture: Picture
    frame: int | None


@dataclass(frozen=True, slots=True)
class Exercise:
    """Pictures, what is asked about them and the answer, before the question has its wording.

    Attributes:
        form: what is asked, the name of its wordings.
        key: tells exercises of one form and one sequence apart; part of the row's id.
        fields: what the wordings' places are filled with.
        text: the completion.
        answer: the answer in a word or two where few are possible; such forms are balanced.
        options: all possible answers, where they can be listed.
        choice: of the exercises of one sequence and form with the same choice only one is used,
            whichever balances the answers.
        about: whom it asks about, in a word; answers are balanced for each as far as can be.
    """

    task: Task
    form: str
    key: str
    shown: tuple[Shown, ...]
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    options: tuple[str, ...] = ()
    choice: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a form of a task can't be made of a sequence, or of a frame of it."""

    task: Task
    form: str
    reason: str


Asked = Exercise | Lack


def frames(sequence: Sequence, limit: int) -> tuple[Frame, ...]:
    """The frames that one row may show: the first ones."""
    return sequence.frames[:limit]


def shown(sequence: Sequence, *indices: int) -> tuple[Shown, ...]:
    """Pictures of a sequence, by their frames' indices."""
    return tuple(Shown(sequence.frames[at].picture, at) for at in indices)
