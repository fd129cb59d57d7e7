"""Where a thing is decides how it is drawn: held, on the ground, on top; and how large it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storypainter.ink.catalogue import PROPS
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame, box
from storypainter.ink.drawing.palette import Style
from storypainter.ink.props.prop import RED, SHADOW, Look, PropKind, look_of, moved_pen

CM = 2.0
X, GROUND = 400.0, 500.0
FLAT = [(word, state) for word, kind in PROPS.items() for state in kind.flattens]
LONG = sorted(word for word, kind in PROPS.items() if kind.lies)
READ = (
    ("newspaper", "plain"), ("map", "plain"), ("magazine", "open"), ("book", "open"),
    ("recipe book", "plain"), ("open book", "written"), ("phone", "plain"),
)  # fmt: skip
#: The larger of width and height of the thing itself, in cm, as a ruler gives it.
REAL = {
    "toothbrush": 18, "mitten": 24, "baby bottle": 20, "passport": 12.5, "ribbon": 14,
    "bread": 32, "sandwich": 15, "card": 20, "paper": 30, "ticket": 15, "cup": 14, "tin": 12,
    "glass": 13, "candle": 20, "soap": 16, "apple": 8, "egg": 6, "cupcake": 11, "doughnut": 11,
    "wallet": 13, "envelope": 22, "pen": 15, "pencil": 18, "scissors": 19, "telephone": 30,
    "book": 23, "phone": 15, "wine glass": 22, "hair dryer": 26, "camera": 20, "bottle": 30,
    "slice of cake": 14, "jar": 14, "photograph": 15, "teapot": 26, "sticky tape": 12,
    "bandage": 10, "bone": 20, "cat bowl": 15, "chalk": 8, "drill": 25, "headset": 19,
    "ice cream cone": 18, "nest": 22, "party popper": 11, "rubber duck": 12, "rubber stamp": 9,
    "shell": 11, "string": 18, "sweets": 18, "syringe": 16, "thermometer": 15, "toilet roll": 11,
    "thrown tomato": 8, "crown": 20, "binoculars": 16, "torch": 20, "magnifying glass": 20,
    "medicine bottle": 14, "hammer": 32, "lantern": 28, "jug": 22, "frying pan": 45,
    "stapler": 15, "sponge": 11, "croissant": 15, "banana": 19, "fork": 19, "teddy bear": 40,
    "lunch box": 24, "laptop": 35, "newspaper": 56, "map": 60, "football": 22,
}  # fmt: skip
#: So small that they are drawn as large as it takes to know them, in cm.
TINY = {"ring": 15, "coin": 11, "key": 18, "stamp": 13, "ring box": 16, "whistle": 15,
    "library card": 14, "plaster": 14, "stopwatch": 14,
}  # fmt: skip


def drawn(kind: PropKind, look: Look, *, mirror: bool = False) -> Canvas:
    canvas = Canvas(800, 700, Style("flat"))
    with canvas.layer("thing", 1):
        kind.draw(canvas.pen(Frame(X, GROUND, CM * kind.scale, mirror=mirror)), look)
    return canvas


def extent(canvas: Canvas) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in cm from the foot."""
    left, top, right, bottom = canvas.layers[0].silhouette().bounds
    return (left - X) / CM, (top - GROUND) / CM, (right - X) / CM, (bottom - GROUND) / CM


def look(word: str, state: str | None = None, **changes: object) -> Look:
    return replace(look_of(PROPS[word], state, None, "", 0), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("word", "state"), FLAT)
def test_flat_things_lie_on_the_ground(word, state):
    kind = PROPS[word]
    upright = extent(drawn(kind, look(word, state)))
    left, top, right, bottom = extent(drawn(kind, look(word, state, where="ground")))
    assert -top < -upright[1], "as high as when it stands"
    assert bottom - top < 0.95 * (right - left), "stands on an edge"
    width, height = kind.extent(state, lying=True)
    assert right - left <= 1.25 * width + 4
    assert -height * 1.25 - 4 <= top < bottom
    # it rests on its ground point, neither behind it nor far before it
    assert top < 0 < bottom <= 18


@pytest.mark.parametrize("word", LONG)
def test_long_things_rest_where_they_lie(word):
    kind = PROPS[word]
    scale = CM * kind.scale
    # as the painter lays it: half its length to the left, a little above its ground point
    own = Frame(X - scale * kind.size[1] / 2, GROUND - 0.2 * scale * kind.size[0], scale, 86.0)
    canvas = Canvas(800, 700, Style("flat"))
    with canvas.layer("thing", 1):
        kind.draw(canvas.pen(own), look(word, where="ground"))
    left, top, right, bottom = extent(canvas)
    assert left < 0 < right
    assert -40 <= top < 0 < bottom <= 50
    assert bottom - top < 0.75 * (right - left), "leans on nothing"


@pytest.mark.parametrize("word", ["paper", "book", "crutch", "broom", "scissors", "ticket"])
def test_what_lies_touches_its_shadow(word):
    kind = PROPS[word]
    lying, held = (drawn(kind, look(word, where=where)).to_svg() for where in ("ground", "held"))
    assert f'fill="{SHADOW}"' in lying
    assert f'fill="{SHADOW}"' not in held


def test_a_held_hose_hangs_to_the_ground_below_its_holder():
    canvas = Canvas(800, 700, Style("flat"))
    with canvas.layer("thing", 1):
        canvas.shape(box(X - 40, 300, X - 20, 600), RED)  # somebody
        first = len(canvas.open_parts)
        pen = canvas.pen(Frame(X, 420, CM))
        PROPS["garden hose"].draw(pen, look("garden hose", where="held"))
        lowest = max(part.geometry.bounds[3] for part in canvas.open_parts[first:])
    assert lowest == pytest.approx(600, abs=12)


@pytest.mark.parametrize(("word", "state"), FLAT[::4])
def test_what_lies_is_mirrored_as_well(word, state):
    kind = PROPS[word]
    lying = look(word, state, where="ground")
    plain, mirrored = (extent(drawn(kind, lying, mirror=flip)) for flip in (False, True))
    assert plain[0] == pytest.approx(-mirrored[2], abs=1.5)
    assert plain[1] == pytest.approx(mirrored[1], abs=1.5)


@pytest.mark.parametrize("word", LONG)
def test_long_things_lie_on_tables(word):
    left, top, right, bottom = extent(drawn(PROPS[word], look(word, where="top")))
    assert bottom - top < 0.8 * (right - left)
    assert bottom <= 5


def test_a_card_stands_on_a_table_and_lies_on_a_floor():
    kind = PROPS["card"]
    upright, table, floor = (
        extent(drawn(kind, look("card", where=where))) for where in ("", "top", "ground")
    )
    assert table == pytest.approx(upright, abs=0.5)
    assert -floor[1] < 0.7 * -table[1]


def test_a_state_that_does_not_lie_is_drawn_as_ever():
    kind = PROPS["toothbrush"]
    glass = look("toothbrush", "in a glass")
    assert drawn(kind, replace(glass, where="ground")).to_svg() == drawn(kind, glass).to_svg()


@pytest.mark.parametrize(("word", "state"), READ)
def test_the_printed_side_faces_the_reader(word, state):
    kind = PROPS[word]
    held = drawn(kind, look(word, state, where="held")).to_svg()
    assert held != drawn(kind, look(word, state)).to_svg()


def test_a_pen_stays_in_its_plane():
    pen = Canvas(200, 200, Style("flat")).pen(Frame(50, 60, 2.0, 10.0, True))
    moved = moved_pen(pen, 3, -4, 20, 0.5)
    assert moved.frame.point(0, 0) == pytest.approx(pen.frame.point(3, -4))
    assert (moved.frame.scale, moved.frame.degrees, moved.frame.mirror) == (1.0, 30.0, True)


@pytest.mark.parametrize("word", sorted(word for word, kind in PROPS.items() if kind.tie))
def test_a_cord_is_tied_to_the_thing_itself(word):
    kind = PROPS[word]
    assert kind.tie is not None
    picture = drawn(kind, look(word, tied=True))
    left, top, right, bottom = extent(picture)
    x, y = (length * kind.scale for length in kind.tie)
    assert left - 3 <= x <= right + 3
    assert top - 3 <= y <= bottom + 3


@pytest.mark.parametrize("word", ["sledge", "fishing rod"])
def test_what_is_tied_leaves_out_its_own_cord(word):
    kind = PROPS[word]
    loose, tied = (extent(drawn(kind, look(word, tied=flag))) for flag in (False, True))
    assert loose != pytest.approx(tied, abs=1.0)


@pytest.mark.parametrize("word", sorted(word for word, kind in PROPS.items() if kind.feet))
def test_feet_stand_below_the_thing(word):
    kind = PROPS[word]
    assert all(abs(x) <= kind.size[0] / 2 for x in kind.feet)


@pytest.mark.parametrize("word", sorted(REAL))
def test_small_things_are_enlarged_moderately(word):
    kind = PROPS[word]
    size = max(kind.extent("off" if word == "torch" else kind.states[0]))
    assert 0.95 * REAL[word] <= size <= 1.6 * REAL[word]


@pytest.mark.parametrize("word", sorted(TINY))
def test_tiny_things_can_be_known_and_no_more(word):
    kind = PROPS[word]
    assert 7 <= max(kind.extent(kind.states[0])) <= TINY[word]


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("word", ["paper", "envelope", "card", "clipboard", "receipt"])
def test_letters_lie_on_what_lies(word, mirror):
    kind = PROPS[word]
    lying = replace(look_of(kind, None, None, "HELP", 0), where="ground")
    layer = drawn(kind, lying, mirror=mirror).layers[0]
    text = layer.silhouette(label="text")
    assert not text.is_empty
    assert layer.silhouette().buffer(1.0).contains(text)
    upright = drawn(kind, replace(lying, where=""), mirror=mirror).layers[0]
    assert text.area < 0.6 * upright.silhouette(label="text").area
