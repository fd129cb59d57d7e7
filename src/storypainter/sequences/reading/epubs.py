"""EPUB picture books: the pages in the order of the spine, each picture with the text near it.

EPUB 2 and 3 (https://www.w3.org/TR/epub-33/): ``META-INF/container.xml`` names the package
document, its spine the order of the documents, each of which has pictures and text.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from storypainter.sequences.reading import archives
from storypainter.sequences.reading.archives import Archive, leads_out
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.markup import local, parsed, value
from storypainter.sequences.reading.pictures import MAX_BYTES, Checked, checked
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.texts import decoded, plain
from storypainter.sequences.reading.wishes import MAX_PAGES, MAX_TEXT_BYTES, Wishes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: Fonts may be obfuscated in a free book; any other encryption locks it.
_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
_CONTAINER = "META-INF/container.xml"
#: Names of characters that XML alone doesn't know.
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
#: So many characters of a book may be in pages that are not well-formed.
_LENIENT = 1_000_000
#: A smaller picture is a vignette or a publisher's mark.
ORNAMENT = 64


def read_book(path: Path, name: str, wishes: Wishes) -> Iterator[Found]:
    """The sequence of an EPUB: each picture of its pages, with the text that stands with it.

    The text of a page belongs to its picture; on a page with several, text belongs to the picture
    before it, and what stands before the first to the first. A page without a picture belongs to
    the picture before it (or to the first). A picture's ``alt`` text is its caption.

    Args:
        path: the file.
        name: what it is called in messages; becomes ``Sequence.source``.
        wishes: what is asked.

    Raises:
        Refused: a broken or dangerous archive, a locked book, no package document.
    """
    with archives.opened(path) as archive:
        _refuse_locked(archive)
        package, root = _package(archive)
        book = _Pages()
        for document in _spine(root, package):
            _read_page(archive, document, name, book)
        yield Found(
            name=name, source=name, kind="illustrated book", frames=book.frames(archive),
            title=value(root, "title"), language=value(root, "language"),
            licence=value(root, "rights"), refusals=tuple(book.refusals),
        )  # fmt: skip


@dataclass
class _Shown:
    """A picture in the book's order, with what stands with it."""

    file: str
    page: int
    alt: str
    texts: list[str] = field(default_factory=list)


@dataclass
class _Pages:
    """What was read so far: pictures, and text that waits for the first of them."""

    shown: list[_Shown] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    count: int = 0
    lenient: int = 0

    def read(self, text: str) -> _Page:
        """A page's pictures and text.

        A page has to be well-formed, and many are not: those are read as browsers do, within a
        limit, since that parser needs the square of its time for what was made to stop it.

        Raises:
            Refused: entities of its own, or too much that isn't well-formed.
        """
        page = _Page()
        try:
            page.walk(parsed(_ENTITY.sub(_named, text).encode(), ""))
        except Refused as fault:
            self.lenient += len(text)
            if fault.reason != "unreadable" or self.lenient > _LENIENT:
                raise
            page = _Page()
            page.feed(text)
            page.close()
        return page

    def tell(self, text: str, here: list[_Shown]) -> None:
        """Text belongs to the last picture of its page, of the book, or to the next one."""
        if not text:
            return
        if here:
            here[-1].texts.append(text)
        else:
            self.waiting.append(text)

    def page_ends(self, here: list[_Shown]) -> None:
        if self.waiting:
            if here:
                here[0].texts[:0] = self.waiting
            elif self.shown:
                self.shown[-1].texts += self.waiting
            else:
                return
            self.waiting = []
        self.shown += here

    def frames(self, archive: Archive) -> tuple[FoundFrame, ...]:
        return tuple(
            FoundFrame(
                at=f"page {each.page}", load=partial(_load, archive, each.file),
                caption=plain(each.alt, 1000), text=plain(" ".join(each.texts)),
            )
            for each in self.shown
        )  # fmt: skip


def _refuse_locked(archive: Archive) -> None:
    if "META-INF/rights.xml" in archive or "META-INF/sinf.xml" in archive:
        raise Refused("locked", "protected by digital rights management")
    if "META-INF/encryption.xml" not in archive:
        return
    root = parsed(archive.read("META-INF/encryption.xml", MAX_TEXT_BYTES), "encryption.xml")
    for data in (each for each in root.iter() if local(each.tag) == "EncryptedData"):
        method = next((each for each in data.iter() if local(each.tag) == "EncryptionMethod"), None)
        if method is None or method.get("Algorithm") not in _FONTS:
            raise Refused("locked", "protected by digital rights management")


def _package(archive: Archive) -> tuple[str, Element]:
    if _CONTAINER not in archive:
        raise Refused("unreadable", f"no EPUB: it has no {_CONTAINER}")
    container = parsed(archive.read(_CONTAINER, MAX_TEXT_BYTES), _CONTAINER)
    for each in container.iter():
        if local(each.tag) == "rootfile" and (package := _inside("", each.get("full-path", ""))):
            return package, parsed(archive.read(package, MAX_TEXT_BYTES), package)
    raise Refused("unreadable", "no EPUB: its container names no package document")


def _spine(root: Element, package: str) -> list[str]:
    base = posixpath.dirname(package)
    items: dict[str, str] = {}
    for each in root.iter():
        if local(each.tag) == "item" and (href := _inside(base, each.get("href", ""))):
            items[each.get("id", "")] = href
    order = [
        items[each.get("idref", "")]
        for each in root.iter()
        if local(each.tag) == "itemref" and each.get("idref") in items
    ]
    if not order:
        raise Refused("unreadable", "no page in the spine of its package document")
    if len(order) > MAX_PAGES:
        raise Refused("too large", f"{len(order):,} pages, {MAX_PAGES:,} at most")
    return order


def _read_page(archive: Archive, document: str, name: str, book: _Pages) -> None:
    book.count += 1
    where = f"{name}, page {book.count}"
    here: list[_Shown] = []
    try:
        page = book.read(decoded(archive.read(document, MAX_TEXT_BYTES), document))
    except Refused as fault:
        book.refusals.append(
            Refusal(level="text", reason=fault.reason, where=where, said=fault.said,
                    done="the page was left out")
        )  # fmt: skip
        return
    for kind, said, alt in page.items():
        if kind == "text":
            book.tell(said, here)
            continue
        file = _inside(posixpath.dirname(document), said)
        if file is None or file not in archive:
            outside = file is None
            book.refusals.append(
                Refusal(
                    level="picture", reason="not safe" if outside else "missing", where=where,
                    said=f"its picture {plain(said, 100)!r} "
                    + ("lies outside the book" if outside else "is not in the book"),
                    done="left out",
                )
            )  # fmt: skip
            continue
        here.append(_Shown(file, book.count, alt))
    book.page_ends(here)


def _named(entity: re.Match[str]) -> str:
    return entity[0] if entity[1] in _OF_XML else html.unescape(entity[0])


def _inside(base: str, href: str) -> str | None:
    """The archive's name of what a page refers to; None where that lies outside the book."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    name = posixpath.normpath(posixpath.join(base, unquote(parts.path)))
    return None if leads_out(name) else name


def _load(archive: Archive, file: str) -> Checked:
    if file.lower().endswith(".svg"):
        raise Refused("unsupported", "an SVG picture", file)
    found = checked(archive.read(file, MAX_BYTES))
    if min(found.size) < ORNAMENT:
        raise Refused("ornament", f"{found.size[0]} x {found.size[1]} pixels")
    return found


class _Page(HTMLParser):
    """Pictures and text of a page, in its order. Entities beyond HTML's own mean nothing here."""

    _SILENT = frozenset({"script", "style", "head", "title", "template"})
    _BLOCKS = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section",
                         "td", "figure", "figcaption", "blockquote"})  # fmt: skip

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._items: list[tuple[str, str, str]] = []
        self._text: list[str] = []
        self._silent: list[str] = []

    def walk(self, root: Element) -> None:
        """Take in a parsed page, element by element (by no recursion: a page may be deep)."""
        waiting: list[tuple[Element, bool]] = [(root, False)]
        while waiting:
            element, ends = waiting.pop()
            tag = local(element.tag).lower()
            if ends:
                self.handle_endtag(tag)
                self.handle_data(element.tail or "")
                continue
            attributes = [(local(name), said) for name, said in element.attrib.items()]
            self.handle_starttag(tag, [*attributes])
            if tag:
                self.handle_data(element.text or "")
            waiting.append((element, True))
            waiting += [(each, False) for each in reversed(element)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)
        if tag in self._SILENT:
            self._silent.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)

    def _seen(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: content or "" for name, content in attrs}
        href = {
            "img": said.get("src", ""),
            "image": said.get("xlink:href") or said.get("href", ""),
        }.get(tag, "")
        if href:
            self._flush()
            self._items.append(("picture", href, said.get("alt", "")))
        elif tag in self._BLOCKS:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif tag in self._BLOCKS:
            self._text.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def items(self) -> list[tuple[str, str, str]]:
        self._flush()
        return self._items

    def _flush(self) -> None:
        text = plain("".join(self._text))
        self._text = []
        if text:
            self._items.append(("text", text, ""))
