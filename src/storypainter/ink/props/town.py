"""All props of streets, bus stops and markets."""

from __future__ import annotations

from storypainter.ink.props import (
    town_cars,
    town_goods,
    town_houses,
    town_large,
    town_stalls,
    town_street,
)
from storypainter.ink.props.prop import PropKind

KINDS: tuple[PropKind, ...] = (
    *town_houses.KINDS,
    *town_cars.KINDS,
    *town_large.KINDS,
    *town_goods.KINDS,
    *town_street.KINDS,
    *town_stalls.KINDS,
)
