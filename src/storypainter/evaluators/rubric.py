"""A Writer that rates semantic complexity by a rubric; it needs no training.

The criteria and the scale are those of ISA's Semantic Score (arXiv 2501.01982): event, connection
between events, visual clues, storytelling, interest; 1 to 5 in halves. It reads features, never
the picture, so that it judges what a trained scorer judges.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from string import Template
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from storypainter.models.calling import Caller
from storypainter.models.contract import ChatRequest, Message, Writer
from storypainter.models.delimiting import inside_tags
from storypainter.models.structured import chat_json
from storypainter.value import content_hash

#: Raise it when an equal answer may become another score.
VERSION = "1"
CRITERIA = ("event", "connection", "clues", "storytelling", "interest")
LOWEST, HIGHEST, STEP = 1.0, 5.0, 0.5
_MOST_TOKENS = 300

Points = Annotated[float, Field(ge=LOWEST, le=HIGHEST, multiple_of=STEP)]


class Ratings(BaseModel):
    """Ratings from 1 to 5 in halves; another number is no rating, and is asked for again."""

    model_config = ConfigDict(frozen=True, strict=True)

    event: Points = Field(description="how much happens: 1, 1.5, 2 … 5")
    connection: Points = Field(description="how the events hang together: 1, 1.5, 2 … 5")
    clues: Points = Field(description="how much is seen from which something follows: 1 … 5")
    storytelling: Points = Field(description="whether a story can be told from it: 1 … 5")
    interest: Points = Field(description="whether one wants to look again: 1 … 5")
    overall: Points = Field(description="all in all: 1, 1.5, 2 … 5")

    @property
    def score(self) -> float:
        """The overall rating on [0, 1]."""
        return normalised(self.overall)

    @property
    def parts(self) -> dict[str, float]:
        """The five criteria on [0, 1]."""
        return {name: normalised(getattr(self, name)) for name in CRITERIA}


def normalised(points: float) -> float:
    """A rating of 1 to 5 on [0, 1]: (x − 1) / 4."""
    return (points - LOWEST) / (HIGHEST - LOWEST)


class RubricJudge:
    """Asks a Writer at temperature 0, by a schema."""

    def __init__(self, writer: Writer) -> None:
        self.judge = f"rubric by {writer.address}"
        self._writer = writer
        self._prompt = files("storypainter.evaluators").joinpath("prompts/rubric.md")

    @property
    def identity(self) -> Mapping[str, Any]:
        """The model, the version, and the hash of the prompt."""
        return {
            "version": VERSION,
            "model": dict(self._writer.identity),
            "prompt": content_hash(self._prompt.read_text("utf-8")),
        }

    async def rate(self, features: str, caller: Caller, *, sample: str) -> Ratings:
        """Its ratings of a features text.

        Raises:
            CallFailed: it gave no usable ratings, such as one off the grid of halves.
        """
        prompt = Template(self._prompt.read_text("utf-8")).substitute(
            features=inside_tags(features, "features")
        )
        request = ChatRequest(
            (Message("user", prompt),), temperature=0.0, top_p=1.0, max_tokens=_MOST_TOKENS
        )
        return await chat_json(
            caller, self._writer, request, kind=Ratings, step="rubric", sample=sample
        )
