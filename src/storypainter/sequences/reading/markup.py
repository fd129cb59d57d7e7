"""XML of strangers: parsed without entities and without anything from outside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storypainter.errors import MissingExtra
from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.texts import plain
from storypainter.sequences.reading.wishes import MAX_TEXT_BYTES

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAX_ELEMENTS = 200_000


def parsed(data: bytes, where: str) -> Element:
    """The root of an XML document.

    Raises:
        MissingExtra: defusedxml isn't installed.
        Refused: not well-formed, too large, or with entities of its own.
    """
    try:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring
    except ImportError:
        raise MissingExtra("reading books and comics", "sequences") from None
    if len(data) > MAX_TEXT_BYTES:
        raise Refused("too large", f"more than {MAX_TEXT_BYTES >> 20} MB of XML", where)
    try:
        root: Element = fromstring(data)
    except DefusedXmlException:
        raise Refused("not safe", "XML with entities of its own", where) from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise Refused("unreadable", "not well-formed XML", where) from None
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise Refused("too large", f"more than {_MAX_ELEMENTS:,} elements", where)
    return root


def local(tag: object) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def value(root: Element, name: str) -> str:
    """The text of the first element of that name, anywhere; empty without one."""
    for each in root.iter():
        if local(each.tag) == name:
            return plain("".join(each.itertext()), 500)
    return ""
