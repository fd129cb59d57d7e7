"""The setting kit ``plain``: bare paper, for figures and things by themselves."""

from __future__ import annotations

from storypainter.ink.drawing.forms import rect
from storypainter.ink.drawing.stage import ROOM
from storypainter.ink.kits import Area, Kit, Scenery

PAPER = "#fbf6ea"


def paint(scenery: Scenery) -> None:
    """Paper, and nothing on it."""
    stage = scenery.stage
    with scenery.canvas.layer("backdrop", -50.0, kind="scenery"):
        scenery.canvas.fill(rect(-5, -5, stage.width + 5, stage.height + 5), PAPER)


KIT = Kit("plain", paint, shape=ROOM, areas={"floor": Area()}, seat="chair")
