"""The rating sheet: one offline HTML file on which a person marks pictures, and its key.

It is the rating page (``page.py``) with one picture at a time. It carries pictures and opaque ids,
in an order that says nothing: no title, story, file or system name, and no metadata, for every
picture is decoded and written anew. Who made what stands in the key, a file of its own that raters
never get.
"""

from __future__ import annotations

import base64
import hashlib
import io
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError

from storypainter.errors import BadInput
from storypainter.models.image_bytes import NotAPicture, recognise
from storypainter.pools.reading import read_text
from storypainter.ratings.page import (
    MOST_BYTES,
    SheetPart,
    belongs_to,
    check_page_name,
    key_of,
    keyed_digest,
    page_there,
    rating_page,
    write_page,
)
from storypainter.ratings.scale import Imported, Scale
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items
from storypainter.value import Value, first_problem

NAME = "semantic"
SCALE = Scale(1, 5, 0.5)
#: The longer side of a picture on the sheet, in pixels.
SIDE = 1024
MOST_PICTURES = 300
_MOST_PIXELS = 40_000_000

_PICTURES = SheetPart(
    title="Picture ratings",
    heading="How much of a story does each picture tell?",
    lead="""You will see <span id="how-many"></span>, one at a time, and give each a mark from
  1 to 5. Half points are welcome. Trust your own eyes: there are no right answers.""",
    things="pictures",
    package="storypainter.ratings",
    files="picture",
)

# What the Semantic Score looks at and what its marks mean, after the annotators' criteria of
# "Image Semantic Assessment" (AAAI 2025, arXiv 2501.01982), in our words.
CRITERIA = (
    ("Events", "Is something going on? More than somebody simply being there?"),
    ("Connections", "Do the things that go on belong together: one causes, explains or answers another?"),
    ("Visual clues", "Are there details to find from which you can tell what happened, and why?"),
    ("Storytelling", "Could you tell somebody a story from this one picture, and would it hold?"),
    ("Interest", "Does it make you curious, so that you want to look on?"),
)  # fmt: skip
ANCHORS = (
    ("1", "Almost nothing happens; there is nothing to tell."),
    ("2", "Things happen, but they have little to do with each other, or hardly a clue explains them."),
    ("3", "Events are connected and clues bear them out: a small, clear story."),
    ("4", "A fuller story: several connected events, good clues, worth a second look."),
    ("5", "Rich and complete: plenty of clues and connections, and you are drawn in."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture to be rated: its bytes, and where it comes from (run, item, its SHA-256)."""

    run: str
    item: str
    sha256: str
    picture: bytes


class KeyEntry(Value):
    """What an opaque id stands for."""

    run: str
    item: str
    sha256: str


class Key(Value):
    """The key of a sheet: its id, and what each opaque id stands for."""

    sheet: str
    items: dict[str, KeyEntry] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: page, key, how many pictures and repeats; ``kept`` if it was there already."""

    page: Path
    key: Path
    pictures: int
    repeats: int
    kept: bool = False


def exhibits(run: Path) -> Iterator[Exhibit]:
    """The painted pictures of a run, each checked to be the one that was painted.

    Raises:
        RunFolderError: no run. BadInput: a picture that is missing or altered.
    """
    with RunFolder(run, read_only=True) as folder:
        for item in items(folder):
            if item.picture is None:
                continue
            data = folder.read_file(item.picture.file)
            if hashlib.sha256(data).hexdigest() != item.picture.sha256:
                raise BadInput(
                    f"{run}: the picture of {item.id} is not the one that was painted",
                    f"run: storypainter runs verify {run}",
                )
            yield Exhibit(run.resolve().name, item.id, item.picture.sha256, data)


def write_sheet(shown: Sequence[Exhibit], out: Path, *, salt: str = "") -> Sheet:
    """Write the page, and its key beside it (``NAME.key.json``).

    A sheet of the same pictures that is there already is left as it is.

    Args:
        shown: at least two pictures, 300 at most.
        out: the page; ends in .html.
        salt: what the ids are made with; drawn at random when empty, as it should be for people,
            so that nobody can work the ids out.

    Raises:
        BadInput: too few or too many pictures, one that can't be read, a name that is no page,
            another sheet of that name.
        RunFolderError: a file can't be written.
    """
    check_page_name(out)
    if len(shown) < 2:
        raise BadInput(f"a sheet needs 2 pictures: {len(shown)} given", "paint some first")
    if len(shown) > MOST_PICTURES:
        raise BadInput(
            f"{len(shown)} pictures are too many for one sheet (at most {MOST_PICTURES})",
            "rate some of them: --sample 100",
        )
    if sheet_there(out, map(_entry, shown)):
        return Sheet(out, key_of(out), len(shown), repeats_of(len(shown)), kept=True)
    salt = salt or secrets.token_hex(16)
    by_id: dict[str, Exhibit] = {}
    for each in shown:
        opaque = keyed_digest(salt, f"{each.run}\n{each.item}\n{each.sha256}")[:8]
        if opaque in by_id:
            raise BadInput(f"{each.item} of {each.run} is there twice", "name each run once")
        by_id[opaque] = each
    sheet = keyed_digest(salt, "\n".join(sorted(by_id)))[:10]
    repeats = repeats_of(len(by_id))
    data = {
        "sheet": sheet,
        "name": NAME,
        "low": SCALE.low,
        "high": SCALE.high,
        "step": SCALE.step,
        "repeats": repeats,
        "criteria": CRITERIA,
        "anchors": ANCHORS,
        # By id: the order of the file says nothing either.
        "items": [{"id": opaque, "picture": _data_uri(by_id[opaque])} for opaque in sorted(by_id)],
    }
    page = rating_page(_PICTURES, data)
    if len(page) > MOST_BYTES:
        raise BadInput(
            f"the sheet would have {len(page) >> 20} MB", "rate fewer pictures: --sample 50"
        )
    key = Key(
        sheet=sheet,
        items={opaque: _entry(each) for opaque, each in sorted(by_id.items())},
    )
    return Sheet(out, write_page(out, page, key), len(by_id), repeats)


def sheet_there(out: Path, wanted: Iterable[KeyEntry]) -> bool:
    """Whether the sheet that is wanted lies there already, page and key.

    Its opaque ids are drawn at random, so it couldn't be made again as it is.

    Raises:
        BadInput: another sheet lies there, or a part of one.
    """
    if not page_there(out):
        return False
    key = read_key(key_of(out))
    if not belongs_to(out, key.sheet):
        raise BadInput(
            f"{key_of(out)} is not the key of the {out.name} beside it",
            "put the right key there, or choose another name for the new page",
        )
    if sorted(key.items.values(), key=_identity) != sorted(wanted, key=_identity):
        raise BadInput(
            f"{out} is there already, with other things to rate",
            "choose another name; marks given on that page need it and its key",
        )
    return True


def _entry(shown: Exhibit) -> KeyEntry:
    return KeyEntry(run=shown.run, item=shown.item, sha256=shown.sha256)


def _identity(entry: KeyEntry) -> tuple[str, str, str]:
    return (entry.run, entry.item, entry.sha256)


def repeats_of(pictures: int) -> int:
    """How many are shown again: a tenth, at least 2."""
    return min(pictures, max(2, round(pictures / 10)))


def _data_uri(shown: Exhibit) -> str:
    """The picture decoded, made at most 1,024 pixels large, and written without metadata."""
    from PIL import Image, ImageOps

    where = f"the picture of {shown.item} ({shown.run})"
    try:
        facts = recognise(shown.picture)
        if facts.width * facts.height > _MOST_PIXELS:
            raise BadInput(f"{where} has {facts.width} x {facts.height} pixels", "make it smaller")
        with Image.open(io.BytesIO(shown.picture)) as opened:
            image = ImageOps.exif_transpose(opened)
            alpha = image.convert("RGBA")
        flat = Image.new("RGB", alpha.size, "white")
        flat.paste(alpha, mask=alpha.getchannel("A"))
    except (NotAPicture, OSError, ValueError, SyntaxError) as error:
        raise BadInput(f"{where} can't be read: {error}", "paint it again") from None
    flat.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    # All in one format: another one for some would tell their painter.
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=92, subsampling=0, optimize=True)
    return "data:image/jpeg;base64," + base64.b64encode(written.getvalue()).decode("ascii")


# ------------------------------------------------------------------------------- the key


def read_key(path: Path) -> Key:
    """The key of a sheet.

    Raises:
        BadInput: no key.
    """
    try:
        return Key.model_validate_json(read_text(path))
    except ValidationError as error:
        raise BadInput(
            f"{path.name} is no key of a sheet: {first_problem(error)}",
            "give the .key.json that was written beside the sheet",
        ) from None


def with_key(
    ratings: Sequence[Imported], key: Key, present: dict[str, str]
) -> tuple[tuple[Imported, ...], int]:
    """Ratings of a sheet with their items' real names, and how many belong to other runs.

    Args:
        ratings: as they were read, their items opaque.
        key: the sheet's.
        present: the run's items with the SHA-256 of each one's picture.

    Raises:
        BadInput: an id that the key doesn't have: it is another sheet's.
    """
    found, others = [], 0
    for each in ratings:
        entry = key.items.get(each.rating.item)
        if entry is None:
            raise BadInput(
                f"{each.source}: {each.rating.item!r} is not on the sheet {key.sheet}",
                "give the key that was written with that sheet",
            )
        if present.get(entry.item) != entry.sha256:
            others += 1
            continue
        rating = each.rating.model_copy(update={"item": entry.item})
        found.append(each.model_copy(update={"rating": rating}))
    return tuple(found), others


def pictures_of(run: RunFolder) -> dict[str, str]:
    """Each item of a run with the SHA-256 of its picture, empty where it has none."""
    return {item.id: item.picture.sha256 if item.picture else "" for item in items(run)}
