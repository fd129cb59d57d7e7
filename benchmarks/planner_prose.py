"""How much the prose of planned stories repeats itself, beside the Pool's at matched token counts.

    python benchmarks/planner_prose.py [-n 120] [--seed 0] [--out FILE]

distinct-2: different pairs of neighbouring words among all pairs (Li et al. 2016). self-BLEU: the
mean BLEU-4 of each text with all others as references (Zhu et al. 2018; clipped counts, closest
reference length, add-one smoothing above unigrams). openings: the share of sentences whose first
three words open another sentence of the set as well. Story k of each set is cut to the same
number of words. Intervals: 95 %, 200 resamples of stories.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import re
from collections import Counter
from pathlib import Path

from measuring import write_json

from storypainter.evaluators.tagging import sentences
from storypainter.planner import plan
from storypainter.pools import load_pool

Tokens = list[str]


def tokens_of(text: str) -> Tokens:
    """Words and numbers, in lower case."""
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.casefold())


def distinct_2(texts: list[Tokens]) -> float:
    """Different pairs of neighbouring words among all of them, 0 to 1."""
    pairs = [pair for words in texts for pair in itertools.pairwise(words)]
    return len(set(pairs)) / len(pairs)


def _grams(words: Tokens, n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def bleu(words: Tokens, best: list[dict[tuple[str, ...], int]], closest: int) -> float:
    """BLEU-4 of a text, given the largest count of each n-gram in a reference."""
    total = 0.0
    for n in range(1, 5):
        grams = _grams(words, n)
        hits = sum(min(count, best[n - 1].get(gram, 0)) for gram, count in grams.items())
        of = sum(grams.values())
        plus = 0 if n == 1 else 1
        if hits + plus == 0:
            return 0.0
        total += math.log((hits + plus) / (of + plus))
    brevity = min(0.0, 1 - closest / len(words))
    return math.exp(total / 4 + brevity)


def self_bleu(texts: list[Tokens]) -> list[float]:
    """For each text its BLEU-4 with all others as references."""
    counts = [[_grams(words, n) for n in range(1, 5)] for words in texts]
    top: list[dict[tuple[str, ...], list[tuple[int, int]]]] = [{}, {}, {}, {}]
    for place, grams in enumerate(counts):
        for n in range(4):
            for gram, count in grams[n].items():
                # the two largest counts are enough: one of them may be the text's own
                kept = top[n].setdefault(gram, [])
                kept.append((count, place))
                kept.sort(reverse=True)
                del kept[2:]
    found = []
    for place, words in enumerate(texts):
        best = [
            {gram: next((c for c, p in top[n][gram] if p != place), 0) for gram in counts[place][n]}
            for n in range(4)
        ]
        lengths = [len(other) for at, other in enumerate(texts) if at != place]
        closest = min(lengths, key=lambda each: (abs(each - len(words)), each))
        found.append(bleu(words, best, closest))
    return found


def openings(texts: list[str]) -> list[list[tuple[str, ...]]]:
    """The first three words of every sentence, by text."""
    return [
        [tuple(token.text.casefold() for token in each.words[:3]) for each in sentences(text)]
        for text in texts
    ]


def repeated(by_text: list[list[tuple[str, ...]]]) -> float:
    """The share of openings that another sentence has too."""
    every = [opening for some in by_text for opening in some]
    counts = Counter(every)
    return sum(count for count in counts.values() if count > 1) / len(every)


def interval(values: list[float], rng: random.Random) -> tuple[float, float]:
    means = sorted(
        sum(some) / len(some) for some in ([rng.choice(values) for _ in values] for _ in range(200))
    )
    return round(means[4], 4), round(means[195], 4)


def measured(texts: list[str], lengths: list[int], rng: random.Random) -> dict[str, object]:
    words = [tokens_of(text)[:length] for text, length in zip(texts, lengths, strict=True)]
    bleus = self_bleu(words)
    return {
        "n": len(texts),
        "tokens": sum(map(len, words)),
        "distinct_2": round(distinct_2(words), 4),
        "self_bleu": round(sum(bleus) / len(bleus), 4),
        "self_bleu_interval": interval(bleus, rng),
        "repeated_openings": round(repeated(openings(texts)), 4),
        "words": round(sum(len(text.split()) for text in texts) / len(texts), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=120)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    pool = [story.text for story in load_pool("own").stories]
    rng.shuffle(pool)
    n = min(options.n, len(pool))
    planned = [plan(options.seed, index).story.text for index in range(n)]
    lengths = [
        min(len(tokens_of(a)), len(tokens_of(b))) for a, b in zip(planned, pool, strict=False)
    ]
    found: dict[str, object] = {
        "planned": measured(planned, lengths, rng),
        "pool": measured(pool[:n], lengths, rng),
    }
    ratios = {
        key: round(found["planned"][key] / found["pool"][key], 3)  # type: ignore[index]
        for key in ("distinct_2", "self_bleu", "repeated_openings")
    }
    found["planned_to_pool"] = ratios
    print(json.dumps(found, indent=1))
    write_json(options.out, "planner prose", found)


if __name__ == "__main__":
    main()
