"""What relations, places and held things wish of the layout: who is near, before or beside whom."""

from __future__ import annotations

from storypainter.ink.composition import units as u
from storypainter.ink.composition.plan import Plan, half_width, kind_at
from storypainter.ink.composition.tugging import ROPES
from storypainter.ink.composition.units import Wish
from storypainter.ink.props.prop import Approach
from storypainter.scene import (
    Animal,
    Element,
    Person,
    Relation,
    Scene,
    Sign,
)

#: Relations between two standing elements: (near, far) in cm between their middles, and weight.
_DISTANCES: dict[str, tuple[float, float, float]] = {
    "looks_at": (70, 420, 0.4),
    "faces": (90, 420, 0.6),
    "points_at": (95, 260, 5.0),
    "photographs": (150, 310, 4.0),
    "walks_towards": (110, 400, 1.5),
    "runs_from": (120, 420, 1.5),
    "hides_from": (120, 500, 1.0),
    "whispers_to": (38, 52, 8.0),
    "hugs": (24, 36, 8.0),
    "leads": (90, 150, 6.0),
    "hides_behind": (0, 40, 10.0),
}
_AIMED = ("points_at", "photographs")
_FACING = (
    "points_at", "hands_to", "reaches_for", "photographs", "touches", "hugs", "whispers_to",
    "pushes", "pulls", "walks_towards", "faces", "looks_at", "leads",
)  # fmt: skip


def _wish(plan: Plan, a: str, b: str, near: float, far: float, **more: object) -> None:
    (i, dx), (j, ex) = plan.where[a], plan.where[b]
    if i != j:
        plan.wishes.append(Wish(i, j, near, far, subject_dx=dx, target_dx=ex, **more))  # type: ignore[arg-type]


def place_wishes(plan: Plan, element: Element) -> None:
    """What an element's place wishes: to be near another, or at a piece of furniture."""
    place = element.place
    if element.id in plan.riders and place.near is None:
        return
    if place.near is not None and place.side != "above" and not _hides_behind(element, place.near):
        _near_wish(plan, element, place.near)
    anchored = plan.anchors.get(place.anchor or "")
    if anchored in plan.where and element.id in plan.where and anchored != element.id:
        _anchor_wish(plan, element, anchored)


def _hides_behind(element: Element, cover: str) -> bool:
    """Whether somebody hides behind what they are near: the relation says all, then."""
    if not isinstance(element, Person | Animal):
        return False
    return any(each.kind == "hides_behind" and each.target == cover for each in element.relations)


def _near_wish(plan: Plan, element: Element, near: str) -> None:
    if plan.where[element.id][0] == plan.where[near][0]:
        return
    apart = half_width(plan, element.id) + half_width(plan, near)
    side = element.place.side
    person = isinstance(element, Person)
    room = 50.0 if person else 26.0
    same_depth = _depth_of(plan, near) in (element.place.depth, None) or element.place.depth is None
    even = (-0.03, 0.035) if same_depth else (-0.5, 0.5)
    if side in ("left", "right"):
        _wish(
            plan,
            element.id,
            near,
            apart + 2,
            apart + room,
            side=1 if side == "right" else -1,
            ahead=even,
            weight=5.0,
        )
    elif side == "front":
        sitter = _sitter(plan, near)
        if sitter is not None and not person:
            _wish(plan, element.id, sitter, 12.0, 44.0, ahead=(0.012, 0.05), weight=5.0)
        else:
            _wish(
                plan,
                element.id,
                near,
                0.25 * apart,
                apart + 10,
                ahead=(0.012, 0.07),
                weight=5.0,
            )
    elif side == "behind":
        _go_behind(plan, element.id, plan.where[near][0])
        _wish(
            plan,
            element.id,
            near,
            0.0,
            0.6 * apart,
            ahead=(-0.09, -0.006),
            weight=6.0,
        )
    else:
        _wish(
            plan,
            element.id,
            near,
            apart,
            apart + room + 25,
            ahead=(-0.08, 0.08) if same_depth else even,
            weight=3.0,
        )


def _sitter(plan: Plan, carrier: str) -> str | None:
    """Who sits on a carrier: things in front of a bench lie at a sitter's feet."""
    return next((person.id for person in plan.scene.people if person.sits_on == carrier), None)


def _depth_of(plan: Plan, element_id: str) -> str | None:
    found = next(each for each in plan.scene.elements if each.id == element_id)
    return found.place.depth


def _anchor_wish(plan: Plan, element: Element, anchored: str) -> None:
    """Whoever is at a piece of furniture stands where one does: before it, or at its side."""
    index, _ = plan.where[anchored]
    if plan.where[element.id][0] == index:
        return
    half, own = plan.units[index].width / 2, half_width(plan, element.id)
    kind = kind_at(plan, element.place.anchor)
    approach = (kind.approach if kind else None) or Approach(
        0.3 * half - own, half + 40, weight=3.0
    )
    near, far, ahead = max(0.0, approach.near + own), approach.far + own, approach.ahead
    if element.place.side == "above":
        near, far, ahead = 0.0, max(far, 120.0), (0.006, 0.05)
    elif element.place.side == "behind":
        near, far, ahead = 0.0, 0.6 * half, (-0.06, -0.004)
    elif element.place.side in ("left", "right"):
        side = 1 if element.place.side == "right" else -1
        _wish(
            plan,
            element.id,
            anchored,
            half + own,
            half + own + 40,
            side=side,
            weight=4.0,
        )
        return
    elif isinstance(element, Sign):
        near, far, ahead = half * 0.86 + own, half + own + 60, (0.0, 0.12)
    weight = approach.weight
    if ahead[1] < 0:
        _go_behind(plan, element.id, index)
        weight = max(6.0, weight)
    _wish(plan, element.id, anchored, near, far, ahead=ahead, weight=weight)


def _go_behind(plan: Plan, element_id: str, index: int) -> None:
    """Whoever is behind something may stand farther back than people usually do."""
    unit, cover = plan.units[plan.where[element_id][0]], plan.units[index]
    unit.low = min(unit.low, max(plan.kit.shape.far_line + 0.008, cover.low - 0.06))
    plan.friends |= {(plan.where[element_id][0], index), (index, plan.where[element_id][0])}


def relation_wish(plan: Plan, actor: Person | Animal, relation: Relation) -> None:
    """What a relation wishes: how far apart the two are, and which of them is in front."""
    kind, target = relation.kind, relation.target
    if target not in plan.where:
        return
    people = {person.id: person for person in plan.scene.people}
    apart = half_width(plan, actor.id) + half_width(plan, target)
    level = (-0.012, 0.012)
    if actor.facing in ("left", "right") and turned_to(actor) == (target, False):
        _wish(
            plan,
            actor.id,
            target,
            12,
            900,
            side=1 if actor.facing == "left" else -1,
            weight=9.0,
        )
    if kind in ("hands_to", "carries") and isinstance(actor, Person):
        reach = plan.bodies[actor.id].size.reach
        other = plan.bodies[target].size.reach if target in people else 20.0
        near = 0.80 * reach + 0.1 * other + 22
        _wish(plan, actor.id, target, near, near + 14, ahead=level, weight=16.0)
    elif kind == "touches":
        low = apart * 0.9 if target in people or isinstance(actor, Animal) else apart * 0.62
        _wish(plan, actor.id, target, low, low + 14, ahead=(-0.03, 0.03), weight=10.0)
        _befriend(plan, actor.id, target)
    elif kind in ("pushes", "pulls") and target in people:
        _wish(plan, actor.id, target, 105, 150, ahead=(-0.05, 0.05), weight=6.0)
    elif kind in ("pushes", "pulls"):
        _wish(plan, actor.id, target, 0.9 * apart, apart + 8, ahead=level, weight=10.0)
        _befriend(plan, actor.id, target)
    elif kind == "reaches_for":
        _wish(plan, actor.id, target, 10, 0.7 * apart + 45, weight=5.0, clear=True)
        _befriend(plan, actor.id, target)
    elif kind == "hides_from" and (cover := plan.anchors.get("tree")) in plan.where:
        index = plan.where[cover or ""][0]
        _wish(plan, actor.id, target, *_DISTANCES[kind][:2], weight=6.0, opposite=index)
    elif kind in _DISTANCES:
        near, far, weight = _DISTANCES[kind]
        if kind == "points_at" and isinstance(actor, Person) and target not in people:
            near = half_width(plan, target) + 0.46 * u.STATURE[actor.age] + 16
            _wish(plan, actor.id, target, near, near + 95, weight=8.0, clear=True)
            if plan.units[plan.where[target][0]].kind == "sign":
                _wish(plan, actor.id, target, 0, 900, ahead=(0.004, 0.12), weight=14.0)
            return
        if kind == "hides_behind":
            _go_behind(plan, actor.id, plan.where[target][0])
            far = max(far, half_width(plan, target) + 6)  # low cover: out to its end, to be seen
            _wish(plan, actor.id, target, near, far, ahead=(-0.04, -0.012), weight=2.5 * weight)
            return
        _wish(plan, actor.id, target, near, far, weight=weight, clear=kind in _AIMED)


def _befriend(plan: Plan, a: str, b: str) -> None:
    i, j = plan.where[a][0], plan.where[b][0]
    plan.friends |= {(i, j), (j, i)}


def hold_wishes(plan: Plan, held: dict[str, tuple[str, str]]) -> None:
    """Holders stay within reach of what they hold on the ground, in the air, or on a leash."""
    ropes = {prop.id for prop in plan.scene.props if prop.kind in ROPES}
    for person in plan.scene.people:
        for hold in person.holds:
            first = held[hold.what][0]
            if first != person.id and person.id in plan.where and first in plan.where:
                reach = 0.9 * (plan.bodies[person.id].size.reach + 30)
                if hold.what in ropes:  # both lean away from it, and their feet keep apart
                    reach = 1.02 * u.STATURE[person.age]
                _wish(
                    plan, person.id, first, 0.7 * reach, reach, ahead=(-0.012, 0.012), weight=12.0
                )
                _befriend(plan, person.id, first)
    props = {prop.id: prop for prop in plan.scene.props}
    for what, (holder, _) in held.items():
        prop = props.get(what)
        if prop is not None and u.grounded_hold(plan.scene, prop):
            lift = plan.units[plan.where[what][0]].lift
            half = plan.units[plan.where[what][0]].width / 2
            if lift:
                _wish(plan, holder, what, 70, 260, weight=2.0, clear=True)
            else:
                _wish(
                    plan,
                    holder,
                    what,
                    half + 8,
                    half + 26,
                    ahead=(-0.006, 0.012),
                    weight=14.0,
                )
            _befriend(plan, holder, what)
        if prop is not None and prop.place.side == "above" and prop.place.near in plan.where:
            _wish(plan, holder, prop.place.near, 34, 64, ahead=(-0.09, 0.0), weight=8.0)
        leashed = leashed_animal(plan.scene, what)
        if leashed is not None:
            _wish(plan, leashed, holder, 85, 140, ahead=(-0.03, 0.06), weight=7.0)


def leashed_animal(scene: Scene, leash: str) -> str | None:
    """The animal at the other end of a held leash: named by place, or led or pulling its holder."""
    prop = next(
        (each for each in scene.props if each.id == leash and each.kind == "dog leash"),
        None,
    )
    animals = {animal.id: animal for animal in scene.animals}
    if prop is None:
        return leash if leash in animals else None
    for named in (prop.place.on, prop.place.near):
        if named in animals:
            return named
    holder = next((p for p in scene.people if any(h.what == leash for h in p.holds)), None)
    if holder is None:
        return None
    for relation in holder.relations:
        if relation.kind == "leads" and relation.target in animals:
            return relation.target
    for animal in animals.values():
        if any(r.kind == "pulls" and r.target == holder.id for r in animal.relations):
            return animal.id
    return None


def turn_to_targets(plan: Plan) -> None:
    """What each single unit turns to: its first directed relation, else its gaze."""
    for actor in u.actors(plan.scene):
        index, _ = plan.where[actor.id]
        unit = plan.units[index]
        if unit.id != actor.id:
            continue
        if actor.facing in ("left", "right"):
            unit.facing = 1 if actor.facing == "right" else -1
            continue
        target, away = turned_to(actor)
        if target in plan.where and plan.where[target][0] != index:
            unit.looks, unit.flees = (None, target) if away else (target, None)


def turned_to(actor: Person | Animal) -> tuple[str | None, bool]:
    """The element an actor's body turns to, and whether it turns away from it."""
    kinds = {relation.kind: relation.target for relation in actor.relations}
    if "pulls" in kinds and isinstance(actor, Animal):
        return kinds["pulls"], True
    if "runs_from" in kinds:
        return kinds["runs_from"], True
    for kind in _FACING:
        if kind in kinds:
            return kinds[kind], False
    return actor.gaze, False
