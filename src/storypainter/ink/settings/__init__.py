"""All setting kits, by their words."""

from __future__ import annotations

from storypainter.ink.kits import Kit
from storypainter.ink.settings import (
    bathroom,
    beach,
    bedroom,
    bus_stop,
    classroom,
    farm,
    garden,
    hallway,
    hospital_room,
    kitchen,
    library,
    living_room,
    museum,
    market,
    park,
    plain,
    playground,
    street,
    supermarket,
)

_MODULES = (
    bathroom,
    beach,
    bedroom,
    bus_stop,
    classroom,
    farm,
    garden,
    hallway,
    hospital_room,
    kitchen,
    library,
    living_room,
    museum,
    market,
    park,
    plain,
    playground,
    street,
    supermarket,
)

KITS: dict[str, Kit] = {module.KIT.word: module.KIT for module in _MODULES}
