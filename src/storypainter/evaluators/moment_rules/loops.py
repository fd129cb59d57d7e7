"""``repetition``: the same sentence or phrase again and again, as weak language models loop."""

from __future__ import annotations

from collections.abc import Iterator

from storypainter.evaluators.contract import Passage
from storypainter.evaluators.moment_rules.lexicon import words
from storypainter.evaluators.moment_rules.text import Telling

_SHORTEST = 4  # words
_TIMES = 3
_THIN_TIMES = 6  # for a phrase with next to no word of its own: "and it is, and it is"
_LONGEST = 24  # words of a phrase that is looked for


def find(telling: Telling) -> Iterator[Passage]:
    """The second and later places of a phrase of four or more words that comes three times."""
    read = _words(telling)
    forms = [form for form, _, _ in read]
    covered = [False] * len(forms)
    if not _often(forms, _SHORTEST):
        return
    for size in range(min(_LONGEST, len(forms) // _TIMES), _SHORTEST - 1, -1):
        for gram, at_all in _often(forms, size).items():
            places = _apart(at_all, size)
            if len(places) < _least(gram) or any(covered[at] for at in places):
                continue
            for at in places[1:]:
                covered[at : at + size] = [True] * size
                yield telling.passage("repetition", read[at][1], read[at + size - 1][2])
            covered[places[0] : places[0] + size] = [True] * size


def _often(forms: list[str], size: int) -> dict[tuple[str, ...], list[int]]:
    """The phrases of that many words that come often enough, with all their places."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(forms) - size + 1):
        places.setdefault(tuple(forms[at : at + size]), []).append(at)
    return {gram: found for gram, found in places.items() if len(found) >= _TIMES}


def _words(telling: Telling) -> list[tuple[str, int, int]]:
    """(form, start, end) of the words as spaces part them; numbers count as one another."""
    found: list[tuple[str, int, int]] = []
    for token in telling.tokens:
        if not token.is_word:
            continue
        form = "#" if token.text.isdigit() else token.text.casefold()
        if (found and token.text[0] in "'’") or token.text.casefold() in ("n't", "n’t"):
            if found:
                before, start, _ = found.pop()
                found.append((before + form, start, token.end))
            continue
        found.append((form, token.start, token.end))
    return found


def _least(gram: tuple[str, ...]) -> int:
    """How often a phrase must come to be a loop."""
    own = sum(word not in words("grammar", "thin") for word in gram)
    return _TIMES if own > 1 or (own and len(gram) > 5) else _THIN_TIMES


def _apart(places: list[int], size: int) -> list[int]:
    """The places that don't overlap."""
    kept: list[int] = []
    for at in places:
        if not kept or at >= kept[-1] + size:
            kept.append(at)
    return kept
