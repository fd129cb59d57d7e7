"""Is diversity worth believing? Groups of known repetitiveness, and people's ratings of them.

The paper (appendix D.2, Table 3) rates 8 groups of 30 stories with varying repetition and
correlates four measures with the ratings. Its groups are not public: ours are generated from a
Pool, with the number of distinct stories in a group as the true level; a group's other stories
repeat them, word for word or paraphrased.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import orjson
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.evaluators.copying_cases import load_cases, load_sources
from storypainter.evaluators.correlation import Correlation, pearson, spearman
from storypainter.evaluators.embedding import embed_texts
from storypainter.evaluators.paraphrasing import paraphrase
from storypainter.evaluators.spread import average_distance, knn_distance
from storypainter.evaluators.summaries import Summariser
from storypainter.models.calling import Caller
from storypainter.models.contract import Embedder
from storypainter.pools import Pool, sample
from storypainter.pools.reading import MAX_STORIES
from storypainter.pools.tables import file_rows
from storypainter.score import Rating
from storypainter.story import Story
from storypainter.value import first_problem

Repetition = Literal["verbatim", "paraphrased", "mixed", "written"]

#: The kinds of known cases (:mod:`copying_cases`) that tell their source again.
_AGAIN = ("paraphrased", "disguised", "retold")

#: Table 3's rows, in its order: (name, how, from the summary or from the whole text).
MEASURES: tuple[tuple[str, str, bool], ...] = (
    ("Avg. Distance", "average", False),
    ("KNN Distance", "knn", False),
    ("Avg. Distance (w/ summarizer)", "average", True),
    ("KNN Distance (w/ summarizer)", "knn", True),
)
_RATING_COLUMNS = ("item", "rater", "value", "scale_min", "scale_max")


@dataclass(frozen=True, slots=True)
class Group:
    """Stories that are rated together; ``level`` is the share of distinct ones, where known."""

    name: str
    stories: tuple[str, ...]
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Validation:
    """What each measure says of each group, and how it goes along with level and people.

    ``values`` holds a row a group in the order of :data:`MEASURES`; ``human`` the mean rating of
    each group on [0, 1], with how many ratings, where there are any.
    """

    groups: tuple[Group, ...]
    values: tuple[tuple[float, ...], ...]
    with_level: Mapping[str, tuple[Correlation, Correlation]]
    with_human: Mapping[str, tuple[Correlation, Correlation]]
    human: tuple[tuple[float, int] | None, ...] = ()


def generate_groups(
    pool: Pool,
    *,
    levels: int = 8,
    size: int = 30,
    seed: int = 0,
    repetition: Repetition = "mixed",
) -> tuple[Group, ...]:
    """Groups whose number of distinct stories rises evenly from near 1 to all of them.

    Args:
        pool: where the distinct stories come from; each group draws its own.
        levels: how many groups.
        size: stories in each.
        seed: decides the draw and the paraphrases.
        repetition: how the other stories repeat: ``verbatim``, ``paraphrased`` (by rules), half
            of each (``mixed``), or ``written``: paraphrased, disguised and freely retold by hand.
            Of each source there are three such texts, so the levels of ``written`` begin at a
            quarter.

    Raises:
        BadInput: the pool is smaller than a group, or fewer than 3 levels are asked for.
    """
    if levels < 3:
        raise BadInput(f"{levels} levels can't be correlated", "ask for 3 or more")
    if len(pool.stories) < size:
        raise BadInput(
            f"pool {pool.name} holds {len(pool.stories)} stories, a group needs {size}",
            "make the groups smaller, or name a larger pool",
        )
    if repetition == "written":
        return _written_groups(pool, levels, size, seed)
    found = []
    for number in range(levels):
        distinct = max(1, round(size * (number + 1) / levels))
        chance = random.Random(f"groups\n{seed}\n{number}\n{repetition}")
        drawn = sample(pool, distinct, chance.randrange(2**32))
        texts = [story.text for story in drawn]
        while len(texts) < size:
            again = drawn[chance.randrange(distinct)].text
            exact = repetition == "verbatim" or (repetition == "mixed" and chance.random() < 0.5)
            texts.append(again if exact else paraphrase(again, chance.randrange(2**32)))
        chance.shuffle(texts)
        found.append(Group(f"level-{number + 1}", tuple(texts), distinct / size))
    return tuple(found)


def _written_groups(pool: Pool, levels: int, size: int, seed: int) -> tuple[Group, ...]:
    """Groups whose repetitions were written by hand (the known cases of copying)."""
    versions: dict[str, list[str]] = {}
    for case in load_cases():
        if case.kind in _AGAIN:
            versions.setdefault(case.source, []).append(case.text)
    originals = load_sources()
    others = [story for story in pool.stories if story.id not in originals]
    lowest = math.ceil(size / (1 + len(_AGAIN)))
    if lowest > len(versions) or len(others) + len(versions) < size:
        raise BadInput(
            f"groups of {size} need {lowest} stories that were told again by hand, and there are "
            f"{len(versions)}",
            f"make the groups smaller: at most {len(versions) * (1 + len(_AGAIN))}",
        )
    found = []
    for number in range(levels):
        distinct = round(lowest + (size - lowest) * number / (levels - 1))
        chance = random.Random(f"written groups\n{seed}\n{number}")
        chosen = chance.sample(sorted(versions), min(distinct, len(versions)))
        texts = [originals[each] for each in chosen]
        texts += [story.text for story in chance.sample(others, distinct - len(chosen))]
        again = [text for each in chosen for text in versions[each]]
        texts += chance.sample(again, size - distinct)
        chance.shuffle(texts)
        found.append(Group(f"level-{number + 1}", tuple(texts), distinct / size))
    return tuple(found)


def read_groups(path: Path) -> tuple[Group, ...]:
    """Groups from JSONL or CSV: ``group``, ``story`` and, where it is known, ``level``.

    Raises:
        BadInput: a missing column, a broken row, or two levels for one group; with its line.
    """
    rows = file_rows(path, 'write group and story, such as {"group": "a", "story": "…"}')
    stories: dict[str, list[str]] = {}
    levels: dict[str, float | None] = {}
    for count, (where, row) in enumerate(rows):
        if count >= MAX_STORIES:
            raise BadInput(f"{path.name}: more than {MAX_STORIES:,} stories", "split the file")
        name, story = str(row.get("group") or "").strip(), str(row.get("story") or "").strip()
        if not name or not story:
            missing = "story" if name else "group"
            raise BadInput(f"{where}: no {missing}", "each row needs a group and a story")
        level = _level(row.get("level"), where)
        if levels.setdefault(name, level) != level:
            raise BadInput(f"{where}: group {name!r} has another level above", "give it one level")
        stories.setdefault(name, []).append(story)
    if len(stories) < 3:
        raise BadInput(
            f"{path.name} has {len(stories)} groups: too few to correlate", "give 3 or more"
        )
    return tuple(Group(name, tuple(texts), levels[name]) for name, texts in stories.items())


def group_rows(groups: Sequence[Group]) -> bytes:
    """The groups as JSONL, as :func:`read_groups` reads them (for raters)."""
    return b"".join(
        orjson.dumps({"group": group.name, "level": group.level, "story": story}) + b"\n"
        for group in groups
        for story in group.stories
    )


def read_ratings(path: Path) -> tuple[Rating, ...]:
    """People's ratings from CSV: ``item`` (the group), ``rater``, ``value``, ``scale_min``,
    ``scale_max``.

    Raises:
        BadInput: a missing column, a value off its scale, a rater who rates an item twice.
    """
    found: dict[tuple[str, str], Rating] = {}
    for where, row in file_rows(path, f"name the columns {','.join(_RATING_COLUMNS)}"):
        missing = [name for name in _RATING_COLUMNS if name not in row]
        if missing:
            raise BadInput(
                f"{where}: no column {missing[0]!r}",
                f"name the columns {','.join(_RATING_COLUMNS)}",
            )
        try:
            rating = Rating.model_validate(
                {"name": "diversity", **{name: row[name] for name in _RATING_COLUMNS}}
            )
        except ValidationError as error:
            raise BadInput(f"{where}: {first_problem(error)}", "correct that line") from None
        if (rating.item, rating.rater) in found:
            raise BadInput(
                f"{where}: {rating.rater!r} rated {rating.item!r} before", "keep one of the two"
            )
        found[rating.item, rating.rater] = rating
    if not found:
        raise BadInput(f"{path.name} holds no rating", "write one a line")
    return tuple(found.values())


async def validate_diversity(
    groups: Sequence[Group],
    ratings: Sequence[Rating],
    *,
    summariser: Summariser,
    embedder: Embedder,
    caller: Caller,
    k: int = 5,
) -> Validation:
    """Measure every group in four ways and correlate with the level and with people.

    Raises:
        BadInput: a group with K stories or fewer, or a rating of a group that isn't there.
        CallFailed: a model that is asked fails.
    """
    names = {group.name for group in groups}
    for rating in ratings:
        if rating.item not in names:
            raise BadInput(
                f"a rating is of {rating.item!r}, which is no group",
                f"groups: {', '.join(sorted(names)[:8])}",
            )
    values = [await _measure(group, summariser, embedder, caller, k) for group in groups]
    human = tuple(_mean_rating(group.name, ratings) for group in groups)
    return Validation(
        groups=tuple(groups),
        values=tuple(values),
        with_level=_correlate(values, [group.level for group in groups]),
        with_human=_correlate(values, [None if each is None else each[0] for each in human]),
        human=human,
    )


async def _measure(
    group: Group, summariser: Summariser, embedder: Embedder, caller: Caller, k: int
) -> tuple[float, ...]:
    summaries = []
    for number, text in enumerate(group.stories):
        story = Story(id=f"{number}", text=text)
        summary = await summariser.summarise(story, caller, sample=f"{group.name}:{number}")
        summaries.append(summary.text or text)
    plain = await embed_texts(embedder, group.stories, caller, step="embedding")
    short = await embed_texts(embedder, summaries, caller, step="embedding")
    found = []
    for _, how, summarised in MEASURES:
        vectors = short if summarised else plain
        spread = knn_distance(vectors, k) if how == "knn" else average_distance(vectors)
        if spread.value is None:
            raise BadInput(f"group {group.name!r}: {spread.absent}", "give it more stories")
        found.append(spread.value)
    return tuple(found)


def _correlate(
    values: Sequence[tuple[float, ...]], with_what: Sequence[float | None]
) -> dict[str, tuple[Correlation, Correlation]]:
    pairs = [
        (row, other) for row, other in zip(values, with_what, strict=True) if other is not None
    ]
    if not pairs:
        return {}
    others = [other for _, other in pairs]
    return {
        name: (
            spearman([row[at] for row, _ in pairs], others),
            pearson([row[at] for row, _ in pairs], others),
        )
        for at, (name, _, _) in enumerate(MEASURES)
    }


def _mean_rating(item: str, ratings: Sequence[Rating]) -> tuple[float, int] | None:
    values = [rating.normalised for rating in ratings if rating.item == item]
    return (sum(values) / len(values), len(values)) if values else None


def _level(value: Any, where: str) -> float | None:
    if value is None or str(value).strip() == "":
        return None
    try:
        level = float(value)
    except (TypeError, ValueError):
        level = -1.0
    if not 0 <= level <= 1:
        raise BadInput(f"{where}: the level {value!r} is no number from 0 to 1", "correct it")
    return level
