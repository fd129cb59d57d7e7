"""Zip archives of strangers, read in memory: nothing is unpacked to the disk.

A member whose name leads out of the archive would do no harm here, but an archive that has one was
made to do harm: it is refused as a whole.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.wishes import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_FROM,
)

#: The list of members of a million-member archive has a hundred megabytes.
_MAX_DIRECTORY_BYTES = 16 * 1024 * 1024
_CHUNK = 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, EOFError,
            NotImplementedError, RuntimeError, KeyError, IndexError, OverflowError)  # fmt: skip


class Archive:
    """The members of a zip archive by name; see :func:`opened`."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        self._members = {each.filename: each for each in opened.infolist() if not each.is_dir()}

    @property
    def names(self) -> list[str]:
        """The names of all files in it, in the archive's order."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, most: int) -> bytes:
        """A member's bytes.

        Args:
            name: which member.
            most: how many bytes it may have.

        Raises:
            Refused: it isn't there, too large, or damaged; the archive unpacks to too much.
        """
        member = self._members.get(name)
        if member is None:
            raise Refused("missing", "the archive has no such file", name[:200])
        if member.file_size > most:
            raise Refused("too large", f"more than {most >> 20} MB", name[:200])
        data = bytearray()
        try:
            with self._zip.open(member) as stream:
                # What the archive says of a size need not be true: count.
                while chunk := stream.read(_CHUNK):
                    data += chunk
                    if len(data) > most:
                        raise Refused("too large", f"more than {most >> 20} MB", name[:200])
        except Refused:
            raise
        except Exception:  # zlib, lzma and bz2 each have errors of their own
            raise Refused("unreadable", "damaged in the archive", name[:200]) from None
        return bytes(data)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive and check what it says of its members before any is read.

    Raises:
        Refused: no zip archive or a damaged one, too large, too many members, a member that leads
            out of it, is a link, is locked by a password, or unpacks to far more than it is.
    """
    try:
        if path.stat().st_size > MAX_ARCHIVE_BYTES:
            raise Refused("too large", f"more than {MAX_ARCHIVE_BYTES >> 30} GB")
        stream: Any = _Careful(path)
    except OSError as error:
        raise Refused("unreadable", (error.strerror or "can't be opened").lower()) from None
    with stream:
        try:
            archive = zipfile.ZipFile(stream)
        except _DAMAGED:
            raise Refused("unreadable", "not a zip archive, or a damaged one") from None
        stream.reading = True
        with archive:
            _check(archive.infolist())
            yield Archive(archive)


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_ARCHIVE_MEMBERS:
        raise Refused("too large", f"{len(members):,} files in it, {MAX_ARCHIVE_MEMBERS:,} at most")
    names: set[str] = set()
    total = packed = 0
    for each in members:
        name = each.filename
        if leads_out(name):
            raise Refused("not safe", f"{name[:100]!r} in it leads out of the archive")
        if stat.S_ISLNK(each.external_attr >> 16):
            raise Refused("not safe", f"{name[:100]!r} in it is a link")
        if each.flag_bits & 1:
            raise Refused("locked", "it is protected by a password", hint="unlock it first")
        if name in names:
            raise Refused("not safe", f"{name[:100]!r} is in it twice")
        names.add(name)
        total += each.file_size
        packed += each.compress_size
        if each.file_size > RATIO_FROM and each.file_size > MAX_RATIO * max(1, each.compress_size):
            raise Refused(
                "not safe",
                f"{name[:100]!r} in it unpacks to {each.file_size:,} bytes from "
                f"{each.compress_size:,}",
            )
    if total > MAX_UNPACKED_BYTES:
        raise Refused("not safe", f"it unpacks to {total:,} bytes")
    if total > RATIO_FROM and total > MAX_RATIO * max(1, packed):
        raise Refused("not safe", f"it unpacks to {total:,} bytes from {packed:,}")


def leads_out(name: str) -> bool:
    """Whether a path in an archive or an annotation leads out of where it should stay."""
    path = PurePosixPath(name.replace("\\", "/"))
    return (
        not name
        or "\x00" in name
        or path.is_absolute()
        or ".." in path.parts
        or (len(name) > 1 and name[1] == ":")
    )


class _Careful(io.FileIO):
    """A file that, while an archive is being opened, gives no list of members beyond a limit."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self.reading = False

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = -1 if size is None else size
        if not self.reading and (wanted < 0 or wanted > _MAX_DIRECTORY_BYTES):
            here = self.tell()
            rest = self.seek(0, io.SEEK_END) - here
            self.seek(here)
            if wanted > _MAX_DIRECTORY_BYTES or rest > _MAX_DIRECTORY_BYTES:
                raise zipfile.BadZipFile("the list of members is too long")
        data = super().read(wanted)
        return data if data is not None else b""
