"""Garments: each can be worn by any body in any pose, and pieces go where they belong."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.palette import Style, colour
from storypainter.ink.people.attire import ATTIRE, dress
from storypainter.ink.people.attire_words import (
    BACK,
    BOTTOMS,
    CHEST,
    FACE_WEAR,
    HATS,
    OUTERS,
    SHOES,
    SUITS,
    TOPS,
)
from storypainter.ink.people.figure import Placement, Seat, draw_person
from storypainter.ink.people.garments.digits import number_shape
from storypainter.ink.people.garments.hat_forms import Hat
from storypainter.ink.people.locales import LOCALES, locale_of
from storypainter.scene import Garment, Person


def person(**fields: object) -> Person:
    return Person.model_validate({"id": "p1", "role": "woman", **fields})


def wearing(*words: str, **fields: object) -> Person:
    return person(attire=[{"kind": word} for word in words], **fields)


def drawn(who: Person, facing: str = "right") -> str:
    canvas = Canvas(600, 600, Style("flat"), 3)
    with canvas.layer(who.id, 1, kind="person"):
        draw_person(canvas, who, Placement(300.0, 560.0, 2.0, facing))  # type: ignore[arg-type]
    return canvas.to_svg()


def test_there_are_many_words_and_each_is_of_one_kind() -> None:
    assert len(ATTIRE) == len(set(ATTIRE))
    assert len(ATTIRE) >= 90


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(st.sampled_from(ATTIRE), min_size=1, max_size=4, unique=True),
    age=st.sampled_from(["toddler", "child", "teen", "adult", "elder"]),
    build=st.sampled_from(["slim", "medium", "stout"]),
    gender=st.sampled_from(["female", "male", "unspecified"]),
    pose=st.sampled_from(["stand", "walk", "kneel", "sit ground", "hands up", "crouch"]),
    facing=st.sampled_from(["left", "right", "away"]),
)
def test_any_garments_can_be_drawn_on_anyone(
    words: list[str], age: str, build: str, gender: str, pose: str, facing: str
) -> None:
    assert "nan" not in drawn(
        wearing(*words, age=age, build=build, gender=gender, pose=pose), facing
    )


@pytest.mark.parametrize("hat", ["crown", "ghost sheet", "fire helmet", "judge wig", "veil"])
def test_a_hat_changes_the_picture(hat: str) -> None:
    assert drawn(wearing(hat, "shirt", "trousers")) != drawn(wearing("shirt", "trousers"))


@pytest.mark.parametrize("word", ["stethoscope", "medal", "cape", "high heels", "long socks"])
def test_worn_attributes_are_drawn(word: str) -> None:
    plain = drawn(wearing("t-shirt", "shorts"))
    assert drawn(wearing("t-shirt", "shorts", word)) != plain


@pytest.mark.parametrize("word", sorted({*TOPS, *OUTERS, *BOTTOMS, *SUITS, *HATS, *SHOES}))
def test_the_scenes_colour_wins_over_the_usual_one(word: str) -> None:
    outfit = dress(person(attire=[{"kind": word, "colour": "#123456"}]))
    found = {
        outfit.top.colour,
        outfit.bottom.colour,
        outfit.shoes[1],
        outfit.hat[1] if outfit.hat else None,
        outfit.outer.colour if outfit.outer else None,
    }
    assert "#123456" in found or word in ("bare chest", "bare feet")


def test_hats_and_face_wear_may_be_worn_together() -> None:
    outfit = dress(wearing("cap", "headphones", "glasses", "surgical mask"))
    assert outfit.hat is not None
    assert Hat(*outfit.hat, "three-quarter").kinds == ("cap", "headphones")
    assert outfit.glasses is not None
    assert outfit.glasses.startswith("glasses+surgical mask #")


def test_only_some_hats_hide_or_cut_the_hair() -> None:
    assert Hat("swimming cap", "#000000", "profile").hides_hair
    assert not Hat("tiara", "#000000", "profile").hides_hair
    tiara, cap = (Hat(kind, "#000000", "three-quarter").rim for kind in ("tiara", "cap"))
    assert max(y for _, y in tiara) < -60 < min(y for _, y in cap)


def test_what_hangs_behind_is_known_before_the_trunk_is_drawn() -> None:
    assert dress(wearing("t-shirt")).backpack is None
    for word in BACK:
        assert dress(wearing(word)).backpack is not None


def test_gloves_colour_both_hands() -> None:
    assert dress(wearing("mittens")).hands == colour("red")
    assert dress(wearing("shirt")).hands is None


def test_missing_pieces_are_added_and_given_ones_kept() -> None:
    outfit = dress(wearing("kimono"))
    assert outfit.outer is not None
    assert outfit.worn[0] == "kimono"
    assert dress(wearing("swimsuit")).bottom.kind == "briefs"
    assert (
        dress(wearing("bare chest", "shorts", skin="dark")).top.colour
        == dress(person(skin="dark")).skin
    )


def test_a_wrong_colour_is_named() -> None:
    with pytest.raises(BadInput, match="knows no colour"):
        dress(person(attire=(Garment(kind="crown", colour="blurple"),)))


def test_every_extra_has_a_drawing() -> None:
    for word in (*CHEST, *FACE_WEAR):
        assert drawn(wearing("t-shirt", "trousers", word)).startswith("<svg")


def test_long_garments_fall_to_the_ankles_and_not_below_the_ground() -> None:
    for word in ("wedding dress", "judge robe", "sari"):
        for pose, seat in (("stand", None), ("walk", None), ("sit", Seat(90.0, 300.0))):
            canvas = Canvas(600, 600, Style("flat"), 3)
            who = wearing(word, pose=pose)
            with canvas.layer(who.id, 1, kind="person"):
                result = draw_person(canvas, who, Placement(300.0, 560.0, 2.0, seat=seat))
            assert result.box[3] < 570


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ja", "ja"), ("ja-JP", "ja"), ("Japan", "ja"), ("Japanese", "ja"), ("en-GB", "en"),
        ("a village in Nigeria", "yo"), ("West African", "yo"), ("hi_IN", "hi"), ("mx", "es-mx"),
        ("South Korea", "ko"), ("ar-EG", "ar"), ("zh-Hant", "zh"),
    ],
)  # fmt: skip
def test_locales_are_found_by_code_country_and_adjective(text: str, code: str) -> None:
    found = locale_of(text)
    assert found is not None
    assert found.code == code


@given(st.text(max_size=30))
def test_any_text_names_a_locale_or_none(text: str) -> None:
    found = locale_of(text)
    assert found is None or found in LOCALES


def test_unknown_places_have_no_locale() -> None:
    assert locale_of("") is None
    assert locale_of("Atlantis") is None


@pytest.mark.parametrize("locale", LOCALES, ids=lambda each: each.code)
def test_everyday_clothes_come_first_and_feasts_are_dressed_up(locale: object) -> None:
    assert isinstance(locale, type(LOCALES[0]))
    people = [person(id=f"p{i}", role="man", gender="male") for i in range(300)]
    traditional = {
        tuple(word.partition(":")[0].strip() for word in each.split(","))
        for each in locale.tradition.man
    }
    worn = [tuple(g.kind for g in locale.wardrobe(each)) for each in people]
    share = sum(each in traditional for each in worn) / len(worn)
    assert share == pytest.approx(locale.traditional, abs=0.09)
    guest = locale.wardrobe(person(role="guest", gender="male"))
    assert tuple(g.kind for g in guest) in traditional


@pytest.mark.parametrize("locale", LOCALES, ids=lambda each: each.code)
def test_locale_clothes_are_words_of_the_wardrobe(locale: object) -> None:
    assert isinstance(locale, type(LOCALES[0]))
    for wardrobe in (locale.everyday, locale.tradition):
        for each in (*wardrobe.woman, *wardrobe.man, *wardrobe.girl, *wardrobe.boy):
            for word in each.split(","):
                kind, _, shade = word.strip().partition(":")
                assert kind in ATTIRE
                assert not shade or colour(shade)


def test_a_locale_dresses_plain_people_only() -> None:
    japan = locale_of("ja")
    nurse = person(role="nurse")
    assert dress(nurse, japan) == dress(nurse)
    guest = person(role="guest", gender="female")
    assert dress(guest, japan).outer is not None
    given_attire = wearing("hoodie", role="guest")
    assert dress(given_attire, japan) == dress(given_attire)


def test_numbered_shirts_differ_from_person_to_person_and_stay_the_same() -> None:
    numbers = [dress(person(id=f"p{index}", role="runner")).number for index in range(40)]
    assert all(1 <= number <= 99 for number in numbers)
    assert len(set(numbers)) > 20
    assert numbers == [dress(person(id=f"p{index}", role="runner")).number for index in range(40)]


@pytest.mark.parametrize("number", range(10))
def test_digits_are_one_wide_two_high_and_differ(number: int) -> None:
    left, top, right, bottom = number_shape(number).bounds
    assert -0.65 <= left < right <= 0.65
    assert top == pytest.approx(-1, abs=0.12)
    assert bottom == pytest.approx(1, abs=0.12)
    others = (number_shape(other) for other in range(10) if other != number)
    assert all(number_shape(number).symmetric_difference(other).area > 0.2 for other in others)
    both = number_shape(10 + number)
    assert both.bounds[2] - both.bounds[0] > 1.5
