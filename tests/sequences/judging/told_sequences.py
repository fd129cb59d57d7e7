"""Small told sequences with real pictures, for the tests of judging."""

from __future__ import annotations

import hashlib
from pathlib import Path

import orjson

from storypainter.models.rehearsal import _flat_png
from storypainter.picture import Picture
from storypainter.sequence import Character, Depiction, Frame, Sequence

PARTS = (
    "The girl climbs the tree in the park.",
    "In the kitchen the dog eats the cake.",
    "On the beach the girl swims in the sea.",
)
COLOURS = ("#112233", "#445566", "#778899")


def png(colour: str) -> bytes:
    return _flat_png(16, 16, colour, colour)


def picture(colour: str) -> Picture:
    digest = hashlib.sha256(png(colour)).hexdigest()
    return Picture(
        file=f"pictures/{digest}.png", sha256=digest, media_type="image/png", width=16, height=16,
        painter="",
    )  # fmt: skip


def sequence(key: str = "s1", parts: tuple[str, ...] = PARTS, story: str = "") -> Sequence:
    frames = (
        Frame(
            picture=picture(COLOURS[0]), caption="A girl climbs a tree in a park.", place="the park",
            shown=(Depiction(character="girl", action="climbs the tree", emotion="happy"),),
        ),
        Frame(
            picture=picture(COLOURS[1]), caption="A dog eats a cake.", place="the kitchen",
            shown=(Depiction(character="dog", action="eats the cake"),),
        ),
        Frame(
            picture=picture(COLOURS[2]), caption="A girl swims in the sea.", place="the beach",
            shown=(Depiction(character="girl", action="swims in the sea", emotion="excited"),),
        ),
    )  # fmt: skip
    return Sequence(
        id=key, kind="generated", source=f"source {key}", story=story,
        characters=(
            Character(id="girl", name="the girl", look="in a red coat", role="girl"),
            Character(id="dog", name="the dog", look="black", role="dog"),
        ),
        frames=tuple(f.model_copy(update={"part": p}) for f, p in zip(frames, parts, strict=True)),
    )  # fmt: skip


def told_folder(
    path: Path, rows: list[Sequence], *, model: str = "", adapter: str = "", **facts: object
) -> Path:
    """A folder as sequences tell leaves it; ``facts`` are more of what its told.json says."""
    (path / "pictures").mkdir(parents=True, exist_ok=True)
    for colour in COLOURS:
        (path / picture(colour).file).write_bytes(png(colour))
    (path / "told.jsonl").write_text("".join(row.to_json() + "\n" for row in rows))
    (path / "told.json").write_bytes(orjson.dumps({"model": model, "adapter": adapter, **facts}))
    return path


def looking(one: Sequence) -> Sequence:
    """The sequence as somebody tells it who sees its pictures: each part goes with its picture."""
    parts = {picture(colour).sha256: part for colour, part in zip(COLOURS, PARTS, strict=True)}
    frames = tuple(f.model_copy(update={"part": parts[f.picture.sha256]}) for f in one.frames)
    return one.model_copy(update={"frames": frames})


def points(value: int = 7, **other: object) -> dict[str, str]:
    from storypainter.sequences.judging.criteria import KEYS

    plain: dict[str, object] = dict.fromkeys(KEYS, value)
    return {"text": orjson.dumps({**plain, "reason": "it holds", **other}).decode()}
