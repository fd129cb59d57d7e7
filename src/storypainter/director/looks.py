"""How people look of whom a text says nothing: different from each other, relatives alike.

The same story always gets the same looks; another story, or another seed, gets others. Clothes are
chosen for people of everyday roles only: a nurse's are the painter's knowledge.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from storypainter.director.gazetteer import word_list
from storypainter.scene import Garment, Hair, Person, Scene
from storypainter.vocabulary import Vocabulary

_USUAL = str(Person.model_fields["skin"].default)
_YOUNG = ("toddler", "child", "teen")


def varied(scene: Scene, vocabulary: Vocabulary, *, seed: int = 0, hair: bool = True) -> Scene:
    """The Scene with a skin, ``hair`` and clothes for everybody who has only the usual ones.

    Leave hair out where the text speaks of it: what it says may be the usual one.
    """
    story = "+".join(element.id for element in scene.elements)
    chooser = _Chooser(f"{seed}:{story}", hair)
    people = tuple(chooser.looking(person) for person in scene.people)
    return scene.model_copy(
        update={"people": tuple(chooser.dressed(p, vocabulary) for p in people)}
    )


@cache
def _tables() -> Mapping[str, Any]:
    return word_list("appearance")


class _Chooser:
    """Chooses for one story; what somebody has got, nobody else gets as long as there is more."""

    def __init__(self, story: str, styled: bool) -> None:
        self.story = story
        self.styled = styled
        self.worn: set[str] = set()

    def looking(self, person: Person) -> Person:
        """With a skin, and hair that goes with it."""
        tables = _tables()
        kin = "family" if person.role in tables["kin"] else person.id
        skin = person.skin if person.skin != _USUAL else self._pick(tables["skins"], kin, "skin")
        if person.hair != Hair() or not self.styled:
            return person.model_copy(update={"skin": skin})
        shade = self._pick(tables["shades"].get(skin, tables["shades"][_USUAL]), kin, "shade")
        styles = tables["styles"]["female" if person.gender == "female" else "male"]
        hair = Hair(
            style=self._pick(styles, person.id, "style"),
            colour=self._pick(("grey", "white"), person.id, "age")
            if person.age == "elder"
            else shade,
        )
        return person.model_copy(update={"skin": skin, "hair": hair})

    def dressed(self, person: Person, vocabulary: Vocabulary) -> Person:
        """In everyday clothes that nobody else of the story wears, if nothing is told of them."""
        if person.attire or person.role not in vocabulary.everyday:
            return person
        age = "young" if person.age in _YOUNG else person.age
        sex = "female" if person.gender == "female" else "male"
        outfits = _tables()["outfits"][f"{age} {sex}"]
        start = self._number(person.id, "clothes") % len(outfits)
        order = [*outfits[start:], *outfits[:start]]
        chosen = next((each for each in order if each not in self.worn), order[0])
        self.worn.add(chosen)
        return person.model_copy(update={"attire": tuple(map(_garment, chosen.split(", ")))})

    def _number(self, name: str, what: str) -> int:
        return zlib.crc32(f"{what}:{name}:{self.story}".encode())

    def _pick(self, options: tuple[str, ...] | list[str], name: str, what: str) -> str:
        return options[self._number(name, what) % len(options)]


def _garment(text: str) -> Garment:
    kind, _, colour = text.partition(":")
    return Garment(kind=kind, colour=colour or None)
