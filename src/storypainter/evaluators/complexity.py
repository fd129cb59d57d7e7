"""Semantic complexity: how much of a story a picture tells (paper, section 2.3.1).

A Seer extracts features from the picture; a trained scorer, a rubric judge, or both rate them, and
their visual clues are counted. Without a Seer the story's own Chains stand in for features, and
every Score says so: it is then one of the story, not of the picture.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from storypainter.errors import BadInput
from storypainter.evaluators import clue_counts
from storypainter.evaluators.clue_counts import count_features
from storypainter.evaluators.complexity_findings import absences, dimension_table
from storypainter.evaluators.contract import Findings, Marks, Subject
from storypainter.evaluators.feature_seer import SeerExtractor
from storypainter.evaluators.features import Features, of_chains
from storypainter.evaluators.means import Marked, mean_score
from storypainter.evaluators.rubric import HIGHEST, RubricJudge
from storypainter.models.calling import Caller
from storypainter.score import Score

if TYPE_CHECKING:
    from storypainter.evaluators.catalog import Desk

#: Raise it when equal features may get another score.
VERSION = "1"

_WORDS = {
    "semantic_score": "semantic score by the trained scorer",
    "rubric": "rating by the rubric",
    "visual_clues": "number of visual clues",
    "visual_chains": "number of Chains: clues with a conclusion",
}
_NOT_ASKED = {
    "semantic_score": "no trained scorer is named: --scorer FOLDER",
    "rubric": "nobody is named to rate by the rubric: --rubric PROVIDER/MODEL",
}
_NO_PICTURE = "there is no picture to look at"
_NO_SEER = "no Seer is named (--seer), and the story has no Chains of its own"
_NO_CLUES = "a naive extraction names no clues: use --extraction cot"


class Scorer(Protocol):
    """A trained scorer, as ``storypainter.evaluators.regressor`` loads it."""

    @property
    def name(self) -> str: ...

    @property
    def identity(self) -> Mapping[str, Any]: ...

    def score(self, text: str) -> float:
        """The score of a features text, in [0, 1]; works on the processor and blocks."""
        ...


def create(desk: Desk) -> Complexity:
    """The evaluator of a spec.

    Raises:
        BadInput: an unknown model, one that can't see, or no scorer in the folder.
    """
    spec = desk.spec
    return Complexity(
        SeerExtractor(desk.seer(spec.seer), spec.extraction) if spec.seer else None,
        rubric=RubricJudge(desk.writer(spec.rubric)) if spec.rubric else None,
        scorer=_load_scorer(Path(spec.scorer)) if spec.scorer else None,
    )


def _load_scorer(folder: Path) -> Scorer:
    from storypainter.evaluators.regressor import load_scorer  # only where one is named

    scorer = load_scorer(folder)
    if scorer.reads != "features":
        raise BadInput(
            f"the scorer {folder} learnt from a Seer's answers as they were, not from features",
            "train it with --text features",
        )
    return scorer


class Complexity:
    """Marks semantic complexity.

    Args:
        extractor: extracts features from pictures; without one, the stories' own Chains.
        rubric: rates features.
        scorer: scores features, trained.
    """

    name = "complexity"
    version = VERSION

    def __init__(
        self,
        extractor: SeerExtractor | None = None,
        *,
        rubric: RubricJudge | None = None,
        scorer: Scorer | None = None,
    ) -> None:
        self._extractor = extractor
        self._rubric = rubric
        self._scorer = scorer
        self._source = extractor.judge if extractor is not None else "chains"
        self._judges = {"visual_clues": self._source, "visual_chains": self._source}
        if rubric is not None:
            self._judges["rubric"] = f"{self._source} + {rubric.judge}"
        if scorer is not None:
            self._judges["semantic_score"] = f"{self._source} + scorer {scorer.name}"
        who = [f"scorer {scorer.name}" if scorer else "", rubric.judge if rubric else ""]
        self.judge = " + ".join(filter(None, (self._source, *who)))

    @property
    def identity(self) -> Mapping[str, Any]:
        """Who extracts, who rates, and how clues are counted."""
        return {
            "version": VERSION,
            "counting": clue_counts.VERSION,
            "features": dict(self._extractor.identity) if self._extractor else "chains",
            "rubric": dict(self._rubric.identity) if self._rubric else None,
            "scorer": dict(self._scorer.identity) if self._scorer else None,
        }

    async def mark(self, subject: Subject, caller: Caller, *, sample: str) -> Marks:
        """``visual_clues`` and ``visual_chains``; ``semantic_score`` and ``rubric`` where asked.

        Raises:
            CallFailed: the Seer or the rubric's Writer gave no usable answer.
        """
        features = await self._features(subject, caller, sample)
        if isinstance(features, str):
            return Marks(
                scores=tuple(
                    self._absent(name, features) for name in _WORDS if name in self._judges
                )
            )
        scores = []
        if self._scorer is not None:
            scores.append(await self._scored(self._scorer, features.text))
        if self._rubric is not None:
            scores.append(await self._rated(self._rubric, features.text, caller, sample))
        scores += self._counted(features)
        return Marks(scores=tuple(scores), data={"features": features.to_plain()})

    async def _features(self, subject: Subject, caller: Caller, sample: str) -> Features | str:
        """The features, or why there are none."""
        if self._extractor is None:
            return of_chains(subject.story) or _NO_SEER
        picture = subject.look()
        if picture is None:
            return _NO_PICTURE
        return await self._extractor.extract(picture, caller, sample=sample)

    async def _scored(self, scorer: Scorer, text: str) -> Score:
        value = await asyncio.to_thread(scorer.score, text)
        if not 0 <= value <= 1:  # not a number fails here, too
            return self._absent("semantic_score", f"the scorer gave {value}, which is not 0 to 1")
        return self._score("semantic_score", value)

    async def _rated(self, judge: RubricJudge, text: str, caller: Caller, sample: str) -> Score:
        ratings = await judge.rate(text, caller, sample=sample)
        told = f"overall {ratings.overall:g} of {HIGHEST:g}"
        return self._score("rubric", ratings.score, told, ratings.parts)

    def _counted(self, features: Features) -> tuple[Score, Score]:
        counts = count_features(features)
        if counts is None:
            return self._absent("visual_clues", _NO_CLUES), self._absent("visual_chains", _NO_CLUES)
        clues, chains = (
            {each.value: float(n) for each, n in by_dimension.items()}
            for by_dimension in (counts.by_dimension, counts.chains_by_dimension)
        )
        return (
            self._score("visual_clues", float(counts.clues), "distinct clues", clues),
            self._score("visual_chains", float(counts.chains), "clues with a conclusion", chains),
        )

    def _score(
        self, name: str, value: float, reason: str = "", parts: dict[str, float] | None = None
    ) -> Score:
        return Score(
            name=name,
            judge=self._judges[name],
            version=VERSION,
            value=value,
            reason=reason,
            parts=parts or {},
        )

    def _absent(self, name: str, reason: str) -> Score:
        return Score(name=name, judge=self._judges[name], version=VERSION, absent=reason)

    async def summarise(
        self, marked: Sequence[tuple[Subject, Marks]], missing: int, caller: Caller
    ) -> Findings:
        """Means with intervals, and the clues by Dimension (the data of the paper's Figure 5)."""
        features = [each for _, marks in marked if (each := features_of(marks)) is not None]
        counts = [count for found in features if (count := count_features(found)) is not None]
        warnings = (
            *absences(marked, missing, tuple(self._judges), _WORDS.__getitem__),
            *_amiss(features),
        )
        what = "picture" if self._extractor is not None else "story"
        return Findings(
            scores=tuple(self._means(marked, missing)),
            tables=(dimension_table(counts, what),) if counts else (),
            warnings=warnings,
            doubts=tuple(self._judges) if warnings else (),
        )

    def _means(self, marked: Marked, missing: int) -> Iterator[Score]:
        for name, words in _WORDS.items():
            if name in self._judges:
                most = 1.0 if name in _NOT_ASKED else math.inf
                judge, told = self._judges[name], f"mean {words}"
                yield mean_score(marked, missing, name, judge, VERSION, told=told, most=most)
            else:
                yield Score(
                    name=name, judge=self.judge, version=VERSION, absent=_NOT_ASKED[name], n=0
                )

    async def aclose(self) -> None:
        """Nothing to close: whoever connected the models closes them."""


def features_of(marks: Marks) -> Features | None:
    """The features that a story's marks keep; ``None`` where there were none."""
    kept = marks.data.get("features")
    return Features.model_validate(kept) if kept is not None else None


def _amiss(features: Sequence[Features]) -> Iterator[str]:
    noted = [each.notes for each in features if each.notes]
    if noted:
        yield f"{len(noted)} of {len(features)} answers had gaps; the first: {'; '.join(noted[0])}"
