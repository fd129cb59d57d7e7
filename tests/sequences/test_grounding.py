"""Grounding: what a narrative names of its pictures, what it makes up, and the formulas."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.picture import Picture
from storypainter.sequence import Character, Depiction, Frame, Sequence
from storypainter.sequences.grounding import facts_of, ground

PICTURE = Picture(
    file="a.png", sha256="0" * 64, media_type="image/png", width=8, height=8, painter=""
)


def frame(place="", caption="", event="", **shown):
    return Frame(
        picture=PICTURE, place=place, caption=caption, event=event,
        shown=tuple(
            Depiction(character=who, action=action, emotion=emotion)
            for who, (action, emotion) in shown.items()
        ),
    )  # fmt: skip


def sequence(*frames, people=None):
    people = people or [
        Character(id="girl", name="the girl", look="in a red coat", role="girl"),
        Character(id="boy", name="the boy", look="in a green cap", role="boy"),
        Character(id="dog", name="the dog", look="black", role="dog"),
    ]
    return Sequence(id="s", kind="generated", source="s", characters=tuple(people), frames=frames)


PARK = frame(
    place="the park", girl=("climbs the tree", "happy"), boy=("runs after the dog", "angry")
)
KITCHEN = frame(place="the kitchen", dog=("eats the cake", ""), girl=("cries", "sad"))


def named(story, part, at=0):
    parts = ["" for _ in story.frames]
    parts[at] = part
    found = ground(story, parts).frames[at]
    return {(fact.kind, fact.character) for fact in found.named}


def made_up(story, part, at=0):
    parts = ["" for _ in story.frames]
    parts[at] = part
    return {(m.kind, m.words, m.elsewhere) for m in ground(story, parts).frames[at].unborne}


# -------------------------------------------------------------------------------- formulas


def test_everything_named_is_full_grounding():
    story = sequence(PARK, KITCHEN)
    parts = (
        "In the park the happy girl climbs a tree. The angry boy runs after the dog.",
        "In the kitchen the dog eats the cake, and the girl cries, sad.",
    )
    scores = {score.name: score.value for score in ground(story, parts).scores}
    assert scores["people_recall"] == scores["actions_recall"] == 1.0
    assert scores["places_recall"] == scores["emotions_recall"] == 1.0
    assert scores["actions_precision"] == scores["places_precision"] == 1.0


def test_recall_precision_and_f1_by_hand():
    story = sequence(PARK)
    # of two people one is named; a clown is made up: recall 1/2, precision 1/2, F1 1/2
    found = ground(story, ["The girl laughs at a clown."])
    assert found.recall("people").value == 0.5
    assert found.precision("people").value == 0.5
    assert found.f1("people").value == 0.5
    # no deed that is there, one that isn't
    assert found.recall("actions").value == 0.0
    assert found.precision("actions").value == 0.0
    assert found.f1("actions").value == 0.0
    # no place named: recall 0, no precision, F1 0
    assert found.recall("places").value == 0.0
    assert found.precision("places").absent == "the narrative names no places"
    assert found.f1("places").value == 0.0
    assert found.overall.value == pytest.approx(0.5 / 3)


def test_without_annotations_everything_is_absent():
    found = ground(sequence(frame()), ["The girl climbs a tree in the park."])
    assert all(score.value is None for score in found.scores)
    assert found.overall.absent == "the pictures have no annotated people, actions or places"


def test_kinds_without_annotations_leave_the_others_alone():
    found = ground(sequence(frame(place="the park")), ["In the park a girl climbs a tree."])
    assert found.recall("places").value == 1.0
    assert found.recall("people").absent
    assert set(found.overall.parts) == {"places"}


def test_a_place_that_holds_is_asked_for_once():
    story = sequence(PARK, PARK, KITCHEN)
    once = ground(story, ["In the park.", "Then it rained.", "The kitchen is warm."])
    assert (once.recall("places").value, once.recall("places").n) == (1.0, 2)
    never = ground(story, ["", "Then it rained.", "The kitchen is warm."])
    assert never.recall("places").value == 0.5


def test_who_is_only_there_needs_no_deed():
    story = sequence(frame(girl=("climbs the tree", ""), boy=("watches the girl", "")))
    found = ground(story, ["The girl climbs a tree."])
    assert (found.recall("actions").value, found.recall("actions").n) == (1.0, 1)


def test_another_number_of_parts_is_refused():
    with pytest.raises(BadInput, match="1 parts for 2 pictures"):
        ground(sequence(PARK, KITCHEN), ["A girl."])


def test_one_text_is_held_against_all_pictures():
    found = ground(
        sequence(PARK, KITCHEN), "The girl climbs a tree in the park; a dog eats a cake."
    )
    assert len(found.frames) == 1
    assert found.recall("people").value == pytest.approx(2 / 3)  # girl and dog, not the boy


def test_captions_stand_in_where_nobody_says_who_is_shown():
    story = sequence(frame(caption="A baker pulls a cart in the snow."))
    assert {(f.kind, f.words) for f in facts_of(story, 0)} == {
        ("people", "baker"), ("actions", "pull"),
    }  # fmt: skip
    assert ground(story, ["The baker tugs at his cart."]).recall("actions").value == 1.0


# ------------------------------------------------------------------------ what is named


@pytest.mark.parametrize(
    "part",
    [
        "The girl climbs a tree.", "A little girl clambers up a tree.", "The girl climbed a tree.",
        "Up the tree scrambles the girl.", "The girl begins to climb.",
    ],
)  # fmt: skip
def test_a_deed_is_named_in_other_words_and_tenses(part):
    assert ("actions", "girl") in named(sequence(PARK), part)


@pytest.mark.parametrize(
    "part",
    [
        "The girl does not climb.", "The girl never climbs.", "The boy climbs a tree.",
        "The girl dreams of climbing.", "If only the girl climbed!", "The cat climbs the tree.",
    ],
)  # fmt: skip
def test_what_is_denied_wished_or_done_by_another_is_not(part):
    assert ("actions", "girl") not in named(sequence(PARK), part)


def test_a_pronoun_names_nobody_and_says_who_does_it():
    story = sequence(PARK)
    assert named(story, "She climbs a tree.") == {("actions", "girl")}
    assert named(story, "He climbs a tree.") == set()
    assert named(story, "The girl waves. She climbs a tree.") == {
        ("people", "girl"), ("actions", "girl"),
    }  # fmt: skip


def test_loose_words_name_who_can_be_meant():
    story = sequence(PARK)
    assert ("people", "girl") in named(story, "The boy's sister laughs.")
    assert ("people", "boy") in named(story, "A lad runs.")
    assert named(story, "The child laughs.") == set()  # either of them


def test_without_classes_a_word_for_anybody_is_neither_right_nor_made_up():
    nurse = Character(id="n", name="the nurse", role="nurse")
    boy = Character(id="b", name="the boy", role="boy")
    story = sequence(frame(n=("runs", ""), b=("sits", "")), people=[nurse, boy])
    parts = ["The nurse runs, and a child sits there with a postman."]
    loosely, strictly = ground(story, parts), ground(story, parts, classes=False)
    assert loosely.recall("people").value == 1.0
    assert strictly.recall("people").value == 0.5
    # The postman is nobody of them either way; the child may be the boy, and doesn't count.
    assert (loosely.precision("people").n, strictly.precision("people").n) == (3, 2)


def test_looks_tell_two_of_a_kind_apart():
    people = [
        Character(id="a", name="the girl", look="in a yellow scarf", role="girl"),
        Character(id="b", name="the girl", look="in a blue coat", role="girl"),
    ]
    story = sequence(frame(a=("runs", ""), b=("sits", "")), people=people)
    assert ("people", "b") in named(story, "The girl in the blue coat sits down.")
    assert ("people", "a") not in named(story, "The girl in the blue coat sits down.")


def test_names_are_names():
    people = [Character(id="m", name="Mia", role="girl"), Character(id="i", name="Mr Ito")]
    story = sequence(frame(m=("reads", ""), i=("sleeps", "")), people=people)
    assert named(story, "Mia reads while Mr Ito sleeps.") >= {("people", "m"), ("people", "i")}
    assert ("actions", "i") in named(story, "Mr Ito is fast asleep.")


def test_a_hug_is_both_their_doing():
    story = sequence(frame(girl=("hugs the boy", ""), boy=("hugs the girl", "")))
    found = ground(story, ["The boy threw his arms round the girl."])
    assert found.recall("actions").value == 1.0
    assert not found.unborne


def test_an_empty_verb_needs_its_object():
    story = sequence(frame(girl=("makes a kite", "")))
    assert ("actions", "girl") in named(story, "The girl builds a kite.")
    assert ("actions", "girl") not in named(story, "The girl makes a wish.")


# ---------------------------------------------------------------------- what is made up


def test_what_stands_in_another_picture_is_told_from_what_stands_in_none():
    alone = frame(place="the park", girl=("climbs the tree", "happy"))
    story = sequence(alone, KITCHEN)
    assert made_up(story, "The dog eats the cake in the kitchen while a clown juggles.") == {
        ("people", "dog", True), ("people", "clown", False), ("actions", "eat", True),
        ("actions", "juggle", False), ("places", "kitchen", True),
    }  # fmt: skip


def test_whom_an_annotated_deed_tells_of_is_not_made_up():
    assert made_up(sequence(PARK), "The boy runs after a dog.") == set()


def test_a_deed_that_is_suffered_is_told_by_its_doer():
    story = sequence(
        frame(girl=("is comforted by the boy", ""), boy=("puts an arm round the girl", ""))
    )
    found = ground(story, ["The boy comforts the girl."])
    assert ("actions", "girl") in {(f.kind, f.character) for f in found.frames[0].named}
    assert ("actions", "boy") in named(story, "The boy put his arm round the girl.")


def test_what_is_about_to_be_done_is_the_deed():
    story = sequence(frame(girl=("is about to bite into the apple", "")))
    assert ("actions", "girl") in named(
        story, "The girl was about to take a bite: she ate the apple."
    )


def test_what_a_caption_says_is_not_made_up():
    story = sequence(frame(caption="A clown juggles at the market.", girl=("laughs", "")))
    assert made_up(story, "At the market a clown juggles, and the girl laughs.") == set()


def test_plain_verbs_of_telling_are_not_made_up():
    assert (
        made_up(sequence(PARK), "The girl thinks, wants to go home and says that it rains.")
        == set()
    )


# ------------------------------------------------------------------------------- any text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_scores_in_range(text):
    found = ground(sequence(PARK, KITCHEN), [text, text])
    for score in found.scores:
        assert score.value is None or 0 <= score.value <= 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["The girl", "climbs", "a tree", "in the park.", "A clown", "runs,", "not", "she", "and",
             "the dog", "eats", "happily", "no", "boy"]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_more_text_names_no_fewer_people(words):
    story = sequence(PARK)
    text = " ".join(words)
    before = {each for each in named(story, text) if each[0] == "people"}
    after = named(story, f"{text}. The girl smiles.")
    assert ("people", "girl") in after
    assert before - {("people", "girl")} <= after


def test_an_endless_part_is_read_up_to_its_limit():
    found = ground(sequence(PARK), ["The girl climbs a tree. " * 20_000])
    assert found.recall("actions").value == 0.5
