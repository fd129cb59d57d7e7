"""The base of every value: frozen, validated, and the same after a trip through JSON."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from storypainter.errors import BadInput

#: A seed, as JSON can hold it.
Seed = Annotated[int, Field(ge=-(2**63), lt=2**63)]


class Value(BaseModel):
    """A frozen, validated value.

    Sequences are tuples, unknown fields are errors, and ``from_json(v.to_json()) == v``.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,  # a validator is built at its first use, not when a command starts
    )

    def to_json(self) -> str:
        """This value as one line of JSON. Fields that hold their default are left out."""
        return self.model_dump_json(exclude_defaults=True)

    def to_plain(self) -> dict[str, Any]:
        """This value as dicts, lists, strings and numbers, defaults left out."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read a value back.

        Raises:
            BadInput: the text is not JSON, or not such a value; the message names the field.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise BadInput(
                f"not a valid {cls.__name__}: {first_problem(error)}",
                "correct that field, or remove it",
            ) from None


def first_problem(error: ValidationError) -> str:
    """The first problem of a validation error as ``where: what``, without echoing the input."""
    problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ""
    for part in problem["loc"]:
        where += f"[{part}]" if isinstance(part, int) else f".{part}" if where else str(part)
    message = problem["msg"].removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def canonical_json(plain: Any) -> bytes:
    """The one byte string that stands for ``plain``: sorted keys, no spaces, UTF-8."""
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)


def content_hash(plain: Any) -> str:
    """A 32-digit hexadecimal hash (BLAKE2b, 128 bits) of plain JSON data."""
    return hashlib.blake2b(canonical_json(plain), digest_size=16).hexdigest()
