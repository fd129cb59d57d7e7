"""The canvas: named layers of shapes and ink strokes that become one SVG.

How to draw a prop
------------------
Everything is drawn inside a layer. A layer is one element of the Scene; its depth orders it
(small = far, painted first; equal depths keep their order of creation)::

    canvas = Canvas(1024, 768, Style("flat"), seed=7, background=colour("cream"))
    with canvas.layer("ball", depth=640, clues=("c2",), kind="football"):
        canvas.shape(circle((300, 600), 40), colour("white"))  # fill, shade, outline
        canvas.ink([(280, 590), (300, 610), (320, 590)], width=0.6)  # an open, tapered stroke
        canvas.fill(ellipse(300, 642, 44, 7), colour("brown"), 0.3)  # no outline: a shadow

- Coordinates are pixels, y points down. Colours are ``#rrggbb``; ``palette.colour`` makes them
  of words. Geometry is shapely's; ``geometry.py`` has blob, tube, box, ellipse, star, curve.
- Line widths are multiples of the picture's main outline: 1 = outline, 0.6 = inner line,
  0.4 = texture. A layer may scale them and recolour them for the background:
  ``canvas.layer("tree", 10, ink_width=0.6, ink_colour=colour("slate"))``.
- ``shape`` fills, shades the lower right by a crescent, and outlines. ``outline=`` inks only
  the given lines (leave a seam open); ``ink_width=0`` inks nothing; ``shade=0`` keeps it flat.
- Drawing in centimetres, turned or mirrored, is easier through a pen, which has the same three
  methods (and ``path``) in local coordinates::

      pen = canvas.pen(Frame(x, ground_y, scale=cm, degrees=12, mirror=faces_left))
      pen.shape(box(-20, -45, 20, 0, radius=3), colour("red"))  # 40 cm wide, on the ground

- Letters: ``canvas.path(d, colour, transform)`` paints raw glyph paths in a text colour;
  ``on=`` names the colour of the ground that they stand on.
- ``with canvas.clip(area):`` keeps what is drawn inside an area.
- ``with canvas.lit():`` keeps what is drawn bright at night (screens, lamps); colours that look
  like a light of their own stay bright without it.
- A layer's or part's ``text=`` is what is written there, for people who search or listen.

What the visibility audit sees: ``shape`` registers its polygon as solid, ``fill`` only with
``solid=True``, ``ink`` only with ``solid=True`` (a kite's string). ``with canvas.part("face"):``
labels what is drawn, inside the same element. A thing held in a hand is drawn inside its
holder's layer but is an element of its own::

    with canvas.part("held", element="kite", clues=("c3",), kind="kite"):
        ...

``canvas.layers`` then lists, in painting order, layers whose ``parts`` say which element and
label each solid polygon belongs to. Noise is seeded by the layer's id and the number of the
stroke in that layer: an added layer never changes how another one looks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape

import shapely
from numpy.typing import ArrayLike

from storypainter.errors import BadInput
from storypainter.ink.drawing.geometry import Frame, Geometry, Points, lines, polygons
from storypainter.ink.drawing.hatching import hatch_lines
from storypainter.ink.drawing.palette import INK, WHITE, Style, mix
from storypainter.ink.drawing.strokes import (
    Nib,
    sampled,
    segments_path,
    smooth_path,
    straight_path,
    stroke_path,
)

#: Lengths in pixels of a picture whose short side is 1,024 pixels, for a style's factor of 1.
_OUTLINE = 3.0
_WOBBLE = 0.6
_FINEST, _COARSEST = 1.3, 5.5  # between the points of an outline
_HATCH_SPACING, _CROSS_SPACING = 7.5, 5.0
_HATCH_LINE = 0.45  # in main outlines
_SLIM = 15.0  # slimmer areas are not hatched
_VEIL = 0.8  # fills fainter than this are left out of line drawings
_SHADE_COLOUR = "#3a2a5a"
_SHADE_STRENGTH = 0.16
_SHADE_SHIFT = 5.0


#: The label of the fingers that close around what their hand holds.
GRIP = "grip"


@dataclass(frozen=True, slots=True)
class Part:
    """A solid polygon of a layer: which element it shows, and which labelled part of it."""

    element: str
    label: str
    geometry: Geometry


@dataclass(slots=True)
class Layer:
    """All that is drawn for one element, and for what it holds.

    ``members`` maps the id of every element drawn in this layer to its kind and Clues.
    """

    id: str
    depth: float
    kind: str
    clues: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)
    svg: list[str] = field(default_factory=list)
    members: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    ink_width: float = 1.0
    ink_colour: str = INK
    text: str = ""

    def silhouette(self, element: str | None = None, label: str | None = None) -> Geometry:
        """The union of the solid parts of an element (this layer's own by default)."""
        wanted = element or self.id
        found = [p.geometry for p in self.parts if p.element == wanted and label in (None, p.label)]
        return shapely.union_all(found)


class Pen:
    """Draws on a canvas in local coordinates; widths stay multiples of the main outline."""

    def __init__(self, canvas: Canvas, frame: Frame, weight: float = 1.0) -> None:
        self.canvas = canvas
        self.frame = frame
        self.weight = weight

    def shape(
        self,
        area: Geometry,
        fill: str,
        *,
        ink_width: float = 1.0,
        ink_colour: str | None = None,
        shade: float = 1.0,
        outline: Geometry | None = None,
        solid: bool = True,
    ) -> None:
        """As :meth:`Canvas.shape`, in local coordinates."""
        self.canvas.shape(
            self.frame.geometry(area),
            fill,
            ink_width=ink_width * self.weight,
            ink_colour=ink_colour,
            shade=shade,
            outline=None if outline is None else self.frame.geometry(outline),
            solid=solid,
        )

    def ink(
        self,
        points: ArrayLike,
        width: float = 1.0,
        colour: str | None = None,
        *,
        closed: bool = False,
        taper: float = 0.35,
        solid: bool = False,
    ) -> None:
        """As :meth:`Canvas.ink`, in local coordinates."""
        placed = self.frame.points(points)
        self.canvas.ink(
            placed, width * self.weight, colour, closed=closed, taper=taper, solid=solid
        )

    def fill(
        self, area: Geometry, colour: str, opacity: float = 1.0, *, solid: bool = False
    ) -> None:
        """As :meth:`Canvas.fill`, in local coordinates."""
        self.canvas.fill(self.frame.geometry(area), colour, opacity, solid=solid)

    def path(self, data: str, colour: str, transform: str = "", *, on: str = WHITE) -> None:
        """As :meth:`Canvas.path`; ``transform`` acts inside the pen's frame."""
        (a, c), (b, d) = self.frame.matrix
        frame = f"matrix({a:.4f} {b:.4f} {c:.4f} {d:.4f} {self.frame.x:.1f} {self.frame.y:.1f})"
        self.canvas.path(data, colour, f"{frame} {transform}".strip(), on=on)

    @contextmanager
    def clip(self, area: Geometry) -> Iterator[None]:
        """As :meth:`Canvas.clip`, in local coordinates."""
        with self.canvas.clip(self.frame.geometry(area)):
            yield


class Canvas:
    """A picture under way; see the note at the top of this module.

    Args:
        width, height: in pixels.
        style: what every colour and line passes through.
        seed: varies the wobble of all lines.
        background: the paper's colour, ``#rrggbb``.
    """

    def __init__(
        self, width: int, height: int, style: Style, seed: int = 0, background: str = "#fbf6ea"
    ) -> None:
        self.width = width
        self.height = height
        self.style = style
        self.seed = seed
        self.background = background
        self.layers_drawn: list[Layer] = []
        #: Pixels here for one pixel of a picture whose short side is 1,024 pixels.
        self.unit = min(width, height) / 1024
        #: The main outline in pixels.
        self.ink_width = _OUTLINE * style.ink_width * self.unit
        self._backstage = False
        self._layer: Layer | None = None
        self._element = ""
        self._label = ""
        self._clips: list[Geometry] = []
        self._clip_defs: list[str] = []
        self._strokes = 0
        self._noise_base = 0
        self._lit = False

    @property
    def layers(self) -> list[Layer]:
        """The layers in painting order: by depth, then by order of creation."""
        return sorted(self.layers_drawn, key=lambda layer: layer.depth)

    @property
    def open_parts(self) -> list[Part]:
        """The solid parts drawn so far in the open layer."""
        return self._open_layer().parts

    @contextmanager
    def backstage(self) -> Iterator[None]:
        """Layers opened within are the setting's own: ``wall`` becomes ``_wall``, an id that no
        element of a Scene can have.
        """
        self._backstage = True
        try:
            yield
        finally:
            self._backstage = False

    @contextmanager
    def layer(
        self,
        element_id: str,
        depth: float,
        clues: Sequence[str] = (),
        kind: str = "prop",
        *,
        ink_width: float = 1.0,
        ink_colour: str = INK,
        text: str = "",
    ) -> Iterator[Layer]:
        """Groups what is drawn for one element; ``text`` is what is written on it.

        Raises:
            BadInput: inside another layer, or a second layer with this id.
        """
        drawn_from = element_id
        if self._backstage:
            element_id = f"_{element_id}"
        if self._layer is not None:
            raise BadInput(
                f"layer {element_id!r} inside layer {self._layer.id!r}",
                "draw a held thing with canvas.part(label, element=...)",
            )
        if any(layer.id == element_id for layer in self.layers_drawn):
            raise BadInput(f"two layers with the id {element_id!r}", "give each its own id")
        layer = Layer(element_id, depth, kind, tuple(clues))
        layer.members[element_id] = (kind, tuple(clues))
        layer.ink_width, layer.ink_colour, layer.text = ink_width, ink_colour, text
        self._layer, self._element, self._label, self._strokes = layer, element_id, "", 0
        digest = hashlib.blake2b(f"{self.seed}:{drawn_from}".encode(), digest_size=4).digest()
        self._noise_base = int.from_bytes(digest, "big")
        try:
            yield layer
        finally:
            self._layer = None
        self.layers_drawn.append(layer)

    @contextmanager
    def part(
        self,
        label: str,
        *,
        element: str | None = None,
        clues: Sequence[str] = (),
        kind: str = "prop",
        text: str = "",
    ) -> Iterator[None]:
        """Labels what is drawn; with ``element`` it shows another element than the layer's.

        ``text`` is what is written there.
        """
        layer = self._open_layer()
        outer = self._element, self._label
        part = f' data-part="{escape(label)}"'
        if element is not None and element != layer.id:
            first = not any(element in each.members for each in (*self.layers_drawn, layer))
            layer.members.setdefault(element, (kind, tuple(clues)))
            opened = _opened(element, kind, tuple(clues), text, part, first=first)
            self._element = element
        else:
            opened = f"<g{part}{_written(text)}>"
        self._label = label
        layer.svg.append(opened)
        try:
            yield
        finally:
            layer.svg.append("</g>")
            self._element, self._label = outer

    @contextmanager
    def clip(self, area: Geometry) -> Iterator[None]:
        """Keeps what is drawn inside ``area``, for the eye and for the audit."""
        layer = self._open_layer()
        name = f"clip{len(self._clip_defs)}"
        data = "".join(map(straight_path, _rings(area)))
        self._clip_defs.append(f'<clipPath id="{name}"><path d="{data}"/></clipPath>')
        layer.svg.append(f'<g clip-path="url(#{name})">')
        self._clips.append(area)
        try:
            yield
        finally:
            self._clips.pop()
            layer.svg.append("</g>")

    @contextmanager
    def lit(self) -> Iterator[None]:
        """What is drawn inside keeps its brightness at night."""
        outer, self._lit = self._lit, True
        try:
            yield
        finally:
            self._lit = outer

    def pen(self, frame: Frame, weight: float = 1.0) -> Pen:
        """A pen that draws in the local coordinates of ``frame``, lines ``weight`` times wide."""
        return Pen(self, frame, weight)

    def shape(
        self,
        area: Geometry,
        fill: str,
        *,
        ink_width: float = 1.0,
        ink_colour: str | None = None,
        shade: float = 1.0,
        outline: Geometry | None = None,
        solid: bool = True,
    ) -> None:
        """Fills an area, shades it, and inks its outline.

        Args:
            area: a polygon or multi-polygon.
            fill: ``#rrggbb``.
            ink_width: in main outlines; 0 for none.
            ink_colour: ``#rrggbb``; the layer's ink by default.
            shade: how deep the crescent at the lower right is; 0 for none, 1 as usual.
            outline: inks these lines in place of the whole boundary.
            solid: whether the audit counts the area as the element's.
        """
        if area.is_empty:
            return
        self._register(area, solid)
        rings = [self._sampled(ring, closed=True) for ring in _rings(area)]
        data = "".join(smooth_path(points, self.unit) for points, _ in rings if len(points) > 1)
        self._paint(data, len(rings), self.style.fill(fill, lit=self._lit))
        if shade and self.style.shaded:
            self._crescent(area, fill, shade)
        self._hatch(area, fill)
        if not ink_width:
            return
        if outline is None:
            for points, step in rings:
                self._stroke(points, step, ink_width, ink_colour, closed=True)
            return
        merged = shapely.line_merge(outline) if outline.geom_type == "MultiLineString" else outline
        for line in lines(merged):
            if line.length > 2 * self.ink_width:
                ring = line.is_ring
                self.ink(shapely.get_coordinates(line), ink_width, ink_colour, closed=ring)

    def ink(
        self,
        points: ArrayLike,
        width: float = 1.0,
        colour: str | None = None,
        *,
        closed: bool = False,
        taper: float = 0.35,
        solid: bool = False,
    ) -> None:
        """A stroke of varying width along ``points``, shape (n, 2).

        Args:
            points: at least two, in pixels.
            width: in main outlines.
            colour: ``#rrggbb``; the layer's ink by default.
            closed: joins the last point to the first; heavier at the lower right.
            taper: how thin an open stroke's ends are (share of its width).
            solid: whether the audit counts the stroke as the element's.
        """
        line, step = self._sampled(points, closed=closed)
        ring = self._stroke(line, step, width, colour, closed=closed, taper=taper)
        if solid and len(ring) > 3:
            self._register(shapely.Polygon(ring).buffer(0), solid)

    def fill(
        self, area: Geometry, colour: str, opacity: float = 1.0, *, solid: bool = False
    ) -> None:
        """Fills an area without outline or shade; ``opacity`` 0 to 1."""
        if area.is_empty:
            return
        self._register(area, solid)
        if self.style.name == "line" and self._line_fill(area, colour, opacity):
            return
        rings = _rings(area)
        data = "".join(map(straight_path, rings))
        self._paint(data, len(rings), self.style.fill(colour, lit=self._lit), opacity)
        self._hatch(area, colour)

    def _line_fill(self, area: Geometry, colour: str, opacity: float) -> bool:
        """Whether a fill was drawn (or left out) in a way of its own, as a line drawing has it."""
        kind = self._open_layer().kind
        if kind == "shadow":
            self._hatch_with(area, _HATCH_SPACING, 2.0)
            return True
        if kind == "weather":
            for ring in _rings(area):
                self.ink(ring, 0.4, closed=True)
            return True
        return opacity < _VEIL

    def path(self, data: str, colour: str, transform: str = "", *, on: str = WHITE) -> None:
        """Paints raw path data (glyphs) in a text colour that shows on the ground ``on``."""
        moved = f' transform="{escape(transform)}"' if transform else ""
        paint = self.style.text(colour, on, lit=self._lit)
        self._open_layer().svg.append(f'<path fill="{paint}"{moved} d="{escape(data)}"/>')

    def to_svg(self, title: str = "") -> str:
        """The whole picture, with ``title`` (plain text) if given. Same calls, same bytes."""
        size = f'width="{self.width}" height="{self.height}"'
        head = (
            '<svg xmlns="http://www.w3.org/2000/svg" '
            'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
            f'{size} viewBox="0 0 {self.width} {self.height}">'
        )
        told = f"<title>{escape(title)}</title>" if title else ""
        defs = f"<defs>{''.join(self._clip_defs)}</defs>" if self._clip_defs else ""
        paper = f'<rect id="paper" {size} fill="{self.style.fill(self.background)}"/>'
        return "\n".join([head + told + defs + paper, *map(_layer_svg, self.layers), "</svg>"])

    def _open_layer(self) -> Layer:
        if self._layer is None:
            raise BadInput("drawing outside of a layer", "open one: with canvas.layer(id, depth):")
        return self._layer

    def _register(self, area: Geometry, solid: bool) -> None:
        if not solid:
            return
        for clip in self._clips:
            area = area.intersection(clip)
        if not area.is_empty:
            self._open_layer().parts.append(Part(self._element, self._label, area))

    def _sampled(self, points: ArrayLike, *, closed: bool) -> tuple[Points, float]:
        return sampled(points, _FINEST * self.unit, _COARSEST * self.unit, closed=closed)

    def _stroke(
        self,
        line: Points,
        step: float,
        width: float,
        colour: str | None,
        *,
        closed: bool,
        taper: float = 0.35,
    ) -> Points:
        """Inks an evenly sampled line and returns the stroke's outer ring."""
        layer = self._open_layer()
        if len(line) < 2:
            return line
        self._strokes += 1
        wished = colour or layer.ink_colour
        if layer.kind == "weather" and self.style.name == "line":
            wished, width = INK, 0.7 * width  # white rain would cut the lines that it crosses
        scaled = width * layer.ink_width
        nib = Nib(
            width=scaled * self.ink_width * self.style.ink_weight(wished),
            step=step,
            wobble=_WOBBLE * self.style.wobble * self.unit * min(1.0, scaled + 0.2),
            unit=self.unit,
            seed=(self._noise_base + self._strokes * 7919) & 0xFFFFFFFF,
        )
        data, ring = stroke_path(line, nib, closed=closed, taper=taper)
        layer.svg.append(f'<path fill="{self.style.ink(wished)}" d="{data}"/>')
        return ring

    def _paint(self, data: str, rings: int, paint: str, opacity: float = 1.0) -> None:
        faded = f' opacity="{opacity:.2f}"' if opacity < 1 else ""
        rule = ' fill-rule="evenodd"' if rings > 1 else ""
        self._open_layer().svg.append(f'<path fill="{paint}"{rule}{faded} d="{data}"/>')

    def _crescent(self, area: Geometry, fill: str, shade: float) -> None:
        left, top, right, bottom = area.bounds
        slim = min(right - left, bottom - top)
        shift = shade * min(_SHADE_SHIFT * self.unit, 0.12 * slim)
        moved = shapely.transform(area, lambda points: points - (shift, 0.8 * shift))
        crescent = area.difference(moved)
        if crescent.is_empty:
            return
        darker = self.style.fill(mix(fill, _SHADE_COLOUR, _SHADE_STRENGTH), lit=self._lit)
        rings = _rings(crescent.simplify(0.3 * self.unit, preserve_topology=False))
        self._paint("".join(map(straight_path, rings)), len(rings), darker)

    def _hatch(self, area: Geometry, fill: str) -> None:
        """Hatches an area as dark as the style finds ``fill``; a small dark one is solid."""
        grade = self.style.hatch(fill)
        if not grade:
            return
        left, top, right, bottom = area.bounds
        if min(right - left, bottom - top) < _SLIM * self.unit:
            if grade == 2:
                rings = _rings(area)
                self._paint("".join(map(straight_path, rings)), len(rings), INK)
            return
        if self._open_layer().kind == "scenery":
            grade = 1  # the background stays behind
        degrees = 42.0 + self._noise_base % 13
        spacing = _CROSS_SPACING if grade == 2 else _HATCH_SPACING
        self._hatch_with(area, spacing, degrees)
        if grade == 2:
            self._hatch_with(area, spacing, degrees + 82.0)

    def _hatch_with(self, area: Geometry, spacing: float, degrees: float) -> None:
        seed = self._noise_base ^ len(self._open_layer().svg)
        found = hatch_lines(area, spacing * self.unit, degrees, seed)
        if len(found):
            width = _HATCH_LINE * self.ink_width
            self._open_layer().svg.append(
                f'<path fill="none" stroke="{INK}" stroke-width="{width:.2f}" '
                f'stroke-linecap="round" d="{segments_path(found)}"/>'
            )


def _rings(area: Geometry) -> list[Points]:
    """The points of an area's outer and inner rings, the first not repeated at the end."""
    return [
        shapely.get_coordinates(ring)[:-1]
        for each in polygons(area)
        for ring in (each.exterior, *each.interiors)
    ]


def _written(text: str) -> str:
    """The attributes that tell what is written on a thing whose letters are drawn as shapes."""
    return f' data-text="{escape(text)}" aria-label="{escape(text)}"' if text else ""


def _opened(
    element: str,
    kind: str,
    clues: tuple[str, ...],
    text: str,
    more: str = "",
    *,
    first: bool = True,
) -> str:
    """The start of an element's group: a layer for Inkscape, with a name, a title, and data.

    An element drawn in several groups has its id at the ``first`` only.
    """
    named = f' id="{escape(element.replace(" ", "-"))}"' if first else ""
    told = f' data-element="{escape(element)}" data-kind="{escape(kind)}"'
    told += f' data-clues="{escape(" ".join(clues))}"' if clues else ""
    label = escape(f"{element.removeprefix('_')} ({kind})")
    group = (
        f'<g{named} inkscape:groupmode="layer" '
        f'inkscape:label="{label}"{more}{told}{_written(text)}>'
    )
    if not first:
        return group
    title = f"{kind}: {text}" if text else kind
    hint = f"<desc>shows the clues {escape(', '.join(clues))}</desc>" if clues else ""
    return f"{group}<title>{escape(title)}</title>{hint}"


def _layer_svg(layer: Layer) -> str:
    return _opened(layer.id, layer.kind, layer.clues, layer.text) + "".join(layer.svg) + "</g>"
