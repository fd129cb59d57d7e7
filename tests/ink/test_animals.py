"""Animals: their boxes hold the whole drawing, and what they carry hangs from their mouths."""

import io

import numpy as np
import pytest
from PIL import Image
from shapely import Point

from storypainter.ink.animals.animal import AnimalKind, placed
from storypainter.ink.animals.mouth import bite_of, box_in_mouth, draw_in_mouth
from storypainter.ink.catalogue import ANIMALS, PROPS
from storypainter.ink.composition.units import animal_boxes
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame, union
from storypainter.ink.drawing.palette import Style
from storypainter.ink.drawing.render import to_png
from storypainter.ink.props.prop import look_of
from storypainter.scene import Animal

CM, X, GROUND = 1.5, 240, 380
BITERS = [(word, pose) for word, kind in ANIMALS.items() for pose in kind.mouth]
CARRIED = ("newspaper", "slice of cake", "rope", "sandwich", "ball", "stick", "teddy bear", "key")


def _drawn_bounds(kind, pose, mirror):
    """(left, top, right, bottom) of all that is inked or filled, in cm from the ground point."""
    canvas = Canvas(2 * X, GROUND + 60, Style("flat"), background="#00ff00")
    with canvas.layer("animal", 1):
        kind.draw(canvas.pen(Frame(X, GROUND, CM, mirror=mirror), 0.8), pose, kind.colour)
    image = Image.open(io.BytesIO(to_png(canvas.to_svg()))).convert("RGB")
    away = np.abs(np.asarray(image).astype(int) - (0, 255, 0)).sum(axis=2)
    rows, columns = np.where(away > 60)
    scale = image.width / (2 * X)
    left, right = columns.min() / scale - X, (columns.max() + 1) / scale - X
    top, bottom = rows.min() / scale - GROUND, (rows.max() + 1) / scale - GROUND
    return tuple(float(each) / CM for each in (left, top, right, bottom))


def _turned():
    """Each animal to the right or to the left, in turns; in the soak, to the other side as well."""
    for index, word in enumerate(sorted(ANIMALS)):
        mirror = bool(index % 2)
        yield word, mirror
        yield pytest.param(word, not mirror, marks=pytest.mark.soak)


@pytest.mark.parametrize(("word", "mirror"), list(_turned()))
def test_the_layout_box_holds_the_whole_animal(word, mirror):
    kind = ANIMALS[word]
    for pose in kind.poses:
        box = animal_boxes(Animal(id="a", species=word, pose=pose))[0]
        left, top, right, bottom = _drawn_bounds(kind, pose, mirror)
        near, far = (-box.right, -box.left) if mirror else (box.left, box.right)
        assert near - 2 <= left, pose
        assert right <= far + 2, pose
        assert box.top - 2 <= top, pose
        assert bottom <= 12, pose
        # no box is much too large either: what is near an animal is meant to be near it
        assert right - left > 0.8 * (far - near) - 4, pose


def _held(word, pose, thing_word, mirror=False):
    """The frame of an animal and the outline of what it holds, in pixels."""
    kind, thing = ANIMALS[word], PROPS[thing_word]
    frame = Frame(X, GROUND, CM, mirror=mirror)
    look = look_of(thing, None, None, "", 0, where="held")
    canvas = Canvas(2 * X, GROUND + 60, Style("flat"))
    with canvas.layer("animal", 1), canvas.part("held", element="thing"):
        draw_in_mouth(canvas, frame, kind, pose, thing, look, 0.8)
    shape = union(p.geometry for p in canvas.layers_drawn[0].parts if p.element == "thing")
    return frame, shape


@pytest.mark.parametrize("word", sorted({word for word, _ in BITERS}))
def test_what_is_carried_leaves_the_head_free_and_touches_the_mouth(word):
    kind = ANIMALS[word]
    for index, pose in enumerate(kind.mouth):
        for number, thing_word in enumerate(CARRIED[index % 2 :: 2]):
            frame, shape = _held(word, pose, thing_word, mirror=number % 2 == 1)
            jaw = Frame(*kind.mouth[pose], 1.0, kind.jaw.get(pose, 0.0))
            inside = Point(*frame.point(*jaw.point(-0.3 * kind.bite, -0.3 * kind.bite)))
            mouth = Point(*frame.point(*kind.mouth[pose]))
            assert not shape.is_empty, (pose, thing_word)
            assert shape.distance(inside) > 0, (pose, thing_word)
            assert shape.distance(mouth) <= 0.35 * kind.bite * CM + 1, (pose, thing_word)


@pytest.mark.parametrize("thing_word", CARRIED)
def test_the_box_of_a_thing_in_a_mouth_holds_what_is_drawn(thing_word):
    for mirror in (False, True):
        kind, thing = ANIMALS["dog"], PROPS[thing_word]
        look = look_of(thing, None, None, "", 0, where="held")
        frame, shape = _held("dog", "stand", thing_word, mirror)
        left, top, right, bottom = box_in_mouth(kind, "stand", thing, look)
        xs = sorted(frame.point(x, 0)[0] for x in (left, right))
        drawn = shape.bounds
        assert xs[0] - 1 <= drawn[0]
        assert drawn[2] <= xs[1] + 1
        assert GROUND + top * CM - 1 <= drawn[1]
        assert drawn[3] <= GROUND + bottom * CM + 1
        assert max(right - left, bottom - top) <= 1.9 * kind.bite + 1


def test_small_things_keep_their_size_and_large_ones_shrink():
    dog = ANIMALS["dog"]
    key, cake = PROPS["key"], PROPS["wedding cake"]
    assert bite_of(dog, key, look_of(key, None, None, "", 0)).scale == 1.0
    assert bite_of(dog, cake, look_of(cake, None, None, "", 0)).scale < 0.6


def test_what_would_spill_is_carried_level():
    dog = ANIMALS["dog"]
    for word in ("plate", "slice of cake", "bowl"):
        assert bite_of(dog, PROPS[word], look_of(PROPS[word], None, None, "", 0)).degrees == 0.0
    stick = PROPS["stick"]
    assert bite_of(dog, stick, look_of(stick, None, None, "", 0)).degrees > 60


def test_a_pose_without_a_mouth_holds_nothing():
    bee, key = ANIMALS["bee"], PROPS["key"]
    look = look_of(key, None, None, "", 0)
    canvas = Canvas(100, 100, Style("flat"))
    with canvas.layer("bee", 1):
        draw_in_mouth(canvas, Frame(50, 90), bee, "fly", key, look, 1.0)
    assert not canvas.layers_drawn[0].parts
    assert box_in_mouth(bee, "fly", key, look) == (0.0, 0.0, 0.0, 0.0)


def test_a_placed_animal_stands_over_its_ground_point_at_its_share():
    drawn = []
    kind = AnimalKind(
        "newt",
        {"stand": (40, 10)},
        lambda pen, pose, colour: drawn.append((pen.frame.x, pen.frame.scale)),
        "#507050",
        head={"stand": (26, -6)},
        mouth={"stand": (30, -4)},
        bite=8,
        middle={"stand": 10},
    )
    small = placed(kind, 0.5)
    assert small.sizes == {"stand": (20.0, 5.0)}
    assert small.head == {"stand": (8.0, -3.0)}
    assert small.mouth == {"stand": (10.0, -2.0)}
    assert small.bite == 4
    small.draw(Canvas(100, 100, Style("flat")).pen(Frame(50, 90, 2.0)), "stand", "#507050")
    assert drawn == [(40.0, 1.0)]
    assert placed(small).sizes == small.sizes


def test_small_creatures_are_small_beside_people():
    for word, most in (("bird", 34), ("sparrow", 28), ("owl", 34), ("mouse", 40), ("hamster", 28)):
        assert max(ANIMALS[word].sizes[ANIMALS[word].poses[0]]) <= most, word
    assert ANIMALS["bee"].sizes["fly"][0] <= 24
