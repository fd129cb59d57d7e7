"""From actions and links to poses, hands, relations and places of the drafts."""

from __future__ import annotations

from collections.abc import Iterable

from storypainter.director.cast import ONLY_TOLD, Cast
from storypainter.director.clauses import Action, Link
from storypainter.director.drafts import Draft
from storypainter.director.gazetteer import gazetteer
from storypainter.director.phrases import grammar
from storypainter.director.placing import bearing

_SITTING = frozenset({"sit", "perch", "seat"})
_LYING = frozenset({"lie", "sprawl", "nap", "snore"})
#: Verbs that tell how somebody is by what bears them: in a chair one rests sitting.
_AS_BORNE = frozenset({"rest", "sleep", "doze"})
_FLOORS = frozenset(
    {"floor", "ground", "grass", "sand", "earth", "snow", "straw", "lawn", "carpet", "rug", "heel"}
)
#: Poses that a participle of the past tells: "a man bent over"; others tell what is done to him.
_BORNE = frozenset(
    {"sit", "sit ground", "bend down", "lean forward", "crouch", "kneel", "huddle", "lie", "hang"}
)
_COVERS = frozenset({"blanket", "sleeping bag", "quilt", "duvet"})
#: Poses that a verb does not tell if what it moves is a limb: "pushes her hands in".
_NOT_WITH_LIMBS = frozenset(
    {
        "lie",
        "push",
        "pull",
        "lift",
        "throw",
        "open",
        "hang",
        "hand over",
        "run",
        "skate",
        "sit",
        "paint",
    }
)
#: Poses that a verb does not tell if it is done to something: "slides a plate over", "rests a hand".
_DONE_TO_NOTHING = frozenset(
    {"run", "skate", "swim", "fall", "jump", "sit", "lie", "crawl", "dance"}
)
_ON_HER = 14  # characters between a person and the knees of "a woman on both her knees"
_CLIMBED = frozenset({"tree", "apple tree", "ladder"})
_RIDDEN = frozenset({"bicycle", "scooter", "motorcycle"})
_STANDING = frozenset({"stand", "balance", "climb", "rise", "dance", "hop", "jump"})


def act(cast: Cast, actions: Iterable[Action], links: Iterable[Link]) -> None:
    """Apply all actions, then all links, to the drafts."""
    actions = list(actions)
    for action in actions:
        if not action.negated:
            _Deed(cast, action).apply()
    for action in actions:
        _take_seat(cast, action)
    links = list(links)
    hands = grammar()["body_of_holding"]
    standing = {
        id(anchor)
        for link in links
        if link.item.unseen is None or link.item.text.casefold() not in hands
        for anchor in link.anchors
    }
    for link in links:
        _apply_link(cast, link, standing)


def bury(actions: Iterable[Action]) -> None:
    """Leave out who is told to be dead: "her father passed away"."""
    for action in actions:
        phrases = {action.verb, *(f"{action.verb} {particle}" for particle in action.particles)}
        if phrases & grammar()["dead_verbs"] and not action.negated:
            for draft in action.subjects:
                draft.left_out = ONLY_TOLD


def _take_seat(cast: Cast, action: Action) -> None:
    """Who sits, and is told to be at a seat in another verb, sits on it: "sits bound to a chair"."""
    for subject in action.subjects:
        if subject.posture != "sit" or subject.on is not None or action.negated:
            continue
        for link in action.links:
            bears = link.word in ("to", "in", "on") and link.targets
            if bears and link.targets[0].word in cast.vocabulary.seats:
                subject.put("on", link.targets[0])


class _Deed:
    """One action being applied."""

    def __init__(self, cast: Cast, action: Action) -> None:
        self.cast = cast
        self.action = action
        self.names = gazetteer()

    def apply(self) -> None:
        action = self.action
        if action.form == "passive":
            self._suffer()
            return
        suffers = action.form == "past" and action.said != action.verb
        for subject in action.subjects:
            if not subject.acts:
                self._happen(subject)
                continue
            if not action.unreal:
                self._pose(subject)
            if not suffers:
                self._relate(subject)
                self._hands(subject)
            self._posture(subject)

    def _suffer(self) -> None:
        """Passive: what is done to the subject shows as its state; "held by a man" is in his hand."""
        by = [t for link in self.action.links if link.word == "by" for t in link.targets if t.acts]
        for subject in self.action.subjects:
            if not subject.is_person:
                subject.conditions += [self.action.said, self.action.verb]
                if by and self.action.verb in grammar()["holding"]:
                    by[0].hold(subject, mouth=by[0].kind == "animal")

    def _rest(self, subject: Draft) -> None:
        """Who sleeps or rests sits on a seat, and lies on what one lies on."""
        for link in self.action.links:
            for target in link.targets[:1] if link.word in ("on", "in", "upon") else ():
                lists = bearing()["lists"]
                if target.word in lists["lain_on"] or target.word in lists["sat_on"]:
                    subject.posture = "lie" if target.word in lists["lain_on"] else "sit"
                    subject.put("on", target)

    def _happen(self, thing: Draft) -> None:
        """What a thing does is its state: it burns, melts, overflows, flies away."""
        verb = self.action.verb
        ending = verb[:-1] if verb.endswith("e") else verb
        thing.conditions += [
            f"{ending}ing",
            verb,
            *(f"{ending}ing {p}" for p in self.action.particles),
        ]

    def _phrases(self) -> list[str]:
        verb = self.action.verb
        return [*(f"{verb} {particle}" for particle in self.action.particles), verb]

    def _pose(self, subject: Draft) -> None:
        if self.action.verb == "take" and any(
            t.word in self.cast.vocabulary.seats for t in self.action.objects
        ):
            subject.posture = "sit"  # "takes a seat"
            subject.put("on", self.action.objects[0])
            return
        for phrase in self._phrases():
            group = self.names.group(phrase, "pose")
            if group is not None:
                if self.action.form == "perfect" and group.word not in _BORNE:
                    return
                limb = self.action.self_part and group.word in _NOT_WITH_LIMBS
                done_to = self.action.has_object and not self.action.inverted
                moved = done_to and group.word in _DONE_TO_NOTHING
                suffers = self.action.form == "past" and self.action.said != self.action.verb
                borne = suffers and group.word not in _BORNE
                if not (limb or moved or borne):
                    subject.poses.append(group.word)
                return

    def _relate(self, subject: Draft) -> None:
        action = self.action
        if action.form == "perfect":
            return
        for phrase in self._phrases():
            group = self.names.group(phrase, "relation")
            if group is None:
                continue
            particle = phrase.partition(" ")[2]
            links = [link for link in action.links if link.targets]
            if particle:
                targets = [link.targets[0] for link in links if link.word == particle][:1]
            else:
                targets = action.objects
            if group.word == "hands_to":
                to = [link.targets[0] for link in links if link.word in ("to", "towards")]
                targets = [*action.recipients, *(t for t in to if t.acts)]
            self._aim(subject, group.word, targets)
            return

    def _aim(self, subject: Draft, kind: str, targets: list[Draft]) -> None:
        for target in targets[:2]:
            if kind in ("carries", "pushes", "pulls") and not target.acts:
                continue
            if kind == "hands_to" and not target.acts:
                continue
            if kind == "leads" and target.kind != "animal":
                continue
            subject.relate(kind, target)

    def _hands(self, subject: Draft) -> None:
        """What the hands are busy with."""
        action = self.action
        if action.verb in grammar()["wearing"]:
            for thing in action.objects:
                thing.put("near", subject)
        blows = action.verb == "blow" and "out" not in action.particles
        if (action.verb not in grammar()["holding"] and not blows) or action.form == "perfect":
            return
        for thing in action.objects:
            if thing.kind in ("prop", "animal"):
                subject.hold(thing, mouth=subject.kind == "animal")

    def _posture(self, subject: Draft) -> None:
        verb = self.action.verb
        posture = (
            "sit" if verb in _SITTING else "lie" if verb in _LYING else "stand"
            if verb in _STANDING else None
        )  # fmt: skip
        if verb in _AS_BORNE:
            self._rest(subject)
        if posture is None or (self.action.self_part and posture != "stand"):
            return
        if posture != "stand" and self.action.objects:
            return
        if posture != "stand" or subject.posture is None:
            subject.posture = posture  # type: ignore[assignment]
        seats = self.cast.vocabulary.seats
        for link in self.action.links:
            if posture == "sit" and link.item.word in _FLOORS:
                subject.poses.append("sit ground")
            bears = link.word in ("on", "onto", "upon", "atop", "in", "inside")
            for target in link.targets[:1]:
                bound = posture == "sit" and link.word == "to" and target.word in seats
                if (bears or bound) and not target.is_person:
                    subject.put("on", target)


def _apply_link(cast: Cast, link: Link, standing: set[int]) -> None:
    """Place what stands before a preposition; ``standing`` are drafts that stand by something."""
    words = grammar()
    surface = link.item.text.casefold()
    way = words["places"].get(link.word)
    if way is None:
        return
    if link.item.unseen == "body":
        _apply_body(link, surface, words)
        return
    if link.item.word == "side":
        for thing in (each for each in link.anchors if not each.acts):
            for owner in link.owners[:1]:
                thing.put("near", owner)
    if not link.targets:
        return
    for at, anchor in enumerate(link.anchors):
        target = link.targets[min(at, len(link.targets) - 1)]
        if anchor.is_person and link.word in ("in", "up") and target.word in _CLIMBED:
            anchor.poses.insert(0, "climb")
            anchor.acted_on.append(("climb", target))
        elif anchor.is_person and link.word in ("under", "beneath") and target.word in _COVERS:
            anchor.posture = anchor.posture or "lie"
            target.put("near", anchor)
        elif anchor.is_person and way == "on" and target.word in _RIDDEN:
            anchor.poses.append("cycle")
            anchor.hold(target)
        elif link.word == "with" and not anchor.acts:
            if id(target) not in standing:
                target.put("near", anchor)
        elif anchor.is_person and link.word == "with" and target.kind in ("prop", "animal"):
            free = id(target) not in standing and target.kind == "prop"
            if free and target.word in cast.vocabulary.holdable:
                anchor.hold(target)
            else:
                target.put("near", anchor)
        elif anchor.kind == "animal" and link.word == "on" and "leash" in target.word:
            target.put("near", anchor)
        elif anchor.is_person and way == "behind" and "hide" in anchor.poses:
            anchor.relate("hides_behind", target)
        else:
            anchor.put(way, target)


def _apply_body(link: Link, surface: str, words: dict[str, frozenset[str]]) -> None:
    """Place what is at a body: "a cup in her hand", "a cat on his lap"."""
    people = [d for d in link.owners if d.acts]
    if surface in ("knees", "knee") and link.word == "on":
        for person in link.anchors:
            beside = any(0 < link.item.start - s.end <= _ON_HER for s in person.spans)
            leads = all(link.item.start < span.start for span in person.spans)
            if person.is_person and (beside or leads) and (person in people or not people):
                person.poses.append("kneel")
    for thing in link.anchors:
        for owner in people[:1]:
            if thing is owner or (thing.acts and owner.kind == "animal"):
                continue
            if link.word in ("in", "under", "between") and surface in words["body_of_holding"]:
                owner.hold(thing)
            elif surface in words["body_of_mouth"] and link.word in ("in", "between"):
                owner.hold(thing, mouth=True)
            elif surface in words["body_of_lap"] and not thing.is_person:
                owner.hold(thing)
            elif not thing.is_person:
                thing.put("near", owner)
