"""A set's files: its rows and pictures, with what was refused, and why, beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from storypainter import __version__
from storypainter.sequences.building.asked import Asked
from storypainter.sequences.building.assembling import Built
from storypainter.sequences.reading.refusals import Refusal
from storypainter.sequences.sets import PARTS, write_set

REFUSED = "refused.jsonl"


def refused_counts(refusals: Iterable[Refusal]) -> dict[str, dict[str, int]]:
    """How many sources, sequences, pictures and texts were left out, by reason."""
    found: dict[str, Counter[str]] = {
        name: Counter() for name in ("source", "sequence", "picture", "text")
    }
    for each in refusals:
        found[each.level][each.reason] += 1
    return {f"{level}s": dict(sorted(counts.items())) for level, counts in found.items()}


def write(out: Path, built: Built, asked: Asked, fingerprint: str) -> None:
    """Write the set's folder; ``built`` has its manifest afterwards.

    Raises:
        RunFolderError: the folder can't be written.
    """
    everything = [each for part in PARTS for each in built.parts[part]]
    licences = Counter(each.licence or "none stated" for each in everything)
    only = (next(iter(licences)) if len(licences) == 1 else "various").replace("none stated", "")
    built.manifest = write_set(
        out,
        built.parts,
        seed=asked.seed,
        licence=only,
        more={
            "made_by": {"storypainter": __version__, "command": "sequences build"},
            "licences": dict(sorted(licences.items())),
            "languages": dict(sorted(Counter(each.language for each in everything).items())),
            "split": {
                "by": "part asked for" if asked.part else "source, 8:1:1 by hash",
                "sources_together": built.together,
            },
            "refused": refused_counts(built.refusals),
            "passed_over": dict(sorted(built.passed_over.items())),
            "said": list(built.said[:100]),
            "asked": asked.to_plain(),
            "fingerprint": fingerprint,
        },
        beside={REFUSED: b"".join(each.to_json().encode() + b"\n" for each in built.refusals)},
    )
