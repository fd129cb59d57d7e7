"""Who is drawn, how old, and what they wear: only what a text tells of the person themselves."""

from __future__ import annotations

import pytest
from staged import scene_of

from storypainter.scene import Person


def people(text: str) -> list[Person]:
    return list(scene_of(text).people)


def worn(text: str) -> dict[str, list[str]]:
    return {p.role: [g.kind for g in p.attire] for p in people(text)}


@pytest.mark.parametrize(
    "text",
    [
        "A man with a coat over his arm waits.",
        "A man waits. His coat hangs on a peg.",
        "Over the fence, stiff with frost, hangs his coat. A man looks for it.",
        "A woman sits with a coat across her knees.",
        "A man wraps his own coat round a wet dog.",
        "A woman irons her coat.",
        "A girl points at the coats. A man nods.",
        "A woman dries the plates with her scarf.",
        "A boy kneels beside his boots.",
        "A man stands at the door, coat folded.",
        "Water reaches up to their belts. Two men wait.",
        "A man holds a child's boot.",
        "A woman pulls at the straps of a boy's shirt. A man sleeps.",
        "A mother knits half a sock.",
        "The man's wrist, which wears a watch, shakes.",
        "A woman puts on her brother's jacket. A man waits.",
    ],
)
def test_what_is_not_told_to_be_on_somebody_is_not_worn_by_grown_ups(text: str) -> None:
    clothes = {p.role: [g.kind for g in p.attire] for p in people(text)}
    clothes.pop("boy", None)
    if "puts on" in text:
        assert clothes["man"] == []
    else:
        assert not any(clothes.values())


@pytest.mark.parametrize(
    ("text", "role", "garments"),
    [
        ("A man in a tie, a gold watch and socks waits.", "man", ["tie", "wristwatch", "socks"]),
        ("An old man, shirt and trousers soaked, bends down.", "old man", ["shirt", "trousers"]),
        ("A student with his trousers rolled up waits.", "student", ["trousers"]),
        ("In his socks, a boy runs.", "boy", ["socks"]),
        ("With snow on his cape a soldier bends down.", "soldier", ["cape"]),
        ("A woman with a grey plait and headphones sings.", "woman", ["headphones"]),
        ("A woman in a man's raincoat waits.", "woman", ["raincoat"]),
        ("A woman hangs by one arm, her sari blown backwards.", "woman", ["sari"]),
        ("A nurse sleeps, a sheet of paper pinned to her coat.", "nurse", ["coat"]),
        ("A woman straightens her skirt.", "woman", ["skirt"]),
        ("A man tugs at the belt of a woman in a cardigan.", "woman", ["cardigan"]),
        ("A woman waits, a cap on her head.", "woman", ["cap"]),
        ("A boy stands on the stage. His cap is lettered STAFF.", "boy", ["cap"]),
        ("A surgeon has pulled down her mask.", "surgeon", ["surgical mask"]),
        ("A woman in a hat waits.", "woman", ["sun hat"]),
    ],
)
def test_what_is_told_to_be_on_somebody_is_worn(text: str, role: str, garments: list[str]) -> None:
    assert worn(text)[role] == garments


def test_a_garment_of_two_colours_gets_none_of_them() -> None:
    (scout,) = people("A scout in red and white socks waits.")
    assert [(g.kind, g.colour) for g in scout.attire] == [("socks", None)]


def test_whose_a_garment_is_has_to_be_clear() -> None:
    clothes = worn("A man pays. A boy reads. A woman hauls at his belt.")
    assert clothes == {"man": [], "boy": [], "woman": []}


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("A girl, nine at most, sings.", ["child"]),
        ("A man in his seventies waits.", ["elder"]),
        ("A boy not yet three waits.", ["toddler"]),
        ("Its owner, past eighty, turns the key.", ["elder"]),
        ("A small brother gallops past.", ["child"]),
        ("An old lady sits down. A man of her age bows.", ["elder", "elder"]),
        ("A girl reads. Her brother draws.", ["child", "child"]),
        ("Her sister sings. She is ten or so.", ["child"]),
        ("An old man waits. His granddaughter, in office shoes, reads.", ["elder", "adult"]),
        ("Three sisters, the eldest about sixteen, wait.", ["teen"] * 3),
        ("A professor talks to a class.", ["adult", "teen", "teen", "teen"]),
        ("An old man sings. His wife smiles.", ["elder", "elder"]),
        ("A woman waits. She was just a girl when she came here.", ["adult"]),
        ("A girl runs. A rival in a cap waits.", ["child", "child"]),
    ],
)
def test_ages(text: str, ages: list[str]) -> None:
    assert [p.age for p in people(text)][: len(ages)] == ages
    assert {p.age for p in people(text)} == set(ages)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("A cassette player stands on the shelf.", []),
        ("On the shelf stands a tin soldier.", []),
        ("The blue boat rocks beside its neighbour.", []),
        ("A man sleeps in front of the television, where a crowd leaps.", ["man"]),
        ("A tablet leans on a jar: a newborn in a cap sleeps.", []),
        ("A man with the head of a king waits.", ["man"]),
        ("Before a chess table, king and all, a man thinks.", ["man"]),
        ("A woman binds the stranger's finger. A man waits.", ["woman", "man"]),
        ("Three guests come: a nun, a soldier and a girl.", ["nun", "soldier", "girl"]),
        ("At pump 4 another woman waits.", ["woman"]),
        ("A third child, a boy in a cap, kneels.", ["child"]),
        ("The oldest miner stands there. A boy pushes the old man.", ["miner", "boy"]),
        ("A man wears an uncle's hat.", ["man"]),
        ("Grandma's glasses lie on the table. A man looks for them.", ["man"]),
        ("Along the wall women in coats wait.", ["woman", "woman", "woman"]),
        ("A van driver honks.", ["driver"]),
    ],
)
def test_who_is_drawn(text: str, roles: list[str]) -> None:
    assert [p.role for p in people(text)] == roles


def test_of_a_counted_number_those_told_of_one_by_one_are_no_more() -> None:
    found = people("Four people wait. A man reads. A woman sings. A girl runs. A boy eats.")
    assert sorted(p.role for p in found) == ["boy", "girl", "man", "woman"]


def test_a_family_told_of_twice_is_one_family() -> None:
    found = people("The family eats. A man brings bread to the family.")
    assert [p.role for p in found].count("mother") == 1


def test_one_of_two_is_told_apart_by_a_comparative() -> None:
    younger, older = people(
        "Two women sit on the floor. The younger, in a green coat, smiles. The older, a glove on one "
        "hand, holds a cup."
    )
    assert [g.kind for g in younger.attire] == ["coat"]
    assert [g.kind for g in older.attire] == ["gloves"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A woman waits. A security guard at her elbow points at a dog.", "security guard"),
        ("A man sits on a bed. A nurse behind him lifts a bottle.", "nurse"),
        (
            "A journalist waits. In its photograph a woman laughs, a pencil behind her ear.",
            "journalist",
        ),
    ],
)
def test_a_pronoun_for_somebody_else_tells_no_sex(text: str, role: str) -> None:
    assert next(p for p in people(text) if p.role == role).gender == "unspecified"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The captain of the team falls.", "captain"),
        ("The wife of the mayor waits.", "wife"),
    ],
)
def test_who_is_only_told_as_somebodys_need_not_be_there(text: str, role: str) -> None:
    assert [p.role for p in people(text)] == [role]


def test_a_hat_of_a_shape_of_its_own_is_no_plain_hat() -> None:
    assert worn("A man in a bearskin hat waits.") == {"man": []}


def test_two_who_wear_the_same_wear_the_same() -> None:
    father, son = people("A man and his son wear the same hat.")
    assert father.attire[0].kind == son.attire[0].kind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Two people wait. They are two people who wait for a bus. Two people wave.", 2),
        ("Two boys run. Two boys laugh.", 2),
        ("Two boys run. Two other boys laugh.", 4),
        ("Two old women sit there. Two young women wave.", 4),
        ("A girl sits in the park. The child laughs.", 1),
        ("An old man sits there. The man smiles.", 1),
        ("An old man sits there. The man beside him reads.", 2),
        ("A woman and a man wait. Who are these people?", 2),
        ("Two children run. One, a tall boy, waves; the other is a small girl.", 2),
        ("Two children play there, a boy and a girl.", 2),
        ("Two girls sit there. One, in a coat, eats; the other, a thin child, waits.", 2),
        ("The story begins with a woman. The story is about a woman.", 1),
        ("A lady sleeps among the people. She sleeps among the people.", 5),
        ("A family waits. Two boys wave. Their mother sits on a crate. A baby sleeps.", 4),
    ],
)
def test_who_is_told_again_is_there_once(text: str, number: int) -> None:
    assert len(people(text)) == number


def test_members_of_a_pair_are_as_they_are_told() -> None:
    pair = people("Two children run. One, a tall boy, waves; the other is a small girl.")
    assert [p.gender for p in pair] == ["male", "female"]


@pytest.mark.parametrize(
    ("text", "role", "age"),
    [
        ("The bride's father waits. His daughter nods.", "daughter", "adult"),
        ("A man waits. His daughter nods.", "daughter", "child"),
        ("In the schoolyard a girl runs. The captain points at her.", "child", "child"),
        ("On the ship a girl runs. The captain points at her.", "captain", "adult"),
    ],
)
def test_how_old_somebody_is_by_the_company(text: str, role: str, age: str) -> None:
    assert next(p.age for p in people(text) if p.role == role) == age


@pytest.mark.parametrize(
    "text",
    [
        "A man sleeps. His sandals are neatly paired on the floor below.",
        "A boy waits, his woolly hat stuffed into a trumpet.",
        "A man grips the waistband of a boy.",
        "A man waits. His cap is wet on the bench.",
    ],
)
def test_what_lies_elsewhere_is_on_nobody(text: str) -> None:
    assert not any(p.attire for p in people(text))


def test_what_is_in_tatters_is_worn() -> None:
    assert worn("A man waits. His coat is in tatters.")["man"] == ["coat"]


def test_he_is_not_whose_jacket_he_wears() -> None:
    (man,) = people("An old man waits. He wears a driver's jacket, and he smiles.")
    assert man.expression == "smiling"
