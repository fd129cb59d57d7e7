"""Can strangers name what ink draws? Makes shuffled, unlabelled crops with ten choices; counts answers.

``make`` draws single figures for states (heads), poses and roles (whole figures), each with its
right word hidden among ten. Viewers get ``items.json`` (numbers and choices, no answers) and the
pictures; ``count`` compares their answers with the key, writes accuracy with Wilson intervals and
the confusions, by half: items of the *open* half may be improved on, the *held out* half is drawn
again with other people and opened once.

    python benchmarks/recognition.py make states OUT --half open
    python benchmarks/recognition.py count OUT/key-states-open.json answers*.json --out FILE
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import random
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from storypainter.ink.catalogue import PROPS
from storypainter.ink.painter import paint_scene
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.faces.expressions import ALIASES, EXPRESSIONS
from storypainter.ink.people.roles import ROLES
from storypainter.ink.people.vocabulary import FIGURE_VOCABULARY
from storypainter.intervals import wilson
from storypainter.scene import Scene

CHOICES = 10
#: So many of the wrong choices are those drawn most alike; the others are drawn by lot.
ALIKE = 5
CELL = 400
SEEDS = {"open": 1, "held-out": 2}
KINDS = ("states", "poses", "roles")
#: What a deed is done with: poses that mean nothing with empty hands get it.
_THINGS = {
    "sweep": "broom", "cook": "frying pan", "stir": "mixing bowl", "phone": "phone", "text": "phone",
    "photograph": "camera", "read": "book", "sit reading": "newspaper", "lie reading": "book",
    "eat": "apple", "drink": "cup", "carry": "box", "hold": "cup", "paint": "paint brush",
    "play violin": "violin", "play guitar": "guitar", "dig": "spade", "wash": "plate",
    "write": "pencil", "blow": "balloon",
}  # fmt: skip
#: A plate that is washed has nothing on it.
_STATES = {"wash": "empty"}
#: Words for the same drawing, of which only the first is asked for.
_TWINS = {"schoolgirl": "pupil", "schoolboy": "pupil", "businesswoman": "businessperson",
          "businessman": "businessperson"}  # fmt: skip
_HAIR = ("short", "bob", "curly", "ponytail", "afro", "wavy", "bun", "messy")
_HAIR_COLOURS = ("black", "brown", "ginger", "blond", "dark brown", "grey")
_COLOURS = ("blue", "red", "green", "mustard", "teal", "purple")


def words_of(kind: str) -> list[str]:
    """The words to be recognised, near synonyms once."""
    aliases: dict[str, str] = {}
    if kind == "states":
        aliases = ALIASES
        return [word for word in FIGURE_VOCABULARY["expressions"] if word not in aliases]
    if kind == "poses":
        return list(FIGURE_VOCABULARY["poses"])
    seen: dict[tuple[object, ...], str] = {}
    for word, role in ROLES.items():
        if not role.plain and role.wears and word not in _TWINS:
            seen.setdefault((role.wears, role.female_wears, role.holds), word)
    return list(seen.values())


def alike(kind: str, word: str, words: list[str]) -> list[str]:
    """The words whose drawings are most like that of ``word``, by what they are drawn from."""
    if kind == "roles":
        worn = {each: _worn(each) for each in words}

        def apart(other: str) -> float:
            own, theirs = worn[word], worn[other]
            return 1 - len(own & theirs) / max(1, len(own | theirs))

    else:
        numbers = {each: np.array(_numbers(kind, each)) for each in words}
        spread = np.std(np.array(list(numbers.values())), axis=0) + 1e-6

        def apart(other: str) -> float:
            return float(np.abs((numbers[word] - numbers[other]) / spread).sum())

    others = [each for each in words if each != word]
    return sorted(others, key=apart)[:ALIKE]


def _worn(role: str) -> set[str]:
    known = ROLES[role]
    return {garment.kind for garment in (*known.wears, *known.female_wears)} | set(known.holds)


#: Fields that may be left open, and how many numbers they hold otherwise.
_PAIRS = ("gaze", "tint")


def _numbers(kind: str, word: str) -> list[float]:
    """All numbers that a state or a pose is drawn from."""
    found: list[float] = []

    def walk(name: str, value: object) -> None:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            for each in dataclasses.fields(value):
                walk(each.name, getattr(value, each.name))
        elif isinstance(value, tuple):
            for part in value:
                walk("", part)
        elif isinstance(value, str):
            found.append(float(zlib.crc32(value.encode()) % 97))
        elif isinstance(value, int | float):
            found.append(float(value))
        else:
            found.extend([0.0] * (2 if name in _PAIRS else 1))

    walk("", EXPRESSIONS[word] if kind == "states" else POSES[word])
    return found


def make(kind: str, half: str, out: Path) -> None:
    """Draw all words of a kind with people and choices drawn by the half's seed."""
    rng = random.Random(f"{kind}:{SEEDS[half]}")
    words = words_of(kind)
    folder = out / f"{kind}-{half}"
    folder.mkdir(parents=True, exist_ok=True)
    order = rng.sample(words, len(words))
    items, key = [], {}
    for number, word in enumerate(order, 1):
        near = alike(kind, word, words)
        rest = [each for each in words if each not in (word, *near)]
        choices = [word, *near, *rng.sample(rest, min(CHOICES - 1 - len(near), len(rest)))]
        rng.shuffle(choices)
        name = f"{number:03d}"
        (folder / f"{name}.png").write_bytes(_draw(kind, word, rng))
        items.append({"item": name, "choices": choices})
        key[name] = {"word": word, "choices": choices}
    _sheets(folder, [item["item"] for item in items])
    (folder / "items.json").write_text(json.dumps(items, indent=1), encoding="utf-8")
    told = {"kind": kind, "half": half, "key": key}
    (out / f"key-{kind}-{half}.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def _sheets(folder: Path, names: list[str]) -> None:
    """Nine numbered crops a page, so that a viewer sees them in few looks."""
    for page, start in enumerate(range(0, len(names), 9), 1):
        sheet = Image.new("RGB", (3 * CELL, 3 * (CELL + 40)), "white")
        pen = ImageDraw.Draw(sheet)
        for place, name in enumerate(names[start : start + 9]):
            crop = Image.open(folder / f"{name}.png")
            crop.thumbnail((CELL - 20, CELL - 20))
            x, y = place % 3 * CELL, place // 3 * (CELL + 40)
            sheet.paste(crop, (x + (CELL - crop.width) // 2, y + 36))
            pen.text((x + 12, y + 8), name, fill="black", font_size=22)
        sheet.save(folder / f"page-{page:02d}.png")


def _scene(kind: str, word: str, rng: random.Random) -> Scene:
    """One person by themselves, on plain paper."""
    told: dict[str, Any] = {
        "id": "person",
        "role": "visitor",
        "gender": rng.choice(("female", "male")),
        "age": rng.choice(("child", "teen", "adult", "adult", "elder")),
        "skin": rng.choice(("pale", "light", "olive", "tan", "brown", "dark")),
        "hair": {"style": rng.choice(_HAIR), "colour": rng.choice(_HAIR_COLOURS)},
        "attire": [
            {"kind": "t-shirt", "colour": rng.choice(_COLOURS)},
            {"kind": "trousers", "colour": "dark grey"},
            {"kind": "shoes", "colour": "brown"},
        ],
        "facing": rng.choice(("left", "right")),
    }
    props = []
    if kind == "states":
        told["expression"] = word
    elif kind == "poses":
        told["pose"] = word
        thing = _THINGS.get(word)
        if thing in PROPS:
            props.append({"id": "thing", "kind": thing, "state": _STATES.get(word)})
            told["holds"] = [{"what": "thing"}]
    else:
        told |= {"role": word, "age": "adult"}
        del told["attire"], told["hair"]
    return Scene.model_validate({"setting": {"kind": "plain"}, "people": [told], "props": props})


def _draw(kind: str, word: str, rng: random.Random) -> bytes:
    """The crop of a person (or of the head) from a picture of 1,536 pixels."""
    drawing = paint_scene(_scene(kind, word, rng), width=1536, height=1536, seed=rng.randrange(99))
    boxes = [region.box for region in drawing.regions]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    if kind == "states":
        face = drawing.faces["person"]
        side = 2.3 * (face[3] - face[1])
        middle = ((face[0] + face[2]) / 2, (face[1] + face[3]) / 2 + 0.04 * side)
        frame = (
            middle[0] - side / 2,
            middle[1] - side / 2,
            middle[0] + side / 2,
            middle[1] + side / 2,
        )
    else:
        margin = 30
        frame = (left - margin, top - margin, right + margin, bottom + margin)
    image = Image.open(io.BytesIO(drawing.png)).convert("RGB")
    cut = image.crop(tuple(round(each) for each in frame))
    kept = io.BytesIO()
    cut.resize((360, round(360 * cut.height / cut.width)) if kind == "states" else cut.size).save(
        kept, "PNG"
    )
    return kept.getvalue()


def count(key_file: Path, answer_files: list[Path]) -> dict[str, Any]:
    """Accuracy with a 95 % Wilson interval over all answers, by viewer, and what was confused.

    An answer file is an object of item to word; a missing or unknown answer counts as wrong.
    """
    told = json.loads(key_file.read_text(encoding="utf-8"))
    key = told["key"]
    right, total = 0, 0
    confused: Counter[tuple[str, str]] = Counter()
    by_word: dict[str, list[int]] = {}
    viewers = []
    for file in answer_files:
        answers = json.loads(file.read_text(encoding="utf-8"))
        own = 0
        for item, entry in key.items():
            word, said = entry["word"], str(answers.get(item, "")).strip().lower()
            hit = said == word
            own += hit
            by_word.setdefault(word, []).append(int(hit))
            if not hit:
                confused[word, said or "no answer"] += 1
        viewers.append({"right": own, "n": len(key)})
        right, total = right + own, total + len(key)
    low, high = wilson(right, total)
    worst = sorted(by_word, key=lambda word: (sum(by_word[word]) / len(by_word[word]), word))
    return {
        "kind": told["kind"],
        "half": told["half"],
        "viewers": viewers,
        "right": right,
        "n": total,
        "share": round(right / total, 4),
        "interval": [round(low, 4), round(high, 4)],
        "worst": [word for word in worst if sum(by_word[word]) < len(by_word[word])][:10],
        "confusions": [
            {"shown": shown, "said": said, "times": times}
            for (shown, said), times in confused.most_common()
        ],
    }


def main() -> int:
    """Make items, or count answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="draw the items")
    making.add_argument("kind", choices=KINDS)
    making.add_argument("out", type=Path)
    making.add_argument("--half", choices=sorted(SEEDS), default="open")
    counting = commands.add_parser("count", help="count answers")
    counting.add_argument("key", type=Path)
    counting.add_argument("answers", type=Path, nargs="+")
    counting.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.command == "make":
        make(options.kind, options.half, options.out)
        return 0
    found = json.dumps(count(options.key, options.answers), indent=1)
    if options.out:
        options.out.write_text(found + "\n", encoding="utf-8")
    sys.stdout.write(found + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
