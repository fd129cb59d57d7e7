"""Lettering: whether what a story has written on its signs can be read in its picture.

The strings that the story puts in quotation marks, and what the signs of its Scene write (planned
stories write signs in capitals, without quotation marks), are looked for in the lettering that
optical character recognition reads in the picture. No model is asked. What somebody says in
quotation marks is no lettering; the rules of ``moment`` tell the two apart, in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any, Literal

from storypainter.errors import MissingExtra, StorypainterError
from storypainter.evaluators.contract import Findings, Marks, Passage, Subject
from storypainter.evaluators.lettering_matching import (
    LEGIBLE,
    MATCHING,
    Match,
    bare,
    match_signs,
)
from storypainter.evaluators.lettering_reading import read_lines, reader
from storypainter.evaluators.means import mean_score
from storypainter.evaluators.moment_rules import VERSION as RULES
from storypainter.evaluators.moment_rules.language import not_english
from storypainter.evaluators.moment_rules.lexicon import is_writing, lists_hash
from storypainter.evaluators.moment_rules.quotes import quotations
from storypainter.evaluators.tagging import TAGGER, Token, sentences
from storypainter.intervals import wilson
from storypainter.models.calling import Caller
from storypainter.scene import Prop, Scene, Sign
from storypainter.score import Score
from storypainter.story import Story

if TYPE_CHECKING:
    from storypainter.evaluators.catalog import Desk

#: Raise it when equal input may get another score.
VERSION = "2"
OFFLINE = "offline"
NO_STRINGS = "neither the story nor its Scene has lettering"
NO_PICTURE = "there is no picture"

_LONGEST = 200  # characters of a quoted string
_QUOTED = re.compile(
    r"“([^”\n]{1,200})”|\"([^\"\n]{1,200})\"|«([^»\n]{1,200})»|„([^“”\n]{1,200})[“”]"
    r"|»([^«\n]{1,200})«|‹([^›\n]{1,200})›|「([^」\n]{1,200})」|『([^』\n]{1,200})』"
    r"|《([^》\n]{1,200})》"
    # single marks only where they can't be an apostrophe
    r"|(?<![\w’'])‚([^‘’\n]{1,200})[‘’](?!\w)"
    r"|(?<![\w’'])‘((?:[^’\n]|(?<=\w)’(?=\w)){2,200})’(?!\w)"
    r"|(?<![\w’'])'((?:[^'\n]|(?<=\w)'(?=\w)){2,200})'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """Something to read: its text, who says so, and where the story has it (equal: nowhere)."""

    text: str
    source: Literal["story", "scene", "both"]
    start: int = 0
    end: int = 0


def create(desk: Desk) -> Lettering:
    """The evaluator; it asks no model."""
    return Lettering()


class Lettering:
    """Marks how much of a story's lettering its picture shows."""

    name = "lettering"
    version = VERSION
    judge = OFFLINE

    @property
    def identity(self) -> Mapping[str, Any]:
        """Its version, who reads and how, how lines are matched, and what tells speech from signs."""
        try:
            read = dict(reader())
        except MissingExtra:
            read = {"reader": None}
        return {
            "version": VERSION,
            "matching": MATCHING,
            "legible": LEGIBLE,
            "quotations": [RULES, lists_hash(), TAGGER],
            **read,
        }

    async def mark(self, subject: Subject, caller: Caller, *, sample: str) -> Marks:
        """``lettering`` (mean similarity, 0 to 1) and ``legible`` (share of signs)."""
        written = lettering_of(subject.story, subject.scene)
        heard = spoken_strings(subject.story.text)
        if not written:
            return _absent(f"{NO_STRINGS}; its quotations are spoken" if heard else NO_STRINGS)
        picture = subject.look()
        if picture is None:
            return _absent(NO_PICTURE)
        try:
            lines = await read_lines(picture.data)
        except StorypainterError as problem:  # no recogniser, or no picture that can be decoded
            return _absent(str(problem))
        matches = match_signs([each.text for each in written], lines)
        return _marks(written, matches, [text for _, _, text in heard])

    async def summarise(
        self, marked: Sequence[tuple[Subject, Marks]], missing: int, caller: Caller
    ) -> Findings:
        """Means over the stories, and the share of all signs that can be read."""
        scores = [
            mean_score(marked, missing, name, OFFLINE, VERSION) for name in ("lettering", "legible")
        ]
        signs = [sign for _, marks in marked for sign in marks.data.get("signs", ())]
        legible = sum(sign["similarity"] >= LEGIBLE for sign in signs)
        scores.append(
            _score("legible_signs", None, absent="no sign was looked for")
            if not signs
            else _score("legible_signs", legible / len(signs), n=len(signs)).model_copy(
                update={"interval": wilson(legible, len(signs))}
            )
        )
        return Findings(scores=tuple(scores))

    async def aclose(self) -> None:
        """Nothing to close."""


def lettering_of(story: Story, scene: Scene | None) -> tuple[Written, ...]:
    """What must be read in the picture: quoted strings in order, then the Scene's other signs.

    A quoted string that a sign of the Scene also writes is one sign, of source ``both``. What is
    said (:func:`spoken_strings`) is left out, unless a sign of the Scene writes it.
    """
    heard = set(spoken_strings(story.text))
    found = [
        Written(text, "story", start, end)
        for start, end, text in quoted_strings(story.text)
        if bare(text) and (start, end, text) not in heard
    ]
    for _, text in sign_texts(scene) if scene is not None else ():
        same = next(
            (n for n, w in enumerate(found) if w.source == "story" and bare(w.text) == bare(text)),
            None,
        )
        if same is not None:
            known = found[same]
            found[same] = Written(known.text, "both", known.start, known.end)
        else:
            start, end = _place(story.text, text)
            found.append(Written(text, "scene", start, end))
    return tuple(found)


def quoted_strings(text: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, words) of what stands in quotation marks; the offsets hold the marks.

    Straight and curly, double and single; guillemets either way; German; CJK brackets.
    """
    found = []
    for match in _QUOTED.finditer(text):
        words = next(group for group in match.groups() if group is not None)
        if words.strip():
            found.append((match.start(), match.end(), words.strip().rstrip(",")))
    return tuple(found)


def spoken_strings(text: str) -> tuple[tuple[int, int, str], ...]:
    """Those of the :func:`quoted_strings` that somebody says (``"Stop," calls the guard``).

    By the verbs, speakers and carriers around them, and by their shape, as ``moment`` tells
    dialogue from signs. A text that isn't English has none: all its quotations may be lettering.
    """
    quoted = quoted_strings(text)
    if not quoted or not_english(text) is not None:
        return ()
    tokens = tuple(token for sentence in sentences(text) for token in sentence.tokens)
    said = [
        each
        for each in quotations(text, tokens)
        if each.kind == "speech" and not _names_writing(text, tokens, each.end)
    ]
    return tuple(
        (start, end, words)
        for start, end, words in quoted
        if any(each.start < end and start < each.end for each in said)
    )


def _names_writing(text: str, tokens: Sequence[Token], end: int) -> bool:
    """Whether a quotation that ends here tells which sign it is: ``a “Hot tea!” sign``."""
    behind = next((token for token in tokens if token.start >= end), None)
    if behind is None or not text[end : behind.start].isspace():
        return False
    return behind.is_noun and is_writing(behind.lemma, surely=True)


def sign_texts(scene: Scene) -> tuple[tuple[str, str], ...]:
    """(element, text) of the Scene's signs and lettered things.

    Times and dates are left out: a clock's hands are no lettering, and how a calendar writes its
    day is the painter's choice.
    """
    return tuple(
        (element.id, " ".join(element.text.split()))
        for element in scene.elements
        if isinstance(element, Sign | Prop) and bare(element.text)
    )


def _place(story: str, text: str) -> tuple[int, int]:
    pattern = r"\s+".join(map(re.escape, text.split()))
    found = re.search(pattern, story, re.IGNORECASE)
    return found.span() if found else (0, 0)


def _marks(written: Sequence[Written], matches: Sequence[Match], heard: Sequence[str]) -> Marks:
    alike = [match.similarity for match in matches]
    legible = sum(value >= LEGIBLE for value in alike)
    n = len(written)
    told = f"{legible} of {n} signs can be read"
    worst = min(range(n), key=lambda at: alike[at])
    if alike[worst] < LEGIBLE:
        told += f"; worst: {written[worst].text[:60]!r}, read {matches[worst].read[:60]!r}"
    scores = (
        _score("lettering", fmean(alike), n=n, reason=told),
        _score("legible", legible / n, n=n, reason=told),
    )
    passages = tuple(
        Passage(kind=f"{each.source} sign", text=each.text, start=each.start, end=each.end)
        for each in written
    )
    signs = [
        {
            "text": each.text,
            "source": each.source,
            "read": match.read,
            "similarity": round(match.similarity, 6),
            "boxes": [[round(edge, 1) for edge in line.box] for line in match.lines],
        }
        for each, match in zip(written, matches, strict=True)
    ]
    return Marks(scores=scores, passages=passages, data={"signs": signs, "spoken": list(heard)})


def _absent(reason: str) -> Marks:
    return Marks(scores=tuple(_score(n, None, absent=reason) for n in ("lettering", "legible")))


def _score(
    name: str, value: float | None, *, absent: str = "", reason: str = "", n: int | None = None
) -> Score:
    return Score(
        name=name,
        judge=OFFLINE,
        version=VERSION,
        value=value,
        absent=absent if value is None else None,
        reason=reason,
        n=n,
    )
