"""Where people look: only where a text tells it, or where it says nothing at all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storypainter.director.drafts import Draft
from storypainter.director.placing import bearing

_SENTENCE = re.compile(r"[^.!?\n]+")
#: Words that say, or may say, where somebody looks, or that nobody does.
_EYES = re.compile(
    r"\b(?:eyes?|eyelids?|gaz\w+|looks?|looked|looking|peers?|peering|peeps?|peeping|stares?"
    r"|staring|stared|watch(?:es|ed|ing)?|glanc\w+|glar\w+|squint\w*|faces?|facing|faced|asleep"
    r"|sleep\w*|blind\w*|heads?|chins?|noses?|cheeks?|turn(?:s|ed|ing)?|backs?|ben[dt]s?|bending"
    r"|bow(?:s|ed|ing)?|stud(?:y|ies|ied|ying)|gap(?:es?|ing)|grin\w*|smil\w+|beam\w*|frown\w*"
    r"|nod\w*|sees?|seen|notic\w+|reads?|reading|read|writ\w+|draw(?:s|ing)?|paint(?:s|ing)|inspect\w*"
    r"|towards?|up|down|away|over|ahead|out)\b",
    re.I,
)
_TOLD = ("looks_at", "points_at", "reaches_for")


def note_gazes(drafts: Sequence[Draft], spoken: Sequence[tuple[Draft, int]], text: str) -> None:
    """Note of whom the text says, in any way, where they look.

    Args:
        drafts: all of a story; people among them are changed.
        spoken: who is told of, with the offset in the text.
        text: the whole story.
    """
    telling = [m.span() for m in _SENTENCE.finditer(text) if _EYES.search(m[0])]
    for draft, at in spoken:
        if draft.acts and any(start <= at < end for start, end in telling):
            draft.eyes_told = True
    for draft in drafts:
        if draft.acts and any(kind == "looks_at" for kind, _ in draft.relations):
            draft.eyes_told = True


def look(actor: Draft, focus: Draft | None, there: Sequence[Draft]) -> None:
    """Who does something to somebody looks there; an onlooker of whom nothing is told, at the focus.

    Where the text tells in any way where somebody looks, nothing is added to it.
    """
    if any(k in _TOLD and t.there for k, t in actor.relations) or actor.eyes_told:
        return
    if actor.expression in bearing()["lists"]["eyes_shut"] or "sleep" in actor.poses:
        return
    waits = bearing()["lists"]["waiting_verbs"]
    done_to = (t for verb, t in actor.acted_on if t.there and t.acts and verb not in waits)
    other = next((t for t in done_to if t.held_by is not actor and t is not actor), None)
    busy = actor.busy or actor.holds or actor.about or actor.on is not None
    if other is not None:
        actor.gaze = other
    elif focus is not None and focus is not actor and focus.acts and not busy:
        actor.gaze = focus
    elif actor.is_person and not busy:
        most = sorted(there, key=lambda d: -len(d.spans))
        actor.gaze = next((d for d in most if d is not actor and d.acts), None)
