"""Reading ISA's files and the user's own ratings; errors name file and line."""

import json
from pathlib import Path

import pytest

from storypainter.errors import BadInput
from storypainter.training.isa import read_data


def rows(path: Path, *found: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in found))
    return path


def test_isas_folder(tmp_path: Path) -> None:
    (tmp_path / "annotation.csv").write_text(
        "file_name, entity_score, semantic_score\n1.jpg, 0.25, 0.5\n2.jpg, 0.75, 1\n3.jpg, 0, 0\n"
    )
    rows(
        tmp_path / "features_cot.jsonl",
        {"file_name": "1.jpg", "model_output": "[Special Time]\nNone", "semantic_score": 0.5},
        {"file_name": "2.jpg", "model_output": "two"},
    )
    rows(tmp_path / "features_naive.jsonl", {"file_name": "1.jpg", "model_output": "A boy."})
    data = read_data([tmp_path], ("semantic", "entity"))
    assert [item.id for item in data.items] == ["1.jpg", "2.jpg"]
    assert data.items[0].texts == {"cot": "[Special Time]\nNone", "naive": "A boy."}
    assert data.items[0].scores == {"semantic": 0.5, "entity": 0.25}
    assert data.notes == ("1 rated pictures have no features and are left out",)
    assert read_data(sorted(tmp_path.iterdir(), reverse=True), ("semantic", "entity")).hash == (
        data.hash
    )


def test_own_ratings_with_a_declared_scale(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text('text,score,scale_min,scale_max\n"A boy, waiting",3,1,5\nA girl,4.5,1,5\n')
    scores = [item.scores["semantic"] for item in read_data([file], ("semantic",)).items]
    assert sorted(scores) == [0.5, 0.875]
    own = rows(tmp_path / "mine.jsonl", {"id": "a", "features": "A boy.", "score": 0.3})
    assert read_data([own], ("semantic",)).items[0].id == "a"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": "a", "score": 3}, "line 2: score 3 lies outside 0 to 1"),
        ({"text": "a", "score": "high"}, "line 2: score 'high' is no number"),
        ({"text": "a", "score": True}, "line 2: score 'True' is no number"),
        ({"text": "a", "score": "nan"}, "line 2: score is not finite"),
        ({"text": "", "score": 0.1}, "line 2: text is empty"),
        ({"text": 3, "score": 0.1}, "line 2: text is empty or no text"),
        ({"score": 0.1}, "line 2: no file_name"),
        ({"file_name": "x"}, "line 2: neither text nor score"),
        ({"text": "a", "score": 1, "scale_min": 5, "scale_max": 1}, "line 2: a scale from 5 to 1"),
        ({"id": "0", "text": "again", "score": 0.5}, "line 2: 0 has cot features already"),
        ({"id": "0", "score": 0.9}, "line 2: another semantic score for 0"),
        ([1], "line 2: not a JSON object"),
    ],
)
def test_bad_rows_name_file_and_line(tmp_path: Path, row: object, said: str) -> None:
    file = rows(tmp_path / "mine.jsonl", {"id": "0", "text": "fine", "score": 0.5}, row)
    with pytest.raises(BadInput) as found:
        read_data([file], ("semantic",))
    assert f"mine.jsonl, {said}" in found.value.message
    assert found.value.hint


def test_bad_files(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"holds no \.jsonl"):
        read_data([tmp_path], ("semantic",))
    (tmp_path / "x.jsonl").write_text("{")
    with pytest.raises(BadInput, match=r"x\.jsonl, line 1: not valid JSON"):
        read_data([tmp_path / "x.jsonl"], ("semantic",))
    (tmp_path / "x.csv").write_text("name,stars\na,3\n")
    with pytest.raises(BadInput, match=r"x\.csv, line 1: no column with text or score"):
        read_data([tmp_path / "x.csv"], ("semantic",))
    (tmp_path / "x.csv").write_text("file_name,semantic_score\na\n")
    with pytest.raises(BadInput, match=r"x\.csv, line 2: 1 cells in a table of 2"):
        read_data([tmp_path / "x.csv"], ("semantic",))
    (tmp_path / "x.csv").write_text("file_name,semantic_score\na,0.5\n")
    with pytest.raises(BadInput, match="no row has both a text and a score"):
        read_data([tmp_path / "x.csv"], ("semantic",))
    with pytest.raises(BadInput, match="neither a folder nor"):
        read_data([tmp_path / "x.txt"], ("semantic",))
    file = rows(tmp_path / "y.jsonl", {"id": "a", "text": "t", "score": 0.5})
    with pytest.raises(BadInput, match=r"y\.jsonl, line 1: a has no entity_score"):
        read_data([file], ("semantic", "entity"))
