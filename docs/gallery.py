"""Draws the gallery: Scenes and stories as they come, none retouched.

One Scene of each setting and stories of the built-in Pool, drawn by the lexical director. The
other selection, ``unseen``, takes other Scenes, other stories and another seed: it is for looking
at once, when nothing is going to be changed any more.

    python docs/gallery.py docs/gallery
    python docs/gallery.py OUT --selection unseen --seed 77
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from storypainter.director.by_words import scene_of
from storypainter.director.measuring import half_of_pool
from storypainter.ink import paint_scene
from storypainter.scene import Scene

SCENES = Path(__file__).parents[1] / "tests" / "ink" / "scenes"
#: How many Scenes and how many stories each selection shows.
COUNTS = {"gallery": (24, 12), "unseen": (16, 8)}
SEED = 4
#: Colours in a file: flat drawings need few, and the pages stay small.
COLOURS = 256


def scenes(selection: str) -> Iterator[tuple[str, Scene]]:
    """One Scene a setting: the first of each, or the second."""
    count = COUNTS[selection][0]
    taken: dict[str, int] = {}
    found = []
    for file in sorted(SCENES.glob("*.json")):
        scene = Scene.from_json(file.read_text(encoding="utf-8"))
        place = taken.get(scene.setting.kind, 0)
        taken[scene.setting.kind] = place + 1
        if place == (0 if selection == "gallery" else 1):
            found.append((file.stem, scene))
    step = len(found) / count
    yield from (found[int(index * step)] for index in range(count))


def stories(selection: str, seed: int) -> Iterator[tuple[str, Scene]]:
    """Stories of the Pool's two halves as the lexical director understands them."""
    count = COUNTS[selection][1]
    half = half_of_pool("development" if selection == "gallery" else "held-out")
    step = len(half) / count
    for index in range(count):
        story = half[int(index * step)]
        yield str(story["id"]), scene_of(str(story["text"]), seed=seed)


def draw(out: Path, selection: str, seed: int, size: int) -> list[dict[str, object]]:
    """Draws a selection into a folder, and returns a row for each picture."""
    out.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, object]] = []
    for name, scene in (*scenes(selection), *stories(selection, seed)):
        drawing = paint_scene(scene, width=size, height=size, seed=seed)
        with Image.open(io.BytesIO(drawing.png)) as image:
            small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(out / f"{name}.png", optimize=True)
        rows.append({"picture": f"{name}.png", "seed": seed, "reports": list(drawing.reports)})
    return rows


def page(rows: list[dict[str, object]]) -> str:
    """The gallery as Markdown, three pictures a row."""
    lines = [
        "# Gallery",
        "",
        "Drawn by `python docs/gallery.py docs/gallery`, never retouched: a Scene for each of 24",
        "settings, then twelve stories of the built-in Pool, understood without a model. What the",
        "pictures are like on the whole, with the counts of flaws, stands in",
        "[the journal](../journal.md).",
        "",
    ]
    cells = [f'<img src="{row["picture"]}" width="32%" alt="{_title(row)}">' for row in rows]
    lines += [" ".join(cells[start : start + 3]) + "\n" for start in range(0, len(cells), 3)]
    return "\n".join(lines)


def _title(row: dict[str, object]) -> str:
    return str(row["picture"]).removesuffix(".png").replace("_", " ").replace("-", " ")


def main() -> int:
    """Draws a selection."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--selection", choices=sorted(COUNTS), default="gallery")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--size", type=int, default=1024)
    options = parser.parse_args()
    rows = draw(options.out, options.selection, options.seed, options.size)
    (options.out / "pictures.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    (options.out / "README.md").write_text(page(rows), encoding="utf-8")
    reported = [row for row in rows if row["reports"]]
    sys.stdout.write(f"{len(rows)} pictures, {len(reported)} with a report\n")
    for row in reported:
        sys.stdout.write(f"{row['picture']}: {row['reports']}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
