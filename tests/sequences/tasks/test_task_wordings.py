"""The wordings of the questions: several of each, with the fields that their form has."""

from __future__ import annotations

import pytest

from storypainter.errors import BadInput
from storypainter.sequences.tasks.rows import TASKS
from storypainter.sequences.tasks.wordings import (
    LEAST,
    describing_question,
    numbered,
    own_wordings,
    read_wordings,
    telling_question,
)
from storypainter.training.distilling.drawing import Draw

SIX = "[caption.describe]\nfields = [{fields}]\nask = [{ask}]\n"


def toml(*asked, fields=""):
    return SIX.format(fields=fields, ask=", ".join(f'"{each}"' for each in asked)).encode()


def test_every_task_has_several_wordings():
    asked = own_wordings().asked
    assert {task for task, _ in asked} == set(TASKS)
    assert all(len(set(texts)) >= LEAST for texts in asked.values())
    assert all(text[-1] in ".?!…}" for texts in asked.values() for text in texts)


def test_every_wording_is_drawn():
    wordings = own_wordings()
    drawn = {
        wordings.question("caption", "describe", {}, Draw(0, str(number))) for number in range(200)
    }
    assert drawn == set(wordings.asked["caption", "describe"])


def test_a_question_begins_with_a_capital_and_takes_braces_as_text():
    fields = {"description": "the {kite}.", "opening": "Once."}
    texts = {own_wordings().question("continuation", "first and opening", fields, Draw(0, str(at)))
             for at in range(60)}  # fmt: skip
    assert all(text[0].isupper() for text in texts)
    assert all("the {kite}." in text.replace("The", "the") for text in texts)


def test_a_trained_model_is_asked_to_tell():
    assert "number" in telling_question()
    assert "Once  upon".replace("  ", " ") in telling_question("Once  upon\na time.")


@pytest.mark.parametrize(("data", "message"), [
    (b"[singing.x]\n", "no task 'singing'"),
    (b"broken", "not TOML"),
    (b"\xff", "not TOML"),
    (toml(*"abcde"), "5 different wordings of 5"),
    (toml(*"abcdee"), "5 different wordings of 6"),
    (toml(*"abcdef", fields='"who"'), "names"),
    (toml(*"abcde", "{who}"), "names"),
])  # fmt: skip
def test_broken_wordings_are_refused(data, message):
    with pytest.raises(BadInput, match=message):
        read_wordings(data)


def test_what_a_trained_model_is_asked_where_each_picture_was_described():
    asked = telling_question(descriptions=("A  girl\nruns.", "She falls."))
    assert "Picture 1: A girl runs.\nPicture 2: She falls.\n" in asked
    assert asked in {
        each.format_map({"descriptions": numbered(("A girl runs.", "She falls."))})
        for each in own_wordings().asked["described", "whole"]
    }
    later = telling_question("Once.", ("She falls.",))
    assert later.index("Once.") < later.index("Picture 1: She falls.")
    assert describing_question() in own_wordings().asked["caption", "describe"]
