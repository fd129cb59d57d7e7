"""Emotion and context recognition: what somebody feels and why, where and when (section 3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storypainter.sequence import Cause, Frame, Sequence
from storypainter.sequences.tasks import saying
from storypainter.sequences.tasks.exercise import Asked, Exercise, Lack, frames, shown
from storypainter.sequences.tasks.rows import Task

TASK: Final[Task] = "emotion"


def exercises(sequence: Sequence, limit: int) -> Iterator[Asked]:
    """Feelings in each picture and over all, causes, place and time, parts told with feeling."""
    names = saying.told_apart(sequence)
    told = frames(sequence, limit)
    for at, frame in enumerate(told):
        yield from _feeling(sequence, at, frame, names)
        yield from _who_feels(sequence, at, frame, names)
        yield from _context(sequence, at, frame)
        yield from _told(sequence, at, frame, names)
        if len(saying.shown_once(frame)) < len(frame.shown):
            yield Lack(TASK, "feeling", "a character of whom a picture says two things")
    yield from _change(sequence, told, names)
    yield from _why(sequence, limit)


def _feeling(sequence: Sequence, at: int, frame: Frame, names: dict[str, str]) -> Iterator[Asked]:
    felt = [
        (each, saying.feeling(each)) for each in saying.shown_once(frame) if each.character in names
    ]
    felt = [(each, feeling) for each, feeling in felt if feeling]
    if not felt:
        yield Lack(TASK, "feeling", "nobody in the picture with a feeling")
    for each, feeling in felt:
        name = names[each.character]
        doing = saying.doing(name, each)
        text = saying.doing_and_feeling(name, doing, feeling)
        if not doing and frame.event.strip():
            text += f" {saying.sentence(frame.event)}"
        form = "feeling" if doing or frame.event.strip() else "feeling alone"
        about = saying.role(saying.people(sequence)[each.character])
        yield Exercise(
            TASK, form, f"{at + 1}:{each.character}", shown(sequence, at), text,
            {"who": name}, feeling, about=about,
        )  # fmt: skip


def _who_feels(sequence: Sequence, at: int, frame: Frame, names: dict[str, str]) -> Iterator[Asked]:
    felt = {each.character: saying.feeling(each) for each in saying.shown_once(frame)}
    found = False
    if len(felt) == len(frame.shown) > 1 and all(felt.values()) and felt.keys() <= names.keys():
        for who, feeling in felt.items():
            if any(saying.alike(feeling, felt[each]) for each in felt if each != who):
                continue
            found = True
            name = names[who]
            yield Exercise(
                TASK, "who feels", f"{at + 1}:{who}", shown(sequence, at),
                saying.sentence(f"{name} {saying.be(name)} {feeling}"), {"feeling": feeling},
                name, choice=str(at + 1), about=feeling,
            )  # fmt: skip
    if not found:
        yield Lack(TASK, "who feels", "nobody with a feeling unlike that of all others there")


def _context(sequence: Sequence, at: int, frame: Frame) -> Iterator[Asked]:
    where, when = saying.where(frame.place), saying.when(frame.time)
    form = "context" if where and when else "place" if where else "time"
    if not where and not when:
        yield Lack(TASK, "context", "neither place nor time")
        return
    yield Exercise(
        TASK, form, str(at + 1), shown(sequence, at),
        f"The scene is set {', '.join(each for each in (where, when) if each)}.",
        answer=", ".join(each for each in (where, when) if each), choice="one",
    )  # fmt: skip


def _told(sequence: Sequence, at: int, frame: Frame, names: dict[str, str]) -> Iterator[Asked]:
    felt = [(each.character, saying.feeling(each)) for each in saying.shown_once(frame)]
    felt = [(who, feeling) for who, feeling in felt if feeling and who in names]
    if not frame.part.strip() or not felt:
        reason = "no part of the narrative" if felt else "nobody in the picture with a feeling"
        yield Lack(TASK, "told with feeling", reason)
        return
    said = saying.listed(
        [f"{names[who]} {saying.be(names[who])} {emotion}" for who, emotion in felt]
    )
    yield Exercise(
        TASK, "told with feeling", str(at + 1), shown(sequence, at),
        saying.paragraphs([saying.sentence(said), saying.sentence(frame.part)]),
    )  # fmt: skip


def _change(sequence: Sequence, told: tuple[Frame, ...], names: dict[str, str]) -> Iterator[Asked]:
    found = False
    for who, name in names.items():
        felt = [
            (at, saying.feeling(each))
            for at, frame in enumerate(told)
            for each in saying.shown_once(frame)
            if each.character == who and saying.feeling(each)
        ]
        if len(felt) < 2:
            continue
        found = True
        first, *later = felt
        be = saying.be(name)
        if len({feeling for _, feeling in felt}) == 1:
            pictures = saying.listed([str(at + 1) for at, _ in felt])
            text = f"{name} {be} {first[1]} all the time, in pictures {pictures}."
        else:
            steps = [f"in picture {at + 1} {feeling}" for at, feeling in later]
            text = f"in picture {first[0] + 1} {name} {be} {first[1]}, {saying.listed(steps)}."
        yield Exercise(
            TASK, "change", who, shown(sequence, *range(len(told))), saying.sentence(text),
            {"who": name},
        )  # fmt: skip
    if not found:
        yield Lack(TASK, "change", "nobody with a feeling in two pictures")


def _why(sequence: Sequence, limit: int) -> Iterator[Asked]:
    if not sequence.causes:
        yield Lack(TASK, "why", "no causes")
    for effect in sorted({each.effect for each in sequence.causes}):
        links = sorted(
            {each.cause: each for each in sequence.causes if each.effect == effect}.items()
        )
        said = [_because(sequence, link) for _, link in links]
        first = 0 if effect < limit else links[0][0]
        if not all(said):
            yield Lack(TASK, "why", "a cause that no text says")
        elif effect - first >= limit:
            yield Lack(TASK, "why", "cause and effect are too far apart for one row")
        else:
            several = "s" * (len(links) > 1)
            numbers = saying.listed([str(cause - first + 1) for cause, _ in links])
            verb = "are" if several else "is"
            text = f"The cause{several} {verb} in picture{several} {numbers}."
            yield Exercise(
                TASK, "why", str(effect + 1), shown(sequence, *range(first, effect + 1)),
                " ".join((text, *dict.fromkeys(map(saying.sentence, said)))),
                {"number": str(effect - first + 1)},
                f"picture{several} {numbers}" if effect - first > 1 else "",
            )  # fmt: skip


def _because(sequence: Sequence, link: Cause) -> str:
    cause = sequence.frames[link.cause]
    text = link.because.strip() or cause.event.strip() or cause.caption.strip()
    return re.sub(r"^because\b(?! of)\s*", "", text, flags=re.IGNORECASE)
