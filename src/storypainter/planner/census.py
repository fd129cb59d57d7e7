"""What the worlds hold, how many distinct plans they allow, and which knowledge is never used.

python -m storypainter.planner.census                    what there is
python -m storypainter.planner.census --usage 500        what 500 stories never use
python -m storypainter.planner.census --plans 5000       distinct plans, at most so many a setting
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storypainter.planner.cells import known_in
from storypainter.planner.planning import make
from storypainter.planner.reading import Worlds, own_worlds
from storypainter.planner.solving import Candidates, Limits, control, load
from storypainter.story import Brief

_EDGES = """
edge(X,Y) :- link(X,_,Y,_).
edge(F,Y) :- timely(T,Y,N), need(Y,N,F,_).
carries(X) :- use(X), main(X).
#show. #show edge/2. #show carries/1.
"""


def holdings(worlds: Worlds) -> dict[str, int]:
    """How much there is: settings, situations, images, wordings, roles, relationships and so on."""
    images = [
        (situation, image) for situation in worlds.situations.values() for image in situation.image
    ]
    nouns = {
        member.noun_of(gender)
        for setting in worlds.settings.values()
        for member in setting.cast
        for gender in member.genders
    }
    feelings = {
        conclusion.feels
        for situation in worlds.situations.values()
        for conclusion in situation.conclusions.values()
        if conclusion.feels
    }
    shown = Counter(
        setting
        for setting in worlds.settings
        for _, found in known_in(worlds, setting)
        for _ in found
    )
    return {
        "settings": len(worlds.settings),
        "situations": len(worlds.situations),
        "main situations": sum(each.main for each in worlds.situations.values()),
        "images": len(images),
        "images in settings": sum(shown.values()),
        "roles": len(nouns),
        "relationships": len(worlds.relationships),
        "pieces of evidence": sum(len(each.evidence) for each in worlds.relationships.values()),
        "mental states": len(feelings),
        "times": sum(len(each.time) for each in worlds.settings.values()),
        "details": sum(len(each.detail) for each in worlds.settings.values()),
    }


def distinct_plans(
    worlds: Worlds, limits: Limits, most: int, settings: Iterable[str]
) -> Counter[str]:
    """Distinct plans by setting: distinct in setting, main situation and causal graph.

    The causal graph has situations and facts of the time as nodes; people, looks, images and
    props don't count. Counting a setting stops at ``most``.
    """
    found: Counter[str] = Counter()
    for name in settings:
        setting = worlds.settings[name]
        solver = control(0, most, "--project=show")
        candidates = Candidates(setting, known_in(worlds, setting.id))
        load(solver, worlds, candidates, limits, _EDGES, show=False)
        solver.ground([("base", [])])
        with solver.solve(yield_=True) as handle:
            found[setting.id] = sum(1 for _ in handle)
    return found


@dataclass(frozen=True, slots=True)
class Usage:
    """How often each piece of knowledge was used in ``n`` consecutive stories of a seed."""

    n: int
    times: Mapping[tuple[str, str], int]

    @property
    def never(self) -> dict[str, list[str]]:
        """What was never used, by kind."""
        found: dict[str, list[str]] = {}
        for (kind, name), count in self.times.items():
            if not count:
                found.setdefault(kind, []).append(name)
        return found


def usage(worlds: Worlds, n: int, seed: int = 0) -> Usage:
    """Plan ``n`` stories and count what they use."""
    times = Counter(dict.fromkeys(_all(worlds), 0))
    for index in range(n):
        made = make(worlds, seed, index, Brief())
        draft = made.draft
        times["setting", draft.setting] += 1
        times["detail", f"{draft.setting}.{draft.detail}"] += 1
        if draft.time:
            times["time", f"{draft.setting}.{draft.time}"] += 1
        for situation, image in draft.images.items():
            times["situation", situation] += 1
            times["image", f"{situation}.{image}"] += 1
        for person in draft.people:
            times["cast", f"{draft.setting}.{person}"] += 1
        for bond, _, _, evidence in draft.bonds:
            times["relationship", bond] += 1
            times["evidence", f"{bond}.{evidence}"] += 1
        for look in made.choices.look.values():
            if look is not None and look in worlds.looks:
                times["look", look.say] += 1
    return Usage(n, times)


def _all(worlds: Worlds) -> list[tuple[str, str]]:
    found = [("situation", each) for each in worlds.situations]
    for situation in worlds.situations.values():
        found += [("image", f"{situation.id}.{image.id}") for image in situation.image]
    for setting in worlds.settings.values():
        found.append(("setting", setting.id))
        found += [("cast", f"{setting.id}.{member.id}") for member in setting.cast]
        found += [("time", f"{setting.id}.{time.id}") for time in setting.time]
        found += [("detail", f"{setting.id}.{detail.id}") for detail in setting.detail]
    for bond in worlds.relationships.values():
        found.append(("relationship", bond.id))
        found += [("evidence", f"{bond.id}.{each.id}") for each in bond.evidence]
    found += [("look", look.say) for look in worlds.looks]
    return found


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m storypainter.planner.census",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--usage", type=int, metavar="N", help="plan N stories; list what none uses"
    )
    parser.add_argument("--seed", type=int, default=0, help="of those stories")
    parser.add_argument(
        "--plans", type=int, metavar="N", help="count distinct plans, up to N a setting"
    )
    parser.add_argument("--setting", action="append", help="count in this setting only")
    options = parser.parse_args(arguments)
    worlds = own_worlds()
    found: dict[str, object] = {"holdings": holdings(worlds)}
    if options.usage:
        used = usage(worlds, options.usage, options.seed)
        found["stories"] = used.n
        found["never_used"] = used.never
        found["most_used"] = dict(
            Counter({f"{kind} {name}": n for (kind, name), n in used.times.items()}).most_common(20)
        )
    if options.plans:
        chosen = options.setting or sorted(worlds.settings)
        for name in chosen:
            if name not in worlds.settings:
                parser.error(
                    f"no setting {name!r}; settings are {', '.join(sorted(worlds.settings))}"
                )
        plans = distinct_plans(worlds, Limits(), options.plans, chosen)
        found["distinct_plans"] = {**plans, "total": plans.total()}
        found["at_most_a_setting"] = options.plans
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
