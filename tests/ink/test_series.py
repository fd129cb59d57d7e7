"""Drawing the Scenes of one story: same bytes for the same arguments, the place stays where it is."""

from __future__ import annotations

import io

import numpy as np
import pytest

from storypainter.errors import BadInput
from storypainter.ink.series import draw_story
from storypainter.scene import Scene


def scene(pose: str, **more: object) -> Scene:
    return Scene.model_validate(
        {
            "setting": {"kind": "park"},
            "people": [
                {"id": "girl", "role": "girl", "age": "child", "pose": pose, "clues": ["girl"]}
            ],
            "props": [
                {"id": "place.tree", "kind": "tree"},
                {"id": "place.bench", "kind": "park bench"},
            ],
            **more,
        }
    )


def tree_in(png: bytes) -> tuple[float, float]:
    """The middle of the tree's crown: its own green, in shares of the picture."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    crown = (green - red > 25) & (green - blue > 45) & (green < 170)
    crown[len(crown) // 2 :] = False
    y, x = np.nonzero(crown)
    return float(x.mean()) / len(crown), float(y.mean()) / len(crown)


def test_the_place_stays_where_it_is_while_people_move_and_come() -> None:
    man = {"id": "man", "role": "man", "pose": "wave"}
    girl = scene("run").people[0].to_plain()
    scenes = [scene("stand"), scene("jump"), scene("run", people=[girl, man])]
    drawn = draw_story(scenes, size=128, seed=5)
    places = [tree_in(each.png) for each in drawn]
    for x, y in places:
        assert abs(x - places[0][0]) < 0.03
        assert abs(y - places[0][1]) < 0.03
    assert len({each.png for each in drawn}) == 3
    assert draw_story(scenes, size=128, seed=5) == drawn


def test_a_word_that_ink_does_not_know_is_refused() -> None:
    with pytest.raises(BadInput, match="levitate"):
        draw_story([scene("stand"), scene("levitate")], size=64, seed=0)
