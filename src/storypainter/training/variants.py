"""What of the features a scorer reads: all, Naive, without Chains, without the description.

The rows of ISA's ablation (arXiv 2501.01982). A CoT answer gives seven categories with clues and
conclusions, then a description. It is read as the Seer gave it and parted at its headings, or read
into Features and written in the one form that ``evaluate`` gives to a scorer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from storypainter.evaluators.feature_reading import Unreadable, read_features

#: What a scorer reads: answers as they are, or in the form of ``Features.text``.
Reads = Literal["as_given", "features"]

_BEFORE = r"^[ \t]*(?:[#>*_\-]+[ \t]*)*(?:\(?\d{1,2}[.):][ \t]*)?[*_\[]*[ \t]*"
_AFTER = r"[ \t]*[\]*_]*[ \t]*(?P<end>:|$|[\]*_]+:?)[ \t*_]*"
_DESCRIPTION = re.compile(
    _BEFORE
    + r"(?:(?:final|overall|image|picture|scene|story|detailed|general)[ \t]+)*description"
    + r"(?:[ \t]+of[ \t]+the[ \t]+(?:image|picture|scene|story))?"
    + _AFTER,
    re.IGNORECASE | re.MULTILINE,
)
_CATEGORY = re.compile(
    _BEFORE
    + r"(?:special[ \t]+(?:time|location)|time|location|character[ \t]+(?:role|relationship)s?"
    + r"|(?:high[- ]level[ \t]+)?events?|(?:event[ \t]+)?causal[ \t]+relationships?"
    + r"|event[ \t]+relationships?|mental[ \t]+states?)"
    + _AFTER,
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A row of the table: which features, and which part of them (``""`` is all)."""

    name: str
    label: str
    kind: Literal["cot", "naive"] = "cot"
    part: Literal["", "chains", "description"] = ""

    def of(self, text: str, reads: Reads = "as_given") -> str | None:
        """What a scorer reads of an answer; ``None`` where the answer has no such part."""
        if reads == "features":
            try:
                found = read_features(text, self.kind)
            except Unreadable:
                return None
            given = found.text_of(
                chains=self.part != "description", description=self.part != "chains"
            )
            return given or None
        if not self.part:
            return text
        chains, description = parted(text)
        return (chains if self.part == "chains" else description) or None


COT = Variant("cot", "CoT")
NAIVE = Variant("naive", "Naive", "naive")
WITHOUT_CHAINS = Variant("without-chains", "CoT without chains", part="description")
WITHOUT_DESCRIPTION = Variant("without-description", "CoT without description", part="chains")
VARIANTS = (COT, NAIVE, WITHOUT_CHAINS, WITHOUT_DESCRIPTION)


def parted(text: str) -> tuple[str, str]:
    """The categories' part and the description; both empty where there is no such heading.

    The description reaches to the next heading of a category, or to the end. A text with only
    one of the two headings can't be parted: what belongs to the other would be a guess.
    """
    heading = _DESCRIPTION.search(text)
    if heading is None or _CATEGORY.search(text) is None:
        return "", ""
    following = _CATEGORY.search(text, heading.end())
    end = following.start() if following else len(text)
    chains = text[: heading.start()].rstrip() + "\n\n" + text[end:]
    return chains.strip(), text[heading.end() : end].strip()
