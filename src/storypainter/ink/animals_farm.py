"""All animals of farms and gardens."""

from __future__ import annotations

from storypainter.ink import animals_farm_large, animals_farm_small
from storypainter.ink.animals import AnimalKind

KINDS: tuple[AnimalKind, ...] = (*animals_farm_large.KINDS, *animals_farm_small.KINDS)
