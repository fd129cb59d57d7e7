"""The page of a run: one HTML file without scripts that opens anywhere, offline.

It is written card by card, so that a long run costs no memory, and under another name until it
is whole. Its content security policy allows embedded pictures and this package's one stylesheet
(by its hash), and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import IO

from storypainter import __version__
from storypainter.errors import BadInput, RunFolderError
from storypainter.evaluation import Found, marks_of, read_findings
from storypainter.report import front
from storypainter.report.cards import MAX_LINKED_CLUES, card, contents_entry
from storypainter.report.dimension_palette import PALETTE_CSS
from storypainter.report.markup import Html, Page, Stylesheet, el, place
from storypainter.report.numbers import Numbers
from storypainter.report.pictures import Frames, Stock
from storypainter.report.plot_axes import PLOT_CSS
from storypainter.report.reading import Question, entries, ledger, question
from storypainter.report.run_plots import run_plots
from storypainter.report.scores import scores
from storypainter.report.words import shortened
from storypainter.runs.folder import RunFolder

FILE_NAME = "report.html"


@dataclass(frozen=True, slots=True)
class Report:
    """A page that was written: where, whether it links to its pictures, and its numbers."""

    path: Path
    linked: bool
    numbers: Numbers


def write_report(run: Path, out: Path | None = None) -> Report:
    """Write the page of a run.

    Args:
        run: the run folder; only read.
        out: the file, ``report.html`` in the run folder if not given.

    Raises:
        BadInput: ``out`` does not end in ``.html`` or ``.htm``, or is a folder.
        RunFolderError: no run, a damaged one, or a page that can't be written.
    """
    target = out if out is not None else run / FILE_NAME
    if target.suffix.lower() not in (".html", ".htm") or target.is_dir():
        raise BadInput(f"{target} is no name for an HTML page", "name a file that ends in .html")
    with RunFolder(run, read_only=True) as folder:
        folder.db.execute("BEGIN")  # one state of the run, also while another process writes
        asked = question(folder)
        overview = _look(folder, asked)
        frames = Frames(folder, target, linked=overview.stock.is_too_much)
        with _whole_or_not_at_all(target) as file:
            _write(Page(file), folder, asked, overview, frames)
    return Report(target, frames.linked, overview.numbers)


@dataclass(frozen=True, slots=True)
class _Overview:
    numbers: Numbers
    stock: Stock
    items: list[tuple[int, str]]
    found: tuple[Found, ...] = ()


def _look(folder: RunFolder, asked: Question) -> _Overview:
    """A first walk over the items: their numbers, and how much their pictures weigh."""
    overview = _Overview(Numbers(asked, ledger(folder)), Stock(), [], read_findings(folder))
    with closing(entries(folder, paints=asked.paints)) as items:
        for item in items:
            overview.numbers.add(item)
            overview.items.append((item.index, item.status))
            if item.picture is not None:
                overview.stock.add(folder, item.picture)
    return overview


def _write(
    page: Page, folder: RunFolder, asked: Question, overview: _Overview, frames: Frames
) -> None:
    numbers = overview.numbers
    name = folder.path.resolve().name
    page.begin()
    with page.within("html", lang="en"):
        with page.within("head"):
            title = shortened(asked.brief_text("theme"), 80) or shortened(name, 80)
            # A file opened from disk has no origin of its own in every browser: 'self' alone would
            # not allow the pictures beside it.
            pictures = "data: 'self' file:" if frames.linked else "data:"
            write_head(page, title, (_run_stylesheet(),), pictures)
        with page.within("body", id="top"):
            page.add(front.masthead(asked, numbers, name))
            if overview.items:
                page.add(front.bar(numbers, overview.items))
            with page.within("main"):
                page.add(front.remarks(numbers, overview.stock, linked=frames.linked))
                page.add(front.figures(numbers))
                page.add(run_plots(folder, overview.found, numbers))
                page.add(scores(overview.found))
                with page.within("div", cls="panels"):
                    page.add(front.dimensions(numbers), front.failures(numbers), front.asked(asked))
                _write_contents(page, folder, asked, frames)
                _write_cards(page, folder, asked, frames, evaluated=bool(overview.found))
            page.add(_footer(linked=frames.linked))


def write_head(
    page: Page, title: str, sheets: Sequence[Stylesheet], pictures: str = "data:"
) -> None:
    """The head of a page with these styles, which runs no script and calls nobody.

    Args:
        page: where it goes.
        title: what the browser's tab says.
        sheets: the only styles that the content security policy allows, by their hashes.
        pictures: the sources from which it allows pictures.
    """
    styles = " ".join(sheet.source for sheet in sheets)
    policy = (
        f"default-src 'none'; img-src {pictures}; style-src {styles}; "
        "base-uri 'none'; form-action 'none'"
    )
    page.add(
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="generator", content=f"storypainter {__version__}"),
        el("title", f"{title} · storypainter"),
    )
    for sheet in sheets:
        page.add_style(sheet)


def _write_contents(page: Page, folder: RunFolder, asked: Question, frames: Frames) -> None:
    with page.within("section", cls="contents", aria_labelledby="contents"):
        page.add(el("h2", "Contents", id="contents"))
        is_empty = True
        with page.within("ol"), closing(entries(folder, paints=asked.paints)) as items:
            for item in items:
                page.add(contents_entry(item, frames))
                is_empty = False
        if is_empty:
            page.add(el("p", "Nothing has been written in this run yet.", cls="small"))


def _write_cards(
    page: Page, folder: RunFolder, asked: Question, frames: Frames, *, evaluated: bool
) -> None:
    language = asked.brief_text("language")
    with (
        page.within("div", cls="cards long" if frames.linked else "cards"),
        closing(entries(folder, paints=asked.paints)) as items,
    ):
        for item in items:
            marks = marks_of(folder, item.index) if evaluated else ()
            page.add(card(item, frames, language=language, marks=marks))


def _footer(*, linked: bool) -> Html:
    pictures = "shows the pictures of its run folder" if linked else "carries its pictures"
    return el(
        "footer",
        el(
            "p",
            f"Made by storypainter {__version__}. This page {pictures}, holds no script and "
            "calls nobody.",
        ),
        el("p", el("a", "Back to the top", href=place("top"))),
    )


def stylesheet() -> Stylesheet:
    """The page's CSS: ``page.css``, and a rule for each clue that can light up its regions."""
    text = files("storypainter.report").joinpath("page.css").read_text("utf-8")
    rules = [text.strip()]
    for number in range(MAX_LINKED_CLUES):
        mark = f"k{number}"
        rules.append(
            f".card:has(.clue.{mark}:is(:hover,:focus)) .region.{mark}"
            "{opacity:1;fill:var(--lit);stroke:var(--lit-line)}"
        )
        rules.append(
            f".card:has(.region.{mark}:hover) .clue.{mark}{{box-shadow:0 0 0 2px var(--lit-line)}}"
        )
    return Stylesheet("\n".join(rules) + "\n")


def _run_stylesheet() -> Stylesheet:
    """:func:`stylesheet` with what the drawings of a run's page need, as one."""
    return Stylesheet("\n".join((stylesheet().text, PALETTE_CSS, PLOT_CSS)))


@contextmanager
def _whole_or_not_at_all(target: Path) -> Iterator[IO[str]]:
    """A file that gets its name when it is complete; what was there before stays until then."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("w", encoding="utf-8", newline="\n") as file:
                yield file
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise RunFolderError(
            f"{target} can't be written: {(error.strerror or 'no').lower()}",
            "name another file with --out, or free some space",
        ) from None
