"""A training set as training reads it: its rows, its hashes, and what its manifest says."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import BadInput
from storypainter.training.distilling.rows import PreferenceRow, Row, read_rows
from storypainter.training.tuning.settings import Method

MANIFEST = "dataset.json"
_FILES = {"train": "train.jsonl", "heldout": "heldout.jsonl"}


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """The rows that are learnt from and those that are only scored.

    Attributes:
        label: the folder's own name.
        train: rows in trl's conversational form (prompt, and completion or chosen and rejected).
        heldout: likewise; other prompts than those of ``train``.
        hashes: file name -> SHA-256.
        manifest: what ``dataset.json`` says; empty without one.
        shares: rows of ``train`` by what rejected them; empty for SFT.
        sources: rows of ``train`` by who wrote what is learnt; empty where rows don't say.
    """

    label: str
    train: tuple[Mapping[str, Any], ...]
    heldout: tuple[Mapping[str, Any], ...]
    hashes: Mapping[str, str]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)


def read_set(folder: Path, method: Method) -> TrainingSet:
    """The training set in a folder.

    Raises:
        BadInput: a file or row is missing or broken, named by file and line; the set is of
            another kind; a prompt is in both parts; dpo-mix without both kinds of rejected rows.
    """
    manifest = _manifest(folder, method)
    rows = {part: _rows(folder / name, method) for part, name in _FILES.items()}
    hashes = {name: _sha256(folder / name) for name in _FILES.values()}
    for name, said in dict(manifest.get("files") or {}).items():
        if name in hashes and said != hashes[name]:
            raise BadInput(
                f"{folder / name} is not the file that {MANIFEST} describes",
                f"make the set again, or write its SHA-256 into {MANIFEST}: {hashes[name]}",
            )
    both = {row.group for row in rows["train"]} & {row.group for row in rows["heldout"]}
    # Where all rows have one prompt, they are held out by story.
    if both and manifest.get("held_out_by") != "story":
        pair = next(row.group for row in rows["train"] if row.group in both)
        raise BadInput(
            f"{folder}: {len(both)} prompts are in train.jsonl and in heldout.jsonl; the first is "
            + " and ".join(
                f"{name} line {_first_line(folder / name, rows[part], pair)}"
                for part, name in _FILES.items()
            ),
            "hold rows out by prompt, or the held-out loss says nothing",
        )
    shares = Counter(_rejecter(row) for row in rows["train"]) if method != "sft" else Counter()
    if method == "dpo-mix":
        missing = [kind for kind in ("student", "smaller") if not shares[kind]]
        if missing:
            raise BadInput(
                f"{folder}: no row's rejected answer is by the {' or the '.join(missing)}",
                "dpo-mix needs both; make the set with distill dpo-mix, or train it as dpo",
            )
    return TrainingSet(
        folder.absolute().name,
        tuple(row.plain() for row in rows["train"]),
        tuple(row.plain() for row in rows["heldout"]),
        hashes,
        manifest,
        dict(sorted(shares.items())),
        dict(sorted(Counter(row.source for row in rows["train"] if row.source).items())),
    )


def _first_line(path: Path, rows: Sequence[Row], group: str) -> int:
    """The line of a file's first row with this prompt."""
    at = next(at for at, row in enumerate(rows) if row.group == group)
    lines = path.read_bytes().split(b"\n")
    return [number for number, line in enumerate(lines, 1) if line.strip()][at]


def _manifest(folder: Path, method: Method) -> dict[str, Any]:
    path = folder / MANIFEST
    if not folder.is_dir():
        raise BadInput(f"there is no training set {folder}", "make one: storypainter distill")
    if not path.is_file():
        return {}
    try:
        manifest = orjson.loads(path.read_bytes())
        kind = str(manifest["kind"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise BadInput(
            f"{path} does not describe a training set",
            "make the set again; a set of your own needs no dataset.json: remove it",
        ) from None
    if kind != method and not (method == "dpo" and kind == "dpo-mix"):
        raise BadInput(
            f"{folder} is a training set for {kind}, not for {method}",
            f"run: storypainter train {kind}, or give another set",
        )
    return dict(manifest)


def _rows(path: Path, method: Method) -> list[Row]:
    if not path.is_file():
        held = f", or write {path.name} yourself" if path.name == _FILES["heldout"] else ""
        raise BadInput(f"there is no {path}", f"make the set by storypainter distill{held}")
    return list(read_rows(path, method))


def _rejecter(row: Row) -> str:
    by = row.rejected_by if isinstance(row, PreferenceRow) else ""
    return by.split(":", 1)[0] or "unnamed"


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
