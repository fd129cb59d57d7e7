"""Parting CoT answers into categories and description."""

import pytest

from storypainter.training.variants import COT, NAIVE, WITHOUT_CHAINS, WITHOUT_DESCRIPTION, parted

ANSWER = """[Special Time]
None

[Character Role]
1. Clue(s): apron
   Conclusion from the clue(s): a baker

[Description]
A baker counts loaves.

It is late."""


def test_brackets() -> None:
    chains, description = parted(ANSWER)
    assert chains.endswith("Conclusion from the clue(s): a baker")
    assert "[Description]" not in chains
    assert description == "A baker counts loaves.\n\nIt is late."


@pytest.mark.parametrize(
    "heading",
    ["**Description:**", "### 8. Description", "8) Image Description: ", "Overall description:",
     "**[Description]**", "Description of the image:", "- **Description**:"],
)  # fmt: skip
def test_headings_as_answers_really_have_them(heading: str) -> None:
    chains, description = parted(f"1. **Special Time**\nclue -> noon\n\n{heading}\nA boy waits.")
    assert (chains, description) == ("1. **Special Time**\nclue -> noon", "A boy waits.")


def test_description_in_the_middle_and_on_the_headings_line() -> None:
    text = "**Special Time:** None\nDescription: A boy waits.\n**Mental State:** bored"
    chains, description = parted(text)
    assert description == "A boy waits."
    assert "bored" in chains
    assert "Special Time" in chains


def test_what_cant_be_parted() -> None:
    assert parted("A boy waits. The description is short.") == ("", "")
    assert parted("Description: a boy") == ("", "")
    assert WITHOUT_CHAINS.of("A boy waits.") is None
    assert NAIVE.of("A boy waits.") == "A boy waits."


def test_as_given_or_as_features() -> None:
    assert COT.of(ANSWER) == ANSWER
    assert WITHOUT_CHAINS.of(ANSWER) == "A baker counts loaves.\n\nIt is late."
    whole = """[Special Time]\nNone\n[Special Location]\nNone\n[Character Role]
1. Clue(s): apron\n   Conclusion from the clue(s): a baker\n[Character Relationship]\nNone
[High-level Event]\nNone\n[Event Causal Relationship]\nNone\n[Mental State]\nNone
[Description]\nA baker counts loaves."""
    features = COT.of(whole, "features")
    assert features is not None
    assert features.startswith("Time: None\n")
    assert "apron" in features
    assert "baker" in features
    assert WITHOUT_CHAINS.of(whole, "features") == "Description: A baker counts loaves."
    without = WITHOUT_DESCRIPTION.of(whole, "features")
    assert without is not None
    assert "loaves" not in without
    assert COT.of("I'm sorry, I can't help with that.", "features") is None
