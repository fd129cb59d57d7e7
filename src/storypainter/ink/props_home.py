"""All that homes are furnished with: living room, bedroom, bathroom, hallway, toys."""

from __future__ import annotations

from storypainter.ink import (
    props_home_bath,
    props_home_bedroom,
    props_home_hall,
    props_home_lamps,
    props_home_living,
    props_home_toys,
    props_home_walls,
)
from storypainter.ink.props import PropKind

KINDS: tuple[PropKind, ...] = (
    *props_home_lamps.KINDS,
    *props_home_living.KINDS,
    *props_home_bedroom.KINDS,
    *props_home_bath.KINDS,
    *props_home_hall.KINDS,
    *props_home_toys.KINDS,
    *props_home_walls.KINDS,
)
