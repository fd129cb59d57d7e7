from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from storypainter.experiments.rows import Runner
from storypainter.experiments.spec import read_experiment

SMALL = """
title = "Small"
columns = ["success_rate", "words", "moment"]
{more}

[defaults]
storyteller = "rehearsal"
mode = "naive"
painter = "rehearsal"
n = 3
size = "64x64"

[evaluation]
evaluators = "moment"
embedder = "rehearsal"
"""


@pytest.fixture
def write(tmp_path):
    def write(text: str, name: str = "small.toml") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


@pytest.fixture
def small(write):
    def small(rows: str, more: str = "") -> Path:
        return write(SMALL.format(more=more) + rows)

    return small


def plainly(work, what):
    asyncio.run(work.work())


@pytest.fixture
def run(tmp_path):
    """Run a file in ``tmp_path/out``; returns the Runner."""

    def run(path, *, only=(), n=None, environment=None, works=plainly, **more):
        experiment = read_experiment(str(path), n=n)
        runner = Runner(experiment, tmp_path / "out", environment or {}, works, **more)
        runner.run(only)
        return runner

    return run
