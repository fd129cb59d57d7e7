"""Scores models on CogBench's own files: descriptions of its pictures, and four-choice answers.

CogBench (Song et al., NAACL 2025) is under an agreement and never shipped; users who have it point
at their copy. Its description JSON gives each picture's entities and eight kinds of reasonings
(``clue + clue -> conclusion``); a model's description of the picture is scored by recognition
and, for each kind, by cognition (:mod:`recall`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.evaluators.cogbench_scoring_answers import Question
from storypainter.evaluators.moment_rules.language import not_english
from storypainter.evaluators.recall import Recaller, Recognised, pooled_share
from storypainter.intervals import bounded_t_interval, wilson
from storypainter.models.calling import Caller
from storypainter.pools.cogbench import REASONINGS, read_cogbench
from storypainter.score import Score
from storypainter.story import Chain, Dimension, Story

VERSION = "1"
NEXT_MOMENT = "Next Moment Event Reasoning"
#: CogBench's eight kinds of reasoning, in its order.
KINDS = (*tuple(REASONINGS)[:6], NEXT_MOMENT, "Mental State Reasoning")
_NO_JUDGE = "nobody judges: name a model as --judge"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a description of a picture should tell: its entities, and (kind, conclusion) each.

    ``notes`` says which of its reasonings can't be read.
    """

    picture: str
    entities: tuple[str, ...]
    conclusions: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalled:
    """What one description tells. ``found`` is in the order of the reference's conclusions.

    ``no_nouns`` says why recognition is absent; ``found`` is ``None`` where nobody judged.
    """

    reference: Reference
    entities: tuple[Recognised, ...]
    found: tuple[bool | None, ...] | None
    no_nouns: str = ""


def read_references(text: str, name: str) -> tuple[Reference, ...]:
    """The pictures of CogBench's description JSON, in file order.

    Raises:
        BadInput: not such a file, or an entry that can't be read (which one).
    """
    stories: dict[str, Story] = {}
    for where, content in read_cogbench(text, name):
        if not isinstance(content, Story):
            raise BadInput(f"{name}, {where}: {content.message}", "correct or remove the entry")
        stories.setdefault(content.id.partition(":")[0], content)
    plain: dict[str, dict[str, Any]] = json.loads(text)
    if not plain:
        raise BadInput(f"{name}: holds no picture", "check the file")
    kind_of = {dimension: kind for kind, dimension in REASONINGS.items()}
    return tuple(
        _reference(picture, stories[picture], kind_of, plain[picture]) for picture in plain
    )


def _reference(
    picture: str,
    story: Story,
    kind_of: Mapping[Dimension, str],
    entry: Mapping[str, Any],
) -> Reference:
    found = [(kind_of[chain.dimension], chain.conclusion) for chain in story.chains]
    notes = list(story.notes)
    lines = entry.get(NEXT_MOMENT)
    for line in [lines] if isinstance(lines, str) else lines if isinstance(lines, list) else ():
        if not isinstance(line, str) or line.strip(" .").casefold() in ("", "none"):
            continue
        try:
            # The kind has no Dimension of ours; the notation is the same.
            chain = Chain.from_notation(line, Dimension.EVENT)
        except (BadInput, ValidationError) as error:
            reason = error.message if isinstance(error, BadInput) else "an unreadable chain"
            notes.append(f"{NEXT_MOMENT}: {reason}; left out")
        else:
            found.append((NEXT_MOMENT, chain.conclusion))
    return Reference(picture, story.entities, tuple(found), tuple(notes))


async def recall_descriptions(
    references: Sequence[Reference],
    descriptions: Mapping[str, str],
    recaller: Recaller,
    caller: Caller,
) -> tuple[Recalled, ...]:
    """What each description tells, for the pictures that have one.

    Raises:
        CallFailed: the judge or the embedder gave no usable answer.
    """
    done = []
    for reference in references:
        description = descriptions.get(reference.picture)
        if description is None:
            continue
        why = not_english(description) or ""
        entities = () if why else await recaller.recognise(reference.entities, description, caller)
        found: tuple[bool | None, ...] | None = None
        if recaller.writer is not None and reference.conclusions:
            found = await recaller.find(
                [conclusion for _, conclusion in reference.conclusions],
                description,
                caller,
                sample=f"cogbench:{reference.picture}",
            )
        done.append(Recalled(reference, entities, found, why))
    return tuple(done)


def description_scores(
    recalled: Sequence[Recalled], missing: int, *, judge: str
) -> tuple[Score, ...]:
    """Recognition as a mean over pictures and over all entities; cognition in all and by kind.

    Args:
        recalled: the described pictures.
        missing: pictures without a description; they are counted, not taken for zero.
        judge: who compared.
    """
    left_out = f"{missing} pictures without a description" if missing else ""
    rows = [
        (sum(each.found for each in one.entities), len(one.entities))
        for one in recalled
        if one.entities
    ]
    foreign = sum(bool(one.no_nouns) for one in recalled)
    notes = "; ".join(filter(None, (left_out, f"{foreign} not English" if foreign else "")))
    shares = [hits / n for hits, n in rows]
    mean = sum(shares) / len(shares) if shares else None
    interval = bounded_t_interval(shares)
    scores = [
        _score("recognition", judge, mean, interval, len(shares), notes or "no picture's entities"),
        _pooled("recognition_pooled", judge, rows, notes or "no entities", notes),
    ]
    judged = [one for one in recalled if one.found is not None]
    why = _NO_JUDGE if recalled and not judged else "no conclusions"
    scores.append(
        _pooled(
            "cognition",
            judge,
            [_answers(one, None) for one in judged],
            "; ".join(filter(None, (why, notes))),
            notes,
        )
    )
    for kind in KINDS:
        of_kind = [_answers(one, kind) for one in judged]
        silent = _unanswered(judged, kind)
        scores.append(_pooled(kind, judge, of_kind, silent or why, silent))
    return tuple(scores)


def _answers(one: Recalled, kind: str | None) -> tuple[int, int]:
    """(found, answered) of a picture's conclusions, of one kind or all."""
    own = [
        found
        for (its, _), found in zip(one.reference.conclusions, one.found or (), strict=True)
        if kind in (None, its) and found is not None
    ]
    return sum(own), len(own)


def _unanswered(judged: Sequence[Recalled], kind: str) -> str:
    silent = sum(
        found is None
        for one in judged
        for (its, _), found in zip(one.reference.conclusions, one.found or (), strict=True)
        if its == kind
    )
    return f"{silent} not answered" if silent else ""


def choice_scores(
    questions: Sequence[Question], choices: Sequence[str | None], *, judge: str
) -> tuple[Score, ...]:
    """Accuracy of four-choice answers, overall and by category, with Wilson's intervals.

    ``accuracy`` and the categories count answers that name one choice; ``accuracy_of_all`` takes
    the others for wrong. 0.25 is what guessing gives.

    Args:
        questions: in file order.
        choices: a letter ``a`` to ``d`` each, or ``None`` for no readable answer.
        judge: whose answers these are.
    """
    right = [
        choice is not None and choice == question.answer
        for question, choice in zip(questions, choices, strict=True)
    ]
    silent = sum(choice is None for choice in choices)
    note = f"{silent} without a readable answer" if silent else ""
    answered = len(choices) - silent
    scores = [
        _share("accuracy", judge, sum(right), answered, note),
        _share("accuracy_of_all", judge, sum(right), len(choices), note),
    ]
    for category in Counter(question.category for question in questions):
        own = [
            (hit, choice)
            for question, hit, choice in zip(questions, right, choices, strict=True)
            if question.category == category
        ]
        named = [hit for hit, choice in own if choice is not None]
        without = len(own) - len(named)
        told = f"{without} without a readable answer" if without else ""
        scores.append(_share(category, judge, sum(named), len(named), told))
    return tuple(scores)


def _pooled(
    name: str, judge: str, rows: Sequence[tuple[int, int]], absent: str, note: str
) -> Score:
    pooled = pooled_share(rows)
    if pooled is None:
        return _score(name, judge, None, None, 0, absent)
    return _score(name, judge, pooled[0], pooled[1], sum(n for _, n in rows), note)


def _share(name: str, judge: str, hits: int, n: int, note: str) -> Score:
    if not n:
        return _score(name, judge, None, None, 0, note or "no questions")
    return _score(name, judge, hits / n, wilson(hits, n), n, note)


def _score(
    name: str,
    judge: str,
    value: float | None,
    interval: tuple[float, float] | None,
    n: int,
    told: str,
) -> Score:
    if interval is not None:
        interval = (max(0.0, interval[0]), min(1.0, interval[1]))
    return Score(
        name=name,
        judge=judge,
        version=VERSION,
        value=value,
        absent=None if value is not None else told,
        reason=told if value is not None else "",
        n=n,
        interval=interval,
    )
