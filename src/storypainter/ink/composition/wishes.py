"""Reads a Scene: which units there are, who rides on what, and what they wish."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from storypainter.errors import BadInput
from storypainter.ink.boards.kinds import Board
from storypainter.ink.catalogue import ANIMALS, PROPS
from storypainter.ink.composition import units as u
from storypainter.ink.composition.casting import cast
from storypainter.ink.composition.furnish import Furnished, Spot, furnish, needed_wall, wall
from storypainter.ink.composition.units import Body, Box, Rider, Unit, Wish
from storypainter.ink.drawing.stage import Stage, stage_for
from storypainter.ink.kits import Kit
from storypainter.ink.props.prop import Approach, PropKind
from storypainter.scene import (
    Animal,
    Element,
    Person,
    Place,
    Prop,
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
    "hides_behind": (0, 40, 6.0),
}
#: How far before the foot of furniture at the wall signs hang, so that it hides none of them.
BEFORE_FURNITURE = 0.016
_AIMED = ("points_at", "photographs")
_FACING = (
    "points_at", "hands_to", "reaches_for", "photographs", "touches", "hugs", "whispers_to",
    "pushes", "pulls", "walks_towards", "faces", "looks_at", "leads",
)  # fmt: skip


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


def plan_scene(scene: Scene, kit: Kit, width: int, height: int) -> Plan:
    """Units and wishes of a Scene in a kit, for a picture of this size in pixels."""
    told = cast(scene)
    furnished = furnish(told.scene, kit)
    furnished = replace(furnished, added=furnished.added | told.added)
    bodies = u.bodies_of(furnished.scene)
    stage = _stage(furnished, kit, bodies, width, height)
    furnished, spots = wall(furnished, kit, stage)
    scene = furnished.scene
    plan = Plan(scene, kit, stage, bodies, furnished.added, furnished.anchors)
    held = u.held_ids(scene)
    carried = _carried(plan, held)
    for sign in scene.signs:
        mount = u.mount_of(sign, scene, kit, pinned=sign.id in carried)
        plan.boards[sign.id] = u.board_of(sign, mount, scene.setting.locale)
    for element in sorted(scene.elements, key=lambda each: each.id not in furnished.added):
        if element.id not in carried and not _in_hand(scene, element, held):
            _add_unit(plan, element, held)
            _bind(plan, furnished, spots, element.id)
    _add_riders(plan, carried)
    for element in scene.elements:
        if element.id in held and element.id not in plan.where:
            holder = held[element.id][0]
            plan.where[element.id] = plan.where[holder]
    for element in scene.elements:
        _place_wishes(plan, element, held)
    for actor in u.actors(scene):
        for relation in actor.relations:
            _relation_wish(plan, actor, relation)
    _hold_wishes(plan, held)
    _facings(plan)
    return plan


def _stage(
    furnished: Furnished,
    kit: Kit,
    bodies: dict[str, Body],
    width: int,
    height: int,
) -> Stage:
    """A stage on which the people and things of a Scene have room side by side."""
    scene = furnished.scene
    held = u.held_ids(scene)
    breadth = 0.0
    for element in scene.elements:
        if element.id in furnished.added or element.id in furnished.claims:
            continue
        if isinstance(element, Person):
            breadth += bodies[element.id].width * (0.5 if element.sits_on else 1.0)
        elif isinstance(element, Prop) and element.id not in held and not element.place.on:
            flat = PROPS[element.kind].flat or PROPS[element.kind].hangs is not None
            breadth += 0 if flat else u.prop_boxes(element)[1]
        elif isinstance(element, Animal):
            breadth += 2 * u.animal_boxes(element)[0].right
        elif isinstance(element, Sign):
            mount = u.mount_of(element, scene, kit, pinned=False)
            _, wide, lift = u.sign_boxes(element, u.board_of(element, mount))
            breadth += 0.0 if lift else wide
    people = len(scene.people)
    needed = needed_wall(furnished, kit)
    return stage_for(width, height, people, breadth, kit.shape, needed)


def _bind(plan: Plan, furnished: Furnished, spots: dict[str, Spot], element_id: str) -> None:
    """Bounds of what belongs to the setting: fixed at the wall, or loose within its part."""
    unit = plan.units[plan.where[element_id][0]]
    unit.furniture = element_id in furnished.added
    spot = spots.get(element_id)
    if spot is not None:
        unit.fixed = (spot.x, spot.y)
        unit.low = unit.high = spot.y
        unit.facing = 1
        return
    loose = furnished.loose.get(element_id)
    if loose is not None and plan_element(plan, element_id).place == Place():
        unit.x_span = loose.x
        if not unit.lift:
            unit.low, unit.high = loose.y


def plan_element(plan: Plan, element_id: str) -> Element:
    """An element by its id."""
    return next(each for each in plan.scene.elements if each.id == element_id)


def _in_hand(scene: Scene, element: Element, held: dict[str, tuple[str, str]]) -> bool:
    if isinstance(element, Sign):
        return element.id in held
    if element.id not in held or not isinstance(element, Prop):
        return False
    return not u.grounded_hold(scene, element)


def _kind_at(plan: Plan, anchor: str | None) -> PropKind | None:
    """The kind of the prop that an anchor means."""
    element = plan.anchors.get(anchor or "")
    props = {prop.id: prop for prop in plan.scene.props}
    return PROPS[props[element].kind] if element in props else None


def _carried(plan: Plan, held: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Element id to the id of what carries it, in order: people before things."""
    found: dict[str, str] = {}
    for person in plan.scene.people:
        carrier = person.sits_on or person.stands_on or person.lies_on or person.place.on
        if carrier:
            found[person.id] = carrier
    for element in (*plan.scene.animals, *plan.scene.props, *plan.scene.signs):
        if element.place.on and element.id not in held:
            found[element.id] = element.place.on
        elif element.id not in held and _hangs_at_anchor(plan, element):
            found[element.id] = plan.anchors[element.place.anchor or ""]
    return found


def _hangs_at_anchor(plan: Plan, element: Element) -> bool:
    """Whether an element is caught up in, pinned to or put down on the furniture it names."""
    kind = _kind_at(plan, element.place.anchor)
    if kind is None or plan.anchors[element.place.anchor or ""] == element.id:
        return False
    if isinstance(element, Sign):
        return kind.pin is not None and u.is_notice(element)
    if not isinstance(element, Prop):
        return False
    stuck = element.kind == "kite" and element.state == "stuck"
    if kind.perch is not None and (stuck or element.place.side == "above"):
        return True
    own = PROPS[element.kind]
    small = own.surface is None and own.seats is None and own.hangs is None and max(own.size) < 70
    bare = element.place.side is None and element.place.near is None and element.place.depth is None
    return plan.kit.indoors and kind.surface is not None and small and bare


def _add_unit(plan: Plan, element: Element, held: dict[str, tuple[str, str]]) -> None:
    low, high = u.depth_range(element, plan.kit.shape)
    if isinstance(element, Person):
        unit = _person_unit(plan, element, held)
    elif isinstance(element, Animal):
        boxes = u.animal_boxes(element)
        width = boxes[0].right - boxes[0].left
        for hold in element.holds:
            if hold.hand == "mouth":
                boxes.append(Box(-boxes[0].right - 10, -34, boxes[0].right * 0.2, 0, 20, 0.6))
        swims = ANIMALS[element.species].swims
        unit = Unit(element.id, "swimmer" if swims else "animal", boxes, low, high, width)
    elif isinstance(element, Prop):
        unit = _prop_unit(plan, element, low, high)
    else:
        assert isinstance(element, Sign)
        boxes, width, lift = u.sign_boxes(element, plan.boards[element.id])
        if lift:
            low = plan.kit.shape.far_line + BEFORE_FURNITURE
            high = low + 0.001
        unit = Unit(element.id, "sign", boxes, low, high, width, facing=1, lift=lift, hung=lift > 0)
    _keep_to_area(plan, element, unit)
    plan.where[element.id] = (len(plan.units), 0.0)
    plan.units.append(unit)


def _keep_to_area(plan: Plan, element: Element, unit: Unit) -> None:
    """Whoever and whatever names a part of the ground stays on it; people have a usual one."""
    usual = plan.kit.usual if isinstance(element, Person) else ""
    area = plan.kit.areas.get(element.place.anchor or usual)
    if area is None or unit.lift:
        return
    if area.y is not None and element.place.depth is None:
        unit.low, unit.high = area.y
    unit.x_span = area.x


def _prop_unit(plan: Plan, prop: Prop, low: float, high: float) -> Unit:
    kind, shape = PROPS[prop.kind], plan.kit.shape
    boxes, width, lift = u.prop_boxes(prop, furniture=prop.id in plan.room)
    unit = Unit(prop.id, "prop", boxes, low, high, width, flat=kind.flat, lift=lift)
    unit.basin = kind.basin
    unit.hung = kind.hangs is not None
    if kind.hangs is not None:
        unit.low, unit.high = shape.far_line, shape.far_line + 0.001
    elif kind.far:
        unit.low, unit.high = shape.far_line, shape.far_line + 0.002
    elif lift > 200:
        unit.low, unit.high = shape.back[0], shape.back[1] + 0.005
    return unit


def _person_unit(plan: Plan, person: Person, held: dict[str, tuple[str, str]]) -> Unit:
    body = plan.bodies[person.id]
    boxes = [*body.boxes, *_held_boxes(plan, person)]
    low, high = u.depth_range(person, plan.kit.shape)
    width = max(0.34 * u.STATURE[person.age], 0.9 * body.width)
    facing = {"left": -1, "right": 1}.get(person.facing or "", 0)
    return Unit(person.id, "person", boxes, low, high, width, facing, person=True)


def _held_boxes(plan: Plan, person: Person) -> list[Box]:
    props = {prop.id: prop for prop in plan.scene.props}
    signs = {sign.id: sign for sign in plan.scene.signs}
    size = plan.bodies[person.id].size
    found = []
    for index, hold in enumerate(person.holds):
        if hold.what in signs:
            found.append(u.held_sign_box(person, size, signs[hold.what], plan.boards[hold.what]))
        prop = props.get(hold.what)
        if prop is None or u.grounded_hold(plan.scene, prop) or hold.hand == "mouth":
            continue
        found.append(u.held_box(person, size, prop, near=index > 0))
    return found


def _add_riders(plan: Plan, carried: dict[str, str]) -> None:
    """Riders in an order in which every carrier has its place before what it carries."""
    waiting = dict(carried)
    while waiting:
        ready = [each for each, carrier in waiting.items() if carrier in plan.where]
        if not ready:
            names = ", ".join(sorted(waiting))
            raise BadInput(
                f"these elements carry each other, so none stands on the ground: {names}",
                "put one of them on the ground",
            )
        for element_id in ready:
            _add_rider(plan, element_id, waiting.pop(element_id))


def _add_rider(plan: Plan, element_id: str, carrier: str) -> None:
    element = next(each for each in plan.scene.elements if each.id == element_id)
    index, base = plan.where[carrier]
    unit = plan.units[index]
    dx, dy = _slot(plan, unit, element, carrier)
    rider = Rider(element_id, base + dx, dy)
    plan.riders[element_id] = rider
    unit.riders.append(rider)
    plan.where[element_id] = (index, rider.dx)
    unit.boxes += [box.moved(rider.dx, dy) for box in _rider_boxes(plan, element)]
    if isinstance(element, Person):
        unit.person = True


def _rider_boxes(plan: Plan, element: Element) -> list[Box]:
    if isinstance(element, Person):
        return [*plan.bodies[element.id].boxes, *_held_boxes(plan, element)]
    if isinstance(element, Animal):
        return u.animal_boxes(element)
    if isinstance(element, Prop):
        return u.prop_boxes(element)[0]
    assert isinstance(element, Sign)
    boxes, _, lift = u.sign_boxes(element, plan.boards[element.id])
    return [box.moved(0.0, lift) for box in boxes[:1]]


def _slot(plan: Plan, unit: Unit, element: Element, carrier: str) -> tuple[float, float]:
    """Where a rider is on its carrier, (dx, dy) in cm."""
    prop = next((each for each in plan.scene.props if each.id == carrier), None)
    if prop is None:
        return 0.0, 0.0
    kind = PROPS[prop.kind]
    if isinstance(element, Sign) and kind.pin is not None and u.is_notice(element):
        return kind.pin
    lift = u.prop_boxes(prop)[2] if kind.hangs is not None else 0.0
    at_anchor = element.place.on is None and not isinstance(element, Person)
    caught = element.place.side == "above" or kind.surface is None
    if at_anchor and kind.perch is not None and caught:
        return kind.perch[0], kind.perch[1] - lift
    sits = isinstance(element, Person) and element.sits_on is not None
    lies = isinstance(element, Person) and element.lies_on is not None
    surface = (kind.seats if sits else kind.berth if lies else None) or kind.surface
    if surface is None:
        return 0.0, -u.prop_boxes(prop)[0][0].bottom
    taken = len([rider for rider in unit.riders if rider.element in _riders_of(plan, carrier)])
    dx = surface.places[taken % len(surface.places)] * kind.scale
    if isinstance(element, Prop):
        room = max(0.0, (kind.extent("")[0] - u.prop_boxes(element)[1]) / 2 - 2)
        dx = max(-room, min(room, dx))
    return dx, 0.0 if sits or lies else -surface.height * kind.scale - lift


def _riders_of(plan: Plan, carrier: str) -> set[str]:
    found = set()
    for element in plan.scene.elements:
        person = element if isinstance(element, Person) else None
        if element.place.on == carrier or (
            person and carrier in (person.sits_on, person.stands_on, person.lies_on)
        ):
            found.add(element.id)
    return found


def _half(plan: Plan, element_id: str) -> float:
    index, _ = plan.where[element_id]
    rider = plan.riders.get(element_id)
    if rider is not None:
        return 22.0
    return plan.units[index].width / 2


def _wish(plan: Plan, a: str, b: str, near: float, far: float, **more: object) -> None:
    (i, dx), (j, ex) = plan.where[a], plan.where[b]
    if i != j:
        plan.wishes.append(Wish(i, j, near, far, subject_dx=dx, target_dx=ex, **more))  # type: ignore[arg-type]


def _place_wishes(plan: Plan, element: Element, held: dict[str, tuple[str, str]]) -> None:
    place = element.place
    if element.id in plan.riders and place.near is None:
        return
    if place.near is not None and place.side != "above":
        _near_wish(plan, element, place.near)
    anchored = plan.anchors.get(place.anchor or "")
    if anchored in plan.where and element.id in plan.where and anchored != element.id:
        _anchor_wish(plan, element, anchored)


def _near_wish(plan: Plan, element: Element, near: str) -> None:
    if plan.where[element.id][0] == plan.where[near][0]:
        return
    apart = _half(plan, element.id) + _half(plan, near)
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
    half, own = plan.units[index].width / 2, _half(plan, element.id)
    kind = _kind_at(plan, element.place.anchor)
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


def _relation_wish(plan: Plan, actor: Person | Animal, relation: Relation) -> None:
    kind, target = relation.kind, relation.target
    if target not in plan.where:
        return
    people = {person.id: person for person in plan.scene.people}
    apart = _half(plan, actor.id) + _half(plan, target)
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
        _wish(plan, actor.id, target, apart, apart + 20, ahead=level, weight=10.0)
        _befriend(plan, actor.id, target)
    elif kind == "reaches_for":
        _wish(plan, actor.id, target, 10, 0.7 * apart + 45, weight=5.0)
        _befriend(plan, actor.id, target)
    elif kind == "hides_from" and (cover := plan.anchors.get("tree")) in plan.where:
        index = plan.where[cover or ""][0]
        _wish(plan, actor.id, target, *_DISTANCES[kind][:2], weight=6.0, opposite=index)
    elif kind in _DISTANCES:
        near, far, weight = _DISTANCES[kind]
        if kind == "points_at" and isinstance(actor, Person) and target not in people:
            near = _half(plan, target) + 0.46 * u.STATURE[actor.age] + 6
            _wish(plan, actor.id, target, near, near + 95, weight=8.0, clear=True)
            if plan.units[plan.where[target][0]].kind == "sign":
                _wish(plan, actor.id, target, 0, 900, ahead=(0.004, 0.12), weight=14.0)
            return
        if kind == "hides_behind":
            _go_behind(plan, actor.id, plan.where[target][0])
            _wish(plan, actor.id, target, near, far, ahead=(-0.1, -0.008), weight=weight)
            return
        _wish(plan, actor.id, target, near, far, weight=weight, clear=kind in _AIMED)


def _befriend(plan: Plan, a: str, b: str) -> None:
    i, j = plan.where[a][0], plan.where[b][0]
    plan.friends |= {(i, j), (j, i)}


def _hold_wishes(plan: Plan, held: dict[str, tuple[str, str]]) -> None:
    """Holders stay within reach of what they hold on the ground, in the air, or on a leash."""
    for person in plan.scene.people:
        for hold in person.holds:
            first = held[hold.what][0]
            if first != person.id and person.id in plan.where and first in plan.where:
                reach = 0.9 * (plan.bodies[person.id].size.reach + 30)
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


def _facings(plan: Plan) -> None:
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
