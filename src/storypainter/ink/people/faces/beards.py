"""Beards and moustaches, in head units. They leave the mouth free to read."""

from __future__ import annotations

from dataclasses import dataclass, field

import shapely

from storypainter.ink.drawing.geometry import (
    Geometry,
    blob,
    box,
    curve,
    ellipse,
    polygon,
    union,
    vector,
)
from storypainter.ink.people.faces.face import FaceShape, View
from storypainter.ink.people.faces.state import Expression

BEARDS: tuple[str, ...] = ("full", "stubble", "moustache", "goatee")


@dataclass(frozen=True, slots=True)
class Beard:
    """``under`` goes below the mouth, inked along ``edge`` only; ``whiskers`` go over it."""

    under: Geometry = field(default_factory=shapely.Polygon)
    whiskers: Geometry = field(default_factory=shapely.Polygon)
    edge: Geometry = field(default_factory=shapely.Polygon)


def beard_shapes(
    beard: str, view: View, skull: Geometry, shape: FaceShape, look: Expression, down: float
) -> Beard:
    """The parts of a beard; any of them may be empty.

    ``down`` is how far the pitch of the head moves the features, in head units.
    """
    nothing = shapely.Polygon()
    if view == "back":
        return Beard()
    side_on = view == "profile"
    mouth_y = shape.mouth_y + (-look.pitch * 3 if side_on else down * 0.9)
    lip_x = {"profile": 35.5, "front": 0.0}.get(view, 16.0)
    whiskers = _moustache(lip_x, mouth_y - 8.4 - max(0.0, look.corners) * 0.8, side_on)
    if beard == "moustache":
        return Beard(nothing, whiskers)
    gap = _free_mouth(look, lip_x, mouth_y, side_on)
    if beard == "goatee":
        chin = (
            [(24, mouth_y + 6), (38, mouth_y + 6), (37, 52), (30, 58), (22, 52)]
            if side_on
            else [
                (lip_x + x, y)
                for x, y in ((-11, mouth_y + 6), (11, mouth_y + 6), (11, 47), (1, 59), (-8, 50))
            ]
        )
        return _around(gap, blob(chin).intersection(skull.buffer(5)), whiskers)
    jaw = (
        [(-12, 6), (2, 6), (4, 20), (14, 27), (26, 27), (46, 24), (52, 44), (34, 72), (-6, 66), (-24, 34)]
        if side_on
        else [(-40, 6), (-26, 6), (-21, 20), (-9, 28), (4, 26), (17, 26), (29, 25), (37, 14), (54, 30), (36, 72), (-24, 70), (-44, 40)]
    )  # fmt: skip
    if view == "front":
        jaw = [
            (-44, 6),
            (-32, 6),
            (-28, 20),
            (-18, 27),
            (0, 25),
            (18, 27),
            (28, 20),
            (32, 6),
            (44, 6),
            (48, 40),
            (24, 72),
            (-24, 72),
            (-48, 40),
        ]
    area = polygon(curve(jaw, closed=True))
    if beard == "stubble":
        return Beard(skull.buffer(0.2).intersection(area).difference(gap.buffer(-1)))
    lower = skull.buffer(4.0).intersection(area)
    drop = shapely.transform(skull, lambda p: p + vector(0.0, 7.0))
    lower = union([lower, drop.intersection(blob(jaw)).intersection(box(-60, 30, 80, 90))])
    return _around(gap, lower, whiskers)


def _around(gap: Geometry, hair: Geometry, whiskers: Geometry) -> Beard:
    """A beard with a gap whose edge is not inked: it would look like a mouth."""
    under = hair.difference(gap)
    return Beard(under, whiskers, under.boundary.difference(gap.buffer(1.0)))


def _moustache(x: float, top: float, side_on: bool) -> Geometry:
    """A slim moustache that ends beside the mouth's corners, not over them."""
    if side_on:
        return blob(
            [(x + 2, top), (x + 3.2, top + 3.6), (x - 6, top + 4.6), (x - 13, top + 7.5), (x - 10, top + 1.6)]
        )  # fmt: skip
    return blob(
        [(x, top + 0.4), (x + 7, top - 0.4), (x + 12, top + 3), (x + 13.5, top + 7), (x + 7, top + 4.2),
         (x, top + 3.4), (x - 8, top + 4.6), (x - 16, top + 8), (x - 14, top + 3), (x - 8, top - 0.2)]
    )  # fmt: skip


def _free_mouth(look: Expression, x: float, y: float, side_on: bool) -> Geometry:
    """The skin around the mouth where no beard grows, so that small mouths stay readable."""
    depth = {"o": look.wide * (0.7 + 0.6 * look.open), "open": look.open * 8.0, "yuck": 3.0}
    deep = depth.get(look.mouth, look.open * 5.0)
    middle = y + 0.6 + deep * 0.62
    high = 4.6 + abs(look.corners) * 1.8 + deep * 0.85
    if side_on:
        return ellipse(x - look.wide * 0.4, middle, look.wide * 0.8 + 3.0, high)
    return ellipse(x - look.wide * 0.06, middle, look.wide * 0.95 + 3.0, high)
