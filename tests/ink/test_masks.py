"""Masks: polygons to cells and back to outlines agree with shapely."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from storypainter.ink.drawing.masks import Mask, cells_inside, outer_rings, region_of

SHAPE = (40, 60)
coordinates = st.tuples(st.floats(-30, 160), st.floats(-30, 120))


def _by_shapely(area: shapely.Geometry, cell: float) -> Mask:
    x, y = np.meshgrid((np.arange(SHAPE[1]) + 0.5) * cell, (np.arange(SHAPE[0]) + 0.5) * cell)
    return shapely.contains_xy(area, x, y)


def _cells(area: shapely.Geometry, cell: float) -> Mask:
    mask = np.zeros(SHAPE, bool)
    found = cells_inside(area, cell, SHAPE)
    if found is not None:
        rows, columns, inside = found
        mask[rows, columns] = inside
    return mask


@given(st.lists(coordinates, min_size=3, max_size=12), st.sampled_from([1.0, 2.0, 3.0]))
def test_cells_are_those_with_their_middle_inside(
    points: list[tuple[float, float]], cell: float
) -> None:
    area = shapely.Polygon(points).buffer(0)
    if area.is_empty:
        return
    differing = _cells(area, cell) != _by_shapely(area, cell)
    rows, columns = np.nonzero(differing)
    middles = shapely.points((columns + 0.5) * cell, (rows + 0.5) * cell)
    assert (
        shapely.distance(middles, area.boundary) < 1e-6
    ).all()  # only where it may go either way


def test_holes_and_several_pieces() -> None:
    ring = shapely.Point(50, 50).buffer(30).difference(shapely.Point(50, 50).buffer(12))
    both = shapely.union_all([ring, shapely.box(90.2, 90.2, 110.2, 110.2)])
    assert (_cells(both, 2.0) == _by_shapely(both, 2.0)).all()


@pytest.mark.parametrize("area", [shapely.Polygon(), shapely.box(-90, -90, -10, -10)])
def test_nothing_on_the_grid(area: shapely.Geometry) -> None:
    assert cells_inside(area, 2.0, SHAPE) is None


@given(st.integers(0, 10_000), st.floats(0.1, 0.9))
def test_rings_enclose_every_cell_and_fill_holes_only(seed: int, density: float) -> None:
    mask = np.random.default_rng(seed).random((9, 11)) < density
    shapes = [shapely.Polygon(ring) for ring in outer_rings(mask)]
    assert all(shape.is_valid or shape.buffer(0).area > 0 for shape in shapes)
    cells = [shapely.box(x, y, x + 1, y + 1) for y, x in zip(*np.nonzero(mask), strict=True)]
    covered = shapely.union_all([shape.buffer(0) for shape in shapes])
    assert shapely.union_all(cells).difference(covered).area == pytest.approx(0)
    if cells:
        filled = [
            shapely.Polygon(piece.exterior)
            for piece in getattr(shapely.union_all(cells), "geoms", [shapely.union_all(cells)])
        ]
        assert covered.area <= shapely.union_all(filled).area + 1e-9


def test_region_of_a_rectangle() -> None:
    visible, whole = np.zeros((50, 50), bool), np.zeros((50, 50), bool)
    whole[10:30, 5:25] = True
    visible[10:25, 5:25] = True
    region = region_of(
        visible, whole, cell=2.0, size=(100, 100), element="box", kind="box", clues=("c1",)
    )
    assert region.box == (10, 20, 50, 50)
    assert region.visible == 0.75
    assert region.area == 15 * 20 * 4
    assert (region.side, region.quadrant) == ("left", "top left")
    (ring,) = region.polygons
    assert shapely.Polygon(ring).symmetric_difference(shapely.box(10, 20, 50, 50)).area < 20


def test_region_that_nobody_sees() -> None:
    whole = np.zeros((50, 50), bool)
    whole[10:30, 5:25] = True
    empty = np.zeros_like(whole)
    hidden = region_of(empty, whole, cell=2.0, size=(100, 100), element="a", kind="b")
    assert (hidden.visible, hidden.area, hidden.polygons) == (0.0, 0.0, ())
    assert hidden.box == (10, 20, 50, 60)
    nothing = region_of(empty, empty, cell=2.0, size=(100, 100), element="a", kind="b")
    assert nothing.box == (0, 0, 0, 0)
