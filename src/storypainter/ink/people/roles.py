"""Roles: who a person is, and what tells a stranger so without a word.

This is the source of truth for role words. Each entry names the clothes that people of a role
wear when the Scene does not say, what their hands hold when they hold nothing else (words of
props), and hints for hair. What a role wears at women's and girls' cut is given only where it
differs.
"""

from __future__ import annotations

from dataclasses import dataclass

from storypainter.scene import Garment, Hair, Person


def garments(*words: str) -> tuple[Garment, ...]:
    """Garments of words such as ``apron:white``."""
    pairs = (word.partition(":") for word in words)
    return tuple(Garment(kind=kind, colour=shade or None) for kind, _, shade in pairs)


@dataclass(frozen=True, slots=True)
class Role:
    """One role; ``wears`` and ``holds`` are words of the vocabulary, in order of dressing.

    ``hair`` and ``beard`` are hints for a painter who may choose; ``plain`` marks roles whose
    clothes follow age, gender and locale instead.
    """

    word: str
    wears: tuple[Garment, ...] = ()
    holds: tuple[str, ...] = ()
    female_wears: tuple[Garment, ...] = ()
    hair: str | None = None
    beard: str | None = None
    plain: bool = False

    def attire(self, gender: str) -> tuple[Garment, ...]:
        """The garments at a gender's cut."""
        return self.female_wears if gender == "female" and self.female_wears else self.wears


def _role(
    words: str,
    wears: str,
    holds: str = "",
    *,
    female: str = "",
    hair: str | None = None,
    beard: str | None = None,
) -> list[Role]:
    """Roles of comma-separated words and garments; the first word is the usual one."""
    split = [tuple(part.strip() for part in text.split(",") if part.strip()) for text in
             (words, wears, female, holds)]  # fmt: skip
    names, usual, women, props = split
    return [Role(name, garments(*usual), props, garments(*women), hair, beard) for name in names]


_HELP_AND_ORDER = [
    *_role("police officer, policeman, policewoman", "uniform:azure, tie:navy, trousers:navy, police cap, badge, duty belt, radio"),
    *_role("firefighter", "fire coat, trousers:charcoal, reflective bands, fire helmet, boots:black, work gloves", "fire hose, fire extinguisher"),
    *_role("security guard", "shirt:white, jumper:black, tie:black, trousers:black, cap:black, epaulettes:silver, badge, duty belt, radio"),
    *_role("soldier", "camouflage jacket, camouflage trousers, army helmet, boots:black, duty belt:dark olive"),
    *_role("paramedic", "uniform:dark green, trousers:dark green, reflective bands, red cross, stethoscope, boots:black", "first aid kit"),
    *_role("lifeguard", "vest top:scarlet, shorts:scarlet, cap:scarlet, whistle, flip-flops, red cross:white", "life ring, lifebuoy"),
    *_role("judge", "shirt:white, judge robe, judge wig, shoes:black", "gavel"),
    *_role("lawyer, solicitor", "shirt:white, suit jacket:black, tie:burgundy, trousers:black", "document folder, folder"),
    *_role("detective, inspector", "shirt:ivory, trench coat, tie:burgundy, trousers:brown, deerstalker", "magnifying glass"),
    *_role("traffic warden, lollipop lady, crossing guard", "coat:lemon, reflective bands, trousers:black, police cap:black", "stop sign"),
    *_role("prison guard", "uniform:white, tie:black, trousers:black, conductor cap:black, epaulettes:black, belt, key ring", "key"),
]  # fmt: skip
_HEALTH = [
    *_role("doctor", "shirt:azure, tie:navy, lab coat, trousers:slate, stethoscope", "clipboard", female="blouse:azure, lab coat, trousers:slate, stethoscope"),
    *_role("nurse", "nurse tunic, trousers:navy, nurse cap, trainers", "thermometer", female="nurse tunic, tights:ivory, skirt:azure, nurse cap, trainers"),
    *_role("surgeon", "scrubs:emerald, surgical gown, surgical cap, surgical mask, rubber gloves:pale azure, clogs", "scalpel"),
    *_role("dentist", "chef jacket:white, trousers:white, surgical mask, safety goggles:azure, rubber gloves:azure, trainers", "dental mirror"),
    *_role("vet", "scrubs:dark green, stethoscope, name badge, clogs:green", "kitten"),
    *_role("pharmacist", "shirt:white, tie:emerald, lab coat, trousers:slate, name badge, glasses", "pill bottle, medicine bottle"),
    *_role("patient", "hospital gown, bare feet, head bandage, arm plaster cast", female="hospital gown, bare feet, head bandage, arm plaster cast"),
    *_role("midwife", "scrubs:plum, name badge, clogs"),
    *_role("optician", "shirt:ivory, lab coat, trousers:slate, glasses", "eye chart"),
]  # fmt: skip
_KITCHEN = [
    *_role("chef, cook, rival cook", "chef jacket, checked trousers, apron:white, chef hat, neckerchief:crimson, clogs:black", "ladle"),
    *_role("baker", "t-shirt:white, checked trousers, apron:cream, chef hat, neckerchief:azure", "tray of bread, bread"),
    *_role("butcher", "shirt:white, striped apron:crimson, straw hat:white, trousers:charcoal, wellington boots:white", "cleaver, sausages"),
    *_role("waiter, server", "shirt:white, waistcoat:black, bow tie:black, trousers:black, apron:white", "serving tray, tray", female="blouse:white, waistcoat:black, bow tie:black, skirt:black, tights, apron:white"),
    *_role("waitress", "blouse:white, skirt:black, tights, apron:white, bow tie:black, headband:white", "serving tray, tray"),
    *_role("barista", "t-shirt:charcoal, apron:dark green, jeans, cap:dark green, name badge", "coffee cup"),
    *_role("ice cream seller", "striped t-shirt:coral, trousers:slate, apron:white, paper hat", "ice cream, ice cream cone"),
    *_role("bartender", "shirt:white, waistcoat:black, tie:black, trousers:black", "cocktail shaker, bottle"),
    *_role("fishmonger", "jumper:navy, apron:white, straw hat:ivory, wellington boots:white", "fish"),
]  # fmt: skip
_TRADES = [
    *_role("builder, construction worker", "checked shirt:slate, hi-vis vest, jeans, hard hat, boots:tan, tool belt, work gloves", "hammer"),
    *_role("road worker", "jumper:navy, hi-vis vest, trousers:bright orange, reflective bands:silver, hard hat:white, boots", "shovel, road cone"),
    *_role("engineer, architect", "shirt:azure, hi-vis vest:yellow, trousers:slate, hard hat:white, boots", "blueprint, map"),
    *_role("painter and decorator, decorator, house painter", "t-shirt:white, overalls:white, paper hat, paint splashes, boots:sand", "paint roller, paint can"),
    *_role("painter", "shirt:ivory, overalls:denim, cap:white, paint splashes, shoes:brown", "paintbrush, paint brush"),
    *_role("mechanic", "boiler suit:blue, cap:blue, paint splashes:black, boots:black", "spanner"),
    *_role("plumber", "t-shirt:red, overalls:denim, cap:red, tool belt, belt wrench, boots", "wrench"),
    *_role("electrician", "t-shirt:lemon, trousers:slate, tool belt:black, hard hat:azure, boots", "cable"),
    *_role("carpenter, joiner", "checked shirt:emerald, overalls:tan, tool belt, cap:brown, boots", "saw"),
    *_role("welder", "jacket:brown, trousers:denim, apron:brown, welding mask, work gloves:brown, boots:black", "welding torch"),
    *_role("lumberjack", "checked shirt:scarlet, jeans, beanie:dark green, belt, boots:brown", "axe", beard="full"),
    *_role("miner", "boiler suit:slate, headlamp, boots:black, paint splashes:black, belt", "pickaxe"),
    *_role("cleaner, janitor", "shirt:azure, apron:teal, trousers:slate, headscarf:lemon, rubber gloves", "mop", female="t-shirt:azure, apron:teal, trousers:slate, headscarf:lemon, rubber gloves"),
    *_role("window cleaner", "t-shirt:azure, trousers:navy, cap:azure, squeegee belt, boots", "squeegee, bucket"),
    *_role("hairdresser, barber", "t-shirt:black, trousers:charcoal, apron:black, comb pocket", "scissors", female="t-shirt:black, leggings, apron:magenta, comb pocket"),
    *_role("tailor, dressmaker", "shirt:ivory, waistcoat:slate, trousers:charcoal, tape measure, glasses", "scissors"),
    *_role("blacksmith", "vest top:grey, apron:brown, trousers:charcoal, boots:black, bracelets:brown", "hammer", beard="full"),
]  # fmt: skip
_OUTDOORS = [
    *_role("gardener", "checked shirt:green, overalls:dark green, straw hat, wellington boots, work gloves", "watering can"),
    *_role("farmer", "checked shirt:red, overalls:denim, straw hat, wellington boots:olive, neckerchief:red", "pitchfork"),
    *_role("fisher, fisherman, fisherwoman", "jumper:ivory, raincoat:yellow, rain hat:yellow, wellington boots:yellow", "fishing rod"),
    *_role("beekeeper", "bee suit, bee hat, rubber gloves:white, wellington boots:white", "bee smoker"),
    *_role("park ranger, ranger, forester", "uniform:khaki, trousers:dark olive, ranger hat, boots, badge, binoculars"),
    *_role("park keeper", "shirt:ivory, jacket:dark green, trousers:khaki, cap:dark green, work gloves, wellington boots:dark green", "rake, rubbish bag"),
    *_role("cowboy, cowgirl", "checked shirt:azure, waistcoat:brown, jeans, chaps:tan, cowboy hat, neckerchief, cowboy boots, sheriff star", "lasso, rope"),
    *_role("shepherd", "jumper:ivory, coat:brown, trousers:olive, flat cap:khaki, wellington boots", "crook"),
    *_role("florist", "blouse:ivory, trousers:slate, apron:sage, flower crown", "bunch of flowers, bouquet", female="blouse:ivory, skirt:sage, apron:rose, flower crown"),
    *_role("hiker, walker, rambler", "checked shirt:rust, shorts:khaki, cap:green, backpack:teal, long socks:ivory, boots", "walking stick"),
    *_role("scout, girl guide", "shirt:khaki, shorts:olive, scout hat, neckerchief:crimson, long socks:olive, badge, boots", "map", female="shirt:azure, skirt:navy, scout hat, neckerchief:lemon, long socks:navy, badge, boots"),
    *_role("birdwatcher", "pocket vest:khaki, shirt:sage, trousers:olive, sun hat:olive, binoculars, boots"),
    *_role("climber", "t-shirt:coral, trousers:slate, harness, helmet:orange, boots", "rope"),
    *_role("explorer", "shirt:sand, pocket vest:tan, shorts:tan, sun hat:tan, long socks:ivory, boots, binoculars", "map"),
]  # fmt: skip
_TRAVEL = [
    *_role("pilot", "shirt:white, uniform jacket:navy, tie:black, trousers:navy, pilot cap, sleeve rings, epaulettes", "rolling suitcase, suitcase"),
    *_role("flight attendant, steward, stewardess", "shirt:white, waistcoat:crimson, tie:navy, trousers:navy, name badge", "serving tray, tray", female="blouse:white, suit jacket:crimson, skirt:crimson, tights:tan, pillbox hat, neckerchief:navy, high heels:navy, name badge", hair="bun"),
    *_role("captain, ship captain", "shirt:white, uniform jacket:navy, trousers:white, captain cap, sleeve rings, epaulettes", "telescope", beard="full"),
    *_role("sailor", "sailor shirt, trousers:navy, sailor hat", "rope"),
    *_role("bus driver, driver, taxi driver", "shirt:azure, jumper:navy, tie:crimson, trousers:navy, flat cap:navy, lanyard", "steering wheel"),
    *_role("train conductor, conductor, ticket inspector", "shirt:white, uniform jacket:burgundy, tie:black, trousers:charcoal, conductor cap, whistle, money belt", "ticket punch"),
    *_role("delivery courier, courier, delivery driver, delivery person", "polo shirt:turquoise, shorts:charcoal, cycle helmet, delivery bag, trainers", "parcel, box"),
    *_role("postal worker, postman, postwoman, mail carrier", "uniform:scarlet, shorts:navy, cap:navy, shoulder bag:scarlet, long socks:navy", "bundle of letters, envelope", female="uniform:scarlet, trousers:navy, cap:navy, shoulder bag:scarlet"),
    *_role("astronaut", "space suit, space helmet, life support, boots:white, gloves:silver", "flag"),
    *_role("tourist", "flowered shirt, shorts:beige, sun hat, sunglasses, camera, backpack:orange, sandals, socks", "map"),
    *_role("backpacker, traveller", "t-shirt:teal, trousers:khaki, bandana, backpack:red, boots", "map"),
    *_role("cyclist", "cycling kit, cycle helmet, gloves, sunglasses, trainers"),
    *_role("motorcyclist, biker", "jacket:black, jeans, helmet:red, gloves, boots:black"),
    *_role("porter, bellboy", "uniform jacket:crimson, trousers:black, pillbox hat:crimson, leg stripe:gold, gloves:white", "suitcase"),
]  # fmt: skip
_LEARNING_AND_OFFICE = [
    *_role("teacher", "shirt:azure, cardigan:mustard, tie:teal, trousers:brown, glasses", "pointer and book, pointer", female="blouse:ivory, cardigan:mustard, skirt:teal, tights, glasses, lanyard"),
    *_role("pupil, schoolboy, schoolchild", "shirt:white, jumper:burgundy, tie:gold, shorts:slate, long socks:slate, school bag", "exercise book, book", female="blouse:white, pinafore dress:slate, tie:burgundy, long socks:white, school bag"),
    *_role("schoolgirl", "pinafore dress:slate, tie:burgundy, long socks:white, school bag", "exercise book, book"),
    *_role("student", "hoodie:blue, jeans, trainers, backpack:orange, headphones", "textbook, book"),
    *_role("graduate", "shirt:white, graduation gown, tie:crimson, trousers:black, mortarboard", "diploma", female="blouse:white, graduation gown, skirt:black, tights, mortarboard"),
    *_role("professor", "shirt:ivory, bow tie:burgundy, jacket:brown, trousers:tan, glasses", "book", beard="full"),
    *_role("librarian", "shirt:ivory, cardigan:teal, trousers:brown, bow tie:plum, reading glasses, lanyard", "stack of books", female="blouse:ivory, cardigan:plum, skirt:brown, tights, pearls, reading glasses", hair="bun"),
    *_role("scientist, chemist", "turtleneck:teal, lab coat, trousers:charcoal, safety goggles, rubber gloves:aqua", "test tube"),
    *_role("businessperson, businessman, manager, boss", "shirt:white, suit jacket:navy, tie:crimson, trousers:navy", "briefcase", female="blouse:ivory, suit jacket:slate, skirt:slate, tights, pearls, high heels:black"),
    *_role("businesswoman", "blouse:ivory, suit jacket:slate, skirt:slate, tights, pearls, high heels:black", "briefcase"),
    *_role("office worker, secretary", "shirt:ivory, trousers:slate, tie:teal, lanyard", "folder", female="blouse:lilac, skirt:slate, tights, lanyard"),
    *_role("cashier, shop assistant", "polo shirt:scarlet, trousers:charcoal, apron:scarlet, cap:scarlet, name badge", "barcode scanner"),
    *_role("shopkeeper, grocer, market trader", "checked shirt:azure, trousers:brown, apron:dark green, flat cap, money belt", "paper bag"),
    *_role("news reporter, reporter, journalist", "shirt:white, trench coat, tie:navy, trousers:charcoal, press badge", "microphone", female="blouse:white, suit jacket:scarlet, trousers:charcoal, press badge"),
    *_role("photographer", "t-shirt:charcoal, pocket vest, jeans, camera, cap:black"),
    *_role("mayor", "shirt:white, suit jacket:navy, trousers:navy, tie:red, chain of office", "ribbon scissors"),
    *_role("politician", "shirt:white, suit jacket:navy, trousers:navy, tie:red, rosette", "megaphone"),
]  # fmt: skip
_SPORT = [
    *_role("athlete, runner", "running kit, sweatband, trainers:coral", "trophy"),
    *_role("jogger", "t-shirt:lime, leggings:navy, sweatband, trainers:coral, wristwatch", "water bottle"),
    *_role("footballer, football player", "football kit, football boots, long socks:red", "football"),
    *_role("goalkeeper", "football kit:lime, football boots, long socks:lime, gloves:orange, cap:black", "football"),
    *_role("referee", "referee shirt, shorts:black, long socks:black, football boots, whistle, wristwatch", "red card"),
    *_role("coach, trainer", "tracksuit:royal blue, cap:blue, whistle, trainers", "clipboard"),
    *_role("boxer", "bare chest, boxing shorts:red, boxing gloves, boots:black", female="vest top:red, boxing shorts:red, boxing gloves, boots:black"),
    *_role("swimmer", "bare chest, swimming trunks, swimming cap, swimming goggles, bare feet", "towel", female="swimsuit, swimming cap, swimming goggles, bare feet"),
    *_role("diver, scuba diver", "wetsuit, diving mask, air tank, flippers", "underwater torch"),
    *_role("skier", "ski suit, beanie:red, ski goggles, ski boots, gloves:charcoal", "ski poles, skis"),
    *_role("ballet dancer, ballerina, dancer", "vest top:white, leggings:charcoal, ballet shoes:black", "", female="leotard, tutu, tights:pale pink, ballet shoes, tiara", hair="top knot"),
    *_role("jockey, rider, horse rider", "jockey silks, breeches, riding hat, riding boots", "riding crop"),
    *_role("skater, skateboarder", "hoodie:plum, shorts:charcoal, helmet:teal, knee pads, trainers", "skateboard"),
    *_role("tennis player", "polo shirt:white, shorts:white, sweatband, trainers", "tennis racket, racket", female="polo shirt:white, skirt:white, sweatband, trainers"),
    *_role("karate fighter, judoka", "karate suit, belt:black, bare feet"),
    *_role("surfer", "bare chest, swimming trunks:turquoise, flower lei, bare feet", "surfboard", female="wetsuit:teal, flower lei, bare feet"),
    *_role("winner, champion", "tracksuit:azure, medal, flower crown:green, trainers", "trophy"),
    *_role("gymnast", "leotard:crimson, leggings:white, ballet shoes:white, medal", "", female="leotard:violet, bare feet, medal", hair="bun"),
]  # fmt: skip
_ARTS = [
    *_role("artist", "striped jumper:navy, trousers:charcoal, beret, neckerchief:red, apron:beige, paint splashes", "palette"),
    *_role("musician", "shirt:white, waistcoat:black, trousers:black, bow tie:red, fedora:black", "guitar"),
    *_role("violinist", "shirt:white, tuxedo, bow tie:white, trousers:black", "violin", female="black dress, pearls"),
    *_role("street musician, busker", "shirt:mustard, waistcoat:burgundy, trousers:charcoal, flat cap, neckerchief", "guitar"),
    *_role("singer", "shirt:plum, tuxedo:plum, trousers:black", "microphone", female="ball gown:crimson, pearls"),
    *_role("magician", "shirt:white, tuxedo, bow tie:white, trousers:black, top hat, cape:crimson, gloves:white", "magic wand"),
    *_role("clown", "clown suit, ruff, clown wig, red nose, clown shoes", "balloon"),
    *_role("actor", "shirt:ivory, ruff, waistcoat:burgundy, breeches:plum, cape:plum", "theatre mask, mask"),
    *_role("acrobat", "leotard:violet, leggings:violet, ballet shoes, sweatband:gold", "juggling balls"),
    *_role("ringmaster", "shirt:white, tailcoat:scarlet, bow tie:black, breeches, riding boots, top hat, gloves:white", "whip"),
    *_role("balloon seller", "striped t-shirt:red, waistcoat:blue, trousers:charcoal, flat cap, money belt", "balloon"),
    *_role("dj", "hoodie:black, jeans, headphones:magenta, cap:magenta"),
]  # fmt: skip
_LIFE = [
    *_role("bride", "wedding dress, veil, high heels:white, pearls, bridal train", "bridal bouquet, bouquet", hair="bun"),
    *_role("groom, bridegroom", "shirt:white, tuxedo, bow tie:black, cummerbund:silver, trousers:black, buttonhole flower", "wedding ring, ring box"),
    *_role("bridesmaid", "bridesmaid dress, flower crown", "bridal bouquet, bouquet"),
    *_role("best man", "shirt:white, suit jacket:slate, tie:sage, trousers:slate, buttonhole flower", "wedding ring, ring box"),
    *_role("wedding guest", "shirt:white, suit jacket:azure, tie:coral, trousers:azure, buttonhole flower", "present, gift box", female="summer dress:coral, wide hat:coral, pearls, handbag, high heels:coral"),
    *_role("mourner, widow, widower", "shirt:white, coat:black, tie:black, trousers:black, armband:black, bowler hat", "white lily", female="black dress, coat:black, wide hat:black, nun veil, tights, gloves, high heels:black"),
    *_role("parent with baby, new parent", "jumper:azure, jeans, trainers, baby carrier", "", female="striped t-shirt:navy, jeans, trainers, baby carrier"),
    *_role("baby", "romper, bib, bonnet, socks", "rattle"),
    *_role("newborn", "romper:white, bonnet:white, socks", "dummy"),
    *_role("priest, vicar, minister", "clerical shirt, cassock, stole:violet, cross, shoes:black", "prayer book, book"),
    *_role("pastor", "clerical shirt, suit jacket:black, trousers:black, cross", "prayer book, book"),
    *_role("nun", "habit, nun veil, cross, waist sash:black", "rosary"),
    *_role("monk", "monk robe, sandals", "candle", hair="bald"),
    *_role("buddhist monk", "bare chest, saffron robe, sandals", "alms bowl", hair="bald"),
    *_role("imam", "thawb, abaya:brown, kufi:white, sandals", "prayer beads", female="abaya, hijab:ivory", beard="full"),
    *_role("rabbi", "shirt:white, coat:black, trousers:black, fedora:black", "book", beard="full"),
    *_role("thief, burglar, robber", "striped jumper:black, trousers:charcoal, beanie:black, eye mask, gloves", "sack"),
    *_role("pickpocket", "hoodie:charcoal, trousers:black, cap:black, gloves:charcoal", "wallet"),
    *_role("prisoner", "pyjamas:charcoal, kufi:grey", "ball and chain"),
    *_role("sleeper, sleepy child", "pyjamas, slippers", "teddy bear"),
    *_role("invalid, injured person", "t-shirt:azure, shorts:slate, head bandage, leg plaster cast, arm plaster cast", "crutch"),
    *_role("pregnant woman", "maternity dress, sandals"),
    *_role("shopper", "coat:plum, jeans, scarf, handbag", "shopping bag"),
    *_role("beachgoer, sunbather", "bare chest, swimming trunks:orange, sun hat, sunglasses, flip-flops", "beach ball, ball", female="swimsuit:turquoise, sun hat, sunglasses, flip-flops"),
    *_role("homeless person, beggar", "jumper:olive, coat:brown, trousers:slate, beanie:grey, scarf:burgundy, boots:brown", "cardboard sign"),
    *_role("dog walker", "t-shirt:sage, jeans, trainers, cap:mustard, dog leads", "dog leash, ball"),
    *_role("grandmother, granny", "blouse:ivory, cardigan:lilac, skirt:plum, tights:tan, pearls, shawl:lilac, glasses, slippers", "knitting", hair="bun"),
    *_role("grandfather, grandpa", "shirt:ivory, waistcoat:sage, bow tie:burgundy, trousers:brown, flat cap:khaki, glasses, slippers:brown", "walking stick", beard="moustache"),
]  # fmt: skip
_COSTUME = [
    *_role("king", "shirt:ivory, trousers:plum, waist sash:gold, royal robe, ermine cape, crown, chain of office, boots:black", "sceptre", beard="full"),
    *_role("queen", "ball gown:violet, ermine cape:violet, crown, sash:azure, pearls, gloves:white", "sceptre", hair="bun"),
    *_role("prince", "uniform jacket:white, epaulettes, sash:azure, trousers:navy, leg stripe:gold, crown, boots:black"),
    *_role("princess", "princess dress, tiara, necklace, high heels:pink", "rose", hair="long"),
    *_role("fairy", "fairy dress, fairy wings, flower crown, tights:pale mint, ballet shoes:mint", "magic wand"),
    *_role("pirate", "striped jumper:crimson, waistcoat:black, trousers:chocolate, waist sash, pirate hat, eye patch, riding boots:brown", "cutlass", beard="full"),
    *_role("witch", "witch dress, witch hat, cape:violet, long socks:plum, shoes:black", "broomstick", hair="long"),
    *_role("wizard", "wizard robe, wizard hat, santa beard:silver", "magic wand"),
    *_role("superhero", "superhero costume, cape, eye mask, boots:red, gloves:red"),
    *_role("knight", "armour, knight helmet, gloves:silver, boots:silver", "sword and shield"),
    *_role("ghost", "sheet costume, ghost sheet, bare feet", ""),
    *_role("santa, father christmas", "shirt:white, santa coat, trousers:scarlet, santa hat, santa beard, belt:black, boots:black, mittens:dark green", "sack of presents, sack"),
    *_role("skeleton", "skeleton costume", ""),
]  # fmt: skip
_PLAIN = (
    "man", "woman", "boy", "girl", "child", "toddler", "teenager", "mother", "father", "son",
    "daughter", "brother", "sister", "aunt", "uncle", "friend", "neighbour", "passer-by",
    "customer", "dog owner", "visitor", "stranger", "parent", "couple", "old man", "old woman",
    "suitor", "guest", "host", "elderly man", "elderly woman", "person", "husband", "wife",
    "cousin", "niece", "nephew", "classmate", "colleague", "tenant", "landlord",
)  # fmt: skip

ROLES: dict[str, Role] = {
    role.word: role
    for role in (
        *_HELP_AND_ORDER, *_HEALTH, *_KITCHEN, *_TRADES, *_OUTDOORS, *_TRAVEL,
        *_LEARNING_AND_OFFICE, *_SPORT, *_ARTS, *_LIFE, *_COSTUME,
        *(Role(word, plain=True) for word in _PLAIN),
    )
}  # fmt: skip


def role_of(word: str) -> Role | None:
    """The role of a word, or ``None`` if the vocabulary has no such role."""
    return ROLES.get(word)


def holds_of(person: Person) -> tuple[str, ...]:
    """The prop words that tell a person's role; none where the Scene's person holds something."""
    role = ROLES.get(person.role)
    return role.holds if role is not None and not person.holds else ()


def hair_of(person: Person) -> Hair:
    """The person's hair with the role's hints where the Scene left the usual hair."""
    role = ROLES.get(person.role)
    if role is None or person.hair != Hair():
        return person.hair
    beard = role.beard if person.gender == "male" and person.age in ("adult", "elder") else None
    if role.hair is None and beard is None:
        return person.hair
    return Hair(style=role.hair or person.hair.style, colour=person.hair.colour, beard=beard)
