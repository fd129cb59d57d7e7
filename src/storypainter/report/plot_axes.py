"""What every plot is drawn with: paper, texts, scales, ticks, markers and legends, as SVG text.

Plots are written by hand: the same input gives the same bytes, texts stay texts, and a page needs
no script and no style attribute. Colours are presentation attributes, with classes by which
:data:`PLOT_CSS` turns them dark; nothing in a plot has an id, so many fit on one page.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from storypainter.report.markup import printable

PAPER, INK, SOFT, LINE = "#faf7f1", "#26221d", "#615a50", "#e2dacd"
WIDTH: Final = 960.0
MARGIN: Final = 28.0
SIZE: Final = 14.0
SMALL: Final = 12.0

#: Colour, dark colour, marker of the n-th series: told apart by shape and lightness as well.
SERIES: Final[tuple[tuple[str, str, str], ...]] = (
    ("#1d4c8a", "#8fb8f5", "circle"),
    ("#c2410c", "#f39a6b", "square"),
    ("#0f766e", "#5ec9bf", "up"),
    ("#8a2f6b", "#e39ac9", "diamond"),
    ("#6b6410", "#cfc55f", "down"),
    ("#26221d", "#ece6db", "frame"),
    ("#2f7fd6", "#b9d9ff", "ring"),
    ("#b0527a", "#f3b6cd", "lozenge"),
)
MAX_SERIES: Final = len(SERIES)

PLOT_CSS: Final = (
    """.plot { margin: 1.5rem 0; overflow-x: auto; }
.plot svg { display: block; width: 100%; min-width: 42rem; max-width: 72rem; height: auto;
  border-radius: .5rem; }
@media screen and (prefers-color-scheme: dark) {
.p-paper { fill: #1f1e1b; } .p-ink { fill: #ece6db; } .p-soft { fill: #b5ad9f; }
.p-tone { fill: var(--tone); }
.p-rule { stroke: #38352f; } .p-pen { stroke: #ece6db; } .p-halo { stroke: #1f1e1b; }
"""
    + "\n".join(
        f".p-f{n} {{ fill: {dark}; }} .p-l{n} {{ stroke: {dark}; }}"
        for n, (_, dark, _) in enumerate(SERIES)
    )
    + "\n}\n"
)


def number(value: float) -> str:
    """A coordinate, as short as it can be."""
    return f"{round(value, 2):g}" if abs(value) < 1e5 else f"{value:.0f}"


def shown(value: float) -> str:
    """A value for people: three significant digits, a true minus sign."""
    if value == 0:
        return "0"
    size = abs(value)
    if size < 0.0005:
        return f"{value:.1g}".replace("-", "−")
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 3
    return f"{value:,.{digits}f}".replace("-", "−")


def safe(text: str) -> str:
    """``text`` escaped for SVG, with what XML can't carry replaced."""
    return escape(printable(text), {'"': "&quot;"})


# ----------------------------------------------------------------------------- texts

_NARROW, _WIDE = frozenset("iljtfr.,:;'|!()[] -·/"), frozenset("mwMW@%")


def text_width(text: str, size: float = SIZE) -> float:
    """About how wide a text is in a sans-serif font, in pixels; rather too much than too little."""
    units = 0.0
    for sign in text:
        if unicodedata.combining(sign):
            continue
        if unicodedata.east_asian_width(sign) in "WF":
            units += 1.02
        elif sign in _NARROW:
            units += 0.34
        elif sign in _WIDE:
            units += 0.9
        elif sign.isupper():
            units += 0.7
        else:
            units += 0.6
    return units * size


def fitted(text: str, width: float, size: float = SIZE) -> str:
    """``text`` on one line, cut with an ellipsis where it is wider than ``width`` pixels."""
    line = " ".join(text.split())
    if text_width(line, size) <= width:
        return line
    while line and text_width(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def wrapped(text: str, width: float, size: float = SIZE, most: int = 3) -> list[str]:
    """``text`` in lines of at most ``width`` pixels; what doesn't fit in ``most`` lines is cut."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(joined, size) > width:
            lines.append(word)
        else:
            lines[-1] = joined
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [fitted(line, width, size) for line in lines]


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: float = SIZE,
    anchor: str = "start",
    fill: str = INK,
    kind: str = "p-ink",
    bold: bool = False,
    more: str = "",
) -> str:
    """A ``<text>``; ``more`` are further attributes, as written."""
    weight = ' font-weight="600"' if bold else ""
    name = f' class="{kind}"' if kind else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" '
        f'text-anchor="{anchor}" fill="{fill}"{name}{weight}{more}>{safe(text)}</text>'
    )


def tip(text: str) -> str:
    """What a browser shows at the pointer and a screen reader reads."""
    return f"<title>{safe(text)}</title>"


# ---------------------------------------------------------------------------- scales


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values (``low`` to ``high``) to pixels (``start`` to ``end``)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers (1, 2, 2.5 or 5 times a power of ten) that hold ``low`` to ``high``."""
    if not (math.isfinite(low) and math.isfinite(high)) or low > high:
        raise ValueError(f"no axis from {low} to {high}")
    if high - low <= 1e-9 * max(1.0, abs(low), abs(high)):  # one value, to anyone who looks
        low, high = (low - 0.5, high + 0.5) if abs(low) > 1e-9 else (0.0, 1.0)
    raw = (high - low) / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(each * step, 12) for each in range(first, last + 1)]


def tick_label(value: float, step: float) -> str:
    """A tick's number with as many digits as its neighbours need."""
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    if round(step, digits) != round(step, 12):
        digits += 1
    return f"{value:,.{digits}f}".replace("-", "−")


def checked(values: Iterable[float], what: str) -> None:
    """Refuse what can't be placed.

    Raises:
        ValueError: a value is infinite or no number.
    """
    for value in values:
        if not math.isfinite(value):
            raise ValueError(f"{what} holds {value}, which has no place on an axis")


def y_grid(scale: Scale, marks: Sequence[float], left: float, right: float) -> Iterator[str]:
    """Lines and numbers of a vertical axis; the line at 0 is strong."""
    step = marks[1] - marks[0]
    for value in marks:
        y = number(scale(value))
        pen = (
            f'stroke="{INK}" class="p-pen" stroke-width="1.2"'
            if value == 0
            else f'stroke="{LINE}" class="p-rule"'
        )
        yield f'<line x1="{number(left)}" x2="{number(right)}" y1="{y}" y2="{y}" {pen}/>'
        yield words(left - 8, scale(value) + 4, tick_label(value, step), size=SMALL,
                    anchor="end", fill=SOFT, kind="p-soft")  # fmt: skip


def x_grid(scale: Scale, marks: Sequence[float], top: float, bottom: float) -> Iterator[str]:
    """Lines and numbers of a horizontal axis."""
    step = marks[1] - marks[0]
    for value in marks:
        x = number(scale(value))
        yield (
            f'<line x1="{x}" x2="{x}" y1="{number(top)}" y2="{number(bottom)}" '
            f'stroke="{LINE}" class="p-rule"/>'
        )
        yield words(scale(value), bottom + 18, tick_label(value, step), size=SMALL,
                    anchor="middle", fill=SOFT, kind="p-soft")  # fmt: skip


# --------------------------------------------------------------------------- markers


_HOLLOW = frozenset({"ring", "frame", "lozenge"})


def marker(series: int, x: float, y: float, size: float = 5.0) -> str:
    """The marker of the n-th series: full or hollow, with a halo in the paper's colour."""
    colour, _, shape = SERIES[series % MAX_SERIES]
    if shape in _HOLLOW:
        size *= 0.88
        look = (
            f'fill="{PAPER}" stroke="{colour}" stroke-width="2" '
            f'class="p-paper p-l{series % MAX_SERIES}"'
        )
    else:
        look = (
            f'fill="{colour}" stroke="{PAPER}" stroke-width="1" '
            f'class="p-halo p-f{series % MAX_SERIES}"'
        )
    if shape in ("circle", "ring"):
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size)}" {look}/>'
    points = " ".join(f"{number(x + a)},{number(y + b)}" for a, b in _corners(shape, size))
    return f'<polygon points="{points}" {look}/>'


def _corners(shape: str, r: float) -> tuple[tuple[float, float], ...]:
    if shape in ("square", "frame"):
        a = r * 0.92
        return ((-a, -a), (a, -a), (a, a), (-a, a))
    if shape in ("diamond", "lozenge"):
        a = r * 1.3
        return ((0, -a), (a, 0), (0, a), (-a, 0))
    sign = 1 if shape == "up" else -1
    return ((0, -1.2 * r * sign), (1.15 * r, 0.9 * r * sign), (-1.15 * r, 0.9 * r * sign))


# ---------------------------------------------------------------------------- frames


def legend(names: Sequence[str], x: float, y: float, width: float) -> tuple[list[str], float]:
    """Markers with names on a grid of thirds of the width; also how high it is.

    A name takes as many thirds as it needs, and is cut where the whole width is too little.
    """
    third, parts, column, row = width / 3, [], 0, 0
    for place, name in enumerate(names):
        wide = min(3, max(1, math.ceil((text_width(name) + 32) / third)))
        if column + wide > 3:
            column, row = 0, row + 1
        left, line = x + column * third, y + row * 23
        parts.append(
            f'<g class="key">{tip(name)}{marker(place, left + 7, line - 4.5)}'
            f"{words(left + 20, line, fitted(name, wide * third - 30))}</g>"
        )
        column += wide
    return parts, (row + 1) * 23.0 if names else 0.0


def document(
    title: str, description: str, parts: Iterable[str], height: float, notes: Sequence[str] = ()
) -> str:
    """The finished SVG: title, parts, and notes below; ``height`` in pixels without the notes."""
    lines = [line for note in notes for line in wrapped(note, WIDTH - 2 * MARGIN, SMALL, 4)]
    whole = height + (len(lines) * 17 + 12 if lines else 0)
    head = _headline(title)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(WIDTH)} '
            f'{number(whole)}" width="{number(WIDTH)}" height="{number(whole)}" role="img" '
            "font-family=\"system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', "
            'sans-serif">',
            tip(title),
            f"<desc>{safe(description)}</desc>",
            f'<rect width="{number(WIDTH)}" height="{number(whole)}" fill="{PAPER}" '
            'class="p-paper"/>',
            *(words(MARGIN, 40 + 25 * n, line, size=20, bold=True) for n, line in enumerate(head)),
            *parts,
            *(
                words(MARGIN, height + 8 + 17 * n, line, size=SMALL, fill=SOFT, kind="p-soft")
                for n, line in enumerate(lines)
            ),
            "</svg>",
            "",
        ]
    )


def below_title(title: str) -> float:
    """Where the space below a plot's title begins."""
    return 40.0 + 25 * (len(_headline(title)) - 1) + 30


def _headline(title: str) -> list[str]:
    """A title in at most three lines of bold letters, which are wider."""
    return wrapped(title, (WIDTH - 2 * MARGIN) / 1.13, 20, 3)
