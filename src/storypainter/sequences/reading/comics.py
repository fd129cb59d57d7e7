"""CBZ: a comic as a zip of pictures, with ComicInfo.xml where its maker wrote one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from storypainter.sequences.reading import archives
from storypainter.sequences.reading.archives import Archive
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.markup import parsed, value
from storypainter.sequences.reading.pictures import MAX_BYTES, SUFFIXES, Checked, checked
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.texts import natural, plain
from storypainter.sequences.reading.wishes import MAX_TEXT_BYTES, Wishes

_RAR = b"Rar!\x1a\x07"
_SEVEN = b"7z\xbc\xaf\x27\x1c"


def read_comic(path: Path, name: str, wishes: Wishes) -> Iterator[Found]:
    """The sequence of a CBZ: its pictures by the natural order of their names.

    Title and language come from ComicInfo.xml (https://anansi-project.github.io/docs/comicinfo),
    where there is one; a broken one is reported and the pictures are read all the same.

    Args:
        path: the file.
        name: what it is called in messages; becomes ``Sequence.source``.
        wishes: what is asked.

    Raises:
        Refused: a RAR archive (CBR), a broken or dangerous zip.
    """
    refuse_other_archives(path)
    with archives.opened(path) as archive:
        names = sorted((each for each in archive.names if _is_picture(each)), key=natural)
        refusals: list[Refusal] = []
        title = language = licence = ""
        about = next((each for each in archive.names if each.lower() == "comicinfo.xml"), None)
        if about is not None:
            try:
                root = parsed(archive.read(about, MAX_TEXT_BYTES), about)
                title = value(root, "Title") or " ".join(
                    filter(None, (value(root, "Series"), value(root, "Number")))
                )
                language = value(root, "LanguageISO")
                licence = value(root, "License") or value(root, "Licence") or value(root, "Rights")
            except Refused as fault:
                refusals.append(
                    Refusal(
                        level="text", reason=fault.reason, where=f"{name}, {about}",
                        said=fault.said, done="read without it",
                    )
                )  # fmt: skip
        yield Found(
            name=name, source=name, kind="comic", title=title, language=language, licence=licence,
            frames=tuple(
                FoundFrame(at=plain(each, 200), load=partial(_load, archive, each))
                for each in names
            ),
            refusals=tuple(refusals),
        )  # fmt: skip


def refuse_other_archives(path: Path) -> None:
    """Refuse archives that can't be read here, whatever their file is called.

    Raises:
        Refused: RAR or 7z by its first bytes, or a file that can't be opened.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as error:
        raise Refused("unreadable", (error.strerror or "can't be opened").lower()) from None
    if head.startswith(_RAR):
        raise Refused(
            "unsupported",
            "a RAR archive (CBR): its format may not be unpacked by free programs in full",
            hint="convert it: unpack it with unar or bsdtar, and give the folder, or zip the "
            "pictures as .cbz",
        )
    if head.startswith(_SEVEN):
        raise Refused(
            "unsupported", "a 7z archive (CB7)", hint="unpack it and give the folder of pictures"
        )


def _is_picture(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return path.suffix.lower() in SUFFIXES and not hidden


def _load(archive: Archive, name: str) -> Checked:
    return checked(archive.read(name, MAX_BYTES))
