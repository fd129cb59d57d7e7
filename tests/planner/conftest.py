"""The small world: one park, two distractions, a trick and a witness, kept apart from our own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from storypainter.planner.checking import check
from storypainter.planner.reading import Worlds, read_worlds

SMALL = Path(__file__).with_name("small")


@pytest.fixture(scope="session")
def small() -> Worlds:
    worlds = read_worlds(SMALL)
    check(worlds)
    return worlds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small world to spoil."""
    copy = tmp_path / "worlds"
    shutil.copytree(SMALL, copy)
    return copy
