"""Hair of all styles, in head units, for all views of a head.

Every style is a cap (the skull grown outwards, the face cut out along a hairline) with masses
behind the head, locks in front of it, and a few strands that are only drawn inside the hair.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace

from storypainter.ink.drawing.geometry import Geometry, Point, polygon, union
from storypainter.ink.people.faces import hair_loose as loose
from storypainter.ink.people.faces import hair_short as short
from storypainter.ink.people.faces import hair_tied as tied
from storypainter.ink.people.faces.beards import BEARDS
from storypainter.ink.people.faces.face import FaceShape, View, face_shape, skull
from storypainter.ink.people.faces.hair_base import HairShape, HeadToDress, ink_lines
from storypainter.ink.people.faces.hair_front import front_hair

__all__ = [
    "BEARDS",
    "HAIR_COLOURS",
    "HAIR_STYLES",
    "HairShape",
    "hair_shape",
    "parts_below",
    "worn_hair",
]

#: Natural hair colours by word; other words are looked up in the palette.
HAIR_COLOURS: dict[str, str] = {
    "black": "#2b2630",
    "dark brown": "#4a2f24",
    "brown": "#6f4630",
    "light brown": "#96673f",
    "chestnut": "#7a4028",
    "auburn": "#86422c",
    "red": "#b9552f",
    "ginger": "#c56d36",
    "blond": "#dcae59",
    "blonde": "#dcae59",
    "dark blond": "#b98d4c",
    "grey": "#aba7a6",
    "gray": "#aba7a6",
    "silver": "#c9c7c8",
    "white": "#ebe7e0",
}

_STYLES: dict[str, Callable[[HeadToDress], HairShape]] = {
    "short": short.short,
    "bob": loose.bob,
    "long": loose.long,
    "wavy": lambda head: loose.long(head, wavy=True),
    "bun": tied.bun,
    "top knot": tied.top_knot,
    "ponytail": tied.ponytail,
    "pigtails": tied.pigtails,
    "curly": loose.curly,
    "afro": loose.afro,
    "braids": tied.braids,
    "dreadlocks": loose.dreadlocks,
    "bald": short.bald,
    "messy": short.messy,
    "crew cut": short.crew,
    "shoulder length": lambda head: loose.bob(head, "side", 50.0),
    "afro puffs": tied.afro_puffs,
    "balding": short.ring_of_hair,
    "cornrows": short.cornrows,
    "curly bob": loose.curly_bob,
    "fringe": lambda head: loose.long(head, hairline="fringe"),
    "half up": loose.half_up,
    "high ponytail": tied.high_ponytail,
    "low bun": tied.low_bun,
    "mohawk": short.mohawk,
    "pixie": short.pixie,
    "receding": short.receding,
    "side braid": tied.side_braid,
    "side parting": short.side_parting,
    "slicked back": short.slicked_back,
    "space buns": tied.space_buns,
    "undercut": short.undercut,
}
HAIR_STYLES: tuple[str, ...] = tuple(_STYLES)


def hair_shape(style: str, view: View, bare: Geometry, shape: FaceShape) -> HairShape:
    """The hair of a style on a ``bare`` skull; an unknown style is worn short."""
    make = _STYLES.get(style, short.short)
    if view == "front":
        return front_hair(style, make(HeadToDress("back", bare, shape)), bare, shape)
    hair = make(HeadToDress(view, bare, shape))
    if view == "back" and hair.covers_ears and hair.back:  # one mass, without a seam
        hair.back[0] = union([hair.back[0], hair.cap])
    return hair


@functools.lru_cache(maxsize=512)
def _grown(style: str, view: View, age: str, jaw: float) -> HairShape:
    shape = face_shape(age)
    hair = hair_shape(style, view, skull(view, shape.full, jaw, 0.0), shape)
    hair.lines = ink_lines(hair, view)
    return hair


def worn_hair(style: str, view: View, age: str, jaw: float) -> HairShape:
    """A copy of the hair of a style, fitted to the head of an age; fitting is cached."""
    hair = _grown(style, view, age, jaw)
    return replace(hair, back=list(hair.back), front=list(hair.front))


def parts_below(area: Geometry, line: Sequence[Point]) -> Geometry:
    """The part of hair that shows below a hat whose rim is ``line`` (left to right)."""
    above = polygon([*line, (120, -200), (-120, -200)])
    return area.difference(above)
