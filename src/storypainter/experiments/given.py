"""Rows that nobody has to write: given stories, people's pictures, and people's ratings."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.experiments.asked import Row
from storypainter.models.calling import Caller
from storypainter.models.image_bytes import recognise
from storypainter.painters.contract import CannotPaint, PictureFiles
from storypainter.picture import Picture
from storypainter.pools import load_pool
from storypainter.pools.loading import POOL_NAMES
from storypainter.pools.reading import read_text
from storypainter.pools.tables import table_rows
from storypainter.ratings.reading import Asked
from storypainter.ratings.reading import read_ratings as ratings_of
from storypainter.ratings.scale import number_in
from storypainter.scene import Scene
from storypainter.score import Rating
from storypainter.story import Story
from storypainter.storytellers.given import Given, read_stories

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
_LARGEST = 50_000_000


def expanded(path: str, environment: Mapping[str, str]) -> str:
    """A path with its ``${VARIABLES}`` filled in; ``shipped:NAME`` is a file that comes with us.

    Raises:
        BadInput: a variable that is not set, or no such file of ours.
    """
    scheme, _, name = path.partition(":")
    if scheme == "shipped":
        ours = {each.name: each for each in (files("storypainter.experiments") / "files").iterdir()}
        if name not in ours:
            raise BadInput(
                f"no file {name!r} comes with storypainter", "give the path of one of yours"
            )
        return str(ours[name])

    def value(match: re.Match[str]) -> str:
        found = environment.get(match[1], "").strip()
        if not found:
            raise BadInput(
                f"{match[1]} is not set", "set it in the environment to your own copy's path"
            )
        return found

    return _VARIABLE.sub(value, path)


def given_stories(row: Row, environment: Mapping[str, str]) -> tuple[Given, ...]:
    """The first ``n`` stories of a Pool or a file.

    Raises:
        BadInput: no such Pool or file, or a broken one.
    """
    return _all_stories(expanded(row.stories, environment))[: row.n]


def human_pairs(
    row: Row, environment: Mapping[str, str]
) -> tuple[tuple[Given, ...], Mapping[str, Path]]:
    """People's pictures with their texts: the stories in order, and each one's picture file.

    A text belongs to the picture whose name without its ending is the text's id. With ``ids``
    (a text file, one a line) only those are taken; with ``top_human`` those that people rate
    highest, ties by id.

    Raises:
        BadInput: no folder, no text that has a picture, or fewer than asked for.
    """
    folder = Path(expanded(row.pictures, environment))
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder of pictures", "name one as pictures")
    paths = {p.stem: p for p in sorted(folder.iterdir()) if p.suffix.lower() in _ENDINGS}
    stories = {g.story.id: g for g in _all_stories(expanded(row.texts, environment))}
    chosen = [name for name in sorted(stories) if name in paths]
    if row.ids:
        lines = read_text(Path(expanded(row.ids, environment))).split("\n")
        wanted = [Path(line.strip()).stem for line in lines if line.strip()]
        missing = [name for name in wanted if name not in chosen]
        if missing:
            raise BadInput(
                f"{missing[0]!r} of {row.ids} has no picture or no text", "correct the list"
            )
        chosen = list(dict.fromkeys(wanted))
    if row.top_human:
        means = mean_ratings(read_ratings(Path(expanded(row.ratings, environment))))
        rated = [name for name in chosen if name in means]
        if len(rated) < row.top_human:
            raise BadInput(
                f"{len(rated)} pictures are rated, top_human asks for {row.top_human}",
                "lower top_human, or rate more",
            )
        best = sorted(rated, key=lambda name: (-means[name][0], name))
        chosen = best[: row.top_human]
    else:
        chosen = chosen[: row.n]
    if not chosen:
        raise BadInput(
            f"no text of {row.texts} has a picture in {folder}",
            "name each picture by the id of its text",
        )
    return tuple(stories[name] for name in chosen), {name: paths[name] for name in chosen}


def _all_stories(source: str) -> tuple[Given, ...]:
    if source in POOL_NAMES:
        return tuple(Given(story, None) for story in load_pool(source).stories)
    return read_stories(source)


@dataclass(frozen=True, slots=True)
class PicturesThatAreThere:
    """A painter of the pipeline that paints nothing: each story's picture is a file already."""

    files: Mapping[str, Path]

    def inputs(self, story: Story, scene: Scene | None) -> Mapping[str, Any]:
        """The picture's bytes decide, wherever they lie."""
        return {"given": hashlib.sha256(self._data(story)).hexdigest()}

    async def paint(
        self,
        story: Story,
        scene: Scene | None,
        *,
        sample: str,
        caller: Caller,
        files: PictureFiles,
    ) -> Picture:
        """The file as a Picture.

        Raises:
            CannotPaint: it is no PNG, JPEG or WebP.
        """
        data = self._data(story)
        try:
            facts = recognise(data)
        except ValueError as error:
            raise CannotPaint("unreadable", f"{self.files[story.id].name}: {error}") from None
        digest = files.keep_file(data, facts.media_type)
        return Picture(
            file=files.file_of(digest, facts.media_type),
            sha256=digest,
            media_type=facts.media_type,
            width=facts.width,
            height=facts.height,
            painter="people",
        )

    def _data(self, story: Story) -> bytes:
        path = self.files[story.id]
        try:
            if os.path.getsize(path) > _LARGEST:  # noqa: PTH202
                raise BadInput(f"{path} is larger than 50 MB", "make it smaller")
            return path.read_bytes()
        except OSError as error:
            raise BadInput(
                f"{path} can't be read: {(error.strerror or 'no').lower()}", "restore it"
            ) from None


# ------------------------------------------------------------------------ people


def read_ratings(path: Path) -> tuple[Rating, ...]:
    """People's ratings: CSV with item, rater, value, scale_min, scale_max.

    ISA's annotation CSV (``file_name``, ``semantic_score``, a mean on [0, 1]) is read as well; an
    item is the story's id, or the picture's file name.

    Raises:
        BadInput: neither of the two, or a row off its scale (which line).
    """
    rows = table_rows(read_text(path), path.name)
    _, header = next(rows)
    if {"file_name", "semantic_score"} <= set(header):
        found = tuple(_mean_of_isa(f"{path.name}, {where}", row) for where, row in rows)
    else:
        asked = Asked(form="long", name="semantic_score")
        found = tuple(each.rating for each in ratings_of(path, asked) if each.occasion == 1)
    if not found:
        raise BadInput(f"{path.name} holds no rating", "write one a line")
    return tuple(
        each.model_copy(update={"item": Path(each.item).stem})
        if each.item.endswith(_ENDINGS)
        else each
        for each in found
    )


def _mean_of_isa(where: str, row: Mapping[str, str]) -> Rating:
    """ISA keeps the mean of its annotators, on [0, 1]."""
    value = number_in(row["semantic_score"])
    if value is None or not 0 <= value <= 1:
        raise BadInput(
            f"{where}: the score {row['semantic_score'][:40]!r} is no number from 0 to 1",
            "correct that line",
        )
    return Rating(
        item=row["file_name"],
        rater="mean",
        name="semantic_score",
        value=value,
        scale_min=0,
        scale_max=1,
    )


def mean_ratings(ratings: tuple[Rating, ...]) -> dict[str, tuple[float, int]]:
    """Each item's mean rating on [0, 1], by (x − min) / (max − min), and how many ratings."""
    by_item: dict[str, list[float]] = {}
    for rating in ratings:
        by_item.setdefault(rating.item, []).append(rating.normalised)
    return {item: (sum(each) / len(each), len(each)) for item, each in by_item.items()}
