"""A Seer that errs at known rates, and what is left of its errors after the correction.

``rehearsal`` plays the Seer: a script of yes and no, drawn with a seed so that it errs at the rates
that are asked for. It answers the evaluator ``alignment`` on painted Pairs of a run folder, through
the calling path, one call a key point; the answers lie in the folder as those of any Seer. Points
of some Pairs then count as labelled by people, the others' share of yes is corrected
(:mod:`storypainter.ratings.prevalence`), and the interval holds the truth or doesn't.

    python benchmarks/alignment_correcting.py --json docs/measured/alignment-correcting.json
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from measuring import table, write_json

from storypainter import assembly
from storypainter.evaluation import Evaluation, EvaluationPlan, read_marks
from storypainter.evaluators.alignment import Alignment
from storypainter.evaluators.alignment_asking import Asking
from storypainter.intervals import t_interval, wilson
from storypainter.models.contract import ChatRequest
from storypainter.models.rehearsal import Rehearsal, load_script
from storypainter.pipeline import Run
from storypainter.ratings.prevalence import Labelled, corrected
from storypainter.runs.folder import RunFolder
from storypainter.score import Score
from storypainter.settings import EvaluationSpec, resolve
from storypainter.story import Chain, Clue, Dimension, Story
from storypainter.storytellers.given import Given

#: Key points of a Pair: half of them clues, half conclusions.
POINTS = 20
UNLABELLED, LABELLED = 10, 5  # Pairs
REPETITIONS = 300
#: The share of intervals that must hold the truth: 0.95 nominal, less 2.4 standard errors.
LEAST_HELD = 0.92


@dataclass(frozen=True)
class Setting:
    """What is true of how many key points, and how often a Seer is right about them.

    Args:
        truth: the probability that a key point deserves a yes.
        q1: that the Seer says yes to one that does.
        q0: that it says no to one that doesn't.
    """

    truth: float
    q1: float
    q0: float


SETTINGS = (Setting(0.3, 0.9, 0.8), Setting(0.74, 0.85, 0.7), Setting(0.9, 0.95, 0.9))


@dataclass(frozen=True)
class Answered:
    """The points of a repetition: what the Seer said, and what is true, Pair by Pair."""

    pairs: tuple[tuple[tuple[bool, bool], ...], ...]

    def corrected(self, unlabelled: int) -> tuple[Score, float]:
        """The corrected share of the first Pairs by the labels of the others; the raw share."""
        judged = [said for pair in self.pairs[:unlabelled] for said, _ in pair]
        labels = [each for pair in self.pairs[unlabelled:] for each in pair]
        score = corrected(sum(judged), len(judged), Labelled.count(labels), judge="rehearsal")
        return score, sum(judged) / len(judged)


def stories(n: int) -> tuple[Given, ...]:
    """Stories with :data:`POINTS` key points each, all sentences different."""
    made = []
    for number in range(n):
        chains = []
        for at in range(POINTS // 2):
            label = number * POINTS + at
            clue = Clue(text=f"The girl holds a box with the number {label}", id=f"c{label}")
            told = f"The box with the number {label} belongs to the girl."
            chains.append(Chain(dimension=Dimension.EVENT, clues=(clue,), conclusion=told))
        text = f"A girl holds {POINTS // 2} boxes, and on the first stands {number}."
        made.append(Given(Story(id=f"s{number}", text=text, chains=tuple(chains)), None))
    return tuple(made)


def paint(path: Path, pairs: int) -> None:
    """A run folder with so many painted Pairs."""
    resolved = resolve({"painter": "rehearsal", "size": "16x16"}, {})
    plan = assembly.prepare_given(resolved, {}, stories(pairs))
    with RunFolder(path) as folder:
        folder.begin({"n": pairs, "painter": "rehearsal"}, {}, "alignment_correcting")
        asyncio.run(Run(plan, folder).work())


def answered(path: Path, setting: Setting, pairs: int, seed: int) -> Answered:
    """Have a rehearsal with the setting's errors judge a folder's Pairs.

    Which line of the script answers which key point is read from what the rehearsal was asked, and
    what it said of it from the marks that the run has kept.
    """
    chance = random.Random(seed)
    truths = [chance.random() < setting.truth for _ in range(pairs * POINTS)]
    right = {True: setting.q1, False: setting.q0}
    said = [true if chance.random() < right[true] else not true for true in truths]
    script = path.parent / "script.jsonl"
    script.write_text("\n".join(json.dumps({"text": "Yes." if each else "No."}) for each in said))
    seer = Rehearsal(str(script), load_script(script))
    evaluator = Alignment(Asking(seer))
    with RunFolder(path) as folder:
        plan = EvaluationPlan(EvaluationSpec(), (evaluator,), {})
        asyncio.run(Evaluation(plan, folder).work())
        marked = dict(read_marks(folder, evaluator.name, evaluator.judge))
    asked = [_prompt(request) for request in seer.history]
    assert len(asked) == len(truths), f"{len(asked)} calls for {len(truths)} key points"
    true_of = dict(zip(map(_number, asked), truths, strict=True))
    return Answered(
        tuple(
            tuple(
                (point["answer"] == "yes", true_of[_number(point["sentence"])])
                for point in marked[index].data["points"]
            )
            for index in range(pairs)
        )
    )


def _prompt(request: Any) -> str:
    assert isinstance(request, ChatRequest)
    return "".join(each for each in request.messages[-1].content if isinstance(each, str))


def _number(text: str) -> tuple[int, bool]:
    """Which key point a text holds: the number of its box, and whether it is the conclusion."""
    after = (
        text.partition("a box with the number ")[2] or text.partition("The box with the number ")[2]
    )
    digits = after[: len(after) - len(after.lstrip("0123456789"))]
    return int(digits), "belongs to the girl" in text


def measure(setting: Setting, repetitions: int, path: Path) -> dict[str, Any]:
    """How often the interval holds the truth, and what is left of the Seer's bias."""
    held = absent = nearer = 0
    errors, raw_errors, widths = [], [], []
    for repetition in range(repetitions):
        told = answered(path, setting, UNLABELLED + LABELLED, repetition)
        score, raw = told.corrected(UNLABELLED)
        print(f"\r{setting}: {repetition + 1}", end="", file=sys.stderr, flush=True)
        if score.value is None or score.interval is None:
            absent += 1
            continue
        low, high = score.interval
        held += low <= setting.truth <= high
        widths.append(high - low)
        errors.append(score.parts["uncut"] - setting.truth)
        raw_errors.append(raw - setting.truth)
        nearer += abs(score.value - setting.truth) < abs(raw - setting.truth)
    print(file=sys.stderr)
    n = repetitions - absent
    return {
        "truth": setting.truth,
        "q1": setting.q1,
        "q0": setting.q0,
        "n": n,
        "absent": absent,
        "held": held / n,
        "held_interval": list(wilson(held, n)),
        "mean_error": fmean(errors),
        "mean_error_interval": _t(errors),
        "mean_error_uncorrected": fmean(raw_errors),
        "mean_error_uncorrected_interval": _t(raw_errors),
        "nearer_than_uncorrected": nearer / n,
        "mean_width": fmean(widths),
    }


def _t(values: Sequence[float]) -> list[float] | None:
    found = t_interval(values)
    return None if found is None else list(found)


def main() -> int:
    """Measure all settings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    parser.add_argument("--json", type=Path, help="write the results")
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        for at, setting in enumerate(SETTINGS):
            path = Path(temporary) / str(at) / "run"
            path.parent.mkdir()
            paint(path, UNLABELLED + LABELLED)
            rows.append(measure(setting, given.repetitions, path))
    print(table([{k: v for k, v in row.items() if not k.endswith("interval")} for row in rows]))
    failures = [row for row in rows if row["held"] < LEAST_HELD]
    write_json(
        given.json,
        "alignment_correcting",
        {
            "points": {"unlabelled": UNLABELLED * POINTS, "labelled": LABELLED * POINTS},
            "must": {"held": LEAST_HELD},
            "failures": [f"truth {row['truth']}: {row['held']:.3f} held" for row in failures],
            "settings": rows,
        },
    )
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
