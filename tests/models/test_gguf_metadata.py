"""What a GGUF file says of itself, read by us and written by llama.cpp's own package."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.models.gguf_metadata import read_metadata


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a fact of every kind, lists between them, and a tensor behind them."""
    import gguf
    import numpy as np

    path = tmp_path_factory.mktemp("gguf") / "all.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    for kind, value in (
        ("uint8", 200),
        ("int8", -100),
        ("uint16", 60_000),
        ("int16", -30_000),
        ("uint32", 4_000_000_000),
        ("int32", -2_000_000_000),
        ("uint64", 1 << 60),
        ("int64", -(1 << 60)),
        ("float32", 0.5),
        ("float64", 0.1),
        ("bool", True),
    ):
        getattr(writer, f"add_{kind}")(f"a.{kind}", value)
    writer.add_array("a.words", ["one", "zwei", "trois"])
    writer.add_array("a.numbers", [1, 2, 3])
    writer.add_string("a.text", "ein Märchen\n")
    writer.add_tensor("blk.0.attn_q.weight", np.zeros((2, 2), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_every_kind_of_fact_is_read_and_lists_are_stepped_over(written: Path) -> None:
    assert read_metadata(written) == {
        "general.architecture": "llama",
        "a.uint8": 200,
        "a.int8": -100,
        "a.uint16": 60_000,
        "a.int16": -30_000,
        "a.uint32": 4_000_000_000,
        "a.int32": -2_000_000_000,
        "a.uint64": 1 << 60,
        "a.int64": -(1 << 60),
        "a.float32": 0.5,
        "a.float64": 0.1,
        "a.bool": True,
        "a.text": "ein Märchen\n",
    }


def header(version: int, count: int, rest: bytes = b"") -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, 0, count) + rest


KEY = struct.pack("<Q", 1) + b"k"


@pytest.mark.parametrize(
    "data",
    [
        b"GGUF",
        header(1, 0),
        header(0x03000000, 0),  # big endian
        header(3, 1),
        header(3, 1 << 60),
        header(3, 1, struct.pack("<Q", 1 << 63)),
        header(3, 1, KEY + struct.pack("<I", 13)),
        header(3, 1, KEY + struct.pack("<IQ", 8, 9)),
        header(3, 1, KEY + struct.pack("<IQ", 8, 1) + b"\xff"),
        header(3, 1, KEY + struct.pack("<IIQ", 9, 4, 1 << 62)),
        header(3, 1, KEY + struct.pack("<IIQ", 9, 8, 1 << 62)),
        header(3, 1, KEY + struct.pack("<IIQ", 9, 9, 1)),
    ],
)
def test_damaged_files_are_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.gguf").write_bytes(data)
    with pytest.raises(BadInput, match=r"a\.gguf is damaged") as caught:
        read_metadata(tmp_path / "a.gguf")
    assert caught.value.hint


@pytest.mark.parametrize("data", [b"", b"GGU", b"PK\x03\x04 a zip"])
def test_other_files_are_named_as_such(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.gguf").write_bytes(data)
    with pytest.raises(BadInput, match="is no GGUF file"):
        read_metadata(tmp_path / "a.gguf")
    with pytest.raises(BadInput, match="can't read"):
        read_metadata(tmp_path / "nothing.gguf")


@given(at=st.integers(4, 400), byte=st.integers(0, 255))
def test_a_changed_byte_is_read_or_refused(
    written: Path, tmp_path_factory: pytest.TempPathFactory, at: int, byte: int
) -> None:
    data = bytearray(written.read_bytes())
    data[at % len(data)] = byte
    path = tmp_path_factory.getbasetemp() / "changed.gguf"
    path.write_bytes(data)
    try:
        found = read_metadata(path)
    except BadInput:
        return
    assert all(isinstance(value, str | int | float | bool) for value in found.values())
