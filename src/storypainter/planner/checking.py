"""Checks across world files: names, words of the painter, evidence, and what a telling needs.

Every error names the file and the line, and says what to do.
"""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Mapping

from storypainter.errors import BadInput
from storypainter.planner.cells import fits, required_slots
from storypainter.planner.markup import (
    PRONOUNS,
    Mention,
    Node,
    Seen,
    Sentence,
    Words,
    names,
    telling,
    walk,
)
from storypainter.planner.reading import Worlds
from storypainter.planner.wardrobe import garment
from storypainter.planner.world import (
    Draw,
    Image,
    LocalTime,
    Need,
    Row,
    Scenery,
    Setting,
    Situation,
)
from storypainter.scene import GAZE_WORDS
from storypainter.story import Dimension
from storypainter.vocabulary import painter_vocabulary

_Path = tuple[str | int, ...]


def check(worlds: Worlds) -> None:
    """Refuse worlds that break a rule.

    Raises:
        BadInput: the first breach that is found.
    """
    for setting in worlds.settings.values():
        _check_setting(_At(worlds, "setting", setting.id), worlds, setting)
    for situation in worlds.situations.values():
        _check_situation(_At(worlds, "situation", situation.id), worlds, situation)
    for number, time in enumerate(worlds.times):
        _check_local_time(_At(worlds, "time", str(number)), worlds, time)
    for number, look in enumerate(worlds.looks):
        at = _At(worlds, "look", str(number))
        _check_locales(at, worlds, look.locales)
        at.parse("say", look.say, {"self"})
        at.run("wear", lambda look=look: _need_garments(look.wear, look.colours))
        _check_marks(at, worlds, (*look.where, *look.unless))
    for bond in worlds.relationships.values():
        at = _At(worlds, "relationship", bond.id)
        for number, evidence in enumerate(bond.evidence):
            place = at.down("evidence", number)
            place.parse("tell", evidence.tell, {"a", "b"})
            for key in ("first", "second", "shows"):
                place.parse(key, getattr(evidence, key), {"a", "b", "self"})
            place.run("wear", lambda e=evidence: _need_garments(e.wear, e.colours))
            _check_marks(place, worlds, (*evidence.where, *evidence.unless))
        at.parse("says", bond.says, {"a", "b"})


def _check_marks(at: _At, worlds: Worlds, marks: Iterable[str]) -> None:
    known = sorted({mark for setting in worlds.settings.values() for mark in setting.marks})
    for mark in marks:
        at.need(mark in known, f"no setting has the mark {mark!r}" + _guess(mark, known))


class _At:
    """A place in a world file, for errors."""

    def __init__(self, worlds: Worlds, kind: str, name: str, path: _Path = ()) -> None:
        self._worlds, self._kind, self._name, self._path = worlds, kind, name, path

    def down(self, *path: str | int) -> _At:
        """A place further inside."""
        return _At(self._worlds, self._kind, self._name, (*self._path, *path))

    def problem(self, what: str) -> BadInput:
        return self._worlds.problem(self._kind, self._name, self._path, what)

    def need(self, holds: object, what: str) -> None:
        if not holds:
            raise self.problem(what)

    def run(self, key: str, step: object) -> None:
        """Call ``step``, and say where it was if it fails."""
        try:
            step()  # type: ignore[operator]
        except (BadInput, ValueError) as error:
            what = error.message if isinstance(error, BadInput) else str(error)
            raise self.down(key).problem(what) from None

    def parse(self, key: str, text: str, known: Iterable[str]) -> tuple[Sentence, ...]:
        """Read marked text whose names must be ``known``."""
        place = self.down(*key.split(".")) if key else self
        try:
            sentences = telling(text.replace("{colour}", "red"))
        except BadInput as error:
            raise place.problem(error.message) from None
        place.need(" + " not in text and "->" not in text, "holds ' + ' or '->', a Chain's signs")
        for each in sentences:
            for wording in each.wordings:
                _check_articles(place, wording)
        mentioned = frozenset().union(
            *(names(wording) for each in sentences for wording in each.wordings), frozenset()
        )
        for name in sorted(mentioned - set(known)):
            raise place.problem(f"{{{name}}} is no role, slot or thing here" + _guess(name, known))
        return sentences

    def word(self, kind: str, word: str, known: Iterable[str]) -> None:
        """A word of the painter's vocabulary."""
        known = list(known)
        if word not in known:
            raise self.problem(f"the painter knows no {kind} {word!r}" + _guess(word, known))


def _check_articles(at: _At, nodes: tuple[Node, ...]) -> None:
    """A mention brings its own article."""
    for one, other in itertools.pairwise(nodes):
        if isinstance(one, Words) and isinstance(other, Mention) and other.form in ("", "o", "the"):
            last = one.text.split()[-1:] if one.text[-1:].isspace() else []
            at.need(
                last not in (["the"], ["a"], ["an"], ["The"], ["A"], ["An"]),
                f"'{' '.join(last)} {{{other.name}}}': a mention brings its own article",
            )
        if isinstance(other, Seen):
            _check_articles(at, other.parts)


def _guess(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _need_garments(wear: Iterable[str], colours: Iterable[str]) -> None:
    vocabulary = painter_vocabulary()
    for text in wear:
        for colour in [*colours, *([] if "{colour}" in text else [""])]:
            found = garment(text, colour)
            if found["kind"] not in vocabulary.attire:
                raise ValueError(
                    f"the painter knows no garment {found['kind']!r}"
                    + _guess(found["kind"], vocabulary.attire)
                )
            said = found.get("colour", "")
            if said and said.split()[-1] not in vocabulary.colours:
                raise ValueError(f"the painter knows no colour {said!r}")


# ---------------------------------------------------------------------- settings


def _check_setting(at: _At, worlds: Worlds, setting: Setting) -> None:
    vocabulary = painter_vocabulary()
    at.down("ink").word("setting", setting.ink, vocabulary.settings)
    seen: set[str] = set()
    for number, member in enumerate(setting.cast):
        place = at.down("cast", number)
        place.need(member.id not in seen, f"the cast has {member.id!r} twice")
        seen.add(member.id)
        for role in member.role:
            place.down("role").word("role", role, vocabulary.roles)
        for count, look in enumerate(member.looks):
            inside = place.down("looks", count)
            inside.parse("say", look.say, {"self"})
            inside.run("wear", lambda look=look: _need_garments(look.wear, look.colours))
        if member.says:
            place.parse("says", member.says, {"self"})
            place.need(
                any(telling(look.say)[0].clues for look in member.looks),
                "'says' needs looks with clues in square brackets",
            )
    for slot, things in setting.slot.items():
        for number, thing in enumerate(things):
            inside = at.down(f"slot.{slot}", number)
            _check_row(inside, "draw", thing.draw, (), setting)
            inside.need(thing.draw.is_thing, "'draw' needs a prop, an animal or a sign")
    for number, time in enumerate(setting.time):
        place = at.down("time", number)
        for fact in time.gives:
            place.down("gives").need(
                fact in worlds.facts, f"no fact {fact!r}" + _guess(fact, worlds.facts)
            )
        _check_scenery(place, time, setting)
        place.parse("says", time.says, ())
    for number, detail in enumerate(setting.detail):
        place = at.down("detail", number)
        _check_scenery(place, detail, setting)
        _check_excludes(place, worlds, detail.excludes)


def _check_locales(at: _At, worlds: Worlds, locales: Iterable[str]) -> None:
    for locale in locales:
        at.down("locales").need(locale in worlds.locales, f"no locale {locale!r}")


def _check_local_time(at: _At, worlds: Worlds, time: LocalTime) -> None:
    """A time of a culture, in each of its settings."""
    _check_locales(at, worlds, time.locales)
    for name in time.settings or tuple(worlds.settings):
        at.down("settings").need(name in worlds.settings, f"no setting {name!r}")
        _check_scenery(at, time, worlds.settings[name])


def _check_scenery(at: _At, seen: Scenery, setting: Setting) -> None:
    sentences = at.parse("tell", seen.tell, seen.things)
    shown = [clue for each in sentences for clue in each.clues]
    at.down("tell").need(len(shown) >= 2, "marks fewer than two clues")
    _check_clues(at, shown, seen.clues, seen.draw, seen.things)
    for name, row in seen.draw.items():
        at.down("draw", name).need(row.is_thing, "needs a prop, an animal or a sign")
        _check_row(at.down("draw", name), "", row, seen.draw, setting)


def _check_clues(
    at: _At, shown: list[str], reworded: Mapping[str, str], draw: Draw, known: Iterable[str]
) -> None:
    for clue in shown:
        at.down("tell").need(shown.count(clue) == 1, f"the clue {clue!r} is marked twice")
    for clue, text in reworded.items():
        at.down("clues", clue).need(clue in shown, f"the clue {clue!r} is marked nowhere")
        at.parse(f"clues.{clue}", text, known)
    carried = {clue for row in draw.values() for clue in row.clues}
    for clue in shown:
        at.down("draw").need(clue in carried, f"nothing that is drawn carries the clue {clue!r}")
    for name, row in draw.items():
        for clue in row.clues:
            at.down("draw", name).need(clue in shown, f"carries the unknown clue {clue!r}")


def _check_row(at: _At, key: str, row: Row, others: Iterable[str], setting: Setting | None) -> None:
    place = at.down(key) if key else at
    vocabulary = painter_vocabulary()
    known = set(others)
    if row.prop:
        place.word("prop", row.prop, vocabulary.props)
        if row.state:
            states = vocabulary.props[row.prop]
            place.need(
                row.state in states,
                f"the painter knows no state {row.state!r} of a {row.prop!r}, only {', '.join(states)}",
            )
    elif row.animal:
        place.word("animal", row.animal, vocabulary.animals)
        if row.pose:
            place.word(f"pose of a {row.animal!r}", row.pose, vocabulary.animals[row.animal])
    elif row.sign:
        place.word("sign", row.sign, vocabulary.signs)
    else:
        if row.pose:
            place.word("pose", row.pose, vocabulary.poses)
        if row.face:
            place.word("expression", row.face, vocabulary.expressions)
    if row.colour:
        place.word("colour", row.colour.split()[-1], vocabulary.colours)
    if row.anchor and setting is not None:
        anchors = vocabulary.settings[setting.ink]
        place.word(f"anchor of {setting.ink!r}", row.anchor, anchors)
    for field in ("near", "on", "sits_on", "stands_on", "lies_on"):
        target = getattr(row, field)
        place.need(not target or target in known, f"{field} = {target!r} is not drawn here")
    place.need(not (row.facing and (row.prop or row.sign)), "a thing has no 'facing'")
    for target in (*row.holds, *row.does.values()):
        place.need(target in known, f"{target!r} is not drawn here" + _guess(target, known))
    gaze = row.gaze
    place.need(
        not gaze or gaze in known or gaze in GAZE_WORDS, f"gaze = {gaze!r} is not drawn here"
    )
    if row.wear:
        place.run("wear", lambda: _need_garments(row.wear, ()))


def _check_support(at: _At, row: Row, draw: Draw, setting: Setting) -> None:
    """What somebody sits or lies on bears people, and what something stands on bears things."""
    vocabulary = painter_vocabulary()
    for field, bearing in (
        ("on", vocabulary.surfaces),
        ("sits_on", {**vocabulary.seats, **vocabulary.surfaces}),
        ("stands_on", vocabulary.surfaces),
        ("lies_on", {**vocabulary.berths, **vocabulary.surfaces}),
    ):
        name = getattr(row, field)
        things = [draw[name]] if name in draw else [t.draw for t in setting.slot.get(name, ())]
        for thing in things:
            at.need(
                thing.prop in bearing,
                f"{field} = {name!r}: nothing can be on a {thing.prop or thing.animal or thing.sign!r}",
            )


# ---------------------------------------------------------------------- situations


def _check_situation(at: _At, worlds: Worlds, situation: Situation) -> None:
    roles = set(situation.roles)
    at.need(situation.id not in ("time", "place"), "is a name that stories keep for themselves")
    at.need(situation.acting or situation.kind in ("mishap", "temptation", "danger"),
            "nobody acts, and it is no mishap, temptation or danger")  # fmt: skip
    for number, give in enumerate(situation.gives):
        _check_fact(at.down("gives", number), worlds, give.fact, give.of, roles)
        _check_keys(at.down("gives", number), give.shown, situation)
    for number, need in enumerate(situation.needs):
        place = at.down("needs", number)
        _check_fact(place, worlds, need.fact, need.of, roles)
        _check_keys(place, need.shown, situation)
        _check_cause(place, need, situation)
    bonds = {each.bond for each in worlds.relationships.values()}
    for number, bond in enumerate(situation.bonds):
        place = at.down("bonds", number)
        place.need(bond.bond in bonds, f"no relationship has the bond {bond.bond!r}")
        place.need({bond.a, bond.b} <= roles, "'a' and 'b' must be roles")
    for name, conclusion in situation.conclusions.items():
        place = at.down("conclusions", name)
        place.parse("", conclusion.says, roles | set(situation.things))
        place.need(
            conclusion.dimension is not Dimension.EVENT_CAUSAL_RELATIONSHIP or not conclusion.feels,
            "a cause has no feeling",
        )
        if conclusion.feels:
            place.need(
                conclusion.feels in worlds.feelings,
                f"no feeling {conclusion.feels!r}, only {', '.join(sorted(worlds.feelings))}",
            )
        elif conclusion.dimension is Dimension.MENTAL_STATE:
            raise place.problem("a mental state needs 'feels', one of the feelings in facts.toml")
    _check_excludes(at, worlds, situation.excludes)
    for role in situation.strangers:
        at.down("strangers").need(role in roles, f"no role {role!r}")
    at.down("settings").need(
        set(situation.settings) <= worlds.settings.keys(), "names an unknown setting"
    )
    seen: set[str] = set()
    for number, image in enumerate(situation.image):
        place = at.down("image", number)
        place.need(image.id not in seen, f"two images are called {image.id!r}")
        seen.add(image.id)
        _check_image(place, worlds, situation, image)


def _check_excludes(at: _At, worlds: Worlds, excluded: Iterable[str]) -> None:
    for each in excluded:
        name, _, image = each.partition(".")
        place = at.down("excludes")
        place.need(name in worlds.situations, f"no situation {name!r}")
        images = [known.id for known in worlds.situations[name].image]
        place.need(not image or image in images, f"{name!r} has no image {image!r}")


def _check_fact(at: _At, worlds: Worlds, fact: str, of: tuple[str, ...], roles: set[str]) -> None:
    at.need(fact in worlds.facts, f"no fact {fact!r}" + _guess(fact, worlds.facts))
    wanted = worlds.facts[fact].of
    at.need(
        len(of) == len(wanted), f"the fact {fact!r} is about {len(wanted)} ({' '.join(wanted)})"
    )
    at.need(set(of) <= roles, "'of' must list roles")


def _check_keys(at: _At, keys: tuple[str, ...], situation: Situation) -> None:
    for key in keys:
        at.need(key in situation.conclusions, f"'shown' names no conclusion {key!r}")


def _check_cause(at: _At, need: Need, situation: Situation) -> None:
    at.parse("so", need.so, {*situation.roles, *situation.things})


def _check_image(at: _At, worlds: Worlds, situation: Situation, image: Image) -> None:
    at.run("tell", lambda: telling(image.tell))
    settings = [s for s in worlds.settings.values() if fits(image, situation, s)]
    at.need(
        set(image.settings) <= worlds.settings.keys(),
        f"{image.id!r} names an unknown setting; settings go by their ids: {', '.join(sorted(worlds.settings))}",
    )
    slots = required_slots(image, situation)
    known = {*situation.roles, *situation.things, *image.things, *slots}
    offered = {slot for each in worlds.settings.values() for slot in each.slot}
    for name in sorted(slots - offered):
        raise at.problem(
            f"image {image.id!r}: {name!r} is no role or thing here and no setting's slot"
            + _guess(name, {*known, *image.draw} - slots)
        )
    at.need(settings, f"no setting can show the image {image.id!r}")
    sentences = at.parse("tell", image.tell, known)
    shown = [clue for each in sentences for clue in each.clues]
    _check_clues(at, shown, image.clues, image.draw, known)
    _check_mentions(at.down("tell"), sentences, situation)
    for name, row in image.draw.items():
        place = at.down("draw", name)
        others = {*image.draw, *situation.roles, *slots} - {name}
        place.need(
            row.is_thing or name in situation.roles or name in slots, "needs a prop, animal or sign"
        )
        place.need(
            not (row.is_thing and name in situation.roles), "a role is a person, not a thing"
        )
        for setting in settings:
            _check_row(place, "", row, others, setting)
            _check_support(place, row, image.draw, setting)
    for role in situation.acting:
        part = image.draw.get(role)
        at.down("draw").need(part is not None and part.pose, f"{role!r} acts and has no pose")
    at.need(image.id != "any", "is a name that the rules keep for themselves")
    _check_excludes(at, worlds, image.excludes)
    _check_evidence(at, situation, image, sentences)


def _check_mentions(at: _At, sentences: tuple[Sentence, ...], situation: Situation) -> None:
    """Pronouns follow what they stand for; nobody comes in as a possessive."""
    introduced: set[str] = set()
    for each in sentences:
        for wording in each.wordings:
            here: set[str] = set()
            for node in walk(wording):
                if not isinstance(node, Mention):
                    continue
                if node.form in PRONOUNS:
                    at.need(
                        node.name in here,
                        f"'{{{node.name}.{node.form}}}' stands in its sentence before {{{node.name}}}",
                    )
                elif node.form in ("s", "hers") and node.name in situation.acting:
                    at.need(
                        node.name in introduced | here,
                        f"{{{node.name}.{node.form}}} comes before {{{node.name}}}: whoever acts"
                        " is introduced by the noun alone",
                    )
                here.add(node.name)
            if each.kind == "core":
                introduced |= here
    for role in situation.acting:
        at.need(role in introduced, f"the role {role!r} acts and is never mentioned")
    bonded = {role for bond in situation.bonds for role in (bond.a, bond.b)}
    for need in situation.needs:
        at.need(
            need.optional or not need.of or introduced.intersection(need.of) or bonded & {*need.of},
            f"nobody of {' '.join(need.of)!r}, who join this to the fact {need.fact!r}, is in a"
            " sentence that is always told: name one in a line without '? ' or '> '",
        )


def _check_evidence(
    at: _At, situation: Situation, image: Image, sentences: tuple[Sentence, ...]
) -> None:
    shown = {node.clue for each in sentences for node in each.wordings[0] if isinstance(node, Seen)}
    place = at.down("evidence")
    for name in situation.conclusions:
        place.need(name in image.evidence, f"image {image.id!r} has no evidence for {name!r}")
    used: set[str] = set()
    for name, clues in image.evidence.items():
        place.need(name in situation.conclusions, f"{name!r} is no conclusion")
        for clue in clues:
            place.need(clue.rstrip("?") in shown, f"{clue.rstrip('?')!r} is no clue of the telling")
            used.add(clue.rstrip("?"))
        place.need(
            any(not clue.endswith("?") for clue in clues), f"{name!r} needs a clue of its own"
        )
    for clue in sorted(shown - used):
        raise place.problem(f"the clue {clue!r} is evidence for nothing")
    always = {clue for each in sentences if each.kind == "core" for clue in each.clues}
    doing = image.evidence.get("doing", ())
    place.need(
        {c for c in doing if not c.endswith("?")} <= always,
        "'doing' rests on a sentence that can be left out",
    )
