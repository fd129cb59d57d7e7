"""The unseen Briefs that Mini-Storytellers and their base models are asked, one a line.

    python benchmarks/mini_briefs.py DATA [DATA …] [-n 60] [--seed 60000] [--out FILE]

Half are what stories of the Pool's test part answer, half what stories of the planner answer that
no training set holds (another seed). Each asks for something, and none is a prompt of a DATA.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from storypainter.planner import plan
from storypainter.pools import load_pool
from storypainter.story import Brief
from storypainter.storytellers import compose
from storypainter.training.distilling.drawing import Draw
from storypainter.training.distilling.hindsight import brief_in_hindsight
from storypainter.training.distilling.rows import group_of, read_rows

OUT = Path("src/storypainter/experiments/files/minis.briefs.jsonl")


def of_pool(seed: int) -> Iterator[Brief]:
    stories = sorted(load_pool("own_test").stories, key=lambda s: Draw(seed, s.id or "").number(""))
    for story in stories:
        yield brief_in_hindsight(story, None, Draw(seed, f"pool {story.id}"))


def of_planner(seed: int) -> Iterator[Brief]:
    for item in count():
        planned = plan(seed, item)
        yield brief_in_hindsight(planned.story, planned.scene, Draw(seed, f"plan {item}"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("-n", type=int, default=60)
    parser.add_argument("--seed", type=int, default=60_000)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    seen = {
        row.group
        for data in asked.data
        for file in ("train.jsonl", "heldout.jsonl")
        for row in read_rows(data / file, json.loads((data / "dataset.json").read_text())["kind"])
    }
    sources = (of_pool(asked.seed), of_planner(asked.seed))
    found: dict[str, Brief] = {}
    while len(found) < asked.n:
        source = sources[len(found) % 2]
        brief = next(source)
        group = group_of(compose("mini", brief=brief).messages)
        if brief != Brief() and group not in seen:
            found.setdefault(group, brief)
    rows = [
        {"id": f"unseen-{number:02}", **brief.model_dump(mode="json", exclude_defaults=True)}
        for number, brief in enumerate(found.values(), start=1)
    ]
    asked.out.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    print(f"{asked.out}: {len(rows)} Briefs")


if __name__ == "__main__":
    main()
