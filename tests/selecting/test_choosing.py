"""Which items are chosen, and why: three-valued logic, names, ranks, groups of tries."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.selecting.choosing import Question, choose
from storypainter.selecting.judging import judge
from storypainter.selecting.looking_up import meaning
from storypainter.selecting.reading import Candidate, Key, Unknown
from storypainter.selecting.tokens import BadExpression, Source
from storypainter.selecting.where import read_where


def item(index, scores, *, judge="offline", evaluator="e", **more):
    """A candidate; ``None`` is an absent score."""
    found = {
        name if isinstance(name, Key) else Key(name, evaluator, judge): Unknown(
            f"{name} is absent: too short"
        )
        if value is None
        else value
        for name, value in scores.items()
    }
    return Candidate(index, f"s{index}", found, **more)


def outcome(text, *candidates):
    tree = read_where(text)
    means = meaning(candidates, [(Source("--where", text), tree)])
    return judge(tree, candidates[0], means)


def verdicts(selection):
    return {choice.candidate.index: choice.verdict for choice in selection.choices}


def chosen(selection):
    return [choice.candidate.index for choice in selection.having("chosen")]


def reasons(selection, index):
    return next(c.reasons for c in selection.choices if c.candidate.index == index)


# ------------------------------------------------------------------ what holds

_VALUES = {True: 1.0, False: 0.0, None: None}


@pytest.mark.parametrize(("left", "right"), list(itertools.product(_VALUES, _VALUES)))
def test_kleenes_tables(left, right):
    one = item(0, {"a": _VALUES[left], "b": _VALUES[right]})
    both = False if False in (left, right) else None if None in (left, right) else True
    either = True if True in (left, right) else None if None in (left, right) else False
    assert outcome("a and b", one).holds is both
    assert outcome("a or b", one).holds is either
    assert outcome("not a", one).holds is (None if left is None else not left)
    # De Morgan's laws hold in three values too
    assert outcome("not (a and b)", one).holds is outcome("not a or not b", one).holds


@given(st.lists(st.sampled_from([0.0, 1.0, None]), min_size=4, max_size=4), st.data())
def test_an_item_is_chosen_only_if_no_absent_score_could_change_it(values, data):
    """The table of a condition against every way to fill in what is absent."""
    text = data.draw(
        st.sampled_from(
            [
                "a and (b or not c)",
                "not (a or b) and d",
                "a or b and (c or d)",
                "(a or b) and not d",
            ]
        )
    )
    names = "abcd"
    holds = outcome(text, item(0, dict(zip(names, values, strict=True)))).holds
    filled = {
        outcome(text, item(0, dict(zip(names, each, strict=True)))).holds
        for each in itertools.product(*[(v,) if v is not None else (0.0, 1.0) for v in values])
    }
    assert None not in filled
    if holds is not None:
        assert filled == {holds}


@pytest.mark.parametrize(
    ("text", "holds", "because"),
    [
        ("x >= 0.8", True, ("x 0.8 >= 0.8",)),
        ("x > 0.8", False, ("x 0.8 is not > 0.8",)),
        ("x = 0.8", True, ("x 0.8 = 0.8",)),
        ("x != 0.8", False, ("x 0.8 is not != 0.8",)),
        ("x", True, ("x: yes, 0.8",)),
        ("low", False, ("low: no, 0.49",)),
        ("not low", True, ("low: no, 0.49",)),
        ("x > low", True, ("x 0.8 > low 0.49",)),
        ("low or x", True, ("x: yes, 0.8",)),
        ("low and x", False, ("low: no, 0.49",)),
        ("gone", None, ("gone is absent: too short",)),
        ("gone and x", None, ("gone is absent: too short",)),
        ("gone or x", True, ("x: yes, 0.8",)),
        ("mode = Planned", True, ("mode is planned",)),
        ("setting = living_room", True, ("setting is Living Room",)),
        ("setting != 'living room'", False, ("setting is Living Room",)),
        ("painter = ink", None, ("no painter is known",)),
    ],
)
def test_why(text, holds, because):
    # (0.7 + 0.1) falls short of 0.8 by a rounding error
    texts = {"mode": "planned", "setting": "Living Room"}
    one = item(0, {"x": 0.7 + 0.1, "low": 0.49, "gone": None}, texts=texts)
    found = outcome(text, one)
    assert (found.holds, found.because) == (holds, because)


def test_a_missing_score_says_who_did_not_give_it():
    there = item(0, {"x": 1.0, "clues.time": 2.0, "clues": 3.0})
    never = item(1, {})
    failed = item(2, {}, failed={"e": "no answer"})
    absent = item(3, {"clues": None})
    other = item(4, {"clues": 3.0})
    every = (there, never, failed, absent, other)
    selection = choose(every, Question("clues.time >= 2"))
    assert verdicts(selection) == {0: "chosen", **dict.fromkeys((1, 2, 3, 4), "unknown")}
    assert reasons(selection, 1) == ("clues.time is missing: e (offline) did not score it",)
    assert reasons(selection, 2) == ("clues.time is missing: e failed: no answer",)
    assert reasons(selection, 3) == ("clues is absent: too short",)
    assert reasons(selection, 4) == ("clues has no part 'time' here",)


# ----------------------------------------------------------------------- names


def test_two_judges_must_be_told_apart():
    one = item(0, {Key("x", "e", "structure"): 0.9, Key("x", "e", "openai/gpt-4o"): 0.2, "y": 1.0})
    with pytest.raises(BadExpression) as raised:
        choose([one], Question("y and x > 0.5"))
    assert raised.value.at == 6
    assert "several judges gave x: structure, openai/gpt-4o" in str(raised.value)
    assert "x@structure or x@openai/gpt-4o" in str(raised.value)
    assert chosen(choose([one], Question("x@structure > 0.5"))) == [0]
    assert chosen(choose([one], Question("x@openai/gpt-4o > 0.5"))) == []
    with pytest.raises(BadExpression, match="no x by 'nobody' in this run"):
        choose([one], Question("x@nobody > 0.5"))


def test_judges_of_two_evaluators_are_told_apart_by_the_evaluator():
    one = item(0, {Key("x", "e", "offline"): 0.9, Key("x", "f", "offline"): 0.1})
    with pytest.raises(BadExpression, match="x@e:offline or x@f:offline"):
        choose([one], Question("x"))
    assert chosen(choose([one], Question("x@e:offline"))) == [0]
    assert chosen(choose([one], Question("x@f"))) == []


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("algnment > 1", 0, "did you mean alignment?"),
        ("alignment and copid", 14, "did you mean copied?"),
        ("zzz", 0, "there are: alignment"),
        ("diversity > 1", 0, "score it: storypainter evaluate RUN --evaluators diversity"),
        ("complexity > 1", 0, "complexity means semantic_score or rubric"),
        ("alignment or 'mode' > 1", 13, "mode is text"),
    ],
)
def test_unknown_names(text, at, message):
    with pytest.raises(BadExpression, match="no story of this run has") as raised:
        choose([item(0, {"alignment": 1.0})], Question(text))
    assert raised.value.at == at
    assert message in str(raised.value)


def test_aliases_hold_for_the_whole_run():
    both = item(0, {"semantic_score": 0.9, "rubric": 0.1})
    only_rubric = item(1, {"rubric": 0.9})
    selection = choose([both, only_rubric], Question("complexity >= 0.5"))
    # another judge's number never fills in for an absent one
    assert verdicts(selection) == {0: "chosen", 1: "unknown"}
    assert selection.means == ("complexity is semantic_score, by offline (e)",)
    assert reasons(selection, 0) == ("complexity (semantic_score) 0.9 >= 0.5",)
    assert chosen(choose([only_rubric], Question("complexity"))) == [1]
    own = item(0, {"complexity": 0.2, "semantic_score": 0.9})
    assert chosen(choose([own], Question("complexity"))) == []
    asked_for_nothing = item(0, {"semantic_score": None, "rubric": 0.9})
    assert chosen(choose([asked_for_nothing], Question("complexity"))) == [0]
    copies = item(0, {"copying": 0.5, "moment": 0.0})
    assert chosen(choose([copies], Question("copied and not one_moment"))) == [0]


def test_a_judge_who_scored_nothing_at_all_needs_no_telling_apart():
    values = {Key("x", "e", "tried"): Unknown("x is absent: no mass"), Key("x", "e", "did"): 0.9}
    selection = choose([item(0, values)], Question("x"))
    assert chosen(selection) == [0]
    assert selection.means == ("x, by did (e)",)
    nobody = choose([item(0, {"x": None})], Question("x"))
    assert verdicts(nobody) == {0: "unknown"}


# ------------------------------------------------------------- ranks and groups


def test_rank_orders_ties_by_index_and_top_keeps_the_first():
    run = [item(i, {"x": x, "y": y}) for i, (x, y) in enumerate([(1, 0), (3, 0), (1, 4), (3, 0)])]
    selection = choose(run, Question(rank="x + 0.5*y"))
    assert chosen(selection) == [1, 2, 3, 0]
    assert [choice.rank for choice in selection.having("chosen")] == [3.0, 3.0, 3.0, 1.0]
    assert [choice.place for choice in selection.having("chosen")] == [1, 2, 3, 4]
    top = choose(run, Question(rank="x + 0.5*y", top=2))
    assert chosen(top) == [1, 2]
    assert reasons(top, 3) == ("place 3 of 4, and the first 2 are kept",)
    assert chosen(choose(run, Question("y = 0", rank="-x", top=9))) == [0, 1, 3]


def test_an_item_that_cant_be_ranked_is_unknown():
    run = [item(0, {"x": None}), item(1, {"x": 2.0}), item(2, {"x": 1e308})]
    selection = choose(run, Question(rank="x", top=1))
    assert verdicts(selection) == {2: "chosen", 0: "unknown", 1: "not chosen"}
    assert reasons(selection, 0) == ("it can't be ranked: x is absent: too short",)
    endless = choose(run, Question(rank="10*x"))
    assert verdicts(endless)[2] == "unknown"


def test_best_of_consecutive_items_when_the_run_has_no_groups():
    run = [item(i, {"x": x}) for i, x in enumerate([1.0, 5.0, 2.0, 2.0, 9.0]) if i != 1]
    selection = choose(run, Question("x < 9", rank="x", best_of=2))
    # item 1 has no story: it leaves its group smaller, and moves no other
    assert chosen(selection) == [2, 0]
    assert reasons(selection, 3) == ("s2 of group 2 ranks as high (2) and comes first",)
    assert selection.notes == (
        "groups: no two items share a story or the examples of their prompt, so 2 consecutive "
        "items are a group; 3 groups, 2 of them with fewer stories",
    )


def test_best_of_pictures_of_one_story():
    run = [item(i, {"x": float(i)}, text=text) for i, text in enumerate("ababbc")]
    selection = choose(run, Question(rank="x", best_of=2))
    # a: 0 and 2; b: 1 and 3, then 4 alone; c: 5 alone
    assert chosen(selection) == [5, 4, 3, 2]
    assert reasons(selection, 1) == ("s3 of group 2 ranks higher: 3 against 1",)
    assert selection.notes == (
        "groups: items with the same story, 2 in order each; 4 groups, 2 of them smaller",
    )


def test_best_of_stories_from_the_same_examples():
    run = [item(i, {"x": -float(i)}, text=str(i), asked=asked) for i, asked in enumerate("ppqq")]
    selection = choose(run, Question(rank="x", best_of=2))
    assert chosen(selection) == [0, 2]
    assert "the same examples in its prompt" in selection.notes[0]


def test_an_unknown_try_is_told_of_and_not_compared():
    run = [item(0, {"x": None}), item(1, {"x": 0.1})]
    selection = choose(run, Question(rank="x", best_of=2))
    assert chosen(selection) == [1]
    assert reasons(selection, 1) == (
        "the best of group 1 (2 tries), where 1 could not be compared",
    )


def test_a_text_that_no_item_has_is_told():
    run = [item(0, {}, texts={"mode": "planned"})]
    selection = choose(run, Question("mode = planed"))
    assert chosen(selection) == []
    assert selection.notes == ("no item has the mode 'planed'; there are: planned",)


def test_what_kept_items_out_is_counted():
    run = [item(i, {"x": float(i), "y": 0.0}) for i in range(4)]
    selection = choose(run, Question("x >= 2 and not y or y > 3"))
    assert dict(selection.missed) == {"x >= 2.0": 2, "y > 3.0": 2}


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (Question(), "nothing is asked for"),
        (Question("x", top=2), "--top keeps the best, and nothing says by what"),
        (Question("x", best_of=2), "--best-of keeps the best, and nothing says by what"),
        (Question(rank="x", top=0), "--top 0 is below 1"),
        (Question(rank="x", best_of=1), "--best-of 1 is below 2"),
    ],
)
def test_questions_that_cant_be_answered(question, message):
    with pytest.raises(BadInput, match=message):
        choose([item(0, {"x": 1.0})], question)


def test_an_empty_run_has_nothing_to_choose():
    with pytest.raises(BadInput, match="the run has no story to choose from"):
        choose([], Question("x"))
