from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.picture import Region
from storypainter.scene import Person, Scene, Setting
from storypainter.sequences.small_seer.labelled import NOBODY, drawn, owners, painted
from storypainter.sequences.small_seer.labels import Labels


def mask(rows: slice, columns: slice, side: int = 24) -> np.ndarray:
    found = np.zeros((side, side), bool)
    found[rows, columns] = True
    return found


def test_a_cell_is_of_who_covers_most_of_it() -> None:
    # a grid of 4 cells: 6 places of 24 each
    left = mask(slice(0, 24), slice(0, 12))
    above = mask(slice(0, 6), slice(0, 24))
    found = owners([left, above], 4)
    assert found[0].tolist() == [0, 0, 1, 1]  # of equals the first
    assert found[1].tolist() == [0, 0, NOBODY, NOBODY]


def test_a_quarter_of_a_cell_is_enough_and_less_is_not() -> None:
    assert owners([mask(slice(0, 3), slice(0, 3))], 4)[0, 0] == 0
    assert owners([mask(slice(0, 3), slice(0, 2))], 4)[0, 0] == NOBODY


@given(st.integers(1, 40), st.integers(1, 40), st.integers(2, 8))
def test_a_mask_of_any_shape_that_covers_everything_has_every_cell(high, wide, grid) -> None:
    assert (owners([np.ones((high, wide), bool)], grid) == 0).all()


def png(wide: int, high: int) -> bytes:
    from PIL import Image

    image = Image.new("RGB", (wide, high), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, wide // 2, high))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def region(element: str, ring: tuple[tuple[float, float], ...]) -> Region:
    return Region(
        element=element, kind="person", box=(0, 0, 1, 1), polygons=(ring,), visible=1,
        side="left", quadrant="top left",
    )  # fmt: skip


def test_a_painted_file_becomes_square_and_its_regions_come_along() -> None:
    half = region("ann", ((0, 0), (100, 0), (100, 60), (0, 60)))
    labels = Labels({"place": "park"}, {"ann": {"what": "girl"}})
    found = painted(png(200, 60), [half], labels, 32, 4)
    assert found.pixels.shape == (32, 32, 3)
    assert found.pixels[16, 4].tolist() == [255, 0, 0]
    assert found.owner[:, :2].tolist() == [[0, 0]] * 4
    assert (found.owner[:, 2:] == NOBODY).all()
    assert found.elements == ({"what": "girl"},)


def test_elements_that_nobody_sees_or_knows_are_left_out() -> None:
    everything = ((0, 0), (200, 0), (200, 60), (0, 60))
    regions = [region("unknown", everything), region("dot", ((0, 0), (1, 0), (0, 1)))]
    labels = Labels({}, {"dot": {"what": "ball"}})
    found = painted(png(200, 60), regions, labels, 32, 4)
    assert found.elements == ()
    assert (found.owner == NOBODY).all()


def test_bytes_that_are_no_picture() -> None:
    with pytest.raises(OSError, match="cannot identify"):
        painted(b"GIF nothing", [], Labels({}, {}), 32, 4)


def test_a_scene_is_drawn_small_with_its_people_where_they_stand() -> None:
    scene = Scene(
        setting=Setting(kind="park"),
        people=(Person(id="a", role="girl", age="child"), Person(id="b", role="man")),
    )
    found = drawn(scene, 3, 140, 28)
    assert found.pixels.shape == (140, 140, 3)
    assert {each["what"] for each in found.elements} >= {"girl", "man"}
    assert set(found.owner.flatten().tolist()) == {NOBODY, *range(len(found.elements))}
    again = drawn(scene, 3, 140, 28)
    assert (again.pixels == found.pixels).all()
    assert (again.owner == found.owner).all()


def test_a_word_that_ink_lacks_is_refused() -> None:
    with pytest.raises(BadInput):
        drawn(Scene(setting=Setting(kind="no such place")), 0, 140, 28)
