"""What a story is about in four lines: time, location, character, event (paper, 2.3.2).

Diversity is measured on these lines, so that length and style don't pass for content. They come
from a Writer, from a story's own Chains, or from the words of the text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any, Protocol

from pydantic import Field

from storypainter.evaluators.catalog import Desk
from storypainter.evaluators.tagging import TAGGER, Sentence, Token, sentences
from storypainter.models.calling import Caller
from storypainter.models.contract import ChatRequest, Message, Writer
from storypainter.models.structured import chat_json
from storypainter.story import Dimension, Story
from storypainter.value import Value, content_hash

#: Raise it when the same text may get another lexical summary.
LEXICAL_VERSION = "1"
_FIELDS = ("time", "location", "character", "event")
#: How many things of a kind a lexical summary names, in the order in which the text does.
_MOST = {"time": 4, "location": 4, "character": 8, "event": 8}


class Summary(Value):
    """The four elements of a story; an element that the story leaves open is empty."""

    time: str = Field("", description="when the story takes place; empty if nothing tells")
    location: str = Field("", description="where it takes place; empty if nothing tells")
    character: str = Field("", description="who appears, by role and relation, not by name")
    event: str = Field("", description="what happens and why, in one or two short sentences")

    @property
    def text(self) -> str:
        """The summary as it is embedded; elements that are empty are left out."""
        lines = [f"[{name.title()}] {getattr(self, name)}" for name in _FIELDS if self.has(name)]
        return "\n".join(lines)

    def has(self, name: str) -> bool:
        """Whether an element is there."""
        return bool(getattr(self, name))


class Summariser(Protocol):
    """Names the four elements of a story."""

    judge: str

    @property
    def identity(self) -> Mapping[str, Any]: ...

    async def summarise(self, story: Story, caller: Caller, *, sample: str) -> Summary:
        """The summary of one story.

        Raises:
            CallFailed: a Writer gave no usable answer.
        """
        ...


class WriterSummariser:
    """A Writer with a schema, at temperature 0 (the paper asks GPT-4.1-mini)."""

    def __init__(self, writer: Writer) -> None:
        self.judge = writer.address
        self._writer = writer
        self._template = files("storypainter.evaluators").joinpath("prompts/summarise.md")

    @property
    def identity(self) -> Mapping[str, Any]:
        """The model, and the hash of the prompt."""
        return {
            "kind": "writer",
            "model": dict(self._writer.identity),
            "prompt": content_hash(self._template.read_text("utf-8")),
        }

    async def summarise(self, story: Story, caller: Caller, *, sample: str) -> Summary:
        """Ask for the summary."""
        prompt = Template(self._template.read_text("utf-8")).substitute(story=story.text)
        request = ChatRequest(
            (Message("user", prompt),), temperature=0.0, top_p=1.0, max_tokens=400
        )
        return await chat_json(
            caller, self._writer, request, kind=Summary, step="summary", sample=sample
        )


class ChainSummariser:
    """A story's own Chains: their conclusions, by Dimension. For planned stories above all."""

    judge = "chains"

    @property
    def identity(self) -> Mapping[str, Any]:
        """Its version."""
        return {"kind": "chains", "version": "1"}

    async def summarise(self, story: Story, caller: Caller, *, sample: str) -> Summary:
        """Gather the conclusions; a story without Chains has an empty summary."""

        def concluded(*dimensions: Dimension) -> str:
            chains = (chain for chain in story.chains if chain.dimension in dimensions)
            return " ".join(chain.conclusion for chain in chains)

        return Summary(
            time=concluded(Dimension.TIME),
            location=concluded(Dimension.LOCATION),
            character=concluded(Dimension.CHARACTER_ROLE, Dimension.CHARACTER_RELATIONSHIP),
            event=concluded(Dimension.EVENT, Dimension.EVENT_CAUSAL_RELATIONSHIP),
        )


class LexicalSummariser:
    """The words of the text: times and places by a lexicon, people, verbs with their objects."""

    judge = "lexical"

    @property
    def identity(self) -> Mapping[str, Any]:
        """Its version, its tagger and the hash of its lexicon."""
        return {
            "kind": "lexical",
            "version": LEXICAL_VERSION,
            "tagger": TAGGER,
            "lexicon": _lexicon_hash(),
        }

    async def summarise(self, story: Story, caller: Caller, *, sample: str) -> Summary:
        """Pick the words out."""
        return lexical_summary(story.text)


def connect_summariser(desk: Desk) -> Summariser:
    """The summariser that a spec names: ``lexical``, ``chains`` or a model's address.

    Raises:
        BadInput: an unknown model.
    """
    named = desk.spec.summariser
    if named == "lexical":
        return LexicalSummariser()
    if named == "chains":
        return ChainSummariser()
    return WriterSummariser(desk.writer(named))


def lexical_summary(text: str) -> Summary:
    """Time, place, people and events of an English text by its words alone."""
    found = sentences(text)
    words = [token for sentence in found for token in sentence.words]
    nouns = [token for token in words if token.is_noun or token.tag == "NP0"]
    lexicon = lexicon_groups()
    return Summary(
        time=_named(words, lexicon["time"], "time", _is_clock),
        location=_named(nouns, lexicon["place"], "location"),
        character=_named(nouns, lexicon["people"] | lexicon["animals"], "character"),
        event=_events(found, lexicon["light_verbs"]),
    )


def _named(
    tokens: Iterable[Token],
    known: frozenset[str],
    field: str,
    also: Callable[[Token], bool] | None = None,
) -> str:
    lemmas = (
        token.lemma
        for token in tokens
        if token.lemma in known or (also is not None and also(token))
    )
    return ", ".join(list(dict.fromkeys(lemmas))[: _MOST[field]])


def _is_clock(token: Token) -> bool:
    hours, colon, minutes = token.text.partition(":")
    return bool(colon) and hours.isdigit() and minutes.isdigit() and int(hours) < 25


def _events(found: tuple[Sentence, ...], light: frozenset[str]) -> str:
    """``verb object`` for each verb that tells what happens, with the next noun of its clause."""
    events: dict[str, None] = {}
    for sentence in found:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if not token.tag.startswith("VV") or token.lemma in light:
                continue
            events.setdefault(f"{token.lemma} {_object_of(tokens[at + 1 :])}".strip())
    return ", ".join(list(events)[: _MOST["event"]])


def _object_of(rest: tuple[Token, ...]) -> str:
    """The head of the first noun group after a verb, within the clause."""
    head = ""
    for token in rest[:6]:
        if token.is_noun:
            head = token.lemma  # the last noun of a group is its head: "ice cream cone"
        elif head or not token.is_word or token.tag.startswith("V") or token.tag in ("CJC", "CJS"):
            break
    return head


@cache
def lexicon_groups() -> Mapping[str, frozenset[str]]:
    """The lemmas of ``lexicon.toml`` by group: time, place, people, animals and others."""
    plain = tomllib.loads(_lexicon_text())
    return {name: frozenset(words.split()) for name, words in plain.items()}


@cache
def _lexicon_hash() -> str:
    return content_hash(_lexicon_text())


def _lexicon_text() -> str:
    return files("storypainter.evaluators").joinpath("lexicon.toml").read_text("utf-8")
