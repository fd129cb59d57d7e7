"""Lamplight: rooms in the evening and at night, dim in their corners and warm about their lamps."""

from __future__ import annotations

from storypainter.ink.drawing.forms import join, oval, rect
from storypainter.ink.kits import Scenery

#: What throws light, and how far below its foot its pool has its middle, in shares of the height.
_LAMPS = {
    "pendant lamp": 0.14,
    "hanging lantern": 0.14,
    "floor lamp": -0.16,
    "wall lamp": 0.06,
    "lamp": 0.0,
    "reading lamp": 0.0,
    "fireplace": -0.06,
}
#: How large a pool is, in shares of the shorter side: a veil covers what is outside of each.
_REACHES = (0.70, 0.62, 0.54, 0.46, 0.38, 0.30)
_VEIL, _WARM = "#2a2148", "#ffcb6e"
_BEFORE_WALL = 0.0135  # of the height: before what stands at the wall, behind everybody


def paint_lamplight(scenery: Scenery, strength: float) -> None:
    """Veils over walls, floor and what stands at the wall; people before them stay as clear as by day.

    Args:
        scenery: what is drawn on; nothing happens by day.
        strength: 1 for lamps in a home, less where the ceiling is full of lights.
    """
    canvas, stage = scenery.canvas, scenery.stage
    share = {"night": 1.0, "evening": 0.5}.get(scenery.setting.time_of_day, 0.0) * strength
    if not share:
        return
    lights = [
        (scenery.places[word][0], scenery.places[word][1] + drop * stage.height)
        for word, drop in _LAMPS.items()
        if word in scenery.places
    ] or [(0.5 * stage.width, 0.45 * stage.height)]
    room = rect(-8, -8, stage.width + 8, stage.height + 8)
    side = max(min(stage.width, stage.height), 0.72 * stage.width)
    depth = stage.far_line + _BEFORE_WALL * stage.height - 2.0
    with canvas.layer("lamplight", depth, kind="scenery"):
        for reach in _REACHES:
            pools = join(*(oval(x, y, 1.12 * reach * side, 0.92 * reach * side) for x, y in lights))
            canvas.fill(room.difference(pools), _VEIL, 0.06 * share)
            canvas.fill(pools.intersection(room), _WARM, 0.018 * share)
        canvas.fill(room, _VEIL, 0.06 * share)
