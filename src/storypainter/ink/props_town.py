"""All props of streets, bus stops and markets."""

from __future__ import annotations

from storypainter.ink import (
    props_town_cars,
    props_town_goods,
    props_town_houses,
    props_town_large,
    props_town_stalls,
    props_town_street,
)
from storypainter.ink.props import PropKind

KINDS: tuple[PropKind, ...] = (
    *props_town_houses.KINDS,
    *props_town_cars.KINDS,
    *props_town_large.KINDS,
    *props_town_goods.KINDS,
    *props_town_street.KINDS,
    *props_town_stalls.KINDS,
)
