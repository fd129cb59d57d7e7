"""What the audit of pixels can't see: hands on what they act on, feet on their ground, clear faces,
nobody cut off by the picture's edge.

A gate that is missed is reported on the Picture, like an element that is too little visible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import shapely

from storypainter.ink.composition.tugging import ROPES
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Geometry, union
from storypainter.ink.people.bodies.contact import contact_errors
from storypainter.ink.people.figure import FigureResult
from storypainter.scene import Person, Scene

#: The longest way, in body heights, from a hand to what it acts on and from a foot to its support.
APART = 0.01
#: The largest share of the own face that own limbs may hide where the pose doesn't mean it.
OVER_FACE = 0.10
#: The largest share of a person, an animal or a sign that may lie outside the picture.
OUTSIDE = 0.02
#: A fist's radius in body heights: a rope ends where fists close around it.
_FIST = 0.025
#: Relations in which a hand is on its target.
_ON = ("touches", "pushes", "pulls", "hugs")


def contact_reports(
    scene: Scene, figures: Mapping[str, FigureResult], canvas: Canvas
) -> tuple[str, ...]:
    """What is not in contact as it should be, one line each."""
    drawn = _areas(canvas)
    found: list[str] = []
    for person in scene.people:
        figure = figures[person.id]
        found += _hands_off(scene, person, figure, drawn)
        if figure.plan is None:
            continue
        errors = contact_errors(figure.plan)
        if errors.feet > APART:
            found.append(f"{person.id}: {errors.feet:.1%} of a body height above the ground")
        if errors.face > OVER_FACE:
            found.append(f"{person.id}: an arm hides {errors.face:.0%} of the own face")
    return (*found, *_cut_off(scene, drawn, canvas))


def _cut_off(scene: Scene, drawn: Mapping[str, Geometry], canvas: Canvas) -> Iterator[str]:
    """People, animals and signs of which the picture's edge cuts something off."""
    page = shapely.box(0.0, 0.0, canvas.width, canvas.height)
    for element in (*scene.people, *scene.animals, *scene.signs):
        area = drawn.get(element.id)
        if area is None or not area.area or page.contains(area):
            continue
        outside = area.difference(page).area / area.area
        if outside > OUTSIDE:
            yield f"{element.id}: {outside:.0%} lies outside the picture"


def _areas(canvas: Canvas) -> dict[str, Geometry]:
    """All that is drawn of each element, in pixels."""
    parts: dict[str, list[Geometry]] = {}
    for layer in canvas.layers_drawn:
        for part in layer.parts:
            parts.setdefault(part.element, []).append(part.geometry)
    return {element: union(each) for element, each in parts.items()}


def _hands_off(
    scene: Scene, person: Person, figure: FigureResult, drawn: Mapping[str, Geometry]
) -> Iterator[str]:
    """Targets that neither hand is on; a rope or a leash in the hand reaches for it."""
    if person.holds or figure.plan is None:
        return
    height = figure.plan.skeleton.height * figure.plan.at.cm
    ropes = {prop.id for prop in scene.props if prop.kind in ROPES}
    for relation in person.relations:
        area = drawn.get(relation.target)
        if relation.kind not in _ON or area is None:
            continue
        gap = min(shapely.Point(x, y).distance(area) for x, y, _ in figure.hands.values()) / height
        if gap > (APART + _FIST if relation.target in ropes else APART):
            yield f"{person.id}: no hand is on {relation.target}, {gap:.0%} of a body height away"
