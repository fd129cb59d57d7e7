"""Validating a judge of key points: known counts, files in every shape, and bad input."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from storypainter.cli.validating_alignment import alignment
from storypainter.errors import BadInput
from storypainter.evaluators.agreement import agreement
from storypainter.evaluators.alignment_validation import (
    LabelledPoint,
    read_points,
    validate_points,
)
from storypainter.intervals import wilson
from storypainter.story import Dimension

CSV = """item,point,label,answer,dimension
0,A cat sleeps.,yes,yes,event
0,A dog barks.,yes,no,event
0,It is winter.,no,yes,Time
1,A cat sleeps.,no,no,Event Causal Relationship
1,"A man, in red.",yes,,
"""


def rows(*pairs: tuple[bool, bool | None]) -> list[LabelledPoint]:
    return [LabelledPoint("i", str(at), *pair) for at, pair in enumerate(pairs)]


def test_known_counts():
    pairs = [(True, True)] * 3 + [(True, False)] * 2 + [(False, True)] + [(False, False)] * 4
    (found,) = validate_points(rows(*pairs, (True, None)))
    assert (found.n, found.unanswered) == (10, 1)
    assert (found.true_positives, found.false_negatives) == (3, 2)
    assert (found.false_positives, found.true_negatives) == (1, 4)
    assert found.accuracy.value == 0.7
    assert found.accuracy.interval == wilson(7, 10)
    assert found.precision.value == 0.75
    assert found.recall.value == 0.6
    expected = agreement([a for a, _ in pairs], [b for _, b in pairs])
    assert found.kappa.value == expected.kappa == pytest.approx(0.4)
    assert found.kappa.interval == expected.kappa_interval


def test_the_paper_s_accuracy_has_its_interval():
    pairs = [(True, True)] * 155 + [(True, False)] * 54
    (found,) = validate_points(rows(*pairs))
    assert found.accuracy.value == pytest.approx(0.74, abs=0.005)
    assert found.accuracy.interval == pytest.approx((0.68, 0.80), abs=0.01)


def test_what_can_t_be_said_is_absent():
    (found,) = validate_points(rows((True, None)))
    assert all(score.value is None for score in found.scores)
    (found,) = validate_points(rows((True, False), (True, False)))
    assert found.accuracy.value == 0.0
    assert found.precision.absent == "the judge never says yes"
    assert "all the same" in found.kappa.absent
    with pytest.raises(BadInput):
        validate_points([])


def test_csv_by_dimension(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(CSV)
    found = read_points(path)
    assert len(found) == 5
    assert found[4].answer is None
    assert found[3].dimension is Dimension.EVENT_CAUSAL_RELATIONSHIP
    names = [each.name for each in validate_points(found)]
    assert names == ["all", "time", "event", "event_causal_relationship"]


def test_jsonl_with_p_and_answers_apart(tmp_path):
    labels, answers = tmp_path / "labels.jsonl", tmp_path / "answers.jsonl"
    labels.write_text(
        '{"item": 0, "point": "A cat sleeps.", "label": true}\n\n'
        '{"item": 0, "point": "A dog barks.", "label": "no"}\n'
    )
    answers.write_text(
        '{"item": 0, "point": "A dog  barks.", "p": 0.5}\n'
        '{"item": 0, "point": "A cat sleeps.", "p": null}\n'
    )
    found = read_points(labels, answers)
    assert [(each.label, each.answer) for each in found] == [(True, None), (False, True)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("item,point,label,answer\n0,A.,maybe,yes\n", "line 2: label is 'maybe'"),
        ("item,point,label,answer\n0,A.,,yes\n", "line 2: label is empty"),
        ("item,point,label,p\n0,A.,yes,1.5\n", "line 2: p is 1.5"),
        ("item,point,label,p\n0,A.,yes,high\n", "no number"),
        ("item,point,label\n0,A.,yes\n", "neither answer nor p"),
        ("item,label,answer\n0,yes,yes\n", "line 2: no 'point'"),
        ("item,point,label,answer\n,A.,yes,yes\n", "line 2: item is empty"),
        ("item,point,label,answer\n0,A.,yes,no\n0,A.,no,no\n", "line 3: this point"),
        ("item,point,label,answer,dimension\n0,A.,yes,no,mood\n", "unknown dimension 'mood'"),
        ("item,point,label,answer\n", "holds no labelled key point"),
        ('{"item": 0}\n', "line 1: no 'point'"),
        ("{nothing\n", "line 1: not valid JSON"),
    ],
)
def test_bad_files_name_the_place(tmp_path, text, problem):
    path = tmp_path / "bad"
    path.write_text(text)
    with pytest.raises(BadInput, match=problem.replace(".", r"\.")):
        read_points(path)


def test_missing_files_and_missing_answers(tmp_path):
    with pytest.raises(BadInput, match="does not exist"):
        read_points(tmp_path / "none.csv")
    labels, answers = tmp_path / "labels.csv", tmp_path / "answers.csv"
    labels.write_text("item,point,label\n0,A cat.,yes\n")
    answers.write_text("item,point,answer\n1,A cat.,yes\n")
    with pytest.raises(BadInput, match="has no answer to this point of 0"):
        read_points(labels, answers)


def test_the_command(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(CSV)
    shown = CliRunner().invoke(alignment, [str(path)])
    assert shown.exit_code == 0
    assert "all: 4 answered key points, 2 labelled yes; 1 without an answer" in shown.output
    assert "accuracy 0.74 of 209" in shown.output
    plain = json.loads(CliRunner().invoke(alignment, [str(path), "--json"]).output)
    assert plain["all"]["accuracy"]["value"] == 0.5
    assert plain["event"]["true_positives"] == 1
