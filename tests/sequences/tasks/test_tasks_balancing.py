"""No answer is so frequent that giving it always would do."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_sequences import picture

from storypainter.sequences.tasks.balancing import (
    Of,
    allowed,
    chosen,
    constant_answers,
    in_turns,
    largest,
    trimmed,
)
from storypainter.sequences.tasks.exercise import Exercise, Shown
from storypainter.sequences.tasks.guessing import guessed_blind
from storypainter.sequences.tasks.rows import TaskRow, answering, asking


def exercise(key, answer, options=("yes", "no"), form="again", images=1, about=""):
    shown = (Shown(picture("p"), 0),) * images
    return Exercise(
        "consistency", form, str(key), shown, "Text.", answer=answer, options=options, about=about
    )


def of(*exercises):
    return [Of("s", each) for each in exercises]


def answers(several):
    return Counter(each.exercise.answer for each in several)


@given(st.lists(st.sampled_from("ab"), max_size=60))
def test_of_two_answers_both_come_equally_often(given):
    kept, left_out = trimmed(of(*(exercise(at, each, ("a", "b")) for at, each in enumerate(given))))
    least = min(given.count("a"), given.count("b"))
    assert answers(kept) == Counter({"a": least, "b": least}) - Counter()
    assert left_out.total() == len(given) - 2 * least


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 60)), st.integers(0, 8))
def test_no_answer_is_larger_than_allowed_and_no_more_is_dropped(counts, options):
    options = max(options, len(counts)) if options else 0
    most = largest(counts, options)
    kept = {key: min(most, count) for key, count in counts.items()}
    if len(counts) < 2:
        assert most == 0
        return
    limit = allowed(options or len(counts))
    total = sum(kept.values())
    assert max(kept.values()) <= max(1, limit * total)
    more = {key: min(most + 1, count) for key, count in counts.items()}
    if more != kept:
        assert max(more.values()) > limit * sum(more.values())


def test_an_answer_that_is_always_the_same_is_not_asked_for():
    kept, left_out = trimmed(of(exercise(1, "yes"), exercise(2, "yes")))
    assert (kept, left_out) == ([], Counter({"again": 2}))


def test_exercises_without_a_short_answer_stay():
    told = of(exercise(1, "", ()), exercise(2, "", ()))
    assert trimmed(told) == (told, Counter())


def test_cells_are_balanced_by_themselves():
    three = [exercise(at, "picture 1", ("1", "2"), images=3) for at in range(4)]
    four = [exercise(at, "picture 2", ("1", "2"), images=4) for at in range(4)]
    assert trimmed(of(*three, *four))[0] == []


def test_the_rarest_answer_is_taken():
    groups = [of(exercise(at, "yes"), exercise(at, "no")) for at in range(10)]
    assert answers(chosen(groups)) == {"yes": 5, "no": 5}


def test_answers_are_balanced_for_each_subject_first():
    groups = [of(exercise(at, "yes", about="girl"), exercise(at, "no", about="girl"))
              for at in range(4)]  # fmt: skip
    forced = [of(exercise(at, "yes", about="dog")) for at in range(10, 14)]
    taken = chosen([*forced, *groups])
    assert answers(each for each in taken if each.exercise.about == "girl") == {"yes": 2, "no": 2}


def test_every_beginning_has_all_forms_and_answers():
    told = of(*(exercise(at, "yes") for at in range(6)), *(exercise(9 + at, "no") for at in range(6)),
              *(exercise(20 + at, "", (), form="change") for at in range(12)))  # fmt: skip
    first = in_turns(told)[:8]
    assert Counter(each.exercise.form for each in first) == {"again": 4, "change": 4}
    assert answers(first) == {"yes": 2, "no": 2, "": 4}
    assert sorted(each.exercise.key for each in in_turns(told)) == sorted(
        each.exercise.key for each in told
    )


def row(number, answer, question="Is it?", images=1, form="again"):
    return TaskRow(
        id=str(number), task="consistency", images=("pictures/a.png",) * images,
        prompt=asking(images, question), completion=answering("Text."), sequence=f"s{number}",
        frames=(0,) * images, form=form, answer=answer,
    )  # fmt: skip


def test_the_best_constant_answer_is_measured():
    rows = [row(1, "yes"), row(2, "yes"), row(3, "no"), row(4, "no", images=2), row(5, "")]
    (guess,) = constant_answers(rows)
    # Knowing the number of pictures: yes for one picture (2 of 3), no for two (1 of 1).
    assert (guess.n, guess.right, guess.answers) == (4, 3, 2)
    assert guess.expected == pytest.approx((3 / 2 + 1) / 4)


def test_an_answer_that_the_question_gives_away_is_found_out():
    rows = [
        row(number, "yes" if number % 2 else "no", f"Is the {('cat', 'dog')[number % 2]} there?")
        for number in range(200)
    ]
    (guess,) = guessed_blind(rows)
    assert (guess.n, guess.right) == (200, 200)


def test_an_answer_that_the_question_does_not_tell_is_guessed_by_chance():
    rows = [row(number, "yes" if number % 4 < 2 else "no", f"Word{number % 2}?")
            for number in range(400)]  # fmt: skip
    (guess,) = guessed_blind(rows)
    assert 0.35 < guess.share < 0.65


def test_few_rows_are_not_judged():
    assert guessed_blind([row(number, "yes") for number in range(49)]) == []
