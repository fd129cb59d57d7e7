"""A page on which people rate narratives over their pictures, on ten points (the paper's Table 2).

As the sheet for single pictures (``ratings/sheet.py``), it is the rating page (``ratings/page.py``),
here with pictures in order and what was told with each: one offline file with opaque ids in an order
that says nothing, pictures without metadata, a policy that allows no network; who told what stands
in the key beside it, which raters never get. The marks come back as the long CSV that
``ratings import`` reads, one line a criterion.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from collections.abc import Sequence as Several
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.ratings.page import (
    MOST_BYTES,
    SheetPart,
    check_page_name,
    key_of,
    keyed_digest,
    rating_page,
    write_page,
)
from storypainter.ratings.scale import Scale
from storypainter.ratings.sheet import Key, KeyEntry, repeats_of, sheet_there
from storypainter.sequence import Sequence
from storypainter.sequences.judging.criteria import HIGHEST, LOWEST, PEOPLES, criterion
from storypainter.sequences.judging.told import ToldFolder, narrative_hash
from storypainter.sequences.telling.shown import shown

SCALE = Scale(LOWEST, HIGHEST, 1)
MOST_NARRATIVES = 200
#: The longest side of a picture on the page.
SIDE = 640
#: What the ends and the middle of the scale mean: the judge's prompt says the same.
ANCHORS = (
    ("1", "It fails altogether."),
    ("4", "It is weak."),
    ("6", "It will do."),
    ("8", "It is good."),
    ("10", "You could not wish for better."),
)
_STORIES = SheetPart(
    title="Story ratings",
    heading="How good are these stories of pictures?",
    lead="""You will read <span id="how-many"></span>, one at a time, each told over a few
  pictures, and give it four marks from 1 to 10. Look at the pictures first, then read. Trust your
  own judgement: there are no right answers.""",
    things="stories",
    package="storypainter.sequences.judging",
    files="files/sheet",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: page, key, how many narratives, and of them shown twice.

    ``kept`` if it was there already.
    """

    page: Path
    key: Path
    narratives: int
    repeats: int
    kept: bool = False


def write_narrative_sheet(
    told: Several[ToldFolder],
    out: Path,
    *,
    most: int = MOST_NARRATIVES,
    seed: int = 0,
    salt: str = "",
) -> Sheet:
    """Write the page, and its key beside it (``NAME.key.json``).

    The same sequences are taken of every system, as far as they have told them. A sheet of the
    same narratives that is there already is left as it is.

    Args:
        told: the systems.
        out: the page; ends in .html.
        most: narratives at most, over all systems.
        seed: of the draw, where there are more.
        salt: what the ids are made with; drawn at random when empty, as it should be for people.

    Raises:
        BadInput: fewer than two narratives, a picture that can't be read, a page that would be
            too large, a name that is no page, another sheet of that name.
        RunFolderError: a file can't be written.
    """
    check_page_name(out)
    chosen = _chosen(told, min(most, MOST_NARRATIVES), seed)
    if len(chosen) < 2:
        raise BadInput(f"a sheet needs 2 narratives: {len(chosen)} given", "tell some first")
    wanted = [
        KeyEntry(run=system.name, item=key, sha256=narrative_hash(one))
        for system, key, one in chosen
    ]
    repeats = repeats_of(len(wanted)) if len(wanted) > 3 else 0
    if sheet_there(out, wanted):
        return Sheet(out, key_of(out), len(wanted), repeats, kept=True)
    salt = salt or secrets.token_hex(16)
    entries: dict[str, KeyEntry] = {}
    for each in wanted:
        opaque = keyed_digest(salt, f"{each.run}\n{each.item}\n{each.sha256}")[:8]
        if opaque in entries:
            raise BadInput(f"{each.item} of {each.run} is there twice", "name each folder once")
        entries[opaque] = each
    pictures = _pictures(chosen)
    numbers = {digest: at for at, digest in enumerate(sorted(pictures))}
    rows = [_row(opaque, one, numbers) for opaque, (_, _, one) in zip(entries, chosen, strict=True)]
    sheet = keyed_digest(salt, "\n".join(sorted(entries)))[:10]
    data = {
        "sheet": sheet, "low": LOWEST, "high": HIGHEST, "step": 1, "repeats": repeats,
        "criteria": [[each, criterion(each).label, criterion(each).question] for each in PEOPLES],
        "anchors": ANCHORS,
        "pictures": [pictures[digest] for digest in sorted(pictures)],
        "items": sorted(rows, key=lambda row: str(row["id"])),
    }  # fmt: skip
    held = Key(sheet=sheet, items=dict(sorted(entries.items())))
    key_path = write_page(out, rating_page(_STORIES, data), held)
    return Sheet(out, key_path, len(rows), repeats)


def _pictures(chosen: Several[tuple[ToldFolder, str, Sequence]]) -> dict[str, str]:
    """Every picture once, by its hash, as a data URI."""
    found: dict[str, str] = {}
    size = 0
    for system, _, one in chosen:
        for frame in one.frames:
            digest = frame.picture.sha256
            if digest in found:
                continue
            part = shown(system.picture_bytes(frame), SIDE, frame.picture.file)
            encoded = base64.b64encode(part.data).decode("ascii")
            found[digest] = f"data:{part.media_type};base64,{encoded}"
            size += len(found[digest])
            if size > MOST_BYTES:
                raise BadInput(
                    f"the sheet would have more than {MOST_BYTES >> 20} MB",
                    "rate fewer narratives: --sheet-n 20",
                )
    return found


def _row(opaque: str, one: Sequence, numbers: Mapping[str, int]) -> dict[str, Any]:
    frames = [
        {"picture": numbers[frame.picture.sha256], "part": frame.part.strip()}
        for frame in one.frames
    ]
    whole = not any(frame["part"] for frame in frames)
    return {"id": opaque, "frames": frames, "story": one.story if whole else ""}


def _chosen(
    told: Several[ToldFolder], most: int, seed: int
) -> list[tuple[ToldFolder, str, Sequence]]:
    """The narratives of as many sequences as fit, the same ones of each system."""
    keys = list(dict.fromkeys(key for system in told for key in system.sequences))
    keys.sort(
        key=lambda key: (-sum(key in each.sequences for each in told), keyed_digest(str(seed), key))
    )
    found: list[tuple[ToldFolder, str, Sequence]] = []
    for key in keys:
        rows = [(each, key, each.sequences[key]) for each in told if key in each.sequences]
        rows = [row for row in rows if row[2].narrative.strip()]
        if len(found) + len(rows) > most:
            break
        found += rows
    return found
