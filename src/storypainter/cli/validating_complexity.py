"""``storypainter validate complexity``: automatic scores of complexity against people's ratings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import orjson

from storypainter.cli.findings import print_findings
from storypainter.cli.ratings import asked_of, read_all, reading_options
from storypainter.errors import BadInput
from storypainter.evaluation import Found, marks_of
from storypainter.ratings.judged import Judged
from storypainter.ratings.judging import against_people
from storypainter.ratings.pairing import read_judged, with_ratings
from storypainter.ratings.reading import Asked
from storypainter.ratings.scale import Imported, Scale
from storypainter.ratings.stored import stored_ratings
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items

EVALUATOR = "complexity"
#: The evaluator's scores that mean what people rated; its counts of clues do not.
SCORES = ("semantic_score", "rubric")
_SCALE = Scale(1, 5, 0.5)
#: Which automatic score of which judge: (score, judge).
Which = tuple[str, str]


@click.command("complexity")
@click.argument("sources", nargs=-1, required=True, metavar="RUN|FILE…")
@click.option(
    "--ratings", multiple=True, type=click.Path(path_type=Path),
    help="a file of ratings, where FILE has none; several times for several files",
)  # fmt: skip
@reading_options
@click.option(
    "--score",
    default=None,
    help="which score of a run's complexity marks  [default: semantic_score and rubric]",
)
@click.option(
    "--judge", default="as given", help="who made FILE's automatic scores, for the record"
)
@click.option(
    "--trained", multiple=True, metavar="SOURCE",
    help="this source was trained or distilled, those not named were not",
)  # fmt: skip
@click.option("--seed", type=int, default=0, help="of the bootstrap  [default: 0]")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def complexity(
    sources: tuple[str, ...],
    ratings: tuple[Path, ...],
    score: str | None,
    judge: str,
    trained: tuple[str, ...],
    seed: int,
    as_json: bool,
    **said: Any,
) -> None:
    """Hold automatic scores of complexity against people: correlations, pairs, bias of sources.

    A RUN needs complexity marks (storypainter evaluate --evaluators complexity) and imported
    ratings. A FILE is CSV with item, automatic (0 to 1), and where known source and trained (yes
    or no), then one column a rater; or JSONL with ratings as an object or list. Several runs, or
    a column source, show whether the judge favours some of them.
    """
    asked = asked_of(**said)
    of_files = [Path(each) for each in sources if not (Path(each) / "run.db").is_file()]
    of_runs = [Path(each) for each in sources if (Path(each) / "run.db").is_file()]
    judged: dict[Which, list[Judged]] = defaultdict(list)
    if of_files:
        judged["automatic", judge] += _of_files(of_files, ratings, asked)
    elif ratings:
        raise BadInput("--ratings is for a FILE", "import them: storypainter ratings import RUN")
    for run in of_runs:
        for which, found in _of_run(run, said["name"], score).items():
            judged[which] += found
    results = tuple(
        Found(
            f"{EVALUATOR}, {name}", who,
            against_people(_told(found, trained), judge=who, seed=seed),
        )
        for (name, who), found in judged.items()
    )  # fmt: skip
    if as_json:
        plain = [{"score": e.name, "judge": e.judge, **e.findings.to_plain()} for e in results]
        click.echo(orjson.dumps(plain).decode())
    else:
        print_findings(results, {})


def _of_files(files: Sequence[Path], ratings: Sequence[Path], asked: Asked) -> tuple[Judged, ...]:
    found: dict[str, Judged] = {}
    for file in files:
        for each in read_judged(file, asked.scale or _SCALE):
            if each.item in found:
                raise BadInput(f"{file.name}: {each.item!r} is in another file", "rename one")
            found[each.item] = each
    if not ratings:
        return tuple(found.values())
    people = read_all(ratings, asked)
    unknown = next((each for each in people if each.rating.item not in found), None)
    if unknown is not None:
        raise BadInput(
            f"{unknown.source}: {unknown.rating.item!r} has no automatic score",
            "leave it out, or give its score",
        )
    return with_ratings(found.values(), people)


def _of_run(run: Path, name: str | None, score: str | None) -> dict[Which, tuple[Judged, ...]]:
    """A run's items with each complexity score that lies on [0, 1], beside its ratings."""
    scores: dict[Which, list[Judged]] = defaultdict(list)
    source = run.resolve().name
    wanted = (score,) if score else SCORES
    with RunFolder(run, read_only=True) as folder:
        people = _named(stored_ratings(folder), name, run)
        for item in items(folder):
            for evaluator, judge, marks in marks_of(folder, item.index):
                if evaluator != EVALUATOR:
                    continue
                for each in marks.scores:
                    if each.value is not None and each.name in wanted:
                        judged = Judged(item.id, each.value, source=source)
                        scores[each.name, each.judge or judge].append(judged)
    on_scale = {
        which: with_ratings(found, people)
        for which, found in scores.items()
        if all(0 <= each.automatic <= 1 for each in found)
    }
    if not on_scale:
        raise BadInput(
            f"{run} holds no complexity score from 0 to 1 called {' or '.join(wanted)}",
            "run: storypainter evaluate RUN --evaluators complexity --rubric PROVIDER/MODEL",
        )
    return on_scale


def _named(ratings: Sequence[Imported], name: str | None, run: Path) -> tuple[Imported, ...]:
    kept = tuple(each for each in ratings if name in (None, each.rating.name))
    if not kept:
        raise BadInput(
            f"{run} holds no ratings" + (f" of {name!r}" if name else ""),
            "import some: storypainter ratings import RUN FILE",
        )
    return kept


def _told(judged: Sequence[Judged], trained: Sequence[str]) -> tuple[Judged, ...]:
    """The same items with what --trained says of their sources."""
    if not trained:
        return tuple(judged)
    known = {each.source for each in judged}
    missing = next((each for each in trained if each not in known), None)
    if missing is not None:
        raise BadInput(
            f"--trained {missing!r} is no source", f"sources: {', '.join(sorted(known))[:200]}"
        )
    return tuple(replace(each, trained=each.source in trained) for each in judged)
