from __future__ import annotations

import asyncio
import csv
import json

import pytest

from storypainter.errors import BadInput
from storypainter.pools import load_pool
from storypainter.runs.export import COGBENCH_KINDS, export, safe_cell
from storypainter.runs.folder import RunFolder
from storypainter.story import Chain, Dimension, ExampleUsed, Story, StoryOrigin

STORY = Story(
    id="story-00001",
    text="=SUM(A1) is what the sign says, and a clerk stares at it.",
    chains=(
        Chain.from_notation("a sign + a clerk -> it is an office", Dimension.LOCATION),
        Chain.from_notation("a stare -> the clerk is puzzled.", Dimension.MENTAL_STATE),
    ),
    entities=("sign", "clerk"),
    origin=StoryOrigin(
        storyteller="openai/gpt-4o",
        mode="cor_guided",
        examples=(ExampleUsed(id="e1", text="One."), ExampleUsed(id="e2", text="Two.")),
    ),
)


@pytest.fixture
def run(tmp_path):
    """Item 1 done, item 2 without its picture, item 3 refused, item 4 not begun."""

    async def fill(folder):
        digest = folder.keep_file(b"first picture", "image/png")
        await folder.done("s0", "story", STORY.to_json().encode())
        picture = {
            "file": folder.file_of(digest, "image/png"), "sha256": digest, "media_type": "image/png",
            "width": 2, "height": 3, "painter": "openai/dall-e-3", "prompt": "p",
            "revised_prompt": "@revised",
        }  # fmt: skip
        await folder.done("p0", "picture", json.dumps(picture).encode())
        second = STORY.model_copy(update={"id": "story-00002", "text": "Second."})
        await folder.done("s1", "story", second.to_json().encode())
        await folder.failed("p1", "picture", "refused", "by policy")
        await folder.failed("s2", "story", "empty", "nothing in it")
        for item, step, key in (
            (0, "story", "s0"), (0, "picture", "p0"), (1, "story", "s1"), (1, "picture", "p1"),
            (2, "story", "s2"),
        ):  # fmt: skip
            folder.link(item, step, key)

    with RunFolder(tmp_path / "run") as folder:
        spec = {"n": 4, "storyteller": "openai/gpt-4o", "painter": "dalle3"}
        folder.begin(spec, {}, "c")
        asyncio.run(fill(folder))
    with RunFolder(tmp_path / "run", read_only=True) as folder:
        yield folder


def test_jsonl_has_a_row_for_every_item(run, tmp_path):
    path = export(run, "jsonl", tmp_path / "out")
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert [row["status"] for row in rows] == ["done", "failed", "failed", "pending"]
    assert [row["reason_kind"] for row in rows] == ["", "refused", "empty", ""]
    assert (tmp_path / "out" / rows[0]["picture"]).read_bytes() == b"first picture"
    assert rows[1]["picture"] is None
    assert Story.model_validate({"id": "x", "text": "t", "chains": rows[0]["chains"]}).chains == (
        STORY.chains
    )
    required = {
        "id", "story", "picture", "storyteller", "painter", "mode", "chains", "status", "reason",
    }  # fmt: skip
    assert all(required <= row.keys() for row in rows)


def test_the_export_is_a_copy(run, tmp_path):
    path = export(run, "jsonl", tmp_path / "out")
    picture = path.parent / json.loads(path.read_text().splitlines()[0])["picture"]
    picture.write_bytes(b"edited")
    assert run.read_file("pictures/" + next(p.name for p in run.pictures.iterdir())) == (
        b"first picture"
    )


def test_csv_cells_are_no_formulas(run, tmp_path):
    path = export(run, "csv", tmp_path / "out")
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["story"] == "'" + STORY.text
    assert rows[0]["revised_prompt"] == "'@revised"
    assert "location: a sign + a clerk -> it is an office" in rows[0]["chains"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_every_formula_start_is_defused(text):
    assert safe_cell(text) == "'" + text


def test_cogbench_reads_back_as_a_pool(run, tmp_path):
    path = export(run, "cogbench", tmp_path / "out")
    plain = json.loads(path.read_text())
    assert set(plain) == {"story-00001", "story-00002"}
    assert plain["story-00001"]["Location Reasoning"] == ["a sign. + a clerk. -> it is an office."]
    assert plain["story-00001"]["Next Moment Event Reasoning"] == ["None"]
    assert all(name in plain["story-00001"] for name, _ in COGBENCH_KINDS)
    assert len(load_pool(str(path)).stories) == 2


def test_the_papers_layout_keeps_story_and_picture_in_step(run, tmp_path):
    path = export(run, "paper", tmp_path / "out")
    assert path.name == "story_output_gpt-4o.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert rows[0]["img_file_name"] == "0.png"
    assert rows[0]["example2_id"] == "e2"
    assert rows[0]["example2"] == "Two."
    assert rows[1]["img_file_name"] is None  # its picture failed: no other picture takes its place
    assert [row["model_output"] for row in rows] == [STORY.text, "Second."]
    folder = tmp_path / "out" / "image_gpt-4o_dalle3"
    assert [p.name for p in folder.iterdir()] == ["0.png"]
    (row,) = map(json.loads, (tmp_path / "out" / "img_output_gpt-4o_dalle3.jsonl").open())
    assert row == {
        "file_name": "0.png", "original_prompt": "p", "revised_prompt": "@revised",
        "image_url": None,
    }  # fmt: skip


def test_unknown_format_and_own_folder(run, tmp_path):
    with pytest.raises(BadInput, match="unknown format"):
        export(run, "docx", tmp_path / "out")
    with pytest.raises(BadInput, match="run folder itself"):
        export(run, "jsonl", run.path)


def test_parquet_reads_back(run, tmp_path):
    from pyarrow import parquet

    table = parquet.read_table(export(run, "parquet", tmp_path / "out"))
    assert table.num_rows == 4
    assert json.loads(table["chains"][0].as_py())[0]["conclusion"] == "it is an office"
