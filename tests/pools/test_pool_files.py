"""Reading pool files of every format, and refusing bad ones by line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.pools import COGBENCH_VARIABLE, check_pool, load_pool, resolve_pool_name
from storypainter.pools import reading as reading_module
from storypainter.story import Chain, Dimension, Story

ENTRY = {
    "Image Name": "7.jpg",
    "Entities": ["goat", "lift", "None"],
    "Special Time Reasoning": ["None"],
    "Location Reasoning": ["brass buttons. + floor numbers. -> This is a lift."],
    "Character Reasoning": ["bell on a collar. -> The goat belongs to somebody."],
    "Character Relationship Reasoning": ["None"],
    "Event Reasoning": ["goat. + half a hat. -> The goat eats a hat."],
    "Event Relationship Reasoning": ["a line without an arrow"],
    "Next Moment Event Reasoning": ["goat. -> It will eat the other half."],
    "Mental State Reasoning": [],
    "Description": ["A goat in a lift eats a hat.", "In the lift a goat has half a hat."],
}


def written(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_jsonl(tmp_path: Path) -> None:
    stories = [
        Story(id="b", text="Second."),
        Story(
            id="a",
            text="First.",
            chains=(Chain.from_notation("x + y -> z", Dimension.TIME),),
        ),
    ]
    text = "\n\n".join(story.to_json() for story in stories) + "\n"
    pool = load_pool(written(tmp_path, "mine.jsonl", text))
    assert pool.stories == tuple(reversed(stories))
    assert pool.name == "mine"
    assert pool.source.endswith("mine.jsonl")


def test_csv_with_a_byte_order_mark_more_columns_and_line_breaks_in_cells(tmp_path: Path) -> None:
    text = '\ufeffnote,story,img_id\r\nx,"One, with\r\na line break.",1\r\n\r\ny,Two.,2.jpg\r\n'
    pool = load_pool(written(tmp_path, "p.csv", text))
    assert [(s.id, s.text) for s in pool.stories] == [
        ("1", "One, with\r\na line break."),
        ("2.jpg", "Two."),
    ]


def test_cogbench_descriptions(tmp_path: Path) -> None:
    pool = load_pool(written(tmp_path, "d.json", json.dumps({"7": ENTRY})))
    assert [story.id for story in pool.stories] == ["7", "7:2"]
    first = pool.stories[0]
    assert first.text == "A goat in a lift eats a hat."
    assert first.entities == ("goat", "lift")
    assert [chain.dimension for chain in first.chains] == [
        Dimension.LOCATION,
        Dimension.CHARACTER_ROLE,
        Dimension.EVENT,
    ]
    assert first.chains[0].notation == "brass buttons. + floor numbers. -> This is a lift."
    assert len(first.notes) == 1
    assert "Event Relationship Reasoning" in first.notes[0]


BAD_FILES = {
    "p.csv": [
        ("id,text\n1,x\n", r"line 1: no column 'img_id'; found: id, text"),
        ("", r"line 1: no column 'img_id'; found: nothing"),
        ("img_id,story\n", "holds no story"),
        ("img_id,story\n1,One\n2\n", "line 3: the row has 1 cells"),
        ("img_id,story\n1,One, two\n", "line 2: the row has 3 cells"),
        ("img_id,story\n1,One\n\n1,Two\n", "line 4: the id '1' was used before, at line 2"),
        ('img_id,story\n1,"One\ntwo"\n3,  \n', "line 4: the story is empty"),
        ("img_id,story\n,One\n", "line 2: the id is empty"),
        ("img_id,story\n../x,One\n", "line 2: '../x' is not a valid id"),
        ('img_id,story\n1,One\n2,"Two" x\n', "line 3: broken CSV"),
        ('img_id,story\n1,"One\n', "line 2: broken CSV"),
        ("img_id,story\n1,a\x00b\n", "line 2: the story holds a control character"),
        (b"img_id,story\n1,caf\xe9\n", "line 2: not UTF-8"),
        ("img_id,story\n1," + "x" * 20_001, "line 2: the story has 20,001 characters"),
    ],
    "p.jsonl": [
        ("", "holds no story"),
        ('{"id": "a", "text": "x"}\n\nnonsense\n', "line 3: not a valid Story"),
        ('{"id": "a"}\n', "line 1: not a valid Story: text"),
        ('{"id": "a", "text": "x", "colour": 1}\n', "line 1: not a valid Story: colour"),
        ('{"id": "a", "text": " "}\n', "line 1: not a valid Story: text"),
        ('{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n', "line 2: the id 'a' was used"),
        ('{"id": "a", "text": "x", "chains": [{"dimension": "mood"}]}\n', r"line 1: .*chains\[0\]"),
        ("[" * 100_000, "line 1: not a valid Story"),
    ],
    "p.json": [
        ("{}", "holds no story"),
        ('{"1": {"Description": ["x"]},\n "2": }', "line 2: not valid JSON"),
        ("[]", "JSON list"),
        ('{"1": []}', "entry '1': is a JSON list"),
        ('{"1": {"Entities": []}}', "entry '1': no 'Description'; found: Entities"),
        ('{"1": {"Description": [3]}}', "entry '1': a description is a JSON number"),
        ('{"1": {"Description": [" "]}}', "entry '1': the story is empty"),
        ('{"a b": {"Description": ["x"]}}', "'a b' is not a valid id"),
        ('{"1": {"Description": "x"}, "1": {"Description": "y"}}', "'1' occurs twice"),
        ("[" * 100_000, "nested too deeply"),
        ('{"1": ' + "9" * 5000 + "}", "number"),
    ],
}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [(name, content, message) for name, cases in BAD_FILES.items() for content, message in cases],
    ids=lambda value: str(value)[:40].encode("ascii", "replace").decode(),
)
def test_bad_files_are_refused_with_the_line_and_reported_by_the_check(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(BadInput, match=message) as caught:
        load_pool(path)
    assert name in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    report = check_pool(path)
    assert not report.ok


def test_files_that_cant_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        load_pool(str(tmp_path / "none.csv"))
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(BadInput, match="not a regular file"):
        load_pool(str(tmp_path / "folder.csv"))
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(BadInput, match="not a regular file"):
        load_pool(str(tmp_path / "pipe.csv"))
    with pytest.raises(BadInput, match=r"unknown kind of pool file '\.txt'"):
        load_pool(written(tmp_path, "p.txt", "x"))
    with pytest.raises(BadInput, match=r"\.csv"):
        load_pool("a\0b.csv")


def test_limits_on_size_and_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "p.csv", "img_id,story\n1,One\n2,Two\n3,Three\n")
    monkeypatch.setattr(reading_module, "MAX_STORIES", 2)
    with pytest.raises(BadInput, match="more than 2 stories"):
        load_pool(path)
    monkeypatch.setattr(reading_module, "MAX_BYTES", 20)
    with pytest.raises(BadInput, match="64 MB"):
        load_pool(path)


def test_unknown_names_are_told_the_known_ones() -> None:
    with pytest.raises(BadInput, match="own_train") as caught:
        load_pool("cogbench_dev")
    assert "unknown pool 'cogbench_dev'" in caught.value.message


# --- CogBench is the user's own copy ------------------------------------------------------------


def test_cogbench_that_is_not_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(COGBENCH_VARIABLE, raising=False)
    with pytest.raises(BadInput, match=COGBENCH_VARIABLE):
        load_pool("cogbench_test")
    for side in ("", "_train", "_test"):
        resolved = resolve_pool_name(f"cogbench{side}")
        assert resolved.name == f"own{side}"
        assert f"cogbench{side}" in resolved.note
        assert f"own{side}" in resolved.note
    assert resolve_pool_name("own_test") == ("own_test", "")
    assert resolve_pool_name("my/cogbench.csv") == ("my/cogbench.csv", "")


def test_cogbench_from_the_environment_and_from_an_argument(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{i},Story {i}.\n" for i in range(10))
    by_argument = written(tmp_path, "a.csv", "img_id,story\n" + rows)
    by_environment = written(tmp_path, "b.json", json.dumps({"7": ENTRY, "8": ENTRY}))
    monkeypatch.setenv(COGBENCH_VARIABLE, by_environment)
    assert len(load_pool("cogbench").stories) == 4
    assert resolve_pool_name("cogbench_test") == ("cogbench_test", "")
    train = load_pool("cogbench_train", cogbench_path=by_argument)
    test = load_pool("cogbench_test", cogbench_path=by_argument)
    assert (train.name, len(train.stories), len(test.stories)) == ("cogbench_train", 6, 4)
    monkeypatch.delenv(COGBENCH_VARIABLE)
    assert resolve_pool_name("cogbench", cogbench_path=by_argument) == ("cogbench", "")


# --- anything at all ----------------------------------------------------------------------------

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*ENTRY, "id", "text", "chains", "x"]) | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.one_of(st.binary(max_size=80), JSON_VALUES.map(lambda value: json.dumps(value).encode())),
    st.sampled_from(["csv", "json", "jsonl"]),
)
@settings(max_examples=200, deadline=None)
def test_any_file_gives_a_pool_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    path.write_bytes(content)
    report = check_pool(path)
    try:
        pool = load_pool(str(path))
    except BadInput as error:
        refused = error.message
    else:
        assert report.ok
        assert report.stories == len(pool.stories)
        return
    assert refused.startswith("any.")
    assert not report.ok
