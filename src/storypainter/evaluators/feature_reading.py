"""A Seer's answer as Features, as answers really are: any order, markup, wording or gap.

Never guesses what an answer does not hold: a category that was left out is noted, an answer that
names hardly any category, or that refuses, is unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from storypainter.evaluators.feature_causes import with_causes
from storypainter.evaluators.feature_sections import Line, Sections, cut, whole
from storypainter.evaluators.feature_words import (
    ARROW,
    PLUS,
    flat,
    plain,
    refuses,
    says_nothing,
)
from storypainter.evaluators.features import Features, Inference, as_printed, distinct
from storypainter.story import Clue, Dimension

#: Raise it when an equal answer may be read differently.
VERSION = "2"
#: An answer in categories has to speak of at least so many of the seven.
FEWEST_CATEGORIES = 3
_LONGEST_REFUSAL = 80  # words; what is longer says something beside "I can't"

_CLUES_LABEL = re.compile(
    r"^(?:(?:key |main )?visual )?(?:clues?|evidence|cues?|observations?)(?:\(s\))?\s*(?:\d+\s*)?:\s*",
    re.I,
)
_CONCLUSION_LABEL = re.compile(
    r"(?:(?<=[\s.;,)])|^)(?:[(\[]?\s*)(?:(?:conclusion|inference)(?:s|\(s\))?(?: from (?:the )?(?:visual )?clues?(?:\(s\))?)?"
    r"|therefore|thus|hence|inferred)\s*:"
    r"\s*|(?<=[\s.;,])(?:therefore|thus|hence),?\s+(?=\w)",
    re.I,
)
_POINTS_TO = re.compile(
    r",?\s+(?:which |that |all |together |clearly |strongly |likely |may |might )*(?:suggest(?:s|ing)?|"
    r"indicat(?:e|es|ing)|impl(?:y|ies|ying)|point(?:s|ing)? to|hint(?:s|ing)? (?:at|that))\s+"
    r"(?:that\s+)?",
    re.I,
)
_POINTED_FROM = re.compile(
    r",?\s+(?:as |which is |is )?(?:indicated|suggested|evidenced|implied|inferred|shown|evident|"
    r"judging) (?:by|from)\s+",
    re.I,
)
#: Sentences that name causes, or deny, rather than name clues.
_NO_CLUES_FIRST = re.compile(r"(?:because|none|nothing|no)\b", re.I)
_DENIED = re.compile(r"(?:\bnot|n['’]t|\bnever)\s*$", re.I)
_NEXT_CHAIN = re.compile(r"[.;]\s+(?=\S)")
_LIST_END = re.compile(r",?\s+and\s+", re.I)
_ENDS = ".,;: "
_ONE_THING = re.compile(r"(?:an?\s+)?\S+", re.I)


class Unreadable(ValueError):
    """An answer that holds no features; ``refused`` where it says that it won't give any."""

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__(reason)
        self.refused = refused


def read_features(answer: str, source: Literal["cot", "naive"]) -> Features:
    """The features that an answer holds.

    Args:
        answer: as the Seer gave it, or as a data set keeps it.
        source: what was asked for: categories and a description, or a description.

    Raises:
        Unreadable: it is empty, a refusal, or names too few categories.
    """
    return _read_naive(answer) if source == "naive" else _read_cot(answer)


def _read_naive(answer: str) -> Features:
    text = whole(answer)
    if refuses(text) and len(text.split()) <= _LONGEST_REFUSAL:
        raise Unreadable("it refuses to describe the picture", refused=True)
    if says_nothing(text) or not any(map(str.isalnum, text)):
        raise Unreadable("the answer is empty")
    return Features(source="naive", description=text)


def _read_cot(answer: str) -> Features:
    printed = as_printed(answer.strip())
    if printed is not None:
        return printed
    sections = cut(answer)
    named = [each for each in Dimension if each in sections.dimensions]
    if len(named) < FEWEST_CATEGORIES:
        start = " ".join((*sections.before, *sections.description))
        if refuses(start) and len(start.split()) <= _LONGEST_REFUSAL:
            raise Unreadable("it refuses to look at the picture", refused=True)
        raise Unreadable(f"it speaks of {len(named)} of the seven categories")
    plus = any(_has_plus(line.text) for lines in sections.dimensions.values() for line in lines)
    inferences = [
        each
        for dimension, lines in sections.dimensions.items()
        for each in _inferences(dimension, lines, plus)
    ]
    description = _description(sections)
    return Features(
        source="cot",
        inferences=distinct(with_causes(inferences, description)),
        description=description,
        notes=tuple(_notes(named, description)),
    )


def _notes(named: list[Dimension], description: str) -> Iterator[str]:
    left_out = [each.label for each in Dimension if each not in named]
    if left_out:
        yield f"the answer leaves out: {', '.join(left_out)}"
    if not description:
        yield "the answer has no description"


def _description(sections: Sections) -> str:
    text = " ".join(sections.description)
    return "" if says_nothing(text) else text


def _has_plus(text: str) -> bool:
    arrow = ARROW.search(text)
    return PLUS.search(text[: arrow.start()] if arrow else text) is not None


# ------------------------------------------------------------------------- inferences


@dataclass(slots=True)
class _Category:
    """The lines of one category, taken one by one.

    ``waiting`` are lines that may be the clues of a conclusion still to come; ``listing`` says
    that they were called clues. ``plus`` says that the answer separates clues by ``+``.
    """

    plus: bool
    found: list[tuple[list[str], str]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    listing: bool = False

    def take(self, text: str) -> None:
        """One more line."""
        called = _CLUES_LABEL.match(text)
        if called:
            self.close()
            self.listing = True
        marked = _CONCLUSION_LABEL.sub(" -> ", text)
        arrow = ARROW.search(marked)
        if says_nothing(ARROW.sub(" ", marked[called.end() :] if called else marked)):
            if arrow:
                self._forget()  # clues from which nothing follows
        elif arrow:
            self._conclude(marked)
        else:
            self.waiting.append(text)

    def close(self) -> None:
        """No conclusion comes for the lines that wait."""
        if self.listing and self.waiting:
            clues = self._waiting_clues()
            if self.found and not self.found[-1][0]:
                self.found[-1][0].extend(clues)  # the conclusion stood before its clues
            else:
                self.found.append((clues, ""))
        else:
            self.found += [_statement(text, self.plus) for text in self.waiting]
        self._forget()

    def _conclude(self, marked: str) -> None:
        chains = _split_arrows(marked)
        sides = [_clues(left, self.plus) for left, _ in chains]
        if not sides[0]:
            sides[0] = self._waiting_clues()
            self._forget()
        self.close()
        for clues, (_, conclusion) in zip(sides, chains, strict=True):
            if not flat(conclusion) or not says_nothing(conclusion):
                self.found.append((clues, conclusion))

    def _waiting_clues(self) -> list[str]:
        return [clue for text in self.waiting for clue in _clues(text, self.plus)]

    def _forget(self) -> None:
        self.waiting, self.listing = [], False


def _inferences(dimension: Dimension, lines: list[Line], plus: bool) -> Iterator[Inference]:
    category = _Category(plus)
    for text in _joined(lines):
        category.take(text)
    category.close()
    yield from _valid(dimension, category.found)


def _valid(dimension: Dimension, found: Iterable[tuple[list[str], str]]) -> Iterator[Inference]:
    for clues, conclusion in found:
        kept = [text for text in map(plain, clues) if any(map(str.isalnum, text))]
        right = plain(conclusion)
        if not any(map(str.isalnum, right)) or says_nothing(right):
            right = ""
        if kept or right:
            yield Inference(
                dimension=dimension,
                clues=tuple(Clue(text=text) for text in kept),
                conclusion=right,
            )


def _joined(lines: list[Line]) -> Iterator[str]:
    """Lines with those joined that were only wrapped."""
    held = ""
    for line in lines:
        wrapped = (
            held
            and not line.bulleted
            and held[-1] not in ".!?:"
            and (line.text[0].islower() or held[-1] in "+,;")
            and not _CLUES_LABEL.match(line.text)
        )
        if wrapped:
            held = f"{held} {line.text}"
        else:
            if held:
                yield held
            held = line.text
    if held:
        yield held


def _split_arrows(text: str) -> list[tuple[str, str]]:
    """(clues, conclusion) for each chain of a line; further arrows within one deduce on."""
    parts = [part.strip() for part in ARROW.split(text)]
    chains: list[tuple[str, list[str]]] = [(parts[0], [])]
    for at, part in enumerate(parts[1:], 1):
        behind = _NEXT_CHAIN.split(part, maxsplit=1) if at < len(parts) - 1 else [part]
        chains[-1][1].append(behind[0])
        if len(behind) > 1:
            chains.append((behind[1], []))
    return [(left, "; ".join(filter(None, right))) for left, right in chains]


def _statement(text: str, plus: bool) -> tuple[list[str], str]:
    """A line without an arrow: a conclusion, with its clues where the sentence names them."""
    if not _NO_CLUES_FIRST.match(text):
        for pattern, clues_first in ((_POINTED_FROM, False), (_POINTS_TO, True)):
            match = pattern.search(text)
            if match and not _DENIED.search(text[: match.start()]):
                before, after = text[: match.start()], text[match.end() :]
                clues, conclusion = (before, after) if clues_first else (after, before)
                if flat(clues).strip(_ENDS) and flat(conclusion).strip(_ENDS):
                    return _clues(clues, plus), _sentence(conclusion)
    return [], text


def _sentence(text: str) -> str:
    """With a capital letter first, as the conclusions of other answers have it."""
    text = text.strip()
    return text[:1].upper() + text[1:]


def _clues(text: str, plus: bool) -> list[str]:
    """The clues of one side, by ``+``, else by ``;``, else by the commas and "and" of a list."""
    bare = _CLUES_LABEL.sub("", text.strip())
    if plus or PLUS.search(bare):
        parts = PLUS.split(bare)
    elif ";" in bare:
        parts = bare.split(";")
    elif bare != text.strip() and "," in bare:  # called clues: its commas are those of a list
        parts = [part for half in _listed(bare) for part in half.split(",")]
    else:
        parts = _listed(bare)
    stripped = (re.sub(r"^and\s+", "", part.strip(_ENDS), flags=re.I) for part in parts)
    return [part for part in stripped if part]


def _listed(text: str) -> list[str]:
    """``a, b and c`` as three; ``a man and a woman holding hands`` stays one thing."""
    ends = list(_LIST_END.finditer(text))
    if not ends:
        return [text]
    before, after = text[: ends[-1].start()], text[ends[-1].end() :]
    commas = [part for part in before.split(",") if part.strip()]
    if re.search(r"\b(?:between|both)\b", before, re.I):
        return [text]
    if len(commas) > 1:
        return [*commas, after]
    if _ONE_THING.fullmatch(before.strip()) or len(after.split()) < 2:
        return [text]
    return [before, after]
