"""How fast sequences are read: ``python benchmarks/sequence_readers.py [-n 24] [--repeats 5]``.

Makes a folder, a CBZ, an EPUB, a PDF, a GIF, a video and VIST annotations of the same drawn
pictures, builds a set of each (reading, checking, hashing, storing, rows, card), and decodes the
same pictures alone with the same library in the same run, by turns. ``ratio`` is the pictures a
second of the reader by those of decoding alone: the median over repeats, lowest and highest beside
it. A process of its own, which PDFs and videos get, counts as the reader's; a video is decoded
twice (for its scenes, then for their key frames).
"""

from __future__ import annotations

import argparse
import io
import json
import random
import shutil
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy
import pypdfium2
from measuring import write_json
from PIL import Image, ImageDraw

from storypainter.sequences.building import asked_of, build
from storypainter.sequences.reading.choosing import Beside
from storypainter.sequences.reading.wishes import Wishes

SIZE = (1024, 768)
SCENE_FRAMES = 30


def drawn(number: int) -> Image.Image:
    """A picture about as busy as an illustration: shapes in many colours."""
    chance = random.Random(number)
    picture = Image.new("RGB", SIZE, (chance.randrange(256), 200, 230))
    draw = ImageDraw.Draw(picture)
    for _ in range(150):
        left, top = chance.randrange(SIZE[0]), chance.randrange(SIZE[1])
        right, bottom = left + chance.randrange(20, 200), top + chance.randrange(20, 200)
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((left, top, right, bottom), fill=colour, outline="black")
    return picture


def encoded(picture: Image.Image, form: str) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, form)
    return kept.getvalue()


def pillow(files: list[bytes]) -> Callable[[], None]:
    def decode() -> None:
        for data in files:
            Image.open(io.BytesIO(data)).load()

    return decode


def pages(path: Path) -> Callable[[], None]:
    def decode() -> None:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            width, height = page.get_size()
            page.render(scale=1024 / max(width, height)).to_pil()

    return decode


def animated(path: Path) -> Callable[[], None]:
    def decode() -> None:
        with Image.open(path) as opened:
            for number in range(opened.n_frames):
                opened.seek(number)
                opened.load()

    return decode


def film(path: Path) -> Callable[[], None]:
    def decode() -> None:
        capture = cv2.VideoCapture(str(path))
        while capture.read()[0]:
            pass
        capture.release()

    return decode


def epub(path: Path, files: list[bytes]) -> None:
    container = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
    items = "".join(f'<item id="p{at}" href="p{at}.xhtml"/>' for at in range(len(files)))
    spine = "".join(f'<itemref idref="p{at}"/>' for at in range(len(files)))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", container)
        archive.writestr(
            "b.opf",
            f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for at, data in enumerate(files):
            archive.writestr(f"p{at}.xhtml", f'<html><body><img src="{at}.jpg"/>One.</body></html>')
            archive.writestr(f"{at}.jpg", data)


def sources(root: Path, count: int) -> dict[str, tuple[list[Path], Callable[[], None]]]:
    """Name -> the reader's sources, and decoding the same pictures alone."""
    shown = [drawn(number) for number in range(count)]
    pngs = [encoded(each, "PNG") for each in shown]
    jpegs = [encoded(each, "JPEG") for each in shown]
    (root / "folder").mkdir()
    (root / "images").mkdir()
    for at in range(count):
        (root / "folder" / f"{at}.png").write_bytes(pngs[at])
        (root / "images" / f"{at}.jpg").write_bytes(jpegs[at])
    with zipfile.ZipFile(root / "comic.cbz", "w") as archive:
        for at, data in enumerate(jpegs):
            archive.writestr(f"{at}.jpg", data)
    epub(root / "book.epub", jpegs)
    shown[0].save(root / "book.pdf", save_all=True, append_images=shown[1:])
    shown[0].save(root / "film.gif", save_all=True, append_images=shown[1:], duration=100)
    writer = cv2.VideoWriter(
        str(root / "film.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 24, (SIZE[0], SIZE[1])
    )
    for each in shown:
        frame = cv2.cvtColor(numpy.asarray(each), cv2.COLOR_RGB2BGR)
        for number in range(SCENE_FRAMES):
            writer.write(numpy.roll(frame, 2 * number, axis=1))
    writer.release()
    rows = [
        [{"story_id": str(at // 4), "album_id": "a", "photo_flickr_id": str(at),
          "worker_arranged_photo_order": at % 4, "original_text": "One."}]
        for at in range(count)
    ]  # fmt: skip
    (root / "vist.json").write_text(json.dumps({"annotations": rows}))
    return {
        "folder of PNG": ([root / "folder"], pillow(pngs)),
        "CBZ of JPEG": ([root / "comic.cbz"], pillow(jpegs)),
        "EPUB of JPEG": ([root / "book.epub"], pillow(jpegs)),
        "VIST with JPEG": ([root / "vist.json"], pillow(jpegs)),
        "PDF": ([root / "book.pdf"], pages(root / "book.pdf")),
        "animated GIF": ([root / "film.gif"], animated(root / "film.gif")),
        "video, key frames": ([root / "film.avi"], film(root / "film.avi")),
    }


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=24, help="how many pictures")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    wishes = Wishes(frames_max=1000)
    found: dict[str, Any] = {"pictures": options.n, "size": SIZE, "repeats": options.repeats}
    print(f"{'reader':20} {'pictures':>8} {'a second':>9} {'alone':>8} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        for name, (several, alone) in sources(root, options.n).items():
            asked = asked_of(several, wishes)
            rates, ratios = [], []
            for _ in range(options.repeats):
                decoding = seconds(alone)
                start = time.perf_counter()
                built = build(several, root / "set", asked, Beside())
                reading = time.perf_counter() - start
                shutil.rmtree(root / "set")
                count = built.manifest["frames"]
                rates.append((count / reading, count / decoding))
                ratios.append(decoding / reading)
            row = {
                "pictures": count,
                "a_second": round(statistics.median(each[0] for each in rates), 1),
                "alone": round(statistics.median(each[1] for each in rates), 1),
                "ratio": round(statistics.median(ratios), 3),
                "lowest": round(min(ratios), 3),
                "highest": round(max(ratios), 3),
            }
            found[name] = row
            print(
                f"{name:20} {count:8} {row['a_second']:9.1f} {row['alone']:8.1f} "
                f"{row['ratio']:6.2f} [{row['lowest']:.2f}, {row['highest']:.2f}]"
            )
    write_json(options.out, "sequence readers", found)


if __name__ == "__main__":
    main()
