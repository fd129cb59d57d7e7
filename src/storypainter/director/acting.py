"""From actions and links to poses, hands, relations and places of the drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storypainter.director.cast import ONLY_TOLD, Cast
from storypainter.director.clauses import Action, Link
from storypainter.director.drafts import Draft
from storypainter.director.gazetteer import gazetteer
from storypainter.director.phrases import SAME_FORM, grammar
from storypainter.director.placing import bearing

_SITTING = frozenset({"sit", "perch", "seat"})
_LYING = frozenset({"lie", "sprawl"})
#: Verbs that tell how somebody is by what bears them: in a chair one rests sitting.
_AS_BORNE = frozenset({"rest", "sleep", "doze", "nap", "snore"})
_BACKWARDS = frozenset({"back", "backwards", "backward", "away"})
_FLYING = frozenset(
    {"fly", "hang", "hover", "soar", "swoop", "glide", "circle", "flutter", "wheel", "flap"}
)
_AIR = frozenset({"air", "mid-air", "midair"})
#: Verbs that keep a small child in the arms.
_IN_ARMS = frozenset(
    {"carry", "cradle", "rock", "nurse", "breastfeed", "suckle", "dandle", "lull", "burp", "hold"}
    | {"hug", "cuddle", "lift", "clutch", "clasp"}
)
#: Relations that a passive clause tells of two people.
_DONE_TO_PEOPLE = frozenset({"hugs", "carries", "pushes", "pulls", "touches", "photographs"})
#: Where a small child is carried: "a baby at her breast".
_CARRYING = frozenset(
    {"breast", "arm", "arms", "hip", "back", "chest", "shoulder", "shoulders", "bosom", "neck"}
)
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
_OTHER_THAN = {"his": "female", "her": "male"}
_LIGHT = 110.0  # cm: who is told to be with what is longer need not hold it
_DRIVEN = frozenset({"car", "taxi", "van", "bus", "tractor", "lorry"})
_VEHICLES = frozenset({"car", "taxi", "van", "tractor", "rowing boat"})
_RIDDEN = frozenset({"bicycle", "scooter", "motorcycle"})
#: Where one draws something, or oneself, without a pen: "draws back".
_DRAWN_WAYS = frozenset(
    {
        "back",
        "away",
        "near",
        "nearer",
        "close",
        "closer",
        "up",
        "out",
        "off",
        "in",
        "aside",
        "apart",
    }
    | {"together", "tight", "towards", "from", "level", "ahead", "to", "at", "shut", "open", "on"}
)
#: Parts of a body that bear a thing without a hand: "a book balanced on her head".
_NO_HANDS = frozenset(
    {
        "head",
        "foot",
        "feet",
        "instep",
        "toe",
        "toes",
        "nose",
        "chin",
        "forehead",
        "shoulder",
        "heel",
    }
    | {"shoulders", "back", "hip", "thigh", "thighs", "toecap", "crown", "belly", "nape", "neck"}
)
#: Verbs that leave what one only looks at where it is: it is held if one reads such things in the hand.
_LOOKED_AT = frozenset({"read", "study", "examine", "sign"})
_STANDING = frozenset({"stand", "climb", "rise", "dance", "hop", "jump", "leap", "skip"})


def act(cast: Cast, actions: Iterable[Action], links: Iterable[Link]) -> None:
    """Apply all actions, then all links, to the drafts."""
    actions = list(actions)
    for action in actions:
        if not action.negated:
            _Deed(cast, action).apply()
    for action in actions:
        _take_seat(cast, action)
    _mount(cast)
    links = list(links)
    _seat_by_links(actions, links)
    _seat_drivers(cast, actions)
    hands = grammar()["body_of_holding"]
    standing = {
        id(anchor)
        for link in links
        if link.item.unseen is None or link.item.text.casefold() not in hands
        for anchor in link.anchors
    }
    for link in links:
        _apply_link(cast, link, standing)


def _mount(cast: Cast) -> None:
    """Give who cycles something to ride: what is told of, or the bicycle that must be there."""
    for rider in [d for d in cast.drafts if d.is_person and "cycle" in d.poses and d.there]:
        if "push" in rider.poses or any(thing.word in _RIDDEN for thing in rider.holds):
            continue
        free = (d for d in cast.drafts if d.word in _RIDDEN and d.held_by is None and d.there)
        bicycle = next(free, None)
        if bicycle is None:
            if "bicycle" not in cast.vocabulary.words("prop"):
                continue
            bicycle = Draft("prop", "bicycle", "bicycle", implied=True)
            cast.drafts.append(bicycle)
        rider.hold(bicycle)


def _seat_by_links(actions: Sequence[Action], links: Sequence[Link]) -> None:
    """Who is told to be on a seat or in a bed sits or lies, whether or not that is drawn."""
    lists = bearing()["lists"]
    verbs = {id(link): action for action in actions for link in action.links}
    for link in links:
        if link.word not in ("on", "in", "upon") or link.item.unseen == "body":
            continue
        action = verbs.get(id(link))
        own = action is None or not any(d in action.subjects for d in link.anchors)
        if action is not None and not own and _goes(action):
            continue
        said = {link.item.word, link.item.word.removesuffix("s"), link.item.text.casefold()}
        posture = (
            "sit" if said & set(lists["seats"]) else "lie" if said & set(lists["beds"]) else ""
        )
        asleep = said & set(lists["slept_on"])
        for person in link.anchors if posture or asleep else ():
            if not posture and "sleep" not in person.poses and person.expression != "asleep":
                continue
            if person.is_person and person.posture is None and not _upright(person):
                person.posture = "lie" if posture == "lie" else "sit"


def _seat_drivers(cast: Cast, actions: Sequence[Action]) -> None:
    """A driver of whom no more is told than what one does at a wheel sits in the vehicle."""
    vehicle = next((d for d in cast.drafts if d.word in _DRIVEN and d.there), None)
    if vehicle is None:
        return
    at_wheel = bearing()["lists"]["wheel_verbs"]
    for driver in (d for d in cast.drafts if d.is_person and d.said.endswith("driver")):
        deeds = [a for a in actions if driver in a.subjects]
        if driver.posture is None and all(a.verb in at_wheel for a in deeds):
            driver.posture = None if _upright(driver) else "sit"
            driver.put("on", vehicle)


def _goes(action: Action) -> bool:
    """Whether a verb with a place behind it may tell more than where somebody is."""
    staying = action.verb in bearing()["lists"]["staying_verbs"]
    return not staying or action.negated or (action.has_object and action.verb in ("be", "have"))


def _upright(person: Draft) -> bool:
    return bool(set(bearing()["lists"]["upright"]) & set(person.poses))


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
        suffers = _suffers(action)
        meant = action.form == "base" and action.meant
        for subject in action.subjects:
            if not subject.acts:
                self._happen(subject)
                continue
            if meant or (action.said == "left" and not action.has_object):
                continue  # "reaches out to pull", "on her left"
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
            if subject.is_person and by:
                self._done_by(by[0], subject)
            if not subject.is_person:
                subject.conditions += [self.action.said, self.action.verb]
                if by and self.action.verb in grammar()["holding"]:
                    by[0].hold(subject, mouth=by[0].kind == "animal")

    def _done_by(self, doer: Draft, whom: Draft) -> None:
        """What somebody does to whom the clause is about: "a boy is hugged by his father"."""
        verb = "carry" if self.action.verb in _IN_ARMS and _is_small(whom) else self.action.verb
        kind = self.names.group(verb, "relation")
        if kind is None or kind.word not in _DONE_TO_PEOPLE or not doer.is_person:
            return
        pose = self.names.group(verb, "pose")
        doer.relate(kind.word, whom)
        doer.acted_on.append((verb, whom))
        if pose is not None and pose.word != "no pose":
            doer.poses.append(pose.word)

    def _rest(self, subject: Draft) -> None:
        """Who sleeps or rests sits on a seat, and lies on what one lies on."""
        for link in self.action.links:
            for target in link.targets[:1] if link.word in ("on", "in", "upon") else ():
                lists = bearing()["lists"]
                if target.word in lists["lain_on"] or target.word in lists["sat_on"]:
                    subject.posture = "lie" if target.word in lists["lain_on"] else "sit"
                    subject.put("on", target)
            borne = link.word in ("on", "upon") and link.item.unseen != "body"
            if borne and self.action.verb == "rest" and not self.action.objects:
                subject.posture = subject.posture or "sit"

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
        if self._in_the_air(subject):
            subject.poses.insert(0, "jump" if subject.is_person else "fly")
            return
        if self._on_a_ladder():
            subject.poses.insert(0, "climb")
            return
        if self.action.verb in ("lean", "bend") and _BACKWARDS & set(self.action.particles):
            return
        if self.action.verb == "draw" and not self._draws_a_picture():
            return  # a curtain, a thread, a chair
        for phrase in self._phrases():
            group = self.names.group(phrase, "pose")
            if group is not None:
                if group.word == "no pose":
                    continue
                if group.word == "hug" and not self.action.objects:
                    return  # "a letter hugged to him"
                if self.action.form == "perfect" and group.word not in _BORNE:
                    return
                limb = self.action.self_part and group.word in _NOT_WITH_LIMBS
                done_to = self.action.has_object and not self.action.inverted
                moved = done_to and group.word in _DONE_TO_NOTHING
                suffers = _suffers(self.action)
                borne = suffers and group.word not in _BORNE
                if not (limb or moved or borne):
                    subject.poses.append(group.word)
                return

    def _draws_a_picture(self) -> bool:
        """Whether somebody draws with a pen: what is drawn is not there, or is not told."""
        action = self.action
        moved = action.particles and action.particles[0] in _DRAWN_WAYS
        return action.draws or not (action.has_object or moved)

    def _in_the_air(self, subject: Draft) -> bool:
        """Whether somebody is told to be in the air: "a girl hangs in the air", "a gull soars"."""
        if not subject.is_person and self.action.verb in _FLYING:
            return not self.action.objects or self.action.inverted
        return self.action.verb in ("be", "hang", "float", "fly", "hover") and any(
            link.item.text.casefold() in _AIR
            for link in self.action.links
            if link.word in ("in", "through") and subject in link.anchors
        )

    def _on_a_ladder(self) -> bool:
        """Whether somebody moves on a ladder: "they creep down the rungs"."""
        goes = self.action.verb in ("creep", "come", "go", "edge", "inch", "scramble", "step")
        rungs = {"ladder", "rung", "rope ladder", "rolling ladder"}
        links = (link for link in self.action.links if link.word in ("on", "up", "down"))
        said = [link.item.word.removesuffix("s") for link in links]
        return goes and bool(rungs & {*said, *(thing.word for thing in self.action.objects)})

    def _relate(self, subject: Draft) -> None:
        action = self.action
        if action.form == "perfect":
            return
        if action.verb in _IN_ARMS and any(_is_small(target) for target in action.objects):
            self._take_in_arms(subject)
            return
        for phrase in self._phrases():
            group = self.names.group(phrase, "relation")
            if group is None:
                continue
            particle = phrase.partition(" ")[2]
            links = [link for link in action.links if link.targets]
            if particle:
                free = [] if action.has_object else links
                targets = [link.targets[0] for link in free if link.word == particle][:1]
            else:
                targets = action.objects
            if group.word == "hands_to":
                to = [link.targets[0] for link in links if link.word in ("to", "towards")]
                targets = [*action.recipients, *(t for t in to if t.acts)]
            self._aim(subject, group.word, targets)
            return

    def _take_in_arms(self, subject: Draft) -> None:
        """Let somebody carry a small child: "she rocks the baby"."""
        for child in [target for target in self.action.objects if _is_small(target)][:1]:
            subject.relate("carries", child)
            if "carry in arms" in self.cast.vocabulary.poses and not subject.poses[1:]:
                subject.poses = ["carry in arms"]

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
        if self._borne_without_hands():
            return
        moved = action.verb in ("push", "pull", "drag", "wheel", "open")
        for thing in action.objects:
            if action.verb in _LOOKED_AT and thing.word not in bearing()["tools"]["read"]:
                continue
            if moved and thing.word not in self.cast.vocabulary.pushed:
                continue
            if thing.kind in ("prop", "animal"):
                subject.hold(thing, mouth=subject.kind == "animal")

    def _borne_without_hands(self) -> bool:
        """Whether a thing is kept in the air or on a part of the body that is no hand."""
        links = [link for link in self.action.links if link.word in ("on", "upon", "in")]
        said = {link.item.text.casefold() for link in links if link.word != "in"}
        aloft = self.action.verb == "keep" and any(
            link.item.text.casefold() in _AIR for link in links
        )
        return aloft or bool(said & _NO_HANDS)

    def _posture(self, subject: Draft) -> None:
        verb = self.action.verb
        posture = (
            "sit" if verb in _SITTING else "lie" if verb in _LYING else "stand"
            if verb in _STANDING else None
        )  # fmt: skip
        if verb in _AS_BORNE:
            self._rest(subject)
        if posture is None or (self.action.limb and posture != "stand"):
            return
        if posture != "stand" and self.action.objects and not self.action.links:
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


def _is_small(person: Draft) -> bool:
    return person.is_person and person.age == "toddler"


def _suffers(action: Action) -> bool:
    """Whether a participle of the past tells what is done to somebody, not what they do."""
    alike = action.verb in SAME_FORM and not action.has_object
    return action.form == "past" and (action.said != action.verb or alike)


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
            covered = _upright(anchor) or "huddle" in anchor.poses
            anchor.posture = anchor.posture or (None if covered else "lie")
            target.put("near", anchor)
        elif anchor.is_person and way == "on" and target.word in _RIDDEN:
            anchor.poses.append("cycle")
            anchor.hold(target)
        elif link.word == "with" and not anchor.acts:
            if id(target) not in standing:
                target.put("near", anchor)
        elif anchor.is_person and link.word == "with" and target.kind in ("prop", "animal"):
            free = id(target) not in standing and target.kind == "prop"
            later = all(span.start > link.item.start for span in anchor.spans)
            other = _OTHER_THAN.get(link.item.determiner) == anchor.gender
            another = other or (later and bool(link.owners) and anchor not in link.owners)
            light = max(cast.vocabulary.sizes.get(target.word, (0.0, 0.0))) < _LIGHT
            if free and light and not another and target.word in cast.vocabulary.holdable:
                anchor.hold(target)
            else:
                target.put("near", anchor)
        elif anchor.is_person and link.word in ("in", "inside") and target.word in _VEHICLES:
            anchor.posture = anchor.posture or (None if _upright(anchor) else "sit")
            anchor.put("on", target)
        elif anchor.kind == "animal" and link.word == "on" and "leash" in target.word:
            target.put("near", anchor)
        elif anchor.is_person and way == "behind" and "hide" in anchor.poses:
            anchor.relate("hides_behind", target)
        elif way != "loose":
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
    ways = ("on", "in", "across", "from", "off", "into", "onto")
    lap = surface in ("knees", "knee", "lap") and link.word in ways
    for owner in people if lap and (link.anchors or surface == "lap") else ():
        itself = any(thing is owner for thing in link.anchors)
        if owner.is_person and owner.posture is None and not (itself or _upright(owner)):
            owner.posture = "sit"
    for thing in link.anchors:
        for owner in people[:1]:
            grown = owner.is_person and owner.age in ("adult", "elder")
            if grown and thing is not owner and _is_small(thing) and surface in _CARRYING:
                owner.relate("carries", thing)
            if thing is owner or (thing.acts and owner.kind == "animal"):
                continue
            if link.word in ("in", "under", "between") and surface in words["body_of_holding"]:
                owner.hold(thing)
            elif surface in words["body_of_mouth"] and link.word in ("in", "between"):
                owner.hold(thing, mouth=True)
            elif (
                surface in words["body_of_lap"] - {"shoulder", "shoulders"} and not thing.is_person
            ):
                owner.hold(thing)
            elif not thing.is_person:
                thing.put("near", owner)
