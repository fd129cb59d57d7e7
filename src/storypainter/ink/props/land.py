"""All props of land and play: gardens, farms, playgrounds, building sites."""

from __future__ import annotations

from storypainter.ink.props import land_farm, land_garden, land_play, land_plot, land_site
from storypainter.ink.props.prop import PropKind

KINDS: tuple[PropKind, ...] = (
    *land_garden.KINDS,
    *land_plot.KINDS,
    *land_farm.KINDS,
    *land_play.KINDS,
    *land_site.KINDS,
)
