from __future__ import annotations

import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sources import image, picture
from PIL import Image

from storypainter.sequences.reading.pictures import MAX_BYTES, checked, of_image
from storypainter.sequences.reading.refusals import Refused


@pytest.mark.parametrize(
    ("form", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
)
def test_png_jpeg_and_webp_keep_their_bytes(form, media_type):
    data = picture(3, form)
    found = checked(data)
    assert (found.data, found.media_type, found.size) == (data, media_type, (96, 72))


@pytest.mark.parametrize("form", ["BMP", "TIFF", "GIF"])
def test_other_formats_become_png_with_the_same_pixels(form):
    found = checked(picture(3, form))
    assert found.media_type == "image/png"
    with Image.open(io.BytesIO(found.data)) as again:
        assert again.format == "PNG"
        assert again.convert("RGB").tobytes() == image(3).tobytes()


def test_the_same_pixels_have_the_same_hash_in_any_file():
    assert checked(picture(3, "PNG")).pixels == checked(picture(3, "BMP")).pixels
    assert checked(picture(3)).pixels == of_image(image(3)).pixels
    assert checked(picture(3)).pixels != checked(picture(4)).pixels


def test_a_turned_photograph_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = io.BytesIO()
    image(1).save(kept, "JPEG", exif=exif)
    found = checked(kept.getvalue())
    assert (found.size, found.media_type) == ((72, 96), "image/png")


def test_one_colour_is_said():
    kept = io.BytesIO()
    Image.new("L", (20, 20), 7).save(kept, "PNG")
    assert checked(kept.getvalue()).plain
    assert not checked(picture(1)).plain


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_cut_short_is_unreadable(form):
    data = picture(3, form)
    with pytest.raises(Refused) as fault:
        checked(data[: len(data) * 2 // 3])
    assert fault.value.reason == "unreadable"


def test_no_picture_and_nothing_are_unreadable():
    for data in (b"", b"no picture", b"%PDF-1.4", b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        with pytest.raises(Refused) as fault:
            checked(data)
        assert fault.value.reason == "unreadable"


def _png_that_says(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


@pytest.mark.parametrize("size", [(20_000, 20_000), (2**31 - 1, 2**31 - 1), (40_000, 100)])
def test_huge_dimensions_are_refused_before_decoding(size):
    with pytest.raises(Refused) as fault:
        checked(_png_that_says(*size))
    assert fault.value.reason == "too large"


def test_too_many_bytes_are_refused():
    with pytest.raises(Refused, match="more than 64 MB"):
        checked(picture(1) + b"\0" * MAX_BYTES)


def test_a_dot_is_no_picture():
    with pytest.raises(Refused) as fault:
        checked(picture(1, size=(4, 4)))
    assert fault.value.reason == "ornament"


@given(st.binary(max_size=300), st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"]))
def test_damage_is_either_refused_or_harmless(noise, form):
    data = bytearray(picture(2, form))
    for at, byte in enumerate(noise):
        data[(at * 7919 + byte) % len(data)] ^= byte
    # Anything but Refused fails here, from our decoding as from decoding what we kept.
    with contextlib.suppress(Refused):
        Image.open(io.BytesIO(checked(bytes(data)).data)).load()
