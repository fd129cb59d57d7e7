"""Labelled pictures that need no painter: one square each, whose colour and size have names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from storypainter.sequences.small_seer.encoder import EncoderSettings
from storypainter.sequences.small_seer.labelled import NOBODY, LabelledPicture
from storypainter.sequences.small_seer.learning import LearningSettings
from storypainter.sequences.small_seer.shelf import Shelf

SIZE, GRID = 32, 8
COLOURS = {"girl": (220, 40, 40), "boy": (40, 40, 220), "dog": (40, 180, 60)}
SKIES = {"park": 250, "cellar": 60}
SHAPE = EncoderSettings(architecture="siglip", size=SIZE, tokens=4, width=32, layers=(1,))
SWIN = EncoderSettings(architecture="swin", size=SIZE, tokens=2, width=128, layers=(1, 1, 1))
FOCAL = EncoderSettings(architecture="focal", size=SIZE, tokens=2, width=128, layers=(1, 1, 1))
#: Every architecture, by its name.
SHAPES = {"siglip": SHAPE, "swin": SWIN, "focal": FOCAL}
QUICK = LearningSettings(epochs=2, batch=8, learning_rate=3e-3, least=2)


def square(at: int) -> LabelledPicture:
    """The same number, the same picture; numbers that follow each other differ."""
    rng = np.random.default_rng(at)
    word, place = list(COLOURS)[at % 3], list(SKIES)[at // 3 % 2]
    pixels = np.full((SIZE, SIZE, 3), SKIES[place], np.uint8)
    owner = np.full((GRID, GRID), NOBODY, np.int16)
    row, column = (int(each) for each in rng.integers(0, GRID - 4, 2))
    owner[row : row + 4, column : column + 4] = 0
    pixels[np.kron(owner, np.ones((4, 4), int)) == 0] = COLOURS[word]
    kind = "animal" if word == "dog" else "person"
    return LabelledPicture(pixels, owner, {"place": place}, ({"kind": kind, "what": word},))


def shelf_of(count: int) -> Shelf:
    pictures = [square(at) for at in range(count)]
    return Shelf(
        np.stack([each.pixels for each in pictures]),
        np.stack([each.owner for each in pictures]),
        tuple(each.whole for each in pictures),
        tuple(each.elements for each in pictures),
        np.arange(count) % 4 == 3,
    )


def tiny_encoder(folder: Path, shape: EncoderSettings = SHAPE) -> dict[str, Any]:
    """A taught encoder in a folder; its report."""
    from storypainter.sequences.small_seer.learning import teach

    return teach(shelf_of(48), folder, shape, QUICK)
