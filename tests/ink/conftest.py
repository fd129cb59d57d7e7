from __future__ import annotations

import json
from pathlib import Path

import pytest

from storypainter.scene import Scene


def _park_scenes() -> dict[str, Scene]:
    path = Path(__file__).with_name("park_scenes.json")
    stories = json.loads(path.read_text(encoding="utf-8"))
    return {story["id"]: Scene.model_validate(story["scene"]) for story in stories}


PARK_SCENES = _park_scenes()


@pytest.fixture(params=sorted(PARK_SCENES))
def park_scene(request: pytest.FixtureRequest) -> Scene:
    return PARK_SCENES[request.param]


@pytest.fixture
def small_scene() -> Scene:
    return Scene.model_validate(
        {
            "setting": {"kind": "park"},
            "people": [
                {
                    "id": "girl",
                    "role": "girl",
                    "age": "child",
                    "pose": "stand",
                    "clues": ["c1"],
                    "holds": [{"what": "balloon"}],
                }
            ],
            "props": [{"id": "balloon", "kind": "balloon", "clues": ["c2"]}],
            "signs": [{"id": "sign", "text": "MEN & <WOMEN>", "place": {"anchor": "lawn"}}],
        }
    )
