"""Rows of the JSONL and CSV files of others, strictly read; every fault has its file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import BadInput
from storypainter.pools.reading import read_text

#: A cell is at most as long as the longest file that is read at all.
_LONGEST_CELL = 64 * 1024 * 1024


def file_rows(path: Path, hint: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a CSV or a JSONL file: by its suffix, or else JSONL where it begins with ``{``.

    Each comes as (``votes.csv, line 3``, cells or values by name).

    Raises:
        BadInput: as :func:`json_rows`, :func:`table_rows` and ``read_text``.
    """
    text = read_text(path)
    rows: Iterator[tuple[str, dict[str, Any]]]
    suffix = path.suffix.lower()
    if suffix == ".csv" or (suffix != ".jsonl" and not text.lstrip().startswith("{")):
        rows = ((where, dict(row)) for where, row in table_rows(text, path.name, hint=hint))
        next(rows)
    else:
        rows = json_rows(text, path.name, hint)
    for where, row in rows:
        yield f"{path.name}, {where}", row


def json_rows(text: str, name: str, hint: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSONL text as (``line 3``, object); empty lines are passed over.

    Args:
        text: what the file holds.
        name: what errors call the file.
        hint: what errors say that a line should be.

    Raises:
        BadInput: a line is not valid JSON or not an object.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise BadInput(f"{name}, {where}: not valid JSON ({error.msg})", hint) from None
        if not isinstance(row, dict):
            raise BadInput(f"{name}, {where}: not a JSON object", hint)
        yield where, row


def table_rows(
    text: str, name: str, delimiter: str = ",", *, hint: str = "write a header and one row a line"
) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a CSV as (``line 3``, cells by column); the first is the header itself.

    Cells lose spaces around them and the quote that our exports put before what a spreadsheet
    would run.

    Raises:
        BadInput: broken CSV, a column that is there twice, more or fewer cells than columns, no
            header (``hint`` says what to write).
    """
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    columns: list[str] = []
    try:
        for cells in reader:
            where = f"line {reader.line_num}"
            cells = [unescaped(cell.strip()) for cell in cells]
            if not any(cells):
                continue
            if not columns:
                columns = cells
                twice = next((each for each in columns if columns.count(each) > 1), None)
                if twice is not None:
                    raise BadInput(
                        f"{name}, {where}: the column {twice!r} is there twice", "rename one"
                    )
            elif len(cells) != len(columns):
                raise BadInput(
                    f"{name}, {where}: {len(cells)} cells in a table of {len(columns)} columns",
                    "put quotes around cells with commas",
                )
            yield where, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        raise BadInput(
            f"{name}, line {reader.line_num}: not valid CSV ({error})", "correct that line"
        ) from None
    if not columns:
        raise BadInput(f"{name} is empty", hint)


def unescaped(cell: str) -> str:
    """Without the quote before ``=``, ``+``, ``-`` and ``@`` that CSV exports put there."""
    return cell[1:] if cell[:2] in ("'=", "'+", "'-", "'@") else cell
