"""How much of what a text names ends up visible in a picture that no model had a part in.

The lexical director reads each text, ink paints the Scene, and an entity of the text's list counts
when the words for it became an element of which at least a quarter can be seen in the painted
picture (a hand or a collar as a part of its owner), or the setting itself.

    python benchmarks/director.py --half development
    python benchmarks/director.py --half held-out --out docs/measured/director.json
    python benchmarks/director.py --stories stories.jsonl     # lines with id, text and entities

Lists of entities were written before the director's rules, by somebody who had not seen them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from measuring import write_json

from storypainter.director import Direction, direct
from storypainter.director.measuring import coverage, half_of_pool, mean_with_interval
from storypainter.errors import BadInput
from storypainter.ink import paint_scene

#: The least share of an element that counts as visible.
VISIBLE = 0.25
SIZE = 768


def shown(direction: Direction, seed: int) -> tuple[Direction, int]:
    """A Direction without what can't be seen in its picture, and how many elements that costs."""
    drawing = paint_scene(direction.scene, width=SIZE, height=SIZE, seed=seed)
    visible = {region.element for region in drawing.regions if region.visible >= VISIBLE}
    visible |= {"setting", None}
    kept = tuple(mention for mention in direction.understood if mention.element in visible)
    lost = {element.id for element in direction.scene.elements} - visible
    return direction.model_copy(update={"understood": kept}), len(lost)


def described(direction: Direction) -> list[str]:
    """What the picture shows, a line for each element, for readers who check it against the text."""
    scene = direction.scene
    names = {
        each.id: getattr(each, "kind", "")
        or getattr(each, "species", "")
        or getattr(each, "role", "")
        for each in scene.elements
    }
    lines = []
    for person in scene.people:
        told = [f"{person.age} {person.gender} {person.role}".replace("unspecified ", "")]
        told += [" ".join(filter(None, (each.colour, each.kind))) for each in person.attire]
        told += [f"pose: {person.pose}", f"face: {person.expression}"]
        told += [f"holds: {names.get(hold.what, hold.what)}" for hold in person.holds]
        for field in ("sits_on", "stands_on", "lies_on"):
            if getattr(person, field):
                told.append(f"{field.replace('_', ' ')}: {names.get(getattr(person, field), '')}")
        if person.gaze:
            told.append(f"looks at: {names.get(person.gaze, person.gaze)}")
        told += [
            f"{each.kind.replace('_', ' ')}: {names.get(each.target, '')}"
            for each in person.relations
        ]
        lines.append("; ".join(told))
    for animal in scene.animals:
        told = [" ".join(filter(None, (animal.colour, animal.species))), f"pose: {animal.pose}"]
        told += [
            f"{each.kind.replace('_', ' ')}: {names.get(each.target, '')}"
            for each in animal.relations
        ]
        lines.append("; ".join(told))
    for thing in (*scene.props, *scene.signs):
        told = [" ".join(filter(None, (thing.state, getattr(thing, "colour", ""), thing.kind)))]
        for field in ("text", "time", "date"):
            if getattr(thing, field, None):
                told.append(f"{field}: {getattr(thing, field)}")
        place = thing.place
        told += [
            f"{way}: {names.get(each, each)}"
            for way, each in (("on", place.on), ("near", place.near), ("at", place.anchor))
            if each
        ]
        lines.append("; ".join(told))
    setting = scene.setting
    return [
        f"place: {setting.kind}, {setting.time_of_day}, {setting.weather}, {setting.season}",
        *lines,
    ]


def describe(stories: list[dict[str, Any]], seed: int, out: Path) -> None:
    """Writes texts with numbered lines of what is drawn; no line says where it came from."""
    found = [
        {"id": story["id"], "text": story["text"],
         "shown": {str(n): line for n, line in enumerate(described(direct(story["text"], seed=seed)), 1)}}
        for story in stories
    ]  # fmt: skip
    out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{out}: {sum(len(each['shown']) for each in found)} lines on {len(found)} texts")


def stories_of(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The texts with their entities; those that name nothing are told and left out."""
    if options.stories is None:
        return half_of_pool(options.half)
    lines = options.stories.read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines if line.strip()]
    empty = [story["id"] for story in found if not story["entities"]]
    if empty:
        print(f"{len(empty)} of {len(found)} texts name nothing and are left out")
    return [story for story in found if story["entities"]]


def main() -> int:
    """Directs, paints, counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--half", choices=["development", "held-out"])
    source.add_argument("--stories", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hidden", action="store_true", help="list what is not visible")
    parser.add_argument("--describe", type=Path, help="write what is drawn instead, for readers")
    parser.add_argument("--every", type=int, default=1, help="describe every so manieth text only")
    parser.add_argument("--out", type=Path, help="a JSON file")
    options = parser.parse_args()
    if options.describe is not None:
        describe(stories_of(options)[:: options.every], options.seed, options.describe)
        return 0
    rows, lost, refused = [], 0, []
    for story in stories_of(options):
        try:
            direction, gone = shown(direct(story["text"], seed=options.seed), options.seed)
        except BadInput as error:
            refused.append(f"{story['id']}: {error}")
            direction, gone = None, 0
        lost += gone
        found = coverage(story, direction) if direction else None
        count = len(story["entities"])
        rows.append(
            {
                "story": story["id"],
                "entities": count,
                "visible": len(found.visible) if found else 0,
                "share": round(found.share, 4) if found else 0.0,
            }
        )
        if options.hidden and found:
            print(f"{story['id']}: {found.share:.0%}; not: {', '.join(found.hidden)}")
    mean, low, high = mean_with_interval([row["share"] for row in rows])
    total, visible = sum(row["entities"] for row in rows), sum(row["visible"] for row in rows)
    print(
        f"visible share of all entities, mean over stories: {mean:.1%} ({low:.1%} to {high:.1%}, n = {len(rows)})"
    )
    print(
        f"over all {total} entities: {visible / total:.1%}; {lost} elements drawn but hardly visible"
    )
    for line in refused:
        print(f"refused, counted as 0: {line}")
    results = {
        "source": options.half or str(options.stories.name), "seed": options.seed,
        "mean": round(mean, 4), "interval": [round(low, 4), round(high, 4)], "n": len(rows),
        "entities": total, "visible": visible, "refused": len(refused), "rows": rows,
    }  # fmt: skip
    if options.out is not None:
        write_json(options.out, f"director-{results['source']}", results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
