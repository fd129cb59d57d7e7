"""A family told of as one and then one by one: only those are there whom the text tells of."""

from __future__ import annotations

from storypainter.director.cast import Cast
from storypainter.director.drafts import Draft

_YOUNG = frozenset({"boy", "girl", "child", "toddler", "baby", "son", "daughter", "teenager"})
_KIN = _YOUNG | {
    "mother", "father", "parent", "grandmother", "grandfather", "brother", "sister", "aunt", "uncle",
    "elderly man", "elderly woman", "grandchild", "twins", "cousin",
}  # fmt: skip
_LEAST = 2  # others who are told of one by one


def dissolve(cast: Cast) -> None:
    """Leave out the members of a family whom a text does not tell of, if it tells of others."""
    family = cast.told_as("family")
    if not family:
        return
    begins = min((span.start for d in family for span in d.spans), default=0)
    others = [d for d in cast.drafts if d not in family and _of_kin(d, begins)]
    if len(others) < _LEAST:
        return
    told = next((d for d in family if len(d.spans) > 1), others[0])
    for member in (d for d in family if len(d.spans) == 1):
        told.spans += [span for span in member.spans if span not in told.spans]
        member.spans = []


def _of_kin(person: Draft, begins: int) -> bool:
    """Whether somebody told of behind the family may be one of it."""
    later = person.is_person and person.there and min(s.start for s in person.spans) > begins
    return later and person.said in _KIN
