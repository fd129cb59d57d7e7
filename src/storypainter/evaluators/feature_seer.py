"""A Seer as the one who extracts features: it sees the picture and nothing of the story."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

from storypainter.evaluators.feature_reading import VERSION, Unreadable, read_features
from storypainter.evaluators.features import Features
from storypainter.models.calling import Caller
from storypainter.models.contract import (
    CallFailed,
    ChatReply,
    ChatRequest,
    ImagePart,
    Message,
    Seer,
    Verdict,
)
from storypainter.value import content_hash

_MOST_TOKENS = {"cot": 1600, "naive": 800}
#: A description of at least so many words is of use though its end is missing.
_ENOUGH_WORDS = 40


class SeerExtractor:
    """Asks a Seer for features, at temperature 0.

    Args:
        seer: who looks.
        extraction: ``cot`` (clues and conclusions in seven categories, then a description) or
            ``naive`` (a description), as ISA calls them (arXiv 2501.01982).
    """

    def __init__(self, seer: Seer, extraction: Literal["cot", "naive"] = "cot") -> None:
        self.judge = f"{seer.address} ({extraction})"
        self.extraction = extraction
        self._seer = seer
        self._prompt = files("storypainter.evaluators").joinpath(
            f"prompts/features_{extraction}.md"
        )

    @property
    def identity(self) -> Mapping[str, Any]:
        """The model, the extraction, the hash of the prompt, and the version of the reading."""
        return {
            "model": dict(self._seer.identity),
            "extraction": self.extraction,
            "prompt": content_hash(self._prompt.read_text("utf-8")),
            "reading": VERSION,
        }

    async def extract(self, picture: ImagePart, caller: Caller, *, sample: str) -> Features:
        """The features of a picture.

        Raises:
            CallFailed: REFUSED by the Seer or its server, TOO_LONG where the answer was cut before
                all categories were there, MALFORMED where no features can be read in it.
        """
        request = ChatRequest(
            (Message("user", (self._prompt.read_text("utf-8"), picture)),),
            temperature=0.0,
            top_p=1.0,
            max_tokens=_MOST_TOKENS[self.extraction],
        )
        reply = await caller.chat(self._seer, request, step="features", sample=sample)
        return self._read(reply)

    def _read(self, reply: ChatReply) -> Features:
        if reply.finish == "content_filter":
            raise CallFailed(Verdict.REFUSED, "the server's content filter cut the features off")
        try:
            found = read_features(reply.text, self.extraction)
        except Unreadable as problem:
            verdict = Verdict.REFUSED if problem.refused else Verdict.MALFORMED
            raise CallFailed(verdict, f"no features from {self._seer.address}: {problem}") from None
        if reply.finish != "length":
            return found
        if len(found.description.split()) < _ENOUGH_WORDS:
            raise CallFailed(
                Verdict.TOO_LONG, f"{self._seer.address} was cut off before its features were whole"
            )
        return found.model_copy(update={"notes": (*found.notes, "the description is cut off")})
