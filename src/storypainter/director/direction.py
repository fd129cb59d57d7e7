"""The lexical director: the text of a story becomes a Scene, by rules, without a model."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from storypainter.director.acting import act, bury
from storypainter.director.assembling import Assembly, assemble
from storypainter.director.belonging import belong
from storypainter.director.cast import NO_ROOM, NO_TEXT, Cast, Missed
from storypainter.director.drafts import Draft, Span
from storypainter.director.gazing import note_gazes
from storypainter.director.gestures import gesture, tell_ages
from storypainter.director.inscriptions import date_in, inscriptions, late, speaks, time_in
from storypainter.director.language import Token, sentences
from storypainter.director.phrases import items_of, meant
from storypainter.director.placing import place
from storypainter.director.reading import Reader
from storypainter.director.relating import note_deeds, relate
from storypainter.director.repeating import told_once
from storypainter.director.surroundings import (
    choose_setting,
    setting_of,
    setting_votes,
    shown_by,
)
from storypainter.director.unreal import pictured_spans, unreal_spans
from storypainter.director.vocabulary import Vocabulary, painter_vocabulary
from storypainter.errors import BadInput
from storypainter.scene import Scene
from storypainter.value import Value

#: Part of the key of everything that rests on a direction: raise it when results change.
VERSION = "director-3"
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
_TOO_FAR = 120  # characters between an inscription and what bears it
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


def direct(text: str, *, setting_hint: str = "", seed: int = 0) -> Direction:
    """Turn the text of a story into a Scene that the embedded painter can draw.

    Args:
        text: English, at most 20,000 characters.
        setting_hint: where it plays, in words, if that is known; it wins over the text.
        seed: the same text gives the same Scene; the seed varies what the text leaves open.

    Raises:
        BadInput: the text is empty, too long, or not English.
    """
    return direct_for(painter_vocabulary(), text, setting_hint=setting_hint, seed=seed)


def direct_for(
    vocabulary: Vocabulary, text: str, *, setting_hint: str = "", seed: int = 0
) -> Direction:
    """The same for any painter's vocabulary."""
    _check(text)
    written = inscriptions(text)
    tagged = sentences(text)
    _check_language(tagged)
    words = [token.lower for tokens in tagged for token in tokens if token.text[0].isalnum()]
    pairs = frozenset((*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))))
    parts = [meant(items_of(tokens, _inside(tokens, written)), pairs) for tokens in tagged]
    votes = setting_votes(parts, setting_hint, [*unreal_spans(text), *pictured_spans(text)])
    chosen, wanted = choose_setting(votes, vocabulary)
    unreal = [*unreal_spans(text), *pictured_spans(text)]
    real = [t.lower for ts in tagged for t in ts if t.text[0].isalnum() and not _within(t, unreal)]
    setting = setting_of(chosen, real, vocabulary, late(text))
    cast = Cast(vocabulary, setting.kind)
    reader = Reader(cast, text)
    for items in told_once(parts):
        reader.read(items)
    bury(reader.actions)
    act(cast, reader.actions, reader.links)
    deeds = [(a.start, d) for a in reader.actions for d in a.subjects if d.is_person]
    gesture(cast, reader.spoken, deeds, text)
    tell_ages(cast, text)
    _write(reader, text, tagged)
    note_deeds(reader.actions, reader.links)
    note_gazes(cast.drafts, reader.spoken, text)
    belong(cast.drafts, setting, vocabulary)
    place(cast.drafts, setting.kind, vocabulary)
    relate(cast.drafts, vocabulary)
    _vary(cast.drafts, seed)
    made = assemble(cast.drafts, setting, vocabulary)
    return _report(made, cast, wanted)


def _within(token: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in spans)


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


def _write(reader: Reader, text: str, tagged: Sequence[Sequence[Token]]) -> None:
    """Put inscriptions, times and dates on the things that bear them."""
    signs = [d for d in reader.cast.drafts if d.kind == "sign"]
    bearers = [d for d in reader.cast.drafts if not d.acts]
    taken: set[int] = set()
    for distance, at, bearer in sorted(_pairs(reader, bearers, tagged), key=lambda p: p[:2]):
        inscription, span, _ = reader.written[at]
        if at in taken or bearer.text or distance > _TOO_FAR:
            continue
        if bearer.kind == "prop" and speaks(text, span.start, span.end):
            continue
        bearer.text = inscription
        bearer.spans.append(span)
        taken.add(at)
    for at, (_, span, _) in enumerate(reader.written):
        if at not in taken:
            reader.cast.missed.append(Missed(span, "nothing that can be drawn bears it"))
    for sign in signs:
        for span in list(sign.spans):
            sentence = _sentence_around(text, tagged, span)
            if sign.word == "clock":
                sign.time = sign.time or time_in(sentence)
            elif sign.word == "calendar":
                sign.date = sign.date or date_in(sentence)


def _pairs(
    reader: Reader, bearers: Sequence[Draft], tagged: Sequence[Sequence[Token]]
) -> Iterator[tuple[float, int, Draft]]:
    """(distance, which inscription, what may bear it) within each sentence; signs come nearer."""
    for at, (_, span, _) in enumerate(reader.written):
        around = next((t for t in tagged if t[0].start <= span.start < t[-1].end), None)
        if around is None:
            continue
        first, last = around[0].start, around[-1].end
        for bearer in bearers:
            for each in bearer.spans:
                if first <= each.start < last:
                    gap = max(span.start - each.end, each.start - span.end)
                    yield gap if bearer.kind == "sign" else 15 + 1.5 * gap, at, bearer


def _sentence_around(text: str, tagged: Sequence[Sequence[Token]], span: Span) -> str:
    for tokens in tagged:
        if tokens[0].start <= span.start < tokens[-1].end:
            return text[tokens[0].start : tokens[-1].end]
    return ""


def _vary(drafts: Sequence[Draft], seed: int) -> None:
    """Choose, by the seed, what the text leaves open: the hair colour of the young."""
    colours = ("brown", "dark brown", "black", "blond", "chestnut", "auburn")
    for at, draft in enumerate(drafts):
        if draft.is_person and draft.hair_colour is None and draft.age != "elder":
            draft.hair_colour = colours[(seed + 5 * at) % len(colours)]


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
