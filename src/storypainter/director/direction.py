"""The lexical director: the text of a story becomes a Scene, by rules, without a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storypainter.director.acting import act, bury
from storypainter.director.ages import tell_ages
from storypainter.director.assembling import Assembly, assemble
from storypainter.director.belonging import belong, kindle, unmask
from storypainter.director.cast import NO_ROOM, NO_TEXT, Cast, Missed
from storypainter.director.drafts import Draft, Span
from storypainter.director.evidence import evident, words_of
from storypainter.director.gazing import note_gazes
from storypainter.director.gestures import gesture
from storypainter.director.households import dissolve
from storypainter.director.inscriptions import (
    date_in,
    dial_time,
    inscriptions,
    minutes_past,
    tells_a_date,
    time_in,
)
from storypainter.director.language import Token, sentences
from storypainter.director.lettering import bearer_of
from storypainter.director.phrases import Item, items_of, meant
from storypainter.director.placing import loosen, place
from storypainter.director.reading import Reader
from storypainter.director.relating import note_deeds, relate
from storypainter.director.repeating import told_once
from storypainter.director.surroundings import shown_by, surroundings
from storypainter.director.unreal import pictured_spans, unreal_spans
from storypainter.errors import BadInput
from storypainter.scene import Scene
from storypainter.value import Value
from storypainter.vocabulary import Vocabulary, painter_vocabulary

#: Part of the key of everything that rests on a direction: raise it when results change.
VERSION = "director-5"
MOST_CHARACTERS = 20_000
_ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "in",
        "is",
        "on",
        "with",
        "at",
        "to",
        "her",
        "his",
        "their",
        "are",
        "it",
        "by",
        "from",
        "as",
        "who",
        "has",
        "for",
        "that",
        "under",
        "behind",
        "beside",
        "while",
        "holds",
        "near",
        "into",
        "up",
        "out",
        "she",
        "he",
        "they",
        "two",
        "no",
    ]
)
_LEAST_ENGLISH = 0.12
_JUDGED_FROM = 8  # words: shorter texts are taken as they are


class Mention(Value):
    """A piece of the text and what became of it: an element's id, or the reason for none.

    ``start`` and ``end`` are character offsets into the text; ``element`` is ``setting`` for the
    words that tell where it plays.
    """

    text: str
    start: int
    end: int
    element: str | None = None
    reason: str = ""


class Direction(Value):
    """A Scene, with what was understood and what was missed of the text."""

    scene: Scene
    understood: tuple[Mention, ...] = ()
    missed: tuple[Mention, ...] = ()


def direct(text: str, *, setting_hint: str = "") -> Direction:
    """Turn the text of a story into a Scene that the embedded painter can draw.

    The Scene says what the text says and no more; :func:`storypainter.director.looks.varied` gives
    looks to those of whom it says nothing.

    Args:
        text: English, at most 20,000 characters.
        setting_hint: where it plays, in words, if that is known; it wins over the text.

    Raises:
        BadInput: the text is empty, too long, or not English.
    """
    return direct_for(painter_vocabulary(), text, setting_hint=setting_hint)


def direct_for(vocabulary: Vocabulary, text: str, *, setting_hint: str = "") -> Direction:
    """The same for any painter's vocabulary."""
    _check(text)
    written = inscriptions(text)
    tagged = sentences(text)
    _check_language(tagged)
    pairs = words_of(token for tokens in tagged for token in tokens)
    parts = [
        evident(meant(items_of(tokens, _inside(tokens, written)), pairs), words_of(tokens), pairs)
        for tokens in tagged
    ]
    unreal = [*unreal_spans(text), *pictured_spans(text)]
    barred = [*unreal, *((start, end) for start, end, _ in written)]
    setting, wanted = surroundings(text, tagged, barred, vocabulary, hint=setting_hint)
    cast = Cast(vocabulary, setting.kind)
    reader = Reader(cast, text)
    for items in told_once(parts):
        reader.read(items)
    bury(reader.actions)
    dissolve(cast)
    act(cast, reader.actions, reader.links)
    deeds = [(a.start, a.subjects) for a in reader.actions if not a.negated]
    nobody = {a.start for a in reader.actions if a.taken}
    gesture(cast, reader.spoken, deeds, text, unreal, nobody)
    tell_ages(cast, reader.spoken, text)
    _write(reader, text, tagged, parts)
    _kindle(cast.drafts, text, tagged)
    unmask(cast.drafts, text)
    note_deeds(reader.actions, reader.links)
    note_gazes(cast.drafts, reader.spoken, text)
    belong(cast.drafts, setting, vocabulary)
    loosen(cast.drafts, text)
    place(cast.drafts, setting.kind, vocabulary)
    relate(cast.drafts, vocabulary)
    made = assemble(cast.drafts, setting, vocabulary)
    return _report(made, cast, wanted)


def _check(text: str) -> None:
    if not text.strip():
        raise BadInput("the story is empty", "give the text of a story")
    if len(text) > MOST_CHARACTERS:
        raise BadInput(
            f"the story has {len(text):,} characters; at most {MOST_CHARACTERS:,} can be directed",
            "a Storytelling Image shows one moment: shorten the text to it",
        )


def _check_language(tagged: Sequence[Sequence[Token]]) -> None:
    words = [t.lower for tokens in tagged for t in tokens if t.text[0].isalpha()]
    known = sum(word in _ENGLISH for word in words)
    if len(words) >= _JUDGED_FROM and known < _LEAST_ENGLISH * len(words):
        raise BadInput("the story is not in English", "translate it: the rules read English only")


def _inside(
    tokens: Sequence[Token], written: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    start, end = tokens[0].start, tokens[-1].end
    return [each for each in written if start <= each[0] < end]


def _write(
    reader: Reader, text: str, tagged: Sequence[Sequence[Token]], parts: Sequence[Sequence[Item]]
) -> None:
    """Put inscriptions, times and dates on the things that bear them."""
    signs = [d for d in reader.cast.drafts if d.kind == "sign"]
    for span, inscription, bearers in _pairs(reader, parts):
        for bearer in bearers:
            again = bearer.text and bearer.text_in == _sentence_around(text, tagged, span)
            bearer.text = f"{bearer.text} {inscription}" if again else bearer.text or inscription
            bearer.text_in = bearer.text_in or _sentence_around(text, tagged, span)
        if bearers:
            bearers[0].spans.append(span)
        else:
            reader.cast.missed.append(Missed(span, "nothing that can be drawn bears it"))
    for sign in signs:
        for span in list(sign.spans):
            sentence = _sentence_around(text, tagged, span)
            if sign.word == "clock":
                sign.time = sign.time or time_in(sentence)
                sign.time = sign.time or minutes_past(text[: span.start], sentence)
            elif sign.word == "calendar":
                sign.date = sign.date or date_in(sentence)
                if not (sign.date or sign.text) and tells_a_date(sentence):
                    sign.left_out = NO_TEXT
        if sign.word == "clock" and sign.time is None:
            sign.time = dial_time(text)


def _pairs(
    reader: Reader, parts: Sequence[Sequence[Item]]
) -> Iterator[tuple[Span, str, list[Draft]]]:
    """(where, words, what bears them) for each inscription; what is not drawn bears none."""
    told = {span.start for _, span, _ in reader.written}
    for items in parts:
        for at, item in enumerate(items):
            if item.type != "written" or item.start not in told:
                continue
            noun = bearer_of(items, at)
            noun = None if noun is not None and noun.unseen == "thing_part" else noun
            bearers = [
                draft
                for draft in reader.cast.drafts
                if noun is not None
                and not draft.acts
                and any(noun.start <= span.start < noun.end for span in draft.spans)
            ]
            yield Span.of(item), item.text, bearers


def _kindle(drafts: Sequence[Draft], text: str, tagged: Sequence[Sequence[Token]]) -> None:
    """Tell of lights and candles whether their sentences say that they are lit."""
    for draft in [d for d in drafts if d.kind == "prop" and d.spans]:
        kindle(draft, [_sentence_around(text, tagged, span) for span in draft.spans])


def _sentence_around(text: str, tagged: Sequence[Sequence[Token]], span: Span) -> str:
    for tokens in tagged:
        if tokens[0].start <= span.start < tokens[-1].end:
            return text[tokens[0].start : tokens[-1].end]
    return ""


def _report(made: Assembly, cast: Cast, wanted: str | None) -> Direction:
    understood: list[Mention] = []
    missed = [_mention(m.span, reason=m.reason) for m in cast.missed]
    for draft in cast.drafts:
        element = made.id_of(draft)
        silent = draft.kind == "sign" and not draft.text
        reason = draft.left_out or (NO_TEXT if silent else NO_ROOM)
        for span in draft.spans:
            if element is not None:
                understood.append(_mention(span, element=element))
            else:
                missed.append(_mention(span, reason=reason))
    for span in cast.placed:
        if wanted is None:
            understood.append(_mention(span, element="setting"))
        else:
            missed.append(_mention(span, reason=f"no setting {wanted!r} yet"))
    for word, span in cast.scenery:
        if shown_by(made.scene.setting, word, cast.vocabulary):
            understood.append(_mention(span, element="setting"))
    return Direction(
        scene=made.scene,
        understood=tuple(sorted(set(understood), key=_order)),
        missed=tuple(sorted(set(missed), key=_order)),
    )


def _mention(span: Span, element: str | None = None, reason: str = "") -> Mention:
    return Mention(text=span.text, start=span.start, end=span.end, element=element, reason=reason)


def _order(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.element or mention.reason
