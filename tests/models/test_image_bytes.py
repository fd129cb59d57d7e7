"""Pictures by their bytes: whole ones are recognised, everything else is refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from local_server import png
from PIL import Image

from storypainter.models.image_bytes import EXTENSIONS, NotAPicture, recognise


def painted(form: str, size: tuple[int, int] = (33, 21), **options: object) -> bytes:
    picture = Image.effect_noise(size, 90).convert("RGB")
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


WHOLE = {
    "png": painted("PNG"),
    "png, interlaced palette": painted("PNG", bits=8, optimize=True),
    "jpeg": painted("JPEG"),
    "jpeg, progressive": painted("JPEG", progressive=True),
    "jpeg, with EXIF": painted("JPEG", exif=b"Exif\0\0" + b"x" * 2000),
    "webp": painted("WEBP"),
    "webp, lossless": painted("WEBP", lossless=True),
    "webp, extended": painted("WEBP", exif=b"Exif\0\0II*\0"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_whole_pictures(name):
    facts = recognise(WHOLE[name])
    assert (facts.width, facts.height) == (33, 21)
    assert facts.media_type == f"image/{name.split(',')[0]}"
    assert facts.media_type in EXTENSIONS


def test_an_animated_webp():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    assert recognise(file.getvalue()).width == 9


@pytest.mark.parametrize("name", WHOLE)
def test_cut_pictures_are_refused(name):
    data = WHOLE[name]
    for end in (*range(0, 40), len(data) // 2, len(data) - 1):
        if name.startswith("jpeg") and end == len(data) - 1:
            end -= 1  # half an end marker
        with pytest.raises(NotAPicture):
            recognise(data[:end])


@settings(max_examples=150)
@given(st.sampled_from(list(WHOLE)), st.data())
def test_no_damage_breaks_the_reader(name, data):
    bytes_ = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, min(len(bytes_) - 1, 200)))
        bytes_[at] = data.draw(st.integers(0, 255))
    try:
        facts = recognise(bytes(bytes_[: data.draw(st.integers(0, len(bytes_)))]))
    except NotAPicture:
        return
    assert facts.width > 0
    assert facts.height > 0


@given(st.binary(max_size=80))
def test_other_bytes_are_refused(data):
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF\x30\0\0\0WEBP", b"<svg "):
        with pytest.raises(NotAPicture):
            recognise(start + data)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


START = b"\x89PNG\r\n\x1a\n"
HEADER = chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"  <html>", "markup"),
        (b"GIF89a" + b"x" * 50, "no PNG, JPEG or WebP"),
        (png().replace(b"IDAT", b"IDAX"), "damaged in its IDAX chunk"),
        (png()[:-20] + b"\0" + png()[-19:], "damaged"),
        (START + HEADER + chunk(b"IEND", b""), "no pixels"),
        (START + HEADER + chunk(b"IDAT", b"") + chunk(b"IEND", b""), "no pixels"),
        (START + chunk(b"IDAT", b"x"), "no header"),
        (START + chunk(b"IHDR", b"x"), "no header"),
        (START + HEADER, "cut short"),
        (png(0, 5), "0 by 5"),
        (png(70_000, 1), "70000 by 1"),
        (b"\xff\xd8\xff\xc0\x00\x03\x08" + b"\0" * 20, "damaged"),
        (b"\xff\xd8\xff\xff\xff\xda\x00\x02" + b"\0" * 20, "no header"),
        (b"\xff\xd8\x12\x34\x00\x02" + b"\0" * 20, "damaged"),
        (b"RIFF\x30\0\0\0WEBPXXXX" + b"\0" * 50, "damaged"),
        (b"RIFF\x02\0\0\0WEBPVP8 " + b"\0" * 50, "cut short"),
        (b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0" + b"\0" * 18, "no pixels"),
    ],
)
def test_why_it_is_none(data, says):
    with pytest.raises(NotAPicture, match=says):
        recognise(data)
