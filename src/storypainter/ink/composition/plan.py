"""The plan of a picture: its units, the wishes between them, and where each element is."""

from __future__ import annotations

from dataclasses import dataclass, field

from storypainter.ink.boards.kinds import Board
from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition.units import Body, Rider, Unit, Wish
from storypainter.ink.drawing.stage import Stage
from storypainter.ink.kits import Kit
from storypainter.ink.props.prop import PropKind
from storypainter.scene import (
    Element,
    Scene,
)


@dataclass(slots=True)
class Plan:
    """The units of a Scene, the wishes between them, and where each element is: (unit, rider).

    ``scene`` holds the Scene with its setting's furniture, ``room`` which elements are that;
    ``anchors`` gives the element that an anchor word means.
    """

    scene: Scene
    kit: Kit
    stage: Stage
    bodies: dict[str, Body]
    room: frozenset[str] = frozenset()
    anchors: dict[str, str] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    where: dict[str, tuple[int, float]] = field(default_factory=dict)
    riders: dict[str, Rider] = field(default_factory=dict)
    friends: set[tuple[int, int]] = field(default_factory=set)


def element_of(plan: Plan, element_id: str) -> Element:
    """An element by its id."""
    return next(each for each in plan.scene.elements if each.id == element_id)


def kind_at(plan: Plan, anchor: str | None) -> PropKind | None:
    """The kind of the prop that an anchor means."""
    element = plan.anchors.get(anchor or "")
    props = {prop.id: prop for prop in plan.scene.props}
    return PROPS[props[element].kind] if element in props else None


def half_width(plan: Plan, element_id: str) -> float:
    """Half the width in cm that an element takes on the ground, or on what it rides on."""
    index, _ = plan.where[element_id]
    rider = plan.riders.get(element_id)
    if rider is not None:
        return 22.0
    return plan.units[index].width / 2
