"""All kinds of props, animals and signs, by their words.

``PROPS`` lists what ink draws by itself. It also answers to the words of :func:`stand_in_words`,
without listing them: ``word in PROPS`` stays false, ``PROPS[word]`` gives what stands in. Whether
a Scene may use such a word is for ``check_scene`` to say.
"""

from __future__ import annotations

from functools import cache

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
    openmoji,
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


class _Props(dict[str, PropKind]):
    """Our own props by word; what stands in for a missing one is made when it is asked for."""

    def __missing__(self, word: str) -> PropKind:
        if word not in stand_in_words():
            raise KeyError(word)
        return openmoji.kind(word)


PROPS: dict[str, PropKind] = _Props(
    (kind.word, kind) for module in PROP_MODULES for kind in module.KINDS
)
ANIMALS: dict[str, AnimalKind] = {
    kind.word: kind for module in ANIMAL_MODULES for kind in module.KINDS
}
BOARDS: dict[str, BoardKind] = {kind.word: kind for kind in boards.KINDS}


@cache
def stand_in_words() -> frozenset[str]:
    """The words of OpenMoji's pictures for which we have no prop, animal or sign of our own."""
    return frozenset(openmoji.words()) - {*PROPS, *ANIMALS, *BOARDS}
