"""ink: the embedded painter. A Scene becomes a layered drawing made from code; no model is used."""

from storypainter.ink.composition.check import check_scene
from storypainter.ink.painter import VERSION, Drawing, paint_scene
from storypainter.ink.words import vocabulary

__all__ = ["VERSION", "Drawing", "check_scene", "paint_scene", "vocabulary"]
