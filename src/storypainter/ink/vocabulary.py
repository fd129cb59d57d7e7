"""The command line of ink's vocabulary: ``python -m storypainter.ink.vocabulary --check|--write``.

Call :func:`storypainter.ink.vocabulary` for the data; this module is only ever run.
"""

from __future__ import annotations

import argparse
import sys

from storypainter.ink.words import FILE, as_text


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code: 1 when the file and the code differ."""
    parser = argparse.ArgumentParser(prog="python -m storypainter.ink.vocabulary")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true", help="fail if vocabulary.json is stale")
    choice.add_argument("--write", action="store_true", help="write vocabulary.json")
    options = parser.parse_args(arguments)
    if options.write:
        FILE.write_text(as_text(), encoding="utf-8")
        return 0
    if FILE.exists() and FILE.read_text(encoding="utf-8") == as_text():
        return 0
    sys.stderr.write(
        "ink/vocabulary.json differs from the code; run: python -m storypainter.ink.vocabulary --write\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
