"""The command line of ink's words: ``python -m storypainter.ink.vocabulary --check|--write``.

It keeps ``vocabulary.json`` and ``scene.schema.json`` in step with the code. Call
:func:`storypainter.ink.vocabulary` for the data; this module is only ever run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from storypainter.ink import scene_schema, words


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code: 1 when the file and the code differ."""
    parser = argparse.ArgumentParser(prog="python -m storypainter.ink.vocabulary")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true", help="fail if a file is stale")
    choice.add_argument("--write", action="store_true", help="write both files")
    options = parser.parse_args(arguments)
    stale = [each for each in (words, scene_schema) if not _in_step(each.FILE, each.as_text())]
    if options.write:
        for each in stale:
            each.FILE.write_text(each.as_text(), encoding="utf-8")
        return 0
    for each in stale:
        sys.stderr.write(
            f"ink/{each.FILE.name} differs from the code; "
            "run: python -m storypainter.ink.vocabulary --write\n"
        )
    return 1 if stale else 0


def _in_step(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
