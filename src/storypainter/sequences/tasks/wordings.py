"""How the tasks are worded: several wordings for each form, from ``wordings.toml``."""

from __future__ import annotations

import hashlib
import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from storypainter.errors import BadInput
from storypainter.sequences.tasks.rows import TASKS, Task
from storypainter.training.distilling.drawing import Draw

#: Every form has at least so many wordings.
LEAST = 6


@dataclass(frozen=True, slots=True)
class Wordings:
    """The wordings by task and form; ``sha256`` is the hash of their file."""

    asked: Mapping[tuple[Task, str], tuple[str, ...]]
    sha256: str

    def question(self, task: Task, form: str, fields: Mapping[str, str], draw: Draw) -> str:
        """A drawn wording of a form, filled in."""
        text = draw.one("wording", self.asked[task, form]).format_map(fields)
        return text[:1].upper() + text[1:]


def read_wordings(data: bytes, name: str = "wordings.toml") -> Wordings:
    """Wordings, each checked against the fields that its form has.

    Raises:
        BadInput: not such a file; a task that isn't there; a form with fewer than :data:`LEAST`
            wordings, with one twice, or with one that doesn't name exactly its fields.
    """
    try:
        plain = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{name}: not TOML ({error})", "correct the file") from None
    asked: dict[tuple[Task, str], tuple[str, ...]] = {}
    for task in plain:
        if task not in TASKS:
            raise BadInput(f"{name}: there is no task {task!r}", f"tasks are {', '.join(TASKS)}")
    for task in TASKS:
        for form, table in plain.get(task, {}).items():
            texts = tuple(table["ask"])
            where = f"{name}: {task}, {form}"
            if len(set(texts)) < max(LEAST, len(texts)):
                raise BadInput(
                    f"{where}: {len(set(texts))} different wordings of {len(texts)}",
                    f"write {LEAST} or more, each once",
                )
            for text in texts:
                named = sorted(each for _, each, _, _ in string.Formatter().parse(text) if each)
                if named != sorted(table["fields"]):
                    raise BadInput(
                        f"{where}: {text[:60]!r} names {named}",
                        f"name each of {table['fields']} once",
                    )
            asked[task, form] = texts
    return Wordings(asked, hashlib.sha256(data).hexdigest())


@lru_cache(maxsize=1)
def own_wordings() -> Wordings:
    """The wordings that come with storypainter."""
    return read_wordings((files("storypainter.sequences.tasks") / "wordings.toml").read_bytes())


def telling_question(before: str = "", descriptions: Sequence[str] = ()) -> str:
    """What a model that was trained on ``telling`` is asked, in the first of its wordings.

    Args:
        before: the story so far, where the pictures go on with one.
        descriptions: of each picture; then it is the task ``described`` that is asked.
    """
    form = "on" if before else "whole"
    task: Task = "described" if descriptions else "telling"
    fields = {"before": " ".join(before.split()), "descriptions": numbered(descriptions)}
    return own_wordings().asked[task, form][0].format_map(fields)


def describing_question() -> str:
    """What a model that was trained on ``caption`` is asked, in the first of its wordings."""
    return own_wordings().asked["caption", "describe"][0]


def numbered(descriptions: Sequence[str]) -> str:
    r"""Descriptions of pictures in their order, a line each.

    >>> numbered(["A girl runs.", "She falls."])
    'Picture 1: A girl runs.\nPicture 2: She falls.'
    """
    return "\n".join(
        f"Picture {at}: {' '.join(each.split())}" for at, each in enumerate(descriptions, 1)
    )
