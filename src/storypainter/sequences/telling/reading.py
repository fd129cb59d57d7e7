"""Reading a reply: the parts that it holds, by picture, and nothing that it doesn't hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import BaseModel, ValidationError

from storypainter.models.contract import CallFailed, Verdict
from storypainter.models.structured import read_json
from storypainter.sequences.tasks.parts import read_parts
from storypainter.storytellers.cuts import special_tokens, thinking
from storypainter.storytellers.lead_ins import refuses

#: A longer reply is no narrative over a few pictures.
MAX_CHARACTERS = 120_000
MAX_TITLE = 120
_MOST_OBJECTS = 200  # places in a damaged reply where an entry is looked for
_TITLE = re.compile(
    r"\A\s*(?:\#{1,6}[ \t]*)?(?:\*\*|__)?title(?:\*\*|__)?[ \t]*:[ \t]*(?:\*\*|__)?(.*)", re.I
)
#: What no text of a story holds, and no file can: control characters and halves of pairs.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_QUOTES = "\"'“”„«»*_ "


class PartReply(BaseModel):
    """The part of the narrative that belongs to one picture, by the picture's number."""

    picture: int
    text: str


class NarrativeReply(BaseModel):
    """A title for the whole story, and one part for each picture asked for, in order."""

    title: str
    parts: list[PartReply]


@dataclass(slots=True)
class Reading:
    """What a reply holds: parts by picture (from 1), and notes on what was passed over.

    ``last`` is the picture whose part ends with the reply's text, 0 if none does.
    """

    title: str = ""
    parts: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    last: int = 0

    def drop_last(self) -> None:
        """Leave out the part at the end of a reply that was cut off."""
        if self.parts.pop(self.last, None) is not None:
            self.notes.append(f"left out the part of picture {self.last}, which was cut off")

    def add(self, number: int, text: str, wanted: range) -> None:
        """Take a part if it is one of those wanted and the first of its number."""
        text = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text).strip()
        if number not in wanted:
            self.notes.append(f"left out a part for picture {number}, which was not asked for")
        elif number in self.parts:
            self.notes.append(f"left out a second part for picture {number}")
        elif text:
            self.parts[number] = text


def read_reply(text: str, wanted: range) -> Reading:
    """The parts in a reply, in JSON or numbered.

    Args:
        text: what the model wrote.
        wanted: the pictures whose parts were asked for, counted from 1.

    Raises:
        CallFailed: REFUSED where the model says that it won't, TOO_LONG beyond
            :data:`MAX_CHARACTERS`.
    """
    if len(text) > MAX_CHARACTERS:
        raise CallFailed(
            Verdict.TOO_LONG,
            f"the reply has {len(text):,} characters, a narrative at most {MAX_CHARACTERS:,}",
            "lower --max-tokens",
        )
    text = plain_reply(text)
    found = _by_json(text, wanted) if "{" in text else None
    if found is None or not found.parts:
        found = _by_numbers(text, wanted)
    if not found.parts and refuses(text):
        said = " ".join(text.split())
        raise CallFailed(Verdict.REFUSED, f"the model said {said[:120]!r}")
    return found


def plain_reply(text: str) -> str:
    """A reply without thoughts, marks of the serving stack, and characters that no file holds."""
    for cut in (thinking, special_tokens):
        done = cut(text)
        text = done.text if done is not None else text
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text).strip()


def _by_json(text: str, wanted: range) -> Reading | None:
    found = Reading()
    try:
        reply = read_json(text, NarrativeReply)
    except ValueError:
        # Cut short or damaged: the entries that are whole are the model's all the same.
        entries = list(_entries(text))
        if not entries:
            return None
        found.notes.append("the JSON is damaged; its whole entries were read")
    else:
        entries = reply.parts
        found.title = _plain_title(reply.title)
    for entry in entries:
        found.add(entry.picture, entry.text, wanted)
    return found


def _entries(text: str) -> Iterator[PartReply]:
    """The objects in a text that are entries of a narrative."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(_MOST_OBJECTS):
        if at < 0:
            return
        end = at + 1
        try:
            plain, stop = decoder.raw_decode(text, at)
            yield PartReply.model_validate(plain)
            end = stop
        except (ValueError, ValidationError, RecursionError):
            pass  # an outer object, or a broken one: what is inside it is looked at next
        at = text.find("{", end)


def _by_numbers(text: str, wanted: range) -> Reading:
    found = Reading()
    title = _TITLE.match(text)
    if title:
        found.title = _plain_title(title[1])
        text = text[title.end() :].lstrip()
    read = read_parts(text, wanted.stop - 1)
    told = {number: part for number, part in enumerate(read.parts, 1) if part}
    for number, part in told.items():
        found.add(number, part, wanted)
        found.last = number
    if len(wanted) == 1 and not told and text and not text.startswith("{") and not refuses(text):
        found.parts[wanted.start] = " ".join(text.split())  # one picture: no number is needed
        found.last = wanted.start
        return found
    if read.extra:
        many = len(read.extra)
        found.notes.append(
            f"left out {many} paragraph{'s' if many > 1 else ''} that belong{'' if many > 1 else 's'} "
            "to no picture"
        )
    return found


def _plain_title(title: str) -> str:
    title = _UNFIT.sub("", title)
    line = " ".join(title.split()).strip(_QUOTES)
    return line if len(line) <= MAX_TITLE else ""
