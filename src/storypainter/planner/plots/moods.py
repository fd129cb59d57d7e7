"""What people feel in a picture, and the face that shows it."""

from __future__ import annotations

from storypainter.planner.plots.draft import Draft
from storypainter.vocabulary import painter_vocabulary

#: What whoever only watches feels, by the beat of what happens.
_WATCHING = {
    "opening": "calm",
    "trouble": "worried",
    "attempt": "curious",
    "turn": "interested",
    "ending": "content",
}


def mood_of(draft: Draft, moment: int, who: str) -> tuple[str, str]:
    """(emotion, expression) of somebody in a picture.

    What the event says of them; else what is true of them (``sad``); else what suits the beat.
    """
    event = draft.events[moment]
    name = next((n for n, each in draft.names(moment).items() if each == who), "")
    row = event.draw.get(name) if name else None
    fact = next(
        (each.fact for each in draft.true_of(moment, who) if each.fact.feels and each.of[0] == who),
        None,
    )
    feels = event.feels.get(name, "")
    face = row.face if row is not None else ""
    if not (feels or face) and fact is not None:
        return fact.feels, fact.face or fact.feels
    emotion = feels or face or _WATCHING[event.beat]
    if not face:
        face = emotion if emotion in painter_vocabulary().expressions else "neutral"
    return emotion, face
