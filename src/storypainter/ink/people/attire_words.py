"""The wardrobe: every garment word, where it is worn, how it is cut, and its usual colour.

This is the source of truth for garment words. A garment belongs to one table: its *slot*. What a
person wears of a slot is drawn by the module of that part of the body (``clothes`` and
``garments_*``); hats and what is worn on the face are drawn by ``headwear`` and ``garments_face``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sleeve = Literal["long", "short", "none"]
Neck = Literal["collar", "round", "v", "hood", "high", "sailor", "low"]
BottomKind = Literal["trousers", "shorts", "skirt", "dress", "briefs"]


@dataclass(frozen=True, slots=True)
class Top:
    """What covers the trunk next to the skin; ``pattern`` names what is on the cloth."""

    kind: str
    colour: str
    sleeve: Sleeve = "long"
    neck: Neck = "round"
    striped: bool = False
    buttoned: bool = False
    tucked: bool = False
    pattern: str = ""
    trim: str = ""


@dataclass(frozen=True, slots=True)
class Outer:
    """What is worn over the top.

    ``length`` 0 ends at the hips, 1 at the knees, 2 at the ankles. ``cut`` is ``coat`` (opens in
    front), ``tunic`` (a closed piece over trousers) or ``robe`` (falls wide); ``wide`` opens the
    sleeves.
    """

    kind: str
    colour: str
    sleeve: Sleeve = "long"
    length: float = 0.0
    closed: bool = False
    lapels: bool = False
    bands: bool = False
    hood: bool = False
    cut: Literal["coat", "tunic", "robe"] = "coat"
    pattern: str = ""
    trim: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Bottom:
    """What covers the legs; ``dress`` is of one piece with the top, ``briefs`` leave them bare.

    ``flare`` widens the hem on each side, in shares of the height.
    """

    kind: BottomKind
    colour: str
    length: float = 0.9
    flare: float = 0.02
    pattern: str = ""
    sleeve: Sleeve | None = None
    neck: Neck = "round"
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Suit:
    """A word that dresses trunk and legs at once."""

    top: dict[str, object]
    bottom: BottomKind = "trousers"
    lower: str | None = None


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
    "checked shirt": {"neck": "collar", "buttoned": True, "pattern": "check"},
    "flowered shirt": {"neck": "collar", "sleeve": "short", "pattern": "flowers"},
    "striped jumper": {"striped": True},
    "chef jacket": {"neck": "high", "pattern": "double-breasted"},
    "nurse tunic": {"neck": "collar", "sleeve": "short", "pattern": "fob watch"},
    "sailor shirt": {"neck": "sailor"},
    "clerical shirt": {"neck": "high", "pattern": "clerical"},
    "referee shirt": {"neck": "collar", "sleeve": "short", "pattern": "bars"},
    "jockey silks": {"neck": "round", "pattern": "diamonds", "tucked": True},
    "embroidered blouse": {"sleeve": "short", "pattern": "embroidery"},
    "dashiki": {"sleeve": "short", "neck": "round", "pattern": "dashiki"},
    "choli": {"sleeve": "short"},
    "bare chest": {"sleeve": "none", "pattern": "bare", "tucked": True},
    "bikini top": {"sleeve": "none", "pattern": "bikini"},
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
    "tuxedo": {"lapels": True, "length": 0.18},
    "tailcoat": {"lapels": True, "length": 0.6, "trim": "gold"},
    "trench coat": {"lapels": True, "length": 0.85, "pattern": "belted"},
    "fire coat": {"length": 0.42, "closed": True, "bands": True, "trim": "lemon"},
    "camouflage jacket": {"length": 0.1, "closed": True, "pattern": "camouflage"},
    "pocket vest": {"sleeve": "none", "pattern": "pockets"},
    "life jacket": {"sleeve": "none", "closed": True, "pattern": "buckles"},
    "puffer jacket": {"closed": True, "pattern": "quilted", "hood": True},
    "uniform jacket": {"length": 0.18, "closed": True, "pattern": "brass buttons"},
    "sherwani": {"length": 0.9, "closed": True, "pattern": "brass buttons", "trim": "gold"},
    "tang jacket": {"length": 0.12, "closed": True, "pattern": "toggles"},
    "kurta": {"length": 0.86, "cut": "tunic", "pattern": "placket"},
    "kameez": {"length": 0.92, "cut": "tunic", "pattern": "neckline"},
    "agbada": {"length": 1.6, "cut": "robe", "wide": True, "pattern": "embroidery"},
    "caftan": {"length": 1.88, "cut": "robe", "wide": True, "pattern": "embroidery"},
    "thawb": {"length": 1.9, "cut": "robe", "pattern": "placket"},
    "abaya": {"length": 1.92, "cut": "robe", "wide": True},
    "kimono": {"length": 1.88, "cut": "robe", "wide": True, "pattern": "wrap"},
    "yukata": {"length": 1.8, "cut": "robe", "wide": True, "pattern": "wrap flowers"},
    "happi coat": {"length": 0.3, "wide": True, "trim": "white"},
    "poncho": {"length": 0.2, "cut": "robe", "sleeve": "none", "pattern": "poncho"},
    "hospital gown": {"length": 0.86, "cut": "tunic", "sleeve": "short", "pattern": "dots"},
    "dressing gown": {"length": 1.35, "cut": "robe", "pattern": "tied"},
    "judge robe": {"length": 1.86, "cut": "robe", "wide": True, "pattern": "judge"},
    "graduation gown": {"length": 1.4, "cut": "robe", "wide": True, "pattern": "hood"},
    "cassock": {"length": 1.9, "cut": "robe", "pattern": "buttons"},
    "monk robe": {"length": 1.88, "cut": "robe", "wide": True, "pattern": "rope", "hood": True},
    "saffron robe": {"length": 1.75, "cut": "robe", "sleeve": "none", "pattern": "draped"},
    "surgical gown": {"length": 0.95, "cut": "tunic"},
    "santa coat": {"length": 0.4, "closed": True, "pattern": "fur", "trim": "white"},
    "royal robe": {"length": 1.8, "lapels": False, "pattern": "ermine", "trim": "white"},
    "sheet costume": {"length": 1.8, "cut": "robe", "wide": True},
    "wizard robe": {"length": 1.9, "cut": "robe", "wide": True, "pattern": "stars"},
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
    "checked trousers": Bottom("trousers", "grey", pattern="check"),
    "camouflage trousers": Bottom("trousers", "olive", pattern="camouflage"),
    "baggy trousers": Bottom("trousers", "ivory", cut="baggy"),
    "breeches": Bottom("trousers", "white"),
    "boxing shorts": Bottom("shorts", "red", pattern="waistband"),
    "swimming trunks": Bottom("shorts", "blue", 0.5),
    "bikini bottoms": Bottom("briefs", "coral"),
    "kilt": Bottom("skirt", "dark green", 0.9, pattern="check"),
    "wrapper": Bottom("skirt", "indigo", 1.8, 0.0, pattern="wax print"),
    "hula skirt": Bottom("skirt", "sand", 0.95, 0.03, pattern="fringe"),
    "tutu": Bottom("skirt", "pink", 0.4, 0.13, cut="tutu"),
    "wedding dress": Bottom("dress", "white", 1.94, 0.1, "lace", "none", "low", "bell"),
    "ball gown": Bottom("dress", "azure", 1.94, 0.11, "", "short", "low", "bell"),
    "princess dress": Bottom("dress", "pink", 1.9, 0.1, "sash", "short", "low", "bell"),
    "bridesmaid dress": Bottom("dress", "sage", 1.75, 0.035, "sash", "none", "v"),
    "summer dress": Bottom("dress", "lemon", 0.9, 0.035, "flowers", "none", "low"),
    "fairy dress": Bottom("dress", "mint", 0.7, 0.1, "", "none", "low", "petals"),
    "witch dress": Bottom("dress", "black", 1.7, 0.05, "ragged", "long", "v"),
    "black dress": Bottom("dress", "black", 1.02, 0.015, "", "long"),
    "habit": Bottom("dress", "black", 1.92, 0.04, "", "long"),
    "pinafore dress": Bottom("dress", "slate", 0.88, 0.035, "pinafore", "short", "collar"),
    "dirndl": Bottom("dress", "dark green", 1.05, 0.05, "dirndl", "short", "low"),
    "hanbok": Bottom("dress", "coral", 1.9, 0.1, "hanbok", "long", "v", "bell"),
    "qipao": Bottom("dress", "crimson", 1.5, -0.004, "qipao", "short", "high"),
    "sari": Bottom("dress", "magenta", 1.92, 0.02, "sari", "short", "round"),
    "ankara dress": Bottom("dress", "orange", 1.15, 0.03, "wax print", "short"),
    "huipil": Bottom("dress", "white", 1.3, 0.02, "embroidery", "short"),
    "maternity dress": Bottom("dress", "teal", 1.0, 0.02, "", "short", cut="belly"),
    "nightdress": Bottom("dress", "lilac", 1.25, 0.04, "dots", "short"),
}
SUITS: dict[str, Suit] = {
    "scrubs": Suit({"neck": "v", "sleeve": "short", "pattern": "pocket"}),
    "boiler suit": Suit({"neck": "collar", "pattern": "zip", "tucked": True}),
    "tracksuit": Suit({"neck": "high", "pattern": "zip"}),
    "pyjamas": Suit({"neck": "collar", "buttoned": True, "pattern": "pinstripes"}),
    "football kit": Suit({"sleeve": "short", "pattern": "number"}, "shorts", "white"),
    "running kit": Suit({"sleeve": "none", "pattern": "race number"}, "shorts", "charcoal"),
    "karate suit": Suit({"neck": "v", "pattern": "karate"}),
    "cycling kit": Suit({"sleeve": "short", "pattern": "chest band"}, "shorts", "black"),
    "swimsuit": Suit({"sleeve": "none", "neck": "low", "pattern": "swim"}, "briefs"),
    "leotard": Suit({"sleeve": "none", "neck": "low"}, "briefs"),
    "wetsuit": Suit({"neck": "high", "pattern": "wetsuit"}),
    "space suit": Suit({"neck": "high", "pattern": "space"}),
    "armour": Suit({"neck": "high", "pattern": "armour"}),
    "superhero costume": Suit({"neck": "round", "pattern": "emblem"}),
    "skeleton costume": Suit({"neck": "round", "pattern": "bones"}),
    "clown suit": Suit({"neck": "round", "pattern": "clown pompoms"}),
    "bee suit": Suit({"neck": "high", "pattern": "zip"}),
    "romper": Suit({"neck": "round", "pattern": "poppers"}),
    "ski suit": Suit({"neck": "high", "pattern": "ski"}),
}
HATS: tuple[str, ...] = (
    "cap", "flat cap", "sun hat", "straw hat", "chef hat", "paper hat", "helmet", "ranger hat",
    "police cap", "beanie", "hijab", "turban", "top hat", "bowler hat", "fedora", "deerstalker",
    "cowboy hat", "beret", "sailor hat", "captain cap", "pilot cap", "conductor cap",
    "pillbox hat", "nurse cap", "surgical cap", "bandana", "headband", "sweatband",
    "swimming cap", "mortarboard", "crown", "tiara", "hard hat", "fire helmet", "cycle helmet",
    "riding hat", "army helmet", "party hat", "witch hat", "wizard hat", "pirate hat",
    "santa hat", "judge wig", "clown wig", "veil", "headscarf", "nun veil", "keffiyeh", "kufi",
    "head wrap", "songkok", "knight helmet", "space helmet", "bee hat", "welding mask",
    "balaclava", "ghost sheet", "headphones", "flower crown", "hair bow", "head bandage",
    "headlamp", "scout hat", "bonnet", "paper crown", "wide hat", "ear muffs", "rain hat", "gat",
)  # fmt: skip
SHOES: tuple[str, ...] = (
    "shoes", "trainers", "boots", "sandals", "wellington boots", "slippers", "high heels",
    "bare feet", "ballet shoes", "football boots", "riding boots", "cowboy boots", "clown shoes",
    "flippers", "ski boots", "flip-flops", "clogs",
)  # fmt: skip
#: Worn on the face; the head draws them where it draws glasses.
FACE_WEAR: tuple[str, ...] = (
    "glasses", "sunglasses", "surgical mask", "swimming goggles", "diving mask",
    "safety goggles", "ski goggles", "eye patch", "eye mask", "red nose", "santa beard",
    "reading glasses",
)  # fmt: skip
#: Over the clothes on the chest or round the neck.
CHEST: tuple[str, ...] = (
    "stethoscope", "whistle", "medal", "rosette", "camera", "name badge", "lanyard", "necklace",
    "pearls", "chain of office", "cross", "ruff", "buttonhole flower", "tape measure",
    "binoculars", "neckerchief", "shawl", "stole", "dupatta", "kente cloth", "garland", "sling",
    "baby carrier", "handbag", "epaulettes", "cummerbund", "tool belt", "duty belt",
    "paint splashes", "radio", "press badge", "red cross", "microphone badge", "sheriff star",
    "waist sash", "obi", "comb pocket", "money belt", "harness", "flower lei", "bib",
    "key ring", "dog leads", "squeegee belt", "belt wrench",
)  # fmt: skip
#: Behind the trunk, or on it when seen from behind.
BACK: tuple[str, ...] = (
    "backpack", "cape", "fairy wings", "air tank", "life support", "quiver", "school bag",
    "bridal train", "delivery bag", "ermine cape",
)  # fmt: skip
#: On legs and feet, besides shoes.
LEGS: tuple[str, ...] = (
    "tights", "socks", "long socks", "knee pads", "leg plaster cast", "shin pads", "leg stripe",
    "reflective bands", "chaps",
)  # fmt: skip
#: On arms and hands.
ARMS: tuple[str, ...] = (
    "gloves", "mittens", "rubber gloves", "boxing gloves", "work gloves", "arm plaster cast",
    "armband", "water wings", "sleeve rings", "wristwatch", "bracelets",
)  # fmt: skip
_SINGLE = (
    "overalls", "apron", "tie", "necktie", "bow tie", "scarf", "sash", "shoulder bag", "badge",
    "belt", "striped apron",
)  # fmt: skip
ATTIRE: tuple[str, ...] = (
    *TOPS, *OUTERS, *BOTTOMS, *SUITS, *HATS, *SHOES, *FACE_WEAR, *_SINGLE, *CHEST, *BACK, *LEGS,
    *ARMS,
)  # fmt: skip
SINGLE: tuple[str, ...] = _SINGLE
EXTRAS: frozenset[str] = frozenset((*CHEST, *BACK, *LEGS, *ARMS))

#: Usual colours; a garment that is missing here gets one of the person's own harmony.
USUAL: dict[str, str] = {
    **{word: bottom.colour for word, bottom in BOTTOMS.items()
       if word not in ("trousers", "shorts", "skirt", "long skirt", "dress", "long dress")},
    **dict.fromkeys(("shirt", "sailor shirt", "choli", "scarf"), "ivory"),
    "checked shirt": "crimson", "flowered shirt": "turquoise", "chef jacket": "white",
    "nurse tunic": "azure", "clerical shirt": "black", "referee shirt": "black",
    "jockey silks": "crimson", "embroidered blouse": "white", "dashiki": "orange",
    "uniform": "azure", "suit jacket": "navy", "lab coat": "white", "waistcoat": "plum",
    "raincoat": "yellow", "hi-vis vest": "bright orange", "tuxedo": "black",
    "tailcoat": "crimson", "trench coat": "tan", "fire coat": "charcoal",
    "camouflage jacket": "olive", "pocket vest": "khaki", "life jacket": "orange",
    "uniform jacket": "navy", "sherwani": "ivory", "tang jacket": "crimson", "kurta": "ivory",
    "kameez": "teal", "agbada": "azure", "caftan": "emerald", "thawb": "white",
    "abaya": "black", "kimono": "indigo", "yukata": "azure", "happi coat": "blue",
    "poncho": "rust", "hospital gown": "aqua", "dressing gown": "burgundy",
    "judge robe": "black", "graduation gown": "black", "cassock": "black",
    "monk robe": "chestnut", "saffron robe": "orange", "surgical gown": "mint",
    "santa coat": "scarlet", "royal robe": "crimson", "sheet costume": "white",
    "wizard robe": "indigo", "jeans": "denim", "leggings": "charcoal",
    "breeches": "white", "swimming trunks": "blue", "scrubs": "teal", "boiler suit": "blue",
    "pyjamas": "sky", "football kit": "red", "running kit": "turquoise", "karate suit": "white",
    "cycling kit": "lime", "swimsuit": "crimson", "leotard": "pink", "wetsuit": "charcoal",
    "space suit": "white", "armour": "silver", "superhero costume": "blue",
    "skeleton costume": "black", "clown suit": "yellow", "bee suit": "white",
    "romper": "mint", "ski suit": "orange",
    "apron": "white", "striped apron": "navy", "overalls": "denim", "tie": "crimson", "necktie": "crimson",
    "bow tie": "crimson", "sash": "crimson", "badge": "gold", "belt": "chocolate",
    "shoulder bag": "brown",
    # on the head
    "flat cap": "slate", "sun hat": "cream", "straw hat": "sand", "chef hat": "white",
    "paper hat": "white", "helmet": "yellow", "ranger hat": "olive", "police cap": "navy",
    "top hat": "black", "bowler hat": "black", "fedora": "chocolate", "deerstalker": "tan",
    "cowboy hat": "brown", "beret": "crimson", "sailor hat": "white", "captain cap": "white",
    "pilot cap": "navy", "conductor cap": "burgundy", "pillbox hat": "crimson",
    "nurse cap": "white", "surgical cap": "mint", "bandana": "red", "headband": "red",
    "sweatband": "white", "swimming cap": "blue", "mortarboard": "black", "crown": "gold",
    "tiara": "silver", "hard hat": "yellow", "fire helmet": "scarlet", "cycle helmet": "azure",
    "riding hat": "black", "army helmet": "olive", "party hat": "magenta", "witch hat": "black",
    "wizard hat": "indigo", "pirate hat": "black", "santa hat": "scarlet",
    "judge wig": "ivory", "clown wig": "orange", "veil": "white", "headscarf": "rose",
    "nun veil": "black", "keffiyeh": "white", "kufi": "azure", "head wrap": "magenta",
    "songkok": "black", "knight helmet": "silver", "space helmet": "white", "bee hat": "cream",
    "welding mask": "charcoal", "balaclava": "black", "ghost sheet": "white",
    "headphones": "charcoal", "flower crown": "rose", "hair bow": "rose",
    "head bandage": "white", "headlamp": "charcoal", "scout hat": "khaki", "bonnet": "white",
    "paper crown": "gold", "wide hat": "black", "ear muffs": "rose", "rain hat": "yellow",
    "gat": "black",
    # on the feet
    "boots": "brown", "shoes": "black", "trainers": "white", "sandals": "brown",
    "wellington boots": "emerald", "slippers": "rose", "high heels": "crimson",
    "ballet shoes": "pink", "football boots": "black", "riding boots": "black",
    "cowboy boots": "brown", "clown shoes": "red", "flippers": "azure", "ski boots": "slate",
    "flip-flops": "turquoise", "clogs": "white",
    # on the face
    "glasses": "black", "reading glasses": "black", "sunglasses": "black",
    "surgical mask": "aqua", "swimming goggles": "blue", "diving mask": "black",
    "safety goggles": "yellow", "ski goggles": "charcoal", "eye patch": "black",
    "eye mask": "black", "red nose": "red", "santa beard": "white",
    # over the clothes
    "stethoscope": "charcoal", "whistle": "silver", "medal": "gold", "rosette": "red",
    "camera": "charcoal", "name badge": "white", "lanyard": "azure", "necklace": "gold",
    "pearls": "ivory", "chain of office": "gold", "cross": "gold", "ruff": "white",
    "buttonhole flower": "crimson", "tape measure": "lemon", "binoculars": "charcoal",
    "neckerchief": "red", "shawl": "plum", "stole": "violet", "dupatta": "coral",
    "kente cloth": "orange", "garland": "orange", "sling": "white", "baby carrier": "teal",
    "handbag": "crimson", "epaulettes": "gold", "cummerbund": "crimson", "tool belt": "tan",
    "duty belt": "black", "paint splashes": "azure", "radio": "charcoal",
    "press badge": "white", "red cross": "red", "microphone badge": "charcoal",
    "sheriff star": "gold", "waist sash": "crimson", "obi": "crimson", "comb pocket": "black",
    "key ring": "silver", "dog leads": "crimson", "squeegee belt": "charcoal",
    "belt wrench": "crimson",
    "money belt": "black", "harness": "charcoal", "flower lei": "rose", "bib": "white",
    "backpack": "emerald", "school bag": "brown", "cape": "crimson", "fairy wings": "sky",
    "air tank": "yellow", "life support": "silver", "quiver": "brown", "bridal train": "white",
    "delivery bag": "turquoise", "ermine cape": "crimson", "tights": "charcoal",
    "socks": "white", "long socks": "white", "knee pads": "charcoal",
    "leg plaster cast": "white", "shin pads": "white", "leg stripe": "white",
    "reflective bands": "lemon", "chaps": "brown", "gloves": "tan", "mittens": "red",
    "rubber gloves": "yellow", "boxing gloves": "red", "work gloves": "tan",
    "arm plaster cast": "white", "armband": "yellow", "water wings": "orange",
    "sleeve rings": "gold", "wristwatch": "charcoal", "bracelets": "gold",
}  # fmt: skip
USUAL["scarf"] = "mustard"
