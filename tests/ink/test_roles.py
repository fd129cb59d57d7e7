"""Roles: what they wear and hold are words of the vocabulary, and no two look the same."""

from __future__ import annotations

import re

import pytest

from storypainter.ink.drawing.palette import colour
from storypainter.ink.people.attire import ATTIRE, attire_of, dress
from storypainter.ink.people.faces.hair import BEARDS, HAIR_STYLES
from storypainter.ink.people.roles import ROLES, hair_of, holds_of, role_of
from storypainter.ink.people.vocabulary import FIGURE_VOCABULARY
from storypainter.scene import Hair, Person

DRESSED = sorted(word for word, role in ROLES.items() if not role.plain)
WANTED = """police officer, firefighter, nurse, doctor, surgeon, chef, waiter, teacher, pupil,
builder, farmer, postal worker, judge, bride, groom, referee, athlete, footballer, lifeguard,
security guard, cashier, gardener, painter, decorator, magician, clown, king, queen, pilot,
flight attendant, soldier, scientist, mechanic, hairdresser, fisher, musician, photographer,
tourist, parent with baby, patient, priest, nun, monk, businessperson, detective, thief, burglar,
cyclist, diver, skier, swimmer, ballet dancer, boxer, jockey, sailor, captain, astronaut, butcher,
baker, barista, cleaner, delivery courier, bus driver, train conductor, librarian, student,
graduate, scout, hiker, pirate, witch, superhero, fairy, princess, ghost, santa, beekeeper,
welder, lumberjack, cowboy, knight, vet, dentist, news reporter, baby, toddler, wedding guest,
mourner"""


def person(**fields: object) -> Person:
    return Person.model_validate({"id": "p1", "role": "woman", **fields})


@pytest.mark.parametrize("word", [" ".join(word.split()) for word in WANTED.split(",")])
def test_wanted_roles_are_in_the_vocabulary(word: str) -> None:
    assert role_of(word) is not None
    assert word in FIGURE_VOCABULARY["roles"]


@pytest.mark.parametrize("word", DRESSED)
def test_roles_are_made_of_known_words(word: str) -> None:
    role = ROLES[word]
    for garment in (*role.wears, *role.female_wears):
        assert garment.kind in ATTIRE
        assert garment.colour is None or colour(garment.colour)
    for prop in role.holds:
        assert prop == prop.lower()
    assert role.hair is None or role.hair in HAIR_STYLES
    assert role.beard is None or role.beard in BEARDS


@pytest.mark.parametrize("gender", ["female", "male"])
def test_no_two_roles_look_the_same(gender: str) -> None:
    seen: dict[object, set[tuple[str, ...]]] = {}
    for word in DRESSED:
        role = ROLES[word]
        seen.setdefault(role.attire(gender), set()).add(role.holds)
    doubles = {holds for group in seen.values() if len(group) > 1 for holds in group}
    assert not doubles


def test_attire_of_the_scene_wins_over_the_roles() -> None:
    given_attire = person(role="chef", attire=[{"kind": "hoodie"}])
    assert [g.kind for g in attire_of(given_attire)] == ["hoodie"]
    assert dress(person(role="chef")).apron is not None


def test_cut_follows_gender_where_it_matters() -> None:
    kinds = {
        gender: {g.kind for g in attire_of(person(role="swimmer", gender=gender))}
        for gender in ("female", "male")
    }
    assert "swimsuit" in kinds["female"]
    assert "swimming trunks" in kinds["male"]


def test_things_are_held_only_where_the_scene_holds_nothing() -> None:
    assert holds_of(person(role="waiter")) == ("serving tray", "tray")
    busy = person(role="waiter", holds=[{"what": "cup"}])
    assert holds_of(busy) == ()
    assert holds_of(person(role="nobody known")) == ()


def test_hair_hints_give_way_to_the_scenes_hair() -> None:
    king = person(role="king", gender="male")
    assert hair_of(king).beard == "full"
    assert hair_of(person(role="king", gender="male", age="child")).beard is None
    shaved = person(role="king", gender="male", hair={"style": "bald"})
    assert hair_of(shaved) == Hair(style="bald")


def test_a_child_in_a_role_wears_the_same_at_its_own_size() -> None:
    grown, small = dress(person(role="chef")), dress(person(role="chef", age="child"))
    assert grown.hat == small.hat
    assert grown.apron == small.apron


def test_words_are_written_as_scenes_write_them() -> None:
    pattern = re.compile(r"^[a-z][a-z0-9]*([ -][a-z0-9]+)*$")
    for word in (*ROLES, *ATTIRE, *(prop for role in ROLES.values() for prop in role.holds)):
        assert pattern.match(word), word
