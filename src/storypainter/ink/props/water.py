"""All props of beaches, harbours, lakes, campsites and snow."""

from __future__ import annotations

from storypainter.ink.props import water_beach, water_boats, water_camp, winter
from storypainter.ink.props.prop import PropKind

KINDS: tuple[PropKind, ...] = (
    *water_boats.KINDS,
    *water_beach.KINDS,
    *water_camp.KINDS,
    *winter.KINDS,
)
