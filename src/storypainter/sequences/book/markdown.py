"""A book as Markdown; its pictures lie beside it."""

from __future__ import annotations

import re
from urllib.parse import quote

from storypainter.sequences.book.pages import Book

_SPECIAL = re.compile(r"([\\`*_\[\]{}<>#|~!&])")
#: What at the beginning of a line would make a list, a quotation or a rule of it.
_OPENING = re.compile(r"\A(\d{1,9})([.)])|\A([-+=:])")


def book_markdown(book: Book) -> str:
    """Title, and each picture with its part below it; links are relative to the book."""
    blocks = [f"# {escaped(book.title)}"]
    blocks += [f"*{escaped(each)}*" for each in (book.subtitle, book.cast) if each]
    for page in book.pages:
        blocks.append(f"![{escaped(page.alt)}]({quote(page.picture.file)})")
        blocks += [escaped(each) for each in page.paragraphs]
    blocks += [escaped(each) for each in book.whole]
    blocks += [f"**{escaped(book.words.say('end'))}**", "---"]
    blocks += [escaped(each) for each in book.colophon]
    blocks += [f"{escaped(book.words.say('why'))}: {escaped(each)}" for each in book.untold]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _OPENING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)
