"""Blind retelling: what comes back when a Seer describes the picture that never saw the story.

How much of the story's entities (``recognition``) and of the conclusions of its Chains
(``cognition``) the description tells is a measure of the picture, for a given Seer: what is not
in the picture can't be told. It is also one of the Seer, so scores by different Seers or judges
must not be compared. :mod:`recall` says how both are counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from storypainter.evaluators.contract import Findings, Marks, Subject, Table
from storypainter.evaluators.means import mean_score
from storypainter.evaluators.moment_rules.language import not_english
from storypainter.evaluators.recall import Recaller, Recognised, nouns_of, pooled_share
from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, ChatRequest, ImagePart, Message, Seer, Verdict
from storypainter.score import Score
from storypainter.story import Chain, Dimension, Story
from storypainter.value import content_hash

if TYPE_CHECKING:
    from storypainter.evaluators.catalog import Desk

#: Raise it when equal input may get another score.
VERSION = "1"
NO_SEER = "nobody looks: name a model with vision as --seer"
NO_PICTURE = "there is no picture"
NO_CHAINS = "the story has no Chains"
_MOST_TOKENS = 1000
_MOST_SHOWN = 4  # things in a reason


def create(desk: Desk) -> Retelling:
    """The evaluator with the desk's Seer; its judge is ``--judge``, or else the Seer itself."""
    spec = desk.spec
    seer = desk.seer(spec.seer) if spec.seer else None
    judge = spec.judge if spec.judge != "offline" else spec.seer
    writer = desk.writer(judge) if judge else None
    return Retelling(seer, Recaller(desk.embedder(spec.embedder), writer))


class Retelling:
    """Marks how much of a story a stranger tells from its picture.

    Args:
        seer: who looks; without one all scores are absent.
        recaller: compares the description with the story.
    """

    name = "retelling"
    version = VERSION

    def __init__(self, seer: Seer | None, recaller: Recaller) -> None:
        self.recaller = recaller
        self._seer = seer
        self._prompt = files("storypainter.evaluators").joinpath("prompts/retell.md")
        self.judge = f"{seer.address} + {recaller.judge}" if seer is not None else "none"

    @property
    def identity(self) -> Mapping[str, Any]:
        """The Seer and its prompt, and who compares and how."""
        return {
            "version": VERSION,
            "seer": dict(self._seer.identity) if self._seer is not None else None,
            "prompt": content_hash(self._prompt.read_text("utf-8")),
            "recall": dict(self.recaller.identity),
        }

    async def mark(self, subject: Subject, caller: Caller, *, sample: str) -> Marks:
        """``recognition`` and ``cognition``, 0 to 1; the latter also by Dimension in its parts.

        Raises:
            CallFailed: the Seer, the judge or the embedder gave no usable answer.
        """
        if self._seer is None:
            return self._absent(NO_SEER)
        picture = subject.look()
        if picture is None:
            return self._absent(NO_PICTURE)
        description, cut = await self._describe(self._seer, picture, caller, sample)
        data: dict[str, Any] = {"description": description}
        if cut:
            data["cut"] = True
        recognition = await self._recognition(subject.story, description, caller, data)
        cognition = await self._cognition(subject.story.chains, description, caller, sample, data)
        return Marks(scores=(recognition, cognition), data=data)

    async def _describe(
        self, seer: Seer, picture: ImagePart, caller: Caller, sample: str
    ) -> tuple[str, bool]:
        """What the Seer tells of the picture, and whether its reply was cut off."""
        request = ChatRequest(
            (Message("user", (self._prompt.read_text("utf-8"), picture)),),
            temperature=0.0,
            top_p=1.0,
            max_tokens=_MOST_TOKENS,
        )
        reply = await caller.chat(seer, request, step="retelling", sample=sample)
        if reply.finish == "content_filter":
            raise CallFailed(Verdict.REFUSED, "the server's content filter cut the reply off")
        if not any(map(str.isalnum, reply.text)):
            raise CallFailed(Verdict.MALFORMED, f"{seer.address} described nothing")
        return reply.text.strip(), reply.finish == "length"

    async def _recognition(
        self, story: Story, description: str, caller: Caller, data: dict[str, Any]
    ) -> Score:
        entities, reason = entities_of(story)
        reason = reason or not_english(description) or ""
        if reason:
            return self._score("recognition", None, absent=reason)
        found = await self.recaller.recognise(entities, description, caller)
        data["entities"] = [_plain(each) for each in found]
        missed = [each.entity for each in found if not each.found]
        hits = len(found) - len(missed)
        told = f"{hits} of {len(found)} entities{_shown('; not', missed)}"
        return self._score("recognition", hits / len(found), n=len(found), reason=told)

    async def _cognition(
        self,
        chains: Sequence[Chain],
        description: str,
        caller: Caller,
        sample: str,
        data: dict[str, Any],
    ) -> Score:
        if not chains:
            return self._score("cognition", None, absent=NO_CHAINS)
        conclusions = [chain.conclusion for chain in chains]
        said = await self.recaller.find(conclusions, description, caller, sample=sample)
        data["conclusions"] = [
            {"dimension": chain.dimension.value, "conclusion": chain.conclusion, "found": found}
            for chain, found in zip(chains, said, strict=True)
        ]
        answered = [found for found in said if found is not None]
        silent = len(said) - len(answered)
        note = f"; {silent} not answered" if silent else ""
        if not answered:
            return self._score(
                "cognition", None, absent=f"the judge answered none of {len(said)} conclusions"
            )
        hits = sum(answered)
        parts = {
            dimension.value: sum(own) / len(own)
            for dimension in Dimension
            if (own := _of_dimension(data, dimension))
        }
        score = self._score(
            "cognition",
            hits / len(answered),
            n=len(answered),
            reason=f"{hits} of {len(answered)} conclusions{note}",
        )
        return score.model_copy(update={"parts": parts})

    async def summarise(
        self, marked: Sequence[tuple[Subject, Marks]], missing: int, caller: Caller
    ) -> Findings:
        """Means over stories, and cognition by Dimension over all their conclusions."""
        scores = [
            mean_score(marked, missing, name, self.judge, VERSION)
            for name in ("recognition", "cognition")
        ]
        rows: list[tuple[str | float | int | None, ...]] = []
        for dimension in Dimension:
            own = [_of_dimension(marks.data, dimension) for _, marks in marked]
            pooled = pooled_share((sum(each), len(each)) for each in own)
            if pooled is None:
                continue
            share, (low, high) = pooled
            n = sum(map(len, own))
            stories = sum(bool(each) for each in own)
            rows.append((dimension.label, *(round(x, 3) for x in (share, low, high)), n, stories))
            score = self._score(f"cognition_{dimension.value}", share, n=n)
            scores.append(score.model_copy(update={"interval": (low, high)}))
        table = Table(
            title="Conclusions that the retellings tell, by Dimension",
            columns=("dimension", "share", "low", "high", "conclusions", "stories"),
            rows=tuple(rows),
        )
        return Findings(
            scores=tuple(scores),
            tables=(table,) if rows else (),
            warnings=self._warnings(marked),
            doubts=("recognition", "cognition"),
        )

    def _warnings(self, marked: Sequence[tuple[Subject, Marks]]) -> tuple[str, ...]:
        found = []
        cut = sum(bool(marks.data.get("cut")) for _, marks in marked)
        if cut:
            found.append(f"{cut} of {len(marked)} descriptions were cut off")
        writer = self.recaller.writer
        if self._seer is not None and writer is not None:
            own = writer.identity == self._seer.identity
            found += ["the Seer judges its own descriptions; name another --judge"] * own
        if self._seer is not None and "not checked" in self.recaller.threshold.origin:
            found.append(
                f"recognition takes {self.recaller.threshold.value} as threshold "
                f"({self.recaller.threshold.origin})"
            )
        return tuple(found)

    async def aclose(self) -> None:
        """Nothing to close: whoever connected the models closes them."""

    def _absent(self, reason: str) -> Marks:
        names = ("recognition", "cognition")
        return Marks(scores=tuple(self._score(name, None, absent=reason) for name in names))

    def _score(
        self, name: str, value: float | None, *, absent: str = "", reason: str = "", n: int = 0
    ) -> Score:
        return Score(
            name=name,
            judge=self.judge,
            version=VERSION,
            value=value,
            absent=absent if value is None else None,
            reason=reason,
            n=n or None,
        )


def entities_of(story: Story) -> tuple[tuple[str, ...], str]:
    """The story's entities, or the nouns of its English text; or why there are none."""
    if story.entities:
        return tuple(dict.fromkeys(story.entities)), ""
    reason = not_english(story.text)
    if reason:
        return (), f"the story names no entities, and its nouns aren't known: {reason}"
    nouns = nouns_of(story.text, parts=False)
    return nouns, "" if nouns else "the story names no entities and has no nouns"


def _of_dimension(data: Mapping[str, Any], dimension: Dimension) -> list[bool]:
    """The judge's answers to the conclusions of a Dimension."""
    return [
        each["found"]
        for each in data.get("conclusions", ())
        if each["dimension"] == dimension.value and each["found"] is not None
    ]


def _plain(each: Recognised) -> dict[str, Any]:
    return {
        "entity": each.entity,
        "noun": each.noun,
        "similarity": round(each.similarity, 4),
        "found": each.found,
    }


def _shown(lead: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return f"{lead}: {', '.join(names[:_MOST_SHOWN])}{more}"
