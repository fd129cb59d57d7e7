"""How diverse sets of planned stories are, and whether their texts tell their clues.

    python benchmarks/planner_sets.py [--seed 0] [--out FILE]

Diversity is the paper's equation 2 (mean distance to the five nearest neighbours) on lexical
summaries embedded by wordllama: the first 30 planned stories beside the Pool's first 30 of a seeded
order, and the mean over 50 random subsets of 30 out of 300 planned stories beside the first 30.

Clues: the share of each story's clues that ``evaluators.clue_recall`` finds, given the text and one
clue only, and of clues of other stories with other situations (what it finds without reason).
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
from measuring import write_json

from storypainter.evaluators.clue_recall import TOLD, VERSION, clue_told
from storypainter.evaluators.spread import knn_distance
from storypainter.evaluators.summaries import lexical_summary
from storypainter.models.catalog import connect_embedder
from storypainter.models.contract import ModelOptions
from storypainter.planner import plan
from storypainter.pools import load_pool
from storypainter.story import Story

SET, OUT_OF, SUBSETS = 30, 300, 50


def vectors(texts: list[str]) -> np.ndarray:
    """Unit vectors of the texts' lexical summaries."""
    embedder = connect_embedder("wordllama", ModelOptions())
    rows = embedder.embed_array([lexical_summary(text).text for text in texts])  # type: ignore[attr-defined]
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def diversity(rows: np.ndarray) -> dict[str, object]:
    found = knn_distance(rows)
    low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return {"value": found.value, "interval": [low, high], "n": found.n}


def situations(story: Story) -> set[str]:
    """The situations of a planned story, by the ids of its Chains."""
    first = {str(chain.id).split(".")[0] for chain in story.chains}
    return first - {"time", "place", "role", "bond", "cause"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    stories = [plan(options.seed, index).story for index in range(OUT_OF)]
    pool = [story.text for story in load_pool("own").stories]
    rng.shuffle(pool)
    planned = vectors([story.text for story in stories])
    first = diversity(planned[:SET])
    subsets = [knn_distance(planned[rng.sample(range(OUT_OF), SET)]).value for _ in range(SUBSETS)]
    told = foreign = clues = others = 0
    for story in stories[:100]:
        texts = dict.fromkeys(clue.text for chain in story.chains for clue in chain.clues)
        clues += len(texts)
        told += sum(clue_told(story.text, each) >= TOLD for each in texts)
        for _ in range(10):
            other = rng.choice(stories)
            if situations(other) & situations(story):
                continue
            clue = rng.choice([c.text for chain in other.chains for c in chain.clues])
            others += 1
            foreign += clue_told(story.text, clue) >= TOLD
    found = {
        "diversity_planned_30": first,
        "diversity_pool_30": diversity(vectors(pool[:SET])),
        "mean_of_50_subsets_of_30_out_of_300": float(np.mean(subsets)),
        "to_the_first_30": float(np.mean(subsets) / first["value"]),  # type: ignore[operator]
        "clues_told": {"share": told / clues, "n": clues, "stories": 100, "version": VERSION},
        "clues_of_other_stories_found": {"share": foreign / others, "n": others},
    }
    print(json.dumps(found, indent=1, default=str))
    write_json(options.out, "planner sets", found)


if __name__ == "__main__":
    main()
