"""Mental states as numbers: what lids, brows, mouth and head do in each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Pair = tuple[float, float]
MouthKind = Literal["line", "open", "o", "grit", "wavy", "smirk", "snarl", "yuck", "tongue"]
ClosedEyes = Literal["smile", "rest", "squeeze"]


@dataclass(frozen=True, slots=True)
class Expression:
    """One mental state. Pairs are (near eye, far eye).

    Args:
        upper: how far the upper lids come down (0 open, 1 shut); ``lower`` the lower lids up.
        slant: upper lids' tilt; positive lowers the outer corner (sad), negative the inner.
        pupil: pupil size, 1 as usual; ``eye`` size of the eye.
        gaze: pupils' direction when nothing else is looked at; x forward, y down, -1 to 1.
        closed: closed eyes of a kind, or ``None``.
        brow: brows' height in head units; ``brow_tilt`` positive raises the inner ends;
            ``brow_arch`` how curved they are.
        mouth: its kind; ``wide`` half-width and ``open`` opening (0 to 1); ``corners`` up (1)
            or down (-1); ``skew`` raises the far corner; ``jaw`` drops the chin.
        blush: 0 to 2. ``tears``: 0 none, 1 a drop, 2 streams. ``sweat``: drops at the temple.
        tint: a colour mixed into the skin, and how much of it.
        tilt: head's turn in degrees (forward is positive); ``pitch`` looks up (1) or down (-1).
        furrow: lines between the brows; ``forehead`` lines above; ``bags`` below the eyes.
    """

    upper: Pair = (0.12, 0.12)
    lower: Pair = (0.0, 0.0)
    slant: float = 0.0
    pupil: float = 1.0
    eye: float = 1.0
    gaze: Pair | None = None
    closed: ClosedEyes | None = None
    brow: Pair = (1.0, 1.0)
    brow_tilt: Pair = (0.0, 0.0)
    brow_arch: float = 0.6
    mouth: MouthKind = "line"
    wide: float = 10.5
    open: float = 0.0
    corners: float = 0.35
    skew: float = 0.0
    teeth: bool = False
    jaw: float = 0.0
    blush: float = 0.0
    tears: int = 0
    sweat: int = 0
    tint: tuple[str, float] | None = None
    tilt: float = 0.0
    pitch: float = 0.0
    furrow: bool = False
    forehead: bool = False
    nose_wrinkle: bool = False
    bags: bool = False


def _both(value: float) -> Pair:
    return value, value


_SAD = Expression(
    upper=_both(0.3),
    slant=0.55,
    pupil=1.08,
    gaze=(0.15, 0.6),
    brow=_both(2.0),
    brow_tilt=_both(1.3),
    brow_arch=-0.2,
    wide=10.0,
    corners=-0.95,
    tilt=9,
    pitch=-0.7,
)
_ANGRY = Expression(
    upper=_both(0.28),
    slant=-0.8,
    pupil=0.92,
    brow=_both(-4.0),
    brow_tilt=_both(-1.25),
    brow_arch=0.1,
    wide=11.0,
    corners=-0.8,
    furrow=True,
    tint=("#d9503c", 0.1),
    tilt=5,
)

EXPRESSIONS: dict[str, Expression] = {
    "neutral": Expression(),
    "happy": Expression(
        upper=_both(0.05),
        lower=_both(0.1),
        pupil=1.1,
        brow=_both(3.5),
        brow_arch=0.8,
        mouth="open",
        wide=13.5,
        open=0.42,
        corners=1.0,
        teeth=True,
        blush=0.5,
    ),
    "amused": Expression(
        upper=_both(0.3),
        lower=_both(0.24),
        pupil=1.05,
        brow=(3.0, 5.0),
        brow_arch=0.9,
        mouth="line",
        wide=13.5,
        corners=1.05,
        skew=1.2,
        blush=0.5,
        tilt=-5,
    ),
    "laughing": Expression(
        closed="smile",
        brow=_both(4.0),
        brow_arch=0.9,
        mouth="open",
        wide=15.0,
        open=0.95,
        corners=0.95,
        teeth=True,
        jaw=4,
        blush=0.6,
        tilt=-10,
        pitch=0.4,
    ),
    "proud": Expression(
        closed="rest",
        brow=_both(5.5),
        brow_arch=0.9,
        wide=13.0,
        corners=0.95,
        skew=1.2,
        blush=0.35,
        tilt=-13,
        pitch=0.8,
    ),
    "relieved": Expression(
        closed="rest",
        brow=_both(3.0),
        brow_tilt=_both(0.75),
        brow_arch=0.4,
        mouth="open",
        wide=9.0,
        open=0.24,
        corners=0.6,
        sweat=1,
        tilt=3,
    ),
    "loving": Expression(
        upper=_both(0.2),
        lower=_both(0.08),
        pupil=1.28,
        brow=_both(4.0),
        brow_tilt=_both(0.6),
        brow_arch=0.9,
        wide=11.5,
        corners=0.9,
        blush=1.0,
        tilt=8,
    ),
    "excited": Expression(
        upper=_both(0.0),
        pupil=1.22,
        eye=1.12,
        brow=_both(7.5),
        brow_arch=1.0,
        mouth="open",
        wide=15.5,
        open=1.0,
        corners=0.9,
        teeth=True,
        jaw=4.5,
        blush=0.6,
    ),
    "curious": Expression(
        upper=_both(0.04),
        pupil=1.1,
        eye=1.05,
        gaze=(0.8, -0.3),
        brow=(2.0, 7.5),
        brow_arch=0.85,
        wide=6.5,
        corners=0.5,
        tilt=12,
    ),
    "surprised": Expression(
        upper=_both(0.0),
        pupil=0.92,
        eye=1.15,
        brow=_both(8.5),
        brow_arch=1.1,
        mouth="o",
        wide=5.2,
        open=0.55,
        jaw=4,
        forehead=True,
    ),
    "shocked": Expression(
        upper=_both(0.0),
        pupil=0.58,
        eye=1.32,
        brow=_both(11.0),
        brow_tilt=_both(0.3),
        brow_arch=0.95,
        mouth="o",
        wide=8.2,
        open=1.2,
        jaw=9,
        tint=("#ffffff", 0.15),
        tilt=-7,
        forehead=True,
    ),
    "afraid": Expression(
        upper=_both(0.0),
        pupil=0.62,
        eye=1.2,
        brow=_both(6.0),
        brow_tilt=_both(1.3),
        brow_arch=-0.2,
        mouth="grit",
        wide=11.5,
        open=0.52,
        corners=-0.55,
        sweat=2,
        tint=("#b9d2dd", 0.16),
        tilt=-8,
        forehead=True,
    ),
    "anxious": Expression(
        upper=_both(0.05),
        pupil=0.76,
        eye=1.06,
        brow=_both(4.5),
        brow_tilt=_both(1.4),
        brow_arch=-0.2,
        mouth="wavy",
        wide=11.0,
        sweat=1,
        tilt=-2,
        forehead=True,
    ),
    "sad": _SAD,
    "crying": Expression(
        closed="squeeze",
        brow=_both(1.0),
        brow_tilt=_both(1.3),
        brow_arch=-0.3,
        mouth="open",
        wide=11.5,
        open=0.8,
        corners=-0.9,
        jaw=4,
        tears=2,
        blush=0.6,
        tilt=4,
    ),
    "disappointed": Expression(
        upper=_both(0.46),
        slant=0.35,
        gaze=(-0.2, 0.8),
        brow=_both(-0.5),
        brow_tilt=_both(0.75),
        brow_arch=0.1,
        wide=8.5,
        corners=-0.6,
        skew=-1.0,
        tilt=13,
        pitch=-1.0,
    ),
    "embarrassed": Expression(
        upper=_both(0.32),
        slant=0.25,
        pupil=0.92,
        gaze=(-0.7, 0.75),
        brow=_both(4.5),
        brow_tilt=_both(1.2),
        brow_arch=0.1,
        mouth="wavy",
        wide=10.0,
        corners=0.5,
        blush=2.0,
        sweat=1,
        tilt=11,
        pitch=-0.6,
    ),
    "guilty": Expression(
        upper=_both(0.14),
        pupil=0.88,
        gaze=(0.8, -0.7),
        brow=_both(4.0),
        brow_tilt=_both(1.35),
        brow_arch=-0.3,
        mouth="grit",
        wide=9.0,
        open=0.36,
        corners=-0.1,
        skew=-0.8,
        sweat=1,
        tilt=11,
        pitch=-1.0,
    ),
    "angry": _ANGRY,
    "furious": replace(
        _ANGRY,
        upper=_both(0.22),
        slant=-0.9,
        pupil=0.66,
        eye=1.08,
        brow=_both(-4.5),
        brow_tilt=_both(-1.55),
        mouth="snarl",
        wide=14.0,
        open=0.95,
        corners=-0.55,
        teeth=True,
        jaw=5,
        tint=("#dd4a33", 0.24),
        nose_wrinkle=True,
        tilt=7,
    ),
    "disgusted": Expression(
        upper=(0.42, 0.5),
        lower=_both(0.34),
        slant=-0.2,
        gaze=(0.5, 0.4),
        brow=(-3.0, 0.0),
        brow_tilt=(-0.9, -0.3),
        brow_arch=0.1,
        mouth="yuck",
        wide=10.0,
        open=0.5,
        corners=-0.7,
        skew=2.0,
        nose_wrinkle=True,
        tint=("#a3b95e", 0.14),
        tilt=-10,
    ),
    "disapproving": Expression(
        upper=(0.48, 0.28),
        lower=_both(0.1),
        brow=(-4.5, 7.0),
        brow_tilt=(-0.7, 0.0),
        brow_arch=0.5,
        wide=9.5,
        corners=-0.8,
        skew=1.0,
        tilt=-7,
        pitch=0.3,
    ),
    "bored": Expression(
        upper=_both(0.55),
        gaze=(-0.7, -0.4),
        brow=_both(-0.5),
        brow_arch=0.05,
        wide=9.0,
        corners=-0.15,
        skew=-1.8,
        tilt=12,
    ),
    "tired": Expression(
        upper=(0.52, 0.6),
        slant=0.3,
        gaze=(0.0, 0.55),
        brow=_both(2.5),
        brow_tilt=_both(0.9),
        brow_arch=0.2,
        mouth="open",
        wide=6.5,
        open=0.3,
        corners=-0.6,
        bags=True,
        tilt=12,
        pitch=-0.6,
    ),
    "asleep": Expression(
        closed="rest",
        brow=_both(1.0),
        brow_arch=0.5,
        mouth="o",
        wide=3.2,
        open=0.26,
        tilt=17,
        pitch=-0.9,
    ),
    "daydreaming": Expression(
        upper=_both(0.3),
        pupil=1.08,
        gaze=(0.5, -0.9),
        brow=_both(4.5),
        brow_tilt=_both(0.25),
        brow_arch=0.9,
        wide=8.5,
        corners=0.65,
        blush=0.35,
        tilt=-11,
        pitch=0.6,
    ),
    "in pain": Expression(
        closed="squeeze",
        brow=_both(-3.0),
        brow_tilt=_both(-0.9),
        brow_arch=-0.2,
        mouth="grit",
        wide=12.0,
        open=0.55,
        corners=-0.4,
        tears=1,
        furrow=True,
        nose_wrinkle=True,
        tilt=-7,
    ),
    "concentrating": Expression(
        upper=_both(0.36),
        slant=-0.25,
        gaze=(0.4, 0.9),
        brow=_both(-3.0),
        brow_tilt=_both(-0.6),
        brow_arch=0.2,
        mouth="tongue",
        wide=8.0,
        corners=0.1,
        skew=0.5,
        furrow=True,
        tilt=12,
        pitch=-0.9,
    ),
    "sly": Expression(
        upper=_both(0.44),
        lower=_both(0.18),
        slant=-0.35,
        gaze=(0.9, 0.0),
        brow=(-2.5, 4.5),
        brow_tilt=(-0.7, -0.2),
        brow_arch=0.6,
        mouth="smirk",
        wide=13.5,
        corners=0.6,
        skew=2.8,
        tilt=8,
        pitch=-0.4,
    ),
    "confused": Expression(
        upper=(0.06, 0.34),
        pupil=0.9,
        gaze=(0.2, -0.5),
        brow=(7.0, -2.5),
        brow_tilt=(0.4, -0.5),
        brow_arch=0.5,
        mouth="wavy",
        wide=8.5,
        skew=1.4,
        tilt=12,
    ),
}
_CALM = Expression(upper=_both(0.18), wide=10.0, corners=0.5, brow_arch=0.7, brow=_both(1.5))
EXPRESSIONS.update(
    {
        "content": _CALM,
        "smiling": replace(_CALM, wide=12.5, corners=0.9, blush=0.4, brow=_both(3.0)),
        "worried": EXPRESSIONS["anxious"],
        "scared": EXPRESSIONS["afraid"],
        "determined": replace(_ANGRY, tint=None, corners=-0.15, slant=-0.5, tilt=3),
        "hopeful": replace(EXPRESSIONS["curious"], brow=_both(5.0), brow_tilt=_both(0.8)),
        "lonely": replace(_SAD, gaze=(0.6, 0.3), corners=-0.6),
        "nostalgic": replace(EXPRESSIONS["daydreaming"], brow_tilt=_both(0.9), corners=0.45),
        "jealous": replace(EXPRESSIONS["disapproving"], gaze=(0.9, 0.1)),
        "shy": replace(EXPRESSIONS["embarrassed"], sweat=0, corners=0.7, blush=1.3),
        "impatient": replace(EXPRESSIONS["disapproving"], brow=(-2.0, 2.0), tilt=4),
        "focused": replace(EXPRESSIONS["concentrating"], mouth="line"),
    }
)
