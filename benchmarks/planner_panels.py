"""Panels of readers on planned stories: whether they make sense, and pass as written by people.

    python benchmarks/planner_panels.py sense OUT [--seed 0] [-n 60]
    python benchmarks/planner_panels.py mixed OUT [--seed 0] [-n 20]
    python benchmarks/planner_panels.py score-sense OUT MARKS... [--out FILE]
    python benchmarks/planner_panels.py score-mixed OUT MARKS... [--out FILE]

``sense`` writes ``n`` consecutive stories of a seed. A reader marks those that fail: something that
makes no sense, or one person who does two things at the same time. ``mixed`` writes ``n`` planned
stories and as many of the Pool in one shuffled list; a reader is told that some are by people and
some by a program, and says which. OUT/*.md is for the readers, OUT/key.json isn't.

A reader's file has one line for each story that is marked: ``17: why``, and with ``mixed`` one line
for each story: ``17: person`` or ``17: program``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

from measuring import write_json

from storypainter.intervals import wilson
from storypainter.planner import plan
from storypainter.pools import load_pool

JUDGE = "language models of one family, shown the texts only"

SENSE = """Each story below describes ONE picture of ONE moment. Mark every story that fails:
- something in it makes no sense, contradicts something else in it, or can't be so (for these people, at this place, at this time);
- or one and the same person does two actions that can't be done in one moment (a posture, what the hands do
  and where the eyes look are one action);
- or you can't tell who or what is meant.
Odd, comic or unlikely is not a failure. Write one line for each story that fails: `17: the words that fail, and why`.
"""
MIXED = """Below are descriptions of pictures. Some were written by people and some by a computer program that plans
a picture and puts its description together. Read each and decide. Write one line for each: `17: person` or
`17: program`, and after it, if you like, what gave it away.
"""


def sense(out: Path, seed: int, n: int) -> None:
    """Write consecutive stories."""
    stories = [plan(seed, index).story for index in range(n)]
    _write(out, "stories.md", SENSE, [story.text for story in stories])
    key = {"kind": "sense", "seed": seed, "stories": [story.id for story in stories]}
    (out / "key.json").write_text(json.dumps(key, indent=1), "utf-8")


def mixed(out: Path, seed: int, n: int) -> None:
    """Write planned stories and stories of the Pool, shuffled."""
    rng = random.Random(f"mixed {seed}")
    pool = sorted(load_pool("own").stories, key=lambda story: str(story.id))
    rows = [("planned", plan(seed, index).story) for index in range(n)]
    rows += [("pool", story) for story in rng.sample(pool, n)]
    rng.shuffle(rows)
    _write(out, "texts.md", MIXED, [story.text for _, story in rows])
    key = {"kind": "mixed", "seed": seed, "stories": [[kind, story.id] for kind, story in rows]}
    (out / "key.json").write_text(json.dumps(key, indent=1), "utf-8")


def _write(out: Path, name: str, head: str, texts: list[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    parts = [head, *(f"**{number}.** {text}" for number, text in enumerate(texts, 1))]
    (out / name).write_text("\n\n".join(parts) + "\n", "utf-8")


def marks(path: Path) -> dict[int, str]:
    """Number to what was written after it."""
    lines = re.findall(r"^\W*(\d+)\W*:\s*(.+)$", path.read_text("utf-8"), re.M)
    return {int(number): text.strip() for number, text in lines}


def share(some: int, n: int) -> dict[str, object]:
    """A share with its 95 % Wilson interval."""
    low, high = wilson(some, n)
    return {"share": some / n, "count": some, "n": n, "interval": [low, high]}


def score_sense(out: Path, files: list[Path]) -> dict[str, object]:
    """How many stories each reader marked, either, and both."""
    stories = json.loads((out / "key.json").read_text("utf-8"))["stories"]
    every = [marks(path) for path in files]
    either = set().union(*every)
    both = set(every[0]).intersection(*every[1:])
    n = len(stories)
    return {
        "judge": JUDGE,
        "marked": {
            path.stem: share(len(found), n) for path, found in zip(files, every, strict=True)
        },
        "by_either": share(len(either), n),
        "by_all": share(len(both), n),
        "why": {
            f"{number} {stories[number - 1]}": [found.get(number, "") for found in every]
            for number in sorted(either)
        },
    }


def score_mixed(out: Path, files: list[Path]) -> dict[str, object]:
    """How often stories of each kind were taken for people's, by reader and together."""
    kinds = [kind for kind, _ in json.loads((out / "key.json").read_text("utf-8"))["stories"]]
    result: dict[str, object] = {"judge": JUDGE}
    together: dict[str, list[bool]] = {"planned": [], "pool": []}
    for path in files:
        found = marks(path)
        mine: dict[str, list[bool]] = {"planned": [], "pool": []}
        for number, kind in enumerate(kinds, 1):
            mine[kind].append(found.get(number, "program").casefold().startswith("person"))
        for kind, passed in mine.items():
            together[kind] += passed
        result[path.stem] = {kind: share(sum(each), len(each)) for kind, each in mine.items()}
    result["taken_for_people_s"] = {k: share(sum(v), len(v)) for k, v in together.items()}
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, usual in (("sense", 60), ("mixed", 20)):
        writing = commands.add_parser(name)
        writing.add_argument("folder", type=Path)
        writing.add_argument("--seed", type=int, default=0)
        writing.add_argument("-n", type=int, default=usual)
    for name in ("score-sense", "score-mixed"):
        scoring = commands.add_parser(name)
        scoring.add_argument("folder", type=Path)
        scoring.add_argument("marks", type=Path, nargs="+")
        scoring.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.command == "sense":
        sense(options.folder, options.seed, options.n)
    elif options.command == "mixed":
        mixed(options.folder, options.seed, options.n)
    else:
        scorer = score_sense if options.command == "score-sense" else score_mixed
        result = scorer(options.folder, options.marks)
        print(json.dumps(result, indent=1))
        write_json(options.out, f"planner_{options.command.removeprefix('score-')}", result)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        raise SystemExit(f"{error.filename}: {error.strerror}") from None
