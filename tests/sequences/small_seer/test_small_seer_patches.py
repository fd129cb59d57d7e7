from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.sequences.small_seer.patches import covered, pooled, standing

OWNER = np.array([[[0, 0, -1, -1], [0, 1, -1, -1], [-1, -1, -1, -1], [1, 1, 1, 1]]], np.int16)


def test_cells_of_every_patch_by_element() -> None:
    found = covered(OWNER, 2, 2)
    assert found.tolist() == [[[3, 1], [0, 0], [0, 2], [0, 2]]]


def test_a_patch_is_of_who_covers_most_of_it_from_a_quarter_on() -> None:
    assert standing(covered(OWNER, 2, 2), 4).tolist() == [[0, -1, 1, 1]]
    one = np.full((1, 4, 4), -1, np.int16)
    one[0, 0, 0] = 0
    assert standing(covered(one, 1, 1), 16).tolist() == [[-1]]


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_every_cell_of_an_element_is_in_one_patch(tokens, step, most, seed) -> None:
    grid = tokens * step
    owner = np.random.default_rng(seed).integers(-1, most, (2, grid, grid)).astype(np.int16)
    found = covered(owner, tokens, most)
    for number in range(most):
        assert found[..., number].sum() == (owner == number).sum()


def test_an_element_is_the_mean_of_its_patches_by_cells() -> None:
    torch = pytest.importorskip("torch")
    seen = torch.tensor([[[4.0], [8.0], [0.0], [2.0]]])
    cover = torch.from_numpy(covered(OWNER, 2, 3))
    found = pooled(seen, cover)
    assert found[0, 0].tolist() == [4.0]
    assert found[0, 1].tolist() == pytest.approx([(4 + 0 + 2 * 2) / 5])
    assert found[0, 2].tolist() == [0.0]  # nowhere
