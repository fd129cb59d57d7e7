"""Hair that is tied: buns, tails, braids, puffs."""

from __future__ import annotations

from storypainter.ink.drawing.geometry import Geometry, blob, circle, ellipse
from storypainter.ink.people.faces.hair_base import HairShape, HeadToDress, scalloped


def tied(head: HeadToDress, hairline: str = "swept") -> HairShape:
    """Hair drawn back, the base of buns and tails."""
    shape = HairShape(cap=head.cap(3.6, hairline, 24))
    shape.strands = [
        head.at(
            [(14, -34), (-10, -38), (-34, -30)],
            [(14, -28), (-10, -32), (-36, -26)],
            [(-22, -40), (-12, -20), (-4, -6)],
        ),
        head.at(
            [(-20, -20), (-32, -22), (-40, -22)],
            [(6, -16), (-16, -20), (-40, -18)],
            [(22, -40), (12, -20), (4, -6)],
        ),
        head.at(
            [(-27, 2), (-33, -8), (-40, -16)],
            [(0, 4), (-18, -4), (-40, -10)],
            [(0, 26), (0, 8), (0, -2)],
        ),
    ]
    return shape


def bun(head: HeadToDress) -> HairShape:
    """A bun high at the back."""
    shape = tied(head)
    x, y = head.at([(-33, -50)], [(-44, -40)], [(0, -54)])[0]
    shape.back = [ellipse(x, y, 16, 15)]
    shape.strands.append([(x - 9, y + 2), (x - 2, y - 8), (x + 8, y - 4)])
    return shape


def top_knot(head: HeadToDress) -> HairShape:
    """A small knot on the crown."""
    shape = tied(head, "high")
    x, y = head.at([(-6, -60)], [(-12, -60)], [(0, -58)])[0]
    shape.back = [ellipse(x, y, 12, 11)]
    return shape


def ponytail(head: HeadToDress) -> HairShape:
    """A tail at the back."""
    shape = tied(head)
    tail = head.at(
        [(-38, -36), (-50, -42), (-63, -32), (-69, -6), (-64, 22), (-58, 38), (-54, 18), (-52, -8), (-44, -22)],
        [(-40, -30), (-52, -38), (-66, -28), (-73, -2), (-69, 26), (-62, 44), (-58, 22), (-56, -6), (-46, -18)],
        [(-9, -22), (0, -27), (9, -22), (14, 6), (12, 36), (2, 58), (-8, 38), (-14, 8)],
    )  # fmt: skip
    shape.back = [blob(tail)]
    shape.hangs = True
    x, y = head.at([(-42, -31)], [(-44, -24)], [(0, -20)])[0]
    shape.ties = [ellipse(x, y, 5.0, 6.5, 35)]
    shape.strands.append(
        head.at(
            [(-52, -36), (-61, -14), (-60, 14)],
            [(-54, -32), (-65, -8), (-63, 20)],
            [(-3, -16), (-4, 10), (0, 36)],
        )
    )
    return shape


def pigtails(head: HeadToDress) -> HairShape:
    """Two tails over the ears."""
    shape = tied(head, "middle")
    wide = head.wide

    def tail(x: float, y: float, out: float) -> Geometry:
        return blob(
            [(x, y - 6), (x + out * 9, y - 7), (x + out * 19, y + 6), (x + out * 18, y + 26),
             (x + out * 9, y + 38), (x + out * 4, y + 22), (x - out * 2, y + 6)]
        )  # fmt: skip

    near = head.at([(-37 - wide, 6)], [(-24, 4)], [(-38 - wide, 8)])[0]
    far = head.at([(38 + wide, 4)], [(24, 400)], [(38 + wide, 8)])[0]
    if head.view == "back":
        shape.back = [tail(*near, -1), tail(*far, 1)]
    else:
        shape.front = [tail(*near, -1)]
        shape.back = [tail(*far, 1)] if far[1] < 100 else []
    shape.ties = [ellipse(near[0], near[1], 4.4, 5.6)]
    if far[1] < 100 and head.view == "back":
        shape.ties.append(ellipse(far[0], far[1], 4.4, 5.6))
    return shape


def plait(x: float, y: float, drift: float, count: int = 6, size: float = 1.0) -> list[Geometry]:
    """The beads of a braid that hangs from (x, y), the lowest first."""
    beads = [
        ellipse(
            x + drift * i,
            y + i * 9.6 * size,
            (8.2 - i * 0.45) * size,
            (7.2 - i * 0.25) * size,
            18 if i % 2 else -18,
        )
        for i in range(count)
    ]
    return beads[::-1]


def braids(head: HeadToDress) -> HairShape:
    """Two braids."""
    shape = tied(head, "middle")
    wide = head.wide

    near = head.at([(-35 - wide, 20)], [(-20, 20)], [(-34 - wide, 26)])[0]
    far = head.at([(36 + wide, 22)], [(0, 400)], [(34 + wide, 26)])[0]
    ends = [ellipse(near[0] - 2.5, near[1] + 56, 4.0, 3.2)]
    if head.view == "back":
        shape.back = [*plait(*near, -0.4), *plait(*far, 0.4)]
        ends.append(ellipse(far[0] + 2.5, far[1] + 56, 4.0, 3.2))
    else:
        shape.front = plait(*near, -0.4)
        shape.back = plait(*far, 0.4) if far[1] < 100 else []
    shape.ties = ends
    return shape


def low_bun(head: HeadToDress) -> HairShape:
    """A bun at the nape, the hair parted in the middle."""
    shape = tied(head, "middle")
    x, y = head.at([(-41, 17)], [(-48, 14)], [(0, 22)])[0]
    shape.back = [ellipse(x, y, 14.5, 13)]
    shape.strands.append([(x - 8, y + 2), (x - 2, y - 7), (x + 7, y - 3)])
    return shape


def high_ponytail(head: HeadToDress) -> HairShape:
    """A tail from the crown that falls behind the head."""
    shape = tied(head, "high")
    tail = head.at(
        [(-18, -52), (-24, -66), (-42, -70), (-60, -56), (-68, -28), (-66, 4), (-58, 28), (-54, 4), (-50, -22), (-40, -42), (-28, -46)],
        [(-26, -50), (-32, -64), (-50, -68), (-68, -54), (-76, -26), (-74, 8), (-66, 32), (-60, 6), (-57, -20), (-46, -40), (-34, -44)],
        [(-10, -48), (-8, -62), (0, -67), (8, -62), (10, -48), (15, -14), (13, 22), (3, 50), (-9, 26), (-15, -10)],
    )  # fmt: skip
    shape.hangs = True
    shape.back = [blob(tail)]
    x, y = head.at([(-22, -52)], [(-31, -49)], [(0, -50)])[0]
    shape.ties = [ellipse(x, y, 6.2, 5.2, -30 if head.view != "back" else 0)]
    shape.strands.append(
        head.at(
            [(-32, -60), (-54, -46), (-60, 0)],
            [(-42, -58), (-64, -44), (-68, 4)],
            [(-3, -50), (-4, -6), (1, 34)],
        )
    )
    return shape


def space_buns(head: HeadToDress) -> HairShape:
    """Two buns on top."""
    shape = tied(head, "middle")
    shape.back = [
        ellipse(x, y, 14, 13)
        for x, y in head.at([(-40, -40), (35, -44)], [(-34, -44)], [(-38, -40), (38, -40)])
    ]
    shape.strands += [
        [(x - 8, y + 3), (x - 3, y - 7), (x + 6, y - 6), (x + 7, y + 3)]
        for x, y in head.at([(-40, -40), (35, -44)], [(-34, -44)], [(-38, -40), (38, -40)])
    ]
    return shape


def afro_puffs(head: HeadToDress) -> HairShape:
    """Two round puffs, the hair parted in the middle."""
    shape = tied(head, "middle")
    wide = head.wide
    places = head.at(
        [(-38 - wide, -42), (34 + wide, -46)],
        [(-34, -40)],
        [(-36 - wide, -40), (36 + wide, -40)],
    )
    shape.back = [scalloped(circle(place, 20.0), 4.6) for place in places]
    shape.curls = True
    return shape


def side_braid(head: HeadToDress) -> HairShape:
    """One thick braid over the near shoulder."""
    shape = tied(head, "side")
    x, y = head.at([(-31, 22)], [(-24, 22)], [(-22, 28)])[0]
    drift = 1.8 if head.view != "back" else -1.2
    beads = plait(x, y, drift, 6, 1.12)
    tie = ellipse(x + drift * 5.6, y + 61, 4.6, 3.6)
    if head.view == "back":
        shape.back = beads
    else:
        shape.front = beads
    shape.ties = [tie]
    return shape
