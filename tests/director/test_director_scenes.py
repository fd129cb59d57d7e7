"""What the lexical director makes of texts. The painter itself judges every Scene."""

from __future__ import annotations

import pytest
from staged import person, scene_of

from storypainter.director import Direction, direct
from storypainter.errors import BadInput
from storypainter.ink import check_scene


def reasons(direction: Direction) -> dict[str, str]:
    return {m.text: m.reason for m in direction.missed}


@pytest.mark.parametrize(
    "text",
    [
        "There is no dog in the park.",
        "A girl walks in the park without a dog.",
        "A girl has lost her dog.",
        "The girl has not got a dog.",
        "A girl dreams of a dog.",
        "A girl looks at a photo of a dog.",
        "A girl thinks about a dog.",
        "A girl looks for a dog.",
        "A girl wants a dog.",
        "A girl sits as still as if a dog were near.",
        "A ball as big as a dog lies on the path.",
    ],
)
def test_what_is_denied_or_only_told_of_is_not_drawn(text: str) -> None:
    direction = direct(text)
    check_scene(direction.scene)
    assert direction.scene.animals == ()
    assert "dog" in reasons(direction) or "her dog" in reasons(direction)


def test_something_known_stays_when_it_is_looked_for() -> None:
    scene = scene_of("A dog hides behind a tree. A girl looks for the dog.")
    assert [a.species for a in scene.animals] == ["dog"]


def test_plurals_and_numbers_make_several() -> None:
    scene = scene_of("Two boys and three girls stand in the park. Ducklings swim in the pond.")
    assert [p.role for p in scene.people].count("boy") == 2
    assert [p.role for p in scene.people].count("girl") == 3
    assert [a.species for a in scene.animals] == ["ducklings"]


def test_there_are_never_more_people_than_the_painter_has_room_for() -> None:
    text = "Six boys, six girls, six women and six men stand around a birthday cake."
    assert len(scene_of(text).people) == 12


def test_things_are_held() -> None:
    scene = scene_of("A girl holds a balloon. An old man with an umbrella carries a suitcase.")
    assert [h.what for h in person(scene, "girl").holds] == ["balloon"]
    held = {h.what for p in scene.people if p.role != "girl" for h in p.holds}
    assert held == {"umbrella", "suitcase"}


def test_a_hand_holds_and_so_does_a_mouth() -> None:
    scene = scene_of(
        "A woman with a book in her hand watches a dog. The dog has a ball in its mouth."
    )
    assert [h.what for h in person(scene, "woman").holds] == ["book"]
    assert [(h.what, h.hand) for h in scene.animals[0].holds] == [("ball", "mouth")]


def test_who_does_what_to_whom() -> None:
    scene = scene_of("A boy points at a dog. A woman hands a sandwich to the boy.")
    boy, woman = person(scene, "boy"), person(scene, "woman")
    assert [(r.kind, r.target) for r in boy.relations] == [("points_at", "dog")]
    assert boy.pose == "point"
    assert [(r.kind, r.target) for r in woman.relations] == [("hands_to", "boy")]
    assert [h.what for h in woman.holds] == ["sandwich"]


def test_hiding_behind() -> None:
    scene = scene_of("A girl hides behind a tree.")
    assert [(r.kind, r.target) for r in scene.people[0].relations] == [("hides_behind", "tree")]


def test_places() -> None:
    scene = scene_of(
        "A woman sits on a bench. A cat sits beside the bench, and behind her stands a man."
    )
    assert person(scene, "woman").sits_on == "park-bench"
    assert person(scene, "woman").pose == "sit"
    assert scene.animals[0].place.near == "park-bench"
    place = person(scene, "man").place
    assert (place.near, place.side) == ("woman", "behind")


def test_clothes_and_their_colours() -> None:
    scene = scene_of("A girl in a red coat and boots waves. A man wearing a blue cap waits.")
    assert {(g.kind, g.colour) for g in person(scene, "girl").attire} == {
        ("coat", "red"),
        ("boots", None),
    }
    assert [(g.kind, g.colour) for g in person(scene, "man").attire] == [("cap", "blue")]
    assert person(scene, "girl").pose == "wave"


def test_what_is_done_to_a_thing_is_its_state() -> None:
    scene = scene_of("The kite is stuck in a tree.")
    assert {p.kind: p.state for p in scene.props}["kite"] == "stuck"


def test_riders_have_a_bicycle_each() -> None:
    scene = scene_of("Two boys on bicycles wave.")
    assert [[h.what for h in p.holds] for p in scene.people] == [["bicycle"], ["bicycle-2"]]


def test_an_absent_garment_is_not_worn() -> None:
    assert person(scene_of("A girl without a coat stands in the rain."), "girl").attire == ()


def test_colours_states_and_ages() -> None:
    scene = scene_of(
        "A teenage boy holds a melting ice cream. A green bicycle lies under an old tree."
    )
    assert person(scene, "boy").age == "teen"
    assert {p.kind: p.state for p in scene.props}["ice cream cone"] == "melting"
    assert {p.kind: p.colour for p in scene.props}["bicycle"] == "green"


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("A worried man waits.", "worried"),
        ("A man looks angry.", "angry"),
        ("A man smiles.", "smiling"),
        ("Tears run down the man's cheeks.", "crying"),
        ("A man stands still, his mouth hanging open.", "shocked"),
        ("A man waits, eyes wide.", "surprised"),
        ("The man does not smile.", "neutral"),
    ],
)
def test_expressions(text: str, expression: str) -> None:
    assert [p.expression for p in scene_of(text).people] == [expression]


@pytest.mark.parametrize(
    ("text", "pose"),
    [
        ("A woman stands with her hands on her hips.", "hands on hips"),
        ("A woman puts a finger to her lips.", "shush"),
        ("A woman kneels.", "kneel"),
        ("Two women run.", "run"),
    ],
)
def test_poses(text: str, pose: str) -> None:
    assert {p.pose for p in scene_of(text).people} == {pose}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('A sign reads "WET PAINT".', "WET PAINT"),
        ("On the poster stands GRAND OPENING in red.", "GRAND OPENING"),
        ("Two men carry a banner that says “Welcome home”.", "Welcome home"),
    ],
)
def test_written_words_are_on_their_sign(text: str, written: str) -> None:
    assert [s.text for s in scene_of(text).signs] == [written]


def test_a_thing_may_bear_words_too() -> None:
    scene = scene_of("A balloon that says GET WELL floats over a girl.")
    assert [(p.kind, p.text) for p in scene.props] == [("balloon", "GET WELL")]


def test_spoken_words_are_written_nowhere() -> None:
    scene = scene_of('"Look at the elephant!" shouts a boy to a girl with a ball.')
    assert scene.signs == ()
    assert {p.text for p in scene.props} == {""}
    assert scene.animals == ()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The clock shows 9:55.", "9:55"),
        ("It is five to ten by the clock.", "9:55"),
        ("The clock says half past two.", "2:30"),
        ("The clock on the tower strikes six o'clock.", "6:00"),
    ],
)
def test_clocks_show_the_time(text: str, time: str) -> None:
    assert [s.time for s in scene_of(text).signs] == [time]


def test_the_same_person_is_drawn_once() -> None:
    text = (
        "A little girl feeds a duck. The girl smiles. She wears a red scarf. "
        "Her mother reads a newspaper. The woman does not see the girl."
    )
    scene = scene_of(text)
    assert sorted(p.role for p in scene.people) == ["girl", "mother"]
    assert [g.kind for g in person(scene, "girl").attire] == ["scarf"]
    assert person(scene, "girl").expression == "smiling"


def test_a_pronoun_behind_a_verb_is_somebody_else() -> None:
    scene = scene_of("A girl waves. A woman watches her.")
    assert [(r.kind, r.target) for r in person(scene, "woman").relations] == [("looks_at", "girl")]


def test_a_family_has_members_that_later_words_mean() -> None:
    text = "A family walks in the park. The mother reads a map. Their daughter holds a kite."
    assert sorted(p.role for p in scene_of(text).people) == ["boy", "daughter", "father", "mother"]


def test_friends_of_a_child_are_children() -> None:
    assert {p.age for p in scene_of("A boy runs. His friend waves.").people} == {"child"}


def test_a_photograph_shows_what_is_not_there() -> None:
    scene = scene_of("A man sits on a bench. In the photograph beside him a dog plays with a ball.")
    assert scene.animals == ()


def test_another_is_somebody_new() -> None:
    assert len(scene_of("A boy runs. Another boy waves.").people) == 2


def test_a_second_name_behind_a_comma_is_no_second_person() -> None:
    scene = scene_of("A woman waves. Her son, a boy of six, holds a kite.")
    assert len(scene.people) == 2
    assert {p.age for p in scene.people} == {"adult", "child"}


def test_time_weather_and_season() -> None:
    setting = scene_of("On a snowy evening a man walks through the park.").setting
    assert (setting.time_of_day, setting.weather, setting.season) == ("evening", "snow", "winter")


def test_the_setting_comes_from_the_text_and_the_hint_wins() -> None:
    text = "In the kitchen a woman reads a book."
    assert direct(text).scene.setting.kind == "kitchen"
    assert direct(text, setting_hint="a park").scene.setting.kind == "park"


def test_mentions_point_into_the_text() -> None:
    text = "A girl in a red coat holds a balloon. There is no dog."
    direction = direct(text)
    ids = {e.id for e in direction.scene.elements} | {"setting"}
    for mention in (*direction.understood, *direction.missed):
        assert text[mention.start : mention.end] == mention.text
    assert {m.element for m in direction.understood} <= ids
    assert all(m.reason for m in direction.missed)


def test_same_text_same_scene() -> None:
    text = "Two boys kick a ball. A woman on a bench reads. A dog barks at 9:15."
    assert direct(text) == direct(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("a dog " * 4000, "20,000"),
        ("Der Hund sitzt auf der Bank und eine Frau liest dort ihre Zeitung.", "English"),
        (
            "公园里，一个小女孩牵着一只气球，一只狗看着她，妈妈坐在长椅上。 今天 很 好 我们 去 玩 吧 好",
            "English",
        ),
    ],
)
def test_what_cannot_be_directed_is_said_in_one_line(text: str, part: str) -> None:
    with pytest.raises(BadInput, match=part) as caught:
        direct(text)
    assert "\n" not in str(caught.value)
