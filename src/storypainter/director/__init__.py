"""director: from the text of a story to a Scene, by rules and word lists, without a model."""

from storypainter.director.direction import VERSION, Direction, Mention, direct

__all__ = ["VERSION", "Direction", "Mention", "direct"]
