"""What a face can do, as numbers, and how two such states blend."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

Pair = tuple[float, float]
MouthKind = Literal[
    "line", "open", "o", "grit", "wavy", "smirk", "snarl", "yuck", "tongue", "press"
]
ClosedEyes = Literal["smile", "rest", "squeeze"]
Mark = Literal["hearts", "sleep", "steam", "rays", "spray", "question", "thought", "breath"]
_COUNTS = ("tears", "sweat")  # drops come whole


@dataclass(frozen=True, slots=True)
class Expression:
    """One mental state. Pairs are (near eye, far eye).

    Args:
        upper: how far the upper lids come down (0 open, 1 shut); ``lower`` the lower lids up.
        slant: upper lids' tilt; positive lowers the outer corner (sad), negative the inner.
        pupil: pupil size, 1 as usual; ``eye`` size of the eye; ``shine`` a second glint.
        gaze: pupils' direction when nothing else is looked at; x forward, y down, -1 to 1.
        closed: closed eyes of a kind, or ``None``.
        brow: brows' height in head units; ``brow_tilt`` positive raises the inner ends;
            ``brow_arch`` how curved they are.
        mouth: its kind; ``wide`` half-width and ``open`` opening (0 to 1); ``corners`` up (1)
            or down (-1); ``skew`` raises the far corner; ``jaw`` drops the chin.
        blush: 0 to 2. ``tears``: 0 none, 1 a drop, 2 streams. ``sweat``: drops at the temple.
        tint: a colour mixed into the skin, and how much of it; only in comic style.
        tilt: head's turn in degrees (forward is positive); ``pitch`` looks up (1) or down (-1);
            ``sink`` lowers the head between the shoulders, in head units.
        furrow: lines between the brows; ``forehead`` lines above; ``bags`` below the eyes.
        mark: what comic style draws beside the head.
    """

    upper: Pair = (0.14, 0.14)
    lower: Pair = (0.0, 0.0)
    slant: float = 0.0
    pupil: float = 1.0
    eye: float = 1.0
    shine: bool = False
    gaze: Pair | None = None
    closed: ClosedEyes | None = None
    brow: Pair = (1.0, 1.0)
    brow_tilt: Pair = (0.0, 0.0)
    brow_arch: float = 0.6
    mouth: MouthKind = "line"
    wide: float = 9.5
    open: float = 0.0
    corners: float = 0.1
    skew: float = 0.0
    teeth: bool = False
    jaw: float = 0.0
    blush: float = 0.0
    tears: int = 0
    sweat: int = 0
    tint: tuple[str, float] | None = None
    tilt: float = 0.0
    pitch: float = 0.0
    sink: float = 0.0
    furrow: bool = False
    forehead: bool = False
    nose_wrinkle: bool = False
    bags: bool = False
    mark: Mark | None = None


def blend(one: Expression, other: Expression, share: float) -> Expression:
    """A state between two: numbers run evenly, the rest changes over at the half.

    A ``share`` of 0 gives ``one``, 1 gives ``other``; it is clipped to that range.
    """
    share = min(1.0, max(0.0, share))
    mixed = {
        field.name: _between(getattr(one, field.name), getattr(other, field.name), share)
        for field in fields(Expression)
        if field.name not in _COUNTS
    }
    counts = {name: getattr(other if share >= 0.5 else one, name) for name in _COUNTS}
    return Expression(**mixed, **counts)


def _between(one: Any, other: Any, share: float) -> Any:
    if _is_number(one) and _is_number(other):
        return one + (other - one) * share
    pairs = isinstance(one, tuple) and isinstance(other, tuple)
    if pairs and all(map(_is_number, (*one, *other))):
        return tuple(a + (b - a) * share for a, b in zip(one, other, strict=True))
    return other if share >= 0.5 else one


def _is_number(value: Any) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool)
