"""Clocks and calendars: known angles, known days."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.ink.boards.clocks import hand_angles
from storypainter.ink.boards.dates import Day, read_day
from storypainter.ink.boards.kinds import KINDS, Board
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style

BY_WORD = {kind.word: kind for kind in KINDS}
#: (hour, minute), hour hand, minute hand: degrees clockwise from twelve.
TIMES = [
    ((12, 0), 0, 0),
    ((3, 0), 90, 0),
    ((6, 30), 195, 180),
    ((9, 55), 297.5, 330),
    ((0, 1), 0.5, 6),
    ((23, 59), 359.5, 354),
    ((15, 20), 100, 120),
]


@pytest.mark.parametrize(("time", "hour_hand", "minute_hand"), TIMES)
def test_known_angles(time, hour_hand, minute_hand):
    assert hand_angles(*time) == pytest.approx((hour_hand, minute_hand))


@given(st.integers(0, 23), st.integers(0, 59))
def test_the_minute_can_be_read_back_from_both_hands(hour, minute):
    hour_hand, minute_hand = hand_angles(hour, minute)
    assert round(minute_hand / 6) == minute
    assert int(hour_hand // 30) == hour % 12
    assert (hour_hand % 30) * 2 == pytest.approx(minute)


@pytest.mark.parametrize("word", ["clock", "wall clock", "alarm clock"])
@pytest.mark.parametrize(("time", "hour_hand", "minute_hand"), TIMES)
def test_the_drawn_hands_point_there(word, time, hour_hand, minute_hand):
    canvas = Canvas(1024, 1024, Style(), 1)
    with canvas.layer("clock", 1) as layer:
        BY_WORD[word].draw(canvas.pen(Frame(512, 900, 3.0)), Board(time=time))
    hands = [part.geometry for part in layer.parts if part.label == "text"][-3:]
    hub = hands[2].centroid
    found = []
    for hand in hands[:2]:
        x, y = hand.centroid.x - hub.x, hand.centroid.y - hub.y
        found.append(math.degrees(math.atan2(x, -y)) % 360)
    for angle, wanted in zip(found, (hour_hand, minute_hand), strict=True):
        assert abs((angle - wanted + 180) % 360 - 180) < 0.05
    assert hands[0].length < hands[1].length


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 May", Day(5, 12)),
        ("May 12", Day(5, 12)),
        ("12th of May, 2026", Day(5, 12, 2026)),
        ("2026-05-12", Day(5, 12, 2026)),
        ("12.5.2026", Day(5, 12, 2026)),
        ("24.12.", Day(12, 24)),
        ("Friday 13 March", Day(3, 13, None, 4)),
        ("FRI 13 MAR 2026", Day(3, 13, 2026, 4)),
        ("Sept 1st", Day(9, 1)),
        ("5月12日", Day(5, 12, None, None, "5月")),
        ("2026년 5월 12일", Day(5, 12, 2026, None, "5월")),
        ("29 February", Day(2, 29)),
        ("31 May 9:30", Day(5, 31)),
    ],
)
def test_known_days(text, expected):
    assert read_day(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "5/12",
        "31 June",
        "29 February 2027",
        "May",
        "0 May",
        "2026-13-01",
        "marching 4 ever",
    ],
)
def test_what_names_no_day_is_lettered_as_it_is(text):
    assert read_day(text) is None
    if text:
        kind = BY_WORD["calendar"]
        canvas = Canvas(600, 600, Style(), 1)
        with canvas.layer("calendar", 1) as layer:
            kind.draw(canvas.pen(Frame(300, 500, 2.0)), Board(date=text))
        assert len([part for part in layer.parts if part.label == "text"]) == 1


@given(st.dates(min_value=date(1583, 1, 1), max_value=date(2999, 12, 31)))
def test_a_dated_month_begins_on_its_weekday(day):
    for text in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%A} {day:%B} {day.day}"):
        found = read_day(text)
        assert found is not None
        assert (found.month, found.day) == (day.month, day.day)
        assert found.first_column == day.replace(day=1).weekday()


@given(st.text(max_size=30))
def test_any_text_is_a_day_that_exists_or_none(text):
    found = read_day(text)
    assert found is None or (1 <= found.month <= 12 and 1 <= found.day <= found.days)


def test_a_month_sheet_has_all_its_days_and_a_block_only_one():
    kind = BY_WORD["calendar"]

    def texts(board):
        canvas = Canvas(600, 600, Style(), 1)
        with canvas.layer("calendar", 1) as layer:
            kind.draw(canvas.pen(Frame(300, 500, 2.0)), board)
        return len([part for part in layer.parts if part.label == "text"])

    assert texts(Board(date="12 February 2026")) == 1 + 28
    assert texts(Board(date="12 May", state="crossed")) == 1 + 31
    assert texts(Board(date="12 May", mount="table")) == 2
    assert texts(Board("12 May")) == 1 + 31
