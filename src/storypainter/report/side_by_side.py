"""What several painters made of one story, side by side, with the story below (paper, Figure 7)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from storypainter.evaluators.contract import Passage
from storypainter.models.image_bytes import NotAPicture, recognise
from storypainter.report.markup import Html, el, embedded
from storypainter.report.story_colours import coloured, markup_text
from storypainter.report.words import description, language_tag, shortened
from storypainter.story import Story

#: The style of pictures side by side; a page with coloured stories needs theirs as well.
SIDE_BY_SIDE_CSS: Final = """.beside { margin: 2.5rem 0; }
.beside > h3 { font-size: 1.5rem; line-height: 1.2; font-weight: 500; margin: 0 0 1rem;
  text-wrap: balance; }
.beside > .row { display: grid; gap: 1.5rem 1.25rem; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); }
.beside figure { margin: 0; max-width: 46rem; break-inside: avoid; }
.beside img { display: block; width: auto; max-width: 100%; height: auto; max-height: 40rem;
  border-radius: .5rem;
  box-shadow: 0 1px 2px rgba(0, 0, 0, .12), 0 6px 22px rgba(0, 0, 0, .1); }
.beside figcaption { display: block; margin-top: .55rem; font: .9375rem/1.4 system-ui, sans-serif; }
.beside figcaption strong { font-weight: 600; overflow-wrap: anywhere; }
.beside figcaption small { display: block; font-size: .8125rem; }
.beside .none { display: grid; margin: 0; place-content: center; gap: .3rem; text-align: center;
  aspect-ratio: 4 / 3; padding: 1rem; border: 1px dashed currentColor; border-radius: .5rem;
  font: .9375rem/1.5 system-ui, sans-serif; }
.beside > .text { margin-top: 1.4rem; max-width: 42em; }
@media print { .beside { break-inside: avoid; } }
"""


def painters_side_by_side(
    story: Story,
    pictures: Sequence[tuple[str, bytes, str]],
    *,
    language: str = "",
    passages: Sequence[Passage] | None = None,
) -> str:
    """The pictures as HTML; see :func:`side_by_side`."""
    return markup_text(side_by_side(story, pictures, language=language, passages=passages))


def side_by_side(
    story: Story,
    pictures: Sequence[tuple[str, bytes, str]],
    *,
    language: str = "",
    passages: Sequence[Passage] | None = None,
) -> Html:
    """One story as several painters painted it: pictures in a row that wraps, the story below.

    A picture is embedded as it is, and as what its bytes say it is. What is no whole PNG, JPEG or
    WebP is replaced by a tile that says so: a painter that failed stays in the row.

    Args:
        story: the Story that all pictures belong to.
        pictures: (painter, bytes, media type); empty bytes where that painter made none.
        language: of the story, as a tag (``de``).
        passages: for the coloured text (``story_colours.py``); None shows the plain text.
    """
    if passages is None:
        lines = (line.strip() for line in story.text.splitlines())
        text = el("div", [el("p", line, dir="auto") for line in lines if line], cls="text",
                  lang=language_tag(language))  # fmt: skip
    else:
        text = el("div", coloured(story, passages, language=language), cls="text")
    title = story.title.strip()
    return el(
        "section",
        el("h3", shortened(title, 140), dir="auto", lang=language_tag(language)) if title else None,
        el("div", [_figure(story, *each) for each in pictures], cls="row"),
        None if pictures else el("p", "No painter has painted this story.", cls="none"),
        text,
        cls="beside",
        aria_label=f"One story, {len(pictures)} painters",
    )


def _figure(story: Story, painter: str, data: bytes, media_type: str) -> Html:
    name = shortened(painter, 80)
    facts, why = None, "none was painted"
    if data:
        try:
            facts = recognise(data)
        except (NotAPicture, struct.error, IndexError) as error:
            why = str(error)
    if facts is None:
        shown = el("p", el("strong", "No picture"), el("span", shortened(why, 160)), cls="none")
        size = None
    else:
        shown = el(
            "img",
            src=embedded(facts.media_type, data),
            alt=f"Painted by {name}: {description(story)}",
            width=facts.width,
            height=facts.height,
        )
        odd = f", {facts.media_type} and not {media_type}" if facts.media_type != media_type else ""
        size = el("small", f"{facts.width} × {facts.height}{odd}")
    return el("figure", shown, el("figcaption", el("strong", name, dir="auto"), size))
