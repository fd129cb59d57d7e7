"""The words for which an OpenMoji picture may stand in, by how large such a thing is drawn.

Each entry is a code point, which is the name of OpenMoji's file, and our word for it: a British
noun in the singular, for a whole thing that can lie, stand or be held. Left out are people, faces,
hands, flags, symbols, views, what bears letters, and drawings that don't bear being redrawn.
"""

from __future__ import annotations

#: Category: how long its longest side is in cm (as our own props: small things larger than life),
#: and its code points with their words.
CATEGORIES: dict[str, tuple[float, str]] = {
    "mouthfuls and tiny things": (
        11.0,
        "1F353 strawberry, 1F352 cherry, 1FAD2 olive, 1F330 chestnut, 1F95C peanut, "
        "1F36C sweet, 1F95D kiwi fruit, 1F9C4 garlic, 1F344 mushroom, 1F960 fortune cookie, "
        "1F363 sushi, 1F9B7 tooth, 1F48E gem, 1F3B2 die, 1F4CC drawing pin, 1F4CE paperclip, "
        "1F9F7 safety pin, 1F95F dumpling, 1F336 chilli, 1F50B battery, 1FA9D hook",
    ),
    "fruit and vegetables": (
        15.0,
        "1F351 peach, 1F34B lemon, 1F34A orange, 1F345 tomato, 1F9C5 onion, 1F954 potato, "
        "1F350 pear, 1F96D mango",
    ),
    "trinkets": (
        16.0,
        "1F484 lipstick, 231A watch, 1F4BF compact disc, 1F4BE floppy disk, 1F9ED compass, "
        "1F9F2 magnet, 1F512 padlock, 1F9E9 jigsaw piece, 1F4B3 credit card, 1FA80 yo-yo, "
        "1F9CA ice cube, 1F58D crayon, 1F516 bookmark, 1F50C plug, 1F4A1 light bulb, "
        "1F5B1 computer mouse, 1F4FC video cassette, 1F9F5 cotton reel, 1F9FF amulet, "
        "1F3B1 billiard ball, 26BE baseball, 1FAAA identity card, 1FA94 oil lamp, "
        "1FA86 nesting doll, 1F9C8 butter dish, 1FAA4 mousetrap, 1F45B purse, "
        "1F9C2 salt cellar, 265F chess pawn",
    ),
    "food": (
        20.0,
        "1F32D hot dog, 1F32E taco, 1F32F burrito, 1F33D corn on the cob, 1F346 aubergine, "
        "1F347 bunch of grapes, 1F354 hamburger, 1F355 slice of pizza, 1F359 rice ball, "
        "1F35A bowl of rice, 1F35C bowl of noodles, 1F35F bag of chips, "
        "1F361 skewer of dumplings, 1F364 fried prawn, 1F368 bowl of ice cream, "
        "1F36B chocolate bar, 1F36D lollipop, 1F36E pudding, 1F36F honey pot, 1F371 bento box, "
        "1F373 fried egg, 1F378 cocktail, 1F379 tropical drink, 1F37A beer mug, 1F37F popcorn, "
        "1F951 avocado, 1F952 cucumber, 1F957 bowl of salad, 1F95B glass of milk, "
        "1F963 bowl of cereal, 1F964 fizzy drink, 1F965 coconut, 1F966 broccoli, "
        "1F968 pretzel, 1F969 steak, 1F96C lettuce, 1F96F bagel, 1F9C3 juice carton, "
        "1F9C7 waffle, 1F9CB bubble tea, 1FAD1 pepper, 1FAD4 tamale, 1FADA ginger root, "
        "1FADB pea pod, 1F356 joint of meat, 1F357 chicken leg, 1F943 tumbler, 1F944 spoon, "
        "1F962 chopsticks",
    ),
    "large food": (
        30.0,
        "1F349 slice of watermelon, 1F34D pineapple, 1F956 baguette, 1F372 bowl of soup, "
        "1F958 paella pan",
    ),
    "things": (
        30.0,
        "23F3 hourglass, 1F52E crystal ball, 1FA83 boomerang, 1F5E1 dagger, 1F527 spanner, "
        "1FA9B screwdriver, 1FA92 razor, 1FA84 magic wand, 1F4A3 bomb, 1F3AE game controller, "
        "1F579 joystick, 1F39E film strip, 1F4F9 video camera, 1F3A5 film camera, 1F4FB radio, "
        "1F3AC clapperboard, 1F514 bell, 1F6CE desk bell, 1F4EF post horn, "
        "1F9F4 lotion bottle, 26D3 chain, 1F4D0 set square, 1F9EB petri dish, 2696 balance, "
        "1F576 sunglasses, 1F453 glasses, 1F9F6 ball of wool, 1FAB6 feather, "
        "1F58B fountain pen, 1F4E0 fax machine, 1F4E6 parcel, 1F4DC scroll, 1F9E8 firecracker, "
        "1FAAD folding fan, 1F390 wind chime, 1F38D pine decoration, 26B1 urn, 1F480 skull, "
        "1F383 jack-o-lantern, 1F3F5 rosette, 1F578 cobweb, 1F5DC clamp, 2328 keyboard, "
        "1F5D1 waste-paper basket, 1F5F3 ballot box",
    ),
    "clothes": (
        32.0,
        "1F45F trainer, 1F460 high-heeled shoe, 1F462 boot, 1F97E hiking boot, "
        "1F45E leather shoe, 1F461 sandal, 1FA74 flip-flop, 1FA70 ballet shoe, "
        "1F6FC roller skate, 1F9E2 cap, 1F393 mortarboard, 1F452 sun hat, 1FA96 army helmet, "
        "26D1 rescue helmet, 1F97D goggles, 1F93F diving mask, 1F94A boxing glove",
    ),
    "large clothes": (
        70.0,
        "1F455 t-shirt, 1F457 dress, 1F458 kimono, 1F9E3 scarf, 1F9E5 coat, 1F97C lab coat, "
        "1F97B sari, 1F94B judo suit, 1F3BD running shirt",
    ),
    "balls and bats": (
        28.0,
        "1F3D0 volleyball, 1F3C9 rugby ball, 1F3C8 american football, 1F94F frisbee, "
        "1F94C curling stone, 1F3D3 table tennis bat",
    ),
    "long things": (
        80.0,
        "1F3B7 saxophone, 1FA95 banjo, 1FA98 long drum, 1FA8A trombone, 1F3D1 hockey stick, "
        "1F3D2 ice hockey stick, 1F94D lacrosse stick, 1F3F8 badminton racket, 26CF pickaxe, "
        "1FA8F shovel, 1F6E1 shield, 1FAA6 gravestone, 1F6E2 oil drum, 1F488 barber pole",
    ),
    "middling things": (
        50.0,
        "1FA97 accordion, 1FA87 pair of maracas, 1FAA0 plunger, 1F3FA amphora, "
        "1FA8E treasure chest, 1F335 cactus, 1FAB8 coral",
    ),
    "flowers": (
        30.0,
        "1F337 tulip, 1F33A hibiscus, 1F338 cherry blossom, 1FABB hyacinth, 1FAB7 lotus, "
        "1F331 seedling, 1F33F herb, 1F340 four-leaf clover, 1F341 maple leaf, "
        "1F940 wilted rose",
    ),
    "insects": (
        13.0,
        "1F40C snail, 1F41B caterpillar, 1F41C ant, 1F41E ladybird, 1F98B butterfly, "
        "1F982 scorpion, 1F577 spider, 1F997 cricket, 1F99F mosquito, 1FAB0 fly, 1FAB1 worm, "
        "1FAB2 beetle, 1FAB3 cockroach",
    ),
    "small animals": (
        30.0,
        "1F400 rat, 1F420 tropical fish, 1F421 puffer fish, 1F422 tortoise, 1F987 bat, "
        "1F98E lizard, 1F990 prawn, 1F994 hedgehog, 1F43F chipmunk, 1F54A dove, "
        "1FABC jellyfish, 1F9AA oyster",
    ),
    "middling animals": (
        75.0,
        "1F412 monkey, 1F413 cockerel, 1F419 octopus, 1F991 squid, 1F429 poodle, 1F983 turkey, "
        "1F985 eagle, 1F99D raccoon, 1F9A1 badger, 1F9A4 dodo, 1F9A5 sloth, 1F9A6 otter, "
        "1F9A8 skunk, 1F9AB beaver, 1FABF goose, 1F40D snake",
    ),
    "large animals": (
        150.0,
        "1F405 tiger, 1F406 leopard, 1F40F ram, 1F417 wild boar, 1F98D gorilla, "
        "1F998 kangaroo, 1F999 llama, 1F99A peacock, 1F9A7 orangutan, 1F9A9 flamingo",
    ),
    "giant animals": (
        270.0,
        "1F402 ox, 1F403 water buffalo, 1F409 dragon, 1F40A crocodile, 1F40B whale, "
        "1F418 elephant, 1F42A camel, 1F988 shark, 1F98F rhinoceros, 1F995 sauropod, "
        "1F996 tyrannosaurus, 1F99B hippopotamus, 1F9A3 mammoth, 1F9AC bison, "
        "1FACD killer whale",
    ),
    "furniture": (
        130.0,
        "1FA89 harp, 26FD petrol pump, 1F3A0 carousel horse, 26B0 coffin, 1F38F carp streamer",
    ),
    "trees": (
        270.0,
        "1F332 fir tree, 1F334 palm tree, 1F384 christmas tree, 1FABE bare tree, 1F5FF moai, "
        "1F6D6 hut, 1FA82 parachute",
    ),
    "small vehicles": (
        190.0,
        "1F6A0 cable car",
    ),
    "vehicles": (
        340.0,
        "1F681 helicopter, 1F682 steam engine, 1F683 railway carriage, 1F691 ambulance, "
        "1F692 fire engine, 1F693 police car, 1F690 minibus, 1F6FB pickup truck, "
        "1F3CE racing car, 1F6F6 canoe, 1F680 rocket, 1F6F8 flying saucer, 1F3A1 big wheel, "
        "1F3AA circus tent",
    ),
}
