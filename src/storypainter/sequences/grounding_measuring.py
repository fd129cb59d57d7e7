"""How often grounding is right: ``python -m storypainter.sequences.grounding_measuring [held|generated] [faults]``.

The labelled parts (``grounding_labelled/``) are one person's. 72 were written and labelled before
the matcher was, and split in half by story: it was improved on one half (``improve``), and the other
(``held``) was opened once, when it was done. Of what that showed, and of what unit tests found, six
defects were mended; so 34 more (``generated``), over sequences of ``sequences make``, were written
and labelled and opened once after that.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from storypainter.intervals import wilson
from storypainter.picture import Picture
from storypainter.sequence import Character, Depiction, Frame, Sequence
from storypainter.sequences.grounding import ground

Half = Literal["improve", "held", "generated"]
NAMED = ("people", "actions", "place", "emotions")
EXTRA = ("extra_people", "extra_actions", "extra_places")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part told with one picture of a sequence, and what a reader says that it names.

    ``named`` has the ids of characters (of ``place``: "place"), ``extra`` words that nothing in the
    picture's annotations bears out (of people: words, or ids of characters of other pictures).
    """

    sequence: Sequence
    frame: int
    text: str
    named: Mapping[str, frozenset[str]]
    extra: Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed ones of one kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """The share of those found that are labelled; ``None`` where none was found."""
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of those labelled that were found; ``None`` where none is labelled."""
        there = self.right + self.missed
        return self.right / there if there else None

    @property
    def f1(self) -> float | None:
        """2 TP / (2 TP + FP + FN); ``None`` where there is nothing to find and nothing found."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else None


@cache
def labelled(half: Half) -> tuple[Labelled, ...]:
    """The labelled parts of one half."""
    text = (files("storypainter.sequences") / f"grounding_labelled/{half}.toml").read_text("utf-8")
    return tuple(each for row in tomllib.loads(text)["sequence"] for each in _parts(row))


def _parts(row: Mapping[str, Any]) -> Iterator[Labelled]:
    sequence = Sequence(
        id=row["id"],
        kind="generated",
        source="labelled",
        characters=tuple(
            Character(id=key, name=name, look=look, role=role)
            for key, name, look, role in row["people"]
        ),
        frames=tuple(_frame(each, at) for at, each in enumerate(row["frames"])),
    )
    for part in row["parts"]:
        named = {kind: frozenset(part[kind]) for kind in NAMED if kind != "place"}
        named["place"] = frozenset({"place"} if part["place"] else ())
        yield Labelled(
            sequence, part["frame"], part["text"], named,
            {kind: frozenset(part[kind]) for kind in EXTRA},
        )  # fmt: skip


def _frame(row: Mapping[str, Any], at: int) -> Frame:
    picture = Picture(
        file=f"pictures/{at}.png", sha256=f"{at:064x}", media_type="image/png", width=8, height=8,
        painter="",
    )  # fmt: skip
    return Frame(
        picture=picture,
        caption=row["caption"],
        event=row.get("event", ""),
        place=row["place"],
        shown=tuple(
            Depiction(character=who, action=action, emotion=emotion)
            for who, action, emotion in row["shown"]
        ),
    )


def measure(half: Half) -> dict[str, Tally]:
    """Hold the matcher against the labels of one half, by kind."""
    tallies = {kind: Tally() for kind in (*NAMED, *EXTRA)}
    for each in labelled(half):
        parts = [""] * len(each.sequence.frames)
        parts[each.frame] = each.text
        found = ground(each.sequence, parts).frames[each.frame]
        for kind, name in (
            ("people", "people"), ("actions", "actions"), ("emotions", "emotions"),
            ("place", "places"),
        ):  # fmt: skip
            got = {fact.character or "place" for fact in found.named if fact.kind == name}
            _count(tallies[kind], got, each.named[kind], f"{kind}: {each.text}")
        for kind in EXTRA:
            name = kind.removeprefix("extra_")
            words = {made.words for made in found.unborne if made.kind == name}
            wanted = each.extra[kind]
            if kind == "extra_people":
                words = {_identity(each.sequence, word) for word in words}
                wanted = frozenset(_identity(each.sequence, word) for word in wanted)
            _count(tallies[kind], words, wanted, f"{kind}: {each.text}")
    return tallies


def _identity(sequence: Sequence, word: str) -> str:
    """One name for a character that is called in several ways."""
    for each in sequence.characters:
        if word in (each.id, each.role) or word in each.name.casefold().split():
            return each.id
    return word


def _count(tally: Tally, got: set[str], wanted: frozenset[str], where: str) -> None:
    tally.right += len(got & wanted)
    tally.wrong += len(got - wanted)
    tally.missed += len(wanted - got)
    if got != wanted:
        tally.faults.append(
            f"{where}\n    found {sorted(got - wanted)}, missed {sorted(wanted - got)}"
        )


def main(arguments: list[str] | None = None) -> None:
    """Print the numbers of a half; with ``faults``, where the matcher and the labels differ."""
    asked = sys.argv[1:] if arguments is None else arguments
    half: Half = "generated" if "generated" in asked else "held" if "held" in asked else "improve"
    print(f"{half}: {len(labelled(half))} parts")
    for kind, tally in measure(half).items():
        found, there = tally.right + tally.wrong, tally.right + tally.missed
        cells = []
        for name, value, n in (
            ("precision", tally.precision, found),
            ("recall", tally.recall, there),
        ):
            if value is None:
                cells.append(f"{name} absent")
            else:
                low, high = wilson(tally.right, n)
                cells.append(f"{name} {value:.2f} [{low:.2f}, {high:.2f}] of {n}")
        f1 = "absent" if tally.f1 is None else f"{tally.f1:.2f}"
        print(f"{kind:14} {', '.join(cells)}, F1 {f1}")
        if "faults" in asked:
            print("".join(f"  {fault}\n" for fault in tally.faults), end="")


if __name__ == "__main__":
    main()
