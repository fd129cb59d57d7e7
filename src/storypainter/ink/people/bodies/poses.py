"""Poses: where hips, hands and feet go, in shares of the body; the skeleton does the rest."""

from __future__ import annotations

from dataclasses import replace

from storypainter.ink.people.bodies.pose_bodies import BODY_POSES
from storypainter.ink.people.bodies.pose_deeds import DEED_POSES
from storypainter.ink.people.bodies.pose_parts import HANG_FAR, HANG_NEAR, Pose, Reach, Step

__all__ = ["POSES", "Pose", "Reach", "Step"]

_STAND = Pose()
_WALK = Pose(
    hips=0.955,
    lean=5,
    near=Reach(0.42, 0.82),
    far=Reach(-0.42, 0.84),
    near_foot=Step(-0.15, 0.0, -28),
    far_foot=Step(0.16, 0.0, 12),
    looks="ahead",
)
_RUN = Pose(
    hips=0.93,
    lean=16,
    near=Reach(0.5, 0.3, shape="fist"),
    far=Reach(-0.3, 0.42, shape="fist"),
    near_foot=Step(-0.27, 0.14, -72),
    far_foot=Step(0.19, 0.0, 14),
    looks="ahead",
)
_SIT = Pose(
    lean=1,
    near=Reach(-0.34, -0.1, "knee", shape="flat", turn=22),
    far=Reach(-0.16, -0.11, "knee", shape="flat", turn=30),
    support="seat",
    far_arm_front=True,
)

POSES: dict[str, Pose] = {
    "stand": _STAND,
    "walk": _WALK,
    "run": _RUN,
    "sit": _SIT,
    "sit ground": Pose(
        lean=-4,
        near=Reach(-0.16, -0.02, "knee", shape="flat", turn=30),
        far=Reach(-0.02, -0.1, "knee", shape="flat", turn=40),
        near_foot=Step(0.27),
        far_foot=Step(0.34),
        support="ground",
        far_arm_front=True,
    ),
    "kneel": Pose(
        lean=5,
        near=Reach(0.08, 0.9),
        far=Reach(-0.1, -0.1, "knee", shape="flat", turn=30),
        far_foot=Step(0.22),
        support="knee",
        far_arm_front=True,
    ),
    "crouch": Pose(
        hips=0.42,
        shift=-0.03,
        lean=26,
        nod=-8,
        near=Reach(0.62, 0.66),
        far=Reach(0.85, 0.5),
        near_foot=Step(-0.08, 0.0, -34),
        far_foot=Step(0.08),
        far_arm_front=True,
        looks="ahead",
    ),
    "point": Pose(near=HANG_NEAR, far=Reach(0.98, 0.12, shape="point"), lean=3),
    "wave": Pose(
        near=Reach(-0.5, -0.62, shape="open", elbow=-1, turn=-84, thumb=-1), far=HANG_FAR, lean=0
    ),
    "hold": Pose(
        near=Reach(0.52, 0.5, shape="grip"),
        far=Reach(0.5, 0.52, shape="grip"),
        far_arm_front=True,
        one_hand_will_do=True,
    ),
    "carry": Pose(
        lean=-4,
        near=Reach(0.5, 0.62, shape="grip", turn=-10),
        far=Reach(0.62, 0.62, shape="grip", turn=-10),
        far_arm_front=True,
        one_hand_will_do=True,
    ),
    "reach up": Pose(
        lean=4, nod=-10, near=HANG_NEAR, far=Reach(0.42, -0.9, shape="open"), hips=0.99
    ),
    "reach down": Pose(
        hips=0.66,
        shift=-0.1,
        lean=62,
        nod=4,
        near=Reach(-0.52, 0.62),
        far=Reach(0.2, -0.3, "ground", shape="open"),
        near_foot=Step(-0.12, 0.0, -22),
        far_foot=Step(0.06),
        watches=True,
        looks="ahead",
    ),
    "lean forward": Pose(
        hips=0.86,
        shift=-0.1,
        lean=46,
        nod=-24,
        near=Reach(-0.28, -0.1, "knee", shape="flat"),
        far=Reach(0.05, -0.1, "knee", shape="flat"),
        near_foot=Step(-0.04),
        far_foot=Step(0.07),
        far_arm_front=True,
        looks="ahead",
    ),
    "tiptoe": Pose(
        hips=1.0,
        lean=3,
        near=Reach(-0.46, 0.76, shape="flat", turn=160, thumb=-1),
        far=Reach(0.52, 0.72, shape="flat", turn=20),
        near_foot=Step(-0.05, 0.0, -60),
        far_foot=Step(0.07, 0.0, -60),
    ),
    "read": Pose(
        near=Reach(0.2, 0.56, shape="grip", turn=-48),
        far=Reach(0.98, 0.5, shape="grip", turn=-112, thumb=-1),
        nod=9,
        far_arm_front=True,
    ),
    "photograph": Pose(
        lean=4,
        near=Reach(0.16, 0.06, "eye", shape="grip", turn=-58, upper=100),
        far=Reach(0.44, 0.06, "eye", shape="grip", turn=-110, thumb=-1, upper=52),
        far_arm_front=True,
        over_face=True,
        looks="ahead",
    ),
    "shush": Pose(
        near=Reach(0.02, -0.01, "mouth", shape="point", turn=-86, upper=108),
        far=HANG_FAR,
        over_face=True,
        looks="ahead",
    ),
    "hand over": Pose(lean=5, near=HANG_NEAR, far=Reach(0.88, 0.4, shape="flat")),
    "push": Pose(
        hips=0.93,
        shift=0.02,
        lean=20,
        nod=-8,
        near=Reach(0.86, 0.3, shape="flat", turn=-40),
        far=Reach(0.9, 0.26, shape="flat", turn=-40),
        near_foot=Step(-0.2, 0.0, -26),
        far_foot=Step(0.08),
    ),
    "pull": Pose(
        hips=0.88,
        shift=-0.05,
        lean=-14,
        near=Reach(0.8, 0.34, shape="fist"),
        far=Reach(0.88, 0.28, shape="fist"),
        near_foot=Step(-0.11),
        far_foot=Step(0.2, 0.0, 10),
        far_arm_front=True,
    ),
    "cover mouth": Pose(
        lean=-3,
        near=Reach(0.05, 0.02, "mouth", shape="cover", turn=-34, upper=112),
        far=Reach(-0.1, 0.55, shape="flat", turn=175, upper=66),
        far_arm_front=True,
        over_face=True,
        looks="ahead",
    ),
    "arms crossed": Pose(
        lean=-3,
        near=Reach(0.55, 0.42, shape="tucked"),
        far=Reach(-0.27, 0.42, shape="flat", turn=168, thumb=-1, upper=62),
        far_arm_front=True,
    ),
    "hands on hips": Pose(
        lean=-2,
        near=Reach(-0.1, -0.06, "hip", shape="fist", turn=60),
        far=Reach(0.1, -0.06, "hip", shape="fist", elbow=-1, turn=120),
        near_foot=Step(-0.075),
        far_foot=Step(0.065),
    ),
    "jump": Pose(
        hips=1.13,
        lean=-3,
        near=Reach(-0.42, -0.78, shape="open", elbow=-1, thumb=-1),
        far=Reach(0.62, -0.72, shape="open", elbow=1),
        near_foot=Step(-0.1, 0.17, -34),
        far_foot=Step(0.12, 0.15, -24),
        support="air",
    ),
}
_LIKE: dict[str, tuple[str, dict[str, object]]] = {
    "sit reading": (
        "sit",
        {"near": POSES["read"].near, "far": POSES["read"].far, "nod": 9.0},
    ),
    "hands up": (
        "stand",
        {
            "near": Reach(-0.46, -0.46, shape="open", elbow=-1, turn=-92, thumb=-1),
            "far": Reach(0.62, -0.46, shape="open", turn=-88),
        },
    ),
    "cheer": (
        "stand",
        {
            "lean": -7.0,
            "nod": -6.0,
            "near": Reach(-0.66, -0.5, shape="fist", elbow=-1, thumb=-1),
            "far": Reach(0.5, -0.86, shape="fist"),
            "near_foot": Step(-0.03, 0.0, -30),
            "far_foot": Step(0.15, 0.13, -24),
        },
    ),
    "think": (
        "stand",
        {
            "near": Reach(0.0, 0.2, "mouth", shape="fist", turn=-60, upper=104),
            "far": Reach(-0.1, 0.55, shape="flat", turn=175, upper=66),
            "far_arm_front": True,
            "looks": "ahead",
            "over_face": True,
        },
    ),
    "salute": (
        "stand",
        {
            "lean": -3.0,
            "near": Reach(-0.25, -0.13, "eye", shape="flat", elbow=-1, turn=-46),
            "near_foot": Step(-0.03),
            "far_foot": Step(0.03),
            "looks": "ahead",
            "over_face": True,
        },
    ),
    "cover eyes": (
        "stand",
        {
            "near": Reach(-0.1, -0.03, "eye", shape="cover", turn=-72, upper=112),
            "far": Reach(0.09, -0.03, "eye", shape="cover", turn=-108, thumb=-1, upper=66),
            "far_arm_front": True,
            "looks": "ahead",
            "over_face": True,
        },
    ),
    "shrug": (
        "stand",
        {
            "near": Reach(-0.52, 0.4, shape="open", turn=195, elbow=-1, thumb=-1),
            "far": Reach(0.66, 0.4, shape="open", turn=-15),
        },
    ),
    "talk": ("stand", {"far": Reach(0.66, 0.36, shape="flat", turn=-30)}),
    "dance": (
        "stand",
        {
            "lean": -5.0,
            "near": Reach(-0.62, -0.3, shape="open", elbow=-1),
            "far": Reach(0.7, -0.36, shape="open"),
            "far_foot": Step(0.17, 0.07, -20),
        },
    ),
    "sneak": (
        "walk",
        {
            "hips": 0.86,
            "lean": 22.0,
            "nod": -10.0,
            "near": Reach(0.56, 0.12, turn=62),
            "far": Reach(0.74, -0.02, turn=62),
            "near_foot": Step(-0.13, 0.0, -46),
            "far_foot": Step(0.17, 0.0, -34),
            "far_arm_front": True,
        },
    ),
    "throw": (
        "walk",
        {
            "lean": -6.0,
            "near": Reach(-0.5, -0.5, shape="grip", elbow=-1),
            "far": Reach(0.8, 0.2),
            "looks": "around",
        },
    ),
    "kick": ("stand", {"lean": -8.0, "far_foot": Step(0.3, 0.14, 30), "near": Reach(-0.5, 0.7)}),
}
POSES.update({name: replace(POSES[base], **changes) for name, (base, changes) in _LIKE.items()})  # type: ignore[arg-type]
POSES.update(BODY_POSES)
POSES.update(DEED_POSES)
