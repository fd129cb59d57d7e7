"""The head that cats and kittens share, half turned to the way they face."""

from __future__ import annotations

from storypainter.ink.drawing.canvas import Pen
from storypainter.ink.drawing.forms import join, oval, path, poly
from storypainter.ink.drawing.palette import INK, mix
from storypainter.ink.props.prop import DARK, WHITE

_NOSE, _INNER_EAR, _IRIS = "#c9736f", "#e3aaa2", "#dfe3a8"


def cat_head(pen: Pen, x: float, y: float, fur: str, stripe: str, *, young: bool = False) -> None:
    """A cat's head around (x, y): nose and pupils to the right; a ``young`` one has large eyes."""
    near = poly((x - 9.4, y - 2), (x - 9, y - 14.6), (x - 0.6, y - 7.6), corner=0.6)
    far = poly((x + 2.4, y - 7.6), (x + 7.6, y - 13.8), (x + 9, y - 3.4), corner=0.6)
    pen.shape(far, mix(fur, DARK, 0.12), ink_width=0.9)
    pen.shape(near, fur, ink_width=0.9)
    pen.fill(poly((x - 7.8, y - 5), (x - 7.6, y - 11), (x - 3, y - 7.4)), _INNER_EAR)
    muzzle = oval(x + 6.6, y + 3.2, 5.8, 4.4)
    pen.shape(join(oval(x, y, 10, 8.6), muzzle), fur)
    pen.fill(oval(x + 7, y + 3.8, 4.6, 3.2), mix(fur, WHITE, 0.5))
    for dx in (0.4, 2.8, 5.2):
        pen.ink([(x + dx, y - 8), (x + dx + 0.5, y - 5)], 0.5, stripe)
    size = 2.5 if young else 2.1
    for dx, share in ((0.2, 1.0), (6.9, 0.78)):
        pen.fill(oval(x + dx, y - 1.6, size * share, size), _IRIS)
        pen.fill(oval(x + dx + 0.34 * size * share, y - 1.5, 0.66 * size * share, 0.84 * size), INK)
        pen.fill(oval(x + dx + 0.6 * size * share, y - 2.2, 0.26 * size), WHITE)
    pen.fill(poly((x + 8.6, y + 1.4), (x + 11.4, y + 1.4), (x + 10.2, y + 3)), _NOSE)
    pen.ink(path((x + 10.2, y + 3), (x + 9.4, y + 5), (x + 6.4, y + 5.4)), 0.5)
    for dy in (-0.8, 1.4):
        pen.ink([(x + 9, y + 4 + dy * 0.4), (x + 18, y + 2.6 + dy * 1.7)], 0.3)
        pen.ink([(x + 3, y + 4.4 + dy * 0.4), (x - 5, y + 4 + dy * 1.7)], 0.3)
