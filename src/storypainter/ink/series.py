"""The Scenes of one story, drawn so that the place stays where it is.

The painter lays out every Scene anew. Here the furniture of one picture, the one that needs most room, gives the
place of the same furniture in all others, at the same scale; only people and things move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storypainter.ink.composition.audit import audit
from storypainter.ink.composition.check import check_scene
from storypainter.ink.composition.gates import contact_reports
from storypainter.ink.composition.layout import Layout, solve
from storypainter.ink.composition.plan import Plan
from storypainter.ink.composition.planning import plan_scene
from storypainter.ink.composition.units import Unit
from storypainter.ink.drawing.render import to_png
from storypainter.ink.painter import draw, findings
from storypainter.ink.settings import KITS
from storypainter.ink.style_words import read_style
from storypainter.scene import Scene

#: How many layouts are tried for a picture in which something is hidden.
ATTEMPTS = 3
#: ink draws nothing smaller than this (pixels); smaller pictures are rendered from the same SVG.
SMALLEST = 256
#: Elements of a Scene with such an id belong to the place.
PLACE = "place."
#: A share of the picture's width that is far outside of it, and so is what mirrors it.
OUTSIDE = -6.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn Scene: the file, and what ink could not make visible enough."""

    png: bytes
    reports: tuple[str, ...]


def draw_story(
    scenes: Sequence[Scene], *, size: int, seed: int, style: str = "flat"
) -> tuple[Drawn, ...]:
    """Draw the Scenes of one story, square. Same arguments, same bytes.

    Args:
        scenes: all in the same setting; whose ids begin with ``place.`` belongs to it.
        size: pixels of a side, 32 to 4096.
        seed: another seed gives another arrangement.
        style: as :func:`storypainter.ink.style_words.read_style` takes it.

    Raises:
        BadInput: a word that ink does not know, or a style that it does not have.
    """
    side = max(size, SMALLEST)
    for scene in scenes:
        check_scene(scene)
    plans = [plan_scene(scene, KITS[scene.setting.kind], side, side) for scene in scenes]
    widest = min(range(len(plans)), key=lambda index: (plans[index].stage.front_cm, index))
    _leave_out(plans)
    pins: dict[str, tuple[float, float]] = {}
    found: dict[int, Drawn] = {}
    flipped = bool(seed % 2)
    for plan in plans:
        _turn(plan, flipped)
    for index in sorted(range(len(plans)), key=lambda each: each != widest):
        plan = plans[index]
        plan.stage = plans[widest].stage
        _pin(plan, pins)
        drawn, layout = _drawn(plan, scenes[index], seed, flipped, size, style)
        found[index] = drawn
        if index == widest:
            pins = _pins_of(plan, layout)
    return tuple(found[index] for index in range(len(plans)))


def _leave_out(plans: Sequence[Plan]) -> None:
    """Puts outside of the picture what ink would only add to the wall of some of the pictures."""
    common = frozenset.intersection(*(frozenset(unit.id for unit in plan.units) for plan in plans))
    for plan in plans:
        for unit in plan.units:
            filler = unit.furniture and unit.fixed is not None and not unit.riders
            if filler and unit.id not in common and not unit.id.startswith(PLACE):
                unit.fixed = (OUTSIDE, unit.low)


def _is_place(plan: Plan, unit: Unit) -> bool:
    """Whether a unit belongs to the place, and not to what happens there."""
    return unit.id.startswith(PLACE) or (unit.id in plan.room and not unit.person)


def _turn(plan: Plan, flipped: bool) -> None:
    """Turns what belongs to the place the way it is turned at a wall."""
    for unit in plan.units:
        if _is_place(plan, unit):
            unit.facing = -1 if flipped else 1


def _pin(plan: Plan, pins: Mapping[str, tuple[float, float]]) -> None:
    """Fixes what belongs to the place where it was before."""
    for unit in plan.units:
        if unit.id in pins:
            unit.fixed = pins[unit.id]
            unit.low = unit.high = pins[unit.id][1]


def _pins_of(plan: Plan, layout: Layout) -> dict[str, tuple[float, float]]:
    """Where in a layout that belongs which is part of the place, as if it weren't mirrored."""
    pins = {}
    for unit, spot in zip(plan.units, layout.spots, strict=True):
        if _is_place(plan, unit):
            x = spot.x / plan.stage.width
            pins[unit.id] = (1 - x if layout.flipped else x, spot.y / plan.stage.height)
    return pins


def _drawn(
    plan: Plan, scene: Scene, seed: int, flipped: bool, size: int, style: str
) -> tuple[Drawn, Layout]:
    """The best of a few layouts, drawn; ``flipped``: which way round the place is."""
    best: tuple[float, str, tuple[str, ...], Layout] | None = None
    for attempt in range(ATTEMPTS):
        layout = solve(plan, plan.stage, seed * 101 + attempt, flipped=flipped)
        drawing = draw(plan, layout, read_style(style), seed)
        seen = audit(drawing.canvas, inside_of=drawing.inside_of())
        hidden = findings(scene, seen)
        reports = (*hidden, *contact_reports(scene, drawing.figures, drawing.canvas))
        penalty = len(reports) + 2 * len(hidden) + min(0.001 * layout.cost, 0.9)
        if best is None or penalty < best[0]:
            best = (penalty, drawing.canvas.to_svg(""), reports, layout)
        if not reports:
            break
    assert best is not None
    _, svg, reports, layout = best
    return Drawn(to_png(svg, width=size), reports), layout
