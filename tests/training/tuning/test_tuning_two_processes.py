"""Two processes that share every batch learn what one learns alone."""

from __future__ import annotations

import pytest
from small_set import SETTINGS

from training_folders import flags, launched, same_curves, table, weights

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("method", "kind"), [("sft", "sft_set"), ("dpo-mix", "mix_set")])
def test_two_processes_end_where_one_does(tmp_path, base, method, kind, request):
    data = request.getfixturevalue(kind)
    command = ["train", method, str(data), "--base", str(base), "--device", "cpu"]
    command += flags(SETTINGS.model_dump(exclude_unset=True))
    one, two = tmp_path / "one", tmp_path / "two"
    launched(1, *command, "--out", str(one))
    said = launched(2, *command, "--out", str(two))
    assert "processes = 2" in (two / "config.toml").read_text()
    assert said.count("adapter: ") == 1, said
    assert len(table(one)) > 2
    same_curves(table(one), table(two))
    alone, shared = weights(one / "adapter"), weights(two / "adapter")
    assert alone.keys() == shared.keys()
    for name, value in alone.items():
        assert (value - shared[name]).abs().max() < 1e-4, name
