"""All settings by example Scenes: fifty paintings; all of them, and more seeds, in the soak."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest

from storypainter import ink
from storypainter.ink import catalogue
from storypainter.ink.settings import KITS
from storypainter.scene import Scene

SCENES = sorted((Path(__file__).parent / "scenes").glob("*.json"))
SAMPLED = 50


def read(path: Path) -> Scene:
    return Scene.model_validate_json(path.read_text(encoding="utf-8"))


def sampled(paths: list[Path]) -> list[Path]:
    """``SAMPLED`` of these, first one of each setting, then a second."""
    seen: Counter[str] = Counter()
    turns = []
    for path in paths:
        kind = read(path).setting.kind
        turns.append((seen[kind], path))
        seen[kind] += 1
    return sorted(path for _, path in sorted(turns)[:SAMPLED])


def paints_with_a_region_for_each_clue(path):
    scene = read(path)
    drawing = ink.paint_scene(scene, width=256, height=256)
    ET.fromstring(drawing.svg)
    shown = {region.element: region for region in drawing.regions}
    told = {report.split(":")[0] for report in drawing.reports}
    for element in scene.elements:
        if element.clues:
            assert shown[element.id].visible >= 0.6 or element.id in told


@pytest.mark.parametrize("path", sampled(SCENES), ids=lambda path: path.stem)
def test_example_scenes_paint_with_a_region_for_each_clue(path):
    paints_with_a_region_for_each_clue(path)


@pytest.mark.soak
@pytest.mark.parametrize("path", sorted({*SCENES} - {*sampled(SCENES)}), ids=lambda path: path.stem)
def test_the_other_example_scenes_do_as_well(path):
    paints_with_a_region_for_each_clue(path)


def test_the_sample_has_a_scene_of_each_setting():
    assert len(sampled(SCENES)) == SAMPLED
    assert {read(path).setting.kind for path in sampled(SCENES)} == {
        read(path).setting.kind for path in SCENES
    }


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_few_example_scenes_carry_a_report(seed):
    scenes = [scene for scene in map(read, SCENES) if len(scene.people) <= 6]
    reports = [ink.paint_scene(scene, seed=seed).reports for scene in scenes]
    assert sum(map(bool, reports)) <= 0.05 * len(scenes)


def test_there_are_settings_props_and_animals_enough():
    assert len(KITS) >= 24
    assert len(catalogue.PROPS) >= 160


def test_no_word_is_drawn_twice():
    words = [kind.word for module in catalogue.PROP_MODULES for kind in module.KINDS]
    assert sorted(words) == sorted(set(words))
    species = [kind.word for module in catalogue.ANIMAL_MODULES for kind in module.KINDS]
    assert sorted(species) == sorted(set(species))
