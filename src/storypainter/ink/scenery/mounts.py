"""What carries signs that have no wall behind them: cords from the ceiling, a post in the ground."""

from __future__ import annotations

from storypainter.ink.drawing.forms import oval, rect
from storypainter.ink.kits import ON_CORDS, ON_POST, Scenery

_BEFORE_WALL = 0.0155  # of the height: before what stands at the wall, behind everybody
_IN, _CORD, _POST = 0.14, 0.7, 3.2  # of the width: where cords are fixed; cm: how thick they are
_IRON = "#56605f"


def paint_mounts(scenery: Scenery) -> None:
    """Two cords for each sign that hangs from the ceiling, a post for each that nothing holds."""
    canvas, stage = scenery.canvas, scenery.stage
    depth = stage.far_line + _BEFORE_WALL * stage.height - 3.0
    cm = stage.cm(stage.far_line)
    cords, posts = scenery.hung(ON_CORDS), scenery.hung(ON_POST)
    if not cords and not posts:
        return
    with canvas.layer("mounts", depth, kind="scenery", ink_width=0.7):
        for left, top, right, _ in cords:
            for share in (_IN, 1 - _IN):
                x = left + share * (right - left)
                canvas.fill(rect(x - _CORD * cm, -5, x + _CORD * cm, top + 4 * cm), "#3d3842")
                canvas.fill(oval(x, top + 3 * cm, 1.6 * cm), "#3d3842")
        for left, top, right, low in posts:
            x, foot = (left + right) / 2, stage.shape.back[0] * stage.height
            over = 5 * cm if low - top < 40 * cm else 0.0
            canvas.shape(rect(x - _POST * cm, top - over, x + _POST * cm, foot, 2), _IRON)
            canvas.shape(rect(x - 9 * cm, foot - 4 * cm, x + 9 * cm, foot, 2), _IRON)
