"""What was read of all units as one set: nothing twice, and split so that no shared work is parted."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import orjson

from storypainter.errors import BadInput
from storypainter.sequence import Sequence
from storypainter.sequences.building.asked import Asked
from storypainter.sequences.building.units import Read
from storypainter.sequences.reading.choosing import Looked
from storypainter.sequences.reading.refusals import Refusal
from storypainter.sequences.sets import PARTS, Part, split_by_source

#: Sources that share a fifth of the smaller one's pictures are the same work twice.
SHARED = 0.2
#: A picture in more sources than this is a publisher's page, not a shared story.
_BOILERPLATE = 20
_READS = (
    "give pictures in a folder, .cbz, .pdf, .epub, .gif, .webp, a video, .json, .jsonl or .parquet"
)


@dataclass(slots=True)
class Built:
    """What a set is made of, before and after it is written.

    Attributes:
        parts: the sequences.
        refusals: everything that was left out.
        said: what else should be known.
        passed_over: files that no reader reads, by suffix.
        together: how many sources stay together because they share pictures.
        manifest: of the written set; empty after a dry run.
    """

    parts: Mapping[Part, tuple[Sequence, ...]]
    refusals: tuple[Refusal, ...]
    said: tuple[str, ...]
    passed_over: Mapping[str, int]
    together: int = 0
    manifest: Mapping[str, Any] = field(default_factory=dict)


def assembled(asked: Asked, looked: Looked, results: list[Read]) -> Built:
    """Leave out sequences that are there twice, and split.

    Raises:
        BadInput: there is no sequence.
    """
    refusals = [*looked.refusals, *(each for one in results for each in one.refusals)]
    pixels = {name: hashes for one in results for name, hashes in one.pixels.items()}
    kept: list[Sequence] = []
    seen: dict[bytes, str] = {}
    for one in results:
        for each in one.sequences:
            key = _content(each)
            if key in seen:
                refusals.append(
                    Refusal(
                        level="sequence", reason="duplicate", where=each.source,
                        said=f"the same pictures and texts as {seen[key]}",
                        done="the sequence was refused",
                    )
                )  # fmt: skip
                continue
            seen[key] = each.source
            kept.append(each)
    if not kept:
        if not refusals:
            raise BadInput("there is nothing in the sources that can be read", _READS)
        whole = [each for each in refusals if each.level in ("source", "sequence")]
        first = (whole or refusals)[0]
        more = f", and {len(refusals) - 1} more were refused" if len(refusals) > 1 else ""
        raise BadInput(
            f"not one sequence could be read: {first.where}: {first.reason}: {first.said}{more}",
            first.hint or _READS,
        )
    together = sources_together(kept, pixels)
    parts = (
        {part: tuple(kept) if part == asked.part else () for part in PARTS}
        if asked.part
        else split_by_source(kept, asked.seed, together)
    )
    said = tuple(line for one in results for line in one.said)
    return Built(parts, tuple(refusals), said, looked.passed_over, len(together))


def sources_together(
    sequences: Iterable[Sequence], pixels: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Sources that share pictures, each with the name of its group (the first source in it).

    Two belong together if they share a fifth of the smaller one's pictures: the same work twice,
    and parting it would put pictures of the test into training. Pictures of one colour don't
    count, nor any that more than twenty sources have.

    Args:
        sequences: all of them.
        pixels: sequence id -> a hash of each picture's pixels, empty for one colour.
    """
    own: dict[str, set[str]] = defaultdict(set)
    for each in sequences:
        own[each.source] |= {one for one in pixels.get(each.id, ()) if one}
    having: dict[str, list[str]] = defaultdict(list)
    for source, hashes in own.items():
        for one in hashes:
            having[one].append(source)
    shared: Counter[tuple[str, str]] = Counter()
    for sources in having.values():
        if 1 < len(sources) <= _BOILERPLATE:
            shared.update(combinations(sorted(sources), 2))
    group = {source: source for source in own}

    def head(source: str) -> str:
        while group[source] != source:
            group[source] = group[group[source]]
            source = group[source]
        return source

    for (one, other), count in shared.items():
        if count >= SHARED * min(len(own[one]), len(own[other])):
            first, second = sorted((head(one), head(other)))
            group[second] = first
    sizes = Counter(head(source) for source in group)
    return {source: head(source) for source in group if sizes[head(source)] > 1}


def _content(sequence: Sequence) -> bytes:
    told = [(each.picture.sha256, each.caption, each.part, each.text) for each in sequence.frames]
    return hashlib.blake2b(orjson.dumps([told, sequence.story]), digest_size=16).digest()
