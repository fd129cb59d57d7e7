"""All kinds of props, animals and signs, by their words."""

from __future__ import annotations

from storypainter.ink.animals import animal, farm, woods
from storypainter.ink.animals import home as at_home
from storypainter.ink.animals import town as in_town
from storypainter.ink.animals import water as in_water
from storypainter.ink.animals.animal import AnimalKind
from storypainter.ink.boards import kinds as boards
from storypainter.ink.boards.kinds import BoardKind
from storypainter.ink.props import (
    carried,
    events_airport,
    events_gear,
    events_party,
    events_sport,
    events_toasts,
    events_wedding,
    food,
    garden,
    health,
    home,
    kitchen,
    kitchenware,
    land,
    learning,
    park,
    play,
    town,
    travel,
    water,
    work,
)
from storypainter.ink.props.prop import PropKind

PROP_MODULES = (
    home,
    park,
    garden,
    food,
    play,
    carried,
    kitchen,
    kitchenware,
    land,
    town,
    learning,
    work,
    events_airport,
    events_gear,
    events_party,
    events_sport,
    events_toasts,
    events_wedding,
    health,
    travel,
    water,
)
ANIMAL_MODULES = (animal, at_home, farm, in_town, in_water, woods)

PROPS: dict[str, PropKind] = {kind.word: kind for module in PROP_MODULES for kind in module.KINDS}
ANIMALS: dict[str, AnimalKind] = {
    kind.word: kind for module in ANIMAL_MODULES for kind in module.KINDS
}
BOARDS: dict[str, BoardKind] = {kind.word: kind for kind in boards.KINDS}
