"""Small known sequences, and sets of many of them with pictures of a few pixels."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from storypainter.picture import Picture
from storypainter.sequence import Cause, Character, Depiction, Frame, Sequence
from storypainter.sequences.sets import keep_picture, split_by_source, write_set

GIRL = Character(id="girl", name="the girl", look="in a red coat", role="girl")
COOK = Character(id="cook", name="the cook", look="in a white apron", role="cook")
DOG = Character(id="dog", name="the dog", look="brown", role="dog")


def picture(name: str) -> Picture:
    """A picture that lies nowhere."""
    sha256 = name.encode().hex().ljust(64, "0")[:64]
    return Picture(
        file=f"pictures/{sha256}.png", sha256=sha256, media_type="image/png", width=4, height=3,
        painter="",
    )  # fmt: skip


def frame(name: str, *shown: tuple[str, str, str], **fields) -> Frame:
    depictions = tuple(
        Depiction(character=who, action=action, emotion=emotion) for who, action, emotion in shown
    )
    return Frame(picture=picture(name), shown=depictions, **fields)


def sausages(**fields) -> Sequence:
    """A dog takes sausages, the cook runs after it, the girl finds it."""
    plain = {
        "id": "sausages",
        "kind": "generated",
        "source": "sausages",
        "characters": (GIRL, COOK, DOG),
        "frames": (
            frame("one", ("cook", "turns round", "calm"), ("dog", "takes the sausages", "happy"),
                  caption="A dog has sausages in its mouth.", part="A dog took the sausages.",
                  event="The dog takes the sausages.", place="the kitchen", time="morning"),
            frame("two", ("cook", "waves a ladle", "angry"), ("dog", "runs away", "afraid"),
                  caption="The cook waves a ladle.", part="The cook ran after it.",
                  event="The cook chases the dog.", place="the street", time="morning"),
            frame("three", ("girl", "strokes the dog", "happy"), ("dog", "eats", "happy"),
                  caption="The girl strokes the dog.", part="A girl found it.",
                  event="The girl finds the dog.", place="the park", time="evening"),
        ),
        "causes": (Cause(cause=0, effect=1, because="because the dog has the sausages"),),
    }  # fmt: skip
    return Sequence(**{**plain, **fields})


def bare(name: str = "bare", frames: int = 3, **fields) -> Sequence:
    """A sequence of which nothing is known."""
    plain = {
        "id": name,
        "kind": "photographs",
        "source": name,
        "frames": tuple(frame(f"{name}{number}") for number in range(frames)),
    }
    return Sequence(**{**plain, **fields})


ROLES = ("girl", "boy", "man", "woman", "baker", "nurse", "teacher")
LOOKS = ("in a red coat", "in a blue hat", "with a beard", "in yellow boots", "in a green scarf")
PLACES = ("the park", "the kitchen", "the beach", "the street", "the market")
FEELINGS = ("happy", "sad", "angry", "proud")


def write_small_set(path: Path, count: int = 60, seed: int = 0, **fields) -> Path:
    """A set of stories of three to five pictures with one or two people, all annotated."""
    sequences = [_story(path, number, fields) for number in range(count)]
    write_set(path, split_by_source(sequences, seed), licence="CC0-1.0", seed=seed)
    return path


def _story(path: Path, number: int, fields) -> Sequence:
    one = Character(
        id="one", name=f"the {ROLES[number % 7]}", look=LOOKS[number % 5], role=ROLES[number % 7]
    )
    other = Character(
        id="other", name=f"the {ROLES[(number + 3) % 7]}", look=LOOKS[(number // 7 + number + 1) % 5],
        role=ROLES[(number + 3) % 7],
    )  # fmt: skip
    size = 3 + number % 3
    comes = number % size
    frames = []
    for at in range(size):
        shown = [Depiction(character="one", action="waits", emotion=FEELINGS[(number + at) % 4])]
        if at >= comes:
            feeling = FEELINGS[(number + at + 1) % 4]
            shown.append(Depiction(character="other", action="sings", emotion=feeling))
        frames.append(
            Frame(
                picture=keep_picture(path, _png(number, at), "image/png", (2, 2)),
                caption=f"Caption {at} of {number}.",
                part=f"Part {at} of story {number}.",
                event=f"Event {at}.",
                place=PLACES[(number + at // 2) % 5],
                time="morning",
                shown=tuple(shown),
            )
        )
    plain = {
        "id": f"story-{number:03}", "kind": "generated", "source": f"source {number}",
        "characters": (one, other), "frames": tuple(frames), "licence": "CC0-1.0",
        "causes": (Cause(cause=number % (size - 1), effect=size - 1, because="it had to be"),),
    }  # fmt: skip
    return Sequence(**{**plain, **fields})


def _png(number: int, at: int) -> bytes:
    written = io.BytesIO()
    picture = Image.new("RGB", (2, 2), (number % 256, at, number // 256))
    picture.save(written, "PNG")
    return written.getvalue()
