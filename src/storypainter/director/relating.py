"""How people relate: what the picture is about, who looks at what, and with which face."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from storypainter.director.clauses import Action, Link
from storypainter.director.drafts import Draft
from storypainter.director.gazetteer import gazetteer
from storypainter.director.gazing import look
from storypainter.director.placing import bearing
from storypainter.vocabulary import Vocabulary

#: The prepositions before what a deed is done to: "tugs at the door", "leans against the wall".
_DONE_TO = frozenset({"at", "on", "against", "to", "towards", "for", "after", "round", "around"})
_FIRST = 3.0  # what the first sentence is about, in mentions
_OFTEN = 4  # mentions: more say no more
_CROWD = 7  # people: of more, no group needs all its members
_ACTED_ON = 0.6
_MOST_AROUND = 4
_HUGGED = frozenset({"tree", "snowman", "teddy bear"})
_HUNG_FROM = 120.0  # cm: nobody hangs from what is lower
_SEEN_FAR = 60.0  # cm: people gather round what is smaller only where somebody holds it


def note_deeds(actions: Iterable[Action], links: Iterable[Link]) -> None:
    """Note of everybody what their own clauses are about, in order, and of things what is told."""
    actions = list(actions)
    for action in actions:
        if action.verb != "be" or action.links:
            for draft in (*action.subjects, *action.objects):
                draft.told = True
    for link in links:
        for draft in (*link.anchors, *link.targets):
            draft.told = True
    for subject in next((a.subjects for a in actions if a.subjects), []):
        subject.leads = True
    waiting = bearing()["lists"]["waiting_verbs"]
    for action in actions:
        if action.verb not in waiting and not action.negated:
            for subject in action.subjects:
                subject.busy = True
        if action.negated or action.unreal or action.form == "perfect":
            continue
        linked = [(link.word, target) for link in action.links for target in link.targets]
        done_to = [*action.objects, *(t for word, t in linked if word in _DONE_TO)]
        for subject in action.subjects:
            for target in [*action.recipients, *action.objects, *(t for _, t in linked)]:
                if target is not subject and all(target is not each for each in subject.about):
                    subject.about.append(target)
            subject.acted_on += [(action.verb, t) for t in done_to if t is not subject]


def relate(drafts: Sequence[Draft], vocabulary: Vocabulary) -> None:
    """Give people what makes them one moment: deeds with targets, gazes, faces, and company."""
    _thin_out(drafts)
    there = [d for d in drafts if d.there]
    for person in (d for d in there if d.is_person):
        _act_on_something(person, there, vocabulary)
    focus = focus_of(there)
    _differ([d for d in there if d.is_person], focus)
    for actor in (d for d in there if d.acts):
        look(actor, focus, there)
    _gather(there, focus, vocabulary)
    for number, person in enumerate(d for d in there if d.is_person):
        _feel(person, focus, number, vocabulary)


def _thin_out(drafts: Sequence[Draft]) -> None:
    """Where many people are told of, draw only two of a group whose number is not told."""
    people = [d for d in drafts if d.is_person and d.there]
    spare = [d for d in reversed(people) if d.spare and not d.holds]
    for person in spare[: max(0, len(people) - _CROWD)]:
        person.spans = []


def focus_of(there: Sequence[Draft]) -> Draft | None:
    """What a picture is about: what is most told of and acted on, the first told of before others."""
    wanted = [d for d in there if not d.implied]
    if not wanted:
        return None
    acted_on = Counter(id(target) for d in there for target in d.about)
    first = min(wanted, key=lambda d: min(span.start for span in d.spans))
    leads = any(d.leads for d in wanted)

    def weight(draft: Draft) -> float:
        opens = draft.leads if leads else draft is first
        told = min(len(draft.spans), _OFTEN) + _ACTED_ON * acted_on[id(draft)] + _FIRST * opens
        return told + 0.5 * draft.acts

    return max(wanted, key=weight)


# ---------------------------------------------------------------------- deeds


def _act_on_something(person: Draft, there: Sequence[Draft], vocabulary: Vocabulary) -> None:
    """Keep the poses that act on something that is there, and say what on; drop the others."""
    person.poses = [p for p in person.poses if _means_something(person, p, there, vocabulary)]


def _means_something(
    person: Draft, pose: str, there: Sequence[Draft], vocabulary: Vocabulary
) -> bool:
    words = bearing()
    if pose in words["needs"]:
        if pose == "pull" and _pull_together(person, there, vocabulary):
            return True
        aimed = _aim(person, pose, words["needs"][pose], vocabulary)
        return aimed or pose in words["lists"]["shown_anyhow"]
    if pose in words["lists"]["needs_hold"]:
        return bool(person.holds)
    if pose in words["lists"]["needs_near"]:
        return bool(person.holds or person.on or _targets(person, pose))
    tools = words["tools"].get(pose)
    return tools is None or not person.holds or any(t.word in tools for t in person.holds)


def _targets(person: Draft, pose: str) -> list[Draft]:
    """What a person does the deed of a pose to, as far as it is there."""
    done_to = [t for verb, t in person.acted_on if pose in (verb, _pose_of(verb))]
    return [t for t in done_to if t.there and t.held_by is not person]


def _pose_of(verb: str) -> str:
    group = gazetteer().group(verb, "pose")
    return group.word if group is not None else verb


def _pull_together(person: Draft, there: Sequence[Draft], vocabulary: Vocabulary) -> bool:
    """Whether somebody else pulls the same thing that one of the two has in the hands."""
    mine = [t for verb, t in person.acted_on if _pose_of(verb) == "pull" and t.there]
    for other in there:
        if other is person or not other.is_person:
            continue
        theirs = [t for verb, t in other.acted_on if _pose_of(verb) == "pull"]
        for thing in (t for t in mine if any(t is each for each in theirs)):
            if thing.held_by is None and thing.word in vocabulary.holdable and not person.holds:
                person.hold(thing)
            if thing.held_by is person:
                person.relate("faces", other)
                return True
            if thing.held_by is other:
                person.relate("pulls", thing)
                return True
    return False


def _aim(person: Draft, pose: str, kind: str, vocabulary: Vocabulary) -> bool:
    """Relate a person to what the deed is done to; False if there is nothing to do it to."""
    held = [t for t in person.holds if t.there and t.word in vocabulary.pushed]
    if held and pose in ("push", "pull"):
        return True
    related = [t for k, t in person.relations if k == kind and t.there]
    done_to = _targets(person, pose) if pose != "point" else []
    for target in [*related, *done_to]:
        if kind == "hugs" and not target.acts and target.word not in _HUGGED:
            continue
        height = vocabulary.sizes.get(target.word, (0.0, _SEEN_FAR))[1]
        if pose == "hang" and height < _HUNG_FROM:
            continue
        if pose == "climb" and target.word not in bearing()["lists"]["climbed"]:
            continue
        if target.on is person or target.held_by is not None or target is person:
            continue
        person.relate(kind, target)
        return True
    return False


# ---------------------------------------------------------------------- gazes


def _gather(there: Sequence[Draft], focus: Draft | None, vocabulary: Vocabulary) -> None:
    """Bring those who look at each other together, and the others round the focus."""
    if focus is None:
        return
    width = max(vocabulary.sizes.get(focus.word, (_SEEN_FAR, 0.0)))
    goal = focus.held_by or focus
    around = 0
    for person in there:
        free = person.near is None and person.on is None and not person.relations
        if not person.is_person or not free or person is goal:
            continue
        target = person.gaze
        if target is not None and target is not focus and target.held_by is not person:
            person.relate("looks_at", target)
        elif around < _MOST_AROUND and (goal.acts or width >= _SEEN_FAR) and goal.on is None:
            person.put("near", goal)
            around += 1


# ---------------------------------------------------------------------- faces and company


def _feel(person: Draft, focus: Draft | None, number: int, vocabulary: Vocabulary) -> None:
    """A mild face for those whose state of mind is not told, by what they do or look at."""
    if person.expression is not None:
        return
    words = bearing()
    told = () if person.idle else person.poses
    deed = next((words["faces"][p] for p in told if p in words["faces"]), None)
    if deed is None and person.gaze is not None and not person.busy:
        onlooking = words["lists"]["onlooking"]
        deed = onlooking[0] if person is focus else onlooking[number % len(onlooking)]
    if deed in vocabulary.expressions:
        person.expression = deed


def _differ(people: Sequence[Draft], focus: Draft | None) -> None:
    """People of whom nothing is told stand in different ways; those of a group look different."""
    idle = bearing()["lists"]["idle"]
    turn = 0
    for person in people:
        if person.poses or person.posture or person.holds or person.on or person is focus:
            continue
        person.poses.append(idle[turn % len(idle)])
        person.idle = True
        turn += 1
    groups: dict[tuple[str, str, str], list[Draft]] = {}
    for person in people:
        groups.setdefault((person.word, person.age, person.gender), []).append(person)
    for group in groups.values():
        for number, person in enumerate(group[1:], start=1):
            _look_different(person, number)


def _look_different(person: Draft, number: int) -> None:
    styles = {
        "female": ("long", "bob", "braids", "bun", "curly"),
        "male": ("curly", "crew cut", "side parting", "messy", "afro"),
    }.get(person.gender, ("curly", "bob", "short", "messy", "afro"))
    person.hair_style = person.hair_style or styles[number % len(styles)]
    if person.build == "medium" and number % 2:
        person.build = "slim"
