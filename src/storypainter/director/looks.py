"""How people look of whom a text says nothing: different from each other, relatives alike."""

from __future__ import annotations

import zlib

from storypainter.scene import Hair, Person, Scene

_SKINS = ("light", "brown", "tan", "pale", "dark", "olive", "light", "tan")
_SHADES = {
    "pale": ("ginger", "blond", "brown", "dark brown"),
    "light": ("brown", "blond", "dark brown", "chestnut", "black"),
    "olive": ("dark brown", "black", "brown"),
    "tan": ("black", "dark brown", "brown"),
    "brown": ("black", "dark brown"),
    "dark": ("black",),
}
_STYLES = {
    "female": ("bob", "ponytail", "long", "wavy", "bun", "shoulder length", "curly", "braids"),
    "male": ("short", "curly", "crew cut", "side parting", "messy", "short", "afro"),
}
_KIN = frozenset(
    (
        *("mother", "father", "son", "daughter", "brother", "sister", "grandmother"),
        *("grandfather", "aunt", "uncle", "grandchild", "granddaughter", "grandson", "parent"),
        *("baby", "toddler"),
    )
)
_USUAL = str(Person.model_fields["skin"].default)


def varied(scene: Scene, *, hair: bool = True) -> Scene:
    """The Scene with a skin, and ``hair``, for everybody who has only the usual ones.

    Leave hair out where the text speaks of it: what it says may be the usual one.
    """
    family = "+".join(person.id for person in scene.people)
    people = tuple(_looking(person, family, hair) for person in scene.people)
    return scene.model_copy(update={"people": people})


def _looking(person: Person, family: str, styled: bool) -> Person:
    kin = family if person.role in _KIN else person.id
    skin = _pick(_SKINS, kin, "skin") if person.skin == _USUAL else person.skin
    if person.hair != Hair() or not styled:
        return person.model_copy(update={"skin": skin})
    shade = _pick(_SHADES.get(skin, _SHADES["light"]), kin, "shade")
    styles = _STYLES["female" if person.gender == "female" else "male"]
    hair = Hair(
        style=_pick(styles, person.id, "style"), colour="grey" if person.age == "elder" else shade
    )
    return person.model_copy(update={"skin": skin, "hair": hair})


def _pick(options: tuple[str, ...], name: str, what: str) -> str:
    """Always the same option for the same name."""
    return options[zlib.crc32(f"{what}:{name}".encode()) % len(options)]
