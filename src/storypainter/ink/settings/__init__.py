"""All setting kits, by their words."""

from __future__ import annotations

from storypainter.ink.kits import Kit
from storypainter.ink.settings import (
    bathroom,
    bedroom,
    classroom,
    garden,
    hallway,
    kitchen,
    living_room,
    park,
    plain,
    street,
    supermarket,
)

_MODULES = (
    bathroom,
    bedroom,
    classroom,
    garden,
    hallway,
    kitchen,
    living_room,
    park,
    plain,
    street,
    supermarket,
)

KITS: dict[str, Kit] = {module.KIT.word: module.KIT for module in _MODULES}
