from __future__ import annotations

from storypainter.director.by_words import scene_of
from storypainter.director.gazetteer import word_list
from storypainter.director.looks import varied
from storypainter.scene import Garment, Hair, Person, Scene, Setting
from storypainter.vocabulary import painter_vocabulary


def test_strangers_differ_relatives_are_alike_and_what_is_told_stays():
    people = tuple(Person(id=f"p{i}", role="passer-by") for i in range(8))
    kin = tuple(Person(id=role, role=role) for role in ("mother", "son"))
    told = Person(id="told", role="man", skin="dark", hair=Hair(style="bald", colour="black"))
    scene = Scene(setting=Setting(kind="park"), people=(*people, *kin, told))
    found = {person.id: person for person in varied(scene, painter_vocabulary()).people}
    assert len({person.skin for person in found.values()}) > 2
    assert len({person.hair.style for person in found.values()}) > 2
    assert found["mother"].skin == found["son"].skin
    assert found["told"].model_copy(update={"attire": ()}) == told
    assert varied(scene, painter_vocabulary()) == varied(scene, painter_vocabulary())


def test_no_two_bystanders_of_a_story_wear_the_same_and_another_story_dresses_them_otherwise():
    people = tuple(Person(id=f"p{i}", role="man", gender="male") for i in range(6))
    scene = Scene(setting=Setting(kind="park"), people=people)
    words = painter_vocabulary()
    worn = [person.attire for person in varied(scene, words).people]
    assert len(set(worn)) == 6
    assert worn != [person.attire for person in varied(scene, words, seed=1).people]
    fewer = scene.model_copy(update={"people": people[:5]})
    assert worn[:5] != [person.attire for person in varied(fewer, words).people]


def test_told_clothes_and_those_of_a_job_stay():
    coated = Person(id="a", role="man", attire=(Garment(kind="coat"),))
    nurse = Person(id="b", role="nurse")
    scene = Scene(setting=Setting(kind="park"), people=(coated, nurse))
    assert [p.attire for p in varied(scene, painter_vocabulary()).people] == [coated.attire, ()]


def test_all_words_of_the_looks_are_the_painters():
    tables, words = word_list("appearance"), painter_vocabulary()
    shades = {shade for each in tables["shades"].values() for shade in each}
    assert set(tables["skins"]) <= words.skins
    assert shades <= words.hair_colours
    assert {style for each in tables["styles"].values() for style in each} <= words.hair
    for outfits in tables["outfits"].values():
        for garment in (each for outfit in outfits for each in outfit.split(", ")):
            kind, _, colour = garment.partition(":")
            assert kind in words.attire, garment
            assert not colour or colour in words.colours, garment


def test_a_setting_that_nobody_knows_is_said_to_be_left_out():
    known, unknown = (scene_of("A dog sleeps.", setting=s) for s in ("a park", "the moon base"))
    assert (known.setting.kind, known.left_out) == ("park", ())
    assert unknown.setting.kind == "anywhere"
    assert unknown.left_out == ("not drawn: the moon base (no such setting is known)",)
