"""The gazetteer: words of stories and the words of the painter that stand for them.

Each file of ``gazetteer/`` groups words under the one that the painter should know. A word is
drawn as itself where the painter knows it, else as its group's word, else as any other word of
the group that the painter knows; where it knows none, the group is *not drawable yet*.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from storypainter.vocabulary import Vocabulary

Kind = Literal[
    "prop", "sign", "animal", "role", "garment", "setting", "pose", "relation", "expression"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
_TABLES: Mapping[Kind, tuple[str, str]] = {
    "prop": ("things", "props"),
    "sign": ("things", "signs"),
    "animal": ("things", "animals"),
    "role": ("people", "roles"),
    "garment": ("garments", "garments"),
    "setting": ("settings", "settings"),
    "pose": ("poses", "poses"),
    "relation": ("poses", "relations"),
    "expression": ("states", "expressions"),
}


#: Nouns that mean whatever furniture of their name a setting has.
_FURNITURE = frozenset(
    [
        *("window", "door", "table", "chair", "seat", "bench", "desk", "counter", "shelf", "lamp"),
        *(
            "curtain",
            "bed",
            "sink",
            "basin",
            "stall",
            "trolley",
            "board",
            "stool",
            "bookshelf",
            "screen",
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class Group:
    """Words for the same, under the word that the painter should know."""

    kind: Kind
    word: str
    others: tuple[str, ...]

    def drawn_as(
        self, word: str, vocabulary: Vocabulary, furniture: Iterable[str] = ()
    ) -> str | None:
        """The painter's word for one of this group's words, or None.

        Of several, one that belongs to the setting's ``furniture`` is taken: in a kitchen a
        ``window`` is its ``kitchen window``.
        """
        known = vocabulary.words(self.kind)
        names = (word, self.word, *self.others)
        general = [name for name in (word, self.word) if name in _FURNITURE]
        own = [f for f in furniture if f in names]
        own += [f for f in furniture if f not in own and f.rpartition(" ")[2] in general]
        choice = (word, *own, *names[1:]) if word != self.word else (*own, *names)
        return next((name for name in choice if name in known), None)


class Gazetteer:
    """Looks up words and phrases (lower case) by kind."""

    def __init__(self, tables: Mapping[Kind, Mapping[str, list[str]]], unseen: dict[str, Any]):
        self.groups: tuple[Group, ...] = tuple(
            Group(kind, word, tuple(others))
            for kind in KINDS
            for word, others in tables[kind].items()
        )
        self._by_word: dict[Kind, dict[str, Group]] = {kind: {} for kind in KINDS}
        for group in self.groups:
            self._by_word[group.kind][group.word.casefold()] = group
        for group in self.groups:  # a group's own word goes before another group's synonym
            for word in group.others:
                self._by_word[group.kind].setdefault(word.casefold(), group)
        self._unseen = {word: name for name, words in unseen.items() for word in words}

    def group(self, word: str, kind: Kind) -> Group | None:
        """The group of a word in one kind, or None."""
        return self._by_word[kind].get(word.casefold())

    def words(self, kind: Kind) -> Iterator[tuple[str, Group]]:
        """Every word of a kind with its group."""
        yield from self._by_word[kind].items()

    def unseen(self, word: str) -> str | None:
        """Why a noun names nothing to draw: ``body``, ``wear_part``, ``matter`` …, or None."""
        return self._unseen.get(word.casefold())


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that comes with storypainter, read once."""
    files = {name: word_list(name) for name in {file for file, _ in _TABLES.values()}}
    tables = {kind: files[file][table] for kind, (file, table) in _TABLES.items()}
    return Gazetteer(tables, word_list("unseen"))


@cache
def word_list(name: str) -> dict[str, Any]:
    """One file of ``gazetteer/`` as plain data."""
    folder = resources.files("storypainter.director") / "gazetteer"
    return tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
