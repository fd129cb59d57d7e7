"""What a pose is made of: reaches for the hands, steps for the feet, and what carries the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Anchor = Literal[
    "shoulder", "mouth", "cheek", "eye", "ear", "brow", "hip", "chest", "knee", "foot", "ground"
]
#: What carries the body: both feet, a seat under the hips, the ground under the hips, one or
#: both knees, hands and knees, the back, the belly, a saddle, or nothing.
Support = Literal[
    "feet", "seat", "ground", "knee", "knees", "fours", "back", "belly", "saddle", "air"
]
#: How far a head turns: back over the shoulder, no further than to the viewer (on the move or
#: bent over), or not at all, hanging in front of the chest.
Looks = Literal["around", "ahead", "down"]
#: What a deed shows at the hands: foam on both of them, or strokes of the far one's motion.
Trace = Literal["foam", "swirl"]


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a hand goes: an offset from an anchor of the own body, in arm lengths.

    ``forward`` is the way the body faces, ``down`` towards the ground. ``shape`` names the hand
    (see ``hands.py``), ``elbow`` the side of the bend (+1 back or down, -1 out or up),
    ``turn`` the hand's own direction in degrees (0 forward, 90 down), else along the forearm.
    The anchor ``ground`` lies on the floor below the shoulder; ``knee`` and ``foot`` are the far
    leg's. ``upper`` is the upper arm's direction in degrees, for hands at the own head: elbows
    then stay low and the upper arm is foreshortened, so that the whole forearm shows.
    """

    forward: float
    down: float
    anchor: Anchor = "shoulder"
    shape: str = "relaxed"
    elbow: int = 1
    turn: float | None = None
    thumb: int = 1
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Where a foot goes: ``forward`` of the ground point and ``lift``, in body heights.

    ``toes`` is the foot's angle in degrees, positive with the toes up. For a body on its back
    or belly ``forward`` counts from the hips towards the feet, in leg lengths.
    """

    forward: float
    lift: float = 0.0
    toes: float = 0.0


HANG_NEAR = Reach(-0.14, 0.94)
HANG_FAR = Reach(0.16, 0.94)


@dataclass(frozen=True, slots=True)
class Pose:
    """A pose, for a body that faces right.

    ``hips`` is the height of the hips in leg lengths, ``shift`` moves them forward (in body
    heights), ``lean`` bends the trunk forward and ``nod`` the head, both in degrees.
    ``over_face`` lets arms cross the own face; with ``one_hand_will_do`` a hand that
    holds nothing hangs when the other one holds something. With ``own_hands`` the pose itself
    puts the hands where the things of its deed are held (a phone at the ear); ``gesture`` names
    the hand that makes the pose what it is. ``watches`` turns eyes without another goal to the
    hands; ``looks`` is how far the head turns. ``trace`` is what the deed leaves to be seen at the hands.
    """

    hips: float = 0.992
    shift: float = 0.0
    lean: float = 2.0
    nod: float = 0.0
    near: Reach = HANG_NEAR
    far: Reach = HANG_FAR
    near_foot: Step = Step(-0.05)
    far_foot: Step = Step(0.05)
    support: Support = "feet"
    far_arm_front: bool = False
    over_face: bool = False
    one_hand_will_do: bool = False
    own_hands: bool = False
    gesture: Literal["near", "far", "both"] | None = None
    watches: bool = False
    looks: Looks = "around"
    trace: Trace | None = None
