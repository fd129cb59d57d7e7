"""Forms that hats are made of: crowns, peaks, brims and bands, in head units, for all views."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.ink.drawing.geometry import Geometry, Point, Points, blob, curve, ellipse, polygon
from storypainter.ink.people.faces.face import View

Line = list[Point]

RIMS: dict[View, Line] = {
    "three-quarter": [(-62, -10), (-44, -15), (-18, -25), (20, -31), (44, -25), (62, -20)],
    "profile": [(-64, -8), (-46, -13), (-22, -20), (10, -27), (40, -29), (62, -28)],
    "back": [(-62, -6), (-42, -8), (0, -3), (42, -8), (62, -6)],
}


CLOTHS = (
    "hijab", "turban", "nun veil", "keffiyeh", "balaclava", "ghost sheet", "head wrap", "headscarf",
    "swimming cap", "surgical cap", "judge wig", "clown wig", "knight helmet", "bonnet",
)  # fmt: skip
#: Worn on the hair, which goes on above and below.
ON_HAIR = (
    "tiara", "crown", "veil", "flower crown", "hair bow", "headband", "sweatband", "headphones",
    "party hat", "nurse cap", "ear muffs", "head bandage", "paper crown", "pillbox hat",
    "space helmet", "welding mask",
)  # fmt: skip
_LIFTS = {"beanie": 6.0, "flat cap": 0.0, "helmet": 3.0, "army helmet": 8.0, "hard hat": 3.0}


@dataclass(frozen=True)
class Hat:
    """What is on a head of a view; several kinds are joined by ``+``.

    ``rim`` is the line below which hair shows.
    """

    kind: str
    colour: str
    view: View

    @property
    def kinds(self) -> tuple[str, ...]:
        """The single kinds, the lowest first."""
        return tuple(self.kind.split("+"))

    @property
    def rim(self) -> Line:
        """Left to right, in head units."""
        cutting = [kind for kind in self.kinds if kind not in ON_HAIR]
        lift = _LIFTS.get(cutting[0], 0.0) if cutting else -400.0
        return [(x, y + lift) for x, y in RIMS[self.view]]

    @property
    def hides_hair(self) -> bool:
        """Whether no hair shows at all."""
        return any(kind in CLOTHS for kind in self.kinds)


def at(view: View, three_quarter: Line, profile: Line, back: Line) -> Line:
    """The line of a view."""
    return {"three-quarter": three_quarter, "profile": profile, "back": back}[view]


def crown(view: View, height: float, bulge: float = 0.0, rim: Line | None = None) -> Geometry:
    """A hat's crown: the rim line closed by a dome whose top lies at -``height``."""
    edge = [p for p in (rim or RIMS[view]) if abs(p[0]) < 60]
    left, right = edge[0], edge[-1]
    left = (left[0] - 4.5, left[1])
    right = (right[0] + (1.5 if view != "back" else 4.5), right[1])
    middle = (left[0] + right[0]) / 2
    dome = [
        left,
        (left[0] - 2 - bulge, (left[1] - height) * 0.52),
        (left[0] + 14 - bulge * 0.5, -height + 9),
        (middle - 6, -height),
        (middle + 14, -height + 2),
        (right[0] - 10 + bulge * 0.8, -height + 13),
        (right[0] - 1 + bulge * 0.8, (right[1] - height) * 0.5),
        right,
    ]
    under = curve(edge[1:-1][::-1], steps=4) if len(edge) > 3 else np.array(edge[::-1])
    made = shapely.Polygon(np.vstack([curve(dome, steps=5), under]))
    return made if made.is_valid else made.buffer(0)


def peak(view: View, out: float = 26.0) -> Geometry:
    """The peak of a cap, ``out`` long; none is seen from behind."""
    if view == "back":
        return shapely.Polygon()
    line = at(
        view,
        [
            (2, -28),
            (22, -33),
            (45, -27),
            (45 + out * 0.9, -17),
            (44 + out, -11),
            (48, -13),
            (24, -19),
            (6, -21),
        ],
        [
            (14, -27),
            (40, -31),
            (40 + out, -25),
            (40 + out * 1.35, -14),
            (40 + out * 0.9, -15),
            (36, -20),
            (16, -20),
        ],
        [],
    )
    return blob(line)


def brim(view: View, width: float, sag: float) -> Geometry:
    """A flat brim round the head: its half-width and how far it sags."""
    x, y = at(view, [(-1, -21)], [(-6, -21)], [(0, -12)])[0]
    tilt = {"three-quarter": -7.0, "profile": -8.0, "back": 0.0}[view]
    flat = ellipse(x, y, width, sag, tilt)
    return flat


def low_edge(view: View) -> Points:
    """The rim line on the head, left to right."""
    found = np.array(curve([p for p in RIMS[view] if abs(p[0]) < 60], steps=4))
    found[0, 0] -= 4
    return found


def hat_band(view: View, height: float, lift: float = 0.0) -> Geometry:
    """A band round the head on the rim line, ``lift`` above it."""
    low = low_edge(view) - (0.0, lift)
    return polygon(np.vstack([low, low[::-1] - (0, height)]))


def middle(view: View) -> float:
    """The x of the middle of the head's front; of its back from behind."""
    return {"three-quarter": -3.0, "profile": -8.0, "back": 0.0}[view]


def front(view: View) -> float:
    """The x where a badge sits on a hat."""
    return {"three-quarter": 15.0, "profile": 28.0, "back": 0.0}[view]
