"""What stands on the pages of a book, before it is put into HTML or Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storypainter import __version__
from storypainter.picture import Picture
from storypainter.sequence import Character, Frame, Sequence
from storypainter.sequences.book.words import Words
from storypainter.sequences.tasks.saying import called
from storypainter.sequences.telling.told import Told

_PARAGRAPHS = re.compile(r"\n\s*\n")
_MOST_NAMED, _LONGEST_CAST = 6, 110


@dataclass(frozen=True, slots=True)
class BookPage:
    """A picture and its part; ``paragraphs`` is empty where none was told."""

    number: int
    picture: Picture
    alt: str
    paragraphs: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words its part has."""
        return sum(len(each.split()) for each in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Book:
    """A storybook.

    ``whole`` is the story of a sequence that has it in one piece only; ``cast`` a line on who is
    in it; ``colophon`` the small print at the end, a sentence or two each; ``untold`` why pictures
    have no words.
    """

    title: str
    subtitle: str
    cast: str
    pages: tuple[BookPage, ...]
    whole: tuple[str, ...]
    colophon: tuple[str, ...]
    untold: tuple[str, ...]
    words: Words


def book_of(sequence: Sequence, told: Told) -> Book:
    """The book of a sequence whose frames hold what was told.

    Args:
        sequence: pictures, captions and parts (see ``told.with_parts``).
        told: who told it, and what is missing why.
    """
    words = Words(sequence.language)
    pages = tuple(
        BookPage(number, frame.picture, _alt(frame, number, words), _paragraphs(frame.part))
        for number, frame in enumerate(sequence.frames, 1)
    )
    has_parts = any(page.paragraphs for page in pages)
    subtitle = words.subtitle(len(pages))
    title = " ".join(sequence.title.split())
    return Book(
        title=title or subtitle,
        subtitle=subtitle if title else "",
        cast=_cast(sequence, words),
        pages=pages,
        whole=() if has_parts else _paragraphs(sequence.story),
        colophon=_colophon(sequence, told, words),
        untold=told.reasons,
        words=words,
    )


def _alt(frame: Frame, number: int, words: Words) -> str:
    """What the picture shows, for those who don't see it: its caption, never its part."""
    seen = " ".join((frame.caption or frame.event).split())
    return seen or words.say("picture", number=number)


def _paragraphs(text: str) -> tuple[str, ...]:
    found = (" ".join(each.split()) for each in _PARAGRAPHS.split(text))
    return tuple(each for each in found if each)


def _cast(sequence: Sequence, words: Words) -> str:
    """``With the girl in a red coat and the old man``, as the story names them one by one.

    Empty where nobody is known, or more than a title page can name.
    """
    shown = {each.character for frame in sequence.frames for each in frame.shown}
    people = [each for each in sequence.characters if not shown or each.id in shown]
    if not 1 <= len(people) <= _MOST_NAMED:
        return ""
    story = sequence.narrative.casefold()
    people.sort(key=lambda each: _first_named(each, story))
    line = words.listed([called(each) for each in people])
    if len(line) > _LONGEST_CAST:
        line = words.listed([" ".join(each.name.split()) for each in people])
    return f"{words.say('with')} {line}"


def _first_named(character: Character, story: str) -> int:
    """Where a story names somebody first; beyond its end where it doesn't."""
    noun = (character.role or character.name.partition(" ")[2] or character.name).casefold()
    found = re.search(rf"\b{re.escape(noun)}\b", story)
    return found.start() if found else len(story)


def _colophon(sequence: Sequence, told: Told, words: Words) -> tuple[str, ...]:
    lines: list[str] = []
    if told.model:
        model = f"{told.model} ({told.answered})" if told.answered else told.model
        lines.append(words.say("told", model=model, day=told.at))
        lines.append(words.say("program"))
    elif any(frame.part for frame in sequence.frames) or sequence.story:
        lines.append(words.say("written"))
    painters = dict.fromkeys(f.picture.painter for f in sequence.frames if f.picture.painter)
    if painters:
        lines.append(words.say("pictures", painter=words.listed(list(painters))))
    if sequence.licence:
        lines.append(words.say("licence", licence=sequence.licence))
    lines.append(words.say("bound", version=__version__))
    return tuple(lines)
