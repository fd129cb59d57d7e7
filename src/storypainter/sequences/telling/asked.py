"""What is asked of a narrative, and how pictures are sent."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from storypainter.value import Seed, Value

Form = Literal["auto", "json", "numbered", "trained"]


class Asked(Value):
    """How a narrative is to be told. Field descriptions are the help texts of the command."""

    language: Annotated[str, Field(max_length=100)] = Field(
        "", description="the language of the narrative, such as en or German; else the sequence's"
    )
    style: Annotated[str, Field(max_length=500)] = Field(
        "", description="how it is told, in words: a bedtime story, a report, in rhymes"
    )
    audience: Annotated[str, Field(max_length=500)] = Field(
        "", description="who it is for, such as children of five"
    )
    words_per_part: Annotated[int, Field(ge=5, le=400)] = Field(
        45, description="about how many words belong to a picture, 5 to 400"
    )
    pictures_at_once: Annotated[int, Field(ge=1, le=64)] = Field(
        20, description="pictures in one call at most; longer sequences are told in stretches"
    )
    overlap: Annotated[int, Field(ge=0, le=16)] = Field(
        2, description="told pictures that the next stretch shows again"
    )
    side: Annotated[int, Field(ge=64, le=4096)] = Field(
        1024, description="longest side of a picture as it is sent, in pixels"
    )
    look_first: bool = Field(
        False, description="describe each picture by itself before the narrative is asked for"
    )
    form: Form = Field(
        "auto",
        description="how the parts come back: json (by schema), numbered, trained (the question "
        "of sequences tasks, for a model trained on them), or auto",
    )
    seed: Seed = Field(0, description="decides the sampling of local models")

    @model_validator(mode="after")
    def _goes_on(self) -> Self:
        if self.overlap >= self.pictures_at_once > 1:
            raise ValueError("overlap: must be smaller than pictures_at_once")
        return self
