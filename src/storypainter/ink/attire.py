"""What people wear: garments of a Scene, defaults by role and age, and harmonious colours."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from storypainter.ink.palette import colour
from storypainter.scene import Garment, Person

Sleeve = Literal["long", "short", "none"]
Neck = Literal["collar", "round", "v", "hood", "high"]


@dataclass(frozen=True, slots=True)
class Top:
    """What covers the trunk next to the skin."""

    kind: str
    colour: str
    sleeve: Sleeve = "long"
    neck: Neck = "round"
    striped: bool = False
    buttoned: bool = False
    tucked: bool = False


@dataclass(frozen=True, slots=True)
class Outer:
    """What is worn over the top; ``length`` 0 ends at the hips, 1 at the knees."""

    kind: str
    colour: str
    sleeve: Sleeve = "long"
    length: float = 0.0
    closed: bool = False
    lapels: bool = False
    bands: bool = False
    hood: bool = False


@dataclass(frozen=True, slots=True)
class Bottom:
    """What covers the legs; ``dress`` is of one piece with the top."""

    kind: Literal["trousers", "shorts", "skirt", "dress"]
    colour: str
    length: float = 0.9


@dataclass(slots=True)
class Outfit:
    """All that a person wears, in resolved colours; absent pieces are ``None``."""

    top: Top
    bottom: Bottom
    shoes: tuple[str, str]
    outer: Outer | None = None
    apron: str | None = None
    bib: str | None = None
    belt: str | None = None
    tie: str | None = None
    bow_tie: str | None = None
    scarf: str | None = None
    sash: str | None = None
    hat: tuple[str, str] | None = None
    glasses: str | None = None
    backpack: str | None = None
    shoulder_bag: str | None = None
    badge: bool = False
    worn: list[str] = field(default_factory=list)


TOPS: dict[str, dict[str, object]] = {
    "shirt": {"neck": "collar", "buttoned": True},
    "t-shirt": {"sleeve": "short"},
    "striped t-shirt": {"sleeve": "short", "striped": True},
    "polo shirt": {"sleeve": "short", "neck": "collar"},
    "blouse": {"neck": "v"},
    "jumper": {},
    "hoodie": {"neck": "hood"},
    "uniform": {"neck": "collar", "buttoned": True, "tucked": True},
    "turtleneck": {"neck": "high"},
    "vest top": {"sleeve": "none"},
}
OUTERS: dict[str, dict[str, object]] = {
    "cardigan": {},
    "jacket": {},
    "suit jacket": {"lapels": True, "length": 0.18},
    "coat": {"lapels": True, "length": 0.8},
    "raincoat": {"length": 0.75, "closed": True, "hood": True},
    "lab coat": {"lapels": True, "length": 0.85},
    "waistcoat": {"sleeve": "none"},
    "hi-vis vest": {"sleeve": "none", "bands": True},
}
BOTTOMS: dict[str, Bottom] = {
    "trousers": Bottom("trousers", "slate"),
    "jeans": Bottom("trousers", "denim"),
    "leggings": Bottom("trousers", "charcoal"),
    "shorts": Bottom("shorts", "denim"),
    "skirt": Bottom("skirt", "denim", 0.92),
    "long skirt": Bottom("skirt", "denim", 1.5),
    "dress": Bottom("dress", "mustard", 0.92),
    "long dress": Bottom("dress", "plum", 1.5),
}
HATS: tuple[str, ...] = (
    "cap",
    "flat cap",
    "sun hat",
    "straw hat",
    "chef hat",
    "paper hat",
    "helmet",
    "ranger hat",
    "police cap",
    "beanie",
    "hijab",
    "turban",
)
SHOES: tuple[str, ...] = ("shoes", "trainers", "boots", "sandals")
_SINGLE = (
    "overalls",
    "apron",
    "tie",
    "bow tie",
    "scarf",
    "sash",
    "glasses",
    "sunglasses",
    "backpack",
    "shoulder bag",
    "badge",
    "belt",
)
ATTIRE: tuple[str, ...] = (*TOPS, *OUTERS, *BOTTOMS, *HATS, *SHOES, *_SINGLE)

#: Usual colours; a garment that is missing here gets one of the person's own harmony.
_USUAL: dict[str, str] = {
    "shirt": "ivory",
    "uniform": "azure",
    "suit jacket": "navy",
    "lab coat": "white",
    "waistcoat": "plum",
    "raincoat": "yellow",
    "hi-vis vest": "bright orange",
    "jeans": "denim",
    "leggings": "charcoal",
    "apron": "white",
    "overalls": "denim",
    "tie": "crimson",
    "bow tie": "crimson",
    "scarf": "mustard",
    "sash": "crimson",
    "flat cap": "slate",
    "sun hat": "cream",
    "straw hat": "sand",
    "chef hat": "white",
    "paper hat": "white",
    "helmet": "yellow",
    "ranger hat": "olive",
    "police cap": "navy",
    "glasses": "black",
    "sunglasses": "black",
    "backpack": "emerald",
    "shoulder bag": "brown",
    "boots": "brown",
    "shoes": "black",
    "trainers": "white",
    "sandals": "brown",
    "badge": "gold",
    "belt": "chocolate",
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


def _g(*words: str) -> tuple[Garment, ...]:
    """Garments of words such as ``apron:white``."""
    pairs = (word.partition(":") for word in words)
    return tuple(Garment(kind=kind, colour=shade or None) for kind, _, shade in pairs)


#: What people of a role wear when the Scene does not say.
ROLE_ATTIRE: dict[str, tuple[Garment, ...]] = {
    "painter": _g("shirt:ivory", "overalls:denim", "cap:white", "shoes:brown"),
    "painter and decorator": _g("t-shirt:ivory", "overalls:white", "cap:azure", "boots:brown"),
    "decorator": _g("t-shirt:ivory", "overalls:white", "cap:azure", "boots:brown"),
    "rival cook": _g("shirt:white", "trousers:grey", "apron:dark green"),
    "violinist": _g("shirt:white", "suit jacket:black", "bow tie:crimson", "trousers:black"),
    "ice cream seller": _g("striped t-shirt:coral", "trousers:slate", "apron:white", "paper hat"),
    "baker": _g("shirt:white", "trousers:slate", "apron:cream", "chef hat"),
    "cook": _g("shirt:white", "trousers:charcoal", "apron:white", "chef hat"),
    "chef": _g("shirt:white", "trousers:charcoal", "apron:white", "chef hat"),
    "waiter": _g("shirt:white", "waistcoat:black", "bow tie:black", "trousers:black"),
    "waitress": _g("blouse:white", "skirt:black", "apron:white"),
    "police officer": _g("uniform:azure", "tie:navy", "trousers:navy", "police cap", "badge"),
    "security guard": _g("uniform:white", "tie:black", "trousers:black", "police cap", "badge"),
    "park ranger": _g("uniform:khaki", "trousers:dark olive", "ranger hat", "boots", "badge"),
    "ranger": _g("uniform:khaki", "trousers:dark olive", "ranger hat", "boots", "badge"),
    "park keeper": _g("uniform:sage", "trousers:dark green", "cap:dark green", "boots", "badge"),
    "gardener": _g("shirt:sage", "overalls:dark green", "straw hat", "boots:olive"),
    "farmer": _g("shirt:red", "overalls:denim", "straw hat", "boots:brown"),
    "postman": _g("uniform:azure", "shorts:navy", "cap:navy", "shoulder bag:red"),
    "postwoman": _g("uniform:azure", "trousers:navy", "cap:navy", "shoulder bag:red"),
    "builder": _g("t-shirt:grey", "hi-vis vest", "jeans", "helmet", "boots"),
    "construction worker": _g("t-shirt:grey", "hi-vis vest", "jeans", "helmet", "boots"),
    "road worker": _g("jumper:navy", "hi-vis vest", "trousers:navy", "helmet", "boots"),
    "firefighter": _g("jacket:dark mustard", "trousers:charcoal", "helmet:red", "boots:black"),
    "cyclist": _g("t-shirt:lime", "shorts:black", "helmet:coral", "trainers"),
    "skater": _g("hoodie:plum", "shorts:charcoal", "helmet:teal", "trainers"),
    "jogger": _g("t-shirt:turquoise", "shorts:navy", "trainers"),
    "runner": _g("vest top:red", "shorts:navy", "trainers"),
    "doctor": _g("shirt:azure", "lab coat", "trousers:slate", "glasses"),
    "nurse": _g("t-shirt:aqua", "trousers:teal", "trainers"),
    "vet": _g("t-shirt:mint", "trousers:emerald", "trainers"),
    "teacher": _g("shirt:azure", "cardigan:mustard", "trousers:brown", "glasses"),
    "businessman": _g("shirt:white", "suit jacket:navy", "tie:crimson", "trousers:navy"),
    "businesswoman": _g("blouse:ivory", "suit jacket:plum", "skirt:plum"),
    "office worker": _g("shirt:ivory", "suit jacket:slate", "trousers:slate", "tie:teal"),
    "groom": _g("shirt:white", "suit jacket:charcoal", "bow tie:black", "trousers:charcoal"),
    "bride": _g("long dress:white", "shoes:white"),
    "mayor": _g("shirt:white", "suit jacket:navy", "trousers:navy", "tie:red", "sash:gold"),
    "tourist": _g("shirt:coral", "shorts:beige", "sun hat", "sunglasses", "backpack:orange"),
    "photographer": _g("shirt:slate", "waistcoat:khaki", "trousers:charcoal"),
    "hiker": _g("jumper:rust", "shorts:khaki", "cap:green", "backpack:teal", "boots"),
    "student": _g("hoodie:blue", "jeans", "trainers", "backpack:orange"),
    "schoolboy": _g("shirt:white", "jumper:burgundy", "shorts:slate", "backpack:blue"),
    "schoolgirl": _g("blouse:white", "cardigan:burgundy", "skirt:slate", "backpack:coral"),
    "grandmother": _g("blouse:ivory", "cardigan:lilac", "skirt:plum", "glasses"),
    "grandfather": _g("shirt:ivory", "waistcoat:sage", "trousers:brown", "flat cap:khaki"),
    "mechanic": _g("t-shirt:grey", "overalls:blue", "cap:red", "boots:black"),
    "plumber": _g("t-shirt:red", "overalls:denim", "cap:red", "boots"),
    "cleaner": _g("t-shirt:mint", "trousers:slate", "apron:teal"),
    "shopkeeper": _g("shirt:azure", "trousers:brown", "apron:dark green"),
    "florist": _g("blouse:ivory", "trousers:slate", "apron:sage"),
    "balloon seller": _g("striped t-shirt:red", "waistcoat:blue", "trousers:charcoal", "flat cap"),
    "street musician": _g("shirt:mustard", "waistcoat:burgundy", "trousers:charcoal", "flat cap"),
    "musician": _g("shirt:white", "waistcoat:black", "trousers:black", "bow tie:red"),
    "artist": _g("striped t-shirt:navy", "trousers:charcoal", "scarf:red", "apron:beige"),
    "fisherman": _g("jumper:navy", "raincoat:yellow", "trousers:slate", "beanie:red", "boots"),
    "lifeguard": _g("t-shirt:red", "shorts:red", "cap:red", "sandals"),
    "referee": _g("striped t-shirt:black", "shorts:black", "trainers"),
    "football player": _g("striped t-shirt:blue", "shorts:white", "trainers"),
    "librarian": _g("blouse:ivory", "cardigan:teal", "skirt:brown", "glasses"),
    "detective": _g("shirt:ivory", "coat:tan", "tie:burgundy", "trousers:brown", "flat cap:brown"),
    "delivery driver": _g("polo shirt:orange", "trousers:charcoal", "cap:orange"),
    "bus driver": _g("uniform:azure", "jumper:navy", "trousers:navy", "police cap"),
    "dog walker": _g("hoodie:sage", "jeans", "trainers", "cap:mustard"),
    "scientist": _g("turtleneck:teal", "lab coat", "trousers:charcoal", "glasses"),
    "judge": _g("shirt:white", "coat:black", "trousers:black"),
    "pilot": _g("uniform:white", "tie:black", "trousers:navy", "police cap"),
    "priest": _g("shirt:black", "coat:black", "trousers:black"),
    "clown": _g("striped t-shirt:yellow", "overalls:coral", "bow tie:turquoise", "cap:emerald"),
}
#: Roles that people without a profession have; their attire follows age and gender.
PLAIN_ROLES: tuple[str, ...] = (
    "man",
    "woman",
    "boy",
    "girl",
    "child",
    "toddler",
    "baby",
    "teenager",
    "mother",
    "father",
    "son",
    "daughter",
    "brother",
    "sister",
    "aunt",
    "uncle",
    "friend",
    "neighbour",
    "passer-by",
    "customer",
    "dog owner",
    "visitor",
    "stranger",
    "thief",
    "pickpocket",
    "parent",
    "couple",
    "old man",
    "old woman",
    "suitor",
    "traveller",
    "actor",
    "dancer",
    "guest",
    "host",
    "elderly man",
    "elderly woman",
)


class _Chooser:
    """Picks by the person's id, so that the same person always wears the same."""

    def __init__(self, person_id: str) -> None:
        digest = hashlib.blake2b(person_id.encode(), digest_size=8).digest()
        self._number = int.from_bytes(digest, "big")

    def pick(self, choices: tuple[str, ...] | tuple[tuple[str, ...], ...], salt: int) -> int:
        return (self._number >> (salt * 5)) % len(choices)


def _casual(person: Person, chooser: _Chooser) -> tuple[Garment, ...]:
    young = person.age in ("toddler", "child")
    choices: tuple[tuple[str, ...], ...]
    if young and person.gender == "female":
        choices = (
            ("dress", "shoes"),
            ("t-shirt", "skirt", "trainers"),
            ("striped t-shirt", "shorts", "trainers"),
            ("t-shirt", "overalls", "trainers"),
        )
    elif young:
        choices = (
            ("striped t-shirt", "shorts", "trainers"),
            ("t-shirt", "shorts", "trainers"),
            ("jumper", "trousers", "shoes"),
            ("t-shirt", "overalls", "trainers"),
        )
    elif person.age == "teen":
        choices = (
            ("hoodie", "jeans", "trainers"),
            ("t-shirt", "jeans", "trainers"),
            ("striped t-shirt", "shorts", "trainers"),
        )
    elif person.age == "elder" and person.gender == "female":
        choices = (("blouse", "cardigan", "skirt", "shoes"), ("blouse", "coat", "skirt", "shoes"))
    elif person.age == "elder":
        choices = (
            ("shirt", "cardigan", "trousers", "shoes"),
            ("shirt", "waistcoat", "trousers", "shoes"),
            ("shirt", "jacket", "trousers", "shoes", "flat cap"),
        )
    elif person.gender == "female":
        choices = (
            ("blouse", "skirt", "shoes"),
            ("dress", "shoes"),
            ("jumper", "trousers", "shoes"),
            ("t-shirt", "cardigan", "jeans", "trainers"),
        )
    else:
        choices = (
            ("shirt", "trousers", "shoes"),
            ("t-shirt", "jacket", "jeans", "trainers"),
            ("jumper", "trousers", "shoes"),
            ("polo shirt", "shorts", "trainers"),
        )
    return _g(*choices[chooser.pick(choices, 1)])


def dress(person: Person) -> Outfit:
    """What a person wears: the Scene's attire, else the role's, else clothes for age and gender.

    Pieces that are missing (a bottom, shoes) are added; unknown garments are left out, for the
    painter checks words against the vocabulary before it draws.
    """
    chooser = _Chooser(person.id)
    harmony = _HARMONIES[chooser.pick(_HARMONIES, 0)]
    garments = person.attire or ROLE_ATTIRE.get(person.role) or _casual(person, chooser)
    kinds = {garment.kind for garment in garments}
    if not kinds & {*TOPS, "dress", "long dress"}:
        base = "blouse" if person.gender == "female" else "shirt"
        plain = "t-shirt" if person.age in ("toddler", "child", "teen") else base
        garments += _g(f"{plain}:{'ivory' if kinds & set(OUTERS) else harmony[0]}")
    if not kinds & {*BOTTOMS, "overalls"}:
        female_elder = person.gender == "female" and person.age == "elder"
        garments += _g(f"{'skirt' if female_elder else 'trousers'}:{harmony[1]}")
    if not kinds & set(SHOES):
        garments += _g("trainers" if person.age in ("child", "teen", "toddler") else "shoes")
    top = Top("shirt", colour("ivory"))
    outfit = Outfit(top, Bottom("trousers", colour(harmony[1])), ("shoes", colour("black")))
    for garment in garments:
        _put_on(outfit, garment, harmony)
    if outfit.bottom.kind == "dress":
        short = person.age in ("toddler", "child") or chooser.pick(("a", "b"), 3) == 0
        outfit.top = Top(
            "dress", outfit.bottom.colour, "short" if short else "long", "round", tucked=False
        )
    return outfit


def _put_on(outfit: Outfit, garment: Garment, harmony: tuple[str, str, str, str]) -> None:
    kind = garment.kind
    outfit.worn.append(kind)

    def shade(of_harmony: int) -> str:
        if garment.colour:
            return colour(garment.colour)
        return colour(_USUAL.get(kind, harmony[of_harmony]))

    if kind == "jumper" and outfit.top.kind == "shirt" and "shirt" in outfit.worn:
        outfit.top = Top("jumper", shade(0), "long", "collar")
    elif kind in TOPS:
        outfit.top = Top(kind, shade(0), **TOPS[kind])  # type: ignore[arg-type]
    elif kind in OUTERS:
        outfit.outer = Outer(kind, shade(2), **OUTERS[kind])  # type: ignore[arg-type]
    elif kind in BOTTOMS:
        usual = BOTTOMS[kind]
        main = 0 if usual.kind == "dress" else 1
        outfit.bottom = Bottom(usual.kind, shade(main), usual.length)
    elif kind == "overalls":
        outfit.bib = shade(1)
        outfit.bottom = Bottom("trousers", outfit.bib)
    elif kind in HATS:
        outfit.hat = (kind, shade(3))
    elif kind in SHOES:
        outfit.shoes = (kind, shade(3))
    elif kind in ("glasses", "sunglasses"):
        outfit.glasses = kind
    elif kind == "badge":
        outfit.badge = True
    elif kind in _SINGLE:
        setattr(outfit, kind.replace(" ", "_"), shade(3))
