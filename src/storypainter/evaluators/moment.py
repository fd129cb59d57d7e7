"""Moment: whether a story tells one moment that one picture can show.

Rules judge offline; a Writer, where one is named, judges beside them, and the two are compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from storypainter.evaluators.contract import Findings, Marks, Subject
from storypainter.evaluators.moment_findings import OFFLINE, findings
from storypainter.evaluators.moment_rules import KINDS, VERSION, Judgement, judge
from storypainter.evaluators.moment_rules.language import not_english
from storypainter.evaluators.moment_rules.lexicon import lists_hash
from storypainter.evaluators.moment_rules.meaning import phrases_text
from storypainter.evaluators.moment_rules.passing import marks_text
from storypainter.evaluators.moment_writer import Opinion, WriterJudge
from storypainter.evaluators.tagging import TAGGER
from storypainter.models.calling import Caller
from storypainter.models.contract import Writer
from storypainter.score import Score
from storypainter.value import content_hash

if TYPE_CHECKING:
    from storypainter.evaluators.catalog import Desk

_MOST_SHOWN = 3  # passages in a Score's reason
_LONGEST_SHOWN = 60


def create(desk: Desk) -> Moment:
    """The evaluator with the desk's judge: ``offline``, or the address of a Writer."""
    address = desk.spec.judge
    return Moment() if address == OFFLINE else Moment(desk.writer(address))


class Moment:
    """Marks what keeps a story from being one moment.

    Args:
        writer: a second judge beside the rules.
    """

    name = "moment"
    version = VERSION

    def __init__(self, writer: Writer | None = None) -> None:
        self._writer = WriterJudge(writer) if writer is not None else None
        self.judge = self._writer.judge if self._writer is not None else OFFLINE

    @property
    def identity(self) -> Mapping[str, Any]:
        """The rules' version and lists, the tagger, and the Writer with its prompt."""
        return {
            "version": self.version,
            "rules": content_hash([lists_hash(), marks_text(), phrases_text()]),
            "tagger": TAGGER,
            "writer": dict(self._writer.identity) if self._writer is not None else None,
        }

    async def mark(self, subject: Subject, caller: Caller, *, sample: str) -> Marks:
        """``words``, ``moment`` (1 or 0) and the count of each kind, by each judge."""
        story = subject.story
        scores = [self._score("words", OFFLINE, float(story.words))]
        judged, reason = _by_rules(story.text)
        scores += self._of_rules(judged, reason)
        passages = judged.passages if judged is not None else ()
        data: dict[str, Any] = {}
        if self._writer is not None:
            said = await self._writer.ask(story, caller, sample=sample)
            scores += self._of_writer(said, self._writer.judge)
            passages += said.passages
            data["writer"] = len(said.passages)
            if said.dropped:
                data["dropped"] = [each.to_plain() for each in said.dropped]
        return Marks(scores=tuple(scores), passages=passages, data=data)

    async def summarise(
        self, marked: Sequence[tuple[Subject, Marks]], missing: int, caller: Caller
    ) -> Findings:
        """Mean length, shares of one moment and of each kind, agreement of two judges."""
        judges = (OFFLINE,) if self._writer is None else (OFFLINE, self._writer.judge)
        return findings(marked, missing, judges=judges, version=self.version)

    async def aclose(self) -> None:
        """Nothing to close: whoever connected the Writer closes it."""

    def _of_rules(self, judged: Judgement | None, reason: str) -> list[Score]:
        if judged is None:
            return [self._score(name, OFFLINE, None, absent=reason) for name in ("moment", *KINDS)]
        looped = reason and judged.count("repetition")
        scores = [self._score("moment", OFFLINE, float(judged.one_moment), reason=_shown(judged))]
        for kind in KINDS:
            if looped and kind != "repetition":
                scores.append(self._score(kind, OFFLINE, None, absent=reason))
            else:
                scores.append(self._score(kind, OFFLINE, float(judged.count(kind))))
        tenses = judged.tenses
        parts = {
            "present": float(tenses.present),
            "past": float(tenses.past),
            "future": float(tenses.future),
            "dominant_share": tenses.share,
        }
        at = 1 + KINDS.index("tense")
        if scores[at].value is not None:
            told = f"dominant tense: {tenses.dominant}"
            scores[at] = scores[at].model_copy(update={"parts": parts, "reason": told})
        return scores

    def _of_writer(self, said: Opinion, judge: str) -> list[Score]:
        invented = f"{len(said.dropped)} of its quotes are not in the story"
        one = said.one_moment
        reason = _shown(said) + (f"; {invented}" if said.dropped else "")
        scores = [
            self._score("moment", judge, None, absent=f"all that it quotes is made up: {invented}")
            if one is None
            else self._score("moment", judge, float(one), reason=reason)
        ]
        for kind in KINDS:
            count = said.count(kind)
            value = None if count is None else float(count)
            scores.append(self._score(kind, judge, value, absent=invented))
        return scores

    def _score(
        self, name: str, judge: str, value: float | None, *, absent: str = "", reason: str = ""
    ) -> Score:
        return Score(
            name=name,
            judge=judge,
            version=self.version,
            value=value,
            absent=absent if value is None else None,
            reason=reason if value is not None else "",
        )


def _by_rules(text: str) -> tuple[Judgement | None, str]:
    """What the rules find, or why they don't judge.

    A loop is one in any language: a text that isn't English is judged by it alone, and comes
    back with both.
    """
    reason = not_english(text)
    judged = judge(text)
    if reason is None:
        return judged, ""
    loops = tuple(passage for passage in judged.passages if passage.kind == "repetition")
    return (Judgement(loops, judged.tenses), reason) if loops else (None, reason)


def _shown(found: Judgement | Opinion) -> str:
    """``no fault found``, or the first faults with their words."""
    shown = []
    for passage in found.passages[:_MOST_SHOWN]:
        text = " ".join(passage.text.split())
        if len(text) > _LONGEST_SHOWN:
            text = text[: _LONGEST_SHOWN - 1] + "…"
        shown.append(f"{passage.kind}: {text}")
    more = len(found.passages) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "") or "no fault found"
