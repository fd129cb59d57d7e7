"""Rows of a training set: what is asked and answered, in TRL's conversational form.

A row of ``sft`` has a prompt and the teacher's completion; a row of ``dpo`` and ``dpo-mix`` has a
prompt with a chosen and a rejected answer. Both answers of a row belong to its one prompt, whose
hash is the row's ``group``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar, overload

import orjson
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from storypainter.errors import BadInput
from storypainter.models.contract import Message
from storypainter.pools.tables import json_rows
from storypainter.value import Value, content_hash, first_problem

Kind = Literal["sft", "dpo", "dpo-mix"]
KINDS: tuple[Kind, ...] = ("sft", "dpo", "dpo-mix")

#: The largest file of rows that is read.
MAX_BYTES = 1 << 30

_HINTS = {
    "sft": 'write {"id": "…", "prompt": [{"role": "user", "content": "…"}], '
    '"completion": [{"role": "assistant", "content": "…"}]}',
    "dpo": 'write {"id": "…", "prompt": [{"role": "user", "content": "…"}], '
    '"chosen": [{"role": "assistant", "content": "…"}], '
    '"rejected": [{"role": "assistant", "content": "…"}]}',
}


def _says_something(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


Said = Annotated[str, AfterValidator(_says_something)]


class Turn(Value):
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: Said


Prompt = Annotated[tuple[Turn, ...], Field(min_length=1)]


def _answered(turns: Any) -> Any:
    if isinstance(turns, list) and all(
        isinstance(turn, dict) and not str(turn.get("content", "-")).strip() for turn in turns
    ):
        raise ValueError("the answer is empty")
    return turns


Answer = Annotated[tuple[Turn, ...], Field(min_length=1, max_length=1), BeforeValidator(_answered)]


class _Row(Value):
    """What all rows have: an id, a prompt that ends with the user, a source, the prompt's hash.

    ``source`` says who wrote what is learnt (``planner``, an address, the name of a Pool).
    """

    id: Said
    prompt: Prompt
    source: str = ""
    group: str = ""

    @field_validator("prompt")
    @classmethod
    def _asks(cls, prompt: tuple[Turn, ...]) -> tuple[Turn, ...]:
        if prompt[-1].role != "user":
            raise ValueError("must end with a message of the user")
        return prompt

    @model_validator(mode="after")
    def _of_one_prompt(self) -> Self:
        if self.group and self.group != group_of(self.prompt):
            raise ValueError("the group is not the hash of the prompt: one of the two was changed")
        return self

    def plain(self) -> dict[str, Any]:
        """The row as it stands in a file, with every field."""
        return {**self.model_dump(mode="json"), "group": self.group or group_of(self.prompt)}


class SftRow(_Row):
    """A prompt and what the teacher answers."""

    completion: Answer

    @field_validator("completion")
    @classmethod
    def _answers(cls, answer: tuple[Turn, ...]) -> tuple[Turn, ...]:
        return _by_assistant(answer)

    @property
    def text(self) -> str:
        """The teacher's story."""
        return self.completion[0].content


class PreferenceRow(_Row):
    """A prompt, the teacher's answer to it, and a worse answer to the same prompt.

    ``rejected_by`` is ``student``, ``smaller`` or ``near_miss:KIND``.
    """

    chosen: Answer
    rejected: Answer
    rejected_by: str = ""

    @field_validator("chosen", "rejected")
    @classmethod
    def _answers(cls, answer: tuple[Turn, ...]) -> tuple[Turn, ...]:
        return _by_assistant(answer)

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if self.chosen == self.rejected:
            raise ValueError("chosen and rejected are the same text")
        return self

    @property
    def text(self) -> str:
        """The teacher's story."""
        return self.chosen[0].content


Row = SftRow | PreferenceRow
R = TypeVar("R", SftRow, PreferenceRow)


def group_of(prompt: Iterable[Turn | Message]) -> str:
    """The hash of a prompt (32 hexadecimal digits): equal prompts have equal groups."""
    return content_hash([[turn.role, str(turn.content)] for turn in prompt])


def turns(messages: Iterable[Message]) -> tuple[Turn, ...]:
    """The messages of a prompt as they stand in a row."""
    return tuple(
        Turn.model_validate({"role": message.role, "content": str(message.content)})
        for message in messages
    )


def answer(text: str) -> tuple[Turn, ...]:
    """A text as the assistant's answer."""
    return (Turn(role="assistant", content=text),)


@overload
def read_rows(path: Path, kind: Literal["sft"]) -> list[SftRow]: ...
@overload
def read_rows(path: Path, kind: Literal["dpo", "dpo-mix"]) -> list[PreferenceRow]: ...
@overload
def read_rows(path: Path, kind: Kind) -> list[SftRow] | list[PreferenceRow]: ...


def read_rows(path: Path, kind: Kind) -> list[SftRow] | list[PreferenceRow]:
    """The rows of a JSONL file, each checked; a row without a group gets its prompt's hash.

    Args:
        path: such as ``train.jsonl`` of a training set.
        kind: what the rows are for; ``dpo`` and ``dpo-mix`` have the same rows.

    Raises:
        BadInput: the file can't be read, holds no row, an id twice, or a row that is broken
            (which line, and what is wrong with it).
    """
    if kind == "sft":
        return _read(path, SftRow, _HINTS["sft"])
    return _read(path, PreferenceRow, _HINTS["dpo"])


def lines(rows: Sequence[Row]) -> bytes:
    """Rows as a JSONL file."""
    return b"".join(orjson.dumps(row.plain()) + b"\n" for row in rows)


def _read(path: Path, form: type[R], hint: str) -> list[R]:
    rows: list[R] = []
    seen: dict[str, str] = {}
    for where, plain in json_rows(_text(path), path.name, hint):
        try:
            row = form.model_validate_json(orjson.dumps(plain))
        except ValidationError as error:
            raise BadInput(f"{path.name}, {where}: {first_problem(error)}", hint) from None
        if row.id in seen:
            raise BadInput(
                f"{path.name}, {where}: the id {row.id[:80]!r} was used before, at {seen[row.id]}",
                "give every row its own id",
            )
        seen[row.id] = where
        rows.append(row.model_copy(update={"group": row.group or group_of(row.prompt)}))
    if not rows:
        raise BadInput(f"{path.name} holds no row", hint)
    return rows


def _text(path: Path) -> str:
    """A file of rows as text; larger ones than story files may be, since prompts are long."""
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise BadInput(f"{path.name}: larger than 1 GB", "train on a part of it")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = "does not exist" if isinstance(error, FileNotFoundError) else error.strerror
        raise BadInput(f"{path}: can't be read: {reason}", "check the path") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{path.name}, line {line}: not UTF-8 text", "save the file as UTF-8"
        ) from None


def _by_assistant(answer: tuple[Turn, ...]) -> tuple[Turn, ...]:
    if answer[0].role != "assistant":
        raise ValueError("must be a message of the assistant")
    return answer
