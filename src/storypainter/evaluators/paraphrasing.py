"""The same story told again in other words, by rules: what a repetitive storyteller does.

Used to make sets of known repetitiveness. Single-moment stories have no order of events, so
their sentences may change places; besides, words give way to their equals, a phrase of place
moves to the front, and a sentence or two may be left out.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from storypainter.evaluators.tagging import Sentence, Token, sentences

_KINDS = {"NN1": "nouns", "NN2": "nouns", "VVZ": "verbs", "VVG": "verbs", "AJ0": "adjectives"}
_IRREGULAR = {("man", "NN2"): "men", ("lady", "NN2"): "ladies", ("fellow", "NN2"): "fellows"}
_DOUBLED = frozenset({"run", "grip", "tug", "stop", "grab", "drop", "shut", "halt", "scan"})
_FRONTED = frozenset({"in", "on", "at", "under", "behind", "beside", "above", "below", "near"})


def paraphrase(text: str, seed: int, *, strength: float = 0.8) -> str:
    """An English single-moment story in other words; the same seed gives the same text.

    Args:
        text: the story.
        seed: decides everything that is left to chance.
        strength: 0 to 1, how likely each possible change is made.
    """
    chance = random.Random(f"paraphrase\n{seed}\n{text}")
    told = [_reworded(text, sentence, chance, strength) for sentence in sentences(text)]
    if len(told) > 3 and chance.random() < strength / 2:
        del told[chance.randrange(1, len(told))]
    if len(told) > 2 and chance.random() < strength:
        rest = told[1:]
        chance.shuffle(rest)
        told = [told[0], *rest]
    return " ".join(told)


def _reworded(text: str, sentence: Sentence, chance: random.Random, strength: float) -> str:
    parts: list[str] = []
    at = sentence.start
    for token in sentence.tokens:
        parts.append(text[at : token.start])
        other = _equal(token, chance) if chance.random() < strength else None
        parts.append(other or token.text)
        at = token.end
    told = _articles_mended("".join(parts))
    return _fronted(told) if chance.random() < strength / 2 else told


def _equal(token: Token, chance: random.Random) -> str | None:
    kind = _KINDS.get(token.tag)
    if kind is None:
        return None
    others = _equals()[kind].get(token.lemma)
    if not others:
        return None
    word = _inflected(chance.choice(others), token.tag)
    return word.capitalize() if token.text[:1].isupper() else word


def _inflected(lemma: str, tag: str) -> str:
    if (lemma, tag) in _IRREGULAR:
        return _IRREGULAR[lemma, tag]
    if tag in ("NN2", "VVZ"):
        if lemma.endswith(("s", "sh", "ch", "x", "o")):
            return lemma + "es"
        if lemma.endswith("y") and lemma[-2] not in "aeiou":
            return lemma[:-1] + "ies"
        return lemma if tag == "NN2" and lemma.endswith("s") else lemma + "s"
    if tag == "VVG":
        if lemma in _DOUBLED:
            return lemma + lemma[-1] + "ing"
        return (lemma[:-1] if lemma.endswith("e") and lemma[-2] != "e" else lemma) + "ing"
    return lemma


def _articles_mended(sentence: str) -> str:
    """``a aged`` -> ``an aged``."""

    def mend(found: re.Match[str]) -> str:
        article = "an" if found[2][0].lower() in "aeiou" else "a"
        return (article.capitalize() if found[1][0].isupper() else article) + " " + found[2]

    return re.sub(r"\b([Aa]n?) ([a-z]+)", mend, sentence)


def _fronted(sentence: str) -> str:
    """Move a last phrase of place to the front, where the sentence is simple enough for it."""
    body = sentence.rstrip(".")
    if sentence == body or "," in body or ";" in body or ":" in body:
        return sentence
    words = body.split(" ")
    at = next((i for i in range(len(words) - 2, 2, -1) if words[i] in _FRONTED), None)
    if at is None or len(words) - at > 5:
        return sentence
    head, tail = " ".join(words[:at]), " ".join(words[at:])
    lowered = head if head.split(" ")[0].isupper() else head[0].lower() + head[1:]
    return f"{tail[0].upper()}{tail[1:]} {lowered}."


@cache
def _equals() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    text = files("storypainter.evaluators").joinpath("paraphrasing.toml").read_text("utf-8")
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind, lines in tomllib.loads(text).items():
        sets = [line.split() for line in lines]
        found[kind] = {
            word: tuple(other for other in words if other != word)
            for words in sets
            for word in words
        }
    return found
