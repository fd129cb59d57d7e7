"""Real models of this machine, end to end: SmolLM2 writes, a diffusers pipeline paints."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tiny_models import (
    build_tiny_adapter,
    build_tiny_chat_model,
    build_tiny_diffusion_pipeline,
)

from storypainter.models.pull import pull


def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storypainter.cli.main", "generate", "--json", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=400)


def rows_of(run) -> list[dict]:
    command = [sys.executable, "-m", "storypainter.cli.main", "runs", "show", str(run), "--json"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in shown.stdout.splitlines()]


@pytest.mark.slow
def test_smollm2_writes_and_a_diffusers_pipeline_paints(tmp_path):
    pull("smollm2-135m")
    painter = build_tiny_diffusion_pipeline(tmp_path / "painter")
    arguments = (
        "-n", "2", "--storyteller", "llama/smollm2-135m", "--mode", "cor_guided",
        "--temperature", "0.7", "--top-p", "0.9", "--max-tokens", "120",
        "--painter", f"diffusers/{painter}", "--size", "32x32", "--steps", "2",
        "--out", str(tmp_path / "run"),
    )  # fmt: skip
    ran = generate(*arguments)
    assert ran.returncode == 0, ran.stderr
    summary = json.loads(ran.stdout)
    assert (summary["stories"], summary["pictures"], summary["calls"]) == (2, 2, 4)
    assert summary["output_tokens"] > 50
    one, two = rows_of(tmp_path / "run")
    assert len(one["story"].split()) > 20
    assert one["story"] != two["story"]
    assert len(one["origin"]["examples"]) == 3
    assert (tmp_path / "run" / one["picture"]).read_bytes().startswith(b"\x89PNG")
    again = json.loads(generate(*arguments).stdout)
    assert again["calls"] == 4  # nothing was called anew


@pytest.mark.slow
def test_a_transformers_model_with_an_adapter_writes(tmp_path):
    base = build_tiny_chat_model(tmp_path / "base", context=4096)
    adapter = build_tiny_adapter(tmp_path / "adapter", base)
    # Random weights write nonsense; what counts is that each item has nonsense of its own.
    ran = generate(
        "-n", "3", "--storyteller", f"transformers/{base}", "--adapter", str(adapter),
        "--mode", "naive", "--max-tokens", "24", "--painter", "rehearsal", "--size", "16x16",
        "--out", str(tmp_path / "run"),
    )  # fmt: skip
    assert ran.returncode in (0, 3), ran.stderr
    stories = [row["story"] for row in rows_of(tmp_path / "run") if row["story"]]
    assert len(set(stories)) == len(stories) > 0
