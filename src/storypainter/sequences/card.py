"""The card of a set of sequences: what is in it, what was left out and why, licences, limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from storypainter.sequence import Sequence
from storypainter.sequences.card_means import said_mean
from storypainter.sequences.reading.refusals import MEANING

_SHOWN_SOURCES = 50


def card(plain: Mapping[str, Any], sequences: tuple[Sequence, ...]) -> str:
    """``README.md`` of a set, from its manifest and its sequences."""
    return "\n".join(_lines(plain, sequences)) + "\n"


def _lines(plain: Mapping[str, Any], sequences: tuple[Sequence, ...]) -> Iterator[str]:
    rows = plain["rows"]
    made = plain["made_by"]
    yield "---"
    yield f"license: {_yaml(plain['licence'] or 'unknown')}"
    yield "task_categories:\n- image-to-text"
    yield "configs:\n- config_name: default\n  data_files:"
    for part in rows:
        if rows[part]:
            yield f"  - split: {part}\n    path: {part}.jsonl"
    yield "---\n"
    yield "# A set of picture sequences\n"
    yield (
        f"{len(sequences)} sequences with {plain['frames']} pictures from {plain['sources']} sources, "
        f"made by storypainter {made.get('storypainter', '')}"
        + (f" (`{made['command']}`)" if made.get("command") else "")
        + ".\n"
    )
    yield "| | |\n|---|---|"
    for name, said in _facts(plain, sequences):
        yield f"| {name} | {said} |"
    if plain.get("empty"):
        yield (
            f"\nEmpty: {', '.join(plain['empty'])}. "
            + (
                "A set is split by source, and this one has too few sources for every part."
                if plain.get("split", {}).get("by") != "part asked for"
                else "The whole set was asked for in one part."
            )
        )
    yield "\n## What is annotated\n"
    yield "| | frames |\n|---|---|"
    for name, count in annotated(sequences).items():
        yield f"| {name} | {count} of {plain['frames']} |"
    yield "\nWhat is not annotated is empty in the rows; nothing was filled in."
    yield from _refused(plain)
    yield "\n## Sources\n"
    yield from _sources(sequences)
    yield "\n## Limits\n"
    yield (
        "PNG, JPEG and WebP files are kept byte for byte, with whatever their cameras and programs "
        "wrote into them (time, place, names). Texts are as the sources have them: neither checked "
        "against the pictures nor for what they say. The rights to pictures and texts are those of "
        "their makers; a licence is only what a source or whoever built this set states.\n"
    )
    yield "## Files\n"
    yield (
        "`train.jsonl`, `validation.jsonl`, `test.jsonl`: one sequence a line; a picture's `file` is "
        "relative to this folder. `pictures/`: the pictures, called by their SHA-256."
        + (" `refused.jsonl`: everything that was left out, and why." if "refused" in plain else "")
        + " `sequences.json`: all of this for programs, with the SHA-256 of each file."
    )


def annotated(sequences: tuple[Sequence, ...]) -> dict[str, int]:
    """How many frames have each kind of annotation."""
    found: Counter[str] = Counter()
    for each in sequences:
        for frame in each.frames:
            for name in ("caption", "part", "event", "place", "time", "text"):
                found[name] += bool(getattr(frame, name))
            found["scene"] += frame.scene is not None
            found["characters"] += bool(frame.shown)
            found["actions"] += any(one.action for one in frame.shown)
            found["emotions"] += any(one.emotion for one in frame.shown)
    order = ("caption", "part", "event", "scene", "place", "time", "characters", "actions",
             "emotions", "text")  # fmt: skip
    return {name: found[name] for name in order}


def _facts(plain: Mapping[str, Any], sequences: tuple[Sequence, ...]) -> Iterator[tuple[str, str]]:
    yield "sequences", ", ".join(f"{part}: {count}" for part, count in plain["rows"].items())
    yield "kinds", _counts(plain["kinds"])
    lengths = [len(each.frames) for each in sequences]
    if lengths:
        between = f"{min(lengths)} to {max(lengths)}"
        yield "pictures in a sequence", f"{between}, mean {said_mean(lengths)}"
    told = [len(each.narrative.split()) for each in sequences if each.narrative]
    yield "with a narrative", f"{len(told)} of {len(sequences)}"
    if told:
        yield "words of a narrative", f"mean {said_mean(told)}"
    if split := plain.get("split"):
        more = split.get("sources_together", 0)
        yield (
            "split",
            _cell(split["by"])
            + (f"; {more} sources share pictures with another and stay with it" if more else ""),
        )
    else:
        yield "split", "by source"
    yield "seed", str(plain["seed"])
    yield "licence", _cell(plain["licence"] or "none stated")
    if len(licences := plain.get("licences", {})) > 1:
        yield "licences", _counts(licences)
    if languages := plain.get("languages"):
        yield "languages", _counts(languages)


def _refused(plain: Mapping[str, Any]) -> Iterator[str]:
    if "refused" not in plain:
        return
    yield "\n## What was left out\n"
    rows = [
        (level, reason, count)
        for level, counts in plain["refused"].items()
        for reason, count in counts.items()
    ]
    if not rows:
        yield "Nothing."
    else:
        yield "| | reason | how many | |\n|---|---|---|---|"
        for level, reason, count in rows:
            yield f"| {level} | {reason} | {count} | {MEANING.get(reason, '')} |"
        yield "\nEach is named in `refused.jsonl`, with what was done."
    if passed := plain.get("passed_over"):
        yield f"\nFiles that nothing here reads: {_counts(passed)}."
    for line in plain.get("said", ()):
        yield f"\n- {_cell(line)}"


def _sources(sequences: tuple[Sequence, ...]) -> Iterator[str]:
    found: dict[str, tuple[int, str, str]] = {}
    for each in sequences:
        count = found.get(each.source, (0, "", ""))[0]
        found[each.source] = (count + 1, each.kind, each.licence or "none stated")
    yield "| source | kind | sequences | licence |\n|---|---|---|---|"
    for name, (count, kind, licence) in list(found.items())[:_SHOWN_SOURCES]:
        yield f"| {_cell(name)} | {kind} | {count} | {_cell(licence)} |"
    if len(found) > _SHOWN_SOURCES:
        yield f"\nand {len(found) - _SHOWN_SOURCES} more."


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{_cell(name)}: {count}" for name, count in counts.items()) or "none"


def _cell(text: str) -> str:
    """Text of a stranger in a cell of a table: on one line, without markup of its own."""
    text = " ".join(str(text).split())[:200]
    for mark in "\\|`*_<>[]":
        text = text.replace(
            mark, f"\\{mark}" if mark not in "<>" else {"<": "&lt;", ">": "&gt;"}[mark]
        )
    return text


def _yaml(text: str) -> str:
    word = " ".join(text.split()).lower()[:100]
    return (
        word if word != "various" and word.replace("-", "").replace(".", "").isalnum() else "other"
    )
