"""How the threshold for the embedded word vectors was chosen: ``python -m …recall_threshold``.

``recall_pairs.tsv`` holds 231 pairs of an entity of a Pool story and the noun of another text that
is nearest to it but not the same word (other texts: the story paraphrased, disguised, retold, in
the same place, or another story), drawn evenly over the whole range of similarity. Whether the
noun names the entity was labelled by us without seeing the similarity. Even rows chose the
threshold (best balanced accuracy over steps of 0.05), odd rows were held out.

Then recognition is counted where the truth is known: the entities of 16 Pool stories against the
known cases of copying, from the story word for word to an unrelated one. What an unrelated text
recognises is chance.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from storypainter.evaluators.copying_cases import load_cases
from storypainter.evaluators.embedding import EmbeddedEmbedder
from storypainter.evaluators.recall import Recaller, pooled_share
from storypainter.intervals import wilson
from storypainter.models.calling import Caller
from storypainter.models.catalog import connect_embedder
from storypainter.models.contract import Embedder, ModelOptions
from storypainter.pools import load_pool
from storypainter.reply import CallRecord, StoredReply

STEPS = tuple(round(0.2 + 0.05 * step, 2) for step in range(15))


@dataclass(frozen=True, slots=True)
class Pair:
    """An entity and a noun, by lemma; whether the noun names the entity."""

    entity: str
    noun: str
    same: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What a threshold makes of labelled pairs."""

    true_positives: int
    false_negatives: int
    true_negatives: int
    false_positives: int

    @property
    def sensitivity(self) -> float:
        """The share of pairs that mean the same and are taken for it."""
        return self.true_positives / (self.true_positives + self.false_negatives)

    @property
    def specificity(self) -> float:
        """The share of pairs that don't mean the same and are not taken for it."""
        return self.true_negatives / (self.true_negatives + self.false_positives)

    @property
    def balanced(self) -> float:
        """The mean of the two."""
        return (self.sensitivity + self.specificity) / 2


def load_pairs() -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The labelled pairs: those that chose, and those held out."""
    text = files("storypainter.evaluators").joinpath("recall_pairs.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    pairs = tuple(Pair(entity, noun, same == "yes") for entity, noun, same in rows)
    return pairs[::2], pairs[1::2]


def similarities(pairs: Sequence[Pair], embedder: EmbeddedEmbedder) -> NDArray[np.float64]:
    """Of each pair: the lower of the cosines of the two texts and of their last words."""

    def unit(texts: list[str]) -> NDArray[np.float64]:
        rows = np.asarray(embedder.embed_array(texts), dtype=np.float64)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def cosines(one: list[str], other: list[str]) -> NDArray[np.float64]:
        products: NDArray[np.float64] = (unit(one) * unit(other)).sum(axis=1)
        return products

    whole = cosines([pair.entity for pair in pairs], [pair.noun for pair in pairs])
    last = cosines(
        [pair.entity.split()[-1] for pair in pairs], [pair.noun.split()[-1] for pair in pairs]
    )
    return np.minimum(whole, last)


def decided(pairs: Sequence[Pair], alike: NDArray[np.float64], threshold: float) -> Decided:
    """How many pairs a threshold decides rightly and wrongly."""
    same = np.array([pair.same for pair in pairs])
    taken = alike >= threshold
    return Decided(
        int((taken & same).sum()),
        int((~taken & same).sum()),
        int((~taken & ~same).sum()),
        int((taken & ~same).sum()),
    )


def choose(pairs: Sequence[Pair], alike: NDArray[np.float64]) -> float:
    """The threshold of the best balanced accuracy; the higher one of equals."""
    return max(STEPS, key=lambda step: (decided(pairs, alike, step).balanced, step))


class _NoReplies:
    """A store for what asks no model."""

    def find(self, key: str) -> StoredReply | None:
        return None

    async def keep(self, record: CallRecord) -> str | None:
        raise AssertionError("an embedded model was asked")

    async def charge(self, *told: object, **more: object) -> None:
        raise AssertionError("an embedded model was asked")

    def spent(self) -> float:
        return 0.0


async def recognition_by_case(embedder: Embedder) -> dict[str, list[tuple[int, int]]]:
    """(recognised, entities) of each text, by what kind of case of its source it is."""
    entities = {story.id: story.entities for story in load_pool("own").stories}
    recaller, caller = Recaller(embedder, None), Caller(_NoReplies())
    found: dict[str, list[tuple[int, int]]] = {}
    for case in load_cases():
        if case.source in entities:
            said = await recaller.recognise(entities[case.source], case.text, caller)
            found.setdefault(case.kind, []).append((sum(each.found for each in said), len(said)))
    return found


def main() -> None:
    """Print the choice, what it does on both halves, and recognition by kind of case."""
    embedder = connect_embedder("wordllama", ModelOptions())
    assert isinstance(embedder, EmbeddedEmbedder)
    halves = load_pairs()
    chosen = choose(halves[0], similarities(halves[0], embedder))
    lines = [f"wordllama, with heads: {chosen}"]
    for name, pairs in zip(("chose", "held out"), halves, strict=True):
        found = decided(pairs, similarities(pairs, embedder), chosen)
        same = found.true_positives + found.false_negatives
        other = found.true_negatives + found.false_positives
        lines += [
            f"{name}: {len(pairs)} pairs, balanced accuracy {found.balanced:.3f}",
            "  same, taken for it: {} of {} [{:.3f}, {:.3f}]".format(
                found.true_positives, same, *wilson(found.true_positives, same)
            ),
            "  not the same, not taken for it: {} of {} [{:.3f}, {:.3f}]".format(
                found.true_negatives, other, *wilson(found.true_negatives, other)
            ),
        ]
    for kind, rows in asyncio.run(recognition_by_case(embedder)).items():
        pooled = pooled_share(rows)
        if pooled is not None:
            share, (low, high) = pooled
            told = f"{share:.3f} [{low:.3f}, {high:.3f}] of {sum(n for _, n in rows)} entities"
            lines.append(f"recognised, {kind}: {told}, {len(rows)} texts")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
