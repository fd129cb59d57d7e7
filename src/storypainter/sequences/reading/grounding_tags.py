"""Tags that tie a story's words to its pictures, as StoryReasoning writes them.

Oliveira and de Matos, "StoryReasoning Dataset" (arXiv 2505.10292): ``<gdi image2>`` begins (and
``</gdi>`` ends) the part of a picture, ``<gdo char1>Mia</gdo>`` names somebody or something,
``<gda char1>runs</gda>`` is what they do, ``<gdl bg1>the quay</gdl>`` a place.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from storypainter.sequences.reading.texts import plain

_TAG = re.compile(r"<(/?)(gd[ifoal])\b([^<>]{0,400})>")
_IMAGE = re.compile(r"image\s*(\d{1,4})\b", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}")
_BEFORE_MARK = re.compile(r" +([,.;:!?…])")
_PRONOUNS = re.compile(
    r"(he|she|it|they|him|them|his|hers?|its|theirs?|(him|her|it|them)sel(f|ves)|i|me|my|you|your|we|"
    r"us|our|who|whom|whose|this|that|these|those)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Grounded:
    """A story without its tags, and what they said. Pictures are counted from 1.

    Attributes:
        parts: picture -> its part of the story.
        names: character -> how often each name is used for them, pronouns left out.
        doing: picture -> character -> what they do there, in order.
        present: picture -> the characters that its part names, in order.
        places: picture -> the places that its part names, in order.
        faults: what was wrong with the tags.
    """

    parts: dict[int, str] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=dict)
    doing: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    present: dict[int, list[str]] = field(default_factory=dict)
    places: dict[int, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def name(self, character: str) -> str:
        """What the story most often calls a character; the first of equals, or the id."""
        called = self.names.get(character)
        return called.most_common(1)[0][0] if called else character


def read_tags(story: str) -> Grounded:
    """Take the tags out of a story.

    Text before the first picture's tag belongs to the first picture, text after a picture's end
    to that picture. A tag that is closed without being opened, or never closed, is a fault; the
    text around it is kept. A text without any tag of a picture has no parts.
    """
    found = Grounded()
    pieces: dict[int, list[str]] = {}
    waiting: list[str] = []
    opened: list[tuple[str, list[str], list[str]]] = []
    image = 0

    def tell(text: str) -> None:
        (pieces.setdefault(image, []) if image else waiting).append(text)
        for _, _, said in opened:
            said.append(text)

    at = 0
    for tag in _TAG.finditer(story):
        tell(story[at : tag.start()])
        at = tag.end()
        closes, kind, attributes = tag[1] == "/", tag[2], tag[3]
        if kind in ("gdi", "gdf"):
            if closes:
                continue
            number = _IMAGE.search(attributes)
            if number is None or not int(number[1]):
                found.faults.append(f"a tag of a picture without its number: {tag[0][:40]}")
                continue
            image = int(number[1])
            pieces.setdefault(image, []).append(" ")
        elif not closes:
            opened.append((kind, _ID.findall(attributes), []))
        elif opened and opened[-1][0] == kind:
            _, ids, said = opened.pop()
            _take(found, kind, ids, plain("".join(said), 200), image)
        else:
            found.faults.append(f"</{kind}> closes nothing")
    tell(story[at:])
    found.faults += [f"<{kind} {' '.join(ids)[:30]}> is never closed" for kind, ids, _ in opened]
    if pieces:
        pieces[min(pieces)][:0] = waiting
    found.parts = {each: _clean("".join(said)) for each, said in sorted(pieces.items())}
    return found


def without_tags(story: str) -> str:
    """The plain text of a tagged story."""
    return _clean(_TAG.sub("", story))


def _take(found: Grounded, kind: str, ids: list[str], said: str, image: int) -> None:
    people = [each for each in ids if each.startswith("char")]
    if kind == "gdl" and said:
        found.places.setdefault(image, []).append(said)
    for each in people:
        if kind == "gdo":
            present = found.present.setdefault(image, [])
            if each not in present:
                present.append(each)
            called = found.names.setdefault(each, Counter())
            # "They" and "the two boys" stand for several; a name stands for one.
            if len(people) == 1 and said and not _PRONOUNS.match(said):
                called[said.removesuffix("'s").removesuffix("’s")] += 1
        elif kind == "gda" and said:
            doing = found.doing.setdefault(image, {}).setdefault(each, [])
            if said not in doing:
                doing.append(said)


def _clean(text: str) -> str:
    return _BEFORE_MARK.sub(r"\1", plain(text))
