from __future__ import annotations

import re

import pytest

from storypainter.report.cards import dimension_class
from storypainter.report.page import stylesheet
from storypainter.story import Dimension

PAIRS = [
    ("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("warn-ink", "warn-paper"),
    ("ink", "sheet"), ("soft", "sheet"), ("soft", "line"), ("ink", "line"),
    *[
        pair
        for tone in ("time", "location", "role", "relationship", "event", "cause", "mind")
        for pair in ((tone, f"{tone}-paper"), (tone, "paper"), ("sheet", tone))
    ],
]  # fmt: skip


def _colours() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{([^}]*--ink:[^}]*)\}", stylesheet().text)
    found = {
        name: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
        for name, block in (("light", light), ("dark", dark))
    }
    return {"light": found["light"], "dark": {**found["light"], **found["dark"]}}


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_texts_have_the_contrast_of_wcag_aa(scheme, text, ground):
    colours = _colours()[scheme]
    low, high = sorted((_luminance(colours[text]), _luminance(colours[ground])))
    assert (high + 0.05) / (low + 0.05) >= 4.5


@pytest.mark.parametrize("dimension", Dimension)
def test_every_dimension_has_its_colours(dimension):
    assert f".{dimension_class(dimension)} {{ --tone: var(--" in stylesheet().text


def test_the_stylesheet_loads_nothing():
    assert not re.search(r"url\(|@import|@font-face|https?:|expression", stylesheet().text)
