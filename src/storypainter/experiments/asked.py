"""What an experiment asks: its rows, its plots, and the whole, as ``spec.py`` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storypainter.evaluators.catalog import names_of
from storypainter.experiments.columns import Column
from storypainter.experiments.published import PublishedTable
from storypainter.settings import BRIEF_FIELDS
from storypainter.value import content_hash

#: The settings that decide a row's stories; rows that agree in them share their stories.
TELLING = (
    "storyteller", "mode", "pool", "examples", "seed", "temperature", "top_p", "max_tokens",
    "with_chains", "adapter", "briefs", "wording", "base_url", "device", *(n for n in BRIEF_FIELDS if n != "style"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A row to run: a system (``settings``), given stories, people's pictures, or none yet.

    ``stories`` is a Pool's name or a file, ``told_to`` the file of Briefs that those stories were
    told to, story k to Brief k; ``pictures`` a folder of pictures that are there already, with
    their ``texts``; ``not_applicable`` maps a column's key to the reason.
    """

    name: str
    label: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    published: str = ""
    not_runnable: str = ""
    stories: str = ""
    told_to: str = ""
    pictures: str = ""
    texts: str = ""
    ids: str = ""
    ratings: str = ""
    top_human: int = 0
    not_applicable: Mapping[str, str] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many stories are asked for."""
        return int(self.settings.get("n", 30))

    @property
    def telling(self) -> dict[str, Any]:
        """What decides the stories, as it was asked for."""
        return {name: self.settings[name] for name in TELLING if name in self.settings}

    @property
    def story_key(self) -> str:
        """Equal for rows that share their stories byte for byte."""
        return content_hash({"telling": self.telling, "stories": self.stories})[:16]

    @property
    def briefs(self) -> str:
        """The file of Briefs that its stories answer, or an empty text."""
        given = self.stories or self.pictures
        return self.told_to if given else str(self.settings.get("briefs", ""))

    @property
    def digest(self) -> str:
        """The hash of everything asked of this row."""
        return content_hash([getattr(self, name) or None for name in self.__slots__])


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot of the page: bars by Dimension of one column, or one column against another.

    ``dimension_bars`` takes a row a series, at most 8; ``dimension_panels`` reads row labels as
    ``series: panel`` (a mode and a Storyteller).
    """

    kind: str
    title: str
    column: str = ""
    x: str = ""
    y: str = ""


@dataclass(frozen=True, slots=True)
class Experiment:
    """An experiment file, whole and checked."""

    name: str
    title: str
    kind: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    evaluation: Mapping[str, Any]
    published: PublishedTable | None = None
    plots: tuple[Plot, ...] = ()
    compare: tuple[tuple[str, str], ...] = ()
    validation: Mapping[str, Any] = field(default_factory=dict)
    shown: int = 2
    preset: str = ""

    @property
    def evaluators(self) -> tuple[str, ...]:
        """The evaluators that the columns and the file ask for, in order."""
        asked = [n.strip() for n in str(self.evaluation.get("evaluators", "")).split(",")]
        of_columns = [column.evaluator for column in self.columns]
        named = dict.fromkeys(name for name in (*asked, *of_columns) if name)
        return names_of(",".join(named)) if named else ()
