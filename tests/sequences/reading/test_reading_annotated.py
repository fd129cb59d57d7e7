"""Annotation files: VIST's albums, StoryReasoning's rows."""

from __future__ import annotations

import base64
import contextlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sources import built, picture, reasons, sequences
from pyarrow import parquet

from storypainter.errors import BadInput
from storypainter.sequence import Sequence
from storypainter.sequences.reading.choosing import Beside
from storypainter.sequences.reading.grounding_tags import read_tags, without_tags
from storypainter.sequences.reading.scene_tables import read_tables


def _vist(path: Path, stories: Iterable[tuple[str, str, list[int]]], **change: Any) -> Path:
    """A file in VIST's layout: (story, album, photographs in order)."""
    annotations = []
    for story, album, photos in stories:
        for order, photo in enumerate(photos):
            annotations.append(
                [{
                    "story_id": story, "album_id": album, "photo_flickr_id": str(photo),
                    "worker_arranged_photo_order": order, "setting": "first-2-pick-and-tell",
                    "original_text": f"Part {order} of {story}.", "text": f"part {order} .",
                    "tier": "story-in-sequence", "storylet_id": f"{story}{order}",
                    **change,
                }]
            )  # fmt: skip
    annotations.reverse()
    albums = [{"id": album, "title": f"At {album}"} for _, album, _ in stories]
    path.write_text(json.dumps({"images": [], "albums": albums, "annotations": annotations}))
    return path


def _photos(where: Path, count: int = 9, subfolder: str = "images") -> Path:
    (where / subfolder).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (where / subfolder / f"{number}.jpg").write_bytes(picture(number, "JPEG"))
    return where / subfolder


def test_stories_of_albums(tmp_path):
    _photos(tmp_path, subfolder="images/train")
    path = _vist(tmp_path / "train.json", [("45", "a1", [3, 1, 2, 0, 4]), ("46", "a1", [0, 1, 2])])
    result = built(path)
    found = {each.id: each for each in sequences(result)}
    assert len(found) == 2
    assert {(each.source, each.title, each.kind) for each in found.values()} == {
        ("album a1", "At a1", "photographs")
    }
    one = next(each for each in found.values() if len(each.frames) == 5)
    assert [each.at for each in one.frames] == ["3", "1", "2", "0", "4"]
    assert one.narrative.startswith("Part 0 of 45. Part 1 of 45.")


def test_descriptions_in_isolation_are_captions(tmp_path):
    images = _photos(tmp_path / "elsewhere")
    path = _vist(tmp_path / "train.json", [("45", "a1", [0, 1])])
    captions = tmp_path / "dii.json"
    rows = [
        [{"photo_flickr_id": "1", "original_text": "A dog.", "album_id": "a1"}],
        [{"photo_flickr_id": "1", "original_text": "Another.", "album_id": "a1"}],
    ]
    captions.write_text(json.dumps({"annotations": rows}))
    (one,) = sequences(built(path, beside=Beside(images=images, captions=captions)))
    assert [each.caption for each in one.frames] == ["", "A dog."]
    with pytest.raises(BadInput, match="descriptions of single pictures") as error:
        built(captions)
    assert "--captions" in error.value.hint


def test_stories_that_are_called_alike_are_two(tmp_path):
    _photos(tmp_path)
    stories = [("x" * 99 + end, "a1", [0, 1]) for end in "ab"]
    found = sequences(built(_vist(tmp_path / "train.json", stories)))
    assert len({each.id for each in found}) == 2


@pytest.mark.parametrize("text", ["{", "[]", '{"annotations": [5]}'])
def test_broken_captions_are_named(tmp_path, text):
    images = _photos(tmp_path)
    path = _vist(tmp_path / "train.json", [("45", "a1", [0, 1])])
    (tmp_path / "dii.json").write_text(text)
    with pytest.raises(BadInput, match=r"dii\.json"):
        built(path, beside=Beside(images=images, captions=tmp_path / "dii.json"))


def test_a_story_of_several_albums_is_refused(tmp_path):
    _photos(tmp_path)
    path = _vist(tmp_path / "train.json", [("45", "a1", [0, 1])])
    told = json.loads(path.read_text())
    told["annotations"][0][0]["album_id"] = "a2"
    path.write_text(json.dumps(told))
    with pytest.raises(BadInput, match="of several albums"):
        built(path)


def test_a_photograph_that_is_gone_refuses_its_story_only(tmp_path):
    _photos(tmp_path, 3)
    path = _vist(tmp_path / "train.json", [("45", "a1", [0, 1, 77]), ("46", "a2", [0, 1, 2])])
    result = built(path)
    assert [each.source for each in sequences(result)] == ["album a2"]
    assert [each.line for each in result.refusals] == [
        "train.json, story 45, 77: missing: no picture '77' in images; the sequence was refused "
        "(give --skip-broken to leave such pictures out)"
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"worker_arranged_photo_order": 1},
        {"worker_arranged_photo_order": None},
        {"original_text": "", "text": ""},
        {"original_text": 5},
        {"photo_flickr_id": None},
    ],
)
def test_a_story_that_makes_no_sense_is_refused(tmp_path, change):
    _photos(tmp_path)
    with pytest.raises(BadInput, match=r"train\.json, story 45: annotation: annotations\[\d\]"):
        built(_vist(tmp_path / "train.json", [("45", "a1", [0, 1])], **change))


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", '{"annotations": [5]}', '{"annotations": []}', '[{"a": 1}]', "5", "null"],
)
def test_other_json_is_refused(tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(BadInput, match=r"a\.json"):
        built(tmp_path / "a.json")


STORY = (
    "<gdi image1> On <gdl bg1>the quay</gdl>, <gdo char1>Mia</gdo> <gda char1>waited</gda> with "
    "<gdo obj1>a lamp</gdo> . </gdi>\n<gdi image2><gdo char1>She</gdo> and <gdo char2>Tom</gdo> "
    "<gda char1 char2>ran</gda> . <gdo char1 char2>They</gdo> laughed!</gdi>"
)
ANALYSIS = """## Image 1
### Characters
| Character ID | Name | Description | Emotions | Actions | Narrative Function | Bounding Box |
|---|---|---|---|---|---|---|
| char1 | Mia | A girl in a red coat | Calm, tired | Waits on the quay | Hero | 1,2,3,4 |
### Setting
| Setting Element | Description | Mood | Time | Narrative Function |
|---|---|---|---|---|
| Location | A harbour | quiet | Night | scene |

## Narrative Structure
| Narrative Phase | Description | Key Events | Images |
|---|---|---|---|
| Introduction | x | y | 1 |
"""


def _rows(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_tagged_story_gives_parts_people_actions_and_places(tmp_path):
    _photos(tmp_path)
    row = {"story_id": "7", "images": ["0.jpg", "1.jpg"], "story": STORY}
    (one,) = sequences(built(_rows(tmp_path / "a.jsonl", row)))
    assert [each.part for each in one.frames] == [
        "On the quay, Mia waited with a lamp.", "She and Tom ran. They laughed!",
    ]  # fmt: skip
    assert {each.id: each.name for each in one.characters} == {"char1": "Mia", "char2": "Tom"}
    assert [[(d.character, d.action) for d in each.shown] for each in one.frames] == [
        [("char1", "waited")], [("char1", "ran"), ("char2", "ran")],
    ]  # fmt: skip
    assert [each.place for each in one.frames] == ["the quay", ""]
    assert one.source == "a.jsonl, story 7"


def test_tables_of_what_is_shown_come_before_tags(tmp_path):
    _photos(tmp_path)
    row = {"images": ["0.jpg", "1.jpg"], "story": STORY, "chain_of_thought": ANALYSIS}
    (tmp_path / "a.json").write_text(json.dumps([row]))
    (one,) = sequences(built(tmp_path / "a.json"))
    first = one.frames[0]
    assert (first.place, first.time) == ("A harbour", "Night")
    assert [(d.action, d.emotion) for d in first.shown] == [("waits on the quay", "calm")]
    assert one.characters[0].look == "A girl in a red coat"


def test_pictures_in_the_row_itself(tmp_path):
    images = [{"bytes": base64.b64encode(picture(each)).decode(), "path": None} for each in (1, 2)]
    row = {"images": images, "story": "Two pictures, no tags."}
    (one,) = sequences(built(_rows(tmp_path / "a.jsonl", row)))
    assert [each.at for each in one.frames] == ["image 1", "image 2"]
    assert one.narrative == "Two pictures, no tags."


def _parquet(path: Path, rows: list[dict[str, Any]]) -> Path:
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


def test_rows_of_parquet_with_pictures_in_them(tmp_path):
    images = [{"bytes": picture(each), "path": f"{each}.png"} for each in (1, 2)]
    rows = [
        {"story_id": str(at), "images": images, "frame_count": 2, "chain_of_thought": ANALYSIS,
         "story": STORY.replace("lamp", f"lamp {at}")}
        for at in range(6)
    ]  # fmt: skip
    found = sequences(built(_parquet(tmp_path / "train.parquet", rows)))
    assert len(found) == 6
    assert [each.at for each in found[0].frames] == ["1.png", "2.png"]
    assert found[3].source == "train.parquet, story 3"
    assert "lamp 3." in found[3].narrative


def test_parquet_that_is_none_or_has_other_columns(tmp_path):
    with pytest.raises(BadInput, match="no columns images and story"):
        built(_parquet(tmp_path / "a.parquet", [{"x": 1}]))
    (tmp_path / "b.parquet").write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    with pytest.raises(BadInput, match="not a Parquet file, or a damaged one"):
        built(tmp_path / "b.parquet")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"images": ["../../etc/passwd", "0.jpg"], "story": "x"}, "not safe"),
        ({"images": ["/etc/passwd", "0.jpg"], "story": "x"}, "not safe"),
        ({"images": ["0.jpg", "none.jpg"], "story": "x"}, r"none\.jpg: missing"),
        ({"images": [5, "0.jpg"], "story": "x"}, "neither the name of a file nor bytes"),
        ({"images": [{"bytes": "%%"}, "0.jpg"], "story": "x"}, "not base64"),
        ({"images": "0.jpg", "story": "x"}, "images must be a list"),
        ({"images": ["0.jpg", "1.jpg"], "story": 5}, "images must be a list, story"),
        ({"images": ["0.jpg", "1.jpg"], "story": "<gdi image5>x</gdi>"}, "picture 5 of 2"),
        ({"story": "x"}, "a row needs images and story"),
        ("x", "a row needs images and story"),
    ],
)
def test_a_row_that_can_not_be_used_is_named_by_its_line(tmp_path, row, said):
    _photos(tmp_path)
    good = {"images": ["2.jpg", "3.jpg"], "story": "Fine."}
    result = built(_rows(tmp_path / "a.jsonl", good, row))
    assert len(sequences(result)) == 1
    (refusal,) = result.refusals
    assert refusal.where.startswith("a.jsonl, line 2")
    assert re.search(said, refusal.line)


def test_a_line_that_is_no_json_is_named(tmp_path):
    _photos(tmp_path)
    path = _rows(tmp_path / "a.jsonl", {"images": ["2.jpg", "3.jpg"], "story": "Fine."})
    path.write_text("{broken\n" + path.read_text())
    result = built(path)
    assert [each.where for each in result.refusals] == ["a.jsonl, line 1"]
    assert reasons(result.refusals) == [("sequence", "annotation")]


def test_faults_of_tags_are_said_and_the_text_is_kept(tmp_path):
    _photos(tmp_path)
    row = {"images": ["0.jpg", "1.jpg"],
           "story": "<gdi image1>A <gdo char1>cat</gdi> <gdi image2>sat.</gdi>"}  # fmt: skip
    result = built(_rows(tmp_path / "a.jsonl", row))
    assert sequences(result)[0].narrative == "A cat sat."
    assert [each.done for each in result.refusals] == ["the text was kept"]


@given(
    st.lists(
        st.one_of(
            st.text(alphabet="ab .", min_size=1, max_size=6),
            st.sampled_from(
                ["<gdi image1>", "<gdi image2>", "</gdi>", "<gdo char1>", "</gdo>", "<gda char1>",
                 "</gda>", "<gdl bg1>", "</gdl>", "<gdi>", "<gdo", ">", "<b>"]
            ),
        ),
        max_size=20,
    )
)  # fmt: skip
def test_taking_tags_out_loses_no_word(pieces):
    story = "".join(pieces)
    found = read_tags(story)
    if found.parts:
        # In the order of the pictures: a story may come back to an earlier one.
        told = "".join(" ".join(found.parts.values()).split())
        assert sorted(told) == sorted("".join(without_tags(story).split()))


@given(st.text(alphabet="|#- Imagecharts123\n", max_size=300))
def test_any_text_is_read_as_tables_or_passed_over(text):
    for row in read_tables(text):
        assert row.image >= 0
        assert row.table


_ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 9)
    | st.floats(allow_nan=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
_PHOTO = st.fixed_dictionaries(
    {},
    optional={
        name: _ANY | st.sampled_from(["0", "1", "45", 0, 1])
        for name in ("story_id", "album_id", "photo_flickr_id", "worker_arranged_photo_order",
                     "original_text", "text")
    },
)  # fmt: skip
_ROW = st.fixed_dictionaries(
    {"images": st.lists(_ANY | st.sampled_from(["0.jpg", "1.jpg"]), max_size=4) | _ANY,
     "story": st.sampled_from([STORY, "<gdi image1>a</gdi>"]) | _ANY},
    optional=dict.fromkeys(("story_id", "title", "source", "chain_of_thought"), _ANY),
)  # fmt: skip


@given(
    st.fixed_dictionaries(
        {"annotations": st.lists(st.lists(_PHOTO, min_size=1, max_size=1) | _ANY, max_size=6)},
        optional={"albums": _ANY},
    )
    | st.lists(_ROW, max_size=3)
    | _ANY
)
def test_any_json_is_read_or_refused(tmp_path_factory, told):
    where = tmp_path_factory.mktemp("any")
    _photos(where, 2)
    (where / "a.json").write_text(json.dumps(told))
    # Anything but a refusal fails here.
    with contextlib.suppress(BadInput):
        for one in sequences(built(where / "a.json")):
            assert Sequence.from_json(one.to_json()) == one
