from __future__ import annotations

import pytest
from small_set import build_base, preference_rows, sft_rows, write_set


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    pytest.importorskip("trl")
    return build_base(tmp_path_factory.mktemp("base") / "tiny")


@pytest.fixture(scope="session")
def sft_set(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets") / "sft"
    return write_set(folder, sft_rows(24), sft_rows(4, 100))


@pytest.fixture(scope="session")
def mix_set(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets") / "mix"
    return write_set(folder, preference_rows(16), preference_rows(4, 100))
