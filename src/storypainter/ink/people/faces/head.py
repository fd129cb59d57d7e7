"""A whole head: skull, ears, face, hair, hat; where it sits and which way it looks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.errors import BadInput
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import (
    Frame,
    Geometry,
    Point,
    Points,
    blob,
    box,
    curve,
    lines,
    union,
    vector,
)
from storypainter.ink.drawing.palette import colour, luminance, mix
from storypainter.ink.people.attire import Outfit
from storypainter.ink.people.bodies.pose_parts import Looks
from storypainter.ink.people.bodies.skeleton import Skeleton
from storypainter.ink.people.faces.beards import Beard, beard_shapes
from storypainter.ink.people.faces.expressions import EXPRESSIONS, face_of
from storypainter.ink.people.faces.face import (
    NECK_ANCHORS,
    SKINS,
    Face,
    View,
    brow_colour,
    face_shape,
    profile_features,
    skull,
)
from storypainter.ink.people.faces.hair import HAIR_COLOURS, HairShape, parts_below, worn_hair
from storypainter.ink.people.faces.hair_base import ink_lines
from storypainter.ink.people.faces.marks import draw_mark
from storypainter.ink.people.faces.state import Expression
from storypainter.ink.people.garments.headwear import (
    CLOTHS,
    Hat,
    draw_glasses,
    draw_hat,
    strand_colour,
)
from storypainter.scene import Person

#: Leans (in degrees) beyond which a head that can't turn back does not turn at all.
_BENT = 40.0
#: How far a hanging head sinks along the neck, in head sizes.
_HANGING = 0.09
_FULL_GAZE = 70.0  # head units: a target this far away turns the pupils fully


@dataclass(frozen=True, slots=True)
class HeadPlan:
    """Where a head is, before drawing: all points in the body's local centimetres.

    ``flip`` says that the head looks back over the shoulder; ``gaze`` is the pupils' direction
    in head units (x the way the head looks), each -1 to 1.
    """

    view: View
    flip: bool
    degrees: float
    size: float
    centre: Point
    eyes: Point
    mouth: Point
    anchor: Point
    gaze: Point
    expression: Expression


def expression_of(person: Person) -> Expression:
    """The expression of a person; where it is neutral, their pose may imply another.

    Raises:
        BadInput: it is not in the vocabulary.
    """
    try:
        return face_of(person.expression, person.pose)
    except KeyError:
        raise BadInput(
            f"person {person.id!r}: ink knows no expression {person.expression!r}",
            f"use one of: {', '.join(sorted(EXPRESSIONS))}",
        ) from None


def plan_head(
    person: Person,
    skeleton: Skeleton,
    gaze: Point | None,
    away: bool,
    profile: bool,
    looks: Looks = "around",
) -> HeadPlan:
    """Turns the head towards ``gaze`` (local centimetres) and finds eyes and mouth.

    ``profile`` shows the head from the side; ``looks`` is how far the pose lets it turn.
    """
    look = expression_of(person)
    size = skeleton.body.head * skeleton.height
    if looks == "down" and not away:
        gaze, profile = None, True
    flip, view = False, "profile" if profile else "three-quarter"
    over = np.array(skeleton.neck) - (0, size * 0.45)
    halfway = False
    if gaze is not None:
        dx, dy = gaze[0] - over[0], gaze[1] - over[1]
        flip = dx < -0.5 * abs(dy) - 0.15 * size
        if flip and looks == "ahead" and not away:
            flip, halfway = False, not profile and skeleton.lean < _BENT
            gaze = gaze if halfway else None
    if away:
        sideways = gaze is not None and abs(gaze[0] - over[0]) > 0.6 * abs(gaze[1] - over[1])
        view, flip = ("profile", flip) if sideways else ("back", False)
    sign = -1.0 if flip else 1.0
    degrees = skeleton.head_turn * sign + look.tilt * (0.5 if view == "back" else 1.0)
    chosen: View = "back" if view == "back" else "profile" if view == "profile" else "three-quarter"
    if (
        chosen == "three-quarter"
        and _may_face_front(person)
        and (halfway or (gaze is None and person.gaze == "viewer"))
    ):
        chosen = "front"
    if gaze is not None and chosen != "back":
        rise = math.atan2(gaze[1] - over[1], abs(gaze[0] - over[0]) + size * 0.5)
        degrees += max(-12.0, min(12.0, math.degrees(rise) * 0.28))
    neck = np.array(skeleton.neck) + vector(0.0, look.sink * size / 100)
    if looks == "down":
        along = skeleton.neck - skeleton.chest
        neck = neck - along * (_HANGING * size / (float(np.hypot(*along)) or 1.0))
    frame = _head_frame(chosen, neck, size, degrees, flip)
    shape = face_shape(person.age)
    across = {"three-quarter": (12.0, 17.0), "front": (0.0, 0.0)}.get(chosen, (25.0, 36.0))
    eyes = frame.point(across[0], shape.eye_y)
    mouth = frame.point(across[1], shape.mouth_y)
    direction = _pupil_direction(person, look, frame, gaze, shape.eye_y)
    return HeadPlan(
        chosen,
        flip,
        degrees,
        size,
        frame.point(0, 0),
        eyes,
        mouth,
        (float(neck[0]), float(neck[1])),
        direction,
        look,
    )


def _may_face_front(person: Person) -> bool:
    """Whether the head can turn to the viewer; a hijab is only drawn in the other views."""
    return all(each.kind != "hijab" for each in person.attire or ())


def _head_frame(view: View, neck: Points, size: float, degrees: float, flip: bool) -> Frame:
    bare = Frame(0.0, 0.0, size / 100, degrees, flip)
    anchor = bare.point(*NECK_ANCHORS[view])
    return Frame(float(neck[0]) - anchor[0], float(neck[1]) - anchor[1], size / 100, degrees, flip)


def _pupil_direction(
    person: Person, look: Expression, frame: Frame, gaze: Point | None, eye_y: float
) -> Point:
    if gaze is not None:
        x, y = frame.local(gaze)
        dx, dy = x - 11.0, y - eye_y
        distance = math.hypot(dx, dy)
        strength = min(1.0, distance / _FULL_GAZE) / (distance or 1.0)
        return dx * strength, dy * strength
    named = {
        "viewer": (0.0, 0.0) if _may_face_front(person) else (-0.35, 0.0),
        "up": (0.15, -0.95),
        "down": (0.2, 0.95),
    }.get(person.gaze or "")
    if named is not None:
        return named
    return look.gaze if look.gaze is not None else (0.3, 0.0)


class Head:
    """Draws one head; ``draw_back`` goes behind the trunk, ``draw_front`` over the neck."""

    def __init__(
        self,
        canvas: Canvas,
        person: Person,
        outfit: Outfit,
        plan: HeadPlan,
        body: Frame,
        weight: float,
    ) -> None:
        self.canvas = canvas
        self.person = person
        self.plan = plan
        self.look = plan.expression
        self.shape = face_shape(person.age)
        self.frame = self._canvas_frame(body)
        self.pen = canvas.pen(self.frame, weight)
        self.pixels = plan.size * body.scale
        plain = SKINS.get(person.skin) or colour(person.skin)
        tint = self.look.tint
        tinted = tint is not None and canvas.style.comic and plan.view != "back"
        self.skin = mix(plain, *tint) if tint and tinted else plain
        hair = person.hair
        natural = "grey" if person.age == "elder" and hair.colour == "brown" else hair.colour
        self.hair_colour = HAIR_COLOURS.get(natural) or colour(natural)
        self.hat = (
            Hat(*outfit.hat, "three-quarter" if plan.view == "front" else plan.view)
            if outfit.hat
            else None
        )
        self.glasses = outfit.glasses
        grown = person.age in ("teen", "adult", "elder")
        self.feminine = person.gender == "female"
        self.masculine = person.gender == "male" and grown
        self.jaw = (0.04 if self.masculine else -0.1 if self.feminine and grown else 0.0) + {
            "slim": -0.03,
            "medium": 0.0,
            "stout": 0.09,
        }[person.build]
        self.skull = skull(plan.view, self.shape.full, self.jaw, self.look.jaw)
        if plan.view == "profile":
            self.skull = union([self.skull, profile_features(self.shape, self.look)])
            self.skull = self.skull.buffer(1.0).buffer(-1.8).buffer(0.8)
        self.hair = self._hair()
        self.pupils: list[Point] = []

    def _canvas_frame(self, body: Frame) -> Frame:
        plan = self.plan
        local = _head_frame(plan.view, np.array(plan.anchor), plan.size, plan.degrees, plan.flip)
        x, y = body.point(local.x, local.y)
        mirrored = body.mirror != plan.flip
        return Frame(x, y, local.scale * body.scale, plan.degrees, mirrored)

    def _hair(self) -> HairShape:
        if self.hat is not None and self.hat.hides_hair:
            return HairShape(covers_ears=self.hat.kind == "hijab")
        hair = worn_hair(self.person.hair.style, self.plan.view, self.person.age, self.jaw)
        if self.hat is None:
            return hair
        rim = [(x, y - 2.0) for x, y in curve(self.hat.rim, steps=4)]
        near = self.skull.buffer(16 if hair.curls else 9)
        limit = union([near, box(-90, 0, 90, 120)])  # a hat flattens hair, locks hang freely
        hair.cap = _large(parts_below(hair.cap.intersection(limit), rim))
        if hair.hangs:  # a ponytail comes out below the hat
            hair.back = [
                shapely.transform(part, lambda p: p + vector(2.0, 24.0)) for part in hair.back
            ]
            hair.ties = []
        hair.back = [_large(parts_below(part, rim)) for part in hair.back]
        hair.front = [_large(parts_below(part, rim)) for part in hair.front]
        hair.strands = []
        hair.shaved = parts_below(hair.shaved, rim)
        hair.lines = ink_lines(hair, self.plan.view)
        return hair

    @property
    def face(self) -> Geometry:
        """The face on the canvas, empty when seen from behind."""
        if self.plan.view == "back":
            return shapely.Polygon()
        return self.frame.geometry(self.skull)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of skull and hair on the canvas."""
        whole = union([self.skull, self.hair.cap, *self.hair.front])
        bounds = self.frame.geometry(whole).bounds
        if self.hat is not None:
            _, top = self.frame.point(0, -68)
            return (bounds[0], min(bounds[1], top), bounds[2], bounds[3])
        return (bounds[0], bounds[1], bounds[2], bounds[3])

    def draw_back(self) -> None:
        """Hair that hangs behind head and trunk (over the back, when seen from behind)."""
        with self.canvas.part("hair"):
            for index in range(len(self.hair.back)):
                self._hair_part(1 + len(self.hair.front) + index)
            if self.plan.view == "back":
                self._ties()

    def draw_front(self) -> None:
        """Skull, ears, face, hair, glasses and hat."""
        plan, pen = self.plan, self.pen
        with self.canvas.part("head" if plan.view == "back" else "face"):
            if plan.view in ("back", "front") and not self.hair.covers_ears:
                self._ear(-39 - 2 * self.shape.full, 1)
                self._ear(39 + 2 * self.shape.full, -1)
            pen.shape(self.skull, self.skin, shade=0.8)
            face = None if plan.view == "back" else self._face()
            if face is not None:
                kind = self.person.hair.beard or ""
                beard = (
                    beard_shapes(kind, plan.view, self.skull, self.shape, self.look, face.down)
                    if kind
                    else Beard()
                )
                self._draw_beard(beard)
                face.draw()
                self.pupils = face.pupils
                if not beard.whiskers.is_empty:
                    pen.shape(beard.whiskers, self.hair_colour, ink_width=0.65, shade=0)
        with self.canvas.part("hair"):
            if not self.hair.shaved.is_empty:
                self.pen.fill(self.hair.shaved, mix(self.skin, self.hair_colour, 0.42))
            self._hair_part(0, 0.8 if self.hair.short else 1.0)
            for index in range(len(self.hair.front)):
                self._hair_part(1 + index)
        self._near_ear()
        if face is not None:
            with self.canvas.part("face"):
                face.draw_over_hair()
        if plan.view != "back":
            with self.canvas.part("hair"):
                self._ties()
        if face is not None and self.glasses:
            ear = {"three-quarter": (-31.0, 7.0), "front": (-40.0, 2.0)}.get(plan.view, (-6.0, 7.0))
            seen: View = "profile" if plan.view == "profile" else "three-quarter"
            draw_glasses(pen, self.glasses, seen, face.eyes(), ear)
        if self.hat is not None:
            with self.canvas.part("hat"):
                draw_hat(pen, self.hat)
        if self.look.mark is not None and self.canvas.style.comic:
            with self.canvas.part("mark"):
                draw_mark(pen, self.look.mark)

    def _face(self) -> Face:
        small = self.pixels / self.canvas.unit
        fine = max(0.0, min(1.0, (150 - small) / 85))
        plain = self.canvas.style.name == "line" or (self.hat and self.hat.kind in CLOTHS)
        brows = "#2a2025" if plain else brow_colour(self.hair_colour)
        return Face(
            self.pen,
            self.plan.view,
            self.shape,
            self.look,
            self.skin,
            brows,
            self.plan.gaze,
            fine,
            feminine=self.feminine,
            masculine=self.masculine,
            elder=self.person.age == "elder",
            bearded=self.person.hair.beard in ("full", "goatee"),
            hatched=self.canvas.style.name != "flat",
        )

    def _draw_beard(self, beard: Beard) -> None:
        if beard.under.is_empty:
            return
        if self.person.hair.beard == "stubble":
            self.pen.fill(beard.under, mix(self.skin, self.hair_colour, 0.35))
            return
        self.pen.shape(beard.under, self.hair_colour, ink_width=0.8, shade=0.6, outline=beard.edge)

    def _hair_part(self, index: int, width: float = 1.0) -> None:
        """Draws one of the hair's masses with the lines inside it."""
        part = self.hair.masses[index]
        if part.is_empty:
            return
        pen = self.pen
        pen.shape(part, self.hair_colour, ink_width=width, shade=0.9)
        if self._solid_black and index:  # seams between black masses
            for line in lines(part.buffer(-1.4).boundary):
                pen.ink(shapely.get_coordinates(line), 0.3, "#ffffff", closed=True)
        tone = self._strand_tone()
        for strand in self.hair.lines[index] if self.hair.lines else []:
            pen.ink(strand, 0.5, tone, taper=0.25)

    def _strand_tone(self) -> str:
        """The colour of strands; white on hair that line style paints black."""
        if self._solid_black:
            return "#ffffff"
        return strand_colour(self.hair_colour)

    @property
    def _solid_black(self) -> bool:
        return self.canvas.style.name == "line" and luminance(self.hair_colour) <= 0.26

    def _ties(self) -> None:
        for tie in self.hair.ties:
            self.pen.shape(tie, "#c44a37", ink_width=0.6, shade=0)

    def _near_ear(self) -> None:
        if self.hair.covers_ears or self.plan.view in ("back", "front"):
            return
        x = -31 - 4 * self.shape.full if self.plan.view == "three-quarter" else -6.0
        with self.canvas.part("head"):
            self._ear(x, 1, inner=True)

    def _ear(self, x: float, side: int, *, inner: bool = False) -> None:
        size, y = self.shape.ear, 6 + self.shape.eye_y * 0.5
        knots = [
            (x + 2 * side, y - 9 * size),
            (x - 5.5 * size * side, y - 8 * size),
            (x - 7.8 * size * side, y - 1.5 * size),
            (x - 5 * size * side, y + 6.5 * size),
            (x + 0.5 * side, y + 8.5 * size),
            (x + 4.5 * side, y + 3),
            (x + 4.5 * side, y - 5),
        ]
        ear = blob(knots)
        hidden = blob([(kx + 6.5 * side, ky) for kx, ky in knots]) if inner else shapely.Point(0, 0)
        self.pen.shape(
            ear, self.skin, ink_width=0.9, shade=0, outline=ear.boundary.difference(hidden)
        )
        if inner:
            fold = [
                (x - 4.4 * size * side, y - 3.6 * size),
                (x - 1.2 * size * side, y - 4.4 * size),
                (x - 0.4 * size * side, y - 0.4 * size),
                (x - 2.4 * size * side, y + 3.2 * size),
            ]
            self.pen.ink(curve(fold), 0.5, mix(self.skin, "#1d1a22", 0.7))


def _large(area: Geometry) -> Geometry:
    """Without crumbs left by a hat's rim."""
    parts = [part for part in getattr(area, "geoms", [area]) if part.area > 40]
    return union(parts)
