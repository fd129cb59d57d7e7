from __future__ import annotations

import pytest
from tiny_vision import build_base, write_tasks

from storypainter.sequences.tasks.rows import read_task_set
from storypainter.sequences.training.bases import open_vision_base
from storypainter.sequences.training.examples import Examples
from storypainter.sequences.training.pictures import Pictures


@pytest.fixture(scope="module")
def one_thread():
    """One thread for torch: the suite runs beside itself, and sums come in one order."""
    torch = pytest.importorskip("torch")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def vision_base(tmp_path_factory):
    pytest.importorskip("trl")
    return build_base(tmp_path_factory.mktemp("vision") / "tiny")


@pytest.fixture(scope="session")
def vision_tasks(tmp_path_factory):
    return write_tasks(tmp_path_factory.mktemp("vision-tasks") / "set")


@pytest.fixture(scope="module")
def opened(vision_base):
    return open_vision_base(str(vision_base))


@pytest.fixture(scope="module")
def examples(vision_tasks):
    rows = read_task_set(vision_tasks)
    return Examples(rows.rows("train", "telling"), rows.folder, Pictures())
