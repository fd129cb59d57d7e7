from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from storypainter.ink.composition.audit import audit, regions
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.palette import Style


def _canvas() -> Canvas:
    return Canvas(1024, 1024, Style("flat"))


def _by_name(canvas):
    return {each.element: each for each in audit(canvas)}


def test_a_covered_square_has_the_share_that_one_computes_by_hand():
    canvas = _canvas()
    with canvas.layer("far", 1, clues=("c1",)):
        canvas.shape(shapely.box(102, 102, 402, 402), "#aa0000")
    with canvas.layer("near", 2):
        canvas.shape(shapely.box(102, 102, 402, 177), "#00aa00")
    seen = _by_name(canvas)
    assert seen["far"].share == pytest.approx(0.75, abs=0.01)
    assert seen["near"].share == 1.0


def test_depth_decides_what_covers_not_the_order_of_drawing():
    canvas = _canvas()
    with canvas.layer("near", 2):
        canvas.shape(shapely.box(0, 0, 200, 200), "#00aa00")
    with canvas.layer("far", 1):
        canvas.shape(shapely.box(0, 0, 200, 200), "#aa0000")
    assert _by_name(canvas)["far"].share == 0.0


def test_scenery_covers_but_is_no_element_and_weather_does_neither():
    canvas = _canvas()
    with canvas.layer("thing", 1):
        canvas.shape(shapely.box(100, 100, 300, 300), "#aa0000")
    with canvas.layer("lamp", 2, kind="scenery"):
        canvas.shape(shapely.box(200, 0, 400, 400), "#222222")
    with canvas.layer("rain", 3, kind="weather"):
        canvas.shape(shapely.box(0, 0, 1000, 1000), "#ffffff")
    seen = _by_name(canvas)
    assert set(seen) == {"thing"}
    assert seen["thing"].share == pytest.approx(0.5, abs=0.02)


def test_parts_are_measured_on_their_own():
    canvas = _canvas()
    with canvas.layer("sign", 1):
        canvas.shape(shapely.box(100, 100, 500, 500), "#ffffff")
        with canvas.part("text"):
            canvas.fill(shapely.box(200, 200, 400, 300), "#000000", solid=True)
    with canvas.layer("pole", 2):
        canvas.shape(shapely.box(200, 0, 250, 600), "#333333")
    seen = _by_name(canvas)["sign"]
    assert seen.parts["text"] == pytest.approx(0.75, abs=0.02)
    assert seen.share == pytest.approx(1 - 50 / 400, abs=0.02)


def test_what_is_held_is_an_element_of_its_own():
    canvas = _canvas()
    with canvas.layer("girl", 1, kind="person"):
        canvas.shape(shapely.box(100, 100, 300, 500), "#aa0000")
        with canvas.part("held", element="kite", clues=("c9",), kind="kite"):
            canvas.shape(shapely.box(250, 200, 350, 300), "#0000aa")
    seen = _by_name(canvas)
    assert seen["kite"].share == 1.0
    assert seen["kite"].clues == ("c9",)
    assert seen["girl"].share < 1.0


def test_regions_tell_box_side_and_quadrant_and_stay_on_the_canvas():
    canvas = _canvas()
    with canvas.layer("ball", 1, clues=("c1",)):
        canvas.shape(shapely.box(-100, 900, 200, 1100), "#aa0000")
    (region,) = regions(canvas, audit(canvas))
    left, top, right, bottom = region.box
    assert left == 0.0
    assert bottom <= 1024
    assert right == pytest.approx(200, abs=4)
    assert top == pytest.approx(900, abs=4)
    assert (region.side, region.quadrant) == ("left", "bottom left")
    assert region.area == pytest.approx(200 * 124, rel=0.03)
    assert region.clues == ("c1",)
    assert all(0 <= x <= 1024 and 0 <= y <= 1024 for ring in region.polygons for x, y in ring)


sides = st.integers(0, 300)
rectangles = st.tuples(sides, sides, st.integers(30, 300), st.integers(30, 300))


@given(st.lists(rectangles, min_size=1, max_size=5))
def test_shares_are_what_geometry_says(given_boxes):
    shapes = [shapely.box(3 * x, 3 * y, 3 * (x + w), 3 * (y + h)) for x, y, w, h in given_boxes]
    canvas = Canvas(1024, 1024, Style("flat"))
    for number, shape in enumerate(shapes):
        with canvas.layer(f"e{number}", number):
            canvas.fill(shape, "#aa0000", solid=True)
    paper = shapely.box(0, 0, 1024, 1024)
    seen = _by_name(canvas)
    for number, shape in enumerate(shapes):
        own = shape.intersection(paper)
        if own.area < 100:
            continue
        left = own.difference(shapely.union_all(shapes[number + 1 :]))
        assert seen[f"e{number}"].share == pytest.approx(left.area / own.area, abs=0.04)
    owned = sum(int(each.visible.sum()) for each in seen.values())
    assert owned * 9 == pytest.approx(shapely.union_all(shapes).intersection(paper).area, rel=0.04)


@given(st.integers(0, 400), st.integers(50, 300))
def test_an_added_thing_behind_all_hides_nothing(x, size):
    plain, more = Canvas(1024, 1024, Style()), Canvas(1024, 1024, Style())
    for canvas in (plain, more):
        with canvas.layer("near", 5):
            canvas.shape(shapely.box(x, 100, x + size, 500), "#aa0000")
    with more.layer("behind", 1):
        more.shape(shapely.box(0, 0, 1000, 1000), "#00aa00")
    assert _by_name(plain)["near"].share == _by_name(more)["near"].share == 1.0


def test_hands_and_held_things_are_measured_too():
    canvas = _canvas()
    with canvas.layer("girl", 1, kind="person"):
        canvas.shape(shapely.box(100, 100, 300, 500), "#aa0000")
        with canvas.part("hand"):
            canvas.shape(shapely.box(300, 300, 360, 360), "#eebb99")
        with canvas.part("held", element="kite", kind="kite"):
            canvas.shape(shapely.box(360, 300, 480, 360), "#0000aa")
    with canvas.layer("post", 2, kind="scenery"):
        canvas.shape(shapely.box(330, 0, 420, 600), "#333333")
    seen = _by_name(canvas)
    assert seen["girl"].parts == {"hand": pytest.approx(0.5, abs=0.03)}
    assert seen["kite"].parts == {"held": pytest.approx(0.5, abs=0.03)}
