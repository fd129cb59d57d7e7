"""The painter: check, lay out, draw, audit, and again with another seed where that helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely.geometry import box

from storypainter.errors import BadInput
from storypainter.ink import units as u
from storypainter.ink.audit import Seen, audit, regions
from storypainter.ink.canvas import Canvas
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS
from storypainter.ink.check import check_scene
from storypainter.ink.figure import FigureResult, draw_person
from storypainter.ink.fixtures import FIXTURES
from storypainter.ink.foreground import Foreground
from storypainter.ink.forms import band, path
from storypainter.ink.geometry import Frame, Geometry, Point
from storypainter.ink.layout import Layout, solve
from storypainter.ink.palette import Style
from storypainter.ink.palette import colour as colour_of
from storypainter.ink.park import Backdrop, shadow
from storypainter.ink.render import to_png
from storypainter.ink.stage import Stage, light_of, lit_style, stage_for
from storypainter.ink.staging import Staging, pen_weight
from storypainter.ink.wishes import Plan, anchor_id, leashed_animal, plan_scene
from storypainter.picture import Region
from storypainter.scene import Animal, Prop, Scene, Sign

#: Part of every cache key: a new value whenever the same Scene gives another picture.
VERSION = "1"
STYLES = ("flat", "mono", "line")
ATTEMPTS = 3
CLUE_SHARE, FACE_SHARE, TEXT_SHARE = 0.60, 0.90, 0.97
SMALLEST, LARGEST = 256, 4096


@dataclass(frozen=True, slots=True)
class Drawing:
    """A painted Scene.

    ``svg`` has a named group for every element; ``regions`` are in pixels; ``reports`` say, one
    line each, what could not be made visible enough.
    """

    svg: str
    png: bytes
    regions: tuple[Region, ...]
    reports: tuple[str, ...]


def paint_scene(
    scene: Scene,
    *,
    width: int = 1024,
    height: int = 1024,
    style: Literal["flat", "mono", "line"] = "flat",
    seed: int = 0,
) -> Drawing:
    """Paint a Scene. Same arguments, same bytes.

    Args:
        scene: what is to be seen; all its words must be in :func:`vocabulary`.
        width: in pixels, 256 to 4096.
        height: in pixels, 256 to 4096.
        style: ``flat`` (colour), ``mono`` (greys) or ``line`` (black on white).
        seed: another seed gives another arrangement.

    Raises:
        BadInput: a word is not in the vocabulary, or a size or style is out of range.
    """
    _check_format(width, height, style)
    check_scene(scene)
    plan = plan_scene(scene)
    breadth = sum(unit.width for unit in plan.units if unit.kind != "fixture" and not unit.flat)
    stage = stage_for(width, height, len(scene.people), breadth)
    best: tuple[float, Canvas, list[Seen], tuple[str, ...]] | None = None
    for attempt in range(ATTEMPTS):
        layout = solve(plan, stage, seed * 101 + attempt)
        canvas = draw(plan, layout, stage, style, seed)
        seen = audit(canvas)
        reports = findings(scene, seen)
        penalty = len(reports) + 0.001 * layout.cost
        if best is None or penalty < best[0]:
            best = (penalty, canvas, seen, reports)
        if not reports:
            break
    assert best is not None
    _, canvas, seen, reports = best
    svg = canvas.to_svg()
    return Drawing(svg, to_png(svg), regions(canvas, seen), reports)


def _check_format(width: int, height: int, style: str) -> None:
    for name, value in (("width", width), ("height", height)):
        if not SMALLEST <= value <= LARGEST:
            raise BadInput(
                f"{name} is {value} pixels; ink paints {SMALLEST} to {LARGEST}",
                "choose a size in that range",
            )
    if style not in STYLES:
        raise BadInput(f"ink has no style {style!r}", f"use one of: {', '.join(STYLES)}")


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
            if name == "text" and not isinstance(element, Sign):
                continue
            share = each.parts.get(name, 1.0)
            if share < least and not (name == "face" and _hides_own_face(element)):
                found.append(
                    f"{element.id}: only {share:.0%} of the {name} can be seen (needs {least:.0%})"
                )
    return tuple(found)


def _hides_own_face(element: object) -> bool:
    """Hands before the face are what some poses are about."""
    pose = getattr(element, "pose", "")
    return pose in (
        "cover mouth",
        "cover eyes",
        "photograph",
        "shush",
        "think",
        "read",
        "sit reading",
    )


def draw(plan: Plan, layout: Layout, stage: Stage, style: str, seed: int) -> Canvas:
    """Draw a laid-out Scene on a new canvas."""
    scene = plan.scene
    light = light_of(scene.setting)
    lit = lit_style(Style(style), light)  # type: ignore[arg-type]
    canvas = Canvas(stage.width, stage.height, lit, seed, light.sky[0])
    return _Drawing(canvas, Staging(plan, layout, stage), stage, seed).draw()


def _lying(frame: Frame, size: tuple[float, float]) -> Frame:
    """The frame of a long thing laid on the ground, its foot to the left."""
    half, thick = size[1] * frame.scale / 2, size[0] * frame.scale / 2
    x = frame.x + half if frame.mirror else frame.x - half
    return Frame(x, frame.y - 0.4 * thick, frame.scale, 86.0, frame.mirror)


class _Drawing:
    """One pass over a staged Scene, from the sky to the weather."""

    def __init__(self, canvas: Canvas, staging: Staging, stage: Stage, seed: int) -> None:
        self.canvas = canvas
        self.staging = staging
        self.scene = staging.scene
        self.stage = stage
        self.backdrop = Backdrop(canvas, stage, self.scene.setting, seed)
        self.foreground = Foreground(canvas, stage, self.scene.setting, seed)
        self.figures: dict[str, FigureResult] = {}

    def draw(self) -> Canvas:
        self._background()
        self._shadows()
        for sign in self.scene.signs:
            self._sign(sign)
        for prop in self.scene.props:
            if prop.id in self.staging.standing:
                self._prop(prop)
        for animal in self.scene.animals:
            self._animal(animal)
        for person in self.scene.people:
            self._person(person.id)
        self._strings()
        self.foreground.paint_grass()
        self.foreground.paint_weather(self._unblemished())
        return self.canvas

    def _unblemished(self) -> list[Geometry]:
        """Where no rain may fall: on faces and on lettering."""
        texts = [
            box(*layer.silhouette(label="text").bounds)
            for layer in self.canvas.layers_drawn
            if any(part.label == "text" for part in layer.parts)
        ]
        return [*texts, *(box(*figure.head_box) for figure in self.figures.values())]

    def _background(self) -> None:
        standing = self.staging.standing
        way: list[Point] = []
        for element in self.scene.elements:
            if element.place.anchor == "path" and element.id in standing:
                own = standing[element.id]
                way.append((own.x, own.y))
        gate = standing.get(anchor_id("gate"))
        busy = [area for area in self._tall_things() if area.bounds[1] < self.stage.height * 0.45]
        room = self.foreground.bough_room(busy)
        if room is not None:
            busy.append(room)
            self.foreground.paint_bough(room)
        self.backdrop.paint(way, (gate.x, gate.y) if gate else None, busy)
        for word in FIXTURES:
            fixture = standing.get(anchor_id(word))
            if fixture is not None:
                self.backdrop.paint_fixture(word, fixture.x, fixture.y, fixture.facing < 0)

    def _tall_things(self) -> list[Geometry]:
        found = []
        for index, unit in enumerate(self.staging.plan.units):
            spot = self.staging.layout.spots[index]
            cm = self.stage.cm(spot.y)
            for each in unit.boxes:
                found.append(
                    box(
                        spot.x + each.left * cm,
                        spot.y + each.top * cm,
                        spot.x + each.right * cm,
                        spot.y + each.bottom * cm,
                    )
                )
        return found

    def _shadows(self) -> None:
        with self.canvas.layer("shadows", -5.0, kind="shadow"):
            for unit in self.staging.plan.units:
                own = self.staging.standing[unit.id]
                if unit.kind == "fixture" or unit.flat:
                    continue
                if unit.kind == "sign":
                    shadow(self.canvas, own.x, own.y, 16 * own.cm, own.cm)
                elif unit.lift:
                    shadow(
                        self.canvas,
                        own.x,
                        own.y + unit.lift * own.cm,
                        unit.width * 0.25 * own.cm,
                        own.cm,
                    )
                else:
                    half = unit.width * (0.62 if unit.kind == "person" else 0.52)
                    shadow(self.canvas, own.x, own.y, half * own.cm, own.cm)

    def _sign(self, sign: Sign) -> None:
        own = self.staging.standing[sign.id]
        board = self.staging.board(sign)
        with self.canvas.layer(sign.id, own.depth, sign.clues, sign.kind):
            pen = self.canvas.pen(
                Frame(own.x, own.y, own.cm), pen_weight(self.canvas, own.cm, 0.95)
            )
            BOARDS[sign.kind].draw(pen, board)

    def _prop(self, prop: Prop) -> None:
        own, kind = self.staging.standing[prop.id], PROPS[prop.kind]
        depth = own.depth if not kind.flat else own.depth - 0.06 * self.stage.height
        with self.canvas.layer(prop.id, depth, prop.clues, prop.kind):
            frame = Frame(own.x, own.y, own.cm * kind.scale, mirror=own.facing < 0)
            if kind.lies and prop.place.on is None:
                frame = _lying(frame, kind.size)
            pen = self.canvas.pen(frame, pen_weight(self.canvas, own.cm, kind.weight))
            kind.draw(pen, self.staging.look(prop))

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
                if prop is None or pose not in kind.mouth:
                    continue
                mouth = kind.mouth[pose]
                thing = PROPS[prop.kind]
                grip = thing.grip()
                x, y = frame.point(mouth[0] - grip[0], mouth[1] - grip[1])
                with self.canvas.part("held", element=prop.id, clues=prop.clues, kind=prop.kind):
                    held = self.canvas.pen(
                        Frame(x, y, own.cm * thing.scale, mirror=own.facing < 0),
                        pen_weight(self.canvas, own.cm, thing.weight),
                    )
                    thing.draw(held, self.staging.look(prop))

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

    def _strings(self) -> None:
        """Leashes to their dogs and strings to kites that fly."""
        for person in self.scene.people:
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
        name = leash if prop is not None else f"{animal_id}-leash"
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
        with self.canvas.layer(f"{prop_id}-string", 0.0, kind="scenery"):
            self.canvas.ink(path(hand, middle, end), 0.55)
