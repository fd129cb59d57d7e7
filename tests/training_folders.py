"""What a training left in its folder, and how one is killed: for the tests of both trainings."""

from __future__ import annotations

import csv
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def table(out: Path) -> list[dict[str, float]]:
    """The curves, without their empty cells."""
    with (out / "curves.csv").open() as stream:
        return [{k: float(v) for k, v in row.items() if v} for row in csv.DictReader(stream)]


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def weights(adapter: Path) -> dict[str, Any]:
    """The tensors of an adapter, named as the base names its own."""
    from safetensors.torch import load_file

    found = load_file(adapter / "adapter_model.safetensors")
    return {name.removeprefix("base_model.model."): value for name, value in found.items()}


def training(path: Path, text: str, weights: bytes = b"weights") -> Path:
    """A folder as a training leaves it, with this ``config.toml``; returns its adapter's."""
    adapter = path / "adapter"
    adapter.mkdir(parents=True)
    (adapter / "adapter_config.json").write_text('{"peft_type": "LORA"}')
    (adapter / "adapter_model.safetensors").write_bytes(weights)
    (path / "config.toml").write_text(text)
    return adapter


class Killed(BaseException):
    """Nothing in the program catches it."""


def killed_at(update: int) -> Callable[[str], None]:
    """Hears what a training says, and ends it after that update."""

    def say(line: str) -> None:
        if line.startswith(f"update {update} of"):
            raise Killed

    return say


def flags(settings: Mapping[str, Any]) -> list[str]:
    """Settings as a command takes them."""
    return [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]


def launched(processes: int, *arguments: str) -> str:
    """What a storypainter command prints that so many processes run together, on the processor."""
    launcher = ["torch.distributed.run", "--nproc_per_node", str(processes), "-m"]
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            *launcher[: 4 * (processes > 1)],
            "storypainter.cli.main",
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=280,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout + ended.stderr


def same_curves(one: list[dict[str, float]], other: list[dict[str, float]]) -> None:
    """Each value of one is the other's, but for what sums in another order bring."""
    assert [row.keys() for row in one] == [row.keys() for row in other]
    for first, second in zip(one, other, strict=True):
        for name, value in first.items():
            assert abs(second[name] - value) < 1e-4, (name, value, second[name])


def kill_9_at(update: int, *arguments: str) -> None:
    """Run Python with these arguments, and kill it once it says that update."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(f"update {update} of"):
            process.send_signal(signal.SIGKILL)
            break
    assert process.wait() == -signal.SIGKILL
    process.stderr.close()
