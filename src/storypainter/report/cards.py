"""One card a Pair: the picture, the story, its Chains, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from storypainter.evaluators.contract import Marks
from storypainter.picture import Region
from storypainter.report.chain_graph import as_svg
from storypainter.report.making import making
from storypainter.report.markup import Html, drawing, el, place, printable
from storypainter.report.pictures import Frames, NoPicture, Shown
from storypainter.report.regions import MAX_REGIONS, overlay
from storypainter.report.scores import of_one_story
from storypainter.report.words import counted, description, language_tag, shortened
from storypainter.runs.items import Item
from storypainter.story import Chain, Clue, Dimension, Story

#: So many clues of a card can light up their regions: the stylesheet has a rule for each.
MAX_LINKED_CLUES = 60
#: A graph of more than this can't be read, and a hostile run may record millions.
MAX_DRAWN_CHAINS, MAX_DRAWN_CLUES = 60, 300


def card(
    item: Item,
    frames: Frames,
    *,
    language: str = "",
    marks: Sequence[tuple[str, str, Marks]] = (),
) -> Html:
    """The card of one item.

    Args:
        item: what became of it.
        frames: where its picture comes from.
        language: of the story, as the Brief says.
        marks: what evaluators say of it, as (evaluator, judge, Marks).
    """
    number = item.index + 1
    regions = tuple(islice(item.picture.regions, MAX_REGIONS)) if item.picture else ()
    linked = linked_clues(item.story, regions)
    story = item.story
    return el(
        "article",
        _plate(item, frames, regions, linked),
        el(
            "div",
            _head(item),
            _failure(item) if item.status == "failed" else None,
            _text(story, language) if story else None,
            _chains(story.chains, linked) if story and story.chains else None,
            of_one_story(marks) if marks else None,
            _notes(story.notes) if story and story.notes else None,
            making(item),
            cls="words",
        ),
        _graph(story.chains) if story and story.chains else None,
        cls=f"card {item.status}",
        id=f"s{number}",
        aria_labelledby=f"t{number}",
    )


def heading(item: Item) -> str:
    """The card's heading: the Story's title, or its number."""
    title = shortened(item.story.title, 140) if item.story else ""
    return title or f"Story {item.index + 1}"


def linked_clues(story: Story | None, regions: tuple[Region, ...]) -> dict[str, str]:
    """Clue id -> the class that its chips and its regions share, for clues that have both."""
    if story is None:
        return {}
    carried = {clue for region in regions for clue in region.clues}
    ids = dict.fromkeys(c.id for chain in story.chains for c in chain.clues if c.id in carried)
    return {str(each): f"k{i}" for i, each in enumerate(islice(ids, MAX_LINKED_CLUES))}


# -------------------------------------------------------------------------- picture


def _plate(
    item: Item, frames: Frames, regions: tuple[Region, ...], marks: Mapping[str, str]
) -> Html:
    """The picture with its caption, or why there is none."""
    if item.picture is None:
        return el("div", _no_picture(_why_no_picture(item)), cls="plate")
    try:
        shown = frames.show(item.picture)
    except NoPicture as problem:
        return el("div", _no_picture(str(problem)), cls="plate")
    number = item.index + 1
    toggle = f"r{number}"
    alt = description(item.story) if item.story else "a picture without its story"
    picture = item.picture
    return el(
        "div",
        el(
            "figure",
            el("input", type="checkbox", id=toggle, cls="toggle") if regions else None,
            el(
                "div",
                _image(shown, alt, lazy=frames.linked),
                overlay(regions, marks, picture.width, picture.height) if regions else None,
                cls="frame",
            ),
            el(
                "figcaption",
                el("span", f"{shown.width} × {shown.height}, painted by ", cls="size"),
                el("span", shortened(picture.painter, 80), dir="auto"),
                el(
                    "label",
                    el("span", "Show ", cls="when-off"),
                    el("span", "Hide ", cls="when-on"),
                    counted(len(picture.regions), "region"),
                    for_=toggle,
                )
                if regions
                else None,
            ),
        ),
        cls="plate",
    )


def _image(shown: Shown, alt: str, *, lazy: bool) -> Html:
    return el(
        "img",
        src=shown.source,
        alt=alt,
        width=shown.width,
        height=shown.height,
        loading="lazy" if lazy else None,
        decoding="async" if lazy else None,
    )


def _no_picture(why: str) -> Html:
    return el("p", el("strong", "No picture"), el("span", why, dir="auto"), cls="empty")


def _why_no_picture(item: Item) -> str:
    if item.status == "done":
        return "none was asked for"
    if item.status == "pending":
        return "not painted yet"
    return "there is no story to paint" if item.story is None else "painting it failed"


# ----------------------------------------------------------------------------- text


def _head(item: Item) -> Html:
    number = item.index + 1
    has_title = bool(item.story and item.story.title.strip())
    return el(
        "header",
        el("p", f"Story {number}", cls="kicker") if has_title else None,
        el("h2", heading(item), id=f"t{number}", dir="auto"),
        el("p", shortened(item.story.gist, 400), cls="gist", dir="auto")
        if item.story and item.story.gist.strip()
        else None,
    )


def _failure(item: Item) -> Html:
    return el(
        "div",
        el("strong", f"Failed at the {item.step}: "),
        el("span", item.reason_kind, cls="kind", dir="auto"),
        el("p", shortened(item.reason, 1500), dir="auto"),
        cls="failure",
        role="note",
    )


def _text(story: Story, language: str) -> Html:
    paragraphs = (line.strip() for line in story.text.splitlines())
    return el(
        "div",
        [el("p", line, dir="auto") for line in paragraphs if line],
        cls="story",
        lang=language_tag(language),
    )


def _notes(notes: tuple[str, ...]) -> Html:
    return el(
        "aside",
        el("h3", "Notes"),
        el("ul", [el("li", note, dir="auto") for note in notes]),
        cls="notes",
    )


# --------------------------------------------------------------------------- chains


def _chains(chains: tuple[Chain, ...], marks: Mapping[str, str]) -> Html:
    groups = [(each, [c for c in chains if c.dimension is each]) for each in Dimension]
    return el(
        "section",
        el("h3", "Chains-of-Reasoning"),
        [_group(dimension, found, marks) for dimension, found in groups if found],
        cls="chains",
    )


def _graph(chains: tuple[Chain, ...]) -> Html | None:
    """The Chains drawn as a graph, below picture and text: it needs the whole width."""
    if len(chains) > MAX_DRAWN_CHAINS or sum(len(each.clues) for each in chains) > MAX_DRAWN_CLUES:
        return None
    short = [
        chain.model_copy(
            update={
                "clues": tuple(
                    clue.model_copy(update={"text": printable(shortened(clue.text, 200))})
                    for clue in chain.clues
                ),
                "conclusion": printable(shortened(chain.conclusion, 200)),
            }
        )
        for chain in chains
    ]
    return el(
        "details",
        el("summary", "The graph of its Chains"),
        el("div", drawing(as_svg(short)), cls="drawn"),
        cls="graph",
    )


def _group(dimension: Dimension, chains: list[Chain], marks: Mapping[str, str]) -> Html:
    return el(
        "div",
        el("h4", dimension.label),
        el("ul", [_chain(chain, marks) for chain in chains]),
        cls=f"dimension {dimension_class(dimension)}",
    )


def dimension_class(dimension: Dimension) -> str:
    """The class that gives an element its Dimension's colours."""
    return "d-" + dimension.value.replace("_", "-")


def _chain(chain: Chain, marks: Mapping[str, str]) -> Html:
    clues: list[Html] = []
    for clue in chain.clues:
        if clues:
            clues.append(el("span", " + ", cls="and"))
        clues.append(_chip(clue, marks))
    return el(
        "li",
        clues,
        el(
            "span",
            el("span", " → ", cls="so"),
            el("span", chain.conclusion, cls="conclusion", dir="auto"),
            cls="outcome",
        ),
    )


def _chip(clue: Clue, marks: Mapping[str, str]) -> Html:
    mark = marks.get(clue.id) if clue.id else None
    return el(
        "span",
        clue.text,
        el("small", clue.id) if clue.id else None,
        cls=f"clue seen {mark}" if mark else "clue",
        dir="auto",
        tabindex=0 if mark else None,
        title="point here to see where it is" if mark else None,
    )


# ------------------------------------------------------------------------- contents


def contents_entry(item: Item, frames: Frames) -> Html:
    """An item's line in the table of contents, with a small picture where there is one."""
    small = frames.thumbnail(item.picture) if item.picture else None
    tile = (
        el(
            "img",
            src=small,
            alt="",
            width=120,
            height=120,
            loading="lazy" if frames.linked else None,
        )
        if small
        else el("span", str(item.index + 1), cls="tile", aria_hidden="true")
    )
    has_title = bool(item.story and item.story.title.strip())
    return el(
        "li",
        el(
            "a",
            tile,
            el(
                "span",
                el("span", f"{item.index + 1}", cls="no"),
                el("span", _entry_line(item, has_title), dir="auto"),
                cls="line",
            ),
            href=place(f"s{item.index + 1}"),
        ),
        cls=item.status,
    )


def _entry_line(item: Item, has_title: bool) -> str:
    if item.story is None:
        return f"Failed: {item.reason_kind}" if item.status == "failed" else "Not written yet"
    line = item.story.title if has_title else description(item.story)
    return shortened(line, 70)
