"""All props of beaches, harbours, lakes, campsites and snow."""

from __future__ import annotations

from storypainter.ink import props_water_beach, props_water_boats, props_water_camp, props_winter
from storypainter.ink.props import PropKind

KINDS: tuple[PropKind, ...] = (
    *props_water_boats.KINDS,
    *props_water_beach.KINDS,
    *props_water_camp.KINDS,
    *props_winter.KINDS,
)
