"""From a set of sequences to rows: exercises of each task, balanced, mixed by weights."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storypainter.errors import BadInput
from storypainter.picture import Picture
from storypainter.sequence import Sequence
from storypainter.sequences.sets import SequenceSet, picture_file
from storypainter.sequences.tasks import consistency, continuing, describing, feeling, telling
from storypainter.sequences.tasks.asked import Asked
from storypainter.sequences.tasks.balancing import Of, chosen, in_turns, trimmed
from storypainter.sequences.tasks.exercise import Asked as AskedOf
from storypainter.sequences.tasks.exercise import Exercise, Lack
from storypainter.sequences.tasks.mixing import Mix, mixed
from storypainter.sequences.tasks.others import Others
from storypainter.sequences.tasks.rows import PARTS, Part, Task, TaskRow, answering, asking
from storypainter.sequences.tasks.wordings import Wordings
from storypainter.training.distilling.drawing import Draw
from storypainter.value import content_hash

#: Which part of a set becomes which part of the tasks; ``test`` becomes none.
FROM: Mapping[Part, str] = {"train": "train", "heldout": "validation"}
UNUSED = "test"


@dataclass(frozen=True, slots=True)
class MadePart:
    """The rows of one part.

    Attributes:
        mix: how many rows of each task there are, and which tasks ran out.
        lacks: what couldn't be made, by task, form and reason.
        surplus: by form, the exercises that were dropped because their answers are too frequent.
        passed_over: sequences of which nothing is made, by reason.
        sequences: those that rows are of or show pictures of, by id.
    """

    rows: tuple[TaskRow, ...]
    mix: Mix
    available: Mapping[Task, int]
    lacks: Counter[tuple[Task, str, str]]
    surplus: Counter[tuple[Task, str]]
    passed_over: Counter[str]
    read: int
    sequences: Mapping[str, Sequence]


@dataclass(frozen=True, slots=True)
class Made:
    """Rows to learn from and held out, and the pictures that they show."""

    asked: Asked
    parts: Mapping[Part, MadePart]
    pictures: Mapping[str, Picture]

    @property
    def rows(self) -> Iterator[TaskRow]:
        """All rows."""
        for part in PARTS:
            yield from self.parts[part].rows


def fingerprint(source: SequenceSet) -> str:
    """The hash of the rows of a set, by which its tasks are known to be its own."""
    return content_hash([source.manifest["files"][f"{part}.jsonl"] for part in source.parts])


def make(source: SequenceSet, asked: Asked, wordings: Wordings) -> Made:
    """The tasks of a set: ``train`` to learn from, ``validation`` held out, ``test`` unused.

    Raises:
        BadInput: the set has no sequence to learn from, or none of which anything can be made.
    """
    if not source.sequences("train"):
        raise BadInput(
            f"{source.path} has no sequences to train on", "make or build a set of at least six"
        )
    train, held = len(source.sequences("train")), len(source.sequences("validation"))
    wanted: dict[Part, int] = {
        "train": asked.n, "heldout": max(1, round(asked.n * held / train)) if asked.n else 0
    }  # fmt: skip
    parts = {part: _made_part(source, part, asked, wanted[part], wordings) for part in PARTS}
    if not parts["train"].rows:
        reasons = Counter[str]()
        for (task, _, reason), count in parts["train"].lacks.items():
            reasons[f"{task}: {reason}"] += count
        reasons += parts["train"].passed_over
        told = "; ".join(reason for reason, _ in reasons.most_common(3))
        raise BadInput(f"{source.path}: no row can be made ({told})", "give a set with annotations")
    _check_unused(source, parts)
    shown = {
        frame.picture.file: frame.picture
        for made in parts.values()
        for each in made.sequences.values()
        for frame in each.frames
    }
    return Made(asked, parts, shown)


def stored(sequence: Sequence) -> Sequence:
    """A sequence whose pictures are called by their hashes, as they lie beside the rows."""
    frames = tuple(
        frame.model_copy(update={"picture": _stored(frame.picture)}) for frame in sequence.frames
    )
    return sequence.model_copy(update={"frames": frames})


def _stored(picture: Picture) -> Picture:
    return picture.model_copy(update={"file": picture_file(picture.sha256, picture.media_type)})


def _made_part(
    source: SequenceSet, part: Part, asked: Asked, n: int, wordings: Wordings
) -> MadePart:
    everything = source.sequences(FROM[part])
    elsewhere = _hashes(
        each for other in source.parts if other != FROM[part] for each in source.sequences(other)
    )
    sequences: list[Sequence] = []
    passed_over: Counter[str] = Counter()
    for each in everything:
        if not each.language.lower().startswith("en"):
            passed_over["its language is not English, in which the questions are"] += 1
        elif _hashes([each]) & elsewhere:
            passed_over["it shows a picture that another part of the set shows as well"] += 1
        else:
            sequences.append(stored(each))
    lacks: Counter[tuple[Task, str, str]] = Counter()
    surplus: Counter[tuple[Task, str]] = Counter()
    ready: dict[Task, list[Of[Sequence]]] = {}
    others = Others(sequences)
    for task in asked.weights:
        ways: dict[tuple[str, str, str], list[Of[Sequence]]] = defaultdict(list)
        for sequence in sequences:
            draw = Draw(asked.seed, sequence.id)
            missing = set()
            for found in _asked_of(task, sequence, asked.frames_max, others, draw):
                if isinstance(found, Lack):
                    missing.add((found.task, found.form, found.reason))
                else:
                    way = found.choice or f"key {found.key}"
                    ways[sequence.id, found.form, way].append(Of(sequence, found))
            lacks.update(missing)
        drawn = Draw(asked.seed, f"order {task}")
        groups = [
            sorted(ways[way], key=lambda each: drawn.number(f"{way} {each.exercise.key}"))
            for way in sorted(ways, key=lambda each: drawn.number(str(each)))
        ]
        kept, dropped = trimmed(chosen(groups))
        ready[task] = in_turns(kept)
        surplus.update({(task, form): count for form, count in dropped.items()})
    available = {task: len(several) for task, several in ready.items()}
    mix = mixed(asked.weights, available, n)
    rows = [
        _row(each.source, each.exercise, wordings, asked.seed)
        for task, several in ready.items()
        for each in several[: mix.rows[task]]
    ]
    rows.sort(key=lambda row: Draw(asked.seed, row.id).number("place"))
    images = {image for row in rows for image in row.images}
    ids = {row.sequence for row in rows}
    used = {
        each.id: each
        for each in sequences
        if each.id in ids or any(frame.picture.file in images for frame in each.frames)
    }
    return MadePart(
        tuple(rows), mix, available, lacks, surplus, passed_over, len(everything), used
    )  # fmt: skip


def _asked_of(
    task: Task, sequence: Sequence, limit: int, others: Others, draw: Draw
) -> Iterable[AskedOf]:
    if task == "caption":
        return describing.exercises(sequence, limit)
    if task == "continuation":
        return continuing.exercises(sequence, limit)
    if task == "consistency":
        return consistency.exercises(sequence, limit, others, draw)
    if task == "emotion":
        return feeling.exercises(sequence, limit)
    if task == "described":
        return telling.described(sequence, limit)
    return telling.exercises(sequence, limit)


def _row(sequence: Sequence, exercise: Exercise, wordings: Wordings, seed: int) -> TaskRow:
    key = f"{sequence.id}/{exercise.form.replace(' ', '-')}/{exercise.key}"
    question = wordings.question(exercise.task, exercise.form, exercise.fields, Draw(seed, key))
    return TaskRow(
        id=key,
        task=exercise.task,
        images=tuple(each.picture.file for each in exercise.shown),
        prompt=asking(len(exercise.shown), question),
        completion=answering(exercise.text),
        sequence=sequence.id,
        frames=tuple(each.frame for each in exercise.shown),
        form=exercise.form,
        answer=exercise.answer,
    )


def _check_unused(source: SequenceSet, parts: Mapping[Part, MadePart]) -> None:
    """That nothing of the test part got in; :func:`_made_part` sees to it."""
    unused = source.sequences(UNUSED)
    ids, hashes = {each.id for each in unused}, _hashes(unused)
    for made in parts.values():
        if ids & made.sequences.keys() or hashes & _hashes(made.sequences.values()):
            raise AssertionError("a row of the tasks shows or names a sequence of the test part")


def _hashes(sequences: Iterable[Sequence]) -> set[str]:
    return {frame.picture.sha256 for each in sequences for frame in each.frames}
