"""All setting kits, by their words."""

from __future__ import annotations

from dataclasses import replace

from storypainter.ink.kits import Kit, Scenery
from storypainter.ink.scenery.lamplight import paint_lamplight
from storypainter.ink.scenery.mounts import paint_mounts
from storypainter.ink.settings import (
    airport,
    anywhere,
    bathroom,
    beach,
    bedroom,
    birthday_party,
    building_site,
    bus,
    bus_stop,
    cafe,
    campsite,
    car_in_traffic,
    classroom,
    farm,
    garden,
    hallway,
    hospital_room,
    kitchen,
    library,
    living_room,
    market,
    museum,
    office,
    park,
    pier,
    plain,
    playground,
    restaurant,
    snowy_yard,
    sports_ground,
    station_platform,
    street,
    supermarket,
    theatre,
    waiting_room,
    wedding,
)

_MODULES = (
    airport,
    anywhere,
    bathroom,
    beach,
    bedroom,
    birthday_party,
    building_site,
    bus,
    bus_stop,
    cafe,
    campsite,
    car_in_traffic,
    classroom,
    farm,
    garden,
    hallway,
    hospital_room,
    kitchen,
    library,
    living_room,
    market,
    museum,
    office,
    park,
    pier,
    plain,
    snowy_yard,
    playground,
    sports_ground,
    station_platform,
    street,
    supermarket,
    theatre,
    waiting_room,
    wedding,
    restaurant,
)


def _complete(kit: Kit) -> Kit:
    """A kit whose scenery also holds what carries the signs that hang in it, and its lamplight."""

    def paint(scenery: Scenery) -> None:
        kit.paint(scenery)
        if kit.indoors:
            paint_lamplight(scenery, kit.lamplight)
        paint_mounts(scenery)

    return replace(kit, paint=paint)


KITS: dict[str, Kit] = {module.KIT.word: _complete(module.KIT) for module in _MODULES}
