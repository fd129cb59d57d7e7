"""The same rows for LLaMA-Factory: alpaca and sharegpt layouts, and the entries that name them.

The layouts are those of its ``data/README.md``: supervised rows have ``instruction`` and ``output``,
or ``conversations`` of ``human`` and ``gpt``; preference rows have ``chosen`` and ``rejected`` and
are marked ``ranking``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson

from storypainter.training.distilling.rows import Row, SftRow, Turn

if TYPE_CHECKING:
    from storypainter.training.distilling.making import Made

_TAGS = {"system": "system", "user": "human", "assistant": "gpt"}


def llama_factory(made: Made) -> dict[str, bytes]:
    """The files by name: ``dataset_info.json``, and one a part and layout."""
    kind = made.asked.kind.replace("-", "_")
    files: dict[str, bytes] = {}
    info: dict[str, Any] = {}
    for part, rows in (("train", made.parts.train), ("heldout", made.parts.heldout)):
        for layout in ("alpaca", "sharegpt"):
            name = f"{kind}_{part}_{layout}"
            make = _alpaca if layout == "alpaca" else _sharegpt
            files[f"{name}.json"] = _json([make(row) for row in rows])
            info[f"storypainter_{name}"] = entry(f"{name}.json", layout, kind != "sft")
    files["dataset_info.json"] = _json(info)
    return files


def entry(file: str, layout: str, ranking: bool) -> dict[str, Any]:
    """What ``dataset_info.json`` says of a file."""
    said: dict[str, Any] = {"file_name": file}
    if layout == "sharegpt":
        said["formatting"] = "sharegpt"
        columns = {"messages": "conversations"}
    else:
        columns = {"prompt": "instruction", "query": "input"}
        if not ranking:
            columns["response"] = "output"
        columns["system"] = "system"
    if ranking:
        said["ranking"] = True
        columns |= {"chosen": "chosen", "rejected": "rejected"}
    return {**said, "columns": columns}


def _alpaca(row: Row) -> dict[str, str]:
    system = [turn.content for turn in row.prompt if turn.role == "system"]
    asked = [turn.content for turn in row.prompt if turn.role == "user"]
    plain = {"instruction": "\n\n".join(asked), "input": "", "system": "\n\n".join(system)}
    if isinstance(row, SftRow):
        return {**plain, "output": row.completion[0].content}
    return {**plain, "chosen": row.chosen[0].content, "rejected": row.rejected[0].content}


def _sharegpt(row: Row) -> dict[str, Any]:
    asked = [_turn(turn) for turn in row.prompt]
    if isinstance(row, SftRow):
        return {"conversations": [*asked, _turn(row.completion[0])]}
    return {
        "conversations": asked,
        "chosen": _turn(row.chosen[0]),
        "rejected": _turn(row.rejected[0]),
    }


def _turn(turn: Turn) -> dict[str, str]:
    return {"from": _TAGS[turn.role], "value": turn.content}


def _json(plain: Sequence[Any] | dict[str, Any]) -> bytes:
    return orjson.dumps(plain, option=orjson.OPT_INDENT_2) + b"\n"
