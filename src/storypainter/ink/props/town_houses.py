"""Fronts of houses and shops along a street: two storeys and a roof, in calm colours and thin ink."""

from __future__ import annotations

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import Form, arc, band, blob, join, oval, path, poly, rect
from storypainter.ink.drawing.palette import luminance, mix
from storypainter.ink.props.prop import DARK, GREEN, WHITE, Approach, Look, PropKind, Surface

_INK = "#5a5262"
_TRIM = "#f3ecdd"
_GLASS = "#b9ced4"
_NIGHT_GLASS = "#5d6a8c"
LIT_GLASS = "#f6d67c"
_BRICK = "#d9a98c"
_ROOF = "#9c6f62"


def _area(pen: Pen, area: Form, fill: str, width: float = 0.6, shade: float = 0.6) -> None:
    """A part of a house: quieter ink than that of people and things."""
    pen.shape(area, fill, ink_width=width, ink_colour=_INK, shade=shade)


def _glass(look: Look, *, lit: bool) -> str:
    if look.ground.dark:
        return LIT_GLASS if lit else _NIGHT_GLASS
    return _GLASS


def _snow_on(pen: Pen, look: Look, left: float, right: float, y: float) -> None:
    """A soft ledge of snow along a sill or a cornice."""
    if look.ground.weather == "snow":
        heap = blob(
            (left - 2, y + 1),
            (left + 2, y - 5),
            ((left + right) / 2, y - 6),
            (right - 2, y - 5),
            (right + 2, y + 1),
        )
        _area(pen, heap, "#fdfdfd", 0.5, 0.4)


def _sash_window(
    pen: Pen, look: Look, x: float, top: float, wide: float, tall: float, *, lit: bool
) -> None:
    """A sash window with its frame, sill and, by day, half-drawn curtains."""
    half = wide / 2
    _area(pen, rect(x - half - 4, top - 4, x + half + 4, top + tall + 2), _TRIM)
    glass = _glass(look, lit=lit)
    _area(pen, rect(x - half, top, x + half, top + tall), glass, 0.5, 0)
    if not look.ground.dark:
        for side in (-1, 1):
            drape = poly(
                (x + side * half, top), (x + side * half * 0.5, top),
                (x + side * half * 0.7, top + tall * 0.6), (x + side * half, top + tall),
            )  # fmt: skip
            pen.fill(drape, mix(_TRIM, glass, 0.25))
    pen.ink([(x, top), (x, top + tall)], 0.9, _INK)
    pen.ink([(x - half, top + tall * 0.46), (x + half, top + tall * 0.46)], 0.9, _INK)
    _area(pen, rect(x - half - 8, top + tall, x + half + 8, top + tall + 6, 1), _TRIM, shade=0.4)
    _snow_on(pen, look, x - half - 8, x + half + 8, top + tall)


def _bricks(pen: Pen, wall: str, spots: tuple[tuple[float, float], ...]) -> None:
    mark = mix(wall, "#5a3f36", 0.32)
    for x, y in spots:
        pen.ink([(x, y), (x + 16, y)], 0.5, mark)
        pen.ink([(x + 7, y + 7), (x + 22, y + 7)], 0.5, mark)


def draw_house_front(pen: Pen, look: Look) -> None:
    """A town house: a door with a step, a window box, two windows above, a tiled roof.

    Its door is closed or ``open``; a text becomes a name plate.
    """
    wall = look.tint(_BRICK)
    _area(pen, rect(36, -392, 58, -330, 1), mix(wall, DARK, 0.2))
    _area(pen, rect(32, -398, 62, -389, 1), mix(wall, DARK, 0.3))
    roof = mix(_ROOF, WHITE, 0.8) if look.ground.weather == "snow" else _ROOF
    _area(pen, poly((-96, -310), (-70, -368), (70, -368), (96, -310), corner=2), roof)
    for y in (-350, -331):
        for k in range(-3, 4):
            pen.ink(arc(k * 22 + (y % 2) * 9, y, 10, 6, 10, 170), 0.5, mix(roof, DARK, 0.35))
    _area(pen, rect(-86, -310, 86, 0), wall)
    _bricks(
        pen,
        wall,
        ((-80, -206), (52, -198), (-4, -206), (-76, -60), (44, -44), (4, -30), (-8, -292)),
    )
    _area(pen, rect(-94, -316, 94, -306, 1), _TRIM)
    _snow_on(pen, look, -94, 94, -316)
    _area(pen, rect(-86, -14, 86, 0), mix(wall, "#8a8178", 0.6), shade=0.3)
    for x, lit in ((-44, False), (44, True)):
        _sash_window(pen, look, x, -292, 42, 66, lit=lit)
    _sash_window(pen, look, 38, -168, 54, 82, lit=True)
    _window_box(pen, look, 38, -80)
    _house_door(pen, look, -44)
    if look.text:
        _area(pen, rect(-20, -204, 60, -178, 1.5), _TRIM, 0.8)
        write(pen, look.text, (20, -191), 72, 20, DARK, _TRIM, locale=look.ground.locale)


def _window_box(pen: Pen, look: Look, x: float, y: float) -> None:
    _area(pen, rect(x - 34, y - 4, x + 34, y + 12, 1.5), "#8f6741")
    leaf = GREEN if not look.ground.season.bare else "#8d8a76"
    for step in range(-3, 4):
        _area(pen, oval(x + step * 9.6, y - 8 - (step % 2) * 3, 7, 6), leaf, 0.45, 0)
    for index, k in enumerate((-3, -1.4, 0.2, 1.8, 3)):
        if look.ground.season.blossom:
            hue = look.ground.season.blossom[index % len(look.ground.season.blossom)]
            _area(pen, oval(x + k * 9.6, y - 13 - (index % 2) * 4, 4), hue, 0.45, 0)


def _house_door(pen: Pen, look: Look, x: float) -> None:
    door = "#5f8a86"
    _area(pen, rect(x - 30, -214, x + 30, -8), _TRIM)
    _area(pen, rect(x - 23, -208, x + 23, -196), _glass(look, lit=True), 0.5, 0)
    if look.state == "open":
        with pen.canvas.lit():
            _area(
                pen,
                rect(x - 23, -192, x + 23, -8),
                "#e6bd78" if look.ground.dark else "#7a6a62",
                0.6,
                0,
            )
        leaf = poly((x - 23, -192), (x - 38, -182), (x - 38, 0), (x - 23, -8))
        _area(pen, leaf, mix(door, DARK, 0.1), 0.8)
    else:
        _area(pen, rect(x - 23, -192, x + 23, -8), door, 0.8)
        for top, tall in ((-182, 68), (-100, 40), (-50, 34)):
            for side in (-1, 1):
                panel = rect(x + side * 11 - 8, top, x + side * 11 + 8, top + tall, 1)
                _area(pen, panel, mix(door, WHITE, 0.14), 0.4, 0)
        _area(pen, rect(x - 9, -110, x + 9, -104, 1), "#d9b45f", 0.5, 0)
        _area(pen, oval(x + 17, -92, 3), "#d9b45f", 0.5, 0)
    _area(pen, rect(x - 38, -9, x + 38, 0, 1), "#cfc8ba", 0.7)


def draw_shop_front(pen: Pen, look: Look) -> None:
    """A shop: a glazed door, a display window under an awning, flats above.

    ``closed`` its shutter is down; ``broken`` its window has a hole with cracks. Without a text
    its board shows no letters.
    """
    trade = look.tint("#7c9a8e")
    wall = mix("#e6d3b8", trade, 0.16)
    _area(pen, rect(-122, -344, 122, 0), wall)
    _bricks(pen, wall, ((-112, -336), (86, -330), (-20, -328), (92, -246), (-116, -244)))
    _area(pen, rect(-128, -352, 128, -340, 1), _TRIM)
    _area(pen, rect(-132, -358, 132, -350, 1), mix(_TRIM, trade, 0.2))
    _snow_on(pen, look, -132, 132, -358)
    for index, x in enumerate((-76, 0, 76)):
        _sash_window(pen, look, x, -324, 42, 62, lit=index == 1)
    _area(pen, rect(-118, -214, 118, 0, 1), mix(trade, DARK, 0.12))
    _area(pen, rect(-112, -24, 46, -3, 1), mix(trade, WHITE, 0.1), 0.5)
    for left in (-106, -32):
        _area(pen, rect(left, -20, left + 68, -7, 1), mix(trade, DARK, 0.06), 0.4, 0)
    _display(pen, look, trade)
    _shop_door(pen, look, trade)
    _fascia(pen, look, trade)
    if look.state != "closed":
        _awning(pen, look, trade)


def _fascia(pen: Pen, look: Look, trade: str) -> None:
    board = mix(trade, DARK, 0.3)
    _area(pen, rect(-122, -250, 122, -208, 1.5), board, 0.8)
    _area(pen, rect(-116, -245, 116, -213, 1), mix(board, WHITE, 0.08), 0.4, 0)
    if look.text:
        write(pen, look.text, (0, -229), 206, 26, "#fdf3d8", board, locale=look.ground.locale)
        return
    for x in (-40, 0, 40):
        _area(pen, oval(x, -229, 5 if x else 8), "#e8cf94", 0.4, 0)
    for side in (-1, 1):
        pen.ink(path((side * 14, -229), (side * 24, -233), (side * 32, -229)), 0.8, "#e8cf94")
        pen.ink(path((side * 48, -229), (side * 76, -233), (side * 102, -228)), 0.8, "#e8cf94")


def _display(pen: Pen, look: Look, trade: str) -> None:
    """The display window with what the shop sells, or its shutter."""
    pane = rect(-108, -178, 42, -28, 1)
    if look.state == "closed":
        _area(pen, pane, "#b9b4b0", 0.8)
        for k in range(12):
            pen.ink([(-107, -168 + k * 12), (41, -168 + k * 12)], 0.6, _INK)
        return
    inside = LIT_GLASS if look.ground.dark else mix(_GLASS, "#7f8f96", 0.2)
    _area(pen, pane, inside, 0.8, 0)
    with pen.clip(pane.buffer(-1)):
        for y in (-96, -46):
            _area(pen, rect(-108, y, 42, y + 4), mix(trade, WHITE, 0.35), 0.45, 0)
        _goods(pen, look, trade)
        if look.state != "broken":
            for x in (-92, -80):
                pen.ink([(x, -60), (x + 34, -150)], 0.8, mix(inside, WHITE, 0.6))
    if look.state == "broken":
        hole = poly(
            (-60, -146),
            (-48, -120),
            (-26, -128),
            (-32, -104),
            (-10, -86),
            (-36, -80),
            (-42, -54),
            (-58, -78),
            (-84, -72),
            (-74, -98),
            (-92, -122),
            (-68, -118),
        )
        pen.shape(hole, "#3f3a48", ink_width=0.7, shade=0)
        for end in ((-104, -164), (-20, -170), (32, -140), (34, -66), (-40, -32), (-104, -50)):
            start = (-50 + (end[0] + 50) * 0.5, -98 + (end[1] + 98) * 0.5)
            pen.ink([start, ((start[0] + end[0]) / 2 + 3, (start[1] + end[1]) / 2), end], 0.7)
    pen.ink([(-33, -178), (-33, -28)], 0.9, _INK)


def _goods(pen: Pen, look: Look, trade: str) -> None:
    """Jars, or in a shop without a name loaves or books, on two shelves."""
    kind = 1 if look.text else round(luminance(trade) * 97) % 3
    for row, y in enumerate((-96, -46)):
        for k in range(6):
            x = -96 + k * 25
            hue = ("#d9a25f", "#c8755f", "#7f9fb0", "#e3c66f", "#93a878")[(k + row * 2) % 5]
            if kind == 0:
                _area(
                    pen,
                    oval(x, y - 7, 11, 7.5),
                    mix("#d9a25f", "#b5743d", 0.25 * (k % 2)),
                    0.45,
                    0.4,
                )
            elif kind == 1:
                _area(pen, rect(x - 7, y - 22, x + 7, y, 2), hue, 0.45, 0.4)
                _area(pen, rect(x - 6, y - 27, x + 6, y - 21, 1), _TRIM, 0.4, 0)
            else:
                for step in range(3):
                    tall = 20 + (k * 5 + step * 7 + row) % 9
                    _area(
                        pen,
                        rect(x - 10 + step * 7, y - tall, x - 4 + step * 7, y),
                        mix(hue, WHITE, 0.2 * step),
                        0.4,
                        0,
                    )


def _shop_door(pen: Pen, look: Look, trade: str) -> None:
    _area(pen, rect(54, -204, 112, 0), mix(trade, WHITE, 0.14), 0.7)
    if look.state == "open":
        _area(
            pen, rect(60, -198, 106, -4), "#6f625c" if not look.ground.dark else "#e9c478", 0.6, 0
        )
        leaf = poly((106, -198), (122, -188), (122, 0), (106, -4))
        _area(pen, leaf, mix(trade, DARK, 0.2), 0.8)
        return
    shut = look.state == "closed"
    glass = _NIGHT_GLASS if look.ground.dark and shut else _glass(look, lit=True)
    _area(pen, rect(66, -190, 100, -62, 1), glass, 0.6, 0)
    _area(pen, rect(66, -52, 100, -12, 1), mix(trade, DARK, 0.08), 0.4, 0)
    _area(pen, rect(100, -104, 104, -84, 1), "#d9b45f", 0.5, 0)
    plate = "#c8553d" if shut else "#f3ecdd"
    _area(pen, rect(73, -146, 93, -130, 1), plate, 0.6, 0)
    pen.ink([(77, -146), (83, -153), (89, -146)], 0.5, _INK)


def _awning(pen: Pen, look: Look, trade: str) -> None:
    """A striped awning over window and door."""
    hues = (mix(trade, "#c8705c", 0.8), "#fbf3e0")
    count = 10
    step = 240 / count
    for k in range(count):
        top, low = -118 + k * 23.6, -126 + k * (step + 1.2)
        stripe = poly((top, -208), (top + 23.6, -208), (low + step + 1.2, -178), (low, -178))
        flap = join(stripe, scallop(low, low + step + 1.2, -178))
        _area(pen, flap, hues[k % 2], 0.55, 0)
    pen.fill(poly((-108, -168), (112, -168), (106, -158), (-104, -158)), "#3a2a5a", 0.14)
    _snow_on(pen, look, -116, 116, -206)


def scallop(left: float, right: float, y: float) -> Form:
    """A scallop of an awning's valance that hangs from ``y``."""
    middle = (left + right) / 2
    return poly(
        (left, y - 1),
        (right, y - 1),
        (right - 1, y + 8),
        (middle, y + 13),
        (left + 1, y + 8),
        corner=1,
    )


def draw_awning(pen: Pen, look: Look) -> None:
    """An awning by itself above a window; ``rolled up`` or torn."""
    hues = (look.tint("#c8755f"), "#fbf3e0")
    if look.state == "rolled up":
        pen.shape(rect(-90, -16, 90, 0, 7), hues[0])
        for k in range(-4, 5):
            pen.ink([(k * 19, -15), (k * 19 + 4, -2)], 0.5)
        return
    for k in range(9):
        top, low = -81 + k * 18, -90 + k * 20
        area = join(
            poly((top, -46), (top + 18, -46), (low + 20, -12), (low, -12)),
            scallop(low, low + 20, -12),
        )
        if look.state == "torn" and k in (5, 6):
            area = area.difference(poly((10, 0), (20, -40), (34, -14), (44, -34), (52, 2)))
        pen.shape(area, hues[k % 2], ink_width=0.7, shade=0.4)
    pen.shape(rect(-83, -52, 83, -44, 2), mix(hues[0], DARK, 0.25), ink_width=0.8)


def draw_doorstep(pen: Pen, look: Look) -> None:
    """Three stone steps with an iron rail, as before a front door."""
    stone = look.tint("#cfc8ba")
    for k in range(3):
        half, low = 62 - k * 14, -k * 16
        pen.shape(rect(-half, low - 16, half, low, 1), mix(stone, WHITE, 0.1 * k), ink_width=0.9)
        pen.ink([(-half + 4, low - 12), (half - 8, low - 12)], 0.4)
    for side in (-1, 1):
        pen.shape(
            band([(side * 58, 0), (side * 58, -70), (side * 36, -112)], 4),
            "#4f5a5c",
            ink_width=0.6,
            shade=0,
        )
        pen.shape(band([(side * 36, -46), (side * 36, -112)], 4), "#4f5a5c", ink_width=0.6, shade=0)


_AT_DOOR = Approach(-40, 70, (0.012, 0.12), 3.5)

KINDS = (
    PropKind(
        "house front", (196, 398), draw_house_front, states=("plain", "open"), far=True,
        solid=(170, 310), weight=0.8, approach=_AT_DOOR,
    ),
    PropKind(
        "shop front", (264, 362), draw_shop_front, states=("plain", "open", "closed", "broken"),
        far=True, solid=(244, 340), weight=0.8, approach=_AT_DOOR,
    ),
    PropKind(
        "awning", (180, 54), draw_awning, states=("plain", "rolled up", "torn"), hangs=190,
    ),
    PropKind(
        "doorstep", (126, 114), draw_doorstep, solid=(120, 48), seats=Surface(32, (0, -24, 24)),
        surface=Surface(48, (0,)),
    ),
)  # fmt: skip
