"""A world file: the planner's stories as data, read and checked.

The format is explained at the top of ``worlds/park.toml``. A file that breaks a rule is refused
as a whole, with one line that names the file and the line or the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, field_validator, model_validator

from storypainter.errors import BadInput
from storypainter.scene import Scene, Word
from storypainter.story import Chain, Clue, Dimension, Id, Text
from storypainter.value import Value, first_problem

#: The largest world file that is read, in bytes.
MAX_BYTES = 1_000_000
#: How long a story's text may be, in whitespace-separated words.
WORDS = range(110, 166)

ClueIds = tuple[Id, ...]
Theme = Annotated[str, StringConstraints(pattern=r"^[a-z]+([ -][a-z]+)*$", max_length=40)]

_MARK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
#: Directives that would make an answer-set solver run or load something. A world is data only.
_DIRECTIVE = re.compile(r"#\s*(script|include|program|external|const|show|theory|end)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class WorldChain(Value):
    """A chain as a world file writes it.

    A cause lists the clues of the cause under ``because`` and those of the effect under
    ``therefore``; a chain in any other dimension lists ``clues``.
    """

    dimension: Dimension
    clues: ClueIds = ()
    because: ClueIds = ()
    therefore: ClueIds = ()
    conclusion: Text

    @property
    def clue_ids(self) -> ClueIds:
        """All its clues, those of a cause before those of its effect."""
        return (*self.clues, *self.because, *self.therefore)

    @model_validator(mode="after")
    def _has_the_lists_of_its_dimension(self) -> Self:
        if self.dimension is Dimension.EVENT_CAUSAL_RELATIONSHIP:
            if self.clues or not (self.because and self.therefore):
                raise ValueError("a cause needs 'because' and 'therefore', and no 'clues'")
        elif self.because or self.therefore or not self.clues:
            raise ValueError("a chain that is no cause needs 'clues' only")
        for clue in self.clue_ids:
            if self.clue_ids.count(clue) > 1:
                raise ValueError(f"the clue {clue!r} is listed twice")
        return self


class WorldStory(Value):
    """One story of a world: its marked text, clues, chains and Scene, checked against each other.

    ``text`` holds the marks ``[phrase](clue-id)``; ``plain`` is the text to be read.
    """

    id: Id
    title: Text
    gist: Text
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    text: Text
    entities: Annotated[tuple[Text, ...], Field(min_length=1)]
    clues: Annotated[dict[Id, Text], Field(min_length=1)]
    chains: Annotated[tuple[WorldChain, ...], Field(min_length=1)]
    scene: Scene

    @cached_property
    def plain(self) -> str:
        """The text without its marks, on one line."""
        return " ".join(_MARK.sub(r"\1", self.text).split())

    @cached_property
    def marked(self) -> frozenset[str]:
        """The ids of the clues that the text marks."""
        return frozenset(match[2] for match in _MARK.finditer(self.text))

    def story_chains(self) -> tuple[Chain, ...]:
        """The chains with their clues written out, each with an id such as ``event-2``."""
        seen = dict.fromkeys(Dimension, 0)
        chains = []
        for chain in self.chains:
            seen[chain.dimension] += 1
            chains.append(
                Chain(
                    id=f"{chain.dimension.value}-{seen[chain.dimension]}",
                    dimension=chain.dimension,
                    clues=tuple(Clue(id=each, text=self.clues[each]) for each in chain.clue_ids),
                    conclusion=chain.conclusion,
                )
            )
        return tuple(chains)

    @field_validator("text")
    @classmethod
    def _fits_and_is_well_marked(cls, text: str) -> str:
        plain = _MARK.sub(r"\1", text)
        if re.search(r"[\[\]]", plain):
            raise ValueError("a bracket is left over; write a mark as [phrase](clue-id)")
        words = len(plain.split())
        if words not in WORDS:
            raise ValueError(f"{words} words; a story has {WORDS.start} to {WORDS.stop - 1}")
        return text

    @model_validator(mode="after")
    def _clues_are_told_seen_and_used(self) -> Self:
        for where, named in self._clue_references():
            for clue in named:
                if clue not in self.clues:
                    raise ValueError(f"{where} names the unknown clue {clue!r}")
        carried = {clue for element in self.scene.elements for clue in element.clues}
        used = {clue for chain in self.chains for clue in chain.clue_ids}
        for clue in self.clues:
            if clue not in self.marked:
                raise ValueError(f"the clue {clue!r} is marked nowhere in the text")
            if clue not in carried:
                raise ValueError(f"the clue {clue!r} is carried by no element of the scene")
            if clue not in used:
                raise ValueError(f"the clue {clue!r} is used by no chain")
        return self

    @model_validator(mode="after")
    def _chains_make_one_story(self) -> Self:
        self.story_chains()  # a Clue or a Chain refuses text that its notation can't hold
        self._refuse_circular_causes()
        apart = self._clue_apart_from_the_rest()
        if apart is not None:
            raise ValueError(f"no chain connects the clue {apart!r} with the rest of the story")
        return self

    def _clue_references(self) -> Iterator[tuple[str, ClueIds]]:
        yield "the text", tuple(sorted(self.marked))
        for number, chain in enumerate(self.chains):
            yield f"chains[{number}]", chain.clue_ids
        for element in self.scene.elements:
            yield f"the scene's element {element.id!r}", element.clues

    def _refuse_circular_causes(self) -> None:
        causes: TopologicalSorter[str] = TopologicalSorter()
        for chain in self.chains:
            for effect in chain.therefore:
                causes.add(effect, *chain.because)
        try:
            causes.prepare()
        except CycleError as error:
            raise ValueError("causes run in a circle: " + " -> ".join(error.args[1])) from None

    def _clue_apart_from_the_rest(self) -> str | None:
        """A clue that no path of shared chains joins with the first clue, if there is one."""
        reached = {next(iter(self.clues))}
        pending = [set(chain.clue_ids) for chain in self.chains]
        while joined := [chain for chain in pending if chain & reached]:
            reached.update(*joined)
            pending = [chain for chain in pending if chain not in joined]
        return next((clue for clue in self.clues if clue not in reached), None)


class World(Value):
    """A setting with its stories, in one language."""

    format: Literal[1]
    setting: Word
    language: Literal["en"]
    locale: Annotated[str, StringConstraints(pattern=r"^en-[A-Z]{2}$")]
    story: Annotated[tuple[WorldStory, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _stories_belong_here(self) -> Self:
        seen: set[str] = set()
        for story in self.story:
            if story.id in seen:
                raise ValueError(f"two stories have the id {story.id!r}")
            seen.add(story.id)
            place = story.scene.setting
            if place.kind != self.setting or place.locale not in ("", self.locale):
                raise ValueError(
                    f"the story {story.id!r} is set in {place.kind!r}, locale {place.locale!r};"
                    f" this world is {self.setting!r}, locale {self.locale!r}"
                )
        return self


def read_world(path: Path | Traversable) -> World:
    """Read and check a world file.

    Raises:
        BadInput: the file can't be read, is larger than ``MAX_BYTES``, is not UTF-8 or not TOML,
            or breaks a rule of the format; the message names the file and the line or the table.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"{path.name}: can't be read: {error.strerror}", "check the path and its permissions"
        ) from None
    if len(raw) > MAX_BYTES:
        raise BadInput(
            f"{path.name}: larger than {MAX_BYTES:,} bytes", "split it into several worlds"
        )
    return parse_world(raw, path.name)


def parse_world(raw: bytes, name: str) -> World:
    """Check the content of a world file; ``name`` is what errors call it.

    Raises:
        BadInput: as :func:`read_world`.
    """
    plain = _parse_toml(raw, name)
    for where, text in _strings(plain, ""):
        if _DIRECTIVE.search(text) or _CONTROL.search(text):
            raise BadInput(
                f"{name}: {_named(where, plain)}: a solver directive or a control character",
                "a world file holds data only: take it out",
            )
    try:
        return World.model_validate(plain)
    except ValidationError as error:
        raise BadInput(
            f"{name}: {_named(first_problem(error), plain)}",
            "correct that table; the top of park.toml explains the format",
        ) from None


@lru_cache(maxsize=1)
def worlds() -> tuple[World, ...]:
    """All worlds that come with storypainter, read at the first call."""
    folder = resources.files("storypainter.planner") / "worlds"
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return tuple(read_world(file) for file in sorted(files, key=lambda file: file.name))


def _parse_toml(raw: bytes, name: str) -> dict[str, Any]:
    import tomllib  # read only when a story is asked for

    try:
        return tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{name}: line {line} is not UTF-8", "save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name}: not TOML: {error}", "correct that line") from None
    except RecursionError:
        raise BadInput(f"{name}: nested too deeply", "flatten its lists and tables") from None


def _strings(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every string and key in plain data, with the place where it stands."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield where, key
            yield from _strings(each, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _strings(each, f"{where}[{number}]")


def _named(where: str, plain: dict[str, Any]) -> str:
    """``where`` with a story's position replaced by its id, which is easier to find."""
    match = re.match(r"story\[(\d+)\]", where)
    if match is None:
        return where
    story = plain["story"][int(match[1])]
    if not isinstance(story, dict) or not isinstance(story.get("id"), str):
        return where
    return f"story {story['id']!r}{where[match.end() :]}"
