"""A training set of a few short rows, and a small base that learns from it in seconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tiny_models import SENTENCES, build_tiny_chat_model

from storypainter.training.tuning.settings import TuningSettings

#: Small enough for seconds, and a rate at which random weights learn something in a few updates.
SETTINGS = TuningSettings(
    batch=4, micro_batch=2, learning_rate=0.02, rank=4, alpha=8, max_length=128, checkpoint_every=2
)
WORDS = ("baker", "ferry", "loaves", "carousel", "raincoat", "pier", "flour", "picture")


def build_base(folder: Path, **given: Any) -> Path:
    return build_tiny_chat_model(folder, **given)


def asked(text: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": text}]


def said(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}]


def sft_rows(n: int, start: int = 0) -> list[dict[str, Any]]:
    """Prompts all differ, and so do the answers' lengths."""
    rows = []
    for at in range(start, start + n):
        word = WORDS[at % len(WORDS)]
        story = SENTENCES[at % 4][: 20 + 7 * (at % 5)]
        prompt = asked(f"Write {at}: a {word}.")
        rows.append({"id": f"r{at}", "prompt": prompt, "completion": said(story), "source": "own"})
    return rows


def preference_rows(n: int, start: int = 0) -> list[dict[str, Any]]:
    """Half are rejected as the student's own, half as the smaller model's."""
    rows = []
    for at, row in enumerate(sft_rows(n, start)):
        chosen = row.pop("completion")
        worse = said(WORDS[at % 8] + " and " + WORDS[(at + 3) % 8])
        by = ("student", "smaller")[at % 2]
        rows.append({**row, "chosen": chosen, "rejected": worse, "rejected_by": by})
    return rows


def write_set(folder: Path, train: list[Any], heldout: list[Any], **manifest: Any) -> Path:
    folder.mkdir(parents=True)
    for name, rows in (("train", train), ("heldout", heldout)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text)
    if manifest:
        (folder / "dataset.json").write_text(json.dumps({"format": 1, **manifest}))
    return folder
