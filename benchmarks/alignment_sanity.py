"""Checks that the structural judge of alignment can fail, on Pairs planned and painted here.

``shuffled``: pictures are dealt anew among the stories of one setting; alignment must fall.
``deleted``: what carries one clue is taken out of Scene and Regions, as a Scene without it would
have them; that clue must fall, and hardly any other.
``erased``: the groups that carry one clue are taken out of the SVG file, which is then audited and
rendered anew (:mod:`alignment_erasing`); the same must hold.

The judge's words and rules were written with seed 601 in view; seed 602 was held out from the first
two checks, seed 733 from the third, which ``--erased`` runs by itself: other stories, people,
partners and pictures, from the same worlds and so partly in the same sentences. Exits with 1 if a
check fails on the held-out seed. Painting takes some seconds a Pair and erasing half a minute; with
``--pairs FOLDER`` painted Pairs are kept there and read again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from alignment_erasing import SORTS, audits_agree, erasures
from measuring import table, write_json

from storypainter.evaluators.alignment_asking import Answer
from storypainter.evaluators.alignment_means import Labelled, scores_of_answers
from storypainter.evaluators.alignment_structure import JUDGE, VERSION, answers_of_scene
from storypainter.evaluators.key_points import Point, from_chains
from storypainter.evaluators.scene_reading import read_scene
from storypainter.ink import paint_scene
from storypainter.intervals import wilson
from storypainter.picture import Region
from storypainter.planner import plan
from storypainter.scene import Scene
from storypainter.story import Brief, Story

OPEN, HELD_OUT, HELD_OUT_ERASED = 601, 602, 733
SETTINGS = ("kitchen", "park", "market", "classroom")
#: Pairs of a setting; of the check that erases, which takes long.
EACH, EACH_ERASED = 15, 4
RESAMPLES = 10_000
#: What the held-out seed must reach.
LEAST_FALL_OF_DELETED, MOST_FALL_OF_OTHERS = 0.8, 0.1
MEASURES = ("alignment", "alignment_clues", "alignment_by_dimension")
GROUPS = ("people", "animals", "props", "signs")
REFERENCES = ("gaze", "sits_on", "stands_on", "lies_on")

Plain = dict[str, Any]


@dataclass(frozen=True)
class Painted:
    """A planned Pair: its setting, Story, Scene and Regions, and the painter's SVG."""

    setting: str
    story: Story
    scene: Scene
    regions: tuple[Region, ...]
    svg: str

    @property
    def points(self) -> tuple[Point, ...]:
        """Its key points."""
        return from_chains(self.story).points

    def answers(self, points: Sequence[Point]) -> tuple[Answer, ...]:
        """What its picture answers to key points."""
        return answers_of_scene(read_scene(self.scene, self.regions), points)


# ------------------------------------------------------------------------------ Pairs


def painted_pairs(seed: int, folder: Path | None, each: int = EACH) -> list[Painted]:
    """The Pairs of a seed, painted or read: the first so many of each setting."""
    file = folder / f"pairs-{seed}-{each}.jsonl" if folder is not None else None
    if file is not None and file.exists():
        return [_read(orjson.loads(line)) for line in file.read_bytes().splitlines()]
    pairs = []
    for setting in SETTINGS:
        for index in range(each):
            made = plan(seed, index, Brief(setting=setting))
            assert made.scene is not None
            drawn = paint_scene(made.scene)
            pairs.append(Painted(setting, made.story, made.scene, drawn.regions, drawn.svg))
            print(f"\rseed {seed}: {len(pairs)} painted", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(orjson.dumps(_plain(each)) + b"\n" for each in pairs))
    return pairs


def _plain(pair: Painted) -> Plain:
    return {
        "setting": pair.setting,
        "story": pair.story.to_plain(),
        "scene": pair.scene.to_plain(),
        "regions": [region.to_plain() for region in pair.regions],
        "svg": pair.svg,
    }


def _read(plain: Plain) -> Painted:
    return Painted(
        plain["setting"],
        Story.model_validate(plain["story"]),
        Scene.model_validate(plain["scene"]),
        tuple(Region.model_validate(each) for each in plain["regions"]),
        plain["svg"],
    )


# --------------------------------------------------------------------------- shuffled


def shuffled(pairs: Sequence[Painted], seed: int) -> dict[str, Plain]:
    """Own against dealt pictures: means, and the mean difference with its interval.

    Every story gets another's picture of its setting (a random cycle). Intervals: percentile
    bootstrap over stories within settings.
    """
    generator = np.random.default_rng(seed)
    other: dict[int, int] = {}
    for setting in SETTINGS:
        places = [at for at, pair in enumerate(pairs) if pair.setting == setting]
        cycle = list(generator.permutation(places))
        other |= {int(a): int(b) for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True)}
    own = [_scores(pair, pair) for pair in pairs]
    dealt = [_scores(pair, pairs[other[at]]) for at, pair in enumerate(pairs)]
    strata = [pair.setting for pair in pairs]
    return {name: _difference(name, own, dealt, strata, generator) for name in MEASURES}


def _scores(story: Painted, picture: Painted) -> Mapping[str, float | None]:
    points = story.points
    found = scores_of_answers(points, picture.answers(points), Labelled(JUDGE, VERSION))
    return {score.name: score.value for score in found}


def _difference(
    name: str,
    own: Sequence[Mapping[str, float | None]],
    dealt: Sequence[Mapping[str, float | None]],
    strata: Sequence[str],
    generator: np.random.Generator,
) -> Plain:
    both = [
        (a[name], b[name], stratum)
        for a, b, stratum in zip(own, dealt, strata, strict=True)
        if a[name] is not None and b[name] is not None
    ]
    values = np.array([(a, b) for a, b, _ in both], dtype=float)
    differences = values[:, 0] - values[:, 1]
    groups = [np.array([i for i, row in enumerate(both) if row[2] == s]) for s in SETTINGS]
    drawn = np.concatenate(
        [
            differences[group[generator.integers(len(group), size=(RESAMPLES, len(group)))]]
            for group in groups
        ],
        axis=1,
    ).mean(axis=1)
    above = int(np.sum(differences > 0))
    return {
        "n": len(both),
        "absent": len(own) - len(both),
        "own": float(values[:, 0].mean()),
        "shuffled": float(values[:, 1].mean()),
        "difference": float(differences.mean()),
        "interval": [float(each) for each in np.quantile(drawn, (0.025, 0.975))],
        "own_is_higher": above / len(both),
        "own_is_higher_interval": list(wilson(above, len(both))),
    }


# ---------------------------------------------------------------------------- deleted


def deleted(pairs: Sequence[Painted], seed: int) -> dict[str, Plain]:
    """Of points that held before something was deleted, the share that no longer does.

    ``things``: animals, props and signs that carry a clue are deleted, one clue after the other;
    ``people``: whoever carries it. ``own`` counts that clue, ``others`` the clues that nothing
    deleted carries. Intervals: percentile bootstrap over Pairs.
    """
    found: dict[str, Plain] = {}
    for what, groups in (("things", GROUPS[1:]), ("people", GROUPS[:1])):
        rows = [_deletions(pair, groups) for pair in pairs]
        found[what] = {
            "deletions": sum(each["deletions"] for each in rows),
            "own": _share(rows, "own", seed),
            "others": _share(rows, "others", seed),
        }
    return found


def _deletions(pair: Painted, groups: Sequence[str]) -> Plain:
    """(fell, held before) of own clues and of others, over all deletions in a Pair."""
    points = [point for point in pair.points if point.is_clue]
    before = pair.answers(points)
    carriers = {each.id: set(each.clues) for group in groups for each in getattr(pair.scene, group)}
    counts = {"own": [0, 0], "others": [0, 0]}
    deletions = 0
    for point, answer in zip(points, before, strict=True):
        gone = {name for name, clues in carriers.items() if point.clue in clues}
        if not gone or not answer.yes:
            continue
        deletions += 1
        carried = set[str]().union(*(carriers[name] for name in gone))
        after = without(pair, gone).answers(points)
        for each, was, now in zip(points, before, after, strict=True):
            kind = "own" if each is point else "others"
            if was.yes and (kind == "own" or each.clue not in carried):
                counts[kind][0] += now.yes is not True
                counts[kind][1] += 1
    return {"deletions": deletions, **counts}


def without(pair: Painted, gone: set[str]) -> Painted:
    """The Pair as if some elements had never been painted: neither they nor what refers to them."""
    plain = pair.scene.to_plain()
    for group in GROUPS:
        kept = [each for each in plain.get(group, ()) if each["id"] not in gone]
        plain[group] = [_freed(each, gone) for each in kept]
    regions = tuple(region for region in pair.regions if region.element not in gone)
    return Painted(pair.setting, pair.story, Scene.model_validate(plain), regions, pair.svg)


def _freed(element: Plain, gone: set[str]) -> Plain:
    freed = {
        name: value for name, value in element.items() if not (name in REFERENCES and value in gone)
    }
    if "place" in freed:
        place = {
            k: v for k, v in freed["place"].items() if k not in ("near", "on") or v not in gone
        }
        if "near" not in place:
            place.pop("side", None)
        freed["place"] = place
    for name, key in (("holds", "what"), ("relations", "target")):
        if name in freed:
            freed[name] = [each for each in freed[name] if each[key] not in gone]
    return freed


def _share(rows: Sequence[Plain], kind: str, seed: int) -> Plain:
    counts = np.array([each[kind] for each in rows], dtype=float)
    count, n = (int(each) for each in counts.sum(axis=0))
    if not n:
        return {"count": 0, "n": 0, "share": None, "interval": None}
    chosen = np.random.default_rng(seed).integers(len(rows), size=(RESAMPLES, len(rows)))
    drawn = counts[chosen].sum(axis=1)
    drawn = drawn[drawn[:, 1] > 0]
    # a bootstrap of equal values has no width: where all or none fell, Wilson's interval is given
    interval = (
        wilson(count, n)
        if count in (0, n)
        else np.quantile(drawn[:, 0] / drawn[:, 1], (0.025, 0.975))
    )
    return {
        "count": count,
        "n": n,
        "share": count / n,
        "interval": [float(each) for each in interval],
    }


# ----------------------------------------------------------------------------- erased


def erasing(pairs: Sequence[Painted], seed: int) -> dict[str, Plain]:
    """As :func:`deleted`, with the groups taken out of the SVG file, by its Regions and pixels.

    ``signs`` counts what can be read of what is erased, and of the other signs of that picture.
    """
    found: dict[str, Plain] = {
        "same_answers": _share(
            [audits_agree(each.regions, each.svg, each.scene, _clues(each)) for each in pairs],
            "same",
            seed,
        )
    }
    for what, is_erased in SORTS.items():
        rows = []
        for pair in pairs:
            rows.append(erasures(pair.scene, pair.svg, _clues(pair), is_erased))
            told = f"\rseed {seed}: {what} erased from {len(rows)} SVGs"
            print(told, end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        found[what] = {
            "erasures": sum(row["erasures"] for row in rows),
            **{kind: _share(rows, kind, seed) for kind in ("own", "others", "risen")},
        }
        if what == "things":
            found["signs"] = {
                "own": _share(rows, "own_signs", seed),
                "others": _share(rows, "other_signs", seed),
            }
    return found


# ------------------------------------------------------------------------------ checks


def answered(pairs: Sequence[Painted], seed: int) -> Plain:
    """Of all clues of stories with their own picture: how many are answered, and how many hold."""
    rows = []
    for pair in pairs:
        said = [answer.yes for answer in pair.answers(_clues(pair))]
        rows.append({"hold": [said.count(True), len(said) - said.count(None)], "all": len(said)})
    hold = _share(rows, "hold", seed)
    return {"clues": sum(row["all"] for row in rows), "answered": hold["n"], "hold": hold}


def _clues(pair: Painted) -> list[Point]:
    return [point for point in pair.points if point.is_clue]


def failures(result: Mapping[str, Any]) -> list[str]:
    """What is not as it must be."""
    wrong = []
    for name, each in result.get("shuffled", {}).items():
        if each["interval"][0] <= 0:
            wrong.append(f"{name} does not fall when pictures are shuffled: {each['interval']}")
    for check in ("deleted", "erased"):
        for what, each in result.get(check, {}).items():
            if what == "same_answers":
                continue
            if (each["own"]["share"] or 0.0) < LEAST_FALL_OF_DELETED:
                wrong.append(f"only {each['own']['share']} of {check} {what} are missed")
            if (each["others"]["share"] or 0.0) > MOST_FALL_OF_OTHERS:
                wrong.append(f"{each['others']['share']:.2f} of others fall with {check} {what}")
    return wrong


def measure(seed: int, folder: Path | None) -> Plain:
    """The checks of shuffled and deleted things on the Pairs of a seed."""
    pairs = painted_pairs(seed, folder)
    return {
        "seed": seed,
        "pairs": len(pairs),
        "clues": answered(pairs, seed),
        "shuffled": shuffled(pairs, seed),
        "deleted": deleted(pairs, seed),
    }


def measure_erased(seed: int, folder: Path | None) -> Plain:
    """The check of erased groups on the first Pairs of a seed."""
    pairs = painted_pairs(seed, folder, EACH_ERASED)
    return {
        "seed": seed,
        "pairs": len(pairs),
        "clues": answered(pairs, seed),
        "erased": erasing(pairs, seed),
    }


def show(name: str, result: Mapping[str, Any]) -> None:
    """Print a seed's results."""
    print(f"\n{name}: seed {result['seed']}, {result['pairs']} Pairs; clues: {result['clues']}\n")
    if "shuffled" in result:
        print(table([{"score": n, **_cut(each)} for n, each in result["shuffled"].items()]))
        print()
    rows: Iterable[Plain] = (
        {"check": check, "what": what, "clues": kind, **_cut(each[kind])}
        for check in ("deleted", "erased")
        for what, each in result.get(check, {}).items()
        for kind in ("own", "others", "risen")
        if kind in each
    )
    print(table(list(rows)))
    if "erased" in result:
        print(f"\nclues with one answer by both audits: {result['erased']['same_answers']}")


def _cut(row: Mapping[str, Any]) -> Plain:
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> Any:
    return ", ".join(f"{each:.3f}" for each in value) if isinstance(value, list) else value


def main() -> int:
    """Measure the seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, help="a folder where painted Pairs are kept")
    parser.add_argument("--open-only", action="store_true", help="leave the held-out seed alone")
    parser.add_argument("--erased", action="store_true", help="erase groups from SVGs, only that")
    parser.add_argument("--json", type=Path, help="write the results")
    given = parser.parse_args()
    check, held_out = (measure_erased, HELD_OUT_ERASED) if given.erased else (measure, HELD_OUT)
    results = {"open": check(OPEN, given.pairs)}
    if not given.open_only:
        results["held_out"] = check(held_out, given.pairs)
    for name, result in results.items():
        show(name, result)
    wrong = failures(results["open" if given.open_only else "held_out"])
    write_json(
        given.json,
        "alignment_sanity",
        {
            "judge": f"{JUDGE}, version {VERSION}",
            "settings": list(SETTINGS),
            "resamples": RESAMPLES,
            "must": {
                "difference": "its interval lies above 0",
                "least_fall_of_deleted": LEAST_FALL_OF_DELETED,
                "most_fall_of_others": MOST_FALL_OF_OTHERS,
            },
            "failures": wrong,
            **results,
        },
    )
    for each in wrong:
        print(f"FAILED: {each}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
