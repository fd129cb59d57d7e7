"""Furnishes a Scene: what its kit adds, and which bays stand at the back wall, in what order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition import units as u
from storypainter.ink.composition.hanging import (
    BEFORE_WALL,
    BESIDE,
    EDGE,
    Hung,
    Laid,
    Places,
    hang,
    taken_by,
)
from storypainter.ink.composition.hanging import Spot as Spot
from storypainter.ink.drawing.stage import Stage
from storypainter.ink.kits import ON_CORDS, ON_POST, ON_WALL, Bay, Kit, Loose, Piece
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.bodies.skeleton import FLAT
from storypainter.ink.props.prop import PropKind
from storypainter.scene import Person, Place, Prop, Scene, Sign

#: How much of the last bay at an edge may be cut off by the picture's edge (share of its width).
CUT = 0.45
_SITTING = frozenset({"sit", "sit reading", "sleep sitting", "drive", "write"})
#: Furniture that a sign of the Scene stands for.
_LIKE_SIGNS = {"chalkboard": ("blackboard", "whiteboard")}
_ASLEEP = frozenset({"asleep", "sleeping"})
#: What only decorates a wall.
_DECORATION = frozenset(
    {"picture frame", "painting", "mirror", "wall map", "eye chart", "skeleton poster", "light box",
     "bed head panel", "wall lamp", "shelf", "wall cupboard", "coat rail", "balloon arch", "streamers"}
)  # fmt: skip
#: What hangs from the ceiling rather than on the wall.
_FROM_CEILING = frozenset(
    {"hanging lantern", "pendant lamp", "awning", "spotlight", "bunting", "paper lantern", "streamers",
     "pinata", "disco ball", "balloon arch", "wedding bells"}
)  # fmt: skip
#: What hangs on a cord from the ceiling before the wall, and from which height in cm on it does;
#: how far its place is open to either side (share of the width).
_LAMPS, _LAMP_LOW, _SWAY = frozenset({"pendant lamp", "hanging lantern"}), 165.0, 0.012
#: After which bays furniture comes that the kit does not have, and how wide in cm it is at most.
_OTHER_ROOM, _WIDEST = 1.25, 260.0
#: In cm: wall for which a picture is made smaller, at most, when much hangs.
_ROOMY = 480.0
_STICKS_OUT = 15.0
#: Between which bays stretches of bare wall come, in turn.
_BARE_ORDER = (1.5, 2.5, 0.5, 3.5)


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
            id=u.free_id(f"room-{each.name}", (*scene.elements, *props)),
            kind=each.word,
            state=each.state or _by_night(each.word, scene),
            colour=each.colour,
            importance=0,
        )
        props.append(prop)
        added.append(prop.id)
        loose[prop.id] = each
        anchors.setdefault(each.name, prop.id)
    full = scene.model_copy(update={"props": tuple(props)})
    return Furnished(full, frozenset(added), anchors, loose, claims)


def _by_night(word: str, scene: Scene) -> str | None:
    """The kit's own lamps are lit when it is dark."""
    dark = scene.setting.time_of_day in ("evening", "night")
    return "lit" if dark and {"lit", "off"} <= {*PROPS[word].states} else None


def _free(prop: Prop, scene: Scene) -> bool:
    """Whether a prop stands by itself."""
    held = any(hold.what == prop.id for person in scene.people for hold in person.holds)
    return not held and prop.place.on is None


def _claims_bay(prop: Prop, scene: Scene, kit: Kit) -> bool:
    """Whether a prop stands at the wall: in a bay of the kit's, or in one made for it."""
    words = {piece.word for bay in kit.bays for piece in bay.pieces}
    near = prop.place.depth in (None, "back")
    return (prop.kind in words or _stands_at_wall(prop, kit)) and near and _free(prop, scene)


def _stands_at_wall(prop: Prop, kit: Kit) -> bool:
    """Whether a piece of furniture that the kit does not have belongs to the wall of a room."""
    kind = PROPS[prop.kind]
    loose = {each.word for each in kit.loose}
    own = kind.far and kind.hangs is None and kind.word not in loose
    return own and bool(kit.indoors and kit.bays) and kind.size[0] <= _WIDEST


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
                id=u.free_id(f"room-{kit.seat}-of-{person.id}", (*scene.elements, *seats)),
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
    """How many cm of wall the bays take that the Scene needs, and what hangs between them.

    What hangs makes everything smaller only a little: for more there are the ceiling's cords.
    """
    bays = sum(bay.width for bay, _ in _needed(furnished, kit))
    if not kit.indoors or kit.hung == "ceiling":
        return bays
    hung = sum(_bare_width(each, kit) for each in hung_things(furnished, kit))
    bays_of_kit = [(bay.priority, bay.width) for bay in kit.bays]
    hero = max(bays_of_kit, default=(0, 0.0))[1] if hung else 0.0
    return max(bays, min(bays + hung + hero, _ROOMY))


def _bare_width(each: Hung, kit: Kit) -> float:
    """How much bare wall in cm something takes that hangs; furniture may stick out of its bay."""
    return each.width + 2 * BESIDE + EDGE + _STICKS_OUT + kit.bare[0] * _ROOMY


def _needed(furnished: Furnished, kit: Kit) -> list[tuple[Bay, float]]:
    """The bays whose pieces the Scene names, each with its place in the kit's order."""
    props = {prop.id: prop for prop in furnished.scene.props}
    wanted = Counter(props[claim].kind for claim in furnished.claims)
    for element in furnished.scene.elements:
        anchor = element.place.anchor
        if anchor and anchor not in furnished.anchors:
            wanted[anchor] = max(1, wanted[anchor])
    found: list[tuple[Bay, float]] = []
    for index, bay in enumerate(kit.bays):
        own = Counter(piece.word for piece in bay.pieces)
        while any(wanted[word] > 0 for word in own):
            found.append((bay, index))
            wanted.subtract(own)
    words = {piece.word for bay in kit.bays for piece in bay.pieces}
    for claim in furnished.claims:  # furniture of other rooms has bays of its own
        word = props[claim].kind
        if word not in words:
            found.append((Bay((Piece(word),), PROPS[word].size[0] + 2 * EDGE), _OTHER_ROOM))
    return found


def wall(furnished: Furnished, kit: Kit, stage: Stage) -> tuple[Furnished, dict[str, Spot]]:
    """Fills the back wall with bays; the Scene with their furniture, and where each piece is.

    What hangs by itself indoors gets a free stretch of wall of its own, too. Where there is none,
    what only decorates is left out, then bare wall takes the place of other furniture, and what
    still has no place hangs from the ceiling.
    """
    hung = hung_things(furnished, kit) if kit.indoors else []
    bare: list[tuple[Bay, float]] = []
    tried: set[str] = set()
    laid, places = _best_places(furnished, kit, stage, hung, bare)
    while kit.hung == "wall":
        without = (each for each in hung if each.id not in places.wall or each.id in places.far)
        left = next((each for each in without if each.id not in tried), None)
        if left is None:
            break
        tried.add(left.id)
        room = stage.wall - sum(bay.width for bay, _ in (*_needed(furnished, kit), *bare))
        if _bare_width(left, kit) <= room:
            bare.append((Bay((), _bare_width(left, kit)), _beside(left, kit, len(bare))))
            laid, places = _best_places(furnished, kit, stage, hung, bare)
    return _furnished(furnished, kit, stage, laid, places)


def _beside(each: Hung, kit: Kit, turn: int) -> float:
    """After which bay bare wall comes: beside what the sign belongs to, else here and there."""
    for index, bay in enumerate(kit.bays):
        if any(piece.word == each.by for piece in bay.pieces):
            return index + 0.5 + 0.01 * turn
    return _BARE_ORDER[turn % len(_BARE_ORDER)]


def _lay(furnished: Furnished, kit: Kit, stage: Stage, bare: list[tuple[Bay, float]]) -> list[Laid]:
    """The pieces of the bays that the wall has room for, and where on the wall each is."""
    needed: list[tuple[Bay, float]] = [*_needed(furnished, kit), *bare]
    bays = list(needed)
    room = stage.wall - sum(bay.width for bay, _ in bays)
    fillers = _fillers(kit, bays, room)
    length = sum(bay.width for bay, _ in (*bays, *fillers))
    last = fillers.pop() if bare and fillers and length > stage.wall else None
    bays = sorted([*bays, *fillers], key=lambda pair: pair[1])
    if last is not None:  # what the edge cuts comes last
        bays.append(last)
    gap = max(0.0, stage.wall - length) / (len(bays) + 1) if bays else 0.0
    left = gap
    if length > stage.wall:  # a bay at an end is cut, but none that the Scene needs
        ends = [any(pair == each for each in needed) for pair in (bays[0], bays[-1])]
        left = {(True, False): 0.0, (False, True): stage.wall - length}.get(
            (ends[0], ends[1]), (stage.wall - length) / 2
        )
    named = {element.place.anchor for element in furnished.scene.elements}
    wanted = named | {p.kind for p in furnished.scene.props if p.id in furnished.claims}
    found = []
    for bay, _ in bays:
        middle = left + bay.width / 2
        left += bay.width + gap
        found += [
            Laid(_as_claimed(piece, furnished), middle + piece.dx, piece.word in wanted)
            for piece in bay.pieces
            if not _said_by_a_sign(piece, furnished.scene)
        ]
    return found


def _as_claimed(piece: Piece, furnished: Furnished) -> Piece:
    """A piece in the state of the Scene's own prop that takes its place: an open door is wider."""
    claims = furnished.claims
    own = next((p for p in furnished.scene.props if p.id in claims and p.kind == piece.word), None)
    return piece if own is None or own.state is None else replace(piece, state=own.state)


def _said_by_a_sign(piece: Piece, scene: Scene) -> bool:
    """Whether a sign of the Scene stands for a piece of the kit."""
    return any(sign.kind in _LIKE_SIGNS.get(piece.word, ()) for sign in scene.signs)


def _furnished(
    furnished: Furnished, kit: Kit, stage: Stage, laid: list[Laid], places: Places
) -> tuple[Furnished, dict[str, Spot]]:
    """The Scene with the pieces at the wall as props, and the spots of all that has one."""
    claims = [prop for prop in furnished.scene.props if prop.id in furnished.claims]
    props, added = list(furnished.scene.props), set(furnished.added)
    anchors, spots = dict(furnished.anchors), dict[str, Spot]()
    for piece, x, _ in laid:
        own = next((prop for prop in claims if prop.kind == piece.word), None)
        if own is None:
            own = Prop(
                id=u.free_id(f"room-{piece.word}", (*furnished.scene.elements, *props)),
                kind=piece.word,
                state=piece.state or _by_night(piece.word, furnished.scene),
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
        spots[own.id] = Spot(x / stage.wall, y)
    for way, found in ((ON_WALL, places.wall), (ON_CORDS, places.cords)):
        for name, spot in found.items():
            spots[name] = spot
            anchors[way + name] = name
    loose = furnished.loose | _lamp_bounds(furnished, stage, laid, places)
    spots |= _gate_spots(furnished, kit)
    if not kit.indoors:
        anchors |= {ON_POST + each.id: each.id for each in hung_things(furnished, kit)}
    full = furnished.scene.model_copy(update={"props": tuple(props)})
    full = _unpinned(full, {*places.wall, *places.cords})
    return Furnished(full, frozenset(added), anchors, loose, furnished.claims), spots


def _gate_spots(furnished: Furnished, kit: Kit) -> dict[str, Spot]:
    """Where a gate of the kit stands, such as a finish, and the banner above it."""
    if kit.gate is None:
        return {}
    word, x, y = kit.gate
    scene = furnished.scene
    gates = [prop for prop in scene.props if prop.kind == word and _free(prop, scene)][:1]
    if not gates:
        return {}
    held = u.held_ids(scene)
    banners = [s for s in scene.signs if s.kind == "banner" and s.id not in held and not s.place.on]
    found = {gate.id: Spot(x, y) for gate in gates}
    return found | {sign.id: Spot(x, y - 0.002) for sign in banners[:1]}


def _lamp_bounds(
    furnished: Furnished, stage: Stage, laid: list[Laid], places: Places
) -> dict[str, Loose]:
    """Where lamps hang from the ceiling: neither behind what is tall nor behind a sign."""
    found: dict[str, Loose] = {}
    areas = (*(taken_by(each.piece, each.x) for each in laid), *places.taken)
    taken = [
        (area.left / stage.wall, area.right / stage.wall, 4.0 if area.sign else 1.0)
        for area in areas
        if area.high > _LAMP_LOW
    ]
    for prop in furnished.scene.props:
        loose = furnished.loose.get(prop.id)
        if loose is None or prop.kind not in _LAMPS or prop.place != Place():
            continue
        half = 0.6 * PROPS[prop.kind].size[0] / stage.wall

        def cost(x: float, half: float = half, loose: Loose = loose) -> float:
            hides = sum(w * max(0.0, min(r, x + half) - max(le, x - half)) for le, r, w in taken)
            return hides + 0.05 * abs(x - 0.38) + 0.1 * (not loose.x[0] <= x <= loose.x[1])

        x = min((0.08 + 0.84 * k / 42 for k in range(43)), key=cost)
        found[prop.id] = replace(loose, x=(x - _SWAY, x + _SWAY))
        taken.append((x - 2 * half, x + 2 * half, 1.0))
    return found


def _fillers(kit: Kit, taken: list[tuple[Bay, float]], room: float) -> list[tuple[Bay, float]]:
    """Further bays, the most important first, until the wall is full; one may be cut at an edge."""
    have = {index for _, index in taken}
    order = sorted(
        (index for index, bay in enumerate(kit.bays) if bay.priority > 0 and index not in have),
        key=lambda index: -kit.bays[index].priority,
    )
    found: list[tuple[Bay, float]] = []
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


def hung_things(furnished: Furnished, kit: Kit) -> list[Hung]:
    """What hangs by itself, signs before things, the widest first."""
    scene = furnished.scene
    held = u.held_ids(scene)
    signs, things = [], []
    for sign in scene.signs:
        if sign.id in held or sign.place.on or _pin_of(sign, furnished, kit) is not None:
            continue
        mount = u.mount_of(sign, scene, kit, pinned=False)
        boxes, width, low = u.sign_boxes(sign, u.board_of(sign, mount, scene.setting.locale))
        if low:
            high = boxes[0].bottom - boxes[0].top
            by = sign.place.anchor or sign.place.near
            signs.append(Hung(sign.id, width, high, low, by))
    for prop in scene.props:
        kind = PROPS[prop.kind]
        own = prop.id in furnished.claims or prop.id in furnished.loose
        if kind.hangs is None or own or not _free(prop, scene) or prop.kind in _FROM_CEILING:
            continue
        width, high = kind.extent(prop.state or kind.states[0])
        by = prop.place.anchor or prop.place.near
        things.append(Hung(prop.id, width, high, kind.hangs, by))
    return sorted(signs, key=lambda each: -each.width) + sorted(things, key=lambda e: -e.width)


def _pin_of(sign: Sign, furnished: Furnished, kit: Kit) -> PropKind | None:
    """The piece of furniture to which a notice is pinned: indoors, not to a leaf too slim for it."""
    anchor = sign.place.anchor or ""
    own = {prop.id: prop.kind for prop in furnished.scene.props}
    word = own.get(furnished.anchors.get(anchor, ""), kit.furniture.get(anchor, ""))
    kind = PROPS.get(word)
    if kind is None or kind.pin is None or not u.is_notice(sign):
        return None
    if not kit.indoors:
        return kind
    board = u.board_of(sign, "wall", furnished.scene.setting.locale)
    leaf = kind.size[0] - 2 * abs(kind.pin[0]) - 2
    return kind if u.sign_boxes(sign, board)[1] <= leaf else None


def _unpinned(scene: Scene, names: Collection[str]) -> Scene:
    """Notices that have a place on the wall are not pinned to anything."""
    bare = {"anchor": None, "near": None}
    signs = tuple(
        sign.model_copy(update={"place": sign.place.model_copy(update=bare)})
        if sign.id in names and u.is_notice(sign)
        else sign
        for sign in scene.signs
    )
    return scene.model_copy(update={"signs": signs})


def _best_places(
    furnished: Furnished,
    kit: Kit,
    stage: Stage,
    hung: list[Hung],
    bare: list[tuple[Bay, float]],
) -> tuple[list[Laid], Places]:
    """The pieces at the wall and what hangs between them; decoration gives way where it must."""
    laid = _lay(furnished, kit, stage, bare)
    plain = [each for each in laid if each.needed or each.piece.word not in _DECORATION]
    best: tuple[list[Laid], Places] | None = None
    for pieces, spread in ((laid, True), (laid, False), (plain, True), (plain, False)):
        found = hang(furnished.scene.props, kit, stage, hung, pieces, spread=spread)
        if best is None or len(found.wall) > len(best[1].wall):
            best = (pieces, found)
        if len(found.wall) == len(hung):
            break
    assert best is not None
    return best
