from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from storypainter.ink.boards.kinds import Board
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style
from storypainter.ink.drawing.stage import SEASONS
from storypainter.ink.props import park
from storypainter.ink.props.prop import Ground, look_of

CM = 2.0
GROUND = 400.0


def _parsed(canvas: Canvas) -> ET.Element:
    return ET.fromstring(canvas.to_svg())


def _extent(canvas: Canvas) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in cm from the foot."""
    left, top, right, bottom = canvas.layers[0].silhouette().bounds
    return (left - 400) / CM, (top - GROUND) / CM, (right - 400) / CM, (bottom - GROUND) / CM


#: What is pushed, led or blown: drawn about its grip, and hardly ever without a hand at it.
AS_HELD = {
    "cart", "dessert trolley", "party horn", "shopping trolley bag", "sledge", "stethoscope",
    "white stick",
}  # fmt: skip
#: Their size is that of the counter: people stand below the awning.
ROOFED = {"flower stall", "market stall"}
#: Boughs and jibs: the edge of a picture may cut them.
WIDE_ABOVE = {"crane", "tree", "tree house"}
STATES = [(word, state) for word, kind in PROPS.items() for state in kind.states]
IN_LINE = set(STATES[::8])


def _turns(words):
    """A third of these words; in the soak, the others as well."""
    for index, word in enumerate(words):
        yield word if index % 3 == 0 else pytest.param(word, marks=pytest.mark.soak)


# one test a word, not one a state: seven hundred tests fewer to collect, report and tear down
@pytest.mark.parametrize("word", list(PROPS))
def test_every_prop_draws_in_every_state_within_its_size(word):
    for state in PROPS[word].states:
        styles = ("flat", "line") if (word, state) in IN_LINE else ("flat",)
        for style in styles:
            try:
                _draws_within_its_size(word, state, style)
            except Exception as error:
                error.add_note(f"{word}, {state}, {style}")
                raise


def _draws_within_its_size(word, state, style):
    kind = PROPS[word]
    flat = state in kind.flattens
    look = look_of(kind, state, None, "", 0, where="ground" if flat else "")
    canvas = Canvas(1000, 600, Style(style))
    with canvas.layer("thing", 1):
        pen = canvas.pen(Frame(400, GROUND, CM * kind.scale))
        kind.draw(pen, look)
    assert _parsed(canvas).findall(".//{http://www.w3.org/2000/svg}path")
    left, top, right, bottom = _extent(canvas)
    width, height = kind.extent(state, lying=flat)
    if kind.lies or word in AS_HELD:
        # nobody sees it upright but in a hand: a layout asks for no more than its size there
        assert right - left <= 1.6 * width + 8
    elif word not in WIDE_ABOVE:
        # the size is all that a layout knows of a thing: nothing of it may stick out of that
        assert max(-left, right) <= 0.56 * width + 2.5
    if word not in ROOFED:
        assert -top <= 1.06 * height + 2.5
    assert bottom <= (40 if kind.flat else 32), "drawn below its foot"


@pytest.mark.parametrize("word", list(_turns(sorted(PROPS))))
def test_a_mirrored_prop_is_the_mirror_image(word):
    bounds = []
    for mirror in (False, True):
        canvas = Canvas(800, 600, Style("flat"))
        with canvas.layer("thing", 1):
            pen = canvas.pen(Frame(400, GROUND, CM, mirror=mirror))
            PROPS[word].draw(pen, look_of(PROPS[word], None, None, "", 0))
        bounds.append(canvas.layers[0].silhouette().bounds)
    plain, mirrored = bounds
    assert plain[0] - 400 == pytest.approx(400 - mirrored[2], abs=2.5)


@pytest.mark.parametrize(
    ("word", "pose"), [(word, pose) for word, kind in ANIMALS.items() for pose in kind.poses]
)
def test_every_animal_draws_with_its_head_on_its_body(word, pose):
    kind = ANIMALS[word]
    canvas = Canvas(800, 600, Style("flat"))
    with canvas.layer("animal", 1):
        kind.draw(canvas.pen(Frame(400, GROUND, CM)), pose, kind.colour)
    _parsed(canvas)
    left, top, right, bottom = _extent(canvas)
    x, y = kind.head[pose]
    assert left - 1 < x < right + 1
    assert top < y < bottom
    assert bottom < 4


@pytest.mark.parametrize("season", sorted(SEASONS))
@pytest.mark.parametrize("word", [kind.word for kind in park.KINDS])
def test_what_grows_or_stands_outdoors_draws_in_every_season(word, season):
    canvas, kind = Canvas(800, 800, Style("flat")), PROPS[word]
    ground = Ground(season=SEASONS[season], dark=True)
    with canvas.layer("furniture", 1):
        look = look_of(kind, None, None, "", 0, ground)
        kind.draw(canvas.pen(Frame(400, 700, CM)), look)
    _parsed(canvas)
    assert canvas.layers[0].silhouette().area > 0


@pytest.mark.parametrize(
    ("word", "state"), [(word, state) for word, kind in BOARDS.items() for state in kind.states]
)
def test_the_text_of_a_sign_lies_inside_its_text_box(word, state):
    kind, board = BOARDS[word], Board("NO DOGS ALLOWED", (4, 35), state)
    canvas = Canvas(800, 600, Style("flat"))
    with canvas.layer("sign", 1):
        kind.draw(canvas.pen(Frame(400, GROUND, CM)), board)
    _parsed(canvas)
    left, top, right, bottom = canvas.layers[0].silhouette(label="text").bounds
    text = kind.text_box(board)
    assert (left - 400) / CM >= text[0] - 2
    assert (right - 400) / CM <= text[2] + 2
    assert (top - GROUND) / CM >= text[1] - 2
    assert (bottom - GROUND) / CM <= text[3] + 10


def test_a_clock_shows_its_time():
    canvas = Canvas(800, 600, Style("flat"))
    pictures = []
    for name, time in (("a", (9, 55)), ("b", (3, 55))):
        with canvas.layer(name, 1):
            BOARDS["clock"].draw(canvas.pen(Frame(400, 580, CM)), Board(time=time))
        layer = canvas.layers_drawn[-1]
        # The last three solid text parts are the hour hand, the minute hand and the pin.
        pictures.append([part.geometry for part in layer.parts if part.label == "text"][-3:])
    (hour_a, minute_a, _), (hour_b, minute_b, _) = pictures
    assert minute_a.equals_exact(minute_b, 0.01)
    assert hour_a.centroid.x < 400 < hour_b.centroid.x
