"""A Brief for every item: the same storyteller, asked for something else each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.models.calling import Caller
from storypainter.pools.reading import read_text
from storypainter.pools.tables import json_rows
from storypainter.scene import Scene
from storypainter.story import Brief, Story
from storypainter.storytellers.telling import Teller
from storypainter.value import first_problem

_HINT = 'write {"setting": "a ferry landing", "required": ["a goose"]}'


def read_briefs(path: Path, common: Brief) -> tuple[Brief, ...]:
    """The Briefs of a JSONL file, one a line; ``common`` fills what a line leaves open.

    A line may carry an ``id`` of its author's, which is not read.

    Raises:
        BadInput: a broken line, an unknown field or a value out of range (which line), a style
            (the painter has one for the whole run), or no line at all.
    """
    base = common.model_dump(exclude_defaults=True)
    found: list[Brief] = []
    for where, row in json_rows(read_text(path), path.name, _HINT):
        row.pop("id", None)
        if "style" in row:
            raise BadInput(f"{path.name}, {where}: style is the run's", "use --style")
        try:
            found.append(Brief.model_validate({**base, **row}))
        except ValidationError as error:
            raise BadInput(f"{path.name}, {where}: {first_problem(error)}", _HINT) from None
    if not found:
        raise BadInput(f"{path.name} holds no Brief", _HINT)
    return tuple(found)


class BriefedTeller:
    """Tells item k to Brief k.

    Args:
        briefs: one for each item.
        teller: makes the storyteller of a Brief; called once for each when it is needed.
    """

    def __init__(self, briefs: Sequence[Brief], teller: Callable[[Brief], Teller]) -> None:
        self._briefs = tuple(briefs)
        self._make = teller
        self._tellers: dict[Brief, Teller] = {}

    def __len__(self) -> int:
        return len(self._briefs)

    @property
    def first(self) -> Teller:
        """The storyteller of the first Brief: what it costs stands for all."""
        return self._of(0)

    def inputs(self, item: int) -> Mapping[str, Any]:
        return self._of(item).inputs(item)

    async def tell(self, item: int, attempt: int, caller: Caller) -> Story:
        return await self._of(item).tell(item, attempt, caller)

    def scene(self, item: int) -> Scene | None:
        return self._of(item).scene(item)

    def _of(self, item: int) -> Teller:
        brief = self._briefs[item]
        if brief not in self._tellers:
            self._tellers[brief] = self._make(brief)
        return self._tellers[brief]
