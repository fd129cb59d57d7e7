"""Market stalls: an awning on posts over a counter with goods; the seller stands behind it."""

from __future__ import annotations

import random
from collections.abc import Callable

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import arc, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    BLUE,
    CREAM,
    DARK,
    GREEN,
    PALE_WOOD,
    PINK,
    PURPLE,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Approach,
    Look,
    PropKind,
    Surface,
)
from storypainter.ink.props.town_houses import scallop

_COUNTER = -69.0  # cm: the upper edge of the counter's front
_BACK = -89.0  # cm: how high the goods rise towards the back
_LEAF = "#7f9f62"


def draw_market_stall(pen: Pen, look: Look) -> None:
    """The far side of a stall; all the rest is :func:`draw_market_stall_front`."""
    for x in (-94, 94):
        if x < 0 or look.state != "collapsed":
            pen.shape(rect(x - 3, -130, x + 3, 0), mix(WOOD, DARK, 0.2), ink_width=0.6, shade=0)


def draw_market_stall_front(pen: Pen, look: Look) -> None:
    """A stall with a striped awning; its state says what it sells, or that it has ``collapsed``."""
    hue = look.tint("#c8705c")
    if look.state == "collapsed":
        _collapsed(pen, hue)
        return
    for x in (-104, 104):
        pen.shape(rect(x - 4, -226, x + 4, 0, 0.6), WOOD, ink_width=0.8)
    _counter(pen, look, hue)
    _goods_of(look.state)(pen)
    _scales(pen, 84, _COUNTER - 3)
    _stripes(pen, hue, look)


def _counter(pen: Pen, look: Look, hue: str) -> None:
    top = poly((-106, _COUNTER), (-96, _BACK + 8), (96, _BACK + 8), (106, _COUNTER))
    pen.shape(top, mix(PALE_WOOD, WHITE, 0.1), ink_width=0.8, shade=0)
    cloth = mix(hue, CREAM, 0.72)
    pen.shape(rect(-108, _COUNTER, 108, -6, 1), cloth)
    for k in range(9):
        x = -98 + k * 24.5
        pen.ink(path((x, _COUNTER + 8), (x + 2, -42), (x - 1, -10)), 0.45, mix(cloth, DARK, 0.4))
    pen.shape(rect(-112, _COUNTER - 5, 112, _COUNTER + 5, 1), WOOD, ink_width=0.9)
    if look.text:
        pen.shape(rect(-74, -56, 74, -18, 3), CREAM, ink_width=0.8)
        write(pen, look.text, (0, -37), 134, 28, "#7a3f34", CREAM, locale=look.ground.locale)


def _stripes(pen: Pen, hue: str, look: Look) -> None:
    """The awning: sloping stripes and a scalloped valance."""
    count = 10
    for k in range(count):
        top, low = -104 + k * 20.8, -122 + k * 24.4
        slope = poly((top, -258), (top + 20.8, -258), (low + 24.4, -224), (low, -224))
        flap = join(slope, scallop(low, low + 24.4, -224))
        pen.shape(flap, hue if k % 2 == 0 else CREAM, ink_width=0.7, shade=0.4)
    pen.shape(rect(-107, -263, 107, -256, 2), mix(hue, DARK, 0.25), ink_width=0.8)
    if look.ground.weather == "snow":
        snow = blob(
            (-108, -258), (-60, -272), (0, -275), (64, -272), (108, -258), (40, -250), (-40, -250)
        )
        pen.shape(snow, "#fdfdfd", ink_width=0.6, shade=0.5)


def _scales(pen: Pen, x: float, y: float) -> None:
    """Kitchen scales with a dial at the end of the counter."""
    pen.shape(
        poly((x - 11, y), (x - 7, y - 22), (x + 7, y - 22), (x + 11, y), corner=1.5),
        STEEL,
        ink_width=0.8,
    )
    pen.shape(oval(x, y - 11, 6.6), WHITE, ink_width=0.7, shade=0)
    pen.ink([(x, y - 11), (x + 3, y - 15)], 0.6)
    pen.shape(
        poly((x - 14, y - 28), (x + 14, y - 28), (x + 9, y - 22), (x - 9, y - 22), corner=1),
        "#dfe3e2",
        ink_width=0.8,
    )


def _tray(pen: Pen, left: float, right: float) -> None:
    """A tilted tray of slats that leans on the counter."""
    pen.shape(
        poly(
            (left, _COUNTER - 4),
            (left + 3, _BACK - 6),
            (right - 3, _BACK - 6),
            (right, _COUNTER - 4),
        ),
        mix(PALE_WOOD, DARK, 0.3),
        ink_width=0.8,
        shade=0,
    )


def _tray_front(pen: Pen, left: float, right: float) -> None:
    pen.shape(rect(left - 1, _COUNTER - 13, right + 1, _COUNTER - 4, 0.6), PALE_WOOD, ink_width=0.8)


_Maker = Callable[[Pen, float, float, int], None]


def _heap(pen: Pen, left: float, right: float, size: float, draw: _Maker) -> None:
    """Rows of things in a tray, those at the back first."""
    _tray(pen, left, right)
    rows = 3
    for row in range(rows):
        y = _BACK - 4 + row * (_COUNTER - _BACK - 6) / (rows - 1) * 0.86
        count = max(2, int((right - left) / (size * 1.9)))
        for k in range(count):
            x = left + (k + 0.5 + 0.25 * (row % 2)) * (right - left) / (count + 0.25)
            draw(pen, x, y, row * count + k)
    _tray_front(pen, left, right)


def _round(hues: tuple[str, ...], size: float, leaf: bool = True) -> _Maker:
    def draw(pen: Pen, x: float, y: float, index: int) -> None:
        pen.shape(
            oval(x, y - size * 0.5, size, size * 0.94), hues[index % len(hues)], ink_width=0.7
        )
        if leaf:
            pen.ink([(x, y - size * 1.3), (x + 1.6, y - size * 1.8)], 0.6)

    return draw


def _banana(pen: Pen, x: float, y: float, index: int) -> None:
    for k in (-1, 0, 1):
        curve = path((x - 8, y - 8 + k * 2), (x, y + k * 3), (x + 9, y - 7 + k * 2))
        pen.shape(limb(curve, 1.6, 3.4, 1.4), "#ecca58", ink_width=0.6, shade=0)


def _carrot(pen: Pen, x: float, y: float, index: int) -> None:
    pen.shape(limb([(x - 2, y - 10), (x + 2, y + 4)], 4.4, 1.2), "#e08a45", ink_width=0.7)
    for dx in (-5, -1, 3):
        pen.ink([(x - 2, y - 12), (x - 2 + dx, y - 19)], 0.9, _LEAF)


def _cabbage(pen: Pen, x: float, y: float, index: int) -> None:
    pen.shape(oval(x, y - 5, 11, 10), "#a9c487", ink_width=0.8)
    pen.ink(path((x - 7, y - 2), (x, y - 11), (x + 7, y - 3)), 0.5)
    pen.ink(path((x - 3, y + 2), (x, y - 9), (x + 3, y + 2)), 0.5)


def _fruit(pen: Pen) -> None:
    _heap(pen, -100, -56, 7.4, _round(("#d0503d", "#d9634a", "#c8473d"), 7.4))
    _heap(pen, -52, -14, 7.2, _round(("#e79a45", "#eaa653"), 7.2, leaf=False))
    _heap(pen, -10, 30, 9.6, _banana)
    _heap(pen, 34, 66, 6.8, _round(("#a8c069", "#98b45e"), 6.8))


def _vegetables(pen: Pen) -> None:
    _heap(pen, -100, -58, 11, _cabbage)
    _heap(pen, -54, -16, 6.4, _carrot)
    _heap(pen, -12, 26, 6.8, _round(("#d4523f", "#dd6147"), 6.8))
    _heap(pen, 30, 66, 6.2, _round(("#8a6a94", "#7d5f8a"), 6.6))


def _fishes(pen: Pen) -> None:
    ice = blob(
        (-100, _COUNTER - 4),
        (-96, _BACK - 4),
        (-40, _BACK - 10),
        (20, _BACK - 8),
        (62, _BACK - 3),
        (68, _COUNTER - 4),
    )
    pen.shape(ice, "#e4f0f4", ink_width=0.7, shade=0.6)
    for index, (x, y) in enumerate(
        ((-70, -88), (-20, -89), (30, -87), (-84, -78), (-38, -79), (10, -79), (48, -78))
    ):
        hue = ("#8fa9b5", "#d98f7f", "#9db08f")[index % 3]
        tail = poly((x - 17, y - 7), (x - 10, y), (x - 17, y + 6), corner=0.6)
        pen.shape(
            join(
                tail,
                blob(
                    (x - 13, y),
                    (x, y - 7.4),
                    (x + 14, y - 2),
                    (x + 17, y),
                    (x + 13, y + 3),
                    (x, y + 6.4),
                ),
            ),
            hue,
            ink_width=0.8,
        )
        pen.shape(oval(x + 11, y - 1.4, 1.9), WHITE, ink_width=0.5, shade=0)
        pen.ink(arc(x + 6, y, 3, 5, -80, 80), 0.5)
    for x, y in ((-52, -73), (-4, -72), (30, -73)):
        pen.shape(oval(x, y, 6, 3.6), "#f0d36c", ink_width=0.6, shade=0)


def _cloths(pen: Pen) -> None:
    hues = ("#c8755f", BLUE, YELLOW, PURPLE, GREEN, PINK)
    for k, x in enumerate((-84, -56, -28, 0)):
        for level in range(4):
            y = _COUNTER - 5 - level * 8
            pen.shape(
                rect(x - 13, y - 8, x + 13, y, 2.6),
                hues[(k * 2 + level) % 6],
                ink_width=0.7,
                shade=0.5,
            )
    for k, x in enumerate((26, 40, 54)):
        pen.shape(
            rect(x - 6, -112 + k * 4, x + 6, _COUNTER - 4, 3), hues[(k + 2) % 6], ink_width=0.8
        )
        pen.shape(
            oval(x, -111 + k * 4, 5.6, 2.4),
            mix(hues[(k + 2) % 6], WHITE, 0.4),
            ink_width=0.5,
            shade=0,
        )
    for k, x in enumerate((-92, 88)):
        scarf = blob(
            (x - 8, -206), (x + 8, -206), (x + 9, -160), (x + 7, -138), (x - 6, -140), (x - 9, -170)
        )
        pen.shape(scarf, hues[k * 3], ink_width=0.7)
        for y in (-186, -170, -154):
            pen.ink([(x - 7, y), (x + 8, y)], 0.8, mix(hues[k * 3], WHITE, 0.6))


def _loaves(pen: Pen) -> None:
    _heap(pen, -100, -40, 13, _loaf)
    _heap(pen, -36, 14, 8, _round(("#d3995c", "#dba566"), 8, leaf=False))
    for k in range(5):
        x = 24 + k * 9
        pen.shape(limb([(x, _COUNTER - 6), (x + 3, -112)], 4.6, 4), "#d9a25f", ink_width=0.7)
        for y in (-86, -95, -104):
            pen.ink([(x - 2, y), (x + 4, y - 3)], 0.5)


def _loaf(pen: Pen, x: float, y: float, index: int) -> None:
    pen.shape(oval(x, y - 4, 12, 8), ("#c98f52", "#d9a565")[index % 2], ink_width=0.8)
    for dx in (-5, 0, 5):
        pen.ink([(x + dx - 1.6, y - 1), (x + dx + 2, y - 8)], 0.5)


def _nothing(pen: Pen) -> None:
    for x in (-60, 10):
        pen.ink([(x, _COUNTER - 12), (x + 40, _COUNTER - 12)], 0.5)


def _goods_of(state: str) -> Callable[[Pen], None]:
    kinds: dict[str, Callable[[Pen], None]] = {
        "vegetables": _vegetables,
        "fish": _fishes,
        "cloth": _cloths,
        "bread": _loaves,
        "empty": _nothing,
    }
    return kinds.get(state, _fruit)


def _collapsed(pen: Pen, hue: str) -> None:
    """One end has broken down: counter and awning slope to the ground, the goods roll away."""
    pen.shape(limb([(-104, 0), (-100, -206)], 4, 4), WOOD, ink_width=0.8)
    _broken_leg(pen)
    cloth = mix(hue, CREAM, 0.72)
    pen.shape(poly((-108, -84), (96, -30), (104, -2), (-106, -6), corner=1), cloth)
    for k in range(5):
        x = -92 + k * 26
        pen.ink(path((x, -76 + k * 7), (x + 2, -42), (x - 1, -10)), 0.45, mix(cloth, DARK, 0.4))
    crate = poly((-84, -104), (-46, -94), (-51, -74), (-89, -84))
    pen.shape(crate, mix(PALE_WOOD, DARK, 0.12), ink_width=0.8)
    for x, y, fruit in ((-78, -105, "#d0503d"), (-66, -103, "#e79a45"), (-54, -99, "#d0503d")):
        pen.shape(oval(x, y, 7.2, 6.8), fruit, ink_width=0.7)
    pen.shape(poly((-87, -95), (-49, -85), (-51, -74), (-89, -84)), PALE_WOOD, ink_width=0.8)
    pen.shape(poly((-112, -92), (98, -36), (98, -26), (-112, -80), corner=1), WOOD, ink_width=0.9)
    for x, y, fruit in ((-14, -74, "#e79a45"), (22, -64, "#d0503d"), (62, -53, "#a8c069")):
        pen.shape(oval(x, y, 7.2, 6.8), fruit, ink_width=0.7)
        pen.ink([(x - 13, y - 9), (x - 20, y - 11)], 0.5)
    _sunk_awning(pen, hue)
    rng = random.Random(4)
    for k in range(14):
        left = 40.0 if k % 3 else -110.0
        across, down = left + k * 7.5 + rng.uniform(-4, 4), rng.uniform(-4, 10)
        fruit = ("#d0503d", "#e79a45", "#a8c069")[k // 2 % 3]
        pen.shape(oval(across, down, 7.2, 6.8), fruit, ink_width=0.7)


def _broken_leg(pen: Pen) -> None:
    """The post that gave way: its stump, with splinters, and its upper part on the ground."""
    stump = poly((96, 0), (95, -24), (98, -30), (100, -23), (103, -33), (104, 0))
    pen.shape(stump, WOOD, ink_width=0.8)
    pen.shape(limb([(70, -34), (44, -112)], 4, 4), WOOD, ink_width=0.8)


def _sunk_awning(pen: Pen, hue: str) -> None:
    """The awning hangs from the post that still stands and lies crumpled on the ground."""
    ridge = path((-112, -222), (-50, -184), (0, -138), (50, -96), (92, -52), (128, -22))
    hem = path((-108, -162), (-56, -126), (-8, -92), (34, -58), (74, -24), (112, 4))
    count = 9
    for k in range(count):
        parts = [
            line[int(k / count * (len(line) - 1)) : int((k + 1) / count * (len(line) - 1)) + 1]
            for line in (ridge, hem)
        ]
        upper, lower = parts[0].tolist(), parts[1].tolist()[::-1]
        (ax, ay), (bx, by) = lower[0], lower[-1]
        flap = ((ax + bx) / 2 - 2, (ay + by) / 2 + 11)
        stripe = poly(*upper, lower[0], flap, lower[-1], corner=0.8)
        pen.shape(stripe, hue if k % 2 == 0 else CREAM, ink_width=0.7, shade=0.4)


def draw_flower_stall(pen: Pen, look: Look) -> None:
    """The far side of a flower stall; all the rest is :func:`draw_flower_stall_front`."""
    for x in (-76, 76):
        pen.shape(rect(x - 3, -110, x + 3, 0), mix(WOOD, DARK, 0.2), ink_width=0.6, shade=0)


def draw_flower_stall_front(pen: Pen, look: Look) -> None:
    """Steps with buckets of flowers under a small green awning."""
    hue = look.tint("#7d9a78")
    for x in (-84.0, 84.0):
        pen.shape(rect(x - 3.6, -212, x + 3.6, 0, 0.6), WOOD, ink_width=0.8)
    flowers = ("#d9667a", "#edc65a", WHITE, "#8b7aa8", "#e58f6a", "#c8553d")
    for level, (y, count) in enumerate(((-70, 5), (-38, 5), (-2, 6))):
        wide = 80 + level * 8
        pen.shape(rect(-wide, y - 4, wide, y + 3, 0.6), WOOD, ink_width=0.8)
        for k in range(count):
            x = -wide + (k + 0.5) * 2 * wide / count
            _bucket_of_flowers(pen, x, y - 4, flowers[(k + level * 2) % 6], k + level)
    count = 8
    for k in range(count):
        top, low = -84 + k * 21, -98 + k * 24.5
        slope = poly((top, -240), (top + 21, -240), (low + 24.5, -212), (low, -212))
        pen.shape(
            join(slope, scallop(low, low + 24.5, -212)),
            hue if k % 2 == 0 else CREAM,
            ink_width=0.7,
            shade=0.4,
        )
    pen.shape(rect(-87, -245, 87, -238, 2), mix(hue, DARK, 0.25), ink_width=0.8)
    if look.text:
        pen.shape(rect(-52, -22, 52, 0, 2), CREAM, ink_width=0.8)
        write(pen, look.text, (0, -11), 94, 17, "#4f6a4a", CREAM, locale=look.ground.locale)


def _bucket_of_flowers(pen: Pen, x: float, y: float, hue: str, index: int) -> None:
    for dx in (-9, -3, 4, 10):
        pen.ink([(x + dx * 0.4, y - 16), (x + dx, y - 28)], 1.1, _LEAF)
    pen.shape(
        blob(
            (x - 12, y - 18),
            (x - 10, y - 26),
            (x, y - 24),
            (x + 11, y - 26),
            (x + 12, y - 18),
            (x, y - 14),
        ),
        _LEAF,
        ink_width=0.5,
        shade=0.4,
    )
    for dx, dy in ((-10, -29), (0, -27), (10, -29), (-5, -36), (6, -36)):
        if index % 3 == 1:
            pen.shape(oval(x + dx, y + dy, 4, 6), hue, ink_width=0.6, shade=0.4)
        else:
            pen.shape(oval(x + dx, y + dy, 5.6), hue, ink_width=0.6, shade=0.4)
            pen.fill(oval(x + dx, y + dy, 2), mix(hue, "#7a4a2a", 0.5) if hue != WHITE else YELLOW)
    pail = ("#9fb0b4", "#b7a58a")[index % 2]
    pen.shape(
        poly((x - 11, y - 18), (x + 11, y - 18), (x + 8, y), (x - 8, y), corner=0.8),
        pail,
        ink_width=0.8,
    )


_BEFORE = Approach(-50, 90, (0.015, 0.13), 2.5)

#: Sizes are those of the counters: above them one sees through to the seller, up to the awning.
KINDS = (
    PropKind(
        "market stall", (246, 132), draw_market_stall,
        states=("fruit", "vegetables", "fish", "cloth", "bread", "empty", "collapsed"),
        front=draw_market_stall_front, solid=(220, 106), surface=Surface(73, (84, -84, 10)),
        approach=_BEFORE, pin=(0, -20), sizes={"collapsed": (270, 220)},
    ),
    PropKind(
        "flower stall", (196, 124), draw_flower_stall, front=draw_flower_stall_front,
        solid=(180, 112), approach=_BEFORE, surface=Surface(76, (0,)),
    ),
)  # fmt: skip
