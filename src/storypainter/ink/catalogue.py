"""All kinds of props, animals and signs, by their words."""

from __future__ import annotations

from storypainter.ink import animals, boards, props_carried, props_food, props_garden, props_play
from storypainter.ink.animals import AnimalKind
from storypainter.ink.boards import BoardKind
from storypainter.ink.props import PropKind

PROPS: dict[str, PropKind] = {
    kind.word: kind
    for kind in (
        *props_garden.KINDS,
        *props_food.KINDS,
        *props_play.KINDS,
        *props_carried.KINDS,
    )
}
ANIMALS: dict[str, AnimalKind] = {kind.word: kind for kind in animals.KINDS}
BOARDS: dict[str, BoardKind] = {kind.word: kind for kind in boards.KINDS}
