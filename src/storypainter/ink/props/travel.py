"""What travellers and stations have: the train, machines, benches, and what people carry."""

from __future__ import annotations

from storypainter.ink.props import travel_bus, travel_station, travel_things
from storypainter.ink.props.prop import PropKind

KINDS: tuple[PropKind, ...] = (
    *travel_station.KINDS,
    *travel_bus.KINDS,
    *travel_things.KINDS,
)
