"""Rows as trl's trainers take them: pictures and conversations, and how long each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.sequences.tasks.rows import TaskRow
from storypainter.sequences.training.pictures import Pictures


class Examples:
    """Rows whose pictures are opened when the row is asked for.

    Args:
        rows: what is learnt from.
        folder: where the rows' pictures are.
        pictures: opens them.
        column: the rows' numbers, as rewards get them; by default 0, 1, 2, …
    """

    def __init__(
        self,
        rows: Sequence[TaskRow],
        folder: Path,
        pictures: Pictures,
        column: Sequence[int] | None = None,
    ) -> None:
        self.rows = tuple(rows)
        self._folder = folder
        self._pictures = pictures
        self._column = tuple(range(len(rows)) if column is None else column)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> dict[str, Any]:
        row = self.rows[at]
        return {
            "prompt": [_turn(turn) for turn in row.prompt],
            "completion": [_turn(turn) for turn in row.completion],
            "images": [self._pictures.open(self._folder / name) for name in row.images],
            "row": self._column[at],
        }

    def dataset(self) -> Any:
        """As trl wants it: a ``datasets.Dataset`` of numbers, which become rows when asked for."""
        import datasets

        def rows(batch: dict[str, list[int]]) -> dict[str, list[Any]]:
            found = [self[at] for at in batch["at"]]
            return {name: [row[name] for row in found] for name in found[0]}

        numbers = datasets.Dataset.from_dict({"at": list(range(len(self)))})
        return numbers.with_transform(rows)

    def select(self, chosen: Sequence[int]) -> Examples:
        """Some of the rows, in that order; they keep their numbers."""
        return Examples(
            [self.rows[at] for at in chosen],
            self._folder,
            self._pictures,
            [self._column[at] for at in chosen],
        )

    def lengths(self, processor: Any) -> list[int]:
        """Tokens of each row, prompt, pictures and answer, as the processor makes them.

        Pictures' tokens are found from blank ones of their sizes, see :class:`_PictureTokens`.
        """
        tokens = _PictureTokens(processor)
        found = []
        for row in self.rows:
            turns = [_turn(turn) for turn in (*row.prompt, *row.completion)]
            text = processor.apply_chat_template(turns, tokenize=False)
            ids = processor.tokenizer(text, add_special_tokens=False)["input_ids"]
            sizes = tuple(self._pictures.size(self._folder / name) for name in row.images)
            found.append(len(ids) + tokens.beyond_places(text, sizes))
        return found


Sizes = tuple[tuple[int, int], ...]


class _PictureTokens:
    """Tokens of a row's pictures beyond their places in the text, by their sizes in pixels.

    They are found from blank pictures in a real text, for what stands beside a picture's place
    may matter (Idefics2's adds a space before a word). With most processors a picture takes as
    many in company as alone, and each size is tried once. Some (LLaVA-OneVision's) cut a picture
    into tiles only where it is alone; then all pictures of a row are tried together. The first
    row with several says which it is.
    """

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._found: dict[Sizes, int] = {}
        self._adding_up: bool | None = None
        part = [{"type": "image"}, {"type": "text", "text": "a"}]
        turns = [{"role": "user", "content": part}]
        self._with_one = processor.apply_chat_template(turns, tokenize=False)

    def beyond_places(self, text: str, sizes: Sizes) -> int:
        if not sizes:
            return 0
        if len(sizes) == 1:
            return self._tried(self._with_one, sizes)
        if self._adding_up is None:
            self._adding_up = self._tried(text, sizes) == self._one_by_one(sizes)
        return self._one_by_one(sizes) if self._adding_up else self._tried(text, sizes)

    def _one_by_one(self, sizes: Sizes) -> int:
        return sum(self._tried(self._with_one, (size,)) for size in sizes)

    def _tried(self, text: str, sizes: Sizes) -> int:
        if sizes not in self._found:
            import PIL.Image

            blanks = [PIL.Image.new("RGB", size) for size in sizes]
            made = self._processor(
                text=[text], images=[blanks], add_special_tokens=False, return_tensors="pt"
            )
            plain = self._processor.tokenizer(text, add_special_tokens=False)["input_ids"]
            self._found[sizes] = len(made["input_ids"][0]) - len(plain)
        return self._found[sizes]


def fitting(examples: Examples, processor: Any, longest: int) -> tuple[Examples, list[int]]:
    """The rows that are short enough, and their lengths.

    Raises:
        BadInput: none is.
    """
    lengths = examples.lengths(processor)
    short = [at for at, length in enumerate(lengths) if length <= longest]
    if not short:
        raise BadInput(
            f"every row is longer than {longest} tokens (the shortest has {min(lengths)})",
            "give a larger --max-length",
        )
    return examples.select(short), [lengths[at] for at in short]


def _turn(turn: Any) -> dict[str, Any]:
    return {
        "role": turn.role,
        "content": [
            {"type": "image"} if part.type == "image" else {"type": "text", "text": part.text}
            for part in turn.content
        ],
    }
