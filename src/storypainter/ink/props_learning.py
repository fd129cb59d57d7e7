"""All props of classroom, library, museum and theatre."""

from __future__ import annotations

from storypainter.ink import (
    props_learning_classroom,
    props_learning_library,
    props_learning_museum,
    props_learning_small,
    props_learning_stage,
)
from storypainter.ink.props import PropKind

KINDS: tuple[PropKind, ...] = (
    *props_learning_classroom.KINDS,
    *props_learning_small.KINDS,
    *props_learning_library.KINDS,
    *props_learning_museum.KINDS,
    *props_learning_stage.KINDS,
)
