"""The connector's first weights: a patch becomes about the words that the language model has for it.

A connector with random weights speaks no language that the model knows, and much of a short
training goes into that alone. Here the words of each patch are known, and so are their vectors in
the language model's own table: the connector learns to give, for a patch, the mean vector of the
words of what stands there (LLaVA's first stage, arXiv 2304.08485, without the language model in
the loop: minutes instead of hours).

What all those vectors have in common is taken away. A small language model has met words, each of
them far from the mean, and never fifty vectors that share one large component: given them, it
falls apart (SmolLM2-135M's loss on a caption went from 3.8 without pictures to 9.4, and to 3.9 with
the common part taken away).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storypainter.sequences.small_seer.encoder import TrainedEncoder, as_input, features
from storypainter.sequences.small_seer.labels import Words
from storypainter.sequences.small_seer.patches import covered, standing
from storypainter.sequences.small_seer.shelf import Shelf

#: What a patch is called: of each group the first attribute that is known.
_SAID = (("what",), ("action", "pose"), ("emotion", "expression"), ("look",))
_SAID_OF_NOTHING = (("place", "setting"), ("time", "time of day"))
#: Patches an update, updates, and how many pictures at most they come from.
PATCHES, UPDATES, PICTURES = 1024, 600, 4000
LEARNING_RATE = 1e-3
_BATCH = 64


def set_scale(connector: Any, seen: TrainedEncoder, table: Any) -> None:
    """Weights that take features of this spread and give vectors as long as the table's.

    Args:
        connector: LLaVA's: two linear layers.
        seen: the encoder, with mean and deviation of its features.
        table: the language model's word vectors, (words, width).
    """
    import torch

    first, second = connector.linear_1, connector.linear_2
    with torch.no_grad():
        torch.nn.init.normal_(first.weight, std=1 / math.sqrt(first.in_features))
        first.weight.div_(seen.deviation)
        first.bias.copy_(-first.weight @ seen.mean)
        # gelu of a standard normal has a mean square of 0.425
        length = float(table.float().pow(2).mean().sqrt())
        torch.nn.init.normal_(second.weight, std=length / math.sqrt(0.425 * second.in_features))
        second.bias.zero_()


def align(
    connector: Any,
    seen: TrainedEncoder,
    table: Any,
    tokenizer: Any,
    shelf: Shelf,
    *,
    seed: int = 0,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, float]:
    """Teach the connector what patches are called.

    Returns:
        ``before`` and ``after``: the mean cosine between what it gives and what it should give
        (the mean over patches is taken from that), for patches of pictures that were held out.
    """
    import torch

    vectors = _Vectors(table, tokenizer)
    learnt = _patches(seen, shelf.part(held_out=False), vectors, seed, PICTURES)
    held = _patches(seen, shelf.part(held_out=True), vectors, seed, PICTURES // 10)
    wanted = _centred(vectors.stacked(), learnt[1], vectors.usual)
    scale = float(wanted[learnt[1]].pow(2).mean())
    before = _closeness(connector, held, wanted)
    optimiser = torch.optim.AdamW(connector.parameters(), lr=LEARNING_RATE, weight_decay=0.01)
    order = torch.Generator().manual_seed(seed)
    for update in range(UPDATES):
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * (0.5 + 0.5 * math.cos(math.pi * update / UPDATES))
        some = torch.randint(len(learnt[0]), (PATCHES,), generator=order)
        given = connector(learnt[0][some])
        loss = (given - wanted[learnt[1][some]]).pow(2).mean() / scale
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        if (update + 1) % 200 == 0:
            say(f"connector: update {update + 1} of {UPDATES}, error {float(loss.detach()):.3f}")
    after = _closeness(connector, held, wanted)
    return {"before": round(before, 4), "after": round(after, 4)}


def _centred(vectors: Any, numbers: Any, usual: float) -> Any:
    """The vectors without their mean over the patches, as long on average as a word's usually is.

    Args:
        vectors: one for each text, (texts, width).
        numbers: the text of each patch, (patches,).
        usual: how long a word's vector usually is.
    """
    away = vectors - vectors[numbers].mean(0)
    return away * (usual / float(away[numbers].norm(dim=-1).mean().clamp(min=1e-6)))


def said(words: Words, whole: Words) -> tuple[str, ...]:
    """What a patch of an element is called; without words, of a place where nothing stands."""
    return _first(words, _SAID) or _first(whole, _SAID_OF_NOTHING)


def _first(words: Words, groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    known = ([words[name] for name in group if name in words] for group in groups)
    return tuple(each[0] for each in known if each)


class _Vectors:
    """Vectors of some short texts together, each made once.

    All texts weigh alike, however many words they have; the sum is as long as a word's vector
    usually is.
    """

    def __init__(self, table: Any, tokenizer: Any) -> None:
        self.table = table.detach().float()
        self.usual = float(self.table.norm(dim=-1).mean())
        self.tokenizer = tokenizer
        self.numbers: dict[tuple[str, ...], int] = {}
        self.rows: list[Any] = []

    def number(self, texts: tuple[str, ...]) -> int:
        """Which vector is that of these texts."""
        if texts not in self.numbers:
            mean = sum(self._mean(text) for text in texts)
            self.rows.append(mean * (self.usual / float(mean.norm().clamp(min=1e-6))))
            self.numbers[texts] = len(self.rows) - 1
        return self.numbers[texts]

    def _mean(self, text: str) -> Any:
        tokens = self.tokenizer(f" {text}", add_special_tokens=False)["input_ids"]
        return self.table[tokens].mean(0)

    def stacked(self) -> Any:
        """All vectors, (texts, width)."""
        import torch

        return torch.stack(self.rows)


def _patches(
    seen: TrainedEncoder, shelf: Shelf, vectors: _Vectors, seed: int, most: int
) -> tuple[Any, Any]:
    """The features of patches, (n, width), and the number of what each is called, (n,)."""
    import torch

    chosen = np.random.default_rng(seed).permutation(len(shelf))[:most]
    found: list[Any] = []
    names: list[NDArray[np.int64]] = []
    cells = (shelf.owner.shape[1] // seen.tokens) ** 2
    with torch.inference_mode():
        for start in range(0, len(chosen), _BATCH):
            numbers = chosen[start : start + _BATCH]
            found.append(features(seen.encoder, as_input(shelf.pixels[numbers])).flatten(0, 1))
            most_elements = max(1, *(len(shelf.elements[each]) for each in numbers))
            cover = covered(shelf.owner[numbers], seen.tokens, most_elements)
            for number, stands in zip(numbers, standing(cover, cells), strict=True):
                names.append(_names(shelf, int(number), stands, vectors))
    name = np.concatenate(names)
    kept = torch.from_numpy(np.flatnonzero(name >= 0))
    return torch.cat(found)[kept].clone(), torch.from_numpy(name)[kept]


def _names(
    shelf: Shelf, number: int, stands: NDArray[np.int64], vectors: _Vectors
) -> NDArray[np.int64]:
    """For each patch of a picture the number of what it is called, or -1."""
    whole, elements = shelf.whole[number], shelf.elements[number]
    texts = {
        each: said(elements[each] if each >= 0 else {}, whole) for each in set(stands.tolist())
    }
    numbers = {each: vectors.number(text) if text else -1 for each, text in texts.items()}
    return np.array([numbers[each] for each in stands.tolist()], np.int64)


def _closeness(connector: Any, held: tuple[Any, Any], wanted: Any) -> float:
    import torch

    with torch.inference_mode():
        given, truth = connector(held[0]), wanted[held[1]]
        return float(torch.nn.functional.cosine_similarity(given, truth, dim=-1).mean())
