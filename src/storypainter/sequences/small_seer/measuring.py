"""How well an encoder tells attributes apart, on pictures that were held out.

Macro-F1 is the mean over classes of F1 (van Rijsbergen, 1979), so that rare words count as much
as frequent ones; beside it stands the better of two guesses that see no picture: the most frequent
class always, and classes drawn by their shares. An element is told from the patches where it
stands: what is measured is what is there, not where. Intervals are of a bootstrap over pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storypainter.sequences.small_seer.encoder import (
    NOTHING,
    UNKNOWN,
    Classes,
    as_input,
    by_attribute,
    codes,
    features,
)
from storypainter.sequences.small_seer.patches import FEWEST, covered, pooled
from storypainter.sequences.small_seer.shelf import Shelf

#: Classes with fewer held-out cases say nothing; resamples of the bootstrap.
FEWEST_CASES, RESAMPLES = 5, 500
_BATCH = 64


def measured(
    encoder: Any, heads: Any, classes: Classes, learnt: Shelf, held: Shelf, tokens: int
) -> dict[str, Any]:
    """A row an attribute: classes, cases, accuracy, macro-F1 with interval, and the blind guess."""
    found: dict[str, Any] = {}
    picture, truth, guess, of_whole = _answers(encoder, heads, classes, held, tokens)
    learnt_parts = codes((one for some in learnt.elements for one in some), classes.parts)
    for at, name in enumerate(classes.parts):
        found[name] = row(
            truth[:, at], guess[:, at], picture, learnt_parts[:, at], classes.parts[name]
        )
    learnt_whole = codes(learnt.whole, classes.whole)
    for at, name in enumerate(classes.whole):
        found[name] = row(
            of_whole[0][:, at],
            of_whole[1][:, at],
            np.arange(len(held)),
            learnt_whole[:, at],
            classes.whole[name],
        )
    return {name: each for name, each in found.items() if each is not None}


Codes = NDArray[np.int64]


def row(
    truth: Codes, guess: Codes, picture: Codes, learnt: Codes, words: tuple[str, ...]
) -> dict[str, Any] | None:
    """The numbers of one attribute; ``None`` where too few held-out cases know it.

    Args:
        truth: the class of each case, ``UNKNOWN`` where it has none.
        guess: what was told of it.
        picture: the picture that each case is in.
        learnt: the classes of the cases that were learnt from.
        words: of the classes.
    """
    known = truth != UNKNOWN
    truth, guess, picture = truth[known], guess[known], picture[known]
    counts = np.bincount(truth, minlength=len(words))
    asked = np.flatnonzero(counts >= FEWEST_CASES)
    if len(asked) < 2:
        return None
    shares = np.bincount(learnt[learnt != UNKNOWN], minlength=len(words)).astype(float)
    shares /= max(1.0, shares.sum())
    usual = np.full(len(truth), int(shares.argmax()))
    drawn = counts / counts.sum()
    both = drawn[asked] + shares[asked]
    by_share = 2 * drawn[asked] * shares[asked] / np.where(both > 0, both, 1.0)
    blind = max(macro_f1(truth, usual, asked), float(by_share.mean()))
    low, high = _interval(truth, guess, picture, asked)
    return {
        "classes": len(asked),
        "cases": len(truth),
        "accuracy": round(float((truth == guess).mean()), 4),
        "most_frequent": round(float((truth == usual).mean()), 4),
        "macro_f1": round(macro_f1(truth, guess, asked), 4),
        "interval": [round(low, 4), round(high, 4)],
        "blind_macro_f1": round(blind, 4),
    }


def macro_f1(truth: Codes, guess: Codes, classes: Codes) -> float:
    """The mean of F1 over ``classes``; a class that is neither there nor told counts as 0."""
    most = int(max(truth.max(initial=0), guess.max(initial=0), classes.max(initial=0))) + 1
    right = np.bincount(truth[truth == guess], minlength=most)[classes]
    there = np.bincount(truth, minlength=most)[classes]
    told = np.bincount(guess, minlength=most)[classes]
    return float((2 * right / np.maximum(1, there + told)).mean())


def _interval(truth: Codes, guess: Codes, picture: Codes, classes: Codes) -> tuple[float, float]:
    rng = np.random.default_rng(0)
    numbers, of_case = np.unique(picture, return_inverse=True)
    size = int(max(truth.max(), guess.max(), classes.max())) + 1
    right, there, told = (np.zeros((len(numbers), size)) for _ in range(3))
    np.add.at(right, (of_case[truth == guess], truth[truth == guess]), 1)
    np.add.at(there, (of_case, truth), 1)
    np.add.at(told, (of_case, guess), 1)
    found = []
    for _ in range(RESAMPLES):
        weight = np.bincount(rng.integers(0, len(numbers), len(numbers)), minlength=len(numbers))
        both = weight @ (there + told)
        scores = 2 * (weight @ right) / np.maximum(1, both)
        # A class that no drawn picture has is not asked about in this resample.
        asked = classes[(weight @ there)[classes] > 0]
        found.append(float(scores[asked].mean()))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def _answers(
    encoder: Any, heads: Any, classes: Classes, held: Shelf, tokens: int
) -> tuple[Codes, Codes, Codes, tuple[Codes, Codes]]:
    """For every element its picture, truth and guess (cases, attributes); for pictures both."""
    import torch

    picture, truth, guess, whole = [], [], [], []
    with torch.inference_mode():
        for start in range(0, len(held), _BATCH):
            numbers = range(start, min(start + _BATCH, len(held)))
            seen = features(encoder, as_input(held.pixels[start : start + _BATCH]))
            most = max(1, *(len(held.elements[each]) for each in numbers))
            cover = covered(held.owner[start : start + _BATCH], tokens, most)
            told = _told(heads["parts"](pooled(seen, torch.from_numpy(cover))), classes.parts)
            cells = cover.sum(1)
            whole.append(_told(heads["whole"](seen.mean(1)), classes.whole))
            for at, number in enumerate(numbers):
                kept = np.flatnonzero(cells[at, : len(held.elements[number])] >= FEWEST)
                words = codes((held.elements[number][each] for each in kept), classes.parts)
                picture.append(np.full(len(kept), number))
                truth.append(words)
                guess.append(told[at, kept])
    return (
        np.concatenate(picture),
        np.concatenate(truth),
        np.concatenate(guess),
        (codes(held.whole, classes.whole), np.concatenate(whole)),
    )


def _told(logits: Any, words: Mapping[str, tuple[str, ...]]) -> Codes:
    """The likeliest class of each attribute; of an element, never that nothing stands there."""
    import torch

    found = []
    for name, each in zip(words, by_attribute(logits, words), strict=True):
        last = each.shape[-1] - 1
        some = each[..., :last] if words[name][last] == NOTHING else each
        found.append(some.argmax(-1))
    if not found:
        return np.zeros((*logits.shape[:-1], 0), np.int64)
    array: Codes = torch.stack(found, -1).numpy().astype(np.int64)
    return array
