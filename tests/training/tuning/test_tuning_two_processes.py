"""Two processes that share every batch learn what one learns alone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from small_set import SETTINGS

from training_folders import flags, table, weights

pytestmark = pytest.mark.slow


def trained(data, base, out, method, *launcher):
    """What a training from the command line left: its curve and its adapter's weights."""
    command = [
        sys.executable, "-m", *launcher, "storypainter.cli.main", "train", method, str(data),
        "--base", str(base), "--device", "cpu", "--out", str(out), *flags(SETTINGS.model_dump(exclude_unset=True)),
    ]  # fmt: skip
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    ended = subprocess.run(command, capture_output=True, text=True, timeout=240, env=environment)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return table(out), weights(out / "adapter"), ended.stdout + ended.stderr


@pytest.mark.parametrize(("method", "kind"), [("sft", "sft_set"), ("dpo-mix", "mix_set")])
def test_two_processes_end_where_one_does(tmp_path, base, method, kind, request):
    data = request.getfixturevalue(kind)
    curve, alone, _ = trained(data, base, tmp_path / "one", method)
    launcher = ("torch.distributed.run", "--nproc_per_node", "2", "-m")
    other, shared, said = trained(data, base, tmp_path / "two", method, *launcher)
    assert "processes = 2" in (tmp_path / "two" / "config.toml").read_text()
    assert said.count("adapter: ") == 1, said
    assert len(other) == len(curve) > 2
    for one, two in zip(curve, other, strict=True):
        assert one.keys() == two.keys()
        for name in one:
            assert two[name] == pytest.approx(one[name], abs=1e-4), name
    assert alone.keys() == shared.keys()
    for name, value in alone.items():
        assert (value - shared[name]).abs().max() < 1e-4, name
