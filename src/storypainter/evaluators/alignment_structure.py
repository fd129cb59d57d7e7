"""The structural judge of alignment: it reads the Scene of a painted picture, and no pixels.

Clues are answered by rules (``scene_reading_judge.py``). A Scene says what is seen, not what it
means: a conclusion is answered only through its clues, yes if all that can be read hold, and a
point that rests on no clue gets no answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storypainter.evaluators.alignment_asking import Answer
from storypainter.evaluators.contract import Subject
from storypainter.evaluators.key_points import Point
from storypainter.evaluators.moment_rules.language import not_english
from storypainter.evaluators.scene_reading import SEEN, SEEN_BELOW, SceneReading, read_scene
from storypainter.evaluators.scene_reading_judge import ENOUGH, SAME_LETTERS, shows
from storypainter.evaluators.scene_reading_lexicon import words_text
from storypainter.evaluators.tagging import TAGGER
from storypainter.value import content_hash

JUDGE = "structure"
#: Raise it when the same Scene and point may get another answer.
VERSION = "1"
THROUGH_CLUES = "through its clues"


def identity() -> Mapping[str, Any]:
    """Everything that decides the structural judge's answers."""
    return {
        "version": VERSION,
        "words": content_hash(words_text()),
        "tagger": TAGGER,
        "thresholds": [SEEN, SEEN_BELOW, ENOUGH, SAME_LETTERS],
    }


def why_not(subject: Subject) -> str:
    """Why a subject can't be judged by its Scene; empty where it can."""
    if subject.picture is None:
        return "there is no picture"
    if subject.scene is None:
        return "there is no Scene; name a model with --seer"
    if not subject.picture.regions:
        return "the picture has no Regions that say what is seen; name a model with --seer"
    return not_english(subject.story.text) or ""


def answers_of_scene(reading: SceneReading, points: Sequence[Point]) -> tuple[Answer, ...]:
    """An answer a point, in order."""
    direct = [_clue(reading, each) if each.is_clue else None for each in points]
    return tuple(
        own if own is not None else _conclusion([direct[at] for at in point.rests_on])
        for own, point in zip(direct, points, strict=True)
    )


def read(subject: Subject) -> SceneReading:
    """The reading of a subject that can be judged (see :func:`why_not`)."""
    assert subject.scene is not None
    assert subject.picture is not None
    return read_scene(subject.scene, subject.picture.regions)


def _clue(reading: SceneReading, point: Point) -> Answer:
    shown = shows(reading, point.key.sentence)
    if shown.holds is None:
        return Answer(None, absent=shown.absent)
    note = f"not found: {', '.join(shown.missing)}" if shown.missing else ""
    return Answer(shown.holds, shown.degree, note=note)


def _conclusion(clues: Sequence[Answer | None]) -> Answer:
    known = [each for each in clues if each is not None and each.yes is not None]
    if not known:
        return Answer(None, absent="a Scene answers conclusions only through their clues")
    degrees = [each.p for each in known if each.p is not None]
    return Answer(all(each.yes for each in known), min(degrees), note=THROUGH_CLUES)
