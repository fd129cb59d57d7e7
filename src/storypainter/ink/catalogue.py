"""All kinds of props, animals and signs, by their words."""

from __future__ import annotations

from storypainter.ink import (
    animals,
    animals_farm,
    animals_home,
    animals_town,
    animals_water,
    animals_woods,
    boards,
    props_carried,
    props_events_airport,
    props_events_gear,
    props_events_party,
    props_events_sport,
    props_events_toasts,
    props_events_wedding,
    props_food,
    props_garden,
    props_health,
    props_home,
    props_kitchen,
    props_kitchenware,
    props_land,
    props_learning,
    props_park,
    props_play,
    props_town,
    props_travel,
    props_water,
    props_work,
)
from storypainter.ink.animals import AnimalKind
from storypainter.ink.boards import BoardKind
from storypainter.ink.props import PropKind

PROP_MODULES = (
    props_home,
    props_park,
    props_garden,
    props_food,
    props_play,
    props_carried,
    props_kitchen,
    props_kitchenware,
    props_land,
    props_town,
    props_learning,
    props_work,
    props_events_airport,
    props_events_gear,
    props_events_party,
    props_events_sport,
    props_events_toasts,
    props_events_wedding,
    props_health,
    props_travel,
    props_water,
)
ANIMAL_MODULES = (animals, animals_home, animals_farm, animals_town, animals_water, animals_woods)

PROPS: dict[str, PropKind] = {kind.word: kind for module in PROP_MODULES for kind in module.KINDS}
ANIMALS: dict[str, AnimalKind] = {
    kind.word: kind for module in ANIMAL_MODULES for kind in module.KINDS
}
BOARDS: dict[str, BoardKind] = {kind.word: kind for kind in boards.KINDS}
