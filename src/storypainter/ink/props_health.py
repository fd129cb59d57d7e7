"""What hospitals and waiting rooms have: furniture, fittings, and what doctors use."""

from __future__ import annotations

from storypainter.ink import (
    props_health_things,
    props_health_waiting,
    props_health_walls,
    props_health_ward,
)
from storypainter.ink.props import PropKind

KINDS: tuple[PropKind, ...] = (
    *props_health_ward.KINDS,
    *props_health_walls.KINDS,
    *props_health_waiting.KINDS,
    *props_health_things.KINDS,
)
