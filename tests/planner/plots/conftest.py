"""A copy of our events to spoil, and the events with the worlds that plots are made of."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from storypainter.planner.locales import localised
from storypainter.planner.plots.reading import Stock, own_stock
from storypainter.planner.reading import Worlds, own_worlds


@pytest.fixture(scope="session")
def stock() -> Stock:
    return own_stock()


@pytest.fixture(scope="session")
def worlds() -> Worlds:
    return localised(own_worlds(), None)


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """The files that plots share, and one family, to spoil."""
    ours = Path(str(resources.files("storypainter.planner.plots") / "events"))
    copy = tmp_path / "events"
    copy.mkdir()
    for name in ("facts.toml", "things.toml", "places.toml", "caught.toml"):
        shutil.copy(ours / name, copy / name)
    return copy
