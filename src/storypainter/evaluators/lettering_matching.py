"""Which lines of lettering are which sign: edit distance, neighbouring boxes, one sign a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from storypainter.evaluators.lettering_reading import Line

#: Part of the version of the score: raise it when equal lines may be matched otherwise.
MATCHING = "1"
#: From this similarity on a sign is legible.
LEGIBLE = 0.8
#: A sign may be broken over so many boxes at most.
MOST_LINES = 8
#: Boxes are neighbours up to this gap, in heights of the taller line.
_GAP_BELOW, _GAP_BESIDE = 1.2, 2.0
#: How much of the narrower (or lower) one must lie below (or beside) the other.
_FACING = 0.3
#: How many of the best groups are grown further at each size, for one sign.
_BEAM = 12


@dataclass(frozen=True, slots=True)
class Match:
    """What was read of one sign: the lines in reading order, and how alike it is, 0 to 1."""

    read: str
    similarity: float
    lines: tuple[Line, ...] = ()


def edit_distance(one: str, other: str) -> int:
    """Fewest insertions, deletions and substitutions of characters (Levenshtein 1966)."""
    if len(one) < len(other):
        one, other = other, one
    row = list(range(len(other) + 1))
    for number, mine in enumerate(one, start=1):
        before, row[0] = row[0], number
        for at, theirs in enumerate(other, start=1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (mine != theirs))
    return row[-1]


def bare(text: str) -> str:
    """Letters and digits alone, without case, accents kept: what similarity compares.

    Compatible forms are one (NFKC: full-width letters, ligatures); spaces, line breaks and
    punctuation don't count, because recognisers drop and add them freely.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum() or unicodedata.category(char) == "Mn")


def similarity(one: str, other: str) -> float:
    """1 − edit distance / length of the longer one, of the :func:`bare` texts; 0 to 1.

    Two texts without any letter or digit compare as they stand.
    """
    mine, theirs = bare(one), bare(other)
    if not mine and not theirs:
        mine, theirs = one.strip(), other.strip()
    longest = max(len(mine), len(theirs))
    return 1.0 if not longest else 1 - edit_distance(mine, theirs) / longest


def match_signs(signs: Sequence[str], lines: Sequence[Line]) -> tuple[Match, ...]:
    """One Match a sign, in order. No line belongs to two signs; the best matches are dealt first.

    A sign that nothing resembles has similarity 0 and no lines.
    """
    beside = _neighbours(lines)
    open_signs = dict(enumerate(signs))
    free = frozenset(range(len(lines)))
    found: dict[int, Match] = {}
    best = {number: _best(sign, lines, beside, free) for number, sign in open_signs.items()}
    while open_signs:
        # Of equally good ones the longest sign first: it is the least likely to fit by chance.
        number = max(best, key=lambda n: (best[n][0], len(bare(signs[n])), -n))
        alike, group = best.pop(number)
        del open_signs[number]
        chosen = _in_order([lines[at] for at in group])
        found[number] = Match(" ".join(line.text for line in chosen), alike, tuple(chosen))
        if group:
            free -= group
            for other, (_, wanted) in list(best.items()):
                if wanted & group:
                    best[other] = _best(signs[other], lines, beside, free)
    return tuple(found[number] for number in range(len(signs)))


def _best(
    sign: str,
    lines: Sequence[Line],
    beside: Sequence[frozenset[int]],
    free: frozenset[int],
) -> tuple[float, frozenset[int]]:
    """The group of free neighbouring lines that is most like a sign; fewest lines of equals."""
    ranked = [(_alike(sign, lines, frozenset([at])), frozenset([at])) for at in sorted(free)]
    best: tuple[float, frozenset[int]] = (0.0, frozenset())
    room = 2 * len(bare(sign)) + 4
    for _ in range(MOST_LINES):
        ranked = sorted(set(ranked), key=lambda each: (-each[0], sorted(each[1])))
        if ranked and ranked[0][0] > best[0]:
            best = ranked[0]
        if best[0] == 1.0:
            break
        grown = {
            group | {at}
            for _, group in ranked[: max(_BEAM, len(free)) if len(ranked) <= len(free) else _BEAM]
            for member in group
            for at in beside[member] & free - group
        }
        ranked = [
            (_alike(sign, lines, group), group)
            for group in grown
            if sum(len(bare(lines[at].text)) for at in group) <= room
        ]
        if not ranked:
            break
    return best


def _alike(sign: str, lines: Sequence[Line], group: frozenset[int]) -> float:
    chosen = _in_order([lines[at] for at in sorted(group)])
    return similarity(sign, " ".join(line.text for line in chosen))


def _neighbours(lines: Sequence[Line]) -> list[frozenset[int]]:
    return [
        frozenset(
            at for at, other in enumerate(lines) if at != number and _are_neighbours(line, other)
        )
        for number, line in enumerate(lines)
    ]


def _are_neighbours(one: Line, other: Line) -> bool:
    """Whether one stands below or beside the other, within a gap of the taller one's height."""
    tall = max(one.height, other.height, 1.0)
    across = _shared(one.box[0], one.box[2], other.box[0], other.box[2])
    along = _shared(one.box[1], one.box[3], other.box[1], other.box[3])
    below = max(one.box[1], other.box[1]) - min(one.box[3], other.box[3])
    aside = max(one.box[0], other.box[0]) - min(one.box[2], other.box[2])
    return (across >= _FACING and below <= _GAP_BELOW * tall) or (
        along >= _FACING and aside <= _GAP_BESIDE * tall
    )


def _shared(a: float, b: float, c: float, d: float) -> float:
    """The overlap of two spans, as a part of the shorter one."""
    return max(0.0, min(b, d) - max(a, c)) / max(1e-9, min(b - a, d - c))


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """Reading order: rows from top to bottom, each from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: each.box[1] + each.box[3]):
        row = rows[-1] if rows else []
        if row and all(
            _shared(line.box[1], line.box[3], each.box[1], each.box[3]) >= 0.5 for each in row
        ):
            row.append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: each.box[0])]
