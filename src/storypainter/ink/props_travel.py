"""What travellers and stations have: the train, machines, benches, and what people carry."""

from __future__ import annotations

from storypainter.ink import props_travel_bus, props_travel_station, props_travel_things
from storypainter.ink.props import PropKind

KINDS: tuple[PropKind, ...] = (
    *props_travel_station.KINDS,
    *props_travel_bus.KINDS,
    *props_travel_things.KINDS,
)
