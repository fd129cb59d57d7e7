"""Rows of a training set: read strictly, a broken one named by file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.training.distilling.rows import (
    PreferenceRow,
    SftRow,
    Turn,
    answer,
    group_of,
    lines,
    read_rows,
)

ASKED = [{"role": "user", "content": "Tell a story."}]
TOLD = [{"role": "assistant", "content": "A dog sleeps on a suitcase."}]
WORSE = [{"role": "assistant", "content": "Sure! Once upon a time"}]
SFT: dict[str, Any] = {"id": "a", "prompt": ASKED, "completion": TOLD, "source": "planner"}
PAIR: dict[str, Any] = {"id": "a", "prompt": ASKED, "chosen": TOLD, "rejected": WORSE}


def written(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_rows_are_read_with_the_hash_of_their_prompt(tmp_path: Path) -> None:
    path = written(tmp_path / "train.jsonl", SFT, {**SFT, "id": "b"})
    one, other = read_rows(path, "sft")
    assert one.text == "A dog sleeps on a suitcase."
    assert one.group == other.group == group_of(one.prompt)
    assert len(one.group) == 32


def test_pairs_are_the_same_for_dpo_and_dpo_mix(tmp_path: Path) -> None:
    path = written(tmp_path / "train.jsonl", {**PAIR, "rejected_by": "smaller"})
    (row,) = read_rows(path, "dpo-mix")
    assert [row] == read_rows(path, "dpo")
    assert (row.rejected_by, row.text) == ("smaller", TOLD[0]["content"])


def test_other_prompts_have_other_groups() -> None:
    user = (Turn(role="user", content="a"),)
    system = (Turn(role="system", content="a"), Turn(role="user", content="a"))
    assert len({group_of(user), group_of(system), group_of((Turn(role="user", content="b"),))}) == 3


@pytest.mark.parametrize(
    ("kind", "row", "said"),
    [
        ("sft", {**SFT, "completion": []}, "completion"),
        ("sft", {**SFT, "completion": [{"role": "user", "content": "x"}]}, "assistant"),
        ("sft", {**SFT, "completion": [{"role": "assistant", "content": " \n"}]}, "completion"),
        ("sft", {**SFT, "prompt": [*ASKED, *TOLD]}, "must end with a message of the user"),
        ("sft", {**SFT, "prompt": "Tell a story."}, "prompt"),
        ("sft", {**SFT, "id": ""}, "id"),
        ("sft", {**SFT, "colour": "red"}, "colour"),
        ("sft", {**SFT, "group": "0" * 32}, "not the hash of the prompt"),
        ("sft", PAIR, "completion"),
        ("dpo", SFT, "chosen"),
        ("dpo", {**PAIR, "rejected": TOLD}, "the same text"),
        ("dpo", {**PAIR, "rejected": [*WORSE, *WORSE]}, "rejected"),
        ("dpo", [PAIR], "not a JSON object"),
    ],
)
def test_a_broken_row_is_named_by_file_and_line(
    tmp_path: Path, kind: Any, row: Any, said: str
) -> None:
    good = {**(SFT if kind == "sft" else PAIR), "id": "good"}
    path = written(tmp_path / "train.jsonl", good, row)
    with pytest.raises(BadInput, match=r"train\.jsonl, line 2") as caught:
        read_rows(path, kind)
    assert said in str(caught.value)
    assert "write {" in caught.value.hint


def test_an_id_twice_names_both_places(tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl", SFT, {**SFT, "id": "b"}, SFT)
    with pytest.raises(BadInput, match=r"line 3.*'a' was used before, at line 1"):
        read_rows(path, "sft")


def test_broken_json_and_no_row_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(SFT) + "\n\n{oops\n")
    with pytest.raises(BadInput, match=r"x\.jsonl, line 3: not valid JSON"):
        read_rows(path, "sft")
    path.write_text("\n")
    with pytest.raises(BadInput, match="holds no row"):
        read_rows(path, "sft")
    with pytest.raises(BadInput, match="does not exist"):
        read_rows(tmp_path / "missing.jsonl", "sft")
    with pytest.raises(BadInput, match="can't be read"):
        read_rows(tmp_path, "sft")
    path.write_bytes(json.dumps(SFT).encode() + b"\n\xff\n")
    with pytest.raises(BadInput, match=r"x\.jsonl, line 2: not UTF-8"):
        read_rows(path, "sft")


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: any(not each.isspace() for each in text)
)


@given(prompt=texts, chosen=texts, rejected=texts)
def test_rows_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, prompt: str, chosen: str, rejected: str
) -> None:
    asked = (Turn(role="user", content=prompt),)
    rows: list[Any] = [
        SftRow(id="1", prompt=asked, completion=answer(chosen), group=group_of(asked))
    ]
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    path.write_bytes(lines(rows))
    assert read_rows(path, "sft") == rows
    if chosen != rejected:
        pair = PreferenceRow(
            id="1", prompt=asked, chosen=answer(chosen), rejected=answer(rejected),
            group=group_of(asked), rejected_by="student",
        )  # fmt: skip
        path.write_bytes(lines([pair]))
        assert read_rows(path, "dpo") == [pair]
