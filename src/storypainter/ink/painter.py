"""The painter: check, lay out, draw, audit, and again with another seed where that helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry import box

from storypainter.errors import BadInput
from storypainter.ink.animals.mouth import draw_in_mouth
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS
from storypainter.ink.composition import units as u
from storypainter.ink.composition.audit import Seen, audit, regions
from storypainter.ink.composition.check import check_scene
from storypainter.ink.composition.cords import cords_of, draw_cord
from storypainter.ink.composition.gates import contact_reports
from storypainter.ink.composition.layout import Layout, solve
from storypainter.ink.composition.plan import Plan
from storypainter.ink.composition.planning import plan_scene
from storypainter.ink.composition.staging import Staging, pen_weight
from storypainter.ink.composition.wishes import leashed_animal
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.forms import band, path
from storypainter.ink.drawing.geometry import Frame, Geometry, Point, union
from storypainter.ink.drawing.palette import Style
from storypainter.ink.drawing.palette import colour as colour_of
from storypainter.ink.drawing.render import to_png
from storypainter.ink.drawing.stage import light_of, lit_style
from storypainter.ink.kits import Kit, Scenery
from storypainter.ink.people.bodies.poses import POSES
from storypainter.ink.people.figure import FigureResult, draw_person
from storypainter.ink.props import openmoji
from storypainter.ink.scenery.shade import paint_shadow
from storypainter.ink.settings import KITS
from storypainter.picture import Region
from storypainter.scene import Animal, Person, Prop, Scene, Sign

#: Part of every cache key: a new value whenever the same Scene gives another picture.
VERSION = "6"
#: How many layouts are tried for a picture without any report, and how many while something that
#: has to be seen is hidden; how much that weighs against a hand that stops short of its thing.
ATTEMPTS, MORE_ATTEMPTS, HIDDEN = 3, 8, 3.0
#: What covers so much of something hidden is kept off it in the next layout, where covering between
#: the two costs so many times as much.
COVERS, STRAIN = 0.03, 2.0
#: Poses of animals that fly.
_IN_THE_AIR = ("fly", "swarm")
#: What is read can hide a reader's face.
_READING = ("read", "sit reading", "lie reading")
CLUE_SHARE, FACE_SHARE, TEXT_SHARE = 0.60, 0.90, 0.97
SMALLEST, LARGEST = 256, 4096
FOOT = 16.0  # cm: half the shadow of a thing's foot


@dataclass(frozen=True, slots=True)
class Drawing:
    """A painted Scene.

    ``svg`` has a named group for every element; ``regions`` are in pixels; ``reports`` say, one
    line each, what could not be made visible enough. ``faces`` gives (left, top, right, bottom)
    of every head in pixels, by person. ``credits`` names, one line each, the drawings in it that
    others made and their licence; without ``stand_ins`` there are none.
    """

    svg: str
    png: bytes
    regions: tuple[Region, ...]
    reports: tuple[str, ...]
    faces: Mapping[str, tuple[float, float, float, float]]
    credits: tuple[str, ...] = ()


def paint_scene(
    scene: Scene,
    *,
    width: int = 1024,
    height: int = 1024,
    style: Style | str = "flat",
    seed: int = 0,
    stand_ins: str = "",
) -> Drawing:
    """Paint a Scene. Same arguments, same bytes.

    Args:
        scene: what is to be seen; all its words must be in :func:`vocabulary`.
        width: in pixels, 256 to 4096.
        height: in pixels, 256 to 4096.
        style: a Style, or the name of one: ``flat`` (colour), ``mono`` (greys) or ``line``
            (black on white).
        seed: another seed gives another arrangement.
        stand_ins: ``openmoji``, and its pictures are redrawn for props that ink lacks. They are
            under CC BY-SA 4.0: a picture with one names it (``Drawing.credits`` and the SVG's
            title) and is to be shared alike.

    Raises:
        BadInput: a word is not in the vocabulary, or a size or style is out of range;
            MissingExtra: ``stand_ins`` are not installed.
    """
    _check_format(width, height)
    if not isinstance(style, Style):
        style = Style(style)  # type: ignore[arg-type]
    check_scene(scene, stand_ins=stand_ins)
    plan = plan_scene(scene, KITS[scene.setting.kind], width, height)
    best: tuple[float, _Drawing, list[Seen], tuple[str, ...]] | None = None
    strain: dict[tuple[int, int], float] = {}
    for attempt in range(MORE_ATTEMPTS):
        layout = solve(plan, plan.stage, seed * 101 + attempt, strain)
        drawn = draw(plan, layout, style, seed)
        seen = audit(drawn.canvas, inside_of=drawn.inside_of())
        contacts = contact_reports(scene, drawn.figures, drawn.canvas)
        hidden = findings(scene, seen)
        reports = (*hidden, *contacts)
        # what the story needs to be seen comes before a hand that stops short of its thing
        penalty = len(contacts) + HIDDEN * len(hidden) + min(0.001 * layout.cost, 0.9)
        if best is None or penalty < best[0]:
            best = (penalty, drawn, seen, reports)
        if not reports or (attempt + 1 >= ATTEMPTS and best[0] < HIDDEN):
            break
        _strain(plan, hidden, seen, strain)
    assert best is not None
    _, drawn, seen, reports = best
    lent = tuple(openmoji.credit(word) for word in sorted(stand_ins_of(scene)))
    svg = drawn.canvas.to_svg("; ".join(lent))
    faces = {name: figure.head_box for name, figure in drawn.figures.items()}
    return Drawing(svg, to_png(svg), regions(drawn.canvas, seen), reports, faces, lent)


def stand_ins_of(scene: Scene) -> set[str]:
    """The kinds of a Scene's props for which others' pictures stand in."""
    return {prop.kind for prop in scene.props if prop.kind not in PROPS}


def _check_format(width: int, height: int) -> None:
    for name, value in (("width", width), ("height", height)):
        if not SMALLEST <= value <= LARGEST:
            raise BadInput(
                f"{name} is {value} pixels; ink paints {SMALLEST} to {LARGEST}",
                "choose a size in that range",
            )


def findings(scene: Scene, seen: list[Seen]) -> tuple[str, ...]:
    """What is not visible enough: clues, faces and the text of signs, one line each."""
    found = []
    shown = {each.element: each for each in seen}
    for element in scene.elements:
        each = shown.get(element.id)
        if each is None or not each.visible.any():
            if element.clues:
                found.append(f"{element.id}: cannot be seen")
            continue
        if element.clues and each.share < CLUE_SHARE:
            found.append(
                f"{element.id}: only {each.share:.0%} can be seen (a clue needs {CLUE_SHARE:.0%})"
            )
        for name, least in (("face", FACE_SHARE), ("text", TEXT_SHARE)):
            if name == "text" and not (
                isinstance(element, Sign) or bool(getattr(element, "text", ""))
            ):
                continue
            share = each.parts.get(name, 1.0)
            if share < least and not (name == "face" and _hides_own_face(element)):
                found.append(
                    f"{element.id}: only {share:.0%} of the {name} can be seen (needs {least:.0%})"
                )
    return tuple(found)


def _strain(
    plan: Plan, hidden: tuple[str, ...], seen: list[Seen], strain: dict[tuple[int, int], float]
) -> None:
    """Makes covering dearer, in the next layout, between what hides and what is hidden in this."""
    missed = {report.partition(":")[0] for report in hidden}
    for each in seen:
        place = plan.where.get(each.element)
        if each.element not in missed or place is None:
            continue
        for layer, share in each.behind.items():
            cover = plan.where.get(layer.removeprefix("_").removesuffix("-front"))
            if cover is not None and cover[0] != place[0] and share > COVERS:
                pair = cover[0], place[0]
                strain[pair] = strain.get(pair, 1.0) * STRAIN


def _hides_own_face(element: object) -> bool:
    """Hands before the face are what some poses are about."""
    pose = getattr(element, "pose", "")
    return pose in POSES and (POSES[pose].over_face or pose in _READING)


def draw(plan: Plan, layout: Layout, style: Style, seed: int) -> _Drawing:
    """Draw a laid-out Scene on a new canvas."""
    stage, light = plan.stage, light_of(plan.scene.setting)
    lit = style if plan.kit.indoors else lit_style(style, light)
    canvas = Canvas(stage.width, stage.height, lit, seed, light.sky[0])
    drawing = _Drawing(canvas, Staging(plan, layout, stage, seed), plan.kit, seed)
    drawing.draw()
    return drawing


def _lettering(sign: Sign) -> str:
    """What can be read on a sign, as plain text."""
    return " ".join(each for each in (sign.text.strip(), sign.time, sign.date) if each)


def _lying(frame: Frame, size: tuple[float, float]) -> Frame:
    """The frame of a long thing laid on the ground, its foot to the left."""
    half, thick = size[1] * frame.scale / 2, size[0] * frame.scale / 2
    x = frame.x + half if frame.mirror else frame.x - half
    return Frame(x, frame.y - 0.4 * thick, frame.scale, 86.0, frame.mirror)


class _Drawing:
    """One pass over a staged Scene, from the sky to the weather."""

    def __init__(self, canvas: Canvas, staging: Staging, kit: Kit, seed: int) -> None:
        self.canvas = canvas
        self.staging = staging
        self.scene = staging.scene
        self.kit = kit
        self.seed = seed
        self.figures: dict[str, FigureResult] = {}

    def draw(self) -> None:
        """Draw everything, from what lies behind to what lies in front."""
        self._clear_the_wall()
        with self.canvas.backstage():
            self.kit.paint(self._scenery())
            self._shadows()
        for sign in self.scene.signs:
            if sign.id in self.staging.standing:
                self._sign(sign)
        for prop in self.scene.props:
            if prop.id in self.staging.standing:
                self._prop(prop)
        for animal in self.scene.animals:
            self._animal(animal)
        for person in self.scene.people:
            self._person(person.id)
        self._strings()
        with self.canvas.backstage():
            self.kit.paint_front(self._scenery(self._unblemished()))

    def inside_of(self) -> dict[str, str]:
        """By person or animal, the front of what they are in, or what they are meant to be behind."""
        props = {prop.id: prop for prop in self.scene.props}
        found = {}
        for element in self.scene.elements:
            carrier = element.place.on
            if isinstance(element, Person):
                carrier = element.lies_on or element.sits_on or element.stands_on or carrier
            prop = props.get(carrier or "")
            cover = self.staging.plan.anchors.get(element.place.anchor or "", element.place.near)
            hidden = element.place.side == "behind"
            for relation in getattr(element, "relations", ()):
                if relation.kind == "hides_behind":
                    cover, hidden = relation.target, True
            if prop is not None and PROPS[prop.kind].front is not None:
                found[element.id] = f"_{prop.id}-front"
            elif hidden and cover in props:
                found[element.id] = cover or ""
        return found

    def _clear_the_wall(self) -> None:
        """What only decorates the wall goes where a sign or a thing of the Scene needs the place."""
        units = self.staging.plan.units
        anchors = self.staging.plan.anchors
        kept = {anchors.get(element.place.anchor or "") for element in self.scene.elements}
        kept |= {prop.id for prop in self.scene.props if "window" in prop.kind}
        boxes = [self._area(index) for index in range(len(units))]
        for index, unit in enumerate(units):
            if not (unit.furniture and unit.lift) or unit.riders or unit.id in kept:
                continue
            for other, needed in enumerate(units):
                if needed.lift and needed.hung and not needed.furniture:
                    shared = boxes[index].intersection(boxes[other]).area
                    if shared > 0.15 * min(boxes[index].area, boxes[other].area):
                        self.staging.standing.pop(unit.id, None)

    def _area(self, index: int, which: int = 0) -> Geometry:
        """A box of a unit, in pixels."""
        unit, spot = self.staging.plan.units[index], self.staging.layout.spots[index]
        cm, each = self.staging.stage.cm(spot.y), unit.boxes[which]
        return box(
            spot.x + min(each.left * spot.facing, each.right * spot.facing) * cm,
            spot.y + each.top * cm,
            spot.x + max(each.left * spot.facing, each.right * spot.facing) * cm,
            spot.y + each.bottom * cm,
        )

    def _unblemished(self) -> list[Geometry]:
        """Where no rain may fall: on faces and on lettering."""
        texts = [
            union(part.geometry for part in layer.parts if part.label == "text")
            for layer in self.canvas.layers_drawn
        ]
        lettering = [box(*area.bounds) for area in texts if not area.is_empty]
        return [*lettering, *(box(*figure.head_box) for figure in self.figures.values())]

    def _scenery(self, faces: list[Geometry] | None = None) -> Scenery:
        """What the kit's drawing gets to see."""
        standing, stage = self.staging.standing, self.staging.stage
        feet: dict[str, list[Point]] = {}
        for element in self.scene.elements:
            anchor, own = element.place.anchor, standing.get(element.id)
            if anchor is not None and anchor in self.kit.areas and own is not None:
                feet.setdefault(anchor, []).append((own.x, own.y))
        places = {
            word: (standing[name].x, standing[name].y)
            for word, name in self.staging.plan.anchors.items()
            if name in standing
        }
        busy = [area for area in self._tall_things() if area.bounds[1] < stage.height * 0.45]
        setting = self.scene.setting
        return Scenery(self.canvas, stage, setting, self.seed, busy, feet, places, faces or [])

    def _tall_things(self) -> list[Geometry]:
        """All boxes of all units, in pixels."""
        units = self.staging.plan.units
        return [self._area(i, k) for i in range(len(units)) for k in range(len(units[i].boxes))]

    def _shadows(self) -> None:
        with self.canvas.layer("shadows", -5.0, kind="shadow"):
            for unit in self.staging.plan.units:
                own = self.staging.standing.get(unit.id)
                if own is None or unit.flat or unit.hung or (unit.fixed is not None and unit.lift):
                    continue
                if unit.kind == "sign":
                    half = 16.0
                elif unit.furniture or unit.lift:
                    half = unit.boxes[0].right * (0.5 if unit.lift else 0.9)
                elif unit.kind == "person":
                    half = unit.width * 0.62
                else:
                    half = min(unit.width * 0.52, 1.15 * unit.boxes[0].right)
                prop = self.staging.props.get(unit.id)
                if self._casts_none(unit.id):
                    continue
                feet = PROPS[prop.kind].feet if prop is not None else ()
                if prop is not None and feet:
                    for foot in feet:
                        x = own.x + own.facing * foot * PROPS[prop.kind].scale * own.cm
                        paint_shadow(self.canvas, x, own.y, FOOT * own.cm, own.cm)
                    continue
                paint_shadow(self.canvas, own.x, own.y + unit.lift * own.cm, half * own.cm, own.cm)

    def _casts_none(self, element_id: str) -> bool:
        """What is in the air is too far above its shadow; what lies flat has one of its outline."""
        animal = next((each for each in self.scene.animals if each.id == element_id), None)
        if animal is not None:
            return u.animal_pose(animal) in _IN_THE_AIR
        prop = self.staging.props.get(element_id)
        if prop is None or element_id not in self.staging.standing:
            return False
        kind, look = PROPS[prop.kind], self.staging.look(prop)
        return look.where == "ground" and look.state in kind.flattens

    def _sign(self, sign: Sign) -> None:
        own = self.staging.standing[sign.id]
        board = self.staging.board(sign)
        with self.canvas.layer(sign.id, own.depth, sign.clues, sign.kind, text=_lettering(sign)):
            pen = self.canvas.pen(
                Frame(own.x, own.y, own.cm), pen_weight(self.canvas, own.cm, 0.95)
            )
            BOARDS[sign.kind].draw(pen, board)

    def _prop(self, prop: Prop) -> None:
        own, kind = self.staging.standing[prop.id], PROPS[prop.kind]
        depth = own.depth if not kind.flat else own.depth - 0.06 * self.staging.stage.height
        frame = Frame(own.x, own.y, own.cm * kind.scale, mirror=own.facing < 0)
        if kind.lies and prop.place.on is None:
            frame = _lying(frame, kind.size)
        room = prop.id in self.staging.plan.room
        look = self.staging.look(prop)
        name = "scenery" if room else prop.kind
        with self.canvas.layer(prop.id, depth, prop.clues, name):
            pen = self.canvas.pen(frame, pen_weight(self.canvas, own.cm, kind.weight))
            kind.draw(pen, look)
        if kind.front is None:
            return
        with (
            self.canvas.layer(f"_{prop.id}-front", own.depth + 0.95, prop.clues, name),
            self.canvas.part("front", element=prop.id, clues=prop.clues, kind=name),
        ):
            pen = self.canvas.pen(frame, pen_weight(self.canvas, own.cm, kind.weight))
            kind.front(pen, look)

    def _animal(self, animal: Animal) -> None:
        own, kind = self.staging.standing[animal.id], ANIMALS[animal.species]
        pose = u.animal_pose(animal)
        fur = colour_of(animal.colour) if animal.colour else kind.colour
        frame = Frame(own.x, own.y, own.cm, mirror=own.facing < 0)
        with self.canvas.layer(animal.id, own.depth, animal.clues, animal.species):
            pen = self.canvas.pen(frame, pen_weight(self.canvas, own.cm, 0.95))
            kind.draw(pen, pose, fur)
            for hold in animal.holds:
                prop = self.staging.props.get(hold.what)
                if prop is None:
                    continue
                thing, look = PROPS[prop.kind], self.staging.look(prop)
                weight = pen_weight(self.canvas, own.cm, thing.weight)
                with self.canvas.part("held", element=prop.id, clues=prop.clues, kind=prop.kind):
                    draw_in_mouth(self.canvas, frame, kind, pose, thing, look, weight)

    def _person(self, person_id: str) -> None:
        person = next(each for each in self.scene.people if each.id == person_id)
        own = self.staging.standing[person.id]
        held = self.staging.held_draws(person)
        for index, hold in enumerate(person.holds):
            if leashed_animal(self.scene, hold.what):
                held.pop(self.staging.side_of(person, hold, index), None)
        with self.canvas.layer(person.id, own.depth, person.clues, "person"):
            self.figures[person.id] = draw_person(
                self.canvas, person, self.staging.placement(person), held
            )
        area = self.kit.areas.get(person.place.anchor or "")
        if area is not None and area.wade is not None:
            with self.canvas.layer(f"_{person.id}-depths", own.depth + 0.9, kind="scenery"):
                pen = self.canvas.pen(Frame(own.x, own.y, own.cm), 0.7)
                area.wade(pen, self.staging.ground)

    def _strings(self) -> None:
        """Leashes to their dogs and strings to kites that fly."""
        for person in self.scene.people:
            for cord in cords_of(self.staging, person, self.figures[person.id].hands):
                with self.canvas.layer(f"_{cord.name}-cord", cord.depth, kind="scenery"):
                    draw_cord(self.canvas, cord)
            for index, hold in enumerate(person.holds):
                side = self.staging.side_of(person, hold, index)
                hand = self.figures[person.id].hands.get("right" if side == "both" else side)
                if hand is None:
                    continue
                animal = leashed_animal(self.scene, hold.what)
                if animal is not None:
                    self._leash(hold.what, (hand[0], hand[1]), animal)
                elif hold.what in self.staging.standing and self._flies(hold.what):
                    self._kite_string(hold.what, (hand[0], hand[1]))

    def _flies(self, prop_id: str) -> bool:
        return self.staging.plan.units[self.staging.plan.where[prop_id][0]].lift > 0

    def _leash(self, leash: str, hand: Point, animal_id: str) -> None:
        animal = next(each for each in self.scene.animals if each.id == animal_id)
        own = self.staging.standing[animal_id]
        collar = ANIMALS[animal.species].collar.get(u.animal_pose(animal))
        if collar is None:
            return
        end = own.at(*collar)
        taut = any(relation.kind == "pulls" for relation in animal.relations)
        sag = 0.0 if taut else 16 * own.cm
        middle = ((hand[0] + end[0]) / 2, (hand[1] + end[1]) / 2 + sag)
        prop = self.staging.props.get(leash)
        hue = colour_of(prop.colour) if prop is not None and prop.colour else "#b23a2e"
        name = leash if prop is not None else f"_{animal_id}-leash"
        clues = prop.clues if prop is not None else ()
        with self.canvas.layer(
            name, own.depth + 0.3, clues, "dog leash" if prop is not None else "scenery"
        ):
            self.canvas.shape(
                band(path(hand, middle, end), 2.6 * own.cm), hue, ink_width=0.5, shade=0
            )

    def _kite_string(self, prop_id: str, hand: Point) -> None:
        own, prop = self.staging.standing[prop_id], self.staging.props[prop_id]
        grip = PROPS[prop.kind].grip()
        end = own.at(*grip)
        middle = ((hand[0] + end[0]) / 2, (hand[1] + end[1]) / 2 + 14 * own.cm)
        with self.canvas.layer(f"_{prop_id}-string", 0.0, kind="scenery"):
            self.canvas.ink(path(hand, middle, end), 0.55)
