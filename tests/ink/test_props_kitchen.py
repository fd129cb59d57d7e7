from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from storypainter.ink.animals import animal
from storypainter.ink.boards import kinds as boards
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style, colour
from storypainter.ink.drawing.stage import SEASONS
from storypainter.ink.props import carried, food, garden, play
from storypainter.ink.props.effects import flame, foam, smoke, spill, splashes, steam
from storypainter.ink.props.kitchen import KINDS as FURNITURE
from storypainter.ink.props.kitchenware import KINDS as THINGS
from storypainter.ink.props.prop import Ground, Look, PropKind, look_of
from storypainter.ink.props.views import draw_view, sky_of

KITCHEN = {kind.word: kind for kind in (*FURNITURE, *THINGS)}
STATES = [(word, state) for word, kind in KITCHEN.items() for state in kind.states]
CM = 2.0
X, GROUND = 400.0, 500.0
CEILING = 290.0


def drawn(kind: PropKind, look: Look, style: str = "flat", *, mirror: bool = False) -> Canvas:
    canvas = Canvas(800, 700, Style(style))  # type: ignore[arg-type]
    with canvas.layer("thing", 1):
        pen = canvas.pen(Frame(X, GROUND, CM * kind.scale, mirror=mirror))
        kind.draw(pen, look)
        if kind.front is not None:
            kind.front(pen, look)
    return canvas


def extent(canvas: Canvas) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in cm from the foot."""
    left, top, right, bottom = canvas.layers[0].silhouette().bounds
    return (left - X) / CM, (top - GROUND) / CM, (right - X) / CM, (bottom - GROUND) / CM


def test_no_word_is_taken_twice():
    words = [kind.word for kind in (*FURNITURE, *THINGS)]
    others = {
        kind.word
        for module in (carried, food, garden, play, animal, boards)
        for kind in module.KINDS
    }
    assert len(words) == len(set(words))
    assert not others & set(words)


@pytest.mark.soak
@pytest.mark.parametrize(("word", "state"), STATES)
@pytest.mark.parametrize("style", ["flat", "line", "mono"])
def test_every_state_draws_within_its_size(word, state, style):
    kind = KITCHEN[word]
    canvas = drawn(kind, look_of(kind, state, None, "", 0), style)
    ET.fromstring(canvas.to_svg())
    left, top, right, bottom = extent(canvas)
    width, height = kind.extent(state)
    assert right - left <= 1.12 * width + 4
    assert -top <= 1.12 * height + 3
    assert bottom <= 14, "drawn below its foot"
    assert -width * 0.9 <= left < 0 < right <= width * 0.9, "not around its foot"


@pytest.mark.parametrize("word", sorted(KITCHEN))
def test_the_states_of_a_thing_differ(word):
    kind = KITCHEN[word]
    pictures = {drawn(kind, look_of(kind, s, None, "", 0)).to_svg() for s in kind.states}
    assert len(pictures) == len(kind.states)


@pytest.mark.parametrize("word", sorted(KITCHEN))
def test_a_mirrored_thing_is_the_mirror_image(word):
    kind = KITCHEN[word]
    for state in kind.states:
        look = look_of(kind, state, None, "", 0)
        plain, mirrored = (extent(drawn(kind, look, mirror=flip)) for flip in (False, True))
        assert plain[0] == pytest.approx(-mirrored[2], abs=1.5)
        assert plain[1] == pytest.approx(mirrored[1], abs=1.5)


@pytest.mark.parametrize("word", sorted(word for word, kind in KITCHEN.items() if kind.grips))
def test_hands_take_hold_of_the_thing_itself(word):
    kind = KITCHEN[word]
    assert kind.carry is not None
    left, top, right, bottom = extent(drawn(kind, look_of(kind, None, None, "", 0, where="held")))
    for index in range(len(kind.grips)):
        x, y = kind.grip(index)
        assert left - 2 <= x <= right + 2
        assert top - 11 <= y <= bottom + 2


@pytest.mark.parametrize(
    "word", sorted(w for w, k in KITCHEN.items() if k.surface or k.seats or k.berth)
)
def test_places_lie_on_the_furniture(word):
    kind = KITCHEN[word]
    left, top, right, _ = extent(drawn(kind, look_of(kind, None, None, "", 0)))
    for surface in filter(None, (kind.surface, kind.seats, kind.berth)):
        assert 0 < surface.height <= -top + 1
        assert all(left < x < right for x in surface.places)


@pytest.mark.parametrize("word", sorted(w for w, k in KITCHEN.items() if k.hangs is not None))
def test_what_hangs_stays_below_the_ceiling(word):
    kind = KITCHEN[word]
    assert kind.hangs is not None
    for state in kind.states:
        assert kind.hangs + kind.extent(state)[1] <= CEILING


def test_a_colour_changes_a_thing():
    for word in ("kitchen counter", "fridge", "chair", "kitchen window", "pot", "vase"):
        kind = KITCHEN[word]
        plain = drawn(kind, look_of(kind, None, None, "", 0)).to_svg()
        blue = drawn(kind, look_of(kind, None, "navy", "", 0)).to_svg()
        assert blue != plain
        assert colour("navy") in blue


def test_the_window_shows_the_sky_outside():
    kind = KITCHEN["kitchen window"]
    svg = drawn(kind, look_of(kind, None, None, "", 0, Ground(sky="#123456"))).to_svg()
    assert "#123456" in svg


def test_the_sky_is_dark_by_night_whatever_the_ground_says():
    assert sky_of(Ground(dark=True, sky="#cde4ea")) != "#cde4ea"
    assert sky_of(Ground(dark=True, sky="#1d2748")) == "#1d2748"
    assert sky_of(Ground(dark=False, sky="#cde4ea")) == "#cde4ea"


@pytest.mark.parametrize("season", sorted(SEASONS))
@pytest.mark.parametrize("weather", ["clear", "rain", "snow", "fog", "cloudy", "wind"])
def test_the_view_follows_season_weather_and_night(season, weather):
    views = set()
    for dark in (False, True):
        canvas = Canvas(400, 400, Style("flat"))
        with canvas.layer("view", 1):
            ground = Ground(SEASONS[season], dark, weather == "wind", weather, seed=1)
            draw_view(canvas.pen(Frame(200, 390, 2.0)), ground, -50, -120, 50, 0)
        views.add(canvas.to_svg())
        left, top, right, bottom = canvas.layers[0].silhouette().bounds
        assert (left, top, right, bottom) == pytest.approx((100, 150, 300, 390), abs=1)
    assert len(views) == 2


def test_a_door_opens_on_a_dark_room_by_night():
    kind = KITCHEN["door"]
    day, night = (
        drawn(kind, look_of(kind, "open", None, "", 0, Ground(dark=dark))).to_svg()
        for dark in (False, True)
    )
    assert day != night
    shut = {
        drawn(kind, look_of(kind, "closed", None, "", 0, Ground(dark=dark))).to_svg()
        for dark in (False, True)
    }
    assert len(shut) == 1


def test_smoke_is_one_whole_plume_however_slim():
    for width in (14.0, 30.0, 60.0):
        canvas = Canvas(400, 400, Style("flat"))
        with canvas.layer("smoke", 1):
            smoke(canvas.pen(Frame(200, 390, 2.0)), 0, 0, 90, width)
        shape = canvas.layers[0].silhouette()
        assert shape.geom_type == "Polygon"
        left, top, right, _ = shape.bounds
        assert right - left <= 2.0 * width * 1.3
        assert 390 - top == pytest.approx(180, rel=0.2)


def test_effects_draw_where_they_are_asked_to():
    canvas = Canvas(400, 400, Style("flat"))
    with canvas.layer("effects", 1):
        pen = canvas.pen(Frame(200, 200, 1.0))
        flame(pen, 50, 0, 20)
        foam(pen, 50, 0, 40, 16)
        spill(pen, 50, 0, 30)
        splashes(pen, ((50, -20, 3),))
        steam(pen, 50, -10)
    left, top, right, bottom = canvas.layers[0].silhouette().bounds
    assert 200 < left < 250 < right < 300
    assert 170 < top < bottom < 215


def test_seed_and_nothing_else_varies_a_picture():
    kind = KITCHEN["kitchen window"]
    night = [Ground(dark=True, seed=seed) for seed in (1, 1, 2)]
    first, again, other = (drawn(kind, look_of(kind, None, None, "", 0, g)).to_svg() for g in night)
    assert first == again
    assert first != other
