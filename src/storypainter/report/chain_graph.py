"""The graph of a Story's Chains, as in the paper's Figure 1: clues, conclusions, causes.

Clues stand on the left, the conclusions that they imply in the middle, causal conclusions on the
right: a cause is joined to the events whose clues it takes up, and to any other clue of its own.
The same graph is written as text, as Mermaid and as SVG, for any Chains, whoever wrote them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from storypainter.story import Chain, Dimension

#: The colours of a Dimension: ink and paper.
COLOURS: dict[Dimension, tuple[str, str]] = {
    Dimension.TIME: ("#744700", "#fbefd6"),
    Dimension.LOCATION: ("#1c5a39", "#e2f2e7"),
    Dimension.CHARACTER_ROLE: ("#1d4c8a", "#e5eefb"),
    Dimension.CHARACTER_RELATIONSHIP: ("#782b61", "#f8e7f2"),
    Dimension.EVENT: ("#932b19", "#fde9e4"),
    Dimension.EVENT_CAUSAL_RELATIONSHIP: ("#4a3c8c", "#edeafa"),
    Dimension.MENTAL_STATE: ("#0e5861", "#dff2f3"),
}
_CAUSE = Dimension.EVENT_CAUSAL_RELATIONSHIP


@dataclass(frozen=True, slots=True)
class Node:
    """A clue or a conclusion; ``column`` 0 clues, 1 conclusions, 2 causes."""

    key: str
    text: str
    column: int
    dimension: Dimension | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in the order of drawing, and edges between their keys."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]


def graph_of(chains: Sequence[Chain]) -> Graph:
    """The graph of these Chains. Clues with the same id, or the same words, are one node."""
    clues: dict[str, Node] = {}
    conclusions: list[Node] = []
    edges: list[tuple[str, str]] = []
    taken: list[tuple[str, frozenset[str]]] = []
    ordered = [c for c in chains if c.dimension is not _CAUSE]
    ordered += [c for c in chains if c.dimension is _CAUSE]
    for number, chain in enumerate(ordered):
        key = f"c{number}"
        names = []
        for clue in chain.clues:
            name = clue.id or clue.text
            clues.setdefault(name, Node(f"k{len(clues)}", clue.text, 0))
            names.append(name)
        cause = chain.dimension is _CAUSE
        conclusions.append(Node(key, chain.conclusion, 2 if cause else 1, chain.dimension))
        left = dict.fromkeys(names)
        if cause:
            for other, of_other in taken:
                if of_other <= set(names):
                    edges.append((other, key))
                    left = {name: None for name in left if name not in of_other}
        elif chain.dimension in (Dimension.EVENT, Dimension.TIME):
            taken.append((key, frozenset(names)))
        edges += [(clues[name].key, key) for name in left]
    return Graph((*clues.values(), *conclusions), tuple(edges))


def as_text(chains: Sequence[Chain]) -> str:
    """The Chains as lines: the conclusion, then its clues, by Dimension."""
    lines = []
    for dimension in Dimension:
        some = [chain for chain in chains if chain.dimension is dimension]
        if not some:
            continue
        lines.append(dimension.label)
        for chain in some:
            lines.append(f"  {chain.conclusion}")
            for place, clue in enumerate(chain.clues):
                mark = "└─" if place == len(chain.clues) - 1 else "├─"
                lines.append(f"    {mark} {clue.text}")
    return "\n".join(lines)


def as_mermaid(chains: Sequence[Chain]) -> str:
    """The graph as a Mermaid flowchart."""
    graph = graph_of(chains)
    lines = ["flowchart LR"]
    for node in graph.nodes:
        text = node.text.replace("#", "#35;").replace('"', "#quot;")
        shape = f'["{text}"]' if node.column == 0 else f'(["{text}"])'
        kind = f":::{node.dimension.value}" if node.dimension else ":::clue"
        lines.append(f"  {node.key}{shape}{kind}")
    lines += [f"  {a} --> {b}" for a, b in graph.edges]
    lines.append("  classDef clue fill:#fffdf9,stroke:#8a8172,color:#26221d")
    for dimension, (ink, paper) in COLOURS.items():
        lines.append(f"  classDef {dimension.value} fill:{paper},stroke:{ink},color:{ink}")
    return "\n".join(lines)


# ---------------------------------------------------------------------- SVG

_WIDTHS = (250, 300, 320)
_GAP = 96
_MARGIN = 28
_SIZE = 14.0
_LINE = 19.0
_PAD = 11.0
#: The usual width of a letter of a sans-serif font, as a share of its size.
_LETTER = 0.53


@dataclass(slots=True)
class _Box:
    node: Node
    x: float
    y: float
    width: float
    lines: list[str]

    @property
    def height(self) -> float:
        label = 15.0 if self.node.dimension else 0.0
        return len(self.lines) * _LINE + 2 * _PAD + label

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def as_svg(chains: Sequence[Chain], title: str = "") -> str:
    """The graph as an SVG document with a light background."""
    graph = graph_of(chains)
    top = _MARGIN + (36.0 if title else 0.0)
    boxes = _laid_out(graph, top)
    columns = max((node.column for node in graph.nodes), default=0) + 1
    width = 2 * _MARGIN + sum(_WIDTHS[:columns]) + _GAP * (columns - 1)
    height = max((box.y + box.height for box in boxes.values()), default=top) + _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="Fredoka, \'Segoe UI\', Nunito, '
        f'sans-serif" font-size="{_SIZE:g}">',
        f'<rect width="{width:g}" height="{height:g}" fill="#faf7f1"/>',
    ]
    if title:
        parts.append(
            f'<text x="{_MARGIN}" y="{_MARGIN + 12}" font-size="20" font-weight="600" '
            f'fill="#26221d">{escape(title)}</text>'
        )
    parts += _edges(graph, boxes)
    for box in boxes.values():
        parts += _box(box)
    return "\n".join([*parts, "</svg>"])


def _laid_out(graph: Graph, top: float) -> dict[str, _Box]:
    boxes: dict[str, _Box] = {}
    order = _clue_order(graph)
    for column in (0, 1, 2):
        x = _MARGIN + sum(_WIDTHS[:column]) + _GAP * column
        y = top
        nodes = [node for node in graph.nodes if node.column == column]
        nodes.sort(key=lambda node: order.get(node.key, 0.0))
        for node in nodes:
            letters = int((_WIDTHS[column] - 2 * _PAD) / (_SIZE * _LETTER))
            lines = textwrap.wrap(node.text, letters) or [""]
            boxes[node.key] = _Box(node, x, y, _WIDTHS[column], lines)
            y += boxes[node.key].height + 10.0
    _spread(boxes)
    return boxes


def _clue_order(graph: Graph) -> dict[str, float]:
    """Where each node stands in its column: conclusions as told, all others by whom they join."""
    order = {node.key: float(n) for n, node in enumerate(n for n in graph.nodes if n.column == 1)}
    for _ in range(3):
        for column in (0, 2):
            for node in graph.nodes:
                if node.column == column:
                    near = [order[b if a == node.key else a] for a, b in graph.edges
                            if node.key in (a, b) and (b if a == node.key else a) in order]  # fmt: skip
                    order[node.key] = sum(near) / len(near) if near else 0.0
    return order


def _spread(boxes: dict[str, _Box]) -> None:
    """Give shorter columns the height of the tallest."""
    columns: dict[int, list[_Box]] = {}
    for box in boxes.values():
        columns.setdefault(box.node.column, []).append(box)
    bottom = max((box.y + box.height for box in boxes.values()), default=0.0)
    for column in columns.values():
        spare = bottom - (column[-1].y + column[-1].height)
        step = spare / (len(column) + 1)
        for place, box in enumerate(column, 1):
            box.y += step * place


def _edges(graph: Graph, boxes: dict[str, _Box]) -> Iterator[str]:
    nodes = {node.key: node for node in graph.nodes}
    for a, b in graph.edges:
        one, two = boxes[a], boxes[b]
        dimension = nodes[b].dimension
        colour = COLOURS[dimension][0] if dimension else "#8a8172"
        ends = (one.x + one.width, one.middle), (two.x, two.middle)
        passed = nodes[b].column - nodes[a].column > 1
        points = (ends[0], *_passage(ends, boxes), ends[1]) if passed else ends
        yield (
            f'<path d="{_curve(points)}" fill="none" stroke="{colour}" '
            f'stroke-opacity=".55" stroke-width="1.6"/>'
        )


def _passage(
    ends: tuple[tuple[float, float], tuple[float, float]], boxes: dict[str, _Box]
) -> tuple[tuple[float, float], ...]:
    """Where an edge from clue to cause passes the conclusions: by the nearest gap between them."""
    middle = sorted((each for each in boxes.values() if each.node.column == 1), key=lambda e: e.y)
    if not middle:
        return ()
    wished = (ends[0][1] + ends[1][1]) / 2
    gaps = [middle[0].y - 8, middle[-1].y + middle[-1].height + 8]
    gaps += [(one.y + one.height + two.y) / 2 for one, two in pairwise(middle)]
    y = min(gaps, key=lambda gap: abs(gap - wished))
    return (middle[0].x - 6, y), (middle[0].x + middle[0].width + 6, y)


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """A path through points from left to right, level in each of them."""
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for (x1, y1), (x2, y2) in pairwise(points):
        bend = min(60.0, (x2 - x1) / 2)
        path += f"C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
    return path


def _box(box: _Box) -> Iterator[str]:
    node = box.node
    ink, paper = COLOURS[node.dimension] if node.dimension else ("#8a8172", "#fffdf9")
    radius = 14 if node.dimension else 5
    yield (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
        f'rx="{radius}" fill="{paper}" stroke="{ink}" stroke-width="1.3"/>'
    )
    y = box.y + _PAD + 12
    if node.dimension:
        yield (
            f'<text x="{box.x + _PAD:g}" y="{y - 2:g}" font-size="10.5" letter-spacing=".6" '
            f'font-weight="600" fill="{ink}">{escape(node.dimension.label.upper())}</text>'
        )
        y += 15
    for line in box.lines:
        yield f'<text x="{box.x + _PAD:g}" y="{y:g}" fill="#26221d">{escape(line)}</text>'
        y += _LINE
