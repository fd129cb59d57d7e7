"""What each task asks of a known sequence, and what it can't ask."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_sequences import COOK, DOG, GIRL, bare, frame, sausages

from storypainter.sequence import Cause, Sequence
from storypainter.sequences.tasks import (
    consistency,
    continuing,
    describing,
    feeling,
    saying,
    telling,
)
from storypainter.sequences.tasks.exercise import Exercise, Lack
from storypainter.sequences.tasks.others import Others
from storypainter.sequences.tasks.parts import read_parts
from storypainter.training.distilling.drawing import Draw
from values.json_values import sequences


def made(found, form=None):
    return [each for each in found if isinstance(each, Exercise) and form in (None, each.form)]


def lacks(found):
    return {(each.form, each.reason) for each in found if isinstance(each, Lack)}


def consistent(sequence, *others, limit=6):
    draw = Draw(0, sequence.id)
    return list(consistency.exercises(sequence, limit, Others([sequence, *others]), draw))


def stranger(name="other", **fields):
    """A sequence about somebody else, somewhere else, of the same kind."""
    boy = GIRL.model_copy(
        update={"id": "boy", "name": "the boy", "look": "in a cap", "role": "girl"}
    )
    frames = tuple(
        frame(f"{name}{at}", ("boy", "sits", "sad"), place="the beach") for at in range(3)
    )
    return bare(name, kind="generated", characters=(boy,), frames=3).model_copy(
        update={"frames": frames, **fields}
    )


# ------------------------------------------------------------------------ caption


def test_a_description_says_what_the_annotations_know_beyond_the_caption():
    first, *_ = made(describing.exercises(sausages(), 6))
    assert first.text == (
        "A dog has sausages in its mouth. The scene is set in the kitchen, in the morning. "
        "The cook in a white apron turns round and is calm. "
        "The brown dog takes the sausages and is happy."
    )


def test_a_description_does_not_say_twice_what_the_caption_says():
    told = sausages().model_copy(update={
        "frames": (frame("a", ("girl", "strokes the dog", "happy"), place="the park",
                         caption="In the park a happy girl in a red coat is stroking a dog."),)
    })  # fmt: skip
    (found,) = made(describing.exercises(told, 6))
    assert found.text == "In the park a happy girl in a red coat is stroking a dog."


def test_a_description_without_a_caption_is_built_up():
    told = sausages().model_copy(update={
        "frames": (frame("a", ("girl", "", ""), ("dog", "sleeping", ""), place="a bus stop"),)
    })  # fmt: skip
    (found,) = made(describing.exercises(told, 6))
    assert found.text == (
        "The scene is set at a bus stop. The girl in a red coat is in the picture. "
        "The brown dog is sleeping."
    )


def test_a_look_alone_is_worn_or_had():
    bearded = COOK.model_copy(update={"look": "with a beard"})
    told = sausages(characters=(GIRL, bearded, DOG)).model_copy(update={
        "frames": (frame("a", ("cook", "waits", ""), ("girl", "waits", ""),
                         caption="The cook waits. The girl waits."),)
    })  # fmt: skip
    (found,) = made(describing.exercises(told, 6))
    assert found.text == (
        "The cook waits. The girl waits. The cook has a beard. The girl is in a red coat."
    )


def test_a_place_alone_is_no_description():
    told = bare(frames=1).model_copy(update={"frames": (frame("a", place="the park"),)})
    assert lacks(describing.exercises(told, 6)) == {("describe", "no caption and nobody annotated")}


# ------------------------------------------------------------------- continuation


def test_the_story_goes_on_from_the_first_picture_and_from_all():
    found = made(continuing.exercises(sausages(), 6))
    assert [(each.form, [shown.frame for shown in each.shown]) for each in found] == [
        ("first and opening", [0]), ("pictures", [0, 1, 2]),
    ]  # fmt: skip
    assert {each.text for each in found} == {"The cook ran after it.\n\nA girl found it."}
    assert found[0].fields["opening"] == "A dog took the sausages."
    assert found[0].fields["description"] == describing.description(
        sausages(), sausages().frames[0]
    )


def test_only_so_much_is_told_as_is_shown():
    (_, pictures) = made(continuing.exercises(sausages(), 2))
    assert (len(pictures.shown), pictures.text) == (2, "The cook ran after it.")


@pytest.mark.parametrize(("sequence", "reason"), [
    (bare(frames=1), "one picture alone"),
    (bare(frames=2), "a later picture has no part of the narrative"),
    (bare(frames=2).model_copy(update={"frames": (frame("a"), frame("b", part="Gone."))}),
     "the first picture has no description"),
])  # fmt: skip
def test_a_story_that_cannot_go_on(sequence, reason):
    found = list(continuing.exercises(sequence, 6))
    assert made(found) == []
    assert lacks(found) == {("first", reason), ("pictures", reason)}


# ------------------------------------------------------------------------ telling


def test_the_whole_narrative_is_told_in_numbered_parts():
    (found,) = made(telling.exercises(sausages(), 6))
    assert (found.form, [each.frame for each in found.shown]) == ("whole", [0, 1, 2])
    assert (
        found.text
        == "1. A dog took the sausages.\n\n2. The cook ran after it.\n\n3. A girl found it."
    )


def test_a_long_narrative_is_told_in_stretches_after_what_came_before():
    frames = tuple(frame(f"p{at}", part=f"Part {at}") for at in range(7))
    found = made(telling.exercises(bare().model_copy(update={"frames": frames}), 3))
    assert [(each.form, [one.frame for one in each.shown]) for each in found] == [
        ("whole", [0, 1, 2]), ("on", [3, 4]), ("on", [5, 6]),
    ]  # fmt: skip
    assert found[1].fields == {"before": "Part 2."}
    assert found[1].text == "1. Part 3\n\n2. Part 4"


def test_a_narrative_is_told_from_pictures_that_are_described():
    frames = tuple(frame(f"p{at}", part=f"Part {at}.", caption=f"Seen {at}.") for at in range(5))
    sequence = bare().model_copy(update={"frames": frames})
    found = made(telling.described(sequence, 3))
    assert [(each.task, each.form, each.fields) for each in found] == [
        ("described", "whole", {"descriptions":
            "Picture 1: Seen 0.\nPicture 2: Seen 1.\nPicture 3: Seen 2."}),
        ("described", "on", {"before": "Part 2.",
            "descriptions": "Picture 1: Seen 3.\nPicture 2: Seen 4."}),
    ]  # fmt: skip
    # The same pictures and the same answer as without descriptions.
    plain = made(telling.exercises(sequence, 3))
    assert [(each.shown, each.text) for each in found] == [(x.shown, x.text) for x in plain]
    assert {each.key for each in found}.isdisjoint(each.key for each in plain)


def test_every_picture_needs_its_description():
    frames = (frame("a", part="One.", caption="Seen."), frame("b", part="Two."))
    found = telling.described(bare().model_copy(update={"frames": frames}), 3)
    assert lacks(found) == {("whole", "a picture has no description")}


@given(st.integers(1, 60), st.integers(3, 12))
def test_every_picture_is_in_one_stretch(pictures, limit):
    found = telling.stretches(pictures, limit)
    assert [at for first, end in found for at in range(first, end)] == list(range(pictures))
    assert all(1 <= end - first <= limit for first, end in found)
    assert pictures == 1 or all(end - first > 1 for first, end in found)


@pytest.mark.parametrize(("sequence", "reason"), [
    (bare(frames=1), "one picture alone"),
    (bare(story="Once."), "the narrative is in one piece, not in parts"),
    (bare(), "a picture has no part of the narrative"),
])  # fmt: skip
def test_a_narrative_that_cannot_be_told(sequence, reason):
    assert lacks(telling.exercises(sequence, 6)) == {("whole", reason)}


# -------------------------------------------------------------------- consistency


def test_who_is_in_all_pictures():
    found = {each.key: each for each in made(consistent(sausages()), "in all")}
    assert found["1-2"].text == "The cook in a white apron and the brown dog are in both pictures."
    assert found["1-2-3"].text == "The brown dog is in all three pictures."
    assert found["2-3"].answer == "the brown dog"
    alone = sausages().model_copy(update={
        "frames": (frame("a", ("cook", "", "")), frame("b", ("girl", "", "")))
    })  # fmt: skip
    (nobody,) = made(consistent(alone), "in all")
    assert (nobody.text, nobody.answer) == ("Nobody is in both pictures.", "nobody")


def test_where_somebody_comes_in():
    found = {each.fields["who"]: each for each in made(consistent(sausages()), "comes in")}
    girl = found["the girl in a red coat"]
    assert (girl.answer, girl.options) == ("picture 3", ("picture 1", "picture 2", "picture 3"))
    assert girl.text == "Picture 3 is the first one that shows the girl in a red coat."
    assert found["the brown dog"].answer == "picture 1"


def test_whom_the_words_do_not_tell_apart_nobody_is_asked_about():
    twin = COOK.model_copy(update={"id": "girl"})
    told = sausages(characters=(twin, COOK, DOG))
    assert {each.fields["who"] for each in made(consistent(told), "comes in")} == {"the brown dog"}


def test_a_picture_that_names_nobody_proves_nothing_unless_it_was_generated():
    frames = (*sausages().frames[:2], frame("empty"))
    read = sausages(kind="comic").model_copy(update={"frames": frames})
    assert all(len(each.shown) == 2 for each in made(consistent(read), "in all"))
    assert made(consistent(read), "comes in") == []
    drawn = sausages().model_copy(update={"frames": frames})
    answers = {each.key: each.answer for each in made(consistent(drawn), "in all")}
    assert answers["1-2-3"] == "nobody"


def test_a_picture_of_another_story_is_mixed_in_at_every_place():
    found = made(consistent(sausages(), stranger()), "odd one out")
    assert {each.answer for each in found} == {"picture 1", "picture 2", "picture 3", "picture 4"}
    for each in found:
        number = int(each.answer.removeprefix("picture "))
        assert [shown.frame is None for shown in each.shown].index(True) == number - 1
        assert [shown.frame for shown in each.shown if shown.frame is not None] == [0, 1, 2]
        assert each.text == f"Picture {number} belongs to another story: it shows a girl in a cap."


def test_where_all_are_in_one_place_the_other_place_is_the_reason():
    frames = tuple(each.model_copy(update={"place": "the park"}) for each in sausages().frames)
    told = sausages().model_copy(update={"frames": frames})
    found = made(consistent(told, stranger()), "odd one out")
    assert found[0].text == (
        "Picture 1 belongs to another story: it is on the beach, the others are in the park."
    )


@given(st.integers(1, 12), st.integers(0, 5))
def test_every_fitting_sequence_of_a_small_set_is_found(count, seed):
    several = [bare(f"s{number}", 1) for number in range(count)]
    others = Others([*several, bare("comic", kind="comic")])
    found = [frame for frame, _ in others.frames(several[0], Draw(seed, "s0"), "any")]
    assert {frame.picture.sha256 for frame in found} == {
        each.frames[0].picture.sha256 for each in several[1:]
    }


@pytest.mark.parametrize("other", [
    stranger(kind="comic"), stranger(source="sausages"),
    stranger(characters=(GIRL.model_copy(update={"id": "boy"}),)),
])  # fmt: skip
def test_no_picture_is_mixed_in_of_another_kind_the_same_source_or_the_same_people(other):
    found = consistent(sausages(), other)
    assert made(found, "odd one out") == []
    assert ("odd one out", "no other source of this kind has a picture of others") in lacks(found)


def test_two_places_are_the_same_or_not():
    frames = (*sausages().frames[:2], frame("three", ("girl", "", ""), place="Street"))
    found = made(consistent(sausages().model_copy(update={"frames": frames})), "same place")
    by_pictures = {tuple(each.frame for each in one.shown): one for one in found}
    assert by_pictures[1, 2].text == "Yes, both are on the street."
    assert by_pictures[0, 1].text == "No, picture 1 is in the kitchen and picture 2 on the street."


def test_a_kitchen_and_a_large_kitchen_may_be_one_place():
    frames = tuple(frame(each, place=each) for each in ("the kitchen", "the large kitchen"))
    found = consistent(sausages().model_copy(update={"frames": frames}))
    assert made(found, "same place") == []


def test_who_is_the_same_person_has_both_orders():
    told = sausages().model_copy(update={"frames": sausages().frames[:2]})
    found = made(consistent(told, stranger()), "same person")
    assert {each.answer for each in found} == {"A", "B"}
    for each in found:
        right = each.fields["one"] if each.answer == "A" else each.fields["other"]
        assert each.text == f"{each.answer}: {right}."
        assert right in ("a cook in a white apron", "a brown dog")
        assert {each.fields["one"], each.fields["other"]} - {right} == {"a girl in a cap"}


@settings(max_examples=40, deadline=None)
@given(sequences(), sequences())
def test_annotations_prove_every_answer(sequence: Sequence, other: Sequence):
    other = other.model_copy(update={"kind": sequence.kind, "source": f"{sequence.source}2"})
    people = saying.people(sequence)
    for each in made(consistent(sequence, other)):
        shown = [None if one.frame is None else sequence.frames[one.frame] for one in each.shown]
        assert each.text.strip()
        assert each.answer
        assert not each.options or each.answer in each.options
        if each.form == "in all":
            in_all = [saying.called(people[who]) for who in people
                      if all(who in saying.shown_in(one) for one in shown)]  # fmt: skip
            assert each.answer == ("; ".join(sorted(in_all)) or "nobody")
        elif each.form == "comes in":
            (who,) = (key for key in people if saying.called(people[key]) == each.fields["who"])
            first = [who in saying.shown_in(one) for one in shown].index(True) + 1
            assert each.answer == f"picture {first}"
        elif each.form == "again":
            (who,) = (key for key in people if saying.called(people[key]) == each.fields["who"])
            assert who in saying.shown_in(shown[0])
            is_there = shown[1] is not None and who in saying.shown_in(shown[1])
            assert each.answer == ("yes" if is_there else "no")
        elif each.form == "odd one out":
            assert shown[int(each.answer.removeprefix("picture ")) - 1] is None
            assert sum(one is None for one in shown) == 1
        elif each.form == "same place" and shown[1] is not None:
            same = saying.words(shown[0].place) == saying.words(shown[1].place)
            assert each.answer == ("yes" if same else "no")


# ------------------------------------------------------------------------ emotion


def emotional(sequence, form=None, limit=6):
    return made(feeling.exercises(sequence, limit), form)


def test_a_feeling_comes_with_what_goes_on():
    found = {each.key: each for each in emotional(sausages(), "feeling")}
    assert found["2:cook"].text == "The cook in a white apron waves a ladle and is angry."
    assert (found["2:cook"].answer, found["2:cook"].about) == ("angry", "cook")
    twice = sausages().model_copy(update={
        "frames": (frame("a", ("girl", "sits and waits", "joy")), frame("b", ("girl", "", "sad")),
                   frame("c", ("girl", "", "sad"), event="It rains"), frame("d"))
    })  # fmt: skip
    found = {each.key: each for each in emotional(twice)}
    assert found["1:girl"].text == "The girl in a red coat, who is joyful, sits and waits."
    assert (found["2:girl"].form, found["2:girl"].text) == (
        "feeling alone", "The girl in a red coat is sad.",
    )  # fmt: skip
    assert found["3:girl"].text == "The girl in a red coat is sad. It rains."


def test_who_feels_something_is_asked_where_one_alone_does():
    found = {each.fields["feeling"]: each for each in emotional(sausages(), "who feels")}
    assert found["angry"].text == "The cook in a white apron is angry."
    assert found["afraid"].answer == "the brown dog"
    # In the last picture both are happy.
    assert "happy" not in {each.fields["feeling"] for each in emotional(sausages(), "who feels")
                           if each.key.startswith("3")}  # fmt: skip


def test_who_feels_something_is_not_asked_beside_somebody_who_feels_nearly_the_same():
    told = bare(characters=(GIRL, COOK)).model_copy(update={
        "frames": (frame("a", ("girl", "", "joyful"), ("cook", "", "cheerful")),
                   frame("b", ("girl", "", "joyful"), ("cook", "", "angry")))
    })  # fmt: skip
    assert {each.key for each in emotional(told, "who feels")} == {"2:girl", "2:cook"}


def test_of_whom_a_picture_says_two_things_no_feeling_is_asked():
    told = bare(characters=(GIRL,)).model_copy(update={
        "frames": (frame("a", ("girl", "", "sad"), ("girl", "", "happy")),)
    })  # fmt: skip
    assert emotional(told) == []
    assert ("feeling", "a character of whom a picture says two things") in lacks(
        feeling.exercises(told, 6)
    )


def test_how_feelings_change():
    found = {each.key: each for each in emotional(sausages(), "change")}
    assert found["cook"].text == (
        "In picture 1 the cook in a white apron is calm, in picture 2 angry."
    )
    assert found["dog"].text == (
        "In picture 1 the brown dog is happy, in picture 2 afraid and in picture 3 happy."
    )
    assert "girl" not in found


def test_feelings_that_stay_are_said_to_stay():
    frames = tuple(frame(str(at), ("girl", "", "sad")) for at in range(2))
    (found,) = emotional(sausages().model_copy(update={"frames": frames}), "change")
    assert found.text == "The girl in a red coat is sad all the time, in pictures 1 and 2."


def test_causes_are_named_with_their_picture():
    (found,) = emotional(sausages(), "why")
    assert found.text == "The cause is in picture 1. The dog has the sausages."
    assert found.fields == {"number": "2"}
    assert found.answer == ""  # there is no other picture to choose
    causes = (Cause(cause=0, effect=2), Cause(cause=1, effect=2, because="the dog hid"))
    (found,) = emotional(sausages(causes=causes), "why")
    assert (
        found.text == "The causes are in pictures 1 and 2. The dog takes the sausages. The dog hid."
    )
    assert found.answer == "pictures 1 and 2"


def test_causes_that_do_not_fit_into_a_row_or_have_no_words_are_not_asked_for():
    frames = tuple(frame(str(at)) for at in range(5))
    told = bare().model_copy(update={"frames": frames})
    told = told.model_copy(update={"causes": (Cause(cause=0, effect=4, because="it rains"),
                                              Cause(cause=0, effect=1))})  # fmt: skip
    assert {reason for form, reason in lacks(feeling.exercises(told, 3)) if form == "why"} == {
        "cause and effect are too far apart for one row", "a cause that no text says",
    }  # fmt: skip


def test_place_and_time_are_asked_for_as_far_as_they_are_known():
    told = bare().model_copy(update={
        "frames": (frame("a", place="the park", time="night"), frame("b", place="a bus"),
                   frame("c", time="winter"), frame("d"))
    })  # fmt: skip
    found = [(each.form, each.text) for each in emotional(told)]
    assert found == [
        ("context", "The scene is set in the park, at night."),
        ("place", "The scene is set on a bus."), ("time", "The scene is set in winter."),
    ]  # fmt: skip
    assert ("context", "neither place nor time") in lacks(feeling.exercises(told, 6))


def test_a_part_of_the_narrative_comes_after_its_feelings():
    found = emotional(sausages(), "told with feeling")
    assert found[0].text == (
        "The cook in a white apron is calm and the brown dog is happy.\n\nA dog took the sausages."
    )


@settings(max_examples=40, deadline=None)
@given(sequences(), st.integers(3, 6))
def test_any_sequence_gives_whole_exercises_or_reasons(sequence: Sequence, limit):
    everything = [
        *describing.exercises(sequence, limit), *continuing.exercises(sequence, limit),
        *feeling.exercises(sequence, limit), *telling.exercises(sequence, limit),
        *telling.described(sequence, limit),
    ]  # fmt: skip
    for each in made(everything):
        assert each.text.strip()
        assert 1 <= len(each.shown) <= limit
        assert all(one.picture == sequence.frames[one.frame].picture for one in each.shown)
        if each.task in ("telling", "described"):
            assert read_parts(each.text, len(each.shown)).problems == ()
    keys = [(each.task, each.form, each.key) for each in made(everything)]
    assert len(set(keys)) == len(keys)
    assert all(re.search(r"\w", each.reason) for each in everything if isinstance(each, Lack))
