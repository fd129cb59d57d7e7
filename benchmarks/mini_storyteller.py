"""What a Mini-Storyteller has gained and lost, beside its base model on the same unseen Briefs.

    storypainter tell --briefs BRIEFS --storyteller mini --out MINI
    storypainter tell --briefs BRIEFS --storyteller llama/smollm2-135m --mode naive --out BASE …
    python benchmarks/mini_storyteller.py DATA --mini MINI --base BASE [--base BASE …] [--out FILE]

DATA is the training set (``storypainter distill``). Of each run: stories within 90 to 180 words that
ended by themselves; with dialogue or a sequence (the rules of the moment evaluator); with a loop;
the share of their 8-grams that occur in any training story, beside what the held-out stories of the
same teachers share. Failed replies count as stories that did none of it. Of several base runs the
best is the one with most stories that fit, ended and tell no sequence. Diversity is compared at equal
n with those of all base runs' stories that neither loop nor copy. Shares have Wilson's 95 % interval,
means a bootstrap over stories (2,000 draws).
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measuring import write_json

from storypainter import assembly, settings
from storypainter.evaluators.contract import Subject
from storypainter.evaluators.copying import connect_copying
from storypainter.evaluators.diversity import Diversity
from storypainter.evaluators.moment_rules import Judgement, judge
from storypainter.intervals import wilson
from storypainter.models.calling import Caller
from storypainter.pools import load_pool
from storypainter.pools.ngrams import NGRAM, NgramIndex
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import asked_items, items
from storypainter.runs.replies import Replies
from storypainter.story import Story
from storypainter.storytellers.reading import ended_by_itself
from storypainter.training.distilling.rows import read_rows

LEAST, MOST = 90, 180
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """The stories of a run; ``asked`` counts those that could not be read too."""

    name: str
    asked: int
    stories: tuple[Story, ...]
    judged: tuple[Judgement, ...]

    def share(self, holds: Callable[[Story, Judgement], bool]) -> dict[str, Any]:
        count = sum(holds(*each) for each in zip(self.stories, self.judged, strict=True))
        return share(count, self.asked)


def share(count: int, n: int) -> dict[str, Any]:
    return {"share": count / n, "count": count, "n": n, "interval": wilson(count, n)}


def told(run: Path) -> Told:
    with RunFolder(run, read_only=True) as folder:
        stories = tuple(item.story for item in items(folder) if item.story is not None)
        asked = asked_items(folder)
    return Told(run.name, asked, stories, tuple(judge(story.text) for story in stories))


def fits(story: Story, _: Judgement) -> bool:
    return LEAST <= story.words <= MOST and ended_by_itself(story)


def tells_on(_: Story, judged: Judgement) -> bool:
    return bool(judged.count("dialogue") or judged.count("sequence"))


def mean(values: Sequence[float]) -> dict[str, Any]:
    rng = random.Random(0)
    draws = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(DRAWS))
    low, high = draws[int(0.025 * DRAWS)], draws[int(0.975 * DRAWS) - 1]
    return {"mean": sum(values) / len(values), "n": len(values), "interval": [low, high]}


def shared_ngrams(texts: Sequence[str], index: NgramIndex) -> list[float]:
    found = [index.compare(text).copied_anywhere() for text in texts]
    return [value for value in found if value is not None]


def report(run: Told, index: NgramIndex) -> dict[str, Any]:
    words = [float(story.words) for story in run.stories]
    return {
        "run": run.name,
        "asked": run.asked,
        "stories": len(run.stories),
        "words": mean(words),
        "fits_and_ended": run.share(fits),
        "ended": run.share(lambda story, _: ended_by_itself(story)),
        "dialogue_or_sequence": run.share(tells_on),
        "dialogue": run.share(lambda _, judged: bool(judged.count("dialogue"))),
        "sequence": run.share(lambda _, judged: bool(judged.count("sequence"))),
        "loops": run.share(lambda _, judged: bool(judged.count("repetition"))),
        "one_moment": run.share(lambda _, judged: judged.one_moment),
        "shared_8_grams": mean(shared_ngrams([s.text for s in run.stories], index)),
    }


async def diversity(stories: Sequence[Story], caller: Caller) -> dict[str, Any]:
    resolved = settings.resolve_evaluation({}, {})
    parts = assembly.prepare_diversity_parts(resolved, {})
    evaluator = Diversity(parts.summariser, parts.embedder)
    subjects = [Subject(index, story) for index, story in enumerate(stories)]
    marked = [(each, await evaluator.mark(each, caller, sample="0")) for each in subjects]
    score = (await evaluator.summarise(marked, 0, caller)).score("diversity")
    for close in parts.closers:
        await close()
    assert score is not None
    return {
        "value": score.value,
        "interval": score.interval,
        "n": len(stories),
        "judge": score.judge,
    }


async def clean(run: Told, caller: Caller) -> list[Story]:
    """The stories that neither loop nor copy the Pool or their examples."""
    evaluator = connect_copying(load_pool("own"))
    kept: list[Story] = []
    for story, judged in zip(run.stories, run.judged, strict=True):
        marks = await evaluator.mark(Subject(0, story), caller, sample="0")
        copied = [score for score in marks.scores if score.name == "copying"]
        if not judged.count("repetition") and not any(
            (score.value or 0.0) >= 0.25 for score in copied
        ):
            kept.append(story)
    return kept


async def compare(mini: Told, bases: Sequence[Told], caller: Caller) -> dict[str, Any]:
    pooled = [story for base in bases for story in await clean(base, caller)]
    n = min(len(pooled), len(mini.stories))
    if n < 6:
        return {"absent": f"only {n} of the base's stories neither loop nor copy"}
    rng = random.Random(0)
    return {
        "mini": await diversity(rng.sample(list(mini.stories), n), caller),
        "base": await diversity(rng.sample(pooled, n), caller),
        "of_base": [base.name for base in bases],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--mini", type=Path, required=True)
    parser.add_argument("--base", type=Path, action="append", default=[])
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    training = [row.text for row in read_rows(asked.data / "train.jsonl", "sft")]
    heldout = [row.text for row in read_rows(asked.data / "heldout.jsonl", "sft")]
    index = NgramIndex(training)
    mini, bases = told(asked.mini), [told(path) for path in asked.base]
    reports = [report(base, index) for base in bases]
    best = max(
        bases,
        key=lambda run: sum(
            fits(*each) and not tells_on(*each)
            for each in zip(run.stories, run.judged, strict=True)
        ) / run.asked,
        default=None,
    )  # fmt: skip
    with RunFolder(asked.mini) as folder:
        caller = Caller(Replies(folder))
        beside = asyncio.run(compare(mini, bases, caller))
    found = {
        "ngram": NGRAM,
        "training_stories": len(training),
        "mini": report(mini, index),
        "heldout_shared_8_grams": mean(shared_ngrams(heldout, index)),
        "base": reports,
        "best_base": best.name if best else None,
        "diversity_at_equal_n": beside,
    }
    for run in (found["mini"], *reports):
        fit, on, shared = run["fits_and_ended"], run["dialogue_or_sequence"], run["shared_8_grams"]
        print(
            f"{run['run']:28} fits and ended {fit['share']:.3f} {fit['interval']}, dialogue or "
            f"sequence {on['share']:.3f}, words {run['words']['mean']:.0f}, "
            f"shared 8-grams {shared['mean']:.3f}"
        )
    print(f"held-out stories share {found['heldout_shared_8_grams']['mean']:.3f}")
    print(f"diversity at equal n: {beside}")
    write_json(asked.out, "mini_storyteller", found)


if __name__ == "__main__":
    main()
