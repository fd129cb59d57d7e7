"""What people wear: the Scene's attire, else the role's, else clothes for age, gender and locale.

Words and cuts are in ``attire_words``, roles in ``roles``, cultures in ``locales``; this module
puts garments on in order and gives them harmonious colours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from storypainter.ink.drawing.palette import colour
from storypainter.ink.people.attire_words import (
    ATTIRE,
    BACK,
    BOTTOMS,
    EXTRAS,
    FACE_WEAR,
    HATS,
    OUTERS,
    SHOES,
    SINGLE,
    SUITS,
    TOPS,
    USUAL,
    Bottom,
    Outer,
    Sleeve,
    Top,
)
from storypainter.ink.people.faces.face import SKINS
from storypainter.ink.people.locales import Locale
from storypainter.ink.people.roles import ROLES, garments
from storypainter.scene import Garment, Person

__all__ = [
    "ATTIRE",
    "PLAIN_ROLES",
    "ROLE_ATTIRE",
    "Bottom",
    "Outer",
    "Outfit",
    "Sleeve",
    "Top",
    "dress",
]

#: What people of a role wear when the Scene does not say.
ROLE_ATTIRE: dict[str, tuple[Garment, ...]] = {
    word: role.wears for word, role in ROLES.items() if not role.plain
}
#: Roles that people without a profession have; their attire follows age, gender and locale.
PLAIN_ROLES: tuple[str, ...] = tuple(word for word, role in ROLES.items() if role.plain)


@dataclass(slots=True)
class Outfit:
    """All that a person wears, in resolved colours; absent pieces are ``None``.

    ``shoes`` are the kind and colour that the feet are built of, ``footwear`` the garment's own
    word. ``extras`` are worn over the clothes, word to colour, in order of dressing; ``skin`` is
    the colour of bare limbs, ``number`` what a numbered shirt says.
    """

    top: Top
    bottom: Bottom
    shoes: tuple[str, str]
    footwear: str = "shoes"
    outer: Outer | None = None
    apron: str | None = None
    apron_pattern: str = ""
    bib: str | None = None
    belt: str | None = None
    tie: str | None = None
    bow_tie: str | None = None
    scarf: str | None = None
    sash: str | None = None
    hat: tuple[str, str] | None = None
    glasses: str | None = None
    shoulder_bag: str | None = None
    badge: bool = False
    skin: str = "#f2cba8"
    number: int = 10
    extras: dict[str, str] = field(default_factory=dict)
    worn: list[str] = field(default_factory=list)

    @property
    def backpack(self) -> str | None:
        """The colour of what hangs behind the trunk: a backpack, a cape, wings."""
        return next((shade for word, shade in self.extras.items() if word in BACK), None)

    @property
    def hands(self) -> str | None:
        """The colour of gloves on both hands; ``None`` where they are bare."""
        return next((self.extras[word] for word in GLOVES if word in self.extras), None)


GLOVES = ("gloves", "mittens", "rubber gloves", "boxing gloves", "work gloves")
#: Shoes that the feet are built of, for words that are not built themselves.
_BUILT: dict[str, str] = {
    **dict.fromkeys(("boots", "wellington boots", "riding boots", "cowboy boots"), "boots"),
    **dict.fromkeys(("ski boots",), "boots"),
    **dict.fromkeys(("trainers", "football boots"), "trainers"),
    **dict.fromkeys(("sandals", "flip-flops", "bare feet", "flippers"), "sandals"),
}
#: Colours that go together: top, bottom, a second layer, an accent.
_HARMONIES: tuple[tuple[str, str, str, str], ...] = (
    ("red", "denim", "navy", "mustard"),
    ("azure", "charcoal", "mustard", "red"),
    ("mustard", "slate", "teal", "crimson"),
    ("green", "chocolate", "mustard", "orange"),
    ("salmon", "denim", "plum", "teal"),
    ("lavender", "indigo", "plum", "mustard"),
    ("teal", "beige", "rust", "mustard"),
    ("orange", "navy", "slate", "turquoise"),
    ("ivory", "denim", "red", "emerald"),
    ("turquoise", "charcoal", "navy", "coral"),
    ("pink", "slate", "burgundy", "teal"),
    ("violet", "charcoal", "slate", "lemon"),
)
_Wardrobe = tuple[tuple[str, ...], ...]
_YOUNG_GIRL: _Wardrobe = (
    ("dress", "shoes"),
    ("t-shirt", "skirt", "trainers"),
    ("striped t-shirt", "shorts", "trainers"),
    ("t-shirt", "overalls", "trainers"),
)
_YOUNG: _Wardrobe = (
    ("striped t-shirt", "shorts", "trainers"),
    ("t-shirt", "shorts", "trainers"),
    ("jumper", "trousers", "shoes"),
    ("t-shirt", "overalls", "trainers"),
)
_TEEN: _Wardrobe = (
    ("hoodie", "jeans", "trainers"),
    ("t-shirt", "jeans", "trainers"),
    ("striped t-shirt", "shorts", "trainers"),
)
_OLD_WOMAN: _Wardrobe = (
    ("blouse", "cardigan", "skirt", "shoes"),
    ("blouse", "coat", "skirt", "shoes"),
)
_OLD_MAN: _Wardrobe = (
    ("shirt", "cardigan", "trousers", "shoes"),
    ("shirt", "waistcoat", "trousers", "shoes"),
    ("shirt", "jacket", "trousers", "shoes", "flat cap"),
)
_WOMAN: _Wardrobe = (
    ("blouse", "skirt", "shoes"),
    ("dress", "shoes"),
    ("jumper", "trousers", "shoes"),
    ("t-shirt", "cardigan", "jeans", "trainers"),
)
_MAN: _Wardrobe = (
    ("shirt", "trousers", "shoes"),
    ("t-shirt", "jacket", "jeans", "trainers"),
    ("jumper", "trousers", "shoes"),
    ("polo shirt", "shorts", "trainers"),
)


class _Chooser:
    """Picks by the person's id, so that the same person always wears the same."""

    def __init__(self, person_id: str) -> None:
        digest = hashlib.blake2b(person_id.encode(), digest_size=8).digest()
        self._number = int.from_bytes(digest, "big")

    @property
    def shirt_number(self) -> int:
        """A number of a numbered shirt, 1 to 99; always the same for a person."""
        return 1 + self._number % 99

    def pick(self, count: int, salt: int) -> int:
        return (self._number >> (salt * 5)) % count


def _casual(person: Person, chooser: _Chooser) -> tuple[Garment, ...]:
    female = person.gender == "female"
    choices = {
        "toddler": _YOUNG_GIRL if female else _YOUNG,
        "child": _YOUNG_GIRL if female else _YOUNG,
        "teen": _TEEN,
        "elder": _OLD_WOMAN if female else _OLD_MAN,
        "adult": _WOMAN if female else _MAN,
    }[person.age]
    return garments(*choices[chooser.pick(len(choices), 1)])


#: What dresses trunk or legs; whoever names one of these says all that is worn.
_ROBES = {word for word, outer in OUTERS.items() if outer.get("cut", "coat") != "coat"}
_CLOTHES = frozenset({*TOPS, *SUITS, *BOTTOMS, *_ROBES, "overalls"})


def attire_of(person: Person, locale: Locale | None = None) -> tuple[Garment, ...]:
    """The garments of a person before missing pieces are added; see :func:`dress`.

    A Scene that names only what is worn over clothes or beside them (glasses, a coat, a scarf)
    adds to the usual clothes of role and locale.
    """
    if any(garment.kind in _CLOTHES for garment in person.attire):
        return person.attire
    return (*_usual(person, locale), *person.attire)


def _usual(person: Person, locale: Locale | None) -> tuple[Garment, ...]:
    """What role, locale, age and gender make somebody wear."""
    role = ROLES.get(person.role)
    if role is not None and not role.plain:
        return role.attire(person.gender)
    if locale is not None and (worn := locale.wardrobe(person)):
        return worn
    return _casual(person, _Chooser(person.id))


def dress(person: Person, locale: Locale | None = None) -> Outfit:
    """What a person wears: the Scene's attire, else the role's, else the locale's or everyday ones.

    Pieces that are missing (a bottom, shoes) are added; unknown garments are left out, for the
    painter checks words against the vocabulary before it draws.

    Args:
        person: a Scene's person.
        locale: where the Scene is set, from :func:`storypainter.ink.people.locales.locale_of`.

    Raises:
        BadInput: a colour is not in the palette.
    """
    chooser = _Chooser(person.id)
    harmony = _HARMONIES[chooser.pick(len(_HARMONIES), 0)]
    worn = _completed(person, attire_of(person, locale), harmony)
    top = Top("shirt", colour("ivory"))
    outfit = Outfit(top, Bottom("trousers", colour(harmony[1])), ("shoes", colour("black")))
    outfit.skin = SKINS.get(person.skin) or colour(person.skin)
    outfit.number = chooser.shirt_number
    for garment in worn:
        _put_on(outfit, garment, harmony)
    if outfit.bottom.kind == "dress":
        _bodice(outfit, person, chooser)
    return outfit


def _completed(
    person: Person, worn: tuple[Garment, ...], harmony: tuple[str, str, str, str]
) -> tuple[Garment, ...]:
    """With a top, a bottom and shoes, where the garments leave them out."""
    kinds = {garment.kind for garment in worn}
    dresses = {word for word, bottom in BOTTOMS.items() if bottom.kind == "dress"}
    if not kinds & {*TOPS, *SUITS, *dresses}:
        base = "blouse" if person.gender == "female" else "shirt"
        young = person.age in ("toddler", "child", "teen")
        robed = any(OUTERS.get(kind, {}).get("cut", "coat") != "coat" for kind in kinds)
        plain = "t-shirt" if young or robed else base
        worn += garments(f"{plain}:{'ivory' if kinds & set(OUTERS) else harmony[0]}")
    if not kinds & {*BOTTOMS, *SUITS, "overalls"}:
        female_elder = person.gender == "female" and person.age == "elder"
        bare = kinds & {"hospital gown", "sheet costume"}
        word = "skirt:white" if bare else "skirt" if female_elder else "trousers"
        worn += garments(word if ":" in word else f"{word}:{harmony[1]}")
    if not kinds & set(SHOES):
        worn += garments("trainers" if person.age in ("child", "teen", "toddler") else "shoes")
    return worn


def _bodice(outfit: Outfit, person: Person, chooser: _Chooser) -> None:
    """The upper half of a dress."""
    bottom = outfit.bottom
    if outfit.top.kind != "shirt" and "shirt" not in outfit.worn and outfit.top.kind in TOPS:
        return
    plain = person.age in ("toddler", "child") or chooser.pick(2, 3) == 0
    sleeve = bottom.sleeve or ("short" if plain else "long")
    outfit.top = Top("dress", bottom.colour, sleeve, bottom.neck, tucked=False)


def _put_on(outfit: Outfit, garment: Garment, harmony: tuple[str, str, str, str]) -> None:
    kind = garment.kind

    def shade(of_harmony: int) -> str:
        if garment.colour:
            return colour(garment.colour)
        return colour(USUAL.get(kind, harmony[of_harmony]))

    if kind == "jumper" and outfit.top.kind == "shirt" and "shirt" in outfit.worn:
        outfit.top = Top("jumper", shade(0), "long", "collar")
    elif kind in TOPS:
        outfit.top = Top(kind, shade(0), **TOPS[kind])  # type: ignore[arg-type]
        if outfit.top.pattern == "bare":
            outfit.top = replace(outfit.top, colour=outfit.skin)
    elif kind in SUITS:
        _put_on_suit(outfit, kind, shade(0))
    elif kind in OUTERS:
        outfit.outer = Outer(kind, shade(2), **OUTERS[kind])  # type: ignore[arg-type]
    elif kind in BOTTOMS:
        usual = BOTTOMS[kind]
        main = 0 if usual.kind == "dress" else 1
        outfit.bottom = _tinted(usual, shade(main))
    else:
        _put_on_piece(outfit, kind, shade)
    outfit.worn.append(kind)


def _tinted(usual: Bottom, shade: str) -> Bottom:
    return replace(usual, colour=shade)


def _put_on_suit(outfit: Outfit, kind: str, shade: str) -> None:
    """A word that dresses trunk and legs at once."""
    suit = SUITS[kind]
    outfit.top = Top(kind, shade, **suit.top)  # type: ignore[arg-type]
    if "bare" in outfit.top.pattern:
        outfit.top = replace(outfit.top, colour=outfit.skin)
    lower = colour(suit.lower) if suit.lower else shade
    outfit.bottom = Bottom(suit.bottom, lower, pattern=outfit.top.pattern)


def _put_on_piece(outfit: Outfit, kind: str, shade: Callable[[int], str]) -> None:
    """Hats, shoes, what is worn on the face, and single pieces."""
    if kind == "overalls":
        outfit.bib = shade(1)
        outfit.bottom = Bottom("trousers", outfit.bib)
    elif kind in HATS:
        joined = kind if outfit.hat is None else f"{outfit.hat[0]}+{kind}"
        outfit.hat = (joined, shade(3) if outfit.hat is None else outfit.hat[1])
    elif kind in SHOES:
        built = _BUILT.get(kind, "shoes")
        outfit.footwear = kind
        outfit.shoes = (built, outfit.skin if kind == "bare feet" else shade(3))
    elif kind in FACE_WEAR:
        clear = kind in ("glasses", "sunglasses", "reading glasses")
        word = kind if clear else f"{kind} {shade(3)}"
        outfit.glasses = word if outfit.glasses is None else f"{outfit.glasses}+{word}"
    elif kind == "striped apron":
        outfit.apron, outfit.apron_pattern = shade(3), "bars"
    elif kind == "badge":
        outfit.badge = True
    elif kind in ("tie", "necktie"):
        outfit.tie = shade(3)
    elif kind in EXTRAS:
        outfit.extras[kind] = shade(3)
    elif kind in SINGLE:
        setattr(outfit, kind.replace(" ", "_"), shade(3))
