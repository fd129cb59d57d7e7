"""Where an element of a laid-out Scene is: its ground point, scale, facing and depth."""

from __future__ import annotations

from dataclasses import dataclass

from storypainter.ink.drawing.geometry import Point


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an element is: ground point in pixels, pixels per cm, 1 or -1, painting depth."""

    x: float
    y: float
    cm: float
    facing: int
    depth: float

    def at(self, dx: float, dy: float) -> Point:
        """A point given in cm, facing right, from the ground point."""
        return self.x + self.facing * dx * self.cm, self.y + dy * self.cm
