"""Character and scene consistency over several pictures (section 3.2, third task).

Every answer follows from the annotations. Where a frame names those whom it shows, nobody else is
taken to be in it; a frame that names nobody proves nothing, except in generated sequences, whose
annotations are whole by construction.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, islice, permutations
from typing import Final

from storypainter.sequence import Character, Frame, Sequence
from storypainter.sequences.tasks import saying
from storypainter.sequences.tasks.exercise import Asked, Exercise, Lack, Shown, frames, shown
from storypainter.sequences.tasks.others import Others
from storypainter.sequences.tasks.rows import Task
from storypainter.training.distilling.drawing import Draw

TASK: Final[Task] = "consistency"

#: How many ways of asking one thing (which pictures, in which order) are looked at.
WAYS = 24
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def exercises(sequence: Sequence, limit: int, others: Others, draw: Draw) -> Iterator[Asked]:
    """Who is in all pictures, who comes in where, who is who, which place, which doesn't belong."""
    told = frames(sequence, limit)
    if len(told) < 2:
        for form in ("in all", "comes in", "same person", "again", "same place", "odd one out"):
            yield Lack(TASK, form, "one picture alone")
        return
    pictured = [at for at, frame in enumerate(told) if frame.shown or sequence.kind == "generated"]
    if len(pictured) < 2 or not sequence.characters:
        for form in ("in all", "comes in", "same person", "again"):
            yield Lack(TASK, form, "fewer than two pictures say whom they show")
    else:
        yield from _in_all(sequence, pictured, draw)
        yield from _comes_in(sequence, pictured, limit)
        yield from _same_person(sequence, pictured, others, draw)
        yield from _again(sequence, pictured, others, draw)
    yield from _same_place(sequence, told, others, draw)
    yield from _odd_one_out(sequence, told, limit, others, draw)


def _in_all(sequence: Sequence, pictured: list[int], draw: Draw) -> Iterator[Asked]:
    names = saying.told_apart(sequence)
    sets = [each for n in range(2, len(pictured) + 1) for each in combinations(pictured, n)]
    for several in draw.order("in all", sets)[:WAYS]:
        in_all = frozenset.intersection(*(saying.shown_in(sequence.frames[at]) for at in several))
        if not in_all <= names.keys():
            yield Lack(TASK, "in all", "two characters are called and look the same")
            continue
        who = [names[each.id] for each in sequence.characters if each.id in in_all]
        count = "both" if len(several) == 2 else f"all {_number(len(several))}"
        text = (
            f"{saying.listed(who)} {saying.be(who[0]) if len(who) == 1 else 'are'} in {count} pictures"
            if who
            else f"nobody is in {count} pictures"
        )
        yield Exercise(
            TASK, "in all", _key(several), shown(sequence, *several), saying.sentence(text),
            answer="; ".join(sorted(who)) or "nobody", choice="all",
        )  # fmt: skip


def _comes_in(sequence: Sequence, pictured: list[int], limit: int) -> Iterator[Asked]:
    names = saying.told_apart(sequence)
    people = saying.people(sequence)
    found = False
    windows = [
        pictured[first : first + size]
        for size in range(3, min(limit, len(pictured)) + 1)
        for first in range(len(pictured) - size + 1)
    ]
    for window in windows:
        for who, name in names.items():
            at = [who in saying.shown_in(sequence.frames[each]) for each in window]
            if not any(at):
                continue
            found = True
            first = at.index(True) + 1
            yield Exercise(
                TASK, "comes in", f"{_key(window)}:{who}", shown(sequence, *window),
                f"Picture {first} is the first one that shows {name}.",
                {"who": name}, f"picture {first}", _pictures(len(window)), who,
                saying.role(people[who]),
            )  # fmt: skip
    if not found:
        yield Lack(TASK, "comes in", "fewer than three pictures say whom they show")


def _same_person(
    sequence: Sequence, pictured: list[int], others: Others, draw: Draw
) -> Iterator[Asked]:
    people = saying.people(sequence)
    if not all(saying.described(each) for each in people.values()):
        yield Lack(TASK, "same person", "a character without a look")
        return
    found = False
    strangers: dict[str, list[Character]] = {}
    for one, other in draw.order("same person", permutations(pictured, 2))[:WAYS]:
        here, there = (saying.shown_in(sequence.frames[at]) for at in (one, other))
        for who in sorted(here & there):
            if who not in strangers:
                strangers[who] = _strangers(people[who], sequence, others, draw)
            wrongs = chain((people[each] for each in sorted(here ^ there)), strangers[who])
            wrong = next(
                (saying.described(each) for each in wrongs
                 if all(_differ(each.look, people[known].look) for known in here & there)), None
            )  # fmt: skip
            if wrong is None:
                continue
            found = True
            right = saying.described(people[who])
            for answer, (a, b) in (("A", (right, wrong)), ("B", (wrong, right))):
                yield Exercise(
                    TASK, "same person", f"{_key((one, other))}:{who}:{answer}",
                    shown(sequence, one, other), f"{answer}: {right}.",
                    {"one": a, "other": b}, answer, ("A", "B"), "one",
                )  # fmt: skip
    if not found:
        yield Lack(TASK, "same person", "nobody in two pictures whom looks tell from another")


def _strangers(who: Character, sequence: Sequence, others: Others, draw: Draw) -> list[Character]:
    """People of other sequences; those in the same role first, who are harder to tell apart."""
    found = islice(others.people(sequence, draw, f"stranger {who.id}"), WAYS)
    return sorted(
        (each for each in found if saying.described(each)),
        key=lambda each: saying.role(each) != saying.role(who),
    )


def _again(sequence: Sequence, pictured: list[int], others: Others, draw: Draw) -> Iterator[Asked]:
    names, people = saying.told_apart(sequence), saying.people(sequence)
    for who, name in names.items():
        at = [each for each in pictured if who in saying.shown_in(sequence.frames[each])]
        if not at:
            yield Lack(TASK, "again", "a character whom no picture shows")
            continue
        one = draw.one(f"again {who}", at)
        about = {"choice": who, "about": saying.role(people[who])}
        pictures: list[tuple[Shown, str]] = []
        for other in draw.order(f"again {who}", [each for each in pictured if each != one]):
            there = Shown(sequence.frames[other].picture, other)
            pictures.append((there, "yes" if other in at else "no"))
        place = sequence.frames[one].place
        foreign = _frame_without(sequence, (who,), place, others, draw, f"again {who}")
        if foreign is not None:
            pictures.append((Shown(foreign[0].picture, None), "no"))
        if len(pictures) < 2:
            yield Lack(TASK, "again", "no second picture to compare with")
        for number, (picture, answer) in enumerate(pictures):
            text = (
                f"Yes, {name} {saying.be(name)} in picture 2 as well."
                if answer == "yes"
                else f"No, {name} {saying.be(name)} in picture 1 only."
            )
            yield Exercise(
                TASK, "again", f"{one + 1}:{number}:{who}", (*shown(sequence, one), picture), text,
                {"who": name}, answer, ("yes", "no"), **about,
            )  # fmt: skip


def _same_place(
    sequence: Sequence, told: tuple[Frame, ...], others: Others, draw: Draw
) -> Iterator[Asked]:
    placed = [at for at, frame in enumerate(told) if frame.place.strip()]
    if len(placed) < 2:
        yield Lack(TASK, "same place", "fewer than two pictures say where they are")
        return
    pairs: list[tuple[int, Shown, str]] = []
    for one, other in draw.order("same place", permutations(placed, 2))[:WAYS]:
        pairs.append(
            (one, Shown(sequence.frames[other].picture, other), sequence.frames[other].place)
        )
    here = draw.one("same place", placed)
    for foreign, _ in others.frames(sequence, draw, "same place"):
        if foreign.place.strip() and _differ(sequence.frames[here].place, foreign.place):
            pairs.append((here, Shown(foreign.picture, None), foreign.place))
            break
    for number, (one, compared, there) in enumerate(pairs):
        place = sequence.frames[one].place
        same = saying.words(place) == saying.words(there)
        if not same and not _differ(place, there):
            continue  # a kitchen and a large kitchen: nobody knows
        text = (
            f"Yes, both are {saying.where(place)}."
            if same
            else f"No, picture 1 is {saying.where(place)} and picture 2 {saying.where(there)}."
        )
        yield Exercise(
            TASK, "same place", str(number + 1), (*shown(sequence, one), compared), text,
            answer="yes" if same else "no", options=("yes", "no"), choice="one",
        )  # fmt: skip


def _odd_one_out(
    sequence: Sequence, told: tuple[Frame, ...], limit: int, others: Others, draw: Draw
) -> Iterator[Asked]:
    everybody = tuple(each.id for each in sequence.characters)
    # In half of the cases from the same kind of place, so that the place alone doesn't tell.
    place = told[0].place if draw.number("odd place") % 2 else ""
    found = _frame_without(sequence, everybody, place, others, draw, "odd one out")
    if found is None:
        yield Lack(TASK, "odd one out", "no other source of this kind has a picture of others")
        return
    odd, strangers = found
    most = min(len(told), limit - 1)
    least = min(3, most)
    count = least + draw.number("odd one out") % (most - least + 1)
    first = draw.number("odd first") % (len(told) - count + 1)
    own = shown(sequence, *range(first, first + count))
    why = _why_odd([frame.place for frame in told[first : first + count]], odd.place, strangers)
    for at in range(count + 1):
        text = f"Picture {at + 1} belongs to another story{why}"
        yield Exercise(
            TASK, "odd one out", str(at + 1),
            (*own[:at], Shown(odd.picture, None), *own[at:]), f"{text}.",
            answer=f"picture {at + 1}", options=_pictures(count + 1), choice="one",
        )  # fmt: skip


def _why_odd(places: list[str], odd: str, strangers: list[str]) -> str:
    """What tells the picture from the others: its place, or those in it."""
    here = places[0] if len(set(places)) == 1 else ""
    if here.strip() and odd.strip() and _differ(here, odd):
        return f": it is {saying.where(odd)}, the others are {saying.where(here)}"
    if strangers and all(strangers):
        return f": it shows {saying.listed(strangers)}"
    return ""


def _frame_without(
    sequence: Sequence,
    who: tuple[str, ...],
    place: str,
    others: Others,
    draw: Draw,
    purpose: str,
) -> tuple[Frame, list[str]] | None:
    """A picture of another source that shows nobody who looks like one of ``who``; who is in it.

    One of ``place`` is taken where there is one, so that the place doesn't give the answer away.
    """
    known = saying.people(sequence)
    looks = [known[each].look for each in who]
    found = None
    for frame, there in others.frames(sequence, draw, purpose):
        strangers = [there[each.character] for each in frame.shown]
        if all(_differ(one.look, each) for one in strangers for each in looks if one.look and each):
            if not place or saying.words(frame.place) == saying.words(place):
                found = (frame, strangers)
                break
            found = found or (frame, strangers)
    return (found[0], [saying.described(each) for each in found[1]]) if found else None


def _differ(one: str, other: str) -> bool:
    """Whether neither of two descriptions holds all of the other: nobody fits both by its words."""
    return not saying.said_in(one, other) and not saying.said_in(other, one)


def _pictures(count: int) -> tuple[str, ...]:
    return tuple(f"picture {number}" for number in range(1, count + 1))


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _key(several: tuple[int, ...] | list[int]) -> str:
    return "-".join(str(at + 1) for at in several)
