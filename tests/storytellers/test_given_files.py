"""Anybody's stories: the paper's example columns, stories between dashes, folders of texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storypainter.errors import BadInput
from storypainter.storytellers.given import read_stories


def test_the_papers_example_columns_become_in_context_examples(tmp_path: Path) -> None:
    path = tmp_path / "story_output_x.jsonl"
    row = {"model_output": "A cat.", "example1_id": 12, "example1": "One.", "example2": "Two."}
    path.write_text(json.dumps(row) + "\n")
    (given,) = read_stories(str(path))
    assert given.story.origin is not None
    assert [(e.id, e.text) for e in given.story.origin.examples] == [
        ("12", "One."),
        ("example2", "Two."),
    ]


def test_dashes_separate_the_stories_of_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "s.txt"
    path.write_text("A cat - a black one.\n\nIt sits.\n---\nA dog.\n-----  \n\nA hen.\n")
    assert [given.story.text for given in read_stories(str(path))] == [
        "A cat - a black one.\n\nIt sits.",
        "A dog.",
        "A hen.",
    ]


def test_a_folder_of_texts_is_a_story_a_file_by_name(tmp_path: Path) -> None:
    (tmp_path / "b two.txt").write_text("A dog.")
    (tmp_path / "a.txt").write_text("A cat.")
    (tmp_path / "notes.md").write_text("no story")
    found = read_stories(str(tmp_path))
    assert [(g.story.id, g.story.text) for g in found] == [("a", "A cat."), ("b-two", "A dog.")]


def test_a_folder_without_texts_and_an_empty_one_say_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no story"):
        read_stories(str(tmp_path))
    (tmp_path / "a.txt").write_text("  \n")
    with pytest.raises(BadInput, match=r"a\.txt: no story in it"):
        read_stories(str(tmp_path))


def test_themes_of_a_row_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text('{"story": "A cat.", "themes": {"mood": "warm"}}\n')
    assert read_stories(str(path))[0].story.themes == {"mood": "warm"}
