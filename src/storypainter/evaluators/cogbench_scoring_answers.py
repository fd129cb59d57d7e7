"""Reading what a model said of CogBench: descriptions by picture, and four-choice answers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storypainter.errors import BadInput

LETTERS = "abcd"
_PICTURE_KEYS = ("img_id", "image_id", "id", "Image Name", "file_name", "image")
_DESCRIPTION_KEYS = ("Description", "description", "model_output", "output", "text")
_CHOICE_KEYS = ("model_answer", "model_output", "prediction", "output", "response")
_DESCRIPTIONS = 'write {"<id>": "description", ...}, or lines of {"img_id": …, "description": …}'
_CHOICES = (
    'write one answer for each question in order, ["B", "a", …], or lines of {"model_answer": "B"}'
)
#: A letter by itself: "B", "(b)", "B.", "B) a bus", "**B**", "Option B", "The answer is: B".
_ALONE = re.compile(
    r"^[\s*_`\"'(\[]*([A-Da-d])(?:[\s*_`\"')\]]*$|[*_`\"')\]]*[.):,]+(?:\s|[*_]|$))"
)
_SAID = re.compile(
    r"\b(?:answer|choice|option|choose|pick|select)\b(?:\s+(?:is|would be|option|choice))*"
    r"\s*[:=]?\s*[*_`\"'(\[]*([A-D])(?![\w'’])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A four-choice question on a picture; ``answer`` is a letter ``a`` to ``d``."""

    picture: str
    question: str
    choices: tuple[str, str, str, str]
    answer: str
    category: str


def is_questions(text: str) -> bool:
    """Whether a file is CogBench's list of questions, rather than its object of descriptions."""
    return text.lstrip().startswith("[")


def read_questions(text: str, name: str) -> tuple[Question, ...]:
    """The four-choice questions of a JSON list.

    Raises:
        BadInput: no such list, or a question without a field (which one).
    """
    plain = _json(text, name, "expected a list of questions")
    if not isinstance(plain, list) or not plain:
        raise BadInput(f"{name}: holds no questions", "check the file")
    return tuple(_question(row, f"{name}, question {at}") for at, row in enumerate(plain, 1))


def _question(row: Any, where: str) -> Question:
    fields = ("question", *(f"choice_{letter}" for letter in LETTERS), "answer", "category")
    if not isinstance(row, dict):
        raise BadInput(f"{where}: is no object", f"a question has {', '.join(fields)}")
    for field in fields:
        if not isinstance(row.get(field), str | int) or not str(row[field]).strip():
            raise BadInput(f"{where}: no {field!r}", f"a question has {', '.join(fields)}")
    choices = tuple(str(row[f"choice_{letter}"]).strip() for letter in LETTERS)
    answer = read_choice(str(row["answer"]), choices)
    if answer is None:
        raise BadInput(f"{where}: its answer is none of the choices", "write A, B, C or D")
    a, b, c, d = choices
    picture = picture_id(row.get("img_id", ""))
    return Question(
        picture, str(row["question"]).strip(), (a, b, c, d), answer, str(row["category"]).strip()
    )


def read_choice(reply: str, choices: Sequence[str]) -> str | None:
    """The letter ``a`` to ``d`` that a reply names; ``None`` if it names none, or several.

    A letter by itself or at the beginning, one that the reply calls its answer, or the words of
    exactly one choice.
    """
    alone = _ALONE.match(reply)
    if alone is not None:
        return alone[1].lower()
    said = {match[1].lower() for match in _SAID.finditer(reply)}
    if len(said) == 1:
        return said.pop()
    if said:
        return None
    plain = reply.casefold()
    named = [
        letter
        for letter, choice in zip(LETTERS, choices, strict=True)
        if choice and re.search(rf"(?<!\w){re.escape(choice.casefold())}(?!\w)", plain)
    ]
    return named[0] if len(named) == 1 else None


def read_choices(text: str, name: str, questions: Sequence[Question]) -> tuple[str | None, ...]:
    """A model's answers, one for each question, in the questions' order.

    Raises:
        BadInput: not such a file, or another number of answers than questions.
    """
    rows = _rows(text, name, _CHOICES)
    if not isinstance(rows, list):
        raise BadInput(f"{name}: is no list of answers", _CHOICES)
    if len(rows) != len(questions):
        raise BadInput(f"{name}: {len(rows)} answers to {len(questions)} questions", _CHOICES)
    found = []
    for number, (row, question) in enumerate(zip(rows, questions, strict=True), 1):
        where = f"{name}, answer {number}"
        if isinstance(row, dict):
            asked = row.get("question")
            if asked is not None and str(asked).strip() != question.question:
                raise BadInput(f"{where}: answers another question", "keep the questions' order")
            row = _first(row, _CHOICE_KEYS)
        if row is not None and not isinstance(row, str):
            raise BadInput(f"{where}: is no text", _CHOICES)
        found.append(read_choice(row, question.choices) if row is not None else None)
    return tuple(found)


def read_descriptions(text: str, name: str) -> dict[str, str]:
    """A model's description of each picture, by the picture's id.

    An object of texts, CogBench's own form (``{"<id>": {"Description": [...]}}``), a list or
    lines of objects with the picture's id or file name and the description.

    Raises:
        BadInput: not such a file, or a picture that is described twice.
    """
    plain = _rows(text, name, _DESCRIPTIONS)
    pairs = list(plain.items()) if isinstance(plain, dict) else []
    if isinstance(plain, list):
        for number, row in enumerate(plain, 1):
            picture = _first(row, _PICTURE_KEYS) if isinstance(row, dict) else None
            if picture is None:
                raise BadInput(f"{name}, entry {number}: names no picture", _DESCRIPTIONS)
            pairs.append((picture, row))
    found: dict[str, str] = {}
    for picture, told in pairs:
        key = picture_id(picture)
        if isinstance(told, dict):
            told = _first(told, _DESCRIPTION_KEYS)
        if isinstance(told, list) and all(isinstance(part, str) for part in told):
            told = "\n".join(told)
        if not isinstance(told, str) or not told.strip():
            raise BadInput(f"{name}, picture {key!r:.60}: no description", _DESCRIPTIONS)
        if key in found:
            raise BadInput(f"{name}: picture {key!r:.60} is described twice", "remove one")
        found[key] = told.strip()
    if not found:
        raise BadInput(f"{name}: holds no description", _DESCRIPTIONS)
    return found


def picture_id(plain: Any) -> str:
    """A picture's id, from the id or its file name."""
    return re.sub(r"\.(jpe?g|png|webp)$", "", str(plain).strip(), flags=re.IGNORECASE)


def _first(row: Mapping[str, Any], keys: Sequence[str]) -> Any:
    return next((row[key] for key in keys if row.get(key) is not None), None)


def _rows(text: str, name: str, hint: str) -> Any:
    """One JSON value, or the list of the values of JSON lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].lstrip().startswith("{") and lines[0].rstrip().endswith("}"):
        return [
            _json(line, f"{name}, line {number}", hint)
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip()
        ]
    plain = _json(text, name, hint)
    is_row = isinstance(plain, dict) and any(key in plain for key in _PICTURE_KEYS[:3])
    return [plain] if is_row else plain


def _json(text: str, name: str, hint: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput(f"{name}, line {error.lineno}: not valid JSON: {error.msg}", hint) from None
    except (RecursionError, ValueError):
        raise BadInput(f"{name}: nested too deeply, or a number that is too long", hint) from None
