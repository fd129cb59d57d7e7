"""One unit read: every picture decoded and checked, its sequences, and what was refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import Field

from storypainter.picture import Picture
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.building.rows import frame_of, sequence_of
from storypainter.sequences.reading.choosing import Beside, Unit
from storypainter.sequences.reading.found import Found, FoundFrame
from storypainter.sequences.reading.pictures import Checked
from storypainter.sequences.reading.refusals import Refusal, Refused
from storypainter.sequences.reading.wishes import Wishes, chosen
from storypainter.sequences.sets import keep_picture, picture_file
from storypainter.value import Value


class Read(Value):
    """What came of one unit: its sequences, hashes of their pictures' pixels, what was refused.

    ``pixels`` has a hash for each frame of a sequence, empty for a picture of one colour.
    """

    sequences: tuple[Sequence, ...] = ()
    pixels: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    said: tuple[str, ...] = ()


#: Keeps a picture in the set; a dry run only describes it.
Keep = Callable[[Checked], Picture]


def keeper(out: Path | None) -> Keep:
    """What keeps pictures in the folder; without one, they are only described."""

    def keep(picture: Checked) -> Picture:
        if out is not None:
            return keep_picture(out, picture.data, picture.media_type, picture.size)
        sha256 = hashlib.sha256(picture.data).hexdigest()
        return Picture(
            file=picture_file(sha256, picture.media_type), sha256=sha256, painter="",
            media_type=picture.media_type, width=picture.size[0], height=picture.size[1],
        )  # fmt: skip

    return keep


def read_unit(unit: Unit, wishes: Wishes, beside: Beside, keep: Keep) -> Read:
    """Read one unit: every picture of it is decoded and checked.

    Raises:
        MissingExtra: a library isn't installed.
    """
    sequences: list[Sequence] = []
    pixels: dict[str, tuple[str, ...]] = {}
    refusals: list[Refusal] = []
    said: list[str] = []
    try:
        for each in unit.read(wishes, beside):
            if isinstance(each, Refusal):
                refusals.append(each)
                continue
            refusals += each.refusals
            said += each.said
            try:
                for sequence, hashes in _sequences(each, wishes, keep, refusals):
                    own = _unused(sequence.id, pixels)
                    sequences.append(sequence.model_copy(update={"id": own}))
                    pixels[own] = hashes
            except Refused as fault:
                refusals.append(
                    Refusal(
                        level="sequence", reason=fault.reason, said=fault.said,
                        where=", ".join(filter(None, (each.name, fault.where))),
                        done="the sequence was refused", hint=fault.hint,
                    )
                )  # fmt: skip
    except Refused as fault:
        refusals.append(
            Refusal(
                level="source", reason=fault.reason, said=fault.said,
                where=fault.where if fault.where.startswith(unit.name)
                else ", ".join(filter(None, (unit.name, fault.where))),
                done="the source was refused", hint=fault.hint,
            )
        )  # fmt: skip
    return Read(
        sequences=tuple(sequences), pixels=pixels, refusals=tuple(refusals), said=tuple(said)
    )


def _sequences(
    found: Found, wishes: Wishes, keep: Keep, refusals: list[Refusal]
) -> Iterable[tuple[Sequence, tuple[str, ...]]]:
    """The sequences of what was found: one, or several consecutive ones of a long source."""
    if len(found.frames) < wishes.frames_min:
        raise _too_few(len(found.frames), wishes)
    frames: list[Frame] = []
    hashes: list[str] = []
    places: dict[int, int] = {}
    seen: dict[str, str] = {}
    for number in chosen(len(found.frames), wishes):
        frame = found.frames[number]
        try:
            picture = frame.load()
        except Refused as fault:
            if fault.reason != "ornament" and not wishes.skip_broken:
                raise Refused(
                    fault.reason, fault.said, frame.at,
                    fault.hint or "give --skip-broken to leave such pictures out",
                ) from None  # fmt: skip
            refusals.append(_left_out(found, frame, fault.reason, fault.said))
            continue
        if picture.pixels in seen and not frame.annotated:
            twin = seen[picture.pixels]
            refusals.append(_left_out(found, frame, "duplicate", f"the same pixels as {twin}"))
            continue
        seen.setdefault(picture.pixels, frame.at)
        places[number] = len(frames)
        frames.append(frame_of(frame, keep(picture)))
        hashes.append("" if picture.plain else picture.pixels)
    if len(frames) < wishes.frames_min:
        raise _too_few(len(frames), wishes)
    causes = [
        each.model_copy(update={"cause": places[each.cause], "effect": places[each.effect]})
        for each in found.causes
        if each.cause in places and each.effect in places
    ]
    pieces = -(-len(frames) // wishes.frames_max)
    edges = [each * len(frames) // pieces for each in range(pieces + 1)]
    if pieces > 1 and found.story:
        refusals.append(
            Refusal(level="text", reason="annotation", where=found.name, done="left out",
                    said="its story is one text, and the source was cut")
        )  # fmt: skip
    for piece, (start, end) in enumerate(pairwise(edges), start=1):
        if end - start < wishes.frames_min:
            short = _too_few(end - start, wishes)
            refusals.append(
                Refusal(level="sequence", reason=short.reason, said=short.said, hint=short.hint,
                        where=f"{found.name} ({piece} of {pieces})", done="the piece was refused")
            )  # fmt: skip
            continue
        yield (
            sequence_of(found, wishes, frames[start:end], causes, start,
                      f" ({piece} of {pieces})" if pieces > 1 else ""),
            tuple(hashes[start:end]),
        )  # fmt: skip


def _unused(name: str, used: Container[str]) -> str:
    """An id that no other sequence has: a source may call two of its stories alike."""
    own, count = name, 1
    while own in used:
        count += 1
        own = f"{name}-{count}"
    return own


def _too_few(count: int, wishes: Wishes) -> Refused:
    return Refused(
        "too few pictures",
        f"{count} usable pictures, and a sequence needs {wishes.frames_min}"
        if count
        else "not one usable picture",
        hint="lower --frames-min" if 0 < count < wishes.frames_min else "",
    )


def _left_out(found: Found, frame: FoundFrame, reason: Any, said: str) -> Refusal:
    return Refusal(
        level="picture", reason=reason, where=f"{found.name}, {frame.at}", said=said,
        done="the picture was left out",
    )  # fmt: skip
