"""Pages of a PDF as pictures and text; runs in a process of its own (see ``apart``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from storypainter.sequences.reading.pictures import as_png
from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.texts import plain
from storypainter.sequences.reading.wishes import MAX_PAGES, Wishes, chosen

_PASSWORD = 4  # FPDF_ERR_PASSWORD


def pages(file: str, folder: str, wishes: dict[str, Any]) -> dict[str, Any]:
    """Render the wanted pages into ``folder`` as PNG, the longer side as wished.

    Returns:
        ``title``, ``count`` (of all pages), and ``pages``: number (from 1), ``file`` (None where
        the page can't be rendered) and ``text``.

    Raises:
        ImportError: pypdfium2 isn't installed.
        Refused: no PDF, locked, too many pages.
    """
    import pypdfium2

    wished = Wishes.model_validate(wishes)
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise Refused("locked", "protected by a password", hint="unlock it first") from None
        raise Refused("unreadable", "not a PDF, or a damaged one") from None
    count = len(document)
    if count > MAX_PAGES:
        raise Refused("too large", f"{count:,} pages, {MAX_PAGES:,} at most")
    numbers = chosen(count, wished)
    about = document.get_metadata_dict(skip_empty=True)
    return {
        "title": plain(about.get("Title", ""), 500),
        "count": count,
        "pages": [_page(document, number, folder, wished.side) for number in numbers],
    }


def _page(document: Any, number: int, folder: str, side: int) -> dict[str, Any]:
    import pypdfium2

    said: dict[str, Any] = {"number": number + 1, "file": None, "text": ""}
    try:
        page = document[number]
        width, height = page.get_size()
        # A page may say that it is a kilometre wide, or a millionth of a point.
        if not (1 <= width <= 1e6 and 1 <= height <= 1e6) or max(width, height) > 100 * min(
            width, height
        ):
            return {**said, "why": f"a page of {width:.4g} x {height:.4g} points"}
        picture = page.render(scale=side / max(width, height)).to_pil()
        said["text"] = plain(page.get_textpage().get_text_bounded())
        page.close()
    except (pypdfium2.PdfiumError, ValueError, OSError, OverflowError, UnicodeError):
        return {**said, "why": "the page can't be rendered"}
    target = Path(folder) / f"{number}.png"
    target.write_bytes(as_png(picture.convert("RGB")))
    return {**said, "file": target.name}
