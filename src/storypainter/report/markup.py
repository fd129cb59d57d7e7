"""HTML that can't be written unescaped.

Markup is made from elements only: :func:`el` takes texts, which it escapes, and other elements.
There is no way to pass finished markup in: an :class:`Html` is made in this module alone, and
turned into a string it is a text again, which the next element escapes. Tags, attributes and
addresses come from closed lists: no script, no event handler, no ``style`` attribute, and no
address that leads anywhere but into the page, the run folder, or embedded bytes. A drawing made as
SVG text elsewhere in this package is read and written anew from such lists, too (:func:`drawing`).
"""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Final, TypeAlias
from urllib.parse import quote
from xml.parsers import expat


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID: Final = _names("meta img input")
_TAGS: Final = _VOID | _names(
    """html head title body header nav main section article aside footer figure figcaption
    h1 h2 h3 h4 p div span strong small code ul ol li dl dt dd details summary label
    table caption thead tbody tr th td a time svg g polygon rect"""
)
_ATTRIBUTES: Final = _names(
    """class id lang dir title alt width height loading decoding charset name content http-equiv
    type for checked scope colspan datetime role tabindex href src
    aria-label aria-hidden aria-labelledby viewBox points x y preserveAspectRatio"""
)
_ADDRESSES: Final = frozenset({"href", "src"})
_WORD: Final = re.compile(r"[a-z][a-z0-9-]*")

_DRAWN_TAGS: Final = _names(
    "svg g title desc rect circle ellipse line path polygon polyline text tspan"
)
_DRAWN_ATTRIBUTES: Final = _names(
    """viewBox width height role class x y x1 x2 y1 y2 dx dy cx cy r rx ry d points fill fill-opacity
    fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray
    opacity transform font-family font-size font-weight font-style text-anchor letter-spacing
    textLength aria-label aria-hidden"""
)
_LEADS_AWAY: Final = re.compile(r"url|[\\@&<>]|:", re.IGNORECASE)

# What no HTML parser hands on unchanged: control characters, lone surrogates, noncharacters.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class _Sealed:
    """A string that only this module makes."""

    __slots__ = ("_text",)
    _text: str

    def __init__(self) -> None:
        raise TypeError(f"{type(self).__name__} is made by the functions of its module only")


class Html(_Sealed):
    """Finished markup: an element, or several in a row."""

    __slots__ = ()


class Address(_Sealed):
    """Where a link or a picture leads: into the page, the run folder, or embedded bytes."""

    __slots__ = ()


#: What an element may hold. Texts and numbers are escaped, ``None`` is nothing.
Child: TypeAlias = "Html | str | int | Iterable[Child] | None"
Value: TypeAlias = "str | int | bool | Address | None"


def _html(text: str) -> Html:
    made = object.__new__(Html)
    made._text = text
    return made


def _address(text: str) -> Address:
    made = object.__new__(Address)
    made._text = text
    return made


def printable(text: str) -> str:
    """``text`` with each character that HTML can't carry replaced by U+FFFD, the rest kept."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _escaped(text: str) -> str:
    # A carriage return as such would reach the page as a line feed.
    return html.escape(printable(text)).replace("\r", "&#13;")


def el(tag: str, *children: Child, **attributes: Value) -> Html:
    """One element.

    Args:
        tag: its name, of a closed list.
        children: texts (escaped), elements, or iterables of them; ``None`` is left out.
        attributes: ``cls`` is ``class``, ``for_`` is ``for``, ``aria_label`` is ``aria-label``;
            ``True`` stands for the bare name, ``None`` and ``False`` leave the attribute out.
            ``href`` and ``src`` take an :class:`Address`.

    Raises:
        ValueError: a tag or an attribute outside the lists, or children in a void element.
        TypeError: an address that is none, or a child of another type.
    """
    opening = _opening(tag, attributes)
    if tag in _VOID:
        if children:
            raise ValueError(f"<{tag}> holds nothing")
        return _html(opening)
    return _html(f"{opening}{_joined(children)}</{tag}>")


def drawing(svg: str) -> Html:
    """An SVG drawing of this package as part of a page.

    Every element and attribute is checked against closed lists and written anew; texts are escaped.

    Raises:
        ValueError: it is no SVG, or holds what a drawing needs none of: scripts, styles, links,
            pictures, ids, entities, addresses.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    written: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag not in _DRAWN_TAGS or (not written and tag != "svg"):
            raise ValueError(f"<{tag}> is not among the elements of a drawing")
        parts = [tag]
        for name, value in attributes.items():
            if name == "xmlns":
                continue  # HTML knows what an <svg> is
            if name not in _DRAWN_ATTRIBUTES:
                raise ValueError(f"{name} is not among the attributes of a drawing")
            if name != "aria-label" and _LEADS_AWAY.search(value):
                raise ValueError(f"{name} of a drawing holds {value[:40]!r}")
            parts.append(f'{name}="{_escaped(value)}"')
        written.append(f"<{' '.join(parts)}>")

    def refuse(*_: object) -> None:
        raise ValueError("a drawing holds no document type and no entity")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: written.append(f"</{tag}>")
    parser.CharacterDataHandler = lambda text: written.append(_escaped(text))
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(svg.encode(), True)
    except expat.ExpatError as error:
        raise ValueError(f"this is no SVG: {error}") from None
    return _html("".join(written).replace("\n", ""))


def together(*children: Child) -> Html:
    """Several children in a row, without an element around them."""
    return _html(_joined(children))


def _joined(children: Iterable[Child]) -> str:
    return "".join(_rendered(child) for child in children)


def _rendered(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child._text
    if isinstance(child, str):
        return _escaped(child)
    if isinstance(child, int):
        return str(child)
    if isinstance(child, Iterable):
        return _joined(child)
    raise TypeError(f"an element can't hold a {type(child).__name__}")


def _opening(tag: str, attributes: dict[str, Value]) -> str:
    if tag not in _TAGS:
        raise ValueError(f"<{tag}> is not among the elements of a report")
    parts = [tag]
    for key, value in attributes.items():
        name = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
        if name not in _ATTRIBUTES:
            raise ValueError(f"{name} is not among the attributes of a report")
        if (name in _ADDRESSES) != isinstance(value, Address) and value is not None:
            raise TypeError(f"{name} takes an Address, and nothing else does")
        if value is None or value is False:
            continue
        if value is True:
            parts.append(name)
        else:
            text = value._text if isinstance(value, Address) else str(value)
            parts.append(f'{name}="{_escaped(text)}"')
    return f"<{' '.join(parts)}>"


# ------------------------------------------------------------------------ addresses


def place(name: str) -> Address:
    """The element of this page with the id ``name`` (a lower-case word)."""
    if not _WORD.fullmatch(name):
        raise ValueError(f"{name!r} is no id of a report")
    return _address(f"#{name}")


def embedded(media_type: str, data: bytes) -> Address:
    """A picture's bytes as a data URI.

    Raises:
        ValueError: a media type other than PNG, JPEG or WebP.
    """
    if media_type not in ("image/png", "image/jpeg", "image/webp"):
        raise ValueError(f"{media_type} is not embedded in a report")
    return _address(f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}")


def beside(path: str) -> Address:
    """A file by its path relative to the page; never a scheme, a host or an absolute path."""
    if path.startswith("/"):
        raise ValueError("the path must be relative to the page")
    return _address("./" + quote(os.fsencode(path), safe="/"))


# -------------------------------------------------------------------------- writing


class Page:
    """A page on its way to a file, element by element, so that its size costs no memory.

    Args:
        file: an open text file, UTF-8.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def begin(self) -> None:
        """Write the document type."""
        self._file.write("<!doctype html>\n")

    def add(self, *children: Child) -> None:
        """Write texts (escaped) and elements."""
        self._file.write(_joined(children) + "\n")

    @contextmanager
    def within(self, tag: str, **attributes: Value) -> Iterator[None]:
        """Write an element around what is added meanwhile."""
        self._file.write(_opening(tag, attributes) + "\n")
        yield
        self._file.write(f"</{tag}>\n")

    def add_style(self, sheet: Stylesheet) -> None:
        """Write a stylesheet, byte for byte as its hash says."""
        self._file.write(f"<style>{sheet.text}</style>\n")


class Stylesheet:
    """CSS of this package, with the hash by which a content security policy allows it.

    Raises:
        ValueError: the text could end its element.
    """

    def __init__(self, text: str) -> None:
        if "<" in text:
            raise ValueError("a stylesheet of a report holds no '<'")
        self.text = text
        digest = hashlib.sha256(text.encode()).digest()
        self.source = f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
