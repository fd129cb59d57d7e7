"""Names beside points, so that no name covers another name, a point, or another name's line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storypainter.report import plot_axes as axes
from storypainter.report.plot_axes import PAPER, SOFT, number

SIZE: Final = 13.0
#: The radius of a point.
DOT: Final = 5.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether they have more than an edge in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name in its place; ``way`` is above 0 to the right of its point, below 0 to the left."""

    text: str
    box: Box
    way: float
    far: bool

    @property
    def drawn(self) -> str:
        """The name as SVG, with a halo where it lies on lines."""
        box = self.box
        if self.way > 0:
            x, anchor = box.left, "start"
        elif self.way < 0:
            x, anchor = box.right, "end"
        else:
            x, anchor = (box.left + box.right) / 2, "middle"
        halo = f' stroke="{PAPER}" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
        return axes.words(x, box.bottom - 4, self.text, size=SIZE, anchor=anchor,
                          kind="p-ink p-halo label", more=halo)  # fmt: skip


# East, north-east … : where a name is looked for first.
_WAYS = (
    *((1, 0), (1, -0.8), (1, 0.8), (0, -1), (0, 1), (-1, 0), (-1, -0.8), (-1, 0.8)),
    *((0.4, -1), (0.4, 1), (-0.4, -1), (-0.4, 1), (1, -0.4), (1, 0.4), (-1, -0.4), (-1, 0.4)),
)


def placed(
    spots: Sequence[tuple[float, float]], names: Sequence[str], frame: Box
) -> list[Label | None]:
    """A place for each name, from the most crowded point on; None where there is none."""
    taken = [Box(x - DOT - 1, y - DOT - 1, x + DOT + 1, y + DOT + 1) for x, y in spots]
    found: list[Label | None] = [None] * len(names)
    crowd = [sum(math.dist(a, b) < 60 for b in spots) for a in spots]
    for place in sorted(range(len(names)), key=lambda n: (-crowd[n], n)):
        text = axes.fitted(names[place], 300, SIZE)
        if not text:
            continue
        width, (x, y) = axes.text_width(text, SIZE) + 6, spots[place]
        for away in (8.0, 16.0, 28.0, 44.0, 64.0, 90.0):
            boxes = ((_beside(x, y, width, away, way), way[0]) for way in _WAYS)
            free = [
                Label(text, box, way, away > 16)
                for box, way in boxes
                if frame.holds(box) and not any(map(box.meets, taken))
            ]
            # A line to the point must not run through another name or point.
            own = next((each for each in free if not _crosses(each, (x, y), taken)), None)
            if own is not None:
                found[place] = own
                taken += [own.box, *_along(own, (x, y))]
                break
    return found


def _beside(x: float, y: float, width: float, away: float, way: tuple[float, float]) -> Box:
    height = SIZE + 4
    right, down = way
    middle = y + down * (away + height / 2 if right == 0 else away)
    if right == 0:
        left = x - width / 2
    else:
        left = x + right * away - (width if right < 0 else 0.0)
    return Box(left, middle - height / 2, left + width, middle + height / 2)


def _end(label: Label, spot: tuple[float, float]) -> tuple[float, float]:
    """Where the line from a point meets its name."""
    box = label.box
    return min(max(spot[0], box.left), box.right), min(max(spot[1], box.top + 3), box.bottom - 3)


def _along(label: Label, spot: tuple[float, float]) -> list[Box]:
    """Small boxes along a name's line, outside its point; none for a name beside its point."""
    if not label.far:
        return []
    (x1, y1), (x2, y2) = spot, _end(label, spot)
    steps = max(2, int(math.dist((x1, y1), (x2, y2)) // 3))
    along = [(x1 + (x2 - x1) * k / steps, y1 + (y2 - y1) * k / steps) for k in range(steps)]
    return [Box(x - 1, y - 1, x + 1, y + 1) for x, y in along if math.dist((x, y), spot) > DOT + 4]


def _crosses(label: Label, spot: tuple[float, float], taken: Sequence[Box]) -> bool:
    return any(box.meets(other) for box in _along(label, spot) for other in taken)


def leader(label: Label | None, spot: tuple[float, float]) -> str:
    """The line from a point to its name; nothing for a name beside its point."""
    if label is None or not label.far:
        return ""
    x, y = _end(label, spot)
    return (
        f'<line x1="{number(spot[0])}" y1="{number(spot[1])}" x2="{number(x)}" y2="{number(y)}" '
        f'stroke="{SOFT}" stroke-width="1" class="p-pen"/>'
    )
