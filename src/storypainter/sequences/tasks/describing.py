"""Caption generation: one picture, a detailed description (section 3.2, first task)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storypainter.sequence import Frame, Sequence
from storypainter.sequences.tasks import saying
from storypainter.sequences.tasks.exercise import Asked, Exercise, Lack, frames, shown
from storypainter.sequences.tasks.rows import Task

TASK: Final[Task] = "caption"


def exercises(sequence: Sequence, limit: int) -> Iterator[Asked]:
    """A description of each picture that has a caption, or people of whom something is known."""
    for at, frame in enumerate(frames(sequence, limit)):
        text = description(sequence, frame)
        if text:
            yield Exercise(TASK, "describe", str(at + 1), shown(sequence, at), text)
        else:
            yield Lack(TASK, "describe", "no caption and nobody annotated")


def description(sequence: Sequence, frame: Frame) -> str:
    """What a picture shows in detail: its caption, and what the annotations know beyond it.

    Without a caption it is built up from the place and the people with their looks, actions and
    feelings; a place alone is no description, and the text is empty.
    """
    told = [saying.sentence(frame.caption)] if frame.caption.strip() else []
    caption = frame.caption
    known = saying.people(sequence)
    if (frame.place or frame.time) and (caption or frame.shown):
        said = saying.said_in(frame.place, caption), saying.said_in(frame.time, caption)
        left = frame.model_copy(
            update={"place": "" if said[0] else frame.place, "time": "" if said[1] else frame.time}
        )
        scene = saying.setting(left)
        if scene:
            told.append(f"The scene is set {scene}.")
    for each in frame.shown:
        who = known[each.character]
        name, full = saying.clause(who.name), saying.called(who)
        is_new = bool(caption) and not saying.said_in(name, caption)
        doing, feeling = saying.doing(name, each), saying.feeling(each)
        if caption:
            doing = "" if saying.said_in(doing, caption) else doing
            feeling = "" if saying.said_in(feeling, caption) else feeling
            if not is_new and saying.said_in(who.look, caption):
                full = name
        look = "" if full == name else saying.clause(who.look)
        if doing or feeling:
            told.append(saying.doing_and_feeling(full, doing, feeling))
        elif is_new or not caption:
            told.append(saying.sentence(f"{full} {saying.be(name)} in the picture"))
        elif look:
            told.append(saying.sentence(f"{name} {_looks(name, look)}"))
    return " ".join(told)


def _looks(name: str, look: str) -> str:
    """How somebody looks, as a verb: ``is in a red coat``, ``has a beard``."""
    if look.startswith("with "):
        return f"{'have' if saying.is_many(name) else 'has'} {look.removeprefix('with ')}"
    return f"{saying.be(name)} {look}"
