"""The words that the figure half of ink can draw, as plain data."""

from __future__ import annotations

from storypainter.ink.drawing.palette import NAMED
from storypainter.ink.people.attire import ATTIRE, PLAIN_ROLES, ROLE_ATTIRE
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.faces.expressions import EXPRESSIONS
from storypainter.ink.people.faces.face import SKINS
from storypainter.ink.people.faces.hair import BEARDS, HAIR_COLOURS, HAIR_STYLES

FIGURE_VOCABULARY: dict[str, tuple[str, ...]] = {
    "poses": tuple(sorted(POSES)),
    "expressions": tuple(sorted(EXPRESSIONS)),
    "attire": tuple(sorted(ATTIRE)),
    "hair": tuple(sorted(HAIR_STYLES)),
    "hair_colours": tuple(sorted(HAIR_COLOURS)),
    "beards": BEARDS,
    "skins": tuple(SKINS),
    "roles": tuple(sorted({*ROLE_ATTIRE, *PLAIN_ROLES})),
    "everyday_roles": tuple(sorted(PLAIN_ROLES)),
    "colours": tuple(sorted(NAMED)),
}
