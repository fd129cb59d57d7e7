"""The order of letters on a line: which way every character runs, and which run comes first.

Text is stored in the order of reading; Hebrew and Arabic are read from right to left, digits and
Latin words inside them from left to right. :func:`levels` follows the Unicode Bidirectional
Algorithm (UAX #9: rules P2 to P3, W1 to W7, N0 to N2, I1 to I2 and L1) for one line without
explicit embeddings, which signs do not have; :func:`visual_order` is its rule L2.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS = ("EN", "AN")
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "「": "」", "（": "）"}
#: Controls of direction; a sign has no use for them.
_CONTROLS = frozenset("‪‫‬‭‮⁦⁧⁨⁩")


def without_controls(text: str) -> str:
    """``text`` without the invisible characters that embed one direction in another."""
    return "".join(each for each in text if each not in _CONTROLS)


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is read from right to left."""
    for each in text:
        found = _STRONG.get(unicodedata.bidirectional(each))
        if found is not None:
            return found == "R"
    return False


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """The embedding level of every character: even runs to the right, odd to the left.

    Args:
        text: one line, in the order of reading.
        right_to_left: the direction of the line as a whole.
    """
    base = int(right_to_left)
    edge = "R" if right_to_left else "L"
    kinds = _resolved_numbers(text, edge)
    _resolve_brackets(text, kinds, edge)
    _resolve_neutrals(kinds, edge)
    found = [_level(kind, base) for kind in kinds]
    for index in range(len(text) - 1, -1, -1):
        if not text[index].isspace():
            break
        found[index] = base
    return found


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """The indices of runs from left to right, given the level of each in the order of reading."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            stop = start
            while stop < len(order) and run_levels[order[stop]] >= level:
                stop += 1
            order[start:stop] = reversed(order[start:stop])
            start = max(stop, start + 1)
    return order


def _level(kind: str, base: int) -> int:
    if base % 2:
        return base if kind == "R" else base + 1
    return base + {"L": 0, "R": 1}.get(kind, 2)


def _resolved_numbers(text: str, edge: str) -> list[str]:
    """Rules W1 to W7: marks follow their letter, digits and their signs find their side."""
    kinds = [unicodedata.bidirectional(each) or "L" for each in text]
    strong, before = edge, edge
    for index, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kind = before
        before = kind
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[index] = kind
    kinds = [_STRONG.get(kind, kind) for kind in kinds]
    _join_separators(kinds)
    _join_terminators(kinds)
    strong = edge
    for index, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[index] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"
    return kinds


def _join_separators(kinds: list[str]) -> None:
    """Rule W4: a single sign between two numbers of a kind belongs to them."""
    for index in range(1, len(kinds) - 1):
        before, after = kinds[index - 1], kinds[index + 1]
        if before != after or before not in _NUMBERS:
            continue
        if kinds[index] == "CS" or (kinds[index] == "ES" and before == "EN"):
            kinds[index] = before


def _join_terminators(kinds: list[str]) -> None:
    """Rule W5: currency and per cent signs beside a number belong to it."""
    for order in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        inside = False
        for index in order:
            inside = kinds[index] == "EN" or (inside and kinds[index] == "ET")
            if inside:
                kinds[index] = "EN"


def _side(kind: str) -> str | None:
    """The direction that a resolved kind lends to neutrals beside it."""
    if kind in ("L", "R"):
        return kind
    return "R" if kind in _NUMBERS else None


def _resolve_brackets(text: str, kinds: list[str], edge: str) -> None:
    """Rule N0: two brackets take one direction: the line's if it is inside, or the text's."""
    open_ones: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, each in enumerate(text):
        if kinds[index] != "ON":
            continue
        if each in _PAIRS:
            open_ones.append(index)
            continue
        match = next((i for i in reversed(open_ones) if _PAIRS[text[i]] == each), None)
        if match is not None:
            pairs.append((match, index))
            del open_ones[open_ones.index(match) :]
    for start, stop in sorted(pairs):
        sides = {_side(kind) for kind in kinds[start + 1 : stop]} - {None}
        if not sides:
            continue
        chosen = edge
        if edge not in sides:
            context = next(filter(None, map(_side, reversed(kinds[:start]))), edge)
            chosen = context if context != edge else edge
        kinds[start] = kinds[stop] = chosen


def _resolve_neutrals(kinds: list[str], edge: str) -> None:
    """Rules N1 and N2: spaces and signs between two of a side join it, others the line's."""
    index = 0
    while index < len(kinds):
        if kinds[index] not in _NEUTRAL:
            index += 1
            continue
        stop = index
        while stop < len(kinds) and kinds[stop] in _NEUTRAL:
            stop += 1
        before = _side(kinds[index - 1]) if index else edge
        after = _side(kinds[stop]) if stop < len(kinds) else edge
        joined = before if before == after and before is not None else edge
        kinds[index:stop] = [joined] * (stop - index)
        index = stop
