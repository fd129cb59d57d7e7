"""All props of land and play: gardens, farms, playgrounds, building sites."""

from __future__ import annotations

from storypainter.ink import (
    props_land_farm,
    props_land_garden,
    props_land_play,
    props_land_plot,
    props_land_site,
)
from storypainter.ink.props import PropKind

KINDS: tuple[PropKind, ...] = (
    *props_land_garden.KINDS,
    *props_land_plot.KINDS,
    *props_land_farm.KINDS,
    *props_land_play.KINDS,
    *props_land_site.KINDS,
)
