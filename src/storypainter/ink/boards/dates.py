"""Calendars: a month with its day circled or crossed, or a block whose days are torn off."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from storypainter.ink.boards.kind import RED, WHITE, Board, BoardKind, panel, strut
from storypainter.ink.boards.lettering import write
from storypainter.ink.boards.street import inscribe
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import path, poly, rect
from storypainter.ink.drawing.palette import INK, mix

_MONTHS = tuple(month.upper() for month in calendar.month_name)[1:]
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHEET = 74.0, 80.0  # cm: larger than life, or nobody could read its days
_BLOCK = 42.0, 50.0
_HEAD = 19.0
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_EAST_ASIAN = re.compile(r"(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*([月월])\s*(\d{1,2})\s*[日일]")
_DOTTED = re.compile(r"\b(\d{1,2})\.\s*(\d{1,2})\.(?:\s*(\d{4})\b)?")
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\s*:)", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[5-9]\d\d|2\d\d\d)\b")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year as a calendar shows it.

    ``month`` 1 to 12; ``day`` 1 to 31; ``year`` and ``weekday`` (0 is Monday) only if known.
    ``written`` is the month as it was given, where that is no English name.
    """

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None
    written: str = ""

    @property
    def title(self) -> str:
        """The month as the sheet names it: as it was written in East Asia, else in English."""
        return self.written or _MONTHS[self.month - 1]

    @property
    def first_column(self) -> int:
        """The weekday of the month's first day, 0 for Monday; 0 if nothing is known."""
        if self.year is not None:
            return date(self.year, self.month, 1).weekday()
        return 0 if self.weekday is None else (self.weekday - self.day + 1) % 7

    @property
    def aligned(self) -> bool:
        """Whether the weekdays are known."""
        return self.year is not None or self.weekday is not None

    @property
    def days(self) -> int:
        """How many days the month has; 29 in a February of no year."""
        if self.year is None:
            return _LONGEST[self.month - 1]
        return calendar.monthrange(self.year, self.month)[1]


def read_day(text: str) -> Day | None:
    """The day that ``text`` names; None if it names none, or none that exists.

    Read are ISO dates (``2026-05-12``), a month's English name or its first three letters with a
    day (``Friday, May 13th``), day and month with points (``12.5.2026``) and East Asian dates
    (``5月12日``). Day and month with a slash are not, as they mean two things.
    """
    found = _iso(text) or _east_asian(text) or _dotted(text) or _named(text)
    if found is None or not 1 <= found.month <= 12 or not 1 <= found.day <= found.days:
        return None
    return found


def _iso(text: str) -> Day | None:
    match = _ISO.search(text)
    return _numbered(match[1], match[2], match[3]) if match else None


def _east_asian(text: str) -> Day | None:
    match = _EAST_ASIAN.search(text)
    if match is None:
        return None
    found = _numbered(match[1], match[2], match[4])
    return replace(found, written=match[2] + match[3]) if found else None


def _dotted(text: str) -> Day | None:
    match = _DOTTED.search(text)
    return _numbered(match[3], match[2], match[1]) if match else None


def _numbered(year: str | None, month: str, day: str) -> Day | None:
    if not 1 <= int(month) <= 12 or (year is not None and not int(year)):
        return None
    return Day(int(month), int(day), int(year) if year else None)


def _named(text: str) -> Day | None:
    words = re.findall(r"[a-z]+", text.lower())
    month = next((m for word in words if (m := _month_of(word)) is not None), None)
    year = _YEAR.search(text)
    rest = text.replace(year[0], " ", 1) if year else text
    day = _DAY.search(rest)
    if month is None or day is None:
        return None
    weekday = next(
        (_WEEKDAYS.index(w[:3]) for w in words if w[:3] in _WEEKDAYS and _is_weekday(w)), None
    )
    return Day(month, int(day[1]), int(year[1]) if year else None, weekday)


def _month_of(word: str) -> int | None:
    if word == "sept":
        return 9
    for index, name in enumerate(_MONTHS):
        if word in (name.lower(), name[:3].lower()):
            return index + 1
    return None


def _is_weekday(word: str) -> bool:
    full = (name.lower() for name in calendar.day_name)
    return len(word) == 3 or any(name.startswith(word) for name in full)


def _fit(board: Board) -> tuple[float, float]:
    day = read_day(_said(board))
    if day is None:
        width, height = panel(
            Board(_said(board), locale=board.locale), aspect=1.2, widest=72, cap=9, pad=(20, 38)
        )
        return max(width, 44.0), max(height, 52.0)
    if _is_block(board):
        return _BLOCK
    return _SHEET


def _said(board: Board) -> str:
    return board.date or board.text


def _is_block(board: Board) -> bool:
    return board.state == "tear off" or (board.mount == "table" and not board.state)


def _calendar(pen: Pen, board: Board, width: float, height: float) -> None:
    day = read_day(_said(board))
    _pad(pen, width, height)
    if day is None:
        said = Board(_said(board), locale=board.locale)
        inscribe(pen, said, (width, height), (20, 38), INK, WHITE, (0, -(height - 18) / 2 + 1))
    elif _is_block(board):
        _block(pen, day, width, height)
    else:
        _month(pen, day, width, height, crossed=board.state == "crossed")


def _pad(pen: Pen, width: float, height: float) -> None:
    """Sheets under a red head with two rings."""
    half = width / 2
    for low in (0.0, 1.6):
        pen.shape(rect(-half + low / 2, -height + 6, half - low / 2, -low, 1), WHITE, ink_width=0.8)
    pen.shape(rect(-half, -height, half, -height + _HEAD, 2), RED)
    for x in (-half * 0.5, half * 0.5):
        pen.shape(rect(x - 1.5, -height - 4, x + 1.5, -height + 4, 1.4), "#c9c7c8", ink_width=0.6)


def _title(pen: Pen, text: str, width: float, height: float) -> None:
    centre = 0.0, -height + _HEAD / 2 + 1.6
    write(pen, text, centre, width - 12, _HEAD - 9.5, WHITE, RED, cap=9)


def _month(pen: Pen, day: Day, width: float, height: float, *, crossed: bool) -> None:
    """All days of the month; the one that is meant is circled, or crossed out."""
    _title(pen, day.title, width, height)
    step_x, left = (width - 6) / 7, -width / 2 + 3
    weeks = (day.first_column + day.days + 6) // 7
    step_y = (height - _HEAD - 5) / max(5, weeks)
    cap = min(5.2, step_y * 0.52)
    for number in range(1, day.days + 1):
        row, column = divmod(day.first_column + number - 1, 7)
        x = left + step_x * (column + 0.5)
        y = -height + _HEAD + 2.2 + step_y * (row + 0.5)
        meant = number == day.day
        ink = RED if meant or (column == 6 and day.aligned) else "#4c4652"
        write(pen, str(number), (x, y), step_x - 1.8, cap, ink, WHITE, cap=cap)
        if meant and crossed:
            _cross(pen, x, y, step_y * 0.5)
        elif meant:
            _ring(pen, x, y, step_x * 0.56, step_y * 0.56)


def _ring(pen: Pen, x: float, y: float, rx: float, ry: float) -> None:
    """A ring in red felt pen that does not quite close."""
    spots = [(-0.2, -1.05), (0.8, -0.8), (1.05, 0.1), (0.5, 0.98), (-0.6, 0.95), (-1.08, 0.0)]
    spots += [(-0.75, -0.85), (0.1, -1.2)]
    curve = [(x + rx * a, y + ry * b) for a, b in spots]
    pen.ink(path(*curve), 1.5, "#b3261e", taper=0.7)


def _cross(pen: Pen, x: float, y: float, reach: float) -> None:
    for side in (-1, 1):
        ends = [(x - side * reach, y - reach), (x + side * reach, y + reach)]
        pen.ink(ends, 1.4, "#b3261e", taper=0.7)


def _block(pen: Pen, day: Day, width: float, height: float) -> None:
    """One large day; the torn edge of the last one hangs under the head."""
    _title(pen, day.title, width, height)
    top, half = -height + _HEAD, width / 2
    teeth = [(-half + width * i / 9, top + (3.4 if i % 2 else 1.2)) for i in range(10)]
    torn = poly((-half, top - 0.5), (half, top - 0.5), *reversed(teeth))
    pen.shape(torn, mix(WHITE, "#000000", 0.1), ink_width=0.5, shade=0)
    centre = 0.0, (top + 3) / 2 - 0.5
    write(pen, str(day.day), centre, width - 12, -top - 12, INK, WHITE)


KINDS = (
    BoardKind(
        "calendar",
        _calendar,
        _fit,
        ("wall", "table"),
        ("circled", "crossed", "tear off"),
        hangs=118,
        supports={"table": strut},
        lifts={"table": 2.0},
    ),
)
