"""CogBench's files in its format: references, descriptions, questions, and the command."""

from __future__ import annotations

import asyncio
import json

import pytest
from click.testing import CliRunner
from memory_store import MemoryStore

from storypainter.cli.validating_retelling import command
from storypainter.errors import BadInput
from storypainter.evaluators.cogbench_scoring import (
    KINDS,
    NEXT_MOMENT,
    choice_scores,
    description_scores,
    read_references,
    recall_descriptions,
)
from storypainter.evaluators.cogbench_scoring_answers import (
    is_questions,
    read_choice,
    read_choices,
    read_descriptions,
    read_questions,
)
from storypainter.evaluators.recall import Recaller
from storypainter.intervals import wilson
from storypainter.models.calling import Caller
from storypainter.models.catalog import connect_embedder
from storypainter.models.contract import ModelOptions
from storypainter.models.rehearsal import Rehearsal


def entry(**fields: list[str]) -> dict:
    plain = {kind: ["None"] for kind in KINDS}
    return {"Entities": ["cat", "vase"], **plain, "Description": ["A cat by a vase."], **fields}


REFERENCES = {
    "7": entry(
        **{
            "Event Reasoning": ["The vase tips. -> The vase is falling."],
            NEXT_MOMENT: ["The vase tips. + The floor is stone. -> The vase will break."],
            "Mental State Reasoning": ["The cat's ears are flat. -> The cat is scared."],
        }
    ),
    "8": entry(**{"Event Reasoning": ["no arrow here", "A cup is wet. -> Somebody drank."]}),
    "9": entry(),
}
QUESTIONS = [
    {
        "question": f"What happens in number {n}?",
        "choice_a": "a cat jumps",
        "choice_b": "a vase falls",
        "choice_c": "rain",
        "choice_d": "nothing",
        "answer": answer,
        "img_id": "7",
        "category": category,
    }
    for n, (answer, category) in enumerate([("b", "Event"), ("A", "Event"), ("C", "Time")])
]


def test_there_are_eight_kinds():
    assert len(KINDS) == 8
    assert KINDS[6] == "Next Moment Event Reasoning"


def test_references_have_all_eight_kinds_and_no_none():
    first, second, third = read_references(json.dumps(REFERENCES), "r.json")
    assert first.entities == ("cat", "vase")
    assert sorted(first.conclusions) == [
        ("Event Reasoning", "The vase is falling."),
        ("Mental State Reasoning", "The cat is scared."),
        (NEXT_MOMENT, "The vase will break."),
    ]
    assert second.conclusions == (("Event Reasoning", "Somebody drank."),)
    assert len(second.notes) == 1
    assert third.conclusions == ()


@pytest.mark.parametrize("text", ["", "[", "{}", '{"7": []}', '{"7": {"Entities": []}}'])
def test_bad_references_are_one_line(text):
    with pytest.raises(BadInput) as problem:
        read_references(text, "r.json")
    assert "r.json" in problem.value.message


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"7": "A cat.", "8": "A cup."}),
        json.dumps({"7": entry(Description=["A cat."]), "8.jpg": {"Description": "A cup."}}),
        json.dumps([{"img_id": 7, "description": "A cat."}, {"id": "8", "model_output": "A cup."}]),
        '{"img_id": "7.jpg", "description": "A cat."}\n\n{"img_id": "8", "description": "A cup."}\n',
    ],
)
def test_descriptions_come_in_several_forms(text):
    assert read_descriptions(text, "d.json") == {"7": "A cat.", "8": "A cup."}


def test_one_line_is_one_description():
    assert read_descriptions('{"img_id": "7", "description": "A cat."}', "d") == {"7": "A cat."}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "line 1: not valid JSON"),
        ("{}", "holds no description"),
        ('{"7": ""}', "no description"),
        ('[{"description": "A cat."}]', "entry 1: names no picture"),
        ('{"7": "A cat.", "7.jpg": "A cat."}', "described twice"),
        ('{"img_id": "7", "description": "A"}\n{"img_id": }', "line 2"),
    ],
)
def test_bad_descriptions_are_one_line(text, problem):
    with pytest.raises(BadInput, match=problem):
        read_descriptions(text, "d.json")


def says(*answers: tuple[int, bool]) -> dict[str, str]:
    return {"text": json.dumps({"answers": [{"number": n, "found": f} for n, f in answers]})}


def scored(descriptions: dict[str, str], *answers: dict, judge: bool = True):
    references = read_references(json.dumps(REFERENCES), "r.json")
    writer = Rehearsal("judge", answers) if judge else None
    recaller = Recaller(connect_embedder("wordllama", ModelOptions()), writer)
    recalled = asyncio.run(
        recall_descriptions(references, descriptions, recaller, Caller(MemoryStore()))
    )
    missing = len(references) - len(recalled)
    found = description_scores(recalled, missing, judge="test")
    return {score.name: score for score in found}


def test_recognition_and_cognition_by_kind():
    # Picture 7: conclusions in the order event, mental state, next moment.
    scores = scored(
        {"7": "A cat pushes a vase.", "8": "A kitten sits on the roof of a house."},
        says((1, True), (3, False)),
        says((1, False)),
    )
    assert scores["recognition_pooled"].n == 4
    assert scores["recognition"].n == 2
    assert "1 pictures without a description" in scores["recognition"].reason
    assert (scores["Event Reasoning"].value, scores["Event Reasoning"].n) == (0.5, 2)
    assert scores[NEXT_MOMENT].value == 0.0
    assert scores["Mental State Reasoning"].value is None
    assert scores["Mental State Reasoning"].absent == "1 not answered"
    assert scores["Location Reasoning"].absent == "no conclusions"
    assert (scores["cognition"].value, scores["cognition"].n) == (pytest.approx(1 / 3), 3)


def test_without_a_judge_cognition_is_absent():
    scores = scored({"7": "A cat pushes a vase."}, judge=False)
    assert scores["recognition"].value == 1.0
    assert scores["cognition"].absent.startswith("nobody judges")
    assert scores["Event Reasoning"].absent.startswith("nobody judges")


# ----------------------------------------------------------------------------- questions


@pytest.mark.parametrize(
    ("reply", "letter"),
    [
        ("B", "b"),
        ("(b)", "b"),
        ("B. a vase falls", "b"),
        ("**C**", "c"),
        ("d) nothing", "d"),
        ("The answer is B.", "b"),
        ("The correct answer is: (C) rain", "c"),
        ("I choose option a", "a"),
        ("It must be that a vase falls.", "b"),
        ("Answer: A or Answer: B", None),
        ("A vase or rain", None),
        ("a vase falls", "b"),
        ("a cat jumps and a vase falls", None),
        ("I can't tell.", None),
        ("", None),
    ],
)
def test_a_reply_names_one_choice_or_none(reply, letter):
    choices = ("a cat jumps", "a vase falls", "rain", "nothing")
    if reply == "A vase or rain":
        letter = "c"  # the words of exactly one choice
    assert read_choice(reply, choices) == letter


def test_accuracy_overall_and_by_category():
    text = json.dumps(QUESTIONS)
    assert is_questions(text)
    assert not is_questions(json.dumps(REFERENCES))
    questions = read_questions(text, "q.json")
    assert [each.answer for each in questions] == ["b", "a", "c"]
    choices = read_choices(json.dumps(["B", "no idea", "D"]), "a.json", questions)
    scores = {score.name: score for score in choice_scores(questions, choices, judge="m")}
    assert (scores["accuracy"].value, scores["accuracy"].n) == (0.5, 2)
    assert scores["accuracy"].interval == wilson(1, 2)
    assert scores["accuracy_of_all"].interval == wilson(1, 3)
    assert (scores["Event"].value, scores["Event"].n) == (1.0, 1)
    assert scores["Time"].value == 0.0
    assert scores["Event"].reason == "1 without a readable answer"


def test_answers_may_be_rows():
    questions = read_questions(json.dumps(QUESTIONS), "q.json")
    rows = [{"question": q["question"], "model_answer": "A"} for q in QUESTIONS]
    rows[1]["model_answer"] = None
    text = "\n".join(map(json.dumps, rows))
    assert read_choices(text, "a.jsonl", questions) == ("a", None, "a")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('["A"]', "1 answers to 3 questions"),
        ('{"a": "b"}', "no list of answers"),
        ("[1, 2, 3]", "answer 1: is no text"),
        ('[{"question": "Else?", "model_answer": "A"}, "A", "A"]', "answers another question"),
    ],
)
def test_bad_answers_are_one_line(text, problem):
    questions = read_questions(json.dumps(QUESTIONS), "q.json")
    with pytest.raises(BadInput, match=problem):
        read_choices(text, "a.json", questions)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"choice_c": None}, "question 1: no 'choice_c'"),
        ({"answer": "E"}, "question 1: its answer is none of the choices"),
        ({"category": " "}, "question 1: no 'category'"),
    ],
)
def test_bad_questions_are_one_line(change, problem):
    with pytest.raises(BadInput, match=problem):
        read_questions(json.dumps([{**QUESTIONS[0], **change}]), "q.json")


# --------------------------------------------------------------------------- the command


def run(tmp_path, first, second, *options: str):
    for name, plain in (("first.json", first), ("second.json", second)):
        (tmp_path / name).write_text(json.dumps(plain), "utf-8")
    paths = [str(tmp_path / "first.json"), str(tmp_path / "second.json")]
    return CliRunner().invoke(command, [*paths, *options], catch_exceptions=True)


def test_the_command_scores_descriptions_offline(tmp_path):
    done = run(tmp_path, REFERENCES, {"7": "A cat pushes a vase.", "99": "A dog."}, "--json")
    assert done.exit_code == 0, done.output
    plain = json.loads(done.output)
    assert plain["scores"][0]["value"] == 1.0
    assert any("unknown pictures" in note for note in plain["notes"])
    shown = run(tmp_path, REFERENCES, {"7": "A cat pushes a vase."})
    assert "Next Moment Event Reasoning       absent: nobody judges" in shown.output


def test_the_command_scores_answers(tmp_path):
    done = run(tmp_path, QUESTIONS, ["B", "A", "D"])
    assert done.exit_code == 0, done.output
    assert "accuracy         0.667 [" in done.output


def test_the_command_asks_a_judge_and_keeps_its_replies(tmp_path):
    script = tmp_path / "judge.jsonl"
    script.write_text(json.dumps(says((1, True), (2, True), (3, False))) + "\n", "utf-8")
    judge = f"rehearsal/{script}"
    told = {"7": "A cat pushes a vase."}
    refused = run(tmp_path, REFERENCES, told, "--judge", judge)
    assert isinstance(refused.exception, BadInput)
    options = ("--judge", judge, "--out", str(tmp_path / "run"), "--json")
    done = run(tmp_path, REFERENCES, told, *options)
    assert done.exit_code == 0, done.output
    scores = {score["name"]: score for score in json.loads(done.output)["scores"]}
    assert scores["cognition"]["value"] == pytest.approx(2 / 3)
    again = run(tmp_path, REFERENCES, told, *options)
    assert json.loads(again.output) == json.loads(done.output)


def test_ids_that_don_t_fit_are_one_line(tmp_path):
    done = run(tmp_path, REFERENCES, {"99": "A dog."})
    assert isinstance(done.exception, BadInput)
    assert "describes none of the pictures" in done.exception.message
