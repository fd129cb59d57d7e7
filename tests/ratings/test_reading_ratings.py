"""Ratings from files of all forms; what is wrong with one is named with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storypainter.errors import BadInput
from storypainter.ratings.reading import Asked, read_ratings
from storypainter.ratings.scale import Scale

HALVES = Scale(1, 5, 0.5)
HEAD = "item,rater,name,value,scale_min,scale_max\n"


def wrote(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def plain(ratings) -> list[tuple]:
    return [(*each.slot, each.rating.value) for each in ratings]


def test_the_long_form(tmp_path):
    path = wrote(
        tmp_path, "r.csv",
        HEAD + "a,anna,semantic,3.5,1,5\na,ben,semantic,,1,5\n\nb,anna,semantic,\"4,5\",1,5\n",
    )  # fmt: skip
    found = read_ratings(path)
    assert plain(found) == [("a", "anna", "semantic", 1, 3.5), ("b", "anna", "semantic", 1, 4.5)]
    assert found[0].rating.normalised == 0.625
    assert found[0].source == "r.csv"


def test_the_wide_form_has_gaps_and_a_declared_scale(tmp_path):
    path = wrote(tmp_path, "w.csv", "item,anna,ben,cleo,source\na,3,,4.5,gpt\nb,1,2,,gpt\n")
    found = read_ratings(path, Asked(scale=HALVES))
    assert plain(found) == [
        ("a", "anna", "semantic", 1, 3), ("a", "cleo", "semantic", 1, 4.5),
        ("b", "anna", "semantic", 1, 1), ("b", "ben", "semantic", 1, 2),
    ]  # fmt: skip
    with pytest.raises(BadInput, match="on which scale"):
        read_ratings(path)


def test_a_second_rating_is_a_repeat(tmp_path):
    rows = "a,anna,s,3,1,5\nb,anna,s,2,1,5\na,anna,s,4,1,5\n"
    assert plain(read_ratings(wrote(tmp_path, "r.csv", HEAD + rows))) == [
        ("a", "anna", "s", 1, 3), ("b", "anna", "s", 1, 2), ("a", "anna", "s", 2, 4),
    ]  # fmt: skip
    numbered = "item,rater,value,scale_min,scale_max,occasion\na,x,3,1,5,2\na,x,4,1,5,1\n"
    found = plain(read_ratings(wrote(tmp_path, "o.csv", numbered)))
    assert found == [("a", "x", "semantic", 2, 3), ("a", "x", "semantic", 1, 4)]
    twice = numbered.replace(",5,1\n", ",5,2\n")
    with pytest.raises(BadInput, match=r"o.csv, line 3: 'x' rated 'a'"):
        read_ratings(wrote(tmp_path, "o.csv", twice))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,anna,s,5.5,1,5", "5.5 is outside the scale 1 to 5"),
        ("a,anna,s,3.3,1,5", "3.3 is off the scale 1 to 5 in steps of 0.5"),
        ("a,anna,s,3,1,10", "the file's scale is 1 to 10, the declared one 1 to 5"),
        ("a,anna,s,good,1,5", "'good' is no number"),
        ("a,anna,s,=1+2,1,5", "'=1+2' is no number"),
        ("a,anna,s,nan,1,5", "'nan' is no number"),
        ("a,anna,s,1e0,1,5", "'1e0' is no number"),
        ("a,anna,s,3,5,1", "its low end must be below its high end"),
        ("a,,s,3,1,5", "the rater is missing"),
        (",anna,s,3,1,5", "the item is missing"),
        ("a,anna,s,3,1", "5 cells in a table of 6 columns"),
        ('a,"anna,s,3,1,5', "not valid CSV"),
        ("a,an\x07na,s,3,1,5", "no short line of text"),
        (f"{'a' * 300},anna,s,3,1,5", "no short line of text"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path, row, why):
    path = wrote(tmp_path, "bad.csv", HEAD + "ok,anna,s,3,1,5\n" + row + "\n")
    with pytest.raises(BadInput) as error:
        read_ratings(path, Asked(scale=HALVES))
    assert why in error.value.message
    assert "bad.csv, line 3" in error.value.message
    assert error.value.hint


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("none.csv", "", "is empty"),
        ("head.csv", HEAD, "holds no rating"),
        ("columns.csv", "picture,score\na,3\n", "no column 'item'"),
        ("twice.csv", "item,anna,anna\na,3,4\n", "'anna' is there twice"),
        ("x.xlsx", "PK", "unknown kind of file"),
        ("broken.json", "[{", "not valid JSON"),
        ("list.json", "[3]", "not a JSON object"),
        ("other.json", '{"a": 1}', "not one of Potato's annotations"),
        ("broken.jsonl", '{"id": 1}\n{', "not one of Potato's annotations"),
    ],
)
def test_a_file_that_is_none(tmp_path, name, text, why):
    with pytest.raises(BadInput, match=name) as error:
        read_ratings(wrote(tmp_path, name, text), Asked(scale=HALVES))
    assert why in error.value.message


def test_what_is_not_there_or_not_utf8(tmp_path):
    with pytest.raises(BadInput, match="does not exist"):
        read_ratings(tmp_path / "gone.csv")
    (tmp_path / "latin.csv").write_bytes((HEAD + "a,Zoë,s,3,1,5\n").encode("latin-1"))
    with pytest.raises(BadInput, match=r"latin.csv, line 2: not UTF-8"):
        read_ratings(tmp_path / "latin.csv")


def test_a_cell_that_a_spreadsheet_would_run_comes_back_as_it_was(tmp_path):
    path = wrote(tmp_path, "r.csv", HEAD + "'=cmd|x,'@anna,s,3,1,5\n")
    assert plain(read_ratings(path)) == [("=cmd|x", "@anna", "s", 1, 3)]


# ------------------------------------------------------------------------- Label Studio


def task(number: int, *annotations: dict, **data: object) -> dict:
    return {"id": number, "data": data, "annotations": list(annotations), "predictions": []}


def annotation(by: object, *results: dict, cancelled: bool = False) -> dict:
    return {"completed_by": by, "result": list(results), "was_cancelled": cancelled}


def result(kind: str, value: object, name: str = "semantic") -> dict:
    return {"from_name": name, "to_name": "img", "type": kind, "value": {kind: value}}


def test_label_studio(tmp_path):
    box = {"from_name": "tag", "type": "rectanglelabels", "value": {"rectanglelabels": ["x"]}}
    first = task(
        1, annotation(10, result("rating", 4), box), annotation(11, result("number", 3.5)),
        annotation({"id": 12, "email": "c@example.org"}, result("choices", ["2.5"])),
        annotation(13, result("rating", 1), cancelled=True), item="story-1",
    )  # fmt: skip
    first["predictions"] = [{"result": [result("rating", 5)]}]
    path = wrote(tmp_path, "ls.json", json.dumps([first]))
    assert plain(read_ratings(path, Asked(scale=HALVES))) == [
        ("story-1", "10", "semantic", 1, 4), ("story-1", "11", "semantic", 1, 3.5),
        ("story-1", "c@example.org", "semantic", 1, 2.5),
    ]  # fmt: skip


def test_label_studio_items(tmp_path):
    one = task(7, annotation(1, result("rating", 4)), image="a.png", picture_id="p9")
    path = wrote(tmp_path, "ls.json", json.dumps([one]))
    with pytest.raises(BadInput, match=r"ls.json, record 1: .*found: image, picture_id"):
        read_ratings(path, Asked(scale=HALVES))
    by_field = read_ratings(path, Asked(scale=HALVES, item_field="picture_id"))
    by_task = read_ratings(path, Asked(scale=HALVES, item_field="task"))
    assert [found[0].rating.item for found in (by_field, by_task)] == ["p9", "7"]
    off = task(8, annotation(1, result("rating", 6)), item="a")
    with pytest.raises(BadInput, match="record 2: 6 is outside"):
        read_ratings(
            wrote(tmp_path, "off.json", json.dumps([task(1, item="z"), off])), Asked(scale=HALVES)
        )


# ------------------------------------------------------------------------------- Potato


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (  # version 1, one file a user
            "annotation_output/anna/annotated_instances.jsonl",
            json.dumps(
                {
                    "id": "a",
                    "displayed_text": "x",
                    "label_annotations": {"semantic": {"scale_4": "4"}},
                    "span_annotations": [],
                    "behavioral_data": {"time": "9"},
                }
            ),
        ),
        (  # version 1, everybody's CSV
            "annotated_instances.csv",
            "user,instance_id,displayed_text,semantic:::3,semantic:::4,span_annotation:::x\n"
            'anna,a,"text, more",,4,[]\n',
        ),
        (  # version 2, JSONL
            "annotations.jsonl",
            json.dumps(
                {
                    "instance_id": "a",
                    "user_id": "anna",
                    "labels": {"semantic": {"4": "4"}},
                    "spans": {},
                    "links": {},
                }
            ),
        ),
        ("annotations.csv", "instance_id,user_id,semantic.3,semantic.4\na,anna,,4\n"),
        ("annotations.tsv", "instance_id\tuser_id\tsemantic.slider\na\tanna\t4\n"),
        (  # the shape of the project's page
            "out.json",
            json.dumps([{"id": "a", "annotations": {"semantic": 4}, "annotator": "anna"}]),
        ),
        ("out.csv", "id,annotator,semantic,timestamp\na,anna,4,2024-01-15T10:30:00Z\n"),
    ],
)
def test_potato(tmp_path, name, text):
    found = read_ratings(wrote(tmp_path, name, text + "\n"), Asked(scale=HALVES))
    assert plain(found) == [("a", "anna", "semantic", 1, 4)]


def test_potato_ticks_words_and_refusals(tmp_path):
    rows = [
        {"s": {"3": "true"}, "mood": {"happy": "true"}, "free": {"text_box": "nice"}},
        {"s": {"bad_text": "0"}},
        {"many": {"Urgency": "2", "Tone": "5"}},
    ]
    text = "".join(
        json.dumps({"instance_id": f"i{n}", "user_id": "u", "labels": row}) + "\n"
        for n, row in enumerate(rows)
    )
    found = plain(read_ratings(wrote(tmp_path, "a.jsonl", text), Asked(scale=HALVES)))
    assert found == [
        ("i0", "u", "s", 1, 3), ("i2", "u", "many.Urgency", 1, 2), ("i2", "u", "many.Tone", 1, 5),
    ]  # fmt: skip
    two = json.dumps({"instance_id": "a", "user_id": "u", "labels": {"s": {"3": "3", "4": "4"}}})
    with pytest.raises(BadInput, match=r"b.jsonl, line 1: s has several answers \(3, 4\)"):
        read_ratings(wrote(tmp_path, "b.jsonl", two), Asked(scale=HALVES))
    nobody = json.dumps({"id": "a", "label_annotations": {"s": {"3": "3"}}})
    with pytest.raises(BadInput, match="nobody is named"):
        read_ratings(wrote(tmp_path, "c.jsonl", nobody), Asked(scale=HALVES))
    named = read_ratings(tmp_path / "c.jsonl", Asked(scale=HALVES, rater="dora"))
    assert named[0].rating.rater == "dora"
