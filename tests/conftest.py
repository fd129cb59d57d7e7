from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

# A busy machine must not fail a property: speed is measured in benchmarks/, never in tests.
settings.register_profile("storypainter", deadline=None)
settings.load_profile("storypainter")

pytest_plugins = ("fault_server_fixture",)


def pytest_collection_finish() -> None:
    """Spare the garbage collector the 650,000 objects of all tests: they live to the end.

    Each full collection walks them otherwise, 0.4 s, also those that tests and commands ask for.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch, tmp_path_factory):
    """No test sees the keys and settings of whoever runs it, nor a config file nearby."""
    for name in list(os.environ):
        if name.startswith(("STORYPAINTER_", "OPENAI_")) and name != "STORYPAINTER_MODELS_DIR":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
