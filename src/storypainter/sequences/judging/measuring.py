"""What is measured of told narratives without a model: grounding, repetition, length, overlap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import orjson

from storypainter.score import Score
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.grounding import ground
from storypainter.sequences.judging.order import shuffled
from storypainter.sequences.judging.overlap import METRICS as OVERLAPS
from storypainter.sequences.judging.overlap import overlaps, words
from storypainter.sequences.judging.repetition import repetition
from storypainter.sequences.judging.told import ToldFolder, order_of, over, stands_over

METRICS = ("grounding", "repetition", "words", *OVERLAPS)
#: The name of people's F1 by words for these people alone: roles, relations, names.
PEOPLE_BY_ROLE = "people_by_role_f1"


@dataclass(slots=True)
class Measured:
    """Scores of one system: of each narrative, by name and sequence; and of the whole set."""

    each: dict[str, dict[str, Score]] = field(default_factory=dict)
    whole: dict[str, Score] = field(default_factory=dict)

    def add(self, key: str, scores: Iterable[Score]) -> None:
        """Take in the Scores of one narrative."""
        for score in scores:
            self.each.setdefault(score.name, {})[key] = score


def measure(
    told: ToldFolder, references: Mapping[str, Sequence], metrics: Iterable[str] = METRICS
) -> Measured:
    """Measure every narrative of a folder.

    Args:
        told: what was told.
        references: sequences of the set by id (see :func:`matching`): their annotations count
            rather than those that the told rows carry, picture by picture, and their own
            narratives are the references of BLEU, METEOR, CIDEr.
        metrics: which of :data:`METRICS`.
    """
    asked = frozenset(metrics)
    found = Measured()
    known = annotations_of(told, references)
    for key, one in told.sequences.items():
        if "grounding" in asked:
            found.add(key, grounding_scores(one, known[key]))
        text = narrative_of(one)
        if "repetition" in asked:
            found.add(key, repetition(text))
        if "words" in asked:
            found.add(key, [_length(text)])
    if asked & set(OVERLAPS):
        gold = {key: each.narrative for key, each in references.items()}
        given = {key: narrative_of(one) for key, one in told.sequences.items()}
        for name, overlap in overlaps(given, gold).items():
            if name not in asked:
                continue
            found.whole[name] = overlap.whole
            found.each[name] = {
                key: Score(
                    name=name, judge=overlap.whole.judge, version=overlap.whole.version, value=value
                )
                for key, value in overlap.values.items()
            }
    return found


def grounding_scores(told: Sequence, annotated: Sequence | None = None) -> tuple[Score, ...]:
    """The grounding of a told sequence by its own annotations, or by others of its pictures.

    A narrative without parts is held against all pictures together. Beside :func:`ground`'s own
    Scores there is the F1 of people where no word for anybody counts ("the man" for a nurse),
    :data:`PEOPLE_BY_ROLE`: such words can be guessed without seeing a picture.

    Args:
        told: the narrative.
        annotated: the same pictures in the same order, with what is known of them.
    """
    known = annotated if annotated is not None else told
    parts = [frame.part for frame in told.frames]
    in_parts = any(part.strip() for part in parts)
    narrative = parts if in_parts or not told.story.strip() else told.story
    strict = ground(known, narrative, classes=False).f1("people")
    found = (
        *ground(known, narrative).scores,
        strict.model_copy(update={"name": PEOPLE_BY_ROLE}),
    )
    if in_parts or told.story.strip():
        return found
    return tuple(
        Score(name=each.name, judge=each.judge, version=each.version, n=0,
              absent="nothing was told")
        for each in found
    )  # fmt: skip


def narrative_of(told: Sequence) -> str:
    """The narrative as one text: the parts in order, or the story where it is in one piece."""
    parts = [frame.part.strip() for frame in told.frames if frame.part.strip()]
    return " ".join(parts) if parts else told.story.strip()


def matching(told: ToldFolder, sequences: Iterable[Sequence]) -> dict[str, Sequence]:
    """The sequences of a set that a folder told, by id, in the set's order of pictures.

    Those of the same pictures only; what was told over them shuffled has them in another order.
    """
    known = {over(each): each for each in sequences}
    return {
        key: known[key]
        for key, one in told.sequences.items()
        if key in known and stands_over(one, known[key])
    }


def annotations_of(told: ToldFolder, references: Mapping[str, Sequence]) -> dict[str, Sequence]:
    """What each narrative is held against, by id: the set's annotations, else the told file's own.

    Those of the set are laid in the order that the pictures were told in, so that each part stands
    at the picture that it was told with.
    """
    seed = told.recorded.shuffle_seed
    return {
        key: _laid(references[key], one, seed) if key in references else one
        for key, one in told.sequences.items()
    }


def _laid(known: Sequence, told: Sequence, seed: int | None) -> Sequence:
    """The annotated sequence with its frames in the order of the told one's pictures."""
    wanted = order_of(frame.picture for frame in told.frames)
    if seed is not None:
        # The draw says which frame is which, also where a picture is there twice.
        mixed = shuffled(known, seed)
        if order_of(frame.picture for frame in mixed.frames) == wanted:
            return mixed
    if order_of(frame.picture for frame in known.frames) == wanted:
        return known
    rest: dict[str, list[Frame]] = {}
    for frame in known.frames:
        rest.setdefault(frame.picture.sha256, []).append(frame)
    frames = tuple(rest[picture].pop(0) for picture in wanted)
    # Causes lead from earlier to later pictures of the true order.
    return known.model_copy(update={"frames": frames, "causes": ()})


def _length(text: str) -> Score:
    count = len(words(text))
    if not count:
        return Score(name="words", judge="rules", version="1", absent="nothing was told", n=0)
    return Score(name="words", judge="rules", version="1", value=float(count))


def grounding_report(told: ToldFolder, references: Mapping[str, Sequence]) -> Iterable[bytes]:
    """A JSON line a narrative: what its parts name of each picture, and what they make up.

    By the same annotations as :func:`measure`.
    """
    known = annotations_of(told, references)
    for key, one in told.sequences.items():
        parts = [frame.part for frame in one.frames]
        if not any(part.strip() for part in parts):
            continue
        found = ground(known[key], parts)
        yield orjson.dumps(
            {
                "system": told.name,
                "sequence": key,
                "pictures": [
                    {
                        "named": [[f.kind, f.character, f.words] for f in each.named],
                        "not_named": [
                            [f.kind, f.character, f.words]
                            for f in each.facts
                            if f not in each.named
                        ],
                        "made_up": [
                            [
                                m.kind,
                                m.words,
                                "another picture" if m.elsewhere else "no picture",
                            ]
                            for m in each.unborne
                        ],
                    }
                    for each in found.frames
                ],
            }
        )
