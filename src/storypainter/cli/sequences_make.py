"""``storypainter sequences make``."""

from __future__ import annotations

import re
from pathlib import Path
from time import monotonic

import click
import orjson

from storypainter.errors import BadInput

_EVERY = 10.0  # seconds between lines of progress


class _Range(click.ParamType[tuple[int, int]]):
    """``3-6``, or ``4`` for exactly so many."""

    name = "RANGE"

    def __init__(self, fewest: int, most: int) -> None:
        self.ends = (fewest, most)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        match = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", str(value).strip())
        if match is None:
            self.fail(f"{value!r} is neither a number nor a range such as 3-6", param, ctx)
        low, high = int(match[1]), int(match[2] or match[1])
        if low > high:
            self.fail(f"{value}: the first is larger than the last", param, ctx)
        if not self.ends[0] <= low <= high <= self.ends[1]:
            self.fail(f"{value} is not within {self.ends[0]}-{self.ends[1]}", param, ctx)
        return low, high


@click.command("make")
@click.option("-n", "--number", type=click.IntRange(1, 1_000_000), default=10, show_default=True,
              help="how many sequences the set is to have")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), required=True,
              help="the set's folder; the same command again goes on where it was stopped, and a "
              "larger -n extends a finished set")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True,
              help="which sequences")  # fmt: skip
@click.option("--moments", type=_Range(3, 6), default="3-6", show_default=True,
              help="how many pictures a sequence has")  # fmt: skip
@click.option("--setting", "settings", multiple=True,
              help="where they are set; several times for several  [default: anywhere]")  # fmt: skip
@click.option("--people", type=_Range(2, 4), default="2-4", show_default=True,
              help="how many people there are in a sequence")  # fmt: skip
@click.option("--size", type=click.IntRange(32, 4096), default=512, show_default=True,
              help="width and height of the pictures in pixels")  # fmt: skip
@click.option("--style", default="flat", show_default=True, help="how ink draws: flat, mono, line")
@click.option("--workers", type=click.IntRange(0, 64), default=0,
              help="drawing processes  [default: one for each core]")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="print one JSON object at the end")
@click.option("--quiet", is_flag=True, help="print errors only")
def command(
    number: int,
    out: Path,
    seed: int,
    moments: tuple[int, int],
    settings: tuple[str, ...],
    people: tuple[int, int],
    size: int,
    style: str,
    workers: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """Plan and draw picture sequences, with narrative, captions, characters and emotions.

    Each is a story of 3 to 6 moments in one place: the same people in the same clothes, cause
    before effect. No model is used; sequence k of a seed is the same however many are asked for.
    """
    from storypainter.sequences.making import Asked, make

    wanted = tuple(dict.fromkeys(each.strip().replace(" ", "_") for each in settings))
    if any(not each for each in wanted):
        raise BadInput("--setting is empty", "name a setting, such as park")
    asked = Asked(seed, wanted, moments, people, size, style)
    said = monotonic()

    def tell(finished: int, of: int) -> None:
        nonlocal said
        if not (quiet or as_json) and monotonic() - said >= _EVERY:
            said = monotonic()
            click.echo(f"{finished} of {of} sequences", err=True)

    made = make(out, number, asked, workers=workers, done=tell)
    if as_json:
        plain = {"set": str(out), "new": made.new, "reported": made.reported}
        click.echo(orjson.dumps({**plain, "manifest": made.manifest}).decode())
    elif not quiet:
        rows = ", ".join(f"{part} {count}" for part, count in made.manifest["rows"].items())
        click.echo(
            f"{out}: {sum(made.manifest['rows'].values())} sequences, "
            f"{made.manifest['frames']} pictures ({rows}); {made.new} new"
        )
