"""The rating page: one offline HTML file on which a person gives marks, and the key beside it.

Every sheet is this page (``sheet.html``, ``sheet.css``, ``sheet.js``): who rates, one item after
another in the rater's own order, marks that the browser remembers, and a file at the end. What is
shown of an item, and which marks it takes, is a part of the sheet's own (``SheetPart``). The page's
content security policy allows embedded pictures, its one stylesheet and its one script (by their
hashes), and no network.
"""

from __future__ import annotations

import base64
import hashlib
import string
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import orjson

from storypainter.errors import BadInput
from storypainter.runs.folder import write_atomically
from storypainter.value import Value

MOST_BYTES = 80 * 1024 * 1024
_KEY_SUFFIX = ".key.json"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What one kind of sheet adds to the page.

    Attributes:
        title: of the page, and its brand line.
        heading: the question of the first screen.
        lead: HTML below it; the element ``how-many`` is where the number of items goes.
        things: what is rated, in the plural.
        package: where the files of the part lie.
        files: their names without a suffix: ``.html`` is what stands on the screen of an item,
            ``.css`` its style, ``.js`` its script, which calls ``ratingSheet``.
    """

    title: str
    heading: str
    lead: str
    things: str
    package: str
    files: str


def check_page_name(out: Path) -> None:
    """Refuse what is no name for a page.

    Raises:
        BadInput: another suffix than .html, or a folder.
    """
    if out.suffix.lower() not in (".html", ".htm") or out.is_dir():
        raise BadInput(f"{out} is no name for an HTML page", "name a file that ends in .html")


def keyed_digest(salt: str, text: str) -> str:
    """32 hexadecimal digits that nobody can work out who doesn't know the salt."""
    return hashlib.blake2b(text.encode(), key=salt.encode()[:64], digest_size=16).hexdigest()


def rating_page(part: SheetPart, data: object) -> bytes:
    """The page, whole: the frame that all sheets share, the part, and the data that it shows."""
    style = _read(__package__, "sheet.css") + _read(part.package, f"{part.files}.css")
    script = _read(__package__, "sheet.js") + _read(part.package, f"{part.files}.js")
    # "<" would end the element, and the others end a line in old scripts.
    plain = orjson.dumps(data).decode()
    for character in "<>&\u2028\u2029":
        plain = plain.replace(character, f"\\u{ord(character):04x}")
    page = string.Template(_read(__package__, "sheet.html")).substitute(
        title=part.title, heading=part.heading, lead=part.lead, things=part.things,
        rated=f"{part.things.capitalize()} rated", item=_read(part.package, f"{part.files}.html"),
        style=style, script=script, data=plain, style_hash=_source(style),
        script_hash=_source(script),
    )  # fmt: skip
    return page.encode()


def key_of(out: Path) -> Path:
    """Where the key of a page lies: ``NAME.key.json`` beside it."""
    return out.with_name(out.stem + _KEY_SUFFIX)


def page_there(out: Path) -> bool:
    """Whether a page and its key lie there already.

    Neither is ever written over: people may be rating with that page, and their marks mean
    nothing without that very key.

    Raises:
        BadInput: one of the two lies there without the other.
    """
    page, key = out.exists(), key_of(out).exists()
    if page and not key:
        raise BadInput(
            f"{out} is there already, and its key {key_of(out).name} isn't beside it",
            "put the key back, or choose another name for the new page",
        )
    if key and not page:
        raise BadInput(
            f"{key_of(out)} is there already: the marks of its page need it",
            "choose another name for the new page",
        )
    return page


def belongs_to(out: Path, sheet: str) -> bool:
    """Whether the page that lies there is that of a sheet, by the sheet's id.

    Raises:
        BadInput: it can't be read.
    """
    try:
        return b'"sheet":' + orjson.dumps(sheet) in out.read_bytes()
    except OSError as error:
        reason = (error.strerror or "no").lower()
        raise BadInput(f"{out} can't be read: {reason}", "choose another name") from None


def write_page(out: Path, page: bytes, key: Value) -> Path:
    """Write the page, and its key beside it (``NAME.key.json``); returns where the key lies.

    Raises:
        BadInput: one of the two is there already.
        RunFolderError: a file can't be written.
    """
    key_path = key_of(out)
    if page_there(out):
        raise BadInput(f"{out} is there already", "choose another name, or delete it and its key")
    out.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(key_path, key.to_json().encode() + b"\n")
    write_atomically(out, page)
    return key_path


def _read(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text("utf-8")


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
