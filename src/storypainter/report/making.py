"""How a Pair was made, folded away below it: enough to judge it and to make it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from storypainter.picture import Picture
from storypainter.report.markup import Child, Html, el
from storypainter.report.regions import region_table
from storypainter.report.words import counted, shortened
from storypainter.runs.items import Item
from storypainter.story import ExampleUsed, Story, StoryOrigin

MODES = {
    "naive": "naive",
    "cor_guided": "CoR-guided",
    "mini": "mini",
    "planned": "planned",
    "written": "written beforehand",
}


def making(item: Item) -> Html | None:
    """The folded part of a card; ``None`` when nothing is known."""
    story, picture = item.story, item.picture
    facts: list[tuple[str, Child]] = []
    if story is not None:
        facts += _story_facts(story)
    if picture is not None:
        facts += _picture_facts(picture, story)
    if not facts:
        return None
    origin = story.origin if story else None
    return el(
        "details",
        el("summary", "How it was made"),
        facts_list(facts),
        _examples(origin.examples) if origin and origin.examples else None,
        el("details", el("summary", "Regions"), region_table(picture.regions))
        if picture and picture.regions
        else None,
        cls="making",
    )


def facts_list(facts: list[tuple[str, Child]]) -> Html:
    """Names and what stands for them, as a definition list."""
    return el(
        "dl",
        [el("div", el("dt", name), el("dd", value, dir="auto")) for name, value in facts],
        cls="facts",
    )


def _story_facts(story: Story) -> list[tuple[str, Child]]:
    facts: list[tuple[str, Child]] = [("Story", f"{story.id}, {counted(story.words, 'word')}")]
    if story.origin is not None:
        facts += _origin_facts(story.origin)
    if story.entities:
        facts.append(("To be seen", shortened(", ".join(story.entities), 2000)))
    return facts


def _origin_facts(origin: StoryOrigin) -> list[tuple[str, Child]]:
    found: list[tuple[str, Child]] = [
        ("Storyteller", origin.storyteller),
        ("Mode", MODES[origin.mode]),
    ]
    if origin.prompt:
        found.append(("Prompt template", el("code", origin.prompt)))
    if origin.pool:
        found.append(("Pool", origin.pool))
    if origin.seed is not None:
        found.append(("Seed", str(origin.seed)))
    if origin.parameters:
        found.append(("Parameters", el("code", settings_line(origin.parameters))))
    return found


def settings_line(parameters: Mapping[str, Any]) -> str:
    """``temperature = 1.0, top_p = 1.0``."""
    return shortened(", ".join(f"{k} = {_plain(v)}" for k, v in parameters.items()), 4000)


def _plain(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):  # an integer of thousands of digits, a deep nest
        return "(not readable)"


def _picture_facts(picture: Picture, story: Story | None) -> list[tuple[str, Child]]:
    found: list[tuple[str, Child]] = [
        ("Painter", picture.painter),
        ("Picture", [shortened(picture.file, 300), f" ({picture.media_type})"]),
    ]
    if picture.svg:
        found.append(("Drawing", shortened(picture.svg, 300)))
    if picture.prompt:
        same = story is not None and picture.prompt.strip() == story.text.strip()
        words: Child = "the story, word for word" if same else _quoted(picture.prompt)
        found.append(("Prompt sent", words))
    if picture.revised_prompt:
        found.append(("Prompt as the server rewrote it", _quoted(picture.revised_prompt)))
    if picture.reports:
        reports = [el("li", report, dir="auto") for report in picture.reports]
        found.append(("The painter reports", el("ul", reports)))
    return found


def _quoted(text: str) -> Html:
    return el("div", text, cls="prompt", dir="auto")


def _examples(examples: tuple[ExampleUsed, ...]) -> Html:
    return el(
        "details",
        el("summary", f"{counted(len(examples), 'example')} shown to the storyteller"),
        [
            el("div", el("h4", el("code", each.id)), el("p", each.text, dir="auto"), cls="example")
            for each in examples
        ],
    )
