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

import numpy as np
import shapely
from numpy.typing import ArrayLike

from storypainter.errors import BadInput
from storypainter.ink.geometry import Frame, Geometry, Points, as_points, lines, polygons, resample
from storypainter.ink.palette import INK, WHITE, Style, mix
from storypainter.ink.strokes import Nib, smooth_path, straight_path, stroke_path

_SHADE_COLOUR = "#3a2a5a"
_SHADE_STRENGTH = 0.16
_SHADE_SHIFT = 5.0


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
        self.ink_width = style.ink_width * self.unit
        self._layer: Layer | None = None
        self._element = ""
        self._label = ""
        self._clips: list[Geometry] = []
        self._clip_defs: list[str] = []
        self._strokes = 0
        self._noise_base = 0

    @property
    def layers(self) -> list[Layer]:
        """The layers in painting order: by depth, then by order of creation."""
        return sorted(self.layers_drawn, key=lambda layer: layer.depth)

    @property
    def open_parts(self) -> list[Part]:
        """The solid parts drawn so far in the open layer."""
        return self._open_layer().parts

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
    ) -> Iterator[Layer]:
        """Groups what is drawn for one element.

        Raises:
            BadInput: inside another layer, or a second layer with this id.
        """
        if self._layer is not None:
            raise BadInput(
                f"layer {element_id!r} inside layer {self._layer.id!r}",
                "draw a held thing with canvas.part(label, element=...)",
            )
        if any(layer.id == element_id for layer in self.layers_drawn):
            raise BadInput(f"two layers with the id {element_id!r}", "give each its own id")
        layer = Layer(element_id, depth, kind, tuple(clues))
        layer.members[element_id] = (kind, tuple(clues))
        layer.ink_width, layer.ink_colour = ink_width, ink_colour
        self._layer, self._element, self._label, self._strokes = layer, element_id, "", 0
        digest = hashlib.blake2b(f"{self.seed}:{element_id}".encode(), digest_size=4).digest()
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
    ) -> Iterator[None]:
        """Labels what is drawn; with ``element`` it shows another element than the layer's."""
        layer = self._open_layer()
        outer = self._element, self._label
        attributes = f'data-part="{escape(label)}"'
        if element is not None and element != layer.id:
            if element not in layer.members:
                attributes += f' id="{escape(element)}"'
            layer.members.setdefault(element, (kind, tuple(clues)))
            attributes += _data_attributes(element, kind, tuple(clues))
            self._element = element
        self._label = label
        layer.svg.append(f"<g {attributes}>")
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
        data = "".join(self._ring_paths(area, straight=True))
        self._clip_defs.append(f'<clipPath id="{name}"><path d="{data}"/></clipPath>')
        layer.svg.append(f'<g clip-path="url(#{name})">')
        self._clips.append(area)
        try:
            yield
        finally:
            self._clips.pop()
            layer.svg.append("</g>")

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
        self._paint(area, self.style.fill(fill), straight=False)
        if shade and self.style.shaded:
            self._crescent(area, fill, shade)
        if not ink_width:
            return
        if outline is None:
            for each in polygons(area):
                for ring in (each.exterior, *each.interiors):
                    self.ink(shapely.get_coordinates(ring), ink_width, ink_colour, closed=True)
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
        layer = self._open_layer()
        given = as_points(points)
        step = self._step(given)
        sampled = resample(given, step, closed)
        if len(sampled) < 2:
            return
        self._strokes += 1
        nib = Nib(
            width=width * layer.ink_width * self.ink_width,
            step=step,
            wobble=self.style.wobble * self.unit * min(1.0, width * layer.ink_width + 0.2),
            unit=self.unit,
            seed=(self._noise_base + self._strokes * 7919) & 0xFFFFFFFF,
        )
        data, ring = stroke_path(sampled, nib, closed=closed, taper=taper)
        paint = self.style.ink(colour or layer.ink_colour)
        rule = ' fill-rule="evenodd"' if closed else ""
        layer.svg.append(f'<path fill="{paint}"{rule} d="{data}"/>')
        if solid and len(ring) > 3:
            self._register(shapely.Polygon(ring).buffer(0), solid)

    def fill(
        self, area: Geometry, colour: str, opacity: float = 1.0, *, solid: bool = False
    ) -> None:
        """Fills an area without outline or shade; ``opacity`` 0 to 1."""
        if area.is_empty:
            return
        self._register(area, solid)
        self._paint(area, self.style.fill(colour), straight=True, opacity=opacity)

    def path(self, data: str, colour: str, transform: str = "", *, on: str = WHITE) -> None:
        """Paints raw path data (glyphs) in a text colour that shows on the ground ``on``."""
        moved = f' transform="{escape(transform)}"' if transform else ""
        paint = self.style.text(colour, on)
        self._open_layer().svg.append(f'<path fill="{paint}"{moved} d="{escape(data)}"/>')

    def to_svg(self) -> str:
        """The whole picture. Same calls, same bytes."""
        size = f'width="{self.width}" height="{self.height}"'
        head = (
            '<svg xmlns="http://www.w3.org/2000/svg" '
            'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
            f'{size} viewBox="0 0 {self.width} {self.height}">'
        )
        defs = f"<defs>{''.join(self._clip_defs)}</defs>" if self._clip_defs else ""
        paper = f'<rect {size} fill="{self.style.fill(self.background)}"/>'
        return "\n".join([head + defs + paper, *map(_layer_svg, self.layers), "</svg>"])

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

    def _step(self, points: Points) -> float:
        """Fine for small features, coarse for long outlines."""
        length = float(np.hypot(*np.diff(points, axis=0).T).sum())
        return max(1.3 * self.unit, min(5.5 * self.unit, length / 18))

    def _ring_paths(self, area: Geometry, *, straight: bool) -> Iterator[str]:
        for each in polygons(area):
            for ring in (each.exterior, *each.interiors):
                points = shapely.get_coordinates(ring)[:-1]
                if straight:
                    yield straight_path(points)
                else:
                    yield smooth_path(resample(points, self._step(points), True))

    def _paint(self, area: Geometry, paint: str, *, straight: bool, opacity: float = 1.0) -> None:
        data = "".join(self._ring_paths(area, straight=straight))
        faded = f' opacity="{opacity:.2f}"' if opacity < 1 else ""
        self._open_layer().svg.append(
            f'<path fill="{paint}" fill-rule="evenodd"{faded} d="{data}"/>'
        )

    def _crescent(self, area: Geometry, fill: str, shade: float) -> None:
        left, top, right, bottom = area.bounds
        slim = min(right - left, bottom - top)
        shift = shade * min(_SHADE_SHIFT * self.unit, 0.12 * slim)
        moved = shapely.transform(area, lambda points: points - (shift, 0.8 * shift))
        crescent = area.difference(moved)
        if not crescent.is_empty:
            darker = self.style.fill(mix(fill, _SHADE_COLOUR, _SHADE_STRENGTH))
            self._paint(
                crescent.simplify(0.3 * self.unit, preserve_topology=False), darker, straight=True
            )


def _data_attributes(element: str, kind: str, clues: tuple[str, ...]) -> str:
    told = f' data-element="{escape(element)}" data-kind="{escape(kind)}"'
    return told + (f' data-clues="{escape(" ".join(clues))}"' if clues else "")


def _layer_svg(layer: Layer) -> str:
    name = escape(layer.id)
    opened = (
        f'<g id="{name}" inkscape:groupmode="layer" inkscape:label="{name}"'
        f"{_data_attributes(layer.id, layer.kind, layer.clues)}>"
    )
    return opened + "".join(layer.svg) + "</g>"
