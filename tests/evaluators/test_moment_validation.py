"""Labelled texts: reading them, and precision, recall and F1 with known answers."""

from __future__ import annotations

import json

import pytest

from storypainter.errors import BadInput
from storypainter.evaluators.moment_rules import KINDS
from storypainter.evaluators.moment_validation import (
    ANY,
    Labelled,
    found_by_rules,
    read_labelled,
    validate_moment,
)
from storypainter.intervals import wilson


def row(number: int, *kinds: str) -> Labelled:
    return Labelled(f"t{number}", str(number), frozenset(kinds))


def test_known_counts():
    rows = [
        *(row(n, "sequence") for n in range(6)),
        *(row(n, "tense", "summary") for n in range(6, 8)),
        *(row(n) for n in range(8, 12)),
    ]
    # Finds sequence in five of six and in one faultless text; takes tense for summary.
    found = {str(n): ["sequence"] for n in (0, 1, 2, 3, 4, 8)} | {"6": ["summary"]}
    result = validate_moment(rows, lambda text: found.get(text, []), name="told", version="7")

    sequence = result.result("sequence")
    assert (sequence.true_positives, sequence.false_positives) == (5, 1)
    assert (sequence.false_negatives, sequence.true_negatives) == (1, 5)
    assert sequence.precision.value == pytest.approx(5 / 6)
    assert sequence.precision.interval == wilson(5, 6)
    assert sequence.recall.value == pytest.approx(5 / 6)
    assert sequence.f1.value == pytest.approx(5 / 6)
    assert (sequence.f1.judge, sequence.f1.version, sequence.f1.n) == ("told", "7", 12)
    low, high = sequence.f1.interval
    assert 0 <= low < 5 / 6 < high <= 1

    tense = result.result("tense")
    assert tense.precision.absent == "the judge never finds it"
    assert tense.recall.value == 0.0
    assert tense.f1.value == 0.0

    dialogue = result.result("dialogue")
    assert dialogue.recall.absent == "no text is labelled with it"
    assert dialogue.f1.absent

    anything = result.result(ANY)
    assert (anything.true_positives, anything.false_positives) == (6, 1)
    assert (anything.false_negatives, anything.true_negatives) == (2, 3)
    assert result.n == 12
    assert {each.row.id for each in result.wrong} == {"t5", "t6", "t7", "t8"}
    assert [each.kind for each in result.results] == [ANY, *KINDS]
    with pytest.raises(KeyError):
        result.result("style")


def test_the_same_rows_have_the_same_intervals():
    rows = [row(1, "tense"), row(2), row(3, "tense"), row(4)]
    results = [validate_moment(rows, lambda t: ["tense"] if t in "12" else []) for _ in range(2)]
    assert results[0] == results[1]


def test_the_rules_judge_by_default():
    rows = [
        Labelled("a", "A dog sleeps on the mat. Then it barks.", frozenset({"sequence"})),
        Labelled("b", "A dog sleeps on the mat.", frozenset()),
    ]
    result = validate_moment(rows)
    assert result.result(ANY).f1.value == 1.0
    assert result.result(ANY).f1.judge == "offline"
    assert result.wrong == ()
    assert found_by_rules("The dog slept.") == {"tense"}


def test_nothing_can_be_validated_against_nothing():
    with pytest.raises(BadInput, match="no labelled text"):
        validate_moment([])


# ------------------------------------------------------------------------------ reading


def write(tmp_path, *lines: str | bytes):
    path = tmp_path / "labels.jsonl"
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    path.write_bytes(b"\n".join(raw))
    return path


def test_rows_are_read(tmp_path):
    path = write(
        tmp_path,
        json.dumps({"id": "a", "text": "Regen.", "kinds": [], "note": "more fields are fine"}),
        "",
        json.dumps({"id": "b", "text": "Then “rain”.", "kinds": ["sequence", "tense"]}),
    )
    assert read_labelled(path) == (
        Labelled("a", "Regen.", frozenset()),
        Labelled("b", "Then “rain”.", frozenset({"sequence", "tense"})),
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"id": "b", "text": "x"', "line 2: not JSON"),
        (b'{"id": "\xff"}', "line 2: not JSON"),
        ("[]", "line 2: not an object"),
        ('{"text": "x", "kinds": []}', "line 2: id must be text"),
        ('{"id": "b", "text": " ", "kinds": []}', "line 2: text must be text"),
        ('{"id": "b", "text": "x"}', "line 2: kinds must be a list"),
        ('{"id": "b", "text": "x", "kinds": "tense"}', "line 2: kinds must be a list"),
        ('{"id": "b", "text": "x", "kinds": [1]}', "line 2: kinds must be a list"),
        ('{"id": "b", "text": "x", "kinds": ["style"]}', "line 2: unknown kind 'style'"),
        ('{"id": "a", "text": "x", "kinds": []}', "line 2: the id 'a' comes twice"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, problem):
    path = write(tmp_path, '{"id": "a", "text": "x", "kinds": []}', line)
    with pytest.raises(BadInput) as caught:
        read_labelled(path)
    assert problem in str(caught.value)
    assert str(path) in caught.value.message
    assert '"kinds"' in caught.value.hint


def test_files_that_hold_nothing(tmp_path):
    with pytest.raises(BadInput, match="holds no labelled text"):
        read_labelled(write(tmp_path, "", ""))
    with pytest.raises(BadInput, match="can't be read"):
        read_labelled(tmp_path / "missing.jsonl")
