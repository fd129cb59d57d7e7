"""Boards: their kinds, their mounts, and that what they say can be read."""

from __future__ import annotations

import re

import pytest
import shapely

from storypainter.errors import BadInput
from storypainter.ink.boards import clocks, dates, paper, screens, street
from storypainter.ink.boards.kind import LEAST_CAP
from storypainter.ink.boards.kinds import KINDS, MOUNTS, Board
from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style

LONG = "Please do not feed the old parrot: it tells all your secrets"
MODULES = (clocks, dates, paper, screens, street)
BY_WORD = {kind.word: kind for kind in KINDS}
EVERY = [(kind, mount) for kind in KINDS for mount in kind.mounts]
STATES = [(kind, state) for kind in KINDS for state in kind.states]
LETTERED = [kind for kind in KINDS if "clock" not in kind.word and kind.word != "calendar"]


def _board(kind, text="CLOSED", **options):
    if "clock" in kind.word:
        return Board(time=(9, 55), **options)
    if kind.word == "calendar":
        return Board(date="12 May 2026" if text == "CLOSED" else text, **options)
    return Board(text, **options)


def _drawn(kind, board, style="flat", *, mirror=False, scale=2.0):
    canvas = Canvas(1024, 1024, Style(style), 1)
    with canvas.layer("board", 1) as layer:
        kind.draw(canvas.pen(Frame(512, 900, scale, mirror=mirror)), board)
    return layer


def _name(value):
    return getattr(value, "word", value)


def test_every_kind_has_known_mounts_and_its_own_word():
    assert len(BY_WORD) == len(KINDS)
    assert {mount for kind in KINDS for mount in kind.mounts} == set(MOUNTS)
    assert {"sign", "banner", "notice", "poster", "clock", "price board"} <= set(BY_WORD)


@pytest.mark.parametrize(("kind", "mount"), EVERY, ids=_name)
def test_a_board_is_as_large_as_it_says_on_every_mount(kind, mount):
    board = _board(kind, mount=mount)
    width, height = kind.measure(board)
    left, top, right, bottom = _drawn(kind, board).silhouette().bounds
    slack = 12  # cm: the end of a pole over the board, a bell, a knob
    assert (right - left) / 2 <= width + 2 * slack
    assert (900 - top) / 2 <= height + slack
    assert bottom <= 900 + slack
    box = kind.text_box(board)
    assert 0 < box[2] - box[0] <= width + 0.1
    assert box[1] < box[3] <= 0
    assert -box[1] <= height + 0.1


@pytest.mark.parametrize(("kind", "mount"), EVERY, ids=_name)
def test_on_a_wall_and_on_cords_the_foot_is_the_lower_edge_of_the_board(kind, mount):
    board = _board(kind, mount=mount)
    if mount in ("wall", "hanging"):
        assert kind.foot(board) == 0
        assert 50 < kind.hangs < 260
    else:
        assert kind.foot(board) >= 0


@pytest.mark.parametrize(("kind", "state"), STATES, ids=_name)
@pytest.mark.parametrize("style", ["flat", "line", "mono"])
def test_all_states_are_drawn_in_all_styles(kind, state, style):
    layer = _drawn(kind, _board(kind, state=state), style)
    assert layer.silhouette(label="text").area > 0


@pytest.mark.parametrize("kind", KINDS, ids=_name)
@pytest.mark.parametrize("text", ["CLOSED", LONG])
def test_the_letters_stay_on_the_board(kind, text):
    board = _board(kind, text)
    layer = _drawn(kind, board)
    left, top, right, bottom = (2 * edge for edge in kind.text_box(board))
    box = shapely.box(512 + left, 900 + top, 512 + right, 900 + bottom)
    letters = layer.silhouette(label="text")
    assert letters.difference(box.buffer(1)).area < 0.01 * letters.area


@pytest.mark.parametrize("kind", LETTERED, ids=_name)
@pytest.mark.parametrize(
    "text", ["CLOSED", LONG, "Wegen Überschwemmung geschlossen", "A\nB\nC\nD\nE"]
)
def test_letters_are_never_smaller_than_can_be_read(kind, text, monkeypatch):
    caps = []

    def noting(*values, **options):
        caps.append(write(*values, **options))
        return caps[-1]

    for module in MODULES:
        if hasattr(module, "write"):
            monkeypatch.setattr(module, "write", noting)
    for state in kind.states:
        _drawn(kind, Board(text, state=state))
    assert min(caps) >= LEAST_CAP * 0.97


def test_letters_are_not_mirrored_when_the_board_is():
    kind, board = BY_WORD["sign"], Board("BOAR")
    plain, mirrored = (_drawn(kind, board, mirror=mirror).svg[-1] for mirror in (False, True))
    numbers = [[float(n) for n in re.findall(r"-?\d+\.?\d*", svg)[1:]] for svg in (plain, mirrored)]
    assert numbers[0] == pytest.approx(numbers[1], abs=0.2)


def test_a_mount_that_a_kind_does_not_have_is_refused():
    with pytest.raises(BadInput, match='a wall clock has no mount "post"') as error:
        BY_WORD["wall clock"].measure(Board(time=(9, 5), mount="post"))
    assert "wall" in error.value.hint


def test_a_pinned_notice_has_no_post():
    notice = BY_WORD["notice"]
    on_post, pinned = _drawn(notice, Board("A")), _drawn(notice, Board("A", state="pinned"))
    assert on_post.silhouette().bounds[3] > 890
    assert pinned.silhouette().bounds[3] < 800


def test_a_placard_and_a_paper_have_a_grip_at_their_lower_end():
    for word in ("placard", "letter", "note", "poster", "traffic sign"):
        kind = BY_WORD[word]
        board = Board("HELLO", mount="held")
        x, y = kind.grip(board)
        assert x == 0
        assert -kind.measure(board)[1] / 2 < y < 0


def test_the_cords_are_as_long_as_asked():
    kind = BY_WORD["sign"]
    short, long = (_drawn(kind, Board("A", mount="hanging", cord=cord)) for cord in (20, 90))
    heights = [kind.measure(Board("A", mount="hanging", cord=cord))[1] for cord in (20, 90)]
    assert heights[1] - heights[0] == 70
    assert short.svg != long.svg


def test_two_shops_have_two_colours_and_one_shop_always_the_same():
    kind = BY_WORD["shop sign"]
    fills = {
        text: re.search(r'fill="(#\w+)"', _drawn(kind, Board(text)).svg[0])[1]
        for text in ("BAKERY", "BOOKS", "TOYS", "CHEMIST", "BARBER")
    }
    assert len(set(fills.values())) >= 2
    again = re.search(r'fill="(#\w+)"', _drawn(kind, Board("BOOKS")).svg[0])[1]
    assert fills["BOOKS"] == again


def test_a_screen_without_text_shows_its_time():
    kind = BY_WORD["screen"]
    assert _drawn(kind, Board(time=(7, 5))).svg == _drawn(kind, Board("7:05")).svg


def test_a_departures_board_has_a_row_for_every_line():
    kind = BY_WORD["screen"]
    layer = _drawn(kind, Board("9:05 PARIS\n9:40 ROME LATE\n10:15 OSLO", state="departures"))
    rows = [part.geometry.bounds for part in layer.parts if part.label == "text"]
    assert len(rows) == 3
    assert [row[0] for row in rows] == pytest.approx([rows[0][0]] * 3, abs=2)


def test_a_long_line_of_a_departures_board_is_broken():
    kind = BY_WORD["screen"]
    width, height = kind.measure(Board(LONG, state="departures"))
    assert width < 220
    assert height > 50


def test_a_banner_with_much_to_say_is_wider_but_hangs_no_lower_than_heads():
    kind = BY_WORD["banner"]
    assert kind.foot(Board(LONG)) > 185
    assert kind.measure(Board(LONG))[0] < 320
