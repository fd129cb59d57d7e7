"""What a GGUF file says of itself, read without any package: the facts before its tensors."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

from storypainter.errors import BadInput

MAGIC = b"GGUF"
CHAT_TEMPLATE = "tokenizer.chat_template"
#: Facts come first; a file that has them further in than this is none of ours to read.
_MOST_BYTES = 256 << 20
_MOST_FACTS = 100_000
_STRING, _ARRAY = 8, 9
#: Value types of the format by number (GGUF specification, version 3), without string and array.
_SCALARS = {
    0: "<B",
    1: "<b",
    2: "<H",
    3: "<h",
    4: "<I",
    5: "<i",
    6: "<f",
    7: "<?",
    10: "<Q",
    11: "<q",
    12: "<d",
}

Fact = str | int | float | bool


def read_metadata(path: Path) -> dict[str, Fact]:
    """The file's facts by key: strings and single numbers; lists are stepped over.

    Raises:
        BadInput: the file can't be read, is no GGUF file of version 2 or 3 (little endian), or
            its facts are damaged.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(len(MAGIC)) != MAGIC:
                raise BadInput(
                    f"{path} is no GGUF file (it does not begin with GGUF)",
                    "llama/ reads GGUF files only; transformers/ reads folders of safetensors",
                )
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _Facts(data).read()
    except OSError as error:
        raise BadInput(f"can't read {path}: {error.strerror}", "check its permissions") from None
    except (struct.error, UnicodeDecodeError, _Damaged):
        raise BadInput(
            f"{path} is damaged: what it says of itself can't be read", "get the file again"
        ) from None


class _Damaged(Exception):
    """Numbers that no sound file has."""


class _Facts:
    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._at = len(MAGIC)
        self._end = min(len(data), _MOST_BYTES)

    def read(self) -> dict[str, Fact]:
        version, _, count = self._numbers("<IQQ")
        if version not in (2, 3) or count > _MOST_FACTS:
            raise _Damaged
        found: dict[str, Fact] = {}
        for _ in range(count):
            key = self._text()
            (kind,) = self._numbers("<I")
            value = self._value(kind)
            if value is not None:
                found[key] = value
        return found

    def _value(self, kind: int) -> Fact | None:
        if kind == _STRING:
            return self._text()
        if kind == _ARRAY:
            item, length = self._numbers("<IQ")
            self._step_over(item, length)
            return None
        if kind not in _SCALARS:
            raise _Damaged
        value: Fact = self._numbers(_SCALARS[kind])[0]
        return value

    def _step_over(self, item: int, length: int) -> None:
        if item in _SCALARS:
            self._skip(struct.calcsize(_SCALARS[item]) * length)
        elif item == _STRING:
            for _ in range(length):  # each is at least its own length: a false count ends soon
                self._skip(self._numbers("<Q")[0])
        else:
            raise _Damaged

    def _text(self) -> str:
        (length,) = self._numbers("<Q")
        start = self._at
        self._skip(length)
        return self._data[start : self._at].decode("utf-8")

    def _skip(self, size: int) -> None:
        if size > self._end - self._at:
            raise _Damaged
        self._at += size

    def _numbers(self, form: str) -> tuple[int, ...]:
        start = self._at
        self._skip(struct.calcsize(form))
        return struct.unpack_from(form, self._data, start)
