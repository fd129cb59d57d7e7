"""The numbers behind the Diversity evaluator: speed, memory, recall, and what its intervals hold.

Each search runs in a process of its own, on generated embeddings that it maps from a file; its
peak memory (VmHWM) is that of the search, mapped pages included. Needs the extra [analysis].

Sections: ``exact`` (10,000 and 100,000 items), ``approximate`` (1,000,000), ``others`` (near
duplicates, Vendi score and average distance of 100,000) and ``coverage`` (simulated, no timing).
A JSON file that exists keeps the sections that were not run.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from measuring import machine, table, workplace
from numpy.typing import NDArray

from storypainter.evaluators.neighbours import nearest
from storypainter.evaluators.repeats import near_duplicates
from storypainter.evaluators.spread import Spread, average_distance, knn_distance, t_quantile, vendi

K = 5
DIMENSIONS = 256
BLOCK = 50_000
MOST_SECONDS_EXACT = 120
MOST_SECONDS_APPROXIMATE = 25 * 60
MOST_MB = 4096
LEAST_RECALL = 0.95
NEAR = 0.9

Draw = Callable[[int, np.random.Generator], NDArray[np.float64]]


def write_embeddings(path: Path, n: int, seed: int = 0) -> None:
    """Clustered vectors as float16: about 200 items a cluster, of very different sizes.

    The scale of the dimensions falls as in text embeddings (a power law), clusters spread by 0.6
    of the distance between them, and every hundredth item is a copy of another one.
    """
    generator = np.random.default_rng(seed)
    scale = np.arange(1, DIMENSIONS + 1, dtype=np.float32) ** -0.5
    centres = generator.standard_normal((max(1, n // 200), DIMENSIONS), dtype=np.float32)
    weights = generator.dirichlet(np.ones(len(centres)))
    rows = np.memmap(path, np.float16, "w+", shape=(n, DIMENSIONS))
    for start in range(0, n, BLOCK):
        size = min(BLOCK, n - start)
        within = generator.standard_normal((size, DIMENSIONS), dtype=np.float32)
        cluster = generator.choice(len(centres), size, p=weights)
        rows[start : start + size] = (centres[cluster] + np.float32(0.6) * within) * scale
    copies = np.arange(0, n, 100)
    rows[copies] = rows[generator.integers(0, n, len(copies))]
    rows.flush()


def gemm_rate() -> float:
    """Float32 operations a second in a matrix product, the physical limit of an exact search.

    The best of two shapes and five tries: what the machine can do when nobody else uses it.
    """
    best = 0.0
    for rows, inner in ((4096, DIMENSIONS), (2048, 2048)):
        a = np.random.default_rng(0).standard_normal((rows, inner), dtype=np.float32)
        room = np.empty((rows, rows), np.float32)
        for _ in range(5):
            started = time.perf_counter()
            np.matmul(a, a.T.copy(), out=room)
            best = max(best, 2 * rows * rows * inner / (time.perf_counter() - started))
    return best


def peak_mb() -> float:
    """The largest resident set of this process so far."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return float(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def search(path: Path, n: int, method: str) -> dict[str, Any]:
    """One knn_distance, in this process, between two measurements of the machine's rate.

    Those take less memory than the search, so the peak is the search's.
    """
    rows = np.memmap(path, np.float16, "r", shape=(n, DIMENSIONS))
    before = 0.0 if method == "approximate" else gemm_rate()
    reached: list[tuple[int, float]] = []
    started = time.perf_counter()
    found = knn_distance(
        rows,
        K,
        method="approximate" if method == "approximate" else "exact",
        progress=lambda done, _: reached.append((done, time.perf_counter() - started)),
    )
    seconds = time.perf_counter() - started
    row = {
        "items": n,
        "dimensions": DIMENSIONS,
        "method": method,
        "seconds": seconds,
        "peak MB": peak_mb(),
        "score": found.value,
        **found.parts,
    }
    if method == "approximate":
        row["build s"] = max(at for done, at in reached if done <= n)
        row["search s"] = reached[-1][1] - row["build s"]
        return row
    rate = max(before, gemm_rate())
    row["GFLOP/s"] = rate / 1e9
    # Each pair once: n² / 2 products of d multiplications and d additions.
    row["limit s"] = n * n * DIMENSIONS / rate
    row["times the limit"] = seconds / row["limit s"]
    return row


def others(path: Path, n: int, what: str) -> dict[str, Any]:
    """One of the other scores, in this process."""
    rows = np.memmap(path, np.float16, "r", shape=(n, DIMENSIONS))
    started = time.perf_counter()
    if what == "near duplicates":
        found = near_duplicates(rows, NEAR)
        told = {"score": None, "pairs": found.count, "groups": found.group_count}
    else:
        score = vendi(rows) if what == "vendi" else average_distance(rows)
        told = {"score": score.value, "pairs": None, "groups": None}
    seconds = time.perf_counter() - started
    return {"what": what, "items": n, "seconds": seconds, "peak MB": peak_mb(), **told}


def in_a_child(function: str, path: Path, n: int, what: str) -> dict[str, Any]:
    """Run ``search`` or ``others`` in a process of its own."""
    command = [sys.executable, __file__, "--child", function, str(path), str(n), what]
    asked = subprocess.run(command, capture_output=True, text=True)
    if asked.returncode:
        raise SystemExit(f"{what} of {n}: {asked.stderr.strip().splitlines()[-1:]}")
    row: dict[str, Any] = json.loads(asked.stdout)
    print(f"  {what} of {n:,}: {row['seconds']:.1f} s, {row['peak MB']:.0f} MB", flush=True)
    return row


def measured_exact(folder: Path) -> dict[str, Any]:
    rows = []
    for n in (10_000, 100_000):
        write_embeddings(folder / "rows", n)
        rows.append(in_a_child("search", folder / "rows", n, "exact"))
    seconds = rows[-1]["seconds"]
    return {
        "rows": rows,
        "verdicts": {
            f"100,000 exact under {MOST_SECONDS_EXACT} s": seconds < MOST_SECONDS_EXACT,
        },
    }


def measured_approximate(folder: Path) -> dict[str, Any]:
    n = 1_000_000
    write_embeddings(folder / "rows", n)
    row = in_a_child("search", folder / "rows", n, "approximate")
    return {
        "rows": [row],
        "verdicts": {
            f"1,000,000 approximate under {MOST_SECONDS_APPROXIMATE} s": row["seconds"]
            < MOST_SECONDS_APPROXIMATE,
            f"1,000,000 approximate under {MOST_MB} MB": row["peak MB"] < MOST_MB,
            f"recall at {K} at least {LEAST_RECALL}": row["recall"] >= LEAST_RECALL,
        },
    }


def measured_others(folder: Path) -> dict[str, Any]:
    n = 100_000
    write_embeddings(folder / "rows", n)
    names = ("near duplicates", "vendi", "average distance")
    return {"rows": [in_a_child("others", folder / "rows", n, name) for name in names]}


def source(themes: int, within: float, *, even: bool, d: int = 64) -> Draw:
    """A source of stories: themes on the sphere around a common direction, with noise in each.

    Its themes and their shares (even, or as 1, 1/2, 1/3 …) stay the same from set to set.
    """
    generator = np.random.default_rng(7)
    scale = np.arange(1, d + 1) ** -0.5
    scale /= np.linalg.norm(scale)
    centres = generator.standard_normal((themes, d)) * scale * (themes > 1)
    centres += 0.7 * generator.standard_normal(d) * scale
    shares = np.ones(themes) if even else 1 / np.arange(1, themes + 1)
    shares /= shares.sum()

    def draw(n: int, chance: np.random.Generator) -> NDArray[np.float64]:
        theme = chance.choice(themes, n, p=shares)
        return centres[theme] + within * chance.standard_normal((n, d)) * scale

    return draw


SOURCES: dict[str, Draw] = {
    "one cloud": source(1, 1.0, even=True),
    "12 even themes": source(12, 0.5, even=True),
    "12 uneven themes": source(12, 0.5, even=False),
    "40 tight themes, uneven": source(40, 0.1, even=False),
    "12 near copies, uneven": source(12, 0.02, even=False),
}


def by_item(found: Spread) -> float:
    """The standard error as if the items' means were independent."""
    assert found.per_item is not None
    return float(found.per_item.std(ddof=1)) / math.sqrt(found.n)


def covered(draw: Draw, n: int, sets: int, truths: int) -> dict[str, Any]:
    """The shares of 95 % intervals that hold the expected score, and their relative widths.

    ``×`` is the root mean square of the standard errors by the true deviation from set to set.
    """
    chance = np.random.default_rng(1)
    some = [draw(n, chance) for _ in range(truths)]
    knn = np.array([nearest(rows, K).distances.mean() for rows in some])
    average = np.array([average_distance(rows).value for rows in some])
    chance = np.random.default_rng(2)
    tries: dict[str, list[tuple[float, float]]] = {}
    quantile = t_quantile(0.975, n - 1)
    for number in range(sets):
        rows = draw(n, chance)
        jackknife = knn_distance(rows, K)
        halves = knn_distance(rows, K, interval="subsampling", seed=number)
        pairs = average_distance(rows)
        for name, found, expected in (
            ("jackknife", jackknife, knn.mean()),
            ("subsampling", halves, knn.mean()),
            ("average jackknife", pairs, average.mean()),
        ):
            assert found.value is not None
            assert found.interval is not None
            tries.setdefault(name, []).append(
                (found.value - expected, found.interval.standard_error)
            )
        assert jackknife.value is not None
        tries.setdefault("by item", []).append((jackknife.value - knn.mean(), by_item(jackknife)))
    row: dict[str, Any] = {"items": n, "expected": knn.mean(), "deviation": knn.std(ddof=1)}
    for name, each in tries.items():
        away, error = np.array(each).T
        true = average.std(ddof=1) if name.startswith("average") else row["deviation"]
        row[name] = float((np.abs(away) <= quantile * error).mean())
        row[f"{name} ×"] = float(np.sqrt((error**2).mean()) / true)
    return row


def measured_coverage(_: Path) -> dict[str, Any]:
    rows = []
    for n, sets, truths in ((30, 2_000, 20_000), (200, 1_000, 4_000)):
        for name, draw in SOURCES.items():
            rows.append({"source": name, "sets": sets, **covered(draw, n, sets, truths)})
            print(f"  coverage of {n} from {name}: done", flush=True)
    return {"level": 0.95, "k": K, "rows": rows}


SECTIONS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "exact": measured_exact,
    "approximate": measured_approximate,
    "others": measured_others,
    "coverage": measured_coverage,
}


def keep(path: Path, name: str, section: dict[str, Any]) -> None:
    """Put a section into the file, with the machine and the date that it belongs to."""
    body = json.loads(path.read_text()) if path.exists() else {"benchmark": "diversity"}
    body[name] = {"machine": machine(), **section}
    path.write_text(json.dumps(body, indent=2) + "\n")
    print(f"\nwritten: {path} ({name})")


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        function, path, n, what = sys.argv[2:]
        run = {"search": search, "others": others}[function]
        print(json.dumps(run(Path(path), int(n), what)))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], default=[])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    missed: list[str] = []
    with workplace() as folder:
        for name in options.sections or SECTIONS:
            section = SECTIONS[name](folder)
            print(f"\n{name}\n{table(section['rows'])}")
            if options.json:
                keep(options.json, name, section)
            missed += [what for what, holds in section.get("verdicts", {}).items() if not holds]
    if missed:
        raise SystemExit(f"missed: {'; '.join(missed)}")


if __name__ == "__main__":
    main()
