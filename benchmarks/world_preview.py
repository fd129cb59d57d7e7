"""What an author of worlds looks at: a situation's image in stories, with their pictures.

    python benchmarks/world_preview.py OUT --situation laces --image ribbon --setting park -n 2

Writes OUT/stories.md (text, Chains) and one PNG a story; without ``--situation`` the consecutive
stories of a seed. ``--no-pictures`` writes the stories only.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from storypainter.errors import StorypainterError
from storypainter.ink import paint_scene
from storypainter.planner.cells import known_in
from storypainter.planner.checking import check
from storypainter.planner.planning import Planned, make, worded
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
    stories = []
    for number in range(options.first, options.first + options.n):
        if options.situation:
            settings = [options.setting] if options.setting else sorted(worlds.settings)
            tries = (
                with_image(
                    worlds,
                    settings[(number + k) % len(settings)],
                    options.situation,
                    options.image,
                    number,
                )
                for k in range(len(settings))
            )
            made = next((each for each in tries if each), None)
            if made is None:
                raise SystemExit(f"no story can hold {options.situation}/{options.image or 'any'}")
        else:
            made = make(worlds, options.seed, number, Brief())
        stories.append(written(number, made))
        if not options.no_pictures:
            drawing = paint_scene(made.scene)
            (options.out / f"{number:03}.png").write_bytes(drawing.png)
            stories[-1] += "".join(f"\n> {each}\n" for each in drawing.reports)
    (options.out / "stories.md").write_text("\n".join(stories), "utf-8")
    print("\n".join(stories))


if __name__ == "__main__":
    main()
