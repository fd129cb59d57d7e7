"""A story's text with its Clues in the colours of their Dimensions (paper, Figure 6).

Each stretch of text that tells a Clue lies on its Dimension's colour, is underlined in its
Dimension's way (a line for each Dimension that needs the Clue), and ends in small letters that
name the Dimensions, so that it can be read without colours. Passages that no single picture can
show (kind ``sequence``) run between dashed lines and end in the letters TS.

Where a Clue stands is found by comparing words (``story_colours_matching.py``); what is not found
is listed below the text and never marked at a guess.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from storypainter.evaluators.contract import Passage
from storypainter.report.dimension_palette import LOOKS, SEQUENCE, tone_class
from storypainter.report.markup import Html, Page, el
from storypainter.report.story_colours_matching import Text
from storypainter.report.words import language_tag
from storypainter.story import Dimension, Story

#: More lines than this under one word can't be told apart; its letters name them all.
MAX_LINES: Final = 3

#: The style of coloured stories; a page also needs ``dimension_palette.PALETTE_CSS``.
STORY_CSS: Final = """.tinted .told { max-width: 42em; line-height: 2.15; }
.tinted .told p + p { margin-top: .8em; }
.hit { color: inherit; text-decoration: underline var(--rule) var(--tone);
  text-decoration-skip-ink: none; }
.hit.first { background: var(--tint); border-radius: .25em; padding: .08em 0; }
.hit.l0 { text-underline-offset: .22em; }
.hit.l1 { text-underline-offset: .46em; }
.hit.l2 { text-underline-offset: .7em; }
.codes { font: 600 .58em/1 system-ui, sans-serif; letter-spacing: .03em; vertical-align: super;
  margin-inline: .15em .1em; color: var(--tone); white-space: nowrap; text-decoration: none; }
.later { border-block: 2px dashed var(--tone); background: var(--tint); padding-block: .12em; }
.tinted .keys { display: flex; flex-wrap: wrap; gap: .45rem .6rem; list-style: none; padding: 0;
  margin: 1.1rem 0 0; font: .875rem/1.5 system-ui, sans-serif; }
.tinted .keys li { padding: .2rem .65rem .4rem; border-radius: .4rem; background: var(--tint);
  color: var(--tone); }
.tinted .keys .hit { text-underline-offset: .25em; }
.tinted .keys li.later { padding-block: .2rem .25rem; border-radius: 0; }
.tinted .unseen { margin: .8rem 0 0; font: .875rem/1.5 system-ui, sans-serif; }
.tinted .unseen summary { cursor: pointer; }
.tinted .unseen ul { margin: .3rem 0 0; padding-inline-start: 1.2rem; list-style: disc; }
"""

_ORDER: Final = tuple(
    sorted(Dimension, key=lambda each: each is Dimension.EVENT_CAUSAL_RELATIONSHIP)
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text with what it tells: Dimensions (none for a sequence) and words."""

    start: int
    end: int
    dimensions: tuple[Dimension, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Spans:
    """What was found in a text, in reading order, and what was not found."""

    found: tuple[Span, ...]
    lost: tuple[Span, ...]


def spans_of(story: Story, passages: Sequence[Passage] = ()) -> Spans:
    """Where the Clues of a Story's Chains and its ``sequence`` passages stand in its text.

    A passage whose offsets don't hold its words is looked for by its words. Passages of other
    kinds are left out.
    """
    text = Text(story.text)
    needs: dict[str, tuple[str, list[Dimension]]] = {}
    for chain in story.chains:
        for clue in chain.clues:
            _, dimensions = needs.setdefault(clue.id or clue.text, (clue.text, []))
            if chain.dimension not in dimensions:
                dimensions.append(chain.dimension)
    found, lost = [], []
    for words, dimensions in needs.values():
        ordered = tuple(each for each in _ORDER if each in dimensions)
        place = text.place(words)
        if place is None:
            lost.append(Span(0, 0, ordered, words))
        else:
            found.append(Span(place.start, place.end, ordered, words))
    for passage in passages:
        if passage.kind == "sequence":
            span = _of_passage(story.text, passage)
            (found if span.end else lost).append(span)
    found.sort(key=lambda span: (span.start, -span.end))
    return Spans(tuple(found), tuple(lost))


def _of_passage(text: str, passage: Passage) -> Span:
    start, end = passage.start, min(passage.end, len(text))
    if not (0 <= start < end and text[start:end].split() == passage.text.split()):
        start = text.find(passage.text) if passage.text else -1
        end = start + len(passage.text)
    return Span(start, end, (), passage.text) if start >= 0 else Span(0, 0, (), passage.text)


def coloured_story(story: Story, passages: Sequence[Passage] = (), *, language: str = "") -> str:
    """The coloured text with its legend, as HTML; see :func:`coloured`."""
    return markup_text(coloured(story, passages, language=language))


def coloured(story: Story, passages: Sequence[Passage] = (), *, language: str = "") -> Html:
    """The story's text with Clues and sequences marked, a legend, and what was not found.

    Args:
        story: a Story; without Chains its text stays plain, and a line says so.
        passages: what ``moment`` found; the kind ``sequence`` is marked.
        language: of the story, as a tag (``de``).
    """
    spans = spans_of(story, passages)
    return el(
        "div",
        el("div", _paragraphs(story.text, spans.found), cls="told", lang=language_tag(language)),
        _legend(spans),
        _lost(spans.lost),
        cls="tinted",
    )


def markup_text(element: Html) -> str:
    """An element as text, to be put where pages are written as text."""
    file = io.StringIO()
    Page(file).add(element)
    return file.getvalue()


# ----------------------------------------------------------------------------- pieces


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text between two borders: its lines in order, whether it is a later moment, its ends."""

    text: str
    lines: tuple[Dimension, ...]
    later: bool
    ends: tuple[Span, ...]


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[_Piece]:
    """``text[start:end]`` cut wherever a span begins or ends.

    A Dimension that goes on from one piece to the next keeps its line.
    """
    here = [span for span in spans if span.start < end and span.end > start]
    borders = sorted(
        {start, end} | {min(max(at, start), end) for span in here for at in (span.start, span.end)}
    )
    lines: list[Dimension] = []
    for left, right in pairwise(borders):
        over = [span for span in here if span.start < right and span.end > left]
        wanted = {each for span in over for each in span.dimensions}
        kept = [each for each in lines if each in wanted]
        lines = kept + [each for each in _ORDER if each in wanted and each not in kept]
        yield _Piece(
            text[left:right],
            tuple(lines),
            any(not span.dimensions for span in over),
            tuple(
                span
                for span in over
                if min(span.end, end) == right and not text[right : span.end].strip()
            ),
        )


def _paragraphs(text: str, spans: Sequence[Span]) -> Iterator[Html]:
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = at + line.index(body)
            pieces = _pieces(text, start, start + len(body), spans)
            yield el("p", [_drawn(piece) for piece in pieces], dir="auto")
        at += len(line)


def _drawn(piece: _Piece) -> list[Html | str]:
    inner: Html | str = piece.text
    shown = piece.lines[:MAX_LINES]
    for place in reversed(range(len(shown))):
        first = " first" if place == 0 else ""
        inner = el("span", inner, cls=f"hit l{place}{first} {tone_class(shown[place])}")
    made: list[Html | str] = [inner]
    made += [_codes(span) for span in piece.ends]
    if piece.later:
        return [el("span", made, cls="later d-sequence")]
    return made


def _codes(span: Span) -> Html:
    """The letters at the end of a span: its Dimensions, with the Clue's own words at the pointer."""
    letters = "·".join(LOOKS[each].letters for each in span.dimensions) or SEQUENCE.letters
    labels = ", ".join(each.label for each in span.dimensions) or "time sequence"
    tone = tone_class(span.dimensions[0]) if span.dimensions else "d-sequence"
    return el("small", letters, cls=f"codes {tone}", title=f"{labels}: {span.words}")


def _legend(spans: Spans) -> Html:
    """A chip for each Dimension that the text tells, with how many Clues it has."""
    items = []
    for dimension in _ORDER:
        told = sum(dimension in span.dimensions for span in spans.found)
        lost = sum(dimension in span.dimensions for span in spans.lost)
        if told or lost:
            look = LOOKS[dimension]
            count = f"{told}" if not lost else f"{told} of {told + lost}"
            items.append(
                el(
                    "li",
                    el("strong", look.letters),
                    " ",
                    el("span", dimension.label, cls=f"hit {tone_class(dimension)}"),
                    f" {count}",
                    cls=tone_class(dimension),
                )
            )
    sequences = sum(not span.dimensions for span in (*spans.found, *spans.lost))
    if sequences:
        name = f" Time sequence {sequences}"
        items.append(el("li", el("strong", SEQUENCE.letters), name, cls="later d-sequence"))
    if not items:
        return el("p", "No Chains are known for this story: nothing is marked.", cls="unseen")
    return el("ul", items, cls="keys", aria_label="Dimensions and their clues in this text")


def _lost(lost: Sequence[Span]) -> Html | None:
    if not lost:
        return None
    return el(
        "details",
        el("summary", f"Not found in the words of the text: {len(lost)}"),
        el("ul", [el("li", span.words, _codes(span), dir="auto") for span in lost]),
        cls="unseen",
    )


# --------------------------------------------------------------------------- terminal

_ESCAPES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def coloured_text(story: Story, passages: Sequence[Passage] = (), *, colour: bool = True) -> str:
    """The story for a terminal: each Clue in its first Dimension's colour, with the letters.

    Args:
        story: a Story; control characters in its text are left out.
        passages: as for :func:`coloured`.
        colour: False for plain text with ``[...]{E·M}`` around what is marked.
    """
    spans = spans_of(story, passages)
    parts = []
    for piece in _pieces(story.text, 0, len(story.text), spans.found):
        text = _ESCAPES.sub("", piece.text)
        codes = "".join(
            "{" + ("·".join(LOOKS[d].letters for d in span.dimensions) or SEQUENCE.letters) + "}"
            for span in piece.ends
        )
        if colour and (piece.lines or piece.later):
            ink, paper = LOOKS[piece.lines[0]].light if piece.lines else SEQUENCE.light
            line = ";4" if piece.later else ""
            text = f"\x1b[{_rgb(38, ink)};{_rgb(48, paper)}{line}m{text}\x1b[0m{codes}"
        elif piece.lines or piece.later:
            text = f"[{text}]{codes}"
        parts.append(text)
    return "".join(parts)


def _rgb(ground: int, colour: str) -> str:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"{ground};2;{red};{green};{blue}"
