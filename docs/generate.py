"""Writes the parts of the documentation that come from code; ``--check`` fails on drift.

- ``docs/commands.md``: the help text of every command.
- the file map in ``docs/architecture.md``, between its two markers: the first line of every
  module's docstring.
- the tables of ``docs/vocabulary.md``: what ink can draw, and its locales.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "storypainter"
START, END = "<!-- map: generated -->", "<!-- end of map -->"


def commands_page() -> str:
    """Every command's help, as the terminal shows it at 90 columns."""
    from storypainter.cli import seed
    from storypainter.cli.main import cli

    parts = [
        "# Commands",
        "",
        "Generated from the code by `python docs/generate.py`. Every option also has an "
        "environment variable (`STORYPAINTER_` and its name in capitals) and a place in "
        "`storypainter.toml`; see [runs.md](runs.md).",
    ]
    top = click.Context(cli, info_name="storypainter", terminal_width=90, max_content_width=90)
    for context in (top, *_below(top)):
        parts += ["", f"## {context.command_path}", "", "```text"]
        parts += [line.rstrip() for line in context.get_help().splitlines()]
        parts.append("```")
    paper = click.Context(
        seed.command,
        info_name="python storytellingpainter_pipeline.py",
        terminal_width=90,
        max_content_width=90,
    )
    parts += ["", "## The paper's command", "", "```text"]
    parts += [line.rstrip() for line in paper.get_help().splitlines()]
    parts += ["```", ""]
    return "\n".join(parts)


def _below(context: click.Context) -> Iterator[click.Context]:
    if not isinstance(context.command, click.Group):
        return
    for name in context.command.list_commands(context):
        command = context.command.get_command(context, name)
        if command is None:
            continue
        child = click.Context(
            command, context, info_name=name, terminal_width=90, max_content_width=90
        )
        yield child
        yield from _below(child)


def file_map() -> str:
    """One line a module, grouped by room."""
    lines: list[str] = []
    rooms = [SOURCE, *sorted(p for p in SOURCE.iterdir() if (p / "__init__.py").is_file())]
    for room in rooms:
        title = "storypainter" if room == SOURCE else f"storypainter/{room.name}"
        lines += ["", f"**{title}/**", ""]
        for path in sorted(room.rglob("*.py")):
            if room == SOURCE and path.parent != SOURCE:
                continue
            first = first_line(path)
            if path.name == "__init__.py" and not first:
                continue
            lines.append(f"- `{path.relative_to(room).as_posix()}`: {first}")
    return "\n".join(lines[1:])


def vocabulary_page() -> str:
    """Everything that ink can draw, as words, and what each locale stands for."""
    from storypainter.ink import vocabulary
    from storypainter.ink.people.locales import LOCALES
    from storypainter.vocabulary import painter_vocabulary

    words = vocabulary()
    figures = words["figures"]
    painter = painter_vocabulary()
    anchors = painter.settings
    states = {**painter.props, **painter.animals}
    parts = [
        "# What ink can draw",
        "",
        "Generated from the code by `python docs/generate.py`. Props have their states in brackets, the "
        "usual one first, animals their poses. Sizes and grips are in "
        "[`vocabulary.json`](../src/storypainter/ink/vocabulary.json).",
    ]
    for title, known in (
        ("Roles", figures["roles"]),
        ("Poses", figures["poses"]),
        ("States of mind", figures["expressions"]),
        ("Hair", figures["hair"]),
        ("Attire", figures["attire"]),
        ("Animals", words["animals"]),
        ("Signs", words["signs"]),
        ("Props", words["props"]),
    ):
        listed = [_with_states(each, states.get(each, ())) for each in sorted(known)]
        parts += ["", f"## {title} ({len(known)})", "", ", ".join(listed) + "."]
    parts += ["", f"## Settings ({len(anchors)}) and their anchors", ""]
    parts += [f"- **{each}**: {', '.join(sorted(anchors[each]))}" for each in sorted(anchors)]
    parts += [
        "",
        f"## Locales ({len(LOCALES)})",
        "",
        "A Scene's `locale` takes any of the names. Everyday clothes of today come first; the two "
        "shares say how many adults and elders wear traditional ones where nothing else is told. "
        "Food and street furniture are offered to whoever writes a Scene, never forced on one.",
        "",
        "| Locale | Names | Script of signs | Traditional | Food | Street |",
        "|---|---|---|---|---|---|",
    ]
    for each in LOCALES:
        names, food, street = (", ".join(some) for some in (each.names, each.food, each.street))
        shares = f"{each.traditional:.0%} / {each.elders:.0%}"
        parts.append(f"| {each.code} | {names} | {each.script} | {shares} | {food} | {street} |")
    return "\n".join(parts) + "\n"


def _with_states(word: str, states: Iterable[str]) -> str:
    """``book (closed, open)``; the word alone if it has one state only."""
    known = tuple(states) if isinstance(states, tuple) else tuple(sorted(states))
    return f"{word} ({', '.join(known)})" if len(known) > 1 else word


def first_line(path: Path) -> str:
    """The first sentence of a module's docstring, or nothing."""
    doc = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    paragraph = " ".join(doc.split("\n\n", 1)[0].split())
    return paragraph.split(". ", 1)[0].rstrip(".")


def wanted() -> dict[Path, str]:
    """The generated files, and what should stand in them."""
    architecture = ROOT / "docs" / "architecture.md"
    text = architecture.read_text("utf-8")
    head, rest = text.split(START, 1)
    tail = rest.split(END, 1)[1]
    return {
        ROOT / "docs" / "commands.md": commands_page(),
        ROOT / "docs" / "vocabulary.md": vocabulary_page(),
        architecture: f"{head}{START}\n\n{file_map()}\n\n{END}{tail}",
    }


def main() -> int:
    """Write, or check with ``--check``."""
    stale = [
        path
        for path, text in wanted().items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale; run: python docs/generate.py")
        return 1 if stale else 0
    texts = wanted()
    for path in stale:
        path.write_text(texts[path], "utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
