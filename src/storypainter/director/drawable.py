"""Which words of the gazetteer the painter can't draw yet: ``python -m storypainter.director.drawable``.

``gazetteer/not_drawable_yet.json`` lists them. ``--check`` fails when a word that is not listed
can't be drawn; a listed word that has become drawable is only told of, as the painter grows.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import resources
from pathlib import Path

from storypainter.director.gazetteer import gazetteer
from storypainter.vocabulary import Vocabulary, painter_vocabulary

_FILE = "not_drawable_yet.json"


def not_drawable(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The groups that a painter has no word for, by kind, sorted."""
    found: dict[str, list[str]] = {}
    furniture = sorted(set().union(*vocabulary.furniture.values()))
    for group in gazetteer().groups:
        if group.drawn_as(group.word, vocabulary, furniture) is None:
            found.setdefault(group.kind, []).append(group.word)
    return {kind: sorted(words) for kind, words in sorted(found.items())}


def listed() -> dict[str, list[str]]:
    """The groups that are listed as not drawable yet."""
    file = resources.files("storypainter.director") / "gazetteer" / _FILE
    words: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
    return words


def vanished(vocabulary: Vocabulary) -> list[str]:
    """Words that can't be drawn although they are not listed, as ``kind word``."""
    known = listed()
    return [
        f"{kind} {word}"
        for kind, words in not_drawable(vocabulary).items()
        for word in words
        if word not in known.get(kind, [])
    ]


def main(arguments: list[str] | None = None) -> int:
    """The command line; the exit code is 1 when an unlisted word can't be drawn."""
    parser = argparse.ArgumentParser(prog="python -m storypainter.director.drawable")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true", help="fail on unlisted words")
    choice.add_argument("--write", action="store_true", help=f"write gazetteer/{_FILE}")
    options = parser.parse_args(arguments)
    missing = not_drawable(painter_vocabulary())
    if options.write:
        text = json.dumps(missing, ensure_ascii=False, indent=1) + "\n"
        (Path(__file__).parent / "gazetteer" / _FILE).write_text(text, encoding="utf-8")
        return 0
    unlisted = vanished(painter_vocabulary())
    sys.stdout.writelines(f"not drawable and not listed: {each}\n" for each in unlisted)
    now = sum(w not in missing.get(k, []) for k, words in listed().items() for w in words)
    sys.stdout.write(f"{now} listed words have become drawable; --write takes them off the list\n")
    return 1 if unlisted else 0


if __name__ == "__main__":
    sys.exit(main())
