"""How much of what a story names ends up visible: ``python -m storypainter.director.measuring``.

The built-in Pool names each story's concrete entities. An entity counts as visible when a noun
of the same head was understood as an element of the Scene (a hand or a collar as a part of its
owner), or as the setting itself.

The stories, sorted by id, are split into two halves: those at even places (0, 2, 4 …) are for
development; the others are *held out*, to be opened only to report how well the director does.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from storypainter.director.direction import Direction, direct_for
from storypainter.director.gazetteer import gazetteer
from storypainter.director.language import sentences
from storypainter.director.needs import stories
from storypainter.intervals import t_quantile
from storypainter.vocabulary import Vocabulary, painter_vocabulary

Half = Literal["development", "held-out"]
_PARTS = ("body", "wear_part", "thing_part", "matter", "abstract", "place")


@dataclass(frozen=True, slots=True)
class Coverage:
    """One story's entities: which are visible, which not; ``parts`` of bodies and matter apart."""

    story: str
    visible: tuple[str, ...]
    hidden: tuple[str, ...]
    things_visible: int
    things: int

    @property
    def share(self) -> float:
        """The visible share of all entities, 0 to 1."""
        return len(self.visible) / max(1, len(self.visible) + len(self.hidden))

    @property
    def share_of_things(self) -> float:
        """The visible share without parts of bodies and clothes, matter and places."""
        return self.things_visible / max(1, self.things)


def half_of_pool(half: Half) -> list[dict[str, Any]]:
    """The stories of one half of the built-in Pool, sorted by id."""
    return stories()[0 if half == "development" else 1 :: 2]


def coverage(story: dict[str, Any], direction: Direction) -> Coverage:
    """Hold a story's entity list against what was understood of its text."""
    seen = {_head(m.text) for m in direction.understood}
    words = {w for m in direction.understood for w in m.text.casefold().split()}
    entities: list[str] = story["entities"]
    visible = [e for e in entities if _head(e) in seen or e.casefold() in words]
    things = [e for e in entities if gazetteer().unseen(_head(e)) not in _PARTS]
    return Coverage(
        str(story["id"]),
        tuple(visible),
        tuple(e for e in entities if e not in visible),
        sum(e in visible for e in things),
        len(things),
    )


def _head(phrase: str) -> str:
    tokens = [t for s in sentences(phrase) for t in s]
    return tokens[-1].lemma if tokens else phrase.casefold()


def completed(vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary as if the painter could draw every word of the gazetteer."""
    words: dict[str, list[str]] = {}
    for group in gazetteer().groups:
        words.setdefault(group.kind, []).append(group.word)
    props = {**dict.fromkeys(words["prop"], ("plain",)), **vocabulary.props}
    animals = {**dict.fromkeys(words["animal"], frozenset({"stand"})), **vocabulary.animals}
    signs = {**dict.fromkeys(words["sign"], ("plain",)), **vocabulary.signs}
    settings = {**dict.fromkeys(words["setting"], frozenset[str]()), **vocabulary.settings}
    return replace(
        vocabulary,
        settings=MappingProxyType(settings),
        props=MappingProxyType(props),
        animals=MappingProxyType(animals),
        signs=MappingProxyType(signs),
        holdable=vocabulary.holdable | (set(words["prop"]) - set(vocabulary.props)),
        roles=vocabulary.roles | set(words["role"]),
        attire=vocabulary.attire | set(words["garment"]),
        poses=vocabulary.poses | set(words["pose"]),
        expressions=vocabulary.expressions | set(words["expression"]),
    )


def measure(half: Half, vocabulary: Vocabulary) -> list[Coverage]:
    """The coverage of every story of a half, by the text alone."""
    return [coverage(s, direct_for(vocabulary, s["text"])) for s in half_of_pool(half)]


def mean_with_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """The mean of two or more values and its 95 % interval (Student's t)."""
    mean = statistics.fmean(values)
    half = t_quantile(len(values) - 1) * statistics.stdev(values) / len(values) ** 0.5
    return mean, mean - half, mean + half


def _summary(name: str, values: Sequence[float]) -> str:
    mean, low, high = mean_with_interval(values)
    return f"{name}: {mean:.1%} (95 % interval {low:.1%} to {high:.1%}), {len(values)} stories\n"


def _report(rows: Sequence[Coverage], missing: int) -> Iterable[str]:
    yield _summary("visible share of all entities", [r.share for r in rows])
    yield _summary("without parts and matter", [r.share_of_things for r in rows])
    if missing:
        hidden = Counter(e.casefold() for r in rows for e in r.hidden)
        yield "most often hidden: "
        yield ", ".join(f"{w} {n}" for w, n in hidden.most_common(missing)) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """The command line: the shares of one half, today's and with a complete painter."""
    parser = argparse.ArgumentParser(prog="python -m storypainter.director.measuring")
    parser.add_argument("--half", choices=["development", "held-out"], required=True)
    parser.add_argument("--stories", action="store_true", help="a line for each story too")
    parser.add_argument("--hidden", type=int, default=0, metavar="N", help="list N hidden entities")
    options = parser.parse_args(arguments)
    today = painter_vocabulary()
    for title, vocabulary in (("today", today), ("every gazetteer word", completed(today))):
        rows = measure(options.half, vocabulary)
        sys.stdout.write(f"{options.half} half, painter's vocabulary: {title}\n")
        sys.stdout.writelines(_report(rows, options.hidden))
        if options.stories:
            for row in rows:
                sys.stdout.write(f"  {row.story}: {row.share:.0%}; not: {', '.join(row.hidden)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
