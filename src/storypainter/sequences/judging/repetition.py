"""Repetition inside a narrative: phrases that come again and again, as weak models loop."""

from __future__ import annotations

from storypainter.evaluators.moment_rules import loops
from storypainter.evaluators.moment_rules.text import tell
from storypainter.score import Score
from storypainter.sequences.judging.overlap import words

VERSION = "1"
JUDGE = "rules"
_GRAM = 4
_MOST_CHARACTERS = 100_000


def repetition(narrative: str) -> tuple[Score, ...]:
    """How much of a narrative repeats itself; 0 is best.

    ``repetition`` is the share of its words inside second and later places of a phrase of four or
    more words that comes three times or more (the Moment evaluator's rule); ``repeated_4grams``
    the share of its four-word sequences that came before in it. Behind 100,000 characters nothing
    is read.
    """
    text = narrative[:_MOST_CHARACTERS]
    found = words(text)
    if not found:
        absent = "nothing was told"
        return tuple(
            Score(name=name, judge=JUDGE, version=VERSION, absent=absent, n=0)
            for name in ("repetition", "repeated_4grams")
        )
    telling = tell(text)
    spans = [(each.start, each.end) for each in loops.find(telling)]
    tokens = [token for token in telling.tokens if token.is_word]
    inside = sum(any(a <= token.start < b for a, b in spans) for token in tokens)
    looped = Score(
        name="repetition", judge=JUDGE, version=VERSION, value=inside / len(tokens),
        n=len(tokens), reason=f"{inside} of {len(tokens)} words",
    )  # fmt: skip
    grams = [tuple(found[at : at + _GRAM]) for at in range(len(found) - _GRAM + 1)]
    if not grams:
        short = f"fewer than {_GRAM} words"
        again = Score(name="repeated_4grams", judge=JUDGE, version=VERSION, absent=short, n=0)
    else:
        again = Score(
            name="repeated_4grams", judge=JUDGE, version=VERSION,
            value=1 - len(set(grams)) / len(grams), n=len(grams),
            reason=f"{len(grams) - len(set(grams))} of {len(grams)}",
        )  # fmt: skip
    return looped, again
