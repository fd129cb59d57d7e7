"""VIST: stories about photographs of an album, five at a time, told by people.

Huang et al., "Visual Storytelling", NAACL 2016 (arXiv 1604.03968). A file
``train.story-in-sequence.json`` has ``images``, ``albums`` and ``annotations``: lists of one object
each, with ``story_id``, ``album_id``, ``photo_flickr_id``, ``worker_arranged_photo_order``,
``original_text`` and ``text`` (tokens, names replaced). ``*.description-in-isolation.json`` has
the same layout without stories: captions of single photographs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from storypainter.sequences.reading.folders import Pictures
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.pictures import SUFFIXES
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.texts import file_bytes, plain
from storypainter.sequences.reading.wishes import MAX_ANNOTATION_BYTES, Wishes

_SENTENCE = 2000


def is_albums(told: object) -> bool:
    """Whether parsed JSON has VIST's layout."""
    return isinstance(told, dict) and isinstance(told.get("annotations"), list)


def read_albums(
    told: Any, name: str, wishes: Wishes, images: Path, captions: Path | None = None
) -> Iterator[Found | Refusal]:
    """A sequence for each story, in the order of the file.

    The source of a story is its album: several people told the same photographs. ``original_text``
    is the part that is told with a photograph, or ``text`` where there is no other.

    Args:
        told: the parsed file.
        name: what it is called in messages.
        wishes: what is asked.
        images: the folder with the photographs, called by their id, in subfolders or not.
        captions: a file of descriptions in isolation; the first of a photograph is its caption.

    Yields:
        Stories; a Refusal for each that can't be understood.

    Raises:
        Refused: the file as a whole isn't of that layout, or has no story in it.
    """
    pictures = Pictures(images, SUFFIXES)
    described = _captions(captions) if captions is not None else {}
    albums = told.get("albums")
    titles = {
        str(each.get("id")): plain(str(each.get("title") or ""), 500)
        for each in (albums if isinstance(albums, list) else ())
        if isinstance(each, dict)
    }
    stories: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for at, each in enumerate(_rows(told, name)):
        if "story_id" in each:
            stories[str(each["story_id"])].append((at, each))
    if not stories:
        raise Refused(
            "annotation", "descriptions of single pictures, and no story",
            hint="give the stories as SOURCE and this file with --captions",
        )  # fmt: skip
    for story, rows in stories.items():
        where = f"{name}, story {plain(story, 40)}"
        try:
            yield _story(story, rows, where, described, titles, pictures)
        except Refused as fault:
            yield Refusal(
                level="sequence", reason=fault.reason, where=where, said=fault.said,
                done="the sequence was refused", hint=fault.hint,
            )  # fmt: skip


def _story(
    story: str,
    rows: list[tuple[int, dict[str, Any]]],
    where: str,
    described: dict[str, str],
    titles: dict[str, str],
    pictures: Pictures,
) -> Found:
    placed: dict[int, FoundFrame] = {}
    albums: set[str] = set()
    for at, each in rows:
        order = each.get("worker_arranged_photo_order")
        photo = str(each.get("photo_flickr_id") or "")
        text = each.get("original_text") or each.get("text")
        if isinstance(order, str) and order.isdecimal():
            order = int(order)
        if not isinstance(order, int) or not photo or not isinstance(text, str) or not text:
            raise Refused("annotation", f"annotations[{at}] lacks its order, photograph or text")
        if order in placed:
            raise Refused("annotation", f"annotations[{at}]: a second photograph {order}")
        albums.add(str(each.get("album_id") or story))
        placed[order] = FoundFrame(
            at=plain(photo, 200), load=partial(pictures.load, photo), part=plain(text, _SENTENCE),
            caption=described.get(photo, ""),
        )  # fmt: skip
    if len(albums) > 1:
        raise Refused("annotation", "its photographs are of several albums")
    album = plain(albums.pop(), 100)
    return Found(
        name=where, source=f"album {album}", kind="photographs", title=titles.get(album, ""),
        frames=tuple(placed[order] for order in sorted(placed)),
    )  # fmt: skip


def _captions(path: Path) -> dict[str, str]:
    try:
        told = orjson.loads(file_bytes(path, path.name, MAX_ANNOTATION_BYTES))
    except ValueError:
        raise Refused("annotation", "not valid JSON", path.name) from None
    if not is_albums(told):
        raise Refused("annotation", "no list of annotations in it", path.name)
    found: dict[str, str] = {}
    for each in _rows(told, path.name):
        text = each.get("original_text") or each.get("text")
        if isinstance(text, str) and "photo_flickr_id" in each:
            found.setdefault(str(each["photo_flickr_id"]), plain(text, _SENTENCE))
    return found


def _rows(told: Any, name: str) -> Iterator[dict[str, Any]]:
    for at, each in enumerate(told["annotations"]):
        # Each stands in a list of its own.
        row = each[0] if isinstance(each, list) and len(each) == 1 else each
        if not isinstance(row, dict):
            raise Refused("annotation", f"annotations[{at}] is no object", name)
        yield row
