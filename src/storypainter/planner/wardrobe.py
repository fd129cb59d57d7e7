"""Garments as they are written in a world: read, and where on the body they sit."""

from __future__ import annotations

import re
from functools import lru_cache

from storypainter.vocabulary import painter_vocabulary

_ENDINGS = {
    "head": (
        "hat", "cap", "beanie", "helmet", "headscarf", "crown", "veil", "hijab", "turban", "bonnet",
        "beret", "tiara", "bandana", "mortarboard", "deerstalker", "fedora", "head wrap",
        "headband", "hair bow", "headphones", "songkok", "kufi", "gat", "keffiyeh",
    ),
    "feet": (
        "boots", "shoes", "trainers", "slippers", "sandals", "flip-flops", "clogs", "flippers",
        "bare feet", "high heels",
    ),
    "neck": ("scarf", "neckerchief", "tie", "necklace", "pearls", "flower lei", "garland", "medal"),
    "eyes": ("glasses", "sunglasses", "goggles", "eye patch", "eye mask"),
    "waist": ("apron",),
}  # fmt: skip


@lru_cache(maxsize=4096)
def zone_of(text: str) -> str:
    """The place of a garment such as ``red straw hat``: head, feet, neck, eyes, waist or body."""
    kind = garment(text, "red")["kind"]
    for zone, endings in _ENDINGS.items():
        if any(kind == each or kind.endswith(f" {each}") for each in endings):
            return zone
    return "body"


@lru_cache(maxsize=2048)
def _garment(text: str) -> tuple[str, str]:
    words = text.split()
    known = painter_vocabulary().attire
    for start in range(len(words)):
        if " ".join(words[start:]) in known:
            return " ".join(words[start:]), " ".join(words[:start])
    return text, ""


def garment(text: str, colour: str) -> dict[str, str]:
    """``red bow tie`` as a Garment's plain data; ``{colour}`` is replaced."""
    kind, said = _garment(re.sub(r"\s+", " ", text.replace("{colour}", colour)).strip())
    return {"kind": kind, "colour": said} if said else {"kind": kind}
