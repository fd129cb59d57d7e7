"""What hospitals and waiting rooms have: furniture, fittings, and what doctors use."""

from __future__ import annotations

from storypainter.ink.props import health_things, health_waiting, health_walls, health_ward
from storypainter.ink.props.prop import PropKind

KINDS: tuple[PropKind, ...] = (
    *health_ward.KINDS,
    *health_walls.KINDS,
    *health_waiting.KINDS,
    *health_things.KINDS,
)
