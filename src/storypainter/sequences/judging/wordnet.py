"""WordNet's synonyms for METEOR: where its files are, and a reader that nltk's METEOR takes.

WordNet comes with no Python package. It is looked for in ``$STORYPAINTER_WORDNET``, where Debian's
package ``wordnet-base`` puts it, and among nltk's own data. Its licence allows any use. Only what
METEOR asks for is read (format: wndb(5WN), base forms: morphy(7WN)).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path

VARIABLE = "STORYPAINTER_WORDNET"
DEBIANS = Path("/usr/share/wordnet")
HINT = f"install Debian's wordnet-base, or nltk's corpus wordnet, or set {VARIABLE} to WordNet's folder"
_MOST_BYTES = 64 * 1024 * 1024
#: Endings of each part of speech and what they leave (morphy(7WN), "Rules of Detachment").
_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "noun": (("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"),
             ("shes", "sh"), ("men", "man"), ("ies", "y")),
    "verb": (("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""),
             ("ing", "e"), ("ing", "")),
    "adj": (("er", ""), ("est", ""), ("er", "e"), ("est", "e")),
    "adv": (),
}  # fmt: skip
FILES = tuple(f"{kind}.{part}" for kind in ("index", "data") for part in _ENDINGS)


@dataclass(frozen=True, slots=True)
class Lemma:
    """A word of a synset, as nltk's METEOR asks for it."""

    word: str

    def name(self) -> str:
        """The word; spaces are underscores."""
        return self.word


@dataclass(frozen=True, slots=True)
class Synset:
    """Words for the same."""

    words: tuple[str, ...]

    def lemmas(self) -> list[Lemma]:
        """Its words."""
        return [Lemma(word) for word in self.words]


class WordNet:
    """The synsets of words, from a folder of WordNet's files.

    Raises:
        OSError: a file can't be read. ValueError: it is none of WordNet's.
    """

    def __init__(self, folder: Path) -> None:
        self._index = {part: _index(folder / f"index.{part}") for part in _ENDINGS}
        self._irregular = {part: _exceptions(folder / f"{part}.exc") for part in _ENDINGS}
        self._data = {part: _whole(folder / f"data.{part}") for part in _ENDINGS}

    def synsets(self, word: str) -> list[Synset]:
        """All synsets of a word and of its base forms, noun, verb, adjective, adverb in turn."""
        plain = word.casefold().replace(" ", "_")
        return [
            self._synset(part, offset)
            for part in _ENDINGS
            for form in self._forms(plain, part)
            for offset in self._index[part][form]
        ]

    def _forms(self, word: str, part: str) -> list[str]:
        known = self._index[part]
        irregular = self._irregular[part].get(word)
        if irregular is not None:
            forms = [word, *irregular]
        else:
            forms = [word, *_detached(word, part)]
        return [form for form in dict.fromkeys(forms) if form in known]

    def _synset(self, part: str, offset: int) -> Synset:
        data = self._data[part]
        fields = data[offset : data.index(b"\n", offset)].decode("ascii", "replace").split(" ")
        if int(fields[0]) != offset:
            raise ValueError(f"data.{part} has no synset at {offset}")
        count = int(fields[3], 16)
        words = fields[4 : 4 + 2 * count : 2]
        return Synset(tuple(word.partition("(")[0] for word in words))


def wordnet_folder() -> Path | None:
    """The folder with WordNet's files, or ``None``."""
    places = [Path(said)] if (said := os.environ.get(VARIABLE, "").strip()) else []
    places.append(DEBIANS)
    try:
        found = import_module("nltk.data").path
        places += [Path(path) / "corpora" / "wordnet" for path in found]
    except ImportError:
        pass
    for place in places:
        if all((place / name).is_file() for name in FILES):
            return place
    return None


@lru_cache(maxsize=2)
def read_wordnet(folder: Path) -> WordNet:
    """The WordNet in a folder, read once (as :class:`WordNet` raises)."""
    return WordNet(folder)


def _detached(word: str, part: str) -> Iterator[str]:
    for ending, instead in _ENDINGS[part]:
        if word.endswith(ending):
            yield word[: len(word) - len(ending)] + instead


def _index(path: Path) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for line in _whole(path).decode("ascii", "replace").splitlines():
        if not line or line.startswith(" "):
            continue
        fields = line.split()
        senses = int(fields[2])
        found[fields[0]] = tuple(int(each) for each in fields[len(fields) - senses :])
    return found


def _exceptions(path: Path) -> dict[str, list[str]]:
    if not path.is_file():
        return {}
    found: dict[str, list[str]] = {}
    for line in _whole(path).decode("ascii", "replace").splitlines():
        form, *bases = line.split()
        found.setdefault(form, []).extend(bases)
    return found


def _whole(path: Path) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError(f"{path.name} is larger than WordNet's")
    return data
