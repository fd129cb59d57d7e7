"""A book as one HTML page: pictures embedded, no script, printable, for screens of any size."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from importlib.resources import files

from storypainter.errors import BadInput
from storypainter.picture import Picture
from storypainter.report.markup import Address, Html, Page, Stylesheet, el, embedded
from storypainter.report.page import write_head
from storypainter.report.words import shortened
from storypainter.sequences.book.pages import Book, BookPage
from storypainter.sequences.telling.shown import shown

#: A larger picture file is embedded at a smaller size.
MAX_EMBEDDED_BYTES = 1_500_000
_LARGEST_SIDE = 1600
_VIGNETTE_SIDE = 640
#: From these ratios of width to height on, a picture stands above its words, or is a tall one.
_WIDE, _TALL = 1.75, 0.72
#: A picture with a smaller longest side keeps its own size.
_SMALL = 400
#: What lengths of parts are called, and from how many words on; smaller type each time.
_LENGTHS, _FROM = ("brief", "short", "long", "verylong"), (26, 75, 160)
#: The share of parts whose length decides for all.
_MOST = 0.8

PictureBytes = Callable[[Picture], bytes]


def book_html(book: Book, pictures: PictureBytes) -> str:
    """The page.

    Args:
        book: what stands in it.
        pictures: the bytes of each picture.
    """
    text = io.StringIO()
    page = Page(text)
    page.begin()
    with page.within("html", lang=book.words.tag or "und", dir=book.words.direction):
        with page.within("head"):
            write_head(page, shortened(book.title, 80), (stylesheet(),))
        with page.within("body"), page.within("main", cls="book"):
            page.add(_title_page(book, pictures))
            for each in book.pages:
                page.add(_spread(each, book, pictures))
            page.add(_whole(book), _end(book))
    return text.getvalue()


def stylesheet() -> Stylesheet:
    """The book's CSS."""
    return Stylesheet(files("storypainter.sequences.book").joinpath("book.css").read_text("utf-8"))


def _title_page(book: Book, pictures: PictureBytes) -> Html:
    source = _vignette(book.pages[0].picture, pictures)
    return el(
        "header",
        el("p", el("img", src=source, alt=""), cls="vignette") if source else None,
        el("h1", book.title, dir="auto"),
        _ornament(),
        el("p", book.subtitle, cls="subtitle", lang=book.words.own_tag) if book.subtitle else None,
        el("p", book.cast, cls="cast", dir="auto") if book.cast else None,
        cls="leaf cover",
    )


def _spread(page: BookPage, book: Book, pictures: PictureBytes) -> Html:
    picture = page.picture
    source = _source(picture, pictures)
    said = (
        el("div", [el("p", each) for each in page.paragraphs], cls="words", dir="auto")
        if page.paragraphs
        else _wordless(book)
    )
    return el(
        "section",
        el(
            "figure",
            el(
                "img",
                src=source,
                alt=page.alt,
                width=str(picture.width),
                height=str(picture.height),
            ),
            cls="plate",
        ),
        said,
        el("p", str(page.number), cls="folio", aria_hidden="true"),
        cls=f"leaf spread {_shape(picture)} {_length(page, book)}",
        aria_label=book.words.say("picture", number=page.number),
    )


def _shape(picture: Picture) -> str:
    ratio = picture.width / picture.height
    shape = "wide" if ratio >= _WIDE else "tall" if ratio <= _TALL else "square"
    return f"{shape} small" if max(picture.width, picture.height) < _SMALL else shape


def _length(page: BookPage, book: Book) -> str:
    """How large a part is set: one size for the whole book, a smaller one for a part that is
    much longer than most.
    """
    counts = sorted(each.words for each in book.pages if each.paragraphs) or [0]
    most = counts[math.ceil(_MOST * len(counts)) - 1]
    return _LENGTHS[sum(max(most, page.words) >= least for least in _FROM)]


def _wordless(book: Book) -> Html | None:
    """A word on a picture without words; none where the whole story follows, or all are silent."""
    if book.whole or not any(page.paragraphs for page in book.pages):
        return None
    said = el("p", book.words.say("wordless"), lang=book.words.own_tag)
    return el("div", said, cls="words none")


def _whole(book: Book) -> Html | None:
    if not book.whole:
        return None
    told = el("div", [el("p", each) for each in book.whole], cls="words", dir="auto")
    return el("section", told, cls="leaf whole verylong")


def _end(book: Book) -> Html:
    words = book.words
    untold = [el("p", f"{words.say('why')}: {each}") for each in book.untold]
    return el(
        "footer",
        el("p", words.say("end"), cls="end"),
        _ornament(),
        el("div", [el("p", each) for each in book.colophon], untold, cls="colophon"),
        cls="leaf last",
        lang=words.own_tag,
    )


def _ornament() -> Html:
    return el("div", el("span"), el("span"), el("span"), cls="ornament", aria_hidden="true")


def _source(picture: Picture, pictures: PictureBytes) -> Address:
    data, media_type = pictures(picture), str(picture.media_type)
    if len(data) > MAX_EMBEDDED_BYTES:
        smaller = shown(data, _LARGEST_SIDE, picture.file)
        data, media_type = smaller.data, smaller.media_type
    return embedded(media_type, data)


def _vignette(picture: Picture, pictures: PictureBytes) -> Address | None:
    try:
        small = shown(pictures(picture), _VIGNETTE_SIDE, picture.file)
    except BadInput:  # the page below shows what there is
        return None
    return embedded(small.media_type, small.data)
