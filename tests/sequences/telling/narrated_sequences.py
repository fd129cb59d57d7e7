"""Small sequences and a server's replies for the tests of telling."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

from PIL import Image

from storypainter.picture import Picture
from storypainter.sequence import Character, Depiction, Frame, Sequence

COLOURS = ("#c0392b", "#2980b9", "#27ae60", "#f1c40f", "#8e44ad", "#16a085", "#d35400", "#2c3e50")


def flat(number: int, size: tuple[int, int] = (48, 32), form: str = "PNG") -> bytes:
    """A picture of one colour, another one for each number."""
    picture = Image.new("RGB", size, COLOURS[number % len(COLOURS)])
    picture.putpixel((0, 0), (number % 256, number // 256, 7))
    written = io.BytesIO()
    picture.save(written, form)
    return written.getvalue()


def pictures_in(folder: Path, count: int) -> list[Path]:
    """Picture files in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number + 1}.png" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(flat(number))
    return paths


def picture_of(data: bytes, size: tuple[int, int] = (48, 32)) -> Picture:
    digest = hashlib.sha256(data).hexdigest()
    return Picture(
        file=f"pictures/{digest}.png", sha256=digest, media_type="image/png",
        width=size[0], height=size[1], painter="ink",
    )  # fmt: skip


def sequence_of(count: int, **more: object) -> Sequence:
    """A sequence about a girl; frame k shows picture k."""
    frames = tuple(
        Frame(
            picture=picture_of(flat(number)),
            caption=f"The girl in scene {number + 1}.",
            part=f"Part {number + 1} of the old story.",
            shown=(Depiction(character="girl", action="walks"),),
        )
        for number in range(count)
    )
    girl = Character(id="girl", name="the girl", look="in a red coat", role="girl")
    plain = {
        "id": "walk", "kind": "generated", "source": "walk", "title": "A Walk",
        "characters": (girl,), "frames": frames, **more,
    }  # fmt: skip
    return Sequence.model_validate(plain)


def bytes_of(_: object, frame: Frame) -> bytes:
    """The bytes of a frame's picture."""
    return next(
        data for data in map(flat, range(64))
        if hashlib.sha256(data).hexdigest() == frame.picture.sha256
    )  # fmt: skip


def narrative(*numbers: int, title: str = "Red Coat") -> str:
    """A good reply in JSON with parts for these pictures."""
    parts = [{"picture": number, "text": f"Told part {number}."} for number in numbers]
    return json.dumps({"title": title, "parts": parts})


def numbered(*numbers: int, title: str = "Red Coat") -> str:
    """A good reply in numbered parts."""
    parts = "\n\n".join(f"{number}. Told part {number}." for number in numbers)
    return f"Title: {title}\n\n{parts}"
