"""All props of classroom, library, museum and theatre."""

from __future__ import annotations

from storypainter.ink.props import (
    learning_classroom,
    learning_library,
    learning_museum,
    learning_small,
    learning_stage,
)
from storypainter.ink.props.prop import PropKind

KINDS: tuple[PropKind, ...] = (
    *learning_classroom.KINDS,
    *learning_small.KINDS,
    *learning_library.KINDS,
    *learning_museum.KINDS,
    *learning_stage.KINDS,
)
