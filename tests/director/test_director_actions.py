"""What people and animals do: whose verb it is, how they hold themselves, what they look at."""

from __future__ import annotations

import pytest

from storypainter.director import direct
from storypainter.director.doing import doer, is_participle, lemma_of
from storypainter.director.language import sentences
from storypainter.director.phrases import Item, items_of
from storypainter.scene import Animal, Person


def person(text: str, role: str) -> Person:
    return next(p for p in direct(text).scene.people if p.role == role)


def animal(text: str) -> Animal:
    return direct(text).scene.animals[0]


def items(sentence: str) -> list[Item]:
    (tokens,) = sentences(sentence)
    return items_of(tokens, [])


def named(sentence: str, verb: str) -> list[str]:
    """Who does a verb of a sentence, by the order of its words."""
    found = items(sentence)
    at = next(i for i, item in enumerate(found) if item.type == "verb" and item.text == verb)
    return [item.text for item in doer(found, at).items]


@pytest.mark.parametrize(
    ("sentence", "verb", "who"),
    [
        ("A woman with grey hair and a gold chain kneels by the bed.", "kneels", ["woman"]),
        ("The butcher, knife in hand, stands at the door.", "stands", ["butcher"]),
        ("A girl in a coat with the same stripes waves.", "waves", ["girl"]),
        ("The boy who found it runs to the judge.", "runs", ["boy"]),
        ("Behind the cow sits a farmer.", "sits", ["farmer"]),
        ("Beside her, at the edge of a pond, squats a child.", "squats", ["child"]),
        ("The baker smiles, and her glasses stand on the tray.", "stand", ["glasses"]),
        ("Below her the plumber kneels at a pipe.", "kneels", ["plumber"]),
        ("In the lane far below the neighbours wait.", "wait", ["neighbours"]),
        ("She waits on the bench and smiles.", "smiles", ["She"]),
        ("An old man, coat and hat soaked, bends for a coin.", "bends", ["old man"]),
        ("A boy in a helmet without a scratch hops over the rope.", "hops", ["boy"]),
        ("A man and a woman sit on the wall.", "sit", ["man", "woman"]),
        ("What the boys watch lies on the carpet.", "lies", []),
        ("A girl slides down the wall, doubled over her bag.", "doubled", ["girl"]),
        ("One kneels by the well.", "kneels", ["One"]),
    ],
)
def test_the_order_of_words_tells_whose_verb_it_is(
    sentence: str, verb: str, who: list[str]
) -> None:
    assert named(sentence, verb) == who


def test_an_infinitive_has_no_doer_of_its_own() -> None:
    found = items("She bends to pick a flower.")
    at = next(i for i, item in enumerate(found) if item.text == "pick")
    assert not doer(found, at).known


def test_a_verb_in_ed_is_a_participle_where_the_sentence_tells_of_now() -> None:
    now, then = items("A letter hugged to him, he waits."), items("The man hugged her.")
    hugged = [next(i for i, e in enumerate(each) if e.text == "hugged") for each in (now, then)]
    assert is_participle(now, hugged[0])
    assert not is_participle(then, hugged[1])


def test_a_regular_lemma_wins_over_that_of_another_verb() -> None:
    assert lemma_of(Item("verb", "hope", 0, 4, "hops", form="finite")) == "hop"
    assert lemma_of(Item("verb", "hope", 0, 5, "hopes", form="finite")) == "hope"


@pytest.mark.parametrize(
    ("text", "role", "pose"),
    [
        ("A woman squats beside the well.", "woman", "crouch"),
        ("In the air, arms wide, hangs a girl.", "girl", "jump"),
        ("A girl is climbing over the railing.", "girl", "climb"),
        ("A man in slippers leans backwards on a rope.", "man", "stand"),
        ("A boy hops on one leg.", "boy", "jump"),
        ("The nurse herself crouches behind the table.", "nurse", "crouch"),
        ("Two boys stand there. One kneels by the ball.", "boy", "kneel"),
        ("Two cooks have stopped in the kitchen. One crouches on a box.", "cook", "crouch"),
        ("A man waits. His hands lie on the table.", "man", "stand"),
        ("A porter is asleep in a hammock.", "porter", "sleep"),
        ("A man lies asleep on a bench in his coat.", "man", "sleep"),
        ("A woman is asleep on a suitcase, her cheek on her fist.", "woman", "sleep sitting"),
        ("Bent over a letter, a woman frowns.", "woman", "lean forward"),
        ("A boy points up into the branches.", "boy", "point"),
        ("A woman stretches out her hand to pull the curtain.", "woman", "stand"),
        ("The tap is open, and a man waits at the sink, running.", "man", "stand"),
        ("On her left a woman waits in the snow.", "woman", "stand"),
        ("Ten steps away a man waits in the snow.", "man", "stand"),
        ("Two girls go down a ladder at the pool.", "girl", "climb"),
    ],
)
def test_a_pose_is_that_of_who_has_it(text: str, role: str, pose: str) -> None:
    assert person(text, role).pose == pose


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A woman in the kitchen has a bag on her lap.", "woman"),
        ("In the classroom a girl in the front row yawns.", "girl"),
        ("In the library an old man smiles from his chair.", "old man"),
        ("A cook in the kitchen waits, a basket across her knees.", "cook"),
        ("In the kitchen a boy is on a bench, knees drawn up.", "boy"),
        ("In the kitchen a woman sings. Behind her a boy, knees drawn up, weeps.", "boy"),
        ("A baker sits among the sacks in the kitchen with a pen and a list.", "baker"),
    ],
)
def test_a_seat_a_lap_or_knees_drawn_up_tell_a_sitter(text: str, role: str) -> None:
    assert person(text, role).pose.startswith("sit")


def test_who_stands_on_a_chair_does_not_sit() -> None:
    assert person("A boy stands on a chair in the kitchen.", "boy").pose == "stand"


def test_a_driver_of_whom_no_more_is_told_sits_in_the_vehicle() -> None:
    assert person("The driver of the bus yawns in the street.", "driver").pose.startswith("sit")
    assert person("The driver stands on the roof of the bus.", "driver").pose == "stand"


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("A woman purses her lips to whistle.", "neutral"),
        ("A man stands beside the photograph of a laughing boy.", "neutral"),
        ("A girl draws a smiling mouth on the wall.", "neutral"),
        ("A woman hands a cup to a boy.", "neutral"),
        ("With a wide smile a woman waits.", "smiling"),
        ("A woman in the snow grins.", "amused"),
    ],
)
def test_a_face_is_drawn_only_where_its_words_are_surely_of_somebody(text: str, face: str) -> None:
    assert direct(text).scene.people[0].expression == face


def test_his_eyes_are_those_of_who_acts_not_of_one_of_many() -> None:
    text = "The baker holds up a hand to four men in aprons; his eyes are wet."
    crying = [p.role for p in direct(text).scene.people if p.expression == "crying"]
    assert crying == ["baker"]


def test_what_is_meant_denied_or_of_another_is_not_in_the_hand() -> None:
    assert person("A woman reaches out to lift a cup.", "woman").holds == ()
    assert person("A girl picks at the knot that holds the newspaper.", "girl").holds == ()
    assert person("A woman lays a mitten on a boy's shoulder.", "boy").holds == ()
    assert person("With his ribbon over her back, an old woman drinks.", "old woman").holds == ()


def test_a_letter_hugged_to_somebody_is_no_hug() -> None:
    father = person("A boy waves. The father, a letter hugged to him, stares.", "father")
    assert father.relations == ()
    assert father.pose != "hug"


def test_who_points_a_thing_at_another_points_at_the_other() -> None:
    pointing = person("A boy points a pencil at a dog.", "boy")
    assert all(relation.target != "pencil" for relation in pointing.relations)


def test_who_is_busy_looks_at_nobody_by_default() -> None:
    text = "A woman waves. A baker kneads dough. A boy wipes the table."
    gazes = {p.role: p.gaze for p in direct(text).scene.people}
    assert gazes["baker"] is None
    assert gazes["boy"] is None


@pytest.mark.parametrize(
    ("text", "pose"),
    [
        ("A gull circles over the pier.", "fly"),
        ("Two pigeons hang over the roof of the house.", "fly"),
        ("Across the bay comes the rain, and a gull flies before it.", "fly"),
        ("A horse is running along the beach.", "run"),
        ("A gull stands on the pier.", "stand"),
        ("A gull, wings spread, hangs over the boat.", "fly"),
        ("The cat that caused it all sits in the snow, washing a paw.", "sit"),
    ],
)
def test_an_animal_in_the_air_flies(text: str, pose: str) -> None:
    assert animal(text).pose == pose


@pytest.mark.parametrize(
    ("text", "role", "pose"),
    [
        ("Bent double in the field, two women pick beans.", "woman", "lean forward"),
        ("A man in a coat, a bag at his feet, is doubled up with laughter.", "man", "lean forward"),
        ("A boy lies flat along a pole.", "boy", "lie"),
        ("Two climbers huddle under a blanket.", "climber", "huddle"),
        ("An old woman in a warm coat stands upright in the saddle.", "old woman", "stand"),
        ("A man in an apron comes running with a rope.", "man", "run"),
        ("A postman takes both hands off his handlebars.", "postman", "ride"),
        ("From a stool by the wall a girl smiles.", "girl", "sit"),
        ("A man lets a box slide from his lap.", "man", "sit"),
        ("A woman milks a cow.", "woman", "crouch"),
        ("Here lies a toy dog, and the vet sews its ear.", "vet", "stand"),
        ("One hand on the carved lion that lies on a cart, a woman waits.", "woman", "stand"),
        ("A boy draws the string tight.", "boy", "stand"),
        ("A nurse shoulders open the door.", "nurse", "stand"),
        ("A man in his daughter's hat crawls on all fours.", "man", "crawl"),
        ("A boy is hugged by his father.", "father", "hug"),
        ("Two boys push, a third runs ahead.", "boy", "stand"),
    ],
)
def test_how_somebody_is_held_is_what_the_text_tells(text: str, role: str, pose: str) -> None:
    assert person(text, role).pose == pose


@pytest.mark.parametrize(
    ("text", "role", "face"),
    [
        ("A man is doubled up with laughter.", "man", "laughing"),
        ("A woman in black gapes at the door.", "woman", "surprised"),
        ("An old woman sits on a bed, her whole face a smile.", "old woman", "smiling"),
        ("A mother rocks a baby, all crimson face and open mouth.", "baby", "crying"),
        ("A man waits. A girl nods to him with wet eyes.", "girl", "crying"),
        ("A man waits. A girl nods to him with wet eyes.", "man", "neutral"),
        ("A man looks at a dog, cheeks creased.", "man", "amused"),
        ("A fish lies on the plate, its mouth open. A boy waits.", "boy", "neutral"),
    ],
)
def test_a_face_is_of_whom_the_text_tells_it(text: str, role: str, face: str) -> None:
    assert person(text, role).expression == face


@pytest.mark.parametrize(
    "text",
    [
        "A girl keeps a ball in the air on her instep.",
        "A boy balances a book on his head.",
        "A man lifts a coin out of a suitcase with tongs.",
        "A grandfather reads the poster.",
        "An old woman smiles, her eyes half shut, a white stick hooked over the armrest.",
    ],
)
def test_what_no_hand_has_is_not_held(text: str) -> None:
    scene = direct(text).scene
    kept = {"ball", "book", "suitcase", "poster", "white stick"}
    held = {hold.what for p in scene.people for hold in p.holds}
    assert not held & {each.id for each in scene.props if each.kind in kept}
    assert all(relation.kind != "reaches_for" for p in scene.people for relation in p.relations)


def test_a_small_child_is_carried() -> None:
    scene = direct("A mother rocks a baby.").scene
    assert [(r.kind, r.target) for p in scene.people for r in p.relations] == [("carries", "baby")]


def test_who_cycles_has_a_bicycle() -> None:
    scene = direct("A postman takes both hands off his handlebars.").scene
    assert [p.kind for p in scene.props] == ["bicycle"]
