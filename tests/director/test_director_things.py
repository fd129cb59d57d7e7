"""Things, signs and animals: which words become one, with which state, lettering, time and place."""

from __future__ import annotations

import pytest
from staged import scene_of

from storypainter.director.inscriptions import minutes_past, time_in
from storypainter.scene import Prop, Sign


def things(text: str) -> list[str]:
    """The kinds of all props, in order."""
    return [prop.kind for prop in scene_of(text).props]


def animals(text: str) -> list[str]:
    """The species of all animals."""
    return [animal.species for animal in scene_of(text).animals]


def bearers(text: str) -> dict[str, str]:
    """What bears which words: kind to text, of all that bears any."""
    elements: list[Prop | Sign] = [*scene_of(text).props, *scene_of(text).signs]
    return {each.kind: each.text for each in elements if each.text}


def place_of(text: str, kind: str) -> tuple[str | None, str | None]:
    """(on, near) of the first thing of a kind."""
    found = next(each for each in scene_of(text).props if each.kind == kind)
    return found.place.on, found.place.near


# ---------------------------------------------------------------- verbs that look like plurals


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A waiter stands in the door, and an empty pram rolls towards the lake.", "bread"),
        ("A man sits in a punt that rocks from side to side under the willows.", "rock"),
        ("A runner in red slides into the fence, and the crowd shouts at him.", "slide"),
        ("Between the two rolls a pram, and an old woman runs after it.", "bread"),
        ("A boy irons a shirt while his uncle, chin on a radio, drums on the table.", "drum"),
    ],
)
def test_a_verb_in_s_is_no_thing(text: str, kind: str) -> None:
    assert kind not in things(text)


def test_plurals_that_a_word_before_them_makes_nouns_are_things() -> None:
    assert things("A girl sits among the rocks and holds a shell.").count("rock") > 1
    assert "drum" in things("A boy plays two drums in the street.")


def test_steps_that_measure_are_no_stairs() -> None:
    assert "stairs" not in things("Ten steps away a man waits beside a lamp.")
    assert "stairs" in things("In the hallway a man waits on the steps behind her.")


def test_a_plural_behind_one_noun_with_a_is_a_verb() -> None:
    assert "kettle" in things("On the stove a kettle steams, and a cook yawns.")


# ---------------------------------------------------------------- compounds and "of"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A woman leans over the balcony beside a satellite dish.", "bowl"),
        ("A man in overalls carries a tuning fork to the window.", "fork"),
        ("A boy sits in the fork of an old pear tree and reads a book.", "fork"),
        ("A baker lifts rings of dough out of the fat with a stick.", "ring"),
        ("A thief climbs down a ladder of knotted stockings.", "ladder"),
        ("A mechanic kneels at the door of a taxi.", "door"),
    ],
)
def test_what_a_compound_means_otherwise_is_not_drawn(text: str, kind: str) -> None:
    assert kind not in things(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A woman sets a brass bowl on the table.", "bowl"),
        ("A man holds a kitchen knife in both hands.", "knife"),
        ("A girl sits at the window of a cottage.", "window"),
        ("A boy holds a school lamp.", "lamp"),
    ],
)
def test_harmless_compounds_stay(text: str, kind: str) -> None:
    assert kind in things(text)


# ---------------------------------------------------------------- kinds


def test_another_kind_of_tree_is_a_tree() -> None:
    assert things("In the garden a boy sits under a mango tree.") == ["tree"]
    assert things("In the garden a boy sits under an apple tree.") == ["apple tree"]


def test_what_has_no_drawing_of_its_own_kind_is_left_out() -> None:
    assert things("A mason lays a spirit level on the wall and frowns at it.") == []


# ---------------------------------------------------------------- likenesses


def test_likenesses_of_animals_are_none() -> None:
    assert animals("A painted horse and a knitted cow lie on the table beside a man.") == []
    assert animals("A man leads a horse and a cow.") == ["horse", "cow"]


def test_somebody_made_up_as_an_animal_is_no_animal() -> None:
    assert animals("On the stage stands a fox: a girl of nine with a red tail.") == []


def test_what_is_crossed_out_is_not_there() -> None:
    assert "bicycle" not in things("A guard points at a crossed-out bicycle on the wall.")


@pytest.mark.parametrize(
    "text",
    [
        "Two men carry a sail, stiff as planks, up the beach.",
        "A boy gallops on a broom, as on a horse, across the yard.",
        "A child laughs, his cheek round as a tennis ball, at the dentist.",
    ],
)
def test_similes_are_not_drawn(text: str) -> None:
    assert not {"plank", "ball", "tennis ball"} & set(things(text))
    assert animals(text) == []


def test_what_somebody_has_not_got_is_not_there() -> None:
    assert animals("A girl offers him a carrot for a horse that he hasn't got.") == []


def test_what_a_television_shows_is_not_there() -> None:
    text = "A man stands before the television, where a ball flies over a net. A woman sits."
    assert not {"ball", "net"} & set(things(text))


# ---------------------------------------------------------------- once


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A girl carries a lunch box. The box is blue.", "box"),
        ("A man sits on a hospital bed. A nurse leans over the bed.", "bed"),
        ("A woman looks at the boy's plate. The boy holds a fork over the plate.", "plate"),
    ],
)
def test_a_thing_told_of_by_a_shorter_name_is_there_once(text: str, kind: str) -> None:
    assert sum(kind in each for each in things(text)) == 1


def test_the_gift_is_what_was_told_of_before() -> None:
    assert "gift box" not in things("A boy holds out a shell. A woman smiles at the gift.")
    assert "gift box" in things("A boy holds out a gift to a woman.")


# ---------------------------------------------------------------- lettering


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("A man pushes a crate marked FRAGILE past a door.", "crate", "FRAGILE"),
        ("CLOSED, reads the sign beside the door of the shop.", "sign", "CLOSED"),
        ("The card on the shop door reads BACK SOON. A man waits.", "card", "BACK SOON"),
        ("A man holds up a board, HELP WANTED, to the cars.", "sign", "HELP WANTED"),
        ("WELCOME HOME is painted on the banner over a dog.", "banner", "WELCOME HOME"),
        ("A note sticks out of her handbag: COME AT ONCE. She runs.", "paper", "COME AT ONCE"),
        ("A woman drives past an EXIT sign with her arm out of a car.", "sign", "EXIT"),
        ("A queue of people waits beside the bus to OSLO.", "bus", "OSLO"),
        ("A crate stands on a quay beside a lamp, lettered SOLVEIG.", "crate", "SOLVEIG"),
        ("A sheet of paper is headed LAST WILL, and a widow reads it.", "paper", "LAST WILL"),
    ],
)
def test_grammar_tells_what_bears_words(text: str, kind: str, words: str) -> None:
    assert bearers(text) == {kind: words}


@pytest.mark.parametrize(
    "text",
    [
        "On the tail of the lorry a girl with MUSIC SCHOOL on her blazer hugs a guitar.",
        "A nurse with WARD SISTER on her tunic carries an empty plate on her tray.",
        "A chef walks over to a bowl and tells a boy, “This is what I dreamt of.”",
        "On the doorstep stands a barrel, LONDON stencilled round it, beside a woman.",
    ],
)
def test_words_on_what_is_not_drawn_are_on_nothing(text: str) -> None:
    assert bearers(text) == {}


def test_two_pieces_of_one_label_stay_together() -> None:
    text = "QUEEN OF SPAIN, reads the label on a jar, KEEP COOL. A cook looks at it."
    assert bearers(text) == {"label": "QUEEN OF SPAIN KEEP COOL"}


# ---------------------------------------------------------------- clocks


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("one minute past four", "4:01"),
        ("a minute to midnight", "11:59"),
        ("twenty-two minutes past nine", "9:22"),
        ("quarter of six", "5:45"),
        ("at 7.40 pm", "19:40"),
        ("the clock says seven", "7:00"),
        ("12 a.m.", "0:00"),
        ("five of the boys", None),
        ("half to three", None),
    ],
)
def test_times_in_many_forms(text: str, time: str | None) -> None:
    assert time_in(text) == time


def test_minutes_alone_count_from_the_hour_told_before() -> None:
    assert minutes_past("LAST BUS 16.00. ", "The clock shows one minute past.") == "16:01"
    assert minutes_past("LAST BUS 0.00. ", "The clock shows two minutes to.") == "23:58"
    assert minutes_past("", "The clock shows one minute past.") is None


def test_dials_tell_the_time_of_the_clocks() -> None:
    text = "A window is full of clocks. A man stares at ten dials, each telling five to three."
    assert {sign.time for sign in scene_of(text).signs} == {"2:55"}


# ---------------------------------------------------------------- states and places


def test_a_light_that_shines_by_day_is_not_off() -> None:
    torch = scene_of("In the morning a man shines a torch into a cupboard.").props[0]
    assert (torch.kind, torch.state) == ("torch", "lit")
    candle = scene_of("At night an old man sits beside a candle, burnt out long ago.").props[0]
    assert candle.state is None


def test_a_clock_that_stands_at_an_hour_is_no_kind_of_clock() -> None:
    clock = scene_of("A man waits. The clock stands at ten past nine.").signs[0]
    assert (clock.time, clock.state) == ("9:10", None)


def test_what_is_in_a_vessel_gives_it_no_colour() -> None:
    bottle = scene_of("A man holds a bottle of orange juice.").props[0]
    assert (bottle.kind, bottle.colour) == ("bottle", None)


def test_what_is_told_of_far_apart_is_not_near() -> None:
    text = "Beyond a lamp and past the tall gates of an old house waits a man in a cape with a bag."
    assert all(prop.place.near is None or prop.kind == "bag" for prop in scene_of(text).props)


def test_what_is_somebodys_told_of_next_is_near_nobody_else() -> None:
    text = "A boy waits in the street. At his cart the ice-cream man yawns beside a dog."
    cart = next(prop for prop in scene_of(text).props if prop.kind == "cart")
    assert cart.place.near is None


def test_a_part_of_a_vehicle_is_not_drawn_beside_it() -> None:
    assert things("In the rain a bus waits with its door open, and the windows shine.") == ["bus"]
    assert things("A van stands in the ford. Out of the window sticks a thumb.") == ["van"]


def test_a_bench_in_a_room_is_none_of_a_park() -> None:
    assert "museum bench" in things("In the waiting room of the doctor a boy sits on a bench.")


def test_a_trolley_is_one_of_a_shop_only_in_a_shop() -> None:
    assert "shopping trolley" in things("In the supermarket a boy sits in a trolley.")
    assert "shopping trolley" not in things("A nurse pushes a trolley down the corridor.")


def test_a_thing_whose_place_is_not_told_is_on_no_table() -> None:
    text = "In the office a dagger gleams. A clerk laughs."
    assert place_of(text, "knife") == (None, None)
    assert things(text) == ["knife"]


# ---------------------------------------------------------------- words with a second sense


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A cook lifts the lid, and a jet of steam hits the lamp.", "plane"),
        ("A man milks a goat, and the white jet goes past the pail.", "plane"),
        ("An uncle raises a toast to the bride.", "bread"),
        ("A teacher with a grey bun waits in the yard.", "bread"),
        ("A woodpecker taps at the crown of the old elm.", "crown"),
        ("Across the egg runs a blue stamp.", "stamp"),
        ("A hen sits on an egg, and a crack runs across its shell.", "shell"),
        ("In the boot of the car lies a spare wheel. A driver swears.", "shoe"),
        ("A sailor keeps watch on the deck.", "watch"),
        ("A goal is chalked on the wall, and a boy runs.", "goal"),
        ("Behind glass a man waves.", "glass"),
        ("A lady holds envelopes with a clear window and a red stripe.", "window"),
        ("A girl stretches a bed sheet between two posts, GO HOME in red paint.", "laundry"),
        ("A ship in a bottle stands on the shelf. A boy looks at it.", "ship"),
        ("On the pie a sugar bus waits, and a girl laughs.", "bus"),
        ("He has never been on the plane. A girl with wings waves.", "plane"),
        ("You cannot climb a tree. A girl laughs.", "tree"),
        ("A tree is a tree. A girl laughs.", "tree"),
        ("The lady of the house waits on the stairs.", "house"),
    ],
)
def test_a_second_sense_draws_nothing(text: str, kind: str) -> None:
    assert kind not in things(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A jet stands on the runway, and a pilot waves.", "plane"),
        ("A baker puts rolls on a tray.", "bread"),
        ("The old king lifts the crown off his head.", "crown"),
        ("A clerk bangs a stamp on the form.", "stamp"),
        ("A child holds a shell to her ear on the beach.", "shell"),
        ("On a tray stand a jug and glass.", "glass"),
        ("A woman hangs bed sheets on a line.", "laundry"),
        ("A sailor waits, rope in hand.", "rope"),
        ("A boy lies beneath a fir tree in the hills.", "tree"),
    ],
)
def test_a_sense_that_something_speaks_for_is_drawn(text: str, kind: str) -> None:
    assert kind in things(text)


@pytest.mark.parametrize(
    "text",
    [
        "A roast chicken stands on the table, and a boy sniffs.",
        "An aunt eats chicken with a fork.",
        "A woman buys tinned mackerel.",
        "A bear is embroidered on the pillow. A boy sleeps.",
    ],
)
def test_food_and_needlework_are_no_animals(text: str) -> None:
    assert animals(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A girl with a white band round her wrist counts the coins.",
        "A lost trainer lies on the path, and a girl hops.",
        "The king of hearts lies on the floor, and a girl picks it up.",
    ],
)
def test_a_second_sense_is_nobody(text: str) -> None:
    assert [person.role for person in scene_of(text).people] == ["girl"]


def test_what_is_told_twice_is_there_once() -> None:
    assert things("A man looks through a pair of field glasses.") == ["telescope"]
    quilt = "A quilt covers the sofa. One edge of the quilt is folded back. A girl laughs."
    assert things(quilt).count("blanket") == 1


def test_what_is_full_tells_nothing_of_a_vessels_owner() -> None:
    assert "hospital bed" in things("A boy puts a cup on the tray of the hospital bed.")


def test_somebody_told_of_next_has_what_is_in_her_lap() -> None:
    text = "A girl dances. On the steps, a tray of beans in her lap, a woman watches."
    girl = next(person.id for person in scene_of(text).people if person.role == "girl")
    assert place_of(text, "tray")[1] != girl


def test_a_dimmed_lamp_is_not_off() -> None:
    assert scene_of("Beneath a dimmed lamp a mother yawns.").props[0].state is None


def test_them_are_not_those_who_take_them() -> None:
    text = "Letters lie in the snow, and two boys gather them up."
    assert all(not person.relations for person in scene_of(text).people)
