"""The card of a generated set: how it was made, what is in it, what its annotations rest on, limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from storypainter.sequence import Sequence
from storypainter.sequences.card_means import said_mean


def card(plain: Mapping[str, Any], sequences: tuple[Sequence, ...]) -> str:
    """``README.md`` of a generated set, from its manifest and its sequences."""
    return "\n".join(_lines(plain, sequences)) + "\n"


def _lines(plain: Mapping[str, Any], sequences: tuple[Sequence, ...]) -> Iterator[str]:
    rows, made = plain["rows"], plain["making"]
    yield f"---\nlicense: {plain['licence'].lower()}\ntask_categories:\n- image-to-text"
    yield "configs:\n- config_name: default\n  data_files:"
    yield from (f"  - split: {part}\n    path: {part}.jsonl" for part in rows if rows[part])
    yield "---\n\n# A set of generated picture sequences\n"
    yield (
        f"{len(sequences)} stories in {plain['frames']} pictures of {made['size']} pixels, planned and drawn "
        f"by storypainter {plain['made_by'].get('storypainter', '')} without any model.\n"
    )
    yield "| | |\n|---|---|"
    yield from (f"| {name} | {said} |" for name, said in _facts(plain, sequences))
    yield (
        "\nSequence k of a seed is the same however many are asked for, as long as these versions are: "
        f"plots {made['plots']}, ink {made['ink']}, making {made['version']}. Every sequence is its own source."
    )
    yield "\n## What is annotated\n"
    yield (
        "Every frame has a caption, its part of the narrative, its event, its place and its time, and what "
        "each person and animal in it does; people also have an emotion. All of it comes from the plan that the "
        "picture is drawn from: nothing was recognised or guessed. People keep role, age, gender, hair, skin "
        "and clothes in all pictures of a story, things their kind and colour, the place its furniture.\n"
    )
    yield "## Limits\n"
    yield (
        f"The painter reports {plain['reported']} findings (a face or a thing partly hidden), kept in each "
        "picture's `reports`. Emotions are drawn as poses and faces, and faces are small in small pictures. "
        "Narratives are dealt from written sentences: correct, but plain and less varied than people's. "
        "English only; drawings, so nothing here shows how photographs would be understood.\n"
    )
    yield "## Files\n"
    yield (
        "`train.jsonl`, `validation.jsonl`, `test.jsonl`: one sequence a line; a picture's `file` is relative "
        "to this folder. `pictures/`: the pictures, called by their SHA-256. `sequences.json`: all of this for "
        "programs, with the SHA-256 of each file."
    )


def _facts(plain: Mapping[str, Any], sequences: tuple[Sequence, ...]) -> Iterator[tuple[str, str]]:
    made = plain["making"]
    yield "parts", ", ".join(f"{part} {count}" for part, count in plain["rows"].items())
    yield (
        "asked for",
        (
            f"seed {made['seed']}, {made['moments'][0]} to {made['moments'][1]} moments, "
            f"{made['people'][0]} to {made['people'][1]} people, "
            f"settings: {', '.join(made['settings']) or 'any'}, style {made['style']}"
        ),
    )
    yield "pictures in a story", _counts(Counter(str(len(each.frames)) for each in sequences))
    yield "places", _counts(Counter(each.frames[0].place for each in sequences))
    words = [len(each.narrative.split()) for each in sequences]
    yield "words in a narrative", f"mean {said_mean(words)}"
    yield "licence", plain["licence"]


def _counts(found: Counter[str]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in sorted(found.items()))
