"""All animals of farms and gardens."""

from __future__ import annotations

from storypainter.ink.animals import farm_large, farm_small
from storypainter.ink.animals.animal import AnimalKind

KINDS: tuple[AnimalKind, ...] = (*farm_large.KINDS, *farm_small.KINDS)
