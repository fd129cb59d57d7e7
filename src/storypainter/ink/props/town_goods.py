"""What is carried to market and home again: boxes, crates, sacks, carts, shopping trolleys."""

from __future__ import annotations

import random

from storypainter.ink.boards.lettering import write
from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import band, blob, join, limb, oval, path, poly, rect
from storypainter.ink.drawing.palette import mix
from storypainter.ink.props.prop import (
    DARK,
    DARK_WOOD,
    GREEN,
    IRON,
    PALE_WOOD,
    WHITE,
    Look,
    PropKind,
    Surface,
)

CARD = "#cfa672"
_TAPE = "#e9d7b0"
JUTE = "#c9b185"


def draw_box(pen: Pen, look: Look) -> None:
    """A cardboard box: ``closed`` with tape and a label, ``open``, or ``squashed``."""
    card = look.tint(CARD)
    dark = mix(card, DARK, 0.2)
    if look.state == "squashed":
        pen.shape(
            poly((-24, -14), (6, -24), (26, -18), (30, -2), (0, 0), (-26, -1), corner=1), card
        )
        pen.shape(
            poly((-24, -14), (6, -24), (26, -18), (2, -10)),
            mix(card, WHITE, 0.2),
            ink_width=0.8,
            shade=0,
        )
        for a, b in (((-12, -11), (-2, -2)), ((8, -12), (4, -3)), ((20, -14), (22, -5))):
            pen.ink([a, b], 0.6)
        return
    if look.state == "open":
        pen.shape(
            poly((-23, -36), (-15, -43), (29, -43), (23, -36)),
            mix(card, DARK, 0.5),
            ink_width=0.8,
            shade=0,
        )
        pen.shape(poly((-15, -43), (29, -43), (34, -54), (-10, -55)), dark, ink_width=0.8, shade=0)
    pen.shape(poly((23, -35), (30, -42), (30, -7), (23, 0)), dark, ink_width=0.9, shade=0)
    pen.shape(rect(-23, -36, 23, 0, 0.6), card)
    if look.state == "open":
        pen.shape(
            poly((-23, -36), (23, -36), (18, -25), (-28, -24)),
            mix(card, WHITE, 0.18),
            ink_width=0.9,
            shade=0,
        )
        pen.shape(
            poly((23, -36), (30, -42), (40, -36), (33, -30)),
            mix(card, WHITE, 0.1),
            ink_width=0.8,
            shade=0,
        )
    else:
        pen.shape(
            poly((-23, -36), (-16, -43), (30, -43), (23, -36)),
            mix(card, WHITE, 0.22),
            ink_width=0.9,
            shade=0,
        )
        pen.shape(poly((-4, -36), (3, -43), (10, -43), (4, -36)), _TAPE, ink_width=0.5, shade=0)
        pen.shape(rect(-4, -36, 4, -22, 0.4), _TAPE, ink_width=0.5, shade=0)
    if look.text:
        write(pen, look.text, (0, -12), 42, 16, "#5a3f2f", card, locale=look.ground.locale)
    elif look.state != "open":
        pen.shape(rect(-19, -15, -3, -4, 0.6), WHITE, ink_width=0.5, shade=0)
        for y in (-11.6, -8.4):
            pen.ink([(-16, y), (-6, y)], 0.5)


def draw_boxes(pen: Pen, look: Look) -> None:
    """A stack of cardboard boxes; ``toppling`` it leans, ``toppled`` they lie about."""
    card = look.tint(CARD)
    sizes = ((60.0, 44.0), (52.0, 38.0), (44.0, 34.0), (34.0, 26.0))
    if look.state == "toppled":
        for x, y, wide, tall, turn in (
            (-52, 0, 52, 38, 0),
            (12, 0, 58, 42, 0),
            (72, 0, 40, 30, 14),
            (-10, -41, 36, 26, -12),
        ):
            _carton(pen, x, y, wide, tall, turn, mix(card, WHITE, 0.1 * (turn != 0)))
        return
    foot, lean = 0.0, 0.0
    for index, (broad, high) in enumerate(sizes):
        shift = (0, 4, -3, 5)[index] + lean
        _carton(
            pen,
            shift,
            foot,
            broad,
            high,
            5.0 * index if look.state == "toppling" else 0,
            mix(card, (WHITE, DARK)[index % 2], 0.07 * index),
        )
        foot -= high
        lean += 10.0 if look.state == "toppling" else 0.0


def _carton(pen: Pen, x: float, y: float, wide: float, tall: float, turn: float, hue: str) -> None:
    """One box whose foot is at (x, y), its far side raised by ``turn``."""
    half = wide / 2
    front = poly(
        (x - half, y),
        (x + half, y + turn * 0.3),
        (x + half + turn * 0.4, y - tall + turn * 0.3),
        (x - half + turn * 0.4, y - tall),
    )
    pen.shape(front, hue)
    middle = x + turn * 0.2
    pen.shape(
        poly(
            (middle - 4, y - tall + turn * 0.15),
            (middle + 5, y - tall + turn * 0.15),
            (middle + 4, y - tall * 0.6),
            (middle - 5, y - tall * 0.6),
        ),
        _TAPE,
        ink_width=0.5,
        shade=0,
    )
    pen.shape(rect(x - half + 4, y - 14, x - half + 16, y - 5), WHITE, ink_width=0.5, shade=0)


def draw_crate(pen: Pen, look: Look) -> None:
    """A crate of slats: ``empty``, with ``fruit``, with ``bottles``, or ``broken``."""
    wood = look.tint(PALE_WOOD)
    pen.shape(
        poly((-32, -34), (-26, -40), (26, -40), (32, -34)),
        mix(wood, DARK, 0.55),
        ink_width=0.8,
        shade=0,
    )
    if look.state == "fruit":
        rng = random.Random(5)
        for row, count in ((0, 5), (1, 4), (2, 2)):
            for k in range(count):
                x = (k - (count - 1) / 2) * 12
                hue = ("#d9563f", "#e0703f", "#c8453d")[rng.randrange(3)]
                pen.shape(oval(x, -38 - row * 8.4, 6.8, 6.4), hue, ink_width=0.7)
                pen.ink([(x, -44 - row * 8.4), (x + 1.4, -47 - row * 8.4)], 0.6)
    if look.state == "bottles":
        for x in (-20, -7, 7, 20):
            pen.shape(
                join(rect(x - 5, -46, x + 5, -30, 2), rect(x - 2, -58, x + 2, -44, 0.6)),
                "#5f8a6a",
                ink_width=0.7,
            )
            pen.shape(rect(x - 2.4, -61, x + 2.4, -57), "#d9b45f", ink_width=0.4, shade=0)
    if look.state == "broken":
        pen.shape(poly((-34, -12), (-4, -16), (-2, -8), (-34, -2)), wood, ink_width=0.8)
        pen.shape(poly((2, -26), (38, -8), (36, 0), (0, -16)), wood, ink_width=0.8)
        pen.shape(poly((-32, -34), (10, -32), (8, -24), (-32, -24)), wood, ink_width=0.8)
    else:
        for y in (-34, -22.6, -11.2):
            pen.shape(rect(-33, y, 33, y + 9.6, 0.6), wood, ink_width=0.8)
            pen.ink([(-20, y + 4), (8, y + 4.6)], 0.35, DARK_WOOD)
    for x in (-30, 30):
        pen.shape(rect(x - 3.4, -36, x + 3.4, 0, 0.6), mix(wood, DARK, 0.12), ink_width=0.8)
    if look.text:
        write(pen, look.text, (0, -17), 48, 10, "#5a3f2f", wood, locale=look.ground.locale)


def draw_sack(pen: Pen, look: Look) -> None:
    """A sack: ``tied`` up, ``open`` with grain in it, or ``torn`` so that it runs out."""
    jute = look.tint(JUTE)
    if look.state == "torn":
        pen.shape(
            blob((6, -6), (26, -9), (48, -4), (58, 2), (30, 6), (2, 4)), "#e9cf8c", ink_width=0.7
        )
        for x, y in ((62, 0), (66, -4), (70, 2), (40, -10)):
            pen.fill(oval(x, y, 1.6), "#d9b45f")
    body = blob(
        (-25, -6),
        (-28, -30),
        (-20, -54),
        (-8, -60),
        (8, -60),
        (21, -54),
        (28, -28),
        (25, -5),
        (0, 1),
    )
    pen.shape(body, jute)
    if look.state == "open":
        pen.shape(oval(0, -59, 19, 7), mix(jute, DARK, 0.3), ink_width=0.8, shade=0)
        pen.shape(
            blob((-16, -58), (-6, -67), (8, -66), (16, -58), (0, -54)), "#e9cf8c", ink_width=0.7
        )
        rim = oval(0, -58, 20, 8).difference(oval(0, -61, 17, 6))
        pen.shape(rim, mix(jute, WHITE, 0.2), ink_width=0.7, shade=0)
    else:
        pen.shape(
            blob((-12, -74), (-3, -70), (2, -76), (12, -72), (8, -60), (-8, -60)),
            jute,
            ink_width=0.9,
        )
        pen.shape(rect(-10, -63, 10, -58, 2), "#9a6f4a", ink_width=0.7, shade=0)
    if look.state == "torn":
        pen.shape(
            blob((10, -22), (20, -18), (22, -4), (12, -3)),
            mix(jute, DARK, 0.5),
            ink_width=0.7,
            shade=0,
        )
    for x, y in ((-16, -18), (-12, -40), (10, -44)):
        pen.ink(path((x, y), (x + 5, y - 3), (x + 10, y)), 0.45)
    if look.text:
        write(pen, look.text, (0, -32), 36, 14, "#6a4f34", jute, locale=look.ground.locale)


def draw_cart(pen: Pen, look: Look) -> None:
    """A handcart on two wheels: ``empty``, ``loaded`` with sacks, or ``tipped over``."""
    wood = look.tint("#b98a58")
    if look.state == "tipped over":
        pen.shape(poly((-60, 0), (-34, -84), (-22, -80), (-44, 2), corner=1), wood)
        pen.shape(
            poly((-22, -80), (30, -54), (26, -44), (-26, -66)), mix(wood, DARK, 0.15), ink_width=0.8
        )
        _cart_wheel(pen, -34, -42)
        for x, hue in ((10, JUTE), (46, "#bfa377")):
            pen.shape(
                blob((x - 22, -2), (x - 20, -24), (x, -31), (x + 20, -22), (x + 23, -2), (x, 2)),
                hue,
            )
            pen.shape(
                poly((x + 18, -20), (x + 30, -26), (x + 28, -12), corner=2), hue, ink_width=0.8
            )
        for x, y in ((76, -5), (88, -6), (82, -14)):
            pen.shape(oval(x, y, 6.4), "#d9563f", ink_width=0.7)
        return
    if look.state == "loaded":
        for x, y, hue in (
            (-38, -60, JUTE),
            (2, -62, "#bfa377"),
            (34, -60, JUTE),
            (-16, -88, "#d3bf96"),
        ):
            sack = blob(
                (x - 20, y + 6),
                (x - 22, y - 16),
                (x - 8, y - 34),
                (x + 8, y - 34),
                (x + 21, y - 16),
                (x + 20, y + 6),
            )
            pen.shape(sack, hue)
            pen.shape(rect(x - 6, y - 37, x + 6, y - 32, 1), "#9a6f4a", ink_width=0.6, shade=0)
    pen.shape(
        limb([(50, -56), (84, -66), (108, -74)], 3.2, 2.8, 2.6), mix(wood, DARK, 0.2), ink_width=0.8
    )
    pen.shape(rect(-64, -66, 62, -44, 1), wood)
    for y in (-59, -52):
        pen.ink([(-62, y), (60, y)], 0.5)
    for x in (-60, -4, 58):
        pen.shape(rect(x - 3, -72, x + 3, -42, 0.6), mix(wood, DARK, 0.14), ink_width=0.7)
    pen.shape(rect(50, -46, 56, -2, 1), mix(wood, DARK, 0.2), ink_width=0.7)
    _cart_wheel(pen, -14, -32)


def _cart_wheel(pen: Pen, x: float, y: float) -> None:
    pen.shape(oval(x, y, 32).difference(oval(x, y, 25)), DARK_WOOD, ink_width=0.9)
    for k in range(5):
        dx, dy = ((25, 0), (17.7, 17.7), (0, 25), (-17.7, 17.7), (12, 22))[k] if k < 4 else (0, 0)
        if dx or dy:
            pen.shape(
                band([(x - dx, y - dy), (x + dx, y + dy)], 3.4), DARK_WOOD, ink_width=0.5, shade=0
            )
    pen.shape(oval(x, y, 6), IRON, ink_width=0.8)


def draw_shopping_trolley_bag(pen: Pen, look: Look) -> None:
    """A shopping bag on two wheels; ``full`` leeks and bread look out."""
    hue = look.tint("#8c6f8f")
    pen.shape(
        limb(path((-12, -12), (-14, -78), (-20, -96), (-30, -98)), 2, 2, 2, 2.6),
        IRON,
        ink_width=0.7,
    )
    if look.state == "full":
        for x, tip in ((-2, -14), (4, 2), (8, 14)):
            pen.shape(
                limb([(x, -66), (x + tip * 0.4, -82), (x + tip, -98)], 3, 2.4, 3.4),
                GREEN,
                ink_width=0.7,
            )
        pen.shape(limb([(-4, -66), (-8, -88)], 5.4, 5), "#d9a25f", ink_width=0.8)
        for y in (-72, -79):
            pen.ink([(-9, y), (-3, y - 3)], 0.6)
    pen.shape(poly((-14, -72), (16, -72), (19, -12), (-15, -12), corner=4), hue)
    if look.state != "full":
        pen.shape(
            poly((-16, -74), (18, -74), (18, -58), (-16, -54), corner=3),
            mix(hue, WHITE, 0.14),
            ink_width=0.9,
        )
    for k in range(3):
        pen.ink([(-13, -46 + k * 13), (17, -46 + k * 13)], 0.7, mix(hue, WHITE, 0.5))
    pen.shape(rect(-5, -36, 12, -18, 2), mix(hue, DARK, 0.12), ink_width=0.6)
    pen.shape(oval(-11, -9, 9), DARK, ink_width=0.9)
    pen.shape(oval(-11, -9, 3.4), WHITE, ink_width=0.5, shade=0)
    pen.shape(rect(12, -12, 17, 0, 1), IRON, ink_width=0.6, shade=0)


KINDS = (
    PropKind("box", (56, 44), draw_box, states=("closed", "open", "squashed"), grips=((0, -20), (22, -20)), carry="two", surface=Surface(40, (0,)), sizes={"open": (80, 56), "squashed": (58, 26)}),
    PropKind("boxes", (68, 142), draw_boxes, states=("stacked", "toppling", "toppled"), grips=((0, -22),), carry="two", surface=Surface(142, (0,)), sizes={"toppled": (190, 70), "toppling": (110, 142)}),
    PropKind("crate", (68, 40), draw_crate, states=("empty", "fruit", "bottles", "broken"), grips=((0, -18),), carry="two", surface=Surface(37, (0,)), seats=Surface(38, (0,)), sizes={"fruit": (68, 60), "bottles": (68, 62)}),
    PropKind("sack", (58, 74), draw_sack, states=("tied", "open", "torn"), grips=((0, -66),), carry="low", surface=Surface(60, (0,)), seats=Surface(48, (0,)), sizes={"torn": (130, 74)}),
    PropKind("cart", (176, 74), draw_cart, states=("empty", "loaded", "tipped over"), grips=((106, -74),), carry="push", surface=Surface(66, (-20, 20)), seats=Surface(66, (0,)), sizes={"loaded": (176, 128), "tipped over": (170, 88)}),
    PropKind("shopping trolley bag", (54, 102), draw_shopping_trolley_bag, states=("plain", "full"), grips=((-30, -98),), carry="push"),
)  # fmt: skip
