"""How much of what a text names ends up visible in a picture that no model had a part in.

The lexical director reads each text, ink paints the Scene, and an entity of the text's list counts
when the words for it became an element of which at least a quarter can be seen in the painted
picture (a hand or a collar as a part of its owner), or the setting itself.

    python benchmarks/director.py --half development
    python benchmarks/director.py --half held-out --out docs/measured/director.json
    python benchmarks/director.py --stories stories.jsonl     # lines with id, text and entities
    python benchmarks/director.py --half development --describe shown.json      # for readers
    python benchmarks/director.py --describe shown.json --verdicts a.json b.json

Readers hold each numbered fact of what is shown against the text and mark it right, free (not told,
but no contradiction) or wrong.

Lists of entities were written before the director's rules, by somebody who had not seen them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from measuring import write_json

from storypainter.director import Direction, direct
from storypainter.director.measuring import coverage, half_of_pool, mean_with_interval
from storypainter.errors import BadInput
from storypainter.ink import paint_scene
from storypainter.intervals import wilson
from storypainter.scene import Setting

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


def described(direction: Direction) -> list[list[str]]:
    """What the picture shows, a list of facts for each element, for readers who check it.

    The first list is about the setting. What a kind draws by itself (the buttons of a coat) is none.
    """
    scene = direction.scene
    names = {
        each.id: getattr(each, "kind", "")
        or getattr(each, "species", "")
        or getattr(each, "role", "")
        for each in scene.elements
    }

    def ties(element: Any) -> list[str]:
        return [
            f"{each.kind.replace('_', ' ')}: {names.get(each.target, each.target)}"
            for each in element.relations
        ]

    lists = [_surroundings(scene.setting)]
    for person in scene.people:
        told = [f"a person: {person.age} {person.gender} {person.role}".replace("unspecified ", "")]
        told += [
            f"wears: {' '.join(filter(None, (each.colour, each.kind)))}" for each in person.attire
        ]
        told += [f"pose: {person.pose}", f"face: {person.expression}"]
        told += [f"holds: {names.get(hold.what, hold.what)}" for hold in person.holds]
        for field in ("sits_on", "stands_on", "lies_on"):
            if getattr(person, field):
                told.append(f"{field.replace('_', ' ')}: {names.get(getattr(person, field), '')}")
        if person.gaze:
            told.append(f"looks at: {names.get(person.gaze, person.gaze)}")
        lists.append(list(dict.fromkeys([*told, *ties(person)])))
    for animal in scene.animals:
        told = [f"an animal: {' '.join(filter(None, (animal.colour, animal.species)))}"]
        lists.append([*told, f"pose: {animal.pose}", *ties(animal)])
    for thing in (*scene.props, *scene.signs):
        told = [f"a thing: {thing.kind}"]
        told += [
            f"{field}: {value}"
            for field in ("state", "colour", "text", "time", "date")
            if (value := getattr(thing, field, None))
        ]
        place = thing.place
        told += [
            f"{way}: {names.get(each, each)}"
            for way, each in (("on", place.on), ("near", place.near), ("at", place.anchor))
            if each
        ]
        lists.append(told)
    return lists


def _surroundings(setting: Setting) -> list[str]:
    if setting.kind in ("plain", "anywhere"):
        return ["background: none, blank paper"]
    told = [f"place: {setting.kind}", f"time of day: {setting.time_of_day}"]
    told += [f"weather: {setting.weather}"] if setting.weather != "clear" else []
    return [*told, f"season: {setting.season}"] if setting.season != "summer" else told


def describe(stories: list[dict[str, Any]], out: Path) -> None:
    """Writes texts with numbered facts of what is drawn; none says where it came from."""
    found = [
        {
            "id": story["id"],
            "text": story["text"],
            "shown": {
                f"{n}{letter}": fact
                for n, facts in enumerate(described(direct(story["text"])), 1)
                for letter, fact in zip("abcdefghijklmnopqrstuvwxyz", facts, strict=False)
            },
        }
        for story in stories
    ]
    out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{out}: {sum(len(each['shown']) for each in found)} facts on {len(found)} texts")


def read_verdicts(described_in: Path, verdicts: list[Path], out: Path | None) -> None:
    """Counts what readers found wrong: of all facts, and of all elements with any wrong fact."""
    shown = {each["id"]: each["shown"] for each in json.loads(described_in.read_text("utf-8"))}
    results = []
    for file in verdicts:
        marks = json.loads(file.read_text(encoding="utf-8"))
        facts = [(story, fact) for story, each in shown.items() for fact in each]
        missing = [f"{story} {fact}" for story, fact in facts if fact not in marks.get(story, {})]
        if missing:
            raise SystemExit(f"{file}: no verdict on {len(missing)} facts, first {missing[0]}")
        wrong = [(story, fact) for story, fact in facts if marks[story][fact] == "wrong"]
        elements = {(story, fact.rstrip(ascii_lowercase)) for story, fact in facts}
        marred = {(story, fact.rstrip(ascii_lowercase)) for story, fact in wrong}
        row = {"reader": file.stem, "texts": len(shown)}
        for name, count, of in (("facts", wrong, facts), ("elements", marred, elements)):
            low, high = wilson(len(count), len(of))
            row[name] = {
                "wrong": len(count),
                "n": len(of),
                "interval": [round(low, 4), round(high, 4)],
            }
            print(
                f"{file.stem}: {len(count)} of {len(of)} {name} wrong, "
                f"{len(count) / len(of):.1%} ({low:.1%} to {high:.1%})"
            )
        results.append(row)
    if out is not None:
        write_json(
            out, "director-wrong", {"judges": "language models, one family", "readers": results}
        )


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
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--half", choices=["development", "held-out"])
    source.add_argument("--stories", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hidden", action="store_true", help="list what is not visible")
    parser.add_argument("--describe", type=Path, help="write what is drawn instead, for readers")
    parser.add_argument("--every", type=int, default=1, help="describe every so manieth text only")
    parser.add_argument("--first", type=int, default=0, help="which of them is the first")
    parser.add_argument("--verdicts", type=Path, nargs="+", help="count what readers of FILE found")
    parser.add_argument("--out", type=Path, help="a JSON file")
    options = parser.parse_args()
    if options.verdicts and options.describe:
        read_verdicts(options.describe, options.verdicts, options.out)
        return 0
    if options.describe is not None and (options.half or options.stories):
        chosen = stories_of(options)[options.first :: options.every]
        describe(chosen, options.describe)
        return 0
    if not options.half and not options.stories:
        parser.error("which texts? give --half or --stories")
    rows, lost, refused = [], 0, []
    for story in stories_of(options):
        try:
            direction, gone = shown(direct(story["text"]), options.seed)
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
