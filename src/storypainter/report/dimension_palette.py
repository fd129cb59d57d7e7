"""How a Dimension looks wherever a report shows it: its colours, its letters, its underline.

No two Dimensions are told apart by colour alone: each also has one or two letters and its own
kind of line, so that a figure can be read in grey, on paper, and by people who see few colours.
Every ink has a contrast of 4.5 : 1 or more on its own paper and on the page, in light and dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from storypainter.report.chain_graph import COLOURS
from storypainter.story import Dimension


@dataclass(frozen=True, slots=True)
class Look:
    """A Dimension's look: ink and paper in light and dark, letters, and a CSS line."""

    light: tuple[str, str]
    dark: tuple[str, str]
    letters: str
    line: str
    weight: str = ".11em"

    @property
    def rule(self) -> str:
        """The line's style and thickness, as CSS ``text-decoration`` wants them."""
        return f"{self.line} {self.weight}"


LOOKS: Final[dict[Dimension, Look]] = {
    dimension: Look(COLOURS[dimension], dark, letters, *line)
    for dimension, dark, letters, line in (
        (Dimension.TIME, ("#f0c580", "#382b12"), "T", ("dotted", ".13em")),
        (Dimension.LOCATION, ("#98d8b2", "#183223"), "L", ("solid", ".07em")),
        (Dimension.CHARACTER_ROLE, ("#a5c9ff", "#1a2b47"), "R", ("dashed", ".1em")),
        (Dimension.CHARACTER_RELATIONSHIP, ("#efb0da", "#3c1d34"), "CR", ("double", ".07em")),
        (Dimension.EVENT, ("#ffb4a5", "#421f18"), "E", ("solid", ".2em")),
        (
            Dimension.EVENT_CAUSAL_RELATIONSHIP,
            ("#c7bdff", "#2a2450"),
            "EC",
            ("wavy", ".08em"),
        ),
        (Dimension.MENTAL_STATE, ("#93dce3", "#123236"), "M", ("dashed", ".2em")),
    )
}

#: What marks a passage that no single picture can show (Figure 6's eighth colour).
SEQUENCE: Final = Look(("#3f3a33", "#e9e3d8"), ("#ece6db", "#34312b"), "TS", "solid")


def tone_class(dimension: Dimension) -> str:
    """The class that gives an element its Dimension's colours, the same as on a run's page."""
    return "d-" + dimension.value.replace("_", "-")


def _rules() -> str:
    def block(dark: bool) -> str:
        rules = []
        for dimension, look in LOOKS.items():
            ink, paper = look.dark if dark else look.light
            rules.append(f".{tone_class(dimension)} {{ --tone: {ink}; --tint: {paper}; }}")
        ink, paper = SEQUENCE.dark if dark else SEQUENCE.light
        rules.append(f".d-sequence {{ --tone: {ink}; --tint: {paper}; }}")
        return "\n".join(rules)

    lines = "\n".join(
        f".{tone_class(dimension)} {{ --rule: {look.rule}; }}" for dimension, look in LOOKS.items()
    )
    return (
        f"{block(False)}\n{lines}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n{block(True)}\n}}\n"
    )


#: Classes ``d-time`` … ``d-mental-state`` and ``d-sequence``: ``--tone`` (ink), ``--tint``
#: (paper) and ``--rule`` (the line), light and dark. Include it once in a page.
PALETTE_CSS: Final = _rules()
