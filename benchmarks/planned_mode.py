"""Do plans help a Writer to keep what must be seen? The same Writer, the same Briefs, three modes.

    python benchmarks/planned_mode.py RUNS --storyteller llama/smollm2-135m [-n 30] [--out FILE]

Brief k asks for eight things: nouns that the planner's story k of another seed tells in any wording,
so that a plan with all of them exists. Each mode writes one story a Brief. Kept: the share of the eight that the text
mentions (`pools.wording.mentions`; planned mode is asked once more by its own check, which counts
as part of the mode). Copying: the longest run of words shared with an example, and whether the
copying evaluator flags the story. Differences are paired by Brief; intervals are 95 %, by
resampling Briefs 2,000 times. The same command resumes.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path

from measuring import write_json

from storypainter.errors import BadInput
from storypainter.evaluators.tagging import sentences
from storypainter.planner import plan
from storypainter.planner.planning import make
from storypainter.planner.reading import own_worlds
from storypainter.planner.wishes import surely_told
from storypainter.pools import load_pool
from storypainter.pools.ngrams import longest_common_ngram
from storypainter.pools.wording import mentions
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items
from storypainter.story import Brief, Story

MODES = ("naive", "cor_guided", "planned")
MUST_HAVES = 8


def must_haves(seed: int, index: int) -> tuple[str, ...]:
    """Eight nouns of a planned story that each story of its Draft tells; so a plan with all exists."""
    worlds = own_worlds()
    made = make(worlds, seed, index, Brief())
    nouns = [
        token.text.casefold()
        for sentence in sentences(made.told.text)
        for token in sentence.words
        if token.tag == "NN1" and token.text.isalpha() and len(token.text) > 2
    ]
    sure = [each for each in dict.fromkeys(nouns) if surely_told(worlds, made.draft, each)]
    rng = random.Random(f"{seed} {index}")
    for _ in range(20):
        chosen = tuple(rng.sample(sure, MUST_HAVES))
        try:
            plan(index, 0, Brief(required=chosen))
        except BadInput:
            continue
        return chosen
    raise SystemExit(f"Brief {index}: no eight nouns of its story were planned again")


def written(
    runs: Path,
    storyteller: str,
    mode: str,
    index: int,
    required: tuple[str, ...],
    most: int,
) -> Story | None:
    """The story of a mode for a Brief; made by the command line, and kept."""
    out = runs / mode / f"{index:03}"
    command = [sys.executable, "-m", "storypainter.cli.main", "tell", "--storyteller", storyteller]
    command += ["--mode", mode, "--seed", str(index), "--out", str(out), "--quiet"]
    command += ["--max-tokens", str(most), "--timeout", "1800"]
    for each in required:
        command += ["--required", each]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{mode}, Brief {index}: {done.stderr.strip()}")
    with RunFolder(out, read_only=True) as folder:
        (item,) = items(folder)
    return item.story


def kept(story: Story | None, required: tuple[str, ...]) -> float:
    """The share of what is required that a story mentions; a failed story mentions nothing."""
    if story is None:
        return 0.0
    return sum(mentions(story.text, each) for each in required) / len(required)


def interval(values: list[float]) -> tuple[float, float]:
    rng = random.Random(0)
    means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(2000))
    return round(means[50], 4), round(means[1949], 4)


def summary(values: list[float]) -> dict[str, object]:
    return {
        "mean": round(sum(values) / len(values), 4),
        "interval": interval(values),
        "n": len(values),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("runs", type=Path)
    parser.add_argument("--storyteller", default="llama/smollm2-135m")
    parser.add_argument("-n", type=int, default=30)
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument("--max-tokens", type=int, default=300, help="of a story, in each mode")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    sources = [story.text for story in load_pool("own").stories]
    shares: dict[str, list[float]] = {mode: [] for mode in MODES}
    copied: dict[str, list[float]] = {mode: [] for mode in MODES}
    words: dict[str, list[float]] = {mode: [] for mode in MODES}
    failed = dict.fromkeys(MODES, 0)
    for index in range(options.n):
        required = must_haves(options.seed, index)
        for mode in MODES:
            story = written(
                options.runs, options.storyteller, mode, index, required, options.max_tokens
            )
            shares[mode].append(kept(story, required))
            failed[mode] += story is None
            if story is not None:
                longest = max(longest_common_ngram(story.text, each).length for each in sources)
                copied[mode].append(float(longest))
                words[mode].append(float(story.words))
        print(index + 1, {mode: shares[mode][-1] for mode in MODES}, flush=True)
    found: dict[str, object] = {
        "storyteller": options.storyteller,
        "briefs": options.n,
        "must_haves": MUST_HAVES,
        "max_tokens": options.max_tokens,
        "kept": {mode: summary(shares[mode]) for mode in MODES},
        "failed": failed,
        "words": {mode: summary(words[mode]) for mode in MODES if words[mode]},
        "longest_shared_run": {mode: summary(copied[mode]) for mode in MODES if copied[mode]},
        "paired_differences": {
            f"planned - {mode}": summary(
                [a - b for a, b in zip(shares["planned"], shares[mode], strict=True)]
            )
            for mode in ("naive", "cor_guided")
        },
    }
    print(json.dumps(found, indent=1))
    write_json(options.out, "planned mode", found)


if __name__ == "__main__":
    main()
