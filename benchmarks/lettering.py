"""How well lettering is read: signs in ink's pictures, and the same signs blurred.

    python benchmarks/lettering.py development [--cache FOLDER]
    python benchmarks/lettering.py unseen --out docs/measured/lettering.json

Planned stories whose Scenes have signs with Latin text are painted (1,024 pixels a side), read and
matched as the evaluator ``lettering`` does it. A sign counts as read at a normalised similarity of
0.8 or more. Then each sign by itself is blurred (Gaussian, a radius of half the height of its
Region's box, 24 pixels at least) while the picture's others stay, and the picture is read again:
what similarity is left is what other lettering resembles by chance. The reading was chosen on
``development`` (seed 7001); ``unseen`` (seed 8002) is opened once.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from measuring import write_json
from PIL import Image, ImageFilter

from storypainter.errors import BadInput
from storypainter.evaluators.lettering import sign_texts
from storypainter.evaluators.lettering_matching import LEGIBLE, match_signs
from storypainter.evaluators.lettering_reading import lines_in, reader
from storypainter.ink.painter import VERSION, paint_scene
from storypainter.intervals import t_interval, wilson
from storypainter.planner import plan
from storypainter.scene import Scene

SEEDS = {"development": 7001, "unseen": 8002}
#: What a blurred sign must stay below.
GONE = 0.3
SMALLEST_RADIUS = 24.0
_LATIN_END = "\u024f"


@dataclass(frozen=True)
class Painted:
    """A picture with the texts of its signs and the boxes (left, top, right, bottom) of them."""

    name: str
    png: bytes
    texts: tuple[str, ...]
    boxes: tuple[tuple[float, float, float, float] | None, ...]
    reports: tuple[str, ...]


def is_latin(text: str) -> bool:
    """Whether all letters of a text are Latin."""
    return all(char <= _LATIN_END for char in text if char.isalpha())


def painted(seed: int, n: int, cache: Path | None) -> Iterator[Painted]:
    """The first ``n`` planned stories of a seed with signs in Latin letters."""
    index = made = 0
    while made < n:
        planned = plan(seed, index)
        scene = planned.scene
        index += 1
        texts = [text for _, text in sign_texts(scene)]
        if not texts or not all(map(is_latin, texts)):
            continue
        try:
            yield _paint(f"{seed}-{index - 1}", scene, cache)
        except BadInput as problem:
            print(f"{seed}-{index - 1}: ink can't paint it: {problem.message}")
            continue
        made += 1


def _paint(name: str, scene: Scene, cache: Path | None) -> Painted:
    digest = hashlib.sha256(f"{VERSION}\n{scene.to_json()}".encode()).hexdigest()[:16]
    kept = cache / f"{name}-{digest}.json" if cache is not None else None
    if kept is not None and kept.exists():
        told = json.loads(kept.read_text("utf-8"))
        return Painted(
            name,
            kept.with_suffix(".png").read_bytes(),
            tuple(told["texts"]),
            tuple(tuple(box) if box else None for box in told["boxes"]),
            tuple(told["reports"]),
        )
    drawing = paint_scene(scene)
    box_of = {region.element: region.box for region in drawing.regions}
    signs = sign_texts(scene)
    made = Painted(
        name,
        drawing.png,
        tuple(text for _, text in signs),
        tuple(box_of.get(element) for element, _ in signs),
        drawing.reports,
    )
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.with_suffix(".png").write_bytes(made.png)
        told = {"texts": made.texts, "boxes": made.boxes, "reports": made.reports}
        kept.write_text(json.dumps(told), "utf-8")
    return made


def blurred(png: bytes, box: tuple[float, float, float, float]) -> bytes:
    """The picture with one box blurred beyond reading."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    left, top, right, bottom = (round(each) for each in box)
    frame = (max(0, left - 2), max(0, top - 2), right + 2, bottom + 2)
    part = picture.crop(frame)
    radius = max(SMALLEST_RADIUS, (bottom - top) / 2)
    picture.paste(part.filter(ImageFilter.GaussianBlur(radius)), frame[:2])
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def measure(half: str, n: int, cache: Path | None) -> dict[str, Any]:
    """Similarity of every sign, as painted and blurred."""
    signs: list[dict[str, Any]] = []
    seconds, pictures = [], 0
    for each in painted(SEEDS[half], n, cache):
        pictures += 1
        start = time.process_time()
        plain = match_signs(each.texts, lines_in(each.png))
        seconds.append(time.process_time() - start)
        for at, (text, box) in enumerate(zip(each.texts, each.boxes, strict=True)):
            row: dict[str, Any] = {"picture": each.name, "sign": text, "read": plain[at].read}
            row["similarity"] = round(plain[at].similarity, 4)
            if box is not None:
                after = match_signs(each.texts, lines_in(blurred(each.png, box)))[at]
                row |= {"blurred": round(after.similarity, 4), "read_blurred": after.read}
            if plain[at].similarity < 1:
                row["reports"] = list(each.reports)  # what ink itself says is hidden
            signs.append(row)
            print(json.dumps(row, ensure_ascii=False), flush=True)
    return {"half": half, "seed": SEEDS[half], "pictures": pictures, **_result(signs, seconds)}


def _result(signs: list[dict[str, Any]], seconds: list[float]) -> dict[str, Any]:
    read = [row["similarity"] >= LEGIBLE for row in signs]
    exact = [row["similarity"] == 1 for row in signs]
    after = [row["blurred"] for row in signs if "blurred" in row]
    gone = [value < GONE for value in after]
    return {
        "reader": dict(reader()),
        "read": _share(read),
        "read_without_a_fault": _share(exact),
        "similarity": _mean([row["similarity"] for row in signs]),
        "blurred_similarity": _mean(after),
        "blurred_below_0.3": _share(gone),
        "signs_without_a_region": len(signs) - len(after),
        "cpu_seconds_a_picture": round(fmean(seconds), 2),
        "not_read": [row for row in signs if row["similarity"] < LEGIBLE],
        "still_read_when_blurred": [row for row in signs if row.get("blurred", 0) >= GONE],
    }


def _share(hits: list[bool]) -> dict[str, Any]:
    low, high = wilson(sum(hits), len(hits))
    return {
        "share": round(sum(hits) / len(hits), 4),
        "count": sum(hits),
        "n": len(hits),
        "interval": [round(low, 4), round(high, 4)],
    }


def _mean(values: list[float]) -> dict[str, Any]:
    interval = t_interval(values)
    return {
        "mean": round(fmean(values), 4),
        "n": len(values),
        "interval": [round(min(1.0, max(0.0, each)), 4) for each in interval] if interval else None,
    }


def main() -> None:
    """Measures one half, prints it, writes JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("half", choices=sorted(SEEDS))
    parser.add_argument("-n", type=int, default=40, help="pictures  [default: 40]")
    parser.add_argument("--cache", type=Path, help="a folder that keeps painted pictures")
    parser.add_argument("--out", type=Path, help="a JSON file")
    options = parser.parse_args()
    result = measure(options.half, options.n, options.cache)
    print(json.dumps({k: v for k, v in result.items() if k != "reader"}, indent=1))
    write_json(options.out, "lettering", result)


if __name__ == "__main__":
    main()
