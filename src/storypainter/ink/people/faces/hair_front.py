"""Hair of a head that faces the viewer: the back view's masses, the face cut out of them."""

from __future__ import annotations

from dataclasses import replace

from storypainter.ink.drawing.geometry import Geometry, box, curve, fill_creases, polygon, union
from storypainter.ink.people.faces.face import FaceShape
from storypainter.ink.people.faces.hair_base import EAR_FACE, HAIRLINES, HairShape, HeadToDress

_HAIRLINE_OF: dict[str, str] = {
    "short": "side",
    "side parting": "side",
    "messy": "fringe",
    "bob": "fringe",
    "fringe": "fringe",
    "shoulder length": "side",
    "curly": "side",
    "curly bob": "side",
    "side braid": "side",
    "pixie": "pixie",
    "long": "middle",
    "wavy": "middle",
    "braids": "middle",
    "pigtails": "middle",
    "afro puffs": "middle",
    "space buns": "middle",
    "low bun": "middle",
    "dreadlocks": "middle",
    "receding": "receding",
    "crew cut": "high",
    "cornrows": "high",
    "mohawk": "high",
    "undercut": "high",
    "slicked back": "high",
    "top knot": "high",
    "high ponytail": "high",
}
_BETWEEN_LOCKS = [(34.0, 40.0), (33.0, 130.0), (-33.0, 130.0), (-34.0, 40.0)]
_BESIDE_THE_FACE = ("braids", "pigtails", "side braid")
_BEHIND_THE_HEAD = ("ponytail", "low bun", "cornrows")


def front_hair(style: str, behind: HairShape, bare: Geometry, shape: FaceShape) -> HairShape:
    """The hair of a style from the front, from its look from behind on the same skull."""
    head = HeadToDress("front", bare, shape)
    edge = [(x, y + head.down) for x, y in HAIRLINES["front"][_HAIRLINE_OF.get(style, "swept")]]
    loose = behind.covers_ears and bool(behind.back)
    below = _BETWEEN_LOCKS if loose else EAR_FACE["front"]
    face = polygon([*map(tuple, curve(edge, steps=4)), *below])
    above = box(-90, -90, 90, 13 + head.down)
    cap = behind.cap.difference(face).intersection(above)
    if loose:  # the hair falls on both sides of the face, in one mass with the cap
        cap = union([behind.cap, behind.back[0]]).difference(face)
    hair = replace(behind, cap=fill_creases(cap, 1.0), front=[], strands=_short_strands(behind))
    if style in ("balding", "bald"):
        hair.cap = behind.cap.difference(bare.buffer(-2.5)).intersection(box(-90, -8, 90, 16))
    if style == "mohawk":
        hair.cap = behind.cap.intersection(box(-90, -90, 90, -34))
    if not behind.shaved.is_empty:
        hair.shaved = head.cap(-1.6, "high").intersection(above)
    if style in _BESIDE_THE_FACE:
        hair.front, hair.back = behind.back, []
    elif style in _BEHIND_THE_HEAD:
        hair.back, hair.ties = [], []
    return hair


def _short_strands(behind: HairShape) -> list[list[tuple[float, float]]]:
    """Only what would show above a forehead; the rest belongs to the back of the head."""
    return [[(x, min(y, -22.0)) for x, y in strand[:2]] for strand in behind.strands if strand]
