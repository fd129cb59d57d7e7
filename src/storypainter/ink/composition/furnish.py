"""Furnishes a Scene: what its kit adds, and which bays stand at the back wall, in what order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from storypainter.ink.catalogue import PROPS
from storypainter.ink.drawing.stage import Stage
from storypainter.ink.kits import Bay, Kit, Loose
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.bodies.skeleton import FLAT
from storypainter.scene import Person, Place, Prop, Scene

#: How far before the back wall the foot of furniture stands that leans on it (share of height).
BEFORE_WALL = 0.012
#: How much of the last bay at an edge may be cut off by the picture's edge (share of its width).
CUT = 0.45
_SITTING = frozenset({"sit", "sit reading", "sleep sitting", "drive", "write"})
#: Furniture that a sign of the Scene stands for.
_LIKE_SIGNS = {"chalkboard": ("blackboard", "whiteboard")}
_ASLEEP = frozenset({"asleep", "sleeping"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece of the wall stands: x as a share of the width, y as one of the height."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Furnished:
    """A Scene with what its kit adds.

    ``added`` are the ids of what the Scene itself does not name; ``anchors`` gives the prop that
    each anchor word means; ``loose`` the bounds of furniture that may be moved.
    """

    scene: Scene
    added: frozenset[str]
    anchors: dict[str, str]
    loose: dict[str, Loose]
    claims: tuple[str, ...]


def furnish(scene: Scene, kit: Kit) -> Furnished:
    """Adds seats for those who sit on nothing, and the loose furniture that is always there or named."""
    props = list(scene.props)
    added: list[str] = []
    scene, seats = _seated(scene, kit)
    props += seats
    added += [seat.id for seat in seats]
    named = {element.place.anchor for element in scene.elements if element.place.anchor}
    claims = tuple(prop.id for prop in scene.props if _claims_bay(prop, scene, kit))
    anchors: dict[str, str] = {}
    loose: dict[str, Loose] = {}
    for prop in scene.props:
        for word in (
            prop.kind,
            *(each.name for each in kit.loose if each.word == prop.kind),
        ):
            anchors.setdefault(word, prop.id)
    for each in kit.loose:
        own = [p for p in scene.props if p.kind == each.word and _free(p, scene)]
        for prop in own:
            loose.setdefault(prop.id, each)
        if own or not (each.always or each.name in named):
            continue
        prop = Prop(
            id=_new_id(each.name, props),
            kind=each.word,
            state=each.state,
            colour=each.colour,
            importance=0,
        )
        props.append(prop)
        added.append(prop.id)
        loose[prop.id] = each
        anchors.setdefault(each.name, prop.id)
    full = scene.model_copy(update={"props": tuple(props)})
    return Furnished(full, frozenset(added), anchors, loose, claims)


def _new_id(word: str, props: list[Prop]) -> str:
    taken = {prop.id for prop in props}
    stem = "room-" + word.replace(" ", "-")
    return next(
        name for n in range(1, 99) if (name := stem if n == 1 else f"{stem}-{n}") not in taken
    )


def _free(prop: Prop, scene: Scene) -> bool:
    """Whether a prop stands by itself."""
    held = any(hold.what == prop.id for person in scene.people for hold in person.holds)
    return not held and prop.place.on is None


def _claims_bay(prop: Prop, scene: Scene, kit: Kit) -> bool:
    words = {piece.word for bay in kit.bays for piece in bay.pieces}
    near = prop.place.depth in (None, "back")
    return prop.kind in words and near and _free(prop, scene)


def _seated(scene: Scene, kit: Kit) -> tuple[Scene, list[Prop]]:
    """Whoever sits, but on nothing, sits on the kit's seat, or on the ground: nobody floats."""
    seats: list[Prop] = []
    people: list[Person] = []
    for person in scene.people:
        if person.lies_on is not None and POSES[person.pose].support not in FLAT:
            lying = "sleep" if person.expression in _ASLEEP else "lie"
            people.append(person.model_copy(update={"pose": lying}))
        elif person.pose not in _SITTING or person.sits_on or person.stands_on:
            people.append(person)
        elif not kit.seat:
            people.append(person.model_copy(update={"pose": "sit ground"}))
        else:
            seat = Prop(
                id=_new_id(f"{kit.seat}-of-{person.id}", [*scene.props, *seats]),
                kind=kit.seat,
                importance=0,
                place=Place(near=person.place.near, side=person.place.side)
                if person.place.near
                else Place(depth=person.place.depth),
            )
            seats.append(seat)
            people.append(person.model_copy(update={"sits_on": seat.id}))
    return scene.model_copy(update={"people": tuple(people)}), seats


def needed_wall(furnished: Furnished, kit: Kit) -> float:
    """How many cm of wall the bays take that the Scene needs."""
    return sum(bay.width for bay, _ in _needed(furnished, kit))


def _needed(furnished: Furnished, kit: Kit) -> list[tuple[Bay, int]]:
    """The bays whose pieces the Scene names, each with its place in the kit's order."""
    props = {prop.id: prop for prop in furnished.scene.props}
    wanted = Counter(props[claim].kind for claim in furnished.claims)
    for element in furnished.scene.elements:
        anchor = element.place.anchor
        if anchor and anchor not in furnished.anchors:
            wanted[anchor] = max(1, wanted[anchor])
    found: list[tuple[Bay, int]] = []
    for index, bay in enumerate(kit.bays):
        own = Counter(piece.word for piece in bay.pieces)
        while any(wanted[word] > 0 for word in own):
            found.append((bay, index))
            wanted.subtract(own)
    return found


def wall(furnished: Furnished, kit: Kit, stage: Stage) -> tuple[Furnished, dict[str, Spot]]:
    """Fills the back wall with bays; the Scene with their furniture, and where each piece is."""
    needed = _needed(furnished, kit)
    bays = list(needed)
    room = stage.wall - sum(bay.width for bay, _ in bays)
    bays += _fillers(kit, bays, room)
    bays.sort(key=lambda pair: pair[1])
    length = sum(bay.width for bay, _ in bays)
    gap = max(0.0, stage.wall - length) / (len(bays) + 1) if bays else 0.0
    left = gap
    if length > stage.wall:  # a bay at an end is cut, but none that the Scene needs
        ends = [any(pair == each for each in needed) for pair in (bays[0], bays[-1])]
        left = {(True, False): 0.0, (False, True): stage.wall - length}.get(
            (ends[0], ends[1]), (stage.wall - length) / 2
        )
    claims = [prop for prop in furnished.scene.props if prop.id in furnished.claims]
    props, added = list(furnished.scene.props), set(furnished.added)
    anchors, spots = dict(furnished.anchors), {}
    for bay, _ in bays:
        middle = left + bay.width / 2
        left += bay.width + gap
        for piece in bay.pieces:
            if piece.word in _LIKE_SIGNS and any(
                sign.kind in _LIKE_SIGNS[piece.word] for sign in furnished.scene.signs
            ):
                continue
            own = next((prop for prop in claims if prop.kind == piece.word), None)
            if own is None:
                own = Prop(
                    id=_new_id(piece.word, props),
                    kind=piece.word,
                    state=piece.state,
                    colour=piece.colour,
                    text=piece.text,
                    importance=0,
                )
                props.append(own)
                added.add(own.id)
            else:
                claims.remove(own)
            anchors.setdefault(piece.word, own.id)
            hanging = PROPS[piece.word].hangs is not None
            y = stage.shape.far_line + (0.0 if hanging else BEFORE_WALL)
            spots[own.id] = Spot((middle + piece.dx) / stage.wall, y)
    full = furnished.scene.model_copy(update={"props": tuple(props)})
    return Furnished(full, frozenset(added), anchors, furnished.loose, furnished.claims), spots


def _fillers(kit: Kit, taken: list[tuple[Bay, int]], room: float) -> list[tuple[Bay, int]]:
    """Further bays, the most important first, until the wall is full; one may be cut at an edge."""
    have = {index for _, index in taken}
    order = sorted(
        (index for index, bay in enumerate(kit.bays) if bay.priority > 0 and index not in have),
        key=lambda index: -kit.bays[index].priority,
    )
    found: list[tuple[Bay, int]] = []
    for index in order:
        bay = kit.bays[index]
        if bay.width * (1 - CUT) <= room:
            found.append((bay, index))
            room -= bay.width
    repeated = [(bay, index) for index, bay in enumerate(kit.bays) if bay.repeat]
    turn = 0
    while repeated and room > 0 and turn < 40:
        bay, index = repeated[turn % len(repeated)]
        turn += 1
        found.append((bay, index))
        room -= bay.width
    return found
