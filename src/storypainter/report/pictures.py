"""Pictures of a run for the page: embedded, or linked when they are too many or too large.

A picture is shown only when it is what the run recorded: inside the folder, whole, of the
recorded hash, and a PNG, JPEG or WebP by its own bytes. SVG is never shown: it can hold markup.
"""

from __future__ import annotations

import base64
import hashlib
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from storypainter.errors import RunFolderError
from storypainter.models.image_bytes import ImageFacts, NotAPicture, recognise
from storypainter.picture import Picture
from storypainter.report.markup import Address, beside, embedded
from storypainter.runs.folder import RunFolder

#: Up to this a page carries its pictures; beyond, it shows those in the run folder.
MAX_EMBEDDED = 60
MAX_EMBEDDED_BYTES = 40 * 1024 * 1024
#: A larger file is no picture of ours.
MAX_FILE = 64 * 1024 * 1024
THUMBNAIL_SIDE = 240
_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp"})
#: Larger pictures get no thumbnail: decoding them would cost too much memory.
_MAX_THUMBNAIL_PIXELS = 4096 * 4096


class NoPicture(Exception):
    """A recorded picture that can't be shown; the message says why."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as the page shows it. Sides in pixels, as the file itself says."""

    source: Address
    width: int
    height: int


def path_of(folder: RunFolder, picture: Picture) -> Path:
    """The picture's file.

    Raises:
        NoPicture: not there, outside the folder, no plain file, or too large.
    """
    root = folder.path.resolve()
    try:
        path = (root / picture.file).resolve()
        inside, plain = path.is_relative_to(root), path.is_file()
        size = path.stat().st_size if plain else 0
    except (OSError, ValueError, RuntimeError):  # a name with NUL, a loop of links
        inside, plain, size = True, False, 0
    if not inside:
        raise NoPicture("the recorded file lies outside the run folder")
    if not plain:
        raise NoPicture("the picture file is missing from the run folder")
    if size > MAX_FILE:
        raise NoPicture(f"the picture file is too large to show ({size:,} bytes)")
    return path


@dataclass(slots=True)
class Stock:
    """What a first look at all pictures finds: how many files, their bytes, how many are gone."""

    files: int = 0
    bytes: int = 0
    gone: int = 0

    def add(self, folder: RunFolder, picture: Picture) -> None:
        """Look at one more picture, without reading it."""
        try:
            size = path_of(folder, picture).stat().st_size
        except (NoPicture, OSError):
            self.gone += 1
            return
        self.files += 1
        self.bytes += size

    @property
    def is_too_much(self) -> bool:
        """Whether the page had better link to the pictures."""
        return self.files > MAX_EMBEDDED or self.bytes > MAX_EMBEDDED_BYTES


@dataclass(frozen=True, slots=True)
class Frames:
    """Puts the pictures of one run onto one page.

    Args:
        folder: the run.
        page: where the page is written; links are relative to its folder.
        linked: show the files in the run folder instead of embedding them.
    """

    folder: RunFolder
    page: Path
    linked: bool

    def show(self, picture: Picture) -> Shown:
        """The picture for its card.

        Raises:
            NoPicture: it can't be shown, or is not what was recorded.
        """
        path, data, facts = self._checked(picture)
        source = self._link(path) if self.linked else embedded(facts.media_type, data)
        return Shown(source, facts.width, facts.height)

    def thumbnail(self, picture: Picture) -> Address | None:
        """A small version for the contents, ``None`` where there can be none.

        In linked mode it is the picture itself, which the browser loads when it scrolls there.
        """
        try:
            path, data, facts = self._checked(picture)
        except NoPicture:
            return None
        if self.linked:
            return self._link(path)
        if facts.width * facts.height > _MAX_THUMBNAIL_PIXELS:
            return None
        small = _reduced(facts.media_type, data)
        return embedded("image/png", small) if small else None

    def _checked(self, picture: Picture) -> tuple[Path, bytes, ImageFacts]:
        path = path_of(self.folder, picture)
        if path.suffix.lower() not in _SUFFIXES:
            raise NoPicture("the picture file's name does not end in .png, .jpg or .webp")
        try:
            data = self.folder.read_file(picture.file)
        except RunFolderError as error:
            raise NoPicture(f"the picture file can't be read: {error.message}") from None
        if hashlib.sha256(data).hexdigest() != picture.sha256:
            raise NoPicture("the picture file is not the one that was recorded: it was altered")
        try:
            return path, data, recognise(data)
        except (NotAPicture, struct.error, IndexError) as error:
            raise NoPicture(f"the picture file is no picture: {error}") from None

    def _link(self, path: Path) -> Address:
        return beside(os.path.relpath(path, self.page.resolve().parent))


def _reduced(media_type: str, data: bytes) -> bytes | None:
    """A square PNG cut from the picture's middle; ``None`` when it can't be decoded."""
    image = (
        f'<image width="{THUMBNAIL_SIDE}" height="{THUMBNAIL_SIDE}" '
        f'preserveAspectRatio="xMidYMid slice" '
        f'href="data:{media_type};base64,{base64.b64encode(data).decode("ascii")}"/>'
    )
    try:
        small = _drawn(image)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the decoder is no Exception; the card shows the picture
        return None
    # What the decoder can't read it leaves out without a word: an empty square.
    return small if small != _drawn("") else None


def _drawn(content: str) -> bytes:
    import resvg_py

    side = THUMBNAIL_SIDE
    size = f'width="{side}" height="{side}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
