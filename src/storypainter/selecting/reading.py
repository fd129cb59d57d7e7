"""What a run knows of each item, as far as an expression can ask for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from storypainter.evaluation import marks_of
from storypainter.evaluators.contract import Marks
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import Item, items
from storypainter.selecting.outdated import outdated
from storypainter.story import Story
from storypainter.value import content_hash


class Key(NamedTuple):
    """Whose score it is: its name, the evaluator that marked, and the judge."""

    name: str
    evaluator: str
    judge: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why something isn't known; ``outdated`` where it is known of an earlier story or picture."""

    why: str
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that has a story, with its scores.

    ``text`` and ``asked`` are hashes of the story and of what its prompt drew from the Pool
    (empty where nothing was drawn): items that share one can be compared as tries. ``failed``
    says by evaluator why it has no marks.
    """

    index: int
    id: str
    scores: Mapping[Key, float | Unknown]
    texts: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    asked: str = ""
    failed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entries:
    """The items of a run: those with a story, and why the others have none (item, reason)."""

    candidates: tuple[Candidate, ...]
    without: tuple[tuple[int, str], ...] = ()


def read_entries(folder: RunFolder) -> Entries:
    """The items of a run's current question with the scores of all its evaluators.

    A part of a score (``parts``) counts as a score under ``name.part``, unless there is a score
    of that very name. A score that was given to an earlier story or picture of the item counts
    as absent.
    """
    failed = _failures(folder)
    old = outdated(folder)
    setting = _asked_setting(folder)
    candidates: list[Candidate] = []
    without: list[tuple[int, str]] = []
    for item in items(folder):
        if item.story is None:
            without.append((item.index, item.reason or "not written yet"))
            continue
        marked = [
            (evaluator, judge, marks, old.get((item.index, f"{evaluator}:{judge}"), ""))
            for evaluator, judge, marks in marks_of(folder, item.index)
        ]
        candidates.append(
            Candidate(
                item.index,
                item.id,
                _scores(marked),
                _texts(item, item.story, setting),
                hashlib.blake2b(item.story.text.encode(), digest_size=16).hexdigest(),
                _asked(item.story),
                failed.get(item.index, {}),
            )
        )
    return Entries(tuple(candidates), tuple(without))


def _scores(marked: Iterable[tuple[str, str, Marks, str]]) -> dict[Key, float | Unknown]:
    """The scores of (evaluator, judge, Marks, why they are outdated or nothing)."""
    found: dict[Key, float | Unknown] = {}
    parts: dict[Key, float | Unknown] = {}
    own: set[Key] = set()
    # What fits comes first, whoever repeats it: outdated marks only tell why there is nothing else.
    for evaluator, step_judge, marks, old in sorted(marked, key=lambda each: bool(each[3])):
        for score in marks.scores:
            key = Key(score.name, evaluator, score.judge)
            # An evaluation by a second judge repeats the first one's scores: the judge's own
            # marks come first.
            if key in own or (key in found and (old or step_judge != score.judge)):
                continue
            if step_judge == score.judge:
                own.add(key)
            absent = old or score.absent
            why = Unknown(f"{score.name} is absent: {absent}", outdated=bool(old))
            found[key] = why if old or score.value is None else score.value
            for part, value in score.parts.items():
                parts[Key(f"{score.name}.{part}", evaluator, score.judge)] = why if old else value
    return {**parts, **found}


def _failures(folder: RunFolder) -> dict[int, dict[str, str]]:
    """Why evaluators have no marks of an item: item -> evaluator -> reason."""
    found: dict[int, dict[str, str]] = {}
    for item, step, reason in folder.db.rows(
        "SELECT i.item, i.step, s.reason FROM items i JOIN steps s ON s.key = i.key "
        "WHERE i.spec = ? AND s.status = 'failed' AND INSTR(i.step, ':') > 0",
        folder.spec_id,
    ):
        found.setdefault(int(item), {})[str(step).partition(":")[0]] = str(reason)
    return found


def _texts(item: Item, story: Story, setting: str) -> dict[str, str]:
    origin = story.origin
    found = {
        "storyteller": origin.storyteller if origin else "",
        "mode": origin.mode if origin else "",
        "painter": item.picture.painter if item.picture else "",
        "setting": item.scene.setting.kind if item.scene else story.themes.get("place", setting),
    }
    return {name: text for name, text in found.items() if text}


def _asked_setting(folder: RunFolder) -> str:
    brief = folder.spec().get("brief")
    return str(brief.get("setting") or "") if isinstance(brief, dict) else ""


def _asked(story: Story) -> str:
    origin = story.origin
    if origin is None or not origin.examples:
        return ""
    examples = [example.id for example in origin.examples]
    return content_hash([origin.storyteller, origin.mode, origin.prompt, origin.pool, examples])
