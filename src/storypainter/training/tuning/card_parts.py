"""What the model cards of all trainings have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storypainter.training.tuning.base_files import BaseFiles

Config = Mapping[str, Mapping[str, Any]]
_TEMPLATES = {
    "own": "the base's own",
    "plain": "storypainter's `plain`, for the base has none",
    "stated": "that of the adapter which training started from",
}


def page(
    base: BaseFiles,
    tags: Sequence[str],
    title: str,
    opening: Sequence[str],
    sections: Mapping[str, Iterable[str]],
) -> str:
    """A card as Markdown, with a front matter that the hub reads.

    Args:
        base: what the adapter is for.
        tags: for the front matter.
        title: of the whole.
        opening: lines below it.
        sections: lines by heading; those without lines are left out.
    """
    lines = ["---", "library_name: peft", f"tags: [{', '.join(tags)}]"]
    if "/" in base.label:
        lines.append(f"base_model: {base.label}")
    lines += _licence_of(base)
    lines += ["---", "", f"# {title}", "", *opening]
    for heading, body in sections.items():
        if found := list(body):
            lines += ["", f"## {heading}", "", *found]
    return "\n".join(lines) + "\n"


def _licence_of(base: BaseFiles) -> list[str]:
    """The base's licence as the hub takes it: an id of its list, or ``other`` with the name."""
    if not base.licence:
        return []
    if re.fullmatch(r"[\w.+-]+", base.licence):
        return [f"license: {base.licence.lower()}"]
    return ["license: other", f"license_name: {json.dumps(base.licence, ensure_ascii=False)}"]


def left_out_of(config: Config, left_out: Mapping[str, int]) -> list[str]:
    """How many rows were too long, if any were."""
    if not sum(left_out.values()):
        return []
    return [
        f"- left out as longer than {config['settings']['max_length']} tokens:"
        f" {left_out['train']} and {left_out['heldout']}"
    ]


def hashes_of(config: Config) -> list[str]:
    """The data's files."""
    return [f"- {name}: SHA-256 `{value}`" for name, value in config["data"].items()]


def identity_of(base: BaseFiles) -> list[str]:
    """What tells the base's weights apart."""
    return [f"- {name.replace('_', ' ')}: `{value}`" for name, value in base.identity.items()]


def template_in(base: BaseFiles) -> str:
    """Which chat template the training used."""
    template = _TEMPLATES.get(base.template, f"`{base.template}`, given by the trainer")
    return f"- chat template: {template}; it is in `adapter/chat_template.jinja`"


def machine_and_versions(config: Config) -> dict[str, Any]:
    """Where it was trained, and with which packages."""
    machine = config["machine"]
    found = {"machine": f"{machine['device']}, {machine['processes']} process(es)"}
    return found | {k: v for k, v in config["versions"].items() if k != "storypainter"}


def settings_table(values: Mapping[str, Any]) -> list[str]:
    """Settings as a table."""
    rows = (f"| {name.replace('_', ' ')} | {value} |" for name, value in values.items())
    return ["| setting | value |", "|---|---|", *rows]


def ends_of(table: Sequence[Mapping[str, float]], labels: Mapping[str, str]) -> list[str]:
    """The first and the last value of each curve, as a table.

    Args:
        table: the curves' rows.
        labels: what a column is called.
    """
    found = ["| | first | last |", "|---|---|---|"]
    for name, label in labels.items():
        values = [row[name] for row in table if name in row]
        if values:
            found.append(f"| {label} | {values[0]:.4g} | {values[-1]:.4g} |")
    return found


def licences(base: BaseFiles, data: str) -> list[str]:
    """Of the base and of the data."""
    return [
        f"- base: {base.licence or 'not stated in its files; see where it comes from'}",
        f"- data: {data}",
    ]
