"""Splits 6:2:2: whole, disjoint, the same in any order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.training.splits import split


@settings(max_examples=40)
@given(st.dictionaries(st.text(min_size=1), st.integers(0, 40), min_size=30), st.integers(0, 9))
def test_no_item_and_no_group_in_two_parts(items: dict[str, int], seed: int) -> None:
    groups = {name: str(group) for name, group in items.items()}
    if len(set(groups.values())) < 10:
        return
    found = split(groups, seed)
    parts = (found.train, found.validation, found.test)
    assert sorted(sum(parts, ())) == sorted(groups)
    seen = [{groups[name] for name in part} for part in parts]
    assert sum(len(part) for part in seen) == len(set(groups.values()))
    assert split(dict(reversed(groups.items())), seed) == found


def test_sizes_and_seeds() -> None:
    groups = {f"item-{n}": f"item-{n}" for n in range(2946)}
    found = split(groups, 0)
    assert [len(found.train), len(found.validation), len(found.test)] == [1768, 589, 589]
    assert set(split(groups, 1).test) != set(found.test)


def test_equal_texts_stay_together() -> None:
    groups = {f"{n}{twin}": str(n) for n in range(20) for twin in "ab"}
    found = split(groups, 3)
    assert all(name.replace("a", "b") in found.test for name in found.test)


def test_too_few() -> None:
    with pytest.raises(BadInput, match="9 different texts"):
        split({str(n): str(n) for n in range(9)}, 0)
