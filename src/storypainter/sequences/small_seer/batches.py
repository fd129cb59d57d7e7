"""What an encoder learns from, batch by batch: pictures, shifted and mirrored, and their classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storypainter.sequences.small_seer.encoder import NOTHING, UNKNOWN, Classes, as_input, codes
from storypainter.sequences.small_seer.patches import FEWEST, covered, standing
from storypainter.sequences.small_seer.shelf import Shelf

#: Cells by which a picture is shifted at most: what moves stays what it is.
SHIFT = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pictures as they are learnt from.

    Attributes:
        given: float, (n, 3, size, size).
        cover: float, (n, tokens, most elements): how many cells of a patch each element has.
        patch: int, (n, tokens, attributes): the classes of what stands in each patch.
        element: int, (n, most elements, attributes); unknown where there is none.
        whole: int, (n, attributes of pictures).
    """

    given: Any
    cover: Any
    patch: Any
    element: Any
    whole: Any


class Rows:
    """Pictures and their classes, and the batches made of them."""

    def __init__(self, shelf: Shelf, classes: Classes, tokens: int) -> None:
        self.shelf = shelf
        self.tokens = tokens
        self.whole = codes(shelf.whole, classes.whole)
        self.elements = [codes(each, classes.parts) for each in shelf.elements]
        names = list(classes.parts)
        self.nothing = np.full(len(names), UNKNOWN, np.int64)
        if "kind" in names:
            self.nothing[names.index("kind")] = classes.parts["kind"].index(NOTHING)

    def batch(self, numbers: list[int], rng: np.random.Generator | None) -> Batch:
        """Some of the pictures; changed by ``rng``, if there is one."""
        import torch

        pixels = self.shelf.pixels[numbers]
        owner = self.shelf.owner[numbers]
        if rng is not None:
            pixels, owner = changed(pixels, owner, rng)
        most = max(1, *(len(self.elements[each]) for each in numbers))
        element = np.full((len(numbers), most, len(self.nothing)), UNKNOWN, np.int64)
        for row, number in enumerate(numbers):
            element[row, : len(self.elements[number])] = self.elements[number]
        cover = covered(owner, self.tokens, most)
        element[cover.sum(1) < FEWEST] = UNKNOWN
        cells = (owner.shape[1] // self.tokens) ** 2
        stands = standing(cover, cells)
        patch = np.take_along_axis(element, stands.clip(0)[:, :, None], 1)
        patch[stands < 0] = self.nothing
        given = as_input(pixels)
        if rng is not None:
            light = rng.uniform(0.9, 1.1, (len(numbers), 1, 1, 1)).astype(np.float32)
            given = (given * torch.from_numpy(light)).clamp(-1, 1)
        return Batch(
            given,
            torch.from_numpy(cover),
            torch.from_numpy(patch),
            torch.from_numpy(element),
            torch.from_numpy(self.whole[numbers]),
        )


def changed(
    pixels: NDArray[np.uint8], owner: NDArray[np.int16], rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
    """Each picture shifted by whole cells (its edge goes on) and every other one mirrored."""
    cell = pixels.shape[1] // owner.shape[1]
    seen, stood = np.empty_like(pixels), np.empty_like(owner)
    for row in range(len(pixels)):
        down, right = (int(each) for each in rng.integers(-SHIFT, SHIFT + 1, 2))
        seen[row] = _shifted(pixels[row], down * cell, right * cell)
        stood[row] = _shifted(owner[row], down, right)
        if rng.random() < 0.5:
            seen[row], stood[row] = seen[row, :, ::-1], stood[row, :, ::-1]
    return seen, stood


def _shifted(array: NDArray[Any], down: int, right: int) -> NDArray[Any]:
    rows = np.clip(np.arange(array.shape[0]) - down, 0, array.shape[0] - 1)
    columns = np.clip(np.arange(array.shape[1]) - right, 0, array.shape[1] - 1)
    found: NDArray[Any] = array[rows][:, columns]
    return found
