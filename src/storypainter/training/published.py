"""The rows that ISA's paper printed (AAAI 2025; arXiv 2501.01982), to stand beside ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Where they are from, and what they can be compared with.
SOURCE = "published: arXiv 2501.01982, on ISA's own data and split, means over three runs"


@dataclass(frozen=True, slots=True)
class Published:
    """A printed row: a head's RMSE, RMAE, PCC and SRCC, in this order."""

    label: str
    numbers: Mapping[str, tuple[float, float, float, float]]


ROWS = (
    Published(
        "CoT VLISA (BERT)",
        {"semantic": (0.144, 0.328, 0.812, 0.802), "entity": (0.111, 0.288, 0.902, 0.897)},
    ),
    Published(
        "Naive VLISA (BERT)",
        {"semantic": (0.149, 0.337, 0.798, 0.785), "entity": (0.095, 0.269, 0.928, 0.925)},
    ),
    Published("ViT", {"semantic": (0.182, 0.383, 0.677, 0.667)}),
)
#: CoT VLISA (BERT) without a part of its features.
ABLATIONS = (
    Published("CoT VLISA (BERT) without chains", {"semantic": (0.145, 0.332, 0.809, 0.799)}),
    Published("CoT VLISA (BERT) without description", {"semantic": (0.148, 0.332, 0.801, 0.792)}),
)
