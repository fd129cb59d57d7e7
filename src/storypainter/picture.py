"""Picture, Region, Pair: what was painted, and what it belongs to."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from storypainter.story import Id, Story, Text
from storypainter.value import Value

Share = Annotated[float, Field(ge=0, le=1)]
Pixels = Annotated[int, Field(ge=1, le=65535)]


class Region(Value):
    """The visible area of one scene element (an area of interest), in pixels.

    ``polygons`` are outer rings of (x, y) points, y downwards; ``box`` is (left, top, right,
    bottom); ``visible`` is the share of the element's own area that nothing covers.
    """

    element: Id
    kind: str
    clues: tuple[Id, ...] = ()
    box: tuple[float, float, float, float]
    polygons: tuple[tuple[tuple[float, float], ...], ...] = ()
    visible: Share
    area: Annotated[float, Field(ge=0)] = 0.0
    side: Literal["left", "right", "centre"]
    quadrant: Literal["top left", "top right", "bottom left", "bottom right"]

    @model_validator(mode="after")
    def _box_in_order(self) -> Self:
        left, top, right, bottom = self.box
        if left > right or top > bottom:
            raise ValueError("box must be (left, top, right, bottom)")
        return self


class Picture(Value):
    """A painted file, its SVG and Regions where the painter knows them, and its prompts.

    ``file`` and ``svg`` are paths relative to the run folder. ``prompt`` is what was sent,
    ``revised_prompt`` what the server made of it. ``reports`` says what the painter could not
    satisfy (a clue below the visibility threshold); empty when all is well.
    """

    file: Text
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    media_type: Literal["image/png", "image/jpeg", "image/webp"]
    width: Pixels
    height: Pixels
    painter: str
    prompt: str = ""
    revised_prompt: str = ""
    svg: str | None = None
    regions: tuple[Region, ...] = ()
    reports: tuple[str, ...] = ()


class Pair(Value):
    """A Story with its Picture; the Picture is absent when it was not asked for or failed."""

    id: Id
    story: Story
    picture: Picture | None = None
