"""The page that lists the books of a run folder: a cover and a title each."""

from __future__ import annotations

import io
from collections.abc import Sequence as Several
from typing import TYPE_CHECKING

from storypainter.errors import BadInput
from storypainter.report.markup import Html, Page, beside, el, embedded
from storypainter.report.page import write_head
from storypainter.sequences.book.html import PictureBytes, stylesheet
from storypainter.sequences.telling.shown import shown

if TYPE_CHECKING:
    from storypainter.sequences.book.writing import Written
    from storypainter.sequences.telling.working import ToldSequence

_COVER_SIDE = 320


def shelf_html(
    told: Several[ToldSequence], written: Several[Written], pictures: PictureBytes
) -> str:
    """The page; its links lead to the books beside it."""
    text = io.StringIO()
    page = Page(text)
    page.begin()
    with page.within("html", lang="en"):
        with page.within("head"):
            write_head(page, "Storybooks", (stylesheet(),))
        with page.within("body"), page.within("main", cls="shelf"):
            page.add(el("h1", "Storybooks"))
            with page.within("ul"):
                for each, book in zip(told, written, strict=True):
                    page.add(el("li", _entry(each, book, pictures)))
    return text.getvalue()


def _entry(each: ToldSequence, book: Written, pictures: PictureBytes) -> Html:
    picture = each.sequence.frames[0].picture
    try:
        small = shown(pictures(picture), _COVER_SIDE, picture.file)
        cover = el("img", src=embedded(small.media_type, small.data), alt="", loading="lazy")
    except BadInput:
        cover = el("span")
    count = len(each.told.parts)
    missing = len(each.told.missing)
    note = f"{count} pictures" if count > 1 else "1 picture"
    if missing:
        note += f", {missing} without words"
    return el(
        "a",
        cover,
        el("strong", book.title, dir="auto"),
        el("small", note),
        href=beside(book.html),
    )
