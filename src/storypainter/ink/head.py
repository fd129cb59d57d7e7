"""A whole head: skull, ears, face, hair, hat; where it sits and which way it looks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely

from storypainter.errors import BadInput
from storypainter.ink.attire import Outfit
from storypainter.ink.canvas import Canvas
from storypainter.ink.expressions import EXPRESSIONS, Expression
from storypainter.ink.face import (
    NECK_ANCHORS,
    SKINS,
    Face,
    View,
    brow_colour,
    face_shape,
    profile_features,
    skull,
)
from storypainter.ink.geometry import (
    Frame,
    Geometry,
    Point,
    Points,
    blob,
    box,
    curve,
    ellipse,
    lines,
    union,
    vector,
)
from storypainter.ink.hair import HAIR_COLOURS, HairShape, beard_shapes, hair_shape, parts_below
from storypainter.ink.headwear import CLOTHS, Hat, draw_glasses, draw_hat, strand_colour
from storypainter.ink.palette import colour, mix
from storypainter.ink.skeleton import Skeleton
from storypainter.scene import Person

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
    """The expression of a person.

    Raises:
        BadInput: it is not in the vocabulary.
    """
    try:
        return EXPRESSIONS[person.expression]
    except KeyError:
        raise BadInput(
            f"person {person.id!r}: ink knows no expression {person.expression!r}",
            f"use one of: {', '.join(sorted(EXPRESSIONS))}",
        ) from None


def plan_head(
    person: Person, skeleton: Skeleton, gaze: Point | None, away: bool, profile: bool, cm: float
) -> HeadPlan:
    """Turns the head towards ``gaze`` (local centimetres) and finds eyes and mouth."""
    look = expression_of(person)
    size = skeleton.body.head * skeleton.height
    flip, view = False, "profile" if profile else "three-quarter"
    over = np.array(skeleton.neck) - (0, size * 0.45)
    if gaze is not None:
        dx, dy = gaze[0] - over[0], gaze[1] - over[1]
        flip = dx < -0.5 * abs(dy) - 0.15 * size
    if away:
        sideways = gaze is not None and abs(gaze[0] - over[0]) > 0.6 * abs(gaze[1] - over[1])
        view, flip = ("profile", flip) if sideways else ("back", False)
    sign = -1.0 if flip else 1.0
    degrees = skeleton.head_turn * sign + look.tilt * (0.5 if view == "back" else 1.0)
    chosen: View = "back" if view == "back" else "profile" if view == "profile" else "three-quarter"
    if gaze is not None and chosen != "back":
        rise = math.atan2(gaze[1] - over[1], abs(gaze[0] - over[0]) + size * 0.5)
        degrees += max(-12.0, min(12.0, math.degrees(rise) * 0.28))
    frame = _head_frame(chosen, skeleton.neck, size, degrees, flip)
    shape = face_shape(person.age)
    eyes = frame.point(12 if chosen == "three-quarter" else 25, shape.eye_y)
    mouth = frame.point(17 if chosen == "three-quarter" else 36, shape.mouth_y)
    direction = _pupil_direction(person, look, frame, gaze, shape.eye_y)
    return HeadPlan(
        chosen,
        flip,
        degrees,
        size,
        frame.point(0, 0),
        eyes,
        mouth,
        tuple(skeleton.neck),
        direction,
        look,
    )


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
        "viewer": (-0.35, 0.0),
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
        self.skin = mix(plain, *tint) if tint and plan.view != "back" else plain
        hair = person.hair
        natural = "grey" if person.age == "elder" and hair.colour == "brown" else hair.colour
        self.hair_colour = HAIR_COLOURS.get(natural) or colour(natural)
        self.hat = Hat(*outfit.hat, plan.view) if outfit.hat else None
        self.glasses = outfit.glasses
        grown = person.age in ("teen", "adult", "elder")
        self.feminine = person.gender == "female"
        self.masculine = person.gender == "male" and grown
        jaw = (0.04 if self.masculine else -0.07 if self.feminine and grown else 0.0) + {
            "slim": -0.03,
            "medium": 0.0,
            "stout": 0.09,
        }[person.build]
        self.skull = skull(plan.view, self.shape.full, jaw, self.look.jaw)
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
        hair = hair_shape(self.person.hair.style, self.plan.view, self.skull, self.shape)
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
            for part in self.hair.back:
                self._hair_part(part)
            if self.plan.view == "back":
                self._ties()

    def draw_front(self) -> None:
        """Skull, ears, face, hair, glasses and hat."""
        plan, pen = self.plan, self.pen
        with self.canvas.part("head" if plan.view == "back" else "face"):
            if plan.view == "back" and not self.hair.covers_ears:
                self._ear(-39 - 2 * self.shape.full, 1)
                self._ear(39 + 2 * self.shape.full, -1)
            pen.shape(self.skull, self.skin, shade=0.8)
            face = None if plan.view == "back" else self._face()
            if face is not None:
                self._beard(face)
                face.draw()
                self.pupils = face.pupils
                if self.person.hair.beard:
                    self._moustache(face)
        with self.canvas.part("hair"):
            self._hair_part(self.hair.cap, 0.8 if self.hair.short else 1.0)
            for part in self.hair.front:
                self._hair_part(part)
        self._near_ear()
        if face is not None:
            with self.canvas.part("face"):
                face.draw_over_hair()
        if plan.view != "back":
            with self.canvas.part("hair"):
                self._ties()
        if face is not None and self.glasses:
            ear = (-31.0, 7.0) if plan.view == "three-quarter" else (-6.0, 7.0)
            draw_glasses(pen, self.glasses, plan.view, face.eyes(), ear)
        if self.hat is not None:
            with self.canvas.part("hat"):
                draw_hat(pen, self.hat)

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
        )

    def _beard(self, face: Face) -> None:
        beard = self.person.hair.beard
        if not beard or self.plan.view == "back":
            return
        under, _ = beard_shapes(beard, self.plan.view, self.skull, self.shape, self.look, face.down)
        if under.is_empty:
            return
        if beard == "stubble":
            self.pen.fill(under, mix(self.skin, self.hair_colour, 0.35))
            return
        x = 35.5 if self.plan.view == "profile" else 16.0
        lips = ellipse(x, self.shape.mouth_y + face.down * 0.9 + 2, 17, 6 + self.look.open * 10)
        edge = under.boundary.difference(lips)
        self.pen.shape(under, self.hair_colour, ink_width=0.8, shade=0.6, outline=edge)

    def _moustache(self, face: Face) -> None:
        beard = self.person.hair.beard or ""
        _, whiskers = beard_shapes(
            beard, self.plan.view, self.skull, self.shape, self.look, face.down
        )
        if not whiskers.is_empty:
            self.pen.shape(whiskers, self.hair_colour, ink_width=0.65, shade=0)

    def _hair_part(self, part: Geometry, width: float = 1.0) -> None:
        if part.is_empty:
            return
        pen = self.pen
        pen.shape(part, self.hair_colour, ink_width=width, shade=0.9)
        tone = strand_colour(self.hair_colour)
        inside = part.buffer(-1.6)
        for strand in self.hair.strands:
            if not strand:
                continue
            for line in lines(shapely.LineString(curve(strand, steps=6)).intersection(inside)):
                if line.length > 5:
                    pen.ink(shapely.get_coordinates(line), 0.5, tone, taper=0.25)
        if self.hair.curls:
            self._curl_marks(inside, tone)

    def _curl_marks(self, inside: Geometry, tone: str) -> None:
        centre_x, centre_y = {"three-quarter": (-12, -26), "profile": (-20, -20)}.get(
            self.plan.view, (0, -14)
        )
        area = inside.buffer(-3.0)
        for index in range(13):
            turn, reach = index * 2.4, 6 + 3.6 * index
            x, y = centre_x + reach * math.cos(turn), centre_y + reach * math.sin(turn) * 0.85
            start = turn * 1.7
            mark = [
                (x + 4 * math.cos(start + step), y + 4 * math.sin(start + step))
                for step in (0.0, 0.9, 1.8, 2.7)
            ]
            line = shapely.LineString(curve(mark, steps=3))
            if area.contains(line):
                self.pen.ink(shapely.get_coordinates(line), 0.5, tone)

    def _ties(self) -> None:
        for tie in self.hair.ties:
            self.pen.shape(tie, "#c44a37", ink_width=0.6, shade=0)

    def _near_ear(self) -> None:
        if self.hair.covers_ears or self.plan.view == "back":
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
