"""The table of a training in ISA's layout: our rows, then the published ones, marked as such."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

from storypainter.training import published
from storypainter.training.metrics import NAMES
from storypainter.training.variants import Variant

if TYPE_CHECKING:
    from storypainter.training.scorer import Repeat

_TITLES = {"semantic": "Semantic Score", "entity": "Entity Score"}


def as_json(
    heads: Sequence[str],
    variants: Sequence[Variant],
    repeats: Sequence[Repeat],
    *,
    base: str,
    notes: Iterable[str],
) -> dict[str, Any]:
    """All numbers of the table as plain data.

    ``rows`` hold for each head and metric mean, standard deviation over repeats (``None`` for
    one), how many repeats have it and how many have not; ``repeats`` hold each repeat's metrics
    with bootstrap intervals over its test items; ``published`` is what the paper printed.
    """
    rows = []
    for variant in variants:
        own = [repeat for repeat in repeats if repeat.variant == variant.name]
        rows.append(
            {
                "label": variant.label,
                "variant": variant.name,
                "base": base,
                "test_items": [repeat.sizes[2] for repeat in own],
                "cut": fmean(repeat.cut for repeat in own),
                "numbers": {head: _numbers(own, head) for head in heads},
            }
        )
    main = [repeat for repeat in repeats if repeat.variant == variants[0].name]
    ablated = len(variants) > 1
    printed = (*published.ROWS, *(published.ABLATIONS if ablated else ()))
    return {
        "heads": list(heads),
        "rows": rows,
        "without_reading": {
            head: {
                "rmse": _spread([repeat.mean_rmse[head] for repeat in main], 0),
                "rmae": _spread([repeat.mean_rmae[head] for repeat in main], 0),
            }
            for head in heads
        },
        "published": [
            {
                "label": row.label,
                "numbers": {
                    head: dict(zip(NAMES, row.numbers[head], strict=True))
                    for head in heads
                    if head in row.numbers
                },
            }
            for row in printed
            if any(head in row.numbers for head in heads)
        ],
        "published_source": published.SOURCE,
        "repeats": [
            {
                "variant": repeat.variant,
                "repeat": repeat.number + 1,
                "seed": repeat.seed,
                "sizes": repeat.sizes,
                "cut": repeat.cut,
                "epochs": len(repeat.losses),
                "kept": repeat.kept,
                "validation_loss": repeat.validation,
                "seconds": repeat.seconds,
                "metrics": {h: metrics.model_dump() for h, metrics in repeat.metrics.items()},
            }
            for repeat in repeats
        ],
        "notes": list(notes),
    }


def as_markdown(table: Mapping[str, Any]) -> str:
    """The table as Markdown, with the repeats and their intervals below."""
    heads = table["heads"]
    columns = ["features"] + [f"{_TITLES[head]} {name.upper()}" for head in heads for name in NAMES]
    lines = [columns, ["---"] * len(columns)]
    for row in table["rows"]:
        cells = [_ours(row["numbers"][head][name]) for head in heads for name in NAMES]
        lines.append([f"{row['label']} ({row['base']})", *cells])
    plain = table["without_reading"]
    cells = [_ours(plain[head].get(name)) for head in heads for name in NAMES]
    lines.append(["no text: the mean of the training ratings", *cells])
    for row in table["published"]:
        numbers = row["numbers"]
        cells = [_printed(numbers.get(head, {}).get(name)) for head in heads for name in NAMES]
        lines.append([f"{row['label']}, published", *cells])
    n = table["rows"][0]["test_items"]
    below = [
        f"Mean ± standard deviation over {len(n)} repeat(s), each with its own split 6:2:2 and "
        f"start; {', '.join(map(str, n))} test items. RMAE is the root of the mean |x − y|.",
        f"{table['published_source']}; comparable only where the data are ISA's.",
        *(f"{row['label']}: {row['cut']:.0%} of the texts were cut." for row in table["rows"]
          if row["cut"] > 0),
        *(f"Note: {note}." for note in table["notes"]),
    ]  # fmt: skip
    return "\n\n".join([_lines(lines), "\n".join(below), _lines(_repeats(table))]) + "\n"


def _numbers(own: Sequence[Repeat], head: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in NAMES:
        values = [getattr(repeat.metrics[head], name).value for repeat in own]
        there = [value for value in values if value is not None]
        found[name] = _spread(there, len(values) - len(there))
    return found


def _spread(values: Sequence[float], absent: int) -> dict[str, Any]:
    return {
        "mean": fmean(values) if values else None,
        "deviation": stdev(values) if len(values) > 1 else None,
        "n": len(values),
        "absent": absent,
    }


def _ours(cell: Mapping[str, Any] | None) -> str:
    if cell is None or cell["mean"] is None:
        return "-"
    spread = "" if cell["deviation"] is None else f" ± {cell['deviation']:.3f}"
    lost = f" ({cell['absent']} of {cell['absent'] + cell['n']} absent)" if cell["absent"] else ""
    return f"{cell['mean']:.3f}{spread}{lost}"


def _printed(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _repeats(table: Mapping[str, Any]) -> list[list[str]]:
    heads = table["heads"]
    columns = ["repeat (95 % interval over test items)", "n", "epochs"]
    columns += [f"{_TITLES[head]} {name.upper()}" for head in heads for name in NAMES]
    lines = [columns, ["---"] * len(columns)]
    for row in table["repeats"]:
        cells = [_estimate(row["metrics"][head][name]) for head in heads for name in NAMES]
        label = f"{row['variant']} {row['repeat']}, seed {row['seed']}"
        lines.append([label, str(row["sizes"][2]), f"{row['kept']} of {row['epochs']}", *cells])
    return lines


def _estimate(cell: Mapping[str, Any]) -> str:
    if cell["value"] is None:
        return f"absent: {cell['absent']}"
    if cell["low"] is None or math.isnan(cell["low"]):
        return f"{cell['value']:.3f}"
    return f"{cell['value']:.3f} [{cell['low']:.3f}, {cell['high']:.3f}]"


def _lines(rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
