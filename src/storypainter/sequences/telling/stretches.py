"""Long sequences in stretches: which pictures one call shows, and of which it tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pictures from ``shown`` to before ``end`` are shown, those from ``first`` on are told.

    Counted from 0; ``shown <= first < end``.
    """

    shown: int
    first: int
    end: int

    @property
    def told(self) -> range:
        """The pictures that are to be told."""
        return range(self.first, self.end)


def stretches(pictures: int, at_once: int, overlap: int) -> tuple[Stretch, ...]:
    """All pictures in order, each told once, at most ``at_once`` shown in a call.

    Every stretch but the first shows the last ``overlap`` pictures of the one before again, so
    that the model sees where the story stands; with ``at_once`` of 1 there is no room for them.

    Args:
        pictures: how many there are, at least 1.
        at_once: pictures in one call at most, at least 1.
        overlap: below ``at_once``.
    """
    again = min(overlap, at_once - 1)
    found = [Stretch(0, 0, min(at_once, pictures))]
    while found[-1].end < pictures:
        first = found[-1].end
        shown = max(0, first - again)
        found.append(Stretch(shown, first, min(shown + at_once, pictures)))
    return tuple(found)
