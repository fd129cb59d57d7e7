"""The settings street, bus stop, market and car in traffic: their Scenes, hours, weathers and furniture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storypainter.ink import paint_scene
from storypainter.ink.catalogue import ANIMALS, PROPS
from storypainter.ink.settings import KITS
from storypainter.scene import Person, Place, Prop, Scene, Setting

SETTINGS = ("street", "bus stop", "market", "car in traffic")
SCENES = sorted(
    path
    for word in SETTINGS
    for path in (Path(__file__).parent / "scenes").glob(f"{word.replace(' ', '_')}_*.json")
)
SIZES = ((384, 256), (256, 342))


def _scene(path: Path, **setting: str) -> Scene:
    scene = Scene.model_validate_json(path.read_text(encoding="utf-8"))
    return scene.model_copy(update={"setting": scene.setting.model_copy(update=setting)})


def _layers(svg: str) -> set[str]:
    return set(re.findall(r'data-element="([^"]+)"', svg))


def test_each_setting_has_three_scenes_of_its_own():
    kinds = [_scene(path).setting.kind for path in SCENES]
    assert {word: kinds.count(word) >= 3 for word in SETTINGS} == dict.fromkeys(SETTINGS, True)


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
@pytest.mark.soak
def test_a_scene_shows_all_its_elements_at_full_size(path):
    scene = _scene(path)
    drawing = paint_scene(scene, seed=1)
    assert drawing.reports == ()
    assert {element.id for element in scene.elements} <= {r.element for r in drawing.regions}


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("word", SETTINGS)
@pytest.mark.soak
def test_a_setting_paints_in_every_shape_by_night(word, width, height):
    path = next(path for path in SCENES if _scene(path).setting.kind == word)
    drawing = paint_scene(_scene(path, time_of_day="night"), width=width, height=height)
    assert f'width="{width}" height="{height}"' in drawing.svg


@pytest.mark.parametrize("weather", ["rain", "snow"])
@pytest.mark.parametrize("word", SETTINGS)
@pytest.mark.soak
def test_an_empty_setting_changes_with_the_weather(word, weather):
    clear, other = (
        paint_scene(
            Scene(setting=Setting(kind=word, weather=each, season="winter")), width=256, height=256
        )
        for each in ("clear", weather)
    )
    assert clear.svg != other.svg
    assert not other.reports


@pytest.mark.parametrize("word", SETTINGS)
def test_people_can_be_at_the_areas_of_a_setting(word):
    areas = list(KITS[word].areas)
    people = tuple(
        Person(id=f"p{index}", role="woman", place=Place(anchor=anchor))
        for index, anchor in enumerate(areas)
    )
    drawing = paint_scene(Scene(setting=Setting(kind=word), people=people), width=256, height=256)
    assert {person.id for person in people} <= {region.element for region in drawing.regions}


def test_the_road_comes_with_what_drives_on_it():
    empty = Scene(setting=Setting(kind="street"))
    driven = empty.model_copy(update={"props": (Prop(id="car", kind="car"),)})
    one, two = (paint_scene(each, width=256, height=256).svg for each in (empty, driven))
    assert len([name for name in _layers(one) if name.startswith("_pavement")]) == 1
    assert len([name for name in _layers(two) if name.startswith("_pavement")]) == 2


def test_who_sits_in_a_car_shows_in_its_window():
    person = Person(id="p", role="woman", pose="sit", sits_on="car")
    scene = Scene(
        setting=Setting(kind="street"), people=(person,), props=(Prop(id="car", kind="car"),)
    )
    drawing = paint_scene(scene, width=512, height=512)
    (face,) = (region for region in drawing.regions if region.element == "p")
    (car,) = (region for region in drawing.regions if region.element == "car")
    assert face.area > 0
    assert car.area > 3 * face.area


def test_vehicles_have_seats_behind_their_fronts():
    for word in ("car", "taxi", "van", "bus", "lorry"):
        kind = PROPS[word]
        assert kind.seats is not None
        assert kind.front is not None
        half = kind.size[0] / 2
        assert all(abs(x) < half for x in kind.seats.places)


@pytest.mark.parametrize("word", ["bird", "crow", "sparrow"])
def test_birds_carry_things_in_their_beaks(word):
    kind = ANIMALS[word]
    assert set(kind.mouth) == set(kind.poses)
    for pose, (x, _) in kind.mouth.items():
        assert x > kind.head[pose][0]
