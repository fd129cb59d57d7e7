"""Locales: what people wear, how they look, and what the street offers where a Scene is set.

Everyday clothes of today come first; traditional garments are a share of them, larger for elders
and for guests of festive occasions. A locale's words for food and the street are prop words.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import re
from dataclasses import dataclass
from typing import Literal

from storypainter.ink.people.roles import garments
from storypainter.scene import Garment, Person

Script = Literal[
    "latin", "japanese", "devanagari", "arabic", "simplified chinese", "korean", "cyrillic",
    "hebrew", "thai",
]  # fmt: skip
Sets = tuple[str, ...]
#: Roles of people who are dressed for a feast.
FESTIVE: frozenset[str] = frozenset({"wedding guest", "guest", "host", "suitor"})


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """Sets of garments, each a comma-separated list of ``word`` or ``word:colour``."""

    woman: Sets = ()
    man: Sets = ()
    girl: Sets = ()
    boy: Sets = ()

    def of(self, person: Person) -> Sets:
        """The sets for a person's age and gender; an unspecified gender wears the man's cut."""
        young = person.age in ("toddler", "child")
        if person.gender == "female":
            return self.girl if young else self.woman
        return self.boy if young else self.man


@dataclass(frozen=True, slots=True)
class Locale:
    """The defaults of one culture.

    ``skins`` and ``hair_colours`` are words of the vocabulary in order of frequency; ``names``
    what a Scene may call it (codes, countries, adjectives); ``traditional`` is the share of
    adults in traditional clothes, ``elders`` the share of elders.
    """

    code: str
    names: tuple[str, ...]
    script: Script
    skins: tuple[str, ...]
    hair_colours: tuple[str, ...]
    everyday: Wardrobe
    tradition: Wardrobe
    traditional: float
    elders: float
    food: tuple[str, ...]
    street: tuple[str, ...]

    def wardrobe(self, person: Person) -> tuple[Garment, ...]:
        """What a person without a profession wears here; empty where the usual clothes will do.

        The same person always wears the same.
        """
        number = _number(person.id, self.code)
        share = self.elders if person.age == "elder" else self.traditional
        if person.age in ("toddler", "child"):
            share = self.traditional / 2
        dressed_up = person.role in FESTIVE or number % 1000 < share * 1000
        sets = self.tradition.of(person) if dressed_up else ()
        sets = sets or self.everyday.of(person)
        if not sets:
            return ()
        chosen = sets[number // 1000 % len(sets)]
        return garments(*(word.strip() for word in chosen.split(",")))

    def skin_of(self, person_id: str) -> str:
        """A usual skin for a person, the same each time."""
        return self.skins[_number(person_id, "skin") % len(self.skins)]

    def hair_colour_of(self, person_id: str) -> str:
        """A usual hair colour for a person, the same each time."""
        return self.hair_colours[_number(person_id, "hair") % len(self.hair_colours)]


def _number(person_id: str, salt: str) -> int:
    digest = hashlib.blake2b(f"{salt}:{person_id}".encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big")


_BRITISH = Locale(
    "en",
    ("en-gb", "gb", "uk", "britain", "united kingdom", "england", "scotland", "wales", "ireland",
     "british", "english", "europe", "european", "us", "usa", "united states", "american",
     "germany", "german", "de", "france", "french", "fr", "italy", "italian", "it"),
    "latin",
    ("light", "light", "pale", "light", "brown", "olive", "dark"),
    ("brown", "dark brown", "light brown", "blond", "black", "auburn", "ginger"),
    Wardrobe(),
    Wardrobe(
        woman=("summer dress, wide hat, high heels", "blouse, coat, skirt, pearls, high heels"),
        man=("shirt:white, suit jacket, tie, trousers:navy",),
        girl=("summer dress, hair bow, shoes",),
        boy=("shirt:white, waistcoat, bow tie, trousers",),
    ),
    0.0,
    0.0,
    ("sandwich", "apple", "cup of tea"),
    ("post box", "lamp post", "bus stop"),
)  # fmt: skip
_JAPANESE = Locale(
    "ja",
    ("ja-jp", "jp", "japan", "japanese", "tokyo", "kyoto"),
    "japanese",
    ("light", "light", "pale"),
    ("black", "black", "dark brown"),
    Wardrobe(
        woman=("blouse, long skirt, shoes", "jumper, trousers, trainers", "dress, cardigan, shoes"),
        man=("shirt:white, suit jacket:charcoal, trousers:charcoal, tie:navy",
             "t-shirt, jacket, trousers, trainers", "polo shirt, trousers, trainers"),
        girl=("pinafore dress:navy, long socks, cap:lemon, school bag:crimson",
              "t-shirt, skirt, trainers", "dress, socks, shoes"),
        boy=("shirt:white, shorts:navy, cap:lemon, school bag:black, long socks",
             "striped t-shirt, shorts, trainers"),
    ),
    Wardrobe(
        woman=("kimono:plum, obi:gold, sandals, socks", "yukata:azure, obi:crimson, sandals"),
        man=("kimono:slate, obi:black, sandals, socks", "yukata:navy, obi:sand, sandals"),
        girl=("yukata:pink, obi:crimson, sandals, hair bow",),
        boy=("happi coat:blue, t-shirt:white, shorts:white, headband:white, sandals",),
    ),
    0.06, 0.25,
    ("bento box", "bowl of noodles", "rice ball", "teapot"),
    ("paper lantern", "vending machine", "shop curtain", "bicycle"),
)  # fmt: skip
_INDIAN = Locale(
    "hi",
    ("hi-in", "en-in", "in", "india", "indian", "hindi", "delhi", "mumbai", "pakistan",
     "bangladesh", "bengali", "tamil", "punjabi"),
    "devanagari",
    ("brown", "tan", "brown", "dark", "olive"),
    ("black", "black", "dark brown"),
    Wardrobe(
        woman=("kameez:teal, baggy trousers:ivory, dupatta:coral, sandals",
               "embroidered blouse:coral, jeans, sandals", "shirt, trousers, dupatta, sandals",
               "kameez:mustard, leggings:plum, sandals"),
        man=("shirt, trousers, sandals", "polo shirt, jeans, trainers", "checked shirt, trousers, shoes",
             "kurta:ivory, jeans, sandals"),
        girl=("kameez:coral, leggings:ivory, sandals", "t-shirt, skirt, sandals", "dress, sandals"),
        boy=("t-shirt, shorts, sandals", "shirt, trousers, sandals"),
    ),
    Wardrobe(
        woman=("sari:magenta, bracelets, sandals, necklace", "sari:emerald, bracelets, sandals",
               "sari:orange, bracelets, sandals, necklace"),
        man=("kurta:ivory, baggy trousers:white, sandals", "kurta:azure, waistcoat:brown, trousers:ivory",
             "sherwani, baggy trousers:ivory, turban:coral, shoes:brown"),
        girl=("kameez:magenta, baggy trousers:lemon, dupatta:lemon, bracelets, sandals",),
        boy=("kurta:lemon, baggy trousers:white, sandals",),
    ),
    0.3, 0.7,
    ("samosa", "flatbread", "mango", "glass of tea"),
    ("rickshaw", "market stall", "flower garland", "scooter"),
)  # fmt: skip
_NIGERIAN = Locale(
    "yo",
    ("yo-ng", "en-ng", "ng", "ha", "ig", "gh", "nigeria", "nigerian", "ghana", "ghanaian",
     "west africa", "west african", "lagos", "accra", "senegal", "africa", "african"),
    "latin",
    ("dark", "dark", "brown"),
    ("black",),
    Wardrobe(
        woman=("ankara dress:orange, sandals", "blouse, jeans, sandals, bracelets",
               "t-shirt, wrapper:indigo, sandals", "ankara dress:teal, head wrap:teal, sandals"),
        man=("polo shirt, trousers, sandals", "shirt, trousers, shoes", "dashiki, jeans, sandals",
             "t-shirt, jeans, trainers"),
        girl=("ankara dress:lemon, sandals", "t-shirt, skirt, sandals"),
        boy=("t-shirt, shorts, sandals", "shirt:white, shorts:khaki, sandals"),
    ),
    Wardrobe(
        woman=("ankara dress:magenta, head wrap:gold, necklace, bracelets, sandals",
               "blouse:white, wrapper:emerald, head wrap:emerald, shawl:emerald, necklace, sandals"),
        man=("agbada:azure, trousers:azure, kufi:navy, shoes:brown",
             "agbada:white, trousers:white, kufi:crimson, shoes:brown",
             "shirt:white, kente cloth, trousers:charcoal, sandals"),
        girl=("ankara dress:orange, head wrap:orange, sandals",),
        boy=("dashiki:azure, trousers:azure, kufi:navy, sandals",),
    ),
    0.3, 0.6,
    ("bowl of rice", "plantain", "mango", "yam"),
    ("market stall", "minibus", "parasol", "basket"),
)  # fmt: skip
_MEXICAN = Locale(
    "es-mx",
    ("mx", "mexico", "mexican", "es", "oaxaca", "guatemala", "latin america", "peru", "spanish"),
    "latin",
    ("tan", "brown", "olive", "light"),
    ("black", "dark brown", "brown"),
    Wardrobe(
        woman=("embroidered blouse, jeans, sandals", "dress, cardigan, sandals",
               "t-shirt, long skirt, sandals", "blouse, trousers, shoes"),
        man=("checked shirt, jeans, belt, boots", "polo shirt, trousers, shoes",
             "t-shirt, jacket, jeans, trainers", "shirt, trousers, shoes"),
        girl=("dress, sandals", "t-shirt, shorts, trainers"),
        boy=("football kit:green, trainers", "striped t-shirt, jeans, trainers"),
    ),
    Wardrobe(
        woman=("huipil:white, shawl:magenta, sandals", "embroidered blouse, long skirt:crimson, shawl:plum, sandals"),
        man=("shirt:white, trousers:ivory, neckerchief:red, straw hat, sandals",
             "shirt:ivory, poncho:slate, jeans, straw hat, boots"),
        girl=("embroidered blouse, skirt:coral, hair bow, sandals",),
        boy=("shirt:white, trousers:ivory, neckerchief:red, sandals",),
    ),
    0.08, 0.35,
    ("taco", "corn cob", "avocado", "glass of juice"),
    ("paper bunting", "food cart", "potted cactus", "fountain"),
)  # fmt: skip
_ARAB = Locale(
    "ar",
    ("ar-eg", "ar-sa", "ar-ae", "eg", "sa", "ae", "ma", "egypt", "egyptian", "arab", "arabic", "morocco",
     "moroccan", "saudi arabia", "dubai", "cairo", "jordan", "middle east"),
    "arabic",
    ("olive", "tan", "light", "brown"),
    ("black", "dark brown", "black", "brown"),
    Wardrobe(
        woman=("blouse, long skirt, hijab:rose, shoes", "jumper, trousers, hijab:azure, trainers",
               "long dress, cardigan, hijab:ivory", "blouse, trousers, shoes"),
        man=("shirt, trousers, shoes", "polo shirt, jeans, trainers", "shirt, jacket, trousers, shoes"),
        girl=("dress, leggings, shoes", "t-shirt, jeans, trainers"),
        boy=("striped t-shirt, jeans, trainers", "shirt, trousers, sandals"),
    ),
    Wardrobe(
        woman=("abaya:black, hijab:plum, shoes", "caftan:emerald, hijab:ivory, sandals",
               "abaya:navy, hijab:sand, handbag"),
        man=("thawb:white, kufi:white, sandals", "thawb:white, keffiyeh, sandals",
             "thawb:azure, jacket:slate, kufi:ivory, sandals"),
        girl=("caftan:rose, sandals",),
        boy=("thawb:white, sandals",),
    ),
    0.2, 0.6,
    ("flatbread", "dates", "glass of tea", "falafel"),
    ("market stall", "brass lantern", "carpet", "teapot"),
)  # fmt: skip
_CHINESE = Locale(
    "zh",
    ("zh-cn", "zh-tw", "zh-hk", "cn", "tw", "china", "chinese", "mandarin", "beijing", "shanghai",
     "taiwan", "hong kong", "singapore"),
    "simplified chinese",
    ("light", "light", "pale", "tan"),
    ("black", "black", "dark brown"),
    Wardrobe(
        woman=("blouse, trousers, trainers", "dress, cardigan, shoes", "jumper, jeans, trainers"),
        man=("polo shirt, trousers, trainers", "shirt, trousers, shoes", "t-shirt, jacket, jeans, trainers"),
        girl=("tracksuit:azure, neckerchief:red, school bag:coral, trainers", "t-shirt, skirt, trainers"),
        boy=("tracksuit:azure, neckerchief:red, school bag:blue, trainers", "t-shirt, shorts, trainers"),
    ),
    Wardrobe(
        woman=("qipao:crimson, high heels:gold", "qipao:teal, shawl:ivory, shoes", "tang jacket:plum, trousers:black"),
        man=("tang jacket:navy, trousers:black, shoes", "tang jacket:crimson, trousers:charcoal, shoes"),
        girl=("tang jacket:crimson, skirt:crimson, hair bow:red",),
        boy=("tang jacket:crimson, trousers:black",),
    ),
    0.05, 0.3,
    ("bowl of noodles", "dumplings", "steamed bun", "teapot"),
    ("paper lantern", "bicycle", "scooter", "market stall"),
)  # fmt: skip
_KOREAN = Locale(
    "ko",
    ("ko-kr", "kr", "korea", "south korea", "korean", "seoul"),
    "korean",
    ("light", "light", "pale"),
    ("black", "black", "dark brown"),
    Wardrobe(
        woman=("jumper, skirt, tights, trainers", "blouse, coat:beige, trousers, shoes", "hoodie, jeans, trainers"),
        man=("shirt, cardigan, trousers, trainers", "turtleneck, coat:charcoal, trousers, shoes",
             "hoodie, jeans, trainers"),
        girl=("dress, socks, shoes", "hoodie, leggings, trainers"),
        boy=("hoodie, shorts, trainers", "striped t-shirt, jeans, trainers"),
    ),
    Wardrobe(
        woman=("hanbok:coral, shoes:white", "hanbok:teal, shoes:white"),
        man=("tang jacket:azure, baggy trousers:ivory, gat, shoes:black",
             "tang jacket:sage, baggy trousers:ivory, shoes:black"),
        girl=("hanbok:magenta, hair bow:crimson, shoes:white",),
        boy=("tang jacket:lemon, baggy trousers:azure, shoes:black",),
    ),
    0.04, 0.25,
    ("bowl of rice", "dumplings", "pickled cabbage", "teapot"),
    ("neon sign", "bicycle", "food cart", "paper lantern"),
)  # fmt: skip

LOCALES: tuple[Locale, ...] = (
    _BRITISH, _JAPANESE, _INDIAN, _NIGERIAN, _MEXICAN, _ARAB, _CHINESE, _KOREAN,
)  # fmt: skip


@functools.lru_cache(maxsize=256)
def locale_of(text: str) -> Locale | None:
    """The locale that a text names: a code (``ja``, ``ja-JP``), a country or an adjective.

    ``None`` where the text is empty or names none of ours; longer texts (``a village in
    Japan``) are searched for a name.
    """
    plain = re.sub(r"[_\s]+", " ", text.strip().lower()).replace(" ", " ")
    code = plain.replace(" ", "-") if len(plain) <= 5 else plain
    known = {name: locale for locale in LOCALES for name in (locale.code, *locale.names)}
    if found := known.get(plain) or known.get(code):
        return found
    if re.fullmatch(r"[a-z]{2}-[a-z]{2,4}", code):
        return known.get(code.split("-")[0])
    words = re.findall(r"[a-z]+", plain)
    pairs = [" ".join(pair) for pair in itertools.pairwise(words)]
    for candidate in (*pairs, *words):
        if len(candidate) > 3 and candidate in known:
            return known[candidate]
    return None
