"""What stories need drawn: ``python -m storypainter.director.needs [--write]``.

Counts, over the built-in Pool and the situations of ``situations.jsonl``, in how many texts each
thing, action, role, setting, garment and mental state occurs, and whether the embedded painter's
vocabulary has a word for it. Of the Pool, entity lists and themes of all stories are counted;
its texts (for actions and mental states) only in the development half, see ``measuring.py``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from storypainter.director.gazetteer import Group, Kind, gazetteer
from storypainter.director.language import Token, sentences
from storypainter.vocabulary import painter_vocabulary

_THINGS: tuple[Kind, ...] = ("role", "garment", "prop", "sign", "animal", "setting")
_MOST = {
    "things": 250,
    "poses": 60,
    "roles": 90,
    "settings": 45,
    "garments": 90,
    "states": 40,
}
_PRONOUNS = frozenset({"he", "she", "they", "who", "somebody", "someone", "everyone", "one"})
_NO_ACTION = frozenset({"let", "try", "make", "belong", "stream", "feel", "seem", "appear", "need"})
_PARTICLES = frozenset({"up", "down", "out", "over", "at", "off", "on", "for", "round"})


@dataclass
class Tally:
    """In how many texts a group occurs, and with which words."""

    pool: int = 0
    situations: int = 0
    words: Counter[str] = field(default_factory=Counter)


Rows = dict[str, Tally]


def stories() -> list[dict[str, Any]]:
    """The stories of the built-in Pool as plain data, sorted by id."""
    lines = (resources.files("storypainter.pools") / "own.jsonl").read_text("utf-8")
    return sorted(map(json.loads, lines.splitlines()), key=lambda story: str(story["id"]))


def situations() -> list[dict[str, str]]:
    """The situations: id, text, setting."""
    lines = (resources.files("storypainter.director") / "situations.jsonl").read_text("utf-8")
    return [json.loads(line) for line in lines.splitlines()]


def count() -> dict[str, Rows]:
    """Count everything, by list: things, roles, garments, settings, poses, states."""
    found: dict[str, Rows] = {name: {} for name in _MOST}
    pool = stories()
    for at, story in enumerate(pool):
        _add(found, "pool", map(_phrase, story["entities"]))
        _note(found["settings"], "pool", [_setting(story["themes"]["place"])])
        if at % 2 == 0:
            _add_text(found, "pool", story["text"])
    for situation in situations():
        nouns = [n for s in sentences(situation["text"]) for n in _nouns(s)]
        _add(found, "situations", nouns)
        _note(found["settings"], "situations", [_setting(situation["setting"])])
        _add_text(found, "situations", situation["text"])
    return found


def _add(found: dict[str, Rows], corpus: str, phrases: Iterable[str]) -> None:
    lists: dict[str, list[tuple[str, str]]] = {"things": [], "roles": [], "garments": []}
    for phrase in phrases:
        group = _group(phrase)
        if group is None:
            if not gazetteer().unseen(phrase.rpartition(" ")[2]):
                lists["things"].append((phrase, phrase))
        elif group.kind == "role":
            lists["roles"].append((group.word, phrase))
        elif group.kind == "garment":
            lists["garments"].append((group.word, phrase))
        elif group.kind != "setting":
            lists["things"].append((group.word, phrase))
    for name, words in lists.items():
        _note(found[name], corpus, words)


def _add_text(found: dict[str, Rows], corpus: str, text: str) -> None:
    verbs = [v for sentence in sentences(text) for v in _person_verbs(sentence)]
    _note(found["poses"], corpus, verbs)
    _note(found["states"], corpus, _states(text))


def _note(rows: Rows, corpus: str, words: Iterable[tuple[str, str]]) -> None:
    words = list(words)
    for group in {group for group, _ in words}:
        tally = rows.setdefault(group, Tally())
        setattr(tally, corpus, getattr(tally, corpus) + 1)
    for group, word in words:
        rows[group].words[word] += 1


def _phrase(entity: str) -> str:
    """An entity as the gazetteer knows it: its longest known ending, or its singular."""
    tokens = [t for s in sentences(entity) for t in s]
    return next(
        (p for p in _endings(tokens) if _group(p) is not None),
        " ".join([*(t.lower for t in tokens[:-1]), tokens[-1].lemma]),
    )


def _endings(tokens: list[Token]) -> Iterator[str]:
    for at in range(len(tokens)):
        before = [t.lower for t in tokens[at:-1]]
        yield " ".join([*before, tokens[-1].lower])
        yield " ".join([*before, tokens[-1].lemma])


def _group(phrase: str) -> Group | None:
    names = gazetteer()
    if names.unseen(phrase):
        return None
    return next((g for kind in _THINGS if (g := names.group(phrase, kind))), None)


def _nouns(sentence: tuple[Token, ...]) -> Iterator[str]:
    """The nouns of a sentence as phrases, compounds and known adjective pairs together."""
    run: list[Token] = []
    for token in (*sentence, None):
        if token is not None and (token.is_noun or token.tag.startswith("AJ")):
            run.append(token)
            if token.is_noun:
                continue
        elif any(t.is_noun for t in run):
            while not run[-1].is_noun:
                run.pop()
            known = next((p for p in _endings(run) if _group(p) is not None), run[-1].lemma)
            yield known
            run = []
        else:
            run = []


def _setting(place: str) -> tuple[str, str]:
    """The group of the longest setting phrase in a place, or the place itself."""
    padded = f" {place.casefold()} "
    known = [
        (len(word), group.word, word)
        for word, group in gazetteer().words("setting")
        if f" {word} " in padded or f" {word}s " in padded
    ]
    return max(known)[1:] if known else (place.casefold(), place.casefold())


def _person_verbs(sentence: tuple[Token, ...]) -> Iterator[tuple[str, str]]:
    """Verbs that a person does, by pose group: the subject is the last noun or pronoun that
    begins a clause.
    """
    subject = False
    names = gazetteer()
    for at, token in enumerate(sentence):
        if token.is_noun and _begins_clause(sentence, at):
            subject = names.group(token.lemma, "role") is not None
        elif token.lower in _PRONOUNS:
            subject = True
        elif token.tag[:2] == "VV" and subject and token.lemma not in _NO_ACTION:
            after = sentence[at + 1].lower if at + 1 < len(sentence) else ""
            phrase = f"{token.lemma} {after}" if after in _PARTICLES else token.lemma
            group = names.group(phrase, "pose") or names.group(token.lemma, "pose")
            yield (group.word if group else token.lemma, phrase if group else token.lemma)


def _begins_clause(sentence: tuple[Token, ...], at: int) -> bool:
    """Whether nothing but the noun's own words stands between it and the clause's beginning."""
    for token in reversed(sentence[:at]):
        if token.tag[:2] in ("PU", "CJ") or not token.text[0].isalnum():
            return True
        if token.tag not in ("AT0", "AJ0", "DPS", "CRD", "NN1", "DT0", "ORD", "POS"):
            return False
    return True


def _states(text: str) -> list[tuple[str, str]]:
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.casefold()))
    padded = " ".join(re.findall(r"[a-z-]+", text.casefold()))
    return [
        (group.word, word)
        for word, group in gazetteer().words("expression")
        if word in words or (" " in word and word in padded)
    ]


_KIND_OF_LIST: dict[str, tuple[Kind, ...]] = {
    "things": ("prop", "sign", "animal"),
    "poses": ("pose", "relation"),
    "roles": ("role",),
    "settings": ("setting",),
    "garments": ("garment",),
    "states": ("expression",),
}


def drawn_as(name: str, word: str) -> str:
    """The painter's word for a row of a list, or nothing."""
    for kind in _KIND_OF_LIST[name]:
        group = gazetteer().group(word, kind)
        if group and (known := group.drawn_as(word, painter_vocabulary())):
            return known if kind != "relation" else f"relation {known}"
    return ""


def ranking() -> dict[str, list[dict[str, Any]]]:
    """The lists, most needed first; ``drawn_as`` is empty where the painter has no word."""
    lists = {}
    for name, rows in count().items():
        ordered = sorted(rows.items(), key=lambda r: (-r[1].pool - r[1].situations, r[0]))
        lists[name] = [
            {
                "word": word,
                "pool": tally.pool,
                "situations": tally.situations,
                "drawn_as": drawn_as(name, word),
                "words": [w for w, _ in tally.words.most_common(8)],
            }
            for word, tally in ordered[: _MOST[name]]
        ]
    return lists


def as_markdown(lists: dict[str, list[dict[str, Any]]]) -> str:
    """The ranking as a page of tables."""
    lines = [
        "# What stories need drawn",
        "",
        "In how many of the Pool's 131 stories and of 200 situations a thing, role, setting,",
        "garment, action or mental state occurs; actions and mental states are counted in the",
        "development half of the Pool's texts only. *Drawn as* is the embedded painter's word,",
        "empty where it has none. Made by `python -m storypainter.director.needs --write`.",
    ]
    for name, rows in lists.items():
        missing = sum(not row["drawn_as"] for row in rows)
        lines += [
            "",
            f"## {name.capitalize()} ({len(rows)}, of them {missing} not drawable yet)",
            "",
            "| # | word | Pool | situations | drawn as | words met |",
            "|---|---|---|---|---|---|",
        ]
        for at, row in enumerate(rows, 1):
            met = ", ".join(row["words"])
            numbers = f"{row['pool']} | {row['situations']}"
            lines.append(f"| {at} | {row['word']} | {numbers} | {row['drawn_as']} | {met} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """The command line; prints the ranking, or writes it to a folder as json and md."""
    parser = argparse.ArgumentParser(prog="python -m storypainter.director.needs")
    parser.add_argument("--write", metavar="FOLDER", help="write needs.json and needs.md there")
    options = parser.parse_args(arguments)
    lists = ranking()
    if options.write is None:
        sys.stdout.write(as_markdown(lists))
        return 0
    from pathlib import Path

    folder = Path(options.write)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(lists, ensure_ascii=False, indent=1) + "\n"
    (folder / "needs.json").write_text(text, encoding="utf-8")
    (folder / "needs.md").write_text(as_markdown(lists), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
