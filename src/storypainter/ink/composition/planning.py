"""Reads a Scene: which units there are, who rides on what, and what they wish."""

from __future__ import annotations

from dataclasses import replace

from storypainter.errors import BadInput
from storypainter.ink.animals.mouth import box_in_mouth
from storypainter.ink.catalogue import ANIMALS, PROPS
from storypainter.ink.composition import units as u
from storypainter.ink.composition.attention import attend
from storypainter.ink.composition.casting import cast
from storypainter.ink.composition.furnish import Furnished, Spot, furnish, needed_wall, wall
from storypainter.ink.composition.plan import Plan, element_of, kind_at
from storypainter.ink.composition.units import Body, Box, Rider, Unit
from storypainter.ink.composition.wishes import (
    hold_wishes,
    place_wishes,
    relation_wish,
    turn_to_targets,
)
from storypainter.ink.drawing.stage import Stage, stage_for
from storypainter.ink.kits import Kit
from storypainter.ink.props.prop import look_of
from storypainter.scene import (
    Animal,
    Element,
    Person,
    Place,
    Prop,
    Scene,
    Sign,
)

#: How far before the foot of furniture at the wall signs and what a Scene hangs there are, so that
#: it hides none of them.
BEFORE_FURNITURE = 0.016


def plan_scene(scene: Scene, kit: Kit, width: int, height: int) -> Plan:
    """Units and wishes of a Scene in a kit, for a picture of this size in pixels."""
    told = cast(scene)
    furnished = furnish(attend(told.scene), kit)
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
        place_wishes(plan, element)
    for actor in u.actors(scene):
        for relation in actor.relations:
            relation_wish(plan, actor, relation)
    hold_wishes(plan, held)
    turn_to_targets(plan)
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
    if loose is not None and element_of(plan, element_id).place == Place():
        unit.x_span = loose.x
        if not unit.lift:
            unit.low, unit.high = loose.y


def _in_hand(scene: Scene, element: Element, held: dict[str, tuple[str, str]]) -> bool:
    if isinstance(element, Sign):
        return element.id in held
    if element.id not in held or not isinstance(element, Prop):
        return False
    return not u.grounded_hold(scene, element)


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
    kind = kind_at(plan, element.place.anchor)
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
        lift = u.flight_of(element) if element.id not in held else 0.0
        boxes = [box.raised(lift) for box in _animal_boxes(plan, element)]
        width = boxes[0].right - boxes[0].left
        kind = "swimmer" if ANIMALS[element.species].swims else "animal"
        unit = Unit(element.id, kind, boxes, low, high, width, lift=lift)
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


def _animal_boxes(plan: Plan, animal: Animal) -> list[Box]:
    """The boxes of an animal, what it carries in its mouth included."""
    kind, pose = ANIMALS[animal.species], u.animal_pose(animal)
    props = {prop.id: prop for prop in plan.scene.props}
    boxes = u.animal_boxes(animal)
    for hold in animal.holds:
        prop = props.get(hold.what)
        if prop is None or pose not in kind.mouth:
            continue
        thing = PROPS[prop.kind]
        look = look_of(thing, prop.state, None, "", 0, where="held")
        care = 30.0 if prop.clues else 16.0
        boxes.append(Box(*box_in_mouth(kind, pose, thing, look), care, 0.6))
    return boxes


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
        before = 0.0 if prop.id in plan.room else BEFORE_FURNITURE
        unit.low, unit.high = shape.far_line + before, shape.far_line + before + 0.001
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
            found += u.held_sign_boxes(person, size, signs[hold.what], plan.boards[hold.what])
        prop = props.get(hold.what)
        if prop is None or u.grounded_hold(plan.scene, prop) or hold.hand == "mouth":
            continue
        found.append(u.held_box(person, plan.bodies[person.id], prop, near=index > 0))
        if hold.hand in ("left", "right"):
            found.append(u.other_hand_box(plan.bodies[person.id], prop))
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
        return _animal_boxes(plan, element)
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
    wide = _breadth(plan, element)
    if wide is not None:
        room = max(0.0, (kind.extent("")[0] - wide) / 2 - 2)
        dx = max(-room, min(room, dx))
    return dx, 0.0 if sits or lies else -surface.height * kind.scale - lift


def _breadth(plan: Plan, element: Element) -> float | None:
    """How wide in cm a thing or a sign is that stands on something; None for who lives."""
    if isinstance(element, Prop):
        return u.prop_boxes(element)[1]
    if isinstance(element, Sign):
        return u.sign_boxes(element, plan.boards[element.id])[1]
    return None


def _riders_of(plan: Plan, carrier: str) -> set[str]:
    found = set()
    for element in plan.scene.elements:
        person = element if isinstance(element, Person) else None
        if element.place.on == carrier or (
            person and carrier in (person.sits_on, person.stands_on, person.lies_on)
        ):
            found.add(element.id)
    return found
