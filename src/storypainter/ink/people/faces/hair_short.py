"""Short and close hair."""

from __future__ import annotations

import math

import numpy as np

from storypainter.ink.drawing.geometry import blob, box, fill_creases, polygon, union, without_holes
from storypainter.ink.people.faces.hair_base import HairShape, HeadToDress, sweeps
from storypainter.ink.people.faces.hair_tied import plait


def short(head: HeadToDress) -> HairShape:
    """Short hair with a swept quiff."""
    cap = head.cap(5.0, "side", 26)
    quiff = head.at(
        [(-20, -50), (0, -58), (22, -57), (38, -46), (40, -30), (34, -24), (22, -34), (2, -36)],
        [(-16, -52), (4, -58), (26, -55), (41, -44), (43, -32), (34, -26), (18, -34), (0, -38)],
        [(-30, -48), (-10, -57), (12, -57), (30, -48), (18, -36), (-18, -36)],
    )
    shape = HairShape(cap=union([cap, blob(quiff)]), strands=sweeps(head))
    shape.strands.append(
        head.at([(34, -46), (24, -40), (10, -38)], [(36, -44), (26, -40), (14, -38)], [])
    )
    return shape


def messy(head: HeadToDress) -> HairShape:
    """Short hair that stands on end."""
    cap = head.cap(5.0, "side", 26)
    spikes = []
    for index, angle in enumerate(np.linspace(-196, 12, 9)):
        turn = math.radians(angle)
        tip = 61 + (5 if index % 2 else -1)
        centre = (-2.0, -4.0)
        spread = math.radians(17)
        ends = [(turn - spread, 45.0), (turn + math.radians(9), tip), (turn + spread, 45.0)]
        spikes.append(
            polygon(
                [(centre[0] + r * math.cos(a) * 0.88, centre[1] + r * math.sin(a)) for a, r in ends]
            )
        )
    keep = box(-90, -90, 90, 10)
    whole = union([cap, *(spike.intersection(keep) for spike in spikes)])
    if head.view != "back":
        teeth = head.at(
            [
                (-23, -10),
                (-12, -13),
                (-4, -20),
                (7, -15),
                (15, -22),
                (25, -17),
                (32, -21),
                (37, -19),
            ],
            [(4, -8), (13, -12), (18, -20), (28, -15), (36, -22)],
            [],
        )
        top = [(x, y + head.down) for x, y in teeth]
        whole = union([whole, polygon([*top, (36, -34 + head.down), (-22, -30)])])
    skull = head.skull.buffer(14)
    return HairShape(cap=without_holes(whole.intersection(skull)), strands=sweeps(head, 2))


def crew(head: HeadToDress) -> HairShape:
    """Hair cropped close."""
    return HairShape(cap=head.cap(1.8, "high", 22), short=True)


def bald(head: HeadToDress) -> HairShape:
    """No hair; elders keep a ring above the ears."""
    return ring_of_hair(head) if head.shape.ear >= 1.1 else HairShape()


def ring_of_hair(head: HeadToDress) -> HairShape:
    """A bald crown above a ring of hair."""
    ring = head.cap(2.6, "high", 24)
    low = head.at(
        [(-60, -14), (-20, -6), (10, -60), (-60, -60)],
        [(-60, -14), (0, -8), (30, -20), (30, -70), (-60, -70)],
        [(-60, -10), (0, 2), (60, -10), (60, -80), (-60, -80)],
    )
    above = polygon([*low[:2], *low[2:]])
    left = ring.difference(above).intersection(
        box(-60, -30, -24 if head.view == "three-quarter" else 90, 60)
    )
    return HairShape(cap=left.buffer(-2.0).buffer(4.0).buffer(-2.0), short=True)


def side_parting(head: HeadToDress) -> HairShape:
    """Smooth hair combed over from a parting."""
    cap = head.cap(4.2, "side", 24)
    sweep = head.at(
        [(-16, -46), (2, -56), (24, -53), (38, -42), (41, -24), (37, -15), (32, -27), (14, -35), (-10, -26)],
        [(-10, -48), (6, -55), (28, -52), (42, -40), (43, -28), (34, -25), (18, -32), (2, -34)],
        [(-34, -44), (-14, -56), (12, -56), (32, -44), (18, -36), (-18, -36)],
    )  # fmt: skip
    shape = HairShape(cap=fill_creases(union([cap, blob(sweep)]), 2.0))
    shape.strands = [
        head.at([(-20, -16), (-16, -36), (-20, -52)], [(8, -16), (0, -36), (-10, -52)], [(-12, -54), (-10, -40), (-14, -22)]),
        head.at([(-12, -46), (12, -48), (34, -32)], [(0, -48), (20, -46), (36, -34)], [(-4, -48), (12, -26), (20, 4)]),
        head.at([(-14, -36), (8, -40), (26, -32)], [(4, -40), (18, -40), (30, -32)], [(-18, -44), (-26, -24), (-28, 4)]),
        head.at([(-26, -44), (-36, -26), (-38, -4)], [(-14, -46), (-30, -28), (-36, -2)], []),
    ]  # fmt: skip
    return shape


def pixie(head: HeadToDress) -> HairShape:
    """Short hair with a long fringe, pointed before the ears."""
    cap = head.cap(4.6, "pixie", 24)
    tuft = head.at(
        [(-31, 0), (-22, -6), (-21, 10), (-25, 22), (-31, 14)],
        [(-8, 0), (6, -4), (6, 12), (2, 22), (-5, 12)],
        [],
    )
    if tuft:
        cap = fill_creases(union([cap, blob(tuft)]), 1.2)
    shape = HairShape(cap=cap)
    shape.strands = [
        head.at([(-14, -46), (8, -40), (33, -29)], [(-6, -46), (18, -40), (38, -29)], [(-4, -48), (-18, -24), (-24, 6)]),
        head.at([(-22, -38), (-8, -28), (10, -25)], [(-12, -36), (6, -26), (24, -24)], [(4, -48), (16, -24), (22, 6)]),
        head.at([(-26, -40), (-36, -22), (-38, 2)], [(-16, -44), (-32, -26), (-38, 2)], [(0, -48), (1, -20), (0, 14)]),
    ]  # fmt: skip
    return shape


def slicked_back(head: HeadToDress) -> HairShape:
    """Hair combed straight back."""
    shape = HairShape(cap=head.cap(3.4, "high", 30))
    shape.strands = [
        head.at([(30, -42), (4, -50), (-28, -40)], [(30, -42), (2, -46), (-32, -34)], [(-20, -44), (-22, -10), (-16, 20)]),
        head.at([(18, -36), (-8, -42), (-36, -24)], [(18, -36), (-8, -38), (-40, -18)], [(20, -44), (22, -10), (16, 20)]),
        head.at([(0, -35), (-20, -34), (-40, -8)], [(8, -28), (-14, -28), (-42, -2)], [(0, -48), (1, -10), (0, 24)]),
        head.at([(-16, -30), (-30, -20), (-39, 8)], [(2, -14), (-16, -14), (-38, 10)], []),
    ]  # fmt: skip
    return shape


def receding(head: HeadToDress) -> HairShape:
    """Thin hair that leaves the temples bare."""
    shape = HairShape(cap=head.cap(2.4, "receding", 24), short=True)
    shape.strands = sweeps(head, 2)
    return shape


def mohawk(head: HeadToDress) -> HairShape:
    """A crest from brow to nape between shaved sides."""
    crest = head.at(
        [(24, -36), (30, -52), (24, -62), (16, -58), (8, -70), (-2, -63), (-14, -71), (-22, -61), (-36, -60), (-38, -48),
         (-50, -38), (-46, -28), (-54, -12), (-42, -14), (-34, -30), (-16, -42), (4, -42)],
        [(34, -34), (42, -50), (32, -58), (24, -56), (14, -70), (4, -63), (-8, -72), (-18, -62), (-32, -64), (-38, -52),
         (-54, -44), (-52, -30), (-62, -14), (-54, -4), (-58, 12), (-44, 10), (-42, -14), (-28, -38), (-4, -46), (16, -44)],
        [(-10, 22), (-12, -20), (-11, -50), (-7, -68), (0, -72), (7, -68), (11, -50), (12, -20), (10, 22), (0, 28)],
    )  # fmt: skip
    shape = HairShape(cap=blob(crest), shaved=head.cap(-1.6, "high", 22), short=True)
    shape.strands = [
        head.at([(14, -42), (14, -52), (18, -58)], [(22, -42), (22, -50), (26, -54)], [(0, -66), (-2, -30), (0, 14)]),
        head.at([(-4, -44), (-8, -54), (-8, -64)], [(0, -46), (-2, -56), (-4, -66)], []),
        head.at([(-22, -40), (-28, -48), (-30, -56)], [(-24, -42), (-30, -48), (-32, -58)], []),
    ]  # fmt: skip
    return shape


def undercut(head: HeadToDress) -> HairShape:
    """Long on top and swept over, the sides shaved."""
    top = head.at(
        [(-44, -22), (-40, -40), (-22, -54), (4, -61), (28, -57), (42, -44), (44, -26), (39, -14), (34, -26), (14, -34),
         (-8, -30), (-22, -24), (-34, -18)],
        [(-50, -18), (-48, -36), (-30, -54), (-4, -60), (26, -58), (44, -46), (47, -32), (38, -24), (18, -32), (-4, -30),
         (-24, -20), (-40, -10)],
        [(-42, -22), (-36, -44), (-16, -58), (12, -59), (36, -44), (42, -22), (24, -16), (0, -12), (-24, -16)],
    )  # fmt: skip
    shape = HairShape(cap=blob(top), shaved=head.cap(-1.6, "high", 24))
    shape.strands = [
        head.at([(-34, -28), (-6, -46), (34, -38)], [(-38, -26), (-6, -44), (36, -38)], [(-30, -22), (-16, -42), (6, -52)]),
        head.at([(-24, -40), (4, -54), (36, -44)], [(-28, -42), (2, -54), (36, -46)], [(-8, -18), (2, -36), (22, -46)]),
        head.at([(-14, -32), (8, -40), (30, -32)], [(-10, -34), (12, -38), (32, -32)], [(14, -18), (24, -30), (34, -34)]),
    ]  # fmt: skip
    return shape


def cornrows(head: HeadToDress) -> HairShape:
    """Rows braided close to the head, their ends hanging at the nape."""
    shape = HairShape(cap=head.cap(1.8, "high", 26))
    shape.strands = [
        head.at([(34, -36), (14, -48), (-20, -44)], [(36, -40), (6, -48), (-34, -38)], [(-24, -40), (-22, -8), (-12, 24)]),
        head.at([(22, -38), (-4, -44), (-36, -26)], [(26, -38), (-4, -42), (-42, -26)], [(-12, -46), (-11, -8), (-6, 26)]),
        head.at([(8, -34), (-16, -36), (-41, -8)], [(16, -33), (-12, -33), (-44, -12)], [(0, -48), (0, -8), (0, 28)]),
        head.at([(-6, -33), (-24, -28), (-41, 8)], [(6, -26), (-14, -23), (-43, 2)], [(12, -46), (11, -8), (6, 26)]),
        head.at([(-18, -28), (-29, -18), (-36, 16)], [(1, -12), (-16, -11), (-36, 12)], [(24, -40), (22, -8), (12, 24)]),
    ]  # fmt: skip
    ends = head.at(
        [(-40, 22), (-33, 28)],
        [(-40, 22), (-30, 28), (-20, 32)],
        [(-22, 28), (-8, 32), (8, 32), (22, 28)],
    )
    shape.back = [bead for x, y in ends for bead in plait(x, y, -0.3, 4, 0.62)]
    return shape
