"""Thousands of random Scenes, painted in several processes; what fails is logged with its Scene.

Scene ``k`` of a seed is the same on every machine as long as the vocabulary is: ``--only k``
paints it again. Of each kind of failure the first is made as small as it gets.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

from measuring import write_json

from storypainter.ink import check_scene, paint_scene
from storypainter.scene import Scene

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "ink"))
from drawing_rules import faults  # noqa: E402
from scenes_strategy import Commission, make_commission  # noqa: E402

#: Seconds after which a Scene counts as one that hangs.
PATIENCE = 180
#: Every so manieth Scene is painted twice, and must give the same bytes.
TWICE = 20
#: Paintings that making one Scene smaller may take.
SHRINKING = 100
#: What an element can't be without.
NEEDED = frozenset({"id", "kind", "species", "role", "text", "time", "date", "target", "what"})


@dataclass(frozen=True, slots=True)
class Painted:
    """What came of one Scene; ``failure`` is empty when all was well."""

    number: int
    seconds: float
    reports: int = 0
    failure: str = ""
    trace: str = ""


class TooSlow(Exception):
    """A Scene took longer than ``PATIENCE``."""


def commission(seed: int, number: int) -> Commission:
    """Scene ``number`` of a seed."""
    return make_commission(random.Random(f"{seed}:{number}"))


def try_one(seed: int, number: int) -> Painted:
    """Paint one Scene and look for faults."""
    signal.signal(signal.SIGALRM, _too_slow)
    signal.alarm(PATIENCE)
    started = time.monotonic()
    try:
        reports, failure, trace = _outcome(commission(seed, number), number % TWICE == 0)
    finally:
        signal.alarm(0)
    return Painted(number, time.monotonic() - started, reports, failure, trace)


def _too_slow(_: int, __: FrameType | None) -> None:
    raise TooSlow(f"more than {PATIENCE} seconds")


def _outcome(asked: Commission, twice: bool = False) -> tuple[int, str, str]:
    """(reports, failure, trace) of painting a Commission."""
    try:
        check_scene(asked.scene)
        drawing = _paint(asked)
        found = faults(asked.scene, drawing, asked.width, asked.height)
        if twice and _paint(asked) != drawing:
            found.append("painted twice, the bytes differ")
        return len(drawing.reports), "; ".join(found[:3]), ""
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {Path(place.filename).name}, {place.name}: {error}"
        return 0, what, traceback.format_exc()


def _paint(asked: Commission) -> Any:
    return paint_scene(
        asked.scene,
        width=asked.width,
        height=asked.height,
        style=asked.style,  # type: ignore[arg-type]
        seed=asked.seed,
    )


# ------------------------------------------------------------------- smaller


def kind_of(failure: str) -> str:
    """A failure without its numbers, ids and quoted words: equal kinds have one cause."""
    first = failure.split("; ")[0]
    return re.sub(r"'[^']*'|\b(prop|animal|sign|person)\d+|-?\d+(\.\d+)?", "…", first)


def smallest(asked: Commission, kind: str) -> Commission:
    """A Commission with as little in it as still fails in the same way."""
    left = SHRINKING

    def fails(candidate: Commission) -> bool:
        nonlocal left
        left -= 1
        return kind_of(_outcome(candidate)[1]) == kind

    again = True
    while again and left > 0:
        again = False
        for scene in _smaller(asked.scene.to_plain()):
            candidate = _with(asked, scene)
            if candidate is not None and left > 0 and fails(candidate):
                asked, again = candidate, True
                break
    return asked


def _with(asked: Commission, plain: dict[str, Any]) -> Commission | None:
    try:
        scene = Scene.model_validate(plain)
        check_scene(scene)
    except Exception:  # a Scene that is no longer valid is no smaller one
        return None
    return None if scene == asked.scene else replace(asked, scene=scene)


def _smaller(scene: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The Scene without a group, one element, one optional field, and in plain weather."""
    groups = ("people", "animals", "props", "signs")
    for group in groups:
        rest = scene
        for element in scene.get(group, ()):
            rest = _without(rest, element["id"])
        yield rest
    for group in groups:
        for element in scene.get(group, ()):
            yield _without(scene, element["id"])
    for group in groups:
        for index, element in enumerate(scene.get(group, ())):
            for slimmer in _slimmer(element):
                changed = [*scene[group]]
                changed[index] = slimmer
                yield {**scene, group: changed}
    yield {**scene, "setting": {"kind": scene["setting"]["kind"]}}


def _slimmer(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key, held in value.items():
        if key not in NEEDED:
            yield {name: each for name, each in value.items() if name != key}
            if isinstance(held, dict):
                yield from ({**value, key: less} for less in _slimmer(held))
            elif isinstance(held, list) and len(held) > 1:
                yield from (
                    {**value, key: held[:index] + held[index + 1 :]} for index in range(len(held))
                )


def _without(scene: dict[str, Any], gone: str) -> dict[str, Any]:
    """The Scene without an element and without all that refers to it."""

    def clean(value: Any) -> Any:
        if isinstance(value, list):
            return [clean(each) for each in value if not _refers(each, gone)]
        if isinstance(value, dict):
            return {name: clean(each) for name, each in value.items() if each != gone}
        return value

    cleaned: dict[str, Any] = clean(scene)
    return cleaned


def _refers(value: Any, gone: str) -> bool:
    return isinstance(value, dict) and gone in (
        value.get("id"),
        value.get("what"),
        value.get("target"),
    )


# ------------------------------------------------------------------- the run


def paint_all(
    numbers: Sequence[int], seed: int, processes: int, tell: Callable[[Painted], None]
) -> list[int]:
    """Paint all numbered Scenes; returns those at which a process died."""
    died: list[int] = []
    with ProcessPoolExecutor(processes) as pool:
        waiting: dict[Future[Painted], int] = {
            pool.submit(try_one, seed, number): number for number in numbers
        }
        for done in as_completed(waiting):
            try:
                tell(done.result())
            except BrokenProcessPool:
                died.append(waiting[done])
    return died


def main() -> int:
    """The command line; returns 1 when a Scene failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="number of the first Scene")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", type=int, help="paint this one Scene, and print it")
    parser.add_argument("--log", type=Path, default=Path("soak_scenes.jsonl"))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.only is not None:
        painted = try_one(options.seed, options.only)
        print(json.dumps(commission(options.seed, options.only).to_plain(), ensure_ascii=False))
        print(painted.trace or painted.failure or f"well, with {painted.reports} reports")
        return int(bool(painted.failure))
    every: list[Painted] = []
    kinds: Counter[str] = Counter()
    first: dict[str, Commission] = {}
    with options.log.open("w", encoding="utf-8") as log:

        def tell(painted: Painted) -> None:
            every.append(painted)
            if painted.failure:
                asked = commission(options.seed, painted.number)
                kind = kind_of(painted.failure)
                kinds[kind] += 1
                row = {**asdict(painted), "kind": kind, "commission": asked.to_plain()}
                first.setdefault(kind, asked)
                log.write(json.dumps(row, ensure_ascii=False) + "\n")
                log.flush()
            if len(every) % 50 == 0:
                print(f"{len(every)} painted, {kinds.total()} failed", flush=True)

        numbers = range(options.first, options.first + options.n)
        died = paint_all(numbers, options.seed, options.processes, tell)
        for kind, asked in first.items():
            if not kind.startswith("TooSlow"):
                row = {"kind": kind, "smallest": smallest(asked, kind).to_plain()}
                log.write(json.dumps(row, ensure_ascii=False) + "\n")
    slowest = max(every, key=lambda painted: painted.seconds)
    results = {
        "scenes": len(every),
        "first": options.first,
        "seed": options.seed,
        "failed": kinds.total(),
        "kinds": dict(kinds.most_common()),
        "process_died_before": died,
        "with_reports": sum(painted.reports > 0 for painted in every),
        "mean_seconds": sum(painted.seconds for painted in every) / len(every),
        "slowest": {"number": slowest.number, "seconds": slowest.seconds},
    }
    print(json.dumps(results, indent=2, ensure_ascii=False))
    write_json(options.json, "soak_scenes", results)
    return int(bool(kinds or died))


if __name__ == "__main__":
    sys.exit(main())
