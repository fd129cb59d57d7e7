"""What the tests of the director ask of a text: its Scene, and who and what is in it."""

from __future__ import annotations

from storypainter.director import direct
from storypainter.ink import check_scene
from storypainter.scene import Person, Scene


def scene_of(text: str) -> Scene:
    """The Scene of a text; ink can draw it."""
    scene = direct(text).scene
    check_scene(scene)
    return scene


def person(scene: Scene, role: str) -> Person:
    """The first person of a role."""
    return next(p for p in scene.people if p.role == role)


def kinds(scene: Scene) -> list[str]:
    """The kinds of all things, in order."""
    return [prop.kind for prop in scene.props]
