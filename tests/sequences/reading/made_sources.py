"""Sources that tests read: pictures, comics, books, animations and videos, all made here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy
from PIL import Image, ImageDraw

from storypainter.sequences.building import Built, asked_of, build
from storypainter.sequences.reading.choosing import Beside
from storypainter.sequences.reading.found import Found
from storypainter.sequences.reading.refusals import Refusal
from storypainter.sequences.reading.wishes import Wishes

COLOURS = ("red", "green", "blue", "gold", "purple", "teal", "brown", "pink", "navy", "olive")


def image(number: int, size: tuple[int, int] = (96, 72)) -> Image.Image:
    """A picture that no other number gives."""
    picture = Image.new("RGB", size, COLOURS[number % len(COLOURS)])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((4 + number, 4, 24 + number, 24), fill="white")
    draw.text((4, size[1] - 14), str(number), fill="black")
    return picture


def picture(number: int, form: str = "PNG", size: tuple[int, int] = (96, 72)) -> bytes:
    kept = io.BytesIO()
    image(number, size).save(kept, form)
    return kept.getvalue()


def zipped(path: Path, members: Mapping[str, bytes], deflated: bool = True) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(
        path, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    ) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def comic(path: Path, count: int = 3, first: int = 0, **more: bytes) -> Path:
    pages = {f"p{number + 1}.png": picture(first + number) for number in range(count)}
    return zipped(path, pages | {name.replace("__", "."): data for name, data in more.items()})


def folder(path: Path, count: int = 3, first: int = 0) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (path / f"{number + 1}.png").write_bytes(picture(first + number))
    return path


def pdf(path: Path, count: int = 3) -> Path:
    pages = [image(number, (200, 100)) for number in range(count)]
    pages[0].save(path, "PDF", save_all=True, append_images=pages[1:], title="A book")
    return path


_CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def epub(
    path: Path,
    pages: Iterable[str],
    pictures: Mapping[str, bytes],
    more: Mapping[str, bytes] | None = None,
    spine: Iterable[int] | None = None,
) -> Path:
    """An EPUB whose pages are bodies of XHTML; pictures lie in OEBPS/."""
    bodies = list(pages)
    order = range(len(bodies)) if spine is None else spine
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The Pond</dc:title>'
        "<dc:language>fr</dc:language><dc:rights>CC BY 4.0</dc:rights></metadata><manifest>"
        + "".join(
            f'<item id="p{at}" href="text/p{at}.xhtml" media-type="application/xhtml+xml"/>'
            for at in range(len(bodies))
        )
        + "</manifest><spine>"
        + "".join(f'<itemref idref="p{at}"/>' for at in order)
        + "</spine></package>"
    )
    members = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        "OEBPS/book.opf": package.encode(),
    }
    for at, body in enumerate(bodies):
        members[f"OEBPS/text/p{at}.xhtml"] = (
            f"<html><head><title>no text</title></head><body>{body}</body></html>".encode()
        )
    members |= {f"OEBPS/{name}": data for name, data in pictures.items()}
    return zipped(path, {**members, **(more or {})})


def animation(path: Path, numbers: Iterable[int], form: str = "GIF") -> Path:
    frames = [image(number) for number in numbers]
    more: dict[str, Any] = {"lossless": True} if form == "WEBP" else {}
    frames[0].save(path, form, save_all=True, append_images=frames[1:], duration=200, **more)
    return path


def video(path: Path, scenes: int = 3, frames: int = 25, rate: int = 10, fade: int = 0) -> Path:
    """Motion JPEG in an AVI: ``scenes`` scenes of ``frames`` frames, a cut between them.

    With ``fade`` each comes out of black and goes back into it in so many frames.
    """
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), rate, (160, 120))
    colours = [(200, 40, 40), (40, 200, 40), (40, 40, 200), (220, 220, 40), (20, 20, 20)]
    for scene in range(scenes):
        for number in range(frames):
            pixels = numpy.full((120, 160, 3), colours[scene % 5], numpy.uint8)
            left = 10 + 4 * number
            cv2.rectangle(pixels, (left, 20 + scene), (left + 20, 60), (255, 255, 255), -1)
            light = min(1.0, (number + 1) / fade, (frames - number) / fade) if fade else 1.0
            writer.write((pixels * light).astype(numpy.uint8))
    writer.release()
    return path


def subtitles(path: Path, *lines: tuple[str, str, str]) -> Path:
    path.write_text(
        "\n".join(
            f"{number}\n{start} --> {end}\n{said}\n"
            for number, (start, end, said) in enumerate(lines, start=1)
        ),
        encoding="utf-8",
    )
    return path


def built(*sources: Path, out: Path | None = None, beside: Beside | None = None,
          **wishes: Any) -> Built:  # fmt: skip
    """What building gives; nothing is written without ``out``."""
    others = beside or Beside()
    asked = asked_of(sources, Wishes(**wishes), beside=others)
    return build(list(sources), out, asked, others)


def sequences(result: Built) -> list[Any]:
    return [each for part in result.parts.values() for each in part]


def reasons(refusals: Iterable[Refusal]) -> list[tuple[str, str]]:
    return [(each.level, each.reason) for each in refusals]


def only(found: Iterable[Found | Refusal]) -> Found:
    (one,) = found
    assert isinstance(one, Found)
    return one
