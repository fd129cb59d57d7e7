"""What is held out: a tenth at most, and what belongs together is never parted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storypainter.training.distilling.holding_out import hold_out
from storypainter.training.distilling.rows import SftRow, Turn, answer, group_of


def row(number: int, prompt: str, story: str) -> SftRow:
    asked = (Turn(role="user", content=prompt),)
    return SftRow(id=str(number), prompt=asked, completion=answer(story), group=group_of(asked))


def rows_of(pairs: list[tuple[int, int]]) -> list[SftRow]:
    return [row(at, f"prompt {p}", f"story {s}") for at, (p, s) in enumerate(pairs)]


sets = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=120)


@given(pairs=sets, seed=st.integers(0, 5))
def test_equal_prompts_and_equal_stories_are_never_parted(
    pairs: list[tuple[int, int]], seed: int
) -> None:
    rows = rows_of(pairs)
    parts = hold_out(rows, seed)
    assert sorted(map(id, (*parts.train, *parts.heldout))) == sorted(map(id, rows))
    assert not {each.text for each in parts.train} & {each.text for each in parts.heldout}
    if len({each.group for each in rows}) > 1:
        assert parts.by == "prompt"
        assert not {each.group for each in parts.train} & {each.group for each in parts.heldout}
    else:
        assert parts.by == "story"


@given(pairs=sets, seed=st.integers(0, 5))
def test_the_order_of_the_rows_decides_nothing(pairs: list[tuple[int, int]], seed: int) -> None:
    rows = rows_of(pairs)
    one, other = hold_out(rows, seed), hold_out(rows[::-1], seed)
    assert set(one.heldout) == set(other.heldout)


def test_a_tenth_is_held_out_where_every_row_stands_alone() -> None:
    rows = rows_of([(at, at) for at in range(200)])
    one, other = hold_out(rows, 0), hold_out(rows, 1)
    assert (len(one.train), len(one.heldout)) == (180, 20)
    assert set(one.heldout) != set(other.heldout)


def test_a_prompt_with_more_rows_than_a_tenth_is_learnt_from() -> None:
    rows = rows_of([(0, at) for at in range(60)] + [(at, at) for at in range(60, 100)])
    parts = hold_out(rows, 0)
    assert len(parts.heldout) == 10
    assert all(each.prompt[0].content != "prompt 0" for each in parts.heldout)


def test_one_prompt_for_all_is_parted_by_story() -> None:
    rows = rows_of([(0, at // 2) for at in range(100)])
    parts = hold_out(rows, 0)
    assert (parts.by, len(parts.heldout)) == ("story", 10)


def test_a_small_set_still_holds_something_out() -> None:
    assert len(hold_out(rows_of([(0, 0), (1, 1), (2, 2)]), 0).heldout) == 1
    assert len(hold_out(rows_of([(0, 0)]), 0).heldout) == 0
