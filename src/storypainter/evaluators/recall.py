"""How much of what a picture should tell a description of it tells again, in CogBench's manner.

*Recognition* is the share of entities that a noun of the description matches by embedding,
*cognition* the share of conclusions that a judge finds in it (CogBench, Song et al., NAACL 2025,
section 5). Unlike theirs, the judge's answers are matched by the number of the conclusion, and a
number that it leaves out is absent, never a no.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Any

import numpy as np
from pydantic import BaseModel, Field

from storypainter.evaluators.embedding import embed_texts
from storypainter.evaluators.tagging import TAGGER, Token, sentences
from storypainter.intervals import t_quantile, wilson
from storypainter.models.calling import Caller
from storypainter.models.contract import ChatRequest, Embedder, Message, Writer
from storypainter.models.delimiting import inside_tags
from storypainter.models.structured import chat_json
from storypainter.value import content_hash

#: Part of the version of the scores: raise it when equal input may be recalled otherwise.
_TAGS = ("description", "statements")
RECALL = "1"
_TOKENS, _TOKENS_EACH = 200, 30


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which cosine similarity on a noun names an entity, and where the number comes from.

    ``heads``: the last words of the two must be so similar as well. Means of word vectors need
    that, for which "lunch box" is nearly "lunch".
    """

    value: float
    heads: bool
    origin: str


#: CogBench's own number, for the model that it uses.
COGBENCH = Threshold(0.6, False, "CogBench's, for all-mpnet-base-v2")
#: The embedded word vectors: :mod:`recall_threshold` tells how it was chosen.
WORDLLAMA = Threshold(0.5, True, "chosen for wordllama on labelled pairs of Pool stories")
UNKNOWN = Threshold(0.6, False, "CogBench's for all-mpnet-base-v2, not checked for this model")


@dataclass(frozen=True, slots=True)
class Recognised:
    """An entity, the noun of the description nearest to it, how alike, and whether that is it."""

    entity: str
    noun: str
    similarity: float
    found: bool


class Answer(BaseModel):
    """Whether the description tells the statement of a number."""

    number: int = Field(description="the statement's number")
    found: bool = Field(description="whether the description tells it")


class Answers(BaseModel):
    """One answer for each statement."""

    answers: list[Answer]


def threshold_of(embedder: Embedder) -> Threshold:
    """The threshold that belongs to a model."""
    name = " ".join([embedder.address, *embedder.identity.values()]).casefold()
    if embedder.identity.get("provider") == "wordllama" or embedder.address == "wordllama":
        return WORDLLAMA
    return COGBENCH if "all-mpnet-base-v2" in name else UNKNOWN


class Recaller:
    """Compares descriptions with what they should tell.

    Args:
        embedder: compares nouns.
        writer: judges conclusions; without one cognition is absent.
    """

    def __init__(self, embedder: Embedder, writer: Writer | None) -> None:
        self.embedder = embedder
        self.writer = writer
        self.threshold = threshold_of(embedder)
        self._prompt = files("storypainter.evaluators").joinpath("prompts/recall.md")

    @property
    def judge(self) -> str:
        """Who judges: the Writer's address, or the embedder's alone."""
        return self.writer.address if self.writer is not None else self.embedder.address

    @property
    def identity(self) -> Mapping[str, Any]:
        """Embedder, threshold, tagger, and the Writer with its prompt."""
        return {
            "recall": RECALL,
            "embedder": dict(self.embedder.identity),
            "threshold": [self.threshold.value, self.threshold.heads],
            "tagger": TAGGER,
            "writer": dict(self.writer.identity) if self.writer is not None else None,
            "prompt": content_hash(self._prompt.read_text("utf-8")),
        }

    async def recognise(
        self, entities: Sequence[str], description: str, caller: Caller
    ) -> tuple[Recognised, ...]:
        """Each entity with the noun of an English description that is nearest to it.

        Raises:
            CallFailed: the embedder failed.
        """
        nouns = nouns_of(description)
        if not nouns:
            return tuple(Recognised(each, "", 0.0, False) for each in entities)
        plain = [plain_entity(each) for each in entities]
        alike = await self._alike(plain, nouns, caller)
        found = []
        for entity, row in zip(entities, alike, strict=True):
            best = int(np.argmax(row))
            value = float(min(1.0, row[best]))
            found.append(Recognised(entity, nouns[best], value, value >= self.threshold.value))
        return tuple(found)

    async def _alike(
        self, one: Sequence[str], other: Sequence[str], caller: Caller
    ) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Cosine similarities, shape (one, other); by the threshold's rule."""
        heads = [text.split()[-1] for text in (*one, *other)] if self.threshold.heads else []
        rows = await embed_texts(
            self.embedder, [*one, *other, *heads], caller, step="recall embedding"
        )
        n = len(one) + len(other)
        whole: np.ndarray[Any, np.dtype[np.float64]] = rows[: len(one)] @ rows[len(one) : n].T
        if heads:
            last = rows[n : n + len(one)] @ rows[n + len(one) :].T
            whole = np.minimum(whole, last)
        return whole + 1e-9  # equal words must reach 1 whatever the rounding

    async def find(
        self, conclusions: Sequence[str], description: str, caller: Caller, *, sample: str
    ) -> tuple[bool | None, ...]:
        """Which conclusions the description tells, in one call; ``None``: not answered.

        Raises:
            CallFailed: the judge gave no usable answer.
            ValueError: there is no judge.
        """
        if self.writer is None:
            raise ValueError("nobody judges")
        statements = "\n".join(f"{at}. {each}" for at, each in enumerate(conclusions, 1))
        prompt = Template(self._prompt.read_text("utf-8")).substitute(
            description=inside_tags(description, *_TAGS), statements=inside_tags(statements, *_TAGS)
        )
        request = ChatRequest(
            (Message("user", prompt),),
            temperature=0.0,
            top_p=1.0,
            max_tokens=_TOKENS + _TOKENS_EACH * len(conclusions),
        )
        said = await chat_json(
            caller, self.writer, request, kind=Answers, step="recall", sample=sample
        )
        return by_number(said, len(conclusions))


def by_number(said: Answers, n: int) -> tuple[bool | None, ...]:
    """The answers to statements 1 to ``n``; ``None`` where there is none, or two that differ."""
    found: list[bool | None] = [None] * n
    for number in range(1, n + 1):
        given = {each.found for each in said.answers if each.number == number}
        if len(given) == 1:
            found[number - 1] = given.pop()
    return tuple(found)


def nouns_of(text: str, *, parts: bool = True) -> tuple[str, ...]:
    """The nouns of an English text by lemma, and compounds of them, in order, each once.

    Args:
        text: any text.
        parts: whether the nouns that make up a compound are also named by themselves.
    """
    found: dict[str, None] = {}
    for sentence in sentences(text):
        run: list[Token] = []
        for token in (*sentence.tokens, None):
            if token is not None and (token.is_noun or token.tag == "NP0"):
                run.append(token)
                continue
            if parts and len(run) > 1:
                found |= dict.fromkeys(map(_lemma, run))
            if run:
                first = [each.text.casefold() for each in run[:-1]]
                found[" ".join([*first, _lemma(run[-1])])] = None
            run = []
    return tuple(found)


def _lemma(token: Token) -> str:
    return token.lemma if token.is_noun else token.text.casefold()


def plain_entity(entity: str) -> str:
    """An entity as a noun: its last word by lemma, without what a sign says (``sign GATE 12``)."""
    words = [token for sentence in sentences(entity) for token in sentence.words]
    while len(words) > 1 and _is_lettering(words[-1].text, words[0].text):
        words.pop()
    if not words:
        return entity.strip().casefold() or entity
    first = [token.text.casefold() for token in words[:-1]]
    return " ".join([*first, _lemma(words[-1])])


def _is_lettering(word: str, first: str) -> bool:
    """Capitals and numbers behind a word in small letters."""
    return not first.isupper() and word == word.upper()


def pooled_share(rows: Iterable[tuple[int, int]]) -> tuple[float, tuple[float, float]] | None:
    """A share over items that hold several hits each, with its 95 % interval.

    The interval is that of a ratio over clusters (Cochran 1977, section 2.11; t distribution),
    because what one description tells hangs together. Where the items don't differ, or there is
    one only, it is Wilson's over all hits, which is not 0 wide.

    Args:
        rows: (hits, of how many) of each item; items of 0 are left out.
    """
    known = [(hits, n) for hits, n in rows if n]
    total = sum(n for _, n in known)
    if not total:
        return None
    share = sum(hits for hits, _ in known) / total
    m = len(known)
    squares = sum((hits - share * n) ** 2 for hits, n in known)
    if m < 2 or squares < 1e-12:
        return share, wilson(sum(hits for hits, _ in known), total)
    half = t_quantile(m - 1) * math.sqrt(m / (m - 1) * squares) / total
    return share, (max(0.0, share - half), min(1.0, share + half))
