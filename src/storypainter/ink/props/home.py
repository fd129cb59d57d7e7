"""All that homes are furnished with: living room, bedroom, bathroom, hallway, toys."""

from __future__ import annotations

from storypainter.ink.props import (
    home_bath,
    home_bedroom,
    home_hall,
    home_lamps,
    home_living,
    home_toys,
    home_walls,
)
from storypainter.ink.props.prop import PropKind

KINDS: tuple[PropKind, ...] = (
    *home_lamps.KINDS,
    *home_living.KINDS,
    *home_bedroom.KINDS,
    *home_bath.KINDS,
    *home_hall.KINDS,
    *home_toys.KINDS,
    *home_walls.KINDS,
)
