"""What an author of worlds looks at: a situation's image in stories, with their pictures.

    python benchmarks/world_preview.py OUT --situation laces --image ribbon --setting park -n 2

Writes OUT/stories.md (text, Chains) and one PNG a story; without ``--situation`` the consecutive
stories of a seed, with ``--setting`` those of that setting. ``--no-pictures`` writes the stories
only. A line with ``>`` under a story is what the painter reports: something that should be seen
is hidden, or a hand stops short of its thing.
"""

from __future__ import annotations

import argparse
import difflib
import random
from pathlib import Path

from storypainter.errors import StorypainterError
from storypainter.ink import paint_scene
from storypainter.planner.cells import cells, known_in
from storypainter.planner.checking import check
from storypainter.planner.planning import Planned, draft_of, make, worded
from storypainter.planner.reading import Worlds, own_worlds, read_worlds
from storypainter.planner.solving import Asked, Candidates, Limits, solve
from storypainter.story import Brief


def with_image(
    worlds: Worlds, setting: str, situation: str, image: str, item: int
) -> Planned | None:
    """A story that holds this image, from all situations that its setting knows."""
    rng = random.Random(f"{situation} {image} {item}")
    known = known_in(worlds, setting)
    if situation not in {each.id for each, _ in known}:
        return None
    wanted = f":- not use({situation})."
    wanted += f":- not shows({situation},{image})." if image else ""
    main = situation if worlds.situations[situation].main else ""
    asked = Candidates(worlds.settings[setting], known, main)
    draft = solve(worlds, asked, Limits(), rng.randrange(2**31), Asked(wanted))
    return worded(worlds, draft, f"{item}") if draft else None


def written(number: int, made: Planned) -> str:
    """One story with its Chains, as Markdown."""
    draft = made.draft
    used = ", ".join(f"{x}/{i}" for x, i in draft.images.items())
    lines = [
        f"## {number}. {draft.setting}: {used}; {draft.time or 'no time'}; "
        f"{len(made.told.text.split())} words",
        "",
        made.told.text,
        "",
    ]
    for chain in made.told.chains:
        clues = " ∧ ".join(clue.text for clue in chain.clues)
        lines.append(f"- *{chain.dimension.value}*: {clues} ⇒ {chain.conclusion}")
    return "\n".join([*lines, ""])


def _refuse_unknown(worlds: Worlds, options: argparse.Namespace) -> None:
    """One line for a name that the worlds don't have."""
    for kind, asked, known in (
        ("setting", options.setting, worlds.settings),
        ("situation", options.situation, worlds.situations),
    ):
        if asked and asked not in known:
            near = difflib.get_close_matches(asked, list(known), 1)
            raise SystemExit(
                f"no {kind} {asked!r}" + (f"; did you mean {near[0]}?" if near else "")
            )
    if options.image and not options.situation:
        raise SystemExit("--image needs --situation: images are named within a situation")
    if options.image:
        known = [each.id for each in worlds.situations[options.situation].image]
        if options.image not in known:
            raise SystemExit(f"{options.situation} has the images {', '.join(known)}")


def _made(worlds: Worlds, options: argparse.Namespace, number: int) -> Planned:
    """The story of a number: with the situation that is asked for, in the setting, or any."""
    if not options.situation:
        order = [c for c in cells(worlds, options.seed) if options.setting in ("", c.setting)]
        if not options.setting:
            return make(worlds, options.seed, number, Brief())
        for step in range(len(order)):
            cell = order[(number + step) % len(order)]
            draft = draft_of(worlds, cell, number, (options.seed, number, step), Brief())
            if draft is not None:
                return worded(worlds, draft, f"{number}")
        raise SystemExit(f"no main situation fits {options.setting}: it needs people or slots")
    settings = [options.setting] if options.setting else sorted(worlds.settings)
    shown = [s for s in settings if options.situation in {x.id for x, _ in known_in(worlds, s)}]
    if not shown:
        raise SystemExit(
            f"no image of {options.situation} can be shown in {options.setting or 'any setting'}:"
            " look at its where, unless, settings, slots, and at who may take its roles"
        )
    for step in range(len(shown)):
        place = shown[(number + step) % len(shown)]
        made = with_image(worlds, place, options.situation, options.image, number)
        if made is not None:
            return made
    raise SystemExit(
        f"no story can hold {options.situation}/{options.image or 'any'} in {', '.join(shown)}:"
        " look at its needs (who gives them there?), excludes, and what it dresses people in"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--worlds", type=Path, help="another folder of worlds")
    parser.add_argument("--setting", default="")
    parser.add_argument("--situation", default="")
    parser.add_argument("--image", default="")
    parser.add_argument("-n", type=int, default=2)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-pictures", action="store_true")
    options = parser.parse_args()
    try:
        worlds = read_worlds(options.worlds) if options.worlds else own_worlds()
        check(worlds)
    except StorypainterError as error:
        raise SystemExit(f"{error}") from None
    options.out.mkdir(parents=True, exist_ok=True)
    _refuse_unknown(worlds, options)
    stories = []
    for number in range(options.first, options.first + options.n):
        made = _made(worlds, options, number)
        stories.append(written(number, made))
        if not options.no_pictures:
            drawing = paint_scene(made.scene)
            (options.out / f"{number:03}.png").write_bytes(drawing.png)
            stories[-1] += "".join(f"\n> {each}\n" for each in drawing.reports)
    (options.out / "stories.md").write_text("\n".join(stories), "utf-8")
    print("\n".join(stories))


if __name__ == "__main__":
    main()
