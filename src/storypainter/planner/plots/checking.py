"""Checks that need more than one file: every name that is used exists, every picture can be drawn.

The first mistake is refused with its file and line. What can only be seen in a whole plot is checked
by ``replaying.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storypainter.errors import BadInput
from storypainter.planner.markup import FORMS, Gendered, Mention, telling, walk
from storypainter.planner.markup import names as names_in
from storypainter.planner.plots.event import Event, Fact, Kind, Truth
from storypainter.planner.plots.naming import words_asked
from storypainter.planner.plots.reading import Stock
from storypainter.planner.reading import Worlds
from storypainter.planner.world import Row
from storypainter.scene import GAZE_WORDS
from storypainter.vocabulary import painter_vocabulary

_ALWAYS = frozenset({"place"})
_NOW = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z_]+))?\}")


def check(stock: Stock, worlds: Worlds) -> None:
    """Refuse what doesn't fit together (BadInput with file and line)."""
    for place in stock.places:
        if place not in worlds.settings:
            raise stock.problem("place", place, ("setting",), "the worlds have no such setting")
        for name, row in stock.places[place].draw.items():
            _check_row(stock, "place", place, ("draw", name), row)
    for name, by_setting in stock.pieces.items():
        for setting, piece in by_setting.items():
            if setting not in stock.places:
                raise stock.problem("piece", name, ("settings",), f"no place {setting!r}")
            _check_row(stock, "piece", name, ("draw",), piece.draw)
            _check_anchor(stock, worlds, name, setting, piece.draw)
    for fact in stock.facts.values():
        _check_fact(stock, fact)
    for kind in stock.kinds.values():
        _check_kind(stock, kind)
    for event in stock.events.values():
        _check_event(stock, worlds, event)


def _check_anchor(stock: Stock, worlds: Worlds, name: str, setting: str, row: Row) -> None:
    anchors = painter_vocabulary().settings[worlds.settings[setting].ink]
    if row.anchor and row.anchor not in anchors:
        raise stock.problem(
            "piece", name, ("draw",), f"the painter's {setting} has no {row.anchor!r}: "
            f"it has {', '.join(sorted(anchors))}"
        )  # fmt: skip


def _check_fact(stock: Stock, fact: Fact) -> None:
    allowed = set(fact_names(fact))
    for key in ("now", "was"):
        used = {match[1] for match in _NOW.finditer(getattr(fact, key))}
        if not used <= allowed:
            raise stock.problem(
                "fact", fact.id, (key,), f"it is about {', '.join(fact_names(fact)) or 'nobody'}, "
                f"not about {', '.join(sorted(used - allowed))}"
            )  # fmt: skip
    if fact.face and fact.face not in painter_vocabulary().expressions:
        raise stock.problem("fact", fact.id, ("face",), f"no expression {fact.face!r}")


def fact_names(fact: Fact) -> tuple[str, ...]:
    """What a fact's clauses call what it is about: person, thing; a second of one sort is other."""
    found: list[str] = []
    for sort in fact.of:
        found.append("other" if sort in found else sort)
    return tuple(found)


def _check_kind(stock: Stock, kind: Kind) -> None:
    painter = painter_vocabulary()
    row = kind.draw
    if not (row.prop or row.animal):
        raise stock.problem("thing", kind.id, ("draw",), "needs a prop or an animal")
    _check_row(stock, "thing", kind.id, ("draw",), row)
    for key, known in (
        ("state", painter.props.get(row.prop, ())),
        ("pose", painter.animals.get(row.animal, ())),
    ):
        for fact, word in getattr(kind, key).items():
            if fact != "usual" and fact not in stock.facts:
                raise stock.problem("thing", kind.id, (key,), f"no fact {fact!r}")
            if word not in known:
                raise stock.problem(
                    "thing",
                    kind.id,
                    (key,),
                    f"no {key} {word!r}; it has {', '.join(sorted(known))}",
                )
    for colour in kind.colours:
        if colour not in painter.colours:
            raise stock.problem("thing", kind.id, ("colours",), f"no colour {colour!r}")


def _check_event(stock: Stock, worlds: Worlds, event: Event) -> None:
    def wrong(path: tuple[str | int, ...], what: str) -> BadInput:
        return stock.problem("event", event.id, path, what)

    if event.beat == "opening" and (event.needs or event.also):
        raise wrong(("needs",), "an opening needs nothing: nothing came before it")
    if event.beat != "opening" and not event.needs:
        raise wrong(("needs",), "needs at least one fact that an earlier event gives")
    if not event.people:
        raise wrong(("people",), "nobody takes part")
    if event.accepts and event.beat != "ending":
        raise wrong(("accepts",), "only an ending accepts a trouble")
    both = set(event.people) & set(event.things)
    if both:
        raise wrong(("things",), f"{sorted(both)[0]!r} is a person and a thing")
    for setting in event.settings:
        if setting not in stock.places:
            raise wrong(("settings",), f"no place {setting!r}")
    for piece in event.pieces:
        if piece not in stock.pieces:
            raise wrong(
                ("pieces",), f"no piece {piece!r}; there are {', '.join(sorted(stock.pieces))}"
            )
    for name, classes in event.things.items():
        for each in classes:
            if not any(each in kind.names for kind in stock.kinds.values()):
                raise wrong(("things",), f"no thing or class {each!r}")
        if not classes:
            raise wrong(("things",), f"{name!r}: of which class?")
    for key in ("needs", "also", "without", "gives", "ends", "accepts"):
        for fact in getattr(event, key):
            _check_truth(stock, event, key, fact)
    _check_texts(stock, event)
    coming = {
        n for n, part in event.people.items() if part.comes != "no" or event.beat == "opening"
    }
    unsaid = {*coming, *event.new_things} - _always_named(event)
    if unsaid:
        raise wrong(
            ("tell",),
            f"some wording doesn't mention {sorted(unsaid)[0]!r}: name whoever may come in here, and what is new",
        )
    for name in event.people:
        if name not in event.does:
            raise wrong(("does",), f"what does {name!r} do?")
        if name not in event.draw:
            raise wrong(("draw",), f"how is {name!r} drawn?")
        if not event.draw[name].pose:
            raise wrong(("draw", name), f"{name!r} needs a pose")
    names = {*event.people, *event.things, *event.pieces}
    if event.look and event.look not in names:
        raise wrong(("look",), f"nobody and nothing is called {event.look!r}")
    for key in ("does", "feels"):
        for name in getattr(event, key):
            if name not in {*event.people, *event.things}:
                raise wrong((key,), f"nobody is called {name!r}")
    extras = {name for name, row in event.draw.items() if row.is_thing}
    for name, row in event.draw.items():
        if name not in names and not row.is_thing:
            raise wrong(
                ("draw", name), f"{name!r} is none of its people, things and pieces, and no prop"
            )
        if name in event.things and row.is_thing:
            raise wrong(("draw", name), "its kind says what is drawn: leave prop and animal out")
        _check_row(stock, "event", event.id, ("draw", name), row)
        for field in ("near", "on", "sits_on", "stands_on", "lies_on"):
            value = getattr(row, field)
            if value and value not in names | extras:
                raise wrong(("draw", name), f"{field}: nothing is called {value!r}")
        for value in (*row.holds, *row.does.values()):
            if value not in names | extras:
                raise wrong(("draw", name), f"nothing is called {value!r}")
        if row.gaze and row.gaze not in names | extras | GAZE_WORDS:
            raise wrong(("draw", name), f"gaze: nothing is called {row.gaze!r}")
        if row.wear:
            raise wrong(("draw", name), "nobody changes clothes within a story: leave 'wear' out")


def _check_truth(stock: Stock, event: Event, key: str, truth: Truth) -> None:
    fact = stock.facts.get(truth.fact)
    if fact is None:
        raise stock.problem("event", event.id, (key,), f"no fact {truth.fact!r}")
    if len(fact.of) != len(truth.of):
        raise stock.problem(
            "event",
            event.id,
            (key,),
            f"{fact.id} is about {' and '.join(fact.of) or 'nobody'}, not {truth}",
        )
    for sort, name in zip(fact.of, truth.of, strict=True):
        known = event.people if sort == "person" else event.things
        if name not in known:
            raise stock.problem(
                "event", event.id, (key,), f"{truth}: no {sort} {name!r} in this event"
            )


def _texts(event: Event) -> Iterator[tuple[str, str]]:
    yield "tell", event.tell
    yield from (("caption", each) for each in event.caption)
    yield from (("event", each) for each in event.event)
    yield from (("does", each) for wordings in event.does.values() for each in wordings)


def _always_named(event: Event) -> set[str]:
    """Who and what a telling mentions, whichever wordings are chosen."""
    plain = _NOW.sub(lambda m: m[0] if (m[2] or "") in FORMS else m[1], event.tell)
    found: set[str] = set()
    for sentence in telling(plain.replace("{at}", "here")):
        if sentence.kind == "core":
            found |= frozenset.intersection(*(names_in(each) for each in sentence.wordings))
    return found


def _check_texts(stock: Stock, event: Event) -> None:
    names = {*event.people, *event.things, *event.pieces, *_ALWAYS}
    for key, text in _texts(event):
        for name, word in words_asked(text):
            if name not in event.things:
                raise stock.problem(
                    "event",
                    event.id,
                    (key,),
                    f"{{{name}.{word}}}: only things have words of their own",
                )
            asked = set(event.things[name])
            for kind in stock.kinds.values():
                if kind.names & asked and word not in kind.words:
                    raise stock.problem(
                        "event",
                        event.id,
                        (key,),
                        f"the thing {kind.id!r} has no word {word!r} for {{{name}.{word}}}",
                    )
        plain = _NOW.sub(
            lambda match: match[0] if (match[2] or "") in FORMS else match[1],
            text.replace("{at}", "here"),
        )
        try:
            sentences = telling(plain)
        except BadInput as error:
            raise stock.problem("event", event.id, (key,), error.message) from None
        for sentence in sentences:
            for wording in sentence.wordings:
                for node in walk(wording):
                    if isinstance(node, Mention | Gendered) and node.name not in names:
                        raise stock.problem(
                            "event", event.id, (key,), f"nobody and nothing is called {node.name!r}"
                        )


def _check_row(stock: Stock, kind: str, name: str, path: tuple[str | int, ...], row: Row) -> None:
    painter = painter_vocabulary()
    for what, word, known in (
        ("pose", row.pose, None if row.animal else painter.poses),
        ("face", row.face, painter.expressions),
        ("prop", row.prop, painter.props),
        ("animal", row.animal, painter.animals),
        ("sign", row.sign, painter.signs),
        ("colour", row.colour, painter.colours),
        ("state", row.state if row.prop else "", painter.props.get(row.prop, ())),
    ):
        if what == "pose" and word and any(word in poses for poses in painter.animals.values()):
            continue
        if word and known is not None and word not in known:
            raise stock.problem(kind, name, path, f"the painter has no {what} {word!r}")
