"""Whether the clues of planned Chains imply their conclusions, for readers who see nothing else.

    python benchmarks/planner_chains.py write OUT [--seed 0] [-n 60]
    python benchmarks/planner_chains.py harder OUT WRONG.json
    python benchmarks/planner_chains.py score OUT ANSWERS... [--out FILE]

``write`` takes one Chain from each of ``n`` consecutive stories, the Dimensions by turns, and asks
for its conclusion among four of the same Dimension about the same people. The wrong ones are
conclusions that the worlds draw from other clues and that people of these ages could be in: other
situations' for events, mental states and causes, other relationships, times of the same setting,
other settings, other members of casts. Of all these the questions have three of the twelve that are
nearest in meaning to the clues (cosine of wordllama vectors), so that no wrong one is wrong at a glance. Each question comes whole and with one essential clue left
out; form A has the even ones whole and the odd ones without a clue, form B the other way, so
that no reader sees a question twice. OUT/form-a.md and OUT/form-b.md are for the readers,
OUT/key.json isn't.

``harder`` replaces the wrong conclusions by ones that somebody has written for it (``{"1": [three
sentences], ...}``) who sees OUT/chains.md: the clues, the conclusion and which clue will be left out. Such
ones fit all clues but that one, so that it is the clue that decides.

A reader answers a form with lines such as ``17: c``; the file's name says which form:
``form-a-*.txt``. ``score`` prints the share that is right for whole Chains and for those without a
clue, with Wilson intervals, by reader and by Dimension. 25 % would be chance.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from measuring import write_json

from storypainter.intervals import wilson
from storypainter.models.catalog import connect_embedder
from storypainter.models.contract import ModelOptions
from storypainter.planner.markup import names, phrase
from storypainter.planner.mentions import Referent, stated
from storypainter.planner.planning import Planned, make
from storypainter.planner.prose import sentence
from storypainter.planner.reading import Worlds, own_worlds
from storypainter.planner.world import Member, Who
from storypainter.story import Brief, Chain, Dimension

CHOICES = "abcd"
NEAR = 12
SEVEN = list(Dimension)


def people_of(worlds: Worlds, made: Planned) -> dict[str, tuple[Member, Referent]]:
    """Everybody in a story, with the words for them."""
    cast = {each.id: each for each in worlds.settings[made.draft.setting].cast}
    found = {}
    for person in made.draft.people:
        gender = made.draft.genders[person]
        noun = cast[person].noun_of(gender)
        found[person] = cast[person], Referent(person, noun, noun, gender, ())
    return found


def may_be(who: Who, member: Member, gender: str) -> bool:
    """Whether somebody could be in a part, as far as age and gender go."""
    return (not who.ages or member.age in who.ages) and (not who.genders or gender in who.genders)


def about(
    template: str, roles: Mapping[str, Who], people: list[tuple[Member, Referent]]
) -> str | None:
    """A template told of these people in the order in which it names its roles."""
    mentioned = [name for name in dict.fromkeys(re.findall(r"\{(\w+)", template)) if name in roles]
    if set(mentioned) != names(phrase(template)) or len(mentioned) != len(people):
        return None
    fits = all(
        may_be(roles[name], member, each.sort)
        for name, (member, each) in zip(mentioned, people, strict=True)
    )
    cast = {name: each for name, (_, each) in zip(mentioned, people, strict=True)}
    return sentence(stated(phrase(template), cast)) if fits else None


def others(
    worlds: Worlds, made: Planned, chain: Chain, people: list[tuple[Member, Referent]]
) -> Iterator[str]:
    """Conclusions of the same Dimension that the worlds draw from other clues."""
    setting = worlds.settings[made.draft.setting]
    kind = chain.dimension
    if kind is Dimension.TIME:
        yield from (time.says for time in setting.time if time.id != made.draft.time)
    elif kind is Dimension.LOCATION:
        yield from (s.location for s in worlds.settings.values() if s.id != setting.id)
    elif kind is Dimension.CHARACTER_ROLE:
        for other in worlds.settings.values():
            for member in other.cast:
                told = about(member.says, {"self": Who()}, people) if member.says else None
                if told and member.id not in made.draft.people:
                    yield told
    elif kind is Dimension.EVENT_CAUSAL_RELATIONSHIP:
        for situation in worlds.situations.values():
            if situation.id not in made.draft.images:
                for need in situation.needs:
                    yield from filter(None, [about(need.so, situation.roles, people)])
    else:
        if kind is Dimension.CHARACTER_RELATIONSHIP:
            for bond in worlds.relationships.values():
                yield from filter(None, [about(bond.says, {"a": bond.a, "b": bond.b}, people)])
        for situation in worlds.situations.values():
            for conclusion in situation.conclusions.values():
                same = conclusion.dimension is kind and situation.id not in made.draft.images
                if same and conclusion.feels not in felt(worlds, made, chain):
                    told = about(conclusion.says, situation.roles, people)
                    yield from filter(None, [told])


def felt(worlds: Worlds, made: Planned, chain: Chain) -> set[str]:
    """The feeling that a Chain concludes, which no wrong answer may share."""
    first, _, name = str(chain.id).partition(".")
    situation = worlds.situations.get(first)
    if situation is None or name not in situation.conclusions:
        return set()
    feels = situation.conclusions[name].feels
    return {feels} if feels else set()


def question(
    worlds: Worlds, made: Planned, rng: random.Random, come: Counter[Dimension]
) -> dict[str, Any] | None:
    """A question about one Chain of a story, of the Dimension that came least."""
    everybody = people_of(worlds, made)
    chains = list(made.told.chains)
    rng.shuffle(chains)
    chains.sort(key=lambda each: come[each.dimension])
    for chain in chains:
        if len(chain.clues) < 2:
            continue
        said = chain.conclusion.casefold()
        people = [pair for pair in everybody.values() if re.search(rf"\b{pair[1].first}\b", said)]
        people.sort(key=lambda pair: said.index(pair[1].first))
        wrong = sorted(set(others(worlds, made, chain, people)) - {chain.conclusion})
        if len(wrong) < 3:
            continue
        come[chain.dimension] += 1
        choices = [chain.conclusion, *rng.sample(nearest(chain, wrong), 3)]
        clues = [clue.text for clue in chain.clues]
        if chain.dimension is Dimension.CHARACTER_ROLE:  # "the nurse" would be the answer
            noun = re.compile(rf"\b{people[0][1].first}\b")
            choices = [noun.sub("person", each) for each in choices]
            clues = [noun.sub("person", each) for each in clues]
        right = choices[0]
        rng.shuffle(choices)
        return {
            "dimension": chain.dimension.value,
            "chain": chain.id,
            "story": f"{made.draft.setting} {made.draft.main}",
            "clues": clues,
            "without": essential(worlds, made, chain, rng),
            "choices": choices,
            "right": CHOICES[choices.index(right)],
        }
    return None


def nearest(chain: Chain, wrong: list[str]) -> list[str]:
    """The wrong conclusions that are nearest in meaning to a Chain's clues."""
    rows = embedder().embed_array([" ".join(clue.text for clue in chain.clues), *wrong])  # type: ignore[attr-defined]
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    order = np.argsort(-(rows[1:] @ rows[0]), kind="stable")[:NEAR]
    return [wrong[number] for number in order]


@lru_cache(maxsize=1)
def embedder() -> object:
    """Wordllama's static word vectors."""
    return connect_embedder("wordllama", ModelOptions())


def essential(worlds: Worlds, made: Planned, chain: Chain, rng: random.Random) -> int:
    """The number of a clue that the conclusion doesn't do without."""
    adding = set()
    for x, image in made.draft.images.items():
        shown = next(each for each in worlds.situations[x].image if each.id == image)
        for listed in shown.evidence.values():
            adding |= {f"{x}.{each[:-1]}" for each in listed if each.endswith("?")}
    needed = [number for number, clue in enumerate(chain.clues) if clue.id not in adding]
    return rng.choice(needed or list(range(len(chain.clues))))


HEAD = """Each question lists what can be seen in one picture, and four sentences about it.
Which of the four does what is seen speak for? Judge by what is listed alone. There is always exactly one
answer: if you are not sure, say what is likeliest. Answer each question with one line such as `17: c`.
"""


def write(out: Path, seed: int, n: int) -> None:
    """Write the two forms and the key."""
    worlds = own_worlds()
    rng = random.Random(f"chains {seed}")
    come: Counter[Dimension] = Counter()
    asked: list[dict[str, Any]] = []
    index = 0
    while len(asked) < n:
        found = question(worlds, make(worlds, seed, index, Brief()), rng, come)
        index += 1
        if found is not None:
            asked.append(found)
    out.mkdir(parents=True, exist_ok=True)
    (out / "chains.md").write_text("\n".join(chains_of(asked)), "utf-8")
    write_forms(out, {"seed": seed, "wrong": "the worlds' other conclusions", "asked": asked})
    print(json.dumps({each.value: come[each] for each in SEVEN}, indent=1))


def write_forms(out: Path, key: dict[str, Any]) -> None:
    """Write the forms and the key of questions."""
    for form, first in (("a", 0), ("b", 1)):
        lines = [HEAD]
        for number, each in enumerate(key["asked"]):
            whole = number % 2 == first
            lines += form_of(number + 1, each, whole=whole)
        (out / f"form-{form}.md").write_text("\n".join(lines), "utf-8")
    (out / "key.json").write_text(json.dumps(key, indent=1), "utf-8")


def chains_of(asked: list[dict[str, Any]]) -> Iterator[str]:
    """The Chains as somebody sees them who writes wrong conclusions."""
    for number, each in enumerate(asked, 1):
        yield f"\n**{number}.** {each['dimension'].replace('_', ' ')}"
        for count, clue in enumerate(each["clues"]):
            yield f"- {clue}" + (" (THIS ONE)" if count == each["without"] else "")
        yield f"=> {each['choices'][CHOICES.index(each['right'])]}"


def harder(out: Path, wrong: Path) -> None:
    """Put somebody's wrong conclusions in place of those of the worlds."""
    key = json.loads((out / "key.json").read_text("utf-8"))
    given = json.loads(wrong.read_text("utf-8"))
    rng = random.Random(f"harder {key['seed']}")
    for number, each in enumerate(key["asked"], 1):
        right = each["choices"][CHOICES.index(each["right"])]
        others = given[str(number)]
        if len({*others, right}) != len(CHOICES):
            raise SystemExit(f"question {number} needs three other conclusions")
        each["choices"] = [right, *others]
        rng.shuffle(each["choices"])
        each["right"] = CHOICES[each["choices"].index(right)]
    key["wrong"] = "written for each Chain, to fit all clues but the one that is left out"
    write_forms(out, key)


def form_of(number: int, asked: Mapping[str, Any], *, whole: bool) -> Iterator[str]:
    """A question as the reader sees it."""
    clues, choices = asked["clues"], asked["choices"]
    yield f"\n**{number}.** Seen:"
    for count, clue in enumerate(clues):
        if whole or count != asked["without"]:
            yield f"- {clue}"
    yield ""
    yield from (f"{letter}) {text}  " for letter, text in zip(CHOICES, choices, strict=True))


def answers(path: Path) -> dict[int, str]:
    """Number to letter."""
    lines = re.findall(r"^\W*(\d+)\W+([a-d])\b", path.read_text("utf-8"), re.M | re.I)
    return {int(number): letter.casefold() for number, letter in lines}


def share(right: Iterable[bool]) -> dict[str, object]:
    """How many are right, with a 95 % Wilson interval."""
    every = list(right)
    low, high = wilson(sum(every), len(every)) if every else (None, None)
    value = sum(every) / len(every) if every else None
    return {"share": value, "right": sum(every), "n": len(every), "interval": [low, high]}


def score(out: Path, files: list[Path]) -> dict[str, object]:
    """The shares that are right, whole and without a clue."""
    stored = json.loads((out / "key.json").read_text("utf-8"))
    key = stored["asked"]
    rows = []  # reader, number, whole, dimension, right
    for path in files:
        first = 0 if path.name.startswith("form-a") else 1
        given = answers(path)
        for number, each in enumerate(key):
            right = given.get(number + 1) == each["right"]
            rows.append((path.stem, number, number % 2 == first, each["dimension"], right))
    result: dict[str, object] = {
        "judge": "language models of one family, each shown clues and four choices only",
        "seed": stored["seed"],
        "wrong_conclusions": stored["wrong"],
        "questions": len(key),
        "readers": len(files),
        "chance": 1 / len(CHOICES),
        "whole": share(row[4] for row in rows if row[2]),
        "without_one_clue": share(row[4] for row in rows if not row[2]),
    }
    for reader in sorted({row[0] for row in rows}):
        result[reader] = {
            "whole": share(r[4] for r in rows if r[0] == reader and r[2]),
            "without_one_clue": share(r[4] for r in rows if r[0] == reader and not r[2]),
        }
    for kind in SEVEN:
        mine = [r for r in rows if r[3] == kind.value]
        result[kind.value] = {
            "whole": share(r[4] for r in mine if r[2]),
            "without_one_clue": share(r[4] for r in mine if not r[2]),
        }
    result["wrong_though_whole"] = sorted(
        {f"{row[1] + 1} {key[row[1]]['chain']}" for row in rows if row[2] and not row[4]}
    )
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--seed", type=int, default=0)
    writing.add_argument("-n", type=int, default=60)
    harder_ones = commands.add_parser("harder")
    harder_ones.add_argument("folder", type=Path)
    harder_ones.add_argument("wrong", type=Path)
    scoring = commands.add_parser("score")
    scoring.add_argument("folder", type=Path)
    scoring.add_argument("answers", type=Path, nargs="+")
    scoring.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.command == "write":
        write(options.folder, options.seed, options.n)
    elif options.command == "harder":
        harder(options.folder, options.wrong)
    else:
        result = score(options.folder, options.answers)
        print(json.dumps(result, indent=1))
        write_json(options.out, "planner_chains", result)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        raise SystemExit(f"{error.filename}: {error.strerror}") from None
